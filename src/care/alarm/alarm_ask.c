/* Asks every alarm about every child. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/store/roll.h"
#include "guanai/store/view.h"

#include <string.h>

/* As for figures (count.c): the clock bounds it. */
enum { ASK_MS = 20000, TALLY_YEARS = 3 };
static const int64_t ASK_STEPS = 20000000000;

/* Columns of the statement: these, then four of each rule. */
enum { NO, BORN, FIRST };
enum { STANDS, SINCE, NUMBER, SAY, EACH };

void ga_alarms_init(struct ga_alarms *alarms)
{
    *alarms = (struct ga_alarms){0};
    ga_alarm_rules_init(&alarms->rules);
    ga_changes_read_init(&alarms->changes);
}

static void forget_question(struct ga_alarm_question *question)
{
    ga_stmt_destroy(question->stmt);
    if (question->is_written)
        ga_query_finish(&question->query);
    *question = (struct ga_alarm_question){0};
}

void ga_alarms_forget(struct ga_alarms *alarms)
{
    forget_question(&alarms->of_all);
    forget_question(&alarms->of_one);
    ga_alarm_sources_finish(alarms);
    ga_arena_reset(&alarms->arena);
    alarms->view[0] = '\0';
    alarms->tally_on = (struct ga_date){0};
    alarms->viewed = (struct ga_care_shown){0};
}

void ga_alarms_finish(struct ga_alarms *alarms)
{
    ga_alarms_forget(alarms);
    ga_changes_read_finish(&alarms->changes);
    ga_arena_finish(&alarms->arena);
    ga_arena_finish(&alarms->tally_arena);
    ga_alarm_rules_finish(&alarms->rules);
}

static enum ga_rc prepare(struct ga_care *care, struct ga_alarm_question *question, bool is_of_one, struct ga_error *err)
{
    struct ga_alarms *alarms = &care->alarms;
    struct ga_store *store = care->options.store;
    const struct ga_form *child = ga_forms_get(ga_store_forms(store), "child", err);
    if (child == NULL)
        return GA_NOT_FOUND;
    enum ga_rc rc = alarms->view[0] == '\0' ? ga_store_view(store, child, alarms->view, err) : GA_OK;
    if (rc != GA_OK)
        return rc;
    const struct ga_query_ask ask = {.definitions = &care->options.figures->definitions, .alarms = &alarms->rules,
                                     .child = child, .is_of_one = is_of_one};
    alarms->views[0] = alarms->view;
    alarms->scope = (struct ga_guard_scope){.kind = GA_GUARD_VIEW, .views = alarms->views, .views_count = 1,
                                            .max_steps = ASK_STEPS, .max_ms = ASK_MS};
    ga_query_write(&question->query, &alarms->arena, &ask);
    question->is_written = true;
    return ga_query_prepare(&question->query, store, &alarms->scope, GA_ALARMS_FOLDER, &question->stmt, err);
}

/* What lies longer ago than the tally reaches is counted from there. */
static void make_tally(struct ga_care *care)
{
    struct ga_alarms *alarms = &care->alarms;
    struct ga_days span = {care->day, care->day};
    if (ga_date_compare(alarms->tally_on, care->day) == 0)
        return;
    span.from = ga_date_add_months(care->day, -12 * TALLY_YEARS);
    ga_arena_reset(&alarms->tally_arena);
    alarms->tally = ga_school_tally_make(&care->calendar, span, &alarms->tally_arena);
    alarms->tally_on = care->day;
}

struct asking {
    struct ga_care *care;
    const struct ga_due_subjects *subjects;
    const struct ga_alarm_looks *looks;
    ga_alarm_fn each;
    void *ctx;
};

static bool is_asked_about(const struct asking *a, const struct ga_alarm_rule *rule, size_t subject)
{
    const bool is_here = ga_due_subject_is_here(a->subjects, subject, ga_date_to_days(a->care->day));
    return rule->of == GA_ALARM_OF_ALL || is_here == (rule->of == GA_ALARM_OF_HERE);
}

static int64_t newest_of(const struct asking *a, size_t look, int64_t no)
{
    const struct ga_alarm_look *found = ga_alarm_looks_find(a->looks, no, look);
    return found == NULL ? 0 : found->record;
}

static const struct ga_form *form_of_look(const struct ga_alarm_rule *rule, size_t look)
{
    for (size_t i = 0; i < rule->records.count; i++)
        if (rule->records.items[i].look == look)
            return rule->records.items[i].of;
    return NULL;
}

/* The newest of that name; without one of another name that is of the same form. */
static int64_t record_of(const struct asking *a, size_t rule_at, int64_t no)
{
    const struct ga_alarm_rules *rules = &a->care->alarms.rules;
    const struct ga_alarm_rule *rule = rules->items[rule_at];
    size_t first = 0;
    if (rule->opens_look < 0)
        return 0;
    for (size_t i = 0; i < rule_at; i++)
        first += rules->items[i]->looks_count;
    const struct ga_form *form = form_of_look(rule, (size_t)rule->opens_look);
    int64_t record = newest_of(a, first + (size_t)rule->opens_look, no);
    for (size_t i = 0; record == 0 && i < rule->records.count; i++)
        if (form != NULL && rule->records.items[i].of == form)
            record = newest_of(a, first + rule->records.items[i].look, no);
    return record;
}

static enum ga_rc take_row(const struct asking *a, struct ga_stmt *stmt, struct ga_error *err)
{
    const struct ga_alarm_rules *rules = &a->care->alarms.rules;
    const int64_t no = ga_stmt_column_int(stmt, NO);
    const long subject = ga_due_subjects_find(a->subjects, no);
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && subject >= 0 && i < rules->count; i++) {
        const int at = FIRST + EACH * (int)i;
        if (ga_stmt_column_int(stmt, at + STANDS) == 0 || !is_asked_about(a, rules->items[i], (size_t)subject))
            continue;
        const struct ga_alarm_found found = {
            .subject = (size_t)subject,
            .rule = i,
            .since = ga_stmt_column_text(stmt, at + SINCE),
            .birth = ga_stmt_column_text(stmt, BORN),
            .number = ga_stmt_column_is_null(stmt, at + NUMBER) ? -1 : ga_stmt_column_int(stmt, at + NUMBER),
            .say = (size_t)ga_stmt_column_int(stmt, at + SAY),
            .record = record_of(a, i, no),
        };
        rc = a->each(a->ctx, &found, err);
    }
    return rc;
}

static enum ga_rc ask(const struct asking *a, struct ga_error *err)
{
    struct ga_alarms *alarms = &a->care->alarms;
    const int64_t only = a->subjects->only;
    struct ga_alarm_question *question = only != 0 ? &alarms->of_one : &alarms->of_all;
    bool has_row = false;
    enum ga_rc rc = question->stmt == NULL ? prepare(a->care, question, only != 0, err) : GA_OK;
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(question->stmt, 1, GA_DATE_ISO(a->care->day));
    ga_stmt_bind_int(question->stmt, 2, a->subjects->span.from);
    if (only == 0)
        ga_stmt_bind_int(question->stmt, 3, a->subjects->span.to);
    while ((rc = ga_stmt_step(question->stmt, &has_row, err)) == GA_OK && has_row && rc == GA_OK)
        rc = take_row(a, question->stmt, err);
    ga_stmt_reset(question->stmt);
    return rc;
}

enum ga_rc ga_alarm_ask_all(struct ga_care *care, const struct ga_due_subjects *subjects, ga_alarm_fn each, void *ctx,
                            struct ga_error *err)
{
    struct ga_alarm_looks looks;
    struct ga_alarms *alarms = &care->alarms;
    struct ga_day_facts *facts = &care->options.figures->facts;
    const struct asking asking = {care, subjects, &looks, each, ctx};
    enum ga_rc rc = ga_changes_read_between(&alarms->changes, care->options.store, subjects->span.from, subjects->span.to, care->day, err);
    if (rc != GA_OK || alarms->rules.count == 0)
        return rc;
    make_tally(care);
    rc = ga_alarm_looks_read(&looks, care, subjects, err);
    facts->day = care->day;
    facts->first_day = ga_date_from_days(care->first_day);
    facts->changes = &alarms->changes.list;
    facts->looks = &looks;
    facts->tally = &alarms->tally;
    if (rc == GA_OK)
        rc = ask(&asking, err);
    facts->changes = NULL;
    facts->looks = NULL;
    facts->tally = NULL;
    ga_alarm_looks_finish(&looks);
    return rc;
}
