/* Numbered ways to answer, the texts of which come from elsewhere. */
#ifndef GUANAI_TUI_WIDGET_OPTIONS_H
#define GUANAI_TUI_WIDGET_OPTIONS_H

#include "guanai/text/translate.h"
#include "guanai/tui/canvas.h"

/* What choice, choices and picker show: any list of labels. All borrowed. */
struct ga_tui_options {
    void *ctx;
    size_t count;
    const char *(*label)(void *ctx, size_t i);                     /* translated; never NULL */
    bool (*is_exclusive)(void *ctx, size_t i);                     /* choices: none of these; may be NULL */
    bool (*matches)(void *ctx, size_t i, const char *filter);      /* picker; NULL: label contains it */
};

enum { GA_OPTIONS_NUMBERED = 9 };

/* Is this one shown with a tick or a mark? */
typedef bool ga_tui_option_is_on(const void *widget, size_t i);

/*
 * "1 爷爷  2 奶奶  …  0 全部 (23)" flowing over as many rows as needed; answers the rows used. With
 * canvas NULL nothing is drawn: layout asks this way. cursor: the one the arrows stand on, -1 none.
 */
int ga_tui_options_flow(const struct ga_tui_options *options, struct ga_canvas *canvas, struct ga_area area,
                        enum ga_lang lang, ga_tui_option_is_on *is_on, const void *widget, int cursor);

#endif
