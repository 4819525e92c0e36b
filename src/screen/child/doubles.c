/* The list of files that may be one child's. */
#include "guanai/screen/doubles.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/store/roster.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/words.h"

enum command { OPEN = 1 };
enum column { WHY, NAME_A, CLASS_A, NAME_B, CLASS_B };

struct doubles {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_double *pairs;
    enum ga_lang lang;
};

static struct doubles *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct doubles, screen);
}

static void put_file(struct doubles *doubles, const struct ga_uuid *id, struct ga_tui_cells *cells, size_t row,
                     enum column name)
{
    struct ga_roster_row file;
    if (ga_roster_row(doubles->shown.session->store, id, doubles->lang, &doubles->shown.row, &file, NULL) != GA_OK)
        return;
    ga_tui_cells_put(cells, row, name, ga_arena_printf(&doubles->shown.row, "%s %.7s", file.name, file.birth));
    ga_tui_cells_put(cells, row, name + 1,
                     file.has_left ? ga_arena_printf(&doubles->shown.row, "%s %s", ga_tr(doubles->lang, "left"), file.class_shown)
                                   : file.class_shown);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct doubles *doubles = state_of(ctx);
    for (size_t i = 0; i < count; i++) {
        const struct ga_double *pair = &doubles->pairs[first + i];
        struct ga_str why = {0};
        if (pair->is_disputed)
            ga_str_addf(&why, "! %s ", ga_tr(doubles->lang, "judged differently;"));
        ga_likeness_say(pair->likeness, doubles->lang, &why);
        ga_tui_cells_put(cells, i, WHY, ga_str_text(&why));
        ga_str_finish(&why);
        put_file(doubles, &pair->a, cells, i, NAME_A);
        put_file(doubles, &pair->b, cells, i, NAME_B);
        ga_arena_reset(&doubles->shown.row);
    }
}

static enum ga_rc read_pairs(struct ga_screen *screen, struct ga_error *err)
{
    struct doubles *doubles = state_of(screen);
    doubles->lang = ga_screen_lang(screen);
    return ga_doubles_find(doubles->shown.session->store, &doubles->shown.arena, &doubles->pairs, &doubles->shown.count, err);
}

static void show_count(struct ga_screen *screen)
{
    struct doubles *doubles = state_of(screen);
    char status[160];
    struct ga_message message;
    ga_message_set(&message, "%1 found, the likeliest first. Enter shows both files side by side.",
                   GA_NUM((int64_t)doubles->shown.count));
    ga_screen_set_status(screen, doubles->shown.count == 0 ? "" : ga_message_text(&message, doubles->lang, status, sizeof(status)));
}

static const struct ga_tui_column columns[] = {
    [WHY] = {.title = GA_N_("The same"), .cols = 27, .min_cols = 16, .grows = true},
    [NAME_A] = {.title = GA_N_("One file"), .cols = 15, .min_cols = 12},
    [CLASS_A] = {.title = GA_N_("Class"), .cols = 11, .min_cols = 10, .priority = 1},
    [NAME_B] = {.title = GA_N_("The other file"), .cols = 15, .min_cols = 12},
    [CLASS_B] = {.title = GA_N_("Class"), .cols = 11, .min_cols = 10, .priority = 1},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("No two files look like one child's."),
    .fetch = fetch, .read = read_pairs, .status = show_count, .is_worded = true};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_list_page_begin(screen, &kind);
    return GA_OK;
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    struct doubles *doubles = state_of(screen);
    if (id == OPEN && doubles->shown.count > 0) {
        const struct ga_double *pair = &doubles->pairs[doubles->shown.list.selected];
        const struct ga_screen_pair_arg arg = {.a = pair->a, .b = pair->b, .likeness = pair->likeness};
        ga_screen_pair_open(screen, &arg, OPEN);
    }
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    return id != OPEN || state_of(screen)->shown.count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->is_done)
        ga_list_page_read(screen);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Compare"), GA_N_("both files side by side, to say whether they are one child's"),
     GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_doubles = {
    .name = "doubles",
    .title = GA_N_("Perhaps one child"),
    .help = GA_N_("Files that may be one child's, with what they have in common: numbers, the sound of the name, birth "
                  "date, family. What is said here is written down and can be taken back; neither file is changed."),
    .state_bytes = sizeof(struct doubles),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = command,
    .offers = offers,
    .resumed = resumed,
};
