/* Keeps the tables of notes and second typings in step with the operations of a record. */
#include "fold/own.h"
#include "fold/said.h"

#include "guanai/store/operation_order.h"

#include <stdlib.h>
#include <string.h>

const char ga_store_own_schema[] =
    "CREATE TABLE IF NOT EXISTS _note(record INTEGER NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, row TEXT,"
    " protect INTEGER NOT NULL, text TEXT NOT NULL, user TEXT NOT NULL, typist TEXT, day INTEGER NOT NULL,"
    " ms INTEGER NOT NULL, in_doubt INTEGER NOT NULL, settled_by TEXT, settled_day INTEGER, settled_ms INTEGER,"
    " PRIMARY KEY(record, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS _verified(record INTEGER NOT NULL, field TEXT NOT NULL, outcome TEXT NOT NULL,"
    " typed TEXT, reason TEXT, user TEXT NOT NULL, typist TEXT, day INTEGER NOT NULL, ms INTEGER NOT NULL,"
    " by_same INTEGER NOT NULL, PRIMARY KEY(record, field)) STRICT, WITHOUT ROWID;";

static const char note_prefix[] = "_note/", settled_prefix[] = "_settled/", verified_prefix[] = "_verified/";

const struct ga_operation_value *ga_own_value(const struct ga_operation_group *group, const char *id)
{
    for (size_t i = 0; i < group->fields_count; i++)
        if (strcmp(group->fields[i].id, id) == 0)
            return &group->fields[i].value;
    return NULL;
}

const char *ga_own_text(const struct ga_operation_group *group, const char *id)
{
    const struct ga_operation_value *value = ga_own_value(group, id);
    return value != NULL && value->kind == GA_OPERATION_TEXT ? value->text : "";
}

/* The only head of a group; NULL: none, or two computers say different things. */
static const struct ga_fold_head *only_head(const struct ga_own *own, const char *group, bool *ret_is_there)
{
    const struct ga_fold_head *found = NULL;
    size_t count = 0;
    for (size_t i = 0; i < own->heads_count; i++)
        if (strcmp(own->heads[i].group, group) == 0) {
            found = &own->heads[i];
            count++;
        }
    *ret_is_there = count > 0;
    return count == 1 ? found : NULL;
}

const struct ga_fold_head *ga_own_holder(const struct ga_own *own, const struct ga_field *field)
{
    bool is_there;
    const struct ga_fold_head *found = only_head(own, ga_field_group(field), &is_there);
    if (is_there)
        return found != NULL && ga_own_value(found->value, field->name) != NULL ? found : NULL;
    for (size_t i = 0; i < own->heads_count; i++) { /* saved when the form had it in another group */
        const struct ga_fold_head *head = &own->heads[i];
        if (ga_fold_is_own(head->group) || strchr(head->group, '/') != NULL ||
            ga_own_value(head->value, field->name) == NULL)
            continue;
        if (found != NULL || only_head(own, head->group, &is_there) == NULL)
            return NULL;
        found = head;
    }
    return found;
}

/* A walk back from what holds a value over those that held the same. */
struct walk {
    const struct ga_own *own;
    const char *group, *field;
    bool *seen; /* one per operation */
};

/* The next that this operation replaced, with the same value; NULL: no more. *ret_has_any: there was one at all. */
static const struct ga_log_op *step_back(const struct walk *walk, const struct ga_log_op *op, bool *ret_has_any)
{
    const struct ga_operation_group *now = ga_said_group(&op->op, walk->group);
    *ret_has_any = false;
    for (size_t r = 0; r < now->replaces_count; r++)
        for (size_t i = 0; i < walk->own->ops_count; i++) {
            const struct ga_log_op *before = &walk->own->ops[i];
            const struct ga_operation_group *old =
                ga_hash_equal(&before->leaf, &op->op.replaced[now->replaces[r]]) ? ga_said_group(&before->op, walk->group) : NULL;
            const struct ga_operation_value *value = old == NULL ? NULL : ga_own_value(old, walk->field);
            if (value == NULL || !ga_operation_value_equal(value, ga_own_value(now, walk->field)))
                continue;
            *ret_has_any = true;
            if (walk->seen[i])
                continue;
            walk->seen[i] = true;
            return before;
        }
    return NULL;
}

/* All ways back, each operation once: a save may have settled several values into one. The least of the ends. */
const struct ga_log_op *ga_own_origin(const struct ga_own *own, const struct ga_fold_head *holder, const char *field,
                                      const struct ga_hash *leaf, bool *ret_passed)
{
    struct ga_arena arena = {0};
    const struct ga_log_op **way = ga_arena_array(&arena, own->ops_count + 1, sizeof(*way)), *origin = NULL;
    struct walk walk = {own, holder->group, field, ga_arena_array(&arena, own->ops_count, sizeof(bool))};
    size_t depth = 0;
    bool has_passed = false, has_any;
    for (way[depth++] = holder->op; depth > 0;) {
        const struct ga_log_op *op = way[depth - 1], *before = step_back(&walk, op, &has_any);
        has_passed |= leaf != NULL && ga_hash_equal(&op->leaf, leaf);
        if (!has_any && (origin == NULL || ga_hash_compare(&op->leaf, &origin->leaf) < 0))
            origin = op;
        if (before == NULL)
            depth--;
        else
            way[depth++] = before;
    }
    ga_arena_finish(&arena);
    if (ret_passed != NULL)
        *ret_passed = has_passed;
    return origin != NULL ? origin : holder->op;
}

/* A group of the program's own in one of the operations. */
struct said {
    const struct ga_log_op *op;
    const struct ga_operation_group *group;
};

static int compare_said(const void *a, const void *b)
{
    const struct said *left = a, *right = b;
    const int ids = strcmp(left->group->id, right->group->id);
    return ids != 0 ? ids : ga_hash_compare(&left->op->leaf, &right->op->leaf);
}

/* Everything ever said under ids of this kind, whatever replaces it, each id once. */
static void gather(const struct ga_own *own, const char *prefix, struct ga_vec *said)
{
    size_t kept = 0;
    ga_vec_clear(said);
    for (size_t i = 0; i < own->ops_count; i++)
        for (size_t g = 0; g < own->ops[i].op.groups_count; g++)
            if (ga_str_starts(own->ops[i].op.groups[g].id, prefix))
                *(struct said *)ga_vec_push(said) = (struct said){&own->ops[i], &own->ops[i].op.groups[g]};
    if (said->len > 1)
        qsort(said->items, said->len, said->item_bytes, compare_said);
    struct said *list = said->items;
    for (size_t i = 0; i < said->len; i++)
        if (kept == 0 || strcmp(list[kept - 1].group->id, list[i].group->id) != 0)
            list[kept++] = list[i];
    said->len = kept;
}

/* Who settled it; NULL: it is open. The least leaf among several that agree. */
static const struct ga_log_op *settler_of(const struct ga_own *own, const char *uuid)
{
    const struct ga_log_op *settler = NULL;
    for (size_t i = 0; i < own->heads_count; i++) {
        const struct ga_fold_head *head = &own->heads[i];
        if (!ga_str_starts(head->group, settled_prefix) || strcmp(head->group + strlen(settled_prefix), uuid) != 0)
            continue;
        const struct ga_operation_value *value = ga_own_value(head->value, "settled");
        if (value == NULL || value->kind != GA_OPERATION_INTEGER || value->integer != 1)
            return NULL;
        settler = settler == NULL ? head->op : settler;
    }
    return settler;
}

static const char *typist_of(const struct ga_operation *op)
{
    return op->typist == NULL || op->typist[0] == '\0' ? NULL : op->typist;
}

/* Who sat at the keys. */
static const char *hands_of(const struct ga_operation *op)
{
    return typist_of(op) != NULL ? op->typist : op->user;
}

static enum ga_rc put_note(struct ga_store *store, int64_t no, const struct ga_own *own, const struct said *said,
                           struct ga_error *err)
{
    const struct ga_operation *op = &said->op->op;
    const char *uuid = said->group->id + strlen(note_prefix), *row = ga_own_text(said->group, "row");
    const struct ga_log_op *settler = settler_of(own, uuid);
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_PUT_NOTE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    ga_stmt_bind_text(stmt, 2, uuid);
    ga_stmt_bind_text(stmt, 3, ga_own_text(said->group, "field"));
    ga_stmt_bind_text(stmt, 4, row[0] == '\0' ? NULL : row);
    ga_stmt_bind_int(stmt, 5, op->protection);
    ga_stmt_bind_text(stmt, 6, ga_own_text(said->group, "text"));
    ga_stmt_bind_text(stmt, 7, op->user);
    ga_stmt_bind_text(stmt, 8, typist_of(op));
    ga_stmt_bind_int(stmt, 9, op->local_day);
    ga_stmt_bind_int(stmt, 10, op->local_ms);
    ga_stmt_bind_int(stmt, 11, op->is_clock_in_doubt);
    if (settler != NULL) {
        ga_stmt_bind_text(stmt, 12, hands_of(&settler->op));
        ga_stmt_bind_int(stmt, 13, settler->op.local_day);
        ga_stmt_bind_int(stmt, 14, settler->op.local_ms);
    }
    return ga_stmt_run(stmt, err);
}

/* Is the value still the one that was typed a second time? Then who brought it in. */
static const struct ga_log_op *standing_of(const struct ga_own *own, const struct ga_field *field,
                                           const struct said *said)
{
    const struct ga_fold_head *holder = ga_own_holder(own, field);
    struct ga_hash leaf;
    bool has_passed = false;
    if (holder == NULL || !ga_hash_parse(ga_own_text(said->group, "leaf"), &leaf) ||
        ga_own_value(holder->value, field->name)->kind <= GA_OPERATION_NOT_APPLICABLE)
        return NULL;
    const struct ga_log_op *origin = ga_own_origin(own, holder, field->name, &leaf, &has_passed);
    return has_passed ? origin : NULL;
}

static enum ga_rc put_verified(struct ga_store *store, int64_t no, const struct ga_log_op *typed, const struct said *said,
                               struct ga_error *err)
{
    const struct ga_operation *op = &said->op->op;
    const char *second = ga_own_text(said->group, "typed"), *reason = ga_own_text(said->group, "reason");
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_PUT_VERIFIED, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    ga_stmt_bind_text(stmt, 2, ga_own_text(said->group, "field"));
    ga_stmt_bind_text(stmt, 3, ga_own_text(said->group, "outcome"));
    ga_stmt_bind_text(stmt, 4, second[0] == '\0' ? NULL : second);
    ga_stmt_bind_text(stmt, 5, reason[0] == '\0' ? NULL : reason);
    ga_stmt_bind_text(stmt, 6, op->user);
    ga_stmt_bind_text(stmt, 7, typist_of(op));
    ga_stmt_bind_int(stmt, 8, op->local_day);
    ga_stmt_bind_int(stmt, 9, op->local_ms);
    ga_stmt_bind_int(stmt, 10, strcmp(hands_of(op), hands_of(&typed->op)) == 0);
    return ga_stmt_run(stmt, err);
}

static bool is_left_open(const struct said *said)
{
    return strcmp(ga_own_text(said->group, "outcome"), "open") == 0;
}

/* One row a field: what settled it goes before what left it open, then the least id. */
static enum ga_rc put_all_verified(struct ga_store *store, int64_t no, const struct ga_form *form, const struct ga_own *own,
                                   const struct ga_vec *said, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (int open = 0; open <= 1; open++)
        for (size_t i = 0; rc == GA_OK && i < said->len; i++) {
            const struct said *one = ga_vec_at(said, i);
            const struct ga_field *field = ga_form_field(form, ga_own_text(one->group, "field"));
            const struct ga_log_op *typed =
                field == NULL || field->parent != NULL || is_left_open(one) != (open == 1) ? NULL
                                                                                          : standing_of(own, field, one);
            if (typed != NULL) /* a field that has a row keeps it */
                rc = put_verified(store, no, typed, one, err);
        }
    return rc;
}

static enum ga_rc drop(struct ga_store *store, enum ga_sql sql, int64_t no, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    return ga_stmt_run(stmt, err);
}

enum ga_rc ga_own_drop(struct ga_store *store, int64_t no, struct ga_error *err)
{
    enum ga_rc rc = drop(store, GA_SQL_DROP_NOTES, no, err);
    return rc == GA_OK ? drop(store, GA_SQL_DROP_VERIFIED, no, err) : rc;
}

/* The program's own heads go before all others. */
static bool has_own(const struct ga_own *own)
{
    for (size_t i = 0; i < own->heads_count && ga_fold_is_own(own->heads[i].group); i++)
        if (ga_str_starts(own->heads[i].group, note_prefix) || ga_str_starts(own->heads[i].group, verified_prefix))
            return true;
    return false;
}

enum ga_rc ga_own_put(struct ga_store *store, int64_t no, const struct ga_form *form, const struct ga_own *own,
                      struct ga_error *err)
{
    struct ga_vec said;
    if (!has_own(own)) /* the set only grows: what is not here never had a row */
        return GA_OK;
    ga_vec_init(&said, sizeof(struct said));
    enum ga_rc rc = ga_own_drop(store, no, err);
    gather(own, note_prefix, &said);
    for (size_t i = 0; rc == GA_OK && i < said.len; i++)
        rc = put_note(store, no, own, ga_vec_at(&said, i), err);
    gather(own, verified_prefix, &said);
    if (rc == GA_OK)
        rc = put_all_verified(store, no, form, own, &said, err);
    ga_vec_finish(&said);
    return rc;
}
