/* Reports and referrals up to their answers: what is to be passed on, what waits, what was answered. */
#ifndef GUANAI_SCREEN_REPORTS_H
#define GUANAI_SCREEN_REPORTS_H

#include "guanai/tui/screen.h"

/*
 * Those of care/report.h, the most urgent first; Enter shows one whole, with what can be done about it. Argument: the number
 * of a child whose first one is marked, an int64_t; NULL: the most urgent.
 */
extern const struct ga_screen_ops ga_screen_reports;

#endif
