/* Where lines of mixed Chinese and Latin text break. */
#ifndef GUANAI_TEXT_WRAP_H
#define GUANAI_TEXT_WRAP_H

#include <stdbool.h>
#include <stddef.h>

/*
 * One line at a time, nothing allocated:
 *
 *     struct ga_wrap wrap;
 *     struct ga_wrap_line line;
 *     ga_wrap_begin(&wrap, text, len, cols);
 *     while (ga_wrap_next(&wrap, &line))
 *         paint(text + line.at, line.len);
 *
 * Breaks stand after blanks and hyphens and on either side of a wide character; never before ，。！？；：、
 * closing brackets and the like, never after opening ones (GB/T 15834 §5.1.10: closing marks do not
 * begin a line, opening ones do not end it). A word longer than a line is cut at a cluster, as is a run
 * of nothing but marks. Blanks at a break hang unseen; a newline ends a line. Empty text is one line.
 */
struct ga_wrap {
    const char *text;
    size_t len;
    size_t cols;
    size_t at;
    bool has_more;
};

struct ga_wrap_line {
    size_t at;    /* first byte */
    size_t len;   /* bytes to show: without the blanks that hang, without the newline */
    size_t cols;  /* cells these take: at most the cells asked for, unless one cluster alone is wider */
    size_t next;  /* where the next line begins; between at + len and here only blanks or one newline */
    bool is_last; /* no line follows */
};

void ga_wrap_begin(struct ga_wrap *wrap, const char *text, size_t len, size_t cols); /* cols 0 counts as 1 */
bool ga_wrap_next(struct ga_wrap *wrap, struct ga_wrap_line *ret_line); /* false: no more lines */
size_t ga_wrap_count(const char *text, size_t len, size_t cols);        /* lines */

#endif
