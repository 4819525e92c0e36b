/* Where events come from, frames go to. */
#ifndef GUANAI_TUI_IO_H
#define GUANAI_TUI_IO_H

#include "guanai/tui/canvas.h"
#include "guanai/tui/key.h"

/* The terminal behind a table: term.c is one, a list of keys in a test another. */
struct ga_tui_io {
    void (*size)(void *ctx, int *ret_rows, int *ret_cols);
    bool (*is_ascii)(void *ctx); /* lines and marks must be ASCII on this terminal */

    /* Waits up to timeout_ms (0: only looks, -1: for ever); GA_EVENT_TIMER when nothing came. */
    void (*next)(void *ctx, int timeout_ms, struct ga_event *ret_event);

    void (*flush)(void *ctx, struct ga_canvas *canvas); /* shows what changed, all when forgotten; calls ga_canvas_shown */
    void (*bell)(void *ctx);
    int64_t (*now_ms)(void *ctx); /* steady: for the hide timer and progress */
    void *ctx;
};

#endif
