/* Field type region: an administrative division by its code. */
#include "guanai/text/region.h"
#include "guanai/text/typed.h"
#include "types.h"

#include <string.h>

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)field, (void)ctx;
    struct ga_typed typed;
    char code[16];
    enum ga_rc rc = ga_typed_read_folded(text, &typed, err);
    if (rc != GA_OK)
        return rc;
    if (!ga_typed_ascii(&typed, code, sizeof(code)) || strspn(code, "0123456789") != strlen(code) ||
        strlen(code) != 6)
        return ga_error_set(err, GA_REFUSED, "a region is a code of six digits, as 520424");
    if (!ga_region_is_province(code))
        ga_message_set(ret_warning, "no province begins with %1", code);
    return ga_type_give_text(arena, code, ret_value);
}

static void show(const struct ga_field *field, enum ga_lang lang, const struct ga_value *value,
                 struct ga_str *out)
{
    (void)field, (void)lang;
    char name[120];
    if (ga_region_name(value->text, name, sizeof(name)) != NULL)
        ga_str_addf(out, "%s ", name);
    ga_str_add(out, value->text);
}

const struct ga_field_type ga_type_region = {
    .name = "region", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_DIGITS, .parse = parse, .show = show,
    .doc = GA_N_("an administrative division by its six digits (GB/T 2260)"),
};
