/* Tells which records were saved since an operation. */
#include "guanai/store/touched.h"

#include "peers/receive_fill.h"
#include "private.h"

#include "guanai/base/num.h"

#include <string.h>

int64_t ga_store_last_op(const struct ga_store *store)
{
    return store->last_op;
}

/* What is not packed yet is newer than what is. */
static enum ga_rc find_unpacked(struct ga_store *store, int64_t no, int64_t *ret_op, struct ga_error *err)
{
    const struct ga_vec *tail = NULL;
    const enum ga_rc rc = ga_log_tail(store, &tail, err);
    for (size_t i = 0; rc == GA_OK && i < tail->len; i++)
        if (GA_VEC_AT(const struct ga_log_filed, tail, i)->record == no)
            *ret_op = GA_VEC_AT(const struct ga_log_filed, tail, i)->no;
    for (size_t i = 0; rc == GA_OK && i < store->pending.len; i++)
        if (GA_VEC_AT(const struct ga_log_item, &store->pending, i)->record == no)
            *ret_op = GA_VEC_AT(const struct ga_log_item, &store->pending, i)->no;
    return rc;
}

enum ga_rc ga_store_last_op_of(struct ga_store *store, int64_t no, int64_t *ret_op, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    *ret_op = 0;
    enum ga_rc rc = find_unpacked(store, no, ret_op, err);
    if (rc != GA_OK || *ret_op != 0)
        return rc;
    rc = ga_store_stmt(store, GA_SQL_LAST_OP_OF_RECORD, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row)
        *ret_op = ga_stmt_column_int(stmt, 0);
    ga_stmt_reset(stmt);
    return rc;
}

/* Does what is not packed yet hold all that came after it? Then *ret_tail has that, else what is packed would have to be walked over. */
static enum ga_rc find_tail(struct ga_store *store, int64_t after_op, const struct ga_vec **ret_tail, bool *ret_has_all,
                            struct ga_error *err)
{
    const enum ga_rc rc = ga_log_tail(store, ret_tail, err);
    if (rc != GA_OK)
        return rc;
    const int64_t first = (*ret_tail)->len > 0 ? GA_VEC_AT(const struct ga_log_filed, *ret_tail, 0)->no : store->last_op + 1;
    *ret_has_all = first <= after_op + 1;
    return GA_OK;
}

int64_t ga_store_filled_op(struct ga_store *store)
{
    int64_t filled = 0;
    const char *text = ga_store_setting(store, GA_FILLED_SETTING);
    return text != NULL && ga_num_parse(text, &filled) ? filled : 0;
}

static bool may_be_filled(struct ga_store *store, int64_t after_op)
{
    return after_op < ga_store_filled_op(store);
}

static bool has_number(const int64_t *nos, size_t count, int64_t no)
{
    for (size_t i = 0; i < count; i++)
        if (nos[i] == no)
            return true;
    return false;
}

static enum ga_rc look_up(struct ga_store *store, int64_t after_op, const int64_t *nos, size_t count, bool *ret_is, struct ga_error *err)
{
    int64_t op = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < count && op <= after_op; i++)
        rc = nos[i] == 0 ? GA_OK : ga_store_last_op_of(store, nos[i], &op, err);
    *ret_is = op > after_op;
    return rc;
}

enum ga_rc ga_store_any_touched(struct ga_store *store, int64_t after_op, const int64_t *nos, size_t count, bool *ret_is,
                                bool *ret_is_far, struct ga_error *err)
{
    const struct ga_vec *tail = NULL;
    bool has_all = true;
    *ret_is_far = false;
    *ret_is = store->pending.len > 0 || may_be_filled(store, after_op);
    if (*ret_is || after_op >= store->last_op)
        return GA_OK;
    const enum ga_rc rc = find_tail(store, after_op, &tail, &has_all, err);
    if (rc != GA_OK)
        return rc;
    *ret_is_far = !has_all;
    if (!has_all)
        return look_up(store, after_op, nos, count, ret_is, err);
    for (size_t i = 0; i < tail->len && !*ret_is; i++) {
        const struct ga_log_filed *filed = GA_VEC_AT(const struct ga_log_filed, tail, i);
        *ret_is = filed->no > after_op && has_number(nos, count, filed->record);
    }
    return GA_OK;
}

enum ga_rc ga_store_form_touched(struct ga_store *store, int64_t after_op, const char *form, bool *ret_may_be,
                                 struct ga_error *err)
{
    const struct ga_vec *tail = NULL;
    bool has_all = true;
    *ret_may_be = store->pending.len > 0 || may_be_filled(store, after_op);
    if (*ret_may_be || after_op >= store->last_op)
        return GA_OK;
    enum ga_rc rc = find_tail(store, after_op, &tail, &has_all, err);
    *ret_may_be = !has_all;
    for (size_t i = 0; rc == GA_OK && has_all && i < tail->len && !*ret_may_be; i++) {
        const struct ga_log_filed *filed = GA_VEC_AT(const struct ga_log_filed, tail, i);
        struct ga_uuid id;
        char of[64] = "";
        if (filed->no <= after_op || filed->record == 0)
            continue;
        rc = ga_record_id(store, filed->record, &id, of, err);
        *ret_may_be = strcmp(of, form) == 0 || of[0] == '\0'; /* notes may come before what they are about */
    }
    return rc;
}

static void add_once(struct ga_vec *nos, int64_t no, size_t max)
{
    for (size_t i = 0; i < nos->len; i++)
        if (*GA_VEC_AT(const int64_t, nos, i) == no)
            return;
    if (nos->len <= max)
        *(int64_t *)ga_vec_push(nos) = no;
}

/* Operations are filed by record: those packed since are found by a walk over all of them, which is seldom. */
static enum ga_rc find_filed(struct ga_store *store, int64_t after_op, size_t max, struct ga_vec *nos, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(store->db, "SELECT DISTINCT record FROM filed WHERE no > ?1 LIMIT ?2", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, after_op);
    ga_stmt_bind_int(stmt, 2, (int64_t)max + 1);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        add_once(nos, ga_stmt_column_int(stmt, 0), max);
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc find(struct ga_store *store, int64_t after_op, size_t max, struct ga_vec *nos, struct ga_error *err)
{
    const struct ga_vec *tail = NULL;
    bool has_all = true;
    const enum ga_rc rc = find_tail(store, after_op, &tail, &has_all, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < tail->len; i++) {
        const struct ga_log_filed *filed = GA_VEC_AT(const struct ga_log_filed, tail, i);
        if (filed->no > after_op)
            add_once(nos, filed->record, max);
    }
    return has_all ? GA_OK : find_filed(store, after_op, max, nos, err);
}

/* false: there is nothing of it in any table. */
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

struct telling {
    struct ga_store *store;
    int64_t after_op;
    enum ga_rc (*each)(void *ctx, const struct ga_touched *touched, struct ga_error *err);
    void *ctx;
};

static enum ga_rc tell(const struct telling *t, int64_t no, struct ga_arena *arena, struct ga_error *err)
{
    struct ga_log_op *ops;
    size_t count, known = 0;
    enum ga_rc rc = ga_log_of_record(t->store, no, arena, &ops, &count, err);
    if (rc != GA_OK || count == 0)
        return rc;
    while (known < count && ops[known].no <= t->after_op)
        known++;
    const struct ga_form *form = ga_forms_get(&t->store->forms, ga_fold_origin(ops, count)->op.form, NULL);
    if (form == NULL)
        return GA_OK;
    struct ga_answers old, now;
    const bool was_there = fold_part(ops, known, form, arena, &old), is_there = fold_part(ops, count, form, arena, &now);
    const struct ga_touched touched = {no, form, was_there ? &old : NULL, is_there ? &now : NULL};
    rc = t->each(t->ctx, &touched, err);
    ga_answers_finish(&old);
    ga_answers_finish(&now);
    return rc;
}

enum ga_rc ga_store_touched(struct ga_store *store, int64_t after_op, size_t max,
                            enum ga_rc (*each)(void *ctx, const struct ga_touched *touched, struct ga_error *err),
                            void *ctx, bool *ret_has_all, struct ga_error *err)
{
    const struct telling t = {store, after_op, each, ctx};
    struct ga_vec nos;
    ga_vec_init(&nos, sizeof(int64_t));
    if (may_be_filled(store, after_op)) {
        *ret_has_all = false;
        return GA_OK;
    }
    enum ga_rc rc = find(store, after_op, max, &nos, err);
    const bool has_all = nos.len <= max;
    for (size_t i = 0; rc == GA_OK && has_all && i < nos.len; i++) {
        struct ga_arena arena = {0};
        rc = tell(&t, *GA_VEC_AT(const int64_t, &nos, i), &arena, err);
        ga_arena_finish(&arena);
    }
    ga_vec_finish(&nos);
    if (rc == GA_OK)
        *ret_has_all = has_all;
    return rc;
}

enum ga_rc ga_store_first_day(struct ga_store *store, struct ga_date *ret_day, struct ga_error *err)
{
    int64_t day = 0;
    /* Before 2026 there was no such program: a computer with a dead battery must not make this one's duties older. */
    enum ga_rc rc = ga_db_query_int(store->db, "SELECT coalesce(min(day), 0) FROM txn WHERE day >= 20454"
                                               " OR site IN (SELECT id FROM site WHERE is_own)", &day, err);
    if (rc == GA_OK)
        *ret_day = day <= 0 ? ga_store_today(store) : ga_date_from_days((int32_t)day);
    return rc;
}
