/* The tables of linked files with the statements that keep them. */
#include "child/same.h"

const char ga_store_same_schema[] =
    "CREATE TABLE _pair (a INTEGER NOT NULL, b INTEGER NOT NULL, record INTEGER NOT NULL, said INTEGER NOT NULL,"
    " PRIMARY KEY (a, b, record)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE _same (no INTEGER PRIMARY KEY, main INTEGER NOT NULL) STRICT;"
    "CREATE INDEX _same_main ON _same (main);";

#define OF_STATUS_CHANGE                                                                                               \
    "SELECT coalesce(s.main, c.child) AS of_child, c.kind, c.from_on, c.until_on"                                      \
    " FROM status_change AS c JOIN record AS r ON r.no = c.no"                                                         \
    " LEFT JOIN _same AS s ON s.no = c.child"                                                                          \
    " WHERE c.child IS NOT NULL AND c.kind IS NOT NULL AND c.from_on <= ?1"

const char *const ga_same_sql[GA_SAME_SQL_COUNT] = {
    [GA_SAME_PUT_PAIR] = "INSERT OR REPLACE INTO _pair VALUES (?1, ?2, ?3, ?4)",
    [GA_SAME_DROP_PAIR] = "DELETE FROM _pair WHERE a = ?1 AND b = ?2 AND record = ?3",
    [GA_SAME_PAIRS_OF] = "SELECT b, said FROM _pair WHERE a = ?1 ORDER BY b, record",
    [GA_SAME_SAID] = "SELECT said, record FROM _pair WHERE a = ?1 AND b = ?2 ORDER BY record",
    [GA_SAME_HAS_PAIRS] = "SELECT 1 FROM _pair LIMIT 1",
    [GA_SAME_PUT] = "INSERT OR REPLACE INTO _same VALUES (?1, ?2)",
    [GA_SAME_DROP] = "DELETE FROM _same WHERE no = ?1",
    [GA_SAME_GET] = "SELECT main FROM _same WHERE no = ?1",
    [GA_SAME_BEHIND] = "SELECT no FROM _same WHERE main = ?1 ORDER BY no",
    [GA_SAME_OUTSIDE] = "SELECT no FROM _same WHERE main BETWEEN ?1 AND ?2 AND no NOT BETWEEN ?1 AND ?2 ORDER BY no",
    [GA_SAME_ALL] = "SELECT no, main FROM _same ORDER BY no",
    [GA_SAME_ALL_PAIRS] = "SELECT a, b, said FROM _pair WHERE a < b ORDER BY a, b, record",
    [GA_SAME_IS_HERE] = "SELECT 1 FROM _standing WHERE no = ?1",
    [GA_SAME_PRESENCE] =
        "SELECT p.from_on, c.id, p.is_here FROM _presence AS p JOIN record AS c ON c.no = p.no"
        " WHERE p.child = (SELECT id FROM record WHERE no = ?1)"
        " OR (p.child IN (SELECT r.id FROM _same AS s JOIN record AS r ON r.no = s.no WHERE s.main = ?1)"
        " AND p.from_on >= (SELECT entered_on FROM child WHERE no = ?1)) ORDER BY p.from_on, c.id",
    /* Files of children from ?1 to ?2, each with its child: to look for their changes costs what they are, not what the school is. */
    [GA_SAME_PRESENCES] =
        "SELECT p.from_on, c.id, p.is_here, f.child FROM (SELECT k.no AS file, k.no AS child FROM _standing AS k"
        " WHERE k.no BETWEEN ?1 AND ?2 AND NOT EXISTS (SELECT 1 FROM _same AS s WHERE s.no = k.no)"
        " UNION ALL SELECT s.no, s.main FROM _same AS s WHERE s.main BETWEEN ?1 AND ?2) AS f"
        " CROSS JOIN record AS r ON r.no = f.file CROSS JOIN _presence AS p ON p.child = r.id"
        " CROSS JOIN record AS c ON c.no = p.no"
        " WHERE f.file = f.child OR p.from_on >= (SELECT entered_on FROM child WHERE no = f.child)"
        " ORDER BY f.child, p.from_on, c.id",
    [GA_SAME_ALL_CHANGES] = OF_STATUS_CHANGE " ORDER BY of_child, c.from_on, r.id",
    [GA_SAME_CHANGES] = OF_STATUS_CHANGE
        " AND (c.child BETWEEN ?2 AND ?3 OR c.child IN (SELECT no FROM _same WHERE main BETWEEN ?2 AND ?3))"
        " AND of_child BETWEEN ?2 AND ?3 ORDER BY of_child, c.from_on, r.id",
};
