/* The inside of the board of priorities, for the files that make it up. */
#ifndef GUANAI_SRC_SCREEN_PRIORITIES_STATE_H
#define GUANAI_SRC_SCREEN_PRIORITIES_STATE_H

#include "guanai/care/priorities.h"
#include "guanai/screen/priorities.h"
#include "guanai/screen/session.h"
#include "parts/cell_mark.h"
#include "parts/class_pick.h"

enum { PRIORITIES_BATCH = 5, PRIORITIES_CHOICES = 9 }; /* children of the next lesson; records behind a cell that are offered */

struct priorities {
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena; /* of the board; anew whenever it is read */
    struct ga_priority_board board;
    size_t *order;         /* rows of the board as they stand there */
    size_t count;
    enum ga_priorities_view view;
    struct ga_date month;
    struct ga_class_pick pick;
    struct ga_arena class_arena;
    struct ga_roster_class class_of;
    bool has_class;
    struct ga_cell_mark mark; /* its first column is unused: the marked one is painted in sight */
    struct ga_priority_turn *turns; /* those the dialog offers */
    size_t turns_count;
    struct ga_arena turns_arena;
};

static inline struct priorities *priorities_of(const struct ga_screen *screen)
{
    return GA_STATE(struct priorities, screen);
}

/* NULL: there is nobody. */
static inline const struct ga_priority_row *priorities_row(const struct priorities *p)
{
    return p->count == 0 ? NULL : &p->board.rows[p->order[p->mark.row]];
}

/* priorities_paint.c */
void priorities_paint(struct ga_screen *screen, struct ga_canvas *canvas);
size_t priorities_room(const struct ga_screen *screen); /* rows of children in sight */
void priorities_show_title(struct ga_screen *screen);
void priorities_show_status(struct ga_screen *screen);

/* priorities_batch.c: the form of the marked priority, filled in with the next ones. */
void priorities_plan(struct ga_screen *screen, int tag);
bool priorities_can_plan(const struct priorities *p);

#endif
