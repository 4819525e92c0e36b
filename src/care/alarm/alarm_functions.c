/* The functions that alarms may call. */
#include "alarm/alarm_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/function.h"

#include <stdio.h>

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

/* The day itself is none of those after it; one known to the month or the year begins with its first. */
static void call_school_days(struct ga_sql_call *call)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    const struct ga_value text = ga_sql_call_arg(call, 0);
    struct ga_date from;
    if (facts->tally == NULL || text.kind != GA_VALUE_TEXT || text.len < 4 || !ga_date_from_iso(text.text, &from))
        return;
    from.month = from.month == 0 ? 1 : from.month;
    from.day = from.day == 0 ? 1 : from.day;
    const struct ga_days span = {ga_date_add_days(from, 1), facts->day};
    give_int(call, ga_date_compare(span.from, span.to) > 0 ? 0 : ga_school_tally_days(facts->tally, span));
}

static void call_first_day(struct ga_sql_call *call)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    if (facts->first_day.year != 0)
        give_text(call, GA_DATE_ISO(facts->first_day));
}

/* NULL: nothing was looked up. */
static const struct ga_alarm_look *look_of(struct ga_sql_call *call)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    const struct ga_value child = ga_sql_call_arg(call, 0), look = ga_sql_call_arg(call, 1);
    if (facts->looks == NULL || child.kind != GA_VALUE_INTEGER || look.kind != GA_VALUE_INTEGER || look.integer < 0)
        return NULL;
    return ga_alarm_looks_find(facts->looks, child.integer, (size_t)look.integer);
}

static void call_look_count(struct ga_sql_call *call)
{
    const struct ga_alarm_look *look = look_of(call);
    give_int(call, look == NULL ? 0 : look->count);
}

static void call_look_first_on(struct ga_sql_call *call)
{
    const struct ga_alarm_look *look = look_of(call);
    if (look != NULL)
        give_text(call, GA_DATE_ISO(ga_date_from_days(look->first)));
}

static void call_look_last_on(struct ga_sql_call *call)
{
    const struct ga_alarm_look *look = look_of(call);
    if (look != NULL)
        give_text(call, GA_DATE_ISO(ga_date_from_days(look->last)));
}

/* "2026-11-23 12:41", the day alone where the time is not known. */
static void call_look_first_at(struct ga_sql_call *call)
{
    const struct ga_alarm_look *look = look_of(call);
    char text[GA_DATE_SIZE + 16];
    if (look == NULL)
        return;
    const char *day = GA_DATE_ISO(ga_date_from_days(look->first));
    if (look->first_minute < 0)
        ga_str_copy(text, sizeof(text), day);
    else
        snprintf(text, sizeof(text), "%s %02d:%02d", day, look->first_minute / 60, look->first_minute % 60);
    give_text(call, text);
}

static const struct ga_sql_function functions[] = {
    {"school_days", 1, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_school_days},
    {"first_day", 0, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_first_day},
    {"look_count", 2, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_look_count},
    {"look_first_on", 2, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_look_first_on},
    {"look_last_on", 2, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_look_last_on},
    {"look_first_at", 2, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_look_first_at},
};

enum ga_rc ga_alarm_functions_add(struct ga_db *db, struct ga_day_facts *facts, struct ga_error *err)
{
    return ga_sql_functions_add(db, functions, GA_COUNT(functions), facts, err);
}
