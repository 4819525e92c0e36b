/* The county as its schools see it; its schools as the county sees them. */
#include "guanai/screen/county.h"

#include "guanai/app/county.h"
#include "guanai/app/county_same.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/crypt/secret.h"
#include "guanai/tui/dialog.h"
#include "guanai/tui/loop.h"
#include "guanai/tui/widget/picker.h"
#include "parts/menu_page.h"
#include "parts/words.h"
#include "sync/sync_steps.h"

#include <stdio.h>
#include <string.h>

enum asked { GIVE_BACK = 1, BEGIN, RECOVER, SHOW_KEY, PART, JOIN };

enum { KEY_LINES = 3, LINE_DIGITS = 30, TYPED_MAX = 120 };

struct page {
    struct ga_menu_page shown; /* first: menu_page.h */
    struct ga_sync_steps steps;
    int key_line;                   /* of the paper, from 0: the one that is asked for */
    char key[KEY_LINES][TYPED_MAX]; /* as it was typed */
    char key_whole[KEY_LINES * TYPED_MAX];
    struct ga_vec schools;          /* struct ga_county_heard, in the arena of what is shown */
    enum ga_lang lang;              /* of what is picked from */
    struct ga_vec met;              /* struct ga_county_computer, the same: that are to be parted, or joined */
    struct ga_tui_options options;  /* of those */
};

static struct page *state_of(const struct ga_screen *screen)
{
    return GA_STATE(struct page, screen);
}

/* ---- what is shown ---- */

static void say(struct page *page, enum ga_style style, const char *text, const char *more)
{
    ga_menu_say(&page->shown.menu, style, text, more);
}

/* "3 天前（11月20日）" */
static const char *when(struct page *page, enum ga_lang lang, int32_t day, int days)
{
    char text[GA_DATE_SIZE];
    if (day == 0)
        return ga_tr(lang, "never heard of");
    ga_date_text_short(ga_date_from_days(day), lang, text);
    return days == 0 ? ga_words_say(&page->shown.lines, lang, GA_N_("today (%1)"), text)
                     : ga_words_say(&page->shown.lines, lang, GA_N_("%1 days ago (%2)"), GA_NUM(days), text);
}

static void say_schools(struct page *page, enum ga_lang lang, bool is_missing)
{
    for (size_t i = 0; i < page->schools.len; i++) {
        const struct ga_county_heard *school = ga_vec_at(&page->schools, i);
        if (school->is_missing == is_missing)
            say(page, GA_STYLE_NORMAL, ga_arena_printf(&page->shown.lines, "  %s", school->school), when(page, lang, school->day, school->days));
    }
}

static void say_county(struct page *page, enum ga_lang lang)
{
    const size_t count = page->schools.len;
    size_t missing = 0;
    for (size_t i = 0; i < count; i++)
        missing += GA_VEC_AT(struct ga_county_heard, &page->schools, i)->is_missing;
    if (count == 0)
        say(page, GA_STYLE_NORMAL, ga_tr(lang, "No school has met this county yet: press 2 with a school's stick."), NULL);
    if (missing > 0)
        say(page, GA_STYLE_WARNING, page->shown.session->config.exchange_days == 0
                                      ? ga_words_say(&page->shown.lines, lang, GA_N_("Never heard from: %1 of %2 schools"), GA_NUM(missing), GA_NUM(count))
                                      : ga_words_say(&page->shown.lines, lang, GA_N_("Not heard from for %1 days: %2 of %3 schools"),
                                                     GA_NUM(page->shown.session->config.exchange_days), GA_NUM(missing), GA_NUM(count)), NULL);
    say_schools(page, lang, true);
    if (missing < count)
        say(page, GA_STYLE_LABEL, ga_words_say(&page->shown.lines, lang, GA_N_("Heard from: %1 of %2 schools"),
                                               GA_NUM(count - missing), GA_NUM(count)), NULL);
    say_schools(page, lang, false);
}

/* The receipt says what of this school is there. */
static void say_receipt(struct page *page, enum ga_lang lang, const struct ga_sync_site *county)
{
    const int days = ga_date_to_days(page->shown.session->today) - county->peer.heard_day;
    say(page, GA_STYLE_STRONG, ga_words_say(&page->shown.lines, lang, ga_county_reads_nameless(page->shown.session) ? GA_N_("%1 reads what this school writes, without names.")
                                                                                                 : GA_N_("%1 reads what this school writes."),
                                            county->peer.label), NULL);
    if (county->peer.heard_day == 0) {
        say(page, GA_STYLE_NORMAL, ga_tr(lang, "No receipt has come yet: carry the stick to the county and back."), NULL);
        return;
    }
    say(page, GA_STYLE_NORMAL, ga_words_say(&page->shown.lines, lang, GA_N_("Last receipt: %1"),
                                            when(page, lang, county->peer.heard_day, days > 0 ? days : 0)), NULL);
    say(page, county->to_send == 0 ? GA_STYLE_OK : GA_STYLE_NORMAL,
        county->to_send == 0 ? ga_tr(lang, "The county has all that this school has written.")
                             : ga_words_say(&page->shown.lines, lang, GA_N_("By that receipt it lacks %1 saves."), GA_NUM(county->to_send)), NULL);
}

static void say_collected(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_vec sites;
    struct ga_uuid county;
    struct ga_error err = {0};
    const bool is_known = ga_county_find(page->shown.session, &county, NULL) == GA_OK;
    ga_vec_init(&sites, sizeof(struct ga_sync_site));
    if (is_known && ga_sync_sites(page->shown.session, &sites, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    for (size_t i = 0; i < sites.len; i++)
        if (ga_uuid_compare(&GA_VEC_AT(struct ga_sync_site, &sites, i)->peer.id, &county) == 0)
            say_receipt(page, ga_screen_lang(screen), ga_vec_at(&sites, i));
    if (!is_known)
        say(page, GA_STYLE_NORMAL, ga_screen_tr(screen, "The county reads what this school writes; another computer of the school has met it."), NULL);
    ga_vec_finish(&sites);
}

static void say_alone(struct page *page, enum ga_lang lang)
{
    say(page, GA_STYLE_NORMAL, ga_tr(lang, "No county reads what this school writes. 1 begins, with one stick."), NULL);
}

/* ---- the recovery key ---- */

static void ask_begin(struct ga_screen *screen)
{
    const bool is_county = ga_county_is_here(state_of(screen)->shown.session);
    ga_dialog_confirm(screen, ga_screen_tr(screen, is_county ? GA_N_("Make another recovery key") : GA_N_("This is the county's computer?")),
                      ga_screen_tr(screen, is_county ? GA_N_("The paper with the key is lost? Another one is made and shown once. It opens what a school "
                                                             "writes after it has met the county again; the old one what was written before.")
                                                     : GA_N_("From now on it collects what schools write, and is no school's. A recovery key is made "
                                                             "and shown once: have paper and a pen at hand.")),
                      false, BEGIN);
}

static void make_key(struct ga_screen *screen)
{
    char digits[GA_RECOVERY_DIGITS_SIZE];
    struct ga_error err = {0};
    if (ga_county_begin(state_of(screen)->shown.session, digits, &err) != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_screen_push(screen, &ga_screen_county_key, digits, SHOW_KEY);
    ga_crypt_wipe(digits, sizeof(digits));
    ga_menu_page_list(screen);
}

static void ask_key(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    const struct ga_dialog_ask ask = {
        .title = ga_words_say(&page->shown.lines, ga_screen_lang(screen), GA_N_("Recovery key, line %1 of %2"), GA_NUM(page->key_line + 1),
                              GA_NUM(KEY_LINES)),
        .text = ga_words_say(&page->shown.lines, ga_screen_lang(screen),
                             GA_N_("For %1, in a data folder of its own. The county keeps the key on paper: type the six groups of this line."),
                             page->shown.session->config.school != NULL ? page->shown.session->config.school : ""),
        .initial = page->key[page->key_line], .max_chars = LINE_DIGITS + 20};
    ga_dialog_ask(screen, &ask, RECOVER);
}

static void check_key(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    snprintf(page->key_whole, sizeof(page->key_whole), "%s %s %s", page->key[0], page->key[1], page->key[2]);
    if (ga_county_check_key(page->key_whole, &err) == GA_OK)
        ga_sync_steps_ask(&page->steps, screen, GA_SYNC_DO_RECOVER);
    else
        ga_ui_say_error(screen->ui, &err);
}

static void take_key_line(struct ga_screen *screen, const char *typed)
{
    struct page *page = state_of(screen);
    ga_str_copy(page->key[page->key_line], TYPED_MAX, typed);
    const size_t digits = ga_county_count_digits(typed);
    if (digits == LINE_DIGITS)
        page->key_line++;
    else
        ga_words_tell(screen->ui, GA_STYLE_WARNING, GA_N_("A line of the key has %1 digits, these are %2"), GA_NUM(LINE_DIGITS), GA_NUM(digits));
    if (page->key_line < KEY_LINES)
        ask_key(screen);
    else
        check_key(screen);
}

/* ---- a school that lost its computers ---- */

static const char *school_at(void *ctx, size_t i)
{
    const struct page *page = ctx;
    return GA_VEC_AT(struct ga_county_heard, &page->schools, i)->school;
}

/* The school has nothing left that could say which it is. */
static void pick_school(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    page->options = (struct ga_tui_options){.ctx = page, .count = page->schools.len, .label = school_at};
    ga_tui_pick_open(screen, &(struct ga_tui_pick){.title = ga_screen_tr(screen, "Which school has lost its computers?"), .options = &page->options, .picked = -1},
                     GIVE_BACK);
}

static void take_school(struct ga_screen *screen, size_t i)
{
    struct page *page = state_of(screen);
    page->steps.school = GA_VEC_AT(struct ga_county_heard, &page->schools, i)->site;
    ga_sync_steps_ask(&page->steps, screen, GA_SYNC_DO_GIVE_BACK);
}

/* ---- taken for one, taken for two ---- */

static size_t count_met(struct page *page, bool is_joined)
{
    struct ga_vec all;
    ga_vec_init(&all, sizeof(struct ga_county_computer));
    ga_vec_clear(&page->met);
    ga_county_computers(page->shown.session, &page->shown.lines, &all, NULL);
    for (size_t i = 0; i < all.len; i++) {
        const struct ga_county_computer *one = ga_vec_at(&all, i);
        if (one->is_joined == is_joined && !ga_uuid_is_zero(&one->other))
            *(struct ga_county_computer *)ga_vec_push(&page->met) = *one;
    }
    ga_vec_finish(&all);
    return page->met.len;
}

/* Two of one name differ by when they were heard of last. */
static const char *met_at(void *ctx, size_t i)
{
    struct page *page = ctx;
    const struct ga_county_computer *one = ga_vec_at(&page->met, i);
    const int32_t today = ga_date_to_days(page->shown.session->today);
    return ga_arena_printf(&page->shown.lines, "%s  %s", one->label,
                           when(page, page->lang, one->heard_day, one->heard_day > 0 && today > one->heard_day ? (int)(today - one->heard_day) : 0));
}

static void pick_met(struct ga_screen *screen, bool is_joined)
{
    struct page *page = state_of(screen);
    page->lang = ga_screen_lang(screen);
    page->options = (struct ga_tui_options){.ctx = page, .count = count_met(page, is_joined), .label = met_at};
    ga_tui_pick_open(screen, &(struct ga_tui_pick){.title = ga_screen_tr(screen, is_joined ? GA_N_("Which computer is a school of its own?")
                                                                                           : GA_N_("Which one is the school of that name that came before?")),
                                                   .options = &page->options, .picked = -1},
                     is_joined ? PART : JOIN);
}

static void pick_joined(struct ga_screen *screen)
{
    pick_met(screen, true);
}

static void pick_namesake(struct ga_screen *screen)
{
    pick_met(screen, false);
}

static void change_met(struct ga_screen *screen, const struct ga_tui_result *result)
{
    struct page *page = state_of(screen);
    struct ga_error err = {0};
    if ((size_t)result->code >= page->met.len)
        return;
    const struct ga_county_computer one = *GA_VEC_AT(const struct ga_county_computer, &page->met, (size_t)result->code);
    const enum ga_rc rc = result->tag == PART ? ga_county_part(page->shown.session, &one.site, &err)
                                              : ga_county_join(page->shown.session, &one.site, &one.other, &err);
    if (rc != GA_OK)
        ga_ui_say_error(screen->ui, &err);
    else
        ga_words_tell(screen->ui, GA_STYLE_OK, result->tag == PART ? GA_N_("%1: two schools from now on") : GA_N_("%1: one school from now on"), one.label);
    ga_menu_page_list(screen);
}

/* ---- what can be chosen ---- */

static void collect(struct ga_screen *screen)
{
    ga_sync_steps_ask(&state_of(screen)->steps, screen, GA_SYNC_DO_BOTH);
}

static void begin_recovery(struct ga_screen *screen)
{
    state_of(screen)->key_line = 0;
    ask_key(screen);
}

static const char *give_back_words(struct ga_screen *screen)
{
    return state_of(screen)->schools.len == 0 ? NULL : ga_screen_tr(screen, "Write all of a school that lost its computers");
}

static const char *part_words(struct ga_screen *screen)
{
    return count_met(state_of(screen), true) == 0 ? NULL : ga_screen_tr(screen, "Two schools were taken for one: part them again");
}

static const char *join_words(struct ga_screen *screen)
{
    return count_met(state_of(screen), false) == 0 ? NULL : ga_screen_tr(screen, "One school was taken for two: they are one");
}

static const char *meet_words(struct ga_screen *screen)
{
    return ga_screen_tr(screen, ga_county_reads(state_of(screen)->shown.session) ? GA_N_("Meet the county again") : GA_N_("Meet the county"));
}

static const char *begin_words(struct ga_screen *screen)
{
    return ga_county_may_begin(state_of(screen)->shown.session, NULL) != GA_OK ? NULL : ga_screen_tr(screen, "This is the county's computer: collect schools");
}

static const struct ga_menu_page_row rows_at_county[] = {
    {'1', GA_N_("Take in what schools brought, write their receipts"), .opens = collect},
    {'2', GA_N_("Meet a school"), .ops = &ga_screen_county_meet},
    {'3', .words = give_back_words, .opens = pick_school},
    {'4', GA_N_("Make another recovery key"), .opens = ask_begin},
    {'5', .words = part_words, .opens = pick_joined},
    {'6', .words = join_words, .opens = pick_namesake},
};

static const struct ga_menu_page_row rows_at_school[] = {
    {'1', .words = meet_words, .ops = &ga_screen_county_meet},
    {'2', GA_N_("All computers are lost: get back by the recovery key"), .opens = begin_recovery},
    {'3', .words = begin_words, .opens = ask_begin},
};

static void list(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    struct ga_menu_page *shown = &page->shown;
    const enum ga_lang lang = ga_screen_lang(screen);
    const bool is_county = ga_county_is_here(shown->session);
    ga_vec_clear(&page->schools);
    ga_county_heard(shown->session, &shown->lines, &page->schools, NULL);
    ga_screen_set_title(screen, is_county ? ga_tr(lang, "The schools of this county") : "");
    if (is_county)
        ga_menu_page_add_rows(screen, rows_at_county, GA_COUNT(rows_at_county));
    else
        ga_menu_page_add_rows(screen, rows_at_school, GA_COUNT(rows_at_school));
    say(page, GA_STYLE_NORMAL, "", NULL);
    ga_sync_steps_say(&page->steps, &shown->menu, &shown->lines, lang);
    if (is_county)
        say_county(page, lang);
    else if (ga_county_reads(shown->session))
        say_collected(screen);
    else
        say_alone(page, lang);
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
    page->steps.key = page->key_whole;
    ga_vec_init(&page->schools, sizeof(struct ga_county_heard));
    ga_vec_init(&page->met, sizeof(struct ga_county_computer));
    return GA_OK;
}

static void leave(struct ga_screen *screen)
{
    struct page *page = state_of(screen);
    ga_menu_page_leave(screen);
    ga_sync_steps_finish(&page->steps);
    ga_vec_finish(&page->schools);
    ga_vec_finish(&page->met);
    ga_crypt_wipe(page->key, sizeof(page->key));
    ga_crypt_wipe(page->key_whole, sizeof(page->key_whole));
}

static bool work(struct ga_screen *screen)
{
    ga_sync_steps_work(&state_of(screen)->steps, screen);
    ga_menu_page_list(screen);
    return false;
}

static void resumed(struct ga_screen *screen, const struct ga_tui_result *result)
{
    if (result->is_done && result->tag == GIVE_BACK)
        take_school(screen, (size_t)result->code);
    else if (result->is_done && (result->tag == PART || result->tag == JOIN))
        change_met(screen, result);
    else if (result->is_done && result->tag == RECOVER)
        take_key_line(screen, result->text);
    else if (result->is_done && result->tag == BEGIN && result->code == 1)
        make_key(screen);
    else if (!ga_sync_steps_take(&state_of(screen)->steps, screen, result))
        ga_menu_page_list(screen);
}

static void reword(struct ga_screen *screen, int tag)
{
    if (tag == BEGIN)
        ask_begin(screen);
    else if (tag == PART || tag == JOIN)
        pick_met(screen, tag == PART);
    else if (tag == GIVE_BACK)
        pick_school(screen);
    else if (tag == RECOVER)
        ask_key(screen);
    else
        ga_stick_pick_reword(&state_of(screen)->steps.sticks, screen, tag);
}

const struct ga_screen_ops ga_screen_county = {
    .name = "county",
    .title = GA_N_("The county"),
    .help = GA_N_("The county collects by stick what its schools write, and changes none of it. A school meets it once; from then on "
                  "each bundle that the school writes can be read there as well. At the county's computer the page says which "
                  "schools were heard from and which were not; one key takes in what lies on a stick and writes each school a "
                  "receipt, which goes back with the stick. Schools learn nothing of each other. When all computers of a school are "
                  "lost, it gets back what it wrote: the county writes it on a stick, the recovery key on paper opens it."),
    .state_bytes = sizeof(struct page),
    .enter = enter,
    .leave = leave,
    GA_MENU_PAGE_OPS,
    .work = work,
    .resumed = resumed,
    .reword = reword,
};
