/* The page on which forms are switched on and off. */
#include "guanai/screen/form_choices.h"

#include "care/duty_words.h"
#include "care/form_load_words.h"
#include "guanai/app/form_choice.h"
#include "guanai/base/alloc.h"
#include "guanai/screen/report.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/care_open.h"
#include "parts/form_menu.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <string.h>

enum { SWITCH = 1, WHY, ON_OFF };
enum { COL_FORM, COL_STATE, COL_RECORDS, COL_CLASS, COL_TEACHER };

struct form_choices {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_care *care;
    struct ga_form_menu menu;
    struct ga_form_load *loads; /* one per form of the menu */
    const char *const *first;
    size_t first_count;
};

static const struct ga_tui_column columns[] = {
    [COL_FORM] = {.title = GA_N_("Form"), .cols = 26, .min_cols = 14, .grows = true},
    [COL_STATE] = {.title = GA_N_("Stands"), .cols = 8},
    [COL_RECORDS] = {.title = GA_N_("A month"), .cols = 8, .is_right = true, .priority = 1},
    [COL_CLASS] = {.title = GA_N_("Top class"), .cols = 9, .is_right = true, .priority = 3},
    [COL_TEACHER] = {.title = GA_N_("Teacher"), .cols = 8, .is_right = true, .priority = 2},
};

static struct form_choices *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct form_choices, screen);
}

static bool has_marked(const struct form_choices *page)
{
    return page->shown.list.selected < page->menu.count;
}

static bool is_on(const struct form_choices *page, size_t i)
{
    for (size_t k = 0; k < page->first_count; k++)
        if (strcmp(page->first[k], page->menu.forms[i]->name) == 0)
            return true;
    return false;
}

/* The first nine are numbered: digits choose them. */
static const char *title_at(struct form_choices *page, size_t i)
{
    const char *title = page->menu.labels[i];
    return i < 9 ? ga_arena_printf(&page->shown.row, "%zu  %s", i + 1, title) : ga_arena_printf(&page->shown.row, "   %s", title);
}

/* None is out of use: what does not stand first is behind "more …", the report is opened by its key from everywhere, too. */
static const char *place_of(const struct form_choices *page, size_t i)
{
    if (is_on(page, i))
        return GA_N_("first");
    return strcmp(page->menu.forms[i]->name, GA_REPORT_FORM) == 0 ? "Ctrl-]" : GA_N_("more …");
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct form_choices *page = state_of(screen);
    for (size_t i = 0; i < count && first + i < page->menu.count; i++) {
        const struct ga_form_load *load = &page->loads[first + i];
        ga_tui_cells_put(cells, i, COL_FORM, title_at(page, first + i));
        ga_tui_cells_put(cells, i, COL_STATE, ga_screen_tr(screen, place_of(page, first + i)));
        ga_tui_cells_put(cells, i, COL_RECORDS, ga_duty_words_count(load->records, &page->shown.row));
        ga_tui_cells_put(cells, i, COL_CLASS, ga_duty_words_count(load->class_most, &page->shown.row));
        ga_tui_cells_put(cells, i, COL_TEACHER, ga_duty_words_count(load->teacher_average, &page->shown.row));
        if (!is_on(page, first + i))
            ga_tui_cells_style(cells, i, GA_STYLE_DIM);
    }
    ga_arena_reset(&page->shown.row);
}

static bool is_offered(const struct ga_form *form)
{
    return strcmp(form->name, "child") != 0;
}

static enum ga_rc read_forms(struct ga_screen *screen, struct ga_error *err)
{
    struct form_choices *page = state_of(screen);
    ga_form_menu_list(&page->menu, page->shown.session, ga_screen_lang(screen), is_offered);
    ga_forms_first(page->shown.session, &page->shown.arena, &page->first, &page->first_count);
    const enum ga_rc rc = ga_form_loads_read(page->care, page->menu.forms, page->menu.count, &page->shown.arena, &page->loads, err);
    if (rc != GA_OK)
        page->menu.count = 0;
    page->shown.count = page->menu.count;
    return rc;
}

/* Titles are of the language there is now. */
static void word_forms(struct ga_screen *screen)
{
    struct form_choices *page = state_of(screen);
    for (size_t i = 0; i < page->menu.count; i++)
        page->menu.labels[i] = ga_label_text(&page->menu.forms[i]->title, ga_screen_lang(screen));
}

/* Of the language there is now, also before anything is laid out again. */
static const char *marked_title(const struct ga_screen *screen)
{
    const struct form_choices *page = state_of(screen);
    return ga_label_text(&page->menu.forms[page->shown.list.selected]->title, ga_screen_lang(screen));
}

static void ask(struct ga_screen *screen)
{
    struct form_choices *page = state_of(screen);
    const size_t i = page->shown.list.selected;
    if (!has_marked(page))
        return;
    const char *const ways[] = {ga_screen_tr(screen, is_on(page, i) ? GA_N_("Move it behind “more …”")
                                                                    : GA_N_("Let it stand first from today"))};
    ga_dialog_choose(screen, marked_title(screen), ga_form_load_words(&page->loads[i], ga_screen_lang(screen), &page->shown.row), ways,
                     GA_COUNT(ways), ON_OFF);
    ga_arena_reset(&page->shown.row);
}

/* The mark stays on the form, which has another place now. */
static void switch_it(struct ga_screen *screen)
{
    struct form_choices *page = state_of(screen);
    const struct ga_form *form = page->menu.forms[page->shown.list.selected];
    const bool was_on = is_on(page, page->shown.list.selected);
    struct ga_error err = {0};
    enum ga_rc rc = ga_session_switch_form(page->shown.session, form->name, !was_on, &err);
    if (rc == GA_OK)
        rc = ga_list_page_fill(screen, &err);
    ga_list_page_show(screen);
    for (size_t i = 0; i < page->menu.count; i++)
        if (page->menu.forms[i] == form)
            ga_tui_list_select(&page->shown.list, i);
    ga_words_show_place(screen, &page->shown.list);
    if (rc != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    screen->result.is_done = true;
    ga_words_tell(screen->ui, GA_STYLE_OK, was_on ? GA_N_("%1 stands behind “more …” from today.") : GA_N_("%1 stands first from today."),
                  ga_label_text(&form->title, ga_screen_lang(screen)));
}

static void explain(struct ga_screen *screen)
{
    struct form_choices *page = state_of(screen);
    if (!has_marked(page))
        return;
    ga_dialog_show(screen, marked_title(screen),
                   ga_form_load_words(&page->loads[page->shown.list.selected], ga_screen_lang(screen), &page->shown.row), WHY);
    ga_arena_reset(&page->shown.row);
}

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("No forms are installed."),
    .fetch = fetch, .read = read_forms, .title = word_forms, .digit = ask};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct form_choices *page = state_of(screen);
    ga_list_page_begin(screen, &kind);
    enum ga_rc rc = ga_care_open(screen, &page->care, err);
    if (rc == GA_OK)
        rc = ga_list_page_fill(screen, err);
    return rc;
}

static void leave(struct ga_screen *screen)
{
    ga_form_menu_finish(&state_of(screen)->menu);
    ga_list_page_leave(screen);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    if (id == SWITCH)
        ask(screen);
    else
        explain(screen);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->is_done && result->tag == ON_OFF && has_marked(state_of(screen)))
        switch_it(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == ON_OFF)
        ask(screen);
    else if (tag == WHY)
        explain(screen);
}

static bool offers(const struct ga_screen *screen, int id)
{
    (void)id;
    return has_marked(state_of(screen));
}

static const struct ga_tui_command commands[] = {
    {SWITCH, {GA_KEY_ENTER}, GA_N_("Move"), GA_N_("let the marked form stand first, or behind “more …”"), GA_COMMAND_IN_BAR},
    {WHY, {'w', GA_KEY_F(3)}, GA_N_("Why"), GA_N_("how many records a month, and where the number comes from"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_form_choices = {
    .name = "form_choices",
    .title = GA_N_("Which forms stand first"),
    .help = GA_N_("All forms that can be filled in. Those that stand first are offered at once where a new record is made, the "
                  "others stand behind “more …”: none is out of reach, and what a child has records of is always offered "
                  "for it. Beside each: about how many records a month of lessons it makes, in the whole school, in the "
                  "class that has most, for a class teacher on average; Enter or a digit says where that comes from "
                  "before anything changes. What is owed is decided on the page of duties."),
    .state_bytes = sizeof(struct form_choices),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
};
