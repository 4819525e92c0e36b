/* Asks every duty about every child present on a day. */
#include "count/query.h"
#include "due/owed.h"

#include "guanai/base/alloc.h"
#include "guanai/base/order.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/roll.h"
#include "guanai/store/view.h"

#include <stdlib.h>
#include <string.h>

/* As for figures (count.c): the clock bounds it. */
enum { OWED_MS = 20000 };
static const int64_t OWED_STEPS = 20000000000;

/* What was told of a child, and for which days it holds. */
struct known {
    struct ga_owed owed;
    size_t place;        /* of its events */
    int32_t from, until; /* days from 1970 */
};

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
    struct ga_vec known;  /* struct known by number */
    struct ga_vec events; /* struct ga_date: as many a place as there are duties */
    size_t places;
    int64_t from, to;     /* numbers that are asked about all at once */
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
    ga_vec_init(&owes->known, sizeof(struct known));
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
    ga_vec_finish(&owes->known);
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

static void take_row(struct ga_owes *owes, struct ga_stmt *stmt, struct known *known)
{
    struct ga_date *events = ga_vec_at(&owes->events, known->place * owes->duties->count);
    int column = 2;
    known->owed = (struct ga_owed){.no = ga_stmt_column_int(stmt, 0)};
    known->from = ga_date_to_days(owes->figures->facts.day);
    known->until = (int32_t)ga_stmt_column_int(stmt, 1);
    if (known->until < known->from)
        known->until = known->from;
    for (size_t i = 0; i < owes->duties->count; i++) {
        if (ga_stmt_column_is_null(stmt, column))
            known->owed.untold |= (uint64_t)1 << i;
        else if (ga_stmt_column_int(stmt, column) != 0)
            known->owed.mask |= (uint64_t)1 << i;
        column++;
        if (ga_duty_has_event(owes->duties->items[i]))
            events[i] = event_day(stmt, column++);
    }
}

static size_t new_place(struct ga_owes *owes)
{
    for (size_t i = 0; i < owes->duties->count || i == 0; i++)
        ga_vec_push(&owes->events);
    return owes->places++;
}

static enum ga_rc start(struct ga_owes *owes, struct question *question, struct ga_date day, struct ga_error *err)
{
    owes->figures->facts.day = day;
    if (question->stmt == NULL) {
        enum ga_rc rc = ga_query_prepare(&question->query, owes->figures->options.store, &owes->scope, "duties",
                                         &question->stmt, err);
        if (rc != GA_OK)
            return rc;
    }
    ga_stmt_bind_text(question->stmt, 1, GA_DATE_ISO(day));
    return GA_OK;
}

static int by_no(const void *a, const void *b)
{
    const int64_t x = ((const struct known *)a)->owed.no, y = ((const struct known *)b)->owed.no;
    return (x > y) - (x < y);
}

static enum ga_rc ask_all(struct ga_owes *owes, struct ga_date day, struct ga_error *err)
{
    bool has_row = false;
    ga_vec_clear(&owes->known);
    ga_vec_clear(&owes->events);
    owes->places = 0;
    enum ga_rc rc = start(owes, &owes->of_all, day, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(owes->of_all.stmt, 2, owes->from);
    ga_stmt_bind_int(owes->of_all.stmt, 3, owes->to);
    while ((rc = ga_stmt_step(owes->of_all.stmt, &has_row, err)) == GA_OK && has_row) {
        struct known *known = ga_vec_push(&owes->known);
        known->place = new_place(owes);
        take_row(owes, owes->of_all.stmt, known);
    }
    ga_stmt_reset(owes->of_all.stmt);
    if (owes->known.len > 0)
        qsort(owes->known.items, owes->known.len, sizeof(struct known), by_no);
    return rc;
}

/* Where the child stands or would. */
static size_t place_of(const struct ga_owes *owes, int64_t no)
{
    size_t low = 0, high = owes->known.len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (GA_VEC_AT(const struct known, &owes->known, middle)->owed.no < no)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/*
 * What is known of the child on that day; NULL: not told, or not for that day. Children are asked for by rising number,
 * so *at (0 at first) only ever steps on: a school is asked for each of fifty days.
 */
static const struct known *find_next(const struct ga_owes *owes, size_t *at, int64_t no, int32_t on)
{
    const struct known *items = owes->known.items;
    while (*at < owes->known.len && items[*at].owed.no < no)
        (*at)++;
    const struct known *known = *at < owes->known.len ? &items[*at] : NULL;
    return known != NULL && known->owed.no == no && known->from <= on && on <= known->until ? known : NULL;
}

/* Nothing is known of it then when it is not enrolled yet. */
static enum ga_rc ask_one(struct ga_owes *owes, int64_t no, struct ga_date day, struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc = start(owes, &owes->of_one, day, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(owes->of_one.stmt, 2, no);
    rc = ga_stmt_step(owes->of_one.stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        const size_t at = place_of(owes, no);
        struct known *known = at < owes->known.len ? ga_vec_at(&owes->known, at) : NULL;
        if (known == NULL || known->owed.no != no) {
            known = ga_vec_insert(&owes->known, at);
            known->place = new_place(owes);
        }
        take_row(owes, owes->of_one.stmt, known);
    }
    ga_stmt_reset(owes->of_one.stmt);
    return rc;
}

/* Whose answers have run out by that day: each alone, or all at once when they are many. */
static enum ga_rc ask_anew(struct ga_owes *owes, const struct ga_vec *roll, struct ga_date day, struct ga_error *err)
{
    enum { DEARER = 2, FEW = 8 }; /* one alone is to one among all */
    const int64_t *nos = roll->items;
    const int32_t on = ga_date_to_days(day);
    size_t stale = 0, at = 0;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < roll->len; i++)
        stale += find_next(owes, &at, nos[i], on) == NULL;
    if (stale > FEW && stale * DEARER > roll->len)
        return ask_all(owes, day, err);
    at = 0;
    for (size_t i = 0; i < roll->len && stale > 0 && rc == GA_OK; i++)
        if (find_next(owes, &at, nos[i], on) == NULL)
            rc = ask_one(owes, nos[i], day, err);
    return rc;
}

struct telling {
    const struct ga_date *days;
    ga_owed_fn each;
    void *ctx;
};

/* `roll`: who is here, by number. */
static enum ga_rc tell(struct ga_owes *owes, const struct ga_vec *roll, const struct telling *to, size_t day,
                       struct ga_error *err)
{
    const int64_t *nos = roll->items;
    const int32_t on = ga_date_to_days(to->days[day]);
    size_t at = 0;
    enum ga_rc rc = ask_anew(owes, roll, to->days[day], err);
    for (size_t i = 0; i < roll->len && rc == GA_OK; i++) {
        const struct known *known = find_next(owes, &at, nos[i], on);
        if (known == NULL)
            continue;
        struct ga_owed owed = known->owed;
        owed.events = ga_vec_at(&owes->events, known->place * owes->duties->count);
        to->each(to->ctx, day, &owed);
    }
    return rc;
}

static enum ga_rc tell_all(struct ga_owes *owes, const struct telling *to, size_t day, struct ga_error *err)
{
    struct ga_vec roll;
    ga_vec_init(&roll, sizeof(int64_t));
    enum ga_rc rc = ga_store_roll(owes->figures->options.store, to->days[day], &roll, err);
    if (roll.len > 0)
        qsort(roll.items, roll.len, sizeof(int64_t), ga_order_compare);
    if (rc == GA_OK)
        rc = tell(owes, &roll, to, day, err);
    ga_vec_finish(&roll);
    return rc;
}

static enum ga_rc tell_one(struct ga_owes *owes, int64_t child, const struct telling *to, size_t day, struct ga_error *err)
{
    const struct ga_vec roll = {.items = &child, .len = 1, .cap = 1, .item_bytes = sizeof(child)};
    return tell(owes, &roll, to, day, err);
}

static enum ga_rc tell_crowd(struct ga_owes *owes, const struct ga_owes_crowd *crowd, const struct telling *to, size_t day,
                             struct ga_error *err)
{
    const int32_t on = ga_date_to_days(to->days[day]);
    struct ga_vec roll;
    ga_vec_init(&roll, sizeof(int64_t));
    for (size_t i = 0; i < crowd->count; i++)
        if (crowd->is_here(crowd->ctx, i, on))
            *(int64_t *)ga_vec_push(&roll) = crowd->nos[i];
    const enum ga_rc rc = tell(owes, &roll, to, day, err);
    ga_vec_finish(&roll);
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

/* Forgets what the read before found. */
static enum ga_rc begin(struct ga_owes *owes, int64_t from, int64_t to, const struct ga_date *days, size_t count, struct ga_error *err)
{
    struct ga_store *store = owes->figures->options.store;
    enum ga_rc rc = GA_OK;
    ga_vec_clear(&owes->known);
    ga_vec_clear(&owes->events);
    owes->places = 0;
    owes->from = from;
    owes->to = to;
    if (owes->view[0] == '\0')
        rc = ga_store_view(store, ga_forms_get(ga_store_forms(store), "child", NULL), owes->view, err);
    if (rc == GA_OK && count > 0)
        rc = ga_changes_read_between(&owes->changes, store, from, to, latest(days, count), err);
    return rc;
}

enum ga_rc ga_owes_read(struct ga_owes *owes, int64_t child, const struct ga_date *days, size_t days_count,
                        ga_owed_fn each, void *ctx, struct ga_error *err)
{
    struct ga_figures *figures = owes->figures;
    const struct telling to = {.days = days, .each = each, .ctx = ctx};
    bool *is_here = ga_alloc_array(days_count + 1, sizeof(*is_here));
    enum ga_rc rc = begin(owes, child != 0 ? child : INT64_MIN, child != 0 ? child : INT64_MAX, days, days_count, err);
    if (rc == GA_OK && child != 0)
        rc = ga_store_here_on(figures->options.store, child, days, days_count, is_here, err);
    figures->facts.changes = &owes->changes.list;
    for (size_t i = 0; rc == GA_OK && i < days_count; i++) {
        if (child == 0)
            rc = tell_all(owes, &to, i, err);
        else if (is_here[i])
            rc = tell_one(owes, child, &to, i, err);
    }
    figures->facts.changes = NULL;
    free(is_here);
    return rc;
}

enum ga_rc ga_owes_read_crowd(struct ga_owes *owes, const struct ga_owes_crowd *crowd, const struct ga_date *days,
                              size_t days_count, ga_owed_fn each, void *ctx, struct ga_error *err)
{
    struct ga_day_facts *facts = &owes->figures->facts;
    const struct telling to = {.days = days, .each = each, .ctx = ctx};
    if (crowd->count == 0)
        return GA_OK;
    enum ga_rc rc = begin(owes, crowd->nos[0], crowd->nos[crowd->count - 1], days, days_count, err);
    facts->changes = &owes->changes.list;
    for (size_t i = 0; rc == GA_OK && i < days_count; i++)
        rc = tell_crowd(owes, crowd, &to, i, err);
    facts->changes = NULL;
    return rc;
}
