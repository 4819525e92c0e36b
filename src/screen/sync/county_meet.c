/* A school and its county come to know each other, each side told what to do next. */
#include "guanai/screen/county.h"

#include "guanai/app/county.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/str.h"
#include "guanai/screen/session.h"
#include "guanai/tui/dialog.h"
#include "parts/words.h"
#include "sync/pairing_page.h"

#include <string.h>

enum { GO_ON = 1, GO_ROUND, WITHOUT_NAMES };
enum question { AT_SCHOOL = 1, ON_ROUND, AT_COUNTY, NAMESAKE };
enum done { PREPARED = GA_PAIRING_OWN, WRITTEN_DOWN, MET_MANY, DONES };

/* ---- what is said ---- */

static const struct ga_pairing_words words[DONES] = {
    [GA_PAIRING_INVITED] = {GA_STYLE_OK, GA_N_("Step 1 is done: the invitation is on the stick, it can be pulled out."),
                            GA_N_("Next: put the stick into the county's computer, press 1 on this page there.")},
    [PREPARED] = {GA_STYLE_OK, GA_N_("The stick may go round now. Write the county's six groups on a paper:"),
                  GA_N_("At each school: press 1 on this page, compare, write its groups there, too."),
                  GA_N_("Then back here: press 1, compare each school's groups with the paper."), true},
    [GA_PAIRING_CONFIRMED] = {GA_STYLE_OK, GA_N_("Step 3 is done: %1 may read; all of it is on the stick."),
                              GA_N_("Next: put the stick into the county's computer again, press 1 on this page.")},
    [WRITTEN_DOWN] = {GA_STYLE_OK, GA_N_("All is on the stick for %1. This school's six groups:"),
                      GA_N_("Write them on the county's paper, beside the name of the school."),
                      GA_N_("Next: stick and paper go on to the next school, or back to the county."), true},
    [GA_PAIRING_MET] = {GA_STYLE_OK, GA_N_("All done: %1 is a school of this county."),
                        GA_N_("The receipt for it lies on the stick, which can be pulled out.")},
    [MET_MANY] = {GA_STYLE_OK, GA_N_("All done: %1 schools have met this county now."),
                  GA_N_("Their receipts lie on the stick, which can be pulled out.")},
};

static const char *const way[] = {
    GA_N_("How it goes, with one stick, once for each school:"),
    GA_N_("  1. The school's computer: press 1. It writes an invitation on the stick."),
    GA_N_("  2. The county's computer: press 1. It answers, shows six groups of digits."),
    GA_N_("  3. The school's computer: press 1. The same six groups? All is written."),
    GA_N_("  4. The county's computer: press 1. Say yes, it takes in what the school has."),
    GA_N_("One stick for many schools: begin at the county's computer with 2."),
    GA_N_("Interrupted? Press the same key with the stick in: it goes on from there."),
};

/* ---- what is asked ---- */

static bool is_nameless(const struct ga_pairing_page *page)
{
    return page->line == WITHOUT_NAMES || ga_county_meets_nameless(page->session);
}

/* Where the county was met otherwise before: what it keeps, what it gets once more. */
static void say_turn(struct ga_pairing_page *page)
{
    const enum ga_county_had had = page->pairing.had;
    page->before = had == GA_COUNTY_HAD_NAMES && is_nameless(page)
                       ? GA_N_("It keeps what it has, names too; what is written from now on it gets without names.")
                   : had == GA_COUNTY_HAD_NO_NAMES && !is_nameless(page)
                       ? GA_N_("It had no names so far; it gets them now, also for what it has already.")
                       : NULL;
}

static void ask_school(struct ga_screen *screen)
{
    say_turn(ga_pairing_page_of(screen));
    ga_pairing_page_ask_digits(screen, NULL,
                               is_nameless(ga_pairing_page_of(screen))
                                   ? GA_N_("%1 is to read what this school writes, without names.\n\n%2\n\nDid the county's computer show "
                                           "just these six groups? Type y when they are the same, or one or more of the groups it showed.")
                                   : GA_N_("%1 is to read all that this school writes.\n\n%2\n\nDid the county's computer show just these six "
                                           "groups? Type y when they are the same, or one or more of the groups it showed."),
                               AT_SCHOOL);
}

/* The stick came from the county, which does not know this school yet. */
static void ask_on_round(struct ga_screen *screen)
{
    say_turn(ga_pairing_page_of(screen));
    ga_pairing_page_ask_digits(screen, GA_N_("Do these six groups stand on the county's paper?"),
                               is_nameless(ga_pairing_page_of(screen))
                                   ? GA_N_("%1 is to read what this school writes, without names.\n\n%2\n\nDo just these six groups stand on the "
                                           "paper that came with the stick? Type y when they are the same, or one or more of its groups.")
                                   : GA_N_("%1 is to read all that this school writes.\n\n%2\n\nDo just these six groups stand on the paper "
                                           "that came with the stick? Type y when they are the same, or one or more of its groups."),
                               ON_ROUND);
}

static void ask_county(struct ga_screen *screen)
{
    ga_pairing_page_ask_same(screen, GA_N_("%1 has confirmed.\n\n%2\n\nWere these the six groups at the school as well?"), AT_COUNTY);
}

static void ask_namesake(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    ga_dialog_confirm(screen, ga_screen_tr(screen, "Is it the same school?"),
                      ga_words_say(&page->arena, ga_screen_lang(screen),
                                   GA_N_("A school called %1 has met this county before.\n\nIs it that school, with another computer? Yes: "
                                         "it stays one school. No: they are two schools of one name."),
                                   page->pairing.label),
                      false, NAMESAKE);
}

static void (*const asks[])(struct ga_screen *screen) = {[AT_SCHOOL] = ask_school, [ON_ROUND] = ask_on_round, [AT_COUNTY] = ask_county, [NAMESAKE] = ask_namesake};

/* ---- what is done ---- */

static enum ga_rc meet(struct ga_pairing_page *page, const char *typed, struct ga_error *err)
{
    struct ga_county_met met;
    return page->line == WITHOUT_NAMES
               ? ga_county_meet_nameless(page->session, page->folder, typed, &met, err)
               : ga_county_meet(page->session, page->folder, typed, (enum ga_county_same)page->same, &met, err);
}

/* All that the school has goes along: the county needs no further trip. */
static enum ga_rc do_confirm_at_school(struct ga_pairing_page *page, struct ga_error *err)
{
    const enum ga_rc rc = ga_pairing_page_confirm(page, err);
    return rc == GA_OK ? ga_pairing_page_write(page, true, err) : rc;
}

/* The paper bears the digits of both from now on. */
static enum ga_rc do_confirm_on_round(struct ga_pairing_page *page, struct ga_error *err)
{
    const enum ga_rc rc = do_confirm_at_school(page, err);
    if (rc == GA_OK)
        memcpy(page->pairing.digits, page->pairing.note, sizeof(page->pairing.digits));
    return rc;
}

static enum ga_rc do_prepare(struct ga_pairing_page *page, struct ga_error *err)
{
    struct ga_county_met met;
    const enum ga_rc rc = ga_county_meet(page->session, page->folder, NULL, GA_COUNTY_UNSAID, &met, err);
    if (rc == GA_OK)
        memcpy(page->pairing.digits, met.county_digits, sizeof(page->pairing.digits));
    return rc;
}

static enum ga_rc do_take_and_answer(struct ga_pairing_page *page, struct ga_error *err)
{
    const enum ga_rc rc = ga_pairing_page_take(page, err);
    return rc == GA_OK ? ga_pairing_page_write(page, false, err) : rc;
}

/* Where the stick went round, the next one is asked about; all of them are taken in at once. */
static void confirm_at_county(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    struct ga_sync_pairing next = {.step = GA_SYNC_ALONE};
    struct ga_error err = {0};
    enum ga_rc rc = ga_pairing_page_confirm(page, &err);
    if (rc == GA_OK)
        rc = ga_county_look(page->session, page->folder, &next, &err);
    page->same = GA_COUNTY_UNSAID;
    if (rc != GA_OK) {
        ga_pairing_page_fail(screen, rc, &err);
        return;
    }
    page->met++;
    if (next.step == GA_SYNC_ANSWERED) {
        page->pairing = next;
        ga_pairing_page_ask(screen, AT_COUNTY);
        return;
    }
    if (page->met > 1)
        ga_str_copy(page->pairing.label, sizeof(page->pairing.label), GA_NUM(page->met));
    ga_pairing_page_begin(screen, do_take_and_answer, page->met > 1 ? MET_MANY : GA_PAIRING_MET);
}

static void go_on_at_county(struct ga_screen *screen)
{
    const enum ga_sync_step step = ga_pairing_page_of(screen)->pairing.step;
    if (step == GA_SYNC_ANSWERED)
        ga_pairing_page_ask(screen, AT_COUNTY);
    else if (step == GA_SYNC_ASKED)
        ga_pairing_page_begin(screen, ga_pairing_page_meet, GA_PAIRING_SHOWN);
    else
        ga_pairing_page_rest(screen, GA_PAIRING_NO_INVITATION);
}

static void look(struct ga_screen *screen)
{
    struct ga_pairing_page *page = ga_pairing_page_of(screen);
    struct ga_error err = {0};
    const enum ga_rc rc = ga_county_look(page->session, page->folder, &page->pairing, &err);
    if (rc != GA_OK)
        ga_pairing_page_fail(screen, rc, &err);
    else if (page->line == GO_ROUND)
        ga_pairing_page_begin(screen, do_prepare, PREPARED);
    else if (ga_county_is_here(page->session))
        go_on_at_county(screen);
    else if (page->pairing.step == GA_SYNC_ASKED)
        ga_pairing_page_ask(screen, page->pairing.note[0] != '\0' ? ON_ROUND : AT_SCHOOL);
    else
        ga_pairing_page_begin(screen, ga_pairing_page_meet, GA_PAIRING_INVITED);
}

/* ---- what was answered ---- */

static void namesake_answered(struct ga_screen *screen, const struct ga_tui_result *result)
{
    ga_pairing_page_of(screen)->same = result->code == 1 ? GA_COUNTY_SAME : GA_COUNTY_OTHER;
    confirm_at_county(screen);
}

static void answered(struct ga_screen *screen, const struct ga_tui_result *result)
{
    const struct ga_sync_pairing *pairing = &ga_pairing_page_of(screen)->pairing;
    const bool is_school = result->tag == AT_SCHOOL || result->tag == ON_ROUND;
    if (result->tag == NAMESAKE)
        namesake_answered(screen, result);
    else if (is_school ? !ga_sync_digits_confirm(pairing->digits, result->text) : result->code != 1)
        ga_pairing_page_refuse(screen);
    else if (result->tag == ON_ROUND)
        ga_pairing_page_begin(screen, do_confirm_on_round, WRITTEN_DOWN);
    else if (is_school)
        ga_pairing_page_begin(screen, do_confirm_at_school, GA_PAIRING_CONFIRMED);
    else if (pairing->has_namesake)
        ga_pairing_page_ask(screen, NAMESAKE);
    else
        confirm_at_county(screen);
}

/* ---- the page ---- */

#define MEETING \
    .way = way, .way_count = GA_COUNT(way), .words = words, .look = look, .meet = meet, .asks = asks, .answered = answered
static const struct ga_pairing_kind
    at_school = {.lines = {{GO_ON, GA_N_("This is a school's computer: put the stick in, go on with it")},
                           {WITHOUT_NAMES, GA_N_("The same, but the county gets no names, numbers, addresses, texts")}},
                 .lines_count = 2, MEETING},
    at_county = {.lines = {{GO_ON, GA_N_("This is the county's computer: put the stick in, go on with it")},
                           {GO_ROUND, GA_N_("One stick is to go round many schools: get it ready")}},
                 .lines_count = 2, MEETING};

static enum ga_rc enter(struct ga_screen *screen, const void *arg, struct ga_error *err)
{
    (void)arg;
    (void)err;
    ga_pairing_page_enter(screen, ga_county_is_here(ga_screen_session(screen)) ? &at_county : &at_school);
    return GA_OK;
}

const struct ga_screen_ops ga_screen_county_meet = {
    .name = "county_meet",
    .title = GA_N_("A school and its county meet"),
    .help = GA_N_("Once for each school. One stick goes from the school's computer to the county's, back, and once more to the "
                  "county; the page says what comes next. The six groups of digits are compared by people, so that nobody else "
                  "reads what the school writes. From then on each bundle that a computer of the school writes can be read at the "
                  "county as well; other schools read none of it. A county that is to have no names gets a bundle of its own: it "
                  "counts and sees what was done, and calls the children by their card numbers."),
    GA_PAIRING_PAGE_OPS,
    .enter = enter,
};
