/* Takes in what lies on a stick, writes what is here on it, says who was heard of. */
#include "guanai/screen/sync.h"

#include "guanai/app/county.h"
#include "guanai/app/guest.h"
#include "guanai/app/own_files.h"
#include "guanai/app/sync_matters.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/conflicts.h"
#include "guanai/screen/county.h"
#include "guanai/screen/enrol.h"
#include "guanai/screen/form_changes.h"
#include "guanai/screen/guests.h"
#include "guanai/tui/loop.h"
#include "parts/menu_page.h"
#include "parts/words.h"
#include "sync/sync_steps.h"
#include "sync/sync_words.h"

struct page {
    struct ga_menu_page shown; /* first: menu_page.h */
    struct ga_sync_steps steps;
    struct ga_sync_matters matters; /* in the arena of what is shown */
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

/* ---- what is shown ---- */

static void say_sites(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_menu_page *shown = &page->shown;
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_vec sites;
    struct ga_error err = {0};
    ga_vec_init(&sites, sizeof(struct ga_sync_site));
    if (ga_sync_sites(shown->session, &sites, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    ga_sync_words_own_guest(&shown->menu, &shown->lines, lang, shown->session);
    ga_menu_page_say(shown, GA_STYLE_LABEL, ga_tr(lang, "The other computers"));
    for (size_t i = 0; i < page->matters.gaps_count; i++)
        ga_menu_page_say(shown, GA_STYLE_WARNING, ga_sync_words_gap(&shown->lines, lang, &page->matters.gaps[i]));
    if (page->matters.gaps_count > 0)
        ga_menu_page_say(shown, GA_STYLE_STRONG, ga_tr(lang, "To have it all: press 9 on this page there, then bring the stick here."));
    for (size_t i = 0; i < sites.len; i++)
        if (!GA_VEC_AT(struct ga_sync_site, &sites, i)->is_own)
            ga_sync_words_site(&shown->menu, &shown->lines, lang, ga_vec_at(&sites, i));
    ga_sync_words_papers(&shown->menu, &shown->lines, lang, shown->session);
    if (sites.len <= 1)
        ga_menu_page_say(shown, GA_STYLE_NORMAL, ga_tr(lang, "None belongs to this school yet: 5 lets one join."));
    ga_vec_finish(&sites);
}

/* ---- what can be chosen ---- */

static void do_both(struct ga_screen *screen)
{
    ga_sync_steps_ask(&state_of(screen)->steps, screen, GA_SYNC_DO_BOTH);
}

static void do_take(struct ga_screen *screen)
{
    ga_sync_steps_ask(&state_of(screen)->steps, screen, GA_SYNC_DO_TAKE);
}

static void do_write(struct ga_screen *screen)
{
    ga_sync_steps_ask(&state_of(screen)->steps, screen, GA_SYNC_DO_WRITE);
}

static void do_all(struct ga_screen *screen)
{
    ga_sync_steps_ask(&state_of(screen)->steps, screen, GA_SYNC_DO_ALL);
}

static const char *conflicts_words(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    return page->matters.conflicts == 0 ? NULL
                                        : ga_words_say(&page->shown.lines, ga_screen_lang(screen),
                                                       GA_N_("Answered differently: %1 to be settled"), GA_NUM(page->matters.conflicts));
}

/* A guest lets nobody in; a county has none. */
static const char *enrol_words(struct ga_screen *screen)
{
    return ga_guest_is_here(state_of(screen)->shown.session) ? NULL : ga_screen_tr(screen, "Let a new computer join the school");
}

static const char *own_files_words(struct ga_screen *screen)
{
    struct ga_menu_page *shown = &state_of(screen)->shown;
    size_t counts[GA_OWN_FILE_STATES];
    if (ga_own_files_count(shown->session, counts, NULL) != GA_OK)
        return NULL;
    const size_t theirs = counts[GA_OWN_FILE_THEIRS] + counts[GA_OWN_FILE_BOTH], ours = counts[GA_OWN_FILE_OURS];
    if (theirs + ours == 0)
        return NULL;
    return theirs > 0 ? ga_words_say(&shown->lines, ga_screen_lang(screen), GA_N_("Own forms of the school: %1 came and wait"), GA_NUM(theirs))
                      : ga_words_say(&shown->lines, ga_screen_lang(screen), GA_N_("Own forms of the school: %1 not handed on yet"), GA_NUM(ours));
}

static const char *county_words(struct ga_screen *screen)
{
    struct ga_session *session = state_of(screen)->shown.session;
    return ga_guest_is_here(session) ? NULL
                                     : ga_screen_tr(screen, ga_county_is_here(session) ? GA_N_("The schools of this county") : GA_N_("The county"));
}

static const char *guests_words(struct ga_screen *screen)
{
    return ga_county_is_here(state_of(screen)->shown.session) ? NULL : ga_screen_tr(screen, "Guests: computers of one class or one site");
}

/* A county writes what schools bring, or all of one (its own page). */
static const char *all_words(struct ga_screen *screen)
{
    const struct page *page = state_of(screen);
    return !page->matters.has_peers || ga_county_is_here(page->shown.session)
               ? NULL
               : ga_screen_tr(screen, "Write all once more: for a computer that lacks something");
}

static const struct ga_menu_page_row rows[] = {
    {'1', GA_N_("Take in what is on the stick, then write ours on it"), .opens = do_both},
    {'2', GA_N_("Only take in"), .opens = do_take},
    {'3', GA_N_("Only write"), .opens = do_write},
    {'4', .words = conflicts_words, .ops = &ga_screen_conflicts},
    {'5', .words = enrol_words, .ops = &ga_screen_enrol},
    {'6', .words = own_files_words, .ops = &ga_screen_form_changes},
    {'7', .words = county_words, .ops = &ga_screen_county},
    {'8', .words = guests_words, .ops = &ga_screen_guests},
    {'9', .words = all_words, .opens = do_all},
};

static void list(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_menu_page *shown = &page->shown;
    const enum ga_lang lang = ga_screen_lang(screen);
    page->matters = (struct ga_sync_matters){.conflicts = 0};
    ga_sync_matters(shown->session, &shown->lines, &page->matters, NULL);
    ga_menu_page_add_rows(screen, rows, GA_COUNT(rows));
    ga_menu_page_say(shown, GA_STYLE_NORMAL, "");
    ga_sync_steps_say(&page->steps, &shown->menu, &shown->lines, lang);
    if (page->steps.can_take_in)
        ga_menu_page_say(shown, GA_STYLE_STRONG, ga_tr(lang, "What lies on it can still be taken in: press 2."));
    say_sites(screen);
    ga_sync_words_kept(&shown->menu, &shown->lines, lang, shown->session);
}

/* ---- the page ---- */

static const struct ga_menu_page_kind kind = {.list = list};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    struct page *page = state_of(screen);
    (void)arg;
    (void)err;
    ga_menu_page_begin(screen, &kind);
    ga_sync_steps_init(&page->steps, page->shown.session);
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_menu_page_leave(screen);
    ga_sync_steps_finish(&page->steps);
}

/* The page has been painted once: now what takes a while. */
static bool work(struct ga_screen *screen)
{
    ga_sync_steps_work(&state_of(screen)->steps, screen);
    ga_menu_page_list(screen);
    return false;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (!ga_sync_steps_take(&state_of(screen)->steps, screen, result))
        ga_menu_page_list(screen);
}

/* Nothing else is asked here. */
static void reword(struct ga_screen *screen, int tag)
{
    ga_stick_pick_reword(&state_of(screen)->steps.sticks, screen, tag);
}

const struct ga_screen_ops ga_screen_sync = {
    .name = "sync",
    .title = GA_N_("Exchange by stick"),
    .help = GA_N_("What was saved here goes to the other computers of the school by stick, what was saved there comes here. Put the "
                  "stick in, choose 1, choose the stick; it can be pulled out when the page says so. Taking in twice does no harm "
                  "and nothing is ever overwritten: where two people answered differently both answers are kept, and the page "
                  "asks for one of them. What lies on the stick can be read by the computers of this school only; nothing else "
                  "on it is touched. Where bundles of a computer are missing, press 9 there: it writes all that it has once more."),
    .state_bytes = sizeof(struct page),
    .enter = enter,
    .leave = leave,
    GA_MENU_PAGE_OPS,
    .work = work,
    .resumed = resumed,
    .reword = reword,
};
