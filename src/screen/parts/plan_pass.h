/* Asks whether the care plans of a class go with it to who takes it. */
#ifndef GUANAI_SRC_SCREEN_PLAN_PASS_H
#define GUANAI_SRC_SCREEN_PLAN_PASS_H

#include "guanai/app/handover.h"
#include "guanai/tui/screen.h"

/* Asks where there is such a plan, else does nothing; the page is resumed with that tag. true: it is asked. */
bool ga_plan_pass_ask(struct ga_screen *screen, const struct ga_plan_pass *pass, int tag);

/* The answer was yes. */
void ga_plan_pass_do(struct ga_screen *screen, const struct ga_plan_pass *pass);

#endif
