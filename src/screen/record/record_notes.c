/* Notes on the fields of the form that is filled in: which fields have some, the box to read and write them. */
#include "record/record_state.h"

#include "guanai/screen/notes.h"

void record_read_notes(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    ga_arena_reset(&record->notes.arena);
    record->notes.count = 0;
    if (!record->entry->is_new)
        ga_notes_read(record->entry->session->store, &record->entry->now.id, &record->notes.arena, &record->notes.list,
                      &record->notes.count, NULL);
}

/* Of a new record they wait in its draft, all of them open. */
static size_t count_waiting(const struct record *record, const struct record_item *item)
{
    size_t count = 0;
    for (size_t i = 0; i < record->entry->notes.len; i++) {
        const struct ga_draft_note *waiting = ga_vec_at(&record->entry->notes, i);
        const struct ga_note note = {.field = waiting->field, .row = waiting->row};
        count += ga_note_is_on(&note, item->field, &item->row);
    }
    return count;
}

size_t record_count_notes(const struct record *record, const struct record_item *item, size_t *ret_open)
{
    size_t count = *ret_open = count_waiting(record, item);
    for (size_t i = 0; i < record->notes.count; i++) {
        const bool is_here = ga_note_is_on(&record->notes.list[i], item->field, &item->row);
        count += is_here;
        *ret_open += is_here && record->notes.list[i].settled_by == NULL;
    }
    return count;
}

void record_open_notes(struct ga_screen *screen)
{
    struct record *record = GA_STATE(struct record, screen);
    struct ga_entry *entry = record->entry;
    record_keep_draft(screen);
    static const struct ga_uuid none;
    const struct ga_note_place place = {.form = entry->form,
                                        .record = entry->is_new ? none : entry->now.id,
                                        .child = entry->now.child,
                                        .field = record->box.field,
                                        .row = record->box.row,
                                        .entry = entry->is_new ? entry : NULL};
    ga_screen_notes_open(screen, &place, TAG_NOTES);
}
