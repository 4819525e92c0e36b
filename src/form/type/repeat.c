/* Field type repeat: rows of fields. */
#include "types.h"

static void check(const struct ga_field *field, const char *file, struct ga_problems *problems)
{
    if (field->fields.count == 0)
        ga_message_set(&ga_problems_add(problems, GA_FAULT, file, field->at.line, field->at.column)->what,
                       "a repeat needs fields:");
    for (size_t i = 0; i < field->fields.count; i++) {
        const struct ga_field *inner = &field->fields.items[i];
        if (inner->type->storage == GA_STORE_ROWS)
            ga_message_set(&ga_problems_add(problems, GA_FAULT, file, inner->at.line, inner->at.column)->what,
                           "no repeat inside a repeat");
    }
}

const struct ga_field_type ga_type_repeat = {
    .name = "repeat", .storage = GA_STORE_ROWS, .widget = GA_WIDGET_ROWS, .check = check,
    .doc = GA_N_("several rows, each with fields of its own"),
};
