/* Lays what is owed out as rows that expressions and reports read by name. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"

#include <string.h>

static const char TABLE[] =
    "CREATE TEMP TABLE IF NOT EXISTS v_due (child_no INTEGER NOT NULL, child_id TEXT, child TEXT, site TEXT, grade TEXT,"
    " class TEXT, duty TEXT NOT NULL, period TEXT NOT NULL, owner TEXT NOT NULL, opens TEXT NOT NULL, due_on TEXT NOT NULL,"
    " ends TEXT, state TEXT NOT NULL, days_late INTEGER NOT NULL, needed INTEGER NOT NULL, done INTEGER NOT NULL,"
    " tries INTEGER NOT NULL, done_on TEXT, is_confirmed INTEGER NOT NULL) STRICT;"
    "DELETE FROM temp.v_due";

static const char PUT[] =
    "INSERT INTO temp.v_due SELECT ?1, r.id, r.name, r.site, r.grade, r.class, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
    " ?13, ?14 FROM (SELECT 1) LEFT JOIN v_roster AS r ON r.no = ?1";

static enum ga_rc put(const struct ga_care *care, struct ga_stmt *stmt, const struct ga_due *due, struct ga_error *err)
{
    const bool is_open = due->window.ends.year == GA_DATE_YEAR_MAX, has_record = due->done_on.year != 0;
    ga_stmt_bind_int(stmt, 1, due->child);
    ga_stmt_bind_text(stmt, 2, care->duties.items[due->duty]->name);
    ga_stmt_bind_text(stmt, 3, due->window.label);
    ga_stmt_bind_text(stmt, 4, due->owner);
    ga_stmt_bind_text(stmt, 5, GA_DATE_ISO(due->window.opens));
    ga_stmt_bind_text(stmt, 6, GA_DATE_ISO(due->window.due_on));
    ga_stmt_bind_text(stmt, 7, is_open ? NULL : GA_DATE_ISO(due->window.ends));
    ga_stmt_bind_text(stmt, 8, ga_due_codes[due->state]);
    ga_stmt_bind_int(stmt, 9, due->days_late);
    ga_stmt_bind_int(stmt, 10, due->needed);
    ga_stmt_bind_int(stmt, 11, due->done);
    ga_stmt_bind_int(stmt, 12, due->tries);
    ga_stmt_bind_text(stmt, 13, has_record ? GA_DATE_ISO(due->done_on) : NULL);
    ga_stmt_bind_int(stmt, 14, due->is_confirmed);
    return ga_stmt_run(stmt, err);
}

static enum ga_rc put_all(struct ga_care *care, struct ga_stmt *stmt, struct ga_error *err)
{
    const struct ga_due_ask all = {.span = {ga_date_from_days(care->windows.from), {GA_DATE_YEAR_MAX, 12, 31}},
                                   .states = (1u << GA_DUE_STATE_COUNT) - 1};
    struct ga_arena arena = {0};
    struct ga_due *dues;
    size_t count = 0;
    enum ga_rc rc = ga_due_list(care, &all, &arena, &dues, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = put(care, stmt, &dues[i], err);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_care_view(struct ga_care *care, struct ga_error *err)
{
    static const struct ga_care_table table = {TABLE, PUT, put_all};
    return ga_care_show(care, &table, &care->viewed, err);
}
