/* Copies of the archive: a series kept by itself, others where people want them. */
#ifndef GUANAI_APP_BACKUP_H
#define GUANAI_APP_BACKUP_H

#include "guanai/app/session.h"
#include "guanai/base/vec.h"

/*
 * A backup is three things side by side under one name: NAME.db (everything that was entered, store/copy.h), NAME.yaml
 * (the school's settings), NAME.forms (its own forms); the first is there only when the others are. It is put back by
 * app/restore.h.
 */

/* Writes one into a folder that is there and has room for it (app/sticks.h says what is said of one that has not), named by day
 * and time. *ret_path: of NAME.db, in the arena. */
enum ga_rc ga_backup_write(struct ga_session *session, const char *folder, struct ga_arena *arena, const char **ret_path,
                           int64_t *ret_records, struct ga_error *err);

/*
 * The series: DATA/backups/guanai-NNNNNN-YYYY-MM-DD-OCCASION.db, made without anybody asking. The number orders them,
 * for a clock may be wrong; the day is the one people were told.
 */
enum ga_backup_occasion { GA_BACKUP_DAILY, GA_BACKUP_IMPORT, GA_BACKUP_YEAR_END, GA_BACKUP_MERGE, GA_BACKUP_UPGRADE, GA_BACKUP_ASKED, GA_BACKUP_OCCASIONS };

struct ga_backup {
    int64_t number;
    struct ga_date day;
    enum ga_backup_occasion occasion;
    const char *path; /* of NAME.db */
    int64_t size_bytes;
};

const char *ga_backup_occasion_code(enum ga_backup_occasion occasion); /* for scripts and names of files */
const char *ga_backup_occasion_text(enum ga_backup_occasion occasion); /* for people: English, GA_N_ */

/* Appends a struct ga_backup each, the oldest first. GA_IO: it cannot be told what is there. */
enum ga_rc ga_backups_list(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_backups,
                           struct ga_error *err);

/*
 * Which are kept: the newest of each of the last seven days that have one, of each of the last four weeks that have
 * one, and the last three whatever they are. `backups` as listed; ret_keeps: one each.
 */
void ga_backups_choose(const struct ga_vec *backups, bool *ret_keeps);

/* No backup of today is there, and something is entered that could be copied. Costs a look into the folder. */
bool ga_backups_is_due(struct ga_session *session);

/*
 * Adds one to the series, then removes what is not kept any more: never before the new one was opened and counted.
 * Nothing is written while no record is there. GA_IO when the disk is too full to be on the safe side.
 */
enum ga_rc ga_backups_make(struct ga_session *session, enum ga_backup_occasion occasion, struct ga_error *err);

/* Before a folder of an older layout is brought up (store/store.h); `ctx` is the session that is being opened. Without it the
 * folder stays as it is: a program that goes on without a copy could not be gone back from. */
enum ga_rc ga_backups_before_upgrade(void *ctx, struct ga_store *store, struct ga_error *err);

/* The line to be shown: day, minute (−1: no clock), records counted in the copy made last; false: there is none yet. */
struct ga_backup_said {
    struct ga_date day;
    int minute;
    int64_t records;
};
bool ga_backups_last(struct ga_session *session, struct ga_backup_said *ret_said);

#endif
