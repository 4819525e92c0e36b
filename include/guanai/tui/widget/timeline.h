/* What happened, newest first, day by day. */
#ifndef GUANAI_TUI_WIDGET_TIMELINE_H
#define GUANAI_TUI_WIDGET_TIMELINE_H

#include "guanai/tui/widget/list.h"

struct ga_tui_moment {
    const char *day;  /* as shown; equal ones in a row are shown once */
    const char *what; /* kind of record */
    const char *text; /* one line of it */
    const char *who;
    enum ga_style style;
};

/* The i-th; texts borrowed until the next call. */
typedef void ga_tui_timeline_fetch(void *ctx, size_t i, struct ga_tui_moment *ret_moment);

struct ga_tui_timeline {
    struct ga_tui_list list;
    ga_tui_timeline_fetch *fetch;
    void *ctx;
};

void ga_tui_timeline_init(struct ga_tui_timeline *timeline, ga_tui_timeline_fetch *fetch, void *ctx,
                          enum ga_lang lang);
void ga_tui_timeline_finish(struct ga_tui_timeline *timeline);

/* Layout, events, selection, reload: use &timeline->list. */

#endif
