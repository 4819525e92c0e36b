/* Frames as bytes for a terminal, without one. */
#ifndef GUANAI_SRC_TUI_TERM_WRITE_H
#define GUANAI_SRC_TUI_TERM_WRITE_H

#include "guanai/base/str.h"
#include "guanai/tui/canvas.h"

enum { GA_TERM_STRING_BYTES = 96 };

/* How one style is begun: from plain, from any other. */
struct ga_term_style {
    char from_plain[GA_TERM_STRING_BYTES];
    char from_other[GA_TERM_STRING_BYTES];
    bool has_ground; /* shows on a blank as well: reversed, underlined, coloured ground */
};

/* What the terminal understands; strings of terminfo, their paddings taken out. */
struct ga_term_strings {
    char plain[GA_TERM_STRING_BYTES];
    char clear[GA_TERM_STRING_BYTES];
    char erase_to_end[GA_TERM_STRING_BYTES]; /* of the row; "": has no such thing */
    char hide_caret[GA_TERM_STRING_BYTES];
    char show_caret[GA_TERM_STRING_BYTES];
    struct ga_term_style styles[GA_STYLE_COUNT];
    bool moves_by_ecma48;    /* CUP and CUF as ECMA-48 has them; else add_move is asked */
    bool scrolls_by_ecma48;  /* a region set by DECSTBM moves by LF at its end, RI at its beginning */
    bool scrolls_after_last; /* a character in the last cell moves everything up: it is left blank */
    void (*add_move)(void *ctx, int row, int col, struct ga_str *out);
    void *ctx;
};

struct ga_term_pen {
    int row, col; /* where the terminal's cursor is; col -1: nobody knows */
    int style;    /* the one switched on, -1: nobody knows */
};

struct ga_term_writer {
    struct ga_term_strings strings;
    struct ga_term_pen pen;
    bool is_caret_shown, is_caret_known;
};

void ga_term_writer_init(struct ga_term_writer *writer); /* with strings filled in */

/*
 * Adds what turns the frame shown last into the one painted, calls ga_canvas_shown. A canvas that was
 * forgotten begins on a cleared screen.
 */
void ga_term_write_frame(struct ga_term_writer *writer, struct ga_canvas *canvas, struct ga_str *out);

/* Rows top … bottom are what stood one row further (is_up) or before, but for a few: the terminal may move them. */
struct ga_term_move {
    int top, bottom;
    int moved; /* rows that are then as wanted; 0: nothing moved */
    bool is_up;
};

struct ga_term_move ga_term_find_move(const struct ga_canvas *canvas);

/* Without "$<5>": terminals that need time to rest show no Hanzi. */
void ga_term_string_copy(char ret_text[GA_TERM_STRING_BYTES], const char *terminfo);

/* Adds an attribute to a string of attributes: ESC[0m, ESC[7m become ESC[0;7m. What does not fit is left out. */
void ga_term_string_join(char text[GA_TERM_STRING_BYTES], const char *more);

/* What ends all attributes, without the change of character set nobody here makes. */
void ga_term_string_plain(char ret_text[GA_TERM_STRING_BYTES], const char *terminfo);

#endif
