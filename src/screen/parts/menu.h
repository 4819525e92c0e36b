/* Lines to choose from, each with the key that chooses it at once. */
#ifndef GUANAI_SRC_SCREEN_MENU_H
#define GUANAI_SRC_SCREEN_MENU_H

#include "guanai/base/vec.h"
#include "guanai/tui/screen.h"

struct ga_menu_line {
    int id;           /* 0: only to be read */
    uint32_t key;     /* shown before it; GA_KEY_NONE: none */
    const char *text; /* borrowed, as more */
    const char *more; /* in a column of its own; may be NULL */
    enum ga_style style;
    bool is_numbered; /* its key is a digit while the mark is near */
};

/* What stands on a page besides lists: few lines, scrolled when the window is low. */
struct ga_menu {
    struct ga_vec lines; /* struct ga_menu_line */
    size_t selected;     /* of the lines */
    int first, rows;     /* as last painted */
    int beyond;          /* scrolled so far behind the last choice, to lines that are only to be read */
    int text_cols;       /* where `more` begins; as wide as the widest text that has one */
};

void ga_menu_init(struct ga_menu *menu);
void ga_menu_finish(struct ga_menu *menu);
void ga_menu_clear(struct ga_menu *menu); /* the selection stays at its id if that comes back */

void ga_menu_add(struct ga_menu *menu, int id, uint32_t key, const char *text, const char *more);

/*
 * A line that a digit chooses: nine have one at a time, from the first on. Where the mark walks past the ninth the next
 * nine have them, so that every line can be chosen by a digit that stands before it.
 */
void ga_menu_add_numbered(struct ga_menu *menu, int id, const char *text, const char *more);
bool ga_menu_has_more_digits(const struct ga_menu *menu); /* more than nine such lines */
void ga_menu_say(struct ga_menu *menu, enum ga_style style, const char *text, const char *more);
void ga_menu_settle(struct ga_menu *menu, int id); /* after the last line: on this id, else the first that has one */

int ga_menu_selected(const struct ga_menu *menu); /* its id; 0: nothing to choose */

/* Does the key choose: a digit or a letter that is shown its line, Enter the marked one? `ret_id` 0: there is no such line. */
bool ga_menu_chooses(const struct ga_menu *menu, const struct ga_event *event, int *ret_id);

/* ↑ ↓ Home End PgUp PgDn; behind the last choice the lines to be read scroll. IGNORED past the ends, so that the owner may go on to what stands there. */
enum ga_reply ga_menu_event(struct ga_menu *menu, const struct ga_event *event);

/* Keys that are typed characters are shown only while is_focused: else they would not work. */
void ga_menu_paint(struct ga_menu *menu, struct ga_canvas *canvas, struct ga_area area, bool is_focused,
                   enum ga_lang lang);

#endif
