/* The page of the birthdays of this week and the next. */
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/care/birthday.h"
#include "guanai/care/whose.h"
#include "guanai/screen/alarms.h"
#include "guanai/screen/child.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/list.h"
#include "parts/about.h"
#include "parts/care_open.h"
#include "parts/list_page.h"
#include "parts/words.h"

#include <stdio.h>

enum { OPEN = 1, MINE, WHOM };
enum { COL_DAY, COL_NAME, COL_TURNS, COL_CLASS, COL_VILLAGE, COL_WHAT };

struct birthday_page {
    struct ga_list_page shown; /* first: list_page.h */
    struct ga_care *care;
    struct ga_birthday *birthdays;
    const char *owner;    /* NULL: anybody's */
    bool with_others;     /* those who are not left behind, too */
};

static const struct ga_tui_column columns[] = {
    [COL_DAY] = {.title = GA_N_("Day"), .cols = 14, .min_cols = 9},
    [COL_NAME] = {.title = GA_N_("Child"), .cols = 13, .min_cols = 8},
    [COL_TURNS] = {.title = GA_N_("Turns"), .cols = 6, .min_cols = 4, .is_right = true},
    [COL_CLASS] = {.title = GA_N_("Class"), .cols = 13, .priority = 1},
    [COL_VILLAGE] = {.title = GA_N_("Village"), .cols = 8, .priority = 2},
    [COL_WHAT] = {.title = GA_N_("Which"), .cols = 16, .min_cols = 6, .priority = 1, .grows = true},
};

static struct birthday_page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct birthday_page, screen);
}

static const char *kind_text(const struct ga_birthday *birthday, enum ga_lang lang)
{
    return ga_tr(lang, birthday->is_lunar && birthday->is_official ? GA_N_("both")
                       : birthday->is_lunar                        ? GA_N_("lunar birthday")
                                                                   : GA_N_("birthday"));
}

static void fetch(void *ctx, size_t first, size_t count, struct ga_tui_cells *cells)
{
    struct ga_screen *screen = ctx;
    struct birthday_page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_roster_row child;
    for (size_t i = 0; i < count && first + i < page->shown.count; i++) {
        const struct ga_birthday *birthday = &page->birthdays[first + i];
        ga_tui_cells_put(cells, i, COL_DAY, ga_words_day(&page->shown.row, birthday->day, lang));
        ga_tui_cells_put(cells, i, COL_WHAT, kind_text(birthday, lang));
        if (birthday->turns >= 0)
            ga_tui_cells_put(cells, i, COL_TURNS, GA_NUM(birthday->turns));
        if (ga_roster_row_of(page->shown.session->store, birthday->no, lang, &page->shown.row, &child, NULL) != GA_OK)
            continue;
        ga_tui_cells_put(cells, i, COL_NAME, child.name);
        ga_tui_cells_put(cells, i, COL_CLASS, child.class_shown);
        ga_tui_cells_put(cells, i, COL_VILLAGE, child.village);
    }
    ga_arena_reset(&page->shown.row);
}

/* From the Monday of this week on: what was missed by a day can still be made good. */
static enum ga_rc read_birthdays(struct ga_screen *screen, struct ga_error *err)
{
    struct birthday_page *page = state_of(screen);
    struct ga_store *store = page->shown.session->store;
    const struct ga_date today = ga_store_today(store);
    const struct ga_days span = {ga_date_add_days(today, 1 - ga_date_weekday(today)), ga_birthdays_until(today)};
    struct ga_roster_row child;
    size_t count = 0, kept = 0;
    enum ga_rc rc = ga_birthdays(store, span, !page->with_others, &page->shown.arena, &page->birthdays, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++) {
        bool is = page->owner == NULL;
        if (!is)
            rc = ga_roster_row_of(store, page->birthdays[i].no, GA_ZH, &page->shown.row, &child, err);
        if (!is && rc == GA_OK)
            rc = ga_care_is_child_of(page->care, page->owner, &child, &is, err);
        if (is)
            page->birthdays[kept++] = page->birthdays[i];
    }
    page->shown.count = kept;
    return rc;
}

static void show_title(struct ga_screen *screen)
{
    const struct birthday_page *page = state_of(screen);
    char title[160];
    snprintf(title, sizeof(title), "%s · %s", ga_screen_tr(screen, "Birthdays of this week and the next"),
             page->owner != NULL ? page->owner : ga_screen_tr(screen, "the whole school"));
    ga_screen_set_title(screen, title);
}

static const struct ga_list_page_kind kind = {
    .columns = columns, .columns_count = GA_COUNT(columns), .empty = GA_N_("Nobody has a birthday in these two weeks."),
    .fetch = fetch, .read = read_birthdays, .title = show_title};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    struct birthday_page *page = state_of(screen);
    ga_list_page_begin(screen, &kind);
    enum ga_rc rc = ga_care_open(screen, &page->care, err);
    if (rc == GA_OK)
        rc = ga_care_scope_of(page->care, ga_store_user(page->shown.session->store), &page->owner, err);
    if (rc == GA_OK)
        ga_list_page_read(screen);
    return rc;
}

static bool about(struct ga_screen *screen, struct ga_uuid *ret_id)
{
    const struct birthday_page *page = state_of(screen);
    return page->shown.count > 0 && ga_about_child(screen, page->birthdays[page->shown.list.selected].no, ret_id);
}

static void open_file(struct ga_screen *screen)
{
    struct ga_uuid child;
    if (about(screen, &child))
        ga_screen_child_open(screen, &child, OPEN);
}

static enum ga_reply run_command(struct ga_screen *screen, int id)
{
    struct birthday_page *page = state_of(screen);
    if (id == OPEN) {
        open_file(screen);
        return GA_REDRAW;
    }
    if (id == MINE)
        page->owner = page->owner == NULL ? ga_store_user(page->shown.session->store) : NULL;
    else
        page->with_others = !page->with_others;
    ga_list_page_read(screen);
    return GA_REDRAW;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    ga_list_page_read(screen);
    if (result->is_done)
        screen->result.is_done = true;
}

static bool offers(const struct ga_screen *screen, int id)
{
    return id != OPEN || state_of(screen)->shown.count > 0;
}

static const struct ga_tui_command commands[] = {
    {OPEN, {GA_KEY_ENTER}, GA_N_("The file"), GA_N_("open the child's file"), GA_COMMAND_IN_BAR},
    {MINE, {'m', GA_KEY_F(7)}, GA_N_("Mine/all"), GA_N_("only my own children, or the whole school"), GA_COMMAND_IN_BAR},
    {WHOM, {'a', GA_KEY_F(5)}, GA_N_("Every child"), GA_N_("children who are not left behind as well, or not"), GA_COMMAND_IN_BAR},
};

const struct ga_screen_ops ga_screen_birthdays = {
    .name = "birthdays",
    .title = GA_N_("Birthdays of this week and the next"),
    .help = GA_N_("Left-behind children whose birthday falls into this week or the next, from Monday on: by the official date, "
                  "and by the lunar one where the file says so. Enter opens the file; n there writes down what was done."),
    .state_bytes = sizeof(struct birthday_page),
    .commands = GA_KEYMAP(commands),
    .enter = enter,
    .leave = ga_list_page_leave,
    GA_LIST_PAGE_OPS,
    .command = run_command,
    .offers = offers,
    .resumed = resumed,
    .about = about,
};
