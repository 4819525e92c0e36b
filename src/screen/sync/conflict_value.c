/* Hides of answers that differ what every page hides. */
#include "sync/conflict_value.h"

#include "guanai/screen/value.h"

static bool is_masked(const struct ga_conflict *conflict, size_t field)
{
    const struct ga_field *definition = conflict->fields[field].field;
    return conflict->kind != GA_CONFLICT_REMOVAL && conflict->form != NULL && definition != NULL &&
           ga_screen_is_masked(conflict->form, definition);
}

bool ga_conflict_is_masked(const struct ga_conflict *conflict)
{
    for (size_t i = 0; i < conflict->fields_count; i++)
        if (is_masked(conflict, i))
            return true;
    return false;
}

const char *ga_conflict_text_shown(const struct ga_conflict *conflict, size_t value, size_t field, bool is_revealed,
                                   struct ga_arena *arena)
{
    const char *text = conflict->values[value].texts[field];
    struct ga_str masked = {0};
    if (is_revealed || !is_masked(conflict, field))
        return text;
    ga_screen_add_masked(conflict->fields[field].field, text, &masked);
    text = ga_arena_strdup(arena, ga_str_text(&masked));
    ga_str_finish(&masked);
    return text;
}

const char *ga_conflict_value_shown(const struct ga_session *session, const struct ga_conflict *conflict, size_t value,
                                    bool is_revealed, struct ga_arena *arena)
{
    if (is_revealed || !ga_conflict_is_masked(conflict))
        return ga_conflicts_value_text(session, conflict, value, arena);
    struct ga_conflict_value shown = conflict->values[value];
    struct ga_conflict hidden = *conflict;
    const char **texts = ga_arena_array(arena, conflict->fields_count, sizeof(*texts));
    for (size_t i = 0; i < conflict->fields_count; i++)
        texts[i] = ga_conflict_text_shown(conflict, value, i, false, arena);
    shown.texts = texts;
    hidden.values = &shown;
    return ga_conflicts_value_text(session, &hidden, 0, arena);
}
