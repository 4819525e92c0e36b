/* Lets at a county stand under their schools what an earlier program took in without a place. */
#include "private.h"

#include "guanai/sql/transaction.h"
#include "guanai/store/school.h"
#include "peers/receive_fill.h"

#include <string.h>

/* Noted once it is done; what comes in since has its place at once (fold.h). */
#define PLACED "county.placed"

static enum ga_rc find_without(struct ga_store *store, const struct ga_form *form, struct ga_vec *numbers, struct ga_error *err)
{
    struct ga_str sql = {0};
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    ga_str_addf(&sql, "SELECT no FROM \"%s\" WHERE \"%s\" IS NULL ORDER BY no", form->name, ga_fold_place(form)->name);
    enum ga_rc rc = ga_stmt_prepare(store->db, ga_str_text(&sql), &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(numbers) = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    ga_str_finish(&sql);
    return rc;
}

/* The earlier program knew of no school that could stand in: that is what the tables show. */
static enum ga_rc place_one(struct ga_store *store, int64_t no, const struct ga_form *form, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_log_op *ops = NULL, *before;
    struct ga_answers old;
    size_t count = 0;
    enum ga_rc rc = ga_log_of_record(store, no, &arena, &ops, &count, err);
    if (rc == GA_OK && count > 0) {
        before = ga_arena_array(&arena, count, sizeof(*before));
        memcpy(before, ops, count * sizeof(*before));
        for (size_t i = 0; i < count; i++)
            before[i].school = NULL;
        const bool was_there = ga_fold_shown(before, count, form, &arena, &old);
        rc = ga_project_folded(store, no, form, ops, count, was_there ? &old : NULL, err);
        if (was_there)
            ga_answers_finish(&old);
    }
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc place_form(struct ga_store *store, const struct ga_form *form, bool *has_placed, struct ga_error *err)
{
    struct ga_vec numbers;
    ga_vec_init(&numbers, sizeof(int64_t));
    enum ga_rc rc = find_without(store, form, &numbers, err);
    for (size_t i = 0; rc == GA_OK && i < numbers.len; i++)
        rc = place_one(store, *GA_VEC_AT(const int64_t, &numbers, i), form, err);
    *has_placed |= numbers.len > 0;
    ga_vec_finish(&numbers);
    return rc;
}

/* No operation came, yet whoever follows the log has to look at all of it again. */
static enum ga_rc place_all(struct ga_store *store, struct ga_error *err)
{
    bool has_placed = false;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < store->forms.names_count; i++) {
        const struct ga_form *form = ga_forms_get(&store->forms, store->forms.names[i], NULL);
        if (form != NULL && ga_fold_place(form) != NULL)
            rc = place_form(store, form, &has_placed, err);
    }
    if (rc == GA_OK && has_placed)
        rc = ga_store_note_filled(store, err);
    if (rc == GA_OK)
        rc = ga_index_flush(store, err);
    return rc == GA_OK ? ga_store_set_setting(store, PLACED, "1", err) : rc;
}

enum ga_rc ga_schools_place_again(struct ga_store *store, struct ga_error *err)
{
    const int64_t last_op = store->last_op;
    if (!ga_store_has_schools(store) || ga_store_setting(store, PLACED) != NULL)
        return GA_OK;
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    rc = place_all(store, err);
    if (rc == GA_OK)
        return ga_transaction_commit(store->db, err);
    ga_transaction_rollback(store->db);
    ga_index_finish(store); /* what it remembers was rolled back */
    ga_log_forget(store, last_op);
    return rc;
}
