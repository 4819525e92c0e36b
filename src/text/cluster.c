/* What a user takes for one character. */
#include "guanai/text/cluster.h"

#include "guanai/text/utf8.h"
#include "guanai/text/width.h"

#include <stdbool.h>

enum { JOINER = 0x200D };

/* What stands at `at`; a byte that is no UTF-8 counts as a control: nothing hangs on it. */
static uint32_t read_at(const char *text, size_t len, size_t at, size_t *ret_next)
{
    uint32_t cp = 0;
    size_t step = ga_utf8_decode(text + at, len - at, &cp);
    *ret_next = at + (step > 0 ? step : 1);
    return cp;
}

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029;
}

static bool is_extending(uint32_t cp)
{
    if (cp < 0x300)
        return cp == 0xAD;
    if (cp >= 0x4E00 && cp <= 0x9FEF)
        return false;
    return (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0x1F3FB && cp <= 0x1F3FF) ||
           (cp >= 0xE0000 && cp <= 0xE0FFF) || (!is_control(cp) && ga_width_code_point(cp) == 0);
}

size_t ga_cluster_next(const char *text, size_t len, size_t at)
{
    if (at >= len)
        return len;
    size_t next, after;
    uint32_t last = read_at(text, len, at, &next);
    if (is_control(last))
        return last == '\r' && next < len && text[next] == '\n' ? next + 1 : next;
    while (next < len) {
        uint32_t cp = read_at(text, len, next, &after);
        if (!is_extending(cp) && (last != JOINER || is_control(cp)))
            break;
        last = cp;
        next = after;
    }
    return next;
}

/* A place at or before `at` where a cluster is sure to begin. */
static size_t sure_start(const char *text, size_t len, size_t at)
{
    size_t next;
    while (at > 0) {
        size_t before = ga_utf8_prev(text, at);
        uint32_t cp = at < len ? read_at(text, len, at, &next) : 0;
        uint32_t last = read_at(text, at, before, &next);
        bool is_crlf = last == '\r' && cp == '\n';
        if (!is_crlf && !is_extending(cp) && last != JOINER)
            break;
        at = before;
    }
    return at;
}

size_t ga_cluster_start(const char *text, size_t len, size_t at)
{
    if (at >= len)
        return len;
    /* `at` may lie inside a sequence. */
    size_t from = at;
    while (from > 0 && from + GA_UTF8_BYTES > at && ((unsigned char)text[from] & 0xC0) == 0x80)
        from--;
    from = sure_start(text, len, from);
    for (size_t next; (next = ga_cluster_next(text, len, from)) <= at;)
        from = next;
    return from;
}

size_t ga_cluster_prev(const char *text, size_t len, size_t at)
{
    if (at == 0 || len == 0)
        return 0;
    return ga_cluster_start(text, len, (at < len ? at : len) - 1);
}

size_t ga_cluster_count(const char *text, size_t len)
{
    size_t count = 0;
    for (size_t at = 0; at < len; count++)
        at = ga_cluster_next(text, len, at);
    return count;
}
