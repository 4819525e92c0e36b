/* Typing answers again, one after the other; private to the list of them. */
#ifndef GUANAI_SRC_SCREEN_VERIFY_RUN_H
#define GUANAI_SRC_SCREEN_VERIFY_RUN_H

#include "guanai/app/verify.h"
#include "guanai/tui/screen.h"

struct ga_verify_run_arg {
    const struct ga_verify_record *records; /* borrowed until the page closes */
    size_t count, first;
    int64_t verified, all; /* when it begins */
    bool takes_own;        /* what the same person typed first, too */
};

/* resumed() of `screen` gets the tag with is_done: the list is to be read again. */
void ga_verify_run_open(struct ga_screen *screen, const struct ga_verify_run_arg *arg, int tag);

/* The question whether to type one's own again; resumed() gets code 1 for yes. */
void ga_verify_ask_own(struct ga_screen *screen, int tag);

/* verify_differ.c: the two typings above each other, what differs marked below each. */
int ga_verify_paint_pair(struct ga_canvas *canvas, struct ga_area area, const char *first, const char *first_by,
                         const char *second, enum ga_lang lang); /* rows used */

#endif
