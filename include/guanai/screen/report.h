/* Mandatory reports: one key writes one from anywhere. */
#ifndef GUANAI_SCREEN_REPORT_H
#define GUANAI_SCREEN_REPORT_H

#include "guanai/tui/screen.h"

/*
 *   Ctrl-] on any page ──▶ the page is about a child ─────────────────────▶ the report, child, place, day, time filled in
 *                     └──▶ else a name is typed ──▶ found ────────────────▶ the same
 *                                              └──▶ nobody: a new file ───▶ the same
 *
 * Nothing stands in its way (domain.md: harm must be reported at once): no look-alike is asked about, what stands on the
 * page is kept as a draft, a report begun before is gone on with.
 */
enum ga_reply ga_report_run(struct ga_screen *top);

#define GA_REPORT_FORM "incident"

#endif
