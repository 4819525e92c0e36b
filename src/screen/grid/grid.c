/* The table in which a form is filled in for many children at once. */
#include "grid/grid_parts.h"

#include "guanai/base/num.h"
#include "guanai/screen/value.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/widget/picker.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum command { SAVE = 1, EDIT, NO_ANSWER, COLUMNS, REPEAT, NEXT_PROBLEM, ROW, NARROW, RECORD, PRINT, NOTES };

static struct grid *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct grid, screen);
}

const struct ga_field *grid_field(const struct grid *grid)
{
    return grid->sheet->columns[grid->col].field;
}

struct ga_batch *grid_batch(const struct grid *grid)
{
    return grid->sheet->columns[grid->col].batch;
}

bool grid_has_parts(const struct grid *grid)
{
    return grid->sheet->definition != NULL;
}

static bool has_rows(const struct grid *grid)
{
    return grid->sheet != NULL && ga_batch_sheet_rows(grid->sheet) > 0;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    struct grid *grid = state_of(screen);
    struct ga_batch_sheet *const *sheet = arg;
    grid->sheet = sheet != NULL ? *sheet : NULL;
    grid->box.screen = screen;
    ga_arena_init(&grid->lists);
    ga_whom_pick_init(&grid->whom, ga_screen_session(screen));
    ga_vec_init(&grid->findings, sizeof(struct ga_batch_finding));
    ga_vec_init(&grid->just_filled, sizeof(struct grid_filled));
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    box_close(&grid->box);
    ga_batch_sheet_destroy(grid->sheet);
    ga_vec_finish(&grid->findings);
    ga_vec_finish(&grid->just_filled);
    ga_vec_finish(&grid->offers);
    ga_arena_finish(&grid->lists);
    ga_form_menu_finish(&grid->forms);
    ga_class_sheets_finish(&grid->sheets);
    ga_whom_pick_finish(&grid->whom);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    box_say_state(&state_of(screen)->box);
    grid_lay_out(screen);
    grid_set_title(screen);
}

static struct ga_date month_of(const struct grid *grid)
{
    return (struct ga_date){.year = grid->sheet->month.from.year, .month = grid->sheet->month.from.month};
}

void grid_set_title(struct ga_screen *screen)
{
    const struct grid *grid = state_of(screen);
    char title[160], status[120], month[GA_DATE_SIZE];
    struct ga_message message;
    if (grid->sheet == NULL)
        return;
    enum ga_lang lang = ga_screen_lang(screen);
    const char *whose = grid->sheet->parts[0]->title;
    snprintf(title, sizeof(title), "%s%s%s · %s", ga_batch_sheet_title(grid->sheet, lang), whose[0] != '\0' ? " · " : "",
             whose, grid_has_parts(grid) ? ga_date_text(month_of(grid), lang, month) : ga_tr(lang, "Several at once"));
    ga_screen_set_title(screen, title);
    ga_message_set(&message, grid_has_parts(grid) ? " %1 of %2 children; records to save %3, saved %4" : " %1 of %2 children; filled in %3, saved %4",
                   GA_NUM(has_rows(grid) ? grid_lines_between(grid, 0, grid->row) + 1 : 0),
                   GA_NUM(ga_batch_sheet_count_shown(grid->sheet)),
                   GA_NUM(ga_batch_sheet_count_filled(grid->sheet)), GA_NUM(ga_batch_sheet_count_saved(grid->sheet)));
    ga_screen_set_status(screen, ga_message_text(&message, lang, status, sizeof(status)));
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    if (!has_rows(state_of(screen)))
        return GA_IGNORED;
    if (ga_event_is_key(event, GA_KEY_F(11)) && !grid_has_told(state_of(screen))) { /* as in a form */
        grid_open_notes(screen);
        return GA_REDRAW;
    }
    enum ga_reply answer = grid_take_cell_event(screen, event);
    return answer != GA_IGNORED ? answer : grid_take_walking_key(screen, event);
}

static enum ga_reply timer(struct ga_screen *screen, int64_t now_ms)
{
    (void)now_ms;
    grid_keep_draft(screen);
    return GA_HANDLED;
}

/* Commands. */

static void ask_why_not(struct ga_screen *screen)
{
    const struct grid *grid = state_of(screen);
    enum ga_lang lang = ga_screen_lang(screen);
    const char *const ways[] = {ga_screen_state_word(GA_UNKNOWN, lang), ga_screen_state_word(GA_DECLINED, lang),
                                ga_screen_state_word(GA_NOT_APPLICABLE, lang)};
    ga_dialog_choose(screen, ga_label_text(&grid_field(grid)->label, lang), ga_tr(lang, "Why is there no answer?"),
                     ways, 3, GRID_STATE);
}

static void take_state(struct ga_screen *screen, int code)
{
    static const char *const typed[] = {"?unknown", "?refused", "?not_applicable"};
    struct grid *grid = state_of(screen);
    struct ga_error err = {0};
    box_close(&grid->box); /* what was half typed gives way */
    grid->fault = (struct ga_error){0};
    if (ga_batch_set(grid_batch(grid), grid->row, grid_field(grid), typed[code], NULL, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        grid_walk_rows(screen, 1);
}

static void repeat_last(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    struct ga_error err = {0};
    if (!grid_leave_cell(screen))
        return;
    if (ga_batch_repeat(grid_batch(grid), grid->row, &err) != GA_OK) {
        *ga_screen_note(screen) = err.what;
        return;
    }
    ga_ui_say(screen->ui, GA_STYLE_OK, ga_screen_tr(screen, "Filled in as before; · marks it. Look at it before saving"));
    grid_check_row(grid);
    grid_keep_draft(screen);
    grid_set_title(screen);
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    switch ((enum command)id) {
    case SAVE:
        grid_save(screen);
        break;
    case EDIT:
        if (grid_open_cell(screen))
            box_go_on(&state_of(screen)->box);
        break;
    case NO_ANSWER:
        ask_why_not(screen);
        break;
    case COLUMNS:
        if (grid_leave_cell(screen))
            grid_ask_columns(screen);
        break;
    case REPEAT:
        repeat_last(screen);
        break;
    case NEXT_PROBLEM:
        grid_go_to_problem(screen);
        break;
    case ROW:
        if (grid_leave_cell(screen))
            grid_ask_row(screen);
        break;
    case NARROW:
        if (grid_leave_cell(screen))
            grid_ask_narrow(screen);
        break;
    case PRINT:
        if (grid_leave_cell(screen))
            grid_print(screen);
        break;
    case RECORD:
        if (grid_leave_cell(screen))
            grid_open_told(screen);
        break;
    case NOTES:
        grid_open_notes(screen);
        break;
    }
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct grid *grid = state_of(screen);
    if (!has_rows(grid))
        return false;
    if (id == RECORD)
        return grid_has_told(grid);
    if (id == PRINT)
        return grid_has_parts(grid);
    return id != NEXT_PROBLEM || grid->was_checked;
}

static bool has_draft(const struct grid *grid)
{
    for (size_t i = 0; grid->sheet != NULL && i < grid->sheet->parts_count; i++)
        if (grid->sheet->parts[i]->draft_no != 0)
            return true;
    return false;
}

/* Out of the cell first, then out of the table; both keep what is typed. */
static enum ga_reply back(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    if (has_rows(grid) && box_is_open(&grid->box) && grid->fault.rc == GA_OK && grid_leave_cell(screen))
        return GA_REDRAW;
    grid_keep_draft(screen);
    if (has_draft(grid))
        ga_ui_say(screen->ui, GA_STYLE_OK,
                  ga_screen_tr(screen, "Kept as a draft, not saved yet; the first page offers it again"));
    return grid->has_saved ? ga_screen_close_done(screen, 0, NULL) : ga_screen_close(screen);
}

static void take_result(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct grid *grid = state_of(screen);
    if (result->tag == GRID_LIST)
        box_take_pick(&grid->box, result);
    else if (result->tag == GRID_PHRASE && result->is_done)
        box_put(&grid->box, grid->box.phrases[result->code]);
    else if (result->tag == GRID_FIND && result->is_done && result->text != NULL)
        box_put(&grid->box, result->text);
    grid_after_key(screen, GA_REDRAW);
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct grid *grid = state_of(screen);
    if (!has_rows(grid) || grid->row >= ga_batch_sheet_rows(grid->sheet))
        return false;
    *ret_id = ga_batch_sheet_row(grid->sheet, grid->row)->child;
    return true;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    switch ((enum grid_tag)result->tag) {
    case GRID_LIST:
    case GRID_PHRASE:
    case GRID_FIND:
        take_result(screen, result);
        break;
    case GRID_STATE:
        if (result->is_done)
            take_state(screen, result->code);
        break;
    case GRID_PROBLEM:
        grid_take_problem(screen, result);
        break;
    case GRID_REASON:
        grid_take_reason(screen, result);
        break;
    case GRID_ROW:
        grid_take_row(screen, result);
        break;
    case GRID_NARROW:
        grid_take_narrow(screen, result);
        break;
    case GRID_OFFER:
    case GRID_OFFERED:
        grid_take_offer(screen, result);
        break;
    case GRID_UNFINISHED:
        grid_take_unfinished(screen, result);
        break;
    case GRID_SHEET:
        grid_take_sheet(screen, result);
        break;
    case GRID_TOLD:
    case GRID_RECORD:
        grid_take_told(screen, result);
        break;
    case GRID_NOTES:
        break;
    default:
        grid_take_pick(screen, result);
    }
}

static void reword(struct ga_screen *screen, int tag)
{
    struct grid *grid = state_of(screen);
    static void (*const openers[])(struct ga_screen *) = {
        [GRID_FORM] = grid_ask_form, [GRID_COLUMNS] = grid_ask_columns,   [GRID_STATE] = ask_why_not,
        [GRID_REASON] = grid_ask_reason, [GRID_PROBLEM] = grid_list_problems, [GRID_MORE] = grid_ask_more,
        [GRID_ROW] = grid_ask_row,       [GRID_NARROW] = grid_ask_narrow,     [GRID_OFFER] = grid_ask_offer,
        [GRID_UNFINISHED] = grid_ask_unfinished,
        [GRID_TOLD] = grid_list_told,
        [GRID_SHEET] = grid_ask_sheet,
    };
    if (tag == GRID_LIST)
        box_open_list(&grid->box, tag);
    else if (tag == GRID_PHRASE)
        box_open_phrases(&grid->box, tag);
    else if (tag == GRID_WHO)
        ga_whom_pick_reword(&grid->whom, screen, tag);
    else if ((size_t)tag < sizeof(openers) / sizeof(openers[0]) && openers[tag] != NULL)
        openers[tag](screen);
}

static void help_here(struct ga_screen *screen, struct ga_str *out)
{
    const struct grid *grid = state_of(screen);
    enum ga_lang lang = ga_screen_lang(screen);
    if (!has_rows(grid))
        return;
    const struct ga_field *field = grid_field(grid);
    ga_str_addf(out, "%s: %s\n", ga_label_text(&field->label, lang), ga_tr(lang, field->type->doc));
    if (field->hint.zh != NULL)
        ga_str_addf(out, "%s\n", ga_label_text(&field->hint, lang));
    box_add_help(field, lang, out);
    if (field == grid_batch(grid)->day)
        ga_str_addf(out, "%s\n", ga_tr(lang, "Left empty it is the same day as in the row above."));
}

static const struct ga_tui_command commands[] = {
    {SAVE, {GA_CTRL('S')}, GA_N_("Save"), GA_N_("save every row that is filled in; what is wrong is listed first"),
     GA_COMMAND_IN_BAR},
    {NEXT_PROBLEM, {GA_KEY_F(10), GA_CTRL('G')}, GA_N_("Next problem"), GA_N_("to the next thing that is wrong"),
     GA_COMMAND_IN_BAR},
    {ROW, {GA_KEY_F(4), GA_CTRL('F')}, GA_N_("To row"), GA_N_("to a row by its number or the letters of a name"),
     GA_COMMAND_IN_BAR},
    {REPEAT, {GA_KEY_F(7), GA_CTRL('O')}, GA_N_("As before"),
     GA_N_("fill this row in like the one above, or like your last record; not day, marks or secrets"),
     GA_COMMAND_IF_ROOM},
    {COLUMNS, {GA_KEY_F(5)}, GA_N_("Columns"), GA_N_("which fields stand in the table; remembered"),
     GA_COMMAND_IF_ROOM},
    {NARROW, {GA_KEY_F(6)}, GA_N_("Narrow"), GA_N_("only left-behind children or one village; the numbers stay"),
     GA_COMMAND_IF_ROOM},
    {RECORD, {GA_KEY_F(11)}, GA_N_("Record"),
     GA_N_("open what is recorded already under this form: of the month, or saved here"), GA_COMMAND_IF_ROOM},
    {NOTES, {GA_CTRL('C')}, GA_N_("Notes"), GA_N_("notes on this cell: read, add; F11 too where nothing is recorded yet"), 0},
    {PRINT, {GA_KEY_F(12)}, GA_N_("Print"), GA_N_("write this sheet as a page to print: its row numbers, room to write by hand"),
     GA_COMMAND_IF_ROOM},
    {NO_ANSWER, {GA_KEY_F(3), GA_CTRL('N')}, GA_N_("No answer"),
     GA_N_("why there is none: not known, would not say, does not apply"), GA_COMMAND_IF_ROOM},
    {EDIT, {GA_KEY_F(2)}, GA_N_("Change"), GA_N_("go on with what stands in this cell"), GA_COMMAND_IF_ROOM},
};

static const struct ga_screen_ops ga_screen_grid = {
    .name = "grid",
    .title = GA_N_("Several at once"),
    .help = GA_N_("A row is a child; every row with something in it becomes a record of its own, empty rows stay empty. "
                  "Tab goes to the next column; Enter goes down to the next child, to the column this row was begun in. "
                  "Digits pick, 0 opens the whole list. The date is as above where it is left empty. What is typed is "
                  "kept at every cell. * must be filled in, ! needs a look, · before words: filled in beforehand, "
                  "· alone: not asked here, ✓ saved."),
    .state_bytes = sizeof(struct grid),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = grid_paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
    .reword = reword,
    .back = back,
    .timer = timer,
    .save_draft = grid_keep_draft,
    .help_here = help_here,
};

void ga_screen_grid_new(struct ga_screen *screen, int tag)
{
    if (ga_screen_push(screen, &ga_screen_grid, NULL, tag) == GA_OK)
        grid_ask_form(ga_ui_top(screen->ui));
}

void ga_screen_grid_sheet(struct ga_screen *screen, const struct ga_roster_class *class_of, struct ga_date month, int tag)
{
    if (ga_screen_push(screen, &ga_screen_grid, NULL, tag) == GA_OK)
        grid_open_sheet(ga_ui_top(screen->ui), class_of, month);
}

void ga_screen_grid_any_sheet(struct ga_screen *screen, int tag)
{
    ga_screen_grid_sheet(screen, NULL, (struct ga_date){0}, tag);
}

void ga_screen_grid_resume(struct ga_screen *screen, int64_t draft_no, int tag)
{
    struct ga_batch_sheet *sheet;
    struct ga_batch *batch;
    struct ga_batch_place place;
    struct ga_error err = {0};
    if (ga_batch_sheet_resume(ga_screen_session(screen), draft_no, &sheet, &batch, &place, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    if (ga_screen_push(screen, &ga_screen_grid, &sheet, tag) == GA_OK)
        grid_put_back(ga_ui_top(screen->ui), batch, &place);
    else
        ga_batch_sheet_destroy(sheet);
    ga_str_finish(&place.half);
}
