/* The page of what is to be done. */
#include "guanai/screen/due.h"

#include "care/due_again.h"
#include "care/due_excuse.h"
#include "care/due_fill.h"
#include "care/due_words.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/child.h"
#include "guanai/screen/duties.h"
#include "guanai/screen/record.h"
#include "guanai/screen/records.h"
#include "guanai/screen/schedule.h"
#include "guanai/screen/session.h"
#include "guanai/screen/trip.h"
#include "guanai/store/roster.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/about.h"
#include "parts/care_open.h"
#include "parts/care_filter.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <string.h>

enum { FILL = 1, FILE_OF, WHY, DUTY, WHOM, MINE, FORM, EXCUSE, DUTIES, TRIP, SCHEDULE, RECORDS };
enum { COL_DUTY, COL_NAME, COL_CLASS, COL_VILLAGE, COL_WHEN };
enum { ROWS_MAX = 2000 }; /* of the whole school the most urgent ones, and that is said */

struct due_page {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_care *care;
    struct ga_due *dues;
    struct ga_care_filter filter;
    struct ga_due_excuse excuse;
    size_t first_duty; /* of those shown while no kind is chosen: the first page has no line for the others */
    const char *forms[GA_DUTY_FORMS_MAX]; /* offered by the dialog that is open */
};

static const struct ga_tui_column columns[] = {
    [COL_DUTY] = {.title = GA_N_("To do"), .cols = 14, .min_cols = 10},
    [COL_NAME] = {.title = GA_N_("Child"), .cols = 13, .min_cols = 10},
    [COL_CLASS] = {.title = GA_N_("Class"), .cols = 13, .priority = 2},
    [COL_VILLAGE] = {.title = GA_N_("Village"), .cols = 8, .priority = 3},
    [COL_WHEN] = {.title = GA_N_("Until when"), .cols = 26, .min_cols = 16, .grows = true},
};

static size_t duties_count(struct ga_care *care)
{
    return ga_care_duties(care)->count;
}

static const char *duty_name(struct ga_care *care, size_t kind)
{
    return ga_care_duties(care)->items[kind]->name;
}

static const struct ga_label *duty_title(struct ga_care *care, size_t kind)
{
    return &ga_care_duties(care)->items[kind]->title;
}

static const struct ga_care_kinds kinds = {duties_count, duty_name, duty_title, GA_N_("What to do?")};

static struct due_page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct due_page, screen);
}

static const struct ga_duty *duty_of(const struct due_page *page, const struct ga_due *due)
{
    return ga_care_duties(page->care)->items[due->duty];
}

static void put_child(struct due_page *page, struct ga_tui_cells *cells, size_t at, const struct ga_due *due, enum ga_lang lang)
{
    struct ga_roster_row child;
    if (due->child == 0) {
        ga_tui_cells_put(cells, at, COL_CLASS, ga_due_words_class(&page->shown.session->config, due, lang, &page->shown.row));
    } else if (ga_roster_row_of(page->shown.session->store, due->child, lang, &page->shown.row, &child, NULL) == GA_OK) {
        ga_tui_cells_put(cells, at, COL_NAME, child.name);
        ga_tui_cells_put(cells, at, COL_CLASS, child.class_shown);
        ga_tui_cells_put(cells, at, COL_VILLAGE, child.village);
    }
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct due_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    for (size_t i = 0; i < count && first + i < page->shown.count; i++) {
        const struct ga_due *due = &page->dues[first + i];
        ga_tui_cells_put(cells, i, COL_DUTY, ga_label_text(&duty_of(page, due)->title, lang));
        put_child(page, cells, i, due, lang);
        ga_tui_cells_put(cells, i, COL_WHEN, ga_due_words_when(due, lang, &page->shown.row));
        if (due->state == GA_DUE_LATE)
            ga_tui_cells_style(cells, i, GA_STYLE_WARNING);
    }
    ga_arena_reset(&page->shown.row);
}

static const struct ga_due *marked(const struct due_page *page)
{
    return page->shown.count > 0 ? &page->dues[page->shown.list.selected] : NULL;
}

static size_t keep_from_first_duty(const struct due_page *page)
{
    size_t kept = 0;
    for (size_t i = 0; i < page->shown.count; i++)
        if (page->filter.kind != NULL || page->dues[i].duty >= page->first_duty)
            page->dues[kept++] = page->dues[i];
    return kept;
}

static enum ga_rc read_dues(struct ga_screen *screen, struct ga_error *err)
{
    struct due_page *page = state_of(screen);
    ga_care_filter_check(&page->filter);
    const struct ga_due_ask ask = {.owner = page->filter.owner, .duty = page->filter.kind, .site = page->filter.class.site,
                                   .grade = page->filter.class.grade, .class_no = page->filter.class.class_no, .limit = ROWS_MAX};
    const enum ga_rc rc = ga_due_list(page->care, &ask, &page->shown.arena, &page->dues, &page->shown.count, err);
    if (rc == GA_OK && page->first_duty > 0)
        page->shown.count = keep_from_first_duty(page);
    return rc;
}

static void show_title(struct ga_screen *screen)
{
    struct due_page *page = state_of(screen);
    ga_care_filter_show_title(&page->filter, screen, GA_N_("What is to be done"));
    if (page->first_duty > 0 && page->filter.kind == NULL)
        ga_screen_set_title(screen, ga_arena_printf(&page->shown.row, "%s · %s", screen->title, ga_screen_tr(screen, "All the rest")));
    if (page->shown.count == ROWS_MAX) /* there are more: nobody works through so many from one list */
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("The %1 most urgent ones. Choose a class to see all of it."),
                      GA_NUM(ROWS_MAX));
}

/* What is mine, where something is; else everybody's. */
static enum ga_rc choose_scope(struct ga_screen *screen, struct ga_error *err)
{
    struct due_page *page = state_of(screen);
    page->filter.owner = ga_store_user(page->shown.session->store);
    enum ga_rc rc = ga_list_page_fill(screen, err);
    if (rc == GA_OK && page->shown.count == 0) {
        page->filter.owner = NULL;
        rc = ga_list_page_fill(screen, err);
    }
    return rc;
}

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("Nothing is open: all of it is done."),
    .fetch = fetch, .read = read_dues, .title = show_title};

/* "ID+" is no kind: the place of the first duty that is shown. */
static const char *take_rest(struct ga_screen *screen, const char *arg, const char **ret_first)
{
    const size_t len = arg == NULL ? 0 : strlen(arg);
    *ret_first = len > 0 && arg[len - 1] == '+' ? ga_arena_strndup(&screen->arena, arg, len - 1) : NULL;
    return *ret_first == NULL ? arg : NULL;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct due_page *page = state_of(screen);
    const char *first;
    ga_list_page_begin(screen, &kind);
    page->excuse.session = ga_screen_session(screen);
    ga_care_filter_init(&page->filter, screen, &kinds, take_rest(screen, arg, &first), DUTY, WHOM);
    enum ga_rc rc = ga_care_open(screen, &page->care, err);
    page->filter.care = page->care;
    const int at = rc == GA_OK && first != NULL ? ga_duties_find(ga_care_duties(page->care), first) : -1;
    page->first_duty = at > 0 ? (size_t)at : 0;
    if (rc == GA_OK)
        rc = choose_scope(screen, err);
    return rc;
}

static void leave(struct ga_screen *screen)
{
    ga_care_filter_finish(&state_of(screen)->filter);
    ga_list_page_leave(screen);
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct ga_due *due = marked(state_of(screen));
    return due != NULL && ga_about_child(screen, due->child, ret_id);
}

static void open_form(struct ga_screen *screen, const char *form)
{
    struct due_page *page = state_of(screen);
    struct ga_screen_fill fills[GA_DUE_FILLS_MAX];
    struct ga_uuid child, again;
    const char *field;
    const struct ga_form *of = ga_forms_get(page->shown.session->forms, form, NULL);
    const bool has_child = about(screen, &child);
    if (ga_due_again(page->shown.session, duty_of(page, marked(page)), marked(page), form, &again, &field)) {
        ga_screen_record_open(screen, &again, 0, field, FILL);
        return;
    }
    const size_t count = ga_due_fill(page->care, &page->shown.session->config, marked(page), form, &page->shown.row, fills);
    ga_screen_record_offered(screen, form, of != NULL && of->of.text != NULL && has_child ? &child : NULL, fills, count, NULL, FILL);
    ga_arena_reset(&page->shown.row);
}

/* Of the school, a site: what was written down before, among it what was written for another day or site. */
static void list_records(struct ga_screen *screen)
{
    struct due_page *page = state_of(screen);
    const struct ga_due *due = marked(page);
    const struct ga_duty *duty = due != NULL ? duty_of(page, due) : NULL;
    if (duty != NULL && duty->done_by.count > 0 && duty->done_by.items[0].of != NULL)
        ga_screen_records_open(screen, duty->done_by.items[0].form.text, FILL);
}

/* Which form closes it: asked where there are several. */
static void fill_in(struct ga_screen *screen)
{
    struct due_page *page = state_of(screen);
    const struct ga_due *due = marked(page);
    const char *titles[GA_DUTY_FORMS_MAX];
    size_t count = 0;
    if (due == NULL)
        return;
    const struct ga_duty *duty = duty_of(page, due);
    for (size_t i = 0; i < duty->done_by.count && count < GA_DUTY_FORMS_MAX; i++) {
        const char *form = duty->done_by.items[i].form.text;
        bool is_new = duty->done_by.items[i].of != NULL;
        for (size_t k = 0; k < count; k++)
            is_new &= strcmp(page->forms[k], form) != 0;
        if (is_new) {
            page->forms[count] = form;
            titles[count++] = ga_words_form(page->shown.session, form, ga_screen_lang(screen));
        }
    }
    if (count == 0)
        ga_words_tell(screen->ui, GA_STYLE_WARNING, GA_N_("The forms that close this are not installed."));
    else if (count == 1)
        open_form(screen, page->forms[0]);
    else
        ga_dialog_choose(screen, ga_label_text(&duty->title, ga_screen_lang(screen)),
                         ga_screen_tr(screen, "Which of them was done?"), titles, count, FORM);
}

static void open_file(struct ga_screen *screen)
{
    struct ga_uuid child;
    if (about(screen, &child))
        ga_screen_child_open(screen, &child, FILE_OF);
}

static void explain(struct ga_screen *screen)
{
    struct due_page *page = state_of(screen);
    const struct ga_due *due = marked(page);
    if (due != NULL)
        ga_due_words_explain(screen, page->care, due, WHY);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct due_page *page = state_of(screen);
    switch (id) {
    case FILL:
        fill_in(screen);
        break;
    case FILE_OF:
        open_file(screen);
        break;
    case WHY:
        explain(screen);
        break;
    case EXCUSE:
        ga_due_excuse_open(&page->excuse, screen, page->care, marked(page), EXCUSE);
        break;
    case DUTY:
    case WHOM:
        ga_care_filter_ask(&page->filter, screen, id);
        break;
    case DUTIES:
        ga_screen_push(screen, &ga_screen_duties, NULL, DUTIES);
        break;
    case TRIP:
        ga_screen_push(screen, &ga_screen_trip, NULL, TRIP);
        break;
    case RECORDS:
        list_records(screen);
        break;
    case SCHEDULE:
        ga_screen_push(screen, &ga_screen_schedule, NULL, SCHEDULE);
        break;
    default:
        ga_care_filter_take_person(&page->filter, screen, ga_store_user(page->shown.session->store));
        ga_list_page_read(screen);
    }
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct due_page *page = state_of(screen);
    if (result->tag == FORM) {
        if (result->is_done && result->code >= 0 && result->code < GA_DUTY_FORMS_MAX)
            open_form(screen, page->forms[result->code]);
        return;
    }
    if (result->tag == EXCUSE && !ga_due_excuse_take(&page->excuse, screen, result))
        return;
    ga_care_filter_take(&page->filter, screen, result);
    if (result->tag == DUTY && result->is_done)
        page->first_duty = 0;
    if (result->tag != WHY)
        ga_list_page_read(screen);
    if ((result->tag == FILL || result->tag == FILE_OF || result->tag == EXCUSE || result->tag == DUTIES ||
         result->tag == TRIP || result->tag == SCHEDULE) && result->is_done)
        screen->result.is_done = true; /* kept for whoever opened this page */
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == WHY)
        explain(screen);
    else if (tag == FORM)
        fill_in(screen);
    else if (tag == EXCUSE)
        ga_due_excuse_reword(&state_of(screen)->excuse, screen, tag);
    else
        ga_care_filter_ask(&state_of(screen)->filter, screen, tag);
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct due_page *page = state_of(screen);
    const struct ga_due *due = marked(page);
    if (id == FILL || id == WHY || id == EXCUSE)
        return due != NULL;
    if (id == RECORDS)
        return due != NULL && due->child == 0;
    return id != FILE_OF || (due != NULL && due->child != 0);
}

static const struct ga_tui_command commands[] = {
    {FILL, {GA_KEY_ENTER}, GA_N_("Write down"), GA_N_("fill in the record that closes this"), GA_COMMAND_IN_BAR},
    {WHY, {'w', GA_KEY_F(3)}, GA_N_("Why"), GA_N_("the rule, the facts, what closes it"), GA_COMMAND_IN_BAR},
    {EXCUSE, {'x', GA_KEY_F(4)}, GA_N_("Not done"), GA_N_("say why it is not done, or put it off"), GA_COMMAND_IN_BAR},
    {FILE_OF, {'o', GA_KEY_F(2)}, GA_N_("The file"), GA_N_("open the child's file"), GA_COMMAND_IN_BAR},
    {RECORDS, {'l'}, GA_N_("Records"), GA_N_("all records of the form that closes this, newest first"), GA_COMMAND_IN_BAR},
    {DUTY, {'d', GA_KEY_F(5)}, GA_N_("What"), GA_N_("one kind of duty only, or all"), GA_COMMAND_IN_BAR},
    {WHOM, {'c', GA_KEY_F(6)}, GA_N_("Class"), GA_N_("one class, or the whole school"), GA_COMMAND_IN_BAR},
    {MINE, {'m', GA_KEY_F(7)}, GA_N_("Mine"), GA_N_("only what is mine to do"), GA_COMMAND_IN_BAR},
    {TRIP, {'v'}, GA_N_("Trip"), GA_N_("plan a trip: whom to visit, village by village"), GA_COMMAND_IF_ROOM},
    {SCHEDULE, {'t'}, GA_N_("Week"), GA_N_("the week and the month: what is due when, trips, appointments"), 0},
    {DUTIES, {'s'}, GA_N_("Duties"), GA_N_("which duties are done here: on or off"), 0},
};

const struct ga_screen_ops ga_screen_due = {
    .name = "due",
    .title = GA_N_("What is to be done"),
    .help = GA_N_("What is open now, the nearest day first. Enter fills in the record that closes the marked line; it goes "
                  "away once that is saved. A visit where nobody was at home counts as a try and leaves the line. Why: the "
                  "rule behind it and what is known. Not done: what cannot be done is put off or excused with a word; the "
                  "headteacher confirms it in the checklist, where it can be taken back."),
    .state_bytes = sizeof(struct due_page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
    .reword = reword,
};
