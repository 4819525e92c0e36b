/* The inside of the first screen, for the files that make it up. */
#ifndef GUANAI_SRC_SCREEN_HOME_STATE_H
#define GUANAI_SRC_SCREEN_HOME_STATE_H

#include "guanai/tui/widget/input.h"
#include "home/home_menu.h"
#include "parts/finder.h"

struct home {
    struct ga_session *session;
    struct ga_tui_input find;
    struct ga_finder finder;
    struct ga_home_menu facts;
    bool has_tried; /* what is to be done could not be worked out */
    bool is_below;  /* the keys speak to the menu, not to the box */
    const char *sitter; /* whose page this is; in the session's arena */
    char hint[160]; /* below the box; in the message line where there is no room */
};

/* home.c */
bool home_is_finding(const struct home *home);   /* something stands in the box */
void home_read_again(struct ga_screen *screen);  /* counts, lines, what was found */
void home_set_doer(struct ga_screen *screen, const char *doer); /* NULL: what is typed is one's own */

/* home_drafts.c: what was left unfinished. */
size_t home_marked_draft(const struct home *home); /* the count of them when none is */
enum ga_reply home_resume_draft(struct ga_screen *screen, size_t i);
enum ga_reply home_ask_drop(struct ga_screen *screen); /* the marked one */
void home_drop(struct ga_screen *screen);
enum ga_reply home_put_back(struct ga_screen *screen); /* the one thrown away last */

#endif
