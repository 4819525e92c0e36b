/* Knows the day that it must be at least. */
#include "private.h"

#include "guanai/base/num.h"

#include <stdio.h>

/* "41 2026-11-23": on that day somebody said what day it is, when what was saved up to transaction 41 bore later days. */
static const char told_setting[] = "day_told";

static struct ga_date told_day(struct ga_store *store, int64_t *ret_after_txn)
{
    char day[GA_DATE_SIZE];
    long long after;
    struct ga_date told = {0};
    const char *text = ga_store_setting(store, told_setting);
    *ret_after_txn = 0;
    if (text == NULL || sscanf(text, "%lld %10s", &after, day) != 2 || !ga_date_from_iso(day, &told))
        return (struct ga_date){0};
    *ret_after_txn = after;
    return told;
}

static struct ga_date read_newest_day(struct ga_store *store)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t after;
    struct ga_date day = told_day(store, &after);
    if (ga_store_stmt(store, store->is_alone ? GA_SQL_NEWEST_DAY_ALONE : GA_SQL_NEWEST_DAY, &stmt, NULL) != GA_OK)
        return day;
    ga_stmt_bind_int(stmt, 1, after);
    if (ga_stmt_step(stmt, &has_row, NULL) != GA_OK || !has_row)
        return day;
    if (!ga_stmt_column_is_null(stmt, 0)) {
        const struct ga_date written = ga_date_from_days((int32_t)ga_stmt_column_int(stmt, 0));
        if (!ga_date_exists(day) || ga_date_compare(day, written) < 0)
            day = written;
    }
    ga_stmt_reset(stmt); /* a statement left open would keep tables from being dropped */
    return day;
}

/* Asked several times at each start. */
struct ga_date ga_store_newest_day(struct ga_store *store)
{
    if (store->newest_txn != store->last_txn + 1) {
        store->newest_day = read_newest_day(store);
        store->newest_txn = store->last_txn + 1;
    }
    return store->newest_day;
}

enum ga_rc ga_store_tell_day(struct ga_store *store, struct ga_date day, struct ga_error *err)
{
    struct ga_str text = {0};
    if (ga_date_compare(day, ga_store_newest_day(store)) >= 0)
        return GA_OK;
    ga_str_addf(&text, "%s %s", GA_NUM(store->last_txn), GA_DATE_ISO(day));
    const enum ga_rc rc = ga_store_set_setting(store, told_setting, ga_str_text(&text), err);
    store->newest_txn = 0;
    ga_str_finish(&text);
    return rc;
}
