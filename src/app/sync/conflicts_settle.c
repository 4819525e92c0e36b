/* Settles what was answered differently, opens it again. */
#include "guanai/app/conflicts.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/store/undo.h"
#include "sync/conflicts_inner.h"

#include <stdio.h>
#include <string.h>

static const char setting[] = "conflict_settled";

enum ga_rc ga_conflicts_type(struct ga_session *session, const struct ga_conflict *conflict, size_t field, const char *text,
                             struct ga_arena *arena, struct ga_conflict_typed *ret_typed, struct ga_error *err)
{
    const struct ga_field *definition = conflict->fields[field].field;
    const struct ga_parse_context ctx = {.today = session->rules_today};
    struct ga_value value;
    if (definition == NULL)
        return ga_error_set(err, GA_REFUSED, "'%1' is no field of the form here", conflict->fields[field].id);
    if (definition->calculation.text != NULL)
        return ga_error_set(err, GA_REFUSED, "%1 is computed from other fields", conflict->fields[field].label);
    const enum ga_rc rc = ga_field_parse(definition, &ctx, text, arena, &value, NULL, err);
    if (rc != GA_OK)
        return rc;
    *ret_typed = (struct ga_conflict_typed){.field = conflict->fields[field].id,
                                            .answer = {.state = value.kind == GA_VALUE_NULL ? GA_EMPTY : GA_ANSWERED, .value = value}};
    return GA_OK;
}

/* What came after the sheet is left out, unless it is what was picked: then somebody has seen it. */
static struct ga_conflict as_seen(const struct ga_choice_made *made, struct ga_arena *arena, size_t *ret_pick)
{
    const struct ga_numbered *numbered = made->numbered;
    struct ga_conflict seen = *numbered->conflict;
    *ret_pick = made->pick;
    if (made->pick >= seen.values_count || numbered->is_unseen[made->pick] || seen.kind == GA_CONFLICT_REMOVAL)
        return seen;
    struct ga_conflict_value *values = ga_arena_array(arena, seen.values_count, sizeof(*values));
    size_t count = 0;
    for (size_t i = 0; i < seen.values_count; i++) {
        if (numbered->is_unseen[i])
            continue;
        if (i == made->pick)
            *ret_pick = count;
        values[count++] = seen.values[i];
    }
    seen.values = values;
    seen.values_count = count;
    return seen;
}

/* "FIRST COUNT NUMBER …": what the save wrote stands behind what any save of the first record wrote; the rows it settled. */
static void note_settled(struct ga_session *session, const struct ga_choice_made *made, size_t count)
{
    struct ga_reach reach;
    struct ga_str text = {0};
    if (ga_store_reach_last(session->store, &made[0].numbered->conflict->record, &reach, NULL) != GA_OK)
        return;
    ga_str_addf(&text, "%lld %lld", (long long)reach.first_op, (long long)reach.count);
    for (size_t i = 0; i < count; i++)
        ga_str_addf(&text, " %d", made[i].numbered->number);
    ga_store_set_setting(session->store, setting, ga_str_text(&text), NULL); /* without it nothing is taken back, no more */
    ga_str_finish(&text);
}

const char *ga_conflicts_settled_numbers(struct ga_session *session, struct ga_arena *arena)
{
    struct ga_str text = {0};
    long long first, ops;
    int at = 0;
    ga_store_read_setting(session->store, setting, &text, NULL);
    sscanf(ga_str_text(&text), "%lld %lld%n", &first, &ops, &at);
    const char *numbers = ga_arena_strdup(arena, ga_str_text(&text) + at);
    ga_str_finish(&text);
    return numbers;
}

enum ga_rc ga_conflicts_settle(struct ga_session *session, const struct ga_choice_made *made, size_t count, struct ga_error *err)
{
    struct ga_save *save;
    struct ga_arena arena = {0};
    if (count == 0)
        return GA_OK;
    enum ga_rc rc = ga_save_begin(session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        size_t pick;
        const struct ga_conflict seen = as_seen(&made[i], &arena, &pick);
        rc = ga_conflict_put(save, &seen, pick, made[i].typed, made[i].typed_count, err);
    }
    if (rc == GA_OK)
        rc = ga_save_commit(save, err);
    else
        ga_save_abandon(save);
    if (rc == GA_OK)
        note_settled(session, made, count);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_conflicts_settle_obvious(struct ga_session *session, const struct ga_numbered *list, size_t count,
                                       size_t *ret_settled, struct ga_error *err)
{
    struct ga_vec made;
    ga_vec_init(&made, sizeof(struct ga_choice_made));
    for (size_t i = 0; i < count; i++)
        if (list[i].obvious != GA_OBVIOUS_NOT)
            *(struct ga_choice_made *)ga_vec_push(&made) = (struct ga_choice_made){.numbered = &list[i], .pick = list[i].pick};
    const enum ga_rc rc = ga_conflicts_settle(session, made.items, made.len, err);
    *ret_settled = rc == GA_OK ? made.len : 0;
    ga_vec_finish(&made);
    return rc;
}

static enum ga_rc take_back(struct ga_session *session, const struct ga_reach *reach, size_t *ret_open, struct ga_error *err)
{
    const struct ga_undo_options options = {.reach = *reach};
    struct ga_undo *undo;
    struct ga_save *save = NULL;
    enum ga_rc rc = ga_undo_plan(session->store, &options, &undo, err);
    if (rc != GA_OK)
        return rc;
    *ret_open = ga_undo_values(undo);
    rc = ga_save_begin(session->store, &save, err);
    if (rc == GA_OK)
        rc = ga_undo_put(undo, save, err);
    if (rc == GA_OK)
        rc = ga_save_commit(save, err);
    else
        ga_save_abandon(save);
    ga_undo_destroy(undo);
    return rc;
}

enum ga_rc ga_conflicts_take_back(struct ga_session *session, size_t *ret_open, struct ga_error *err)
{
    const char *said = ga_store_setting(session->store, setting);
    long long first = 0, count = 0;
    if (said == NULL || sscanf(said, "%lld %lld", &first, &count) != 2 || count <= 0)
        return ga_error_set(err, GA_NOT_FOUND, "nothing was settled here that could be taken back");
    const struct ga_reach reach = {.first_op = first, .count = count};
    const enum ga_rc rc = take_back(session, &reach, ret_open, err);
    return rc == GA_OK ? ga_store_set_setting(session->store, setting, "", err) : rc;
}

const char *ga_conflicts_headteacher(struct ga_session *session, struct ga_arena *arena)
{
    const char *name = ga_store_setting(session->store, "administrator");
    return name == NULL ? "" : ga_arena_strdup(arena, name);
}
