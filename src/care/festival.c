/* When the festivals of a year are. */
#include "festival.h"

#include "guanai/text/lunar.h"

#include <stdlib.h>
#include <string.h>

enum reckoning { BY_SUN, BY_MOON, BY_QINGMING };

/* Regulation on public holidays for annual festivals and memorial days, State Council order 795, since 2025. */
static const struct {
    const char *code;
    struct ga_label label;
    enum reckoning by;
    int8_t month, day;
    int8_t rest_before, rest_days; /* rest begins so many days before the feast, lasts so long; 0: none */
} festivals[GA_FESTIVALS] = {
    {"new_year", {"元旦", "New Year"}, BY_SUN, 1, 1, 0, 1},
    {"spring", {"春节", "Spring Festival"}, BY_MOON, 1, 1, 1, 4},
    {"lantern", {"元宵", "Lantern Festival"}, BY_MOON, 1, 15, 0, 0},
    {"qingming", {"清明", "Qingming"}, BY_QINGMING, 0, 0, 0, 1},
    {"labour", {"劳动节", "Labour Day"}, BY_SUN, 5, 1, 0, 2},
    {"children", {"儿童节", "Children's Day"}, BY_SUN, 6, 1, 0, 0}, /* kept at school */
    {"dragon_boat", {"端午", "Dragon Boat Festival"}, BY_MOON, 5, 5, 0, 1},
    {"teachers", {"教师节", "Teachers' Day"}, BY_SUN, 9, 10, 0, 0},
    {"mid_autumn", {"中秋", "Mid-Autumn Festival"}, BY_MOON, 8, 15, 0, 1},
    {"national", {"国庆", "National Day"}, BY_SUN, 10, 1, 0, 3},
    {"double_ninth", {"重阳", "Double Ninth"}, BY_MOON, 9, 9, 0, 0},
};

static bool feast_of(size_t which, int year, struct ga_date *ret_day)
{
    const int8_t month = festivals[which].month, day = festivals[which].day;
    if (festivals[which].by == BY_QINGMING)
        return ga_lunar_qingming(year, ret_day);
    if (festivals[which].by == BY_MOON) /* months 1 to 9 end within their civil year */
        return ga_lunar_to_date((struct ga_lunar){(int16_t)year, month, day, false}, ret_day);
    *ret_day = (struct ga_date){(int16_t)year, month, day};
    return ga_date_is_day(*ret_day);
}

bool ga_festival_of(size_t which, int year, struct ga_festival *ret_festival)
{
    struct ga_date day;
    if (!feast_of(which, year, &day))
        return false;
    const struct ga_date from = ga_date_add_days(day, -festivals[which].rest_before);
    const struct ga_days rest = {from, ga_date_add_days(from, festivals[which].rest_days - 1)};
    *ret_festival = (struct ga_festival){festivals[which].code, festivals[which].label, day, rest};
    return true;
}

bool ga_festival_is_rest(struct ga_date day, struct ga_days *ret_rest)
{
    struct ga_festival festival;
    for (size_t i = 0; i < GA_FESTIVALS; i++)
        if (festivals[i].rest_days > 0 && ga_festival_of(i, day.year, &festival) &&
            ga_date_compare(festival.rest.from, day) <= 0 && ga_date_compare(day, festival.rest.to) <= 0) {
            *ret_rest = festival.rest;
            return true;
        }
    return false;
}

const struct ga_label *ga_calendar_festival_label(const char *code)
{
    for (size_t i = 0; i < GA_FESTIVALS; i++)
        if (strcmp(festivals[i].code, code) == 0)
            return &festivals[i].label;
    return NULL;
}

static void join_own_holiday(const struct ga_config *config, struct ga_festival *festival)
{
    for (size_t i = 0; i < config->holidays_count; i++) {
        const struct ga_days own = config->holidays[i].days;
        if (ga_date_compare(own.from, festival->day) > 0 || ga_date_compare(festival->day, own.to) > 0)
            continue;
        const bool is_empty = ga_date_compare(festival->rest.from, festival->rest.to) > 0;
        if (is_empty || ga_date_compare(own.from, festival->rest.from) < 0)
            festival->rest.from = own.from;
        if (is_empty || ga_date_compare(own.to, festival->rest.to) > 0)
            festival->rest.to = own.to;
    }
}

static int by_day(const void *left, const void *right)
{
    return ga_date_compare(((const struct ga_festival *)left)->day, ((const struct ga_festival *)right)->day);
}

size_t ga_calendar_festivals(const struct ga_calendar *calendar, int year, struct ga_arena *arena,
                             struct ga_festival **ret_festivals)
{
    struct ga_festival *list = ga_arena_array(arena, GA_FESTIVALS, sizeof(*list));
    size_t count = 0;
    for (size_t i = 0; i < GA_FESTIVALS; i++)
        if (ga_festival_of(i, year, &list[count])) {
            join_own_holiday(calendar->config, &list[count]);
            count++;
        }
    if (count > 1)
        qsort(list, count, sizeof(*list), by_day);
    *ret_festivals = list;
    return count;
}
