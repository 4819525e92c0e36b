/* Asks for a name, those that are known offered. */
#include "parts/person_pick.h"

#include "guanai/app/names.h"
#include "guanai/screen/session.h"
#include "guanai/text/person_name.h"
#include "guanai/text/pinyin.h"
#include "guanai/tui/widget/typed_list.h"
#include "parts/words.h"

#include <string.h>

enum { BOX_COLS = 56, NAMES_ROWS = 9, DIGITS = 9 };

struct person {
    struct ga_tui_input input;
    struct ga_tui_list list;
    struct ga_person_ask ask; /* its texts in the page's arena */
    const char **names; /* GA_PEOPLE_MAX, in the page's arena */
    size_t count;
    const char **found; /* of the names, what is typed fits */
    size_t found_count;
    bool offers_new; /* the last row is what is typed, as a name of its own */
};

static struct person *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct person, screen);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct ga_screen *screen = ctx;
    const struct person *person = state_of(screen);
    const bool is_blank = *ga_tui_input_text(&person->input) == '\0';
    for (size_t row = 0; row < count; row++) {
        const size_t i = first + row;
        const char digit[] = {is_blank && i < DIGITS ? (char)('1' + i) : ' ', '\0'};
        ga_tui_cells_put(cells, row, 0, digit);
        ga_tui_cells_put(cells, row, 1, i < person->found_count ? person->found[i] : ga_tui_input_text(&person->input));
        ga_tui_cells_put(cells, row, 2, i < person->found_count ? "" : ga_screen_tr(screen, "a new name"));
    }
}

static void filter(struct ga_screen *screen)
{
    struct person *person = state_of(screen);
    const char *typed = ga_tui_input_text(&person->input);
    struct ga_pinyin_query query;
    bool is_there = false;
    ga_pinyin_query_init(&query, typed, 0);
    person->found_count = 0;
    for (size_t i = 0; i < person->count; i++) {
        is_there |= strcmp(person->names[i], typed) == 0;
        if (*typed == '\0' || strstr(person->names[i], typed) != NULL || ga_pinyin_match(&query, person->names[i], NULL))
            person->found[person->found_count++] = person->names[i];
    }
    person->offers_new = typed[strspn(typed, " ")] != '\0' && !is_there;
    person->input.is_changed = false;
    ga_tui_list_reload(&person->list, person->found_count + person->offers_new);
    ga_tui_list_select(&person->list, 0);
}

/* Who stands there now is offered first. */
static void read_names(struct ga_screen *screen)
{
    struct person *person = state_of(screen);
    struct ga_store *store = ga_screen_session(screen)->store;
    if (person->ask.is_of_others) {
        person->count = ga_names_read_doers(store, &screen->arena, person->names);
        return;
    }
    if (person->ask.initial != NULL && person->ask.initial[0] != '\0')
        person->names[person->count++] = person->ask.initial;
    person->count = ga_names_read_people(store, &screen->arena, person->names, person->count);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    const struct ga_person_ask *ask = arg;
    struct person *person = state_of(screen);
    person->ask = *ask;
    person->ask.title = ga_arena_strdup(&screen->arena, ask->title);
    person->ask.initial = ga_arena_strdup(&screen->arena, ask->initial);
    ga_tui_input_init(&person->input, GA_NAME_CHARS, ga_screen_note(screen));
    ga_tui_list_init(&person->list, fetch, screen);
    person->list.has_header = false;
    ga_tui_list_column(&person->list, &(struct ga_tui_column){.title = "", .cols = 1});
    ga_tui_list_column(&person->list, &(struct ga_tui_column){.title = "", .cols = 20, .min_cols = 8, .grows = true});
    ga_tui_list_column(&person->list, &(struct ga_tui_column){.title = "", .cols = 10, .priority = 1});
    person->names = ga_arena_array(&screen->arena, GA_PEOPLE_MAX, sizeof(*person->names));
    person->found = ga_arena_array(&screen->arena, GA_PEOPLE_MAX, sizeof(*person->found));
    read_names(screen);
    filter(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct person *person = state_of(screen);
    ga_tui_input_finish(&person->input);
    ga_tui_list_finish(&person->list);
}

static void size_box(struct ga_screen *screen, int *rows, int *cols)
{
    const int names = (int)state_of(screen)->count;
    const int wanted = 3 + (names < 2 ? 2 : names < NAMES_ROWS ? names : NAMES_ROWS);
    *rows = wanted < *rows ? wanted : *rows;
    *cols = *cols < BOX_COLS ? *cols : BOX_COLS;
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct person *person = state_of(screen);
    ga_screen_set_title(screen, person->ask.title != NULL ? person->ask.title : ga_screen_tr(screen, person->ask.question));
    person->input.placeholder = ga_screen_tr(screen, "name or pinyin initials");
    person->list.empty = "";
    ga_area_cut_top(&area, 3);
    ga_tui_list_layout(&person->list, area);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct person *person = state_of(screen);
    struct ga_area room = screen->area, row = ga_area_cut_top(&room, 1);
    int used = ga_canvas_text(canvas, row.row, row.col, row.cols, GA_STYLE_LABEL, ga_screen_tr(screen, person->ask.label));
    ga_area_cut_left(&row, used + 1);
    ga_tui_list_paint(&person->list, canvas, true);
    struct ga_area hint = ga_area_cut_top(&room, 1);
    ga_canvas_text_fit(canvas, hint.row, hint.col, hint.cols, GA_STYLE_DIM,
                       ga_screen_tr(screen, person->ask.hint));
    ga_tui_input_paint(&person->input, canvas, row, true);
}

/* Of others the typist's own name means nobody. */
static enum ga_reply take_name(struct ga_screen *screen, const char *typed)
{
    const struct ga_session *session = ga_screen_session(screen);
    char name[GA_PERSON_NAME_SIZE];
    struct ga_error err = {0};
    if (ga_person_name_clean(typed, name, NULL, &err) != GA_OK) {
        *ga_screen_note(screen) = err.what;
        return GA_HANDLED;
    }
    if (state_of(screen)->ask.is_of_others && strcmp(name, ga_store_typist(session->store)) == 0) {
        ga_message_set(ga_screen_note(screen), "%1 sits at the keys: choose somebody else, or go back with Esc", name);
        return GA_HANDLED;
    }
    return ga_screen_close_done(screen, 0, name);
}

static enum ga_reply take_marked(struct ga_screen *screen)
{
    struct person *person = state_of(screen);
    const size_t i = person->list.selected;
    if (i < person->found_count)
        return take_name(screen, person->found[i]);
    if (person->offers_new)
        return take_name(screen, ga_tui_input_text(&person->input));
    ga_message_set(ga_screen_note(screen), "please type a name");
    return GA_HANDLED;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct person *person = state_of(screen);
    const bool is_blank = *ga_tui_input_text(&person->input) == '\0';
    const int digit = is_blank ? ga_event_digit(event) : -1;
    if (ga_event_is_key(event, GA_KEY_ESC))
        return GA_IGNORED; /* closes, whatever stands in the box */
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return take_marked(screen);
    if (digit > 0 && (size_t)digit <= person->count)
        return take_name(screen, person->names[digit - 1]);
    enum ga_reply answer = ga_tui_typed_list_event(&person->input, &person->list, event);
    if (!person->input.is_changed)
        return answer;
    filter(screen);
    return GA_REDRAW;
}

static const struct ga_screen_ops person_ops = {
    .name = "person",
    .title = GA_N_("A name"),
    .help = GA_N_("Pick who is meant: by digit, by a few letters of the pinyin, or type a new name and press Enter. Typing for "
                  "somebody else, everything saved from then on has that person as doer and you as typist; it stands in every "
                  "title until F12 (Ctrl-K) ends it. Closing the program or somebody else sitting down ends it too."),
    .is_dialog = true,
    .state_bytes = sizeof(struct person),
    .enter = enter,
    .leave = leave,
    .box = size_box,
    .layout = layout,
    .paint = paint,
    .event = take_event,
};

void ga_person_pick_open(struct ga_screen *screen, const struct ga_person_ask *ask, int tag)
{
    ga_screen_push(screen, &person_ops, ask, tag);
}
