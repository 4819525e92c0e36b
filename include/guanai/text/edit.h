/* The text of an input field while it is being edited. */
#ifndef GUANAI_TEXT_EDIT_H
#define GUANAI_TEXT_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Without a screen: keys go in as calls, what to paint comes out as offsets. The caret stands between
 * clusters (cluster.h); all offsets are bytes into ga_edit_text(). */
struct ga_edit;

struct ga_edit_limits {
    size_t max_chars;  /* code points; 0: 200 */
    size_t max_bytes;  /* 0: four times max_chars */
    bool is_multiline; /* newlines may be typed */
};

enum { GA_EDIT_UNDO_STEPS = 64 };

/* `text` (nullable) is taken whole even when it is over the limits: nothing stored is ever cut. Bytes that
 * are no UTF-8 become U+FFFD. The caret stands at the end. */
struct ga_edit *ga_edit_create(const struct ga_edit_limits *limits, const char *text);
void ga_edit_destroy(struct ga_edit *edit);

const char *ga_edit_text(const struct ga_edit *edit); /* borrowed until the next change */
size_t ga_edit_len(const struct ga_edit *edit);       /* bytes */
size_t ga_edit_chars(const struct ga_edit *edit);     /* code points */
size_t ga_edit_caret(const struct ga_edit *edit);     /* bytes before it */

/*
 * Each answers whether the text changed. False from the first three: refused whole, nothing is cut;
 * ga_edit_refusal() says why. Left out of what is inserted, since it cannot be seen: control, bidi and
 * zero-width characters, save joiners and variation selectors. CR LF counts as a newline; in a single
 * line newlines at the ends are dropped and others become a blank, as does a tab.
 */
bool ga_edit_type(struct ga_edit *edit, uint32_t cp);
bool ga_edit_paste(struct ga_edit *edit, const char *bytes, size_t len); /* one undo step */
bool ga_edit_set_text(struct ga_edit *edit, const char *text);           /* replaces all; one undo step */
bool ga_edit_erase(struct ga_edit *edit);       /* Backspace: the cluster before the caret */
bool ga_edit_delete(struct ga_edit *edit);      /* Del: the cluster after it */
bool ga_edit_kill_line(struct ga_edit *edit);   /* Ctrl-U: from the start of the line to the caret */
bool ga_edit_kill_word(struct ga_edit *edit);   /* Ctrl-W: blanks, then letters and digits, or marks, or one
                                                   run of Chinese, before the caret */
bool ga_edit_undo(struct ga_edit *edit);        /* one run of typing or deleting a step */
bool ga_edit_redo(struct ga_edit *edit);

/*
 * What stands there by itself is offered, not typed: chosen whole, the next text typed or pasted takes its place,
 * Del empties it; undo brings it back. A blank, Backspace and every move go on with it instead, from its end.
 * An empty text is never chosen.
 */
void ga_edit_select_all(struct ga_edit *edit);
void ga_edit_unselect(struct ga_edit *edit);
bool ga_edit_is_selected(const struct ga_edit *edit);

enum ga_edit_refusal { GA_EDIT_FITS, GA_EDIT_TOO_LONG, GA_EDIT_NOT_TEXT };
enum ga_edit_refusal ga_edit_refusal(const struct ga_edit *edit); /* of the last insertion */

enum ga_edit_move {
    GA_EDIT_LEFT,
    GA_EDIT_RIGHT,
    GA_EDIT_WORD_LEFT,
    GA_EDIT_WORD_RIGHT,
    GA_EDIT_HOME, /* of the line between newlines */
    GA_EDIT_END,
    GA_EDIT_TOP, /* of the whole text */
    GA_EDIT_BOTTOM,
};

/* Whether the caret moved. Ends the run of typing, forgets the goal column. */
bool ga_edit_move(struct ga_edit *edit, enum ga_edit_move move);

/* Up (negative) or down by rows as wrapped at `cols` cells (wrap.h), keeping the goal column. False when
 * it stood in the first or last row, so that the form can move to the next field. */
bool ga_edit_move_rows(struct ga_edit *edit, int rows, size_t cols);

/* Where the caret stands in the text wrapped at `cols`; a caret among hanging blanks stands at the edge.
 * Wrap at one cell less than there is, so that a caret behind a full row has its cell. */
struct ga_edit_place {
    size_t row;
    size_t col; /* <= cols, in cells */
};
struct ga_edit_place ga_edit_find_caret(const struct ga_edit *edit, size_t cols);

/* The part of a single line that shows in `cols` cells (>= 3), the caret included; scrolls no more than it
 * must since the last call. Whole clusters only: where half a wide one would show there is none. */
struct ga_edit_view {
    size_t at;        /* first byte shown */
    size_t len;       /* bytes */
    size_t caret_col; /* < cols, in cells */
    bool has_before;  /* text is hidden on the left */
    bool has_after;
};
void ga_edit_view(struct ga_edit *edit, size_t cols, struct ga_edit_view *ret_view);

#endif
