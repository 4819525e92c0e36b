/* Says on the first screen what is owed. */
#include "guanai/base/num.h"
#include "guanai/screen/checklist.h"
#include "guanai/screen/due.h"
#include "home/home_lines.h"
#include "parts/words.h"

enum { LINES_MAX = 6 }; /* more kinds of them share one line */

static const char *open_text(const struct ga_brief_line *line, enum ga_lang lang, struct ga_arena *arena)
{
    char day[GA_DATE_SIZE];
    ga_date_text_short(line->due_on, lang, day);
    const char *until = line->per != GA_PER_CHILD ? ga_words_say(arena, lang, GA_N_("by %1"), day)
                        : line->open == 1         ? ga_words_say(arena, lang, GA_N_("1 child, by %1"), day)
                                          : ga_words_say(arena, lang, GA_N_("%1 children, by %2"), GA_NUM(line->open), day);
    const char *late = line->late == 0 ? "" : ga_words_say(arena, lang, GA_N_(" · %1 late"), GA_NUM(line->late));
    const char *done = line->done == 0 ? ""
                                       : ga_words_say(arena, lang, GA_N_(" · %1/%2 done"), GA_NUM(line->done), GA_NUM(line->owed));
    return ga_arena_printf(arena, "%s%s%s", until, late, done);
}

/* As the page of the classes counts: by the end of the month. */
static const char *month_text(const struct ga_brief *brief, enum ga_lang lang, struct ga_arena *arena)
{
    char share[16];
    if (brief->owed == 0)
        return ga_words_say(arena, lang, GA_N_("nothing due this month, later: %1"), GA_NUM(brief->later));
    return ga_words_say(arena, lang, brief->is_of_school ? GA_N_("this month %1 of %2 done (%3 %)") : GA_N_("whole school this month: %1 of %2 done (%3 %)"),
                        GA_NUM(brief->done), GA_NUM(brief->owed), ga_share_text((size_t)brief->done, (size_t)brief->owed, share));
}

/* One line for all of the school: whose children they are is another's to look at. */
static const char *school_text(const struct ga_brief *brief, enum ga_lang lang, struct ga_arena *arena)
{
    const char *done = month_text(brief, lang, arena);
    if (brief->unconfirmed == 0 || ga_home_is_headteacher(brief))
        return done;
    return ga_arena_printf(arena, "%s%s", done,
                           ga_words_say(arena, lang, GA_N_(" · %1 to confirm"), GA_NUM(brief->unconfirmed)));
}

/* "每周联系 1 · 主题活动 1" */
static const char *rest_text(const struct ga_brief *brief, size_t from, enum ga_lang lang, struct ga_arena *arena)
{
    const char *text = "";
    for (size_t i = from; i < brief->count; i++)
        text = ga_arena_printf(arena, "%s%s%s %s", text, text[0] == '\0' ? "" : " · ", ga_label_text(&brief->lines[i].title, lang),
                               GA_NUM(brief->lines[i].open));
    return text;
}

/* What the user owes in the windows of today; nothing where no duty is on. */
void ga_home_add_dues(struct ga_home_lines *lines)
{
    const struct ga_brief *brief = lines->brief;
    const size_t shown = brief->count <= LINES_MAX + 1 ? brief->count : LINES_MAX;
    if (brief->count > 0)
        ga_home_lines_head(lines, ga_tr(lines->lang, "To do now"));
    for (size_t i = 0; i < shown; i++)
        ga_home_lines_add(lines, ga_label_text(&brief->lines[i].title, lines->lang),
                          open_text(&brief->lines[i], lines->lang, lines->arena), &ga_screen_due, brief->lines[i].duty);
    if (shown < brief->count)
        ga_home_lines_add(lines, ga_tr(lines->lang, "All the rest"), rest_text(brief, shown, lines->lang, lines->arena), &ga_screen_due,
                          ga_arena_printf(lines->arena, "%s+", brief->lines[shown].duty));
}

/* How far the school is: who owes nothing looks at that first. */
void ga_home_add_checklists(struct ga_home_lines *lines)
{
    const struct ga_brief *brief = lines->brief;
    if (brief->owed + brief->later == 0)
        return;
    if (brief->count == 0)
        ga_home_lines_head(lines, ga_tr(lines->lang, "To be done by the school"));
    ga_home_lines_add(lines, ga_tr(lines->lang, "Checklists of the classes"),
                      school_text(brief, lines->lang, lines->arena), &ga_screen_checklists, NULL);
}

/* Below what was sent back, on the page of who confirms them. */
void ga_home_add_to_confirm(struct ga_home_lines *lines)
{
    static const struct ga_screen_checklists_arg begin = {.at_reasons = true};
    const struct ga_brief *brief = lines->brief;
    if (ga_home_is_headteacher(brief) && brief->unconfirmed > 0)
        ga_home_lines_add(lines, ga_tr(lines->lang, "To confirm"),
                          ga_words_say(lines->arena, lines->lang, GA_N_("reasons: %1"), GA_NUM(brief->unconfirmed)),
                          &ga_screen_checklists, &begin);
}
