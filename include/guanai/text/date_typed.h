/* Dates as people type them. */
#ifndef GUANAI_TEXT_DATE_TYPED_H
#define GUANAI_TEXT_DATE_TYPED_H

#include "guanai/base/error.h"
#include "guanai/text/date.h"

struct ga_date_manner {
    struct ga_date today;
    enum ga_date_lean lean; /* where a day without a year is looked for */
    bool takes_month;       /* 2015-09 is an answer */
};

/*
 * 2015-9-1 2015.9.1 2015/9/1 20150901 2015年9月1日 15-9-1 150901; 9-21 9.21 0921 9月21日; 21 21日 21号;
 * 今天 昨天 前天 明天 后天 today yesterday tomorrow; 周五 星期五 上周五 下周五; with takes_month 2015-09, 2015年9月, 201509.
 *
 * Without a year, or with the day alone, it is the nearest such day not after today (GA_DATE_PAST) or
 * not before it (GA_DATE_FUTURE): on 5 November "21" is 21 October for a visit, 21 November for a
 * plan. A two-digit year is of this century, for the past only if that year is not yet to come.
 * A clock time behind the date is left out, with a warning unless it is 0:00.
 * GA_REFUSED says what is impossible ("2015年2月只有28天"); `warning` may be NULL, its id is NULL if none.
 */
enum ga_rc ga_date_parse(const char *typed, const struct ga_date_manner *manner, struct ga_date *ret_date,
                         struct ga_message *warning, struct ga_error *err);

#endif
