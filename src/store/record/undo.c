/* Takes back what a transaction brought. */
#include "fold/own.h"
#include "fold/said.h"
#include "record/undo_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/record.h"

#include <stdlib.h>
#include <string.h>

enum { STEP_RECORDS = 64 };

/* The transaction that an operation lies in. */
static enum ga_rc reach_of(struct ga_store *store, int64_t op, struct ga_reach *ret_reach, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_TXN_OF_OP, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, op);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        const int64_t first = ga_stmt_column_int(stmt, 1);
        *ret_reach = (struct ga_reach){first, ga_stmt_column_int(stmt, 2) - first + 1};
    } else if (rc == GA_OK) {
        rc = ga_error_set(err, GA_NOT_FOUND, "there is no such record");
    }
    ga_stmt_reset(stmt);
    return rc;
}

/* What was only said again in two parts is no change: neither the first operation nor the last. */
static enum ga_rc reach_at(struct ga_store *store, const struct ga_uuid *id, bool is_last, struct ga_reach *ret_reach,
                           struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_log_op *ops = NULL;
    size_t count = 0;
    int64_t no, op = 0;
    enum ga_rc rc = ga_record_no(store, id, &no, err);
    if (rc == GA_OK)
        rc = ga_log_of_record(store, no, &arena, &ops, &count, err);
    if (rc == GA_OK && count == 0)
        rc = ga_error_set(err, GA_NOT_FOUND, "there is no such record");
    if (rc == GA_OK)
        ga_said_number_first(ops, count);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        if (op == 0 || (is_last ? ops[i].no > op : ops[i].no < op))
            op = ops[i].no;
    ga_arena_finish(&arena);
    return rc == GA_OK ? reach_of(store, op, ret_reach, err) : rc;
}

enum ga_rc ga_store_reach_made(struct ga_store *store, const struct ga_uuid *id, struct ga_reach *ret_reach,
                               struct ga_error *err)
{
    return reach_at(store, id, false, ret_reach, err);
}

enum ga_rc ga_store_reach_last(struct ga_store *store, const struct ga_uuid *id, struct ga_reach *ret_reach,
                               struct ga_error *err)
{
    return reach_at(store, id, true, ret_reach, err);
}

/* Rising, as the log is in order. */
static enum ga_rc list_records(struct ga_undo *undo, struct ga_vec *numbers, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t except = 0;
    const struct ga_reach *reach = &undo->options.reach;
    enum ga_rc rc = undo->options.except == NULL ? GA_OK : ga_record_no(undo->store, undo->options.except, &except, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(undo->store->db, "SELECT DISTINCT record FROM op WHERE no BETWEEN ?1 AND ?2 AND record <> ?3"
                                              " ORDER BY record", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, reach->first_op);
    ga_stmt_bind_int(stmt, 2, reach->first_op + reach->count - 1);
    ga_stmt_bind_int(stmt, 3, except);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(numbers) = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return rc;
}

/* The field a group of the program's own is about. */
static const char *noted_field(const struct ga_undo_look *look, const struct ga_fold_head *newer)
{
    static const char settled[] = "_settled/", because[] = "_because_";
    if (ga_str_starts(newer->group, because))
        return newer->group + strlen(because);
    if (!ga_str_starts(newer->group, settled))
        return ga_own_text(newer->value, "field");
    for (size_t i = 0; i < look->heads_count; i++)
        if (ga_str_starts(look->heads[i].group, "_note/") &&
            strcmp(look->heads[i].group + strlen("_note/"), newer->group + strlen(settled)) == 0)
            return ga_own_text(look->heads[i].value, "field");
    return "";
}

/* "siblings/UUID" is of the repeat `siblings`, "siblings.age" of its field. */
static const char *name_alone(struct ga_undo *undo, const char *group)
{
    return ga_arena_strndup(&undo->arena, group, strcspn(group, "/."));
}

static void add_change(struct ga_undo *undo, const struct ga_undo_look *look, const struct ga_fold_head *by)
{
    char day[GA_DATE_SIZE];
    const struct ga_operation *newer = &by->op->op;
    const bool is_own = ga_fold_is_own(by->group), is_reason = ga_str_starts(by->group, "_because_");
    struct ga_undo_finding *finding = ga_vec_push(&undo->findings);
    *finding = (struct ga_undo_finding){
        .bar = !is_own || is_reason                         ? GA_UNDO_CHANGED
               : ga_str_starts(by->group, "_verified/") ? GA_UNDO_VERIFIED
                                                        : GA_UNDO_NOTED, .record = newer->record,
        .form = ga_forms_get(&undo->store->forms, ga_fold_origin(look->ops, look->count)->op.form, NULL),
        .group = name_alone(undo, is_own                              ? noted_field(look, by)
                                  : strchr(by->group, '/') == NULL ? ga_undo_look_changed(look, by)
                                                                   : by->group),
        .user = ga_arena_strdup(&undo->arena, newer->user),
        .day = ga_arena_strdup(&undo->arena, ga_date_iso(ga_date_from_days(newer->local_day), day)),
        .op = by->op->no};
}

static enum ga_rc look_at(struct ga_undo *undo, int64_t no, struct ga_arena *arena, struct ga_error *err)
{
    struct ga_undo_look look;
    struct ga_log_op *ops;
    size_t count;
    enum ga_rc rc = ga_log_of_record(undo->store, no, arena, &ops, &count, err);
    if (rc != GA_OK)
        return rc;
    ga_undo_look_at(undo, ops, count, arena, &look);
    for (size_t i = 0; look.fate == GA_UNDO_BARRED && i < look.newer_count; i++)
        add_change(undo, &look, look.newer[i]);
    if (look.is_made && look.fate != GA_UNDO_NOTHING)
        *(int64_t *)ga_vec_push(&undo->made) = no;
    if (look.fate == GA_UNDO_REMOVES)
        *(int64_t *)ga_vec_push(&undo->removes) = no;
    else if (look.fate == GA_UNDO_GIVES_BACK)
        *(int64_t *)ga_vec_push(&undo->gives_back) = no;
    if (look.fate == GA_UNDO_GIVES_BACK)
        undo->values += ga_undo_look_groups(&look);
    return GA_OK;
}

static enum ga_rc look_at_all(struct ga_undo *undo, const struct ga_vec *numbers, struct ga_error *err)
{
    const struct ga_check_progress *progress = undo->options.progress;
    struct ga_arena arena = {0};
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < numbers->len; i++) {
        ga_arena_reset(&arena);
        rc = look_at(undo, *GA_VEC_AT(int64_t, numbers, i), &arena, err);
        if (rc == GA_OK && progress != NULL && i % STEP_RECORDS == 0 &&
            !progress->step(progress->ctx, (int64_t)i, (int64_t)numbers->len))
            rc = ga_error_set(err, GA_CANCELLED, "stopped; nothing was written");
    }
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_undo_plan(struct ga_store *store, const struct ga_undo_options *options, struct ga_undo **ret_undo,
                        struct ga_error *err)
{
    struct ga_undo *undo = ga_alloc(sizeof(*undo));
    struct ga_vec numbers;
    *undo = (struct ga_undo){.store = store, .options = *options};
    undo->undone = ga_arena_array(&undo->arena, options->undone_count, sizeof(*undo->undone));
    if (options->undone_count > 0)
        memcpy(undo->undone, options->undone, options->undone_count * sizeof(*undo->undone));
    ga_vec_init(&undo->removes, sizeof(int64_t));
    ga_vec_init(&undo->gives_back, sizeof(int64_t));
    ga_vec_init(&undo->made, sizeof(int64_t));
    ga_vec_init(&undo->findings, sizeof(struct ga_undo_finding));
    ga_vec_init(&numbers, sizeof(int64_t));
    enum ga_rc rc = list_records(undo, &numbers, err);
    if (rc == GA_OK)
        rc = look_at_all(undo, &numbers, err);
    if (rc == GA_OK)
        rc = ga_undo_find_hanging(undo, err);
    ga_vec_finish(&numbers);
    undo->options.progress = NULL;
    if (rc == GA_OK)
        *ret_undo = undo;
    else
        ga_undo_destroy(undo);
    return rc;
}

void ga_undo_destroy(struct ga_undo *undo)
{
    if (undo == NULL)
        return;
    ga_vec_finish(&undo->removes);
    ga_vec_finish(&undo->gives_back);
    ga_vec_finish(&undo->made);
    ga_vec_finish(&undo->findings);
    ga_arena_finish(&undo->arena);
    free(undo);
}

size_t ga_undo_removes(const struct ga_undo *undo)
{
    return undo->removes.len;
}

size_t ga_undo_gives_back(const struct ga_undo *undo)
{
    return undo->gives_back.len;
}

size_t ga_undo_values(const struct ga_undo *undo)
{
    return undo->values;
}

const struct ga_undo_finding *ga_undo_findings(const struct ga_undo *undo, size_t *ret_count)
{
    *ret_count = undo->findings.len;
    return undo->findings.items;
}

struct giving_back {
    struct ga_undo *undo;
    struct ga_uuid id;
    const struct ga_form *form;
};

static enum ga_rc write_back(void *ctx, struct ga_save *save, int64_t no, const struct ga_log_op *ops, size_t count,
                             struct ga_error *err)
{
    const struct giving_back *giving = ctx;
    struct ga_undo_look look;
    struct ga_arena arena = {0};
    ga_undo_look_at(giving->undo, ops, count, &arena, &look);
    enum ga_rc rc = look.fate == GA_UNDO_GIVES_BACK
                        ? ga_undo_look_write(&look, save, no, &giving->id, giving->form, err)
                        : ga_error_set(err, GA_REFUSED, "this was changed meanwhile; please look again");
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc give_back(struct ga_undo *undo, struct ga_save *save, int64_t no, struct ga_error *err)
{
    struct giving_back giving = {.undo = undo};
    char form[64];
    enum ga_rc rc = ga_record_id(undo->store, no, &giving.id, form, err);
    if (rc != GA_OK)
        return rc;
    giving.form = ga_forms_get(&undo->store->forms, form, err);
    return giving.form == NULL ? GA_NOT_FOUND : ga_save_into(save, no, giving.form, write_back, &giving, err);
}

/* What was made last goes first: a visit before the child it was made for. */
static enum ga_rc remove_all(struct ga_undo *undo, struct ga_save *save, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = undo->removes.len; rc == GA_OK && i > 0; i--) {
        struct ga_uuid id;
        rc = ga_record_id(undo->store, *GA_VEC_AT(int64_t, &undo->removes, i - 1), &id, NULL, err);
        if (rc == GA_OK)
            rc = ga_save_remove(save, &id, err);
    }
    return rc;
}

enum ga_rc ga_undo_put(struct ga_undo *undo, struct ga_save *save, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    if (undo->findings.len > 0)
        return ga_error_set(err, GA_REFUSED, "%1 things were written since that build on it; nothing was taken back",
                            GA_NUM((int64_t)undo->findings.len));
    for (size_t i = 0; rc == GA_OK && i < undo->gives_back.len; i++)
        rc = give_back(undo, save, *GA_VEC_AT(int64_t, &undo->gives_back, i), err);
    return rc == GA_OK ? remove_all(undo, save, err) : rc;
}
