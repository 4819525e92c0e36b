/*
 * The insides of the store; private to this room.
 *
 *   log.c      operations in, operations out      txn, op, tail, block      (never derived)
 *   fold.c     operations of a record → heads → answers                     (computed, never kept)
 *   project.c  answers → rows                     <form>, <form>__<repeat>, misfit, conflict (derived)
 *   index.c    children → what finds, sorts, counts them                    (derived)
 */
#ifndef GUANAI_STORE_PRIVATE_H
#define GUANAI_STORE_PRIVATE_H

#include "guanai/crypt/sign.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/block.h"
#include "guanai/store/merkle.h"
#include "guanai/store/operation.h"
#include "guanai/store/save.h"
#include "guanai/store/store.h"
#include "guanai/store/transaction.h"

enum { GA_STORE_USER_SIZE = GA_OPERATION_USER_MAX + 1, GA_SCHEMA_VERSION = 1, GA_APPLICATION_ID = 0x47414e41 /* "GANA" */ };

/* An operation that is not in the database yet, or was read from it. */
struct ga_log_item {
    int64_t no; /* order of arrival at this computer; rises, never reused */
    int64_t record;
    uint8_t salt[GA_OPERATION_SALT_BYTES];
    char *bytes; /* owned */
    size_t len;
};

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
    int64_t last_op;             /* op.no given out last */
    struct ga_uuid last_id;      /* of records made here */
    int lock_fd;
    char user[GA_STORE_USER_SIZE], typist[GA_STORE_USER_SIZE];
    struct ga_block_codec *codec; /* made at first use */
    int64_t open_block;           /* first op of the block unpacked in codec; 0: none */
    size_t open_count;
    struct ga_str tail_bytes;     /* of the operation read last from the tail */
    struct ga_vec pending;        /* struct ga_log_item of the running save, not packed yet */
    struct ga_save *save;         /* the running one; there is at most one */
    char setting[1024];           /* the last setting handed out */
    struct ga_index *index;       /* index.c's own statements; made at first use */
};

/* Statements of log.c, open.c, accept.c, fold.c: one row each, in sql.c. */
enum ga_sql {
    GA_SQL_GET_SETTING, GA_SQL_PUT_SETTING,
    GA_SQL_GET_FORM, GA_SQL_PUT_FORM, GA_SQL_FORM_NAMES,
    GA_SQL_GET_LIST, GA_SQL_PUT_LIST,
    GA_SQL_GET_FILE, GA_SQL_PUT_FILE, GA_SQL_DROP_FILES, GA_SQL_FILE_COUNT,
    GA_SQL_GET_SITE, GA_SQL_PUT_SITE, GA_SQL_SITE_KEY,
    GA_SQL_RECORD_NO, GA_SQL_RECORD_ID, GA_SQL_PUT_RECORD, GA_SQL_NAME_FORM,
    GA_SQL_LAST_TXN, GA_SQL_PUT_TXN, GA_SQL_ALL_TXN, GA_SQL_TXN_OF_OP,
    GA_SQL_LAST_OP, GA_SQL_PUT_OP, GA_SQL_OPS_OF_RECORD,
    GA_SQL_PUT_TAIL, GA_SQL_GET_TAIL, GA_SQL_SOME_TAIL, GA_SQL_DROP_TAIL, GA_SQL_TAIL_COUNT,
    GA_SQL_PUT_BLOCK, GA_SQL_FIND_BLOCK,
    GA_SQL_PUT_MISFIT, GA_SQL_DROP_MISFITS, GA_SQL_GET_MISFITS,
    GA_SQL_PUT_CONFLICT, GA_SQL_DROP_CONFLICTS, GA_SQL_GET_CONFLICTS,
    GA_SQL_NEWEST_DAY, GA_SQL_ALL_RECORDS,
    GA_SQL_COUNT,
};

extern const char *const ga_store_sql[GA_SQL_COUNT];
extern const char ga_store_schema[];         /* what is never derived */
extern const char ga_store_derived_schema[]; /* fixed derived tables; form tables come from tables.c */

static inline enum ga_rc ga_store_stmt(struct ga_store *store, enum ga_sql sql, struct ga_stmt **ret_stmt,
                                       struct ga_error *err)
{
    return ga_stmts_get(&store->stmts, sql, ret_stmt, err);
}

/* site.c */
enum ga_rc ga_site_make(struct ga_store *store, struct ga_error *err);
enum ga_rc ga_site_open(struct ga_store *store, struct ga_error *err);
enum ga_rc ga_site_check_head(struct ga_store *store, struct ga_error *err);
void ga_site_write_head(struct ga_store *store);
const struct ga_sign_key *ga_site_key(struct ga_store *store);

/* accept.c: forms come from the database on demand. */
void ga_forms_from_store(struct ga_store *store);
enum ga_rc ga_forms_name_all(struct ga_store *store, struct ga_error *err); /* forms.names, after open and accept */

extern const char ga_store_draft_schema[]; /* draft.c; never derived */
extern const char ga_store_index_schema[]; /* index.c; derived */

/* view.c */
enum ga_rc ga_view_functions_add(struct ga_store *store, struct ga_error *err);
enum ga_rc ga_views_drop(struct ga_store *store, const struct ga_form *form, struct ga_error *err);

/* Local number of a record: small, for joins; never leaves this computer. GA_NOT_FOUND unless `form` makes it. */
enum ga_rc ga_record_no(struct ga_store *store, const struct ga_uuid *id, int64_t *ret_no, struct ga_error *err);
enum ga_rc ga_record_make(struct ga_store *store, const struct ga_uuid *id, const char *form, int64_t *ret_no,
                          bool *ret_is_new, struct ga_error *err);
enum ga_rc ga_record_id(struct ga_store *store, int64_t no, struct ga_uuid *ret_id, char ret_form[64],
                        struct ga_error *err);

enum ga_rc ga_log_open(struct ga_store *store, struct ga_error *err);
void ga_log_finish(struct ga_store *store);
void ga_log_forget(struct ga_store *store, int64_t last_op); /* after a rollback */

/* log.c: appends to the running save; `bytes` is copied. */
enum ga_rc ga_log_append(struct ga_store *store, int64_t record, const uint8_t *salt, const void *bytes, size_t len,
                         int64_t *ret_no, struct ga_error *err);
enum ga_rc ga_log_flush(struct ga_store *store, struct ga_error *err); /* pending → tail or blocks */
/* The bytes of one operation, from pending, tail or block; borrowed until the next call. */
enum ga_rc ga_log_get(struct ga_store *store, int64_t no, struct ga_block_item *ret_item, struct ga_error *err);
/* Moves a long tail into blocks; called when idle and at the start of big saves. */
enum ga_rc ga_log_pack_tail(struct ga_store *store, struct ga_error *err);

/* One operation of a record, decoded. */
struct ga_log_op {
    int64_t no;
    struct ga_hash leaf;
    struct ga_operation op;
};

/* All operations of a record in order of arrival; everything lives in the arena. Opaque and erased ones are left out. */
enum ga_rc ga_log_of_record(struct ga_store *store, int64_t record, struct ga_arena *arena, struct ga_log_op **ret_ops,
                            size_t *ret_count, struct ga_error *err);

/* The same, added to what was read before: only operations with numbers past after_no. */
enum ga_rc ga_log_add_of_record(struct ga_store *store, int64_t record, int64_t after_no, struct ga_arena *arena,
                                struct ga_log_op **ops, size_t *count, struct ga_error *err);

/* fold.c: a pure function of a set of operations. A head is a group of an operation that none replaces. */
struct ga_fold_head {
    const char *group;
    const struct ga_log_op *op;
    const struct ga_operation_group *value;
};

/* Sorted by group, then by leaf; lives in the arena. The first of a group is the one that is shown. */
void ga_fold(const struct ga_log_op *ops, size_t count, struct ga_arena *arena, struct ga_fold_head **ret_heads,
             size_t *ret_count);

/* The operation that says who entered the record, when, and of which form it is; count > 0. Borrowed. */
const struct ga_log_op *ga_fold_origin(const struct ga_log_op *ops, size_t count);

/* heads → answers of a form; what fits no field is handed to `misfit` (nullable). */
typedef void (*ga_misfit_fn)(void *ctx, const char *field, const struct ga_operation_value *value);
void ga_fold_answers(const struct ga_fold_head *heads, size_t count, struct ga_answers *answers, ga_misfit_fn misfit,
                     void *ctx);

struct ga_heads *ga_heads_of(const struct ga_fold_head *heads, size_t count);
size_t ga_heads_find(const struct ga_heads *heads, const char *group, const struct ga_hash **ret_leaves, size_t max);

/* project.c: the rows of one record from its answers, old ones replaced. */
/* What one record looks like to the rest of the program. */
struct ga_projection {
    int64_t no, child;           /* child: record number of the parent, 0 none */
    const struct ga_answers *answers;
    const struct ga_answers *old; /* what was projected before; NULL: nothing */
    const char *entered_by;
    int32_t entered_day;
    const struct ga_fold_head *heads; /* for conflicts; NULL: there are none */
    size_t heads_count;
};
enum ga_rc ga_project(struct ga_store *store, const struct ga_projection *projection, struct ga_error *err);

/* The statements that write a form's tables. */
struct ga_table {
    const struct ga_form *form;
    struct ga_stmt *put;
    struct ga_stmt **put_row, **drop_rows; /* one per form->all, NULL but for repeats */
};

/* tables.c: DDL of a form as it is now; makes, drops and compares. */
void ga_tables_ddl(const struct ga_form *form, struct ga_str *out);
enum ga_rc ga_tables_make(struct ga_store *store, const struct ga_form *form, struct ga_error *err);
enum ga_rc ga_tables_drop(struct ga_store *store, const struct ga_form *form, struct ga_error *err);
enum ga_rc ga_tables_of(struct ga_store *store, const struct ga_form *form, struct ga_table **ret_table,
                        struct ga_error *err);
void ga_tables_finish(struct ga_store *store);

/* Folds these operations (all of the record's) and projects the result over `old` (NULL: nothing is there). */
enum ga_rc ga_project_folded(struct ga_store *store, int64_t no, const struct ga_form *form,
                             const struct ga_log_op *ops, size_t ops_count, const struct ga_answers *old,
                             struct ga_error *err);

/* The same from the log, over nothing: what rebuilds and form changes do. */
enum ga_rc ga_project_from_log(struct ga_store *store, int64_t no, struct ga_error *err);

/*
 * index.c: what finds, sorts and counts children; called by ga_project for every form. `old` NULL: a
 * record that was not there. Only the form `child` leaves more than a count.
 */
enum ga_rc ga_index_put(struct ga_store *store, int64_t no, const struct ga_answers *old,
                        const struct ga_answers *now, struct ga_error *err);
/* Forgets every record of a form, before its tables are dropped. */
enum ga_rc ga_index_drop_form(struct ga_store *store, const struct ga_form *form, struct ga_error *err);
void ga_index_finish(struct ga_store *store);

/* The index's derived tables (_roster, _search, _tally, _count, _presence): part of the derived schema. */
extern const char ga_store_index_schema[];
extern const char ga_store_draft_schema[]; /* draft.c: not derived */

/* Local day and time of now, from options.clock and options.today. */
void ga_store_now(const struct ga_store *store, int32_t *ret_day, int32_t *ret_ms, int32_t *ret_offset_min);

#endif
