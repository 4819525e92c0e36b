/* Lists what computers answered differently, settles it by digits. */
#include "guanai/screen/conflicts.h"

#include "guanai/app/conflicts.h"
#include "guanai/app/print.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/file_places.h"
#include "parts/list_page.h"
#include "parts/words.h"
#include "sync/conflict_value.h"

#include <stdlib.h>
#include <string.h>

enum command { SETTLE = 1, OPEN, THIRD, OBVIOUS, PRINT, BACK, HAND, GO, REVEAL };
enum { PANEL_ROWS = 5, LIST_ROWS_LEAST = 6 };
enum column { NUMBER, WHOSE, FIELD, FIRST, SECOND, SAID };

struct page {
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_area panel; /* below the list: the marked one whole; no rows where there is no room */
    struct ga_numbered *rows;
    size_t count;
    struct ga_arena arena, row; /* of the rows; of what is shown */
    struct ga_vec typed;        /* struct ga_conflict_typed: the third value so far */
    struct ga_arena typing;     /* of these */
    bool is_revealed;
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

static const struct ga_numbered *marked(const struct page *page)
{
    return page->count > 0 ? &page->rows[page->list.selected] : NULL;
}

/* ---- the list ---- */

static const char *value_text(struct page *page, const struct ga_numbered *numbered, size_t i)
{
    return ga_conflict_value_shown(page->session, numbered->conflict, i, page->is_revealed, &page->row);
}

static const char *answer(struct page *page, const struct ga_numbered *numbered, size_t i)
{
    if (i >= numbered->conflict->values_count)
        return "";
    return ga_arena_printf(&page->row, "%d %s", numbered->choices[i], value_text(page, numbered, i));
}

/* Who is to settle it; which is obvious and why; how many more there are. */
static const char *said(struct page *page, const struct ga_numbered *numbered, enum ga_lang lang)
{
    const struct ga_conflict *conflict = numbered->conflict;
    if (conflict->handed_to[0] != '\0')
        return ga_words_say(&page->row, lang, GA_N_("%1 settles it"), conflict->handed_to);
    if (numbered->obvious != GA_OBVIOUS_NOT)
        return ga_arena_printf(&page->row, "%d: %s", numbered->choices[numbered->pick], ga_tr(lang, ga_obvious_text(numbered->obvious)));
    return conflict->values_count > 2 ? ga_words_say(&page->row, lang, GA_N_("%1 more"), GA_NUM(conflict->values_count - 2)) : "";
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct page *page = state_of(screen);
    for (size_t i = 0; i < count && first + i < page->count; i++) {
        const struct ga_numbered *numbered = &page->rows[first + i];
        ga_tui_cells_put(cells, i, NUMBER, GA_NUM(numbered->number));
        ga_tui_cells_put(cells, i, WHOSE, numbered->whose);
        ga_tui_cells_put(cells, i, FIELD, numbered->what);
        ga_tui_cells_put(cells, i, FIRST, answer(page, numbered, 0));
        ga_tui_cells_put(cells, i, SECOND, answer(page, numbered, 1));
        ga_tui_cells_put(cells, i, SAID, said(page, numbered, ga_screen_lang(screen)));
        ga_arena_reset(&page->row);
    }
}

static void read_again(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    page->count = 0;
    ga_arena_reset(&page->arena);
    if (ga_conflicts_read(page->session, &page->arena, &page->rows, &page->count, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_tui_list_reload(&page->list, page->count);
    ga_words_show_place(screen, &page->list);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    state_of(screen)->session = ga_screen_session(screen);
    ga_vec_init(&state_of(screen)->typed, sizeof(struct ga_conflict_typed));
    ga_tui_list_init(&state_of(screen)->list, fetch, screen);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_tui_list_finish(&page->list);
    ga_vec_finish(&page->typed);
    ga_arena_finish(&page->arena);
    ga_arena_finish(&page->row);
    ga_arena_finish(&page->typing);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    static const struct ga_tui_column columns[] = {
        [NUMBER] = {.title = GA_N_("Row"), .cols = 4, .is_right = true},
        [WHOSE] = {.title = GA_N_("Whose"), .cols = 20, .min_cols = 16},
        [FIELD] = {.title = GA_N_("Field"), .cols = 10, .min_cols = 8},
        [FIRST] = {.title = GA_N_("One answer"), .cols = 14, .min_cols = 10, .grows = true},
        [SECOND] = {.title = GA_N_("The other"), .cols = 14, .min_cols = 10, .grows = true},
        [SAID] = {.title = GA_N_("Obvious"), .cols = 12, .min_cols = 12, .priority = 1},
    };
    state_of(screen)->panel = ga_area_cut_bottom(&area, area.rows >= PANEL_ROWS + LIST_ROWS_LEAST ? PANEL_ROWS : 0);
    ga_words_list_layout(screen, &state_of(screen)->list, columns, GA_COUNT(columns), GA_N_("Nothing was answered differently."), area);
    read_again(screen);
}

/* What the columns have no room for: who said which, when, where, on what paper, why it is obvious. */
static void paint_panel(struct ga_screen *screen, struct ga_canvas *canvas)
{
    struct page *page = state_of(screen);
    const struct ga_numbered *numbered = marked(page);
    const struct ga_area area = page->panel;
    const enum ga_lang lang = ga_screen_lang(screen);
    ga_canvas_fill(canvas, area, GA_STYLE_NORMAL);
    if (numbered == NULL)
        return;
    const bool is_hidden = !page->is_revealed && ga_conflict_is_masked(numbered->conflict);
    const char *paper = numbered->conflict->paper;
    const char *note = is_hidden ? ga_tr(lang, "Ctrl-R shows the numbers") : said(page, numbered, lang);
    ga_canvas_text_fit(canvas, area.row, area.col, area.cols, GA_STYLE_LABEL,
                       ga_arena_printf(&page->row, "%d %s: %s%s%s%s%s", numbered->number, numbered->whose, numbered->what,
                                       paper[0] != '\0' ? "  " : "", paper[0] != '\0' ? ga_words_say(&page->row, lang, GA_N_("Paper no %1"), paper) : "",
                                       note[0] != '\0' ? "  " : "", note));
    for (size_t i = 0; i < numbered->conflict->values_count && (int)i + 1 < area.rows; i++)
        ga_canvas_text_fit(canvas, area.row + 1 + (int)i, area.col, area.cols, GA_STYLE_NORMAL,
                           ga_arena_printf(&page->row, " %d %s — %s", numbered->choices[i], value_text(page, numbered, i),
                                           ga_conflicts_origin_text(page->session, &numbered->conflict->values[i], &page->row)));
    ga_arena_reset(&page->row);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_bare_list_paint(screen, canvas);
    if (state_of(screen)->panel.rows > 0)
        paint_panel(screen, canvas);
}

/* ---- settling ---- */

static void settle(struct ga_screen *screen, size_t pick)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    const struct ga_choice_made made = {.numbered = marked(page), .pick = pick, .typed = page->typed.items, .typed_count = page->typed.len};
    const enum ga_rc rc = ga_conflicts_settle(page->session, &made, 1, &err);
    read_again(screen);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("Settled; %1 are left"), GA_NUM(page->count));
}

/* Whoever may not settle it is told before anything is asked. */
static bool is_others(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    if (ga_conflict_check_handed(page->session->store, marked(page)->conflict, &err) == GA_OK)
        return false;
    ga_ui_say_error(screen->ui, &err);
    return true;
}

/* By the digit on the paper. */
static enum ga_reply settle_by_digit(struct ga_screen *screen, int digit)
{
    struct page *page = state_of(screen);
    const struct ga_numbered *numbered = marked(page);
    if (numbered == NULL)
        return GA_HANDLED;
    ga_vec_clear(&page->typed);
    for (size_t i = 0; i < numbered->conflict->values_count; i++)
        if (numbered->choices[i] == digit) {
            settle(screen, i);
            return GA_REDRAW;
        }
    ga_words_tell(screen->ui, GA_STYLE_ERROR, GA_N_("Row %1 has no answer %2."), GA_NUM(numbered->number), GA_NUM(digit));
    return GA_REDRAW;
}

/* Each answer with who gave it, when, at which computer, from what file. Behind them the way to type another. */
static void ask(struct ga_screen *screen, const struct ga_numbered *numbered)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_conflict *conflict = numbered->conflict;
    const char *ways[GA_DIALOG_CHOICES];
    size_t count = 0;
    for (size_t i = 0; i < conflict->values_count && numbered->choices[i] <= GA_DIALOG_CHOICES; i++) {
        while (count + 1 < (size_t)numbered->choices[i])
            ways[count++] = ga_tr(lang, GA_N_("(replaced since)"));
        ways[count++] = ga_arena_printf(&page->row, "%s — %s", value_text(page, numbered, i),
                                        ga_conflicts_origin_text(page->session, &conflict->values[i], &page->row));
    }
    const char *paper = conflict->paper[0] == '\0' ? "" : ga_words_say(&page->row, lang, GA_N_("Paper no %1"), conflict->paper);
    ga_dialog_choose(screen, ga_arena_printf(&page->row, "%s: %s", numbered->whose, numbered->what),
                     ga_arena_printf(&page->row, "%s%s%s", paper, paper[0] != '\0' ? ". " : "",
                                     ga_tr(lang, "Which answer counts? The others stay in the history.")), ways, count, SETTLE);
    ga_arena_reset(&page->row);
}

/* ---- a third value, field after field ---- */

static void ask_third(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const struct ga_conflict *conflict = marked(page)->conflict;
    const struct ga_conflict_field *field = &conflict->fields[page->typed.len];
    const char *text = "";
    for (size_t i = 0; i < conflict->values_count; i++)
        text = ga_arena_printf(&page->row, "%s%s%s", text, i > 0 ? "  |  " : "",
                               ga_conflict_text_shown(conflict, i, page->typed.len, page->is_revealed, &page->row));
    const struct ga_dialog_ask question = {.title = ga_arena_printf(&page->row, "%s: %s", marked(page)->whose, field->label),
                                           .text = text, .initial = ga_conflict_is_masked(conflict) ? "" : conflict->values[0].texts[page->typed.len],
                                           .gives_way = true};
    ga_dialog_ask(screen, &question, THIRD);
    ga_arena_reset(&page->row);
}

static void begin_third(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_vec_clear(&page->typed);
    ga_arena_reset(&page->typing);
    if (is_others(screen))
        return;
    if (marked(page)->conflict->kind == GA_CONFLICT_REMOVAL)
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("It stays or it goes: there is nothing third."));
    else
        ask_third(screen);
}

static void take_third(struct ga_screen *screen, const char *text)
{
    struct page *page = state_of(screen);
    const struct ga_conflict *conflict = marked(page)->conflict;
    struct ga_conflict_typed typed;
    struct ga_error err = {0};
    if (ga_conflicts_type(page->session, conflict, page->typed.len, text, &page->typing, &typed, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        *(struct ga_conflict_typed *)ga_vec_push(&page->typed) = typed;
    if (page->typed.len < conflict->fields_count)
        ask_third(screen);
    else
        settle(screen, 0);
}

/* ---- all that is obvious ---- */

static size_t count_obvious(const struct page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->count; i++)
        count += page->rows[i].obvious != GA_OBVIOUS_NOT;
    return count;
}

/* All of it is shown before: the text scrolls. */
static void ask_obvious(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_str text = {0};
    for (size_t i = 0; i < page->count; i++) {
        const struct ga_numbered *numbered = &page->rows[i];
        if (numbered->obvious != GA_OBVIOUS_NOT)
            ga_str_addf(&text, "%d %s %s: %s (%s)\n", numbered->number, numbered->whose, numbered->what,
                        value_text(page, numbered, numbered->pick), ga_tr(lang, ga_obvious_text(numbered->obvious)));
    }
    if (text.len == 0)
        ga_words_tell(screen->ui, GA_STYLE_NORMAL, GA_N_("None of these is obvious."));
    else
        ga_dialog_confirm(screen, ga_words_say(&page->row, lang, GA_N_("Settle the %1 obvious ones so?"), GA_NUM(count_obvious(page))),
                          ga_str_text(&text), true, OBVIOUS);
    ga_str_finish(&text);
    ga_arena_reset(&page->row);
}

static void settle_obvious(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    size_t settled;
    const enum ga_rc rc = ga_conflicts_settle_obvious(page->session, page->rows, page->count, &settled, &err);
    read_again(screen);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1 settled; u takes it back; %2 are left"), GA_NUM(settled), GA_NUM(page->count));
}

static void take_back(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    size_t open;
    const enum ga_rc rc = ga_conflicts_take_back(page->session, &open, &err);
    read_again(screen);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1 taken back: open again"), GA_NUM(open));
}

/* ---- the sheet, the headteacher, the number ---- */

static void print(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    const char *folder = ga_file_places_target(page->session->options->io, getenv("HOME"), &page->row);
    const char *name = ga_arena_printf(&page->row, "%s-%s", ga_screen_tr(screen, GA_N_("answered-differently")), GA_DATE_ISO(page->session->today));
    const char *path = ga_print_path(page->session, folder, name, &page->row);
    if (ga_conflicts_print(page->session, page->rows, page->count, path, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("Worksheet for printing: %1"), path);
    ga_arena_reset(&page->row);
}

static void ask_whom(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const char *handed = marked(page)->conflict->handed_to;
    const struct ga_dialog_ask question = {
        .title = ga_screen_tr(screen, GA_N_("Who is to settle it?")),
        .text = ga_screen_tr(screen, GA_N_("It stands on that person's first page, nobody else settles it. Empty: anybody may again.")),
        .initial = handed[0] != '\0' ? handed : ga_conflicts_headteacher(page->session, &page->row), .gives_way = true};
    ga_dialog_ask(screen, &question, HAND);
    ga_arena_reset(&page->row);
}

static void hand(struct ga_screen *screen, const char *to)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    if (ga_conflict_hand(page->session->store, marked(page)->conflict, to, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    read_again(screen);
}

static void ask_number(struct ga_screen *screen)
{
    const struct ga_dialog_ask question = {.title = ga_screen_tr(screen, GA_N_("Row")),
                                           .text = ga_screen_tr(screen, GA_N_("The number of the row, as on the worksheet")), .initial = ""};
    ga_dialog_ask(screen, &question, GO);
}

static void go(struct ga_screen *screen, const char *text)
{
    struct page *page = state_of(screen);
    int64_t number;
    const struct ga_numbered *numbered = ga_num_parse(text, &number) ? ga_conflicts_find(page->rows, page->count, number) : NULL;
    if (numbered == NULL)
        ga_words_tell(screen->ui, GA_STYLE_ERROR, GA_N_("Row %1 is not open: settled meanwhile, or of no sheet."), text);
    else
        ga_tui_list_select(&page->list, (size_t)(numbered - page->rows));
    ga_words_show_place(screen, &page->list);
}

/* ---- keys ---- */

static void open_record(struct ga_screen *screen)
{
    ga_screen_record_open(screen, &marked(state_of(screen))->conflict->record, 0, NULL, OPEN);
}

static void reveal(struct ga_screen *screen)
{
    state_of(screen)->is_revealed = !state_of(screen)->is_revealed;
    read_again(screen);
}

static void open_marked(struct ga_screen *screen)
{
    if (!is_others(screen))
        ask(screen, marked(state_of(screen)));
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    static void (*const runs[])(struct ga_screen *screen) = {
        [SETTLE] = open_marked, [OPEN] = open_record, [THIRD] = begin_third, [OBVIOUS] = ask_obvious,
        [PRINT] = print,        [BACK] = take_back,   [HAND] = ask_whom,     [GO] = ask_number, [REVEAL] = reveal,
    };
    runs[id](screen);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    return id == BACK || state_of(screen)->count > 0;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct page *page = state_of(screen);
    if (!result->is_done || page->count == 0)
        read_again(screen);
    else if (result->tag == SETTLE)
        settle_by_digit(screen, result->code + 1);
    else if (result->tag == THIRD)
        take_third(screen, result->text);
    else if (result->tag == OBVIOUS && result->code == 1)
        settle_obvious(screen);
    else if (result->tag == HAND)
        hand(screen, result->text);
    else if (result->tag == GO)
        go(screen, result->text);
    else
        read_again(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    read_again(screen);
    if (marked(state_of(screen)) == NULL)
        return;
    if (tag == SETTLE)
        open_marked(screen);
    else if (tag == OBVIOUS)
        ask_obvious(screen);
    else if (tag == THIRD)
        ask_third(screen);
    else if (tag == HAND)
        ask_whom(screen);
    else if (tag == GO)
        ask_number(screen);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    const int digit = ga_event_digit(event);
    return digit > 0 ? settle_by_digit(screen, digit) : ga_bare_list_event(screen, event);
}

static const struct ga_tui_command commands[] = {
    {SETTLE, {GA_KEY_ENTER}, GA_N_("Look"), GA_N_("who said which, when, where, on what paper; a digit settles it"), GA_COMMAND_IN_BAR},
    {THIRD, {'t', GA_KEY_F(3)}, GA_N_("Type"), GA_N_("none of them is right: type what is"), GA_COMMAND_IN_BAR},
    {OBVIOUS, {'a', GA_KEY_F(7)}, GA_N_("Obvious"), GA_N_("settle all that is obvious at once; they are shown before"), GA_COMMAND_IN_BAR},
    {PRINT, {'p', GA_KEY_F(5)}, GA_N_("Print"), GA_N_("write a worksheet with numbered rows into a file"), GA_COMMAND_IN_BAR},
    {GO, {'g', GA_KEY_F(6)}, GA_N_("Row"), GA_N_("mark the row of a number on the worksheet"), GA_COMMAND_IN_BAR},
    {HAND, {'h', GA_KEY_F(4)}, GA_N_("Hand on"), GA_N_("let the headteacher settle it, nobody else"), GA_COMMAND_IN_BAR},
    {BACK, {'u', GA_KEY_F(2)}, GA_N_("Take back"), GA_N_("what was settled last is open again"), GA_COMMAND_IN_BAR},
    {REVEAL, {GA_CTRL('R')}, GA_N_("Show"), GA_N_("show what is hidden, or hide it again"), GA_COMMAND_IF_ROOM},
    {OPEN, {'o', GA_KEY_F(11)}, GA_N_("Open"), GA_N_("the record itself"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_conflicts = {
    .name = "conflicts",
    .title = GA_N_("Answered differently"),
    .help = GA_N_("Two people filled in one field on two computers without knowing of each other. Both answers are kept; one "
                  "is shown everywhere until somebody says which counts. The digit before an answer settles the marked row, the "
                  "next row is marked then. Numbers and digits are those of the worksheet that p writes, whatever arrives "
                  "meanwhile. Obvious is: only blanks or width differ; the same with more behind it; the other did not know; "
                  "the same person corrected it later. What is sensitive is never obvious: h hands it to the headteacher."),
    .state_bytes = sizeof(struct page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .reword = reword,
};
