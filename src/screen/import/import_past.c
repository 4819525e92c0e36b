/* The files that were taken in before, each to be taken back. */
#include "import/import_past.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/exchange/import_bars.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "import/import_bars.h"
#include "parts/words.h"

#include <string.h>

enum { BACK = 1, WHY, ROWS_LOOKED_AT_MAX = 5000 };
enum { COL_DAY, COL_FILE, COL_WHO, COL_ROWS, COL_STATE };

/* What is known of whether an import can be taken back: how many records bar it, or one of these. */
enum { NOT_LOOKED = -1, TOO_LONG = -2, IMPORT_FIRST = -3 };

struct past {
    struct ga_session *session;
    struct ga_import_past *list;
    size_t count, looked_at;
    int64_t *bars;
    struct ga_undo *undo; /* planned, while it is asked whether to do it */
    struct ga_tui_list rows;
    struct ga_arena arena; /* of the list */
};

static const struct ga_tui_column columns[] = {
    [COL_DAY] = {.title = GA_N_("On"), .cols = 10},
    [COL_FILE] = {.title = GA_N_("File"), .cols = 20, .min_cols = 12, .grows = true},
    [COL_WHO] = {.title = GA_N_("Taken in by"), .cols = 11, .min_cols = 6, .priority = 2},
    [COL_ROWS] = {.title = GA_N_("Rows"), .cols = 18, .min_cols = 10, .priority = 1},
    [COL_STATE] = {.title = GA_N_("Now"), .cols = 21, .min_cols = 14},
};

static struct past *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct past, screen);
}

static const char *state_words(const struct past *past, size_t i, enum ga_lang lang, struct ga_arena *arena)
{
    static const char *const words[] = {[-NOT_LOOKED] = "…", [-TOO_LONG] = GA_N_("Enter looks"),
                                        [-IMPORT_FIRST] = GA_N_("later import first")};
    if (past->list[i].undone_on[0] != '\0')
        return ga_words_say(arena, lang, GA_N_("taken back %1"), past->list[i].undone_on);
    if (past->bars[i] > 0)
        return ga_words_say(arena, lang, GA_N_("%1 edited since"), GA_NUM(past->bars[i]));
    return ga_tr(lang, past->bars[i] == 0 ? GA_N_("can be taken back") : words[-past->bars[i]]);
}

/* "12 new, 3 filled, 1 changed": what is none is not said. */
static const char *rows_words(const struct ga_import_past *past, enum ga_lang lang, struct ga_arena *arena)
{
    static const char *const words[] = {[GA_VERDICT_NEW] = GA_N_("%1 new"), [GA_VERDICT_FILLS] = GA_N_("%1 filled"),
                                        [GA_VERDICT_CHANGES] = GA_N_("%1 changed")};
    struct ga_str text = {0};
    for (size_t i = 0; i < GA_COUNT(words); i++) {
        if (past->rows[i] == 0)
            continue;
        ga_str_add(&text, text.len > 0 ? " " : "");
        ga_str_add(&text, ga_words_say(arena, lang, words[i], GA_NUM(past->rows[i])));
    }
    const char *kept = ga_arena_strdup(arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

/* The beginning of a name tells the year, its end the kind of file; before the page is laid out all of it. */
static const char *file_shown(const struct past *past, const char *file, struct ga_arena *arena)
{
    const short cols = past->rows.shown_cols[COL_FILE];
    return cols <= 0 ? file : ga_words_middle(arena, file, (size_t)cols);
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    const struct ga_screen *screen = ctx;
    const struct past *past = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_arena arena = {0};
    for (size_t row = 0; row < count; row++) {
        const struct ga_import_past *one = &past->list[first + row];
        ga_tui_cells_put(cells, row, COL_DAY, one->day);
        ga_tui_cells_put(cells, row, COL_FILE, file_shown(past, one->file, &arena));
        ga_tui_cells_put(cells, row, COL_WHO, one->user);
        ga_tui_cells_put(cells, row, COL_ROWS, rows_words(one, lang, &arena));
        ga_tui_cells_put(cells, row, COL_STATE, state_words(past, first + row, lang, &arena));
    }
    ga_arena_finish(&arena);
}

/* The whole name of the line chosen, with what the file says of itself. */
static void say_file(struct ga_screen *screen)
{
    const struct past *past = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_import_past *one = past->count > 0 ? &past->list[past->rows.selected] : NULL;
    struct ga_arena arena = {0};
    const char *status = one == NULL ? "" : one->file;
    if (one != NULL && one->author[0] != '\0')
        status = ga_words_say(&arena, lang, GA_N_("%1 · by %2, saved %3"), one->file, one->author, one->file_day);
    else if (one != NULL && one->file_day[0] != '\0')
        status = ga_words_say(&arena, lang, GA_N_("%1 · saved %2"), one->file, one->file_day);
    ga_screen_set_status(screen, status);
    ga_arena_finish(&arena);
}

static void look(struct ga_screen *screen)
{
    struct past *past = state_of(screen);
    struct ga_error err = {0};
    ga_arena_reset(&past->arena);
    past->count = past->looked_at = 0;
    if (ga_import_list_past(past->session->store, &past->arena, &past->list, &past->count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    past->bars = ga_arena_array(&past->arena, past->count, sizeof(*past->bars));
    for (size_t i = 0; i < past->count; i++)
        past->bars[i] = NOT_LOOKED;
    ga_tui_list_reload(&past->rows, past->count);
    say_file(screen);
    ga_screen_start_work(screen);
}

/* People's own work counts first: it is what would be lost. */
static int64_t count_bars(struct past *past, const struct ga_import_past *one)
{
    struct ga_arena arena = {0};
    struct ga_undo *undo = NULL;
    struct ga_import_bars bars = {0};
    int64_t count = NOT_LOOKED;
    if (ga_import_rows_written(one) > ROWS_LOOKED_AT_MAX)
        return TOO_LONG;
    if (ga_import_plan_undo(past->session->store, &one->id, NULL, &undo, NULL) == GA_OK &&
        ga_import_sort_bars(past->session->store, undo, &arena, &bars, NULL) == GA_OK)
        count = bars.imports_count > 0 && bars.records_count == 0 ? IMPORT_FIRST : (int64_t)bars.records_count;
    ga_undo_destroy(undo);
    ga_arena_finish(&arena);
    return count;
}

/* One import a slice: each is read whole. */
static bool work(struct ga_screen *screen)
{
    struct past *past = state_of(screen);
    if (past->looked_at >= past->count)
        return false;
    const size_t i = past->looked_at++;
    if (past->list[i].undone_on[0] == '\0')
        past->bars[i] = count_bars(past, &past->list[i]);
    ga_tui_list_reload(&past->rows, past->count);
    return past->looked_at < past->count;
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct past *past = state_of(screen);
    (void)arg, (void)err;
    past->session = ga_screen_session(screen);
    ga_tui_list_init(&past->rows, fetch, screen);
    look(screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct past *past = state_of(screen);
    ga_undo_destroy(past->undo);
    ga_tui_list_finish(&past->rows);
    ga_arena_finish(&past->arena);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    struct past *past = state_of(screen);
    ga_words_columns(&past->rows, columns, GA_COUNT(columns), ga_screen_lang(screen));
    past->rows.empty = ga_screen_tr(screen, "No file has been taken in yet.");
    ga_tui_list_reload(&past->rows, past->count);
    ga_tui_list_layout(&past->rows, area);
    say_file(screen);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_tui_list_paint(&state_of(screen)->rows, canvas, true);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    enum ga_reply reply = ga_tui_list_event(&state_of(screen)->rows, event);
    say_file(screen);
    return reply;
}

/* A file of new children only gives nothing back: what does not happen is not said. */
static const char *pick(const struct ga_undo *undo, const char *removes, const char *gives_back, const char *both)
{
    if (ga_undo_gives_back(undo) == 0)
        return removes;
    return ga_undo_removes(undo) == 0 ? gives_back : both;
}

static void ask(struct ga_screen *screen)
{
    struct past *past = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_undo *undo = past->undo;
    const char *what = pick(
        undo,
        GA_N_("Taking this import back removes %1 records. The history keeps everything; taking the file in again brings "
              "it back. Do it?"),
        GA_N_("Taking this import back gives %2 records their old values again (%3 values). The history keeps everything; "
              "taking the file in again brings it back. Do it?"),
        GA_N_("Taking this import back removes %1 records and gives %2 records their old values again (%3 "
              "values). The history keeps everything; taking the file in again brings it back. Do it?"));
    ga_dialog_confirm(screen, past->list[past->rows.selected].file,
                      ga_words_say(&screen->arena, lang, what, GA_NUM((int64_t)ga_undo_removes(undo)),
                                   GA_NUM((int64_t)ga_undo_gives_back(undo)), GA_NUM((int64_t)ga_undo_values(undo))),
                      false, BACK);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (state_of(screen)->undo != NULL && tag == BACK)
        ask(screen);
}

static enum ga_reply plan(struct ga_screen *screen)
{
    struct past *past = state_of(screen);
    const struct ga_import_past *one = &past->list[past->rows.selected];
    size_t bars;
    ga_undo_destroy(past->undo);
    past->undo = ga_screen_import_plan_undo(screen, &one->id);
    if (past->undo == NULL)
        return GA_REDRAW;
    ga_undo_findings(past->undo, &bars);
    if (bars == 0) {
        ask(screen);
        return GA_REDRAW;
    }
    const struct ga_import_bars_arg arg = {*one, past->undo};
    ga_screen_import_bars_open(screen, &arg, WHY);
    return GA_REDRAW;
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    (void)id;
    return state_of(screen)->count > 0 ? plan(screen) : GA_HANDLED;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct past *past = state_of(screen);
    (void)id;
    return past->count > 0 && past->list[past->rows.selected].undone_on[0] == '\0';
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct past *past = state_of(screen);
    struct ga_error err = {0};
    if (result->tag == WHY && result->is_done)
        look(screen); /* it has become free */
    if (result->tag != BACK || !result->is_done || result->code != 1 || past->undo == NULL)
        return;
    if (ga_import_undo(past->session->store, &past->list[past->rows.selected].id, past->undo, &err) == GA_OK)
        ga_words_tell(screen->ui, GA_STYLE_OK,
                      pick(past->undo, GA_N_("Taken back: %1 records removed."),
                           GA_N_("Taken back: %2 records have their old values again."),
                           GA_N_("Taken back: %1 records removed, %2 with their old values again.")),
                      GA_NUM((int64_t)ga_undo_removes(past->undo)), GA_NUM((int64_t)ga_undo_gives_back(past->undo)));
    else
        ga_ui_say_error(screen->ui, &err);
    ga_undo_destroy(past->undo);
    past->undo = NULL;
    look(screen);
}

static const struct ga_tui_command commands[] = {
    {BACK, {GA_KEY_ENTER}, GA_N_("Take back"), GA_N_("say what taking this import back would do, then ask"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_import_past = {
    .name = "import_past",
    .title = GA_N_("Earlier imports"),
    .help = GA_N_("Every file that was taken in, the newest first: when, by whom, what it brought. An import can be taken "
                  "back whole while nothing newer builds on it; what does is named. Nothing is lost: the history keeps "
                  "it, and taking the same file in again brings it back."),
    .state_bytes = sizeof(struct past),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
    .work = work,
};
