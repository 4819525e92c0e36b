/* The backups that are there, and one more on a stick. */
#include "guanai/screen/backups.h"

#include "guanai/app/backup.h"
#include "guanai/app/sticks.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/sync/stick_folder.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/words.h"
#include "sync/stick_pick.h"

#include <string.h>

enum command { MAKE = 1, TO_STICK };
enum column { DAY, WHY, SIZE, FILE_NAME };
enum task { TASK_NONE, TASK_MAKE, TASK_STICK };

struct page {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_vec backups;   /* struct ga_backup, the oldest first; shown the newest first */
    struct ga_stick_pick sticks;
    enum task task;
    const char *folder; /* of TASK_STICK */
    struct ga_stick_mark mark;
    struct ga_arena arena, row;
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    char day[GA_DATE_SIZE];
    for (size_t i = 0; i < count && first + i < page->backups.len; i++) {
        const struct ga_backup *backup = GA_VEC_AT(struct ga_backup, &page->backups, page->backups.len - 1 - first - i);
        ga_tui_cells_put(cells, i, DAY, ga_date_text(backup->day, lang, day));
        ga_tui_cells_put(cells, i, WHY, ga_tr(lang, ga_backup_occasion_text(backup->occasion)));
        ga_tui_cells_put(cells, i, SIZE, ga_arena_printf(&page->row, "%.1f MB", (double)backup->size_bytes / (1 << 20)));
        ga_tui_cells_put(cells, i, FILE_NAME, file_name(backup->path));
        ga_arena_reset(&page->row);
    }
}

/* What a headteacher is shown: when, how much, that it was looked at. */
static void say_last(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_backup_said said;
    char day[GA_DATE_SIZE];
    if (!ga_backups_last(page->session, &said))
        return;
    const char *at = said.minute < 0 ? "" : ga_arena_printf(&page->row, " %02d:%02d", said.minute / 60, said.minute % 60);
    ga_screen_set_status(screen, ga_words_say(&page->row, lang, GA_N_("Last backup %1: %2 records, opened and counted"),
                                              ga_arena_printf(&page->row, "%s%s", ga_date_text_short(said.day, lang, day), at),
                                              GA_NUM(said.records)));
    ga_arena_reset(&page->row);
}

static void read_again(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    ga_vec_clear(&page->backups);
    ga_arena_reset(&page->arena);
    if (ga_backups_list(page->session, &page->arena, &page->backups, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_tui_list_reload(&page->list, page->backups.len);
    say_last(screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct page *page = state_of(screen);
    (void)arg;
    (void)err;
    page->session = ga_screen_session(screen);
    ga_vec_init(&page->backups, sizeof(struct ga_backup));
    ga_stick_pick_init(&page->sticks, page->session);
    ga_tui_list_init(&page->list, fetch, screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_tui_list_finish(&page->list);
    ga_stick_pick_finish(&page->sticks);
    ga_vec_finish(&page->backups);
    ga_arena_finish(&page->arena);
    ga_arena_finish(&page->row);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    static const struct ga_tui_column columns[] = {
        [DAY] = {.title = GA_N_("Day"), .cols = 14, .min_cols = 11},
        [WHY] = {.title = GA_N_("Why it was made"), .cols = 19, .min_cols = 12},
        [SIZE] = {.title = GA_N_("Size"), .cols = 8, .min_cols = 8},
        [FILE_NAME] = {.title = GA_N_("File"), .cols = 33, .min_cols = 20, .grows = true, .priority = 1},
    };
    ga_words_list_layout(screen, &state_of(screen)->list, columns, GA_COUNT(columns),
                         GA_N_("No backup yet: one is made every day by itself."), area);
    read_again(screen);
}

static void begin(struct ga_screen *screen, enum task task)
{
    state_of(screen)->task = task;
    ga_screen_set_status(screen, ga_screen_tr(screen, "copying, opening, counting …"));
    ga_screen_start_work(screen);
}

static void make(struct ga_screen *screen)
{
    struct ga_error err = {0};
    if (ga_backups_make(state_of(screen)->session, GA_BACKUP_ASKED, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    read_again(screen);
}

static enum ga_rc copy_to(struct page *page, const struct ga_io_ops *io, const char **ret_path, int64_t *ret_records,
                          struct ga_error *err)
{
    enum ga_rc rc = ga_backup_write(page->session, page->folder, &page->row, ret_path, ret_records, err);
    if (rc == GA_OK)
        rc = ga_stick_settle(io, page->folder, err);
    if (rc == GA_OK)
        rc = ga_stick_still(io, page->folder, &page->mark, true, err);
    return rc == GA_IO || rc == GA_NOT_FOUND ? ga_stick_explain(io, page->folder, true, 0, rc, err) : rc;
}

static void write_to_stick(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    const char *path = NULL;
    int64_t records = 0;
    const struct ga_io_ops *io = page->session->options->io;
    bool is_stick = false;
    enum ga_rc rc = ga_session_folder_check(page->session, page->folder, 0, &err);
    if (rc == GA_OK)
        rc = copy_to(page, io, &path, &records, &err);
    if (rc == GA_OK)
        rc = ga_session_stick_let_go(page->session, page->folder, &is_stick, &err);
    if (rc == GA_OK)
        ga_words_tell(screen->ui, GA_STYLE_OK, is_stick ? GA_N_("%1 records counted again on the stick: it can be pulled out")
                                                         : GA_N_("%1 records counted again in that folder"), GA_NUM(records));
    else
        ga_ui_say_error(screen->ui, &err);
    ga_arena_reset(&page->row);
    read_again(screen);
}

/* The page has been painted once: now what takes a while. */
static bool work(struct ga_screen *screen)
{
    const enum task task = state_of(screen)->task;
    state_of(screen)->task = TASK_NONE;
    if (task == TASK_MAKE)
        make(screen);
    else if (task == TASK_STICK)
        write_to_stick(screen);
    return false;
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    if (id == MAKE)
        begin(screen, TASK_MAKE);
    else
        ga_stick_pick_open(&state_of(screen)->sticks, screen, TO_STICK);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct page *page = state_of(screen);
    const char *folder;
    if (result->tag != TO_STICK || !ga_stick_pick_take(&page->sticks, screen, result, &folder))
        return;
    page->folder = ga_arena_strdup(&screen->arena, folder);
    ga_stick_mark(page->session->options->io, folder, &page->mark);
    begin(screen, TASK_STICK);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == TO_STICK)
        ga_stick_pick_reword(&state_of(screen)->sticks, screen, tag);
}

static const struct ga_tui_command commands[] = {
    {MAKE, {'n', GA_KEY_F(2)}, GA_N_("One now"), GA_N_("make a backup on this computer now"), GA_COMMAND_IN_BAR},
    {TO_STICK, {'c', GA_KEY_F(5)}, GA_N_("To a stick"), GA_N_("copy everything to a stick, read it back there"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_backups = {
    .name = "backups",
    .title = GA_N_("Backups"),
    .help = GA_N_("Copies of everything that was entered. One is made every day by itself, one more before each import, before "
                  "each stick is taken in and before the turn of the year; the last seven days and the last four weeks are kept. "
                  "Each is opened and counted before it stands here. They lie on this computer: copy one to a stick now and then, "
                  "and lock it away, for the day the disk dies. guanai restore FILE puts one back."),
    .state_bytes = sizeof(struct page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_bare_list_paint,
    .event = ga_bare_list_event,
    .command = run_command,
    .work = work,
    .resumed = resumed,
    .reword = reword,
};
