/* Asks which file is to be taken in. */
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/import.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/typed_list.h"
#include "import/import_past.h"
#include "parts/file_places.h"
#include "parts/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PREVIEW = 1, LOOK, PAST, PATH_CHARS = 400 };

enum { COL_NAME, COL_SIZE, COL_FOLDER };

struct import_file {
    struct ga_session *session;
    const char *home;
    struct ga_tui_input path;
    struct ga_arena arena; /* of the files */
    struct ga_vec files;
    struct ga_tui_list list;
};

static const struct ga_tui_column columns[] = {
    [COL_NAME] = {.title = GA_N_("File"), .cols = 34, .min_cols = 16},
    [COL_SIZE] = {.title = GA_N_("Size"), .cols = 8, .priority = 1, .is_right = true},
    [COL_FOLDER] = {.title = GA_N_("Folder"), .cols = 24, .min_cols = 10, .priority = 2, .grows = true},
};

static struct import_file *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct import_file, screen);
}

static void fetch_files(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct import_file *chooser = ctx;
    for (size_t row = 0; row < count; row++) {
        const struct ga_found_file *file = GA_VEC_AT(const struct ga_found_file, &chooser->files, first + row);
        char size[32];
        snprintf(size, sizeof(size), "%lld KB", (long long)((file->size_bytes + 1023) / 1024));
        ga_tui_cells_put(cells, row, COL_NAME, file->name);
        ga_tui_cells_put(cells, row, COL_SIZE, size);
        ga_tui_cells_put(cells, row, COL_FOLDER, file->folder);
    }
}

static void look(struct ga_screen *screen)
{
    struct import_file *chooser = state_of(screen);
    ga_arena_reset(&chooser->arena);
    ga_vec_clear(&chooser->files);
    ga_file_places_look(chooser->session->options->io, chooser->home, &chooser->arena, &chooser->files);
    ga_tui_list_reload(&chooser->list, chooser->files.len);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    struct import_file *chooser = state_of(screen);
    chooser->session = ga_screen_session(screen);
    chooser->home = getenv("HOME");
    ga_arena_init(&chooser->arena);
    ga_vec_init(&chooser->files, sizeof(struct ga_found_file));
    ga_tui_input_init(&chooser->path, PATH_CHARS, ga_screen_note(screen));
    ga_tui_list_init(&chooser->list, fetch_files, chooser);
    look(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct import_file *chooser = state_of(screen);
    ga_tui_input_finish(&chooser->path);
    ga_tui_list_finish(&chooser->list);
    ga_vec_finish(&chooser->files);
    ga_arena_finish(&chooser->arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct import_file *chooser = state_of(screen);
    enum ga_lang lang = ga_screen_lang(screen);
    ga_area_cut_top(&area, area.rows > 10 ? 3 : 1);
    chooser->path.placeholder = ga_tr(lang, "/media/STICK/roster.xlsx");
    ga_words_columns(&chooser->list, columns, GA_COUNT(columns), lang);
    chooser->list.empty = ga_tr(lang, "No CSV or XLSX file found. Put the stick in and press F5, or type the path.");
    ga_tui_list_layout(&chooser->list, area);
}

static bool is_typing(const struct import_file *chooser)
{
    return *ga_tui_input_text(&chooser->path) != '\0';
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct import_file *chooser = state_of(screen);
    struct ga_area row = ga_area_row(screen->area, 0);
    ga_area_cut_left(&row, 1);
    int used = ga_canvas_text(canvas, row.row, row.col, row.cols, GA_STYLE_LABEL, ga_screen_tr(screen, "Path"));
    ga_area_cut_left(&row, used + 1);
    ga_area_cut_right(&row, 1);
    ga_tui_input_paint(&chooser->path, canvas, row, true);
    if (screen->area.rows > 10 && ga_canvas_is_whole(canvas))
        ga_canvas_text(canvas, screen->area.row + 1, screen->area.col + 1, screen->area.cols - 1, GA_STYLE_DIM,
                       ga_screen_tr(screen, "Choose a file below with Up and Down, or type where it is; Enter goes on."));
    ga_tui_list_paint(&chooser->list, canvas, !is_typing(chooser));
}

static enum ga_reply choose(struct ga_screen *screen)
{
    struct import_file *chooser = state_of(screen);
    const char *path = NULL;
    if (is_typing(chooser))
        path = ga_file_places_typed(chooser->home, ga_tui_input_text(&chooser->path), &screen->arena);
    else if (chooser->files.len > 0)
        path = GA_VEC_AT(const struct ga_found_file, &chooser->files, chooser->list.selected)->path;
    if (path != NULL)
        ga_screen_push(screen, &ga_screen_import_preview, path, PREVIEW);
    return GA_REDRAW;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct import_file *chooser = state_of(screen);
    bool asks_help = ga_tui_is_no_beginning(&chooser->path, event) && !ga_event_is_key(event, '/');
    if (asks_help)
        return GA_IGNORED;
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return choose(screen);
    return ga_tui_typed_list_event(&chooser->path, &chooser->list, event);
}

static enum ga_reply run(struct ga_screen *screen, int id)
{
    if (id == LOOK)
        look(screen);
    else if (id == PAST)
        ga_screen_push(screen, &ga_screen_import_past, NULL, PAST);
    else
        return choose(screen);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->is_done && result->tag == PREVIEW)
        ga_screen_close_done(screen, 0, NULL);
}

static const struct ga_tui_command commands[] = {
    {PREVIEW, {GA_KEY_ENTER}, GA_N_("Preview"), GA_N_("show what the file would change; nothing is written yet"),
     GA_COMMAND_IN_BAR},
    {LOOK, {GA_KEY_F(5)}, GA_N_("Look again"), GA_N_("look for files again, after a stick was put in"),
     GA_COMMAND_IN_BAR},
    {PAST, {GA_KEY_F(6)}, GA_N_("Earlier imports"), GA_N_("files that were taken in before; take one back"),
     GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_import_file = {
    .name = "import_file",
    .title = GA_N_("Import: which file?"),
    .help = GA_N_("Sheets found on sticks and in your folders, the newest first: CSV (also from WPS and Excel) and XLSX. "
                  "Choosing one writes nothing: what would happen to every row is shown first."),
    .state_bytes = sizeof(struct import_file),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run,
    .resumed = resumed,
};
