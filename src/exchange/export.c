/* Selects what leaves, in which order, as which kind of file. */
#include "guanai/exchange/export.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/answers.h"
#include "guanai/store/view.h"
#include "leaving.h"
#include "states.h"

#include <stdio.h>
#include <string.h>

enum { STEP_RECORDS = 64, SELECT_STEPS = 500000000, SELECT_MS = 120000 };

/* Who the record is about, in front of what it says. */
static const char *const child_columns[] = {"name", "grade", "class", "card_no"};

static const struct leaving_kind kinds[] = {
    {".csv", ga_leave_csv},
    {".json", ga_leave_json},
    {".xlsx", ga_leave_xlsx},
};

bool ga_leaving_is_shown(const struct ga_form *form, const struct ga_field *field)
{
    return field->type->storage != GA_STORE_NOTHING && ga_field_protect(form, field) != GA_PROTECT_RESTRICTED;
}

static void add_column(struct leaving *leaving, const struct ga_field *field, bool of_child)
{
    if (field->type->storage == GA_STORE_ROWS)
        *(struct leaving_repeat *)ga_vec_push(&leaving->repeats) = (struct leaving_repeat){.field = field};
    else
        *(struct leaving_column *)ga_vec_push(&leaving->columns) = (struct leaving_column){field, of_child};
}

static void add_all_columns(struct leaving *leaving)
{
    for (size_t i = 0; leaving->child != NULL && i < GA_COUNT(child_columns); i++) {
        const struct ga_field *field = ga_form_field(leaving->child, child_columns[i]);
        if (field != NULL && ga_form_field(leaving->form, child_columns[i]) == NULL)
            add_column(leaving, field, true);
    }
    for (size_t i = 0; i < leaving->form->all_count; i++)
        if (ga_leaving_is_shown(leaving->form, leaving->form->all[i]))
            add_column(leaving, leaving->form->all[i], false);
}

static enum ga_rc add_wanted_columns(struct leaving *leaving, struct ga_error *err)
{
    const struct ga_export_options *options = leaving->options;
    for (size_t i = 0; i < options->columns_count; i++) {
        const struct ga_field *field = ga_form_field(leaving->form, options->columns[i]);
        if (field == NULL || field->parent != NULL || field->type->storage == GA_STORE_NOTHING)
            return ga_error_set(err, GA_USAGE, "the form has no field '%1'", options->columns[i]);
        if (!ga_leaving_is_shown(leaving->form, field))
            return ga_error_set(err, GA_REFUSED, "'%1' is restricted and is never exported", options->columns[i]);
        add_column(leaving, field, false);
    }
    return GA_OK;
}

/* The order of a roster: by class, within it by card number; other records as they were made. */
static void add_order(const struct ga_form *form, struct ga_str *sql)
{
    ga_str_add(sql, " ORDER BY ");
    if (ga_form_field(form, "grade") != NULL)
        ga_str_add(sql, "CASE substr(grade, 1, 1) WHEN 'k' THEN 0 WHEN 'p' THEN 1 WHEN 'g' THEN 2 ELSE 3 END, grade, ");
    if (ga_form_field(form, "class") != NULL)
        ga_str_add(sql, "CAST(class AS INTEGER), class, ");
    if (ga_form_field(form, "card_no") != NULL)
        ga_str_add(sql, "card_no, ");
    ga_str_add(sql, "id");
}

/* The condition is somebody's text, so it runs guarded; it picks records, the rest is ours. */
static enum ga_rc prepare_numbers(struct leaving *leaving, struct ga_stmt **ret_stmt,
                                  struct ga_error *err)
{
    struct ga_db *db = ga_store_db(leaving->tools->store);
    struct ga_str front = {0}, back = {0};
    ga_str_addf(&front, "SELECT no FROM %s", leaving->view);
    if (leaving->options->where != NULL)
        ga_str_add(&front, " WHERE (");
    ga_str_add(&back, leaving->options->where != NULL ? ")" : "");
    add_order(leaving->form, &back);
    enum ga_rc rc;
    if (leaving->options->where == NULL) {
        ga_str_add(&front, ga_str_text(&back));
        rc = ga_stmt_prepare(db, ga_str_text(&front), ret_stmt, err);
    } else {
        leaving->views[0] = leaving->view;
        leaving->scope = (struct ga_guard_scope){.kind = GA_GUARD_VIEW, .views = leaving->views, .views_count = 1,
            .max_steps = SELECT_STEPS, .max_ms = SELECT_MS};
        const struct ga_guard_shape shape = {.prefix = ga_str_text(&front), .suffix = ga_str_text(&back),
            .exprs = &leaving->options->where, .exprs_count = 1, .columns = 1};
        rc = ga_guard_prepare(db, &leaving->scope, &shape, ret_stmt, NULL, err);
    }
    ga_str_finish(&front);
    ga_str_finish(&back);
    return rc;
}

/* Numbers only are sorted and kept: memory stays flat however wide the form is. */
static enum ga_rc select_numbers(struct leaving *leaving, struct ga_error *err)
{
    struct ga_stmt *stmt = NULL;
    bool has_row = true;
    enum ga_rc rc = prepare_numbers(leaving, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(&leaving->numbers) = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return rc;
}

/* The child's row is met by its number: v_child shows it or not, as this user may see it. */
static enum ga_rc prepare_record(struct leaving *leaving, struct ga_error *err)
{
    struct ga_str sql = {0};
    ga_str_addf(&sql, "SELECT v.id, %s", leaving->child != NULL ? "v.child" : "NULL");
    for (size_t i = 0; i < leaving->columns.len; i++) {
        const struct leaving_column *column = GA_VEC_AT(struct leaving_column, &leaving->columns, i);
        ga_str_addf(&sql, ", %s.\"%s\"", column->of_child ? "c" : "v", column->field->name);
    }
    ga_str_addf(&sql, ", v.not_answered, %s FROM %s AS v", leaving->child != NULL ? "c.not_answered" : "NULL",
                leaving->view);
    if (leaving->child != NULL)
        ga_str_addf(&sql, " LEFT JOIN v_%s AS c ON c.no = (SELECT coalesce(s.main, t.child) FROM main.\"%s\" AS t"
                    " LEFT JOIN main._same AS s ON s.no = t.child WHERE t.no = ?1)",
                    leaving->child->name, leaving->form->name);
    ga_str_add(&sql, " WHERE v.no = ?1");
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(leaving->tools->store), ga_str_text(&sql), &leaving->record, err);
    ga_str_finish(&sql);
    return rc;
}

static enum ga_rc prepare_repeat(struct leaving *leaving, struct leaving_repeat *repeat, struct ga_error *err)
{
    struct ga_str sql = {0};
    ga_str_add(&sql, "SELECT t.id");
    for (size_t i = 0; i < repeat->field->fields.count; i++)
        if (ga_leaving_is_shown(leaving->form, &repeat->field->fields.items[i])) {
            ga_str_add(&sql, ", ");
            ga_store_view_column(leaving->form, &repeat->field->fields.items[i], "t", &sql);
        }
    ga_str_addf(&sql, " FROM main.\"%s__%s\" AS t WHERE t.record = ?1 ORDER BY t.position", leaving->form->name,
                repeat->field->name);
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(leaving->tools->store), ga_str_text(&sql), &repeat->rows, err);
    ga_str_finish(&sql);
    return rc;
}

static enum ga_rc prepare(struct leaving *leaving, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    if (leaving->form->of.text != NULL) {
        leaving->child = ga_forms_get(ga_store_forms(leaving->tools->store), leaving->form->of.text, err);
        rc = leaving->child == NULL ? GA_NOT_FOUND : ga_store_view(leaving->tools->store, leaving->child, NULL, err);
    }
    if (rc == GA_OK)
        rc = ga_store_view(leaving->tools->store, leaving->form, leaving->view, err);
    if (rc == GA_OK && leaving->options->columns != NULL)
        rc = add_wanted_columns(leaving, err);
    else if (rc == GA_OK)
        add_all_columns(leaving);
    if (rc == GA_OK && leaving->options->columns == NULL)
        rc = ga_leaving_read_notes(leaving, err);
    if (rc == GA_OK)
        rc = select_numbers(leaving, err);
    if (rc == GA_OK)
        rc = prepare_record(leaving, err);
    for (size_t i = 0; rc == GA_OK && i < leaving->repeats.len; i++)
        rc = prepare_repeat(leaving, GA_VEC_AT(struct leaving_repeat, &leaving->repeats, i), err);
    return rc;
}

enum ga_rc ga_leaving_record(struct leaving *leaving, size_t i, struct ga_error *err)
{
    bool has_row = false;
    const struct ga_progress *progress = leaving->progress;
    if (progress != NULL && progress->step != NULL && i % STEP_RECORDS == 0 &&
        !progress->step(progress->ctx, (int64_t)i, (int64_t)leaving->numbers.len))
        return ga_error_set(err, GA_CANCELLED, "stopped; no file was written");
    ga_stmt_reset(leaving->record);
    ga_stmt_bind_int(leaving->record, 1, *GA_VEC_AT(int64_t, &leaving->numbers, i));
    enum ga_rc rc = ga_stmt_step(leaving->record, &has_row, err);
    if (rc == GA_OK && !has_row)
        rc = ga_error_set(err, GA_REFUSED, "something changed since the preview; please look at it again");
    return rc;
}

struct ga_value ga_leaving_value(const struct leaving *leaving, size_t column)
{
    return ga_stmt_column(leaving->record, (int)column + 2);
}

void ga_leaving_words(const struct leaving *leaving, const struct ga_field *field, const struct ga_value *value,
                      struct ga_str *out)
{
    const bool is_worded = field->list != NULL || ga_str_equal(field->type->name, "boolean");
    const bool is_money = ga_str_equal(field->type->name, "money"); /* yuan, as import and people read it */
    if ((leaving->options->with_labels && is_worded) || (is_money && value->kind == GA_VALUE_INTEGER))
        ga_field_show(field, leaving->options->lang, value, out);
    else if (value->kind == GA_VALUE_TEXT)
        ga_str_add_bytes(out, value->text, value->len);
    else if (value->kind == GA_VALUE_INTEGER)
        ga_str_add(out, GA_NUM(value->integer));
    else if (value->kind == GA_VALUE_REAL)
        ga_str_addf(out, "%.15g", value->real);
}

/* The code of a field in {"father_phone":"refused"}; state by state, for there are three. */
static enum ga_answer_state state_in(const char *not_answered, const char *field)
{
    struct ga_str entry = {0};
    enum ga_answer_state state = GA_EMPTY;
    for (int s = GA_EMPTY; s <= GA_NOT_APPLICABLE; s++) {
        const char *code = ga_answer_state_code((enum ga_answer_state)s);
        if (code == NULL)
            continue;
        ga_str_clear(&entry);
        ga_str_addf(&entry, "\"%s\":\"%s\"", field, code);
        if (strstr(not_answered, ga_str_text(&entry)) != NULL)
            state = (enum ga_answer_state)s;
    }
    ga_str_finish(&entry);
    return state;
}

void ga_leaving_cell(const struct leaving *leaving, size_t column, struct ga_str *out)
{
    const struct leaving_column *of = GA_VEC_AT(struct leaving_column, &leaving->columns, column);
    const struct ga_value value = ga_leaving_value(leaving, column);
    if (value.kind != GA_VALUE_NULL) {
        ga_leaving_words(leaving, of->field, &value, out);
        return;
    }
    const struct ga_value not_answered = ga_leaving_value(leaving, leaving->columns.len + of->of_child);
    const enum ga_answer_state state =
        not_answered.kind == GA_VALUE_TEXT ? state_in(not_answered.text, of->field->name) : GA_EMPTY;
    if (state == GA_EMPTY)
        return;
    if (leaving->options->with_labels)
        ga_str_add(out, ga_tr(leaving->options->lang, ga_state_words[state]));
    else
        ga_str_addf(out, "?%s", ga_answer_state_code(state));
}

const char *ga_leaving_heading(const struct leaving *leaving, const struct ga_field *field)
{
    return leaving->options->with_labels ? ga_label_text(&field->label, leaving->options->lang) : field->name;
}

static void finish(struct leaving *leaving)
{
    ga_stmt_destroy(leaving->record);
    for (size_t i = 0; i < leaving->repeats.len; i++)
        ga_stmt_destroy(GA_VEC_AT(struct leaving_repeat, &leaving->repeats, i)->rows);
    ga_vec_finish(&leaving->columns);
    ga_vec_finish(&leaving->repeats);
    ga_vec_finish(&leaving->numbers);
    ga_arena_finish(&leaving->arena);
}

static const struct leaving_kind *kind_of(const char *path)
{
    for (size_t i = 0; i < GA_COUNT(kinds); i++)
        if (ga_str_ends(path, kinds[i].ending))
            return &kinds[i];
    return NULL;
}

enum ga_rc ga_export_run(const struct ga_import_tools *tools, const struct ga_export_options *options,
                         const struct ga_progress *progress, int64_t *ret_rows, struct ga_error *err)
{
    const struct leaving_kind *kind = kind_of(options->path);
    if (kind == NULL)
        return ga_error_set(err, GA_USAGE, "cannot be exported as '%1'; the name must end in .csv, .json or .xlsx",
                            options->path);
    struct leaving leaving = {.tools = tools, .options = options, .form = options->form, .progress = progress};
    ga_vec_init(&leaving.columns, sizeof(struct leaving_column));
    ga_vec_init(&leaving.repeats, sizeof(struct leaving_repeat));
    ga_vec_init(&leaving.numbers, sizeof(int64_t));
    enum ga_rc rc = prepare(&leaving, err);
    if (rc == GA_OK)
        rc = ga_target_open(tools->io, options->path, &leaving.target, err);
    if (rc == GA_OK && (rc = kind->write(&leaving, err)) == GA_OK)
        rc = ga_target_commit(leaving.target, err);
    else
        ga_target_abandon(leaving.target);
    if (rc == GA_OK && ret_rows != NULL)
        *ret_rows = (int64_t)leaving.numbers.len;
    finish(&leaving);
    return rc;
}
