/* Finds the alike among many prints without comparing all with all. */
#include "guanai/store/alike.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>

/* A print under one of the things that one child's files have in common. */
struct entry {
    uint64_t key;
    uint32_t index;
};

enum kind { OF_ID = 1, OF_STUDENT, OF_SOUND, OF_SOUND_AND_BIRTH, OF_SURNAME_AND_BIRTH };

static void add(struct ga_vec *entries, enum kind kind, uint64_t a, uint64_t b, size_t index)
{
    const uint64_t key = ((a ^ (uint64_t)kind << 56) * 0x9E3779B97F4A7C15u) ^ (b * 0xC2B2AE3D27D4EB4Fu);
    *(struct entry *)ga_vec_push(entries) = (struct entry){key, (uint32_t)index};
}

static void add_print(struct ga_vec *entries, const struct ga_alike *print, size_t index)
{
    if (print->id != 0)
        add(entries, OF_ID, print->id, 0, index);
    if (print->student != 0)
        add(entries, OF_STUDENT, print->student, 0, index);
    for (size_t i = 0; i < GA_ALIKE_SOUNDS && print->near[i] != 0; i++) {
        add(entries, OF_SOUND, print->near[i], 0, index);
        if (print->birth != 0)
            add(entries, OF_SOUND_AND_BIRTH, print->near[i], (uint64_t)print->birth, index);
    }
    if (print->birth != 0 && print->characters_count > 0)
        add(entries, OF_SURNAME_AND_BIRTH, print->characters[0], (uint64_t)print->birth, index);
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int compare_pairs(const void *a, const void *b)
{
    const struct ga_alike_pair *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static void compare_group(const struct ga_alike *prints, const struct entry *group, size_t count, size_t from,
                          struct ga_vec *pairs)
{
    for (size_t k = 1; k < count; k++) {
        if (group[k].index < from || group[k].index == group[k - 1].index)
            continue;
        for (size_t i = 0; i < k; i++) {
            const struct ga_likeness likeness = ga_alike_compare(&prints[group[i].index], &prints[group[k].index]);
            if (likeness.degree != GA_ALIKE_NOT)
                *(struct ga_alike_pair *)ga_vec_push(pairs) =
                    (struct ga_alike_pair){group[i].index, group[k].index, likeness};
        }
    }
}

/* The same pair may have met in several groups. */
static void drop_repeated(struct ga_vec *pairs, size_t from)
{
    struct ga_alike_pair *list = pairs->items;
    size_t kept = from;
    if (pairs->len > from + 1)
        qsort(list + from, pairs->len - from, sizeof(*list), compare_pairs);
    for (size_t i = from; i < pairs->len; i++)
        if (kept == from || compare_pairs(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    pairs->len = kept;
}

void ga_alike_pairs(const struct ga_alike *prints, size_t count, size_t from, struct ga_vec *pairs)
{
    struct ga_vec entries;
    const size_t before = pairs->len;
    ga_vec_init(&entries, sizeof(struct entry));
    for (size_t i = 0; i < count; i++)
        add_print(&entries, &prints[i], i);
    const struct entry *list = entries.items;
    if (entries.len > 1)
        qsort(entries.items, entries.len, sizeof(struct entry), compare_entries);
    for (size_t i = 0, end; i < entries.len; i = end) {
        for (end = i + 1; end < entries.len && list[end].key == list[i].key;)
            end++;
        if (end - i <= GA_ALIKE_GROUP)
            compare_group(prints, list + i, end - i, from, pairs);
    }
    drop_repeated(pairs, before);
    ga_vec_finish(&entries);
}
