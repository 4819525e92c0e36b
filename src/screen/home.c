/* The first screen: finding a child, what was left unfinished, how many there are. */
#include "guanai/screen/home.h"

#include "finder.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/child.h"
#include "guanai/screen/export.h"
#include "guanai/screen/guide.h"
#include "guanai/screen/import.h"
#include "guanai/screen/name.h"
#include "guanai/screen/record.h"
#include "guanai/screen/roster.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/input.h"
#include "home_menu.h"
#include "words.h"

#include <string.h>

struct home {
    struct ga_session *session;
    struct ga_tui_input find;
    struct ga_finder finder;
    struct ga_home_menu facts;
    bool is_below; /* the keys speak to the menu, not to the box */
};

static struct home *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct home, screen);
}

static bool is_finding(const struct home *home)
{
    return *ga_tui_input_text(&home->find) != '\0';
}

/* "周老师 · 11月20日": who is at the keys, which day everything is written under. */
static void show_corner(struct ga_screen *screen)
{
    struct ga_session *session = state_of(screen)->session;
    char day[GA_DATE_SIZE];
    char corner[96];
    struct ga_str text = {0};
    ga_date_text_short(session->today, ga_screen_lang(screen), day);
    ga_str_addf(&text, "%s · %s ", ga_store_user(session->store), day);
    ga_str_copy(corner, sizeof(corner), ga_str_text(&text));
    ga_str_finish(&text);
    ga_ui_set_corner(screen->ui, corner);
}

static void search_again(struct ga_screen *screen)
{
    struct home *home = state_of(screen);
    struct ga_error err = {0};
    char found[24];
    home->find.is_changed = false;
    ga_screen_set_status(screen, "");
    if (!is_finding(home))
        return;
    if (ga_finder_search(&home->finder, ga_tui_input_text(&home->find), &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    struct ga_message message;
    char status[160];
    ga_message_set(&message, "%1 found. Up and Down choose, Enter opens the file, Esc empties the box.",
                   ga_finder_found(&home->finder, found, sizeof(found)));
    ga_screen_set_status(screen, ga_message_text(&message, ga_screen_lang(screen), status, sizeof(status)));
}

static void read_again(struct ga_screen *screen)
{
    struct home *home = state_of(screen);
    struct ga_error err = {0};
    if (ga_home_menu_read(&home->facts, home->session, ga_screen_lang(screen), &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    search_again(screen);
    show_corner(screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    struct home *home = state_of(screen);
    home->session = ga_screen_session(screen);
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
    ga_area_cut_top(&area, area.rows > 12 ? 3 : 1);
    return area;
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    struct home *home = state_of(screen);
    home->find.placeholder =
        ga_screen_tr(screen, "name, pinyin, initials (hl), end of an ID or phone number, file number, nickname, village");
    ga_finder_layout(&home->finder, below_box(screen), ga_screen_lang(screen));
    read_again(screen);
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
    if (screen->area.rows > 12 && ga_canvas_is_whole(canvas))
        ga_canvas_text(canvas, hint.row, hint.col + 1, hint.cols - 1, GA_STYLE_DIM,
                       ga_screen_tr(screen, home->is_below ? GA_N_("Digits and letters choose; / goes back to the box")
                                                           : GA_N_("Just type. Down or Tab goes below")));
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct home *home = state_of(screen);
    paint_box(screen, canvas);
    if (is_finding(home))
        ga_tui_list_paint(&home->finder.list, canvas, true);
    else
        ga_menu_paint(&home->facts.menu, canvas, below_box(screen), home->is_below, ga_screen_lang(screen));
}

static enum ga_reply go_below(struct home *home, bool is_below)
{
    home->is_below = is_below;
    return GA_REDRAW;
}

static enum ga_reply open_hit(struct ga_screen *screen)
{
    struct home *home = state_of(screen);
    const struct ga_search_hit *hit = ga_finder_selected(&home->finder);
    if (hit != NULL)
        ga_screen_child_open(screen, &hit->id, GA_HOME_OPEN);
    return GA_REDRAW;
}

/* While something stands in the box: what was found is walked through without leaving it. */
static enum ga_reply take_finding_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct home *home = state_of(screen);
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return open_hit(screen);
    if (ga_event_is_key(event, GA_KEY_ESC)) {
        ga_tui_input_set(&home->find, "");
        search_again(screen);
        return GA_REDRAW;
    }
    if (ga_event_is_key(event, GA_KEY_HOME) || ga_event_is_key(event, GA_KEY_END))
        return GA_IGNORED;
    return ga_tui_list_event(&home->finder.list, event);
}

static enum ga_reply take_box_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct home *home = state_of(screen);
    enum ga_reply answer = is_finding(home) ? take_finding_event(screen, event) : GA_IGNORED;
    if (answer != GA_IGNORED)
        return answer;
    bool goes_below = !is_finding(home) && (ga_event_is_key(event, GA_KEY_TAB) || ga_event_is_key(event, GA_KEY_DOWN) ||
                                            ga_event_is_key(event, GA_KEY_ENTER));
    if (goes_below)
        return go_below(home, true);
    if (!is_finding(home) && event->kind == GA_EVENT_TEXT && event->key == '/')
        return GA_HANDLED; /* the key that leads to the box everywhere else */
    answer = ga_tui_input_event(&home->find, event);
    if (home->find.is_changed) {
        search_again(screen);
        return GA_REDRAW;
    }
    return answer;
}

static enum ga_reply run(struct ga_screen *screen, int id);

/* Chinese cannot be meant for a key of the menu: it goes into the box. */
static bool is_for_box(const struct ga_event *event)
{
    enum { FIRST_HANZI = 0x2E80, FULL_WIDTH = 0xFF00 };
    return event->kind == GA_EVENT_PASTE ||
           (event->kind == GA_EVENT_TEXT && event->key >= FIRST_HANZI && event->key < FULL_WIDTH);
}

static enum ga_reply take_menu_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct home *home = state_of(screen);
    int digit = ga_event_digit(event);
    if (is_for_box(event)) {
        go_below(home, false);
        return take_box_event(screen, event);
    }
    if (ga_event_is_key(event, GA_KEY_ESC) || ga_event_is_key(event, GA_KEY_TAB) ||
        ga_event_is_key(event, GA_KEY_BACKTAB))
        return go_below(home, false);
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return run(screen, ga_menu_selected(&home->facts.menu));
    if (digit > 0)
        return run(screen, GA_HOME_DRAFT + digit - 1);
    enum ga_reply answer = ga_menu_event(&home->facts.menu, event);
    if (answer == GA_IGNORED && ga_event_is_key(event, GA_KEY_UP))
        return go_below(home, false);
    return answer;
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

static enum ga_reply resume_draft(struct ga_screen *screen, size_t i)
{
    const struct ga_unfinished *drafts = &state_of(screen)->facts.drafts;
    if (i >= drafts->count)
        return GA_HANDLED;
    ga_screen_record_resume(screen, drafts->no[i], GA_HOME_DRAFT);
    return GA_REDRAW;
}

struct way {
    int id;
    const struct ga_screen_ops *ops;
};

static enum ga_reply run(struct ga_screen *screen, int id)
{
    static const struct way ways[] = {
        {GA_HOME_IMPORT, &ga_screen_import_file},
        {GA_HOME_EXPORT, &ga_screen_export},
        {GA_HOME_NAME, &ga_screen_name},
        {GA_HOME_GUIDE, &ga_screen_guide},
    };
    for (size_t i = 0; i < GA_COUNT(ways); i++) {
        if (ways[i].id == id) {
            ga_screen_push(screen, ways[i].ops, NULL, id);
            return GA_REDRAW;
        }
    }
    if (id >= GA_HOME_DRAFT)
        return resume_draft(screen, (size_t)(id - GA_HOME_DRAFT));
    if (id == GA_HOME_NEW)
        ga_screen_record_new(screen, "child", NULL, id);
    else if (id == GA_HOME_FIND)
        return go_below(state_of(screen), false);
    else if (id == GA_HOME_QUIT)
        ga_ui_quit(screen->ui);
    else if (id != 0)
        return open_roster(screen, id);
    return GA_REDRAW;
}

/* What the person before had begun is named when somebody else sits down. */
static void welcome(struct ga_screen *screen)
{
    struct home *home = state_of(screen);
    const char *user = ga_store_user(home->session->store);
    char others[24];
    if (home->facts.drafts.others > 0)
        ga_words_tell(screen->ui, GA_STYLE_OK,
                      GA_N_("At the keys now: %1. What others have not finished is kept for them (%2)."), user,
                      ga_num_text(others, (int64_t)home->facts.drafts.others));
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("At the keys now: %1."), user);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    read_again(screen);
    if (result->tag == GA_HOME_NAME && result->is_done)
        welcome(screen);
}

static const struct ga_tui_command commands[] = {
    {GA_HOME_NEW, {GA_KEY_F(2), 'n'}, GA_N_("New"), GA_N_("make a new child's file"), GA_COMMAND_IN_BAR},
    {GA_HOME_ROSTER, {GA_KEY_F(3), 'r', 'a'}, GA_N_("Roster"), GA_N_("all children"), GA_COMMAND_IN_BAR},
    {GA_HOME_IMPORT, {GA_KEY_F(4), 'i'}, GA_N_("Import"), GA_N_("take in a roster or another sheet"),
     GA_COMMAND_IN_BAR},
    {GA_HOME_EXPORT, {GA_KEY_F(5), 'e'}, GA_N_("Export"), GA_N_("write a table for others"), GA_COMMAND_IN_BAR},
    {GA_HOME_NAME, {GA_KEY_F(6), 's'}, GA_N_("Switch"), GA_N_("somebody else sits down at the keys"),
     GA_COMMAND_IN_BAR},
    {GA_HOME_GUIDE, {GA_KEY_F(7), 'h'}, GA_N_("How to"), GA_N_("how this program works, on one page"), 0},
    {GA_HOME_LEFT_BEHIND, {'l'}, GA_N_("Left behind"), GA_N_("the left-behind children"), 0},
    {GA_HOME_KEY, {'k'}, GA_N_("Key"), GA_N_("the key children (★)"), 0},
    {GA_HOME_UNGUARDED, {'u'}, GA_N_("Unguarded"), GA_N_("the children whom nobody guards"), 0},
    {GA_HOME_BOARDING, {'b'}, GA_N_("Boarders"), GA_N_("the boarders"), 0},
    {GA_HOME_FIND, {'/'}, GA_N_("Find"), GA_N_("back to the box"), 0},
    {GA_HOME_QUIT, {'q'}, GA_N_("Quit"), GA_N_("leave the program; what is unfinished is kept"), 0},
};

const struct ga_screen_ops ga_screen_home = {
    .name = "home",
    .title = GA_N_("Start"),
    .help = GA_N_("Type to find a child; Enter opens the file. Down or Tab goes below, where a digit goes on with what was "
                  "left unfinished and a letter opens what it stands for. The F-keys work everywhere on this page."),
    .state_bytes = sizeof(struct home),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run,
    .resumed = resumed,
};
