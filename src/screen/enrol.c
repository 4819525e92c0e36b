/* Lets a new computer join the school, says at each step what to do next. */
#include "guanai/screen/enrol.h"

#include "guanai/app/sticks.h"
#include "guanai/app/sync.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "menu.h"
#include "stick_pick.h"
#include "words.h"

#include <string.h>

/* What is asked, by a digit on the page or in a dialog; the tags of the dialogs too. */
enum line { AS_SCHOOL = 1, AS_NEW, STICK, DIGITS, NAME, SAME };

/* What was done last, so what comes next. */
enum done { NOTHING, INVITED, NO_INVITATION, ASKED, ANSWERED, JOINED, BELONGED, DIFFERENT, DONES };

struct page {
    struct ga_session *session;
    struct ga_menu menu;
    struct ga_stick_pick sticks;
    bool is_new;         /* this is the computer that joins */
    enum line doing;     /* while the page works: the question that was answered */
    enum done done;
    const char *folder;  /* of the stick chosen last */
    const char *typed;   /* what the new computer is called */
    struct ga_sync_pairing pairing;
    struct ga_sync_written written; /* path NULL: nothing was */
    uint64_t taken;      /* saves that came */
    struct ga_arena arena, lines;   /* of what was done; of what is shown */
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

/* ---- what is shown ---- */

/* What was done, what comes next; "%1" is who the other one is. NULL: nothing to say there. */
static const struct {
    enum ga_style style;
    const char *is, *next, *more; /* GA_N_ */
    bool shows_digits;
} words[DONES] = {
    [INVITED] = {GA_STYLE_OK, GA_N_("Step 1 is done: the invitation is on the stick, it can be pulled out."),
                 GA_N_("Next: put the stick into the new computer, open this page there and press 2."), NULL, false},
    [NO_INVITATION] = {GA_STYLE_WARNING, GA_N_("No invitation of the school lies on this stick."),
                       GA_N_("First: put it into the school's computer, open this page there and press 1."), NULL, false},
    [ASKED] = {GA_STYLE_OK, GA_N_("Step 2 is done: %1 is asked. Pull the stick out. The six groups:"),
               GA_N_("Write them down or photograph them; they stay until you leave this page."),
               GA_N_("Next: put the stick into the school's computer and press 1 on this page there."), true},
    [ANSWERED] = {GA_STYLE_OK, GA_N_("Step 3 is done: %1 is let in, all the school has lies on the stick."),
                  GA_N_("Next: put the stick into the new computer and press 2 on this page there."), NULL, false},
    [JOINED] = {GA_STYLE_OK, GA_N_("All done: this computer belongs to %1."),
                GA_N_("From now on: take the stick along, press 1 under Exchange by stick."), NULL, false},
    [BELONGED] = {GA_STYLE_OK, GA_N_("This computer belongs to %1 already: nothing is left to do."), NULL, NULL, false},
    [DIFFERENT] = {GA_STYLE_ERROR, GA_N_("The digits are not the same: nothing was done."),
                   GA_N_("Look at both pages again. If they differ still, another computer asked:"),
                   GA_N_("take another stick and begin anew with 1."), false},
};

static void say(struct page *page, enum ga_style style, const char *text)
{
    ga_menu_say(&page->menu, style, text, NULL);
}

static void say_digits(struct page *page)
{
    const char *digits = page->pairing.digits;
    enum { HALF = 17 }; /* "12345 12345 12345" */
    if (strlen(digits) <= HALF)
        return;
    say(page, GA_STYLE_NORMAL, "");
    say(page, GA_STYLE_STRONG, ga_arena_printf(&page->lines, "      %.*s", HALF, digits));
    say(page, GA_STYLE_STRONG, ga_arena_printf(&page->lines, "      %s", digits + HALF + 1));
    say(page, GA_STYLE_NORMAL, "");
}

static void say_moved(struct page *page, enum ga_lang lang)
{
    if (page->done == ANSWERED && page->written.path != NULL)
        say(page, GA_STYLE_NORMAL, ga_words_say(&page->lines, lang, GA_N_("%1 saves verified on the stick: it can be pulled out"),
                                                GA_NUM(page->written.transactions)));
    if (page->done == JOINED)
        say(page, GA_STYLE_NORMAL, ga_words_say(&page->lines, lang, GA_N_("%1 saves came from the school."), GA_NUM(page->taken)));
}

static void say_done(struct page *page, enum ga_lang lang)
{
    if (page->done == NOTHING)
        return;
    say(page, words[page->done].style, ga_words_say(&page->lines, lang, words[page->done].is, page->pairing.label));
    if (words[page->done].shows_digits)
        say_digits(page);
    say_moved(page, lang);
    if (words[page->done].next != NULL)
        say(page, GA_STYLE_STRONG, ga_tr(lang, words[page->done].next));
    if (words[page->done].more != NULL)
        say(page, GA_STYLE_STRONG, ga_tr(lang, words[page->done].more));
    say(page, GA_STYLE_NORMAL, "");
}

static const char *const way[] = {
    GA_N_("How it goes, with one stick, in about a minute:"),
    GA_N_("  1. The school's computer: press 1. It writes an invitation on the stick."),
    GA_N_("  2. The new computer: press 2. It asks, and shows six groups of digits."),
    GA_N_("  3. The school's computer: press 1. The same six groups? Let it in."),
    GA_N_("  4. The new computer: press 2. It has all that the school has."),
    GA_N_("Interrupted? Press the same key with the stick in: it goes on from there."),
};

static void list_again(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const int selected = ga_menu_selected(&page->menu);
    ga_menu_clear(&page->menu);
    ga_arena_reset(&page->lines);
    ga_menu_add(&page->menu, AS_SCHOOL, '1', ga_tr(lang, "This is the school's computer: let a new one join"), NULL);
    ga_menu_add(&page->menu, AS_NEW, '2', ga_tr(lang, "This is the new computer: join the school"), NULL);
    say(page, GA_STYLE_NORMAL, "");
    say_done(page, lang);
    for (size_t i = 0; i < GA_COUNT(way); i++)
        say(page, i == 0 ? GA_STYLE_LABEL : GA_STYLE_DIM, ga_tr(lang, way[i]));
    ga_menu_settle(&page->menu, selected != 0 ? selected : AS_SCHOOL);
}

static void say_error(struct ga_screen *screen, enum ga_rc rc, const struct ga_error *err)
{
    struct page *page = state_of(screen);
    page->done = rc == GA_DENIED && !page->is_new ? DIFFERENT : NOTHING;
    ga_ui_say_error(screen->ui, err);
    list_again(screen);
}

/* ---- what is asked ---- */

static void ask_digits(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const struct ga_dialog_ask ask = {
        .title = ga_screen_tr(screen, "Are the six groups the same?"),
        .text = ga_words_say(&page->arena, ga_screen_lang(screen),
                             GA_N_("%1 asks to be let in.\n\n%2\n\nDoes the new computer show just these six groups? Type y when they are "
                                   "the same, or one or more of the groups it shows."),
                             page->pairing.label, page->pairing.digits),
        .initial = "", .max_chars = GA_SYNC_DIGITS_SIZE};
    ga_dialog_ask(screen, &ask, DIGITS);
}

static const char *own_name(struct page *page, enum ga_lang lang)
{
    const struct ga_config *config = &page->session->config;
    for (size_t i = 0; i < config->sites_count; i++)
        if (config->sites[i].is_own && config->sites_count > 1)
            return ga_label_text(&config->sites[i].label, lang);
    return "";
}

static void ask_name(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const enum ga_lang lang = ga_screen_lang(screen);
    const struct ga_dialog_ask ask = {
        .title = ga_screen_tr(screen, "What is this computer called?"),
        .text = ga_words_say(&page->arena, lang,
                             GA_N_("%1 invites this computer. Type the name people know it by, the teaching point's for example."),
                             page->pairing.label),
        .initial = own_name(page, lang), .max_chars = 30};
    ga_dialog_ask(screen, &ask, NAME);
}

static void ask_same(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_dialog_confirm(screen, ga_screen_tr(screen, "Were the six groups the same?"),
                      ga_words_say(&page->arena, ga_screen_lang(screen),
                                   GA_N_("%1 has let this computer in.\n\n%2\n\nWere these the six groups at the school as well?"),
                                   page->pairing.label, page->pairing.digits),
                      false, SAME);
}

static void ask(struct ga_screen *screen, enum line what)
{
    static void (*const asks[])(struct ga_screen *screen) = {[DIGITS] = ask_digits, [NAME] = ask_name, [SAME] = ask_same};
    asks[what](screen);
}

/* ---- what is done, once the page has been painted ---- */

static enum ga_rc do_invite(struct page *page, struct ga_error *err)
{
    const enum ga_rc rc = ga_sync_invite(page->session, page->folder, err);
    page->done = INVITED;
    return rc;
}

static enum ga_rc do_join(struct page *page, struct ga_error *err)
{
    const enum ga_rc rc = ga_sync_join(page->session, page->folder, page->typed, page->pairing.digits, err);
    page->done = ASKED;
    return rc;
}

/* All that the school has goes along: the new one needs no second trip. */
static enum ga_rc do_answer(struct page *page, struct ga_error *err)
{
    char digits[GA_SYNC_DIGITS_SIZE];
    const struct ga_sync_export what = {.place = page->folder, .is_complete = true};
    enum ga_rc rc = ga_sync_answer(page->session, page->folder, page->pairing.digits, digits, err);
    if (rc == GA_OK)
        rc = ga_sync_write(page->session, &what, &page->arena, &page->written, err);
    page->done = ANSWERED;
    return rc;
}

static enum ga_rc do_finish(struct page *page, struct ga_error *err)
{
    char digits[GA_SYNC_DIGITS_SIZE];
    struct ga_vec taken;
    ga_vec_init(&taken, sizeof(struct ga_sync_taken));
    enum ga_rc rc = ga_sync_finish(page->session, page->folder, page->pairing.digits, digits, err);
    if (rc == GA_OK)
        rc = ga_sync_take(page->session, page->folder, NULL, &page->arena, &taken, err);
    for (size_t i = 0; i < taken.len; i++)
        page->taken += GA_VEC_AT(struct ga_sync_taken, &taken, i)->received.transactions[GA_PARCEL_APPLIED];
    ga_vec_finish(&taken);
    page->done = JOINED;
    return rc;
}

static bool work(struct ga_screen *screen)
{
    static enum ga_rc (*const does[])(struct page *page, struct ga_error *err) = {
        [AS_SCHOOL] = do_invite, [NAME] = do_join, [DIGITS] = do_answer, [SAME] = do_finish};
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    bool is_stick;
    enum ga_rc rc = does[page->doing](page, &err);
    if (rc == GA_OK)
        rc = ga_session_stick_let_go(page->session, page->folder, &is_stick, &err);
    ga_screen_set_status(screen, "");
    if (rc != GA_OK)
        say_error(screen, rc, &err);
    else
        list_again(screen);
    return false;
}

static void begin(struct ga_screen *screen, enum line doing)
{
    state_of(screen)->doing = doing;
    ga_screen_set_status(screen, ga_screen_tr(screen, "working on the stick: leave it in …"));
    ga_screen_start_work(screen);
}

/* Nothing is left to be done with the stick. */
static void rest(struct ga_screen *screen, enum done done)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    bool is_stick;
    page->done = done;
    if (ga_session_stick_let_go(page->session, page->folder, &is_stick, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    list_again(screen);
}

static void go_on_as_new(struct ga_screen *screen)
{
    const enum ga_sync_step step = state_of(screen)->pairing.step;
    if (step == GA_SYNC_INVITED)
        ask(screen, NAME);
    else if (step == GA_SYNC_ANSWERED)
        ask(screen, SAME);
    else
        rest(screen, step == GA_SYNC_ASKED ? ASKED : step == GA_SYNC_JOINED ? BELONGED : NO_INVITATION);
}

/* What lies on the stick says where they are. */
static void look(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    const enum ga_rc rc = ga_sync_pairing_look(page->session, page->folder, page->is_new, &page->pairing, &err);
    if (rc != GA_OK)
        say_error(screen, rc, &err);
    else if (page->is_new)
        go_on_as_new(screen);
    else if (page->pairing.step == GA_SYNC_ASKED)
        ask(screen, DIGITS);
    else
        begin(screen, AS_SCHOOL);
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
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_menu_finish(&page->menu);
    ga_stick_pick_finish(&page->sticks);
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

static enum ga_reply take_event(struct ga_screen *screen, const struct ga_event *event)
{
    struct page *page = state_of(screen);
    int id;
    if (!ga_menu_chooses(&page->menu, event, &id))
        return ga_menu_event(&page->menu, event);
    if (id == 0)
        return GA_HANDLED;
    page->is_new = id == AS_NEW;
    ga_stick_pick_open(&page->sticks, screen, STICK);
    return GA_REDRAW;
}

static void take_stick(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct page *page = state_of(screen);
    const char *folder;
    if (!ga_stick_pick_take(&page->sticks, screen, result, &folder))
        return;
    page->folder = ga_arena_strdup(&screen->arena, folder);
    page->done = NOTHING;
    page->written = (struct ga_sync_written){.path = NULL};
    page->taken = 0;
    ga_arena_reset(&page->arena);
    look(screen);
}

static void take_digits(struct ga_screen *screen, const char *typed)
{
    if (ga_sync_digits_confirm(state_of(screen)->pairing.digits, typed))
        begin(screen, DIGITS);
    else
        rest(screen, DIFFERENT);
}

static void take_name(struct ga_screen *screen, const char *typed)
{
    struct page *page = state_of(screen);
    page->typed = ga_arena_strdup(&page->arena, typed);
    if (typed[strspn(typed, " ")] == '\0')
        ask(screen, NAME);
    else
        begin(screen, NAME);
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->tag == STICK)
        take_stick(screen, result);
    else if (result->is_done && result->tag == DIGITS)
        take_digits(screen, result->text);
    else if (result->is_done && result->tag == NAME)
        take_name(screen, result->text);
    else if (result->is_done && result->tag == SAME && result->code == 1)
        begin(screen, SAME);
    else if (result->is_done && result->tag == SAME)
        rest(screen, DIFFERENT);
    else
        list_again(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag != STICK)
        ask(screen, (enum line)tag);
    else if (!state_of(screen)->sticks.is_typing)
        ga_stick_pick_open(&state_of(screen)->sticks, screen, tag);
}

const struct ga_screen_ops ga_screen_enrol = {
    .name = "enrol",
    .title = GA_N_("A new computer joins"),
    .help = GA_N_("Once for each new computer of the school, a teaching point's for example. One stick goes from the school's "
                  "computer to the new one, back, and once more to the new one; the page says what comes next. The six groups of "
                  "digits are compared by people, so that nobody else's computer is let in: what children's files hold can be "
                  "read by the computers of the school only."),
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
