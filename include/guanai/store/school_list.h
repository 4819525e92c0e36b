/*
 * The schools a county has met. Its computers hand the list on to each other as a file that nobody is asked about
 * (store/shared.h), named GA_SCHOOLS_FILE; this is the format's specification:
 *
 *   line = "school " site " " group " " same " " day [" " turns " " parted] "\n"
 *     site   id of a computer that met the county for its school
 *     group  public key its bundles are opened by, 64 hexadecimal digits
 *     same   id of the computer by whose code the school goes (store/school.h): itself, or the one that met the county
 *            before it, when that was replaced. So a school counts once, whichever of its computers are left
 *     day    days from 1970 of the newest bundle of the school, as far as the writer knew; 0: none
 *     turns  how often the school began to give its names, or ceased to: odd when it gives none. The most is the newest
 *     parted how often people said anew whose `same` it is: the most is the newest. Both are 0 where they do not stand
 *
 * What computers of the county wrote apart from each other counts together. Only what the county's own wrote counts: this
 * one, the one that let it in, those that they let in. It is read before records that came along with it are folded.
 */
#ifndef GUANAI_STORE_SCHOOL_LIST_H
#define GUANAI_STORE_SCHOOL_LIST_H

#include "guanai/crypt/hash.h"
#include "guanai/store/school.h"

#define GA_SCHOOLS_FILE "schools"

struct ga_school_met {
    struct ga_uuid site, same;
    struct ga_hash group; /* the key's bytes */
    int32_t heard_day;
    int turns, parted;
};

/* Appends struct ga_school_met, in the order they were met. */
enum ga_rc ga_schools_met(struct ga_store *store, struct ga_vec *ret_met, struct ga_error *err);

/* The list is this from now on, here and at the county's other computers; what they wrote meanwhile stays in it. */
enum ga_rc ga_schools_keep(struct ga_store *store, const struct ga_vec *met, struct ga_error *err);

/* Takes over what the log holds of it. Costs a fold; may be within a transaction. */
enum ga_rc ga_schools_learn(struct ga_store *store, struct ga_error *err);

/* Entry of that site; NULL: it is none. */
struct ga_school_met *ga_school_met_of(const struct ga_vec *met, const struct ga_uuid *site);

/* The entry by whose code that one goes. */
const struct ga_school_met *ga_school_met_root(const struct ga_vec *met, const struct ga_school_met *entry);

/*
 * What was read of a school before it was known for the same as another stands under a code of its own still: build the
 * tables anew (ga_store_rebuild), then say so.
 */
bool ga_schools_are_stale(struct ga_store *store);
enum ga_rc ga_schools_are_fresh(struct ga_store *store, struct ga_error *err);

#endif
