/* Gathers what many rows have in common into one note each. */
#include "inner.h"

enum { NOTES_MAX = 40 };

void ga_spread_add(struct ga_import_spread *spread, size_t sheet, int64_t row)
{
    struct ga_import_run *last = spread->runs_count == 0 ? NULL : &spread->runs[spread->runs_count - 1];
    spread->rows++;
    if (spread->has_more)
        return;
    if (last != NULL && last->sheet == (int)sheet + 1 && (last->last == row || last->last + 1 == row)) {
        last->last = (int)row;
        return;
    }
    spread->has_more = spread->runs_count == GA_IMPORT_RUNS_MAX;
    if (!spread->has_more)
        spread->runs[spread->runs_count++] = (struct ga_import_run){(int)sheet + 1, (int)row, (int)row};
}

/* The last one takes all that is said of one row only when a file has hundreds of such sayings. */
static struct ga_import_note *find_note(struct ga_import *import, const char *text)
{
    for (size_t i = 0; i < import->notes.len; i++) {
        struct ga_import_note *note = GA_VEC_AT(struct ga_import_note, &import->notes, i);
        if (note->text == NULL || ga_str_equal(note->text, text))
            return note;
    }
    struct ga_import_note *note = ga_vec_push(&import->notes);
    note->text = import->notes.len == NOTES_MAX ? NULL : ga_arena_strdup(&import->note_texts, text);
    return note;
}

void ga_notes_add(struct ga_import *import, const struct ga_vec *messages, int64_t row)
{
    char text[GA_MESSAGE_BYTES];
    for (size_t i = 0; i < messages->len; i++) {
        const struct ga_message *message = GA_VEC_AT(const struct ga_message, messages, i);
        ga_message_text(message, import->lang, text, sizeof(text));
        ga_spread_add(&find_note(import, text)->spread, import->at_sheet, row);
    }
}

void ga_notes_clear(struct ga_import *import)
{
    ga_vec_clear(&import->notes);
    ga_arena_finish(&import->note_texts);
    import->left_out = (struct ga_import_spread){0};
}

const struct ga_import_note *ga_import_notes(const struct ga_import *import, size_t *ret_count)
{
    *ret_count = import->notes.len;
    return import->notes.items;
}

const struct ga_import_spread *ga_import_left_out(const struct ga_import *import)
{
    return &import->left_out;
}

bool ga_import_row_stands_out(const struct ga_import *import, size_t i)
{
    const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, i);
    return planned->verdict == GA_VERDICT_REFUSED || planned->verdict == GA_VERDICT_CHANGES || planned->first != 0 ||
           planned->comes_back || ga_import_row_is_alike(import, i);
}
