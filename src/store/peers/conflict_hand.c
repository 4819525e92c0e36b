/* Keeps the table of what was answered differently, with the one person to whom it was handed. */
#include "guanai/store/conflict.h"

#include "fold/own.h"
#include "guanai/base/alloc.h"
#include "peers/conflict_heads.h"

#include <string.h>

static const char prefix[] = "_handed/";

/* One a field group: who hands it on once more replaces what was said before. */
static const char *own_id(const char *group, struct ga_arena *arena)
{
    struct ga_hash hash;
    struct ga_uuid id;
    char text[GA_UUID_TEXT_SIZE];
    ga_hash_bytes("guanai.handed", group, strlen(group), &hash);
    memcpy(id.bytes, hash.bytes, sizeof(id.bytes));
    return ga_arena_printf(arena, "%s%s", prefix, ga_uuid_text(&id, text));
}

/* What is to be settled: of a removal, itself and one that it did not know; else all values of the group. */
static bool names_one(const char *leaves, const struct ga_fold_head *group, size_t of_group, const struct ga_fold_head *heads,
                      size_t count)
{
    char leaf[GA_HASH_TEXT_SIZE];
    if (strcmp(group[0].group, "_gone") == 0) {
        const struct ga_fold_head *removal = ga_fold_removal(group, of_group);
        const struct ga_fold_head *unknown = ga_fold_unknown_to(removal, heads, count);
        return ga_str_has_word(leaves, ga_hash_text(&removal->op->leaf, leaf)) ||
               (unknown != NULL && ga_str_has_word(leaves, ga_hash_text(&unknown->op->leaf, leaf)));
    }
    for (size_t i = 0; i < of_group; i++)
        if (ga_str_has_word(leaves, ga_hash_text(&group[i].op->leaf, leaf)))
            return true;
    return false;
}

const struct ga_fold_head *ga_conflict_handing(const struct ga_fold_head *group, size_t of_group,
                                               const struct ga_fold_head *heads, size_t count)
{
    struct ga_arena arena = {0};
    const struct ga_fold_head *found = NULL;
    const char *id = NULL;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(heads[i].group, prefix, sizeof(prefix) - 1) != 0)
            continue;
        id = id == NULL ? own_id(group[0].group, &arena) : id;
        if (strcmp(heads[i].group, id) == 0 && names_one(ga_own_text(heads[i].value, "leaves"), group, of_group, heads, count))
            found = &heads[i];
    }
    ga_arena_finish(&arena);
    return found;
}

static struct ga_operation_value text_value(const char *text)
{
    return text[0] == '\0' ? (struct ga_operation_value){.kind = GA_OPERATION_CLEAR}
                           : (struct ga_operation_value){.kind = GA_OPERATION_TEXT, .text = text, .text_len = strlen(text)};
}

static enum ga_rc put_handed(struct ga_save *save, const struct ga_conflict *conflict, const char *to, struct ga_arena *arena,
                             struct ga_error *err)
{
    struct ga_str leaves = {0};
    char leaf[GA_HASH_TEXT_SIZE];
    for (size_t i = 0; i < conflict->values_count; i++)
        ga_str_addf(&leaves, "%s%s", i > 0 ? " " : "", ga_hash_text(&conflict->values[i].leaf, leaf));
    const struct ga_operation_field fields[] = {{"group", text_value(conflict->group)},
                                                {"leaves", text_value(ga_str_text(&leaves))},
                                                {"to", text_value(to)}};
    const struct ga_own_group group = {.id = own_id(conflict->group, arena), .protect = GA_PROTECT_PUBLIC,
                                       .fields = fields, .fields_count = GA_COUNT(fields)};
    const enum ga_rc rc = ga_save_put_own(save, &conflict->record, &group, 1, err);
    ga_str_finish(&leaves);
    return rc;
}

enum ga_rc ga_conflict_hand(struct ga_store *store, const struct ga_conflict *conflict, const char *to, struct ga_error *err)
{
    struct ga_save *save;
    struct ga_arena arena = {0};
    enum ga_rc rc = ga_save_begin(store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = put_handed(save, conflict, to, &arena, err);
    ga_arena_finish(&arena);
    if (rc == GA_OK)
        return ga_save_commit(save, err);
    ga_save_abandon(save);
    return rc;
}

enum ga_rc ga_conflict_count_handed(struct ga_store *store, const char *to, int64_t *ret_count, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    *ret_count = 0;
    enum ga_rc rc = ga_conflict_count(store, ret_count, err);
    if (rc != GA_OK || *ret_count == 0) /* as on most days: the first page asks at each start */
        return rc;
    rc = ga_store_stmt(store, GA_SQL_COUNT_HANDED, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, to);
    rc = ga_stmt_step(stmt, &has_row, err);
    *ret_count = rc == GA_OK && has_row ? ga_stmt_column_int(stmt, 0) : 0;
    ga_stmt_reset(stmt);
    return rc;
}

bool ga_conflict_is_others(struct ga_store *store, const struct ga_uuid *record, const char *group)
{
    struct ga_stmt *stmt;
    int64_t no;
    bool has_row = false;
    if (ga_record_no(store, record, &no, NULL) != GA_OK || ga_store_stmt(store, GA_SQL_GET_HANDED, &stmt, NULL) != GA_OK)
        return false;
    ga_stmt_bind_int(stmt, 1, no);
    ga_stmt_bind_text(stmt, 2, group);
    const bool is_others = ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row &&
                           strcmp(ga_stmt_column_text(stmt, 0), ga_store_typist(store)) != 0;
    ga_stmt_reset(stmt);
    return is_others;
}

/* ---- the table ---- */

enum ga_rc ga_conflicts_put(struct ga_store *store, int64_t no, const struct ga_fold_head *heads, size_t count,
                            struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = store->is_made_anew ? GA_OK : ga_conflicts_drop(store, no, err);
    for (size_t i = 0, of_group; rc == GA_OK && i < count; i += of_group) {
        of_group = ga_heads_of_group(&heads[i], count - i);
        if (!ga_heads_differ(&heads[i], of_group))
            continue;
        const struct ga_fold_head *handing = ga_conflict_handing(&heads[i], of_group, heads, count);
        rc = ga_store_stmt(store, GA_SQL_PUT_CONFLICT, &stmt, err);
        if (rc != GA_OK)
            return rc;
        ga_stmt_bind_int(stmt, 1, no);
        ga_stmt_bind_text(stmt, 2, heads[i].group);
        ga_stmt_bind_text(stmt, 3, handing == NULL ? "" : ga_own_text(handing->value, "to"));
        rc = ga_stmt_run(stmt, err);
    }
    return rc;
}

enum ga_rc ga_conflicts_drop(struct ga_store *store, int64_t no, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_DROP_CONFLICTS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    return ga_stmt_run(stmt, err);
}

static enum ga_rc put_again(struct ga_store *store, int64_t no, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_fold_head *heads;
    struct ga_log_op *ops;
    size_t count, heads_count;
    enum ga_rc rc = ga_log_of_record(store, no, &arena, &ops, &count, err);
    if (rc == GA_OK) {
        ga_fold(ops, count, &arena, &heads, &heads_count);
        rc = ga_conflicts_put(store, no, heads, heads_count, err);
    }
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_conflicts_put_again(struct ga_store *store, struct ga_error *err)
{
    int64_t no = 0;
    for (;;) {
        struct ga_stmt *stmt;
        bool has_row = false;
        enum ga_rc rc = ga_store_stmt(store, GA_SQL_NEXT_CONFLICT, &stmt, err);
        if (rc != GA_OK)
            return rc;
        ga_stmt_bind_int(stmt, 1, no);
        rc = ga_stmt_step(stmt, &has_row, err);
        no = rc == GA_OK && has_row ? ga_stmt_column_int(stmt, 0) : no;
        ga_stmt_reset(stmt);
        if (rc != GA_OK || !has_row)
            return rc;
        rc = put_again(store, no, err);
        if (rc != GA_OK)
            return rc;
    }
}
