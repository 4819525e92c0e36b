/* Field type text: free words. */
#include "guanai/text/fold.h"
#include "types.h"

#include <string.h>

static const char wide_blank[] = "\u3000"; /* Chinese paragraphs begin with two */
enum { WIDE_BLANK_BYTES = sizeof(wide_blank) - 1 };

static const char *skip_blanks(const char *text)
{
    for (;;) {
        if (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r')
            text++;
        else if (strncmp(text, wide_blank, WIDE_BLANK_BYTES) == 0)
            text += WIDE_BLANK_BYTES;
        else
            return text;
    }
}

static size_t drop_blanks_behind(const char *text, size_t len)
{
    for (;;) {
        if (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\n'))
            len--;
        else if (len >= WIDE_BLANK_BYTES &&
                 memcmp(text + len - WIDE_BLANK_BYTES, wide_blank, WIDE_BLANK_BYTES) == 0)
            len -= WIDE_BLANK_BYTES;
        else
            return len;
    }
}

/* Composed, without blanks at the ends, line ends as \n; nothing else is touched. */
static enum ga_rc parse(const struct ga_field *field, const struct ga_parse_context *ctx, const char *text,
                        struct ga_arena *arena, struct ga_value *ret_value, struct ga_message *ret_warning,
                        struct ga_error *err)
{
    (void)field, (void)ctx, (void)ret_warning, (void)err;
    struct ga_str clean = {0};
    text = skip_blanks(text);
    ga_fold_add_composed(&clean, text, strlen(text));
    size_t kept = 0;
    for (size_t i = 0; i < clean.len; i++) {
        const unsigned char c = (unsigned char)clean.data[i];
        if (c >= 0x20 && c != 0x7F)
            clean.data[kept++] = clean.data[i];
        else if (c == '\n' || c == '\t')
            clean.data[kept++] = c == '\t' ? ' ' : '\n';
    }
    kept = kept == 0 ? 0 : drop_blanks_behind(clean.data, kept);
    *ret_value = ga_value_null(); /* nothing but control characters */
    if (kept > 0)
        *ret_value = ga_value_text_len(ga_arena_strndup(arena, clean.data, kept), kept);
    ga_str_finish(&clean);
    return GA_OK;
}

const struct ga_field_type ga_type_text = {
    .name = "text", .storage = GA_STORE_TEXT, .widget = GA_WIDGET_TEXT, .is_text = true,
    .names_somebody = true, .parse = parse,
    .doc = GA_N_("words, as many as needed"),
};
