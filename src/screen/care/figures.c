/* Who counts by each definition on a day. */
#include "guanai/screen/figures.h"

#include "care/figures_lines.h"
#include "care/figures_list.h"
#include "guanai/app/figures.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/store/roster.h"
#include "guanai/text/date_typed.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/options.h"
#include "parts/care_open.h"
#include "parts/class_pick.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { OPEN = 1, DAY, CLASS, EVERYBODY, BEFORE, AFTER, SOURCE };

struct figures {
    struct ga_session *session;
    struct ga_figures *figures;
    struct ga_figures_ask ask;
    const char *class_shown; /* NULL: the whole school */
    struct ga_headcount headcount;
    struct ga_figure_lines lines;
    struct ga_class_pick classes;
};

static struct figures *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct figures, screen);
}

static void make_lines(struct ga_screen *screen)
{
    struct figures *figures = state_of(screen);
    ga_figure_lines_make(&figures->lines, &figures->headcount, screen->area.cols - 1, ga_screen_lang(screen));
}

static enum ga_rc count_again(struct ga_screen *screen, struct ga_error *err)
{
    struct figures *figures = state_of(screen);
    struct ga_headcount fresh;
    enum ga_rc rc = ga_figures_count(figures->figures, &figures->ask, &fresh, err);
    if (rc != GA_OK)
        return rc;
    ga_headcount_finish(&figures->headcount);
    figures->headcount = fresh;
    make_lines(screen);
    return GA_OK;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct figures *figures = state_of(screen);
    struct ga_problems problems;
    figures->session = ga_screen_session(screen);
    ga_class_pick_init(&figures->classes, figures->session, NULL);
    figures->ask.day = figures->session->today;
    ga_figure_lines_init(&figures->lines);
    ga_problems_init(&problems);
    enum ga_rc rc = ga_session_figures(figures->session, &problems, &figures->figures, err);
    if (rc == GA_OK)
        rc = count_again(screen, err);
    if (rc == GA_OK)
        ga_care_tell_problems(screen, &problems);
    ga_problems_finish(&problems);
    return rc;
}

static void leave(struct ga_screen *screen)
{
    struct figures *figures = state_of(screen);
    ga_headcount_finish(&figures->headcount);
    ga_figure_lines_finish(&figures->lines);
    ga_class_pick_finish(&figures->classes);
}

static void show_title(struct ga_screen *screen)
{
    const struct figures *figures = state_of(screen);
    const struct ga_roster_class class = {.grade = figures->ask.grade, .class_no = figures->ask.class_no, .shown = figures->class_shown};
    char title[160], shown[GA_CLASS_NAME_SIZE];
    snprintf(title, sizeof(title), "%s%s%s", ga_screen_tr(screen, "Who counts"), figures->class_shown != NULL ? " · " : "",
             figures->class_shown != NULL ? ga_class_pick_shown(&class, ga_screen_lang(screen), shown) : "");
    ga_screen_set_title(screen, title);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    make_lines(screen);
    show_title(screen);
}

static void paint_day(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct figures *figures = state_of(screen);
    struct ga_area row = ga_area_row(screen->area, 0);
    char day[GA_DATE_SIZE], text[200];
    struct ga_message message;
    ga_date_text(figures->ask.day, ga_screen_lang(screen), day);
    ga_message_set(&message, "On %1 there were %2 children here", day, GA_NUM(figures->headcount.children));
    ga_message_text(&message, ga_screen_lang(screen), text, sizeof(text));
    ga_canvas_text(canvas, row.row, row.col + 1, row.cols - 1, GA_STYLE_STRONG, text);
}

/* Without a class everybody who has a file is counted; of a class of then nobody knows whether they were in it. */
static void paint_later(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct figures *figures = state_of(screen);
    struct ga_area row = ga_area_row(screen->area, 1);
    char text[200];
    struct ga_message message;
    ga_message_set(&message, ga_figures_say_later(figures->ask.grade != NULL), GA_NUM(figures->headcount.files_later));
    ga_message_text(&message, ga_screen_lang(screen), text, sizeof(text));
    ga_canvas_text_fit(canvas, row.row, row.col + 1, row.cols - 1, GA_STYLE_WARNING, text);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct ga_area area = screen->area;
    const bool says_later = state_of(screen)->headcount.files_later > 0;
    paint_day(screen, canvas);
    if (says_later)
        paint_later(screen, canvas);
    ga_area_cut_top(&area, area.rows > 12 ? 2 + says_later : 1 + says_later);
    ga_figure_lines_paint(&state_of(screen)->lines, canvas, area);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    return event->kind == GA_EVENT_KEY && ga_figure_lines_move(&state_of(screen)->lines, event->key) ? GA_REDRAW
                                                                                                     : GA_IGNORED;
}

static enum ga_reply open_number(struct ga_screen *screen)
{
    struct figures *figures = state_of(screen);
    const struct ga_figure_stop *stop = ga_figure_lines_selected(&figures->lines);
    if (stop == NULL)
        return GA_HANDLED;
    const struct ga_figures_list_arg arg = {
        .figures = figures->figures, .headcount = &figures->headcount, .ask = figures->ask, .pick = stop->pick};
    ga_screen_push(screen, &ga_screen_figures_list, &arg, OPEN);
    return GA_REDRAW;
}

static void ask_day(struct ga_screen *screen, const char *initial)
{
    const struct ga_dialog_ask ask = {
        .title = ga_screen_tr(screen, "Figures of which day?"),
        .text = ga_screen_tr(screen, "For example 2026-9-1, 20260901, 9-1, yesterday. Facts count as they were on that day."),
        .initial = initial,
        .gives_way = true,
        .max_chars = 20,
    };
    ga_dialog_ask(screen, &ask, DAY);
}

static enum ga_reply set_day(struct ga_screen *screen, struct ga_date day)
{
    struct figures *figures = state_of(screen);
    const struct ga_date before = figures->ask.day;
    struct ga_error err = {0};
    if (!ga_date_is_day(day))
        return GA_HANDLED;
    figures->ask.day = day;
    if (count_again(screen, &err) == GA_OK)
        return GA_REDRAW;
    figures->ask.day = before;
    ga_ui_say_error(screen->ui, &err);
    return GA_REDRAW;
}

static void take_day(struct ga_screen *screen, const char *typed)
{
    const struct ga_date_manner manner = {.today = state_of(screen)->session->today, .lean = GA_DATE_PAST};
    struct ga_date day;
    struct ga_error err = {0};
    if (ga_date_parse(typed, &manner, &day, NULL, &err) == GA_OK) {
        set_day(screen, day);
        return;
    }
    ga_ui_say_error(screen->ui, &err);
    ask_day(screen, typed);
}

/* NULL: the whole school. */
static void set_class(struct ga_screen *screen, const struct ga_roster_class *class)
{
    struct figures *figures = state_of(screen);
    struct ga_error err = {0};
    struct ga_arena *arena = &screen->arena;
    figures->ask.site = class == NULL ? NULL : ga_arena_strdup(arena, class->site);
    figures->ask.grade = class == NULL ? NULL : ga_arena_strdup(arena, class->grade);
    figures->ask.class_no = class == NULL ? NULL : ga_arena_strdup(arena, class->class_no);
    figures->class_shown = class == NULL ? NULL : ga_arena_strdup(arena, class->shown);
    show_title(screen);
    if (count_again(screen, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
}

/* Where a definition comes from, as it is worded there. */
static void show_source(struct ga_screen *screen)
{
    struct figures *figures = state_of(screen);
    const struct ga_figure_stop *stop = ga_figure_lines_selected(&figures->lines);
    if (stop == NULL)
        return;
    const size_t at = stop->pick.is_difference ? stop->pick.line.b : stop->pick.definition;
    const struct ga_definition *definition = figures->headcount.definitions->items[at];
    const enum ga_lang lang = ga_screen_lang(screen);
    ga_dialog_show(screen, ga_label_text(&definition->title, lang),
                   definition->source.zh == NULL ? ga_tr(lang, "The definition says nothing of it.")
                                                 : ga_label_text(&definition->source, lang),
                   SOURCE);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    const struct ga_date day = state_of(screen)->ask.day;
    switch (id) {
    case OPEN:
        return open_number(screen);
    case DAY:
        ask_day(screen, GA_DATE_ISO(day));
        return GA_REDRAW;
    case BEFORE:
    case AFTER:
        return set_day(screen, ga_date_add_days(day, id == AFTER ? 1 : -1));
    case CLASS:
        ga_class_pick_open(&state_of(screen)->classes, screen, CLASS);
        return GA_REDRAW;
    case SOURCE:
        show_source(screen);
        return GA_REDRAW;
    default:
        set_class(screen, NULL);
        return GA_REDRAW;
    }
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const struct figures *figures = state_of(screen);
    const struct ga_roster_class *class;
    struct ga_error err = {0};
    if (result->tag == DAY && result->is_done)
        take_day(screen, result->text);
    else if (result->tag == CLASS && ga_class_pick_take(&figures->classes, result, &class))
        set_class(screen, class);
    else if (result->tag == OPEN && result->is_done && count_again(screen, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == DAY)
        ask_day(screen, ""); /* what was typed stays */
    else if (tag == CLASS)
        ga_class_pick_open(&state_of(screen)->classes, screen, CLASS);
    else if (tag == SOURCE)
        show_source(screen);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Children"), GA_N_("open the list of the children behind this number"), GA_COMMAND_IN_BAR},
    {DAY, {'d', GA_KEY_F(2)}, GA_N_("Day"), GA_N_("figures of another day"), GA_COMMAND_IN_BAR},
    {CLASS, {'c', GA_KEY_F(5)}, GA_N_("Class"), GA_N_("one class only"), GA_COMMAND_IN_BAR},
    {EVERYBODY, {'a', GA_KEY_F(7)}, GA_N_("All"), GA_N_("the whole school again"), GA_COMMAND_IN_BAR},
    {SOURCE, {'s', GA_KEY_F(6)}, GA_N_("Rule"), GA_N_("whose rule this definition is, as it is worded there"),
     GA_COMMAND_IN_BAR},
    {BEFORE, {'-'}, GA_N_("Day before"), GA_N_("the day before"), 0},
    {AFTER, {'+', '='}, GA_N_("Day after"), GA_N_("the day after"), 0},
};

const struct ga_screen_ops ga_screen_figures = {
    .name = "figures",
    .title = GA_N_("Who counts"),
    .help = GA_N_("How many left-behind children there are depends on who asks: each row is a definition, and where a fact is "
                  "missing it cannot be told. The arrow keys go from number to number, Enter opens the children behind it. "
                  "Below stands why two definitions differ. All numbers are of the day above, as far as it is known today."),
    .state_bytes = sizeof(struct figures),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run_command,
    .resumed = resumed,
    .reword = reword,
};
