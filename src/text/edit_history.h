/* The steps that can be undone in an input field. */
#ifndef GUANAI_TEXT_EDIT_HISTORY_H
#define GUANAI_TEXT_EDIT_HISTORY_H

#include "guanai/base/str.h"
#include "guanai/text/edit.h"

#include <stdbool.h>
#include <stddef.h>

/* Changes of one kind that touch form one step; EDIT_ALONE never joins. */
enum edit_kind { EDIT_ALONE, EDIT_TYPING, EDIT_ERASING, EDIT_DELETING };

/* The text between at and at + removed.len was replaced by `inserted`. */
struct edit_change {
    enum edit_kind kind;
    size_t at;
    size_t caret; /* before the change */
    struct ga_str removed;
    struct ga_str inserted;
};

/* A ring: the oldest step gives way. */
struct edit_history {
    struct edit_change ring[GA_EDIT_UNDO_STEPS];
    size_t first;
    size_t len;
    size_t done;  /* steps in force; those after it can be redone */
    bool is_open; /* the newest step may still grow */
};

/* Takes over what the change holds. */
void edit_history_add(struct edit_history *history, struct edit_change *change);
void edit_history_finish(struct edit_history *history);

/* The step to undo, to redo; NULL: none. Borrowed until the next add. */
const struct edit_change *edit_history_back(struct edit_history *history);
const struct edit_change *edit_history_forward(struct edit_history *history);

#endif
