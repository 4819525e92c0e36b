/* The checklist of a class: every child by every duty of a month. */
#ifndef GUANAI_SCREEN_CHECKLIST_H
#define GUANAI_SCREEN_CHECKLIST_H

#include "guanai/store/roster.h"
#include "guanai/text/date.h"
#include "guanai/tui/screen.h"

/* Pushes the sheet over `screen`; `class_of` names site, grade, class number and is copied; `month` any day of it. */
void ga_screen_checklist_open(struct ga_screen *screen, const struct ga_roster_class *class_of, struct ga_date month,
                              int tag);

/*
 * All classes by all duties of the month that is now: how far each is, and the way to its sheet. The argument says where
 * the mark begins; NULL: on a class teacher's own class, else on the first.
 */
struct ga_screen_checklists_arg {
    bool at_reasons;      /* the first class of which some wait to be confirmed, in the last month there are any */
    struct ga_date month; /* any day of the one it begins with; year 0: the one that is now */
};
extern const struct ga_screen_ops ga_screen_checklists;

#endif
