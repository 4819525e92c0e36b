/* Lays out the list of children to tick, paints it. */
#include "grid/ticks_state.h"

#include "guanai/base/num.h"
#include "guanai/screen/value.h"
#include "guanai/text/width.h"

#include <stdio.h>
#include <string.h>

enum {
    MARK_COLS = 2,
    BOX_COLS = 4,
    NUMBER_COLS = 4,
    NAME_MIN = 8,
    NAME_MAX = 14,
    CELL_MIN = 4,
    CELL_MAX = 18,
    CLASS_MAX = 16,
    PANEL_ROWS = 3,
    GAP = 1,
};

static int width_of(const char *text)
{
    return (int)ga_width_text(text, strlen(text));
}

static int bound(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* As wide as its choices, its label, a few words. */
static int wanted_cols(const struct ga_field *field, enum ga_lang lang)
{
    int widest = width_of(ga_label_text(&field->label, lang));
    if (field->type->widget == GA_WIDGET_TEXT || field->type->widget == GA_WIDGET_CHOICES)
        return CELL_MAX;
    for (size_t i = 0; field->list != NULL && i < field->list->choices.count; i++) {
        int width = width_of(ga_label_text(&field->list->choices.items[i].label, lang));
        widest = width > widest ? width : widest;
    }
    return bound(widest, CELL_MIN, CELL_MAX);
}

/* Takes its columns off the room when there is enough of it. */
static int take_room(int *room, int cols)
{
    if (*room < cols + GAP)
        return 0;
    *room -= cols + GAP;
    return cols;
}

static int head_cols(const struct ticks *list)
{
    return MARK_COLS + BOX_COLS + NUMBER_COLS + list->name_cols + GAP;
}

static int info_cols(const struct ticks *list)
{
    const struct ticks_info *info = &list->info;
    const int cols[] = {info->left_behind_cols, info->class_cols, info->village_cols};
    int sum = 0;
    for (size_t i = 0; i < sizeof(cols) / sizeof(cols[0]); i++)
        sum += cols[i] > 0 ? cols[i] + GAP : 0;
    return sum;
}

static int widest_class(const struct ticks *list)
{
    int widest = 0;
    for (size_t i = 0; i < list->ticks.lines.len; i++) {
        int width = width_of(ga_ticks_line(&list->ticks, i)->class_shown);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* What is noted goes before what only says who it is. */
static void measure(struct ticks *list, enum ga_lang lang)
{
    int widest = NAME_MIN;
    for (size_t i = 0; i < list->ticks.lines.len; i++) {
        int width = width_of(ga_ticks_line(&list->ticks, i)->name);
        widest = width > widest ? width : widest;
    }
    list->name_cols = bound(widest, NAME_MIN, NAME_MAX);
    int room = list->table.cols - head_cols(list);
    for (size_t i = 0; i < list->columns_count; i++) {
        list->widths[i] = wanted_cols(list->columns[i], lang);
        room -= list->widths[i] + GAP;
    }
    list->info.left_behind_cols = take_room(&room, bound(width_of(ga_tr(lang, "left-b.")), CELL_MIN, 8));
    list->info.class_cols = take_room(&room, bound(widest_class(list), CELL_MIN, CLASS_MAX));
    list->info.village_cols = take_room(&room, 10);
}

static size_t last_col(const struct ticks *list)
{
    int room = list->table.cols - head_cols(list) - info_cols(list);
    size_t col = list->first_col;
    for (room -= list->widths[col] + GAP; col + 1 < list->columns_count && room >= list->widths[col + 1];)
        room -= list->widths[++col] + GAP;
    return col;
}

static size_t rows_in_sight(const struct ticks *list)
{
    return list->table.rows > 1 ? (size_t)list->table.rows - 1 : 1;
}

bool ticks_scroll(struct ticks *list)
{
    size_t first_row = list->first_row, first_col = list->first_col, visible = rows_in_sight(list);
    if (list->row < list->first_row)
        list->first_row = list->row;
    if (list->row >= list->first_row + visible)
        list->first_row = list->row - visible + 1;
    if (list->col > 0 && list->col - 1 < list->first_col)
        list->first_col = list->col - 1;
    while (list->col > 0 && list->first_col < list->col - 1 && last_col(list) < list->col - 1)
        list->first_col++;
    return first_row != list->first_row || first_col != list->first_col;
}

void ticks_lay_out(struct ga_screen *screen)
{
    struct ticks *list = GA_STATE(struct ticks, screen);
    struct ga_area area = screen->area;
    list->find.placeholder = ga_screen_tr(screen, "letters of a name, or a number; the space bar ticks");
    list->find_area = ga_area_cut_top(&area, 1);
    list->panel = ga_area_cut_bottom(&area, list->columns_count > 0 && area.rows > 3 * PANEL_ROWS ? PANEL_ROWS : 0);
    list->table = area;
    list->first_row = list->first_col = 0; /* there may be more room than before */
    measure(list, ga_screen_lang(screen));
    ticks_scroll(list);
}

/* A line. */

static enum ga_style style_of(const struct ticks *list, size_t row, size_t col)
{
    if (row == list->row && col == list->col)
        return col > 0 && box_is_open(&list->box) ? GA_STYLE_FIELD_FOCUSED : GA_STYLE_SELECTED;
    return ga_ticks_row(&list->ticks, row) != NULL ? GA_STYLE_STRONG : GA_STYLE_NORMAL;
}

static void paint_head(const struct ticks *list, struct ga_canvas *canvas, struct ga_area area, size_t row)
{
    const struct ga_tick *line = ga_ticks_line(&list->ticks, row);
    enum ga_style style = style_of(list, row, 0);
    char tick[16];
    snprintf(tick, sizeof(tick), "[%s]",
             ga_ticks_row(&list->ticks, row) != NULL ? ga_canvas_mark(canvas, GA_MARK_CHECKED) : " ");
    struct ga_area mark = ga_area_cut_left(&area, MARK_COLS), box = ga_area_cut_left(&area, BOX_COLS);
    struct ga_area number = ga_area_cut_left(&area, NUMBER_COLS);
    ga_canvas_text_fit(canvas, mark.row, mark.col, mark.cols, GA_STYLE_STRONG,
                       row == list->row ? ga_canvas_mark(canvas, GA_MARK_SELECTED) : "");
    ga_canvas_text_fit(canvas, box.row, box.col, box.cols, style, tick);
    ga_canvas_text_right(canvas, number.row, number.col, number.cols - 1, style,
                         line->number > 0 ? GA_NUM(line->number) : "");
    ga_canvas_text_fit(canvas, number.row, number.col + number.cols - 1, 1, style,
                       ticks_finding(list, row, NULL) != NULL ? "!" : "");
    ga_canvas_text_fit(canvas, area.row, area.col, list->name_cols, style, line->name);
}

static void paint_info(const struct ticks *list, struct ga_canvas *canvas, struct ga_area *area, size_t row,
                       enum ga_lang lang)
{
    const struct ga_tick *line = ga_ticks_line(&list->ticks, row);
    const char *mark = line->has_left ? ga_tr(lang, "gone") : line->is_left_behind ? ga_tr(lang, "left-b.") : "";
    const char *const texts[] = {mark, line->class_shown, line->village};
    const int cols[] = {list->info.left_behind_cols, list->info.class_cols, list->info.village_cols};
    for (size_t i = 0; i < 3; i++) {
        if (cols[i] == 0)
            continue;
        struct ga_area cell = ga_area_cut_left(area, cols[i] + GAP);
        ga_canvas_text_fit(canvas, cell.row, cell.col, cols[i], GA_STYLE_DIM, texts[i]);
    }
}

static void write_cell(struct ga_screen *screen, size_t row, const struct ga_field *field, struct ga_str *out)
{
    const struct ticks *list = GA_STATE(const struct ticks, screen);
    const struct ga_row *answers = ga_ticks_row(&list->ticks, row);
    bool is_here = row == list->row && field == ticks_field(list) && box_is_open(&list->box);
    if (answers == NULL)
        return;
    if (is_here && !list->box.kind->commits_at_once && list->box.kind != &box_record)
        list->box.kind->text(&list->box, out);
    else
        ga_screen_add_answer(list->ticks.entry->session, field, &answers->answers[field->index],
                             ga_screen_lang(screen), out);
}

/* The last column in sight takes the room that is left. */
static int cell_cols(const struct ticks *list, size_t col, size_t last, struct ga_area area)
{
    return col == last || list->widths[col] > area.cols ? area.cols : list->widths[col];
}

static void paint_row(struct ga_screen *screen, struct ga_canvas *canvas, size_t row)
{
    struct ticks *list = GA_STATE(struct ticks, screen);
    struct ga_area area = ga_area_row(list->table, (int)(row - list->first_row) + 1);
    struct ga_str text = {0};
    if (ga_area_is_empty(area))
        return;
    paint_head(list, canvas, ga_area_cut_left(&area, head_cols(list)), row);
    paint_info(list, canvas, &area, row, ga_screen_lang(screen));
    size_t last = list->columns_count > 0 ? last_col(list) : 0;
    for (size_t col = list->first_col; list->columns_count > 0 && col <= last && area.cols > 0; col++) {
        struct ga_area cell = ga_area_cut_left(&area, cell_cols(list, col, last, area));
        ga_str_clear(&text);
        write_cell(screen, row, list->columns[col], &text);
        ga_canvas_text_fit(canvas, cell.row, cell.col, cell.cols, style_of(list, row, col + 1), ga_str_text(&text));
        ga_area_cut_left(&area, GAP);
    }
    ga_str_finish(&text);
}

/* Above and below the lines. */

static void paint_header(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct ticks *list = GA_STATE(const struct ticks, screen);
    enum ga_lang lang = ga_screen_lang(screen);
    struct ga_area area = ga_area_row(list->table, 0);
    const char *const titles[] = {"", ga_tr(lang, "Class"), ga_tr(lang, "Village")};
    const int cols[] = {list->info.left_behind_cols, list->info.class_cols, list->info.village_cols};
    ga_canvas_fill(canvas, area, GA_STYLE_HEADER);
    struct ga_area head = ga_area_cut_left(&area, head_cols(list));
    ga_area_cut_left(&head, MARK_COLS + BOX_COLS + NUMBER_COLS);
    ga_canvas_text_fit(canvas, head.row, head.col, head.cols, GA_STYLE_HEADER, ga_tr(lang, "Name"));
    for (size_t i = 0; i < 3; i++) {
        struct ga_area cell = ga_area_cut_left(&area, cols[i] > 0 ? cols[i] + GAP : 0);
        ga_canvas_text_fit(canvas, cell.row, cell.col, cols[i], GA_STYLE_HEADER, titles[i]);
    }
    size_t last = list->columns_count > 0 ? last_col(list) : 0;
    for (size_t col = list->first_col; list->columns_count > 0 && col <= last && area.cols > 0; col++) {
        struct ga_area cell = ga_area_cut_left(&area, cell_cols(list, col, last, area));
        ga_canvas_text_fit(canvas, cell.row, cell.col, cell.cols, GA_STYLE_HEADER,
                           ga_label_text(&list->columns[col]->label, lang));
        ga_area_cut_left(&area, GAP);
    }
}

static void paint_find(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct ticks *list = GA_STATE(struct ticks, screen);
    struct ga_area row = list->find_area;
    ga_canvas_fill(canvas, row, GA_STYLE_NORMAL);
    ga_area_cut_left(&row, 1);
    int used = ga_canvas_text(canvas, row.row, row.col, row.cols, GA_STYLE_LABEL, ga_screen_tr(screen, "Find"));
    ga_area_cut_left(&row, used + 1);
    ga_area_cut_right(&row, 1);
    ga_tui_input_paint(&list->find, canvas, row, list->col == 0);
}

/* Why the cell is not left, or what was wrong with it when the record was to be saved. */
static void paint_fault(const struct ticks *list, struct ga_canvas *canvas, struct ga_area *area, enum ga_lang lang)
{
    const struct ga_field *field = ticks_field(list);
    const struct ga_finding *finding = field != NULL ? ticks_finding(list, list->row, field) : NULL;
    struct ga_str text = {0};
    if (list->fault.rc != GA_OK)
        ga_error_text(&list->fault, lang, &text);
    else if (finding != NULL)
        ga_finding_text(finding, lang, &text);
    if (text.len > 0) {
        struct ga_area below = ga_area_cut_bottom(area, 1);
        ga_canvas_text_fit(canvas, below.row, below.col, below.cols, GA_STYLE_ERROR, ga_str_text(&text));
    }
    ga_str_finish(&text);
}

/* A cell nobody types in: what can be picked, or its words in full, reversed where typing takes their place. */
static void paint_resting(struct ga_screen *screen, struct ga_canvas *canvas, struct ga_area area)
{
    const struct ticks *list = GA_STATE(const struct ticks, screen);
    const struct ga_field *field = ticks_field(list);
    const struct ga_row *row = ga_ticks_row(&list->ticks, list->row);
    const bool is_number = field->type->widget == GA_WIDGET_DIGITS || field->type->widget == GA_WIDGET_DATE;
    struct ga_str text = {0};
    ga_canvas_set_caret(canvas, area.row, area.col);
    if (box_paint_options(canvas, area, field, ga_screen_lang(screen)) || row == NULL)
        return;
    const struct ga_answer *answer = &row->answers[field->index];
    ga_screen_add_answer(list->ticks.entry->session, field, answer, ga_screen_lang(screen), &text);
    const bool gives_way = is_number || ga_entry_is_prefilled(list->ticks.entry, field, answer);
    ga_canvas_text(canvas, area.row, area.col, area.cols, gives_way ? GA_STYLE_SELECTED : GA_STYLE_FIELD,
                   ga_str_text(&text));
    ga_str_finish(&text);
}

/* What the cell takes, or the words in it. */
static void paint_panel(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct ticks *list = GA_STATE(struct ticks, screen);
    const struct ga_field *field = ticks_field(list);
    struct ga_area area = list->panel;
    enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_tick *line = ga_ticks_line(&list->ticks, list->row);
    char title[200];
    if (ga_area_is_empty(area))
        return;
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    struct ga_area head = ga_area_cut_top(&area, 1);
    const size_t notes = ticks_count_notes(list);
    snprintf(title, sizeof(title), " %s · %s%s%s%s%s", line->name,
             field != NULL ? ga_label_text(&field->label, lang) : line->class_shown, notes > 0 ? " · " : "",
             notes > 0 ? ga_tr(lang, "Notes") : "", notes > 0 ? " " : "", notes > 0 ? GA_NUM((int64_t)notes) : "");
    ga_canvas_text_fit(canvas, head.row, head.col, head.cols, GA_STYLE_HEADER, title);
    area = ga_area_inset(area, 0, 1);
    paint_fault(list, canvas, &area, lang);
    if (box_is_open(&list->box)) {
        box_paint(&list->box, canvas, area);
    } else if (field != NULL) {
        paint_resting(screen, canvas, area);
    } else {
        ga_canvas_text_fit(canvas, area.row, area.col, area.cols, GA_STYLE_DIM,
                           ga_tr(lang, "Tab goes on to what is noted of this child; Enter goes back to the form"));
    }
}

void ticks_paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct ticks *list = GA_STATE(struct ticks, screen);
    size_t count = list->ticks.lines.len, end = list->first_row + rows_in_sight(list);
    if (count > 0 && ga_canvas_is_whole(canvas)) {
        paint_header(screen, canvas);
        for (size_t row = list->first_row; row < count && row < end; row++)
            paint_row(screen, canvas, row);
    } else if (count > 0) {
        if (list->painted_row != list->row && list->painted_row >= list->first_row && list->painted_row < end &&
            list->painted_row < count)
            paint_row(screen, canvas, list->painted_row);
        paint_row(screen, canvas, list->row);
    }
    list->painted_row = list->row;
    if (count > 0)
        paint_panel(screen, canvas);
    paint_find(screen, canvas);
}
