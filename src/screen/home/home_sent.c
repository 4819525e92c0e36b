/* Says on the first screen what was sent back. */
#include "guanai/base/num.h"
#include "guanai/screen/sent_back.h"
#include "guanai/store/record.h"
#include "home/home_lines.h"
#include "parts/words.h"

/* Anything was ever sent back by anybody. */
static bool was_ever(const struct ga_home_lines *lines)
{
    int64_t ever = 0;
    return ga_store_count(lines->session->store, GA_SENT_BACK_FORM, &ever, NULL) == GA_OK && ever > 0;
}

/* That nothing waits is said to a headteacher; where everybody's work is one's own, not before anything ever was sent back. */
static bool is_told_of_none(const struct ga_home_lines *lines)
{
    return ga_home_looks_after_school(lines->brief) && (ga_home_is_headteacher(lines->brief) || was_ever(lines));
}

void ga_home_add_sent_back(struct ga_home_lines *lines)
{
    const struct ga_sent_back_counts *counts = lines->sent_back;
    if (counts != NULL && counts->mine > 0)
        ga_home_lines_add(lines, ga_words_say(lines->arena, lines->lang, GA_N_("Sent back to me: %1"), GA_NUM(counts->mine)),
                          counts->first, &ga_screen_sent_back, NULL);
}

void ga_home_add_sent_by_me(struct ga_home_lines *lines)
{
    const struct ga_sent_back_counts *counts = lines->sent_back;
    if (counts == NULL || (!is_told_of_none(lines) && counts->to_look_at == 0))
        return;
    const char *mended = counts->mended > 0
                             ? ga_words_say(lines->arena, lines->lang, GA_N_(" · mended, to be looked at: %1"), GA_NUM(counts->mended))
                             : "";
    ga_home_lines_add(lines, ga_tr(lines->lang, "Sent back"),
                      ga_arena_printf(lines->arena, "%s%s",
                                      ga_words_say(lines->arena, lines->lang, GA_N_("not mended: %1"), GA_NUM(counts->open)), mended),
                      &ga_screen_sent_back, NULL);
}
