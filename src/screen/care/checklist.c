/* The sheet of a class in a month. */
#include "guanai/screen/checklist.h"

#include "care/checklist_state.h"
#include "care/due_words.h"
#include "care/send_back_ask.h"
#include "guanai/app/whom.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/past.h"
#include "guanai/screen/child.h"
#include "guanai/screen/grid.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/care_open.h"
#include "parts/class_pick.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { NAME_COLS = 16, CELL_COLS = 11, NUMBER_COLS = 4 };

struct asked {
    const struct ga_roster_class *class;
    struct ga_date month;
};

static struct sheet *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct sheet, screen);
}

static size_t rows_in_sight(const struct ga_screen *screen)
{
    return screen->area.rows > 3 ? (size_t)screen->area.rows - 3 : 1;
}

static size_t columns_in_sight(const struct ga_screen *screen)
{
    const int cols = screen->area.cols - NAME_COLS - NUMBER_COLS;
    return cols > CELL_COLS ? (size_t)(cols / CELL_COLS) : 1;
}

static const struct ga_sent_back *marked_sent(const struct sheet *sheet)
{
    return sheet_marked_due(sheet) == NULL ? NULL : ga_checklist_sent_at(&sheet->sent, sheet->mark.row, sheet->mark.column);
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct sheet *sheet = state_of(screen);
    if (sheet->mark.row >= sheet->list.rows_count || sheet->list.rows[sheet->mark.row].child.no == 0)
        return false;
    *ret_id = sheet->list.rows[sheet->mark.row].child.id;
    return true;
}

/* The marked cell in words: what the narrow column has no room for. */
static void show_status(struct ga_screen *screen)
{
    const struct sheet *sheet = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_due *due = sheet_marked_due(sheet);
    struct ga_arena arena = {0};
    ga_screen_set_status(screen, due == NULL ? ""
                                             : ga_arena_printf(&arena, "%s · %s: %s%s", sheet->list.rows[sheet->mark.row].child.name,
                                                               ga_label_text(&ga_care_duties(sheet->care)->items[due->duty]->title, lang),
                                                               ga_due_words_when(due, lang, &arena),
                                                               ga_checklist_sent_words(marked_sent(sheet), lang, &arena)));
    ga_arena_finish(&arena);
}

static void show_title(struct ga_screen *screen)
{
    const struct sheet *sheet = state_of(screen);
    char title[160], month[GA_WINDOW_LABEL_SIZE], shown[GA_CLASS_NAME_SIZE];
    struct ga_arena arena = {0};
    snprintf(month, sizeof(month), "%04d-%02d", sheet->month.year, sheet->month.month);
    snprintf(title, sizeof(title), "%s · %s · %s%s", ga_screen_tr(screen, "Checklist"),
             ga_class_pick_shown(&sheet->class, ga_screen_lang(screen), shown),
             ga_window_text(ga_care_calendar(sheet->care), month, ga_screen_lang(screen), &arena), sheet->signed_text);
    ga_screen_set_title(screen, title);
    ga_arena_finish(&arena);
}

static struct ga_cells cells_of(const struct sheet *sheet)
{
    return (struct ga_cells){sheet->list.rows_count, sheet->list.columns_count};
}

static void keep_in_sight(struct ga_screen *screen)
{
    struct sheet *sheet = state_of(screen);
    ga_cell_mark_keep(&sheet->mark, cells_of(sheet), (struct ga_cells){rows_in_sight(screen), columns_in_sight(screen)});
    show_status(screen);
}

static enum ga_rc read_list(struct ga_screen *screen, struct ga_error *err)
{
    struct sheet *sheet = state_of(screen);
    struct ga_checklist list = {0};
    ga_arena_reset(&sheet->arena);
    sheet->list = list;
    sheet->sent = (struct ga_checklist_sent){0};
    enum ga_rc rc = ga_checklist_read_whole(sheet->care, &sheet->class, sheet->month, ga_screen_lang(screen), &sheet->arena,
                                            &list, err);
    if (rc == GA_OK) {
        sheet->list = list;
        rc = ga_checklist_sent_read(sheet->session, &list, &sheet->arena, &sheet->sent, err);
    }
    return rc;
}

/* Nothing is read of a month that nobody signed. */
static enum ga_rc read_signature(struct ga_screen *screen, struct ga_error *err)
{
    struct sheet *sheet = state_of(screen);
    const struct ga_signature *signature = NULL;
    size_t changes = 0;
    sheet->signed_text = "";
    enum ga_rc rc = ga_signature_in_force(sheet->session, &sheet->class, sheet->month, &sheet->arena, &signature, err);
    if (rc != GA_OK || signature == NULL)
        return rc;
    rc = ga_signature_count_changes(sheet->session, signature, sheet->list.dues, sheet->list.dues_count, &changes, err);
    sheet->signed_text = ga_sign_words(signature, changes, ga_screen_lang(screen), &sheet->arena);
    if (changes > 0) /* a long title is cut */
        ga_words_tell(screen->ui, GA_STYLE_WARNING, GA_N_("Changed after %1 signed: %2. s says what, and signs again."), signature->by,
                      GA_NUM(changes));
    return rc;
}

static void read_again(struct ga_screen *screen)
{
    struct ga_error err = {0};
    if (read_list(screen, &err) != GA_OK || read_signature(screen, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    show_title(screen);
    keep_in_sight(screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    const struct asked *asked = arg;
    struct sheet *sheet = state_of(screen);
    sheet->session = sheet->excuse.session = sheet->confirm.session = sheet->sign.session = ga_screen_session(screen);
    sheet->signed_text = "";
    sheet->month = asked->month;
    sheet->class = ga_class_pick_keep(&screen->arena, asked->class);
    return ga_care_open(screen, &sheet->care, err); /* read as it is laid out */
}

static void leave(struct ga_screen *screen)
{
    ga_due_confirm_finish(&state_of(screen)->confirm);
    ga_sign_ask_finish(&state_of(screen)->sign);
    ga_checklist_windows_finish(&state_of(screen)->windows);
    ga_arena_finish(&state_of(screen)->arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    read_again(screen);
}

static int column_at(const struct ga_screen *screen, size_t i)
{
    return screen->area.col + NUMBER_COLS + NAME_COLS + (int)(i - state_of(screen)->mark.first_column) * CELL_COLS;
}

static size_t last_column(const struct ga_screen *screen)
{
    const struct sheet *sheet = state_of(screen);
    const size_t end = sheet->mark.first_column + columns_in_sight(screen);
    return end < sheet->list.columns_count ? end : sheet->list.columns_count;
}

static void paint_heads(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct sheet *sheet = state_of(screen);
    const struct ga_duties *duties = ga_care_duties(sheet->care);
    const int row = screen->area.row;
    char sum[48];
    ga_canvas_text(canvas, row, screen->area.col + NUMBER_COLS, NAME_COLS - 1, GA_STYLE_LABEL, ga_screen_tr(screen, "Child"));
    ga_canvas_text(canvas, row + 1, screen->area.col + NUMBER_COLS, NAME_COLS - 1, GA_STYLE_LABEL,
                   ga_screen_tr(screen, "Done of owed"));
    for (size_t i = sheet->mark.first_column; i < last_column(screen); i++) {
        const struct ga_checklist_cell *cell = &sheet->list.sums[i];
        const char *title = ga_label_text(&duties->items[sheet->list.columns[i]]->title, ga_screen_lang(screen));
        snprintf(sum, sizeof(sum), "%d/%d", cell->done, cell->owed);
        ga_canvas_text_fit(canvas, row, column_at(screen, i), CELL_COLS - 1, GA_STYLE_LABEL, title);
        ga_canvas_text(canvas, row + 1, column_at(screen, i), CELL_COLS - 1, GA_STYLE_STRONG, sum);
    }
}

static enum ga_style style_of(const struct sheet *sheet, size_t row, size_t column)
{
    const struct ga_due *due = sheet->list.rows[row].cells[column].due;
    if (row == sheet->mark.row && column == sheet->mark.column)
        return GA_STYLE_SELECTED;
    if (due == NULL || due->state == GA_DUE_RESTS || due->state == GA_DUE_COMING || sheet->list.rows[row].cells[column].may_wait)
        return GA_STYLE_DIM;
    return due->state == GA_DUE_LATE || due->state == GA_DUE_MISSED || ga_checklist_sent_at(&sheet->sent, row, column) != NULL
               ? GA_STYLE_WARNING : GA_STYLE_NORMAL;
}

static void paint_cell(struct ga_screen *screen, struct ga_canvas *canvas, int at, size_t i, size_t k)
{
    const struct sheet *sheet = state_of(screen);
    const struct ga_checklist_cell *cell = &sheet->list.rows[i].cells[k];
    const struct ga_sent_back *item = ga_checklist_sent_at(&sheet->sent, i, k);
    struct ga_arena arena = {0};
    char text[GA_CHECKLIST_CELL_SIZE];
    ga_canvas_text_fit(canvas, at, column_at(screen, k), CELL_COLS - 1, style_of(sheet, i, k),
                       item != NULL ? ga_checklist_sent_cell(item, cell->due, ga_screen_lang(screen), &arena)
                                    : ga_checklist_cell_text(cell, ga_screen_lang(screen), text));
    ga_arena_finish(&arena);
}

static void paint_row(struct ga_screen *screen, struct ga_canvas *canvas, int at, size_t i)
{
    const struct sheet *sheet = state_of(screen);
    const struct ga_checklist_row *row = &sheet->list.rows[i];
    if (row->child.no != 0) /* numbered as on paper, whether the class has a row or not */
        ga_canvas_text_right(canvas, at, screen->area.col, NUMBER_COLS - 1, GA_STYLE_DIM, GA_NUM(i + (sheet->list.rows[0].child.no != 0)));
    ga_canvas_text_fit(canvas, at, screen->area.col + NUMBER_COLS, NAME_COLS - 1,
                       i == sheet->mark.row ? GA_STYLE_STRONG : GA_STYLE_NORMAL, row->child.name);
    for (size_t k = sheet->mark.first_column; k < last_column(screen); k++)
        paint_cell(screen, canvas, at, i, k);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct sheet *sheet = state_of(screen);
    if (sheet->list.rows_count == 0) {
        ga_canvas_text(canvas, screen->area.row + 1, screen->area.col + 2, screen->area.cols - 2, GA_STYLE_NORMAL,
                       ga_screen_tr(screen, "Nothing was owed in this class in this month."));
        return;
    }
    paint_heads(screen, canvas);
    for (size_t i = 0; i < rows_in_sight(screen) && sheet->mark.first_row + i < sheet->list.rows_count; i++)
        paint_row(screen, canvas, screen->area.row + 2 + (int)i, sheet->mark.first_row + i);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct sheet *sheet = state_of(screen);
    if (!ga_cell_mark_walk(&sheet->mark, cells_of(sheet), rows_in_sight(screen), event))
        return GA_IGNORED;
    keep_in_sight(screen);
    return GA_REDRAW;
}

/* Within a school year, and in all that are not over, a class is called the same. */
static bool keeps_name(const struct sheet *sheet, struct ga_date month)
{
    return ga_class_name_school_year(sheet->month) == ga_class_name_school_year(month) ||
           (!ga_care_is_over(sheet->care, sheet->month) && !ga_care_is_over(sheet->care, month));
}

/* In another school year the class has another name; its children's month stays with them. */
static void go_to_month(struct ga_screen *screen, int by)
{
    struct sheet *sheet = state_of(screen);
    const struct ga_date first = {sheet->month.year, sheet->month.month, 1}, month = ga_date_add_months(first, by);
    struct ga_arena arena = {0};
    struct ga_roster_class named;
    struct ga_error err = {0};
    const bool is_named = keeps_name(sheet, month);
    const enum ga_rc rc = is_named ? GA_OK
                                   : ga_whom_class_in(sheet->session, &sheet->class, first, month, ga_screen_lang(screen),
                                                      &arena, &named, &err);
    if (rc == GA_OK) {
        sheet->month = month;
        if (!is_named && strcmp(named.grade, sheet->class.grade) != 0)
            sheet->class = ga_class_pick_keep(&screen->arena, &named);
        read_again(screen);
    } else {
        ga_ui_say_error(screen->ui, &err);
    }
    ga_arena_finish(&arena);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct sheet *sheet = state_of(screen);
    if (id == OPEN)
        sheet_act_on_cell(screen, WHICH_OPEN);
    else if (id == FILE_OF)
        ga_screen_child_open(screen, &sheet->list.rows[sheet->mark.row].child.id, FILE_OF);
    else if (id == WHY)
        sheet_explain(screen, NULL);
    else if (id == EXCUSE)
        ga_due_excuse_open(&sheet->excuse, screen, sheet->care, sheet_marked_due(sheet), EXCUSE);
    else if (id == MONTH_SHEET)
        ga_screen_grid_sheet(screen, &sheet->class, sheet->month, MONTH_SHEET);
    else if (id == CONFIRM)
        ga_due_confirm_open(&sheet->confirm, screen, sheet->care, &sheet->class, sheet->month, CONFIRM);
    else if (id == SIGN)
        ga_sign_ask_open(&sheet->sign, screen, &sheet->class, sheet->month, SIGN);
    else if (id == SEND_BACK)
        sheet_act_on_cell(screen, WHICH_BACK);
    else
        go_to_month(screen, id == BEFORE ? -1 : 1);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct sheet *sheet = state_of(screen);
    if (id == OPEN || id == WHY || id == EXCUSE || id == SEND_BACK)
        return sheet_marked_due(sheet) != NULL;
    if (id == MONTH_SHEET) /* it is of those who are in the class now */
        return !ga_care_is_over(sheet->care, ga_days_of_month(sheet->month).to);
    if (id == FILE_OF)
        return sheet->list.rows_count > 0 && sheet->list.rows[sheet->mark.row].child.no != 0;
    return id != CONFIRM || sheet->list.rows_count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct sheet *sheet = state_of(screen);
    const struct ga_due *due = ga_checklist_windows_take(&sheet->windows, result);
    if (result->tag == WHICH_OPEN || result->tag == WHICH_BACK) {
        sheet->explained = due;
        if (due != NULL)
            (result->tag == WHICH_OPEN ? sheet_open_due : sheet_send_back)(screen, due);
        return;
    }
    if (result->tag == WHY || (result->tag == SEND_BACK && !ga_send_back_take(screen, &sheet->sent_id, result)) ||
        (result->tag == EXCUSE && !ga_due_excuse_take(&sheet->excuse, screen, result)) ||
        (result->tag == CONFIRM && !ga_due_confirm_take(&sheet->confirm, screen, result)) ||
        (result->tag == SIGN && !ga_sign_ask_take(&sheet->sign, screen, result)))
        return;
    read_again(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    struct sheet *sheet = state_of(screen);
    if (tag == WHY)
        sheet_explain(screen, sheet->explained);
    else if (tag == EXCUSE)
        ga_due_excuse_reword(&sheet->excuse, screen, tag);
    else if (tag == CONFIRM)
        ga_due_confirm_open(&sheet->confirm, screen, sheet->care, &sheet->class, sheet->month, tag);
    else if (tag == SEND_BACK)
        ga_send_back_ask(screen, &sheet->sent_id, "", tag);
    else if ((tag == WHICH_OPEN || tag == WHICH_BACK) && sheet->windows.count > 1)
        sheet_act_on_cell(screen, tag);
    else if (tag == SIGN && sheet->sign.is_asked) /* an error puts itself into the other language */
        ga_sign_ask_open(&sheet->sign, screen, &sheet->class, sheet->month, tag);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("the record behind this cell, or why it is open"), GA_COMMAND_IN_BAR},
    {FILE_OF, {'o', GA_KEY_F(2)}, GA_N_("The file"), GA_N_("open the child's file"), GA_COMMAND_IF_ROOM},
    {WHY, {'w', GA_KEY_F(3)}, GA_N_("Why"), GA_N_("the rule, the facts, what closes it"), GA_COMMAND_IF_ROOM},
    {EXCUSE, {'x', GA_KEY_F(4)}, GA_N_("Not done"), GA_N_("say why it is not done; where that was said: take it back"),
     GA_COMMAND_IN_BAR},
    {CONFIRM, {'y', GA_KEY_F(7)}, GA_N_("Confirm"), GA_N_("confirm all reasons given in this class in this month"),
     GA_COMMAND_IN_BAR},
    {SEND_BACK, {'b', GA_KEY_F(11)}, GA_N_("Send back"), GA_N_("send the record behind this cell back, with words"), GA_COMMAND_IN_BAR},
    {SIGN, {'s', GA_KEY_F(10)}, GA_N_("Sign"), GA_N_("sign this month of the class, with what is open; sign again, take back"),
     GA_COMMAND_IN_BAR},
    {MONTH_SHEET, {'m', GA_KEY_F(12)}, GA_N_("Month sheet"), GA_N_("type talks, calls, tutoring … of this class side by side; print the month"),
     0},
    {BEFORE, {'-', GA_KEY_F(5)}, GA_N_("Earlier"), GA_N_("the month before"), GA_COMMAND_IN_BAR},
    {AFTER, {'+', GA_KEY_F(6), '='}, GA_N_("Next month"), GA_N_("the month after"), GA_COMMAND_IN_BAR},
};

static const struct ga_screen_ops checklist_ops = {
    .name = "checklist",
    .title = GA_N_("Checklist"),
    .help = GA_N_("One class in one month: a line a child, a column a duty, with the day it was done; what the class itself owes stands in a line above them. Arrows walk over the "
                  "cells; Enter opens the record behind one, Esc comes back to the same cell. Below the title of each column: "
                  "how many are done of how many are owed. What may wait has its last day behind the month. What was said of one that is not done (excused?) counts at "
                  "once; the headteacher confirms all of the month with one key, but nobody his or her own words. Signing confirms them "
                  "as well and notes what is still open; nobody signs a class that he or she teaches or did a part of. What is "
                  "entered or changed afterwards stands in the title. A month of a school year that is over shows the class as it was then."),
    .state_bytes = sizeof(struct sheet),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
    .reword = reword,
};

void ga_screen_checklist_open(struct ga_screen *screen, const struct ga_roster_class *class_of, struct ga_date month,
                              int tag)
{
    const struct asked asked = {class_of, month};
    ga_screen_push(screen, &checklist_ops, &asked, tag);
}
