/* Which record has these values; private to this room. */
#ifndef GUANAI_EXCHANGE_KEYS_H
#define GUANAI_EXCHANGE_KEYS_H

#include "guanai/base/vec.h"
#include "guanai/exchange/import.h"
#include "guanai/form/answers.h"
#include "guanai/store/shelf.h"

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
    struct ga_uuid id;       /* zero: it is made by this import */
};

struct keys {
    const struct ga_form *form;
    struct key list[KEYS_MAX];
    size_t count;
    int64_t births; /* column of birth_date in the SELECT, -1 */
    struct ga_shelf *known; /* struct known: the archive's first, then the file's */
    uint32_t *slots;        /* which of known, for which key; 0: free */
    uint16_t *marks;        /* a part of that key, so that hardly ever another one is fetched */
    size_t cap, used;
};

void ga_keys_init(struct keys *keys, const struct ga_form *form, const struct ga_import *import);
void ga_keys_finish(struct keys *keys);
enum ga_rc ga_keys_load(struct keys *keys, struct ga_store *store, struct ga_error *err);
void ga_keys_of(const struct keys *keys, const struct ga_answers *answers, struct known *ret_known);
void ga_keys_add(struct keys *keys, const struct known *known);

/* Entries are told by their places, from 1; 0: none. What stands there; borrowed until the next call. */
const struct known *ga_keys_at(const struct keys *keys, size_t place);
void ga_keys_set_row(struct keys *keys, size_t place, uint32_t row);

/* The entry of the file that leads, for one of a file behind it. */
size_t ga_keys_leading(const struct keys *keys, size_t place);

/* The next entry with this key behind *at (start with 0); 0 when there are no more. */
size_t ga_keys_find(const struct keys *keys, size_t key, uint64_t hash, size_t *at);

/* Whether the disk gave all of it (store/shelf.h). */
enum ga_rc ga_keys_check(const struct keys *keys, struct ga_error *err);

#endif
