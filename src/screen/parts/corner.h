/* Who is at the keys, for whom, on which day: the right end of every title line. */
#ifndef GUANAI_SRC_SCREEN_CORNER_H
#define GUANAI_SRC_SCREEN_CORNER_H

#include "guanai/tui/screen.h"

/* "周老师 · 11月20日"; "代 何老师 录入 · 小罗 · 11月20日", of which a narrow window keeps the beginning. */
void ga_corner_show(struct ga_screen *screen);

/* The same into the message line, after it changed. */
void ga_corner_tell(struct ga_screen *screen);

/* When the program starts: `doer` was typed for until it ended, and still is, or is no longer. NULL: nobody was. */
void ga_corner_tell_doer(struct ga_screen *screen, const char *doer);

#endif
