/* The list of records that were sent back: to mend, to look at again. */
#include "guanai/screen/sent_back.h"

#include "care/send_back_ask.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/record.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/about.h"
#include "parts/list_page.h"
#include "parts/words.h"

enum command { OPEN = 1, ANSWER, ACCEPT, AGAIN };
enum column { STATE, ABOUT, WORDS, WHOM, BY };
enum { ANSWER_CHARS = 100 };

struct page {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_sent_back *items;
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

static const struct ga_sent_back *marked(const struct page *page)
{
    return page->shown.count > 0 ? &page->items[page->shown.list.selected] : NULL;
}

static const char *state_word(const struct ga_sent_back *item)
{
    if (item->is_mended)
        return GA_N_("mended");
    return item->is_mine ? GA_N_("to mend") : GA_N_("waits");
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    char day[GA_DATE_SIZE];
    for (size_t i = 0; i < count && first + i < page->shown.count; i++) {
        const struct ga_sent_back *item = &page->items[first + i];
        ga_tui_cells_put(cells, i, STATE, ga_tr(lang, state_word(item)));
        ga_tui_cells_put(cells, i, ABOUT, item->about);
        ga_tui_cells_put(cells, i, WORDS, item->words);
        ga_tui_cells_put(cells, i, WHOM, item->to_whom);
        ga_tui_cells_put(cells, i, BY, ga_arena_printf(&page->shown.row, "%s %s", item->by, ga_date_text_short(item->on, lang, day)));
        if (item->is_mine && !item->is_mended)
            ga_tui_cells_style(cells, i, GA_STYLE_STRONG);
        ga_arena_reset(&page->shown.row);
    }
}

/* The words whole, however narrow the column; what was answered. */
static void show_status(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const struct ga_sent_back *item = marked(page);
    const bool has_answer = item != NULL && item->answer[0] != '\0';
    ga_screen_set_status(screen, item == NULL ? ""
                                              : ga_arena_printf(&page->shown.row, "%s%s%s%s%s", item->words, has_answer ? " — " : "",
                                                                has_answer ? item->answered_by : "", has_answer ? ": " : "",
                                                                item->answer));
    ga_arena_reset(&page->shown.row);
}

static enum ga_rc read_items(struct ga_screen *screen, struct ga_error *err)
{
    struct page *page = state_of(screen);
    return ga_sent_back_list(page->shown.session, &page->shown.arena, &page->items, &page->shown.count, err);
}

static const struct ga_tui_column columns[] = {
    [STATE] = {.title = GA_N_("State"), .cols = 8, .min_cols = 6},
    [ABOUT] = {.title = GA_N_("Record"), .cols = 24, .min_cols = 14},
    [WORDS] = {.title = GA_N_("To be mended"), .cols = 20, .min_cols = 12, .grows = true},
    [WHOM] = {.title = GA_N_("Whose"), .cols = 8, .min_cols = 6, .priority = 1},
    [BY] = {.title = GA_N_("Sent by"), .cols = 16, .min_cols = 14, .priority = 2},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("Nothing is sent back."),
    .fetch = fetch, .read = read_items, .status = show_status, .is_worded = true};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_list_page_begin(screen, &kind);
    return GA_OK;
}

static void open_record(struct ga_screen *screen, const struct ga_sent_back *item)
{
    ga_screen_record_open(screen, &item->record, 0, NULL, OPEN);
}

static void ask_answer(struct ga_screen *screen, const struct ga_sent_back *item)
{
    const struct ga_dialog_ask ask = {.title = item->about,
                                      .text = ga_screen_tr(screen, "Mended on paper or not to be mended: say how, in a few words."),
                                      .initial = "",
                                      .max_chars = ANSWER_CHARS};
    ga_dialog_ask(screen, &ask, ANSWER);
}

static void accept(struct ga_screen *screen, const struct ga_sent_back *item)
{
    struct ga_error err = {0};
    if (ga_sent_back_accept(state_of(screen)->shown.session, item, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, item->is_mended ? GA_N_("Accepted: %1") : GA_N_("Withdrawn: %1"), item->about);
    ga_list_page_read(screen);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    const struct ga_sent_back *item = marked(state_of(screen));
    if (item == NULL)
        return GA_HANDLED;
    if (id == OPEN)
        open_record(screen, item);
    else if (id == ANSWER)
        ask_answer(screen, item);
    else if (id == ACCEPT)
        accept(screen, item);
    else
        ga_send_back_ask(screen, &item->record, item->words, AGAIN);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    const struct ga_sent_back *item = marked(state_of(screen));
    if (item == NULL)
        return false;
    if (id == ANSWER)
        return item->is_mine && !item->is_mended;
    if (id == ACCEPT)
        return !item->is_mine || item->is_by_me;
    return item->is_there && (id != AGAIN || !item->is_mine);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const struct ga_sent_back *item = marked(state_of(screen));
    struct ga_error err = {0};
    if (item != NULL && result->tag == ANSWER && result->is_done) {
        if (ga_sent_back_answer(state_of(screen)->shown.session, item, result->text, &err) != GA_OK)
            ga_ui_say_error(screen->ui, &err);
    } else if (item != NULL && result->tag == AGAIN && !ga_send_back_take(screen, &item->record, result)) {
        return;
    }
    ga_list_page_read(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    run_command(screen, tag);
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct ga_sent_back *item = marked(state_of(screen));
    return item != NULL && item->is_there && ga_about_record(screen, &item->record, ret_id);
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("the record, to mend it or to look at it"), GA_COMMAND_IN_BAR},
    {ANSWER, {'d', GA_KEY_F(5)}, GA_N_("Answer"), GA_N_("say that it is mended, or why there is nothing to mend"), GA_COMMAND_IN_BAR},
    {ACCEPT, {'y', GA_KEY_F(7)}, GA_N_("Good now"), GA_N_("looked at: it will do; one that is not mended is withdrawn"), GA_COMMAND_IN_BAR},
    {AGAIN, {'b', GA_KEY_F(11)}, GA_N_("Send back"), GA_N_("send the record back once more, with words"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_sent_back = {
    .name = "sent_back",
    .title = GA_N_("Sent back"),
    .help = GA_N_("Records that somebody sent back with words, what is yours to mend first. Enter opens the record, with the words over it; once "
                  "it is changed and saved it counts as mended, and whoever sent it back sees so here and accepts it or sends it back "
                  "again. Where nothing in the record is to be changed, Answer says so in a few words. Who mends a record does "
                  "not accept it."),
    .state_bytes = sizeof(struct page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
    .reword = reword,
};
