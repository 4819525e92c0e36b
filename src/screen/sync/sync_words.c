/* Words the exchange with other computers. */
#include "sync/sync_words.h"

#include "guanai/app/county.h"
#include "guanai/app/guest.h"
#include "guanai/app/sync_kept.h"
#include "guanai/app/sync_paper.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "parts/words.h"

#include <string.h>

const char *ga_sync_words_gap(struct ga_arena *arena, enum ga_lang lang, const struct ga_sync_gap *gap)
{
    const char *label = gap->label[0] != '\0' ? gap->label : ga_tr(lang, "a computer without a name");
    if (gap->first == 0)
        return ga_words_say(arena, lang, GA_N_("%1: something is missing in between"), label);
    if (gap->first == gap->last)
        return ga_words_say(arena, lang, GA_N_("%1: bundle %2 is missing here"), label, GA_NUM(gap->first));
    return ga_words_say(arena, lang, GA_N_("%1: bundles %2 to %3 are missing here"), label, GA_NUM(gap->first), GA_NUM(gap->last));
}

/* ---- what came ---- */

static void say(struct ga_menu *menu, enum ga_style style, const char *text)
{
    ga_menu_say(menu, style, text, NULL);
}

static void say_counts(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, const struct ga_sync_taken *taken)
{
    const uint64_t *counts = taken->received.transactions;
    say(menu, counts[GA_PARCEL_HELD] + counts[GA_PARCEL_REFUSED] > 0 ? GA_STYLE_WARNING : GA_STYLE_OK,
        ga_words_say(arena, lang, GA_N_("    in force %1, here already %2, held %3, refused %4; %5 records"),
                     GA_NUM(counts[GA_PARCEL_APPLIED]), GA_NUM(counts[GA_PARCEL_KNOWN]), GA_NUM(counts[GA_PARCEL_HELD]),
                     GA_NUM(counts[GA_PARCEL_REFUSED]), GA_NUM(taken->received.records)));
}

static void say_why(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, const struct ga_error *err)
{
    struct ga_str why = {0};
    ga_error_text(err, lang, &why);
    say(menu, GA_STYLE_WARNING, ga_arena_printf(arena, "    %s", ga_str_text(&why)));
    ga_str_finish(&why);
}

static void say_clock(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, const struct ga_sync_taken *taken)
{
    if (taken->is_clock_doubted)
        say(menu, GA_STYLE_WARNING, ga_tr(lang, "    The date of that computer is in doubt: have it looked at there"));
    if (taken->is_day_ahead)
        say(menu, GA_STYLE_WARNING, ga_words_say(arena, lang, GA_N_("    Made on %1 by that computer's date, which is yet to come"),
                                                 GA_DATE_ISO(ga_date_from_days(taken->day))));
}

void ga_sync_words_taken(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, const struct ga_sync_taken *taken)
{
    const char *from = taken->label[0] != '\0' ? ga_words_say(arena, lang, GA_N_("%1, bundle %2"), taken->label, GA_NUM(taken->number))
                                               : taken->name;
    const bool is_mere_receipt = taken->is_receipt && taken->outcome == GA_SYNC_KNOWN;
    say(menu, taken->outcome <= GA_SYNC_MADE_GOOD ? GA_STYLE_NORMAL : GA_STYLE_WARNING,
        ga_arena_printf(arena, "  %s  %s", from,
                        ga_tr(lang, is_mere_receipt ? GA_N_("a receipt: the county says what it has") : ga_sync_outcome_text(taken->outcome))));
    if (taken->outcome == GA_SYNC_TAKEN)
        say_counts(menu, arena, lang, taken);
    if (taken->outcome == GA_SYNC_TAKEN)
        say_clock(menu, arena, lang, taken);
    if (taken->received.transactions[GA_PARCEL_REFUSED] > 0)
        say(menu, GA_STYLE_WARNING, ga_tr(lang, "    The others count. On that computer: guanai check, check --salvage"));
    if (taken->gap.first > 0)
        say(menu, GA_STYLE_WARNING, ga_words_say(arena, lang, GA_N_("    bundles %1 to %2 are missing here"), GA_NUM(taken->gap.first),
                                                 GA_NUM(taken->gap.last)));
    if (taken->received.has_new_site)
        say(menu, GA_STYLE_WARNING, ga_tr(lang, "    a copy of this computer's data is used elsewhere: both are kept"));
    if (taken->why.rc != GA_OK)
        say_why(menu, arena, lang, &taken->why);
}

/* ---- who takes part ---- */

const char *ga_sync_words_heard(struct ga_arena *arena, enum ga_lang lang, int32_t day)
{
    char text[GA_DATE_SIZE];
    return day == 0 ? ga_tr(lang, "never heard of")
                    : ga_words_say(arena, lang, GA_N_("last heard of %1"), ga_date_text_short(ga_date_from_days(day), lang, text));
}

/* Nobody waits for it: nothing that it lacks is told. */
static void say_ended(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, const struct ga_sync_site *site, const char *label)
{
    ga_menu_say(menu, GA_STYLE_DIM, ga_arena_strdup(arena, label),
                ga_words_say(arena, lang, GA_N_("a guest that has ended; %1"), ga_sync_words_heard(arena, lang, site->peer.heard_day)));
}

void ga_sync_words_own_guest(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, struct ga_session *session)
{
    struct ga_guest own = {.is_ended = false};
    char day[GA_DATE_SIZE];
    bool has = false;
    if (!ga_guest_is_here(session))
        return;
    const char *host = ga_guest_host_label(session, arena);
    ga_guest_own(session, arena, &own, &has, NULL);
    if (!has) {
        say(menu, GA_STYLE_NORMAL, ga_words_say(arena, lang, GA_N_("This computer is a guest of %1; what it is to have has not come yet."), host));
    } else if (!own.is_ended) {
        say(menu, GA_STYLE_NORMAL, ga_words_say(arena, lang, GA_N_("This computer is a guest of %1: it has %2."), host,
                                                ga_guest_scope_words(session, &own, lang, arena)));
    } else {
        say(menu, GA_STYLE_WARNING, ga_words_say(arena, lang, GA_N_("%1 has ended this guest on %2: nothing more comes from there."), host,
                                                 ga_date_text_short(own.ended_on, lang, day)));
        say(menu, GA_STYLE_NORMAL, ga_tr(lang, "What is here stays; what is written here still goes back with the stick."));
    }
}

/* A teaching point's saves reach a county by way of its school: no bundle of its own ever comes there. */
static const char *heard_words(const struct ga_sync_site *site, enum ga_lang lang, struct ga_arena *arena)
{
    char day[GA_DATE_SIZE];
    if (site->peer.heard_day == 0)
        return site->state.last > 0 ? ga_tr(lang, "its saves come by way of others") : ga_sync_words_heard(arena, lang, 0);
    return ga_words_say(arena, lang, GA_N_("last heard of %1, bundle %2"),
                        ga_arena_strdup(arena, ga_date_text_short(ga_date_from_days(site->peer.heard_day), lang, day)),
                        GA_NUM(site->peer.heard_bundle));
}

void ga_sync_words_site(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, const struct ga_sync_site *site)
{
    const char *own = site->peer.label[0] != '\0' ? site->peer.label : ga_tr(lang, "a computer without a name");
    const char *label = ga_county_full_label(site->school, own, arena);
    if (site->is_ended) {
        say_ended(menu, arena, lang, site, label);
        return;
    }
    const char *heard = heard_words(site, lang, arena);
    const char *gaps = site->state.gaps > 0 ? ga_tr(lang, ", something is missing in between") : "";
    const char *lacks = site->to_send > 0 ? ga_words_say(arena, lang, GA_N_(", lacks %1 saves of ours"), GA_NUM(site->to_send)) : "";
    ga_menu_say(menu, site->state.gaps > 0 ? GA_STYLE_WARNING : GA_STYLE_NORMAL, ga_arena_strdup(arena, label),
                ga_arena_printf(arena, "%s%s%s%s", site->scope[0] == '\0' ? "" : ga_tr(lang, "a guest, "), heard, gaps, lacks));
}

/* At a county those of its schools are the schools' own matter. */
void ga_sync_words_papers(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, struct ga_session *session)
{
    struct ga_vec papers;
    ga_vec_init(&papers, sizeof(struct ga_sync_paper));
    ga_sync_papers(session, false, arena, &papers, NULL);
    for (size_t i = 0; i < papers.len; i++) {
        const struct ga_sync_paper *paper = ga_vec_at(&papers, i);
        if (paper->school[0] == '\0')
            ga_menu_say(menu, GA_STYLE_NORMAL, paper->label,
                        ga_words_say(arena, lang, GA_N_("by paper, typed in here; children: %1"), GA_NUM(paper->children)));
    }
    ga_vec_finish(&papers);
}

/* ---- what could not be taken in ---- */

/* Of what came otherwise since nobody needs to be told any more. */
static void drop_made_good(struct ga_vec *kept)
{
    for (size_t i = kept->len; i-- > 0;)
        if (GA_VEC_AT(const struct ga_sync_kept, kept, i)->is_made_good)
            ga_vec_remove(kept, i);
}

void ga_sync_words_kept(struct ga_menu *menu, struct ga_arena *arena, enum ga_lang lang, struct ga_session *session)
{
    enum { SHOWN = 5 };
    struct ga_vec apart, held;
    ga_vec_init(&apart, sizeof(struct ga_sync_kept));
    ga_vec_init(&held, sizeof(struct ga_sync_kept));
    ga_sync_kept_list(session, GA_SYNC_QUARANTINE, arena, &apart, NULL);
    drop_made_good(&apart);
    ga_sync_kept_list(session, GA_SYNC_HELD, arena, &held, NULL);
    if (held.len > 0)
        say(menu, GA_STYLE_WARNING, ga_words_say(arena, lang, GA_N_("Waiting for what they build on, and passed on: %1 files"), GA_NUM(held.len)));
    if (apart.len > 0)
        say(menu, GA_STYLE_WARNING, ga_words_say(arena, lang, GA_N_("Not taken in, kept apart in the data folder (quarantine): %1 files"), GA_NUM(apart.len)));
    for (size_t i = apart.len; i-- > 0 && i + SHOWN >= apart.len;) { /* the newest first */
        const struct ga_sync_kept *one = GA_VEC_AT(const struct ga_sync_kept, &apart, i);
        say(menu, GA_STYLE_DIM, ga_arena_printf(arena, "  %s  %.*s", one->name, (int)strcspn(one->reason, "\n"), one->reason));
    }
    ga_vec_finish(&apart);
    ga_vec_finish(&held);
}
