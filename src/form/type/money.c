/* Field type money: yuan typed, whole fen stored. */
#include "fixed.h"
#include "types.h"

#include <string.h>

static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)field, (void)ctx, (void)ret_warning;
    static const char *const signs[] = {"元", "圆", "¥", "￥", "RMB"};
    struct ga_str bare = {0};
    for (const char *p = text; *p != '\0';) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
            if (strncmp(p, signs[i], strlen(signs[i])) == 0)
                skip = strlen(signs[i]);
        if (skip == 0)
            ga_str_add_char(&bare, *p++);
        p += skip;
    }
    int64_t fen = 0;
    enum ga_rc rc = ga_fixed_parse(ga_str_text(&bare), 2, &fen, err);
    ga_str_finish(&bare);
    (void)arena;
    if (rc == GA_OK)
        *ret_value = (struct ga_value){.kind = GA_VALUE_INTEGER, .integer = fen};
    return rc;
}

static void show(const struct ga_field *field, enum ga_lang lang, const struct ga_value *value,
                 struct ga_str *out)
{
    (void)field, (void)lang;
    char buf[32];
    ga_str_add(out, ga_fixed_text(value->integer, 2, value->integer % 100 != 0, buf));
}

const struct ga_field_type ga_type_money = {
    .name = "money", .storage = GA_STORE_INTEGER, .widget = GA_WIDGET_DIGITS, .parse = parse, .show = show,
    .doc = GA_N_("an amount in yuan, down to the fen"),
};
