/* The windows behind one cell of a class's sheet: four weeks of a month, each with its record. */
#ifndef GUANAI_SRC_SCREEN_CHECKLIST_WINDOWS_H
#define GUANAI_SRC_SCREEN_CHECKLIST_WINDOWS_H

#include "guanai/care/due.h"
#include "guanai/tui/screen.h"

struct ga_checklist_windows {
    struct ga_arena arena; /* of the dues; anew whenever they are read */
    struct ga_due *dues;   /* by their days */
    size_t count;
};

/* Of the child and duty of `due` (nullable: none) in the month of that day. */
enum ga_rc ga_checklist_windows_read(struct ga_checklist_windows *windows, struct ga_care *care, const struct ga_due *due,
                                     struct ga_date month, struct ga_error *err);
void ga_checklist_windows_finish(struct ga_checklist_windows *windows);

/* Asks which of them, by what they are called and how they stand. */
void ga_checklist_windows_ask(const struct ga_checklist_windows *windows, struct ga_screen *screen, struct ga_care *care, const char *name,
                              int tag);

/* The answer of that tag; NULL: none was chosen. */
const struct ga_due *ga_checklist_windows_take(const struct ga_checklist_windows *windows, const struct ga_tui_result *result);

#endif
