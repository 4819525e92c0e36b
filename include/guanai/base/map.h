/* A hash table from text to a pointer. */
#ifndef GUANAI_BASE_MAP_H
#define GUANAI_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

struct ga_map_slot;

/* `{0}` is a valid empty map. Keys are borrowed: they must outlive the map (keep them in an arena). */
struct ga_map {
    struct ga_map_slot *slots;
    size_t len;
    size_t cap;
};

void ga_map_finish(struct ga_map *map);
void *ga_map_get(const struct ga_map *map, const char *key); /* NULL when absent */
void ga_map_put(struct ga_map *map, const char *key, void *value); /* value not NULL; replaces */

/* For walking all values in no order: the value in slot i < map->cap, NULL when it is free. */
void *ga_map_slot_value(const struct ga_map *map, size_t i);

/* FNV-1a, for tables in memory only; never stored. */
uint64_t ga_map_hash(const void *bytes, size_t len);

#endif
