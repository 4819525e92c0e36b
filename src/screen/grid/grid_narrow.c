/* Which rows of the table are in sight; goes to one of them by number or name. */
#include "grid/grid_state.h"

#include "guanai/base/num.h"
#include "guanai/text/pinyin.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/words.h"

#include <string.h>

enum { EVERYBODY, LEFT_BEHIND, VILLAGES };

static struct grid *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct grid, screen);
}

bool grid_is_shown(const struct grid *grid, size_t row)
{
    return !ga_batch_sheet_row(grid->sheet, row)->is_out;
}

size_t grid_step_shown(const struct grid *grid, size_t row, int64_t by)
{
    const int64_t last = (int64_t)ga_batch_sheet_rows(grid->sheet) - 1, way = by < 0 ? -1 : 1;
    size_t found = row;
    for (int64_t at = (int64_t)row + way, left = by < 0 ? -by : by; left > 0 && at >= 0 && at <= last; at += way)
        if (grid_is_shown(grid, (size_t)at)) {
            found = (size_t)at;
            left--;
        }
    return found;
}

size_t grid_lines_between(const struct grid *grid, size_t from, size_t to)
{
    size_t lines = 0;
    for (size_t row = from; row < to; row++)
        lines += grid_is_shown(grid, row);
    return lines;
}

/* Rows. */

static const char *label_at(void *ctx, size_t i)
{
    return ((const struct grid *)ctx)->labels[i];
}

/* The rows have numbers of their own, which begin their labels. */
static bool is_meant(void *ctx, size_t i, const char *filter)
{
    const struct grid *grid = ctx;
    const struct ga_batch_row *row = ga_batch_sheet_row(grid->sheet, i);
    struct ga_pinyin_query query;
    int64_t number;
    if (ga_num_parse(filter, &number))
        return number == row->number;
    ga_pinyin_query_init(&query, filter, grid->sheet->session->config.similar_sounds);
    return strstr(row->name, filter) != NULL || ga_pinyin_match(&query, row->name, NULL);
}

/* The list numbers its lines itself; of some of a class the printed sheet has other numbers. */
static const char *label_row(struct grid *grid, size_t i)
{
    const struct ga_batch_row *row = ga_batch_sheet_row(grid->sheet, i);
    return row->number == (int64_t)i + 1
               ? row->name
               : ga_arena_printf(&grid->lists, "%s (%lld)", row->name, (long long)row->number);
}

void grid_ask_row(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    const size_t count = ga_batch_sheet_rows(grid->sheet);
    ga_arena_reset(&grid->lists);
    grid->labels = ga_arena_array(&grid->lists, count + 1, sizeof(*grid->labels));
    for (size_t i = 0; i < count; i++)
        grid->labels[i] = label_row(grid, i);
    grid->options = (struct ga_tui_options){.ctx = grid, .count = count, .label = label_at, .matches = is_meant};
    const struct ga_tui_pick pick = {.title = ga_screen_tr(screen, "Which row? Its number, or letters of the name"),
                                     .options = &grid->options,
                                     .picked = -1};
    ga_tui_pick_open(screen, &pick, GRID_ROW);
}

void grid_take_row(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct grid *grid = state_of(screen);
    const bool has_run = grid->has_run;
    if (!result->is_done)
        return;
    const struct ga_batch_column *column = &grid->sheet->columns[has_run ? grid->run_col : grid->col];
    grid_focus(screen, (size_t)result->code, column->batch, column->field);
    grid->has_run = has_run; /* where the row before was begun, this one is, too */
}

/* Narrowing. */

static size_t count_left_behind(const struct grid *grid)
{
    size_t count = 0;
    for (size_t i = 0; i < ga_batch_sheet_rows(grid->sheet); i++)
        count += ga_batch_sheet_row(grid->sheet, i)->is_left_behind;
    return count;
}

/* Villages as they come; how many rows each has. */
static size_t find_villages(struct grid *grid, size_t *counts)
{
    size_t found = 0;
    for (size_t i = 0; i < ga_batch_sheet_rows(grid->sheet); i++) {
        const char *village = ga_batch_sheet_row(grid->sheet, i)->village;
        size_t at = 0;
        while (at < found && strcmp(grid->row_villages[at], village) != 0)
            at++;
        if (*village == '\0')
            continue;
        if (at == found) {
            grid->row_villages[found] = village;
            counts[found++] = 0;
        }
        counts[at]++;
    }
    return found;
}

void grid_ask_narrow(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    enum ga_lang lang = ga_screen_lang(screen);
    const size_t rows = ga_batch_sheet_rows(grid->sheet);
    ga_arena_reset(&grid->lists);
    grid->row_villages = ga_arena_array(&grid->lists, rows + 1, sizeof(*grid->row_villages));
    grid->labels = ga_arena_array(&grid->lists, rows + VILLAGES + 1, sizeof(*grid->labels));
    size_t *counts = ga_arena_array(&grid->lists, rows + 1, sizeof(*counts));
    size_t villages = find_villages(grid, counts);
    grid->labels[EVERYBODY] = ga_words_say(&grid->lists, lang, GA_N_("all rows · %1"), GA_NUM(rows));
    grid->labels[LEFT_BEHIND] =
        ga_words_say(&grid->lists, lang, GA_N_("left-behind children · %1"), GA_NUM(count_left_behind(grid)));
    for (size_t i = 0; i < villages; i++)
        grid->labels[VILLAGES + i] = ga_arena_printf(&grid->lists, "%s · %zu", grid->row_villages[i], counts[i]);
    grid->options = (struct ga_tui_options){.ctx = grid, .count = VILLAGES + villages, .label = label_at};
    const struct ga_tui_pick pick = {.title = ga_screen_tr(screen, "Which rows? The numbers stay as they are"),
                                     .options = &grid->options,
                                     .picked = -1,
                                     .picks_by_digit = true};
    ga_tui_pick_open(screen, &pick, GRID_NARROW);
}

/* The nearest row in sight has the mark. */
static void settle(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    if (!grid_is_shown(grid, grid->row))
        grid->row = grid_step_shown(grid, grid->row, 1);
    if (!grid_is_shown(grid, grid->row))
        grid->row = grid_step_shown(grid, grid->row, -1);
    grid->first_row = 0;
    grid_lay_out(screen);
    grid_set_title(screen);
}

void grid_take_narrow(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct grid *grid = state_of(screen);
    if (!result->is_done)
        return;
    size_t picked = (size_t)result->code;
    const char *village = picked >= VILLAGES ? grid->row_villages[picked - VILLAGES] : "";
    if (ga_batch_sheet_narrow(grid->sheet, picked == LEFT_BEHIND, village) == 0) {
        ga_batch_sheet_narrow(grid->sheet, false, "");
        ga_message_set(ga_screen_note(screen), "No row would be left: all of them are shown");
    }
    settle(screen);
}
