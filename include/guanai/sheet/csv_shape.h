/* Which character separates the cells of a CSV. */
#ifndef GUANAI_SHEET_CSV_SHAPE_H
#define GUANAI_SHEET_CSV_SHAPE_H

#include <stddef.h>

/*
 * Comma, semicolon or tab: the one that stands the same number of times (at least once) in most of the
 * first lines, quoted text left out; with equal lines the more frequent one, else the comma.
 */
char ga_csv_find_separator(const char *text, size_t len);

#endif
