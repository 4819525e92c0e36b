/* A school and its guest come to know each other, each side told what to do next. */
#include "guanai/screen/guests.h"

#include "guanai/base/alloc.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "parts/words.h"
#include "sync/pairing_page.h"

enum { GO_ON = 1 };
enum question { AT_SCHOOL = 1, AT_GUEST, NAME };

/* ---- what is said ---- */

static const struct ga_pairing_words words[GA_PAIRING_OWN] = {
    [GA_PAIRING_INVITED] = {GA_STYLE_OK, GA_N_("Step 1 is done: the invitation is on the stick, it can be pulled out."),
                            GA_N_("Next: put the stick into the guest's computer, press 1 on this page there.")},
    [GA_PAIRING_CONFIRMED] = {GA_STYLE_OK, GA_N_("Step 3 is done: what %1 is to have is on the stick."),
                              GA_N_("Next: put the stick into the guest's computer again, press 1 on this page.")},
    [GA_PAIRING_MET] = {GA_STYLE_OK, GA_N_("All done: this computer is a guest of %1."),
                        GA_N_("What was written here goes back to the school with the stick.")},
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
    ga_pairing_page_ask_digits(screen, NULL,
                               GA_N_("%1 is to have %3 and nothing of the others.\n\n%2\n\nDid the guest's computer show just these six "
                                     "groups? Type y when they are the same, or one or more of the groups it showed."),
                               AT_SCHOOL);
}

static void ask_guest(struct ga_screen *screen)
{
    ga_pairing_page_ask_same(screen, GA_N_("%1 has confirmed.\n\n%2\n\nWere these the six groups at the school as well?"), AT_GUEST);
}

/* Under it the school lists it. */
static void ask_name(struct ga_screen *screen)
{
    const char *school = ga_pairing_page_of(screen)->session->config.school;
    ga_pairing_page_ask_name(screen, school != NULL ? school : "", NAME);
}

static void (*const asks[])(struct ga_screen *screen) = {[AT_SCHOOL] = ask_school, [AT_GUEST] = ask_guest, [NAME] = ask_name};

/* ---- what is done ---- */

static bool is_guest_side(const struct ga_pairing_page *page)
{
    return page->scope[0] == '\0';
}

static enum ga_rc meet(struct ga_pairing_page *page, const char *typed, struct ga_error *err)
{
    struct ga_county_met met;
    return ga_guest_meet(page->session, page->folder, is_guest_side(page) ? NULL : page->scope, typed, &met, err);
}

/* What the guest is to have goes along: it needs no further trip. */
static enum ga_rc do_confirm_at_school(struct ga_pairing_page *page, struct ga_error *err)
{
    const enum ga_rc rc = ga_pairing_page_confirm(page, err);
    return rc == GA_OK ? ga_pairing_page_write(page, false, err) : rc;
}

static enum ga_rc do_confirm_at_guest(struct ga_pairing_page *page, struct ga_error *err)
{
    enum ga_rc rc = ga_pairing_page_confirm(page, err);
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
        ga_pairing_page_begin(screen, ga_pairing_page_meet, GA_PAIRING_SHOWN);
    else
        ga_pairing_page_rest(screen, GA_PAIRING_NO_INVITATION);
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
        ga_pairing_page_begin(screen, ga_pairing_page_meet, GA_PAIRING_INVITED);
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
        ga_pairing_page_begin(screen, ga_pairing_page_meet, GA_PAIRING_SHOWN);
}

static void answered(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->tag == NAME)
        take_name(screen, result->text);
    else if (result->tag == AT_SCHOOL && ga_sync_digits_confirm(ga_pairing_page_of(screen)->pairing.digits, result->text))
        ga_pairing_page_begin(screen, do_confirm_at_school, GA_PAIRING_CONFIRMED);
    else if (result->tag == AT_GUEST && result->code == 1)
        ga_pairing_page_begin(screen, do_confirm_at_guest, GA_PAIRING_MET);
    else
        ga_pairing_page_refuse(screen);
}

/* ---- the page ---- */

#define MEETING(line)                                                                                                \
    {                                                                                                                \
        .lines = {{GO_ON, line}}, .lines_count = 1, .way = way, .way_count = GA_COUNT(way), .words = words,          \
        .look = look, .meet = meet, .asks = asks, .answered = answered                                               \
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
