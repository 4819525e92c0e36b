/* Lists what is owed. */
#include "due/due_past.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

static int32_t days_or(struct ga_date date, int32_t otherwise)
{
    return date.year == 0 ? otherwise : ga_date_to_days(date);
}

static bool has_span(const struct ga_due_ask *ask)
{
    return ask->span.from.year != 0 || ask->span.to.year != 0;
}

/* In a span counts the time in which it is to be done; today, the time in which it is asked for and may still be done. */
static bool overlaps(const struct ga_due_listing *l, int32_t opens, int32_t due_on, int32_t ends)
{
    const int32_t today = l->care->windows.today;
    if (!has_span(l->ask))
        return opens <= today && today <= ends;
    return opens <= days_or(l->ask->span.to, INT32_MAX) && due_on >= days_or(l->ask->span.from, INT32_MIN);
}

static size_t index_of(const struct ga_care *care, const struct ga_due_window *window)
{
    return (size_t)(window - care->windows.items);
}

/* One EVERY so many days that is not done lies in every span from its opening on. */
bool ga_due_listing_spans(const struct ga_due_listing *l, const struct ga_due_row *row, const struct ga_due_window *window)
{
    const bool is_done = row->done >= ga_due_needed(l->care, ga_due_duty_of(row->window));
    if (!(row->flags & GA_ROW_HAS_DAYS))
        return l->is_wanted[index_of(l->care, window)];
    if (!window->is_own)
        return l->is_wanted[index_of(l->care, window)] || overlaps(l, row->opens, row->due_on, row->ends);
    const int32_t last = is_done ? row->done_on : row->ends;
    return overlaps(l, row->opens, last > row->due_on ? last : row->due_on, is_done ? row->done_on : row->ends);
}

struct people { /* of a child; NULL, "": nobody */
    const char *proxy, *helper;
};

static bool is_named(const char *name)
{
    return name != NULL && name[0] != '\0';
}

/* Who stands in over the holiday in which it is to be done, looked at today or on the nearest day of its time. */
static const char *watcher_of(const struct ga_due_listing *l, const struct ga_duty *duty, int32_t opens, int32_t due_on)
{
    const bool is_theirs = duty->owner == GA_OWNER_PROXY || duty->owner == GA_OWNER_CLASS;
    if (!is_theirs || !duty->cadence.is_in_holidays)
        return NULL;
    const int32_t today = l->care->windows.today, day = today < opens ? opens : today > due_on ? due_on : today;
    return ga_due_watcher_of(&l->care->decisions, l->class_key, day);
}

static const char *owner_of(const struct ga_due_listing *l, const struct ga_duty *duty, const struct people *people)
{
    switch (duty->owner) {
    case GA_OWNER_PLAN:
        if (is_named(people->helper))
            return people->helper;
        return is_named(people->proxy) ? people->proxy : l->teacher;
    case GA_OWNER_PROXY:
        return is_named(people->proxy) ? people->proxy : l->teacher;
    case GA_OWNER_CLASS:
        return l->teacher;
    case GA_OWNER_HEADTEACHER:
        return l->headteacher;
    default:
        return "";
    }
}

static struct ga_window window_of(const struct ga_due_row *row, const struct ga_due_window *window)
{
    const bool has_days = row->flags & GA_ROW_HAS_DAYS;
    struct ga_window to = {.opens = ga_date_from_days(has_days ? row->opens : window->opens),
                           .begins = ga_date_from_days(has_days ? row->opens : window->begins),
                           .due_on = ga_date_from_days(has_days ? row->due_on : window->due_on)};
    const int32_t ends = has_days ? row->ends : window->ends, last = ga_date_to_days((struct ga_date){GA_DATE_YEAR_MAX, 12, 31});
    to.ends = ga_date_from_days(ends < last ? ends : last);
    memcpy(to.label, window->label, sizeof(to.label));
    return to;
}

static void add_row(struct ga_due_listing *l, const struct ga_due_row *row, int64_t child,
                    const struct people *people)
{
    const struct ga_due_window *window = ga_due_windows_find(&l->care->windows, row->window);
    const size_t duty = ga_due_duty_of(row->window);
    const bool has_days = row->flags & GA_ROW_HAS_DAYS;
    if (window == NULL || (l->duty >= 0 && (size_t)l->duty != duty) || (l->only_own && !has_days) ||
        (l->without_own && has_days) || !ga_due_listing_spans(l, row, window))
        return;
    const int32_t today = l->care->windows.today;
    const enum ga_due_state state = ga_due_row_state(row, window, ga_due_needed(l->care, duty), today);
    const char *watcher = watcher_of(l, l->care->duties.items[duty], has_days ? row->opens : window->opens,
                                     has_days ? row->due_on : window->due_on);
    const char *owner = watcher != NULL ? watcher : owner_of(l, l->care->duties.items[duty], people);
    if (!(l->states >> state & 1) || (l->ask->owner != NULL && strcmp(l->ask->owner, owner) != 0))
        return;
    struct ga_due_found *found = ga_vec_push(&l->found);
    found->at = l->found.len;
    found->due_on = has_days ? row->due_on : window->due_on;
    found->due = (struct ga_due){
        .duty = duty, .window = window_of(row, window), .child = child, .class_key = l->class_key, .is_then = l->is_then,
        .owner = ga_arena_strdup(l->arena, owner), .state = state, .is_confirmed = row->flags & GA_ROW_CONFIRMED,
        .needed = ga_due_needed(l->care, duty), .done = row->done, .tries = row->tries,
        .done_on = row->flags & GA_ROW_HAS_RECORD ? ga_date_from_days(row->done_on) : (struct ga_date){0},
        .record = row->record, .outcome = row->outcome,
        .days_late = state == GA_DUE_LATE || state == GA_DUE_MISSED ? today - found->due_on : 0};
}

void ga_due_listing_set_class(struct ga_due_listing *l, const char *class_key)
{
    if (l->is_then || (l->class_key != NULL && strcmp(l->class_key, class_key) == 0))
        return;
    l->class_key = ga_arena_strdup(l->arena, class_key);
    l->teacher = ga_due_teacher_of(&l->care->decisions, class_key);
}

/* Columns of every statement over _due_child. */
enum { NO, CLASS, PROXY, HELPER, ROWS };

void ga_due_listing_add_child(struct ga_due_listing *l, struct ga_stmt *stmt)
{
    struct ga_due_row row;
    const struct ga_value rows = ga_stmt_column(stmt, ROWS);
    const struct people people = {ga_stmt_column_text(stmt, PROXY), ga_stmt_column_text(stmt, HELPER)};
    ga_due_listing_set_class(l, ga_stmt_column_text(stmt, CLASS));
    for (size_t at = 0; ga_due_row_next(rows.text, rows.len, &at, &row);)
        if (!(row.flags & GA_ROW_FITS))
            add_row(l, &row, ga_stmt_column_int(stmt, NO), &people);
}

static enum ga_rc add_children(struct ga_due_listing *l, struct ga_stmt *stmt, struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        ga_due_listing_add_child(l, stmt);
    return rc;
}

enum ga_rc ga_due_listing_add_class(struct ga_due_listing *l, const struct ga_due_place *place, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_due_stmt(l->care, GA_DUE_CHILDREN_OF_CLASS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_due_bind_class(stmt, place);
    return add_children(l, stmt, err);
}

enum ga_rc ga_due_read_class(struct ga_care *care, const char *key, struct ga_vec *counts, struct ga_str *rows,
                             struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_due_stmt(care, GA_DUE_GET_CLASS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, key);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc != GA_OK || !has_row)
        return rc;
    const struct ga_value tallies = ga_stmt_column(stmt, 1), packed = ga_stmt_column(stmt, 2);
    ga_due_counts_read(tallies.text, tallies.len, counts);
    ga_str_add_bytes(rows, packed.text, packed.len);
    ga_stmt_reset(stmt);
    return GA_OK;
}

static void add_fits(struct ga_vec *to, const struct ga_vec *from)
{
    for (size_t i = 0; i < from->len; i++) {
        const struct ga_due_count *count = ga_vec_at(from, i);
        const struct ga_due_row row = {.window = count->window, .flags = GA_ROW_FITS};
        if (count->fits > 0)
            ga_due_counts_add(to, &row, 1, 1);
    }
}

enum ga_rc ga_due_count_fitting(struct ga_due_listing *l, const struct ga_due_place *place, struct ga_vec *counts,
                                struct ga_str *rows, struct ga_error *err)
{
    enum ga_rc rc = ga_due_read_class(l->care, place->key, counts, rows, err);
    for (size_t i = 0; rc == GA_OK && place->is_above && i < l->care->places.classes_count; i++) {
        struct ga_vec of_class;
        struct ga_str unused = {0};
        if (place->site[0] != '\0' && strcmp(place->site, l->care->places.items[i].site) != 0)
            continue;
        ga_vec_init(&of_class, sizeof(struct ga_due_count));
        rc = ga_due_read_class(l->care, l->care->places.items[i].key, &of_class, &unused, err);
        add_fits(counts, &of_class);
        ga_vec_finish(&of_class);
        ga_str_finish(&unused);
    }
    return rc;
}

static bool is_its_own(const struct ga_duty *duty, const struct ga_due_place *place)
{
    if (place->is_above && place->site[0] != '\0')
        return ga_duty_is_of_sites(duty);
    return duty->per == (place->is_above ? GA_PER_SCHOOL : GA_PER_CLASS);
}

/* The place's row of a window; one without any record when there is none. */
static struct ga_due_row row_of(const struct ga_str *rows, uint16_t window)
{
    struct ga_due_row row;
    for (size_t at = 0; ga_due_row_next(rows->data, rows->len, &at, &row);)
        if (row.window == window)
            return row;
    return (struct ga_due_row){.window = window};
}

enum ga_rc ga_due_listing_add_place(struct ga_due_listing *l, const struct ga_due_place *place, struct ga_error *err)
{
    struct ga_vec counts;
    struct ga_str rows = {0};
    if (!ga_due_has_place_duties(l->care) || l->only_own)
        return GA_OK;
    ga_vec_init(&counts, sizeof(struct ga_due_count));
    enum ga_rc rc = ga_due_count_fitting(l, place, &counts, &rows, err);
    ga_due_listing_set_class(l, place->key);
    for (size_t i = 0; rc == GA_OK && i < counts.len; i++) {
        const struct ga_due_count *count = ga_vec_at(&counts, i);
        const struct ga_due_window *window = ga_due_windows_find(&l->care->windows, count->window);
        if (count->fits == 0 || window == NULL || !is_its_own(l->care->duties.items[ga_due_duty_of(count->window)], place))
            continue;
        const struct ga_due_row row = row_of(&rows, count->window);
        if (window->due_on >= l->care->begin || row.done > 0 || row.outcome != 0)
            add_row(l, &row, 0, &(struct people){0});
    }
    ga_vec_finish(&counts);
    ga_str_finish(&rows);
    return rc;
}

static bool is_asked(const char *wanted, const char *is)
{
    return wanted == NULL || strcmp(wanted, is) == 0;
}

bool ga_due_listing_has(const struct ga_due_listing *l, const struct ga_due_place *place)
{
    const struct ga_due_ask *ask = l->ask;
    if (place->is_above)
        return ask->grade == NULL && ask->class_no == NULL && is_asked(ask->site, place->site);
    return is_asked(ask->site, place->site) && is_asked(ask->grade, place->grade) && is_asked(ask->class_no, place->class_no);
}

enum ga_rc ga_due_listing_start(struct ga_due_listing *l, struct ga_care *care, const struct ga_due_ask *ask,
                                struct ga_arena *arena, struct ga_error *err)
{
    *l = (struct ga_due_listing){.care = care, .ask = ask, .arena = arena, .duty = -1};
    l->states = ask->states != 0 ? ask->states : 1u << GA_DUE_OPEN | 1u << GA_DUE_LATE;
    ga_vec_init(&l->found, sizeof(struct ga_due_found));
    enum ga_rc rc = ga_care_follow(care, err);
    if (rc != GA_OK)
        return rc;
    if (ask->duty != NULL) {
        l->duty = ga_duties_find(&care->duties, ask->duty);
        if (l->duty < 0)
            return ga_error_set(err, GA_NOT_FOUND, "there is no duty '%1'", ask->duty);
    }
    l->is_wanted = ga_arena_array(arena, care->windows.count + 1, sizeof(bool));
    for (size_t i = 0; i < care->windows.count; i++) {
        const struct ga_due_window *window = &care->windows.items[i];
        l->is_wanted[i] = !window->is_own && care->is_on[ga_due_duty_of(window->no)] &&
                          overlaps(l, has_span(ask) ? window->opens : window->begins, window->due_on, window->ends);
    }
    const char *headteacher = ga_store_setting(care->options.store, "administrator");
    l->headteacher = headteacher == NULL ? "" : ga_arena_strdup(arena, headteacher);
    l->teacher = "";
    return GA_OK;
}

void ga_due_listing_finish(struct ga_due_listing *l)
{
    ga_vec_finish(&l->found);
}

static int by_day(const void *a, const void *b)
{
    const struct ga_due_found *x = a, *y = b;
    if (x->due_on != y->due_on)
        return x->due_on < y->due_on ? -1 : 1;
    if (x->due.duty != y->due.duty)
        return x->due.duty < y->due.duty ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

void ga_due_listing_sort(struct ga_due_listing *l)
{
    if (l->found.len > 1)
        qsort(l->found.items, l->found.len, sizeof(struct ga_due_found), by_day);
}

void ga_due_listing_order(struct ga_due_listing *l)
{
    ga_due_listing_sort(l);
    if (l->ask->limit > 0 && l->found.len > l->ask->limit)
        ga_vec_remove_many(&l->found, l->ask->limit, l->found.len - l->ask->limit);
}

static enum ga_rc add_one(struct ga_due_listing *l, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_due_stmt(l->care, GA_DUE_GET_CHILD, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, l->ask->child);
    return add_children(l, stmt, err);
}

static bool is_ever_watched_by(const struct ga_due_decisions *decisions, const char *class_key, const char *name)
{
    for (size_t i = 0; i < decisions->watches.len; i++) {
        const struct ga_due_watch *watch = ga_vec_at(&decisions->watches, i);
        if (strcmp(watch->name, name) == 0 && (watch->class_key == NULL || strcmp(watch->class_key, class_key) == 0))
            return true;
    }
    return false;
}

/* Has the class a child that is this owner's, as its teacher's, by a pairing, by a plan, over a holiday? */
static enum ga_rc find_owned(struct ga_due_listing *l, bool *ret_owned, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    for (size_t i = 0; i < l->care->places.count; i++)
        ret_owned[i] = strcmp(l->headteacher, l->ask->owner) == 0 ||
                       strcmp(ga_due_teacher_of(&l->care->decisions, l->care->places.items[i].key), l->ask->owner) == 0 ||
                       is_ever_watched_by(&l->care->decisions, l->care->places.items[i].key, l->ask->owner);
    enum ga_rc rc = ga_due_stmt(l->care, GA_DUE_CHILDREN_OF_PROXY, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, l->ask->owner);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        for (size_t i = 0; i < l->care->places.classes_count; i++)
            ret_owned[i] |= strcmp(l->care->places.items[i].key, ga_stmt_column_text(stmt, CLASS)) == 0;
    return rc;
}

static enum ga_rc add_all(struct ga_due_listing *l, struct ga_error *err)
{
    bool *is_owned = ga_arena_array(l->arena, l->care->places.count + 1, sizeof(*is_owned));
    enum ga_rc rc = l->ask->owner != NULL ? find_owned(l, is_owned, err) : GA_OK;
    for (size_t i = 0; rc == GA_OK && i < l->care->places.count; i++) {
        const struct ga_due_place *place = &l->care->places.items[i];
        if (!ga_due_listing_has(l, place) || (l->ask->owner != NULL && !is_owned[i]))
            continue;
        if (!place->is_above)
            rc = ga_due_listing_add_class(l, place, err);
        if (rc == GA_OK)
            rc = ga_due_listing_add_place(l, place, err);
    }
    return rc;
}

/* Of a school year that is over: by the classes of then; whose it is, each row says itself. */
static enum ga_rc add_past(struct ga_due_listing *l, struct ga_error *err)
{
    const struct ga_due_past *past;
    enum ga_rc rc = ga_due_past_read(l->care, l->ask->span.to, &past, err);
    for (size_t i = 0; rc == GA_OK && i < past->count; i++) {
        if (!ga_due_listing_has(l, &past->classes[i].place))
            continue;
        rc = ga_due_past_add_children(l, &past->classes[i], err);
        if (rc == GA_OK)
            rc = ga_due_past_add_place(l, &past->classes[i], err);
    }
    for (size_t i = l->care->places.classes_count; rc == GA_OK && i < l->care->places.count; i++)
        if (ga_due_listing_has(l, &l->care->places.items[i]))
            rc = ga_due_listing_add_place(l, &l->care->places.items[i], err);
    return rc;
}

static enum ga_rc add_asked(struct ga_due_listing *l, struct ga_error *err)
{
    if (l->ask->child != 0)
        return add_one(l, err);
    if (ga_due_past_is_asked(l))
        return add_past(l, err);
    return ga_due_page_may(l) ? ga_due_page_fill(l, err) : add_all(l, err);
}

enum ga_rc ga_due_list(struct ga_care *care, const struct ga_due_ask *ask, struct ga_arena *arena,
                       struct ga_due **ret_dues, size_t *ret_count, struct ga_error *err)
{
    struct ga_due_listing l;
    enum ga_rc rc = ga_due_listing_start(&l, care, ask, arena, err);
    if (rc == GA_OK)
        rc = add_asked(&l, err);
    if (rc == GA_OK) {
        ga_due_listing_order(&l);
        *ret_dues = ga_arena_array(arena, l.found.len + 1, sizeof(struct ga_due));
        *ret_count = l.found.len;
        for (size_t i = 0; i < l.found.len; i++)
            (*ret_dues)[i] = GA_VEC_AT(const struct ga_due_found, &l.found, i)->due;
    }
    ga_due_listing_finish(&l);
    return rc;
}
