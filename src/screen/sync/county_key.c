/* Shows the county's recovery key, this once. */
#include "guanai/screen/county.h"

#include "guanai/app/county.h"
#include "guanai/app/print.h"
#include "guanai/base/alloc.h"
#include "guanai/crypt/secret.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/file_places.h"
#include "parts/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum command { PRINT = 1 };
enum { COPIED = 1 };
enum { LINE_GROUPS = 6, LINE_BYTES = 6 * LINE_GROUPS, LINES = GA_RECOVERY_GROUPS / LINE_GROUPS };

struct page {
    struct ga_session *session;
    char digits[GA_RECOVERY_DIGITS_SIZE];
    struct ga_arena arena;
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    state_of(screen)->session = ga_screen_session(screen);
    ga_str_copy(state_of(screen)->digits, GA_RECOVERY_DIGITS_SIZE, arg);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_crypt_wipe(state_of(screen)->digits, GA_RECOVERY_DIGITS_SIZE);
    ga_arena_finish(&state_of(screen)->arena);
}

/* ---- what is shown ---- */

static int paint_lines(struct ga_canvas *canvas, struct ga_area area, int row, enum ga_style style, enum ga_lang lang,
                       const char *const *lines, size_t count)
{
    for (size_t i = 0; i < count && row < area.rows; i++, row++) {
        const struct ga_area at = ga_area_row(area, row);
        ga_canvas_text_fit(canvas, at.row, at.col + 1, at.cols - 1, style, ga_tr(lang, lines[i]));
    }
    return row + 1;
}

static int paint_key(struct page *page, struct ga_canvas *canvas, struct ga_area area, int row)
{
    for (int i = 0; i < LINES && row < area.rows; i++, row++) {
        const struct ga_area at = ga_area_row(area, row);
        char text[80];
        snprintf(text, sizeof(text), "%2d – %2d   %.*s", LINE_GROUPS * i + 1, LINE_GROUPS * (i + 1), LINE_BYTES - 1,
                 page->digits + LINE_BYTES * i);
        ga_canvas_text_fit(canvas, at.row, at.col + 5, at.cols - 5, GA_STYLE_STRONG, text);
        ga_crypt_wipe(text, sizeof(text));
    }
    return row + 1;
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    static const char *const above[] = {GA_N_("The recovery key of this county. It is shown this once and kept nowhere here.")};
    static const char *const below[] = {
        GA_N_("Copy it on paper, or press p and print the sheet. Lock it away."),
        GA_N_("A school that lost all its computers gets back by it what it wrote."),
        GA_N_("Whoever has it can read what the schools write: nobody else may see it."),
    };
    const enum ga_lang lang = ga_screen_lang(screen);
    int row = paint_lines(canvas, screen->area, 1, GA_STYLE_WARNING, lang, above, GA_COUNT(above));
    row = paint_key(state_of(screen), canvas, screen->area, row);
    paint_lines(canvas, screen->area, row, GA_STYLE_NORMAL, lang, below, GA_COUNT(below));
}

/* ---- the sheet ---- */

static void fill_cells(struct page *page, const char *cells[LINES * (LINE_GROUPS + 1)])
{
    for (int line = 0; line < LINES; line++) {
        const char **row = cells + line * (LINE_GROUPS + 1);
        row[0] = ga_arena_printf(&page->arena, "%d – %d", LINE_GROUPS * line + 1, LINE_GROUPS * (line + 1));
        for (int i = 0; i < LINE_GROUPS; i++)
            row[i + 1] = ga_arena_printf(&page->arena, "%.5s", page->digits + LINE_BYTES * line + 6 * i);
    }
}

static enum ga_rc write_sheet(struct page *page, const char *path, enum ga_lang lang, struct ga_error *err)
{
    static const char *const numbers[] = {"1", "2", "3", "4", "5", "6"};
    const char *cells[LINES * (LINE_GROUPS + 1)];
    struct ga_print_table table = {
        .title = ga_tr(lang, "Recovery key"), .about = ga_tr(lang, "To be locked away. Whoever has it can read what the schools write."),
        .day = GA_DATE_ISO(page->session->today), .columns_count = LINE_GROUPS + 1, .cells = cells, .rows_count = LINES, .row_mm = 10};
    table.columns[0] = (struct ga_print_column){.heading = ga_tr(lang, "Groups"), .cols = 8};
    for (size_t i = 0; i < GA_COUNT(numbers); i++)
        table.columns[i + 1] = (struct ga_print_column){.heading = numbers[i], .cols = 8};
    fill_cells(page, cells);
    return ga_print_write(page->session, &table, 1, path, err);
}

/* Never on the stick that is in: it is a school's. */
static const char *folder_of(struct page *page)
{
    const char *home = getenv("HOME");
    return home != NULL && home[0] != '\0' ? home : ga_file_places_target(page->session->options->io, home, &page->arena);
}

static void print(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_error err = {0};
    const char *name = ga_arena_printf(&page->arena, "%s-%s", ga_tr(lang, "recovery-key"), GA_DATE_ISO(page->session->today));
    const char *path = ga_print_path(page->session, folder_of(page), name, &page->arena);
    if (write_sheet(page, path, lang, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("Print it, then delete the file: %1"), path);
}

/* ---- the page ---- */

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    (void)id;
    print(screen);
    return GA_REDRAW;
}

static void ask_copied(struct ga_screen *screen)
{
    ga_dialog_confirm(screen, ga_screen_tr(screen, "Recovery key"),
                      ga_screen_tr(screen, "Is the key on paper? It is not shown again; another one can be made, which opens "
                                           "only what is written after the schools have met the county again."),
                      false, COPIED);
}

static enum ga_reply back(struct ga_screen *screen)
{
    ask_copied(screen);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->is_done && result->code == 1)
        ga_screen_close_done(screen, 0, NULL);
}

static void reword(struct ga_screen *screen, int tag)
{
    (void)tag;
    ask_copied(screen);
}

static const struct ga_tui_command commands[] = {
    {PRINT, {'p', GA_KEY_F(5)}, GA_N_("Print"), GA_N_("write a sheet with the key, to be printed and deleted"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_county_key = {
    .name = "county_key",
    .title = GA_N_("Recovery key"),
    .help = GA_N_("Eighteen groups of five digits, on paper, locked away: the last way to what a school wrote when none of its "
                  "computers is left. The last two groups notice slips. A school types it in under The county, Get back."),
    .state_bytes = sizeof(struct page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .paint = paint,
    .command = run_command,
    .resumed = resumed,
    .reword = reword,
    .back = back,
};
