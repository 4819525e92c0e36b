/* A table of any length of which only the rows in sight are fetched. */
#include "guanai/tui/widget/list.h"

#include "guanai/base/alloc.h"
#include "guanai/text/wrap.h"
#include "list_cells.h"

#include <string.h>

enum { MARK_COLS = 2, GAP_COLS = 1 };

void ga_tui_list_init(struct ga_tui_list *list, ga_tui_list_fetch *fetch, void *ctx)
{
    memset(list, 0, sizeof(*list));
    list->fetch = fetch;
    list->ctx = ctx;
    list->has_header = true;
    list->cells = ga_tui_cells_create();
}

void ga_tui_list_finish(struct ga_tui_list *list)
{
    ga_tui_cells_destroy(list->cells);
    list->cells = NULL;
}

void ga_tui_list_column(struct ga_tui_list *list, const struct ga_tui_column *column)
{
    if (list->columns_count < GA_LIST_COLUMNS)
        list->columns[list->columns_count++] = *column;
}

size_t ga_tui_list_page(const struct ga_tui_list *list)
{
    int rows = list->area.rows - (list->has_header ? 1 : 0);
    return rows > 0 ? (size_t)rows : 1;
}

/* Moves the window no more than the selection needs. */
static void keep_in_sight(struct ga_tui_list *list)
{
    size_t page = ga_tui_list_page(list);
    if (list->selected >= list->count)
        list->selected = list->count > 0 ? list->count - 1 : 0;
    if (list->selected < list->first)
        list->first = list->selected;
    if (list->selected >= list->first + page)
        list->first = list->selected - page + 1;
    if (list->first + page > list->count)
        list->first = list->count > page ? list->count - page : 0;
}

static void fetch_window(struct ga_tui_list *list)
{
    size_t wanted = ga_tui_list_page(list);
    if (wanted > list->count - list->first)
        wanted = list->count - list->first;
    if (ga_tui_cells_has(list->cells, list->first, wanted))
        return;
    ga_tui_cells_begin(list->cells, list->first, wanted, list->shown_cols, list->columns_count);
    if (wanted > 0)
        list->fetch(list->ctx, list->first, wanted, list->cells);
}

static int columns_width(const struct ga_tui_list *list)
{
    int total = MARK_COLS;
    for (size_t i = 0; i < list->columns_count; i++)
        total += list->shown_cols[i] > 0 ? list->shown_cols[i] + GAP_COLS : 0;
    return total;
}

/* The column to give way next: narrowed first where it can be, then left out by priority. */
static bool give_way(struct ga_tui_list *list, int missing_cols)
{
    size_t worst = list->columns_count;
    for (size_t i = 0; i < list->columns_count; i++) {
        const struct ga_tui_column *column = &list->columns[i];
        short least = column->min_cols > 0 ? column->min_cols : column->cols;
        if (list->shown_cols[i] > least) {
            int spare = list->shown_cols[i] - least;
            list->shown_cols[i] =
                (short)(list->shown_cols[i] - (spare < missing_cols ? spare : missing_cols));
            return true;
        }
        if (list->shown_cols[i] > 0 && column->priority > 0 &&
            (worst == list->columns_count || column->priority >= list->columns[worst].priority))
            worst = i;
    }
    if (worst == list->columns_count)
        return false;
    list->shown_cols[worst] = 0;
    return true;
}

static void share_columns(struct ga_tui_list *list)
{
    for (size_t i = 0; i < list->columns_count; i++)
        list->shown_cols[i] = list->columns[i].cols;
    int missing;
    while ((missing = columns_width(list) - list->area.cols) > 0 && give_way(list, missing))
        ;
    int spare = list->area.cols - columns_width(list);
    for (size_t i = 0; i < list->columns_count && spare > 0; i++) {
        if (list->columns[i].grows && list->shown_cols[i] > 0) {
            list->shown_cols[i] = (short)(list->shown_cols[i] + spare);
            spare = 0;
        }
    }
}

void ga_tui_list_layout(struct ga_tui_list *list, struct ga_area area)
{
    list->area = area;
    share_columns(list);
    ga_tui_cells_forget(list->cells);
    keep_in_sight(list);
}

void ga_tui_list_reload(struct ga_tui_list *list, size_t count)
{
    list->count = count;
    ga_tui_cells_forget(list->cells);
    keep_in_sight(list);
}

void ga_tui_list_select(struct ga_tui_list *list, size_t row)
{
    list->selected = row;
    keep_in_sight(list);
}

static void move_by(struct ga_tui_list *list, size_t rows, bool is_down)
{
    if (is_down)
        list->selected = list->count - list->selected > rows ? list->selected + rows : list->count - 1;
    else
        list->selected = list->selected > rows ? list->selected - rows : 0;
    keep_in_sight(list);
}

/* The page itself moves, the mark stays at its height. */
static void turn_page(struct ga_tui_list *list, bool is_down)
{
    size_t page = ga_tui_list_page(list);
    if (is_down)
        list->first += page;
    else
        list->first = list->first > page ? list->first - page : 0;
    move_by(list, page, is_down);
}

enum ga_reply ga_tui_list_event(struct ga_tui_list *list, const struct ga_event *event)
{
    if (event->kind != GA_EVENT_KEY)
        return GA_IGNORED;
    size_t before = list->selected;
    switch (event->key) {
    case GA_KEY_UP:
    case GA_KEY_DOWN:
        if (list->count > 0)
            move_by(list, 1, event->key == GA_KEY_DOWN);
        break;
    case GA_KEY_PAGE_UP:
    case GA_KEY_PAGE_DOWN:
        if (list->count > 0)
            turn_page(list, event->key == GA_KEY_PAGE_DOWN);
        break;
    case GA_KEY_HOME:
        ga_tui_list_select(list, 0);
        break;
    case GA_KEY_END:
        ga_tui_list_select(list, list->count > 0 ? list->count - 1 : 0);
        break;
    default:
        return GA_IGNORED;
    }
    return list->selected != before ? GA_TOUCHED : GA_HANDLED;
}

static void paint_header(const struct ga_tui_list *list, struct ga_canvas *canvas)
{
    struct ga_area row = ga_area_row(list->area, 0);
    ga_canvas_fill(canvas, row, GA_STYLE_HEADER);
    ga_area_cut_left(&row, MARK_COLS);
    for (size_t i = 0; i < list->columns_count; i++) {
        if (list->shown_cols[i] == 0)
            continue;
        struct ga_area cell = ga_area_cut_left(&row, list->shown_cols[i]);
        ga_area_cut_left(&row, GAP_COLS);
        if (list->columns[i].is_right)
            ga_canvas_text_right(canvas, cell.row, cell.col, cell.cols, GA_STYLE_HEADER,
                                 list->columns[i].title);
        else
            ga_canvas_text_fit(canvas, cell.row, cell.col, cell.cols, GA_STYLE_HEADER,
                               list->columns[i].title);
    }
}

/*
 * Mark and first column show the selection; the rest of the row stays as it is, so that moving the
 * selection sends few bytes over a slow line. is_over: something stands there that has to go.
 */
static void paint_row(struct ga_tui_list *list, struct ga_canvas *canvas, size_t i, bool is_focused,
                      bool is_over)
{
    struct ga_area row = ga_area_row(list->area, (int)(i - list->first) + (list->has_header ? 1 : 0));
    bool is_selected = i == list->selected;
    enum ga_style base = ga_tui_cells_row_style(list->cells, i - list->first);
    enum ga_style style = is_selected && is_focused ? GA_STYLE_SELECTED : base;
    if (is_over)
        ga_canvas_fill(canvas, row, GA_STYLE_NORMAL);
    struct ga_area mark = ga_area_cut_left(&row, MARK_COLS);
    ga_canvas_text(canvas, mark.row, mark.col, 1, GA_STYLE_NORMAL,
                   is_selected ? ga_canvas_mark(canvas, GA_MARK_SELECTED) : " ");
    for (size_t c = 0; c < list->columns_count; c++) {
        if (list->shown_cols[c] == 0)
            continue;
        struct ga_area cell = ga_area_cut_left(&row, list->shown_cols[c]);
        ga_area_cut_left(&row, GAP_COLS);
        const char *text = ga_tui_cells_text(list->cells, i - list->first, c);
        if (list->columns[c].is_right)
            ga_canvas_text_right(canvas, cell.row, cell.col, cell.cols, style, text);
        else
            ga_canvas_text_fit(canvas, cell.row, cell.col, cell.cols, style, text);
        style = base;
    }
}

static void remember_painted(struct ga_tui_list *list, bool is_focused)
{
    list->painted_first = list->first;
    list->painted_selected = list->selected;
    list->painted_focused = is_focused;
}

/* False: more than the selection changed. */
static bool paint_moved(struct ga_tui_list *list, struct ga_canvas *canvas, bool is_focused)
{
    bool is_same = !ga_canvas_is_whole(canvas) && list->painted_first == list->first &&
                   list->painted_focused == is_focused && ga_tui_cells_is_painted(list->cells);
    if (!is_same)
        return false;
    if (list->painted_selected != list->selected) {
        paint_row(list, canvas, list->painted_selected, is_focused, true);
        paint_row(list, canvas, list->selected, is_focused, true);
    }
    remember_painted(list, is_focused);
    return true;
}

/* What to do instead may need more than one line. */
static void paint_empty(const struct ga_tui_list *list, struct ga_canvas *canvas)
{
    struct ga_area room = list->area;
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    ga_area_cut_top(&room, list->has_header ? 1 : 0);
    ga_area_cut_left(&room, MARK_COLS);
    ga_wrap_begin(&wrap, list->empty, strlen(list->empty), (size_t)room.cols);
    for (int i = 0; i < room.rows && ga_wrap_next(&wrap, &line); i++)
        ga_canvas_text_n(canvas, room.row + i, room.col, room.cols, GA_STYLE_DIM, list->empty + line.at, line.len);
}

void ga_tui_list_paint(struct ga_tui_list *list, struct ga_canvas *canvas, bool is_focused)
{
    if (ga_area_is_empty(list->area))
        return;
    fetch_window(list);
    if (paint_moved(list, canvas, is_focused))
        return;
    if (!ga_canvas_is_whole(canvas)) /* a whole frame begins blank */
        ga_canvas_fill(canvas, list->area, GA_STYLE_NORMAL);
    if (list->has_header)
        paint_header(list, canvas);
    size_t shown = ga_tui_cells_rows(list->cells);
    for (size_t i = 0; i < shown; i++)
        paint_row(list, canvas, list->first + i, is_focused, false);
    if (list->count == 0 && list->empty != NULL)
        paint_empty(list, canvas);
    remember_painted(list, is_focused);
    ga_tui_cells_set_painted(list->cells);
}
