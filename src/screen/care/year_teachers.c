/* Who has which class in the new school year. */
#include "guanai/app/class_teachers.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/records.h"
#include "guanai/screen/session.h"
#include "guanai/screen/year_end.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/person_pick.h"
#include "parts/plan_pass.h"
#include "parts/words.h"

#include <string.h>

enum { SAY = 1, CONFIRM, EARLIER, PLANS };
enum column { CLASS, WAS, CHILDREN, TEACHER, STATE };

struct page {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_year_plan plan;
    struct ga_year_teacher *classes;
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct page *page = state_of(ctx);
    const enum ga_lang lang = ga_screen_lang(ctx);
    for (size_t i = 0; i < count && first + i < page->shown.count; i++) {
        const struct ga_year_teacher *row = &page->classes[first + i];
        ga_tui_cells_put(cells, i, CLASS, row->shown);
        ga_tui_cells_put(cells, i, WAS, row->was);
        ga_tui_cells_put(cells, i, CHILDREN, GA_NUM(row->children));
        ga_tui_cells_put(cells, i, TEACHER, row->teacher);
        ga_tui_cells_put(cells, i, STATE, ga_tr(lang, row->is_said              ? GA_N_("✓ said")
                                                      : row->teacher[0] == '\0' ? GA_N_("nobody yet")
                                                      : row->is_handed          ? GA_N_("takes over?")
                                                                                : GA_N_("goes on?")));
        if (row->teacher[0] == '\0')
            ga_tui_cells_style(cells, i, GA_STYLE_WARNING);
    }
}

static enum ga_rc read_classes(struct ga_screen *screen, struct ga_error *err)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    page->plan = (struct ga_year_plan){0};
    const enum ga_rc rc = ga_year_plan_read(page->shown.session, lang, &page->shown.arena, &page->plan, err);
    return rc == GA_OK ? ga_year_teachers_read(page->shown.session, &page->plan, lang, &page->shown.arena, &page->classes,
                                               &page->shown.count, err)
                       : rc;
}

static const struct ga_tui_column columns[] = {
    [CLASS] = {.title = GA_N_("Class"), .cols = 15, .min_cols = 11},
    [WAS] = {.title = GA_N_("Until now"), .cols = 15, .min_cols = 11, .priority = 2},
    [CHILDREN] = {.title = GA_N_("Pupils"), .cols = 7, .min_cols = 6, .priority = 1, .is_right = true},
    [TEACHER] = {.title = GA_N_("Class teacher"), .cols = 16, .min_cols = 10, .grows = true},
    [STATE] = {.title = GA_N_("State"), .cols = 11, .min_cols = 8},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("No children here."),
    .fetch = fetch, .read = read_classes, .is_worded = true};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_list_page_begin(screen, &kind);
    return GA_OK;
}

static void ask_name(struct ga_screen *screen)
{
    const struct page *page = state_of(screen);
    const struct ga_year_teacher *row = &page->classes[page->shown.list.selected];
    const struct ga_person_ask ask = {.title = row->shown,
                                      .label = GA_N_("Class teacher"),
                                      .hint = GA_N_("Who is its class teacher in the new school year?"),
                                      .initial = row->teacher};
    ga_person_pick_open(screen, &ask, SAY);
}

static void confirm(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    size_t count = 0;
    if (ga_year_teachers_confirm(page->shown.session, &page->plan, page->classes, page->shown.count, &count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("The class teacher stands: %1 classes."), GA_NUM(count));
    ga_list_page_read(screen);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    if (id == EARLIER)
        ga_screen_records_open(screen, GA_CLASS_TEACHER_FORM, EARLIER);
    else if (id == CONFIRM)
        confirm(screen);
    else
        ask_name(screen);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    return id == EARLIER || state_of(screen)->shown.count > 0;
}

/* From whose the class was to whose it is. */
static void ask_plans(struct ga_screen *screen)
{
    const struct page *page = state_of(screen);
    const struct ga_year_teacher *row = &page->classes[page->shown.list.selected];
    ga_plan_pass_ask(screen, &(struct ga_plan_pass){row->now, row->before, row->teacher}, PLANS);
}

static void pass_plans(struct ga_screen *screen)
{
    const struct page *page = state_of(screen);
    const struct ga_year_teacher *row = &page->classes[page->shown.list.selected];
    ga_plan_pass_do(screen, &(struct ga_plan_pass){row->now, row->before, row->teacher});
}

/* A name that is refused stands there once more. */
static void take_name(struct ga_screen *screen, const char *name)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    const struct ga_year_teacher *row = &page->classes[page->shown.list.selected];
    const enum ga_rc rc = ga_year_teacher_say(page->shown.session, &page->plan, row, name, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1: %2"), row->shown, name);
    if (rc == GA_REFUSED)
        ask_name(screen);
    else
        ga_list_page_read(screen);
    if (rc == GA_OK && page->shown.count > 0)
        ask_plans(screen);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const bool is_said = result->is_done && state_of(screen)->shown.count > 0;
    if (result->tag == SAY && is_said)
        take_name(screen, result->text);
    else if (result->tag == PLANS && is_said && result->code == 1)
        pass_plans(screen);
    else
        ga_list_page_read(screen);
}

static const struct ga_tui_command commands[] = {
    {SAY, {GA_KEY_ENTER}, GA_N_("Somebody else"), GA_N_("type who has this class in the new school year"), GA_COMMAND_IN_BAR},
    {CONFIRM, {'y', GA_KEY_F(4)}, GA_N_("All go on"), GA_N_("every class goes on with the teacher that stands here"), GA_COMMAND_IN_BAR},
    {EARLIER, {'e', GA_KEY_F(5)}, GA_N_("Earlier ones"), GA_N_("all that was ever said of class teachers"), GA_COMMAND_IF_ROOM},
};

const struct ga_screen_ops ga_screen_year_teachers = {
    .name = "year_teachers",
    .title = GA_N_("Class teachers of the new year"),
    .help = GA_N_("A class goes on with its teacher unless somebody else is typed. First change those that change, Enter on the class; "
                  "then one key confirms all others. What is owed for children without a proxy parent is its class teacher's from "
                  "1 September on; care plans that name who had the class before as helper are offered to who takes it. A class that is new, or that came together of several, has nobody until a name is typed."),
    .state_bytes = sizeof(struct page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
};
