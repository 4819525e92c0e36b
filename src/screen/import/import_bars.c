/* What stands in the way of taking an import back: later imports above, the records people wrote below. */
#include "import/import_bars.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/exchange/import_bars.h"
#include "guanai/screen/child.h"
#include "guanai/screen/session.h"
#include "guanai/text/wrap.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/words.h"

#include <string.h>

enum { OPEN = 1, IMPORTS_SAID_MAX = 3, LIST_ROWS_MIN = 4 };
enum { COL_NAME, COL_CLASS, COL_WHAT, COL_WHO, COL_DAY };

struct bars {
    struct ga_session *session;
    struct ga_import_past past;
    const struct ga_undo *undo; /* the pusher's, then `own` */
    struct ga_undo *own;
    struct ga_import_bars sorted;
    struct ga_tui_list list;
    struct ga_area head;
    const char *said;    /* above the list */
    struct ga_arena arena; /* of what was sorted */
    struct ga_arena words; /* of `said` */
    struct ga_arena page;  /* of the rows in sight */
};

static const struct ga_tui_column columns[] = {
    [COL_NAME] = {.title = GA_N_("Name"), .cols = 12, .min_cols = 8},
    [COL_CLASS] = {.title = GA_N_("Class"), .cols = 13, .min_cols = 11, .priority = 2},
    [COL_WHAT] = {.title = GA_N_("Written since"), .cols = 26, .min_cols = 12, .grows = true},
    [COL_WHO] = {.title = GA_N_("By"), .cols = 8, .min_cols = 6, .priority = 1},
    [COL_DAY] = {.title = GA_N_("On"), .cols = 10, .priority = 1},
};

static struct bars *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct bars, screen);
}

static bool step(void *ctx, int64_t done, int64_t total)
{
    struct ga_screen *screen = ctx;
    return !ga_ui_progress(screen->ui, ga_screen_tr(screen, "Looking"), done, total);
}

struct ga_undo *ga_screen_import_plan_undo(struct ga_screen *screen, const struct ga_uuid *id)
{
    const struct ga_check_progress progress = {step, screen};
    struct ga_undo *undo = NULL;
    struct ga_error err = {0};
    if (ga_import_plan_undo(ga_screen_session(screen)->store, id, &progress, &undo, &err) == GA_OK)
        return undo;
    ga_ui_say_error(screen->ui, &err);
    return NULL;
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct ga_screen *screen = ctx;
    struct bars *bars = state_of(screen);
    ga_arena_reset(&bars->page);
    for (size_t i = 0; i < count && first + i < bars->sorted.records_count; i++) {
        struct ga_import_bar_words words;
        ga_import_tell_bar(bars->session->store, bars->sorted.records[first + i], ga_screen_lang(screen), &bars->page, &words);
        const bool is_child = !ga_uuid_is_zero(&words.child) && bars->sorted.records[first + i]->form->of.text == NULL;
        ga_tui_cells_put(cells, i, COL_NAME, words.name[0] != '\0' ? words.name : words.form);
        ga_tui_cells_put(cells, i, COL_CLASS, words.class_shown);
        ga_tui_cells_put(cells, i, COL_WHAT,
                         is_child ? words.what : ga_arena_printf(&bars->page, "%s %s", words.form, words.what));
        ga_tui_cells_put(cells, i, COL_WHO, words.user);
        ga_tui_cells_put(cells, i, COL_DAY, words.day);
    }
}

/* What has to be taken back first; which records below. */
static void say(struct ga_screen *screen)
{
    struct bars *bars = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_str text = {0};
    ga_arena_reset(&bars->words);
    ga_str_add(&text, ga_words_say(&bars->words, lang, GA_N_("Nothing was taken back: something builds on %1."),
                                   ga_import_say_past(bars->session->store, &bars->past, lang, &bars->words)));
    for (size_t i = 0; i < bars->sorted.imports_count && i < IMPORTS_SAID_MAX; i++)
        ga_str_addf(&text, "\n%s",
                    ga_words_say(&bars->words, lang, GA_N_("First take back %1."),
                                 ga_import_say_past(bars->session->store, bars->sorted.imports[i], lang, &bars->words)));
    if (bars->sorted.imports_count > IMPORTS_SAID_MAX)
        ga_str_addf(&text, "\n%s", ga_words_say(&bars->words, lang, GA_N_("… and %1 more imports."),
                                               GA_NUM((int64_t)(bars->sorted.imports_count - IMPORTS_SAID_MAX))));
    if (bars->sorted.records_count > 0)
        ga_str_addf(&text, "\n%s", ga_words_say(&bars->words, lang, GA_N_("People have written since in %1 records:"),
                                               GA_NUM((int64_t)bars->sorted.records_count)));
    bars->said = ga_arena_strdup(&bars->words, ga_str_text(&text));
    ga_str_finish(&text);
}

static enum ga_rc sort(struct bars *bars, struct ga_error *err)
{
    ga_arena_reset(&bars->arena);
    enum ga_rc rc = ga_import_sort_bars(bars->session->store, bars->undo, &bars->arena, &bars->sorted, err);
    if (rc == GA_OK)
        ga_tui_list_reload(&bars->list, bars->sorted.records_count);
    return rc;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct bars *bars = state_of(screen);
    const struct ga_import_bars_arg *opened_with = arg;
    bars->session = ga_screen_session(screen);
    bars->past = opened_with->past;
    bars->undo = opened_with->undo;
    ga_tui_list_init(&bars->list, fetch, screen);
    return sort(bars, err);
}

static void leave(struct ga_screen *screen)
{
    struct bars *bars = state_of(screen);
    ga_undo_destroy(bars->own);
    ga_tui_list_finish(&bars->list);
    ga_arena_finish(&bars->arena);
    ga_arena_finish(&bars->words);
    ga_arena_finish(&bars->page);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct bars *bars = state_of(screen);
    say(screen);
    const int wanted = (int)ga_wrap_count(bars->said, strlen(bars->said), (size_t)(area.cols > 2 ? area.cols - 2 : 1));
    const int room = bars->sorted.records_count == 0 ? area.rows : area.rows - LIST_ROWS_MIN;
    bars->head = ga_area_cut_top(&area, wanted < room ? wanted : room > 1 ? room : 1);
    ga_words_list_layout(screen, &bars->list, columns, GA_COUNT(columns),
                         GA_N_("Nobody else has written anything that builds on it."), area);
    ga_tui_list_reload(&bars->list, bars->sorted.records_count);
    ga_words_show_place(screen, &bars->list);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    const struct bars *bars = state_of(screen);
    struct ga_wrap wrap;
    struct ga_wrap_line line;
    ga_wrap_begin(&wrap, bars->said, strlen(bars->said), (size_t)(bars->head.cols > 2 ? bars->head.cols - 2 : 1));
    for (int row = 0; row < bars->head.rows && ga_wrap_next(&wrap, &line); row++)
        ga_canvas_text_n(canvas, bars->head.row + row, bars->head.col + 2, bars->head.cols - 2,
                         row == 0 ? GA_STYLE_WARNING : GA_STYLE_NORMAL, bars->said + line.at, line.len);
    ga_tui_list_paint(&state_of(screen)->list, canvas, true);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    return ga_words_list_event(screen, &state_of(screen)->list, event);
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    struct bars *bars = state_of(screen);
    struct ga_import_bar_words words;
    (void)id;
    if (bars->list.selected >= bars->sorted.records_count)
        return GA_HANDLED;
    ga_import_tell_bar(bars->session->store, bars->sorted.records[bars->list.selected], ga_screen_lang(screen), &bars->page,
                       &words);
    if (!ga_uuid_is_zero(&words.child))
        ga_screen_child_open(screen, &words.child, OPEN);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    (void)id;
    return state_of(screen)->sorted.records_count > 0;
}

/* Something may have been put right in the child's file. */
static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct bars *bars = state_of(screen);
    struct ga_error err = {0};
    size_t count;
    struct ga_undo *undo = result->is_done ? ga_screen_import_plan_undo(screen, &bars->past.id) : NULL;
    if (undo == NULL)
        return;
    ga_undo_destroy(bars->own);
    bars->undo = bars->own = undo;
    ga_undo_findings(undo, &count);
    if (sort(bars, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    say(screen);
    if (count == 0)
        ga_screen_close_done(screen, 0, NULL);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("open this child's file"), GA_COMMAND_IN_BAR},
};

static const struct ga_screen_ops import_bars_ops = {
    .name = "import_bars",
    .title = GA_N_("Why it cannot be taken back"),
    .help = GA_N_("An import goes back whole or not at all, and never what somebody wrote after it. A later import that "
                  "builds on it is taken back first: Esc, choose it in the list, Enter. Below stand the records people "
                  "have written in since, each once; Enter opens the child's file."),
    .state_bytes = sizeof(struct bars),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = resumed,
};

void ga_screen_import_bars_open(struct ga_screen *screen, const struct ga_import_bars_arg *arg, int tag)
{
    ga_screen_push(screen, &import_bars_ops, arg, tag);
}
