/* Chinese telephone numbers. */
#ifndef GUANAI_TEXT_PHONE_H
#define GUANAI_TEXT_PHONE_H

#include "guanai/base/error.h"

#include <stdbool.h>

enum { GA_PHONE_SIZE = 80, GA_PHONE_NUMBERS_MAX = 3 };

/*
 * Canonical: "13800001111", "0874-6123456", "0874-6123456-801", "4001234567", "6123456" (warned of: no
 * area code). Up to three numbers of one cell ("138…/139…", "138…、0874-…") are all kept, joined by
 * one blank: nothing typed is lost. Cleaned: +86, 0086, blanks, dashes, dots, brackets round the area
 * code, full-width digits, the ".0" of a spreadsheet. Refused: digits lost in a spreadsheet
 * (1.38E+10), wrong lengths, words beside the number.
 */
enum ga_rc ga_phone_parse(const char *typed, char ret_text[GA_PHONE_SIZE], struct ga_message *warning,
                          struct ga_error *err);

bool ga_phone_says_none(const char *typed); /* 无, 没有, 没有电话, none, /, - */

#endif
