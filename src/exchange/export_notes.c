/* Open notes on fields leave in a column behind the answers. */
#include "leaving.h"

#include "guanai/base/alloc.h"
#include "guanai/store/note.h"

#include <stdlib.h>
#include <string.h>

/* Only of fields that leave themselves: a note says as much as its answer. */
static bool leaves(const struct leaving *leaving, const struct ga_note *note)
{
    for (size_t i = 0; i < leaving->columns.len; i++) {
        const struct leaving_column *column = GA_VEC_AT(struct leaving_column, &leaving->columns, i);
        if (!column->of_child && ga_str_equal(column->field->name, note->field))
            return true;
    }
    return false;
}

/* By record, within it as they were written. */
static int compare_notes(const void *a, const void *b)
{
    const struct leaving_note *x = a, *y = b;
    const int records = ga_uuid_compare(&x->record, &y->record);
    return records != 0 ? records : (x->no > y->no) - (x->no < y->no);
}

enum ga_rc ga_leaving_read_notes(struct leaving *leaving, struct ga_error *err)
{
    const struct ga_note_filter filter = {.form = leaving->form->name};
    struct ga_note *notes;
    size_t count = 0;
    enum ga_rc rc = ga_notes_list(leaving->tools->store, &filter, &leaving->arena, &notes, &count, err);
    if (rc != GA_OK)
        return rc;
    leaving->notes = ga_arena_array(&leaving->arena, count + 1, sizeof(*leaving->notes));
    for (size_t i = 0; i < count; i++)
        if (leaves(leaving, &notes[i]))
            leaving->notes[leaving->notes_count++] = (struct leaving_note){notes[i].record, i, &notes[i]};
    if (leaving->notes_count > 1)
        qsort(leaving->notes, leaving->notes_count, sizeof(*leaving->notes), compare_notes);
    return GA_OK;
}

const char *ga_leaving_notes_heading(const struct leaving *leaving)
{
    return leaving->options->with_labels ? ga_tr(leaving->options->lang, "Notes on fields") : "notes";
}

/* "父亲电话：打不通（周老师 2026-11-23 12:41）；…" */
static void add_note(const struct leaving *leaving, const struct ga_note *note, struct ga_str *out)
{
    const bool is_zh = leaving->options->lang == GA_ZH;
    ga_str_addf(out, "%s%s%s%s%s%s %s%s", out->len == 0 ? "" : is_zh ? "；" : "; ",
                ga_leaving_heading(leaving, ga_form_field(leaving->form, note->field)), is_zh ? "：" : ": ", note->text,
                is_zh ? "（" : " (", note->user, note->when, is_zh ? "）" : ")");
}

void ga_leaving_notes_cell(const struct leaving *leaving, struct ga_str *out)
{
    struct leaving_note wanted = {.no = 0};
    size_t from = 0, to = leaving->notes_count;
    if (!ga_uuid_parse(ga_stmt_column_text(leaving->record, 0), &wanted.record))
        return;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (compare_notes(&leaving->notes[middle], &wanted) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    for (; from < leaving->notes_count && ga_uuid_compare(&leaving->notes[from].record, &wanted.record) == 0; from++)
        add_note(leaving, leaving->notes[from].note, out);
}
