/* The first screen: finding a child, what was left unfinished, how many there are. */
#include "guanai/screen/home.h"

#include "guanai/app/names.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/child.h"
#include "guanai/screen/doer.h"
#include "guanai/screen/grid.h"
#include "guanai/screen/name.h"
#include "guanai/screen/notes.h"
#include "guanai/screen/record.h"
#include "guanai/screen/roster.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/typed_list.h"
#include "home/home_state.h"
#include "home/home_ways.h"
#include "parts/corner.h"
#include "parts/words.h"

#include <string.h>

enum { ROOMY_ROWS = 12 }; /* with more of them the box has a hint and a blank line below */

static struct home *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct home, screen);
}

bool home_is_finding(const struct home *home)
{
    return *ga_tui_input_text(&home->find) != '\0';
}

static bool is_roomy(const struct ga_screen *screen)
{
    return screen->area.rows > ROOMY_ROWS;
}

/* Two names that look alike on this terminal are told apart by what it cannot show. */
static void show_rare(struct ga_screen *screen)
{
    struct home *home = state_of(screen);
    const struct ga_search_hit *hit = home_is_finding(home) ? ga_finder_selected(&home->finder) : NULL;
    struct ga_str text = {0};
    if (hit != NULL && ga_words_add_rare(home->session, hit->name, ga_screen_lang(screen), &text))
        ga_screen_set_status(screen, ga_str_text(&text));
    else
        ga_screen_set_status(screen, home_is_finding(home) && !is_roomy(screen) ? home->hint : "");
    ga_str_finish(&text);
}

static void show_hint(struct ga_screen *screen)
{
    struct home *home = state_of(screen);
    char found[24];
    struct ga_message message;
    ga_finder_found(&home->finder, found, sizeof(found));
    if (!home_is_finding(home))
        ga_message_set(&message, home->is_below
                                     ? ga_menu_has_more_digits(&home->facts.menu)
                                           ? GA_N_("Digits choose; further down the next lines get them")
                                           : GA_N_("Digits choose, Enter takes what is marked; letters go into the box")
                                     : GA_N_("Just type. Down goes to what stands below"));
    else if (home->finder.count == 0)
        ga_message_set(&message, "Nobody found. Esc empties the box.");
    else
        ga_message_set(&message, "%1 found. Enter: file, Tab: new record, Esc: empty.", found);
    ga_message_text(&message, ga_screen_lang(screen), home->hint, sizeof(home->hint));
    show_rare(screen);
}

/* `keeps_place`: what is typed is the same, the archive may be another. */
static void search_again(struct ga_screen *screen, bool keeps_place)
{
    struct home *home = state_of(screen);
    struct ga_error err = {0};
    const char *typed = ga_tui_input_text(&home->find);
    home->find.is_changed = false;
    enum ga_rc rc = !home_is_finding(home) ? GA_OK
                    : keeps_place     ? ga_finder_refresh(&home->finder, typed, &err)
                                      : ga_finder_search(&home->finder, typed, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    show_hint(screen);
}

void home_read_again(struct ga_screen *screen)
{
    struct home *home = state_of(screen);
    struct ga_error err = {0};
    if (ga_home_menu_read(&home->facts, home->session, ga_screen_lang(screen), &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    if (home->facts.is_unknown && !home->has_tried)
        ga_screen_start_work(screen); /* the page stands before anything is worked out */
    search_again(screen, true);
    ga_corner_show(screen);
}

static bool work_out_dues(struct ga_screen *screen)
{
    struct home *home = state_of(screen);
    struct ga_error err = {0};
    bool is_done;
    const enum ga_rc rc = ga_home_lines_make(screen, home->session, &is_done, &err);
    if (rc == GA_OK && !is_done)
        return true;
    if (rc != GA_OK) {
        home->has_tried = true; /* once: what fails fails again */
        ga_ui_say_error(screen->ui, &err);
    }
    home_read_again(screen);
    if (!home->is_below)
        ga_menu_settle(&home->facts.menu, 0); /* nobody walked there yet: what is to be done comes first */
    return false;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    struct home *home = state_of(screen);
    home->session = ga_screen_session(screen);
    home->sitter = ga_arena_strdup(&home->session->arena, ga_store_typist(home->session->store));
    ga_tui_input_init(&home->find, 60, ga_screen_note(screen));
    ga_finder_init(&home->finder, home->session);
    ga_home_menu_init(&home->facts);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct home *home = state_of(screen);
    ga_tui_input_finish(&home->find);
    ga_finder_finish(&home->finder);
    ga_home_menu_finish(&home->facts);
}

static struct ga_area below_box(const struct ga_screen *screen)
{
    struct ga_area area = screen->area;
    ga_area_cut_top(&area, is_roomy(screen) ? 3 : 1);
    return area;
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    struct home *home = state_of(screen);
    home->find.placeholder =
        ga_screen_tr(screen, "name, pinyin, initials (hl), end of a number, nickname, village");
    ga_finder_layout(&home->finder, below_box(screen), ga_screen_lang(screen));
    home_read_again(screen);
}

static void paint_box(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct home *home = state_of(screen);
    struct ga_area row = ga_area_row(screen->area, 0);
    ga_area_cut_left(&row, 1);
    int used = ga_canvas_text(canvas, row.row, row.col, row.cols, GA_STYLE_LABEL, ga_screen_tr(screen, "Find a child"));
    ga_area_cut_left(&row, used + 1);
    ga_area_cut_right(&row, 1);
    ga_tui_input_paint(&home->find, canvas, row, !home->is_below);
    struct ga_area hint = ga_area_row(screen->area, 1);
    if (!is_roomy(screen) || !ga_canvas_is_whole(canvas))
        return;
    /* What no list below pushes out of sight: the way to report harm. */
    const char *report = ga_screen_tr(screen, "Ctrl-]: mandatory report");
    const int cols = ga_canvas_text_cols(canvas, report) + 1;
    if (hint.cols > ga_canvas_text_cols(canvas, home->hint) + cols + 1) {
        const struct ga_area right = ga_area_cut_right(&hint, cols);
        ga_canvas_text(canvas, right.row, right.col, right.cols - 1, GA_STYLE_LABEL, report);
    }
    if (hint.cols > 1)
        ga_canvas_text(canvas, hint.row, hint.col + 1, hint.cols - 1, GA_STYLE_DIM, home->hint);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct home *home = state_of(screen);
    paint_box(screen, canvas);
    if (home_is_finding(home))
        ga_tui_list_paint(&home->finder.list, canvas, true);
    else
        ga_menu_paint(&home->facts.menu, canvas, below_box(screen), home->is_below, ga_screen_lang(screen));
}

static enum ga_reply go_below(struct ga_screen *screen, bool is_below)
{
    state_of(screen)->is_below = is_below;
    show_hint(screen);
    return GA_REDRAW;
}

/* Who rings is to be written down, not looked at: GA_HOME_WRITE goes to the forms at once. */
static enum ga_reply open_hit(struct ga_screen *screen, int id)
{
    struct home *home = state_of(screen);
    const struct ga_search_hit *hit = ga_finder_selected(&home->finder);
    if (hit != NULL)
        (id == GA_HOME_WRITE ? ga_screen_child_write : ga_screen_child_open)(screen, &hit->id, GA_HOME_OPEN);
    return GA_REDRAW;
}

/* Enter in an empty box opens nothing: it comes too easily after a name that was taken away again. */
static enum ga_reply take_empty_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct home *home = state_of(screen);
    if (ga_event_is_key(event, GA_KEY_TAB) || ga_event_is_key(event, GA_KEY_DOWN) ||
        ga_event_is_key(event, GA_KEY_PAGE_DOWN))
        return go_below(screen, true);
    if (ga_event_is_key(event, GA_KEY_ENTER)) {
        ga_ui_say(screen->ui, GA_STYLE_NORMAL,
                  ga_screen_tr(screen, "Type a name, pinyin or number first; or choose below with Down."));
        return GA_HANDLED;
    }
    if (ga_event_is_key(event, GA_CTRL('Z')) && home->facts.drafts.aside != 0)
        return GA_IGNORED; /* nothing was typed that it could bring back here */
    return ga_tui_is_no_beginning(&home->find, event) ? GA_IGNORED : ga_tui_input_event(&home->find, event);
}

static enum ga_reply take_box_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct home *home = state_of(screen);
    enum ga_reply answer;
    if (!home_is_finding(home))
        answer = take_empty_event(screen, event);
    else if (ga_event_is_key(event, GA_KEY_ENTER))
        return open_hit(screen, GA_HOME_OPEN);
    else /* what was found is walked through without leaving the box */
        answer = ga_tui_typed_list_event(&home->find, &home->finder.list, event);
    if (!home->find.is_changed) {
        show_rare(screen);
        return answer;
    }
    search_again(screen, false);
    return GA_REDRAW;
}

static enum ga_reply run(struct ga_screen *screen, int id);

/* Whoever types below means a name: only digits choose there. */
static enum ga_reply take_menu_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct home *home = state_of(screen);
    struct ga_menu *menu = &home->facts.menu;
    int id;
    bool is_back = ga_event_is_key(event, GA_KEY_ESC) || ga_event_is_key(event, GA_KEY_TAB) ||
                   ga_event_is_key(event, GA_KEY_BACKTAB);
    if (ga_menu_chooses(menu, event, &id))
        return run(screen, id);
    if (ga_event_is_typing(event) && !ga_tui_is_no_beginning(&home->find, event)) {
        go_below(screen, false);
        take_box_event(screen, event);
        return GA_REDRAW;
    }
    if (is_back)
        return go_below(screen, false);
    enum ga_reply answer = ga_menu_event(menu, event);
    return answer == GA_IGNORED && ga_event_is_key(event, GA_KEY_UP) ? go_below(screen, false) : answer;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    return state_of(screen)->is_below ? take_menu_event(screen, event) : take_box_event(screen, event);
}

/* A number opens the list of children behind it. */
static enum ga_reply open_roster(struct ga_screen *screen, int id)
{
    const struct ga_roster_filter filter = {.only_left_behind = id == GA_HOME_LEFT_BEHIND,
                                            .only_key = id == GA_HOME_KEY,
                                            .only_unguarded = id == GA_HOME_UNGUARDED,
                                            .only_boarding = id == GA_HOME_BOARDING};
    ga_screen_push(screen, &ga_screen_roster, &filter, id);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct home *home = state_of(screen);
    if (id == GA_HOME_DROP)
        return home_marked_draft(home) < home->facts.drafts.count;
    if (id == GA_HOME_WRITE)
        return home_is_finding(home) && ga_finder_selected(&home->finder) != NULL;
    return id != GA_HOME_PUT_BACK || (home->facts.drafts.aside != 0 && !home_is_finding(home));
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag != GA_HOME_DROP)
        return;
    home_read_again(screen); /* what the dialog names is in the other language then */
    home_ask_drop(screen);
}

/* `doer` may be one of the drafts' names: they go with their arena when they are read again. */
void home_set_doer(struct ga_screen *screen, const char *doer)
{
    struct ga_session *session = state_of(screen)->session;
    struct ga_error err = {0};
    ga_session_set_doer(session, doer);
    if (doer != NULL && ga_names_remember_doer(session->store, doer, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    home_read_again(screen);
    ga_corner_tell(screen);
}

/* The same key begins and ends it: nobody has to look for the way out. */
static enum ga_reply type_for_other(struct ga_screen *screen)
{
    if (ga_session_is_for_other(state_of(screen)->session))
        home_set_doer(screen, NULL);
    else
        ga_screen_doer_ask(screen, GA_HOME_FOR);
    return GA_REDRAW;
}

static enum ga_reply run(struct ga_screen *screen, int id)
{
    const struct ga_screen_ops *way = ga_home_way(id);
    if (way != NULL) {
        ga_screen_push(screen, way, NULL, id);
        return GA_REDRAW;
    }
    if (id >= GA_HOME_DRAFT)
        return home_resume_draft(screen, (size_t)(id - GA_HOME_DRAFT));
    if (id >= GA_HOME_LINE) {
        ga_home_line_open(screen, &state_of(screen)->facts.care.lines[id - GA_HOME_LINE], id);
        return GA_REDRAW;
    }
    if (id == GA_HOME_DROP)
        return home_ask_drop(screen);
    if (id == GA_HOME_PUT_BACK)
        return home_put_back(screen);
    if (id == GA_HOME_WRITE)
        return open_hit(screen, id);
    if (id == GA_HOME_NEW)
        ga_screen_record_new(screen, "child", NULL, id);
    else if (id == GA_HOME_BATCH)
        ga_screen_grid_new(screen, id);
    else if (id == GA_HOME_NOTE)
        ga_screen_notes_open(screen, &state_of(screen)->facts.note, id);
    else if (id == GA_HOME_FIND)
        return go_below(screen, false);
    else if (id == GA_HOME_FOR)
        return type_for_other(screen);
    else if (id == GA_HOME_QUIT)
        ga_ui_quit(screen->ui);
    else if (id != 0)
        return open_roster(screen, id);
    return GA_REDRAW;
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct home *home = state_of(screen);
    const struct ga_search_hit *hit = home_is_finding(home) ? ga_finder_selected(&home->finder) : NULL;
    if (hit != NULL)
        *ret_id = hit->id;
    return hit != NULL;
}

/* What the one before looked for is not for who sits down. */
static void begin_anew(struct home *home)
{
    const char *sitter = ga_store_typist(home->session->store);
    if (ga_str_equal(sitter, home->sitter))
        return;
    home->sitter = ga_arena_strdup(&home->session->arena, sitter);
    ga_tui_input_set(&home->find, "");
    home->is_below = false;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const bool is_named = result->tag == GA_HOME_NAME && result->is_done;
    const char *doer = NULL;
    begin_anew(state_of(screen));
    if (is_named)
        ga_session_take_up_doer(state_of(screen)->session, &doer);
    if (result->tag == GA_HOME_DROP) {
        if (result->is_done && result->code == 1)
            home_drop(screen);
        return;
    }
    home_read_again(screen);
    if (is_named) {
        ga_name_welcome(screen);
        ga_corner_tell_doer(screen, doer);
    } else if (result->tag == GA_HOME_FOR && result->is_done)
        home_set_doer(screen, result->text);
}

/* What the page itself names with its key need not stand in the bar. */
static const struct ga_tui_command commands[] = {
    {GA_HOME_DROP, {GA_KEY_DELETE}, GA_N_("Throw away"), GA_N_("throw away the unfinished form that is marked; it asks first"),
     GA_COMMAND_IN_BAR},
    {GA_HOME_PUT_BACK, {GA_CTRL('Z')}, GA_N_("Bring back"), GA_N_("bring back the unfinished form thrown away last"), 0},
    {GA_HOME_WRITE, {GA_KEY_TAB}, GA_N_("Write down"), GA_N_("write down a visit, a call … of the child the mark stands on"),
     GA_COMMAND_IN_BAR},
    {GA_HOME_NEW, {GA_KEY_F(2)}, GA_N_("New"), GA_N_("make a new child's file"), GA_COMMAND_IN_BAR},
    {GA_HOME_ROSTER, {GA_KEY_F(3)}, GA_N_("Roster"), GA_N_("all children"), GA_COMMAND_IN_BAR},
    {GA_HOME_IMPORT, {GA_KEY_F(4)}, GA_N_("Import"), GA_N_("take in a roster or another sheet"), GA_COMMAND_IF_ROOM},
    {GA_HOME_EXPORT, {GA_KEY_F(5)}, GA_N_("Export"), GA_N_("write a table for others"), GA_COMMAND_IF_ROOM},
    {GA_HOME_BATCH, {GA_CTRL('B')}, GA_N_("Several"), GA_N_("enter one form for several children at once"), GA_COMMAND_IN_BAR},
    {GA_HOME_NAME, {GA_KEY_F(6)}, GA_N_("Switch"), GA_N_("somebody else sits down at the keys"), GA_COMMAND_IF_ROOM},
    {GA_HOME_FOR, {GA_KEY_F(12), GA_CTRL('K')}, GA_N_("For whom"),
     GA_N_("type the sheets of somebody else, or end that"), 0},
    {GA_HOME_GUIDE, {GA_KEY_F(7)}, GA_N_("How to"), GA_N_("how this program works, on one page"), 0},
    {GA_HOME_FIGURES, {GA_KEY_F(10)}, GA_N_("Figures"), GA_N_("who counts by each definition, on any day"), 0},
    {GA_HOME_DOUBLES, {GA_KEY_F(11)}, GA_N_("Doubles"), GA_N_("files that may be one child's"), 0},
    {GA_HOME_VERIFY, {GA_CTRL('V')}, GA_N_("Type again"), GA_N_("a second person types numbers again, to find slips"), 0},
    {GA_HOME_NOTES, {GA_CTRL('C')}, GA_N_("Notes"), GA_N_("all notes on fields that are still open"), 0},
    {GA_HOME_FIND, {'/'}, GA_N_("Find"), GA_N_("back to the box"), 0},
};

const struct ga_screen_ops ga_screen_home = {
    .name = "home",
    .title = GA_N_("Start"),
    .help = GA_N_("Type to find a child; Enter opens the file. Down goes below, where a digit opens what it stands "
                  "beside and letters go into the box again. The F-keys work everywhere on this page."),
    .state_bytes = sizeof(struct home),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run,
    .offers = offers,
    .reword = reword,
    .work = work_out_dues,
    .resumed = resumed,
    .about = about,
};
