/* The page of a week or a month, a row a day. */
#include "guanai/screen/schedule.h"

#include "care/schedule_plan.h"
#include "guanai/app/schedule.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/screen/trip.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/care_open.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { OPEN = 1, WEEK, MONTH, BEFORE, AFTER, WHOSE, TRIP, PLAN, UNDO };
enum { COL_DAY, COL_SCHOOL, COL_OUT, COL_DUE };
enum { DAYS_BEFORE = 3 }; /* in sight above today */
enum { WEEK_DAYS = 7 };

struct schedule_page {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_care *care;
    struct ga_arena arena; /* of the schedule, anew whenever it is read */
    struct ga_arena row;   /* of the rows being fetched */
    struct ga_schedule schedule;
    const char *owner;     /* NULL: the whole school */
    bool is_month;
    struct ga_date day;    /* a day of the week or month that is shown */
};

static const struct ga_tui_column columns[] = {
    [COL_DAY] = {.title = GA_N_("Day"), .cols = 14, .min_cols = 14},
    [COL_SCHOOL] = {.title = GA_N_("School"), .cols = 16, .min_cols = 6, .priority = 1},
    [COL_OUT] = {.title = GA_N_("Trips, appointments"), .cols = 20, .min_cols = 8, .priority = 2},
    [COL_DUE] = {.title = GA_N_("Due at the latest"), .cols = 26, .min_cols = 12, .grows = true},
};

static struct schedule_page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct schedule_page, screen);
}

static struct ga_days span_of(const struct schedule_page *page)
{
    if (page->is_month)
        return ga_days_of_month(page->day);
    const struct ga_date monday = ga_date_add_days(page->day, 1 - ga_date_weekday(page->day));
    return (struct ga_days){monday, ga_date_add_days(monday, WEEK_DAYS - 1)};
}

static size_t days_of(const struct schedule_page *page)
{
    const struct ga_days span = span_of(page);
    return (size_t)(ga_date_to_days(span.to) - ga_date_to_days(span.from)) + 1;
}

static struct ga_date day_at(const struct schedule_page *page, size_t row)
{
    return ga_date_add_days(span_of(page).from, (int32_t)row);
}

/* "家访 16 · 谈心 24", in the duties' order. */
static const char *due_text(struct schedule_page *page, const struct ga_schedule_item *items, size_t count, enum ga_lang lang)
{
    const struct ga_duties *duties = ga_care_duties(page->care);
    size_t counts[GA_DUTIES_MAX] = {0};
    struct ga_str text = {0};
    for (size_t i = 0; i < count; i++)
        counts[items[i].due.duty] += items[i].kind == GA_SCHEDULE_DUE;
    for (size_t i = 0; i < duties->count; i++)
        if (counts[i] > 0)
            ga_str_addf(&text, "%s%s %zu", text.len > 0 ? " · " : "", ga_label_text(&duties->items[i]->title, lang), counts[i]);
    const char *copy = ga_arena_strdup(&page->row, ga_str_text(&text));
    ga_str_finish(&text);
    return copy;
}

static const char *out_text(struct schedule_page *page, const struct ga_schedule_item *items, size_t count, enum ga_lang lang)
{
    size_t visited = 0, appointments = 0;
    for (size_t i = 0; i < count; i++) {
        visited += items[i].kind == GA_SCHEDULE_TRIP ? items[i].trip->rows_count : 0;
        appointments += items[i].kind == GA_SCHEDULE_APPOINTMENT;
    }
    const char *trip = visited > 0 ? ga_words_say(&page->row, lang, GA_N_("trip to %1"), GA_NUM(visited)) : "",
               *look = appointments > 0 ? ga_words_say(&page->row, lang, GA_N_("look again %1"), GA_NUM(appointments)) : "";
    return ga_arena_printf(&page->row, "%s%s%s", trip, visited > 0 && appointments > 0 ? " · " : "", look);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct schedule_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    for (size_t i = 0; i < count && first + i < days_of(page); i++) {
        const struct ga_date day = day_at(page, first + i);
        size_t at;
        const size_t items = ga_schedule_day(&page->schedule, day, &at);
        const bool is_today = ga_date_compare(day, page->session->today) == 0;
        ga_tui_cells_put(cells, i, COL_DAY, ga_arena_printf(&page->row, "%s%s", ga_words_day(&page->row, day, lang), is_today ? "*" : ""));
        ga_tui_cells_put(cells, i, COL_SCHOOL, ga_schedule_day_text(ga_care_calendar(page->care), day, lang, &page->row));
        ga_tui_cells_put(cells, i, COL_OUT, out_text(page, page->schedule.items + at, items, lang));
        ga_tui_cells_put(cells, i, COL_DUE, due_text(page, page->schedule.items + at, items, lang));
        if (is_today)
            ga_tui_cells_style(cells, i, GA_STYLE_STRONG);
        else if (!ga_calendar_is_school_day(ga_care_calendar(page->care), day))
            ga_tui_cells_style(cells, i, GA_STYLE_DIM);
    }
    ga_arena_reset(&page->row);
}

static enum ga_rc read_schedule(struct schedule_page *page, struct ga_error *err)
{
    ga_arena_reset(&page->arena);
    page->schedule = (struct ga_schedule){0};
    return ga_schedule_read(page->session, page->owner, span_of(page), &page->arena, &page->schedule, err);
}

static void show_title(struct ga_screen *screen)
{
    struct schedule_page *page = state_of(screen);
    const struct ga_days span = span_of(page);
    const enum ga_lang lang = ga_screen_lang(screen);
    char from[GA_DATE_SIZE], to[GA_DATE_SIZE], title[160];
    snprintf(title, sizeof(title), "%s · %s – %s · %s", ga_tr(lang, page->is_month ? GA_N_("The month") : GA_N_("The week")),
             ga_date_text_short(span.from, lang, from), ga_date_text_short(span.to, lang, to),
             page->owner != NULL ? page->owner : ga_tr(lang, "the whole school"));
    ga_screen_set_title(screen, title);
}

/* On today where it lies in sight, else on the first day. */
static void mark_today(struct schedule_page *page)
{
    const struct ga_days span = span_of(page);
    const bool has_today = ga_days_has(span, page->session->today);
    const size_t row = has_today ? (size_t)(ga_date_to_days(page->session->today) - ga_date_to_days(span.from)) : 0;
    page->list.first = row > DAYS_BEFORE ? row - DAYS_BEFORE : 0; /* what is to come is looked for, not what was */
    ga_tui_list_select(&page->list, row);
}

static void read_again(struct ga_screen *screen)
{
    struct schedule_page *page = state_of(screen);
    struct ga_error err = {0};
    if (read_schedule(page, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_tui_list_reload(&page->list, days_of(page));
    show_title(screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct schedule_page *page = state_of(screen);
    struct ga_brief brief;
    bool is_known = false;
    page->session = ga_screen_session(screen);
    page->day = page->session->today;
    ga_tui_list_init(&page->list, fetch, screen);
    enum ga_rc rc = ga_care_open(screen, &page->care, err);
    const char *user = ga_store_user(page->session->store);
    if (rc == GA_OK)
        rc = ga_session_brief(page->session, user, &page->row, &brief, &is_known, err);
    if (rc == GA_OK && (!is_known || brief.count > 0))
        page->owner = ga_arena_strdup(&screen->arena, user);
    if (rc == GA_OK)
        rc = read_schedule(page, err);
    ga_tui_list_reload(&page->list, days_of(page));
    mark_today(page);
    return rc;
}

static void leave(struct ga_screen *screen)
{
    struct schedule_page *page = state_of(screen);
    ga_tui_list_finish(&page->list);
    ga_arena_finish(&page->arena);
    ga_arena_finish(&page->row);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct schedule_page *page = state_of(screen);
    ga_words_list_layout(screen, &page->list, columns, GA_COUNT(columns), "", area);
    ga_tui_list_reload(&page->list, days_of(page));
    show_title(screen);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    return ga_tui_list_event(&state_of(screen)->list, event);
}

/* A week or a month on or back; the bounds of dates are the calendar's. */
static void turn(struct schedule_page *page, int by)
{
    struct ga_date first = span_of(page).from;
    first = page->is_month ? ga_date_add_months(first, by) : ga_date_add_days(first, by * WEEK_DAYS);
    if (first.year > GA_DATE_YEAR_MIN && first.year < GA_DATE_YEAR_MAX)
        page->day = first;
}

static void open_day(struct ga_screen *screen)
{
    const struct schedule_page *page = state_of(screen);
    const struct ga_screen_schedule_day_arg arg = {.owner = page->owner, .day = day_at(page, page->list.selected)};
    ga_screen_push(screen, &ga_screen_schedule_day, &arg, OPEN);
}

/* Whether the visits of what is in sight become trips, or the newest trips none; both of one person's. */
static void ask(struct ga_screen *screen, int id)
{
    struct schedule_page *page = state_of(screen);
    if (id == PLAN)
        ga_schedule_plan_ask(screen, page->session, page->owner, span_of(page), PLAN);
    else
        ga_schedule_undo_ask(screen, page->session, page->owner, UNDO);
}

static void take_answer(struct ga_screen *screen, int id)
{
    struct schedule_page *page = state_of(screen);
    if (id == PLAN)
        ga_schedule_plan_take(screen, page->session, page->owner, span_of(page));
    else
        ga_schedule_undo_take(screen, page->session, page->owner);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == PLAN || tag == UNDO)
        ask(screen, tag);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct schedule_page *page = state_of(screen);
    if (id == PLAN || id == UNDO) {
        ask(screen, id);
        return GA_REDRAW;
    }
    if (id == OPEN || id == TRIP) {
        if (id == OPEN)
            open_day(screen);
        else
            ga_screen_push(screen, &ga_screen_trip, NULL, TRIP);
        return GA_REDRAW;
    }
    const struct ga_date marked = day_at(page, page->list.selected);
    if (id == BEFORE || id == AFTER)
        turn(page, id == BEFORE ? -1 : 1);
    else if (id == WHOSE)
        page->owner = page->owner != NULL ? NULL : ga_arena_strdup(&screen->arena, ga_store_user(page->session->store));
    else {
        page->is_month = id == MONTH;
        page->day = ga_days_has(span_of(page), page->session->today) ? page->session->today : marked;
    }
    read_again(screen);
    if (id != WHOSE)
        mark_today(page);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const bool is_answer = result->tag == PLAN || result->tag == UNDO;
    if (is_answer && result->is_done && result->code == 1)
        take_answer(screen, result->tag);
    read_again(screen);
    if (result->is_done && !is_answer)
        screen->result.is_done = true; /* kept for whoever opened this page */
}

static bool offers(const struct ga_screen *screen, int id)
{
    const bool is_month = state_of(screen)->is_month;
    if (id == PLAN || id == UNDO)
        return state_of(screen)->owner != NULL && state_of(screen)->owner[0] != '\0';
    return id == WEEK ? is_month : id != MONTH || !is_month;
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("The day"), GA_N_("what stands on the marked day"), GA_COMMAND_IN_BAR},
    {MONTH, {'n', GA_KEY_F(3)}, GA_N_("Month"), GA_N_("the whole month"), GA_COMMAND_IN_BAR},
    {WEEK, {'w', GA_KEY_F(4)}, GA_N_("Week"), GA_N_("one week only"), GA_COMMAND_IN_BAR},
    {BEFORE, {'-', GA_KEY_F(5), GA_KEY_LEFT}, GA_N_("Go back"), GA_N_("the week or month before"), GA_COMMAND_IN_BAR},
    {AFTER, {'+', GA_KEY_F(6), '='}, GA_N_("Go on"), GA_N_("the week or month after"), GA_COMMAND_IN_BAR},
    {WHOSE, {'m', GA_KEY_F(7)}, GA_N_("Mine / all"), GA_N_("my children only, or those of the whole school"), GA_COMMAND_IN_BAR},
    {PLAN, {'p', GA_KEY_F(10)}, GA_N_("Plan visits"), GA_N_("spread my visits over the free days in sight and write them down as trips; it shows them first"), GA_COMMAND_IN_BAR},
    {TRIP, {'v', GA_KEY_F(2)}, GA_N_("Trip"), GA_N_("plan a trip: whom to visit, village by village"), GA_COMMAND_IF_ROOM},
    {UNDO, {'u', GA_KEY_F(11)}, GA_N_("Take back"), GA_N_("take back the trips planned last, where nothing of them is typed in; it asks first"), GA_COMMAND_IF_ROOM},
};

const struct ga_screen_ops ga_screen_schedule = {
    .name = "schedule",
    .title = GA_N_("The week"),
    .help = GA_N_("A row a day: whether there are lessons, which trips and appointments are planned, how much is to be done by "
                  "that day at the latest; what is late already stands on today. Nothing need wait for its last day. Enter lists "
                  "a day. Today has a *. p spreads the visits I owe over the free days of this week or month (Saturday and Sunday, where the "
                  "settings say nothing else), at most five a day, and writes them down as trips; u takes that back."),
    .state_bytes = sizeof(struct schedule_page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_bare_list_paint,
    .event = take_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
};
