/* What is there of a term's papers, month by month. */
#include "guanai/screen/materials.h"

#include "care/material_cell.h"
#include "guanai/app/materials.h"
#include "guanai/app/print.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/store/touched.h"
#include "guanai/text/width.h"
#include "guanai/tui/loop.h"
#include "parts/care_open.h"
#include "parts/cell_mark.h"
#include "parts/file_places.h"
#include "parts/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN = 1, PRINT, ACTIVITIES, BEFORE, AFTER };
enum { TITLE_COLS = 18, TITLE_COLS_NARROW = 12, CELL_COLS_MIN = 10 };

struct materials {
    struct ga_material_book book;
    int64_t book_op; /* the newest operation when it was read */
    int cell_cols;   /* of the widest number, and a blank */
    char term[16];
    struct ga_cell_mark mark;
};

static struct materials *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct materials, screen);
}

static int title_cols(const struct ga_screen *screen)
{
    return screen->area.cols < 60 ? TITLE_COLS_NARROW : TITLE_COLS;
}

static size_t rows_in_sight(const struct ga_screen *screen)
{
    return screen->area.rows > 2 ? (size_t)screen->area.rows - 1 : 1;
}

static size_t columns_in_sight(const struct ga_screen *screen)
{
    const int cols = screen->area.cols - title_cols(screen);
    const int cell_cols = state_of(screen)->cell_cols;
    return cols > cell_cols ? (size_t)(cols / cell_cols) : 1;
}

static size_t columns_count(const struct materials *m)
{
    return m->book.months_count + 1;
}

static const struct ga_material_line *marked(const struct materials *m)
{
    return m->mark.row < m->book.lines_count ? &m->book.lines[m->mark.row] : NULL;
}

/* The marked cell in words: "家访 · 11月：已有 8，应有 24，缺 16". */
static void show_status(struct ga_screen *screen)
{
    struct materials *m = state_of(screen);
    const struct ga_material_line *line = marked(m);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    if (line == NULL) {
        ga_screen_set_status(screen, "");
        return;
    }
    const struct ga_material_cell *cell = &line->cells[m->mark.column];
    const size_t without = cell->is_missing ? ga_material_classes_without(&m->book, line, m->mark.column) : 0;
    const char *what = cell->is_ahead    ? ga_screen_tr(screen, GA_N_("has not begun"))
                       : cell->owed > 0  ? ga_words_say(&arena, lang, GA_N_("there %1, owed %2, missing %3"), GA_NUM(cell->there),
                                                        GA_NUM(cell->owed), GA_NUM(cell->owed - cell->there))
                       : cell->owed == 0 ? ga_screen_tr(screen, GA_N_("nothing is owed"))
                       : without > 0 && cell->there > 0 ? ga_words_say(&arena, lang, without == 1 ? GA_N_("%1 records, none from 1 class") : GA_N_("%1 records, none from %2 classes"),
                                                                       GA_NUM(cell->there), GA_NUM(without))
                       : cell->is_missing && cell->there == 0 ? ga_screen_tr(screen, GA_N_("missing: there must be one at least"))
                       : cell->there == 1 ? ga_screen_tr(screen, GA_N_("1 record"))
                                         : ga_words_say(&arena, lang, GA_N_("%1 records"), GA_NUM(cell->there));
    ga_screen_set_status(screen, ga_arena_printf(&arena, "%s · %s: %s", line->title, ga_material_column_text(&m->book, m->mark.column), what));
    ga_arena_finish(&arena);
}

static struct ga_cells cells_of(const struct materials *m)
{
    return (struct ga_cells){m->book.lines_count, columns_count(m)};
}

static void keep_in_sight(struct ga_screen *screen)
{
    struct materials *m = state_of(screen);
    ga_cell_mark_keep(&m->mark, cells_of(m), (struct ga_cells){rows_in_sight(screen), columns_in_sight(screen)});
    show_status(screen);
}

/* A county's numbers are longer than a school's: no cell is cut. */
static int widest_cell(const struct ga_material_book *book)
{
    char text[GA_MATERIAL_CELL_SIZE];
    int widest = CELL_COLS_MIN - 1;
    for (size_t i = 0; i < book->lines_count; i++)
        for (size_t c = 0; c <= book->months_count; c++) {
            const char *shown = ga_material_cell_text(&book->lines[i].cells[c], book->lang, text);
            const int cols = (int)ga_width_text(shown, strlen(shown));
            widest = cols > widest ? cols : widest;
        }
    return widest;
}

static enum ga_rc read_book(struct ga_screen *screen, const char *term, struct ga_error *err)
{
    struct materials *m = state_of(screen);
    struct ga_material_book book;
    struct ga_problems problems;
    ga_problems_init(&problems);
    enum ga_rc rc = ga_material_book_read(ga_screen_session(screen), term, ga_screen_lang(screen), &problems, &book, err);
    if (problems.faults > 0)
        ga_care_tell_problems(screen, &problems);
    ga_problems_finish(&problems);
    if (rc != GA_OK)
        return rc;
    ga_material_book_finish(&m->book);
    m->book = book;
    m->cell_cols = widest_cell(&m->book) + 1;
    m->book_op = ga_store_last_op(ga_screen_session(screen)->store);
    ga_str_copy(m->term, sizeof(m->term), book.term);
    return GA_OK;
}

/* The month that is now. */
static size_t column_now(const struct materials *m)
{
    size_t now = 0;
    for (size_t i = 0; i < m->book.months_count; i++)
        if (ga_date_compare(m->book.columns[i].days.from, m->book.session->today) <= 0)
            now = i;
    return now;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    const enum ga_rc rc = read_book(screen, "this", err);
    if (rc == GA_OK)
        state_of(screen)->mark.column = column_now(state_of(screen));
    return rc;
}

static void leave(struct ga_screen *screen)
{
    ga_material_book_finish(&state_of(screen)->book);
}

/* Titles are in the language there is now. */
static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct materials *m = state_of(screen);
    struct ga_error err = {0};
    (void)area;
    if (m->book.lang != ga_screen_lang(screen) && read_book(screen, m->term, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_screen_set_title(screen, m->book.title);
    keep_in_sight(screen);
}

static enum ga_style style_of(const struct materials *m, size_t row, size_t column)
{
    const struct ga_material_cell *cell = &m->book.lines[row].cells[column];
    if (row == m->mark.row && column == m->mark.column)
        return GA_STYLE_SELECTED;
    return cell->is_missing ? GA_STYLE_WARNING : GA_STYLE_NORMAL;
}

static size_t last_column(const struct ga_screen *screen)
{
    const struct materials *m = state_of(screen);
    const size_t end = m->mark.first_column + columns_in_sight(screen);
    return end < columns_count(m) ? end : columns_count(m);
}

static int column_at(const struct ga_screen *screen, size_t i)
{
    return screen->area.col + title_cols(screen) + (int)(i - state_of(screen)->mark.first_column) * state_of(screen)->cell_cols;
}

static void paint_row(struct ga_screen *screen, struct ga_canvas *canvas, int at, size_t i)
{
    const struct materials *m = state_of(screen);
    char text[GA_MATERIAL_CELL_SIZE];
    ga_canvas_text_fit(canvas, at, screen->area.col, title_cols(screen) - 1, i == m->mark.row ? GA_STYLE_STRONG : GA_STYLE_NORMAL,
                       m->book.lines[i].title);
    for (size_t c = m->mark.first_column; c < last_column(screen); c++) {
        ga_material_cell_text(&m->book.lines[i].cells[c], ga_screen_lang(screen), text);
        ga_canvas_text_fit(canvas, at, column_at(screen, c), m->cell_cols - 1, style_of(m, i, c),
                           text[0] == '\0' && i == m->mark.row && c == m->mark.column ? "·" : text);
    }
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct materials *m = state_of(screen);
    const int top = screen->area.row;
    ga_canvas_text(canvas, top, screen->area.col, title_cols(screen) - 1, GA_STYLE_LABEL, ga_screen_tr(screen, "Material"));
    for (size_t c = m->mark.first_column; c < last_column(screen); c++)
        ga_canvas_text_fit(canvas, top, column_at(screen, c), m->cell_cols - 1, GA_STYLE_LABEL, ga_material_column_text(&m->book, c));
    for (size_t i = 0; i < rows_in_sight(screen) && m->mark.first_row + i < m->book.lines_count; i++)
        paint_row(screen, canvas, top + 1 + (int)i, m->mark.first_row + i);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct materials *m = state_of(screen);
    if (!ga_cell_mark_walk(&m->mark, cells_of(m), rows_in_sight(screen), event))
        return GA_IGNORED;
    keep_in_sight(screen);
    return GA_REDRAW;
}

/* On the stick that is in, else at home. */
static void print(struct ga_screen *screen, int what)
{
    struct materials *m = state_of(screen);
    struct ga_session *session = ga_screen_session(screen);
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    const char *folder = ga_file_places_target(session->options->io, getenv("HOME"), &arena);
    const char *name = ga_arena_printf(&arena, "%s-%s", what == PRINT ? ga_label_text(&m->book.set.item->title, m->book.lang)
                                                                      : ga_screen_tr(screen, GA_N_("Activity list")), m->term);
    const char *path = ga_print_path(session, folder, name, &arena);
    if ((what == PRINT ? ga_material_print : ga_activities_print)(&m->book, path, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("The page is written, to be printed: %1"), path);
    ga_arena_finish(&arena);
}

/* "2026-1" ←→ "2025-2" */
static void turn_term(struct ga_screen *screen, int by)
{
    struct materials *m = state_of(screen);
    struct ga_error err = {0};
    char term[24];
    const int half = atoi(m->term) * 2 + (strcmp(strchr(m->term, '-'), "-2") == 0) + by;
    snprintf(term, sizeof(term), "%d-%d", half / 2, half % 2 + 1);
    if (read_book(screen, term, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        m->mark.column = column_now(m);
    ga_screen_set_title(screen, m->book.title);
    keep_in_sight(screen);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct materials *m = state_of(screen);
    if (id == OPEN)
        ga_material_cell_open(screen, &m->book, m->mark.row, m->mark.column, OPEN);
    else if (id == PRINT || id == ACTIVITIES)
        print(screen, id);
    else
        turn_term(screen, id == BEFORE ? -1 : 1);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct materials *m = state_of(screen);
    return id != OPEN || (marked(m) != NULL && !marked(m)->cells[m->mark.column].is_ahead);
}

/* What was written meanwhile counts; the mark stays. */
static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct ga_error err = {0};
    (void)result;
    if (state_of(screen)->book_op == ga_store_last_op(ga_screen_session(screen)->store))
        return; /* nothing was saved meanwhile: a term's months need not be counted again */
    if (read_book(screen, state_of(screen)->term, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    keep_in_sight(screen);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("what is missing from which class, and the records behind this cell"), GA_COMMAND_IN_BAR},
    {PRINT, {GA_KEY_F(12), 'p'}, GA_N_("Print"), GA_N_("write all of it into a file to print: the table, what is missing, activities, records by month"), GA_COMMAND_IN_BAR},
    {ACTIVITIES, {GA_KEY_F(11), 'a'}, GA_N_("Activity list"), GA_N_("write the activities of the term into a file to print"), GA_COMMAND_IN_BAR},
    {BEFORE, {'-', GA_KEY_F(5)}, GA_N_("Term before"), GA_N_("the term before"), GA_COMMAND_IN_BAR},
    {AFTER, {'+', GA_KEY_F(6), '='}, GA_N_("Next term"), GA_N_("the term after"), GA_COMMAND_IF_ROOM},
};

const struct ga_screen_ops ga_screen_materials = {
    .name = "materials",
    .title = GA_N_("Papers for an inspection"),
    .help = GA_N_("What is there of the papers of a term, a row a kind, a column a month. Of what is owed: done of owed, as on the "
                  "checklists, with ! where something is missing; of other papers: how many records there are. What must be there "
                  "and is not is said to be missing, not left out. Enter shows from which classes it is missing, and the "
                  "records; F12 writes all of it into a file to print. The rows stand in forms/materials."),
    .state_bytes = sizeof(struct materials),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
};
