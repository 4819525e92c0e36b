/* Several computers of one school that meet by sticks alone, for tests of the store. */
#ifndef GUANAI_TESTS_STICKS_H
#define GUANAI_TESTS_STICKS_H

#include "guanai/base/vec.h"
#include "guanai/store/receive.h"
#include "school.h"

enum { STICKS_SITES_MAX = 8 };

struct sticks_town {
    struct school schools[STICKS_SITES_MAX];
    size_t count;
};

/* Each with an id and key of its own; everybody trusts everybody. Asserts, as all of this does. */
void sticks_start(struct sticks_town *town, size_t count);
void sticks_stop(struct sticks_town *town);
void sticks_trust(struct sticks_town *town); /* again, after somebody got another id */

/* An operation, a transaction as they lie on a stick. */
struct stick_op {
    bool is_withheld;
    uint32_t leaves; /* so many are withheld together */
    struct ga_hash leaf;
    uint8_t salt[GA_OPERATION_SALT_BYTES];
    struct ga_str bytes;
};

struct stick_parcel {
    struct ga_str bytes;
    struct ga_signature signature;
    struct ga_vec ops; /* struct stick_op */
};

struct stick {
    bool is_limited;
    struct ga_vec parcels; /* struct stick_parcel */
};

/* What `from` has and `theirs` (struct ga_have; NULL: nothing) does not cover. */
void stick_fill(struct stick *stick, struct school *from, const struct ga_vec *theirs);
/* The same for a limited receiver, cut down to what it may have. */
void stick_fill_limited(struct stick *stick, struct school *from, const struct ga_vec *theirs, const struct ga_send_limit *limit);
void stick_finish(struct stick *stick);

/* Into a running receive; what became of the parcel. */
enum ga_parcel_state stick_put(struct ga_receive *receive, const struct stick_parcel *parcel, struct ga_error *reason);

/* All of it in one receive; answers what failed first. */
enum ga_rc stick_take(const struct stick *stick, struct school *to, struct ga_received *ret_received, struct ga_error *err);

/* One carries to the other what that one lacks. */
void sticks_carry(struct school *from, struct school *to, struct ga_received *ret_received);

/* ga_store_check and ga_store_rebuild find nothing. */
void sticks_assert_sound(struct school *school);

/*
 * All that the tables of forms, misfits, conflicts, notes say, typed, in an order of its own; local numbers of records
 * stand as their ids. Equal on two computers with the same history.
 */
void sticks_dump(struct school *school, struct ga_str *out);
void sticks_assert_alike(struct school *one, struct school *other);
void sticks_assert_same(struct sticks_town *town, size_t count); /* the first ones */

/*
 * Every row of every derived table as it is, local numbers too, typed, by its primary key; of search keys what the pages
 * say. Keys that wait for their places have to be there (ga_delta_merge).
 */
void sticks_dump_derived(struct school *school, struct ga_str *out);

/* The n-th of all orders of `count` things; count ≤ STICKS_SITES_MAX. */
void sticks_nth_order(size_t n, size_t *ret_order, size_t count);

#endif
