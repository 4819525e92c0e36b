/* Field type decimal: a number with places after the point. */
#include "fixed.h"
#include "types.h"

enum { DIGITS_MAX = 6 }; /* what digits: allows */

/* The canonical value is text ("36.5"): what was typed must survive; the table's column holds a REAL. */
static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)ctx, (void)ret_warning;
    int64_t scaled;
    char buf[32];
    enum ga_rc rc = ga_fixed_parse(text, (int)field->digits, &scaled, err);
    return rc == GA_OK ? ga_type_give_text(arena, ga_fixed_text(scaled, (int)field->digits, 0, buf), ret_value)
                       : rc;
}

static void show(const struct ga_field *field, enum ga_lang lang, const struct ga_value *value,
                 struct ga_str *out)
{
    (void)lang;
    if (value->kind == GA_VALUE_REAL)
        ga_str_addf(out, "%.*f", (int)field->digits, value->real);
    else if (value->kind == GA_VALUE_TEXT)
        ga_str_add(out, value->text);
    else
        ga_str_addf(out, "%lld", (long long)value->integer);
}

static bool fits(const struct ga_field *field, const struct ga_value *value)
{
    (void)field;
    int64_t scaled;
    return value->kind != GA_VALUE_TEXT || ga_fixed_parse(value->text, DIGITS_MAX, &scaled, NULL) == GA_OK;
}

const struct ga_field_type ga_type_decimal = {
    .name = "decimal", .storage = GA_STORE_REAL, .widget = GA_WIDGET_DIGITS, .parse = parse, .fits = fits, .show = show,
    .doc = GA_N_("a number that may have places after the point"),
};
