/* Finds the first of a long list of what is owed without reading the school. */
#include "due/due_list.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { CHILDREN_AT_ONCE = 64 };

/* Only what may be done now stands where its order can be told beforehand. */
bool ga_due_page_may(const struct ga_due_listing *l)
{
    const uint32_t unfinished = 1u << GA_DUE_OPEN | 1u << GA_DUE_LATE;
    return l->ask->limit > 0 && l->ask->child == 0 && l->ask->owner == NULL && l->ask->grade == NULL &&
           l->ask->class_no == NULL && l->ask->site == NULL && (l->states & ~unfinished) == 0;
}

static size_t count_up_to(const struct ga_vec *found, int32_t day)
{
    size_t count = 0;
    for (size_t i = 0; i < found->len; i++)
        count += GA_VEC_AT(const struct ga_due_found, found, i)->due_on <= day;
    return count;
}

/* Rows with days of their own, the earliest first, until as many are sure. */
static enum ga_rc add_own(struct ga_due_listing *l, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = true;
    int32_t own_due = 0;
    enum ga_rc rc = ga_due_stmt(l->care, GA_DUE_CHILDREN_WITH_OWN, &stmt, err);
    l->only_own = true;
    for (size_t read = 0; rc == GA_OK && has_row; read++) {
        rc = ga_stmt_step(stmt, &has_row, err);
        if (rc != GA_OK || !has_row)
            break;
        own_due = (int32_t)ga_stmt_column_int(stmt, 5);
        if (read % CHILDREN_AT_ONCE == CHILDREN_AT_ONCE - 1 && count_up_to(&l->found, own_due - 1) >= l->ask->limit) {
            ga_stmt_reset(stmt);
            break;
        }
        ga_due_listing_add_child(l, stmt);
    }
    l->only_own = false;
    return rc;
}

/* Windows in the order of the list. */
static int by_day(const void *a, const void *b)
{
    const struct ga_due_window *x = *(const struct ga_due_window *const *)a, *y = *(const struct ga_due_window *const *)b;
    if (x->due_on != y->due_on)
        return x->due_on < y->due_on ? -1 : 1;
    return (x->no > y->no) - (x->no < y->no);
}

static size_t wanted_windows(struct ga_due_listing *l, const struct ga_due_window ***ret_windows)
{
    const struct ga_due_windows *windows = &l->care->windows;
    const struct ga_due_window **wanted = ga_arena_array(l->arena, windows->count + 1, sizeof(*wanted));
    size_t count = 0;
    for (size_t i = 0; i < windows->count; i++)
        if (l->is_wanted[i] && (l->duty < 0 || (size_t)l->duty == ga_due_duty_of(windows->items[i].no)))
            wanted[count++] = &windows->items[i];
    qsort(wanted, count, sizeof(*wanted), by_day);
    *ret_windows = wanted;
    return count;
}

/* The bits of what is open of each class, in roster order; nothing is said of windows that have ended. */
static enum ga_rc read_open(struct ga_due_listing *l, uint64_t **ret_open, struct ga_error *err)
{
    const struct ga_due_places *places = &l->care->places;
    uint64_t *open = ga_arena_array(l->arena, places->classes_count + 1, sizeof(*open));
    struct ga_stmt *stmt;
    bool has_row = false;
    size_t i = 0;
    enum ga_rc rc = ga_due_stmt(l->care, GA_DUE_OPEN_OF_CLASSES, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const char *key = ga_stmt_column_text(stmt, 0);
        int order = -1;
        while (i < places->classes_count && (order = strcmp(places->items[places->by_key[i]].key, key)) < 0)
            i++;
        if (i < places->classes_count && order == 0)
            open[places->by_key[i]] = (uint64_t)ga_stmt_column_int(stmt, 1);
    }
    *ret_open = open;
    return rc;
}

/* Is anything of the window unfinished in the class? */
static enum ga_rc has_open(struct ga_due_listing *l, const struct ga_due_place *place, uint16_t window, bool *ret_has,
                           struct ga_error *err)
{
    struct ga_vec counts;
    struct ga_str rows = {0};
    ga_vec_init(&counts, sizeof(struct ga_due_count));
    enum ga_rc rc = ga_due_read_class(l->care, place->key, &counts, &rows, err);
    *ret_has = false;
    for (size_t i = 0; i < counts.len; i++) {
        const struct ga_due_count *count = ga_vec_at(&counts, i);
        *ret_has |= count->window == window && ga_due_count_is_open(count);
    }
    ga_vec_finish(&counts);
    ga_str_finish(&rows);
    return rc;
}

/* One window through the classes in roster order, until the page is full. */
static enum ga_rc add_window(struct ga_due_listing *l, const struct ga_due_window *window, const uint64_t *open, size_t until,
                             struct ga_error *err)
{
    const int per = l->care->duties.items[ga_due_duty_of(window->no)]->per;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < l->care->places.count && l->found.len < until; i++) {
        const struct ga_due_place *place = &l->care->places.items[i];
        bool has = place->is_above;
        if (place->is_above ? per == GA_PER_CHILD || per == GA_PER_CLASS : per != GA_PER_CHILD && per != GA_PER_CLASS)
            continue;
        if (!place->is_above && window->open_bit != 0 && (open[i] & window->open_bit) == 0)
            continue;
        if (!place->is_above)
            rc = has_open(l, place, window->no, &has, err);
        if (rc == GA_OK && has)
            rc = per == GA_PER_CHILD ? ga_due_listing_add_class(l, place, err) : ga_due_listing_add_place(l, place, err);
    }
    return rc;
}

/* Where a child stands in the roster. */
struct placed {
    struct ga_due_found found;
    struct ga_str place;
};

static enum ga_rc read_place(const struct ga_due_listing *l, struct placed *placed, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_due_stmt(l->care, GA_DUE_ROSTER_PLACE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, placed->found.due.child);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        const struct ga_value sort = ga_stmt_column(stmt, 0);
        ga_str_add_bytes(&placed->place, sort.text, sort.len);
    }
    ga_stmt_reset(stmt);
    return rc;
}

static int by_place(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    const size_t shorter = x->place.len < y->place.len ? x->place.len : y->place.len;
    const int bytes = shorter == 0 ? 0 : memcmp(x->place.data, y->place.data, shorter);
    if (bytes != 0)
        return bytes;
    if (x->place.len != y->place.len)
        return x->place.len < y->place.len ? -1 : 1;
    return x->found.at < y->found.at ? -1 : x->found.at > y->found.at;
}

/* Rows of one day and duty, by their children's places. */
static enum ga_rc put_in_order(struct ga_due_listing *l, size_t from, size_t count, struct ga_error *err)
{
    struct placed *placed = ga_alloc_array(count, sizeof(*placed));
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < count; i++) {
        placed[i].found = *GA_VEC_AT(struct ga_due_found, &l->found, from + i);
        if (rc == GA_OK)
            rc = read_place(l, &placed[i], err);
    }
    qsort(placed, count, sizeof(*placed), by_place);
    for (size_t i = 0; i < count; i++) {
        *GA_VEC_AT(struct ga_due_found, &l->found, from + i) = placed[i].found;
        ga_str_finish(&placed[i].place);
    }
    free(placed);
    return rc;
}

/* The first `own` were come upon by their days: among those of one day and duty the roster's order has to be found. */
static enum ga_rc order_own(struct ga_due_listing *l, size_t own, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    size_t count;
    if (own > 0)
        ga_due_listing_sort(l);
    for (size_t i = 0; rc == GA_OK && own > 0 && i < l->found.len && i < l->ask->limit; i += count) {
        const struct ga_due_found *first = ga_vec_at(&l->found, i);
        bool has_own = false;
        for (count = 0; i + count < l->found.len; count++) {
            const struct ga_due_found *next = ga_vec_at(&l->found, i + count);
            if (next->due_on != first->due_on || next->due.duty != first->due.duty)
                break;
            has_own |= next->at <= own;
        }
        if (has_own && count > 1)
            rc = put_in_order(l, i, count, err);
    }
    for (size_t i = 0; own > 0 && i < l->found.len; i++)
        GA_VEC_AT(struct ga_due_found, &l->found, i)->at = i;
    return rc;
}

enum ga_rc ga_due_page_fill(struct ga_due_listing *l, struct ga_error *err)
{
    const struct ga_due_window **windows;
    const size_t count = wanted_windows(l, &windows);
    uint64_t *open = NULL;
    enum ga_rc rc = read_open(l, &open, err);
    if (rc == GA_OK)
        rc = add_own(l, err);
    const size_t own = l->found.len, until = own + l->ask->limit;
    bool *all = l->is_wanted;
    l->is_wanted = ga_arena_array(l->arena, l->care->windows.count + 1, sizeof(bool));
    l->without_own = true;
    for (size_t i = 0; rc == GA_OK && i < count && l->found.len < until; i++) {
        const size_t at = (size_t)(windows[i] - l->care->windows.items);
        l->is_wanted[at] = true;
        rc = add_window(l, windows[i], open, until, err);
        l->is_wanted[at] = false;
    }
    l->is_wanted = all;
    l->without_own = false;
    return rc == GA_OK ? order_own(l, own, err) : rc;
}
