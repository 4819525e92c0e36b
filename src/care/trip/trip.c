/* Says which children are visited together. */
#include "guanai/care/trip.h"

#include <stdlib.h>
#include <string.h>

/* What a comparison hangs on beside the two rows. */
struct view {
    const struct ga_trip_stop *stops;
    const struct ga_trip_pick *pick;
    const struct ga_trip_stop *seed; /* the first child of the village that is gone to now; NULL: it is being looked for */
};

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Due before there is another chance: this is the day. */
static bool is_last_chance(const struct view *view, const struct ga_trip_stop *stop)
{
    return view->pick != NULL && view->pick->day != 0 && stop->due_on >= view->pick->day && stop->due_on < view->pick->next;
}

static bool is_in_danger(const struct ga_trip_stop *stop)
{
    return stop->need >= GA_TRIP_NEED_NOW;
}

static int compare_need(const struct view *view, const struct ga_trip_stop *a, const struct ga_trip_stop *b)
{
    int order = compare_numbers(is_in_danger(b), is_in_danger(a));
    if (order == 0)
        order = compare_numbers(is_last_chance(view, b), is_last_chance(view, a));
    if (order == 0)
        order = compare_numbers(b->need, a->need);
    return order != 0 ? order : compare_numbers(a->due_on, b->due_on);
}

/* Who does not say the group lives far from everybody but those who do not either. */
static int groups_away(const struct ga_trip_stop *a, const struct ga_trip_stop *b)
{
    return abs(a->group - b->group);
}

static bool is_same_village(const struct ga_trip_stop *a, const struct ga_trip_stop *b)
{
    return strcmp(a->village, b->village) == 0;
}

static bool is_same_hamlet(const struct ga_trip_stop *a, const struct ga_trip_stop *b)
{
    return a->named_len == b->named_len && memcmp(a->named, b->named, a->named_len) == 0;
}

/* <0: a is taken before b. Rows of equal rank stand in roster order, which is that of the array. */
static int compare(const struct view *view, size_t at, size_t other)
{
    const struct ga_trip_stop *a = &view->stops[at], *b = &view->stops[other], *seed = view->seed;
    int order = 0;
    if (seed != NULL)
        order = compare_numbers(is_same_village(b, seed), is_same_village(a, seed));
    if (order == 0)
        order = compare_need(view, a, b);
    if (order == 0 && seed != NULL && is_same_village(a, seed))
        order = compare_numbers(groups_away(a, seed), groups_away(b, seed));
    if (order == 0 && seed != NULL && is_same_village(a, seed))
        order = compare_numbers(is_same_hamlet(b, seed), is_same_hamlet(a, seed));
    if (order == 0)
        order = compare_numbers(a->last_on, b->last_on);
    return order != 0 ? order : compare_numbers((int64_t)at, (int64_t)other);
}

static bool may_go(const struct view *view, size_t at)
{
    const struct ga_trip_pick *pick = view->pick;
    const struct ga_trip_stop *stop = &view->stops[at];
    if (pick->is_out != NULL && pick->is_out[at])
        return false;
    if (view->seed != NULL && !pick->may_mix && !is_same_village(stop, view->seed))
        return false;
    if (pick->day == 0)
        return true;
    return stop->opens <= pick->day && pick->day <= stop->ends && (!pick->is_holiday || stop->is_in_holidays);
}

static bool is_among(const size_t *rows, size_t count, size_t at)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i] == at)
            return true;
    return false;
}

/* The best one that is not taken; count: nobody is left. */
static size_t find_best(const struct view *view, size_t count, const size_t *taken, size_t taken_count)
{
    size_t best = count;
    for (size_t i = 0; i < count; i++)
        if (may_go(view, i) && !is_among(taken, taken_count, i) && (best == count || compare(view, i, best) < 0))
            best = i;
    return best;
}

size_t ga_trip_pick_next(const struct ga_trip_stop *stops, size_t count, const struct ga_trip_pick *pick,
                         size_t ret_rows[GA_TRIP_ROWS])
{
    struct view view = {.stops = stops, .pick = pick};
    size_t taken = 0;
    while (taken < pick->rows && taken < GA_TRIP_ROWS) {
        const size_t best = find_best(&view, count, ret_rows, taken);
        if (best == count)
            break;
        ret_rows[taken++] = best;
        if (view.seed == NULL || !is_same_village(&stops[best], view.seed))
            view.seed = &stops[best]; /* the first one of its village */
    }
    ga_trip_walk(stops, ret_rows, taken);
    return taken;
}

static int compare_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
    const int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
    return order != 0 ? order : compare_numbers((int64_t)a_len, (int64_t)b_len);
}

/* Within one village. */
static int compare_places(const struct view *view, size_t at, size_t other)
{
    const struct ga_trip_stop *a = &view->stops[at], *b = &view->stops[other];
    int order = compare_numbers(a->group, b->group);
    if (order == 0)
        order = compare_bytes(a->named, a->named_len, b->named, b->named_len);
    return order != 0 ? order : compare(view, at, other);
}

/* Insertion: trips are short, lists offered are a teacher's, and no order hangs on the C library's qsort. */
static void sort(const struct view *view, size_t *rows, size_t count,
                 int (*order)(const struct view *view, size_t at, size_t other))
{
    for (size_t i = 1; i < count; i++) {
        const size_t row = rows[i];
        size_t k = i;
        for (; k > 0 && order(view, row, rows[k - 1]) < 0; k--)
            rows[k] = rows[k - 1];
        rows[k] = row;
    }
}

void ga_trip_by_need(const struct ga_trip_stop *stops, size_t *rows, size_t count)
{
    sort(&(struct view){.stops = stops}, rows, count, compare);
}

/* Brings the rows of the first one's village to the front, in their order. Answers how many. */
static size_t gather_village(const struct ga_trip_stop *stops, size_t *rows, size_t count)
{
    size_t gathered = 1;
    for (size_t i = 1; i < count; i++) {
        const size_t row = rows[i];
        if (!is_same_village(&stops[row], &stops[rows[0]]))
            continue;
        memmove(&rows[gathered + 1], &rows[gathered], (i - gathered) * sizeof(*rows));
        rows[gathered++] = row;
    }
    return gathered;
}

void ga_trip_walk(const struct ga_trip_stop *stops, size_t *rows, size_t count)
{
    const struct view view = {.stops = stops};
    ga_trip_by_need(stops, rows, count);
    for (size_t at = 0; at < count;) {
        const size_t gathered = gather_village(stops, rows + at, count - at);
        sort(&view, rows + at, gathered, compare_places);
        at += gathered;
    }
}
