/* The page on which a trip's villages are chosen. */
#include "guanai/screen/trip.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/trip_children.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/care_open.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { GO = 1, TICK, ALL, WHOSE, TYPED };
enum { COL_TICK, COL_VILLAGE, COL_OWED, COL_ALARMS, COL_UNTIL };
enum { VILLAGES_MAX = 400 };

struct village {
    const char *name;
    size_t owed, alarms;
    int32_t due_on; /* of the first one; GA_TRIP_NO_DAY: only alarms */
    bool is_on;
};

struct villages {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena; /* of the villages, anew whenever they are read */
    struct village *items;
    size_t count;
    const char *owner; /* NULL: anybody's children */
};

static const struct ga_tui_column columns[] = {
    [COL_TICK] = {.title = "", .cols = 6},
    [COL_VILLAGE] = {.title = GA_N_("Village"), .cols = 24, .min_cols = 10, .grows = true},
    [COL_OWED] = {.title = GA_N_("Visits owed"), .cols = 11, .is_right = true},
    [COL_ALARMS] = {.title = GA_N_("Alarms"), .cols = 7, .is_right = true, .priority = 1},
    [COL_UNTIL] = {.title = GA_N_("The first by"), .cols = 12, .priority = 2},
};

static struct villages *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct villages, screen);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    const struct villages *page = state_of(screen);
    for (size_t i = 0; i < count && first + i < page->count; i++) {
        const struct village *village = &page->items[first + i];
        char tick[16], day[GA_DATE_SIZE] = "";
        snprintf(tick, sizeof(tick), "%c [%c]", first + i < 9 ? (char)('1' + first + i) : ' ', village->is_on ? 'x' : ' ');
        if (village->due_on != GA_TRIP_NO_DAY)
            ga_date_text_short(ga_date_from_days(village->due_on), ga_screen_lang(screen), day);
        ga_tui_cells_put(cells, i, COL_TICK, tick);
        ga_tui_cells_put(cells, i, COL_VILLAGE, village->name[0] != '\0' ? village->name : ga_screen_tr(screen, "(no village written down)"));
        ga_tui_cells_put(cells, i, COL_OWED, village->owed > 0 ? GA_NUM(village->owed) : "");
        ga_tui_cells_put(cells, i, COL_ALARMS, village->alarms > 0 ? GA_NUM(village->alarms) : "");
        ga_tui_cells_put(cells, i, COL_UNTIL, day);
        if (village->is_on)
            ga_tui_cells_style(cells, i, GA_STYLE_STRONG);
    }
}

static struct village *find(struct villages *page, const char *name)
{
    for (size_t i = 0; i < page->count; i++)
        if (strcmp(page->items[i].name, name) == 0)
            return &page->items[i];
    if (page->count == VILLAGES_MAX)
        return NULL;
    page->items[page->count] = (struct village){.name = name, .due_on = GA_TRIP_NO_DAY};
    return &page->items[page->count++];
}

/* Where most is owed first; of equal ones as they came. */
static void sort(struct villages *page)
{
    for (size_t i = 1; i < page->count; i++) {
        const struct village village = page->items[i];
        size_t k = i;
        for (; k > 0 && page->items[k - 1].owed + page->items[k - 1].alarms < village.owed + village.alarms; k--)
            page->items[k] = page->items[k - 1];
        page->items[k] = village;
    }
}

static enum ga_rc read_villages(struct villages *page, struct ga_error *err)
{
    const struct ga_trip_ask ask = {.owner = page->owner, .lang = page->session->lang};
    struct ga_trip_list list;
    ga_arena_reset(&page->arena);
    page->count = 0;
    page->items = ga_arena_array(&page->arena, VILLAGES_MAX, sizeof(*page->items));
    enum ga_rc rc = ga_trip_children(page->care, &ask, &page->arena, &list, err);
    for (size_t i = 0; rc == GA_OK && i < list.count; i++) {
        struct village *village = find(page, list.children[i].child.village);
        if (village == NULL)
            continue;
        village->owed += list.children[i].is_owed;
        village->alarms += list.children[i].has_alarm;
        if (list.stops[i].due_on < village->due_on)
            village->due_on = list.stops[i].due_on;
    }
    sort(page);
    return rc;
}

static void show_title(struct ga_screen *screen)
{
    const struct villages *page = state_of(screen);
    char title[160];
    snprintf(title, sizeof(title), "%s · %s", ga_screen_tr(screen, "Trip: to which villages?"),
             page->owner != NULL ? page->owner : ga_screen_tr(screen, "the whole school"));
    ga_screen_set_title(screen, title);
}

static void read_again(struct ga_screen *screen)
{
    struct villages *page = state_of(screen);
    struct ga_error err = {0};
    if (read_villages(page, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_tui_list_reload(&page->list, page->count);
    show_title(screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct villages *page = state_of(screen);
    page->session = ga_screen_session(screen);
    page->owner = ga_arena_strdup(&screen->arena, ga_store_user(page->session->store));
    ga_tui_list_init(&page->list, fetch, screen);
    enum ga_rc rc = ga_care_open(screen, &page->care, err);
    if (rc == GA_OK)
        rc = read_villages(page, err);
    if (rc == GA_OK && page->count == 0) { /* nothing of one's own: a clerk, a headteacher */
        page->owner = NULL;
        rc = read_villages(page, err);
    }
    ga_tui_list_reload(&page->list, page->count);
    return rc;
}

static void leave(struct ga_screen *screen)
{
    struct villages *page = state_of(screen);
    ga_tui_list_finish(&page->list);
    ga_arena_finish(&page->arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct villages *page = state_of(screen);
    ga_words_list_layout(screen, &page->list, columns, GA_COUNT(columns), GA_N_("No visit is owed, no alarm is open."), area);
    ga_tui_list_reload(&page->list, page->count);
    show_title(screen);
}

static enum ga_reply toggle(struct ga_screen *screen, size_t i)
{
    struct villages *page = state_of(screen);
    if (i >= page->count)
        return GA_HANDLED;
    page->items[i].is_on = !page->items[i].is_on;
    ga_tui_list_select(&page->list, i);
    ga_tui_list_reload(&page->list, page->count);
    return GA_REDRAW;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    const int digit = ga_event_digit(event);
    if (digit > 0)
        return toggle(screen, (size_t)digit - 1);
    return ga_words_list_event(screen, &state_of(screen)->list, event);
}

/* Without a tick the marked one is meant. */
static void go(struct ga_screen *screen)
{
    struct villages *page = state_of(screen);
    const char **names = ga_arena_array(&page->arena, page->count + 1, sizeof(*names));
    struct ga_screen_trip_arg arg = {.owner = page->owner, .villages = names};
    for (size_t i = 0; i < page->count; i++)
        if (page->items[i].is_on)
            names[arg.villages_count++] = page->items[i].name;
    if (arg.villages_count == 0)
        names[arg.villages_count++] = page->items[page->list.selected].name;
    ga_screen_push(screen, &ga_screen_trip_list, &arg, GO);
}

static void tick_all(struct villages *page)
{
    bool is_all = true;
    for (size_t i = 0; i < page->count; i++)
        is_all &= page->items[i].is_on;
    for (size_t i = 0; i < page->count; i++)
        page->items[i].is_on = !is_all;
    ga_tui_list_reload(&page->list, page->count);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct villages *page = state_of(screen);
    if (id == GO)
        go(screen);
    else if (id == TICK)
        toggle(screen, page->list.selected);
    else if (id == ALL)
        tick_all(page);
    else if (id == TYPED)
        ga_screen_push(screen, &ga_screen_trips, NULL, TYPED);
    else {
        page->owner = page->owner != NULL ? NULL : ga_arena_strdup(&screen->arena, ga_store_user(page->session->store));
        read_again(screen);
    }
    return GA_REDRAW;
}

/* Once the trip is written down the page has done its work. */
static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->tag == GO && result->is_done)
        ga_screen_close_done(screen, 0, NULL);
    else
        read_again(screen);
}

static bool offers(const struct ga_screen *screen, int id)
{
    return id == TYPED || id == WHOSE || state_of(screen)->count > 0;
}

static const struct ga_tui_command commands[] = {
    {GO, {GA_KEY_ENTER}, GA_N_("Whom to visit"), GA_N_("list the children of the ticked villages"), GA_COMMAND_IN_BAR},
    {TICK, {' '}, GA_N_("Tick"), GA_N_("tick this village or take the tick away; so do the digits"), GA_COMMAND_IN_BAR},
    {ALL, {'a', GA_KEY_F(7)}, GA_N_("All"), GA_N_("tick all villages, or none"), GA_COMMAND_IN_BAR},
    {WHOSE, {'m', GA_KEY_F(6)}, GA_N_("Mine / all"), GA_N_("my children only, or those of the whole school"), GA_COMMAND_IN_BAR},
    {TYPED, {'l', GA_KEY_F(3)}, GA_N_("Type a sheet in"), GA_N_("trips that were made: type the visits in by row number"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_trip = {
    .name = "trip",
    .title = GA_N_("Trip: to which villages?"),
    .help = GA_N_("Villages with children whose visit is owed or of whom an alarm is open. Digits or Space tick, Enter lists "
                  "whom to visit there: by village and group, the neediest and latest first, at most five a trip."),
    .state_bytes = sizeof(struct villages),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_bare_list_paint,
    .event = take_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
};
