/* A date being typed, with what it was understood as beside it. */
#ifndef GUANAI_TUI_WIDGET_DATE_H
#define GUANAI_TUI_WIDGET_DATE_H

#include "guanai/tui/widget/input.h"

enum { GA_DATE_HINT_SIZE = 80 };

/* What was typed in words ("2026年11月21日 周六"), or what is wrong; "" for nothing. True: understood. */
typedef bool ga_tui_date_hint(void *ctx, const char *typed, enum ga_lang lang, char buf[GA_DATE_HINT_SIZE]);

/* Steps a date by days; false: what is typed is no date. `buf` gets the new text. */
typedef bool ga_tui_date_step(void *ctx, const char *typed, int days, char buf[GA_DATE_HINT_SIZE]);

struct ga_tui_date {
    struct ga_tui_input input;
    ga_tui_date_hint *hint; /* may be NULL */
    ga_tui_date_step *step; /* may be NULL */
    void *ctx;
};

void ga_tui_date_init(struct ga_tui_date *date, struct ga_message *note);
void ga_tui_date_finish(struct ga_tui_date *date);
enum ga_reply ga_tui_date_event(struct ga_tui_date *date, const struct ga_event *event); /* + - step a day */
void ga_tui_date_paint(struct ga_tui_date *date, struct ga_canvas *canvas, struct ga_area area,
                       bool is_focused, enum ga_lang lang);

#endif
