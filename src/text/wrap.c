/* Where lines of mixed Chinese and Latin text break. */
#include "guanai/text/wrap.h"

#include "guanai/base/alloc.h"
#include "guanai/text/cluster.h"
#include "guanai/text/utf8.h"
#include "guanai/text/width.h"

#include <stdint.h>
#include <string.h>

/* GB/T 15834, W3C's "Requirements for Chinese Text Layout" §3.1.3; rising: */
/* !%),.:;?]}°·—’”…‰℃、。々〉》」』】〕〗！％），：；？］｝～ */
static const uint32_t closing[] = {
    0x21, 0x25, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D, 0x7D, 0xB0, 0xB7, 0x2014, 0x2019, 0x201D,
    0x2026, 0x2030, 0x2103, 0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015,
    0x3017, 0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0xFF5E,
};

/* $([{¥‘“〈《「『【〔〖（［｛￥ */
static const uint32_t opening[] = {
    0x24, 0x28, 0x5B, 0x7B, 0xA5, 0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014,
    0x3016, 0xFF08, 0xFF3B, 0xFF5B, 0xFFE5,
};

static bool is_among(const uint32_t *set, size_t len, uint32_t cp)
{
    size_t low = 0;
    for (size_t high = len; low < high;) {
        size_t mid = low + (high - low) / 2;
        if (set[mid] < cp)
            low = mid + 1;
        else
            high = mid;
    }
    return low < len && set[low] == cp;
}

/* A blank that carries marks is something to see. */
static bool is_blank(const char *cluster, size_t len)
{
    if (len == 1)
        return cluster[0] == ' ' || cluster[0] == '\t';
    return len == 3 && memcmp(cluster, "\xE3\x80\x80", 3) == 0;
}

static bool is_newline(const char *cluster, size_t len)
{
    return cluster[len - 1] == '\n';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct cluster {
    const char *text;
    size_t len;
    size_t cols;
    uint32_t first; /* its first code point */
};

static bool may_break(const struct cluster *before, const struct cluster *after)
{
    if (before->len == 0 || is_among(closing, GA_COUNT(closing), after->first) ||
        is_among(opening, GA_COUNT(opening), before->first))
        return false;
    if (is_blank(before->text, before->len) || before->cols == 2 || after->cols == 2)
        return true;
    return before->text[0] == '-' && is_letter(after->text[0]);
}

void ga_wrap_begin(struct ga_wrap *wrap, const char *text, size_t len, size_t cols)
{
    *wrap = (struct ga_wrap){text, len, cols > 0 ? cols : 1, 0, true};
}

struct fill {
    struct ga_wrap_line line;     /* as far as it is filled; `next`: behind it and the blanks that hang */
    struct ga_wrap_line breaking; /* the line if it ends at the last place where it may; next 0: none yet */
    size_t ink_len;               /* of `line` without the blanks at its end */
    size_t ink_cols;
    struct cluster last;
};

static void add_blank(struct fill *fill, const struct cluster *blank, size_t max_cols)
{
    bool is_hanging = fill->line.at + fill->line.len < fill->line.next;
    fill->line.next += blank->len;
    if (is_hanging || fill->line.cols + blank->cols > max_cols)
        return;
    fill->line.len += blank->len;
    fill->line.cols += blank->cols;
}

static void add_ink(struct fill *fill, const struct cluster *ink)
{
    fill->line.next += ink->len;
    fill->line.len += ink->len;
    fill->line.cols += ink->cols;
    fill->ink_len = fill->line.len;
    fill->ink_cols = fill->line.cols;
}

/* False when the cluster belongs to the next line. */
static bool add_cluster(struct fill *fill, const struct cluster *cluster, size_t max_cols)
{
    if (is_blank(cluster->text, cluster->len)) {
        add_blank(fill, cluster, max_cols);
        fill->last = *cluster;
        return true;
    }
    if (may_break(&fill->last, cluster))
        fill->breaking = (struct ga_wrap_line){.at = fill->line.at, .len = fill->ink_len,
                                               .cols = fill->ink_cols, .next = fill->line.next};
    bool is_hanging = fill->line.at + fill->line.len < fill->line.next;
    if (fill->last.len > 0 && (is_hanging || fill->line.cols + cluster->cols > max_cols))
        return false;
    add_ink(fill, cluster);
    fill->last = *cluster;
    return true;
}

/* Fills one line; whether it ended of itself, by a newline or the end of the text. */
static bool fill_line(const struct ga_wrap *wrap, struct fill *fill)
{
    while (fill->line.next < wrap->len) {
        size_t at = fill->line.next;
        struct cluster cluster = {wrap->text + at, ga_cluster_next(wrap->text, wrap->len, at) - at, 0, 0};
        if (is_newline(cluster.text, cluster.len)) {
            fill->line.next += cluster.len;
            return true;
        }
        ga_utf8_decode(cluster.text, cluster.len, &cluster.first);
        cluster.cols = ga_width_text(cluster.text, cluster.len);
        if (!add_cluster(fill, &cluster, wrap->cols))
            return false;
    }
    fill->line.is_last = true;
    return true;
}

bool ga_wrap_next(struct ga_wrap *wrap, struct ga_wrap_line *ret_line)
{
    if (!wrap->has_more)
        return false;
    struct fill fill = {.line = {.at = wrap->at, .next = wrap->at}};
    bool is_whole = fill_line(wrap, &fill);
    *ret_line = is_whole || fill.breaking.next == 0 ? fill.line : fill.breaking;
    wrap->at = ret_line->next;
    wrap->has_more = !ret_line->is_last;
    return true;
}

size_t ga_wrap_count(const char *text, size_t len, size_t cols)
{
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    size_t count = 0;
    for (ga_wrap_begin(&wrap, text, len, cols); ga_wrap_next(&wrap, &line);)
        count++;
    return count;
}
