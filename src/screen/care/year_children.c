/* Where each child goes when the school year turns. */
#include "guanai/screen/year_end.h"
#include "parts/about.h"

#include "care/year_goal.h"
#include "guanai/base/alloc.h"
#include "guanai/screen/child.h"
#include "guanai/screen/session.h"
#include "guanai/store/roster.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <string.h>

enum { OPEN = 1, GOES, GOES_CLASS, REPEATS, USUAL };
enum column { NAME, CLASS, BIRTH, TO };

struct children {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    bool is_all_exceptions;
    struct ga_roster_class class; /* else */
    struct ga_arena arena;        /* of the plan */
    struct ga_year_plan plan;
    size_t *shown; /* of the plan's children */
    size_t shown_count;
    struct ga_year_asking asking;
};

static struct children *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct children, screen);
}

static const struct ga_year_child *marked(const struct children *c)
{
    return c->shown_count == 0 ? NULL : &c->plan.children[c->shown[c->list.selected]];
}

static const struct ga_year_class *class_of(const struct children *c, const struct ga_year_child *child)
{
    return &c->plan.classes[child->class_at];
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    const struct children *c = state_of(screen);
    struct ga_arena arena = {0};
    for (size_t i = 0; i < count && first + i < c->shown_count; i++) {
        const struct ga_year_child *child = &c->plan.children[c->shown[first + i]];
        const char *to = ga_year_goal_text(screen, &child->goal, class_of(c, child)->site, &arena);
        ga_tui_cells_put(cells, i, NAME, child->name);
        ga_tui_cells_put(cells, i, CLASS, class_of(c, child)->shown);
        ga_tui_cells_put(cells, i, BIRTH, ga_arena_printf(&arena, "%.7s", child->birth));
        const enum ga_year_odd odd = ga_year_odd_of(&c->plan, child);
        ga_tui_cells_put(cells, i, TO, odd == GA_YEAR_USUAL ? to : ga_arena_printf(&arena, "! %s · %s", to,
                                                                                  ga_screen_tr(screen, ga_year_odd_words[odd])));
        ga_arena_reset(&arena);
    }
    ga_arena_finish(&arena);
}

static bool is_shown(const struct children *c, const struct ga_year_child *child)
{
    const struct ga_year_class *class = class_of(c, child);
    if (c->is_all_exceptions)
        return ga_year_is_exception(&c->plan, child);
    return strcmp(class->site, c->class.site) == 0 && strcmp(class->grade, c->class.grade) == 0 &&
           strcmp(class->class_no, c->class.class_no) == 0;
}

static void show_rows(struct ga_screen *screen)
{
    struct children *c = state_of(screen);
    c->shown_count = 0;
    for (size_t i = 0; i < c->plan.children_count; i++)
        if (is_shown(c, &c->plan.children[i]))
            c->shown[c->shown_count++] = i;
    if (!c->is_all_exceptions && c->shown_count > 0) /* as the class is called in the language there is now */
        ga_screen_set_title(screen, class_of(c, &c->plan.children[c->shown[0]])->shown);
    ga_tui_list_reload(&c->list, c->shown_count);
    ga_words_show_place(screen, &c->list);
}

static void read_again(struct ga_screen *screen)
{
    struct children *c = state_of(screen);
    struct ga_error err = {0};
    ga_arena_reset(&c->arena);
    c->plan = (struct ga_year_plan){0};
    if (ga_year_plan_read(c->session, ga_screen_lang(screen), &c->arena, &c->plan, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    c->shown = ga_arena_array(&c->arena, c->plan.children_count + 1, sizeof(*c->shown));
    show_rows(screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    const struct ga_roster_class *class = arg;
    struct children *c = state_of(screen);
    c->session = ga_screen_session(screen);
    c->is_all_exceptions = class == NULL;
    if (class != NULL) {
        c->class = (struct ga_roster_class){.site = ga_arena_strdup(&screen->arena, class->site),
                                            .grade = ga_arena_strdup(&screen->arena, class->grade),
                                            .class_no = ga_arena_strdup(&screen->arena, class->class_no)};
        ga_screen_set_title(screen, class->shown);
    }
    ga_tui_list_init(&c->list, fetch, screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct children *c = state_of(screen);
    ga_tui_list_finish(&c->list);
    ga_arena_finish(&c->arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    static const struct ga_tui_column columns[] = {
        [NAME] = {.title = GA_N_("Name"), .cols = 12, .min_cols = 8},
        [CLASS] = {.title = GA_N_("Class"), .cols = 14, .min_cols = 11, .priority = 1},
        [BIRTH] = {.title = GA_N_("Born"), .cols = 7, .priority = 2},
        [TO] = {.title = GA_N_("Goes up to"), .cols = 24, .min_cols = 12, .grows = true},
    };
    ga_words_list_layout(screen, &state_of(screen)->list, columns, GA_COUNT(columns),
                         GA_N_("Everybody goes with the class. To say something else of a child, open its class."), area);
    read_again(screen);
}

/* The whole school is not looked through again for one word about one child. */
static void say(struct ga_screen *screen, const struct ga_year_goal *goal)
{
    struct children *c = state_of(screen);
    struct ga_error err = {0};
    struct ga_year_child *child = &c->plan.children[c->shown[c->list.selected]];
    if (ga_year_say_child(c->session, &c->plan, child, goal, &err) != GA_OK) {
        ga_ui_say_error(screen->ui, &err);
        return;
    }
    child->is_chosen = true;
    child->goal = (struct ga_year_goal){goal->fate, ga_arena_strdup(&c->arena, goal->site),
                                        ga_arena_strdup(&c->arena, goal->grade), ga_arena_strdup(&c->arena, goal->class_no)};
    show_rows(screen);
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct ga_year_child *child = marked(state_of(screen));
    return child != NULL && ga_about_child(screen, child->no, ret_id);
}

static void open_file(struct ga_screen *screen)
{
    struct ga_uuid id;
    if (about(screen, &id))
        ga_screen_child_open(screen, &id, OPEN);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct children *c = state_of(screen);
    const struct ga_year_child *child = marked(c);
    if (id == OPEN)
        open_file(screen);
    else if (id == GOES)
        ga_year_ask(&c->asking, screen, class_of(c, child), child->name, GOES);
    else if (id == REPEATS)
        say(screen, &(struct ga_year_goal){GA_YEAR_REPEATS, "", "", ""});
    else
        say(screen, &class_of(c, child)->goal);
    return GA_REDRAW;
}

/* Who stands there already is put right in the file, not here. */
static bool offers(const struct ga_screen *screen, int id)
{
    const struct children *c = state_of(screen);
    const struct ga_year_child *child = marked(c);
    if (child == NULL)
        return false;
    if (id == USUAL)
        return child->is_chosen && ga_year_is_exception(&c->plan, child) &&
               ga_year_fate_code(class_of(c, child)->goal.fate) != NULL;
    return id == OPEN || (child->goal.fate != GA_YEAR_PLACED && class_of(c, child)->grade[0] != '\0');
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct children *c = state_of(screen);
    struct ga_year_goal goal;
    const bool is_answer = result->tag == GOES || result->tag == GOES_CLASS;
    if (!is_answer)
        read_again(screen);
    else if (ga_year_ask_take(&c->asking, screen, result, &goal) && c->shown_count > 0)
        say(screen, &goal);
}

static void reword(struct ga_screen *screen, int tag)
{
    ga_year_ask_reword(&state_of(screen)->asking, screen, tag);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("The file"), GA_N_("open the child's file, as to write down that it has left"), GA_COMMAND_IN_BAR},
    {REPEATS, {'r', GA_KEY_F(3)}, GA_N_("Repeats"), GA_N_("this child repeats the grade"), GA_COMMAND_IN_BAR},
    {GOES, {'g', GA_KEY_F(4)}, GA_N_("Goes up to"), GA_N_("say where this child goes"), GA_COMMAND_IN_BAR},
    {USUAL, {'u', GA_KEY_F(5)}, GA_N_("With the class"), GA_N_("this child goes with its class again"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_year_children = {
    .name = "year_children",
    .title = GA_N_("Children apart from their class"),
    .help = GA_N_("Where each child goes in the new school year; ! marks those of whom something else holds than of their "
                  "class, or whose grade is not known or was written more than a year ago. r: repeats. g: somewhere else. u: with "
                  "the class again. Who has left the school is written down in the file (Enter, then the form of changes)."),
    .state_bytes = sizeof(struct children),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_bare_list_paint,
    .event = ga_bare_list_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
    .reword = reword,
};
