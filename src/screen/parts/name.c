/* Who is at the keys. */
#include "guanai/screen/name.h"

#include "guanai/app/names.h"
#include "guanai/base/num.h"
#include "guanai/screen/day.h"
#include "guanai/screen/session.h"
#include "guanai/text/person_name.h"
#include "guanai/text/pinyin.h"
#include "guanai/text/utf8.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/input.h"
#include "parts/menu.h"
#include "parts/unfinished.h"
#include "parts/words.h"

#include <string.h>

enum { SWITCH = -21 }; /* no page has a tag like it */

struct name {
    struct ga_session *session;
    enum ga_name_when when;
    struct ga_tui_input input;
    struct ga_menu menu;
    const char *names[GA_NAMES_MAX];
    size_t count;
    const char *doubted; /* letters that mean nobody: asked about once; NULL: none */
};

static struct name *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct name, screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    struct name *name = state_of(screen);
    name->session = ga_screen_session(screen);
    ga_tui_input_init(&name->input, GA_NAME_CHARS, ga_screen_note(screen));
    ga_menu_init(&name->menu);
    name->count = ga_names_read(name->session->store, &screen->arena, name->names);
    for (size_t i = 0; i < name->count; i++)
        ga_menu_add(&name->menu, (int)i + 1, i < 9 ? '1' + (uint32_t)i : GA_KEY_NONE, name->names[i], NULL);
    name->when = arg != NULL ? *(const enum ga_name_when *)arg : GA_NAME_AT_HOME;
    ga_menu_settle(&name->menu, name->count > 1 && name->when != GA_NAME_AT_START ? 2 : 1); /* later the first one sits here already */
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct name *name = state_of(screen);
    ga_tui_input_finish(&name->input);
    ga_menu_finish(&name->menu);
}

static void size_box(struct ga_screen *screen, int *rows, int *cols)
{
    int wanted = (int)state_of(screen)->count + 4;
    *rows = wanted < *rows ? wanted : *rows;
    *cols = *cols < 56 ? *cols : 56;
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct name *name = state_of(screen);
    struct ga_area room = screen->area;
    struct ga_area row = ga_area_cut_top(&room, 1);
    int used = ga_canvas_text(canvas, row.row, row.col, row.cols, GA_STYLE_LABEL, ga_screen_tr(screen, "Your name"));
    ga_area_cut_left(&row, used + 1);
    ga_tui_input_paint(&name->input, canvas, row, true);
    row = ga_area_cut_top(&room, 1);
    ga_canvas_text_fit(canvas, row.row, row.col, row.cols, GA_STYLE_DIM,
                       name->count > 0 ? ga_screen_tr(screen, "Press a digit, or type your name or its initials.")
                                       : ga_screen_tr(screen, "It is written beside everything you save."));
    ga_area_cut_top(&room, 1);
    ga_menu_paint(&name->menu, canvas, room, *ga_tui_input_text(&name->input) == '\0', ga_screen_lang(screen));
}

void ga_name_welcome(struct ga_screen *screen)
{
    struct ga_session *session = ga_screen_session(screen);
    struct ga_arena arena = {0};
    struct ga_unfinished drafts = {0};
    struct ga_error err = {0};
    const char *user = ga_store_user(session->store);
    if (ga_unfinished_read(session, ga_screen_lang(screen), &arena, &drafts, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else if (drafts.others > 0)
        ga_words_tell(screen->ui, GA_STYLE_OK,
                      GA_N_("At the keys now: %1. What others have not finished is kept for them (%2)."), user,
                      GA_NUM(drafts.others));
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("At the keys now: %1."), user);
    ga_arena_finish(&arena);
}

/* Somebody else's pages are not for who sits down; what was typed on them is kept. */
static enum ga_reply begin_anew(struct ga_screen *screen)
{
    ga_ui_go_home(screen->ui);
    ga_name_welcome(screen);
    return ga_screen_close(screen);
}

static enum ga_reply take_name(struct ga_screen *screen, const char *chosen)
{
    struct ga_session *session = state_of(screen)->session;
    struct ga_error err = {0};
    const bool is_anywhere = state_of(screen)->when == GA_NAME_ANYWHERE;
    if (is_anywhere && !ga_session_is_for_other(session) && strcmp(chosen, ga_store_user(session->store)) == 0)
        return ga_screen_close(screen);
    const char *kept = ga_arena_strdup(&session->arena, chosen); /* the store borrows it from now on */
    ga_session_set_user(session, kept, NULL);
    if (ga_names_remember(session->store, kept, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    return is_anywhere ? begin_anew(screen) : ga_screen_close_done(screen, 0, kept);
}

static bool is_letters(const char *typed)
{
    while (*typed > ' ' && *typed < 0x7f)
        typed++;
    return *typed == '\0';
}

/* One character is a surname: nobody is called so. */
static bool is_surname(const char *typed)
{
    return (unsigned char)*typed >= 0x80 && ga_utf8_count(typed, strlen(typed)) == 1;
}

/* Whom letters of the pinyin, or a surname, mean: counts them, the first in *ret_name. Somebody who is called just so is meant alone. */
static size_t find_known(struct ga_screen *screen, const char *typed, const char **ret_name)
{
    const char **known = ga_arena_array(&screen->arena, GA_PEOPLE_MAX, sizeof(*known));
    const size_t count = ga_names_read_people(state_of(screen)->session->store, &screen->arena, known, 0);
    struct ga_pinyin_query query;
    size_t found = 0;
    ga_pinyin_query_init(&query, typed, 0);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(known[i], typed) == 0) {
            *ret_name = known[i];
            return 1;
        }
        if ((is_letters(typed) ? ga_pinyin_match(&query, known[i], NULL) : ga_str_starts(known[i], typed)) && found++ == 0)
            *ret_name = known[i];
    }
    return found;
}

/* Somebody whose name the program never heard may type initials, or the surname, all the same. */
static enum ga_reply doubt(struct ga_screen *screen, const char *typed)
{
    struct name *name = state_of(screen);
    name->doubted = ga_arena_strdup(&screen->arena, typed);
    ga_message_set(ga_screen_note(screen), "nobody known is meant by this: type the whole name. Enter once more takes it as the name");
    return GA_HANDLED;
}

/* "zls" and "周" are 周老师, where one is known: else everything saved would be hers by the letters. */
static enum ga_reply take_words(struct ga_screen *screen, const char *typed)
{
    const struct name *name = state_of(screen);
    const char *known = typed;
    const bool is_short = is_letters(typed) || is_surname(typed);
    const size_t found = is_short ? find_known(screen, typed, &known) : 0;
    if (is_short && found == 0 && name->count > 0 && (name->doubted == NULL || strcmp(name->doubted, typed) != 0))
        return doubt(screen, typed);
    if (found < 2)
        return take_name(screen, known);
    ga_message_set(ga_screen_note(screen),
                   is_letters(typed) ? GA_N_("%1 and %2 more are meant by these letters: please type the name")
                                     : GA_N_("%1 and %2 more have this surname: please type the whole name"),
                   known, GA_NUM(found - 1));
    return GA_HANDLED;
}

static enum ga_reply take_typed(struct ga_screen *screen)
{
    struct name *name = state_of(screen);
    const char *typed = ga_tui_input_text(&name->input);
    int selected = ga_menu_selected(&name->menu);
    if (typed[strspn(typed, " ")] != '\0')
        return take_words(screen, typed);
    if (selected > 0)
        return take_name(screen, name->names[selected - 1]);
    ga_message_set(ga_screen_note(screen), "please type your name");
    return GA_HANDLED;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct name *name = state_of(screen);
    bool is_blank = *ga_tui_input_text(&name->input) == '\0';
    int digit = is_blank ? ga_event_digit(event) : -1;
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return take_typed(screen);
    if (digit > 0 && (size_t)digit <= name->count)
        return take_name(screen, name->names[digit - 1]);
    enum ga_reply answer = is_blank ? ga_menu_event(&name->menu, event) : GA_IGNORED;
    if (answer == GA_IGNORED)
        answer = ga_tui_input_event(&name->input, event);
    return answer == GA_TOUCHED ? GA_REDRAW : answer;
}

const struct ga_screen_ops ga_screen_name = {
    .name = "name",
    .title = GA_N_("Who is at the keys?"),
    .help = GA_N_("Pick your name by its digit, or type it or the initials of its pinyin and press Enter. It is recorded in everything saved from now "
                  "on. What the person before had not finished stays for that person. Esc leaves things as they are."),
    .is_dialog = true,
    .state_bytes = sizeof(struct name),
    .enter = enter,
    .leave = leave,
    .box = size_box,
    .paint = paint,
    .event = take_event,
};

enum ga_reply ga_name_ask(struct ga_screen *top)
{
    const enum ga_name_when when = GA_NAME_ANYWHERE;
    if (ga_ui_find(top->ui, &ga_screen_name) != NULL || ga_ui_find(top->ui, &ga_screen_day) != NULL)
        return GA_HANDLED; /* is being asked, or what day it is, which comes first */
    if (ga_ui_keep_drafts(top->ui))
        ga_screen_push(top, &ga_screen_name, &when, SWITCH);
    return GA_REDRAW;
}
