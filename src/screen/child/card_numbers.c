/* The list of files that have one card number. */
#include "guanai/screen/card_numbers.h"

#include "guanai/app/card_no.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/child.h"
#include "guanai/screen/session.h"
#include "guanai/store/card_no.h"
#include "guanai/store/roster.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/list_page.h"
#include "parts/words.h"

enum command { OPEN = 1, RENEW };
enum column { NUMBER, NAME, CLASS, RECORDS, ENTERED, WHAT };

struct card_numbers {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_vec holders; /* struct ga_card_holder */
};

static struct card_numbers *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct card_numbers, screen);
}

static const struct ga_card_holder *marked(const struct card_numbers *page)
{
    return page->holders.len > 0 ? ga_vec_at(&page->holders, page->shown.list.selected) : NULL;
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct card_numbers *page = state_of(ctx);
    const enum ga_lang lang = ga_screen_lang(ctx);
    for (size_t i = 0; i < count; i++) {
        const struct ga_card_holder *holder = ga_vec_at(&page->holders, first + i);
        struct ga_roster_row row;
        if (ga_roster_row_of(page->shown.session->store, holder->no, lang, &page->shown.row, &row, NULL) != GA_OK)
            continue;
        ga_tui_cells_put(cells, i, NUMBER, GA_NUM(holder->number));
        ga_tui_cells_put(cells, i, NAME, ga_arena_printf(&page->shown.row, "%s %.7s", row.name, row.birth));
        ga_tui_cells_put(cells, i, CLASS, row.has_left ? ga_arena_printf(&page->shown.row, "%s %s", ga_tr(lang, "left"), row.class_shown)
                                                       : row.class_shown);
        ga_tui_cells_put(cells, i, RECORDS, GA_NUM(holder->records));
        ga_tui_cells_put(cells, i, ENTERED, holder->entered_on);
        ga_tui_cells_put(cells, i, WHAT, ga_tr(lang, holder->keeps ? GA_N_("keeps it") : GA_N_("gets a new one: n")));
        ga_arena_reset(&page->shown.row);
    }
}

static enum ga_rc read_holders(struct ga_screen *screen, struct ga_error *err)
{
    struct card_numbers *page = state_of(screen);
    ga_vec_clear(&page->holders);
    const enum ga_rc rc = ga_store_shared_cards(page->shown.session->store, &page->holders, err);
    page->shown.count = page->holders.len;
    return rc;
}

static const struct ga_tui_column columns[] = {
    [NUMBER] = {.title = GA_N_("Card no."), .cols = 8, .min_cols = 6, .is_right = true},
    [NAME] = {.title = GA_N_("Child"), .cols = 15, .min_cols = 12, .grows = true},
    [CLASS] = {.title = GA_N_("Class"), .cols = 11, .min_cols = 10, .priority = 1},
    [RECORDS] = {.title = GA_N_("Records"), .cols = 7, .priority = 2, .is_right = true},
    [ENTERED] = {.title = GA_N_("Entered on"), .cols = 10, .priority = 3},
    [WHAT] = {.title = GA_N_("The number"), .cols = 17, .min_cols = 14},
};

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("No two children have one card number."),
    .fetch = fetch, .read = read_holders, .is_worded = true};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_list_page_begin(screen, &kind);
    ga_vec_init(&state_of(screen)->holders, sizeof(struct ga_card_holder));
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    ga_vec_finish(&state_of(screen)->holders);
    ga_list_page_leave(screen);
}

static void renew(struct ga_screen *screen, const struct ga_card_holder *holder)
{
    struct card_numbers *page = state_of(screen);
    struct ga_roster_row row;
    struct ga_error err = {0};
    const int64_t old = holder->number;
    int64_t number;
    enum ga_rc rc = ga_roster_row_of(page->shown.session->store, holder->no, ga_screen_lang(screen), &page->shown.row, &row, &err);
    if (rc == GA_OK)
        rc = ga_card_no_renew(page->shown.session, &holder->id, &number, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1 has card number %2 now; %3 finds the file still"), row.name,
                      GA_NUM(number), GA_NUM(old));
    ga_arena_reset(&page->shown.row);
    ga_list_page_read(screen);
}

static enum ga_reply command(struct ga_screen *screen, int id)
{
    const struct ga_card_holder *holder = marked(state_of(screen));
    if (holder == NULL)
        return GA_HANDLED;
    if (id == OPEN)
        ga_screen_child_open(screen, &holder->id, OPEN);
    else
        renew(screen, holder);
    return GA_REDRAW;
}

static bool offers(const struct ga_screen *screen, int id)
{
    (void)id;
    return state_of(screen)->holders.len > 0;
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct ga_card_holder *holder = marked(state_of(screen));
    if (holder != NULL)
        *ret_id = holder->id;
    return holder != NULL;
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("Open"), GA_N_("open the child's file"), GA_COMMAND_IN_BAR},
    {RENEW, {'n', GA_KEY_F(5)}, GA_N_("New number"), GA_N_("give this child the next free number; the old one still finds it"),
     GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_card_numbers = {
    .name = "card_numbers",
    .title = GA_N_("One card number, two children"),
    .help = GA_N_("Two computers may have given one number before they met. The child with more records keeps it, else the one "
                  "whose file is older; n gives the marked child the next free number. The old one stands in its file as a "
                  "former number and still finds it; write the new one on its paper. If both files are one child's, link "
                  "them instead (Files that may be one child's)."),
    .state_bytes = sizeof(struct card_numbers),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = leave,
    GA_LIST_PAGE_OPS,
    .command = command,
    .offers = offers,
    .resumed = ga_list_page_resumed,
    .about = about,
};
