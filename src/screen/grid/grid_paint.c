/* Lays out the table of the batch screen, paints it. */
#include "grid/grid_state.h"

#include "guanai/base/num.h"
#include "guanai/screen/value.h"
#include "guanai/text/width.h"

#include <string.h>

enum { NAME_MIN = 6, NAME_MAX = 14, CELL_MIN = 4, CELL_MAX = 16, LABEL_MAX = 12, TEXT_COLS = 18, DAY_COLS = 10 };

static int width_of(const char *text)
{
    return (int)ga_width_text(text, strlen(text));
}

static int bound(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

static int widest_choice(const struct ga_field *field, enum ga_lang lang)
{
    int widest = 0;
    for (size_t i = 0; field->list != NULL && i < field->list->choices.count; i++) {
        int width = width_of(ga_label_text(&field->list->choices.items[i].label, lang));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* As wide as what mostly stands there. */
static int wanted_cols(const struct ga_field *field, enum ga_lang lang)
{
    switch (field->type->widget) {
    case GA_WIDGET_DATE:
        return DAY_COLS;
    case GA_WIDGET_CHOICE:
    case GA_WIDGET_SCALE:
        return widest_choice(field, lang);
    case GA_WIDGET_CHOICES:
    case GA_WIDGET_TEXT:
        return TEXT_COLS;
    case GA_WIDGET_LINE:
    case GA_WIDGET_RECORD:
        return DAY_COLS;
    default:
        return CELL_MIN;
    }
}

static void measure_columns(struct grid *grid, enum ga_lang lang)
{
    for (size_t i = 0; i < grid->sheet->columns_count; i++) {
        const struct ga_field *field = grid->sheet->columns[i].field;
        int label = bound(width_of(ga_label_text(&field->label, lang)), CELL_MIN, LABEL_MAX);
        int wanted = bound(wanted_cols(field, lang), CELL_MIN, field->type->widget == GA_WIDGET_TEXT ? TEXT_COLS : CELL_MAX);
        grid->widths[i] = wanted > label ? wanted : label;
    }
}

static void measure_names(struct grid *grid)
{
    int widest = NAME_MIN;
    for (size_t i = 0; i < ga_batch_sheet_rows(grid->sheet); i++) {
        int width = width_of(ga_batch_sheet_row(grid->sheet, i)->name);
        widest = width > widest ? width : widest;
    }
    grid->name_cols = bound(widest, NAME_MIN, NAME_MAX);
}

static int cells_left(const struct grid *grid)
{
    return GRID_NUMBER_COLS + grid->name_cols + GRID_GAP_COLS;
}

static int column_cols(const struct grid *grid, size_t col)
{
    return GRID_MARK_COLS + grid->widths[col] + GRID_GAP_COLS;
}

size_t grid_last_col(const struct grid *grid)
{
    int room = grid->table.cols - cells_left(grid);
    size_t col = grid->first_col;
    room -= column_cols(grid, col);
    while (col + 1 < grid->sheet->columns_count && room >= column_cols(grid, col + 1) - GRID_GAP_COLS)
        room -= column_cols(grid, ++col);
    return col;
}

/* Lines above the rows: the columns' names, above them those of the forms where there are several. */
static int head_rows(const struct grid *grid)
{
    return grid_has_parts(grid) ? 2 : 1;
}

static size_t rows_in_sight(const struct grid *grid)
{
    return grid->table.rows > head_rows(grid) ? (size_t)(grid->table.rows - head_rows(grid)) : 0;
}

bool grid_scroll(struct ga_screen *screen)
{
    struct grid *grid = GA_STATE(struct grid, screen);
    size_t first_row = grid->first_row, first_col = grid->first_col;
    size_t visible = rows_in_sight(grid) > 0 ? rows_in_sight(grid) : 1;
    if (grid->row < grid->first_row)
        grid->first_row = grid->row;
    if (grid_lines_between(grid, grid->first_row, grid->row) >= visible)
        grid->first_row = grid_step_shown(grid, grid->row, 1 - (int64_t)visible);
    if (grid->col < grid->first_col)
        grid->first_col = grid->col;
    while (grid->first_col < grid->col && grid_last_col(grid) < grid->col)
        grid->first_col++;
    return first_row != grid->first_row || first_col != grid->first_col;
}

void grid_lay_out(struct ga_screen *screen)
{
    struct grid *grid = GA_STATE(struct grid, screen);
    if (grid->sheet == NULL)
        return;
    struct ga_area area = screen->area;
    grid->panel = ga_area_cut_bottom(&area, GRID_PANEL_ROWS);
    grid->table = area;
    measure_names(grid);
    measure_columns(grid, ga_screen_lang(screen));
    grid_scroll(screen);
}

/* What is missing may still be typed; what is wrong is said at once. */
static bool is_doubt(const struct ga_finding *finding)
{
    return finding->kind == GA_FINDING_WARN || finding->kind == GA_FINDING_CONSTRAINT;
}

const struct ga_finding *grid_finding(const struct grid *grid, const struct ga_batch *batch, size_t row, const struct ga_field *field)
{
    const struct ga_entry *entry = ga_batch_row(batch, row)->entry;
    if (entry == NULL || ga_batch_row(batch, row)->is_saved)
        return NULL;
    for (size_t i = 0; i < entry->findings.len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(const struct ga_finding, &entry->findings, i);
        if (finding->field == field && (grid->was_checked || is_doubt(finding)))
            return finding;
    }
    return NULL;
}

/* One cell. */

static bool has_anything_wrong(const struct grid *grid, size_t row)
{
    for (size_t p = 0; p < grid->sheet->parts_count; p++)
        for (size_t i = 0; i < grid->sheet->parts[p]->form->all_count; i++)
            if (grid_finding(grid, grid->sheet->parts[p], row, grid->sheet->parts[p]->form->all[i]) != NULL)
                return true;
    return false;
}

static const char *mark_of(const struct grid *grid, size_t row, const struct ga_batch_column *column)
{
    const struct ga_batch_row *child = ga_batch_row(column->batch, row);
    const struct ga_field *field = column->field;
    if (grid_finding(grid, column->batch, row, field) != NULL)
        return "!";
    if (child->entry == NULL || child->is_saved)
        return " ";
    if (row == grid->row && field == grid_field(grid) && box_is_open(&grid->box) && grid->box.is_changed)
        return " "; /* it is being typed */
    const struct ga_answer *answer = ga_answers_at(&child->entry->now, field);
    if (answer->state == GA_EMPTY)
        return field->required != GA_REQUIRED_NO ? "*" : " ";
    bool is_prefilled = !child->is_typed[field->index] ||
                        (child->entry->is_new && ga_answer_equal(answer, ga_answers_at(&child->entry->before, field)));
    return is_prefilled ? "·" : " ";
}

static enum ga_style style_of(const struct grid *grid, size_t row, size_t col)
{
    if (row == grid->row && col == grid->col)
        return box_is_open(&grid->box) ? GA_STYLE_FIELD_FOCUSED : GA_STYLE_SELECTED;
    const struct ga_batch_column *column = &grid->sheet->columns[col];
    if (grid_finding(grid, column->batch, row, column->field) != NULL)
        return GA_STYLE_ERROR;
    const struct ga_batch_row *group = ga_batch_row(column->batch, row);
    return group->is_saved || (group->entry == NULL && group->told != NULL) ? GA_STYLE_DIM : GA_STYLE_NORMAL;
}

/* ✓11-09, of several ✓3 11-09: what the month has already stands where its day would be typed. */
static void write_told(const struct ga_batch_told *told, const struct ga_canvas *canvas, struct ga_str *out)
{
    enum { MONTH_AT = 5 };
    if (told == NULL)
        return;
    ga_str_addf(out, "%s", ga_canvas_mark(canvas, GA_MARK_CHECKED));
    if (told->count > 1)
        ga_str_addf(out, "%zu ", told->count);
    ga_str_add(out, strlen(told->day) > MONTH_AT ? told->day + MONTH_AT : told->day);
}

static void write_cell(struct ga_screen *screen, struct ga_canvas *canvas, size_t row, const struct ga_batch_column *column,
                       struct ga_str *out)
{
    const struct grid *grid = GA_STATE(const struct grid, screen);
    const struct ga_field *field = column->field;
    const struct ga_entry *entry = ga_batch_row(column->batch, row)->entry;
    bool is_here = row == grid->row && field == grid_field(grid) && box_is_open(&grid->box);
    if (entry == NULL) {
        if (field == column->batch->day)
            write_told(ga_batch_row(column->batch, row)->told, canvas, out);
        return;
    }
    if (is_here && !grid->box.kind->commits_at_once && grid->box.kind != &box_record)
        grid->box.kind->text(&grid->box, out);
    else if (field->type->widget == GA_WIDGET_DATE && ga_answers_at(&entry->now, field)->state == GA_ANSWERED)
        ga_str_add(out, ga_answers_at(&entry->now, field)->value.text); /* 2026-11-22: words are too wide here */
    else
        ga_screen_add_answer(grid->sheet->session, field, ga_answers_at(&entry->now, field), ga_screen_lang(screen),
                             out);
}

static void paint_cell(struct ga_screen *screen, struct ga_canvas *canvas, struct ga_area area, size_t row, size_t col)
{
    const struct grid *grid = GA_STATE(const struct grid, screen);
    const struct ga_batch_column *column = &grid->sheet->columns[col];
    enum ga_style style = style_of(grid, row, col);
    bool is_asked = ga_batch_shows(column->batch, row, column->field);
    struct ga_str text = {0};
    if (is_asked)
        write_cell(screen, canvas, row, column, &text);
    ga_canvas_text_fit(canvas, area.row, area.col, GRID_MARK_COLS, style, is_asked ? mark_of(grid, row, column) : "·");
    ga_canvas_text_fit(canvas, area.row, area.col + GRID_MARK_COLS, area.cols - GRID_MARK_COLS, style,
                       ga_str_text(&text));
    ga_str_finish(&text);
}

/* A row. */

static void paint_head(const struct grid *grid, struct ga_canvas *canvas, struct ga_area *area, size_t row)
{
    const struct ga_batch_row *child = ga_batch_sheet_row(grid->sheet, row);
    const bool is_saved = ga_batch_sheet_is_saved(grid->sheet, row);
    enum ga_style style = row == grid->row ? GA_STYLE_STRONG : is_saved ? GA_STYLE_DIM : GA_STYLE_NORMAL;
    const char *mark = is_saved                          ? ga_canvas_mark(canvas, GA_MARK_CHECKED)
                       : has_anything_wrong(grid, row) ? "!"
                                                         : " ";
    ga_canvas_text_right(canvas, area->row, area->col, GRID_NUMBER_COLS - 1, style, GA_NUM(child->number));
    ga_canvas_text_fit(canvas, area->row, area->col + GRID_NUMBER_COLS - 1, 1, style, mark);
    ga_canvas_text_fit(canvas, area->row, area->col + GRID_NUMBER_COLS, grid->name_cols, style, child->name);
    ga_area_cut_left(area, cells_left(grid));
}

/* The last column in sight takes the room that is left. */
static int cell_cols(const struct grid *grid, size_t col, size_t last, struct ga_area area)
{
    int cols = column_cols(grid, col) - GRID_GAP_COLS;
    return col == last || cols > area.cols ? area.cols : cols;
}

static void paint_row(struct ga_screen *screen, struct ga_canvas *canvas, size_t row)
{
    const struct grid *grid = GA_STATE(const struct grid, screen);
    struct ga_area area = ga_area_row(grid->table, (int)grid_lines_between(grid, grid->first_row, row) + head_rows(grid));
    size_t last = grid_last_col(grid);
    if (ga_area_is_empty(area) || !grid_is_shown(grid, row))
        return;
    paint_head(grid, canvas, &area, row);
    for (size_t col = grid->first_col; col <= last && area.cols > 0; col++) {
        struct ga_area cell = ga_area_cut_left(&area, cell_cols(grid, col, last, area));
        paint_cell(screen, canvas, cell, row, col);
        ga_area_cut_left(&area, GRID_GAP_COLS);
    }
}

/* Above the columns of several forms: whose they are, each over the first of its own in sight. */
static void paint_parts(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct grid *grid = GA_STATE(const struct grid, screen);
    struct ga_area area = ga_area_row(grid->table, 0);
    const size_t last = grid_last_col(grid);
    ga_canvas_fill(canvas, area, GA_STYLE_HEADER);
    ga_area_cut_left(&area, cells_left(grid));
    for (size_t col = grid->first_col, next; col <= last && area.cols > 0; col = next) {
        const struct ga_batch *batch = grid->sheet->columns[col].batch;
        int cols = 0;
        for (next = col; next <= last && grid->sheet->columns[next].batch == batch; next++)
            cols += column_cols(grid, next);
        cols = next > last || cols > area.cols ? area.cols : cols;
        ga_canvas_text_fit(canvas, area.row, area.col, 1, GA_STYLE_HEADER, col > 0 ? "|" : " ");
        ga_canvas_text_fit(canvas, area.row, area.col + GRID_MARK_COLS, cols - GRID_MARK_COLS - GRID_GAP_COLS,
                           batch == grid_batch(grid) ? GA_STYLE_SELECTED : GA_STYLE_HEADER,
                           ga_label_text(&batch->form->title, ga_screen_lang(screen)));
        ga_area_cut_left(&area, cols);
    }
}

static void paint_header(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct grid *grid = GA_STATE(const struct grid, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_area area = ga_area_row(grid->table, head_rows(grid) - 1);
    size_t last = grid_last_col(grid);
    if (grid_has_parts(grid))
        paint_parts(screen, canvas);
    ga_canvas_fill(canvas, area, GA_STYLE_HEADER);
    ga_canvas_text_fit(canvas, area.row, area.col + GRID_NUMBER_COLS, grid->name_cols, GA_STYLE_HEADER,
                       ga_tr(lang, "Name"));
    if (grid->first_col > 0)
        ga_canvas_text(canvas, area.row, area.col + 1, 2, GA_STYLE_HEADER, "<");
    ga_area_cut_left(&area, cells_left(grid));
    for (size_t col = grid->first_col; col <= last && area.cols > 0; col++) {
        int cols = cell_cols(grid, col, last, area);
        bool has_more = col == last && last + 1 < grid->sheet->columns_count;
        ga_canvas_text_fit(canvas, area.row, area.col + GRID_MARK_COLS, cols - GRID_MARK_COLS - (has_more ? 2 : 0),
                           GA_STYLE_HEADER, ga_label_text(&grid->sheet->columns[col].field->label, lang));
        if (has_more)
            ga_canvas_text(canvas, area.row, area.col + cols - 1, 1, GA_STYLE_HEADER, ">");
        ga_area_cut_left(&area, cols + GRID_GAP_COLS);
    }
}

static void paint_rows(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct grid *grid = GA_STATE(const struct grid, screen);
    size_t left = rows_in_sight(grid);
    for (size_t row = grid->first_row; row < ga_batch_sheet_rows(grid->sheet) && left > 0; row++) {
        left -= grid_is_shown(grid, row);
        paint_row(screen, canvas, row);
    }
}

/* A key that only walks or types paints the row it left, the row it is in, the panel. */
void grid_paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct grid *grid = GA_STATE(struct grid, screen);
    if (grid->sheet == NULL || ga_batch_sheet_rows(grid->sheet) == 0)
        return;
    if (ga_canvas_is_whole(canvas)) {
        paint_header(screen, canvas);
        paint_rows(screen, canvas);
    } else {
        if (grid->painted_row != grid->row && grid->painted_row >= grid->first_row)
            paint_row(screen, canvas, grid->painted_row);
        paint_row(screen, canvas, grid->row);
    }
    grid->painted_row = grid->row;
    grid_paint_panel(screen, canvas);
}
