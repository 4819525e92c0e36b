/* How the phones of a child's people have answered. */
#ifndef GUANAI_CARE_PHONE_H
#define GUANAI_CARE_PHONE_H

#include "guanai/base/arena.h"
#include "guanai/base/rc.h"
#include "guanai/store/store.h"
#include "guanai/text/date.h"

/*
 *   child: father_phone, mother_phone, guardian_phone ──▶ one row a number (father and guardian may have one)
 *   parent_call: number, else whom ──┐
 *   family_call: whom ───────────────┴──▶ reached, tried, how the last one ended
 *
 * Read from the records each time; nothing is stored. A call is of the number it was made to: a new number begins with
 * no tries. Where no number was written down it is of the person's number as the file has it now; 父母 means the
 * father's, without one the mother's, as phone_of() does. What did not ring a phone (came to school, a letter) does not
 * count. Reached: spoken to, called by them, or somebody else took it; busy, no answer, switched off, wrong: a try.
 */
enum ga_phone_whose { GA_PHONE_FATHER, GA_PHONE_MOTHER, GA_PHONE_GUARDIAN, GA_PHONES_MAX };
extern const char *const ga_phone_codes[GA_PHONES_MAX]; /* "father" … as list called_whom has them */
extern const char *const ga_phone_words[GA_PHONES_MAX]; /* GA_N_ */

struct ga_phone {
    const char *number;
    uint32_t whose;     /* bits 1 << enum ga_phone_whose */
    const char *name;   /* of the first of them; "" when it is not written down */
    struct ga_date reached_on; /* the last time; {0}: never */
    struct ga_date tried_on;   /* the last call, however it ended; {0}: none */
    const char *outcome;       /* of that one: a code of call_outcome; "": none */
    int tries;                 /* since it was last reached: all that failed */
};

/* "A number that failed": tried since it last answered. */
static inline bool ga_phone_failed(const struct ga_phone *phone)
{
    return phone->tries > 0;
}

struct ga_phones {
    int64_t child;         /* record number */
    struct ga_phone items[GA_PHONES_MAX];
    size_t count;          /* 0: no number is written down */
    const char *via;       /* child.contact_via: whose phone to ring instead, as it was typed; "" */
    struct ga_date reached_on; /* by any number, that day or by a number the file no longer has; {0}: never */
    int tries;             /* calls to anybody since then */
};

/* The phones of one child; texts in `arena`. GA_NOT_FOUND: no such child is here. */
enum ga_rc ga_phones_of(struct ga_store *store, int64_t child, struct ga_arena *arena, struct ga_phones *ret_phones,
                        struct ga_error *err);

/* Which children: of a class as in ga_roster_filter, NULL: any. */
struct ga_phones_ask {
    const char *site, *grade, *class_no;
    int min_tries; /* of one of the numbers; 0: all children with a number */
};

/* A row a child, in roster order; in `arena`. Costs two look-ups a child asked for. */
enum ga_rc ga_phones_list(struct ga_store *store, const struct ga_phones_ask *ask, struct ga_arena *arena,
                          struct ga_phones **ret_phones, size_t *ret_count, struct ga_error *err);

/*
 * Which number to ring instead of the at-th: the one reached last, of those that were never tried the first; -1: none
 * but `via`. A number that failed is none, unless it failed less often than this one and was reached before.
 */
int ga_phones_instead(const struct ga_phones *phones, size_t at);

/* "3 Nov answered, 2 tries since" / "never answered, 5 tries" / "not tried yet"; appended. Nothing of the number itself. */
struct ga_str;
void ga_phone_text(const struct ga_phone *phone, enum ga_lang lang, struct ga_str *out);

/* 父亲、监护人 · 彭大山; appended. */
void ga_phone_owner_text(const struct ga_phone *phone, enum ga_lang lang, struct ga_str *out);

#endif
