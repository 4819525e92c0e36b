/* Field types note, heading: words of the form itself, nothing to answer. */
#include "types.h"

const struct ga_field_type ga_type_note = {
    .name = "note", .storage = GA_STORE_NOTHING, .widget = GA_WIDGET_NONE,
    .doc = GA_N_("a sentence to read; nothing is entered"),
};

const struct ga_field_type ga_type_heading = {
    .name = "heading", .storage = GA_STORE_NOTHING, .widget = GA_WIDGET_NONE,
    .doc = GA_N_("a heading between fields"),
};
