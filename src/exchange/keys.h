/* Which record has these values; private to this room. */
#ifndef GUANAI_EXCHANGE_KEYS_H
#define GUANAI_EXCHANGE_KEYS_H

#include "guanai/base/vec.h"
#include "guanai/exchange/import.h"
#include "guanai/form/answers.h"

enum { KEYS_MAX = 4, KEY_FIELDS_MAX = 8 };

struct key {
    const struct ga_field *fields[KEY_FIELDS_MAX];
    size_t count;
    bool is_by_name;  /* weak: others may be called the same */
    bool is_with_child;
};

struct known {
    uint64_t keys[KEYS_MAX]; /* 0: it has none */
    int32_t birth_day;       /* since 1970; INT32_MIN: not known to the day */
    uint32_t row : 31;       /* the row of the file that means it, from 1; 0: none yet */
    uint32_t is_behind : 1;  /* a linked file: its id is that of the one that leads */
};

struct keys {
    const struct ga_form *form;
    struct key list[KEYS_MAX];
    size_t count;
    int64_t births; /* column of birth_date in the SELECT, -1 */
    struct ga_vec known; /* struct known: the archive's first, then the file's */
    struct ga_vec ids;   /* struct ga_uuid of the archive's */
    uint32_t *slots;     /* which of known, for which key; 0: free */
    size_t cap, used;
};

void ga_keys_init(struct keys *keys, const struct ga_form *form, const struct ga_import *import);
void ga_keys_finish(struct keys *keys);
enum ga_rc ga_keys_load(struct keys *keys, struct ga_store *store, struct ga_error *err);
void ga_keys_of(const struct keys *keys, const struct ga_answers *answers, struct known *ret_known);
struct known *ga_keys_add(struct keys *keys, const struct known *known); /* borrowed until the next add */

/* The entry of the file that leads, for one of a file behind it. */
struct known *ga_keys_leading(const struct keys *keys, struct known *known);

/* The record it stands for; NULL: one that is made by this import. */
const struct ga_uuid *ga_keys_id(const struct keys *keys, const struct known *known);

/* The next entry with this key behind *at (start with 0); NULL when there are no more. */
struct known *ga_keys_find(const struct keys *keys, size_t key, uint64_t hash, size_t *at);

#endif
