/* Finds the times in which nothing was written at this computer. */
#include "guanai/store/pause.h"

#include "private.h"

/* From day to day back, as days and not as saves: a computer whose clock was wrong for a while did not stand still. */
static enum ga_rc find_gap(struct ga_stmt *stmt, int days, const struct ga_days *looked_at, bool *ret_has,
                           struct ga_days *ret_pause, struct ga_error *err)
{
    struct ga_date later = looked_at->to;
    bool has_row = false, has = false;
    enum ga_rc rc = GA_OK;
    while (!has && ga_date_compare(later, looked_at->from) > 0 && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_date day = ga_date_from_days((int32_t)ga_stmt_column_int(stmt, 0));
        if (ga_date_compare(day, looked_at->from) < 0)
            day = looked_at->from;
        has = ga_date_to_days(later) - ga_date_to_days(day) > days;
        if (has)
            *ret_pause = (struct ga_days){.from = day, .to = later};
        later = day;
    }
    *ret_has = has;
    return rc;
}

enum ga_rc ga_store_last_pause(struct ga_store *store, int days, struct ga_date since, bool *ret_has,
                               struct ga_days *ret_pause, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const struct ga_days looked_at = {.from = since, .to = ga_store_today(store)};
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_SAVE_DAYS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, ga_date_to_days(looked_at.to));
    ga_stmt_bind_blob(stmt, 2, store->site.bytes, sizeof(store->site.bytes));
    ga_stmt_bind_int(stmt, 3, store->seq == 0);
    rc = find_gap(stmt, days, &looked_at, ret_has, ret_pause, err);
    ga_stmt_reset(stmt);
    return rc;
}
