/* Breaking text into lines by the columns it takes. */
#ifndef GUANAI_TUI_WRAP_H
#define GUANAI_TUI_WRAP_H

#include <stddef.h>

/*
 * Bytes of `text` (len of them) that make the next line of at most cols columns, without trailing
 * blank or line feed; *ret_next: where the line after it starts. Breaks at blanks, between Hanzi, never
 * before closing punctuation when that can be helped. At least one character a line, so it always ends.
 */
size_t ga_wrap_line(const char *text, size_t len, int cols, size_t *ret_next);

/* Lines the whole text takes; an empty text takes one. */
int ga_wrap_count(const char *text, int cols);

#endif
