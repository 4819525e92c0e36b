/* The board of the three priorities: every child by every priority of a month. */
#include "care/priorities_state.h"

#include "guanai/app/whom.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/whose.h"
#include "guanai/screen/child.h"
#include "guanai/screen/record.h"
#include "guanai/store/number.h"
#include "guanai/text/class_name.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "parts/about.h"
#include "parts/care_open.h"
#include "parts/words.h"

#include <string.h>

enum { OPEN = 1, NEXT, QUIET, PLAN, CLASS, BEFORE, AFTER, WHY, FILE_OF, PROOF };

/* What stands there, in which order, is the view's. */
static void put_in_order(struct priorities *p)
{
    const struct ga_priority_board *board = &p->board;
    switch (p->view) {
    case GA_PRIORITIES_NEXT:
        p->count = ga_priority_next(board, p->mark.column, &p->arena, &p->order);
        return;
    case GA_PRIORITIES_QUIET:
        p->count = ga_priority_quiet(board, GA_PRIORITY_QUIET_DAYS, &p->arena, &p->order);
        return;
    case GA_PRIORITIES_VERY_QUIET:
        p->count = ga_priority_quiet(board, GA_PRIORITY_VERY_QUIET_DAYS, &p->arena, &p->order);
        return;
    case GA_PRIORITIES_UNREACHED:
        p->count = ga_priority_unreached(board, GA_PRIORITY_UNREACHED_DAYS, &p->arena, &p->order);
        return;
    default:
        p->order = ga_arena_array(&p->arena, board->count + 1, sizeof(size_t));
        p->count = board->count;
        for (size_t i = 0; i < board->count; i++)
            p->order[i] = i;
    }
}

static struct ga_cells cells_of(const struct priorities *p)
{
    return (struct ga_cells){p->count, p->board.rule != NULL ? p->board.rule->priorities.count : 0};
}

static void keep_in_sight(struct ga_screen *screen)
{
    struct priorities *p = priorities_of(screen);
    const struct ga_cells table = cells_of(p);
    ga_cell_mark_keep(&p->mark, table, (struct ga_cells){priorities_room(screen), table.columns});
    priorities_show_status(screen);
}

static enum ga_rc read_board(struct priorities *p, struct ga_error *err)
{
    struct ga_priority_ask ask = {.month = p->month};
    if (p->view == GA_PRIORITIES_QUIET || p->view == GA_PRIORITIES_VERY_QUIET)
        ask.quiet_days = p->view == GA_PRIORITIES_QUIET ? GA_PRIORITY_QUIET_DAYS : GA_PRIORITY_VERY_QUIET_DAYS;
    if (p->view == GA_PRIORITIES_UNREACHED)
        ask.unreached_days = GA_PRIORITY_UNREACHED_DAYS;
    if (p->has_class) {
        ask.site = p->class_of.site;
        ask.grade = p->class_of.grade;
        ask.class_no = p->class_of.class_no;
    }
    struct ga_priority_board board;
    struct ga_arena arena = {0};
    const enum ga_rc rc = ga_priority_board_read(p->care, &ask, &arena, &board, err);
    if (rc != GA_OK) {
        ga_arena_finish(&arena);
        return rc;
    }
    ga_arena_finish(&p->arena);
    p->arena = arena;
    p->board = board;
    p->month = board.month;
    put_in_order(p);
    return GA_OK;
}

/* The child that was marked stays marked where it still stands. */
static void find_again(struct priorities *p, int64_t child)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->board.rows[p->order[i]].child == child)
            p->mark.row = i;
}

static void read_again(struct ga_screen *screen)
{
    struct priorities *p = priorities_of(screen);
    const int64_t child = priorities_row(p) != NULL ? priorities_row(p)->child : 0;
    struct ga_error err = {0};
    if (read_board(p, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    find_again(p, child);
    priorities_show_title(screen);
    keep_in_sight(screen);
}

static enum ga_rc begin(struct ga_screen *screen, enum ga_priorities_view view, struct ga_error *err)
{
    struct priorities *p = priorities_of(screen);
    struct ga_problems problems;
    const struct ga_priorities *rule;
    p->session = ga_screen_session(screen);
    p->month = p->session->today;
    p->view = view;
    ga_class_pick_init(&p->pick, p->session, GA_N_("the whole school"));
    enum ga_rc rc = ga_care_open(screen, &p->care, err);
    if (rc != GA_OK)
        return rc;
    ga_problems_init(&problems);
    rc = ga_care_priorities(p->care, &problems, &rule, err);
    ga_care_tell_problems(screen, &problems);
    ga_problems_finish(&problems);
    return rc == GA_OK ? read_board(p, err) : rc;
}

static void take_class(struct priorities *p, const struct ga_roster_class *class)
{
    p->has_class = class != NULL;
    ga_arena_reset(&p->class_arena);
    p->class_of = ga_class_pick_keep(&p->class_arena, class);
}

/* A class teacher begins with the own class; the headteacher, and who has several, with the school. */
static enum ga_rc begin_with_own_class(struct ga_screen *screen, struct ga_error *err)
{
    struct priorities *p = priorities_of(screen);
    const char *user = ga_store_user(p->session->store), *scope = NULL;
    struct ga_arena arena = {0};
    struct ga_roster_class *classes;
    size_t count = 0, own = 0;
    enum ga_rc rc = ga_care_scope_of(p->care, user, &scope, err);
    if (rc == GA_OK && scope != NULL)
        rc = ga_store_classes(p->session->store, ga_screen_lang(screen), &arena, &classes, &count, err);
    if (rc == GA_OK && scope != NULL)
        rc = ga_care_own_class(p->care, user, classes, count, &own, err);
    if (rc == GA_OK && own < count) {
        take_class(p, &classes[own]);
        rc = read_board(p, err);
    }
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    const enum ga_rc rc = begin(screen, GA_PRIORITIES_BOARD, err);
    return rc == GA_OK ? begin_with_own_class(screen, err) : rc;
}

static enum ga_rc enter_unreached(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    return begin(screen, GA_PRIORITIES_UNREACHED, err);
}

static void leave(struct ga_screen *screen)
{
    struct priorities *p = priorities_of(screen);
    ga_class_pick_finish(&p->pick);
    ga_arena_finish(&p->arena);
    ga_arena_finish(&p->class_arena);
    ga_arena_finish(&p->turns_arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    priorities_show_title(screen);
    keep_in_sight(screen);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct priorities *p = priorities_of(screen);
    const size_t column = p->mark.column;
    if (!ga_cell_mark_walk(&p->mark, cells_of(p), priorities_room(screen), event))
        return GA_IGNORED;
    if (column != p->mark.column && p->view == GA_PRIORITIES_NEXT) {
        put_in_order(p);
        priorities_show_title(screen);
    }
    keep_in_sight(screen);
    return GA_REDRAW;
}

static void explain(struct ga_screen *screen)
{
    struct priorities *p = priorities_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_priorities *rule = p->board.rule;
    struct ga_arena arena = {0};
    struct ga_str text = {0};
    for (size_t i = 0; i < rule->priorities.count; i++) {
        const struct ga_turn_case turn = ga_priority_case(&p->board, p->order[p->mark.row], i);
        const struct ga_priority_cell *cell = &priorities_row(p)->cells[i];
        const char *by = ga_priority_by(p->care, i, cell->last_record, &arena);
        ga_str_addf(&text, "%s: %s\n", ga_label_text(&rule->priorities.items[i].title, lang),
                    ga_priority_why(&p->board, p->order[p->mark.row], i, lang, &arena));
        if (cell->last_on.year != 0)
            ga_str_addf(&text, "  %s\n", ga_words_say(&arena, lang, GA_N_("the last turn: %1 %2"), GA_DATE_ISO(cell->last_on), by));
        ga_str_addf(&text, "  %s\n", ga_words_say(&arena, lang, GA_N_("points: %1 for needs, %2 altogether"), GA_NUM(turn.need),
                                                  GA_NUM(ga_turn_score(rule, &turn))));
    }
    ga_str_addf(&text, "\n%s", ga_words_say(&arena, lang, GA_N_("Who has more points comes first: what is needed, %1 for each school day without a turn (up to %2), %3 for each turn the month lacks."),
                                            GA_NUM(rule->days_weight), GA_NUM(rule->days_max), GA_NUM(rule->missing_weight)));
    ga_dialog_show(screen, priorities_row(p)->name, ga_str_text(&text), WHY);
    ga_str_finish(&text);
    ga_arena_finish(&arena);
}

static void open_record(struct ga_screen *screen, int64_t record)
{
    struct ga_uuid id;
    struct ga_error err = {0};
    if (ga_store_id_of(priorities_of(screen)->session->store, record, &id, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_screen_record_open(screen, &id, 0, NULL, FILE_OF);
}

static void ask_which(struct ga_screen *screen)
{
    struct priorities *p = priorities_of(screen);
    const char *ways[PRIORITIES_CHOICES];
    struct ga_arena arena = {0};
    const size_t count = p->turns_count < PRIORITIES_CHOICES ? p->turns_count : PRIORITIES_CHOICES;
    for (size_t i = 0; i < count; i++)
        ways[i] = ga_arena_printf(&arena, "%s %s", GA_DATE_ISO(p->turns[i].on),
                                  ga_priority_by(p->care, p->mark.column, p->turns[i].record, &arena));
    ga_dialog_choose(screen, priorities_row(p)->name, ga_label_text(&p->board.rule->priorities.items[p->mark.column].title, ga_screen_lang(screen)),
                     ways, count, OPEN);
    ga_arena_finish(&arena);
}

/* The record behind a cell; of several it is asked which; of none why the child waits. */
static void open_cell(struct ga_screen *screen)
{
    struct priorities *p = priorities_of(screen);
    struct ga_error err = {0};
    ga_arena_reset(&p->turns_arena);
    if (p->view == GA_PRIORITIES_UNREACHED) {
        struct ga_uuid id;
        if (ga_store_id_of(p->session->store, priorities_row(p)->child, &id, &err) == GA_OK)
            ga_screen_child_open(screen, &id, FILE_OF);
        return;
    }
    if (ga_priority_turns(p->care, priorities_row(p)->child, p->mark.column, p->month, &p->turns_arena, &p->turns, &p->turns_count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else if (p->turns_count == 0)
        explain(screen);
    else if (p->turns_count == 1)
        open_record(screen, p->turns[0].record);
    else
        ask_which(screen);
}

static void turn_to(struct ga_screen *screen, enum ga_priorities_view view)
{
    struct priorities *p = priorities_of(screen);
    p->view = p->view == view ? GA_PRIORITIES_BOARD : view;
    p->mark.row = p->mark.first_row = 0;
    read_again(screen);
    if (p->count > 0)
        p->mark.row = p->mark.first_row = 0;
    keep_in_sight(screen);
}

/* 30 days, 60 days, not reached, everybody. */
static void turn_on(struct ga_screen *screen)
{
    const enum ga_priorities_view view = priorities_of(screen)->view;
    turn_to(screen, view < GA_PRIORITIES_QUIET           ? GA_PRIORITIES_QUIET
                    : view < GA_PRIORITIES_UNREACHED ? (enum ga_priorities_view)(view + 1)
                                                     : view);
}

/* In another school year the class has another name; its children's month stays with them. */
static enum ga_rc name_class_in(struct ga_screen *screen, struct ga_date old, struct ga_error *err)
{
    struct priorities *p = priorities_of(screen);
    struct ga_arena arena = {0};
    struct ga_roster_class named;
    if (!p->has_class || ga_class_name_school_year(old) == ga_class_name_school_year(p->month))
        return GA_OK;
    const enum ga_rc rc = ga_whom_class_in(p->session, &p->class_of, old, p->month, ga_screen_lang(screen), &arena, &named, err);
    if (rc == GA_OK)
        take_class(p, &named);
    ga_arena_finish(&arena);
    return rc;
}

static void change_month(struct ga_screen *screen, int by)
{
    struct priorities *p = priorities_of(screen);
    const struct ga_date old = p->month;
    struct ga_error err = {0};
    p->month = ga_date_add_months(p->board.month, by);
    enum ga_rc rc = name_class_in(screen, old, &err);
    if (rc == GA_OK)
        rc = read_board(p, &err);
    if (rc != GA_OK) {
        p->month = old;
        ga_ui_say_error(screen->ui, &err);
    }
    priorities_show_title(screen);
    keep_in_sight(screen);
}

static void open_file(struct ga_screen *screen)
{
    struct ga_uuid id;
    struct ga_error err = {0};
    if (ga_store_id_of(priorities_of(screen)->session->store, priorities_row(priorities_of(screen))->child, &id, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_screen_child_open(screen, &id, FILE_OF);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct priorities *p = priorities_of(screen);
    switch (id) {
    case OPEN:
        open_cell(screen);
        break;
    case NEXT:
        turn_to(screen, GA_PRIORITIES_NEXT);
        break;
    case QUIET:
        turn_on(screen);
        break;
    case PLAN:
        priorities_plan(screen, PLAN);
        break;
    case CLASS:
        p->pick.day = p->month;
        ga_class_pick_open(&p->pick, screen, CLASS);
        break;
    case WHY:
        explain(screen);
        break;
    case FILE_OF:
        open_file(screen);
        break;
    case PROOF:
        ga_screen_proof_open(screen, p->month, PROOF);
        break;
    default:
        change_month(screen, id == BEFORE ? -1 : 1);
    }
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct priorities *p = priorities_of(screen);
    if (id == PLAN)
        return priorities_can_plan(p);
    return (id != OPEN && id != WHY && id != FILE_OF) || p->count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct priorities *p = priorities_of(screen);
    const struct ga_roster_class *class;
    if (result->tag == OPEN && result->is_done && (size_t)result->code < p->turns_count) {
        open_record(screen, p->turns[result->code].record);
        return;
    }
    if (result->tag == CLASS && ga_class_pick_take(&p->pick, result, &class)) {
        take_class(p, class);
        p->mark.row = p->mark.first_row = 0;
    }
    if (result->tag != WHY)
        read_again(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == WHY)
        explain(screen);
    else if (tag == OPEN)
        ask_which(screen);
    else if (tag == CLASS)
        ga_class_pick_open(&priorities_of(screen)->pick, screen, tag);
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct ga_priority_row *row = priorities_row(priorities_of(screen));
    return row != NULL && ga_about_child(screen, row->child, ret_id);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("the records behind this cell, or why the child waits"), GA_COMMAND_IN_BAR},
    {NEXT, {'n', GA_KEY_F(4)}, GA_N_("Next ones"), GA_N_("by whose turn comes in this column; once more: as on the roster"), GA_COMMAND_IN_BAR},
    {PLAN, {'a', GA_KEY_F(7)}, GA_N_("Plan the next"), GA_N_("begin this column's form with the next five ticked already"), GA_COMMAND_IN_BAR},
    {QUIET, {'g', GA_KEY_F(10)}, GA_N_("30/60 days"), GA_N_("who got nothing for 30, for 60 school days, whom nobody reached for 60; then everybody"), GA_COMMAND_IN_BAR},
    {CLASS, {'c', GA_KEY_F(12)}, GA_N_("Class"), GA_N_("another class, or the whole school"), GA_COMMAND_IN_BAR},
    {BEFORE, {'-', GA_KEY_F(5)}, GA_N_("Earlier"), GA_N_("the month before"), GA_COMMAND_IF_ROOM},
    {AFTER, {'+', GA_KEY_F(6), '='}, GA_N_("Next month"), GA_N_("the month after"), GA_COMMAND_IF_ROOM},
    {WHY, {'w', GA_KEY_F(3)}, GA_N_("Why"), GA_N_("needs, days, turns: the points of this child"), GA_COMMAND_IF_ROOM},
    {PROOF, {'p', GA_KEY_F(11)}, GA_N_("Proof"), GA_N_("every occasion of the month: when asked, seats, the share of the left-behind"), GA_COMMAND_IF_ROOM},
    {FILE_OF, {'o', GA_KEY_F(2)}, GA_N_("The file"), GA_N_("open the child's file"), GA_COMMAND_IF_ROOM},
};

static const char help[] =
    GA_N_("Every left-behind or key child in a month: how many turns of how many it should have, and the day of the last one. "
          "A mark (!) says that the month lacks a turn. Enter opens the records behind a cell; n puts those first whose turn "
          "comes; a begins a lesson or an activity with the next five; g shows who got nothing for 30 or 60 school days, "
          "then whom nobody reached. Weekends and holidays are not counted. A class teacher sees the own class first, "
          "c shows another one or the school. A month of a school year that is over goes by the classes of then. What counts "
          "stands in forms/priorities.");

const struct ga_screen_ops ga_screen_priorities = {
    .name = "priorities",
    .title = GA_N_("Three priorities"),
    .help = help,
    .state_bytes = sizeof(struct priorities),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = priorities_paint,
    .event = take_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
    .reword = reword,
};

const struct ga_screen_ops ga_screen_unreached = {
    .name = "unreached",
    .title = GA_N_("Nobody reached"),
    .help = help,
    .state_bytes = sizeof(struct priorities),
    .commands = GA_KEYMAP(commands),
    .enter = enter_unreached,
    .leave = leave,
    .layout = layout,
    .paint = priorities_paint,
    .event = take_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
    .reword = reword,
};
