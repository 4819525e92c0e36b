/* How many cells of the screen text takes. */
#ifndef GUANAI_TEXT_WIDTH_H
#define GUANAI_TEXT_WIDTH_H

#include "guanai/base/str.h"

#include <stddef.h>
#include <stdint.h>

/*
 * ncurses places characters by libc's wcwidth, so the same numbers must rule here. They are taken from
 * libc's C.UTF-8 locale when the program is built (src/text/width_table.c), hence no locale need be set
 * and no libc call is made while painting. -1: control or unassigned. CJK planes 2 and 3 are always 2,
 * however old libc is.
 */
int ga_width_code_point(uint32_t cp);

/*
 * All below measure text as the gate would show it (gate.h): whatever it removes takes no cell, whatever
 * it replaces takes one. So the width of a text is the width of what the gate makes of it.
 */
int ga_width_shown(uint32_t cp); /* 0, 1, 2 */
size_t ga_width_text(const char *text, size_t len);

/* Bytes of the longest beginning of whole clusters that fits. ret_cols (nullable): the cells it takes. */
size_t ga_width_clip(const char *text, size_t len, size_t max_cols, size_t *ret_cols);

enum ga_align { GA_LEFT, GA_RIGHT, GA_CENTRE };

/*
 * Appends the text in at most `cols` cells; when it had to be cut, `mark` (nullable, "…" say) stands at
 * its end. Returns the cells taken. The bytes are passed on as they are, not through the gate.
 */
size_t ga_width_add_clipped(struct ga_str *out, const char *text, size_t len, size_t cols, const char *mark);

/* As ga_width_add_clipped, but what is cut goes from the middle: "2026秋…名册.xlsx". The end gets the half that is left over. */
size_t ga_width_add_ends(struct ga_str *out, const char *text, size_t len, size_t cols, const char *mark);

/* As ga_width_add_clipped, filled up with blanks to exactly `cols` cells. */
void ga_width_add_padded(struct ga_str *out, const char *text, size_t len, size_t cols, enum ga_align align,
                         const char *mark);

#endif
