/* Hands what was answered differently to the one person who is to settle it. */
#include "guanai/store/conflict.h"

#include "guanai/base/alloc.h"
#include "conflict_heads.h"
#include "own.h"

#include <string.h>

static const char prefix[] = "_handed/";

enum { ASKED_AT_ONCE = 200 };

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

static bool is_about(const struct ga_conflict *conflict, const struct ga_operation_group *handed)
{
    const char *leaves = ga_own_text(handed, "leaves");
    char leaf[GA_HASH_TEXT_SIZE];
    for (size_t i = 0; i < conflict->values_count; i++)
        if (ga_str_has_word(leaves, ga_hash_text(&conflict->values[i].leaf, leaf)))
            return true;
    return false;
}

void ga_conflict_tell_handed(const struct ga_fold_head *heads, size_t count, struct ga_arena *arena,
                             struct ga_conflict *conflict)
{
    const char *id = own_id(conflict->group, arena);
    conflict->handed_to = conflict->handed_by = "";
    for (size_t i = 0; i < count; i++)
        if (strcmp(heads[i].group, id) == 0 && is_about(conflict, heads[i].value)) {
            conflict->handed_to = ga_arena_strdup(arena, ga_own_text(heads[i].value, "to"));
            conflict->handed_by = ga_arena_strdup(arena, heads[i].op->op.user);
        }
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
    struct ga_arena arena = {0};
    struct ga_conflict *conflicts;
    size_t count = 0;
    int64_t open = 0;
    *ret_count = 0;
    enum ga_rc rc = ga_conflict_count(store, &open, err);
    for (size_t offset = 0; rc == GA_OK && (int64_t)offset < open; offset += ASKED_AT_ONCE) {
        rc = ga_conflict_list(store, NULL, offset, ASKED_AT_ONCE, GA_EN, &arena, &conflicts, &count, err);
        for (size_t i = 0; rc == GA_OK && i < count; i++)
            *ret_count += to[0] != '\0' && strcmp(conflicts[i].handed_to, to) == 0;
        ga_arena_reset(&arena);
    }
    ga_arena_finish(&arena);
    return rc;
}
