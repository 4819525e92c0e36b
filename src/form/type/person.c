/* Field type person: a user, a helper, or a name as typed. */
#include "types.h"

const struct ga_field_type ga_type_person = {
    .name = "person", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_LINE, .is_text = true, .names_somebody = true, .parse = ga_type_parse_name,
    .doc = GA_N_("a user, a helper, or a name as typed"),
};
