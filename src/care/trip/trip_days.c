/* Finds days on which there is time for visits. */
#include "guanai/care/trip_children.h"

enum { FRIDAY = 5, LOOK_DAYS = 60, SPAN_DAYS_MAX = 366 };

/* A visit needs an afternoon after lessons, or a day without them. */
static bool is_free(const struct ga_calendar *calendar, struct ga_date day, bool *ret_is_holiday)
{
    const int weekday = ga_date_weekday(day);
    *ret_is_holiday = ga_calendar_is_holiday(calendar, day, NULL);
    if (*ret_is_holiday)
        return true;
    if (!(calendar->config->visit_days >> weekday & 1))
        return false;
    return weekday <= FRIDAY || !ga_calendar_is_school_day(calendar, day);
}

size_t ga_trip_days(const struct ga_calendar *calendar, struct ga_days span, struct ga_arena *arena,
                    struct ga_trip_day **ret_days)
{
    const int32_t first = ga_date_to_days(span.from);
    int32_t last = ga_date_to_days(span.to);
    size_t count = 0;
    if (last >= first + SPAN_DAYS_MAX)
        last = first + SPAN_DAYS_MAX - 1;
    struct ga_trip_day *days = ga_arena_array(arena, last >= first ? (size_t)(last - first) + 1 : 1, sizeof(*days));
    for (int32_t day = first; day <= last; day++)
        if (is_free(calendar, ga_date_from_days(day), &days[count].is_holiday))
            days[count++].day = day;
    *ret_days = days;
    return count;
}

struct ga_date ga_trip_next_day(const struct ga_calendar *calendar, struct ga_date today)
{
    bool is_holiday;
    for (int i = 0; i < LOOK_DAYS; i++) {
        const struct ga_date day = ga_date_add_days(today, i);
        if (is_free(calendar, day, &is_holiday) && !is_holiday)
            return day;
    }
    return today;
}
