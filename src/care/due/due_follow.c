/* Keeps the tables of what is owed up to the newest saves. */
#include "due/due_follow.h"

#include "due/due_then.h"
#include "guanai/base/alloc.h"
#include "guanai/care/give_way.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/number.h"
#include "guanai/store/same.h"
#include "guanai/store/store.h"
#include "guanai/store/touched.h"
#include "guanai/store/view.h"

#include <stdlib.h>
#include <string.h>

/* So many records are followed one by one; more, and all is made anew: about as dear. */
enum { RECORDS_MAX = 60, CHILDREN_MAX = 60 };

static enum ga_rc write_tables(void *ctx, struct ga_error *err)
{
    struct ga_due_following *f = ctx;
    struct ga_db *db = ga_store_db(f->care->options.store);
    enum ga_rc rc = f->care->is_aside ? ga_due_tables_put_aside(db, err) : ga_due_tables_make(db, err);
    return rc == GA_OK ? ga_due_write(f, err) : rc;
}

/* Views that were made in a transaction went with it: what was prepared on them is prepared anew. */
static void forget_views(struct ga_care *care)
{
    ga_owes_close(care->owes);
    care->owes = NULL;
    ga_due_sources_finish(care);
    ga_alarms_forget(&care->alarms);
}

/* A disk that takes nothing more is no reason not to say what is owed: all of it is counted in memory. */
static enum ga_rc write_aside(struct ga_due_following *f, struct ga_error *err)
{
    struct ga_care *care = f->care;
    if (!care->is_aside) {
        ga_due_write_finish(f);
        forget_views(care);
        f->is_all = care->is_aside = true;
        enum ga_rc rc = ga_due_find_begin(care, err);
        if (rc != GA_OK)
            return rc;
    }
    return ga_transaction_aside(ga_store_db(care->options.store), write_tables, f, err);
}

static enum ga_rc write_where_it_can(struct ga_due_following *f, struct ga_error *err)
{
    struct ga_error why = {0};
    if (f->care->is_aside)
        return write_aside(f, err);
    const enum ga_rc rc = ga_transaction_apart(ga_store_db(f->care->options.store), write_tables, f, &why);
    if (rc == GA_IO)
        return write_aside(f, err);
    if (rc == GA_CANCELLED)
        forget_views(f->care);
    if (rc != GA_OK && err != NULL)
        *err = why;
    return rc;
}

static void add_child(struct ga_due_following *f, int64_t no)
{
    for (size_t i = 0; i < f->children.len; i++)
        if (*GA_VEC_AT(const int64_t, &f->children, i) == no)
            return;
    *(int64_t *)ga_vec_push(&f->children) = no;
    f->is_all |= f->children.len > CHILDREN_MAX;
}

static void add_child_of(struct ga_due_following *f, const struct ga_uuid *file)
{
    int64_t no;
    if (!ga_uuid_is_zero(file) && ga_store_child_no(f->care->options.store, file, &no, NULL) == GA_OK)
        add_child(f, no);
}

static void add_text(struct ga_due_following *f, const struct ga_value *value)
{
    struct ga_uuid id;
    if (value->kind == GA_VALUE_TEXT && ga_uuid_parse(value->text, &id))
        add_child_of(f, &id);
}

/* The children that rows of repeats name. */
static void add_named(struct ga_due_following *f, const struct ga_answers *answers, const struct ga_field *repeat)
{
    const struct ga_rows *rows = &answers->repeats[repeat->index];
    for (size_t k = 0; k < repeat->fields.count; k++) {
        const struct ga_field *field = &repeat->fields.items[k];
        for (size_t i = 0; i < rows->count && ga_str_equal(field->of.text, "child"); i++)
            if (rows->rows[i].answers[field->index].state == GA_ANSWERED)
                add_text(f, &rows->rows[i].answers[field->index].value);
    }
}

static void add_children_of(struct ga_due_following *f, const struct ga_answers *answers)
{
    if (answers == NULL)
        return;
    add_child_of(f, &answers->child);
    for (size_t i = 0; i < answers->form->all_count; i++)
        if (answers->form->all[i]->fields.count > 0)
            add_named(f, answers, answers->form->all[i]);
}

static enum ga_rc add_files(struct ga_due_following *f, const struct ga_uuid *file, struct ga_error *err)
{
    struct ga_store *store = f->care->options.store;
    struct ga_uuid *files;
    size_t count = 0;
    int64_t no;
    const enum ga_rc rc = ga_same_files(store, file, &f->arena, &files, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        if (ga_store_file_no(store, &files[i], &no, NULL) == GA_OK)
            add_child(f, no);
    return rc == GA_NOT_FOUND ? GA_OK : rc;
}

/* A verdict on two files: all who hang together with either of them now are all who hung together before. */
static enum ga_rc add_linked(struct ga_due_following *f, const struct ga_answers *answers, struct ga_error *err)
{
    enum ga_rc rc = answers == NULL ? GA_OK : add_files(f, &answers->child, err);
    for (size_t i = 0; answers != NULL && rc == GA_OK && i < answers->form->all_count; i++) {
        const struct ga_field *field = answers->form->all[i];
        const struct ga_answer *answer = ga_answers_at(answers, field);
        struct ga_uuid id;
        if (ga_str_equal(field->of.text, "child") && answer->value.kind == GA_VALUE_TEXT &&
            ga_uuid_parse(answer->value.text, &id))
            rc = add_files(f, &id, err);
    }
    return rc;
}

/* Is it a form whose record closes a duty of a class, a site, the school? */
static bool closes_for_places(const struct ga_care *care, const char *form)
{
    for (size_t d = 0; d < care->duties.count; d++)
        for (size_t i = 0; care->duties.items[d]->per != GA_PER_CHILD && i < care->duties.items[d]->done_by.count; i++)
            if (strcmp(care->duties.items[d]->done_by.items[i].form.text, form) == 0)
                return true;
    return false;
}

enum ga_rc ga_due_take_touched(void *ctx, const struct ga_touched *touched, struct ga_error *err)
{
    struct ga_due_following *f = ctx;
    const char *form = touched->form->name;
    f->has_place_records |= closes_for_places(f->care, form) || strcmp(form, "place_outcome") == 0 ||
                            strcmp(form, GA_DUE_PAUSE) == 0;
    if (strcmp(form, "child") == 0) {
        add_child(f, touched->no);
        f->has_new_people = true;
        return GA_OK;
    }
    f->doubts_stands |= strcmp(form, "year_end") == 0;
    if (strcmp(form, "duty_choice") == 0 || strcmp(form, "class_teacher") == 0 || strcmp(form, GA_DUE_WATCH) == 0) {
        f->is_all = true;
        return GA_OK;
    }
    if (strcmp(form, GA_SAME_FORM) == 0) {
        f->has_new_people = true;
        enum ga_rc rc = add_linked(f, touched->old, err);
        return rc == GA_OK ? add_linked(f, touched->now, err) : rc;
    }
    add_children_of(f, touched->old);
    add_children_of(f, touched->now);
    return GA_OK;
}

static enum ga_rc read_mark(struct ga_care *care, bool *ret_fits, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t count = 0;
    *ret_fits = false;
    care->shown_op = 0;
    enum ga_rc rc = ga_db_query_int(ga_store_db(care->options.store),
                                    "SELECT count(*) FROM sqlite_schema WHERE name = '_due_mark'", &count, err);
    if (rc != GA_OK || count == 0)
        return rc;
    rc = ga_due_stmt(care, GA_DUE_GET_MARK, &stmt, err);
    if (rc == GA_OK)
        rc = ga_stmt_step(stmt, &has_row, err);
    if (rc != GA_OK || !has_row)
        return rc;
    const char *day = ga_stmt_column_text(stmt, 1);
    *ret_fits = (uint64_t)ga_stmt_column_int(stmt, 2) == care->fingerprint && strcmp(day, GA_DATE_ISO(care->day)) == 0;
    care->shown_op = ga_stmt_column_int(stmt, 0);
    ga_stmt_reset(stmt);
    return GA_OK;
}

/* The days before one EVERY so many days was switched off: what stays of it is how children stood to it then. */
static void ask_ends(struct ga_care *care)
{
    const struct ga_vec *written = &care->decisions.written;
    int32_t *days = ga_alloc_array(written->len + 1, sizeof(*days));
    size_t count = 0;
    for (size_t i = 0; i < written->len; i++) {
        const struct ga_due_choice_written *choice = ga_vec_at(written, i);
        const int32_t day = choice->from_on - 1;
        if (!choice->is_on && care->is_on[choice->duty] && care->duties.items[choice->duty]->cadence.period == GA_PERIOD_EVERY &&
            day >= care->windows.from && day < care->windows.today)
            days[count++] = day;
    }
    ga_due_windows_ask(&care->windows, care->is_on, days, count);
    free(days);
}

/* What follows from the choices: who is asked about what. */
static void take_choices(struct ga_care *care)
{
    ga_owes_close(care->owes);
    care->owes = NULL;
    care->asked.count = 0;
    care->asked_events = 0;
    for (size_t d = 0; d < care->duties.count; d++) {
        care->is_on[d] = ga_due_is_ever_on(&care->decisions, care->duties.items[d], d);
        if (!care->is_on[d])
            continue;
        care->asked_no[care->asked.count] = d;
        care->asked_events |= (uint64_t)ga_duty_has_event(care->duties.items[d]) << care->asked.count;
        care->asked.items[care->asked.count++] = care->duties.items[d];
    }
    ask_ends(care);
}

static void doubt(struct ga_due_following *f, struct ga_vec *doubted, const char *key)
{
    if (key != NULL)
        *(const char **)ga_vec_push(doubted) = ga_arena_strdup(&f->arena, key);
}

/* The classes of now and of before of children whose files changed: they may be others' majority. */
static enum ga_rc doubt_classes(struct ga_due_following *f, struct ga_vec *doubted, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && f->has_new_people && i < f->children.len; i++) {
        const int64_t no = *GA_VEC_AT(const int64_t, &f->children, i);
        doubt(f, doubted, ga_due_places_of_child(&f->care->places, no));
        rc = ga_due_stmt(f->care, GA_DUE_GET_CHILD, &stmt, err);
        if (rc != GA_OK)
            return rc;
        ga_stmt_bind_int(stmt, 1, no);
        rc = ga_stmt_step(stmt, &has_row, err);
        if (rc == GA_OK && has_row) {
            doubt(f, doubted, ga_stmt_column_text(stmt, 1));
            ga_stmt_reset(stmt);
        }
    }
    return rc;
}

static enum ga_rc read_stands(struct ga_due_following *f, struct ga_error *err)
{
    struct ga_vec doubted;
    ga_vec_init(&doubted, sizeof(const char *));
    enum ga_rc rc = f->doubts_stands ? GA_OK : doubt_classes(f, &doubted, err);
    if (rc == GA_OK)
        rc = ga_due_stand_read(f->care, &f->care->places, f->doubts_stands ? NULL : &doubted, err);
    ga_vec_finish(&doubted);
    f->has_new_stands = true;
    return rc;
}

/* Choices and class teachers name classes, so they are read anew when there may be other ones. */
static enum ga_rc read_places(struct ga_due_following *f, struct ga_error *err)
{
    struct ga_care *care = f->care;
    care->places.child = 0; /* its class may be another one now */
    if (care->has_choices && !f->is_all && !f->has_new_people)
        return GA_OK;
    care->has_choices = false;
    ga_due_places_finish(&care->places);
    ga_due_decisions_finish(&care->decisions);
    ga_due_decisions_init(&care->decisions);
    enum ga_rc rc = ga_due_places_read(&care->places, care, err);
    if (rc == GA_OK)
        rc = read_stands(f, err);
    if (rc == GA_OK)
        rc = ga_due_choices_read(care, &care->places, &care->decisions, err);
    care->has_choices = rc == GA_OK;
    take_choices(care);
    return rc;
}

static enum ga_rc look(struct ga_due_following *f, struct ga_error *err)
{
    struct ga_care *care = f->care;
    bool fits = true, has_all = true;
    enum ga_rc rc = GA_OK;
    if (care->shown_op < 0)
        rc = read_mark(care, &fits, err);
    f->is_all = !fits || care->shown_op > ga_store_last_op(care->options.store);
    f->doubts_stands = f->is_all && care->shown_op != ga_store_last_op(care->options.store);
    if (rc == GA_OK && !f->is_all && care->shown_op < ga_store_last_op(care->options.store))
        rc = ga_store_touched(care->options.store, care->shown_op, RECORDS_MAX, ga_due_take_touched, f, &has_all, err);
    f->is_all |= !has_all;
    f->doubts_stands |= !has_all;
    return rc;
}

/* ga_store_roster_view brings the roster up to date, so it comes before anything that joins it. */
static enum ga_rc follow(struct ga_care *care, bool is_forced, struct ga_error *err)
{
    struct ga_due_following f = {.care = care};
    ga_vec_init(&f.children, sizeof(int64_t));
    enum ga_rc rc = look(&f, err);
    f.is_all |= is_forced;
    ga_store_spare_cache(care->options.store, f.is_all && ga_due_is_spared(care));
    if (rc == GA_OK)
        rc = ga_store_roster_view(care->options.store, err);
    const bool is_behind = f.is_all || care->shown_op < ga_store_last_op(care->options.store);
    if (rc == GA_OK)
        rc = read_places(&f, err);
    if (rc == GA_OK && f.is_all)
        rc = ga_due_find_begin(care, err);
    if (rc == GA_OK && f.is_all && is_behind)
        rc = ga_due_then_prepare(care, err);
    if (rc == GA_OK && is_behind)
        rc = write_where_it_can(&f, err);
    ga_store_spare_cache(care->options.store, false);
    care->shown_op = rc == GA_OK ? ga_store_last_op(care->options.store) : -1;
    care->is_made_anew = rc == GA_OK && f.is_all;
    care->is_put_off = rc == GA_CANCELLED;
    ga_due_write_finish(&f);
    ga_vec_finish(&f.children);
    ga_arena_finish(&f.arena);
    return rc;
}

/* Inside somebody's save nothing is followed: it may yet be taken back. */
static enum ga_rc bring_up(struct ga_care *care, bool is_forced, struct ga_error *err)
{
    struct ga_store *store = care->options.store;
    if (care->is_following || ga_transaction_depth(ga_store_db(store)) > 0)
        return GA_OK;
    care->is_following = true;
    enum ga_rc rc = GA_OK;
    if (ga_date_compare(care->day, ga_store_today(store)) != 0)
        rc = ga_due_day_begin(care, ga_store_today(store), err);
    if (rc == GA_OK && (is_forced || care->shown_op != ga_store_last_op(store)))
        rc = follow(care, is_forced, err);
    care->is_following = false;
    return rc;
}

void ga_care_give_way(struct ga_care *care, bool (*is_wanted)(void *ctx), void *ctx)
{
    care->is_wanted = is_wanted;
    care->wanted_ctx = ctx;
}

bool ga_care_is_put_off(const struct ga_care *care)
{
    return care->is_put_off;
}

enum ga_rc ga_care_follow(struct ga_care *care, struct ga_error *err)
{
    return bring_up(care, false, err);
}

enum ga_rc ga_due_make_anew(struct ga_care *care, struct ga_error *err)
{
    return bring_up(care, true, err);
}
