/* Lists the windows of all duties around a day. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/text/class_name.h"

#include <stdlib.h>
#include <string.h>

static int32_t days_of(struct ga_date date)
{
    return ga_date_to_days(date);
}

static bool hangs_on_records(const struct ga_duty *duty)
{
    return duty->cadence.period == GA_PERIOD_EVERY || duty->cadence.period == GA_PERIOD_AFTER;
}

static void add_window(struct ga_vec *list, size_t duty, size_t place, const struct ga_window *window, int32_t today)
{
    struct ga_due_window *to = ga_vec_push(list);
    *to = (struct ga_due_window){.no = (uint16_t)(duty * GA_DUE_PLACES + place), .is_own = window == NULL, .asked_on = today};
    if (window == NULL)
        return;
    to->opens = days_of(window->opens);
    to->begins = days_of(window->begins);
    to->due_on = days_of(window->due_on);
    to->ends = days_of(window->ends);
    to->asked_on = to->due_on < today ? to->due_on : today;
    memcpy(to->label, window->label, sizeof(to->label));
}

static int by_day(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* What nobody ever switched on is not asked about: every day that is asked costs a look at every child. */
void ga_due_windows_ask(struct ga_due_windows *windows, const bool *is_on, const int32_t *ends, size_t ends_count)
{
    int32_t *days = ga_arena_array(&windows->arena, windows->count + 1 + ends_count, sizeof(*days));
    size_t count = 0;
    for (size_t i = 0; i < ends_count; i++)
        days[count++] = ends[i];
    for (size_t i = 0; i < windows->count; i++)
        if (is_on[ga_due_duty_of(windows->items[i].no)])
            days[count++] = windows->items[i].asked_on;
    days[count++] = windows->today;
    windows->days_count = 0;
    qsort(days, count, sizeof(*days), by_day);
    windows->days = ga_arena_array(&windows->arena, count, sizeof(*windows->days));
    for (size_t i = 0; i < count; i++)
        if (i == 0 || days[i] != days[i - 1])
            windows->days[windows->days_count++] = ga_date_from_days(days[i]);
    for (size_t i = 0; i < windows->count; i++)
        windows->items[i].asked = ga_due_windows_day(windows, windows->items[i].asked_on);
}

static void give_bits(struct ga_due_windows *windows)
{
    unsigned next = 0;
    for (size_t i = 0; i < windows->count; i++)
        if (windows->items[i].ends >= windows->today)
            windows->items[i].open_bit = UINT64_C(1) << next++ % 64;
}

void ga_due_windows_make(struct ga_due_windows *windows, const struct ga_calendar *calendar, const struct ga_duties *duties,
                         struct ga_date today)
{
    const int year = ga_class_name_school_year(today);
    const struct ga_days span = {{(int16_t)(year - 1), 8, 1}, ga_date_add_days(today, GA_DUE_COMING_DAYS)};
    struct ga_vec list;
    ga_due_windows_finish(windows);
    windows->from = days_of(span.from);
    windows->today = days_of(today);
    ga_vec_init(&list, sizeof(struct ga_due_window));
    for (size_t d = 0; d < duties->count; d++) {
        struct ga_window *of_duty;
        windows->first[d] = list.len;
        if (hangs_on_records(duties->items[d])) {
            add_window(&list, d, 0, NULL, windows->today);
            continue;
        }
        const size_t count = ga_windows(calendar, &duties->items[d]->cadence, span, &windows->arena, &of_duty);
        for (size_t i = 0; i < count && i < GA_DUE_PLACES; i++)
            add_window(&list, d, i, &of_duty[i], windows->today);
    }
    windows->first[duties->count] = list.len;
    windows->items = ga_arena_array(&windows->arena, list.len, sizeof(struct ga_due_window));
    if (list.len > 0)
        memcpy(windows->items, list.items, list.len * sizeof(struct ga_due_window));
    windows->count = list.len;
    ga_vec_finish(&list);
    give_bits(windows);
}

void ga_due_windows_finish(struct ga_due_windows *windows)
{
    ga_arena_finish(&windows->arena);
    *windows = (struct ga_due_windows){0};
}

const struct ga_due_window *ga_due_windows_find(const struct ga_due_windows *windows, uint16_t no)
{
    const size_t duty = ga_due_duty_of(no), place = no % GA_DUE_PLACES;
    if (duty >= GA_DUTIES_MAX || windows->first[duty] + place >= windows->first[duty + 1])
        return NULL;
    return &windows->items[windows->first[duty] + place];
}

size_t ga_due_windows_day(const struct ga_due_windows *windows, int32_t day)
{
    size_t i = 0;
    while (i + 1 < windows->days_count && days_of(windows->days[i]) < day)
        i++;
    return i;
}
