/* Field type name: a person's name. */
#include "guanai/text/person_name.h"
#include "types.h"

enum ga_rc ga_type_parse_name(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                              struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                              struct ga_error *err)
{
    (void)field, (void)ctx;
    char name[GA_PERSON_NAME_SIZE];
    enum ga_rc rc = ga_person_name_clean(text, name, ret_warning, err);
    return rc == GA_OK ? ga_type_give_text(arena, name, ret_value) : rc;
}

const struct ga_field_type ga_type_name = {
    .name = "name", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_LINE, .is_text = true, .names_somebody = true, .parse = ga_type_parse_name,
    .doc = GA_N_("a person's name: blanks and middle dots put right, every character kept"),
};
