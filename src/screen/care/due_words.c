/* Says what is owed. */
#include "care/due_words.h"

#include "guanai/base/num.h"
#include "guanai/text/class_name.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"


static const char *day_text(struct ga_date day, enum ga_lang lang, struct ga_arena *arena)
{
    char text[GA_DATE_SIZE];
    return ga_arena_strdup(arena, ga_date_text_short(day, lang, text));
}

static const char *tries_text(const struct ga_due *due, enum ga_lang lang, struct ga_arena *arena)
{
    if (due->needed > 1)
        return ga_words_say(arena, lang, GA_N_(" · %1 of %2 done"), GA_NUM(due->done), GA_NUM(due->needed));
    if (due->tries > 0)
        return ga_words_say(arena, lang, due->tries == 1 ? GA_N_(" · tried once") : GA_N_(" · tried %1 times"),
                            GA_NUM(due->tries));
    return "";
}

static const char *state_text(const struct ga_due *due, enum ga_lang lang, struct ga_arena *arena)
{
    const char *until = day_text(due->window.due_on, lang, arena);
    switch (due->state) {
    case GA_DUE_OPEN:
        return ga_words_say(arena, lang, due->tries > 0 || due->needed > 1 ? GA_N_("by %1") : GA_N_("now, by %1"), until);
    case GA_DUE_LATE:
        return ga_words_say(arena, lang, due->days_late == 1 ? GA_N_("1 day late, still possible until %2")
                                                             : GA_N_("%1 days late, still possible until %2"),
                            GA_NUM(due->days_late), day_text(due->window.ends, lang, arena));
    case GA_DUE_COMING:
        return ga_words_say(arena, lang, GA_N_("from %1, by %2"), day_text(due->window.begins, lang, arena), until);
    case GA_DUE_DONE:
    case GA_DUE_DONE_LATE:
        return ga_words_say(arena, lang, GA_N_("done on %1"), day_text(due->done_on, lang, arena));
    case GA_DUE_EXCUSED:
        return ga_tr(lang, due->is_confirmed ? GA_N_("excused") : GA_N_("excused, not yet confirmed"));
    default:
        return ga_tr(lang, ga_due_words[due->state]);
    }
}

const char *ga_due_words_when(const struct ga_due *due, enum ga_lang lang, struct ga_arena *arena)
{
    const char *state = state_text(due, lang, arena);
    const bool is_closed = due->state == GA_DUE_DONE || due->state == GA_DUE_DONE_LATE;
    return is_closed ? state : ga_arena_printf(arena, "%s%s", state, tries_text(due, lang, arena));
}

static const char *site_text(const struct ga_config *config, const char *code, enum ga_lang lang)
{
    for (size_t i = 0; i < config->sites_count; i++)
        if (ga_str_equal(config->sites[i].code, code))
            return ga_label_text(&config->sites[i].label, lang);
    return code;
}

const char *ga_due_words_class(const struct ga_config *config, const struct ga_due *due, enum ga_lang lang, struct ga_arena *arena)
{
    struct ga_roster_class class_of;
    struct ga_class_name name = {0};
    char shown[GA_CLASS_NAME_SIZE];
    ga_due_class_of(due, arena, &class_of);
    if (class_of.grade[0] == '\0')
        return site_text(config, class_of.site, lang);
    ga_str_copy(name.grade, sizeof(name.grade), class_of.grade);
    ga_str_copy(name.number, sizeof(name.number), class_of.class_no);
    return ga_arena_strdup(arena, ga_class_name_text(&name, lang, shown));
}

void ga_due_words_explain(struct ga_screen *screen, struct ga_care *care, const struct ga_due *due, int tag)
{
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *const *lines;
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    struct ga_str text = {0};
    size_t count = 0;
    if (ga_due_explain(care, due, lang, &arena, &lines, &count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    for (size_t i = 0; i < count; i++)
        ga_str_addf(&text, "%s%s", i > 0 ? "\n" : "", lines[i]);
    if (count > 0)
        ga_dialog_show(screen, ga_label_text(&ga_care_duties(care)->items[due->duty]->title, lang), ga_str_text(&text), tag);
    ga_str_finish(&text);
    ga_arena_finish(&arena);
}
