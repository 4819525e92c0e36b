/* All children of the school in the order of a printed roster. */
#include "guanai/screen/roster.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/child.h"
#include "guanai/screen/grid.h"
#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "guanai/text/class_name.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/search.h"
#include "parts/class_pick.h"
#include "parts/finder.h"
#include "parts/words.h"

#include <stdio.h>
#include <string.h>

enum { OPEN = 1, NEW, FIND, CLASS, LEFT_BEHIND, KEY, BOARDING, LEFT, EVERYBODY, SHEET };

enum { COL_NAME, COL_SEX, COL_SCHOOL, COL_CLASS, COL_BIRTH, COL_VILLAGE, COL_GUARDIAN, COL_MARKS };

struct roster {
    struct ga_session *session;
    struct ga_roster_filter filter;
    struct ga_tui_search search;
    struct ga_finder finder; /* instead of the list while something stands in the search box */
    struct ga_tui_list list;
    struct ga_arena page; /* of the rows in sight */
    struct ga_roster_row *rows;
    size_t rows_first, rows_count;
    int64_t everybody; /* children of the school who have not left */
    struct ga_class_pick classes;
};

/* Nothing here that a pupil passing by should not read. */
static const struct ga_tui_column columns[] = {
    [COL_NAME] = {.title = GA_N_("Name"), .cols = 15, .min_cols = 13},
    [COL_SEX] = {.title = GA_N_("Sex"), .cols = 4, .priority = 4},
    [COL_SCHOOL] = {.title = GA_N_("School"), .cols = 14},
    [COL_CLASS] = {.title = GA_N_("Class"), .cols = 15, .min_cols = 12},
    [COL_BIRTH] = {.title = GA_N_("Born"), .cols = 7, .priority = 3},
    [COL_VILLAGE] = {.title = GA_N_("Village"), .cols = 10, .min_cols = 8, .priority = 2},
    [COL_GUARDIAN] = {.title = GA_N_("Guardian"), .cols = 8, .priority = 5},
    [COL_MARKS] = {.title = GA_N_("Marks"), .cols = 8, .min_cols = 4, .priority = 1, .grows = true},
};

static struct roster *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct roster, screen);
}

static bool is_searching(const struct roster *roster)
{
    return *ga_tui_input_text(&roster->search.input) != '\0';
}

static void put_marks(struct ga_tui_cells *cells, size_t row, const struct ga_roster_row *child, enum ga_lang lang)
{
    char marks[80];
    snprintf(marks, sizeof(marks), "%s%s%s%s%s", child->is_key_child ? "★" : "",
             child->is_left_behind ? ga_tr(lang, "left-b.") : "",
             child->is_left_behind && (child->is_boarding || child->has_left) ? " " : "",
             child->is_boarding ? ga_tr(lang, "boards") : "", child->has_left ? ga_tr(lang, " gone") : "");
    ga_tui_cells_put(cells, row, COL_MARKS, marks);
}

static void put_row(struct roster *roster, struct ga_tui_cells *cells, size_t row, enum ga_lang lang)
{
    const struct ga_roster_row *child = &roster->rows[row];
    char month[8];
    ga_str_copy(month, sizeof(month), child->birth);
    ga_tui_cells_put(cells, row, COL_NAME, child->name);
    ga_tui_cells_put(cells, row, COL_SEX, ga_words_choice(roster->session, "sex", child->sex, lang));
    ga_tui_cells_put(cells, row, COL_SCHOOL, child->school_shown);
    ga_tui_cells_put(cells, row, COL_CLASS, child->class_own);
    ga_tui_cells_put(cells, row, COL_BIRTH, month);
    ga_tui_cells_put(cells, row, COL_VILLAGE, child->village);
    ga_tui_cells_put(cells, row, COL_GUARDIAN, child->guardian);
    put_marks(cells, row, child, lang);
    if (child->has_left)
        ga_tui_cells_style(cells, row, GA_STYLE_DIM);
}

static void fetch_rows(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct roster *roster = state_of(screen);
    struct ga_error err = {0};
    ga_arena_reset(&roster->page);
    roster->rows_first = first;
    roster->rows_count = 0;
    if (ga_roster_page_at(roster->session->store, &roster->filter, (int64_t)first, count, ga_screen_lang(screen),
                          &roster->page, &roster->rows, &roster->rows_count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    for (size_t i = 0; i < roster->rows_count; i++)
        put_row(roster, cells, i, ga_screen_lang(screen));
}

/* What the filter lets through, in words: "三年级(2)班 · 留守". */
static void show_title(struct ga_screen *screen)
{
    const struct ga_roster_filter *filter = &state_of(screen)->filter;
    struct ga_class_name name = {0};
    char shown[GA_CLASS_NAME_SIZE] = "";
    char title[160];
    if (filter->grade != NULL) {
        ga_str_copy(name.grade, sizeof(name.grade), filter->grade);
        ga_str_copy(name.number, sizeof(name.number), filter->class_no != NULL ? filter->class_no : "");
        ga_class_name_text(&name, ga_screen_lang(screen), shown);
        if (shown[0] == '\0')
            ga_str_copy(shown, sizeof(shown), ga_screen_tr(screen, "no class"));
    }
    const char *only = filter->only_left_behind ? ga_screen_tr(screen, "left behind")
                       : filter->only_key       ? ga_screen_tr(screen, "key children")
                       : filter->only_unguarded ? ga_screen_tr(screen, "nobody guards them")
                       : filter->only_boarding  ? ga_screen_tr(screen, "boarders")
                                                : "";
    snprintf(title, sizeof(title), "%s%s%s%s%s%s%s", ga_screen_tr(screen, "Roster"), *shown != '\0' ? " · " : "", shown,
             *only != '\0' ? " · " : "", only, filter->with_left ? " · " : "",
             filter->with_left ? ga_screen_tr(screen, "also who left") : "");
    ga_screen_set_title(screen, title);
}

/* Of the list of all; NULL when it is out of sight. */
static struct ga_roster_row *marked_row(const struct roster *roster)
{
    size_t at = roster->list.selected - roster->rows_first;
    bool is_in_sight = roster->list.selected >= roster->rows_first && at < roster->rows_count;
    return is_in_sight ? &roster->rows[at] : NULL;
}

/* A row is read without its id: few are opened. */
static const struct ga_uuid *selected_id(struct roster *roster)
{
    if (is_searching(roster)) {
        const struct ga_search_hit *hit = ga_finder_selected(&roster->finder);
        return hit != NULL ? &hit->id : NULL;
    }
    struct ga_roster_row *row = marked_row(roster);
    return row != NULL && ga_roster_find_id(roster->session->store, row, NULL) == GA_OK ? &row->id : NULL;
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct ga_uuid *id = selected_id(state_of(screen));
    if (id != NULL)
        *ret_id = *id;
    return id != NULL;
}

/* Of the marked child; a row that is yet to be fetched is read by itself. */
static const char *marked_name(struct roster *roster, enum ga_lang lang, struct ga_arena *arena)
{
    struct ga_roster_row *rows;
    size_t count = 0;
    if (is_searching(roster))
        return ga_finder_name(&roster->finder);
    const struct ga_roster_row *row = marked_row(roster);
    if (row != NULL || roster->rows_count == 0) /* before the first frame nothing was fetched at all */
        return row != NULL ? row->name : NULL;
    ga_roster_page_at(roster->session->store, &roster->filter, (int64_t)roster->list.selected, 1, lang, arena, &rows, &count,
                      NULL);
    return count > 0 ? rows[0].name : NULL;
}

static void show_place(struct ga_screen *screen)
{
    struct roster *roster = state_of(screen);
    struct ga_arena arena = {0};
    ga_words_show_name(screen, is_searching(roster) ? &roster->finder.list : &roster->list,
                       marked_name(roster, ga_screen_lang(screen), &arena));
    ga_arena_finish(&arena);
}

/* `keeps_place`: what is typed is the same, the archive may be another. */
static void search_again(struct ga_screen *screen, bool keeps_place)
{
    struct roster *roster = state_of(screen);
    struct ga_error err = {0};
    char found[24];
    roster->search.input.is_changed = false;
    roster->search.found[0] = '\0';
    if (!is_searching(roster))
        return;
    const char *typed = ga_tui_input_text(&roster->search.input);
    enum ga_rc rc = keeps_place ? ga_finder_refresh(&roster->finder, typed, &err)
                                : ga_finder_search(&roster->finder, typed, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    snprintf(roster->search.found, sizeof(roster->search.found), "%s / %s",
             ga_finder_found(&roster->finder, found, sizeof(found)), GA_NUM(roster->everybody));
}

/* Counts are kept by the database: this reads no children. */
static void count_again(struct ga_screen *screen)
{
    struct roster *roster = state_of(screen);
    struct ga_roster_class totals = {0};
    struct ga_error err = {0};
    int64_t count = 0;
    if (ga_roster_count(roster->session->store, &roster->filter, &count, &err) != GA_OK ||
        ga_store_totals(roster->session->store, &totals, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    roster->everybody = totals.children;
    ga_tui_list_reload(&roster->list, (size_t)count);
    show_title(screen);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)err;
    struct roster *roster = state_of(screen);
    roster->session = ga_screen_session(screen);
    ga_arena_init(&roster->page);
    ga_class_pick_init(&roster->classes, roster->session, NULL);
    ga_tui_search_init(&roster->search, "", ga_screen_note(screen));
    ga_finder_init(&roster->finder, roster->session);
    ga_tui_list_init(&roster->list, fetch_rows, screen);
    if (arg != NULL) {
        const struct ga_roster_filter *filter = arg;
        roster->filter = *filter;
        roster->filter.site = ga_arena_strdup(&screen->arena, filter->site);
        roster->filter.grade = ga_arena_strdup(&screen->arena, filter->grade);
        roster->filter.class_no = ga_arena_strdup(&screen->arena, filter->class_no);
    }
    roster->filter.without_ids = true;
    count_again(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct roster *roster = state_of(screen);
    ga_tui_search_finish(&roster->search);
    ga_finder_finish(&roster->finder);
    ga_tui_list_finish(&roster->list);
    ga_arena_finish(&roster->page);
    ga_class_pick_finish(&roster->classes);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct roster *roster = state_of(screen);
    enum ga_lang lang = ga_screen_lang(screen);
    bool has_new_words = roster->finder.lang != lang;
    ga_area_cut_top(&area, 1);
    roster->search.label = ga_tr(lang, " / Find");
    roster->search.input.placeholder = ga_tr(lang, "name, pinyin, initials, end of a number, village …");
    ga_words_columns(&roster->list, columns, GA_COUNT(columns), lang);
    ga_words_school_column(roster->session, &roster->list, COL_SCHOOL);
    roster->list.empty = ga_tr(lang, "No children here.");
    ga_tui_list_layout(&roster->list, area);
    ga_finder_layout(&roster->finder, area, lang);
    if (has_new_words)
        search_again(screen, true);
    show_title(screen);
    show_place(screen);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct roster *roster = state_of(screen);
    if (ga_canvas_is_whole(canvas) || roster->search.is_open)
        ga_tui_search_paint(&roster->search, canvas, ga_area_row(screen->area, 0));
    ga_tui_list_paint(is_searching(roster) ? &roster->finder.list : &roster->list, canvas, true);
}

static enum ga_reply open_selected(struct ga_screen *screen)
{
    const struct ga_uuid *id = selected_id(state_of(screen));
    if (id != NULL)
        ga_screen_child_open(screen, id, OPEN);
    return GA_REDRAW;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct roster *roster = state_of(screen);
    if (ga_event_is_key(event, GA_KEY_ENTER))
        return open_selected(screen);
    enum ga_reply answer =
        ga_tui_search_event(&roster->search, is_searching(roster) ? &roster->finder.list : &roster->list, event);
    if (roster->search.input.is_changed) {
        search_again(screen, false);
        answer = GA_REDRAW;
    }
    show_place(screen);
    return answer;
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == CLASS)
        ga_class_pick_open(&state_of(screen)->classes, screen, CLASS);
}

static void take_class(struct ga_screen *screen, const struct ga_roster_class *class)
{
    struct ga_roster_filter *filter = &state_of(screen)->filter;
    filter->site = ga_arena_strdup(&screen->arena, class->site);
    filter->grade = ga_arena_strdup(&screen->arena, class->grade);
    filter->class_no = ga_arena_strdup(&screen->arena, class->class_no);
}

static enum ga_reply set_filter(struct ga_screen *screen, int id)
{
    struct ga_roster_filter *filter = &state_of(screen)->filter;
    if (id == LEFT_BEHIND)
        filter->only_left_behind = !filter->only_left_behind;
    else if (id == KEY)
        filter->only_key = !filter->only_key;
    else if (id == BOARDING)
        filter->only_boarding = !filter->only_boarding;
    else if (id == LEFT)
        filter->with_left = !filter->with_left;
    else
        *filter = (struct ga_roster_filter){.without_ids = true};
    ga_tui_list_select(&state_of(screen)->list, 0);
    count_again(screen);
    show_place(screen);
    return GA_REDRAW;
}

/* Of the class shown; without one it is asked which. */
static void open_sheet(struct ga_screen *screen)
{
    const struct ga_roster_filter *filter = &state_of(screen)->filter;
    struct ga_class_name name = {0};
    char shown[GA_CLASS_NAME_SIZE];
    if (filter->grade == NULL) {
        ga_screen_grid_any_sheet(screen, SHEET);
        return;
    }
    ga_str_copy(name.grade, sizeof(name.grade), filter->grade);
    ga_str_copy(name.number, sizeof(name.number), filter->class_no != NULL ? filter->class_no : "");
    const struct ga_roster_class class = {.site = filter->site, .grade = filter->grade, .class_no = filter->class_no,
                                          .shown = ga_class_name_text(&name, ga_screen_lang(screen), shown)};
    ga_screen_grid_sheet(screen, &class, (struct ga_date){0}, SHEET);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct roster *roster = state_of(screen);
    switch (id) {
    case OPEN:
        return open_selected(screen);
    case NEW:
        ga_screen_record_new(screen, "child", NULL, NEW);
        return GA_REDRAW;
    case FIND:
        roster->search.is_open = true;
        return GA_REDRAW;
    case SHEET:
        open_sheet(screen);
        return GA_REDRAW;
    case CLASS:
        ga_class_pick_open(&state_of(screen)->classes, screen, CLASS);
        return GA_REDRAW;
    default:
        return set_filter(screen, id);
    }
}

/* What was changed in a file may have moved it: the mark goes along. */
static void follow(struct ga_screen *screen, int64_t no)
{
    struct roster *roster = state_of(screen);
    int64_t index;
    if (no != 0 && ga_roster_index(roster->session->store, &roster->filter, no, &index, NULL) == GA_OK)
        ga_tui_list_select(&roster->list, (size_t)index);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct roster *roster = state_of(screen);
    const struct ga_roster_row *marked = marked_row(roster);
    int64_t no = marked != NULL ? marked->no : 0;
    const struct ga_roster_class *class;
    const bool has_class = result->tag == CLASS && ga_class_pick_take(&roster->classes, result, &class);
    if (has_class) {
        take_class(screen, class);
        ga_tui_list_select(&roster->list, 0);
    }
    count_again(screen);
    if (!has_class)
        follow(screen, no);
    search_again(screen, true);
    show_place(screen);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("open this child's file"), GA_COMMAND_IN_BAR},
    {FIND, {'/', GA_KEY_F(3)}, GA_N_("Find"), GA_N_("find a child in the whole school"), GA_COMMAND_IN_BAR},
    {NEW, {'n', GA_KEY_F(2)}, GA_N_("New"), GA_N_("make a new child's file"), GA_COMMAND_IF_ROOM},
    {CLASS, {'c', GA_KEY_F(5)}, GA_N_("Class"), GA_N_("show one class only"), GA_COMMAND_IN_BAR},
    {LEFT_BEHIND, {'l', GA_KEY_F(6)}, GA_N_("Left behind"), GA_N_("only left-behind children, or all again"),
     GA_COMMAND_IN_BAR},
    {EVERYBODY, {'a', GA_KEY_F(7)}, GA_N_("All"), GA_N_("show everybody again"), GA_COMMAND_IN_BAR},
    {SHEET, {'m', GA_KEY_F(11)}, GA_N_("Month sheet"), GA_N_("type talks, calls, tutoring … of this class side by side; print the month"), 0},
    {KEY, {'k'}, GA_N_("Key"), GA_N_("only key children (★), or all again"), 0},
    {BOARDING, {'b'}, GA_N_("Boarders"), GA_N_("only boarders, or all again"), 0},
    {LEFT, {'x'}, GA_N_("Left"), GA_N_("children who left the school too"), 0},
};

const struct ga_screen_ops ga_screen_roster = {
    .name = "roster",
    .title = GA_N_("Roster"),
    .help = GA_N_("All children in the order of the printed roster. Up, Down, PgUp, PgDn walk, Enter opens the file, / finds "
                  "by name, pinyin, number or village. ★ is a key child; nothing sensitive stands in this list."),
    .state_bytes = sizeof(struct roster),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run_command,
    .resumed = resumed,
    .about = about,
    .reword = reword,
};
