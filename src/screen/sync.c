/* Takes in what lies on a stick, writes what is here on it, says who was heard of. */
#include "guanai/screen/sync.h"

#include "guanai/app/sticks.h"
#include "guanai/app/sync.h"
#include "guanai/app/sync_matters.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/conflicts.h"
#include "guanai/screen/enrol.h"
#include "guanai/screen/session.h"
#include "guanai/tui/loop.h"
#include "menu.h"
#include "own_files_line.h"
#include "stick_pick.h"
#include "sync_words.h"
#include "words.h"

#include <string.h>

enum line { BOTH = 1, TAKE, WRITE, CONFLICTS, ENROL, STICK };
enum step { STEP_STICK, STEP_TAKE, STEP_WRITE, STEP_CHECK, STEPS };
enum step_state { STEP_WAITS, STEP_LEFT_OUT, STEP_DONE, STEP_FAILED };

struct page {
    struct ga_session *session;
    struct ga_menu menu;
    struct ga_stick_pick sticks;
    enum line doing;     /* what the stick is asked for, then done with; 0: nothing */
    const char *folder;  /* of the last time; NULL: nothing was done here yet */
    enum step_state steps[STEPS];
    struct ga_error failed; /* why the step that failed did */
    struct ga_vec taken; /* struct ga_sync_taken */
    struct ga_sync_written written; /* path NULL: nothing was */
    struct ga_sync_matters matters; /* in `lines` */
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
    for (size_t i = 0; i < page->matters.gaps_count; i++)
        say(page, GA_STYLE_WARNING, ga_sync_words_gap(&page->lines, lang, &page->matters.gaps[i]));
    for (size_t i = 0; i < sites.len; i++)
        if (!GA_VEC_AT(struct ga_sync_site, &sites, i)->is_own)
            ga_sync_words_site(&page->menu, &page->lines, lang, ga_vec_at(&sites, i));
    if (sites.len <= 1)
        say(page, GA_STYLE_NORMAL, ga_tr(lang, "None belongs to this school yet: 5 lets one join."));
    ga_vec_finish(&sites);
}

/* ---- the four steps ---- */

static const char *const step_names[STEPS] = {
    [STEP_STICK] = GA_N_("1 The stick"), [STEP_TAKE] = GA_N_("2 Take in"), [STEP_WRITE] = GA_N_("3 Write"), [STEP_CHECK] = GA_N_("4 Pull out")};

/* Of all bundles: "收到 24 次保存：生效 20，已有 4，暂存 0，拒收 0" */
static const char *taken_text(struct page *page, enum ga_lang lang)
{
    uint64_t counts[GA_PARCEL_STATES] = {0}, all = 0;
    for (size_t i = 0; i < page->taken.len; i++)
        for (size_t k = 0; k < GA_PARCEL_STATES; k++)
            counts[k] += GA_VEC_AT(struct ga_sync_taken, &page->taken, i)->received.transactions[k];
    for (size_t k = 0; k < GA_PARCEL_STATES; k++)
        all += counts[k];
    if (all == 0)
        return ga_tr(lang, page->taken.len == 0 ? GA_N_("nothing of another computer lies there") : GA_N_("nothing new"));
    return ga_words_say(&page->lines, lang, GA_N_("received %1 saves: in force %2, here already %3, held %4, refused %5"), GA_NUM(all),
                        GA_NUM(counts[GA_PARCEL_APPLIED]), GA_NUM(counts[GA_PARCEL_KNOWN]), GA_NUM(counts[GA_PARCEL_HELD]),
                        GA_NUM(counts[GA_PARCEL_REFUSED]));
}

static const char *step_text(struct page *page, enum step step, enum ga_lang lang)
{
    if (step == STEP_STICK)
        return page->folder;
    if (step == STEP_TAKE)
        return taken_text(page, lang);
    if (step == STEP_WRITE)
        return ga_words_say(&page->lines, lang, GA_N_("sent %1 saves as bundle %2"), GA_NUM(page->written.transactions),
                            GA_NUM(page->written.number));
    return page->written.path == NULL ? ga_tr(lang, "The stick can be pulled out")
                                      : ga_words_say(&page->lines, lang, GA_N_("%1 saves verified on the stick: it can be pulled out"),
                                                     GA_NUM(page->written.transactions));
}

/* A sentence that went wrong is not cut off at the edge of its column: it has lines of its own. */
static void say_failed(struct page *page, enum ga_lang lang)
{
    char text[400];
    ga_message_text(&page->failed.what, lang, text, sizeof(text));
    say(page, GA_STYLE_ERROR, ga_arena_printf(&page->lines, "  %s", text));
    if (page->failed.hint.id == NULL)
        return;
    ga_message_text(&page->failed.hint, lang, text, sizeof(text));
    say(page, GA_STYLE_ERROR, ga_arena_printf(&page->lines, "  %s", text));
}

static void say_step(struct page *page, enum step step, enum ga_lang lang)
{
    const enum step_state state = page->steps[step];
    static const char *const states[] = {[STEP_WAITS] = GA_N_("not done"), [STEP_LEFT_OUT] = GA_N_("not this time"),
                                         [STEP_FAILED] = GA_N_("not finished")};
    ga_menu_say(&page->menu, state == STEP_FAILED ? GA_STYLE_ERROR : state == STEP_DONE ? GA_STYLE_OK : GA_STYLE_DIM,
                ga_tr(lang, step_names[step]), state == STEP_DONE ? step_text(page, step, lang) : ga_tr(lang, states[state]));
    if (state == STEP_FAILED)
        say_failed(page, lang);
    for (size_t i = 0; step == STEP_TAKE && i < page->taken.len; i++)
        ga_sync_words_taken(&page->menu, &page->lines, lang, ga_vec_at(&page->taken, i));
}

static void say_done(struct page *page, enum ga_lang lang)
{
    if (page->folder == NULL)
        return;
    say(page, GA_STYLE_LABEL, ga_tr(lang, "Done just now"));
    for (enum step step = 0; step < STEPS; step++)
        say_step(page, step, lang);
    say(page, GA_STYLE_NORMAL, "");
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
    ga_own_files_line_add(page->session, menu, &page->lines, lang);
    ga_menu_add(menu, WRITE, '3', ga_tr(lang, "Only write"), NULL);
    if (page->matters.conflicts > 0)
        ga_menu_add(menu, CONFLICTS, '4',
                    ga_words_say(&page->lines, lang, GA_N_("Answered differently: %1 to be settled"), GA_NUM(page->matters.conflicts)), NULL);
    ga_menu_add(menu, ENROL, '5', ga_tr(lang, "Let a new computer join the school"), NULL);
    say(page, GA_STYLE_NORMAL, "");
    say_done(page, lang);
    say_sites(screen);
    ga_sync_words_kept(menu, &page->lines, lang, page->session);
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

static enum ga_rc let_go(struct ga_screen *screen, struct ga_error *err)
{
    bool is_stick;
    return ga_session_stick_let_go(state_of(screen)->session, state_of(screen)->folder, &is_stick, err);
}

/* Before anything is taken in: whoever is to write must find room and a stick that takes it. */
static enum ga_rc look_at(struct ga_screen *screen, struct ga_error *err)
{
    const struct page *page = state_of(screen);
    return page->doing == TAKE ? GA_OK : ga_session_stick_check(page->session, page->folder, 0, err);
}

/* One after the other; what failed leaves the ones behind it undone. */
static enum ga_rc run_steps(struct ga_screen *screen, struct ga_error *err)
{
    static enum ga_rc (*const runs[STEPS])(struct ga_screen *screen, struct ga_error *err) = {
        [STEP_STICK] = look_at, [STEP_TAKE] = take, [STEP_WRITE] = write_ours, [STEP_CHECK] = let_go};
    struct page *page = state_of(screen);
    enum ga_rc rc = GA_OK;
    for (enum step step = 0; rc == GA_OK && step < STEPS; step++) {
        if (page->steps[step] == STEP_LEFT_OUT)
            continue;
        rc = runs[step](screen, err);
        page->steps[step] = rc == GA_OK ? STEP_DONE : STEP_FAILED;
    }
    return rc;
}

/* The page has been painted once: now what takes a while. */
static bool work(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    page->failed = (struct ga_error){.rc = GA_OK};
    const enum ga_rc rc = run_steps(screen, &page->failed);
    if (rc == GA_OK)
        ga_words_tell(screen->ui, GA_STYLE_OK, "%1", step_text(page, STEP_CHECK, ga_screen_lang(screen)));
    else
        ga_ui_say_error(screen->ui, &page->failed);
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
    memset(page->steps, 0, sizeof(page->steps));
    if (page->doing == WRITE)
        page->steps[STEP_TAKE] = STEP_LEFT_OUT;
    if (page->doing == TAKE)
        page->steps[STEP_WRITE] = STEP_LEFT_OUT;
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
    if (id == CONFLICTS || id == ENROL) {
        ga_screen_push(screen, id == ENROL ? &ga_screen_enrol : &ga_screen_conflicts, NULL, id);
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
