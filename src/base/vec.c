/* A growing array of equal items. */
#include "guanai/base/vec.h"

#include "guanai/base/alloc.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void ga_vec_init(struct ga_vec *vec, size_t item_bytes)
{
    *vec = (struct ga_vec){.item_bytes = item_bytes};
}

void ga_vec_finish(struct ga_vec *vec)
{
    if (vec == NULL)
        return;
    free(vec->items);
    vec->items = NULL;
    vec->len = vec->cap = 0;
}

void ga_vec_clear(struct ga_vec *vec)
{
    vec->len = 0;
}

static char *item_at(const struct ga_vec *vec, size_t i)
{
    return (char *)vec->items + i * vec->item_bytes;
}

static void grow(struct ga_vec *vec)
{
    const size_t cap = vec->cap == 0 ? 8 : vec->cap * 2;
    assert(vec->item_bytes > 0 && cap < SIZE_MAX / 2 / vec->item_bytes);
    vec->items = ga_realloc(vec->items, cap * vec->item_bytes);
    vec->cap = cap;
}

void *ga_vec_push(struct ga_vec *vec)
{
    if (vec->len == vec->cap)
        grow(vec);
    return memset(item_at(vec, vec->len++), 0, vec->item_bytes);
}

void *ga_vec_insert(struct ga_vec *vec, size_t i)
{
    assert(i <= vec->len);
    if (vec->len == vec->cap)
        grow(vec);
    memmove(item_at(vec, i + 1), item_at(vec, i), (vec->len - i) * vec->item_bytes);
    memset(item_at(vec, i), 0, vec->item_bytes);
    vec->len++;
    return item_at(vec, i);
}

void ga_vec_remove(struct ga_vec *vec, size_t i)
{
    assert(i < vec->len);
    memmove(item_at(vec, i), item_at(vec, i + 1), (vec->len - i - 1) * vec->item_bytes);
    vec->len--;
}

void ga_vec_remove_many(struct ga_vec *vec, size_t i, size_t count)
{
    assert(i + count <= vec->len);
    memmove(item_at(vec, i), item_at(vec, i + count), (vec->len - i - count) * vec->item_bytes);
    vec->len -= count;
}
