/* Says how many records a month a form makes. */
#include "care/form_load_words.h"

#include "care/duty_words.h"
#include "parts/words.h"

static const char *number(int64_t count, struct ga_arena *arena)
{
    return count > 0 ? ga_duty_words_count(count, arena) : "0";
}

static const char *reason(const struct ga_form_load *load, enum ga_lang lang, struct ga_arena *arena)
{
    if (load->by == GA_LOAD_DUTIES)
        return ga_words_say(arena, lang, GA_N_("They are owed already, as the duty %1 says; nothing is added."),
                            ga_label_text(&load->duty->title, lang));
    if (load->by == GA_LOAD_DUTY_OFF)
        return ga_words_say(arena, lang, GA_N_("So many if the duty %1 is switched on, too; without it only what people write."),
                            ga_label_text(&load->duty->title, lang));
    return ga_tr(lang, GA_N_("An estimate: no duty asks for it, it is written as people see fit."));
}

const char *ga_form_load_words(const struct ga_form_load *load, enum ga_lang lang, struct ga_arena *arena)
{
    if (load->by == GA_LOAD_UNTOLD)
        return ga_tr(lang, GA_N_("Records come only when it happens: how many cannot be told."));
    const char *text = ga_words_say(arena, lang, GA_N_("About %1 records a month"), number(load->records, arena));
    if (load->class_average > 0)
        text = ga_arena_printf(arena, "%s%s", text,
                               ga_words_say(arena, lang, GA_N_(", %1 for a class on average"), number(load->class_average, arena)));
    if (load->teacher_average > 0)
        text = ga_arena_printf(arena, "%s%s", text,
                               ga_words_say(arena, lang, GA_N_(", %1 for each class teacher"), number(load->teacher_average, arena)));
    return ga_arena_printf(arena, "%s%s\n%s", text, lang == GA_ZH ? "。" : ".", reason(load, lang, arena));
}
