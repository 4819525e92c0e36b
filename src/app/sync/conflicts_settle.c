/* Settles what was answered differently, opens it again. */
#include "guanai/app/conflicts.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
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
    const struct ga_parse_context ctx = {.today = session->rules_today, .lang = session->lang};
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

/* ---- what was settled last ---- */

/* "FIRST COUNT", "NUMBER …", "NUMBER …", "NAME", a line each: what the save wrote, the rows it settled, those of them that had been
 * handed to somebody, and who that was: nobody else could settle them, nobody else takes them back. */
struct settled {
    struct ga_reach reach;
    const char *numbers, *handed, *by;
};

static void read_settled(struct ga_session *session, struct ga_arena *arena, struct settled *ret_settled)
{
    struct ga_str text = {0};
    long long first = 0, count = 0;
    ga_store_read_setting(session->store, setting, &text, NULL);
    char *rest = ga_arena_strdup(arena, ga_str_text(&text));
    const char *lines[4] = {"", "", "", ""};
    for (size_t i = 0; i < GA_COUNT(lines) && rest != NULL; i++)
        lines[i] = strsep(&rest, "\n");
    if (sscanf(lines[0], "%lld %lld", &first, &count) != 2)
        count = 0;
    *ret_settled = (struct settled){{first, count}, lines[1], lines[2], lines[3]};
    ga_str_finish(&text);
}

static void add_numbers(struct ga_str *text, const struct ga_choice_made *made, size_t count, bool handed_only)
{
    ga_str_add_char(text, '\n');
    for (size_t i = 0; i < count; i++)
        if (!handed_only || made[i].numbered->conflict->handed_to[0] != '\0')
            ga_str_addf(text, "%d ", made[i].numbered->number);
}

/* What the save wrote stands behind what any save of the first record wrote. */
static void note_settled(struct ga_session *session, const struct ga_choice_made *made, size_t count)
{
    struct ga_reach reach;
    struct ga_str text = {0};
    if (ga_store_reach_last(session->store, &made[0].numbered->conflict->record, &reach, NULL) != GA_OK)
        return;
    ga_str_addf(&text, "%lld %lld", (long long)reach.first_op, (long long)reach.count);
    add_numbers(&text, made, count, false);
    add_numbers(&text, made, count, true);
    ga_str_addf(&text, "\n%s", ga_store_typist(session->store));
    ga_store_set_setting(session->store, setting, ga_str_text(&text), NULL); /* without it nothing is taken back, no more */
    ga_str_finish(&text);
}

const char *ga_conflicts_settled_numbers(struct ga_session *session, struct ga_arena *arena)
{
    struct settled settled;
    read_settled(session, arena, &settled);
    return settled.numbers;
}

/* ---- settling ---- */

/* Who takes a record out by the sheet does not know of what was changed since. */
static enum ga_rc check_removal(const struct ga_choice_made *made, struct ga_error *err)
{
    const struct ga_numbered *numbered = made->numbered;
    const struct ga_conflict *conflict = numbered->conflict;
    const bool takes_out = conflict->kind == GA_CONFLICT_REMOVAL && made->pick < conflict->values_count && conflict->values[made->pick].is_removal;
    for (size_t i = 0; takes_out && i < conflict->values_count; i++)
        if (numbered->is_unseen[i] && i != made->pick)
            return ga_error_set(err, GA_REFUSED, "row %1 was changed again after the sheet was written: print it anew before you take the record out",
                                GA_NUM(numbered->number));
    return GA_OK;
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
        rc = check_removal(&made[i], err);
        if (rc == GA_OK)
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

/* Open again, they wait for the one they had been handed to. */
static enum ga_rc hand_again(struct ga_session *session, const struct settled *settled, struct ga_arena *arena, struct ga_error *err)
{
    struct ga_numbered *list = NULL;
    size_t count = 0;
    enum ga_rc rc = settled->handed[0] == '\0' ? GA_OK : ga_conflicts_read(session, arena, &list, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        if (ga_str_has_word(settled->handed, GA_NUM(list[i].number)))
            rc = ga_conflict_hand(session->store, list[i].conflict, settled->by, err);
    return rc;
}

enum ga_rc ga_conflicts_take_back(struct ga_session *session, size_t *ret_open, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct settled settled;
    read_settled(session, &arena, &settled);
    enum ga_rc rc = GA_OK;
    if (settled.reach.count <= 0)
        rc = ga_error_set(err, GA_NOT_FOUND, "nothing was settled here that could be taken back");
    else if (settled.handed[0] != '\0' && strcmp(settled.by, ga_store_typist(session->store)) != 0)
        rc = ga_error_set(err, GA_DENIED, "this was handed to %1, who settles it", settled.by);
    if (rc == GA_OK)
        rc = take_back(session, &settled.reach, ret_open, err);
    if (rc == GA_OK)
        rc = hand_again(session, &settled, &arena, err);
    if (rc == GA_OK)
        rc = ga_store_set_setting(session->store, setting, "", err);
    ga_arena_finish(&arena);
    return rc;
}

const char *ga_conflicts_headteacher(struct ga_session *session, struct ga_arena *arena)
{
    const char *name = ga_store_setting(session->store, "administrator");
    return name == NULL ? "" : ga_arena_strdup(arena, name);
}
