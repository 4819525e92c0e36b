/* Where each class goes when the school year turns. */
#include "guanai/screen/year_end.h"

#include "care/year_goal.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/store/roster.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <string.h>

enum { OPEN = 1, GOES, GOES_CLASS };
enum column { CLASS, SITE, CHILDREN, TO, APART, PLACED };

struct classes {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_year_plan plan;
    struct ga_year_asking asking;
};

static struct classes *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct classes, screen);
}

static const char *number(struct ga_arena *arena, size_t count)
{
    return count == 0 ? "" : ga_arena_strdup(arena, GA_NUM((int64_t)count));
}

static size_t count_apart(const struct classes *c, size_t class_at)
{
    size_t apart = 0;
    for (size_t i = 0; i < c->plan.children_count; i++)
        apart += c->plan.children[i].class_at == class_at && ga_year_is_exception(&c->plan, &c->plan.children[i]);
    return apart;
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    const struct classes *c = state_of(screen);
    struct ga_arena arena = {0};
    for (size_t i = 0; i < count && first + i < c->plan.classes_count; i++) {
        const struct ga_year_class *class = &c->plan.classes[first + i];
        size_t children = 0;
        for (size_t fate = 0; fate < GA_YEAR_FATES; fate++)
            children += class->counts[fate];
        ga_tui_cells_put(cells, i, CLASS, class->shown);
        ga_tui_cells_put(cells, i, SITE, ga_words_choice(c->shown.session, "site", class->site, ga_screen_lang(screen)));
        ga_tui_cells_put(cells, i, CHILDREN, number(&arena, children));
        if (class->counts[GA_YEAR_PLACED] < children)
            ga_tui_cells_put(cells, i, TO, ga_year_goal_text(screen, &class->goal, class->site, &arena));
        ga_tui_cells_put(cells, i, APART, number(&arena, count_apart(c, first + i)));
        ga_tui_cells_put(cells, i, PLACED, number(&arena, class->counts[GA_YEAR_PLACED]));
        ga_arena_reset(&arena);
    }
    ga_arena_finish(&arena);
}

static enum ga_rc read_plan(struct ga_screen *screen, struct ga_error *err)
{
    struct classes *c = state_of(screen);
    c->plan = (struct ga_year_plan){0};
    const enum ga_rc rc = ga_year_plan_read(c->shown.session, ga_screen_lang(screen), &c->shown.arena, &c->plan, err);
    c->shown.count = c->plan.classes_count;
    return rc;
}

static const struct ga_tui_column columns[] = {
    [CLASS] = {.title = GA_N_("Class"), .cols = 14, .min_cols = 11},
    [SITE] = {.title = GA_N_("Site"), .cols = 12, .min_cols = 8, .priority = 2},
    [CHILDREN] = {.title = GA_N_("Pupils"), .cols = 8, .min_cols = 6, .priority = 1, .is_right = true},
    [TO] = {.title = GA_N_("Goes up to"), .cols = 20, .min_cols = 12, .grows = true},
    [APART] = {.title = GA_N_("Apart"), .cols = 6, .priority = 1, .is_right = true},
    [PLACED] = {.title = GA_N_("Placed"), .cols = 8, .min_cols = 6, .priority = 3, .is_right = true},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("No children here."),
    .fetch = fetch, .read = read_plan, .is_worded = true};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_list_page_begin(screen, &kind);
    return GA_OK;
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct classes *c = state_of(screen);
    const struct ga_year_class *class = &c->plan.classes[c->shown.list.selected];
    if (id == GOES) {
        ga_year_ask(&c->asking, screen, class, class->shown, GOES);
        return GA_REDRAW;
    }
    const struct ga_roster_class of = {.site = class->site, .grade = class->grade, .class_no = class->class_no, .shown = class->shown};
    ga_screen_push(screen, &ga_screen_year_children, &of, OPEN);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    (void)id;
    return state_of(screen)->plan.classes_count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct classes *c = state_of(screen);
    struct ga_year_goal goal;
    struct ga_error err = {0};
    const bool is_answer = result->tag == GOES || result->tag == GOES_CLASS;
    if (is_answer && !ga_year_ask_take(&c->asking, screen, result, &goal))
        return;
    if (is_answer && ga_year_say_class(c->shown.session, &c->plan, &c->asking.class, &goal, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_list_page_read(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    ga_year_ask_reword(&state_of(screen)->asking, screen, tag);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("the children of this class, one by one"), GA_COMMAND_IN_BAR},
    {GOES, {'g', GA_KEY_F(4)}, GA_N_("Goes up to"), GA_N_("say where this class goes"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_year_classes = {
    .name = "year_classes",
    .title = GA_N_("Where each class goes"),
    .help = GA_N_("By itself a class goes one grade up; the last grade of a teaching point goes to the site that has the next "
                  "one, the last grade of the school finishes. g says something else for a class. Enter opens its children: "
                  "who repeats or goes somewhere else is said there. Who stands in the new grade already is left alone."),
    .state_bytes = sizeof(struct classes),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
};
