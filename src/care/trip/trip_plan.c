/* Spreads visits over the days there are. */
#include "guanai/care/trip.h"

#include "guanai/base/alloc.h"

#include <string.h>

static bool may_go(const struct ga_trip_stop *stop, const struct ga_trip_day *day)
{
    return stop->opens <= day->day && day->day <= stop->ends && (!day->is_holiday || stop->is_in_holidays);
}

static bool may_ever_go(const struct ga_trip_stop *stop, const struct ga_trip_day *days, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (may_go(stop, &days[i]))
            return true;
    return false;
}

/* On which there is somebody to go to: in a holiday mostly there is not. */
static size_t count_days(const struct ga_trip_stop *stops, size_t count, const struct ga_trip_day *days, size_t days_count)
{
    size_t useful = 0;
    for (size_t i = 0; i < days_count; i++) {
        bool is_useful = false;
        for (size_t k = 0; k < count && !is_useful; k++)
            is_useful = may_go(&stops[k], &days[i]);
        useful += is_useful;
    }
    return useful;
}

/* How many trips it takes where none leads to two villages. */
static size_t count_trips(const struct ga_trip_stop *stops, size_t count, const bool *is_out)
{
    size_t trips = 0;
    for (size_t i = 0; i < count; i++) {
        size_t before = 0;
        for (size_t k = 0; k < i && !is_out[i]; k++)
            before += !is_out[k] && strcmp(stops[k].village, stops[i].village) == 0;
        trips += !is_out[i] && before % GA_TRIP_ROWS == 0; /* every fifth of a village begins another */
    }
    return trips;
}

size_t ga_trip_plan(const struct ga_trip_stop *stops, size_t count, const struct ga_trip_day *days, size_t days_count,
                    struct ga_arena *arena, struct ga_trip_planned **ret_trips, bool *ret_is_placed)
{
    struct ga_trip_planned *trips = ga_arena_array(arena, days_count + 1, sizeof(*trips));
    bool *is_out = ga_arena_array(arena, count + 1, sizeof(*is_out));
    size_t planned = 0;
    for (size_t i = 0; i < count; i++)
        is_out[i] = !may_ever_go(&stops[i], days, days_count);
    const bool may_mix = count_trips(stops, count, is_out) > count_days(stops, count, days, days_count);
    memset(ret_is_placed, 0, count * sizeof(*ret_is_placed));
    for (size_t i = 0; i < days_count; i++) {
        const struct ga_trip_pick pick = {.is_out = is_out, .may_mix = may_mix, .rows = GA_TRIP_ROWS, .day = days[i].day,
                                          .next = i + 1 < days_count ? days[i + 1].day : days[i].day + 1,
                                          .is_holiday = days[i].is_holiday};
        struct ga_trip_planned *trip = &trips[planned];
        trip->day = days[i].day;
        trip->count = ga_trip_pick_next(stops, count, &pick, trip->rows);
        for (size_t k = 0; k < trip->count; k++)
            is_out[trip->rows[k]] = ret_is_placed[trip->rows[k]] = true;
        planned += trip->count > 0;
    }
    *ret_trips = trips;
    return planned;
}
