/* The page on which duties are switched on and off. */
#include "guanai/screen/duties.h"

#include "care/duty_words.h"
#include "guanai/app/duties.h"
#include "guanai/base/alloc.h"
#include "guanai/screen/session.h"
#include "guanai/text/width.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/care_open.h"
#include "parts/class_pick.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <string.h>

enum { SWITCH = 1, WHY, SCOPE, CLASS, ON_OFF };
enum { COL_DUTY, COL_OFTEN, COL_STATE, COL_RECORDS, COL_CLASS, COL_TEACHER };

struct duties_page {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_care *care;
    struct ga_burden *burdens;    /* of the school, a duty each */
    struct ga_class_pick classes;
    struct ga_roster_class class; /* that is being switched; shown NULL: the whole school */
    struct ga_burden asked;       /* what the question that stands there is about */
};

static const struct ga_tui_column columns[] = {
    [COL_DUTY] = {.title = GA_N_("Duty"), .cols = 22, .min_cols = 12, .grows = true},
    [COL_OFTEN] = {.title = GA_N_("How often"), .cols = 18, .min_cols = 10, .priority = 4},
    [COL_STATE] = {.title = GA_N_("Now"), .cols = 8},
    [COL_RECORDS] = {.title = GA_N_("A month"), .cols = 8, .is_right = true, .priority = 1},
    [COL_CLASS] = {.title = GA_N_("Top class"), .cols = 9, .is_right = true, .priority = 3},
    [COL_TEACHER] = {.title = GA_N_("Teacher"), .cols = 8, .is_right = true, .priority = 2},
};

static struct duties_page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct duties_page, screen);
}

static const struct ga_duty *duty_at(const struct duties_page *page, size_t i)
{
    return ga_care_duties(page->care)->items[i];
}

static bool has_marked(const struct duties_page *page)
{
    return page->shown.count > 0 && page->shown.list.selected < ga_care_duties(page->care)->count;
}

/* The first nine are numbered: digits choose them. */
static const char *title_at(struct duties_page *page, size_t i, enum ga_lang lang)
{
    const char *title = ga_label_text(&duty_at(page, i)->title, lang);
    return i < 9 ? ga_arena_printf(&page->shown.row, "%zu  %s", i + 1, title) : ga_arena_printf(&page->shown.row, "   %s", title);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct duties_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    for (size_t i = 0; i < count && first + i < page->shown.count; i++) {
        const struct ga_burden *burden = &page->burdens[first + i];
        ga_tui_cells_put(cells, i, COL_DUTY, title_at(page, first + i, lang));
        ga_tui_cells_put(cells, i, COL_OFTEN, ga_duty_words_often(duty_at(page, first + i), lang, &page->shown.row));
        ga_tui_cells_put(cells, i, COL_STATE, ga_duty_words_switch(burden, lang));
        ga_tui_cells_put(cells, i, COL_RECORDS, ga_duty_words_count(burden->records, &page->shown.row));
        ga_tui_cells_put(cells, i, COL_CLASS, ga_duty_words_count(burden->class_most, &page->shown.row));
        ga_tui_cells_put(cells, i, COL_TEACHER, ga_duty_words_count(burden->teacher_average, &page->shown.row));
        if (!burden->is_on && burden->classes_on == 0)
            ga_tui_cells_style(cells, i, GA_STYLE_DIM);
    }
    ga_arena_reset(&page->shown.row);
}

static enum ga_rc read_burdens(struct ga_screen *screen, struct ga_error *err)
{
    struct duties_page *page = state_of(screen);
    const enum ga_rc rc = ga_burdens_read(page->care, NULL, &page->shown.arena, &page->burdens, err);
    if (rc == GA_OK)
        page->shown.count = ga_care_duties(page->care)->count;
    return rc;
}

static int64_t records_on(const struct duties_page *page)
{
    int64_t sum = 0;
    for (size_t i = 0; i < page->shown.count; i++)
        sum += page->burdens[i].records_now;
    return sum;
}

/* Where the mark stands, and what its column has no room for. */
static void show_often(struct ga_screen *screen)
{
    struct duties_page *page = state_of(screen);
    ga_words_show_place(screen, &page->shown.list);
    if (!has_marked(page))
        return;
    const char *often = ga_duty_words_often(duty_at(page, page->shown.list.selected), ga_screen_lang(screen), &page->shown.row);
    if (ga_width_text(often, strlen(often)) > (size_t)columns[COL_OFTEN].cols)
        ga_screen_set_status(screen, ga_arena_printf(&page->shown.row, "%s · %s", screen->status, often));
    ga_arena_reset(&page->shown.row);
}

static void show_records(struct ga_screen *screen)
{
    struct duties_page *page = state_of(screen);
    const char *title = ga_words_say(&page->shown.row, ga_screen_lang(screen), GA_N_("Which duties are done · about %1 records a month"),
                                     ga_duty_words_count(records_on(page), &page->shown.row));
    ga_screen_set_title(screen, title);
    ga_arena_reset(&page->shown.row);
}

/* Off where it is on, on where it is off: Enter takes the first way. */
static void ask_on_off(struct ga_screen *screen)
{
    struct duties_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    char buf[GA_CLASS_NAME_SIZE];
    const char *shown = page->class.shown != NULL ? ga_class_pick_shown(&page->class, lang, buf) : NULL;
    const char *const on = ga_tr(lang, GA_N_("Switch on from today")), *const off = ga_tr(lang, GA_N_("Switch off from today"));
    const bool is_part = !page->asked.is_on && page->asked.classes_on > 0;
    const char *const ways[] = {page->asked.is_on ? off : on, off};
    const char *title = ga_label_text(&duty_at(page, page->shown.list.selected)->title, lang);
    title = ga_arena_printf(&page->shown.row, "%s · %s", title, shown != NULL ? shown : ga_tr(lang, "the whole school"));
    ga_dialog_choose(screen, title, ga_duty_words_cost(&page->asked, shown, lang, &page->shown.row), ways, is_part ? 2 : 1, ON_OFF);
    ga_arena_reset(&page->shown.row);
}

static void ask_of(struct ga_screen *screen, const struct ga_roster_class *class)
{
    struct duties_page *page = state_of(screen);
    struct ga_burden *burdens = page->burdens;
    struct ga_error err = {0};
    page->class = class != NULL ? *class : (struct ga_roster_class){0};
    if (class != NULL && ga_burdens_read(page->care, class, &page->classes.arena, &burdens, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    page->asked = burdens[page->shown.list.selected];
    ask_on_off(screen);
}

static void ask_scope(struct ga_screen *screen)
{
    struct duties_page *page = state_of(screen);
    if (!has_marked(page))
        return;
    const struct ga_duty *duty = duty_at(page, page->shown.list.selected);
    const char *const ways[] = {ga_screen_tr(screen, "The whole school"), ga_screen_tr(screen, "One class only …")};
    if (duty->per != GA_PER_CHILD && duty->per != GA_PER_CLASS)
        ask_of(screen, NULL);
    else
        ga_dialog_choose(screen, ga_label_text(&duty->title, ga_screen_lang(screen)),
                         ga_screen_tr(screen, "Switch it for whom?"), ways, GA_COUNT(ways), SCOPE);
}

static void switch_it(struct ga_screen *screen, bool is_on)
{
    struct duties_page *page = state_of(screen);
    struct ga_error err = {0};
    const struct ga_duty *duty = duty_at(page, page->shown.list.selected);
    const struct ga_duty_switch choice = {.duty = duty->name, .class_of = page->class.shown != NULL ? &page->class : NULL,
                                          .is_on = is_on, .from_on = page->shown.session->today};
    enum ga_rc rc = ga_session_switch_duty(page->shown.session, &choice, &err);
    if (rc == GA_OK)
        rc = ga_list_page_fill(screen, &err);
    ga_list_page_show(screen);
    if (rc != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    screen->result.is_done = true;
    ga_words_tell(screen->ui, GA_STYLE_OK, is_on ? GA_N_("%1: on from today, %2.") : GA_N_("%1: off from today, %2."),
                  ga_label_text(&duty->title, ga_screen_lang(screen)),
                  page->class.shown != NULL ? page->class.shown : ga_screen_tr(screen, "the whole school"));
}

static void explain(struct ga_screen *screen)
{
    struct duties_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    if (!has_marked(page))
        return;
    const struct ga_duty *duty = duty_at(page, page->shown.list.selected);
    ga_dialog_show(screen, ga_label_text(&duty->title, lang),
                   ga_duty_words_rule(duty, &page->burdens[page->shown.list.selected], lang, &page->shown.row), WHY);
    ga_arena_reset(&page->shown.row);
}

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("No duties come with the program: forms/duties is empty."),
    .fetch = fetch, .read = read_burdens, .title = show_records, .status = show_often, .digit = ask_scope};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct duties_page *page = state_of(screen);
    ga_list_page_begin(screen, &kind);
    ga_class_pick_init(&page->classes, page->shown.session, NULL);
    enum ga_rc rc = ga_care_open(screen, &page->care, err);
    if (rc == GA_OK)
        rc = ga_list_page_fill(screen, err);
    return rc;
}

static void leave(struct ga_screen *screen)
{
    ga_class_pick_finish(&state_of(screen)->classes);
    ga_list_page_leave(screen);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    if (id == SWITCH)
        ask_scope(screen);
    else
        explain(screen);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct duties_page *page = state_of(screen);
    const struct ga_roster_class *class;
    if (!result->is_done || !has_marked(page))
        return;
    if (result->tag == SCOPE && result->code == 0)
        ask_of(screen, NULL);
    else if (result->tag == SCOPE)
        ga_class_pick_open(&page->classes, screen, CLASS);
    else if (result->tag == CLASS && ga_class_pick_take(&page->classes, result, &class))
        ask_of(screen, class);
    else if (result->tag == ON_OFF) /* the second way is there where some classes have it: off */
        switch_it(screen, result->code == 0 && !page->asked.is_on);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == SCOPE)
        ask_scope(screen);
    else if (tag == CLASS)
        ga_class_pick_open(&state_of(screen)->classes, screen, CLASS);
    else if (tag == ON_OFF)
        ask_on_off(screen);
    else if (tag == WHY)
        explain(screen);
}

static bool offers(const struct ga_screen *screen, int id)
{
    (void)id;
    return has_marked(state_of(screen));
}

static const struct ga_tui_command commands[] = {
    {SWITCH, {GA_KEY_ENTER}, GA_N_("On or off"), GA_N_("switch the marked duty on or off; it is asked for whom"), GA_COMMAND_IN_BAR},
    {WHY, {'w', GA_KEY_F(3)}, GA_N_("Why"), GA_N_("the rule, who owes it, what closes it"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_duties = {
    .name = "duties",
    .title = GA_N_("Which duties are done"),
    .help = GA_N_("All duties the program knows; the headteacher switches on what the school does. Beside each: how many "
                  "records a month of lessons it makes, in the whole school, in the class that has most, for a class "
                  "teacher on average. Enter or a digit asks for whom, the whole school or one class, and says what it "
                  "costs before anything changes. What is done already stays, whatever is switched."),
    .state_bytes = sizeof(struct duties_page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
};
