/* Says on the first screen that nobody was taken into the new grade yet. */
#include "guanai/app/county.h"
#include "guanai/app/year_end.h"
#include "guanai/base/num.h"
#include "guanai/screen/year_end.h"
#include "guanai/text/class_name.h"
#include "home/home_lines.h"
#include "parts/words.h"

/* To who looks at the whole school; a county changes nothing of a school's. */
void ga_home_add_year(struct ga_home_lines *lines)
{
    struct ga_session *session = lines->session;
    const int year = ga_class_name_school_year(session->today);
    bool is_waiting = false;
    if (!lines->brief->is_of_school || ga_county_is_here(session))
        return;
    if (ga_year_is_waiting(session, &is_waiting, NULL) == GA_OK && is_waiting)
        ga_home_lines_add(lines, ga_tr(lines->lang, "The new school year"),
                          ga_words_say(lines->arena, lines->lang, GA_N_("%1–%2: all still in the old grades; step by step"),
                                       GA_NUM(year), GA_NUM(year + 1)),
                          &ga_screen_year_end, NULL);
}
