/* A hash table from text to a pointer. */
#include "guanai/base/map.h"

#include "guanai/base/alloc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct ga_map_slot {
    const char *key; /* NULL: free */
    void *value;
};

uint64_t ga_map_hash(const void *bytes, size_t len)
{
    uint64_t hash = 14695981039346656037U;
    for (const unsigned char *p = bytes, *end = p + len; p < end; p++)
        hash = (hash ^ *p) * 1099511628211U;
    return hash;
}

void ga_map_finish(struct ga_map *map)
{
    if (map == NULL)
        return;
    free(map->slots);
    *map = (struct ga_map){0};
}

/* The key's slot or the free one where it would go; cap is a power of two and never full. */
static struct ga_map_slot *find_slot(struct ga_map_slot *slots, size_t cap, const char *key)
{
    size_t i = (size_t)ga_map_hash(key, strlen(key)) & (cap - 1);
    while (slots[i].key != NULL && strcmp(slots[i].key, key) != 0)
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static void grow(struct ga_map *map)
{
    size_t cap = map->cap == 0 ? 16 : map->cap * 2;
    struct ga_map_slot *slots = ga_alloc_array(cap, sizeof(*slots));
    for (size_t i = 0; i < map->cap; i++)
        if (map->slots[i].key != NULL)
            *find_slot(slots, cap, map->slots[i].key) = map->slots[i];
    free(map->slots);
    map->slots = slots;
    map->cap = cap;
}

void *ga_map_get(const struct ga_map *map, const char *key)
{
    return map->cap == 0 ? NULL : find_slot(map->slots, map->cap, key)->value;
}

void ga_map_put(struct ga_map *map, const char *key, void *value)
{
    assert(value != NULL);
    if ((map->len + 1) * 4 > map->cap * 3)
        grow(map);
    struct ga_map_slot *slot = find_slot(map->slots, map->cap, key);
    if (slot->key == NULL) {
        slot->key = key;
        map->len++;
    }
    slot->value = value;
}

void *ga_map_slot_value(const struct ga_map *map, size_t i)
{
    assert(i < map->cap);
    return map->slots[i].value;
}
