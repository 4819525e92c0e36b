/* SQLite's answers in our words. */
#include "internal.h"

#include "guanai/text/translate.h"

#define WAYS_OUT GA_N_("Bring a backup back (guanai restore FILE), or save what can still be read (guanai check --salvage).")

static const struct {
    int sqlite_rc;
    enum ga_rc rc;
    const char *sentence, *hint;
} answers[] = {
    {SQLITE_BUSY, GA_BUSY, GA_N_("another program has the database open")},
    {SQLITE_LOCKED, GA_BUSY, GA_N_("the database is in use by this program itself: %1")},
    {SQLITE_CORRUPT, GA_DAMAGED, GA_N_("the database is damaged: %1"), WAYS_OUT},
    {SQLITE_NOTADB, GA_DAMAGED, GA_N_("this file is not a database of this program"), WAYS_OUT},
    {SQLITE_FULL, GA_IO, GA_N_("the disk is full; nothing was written"),
     GA_N_("Delete files that are not needed, then try again.")},
    {SQLITE_IOERR, GA_IO, GA_N_("the disk with the database does not answer as it should: %1")},
    {SQLITE_CANTOPEN, GA_IO, GA_N_("the database cannot be opened: %1")},
    {SQLITE_READONLY, GA_IO, GA_N_("the database cannot be written: %1")},
    {SQLITE_PERM, GA_IO, GA_N_("the database cannot be written: %1")},
    {SQLITE_TOOBIG, GA_TOO_BIG, GA_N_("a value is too long for the database")},
    {SQLITE_INTERRUPT, GA_CANCELLED, GA_N_("stopped before the end; nothing was changed")},
};

enum ga_rc ga_sql_fail(struct ga_db *db, int sqlite_rc, struct ga_error *err)
{
    const char *said = db->raw != NULL ? sqlite3_errmsg(db->raw) : sqlite3_errstr(sqlite_rc);
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
        if (answers[i].sqlite_rc == (sqlite_rc & 0xFF)) {
            ga_error_set(err, answers[i].rc, answers[i].sentence, said);
            if (answers[i].hint != NULL)
                ga_error_hint(err, answers[i].hint);
            return answers[i].rc;
        }
    return ga_error_set(err, GA_REFUSED, "the database refuses this: %1", said);
}
