/* The page on which trips are typed in by row number. */
#include "guanai/app/print.h"
#include "guanai/app/trip.h"
#include "guanai/screen/trip.h"

#include "guanai/app/names.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/about.h"
#include "parts/care_open.h"
#include "parts/corner.h"
#include "parts/file_places.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN = 1, EDIT, NEW, PRINT };
enum { COL_NUMBER, COL_NAME, COL_PLACE, COL_STATE };
enum { HEAD = -1 };

/* What stands in a line: a trip, or a row of it. */
struct line {
    size_t trip;
    int row; /* HEAD: the trip itself */
};

struct trips_page {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_arena arena; /* of the trips, anew whenever they are read */
    struct ga_arena row;   /* of the rows being fetched */
    struct ga_trip *trips;
    size_t trips_count;
    struct line *lines;
    size_t count;
    const char *doer;      /* for whom was typed before this page; NULL: for oneself */
    struct ga_uuid marked; /* the trip that is worked on */
    int number;            /* its row that was opened last */
};

static const struct ga_tui_column columns[] = {
    [COL_NUMBER] = {.title = GA_N_("Row"), .cols = 4, .is_right = true},
    [COL_NAME] = {.title = GA_N_("Child"), .cols = 24, .min_cols = 12},
    [COL_PLACE] = {.title = GA_N_("Village"), .cols = 20, .min_cols = 8, .priority = 1},
    [COL_STATE] = {.title = GA_N_("Typed in"), .cols = 24, .min_cols = 10, .grows = true},
};

static struct trips_page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct trips_page, screen);
}

static const struct ga_trip *trip_at(const struct trips_page *page, size_t line)
{
    return &page->trips[page->lines[line].trip];
}

static const struct ga_trip_row *row_at(const struct trips_page *page, size_t line)
{
    return page->lines[line].row == HEAD ? NULL : &trip_at(page, line)->rows[page->lines[line].row];
}

static void put_head(struct ga_screen *screen, struct ga_tui_cells *cells, size_t at, const struct ga_trip *trip)
{
    struct trips_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    char day[GA_DATE_SIZE];
    ga_date_text_short(trip->planned_on, lang, day);
    ga_tui_cells_put(cells, at, COL_NAME, ga_arena_printf(&page->row, "%s · %s", day, trip->doer));
    ga_tui_cells_put(cells, at, COL_PLACE, trip->villages);
    ga_tui_cells_put(cells, at, COL_STATE, ga_words_say(&page->row, lang, GA_N_("%1 of %2 typed in"), GA_NUM(trip->typed), GA_NUM(trip->rows_count)));
    ga_tui_cells_style(cells, at, GA_STYLE_LABEL);
}

static void put_row(struct ga_screen *screen, struct ga_tui_cells *cells, size_t at, const struct ga_trip_row *row)
{
    struct trips_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_roster_row child = {.name = "", .village = "", .class_shown = ""};
    char day[GA_DATE_SIZE];
    if (row->child_no == 0 || ga_roster_row_of(page->session->store, row->child_no, lang, &page->row, &child, NULL) != GA_OK)
        child.name = ga_tr(lang, GA_N_("(the file is not here)"));
    ga_tui_cells_put(cells, at, COL_NUMBER, GA_NUM(row->number));
    ga_tui_cells_put(cells, at, COL_NAME, ga_arena_printf(&page->row, "%s  %s", child.name, child.class_shown));
    ga_tui_cells_put(cells, at, COL_PLACE, child.village);
    if (!row->is_typed) {
        ga_tui_cells_put(cells, at, COL_STATE, ga_tr(lang, GA_N_("not typed in yet")));
        return;
    }
    ga_date_text_short(row->visited_on, lang, day);
    ga_tui_cells_put(cells, at, COL_STATE, ga_arena_printf(&page->row, "✓ %s %s", day, ga_words_choice(page->session, "visit_outcome", row->outcome, lang)));
    ga_tui_cells_style(cells, at, GA_STYLE_DIM);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct trips_page *page = state_of(ctx);
    for (size_t i = 0; i < count && first + i < page->count; i++) {
        const struct ga_trip_row *row = row_at(page, first + i);
        if (row == NULL)
            put_head(ctx, cells, i, trip_at(page, first + i));
        else
            put_row(ctx, cells, i, row);
    }
    ga_arena_reset(&page->row);
}

static bool is_open(const struct ga_trip *trip)
{
    return trip->typed < trip->rows_count;
}

static bool is_mine(const struct trips_page *page, const struct ga_trip *trip)
{
    return strcmp(trip->doer, ga_store_user(page->session->store)) == 0;
}

enum { RANK_TO_TYPE, RANK_OTHERS, RANK_COMING, RANK_COMING_OTHERS, RANK_DONE, RANKS };

/* Open ones that were made first, one's own before others'; then those yet to come. */
static int rank(const struct trips_page *page, const struct ga_trip *trip)
{
    const bool is_coming = ga_date_compare(trip->planned_on, page->session->today) > 0;
    if (!is_open(trip))
        return RANK_DONE;
    return (is_coming ? RANK_COMING : RANK_TO_TYPE) + !is_mine(page, trip);
}

/* Trips are read the latest first; of those to come the next one stands first. */
static size_t nth_trip(const struct trips_page *page, int wanted, size_t n)
{
    const bool is_coming = wanted == RANK_COMING || wanted == RANK_COMING_OTHERS;
    return is_coming ? page->trips_count - 1 - n : n;
}

static void make_lines(struct trips_page *page)
{
    page->count = 0;
    page->lines = ga_arena_array(&page->arena, page->trips_count * (1 + GA_TRIP_NUMBERS_MAX) + 1, sizeof(*page->lines));
    for (int wanted = 0; wanted < RANKS; wanted++)
        for (size_t n = 0; n < page->trips_count; n++) {
            const size_t i = nth_trip(page, wanted, n);
            if (rank(page, &page->trips[i]) != wanted)
                continue;
            page->lines[page->count++] = (struct line){i, HEAD};
            for (size_t k = 0; k < page->trips[i].rows_count; k++)
                page->lines[page->count++] = (struct line){i, (int)k};
        }
}

static bool is_marked(const struct trips_page *page, size_t line)
{
    return memcmp(&trip_at(page, line)->id, &page->marked, sizeof(page->marked)) == 0;
}

/* The row to be typed in next: behind the last one, else of its trip, else of any; without any the first line. */
static size_t next_line(const struct trips_page *page)
{
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < page->count; i++) {
            const struct ga_trip_row *row = row_at(page, i);
            if (row != NULL && !row->is_typed && (pass == 2 || is_marked(page, i)) && (pass > 0 || row->number > page->number))
                return i;
        }
    return 0;
}

static enum ga_rc read_trips(struct trips_page *page, struct ga_error *err)
{
    ga_arena_reset(&page->arena);
    page->trips_count = 0;
    const enum ga_rc rc = ga_trips_read(page->session, (struct ga_days){0}, &page->arena, &page->trips, &page->trips_count, err);
    make_lines(page);
    return rc;
}

static void read_again(struct ga_screen *screen)
{
    struct trips_page *page = state_of(screen);
    struct ga_error err = {0};
    if (read_trips(page, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_tui_list_reload(&page->list, page->count);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct trips_page *page = state_of(screen);
    page->session = ga_screen_session(screen);
    if (ga_session_is_for_other(page->session))
        page->doer = ga_arena_strdup(&screen->arena, ga_store_user(page->session->store));
    ga_tui_list_init(&page->list, fetch, screen);
    const enum ga_rc rc = read_trips(page, err);
    ga_tui_list_reload(&page->list, page->count);
    if (page->count > 0)
        ga_tui_list_select(&page->list, next_line(page));
    return rc;
}

/* Typing for the one whose trip it was ends with the page. */
static void leave(struct ga_screen *screen)
{
    struct trips_page *page = state_of(screen);
    const bool was_for = page->doer != NULL, is_for = ga_session_is_for_other(page->session);
    if (was_for != is_for || (is_for && strcmp(page->doer, ga_store_user(page->session->store)) != 0)) {
        ga_session_set_doer(page->session, page->doer);
        ga_corner_show(screen);
    }
    ga_tui_list_finish(&page->list);
    ga_arena_finish(&page->arena);
    ga_arena_finish(&page->row);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct trips_page *page = state_of(screen);
    ga_words_list_layout(screen, &page->list, columns, GA_COUNT(columns), GA_N_("No trip in the last 30 days. n plans one."), area);
    ga_tui_list_reload(&page->list, page->count);
}

/* What is typed in of another's trip is that teacher's: 代录, said in the title line from then on. */
static void type_for(struct ga_screen *screen, const char *doer)
{
    struct trips_page *page = state_of(screen);
    struct ga_store *store = page->session->store;
    struct ga_error err = {0};
    if (doer[0] == '\0' || strcmp(doer, ga_store_user(store)) == 0)
        return;
    const bool is_own = strcmp(doer, ga_store_typist(store)) == 0;
    ga_session_set_doer(page->session, is_own ? NULL : doer);
    if (!is_own && ga_names_remember_doer(store, doer, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_corner_tell(screen);
}

static void type_in(struct ga_screen *screen, size_t line)
{
    struct trips_page *page = state_of(screen);
    const struct ga_trip *trip = trip_at(page, line);
    const struct ga_trip_row *row = row_at(page, line);
    ga_tui_list_select(&page->list, line);
    page->marked = trip->id;
    page->number = row->number;
    if (row->is_typed) {
        ga_screen_record_open(screen, &row->visit, 0, NULL, OPEN);
        return;
    }
    if (row->child_no == 0)
        return;
    const struct ga_date day = ga_trip_day(trip);
    const bool is_over = ga_date_compare(day, page->session->today) <= 0; /* else it went earlier than planned */
    const struct ga_screen_given given = {.field = "visited_on", .next = "visited_on",
                                          .typed = GA_DATE_ISO(is_over ? day : page->session->today)};
    const struct ga_uuid child = row->child;
    type_for(screen, trip->doer);
    ga_screen_record_given(screen, GA_TRIP_VISIT_FORM, &child, &given, OPEN);
}

/* The row of that number in the trip the mark is in. */
static enum ga_reply take_digit(struct ga_screen *screen, int number)
{
    struct trips_page *page = state_of(screen);
    for (size_t i = 0; i < page->count; i++) {
        const struct ga_trip_row *row = row_at(page, i);
        if (row != NULL && row->number == number && page->lines[i].trip == page->lines[page->list.selected].trip) {
            type_in(screen, i);
            return GA_REDRAW;
        }
    }
    return GA_HANDLED;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    const int digit = ga_event_digit(event);
    if (digit > 0)
        return take_digit(screen, digit);
    return ga_words_list_event(screen, &state_of(screen)->list, event);
}

static void print(struct ga_screen *screen)
{
    struct trips_page *page = state_of(screen);
    struct ga_error err = {0};
    const struct ga_trip *trip = trip_at(page, page->list.selected);
    const char *folder = ga_file_places_target(page->session->options->io, getenv("HOME"), &page->row),
               *path = ga_print_path(page->session, folder, ga_arena_printf(&page->row, "%s-%s-%s", ga_screen_tr(screen, "trip"), GA_DATE_ISO(trip->planned_on), trip->doer), &page->row);
    if (ga_trip_write_sheet(page->session, trip, path, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("Written to %1 for printing."), path);
    ga_arena_reset(&page->row);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct trips_page *page = state_of(screen);
    const size_t line = page->list.selected;
    if (id == NEW)
        ga_screen_push(screen, &ga_screen_trip, NULL, NEW);
    else if (id == PRINT)
        print(screen);
    else if (id == EDIT || page->lines[line].row == HEAD)
        ga_screen_record_open(screen, &trip_at(page, line)->id, 0, NULL, EDIT);
    else
        type_in(screen, line);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct trips_page *page = state_of(screen);
    read_again(screen);
    if (result->is_done)
        screen->result.is_done = true; /* kept for whoever opened this page */
    if (result->is_done && page->count > 0)
        ga_tui_list_select(&page->list, next_line(page));
    ga_words_show_place(screen, &page->list);
}

static bool offers(const struct ga_screen *screen, int id)
{
    return id == NEW || state_of(screen)->count > 0;
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct trips_page *page = state_of(screen);
    const struct ga_trip_row *row = page->count > 0 ? row_at(page, page->list.selected) : NULL;
    return row != NULL && ga_about_child(screen, row->child_no, ret_id);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Type in"), GA_N_("type in the visit of this row, or open it; its number does the same"), GA_COMMAND_IN_BAR},
    {PRINT, {'p', GA_KEY_F(5)}, GA_N_("Print"), GA_N_("write the sheet into a file once more"), GA_COMMAND_IN_BAR},
    {EDIT, {'e', GA_KEY_F(4)}, GA_N_("The trip"), GA_N_("open the trip itself: its day, who goes, the children"), GA_COMMAND_IN_BAR},
    {NEW, {'n', GA_KEY_F(2)}, GA_N_("New trip"), GA_N_("plan another trip"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_trips = {
    .name = "trips",
    .title = GA_N_("Trips: type in by row number"),
    .help = GA_N_("The trips of the last 30 days, those not typed in yet first, those yet to come behind them. Type the number of a row as it stands on the "
                  "paper: its visit opens with the day of the trip. After saving, the next row is marked. A row counts as typed in "
                  "once the child has a visit of those days, however it was entered. A colleague's trip is typed in for that "
                  "colleague; the title says so."),
    .state_bytes = sizeof(struct trips_page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_bare_list_paint,
    .event = take_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
};
