/* Finds what ran out while the computer stood still. */
#include "guanai/app/catch_up.h"

#include "care/excuse_inner.h"
#include "guanai/app/care.h"
#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/care/whose.h"
#include "guanai/store/pause.h"
#include "guanai/store/roster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTING "catch_up.pause" /* "2026-09-20 2026-11-23" */
#define SETTLED "catch_up.settled." /* and the user: "2026-09-20", the first day of the pause that was settled last */

enum { LOOK_BACK_DAYS = 366, DAY_CHARS = 10, NAME_SIZE = 256 };

static struct ga_date days_before(struct ga_date day, int days)
{
    return ga_date_from_days(ga_date_to_days(day) - days);
}

static enum ga_rc find_pause(struct ga_session *session, bool *ret_has, struct ga_days *ret_pause, struct ga_error *err)
{
    return ga_store_last_pause(session->store, GA_PAUSE_DAYS, days_before(session->today, LOOK_BACK_DAYS), ret_has, ret_pause, err);
}

static bool read_noted(struct ga_session *session, struct ga_days *ret_pause)
{
    char from[DAY_CHARS + 1], until[DAY_CHARS + 1];
    struct ga_days pause;
    const char *text = ga_store_setting(session->store, SETTING);
    if (text == NULL || strlen(text) != 2 * DAY_CHARS + 1)
        return false;
    ga_str_copy(from, sizeof(from), text);
    ga_str_copy(until, sizeof(until), text + DAY_CHARS + 1);
    if (!ga_date_from_iso(from, &pause.from) || !ga_date_from_iso(until, &pause.to) ||
        ga_date_compare(pause.to, session->today) > 0)
        return false;
    *ret_pause = pause;
    return true;
}

static const char *settled_setting(const struct ga_session *session, char buf[NAME_SIZE])
{
    snprintf(buf, NAME_SIZE, SETTLED "%s", ga_store_user(session->store));
    return buf;
}

bool ga_catch_up_noted(struct ga_session *session, struct ga_days *ret_pause)
{
    char name[NAME_SIZE];
    struct ga_days pause;
    if (!read_noted(session, &pause))
        return false;
    const char *settled = ga_store_setting(session->store, settled_setting(session, name));
    if (settled != NULL && strcmp(settled, GA_DATE_ISO(pause.from)) == 0)
        return false;
    *ret_pause = pause;
    return true;
}

enum ga_rc ga_catch_up_notice(struct ga_session *session, bool *ret_is_new, struct ga_error *err)
{
    struct ga_days pause;
    struct ga_str text = {0};
    bool has = false;
    const struct ga_date newest = ga_store_newest_day(session->store);
    *ret_is_new = false;
    if (!ga_date_exists(newest) || ga_date_to_days(session->today) - ga_date_to_days(newest) <= GA_PAUSE_DAYS)
        return GA_OK;
    enum ga_rc rc = find_pause(session, &has, &pause, err);
    *ret_is_new = rc == GA_OK && has && ga_date_compare(pause.to, session->today) == 0;
    if (!*ret_is_new)
        return rc;
    ga_str_addf(&text, "%s %s", GA_DATE_ISO(pause.from), GA_DATE_ISO(pause.to));
    rc = ga_store_set_setting(session->store, SETTING, ga_str_text(&text), err);
    ga_str_finish(&text);
    return rc;
}

enum ga_rc ga_catch_up_settle(struct ga_session *session, struct ga_error *err)
{
    char name[NAME_SIZE];
    struct ga_days pause;
    if (!ga_catch_up_noted(session, &pause))
        return GA_OK;
    return ga_store_set_setting(session->store, settled_setting(session, name), GA_DATE_ISO(pause.from), err);
}

/* Of what a class owed itself nothing can be said once it has finished school. */
static bool is_sayable(struct ga_session *session, const struct ga_care *care, const struct ga_due *due, struct ga_arena *arena)
{
    struct ga_roster_class class_of;
    char text[GA_CLASS_NAME_SIZE];
    return due->child != 0 || ga_due_call_class(care, due, session->today, arena, &class_of, text);
}

/* Those that ended before the pause nobody could blame on it. */
static size_t keep_ended(struct ga_session *session, const struct ga_care *care, const struct ga_catch_up *c)
{
    const struct ga_days *pause = &c->pause;
    size_t kept = 0;
    for (size_t i = 0; i < c->dues_count; i++) {
        const struct ga_due *due = &c->dues[i];
        if (ga_date_compare(due->window.ends, pause->from) >= 0 && ga_date_compare(due->window.ends, pause->to) < 0 &&
            is_sayable(session, care, due, c->arena))
            c->dues[kept++] = *due;
    }
    return kept;
}

static enum ga_rc read_dues(struct ga_session *session, struct ga_care *care, struct ga_catch_up *c, struct ga_error *err)
{
    const char *scope = NULL;
    struct ga_due_ask ask = {.span = {days_before(c->pause.from, GA_WINDOW_DAYS_MAX), days_before(c->pause.to, 1)},
                             .states = 1u << GA_DUE_MISSED};
    enum ga_rc rc = ga_care_scope_of(care, ga_store_user(session->store), &scope, err);
    ask.owner = scope;
    c->is_of_school = scope == NULL;
    if (rc == GA_OK)
        rc = ga_due_list(care, &ask, c->arena, &c->dues, &c->dues_count, err);
    if (rc == GA_OK)
        c->dues_count = keep_ended(session, care, c);
    return rc;
}

/* Where a class stands in the roster; sites and the school behind them all. */
struct placed {
    struct ga_catch_up_row row;
    size_t rank, at;
};

static void find_class(const struct ga_roster_class *classes, size_t count, struct placed *placed)
{
    struct ga_roster_class *of = &placed->row.class_of;
    for (placed->rank = 0; placed->rank < count; placed->rank++) {
        const struct ga_roster_class *class = &classes[placed->rank];
        if (strcmp(class->site, of->site) == 0 && strcmp(class->grade, of->grade) == 0 && strcmp(class->class_no, of->class_no) == 0) {
            of->shown = class->shown;
            return;
        }
    }
    of->shown = "";
}

static int by_place(const void *a, const void *b)
{
    const struct placed *x = *(struct placed *const *)a, *y = *(struct placed *const *)b;
    if (x->row.duty != y->row.duty)
        return x->row.duty < y->row.duty ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* A child may owe the same duty for several months: it is one child. */
static void count_children(struct ga_catch_up *c, const struct ga_map *rows)
{
    struct ga_map seen = {0};
    for (size_t i = 0; i < c->dues_count; i++) {
        const struct ga_due *due = &c->dues[i];
        const char *key = ga_arena_printf(c->arena, "%zu %s", due->duty, due->class_key);
        const char *child = ga_arena_printf(c->arena, "%zu %lld", due->duty, (long long)due->child);
        struct placed *placed = ga_map_get(rows, key);
        placed->row.count++;
        if (due->child == 0 || ga_map_get(&seen, child) != NULL)
            continue;
        ga_map_put(&seen, child, placed);
        placed->row.children++;
    }
    ga_map_finish(&seen);
}

static void order_rows(struct ga_catch_up *c, const struct ga_map *rows)
{
    struct placed **order = ga_arena_array(c->arena, rows->len + 1, sizeof(*order));
    size_t count = 0;
    for (size_t i = 0; i < rows->cap; i++)
        if (ga_map_slot_value(rows, i) != NULL)
            order[count++] = ga_map_slot_value(rows, i);
    qsort(order, count, sizeof(*order), by_place);
    c->rows = ga_arena_array(c->arena, count + 1, sizeof(*c->rows));
    for (size_t i = 0; i < count; i++)
        c->rows[i] = order[i]->row;
    c->rows_count = count;
}

static enum ga_rc make_rows(struct ga_session *session, enum ga_lang lang, struct ga_catch_up *c, struct ga_error *err)
{
    struct ga_map rows = {0};
    struct ga_roster_class *classes;
    size_t classes_count = 0;
    enum ga_rc rc = ga_store_classes(session->store, lang, c->arena, &classes, &classes_count, err);
    for (size_t i = 0; rc == GA_OK && i < c->dues_count; i++) {
        const char *key = ga_arena_printf(c->arena, "%zu %s", c->dues[i].duty, c->dues[i].class_key);
        if (ga_map_get(&rows, key) != NULL)
            continue;
        struct placed *placed = ga_arena_alloc(c->arena, sizeof(*placed));
        *placed = (struct placed){.at = i, .row = {.duty = c->dues[i].duty, .class_key = c->dues[i].class_key}};
        ga_due_class_of(&c->dues[i], c->arena, &placed->row.class_of);
        find_class(classes, classes_count, placed);
        ga_map_put(&rows, key, placed);
    }
    if (rc == GA_OK) {
        count_children(c, &rows);
        order_rows(c, &rows);
    }
    ga_map_finish(&rows);
    return rc;
}

enum ga_rc ga_catch_up_read(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena,
                            struct ga_catch_up *ret_catch_up, struct ga_error *err)
{
    struct ga_catch_up c = {.arena = arena};
    struct ga_care *care;
    enum ga_rc rc = GA_OK;
    c.is_noted = ga_catch_up_noted(session, &c.pause);
    c.has_pause = c.is_noted || read_noted(session, &c.pause);
    if (!c.has_pause)
        rc = find_pause(session, &c.has_pause, &c.pause, err);
    if (rc == GA_OK && c.has_pause)
        rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK && c.has_pause)
        rc = read_dues(session, care, &c, err);
    if (rc == GA_OK)
        rc = make_rows(session, lang, &c, err);
    if (rc == GA_OK)
        *ret_catch_up = c;
    return rc;
}
