/*
 * What was saved here goes to other computers of the school by stick, what was saved there comes here.
 *
 *   export:  store/send ──▶ sync/content ──▶ sync/bundle ──▶ a file on the stick, read back ──▶ "可以拔出"
 *   import:  a file on the stick ──▶ copied here, verified whole ──▶ sync/content ──▶ store/receive
 *
 * A bundle holds what at least one other computer may lack, and always what this one has, so that others need not send it
 * again. Nobody is asked anything but which stick.
 */
#ifndef GUANAI_APP_SYNC_H
#define GUANAI_APP_SYNC_H

#include "guanai/app/session.h"
#include "guanai/store/receive.h"
#include "guanai/sync/manifest.h"

/* ---- to a stick ---- */

struct ga_sync_export {
    const char *place;    /* where a stick is seen, or any folder (sync/stick_folder.h) */
    bool is_complete;     /* everything, whoever has it */
    const struct ga_uuid *school; /* at a county, complete: all of this school (struct ga_county_heard), whatever lies there; NULL: of those that do */
    const struct ga_progress *progress; /* nullable: transactions done, of all */
};

struct ga_sync_written {
    const char *path;     /* in the arena */
    uint64_t number;      /* of this computer's bundles */
    uint64_t transactions, operations, file_bytes;
    uint64_t receipts;    /* of a county: for so many schools whose bundles lie there; of others 0 */
    size_t guests;        /* so many bundles more, each for one of them (app/guest.h) */
};

/*
 * Written as a part, synced, read back, opened and verified as a reader would, then named, synced with its folder and
 * its file system; older bundles of this computer on that stick go only then. On failure the error says what has become
 * of the stick, and nothing there bears the name of a bundle that is none.
 */
enum ga_rc ga_sync_write(struct ga_session *session, const struct ga_sync_export *what, struct ga_arena *arena,
                         struct ga_sync_written *ret_written, struct ga_error *err);

/* ---- from a stick ---- */

enum ga_sync_outcome {
    GA_SYNC_TAKEN,    /* new, or some of it */
    GA_SYNC_KNOWN,    /* nothing in it that is not here */
    GA_SYNC_MADE_GOOD, /* it was kept apart, now or earlier, and all of it is here since (app/sync_kept.h) */
    GA_SYNC_GUESTS,   /* of this school, for one of its guests: nothing for this computer */
    GA_SYNC_OTHERS,   /* closed for another school */
    GA_SYNC_STRANGER, /* of a computer that nobody introduced here */
    GA_SYNC_DAMAGED,  /* altered or cut off; `why` */
    GA_SYNC_REFUSED,  /* no bundle, of a later format; `why` */
    GA_SYNC_OUTCOMES,
};

struct ga_sync_taken {
    const char *name;     /* of the file */
    const char *label;    /* of the computer that wrote it, at a county with its school; "" when it cannot be told */
    uint64_t number;      /* its n-th bundle; 0: cannot be told */
    int32_t day;          /* it was made on, by its own clock; 0: cannot be told */
    bool is_clock_doubted, is_day_ahead; /* by itself; the day is later than today: one of the two clocks is wrong */
    enum ga_sync_outcome outcome;
    bool is_receipt;      /* of the county: what it has of this school */
    struct ga_received received;
    struct ga_manifest_gap gap; /* bundles of that computer that are missing here: first … last; 0: none */
    struct ga_error why;
};

/*
 * Takes in every bundle on that place (or the one file), each in a transaction of its own, the earliest first; those that
 * this computer wrote there are passed by. (One that bears its id and was not: a copy of its data is at work elsewhere.)
 * Appends struct ga_sync_taken, texts in the arena. What is wrong with one bundle is no reason not to take in the others:
 * `err` is for what ends all of it (the stick gone, the disk full). One that does not read is damaged where another reads
 * after it; else it may be the stick: the others are tried, then it is an error. A backup is made before the first that may bring
 * something.
 */
enum ga_rc ga_sync_take(struct ga_session *session, const char *place, const struct ga_progress *progress,
                        struct ga_arena *arena, struct ga_vec *ret_taken, struct ga_error *err);

const char *ga_sync_outcome_code(enum ga_sync_outcome outcome); /* for scripts: taken, known, own … */
const char *ga_sync_outcome_text(enum ga_sync_outcome outcome); /* for people: English, GA_N_ */

/* ---- how it stands ---- */

struct ga_sync_site {
    struct ga_peer peer;
    bool is_own;             /* this computer; what it once was, and sites that went on under another id, are left out */
    struct ga_have_state state; /* of its history here */
    uint64_t to_send;        /* transactions here that it has not acknowledged; of this computer 0 */
    bool was_heard;
    char school[GA_SITE_LABEL_MAX + 1]; /* at a county: which of its schools it is of; "": of none */
    bool is_school;                     /* it is the computer that met the county for its school */
    char scope[192];                    /* of a guest, at the guest itself: what it gets; "": it gets everything */
    bool is_ended;                      /* a guest that nothing is written for any more */
};

/* Appends struct ga_sync_site, this computer first, the others by label, at a county by school and label. */
enum ga_rc ga_sync_sites(struct ga_session *session, struct ga_vec *ret_sites, struct ga_error *err);

/* What people call this computer; "" until somebody said so. */
enum ga_rc ga_sync_set_label(struct ga_session *session, const char *label, struct ga_error *err);

/* ---- joining a school (sync/pairing.h) ---- */

/*
 * Four steps, two computers, one stick: invite (school) → join (new one; shows 30 digits) → answer (school: shows the same
 * digits, somebody compares) → finish (new one). `place` as for bundles. `typed` NULL: nothing is written, the digits are
 * told in ret_digits, for people to compare; else they are the digits as somebody typed or confirmed them, and the step
 * is done. GA_DENIED: they differ: somebody else's file lies on the stick. Each step may be done again: it is the same
 * invitation, and for the same label the same request with the same digits until the school's answer was taken.
 */
enum { GA_SYNC_DIGITS_SIZE = 36 };
enum ga_rc ga_sync_invite(struct ga_session *session, const char *place, struct ga_error *err);
enum ga_rc ga_sync_join(struct ga_session *session, const char *place, const char *label,
                        char ret_digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err);
enum ga_rc ga_sync_answer(struct ga_session *session, const char *place, const char *typed,
                          char ret_digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err);
enum ga_rc ga_sync_finish(struct ga_session *session, const char *place, const char *typed,
                          char ret_digits[GA_SYNC_DIGITS_SIZE], struct ga_error *err);

/* Did a person confirm the digits: by y, 是, or by typing one or more of the six groups as the other computer shows them, in
 * their order; blanks and full-width digits do not matter. */
bool ga_sync_digits_confirm(const char *digits, const char *typed);

/* What the stick says about how far they came: whoever was interrupted goes on where they were. */
enum ga_sync_step {
    GA_SYNC_ALONE,    /* no invitation lies there; nor anything else that concerns this computer */
    GA_SYNC_INVITED,  /* the school's: its invitation lies there. The new one's: one does, nothing was asked yet */
    GA_SYNC_ASKED,    /* the new one's request lies there, both show the digits now */
    GA_SYNC_ANSWERED, /* the new one's: the school's answer lies there */
    GA_SYNC_JOINED,   /* the new one's: it belongs to that school */
};

enum ga_county_had { GA_COUNTY_HAD_NOTHING, GA_COUNTY_HAD_NAMES, GA_COUNTY_HAD_NO_NAMES }; /* said about names the last time */
struct ga_sync_pairing {
    enum ga_sync_step step;
    char label[191 + 1]; /* at the school what the new computer is called; at the new one the school's name */
    char digits[GA_SYNC_DIGITS_SIZE]; /* of GA_SYNC_ASKED and GA_SYNC_ANSWERED; else "" */
    /* At a county: the digits of its invitation, to be taken along on paper. At a school that its stick came to: those of
     * both, to be written on that paper; `digits` are the county's then. Else "". */
    char note[GA_SYNC_DIGITS_SIZE];
    enum ga_county_had had;
    bool has_namesake; /* at a county: whether it is a school met before is to be asked (app/county.h) */
};

/* `is_new`: as the computer that joins, else as the school's. Writes nothing. */
enum ga_rc ga_sync_pairing_look(struct ga_session *session, const char *place, bool is_new,
                                struct ga_sync_pairing *ret_pairing, struct ga_error *err);

#endif
