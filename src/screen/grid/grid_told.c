/* Shows, opens what children have already under a form of the batch screen. */
#include "grid/grid_parts.h"

#include "guanai/app/send_back.h"
#include "guanai/base/num.h"
#include "guanai/screen/record.h"
#include "guanai/screen/value.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/words.h"

static struct grid *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct grid, screen);
}

bool grid_has_told(const struct grid *grid)
{
    const struct ga_batch_row *row = grid_row(grid);
    return row->told != NULL || row->is_saved;
}

/* The words with which one of them was sent back: here it is seen, behind F11 mended. */
static void add_sent_back(const struct grid *grid, const struct ga_batch_told *told, enum ga_lang lang, struct ga_str *out)
{
    struct ga_arena arena = {0};
    const struct ga_sent_back *sent = NULL;
    for (size_t i = 0; i < told->count && (sent == NULL || sent->is_mended); i++)
        if (ga_sent_back_of(grid->sheet->session, &told->records[i], &arena, &sent, NULL) != GA_OK)
            sent = NULL;
    if (sent != NULL && !sent->is_mended)
        ga_str_add(out, ga_words_say(&arena, lang, GA_N_(" · sent back: %1"), sent->words));
    ga_arena_finish(&arena);
}

void grid_write_told(const struct grid *grid, enum ga_lang lang, struct ga_str *out)
{
    const struct ga_batch_told *told = grid_row(grid)->told;
    struct ga_message message;
    char text[200];
    if (told == NULL)
        return;
    ga_message_set(&message, told->count == 1 ? "On record this month: %2; F11 opens it" : "On record this month: %1 times, last %2; F11 opens them",
                   GA_NUM(told->count), told->day);
    ga_str_add(out, ga_message_text(&message, lang, text, sizeof(text)));
    add_sent_back(grid, told, lang, out);
}

static const char *label_at(void *ctx, size_t i)
{
    return ((const struct grid *)ctx)->labels[i];
}

/* The record's own line: "2026-11-09 周老师 较好". */
static const char *say_record(struct grid *grid, const struct ga_uuid *id, enum ga_lang lang)
{
    struct ga_str text = {0};
    ga_screen_add_record(grid->sheet->session, grid_batch(grid)->form->name, id, lang, &text);
    const char *line = ga_arena_strdup(&grid->lists, ga_str_text(&text));
    ga_str_finish(&text);
    return line;
}

void grid_list_told(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    const struct ga_batch_told *told = grid->told;
    ga_arena_reset(&grid->lists);
    grid->labels = ga_arena_array(&grid->lists, told->count + 1, sizeof(*grid->labels));
    for (size_t i = 0; i < told->count; i++)
        grid->labels[i] = say_record(grid, &told->records[i], ga_screen_lang(screen));
    grid->options = (struct ga_tui_options){.ctx = grid, .count = told->count, .label = label_at};
    const struct ga_tui_pick pick = {.title = ga_screen_tr(screen, "Which record?"), .options = &grid->options, .picked = -1,
                                     .picks_by_digit = true};
    ga_tui_pick_open(screen, &pick, GRID_TOLD);
}

void grid_open_told(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    const struct ga_batch_row *row = grid_row(grid);
    grid->told = row->told;
    if (row->is_saved) /* the one that was typed here goes before those of the month */
        ga_screen_record_open(screen, &row->entry->now.id, 0, NULL, GRID_RECORD);
    else if (grid->told == NULL)
        return;
    else if (grid->told->count > 1)
        grid_list_told(screen);
    else
        ga_screen_record_open(screen, &grid->told->records[0], 0, NULL, GRID_RECORD);
}

void grid_take_told(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct grid *grid = state_of(screen);
    struct ga_error err = {0};
    if (result->tag == GRID_TOLD && result->is_done && grid->told != NULL && (size_t)result->code < grid->told->count) {
        ga_screen_record_open(screen, &grid->told->records[result->code], 0, NULL, GRID_RECORD);
        return;
    }
    if (result->tag != GRID_RECORD || !result->is_done)
        return;
    grid->has_saved = true; /* something was mended there: its day may be another */
    grid->told = NULL;
    if (ga_batch_sheet_tell(grid->sheet, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
}
