/* Takes in what lies on a stick, writes what is here on it, says who was heard of. */
#include "guanai/screen/sync.h"

#include "guanai/app/county.h"
#include "guanai/app/guest.h"
#include "guanai/app/sync_matters.h"
#include "guanai/base/num.h"
#include "guanai/screen/conflicts.h"
#include "guanai/screen/county.h"
#include "guanai/screen/enrol.h"
#include "guanai/screen/guests.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "parts/menu.h"
#include "parts/words.h"
#include "sync/own_files_line.h"
#include "sync/stick_pick.h"
#include "sync/sync_steps.h"
#include "sync/sync_words.h"

enum line { BOTH = 1, TAKE, WRITE, CONFLICTS, ENROL, COUNTY, GUESTS, STICK };

struct page {
    struct ga_session *session;
    struct ga_menu menu;
    struct ga_stick_pick sticks;
    struct ga_sync_steps steps;
    enum ga_sync_do doing;          /* what the stick is asked for */
    struct ga_sync_matters matters; /* in `lines` */
    struct ga_arena lines;          /* of what is shown */
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

/* ---- what is shown ---- */

static void say(struct page *page, enum ga_style style, const char *text)
{
    ga_menu_say(&page->menu, style, text, NULL);
}

static void say_sites(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_vec sites;
    struct ga_error err = {0};
    ga_vec_init(&sites, sizeof(struct ga_sync_site));
    if (ga_sync_sites(page->session, &sites, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_sync_words_own_guest(&page->menu, &page->lines, lang, page->session);
    say(page, GA_STYLE_LABEL, ga_tr(lang, "The other computers"));
    for (size_t i = 0; i < page->matters.gaps_count; i++)
        say(page, GA_STYLE_WARNING, ga_sync_words_gap(&page->lines, lang, &page->matters.gaps[i]));
    for (size_t i = 0; i < sites.len; i++)
        if (!GA_VEC_AT(struct ga_sync_site, &sites, i)->is_own)
            ga_sync_words_site(&page->menu, &page->lines, lang, ga_vec_at(&sites, i));
    ga_sync_words_papers(&page->menu, &page->lines, lang, page->session);
    if (sites.len <= 1)
        say(page, GA_STYLE_NORMAL, ga_tr(lang, "None belongs to this school yet: 5 lets one join."));
    ga_vec_finish(&sites);
}

/* A guest lets nobody in; a county has none. */
static void add_company(struct ga_session *session, struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang)
{
    const bool is_guest = ga_guest_is_here(session), is_county = ga_county_is_here(session);
    if (!is_guest)
        ga_menu_add(menu, ENROL, '5', ga_tr(lang, "Let a new computer join the school"), NULL);
    ga_own_files_line_add(session, menu, arena, lang);
    if (!is_guest)
        ga_menu_add(menu, COUNTY, '7', ga_tr(lang, is_county ? GA_N_("The schools of this county") : GA_N_("The county")), NULL);
    if (!is_county)
        ga_menu_add(menu, GUESTS, '8', ga_tr(lang, "Guests: computers of one class or one site"), NULL);
}

static void list_again(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_menu *menu = &page->menu;
    const int selected = ga_menu_selected(menu);
    ga_menu_clear(menu);
    ga_arena_reset(&page->lines);
    page->matters = (struct ga_sync_matters){.conflicts = 0};
    ga_sync_matters(page->session, &page->lines, &page->matters, NULL);
    ga_menu_add(menu, BOTH, '1', ga_tr(lang, "Take in what is on the stick, then write ours on it"), NULL);
    ga_menu_add(menu, TAKE, '2', ga_tr(lang, "Only take in"), NULL);
    ga_menu_add(menu, WRITE, '3', ga_tr(lang, "Only write"), NULL);
    if (page->matters.conflicts > 0)
        ga_menu_add(menu, CONFLICTS, '4',
                    ga_words_say(&page->lines, lang, GA_N_("Answered differently: %1 to be settled"), GA_NUM(page->matters.conflicts)), NULL);
    add_company(page->session, menu, &page->lines, lang);
    say(page, GA_STYLE_NORMAL, "");
    ga_sync_steps_say(&page->steps, menu, &page->lines, lang);
    if (page->steps.doing == GA_SYNC_DO_BOTH && page->steps.stages[GA_SYNC_STICK] == GA_SYNC_FAILED)
        say(page, GA_STYLE_STRONG, ga_tr(lang, "What lies on it can still be taken in: press 2."));
    say_sites(screen);
    ga_sync_words_kept(menu, &page->lines, lang, page->session);
    ga_menu_settle(menu, selected != 0 ? selected : BOTH);
}

/* The page has been painted once: now what takes a while. */
static bool work(struct ga_screen *screen)
{
    ga_sync_steps_work(&state_of(screen)->steps, screen);
    list_again(screen);
    return false;
}

/* ---- the page ---- */

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct page *page = state_of(screen);
    (void)arg;
    (void)err;
    page->session = ga_screen_session(screen);
    ga_menu_init(&page->menu);
    ga_stick_pick_init(&page->sticks, page->session);
    ga_sync_steps_init(&page->steps, page->session);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_menu_finish(&page->menu);
    ga_stick_pick_finish(&page->sticks);
    ga_sync_steps_finish(&page->steps);
    ga_arena_finish(&page->lines);
}

static void layout(struct ga_screen *screen, struct ga_area area)
{
    (void)area;
    list_again(screen);
}

static void paint(struct ga_screen *screen, struct ga_canvas *canvas)
{
    ga_menu_paint(&state_of(screen)->menu, canvas, screen->area, true, ga_screen_lang(screen));
}

static enum ga_reply choose(struct ga_screen *screen, int id)
{
    if (ga_own_files_line_opens(screen, id))
        return GA_REDRAW;
    static const struct {
        const struct ga_screen_ops *ops; /* NULL: done with a stick */
        enum ga_sync_do doing;
    } ways[] = {[BOTH] = {NULL, GA_SYNC_DO_BOTH}, [TAKE] = {NULL, GA_SYNC_DO_TAKE}, [WRITE] = {NULL, GA_SYNC_DO_WRITE},
                [CONFLICTS] = {&ga_screen_conflicts, 0}, [ENROL] = {&ga_screen_enrol, 0}, [COUNTY] = {&ga_screen_county, 0},
                [GUESTS] = {&ga_screen_guests, 0}};
    struct page *page = state_of(screen);
    if (id == 0)
        return GA_HANDLED;
    page->doing = ways[id].doing;
    if (ways[id].ops != NULL)
        ga_screen_push(screen, ways[id].ops, NULL, id);
    else
        ga_stick_pick_open(&page->sticks, screen, STICK);
    return GA_REDRAW;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    int id;
    return ga_menu_chooses(&state_of(screen)->menu, event, &id) ? choose(screen, id) : ga_menu_event(&state_of(screen)->menu, event);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct page *page = state_of(screen);
    const char *folder;
    if (result->tag == STICK && ga_stick_pick_take(&page->sticks, screen, result, &folder))
        ga_sync_steps_begin(&page->steps, screen, page->doing, folder);
    else
        list_again(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == STICK && !state_of(screen)->sticks.is_typing)
        ga_stick_pick_open(&state_of(screen)->sticks, screen, tag);
}

const struct ga_screen_ops ga_screen_sync = {
    .name = "sync",
    .title = GA_N_("Exchange by stick"),
    .help = GA_N_("What was saved here goes to the other computers of the school by stick, what was saved there comes here. Put the "
                  "stick in, choose 1, choose the stick; it can be pulled out when the page says so. Taking in twice does no harm "
                  "and nothing is ever overwritten: where two people answered differently both answers are kept, and the page "
                  "asks for one of them. What lies on the stick can be read by the computers of this school only; nothing else "
                  "on it is touched."),
    .state_bytes = sizeof(struct page),
    .enter = enter,
    .leave = leave,
    .layout = layout,
    .paint = paint,
    .event = take_event,
    .work = work,
    .resumed = resumed,
    .reword = reword,
};
