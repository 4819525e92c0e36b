/* The values of XLSX cells as text. */
#ifndef GUANAI_SHEET_VALUE_H
#define GUANAI_SHEET_VALUE_H

#include "guanai/base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum { GA_VALUE_TEXT_SIZE = 64 };

/*
 * The shortest decimal digits that read back as the same number, without exponent where at most 21 digits
 * are needed. false: not a number (ECMA-376 xsd:double, without NaN and INF). Needs LC_NUMERIC's point.
 */
bool ga_value_number(const char *raw, char text[GA_VALUE_TEXT_SIZE], double *ret_number);

/*
 * A serial day of the 1900 system (ECMA-376 18.17.4, with its 29 February 1900) as ISO text. false: outside
 * 1900-01-01 … 9999-12-31, or the day that never was. Below 1 it is a time of day.
 */
bool ga_value_date(double serial, char text[GA_VALUE_TEXT_SIZE]);

/* Does a number format (ECMA-376 18.8.31) show a date or a time? Quoted text and [Red] do not count. */
bool ga_value_is_date_format(const char *format);
bool ga_value_is_date_format_id(int id); /* the built-in ones, with the Chinese 27–36 and 50–58 */

/* Undoes _x000D_ in place (ECMA-376 22.9.2.19); returns the new length. NUL and surrogates stay as they are. */
size_t ga_value_unescape(char *text, size_t len);

#endif
