/* A child as what finds, sorts, counts it sees it; private to the index and its readers. */
#ifndef GUANAI_STORE_INDEX_CHILD_H
#define GUANAI_STORE_INDEX_CHILD_H

#include "private.h"

enum {
    GA_INDEX_KEY_MAX = 16,        /* bytes; what is longer is cut, the name confirms */
    GA_INDEX_VILLAGE_KEY_MAX = 40,
    GA_INDEX_PLACE_MAX = 160,
    GA_INDEX_PHONES = 3,
};

/* A child's answers as the index sees them; texts borrowed, NULL when empty or restricted. */
struct ga_index_child {
    const char *name, *nickname, *former_name, *former_card_no, *sex, *birth, *site, *grade, *class_no, *village, *hamlet, *address, *guardian;
    const char *id_number, *student_number, *phones[GA_INDEX_PHONES];
    const char *guardian_kind;
    int64_t card_no, left_behind, key_child, boarding;
    size_t grade_order; /* place in its list; large when not there */
    unsigned flags;
};

struct ga_index_key_bytes {
    uint8_t len;
    uint8_t bytes[GA_INDEX_VILLAGE_KEY_MAX];
};

/* Which answers are looked at; found once a form. */
struct ga_index_fields;
struct ga_index_fields *ga_index_fields_create(const struct ga_form *form);
uint64_t ga_index_fields_print(const struct ga_form *form); /* differs when rows would come out differently */
const struct ga_form *ga_index_fields_form(const struct ga_index_fields *fields);
void ga_index_child_read(const struct ga_index_fields *fields, const struct ga_answers *answers,
                         struct ga_index_child *ret_child);

bool ga_index_child_equal(const struct ga_index_child *a, const struct ga_index_child *b);

/* What grade_order holds of the list's grade with that place, from 0; SIZE_MAX: it is not there. */
size_t ga_index_grade_at(size_t place);

/* Appends struct ga_index_key_bytes to `keys`: sorted, each once. */
void ga_index_child_keys(const struct ga_index_child *child, struct ga_vec *keys);
int ga_index_key_compare(const void *a, const void *b);
size_t ga_index_village_key(const char *village, uint8_t key[GA_INDEX_VILLAGE_KEY_MAX]);

/* Site, grade, class number so that memcmp orders them, ended by the only 0. */
void ga_index_place(const struct ga_index_child *child, struct ga_str *out);
void ga_index_sort(const struct ga_index_child *child, int64_t no, struct ga_str *out);
size_t ga_index_place_bytes(const void *sort, size_t len); /* of a sort key's place */

#endif
