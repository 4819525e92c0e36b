/* The registration number of a pupil (学籍号). */
#ifndef GUANAI_TEXT_STUDENT_NUMBER_H
#define GUANAI_TEXT_STUDENT_NUMBER_H

#include "guanai/base/error.h"
#include "guanai/text/date.h"

enum { GA_STUDENT_NUMBER_SIZE = 24 };

/*
 * National form: G, L or J before 18 characters (G: the pupil's ID number; L: a temporary number of
 * those without one; J: of those whose number was refused). Older local forms: 8 to 20 letters and
 * digits. Cleaned of blanks, dashes and full-width signs, letters in upper case.
 * `id_number` (18 characters; may be NULL or empty) is compared with a G number: a difference is a
 * warning, as is a wrong check digit within it. `warning` may be NULL.
 */
enum ga_rc ga_student_number_parse(const char *typed, const char *id_number, struct ga_date today,
                                   char ret_text[GA_STUDENT_NUMBER_SIZE], struct ga_message *warning,
                                   struct ga_error *err);

#endif
