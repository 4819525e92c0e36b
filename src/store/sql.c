/* Every statement of the log and of what folds it, one row each. */
#include "peers/receive_fill.h"
#include "private.h"

#define TXN_OF_TAIL "txn, site, seq, head, hash, signature, first_op, count, day FROM tail WHERE txn IS NOT NULL"
#define SITE_COLUMNS                                                                                                  \
    "is_own INTEGER NOT NULL DEFAULT 0, how INTEGER NOT NULL DEFAULT 0, introducer BLOB, seq INTEGER, head BLOB,"     \
    " signature BLOB, label TEXT, heard_day INTEGER, heard_bundle INTEGER, acknowledged BLOB"
#define SITE_READ                                                                                                     \
    "id, public_key, is_own, how, introducer, seq, head, signature,"                                                  \
    " coalesce(label, CASE how WHEN 3 THEN (SELECT label FROM site AS o WHERE o.id = site.introducer) END),"         \
    " heard_day, heard_bundle"
/* Of what is in chain: a row a run of a site's history (store/have.h), `previous` what its first one is built on. */
#define RUNS                                                                                                          \
    "CREATE TABLE _run(site BLOB NOT NULL, last INTEGER NOT NULL, hash BLOB NOT NULL, first INTEGER NOT NULL,"        \
    " previous BLOB NOT NULL, PRIMARY KEY(site, last, hash)) STRICT, WITHOUT ROWID;"                                  \
    "CREATE INDEX _run_first ON _run(site, first); CREATE INDEX chain_site ON chain(site, seq, day);"           \
    "CREATE INDEX chain_op ON chain(first_op);"
/* `handed_to`: who is to settle it, '' anybody (conflict_hand.c). */
#define CONFLICTS                                                                                                     \
    "CREATE TABLE conflict(record INTEGER NOT NULL, grp TEXT NOT NULL, handed_to TEXT NOT NULL,"                      \
    " PRIMARY KEY(record, grp)) STRICT, WITHOUT ROWID;"                                                               \
    "CREATE INDEX conflict_handed ON conflict(handed_to) WHERE handed_to <> '';"
#define VIEWS                                                                                                         \
    "CREATE VIEW op AS SELECT record, no FROM filed UNION ALL SELECT record, op FROM tail;"                           \
    "CREATE VIEW txn AS SELECT no, site, seq, bytes, hash, signature, first_op, count, day FROM chain"                \
    " UNION ALL SELECT " TXN_OF_TAIL ";"

/*
 * withheld: operations that this computer may not have, as the roots of the subtrees they lie in (store/send.h); they are
 * in none of tail, filed, block. handed: what of which record a guest was given whole, in which bundle for it (limited.c).
 */
#define LIMITED                                                                                                       \
    "CREATE TABLE withheld(first_op INTEGER PRIMARY KEY, leaves INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;"        \
    "CREATE TABLE handed(guest BLOB NOT NULL, record INTEGER NOT NULL, bundle INTEGER NOT NULL,"                      \
    " PRIMARY KEY(guest, record)) STRICT, WITHOUT ROWID;"

/* Never derived: lost only with the disk. */
const char ga_store_schema[] =
    "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID;"
    /* Forms and lists as last accepted, packed (form/forms.h). */
    "CREATE TABLE form(name TEXT PRIMARY KEY, version INTEGER NOT NULL, hash BLOB NOT NULL, packed BLOB NOT NULL,"
    " title_zh TEXT, title_en TEXT) STRICT;"
    "CREATE TABLE list(name TEXT PRIMARY KEY, packed BLOB NOT NULL) STRICT;"
    /*
     * Sites whose signatures count (store/site.h); `seed` is the secret half of this computer's own key, is_own marks what it
     * once was as well, acknowledged holds the runs its last bundle told.
     */
    "CREATE TABLE site(id BLOB PRIMARY KEY, public_key BLOB NOT NULL, seed BLOB, " SITE_COLUMNS ") STRICT, WITHOUT ROWID;"
    /* Local numbers of records: small for joins, never told to anybody. */
    "CREATE TABLE record(no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, form TEXT NOT NULL) STRICT;"
    /*
     * The signed chain. Operations first_op … first_op+count-1 are its leaves, in order. Numbers of operations rise by
     * one in the order of arrival. An operation's bytes lie in tail until 64 of them make a block (of an import: 256); only then is it
     * filed under its record, a record's together. The transaction lies in the row of its last operation as long as
     * that is in tail: so a save writes one page for all of this. The views txn, op say where it is now. What the save
     * left to be written by and by stands there too, in `after` (after.h).
     */
    "CREATE TABLE chain(no INTEGER PRIMARY KEY, site BLOB NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL,"
    " hash BLOB NOT NULL, signature BLOB NOT NULL, first_op INTEGER NOT NULL, count INTEGER NOT NULL,"
    " day INTEGER NOT NULL) STRICT;"
    "CREATE TABLE filed(record INTEGER NOT NULL, no INTEGER NOT NULL, PRIMARY KEY(record, no)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE tail(op INTEGER PRIMARY KEY, salt BLOB NOT NULL, bytes BLOB NOT NULL, record INTEGER,"
    " txn INTEGER, site BLOB, seq INTEGER, head BLOB, hash BLOB, signature BLOB, first_op INTEGER, count INTEGER,"
    " day INTEGER, after TEXT) STRICT;"
    "CREATE TABLE block(first_op INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;" VIEWS RUNS LIMITED;

/* Layout 4 had a row an operation in op, a row a transaction in txn at once. */
static const char FROM_4[] =
    "ALTER TABLE txn RENAME TO chain; ALTER TABLE op RENAME TO filed; DROP INDEX txn_site;"
    "ALTER TABLE tail ADD COLUMN record INTEGER; ALTER TABLE tail ADD COLUMN txn INTEGER;"
    "ALTER TABLE tail ADD COLUMN site BLOB; ALTER TABLE tail ADD COLUMN seq INTEGER; ALTER TABLE tail ADD COLUMN head BLOB;"
    "ALTER TABLE tail ADD COLUMN hash BLOB; ALTER TABLE tail ADD COLUMN signature BLOB;"
    "ALTER TABLE tail ADD COLUMN first_op INTEGER; ALTER TABLE tail ADD COLUMN count INTEGER;"
    "ALTER TABLE tail ADD COLUMN day INTEGER;"
    "UPDATE tail SET record = f.record FROM filed AS f WHERE f.no = tail.op;"
    "DELETE FROM filed WHERE no IN (SELECT op FROM tail);"
    "INSERT OR REPLACE INTO _count SELECT '', coalesce(max(first_op + count - 1), 0) FROM chain;" VIEWS;

/* Layout 5 knew no site but those that this computer was; runs are told from the chain then (have.c). */
static const char FROM_5[] =
    "ALTER TABLE site RENAME TO site5; CREATE TABLE site(id BLOB PRIMARY KEY, public_key BLOB NOT NULL, seed BLOB, " SITE_COLUMNS
    ") STRICT, WITHOUT ROWID; INSERT INTO site(id, public_key, seed, is_own) SELECT id, public_key, seed, 1 FROM site5;"
    "DROP TABLE site5;" RUNS;

/* Layout 6 wrote with a save all that came of it. */
static const char FROM_6[] = "ALTER TABLE tail ADD COLUMN after TEXT;";

/* Layout 7 said of a conflict only where it is; to whom it was handed is told from the log then (conflict_hand.c). */
static const char FROM_7[] = "ALTER TABLE conflict RENAME TO conflict7;" CONFLICTS
                             "INSERT INTO conflict SELECT record, grp, '' FROM conflict7; DROP TABLE conflict7;";
/* Layout 8 withheld nothing. */
static const char FROM_8[] = LIMITED;

const char *const ga_store_migrations[GA_SCHEMA_VERSION - GA_SCHEMA_OLDEST] = {FROM_4, FROM_5, FROM_6, FROM_7, FROM_8};

/* Functions of the log alone; rebuilding drops and fills these. */
const char ga_store_derived_schema[] =
    "CREATE TABLE misfit(record INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY(record, field)) STRICT, WITHOUT ROWID;"
    CONFLICTS;

const char *const ga_store_sql[GA_SQL_COUNT] = {
    [GA_SQL_GET_SETTING] = "SELECT value FROM setting WHERE name = ?1",
    [GA_SQL_PUT_SETTING] = "INSERT INTO setting VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2",
    [GA_SQL_GET_FORM] = "SELECT packed, version, hash FROM form WHERE name = ?1",
    [GA_SQL_PUT_FORM] = "INSERT INTO form VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(name) DO UPDATE SET"
                        " version = ?2, hash = ?3, packed = ?4, title_zh = ?5, title_en = ?6",
    [GA_SQL_FORM_NAMES] = "SELECT name, title_zh, title_en FROM form ORDER BY name",
    [GA_SQL_GET_LIST] = "SELECT packed FROM list WHERE name = ?1",
    [GA_SQL_PUT_LIST] = "INSERT INTO list VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET packed = ?2",
    [GA_SQL_GET_SITE] = "SELECT id, seed, (SELECT count(*) FROM site WHERE NOT is_own) FROM site WHERE seed IS NOT NULL",
    [GA_SQL_PUT_SITE] = "INSERT INTO site(id, public_key, seed, is_own) VALUES(?1, ?2, ?3, 1)",
    [GA_SQL_SITE_KEY] = "SELECT public_key FROM site WHERE id = ?1",
    [GA_SQL_RECORD_NO] = "SELECT no, form FROM record WHERE id = ?1",
    [GA_SQL_RECORD_ID] = "SELECT id, form FROM record WHERE no = ?1",
    [GA_SQL_PUT_RECORD] = "INSERT INTO record(id, form) VALUES(?1, ?2)",
    [GA_SQL_NAME_FORM] = "UPDATE record SET form = ?2 WHERE no = ?1 AND form = ''",
    [GA_SQL_LAST_TXN] =
        "SELECT * FROM (SELECT seq, hash FROM tail WHERE site = ?1 ORDER BY op DESC LIMIT 1) UNION ALL"
        " SELECT * FROM (SELECT seq, hash FROM chain WHERE site = ?1 ORDER BY no DESC LIMIT 1) LIMIT 1",
    [GA_SQL_HAS_TXN] = "SELECT 1 FROM txn WHERE site = ?1 AND seq = ?2 AND hash = ?3 LIMIT 1",
    [GA_SQL_TAIL_TXNS] = "SELECT site, seq, head, hash FROM tail WHERE txn IS NOT NULL AND op BETWEEN ?1 AND ?2 ORDER BY op",
    [GA_SQL_CHAIN_LINKS] = "SELECT site, seq, bytes, hash FROM chain ORDER BY no",
    [GA_SQL_CHAIN_TXN] = "SELECT site, seq, bytes, hash, signature, first_op, count FROM chain WHERE no = ?1",
    [GA_SQL_TAIL_TXN] = "SELECT site, seq, head, hash, signature, first_op, count FROM tail WHERE txn = ?1",
    [GA_SQL_CHAIN_AT] = "SELECT first_op, count FROM chain WHERE site = ?1 AND seq = ?2",
    [GA_SQL_TAIL_AT] = "SELECT first_op, count FROM tail WHERE site = ?1 AND seq = ?2",
    [GA_SQL_CHAIN_HAS] = "SELECT 1 FROM chain WHERE site = ?1 AND seq = ?2 AND hash = ?3",
    [GA_SQL_TAIL_HAS] = "SELECT 1 FROM tail WHERE site = ?1 AND seq = ?2 AND hash = ?3",
    [GA_SQL_TXNS_BETWEEN] = "SELECT no FROM txn WHERE site = ?1 AND seq BETWEEN ?2 AND ?3",
    [GA_SQL_TXN_FORMS] = "SELECT no, bytes, signature, first_op, count FROM txn WHERE site = ?1 AND seq = ?2",
    [GA_SQL_TXNS_AT] = "SELECT no, hash, bytes FROM txn WHERE site = ?1 AND seq = ?2",
    [GA_SQL_ALL_RUNS] = "SELECT site, first, last, hash FROM _run",
    [GA_SQL_LENGTHEN_RUN] = "UPDATE _run SET last = ?2, hash = ?3 WHERE site = ?1 AND last = ?2 - 1 AND hash = ?4",
    [GA_SQL_PUT_RUN] = "INSERT INTO _run(site, last, hash, first, previous) VALUES(?1, ?2, ?3, ?2, ?4)",
    [GA_SQL_JOIN_RUN] =
        "UPDATE _run SET (first, previous) = (SELECT first, previous FROM _run WHERE site = ?1 AND last = ?2 AND hash = ?3)"
        " WHERE site = ?1 AND (last, hash) ="
        " (SELECT last, hash FROM _run WHERE site = ?1 AND first = ?2 + 1 AND previous = ?3 ORDER BY last, hash LIMIT 1)",
    [GA_SQL_DROP_RUN] = "DELETE FROM _run WHERE site = ?1 AND last = ?2 AND hash = ?3",
    [GA_SQL_SITES] = "SELECT " SITE_READ " FROM site ORDER BY id",
    [GA_SQL_SITE] = "SELECT " SITE_READ " FROM site WHERE id = ?1",
    [GA_SQL_ADD_SITE] = "INSERT INTO site(id, public_key, how, introducer, seq, head, signature, label)"
                        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(id) DO UPDATE SET how = ?3, introducer = ?4,"
                        " seq = ?5, head = ?6, signature = ?7, label = coalesce(?8, label)",
    [GA_SQL_LABEL_SITE] = "UPDATE site SET label = ?2 WHERE id = ?1",
    [GA_SQL_HEAR_SITE] = "UPDATE site SET heard_bundle = max(coalesce(heard_bundle, 0), ?2), acknowledged = ?4,"
                         " heard_day = CASE WHEN ?2 > coalesce(heard_bundle, 0) OR acknowledged IS NOT ?4 THEN ?3"
                         " ELSE min(heard_day, ?3) END WHERE id = ?1", /* one that still lies on a stick was heard of long ago */
    [GA_SQL_SITE_RUNS] = "SELECT acknowledged FROM site WHERE id = ?1",
    [GA_SQL_PUT_TXN] = "INSERT INTO chain(site, seq, bytes, hash, signature, first_op, count, day, no)"
                       " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [GA_SQL_PUT_TAIL_TXN] = "UPDATE tail SET site = ?1, seq = ?2, head = ?3, hash = ?4, signature = ?5, first_op = ?6,"
                            " count = ?7, day = ?8, txn = ?9, after = ?10 WHERE op = ?6 + ?7 - 1",
    [GA_SQL_ALL_TXN] = "SELECT no, site, seq, bytes, hash, signature, first_op, count FROM txn ORDER BY no",
    [GA_SQL_TXN_OF_OP] = "SELECT site, first_op, first_op + count - 1, no, seq FROM txn WHERE first_op <= ?1 ORDER BY first_op DESC LIMIT 1",
    [GA_SQL_LAST_OP] =
        /* what came last may be withheld, and is not in tail then; what was filled in took a number (peers/receive_fill.h) */
        "SELECT max(coalesce((SELECT max(op) FROM tail), 0), coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = '" GA_FILLED_SETTING "'), 0),"
        " coalesce((SELECT first_op + count - 1 FROM chain ORDER BY no DESC LIMIT 1), 0)),"
        " coalesce((SELECT txn FROM tail ORDER BY op DESC LIMIT 1), (SELECT max(no) FROM chain))",
    [GA_SQL_PUT_OP] = "INSERT INTO filed(no, record) VALUES(?1, ?2)",
    [GA_SQL_REFILE_OP] = "UPDATE filed SET record = ?1 WHERE record = 0 AND no = ?2",
    [GA_SQL_LAST_OP_OF_RECORD] = "SELECT max(no) FROM filed WHERE record = ?1",
    [GA_SQL_OPS_OF_RECORD] = "SELECT no FROM filed WHERE record = ?1 AND no > ?2 ORDER BY no",
    [GA_SQL_PUT_TAIL] = "INSERT INTO tail(op, salt, bytes, record) VALUES(?1, ?2, ?3, ?4)",
    [GA_SQL_GET_TAIL] = "SELECT salt, bytes FROM tail WHERE op = ?1",
    [GA_SQL_TAIL_RECORDS] = "SELECT op, record FROM tail ORDER BY op",
    [GA_SQL_TAIL_AFTER] = "SELECT op, after FROM tail WHERE op > ?1 AND after IS NOT NULL ORDER BY op",
    [GA_SQL_SOME_TAIL] = "SELECT op, salt, bytes, record FROM tail ORDER BY op LIMIT 64",
    [GA_SQL_MOVE_TXNS] = "INSERT INTO chain(no, site, seq, bytes, hash, signature, first_op, count, day)"
                         " SELECT " TXN_OF_TAIL " AND op BETWEEN ?1 AND ?2 ORDER BY op",
    [GA_SQL_DROP_TAIL] = "DELETE FROM tail WHERE op BETWEEN ?1 AND ?2",
    [GA_SQL_PUT_BLOCK] = "INSERT INTO block VALUES(?1, ?2)",
    [GA_SQL_DROP_BLOCK] = "DELETE FROM block WHERE first_op = ?1",
    [GA_SQL_RENAME_TAIL] = "UPDATE tail SET salt = ?2, bytes = ?3 WHERE op = ?1",
    [GA_SQL_FIND_BLOCK] = "SELECT first_op, bytes FROM block WHERE first_op <= ?1 ORDER BY first_op DESC LIMIT 1",
    [GA_SQL_PUT_WITHHELD] = "INSERT INTO withheld VALUES(?1, ?2, ?3)",
    [GA_SQL_DROP_WITHHELD] = "DELETE FROM withheld WHERE first_op = ?1",
    [GA_SQL_WITHHELD_BETWEEN] = "SELECT first_op, leaves, hash FROM withheld WHERE first_op BETWEEN ?1 AND ?2 ORDER BY first_op",
    [GA_SQL_WITHHELD_AT] = "SELECT first_op, leaves, hash FROM withheld WHERE first_op <= ?1 ORDER BY first_op DESC LIMIT 1",
    [GA_SQL_TXN_NAMED] = "SELECT first_op, count FROM txn WHERE site = ?1 AND seq = ?2 AND hash = ?3 LIMIT 1",
    [GA_SQL_PUT_MISFIT] = "INSERT OR REPLACE INTO misfit VALUES(?1, ?2, ?3)",
    [GA_SQL_DROP_MISFITS] = "DELETE FROM misfit WHERE record = ?1",
    [GA_SQL_GET_MISFITS] = "SELECT field, value FROM misfit WHERE record = ?1 ORDER BY field",
    [GA_SQL_PUT_CONFLICT] = "INSERT OR IGNORE INTO conflict VALUES(?1, ?2, ?3)",
    [GA_SQL_DROP_CONFLICTS] = "DELETE FROM conflict WHERE record = ?1",
    [GA_SQL_COUNT_HANDED] = "SELECT count(*) FROM conflict WHERE handed_to = ?1 AND handed_to <> ''",
    [GA_SQL_GET_HANDED] = "SELECT handed_to FROM conflict WHERE record = ?1 AND grp = ?2 AND handed_to <> ''",
    [GA_SQL_NEXT_CONFLICT] = "SELECT record FROM conflict WHERE record > ?1 ORDER BY record LIMIT 1",
    [GA_SQL_GET_CONFLICTS] = "SELECT grp FROM conflict WHERE record = ?1 ORDER BY grp",
    [GA_SQL_LIST_CONFLICTS] = "SELECT record, grp FROM conflict WHERE ?1 = 0 OR record = ?1 ORDER BY record, grp LIMIT ?2",
    /* Of what was written here: the clock of another computer changes nothing on this one. */
    [GA_SQL_NEWEST_DAY] =
        "SELECT max(day) FROM (SELECT max(day) AS day FROM chain WHERE no > ?1 AND site IN (SELECT id FROM site WHERE is_own)"
        " UNION ALL SELECT max(day) FROM tail WHERE txn > ?1 AND site IN (SELECT id FROM site WHERE is_own))",
    [GA_SQL_NEWEST_DAY_ALONE] = /* the same where everything is of this computer: a start asks, a third of the price */
        "SELECT max(day) FROM (SELECT max(day) AS day FROM chain WHERE no > ?1 UNION ALL SELECT max(day) FROM tail WHERE txn > ?1)",
    [GA_SQL_SAVE_DAYS] = "SELECT DISTINCT day FROM txn WHERE day <= ?1 AND (?3 OR site = ?2) ORDER BY day DESC",
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
