/* What of an operation tells who somebody is, and how it is left out: this comment is the format's specification. */
#ifndef GUANAI_STORE_NAMING_H
#define GUANAI_STORE_NAMING_H

#include "guanai/base/str.h"
#include "guanai/store/operation.h"
#include "guanai/store/store.h"

/*
 * A receiver without names (a county) has every operation, in each the fields that tell of nobody who it is, and of the
 * others that they were answered. It verifies signature, root, chain all the same.
 *
 *   form ──▶ which fields name somebody (`names:`, forms/README.md) ──▶ saving marks their values: is_naming
 *        ──▶ format 2 ──▶ log, sticks, the computers of the school: whole
 *                    └──▶ ga_naming_withhold ──▶ format 3 ──▶ the county's log, which holds nothing else
 *
 * operation of format 2 = 2 ‖ header length ‖ header ‖ payload length: 3 bytes, low one first ‖ payload ‖ names
 *   header length, header, payload   as of format 1, but a value that names somebody is the one byte 7; there is one
 *   names                            those values in the order of the payload, each as of format 1
 *                                  It has 32 bytes less than the most an operation may have
 * operation of format 3 = 3 ‖ header length ‖ header ‖ payload length ‖ payload ‖ commitment: 32 bytes
 *
 * salts      = BLAKE2b-256 for purpose "guanai.salts" of the salt: 16 bytes the open salt ‖ 16 bytes the names' salt
 * commitment = BLAKE2b-256 for purpose "guanai.names" of the names' salt ‖ names
 * leaf       = of format 2: that of the same operation in format 3 under the open salt. So both have one name, whoever
 *              has the one in format 3 learns nothing of the salt of the other, and can confirm no guess.
 *
 * What was written in one piece (format 1) though it names somebody cannot be parted: it is withheld whole, until it is said
 * again (ga_naming_part_again). Restricted
 * operations are withheld whole as well. Header and field ids are never left out: who wrote it stands there.
 */
enum { GA_NAMING_FORMAT = 2, GA_NAMELESS_FORMAT = 3 };

/* A child whose name is withheld is called by it and its card number, where it has none the end of its id: "№12". */
#define GA_NAMELESS_MARK "№"

/* Is it of format 2? Then a nameless one can be made of it. */
bool ga_naming_is_parted(const void *bytes, size_t len);

/* The same in format 3, appended, with the salt that goes with it. The bytes are of format 2, and sound. */
void ga_naming_withhold(const uint8_t salt[GA_OPERATION_SALT_BYTES], const void *bytes, size_t len,
                        uint8_t ret_salt[GA_OPERATION_SALT_BYTES], struct ga_str *out);

/*
 * What stands in one piece in the log though it names somebody is said again in two, in one transaction: the same values, by
 * the same people of the same day, replacing the old operation. Done where a school begins to give a county no names; nothing
 * when it was done before. A walk over the whole log. `ret_count` (nullable): so many operations.
 */
enum ga_rc ga_naming_part_again(struct ga_store *store, uint64_t *ret_count, struct ga_error *err);

/*
 * Is anything here of format 3, or withheld, of what that site wrote? When all of it comes in format 2 (store/receive.h), it
 * takes the place of that: the root shows that they are the names it was made with. Looks from operation *reached on, and
 * leaves there how far nothing is lacking: names that came stay, so that nobody has to look at those again. 0: from the first.
 */
enum ga_rc ga_naming_lacks(struct ga_store *store, const struct ga_uuid *site, int64_t *reached, bool *ret_lacks,
                           struct ga_error *err);

#endif
