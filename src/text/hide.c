/* Hides phone and ID numbers in a sentence. */
#include "guanai/text/hide.h"

#include <string.h>

enum { TAIL_DIGITS = 4, NUMBER_DIGITS = 7, WIDE_BYTES = 3 };

/* Bytes of the digit that stands here; 0: none. Full-width ０ to ９ are EF BC 90 to EF BC 99. */
static size_t digit_bytes(const char *text)
{
    if (*text >= '0' && *text <= '9')
        return 1;
    const unsigned char third = strncmp(text, "\xEF\xBC", 2) == 0 ? (unsigned char)text[2] : 0;
    return third >= 0x90 && third <= 0x99 ? WIDE_BYTES : 0;
}

static size_t digits_bytes(const char *text, size_t at_most, size_t *ret_count)
{
    size_t len = 0, step;
    for (*ret_count = 0; *ret_count < at_most && (step = digit_bytes(text + len)) > 0; ++*ret_count)
        len += step;
    return len;
}

void ga_hide_add_numbers(struct ga_str *out, const char *text)
{
    while (*text != '\0') {
        size_t count, hidden;
        size_t len = digits_bytes(text, SIZE_MAX, &count);
        if (count >= NUMBER_DIGITS) {
            ga_str_add(out, "****");
            const size_t skip = digits_bytes(text, count - TAIL_DIGITS, &hidden);
            text += skip;
            len -= skip;
        }
        len = len > 0 ? len : 1;
        ga_str_add_bytes(out, text, len);
        text += len;
    }
}
