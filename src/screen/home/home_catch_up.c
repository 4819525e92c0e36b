/* Says on the first screen that the computer stood still for long. */
#include "guanai/app/catch_up.h"
#include "guanai/screen/catch_up.h"
#include "home/home_lines.h"
#include "parts/words.h"

/* As long as the pause is not settled, but no longer than it may well have lasted. */
void ga_home_add_catch_up(struct ga_home_lines *lines)
{
    struct ga_session *session = lines->session;
    struct ga_days pause;
    char from[GA_DATE_SIZE], to[GA_DATE_SIZE];
    bool is_new;
    if (session->is_day_doubtful) /* the start did not know the day yet */
        ga_catch_up_notice(session, &is_new, NULL);
    if (!ga_catch_up_noted(session, &pause) || ga_date_to_days(session->today) - ga_date_to_days(pause.to) > GA_PAUSE_DAYS)
        return;
    ga_home_lines_add(lines, ga_tr(lines->lang, GA_N_("After a long pause")),
                      ga_words_say(lines->arena, lines->lang, GA_N_("nothing saved from %1 to %2: what ended meanwhile"),
                                   ga_date_text_short(pause.from, lines->lang, from), ga_date_text_short(pause.to, lines->lang, to)),
                      &ga_screen_catch_up, NULL);
}
