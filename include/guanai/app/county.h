/*
 * A county collects what its schools write: it reads all of it and changes none of it.
 *
 *   begin    on the county's computer: from now on it is a county's; its recovery key is shown once, to be printed
 *   meet     on both: each leaves its invitation (sync/pairing.h) on a stick, reads the other's, shows thirty digits;
 *            two people compare them, by telephone or on paper, and each confirms on their own computer
 *
 *   school ──▶ bundles closed for the school, the county, the recovery key ──▶ county
 *              (for a county without names: a bundle of its own, closed for the county and the school, of what names nobody)
 *   school ◀── a receipt for each school that lay on the stick: what of it is there, and nothing of others ◀── county
 *
 * One computer of a school meets the county; the others learn of it by their own sticks, and seal for it from then on.
 * Schools learn nothing of each other by way of the county. Whoever holds the printed key opens what a school wrote
 * when neither of its computers is left (ga_county_recover).
 */
#ifndef GUANAI_APP_COUNTY_H
#define GUANAI_APP_COUNTY_H

#include "guanai/app/sync.h"
#include "guanai/crypt/seal.h"
#include "guanai/store/school.h"

/* 16 numbers of five digits for two bytes each, two more that notice a slip: BLAKE2b-256, purpose "guanai.recovery". */
enum { GA_RECOVERY_GROUPS = 18, GA_RECOVERY_DIGITS_SIZE = 6 * GA_RECOVERY_GROUPS };

bool ga_county_is_here(struct ga_session *session); /* this computer is a county's */

/* A county reads what this school writes: closed for its key as well; or a bundle of its own, without names. */
bool ga_county_reads(struct ga_session *session);
bool ga_county_reads_nameless(struct ga_session *session);

/* The county's computer, where this one met it. GA_NOT_FOUND: it did not; another of the school may have. */
enum ga_rc ga_county_find(struct ga_session *session, struct ga_uuid *ret_site, struct ga_error *err);

/*
 * A school of the county, when it was heard of last, by whichever of its computers. Whoever was not heard of for the setting
 * exchange_days is missing; where that is 0, whoever never was.
 */
struct ga_county_heard {
    struct ga_uuid site; /* the computer that met the county for it */
    const char *school;
    int32_t day; /* 0: never */
    int days;    /* since then; -1: never */
    bool is_missing;
};

/* Appends struct ga_county_heard, who was silent longest first; none where this is no county. Texts live in the arena. */
enum ga_rc ga_county_heard(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_heard, struct ga_error *err);

/*
 * Makes it one, and a recovery key: `ret_digits` are its secret, kept nowhere; wipe them. Done again, a new key is made,
 * which schools learn when they meet the county again. GA_REFUSED: this computer is a school's: a county reads it, or children's files
 * lie here. May_begin asks just that.
 */
enum ga_rc ga_county_may_begin(struct ga_session *session, struct ga_error *err);
enum ga_rc ga_county_begin(struct ga_session *session, char ret_digits[GA_RECOVERY_DIGITS_SIZE], struct ga_error *err);

/* Of a key as somebody typed it. GA_REFUSED: it is mistyped, `err` says where. Blanks, full-width digits do not matter. */
enum ga_rc ga_county_check_key(const char *digits, struct ga_error *err);
size_t ga_county_count_digits(const char *typed); /* of part of a key */

struct ga_county_met {
    bool is_there;  /* the other one's invitation lies there: the digits stand */
    bool is_done;   /* the digits were confirmed */
    char label[GA_SITE_LABEL_MAX + 1]; /* of the other one */
    char digits[GA_SYNC_DIGITS_SIZE];
    /* Of the county's invitation alone, "" where none is known: for a stick that goes round many schools, see below. */
    char county_digits[GA_SYNC_DIGITS_SIZE];
    enum ga_county_had had; /* at the school: what the county has of it by now */
    bool has_namesake; /* at the county: another computer met it for a school of this name, and neither introduced the other */
};

/*
 * A school's computer that was replaced meets the county again: when the two signed for each other that is seen, and the
 * school stays one. When all it had was lost, only people can tell it from another school of the same name.
 */
enum ga_county_same {
    GA_COUNTY_UNSAID, /* nobody was asked */
    GA_COUNTY_SAME,   /* the school of that name is this one */
    GA_COUNTY_OTHER,  /* they are two schools */
};

/*
 * Leaves this computer's invitation there, and looks for the other one's: a school for the county's, a county for a
 * school's. `typed` as for ga_sync_answer. GA_DENIED: other digits; GA_REFUSED: there is nothing to confirm, or there is
 * a namesake and GA_COUNTY_UNSAID.
 *
 * One stick goes round many schools when it begins at the county: each school finds the county's invitation there, compares
 * county_digits with the paper that came along (they may be `typed` there, too), leaves its own enclosed, so that no other
 * school can read who was there, and has the digits of both written on that paper, by which the county confirms each.
 */
enum ga_rc ga_county_meet(struct ga_session *session, const char *place, const char *typed, enum ga_county_same same,
                          struct ga_county_met *ret_met, struct ga_error *err);

/* At a county: appends struct ga_county_met, label and digits, of all who lie there and were not met yet; writes nothing. */
enum ga_rc ga_county_waiting(struct ga_session *session, const char *place, struct ga_vec *ret_met, struct ga_error *err);

/*
 * At a school, the same with a county that is to have no names: a bundle of its own is written for it with each export, which
 * holds what tells of nobody who it is (store/naming.h), and nothing that the school writes otherwise is closed for the
 * county's key. Kept as a guest (app/guest.h). Met once with names, it keeps those it has. Met with names again (ga_county_meet)
 * it is handed all anew and has the names of what it has: where names are to come, it tells what it has of the school as lacking.
 */
enum ga_rc ga_county_meet_nameless(struct ga_session *session, const char *place, const char *typed, struct ga_county_met *ret_met,
                                   struct ga_error *err);

bool ga_county_meets_nameless(struct ga_session *session); /* its invitation was left in that way last; so it is confirmed */

/*
 * What the stick says about how far they came; writes nothing. GA_SYNC_ALONE: nothing lies there; INVITED: this computer's
 * invitation alone; ASKED: the other one's, its digits are to be shown (at the county) or compared (at the school);
 * ANSWERED: at the county, the school took the county's invitation along: somebody compared there.
 */
enum ga_rc ga_county_look(struct ga_session *session, const char *place, struct ga_sync_pairing *ret_pairing, struct ga_error *err);

/*
 * Takes in what lies there by the printed digits, believing its makers' word for whose computers they were: for the new
 * folder of a school that lost all of its own, which bears the name of that school; what others wrote is left out. GA_REFUSED: the digits are mistyped, `err` says which.
 */
enum ga_rc ga_county_recover(struct ga_session *session, const char *place, const char *digits,
                             const struct ga_progress *progress, struct ga_arena *arena, struct ga_vec *ret_taken,
                             struct ga_error *err);

/*
 * What several schools call alike is told apart at a county (store/school.h). Their places stand behind the county's own in
 * config.sites and in the list `site`: as the school's calendar names them once it was handed on, else as their children's
 * files do. Called when the session opens, and after whatever may have brought a school or a place.
 */
enum ga_rc ga_county_name_places(struct ga_session *session, struct ga_error *err);

/* Appends struct ga_school by name, namesakes with a number behind it; none where this is no county. */
enum ga_rc ga_county_named_schools(struct ga_session *session, struct ga_vec *ret_schools, struct ga_error *err);

/* The school that the place of a child or a class is of; "": none. Borrowed until the places are named again. */
const char *ga_county_school_name(const struct ga_session *session, const char *place);

/* "石桥镇中心小学 · 大湾教学点": whose computer it is stands before what it is called. The label alone where `school` is "" or the same. */
const char *ga_county_full_label(const char *school, const char *label, struct ga_arena *arena);

/* By its name, or code. GA_NOT_FOUND, saying where the names stand. */
enum ga_rc ga_county_find_school(struct ga_session *session, const char *name, char ret_code[GA_SCHOOL_CODE_SIZE],
                                 struct ga_error *err);

#endif
