/* Citizen identity numbers of GB 11643-1999. */
#ifndef GUANAI_TEXT_ID_NUMBER_H
#define GUANAI_TEXT_ID_NUMBER_H

#include "guanai/base/error.h"
#include "guanai/text/date.h"

#include <stdbool.h>
#include <stddef.h>

enum { GA_ID_NUMBER_SIZE = 19, GA_ID_MENDS_MAX = 40, GA_ID_MENDS_NAMED = 5 };

enum ga_sex { GA_SEX_UNKNOWN, GA_SEX_MALE, GA_SEX_FEMALE };

struct ga_id_number {
    char text[GA_ID_NUMBER_SIZE];   /* cleaned: 18 characters, or the 15 digits as they were */
    char text18[GA_ID_NUMBER_SIZE]; /* the 18-character form of either */
    char region[7];                 /* the six digits of GB/T 2260 */
    struct ga_date birth;
    enum ga_sex sex;
};

/* What is known of the person besides the number; zeroes: nothing. A birth may be known to the month. */
struct ga_id_facts {
    struct ga_date birth;
    enum ga_sex sex;
};

/* A number that differs from a wrong one in one digit or in two swapped neighbours, and is right. */
struct ga_id_mend {
    char text[GA_ID_NUMBER_SIZE];
    unsigned char at;  /* the first changed character, from 0 */
    bool is_swap;      /* at and at+1 change places */
    bool agrees;       /* contradicts none of the known facts */
};

/*
 * Cleans full-width digits, blanks, dashes, x; checks length, check digit (ISO 7064 MOD 11-2), birth
 * date (exists, 1880 … today). A number refused by its check digit names up to GA_ID_MENDS_NAMED
 * mends in the hint, the changed place in brackets. Warns of 15-digit numbers (those of people born
 * 19xx, issued until 1999) and of unknown provinces. `known` and `warning` may be NULL.
 */
enum ga_rc ga_id_number_parse(const char *typed, struct ga_date today, const struct ga_id_facts *known,
                              struct ga_id_number *ret_number, struct ga_message *warning,
                              struct ga_error *err);

/*
 * All mends of 18 characters with a wrong check digit, best first: those that agree with what is
 * known, among them those of a province there is, among them the last digit before swaps before other
 * digits. Only numbers that would pass are offered. Fills up to GA_ID_MENDS_MAX (more than there can be) and returns the count; 0 for
 * anything that is not 17 digits and a digit or X.
 */
size_t ga_id_number_mends(const char *text18, struct ga_date today, const struct ga_id_facts *known,
                          struct ga_id_mend *ret_mends);

/* The check character that belongs to 17 digits. */
char ga_id_number_check_digit(const char *digits17);

#endif
