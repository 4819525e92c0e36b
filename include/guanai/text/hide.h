/* Phone and ID numbers in sentences, for eyes that should not read them. */
#ifndef GUANAI_TEXT_HIDE_H
#define GUANAI_TEXT_HIDE_H

#include "guanai/base/str.h"

/*
 * Appends the text; of each run of seven digits or more, ASCII or full-width, only the last four behind "****".
 * Dates, class and row numbers are shorter or parted, they stay.
 */
void ga_hide_add_numbers(struct ga_str *out, const char *text);

#endif
