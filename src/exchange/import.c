/* Opens a file for import, answers what its plan says. */
#include "inner.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/text/class_name.h"

#include <stdlib.h>
#include <string.h>

enum { MATCH_FIELDS_MAX = KEY_FIELDS_MAX };

static bool names_child(const struct ga_yaml_text *rule)
{
    return rule->text != NULL && strstr(rule->text, "child.") != NULL;
}

/* Reading the parent of every row costs; most forms' rules never ask for it. */
static bool any_names_child(const struct ga_form *form)
{
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *field = form->all[i];
        if (names_child(&field->relevant) || names_child(&field->constraint) || names_child(&field->warn) ||
            names_child(&field->import) || names_child(&field->calculation) || names_child(&field->filter))
            return true;
    }
    return false;
}

static enum ga_rc check_options(const struct ga_import_options *options, struct ga_error *err)
{
    if (options->form->is_by_program)
        return ga_error_set(err, GA_REFUSED, "the program writes these records itself; they are not taken in from files");
    if (options->mode == GA_IMPORT_APPEND && ga_str_equal(options->form->name, "child"))
        return ga_error_set(err, GA_REFUSED, "children are never imported without looking for them first");
    if (options->match_count > MATCH_FIELDS_MAX)
        return ga_error_set(err, GA_USAGE, "at most %1 fields can find a record", GA_NUM(MATCH_FIELDS_MAX));
    for (size_t i = 0; i < options->match_count; i++) {
        const struct ga_field *field = ga_form_field(options->form, options->match[i]);
        if (field == NULL || field->parent != NULL || field->type->parse == NULL)
            return ga_error_set(err, GA_USAGE, "the form has no field '%1'", options->match[i]);
        if (ga_field_protect(options->form, field) == GA_PROTECT_RESTRICTED)
            return ga_error_set(err, GA_REFUSED, "'%1' is restricted and finds nothing", options->match[i]);
    }
    return GA_OK;
}

static struct ga_import *create(const struct ga_import_tools *tools, const struct ga_import_options *options)
{
    struct ga_import *import = ga_alloc(sizeof(*import));
    import->tools = *tools;
    import->form = options->form;
    import->mode = options->mode;
    import->lang = options->lang;
    import->choices = options->choices;
    import->choices_count = options->choices_count;
    import->only_sheet = options->sheet;
    import->today = ga_store_today(tools->store);
    import->school_year = ga_class_name_school_year(import->today);
    import->numbered = ga_numbered_field(options->form);
    ga_state_words_take(&import->state_words);
    ga_late_find(&import->late, options->form, &import->arena);
    import->rules_name_child = any_names_child(options->form);
    import->match_count = options->match_count;
    import->match = ga_arena_array(&import->arena, options->match_count, sizeof(*import->match));
    for (size_t i = 0; i < options->match_count; i++)
        import->match[i] = ga_arena_strdup(&import->arena, options->match[i]);
    import->rows = ga_alloc(sizeof(*import->rows));
    ga_shelf_init(import->rows, sizeof(struct planned), tools->io, tools->folder);
    ga_vec_init(&import->refusals, sizeof(struct refusal));
    ga_vec_init(&import->differences, sizeof(struct difference));
    ga_vec_init(&import->differences_before, sizeof(struct difference));
    ga_recall_init(&import->differences_noted);
    ga_vec_init(&import->left, sizeof(struct ga_uuid));
    ga_vec_init(&import->stays, sizeof(struct ga_uuid));
    ga_vec_init(&import->notes, sizeof(struct ga_import_note));
    ga_alikes_init(&import->alikes, import);
    ga_vec_init(&import->shown_reasons, sizeof(struct ga_message));
    return import;
}

enum ga_rc ga_import_open(const struct ga_import_tools *tools, const char *path,
                          const struct ga_import_options *options, struct ga_import **ret_import,
                          struct ga_error *err)
{
    enum ga_rc rc = check_options(options, err);
    if (rc != GA_OK)
        return rc;
    struct ga_import *import = create(tools, options);
    if (options->form->of.text != NULL) {
        import->child = ga_forms_get(ga_store_forms(tools->store), options->form->of.text, err);
        rc = import->child == NULL ? GA_NOT_FOUND : GA_OK;
    }
    if (rc == GA_OK)
        rc = ga_sheet_open(tools->io, path, &import->book, err);
    if (rc == GA_OK)
        ga_origin_look(import, path);
    if (rc == GA_OK)
        rc = ga_source_sheets(import, err);
    if (rc == GA_OK)
        rc = ga_placing_check(import, err);
    import->choices_count = 0; /* borrowed until here */
    if (rc != GA_OK) {
        ga_import_destroy(import);
        return rc;
    }
    *ret_import = import;
    return GA_OK;
}

void ga_import_destroy(struct ga_import *import)
{
    if (import == NULL)
        return;
    ga_sheet_close(import->book);
    ga_keys_finish(&import->records);
    ga_keys_finish(&import->children);
    ga_spill_finish(&import->spill);
    ga_reading_finish(&import->shown);
    ga_vec_finish(&import->shown_reasons);
    ga_shelf_finish(import->rows);
    free(import->rows);
    ga_vec_finish(&import->refusals);
    ga_vec_finish(&import->left);
    ga_vec_finish(&import->stays);
    ga_vec_finish(&import->differences);
    ga_vec_finish(&import->differences_before);
    ga_vec_finish(&import->differences_noted);
    ga_arena_finish(&import->refusal_texts);
    ga_vec_finish(&import->notes);
    ga_alikes_finish(&import->alikes);
    ga_arena_finish(&import->note_texts);
    ga_arena_finish(&import->arena);
    free(import);
}

const struct ga_import_sheet *ga_import_sheets(const struct ga_import *import, size_t *ret_count)
{
    *ret_count = import->sheets_count;
    return import->sheets;
}

size_t ga_import_count(const struct ga_import *import, enum ga_verdict verdict)
{
    return import->counts[verdict];
}

size_t ga_import_rows(const struct ga_import *import)
{
    return import->rows->len;
}

enum ga_verdict ga_import_verdict_at(const struct ga_import *import, size_t i)
{
    return (enum ga_verdict)GA_SHELF_AT(struct planned, import->rows, i)->verdict;
}

size_t ga_import_gaps(const struct ga_import *import)
{
    return import->gaps;
}

static void say_refusal(struct ga_import *import, size_t i)
{
    char line[GA_MESSAGE_BYTES];
    for (const char *text = ga_refusal_of(import, i); *text != '\0';) {
        const size_t len = strcspn(text, "\n");
        ga_str_copy(line, len + 1 < sizeof(line) ? len + 1 : sizeof(line), text);
        ga_message_set(ga_add_message(&import->shown_reasons), "%1", line);
        text += len + (text[len] == '\n');
    }
}

/* The first row of the two, as it stands in the archive once it is there. */
static enum ga_rc say_double(struct ga_import *import, const struct planned *planned, const struct reading *reading,
                             struct ga_error *err)
{
    const struct planned *first = GA_SHELF_AT(struct planned, import->rows, planned->first - 1);
    struct reading earlier = {0};
    const struct ga_sheet_row *row;
    ga_message_set(ga_add_message(&import->shown_reasons), "listed twice, first in row %1", GA_NUM(first->row));
    if (planned->verdict == GA_VERDICT_SAME)
        return GA_OK;
    enum ga_rc rc = ga_source_seek(import, planned->first - 1, &row, err);
    if (rc != GA_OK)
        return rc;
    ga_read_row(import, row, &earlier);
    ga_merge(import, &reading->own, &earlier.own, &import->shown_reasons);
    ga_reading_finish(&earlier);
    return GA_OK;
}

/* The same questions as when it was planned; what was refused then keeps its reasons of then. */
static enum ga_rc say_reasons(struct ga_import *import, const struct planned *planned, size_t i,
                              struct ga_error *err)
{
    struct reading *reading = &import->shown;
    struct meeting meeting = {0};
    enum ga_rc rc = GA_OK;
    if (planned->verdict == GA_VERDICT_REFUSED)
        say_refusal(import, i);
    else if (planned->first != 0)
        rc = say_double(import, planned, reading, err);
    else if (planned->verdict == GA_VERDICT_NEW)
        ga_check_row(import, reading, &planned->target, true);
    else
        rc = ga_meet(import, reading, &planned->target, &meeting, &import->shown_reasons, err);
    if (rc == GA_OK && import->is_applied && planned->is_written && meeting.before.form != NULL &&
        meeting.merge.fills + meeting.merge.changes == 0)
        ga_message_set(ga_add_message(&import->shown_reasons), "taken in: the archive has what the file has");
    ga_meeting_finish(&meeting);
    ga_returns_say(import, planned, &import->shown_reasons);
    if (ga_alikes_text(&import->alikes, i) != NULL)
        ga_message_set(ga_add_message(&import->shown_reasons), "%1", ga_alikes_text(&import->alikes, i));
    for (size_t n = 0; n < reading->notes.len; n++)
        *ga_add_message(&import->shown_reasons) = *GA_VEC_AT(struct ga_message, &reading->notes, n);
    return rc;
}

void ga_import_show(struct ga_import *import, enum ga_lang lang, bool is_revealed)
{
    import->lang = lang;
    import->is_revealed = is_revealed;
}

enum ga_rc ga_import_row_at(struct ga_import *import, size_t i, struct ga_import_row *ret_row, struct ga_error *err)
{
    const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, i);
    const struct ga_sheet_row *row;
    enum ga_rc rc = ga_shelf_check(import->rows, err);
    if (rc == GA_OK)
        rc = ga_source_seek(import, i, &row, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_clear(&import->shown_reasons);
    ga_read_row(import, row, &import->shown);
    rc = say_reasons(import, planned, i, err);
    if (rc != GA_OK)
        return rc;
    *ret_row = (struct ga_import_row){
        .sheet = planned->sheet + 1, .row = (int)planned->row, .verdict = (enum ga_verdict)planned->verdict,
        .name = ga_reading_name(&import->shown), .reasons = import->shown_reasons.items,
        .reasons_count = import->shown_reasons.len};
    return GA_OK;
}

enum ga_rc ga_import_cells_at(struct ga_import *import, size_t i, struct ga_arena *arena, const char ***ret_cells,
                              const struct ga_import_sheet **ret_sheet, struct ga_error *err)
{
    const struct planned *planned = GA_SHELF_AT(struct planned, import->rows, i);
    const struct ga_import_sheet *sheet = &import->sheets[planned->sheet];
    const struct ga_sheet_row *row;
    enum ga_rc rc = ga_source_seek(import, i, &row, err);
    if (rc != GA_OK)
        return rc;
    const char **cells = ga_arena_array(arena, sheet->columns_count + 1, sizeof(*cells));
    for (size_t c = 0; c < sheet->columns_count; c++)
        cells[c] = ga_arena_strdup(arena, ga_cell_text(row, c));
    *ret_cells = cells;
    *ret_sheet = sheet;
    return GA_OK;
}
