/*
 * The data folder of a school: the database, its keys, who has it open.
 *
 *   save ──▶ operations ──▶ transaction (signed) ──▶ log tables ──▶ fold ──▶ heads ──▶ projection ──▶ form tables
 *                                                                                  └──▶ search keys
 *
 * State is a function of the set of operations: everything right of the log can be dropped and built
 * again (`store/rebuild.h`), byte for byte. Drafts, settings, keys and accepted forms are not derived.
 *
 * Folder:  guanai.db(-wal)  the database, opened by SQLite alone
 *          lock             who has it open, one line of text, flock()ed for as long
 *          head             last seq and transaction hash, so that an old copy put back is noticed (head.c)
 */
#ifndef GUANAI_STORE_STORE_H
#define GUANAI_STORE_STORE_H

#include "guanai/base/clock.h"
#include "guanai/base/error.h"
#include "guanai/base/io_ops.h"
#include "guanai/base/random.h"
#include "guanai/form/forms.h"
#include "guanai/sql/db.h"
#include "guanai/text/date.h"

struct ga_store;

struct ga_store_options {
    const char *folder;
    const struct ga_io_ops *io;
    const struct ga_clock *clock;
    const struct ga_random *random;
    struct ga_date today;    /* the user's or --today; recorded in operations */
    bool is_clock_doubtful;  /* the day was asked for, not read: marked in every operation */
    const char *user;        /* the doer's name, recorded; "" before there are any */
    const char *vfs;         /* SQLite VFS by name; NULL: the system's. Tests cut the power here */
    bool may_create;         /* makes the folder, the tables, the site's id and key */
    /* Called before a folder of an older layout is brought up, which is not done unless it answers GA_OK: for a copy. The
     * store can be copied (store/copy.h) and has its settings, no more. NULL: nothing */
    enum ga_rc (*before_upgrade)(void *ctx, struct ga_store *store, struct ga_error *err);
    void *upgrade_ctx;
};

/*
 * GA_BUSY says who has it open (name, since when) from the lock file; GA_NOT_FOUND without a database
 * when may_create is false; GA_DAMAGED when the head of the log does not fit the database.
 * Everything in options is borrowed until close.
 */
enum ga_rc ga_store_open(const struct ga_store_options *options, struct ga_store **ret_store,
                         struct ga_error *err);
void ga_store_close(struct ga_store *store); /* checkpoints; NULL is fine */

/*
 * The file `head` could not be read: whether this is the newest copy of the database cannot be told.
 * To be said to people; the next save writes the file anew.
 */
bool ga_store_is_head_damaged(const struct ga_store *store);

/* Forms as last accepted, handed out from the database on demand; owned by the store. */
struct ga_forms *ga_store_forms(struct ga_store *store);

/*
 * Compares size, mtime and inode of every file in the folders with what was seen last; reads what
 * changed; forms without faults and with a higher version are accepted and their tables made or
 * projected again, all in one transaction. The last good form stays in force. Findings are added to
 * problems. Costs a stat a file when nothing changed since all of them were taken into force; while one
 * is kept back it is read, and told about, at every start.
 */
enum ga_rc ga_store_accept_forms(struct ga_store *store, const struct ga_folders *folders, struct ga_problems *problems,
                                 struct ga_error *err);

/*
 * A changed form that would hide, refuse or displace what is stored (store/weigh.h) is not taken into force by
 * accepting: it waits, and each start says so, until an administrator has confirmed it. The names, blanks between;
 * borrowed until the next setting is asked for; "" when none waits.
 */
const char *ga_store_waiting_forms(struct ga_store *store);

/* Accepts the folders with `form` confirmed ("": all of it), whatever it does to records. Asks nobody: app does. */
enum ga_rc ga_store_confirm_forms(struct ga_store *store, const struct ga_folders *folders, const char *form,
                                  struct ga_problems *problems, struct ga_error *err);

/*
 * Accepts the folders after files of theirs were taken from other computers. The forms named in `agreed`, blanks between,
 * are taken whatever their version: two computers may both have made a second one. is_confirmed: as confirming all; else
 * what would do harm waits.
 */
enum ga_rc ga_store_take_forms(struct ga_store *store, const struct ga_folders *folders, const char *agreed, bool is_confirmed,
                               struct ga_problems *problems, struct ga_error *err);

/*
 * Who answers for what is saved from now on, with who types it (NULL or the same name: nobody else). Kept as an
 * operation can hold them: 190 bytes of UTF-8; bytes that are none are left out.
 */
void ga_store_set_user(struct ga_store *store, const char *user, const char *typist);
const char *ga_store_user(const struct ga_store *store);
const char *ga_store_typist(const struct ga_store *store); /* who sits at the keys: the user unless set otherwise */
struct ga_date ga_store_today(const struct ga_store *store);
struct ga_date ga_store_local_day(const struct ga_store *store); /* of what is saved now; today unless that is unknown */
int32_t ga_store_utc_offset_min(const struct ga_store *store);   /* east */
void ga_store_set_today(struct ga_store *store, struct ga_date today, bool is_doubtful);

/*
 * The day of the newest operation of this computer: when the clock is behind it, the program asks what day it is. What other
 * computers wrote under whatever day counts for nothing here. Year 0: nothing is written.
 */
struct ga_date ga_store_newest_day(struct ga_store *store);

/* Somebody said which day it is. When it is before the newest one, that was written under a wrong day (a clock at 2099) and
 * counts no more. */
enum ga_rc ga_store_tell_day(struct ga_store *store, struct ga_date day, struct ga_error *err);

/* The connection, for rooms above that read through views (v_<form>) under the guard. */
struct ga_db *ga_store_db(struct ga_store *store);

/* Settings: texts by name; not derived, not synced. NULL when unset; borrowed until the next call. */
const char *ga_store_setting(struct ga_store *store, const char *name);
/* The same appended, to be kept; nothing when unset. */
enum ga_rc ga_store_read_setting(struct ga_store *store, const char *name, struct ga_str *out, struct ga_error *err);
enum ga_rc ga_store_set_setting(struct ga_store *store, const char *name, const char *value,
                                struct ga_error *err);

/* Called when nobody types: checkpoints the WAL when it has grown. */
void ga_store_idle(struct ga_store *store);

/* For work that goes once through all there is: keeps an eighth of a megabyte of pages in memory, until it is false again. */
void ga_store_spare_cache(struct ga_store *store, bool is_spared);

#endif
