/* What windows are called. */
#include "guanai/care/window.h"

#include "guanai/base/num.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Does the label look so: 9 stands for a digit, every other character for itself. */
static bool has_shape(const char *label, const char *shape)
{
    for (; *shape != '\0'; shape++, label++)
        if (*shape == '9' ? *label < '0' || *label > '9' : *label != *shape)
            return false;
    return *label == '\0';
}

static const struct {
    const char *code, *english;
} phases[] = {
    {"start", GA_N_("start of term")},     {"middle", GA_N_("middle of term")},  {"end", GA_N_("end of term")},
    {"winter", GA_N_("winter holiday")},   {"summer", GA_N_("summer holiday")},
    {"before_winter", GA_N_("last school week before winter")}, {"before_summer", GA_N_("last school week before summer")},
};

static const char *phase_text(const char *code, enum ga_lang lang)
{
    for (size_t i = 0; i < sizeof(phases) / sizeof(*phases); i++)
        if (strcmp(phases[i].code, code) == 0)
            return ga_tr(lang, phases[i].english);
    return code;
}

static const char *say(enum ga_lang lang, struct ga_arena *arena, const char *english, int first, int second)
{
    char buf[GA_MESSAGE_BYTES];
    struct ga_message message;
    ga_message_set(&message, english, GA_NUM(first), GA_NUM(second));
    return ga_arena_strdup(arena, ga_message_text(&message, lang, buf, sizeof(buf)));
}

static const char *term_text(const char *label, enum ga_lang lang, struct ga_arena *arena)
{
    const int begun = atoi(label);
    if (label[5] == '1')
        return say(lang, arena, GA_N_("autumn term %1"), begun, 0);
    return say(lang, arena, GA_N_("spring term %1"), begun + 1, 0);
}

static const char *month_text(const char *label, enum ga_lang lang, struct ga_arena *arena)
{
    char buf[GA_DATE_SIZE];
    const struct ga_date month = {(int16_t)atoi(label), (int8_t)atoi(label + 5), 0};
    return ga_arena_strdup(arena, ga_date_text_short(month, lang, buf));
}

const char *ga_window_text(const struct ga_calendar *calendar, const char *label, enum ga_lang lang,
                           struct ga_arena *arena)
{
    (void)calendar; /* names of terms and feasts are the same in every school */
    const size_t term_len = strlen("2026-1"), year_len = strlen("2026-");
    const struct ga_label *festival = NULL;
    if (has_shape(label, "9999-99"))
        return month_text(label, lang, arena);
    if (has_shape(label, "9999-W99"))
        return say(lang, arena, GA_N_("week %1"), atoi(label + strlen("2026-W")), 0);
    if (has_shape(label, "9999-9"))
        return term_text(label, lang, arena);
    if (has_shape(label, "9999"))
        return say(lang, arena, GA_N_("school year %1–%2"), atoi(label), atoi(label) + 1);
    if (strlen(label) > year_len)
        festival = ga_calendar_festival_label(label + year_len);
    if (festival != NULL)
        return ga_label_text(festival, lang);
    if (strlen(label) > term_len && label[term_len] == '-')
        return phase_text(label + term_len + 1, lang);
    return label;
}
