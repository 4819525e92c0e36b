/* The children behind one number of the figures. */
#include "care/figures_list.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/child.h"
#include "guanai/screen/session.h"
#include "guanai/store/number.h"
#include "guanai/store/roster.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>

enum { OPEN = 1 };
enum { COL_NAME, COL_CLASS, COL_BIRTH, COL_VILLAGE, COL_GAPS };

struct figures_list {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_figures_list_arg arg;
    const struct ga_headcount *headcount; /* the pusher's, then `own` */
    struct ga_headcount own;
    struct ga_arena arena; /* of `children` */
    size_t *children;
    size_t count;
    struct ga_arena page; /* of the rows in sight */
};

static const struct ga_tui_column columns[] = {
    [COL_NAME] = {.title = GA_N_("Name"), .cols = 13, .min_cols = 8},
    [COL_CLASS] = {.title = GA_N_("Class"), .cols = 17, .min_cols = 11},
    [COL_BIRTH] = {.title = GA_N_("Born"), .cols = 7, .priority = 3},
    [COL_VILLAGE] = {.title = GA_N_("Village"), .cols = 8, .priority = 2},
    [COL_GAPS] = {.title = GA_N_("To be filled in"), .cols = 20, .min_cols = 14, .priority = 1, .grows = true},
};

static struct figures_list *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct figures_list, screen);
}

static void add_gaps(const struct figures_list *list, size_t child, size_t definition, enum ga_lang lang, struct ga_str *out)
{
    const struct ga_definition *of = list->headcount->definitions->items[definition];
    const uint32_t gaps = ga_headcount_of(list->headcount, child, definition)->gaps;
    for (size_t i = 0; i < of->asks.count; i++) {
        const struct ga_field *field = of->asks.items[i].of;
        if ((gaps >> i & 1) && field != NULL)
            ga_str_addf(out, "%s%s", out->len > 0 ? ga_tr(lang, ", ") : "", ga_label_text(&field->label, lang));
    }
}

/* What a teacher has to find out, in the order the definition asks for it. */
static void put_gaps(const struct figures_list *list, struct ga_tui_cells *cells, size_t row, size_t child, enum ga_lang lang)
{
    const struct ga_figures_pick *pick = &list->arg.pick;
    struct ga_str text = {0};
    add_gaps(list, child, pick->is_difference ? pick->line.a : pick->definition, lang, &text);
    if (pick->is_difference && text.len == 0)
        add_gaps(list, child, pick->line.b, lang, &text);
    ga_tui_cells_put(cells, row, COL_GAPS, ga_str_text(&text));
    ga_str_finish(&text);
}

static void put_row(struct figures_list *list, struct ga_tui_cells *cells, size_t row, size_t child,
                    const struct ga_roster_row *of, enum ga_lang lang)
{
    char month[8];
    ga_str_copy(month, sizeof(month), of->birth);
    ga_tui_cells_put(cells, row, COL_NAME, of->name);
    ga_tui_cells_put(cells, row, COL_CLASS, of->class_shown);
    ga_tui_cells_put(cells, row, COL_BIRTH, month);
    ga_tui_cells_put(cells, row, COL_VILLAGE, of->village);
    put_gaps(list, cells, row, child, lang);
}

static void fetch_rows(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct figures_list *list = state_of(screen);
    struct ga_error err = {0};
    ga_arena_reset(&list->page);
    for (size_t i = 0; i < count && first + i < list->count; i++) {
        const size_t child = list->children[first + i];
        struct ga_roster_row row;
        if (ga_roster_row_of(list->session->store, list->headcount->nos[child], ga_screen_lang(screen), &list->page, &row,
                             &err) == GA_OK)
            put_row(list, cells, i, child, &row, ga_screen_lang(screen));
        else
            ga_ui_say_error(screen->ui, &err);
    }
}

static const char *title_of(const struct figures_list *list, size_t definition, enum ga_lang lang)
{
    return ga_label_text(&list->headcount->definitions->items[definition]->title, lang);
}

/* "民政口径 · 不能判定"; behind a difference its reason, which says more than both answers. */
static void show_title(struct ga_screen *screen)
{
    const struct figures_list *list = state_of(screen);
    const struct ga_figures_pick *pick = &list->arg.pick;
    const enum ga_lang lang = ga_screen_lang(screen);
    char title[240];
    if (!pick->is_difference)
        snprintf(title, sizeof(title), "%s · %s", title_of(list, pick->definition, lang),
                 ga_tr(lang, ga_counted_words[pick->counted]));
    else
        snprintf(title, sizeof(title), "%s · %s / %s", pick->line.label.zh == NULL ? ga_tr(lang, "other reasons")
                                                                         : ga_label_text(&pick->line.label, lang),
                 ga_tr(lang, ga_counted_words[pick->line.in_a]), ga_tr(lang, ga_counted_words[pick->line.in_b]));
    ga_screen_set_title(screen, title);
}

static void list_again(struct figures_list *list)
{
    ga_arena_reset(&list->arena);
    list->count = ga_headcount_list(list->headcount, &list->arg.pick, &list->arena, &list->children);
    ga_tui_list_reload(&list->list, list->count);
}

static enum ga_rc count_again(struct figures_list *list, struct ga_error *err)
{
    struct ga_headcount fresh;
    enum ga_rc rc = ga_figures_count(list->arg.figures, &list->arg.ask, &fresh, err);
    if (rc != GA_OK)
        return rc;
    ga_headcount_finish(&list->own);
    list->own = fresh;
    list->headcount = &list->own;
    list_again(list);
    return GA_OK;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct figures_list *list = state_of(screen);
    const struct ga_figures_list_arg *opened_with = arg;
    list->session = ga_screen_session(screen);
    (void)err;
    list->arg = *opened_with;
    list->headcount = opened_with->headcount;
    ga_tui_list_init(&list->list, fetch_rows, screen);
    list_again(list);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct figures_list *list = state_of(screen);
    ga_tui_list_finish(&list->list);
    ga_headcount_finish(&list->own);
    ga_arena_finish(&list->arena);
    ga_arena_finish(&list->page);
}

static bool shows_gaps(const struct ga_figures_pick *pick)
{
    if (!pick->is_difference)
        return pick->counted == GA_COUNTED_UNKNOWN;
    return pick->line.in_a == GA_COUNTED_UNKNOWN || pick->line.in_b == GA_COUNTED_UNKNOWN;
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct figures_list *list = state_of(screen);
    const size_t count = shows_gaps(&list->arg.pick) ? GA_COUNT(columns) : COL_GAPS;
    ga_words_list_layout(screen, &list->list, columns, count, GA_N_("No children here."), area);
    show_title(screen);
    ga_words_show_place(screen, &state_of(screen)->list);
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct figures_list *list = state_of(screen);
    return list->list.selected < list->count &&
           ga_store_id_of(list->session->store, list->headcount->nos[list->children[list->list.selected]], ret_id, NULL) == GA_OK;
}

/* What is asked for first: the file opens there, whoever looks wants to fill it in. */
static const struct ga_field *first_gap(const struct figures_list *list, size_t child, size_t definition)
{
    const struct ga_definition *of = list->headcount->definitions->items[definition];
    const uint32_t gaps = ga_headcount_of(list->headcount, child, definition)->gaps;
    for (size_t i = 0; i < of->asks.count; i++)
        if ((gaps >> i & 1) && of->asks.items[i].of != NULL)
            return of->asks.items[i].of;
    return NULL;
}

static const char *asked_first(const struct figures_list *list, size_t child)
{
    const struct ga_figures_pick *pick = &list->arg.pick;
    const struct ga_field *field = first_gap(list, child, pick->is_difference ? pick->line.a : pick->definition);
    if (field == NULL && pick->is_difference)
        field = first_gap(list, child, pick->line.b);
    return field == NULL || !shows_gaps(pick) ? NULL : field->name;
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    (void)id;
    struct figures_list *list = state_of(screen);
    struct ga_roster_row row;
    struct ga_error err = {0};
    if (list->list.selected >= list->count)
        return GA_HANDLED;
    const size_t child = list->children[list->list.selected];
    const int64_t no = list->headcount->nos[child];
    if (ga_roster_row_of(list->session->store, no, ga_screen_lang(screen), &list->page, &row, &err) == GA_OK)
        ga_screen_child_open_at(screen, &row.id, asked_first(list, child), OPEN);
    else
        ga_ui_say_error(screen->ui, &err);
    return GA_REDRAW;
}

/* A fact that was filled in may take the child out of this list. */
static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct ga_error err = {0};
    if (result->is_done && count_again(state_of(screen), &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_words_show_place(screen, &state_of(screen)->list);
}

static enum ga_reply back(struct ga_screen *screen)
{
    const struct figures_list *list = state_of(screen);
    return list->headcount == &list->own ? ga_screen_close_done(screen, 0, NULL) : ga_screen_close(screen);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("open this child's file"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_figures_list = {
    .name = "figures_list",
    .title = GA_N_("Who counts"),
    .help = GA_N_("The children behind the number, in the order of the roster. Enter opens the file; when what is missing "
                  "has been filled in there, the list and the numbers follow. Esc goes back to the number."),
    .state_bytes = sizeof(struct figures_list),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = ga_bare_list_paint,
    .event = ga_bare_list_event,
    .command = run_command,
    .resumed = resumed,
    .about = about,
    .back = back,
};
