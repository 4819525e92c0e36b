/* The bottom line: which key does what right now. */
#ifndef GUANAI_TUI_WIDGET_KEYBAR_H
#define GUANAI_TUI_WIDGET_KEYBAR_H

#include "guanai/tui/canvas.h"
#include "guanai/tui/keymap.h"

/*
 * Commands of all maps in turn, set closer where they would not all fit, then without those that need not be shown
 * (IF_ROOM); answers how many of the others are left out. `offers` may be NULL.
 */
size_t ga_tui_keybar_paint(struct ga_canvas *canvas, struct ga_area area, const struct ga_keymap *const *maps,
                           size_t maps_count, ga_keymap_offers *offers, const void *ctx, enum ga_lang lang);

#endif
