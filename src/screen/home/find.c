/* A dialog that finds the one record a field should name. */
#include "guanai/screen/find.h"

#include "guanai/screen/session.h"
#include "guanai/screen/value.h"
#include "guanai/store/record.h"
#include "guanai/store/search.h"
#include "guanai/tui/widget/typed_list.h"

#include <string.h>

enum { FIND_COLS = 66, FIND_ROWS = 14, HITS_MAX = 50, TYPED_CHARS = 40 };

struct find_arg {
    const char *form;
    const char *typed;
};

struct found {
    struct ga_uuid id;
    const char *name;
    const char *about; /* what tells it from another of that name */
};

struct find {
    const char *form; /* borrowed from the field */
    bool is_child;
    struct ga_tui_input input;
    struct ga_tui_list list;
    struct found *found; /* in `hits` */
    size_t count;
    struct ga_arena hits;
};

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct find *find = ctx;
    for (size_t row = 0; row < count; row++) {
        ga_tui_cells_put(cells, row, 0, find->found[first + row].name);
        ga_tui_cells_put(cells, row, 1, find->found[first + row].about);
    }
}

static void search_children(struct ga_screen *screen)
{
    struct find *find = GA_STATE(struct find, screen);
    const struct ga_session *session = ga_screen_session(screen);
    const struct ga_search_options options = {
        .limit = HITS_MAX, .fuzzy = session->config.similar_sounds, .lang = ga_screen_lang(screen)};
    struct ga_search_hit *hits;
    size_t count = 0;
    bool has_more;
    struct ga_error err = {0};
    if (ga_store_search(session->store, ga_tui_input_text(&find->input), &options,
                        &find->hits, &hits, &count, &has_more, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    find->found = ga_arena_array(&find->hits, count, sizeof(*find->found));
    find->count = count;
    for (size_t i = 0; i < count; i++)
        find->found[i] =
            (struct found){.id = hits[i].id,
                           .name = hits[i].name,
                           .about = ga_arena_printf(&find->hits, "%s  %s  %s", hits[i].class_shown,
                                                    hits[i].village, hits[i].birth_month)};
}

static void search_others(struct ga_screen *screen)
{
    struct find *find = GA_STATE(struct find, screen);
    struct found *found = ga_arena_array(&find->hits, HITS_MAX, sizeof(*found));
    struct ga_uuid ids[HITS_MAX];
    size_t count = 0;
    struct ga_str summary = {0};
    find->found = found;
    find->count = 0;
    if (find->form == NULL ||
        ga_store_newest(ga_screen_session(screen)->store, find->form, 0, HITS_MAX, ids, &count, NULL) != GA_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        ga_str_clear(&summary);
        ga_screen_add_record(ga_screen_session(screen), find->form, &ids[i],
                             ga_screen_lang(screen), &summary);
        if (strcasestr(ga_str_text(&summary), ga_tui_input_text(&find->input)) == NULL)
            continue;
        find->found[find->count].id = ids[i];
        find->found[find->count].name = ga_arena_strdup(&find->hits, ga_str_text(&summary));
        find->found[find->count++].about = "";
    }
    ga_str_finish(&summary);
}

static void search(struct ga_screen *screen)
{
    struct find *find = GA_STATE(struct find, screen);
    ga_arena_reset(&find->hits);
    if (find->is_child)
        search_children(screen);
    else
        search_others(screen);
    ga_tui_list_reload(&find->list, find->count);
    ga_tui_list_select(&find->list, 0);
    find->input.is_changed = false;
}

static enum ga_rc enter(struct ga_screen *screen, const void *opened_with, struct ga_error *err)
{
    (void)err;
    const struct find_arg *arg = opened_with;
    struct find *find = GA_STATE(struct find, screen);
    find->form = arg->form;
    find->is_child = arg->form != NULL && strcmp(arg->form, "child") == 0;
    ga_arena_init(&find->hits);
    ga_tui_input_init(&find->input, TYPED_CHARS, ga_screen_note(screen));
    ga_tui_input_set(&find->input, arg->typed);
    ga_tui_list_init(&find->list, fetch, find);
    find->list.has_header = false;
    ga_tui_list_column(
        &find->list,
        &(struct ga_tui_column){.title = "", .cols = find->is_child ? 14 : 40, .min_cols = 8});
    ga_tui_list_column(&find->list, &(struct ga_tui_column){
                                        .title = "", .cols = 20, .min_cols = 8, .grows = true});
    search(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct find *find = GA_STATE(struct find, screen);
    ga_tui_input_finish(&find->input);
    ga_tui_list_finish(&find->list);
    ga_arena_finish(&find->hits);
}

static void box(struct ga_screen *screen, int *rows, int *cols)
{
    (void)screen;
    *rows = *rows < FIND_ROWS ? *rows : FIND_ROWS;
    *cols = *cols < FIND_COLS ? *cols : FIND_COLS;
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct find *find = GA_STATE(struct find, screen);
    find->input.placeholder = ga_screen_tr(screen, find->is_child ? GA_N_("name, pinyin, card no, phone tail") : GA_N_("a date or a word"));
    ga_area_cut_top(&area, 2);
    ga_tui_list_layout(&find->list, area);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct find *find = GA_STATE(struct find, screen);
    const bool was_asked = !find->is_child || *ga_tui_input_text(&find->input) != '\0';
    find->list.empty = was_asked ? ga_screen_tr(screen, "nobody found") : "";
    ga_tui_list_paint(&find->list, canvas, true);
    ga_tui_input_paint(&find->input, canvas, ga_area_row(screen->area, 0), true);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct find *find = GA_STATE(struct find, screen);
    if (ga_event_is_key(event, GA_KEY_ESC))
        return GA_IGNORED; /* closes, whatever stands in the box */
    enum ga_reply answer = ga_tui_typed_list_event(&find->input, &find->list, event);
    if (!find->input.is_changed)
        return answer;
    search(screen);
    return GA_REDRAW;
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    (void)id;
    struct find *find = GA_STATE(struct find, screen);
    char text[GA_UUID_TEXT_SIZE];
    if (find->count == 0)
        return GA_HANDLED;
    return ga_screen_close_done(screen, 0,
                                ga_uuid_text(&find->found[find->list.selected].id, text));
}

static const struct ga_tui_command commands[] = {
    {1, {GA_KEY_ENTER}, GA_N_("Take"), GA_N_("take the one the mark stands on"), GA_COMMAND_IN_BAR},
};

static const struct ga_screen_ops find_ops = {
    .name = "find",
    .title = GA_N_("Find"),
    .help = GA_N_("Type a few letters: name, pinyin or its initials, card number, tail of a phone "
                  "or ID number. "
                  "Up and Down walk, Enter takes."),
    .is_dialog = true,
    .state_bytes = sizeof(struct find),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .box = box,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = command,
};

void ga_screen_find_open(struct ga_screen *screen, const char *form, const char *typed, int tag)
{
    const struct find_arg arg = {.form = form, .typed = typed};
    ga_screen_push(screen, &find_ops, &arg, tag);
}
