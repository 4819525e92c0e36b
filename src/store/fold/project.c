/* Writes what one record looks like into its form's tables. */
#include "child/same.h"
#include "fold/own.h"
#include "peers/conflict_heads.h"

#include "guanai/base/num.h"
#include "guanai/form/type.h"

#include <string.h>

/* {"father_phone":"refused"}: the fields answered without a value; NULL when there are none. */
static bool add_not_answered(const struct ga_answers *answers, struct ga_str *json)
{
    for (size_t i = 0; i < answers->form->all_count; i++) {
        const char *code = ga_answer_state_code(answers->answers[i].state);
        if (code != NULL)
            ga_str_addf(json, "%s\"%s\":\"%s\"", json->len == 0 ? "{" : ",", answers->form->all[i]->name, code);
    }
    if (json->len > 0)
        ga_str_add_char(json, '}');
    return json->len > 0;
}

/* What is not bound is NULL: running a statement forgets what was bound. */
static void bind_answer(struct ga_stmt *stmt, int param, const struct ga_answer *answer)
{
    if (answer->state == GA_ANSWERED)
        ga_stmt_bind_borrowed(stmt, param, &answer->value);
}

static enum ga_rc run_of(struct ga_stmt *stmt, int64_t no, struct ga_error *err)
{
    ga_stmt_bind_int(stmt, 1, no);
    return ga_stmt_run(stmt, err);
}

static enum ga_rc run_sql_of(struct ga_store *store, enum ga_sql sql, int64_t no, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, sql, &stmt, err);
    return rc == GA_OK ? run_of(stmt, no, err) : rc;
}

static bool has_column(const struct ga_field *field)
{
    return field->type->storage != GA_STORE_NOTHING && field->type->storage != GA_STORE_ROWS;
}

static enum ga_rc put_record(struct ga_table *table, const struct ga_projection *p, struct ga_error *err)
{
    const struct ga_answers *answers = p->answers;
    struct ga_str json = {0};
    int param = 1;
    ga_stmt_bind_int(table->put, param++, p->no);
    if (answers->form->of.text != NULL) {
        if (p->child != 0)
            ga_stmt_bind_int(table->put, param, p->child);
        param++;
    }
    for (size_t i = 0; i < answers->form->all_count; i++)
        if (has_column(answers->form->all[i]))
            bind_answer(table->put, param++, &answers->answers[i]);
    const struct ga_value not_answered =
        add_not_answered(answers, &json) ? ga_value_text_len(json.data, json.len) : ga_value_null();
    char day[GA_DATE_SIZE];
    ga_date_iso(ga_date_from_days(p->entered_day), day);
    ga_stmt_bind_borrowed(table->put, param++, &not_answered);
    ga_stmt_bind_text(table->put, param++, p->entered_by);
    ga_stmt_bind_text(table->put, param++, day);
    enum ga_rc rc = ga_stmt_run(table->put, err);
    ga_str_finish(&json);
    return rc;
}

static enum ga_rc put_rows(struct ga_table *table, const struct ga_projection *p, const struct ga_field *repeat,
                           struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    if (p->old != NULL)
        rc = run_of(table->drop_rows[repeat->index], p->no, err);
    const struct ga_rows *rows = &p->answers->repeats[repeat->index];
    struct ga_stmt *stmt = table->put_row[repeat->index];
    int64_t position = 0;
    for (size_t r = 0; rc == GA_OK && r < rows->count; r++) {
        char id[GA_UUID_TEXT_SIZE];
        if (rows->rows[r].is_gone)
            continue;
        int param = 1;
        ga_stmt_bind_text(stmt, param++, ga_uuid_text(&rows->rows[r].id, id));
        ga_stmt_bind_int(stmt, param++, p->no);
        ga_stmt_bind_int(stmt, param++, ++position);
        for (size_t i = 0; i < repeat->fields.count; i++)
            if (has_column(&repeat->fields.items[i]))
                bind_answer(stmt, param++, &rows->rows[r].answers[i]);
        rc = ga_stmt_run(stmt, err);
    }
    return rc;
}

enum ga_rc ga_project_nothing(struct ga_store *store, int64_t no, const struct ga_answers *old, struct ga_error *err)
{
    struct ga_table *table;
    enum ga_rc rc = ga_tables_of(store, old->form, &table, err);
    if (rc == GA_OK)
        rc = run_of(table->drop, no, err);
    for (size_t i = 0; rc == GA_OK && i < old->form->all_count; i++)
        if (table->drop_rows[i] != NULL)
            rc = run_of(table->drop_rows[i], no, err);
    if (rc == GA_OK)
        rc = run_sql_of(store, GA_SQL_DROP_MISFITS, no, err);
    if (rc == GA_OK)
        rc = ga_conflicts_drop(store, no, err);
    if (rc == GA_OK)
        rc = ga_index_put(store, no, old, NULL, err);
    return rc == GA_OK ? ga_same_drop(store, no, old, err) : rc;
}

enum ga_rc ga_project(struct ga_store *store, const struct ga_projection *p, struct ga_error *err)
{
    struct ga_table *table;
    enum ga_rc rc = ga_tables_of(store, p->answers->form, &table, err);
    if (rc == GA_OK)
        rc = put_record(table, p, err);
    for (size_t i = 0; rc == GA_OK && i < p->answers->form->all_count; i++)
        if (table->put_row[i] != NULL)
            rc = put_rows(table, p, p->answers->form->all[i], err);
    if (rc == GA_OK && p->heads != NULL)
        rc = ga_conflicts_put(store, p->no, p->heads, p->heads_count, err);
    if (rc == GA_OK)
        rc = ga_index_put(store, p->no, p->old, p->answers, err);
    return rc == GA_OK ? ga_same_put(store, p, err) : rc;
}

struct misfits {
    struct ga_store *store;
    int64_t no;
    struct ga_error *err;
    enum ga_rc rc;
};

static void put_misfit(void *ctx, const char *field, const struct ga_operation_value *value)
{
    struct misfits *misfits = ctx;
    struct ga_stmt *stmt;
    char number[24];
    if (misfits->rc == GA_OK)
        misfits->rc = ga_store_stmt(misfits->store, GA_SQL_PUT_MISFIT, &stmt, misfits->err);
    if (misfits->rc != GA_OK)
        return;
    static const char *const words[] = {
        [GA_OPERATION_UNKNOWN] = "?unknown", [GA_OPERATION_REFUSED] = "?refused",
        [GA_OPERATION_NOT_APPLICABLE] = "?not_applicable"};
    const char *text = value->text;
    if (value->kind == GA_OPERATION_INTEGER)
        text = ga_num_text(number, value->integer);
    else if (value->kind <= GA_OPERATION_NOT_APPLICABLE)
        text = words[value->kind];
    ga_stmt_bind_int(stmt, 1, misfits->no);
    ga_stmt_bind_text(stmt, 2, field);
    ga_stmt_bind_text(stmt, 3, text);
    misfits->rc = ga_stmt_run(stmt, misfits->err);
}

/* Misfits are written while folding: they are what the fold could not place. In tables made anew none is of it yet. */
static enum ga_rc fold_into(struct ga_store *store, int64_t no, const struct ga_fold_head *heads, size_t count,
                            struct ga_answers *answers, struct ga_error *err)
{
    enum ga_rc rc = store->is_made_anew ? GA_OK : run_sql_of(store, GA_SQL_DROP_MISFITS, no, err);
    struct misfits misfits = {.store = store, .no = no, .err = err, .rc = rc};
    ga_fold_answers(heads, count, answers, put_misfit, &misfits);
    return misfits.rc;
}

enum ga_rc ga_project_folded(struct ga_store *store, int64_t no, const struct ga_form *form,
                             const struct ga_log_op *ops, size_t ops_count, const struct ga_answers *old,
                             struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_fold_head *heads;
    struct ga_answers answers;
    size_t heads_count;
    struct ga_projection projection = {.no = no, .answers = &answers, .old = old};
    ga_fold(ops, ops_count, &arena, &heads, &heads_count);
    if (ga_fold_is_gone(heads, heads_count)) {
        ga_arena_finish(&arena);
        if (old == NULL)
            return GA_OK;
        enum ga_rc rc = ga_project_nothing(store, no, old, err);
        return rc == GA_OK ? ga_own_drop(store, no, err) : rc;
    }
    ga_answers_init(&answers, form);
    answers.id = ops[0].op.record;
    enum ga_rc rc = fold_into(store, no, heads, heads_count, &answers, err);
    if (rc == GA_OK && !ga_uuid_is_zero(&answers.child))
        rc = ga_record_make(store, &answers.child, "", &projection.child, NULL, err);
    if (rc == GA_OK) {
        const struct ga_operation *origin = &ga_fold_origin(ops, ops_count)->op;
        projection.entered_by = origin->user;
        projection.entered_day = origin->local_day;
        projection.heads = heads;
        projection.heads_count = heads_count;
        rc = ga_project(store, &projection, err);
    }
    if (rc == GA_OK)
        rc = ga_own_put(store, no, form, &(struct ga_own){ops, ops_count, heads, heads_count}, err);
    ga_answers_finish(&answers);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_project_from_log(struct ga_store *store, int64_t no, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_log_op *ops;
    size_t count;
    enum ga_rc rc = ga_log_to_fold(store, no, &arena, &ops, &count, err);
    if (rc == GA_OK && ga_fold_has_answers(ops, count)) {
        const struct ga_form *form = ga_forms_get(&store->forms, ga_fold_origin(ops, count)->op.form, NULL);
        if (form != NULL) /* a form this computer does not have: kept, passed on, not shown */
            rc = ga_project_folded(store, no, form, ops, count, NULL, err);
    }
    ga_arena_finish(&arena);
    return rc;
}
