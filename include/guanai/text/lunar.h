/* Days of the Chinese lunar calendar. */
#ifndef GUANAI_TEXT_LUNAR_H
#define GUANAI_TEXT_LUNAR_H

#include "guanai/text/date.h"

/*
 * GB/T 33661-2017's calendar, from a table of the months of these lunar years. Where a new moon stood so close to
 * midnight that almanacs differ, the printed day is taken (1906-04-24, 2057-09-29; tests/oracle/lunar.py).
 */
enum { GA_LUNAR_YEAR_MIN = 1901, GA_LUNAR_YEAR_MAX = 2099 };

struct ga_lunar {
    int16_t year;  /* of the civil year in which its first day falls */
    int8_t month;  /* 1 … 12 */
    int8_t day;    /* 1 … 30 */
    bool is_leap;  /* 闰: the second month of that number */
};

/* false: out of bounds, or there is no such day (30 in a short month, a leap month the year has not). */
bool ga_lunar_from_date(struct ga_date date, struct ga_lunar *ret_lunar);
bool ga_lunar_to_date(struct ga_lunar lunar, struct ga_date *ret_date);

/*
 * The day on which a lunar birthday is kept in that lunar year: of a leap month in a year without it the usual month,
 * of a 30th in a short month the 29th.
 */
bool ga_lunar_birthday(struct ga_lunar birth, int lunar_year, struct ga_date *ret_date);

/*
 * A day of the year without its year, as people write it: 八月十五, 闰六月初三, 腊月廿三, 农历8月15日, 8-15, 8.15. Leaves
 * `year` 0. false: it is none.
 */
bool ga_lunar_parse(const char *text, struct ga_lunar *ret_lunar);

/* zh 八月十五, en lunar 8-15; without the year. Returns buf (GA_DATE_SIZE). */
const char *ga_lunar_text(struct ga_lunar lunar, enum ga_lang lang, char *buf);

/* 清明: the day on which the sun stands at 15°. false: out of bounds. */
bool ga_lunar_qingming(int year, struct ga_date *ret_date);

#endif
