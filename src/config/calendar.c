/* Which term, which part of it a day belongs to. */
#include "guanai/config/config.h"

#include <stdio.h>

static bool is_within(struct ga_date day, struct ga_date from, struct ga_date to)
{
    return ga_date_compare(from, day) <= 0 && ga_date_compare(day, to) <= 0;
}

static const struct ga_term *term_of(const struct ga_config *config, struct ga_date day)
{
    for (size_t i = 0; i < config->terms_count; i++)
        if (is_within(day, config->terms[i].from, config->terms[i].to))
            return &config->terms[i];
    return NULL;
}

/* Month and day as one number: 901 is 1 September. */
struct window {
    int from, to;
    const char *phase;
};

/* The calendar most schools keep; 元宵 falls between 5 February and 5 March. */
static const struct window usual[] = {
    {101, 120, "end"},      {121, 228, "winter"}, {229, 331, "start"},  {401, 531, "middle"},
    {601, 705, "end"},      {706, 831, "summer"}, {901, 1010, "start"}, {1011, 1216, "middle"},
    {1217, 1231, "end"},
};

static const char *usual_phase(struct ga_date day)
{
    const int at = day.month * 100 + day.day;
    for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
        if (usual[i].from <= at && at <= usual[i].to)
            return usual[i].phase;
    return "middle";
}

const char *ga_config_phase(const struct ga_config *config, struct ga_date day)
{
    for (size_t t = 0; t < config->terms_count; t++)
        for (size_t i = 0; i < config->terms[t].phases_count; i++) {
            const struct ga_phase *phase = &config->terms[t].phases[i];
            if (is_within(day, phase->from, phase->to))
                return phase->code;
        }
    return usual_phase(day);
}

void ga_config_term(const struct ga_config *config, struct ga_date day, char ret_name[8])
{
    const struct ga_term *term = term_of(config, day);
    if (term != NULL) {
        snprintf(ret_name, 8, "%s", term->name);
        return;
    }
    const bool is_first = day.month >= 8 || day.month == 1;
    const int begun = day.month >= 8 ? day.year : day.year - 1;
    snprintf(ret_name, 8, "%04d-%d", begun % 10000, is_first ? 1 : 2);
}
