/* Keeps a half-filled sheet, opens it again. */
#include "batch/batch_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/draft_sheet.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/*
 * The setup of the draft is lines: the title (of a part of a class sheet behind that one's name), the columns' names, the number of the row the user is in, the field
 * there, the children's ids, then for each row of the draft the fields typed in it.
 */
enum { TITLE, COLUMNS, ROW, FIELD, CHILDREN, TYPED };

static void add_typed(const struct ga_batch *batch, size_t at, struct ga_str *out)
{
    const struct ga_batch_row *row = ga_batch_row(batch, at);
    for (size_t f = 0; f < batch->form->all_count; f++)
        if (row->is_typed[f])
            ga_str_addf(out, " %s", batch->form->all[f]->name);
}

/* What was half typed is kept, too, where nothing else is in its row. */
static bool is_here(const struct ga_batch_place *place, size_t at)
{
    return at == place->row && place->half.len > 0;
}

static bool is_kept(const struct ga_batch *batch, const struct ga_batch_place *place, size_t at)
{
    const struct ga_batch_row *row = ga_batch_row(batch, at);
    return row->entry != NULL && !row->is_saved && (ga_batch_is_filled(batch, at) || is_here(place, at));
}

static void write_setup(const struct ga_batch *batch, const struct ga_batch_place *place, struct ga_str *out)
{
    char id[GA_UUID_TEXT_SIZE];
    const bool is_part = batch->sheet[0] != '\0';
    ga_str_addf(out, "%s%s%s\n", batch->sheet, is_part ? "\t" : "", batch->title);
    ga_batch_name_columns(batch, out);
    ga_str_addf(out, "\n%zu\n%s\n", place->row, place->field);
    for (size_t i = 0; i < batch->rows.len; i++)
        if (is_part || !ga_batch_row(batch, i)->is_saved)
            ga_str_addf(out, "%s ", ga_uuid_text(&ga_batch_row(batch, i)->child, id));
    for (size_t i = 0; i < batch->rows.len; i++)
        if (is_kept(batch, place, i)) {
            ga_str_add(out, "\n");
            add_typed(batch, i, out);
        }
}

/* The answers are the entries' own, borrowed. */
static void collect_rows(const struct ga_batch *batch, const struct ga_batch_place *place,
                         struct ga_draft_sheet *sheet)
{
    for (size_t i = 0; i < batch->rows.len; i++) {
        const struct ga_batch_row *row = ga_batch_row(batch, i);
        if (!is_kept(batch, place, i))
            continue;
        struct ga_draft *draft = &sheet->rows[sheet->rows_count++];
        draft->answers = row->entry->now;
        draft->answers.child = row->child;
        draft->notes = row->entry->notes.items;
        draft->notes_count = row->entry->notes.len;
        draft->half = is_here(place, i) ? ga_str_text(&place->half) : "";
        ga_str_copy(draft->field, sizeof(draft->field), is_here(place, i) ? place->field : "");
    }
}

static enum ga_rc drop_draft(struct ga_batch *batch, struct ga_error *err)
{
    enum ga_rc rc = batch->draft_no != 0 ? ga_draft_drop(batch->session->store, batch->draft_no, err) : GA_OK;
    if (rc == GA_OK)
        batch->draft_no = 0;
    batch->is_changed &= rc != GA_OK;
    return rc;
}

enum ga_rc ga_batch_keep_draft(struct ga_batch *batch, const struct ga_batch_place *place, struct ga_error *err)
{
    if (!batch->is_changed && place->half.len == 0)
        return GA_OK;
    struct ga_str setup = {0};
    struct ga_draft_sheet sheet = {
        .no = batch->draft_no, .form = batch->form, .id = batch->id, .title = batch->title};
    sheet.rows = ga_alloc_array(batch->rows.len + 1, sizeof(*sheet.rows));
    collect_rows(batch, place, &sheet);
    enum ga_rc rc;
    if (sheet.rows_count == 0) {
        rc = drop_draft(batch, err);
    } else {
        write_setup(batch, place, &setup);
        sheet.setup = ga_str_text(&setup);
        rc = ga_draft_save_sheet(batch->session->store, &sheet, err);
        if (rc == GA_OK)
            batch->draft_no = sheet.no;
        batch->is_changed &= rc != GA_OK;
    }
    free(sheet.rows);
    ga_str_finish(&setup);
    return rc;
}

/* A sheet that cannot be read bars nothing: the first page says so when it is opened there. */
static bool is_about_these(const struct ga_batch *batch, int64_t no)
{
    struct ga_draft_sheet sheet;
    bool is_shared = false;
    if (ga_draft_open_sheet(batch->session->store, no, &sheet, NULL) != GA_OK)
        return false;
    for (size_t i = 0; i < sheet.rows_count && !is_shared; i++)
        is_shared = ga_batch_row_of(batch, &sheet.rows[i].answers.child) != SIZE_MAX;
    ga_draft_finish_sheet(&sheet);
    return is_shared;
}

/* 0: the user's own; 1: of who sits at the keys, under another name; 2: somebody else's. */
static int farness(const struct ga_store *store, const struct ga_draft_line *line)
{
    const char *sitter = ga_store_typist(store);
    if (ga_str_equal(line->user, ga_store_user(store)))
        return 0;
    return ga_str_equal(line->user, sitter) || (line->typist != NULL && ga_str_equal(line->typist, sitter)) ? 1 : 2;
}

enum ga_rc ga_batch_find_unfinished(struct ga_batch *batch, struct ga_draft_line *ret_line, struct ga_error *err)
{
    struct ga_store *store = batch->session->store;
    struct ga_draft_line *lines = NULL, found = {0};
    size_t count = 0;
    int nearest = INT_MAX;
    enum ga_rc rc = ga_draft_list(store, NULL, &batch->arena, &lines, &count, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < count && nearest > 0; i++) {
        const int far = farness(store, &lines[i]);
        if (far >= nearest || lines[i].rows == 0 || lines[i].no == batch->draft_no ||
            !ga_str_equal(lines[i].form, batch->form->name) || !is_about_these(batch, lines[i].no))
            continue;
        found = lines[i];
        nearest = far;
    }
    *ret_line = found;
    return GA_OK;
}

/* The n-th line, cut out of `text`, which is changed. */
static char *take_line(char **text)
{
    char *line = *text, *end = strchr(line, '\n');
    *text = end != NULL ? end + 1 : line + strlen(line);
    if (end != NULL)
        *end = '\0';
    return line;
}

static void take_children(struct ga_batch *batch, char *ids)
{
    struct ga_uuid id;
    char *end = NULL;
    for (char *word = strtok_r(ids, " ", &end); word != NULL; word = strtok_r(NULL, " ", &end))
        if (ga_uuid_parse(word, &id))
            ga_batch_add_child(batch, &id, NULL);
}

/* A child who left meanwhile still has what was typed. */
static size_t find_row(struct ga_batch *batch, const struct ga_uuid *child)
{
    struct ga_roster_row row;
    size_t at = ga_batch_row_of(batch, child);
    if (at == SIZE_MAX && batch->rows.len < GA_BATCH_ROWS_MAX &&
        ga_roster_row(batch->session->store, child, batch->session->lang, &batch->arena, &row, NULL) == GA_OK) {
        ga_batch_add_row(batch, &(struct ga_whom_child){&row, ga_whom_number(batch->session, &row)});
        at = batch->rows.len - 1;
    }
    return at;
}

/* Fields typed in a row, from its line; the draft may be of a form that has other fields since. */
static void take_typed(struct ga_batch *batch, size_t at, const char *names)
{
    struct ga_batch_row *row = ga_batch_row(batch, at);
    for (size_t f = 0; f < batch->form->all_count; f++)
        row->is_typed[f] = ga_str_has_word(names, batch->form->all[f]->name) &&
                           ga_answers_at(&row->entry->now, batch->form->all[f])->state != GA_EMPTY;
}

static enum ga_rc take_rows(struct ga_batch *batch, struct ga_draft_sheet *sheet, char *typed,
                            struct ga_batch_place *place, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < sheet->rows_count && rc == GA_OK; i++) {
        struct ga_draft *draft = &sheet->rows[i];
        const char *names = take_line(&typed);
        size_t at = find_row(batch, &draft->answers.child);
        if (at == SIZE_MAX)
            continue;
        if ((rc = ga_batch_touch(batch, at, err)) != GA_OK)
            return rc;
        struct ga_entry *entry = ga_batch_row(batch, at)->entry;
        ga_answers_finish(&entry->now);
        ga_answers_copy(&entry->now, &draft->answers);
        ga_entry_take_notes(entry, draft->notes, draft->notes_count);
        if (batch->children != NULL)
            entry->now.child = (struct ga_uuid){0}; /* there it said whose row it is */
        if (draft->field[0] != '\0') {
            place->row = at;
            ga_str_add(&place->half, draft->half);
        }
        take_typed(batch, at, names);
    }
    return rc;
}

void ga_batch_draft_title(char *line, const char **ret_sheet, const char **ret_title)
{
    char *tab = strchr(line, '\t');
    *ret_sheet = tab != NULL ? line : "";
    *ret_title = tab != NULL ? tab + 1 : line;
    if (tab != NULL)
        *tab = '\0';
}

enum ga_rc ga_batch_take_draft(struct ga_batch *batch, struct ga_draft_sheet *sheet, struct ga_batch_place *place,
                               struct ga_error *err)
{
    char *text = ga_strdup(sheet->setup), *rest = text;
    const char *name, *title;
    int64_t row = 0;
    batch->id = sheet->id;
    batch->draft_no = sheet->no;
    ga_batch_draft_title(take_line(&rest), &name, &title);
    ga_str_copy(batch->title, sizeof(batch->title), title);
    ga_batch_take_columns(batch, take_line(&rest));
    ga_num_parse(take_line(&rest), &row);
    ga_str_copy(place->field, sizeof(place->field), take_line(&rest));
    take_children(batch, take_line(&rest));
    place->row = row >= 0 && (size_t)row < batch->rows.len ? (size_t)row : 0;
    enum ga_rc rc = take_rows(batch, sheet, rest, place, err);
    ga_batch_number_rows(batch);
    batch->is_changed = false;
    free(text);
    return rc;
}

enum ga_rc ga_batch_resume(struct ga_session *session, int64_t draft_no, struct ga_batch **ret_batch,
                           struct ga_batch_place *ret_place, struct ga_error *err)
{
    struct ga_draft_sheet sheet;
    struct ga_batch *batch;
    struct ga_batch_place place = {0};
    enum ga_rc rc = ga_draft_open_sheet(session->store, draft_no, &sheet, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_batch_create(session, sheet.form->name, &batch, err);
    if (rc == GA_OK) {
        rc = ga_batch_take_draft(batch, &sheet, &place, err);
        if (rc != GA_OK) {
            ga_batch_destroy(batch);
            ga_str_finish(&place.half);
        }
    }
    ga_draft_finish_sheet(&sheet);
    if (rc != GA_OK)
        return rc;
    *ret_batch = batch;
    *ret_place = place;
    return GA_OK;
}
