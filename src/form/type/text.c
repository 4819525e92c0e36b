/* Field type text: free words. */
#include "guanai/text/fold.h"
#include "types.h"

#include <string.h>

/* Composed, without blanks at the ends, line ends as \n; nothing else is touched. */
static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)field, (void)ctx, (void)ret_warning, (void)err;
    struct ga_str clean = {0};
    while (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r')
        text++;
    ga_fold_add_composed(&clean, text, strlen(text));
    size_t kept = 0;
    for (size_t i = 0; i < clean.len; i++) {
        const unsigned char c = (unsigned char)clean.data[i];
        if (c >= 0x20 && c != 0x7F)
            clean.data[kept++] = clean.data[i];
        else if (c == '\n' || c == '\t')
            clean.data[kept++] = c == '\t' ? ' ' : '\n';
    }
    while (kept > 0 && (clean.data[kept - 1] == ' ' || clean.data[kept - 1] == '\n'))
        kept--;
    char *copy = ga_arena_strndup(arena, ga_str_text(&clean), kept);
    *ret_value = (struct ga_value){.kind = GA_VALUE_TEXT, .text = copy, .len = kept};
    ga_str_finish(&clean);
    return GA_OK;
}

const struct ga_field_type ga_type_text = {
    .name = "text", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_TEXT, .is_text = true, .parse = parse,
    .doc = GA_N_("words, as many as needed"),
};
