/* A class in a month: every child by every duty. */
#ifndef GUANAI_CARE_CHECKLIST_H
#define GUANAI_CARE_CHECKLIST_H

#include "guanai/care/due.h"

/*
 * One sheet for screen, command line and print. Columns are the duties of which a window has a day in the month, in
 * their order; a window longer than the month (a phase of the term) stands in every month it touches, with its own state.
 */
struct ga_checklist_cell {
    const struct ga_due *due; /* the one that says most: open before missed before done; NULL: not owed */
    int done, owed;           /* of the windows in the month, as ga_due_tally counts */
    bool may_wait;            /* open, but its last day lies behind the month: nothing the month's signature counts as open */
};

struct ga_checklist_row {
    struct ga_roster_row child;
    struct ga_checklist_cell *cells; /* columns_count */
};

/*
 * What the class itself owes (a parents' meeting, a theme of the month) stands in a row before the children's, in columns
 * of its own: child.no 0. Only ga_checklist_read_whole() has it.
 */
struct ga_checklist {
    struct ga_days month;
    size_t *columns; /* duties, by their place in ga_care_duties() */
    size_t columns_count;
    struct ga_checklist_row *rows; /* in roster order; who left only with something in a cell */
    size_t rows_count;
    struct ga_checklist_cell *sums; /* of every column; due NULL */
    const struct ga_due *dues; /* all of the class in the month, as ga_due_list() has them */
    size_t dues_count;
};

/* `class_of` names site, grade and class number; `month` any day of it. All in `arena`. */
enum ga_rc ga_checklist_read(struct ga_care *care, const struct ga_roster_class *class_of, struct ga_date month,
                             enum ga_lang lang, struct ga_arena *arena, struct ga_checklist *ret_checklist,
                             struct ga_error *err);

/* The same with the row of the class itself, where it owes something. */
enum ga_rc ga_checklist_read_whole(struct ga_care *care, const struct ga_roster_class *class_of, struct ga_date month,
                                   enum ga_lang lang, struct ga_arena *arena, struct ga_checklist *ret_checklist,
                                   struct ga_error *err);

/* What stands in a cell, at most 10 columns: "11-01", "未做", "未到期", "2/4", "没见到", "缺"; "" not owed. Returns buf. */
enum { GA_CHECKLIST_CELL_SIZE = 24 };
const char *ga_checklist_cell_text(const struct ga_checklist_cell *cell, enum ga_lang lang, char *buf);

#endif
