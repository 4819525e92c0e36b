/* Who is at the keys. */
#ifndef GUANAI_SCREEN_NAME_H
#define GUANAI_SCREEN_NAME_H

#include "guanai/tui/screen.h"

/*
 * A name is picked by its digit or typed; it is recorded in everything saved from then on. Drafts of
 * the person before stay. The screen below is resumed with is_done, the new name as text.
 */
enum ga_name_when {
    GA_NAME_AT_HOME,  /* asked for on the first page */
    GA_NAME_AT_START, /* the program has just begun: nobody sits here yet */
    GA_NAME_ANYWHERE, /* drafts are kept already: all pages of who sat here close when it is somebody else */
};
extern const struct ga_screen_ops ga_screen_name; /* argument: a ga_name_when; NULL: GA_NAME_AT_HOME */

enum ga_reply ga_name_ask(struct ga_screen *top); /* GA_NAME_ANYWHERE over whatever stands there */
void ga_name_welcome(struct ga_screen *screen);   /* says who sits here now, what of others is kept */

#endif
