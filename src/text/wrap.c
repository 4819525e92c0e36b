/* Where lines of mixed Chinese and Latin text break. */
#include "guanai/text/wrap.h"

#include "guanai/text/cluster.h"
#include "guanai/text/utf8.h"
#include "guanai/text/width.h"

#include <stdint.h>
#include <string.h>

/* GB/T 15834 and W3C's "Requirements for Chinese Text Layout" §3.1.3. */
static const char closing[] = "，。！？；：、）」』】〉》〕］｝”’…—～·％℃,.!?;:)]}%‰°〗々";
static const char opening[] = "（「『【〈《〔［｛“‘([{〖￥¥$";

static bool is_among(const char *set, const char *cluster, size_t len)
{
    uint32_t cp, member;
    if (ga_utf8_decode(cluster, len, &cp) == 0)
        return false;
    for (size_t at = 0, left = strlen(set); at < left; at = ga_utf8_next(set, left, at))
        if (ga_utf8_decode(set + at, left - at, &member) > 0 && member == cp)
            return true;
    return false;
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
};

static bool may_break(const struct cluster *before, const struct cluster *after)
{
    if (before->len == 0 || is_among(closing, after->text, after->len) || is_among(opening, before->text, before->len))
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
    struct ga_wrap_line line;     /* as far as it is filled; `next` is the end of it, hanging blanks included */
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
        struct cluster cluster = {wrap->text + at, ga_cluster_next(wrap->text, wrap->len, at) - at, 0};
        if (is_newline(cluster.text, cluster.len)) {
            fill->line.next += cluster.len;
            return true;
        }
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
