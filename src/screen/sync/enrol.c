/* Lets a new computer join the school, says at each step what to do next. */
#include "guanai/screen/enrol.h"

#include "guanai/base/alloc.h"
#include "guanai/tui/dialog.h"
#include "parts/words.h"
#include "sync/pairing_page.h"

#include <string.h>

enum line { AS_SCHOOL = 1, AS_NEW };
enum question { DIGITS = 1, NAME, SAME };
enum done { BELONGED = GA_PAIRING_OWN, DONES };

/* ---- what is said ---- */

static const struct ga_pairing_words words[DONES] = {
    [GA_PAIRING_INVITED] = {GA_STYLE_OK, GA_N_("Step 1 is done: the invitation is on the stick, it can be pulled out."),
                            GA_N_("Next: put the stick into the new computer, open this page there and press 2.")},
    [GA_PAIRING_NO_INVITATION] = {GA_STYLE_WARNING, GA_N_("No invitation of the school lies on this stick."),
                                  GA_N_("First: put it into the school's computer, open this page there and press 1.")},
    [GA_PAIRING_SHOWN] = {GA_STYLE_OK, GA_N_("Step 2 is done: %1 is asked. Pull the stick out. The six groups:"),
                          GA_N_("Write them down or photograph them; they stay until you leave this page."),
                          GA_N_("Next: put the stick into the school's computer and press 1 on this page there."), true},
    [GA_PAIRING_CONFIRMED] = {GA_STYLE_OK, GA_N_("Step 3 is done: %1 is let in, all the school has lies on the stick."),
                              GA_N_("Next: put the stick into the new computer and press 2 on this page there.")},
    [GA_PAIRING_MET] = {GA_STYLE_OK, GA_N_("All done: this computer belongs to %1."),
                        GA_N_("From now on: take the stick along, press 1 under Exchange by stick.")},
    [BELONGED] = {GA_STYLE_OK, GA_N_("This computer belongs to %1 already: nothing is left to do.")},
    [GA_PAIRING_DIFFERENT] = {GA_STYLE_ERROR, GA_N_("The digits are not the same: nothing was done."),
                              GA_N_("Look at both pages again. If they differ still, another computer asked:"),
                              GA_N_("take another stick and begin anew with 1.")},
};

static const char *const way[] = {
    GA_N_("How it goes, with one stick, in about a minute:"),
    GA_N_("  1. The school's computer: press 1. It writes an invitation on the stick."),
    GA_N_("  2. The new computer: press 2. It asks, and shows six groups of digits."),
    GA_N_("  3. The school's computer: press 1. The same six groups? Let it in."),
    GA_N_("  4. The new computer: press 2. It has all that the school has."),
    GA_N_("Interrupted? Press the same key with the stick in: it goes on from there."),
};

/* ---- what is asked ---- */

static void ask_digits(struct ga_screen *screen)
{
    ga_pairing_page_ask_digits(screen, NULL,
                               GA_N_("%1 asks to be let in.\n\n%2\n\nDoes the new computer show just these six groups? Type y when they are "
                                     "the same, or one or more of the groups it shows."),
                               DIGITS);
}

/* The site's, where there are several. */
static void ask_name(struct ga_screen *screen)
{
    const struct ga_config *config = &ga_pairing_page_of(screen)->session->config;
    const char *site = "";
    for (size_t i = 0; i < config->sites_count; i++)
        if (config->sites[i].is_own && config->sites_count > 1)
            site = ga_label_text(&config->sites[i].label, ga_screen_lang(screen));
    ga_pairing_page_ask_name(screen, site, NAME);
}

static void ask_same(struct ga_screen *screen)
{
    ga_pairing_page_ask_same(screen, GA_N_("%1 has let this computer in.\n\n%2\n\nWere these the six groups at the school as well?"), SAME);
}

static void (*const asks[])(struct ga_screen *screen) = {[DIGITS] = ask_digits, [NAME] = ask_name, [SAME] = ask_same};

/* ---- what is done ---- */

static enum ga_rc do_invite(struct ga_pairing_page *page, struct ga_error *err)
{
    return ga_sync_invite(page->session, page->folder, err);
}

static enum ga_rc do_join(struct ga_pairing_page *page, struct ga_error *err)
{
    return ga_sync_join(page->session, page->folder, page->typed, page->pairing.digits, err);
}

/* All that the school has goes along: the new one needs no second trip. */
static enum ga_rc do_answer(struct ga_pairing_page *page, struct ga_error *err)
{
    char digits[GA_SYNC_DIGITS_SIZE];
    const enum ga_rc rc = ga_sync_answer(page->session, page->folder, page->pairing.digits, digits, err);
    return rc == GA_OK ? ga_pairing_page_write(page, true, err) : rc;
}

static enum ga_rc do_finish(struct ga_pairing_page *page, struct ga_error *err)
{
    char digits[GA_SYNC_DIGITS_SIZE];
    const enum ga_rc rc = ga_sync_finish(page->session, page->folder, page->pairing.digits, digits, err);
    return rc == GA_OK ? ga_pairing_page_take(page, err) : rc;
}

static void go_on_as_new(struct ga_screen *screen)
{
    const enum ga_sync_step step = ga_pairing_page_of(screen)->pairing.step;
    if (step == GA_SYNC_INVITED)
        ga_pairing_page_ask(screen, NAME);
    else if (step == GA_SYNC_ANSWERED)
        ga_pairing_page_ask(screen, SAME);
    else
        ga_pairing_page_rest(screen, step == GA_SYNC_ASKED ? GA_PAIRING_SHOWN : step == GA_SYNC_JOINED ? BELONGED : GA_PAIRING_NO_INVITATION);
}

static void look(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    struct ga_error err = {0};
    const enum ga_rc rc = ga_sync_pairing_look(page->session, page->folder, page->line == AS_NEW, &page->pairing, &err);
    if (rc != GA_OK)
        ga_pairing_page_fail(screen, rc, &err);
    else if (page->line == AS_NEW)
        go_on_as_new(screen);
    else if (page->pairing.step == GA_SYNC_ASKED)
        ga_pairing_page_ask(screen, DIGITS);
    else
        ga_pairing_page_begin(screen, do_invite, GA_PAIRING_INVITED);
}

/* ---- what was answered ---- */

static void take_digits(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (ga_sync_digits_confirm(ga_pairing_page_of(screen)->pairing.digits, result->text))
        ga_pairing_page_begin(screen, do_answer, GA_PAIRING_CONFIRMED);
    else
        ga_pairing_page_rest(screen, GA_PAIRING_DIFFERENT);
}

static void take_name(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    page->typed = ga_arena_strdup(&page->arena, result->text);
    if (page->typed[strspn(page->typed, " ")] == '\0')
        ga_pairing_page_ask(screen, NAME);
    else
        ga_pairing_page_begin(screen, do_join, GA_PAIRING_SHOWN);
}

static void take_same(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->code == 1)
        ga_pairing_page_begin(screen, do_finish, GA_PAIRING_MET);
    else
        ga_pairing_page_rest(screen, GA_PAIRING_DIFFERENT);
}

static void answered(struct ga_screen *screen, const struct ga_tui_result *result)
{
    static void (*const takes[])(struct ga_screen *screen, const struct ga_tui_result *result) = {
        [DIGITS] = take_digits, [NAME] = take_name, [SAME] = take_same};
    takes[result->tag](screen, result);
}

/* ---- the page ---- */

static const struct ga_pairing_kind joining = {
    .lines = {{AS_SCHOOL, GA_N_("This is the school's computer: let a new one join")},
              {AS_NEW, GA_N_("This is the new computer: join the school")}},
    .lines_count = 2,
    .way = way,
    .way_count = GA_COUNT(way),
    .words = words,
    .look = look,
    .asks = asks,
    .answered = answered,
};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_pairing_page_enter(screen, &joining);
    return GA_OK;
}

const struct ga_screen_ops ga_screen_enrol = {
    .name = "enrol",
    .title = GA_N_("A new computer joins"),
    .help = GA_N_("Once for each new computer of the school, a teaching point's for example. One stick goes from the school's "
                  "computer to the new one, back, and once more to the new one; the page says what comes next. The six groups of "
                  "digits are compared by people, so that nobody else's computer is let in: what children's files hold can be "
                  "read by the computers of the school only."),
    GA_PAIRING_PAGE_OPS,
    .enter = enter,
};
