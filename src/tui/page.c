/* The page around a screen: title line, message line, key bar. */
#include "guanai/tui/loop.h"

#include "guanai/base/num.h"
#include "guanai/text/width.h"
#include "guanai/text/wrap.h"
#include "guanai/tui/widget/frame.h"
#include "guanai/tui/widget/keybar.h"
#include "guanai/tui/widget/line.h"
#include "ui.h"

#include <stdio.h>
#include <string.h>

static struct ga_area body_of(const struct ga_ui *ui)
{
    struct ga_area area = ga_canvas_area(ui->canvas);
    ga_area_cut_top(&area, 1);
    ga_area_cut_bottom(&area, 2);
    return area;
}

static struct ga_area message_row(const struct ga_ui *ui)
{
    return (struct ga_area){ga_canvas_rows(ui->canvas) - 2, 0, 1, ga_canvas_cols(ui->canvas)};
}

bool ga_ui_is_too_small(const struct ga_ui *ui)
{
    return ga_canvas_rows(ui->canvas) < GA_UI_MIN_ROWS || ga_canvas_cols(ui->canvas) < GA_UI_MIN_COLS;
}

void ga_ui_lay_out_screen(struct ga_ui *ui, struct ga_screen *screen)
{
    struct ga_area area = body_of(ui);
    if (screen->ops->is_dialog) {
        int rows = area.rows - 2;
        int cols = area.cols - 4;
        if (screen->ops->box != NULL)
            screen->ops->box(screen, &rows, &cols);
        screen->box = ga_area_middle(area, rows + 2, cols + 4);
        area = ga_area_inset(screen->box, 1, 2);
    }
    screen->area = area;
    if (screen->ops->layout != NULL)
        screen->ops->layout(screen, area);
}

void ga_ui_lay_out(struct ga_ui *ui)
{
    for (size_t i = 0; i < ui->depth; i++)
        ga_ui_lay_out_screen(ui, ui->stack[i]);
    ga_ui_ask_for(ui, GA_REDRAW);
}

const char *ga_ui_title(const struct ga_ui *ui, const struct ga_screen *screen)
{
    if (screen->title[0] != '\0')
        return screen->title;
    return screen->ops->title != NULL ? ga_tr(ui->lang, screen->ops->title) : "";
}

/* The page a dialog stands on gives the title line; the dialog has its own in its frame. */
static const struct ga_screen *page_screen(const struct ga_ui *ui, size_t *ret_index)
{
    size_t i = ui->depth - 1;
    while (i > 0 && ui->stack[i]->ops->is_dialog)
        i--;
    *ret_index = i;
    return ui->stack[i];
}

/* " 红岩村小学 · 花名册": where there is no room for both the school's name is cut, or left out, not the page's. */
static void write_title(const struct ga_ui *ui, const char *title, int cols, struct ga_str *out)
{
    enum { LEAST_COLS = 8, SIGNS_COLS = 4 }; /* a blank before, " · " between */
    const char *program = ui->config.program;
    const int room = cols - SIGNS_COLS - (int)ga_width_text(title, strlen(title));
    ga_str_add_char(out, ' ');
    if (program != NULL && (room >= LEAST_COLS || room >= (int)ga_width_text(program, strlen(program)))) {
        ga_width_add_clipped(out, program, strlen(program), (size_t)room, "…");
        ga_str_add(out, " · ");
    }
    ga_str_add(out, title);
}

static void paint_title(struct ga_ui *ui, const struct ga_screen *screen)
{
    struct ga_area row = {0, 0, 1, ga_canvas_cols(ui->canvas)};
    ga_area_cut_left(&row, ga_tui_banner_paint(ui->canvas, 0, 0, row.cols / 3, ui->banner));
    struct ga_str left = {0};
    if (ui->config.program != NULL && row.cols >= 60) {
        const int corner = (int)ga_width_text(ui->corner, strlen(ui->corner));
        write_title(ui, ga_ui_title(ui, screen), row.cols - corner - 2, &left);
    } else {
        ga_str_addf(&left, " %s", ga_ui_title(ui, screen));
    }
    ga_tui_line_paint(ui->canvas, row, GA_STYLE_TITLE, ga_str_text(&left), ui->corner);
    ga_str_finish(&left);
}

/* What is said in more than one line lies over the last rows of the page until the next key. */
static void paint_said(struct ga_ui *ui)
{
    enum { SAID_ROWS = 4 };
    struct ga_area row = message_row(ui);
    size_t len = strlen(ui->said), cols = (size_t)row.cols;
    int lines = (int)ga_wrap_count(ui->said, len, cols);
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    ui->said_rows = lines < SAID_ROWS ? lines : SAID_ROWS;
    row.row -= ui->said_rows - 1;
    ga_wrap_begin(&wrap, ui->said, len, cols);
    for (int i = 0; i < ui->said_rows && ga_wrap_next(&wrap, &line); i++, row.row++) {
        ga_canvas_fill(ui->canvas, row, ui->said_style);
        ga_canvas_text_n(ui->canvas, row.row, row.col, row.cols, ui->said_style, ui->said + line.at, line.len);
    }
}

static void paint_message(struct ga_ui *ui, const struct ga_screen *top)
{
    if (ui->said[0] != '\0')
        paint_said(ui);
    else
        ga_tui_line_paint(ui->canvas, message_row(ui), GA_STYLE_DIM, top->status, NULL);
}

/* At the bottom of the stack there is nothing to go back to, but a program to leave. */
static bool offers_own(const struct ga_screen *screen, int command)
{
    bool is_lowest = screen->ui->depth == 1 && screen->ops->back == NULL;
    return command == GA_UI_BACK ? !is_lowest : command == GA_UI_QUIT ? is_lowest : true;
}

static bool offers(const void *ctx, int command)
{
    const struct ga_screen *screen = ctx;
    if (command < 0)
        return offers_own(screen, command);
    return screen->ops->offers == NULL || screen->ops->offers(screen, command);
}

/* Of the page's own keys in the bar those that can be used now, a bit each: another row may have others. */
static uint64_t usable_keys(const struct ga_screen *top)
{
    enum { BITS = 64 };
    const struct ga_keymap *own = &top->ops->commands;
    uint64_t bits = 0;
    for (size_t i = 0; i < own->count && i < BITS; i++)
        if ((own->rows[i].flags & GA_COMMAND_IN_BAR) != 0 && offers(top, own->rows[i].id))
            bits |= UINT64_C(1) << i;
    return bits;
}

/* Help and back stand first, what else works everywhere after the page's own. */
static void paint_keybar(struct ga_ui *ui, const struct ga_screen *top)
{
    enum { FRONT = 2 };
    struct ga_area row = {ga_canvas_rows(ui->canvas) - 1, 0, 1, ga_canvas_cols(ui->canvas)};
    struct ga_keymap front = {ga_ui_keymap.rows, FRONT};
    struct ga_keymap tail = {ga_ui_keymap.rows + FRONT, ga_ui_keymap.count - FRONT};
    const struct ga_keymap *maps[] = {&front, &top->ops->commands, &tail, &ui->config.anywhere};
    ui->keys_left_out = ga_tui_keybar_paint(ui->canvas, row, maps, 4, offers, top, ui->lang);
    ui->keys_usable = usable_keys(top);
}

static void paint_screen(struct ga_ui *ui, struct ga_screen *screen)
{
    bool is_whole = ga_canvas_is_whole(ui->canvas);
    if (screen->ops->is_dialog && is_whole)
        ga_tui_frame_paint(ui->canvas, screen->box, ga_ui_title(ui, screen));
    ga_canvas_set_caret(ui->canvas, -1, -1);
    ga_canvas_clip(ui->canvas, screen->area);
    if (screen->ops->paint != NULL)
        screen->ops->paint(screen, ui->canvas);
    ga_canvas_clip(ui->canvas, ga_canvas_area(ui->canvas));
}

/* Nothing of the page is left: a pupil has walked in. */
static void paint_hidden(struct ga_ui *ui)
{
    ga_canvas_text(ui->canvas, ga_canvas_rows(ui->canvas) / 2, 2, ga_canvas_cols(ui->canvas) - 2,
                   GA_STYLE_DIM, ga_tr(ui->lang, "Hidden. Any key brings the page back."));
}

static void paint_too_small(struct ga_ui *ui)
{
    struct ga_message msg;
    char text[200];
    ga_message_set(&msg, "Window too small (%1×%2): make it 40×12 or larger. Nothing is lost.",
                   GA_NUM(ga_canvas_cols(ui->canvas)), GA_NUM(ga_canvas_rows(ui->canvas)));
    ga_message_text(&msg, ui->lang, text, sizeof(text));
    size_t len = strlen(text);
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    ga_wrap_begin(&wrap, text, len, (size_t)ga_canvas_cols(ui->canvas));
    for (int row = 0; row < ga_canvas_rows(ui->canvas) && ga_wrap_next(&wrap, &line); row++)
        ga_canvas_text_n(ui->canvas, row, 0, ga_canvas_cols(ui->canvas), GA_STYLE_NORMAL, text + line.at,
                         line.len);
}

static void paint_whole(struct ga_ui *ui)
{
    if (ui->is_hidden) {
        paint_hidden(ui);
        return;
    }
    if (ga_ui_is_too_small(ui)) {
        paint_too_small(ui);
        return;
    }
    size_t i;
    paint_title(ui, page_screen(ui, &i));
    for (; i < ui->depth; i++)
        paint_screen(ui, ui->stack[i]);
    paint_message(ui, ui->stack[ui->depth - 1]);
    paint_keybar(ui, ui->stack[ui->depth - 1]);
}

void ga_ui_paint_page(struct ga_ui *ui, bool is_whole)
{
    if (is_whole || ui->is_hidden || ga_ui_is_too_small(ui)) {
        ga_canvas_begin(ui->canvas);
        paint_whole(ui);
        return;
    }
    struct ga_screen *top = ui->stack[ui->depth - 1];
    ga_canvas_begin_part(ui->canvas);
    paint_screen(ui, top);
    paint_message(ui, top);
    if (usable_keys(top) != ui->keys_usable)
        paint_keybar(ui, top);
}

void ga_ui_paint_progress(struct ga_ui *ui, const char *what, int64_t done, int64_t total)
{
    ga_canvas_begin_part(ui->canvas);
    ga_tui_progress_paint(ui->canvas, message_row(ui), what, done, total);
    ga_ui_ask_for(ui, GA_REDRAW);
}
