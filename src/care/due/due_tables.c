/* The tables of what is owed with the statements that keep them. */
#include "due/due_inner.h"

/* The first edition's tables knew no helper, nor what is open of a class. */
#define OLD_EDITION "DROP TABLE IF EXISTS _due_child; DROP TABLE IF EXISTS _due_class; DROP TABLE IF EXISTS _alarm;"
#define TABLES(where) \
    "CREATE " where "TABLE IF NOT EXISTS _due_mark (no INTEGER PRIMARY KEY, op INTEGER NOT NULL, day TEXT NOT NULL," \
    " fingerprint INTEGER NOT NULL) STRICT;" \
    "CREATE " where "TABLE IF NOT EXISTS _due_window (no INTEGER PRIMARY KEY, duty TEXT NOT NULL, place INTEGER NOT NULL," \
    " needed INTEGER NOT NULL, label TEXT NOT NULL, opens INTEGER NOT NULL, due_on INTEGER NOT NULL," \
    " ends INTEGER NOT NULL) STRICT;" \
    "CREATE " where "TABLE IF NOT EXISTS _due_child (no INTEGER PRIMARY KEY, class TEXT NOT NULL, proxy TEXT, helper TEXT, own_due INTEGER," \
    " rows BLOB NOT NULL) STRICT;" \
    "CREATE INDEX IF NOT EXISTS _due_child_proxy ON _due_child (proxy) WHERE proxy IS NOT NULL;" \
    "CREATE INDEX IF NOT EXISTS _due_child_helper ON _due_child (helper) WHERE helper IS NOT NULL;" \
    "CREATE INDEX IF NOT EXISTS _due_child_own ON _due_child (own_due) WHERE own_due IS NOT NULL;" \
    "CREATE " where "TABLE IF NOT EXISTS _due_class (class TEXT PRIMARY KEY, open INTEGER NOT NULL, tallies BLOB NOT NULL, rows BLOB NOT NULL) STRICT," \
    " WITHOUT ROWID;" \
    "CREATE " where "TABLE IF NOT EXISTS _due_stand (class TEXT PRIMARY KEY, year INTEGER NOT NULL) STRICT, WITHOUT ROWID;" \
    "CREATE " where "TABLE IF NOT EXISTS _alarm (child INTEGER NOT NULL, rule INTEGER NOT NULL, class TEXT NOT NULL, proxy TEXT," \
    " helper TEXT, birth TEXT, since INTEGER, minute INTEGER, number INTEGER, say INTEGER NOT NULL, record INTEGER NOT NULL," \
    " PRIMARY KEY (child, rule)) STRICT, WITHOUT ROWID;"

#define ALARM "SELECT child, rule, class, proxy, helper, birth, since, minute, number, say, record FROM _alarm "
#define CHILD "SELECT d.no, d.class, d.proxy, d.helper, d.rows FROM "
/* An index knows the file a record hangs on; one that stands behind may have any number. */
#define OF_CHILDREN(form)                                                                                               \
    " FROM v_" form " WHERE (_file BETWEEN ?2 AND ?3 OR _file IN (SELECT no FROM main._same WHERE main BETWEEN ?2 AND ?3))" \
    " AND _child BETWEEN ?2 AND ?3 AND "

const char *const ga_due_sql[GA_DUE_SQL_COUNT] = {
    [GA_DUE_GET_MARK] = "SELECT op, day, fingerprint FROM _due_mark",
    [GA_DUE_PUT_MARK] = "INSERT OR REPLACE INTO _due_mark VALUES (1, ?1, ?2, ?3)",
    [GA_DUE_PUT_WINDOW] = "INSERT INTO _due_window VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [GA_DUE_PUT_CHILD] = "INSERT OR REPLACE INTO _due_child VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [GA_DUE_GET_CHILD] = CHILD "_due_child AS d WHERE d.no = ?1",
    [GA_DUE_DROP_CHILD] = "DELETE FROM _due_child WHERE no = ?1",
    [GA_DUE_CHILDREN_OF_CLASS] = CHILD "v_order AS r CROSS JOIN _due_child AS d ON d.no = r.no"
                                       " WHERE r.sort >= ?1 AND r.sort < ?2 ORDER BY r.sort",
    [GA_DUE_CHILDREN_OF_PROXY] = CHILD "_due_child AS d CROSS JOIN v_roster AS r ON r.no = d.no WHERE d.proxy = ?1 OR d.helper = ?1"
                                       " ORDER BY r.sort",
    [GA_DUE_CHILDREN_WITH_OWN] = "SELECT no, class, proxy, helper, rows, own_due FROM _due_child WHERE own_due IS NOT NULL ORDER BY own_due, no",
    [GA_DUE_PUT_CLASS] = "INSERT OR REPLACE INTO _due_class VALUES (?1, ?2, ?3, ?4)",
    [GA_DUE_DROP_CLASS] = "DELETE FROM _due_class WHERE class = ?1",
    [GA_DUE_GET_CLASS] = "SELECT class, tallies, rows FROM _due_class WHERE class = ?1",
    [GA_DUE_OPEN_OF_CLASSES] = "SELECT class, open FROM _due_class ORDER BY class",
    [GA_DUE_CLASSES] = "SELECT place, site, grade, class FROM v_class WHERE place > ?1 ORDER BY place",
    [GA_DUE_PUPILS_OF_CLASS] = "SELECT no FROM v_order WHERE sort >= ?1 AND sort < ?2 AND NOT is_gone",
    [GA_DUE_GET_STANDS] = "SELECT class FROM _due_stand WHERE year = ?1",
    [GA_DUE_PUT_STAND] = "INSERT INTO _due_stand VALUES (?1, ?2)",
    [GA_DUE_ROSTER_ALL] = "SELECT no, site, grade, class FROM v_roster ORDER BY no",
    [GA_DUE_ROSTER_SPAN] = "SELECT no, site, grade, class, (SELECT c.entered_on FROM child AS c WHERE c.no = r.no)"
                           " FROM v_roster AS r WHERE no BETWEEN ?1 AND ?2 ORDER BY no",
    [GA_DUE_ROSTER_END] = "SELECT max(no) FROM (SELECT no FROM child WHERE no >= ?1 ORDER BY no LIMIT ?2)",
    [GA_DUE_ROSTER_ONE] = "SELECT no, site, grade, class FROM v_roster WHERE no = ?1",
    [GA_DUE_ROSTER_PLACE] = "SELECT sort FROM v_roster WHERE no = ?1",
    [GA_DUE_OUTCOMES] = "SELECT _child, duty, period, outcome, said_on, until_on, confirmed_on, no" OF_CHILDREN("duty_outcome")
                        "said_on <= ?1 ORDER BY _child, said_on, id",
    [GA_DUE_PROXIES] = "SELECT _child, helper" OF_CHILDREN("pairing")
                       "kind = 'proxy' AND helper IS NOT NULL AND from_on <= ?1 AND (until_on IS NULL OR until_on >= ?1)"
                       " ORDER BY _child, from_on, id",
    [GA_DUE_HELPERS] = "SELECT _child, owner" OF_CHILDREN("care_plan")
                       "owner IS NOT NULL AND opened_on <= ?1 AND (closed_on IS NULL OR closed_on > ?1) ORDER BY _child, opened_on, id",
    [GA_ALARM_PUT] = "INSERT INTO _alarm VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [GA_ALARM_DROP_CHILD] = "DELETE FROM _alarm WHERE child = ?1",
    [GA_ALARM_ALL] = ALARM,
    [GA_ALARM_BY_CHILD] = ALARM "ORDER BY child, rule",
    [GA_ALARM_OF_CHILD] = ALARM "WHERE child = ?1",
    [GA_ALARM_COUNTS] = "SELECT rule, class, proxy, helper, count(*) FROM _alarm GROUP BY rule, class, proxy, helper",
    [GA_DUE_HAS_PROXY] = "SELECT 1 FROM _due_child WHERE proxy = ?1 OR helper = ?1 LIMIT 1",
};

enum ga_rc ga_due_tables_put_aside(struct ga_db *db, struct ga_error *err)
{
    return ga_db_exec(db, TABLES("TEMP "), err);
}

enum ga_rc ga_due_tables_make(struct ga_db *db, struct ga_error *err)
{
    int64_t count = 0;
    enum ga_rc rc = ga_db_query_int(
        db, "SELECT count(*) FROM sqlite_schema WHERE name IN ('_due_mark', '_due_window', '_due_stand')"
        " OR (name IN ('_due_child', '_alarm') AND sql LIKE '% helper TEXT%')"
        " OR (name = '_due_class' AND sql LIKE '% open INTEGER%')",
        &count, err);
    return rc != GA_OK || count == 6 ? rc : ga_db_exec(db, OLD_EDITION TABLES(""), err);
}

enum ga_rc ga_due_tables_clear(struct ga_db *db, struct ga_error *err)
{
    return ga_db_exec(db, "DELETE FROM _due_mark; DELETE FROM _due_window; DELETE FROM _due_child; DELETE FROM _due_class;"
                      " DELETE FROM _alarm",
                      err);
}
