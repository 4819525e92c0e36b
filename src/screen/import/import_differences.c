/* What a file has otherwise than the archive, taken or kept one by one. */
#include "import/import_differences.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/value.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>

/* In the order of their digits: take and keep by turns, one scope after the other. */
enum { TAKE = 1, KEEP, TAKE_ROW, KEEP_ROW, TAKE_FIELD, KEEP_FIELD, TAKE_ALL, KEEP_ALL, REVEAL };

enum { COL_ROW, COL_NAME, COL_FIELD, COL_HERE, COL_FILE, COL_FATE };

struct differences {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_import *import;
    const struct ga_form *form;
    bool are_fills, is_revealed, has_more;
    struct ga_vec shown; /* size_t: of the import's differences */
    size_t looked_at;
    struct ga_arena arena;
};

static const struct ga_tui_column columns[] = {
    [COL_ROW] = {.title = GA_N_("Row"), .cols = 6, .is_right = true, .priority = 3},
    [COL_NAME] = {.title = GA_N_("Name"), .cols = 10, .min_cols = 6},
    [COL_FIELD] = {.title = GA_N_("Field"), .cols = 14, .min_cols = 8},
    [COL_HERE] = {.title = GA_N_("In the archive"), .cols = 18, .min_cols = 6},
    [COL_FILE] = {.title = GA_N_("In the file"), .cols = 14, .min_cols = 6, .grows = true},
    [COL_FATE] = {.title = GA_N_("Will be"), .cols = 8},
};

static struct differences *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct differences, screen);
}

static size_t place_of(const struct differences *state, size_t nth)
{
    return *GA_VEC_AT(const size_t, &state->shown, nth);
}

static void put_value(const struct differences *state, const struct ga_field *field, const char *text,
                      struct ga_tui_cells *cells, size_t row, size_t column)
{
    struct ga_str shown = {0};
    if (*text != '\0' && !state->is_revealed && ga_screen_is_masked(state->form, field))
        ga_screen_add_masked(field, text, &shown);
    else
        ga_str_add(&shown, *text != '\0' ? text : "—");
    ga_tui_cells_put(cells, row, column, ga_str_text(&shown));
    ga_str_finish(&shown);
}

/* "✓取" a person said so; "取" the mode does. */
static void put_fate(const struct ga_import_difference *difference, enum ga_lang lang, struct ga_tui_cells *cells,
                     size_t row)
{
    char fate[64];
    snprintf(fate, sizeof(fate), "%s%s", difference->is_decided ? "✓" : " ",
             ga_tr(lang, difference->is_taken ? "taken" : "kept"));
    ga_tui_cells_put(cells, row, COL_FATE, fate);
    ga_tui_cells_style(cells, row, difference->is_taken ? GA_STYLE_STRONG : GA_STYLE_NORMAL);
}

static bool read_sides(struct ga_screen *screen, size_t nth, struct ga_import_sides *ret_sides)
{
    struct differences *state = state_of(screen);
    struct ga_error err = {0};
    ga_import_show(state->import, ga_screen_lang(screen), false); /* what is hidden here the page sees to itself */
    if (ga_import_difference_sides(state->import, place_of(state, nth), &state->arena, ret_sides, &err) == GA_OK)
        return true;
    ga_ui_say_error(screen->ui, &err);
    return false;
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct differences *state = state_of(screen);
    struct ga_import_sides sides;
    const enum ga_lang lang = ga_screen_lang(screen);
    ga_arena_reset(&state->arena);
    for (size_t i = 0; i < count && read_sides(screen, first + i, &sides); i++) {
        const struct ga_import_difference difference =
            ga_import_difference_at(state->import, place_of(state, first + i));
        char place[40];
        if (sides.sheet > 1)
            snprintf(place, sizeof(place), "%d:%d", sides.sheet, sides.number);
        else
            snprintf(place, sizeof(place), "%d", sides.number);
        ga_tui_cells_put(cells, i, COL_ROW, place);
        ga_tui_cells_put(cells, i, COL_NAME, sides.name);
        ga_tui_cells_put(cells, i, COL_FIELD, ga_label_text(&difference.field->label, lang));
        put_value(state, difference.field, sides.here, cells, i, COL_HERE);
        put_value(state, difference.field, sides.in_file, cells, i, COL_FILE);
        put_fate(&difference, lang, cells, i);
    }
}

/* Who said what the archive has: the one thing that decides most cases. */
static void show_place(struct ga_screen *screen)
{
    struct differences *state = state_of(screen);
    struct ga_import_sides sides = {.who = "", .when = ""};
    char status[160];
    const size_t all = state->list.count;
    if (all > 0 && !state->are_fills)
        read_sides(screen, state->list.selected, &sides);
    snprintf(status, sizeof(status), " %zu / %zu%s %s%s %s %s", all > 0 ? state->list.selected + 1 : 0, all,
             state->has_more ? "…" : "", sides.who[0] != '\0' ? "· " : "",
             sides.who[0] != '\0' ? ga_screen_tr(screen, "the archive's from") : "", sides.who, sides.when);
    ga_screen_set_status(screen, status);
}

static bool work(struct ga_screen *screen)
{
    struct differences *state = state_of(screen);
    struct ga_error err = {0};
    state->has_more = ga_import_read_differences(state->import, &err);
    if (err.rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    for (; state->looked_at < ga_import_differences(state->import); state->looked_at++)
        if (ga_import_difference_at(state->import, state->looked_at).is_fill == state->are_fills)
            *(size_t *)ga_vec_push(&state->shown) = state->looked_at;
    ga_tui_list_reload(&state->list, state->shown.len);
    show_place(screen);
    return state->has_more;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    const struct ga_import_differences_arg *opened_with = arg;
    struct differences *state = state_of(screen);
    state->import = opened_with->import;
    state->form = opened_with->form;
    state->are_fills = opened_with->are_fills;
    ga_arena_init(&state->arena);
    ga_vec_init(&state->shown, sizeof(size_t));
    ga_tui_list_init(&state->list, fetch, screen);
    if (work(screen))
        ga_screen_start_work(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_tui_list_finish(&state_of(screen)->list);
    ga_vec_finish(&state_of(screen)->shown);
    ga_arena_finish(&state_of(screen)->arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct differences *state = state_of(screen);
    ga_words_columns(&state->list, columns, GA_COUNT(columns), ga_screen_lang(screen));
    ga_screen_set_title(screen, ga_screen_tr(screen, state->are_fills ? "What the file adds" : "What differs"));
    state->list.empty = ga_screen_tr(screen, "There is nothing to be decided.");
    ga_tui_list_layout(&state->list, area);
    show_place(screen);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    enum ga_reply reply = ga_tui_list_event(&state_of(screen)->list, event);
    if (reply != GA_IGNORED)
        show_place(screen);
    return reply;
}

static enum ga_reply decide(struct ga_screen *screen, int id)
{
    struct differences *state = state_of(screen);
    static const enum ga_import_scope scopes[] = {GA_IMPORT_THIS, GA_IMPORT_ROW, GA_IMPORT_FIELD, GA_IMPORT_ALL};
    struct ga_error err = {0};
    if (state->list.count == 0)
        return GA_HANDLED;
    while (ga_import_read_differences(state->import, NULL)) /* what is decided for all is decided for those behind */
        continue;
    ga_import_decide(state->import, place_of(state, state->list.selected), scopes[(id - TAKE) / 2],
                     (id - TAKE) % 2 == 0);
    if (ga_import_remember_decisions(state->import, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    work(screen);
    if (id <= KEEP && state->list.selected + 1 < state->list.count)
        ga_tui_list_select(&state->list, state->list.selected + 1);
    show_place(screen);
    return GA_REDRAW;
}

static enum ga_reply run(struct ga_screen *screen, int id)
{
    struct differences *state = state_of(screen);
    if (id != REVEAL)
        return decide(screen, id);
    state->is_revealed = !state->is_revealed;
    ga_tui_list_reload(&state->list, state->shown.len);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    (void)id;
    return state_of(screen)->list.count > 0;
}

static const struct ga_tui_command commands[] = {
    {TAKE, {'1'}, GA_N_("Take it"), GA_N_("take the file's value"), GA_COMMAND_IN_BAR},
    {KEEP, {'2'}, GA_N_("Keep it"), GA_N_("keep what the archive has"), GA_COMMAND_IN_BAR},
    {REVEAL, {GA_KEY_F(4), GA_CTRL('R')}, GA_N_("Show"), GA_N_("show what is hidden, or hide it again"), GA_COMMAND_IN_BAR},
    {TAKE_ROW, {'3'}, GA_N_("Take row"), GA_N_("take all of this row"), GA_COMMAND_IF_ROOM},
    {KEEP_ROW, {'4'}, GA_N_("Keep row"), GA_N_("keep all of this row"), GA_COMMAND_IF_ROOM},
    {TAKE_FIELD, {'5'}, GA_N_("Take field"), GA_N_("take this field in all rows"), GA_COMMAND_IF_ROOM},
    {KEEP_FIELD, {'6'}, GA_N_("Keep field"), GA_N_("keep this field in all rows"), GA_COMMAND_IF_ROOM},
    {TAKE_ALL, {'7'}, GA_N_("Take all"), GA_N_("take everything in this list"), GA_COMMAND_IF_ROOM},
    {KEEP_ALL, {'8'}, GA_N_("Keep all"), GA_N_("keep everything in this list"), GA_COMMAND_IF_ROOM},
};

const struct ga_screen_ops ga_screen_import_differences = {
    .name = "import_differences",
    .title = GA_N_("What differs"),
    .help = GA_N_("A line a field: what the archive has, what the file has. A digit takes the file's value or keeps "
                  "the archive's, for this line, its whole row, its field in all rows, or everything listed. Nothing "
                  "is written before you take the file in; what is not decided goes as How says."),
    .state_bytes = sizeof(struct differences),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_bare_list_paint,
    .event = take_event,
    .command = run,
    .offers = offers,
    .work = work,
};
