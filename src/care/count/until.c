/* Tells until which day what definitions and duties ask keeps its answer. */
#include "count/query.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/function.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/*
 * An answer about a child hangs on the day by begun(), under() and changed.KIND alone, and each of these turns on few
 * days. The statement gives the first of them as a column, so most children are asked once for a year of days. A day
 * too early costs a question, a day too late would be a wrong answer: where it is not plain, until today.
 */
static void give(struct ga_sql_call *call, int32_t until)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    const int32_t today = ga_date_to_days(facts->day);
    const struct ga_value value = ga_value_int(until < today ? today : until);
    ga_sql_call_return(call, &value);
}

/* The first day a date known to the month or the year may mean. */
static struct ga_date first_day(struct ga_date date)
{
    return (struct ga_date){date.year, date.month == 0 ? 1 : date.month, date.day == 0 ? 1 : date.day};
}

static void call_until_begun(struct ga_sql_call *call)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    const struct ga_value text = ga_sql_call_arg(call, 0), months = ga_sql_call_arg(call, 1);
    struct ga_date since;
    if (text.kind != GA_VALUE_TEXT || !ga_date_from_iso(text.text, &since) || months.kind != GA_VALUE_INTEGER ||
        months.integer < 0 || months.integer > 1200) {
        give(call, GA_FOREVER);
        return;
    }
    const enum ga_day_order order = ga_day_order_of(ga_date_add_months(facts->day, -(int)months.integer), since);
    if (order == GA_DAY_BEFORE) /* months are of unequal length */
        give(call, ga_date_to_days(ga_date_add_months(first_day(since), (int)months.integer)) - 4);
    else
        give(call, order == GA_DAY_AFTER ? GA_FOREVER : 0);
}

static void call_until_under(struct ga_sql_call *call)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    const struct ga_value text = ga_sql_call_arg(call, 0), years = ga_sql_call_arg(call, 1);
    struct ga_date birth;
    if (text.kind != GA_VALUE_TEXT || !ga_date_from_iso(text.text, &birth) || years.kind != GA_VALUE_INTEGER ||
        years.integer < 0 || years.integer > 150) {
        give(call, GA_FOREVER);
        return;
    }
    birth.year = (int16_t)(birth.year + years.integer);
    if (birth.month == 2 && birth.day == 29)
        birth.day = 28;
    const int32_t turns = ga_date_to_days(first_day(birth)), today = ga_date_to_days(facts->day);
    const bool is_past = ga_day_order_of(facts->day, birth) == GA_DAY_AFTER && today > turns + 2;
    give(call, is_past ? GA_FOREVER : today < turns - 1 ? turns - 2 : 0);
}

static int32_t days_of(const char *iso)
{
    struct ga_date date;
    return ga_date_from_iso(iso, &date) ? ga_date_to_days(first_day(date)) : 0;
}

static void call_until_changed(struct ga_sql_call *call)
{
    const struct ga_day_facts *facts = ga_sql_call_ctx(call);
    const struct ga_value child = ga_sql_call_arg(call, 0);
    const char *today = GA_DATE_ISO(facts->day);
    int32_t until = GA_FOREVER;
    for (size_t i = facts->changes == NULL ? 0 : ga_first_change(facts->changes, child.integer);
         facts->changes != NULL && i < facts->changes->len; i++) {
        const struct ga_change_seen *change = GA_VEC_AT(const struct ga_change_seen, facts->changes, i);
        if (change->child != child.integer)
            break;
        if (strcmp(change->from_on, today) > 0 && days_of(change->from_on) - 1 < until)
            until = days_of(change->from_on) - 1;
        if (strcmp(change->until_on, today) >= 0 && days_of(change->until_on) < until)
            until = days_of(change->until_on);
    }
    give(call, until);
}

static const struct ga_sql_function functions[] = {
    {"until_begun", 2, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_until_begun},
    {"until_under", 2, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_until_under},
    {"until_changed", 1, GA_SQL_GUARDED | GA_SQL_DETERMINISTIC, call_until_changed},
};

enum ga_rc ga_until_functions_add(struct ga_db *db, struct ga_day_facts *facts, struct ga_error *err)
{
    return ga_sql_functions_add(db, functions, GA_COUNT(functions), facts, err);
}

/* What a statement calls. */
struct hearing {
    struct ga_str *out;
    bool is_daily; /* something hangs on the day in a way that is not plain */
};

static const char *skip_blanks(const char *p)
{
    return p + strspn(p, " \t\r\n\f");
}

/* "( child.father_away_since, 3 )" → the field and the number; false: anything else. */
static bool read_plain_call(const char *p, char field[64], long *ret_number)
{
    int taken = 0;
    p = skip_blanks(p);
    if (sscanf(p, "( child.%63[a-z0-9_]%n", field, &taken) != 1)
        return false;
    p = skip_blanks(p + taken);
    *ret_number = 0;
    if (*p == ',') {
        p = skip_blanks(p + 1);
        if (!isdigit((unsigned char)*p) || strspn(p, "0123456789") > 4)
            return false;
        char *end;
        *ret_number = strtol(p, &end, 10);
        p = skip_blanks(end);
    }
    return *p == ')';
}

static bool is_called(const struct ga_guard_name *name, const char *what)
{
    return name->is_call && name->len == strlen(what) && strncasecmp(name->text, what, name->len) == 0;
}

static void hear_name(void *ctx, const struct ga_guard_name *name)
{
    struct hearing *h = ctx;
    const char *function = is_called(name, "begun") ? "begun" : is_called(name, "under") ? "under" : NULL;
    char field[64];
    long number;
    if (is_called(name, "day"))
        h->is_daily = true;
    if (function == NULL)
        return;
    if (!read_plain_call(name->text + name->len, field, &number)) {
        h->is_daily = true;
        return;
    }
    struct ga_str call = {0};
    ga_str_addf(&call, ", until_%s(v.\"%s\", %ld)", function, field, number);
    if (strstr(ga_str_text(h->out), ga_str_text(&call)) == NULL)
        ga_str_add(h->out, ga_str_text(&call));
    ga_str_finish(&call);
}

void ga_query_add_until(struct ga_query *query)
{
    struct ga_str calls = {0};
    struct hearing hearing = {.out = &calls};
    for (size_t i = 0; i < query->exprs.len; i++)
        ga_guard_names(*GA_VEC_AT(const char *, &query->exprs, i), hear_name, &hearing, NULL, NULL);
    if (query->needs.kinds.len > 0)
        ga_str_add(&calls, ", until_changed(v.no)");
    if (hearing.is_daily)
        ga_str_add(&query->text, ", 0 AS _until");
    else
        ga_str_addf(&query->text, ", min(%d, %d%s) AS _until", GA_FOREVER, GA_FOREVER, ga_str_text(&calls));
    ga_str_finish(&calls);
}
