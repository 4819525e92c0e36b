/* Reads the records that close duties. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/store/number.h"
#include "guanai/store/view.h"

#include <stdlib.h>
#include <string.h>

/* A school's whole archive in one statement: the clock bounds it, the steps only what runs away. */
enum { READ_MS = 20000 };
static const int64_t READ_STEPS = 20000000000;

/* Columns of the statement. */
enum { CHILD, CLASS, RECORD, ON, COUNTS, TRIED, COLUMNS };

void ga_due_sources_finish(struct ga_care *care)
{
    for (size_t i = 0; i < care->sources_count; i++) {
        ga_stmt_destroy(care->sources[i].all);
        ga_stmt_destroy(care->sources[i].span);
        ga_stmt_destroy(care->sources[i].one);
    }
    free(care->sources);
    care->sources = NULL;
    care->sources_count = 0;
}

static void list_sources(struct ga_care *care)
{
    size_t count = 0;
    for (size_t d = 0; d < care->duties.count; d++)
        count += care->duties.items[d]->done_by.count;
    care->sources = ga_alloc_array(count + 1, sizeof(*care->sources));
    for (size_t d = 0; d < care->duties.count; d++)
        for (size_t i = 0; i < care->duties.items[d]->done_by.count; i++)
            if (care->duties.items[d]->done_by.items[i].of != NULL)
                care->sources[care->sources_count++] =
                    (struct ga_due_source){.duty = d, .per = care->duties.items[d]->per, .done = &care->duties.items[d]->done_by.items[i]};
}

/* What a statement is about: all records, those of files by number, those of one file. */
enum reach { OF_ALL, OF_SPAN, OF_ONE };

static const struct ga_form *form_of(struct ga_care *care, const struct ga_due_source *source)
{
    return ga_forms_get(ga_store_forms(care->options.store), source->done->form.text, NULL);
}

static bool is_of_child(const struct ga_form *form, const struct ga_due_source *source)
{
    return source->done->children.text == NULL && form->of.text != NULL;
}

/*
 * SELECT child, class, v.no, day, (when), (tried) FROM v_form AS v WHERE day BETWEEN ?1 AND ?2
 * [AND the file is ?3, or is one from ?3 to ?4].
 * The author's names are v's alone: what a repeat is asked for has names no field can have. A record that names its
 * class needs no children.
 */
static void write_statement(const struct ga_form *form, const struct ga_due_source *source, enum reach reach,
                            struct ga_str *prefix, struct ga_str *suffix)
{
    const struct ga_duty_done *done = source->done;
    const bool is_own = is_of_child(form, source), has_rows = done->children.text != NULL;
    const char *named = source->per == GA_PER_SITE || source->per == GA_PER_ROOM ? done->site.text : done->class.text;
    ga_str_addf(prefix, "SELECT %s, ", is_own ? "v._child" : has_rows ? "r._c" : "NULL");
    if (named != NULL)
        ga_str_addf(prefix, "v.\"%s\"", named);
    else
        ga_str_add(prefix, "NULL");
    ga_str_addf(prefix, ", v.no, v.\"%s\", ((", done->on.text);
    ga_str_addf(suffix, ") AND 1) FROM v_%s AS v", form->name);
    if (has_rows)
        ga_str_addf(suffix,
                    " %s JOIN (SELECT _record AS _r, \"_no_%s\" AS _c, \"_raw_%s\" AS _t FROM v_%s__%s) AS r ON r._r = v.no",
                    named != NULL ? "LEFT" : "", done->child_field->name, done->child_field->name, form->name, done->children.text);
    ga_str_addf(suffix, " WHERE v.\"%s\" BETWEEN ?1 AND ?2", done->on.text);
    if (reach == OF_SPAN)
        ga_str_add(suffix, " AND v._file BETWEEN ?3 AND ?4");
    else if (reach == OF_ONE)
        ga_str_addf(suffix, " AND %s = ?3", is_own ? "v._file" : "r._t");
}

static enum ga_rc prepare_views(struct ga_care *care, struct ga_due_source *source, const struct ga_form *form,
                                struct ga_error *err)
{
    struct ga_store *store = care->options.store;
    const struct ga_duty_done *done = source->done;
    size_t count = 1;
    enum ga_rc rc = ga_store_view(store, form, source->views[0], err);
    if (rc == GA_OK && done->children.text != NULL) {
        rc = ga_store_repeat_view(store, form, ga_form_field(form, done->children.text), source->views[1], err);
        count = 2;
    }
    source->view_names[0] = source->views[0];
    source->view_names[1] = source->views[1];
    source->scope = (struct ga_guard_scope){.kind = GA_GUARD_VIEW, .views = source->view_names, .views_count = count,
                                            .max_steps = READ_STEPS, .max_ms = READ_MS};
    return rc;
}

static enum ga_rc prepare(struct ga_care *care, struct ga_due_source *source, enum reach reach, struct ga_stmt **ret_stmt,
                          struct ga_error *err)
{
    const struct ga_form *form = form_of(care, source);
    const struct ga_duty_done *done = source->done;
    struct ga_str prefix = {0}, suffix = {0};
    if (form == NULL)
        return ga_error_set(err, GA_NOT_FOUND, "there is no form '%1'", done->form.text);
    write_statement(form, source, reach, &prefix, &suffix);
    const char *const exprs[] = {done->when.text != NULL ? done->when.text : "1",
                                 done->tried.text != NULL ? done->tried.text : "0"};
    const char *const between[] = {") AND 1), (("};
    const struct ga_guard_shape shape = {.prefix = ga_str_text(&prefix), .suffix = ga_str_text(&suffix),
                                         .separators = between, .exprs = exprs, .exprs_count = 2, .columns = COLUMNS};
    enum ga_rc rc = prepare_views(care, source, form, err);
    if (rc == GA_OK)
        rc = ga_guard_prepare(ga_store_db(care->options.store), &source->scope, &shape, ret_stmt, NULL, err);
    if (rc != GA_OK)
        ga_error_where(err, "%s", care->duties.items[source->duty]->file);
    ga_str_finish(&prefix);
    ga_str_finish(&suffix);
    return rc;
}

static void add_contact(struct ga_vec *contacts, long subject, int32_t day, struct ga_stmt *stmt, bool is_try)
{
    if (subject >= 0)
        *(struct ga_due_contact *)ga_vec_push(contacts) = (struct ga_due_contact){
            .subject = (size_t)subject, .day = day, .record = ga_stmt_column_int(stmt, RECORD), .is_try = is_try};
}

/* A record that counts is no try, whatever the second expression says. */
static void take(const struct ga_due_reading *reading, const struct ga_due_source *source, struct ga_stmt *stmt,
                 struct ga_vec *contacts)
{
    const int per = reading->care->duties.items[source->duty]->per;
    const bool counts = ga_stmt_column_int(stmt, COUNTS) != 0, is_try = !counts && ga_stmt_column_int(stmt, TRIED) != 0;
    const int64_t child = ga_stmt_column_int(stmt, CHILD);
    const char *class = ga_stmt_column_text(stmt, CLASS), *on = ga_stmt_column_text(stmt, ON);
    struct ga_date day;
    if (per == GA_PER_CHILD && (child < reading->span.from || child > reading->span.to))
        return; /* its file is passed on the way, or it is read with another run */
    if ((!counts && !is_try) || on == NULL || !ga_date_from_iso(on, &day) || !ga_date_is_day(day))
        return;
    struct ga_due_named named = {.per = per, .text = class, .child = child, .day = ga_date_to_days(day)};
    if (per == GA_PER_CHILD)
        add_contact(contacts, reading->find_child(reading->ctx, child), named.day, stmt, is_try);
    else
        ga_school_of_record(reading->care->options.store, ga_stmt_column_int(stmt, RECORD), named.school, NULL);
    for (size_t nth = 0; per != GA_PER_CHILD; nth++) {
        const long subject = reading->find_class(reading->ctx, &named, nth);
        if (subject < 0)
            break;
        add_contact(contacts, subject, named.day, stmt, is_try);
    }
}

static enum ga_rc step_all(const struct ga_due_reading *reading, const struct ga_due_source *source,
                           struct ga_stmt *stmt, struct ga_vec *contacts, struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take(reading, source, stmt, contacts);
    if (rc == GA_OK)
        ga_stmt_reset(stmt);
    return rc;
}

static void bind_span(const struct ga_care *care, struct ga_stmt *stmt)
{
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(ga_date_from_days(care->windows.from)));
    ga_stmt_bind_text(stmt, 2, GA_DATE_ISO(ga_date_from_days(care->windows.today)));
}

static enum ga_rc read_one(const struct ga_due_reading *reading, struct ga_due_source *source,
                           const struct ga_numbered_file *file, struct ga_vec *contacts, struct ga_error *err)
{
    char text[GA_UUID_TEXT_SIZE];
    enum ga_rc rc = source->one == NULL ? prepare(reading->care, source, OF_ONE, &source->one, err) : GA_OK;
    if (rc != GA_OK)
        return rc;
    bind_span(reading->care, source->one);
    if (is_of_child(form_of(reading->care, source), source))
        ga_stmt_bind_int(source->one, 3, file->no);
    else
        ga_stmt_bind_text(source->one, 3, ga_uuid_text(&file->id, text));
    return step_all(reading, source, source->one, contacts, err);
}

static enum ga_rc read_files(const struct ga_due_reading *reading, struct ga_due_source *source, struct ga_due_span span,
                             struct ga_vec *contacts, struct ga_error *err)
{
    bind_span(reading->care, source->span);
    ga_stmt_bind_int(source->span, 3, span.from);
    ga_stmt_bind_int(source->span, 4, span.to);
    return step_all(reading, source, source->span, contacts, err);
}

/* Found by the numbers of their files; other children's among those are passed over (take). */
static enum ga_rc read_run(const struct ga_due_reading *reading, struct ga_due_source *source, struct ga_vec *contacts,
                            struct ga_error *err)
{
    struct ga_vec nos;
    ga_vec_init(&nos, sizeof(int64_t));
    enum ga_rc rc = source->span == NULL ? prepare(reading->care, source, OF_SPAN, &source->span, err) : GA_OK;
    if (rc == GA_OK)
        rc = ga_store_files_outside(reading->care->options.store, reading->span.from, reading->span.to, &nos, err);
    if (rc == GA_OK)
        rc = read_files(reading, source, reading->span, contacts, err);
    for (size_t i = 0; rc == GA_OK && i < nos.len; i++) {
        const int64_t no = *GA_VEC_AT(const int64_t, &nos, i);
        rc = read_files(reading, source, (struct ga_due_span){no, no}, contacts, err);
    }
    ga_vec_finish(&nos);
    return rc;
}

static enum ga_rc read_runs(const struct ga_due_reading *reading, struct ga_due_source *source, struct ga_vec *contacts,
                            struct ga_error *err)
{
    struct ga_due_reading of_run = *reading;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < reading->runs->len; i++) {
        of_run.span = *GA_VEC_AT(const struct ga_due_span, reading->runs, i);
        rc = read_run(&of_run, source, contacts, err);
    }
    return rc;
}

static enum ga_rc read_of_one(const struct ga_due_reading *reading, struct ga_due_source *source, int64_t child,
                              struct ga_vec *contacts, struct ga_error *err)
{
    struct ga_vec files;
    ga_vec_init(&files, sizeof(struct ga_numbered_file));
    enum ga_rc rc = ga_store_child_files(reading->care->options.store, child, &files, err);
    for (size_t i = 0; rc == GA_OK && i < files.len; i++)
        rc = read_one(reading, source, ga_vec_at(&files, i), contacts, err);
    ga_vec_finish(&files);
    return rc;
}

/* Rows that name children are found by the child: to read them all for each span would grow with the school's square. */
static enum ga_rc read_each(const struct ga_due_reading *reading, struct ga_due_source *source, struct ga_vec *contacts,
                            struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < reading->runs->len; i++) {
        const struct ga_due_span run = *GA_VEC_AT(const struct ga_due_span, reading->runs, i);
        for (int64_t no = run.from; rc == GA_OK && no <= run.to; no++)
            if (reading->find_child(reading->ctx, no) >= 0)
                rc = read_of_one(reading, source, no, contacts, err);
    }
    return rc;
}

static enum ga_rc read_source(const struct ga_due_reading *reading, struct ga_due_source *source, struct ga_vec *contacts,
                              struct ga_error *err)
{
    if (reading->child != 0)
        return read_of_one(reading, source, reading->child, contacts, err);
    if (source->per == GA_PER_CHILD)
        return is_of_child(form_of(reading->care, source), source) ? read_runs(reading, source, contacts, err)
                                                                   : read_each(reading, source, contacts, err);
    const enum ga_rc rc = source->all == NULL ? prepare(reading->care, source, OF_ALL, &source->all, err) : GA_OK;
    if (rc != GA_OK)
        return rc;
    bind_span(reading->care, source->all);
    return step_all(reading, source, source->all, contacts, err);
}

enum ga_rc ga_due_contacts_read(const struct ga_due_reading *reading, struct ga_vec *contacts, struct ga_error *err)
{
    struct ga_care *care = reading->care;
    enum ga_rc rc = GA_OK;
    if (care->sources == NULL)
        list_sources(care);
    for (size_t i = 0; rc == GA_OK && i < care->sources_count; i++)
        if (care->sources[i].duty == reading->duty)
            rc = read_source(reading, &care->sources[i], contacts, err);
    return rc;
}
