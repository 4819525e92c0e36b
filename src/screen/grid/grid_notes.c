/* Notes on the cell of the batch screen. */
#include "grid/grid_parts.h"

#include "guanai/screen/notes.h"

static struct grid *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct grid, screen);
}

/* Of a row that is saved they stand in its record, where F11 shows them; these wait for the table to be saved. */
size_t grid_count_notes(const struct grid *grid)
{
    const struct ga_batch_row *row = grid_row(grid);
    const struct ga_vec *waiting = row->entry != NULL ? &row->entry->notes : NULL;
    size_t count = 0;
    for (size_t i = 0; waiting != NULL && i < waiting->len; i++) {
        const struct ga_draft_note *note = GA_VEC_AT(const struct ga_draft_note, waiting, i);
        count += ga_note_is_on(&(const struct ga_note){.field = note->field, .row = note->row}, grid_field(grid), NULL);
    }
    return count;
}

/* With the table, whose draft it is. */
static enum ga_rc keep(void *ctx, struct ga_error *err)
{
    struct ga_screen *screen = ctx;
    (void)err; /* it is said there */
    grid_batch(state_of(screen))->is_changed = true;
    grid_keep_draft(screen);
    return GA_OK;
}

void grid_open_notes(struct ga_screen *screen)
{
    static const struct ga_uuid none;
    struct grid *grid = state_of(screen);
    struct ga_batch *batch = grid_batch(grid);
    if (!grid_leave_cell(screen))
        return;
    const struct ga_batch_row *row = grid_row(grid);
    if (!row->is_saved && !ga_batch_is_filled(batch, grid->row)) {
        ga_message_set(ga_screen_note(screen), "Nothing is filled in in this row: a note needs a record to stand in");
        return;
    }
    if (batch->children != NULL) { /* rows that say the same are one record, known when it is made */
        ga_message_set(ga_screen_note(screen), "Save first: F11 opens the record then, there F11 writes the note");
        return;
    }
    const struct ga_note_place place = {.form = batch->form,
                                        .record = row->is_saved ? row->entry->now.id : none,
                                        .child = row->child,
                                        .field = grid_field(grid),
                                        .entry = row->is_saved ? NULL : row->entry,
                                        .keep = keep,
                                        .keep_ctx = screen};
    ga_screen_notes_open(screen, &place, GRID_NOTES);
}
