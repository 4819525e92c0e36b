/* The tables of the index with the statements that keep them. */
#include "index/index.h"

const char ga_store_index_schema[] =
    "CREATE TABLE _roster (no INTEGER NOT NULL, sort BLOB PRIMARY KEY, flags INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE _standing (no INTEGER PRIMARY KEY, flags INTEGER NOT NULL) STRICT;"
    "CREATE TABLE _search (key BLOB NOT NULL, no INTEGER NOT NULL, page BLOB NOT NULL, PRIMARY KEY (key, no)) STRICT,"
    " WITHOUT ROWID;"
    "CREATE TABLE _search_new (no INTEGER NOT NULL, key BLOB NOT NULL, is_gone INTEGER NOT NULL,"
    " PRIMARY KEY (no, key)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE _sieve (part INTEGER PRIMARY KEY, bits BLOB NOT NULL) STRICT;"
    "CREATE TABLE _tally (place BLOB PRIMARY KEY, site TEXT, grade TEXT, class TEXT, children INTEGER NOT NULL,"
    " left_behind INTEGER NOT NULL, key INTEGER NOT NULL, unguarded INTEGER NOT NULL, boarding INTEGER NOT NULL,"
    " gone INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE _count (form TEXT PRIMARY KEY, records INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE _presence (child BLOB NOT NULL, from_on TEXT NOT NULL, no INTEGER NOT NULL,"
    " is_here INTEGER NOT NULL, PRIMARY KEY (child, from_on, no)) STRICT, WITHOUT ROWID;";

/* Patterns: index_shown.h. Columns in the order of enum ga_roster_column, behind number, id, flags. */
#define SHOWN ", {card_no}, {name}, {nickname}, {former_name}, {sex}, {birth}, {site}, {grade}, {class}, {village}, {guardian}"
#define PAGE "SELECT r.no, i.id, r.flags" SHOWN " FROM _roster AS r CROSS JOIN {child} AS s ON s.no = r.no" \
             " CROSS JOIN record AS i ON i.no = r.no "
#define PASSES " AND r.flags & ?2 = ?3 "
#define WITHOUT_ID "SELECT s.no, NULL, f.flags" SHOWN ", {hamlet}, {address} FROM "
#define DRAFT "SELECT no, form, record, child, user, saved, field, summary, answers, heads FROM draft "
#define TALLY "SELECT place, site, grade, class, children, left_behind, key, unguarded, boarding, gone FROM _tally "

const char *const ga_index_sql[GA_INDEX_SQL_COUNT] = {
    [GA_INDEX_PUT_COUNT] = "INSERT INTO _count VALUES (?1, ?2)"
                           " ON CONFLICT DO UPDATE SET records = records + excluded.records",
    [GA_INDEX_GET_COUNT] = "SELECT records FROM _count WHERE form = ?1",
    [GA_INDEX_DROP_COUNT] = "DELETE FROM _count WHERE form = ?1 AND records = 0",
    [GA_INDEX_PUT_MARK] = "INSERT INTO _count VALUES ('', ?1) ON CONFLICT DO UPDATE SET records = ?1",
    [GA_INDEX_PUT_ROW] = "INSERT INTO _roster (sort, flags, no) VALUES (?1, ?2, ?3)",
    [GA_INDEX_GET_ROW] = "SELECT s.no, i.id, f.flags" SHOWN " FROM {child} AS s CROSS JOIN record AS i ON i.no = s.no"
                         " CROSS JOIN _standing AS f ON f.no = s.no WHERE s.no = ?1",
    [GA_INDEX_DROP_ROW] = "DELETE FROM _roster WHERE sort = ?1",
    [GA_INDEX_HAS_ROW] = "SELECT 1 FROM _roster WHERE sort = ?1",
    [GA_INDEX_SET_FLAGS] = "UPDATE _roster SET flags = ?2 WHERE sort = ?1",
    [GA_INDEX_GET_STANDING] = "SELECT flags FROM _standing WHERE no = ?1",
    [GA_INDEX_PUT_STANDING] = "INSERT INTO _standing VALUES (?1, ?2) ON CONFLICT DO UPDATE SET flags = ?2",
    [GA_INDEX_DROP_STANDING] = "DELETE FROM _standing WHERE no = ?1",
    [GA_INDEX_PUT_TALLY] =
        "INSERT INTO _tally VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO UPDATE SET"
        " children = children + excluded.children, left_behind = left_behind + excluded.left_behind,"
        " key = key + excluded.key, unguarded = unguarded + excluded.unguarded,"
        " boarding = boarding + excluded.boarding, gone = gone + excluded.gone",
    [GA_INDEX_DROP_TALLY] = "DELETE FROM _tally WHERE place = ?1 AND children = 0 AND gone = 0",
    [GA_INDEX_GET_TALLY] = TALLY "WHERE place = ?1",
    [GA_INDEX_ALL_TALLY] = TALLY "WHERE place > x'' ORDER BY place",
    [GA_INDEX_PUT_KEYS] = "INSERT INTO _search VALUES (?1, ?2, ?3)",
    [GA_INDEX_DROP_KEYS] = "DELETE FROM _search WHERE key = ?1 AND no = ?2",
    [GA_INDEX_KEYS_UP_TO] = "SELECT key, no, page FROM _search WHERE (key, no) <= (?1, ?2)"
                            " ORDER BY key DESC, no DESC LIMIT 1",
    [GA_INDEX_KEYS_BEHIND] = "SELECT key, no, page FROM _search WHERE (key, no) > (?1, ?2) ORDER BY key, no LIMIT 1",
    [GA_INDEX_NOTE_ADDED] = "INSERT OR REPLACE INTO _search_new VALUES (?2, ?1, 0)",
    [GA_INDEX_NOTE_GONE] = "INSERT OR REPLACE INTO _search_new VALUES (?2, ?1, 1)",
    [GA_INDEX_UNNOTE_ADDED] = "DELETE FROM _search_new WHERE no = ?2 AND key = ?1 AND is_gone = 0",
    [GA_INDEX_UNNOTE_GONE] = "DELETE FROM _search_new WHERE no = ?2 AND key = ?1 AND is_gone = 1",
    [GA_INDEX_ALL_NOTED] = "SELECT key, no, is_gone FROM _search_new",
    [GA_INDEX_DROP_NOTED] = "DELETE FROM _search_new",
    /* Many rows in one statement: starting one for each would cost thrice as much. Without ids: few will be shown. */
    [GA_INDEX_FIND_ROWS] = WITHOUT_ID "(VALUES (?1),(?2),(?3),(?4),(?5),(?6),(?7),(?8),(?9),(?10),(?11),(?12),(?13),(?14),"
                           "(?15),(?16)) AS k CROSS JOIN {child} AS s ON s.no = k.column1"
                           " CROSS JOIN _standing AS f ON f.no = s.no",
    [GA_INDEX_FIND_IDS] = "SELECT i.id FROM (VALUES (?1),(?2),(?3),(?4),(?5),(?6),(?7),(?8),(?9),(?10),(?11),(?12),(?13),"
                          "(?14),(?15),(?16)) AS k CROSS JOIN record AS i ON i.no = k.column1",
    [GA_INDEX_PUT_PRESENCE] = "INSERT OR REPLACE INTO _presence VALUES (?1, ?2, ?3, ?4)",
    [GA_INDEX_DROP_PRESENCE] = "DELETE FROM _presence WHERE child = ?1 AND from_on = ?2 AND no = ?3",
    /* Not sorted: presence.h says which counts, and making ready to sort would cost a new child its dearest lookup. */
    [GA_INDEX_GET_PRESENCE] =
        "SELECT p.from_on, r.id, p.is_here FROM _presence AS p JOIN record AS r ON r.no = p.no WHERE p.child = ?1",
    [GA_INDEX_CHANGES_BETWEEN] = "SELECT DISTINCT child FROM _presence WHERE from_on > ?1 AND from_on <= ?2",
    [GA_INDEX_PAGE_AT] = PAGE "WHERE r.sort >= ?1" PASSES "AND r.sort < ?4 ORDER BY r.sort LIMIT ?5 OFFSET ?6",
    [GA_INDEX_PAGE_BARE] = "SELECT r.no, NULL, r.flags" SHOWN " FROM _roster AS r CROSS JOIN {child} AS s ON s.no = r.no"
                           " WHERE r.sort >= ?1" PASSES "AND r.sort < ?4 ORDER BY r.sort LIMIT ?5 OFFSET ?6",
    [GA_INDEX_NUMBERS] = "SELECT r.no FROM _roster AS r WHERE r.sort >= ?1" PASSES "AND r.sort < ?4 ORDER BY r.sort LIMIT ?5",
    [GA_INDEX_PAGE_AFTER] = PAGE "WHERE r.sort > ?1" PASSES "AND r.sort < ?4 ORDER BY r.sort LIMIT ?5",
    [GA_INDEX_PAGE_BEFORE] = PAGE "WHERE r.sort < ?1" PASSES "AND r.sort >= ?4 ORDER BY r.sort DESC LIMIT ?5",
    [GA_INDEX_COUNT_ROWS] = "SELECT count(*) FROM _roster AS r WHERE r.sort >= ?1" PASSES "AND r.sort < ?4",
    /* 127: GA_SIEVE_ROWS - 1. Rows in the order of their numbers. */
    [GA_INDEX_SCAN] = WITHOUT_ID "_sieve AS v CROSS JOIN {child} AS s ON s.no BETWEEN v.part * 128 AND v.part * 128 + 127"
                      " CROSS JOIN _standing AS f ON f.no = s.no WHERE sieve_may_hold(?1, v.bits)"
                      " AND search_holds(?1, {name}, {address}, {hamlet}, {guardian}, {village}, {nickname}, {former_name})",
    [GA_INDEX_TEXTS_OF_PART] = "SELECT {name}, {address}, {hamlet}, {guardian}, {village}, {nickname}, {former_name}"
                               " FROM {child} AS s WHERE s.no BETWEEN ?1 AND ?2",
    [GA_INDEX_PUT_SIEVE] = "INSERT INTO _sieve VALUES (?1, ?2) ON CONFLICT DO UPDATE SET bits = excluded.bits",
    [GA_INDEX_DROP_SIEVE] = "DELETE FROM _sieve WHERE part = ?1",
    [GA_INDEX_GONE_ROWS] = "SELECT i.id FROM _roster AS r CROSS JOIN record AS i ON i.no = r.no WHERE r.flags & 16",
    [GA_INDEX_DROP_FORM] = "DELETE FROM _count WHERE form = ?1",
    [GA_DRAFT_PUT] = "INSERT INTO draft (form, record, child, user, saved, field, summary, answers, heads)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE SET"
                     " saved = excluded.saved, field = excluded.field, summary = excluded.summary,"
                     " answers = excluded.answers, heads = excluded.heads RETURNING no",
    [GA_DRAFT_DROP] = "DELETE FROM draft WHERE no = ?1",
    [GA_DRAFT_GET] = DRAFT "WHERE no = ?1",
    [GA_DRAFT_NAME] = "SELECT {name} FROM record AS c JOIN {child} AS s ON s.no = c.no WHERE c.id = ?1",
    [GA_DRAFT_LIST] = "SELECT no, form, record, child, user, saved, field, summary FROM draft WHERE iif(?1 IS NULL, substr(user, 1, 1) <> char(1), user = ?1) ORDER BY saved DESC, no DESC",
    [GA_DRAFT_FIND] = "SELECT no FROM draft WHERE form = ?1 AND record = ?2 AND child = ?3 AND user = ?4",
};
