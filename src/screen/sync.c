/* Takes in what lies on a stick, writes what is here on it, says who was heard of. */
#include "guanai/screen/sync.h"

#include "guanai/app/sticks.h"
#include "guanai/app/sync.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/conflicts.h"
#include "guanai/screen/session.h"
#include "guanai/store/conflict.h"
#include "guanai/tui/loop.h"
#include "menu.h"
#include "own_files_line.h"
#include "stick_pick.h"
#include "words.h"

enum line { BOTH = 1, TAKE, WRITE, CONFLICTS, STICK };

struct page {
    struct ga_session *session;
    struct ga_menu menu;
    struct ga_stick_pick sticks;
    enum line doing;     /* what the stick is asked for, then done with; 0: nothing */
    const char *folder;
    struct ga_vec taken; /* struct ga_sync_taken, as of the last time */
    struct ga_sync_written written; /* path NULL: nothing was */
    struct ga_arena arena, lines;   /* of what was done; of what is shown */
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

static void say_site(struct page *page, enum ga_lang lang, const struct ga_sync_site *site)
{
    char day[GA_DATE_SIZE];
    const char *label = site->peer.label[0] != '\0' ? site->peer.label : ga_tr(lang, "a computer without a name");
    const char *heard = site->peer.heard_day == 0
                            ? ga_tr(lang, "never heard of")
                            : ga_words_say(&page->lines, lang, GA_N_("last heard of %1, bundle %2"),
                                           ga_arena_strdup(&page->lines, ga_date_text_short(ga_date_from_days(site->peer.heard_day), lang, day)),
                                           GA_NUM(site->peer.heard_bundle));
    const char *gaps = site->state.gaps > 0 ? ga_tr(lang, ", something is missing in between") : "";
    const char *lacks = site->to_send > 0 ? ga_words_say(&page->lines, lang, GA_N_(", lacks %1 saves of ours"), GA_NUM(site->to_send)) : "";
    ga_menu_say(&page->menu, site->state.gaps > 0 ? GA_STYLE_WARNING : GA_STYLE_NORMAL, ga_arena_strdup(&page->lines, label),
                ga_arena_printf(&page->lines, "%s%s%s", heard, gaps, lacks));
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
    say(page, GA_STYLE_LABEL, ga_tr(lang, "The other computers"));
    for (size_t i = 0; i < sites.len; i++)
        if (!GA_VEC_AT(struct ga_sync_site, &sites, i)->is_own)
            say_site(page, lang, ga_vec_at(&sites, i));
    if (sites.len <= 1)
        say(page, GA_STYLE_NORMAL, ga_tr(lang, "None belongs to this school yet: guanai sync pair lets one join."));
    ga_vec_finish(&sites);
}

/* "石桥教学点 第 3 包：收到 12 次保存，生效 12，已有 0，暂存 0，拒收 0" */
static void say_taken(struct page *page, enum ga_lang lang, const struct ga_sync_taken *taken)
{
    const uint64_t *counts = taken->received.transactions;
    struct ga_str why = {0};
    const char *from = taken->label[0] != '\0' ? ga_words_say(&page->lines, lang, GA_N_("%1, bundle %2"), taken->label, GA_NUM(taken->number))
                                               : taken->name;
    say(page, taken->outcome <= GA_SYNC_KNOWN ? GA_STYLE_NORMAL : GA_STYLE_WARNING,
        ga_arena_printf(&page->lines, "%s  %s", from, ga_tr(lang, ga_sync_outcome_text(taken->outcome))));
    if (taken->outcome == GA_SYNC_TAKEN)
        say(page, counts[GA_PARCEL_HELD] + counts[GA_PARCEL_REFUSED] > 0 ? GA_STYLE_WARNING : GA_STYLE_OK,
            ga_words_say(&page->lines, lang, GA_N_("    in force %1, here already %2, held %3, refused %4; %5 records"),
                         GA_NUM(counts[GA_PARCEL_APPLIED]), GA_NUM(counts[GA_PARCEL_KNOWN]), GA_NUM(counts[GA_PARCEL_HELD]),
                         GA_NUM(counts[GA_PARCEL_REFUSED]), GA_NUM(taken->received.records)));
    if (taken->gap.first > 0)
        say(page, GA_STYLE_WARNING, ga_words_say(&page->lines, lang, GA_N_("    bundles %1 to %2 are missing here"),
                                                 GA_NUM(taken->gap.first), GA_NUM(taken->gap.last)));
    if (taken->received.has_new_site)
        say(page, GA_STYLE_WARNING, ga_tr(lang, "    a copy of this computer's data is used elsewhere: both are kept"));
    if (taken->why.rc != GA_OK) {
        ga_error_text(&taken->why, lang, &why);
        say(page, GA_STYLE_WARNING, ga_arena_printf(&page->lines, "    %s", ga_str_text(&why)));
    }
    ga_str_finish(&why);
}

static void say_done(struct page *page, enum ga_lang lang)
{
    if (page->taken.len == 0 && page->written.path == NULL)
        return;
    say(page, GA_STYLE_LABEL, ga_tr(lang, "Done just now"));
    for (size_t i = 0; i < page->taken.len; i++)
        say_taken(page, lang, ga_vec_at(&page->taken, i));
    if (page->written.path != NULL)
        say(page, GA_STYLE_OK, ga_words_say(&page->lines, lang, GA_N_("Written as bundle %1: %2 saves, read back and verified"),
                                            GA_NUM(page->written.number), GA_NUM(page->written.transactions)));
}

static void list_again(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    struct ga_menu *menu = &page->menu;
    int64_t conflicts = 0;
    const int selected = ga_menu_selected(menu);
    ga_menu_clear(menu);
    ga_arena_reset(&page->lines);
    ga_conflict_count(page->session->store, &conflicts, NULL);
    ga_menu_add(menu, BOTH, '1', ga_tr(lang, "Take in what is on the stick, then write ours on it"), NULL);
    ga_menu_add(menu, TAKE, '2', ga_tr(lang, "Only take in"), NULL);
    ga_own_files_line_add(page->session, menu, &page->lines, lang);
    ga_menu_add(menu, WRITE, '3', ga_tr(lang, "Only write"), NULL);
    if (conflicts > 0)
        ga_menu_add(menu, CONFLICTS, '4', ga_words_say(&page->lines, lang, GA_N_("Answered differently: %1 to be settled"), GA_NUM(conflicts)), NULL);
    say(page, GA_STYLE_NORMAL, "");
    say_done(page, lang);
    say_sites(screen);
    ga_menu_settle(menu, selected != 0 ? selected : BOTH);
}

/* ---- what is done ---- */

static bool step(void *ctx, int64_t done, int64_t total)
{
    struct ga_screen *screen = ctx;
    return !ga_ui_progress(screen->ui, ga_screen_tr(screen, "Exchanging"), done, total);
}

static enum ga_rc take(struct ga_screen *screen, struct ga_error *err)
{
    struct page *page = state_of(screen);
    const struct ga_progress progress = {step, screen};
    const enum ga_rc rc = ga_sync_take(page->session, page->folder, &progress, &page->arena, &page->taken, err);
    return rc == GA_NOT_FOUND && page->doing == BOTH ? GA_OK : rc; /* nothing lies there yet */
}

static enum ga_rc write_ours(struct ga_screen *screen, struct ga_error *err)
{
    struct page *page = state_of(screen);
    const struct ga_progress progress = {step, screen};
    const struct ga_sync_export what = {.place = page->folder, .progress = &progress};
    return ga_sync_write(page->session, &what, &page->arena, &page->written, err);
}

/* The page has been painted once: now what takes a while. */
static bool work(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    bool is_stick = false;
    enum ga_rc rc = GA_OK;
    if (page->doing != WRITE)
        rc = take(screen, &err);
    if (rc == GA_OK && page->doing != TAKE)
        rc = write_ours(screen, &err);
    if (rc == GA_OK)
        rc = ga_session_stick_let_go(page->session, page->folder, &is_stick, &err);
    if (rc == GA_OK && page->written.path != NULL)
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("%1 saves verified on the stick: it can be pulled out"), GA_NUM(page->written.transactions));
    else if (rc == GA_OK)
        ga_words_tell(screen->ui, GA_STYLE_OK, GA_N_("The stick can be pulled out"));
    else
        ga_ui_say_error(screen->ui, &err);
    page->doing = 0;
    ga_screen_set_status(screen, "");
    list_again(screen);
    return false;
}

static void begin(struct ga_screen *screen, const char *folder)
{
    struct page *page = state_of(screen);
    page->folder = ga_arena_strdup(&screen->arena, folder);
    ga_vec_clear(&page->taken);
    page->written = (struct ga_sync_written){.path = NULL};
    ga_arena_reset(&page->arena);
    ga_screen_set_status(screen, ga_screen_tr(screen, "working on the stick: leave it in …"));
    ga_screen_start_work(screen);
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
    ga_vec_init(&page->taken, sizeof(struct ga_sync_taken));
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_menu_finish(&page->menu);
    ga_stick_pick_finish(&page->sticks);
    ga_vec_finish(&page->taken);
    ga_arena_finish(&page->arena);
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
    struct page *page = state_of(screen);
    if (id == CONFLICTS) {
        ga_screen_push(screen, &ga_screen_conflicts, NULL, CONFLICTS);
    } else if (id > 0) {
        page->doing = (enum line)id;
        ga_stick_pick_open(&page->sticks, screen, STICK);
    }
    return GA_REDRAW;
}

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    int id;
    return ga_menu_chooses(&state_of(screen)->menu, event, &id) ? choose(screen, id) : ga_menu_event(&state_of(screen)->menu, event);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const char *folder;
    if (result->tag == STICK && ga_stick_pick_take(&state_of(screen)->sticks, screen, result, &folder))
        begin(screen, folder);
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
