/* Asks whose sheets are typed. */
#include "guanai/screen/doer.h"

#include "parts/person_pick.h"

void ga_screen_doer_ask(struct ga_screen *screen, int tag)
{
    static const struct ga_person_ask ask = {.question = GA_N_("Whose sheets are these?"),
                                             .label = GA_N_("Done by"),
                                             .hint = GA_N_("In every title until F12 ends it; you count as typist."),
                                             .is_of_others = true};
    ga_person_pick_open(screen, &ask, tag);
}
