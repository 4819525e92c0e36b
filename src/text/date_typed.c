/* Dates as people type them. */
#include "guanai/text/date_typed.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/text/typed.h"

#include <string.h>

enum { PARTS_MAX = 3, UNIT_YEAR = 0x5E74, UNIT_MONTH = 0x6708, UNIT_DAY = 0x65E5, UNIT_NUMBER = 0x53F7 };

/* The numbers of a typed date with what stood behind each. */
struct parts {
    size_t count;
    int value[PARTS_MAX];
    size_t digits[PARTS_MAX];
    uint32_t mark[PARTS_MAX]; /* 年 月 日 号, else the separator */
};

/* What was meant; -1: not typed. */
struct meant {
    int year;
    int month;
    int day;
};

static enum ga_rc refuse_unclear(struct ga_error *err)
{
    ga_error_set(err, GA_REFUSED, "This is not understood as a date");
    ga_error_hint(err, "Type it like 2015-9-1 or 20150901.");
    return GA_REFUSED;
}

static void lower_ascii(struct ga_typed *typed)
{
    for (size_t i = 0; i < typed->count; i++)
        if (typed->cp[i] >= 'A' && typed->cp[i] <= 'Z')
            typed->cp[i] += 'a' - 'A';
}

static bool read_day_word(const struct ga_typed *typed, struct ga_date today, struct ga_date *ret_date)
{
    static const struct {
        const char *word;
        int days;
    } words[] = {
        {"今天", 0},       {"今日", 0},  {"today", 0},   {"昨天", -1}, {"昨日", -1},
        {"yesterday", -1}, {"前天", -2}, {"大前天", -3}, {"明天", 1},  {"明日", 1},
        {"tomorrow", 1},   {"后天", 2},  {"大后天", 3},
    };
    for (size_t i = 0; i < GA_COUNT(words); i++)
        if (typed->count > 0 && ga_typed_word(typed, 0, words[i].word) == typed->count) {
            *ret_date = ga_date_add_days(today, words[i].days);
            return true;
        }
    return false;
}

static size_t skip_words(const struct ga_typed *typed, size_t at, const char *const *words, size_t count,
                         size_t *ret_which)
{
    for (size_t i = 0; i < count; i++) {
        const size_t len = ga_typed_word(typed, at, words[i]);
        if (len > 0) {
            *ret_which = i;
            return len;
        }
    }
    *ret_which = count;
    return 0;
}

/* 周五 is the nearest Friday on the side the manner leans to, 上周五 that of the calendar week before. */
static bool read_weekday(const struct ga_typed *typed, const struct ga_date_manner *manner,
                         struct ga_date *ret_date)
{
    static const char *const weeks[] = {"上", "下", "本", "这"};
    static const char *const names[] = {"个星期", "个礼拜", "星期", "礼拜", "周"};
    size_t week, name;
    int weekday = 0;
    size_t at = skip_words(typed, 0, weeks, GA_COUNT(weeks), &week);
    at += skip_words(typed, at, names, GA_COUNT(names), &name);
    if (name == GA_COUNT(names) || at + 1 != typed->count)
        return false;
    if (typed->cp[at] == UNIT_DAY || typed->cp[at] == 0x5929) /* 日 天 */
        weekday = 7;
    else if (ga_typed_number(typed, at, 1, &weekday) != 1 || weekday < 1 || weekday > 7)
        return false;
    const int ahead = weekday - ga_date_weekday(manner->today);
    int days = ahead;
    if (week < GA_COUNT(weeks))
        days += week == 0 ? -7 : week == 1 ? 7 : 0;
    else if (manner->lean == GA_DATE_PAST && ahead > 0)
        days -= 7;
    else if (manner->lean == GA_DATE_FUTURE && ahead < 0)
        days += 7;
    *ret_date = ga_date_add_days(manner->today, days);
    return true;
}

/* Cuts a clock time off, "2015-09-01 00:00:00" or "2015-09-01T08:30"; says which unless it is 0:00. */
static void drop_clock_time(struct ga_typed *typed, struct ga_message *warning)
{
    size_t at = 1;
    while (at < typed->count && typed->cp[at] != ' ' && typed->cp[at] != 't')
        at++;
    bool has_colon = false, is_midnight = true;
    for (size_t i = at; i < typed->count; i++) {
        has_colon = has_colon || typed->cp[i] == ':';
        is_midnight = is_midnight && !(typed->cp[i] >= '1' && typed->cp[i] <= '9');
        if (typed->cp[i] >= 0x80)
            return;
    }
    if (!has_colon)
        return;
    struct ga_typed clock = {.count = 0};
    for (size_t i = at + 1; i < typed->count; i++)
        clock.cp[clock.count++] = typed->cp[i];
    char shown[GA_TYPED_BYTES + 1];
    if (warning != NULL && !is_midnight)
        ga_message_set(warning, "The clock time %1 was left out",
                       ga_typed_text(&clock, shown, sizeof(shown)));
    typed->count = at;
    typed->cp[at] = 0;
}

static bool is_separator(uint32_t cp)
{
    return cp != 0 && (cp == UNIT_YEAR || cp == UNIT_MONTH || cp == UNIT_DAY || cp == UNIT_NUMBER ||
                       cp == 0x3001 || cp == 0xB7 || (cp < 0x80 && strchr("-./, ", (int)cp) != NULL));
}

/* Numbers with one separator between two (blanks beside it do not count). */
static bool split_parts(const struct ga_typed *typed, struct parts *parts)
{
    *parts = (struct parts){.count = 0};
    for (size_t at = 0; at < typed->count;) {
        if (parts->count == PARTS_MAX)
            return false;
        const size_t i = parts->count;
        parts->digits[i] = ga_typed_number(typed, at, 9, &parts->value[i]);
        if (parts->digits[i] == 0)
            return false;
        const bool is_chinese = typed->cp[at] >= 0x80; /* 二十一: three characters, two digits */
        at += parts->digits[i];
        if (is_chinese)
            parts->digits[i] = 2;
        parts->count++;
        size_t marks = 0;
        for (; is_separator(typed->cp[at]); at++)
            if (typed->cp[at] != ' ' && ++marks <= 2 && parts->mark[i] < 0x80)
                parts->mark[i] = typed->cp[at];
        const bool is_apart = at == typed->count || is_separator(typed->cp[at - 1]);
        if (!is_apart || marks > 1)
            return false;
    }
    const uint32_t last = parts->count > 0 ? parts->mark[parts->count - 1] : '-';
    return last == 0 || last >= 0x80 || last == '.';
}

static int full_year(int typed_year, size_t digits, const struct ga_date_manner *manner)
{
    if (digits > 2)
        return typed_year;
    const bool is_this_century = manner->lean == GA_DATE_FUTURE || 2000 + typed_year <= manner->today.year;
    return typed_year + (is_this_century ? 2000 : 1900);
}

/* 8 digits: a day; 6: a month or a day of a short year; 4: a day of this year; 1 or 2: a day of this month.
 */
static bool read_one_part(const struct parts *parts, const struct ga_date_manner *manner,
                          struct meant *meant)
{
    const int value = parts->value[0];
    const size_t digits = parts->digits[0];
    const uint32_t mark = parts->mark[0];
    if (mark == UNIT_YEAR)
        *meant = (struct meant){full_year(value, digits, manner), -1, -1};
    else if (mark == UNIT_MONTH)
        *meant = (struct meant){-1, value, -1};
    else if (digits <= 2)
        *meant = (struct meant){-1, -1, value};
    else if (digits == 4 && value / 100 > 12)
        *meant = (struct meant){value, -1, -1};
    else if (digits == 4)
        *meant = (struct meant){-1, value / 100, value % 100};
    else if (digits == 8)
        *meant = (struct meant){value / 10000, value / 100 % 100, value % 100};
    else if (digits == 6) {
        const bool is_month =
            (value / 10000 == 19 || value / 10000 == 20) && value % 100 >= 1 && value % 100 <= 12;
        const bool is_day = value / 100 % 100 >= 1 && value / 100 % 100 <= 12 && value % 100 >= 1;
        if (is_month && is_day)
            return false;
        if (is_month)
            *meant = (struct meant){value / 100, value % 100, -1};
        else
            *meant = (struct meant){full_year(value / 10000, 2, manner), value / 100 % 100, value % 100};
    } else
        return false;
    return true;
}

static bool read_parts(const struct parts *parts, const struct ga_date_manner *manner, struct meant *meant)
{
    const int *value = parts->value;
    const bool is_year_first = parts->digits[0] == 4 || parts->mark[0] == UNIT_YEAR || parts->count == 3;
    if (parts->count == 1)
        return read_one_part(parts, manner, meant);
    if (parts->count == 0 || parts->digits[0] == 3 || parts->digits[0] > 4 || parts->digits[1] > 2 ||
        parts->digits[2] > 2 || parts->mark[0] == UNIT_DAY ||
        (is_year_first && parts->mark[0] == UNIT_MONTH))
        return false;
    const int year = is_year_first ? full_year(value[0], parts->digits[0], manner) : -1;
    if (parts->count == 3)
        *meant = (struct meant){year, value[1], value[2]};
    else if (is_year_first)
        *meant = (struct meant){year, value[1], -1};
    else
        *meant = (struct meant){-1, value[0], value[1]};
    return true;
}

static enum ga_rc refuse_month_days(const struct meant *meant, struct ga_error *err)
{
    if (meant->year >= 0 && (meant->year < GA_DATE_YEAR_MIN || meant->year > GA_DATE_YEAR_MAX))
        ga_error_set(err, GA_REFUSED, "The year %1 cannot be right", GA_NUM(meant->year));
    else if (meant->month != -1 && (meant->month < 1 || meant->month > 12))
        ga_error_set(err, GA_REFUSED, "There is no month %1", GA_NUM(meant->month));
    else if (meant->day == 0 || meant->month == -1)
        ga_error_set(err, GA_REFUSED, "There is no day %1", GA_NUM(meant->day));
    else if (meant->year == -1)
        ga_error_set(err, GA_REFUSED, "Month %1 has only %2 days", GA_NUM(meant->month),
                     GA_NUM(ga_date_days_in_month(2000, meant->month)));
    else
        ga_error_set(err, GA_REFUSED, "Month %2 of %1 has only %3 days", GA_NUM(meant->year),
                     GA_NUM(meant->month), GA_NUM(ga_date_days_in_month(meant->year, meant->month)));
    ga_error_hint(err, "Look at the date on the paper again.");
    return GA_REFUSED;
}

/* Could there be such a day at all, in a leap year, in a long month? */
static bool is_thinkable(const struct meant *meant)
{
    const int year = meant->year == -1 ? 2000 : meant->year;
    const int month = meant->month == -1 ? 1 : meant->month;
    return year >= GA_DATE_YEAR_MIN && year <= GA_DATE_YEAR_MAX && month >= 1 && month <= 12 &&
           meant->day != 0 && meant->day <= ga_date_days_in_month(year, month);
}

static bool leans_right(struct ga_date date, const struct ga_date_manner *manner)
{
    if (date.day == 0) /* this month is on both sides */
        date.day = manner->today.day;
    const int order = ga_date_compare(date, manner->today);
    return manner->lean == GA_DATE_PAST ? order <= 0 : order >= 0;
}

/* The nearest day, counted in months from this one, that exists. */
static bool find_nearest(const struct meant *meant, const struct ga_date_manner *manner,
                         struct ga_date *ret_date)
{
    enum { MONTHS_MAX = 8 * 12 + 12 }; /* 29 February is at most eight years away */
    const int step = manner->lean == GA_DATE_PAST ? -1 : 1;
    struct ga_date first = manner->today;
    first.day = 1;
    for (int months = 0; months <= MONTHS_MAX; months++) {
        struct ga_date date = ga_date_add_months(first, months * step);
        date.day = (int8_t)(meant->day == -1 ? 0 : meant->day);
        const bool is_month = meant->month == -1 || meant->month == date.month;
        if (is_month && ga_date_exists(date) && leans_right(date, manner)) {
            *ret_date = date;
            return true;
        }
    }
    return false;
}

static enum ga_rc settle(const struct meant *meant, const struct ga_date_manner *manner,
                         struct ga_date *ret_date, struct ga_error *err)
{
    if (!is_thinkable(meant))
        return refuse_month_days(meant, err);
    if (meant->year != -1 && meant->month == -1) {
        ga_error_set(err, GA_REFUSED, "The month is missing");
        ga_error_hint(err, "Type it like 2015-9-1 or 20150901.");
        return GA_REFUSED;
    }
    if (meant->day == -1 && !manner->takes_month) {
        ga_error_set(err, GA_REFUSED, "The day is missing");
        ga_error_hint(err, "Type it like 2015-9-1 or 20150901.");
        return GA_REFUSED;
    }
    if (meant->year == -1)
        return find_nearest(meant, manner, ret_date) ? GA_OK : refuse_unclear(err);
    *ret_date = (struct ga_date){.year = (int16_t)meant->year,
                                 .month = (int8_t)meant->month,
                                 .day = (int8_t)(meant->day == -1 ? 0 : meant->day)};
    return GA_OK;
}

enum ga_rc ga_date_parse(const char *typed_text, const struct ga_date_manner *manner,
                         struct ga_date *ret_date, struct ga_message *warning, struct ga_error *err)
{
    struct ga_typed typed;
    struct parts parts;
    struct meant meant;
    struct ga_date iso;
    if (warning != NULL)
        warning->id = NULL;
    if (ga_date_from_iso(typed_text, &iso) && ga_date_is_day(iso)) /* how most tables write it */
        return settle(&(struct meant){iso.year, iso.month, iso.day}, manner, ret_date, err);
    const enum ga_rc rc = ga_typed_read_folded(typed_text, &typed, err);
    if (rc != GA_OK)
        return rc;
    lower_ascii(&typed);
    if (read_day_word(&typed, manner->today, ret_date) || read_weekday(&typed, manner, ret_date))
        return GA_OK;
    drop_clock_time(&typed, warning);
    if (!split_parts(&typed, &parts) || !read_parts(&parts, manner, &meant))
        return refuse_unclear(err);
    const bool may_be_october = parts.count == 2 && parts.mark[0] == '.' && parts.digits[0] == 4 &&
                                parts.digits[1] == 1 && parts.value[1] == 1;
    if (warning != NULL && may_be_october)
        ga_message_set(warning, "Taken as January; a spreadsheet writes October the same way");
    return settle(&meant, manner, ret_date, err);
}
