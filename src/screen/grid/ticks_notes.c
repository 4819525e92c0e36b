/* Notes on what is noted of one ticked child. */
#include "grid/ticks_state.h"

#include "guanai/screen/notes.h"

static struct ticks *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct ticks, screen);
}

void ticks_read_notes(struct ga_screen *screen)
{
    struct ticks *list = state_of(screen);
    const struct ga_entry *entry = list->ticks.entry;
    ga_arena_reset(&list->note_texts);
    list->notes_count = 0;
    if (!entry->is_new)
        ga_notes_read(entry->session->store, &entry->now.id, &list->note_texts, &list->notes, &list->notes_count, NULL);
}

/* On the cell the mark stands on; those of a new record wait in its draft. */
size_t ticks_count_notes(const struct ticks *list)
{
    const struct ga_field *field = ticks_field(list);
    const struct ga_uuid *row = &ga_ticks_line(&list->ticks, list->row)->row;
    const struct ga_vec *waiting = &list->ticks.entry->notes;
    size_t count = 0;
    if (field == NULL || ga_uuid_is_zero(row))
        return 0;
    for (size_t i = 0; i < list->notes_count; i++)
        count += ga_note_is_on(&list->notes[i], field, row);
    for (size_t i = 0; i < waiting->len; i++) {
        const struct ga_draft_note *draft = GA_VEC_AT(const struct ga_draft_note, waiting, i);
        count += ga_note_is_on(&(const struct ga_note){.field = draft->field, .row = draft->row}, field, row);
    }
    return count;
}

/* A row that was only just ticked is nowhere yet that a note could stand by. */
static bool is_stored(const struct ga_entry *entry, const struct ga_field *repeat, const struct ga_uuid *row)
{
    const struct ga_rows *rows = &entry->before.repeats[repeat->index];
    for (size_t i = 0; i < rows->count; i++)
        if (ga_uuid_compare(&rows->rows[i].id, row) == 0)
            return true;
    return false;
}

void ticks_open_notes(struct ga_screen *screen)
{
    static const struct ga_uuid none;
    struct ticks *list = state_of(screen);
    struct ga_entry *entry = list->ticks.entry;
    if (!ticks_leave_cell(screen))
        return;
    if (ga_ticks_row(&list->ticks, list->row) == NULL)
        ticks_set(screen, list->row, true);
    const struct ga_uuid row = ga_ticks_line(&list->ticks, list->row)->row;
    if (!entry->is_new && !is_stored(entry, list->ticks.repeat, &row)) {
        ga_message_set(ga_screen_note(screen), "This child was only just ticked: save first, then the note can be written");
        return;
    }
    const struct ga_note_place place = {.form = entry->form,
                                        .record = entry->is_new ? none : entry->now.id,
                                        .child = entry->now.child,
                                        .field = ticks_field(list),
                                        .row = row,
                                        .entry = entry->is_new ? entry : NULL};
    ga_screen_notes_open(screen, &place, TICKS_NOTES);
}
