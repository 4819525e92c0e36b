/*
 * The insides of the store; private to this room.
 *
 *   log.c      operations in, operations out      chain, filed, tail, block (never derived)
 *   fold.c     operations of a record → heads → answers                     (computed, never kept)
 *   project.c  answers → rows                     <form>, <form>__<repeat>, misfit, conflict (derived)
 *   index.c    children → what finds, sorts, counts them                    (derived)
 *   have.c     transactions → runs of each site's history                   _run, with chain; withheld.c: withheld
 *   send.c     what another's runs lack → parcels;   receive.c   parcels → log → fold, once a record
 */
#ifndef GUANAI_STORE_PRIVATE_H
#define GUANAI_STORE_PRIVATE_H

#include "fold/fold.h"
#include "fold/project.h"
#include "guanai/crypt/sign.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/block.h"
#include "guanai/store/merkle.h"
#include "guanai/store/operation.h"
#include "guanai/store/save.h"
#include "guanai/store/store.h"
#include "guanai/store/transaction.h"
#include "log/log.h"
#include "said_by.h"
#include "sql.h"

enum { GA_STORE_USER_SIZE = GA_OPERATION_USER_MAX + 1, GA_SCHEMA_VERSION = 9, GA_SCHEMA_OLDEST = 4, GA_APPLICATION_ID = 0x47414e41 /* "GANA" */ };

/* Pages that are kept in memory: those a page of a list and a key of a search touch (at least, at most); those an import writes. */
enum { GA_STORE_CACHE_KIB = 384, GA_STORE_CACHE_MAX_KIB = 2048, GA_STORE_CACHE_BULK_KIB = 2048 };

struct ga_store {
    struct ga_store_options options;
    struct ga_db *db;
    struct ga_stmts stmts;       /* SQL[] of sql.h */
    struct ga_forms forms;
    struct ga_vec fresh;         /* struct ga_forms *: sets read from YAML, in force or not */
    struct ga_map tables;        /* form name → struct ga_table (project.c) */
    struct ga_arena arena;       /* lives as long as the store */
    struct ga_uuid site;
    struct ga_sign_key key;      /* the seed only until has_key: see ga_site_key */
    bool has_key;
    uint64_t seq;                /* of the last own transaction; 0: none */
    struct ga_hash head;         /* its hash */
    bool is_new;                 /* no tables yet */
    bool is_head_damaged;        /* the file beside the database; until the next save */
    int64_t last_op, last_txn;   /* op.no, txn.no given out last */
    struct ga_schools schools;   /* at a county: who writes for which (said_by.h) */
    bool is_alone;               /* no other computer's signatures count here: everything is of this one */
    struct ga_date newest_day;   /* as of newest_txn, which is one more than last_txn then: 0 is unasked */
    int64_t newest_txn;
    struct ga_uuid last_id;      /* of records made here */
    int lock_fd;
    char user[GA_STORE_USER_SIZE], typist[GA_STORE_USER_SIZE];
    struct ga_block_codec *codec; /* made at first use */
    int64_t open_block;           /* first op of the block unpacked in codec; 0: none */
    size_t open_count;
    struct ga_str tail_bytes;     /* of the operation read last from the tail */
    struct ga_vec tail;           /* struct ga_log_filed: all that is in the tail once has_tail */
    bool has_tail, is_after_done, is_after_doing; /* after.c: nothing waits; it is being done */
    int32_t old_version;          /* of the layout found; 0: this one */
    struct ga_vec pending;        /* struct ga_log_item of the running save, not packed yet */
    struct ga_save *save;         /* the running one; there is at most one */
    struct ga_receive *receive;   /* the same; never both */
    uint8_t salt_at[GA_OPERATION_SALT_BYTES]; /* of the operation ga_store_at handed out last */
    struct ga_str setting;        /* the last one handed out */
    struct ga_index *index;       /* index.c's own statements; made at first use */
    struct ga_same *same;         /* same.c's; ended with the index */
    bool is_cache_spared, is_made_anew; /* open.c; rebuild.c: nothing stands in derived tables of a record put there */
};

static inline enum ga_rc ga_store_stmt(struct ga_store *store, enum ga_sql sql, struct ga_stmt **ret_stmt,
                                       struct ga_error *err)
{
    return ga_stmts_get(&store->stmts, sql, ret_stmt, err);
}

/* open.c: what is kept between imports, KiB. A large archive spreads what it touches over more pages; a small one stays small. */
int ga_store_cache_kib(const struct ga_store *store);

/* index_follow.c: nothing waits any more. Whoever reads the index's tables by other statements than its own calls it first. */
enum ga_rc ga_index_follow(struct ga_store *store, struct ga_error *err);

/* save.c: the last operation before what is being put. */
int64_t ga_save_before(const struct ga_save *save);

/* site.c */
enum ga_rc ga_site_make(struct ga_store *store, struct ga_error *err);
enum ga_rc ga_site_open(struct ga_store *store, struct ga_error *err);
const struct ga_sign_key *ga_site_key(struct ga_store *store);
enum ga_rc ga_site_vouch(struct ga_store *store, struct ga_error *err); /* signs for what this installation once was */

/* have.c: a transaction comes into `chain`. Costs two statements. */
struct ga_run_link {
    struct ga_uuid site;
    uint64_t seq;
    struct ga_hash previous, hash;
};
enum ga_rc ga_have_add(struct ga_store *store, const struct ga_run_link *link, struct ga_error *err);
enum ga_rc ga_have_move(struct ga_store *store, int64_t first_op, int64_t last_op, struct ga_error *err); /* from tail */
enum ga_rc ga_have_fill(struct ga_store *store, struct ga_error *err); /* of all that is in chain: of an old layout */

/* head.c */
enum ga_rc ga_head_check(struct ga_store *store, struct ga_error *err); /* GA_DAMAGED: an old or another database */
void ga_head_write(struct ga_store *store);

/* accept.c: an empty set to read folders into; it lives as long as the store, for a form in force may be borrowed. */
struct ga_forms *ga_forms_start_reading(struct ga_store *store);

/* seen_files.c: costs a stat a file. Noted within the transaction that takes them all into force. */
bool ga_forms_are_noted(struct ga_store *store, const struct ga_folders *folders);
enum ga_rc ga_forms_note_files(struct ga_store *store, const struct ga_folders *folders, struct ga_error *err);

/* installed.c: forms come from the database on demand. */
void ga_forms_from_store(struct ga_store *store);
enum ga_rc ga_forms_name_all(struct ga_store *store, struct ga_error *err); /* forms.names, after open and accept */

/*
 * reindex.c: edition is of the program, compared at every start; fields is of the form `child` with its list
 * of grades, compared when files are taken into force. What cannot be made anew now is tried at the next start.
 */
enum ga_rc ga_index_note_edition(struct ga_store *store, struct ga_error *err);
enum ga_rc ga_index_check_edition(struct ga_store *store, struct ga_error *err);
enum ga_rc ga_index_check_fields(struct ga_store *store, struct ga_error *err);
enum ga_rc ga_index_renew(struct ga_store *store, struct ga_error *err); /* all of it; forms can be read again */

/* view.c */
enum ga_rc ga_view_functions_add(struct ga_store *store, struct ga_error *err);
enum ga_rc ga_index_functions_add(struct ga_store *store, struct ga_error *err); /* index_view.c */
enum ga_rc ga_views_drop(struct ga_store *store, const struct ga_form *form, struct ga_error *err);

/* Local number of a record: small, for joins; never leaves this computer. GA_NOT_FOUND unless `form` makes it. */
enum ga_rc ga_record_no(struct ga_store *store, const struct ga_uuid *id, int64_t *ret_no, struct ga_error *err);
enum ga_rc ga_record_make(struct ga_store *store, const struct ga_uuid *id, const char *form, int64_t *ret_no,
                          bool *ret_is_new, struct ga_error *err);
/* The same for an id drawn just now, which nobody can have yet. */
enum ga_rc ga_record_add(struct ga_store *store, const struct ga_uuid *id, const char *form, int64_t *ret_no,
                         struct ga_error *err);
enum ga_rc ga_record_id(struct ga_store *store, int64_t no, struct ga_uuid *ret_id, char ret_form[64],
                        struct ga_error *err);

/* The next record of a form in order of arrival; 0: that was the last. Start with after_no 0. */
enum ga_rc ga_record_next(struct ga_store *store, const char *form, int64_t after_no, int64_t *ret_no,
                          struct ga_error *err);

/* Local day and time of now, from options.clock and options.today. */
void ga_store_now(const struct ga_store *store, int32_t *ret_day, int32_t *ret_ms, int32_t *ret_offset_min);

#endif
