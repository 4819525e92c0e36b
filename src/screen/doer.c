/* Asks whose sheets are typed. */
#include "guanai/screen/doer.h"

#include "guanai/app/names.h"
#include "guanai/screen/session.h"
#include "guanai/text/person_name.h"
#include "guanai/text/pinyin.h"
#include "guanai/tui/widget/typed_list.h"
#include "words.h"

#include <string.h>

enum { BOX_COLS = 56, NAMES_ROWS = 9, DIGITS = 9 };

struct doer {
    struct ga_tui_input input;
    struct ga_tui_list list;
    const char *names[GA_DOERS_MAX];
    size_t count;
    const char *found[GA_DOERS_MAX]; /* of the names, what is typed fits */
    size_t found_count;
    bool offers_new; /* the last row is what is typed, as a name of its own */
};

static struct doer *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct doer, screen);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct ga_screen *screen = ctx;
    const struct doer *doer = state_of(screen);
    const bool is_blank = *ga_tui_input_text(&doer->input) == '\0';
    for (size_t row = 0; row < count; row++) {
        const size_t i = first + row;
        const char digit[] = {is_blank && i < DIGITS ? (char)('1' + i) : ' ', '\0'};
        ga_tui_cells_put(cells, row, 0, digit);
        ga_tui_cells_put(cells, row, 1, i < doer->found_count ? doer->found[i] : ga_tui_input_text(&doer->input));
        ga_tui_cells_put(cells, row, 2, i < doer->found_count ? "" : ga_screen_tr(screen, "a new name"));
    }
}

static void filter(struct ga_screen *screen)
{
    struct doer *doer = state_of(screen);
    const char *typed = ga_tui_input_text(&doer->input);
    struct ga_pinyin_query query;
    bool is_there = false;
    ga_pinyin_query_init(&query, typed, 0);
    doer->found_count = 0;
    for (size_t i = 0; i < doer->count; i++) {
        is_there |= strcmp(doer->names[i], typed) == 0;
        if (*typed == '\0' || strstr(doer->names[i], typed) != NULL || ga_pinyin_match(&query, doer->names[i], NULL))
            doer->found[doer->found_count++] = doer->names[i];
    }
    doer->offers_new = typed[strspn(typed, " ")] != '\0' && !is_there;
    doer->input.is_changed = false;
    ga_tui_list_reload(&doer->list, doer->found_count + doer->offers_new);
    ga_tui_list_select(&doer->list, 0);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    struct doer *doer = state_of(screen);
    ga_tui_input_init(&doer->input, GA_NAME_CHARS, ga_screen_note(screen));
    ga_tui_list_init(&doer->list, fetch, screen);
    doer->list.has_header = false;
    ga_tui_list_column(&doer->list, &(struct ga_tui_column){.title = "", .cols = 1});
    ga_tui_list_column(&doer->list, &(struct ga_tui_column){.title = "", .cols = 20, .min_cols = 8, .grows = true});
    ga_tui_list_column(&doer->list, &(struct ga_tui_column){.title = "", .cols = 10, .priority = 1});
    doer->count = ga_names_read_doers(ga_screen_session(screen)->store, &screen->arena, doer->names);
    filter(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct doer *doer = state_of(screen);
    ga_tui_input_finish(&doer->input);
    ga_tui_list_finish(&doer->list);
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
    struct doer *doer = state_of(screen);
    doer->input.placeholder = ga_screen_tr(screen, "name or pinyin initials");
    doer->list.empty = "";
    ga_area_cut_top(&area, 3);
    ga_tui_list_layout(&doer->list, area);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct doer *doer = state_of(screen);
    struct ga_area room = screen->area, row = ga_area_cut_top(&room, 1);
    int used = ga_canvas_text(canvas, row.row, row.col, row.cols, GA_STYLE_LABEL, ga_screen_tr(screen, "Done by"));
    ga_area_cut_left(&row, used + 1);
    ga_tui_list_paint(&doer->list, canvas, true);
    struct ga_area hint = ga_area_cut_top(&room, 1);
    ga_canvas_text_fit(canvas, hint.row, hint.col, hint.cols, GA_STYLE_DIM,
                       ga_screen_tr(screen, "In every title until F12 ends it; you count as typist."));
    ga_tui_input_paint(&doer->input, canvas, row, true);
}

/* The typist's own name means nobody else. */
static enum ga_reply take_name(struct ga_screen *screen, const char *typed)
{
    const struct ga_session *session = ga_screen_session(screen);
    char name[GA_PERSON_NAME_SIZE];
    struct ga_error err = {0};
    if (ga_person_name_clean(typed, name, NULL, &err) != GA_OK) {
        *ga_screen_note(screen) = err.what;
        return GA_HANDLED;
    }
    if (strcmp(name, ga_store_typist(session->store)) == 0) {
        ga_message_set(ga_screen_note(screen), "%1 sits at the keys: choose somebody else, or go back with Esc", name);
        return GA_HANDLED;
    }
    return ga_screen_close_done(screen, 0, name);
}

static enum ga_reply take_marked(struct ga_screen *screen)
{
    struct doer *doer = state_of(screen);
    const size_t i = doer->list.selected;
    if (i < doer->found_count)
        return take_name(screen, doer->found[i]);
    if (doer->offers_new)
        return take_name(screen, ga_tui_input_text(&doer->input));
    ga_message_set(ga_screen_note(screen), "please type the name of who did it");
    return GA_HANDLED;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct doer *doer = state_of(screen);
    const bool is_blank = *ga_tui_input_text(&doer->input) == '\0';
    const int digit = is_blank ? ga_event_digit(event) : -1;
    if (ga_event_is_key(event, GA_KEY_ESC))
        return GA_IGNORED; /* closes, whatever stands in the box */
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return take_marked(screen);
    if (digit > 0 && (size_t)digit <= doer->count)
        return take_name(screen, doer->names[digit - 1]);
    enum ga_reply answer = ga_tui_typed_list_event(&doer->input, &doer->list, event);
    if (!doer->input.is_changed)
        return answer;
    filter(screen);
    return GA_REDRAW;
}

const struct ga_screen_ops ga_screen_doer = {
    .name = "doer",
    .title = GA_N_("Whose sheets are these?"),
    .help = GA_N_("Pick who did what is typed now: by digit, by a few letters of the pinyin, or type a new name and press "
                  "Enter. Everything saved from then on has that person as doer and you as typist; it stands in every "
                  "title until F12 (Ctrl-K) ends it. Closing the program or somebody else sitting down ends it too."),
    .is_dialog = true,
    .state_bytes = sizeof(struct doer),
    .enter = enter,
    .leave = leave,
    .box = size_box,
    .layout = layout,
    .paint = paint,
    .event = take_event,
};
