/* Who changed what in a record, and the values that stand side by side. */
#ifndef GUANAI_SCREEN_HISTORY_H
#define GUANAI_SCREEN_HISTORY_H

#include "guanai/base/uuid.h"
#include "guanai/form/definition.h"
#include "guanai/tui/screen.h"

struct ga_screen_history_arg {
    struct ga_uuid record;
    const struct ga_form *form;
    const struct ga_field *field; /* NULL: all fields */
    bool can_pick; /* Enter takes a value: resumed() gets it as text, as it can be typed */
};

/* Newest first. Sensitive values stay masked until they are asked for. */
void ga_screen_history_open(struct ga_screen *screen, const struct ga_screen_history_arg *arg,
                            int tag);

#endif
