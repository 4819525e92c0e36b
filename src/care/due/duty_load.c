/* Tells how many records a month a duty makes. */
#include "guanai/care/duty.h"

#include "guanai/base/alloc.h"
#include "guanai/config/config.h"

#include <string.h>

enum { MONTHS = 10, WEEKS = 40, TERMS = 2, DAYS = 30 * MONTHS }; /* of lessons in a school year */

/* A holiday, the week before it. */
static bool is_once_a_year(const char *phase)
{
    return strstr(phase, "winter") != NULL || strstr(phase, "summer") != NULL;
}

/* The phases of a term come in each. */
static int64_t phases_a_year(const struct ga_cadence *cadence)
{
    int64_t count = 0;
    for (size_t i = 0; i < cadence->of_count; i++)
        count += is_once_a_year(cadence->of[i]) ? 1 : TERMS;
    return count;
}

static int64_t windows_a_year(const struct ga_cadence *cadence)
{
    switch (cadence->period) {
    case GA_PERIOD_WEEK:
        return WEEKS;
    case GA_PERIOD_MONTH:
        return MONTHS;
    case GA_PERIOD_TERM:
        return TERMS;
    case GA_PERIOD_PHASE:
        return phases_a_year(cadence);
    case GA_PERIOD_YEAR:
        return 1;
    case GA_PERIOD_FESTIVAL:
        return (int64_t)cadence->of_count;
    case GA_PERIOD_EVERY:
        return cadence->days > 0 ? (DAYS + cadence->days / 2) / cadence->days : 0;
    case GA_PERIOD_AFTER:
        break;
    }
    return 0;
}

bool ga_duty_is_of_sites(const struct ga_duty *duty)
{
    return duty->per == GA_PER_SITE || duty->per == GA_PER_ROOM;
}

bool ga_duty_has_site(const struct ga_duty *duty, const struct ga_config *config, const char *site)
{
    for (size_t i = 0; duty->per == GA_PER_ROOM && i < config->sites_count; i++)
        if (strcmp(config->sites[i].code, site) == 0)
            return !config->sites[i].is_without_room;
    return true;
}

static int64_t subjects(const struct ga_duty *duty, const struct ga_duty_owing *owing)
{
    switch (duty->per) {
    case GA_PER_CHILD:
        return owing->children;
    case GA_PER_CLASS:
        return owing->classes;
    case GA_PER_SITE:
    case GA_PER_ROOM:
        return owing->sites;
    default:
        return owing->children > 0 ? 1 : 0;
    }
}

int64_t ga_duty_load(const struct ga_duty *duty, const struct ga_duty_owing *owing)
{
    return (subjects(duty, owing) * duty->count * windows_a_year(&duty->cadence) + MONTHS / 2) / MONTHS;
}
