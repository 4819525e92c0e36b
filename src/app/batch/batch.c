/* The rows of a sheet that is filled in for many children at once. */
#include "batch/batch_inner.h"

#include "guanai/app/repeat.h"
#include "guanai/base/alloc.h"
#include "guanai/form/children.h"
#include "guanai/form/type.h"

#include <stdlib.h>
#include <string.h>

struct ga_batch_row *ga_batch_row(const struct ga_batch *batch, size_t row)
{
    return GA_VEC_AT(struct ga_batch_row, &batch->rows, row);
}

static void free_entry(struct ga_batch_row *row)
{
    ga_entry_destroy(row->entry);
    free(row->is_typed);
    row->entry = NULL;
    row->is_typed = NULL;
}

void ga_batch_clear_rows(struct ga_batch *batch)
{
    for (size_t i = 0; i < batch->rows.len; i++)
        free_entry(ga_batch_row(batch, i));
    ga_vec_clear(&batch->rows);
}

void ga_batch_destroy(struct ga_batch *batch)
{
    if (batch == NULL)
        return;
    ga_batch_clear_rows(batch);
    ga_vec_finish(&batch->rows);
    if (batch->last.form != NULL)
        ga_answers_finish(&batch->last);
    ga_arena_finish(&batch->known);
    ga_arena_finish(&batch->arena);
    free(batch);
}

void ga_batch_add_row(struct ga_batch *batch, const struct ga_whom_child *child)
{
    if (batch->rows.len >= GA_BATCH_ROWS_MAX)
        return;
    struct ga_batch_row *row = ga_vec_push(&batch->rows);
    row->child = child->row->id;
    row->number = child->number > 0 ? child->number : (int64_t)batch->rows.len;
    row->name = ga_arena_strdup(&batch->arena, child->row->name);
    row->class_shown = ga_arena_strdup(&batch->arena, child->row->class_shown);
    row->village = ga_arena_strdup(&batch->arena, child->row->village);
    row->is_left_behind = child->row->is_left_behind;
    row->no = child->row->no;
}

/* What is typed, at top level: nothing computed, nothing with rows of its own. */
static bool can_be_column(const struct ga_field *field)
{
    enum ga_storage storage = field->type->storage;
    return !field->is_retired && field->calculation.text == NULL && storage != GA_STORE_NOTHING &&
           storage != GA_STORE_ROWS;
}

/* The first page, with what must be filled in on the others. */
static void find_columns(struct ga_batch *batch)
{
    for (size_t i = 0; i < batch->form->all_count && batch->offered_count < GA_BATCH_COLUMNS_MAX; i++) {
        const struct ga_field *field = batch->form->all[i];
        if (!can_be_column(field))
            continue;
        batch->offered[batch->offered_count++] = field;
        if (field->page == 0 || field->required != GA_REQUIRED_NO)
            batch->columns[batch->columns_count++] = field;
        if (batch->day == NULL && strcmp(field->type->name, "date") == 0)
            batch->day = field;
    }
}

/* As the sheet has them: those that are shown first, then the others. */
static void take_part_columns(struct ga_batch *batch, const struct ga_class_sheet_part *part)
{
    for (size_t i = 0; i < part->fields.count && batch->offered_count < GA_BATCH_COLUMNS_MAX; i++)
        batch->offered[batch->offered_count++] = ga_form_field(batch->form, part->fields.items[i].text);
    batch->columns_count = batch->offered_count;
    memcpy(batch->columns, batch->offered, batch->offered_count * sizeof(batch->offered[0]));
    for (size_t i = 0; i < part->more.count && batch->offered_count < GA_BATCH_COLUMNS_MAX; i++)
        batch->offered[batch->offered_count++] = ga_form_field(batch->form, part->more.items[i].text);
    batch->day = batch->offered[0];
}

static struct ga_batch *new_batch(struct ga_session *session, const struct ga_form *form, const char *sheet)
{
    struct ga_batch *batch = ga_alloc(sizeof(*batch));
    batch->session = session;
    batch->form = form;
    batch->sheet = ga_arena_strdup(&batch->arena, sheet);
    ga_vec_init(&batch->rows, sizeof(struct ga_batch_row));
    ga_uuid_make(session->options->clock, session->options->random, &session->memory->last_id, &batch->id);
    return batch;
}

static void recall_columns(struct ga_batch *batch)
{
    char setting[256];
    ga_batch_own_setting(batch, "columns", setting, sizeof(setting));
    const char *names = ga_store_setting(batch->session->store, setting);
    if (names != NULL)
        ga_batch_take_columns(batch, names);
}

enum ga_rc ga_batch_create(struct ga_session *session, const char *form_name, struct ga_batch **ret_batch,
                           struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(session->forms, form_name, err);
    if (form == NULL)
        return GA_NOT_FOUND;
    if (!ga_str_equal(form->of.text, "child"))
        return ga_error_set(err, GA_USAGE, "%1 is not about a child", ga_label_text(&form->title, session->lang));
    struct ga_batch *batch = new_batch(session, form, "");
    find_columns(batch);
    recall_columns(batch);
    *ret_batch = batch;
    return GA_OK;
}

enum ga_rc ga_batch_create_part(struct ga_session *session, const struct ga_class_sheet *sheet,
                                const struct ga_class_sheet_part *part, struct ga_batch **ret_batch, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(session->forms, part->form.text, err);
    if (form == NULL)
        return GA_NOT_FOUND;
    struct ga_batch *batch = new_batch(session, form, sheet->name);
    if (form->of.text == NULL)
        batch->children = ga_form_children(form, &batch->child_field);
    take_part_columns(batch, part);
    recall_columns(batch);
    *ret_batch = batch;
    return GA_OK;
}

/* Of a form with several children in a record: the row's entry names its own child, not who was there the last time. */
static void name_child(struct ga_batch *batch, struct ga_batch_row *row)
{
    const struct ga_rows *rows = &row->entry->now.repeats[batch->children->index];
    char id[GA_UUID_TEXT_SIZE];
    for (size_t i = 0; i < rows->count; i++)
        if (!rows->rows[i].is_gone)
            ga_entry_drop_row(row->entry, &rows->rows[i]);
    const struct ga_value value = ga_value_text(ga_uuid_text(&row->child, id));
    ga_answers_set_in_row(&row->entry->now, ga_entry_add_row(row->entry, batch->children), batch->child_field, &value);
    row->entry->is_changed = false;
}

/* The day above that is the same here; NULL: none above. */
static const struct ga_answer *day_above(const struct ga_batch *batch, size_t row)
{
    for (size_t i = row; i > 0; i--) {
        const struct ga_batch_row *above = ga_batch_row(batch, i - 1);
        if (above->entry == NULL)
            continue;
        const struct ga_answer *day = ga_answers_at(&above->entry->now, batch->day);
        if (day->state == GA_ANSWERED)
            return day;
    }
    return NULL;
}

/* As above; the first row with something keeps what the form itself proposes. */
static void take_day(struct ga_batch *batch, size_t row)
{
    struct ga_entry *entry = ga_batch_row(batch, row)->entry;
    const struct ga_answer *day = batch->day != NULL ? day_above(batch, row) : NULL;
    if (day != NULL)
        ga_entry_set(entry, batch->day, NULL, day->value.text, NULL, NULL);
}

static void make_days_follow(struct ga_batch *batch, size_t row)
{
    for (size_t i = row + 1; i < batch->rows.len; i++) {
        const struct ga_batch_row *below = ga_batch_row(batch, i);
        if (below->entry == NULL || below->is_saved)
            continue;
        if (below->is_typed[batch->day->index])
            return;
        take_day(batch, i);
    }
}

enum ga_rc ga_batch_touch(struct ga_batch *batch, size_t at, struct ga_error *err)
{
    struct ga_batch_row *row = ga_batch_row(batch, at);
    if (row->is_saved)
        return ga_error_set(err, GA_REFUSED, "%1 is saved already; what has to be mended is mended in the file",
                            row->name);
    if (row->entry != NULL)
        return GA_OK;
    enum ga_rc rc = ga_entry_new(batch->session, batch->form->name, batch->children == NULL ? &row->child : NULL,
                                 &row->entry, err);
    if (rc != GA_OK)
        return rc;
    if (batch->children != NULL)
        name_child(batch, row);
    row->is_typed = ga_alloc_array(batch->form->all_count, sizeof(bool));
    take_day(batch, at);
    return GA_OK;
}

static bool is_filled(const struct ga_batch *batch, const struct ga_batch_row *row)
{
    for (size_t i = 0; row->entry != NULL && i < batch->form->all_count; i++)
        if (row->is_typed[i])
            return true;
    return false;
}

bool ga_batch_is_filled(const struct ga_batch *batch, size_t at)
{
    const struct ga_batch_row *row = ga_batch_row(batch, at);
    return !row->is_saved && is_filled(batch, row);
}

void ga_batch_let_go(struct ga_batch *batch, size_t at)
{
    struct ga_batch_row *row = ga_batch_row(batch, at);
    if (row->entry != NULL && !row->is_saved && !is_filled(batch, row))
        free_entry(row);
}

/* An emptied day is as above again, or as the form proposes. */
static void empty_day(struct ga_batch *batch, size_t row)
{
    struct ga_entry *entry = ga_batch_row(batch, row)->entry;
    struct ga_answer *day = ga_answers_at(&entry->now, batch->day);
    if (day->state != GA_EMPTY)
        return;
    if (day_above(batch, row) != NULL) {
        take_day(batch, row);
        return;
    }
    day->is_touched = false;
    ga_rules_apply_defaults(batch->session->rules, &entry->now, entry->child.form != NULL ? &entry->child : NULL,
                            NULL);
}

void ga_batch_settle(struct ga_batch *batch, size_t at, const struct ga_field *field)
{
    struct ga_batch_row *row = ga_batch_row(batch, at);
    row->is_typed[field->index] = ga_answers_at(&row->entry->now, field)->state != GA_EMPTY;
    batch->is_changed = true;
    if (field == batch->day && is_filled(batch, row)) {
        empty_day(batch, at);
        make_days_follow(batch, at);
    }
    ga_batch_let_go(batch, at);
}

enum ga_rc ga_batch_set(struct ga_batch *batch, size_t at, const struct ga_field *field, const char *text,
                        struct ga_message *ret_warning, struct ga_error *err)
{
    enum ga_rc rc = ga_batch_touch(batch, at, err);
    if (rc == GA_OK)
        rc = ga_entry_set(ga_batch_row(batch, at)->entry, field, NULL, text, ret_warning, err);
    if (rc == GA_OK)
        ga_batch_settle(batch, at, field);
    else
        ga_batch_let_go(batch, at);
    return rc;
}

bool ga_batch_shows(const struct ga_batch *batch, size_t at, const struct ga_field *field)
{
    const struct ga_batch_row *row = ga_batch_row(batch, at);
    return row->entry == NULL || field->relevant.text == NULL || ga_entry_shows(row->entry, field);
}

size_t ga_batch_narrow(struct ga_batch *batch, bool only_left_behind, const char *village)
{
    for (size_t i = 0; i < batch->rows.len; i++) {
        struct ga_batch_row *row = ga_batch_row(batch, i);
        bool is_meant = (!only_left_behind || row->is_left_behind) &&
                        (*village == '\0' || strcmp(village, row->village) == 0);
        row->is_out = !is_meant && !ga_batch_is_filled(batch, i);
    }
    return ga_batch_count_shown(batch);
}

size_t ga_batch_count_shown(const struct ga_batch *batch)
{
    size_t count = 0;
    for (size_t i = 0; i < batch->rows.len; i++)
        count += !ga_batch_row(batch, i)->is_out;
    return count;
}

size_t ga_batch_count_filled(const struct ga_batch *batch)
{
    size_t count = 0;
    for (size_t i = 0; i < batch->rows.len; i++)
        count += ga_batch_is_filled(batch, i);
    return count;
}

size_t ga_batch_count_saved(const struct ga_batch *batch)
{
    size_t count = 0;
    for (size_t i = 0; i < batch->rows.len; i++)
        count += ga_batch_row(batch, i)->is_saved;
    return count;
}

/* Like the nearest one above, else like what was saved last. */
static const struct ga_entry *entry_above(const struct ga_batch *batch, size_t row)
{
    for (size_t i = row; i > 0; i--)
        if (is_filled(batch, ga_batch_row(batch, i - 1)))
            return ga_batch_row(batch, i - 1)->entry;
    return NULL;
}

/* What was repeated counts as typed: the row becomes a record; that nobody typed it shows all the same. */
static void mark_repeated(struct ga_batch_row *row, const bool *is_taken, size_t count)
{
    for (size_t i = 0; i < count; i++)
        row->is_typed[i] |= is_taken[i];
}

enum ga_rc ga_batch_repeat(struct ga_batch *batch, size_t at, struct ga_error *err)
{
    enum ga_rc rc = ga_batch_touch(batch, at, err);
    if (rc != GA_OK)
        return rc;
    struct ga_batch_row *row = ga_batch_row(batch, at);
    const struct ga_entry *above = entry_above(batch, at);
    bool *is_taken = ga_alloc_array(batch->form->all_count, sizeof(bool));
    if (above != NULL)
        rc = ga_entry_repeat(row->entry, &above->now, is_taken, err);
    else
        rc = ga_entry_repeat_last(row->entry, is_taken, err);
    if (rc == GA_OK)
        mark_repeated(row, is_taken, batch->form->all_count);
    batch->is_changed |= rc == GA_OK;
    ga_batch_let_go(batch, at);
    free(is_taken);
    return rc;
}
