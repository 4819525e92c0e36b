/* Days of the civil calendar. */
#ifndef GUANAI_TEXT_DATE_H
#define GUANAI_TEXT_DATE_H

#include "guanai/text/translate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `day` 0: known to the month only. `month` 0 as well: to the year only. All 0: no date. */
struct ga_date {
    int16_t year;
    int8_t month;
    int8_t day;
};

struct ga_days { /* both days included; from > to: none */
    struct ga_date from, to;
};

enum {
    GA_DATE_YEAR_MIN = 1880, /* nobody in a file is older; also the oldest ID number */
    GA_DATE_YEAR_MAX = 2199,
    GA_DATE_SIZE = 40 /* bytes that hold any of the texts below */
};

enum ga_date_lean {
    GA_DATE_PAST,   /* records of what happened */
    GA_DATE_FUTURE, /* what is planned: look again on … */
};

/* A day, a month or a year inside the bounds above that exists. */
bool ga_date_exists(struct ga_date date);
bool ga_date_is_day(struct ga_date date); /* … and is known to the day */
int ga_date_days_in_month(int year, int month);

/* Days since 1970-01-01, proleptic Gregorian; for whole days only. */
int32_t ga_date_to_days(struct ga_date date);
struct ga_date ga_date_from_days(int32_t days);

int ga_date_weekday(struct ga_date date); /* ISO 8601: 1 Monday … 7 Sunday */
struct ga_date ga_date_add_days(struct ga_date date, int32_t days);
struct ga_date ga_date_add_months(struct ga_date date, int months); /* 31 Jan + 1 = the last of February */

/* By year, month, day; a month stands before its first day. <0, 0, >0 */
int ga_date_compare(struct ga_date a, struct ga_date b);

bool ga_days_has(struct ga_days days, struct ga_date day);
struct ga_days ga_days_of_month(struct ga_date date); /* the month it lies in, all of it */

/* Whole years on that day; somebody born on 29 February turns on 1 March. Negative before the birth;
 * a birth known to the month counts from the 1st. */
int ga_date_age(struct ga_date birth, struct ga_date on);

/* "2026-11-30", "2026-11", "2026"; returns buf (GA_DATE_SIZE). */
const char *ga_date_iso(struct ga_date date, char *buf);
#define GA_DATE_ISO(date) ga_date_iso((date), (char[GA_DATE_SIZE]){0})
bool ga_date_from_iso(const char *text, struct ga_date *ret_date); /* exactly those three shapes */

/* zh 2026年11月30日, en 30 Nov 2026; the short one leaves the year out. Return buf (GA_DATE_SIZE). */
const char *ga_date_text(struct ga_date date, enum ga_lang lang, char *buf);
const char *ga_date_text_short(struct ga_date date, enum ga_lang lang, char *buf);

const char *ga_date_weekday_text(struct ga_date date, enum ga_lang lang); /* zh 周一, en Mon; of a whole day. Borrowed, for ever */

/*
 * A spreadsheet's serial number, 1 … 2958465; `is_1904` from the workbook. Serial 60 of the 1900
 * system is the 29 February 1900 that never was: false, as for all that is out of bounds.
 */
bool ga_date_from_serial(int32_t serial, bool is_1904, struct ga_date *ret_date);

#endif
