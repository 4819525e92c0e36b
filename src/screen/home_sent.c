/* Says on the first screen what was sent back. */
#include "guanai/app/send_back.h"
#include "guanai/base/num.h"
#include "guanai/screen/sent_back.h"
#include "home_lines.h"
#include "words.h"

#include <string.h>

/* Whoever looks after the school sees that nothing waits, too: who owes nothing, or is the first who gave a name here. */
static bool is_of_school(const struct ga_home_lines *lines)
{
    const struct ga_store *store = lines->session->store;
    const char *administrator = ga_store_setting(lines->session->store, "administrator");
    return lines->brief->owed > 0 &&
           (lines->brief->count == 0 || (administrator != NULL && strcmp(administrator, ga_store_user(store)) == 0));
}

void ga_home_add_sent_back(struct ga_home_lines *lines)
{
    struct ga_sent_back_counts counts;
    if (ga_sent_back_count(lines->session, lines->arena, &counts, NULL) != GA_OK)
        return;
    const char *mended = counts.mended > 0
                             ? ga_words_say(lines->arena, lines->lang, GA_N_(" · mended, to be looked at: %1"), GA_NUM(counts.mended))
                             : "";
    if (counts.mine > 0)
        ga_home_lines_add(lines, ga_words_say(lines->arena, lines->lang, GA_N_("Sent back to me: %1"), GA_NUM(counts.mine)),
                          counts.first, &ga_screen_sent_back, NULL);
    if (is_of_school(lines) || (counts.mine == 0 && counts.mended > 0))
        ga_home_lines_add(lines, ga_words_say(lines->arena, lines->lang, GA_N_("Sent back")),
                          ga_arena_printf(lines->arena, "%s%s",
                                          ga_words_say(lines->arena, lines->lang, GA_N_("not mended: %1"), GA_NUM(counts.open)), mended),
                          &ga_screen_sent_back, NULL);
}
