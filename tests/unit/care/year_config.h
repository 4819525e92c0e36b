/* A school whose year is set by hand: 2026–2027 with the announced holidays of its autumn. */
#ifndef GUANAI_TESTS_YEAR_CONFIG_H
#define GUANAI_TESTS_YEAR_CONFIG_H

#include "guanai/config/config.h"

static inline struct ga_date day_of(const char *iso)
{
    struct ga_date day = {0};
    ga_date_from_iso(iso, &day);
    return day;
}

static inline struct ga_days days_of(const char *from, const char *to)
{
    return (struct ga_days){day_of(from), day_of(to)};
}

static inline struct ga_config usual_config(void)
{
    return (struct ga_config){.school = "样校"};
}

static inline struct ga_config set_config(void)
{
    static struct ga_term terms[] = {{.name = "2026-1", .from = {2026, 9, 1}, .to = {2027, 1, 22}},
                                     {.name = "2026-2", .from = {2027, 3, 1}, .to = {2027, 7, 9}}};
    static struct ga_holiday holidays[] = {
        {.label = {"国庆", "National Day"}, .days = {{2026, 10, 1}, {2026, 10, 7}}},
        {.label = {"运动会", "Sports"}, .days = {{2026, 11, 26}, {2026, 11, 30}}},
    };
    static struct ga_date school_days[] = {{2026, 9, 20}, {2026, 10, 10}, {2026, 11, 30}};
    return (struct ga_config){.school = "样校",
                              .terms = terms,
                              .terms_count = 2,
                              .holidays = holidays,
                              .holidays_count = 2,
                              .school_days = school_days,
                              .school_days_count = 3};
}

#endif
