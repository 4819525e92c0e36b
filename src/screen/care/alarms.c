/* The page of what must not wait. */
#include "guanai/screen/alarms.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/alarm.h"
#include "guanai/care/report.h"
#include "guanai/care/whose.h"
#include "guanai/screen/child.h"
#include "guanai/screen/record.h"
#include "guanai/screen/report.h"
#include "guanai/screen/reports.h"
#include "guanai/screen/session.h"
#include "guanai/store/number.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/about.h"
#include "parts/care_open.h"
#include "parts/care_filter.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <string.h>

enum { END = 1, FILE_OF, WHY, ALARM, WHOM, MINE, BIRTHDAYS };
enum { COL_ALARM, COL_NAME, COL_CLASS, COL_AGE, COL_VILLAGE, COL_WHY };
enum { ROWS_MAX = 2000 }; /* of the whole school the most urgent ones, and that is said */

struct alarm_page {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_care *care;
    struct ga_alarm *alarms;
    struct ga_care_filter filter;
};

static const struct ga_tui_column columns[] = {
    [COL_ALARM] = {.title = GA_N_("Alarm"), .cols = 14, .min_cols = 10},
    [COL_NAME] = {.title = GA_N_("Child"), .cols = 8, .min_cols = 8},
    [COL_CLASS] = {.title = GA_N_("Class"), .cols = 12, .priority = 1},
    [COL_AGE] = {.title = GA_N_("Age"), .cols = 4, .priority = 3, .is_right = true},
    [COL_VILLAGE] = {.title = GA_N_("Village"), .cols = 6, .priority = 2},
    [COL_WHY] = {.title = GA_N_("Reason"), .cols = 24, .min_cols = 16, .grows = true},
};

static size_t rules_count(struct ga_care *care)
{
    return ga_care_alarms(care)->count;
}

static const char *rule_name(struct ga_care *care, size_t kind)
{
    return ga_care_alarms(care)->items[kind]->name;
}

static const struct ga_label *rule_title(struct ga_care *care, size_t kind)
{
    return &ga_care_alarms(care)->items[kind]->title;
}

static const struct ga_care_kinds kinds = {rules_count, rule_name, rule_title, GA_N_("Which alarm?")};

static struct alarm_page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct alarm_page, screen);
}

static const struct ga_alarm_rule *rule_of(const struct alarm_page *page, const struct ga_alarm *alarm)
{
    return ga_care_alarms(page->care)->items[alarm->rule];
}

static void put_child(struct alarm_page *page, struct ga_tui_cells *cells, size_t at, const struct ga_alarm *alarm,
                      enum ga_lang lang)
{
    struct ga_roster_row child;
    struct ga_date birth;
    if (ga_roster_row_of(page->shown.session->store, alarm->child, lang, &page->shown.row, &child, NULL) != GA_OK)
        return;
    ga_tui_cells_put(cells, at, COL_NAME, child.name);
    ga_tui_cells_put(cells, at, COL_CLASS, child.class_shown);
    ga_tui_cells_put(cells, at, COL_VILLAGE, child.village);
    if (ga_date_from_iso(child.birth, &birth))
        ga_tui_cells_put(cells, at, COL_AGE, GA_NUM(ga_date_age(birth, ga_store_today(page->shown.session->store))));
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct alarm_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_alarm_now now = ga_alarm_now(page->shown.session->store, page->shown.session->options->clock);
    for (size_t i = 0; i < count && first + i < page->shown.count; i++) {
        const struct ga_alarm *alarm = &page->alarms[first + i];
        ga_tui_cells_put(cells, i, COL_ALARM, ga_label_text(&rule_of(page, alarm)->title, lang));
        put_child(page, cells, i, alarm, lang);
        ga_tui_cells_put(cells, i, COL_WHY, ga_alarm_text(page->care, alarm, &now, lang, &page->shown.row));
    }
    ga_arena_reset(&page->shown.row);
}

static const struct ga_alarm *marked(const struct alarm_page *page)
{
    return page->shown.count > 0 ? &page->alarms[page->shown.list.selected] : NULL;
}

static enum ga_rc read_alarms(struct ga_screen *screen, struct ga_error *err)
{
    struct alarm_page *page = state_of(screen);
    ga_care_filter_check(&page->filter);
    const struct ga_alarm_ask ask = {.owner = page->filter.owner, .alarm = page->filter.kind, .site = page->filter.class.site,
                                     .grade = page->filter.class.grade, .class_no = page->filter.class.class_no, .limit = ROWS_MAX};
    return ga_alarm_list(page->care, &ask, &page->shown.arena, &page->alarms, &page->shown.count, err);
}

/* Why the marked one stands, whole: in its row there may be no room for the hour. */
static void show_marked(struct ga_screen *screen)
{
    struct alarm_page *page = state_of(screen);
    const struct ga_alarm *alarm = marked(page);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_alarm_now now = ga_alarm_now(page->shown.session->store, page->shown.session->options->clock);
    struct ga_roster_row child = {.name = ""};
    struct ga_str status = {0};
    if (alarm == NULL) {
        ga_words_show_place(screen, &page->shown.list);
        return;
    }
    ga_roster_row_of(page->shown.session->store, alarm->child, lang, &page->shown.row, &child, NULL);
    ga_str_addf(&status, " %zu / %zu  %s · %s", page->shown.list.selected + 1, page->shown.count, child.name,
                ga_alarm_text(page->care, alarm, &now, lang, &page->shown.row));
    ga_screen_set_status(screen, ga_str_text(&status));
    ga_str_finish(&status);
    ga_arena_reset(&page->shown.row);
}

static void show_title(struct ga_screen *screen)
{
    struct alarm_page *page = state_of(screen);
    ga_care_filter_show_title(&page->filter, screen, GA_N_("Must not wait"));
    if (page->shown.count == ROWS_MAX)
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("The %1 most urgent ones. Choose a class to see all of it."),
                      GA_NUM(ROWS_MAX));
}

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("Nothing stands: no child needs anything at once."),
    .fetch = fetch, .read = read_alarms, .title = show_title, .status = show_marked};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct alarm_page *page = state_of(screen);
    ga_list_page_begin(screen, &kind);
    ga_care_filter_init(&page->filter, screen, &kinds, arg, ALARM, WHOM);
    enum ga_rc rc = ga_care_open(screen, &page->care, err);
    page->filter.care = page->care;
    if (rc == GA_OK)
        rc = ga_care_scope_of(page->care, ga_store_user(page->shown.session->store), &page->filter.owner, err);
    if (rc == GA_OK)
        ga_list_page_read(screen);
    return rc;
}

static void leave(struct ga_screen *screen)
{
    ga_care_filter_finish(&state_of(screen)->filter);
    ga_list_page_leave(screen);
}

static void open_file(struct ga_screen *screen, const struct ga_alarm *alarm)
{
    struct ga_uuid child;
    struct ga_error err = {0};
    if (ga_store_id_of(state_of(screen)->shown.session->store, alarm->child, &child, &err) == GA_OK)
        ga_screen_child_open(screen, &child, FILE_OF);
    else
        ga_ui_say_error(screen->ui, &err);
}

/* Is it ended by a report, or by passing one on? */
static bool is_of_reports(const struct ga_alarm_rule *rule)
{
    return strcmp(rule->opens.text, GA_REPORT_FORM) == 0 || strcmp(rule->opens.text, "referral") == 0;
}

/*
 * A child that was reported already, or passed on without a report of its own, is not reported once more: what waits is
 * to pass that on, to enter the answer.
 */
static bool is_reported(const struct alarm_page *page, const struct ga_alarm *alarm)
{
    struct ga_arena arena = {0};
    struct ga_report *reports;
    size_t count = 0;
    bool is = false;
    if (ga_reports_list(page->shown.session->store, &arena, &reports, &count, NULL) == GA_OK)
        for (size_t i = 0; i < count; i++)
            is |= reports[i].child == alarm->child;
    ga_arena_finish(&arena);
    return is;
}

/* What ends it: the record it hangs on, a new one, or the child's file. */
static void open_end(struct ga_screen *screen)
{
    struct alarm_page *page = state_of(screen);
    const struct ga_alarm *alarm = marked(page);
    const struct ga_alarm_rule *rule = rule_of(page, alarm);
    struct ga_uuid id;
    const bool is_file = rule->opens.text == NULL || strcmp(rule->opens.text, "child") == 0 ||
                         (rule->opens_look < 0 && ga_forms_get(page->shown.session->forms, rule->opens.text, NULL) == NULL);
    if (alarm->record != 0 && ga_store_id_of(page->shown.session->store, alarm->record, &id, NULL) == GA_OK)
        ga_screen_record_open(screen, &id, 0, NULL, END);
    else if (is_file || rule->opens_look >= 0 || ga_store_id_of(page->shown.session->store, alarm->child, &id, NULL) != GA_OK)
        open_file(screen, alarm);
    else if (is_of_reports(rule) && is_reported(page, alarm))
        ga_screen_push(screen, &ga_screen_reports, &alarm->child, END);
    else
        ga_screen_record_new(screen, rule->opens.text, &id, END);
}

static void explain(struct ga_screen *screen)
{
    struct alarm_page *page = state_of(screen);
    const struct ga_alarm *alarm = marked(page);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_alarm_now now = ga_alarm_now(page->shown.session->store, page->shown.session->options->clock);
    const char *const *lines;
    struct ga_arena arena = {0};
    struct ga_error err = {0};
    struct ga_str text = {0};
    size_t count = 0;
    if (ga_alarm_explain(page->care, alarm, &now, lang, &arena, &lines, &count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    for (size_t i = 0; i < count; i++)
        ga_str_addf(&text, "%s%s", i > 0 ? "\n" : "", lines[i]);
    if (count > 0)
        ga_dialog_show(screen, ga_label_text(&rule_of(page, alarm)->title, lang), ga_str_text(&text), WHY);
    ga_str_finish(&text);
    ga_arena_finish(&arena);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct alarm_page *page = state_of(screen);
    switch (id) {
    case END:
        open_end(screen);
        break;
    case FILE_OF:
        open_file(screen, marked(page));
        break;
    case WHY:
        explain(screen);
        break;
    case ALARM:
    case WHOM:
        ga_care_filter_ask(&page->filter, screen, id);
        break;
    case BIRTHDAYS:
        ga_screen_push(screen, &ga_screen_birthdays, NULL, BIRTHDAYS);
        break;
    default:
        ga_care_filter_take_person(&page->filter, screen, ga_store_user(page->shown.session->store));
        ga_list_page_read(screen);
    }
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    ga_care_filter_take(&state_of(screen)->filter, screen, result);
    if (result->tag != WHY)
        ga_list_page_read(screen);
    if ((result->tag == END || result->tag == FILE_OF) && result->is_done)
        screen->result.is_done = true; /* kept for whoever opened this page */
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == WHY)
        explain(screen);
    else
        ga_care_filter_ask(&state_of(screen)->filter, screen, tag);
}

static bool offers(const struct ga_screen *screen, int id)
{
    return (id != END && id != WHY && id != FILE_OF) || marked(state_of(screen)) != NULL;
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct ga_alarm *alarm = marked(state_of(screen));
    return alarm != NULL && ga_about_child(screen, alarm->child, ret_id);
}

static const struct ga_tui_command commands[] = {
    {END, {GA_KEY_ENTER}, GA_N_("See to it"), GA_N_("open what ends it: the record, the form or the file"), GA_COMMAND_IN_BAR},
    {WHY, {'w', GA_KEY_F(3)}, GA_N_("Why"), GA_N_("the rule, the facts, what ends it"), GA_COMMAND_IN_BAR},
    {FILE_OF, {'o', GA_KEY_F(2)}, GA_N_("The file"), GA_N_("open the child's file"), GA_COMMAND_IN_BAR},
    {ALARM, {'d', GA_KEY_F(5)}, GA_N_("Which"), GA_N_("one kind of alarm only, or all"), GA_COMMAND_IN_BAR},
    {WHOM, {'c', GA_KEY_F(6)}, GA_N_("Class"), GA_N_("one class, or the whole school"), GA_COMMAND_IN_BAR},
    {MINE, {'m', GA_KEY_F(7)}, GA_N_("Mine"), GA_N_("only my own children"), GA_COMMAND_IN_BAR},
    {BIRTHDAYS, {'b'}, GA_N_("Birthdays"), GA_N_("birthdays of this week and the next"), 0},
};

const struct ga_screen_ops ga_screen_alarms = {
    .name = "alarms",
    .title = GA_N_("Must not wait"),
    .help = GA_N_("Children about whom something must be done now, the most urgent first; of one kind first those of whom "
                  "more stands, then the youngest. Enter opens what ends it: the record it hangs on, a new form, or the file. "
                  "w says why it stands. Nobody switches an alarm off: it goes when the facts have changed. A teacher sees "
                  "her own children first, c shows a class or the whole school."),
    .state_bytes = sizeof(struct alarm_page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .reword = reword,
    .resumed = resumed,
    .about = about,
};
