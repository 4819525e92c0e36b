/* Lays the alarms that stand out as rows that expressions and reports read by name. */
#include "due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/care/alarm.h"
#include "guanai/sql/transaction.h"

static const char TABLE[] =
    "CREATE TEMP TABLE IF NOT EXISTS v_alarm (child_no INTEGER NOT NULL, child_id TEXT, child TEXT, site TEXT, grade TEXT,"
    " class TEXT, alarm TEXT NOT NULL, title TEXT NOT NULL, since TEXT, days INTEGER, number INTEGER,"
    " teacher TEXT NOT NULL, proxy TEXT NOT NULL) STRICT;"
    "DELETE FROM temp.v_alarm";

static const char PUT[] =
    "INSERT INTO temp.v_alarm SELECT ?1, r.id, r.name, r.site, r.grade, r.class, ?2, ?3, ?4, ?5, ?6, ?7, ?8"
    " FROM (SELECT 1) LEFT JOIN v_roster AS r ON r.no = ?1";

static enum ga_rc put(const struct ga_care *care, struct ga_stmt *stmt, const struct ga_alarm *alarm, struct ga_error *err)
{
    const struct ga_alarm_rule *rule = care->alarms.rules.items[alarm->rule];
    const bool is_known = alarm->since.year != 0;
    ga_stmt_bind_int(stmt, 1, alarm->child);
    ga_stmt_bind_text(stmt, 2, rule->name);
    ga_stmt_bind_text(stmt, 3, rule->title.zh);
    ga_stmt_bind_text(stmt, 4, is_known ? GA_DATE_ISO(alarm->since) : NULL);
    if (is_known)
        ga_stmt_bind_int(stmt, 5, ga_date_to_days(care->day) - ga_date_to_days(alarm->since));
    if (alarm->number >= 0)
        ga_stmt_bind_int(stmt, 6, alarm->number);
    ga_stmt_bind_text(stmt, 7, alarm->teacher);
    ga_stmt_bind_text(stmt, 8, alarm->proxy);
    return ga_stmt_run(stmt, err);
}

static enum ga_rc fill(struct ga_care *care, struct ga_error *err)
{
    const struct ga_alarm_ask all = {0};
    struct ga_arena arena = {0};
    struct ga_stmt *stmt = NULL;
    struct ga_alarm *alarms;
    size_t count = 0;
    struct ga_db *db = ga_store_db(care->options.store);
    enum ga_rc rc = ga_alarm_list(care, &all, &arena, &alarms, &count, err);
    if (rc == GA_OK)
        rc = ga_db_exec(db, TABLE, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(db, PUT, &stmt, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = put(care, stmt, &alarms[i], err);
    ga_stmt_destroy(stmt);
    ga_arena_finish(&arena);
    return rc;
}

/* In one transaction: a row each would be one otherwise. */
enum ga_rc ga_alarm_view(struct ga_care *care, struct ga_error *err)
{
    struct ga_alarms *alarms = &care->alarms;
    struct ga_db *db = ga_store_db(care->options.store);
    enum ga_rc rc = ga_care_follow(care, err);
    if (rc != GA_OK || (alarms->viewed_op == care->shown_op && ga_date_compare(alarms->viewed_on, care->day) == 0))
        return rc;
    rc = ga_transaction_begin(db, err);
    if (rc != GA_OK)
        return rc;
    rc = fill(care, err);
    if (rc == GA_OK)
        rc = ga_transaction_commit(db, err);
    else
        ga_transaction_rollback(db);
    if (rc == GA_OK) {
        alarms->viewed_op = care->shown_op;
        alarms->viewed_on = care->day;
    }
    return rc;
}
