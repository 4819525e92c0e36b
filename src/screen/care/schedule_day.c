/* The page of one day: what is due, trips, appointments. */
#include "guanai/screen/schedule.h"

#include "care/due_words.h"
#include "guanai/app/schedule.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/child.h"
#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "guanai/screen/trip.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/about.h"
#include "parts/care_open.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>

enum { OPEN = 1, WHY, FILE_OF };
enum { COL_WHAT, COL_NAME, COL_CLASS, COL_VILLAGE, COL_MORE };

struct day_page {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_care *care;
    struct ga_schedule schedule;
    const char *owner;
    struct ga_date day;
};

static const struct ga_tui_column columns[] = {
    [COL_WHAT] = {.title = GA_N_("What"), .cols = 14, .min_cols = 10},
    [COL_NAME] = {.title = GA_N_("Child"), .cols = 13, .min_cols = 10},
    [COL_CLASS] = {.title = GA_N_("Class"), .cols = 13, .priority = 2},
    [COL_VILLAGE] = {.title = GA_N_("Village"), .cols = 10, .priority = 3},
    [COL_MORE] = {.title = "", .cols = 24, .min_cols = 12, .priority = 1, .grows = true},
};

static struct day_page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct day_page, screen);
}

static const struct ga_schedule_item *marked(const struct day_page *page)
{
    return page->schedule.count > 0 ? &page->schedule.items[page->shown.list.selected] : NULL;
}

static int64_t child_of(const struct ga_schedule_item *item)
{
    return item->kind == GA_SCHEDULE_DUE ? item->due.child : item->kind == GA_SCHEDULE_APPOINTMENT ? item->child : 0;
}

static void put_child(struct day_page *page, struct ga_tui_cells *cells, size_t at, int64_t no, enum ga_lang lang)
{
    struct ga_roster_row child;
    if (no == 0 || ga_roster_row_of(page->shown.session->store, no, lang, &page->shown.row, &child, NULL) != GA_OK)
        return;
    ga_tui_cells_put(cells, at, COL_NAME, child.name);
    ga_tui_cells_put(cells, at, COL_CLASS, child.class_shown);
    ga_tui_cells_put(cells, at, COL_VILLAGE, child.village);
}

static void put_trip(struct day_page *page, struct ga_tui_cells *cells, size_t at, const struct ga_trip *trip, enum ga_lang lang)
{
    ga_tui_cells_put(cells, at, COL_WHAT, ga_tr(lang, "Trip"));
    ga_tui_cells_put(cells, at, COL_NAME, trip->doer);
    ga_tui_cells_put(cells, at, COL_MORE, ga_arena_printf(&page->shown.row, "%s · %s", trip->villages,
                                                          ga_words_say(&page->shown.row, lang, GA_N_("%1 of %2 typed in"), GA_NUM(trip->typed), GA_NUM(trip->rows_count))));
}

static void put_item(struct ga_screen *screen, struct ga_tui_cells *cells, size_t at, const struct ga_schedule_item *item)
{
    struct day_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    if (item->kind == GA_SCHEDULE_TRIP) {
        put_trip(page, cells, at, item->trip, lang);
        return;
    }
    put_child(page, cells, at, child_of(item), lang);
    if (item->kind == GA_SCHEDULE_APPOINTMENT) {
        ga_tui_cells_put(cells, at, COL_WHAT, ga_tr(lang, GA_N_("Agreed visit")));
        ga_tui_cells_put(cells, at, COL_MORE, item->agreed);
        return;
    }
    ga_tui_cells_put(cells, at, COL_WHAT, ga_label_text(&ga_care_duties(page->care)->items[item->due.duty]->title, lang));
    ga_tui_cells_put(cells, at, COL_MORE, ga_due_words_when(&item->due, lang, &page->shown.row));
    if (item->due.child == 0)
        ga_tui_cells_put(cells, at, COL_CLASS, ga_due_words_class(&page->shown.session->config, &item->due, lang, &page->shown.row));
    if (item->due.state == GA_DUE_LATE)
        ga_tui_cells_style(cells, at, GA_STYLE_WARNING);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct day_page *page = state_of(ctx);
    for (size_t i = 0; i < count && first + i < page->schedule.count; i++)
        put_item(ctx, cells, i, &page->schedule.items[first + i]);
    ga_arena_reset(&page->shown.row);
}

static enum ga_rc read_day(struct ga_screen *screen, struct ga_error *err)
{
    struct day_page *page = state_of(screen);
    page->schedule = (struct ga_schedule){0};
    const enum ga_rc rc = ga_schedule_read(page->shown.session, page->owner, (struct ga_days){page->day, page->day}, &page->shown.arena, &page->schedule, err);
    page->shown.count = page->schedule.count;
    return rc;
}

static void show_title(struct ga_screen *screen)
{
    struct day_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    char title[160], day[GA_DATE_SIZE];
    snprintf(title, sizeof(title), "%s · %s · %s", ga_date_text(page->day, lang, day),
             ga_schedule_day_text(ga_care_calendar(page->care), page->day, lang, &page->shown.row),
             page->owner != NULL ? page->owner : ga_tr(lang, "the whole school"));
    ga_screen_set_title(screen, title);
    ga_arena_reset(&page->shown.row);
}

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("Nothing stands on this day."),
    .fetch = fetch, .read = read_day, .title = show_title};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct day_page *page = state_of(screen);
    const struct ga_screen_schedule_day_arg *asked = arg;
    ga_list_page_begin(screen, &kind);
    page->owner = ga_arena_strdup(&screen->arena, asked->owner);
    page->day = asked->day;
    enum ga_rc rc = ga_care_open(screen, &page->care, err);
    if (rc == GA_OK)
        rc = ga_list_page_fill(screen, err);
    return rc;
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct ga_schedule_item *item = marked(state_of(screen));
    return item != NULL && ga_about_child(screen, child_of(item), ret_id);
}

/* A trip is typed in, an appointment kept by a visit; of what is due the child's file, where n writes any record. */
static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct day_page *page = state_of(screen);
    const struct ga_schedule_item *item = marked(page);
    struct ga_uuid child;
    if (id == WHY)
        ga_due_words_explain(screen, page->care, &item->due, WHY);
    else if (item->kind == GA_SCHEDULE_TRIP)
        ga_screen_push(screen, &ga_screen_trips, NULL, OPEN);
    else if (!about(screen, &child))
        ga_due_words_explain(screen, page->care, &item->due, WHY);
    else if (id == OPEN && item->kind == GA_SCHEDULE_APPOINTMENT)
        ga_screen_record_new(screen, GA_TRIP_VISIT_FORM, &child, OPEN);
    else
        ga_screen_child_open(screen, &child, OPEN);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    ga_list_page_read(screen);
    if (result->tag == OPEN && result->is_done)
        screen->result.is_done = true; /* kept for whoever opened this page */
}

static void reword(struct ga_screen *screen, int tag)
{
    const struct ga_schedule_item *item = marked(state_of(screen));
    if (tag == WHY && item != NULL)
        ga_due_words_explain(screen, state_of(screen)->care, &item->due, WHY);
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct ga_schedule_item *item = marked(state_of(screen));
    if (item == NULL)
        return false;
    return id == OPEN || (id == WHY ? item->kind == GA_SCHEDULE_DUE : child_of(item) != 0);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("type the trip in, write the visit, or open the child's file"), GA_COMMAND_IN_BAR},
    {WHY, {'w', GA_KEY_F(3)}, GA_N_("Why"), GA_N_("the rule, the facts, what closes it"), GA_COMMAND_IN_BAR},
    {FILE_OF, {'o', GA_KEY_F(2)}, GA_N_("The file"), GA_N_("open the child's file"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_schedule_day = {
    .name = "schedule_day",
    .title = GA_N_("The day"),
    .help = GA_N_("Trips and appointments of the day, then what is to be done by it at the latest. Enter types a trip in, writes "
                  "the visit of an appointment, opens the child's file of what is due."),
    .state_bytes = sizeof(struct day_page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
    .reword = reword,
};
