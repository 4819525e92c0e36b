/* Operations in, operations out; private to this room. */
#ifndef GUANAI_STORE_LOG_PRIVATE_H
#define GUANAI_STORE_LOG_PRIVATE_H

#include "guanai/store/block.h"
#include "guanai/store/store.h"

/* An operation that is not in the database yet, or was read from it. */
struct ga_log_item {
    int64_t no; /* order of arrival at this computer; rises, never reused */
    int64_t record;
    bool is_erased; /* its leaf alone is known; it belongs to no record */
    struct ga_hash leaf;
    uint8_t salt[GA_OPERATION_SALT_BYTES];
    char *bytes; /* owned */
    size_t len;
};

/* Of an operation in the tail; the vector of them is kept in memory once it was asked for. */
struct ga_log_filed {
    int64_t no, record;
};

enum ga_rc ga_log_open(struct ga_store *store, struct ga_error *err);
void ga_log_finish(struct ga_store *store);
void ga_log_forget(struct ga_store *store, int64_t last_op); /* after a rollback */

/* log.c: appends to the running save; `bytes` is copied. */
enum ga_rc ga_log_append(struct ga_store *store, int64_t record, const uint8_t *salt, const void *bytes, size_t len,
                         int64_t *ret_no, struct ga_error *err);
/* The same for one that was erased, or is withheld from this computer. */
enum ga_rc ga_log_append_erased(struct ga_store *store, const struct ga_hash *leaf, int64_t *ret_no, struct ga_error *err);
enum ga_rc ga_log_pack_pending(struct ga_store *store, struct ga_error *err); /* nearly all: when it holds long ones */
enum ga_rc ga_log_flush(struct ga_store *store, struct ga_error *err); /* pending → tail or blocks */
/* The bytes of one operation, from pending, tail or block; borrowed until the next call. GA_NOT_FOUND: it is withheld. */
enum ga_rc ga_log_get(struct ga_store *store, int64_t no, struct ga_block_item *ret_item, struct ga_error *err);
/* struct ga_log_filed of all that is in the tail, in order; borrowed until the next save. */
enum ga_rc ga_log_tail(struct ga_store *store, const struct ga_vec **ret_filed, struct ga_error *err);
/* Moves a long tail into blocks; called when idle. */
enum ga_rc ga_log_pack_tail(struct ga_store *store, struct ga_error *err);

/*
 * refile.c: at open. What a program of before could not read (GA_OPERATION_FORMAT was lower) and kept as bytes comes to
 * its records, into tables. Costs a setting where there is nothing new.
 */
enum ga_rc ga_log_refile(struct ga_store *store, struct ga_error *err);

/* One operation of a record, decoded. */
struct ga_log_op {
    int64_t no;
    struct ga_hash leaf;
    struct ga_operation op;
    const char *school; /* at a county: code of the school that wrote it (store/school.h); NULL: none */
};

/* That one; false: it is erased, or of a later format. In the arena. */
enum ga_rc ga_log_read(struct ga_store *store, int64_t no, struct ga_arena *arena, struct ga_log_op *ret_op,
                       bool *ret_is_there, struct ga_error *err);

/* All operations of a record in order of arrival; everything lives in the arena. Opaque and erased ones are left out. */
enum ga_rc ga_log_of_record(struct ga_store *store, int64_t record, struct ga_arena *arena, struct ga_log_op **ret_ops,
                            size_t *ret_count, struct ga_error *err);

/*
 * The same for folding alone: where it is what one save said, as most that was imported, nobody asks for
 * leaves, and they stay zero. To make one is dearer than all else of reading an operation.
 */
enum ga_rc ga_log_to_fold(struct ga_store *store, int64_t record, struct ga_arena *arena, struct ga_log_op **ret_ops,
                          size_t *ret_count, struct ga_error *err);

/* Numbers (int64_t) of a record's operations past after_no, rising, appended. */
enum ga_rc ga_log_numbers_of_record(struct ga_store *store, int64_t record, int64_t after_no, struct ga_vec *numbers,
                                    struct ga_error *err);

/* As ga_log_of_record, added to what was read before: only operations with numbers past after_no. */
enum ga_rc ga_log_add_of_record(struct ga_store *store, int64_t record, int64_t after_no, struct ga_arena *arena,
                                struct ga_log_op **ops, size_t *count, struct ga_error *err);

#endif
