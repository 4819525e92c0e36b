/* The screen a record is filled in on. */
#ifndef GUANAI_SCREEN_RECORD_H
#define GUANAI_SCREEN_RECORD_H

#include "guanai/base/uuid.h"
#include "guanai/tui/screen.h"

/*
 * All push the form over `screen`; when it cannot be opened the error is shown and nothing is
 * pushed. Once it closes, resumed() of `screen` gets the tag: is_done when something was saved
 * (text: the record's UUID), else the user went back; the draft is kept and was said so.
 */

/* A new record; `child` for forms of a child, else NULL. A draft of the same is opened again
 * instead. */
void ga_screen_record_new(struct ga_screen *screen, const char *form, const struct ga_uuid *child,
                          int tag);

/* The same, filled in like this user's last one of the form, dated today; where nothing can be repeated that is said. */
void ga_screen_record_repeat(struct ga_screen *screen, const char *form, const struct ga_uuid *child, int tag);

/* The same with one answer given already, at the field that is to be answered next. A draft is gone on with as it is. */
struct ga_screen_given {
    const char *field, *typed;
    const char *next; /* NULL: the first */
};
void ga_screen_record_given(struct ga_screen *screen, const char *form, const struct ga_uuid *child,
                            const struct ga_screen_given *given, int tag);

struct ga_screen_fill {
    const char *field, *typed; /* "" gives none, nor does a field that the form has not */
};
/* The same with several answers; a draft that is begun anew has them again. `next` may be NULL. */
void ga_screen_record_offered(struct ga_screen *screen, const char *form, const struct ga_uuid *child,
                              const struct ga_screen_fill *fills, size_t count, const char *next, int tag);

/* The same, but a draft begun before is laid aside (Ctrl-Z on the first page has it). */
void ga_screen_record_filled(struct ga_screen *screen, const char *form, const struct ga_uuid *child,
                             const struct ga_screen_fill *fills, size_t count, const char *next, int tag);

/*
 * A new one about several, whom the rows of `repeat` name: the list opens with them ticked. A form of a child is of the
 * first of them, the rows name the others. A draft is gone on with as it is.
 */
void ga_screen_record_group(struct ga_screen *screen, const char *form, const char *repeat, const struct ga_uuid *children,
                            size_t count, int tag);
/* A stored one, at a field by its name, else at the first of a page (from 0). `field` may be NULL.
 */
void ga_screen_record_open(struct ga_screen *screen, const struct ga_uuid *id, size_t page,
                           const char *field, int tag);

/* A stored one, at a field ("repeat.field" inside a repeat) of one row; a group's list opens at that child. */
void ga_screen_record_at(struct ga_screen *screen, const struct ga_uuid *id, const char *field,
                         const struct ga_uuid *row, int tag);

/* A draft, at the field where it was left. */
void ga_screen_record_resume(struct ga_screen *screen, int64_t draft_no, int tag);

#endif
