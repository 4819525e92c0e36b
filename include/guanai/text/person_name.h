/* Names of people. */
#ifndef GUANAI_TEXT_PERSON_NAME_H
#define GUANAI_TEXT_PERSON_NAME_H

#include "guanai/base/error.h"

enum { GA_PERSON_NAME_CHARS_MAX = 50, GA_PERSON_NAME_SIZE = GA_PERSON_NAME_CHARS_MAX * 4 + 1 };

/*
 * Removes outer blanks and those between Chinese characters, keeps one between Latin words, writes
 * every kind of middle dot as U+00B7, full-width Latin letters as ordinary ones. Every other
 * character of any plane is kept as it is; what should be looked at is a warning: digits, private-use
 * or unassigned characters, a sign that stands for a lost character (? □ *), an invisible
 * character that was taken out. Refused: empty, over 50 characters, control characters, not UTF-8.
 */
enum ga_rc ga_person_name_clean(const char *typed, char ret_name[GA_PERSON_NAME_SIZE],
                                struct ga_message *warning, struct ga_error *err);

#endif
