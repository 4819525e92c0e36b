/* Field type integer: a whole number. */
#include "guanai/base/num.h"
#include "types.h"

#include <string.h>

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)field, (void)ctx, (void)arena, (void)ret_warning;
    char digits[40];
    enum ga_rc rc = ga_type_fold_number(text, digits, sizeof(digits), err);
    if (rc != GA_OK)
        return rc;
    char *point = strchr(digits, '.');
    if (point != NULL && strspn(point + 1, "0") == strlen(point + 1)) /* 12.0: a sheet's way of writing 12 */
        *point = '\0';
    int64_t number;
    if (!ga_num_parse(digits, &number))
        return ga_error_set(err, GA_REFUSED, "'%1' is not a whole number", text);
    *ret_value = (struct ga_value){.kind = GA_VALUE_INTEGER, .integer = number};
    return GA_OK;
}

const struct ga_field_type ga_type_integer = {
    .name = "integer", .storage = GA_STORE_INTEGER, .widget = GA_WIDGET_DIGITS, .parse = parse,
    .doc = GA_N_("a whole number"),
};
