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
    struct ga_tui_list list; /* first: list_page.h */
    struct ga_session *session;
    struct ga_vec holders; /* struct ga_card_holder */
    struct ga_arena row;   /* of the rows being fetched, of what is said */
};

static struct card_numbers *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct card_numbers, screen);
}

static const struct ga_card_holder *marked(const struct card_numbers *page)
{
    return page->holders.len > 0 ? ga_vec_at(&page->holders, page->list.selected) : NULL;
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct card_numbers *page = state_of(ctx);
    const enum ga_lang lang = ga_screen_lang(ctx);
    for (size_t i = 0; i < count; i++) {
        const struct ga_card_holder *holder = ga_vec_at(&page->holders, first + i);
        struct ga_roster_row row;
        if (ga_roster_row_of(page->session->store, holder->no, lang, &page->row, &row, NULL) != GA_OK)
            continue;
        ga_tui_cells_put(cells, i, NUMBER, GA_NUM(holder->number));
        ga_tui_cells_put(cells, i, NAME, ga_arena_printf(&page->row, "%s %.7s", row.name, row.birth));
        ga_tui_cells_put(cells, i, CLASS, row.has_left ? ga_arena_printf(&page->row, "%s %s", ga_tr(lang, "left"), row.class_shown)
                                                       : row.class_shown);
        ga_tui_cells_put(cells, i, RECORDS, GA_NUM(holder->records));
        ga_tui_cells_put(cells, i, ENTERED, holder->entered_on);
        ga_tui_cells_put(cells, i, WHAT, ga_tr(lang, holder->keeps ? GA_N_("keeps it") : GA_N_("gets a new one: n")));
        ga_arena_reset(&page->row);
    }
}

static void look(struct ga_screen *screen)
{
    struct card_numbers *page = state_of(screen);
    struct ga_error err = {0};
    ga_vec_clear(&page->holders);
    if (ga_store_shared_cards(page->session->store, &page->holders, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_tui_list_reload(&page->list, page->holders.len);
    ga_words_show_place(screen, &page->list);
}

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    struct card_numbers *page = state_of(screen);
    page->session = ga_screen_session(screen);
    ga_vec_init(&page->holders, sizeof(struct ga_card_holder));
    ga_tui_list_init(&page->list, fetch, screen);
    page->list.has_header = true;
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct card_numbers *page = state_of(screen);
    ga_tui_list_finish(&page->list);
    ga_vec_finish(&page->holders);
    ga_arena_finish(&page->row);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    static const struct ga_tui_column columns[] = {
        [NUMBER] = {.title = GA_N_("Card no."), .cols = 8, .min_cols = 6, .is_right = true},
        [NAME] = {.title = GA_N_("Child"), .cols = 15, .min_cols = 12, .grows = true},
        [CLASS] = {.title = GA_N_("Class"), .cols = 11, .min_cols = 10, .priority = 1},
        [RECORDS] = {.title = GA_N_("Records"), .cols = 7, .priority = 2, .is_right = true},
        [ENTERED] = {.title = GA_N_("Entered on"), .cols = 10, .priority = 3},
        [WHAT] = {.title = GA_N_("The number"), .cols = 17, .min_cols = 14},
    };
    struct card_numbers *page = state_of(screen);
    ga_words_list_layout(screen, &page->list, columns, GA_COUNT(columns), GA_N_("No two children have one card number."), area);
    look(screen);
}

static void renew(struct ga_screen *screen, const struct ga_card_holder *holder)
{
    struct card_numbers *page = state_of(screen);
    struct ga_roster_row row;
    struct ga_error err = {0};
    const int64_t old = holder->number;
    int64_t number;
    enum ga_rc rc = ga_roster_row_of(page->session->store, holder->no, ga_screen_lang(screen), &page->row, &row, &err);
    if (rc == GA_OK)
        rc = ga_card_no_renew(page->session, &holder->id, &number, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1 has card number %2 now; %3 finds the file still"), row.name,
                      GA_NUM(number), GA_NUM(old));
    ga_arena_reset(&page->row);
    look(screen);
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    return ga_words_list_event(screen, &state_of(screen)->list, event);
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

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    (void)result;
    look(screen);
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
    .layout = layout,
    .paint = ga_list_page_paint,
    .event = take_event,
    .command = command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
};
