/* The page on which the children of a trip are chosen. */
#include "guanai/app/trip.h"
#include "guanai/screen/trip.h"

#include "care/due_words.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/child.h"
#include "guanai/screen/find.h"
#include "guanai/screen/session.h"
#include "guanai/store/number.h"
#include "guanai/text/date_typed.h"
#include "guanai/text/width.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/care_open.h"
#include "parts/file_places.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PRINT = 1, TICK, ADD, DAY, FILE_OF };
enum { COL_NUMBER, COL_NAME, COL_PLACE, COL_GUARDIAN, COL_PHONE, COL_LAST, COL_AGREED };
enum { ROWS_MAX = GA_TRIP_STOPS_MAX, NAMES_TRIED = 99 };

struct trip_page {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena row;     /* of the rows being fetched, of sentences */
    struct ga_vec children;  /* struct ga_trip_child; in the screen's arena what they refer to */
    struct ga_vec stops;     /* struct ga_trip_stop, of each */
    size_t *rows;            /* as shown, places in `children`: first those who go, in walking order */
    size_t going, count;
    struct ga_date day;
};

static const struct ga_tui_column columns[] = {
    [COL_NUMBER] = {.title = GA_N_("Row"), .cols = 4, .is_right = true},
    [COL_NAME] = {.title = GA_N_("Child"), .cols = 10, .min_cols = 8},
    [COL_PLACE] = {.title = GA_N_("Where"), .cols = 13, .min_cols = 8},
    [COL_GUARDIAN] = {.title = GA_N_("Guardian"), .cols = 13, .priority = 2},
    [COL_PHONE] = {.title = GA_N_("Phone"), .cols = 11, .priority = 1},
    [COL_LAST] = {.title = GA_N_("Last visit"), .cols = 10, .priority = 3},
    [COL_AGREED] = {.title = GA_N_("Agreed then"), .cols = 14, .min_cols = 6, .priority = 4, .grows = true},
};

static struct trip_page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct trip_page, screen);
}

static const struct ga_trip_child *child_at(const struct trip_page *page, size_t row)
{
    return GA_VEC_AT(const struct ga_trip_child, &page->children, page->rows[row]);
}

static const struct ga_trip_stop *stops_of(const struct trip_page *page)
{
    return page->stops.items;
}

static void put_row(struct ga_screen *screen, struct ga_tui_cells *cells, size_t at, size_t row)
{
    struct trip_page *page = state_of(screen);
    const struct ga_trip_child *child = child_at(page, row);
    const enum ga_lang lang = ga_screen_lang(screen);
    char day[GA_DATE_SIZE] = "";
    if (child->last_on.year != 0)
        ga_date_text_short(child->last_on, lang, day);
    ga_tui_cells_put(cells, at, COL_NUMBER, row < page->going ? GA_NUM(row + 1) : "-");
    ga_tui_cells_put(cells, at, COL_NAME, ga_arena_printf(&page->row, "%s%s", child->has_alarm ? "!" : child->child.is_key_child ? "★" : "", child->child.name));
    ga_tui_cells_put(cells, at, COL_PLACE, ga_arena_printf(&page->row, "%s%s%s", child->child.village, child->hamlet[0] != '\0' ? " " : "", child->hamlet));
    ga_tui_cells_put(cells, at, COL_GUARDIAN, ga_arena_printf(&page->row, "%s%s%s", child->guardian, child->guardian[0] != '\0' ? " " : "",
                                                              ga_words_choice(page->session, "relation", child->relation, lang)));
    ga_tui_cells_put(cells, at, COL_PHONE, child->phone);
    ga_tui_cells_put(cells, at, COL_LAST, day);
    ga_tui_cells_put(cells, at, COL_AGREED, child->agreed);
    if (row >= page->going)
        ga_tui_cells_style(cells, at, GA_STYLE_DIM);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct trip_page *page = state_of(ctx);
    for (size_t i = 0; i < count && first + i < page->count; i++)
        put_row(ctx, cells, i, first + i);
    ga_arena_reset(&page->row);
}

/* What the columns have no room for: an English relation, what was agreed. */
static void add_whole(const struct trip_page *page, const struct ga_trip_child *child, enum ga_lang lang, struct ga_str *text)
{
    const char *relation = ga_words_choice(page->session, "relation", child->relation, lang), *between = text->len > 0 ? " · " : " ";
    const size_t room = (size_t)columns[COL_GUARDIAN].cols;
    if (ga_width_text(child->guardian, strlen(child->guardian)) + 1 + ga_width_text(relation, strlen(relation)) > room)
        ga_str_addf(text, "%s%s", between, relation);
    if (child->agreed[0] != '\0')
        ga_str_addf(text, "%s%s", text->len > 0 ? " · " : " ", child->agreed);
}

/* Why the marked child is offered. */
static void show_status(struct ga_screen *screen)
{
    struct trip_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_trip_child *child = page->count > 0 ? child_at(page, page->list.selected) : NULL;
    struct ga_str text = {0};
    if (child != NULL && child->has_alarm)
        ga_str_addf(&text, " ! %s", ga_label_text(&child->alarm, lang));
    if (child != NULL && child->is_owed)
        ga_str_addf(&text, "%s%s: %s", text.len > 0 ? " · " : " ", ga_label_text(&ga_care_duties(page->care)->items[child->due.duty]->title, lang),
                    ga_due_words_when(&child->due, lang, &page->row));
    if (child != NULL && child->follow_up_on.year != 0) {
        char day[GA_DATE_SIZE];
        ga_str_addf(&text, "%s%s", text.len > 0 ? " · " : " ",
                    ga_words_say(&page->row, lang, GA_N_("look again on %1"), ga_date_text_short(child->follow_up_on, lang, day)));
    }
    if (child != NULL)
        add_whole(page, child, lang, &text);
    ga_screen_set_status(screen, ga_str_text(&text));
    ga_str_finish(&text);
    ga_arena_reset(&page->row);
}

static void show(struct ga_screen *screen)
{
    struct trip_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const char *when = ga_words_day(&page->row, page->day, lang);
    ga_screen_set_title(screen, ga_words_say(&page->row, lang, page->going == 1 ? GA_N_("Trip · %1 · 1 child") : GA_N_("Trip · %1 · %2 children"), when,
                                             GA_NUM(page->going)));
    ga_tui_list_reload(&page->list, page->count);
    show_status(screen);
}

/* Who goes is put into walking order, the others by need; the mark stays with its child. */
static void arrange(struct trip_page *page)
{
    const size_t marked = page->count > 0 && page->list.selected < page->count ? page->rows[page->list.selected] : 0;
    ga_trip_walk(stops_of(page), page->rows, page->going);
    ga_trip_by_need(stops_of(page), page->rows + page->going, page->count - page->going);
    for (size_t i = 0; i < page->count; i++)
        if (page->rows[i] == marked)
            page->list.selected = i;
}

/* The next five of those who are left. */
static void propose(struct trip_page *page)
{
    size_t picked[GA_TRIP_ROWS], going = 0;
    bool *is_out = ga_arena_array(&page->row, page->children.len + 1, sizeof(*is_out));
    memset(is_out, true, page->children.len * sizeof(*is_out));
    for (size_t i = 0; i < page->count; i++)
        is_out[page->rows[i]] = false;
    const struct ga_trip_pick pick = {.is_out = is_out, .may_mix = true, .rows = GA_TRIP_ROWS};
    const size_t count = ga_trip_pick_next(stops_of(page), page->children.len, &pick, picked);
    for (size_t i = 0; i < count; i++) /* to the front, one after the other */
        for (size_t k = going; k < page->count; k++)
            if (page->rows[k] == picked[i]) {
                page->rows[k] = page->rows[going];
                page->rows[going++] = picked[i];
                break;
            }
    page->going = going;
    page->list.selected = 0;
    arrange(page);
    page->list.selected = 0;
}

static bool is_wanted(const struct ga_screen_trip_arg *arg, const char *village)
{
    for (size_t i = 0; i < arg->villages_count; i++)
        if (strcmp(arg->villages[i], village) == 0)
            return true;
    return false;
}

static void add(struct trip_page *page, const struct ga_trip_child *child, const struct ga_trip_stop *stop)
{
    *(struct ga_trip_child *)ga_vec_push(&page->children) = *child;
    *(struct ga_trip_stop *)ga_vec_push(&page->stops) = *stop;
    page->rows[page->count++] = page->children.len - 1;
}

static enum ga_rc read_children(struct ga_screen *screen, const struct ga_screen_trip_arg *arg, struct ga_error *err)
{
    struct trip_page *page = state_of(screen);
    const struct ga_trip_ask ask = {.owner = arg->owner, .lang = ga_screen_lang(screen)};
    struct ga_trip_list list;
    enum ga_rc rc = ga_trip_children(page->care, &ask, &screen->arena, &list, err);
    for (size_t i = 0; rc == GA_OK && i < list.count; i++)
        if (is_wanted(arg, list.children[i].child.village))
            add(page, &list.children[i], &list.stops[i]);
    propose(page);
    return rc;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct trip_page *page = state_of(screen);
    page->session = ga_screen_session(screen);
    ga_vec_init(&page->children, sizeof(struct ga_trip_child));
    ga_vec_init(&page->stops, sizeof(struct ga_trip_stop));
    page->rows = ga_arena_array(&screen->arena, ROWS_MAX, sizeof(*page->rows));
    ga_tui_list_init(&page->list, fetch, screen);
    enum ga_rc rc = ga_care_open(screen, &page->care, err);
    if (rc != GA_OK)
        return rc;
    page->day = ga_trip_next_day(ga_care_calendar(page->care), page->session->today);
    return read_children(screen, arg, err);
}

static void leave(struct ga_screen *screen)
{
    struct trip_page *page = state_of(screen);
    ga_tui_list_finish(&page->list);
    ga_vec_finish(&page->children);
    ga_vec_finish(&page->stops);
    ga_arena_finish(&page->row);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct trip_page *page = state_of(screen);
    ga_words_list_layout(screen, &page->list, columns, GA_COUNT(columns), GA_N_("Nobody is left here. a adds a child."), area);
    show(screen);
}

/* Into this trip, or out of it and so into the next one. */
static void toggle(struct ga_screen *screen, size_t row)
{
    struct trip_page *page = state_of(screen);
    if (row >= page->count)
        return;
    const size_t child = page->rows[row];
    if (row >= page->going && page->going == GA_TRIP_ROWS) {
        ga_words_tell(screen->ui, GA_STYLE_WARNING, GA_N_("At most %1 children a trip: take one out first, it comes along the next time."),
                      GA_NUM(GA_TRIP_ROWS));
        return;
    }
    const size_t to = row < page->going ? --page->going : page->going++;
    page->rows[row] = page->rows[to];
    page->rows[to] = child;
    ga_tui_list_select(&page->list, to);
    arrange(page);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct trip_page *page = state_of(screen);
    const int digit = ga_event_digit(event);
    if (digit > 0) {
        toggle(screen, (size_t)digit - 1);
        show(screen);
        return GA_REDRAW;
    }
    const enum ga_reply answer = ga_tui_list_event(&page->list, event);
    if (answer != GA_IGNORED)
        show_status(screen);
    return answer;
}

/* Somebody the list does not have, or has and does not take. */
static void add_child(struct ga_screen *screen, const char *typed)
{
    struct trip_page *page = state_of(screen);
    struct ga_error err = {0};
    struct ga_uuid id;
    struct ga_trip_child child;
    struct ga_trip_stop stop;
    int64_t no;
    enum ga_rc rc = ga_uuid_parse(typed, &id) ? ga_store_child_no(page->session->store, &id, &no, &err) : GA_NOT_FOUND;
    for (size_t i = 0; rc == GA_OK && i < page->count; i++)
        if (child_at(page, i)->child.no == no) {
            if (i >= page->going)
                toggle(screen, i);
            return;
        }
    if (rc == GA_OK)
        rc = ga_trip_child_of(page->care, no, ga_screen_lang(screen), &screen->arena, &child, &stop, &err);
    if (rc != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    if (page->count == ROWS_MAX)
        return;
    add(page, &child, &stop);
    toggle(screen, page->count - 1);
}

static void ask_day(struct ga_screen *screen)
{
    const struct ga_dialog_ask ask = {.title = ga_screen_tr(screen, "Which day?"),
                                      .text = ga_screen_tr(screen, "The day of the trip: 28, 11-28, tomorrow"),
                                      .initial = GA_DATE_ISO(state_of(screen)->day),
                                      .gives_way = true,
                                      .max_chars = 30};
    ga_dialog_ask(screen, &ask, DAY);
}

static void take_day(struct ga_screen *screen, const char *typed)
{
    struct trip_page *page = state_of(screen);
    struct ga_error err = {0};
    struct ga_date day;
    const struct ga_date_manner manner = {.today = page->session->today, .lean = GA_DATE_FUTURE};
    if (ga_date_parse(typed, &manner, &day, NULL, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        page->day = day;
}

/* A name that no file has yet. In the screen's arena. */
static const char *choose_path(struct ga_screen *screen)
{
    const struct trip_page *page = state_of(screen);
    const struct ga_io_ops *io = page->session->options->io;
    const char *folder = ga_file_places_target(io, getenv("HOME"), &screen->arena), *path = NULL;
    for (int i = 1; i <= NAMES_TRIED; i++) {
        struct ga_io_stat stat;
        const char *number = i == 1 ? "" : ga_arena_printf(&screen->arena, "-%d", i);
        path = ga_arena_printf(&screen->arena, "%s/%s-%s%s.%s", folder, ga_screen_tr(screen, "trip"), GA_DATE_ISO(page->day), number,
                               page->session->helper != NULL ? "xlsx" : "txt");
        if (io->stat(io->ctx, path, &stat) != 0)
            break;
    }
    return path;
}

/* "红岩村、大湾村", in walking order. */
static void name_villages(const struct trip_page *page, struct ga_str *out)
{
    for (size_t i = 0; i < page->going; i++) {
        const char *village = child_at(page, i)->child.village;
        if (village[0] != '\0' && (i == 0 || strcmp(child_at(page, i - 1)->child.village, village) != 0))
            ga_str_addf(out, "%s%s", out->len > 0 ? "、" : "", village);
    }
}

static enum ga_rc save(struct trip_page *page, const char *path, struct ga_trip *ret_trip, struct ga_error *err)
{
    struct ga_uuid children[GA_TRIP_ROWS], id;
    struct ga_str villages = {0};
    for (size_t i = 0; i < page->going; i++)
        children[i] = child_at(page, i)->child.id;
    name_villages(page, &villages);
    enum ga_rc rc = ga_trip_save(page->session, page->day, children, page->going, ga_str_text(&villages), &id, err);
    ga_str_finish(&villages);
    if (rc == GA_OK)
        rc = ga_trip_read(page->session, &id, &page->row, ret_trip, err);
    return rc == GA_OK ? ga_trip_write_sheet(page->session, ret_trip, path, err) : rc;
}

/* Written down and printed; who did not come along is proposed for the next trip. */
static void print(struct ga_screen *screen)
{
    struct trip_page *page = state_of(screen);
    struct ga_error err = {0};
    struct ga_trip trip;
    const char *path = choose_path(screen);
    if (save(page, path, &trip, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    screen->result.is_done = true;
    ga_words_tell(screen->ui, GA_STYLE_OK, page->count > page->going
                                               ? GA_N_("Those who are left are proposed for the next trip. Written for printing: %1")
                                               : GA_N_("Written to %1 for printing."),
                  path);
    page->count -= page->going;
    memmove(page->rows, page->rows + page->going, page->count * sizeof(*page->rows));
    if (page->count == 0) {
        ga_screen_close_done(screen, 0, NULL);
        return;
    }
    page->day = ga_trip_next_day(ga_care_calendar(page->care), ga_date_add_days(page->day, 1));
    propose(page);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct trip_page *page = state_of(screen);
    if (id == PRINT)
        print(screen);
    else if (id == TICK)
        toggle(screen, page->list.selected);
    else if (id == ADD)
        ga_screen_find_open(screen, "child", "", ADD);
    else if (id == DAY)
        ask_day(screen);
    else
        ga_screen_child_open(screen, &child_at(page, page->list.selected)->child.id, FILE_OF);
    show(screen);
    return GA_REDRAW;
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct trip_page *page = state_of(screen);
    if (page->list.selected >= page->count)
        return false;
    *ret_id = child_at(page, page->list.selected)->child.id;
    return true;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->tag == ADD && result->is_done && result->text != NULL)
        add_child(screen, result->text);
    else if (result->tag == DAY && result->is_done && result->text != NULL)
        take_day(screen, result->text);
    show(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == DAY)
        ask_day(screen);
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct trip_page *page = state_of(screen);
    if (id == PRINT)
        return page->going > 0;
    return id == ADD || id == DAY || page->count > 0;
}

static const struct ga_tui_command commands[] = {
    {PRINT, {GA_CTRL('S'), 'p', GA_KEY_F(2)}, GA_N_("Print"), GA_N_("write the trip down and its sheet into a file for printing"), GA_COMMAND_IN_BAR},
    {TICK, {' '}, GA_N_("Tick"), GA_N_("take this child along, or leave it for the next trip; so do the digits"), GA_COMMAND_IN_BAR},
    {ADD, {'a', GA_KEY_F(4)}, GA_N_("Add"), GA_N_("take along another child"), GA_COMMAND_IN_BAR},
    {DAY, {'d', GA_KEY_F(5)}, GA_N_("Day"), GA_N_("another day for the trip"), GA_COMMAND_IN_BAR},
    {FILE_OF, {'o', GA_KEY_F(3)}, GA_N_("The file"), GA_N_("open the child's file"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_trip_list = {
    .name = "trip_list",
    .title = GA_N_("Trip"),
    .help = GA_N_("Numbered: who is visited on this trip, in the order of the way, at most five. Those with - are left for the "
                  "next one. Space takes along or leaves behind, a adds any child. Print writes the trip down and a sheet with "
                  "the same numbers into a file; later the visits are typed in by these numbers. ! an alarm is open, ★ a key child."),
    .state_bytes = sizeof(struct trip_page),
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
    .reword = reword,
};
