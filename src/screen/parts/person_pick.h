/* A dialog that asks for somebody's name. */
#ifndef GUANAI_SRC_SCREEN_PERSON_PICK_H
#define GUANAI_SRC_SCREEN_PERSON_PICK_H

#include "guanai/tui/screen.h"

/* Texts are GA_N_ and borrowed for ever, but for title and initial, which are copied. */
struct ga_person_ask {
    const char *title;    /* translated, whom it is about; NULL: the question */
    const char *question; /* in the frame where there is no title */
    const char *label;    /* before the box */
    const char *hint;     /* below it */
    const char *initial;  /* who it is now: offered first; NULL, "": nobody */
    bool is_of_others;    /* those for whom one may type: not who sits here */
};

/*
 * Picked by digit or by the initials of the pinyin, or typed as a new name; the page is resumed with is_done, the name
 * as text.
 */
void ga_person_pick_open(struct ga_screen *screen, const struct ga_person_ask *ask, int tag);

#endif
