/* The inside of the list of children to tick, for the files that make it up. */
#ifndef GUANAI_SRC_SCREEN_TICKS_STATE_H
#define GUANAI_SRC_SCREEN_TICKS_STATE_H

#include "grid/ticks.h"
#include "guanai/app/ticks.h"
#include "guanai/screen/session.h"
#include "guanai/store/note.h"
#include "parts/box.h"
#include "parts/whom_pick.h"

enum { TICKS_COLUMNS_MAX = 12, TICKS_FIND_CHARS = 20 };

struct ticks_info { /* a column that only says who it is; 0 cols: no room for it */
    int left_behind_cols, class_cols, village_cols;
};

struct ticks {
    struct ga_ticks ticks;
    size_t row, col; /* the line; 0: the tick, else one of the columns, counted from 1 */
    size_t first_row, first_col, painted_row;
    const struct ga_field *columns[TICKS_COLUMNS_MAX]; /* what can be noted of each child */
    size_t columns_count;
    int widths[TICKS_COLUMNS_MAX];
    int name_cols;
    struct ticks_info info;
    struct ga_area find_area, table, panel;
    struct ga_tui_input find;  /* letters of a name, or a number, while they are typed */
    struct box box;            /* open while something is noted of a child */
    struct ga_error fault;     /* why the cell was not left; rc GA_OK: none */
    struct ga_whom whom;       /* whose names are shown; its texts are in `whom_arena` */
    bool has_whom, only_left_behind;
    char whom_title[128];
    struct ga_roster_class class; /* whom.class points here */
    struct ga_arena whom_arena;
    struct ga_whom_pick pick;
    struct ga_note *notes; /* on the stored record */
    size_t notes_count;
    struct ga_arena note_texts;
};

enum ticks_tag { TICKS_WHOM = 1, TICKS_LIST, TICKS_PHRASE, TICKS_STATE, TICKS_FIND, TICKS_NOTES };

/* ticks.c */
void ticks_set_title(struct ga_screen *screen);
void ticks_keep_draft(struct ga_screen *screen);
void ticks_set(struct ga_screen *screen, size_t row, bool is_on); /* says what went wrong, keeps the draft */
void ticks_move(struct ga_screen *screen, size_t row, size_t col); /* leaves the cell; stays where it is refused */

/* ticks_find.c: in the column of the ticks. */
enum ga_reply ticks_take_tick_event(struct ga_screen *screen, const struct ga_event *event);
bool ticks_is_finding(const struct ticks *list);
void ticks_forget_find(struct ticks *list);

/* ticks_cell.c: in the other columns. */
const struct ga_field *ticks_field(const struct ticks *list); /* NULL: on the tick */
enum ga_reply ticks_take_cell_event(struct ga_screen *screen, const struct ga_event *event);
bool ticks_open_cell(struct ga_screen *screen);
bool ticks_leave_cell(struct ga_screen *screen); /* false: refused and said so */
enum ga_reply ticks_after_key(struct ga_screen *screen, enum ga_reply answer);
const struct ga_finding *ticks_finding(const struct ticks *list, size_t row, const struct ga_field *field);
enum ga_reply ticks_walk_rows(struct ga_screen *screen, int by); /* among the ticked ones */
void ticks_ask_why_not(struct ga_screen *screen);
void ticks_take_state(struct ga_screen *screen, int code);

/* ticks_whom.c: whose names stand there. */
void ticks_begin(struct ga_screen *screen); /* those of the first one's class; asks when there is none */
void ticks_show(struct ga_screen *screen);  /* the list anew, who is ticked first */
void ticks_take_whom(struct ga_screen *screen, const struct ga_tui_result *result);
void ticks_toggle_left_behind(struct ga_screen *screen);
void ticks_turn_sex(struct ga_screen *screen);

/* ticks_notes.c: on the cell the mark stands on. */
void ticks_read_notes(struct ga_screen *screen);
size_t ticks_count_notes(const struct ticks *list);
void ticks_open_notes(struct ga_screen *screen);

/* ticks_paint.c */
void ticks_lay_out(struct ga_screen *screen);
bool ticks_scroll(struct ticks *list); /* the cell into sight; true when something moved */
void ticks_paint(struct ga_screen *screen, struct ga_canvas *canvas);

#endif
