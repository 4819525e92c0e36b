/* The grid of cells every screen paints into. */
#ifndef GUANAI_TUI_CANVAS_H
#define GUANAI_TUI_CANVAS_H

#include "guanai/base/str.h"
#include "guanai/tui/area.h"
#include "guanai/tui/style.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GA_CELL_POINTS = 5 };

/* One cell: a base character with the marks on it. */
struct ga_cell {
    uint32_t points[GA_CELL_POINTS]; /* ends at the first 0 */
    uint8_t style;                   /* enum ga_style */
    uint8_t width_cols;              /* 1, 2, or 0: right half of the wide one before it */
    uint16_t unused;                 /* zero, so that cells compare as bytes */
};

/*
 * A frame being painted and the frame last shown. Only rows touched since then are compared, so a
 * frame that repaints two rows costs two rows.
 */
struct ga_canvas;

struct ga_canvas *ga_canvas_create(int rows, int cols);
void ga_canvas_destroy(struct ga_canvas *canvas);
void ga_canvas_resize(struct ga_canvas *canvas, int rows, int cols); /* blank, everything to be shown */

int ga_canvas_rows(const struct ga_canvas *canvas);
int ga_canvas_cols(const struct ga_canvas *canvas);
struct ga_area ga_canvas_area(const struct ga_canvas *canvas);

/* True: lines and marks from ASCII only, ambiguous-width characters of the data replaced (· → .). */
void ga_canvas_set_ascii(struct ga_canvas *canvas, bool is_ascii);

/* Blanks everything, hides the caret, takes all clips away: a whole frame is about to be painted. */
void ga_canvas_begin(struct ga_canvas *canvas);

/*
 * The same without blanking: what stands there stays. Widgets that know what they painted last may
 * then paint just what changed; ga_canvas_is_whole() tells them which kind of frame this is.
 */
void ga_canvas_begin_part(struct ga_canvas *canvas);
bool ga_canvas_is_whole(const struct ga_canvas *canvas);

/* Nothing is drawn outside the clip. Answers the old one, to be put back. */
struct ga_area ga_canvas_clip(struct ga_canvas *canvas, struct ga_area clip);

/* The caret input methods draw at; outside the canvas or the clip: hidden. One a frame; the last wins. */
void ga_canvas_set_caret(struct ga_canvas *canvas, int row, int col);
bool ga_canvas_caret(const struct ga_canvas *canvas, int *ret_row, int *ret_col);

/* Drawing. Text is UTF-8 from anywhere: it goes through the gate, which makes it harmless. */

/*
 * At most max_cols columns of text from (row, col); a character that would be cut in half is left out
 * and its cell blanked. Line feeds and tabs show as a blank. Answers the columns used.
 */
int ga_canvas_text(struct ga_canvas *canvas, int row, int col, int max_cols, enum ga_style style,
                   const char *text);
int ga_canvas_text_n(struct ga_canvas *canvas, int row, int col, int max_cols, enum ga_style style,
                     const char *text, size_t len);

/* Like text, ending in … when it had to be cut, blank-filled to exactly cols. */
void ga_canvas_text_fit(struct ga_canvas *canvas, int row, int col, int cols, enum ga_style style,
                        const char *text);
void ga_canvas_text_right(struct ga_canvas *canvas, int row, int col, int cols, enum ga_style style,
                          const char *text);

void ga_canvas_fill(struct ga_canvas *canvas, struct ga_area area, enum ga_style style); /* with blanks */
void ga_canvas_frame(struct ga_canvas *canvas, struct ga_area area, enum ga_style style);

/* Marks that have an ASCII twin. */
enum ga_mark {
    GA_MARK_SELECTED,  /* ▶ > */
    GA_MARK_MORE_UP,   /* ▲ ^ */
    GA_MARK_MORE_DOWN, /* ▼ v */
    GA_MARK_ELLIPSIS,  /* … ~ */
    GA_MARK_DOT,       /* • * */
    GA_MARK_CHECKED,   /* ✓ x */
    GA_MARK_FULL,      /* █ # */
    GA_MARK_EMPTY,     /* ░ . */
    GA_MARK_COUNT
};
const char *ga_canvas_mark(const struct ga_canvas *canvas, enum ga_mark mark);

/* Columns this text takes when drawn here. */
int ga_canvas_text_cols(const struct ga_canvas *canvas, const char *text);

/* Showing: what term.c and the tests read. */
const struct ga_cell *ga_canvas_row(const struct ga_canvas *canvas, int row);       /* being painted */
const struct ga_cell *ga_canvas_shown_row(const struct ga_canvas *canvas, int row); /* last shown */
bool ga_canvas_row_changed(const struct ga_canvas *canvas, int row);
void ga_canvas_shown(struct ga_canvas *canvas);   /* what is painted is now on the terminal */
void ga_canvas_forget(struct ga_canvas *canvas);  /* nobody knows what the terminal shows */
bool ga_canvas_is_forgotten(const struct ga_canvas *canvas); /* the next frame must not build on it */

/* As text, blanks at line ends trimmed, lines ended by \n; with styles, a second block of letters. */
void ga_canvas_dump(const struct ga_canvas *canvas, bool with_styles, struct ga_str *out);

#endif
