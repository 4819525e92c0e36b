/* Says how often a duty is done. */
#include "care/duty_words.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "parts/words.h"

#include <string.h>

/* What phases and festivals are called is known of their windows, whatever the year. */
static const char *names_of(const struct ga_cadence *cadence, enum ga_lang lang, struct ga_arena *arena)
{
    const char *names = "";
    for (size_t i = 0; i < cadence->of_count; i++) {
        const char *label = cadence->period == GA_PERIOD_PHASE ? ga_arena_printf(arena, "2026-1-%s", cadence->of[i])
                                                               : ga_arena_printf(arena, "2026-%s", cadence->of[i]);
        names = ga_arena_printf(arena, "%s%s%s", names, i == 0 ? "" : lang == GA_ZH ? "、" : ", ",
                                ga_window_text(NULL, label, lang, arena));
    }
    return names;
}

static const char *period_text(const struct ga_cadence *cadence, enum ga_lang lang, struct ga_arena *arena)
{
    switch (cadence->period) {
    case GA_PERIOD_WEEK:
        return ga_tr(lang, GA_N_("every week"));
    case GA_PERIOD_MONTH:
        return ga_tr(lang, GA_N_("every month"));
    case GA_PERIOD_TERM:
        return ga_tr(lang, GA_N_("every term"));
    case GA_PERIOD_YEAR:
        return ga_tr(lang, GA_N_("every school year"));
    case GA_PERIOD_PHASE:
    case GA_PERIOD_FESTIVAL:
        return names_of(cadence, lang, arena);
    case GA_PERIOD_EVERY:
        return ga_words_say(arena, lang, GA_N_("every %1 days"), GA_NUM(cadence->days));
    case GA_PERIOD_AFTER:
        break;
    }
    return ga_words_say(arena, lang, GA_N_("when it happens, within %1 days"), GA_NUM(cadence->days));
}

const char *ga_duty_words_often(const struct ga_duty *duty, enum ga_lang lang, struct ga_arena *arena)
{
    const char *period = period_text(&duty->cadence, lang, arena);
    return duty->count < 2 ? period : ga_words_say(arena, lang, GA_N_("%1, %2 times"), period, GA_NUM(duty->count));
}

const char *ga_duty_words_count(int64_t count, struct ga_arena *arena)
{
    if (count <= 0)
        return "–";
    if (count < 1000)
        return ga_arena_strdup(arena, GA_NUM(count));
    return ga_arena_printf(arena, "%s,%03d", ga_duty_words_count(count / 1000, arena), (int)(count % 1000));
}

const char *ga_duty_words_switch(const struct ga_burden *burden, enum ga_lang lang)
{
    if (!burden->is_on && burden->classes_on > 0)
        return ga_tr(lang, GA_N_("in part"));
    return ga_tr(lang, burden->is_on ? GA_N_("on") : GA_N_("off"));
}

static const char *month_text(const struct ga_burden *burden, const char *class_shown, enum ga_lang lang,
                              struct ga_arena *arena)
{
    const char *records = burden->records > 0 ? ga_duty_words_count(burden->records, arena) : "0";
    if (class_shown != NULL)
        return ga_words_say(arena, lang, burden->is_on ? GA_N_("Off in %1: about %2 records a month less")
                                                       : GA_N_("On in %1: about %2 records a month more"),
                            class_shown, records);
    return ga_words_say(arena, lang, burden->is_on ? GA_N_("Off: about %1 records a month less")
                                                   : GA_N_("On: about %1 records a month more"), records);
}

const char *ga_duty_words_cost(const struct ga_burden *burden, const char *class_shown, enum ga_lang lang,
                               struct ga_arena *arena)
{
    if (!burden->is_told)
        return ga_tr(lang, GA_N_("Records come only when it happens: how many cannot be told."));
    const char *text = month_text(burden, class_shown, lang, arena);
    if (class_shown == NULL && burden->class_average > 0)
        text = ga_arena_printf(arena, "%s%s", text,
                               ga_words_say(arena, lang, GA_N_(", %1 for a class on average"),
                                            ga_duty_words_count(burden->class_average, arena)));
    if (burden->teacher_average > 0)
        text = ga_arena_printf(arena, "%s%s", text,
                               ga_words_say(arena, lang, GA_N_(", %1 for each class teacher"),
                                            ga_duty_words_count(burden->teacher_average, arena)));
    return ga_arena_printf(arena, "%s%s", text, lang == GA_ZH ? "。" : ".");
}

static const char *per_text(const struct ga_duty *duty, enum ga_lang lang)
{
    static const char *const words[] = {
        [GA_PER_CHILD] = GA_N_("For each child that fits the rule"),
        [GA_PER_CLASS] = GA_N_("For each class"),
        [GA_PER_SITE] = GA_N_("For each site"),
        [GA_PER_SCHOOL] = GA_N_("For the school"),
        [GA_PER_ROOM] = GA_N_("For each home room"),
    };
    return ga_tr(lang, words[duty->per]);
}

static const char *forms_text(const struct ga_duty *duty, enum ga_lang lang, struct ga_arena *arena)
{
    const char *names = "";
    for (size_t i = 0; i < duty->done_by.count; i++) {
        const struct ga_form *form = duty->done_by.items[i].of;
        if (form != NULL)
            names = ga_arena_printf(arena, "%s%s%s", names, names[0] == '\0' ? "" : lang == GA_ZH ? "、" : ", ",
                                    ga_label_text(&form->title, lang));
    }
    return names[0] == '\0' ? ga_tr(lang, GA_N_("The forms that close this are not installed."))
                            : ga_words_say(arena, lang, GA_N_("Done by a record of: %1"), names);
}

const char *ga_duty_words_rule(const struct ga_duty *duty, const struct ga_burden *burden, enum ga_lang lang,
                               struct ga_arena *arena)
{
    const char *why = duty->why.zh != NULL ? ga_label_text(&duty->why, lang) : ga_label_text(&duty->title, lang);
    return ga_arena_printf(arena, lang == GA_ZH ? "%s\n%s：%s\n%s\n%s" : "%s\n%s: %s\n%s\n%s", why, per_text(duty, lang),
                           ga_duty_words_often(duty, lang, arena), forms_text(duty, lang, arena),
                           ga_duty_words_cost(burden, NULL, lang, arena));
}
