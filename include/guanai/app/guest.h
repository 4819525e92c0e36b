/*
 * A guest is a computer that gets what is of one class or one site, and hashes for the rest: a leaf of the exchange.
 *
 *   meet      on both, as a county is met (app/county.h): each leaves its invitation on a stick, reads the other's, two
 *             people compare thirty digits; the school's side says what the guest gets
 *
 *   school ──▶ with each export a bundle for each guest that was met here or heard of here, closed for the guest and the
 *              school itself and for nobody else: what the guest may not have is not in it ──▶ guest
 *   school ◀── what was written at the guest, as any other computer's ◀── guest
 *
 *   end       nothing is written for it any more but, until it has said that it knows, that it has ended. What it has
 *             stays there; what is written at it, before it hears of the end or after, comes back and counts as ever
 *
 * The bundle is one of its own, not the school's with one more holder: whoever can open that has everything in it. A guest
 * passes nothing on but what was written at it. Who is a guest is a record (forms/guest.yaml): all computers of the school
 * know it, its end too. What exactly it gets: store/limited.h.
 */
#ifndef GUANAI_APP_GUEST_H
#define GUANAI_APP_GUEST_H

#include "guanai/app/county.h"
#include "guanai/store/limited.h"

enum { GA_GUEST_SCOPE_SIZE = 160 };

/* What a county gets that is to have no names (app/county.h): it is kept as a guest of that scope. */
#define GA_GUEST_NAMELESS "without-names"

struct ga_guest {
    struct ga_uuid record;  /* of the form */
    struct ga_uuid site;    /* as it was met */
    struct ga_seal_public group;
    struct ga_scope scope;
    const char *label, *scope_text; /* in the arena */
    struct ga_date since, ended_on; /* by whoever invited it, ended it; ga_date_is_day */
    bool is_ended;
};

bool ga_guest_is_here(struct ga_session *session); /* this computer is one */

/* Appends struct ga_guest, ended ones too. At a guest itself: what was said of it, once that has come. */
enum ga_rc ga_guests_read(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_guests, struct ga_error *err);

/* The guest that this computer is, as far as the school's word has come: *ret_has. Texts in the arena. */
enum ga_rc ga_guest_own(struct ga_session *session, struct ga_arena *arena, struct ga_guest *ret_guest, bool *ret_has,
                        struct ga_error *err);

/* At a guest: the school, as it is called here; "" elsewhere. In the arena. */
const char *ga_guest_host_label(struct ga_session *session, struct ga_arena *arena);

/* The day it was heard of last, whatever id it has now; 0: never. */
int32_t ga_guest_heard_day(struct ga_session *session, const struct ga_guest *guest);

/* "三年级(2)班" as the class is called today, with its site where the school has several; "石桥教学点". In the arena. */
const char *ga_guest_scope_words(struct ga_session *session, const struct ga_guest *guest, enum ga_lang lang, struct ga_arena *arena);

/* What can be chosen: the classes that have children, the sites. Texts in the arena. */
struct ga_guest_choice {
    const char *scope; /* as ga_guest_read_scope takes it */
    const char *words;
};

/* Appends struct ga_guest_choice, classes in roster order first. */
enum ga_rc ga_guest_choices(struct ga_session *session, enum ga_lang lang, struct ga_arena *arena, struct ga_vec *ret_choices,
                            struct ga_error *err);

/*
 * `scope`: class:2024级2班, class:SITE:2024级2班 (any spelling of the class; the site where several have that class), site:SITE.
 * GA_REFUSED: it is none, or nobody is in that class.
 */
enum ga_rc ga_guest_read_scope(struct ga_session *session, const char *scope, struct ga_scope *ret_scope, struct ga_error *err);

/*
 * Both sides of meeting, as ga_county_meet. `scope` NULL: this computer becomes a guest (GA_REFUSED: it takes part in an
 * exchange already). At the school the guest is known and written for once the digits were confirmed.
 */
enum ga_rc ga_guest_meet(struct ga_session *session, const char *place, const char *scope, const char *typed,
                         struct ga_county_met *ret_met, struct ga_error *err);

/* May this computer become one: GA_REFUSED when it exchanges with others already. */
enum ga_rc ga_guest_may_join(struct ga_session *session, struct ga_error *err);

/*
 * What the stick says about how far they came, as ga_county_look: `is_guest` as the one that becomes a guest, which shows
 * the digits first and confirms last, else as the school's.
 */
enum ga_rc ga_guest_look(struct ga_session *session, const char *place, bool is_guest, struct ga_sync_pairing *ret_pairing,
                         struct ga_error *err);

/* By its name. GA_NOT_FOUND. */
enum ga_rc ga_guest_end(struct ga_session *session, const char *label, struct ga_error *err);
enum ga_rc ga_guest_end_one(struct ga_session *session, const struct ga_guest *guest, struct ga_error *err);

#endif
