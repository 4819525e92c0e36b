/* A growing array of equal items. */
#ifndef GUANAI_BASE_VEC_H
#define GUANAI_BASE_VEC_H

#include <assert.h>
#include <stddef.h>

struct ga_vec {
    void *items;
    size_t len;
    size_t cap;
    size_t item_bytes;
};

void ga_vec_init(struct ga_vec *vec, size_t item_bytes);
void ga_vec_finish(struct ga_vec *vec);
void ga_vec_clear(struct ga_vec *vec); /* keeps the memory */

/* A new zeroed item at the end; borrowed until the next push. */
void *ga_vec_push(struct ga_vec *vec);
void *ga_vec_insert(struct ga_vec *vec, size_t i);   /* zeroed item before the i-th */
void ga_vec_remove(struct ga_vec *vec, size_t i);
void ga_vec_remove_many(struct ga_vec *vec, size_t i, size_t count);

static inline void *ga_vec_at(const struct ga_vec *vec, size_t i)
{
    assert(i < vec->len);
    return (char *)vec->items + i * vec->item_bytes;
}

#define GA_VEC_AT(type, vec, i) ((type *)ga_vec_at((vec), (i)))

#endif
