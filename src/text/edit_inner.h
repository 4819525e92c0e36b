/* What the files of the editing model share. */
#ifndef GUANAI_TEXT_EDIT_INNER_H
#define GUANAI_TEXT_EDIT_INNER_H

#include "edit_history.h"

struct ga_edit {
    struct ga_edit_limits limits;
    struct ga_str text; /* valid UTF-8 */
    size_t chars;
    size_t caret;   /* always between clusters */
    size_t view_at; /* first byte that shows; made good before use */
    size_t goal_col;
    bool is_selected; /* the whole of it; the caret stands at the end then */
    bool has_goal; /* the column to which moves up and down return */
    enum ga_edit_refusal refusal;
    struct edit_history history;
};

/* The place of a word's beginning before, of its end after `at`. */
size_t edit_word_start(const struct ga_edit *edit, size_t at);
size_t edit_word_end(const struct ga_edit *edit, size_t at);
size_t edit_line_start(const struct ga_edit *edit, size_t at);

/* What of the typed or pasted bytes may be inserted, appended; false when they are no UTF-8. */
bool edit_clean(const char *bytes, size_t len, bool is_multiline, struct ga_str *out);

#endif
