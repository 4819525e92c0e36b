/* Says on the first screen what was sent back. */
#include "guanai/app/send_back.h"
#include "guanai/base/num.h"
#include "guanai/screen/sent_back.h"
#include "home_lines.h"
#include "words.h"

/* Whoever owes nothing for a child looks after the school, so sees as well that nothing waits. */
static bool is_of_school(const struct ga_brief *brief)
{
    for (size_t i = 0; i < brief->count; i++)
        if (brief->lines[i].per == GA_PER_CHILD)
            return false;
    return brief->owed > 0;
}

void ga_home_add_sent_back(struct ga_home_lines *lines)
{
    struct ga_sent_back_counts counts;
    if (ga_sent_back_count(lines->session, lines->arena, &counts, NULL) == GA_OK && counts.mine > 0)
        ga_home_lines_add(lines, ga_words_say(lines->arena, lines->lang, GA_N_("Sent back to me: %1"), GA_NUM(counts.mine)),
                          counts.first, &ga_screen_sent_back, NULL);
}

void ga_home_add_sent_by_me(struct ga_home_lines *lines)
{
    struct ga_sent_back_counts counts;
    if (ga_sent_back_count(lines->session, lines->arena, &counts, NULL) != GA_OK ||
        (!is_of_school(lines->brief) && counts.to_look_at == 0))
        return;
    const char *mended = counts.mended > 0
                             ? ga_words_say(lines->arena, lines->lang, GA_N_(" · mended, to be looked at: %1"), GA_NUM(counts.mended))
                             : "";
    ga_home_lines_add(lines, ga_tr(lines->lang, "Sent back"),
                      ga_arena_printf(lines->arena, "%s%s",
                                      ga_words_say(lines->arena, lines->lang, GA_N_("not mended: %1"), GA_NUM(counts.open)), mended),
                      &ga_screen_sent_back, NULL);
}
