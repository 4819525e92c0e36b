/* Counts how a class or a teacher did over a term. */
#include "guanai/app/appraisal.h"

#include "guanai/app/care.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/vec.h"
#include "guanai/care/past.h"
#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/record.h"
#include "guanai/store/view.h"
#include "guanai/text/class_name.h"
#include "private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One question for the day a record of a form was entered on. */
struct entered {
    const char *form;
    struct ga_stmt *stmt; /* NULL: not installed */
};

struct counting {
    struct ga_session *session;
    struct ga_care *care;
    enum ga_appraisal_by by;
    enum ga_lang lang;
    struct ga_arena *arena;
    struct ga_days term;
    struct ga_vec rows;    /* struct ga_appraisal */
    struct ga_vec entered; /* struct entered */
};

enum ga_rc ga_appraisal_term(struct ga_session *session, const char *typed, char ret_name[16], struct ga_days *ret_days,
                             struct ga_error *err)
{
    const struct ga_calendar calendar = ga_calendar_of(&session->config);
    const int year = ga_class_name_school_year(session->today);
    char names[3][16];
    struct ga_days days;
    int now = 0; /* the newest term that has begun */
    if (strcmp(typed, "this") != 0 && strcmp(typed, "last") != 0) {
        if (!ga_calendar_term(&calendar, typed, ret_days))
            return ga_error_set(err, GA_REFUSED, "'%1' is no term; write it as 2026-1, this or last", typed);
        ga_str_copy(ret_name, 16, typed);
        return GA_OK;
    }
    for (int i = 0; i < 3; i++) {
        snprintf(names[i], sizeof(names[i]), "%d-%d", i == 0 ? year - 1 : year, i == 1 ? 1 : 2);
        if (ga_calendar_term(&calendar, names[i], &days) && ga_date_compare(days.from, session->today) <= 0)
            now = i;
    }
    const int wanted = strcmp(typed, "this") == 0 ? now : now - 1;
    if (wanted < 0 || !ga_calendar_term(&calendar, names[wanted], ret_days))
        return ga_error_set(err, GA_REFUSED, "'%1' is no term; write it as 2026-1, this or last", typed);
    ga_str_copy(ret_name, 16, names[wanted]);
    return GA_OK;
}

static struct ga_appraisal *row_named(struct counting *c, const char *about, const char *site)
{
    for (size_t i = 0; i < c->rows.len; i++) {
        struct ga_appraisal *row = ga_vec_at(&c->rows, i);
        if (strcmp(row->about, about) == 0 && strcmp(row->site, site) == 0)
            return row;
    }
    return NULL;
}

static void add_row(struct counting *c, const char *about, const char *shown, const char *site)
{
    *(struct ga_appraisal *)ga_vec_push(&c->rows) = (struct ga_appraisal){
        .about = ga_arena_strdup(c->arena, about), .shown = ga_arena_strdup(c->arena, shown),
        .site = ga_arena_strdup(c->arena, site), .rating = ""};
}

static const char *class_text(const struct ga_roster_class *class_of, enum ga_lang lang, char buf[GA_CLASS_NAME_SIZE])
{
    struct ga_class_name name = {0};
    ga_str_copy(name.grade, sizeof(name.grade), class_of->grade);
    ga_str_copy(name.number, sizeof(name.number), class_of->class_no);
    return ga_class_name_text(&name, lang, buf);
}

static enum ga_rc add_classes(struct counting *c, struct ga_error *err)
{
    struct ga_roster_class *classes;
    char about[GA_CLASS_NAME_SIZE], shown[GA_CLASS_NAME_SIZE];
    size_t count = 0;
    const enum ga_rc rc = ga_care_classes(c->care, c->term.to, c->lang, c->arena, &classes, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        add_row(c, class_text(&classes[i], GA_ZH, about), class_text(&classes[i], c->lang, shown), classes[i].site);
    return rc;
}

/* What classes without a teacher owe stands in a row of its own: left out, the teachers' rows would seem to be all. */
static struct ga_appraisal *row_of_teacher(struct counting *c, const struct ga_due *due, const struct ga_roster_class *class_of)
{
    if (due->owner[0] == '\0' && class_of->grade[0] == '\0')
        return NULL;
    if (row_named(c, due->owner, "") == NULL)
        add_row(c, due->owner, due->owner[0] != '\0' ? due->owner : ga_tr(c->lang, "Without teacher"), "");
    return row_named(c, due->owner, "");
}

/* Whose it is; NULL: nobody's, or not of a class. */
static struct ga_appraisal *row_of(struct counting *c, const struct ga_due *due, struct ga_arena *scratch)
{
    struct ga_roster_class class_of;
    char about[GA_CLASS_NAME_SIZE];
    ga_due_class_of(due, scratch, &class_of);
    if (c->by == GA_APPRAISAL_TEACHER)
        return row_of_teacher(c, due, &class_of);
    return class_of.grade[0] == '\0' ? NULL : row_named(c, class_text(&class_of, GA_ZH, about), class_of.site);
}

static struct ga_stmt *question_for(struct counting *c, const char *form_name)
{
    for (size_t i = 0; i < c->entered.len; i++)
        if (strcmp(GA_VEC_AT(const struct entered, &c->entered, i)->form, form_name) == 0)
            return GA_VEC_AT(const struct entered, &c->entered, i)->stmt;
    struct entered *entered = ga_vec_push(&c->entered);
    const struct ga_form *form = ga_forms_get(c->session->forms, form_name, NULL);
    struct ga_str sql = {0};
    *entered = (struct entered){.form = form_name};
    ga_str_addf(&sql, "SELECT entered_on FROM v_%s WHERE no = ?1", form_name);
    if (form != NULL && ga_store_view(c->session->store, form, NULL, NULL) == GA_OK)
        ga_stmt_prepare(ga_store_db(c->session->store), ga_str_text(&sql), &entered->stmt, NULL);
    ga_str_finish(&sql);
    return entered->stmt;
}

/* The day the record behind a due was entered on. */
static bool read_entered(struct counting *c, const struct ga_due *due, struct ga_date *ret_day, struct ga_error *err)
{
    const struct ga_duty *duty = ga_care_duties(c->care)->items[due->duty];
    bool has_row = false;
    for (size_t i = 0; i < duty->done_by.count && !has_row; i++) {
        struct ga_stmt *stmt = question_for(c, duty->done_by.items[i].form.text);
        if (stmt == NULL)
            continue;
        ga_stmt_bind_int(stmt, 1, due->record);
        if (ga_stmt_step(stmt, &has_row, err) != GA_OK)
            return false;
        has_row = has_row && ga_date_from_iso(ga_stmt_column_text(stmt, 0), ret_day);
        ga_stmt_reset(stmt);
    }
    return has_row;
}

static void count_due(struct counting *c, const struct ga_due *due, struct ga_appraisal *row)
{
    struct ga_date entered;
    const bool is_done = ga_due_is_done(due->state);
    row->is_own |= due->owner[0] != '\0' && strcmp(due->owner, ga_store_user(c->session->store)) == 0;
    row->tries += due->tries;
    row->excused += due->state == GA_DUE_EXCUSED;
    row->unconfirmed += due->state == GA_DUE_EXCUSED && !due->is_confirmed;
    if (!is_done && due->state != GA_DUE_LATE && due->state != GA_DUE_MISSED)
        return;
    row->due++;
    row->done += is_done;
    row->done_late += due->state == GA_DUE_DONE_LATE;
    if (is_done && due->record != 0 && read_entered(c, due, &entered, NULL))
        row->typed_late += ga_date_to_days(entered) - ga_date_to_days(due->done_on) > GA_APPRAISAL_TYPED_DAYS;
}

static enum ga_rc count_all(struct counting *c, struct ga_error *err)
{
    const struct ga_due_ask ask = {.span = c->term, .states = (1u << GA_DUE_STATE_COUNT) - 1};
    struct ga_arena arena = {0};
    struct ga_due *dues;
    size_t count = 0;
    const enum ga_rc rc = ga_due_list(c->care, &ask, &arena, &dues, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        const struct ga_date last = dues[i].window.due_on;
        struct ga_appraisal *row = ga_date_compare(last, c->term.from) < 0 || ga_date_compare(last, c->term.to) > 0
                                       ? NULL : row_of(c, &dues[i], &arena);
        if (row != NULL)
            count_due(c, &dues[i], row);
    }
    ga_arena_finish(&arena);
    return rc;
}

/* The newest record of each row of the term: the last one read stays. */
static enum ga_rc find_records(struct counting *c, const char *term, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(c->session->forms, GA_APPRAISAL_FORM, NULL);
    struct ga_stmt *stmt = NULL;
    bool has_row = false;
    enum ga_rc rc = form == NULL ? GA_NOT_FOUND : ga_store_view(c->session->store, form, NULL, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(c->session->store), "SELECT id, about, rating, site FROM v_" GA_APPRAISAL_FORM
                             " WHERE term = ?1 ORDER BY id", &stmt, err);
    if (rc != GA_OK)
        return rc == GA_NOT_FOUND ? GA_OK : rc;
    ga_stmt_bind_text(stmt, 1, term);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const char *about = ga_stmt_column_text(stmt, 1), *rating = ga_stmt_column_text(stmt, 2), *site = ga_stmt_column_text(stmt, 3);
        struct ga_appraisal *row = row_named(c, about == NULL ? "" : about, site == NULL ? "" : site);
        if (row == NULL)
            continue;
        const struct ga_list *list = ga_forms_list(c->session->forms, "rating", NULL);
        const struct ga_choice *choice = list == NULL || rating == NULL ? NULL : ga_list_choice(list, rating);
        ga_uuid_parse(ga_stmt_column_text(stmt, 0), &row->record);
        row->rating = choice != NULL ? ga_label_text(&choice->label, c->lang) : rating == NULL ? "" : ga_arena_strdup(c->arena, rating);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

/* Nobody's last. */
static int by_name(const void *a, const void *b)
{
    const char *x = ((const struct ga_appraisal *)a)->about, *y = ((const struct ga_appraisal *)b)->about;
    const int order = (x[0] == '\0') - (y[0] == '\0');
    return order != 0 ? order : strcmp(x, y);
}

/* Without any teacher there is nobody to appraise. */
static void drop_nobody(struct counting *c)
{
    if (c->by == GA_APPRAISAL_TEACHER && c->rows.len == 1 && ((const struct ga_appraisal *)c->rows.items)->about[0] == '\0')
        ga_vec_clear(&c->rows);
}

static void stop(struct counting *c)
{
    for (size_t i = 0; i < c->entered.len; i++)
        ga_stmt_destroy(GA_VEC_AT(const struct entered, &c->entered, i)->stmt);
    ga_vec_finish(&c->entered);
    ga_vec_finish(&c->rows);
}

enum ga_rc ga_appraisals_read(struct ga_session *session, const char *term, enum ga_appraisal_by by, enum ga_lang lang,
                              struct ga_arena *arena, struct ga_appraisal **ret_rows, size_t *ret_count, struct ga_error *err)
{
    struct counting c = {.session = session, .by = by, .lang = lang, .arena = arena};
    char name[16];
    enum ga_rc rc = ga_appraisal_term(session, term, name, &c.term, err);
    if (rc == GA_OK)
        rc = ga_session_care(session, NULL, &c.care, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&c.rows, sizeof(struct ga_appraisal));
    ga_vec_init(&c.entered, sizeof(struct entered));
    if (by == GA_APPRAISAL_CLASS)
        rc = add_classes(&c, err);
    if (rc == GA_OK)
        rc = count_all(&c, err);
    if (rc == GA_OK)
        rc = find_records(&c, name, err);
    drop_nobody(&c);
    if (rc == GA_OK) {
        *ret_rows = ga_arena_array(arena, c.rows.len + 1, sizeof(**ret_rows));
        *ret_count = c.rows.len;
        if (c.rows.len > 0)
            memcpy(*ret_rows, c.rows.items, c.rows.len * sizeof(**ret_rows));
        if (by == GA_APPRAISAL_TEACHER && c.rows.len > 1)
            qsort(*ret_rows, c.rows.len, sizeof(**ret_rows), by_name);
    }
    stop(&c);
    return rc;
}

enum ga_rc ga_appraisal_keep(struct ga_session *session, const char *term, const struct ga_appraisal *row,
                             struct ga_uuid *ret_record, struct ga_error *err)
{
    struct ga_entry *entry;
    char name[16];
    struct ga_days days;
    if (row->about[0] == '\0')
        return ga_error_set(err, GA_REFUSED, "nobody can be appraised for these: register the class teachers first");
    enum ga_rc rc = ga_appraisal_refuse(session, row->shown, row->is_own, err);
    if (rc == GA_OK)
        rc = ga_appraisal_term(session, term, name, &days, err);
    if (rc == GA_OK)
        rc = ga_uuid_is_zero(&row->record) ? ga_entry_new(session, GA_APPRAISAL_FORM, NULL, &entry, err)
                                           : ga_entry_open(session, &row->record, &entry, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_written fields[] = {
        {"about", row->about}, {"site", row->site}, {"term", name}, {"figures_on", GA_DATE_ISO(session->today)},
        {"due", GA_NUM(row->due)}, {"done", GA_NUM(row->done)}, {"done_late", GA_NUM(row->done_late)},
        {"typed_late", GA_NUM(row->typed_late)}, {"excused", GA_NUM(row->excused)}, {"tries", GA_NUM(row->tries)}};
    rc = ga_entry_write_all(entry, fields, GA_COUNT(fields), err);
    if (rc == GA_OK)
        rc = ga_entry_save(entry, NULL, err);
    if (rc == GA_OK)
        *ret_record = entry->now.id;
    ga_entry_destroy(entry);
    return rc;
}

static bool is_answered(const struct ga_entry *entry, const char *field)
{
    const struct ga_field *of = ga_form_field(entry->form, field);
    return of != NULL && ga_answers_at(&entry->now, of)->state == GA_ANSWERED;
}

enum ga_rc ga_appraisal_note_rater(struct ga_session *session, const struct ga_uuid *record, struct ga_error *err)
{
    struct ga_entry *entry;
    const struct ga_written fields[] = {{"rated_by", ga_store_user(session->store)}, {"rated_on", GA_DATE_ISO(session->today)}};
    enum ga_rc rc = ga_entry_open(session, record, &entry, err);
    if (rc != GA_OK)
        return rc;
    if (is_answered(entry, "rating") && !is_answered(entry, "rated_by")) {
        rc = ga_entry_write_all(entry, fields, GA_COUNT(fields), err);
        if (rc == GA_OK)
            rc = ga_entry_save(entry, NULL, err);
    }
    ga_entry_destroy(entry);
    return rc;
}
