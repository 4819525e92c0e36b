/* Lays the alarms that stand out as rows that expressions and reports read by name. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/care/alarm.h"

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

static enum ga_rc put_all(struct ga_care *care, struct ga_stmt *stmt, struct ga_error *err)
{
    const struct ga_alarm_ask all = {0};
    struct ga_arena arena = {0};
    struct ga_alarm *alarms;
    size_t count = 0;
    enum ga_rc rc = ga_alarm_list(care, &all, &arena, &alarms, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = put(care, stmt, &alarms[i], err);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_alarm_view(struct ga_care *care, struct ga_error *err)
{
    static const struct ga_care_table table = {TABLE, PUT, put_all};
    return ga_care_show(care, &table, &care->alarms.viewed, err);
}
