/* How many cells of the screen text takes. */
#include "guanai/text/width.h"

#include "guanai/text/cluster.h"
#include "guanai/text/gate.h"
#include "guanai/text/utf8.h"

#include "width_ranges.h"

#include <string.h>

/* Nearly all there is to paint; every key press measures a screen full of it. */
static bool is_plain_ascii(uint32_t cp)
{
    return cp - 0x20 < 0x5F;
}

static bool is_plain_han(uint32_t cp)
{
    return cp - 0x4E00 < 0x51F0; /* to U+9FEF, which every supported libc knows */
}

int ga_width_code_point(uint32_t cp)
{
    if (is_plain_ascii(cp))
        return 1;
    if (is_plain_han(cp))
        return 2;
    size_t low = 0, high = width_ranges_len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (cp > width_ranges[mid].last)
            low = mid + 1;
        else
            high = mid;
    }
    return low < width_ranges_len && cp >= width_ranges[low].first ? width_ranges[low].cols : -1;
}

int ga_width_shown(uint32_t cp)
{
    if (is_plain_ascii(cp))
        return 1;
    if (is_plain_han(cp))
        return 2;
    uint32_t shown = ga_gate_code_point(cp);
    return shown == 0 ? 0 : ga_width_code_point(shown);
}

static size_t measure_step(const char *text, size_t len, size_t at, size_t *ret_cols)
{
    uint32_t cp = GA_UTF8_REPLACEMENT;
    size_t step = ga_utf8_decode(text + at, len - at, &cp);
    *ret_cols = (size_t)ga_width_shown(cp);
    return step > 0 ? step : 1;
}

size_t ga_width_text(const char *text, size_t len)
{
    size_t sum = 0, cols;
    for (size_t at = 0; at < len; sum += cols)
        at += measure_step(text, len, at, &cols);
    return sum;
}

size_t ga_width_clip(const char *text, size_t len, size_t max_cols, size_t *ret_cols)
{
    size_t at = 0, used = 0;
    while (at < len) {
        size_t next = ga_cluster_next(text, len, at);
        size_t cols = ga_width_text(text + at, next - at);
        if (used + cols > max_cols)
            break;
        used += cols;
        at = next;
    }
    if (ret_cols != NULL)
        *ret_cols = used;
    return at;
}

size_t ga_width_add_clipped(struct ga_str *out, const char *text, size_t len, size_t cols, const char *mark)
{
    size_t used;
    size_t fits = ga_width_clip(text, len, cols, &used);
    if (fits == len || mark == NULL) {
        ga_str_add_bytes(out, text, fits);
        return used;
    }
    size_t mark_cols;
    size_t mark_len = ga_width_clip(mark, strlen(mark), cols, &mark_cols);
    fits = ga_width_clip(text, len, cols - mark_cols, &used);
    ga_str_add_bytes(out, text, fits);
    ga_str_add_bytes(out, mark, mark_len);
    return used + mark_cols;
}

size_t ga_width_add_ends(struct ga_str *out, const char *text, size_t len, size_t cols, const char *mark)
{
    const size_t mark_len = strlen(mark), mark_cols = ga_width_text(mark, mark_len);
    size_t head_cols, tail = len;
    if (ga_width_text(text, len) <= cols || cols <= mark_cols)
        return ga_width_add_clipped(out, text, len, cols, NULL);
    const size_t head = ga_width_clip(text, len, (cols - mark_cols) / 2, &head_cols);
    const size_t room = cols - mark_cols - head_cols;
    for (size_t at = head; at < len && tail == len; at = ga_cluster_next(text, len, at))
        if (ga_width_text(text + at, len - at) <= room)
            tail = at;
    ga_str_add_bytes(out, text, head);
    ga_str_add_bytes(out, mark, mark_len);
    ga_str_add_bytes(out, text + tail, len - tail);
    return head_cols + mark_cols + ga_width_text(text + tail, len - tail);
}

static void add_blanks(struct ga_str *out, size_t count)
{
    while (count-- > 0)
        ga_str_add_char(out, ' ');
}

void ga_width_add_padded(struct ga_str *out, const char *text, size_t len, size_t cols, enum ga_align align,
                         const char *mark)
{
    struct ga_str shown = {0};
    size_t used = ga_width_add_clipped(&shown, text, len, cols, mark);
    size_t spare = cols - used;
    size_t before = align == GA_RIGHT ? spare : align == GA_CENTRE ? spare / 2 : 0;
    add_blanks(out, before);
    ga_str_add_bytes(out, ga_str_text(&shown), shown.len);
    add_blanks(out, spare - before);
    ga_str_finish(&shown);
}
