/* A school and its guest come to know each other, each side told what to do next. */
#include "guanai/screen/guests.h"

#include "guanai/base/alloc.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "parts/words.h"
#include "sync/pairing_page.h"

enum { GO_ON = 1 };
enum question { AT_SCHOOL = 1, AT_GUEST, NAME };
enum done { INVITED = GA_PAIRING_NOTHING + 1, NO_INVITATION, SHOWN, CONFIRMED, MET, DIFFERENT, DONES };

/* ---- what is said ---- */

static const struct ga_pairing_words words[DONES] = {
    [INVITED] = {GA_STYLE_OK, GA_N_("Step 1 is done: the invitation is on the stick, it can be pulled out."),
                 GA_N_("Next: put the stick into the guest's computer, press 1 on this page there."), NULL, false},
    [NO_INVITATION] = {GA_STYLE_WARNING, GA_N_("Nothing of a school lies on this stick yet."),
                       GA_N_("First: put it into the school's computer and press 1 on this page there."), NULL, false},
    [SHOWN] = {GA_STYLE_OK, GA_N_("Step 2 is done: %1 is answered. Pull the stick out. The six groups:"),
               GA_N_("Write them down or photograph them; they stay until you leave this page."),
               GA_N_("Next: put the stick into the school's computer again, press 1 on this page."), true},
    [CONFIRMED] = {GA_STYLE_OK, GA_N_("Step 3 is done: what %1 is to have is on the stick."),
                   GA_N_("Next: put the stick into the guest's computer again, press 1 on this page."), NULL, false},
    [MET] = {GA_STYLE_OK, GA_N_("All done: this computer is a guest of %1."),
             GA_N_("What was written here goes back to the school with the stick."), NULL, false},
    [DIFFERENT] = {GA_STYLE_ERROR, GA_N_("The digits are not the same: nothing was done."),
                   GA_N_("Compare them again. If they differ still, somebody else's file lies there:"),
                   GA_N_("take another stick and begin anew with the school's computer."), false},
};

static const char *const way[] = {
    GA_N_("How it goes, with one stick, once for each guest:"),
    GA_N_("  1. The school's computer: press 1. It writes an invitation on the stick."),
    GA_N_("  2. The guest's computer: press 1. It answers, shows six groups of digits."),
    GA_N_("  3. The school's computer: press 1. The same six groups? Its part is written."),
    GA_N_("  4. The guest's computer: press 1. Say yes, it takes in what it is to have."),
    GA_N_("Interrupted? Press the same key with the stick in: it goes on from there."),
};

/* ---- what is asked ---- */

static void ask_school(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    const struct ga_dialog_ask ask = {
        .title = ga_screen_tr(screen, "Are the six groups the same?"),
        .text = ga_words_say(&page->arena, ga_screen_lang(screen),
                             GA_N_("%1 is to have %2 and nothing of the others.\n\n%3\n\nDid the guest's computer show just these six "
                                   "groups? Type y when they are the same, or one or more of the groups it showed."),
                             page->pairing.label, page->scope_words, page->pairing.digits),
        .initial = "", .max_chars = GA_SYNC_DIGITS_SIZE};
    ga_dialog_ask(screen, &ask, AT_SCHOOL);
}

static void ask_guest(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    ga_dialog_confirm(screen, ga_screen_tr(screen, "Were the six groups the same?"),
                      ga_words_say(&page->arena, ga_screen_lang(screen),
                                   GA_N_("%1 has confirmed.\n\n%2\n\nWere these the six groups at the school as well?"),
                                   page->pairing.label, page->pairing.digits),
                      false, AT_GUEST);
}

/* Under it the school lists it. */
static void ask_name(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    const struct ga_config *config = &page->session->config;
    const struct ga_dialog_ask ask = {
        .title = ga_screen_tr(screen, "What is this computer called?"),
        .text = ga_words_say(&page->arena, ga_screen_lang(screen),
                             GA_N_("%1 invites this computer. Type the name people know it by, the teaching point's for example."),
                             page->pairing.label),
        .initial = config->school != NULL ? config->school : "", .max_chars = 30};
    ga_dialog_ask(screen, &ask, NAME);
}

static void (*const asks[])(struct ga_screen *screen) = {[AT_SCHOOL] = ask_school, [AT_GUEST] = ask_guest, [NAME] = ask_name};

/* ---- what is done ---- */

static bool is_guest_side(const struct ga_pairing_page *page)
{
    return page->scope[0] == '\0';
}

/* `typed` NULL: the invitation is left there, nothing is confirmed. */
static enum ga_rc meet(struct ga_pairing_page *page, const char *typed, struct ga_error *err)
{
    struct ga_county_met met;
    return ga_guest_meet(page->session, page->folder, is_guest_side(page) ? NULL : page->scope, typed, &met, err);
}

static enum ga_rc do_leave(struct ga_pairing_page *page, struct ga_error *err)
{
    return meet(page, NULL, err);
}

/* What the guest is to have goes along: it needs no further trip. */
static enum ga_rc do_confirm_at_school(struct ga_pairing_page *page, struct ga_error *err)
{
    const enum ga_rc rc = meet(page, page->pairing.digits, err);
    return rc == GA_OK ? ga_pairing_page_write(page, false, err) : rc;
}

static enum ga_rc do_confirm_at_guest(struct ga_pairing_page *page, struct ga_error *err)
{
    enum ga_rc rc = meet(page, page->pairing.digits, err);
    if (rc == GA_OK)
        rc = ga_pairing_page_take(page, err);
    return rc == GA_OK ? ga_pairing_page_write(page, false, err) : rc;
}

static bool has_name(struct ga_pairing_page *page)
{
    struct ga_peer own;
    return ga_store_site(page->session->store, ga_store_own_site(page->session->store), &own, NULL) == GA_OK && own.label[0] != '\0';
}

static void go_on_at_guest(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    const enum ga_sync_step step = page->pairing.step;
    if (step == GA_SYNC_ANSWERED)
        ga_pairing_page_ask(screen, AT_GUEST);
    else if (step == GA_SYNC_ASKED && !has_name(page))
        ga_pairing_page_ask(screen, NAME);
    else if (step == GA_SYNC_ASKED)
        ga_pairing_page_begin(screen, do_leave, SHOWN);
    else
        ga_pairing_page_rest(screen, NO_INVITATION);
}

static void look(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    struct ga_error err = {0};
    const enum ga_rc rc = ga_guest_look(page->session, page->folder, is_guest_side(page), &page->pairing, &err);
    if (rc != GA_OK)
        ga_pairing_page_fail(screen, rc, &err);
    else if (is_guest_side(page))
        go_on_at_guest(screen);
    else if (page->pairing.step == GA_SYNC_ASKED)
        ga_pairing_page_ask(screen, AT_SCHOOL);
    else
        ga_pairing_page_begin(screen, do_leave, INVITED);
}

/* ---- what was answered ---- */

/* The digits are of the invitation with that name. */
static void take_name(struct ga_screen *screen, const char *name)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    struct ga_error err = {0};
    if (name[0] == '\0') {
        ga_pairing_page_ask(screen, NAME);
        return;
    }
    enum ga_rc rc = ga_sync_set_label(page->session, name, &err);
    if (rc == GA_OK)
        rc = ga_guest_look(page->session, page->folder, true, &page->pairing, &err);
    if (rc != GA_OK)
        ga_pairing_page_fail(screen, rc, &err);
    else
        ga_pairing_page_begin(screen, do_leave, SHOWN);
}

/* Said to be others: what was shown is shown anew the next time. */
static void refuse(struct ga_screen *screen)
{
    meet(ga_pairing_page_of(screen), "", NULL);
    ga_pairing_page_rest(screen, DIFFERENT);
}

static void answered(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->tag == NAME)
        take_name(screen, result->text);
    else if (result->tag == AT_SCHOOL && ga_sync_digits_confirm(ga_pairing_page_of(screen)->pairing.digits, result->text))
        ga_pairing_page_begin(screen, do_confirm_at_school, CONFIRMED);
    else if (result->tag == AT_GUEST && result->code == 1)
        ga_pairing_page_begin(screen, do_confirm_at_guest, MET);
    else
        refuse(screen);
}

/* ---- the page ---- */

#define MEETING(line)                                                                                                \
    {                                                                                                                \
        .lines = {{GO_ON, line}}, .lines_count = 1, .way = way, .way_count = GA_COUNT(way), .words = words,          \
        .different = DIFFERENT, .look = look, .asks = asks, .answered = answered                                     \
    }
static const struct ga_pairing_kind at_school = MEETING(GA_N_("This is a school's computer: put the stick in, go on with it")),
                                    at_guest = MEETING(GA_N_("This is the guest's computer: put the stick in, go on with it"));

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    const struct ga_guest_choice *choice = arg;
    (void)err;
    ga_pairing_page_enter(screen, choice == NULL ? &at_guest : &at_school);
    if (choice == NULL)
        return GA_OK;
    ga_str_copy(ga_pairing_page_of(screen)->scope, GA_GUEST_SCOPE_SIZE, choice->scope);
    ga_str_copy(ga_pairing_page_of(screen)->scope_words, GA_GUEST_SCOPE_SIZE, choice->words);
    return GA_OK;
}

const struct ga_screen_ops ga_screen_guest_meet = {
    .name = "guest_meet",
    .title = GA_N_("A school and its guest meet"),
    .help = GA_N_("Once for each guest. One stick goes from the school's computer to the guest's, back, and once more to the guest; "
                  "the page says what comes next. The six groups of digits are compared by people, so that nobody else gets what "
                  "the guest is to have. From then on each exchange of a school's computer writes a part for the guest alone."),
    GA_PAIRING_PAGE_OPS,
    .enter = enter,
};
