/* The functions that definitions may call. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/function.h"

#include <stdlib.h>
#include <string.h>

static void give_int(struct ga_sql_call *call, int64_t number)
{
    const struct ga_value value = ga_value_int(number);
    ga_sql_call_return(call, &value);
}

static void give_text(struct ga_sql_call *call, const char *text)
{
    const struct ga_value value = ga_value_text(text);
    ga_sql_call_return(call, &value);
}

static bool read_date(struct ga_sql_call *call, int i, struct ga_date *ret_date)
{
    const struct ga_value text = ga_sql_call_arg(call, i);
    return text.kind == GA_VALUE_TEXT && ga_date_from_iso(text.text, ret_date);
}

static void call_day(struct ga_sql_call *call)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    give_text(call, GA_DATE_ISO(facts->day));
}

static void call_rural_school(struct ga_sql_call *call)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    give_int(call, facts->is_rural);
}

enum ga_day_order ga_day_order_of(struct ga_date day, struct ga_date date)
{
    if (day.year != date.year)
        return day.year < date.year ? GA_DAY_BEFORE : GA_DAY_AFTER;
    if (date.month == 0)
        return GA_DAY_WITHIN;
    if (day.month != date.month)
        return day.month < date.month ? GA_DAY_BEFORE : GA_DAY_AFTER;
    if (date.day == 0)
        return GA_DAY_WITHIN;
    return day.day < date.day ? GA_DAY_BEFORE : GA_DAY_AFTER;
}

/* A state without a date holds on every day; the last day of a month that is known is past all of it. */
static void call_begun(struct ga_sql_call *call)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    const struct ga_value months = ga_sql_call_args(call) > 1 ? ga_sql_call_arg(call, 1) : ga_value_int(0);
    struct ga_date since, day = facts->day;
    if (ga_sql_call_arg(call, 0).kind == GA_VALUE_NULL) {
        give_int(call, 1);
        return;
    }
    if (!read_date(call, 0, &since) || months.kind != GA_VALUE_INTEGER || months.integer < 0 || months.integer > 1200)
        return;
    day = ga_date_add_months(day, -(int)months.integer);
    const enum ga_day_order order = ga_day_order_of(day, since);
    const bool is_last = day.day == ga_date_days_in_month(day.year, day.month) && (since.month != 0 || day.month == 12);
    if (order != GA_DAY_WITHIN || is_last)
        give_int(call, order != GA_DAY_BEFORE);
}

/* The birthday itself counts as the new age, as age() has it; 29 February turns on 1 March. */
static void call_under(struct ga_sql_call *call)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    const struct ga_value years = ga_sql_call_arg(call, 1);
    struct ga_date birth;
    if (!read_date(call, 0, &birth) || years.kind != GA_VALUE_INTEGER || years.integer < 0 || years.integer > 150)
        return;
    if (ga_date_is_day(birth)) {
        give_int(call, ga_date_age(birth, facts->day) < years.integer);
        return;
    }
    birth.year = (int16_t)(birth.year + years.integer);
    const enum ga_day_order order = ga_day_order_of(facts->day, birth);
    if (order != GA_DAY_WITHIN)
        give_int(call, order == GA_DAY_BEFORE);
}

size_t ga_first_change(const struct ga_vec *changes, int64_t child)
{
    size_t low = 0, high = changes->len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (GA_VEC_AT(const struct ga_change_seen, changes, middle)->child < child)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* An absence counts while it lasts. */
static bool holds_on(const struct ga_change_seen *change, const char *day)
{
    if (strcmp(change->from_on, day) > 0)
        return false;
    return change->until_on[0] == '\0' || strcmp(change->kind, "away") != 0 || strcmp(change->until_on, day) >= 0;
}

static void call_changed_on(struct ga_sql_call *call)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    const struct ga_value child = ga_sql_call_arg(call, 0), kind = ga_sql_call_arg(call, 1);
    const char *newest = NULL;
    if (child.kind != GA_VALUE_INTEGER || kind.kind != GA_VALUE_TEXT || facts->changes == NULL)
        return;
    for (size_t i = ga_first_change(facts->changes, child.integer); i < facts->changes->len; i++) {
        const struct ga_change_seen *change = GA_VEC_AT(const struct ga_change_seen, facts->changes, i);
        if (change->child != child.integer)
            break;
        if (strcmp(change->kind, kind.text) == 0 && holds_on(change, GA_DATE_ISO(facts->day)))
            newest = change->from_on;
    }
    give_text(call, newest);
}

/* Constant while a statement runs: the day changes between statements only. */
static const struct ga_sql_function functions[] = {
    {"day", 0, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_day},
    {"begun", 1, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_begun},
    {"begun", 2, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_begun},
    {"under", 2, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_under},
    {"rural_school", 0, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_rural_school},
    {"changed_on", 2, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_changed_on},
};

enum ga_rc ga_day_functions_add(struct ga_db *db, struct ga_day_facts *facts, struct ga_error *err)
{
    enum ga_rc rc = ga_sql_functions_add(db, functions, GA_COUNT(functions), facts, err);
    if (rc == GA_OK)
        rc = ga_until_functions_add(db, facts, err);
    return rc == GA_OK ? ga_alarm_functions_add(db, facts, err) : rc;
}
