/* Lays the children of one record out as a list to be signed. */
#include "guanai/app/group_print.h"

#include "guanai/app/print.h"
#include "guanai/base/num.h"
#include "guanai/form/children.h"
#include "guanai/form/type.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"
#include "guanai/store/same.h"

#include <string.h>

enum { NUMBER, NAME, CLASS, FIRST_NOTE, NOTES_MAX = 4, NAME_COLS = 10, CLASS_COLS = 11, NOTE_COLS = 8, SIGN_COLS = 16, WRITE_MM = 9 };

struct list {
    struct ga_session *session;
    struct ga_arena arena;
    struct ga_answers answers;
    const struct ga_field *repeat, *names;
    const struct ga_field *notes[NOTES_MAX];
    size_t notes_count;
    int64_t sums[NOTES_MAX]; /* of money, in fen */
    struct ga_print_table table;
};

static bool is_money(const struct ga_field *field)
{
    return strcmp(field->type->name, "money") == 0;
}

/* What stands in short columns beside a name; sentences have no room there. */
static void find_notes(struct list *list)
{
    for (size_t i = 0; i < list->repeat->fields.count && list->notes_count < NOTES_MAX; i++) {
        const struct ga_field *field = &list->repeat->fields.items[i];
        if (field != list->names && !field->is_retired && strcmp(field->type->name, "text") != 0 &&
            ga_field_protect(list->answers.form, field) <= GA_PROTECT_ORDINARY)
            list->notes[list->notes_count++] = field;
    }
}

static void set_columns(struct list *list)
{
    const enum ga_lang lang = list->session->lang;
    struct ga_print_column *columns = list->table.columns;
    columns[NUMBER] = (struct ga_print_column){ga_tr(lang, "Row"), 4, true};
    columns[NAME] = (struct ga_print_column){ga_tr(lang, "Name"), NAME_COLS, false};
    columns[CLASS] = (struct ga_print_column){ga_tr(lang, "Class"), CLASS_COLS, false};
    for (size_t i = 0; i < list->notes_count; i++)
        columns[FIRST_NOTE + i] = (struct ga_print_column){ga_label_text(&list->notes[i]->label, lang), NOTE_COLS, false};
    columns[FIRST_NOTE + list->notes_count] =
        (struct ga_print_column){ga_tr(lang, GA_N_("Signature or fingerprint")), SIGN_COLS, false};
    list->table.columns_count = FIRST_NOTE + list->notes_count + 1;
}

static const char *show(struct list *list, const struct ga_field *field, const struct ga_value *value)
{
    struct ga_str text = {0};
    ga_field_show(field, list->session->lang, value, &text);
    const char *kept = ga_arena_strdup(&list->arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

/* A file that stands behind is the child of the one that leads. */
static enum ga_rc set_child(struct list *list, const struct ga_answer *answer, const char **cells, struct ga_error *err)
{
    struct ga_uuid id = {0};
    struct ga_roster_row child;
    if (answer->state != GA_ANSWERED || !ga_uuid_parse(answer->value.text, &id))
        return GA_OK;
    enum ga_rc rc = ga_same_main(list->session->store, &id, &id, err);
    if (rc == GA_OK)
        rc = ga_roster_row(list->session->store, &id, list->session->lang, &list->arena, &child, err);
    if (rc == GA_NOT_FOUND)
        return GA_OK; /* not in this archive: the line stays, to be filled in by hand */
    if (rc == GA_OK) {
        cells[NAME] = child.name;
        cells[CLASS] = child.class_shown;
    }
    return rc;
}

static enum ga_rc set_row(struct list *list, const struct ga_row *row, const char **cells, struct ga_error *err)
{
    cells[NUMBER] = ga_arena_strdup(&list->arena, GA_NUM(list->table.rows_count));
    for (size_t i = 0; i < list->notes_count; i++) {
        const struct ga_answer *answer = &row->answers[list->notes[i]->index];
        if (answer->state != GA_ANSWERED)
            continue;
        cells[FIRST_NOTE + i] = show(list, list->notes[i], &answer->value);
        list->sums[i] += is_money(list->notes[i]) ? answer->value.integer : 0;
    }
    return set_child(list, &row->answers[list->names->index], cells, err);
}

static void set_sums(struct list *list, const char **cells)
{
    const enum ga_lang lang = list->session->lang;
    cells[NAME] = ga_tr(lang, "Total");
    cells[CLASS] = ga_arena_printf(&list->arena, "%zu", list->table.rows_count);
    for (size_t i = 0; i < list->notes_count; i++)
        if (is_money(list->notes[i]))
            cells[FIRST_NOTE + i] =
                show(list, list->notes[i], &(struct ga_value){.kind = GA_VALUE_INTEGER, .integer = list->sums[i]});
    list->table.rows_count++;
}

static enum ga_rc set_rows(struct list *list, struct ga_error *err)
{
    const struct ga_rows *rows = &list->answers.repeats[list->repeat->index];
    const size_t columns = list->table.columns_count;
    const char **cells = ga_arena_array(&list->arena, (rows->count + 1) * columns, sizeof(*cells));
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < rows->count; i++)
        if (!rows->rows[i].is_gone) {
            list->table.rows_count++;
            rc = set_row(list, &rows->rows[i], cells + (list->table.rows_count - 1) * columns, err);
        }
    set_sums(list, cells + list->table.rows_count * columns);
    list->table.cells = cells;
    return rc;
}

enum ga_rc ga_group_print(struct ga_session *session, const struct ga_uuid *id, const char *title, const char *path,
                          struct ga_error *err)
{
    const struct ga_form *form;
    struct list list = {.session = session, .table = {.title = title, .row_mm = WRITE_MM}};
    enum ga_rc rc = ga_store_form_of(session->store, id, &form, err);
    if (rc != GA_OK)
        return rc;
    list.repeat = ga_form_children(form, &list.names);
    if (list.repeat == NULL)
        return ga_error_set(err, GA_USAGE, "form %1 has no list of children", form->name);
    rc = ga_store_read(session->store, form, id, &list.answers, NULL, err);
    if (rc != GA_OK)
        return rc;
    find_notes(&list);
    set_columns(&list);
    list.table.day = ga_arena_strdup(&list.arena, GA_DATE_ISO(session->today));
    rc = set_rows(&list, err);
    if (rc == GA_OK)
        rc = ga_print_write(session, &list.table, 1, path, err);
    ga_answers_finish(&list.answers);
    ga_arena_finish(&list.arena);
    return rc;
}
