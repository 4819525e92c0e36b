/* The rows of a file that share a verdict, each with its reasons. */
#include "import/import_rows.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/exchange/import_differences.h"
#include "guanai/exchange/import_returns.h"
#include "guanai/screen/value.h"
#include "guanai/text/hide.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>

enum { SHOW = 1, REVEAL, RETURNS, STAYS, ALL, SLICE_ROWS = 2000 };

enum { COL_ROW, COL_NAME, COL_REASON };

const char *const ga_verdict_words[GA_VERDICT_COUNT] = {
    [GA_VERDICT_NEW] = GA_N_("new"),
    [GA_VERDICT_FILLS] = GA_N_("fills empty fields"),
    [GA_VERDICT_CHANGES] = GA_N_("differs"),
    [GA_VERDICT_SAME] = GA_N_("the same"),
    [GA_VERDICT_REFUSED] = GA_N_("cannot be taken"),
};

struct import_rows {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_import *import;
    const struct ga_form *form;
    enum ga_verdict verdict;
    bool are_returns, are_alikes, is_done;
    bool is_revealed;
    struct ga_vec rows; /* size_t: places in the plan */
    size_t looked_at;
};

static const struct ga_tui_column columns[] = {
    [COL_ROW] = {.title = GA_N_("Row"), .cols = 7, .is_right = true},
    [COL_NAME] = {.title = GA_N_("Name"), .cols = 14, .min_cols = 8},
    [COL_REASON] = {.title = GA_N_("Reason"), .cols = 20, .min_cols = 10, .grows = true},
};

static struct import_rows *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct import_rows, screen);
}

/* A reason names what stood there before: it may be a number that others behind the chair should not read. */
static void add_reasons(const struct ga_screen *screen, struct ga_str *out, const struct ga_import_row *row,
                        const char *between)
{
    char text[1024];
    for (size_t i = 0; i < row->reasons_count; i++) {
        ga_message_text(&row->reasons[i], ga_screen_lang(screen), text, sizeof(text));
        ga_str_add(out, i > 0 ? between : "");
        if (state_of(screen)->is_revealed)
            ga_str_add(out, text);
        else
            ga_hide_add_numbers(out, text);
    }
}

static bool read_row(struct ga_screen *screen, size_t nth, struct ga_import_row *ret_row)
{
    struct import_rows *rows = state_of(screen);
    struct ga_error err = {0};
    ga_import_show(rows->import, ga_screen_lang(screen), rows->is_revealed);
    if (ga_import_row_at(rows->import, *GA_VEC_AT(const size_t, &rows->rows, nth), ret_row, &err) == GA_OK)
        return true;
    ga_ui_say_error(screen->ui, &err);
    return false;
}

static void say_place(const struct ga_import_row *row, char *buf, size_t size)
{
    if (row->sheet > 1)
        snprintf(buf, size, "%d:%d", row->sheet, row->row);
    else
        snprintf(buf, size, "%d", row->row);
}

static void fetch_rows(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct ga_import_row row;
    for (size_t i = 0; i < count && read_row(screen, first + i, &row); i++) {
        struct ga_str why = {0};
        char place[32];
        say_place(&row, place, sizeof(place));
        add_reasons(screen, &why, &row, ga_screen_lang(screen) == GA_ZH ? "；" : "; ");
        ga_tui_cells_put(cells, i, COL_ROW, place);
        ga_tui_cells_put(cells, i, COL_NAME, row.name);
        ga_tui_cells_put(cells, i, COL_REASON, ga_str_text(&why));
        ga_str_finish(&why);
    }
}

static void show_place(struct ga_screen *screen)
{
    struct import_rows *rows = state_of(screen);
    char status[64];
    const size_t all = rows->are_returns  ? ga_import_returns(rows->import)
                       : rows->are_alikes ? ga_import_alikes(rows->import)
                                          : ga_import_count(rows->import, rows->verdict);
    snprintf(status, sizeof(status), " %zu / %zu", rows->list.count > 0 ? rows->list.selected + 1 : 0, all);
    ga_screen_set_status(screen, status);
}

static bool is_one(const struct import_rows *rows, size_t i)
{
    if (rows->are_returns)
        return ga_import_row_returns(rows->import, i);
    if (rows->are_alikes)
        return ga_import_row_is_alike(rows->import, i);
    return ga_import_verdict_at(rows->import, i) == rows->verdict;
}

/* A slice: a file may have a hundred thousand rows, of which this looks at some thousands at a time. */
static bool work(struct ga_screen *screen)
{
    struct import_rows *rows = state_of(screen);
    size_t end = rows->looked_at + SLICE_ROWS;
    size_t all = ga_import_rows(rows->import);
    for (; rows->looked_at < all && rows->looked_at < end; rows->looked_at++)
        if (is_one(rows, rows->looked_at))
            *(size_t *)ga_vec_push(&rows->rows) = rows->looked_at;
    ga_tui_list_reload(&rows->list, rows->rows.len);
    show_place(screen);
    return rows->looked_at < all;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    const struct ga_import_rows_arg *opened_with = arg;
    struct import_rows *rows = state_of(screen);
    rows->import = opened_with->import;
    rows->form = opened_with->form;
    rows->verdict = opened_with->verdict;
    rows->are_returns = opened_with->are_returns;
    rows->are_alikes = opened_with->are_alikes;
    rows->is_done = opened_with->is_done;
    ga_vec_init(&rows->rows, sizeof(size_t));
    ga_tui_list_init(&rows->list, fetch_rows, screen);
    if (work(screen))
        ga_screen_start_work(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_tui_list_finish(&state_of(screen)->list);
    ga_vec_finish(&state_of(screen)->rows);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct import_rows *rows = state_of(screen);
    enum ga_lang lang = ga_screen_lang(screen);
    const char *which = rows->are_returns  ? GA_N_("had left")
                        : rows->are_alikes ? GA_N_("may have a file already")
                                           : ga_verdict_words[rows->verdict];
    ga_screen_set_title(screen, ga_words_say(&screen->arena, lang, GA_N_("Rows of the file: %1"), ga_tr(lang, which)));
    ga_words_columns(&rows->list, columns, GA_COUNT(columns), lang);
    rows->list.empty = ga_tr(lang, "No row of the file is like this.");
    ga_tui_list_layout(&rows->list, area);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    enum ga_reply reply = ga_tui_list_event(&state_of(screen)->list, event);
    show_place(screen);
    return reply;
}

static void add_cell(const struct import_rows *rows, const struct ga_import_column *column, const char *cell,
                     struct ga_str *out)
{
    bool is_hidden = !rows->is_revealed && rows->form != NULL && column->field != NULL &&
                     ga_screen_is_masked(rows->form, column->field);
    if (*cell == '\0' || *column->heading == '\0' || column->is_reason)
        return;
    ga_str_addf(out, "\n%s: ", column->heading);
    if (is_hidden)
        ga_screen_add_masked(column->field, cell, out);
    else
        ga_str_add(out, cell);
}

/* What stands in the file, below what is said about it. */
static void add_cells(struct ga_screen *screen, struct ga_str *out)
{
    struct import_rows *rows = state_of(screen);
    struct ga_arena arena;
    const char **cells;
    const struct ga_import_sheet *sheet;
    size_t i = *GA_VEC_AT(const size_t, &rows->rows, rows->list.selected);
    ga_arena_init(&arena);
    if (ga_import_cells_at(rows->import, i, &arena, &cells, &sheet, NULL) == GA_OK) {
        ga_str_addf(out, "%s# %s", out->len > 0 ? "\n\n" : "", ga_screen_tr(screen, "In the file"));
        for (size_t c = 0; c < sheet->columns_count; c++)
            add_cell(rows, &sheet->columns[c], cells[c], out);
    }
    ga_arena_finish(&arena);
}

/* One row with all reasons: a line of the list may be too short for them. */
static enum ga_reply show_row(struct ga_screen *screen)
{
    struct import_rows *rows = state_of(screen);
    struct ga_import_row row;
    if (rows->list.count == 0 || !read_row(screen, rows->list.selected, &row))
        return GA_HANDLED;
    struct ga_str why = {0};
    char place[32];
    char title[200];
    say_place(&row, place, sizeof(place));
    snprintf(title, sizeof(title), "%s %s %s", ga_screen_tr(screen, "Row"), place, row.name);
    add_reasons(screen, &why, &row, "\n");
    add_cells(screen, &why);
    ga_dialog_show(screen, title, ga_str_text(&why), SHOW);
    ga_str_finish(&why);
    return GA_REDRAW;
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == SHOW)
        show_row(screen);
}

/* All the other way: as the one the cursor is on was not. */
static enum ga_reply decide(struct ga_screen *screen, int id)
{
    struct import_rows *rows = state_of(screen);
    struct ga_error err = {0};
    if (rows->rows.len == 0)
        return GA_HANDLED;
    if (id == ALL)
        ga_import_let_all_return(rows->import, ga_import_to_return(rows->import) == 0);
    else
        ga_import_let_return(rows->import, *GA_VEC_AT(const size_t, &rows->rows, rows->list.selected), id == RETURNS);
    if (ga_import_remember_decisions(rows->import, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_tui_list_reload(&rows->list, rows->rows.len);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct import_rows *rows = state_of(screen);
    return id == SHOW || id == REVEAL || (rows->are_returns && !rows->is_done);
}

static enum ga_reply run(struct ga_screen *screen, int id)
{
    struct import_rows *rows = state_of(screen);
    if (id == SHOW)
        return show_row(screen);
    if (id != REVEAL)
        return decide(screen, id);
    rows->is_revealed = !rows->is_revealed;
    ga_tui_list_reload(&rows->list, rows->list.count);
    ga_ui_say(screen->ui, GA_STYLE_NORMAL,
              rows->is_revealed ? ga_screen_tr(screen, "Numbers and sensitive answers are shown now; Enter opens a row.")
                                : ga_screen_tr(screen, "Numbers and sensitive answers are hidden again."));
    return GA_REDRAW;
}

static const struct ga_tui_command commands[] = {
    {SHOW, {GA_KEY_ENTER}, GA_N_("Whole row"), GA_N_("show all reasons and all cells of this row"), GA_COMMAND_IN_BAR},
    {REVEAL, {GA_KEY_F(4), GA_CTRL('R')}, GA_N_("Show"), GA_N_("show what is hidden, or hide it again"),
     GA_COMMAND_IN_BAR},
    {RETURNS, {'1'}, GA_N_("Comes back"), GA_N_("the child is here again: open the old file again"), GA_COMMAND_IN_BAR},
    {STAYS, {'2'}, GA_N_("Stays gone"), GA_N_("the roster is an old one: leave the child gone"), GA_COMMAND_IN_BAR},
    {ALL, {GA_KEY_F(5)}, GA_N_("All"), GA_N_("none of them comes back, or all do"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_import_rows = {
    .name = "import_rows",
    .title = GA_N_("Rows of the file"),
    .help = GA_N_("Row is the number of the row as WPS or Excel shows it. Enter shows everything that is said about it and what stands in the file."),
    .state_bytes = sizeof(struct import_rows),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_bare_list_paint,
    .event = take_event,
    .command = run,
    .reword = reword,
    .offers = offers,
    .work = work,
};
