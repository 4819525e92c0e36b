/* Opens what is owed for pages. */
#include "parts/care_open.h"

#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "parts/words.h"

void ga_care_tell_problems(struct ga_screen *screen, const struct ga_problems *problems)
{
    if (problems->faults + problems->warnings > 0)
        ga_words_tell(screen->ui, GA_STYLE_WARNING,
                      GA_N_("%1 findings in definitions or duties; the last good ones are used. See: guanai forms check"),
                      GA_NUM(problems->faults + problems->warnings));
}

enum ga_rc ga_care_open(struct ga_screen *screen, struct ga_care **ret_care, struct ga_error *err)
{
    struct ga_problems problems;
    ga_problems_init(&problems);
    const enum ga_rc rc = ga_session_care(ga_screen_session(screen), &problems, ret_care, err);
    if (rc == GA_OK)
        ga_care_tell_problems(screen, &problems);
    ga_problems_finish(&problems);
    return rc;
}
