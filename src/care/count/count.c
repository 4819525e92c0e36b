/* Asks every definition about every child present on a day. */
#include "count/query.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/life.h"
#include "guanai/store/roll.h"
#include "guanai/store/view.h"
#include "guanai/text/class_name.h"

#include <stdlib.h>
#include <string.h>

/* A school's whole archive in one statement: the clock bounds it, the steps only what runs away. */
enum { COUNT_MS = 20000 };
static const int64_t COUNT_STEPS = 20000000000;

struct told { /* of one child, as the statement gives them */
    int64_t no;
    size_t at; /* in verdicts */
};

struct counting {
    struct ga_figures *figures;
    const struct ga_figures_ask *ask;
    struct ga_arena arena;
    struct ga_query query;
    struct ga_changes_read changes;
    bool is_of_then;        /* a class of a school year that is over is asked for: by its name of then */
    struct ga_vec told;     /* struct told */
    int64_t files_later;
    struct ga_vec verdicts; /* struct ga_child_count, as many a child as there are definitions */
};

static enum ga_rc read_changes(struct counting *c, struct ga_error *err)
{
    c->figures->facts.changes = &c->changes.list;
    if (c->query.needs.kinds.len == 0)
        return GA_OK;
    return ga_changes_read_all(&c->changes, c->figures->options.store, c->figures->facts.day, err);
}

static void take_row(struct counting *c, struct ga_stmt *stmt)
{
    struct told *told = ga_vec_push(&c->told);
    told->no = ga_stmt_column_int(stmt, 0);
    told->at = c->verdicts.len;
    for (size_t d = 0; d < c->figures->definitions.count; d++) {
        const int column = 1 + 3 * (int)d;
        struct ga_child_count *verdict = ga_vec_push(&c->verdicts);
        verdict->counted = ga_stmt_column_is_null(stmt, column)   ? GA_COUNTED_UNKNOWN
                           : ga_stmt_column_int(stmt, column) != 0 ? GA_COUNTED_YES
                                                                   : GA_COUNTED_NO;
        verdict->fact = (uint8_t)ga_stmt_column_int(stmt, column + 1);
        verdict->gaps = (uint32_t)ga_stmt_column_int(stmt, column + 2);
    }
}

static enum ga_rc run(struct counting *c, const struct ga_guard_scope *scope, struct ga_error *err)
{
    const char *const class[] = {c->ask->site, c->ask->grade, c->ask->class_no};
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_query_prepare(&c->query, c->figures->options.store, scope, "definitions", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(c->ask->day));
    for (int i = 0; i < 3; i++)
        ga_stmt_bind_text(stmt, 2 + i, c->is_of_then ? NULL : class[i]);
    ga_stmt_bind_text(stmt, 5, c->ask->school);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take_row(c, stmt);
    ga_stmt_destroy(stmt);
    return rc;
}

static int by_no(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    return (x->no > y->no) - (x->no < y->no);
}

static void sort_told(struct ga_vec *told)
{
    const struct told *items = told->items;
    for (size_t i = 1; i < told->len; i++)
        if (items[i - 1].no > items[i].no) {
            qsort(told->items, told->len, sizeof(struct told), by_no);
            return;
        }
}

/* Those who are on the roll of the day, in its order. */
static void put_in_order(struct counting *c, const struct ga_vec *roll, struct ga_headcount *ret)
{
    const size_t definitions = c->figures->definitions.count;
    const size_t most = roll->len < c->told.len ? roll->len : c->told.len;
    const struct ga_child_count *verdicts = c->verdicts.items;
    *ret = (struct ga_headcount){.day = c->ask->day, .definitions = &c->figures->definitions, .files_later = (size_t)c->files_later};
    ret->nos = ga_alloc_array(most + 1, sizeof(*ret->nos));
    ret->counts = ga_alloc_array(most * definitions + 1, sizeof(*ret->counts));
    sort_told(&c->told);
    for (size_t i = 0; i < roll->len; i++) {
        const struct told key = {.no = *GA_VEC_AT(const int64_t, roll, i)};
        const struct told *told = c->told.len == 0 ? NULL : bsearch(&key, c->told.items, c->told.len, sizeof(key), by_no);
        if (told == NULL)
            continue;
        struct ga_child_count *to = ret->counts + ret->children * definitions;
        memcpy(to, verdicts + told->at, definitions * sizeof(*to));
        for (size_t d = 0; d < definitions; d++)
            ret->tally[d][to[d].counted]++;
        ret->nos[ret->children++] = told->no;
    }
}

/* As it is shown: so a stay says it. */
static const char *site_shown(struct ga_store *store, const char *code)
{
    const struct ga_list *sites = ga_forms_list(ga_store_forms(store), "site", NULL);
    const struct ga_choice *choice = sites == NULL || code == NULL ? NULL : ga_list_choice(sites, code);
    return choice == NULL ? code : ga_label_text(&choice->label, GA_ZH);
}

/* Who was here that day; of a class of then those who were in it. */
static enum ga_rc read_roll(struct counting *c, struct ga_vec *roll, struct ga_error *err)
{
    struct ga_store *store = c->figures->options.store;
    const struct ga_class_ask ask = {.day = c->ask->day, .grade = c->ask->grade, .class_no = c->ask->class_no,
                                     .site = site_shown(store, c->ask->site)};
    struct ga_classmate *mates;
    size_t count = 0;
    c->is_of_then = c->ask->grade != NULL &&
                    ga_class_name_school_year(c->ask->day) < ga_class_name_school_year(ga_store_today(store));
    if (!c->is_of_then)
        return ga_store_roll(store, c->ask->day, roll, err);
    const enum ga_rc rc = ga_store_class_on(store, &ask, GA_ZH, &c->arena, &mates, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        *(int64_t *)ga_vec_push(roll) = mates[i].no;
    return rc;
}

static enum ga_rc count(struct counting *c, const struct ga_form *child, struct ga_headcount *ret, struct ga_error *err)
{
    struct ga_store *store = c->figures->options.store;
    struct ga_vec roll;
    char view[140];
    const char *const views[] = {view};
    const struct ga_guard_scope scope = {
        .kind = GA_GUARD_VIEW, .views = views, .views_count = 1, .max_steps = COUNT_STEPS, .max_ms = COUNT_MS};
    ga_vec_init(&roll, sizeof(int64_t));
    ga_query_write(&c->query, &c->arena,
                   &(struct ga_query_ask){.definitions = &c->figures->definitions, .child = child});
    c->figures->facts.day = c->ask->day;
    enum ga_rc rc = ga_store_view(store, child, view, err);
    if (rc == GA_OK)
        rc = read_changes(c, err);
    if (rc == GA_OK)
        rc = read_roll(c, &roll, err);
    if (rc == GA_OK)
        rc = ga_store_begun_later(store, c->ask->day, &c->files_later, err);
    if (rc == GA_OK)
        rc = run(c, &scope, err);
    if (rc == GA_OK)
        put_in_order(c, &roll, ret);
    c->figures->facts.changes = NULL;
    ga_vec_finish(&roll);
    ga_query_finish(&c->query);
    return rc;
}

enum ga_rc ga_figures_count(struct ga_figures *figures, const struct ga_figures_ask *ask,
                            struct ga_headcount *ret_headcount, struct ga_error *err)
{
    struct counting c = {.figures = figures, .ask = ask};
    const struct ga_form *child = ga_forms_get(ga_store_forms(figures->options.store), "child", err);
    if (child == NULL)
        return GA_NOT_FOUND;
    if (figures->definitions.count == 0)
        return ga_error_set(err, GA_NOT_FOUND, "there are no definitions of who counts; they lie in forms/definitions");
    ga_changes_read_init(&c.changes);
    ga_vec_init(&c.told, sizeof(struct told));
    ga_vec_init(&c.verdicts, sizeof(struct ga_child_count));
    enum ga_rc rc = count(&c, child, ret_headcount, err);
    ga_vec_finish(&c.told);
    ga_vec_finish(&c.verdicts);
    ga_changes_read_finish(&c.changes);
    ga_arena_finish(&c.arena);
    return rc;
}
