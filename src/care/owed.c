/* Asks every duty about every child present on a day. */
#include "owed.h"
#include "query.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/roll.h"
#include "guanai/store/view.h"

#include <stdlib.h>
#include <string.h>

/* As for figures (count.c): the clock bounds it. */
enum { OWED_MS = 20000 };
static const int64_t OWED_STEPS = 20000000000;

/* One of the two statements: about all children, about one. */
struct question {
    struct ga_query query;
    struct ga_stmt *stmt; /* NULL: not asked yet */
};

struct ga_owes {
    struct ga_figures *figures;
    const struct ga_duties *duties;
    struct ga_arena arena;
    struct question of_all, of_one;
    char view[140];
    const char *views[1];
    struct ga_guard_scope scope;
    struct ga_changes_read changes;
    struct ga_vec told;   /* struct ga_owed, of one day; events are places in `events` until they are told */
    struct ga_vec events; /* struct ga_date */
};

enum ga_rc ga_owes_open(struct ga_figures *figures, const struct ga_duties *duties, struct ga_owes **ret_owes,
                        struct ga_error *err)
{
    struct ga_store *store = figures->options.store;
    const struct ga_form *child = ga_forms_get(ga_store_forms(store), "child", err);
    if (child == NULL)
        return GA_NOT_FOUND;
    struct ga_owes *owes = ga_alloc(sizeof(*owes));
    owes->figures = figures;
    owes->duties = duties;
    ga_changes_read_init(&owes->changes);
    ga_vec_init(&owes->told, sizeof(struct ga_owed));
    ga_vec_init(&owes->events, sizeof(struct ga_date));
    struct ga_query_ask ask = {.definitions = &figures->definitions, .duties = duties, .child = child};
    ga_query_write(&owes->of_all.query, &owes->arena, &ask);
    ask.is_of_one = true;
    ga_query_write(&owes->of_one.query, &owes->arena, &ask);
    owes->views[0] = owes->view;
    owes->scope = (struct ga_guard_scope){
        .kind = GA_GUARD_VIEW, .views = owes->views, .views_count = 1, .max_steps = OWED_STEPS, .max_ms = OWED_MS};
    *ret_owes = owes;
    return GA_OK;
}

static void close_question(struct question *question)
{
    ga_stmt_destroy(question->stmt);
    ga_query_finish(&question->query);
}

void ga_owes_close(struct ga_owes *owes)
{
    if (owes == NULL)
        return;
    close_question(&owes->of_all);
    close_question(&owes->of_one);
    ga_changes_read_finish(&owes->changes);
    ga_vec_finish(&owes->told);
    ga_vec_finish(&owes->events);
    ga_arena_finish(&owes->arena);
    free(owes);
}

/* What is known to a month or a year is past on its last day. */
static struct ga_date event_day(struct ga_stmt *stmt, int column)
{
    struct ga_date day = {0};
    const char *text = ga_stmt_column_text(stmt, column);
    if (text == NULL || !ga_date_from_iso(text, &day))
        return (struct ga_date){0};
    if (day.month == 0)
        day.month = 12;
    if (day.day == 0)
        day.day = (int8_t)ga_date_days_in_month(day.year, day.month);
    return day;
}

static void take_row(struct ga_owes *owes, struct ga_stmt *stmt)
{
    struct ga_owed *owed = ga_vec_push(&owes->told);
    int column = 0;
    owed->no = ga_stmt_column_int(stmt, column++);
    for (size_t i = 0; i < owes->duties->count; i++) {
        struct ga_date *event = ga_vec_push(&owes->events);
        if (ga_stmt_column_is_null(stmt, column))
            owed->untold |= (uint64_t)1 << i;
        else if (ga_stmt_column_int(stmt, column) != 0)
            owed->mask |= (uint64_t)1 << i;
        column++;
        if (ga_duty_has_event(owes->duties->items[i]))
            *event = event_day(stmt, column++);
    }
}

static enum ga_rc ask(struct ga_owes *owes, struct question *question, int64_t child, struct ga_date day,
                      struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc = GA_OK;
    ga_vec_clear(&owes->told);
    ga_vec_clear(&owes->events);
    if (question->stmt == NULL)
        rc = ga_query_prepare(&question->query, owes->figures->options.store, &owes->scope, "duties", &question->stmt, err);
    if (rc != GA_OK)
        return rc;
    owes->figures->facts.day = day;
    ga_stmt_bind_text(question->stmt, 1, GA_DATE_ISO(day));
    if (child != 0)
        ga_stmt_bind_int(question->stmt, 2, child);
    while ((rc = ga_stmt_step(question->stmt, &has_row, err)) == GA_OK && has_row)
        take_row(owes, question->stmt);
    ga_stmt_reset(question->stmt);
    return rc;
}

static int by_no(const void *a, const void *b)
{
    const int64_t x = ((const struct ga_owed *)a)->no, y = ((const struct ga_owed *)b)->no;
    return (x > y) - (x < y);
}

static int by_number(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Events lie in the order of the rows. */
static void point_at_events(struct ga_owes *owes)
{
    const struct ga_date *events = owes->events.items;
    for (size_t i = 0; i < owes->told.len; i++)
        GA_VEC_AT(struct ga_owed, &owes->told, i)->events = events + i * owes->duties->count;
}

static enum ga_rc tell_all(struct ga_owes *owes, size_t day, const struct ga_date *days, ga_owed_fn each, void *ctx,
                           struct ga_error *err)
{
    struct ga_vec roll;
    ga_vec_init(&roll, sizeof(int64_t));
    enum ga_rc rc = ga_store_roll(owes->figures->options.store, days[day], &roll, err);
    if (rc == GA_OK)
        rc = ask(owes, &owes->of_all, 0, days[day], err);
    if (rc == GA_OK && owes->told.len > 0 && roll.len > 0) {
        point_at_events(owes);
        qsort(owes->told.items, owes->told.len, sizeof(struct ga_owed), by_no);
        qsort(roll.items, roll.len, sizeof(int64_t), by_number);
        for (size_t i = 0, k = 0; i < owes->told.len; i++) {
            const struct ga_owed *owed = GA_VEC_AT(const struct ga_owed, &owes->told, i);
            while (k < roll.len && *GA_VEC_AT(const int64_t, &roll, k) < owed->no)
                k++;
            if (k < roll.len && *GA_VEC_AT(const int64_t, &roll, k) == owed->no)
                each(ctx, day, owed);
        }
    }
    ga_vec_finish(&roll);
    return rc;
}

static enum ga_rc tell_one(struct ga_owes *owes, int64_t child, size_t day, const struct ga_date *days,
                           ga_owed_fn each, void *ctx, struct ga_error *err)
{
    enum ga_rc rc = ask(owes, &owes->of_one, child, days[day], err);
    point_at_events(owes);
    if (rc == GA_OK && owes->told.len > 0)
        each(ctx, day, GA_VEC_AT(const struct ga_owed, &owes->told, 0));
    return rc;
}

static struct ga_date latest(const struct ga_date *days, size_t count)
{
    struct ga_date last = days[0];
    for (size_t i = 1; i < count; i++)
        if (ga_date_compare(days[i], last) > 0)
            last = days[i];
    return last;
}

enum ga_rc ga_owes_read(struct ga_owes *owes, int64_t child, const struct ga_date *days, size_t days_count,
                        ga_owed_fn each, void *ctx, struct ga_error *err)
{
    struct ga_figures *figures = owes->figures;
    struct ga_store *store = figures->options.store;
    bool *is_here = ga_alloc_array(days_count + 1, sizeof(*is_here));
    enum ga_rc rc = GA_OK;
    if (owes->view[0] == '\0')
        rc = ga_store_view(store, ga_forms_get(ga_store_forms(store), "child", NULL), owes->view, err);
    if (rc == GA_OK && days_count > 0)
        rc = ga_changes_read_all(&owes->changes, store, child, latest(days, days_count), err);
    if (rc == GA_OK && child != 0)
        rc = ga_store_here_on(store, child, days, days_count, is_here, err);
    figures->facts.changes = &owes->changes.list;
    for (size_t i = 0; rc == GA_OK && i < days_count; i++) {
        if (child == 0)
            rc = tell_all(owes, i, days, each, ctx, err);
        else if (is_here[i])
            rc = tell_one(owes, child, i, days, each, ctx, err);
    }
    figures->facts.changes = NULL;
    free(is_here);
    return rc;
}
