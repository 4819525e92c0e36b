/* The cell of the batch screen that is typed in. */
#include "grid/grid_state.h"

#include "guanai/screen/find.h"
#include "guanai/tui/loop.h"

#include <string.h>

enum { DRAFT_AFTER_MS = 2000 };

static struct grid *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct grid, screen);
}

bool grid_open_cell(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    struct ga_error err = {0};
    if (box_is_open(&grid->box))
        return true;
    if (ga_batch_touch(grid_batch(grid), grid->row, &err) != GA_OK) {
        *ga_screen_note(screen) = err.what;
        return false;
    }
    if (!ga_batch_shows(grid_batch(grid), grid->row, grid_field(grid))) {
        ga_message_set(ga_screen_note(screen), "%1 is not asked in this row",
                       ga_label_text(&grid_field(grid)->label, ga_screen_lang(screen)));
        ga_batch_let_go(grid_batch(grid), grid->row);
        return false;
    }
    grid->box.entry = grid_row(grid)->entry;
    box_open(&grid->box, grid_field(grid), NULL);
    return true;
}

void grid_check_row(struct grid *grid)
{
    if (ga_batch_is_filled(grid_batch(grid), grid->row))
        ga_entry_check(grid_row(grid)->entry);
}

static void settle(struct grid *grid)
{
    ga_batch_settle(grid_batch(grid), grid->row, grid_field(grid));
    if (grid_row(grid)->entry == NULL)
        box_close(&grid->box);
    grid_check_row(grid);
}

/* A height of 31 cm is asked about when it is typed, while the sheet lies under the finger. */
static void say_doubt(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    const struct ga_finding *finding = grid_finding(grid, grid_batch(grid), grid->row, grid_field(grid));
    const struct ga_batch_row *row = grid_row(grid);
    struct ga_str text = {0};
    if (finding == NULL || finding->kind == GA_FINDING_REQUIRED)
        return;
    ga_str_addf(&text, "%lld %s: ", (long long)row->number, row->name);
    ga_finding_text(finding, ga_screen_lang(screen), &text);
    ga_ui_say(screen->ui, GA_STYLE_WARNING, ga_str_text(&text));
    ga_str_finish(&text);
}

bool grid_commit(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    struct ga_message warning;
    struct ga_error err = {0};
    if (!box_is_open(&grid->box) || !grid->box.is_changed)
        return true;
    if (box_commit(&grid->box, &warning, &err) != GA_OK) {
        grid->fault = err;
        box_take_refusal(&grid->box);
        grid_keep_draft(screen);
        ga_message_set(ga_screen_note(screen), "Mend this first; F3 when there is no answer. Esc keeps it as it is");
        return false;
    }
    grid->fault = (struct ga_error){0};
    if (warning.id != NULL)
        ga_ui_say_message(screen->ui, GA_STYLE_WARNING, &warning);
    settle(grid);
    say_doubt(screen);
    grid_set_title(screen);
    return true;
}

bool grid_leave_cell(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    if (!grid_commit(screen))
        return false;
    if (box_is_open(&grid->box)) {
        box_close(&grid->box);
        ga_batch_let_go(grid_batch(grid), grid->row);
    }
    grid_keep_draft(screen);
    return true;
}

void grid_keep_draft(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    struct ga_batch_place place = {.row = grid->row};
    struct ga_error err = {0};
    if (grid->sheet == NULL || ga_batch_sheet_rows(grid->sheet) == 0)
        return;
    ga_str_copy(place.field, sizeof(place.field), grid_field(grid)->name);
    if (box_is_open(&grid->box) && grid->box.is_changed) /* no answer yet: kept as it was typed */
        grid->box.kind->text(&grid->box, &place.half);
    if (ga_batch_sheet_keep_draft(grid->sheet, grid_batch(grid), &place, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_str_finish(&place.half);
}

/* Typing. */

static bool walks(const struct ga_event *event)
{
    static const uint32_t keys[] = {GA_KEY_ENTER, GA_KEY_TAB,     GA_KEY_BACKTAB,  GA_KEY_UP,
                                    GA_KEY_DOWN,  GA_KEY_PAGE_UP, GA_KEY_PAGE_DOWN};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (ga_event_is_key(event, keys[i]))
            return true;
    return false;
}

static bool picks(const struct grid *grid)
{
    enum ga_widget_kind widget = grid_field(grid)->type->widget;
    return widget == GA_WIDGET_CHOICE || widget == GA_WIDGET_CHOICES || widget == GA_WIDGET_BOOLEAN ||
           widget == GA_WIDGET_SCALE || widget == GA_WIDGET_RECORD;
}

/* Typing over a closed cell: numbers, days begin anew, so do words nobody has typed here; Delete empties. */
static void begin_anew(struct grid *grid, const struct ga_event *event)
{
    const bool is_typed = grid_row(grid)->is_typed[grid_field(grid)->index];
    if (!is_typed || ga_event_is_key(event, GA_KEY_DELETE))
        box_select(&grid->box);
}

/* The day is as above: rows are mostly begun behind it. */
static void begin_run(struct grid *grid)
{
    if (grid->has_run || grid_field(grid) == grid_batch(grid)->day)
        return;
    grid->has_run = true;
    grid->run_col = grid->col;
}

/* Words typed at a step that is picked already mean the column of words beside it; else it is said what answers here. */
static enum ga_reply take_words(struct ga_screen *screen, const struct ga_event *event)
{
    struct grid *grid = state_of(screen);
    const struct ga_batch_row *row = grid_row(grid);
    const size_t next = grid->col + 1;
    const bool is_answered =
        row->entry != NULL && ga_answers_at(&row->entry->now, grid_field(grid))->state == GA_ANSWERED;
    if (is_answered && next < grid->sheet->columns_count && grid->sheet->columns[next].field->type->is_text) {
        grid_take_walking_key(screen, &(struct ga_event){.kind = GA_EVENT_KEY, .key = GA_KEY_TAB});
        if (grid->col == next)
            return grid_take_cell_event(screen, event);
    }
    ga_message_set(ga_screen_note(screen), "A digit answers here");
    return GA_REDRAW;
}

static enum ga_reply take_key(struct ga_screen *screen, const struct ga_event *event)
{
    const enum ga_widget_kind widget = grid_field(state_of(screen))->type->widget;
    const enum ga_reply answer = grid_after_key(screen, box_event(&state_of(screen)->box, event));
    const bool has_digits_only = widget == GA_WIDGET_SCALE || widget == GA_WIDGET_BOOLEAN;
    const bool is_word = event->kind == GA_EVENT_TEXT && event->key != ' ';
    return answer == GA_IGNORED && has_digits_only && is_word ? take_words(screen, event) : answer;
}

enum ga_reply grid_take_cell_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct grid *grid = state_of(screen);
    bool types = ga_event_is_typing(event) || ga_event_is_key(event, GA_KEY_BACKSPACE) ||
                 ga_event_is_key(event, GA_KEY_DELETE);
    if (types)
        grid->fault = (struct ga_error){0};
    if (!box_is_open(&grid->box)) {
        if (!types)
            return GA_IGNORED;
        if (!grid_open_cell(screen))
            return GA_HANDLED;
        begin_run(grid);
        begin_anew(grid, event);
        take_key(screen, event);
        return GA_REDRAW;
    }
    if (walks(event) || (picks(grid) && !types))
        return GA_IGNORED;
    return take_key(screen, event);
}

static void open_list(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    grid->box.asks_for_list = false;
    if (grid->box.kind == &box_record)
        ga_screen_find_open(screen, grid->box.field->of.text, grid->box.typed, GRID_FIND);
    else
        box_open_list(&grid->box, GRID_LIST);
}

enum ga_reply grid_after_key(struct ga_screen *screen, enum ga_reply answer)
{
    struct grid *grid = state_of(screen);
    if (grid->box.asks_for_list)
        open_list(screen);
    if (!grid->box.is_changed)
        return answer;
    if (grid->box.kind->commits_at_once) {
        grid_commit(screen);
        return GA_REDRAW;
    }
    if (screen->timer_ms == 0) /* the power may go while a long text is typed */
        ga_screen_set_timer(screen, DRAFT_AFTER_MS);
    return answer == GA_REDRAW ? GA_TOUCHED : answer; /* the table stays as it is */
}
