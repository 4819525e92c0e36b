/* Days of the civil calendar. */
#include "guanai/text/date.h"

#include <stdio.h>
#include <string.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int ga_date_days_in_month(int year, int month)
{
    static const int8_t days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return month == 2 && is_leap(year) ? 29 : days[month];
}

bool ga_date_exists(struct ga_date date)
{
    if (date.year < GA_DATE_YEAR_MIN || date.year > GA_DATE_YEAR_MAX)
        return false;
    if (date.month == 0)
        return date.day == 0;
    return date.month > 0 && date.month <= 12 && date.day >= 0 &&
           date.day <= ga_date_days_in_month(date.year, date.month);
}

bool ga_date_is_day(struct ga_date date)
{
    return date.day > 0 && ga_date_exists(date);
}

/* Counted in years that begin in March, so that the leap day is the last of its year. */
int32_t ga_date_to_days(struct ga_date date)
{
    const int32_t year = date.year - (date.month <= 2 ? 1 : 0);
    const int32_t era = (year >= 0 ? year : year - 399) / 400;
    const int32_t year_of_era = year - era * 400;
    const int32_t month = (date.month + 9) % 12;
    const int32_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    const int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct ga_date ga_date_from_days(int32_t days)
{
    const int32_t shifted = days + 719468;
    const int32_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int32_t day_of_era = shifted - era * 146097;
    const int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int32_t month = (5 * day_of_year + 2) / 153;
    const int32_t civil_month = month < 10 ? month + 3 : month - 9;
    return (struct ga_date){.year = (int16_t)(year_of_era + era * 400 + (civil_month <= 2 ? 1 : 0)),
                            .month = (int8_t)civil_month,
                            .day = (int8_t)(day_of_year - (153 * month + 2) / 5 + 1)};
}

int ga_date_weekday(struct ga_date date)
{
    const int32_t since_monday = (ga_date_to_days(date) + 3) % 7; /* 1970-01-01 was a Thursday */
    return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

struct ga_date ga_date_add_days(struct ga_date date, int32_t days)
{
    return ga_date_from_days(ga_date_to_days(date) + days);
}

struct ga_date ga_date_add_months(struct ga_date date, int months)
{
    const int total = date.year * 12 + date.month - 1 + months;
    struct ga_date sum = {
        .year = (int16_t)(total / 12), .month = (int8_t)(total % 12 + 1), .day = date.day};
    const int last = ga_date_days_in_month(sum.year, sum.month);
    if (sum.day > last)
        sum.day = (int8_t)last;
    return sum;
}

int ga_date_compare(struct ga_date a, struct ga_date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

bool ga_days_has(struct ga_days days, struct ga_date day)
{
    return ga_date_compare(days.from, day) <= 0 && ga_date_compare(day, days.to) <= 0;
}

struct ga_days ga_days_of_month(struct ga_date date)
{
    return (struct ga_days){{date.year, date.month, 1},
                            {date.year, date.month, (int8_t)ga_date_days_in_month(date.year, date.month)}};
}

int ga_date_age(struct ga_date birth, struct ga_date on)
{
    const bool is_before_birthday =
        on.month < birth.month || (on.month == birth.month && on.day < birth.day);
    return on.year - birth.year - (is_before_birthday ? 1 : 0);
}

static char *put_two_digits(char *at, int number)
{
    *at++ = (char)('0' + number / 10 % 10);
    *at++ = (char)('0' + number % 10);
    return at;
}

/* Written out by hand: an import asks for several a row, and snprintf took a fiftieth of it all. */
const char *ga_date_iso(struct ga_date date, char *buf)
{
    char *at = put_two_digits(put_two_digits(buf, date.year / 100), date.year);
    if (date.month != 0) {
        *at++ = '-';
        at = put_two_digits(at, date.month);
    }
    if (date.month != 0 && date.day != 0) {
        *at++ = '-';
        at = put_two_digits(at, date.day);
    }
    *at = '\0';
    return buf;
}

static bool has_iso_shape(const char *text, size_t len)
{
    if (len != 4 && len != 7 && len != 10)
        return false;
    for (size_t i = 0; i < len; i++) {
        const bool is_dash = i == 4 || i == 7;
        if (is_dash ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    }
    return true;
}

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

bool ga_date_from_iso(const char *text, struct ga_date *ret_date)
{
    const size_t len = strnlen(text, 11);
    if (!has_iso_shape(text, len))
        return false;
    const int month = len >= 7 ? two_digits(text + 5) : 0, day = len >= 10 ? two_digits(text + 8) : 0;
    const struct ga_date date = {.year = (int16_t)(two_digits(text) * 100 + two_digits(text + 2)),
                                 .month = (int8_t)month,
                                 .day = (int8_t)day};
    if (!ga_date_exists(date) || (len >= 7 && month == 0) || (len >= 10 && day == 0))
        return false;
    *ret_date = date;
    return true;
}

static const char *const english_months[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

const char *ga_date_text_short(struct ga_date date, enum ga_lang lang, char *buf)
{
    const int month = date.month >= 1 && date.month <= 12 ? date.month : 0;
    if (month == 0)
        buf[0] = '\0';
    else if (lang == GA_ZH && date.day > 0)
        snprintf(buf, GA_DATE_SIZE, "%d月%d日", month, date.day);
    else if (lang == GA_ZH)
        snprintf(buf, GA_DATE_SIZE, "%d月", month);
    else if (date.day > 0)
        snprintf(buf, GA_DATE_SIZE, "%d %s", date.day, english_months[month]);
    else
        snprintf(buf, GA_DATE_SIZE, "%s", english_months[month]);
    return buf;
}

const char *ga_date_text(struct ga_date date, enum ga_lang lang, char *buf)
{
    char rest[GA_DATE_SIZE];
    ga_date_text_short(date, lang, rest);
    if (lang == GA_ZH)
        snprintf(buf, GA_DATE_SIZE, "%d年%.24s", date.year, rest);
    else
        snprintf(buf, GA_DATE_SIZE, "%.24s%s%d", rest, rest[0] != '\0' ? " " : "", date.year);
    return buf;
}

const char *ga_date_weekday_text(struct ga_date date, enum ga_lang lang)
{
    static const char *const weekdays[] = {GA_N_("Mon"), GA_N_("Tue"), GA_N_("Wed"), GA_N_("Thu"), GA_N_("Fri"), GA_N_("Sat"), GA_N_("Sun")};
    return ga_tr(lang, weekdays[ga_date_weekday(date) - 1]);
}

bool ga_date_from_serial(int32_t serial, bool is_1904, struct ga_date *ret_date)
{
    enum { SERIAL_MAX = 2958465, NEVER_WAS = 60 };
    if (serial < 1 || serial > SERIAL_MAX || (!is_1904 && serial == NEVER_WAS))
        return false;
    const struct ga_date zero = is_1904 ? (struct ga_date){1904, 1, 1} : (struct ga_date){1899, 12, 30};
    const struct ga_date date = ga_date_add_days(zero, serial + (!is_1904 && serial < NEVER_WAS ? 1 : 0));
    if (!ga_date_is_day(date))
        return false;
    *ret_date = date;
    return true;
}
