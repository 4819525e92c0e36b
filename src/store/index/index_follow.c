/* Brings what finds, sorts, counts children up to the newest saves. */
#include "index/index_gather.h"
#include "index/index_tally.h"
#include "index/sieve.h"

#include "guanai/sql/transaction.h"

/* So many records may wait: a form for a class is one save of them all. */
enum { LATE_MAX = 40 };

/* Whose newest operations the tables do not show yet; `after` is the last one they show. */
struct late {
    int64_t no, after;
};

void ga_index_late_init(struct ga_index *index)
{
    ga_vec_init(&index->late, sizeof(struct late));
}

static bool is_late(const struct ga_index *index, int64_t no)
{
    for (size_t i = 0; i < index->late.len; i++)
        if (GA_VEC_AT(const struct late, &index->late, i)->no == no)
            return true;
    return false;
}

static enum ga_rc read_mark(struct ga_store *store, struct ga_index *index, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    index->shown_op = 0;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_GET_COUNT, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, "");
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        index->shown_op = ga_stmt_column_int(stmt, 0);
        ga_stmt_reset(stmt);
    }
    return rc;
}

/* After an opening, a rollback: the mark says how far the tables are, what waits is in the tail. */
static enum ga_rc read_late(struct ga_store *store, struct ga_index *index, struct ga_error *err)
{
    const struct ga_vec *tail = NULL;
    ga_vec_clear(&index->late);
    enum ga_rc rc = read_mark(store, index, err);
    if (rc == GA_OK && index->shown_op < store->last_op)
        rc = ga_log_tail(store, &tail, err);
    for (size_t i = 0; rc == GA_OK && tail != NULL && i < tail->len; i++) {
        const struct ga_log_filed *filed = ga_vec_at(tail, i);
        if (filed->no > index->shown_op && !is_late(index, filed->record))
            *(struct late *)ga_vec_push(&index->late) = (struct late){filed->record, index->shown_op};
    }
    index->has_late = rc == GA_OK;
    return rc;
}

/* false: no table shows anything of it. */
static bool fold_part(const struct ga_log_op *ops, size_t count, const struct ga_form *form, struct ga_arena *arena,
                      struct ga_answers *ret_answers)
{
    struct ga_fold_head *heads;
    size_t heads_count;
    ga_answers_init(ret_answers, form);
    if (!ga_fold_has_answers(ops, count)) /* notes may come before what they are about */
        return false;
    ga_fold(ops, count, arena, &heads, &heads_count);
    ga_fold_answers(heads, heads_count, ret_answers, NULL, NULL);
    return !ga_fold_is_gone(heads, heads_count);
}

static enum ga_rc follow_one(struct ga_store *store, const struct late *late, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_log_op *ops;
    size_t count, known = 0;
    enum ga_rc rc = ga_log_of_record(store, late->no, &arena, &ops, &count, err);
    while (rc == GA_OK && known < count && ops[known].no <= late->after)
        known++;
    const struct ga_form *form = rc == GA_OK && count > 0
                                     ? ga_forms_get(&store->forms, ga_fold_origin(ops, count)->op.form, NULL)
                                     : NULL;
    if (form != NULL) {
        struct ga_answers old, now;
        const bool was_there = fold_part(ops, known, form, &arena, &old), is_there = fold_part(ops, count, form, &arena, &now);
        if (was_there || is_there)
            rc = ga_index_put_now(store, late->no, was_there ? &old : NULL, is_there ? &now : NULL, err);
        ga_answers_finish(&old);
        ga_answers_finish(&now);
    }
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc follow_all(struct ga_store *store, struct ga_index *index, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < index->late.len; i++) {
        const struct late late = *GA_VEC_AT(struct late, &index->late, i);
        rc = follow_one(store, &late, err);
    }
    if (rc == GA_OK)
        ga_vec_clear(&index->late);
    return rc;
}

/* What was gathered for tables that were rolled back. */
static void forget_gathered(struct ga_store *store, struct ga_index *index)
{
    ga_delta_end_bulk(store);
    ga_index_tallies_forget(index);
    ga_sieve_forget(index);
    ga_gather_forget(index->gather);
    index->cards = (struct ga_card_notes){0};
    index->has_delta = index->has_villages = index->has_late = false;
}

static enum ga_rc write_all(void *ctx, struct ga_error *err)
{
    struct ga_store *store = ctx;
    enum ga_rc rc = follow_all(store, ga_index_of(store), err);
    return rc == GA_OK ? ga_index_flush(store, err) : rc;
}

/* A full disk: lists as they were are better than none. */
static void follow_apart(struct ga_store *store)
{
    if (ga_transaction_apart(store->db, write_all, store, NULL) != GA_OK)
        forget_gathered(store, ga_index_of(store));
}

enum ga_rc ga_index_follow(struct ga_store *store, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    enum ga_rc rc = GA_OK;
    if (index->is_following || (index->has_late && index->late.len == 0))
        return GA_OK;
    index->is_following = true;
    if (!index->has_late)
        rc = read_late(store, index, err);
    if (rc == GA_OK && index->late.len > 0) {
        if (ga_transaction_depth(store->db) == 0) {
            follow_apart(store);
        } else {
            rc = follow_all(store, index, err);
            index->is_prompt = true; /* the mark at the end of this transaction holds for all of it */
        }
    }
    index->is_following = false;
    return rc;
}

void ga_index_shows_all(struct ga_store *store)
{
    struct ga_index *index = ga_index_of(store);
    ga_vec_clear(&index->late);
    index->has_late = true;
    index->shown_op = -1; /* whatever stands there is written anew */
}

enum ga_rc ga_index_put_mark(struct ga_store *store, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    struct ga_stmt *stmt;
    index->is_prompt = false;
    if (!index->has_late || index->late.len > 0 || index->shown_op == store->last_op || store->last_op == 0)
        return GA_OK;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_PUT_MARK, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, store->last_op);
    rc = ga_stmt_run(stmt, err);
    if (rc == GA_OK)
        index->shown_op = store->last_op;
    return rc;
}

enum ga_rc ga_index_put(struct ga_store *store, int64_t no, const struct ga_answers *old, const struct ga_answers *now,
                        struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    if (store->save == NULL || index->is_prompt)
        return ga_index_put_now(store, no, old, now, err);
    if (!index->has_late) {
        index->is_following = true;
        const enum ga_rc rc = read_late(store, index, err);
        index->is_following = false;
        if (rc != GA_OK)
            return rc;
    }
    if (is_late(index, no))
        return GA_OK;
    if (index->late.len < LATE_MAX) {
        *(struct late *)ga_vec_push(&index->late) = (struct late){no, ga_save_before(store->save)};
        return GA_OK;
    }
    enum ga_rc rc = ga_index_follow(store, err);
    return rc == GA_OK ? ga_index_put_now(store, no, old, now, err) : rc;
}
