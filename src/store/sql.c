/* Every statement of the log and of what folds it, one row each. */
#include "private.h"

/* Never derived: lost only with the disk. */
const char ga_store_schema[] =
    "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID;"
    /* Forms and lists as last accepted, packed (form/forms.h). */
    "CREATE TABLE form(name TEXT PRIMARY KEY, version INTEGER NOT NULL, hash BLOB NOT NULL, packed BLOB NOT NULL,"
    " title_zh TEXT, title_en TEXT) STRICT;"
    "CREATE TABLE list(name TEXT PRIMARY KEY, packed BLOB NOT NULL) STRICT;"
    /* Sites whose transactions are here; `seed` is the secret half of this computer's own key. */
    "CREATE TABLE site(id BLOB PRIMARY KEY, public_key BLOB NOT NULL, seed BLOB) STRICT, WITHOUT ROWID;"
    /* Local numbers of records: small for joins, never told to anybody. */
    "CREATE TABLE record(no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, form TEXT NOT NULL) STRICT;"
    /* The signed chain. Operations first_op … first_op+count-1 are its leaves, in order. */
    "CREATE TABLE txn(no INTEGER PRIMARY KEY, site BLOB NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL,"
    " hash BLOB NOT NULL, signature BLOB NOT NULL, first_op INTEGER NOT NULL, count INTEGER NOT NULL,"
    " day INTEGER NOT NULL) STRICT;"
    "CREATE INDEX txn_site ON txn(site, seq);"
    /* Numbers rise by one in the order of arrival; a record's are read together. */
    "CREATE TABLE op(record INTEGER NOT NULL, no INTEGER NOT NULL, PRIMARY KEY(record, no)) STRICT, WITHOUT ROWID;"
    /* An operation's bytes lie in tail until 64 of them make a block. */
    "CREATE TABLE tail(op INTEGER PRIMARY KEY, salt BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;"
    "CREATE TABLE block(first_op INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;";

/* Functions of the log alone; rebuilding drops and fills these. */
const char ga_store_derived_schema[] =
    "CREATE TABLE misfit(record INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY(record, field)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE conflict(record INTEGER NOT NULL, grp TEXT NOT NULL, PRIMARY KEY(record, grp)) STRICT,"
    " WITHOUT ROWID;";

const char *const ga_store_sql[GA_SQL_COUNT] = {
    [GA_SQL_GET_SETTING] = "SELECT value FROM setting WHERE name = ?1",
    [GA_SQL_PUT_SETTING] = "INSERT INTO setting VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2",
    [GA_SQL_GET_FORM] = "SELECT packed, version, hash FROM form WHERE name = ?1",
    [GA_SQL_PUT_FORM] = "INSERT INTO form VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(name) DO UPDATE SET"
                        " version = ?2, hash = ?3, packed = ?4, title_zh = ?5, title_en = ?6",
    [GA_SQL_FORM_NAMES] = "SELECT name, title_zh, title_en FROM form ORDER BY name",
    [GA_SQL_GET_LIST] = "SELECT packed FROM list WHERE name = ?1",
    [GA_SQL_PUT_LIST] = "INSERT INTO list VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET packed = ?2",
    [GA_SQL_GET_SITE] = "SELECT id, seed FROM site WHERE seed IS NOT NULL",
    [GA_SQL_PUT_SITE] = "INSERT INTO site VALUES(?1, ?2, ?3)",
    [GA_SQL_SITE_KEY] = "SELECT public_key FROM site WHERE id = ?1",
    [GA_SQL_RECORD_NO] = "SELECT no, form FROM record WHERE id = ?1",
    [GA_SQL_RECORD_ID] = "SELECT id, form FROM record WHERE no = ?1",
    [GA_SQL_PUT_RECORD] = "INSERT INTO record(id, form) VALUES(?1, ?2)",
    [GA_SQL_NAME_FORM] = "UPDATE record SET form = ?2 WHERE no = ?1 AND form = ''",
    [GA_SQL_LAST_TXN] = "SELECT seq, hash FROM txn WHERE site = ?1 ORDER BY seq DESC, no DESC LIMIT 1",
    [GA_SQL_HAS_TXN] = "SELECT 1 FROM txn WHERE site = ?1 AND seq = ?2 AND hash = ?3",
    [GA_SQL_PUT_TXN] = "INSERT INTO txn(site, seq, bytes, hash, signature, first_op, count, day)"
                       " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [GA_SQL_ALL_TXN] = "SELECT no, site, seq, bytes, hash, signature, first_op, count FROM txn ORDER BY no",
    [GA_SQL_TXN_OF_OP] = "SELECT site, first_op, first_op + count - 1 FROM txn WHERE first_op <= ?1 ORDER BY first_op DESC LIMIT 1",
    [GA_SQL_LAST_OP] = "SELECT first_op + count - 1 FROM txn ORDER BY no DESC LIMIT 1",
    [GA_SQL_PUT_OP] = "INSERT INTO op(no, record) VALUES(?1, ?2)",
    [GA_SQL_OPS_OF_RECORD] = "SELECT no FROM op WHERE record = ?1 AND no > ?2 ORDER BY no",
    [GA_SQL_PUT_TAIL] = "INSERT INTO tail VALUES(?1, ?2, ?3)",
    [GA_SQL_GET_TAIL] = "SELECT salt, bytes FROM tail WHERE op = ?1",
    [GA_SQL_SOME_TAIL] = "SELECT op, salt, bytes FROM tail ORDER BY op LIMIT 64",
    [GA_SQL_DROP_TAIL] = "DELETE FROM tail WHERE op BETWEEN ?1 AND ?2",
    [GA_SQL_TAIL_COUNT] = "SELECT count(*) FROM tail",
    [GA_SQL_PUT_BLOCK] = "INSERT INTO block VALUES(?1, ?2)",
    [GA_SQL_FIND_BLOCK] = "SELECT first_op, bytes FROM block WHERE first_op <= ?1 ORDER BY first_op DESC LIMIT 1",
    [GA_SQL_PUT_MISFIT] = "INSERT OR REPLACE INTO misfit VALUES(?1, ?2, ?3)",
    [GA_SQL_DROP_MISFITS] = "DELETE FROM misfit WHERE record = ?1",
    [GA_SQL_GET_MISFITS] = "SELECT field, value FROM misfit WHERE record = ?1 ORDER BY field",
    [GA_SQL_PUT_CONFLICT] = "INSERT OR IGNORE INTO conflict VALUES(?1, ?2)",
    [GA_SQL_DROP_CONFLICTS] = "DELETE FROM conflict WHERE record = ?1",
    [GA_SQL_GET_CONFLICTS] = "SELECT grp FROM conflict WHERE record = ?1 ORDER BY grp",
    [GA_SQL_NEWEST_DAY] = "SELECT max(day) FROM txn",
    [GA_SQL_NEXT_OF_FORM] = "SELECT no FROM record WHERE form = ?1 AND no > ?2 ORDER BY no LIMIT 1",
    [GA_SQL_ALL_RECORDS] = "SELECT no, form FROM record WHERE no > ?1 ORDER BY no LIMIT 1",
    [GA_SQL_PUT_NOTE] = "INSERT INTO _note VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    [GA_SQL_DROP_NOTES] = "DELETE FROM _note WHERE record = ?1",
    [GA_SQL_NOTES_OF] = "SELECT id, field, row, protect, text, user, typist, day, ms, in_doubt, settled_by, settled_day,"
                        " settled_ms FROM _note WHERE record = ?1 ORDER BY day, ms, id",
    [GA_SQL_PUT_VERIFIED] = "INSERT OR IGNORE INTO _verified VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [GA_SQL_DROP_VERIFIED] = "DELETE FROM _verified WHERE record = ?1",
    [GA_SQL_VERIFIED_OF] = "SELECT field, outcome, typed, reason, user, typist, day, ms, by_same FROM _verified"
                           " WHERE record = ?1 ORDER BY field",
};
