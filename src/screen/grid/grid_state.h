/* The inside of the batch screen, for the files that make it up. */
#ifndef GUANAI_SRC_SCREEN_GRID_STATE_H
#define GUANAI_SRC_SCREEN_GRID_STATE_H

#include "guanai/app/batch_sheet.h"
#include "guanai/screen/grid.h"
#include "guanai/screen/session.h"
#include "parts/box.h"
#include "parts/form_menu.h"
#include "parts/whom_pick.h"

enum { GRID_PANEL_ROWS = 4, GRID_GAP_COLS = 1, GRID_MARK_COLS = 1, GRID_NUMBER_COLS = 4 };

struct grid {
    struct ga_batch_sheet *sheet; /* NULL until form and children are chosen */
    size_t row, col;        /* the cell the keys speak about; col in the sheet's columns */
    size_t first_row, first_col;
    size_t run_col;     /* where Enter begins the next row, once something was typed in this one */
    bool has_run;
    size_t painted_row; /* of the last frame: what a key that only walks paints again */
    struct ga_area table, panel;
    int name_cols;
    int widths[GA_BATCH_SHEET_COLUMNS_MAX]; /* of the columns, without mark and gap */
    struct box box;       /* open while a cell is typed in */
    bool was_checked;     /* a save was refused: what is wrong is marked from now on */
    bool has_saved;       /* at least one row since it was opened */
    struct ga_error fault; /* why the cell was not left; rc GA_OK: none */
    struct ga_vec findings; /* struct ga_batch_finding */
    struct ga_finding asked; /* the warning whose reason is asked for */
    struct ga_batch *asked_of; /* whose it is */
    struct ga_vec just_filled; /* struct grid_filled: of the save that runs */
    struct ga_vec offers;      /* pages they ask for; grid_then.c */
    size_t offered;            /* the one asked about */
    const char **row_villages; /* in `lists` */
    const struct ga_batch_told *told; /* of the cell group whose records are listed */
    struct ga_arena lists;   /* of the dialog that is open */
    struct ga_tui_options options;
    const char **labels;
    struct ga_whom_pick whom; /* asks whose rows these are */
    struct ga_form_menu forms;
    struct ga_draft_line unfinished; /* asked about before this one is begun; in the batch's arena */
    struct ga_class_sheets sheets; /* to choose from */
    const struct ga_roster_class *class; /* given already; NULL: it is asked for */
    struct ga_date month;                /* of the class sheet; zero: this one */
};

enum grid_tag {
    GRID_FORM = 1,
    GRID_WHO,
    GRID_COLUMNS,
    GRID_LIST,
    GRID_PHRASE,
    GRID_STATE,
    GRID_FIND,
    GRID_PROBLEM,
    GRID_REASON,
    GRID_ROW,
    GRID_NARROW,
    GRID_OFFER,
    GRID_OFFERED,
    GRID_MORE,
    GRID_UNFINISHED,
    GRID_TOLD,
    GRID_SHEET,
    GRID_RECORD,
    GRID_NOTES,
};

struct grid_filled { /* a cell group that is being saved */
    struct ga_batch *batch;
    size_t row;
};

const struct ga_field *grid_field(const struct grid *grid); /* of the cell */
struct ga_batch *grid_batch(const struct grid *grid);       /* the form it is of */
static inline struct ga_batch_row *grid_row(const struct grid *grid) /* the cell's group: what is typed under its form */
{
    return ga_batch_row(grid_batch(grid), grid->row);
}
bool grid_has_parts(const struct grid *grid); /* several forms side by side: a class sheet */
void grid_set_title(struct ga_screen *screen);

/* grid_cell.c */
bool grid_open_cell(struct ga_screen *screen);  /* its row gets an entry; false: not asked here, said so */
bool grid_commit(struct ga_screen *screen);     /* false: refused and said so; the focus stays */
bool grid_leave_cell(struct ga_screen *screen); /* commits, closes the box, keeps the draft */
void grid_keep_draft(struct ga_screen *screen);
void grid_check_row(struct grid *grid); /* again, once a save was refused */
enum ga_reply grid_take_cell_event(struct ga_screen *screen, const struct ga_event *event);
enum ga_reply grid_after_key(struct ga_screen *screen, enum ga_reply answer); /* what a change brings along */

/* grid_walk.c */
enum ga_reply grid_take_walking_key(struct ga_screen *screen, const struct ga_event *event);
enum ga_reply grid_walk_rows(struct ga_screen *screen, int by);
void grid_focus(struct ga_screen *screen, size_t row, struct ga_batch *batch, const struct ga_field *field); /* becomes a column, too */

/* grid_paint.c */
void grid_lay_out(struct ga_screen *screen);
bool grid_scroll(struct ga_screen *screen); /* the cell into sight; true when something moved */
void grid_paint(struct ga_screen *screen, struct ga_canvas *canvas);
const struct ga_finding *grid_finding(const struct grid *grid, const struct ga_batch *batch, size_t row, const struct ga_field *field);
size_t grid_last_col(const struct grid *grid); /* the last column in sight */

/* grid_panel.c: what stands below the table about the cell. */
void grid_paint_panel(struct ga_screen *screen, struct ga_canvas *canvas);
enum ga_style grid_write_hint(const struct grid *grid, enum ga_lang lang, struct ga_str *out);

/* grid_pick.c: form, children, columns. */
void grid_ask_form(struct ga_screen *screen);
void grid_ask_more(struct ga_screen *screen);
void grid_ask_who(struct ga_screen *screen);
void grid_ask_columns(struct ga_screen *screen);
void grid_take_pick(struct ga_screen *screen, const struct ga_tui_result *result);

/* grid_resume.c: what was left unfinished. */
void grid_offer_unfinished(struct ga_screen *screen); /* asks when a table about these children waits */
void grid_ask_unfinished(struct ga_screen *screen);
void grid_take_unfinished(struct ga_screen *screen, const struct ga_tui_result *result);
void grid_put_back(struct ga_screen *screen, struct ga_batch *batch, const struct ga_batch_place *place); /* where the user was */
/* grid_narrow.c: which rows are in sight. */
bool grid_is_shown(const struct grid *grid, size_t row);
size_t grid_step_shown(const struct grid *grid, size_t row, int64_t by); /* so many rows on, at most to the last */
size_t grid_lines_between(const struct grid *grid, size_t from, size_t to); /* in sight, from ≤ row < to */
void grid_ask_row(struct ga_screen *screen);
void grid_take_row(struct ga_screen *screen, const struct ga_tui_result *result);
void grid_ask_narrow(struct ga_screen *screen);
void grid_take_narrow(struct ga_screen *screen, const struct ga_tui_result *result);

/* grid_then.c: pages the rows ask for. */
void grid_note_filled(struct grid *grid); /* before saving: which rows it is about */
void grid_offer_forms(struct ga_screen *screen);
void grid_ask_offer(struct ga_screen *screen); /* the next one, if there is one */
void grid_take_offer(struct ga_screen *screen, const struct ga_tui_result *result);

/* grid_save.c */
void grid_save(struct ga_screen *screen);
void grid_list_problems(struct ga_screen *screen);
void grid_ask_reason(struct ga_screen *screen);
void grid_take_problem(struct ga_screen *screen, const struct ga_tui_result *result);
void grid_take_reason(struct ga_screen *screen, const struct ga_tui_result *result);
void grid_go_to_problem(struct ga_screen *screen);

#endif
