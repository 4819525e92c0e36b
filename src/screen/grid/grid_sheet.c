/* Opens a class sheet in the batch screen. */
#include "grid/grid_parts.h"

#include "guanai/app/class_print.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/file_places.h"
#include "parts/words.h"

#include <stdlib.h>

static struct grid *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct grid, screen);
}

static const struct ga_roster_class *copy_class(struct ga_arena *arena, const struct ga_roster_class *from)
{
    struct ga_roster_class *class = ga_arena_array(arena, 1, sizeof(*class));
    *class = *from;
    class->site = ga_arena_strdup(arena, from->site);
    class->grade = ga_arena_strdup(arena, from->grade);
    class->class_no = ga_arena_strdup(arena, from->class_no);
    class->shown = ga_arena_strdup(arena, from->shown);
    return class;
}

static void begin_sheet(struct ga_screen *screen, const char *name)
{
    struct grid *grid = state_of(screen);
    struct ga_error err = {0};
    if (ga_batch_sheet_create(ga_screen_session(screen), name, &grid->sheet, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        ga_screen_close(screen);
        return;
    }
    if (grid->month.year != 0)
        grid->sheet->month = ga_days_of_month(grid->month);
    if (grid->class != NULL)
        grid_begin(screen, ga_batch_sheet_take(grid->sheet, &(struct ga_whom){.class = grid->class}, &err), &err);
    else
        grid_ask_who(screen);
}

static const char *label_at(void *ctx, size_t i)
{
    return ((const struct grid *)ctx)->labels[i];
}

void grid_ask_sheet(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    ga_arena_reset(&grid->lists);
    grid->labels = ga_arena_array(&grid->lists, grid->sheets.count + 1, sizeof(*grid->labels));
    for (size_t i = 0; i < grid->sheets.count; i++)
        grid->labels[i] = ga_label_text(&grid->sheets.items[i]->title, ga_screen_lang(screen));
    grid->options = (struct ga_tui_options){.ctx = grid, .count = grid->sheets.count, .label = label_at};
    const struct ga_tui_pick pick = {
        .title = ga_screen_tr(screen, "Which sheet?"), .options = &grid->options, .picked = -1, .picks_by_digit = true};
    ga_tui_pick_open(screen, &pick, GRID_SHEET);
}

void grid_take_sheet(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const struct grid *grid = state_of(screen);
    if (result->is_done && (size_t)result->code < grid->sheets.count)
        begin_sheet(screen, grid->sheets.items[result->code]->name);
    else
        ga_screen_close(screen);
}

/* With one sheet there is nothing to choose. */
void grid_open_sheet(struct ga_screen *screen, const struct ga_roster_class *class_of, struct ga_date month)
{
    struct grid *grid = state_of(screen);
    struct ga_problems unsaid;
    grid->month = month;
    grid->class = class_of != NULL ? copy_class(&screen->arena, class_of) : NULL;
    ga_problems_init(&unsaid);
    ga_session_class_sheets(ga_screen_session(screen), &grid->sheets, &unsaid);
    ga_problems_finish(&unsaid);
    if (grid->sheets.count > 1) {
        grid_ask_sheet(screen);
    } else if (grid->sheets.count == 1) {
        begin_sheet(screen, grid->sheets.items[0]->name);
    } else {
        ga_ui_say(screen->ui, GA_STYLE_WARNING, ga_screen_tr(screen, "There is no class sheet: forms/sheets is empty or has faults."));
        ga_screen_close(screen);
    }
}

/* On the stick that is in, else at home: a workbook where one can be written. */
void grid_print(struct ga_screen *screen)
{
    struct grid *grid = state_of(screen);
    const struct ga_session *session = grid->sheet->session;
    const struct ga_date from = grid->sheet->month.from;
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    const char *folder = ga_file_places_target(session->options->io, getenv("HOME"), &arena);
    const char *path = ga_arena_printf(&arena, "%s/%s-%s-%04d-%02d.%s", folder, ga_batch_sheet_title(grid->sheet, session->lang),
                                       grid->sheet->parts[0]->title, from.year, from.month, session->helper != NULL ? "xlsx" : "txt");
    if (ga_class_sheet_print(grid->sheet, path, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("The page is written, to be printed: %1"), path);
    ga_arena_finish(&arena);
}
