/* Finds the alike among many prints without comparing all with all. */
#include "guanai/store/alike.h"

#include "guanai/base/alloc.h"

#include <assert.h>
#include <stdlib.h>

/* Prints held at a time to be compared, 1 MB of them; more than one group has. */
enum { PRINTS_HELD = 8192 };

/* A print under one of the things that one child's files have in common. */
struct entry {
    uint64_t key;
    uint32_t index;
    uint32_t apart; /* of the ID number: two that have other ones are not worth comparing. 0: compare with all */
};

enum kind { OF_ID = 1, OF_STUDENT, OF_SOUND, OF_SOUND_AND_BIRTH, OF_SURNAME_AND_BIRTH };

/* A pass over all prints takes the things whose keys lie between two bounds. */
struct pass {
    const struct ga_alike_prints *prints;
    size_t from, most;
    uint64_t low, high;    /* both within */
    struct ga_vec entries; /* struct entry */
    struct ga_vec groups;  /* struct group: of the entries, waiting for their prints */
    struct ga_vec wanted;  /* uint32_t: indexes of the prints they wait for */
    struct ga_vec held;    /* struct ga_alike: those prints, in the order of wanted */
    void (*found)(void *ctx, const struct ga_alike_pair *pair);
    void *ctx;
};

struct group {
    size_t first, count; /* in the entries */
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int compare_indexes(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void sort(struct ga_vec *list, int (*compare)(const void *, const void *))
{
    if (list->len > 1)
        qsort(list->items, list->len, list->item_bytes, compare);
}

/* Of a group too large to be compared only so many are kept as show it. */
static void thin_out(struct ga_vec *entries)
{
    struct entry *list = entries->items;
    size_t kept = 0, same = 0;
    for (size_t i = 0; i < entries->len; i++) {
        same = kept > 0 && list[kept - 1].key == list[i].key ? same + 1 : 0;
        if (same <= GA_ALIKE_GROUP)
            list[kept++] = list[i];
    }
    entries->len = kept;
}

/* More came than were expected: the later half of the keys waits for the next pass. */
static void narrow(struct pass *pass)
{
    sort(&pass->entries, compare_entries);
    thin_out(&pass->entries);
    const struct entry *list = pass->entries.items;
    size_t cut = pass->entries.len / 2;
    if (pass->entries.len <= pass->most / 2)
        return;
    while (list[cut - 1].key == list[cut].key) /* no key has so many entries any more */
        cut--;
    pass->high = list[cut].key - 1;
    pass->entries.len = cut;
}

static void add(struct pass *pass, enum kind kind, uint64_t a, uint64_t b, const struct entry *entry)
{
    const uint64_t key = ((a ^ (uint64_t)kind << 56) * 0x9E3779B97F4A7C15u) ^ (b * 0xC2B2AE3D27D4EB4Fu);
    if (key < pass->low || key > pass->high)
        return;
    if (pass->entries.len == pass->most)
        narrow(pass);
    if (key <= pass->high)
        *(struct entry *)ga_vec_push(&pass->entries) = (struct entry){key, entry->index, entry->apart};
}

static void add_print(struct pass *pass, const struct ga_alike *print, size_t index)
{
    const struct entry by_number = {.index = (uint32_t)index};
    const struct entry entry = {.index = (uint32_t)index, .apart = (uint32_t)print->id};
    if (print->id != 0)
        add(pass, OF_ID, print->id, 0, &by_number);
    if (print->student != 0)
        add(pass, OF_STUDENT, print->student, 0, &by_number);
    for (size_t i = 0; i < GA_ALIKE_SOUNDS && print->near[i] != 0; i++) {
        add(pass, OF_SOUND, print->near[i], 0, &entry);
        if (print->birth != 0)
            add(pass, OF_SOUND_AND_BIRTH, print->near[i], (uint64_t)print->birth, &entry);
    }
    if (print->birth != 0 && print->characters_count > 0)
        add(pass, OF_SURNAME_AND_BIRTH, print->characters[0], (uint64_t)print->birth, &entry);
}

static bool may_be_alike(const struct pass *pass, const struct entry *a, const struct entry *b)
{
    return b->index >= pass->from && a->index != b->index && (a->apart == 0 || b->apart == 0 || a->apart == b->apart);
}

static struct ga_alike *held_print(const struct pass *pass, uint32_t index)
{
    const uint32_t *at = bsearch(&index, pass->wanted.items, pass->wanted.len, sizeof(index), compare_indexes);
    return at == NULL ? NULL : ga_vec_at(&pass->held, (size_t)(at - (const uint32_t *)pass->wanted.items));
}

static void compare_group(const struct pass *pass, const struct group *group)
{
    const struct entry *entries = GA_VEC_AT(const struct entry, &pass->entries, group->first);
    const struct ga_alike *prints[GA_ALIKE_GROUP];
    for (size_t i = 0; i < group->count; i++)
        prints[i] = held_print(pass, entries[i].index);
    for (size_t k = 1; k < group->count; k++)
        for (size_t i = 0; i < k; i++) {
            if (!may_be_alike(pass, &entries[i], &entries[k]))
                continue;
            const struct ga_likeness likeness = ga_alike_compare(prints[i], prints[k]);
            if (likeness.degree != GA_ALIKE_NOT)
                pass->found(pass->ctx, &(struct ga_alike_pair){entries[i].index, entries[k].index, likeness});
        }
}

/* One walk over the prints that the waiting groups want. */
static void compare_groups(struct pass *pass)
{
    uint32_t *list = pass->wanted.items;
    size_t kept = 0;
    sort(&pass->wanted, compare_indexes);
    for (size_t i = 0; i < pass->wanted.len; i++)
        if (kept == 0 || list[kept - 1] != list[i])
            list[kept++] = list[i];
    pass->wanted.len = kept;
    ga_vec_clear(&pass->held);
    for (size_t i = 0; i < kept; i++)
        *(struct ga_alike *)ga_vec_push(&pass->held) = *pass->prints->at(pass->prints->ctx, list[i]);
    for (size_t i = 0; i < pass->groups.len; i++)
        compare_group(pass, GA_VEC_AT(const struct group, &pass->groups, i));
    ga_vec_clear(&pass->groups);
    ga_vec_clear(&pass->wanted);
}

/* Its prints are fetched only when two of them are worth comparing, and only theirs. */
static void take_group(struct pass *pass, const struct group *group)
{
    const struct entry *entries = GA_VEC_AT(const struct entry, &pass->entries, group->first);
    bool is_wanted[GA_ALIKE_GROUP] = {false}, is_any = false;
    if (group->count < 2 || group->count > GA_ALIKE_GROUP || entries[group->count - 1].index < pass->from)
        return;
    for (size_t k = 1; k < group->count; k++)
        for (size_t i = 0; i < k; i++)
            if (may_be_alike(pass, &entries[i], &entries[k]))
                is_any = is_wanted[i] = is_wanted[k] = true;
    if (!is_any)
        return;
    if (pass->wanted.len + group->count > PRINTS_HELD)
        compare_groups(pass);
    for (size_t i = 0; i < group->count; i++)
        if (is_wanted[i])
            *(uint32_t *)ga_vec_push(&pass->wanted) = entries[i].index;
    *(struct group *)ga_vec_push(&pass->groups) = *group;
}

static void run(struct pass *pass)
{
    ga_vec_clear(&pass->entries);
    for (size_t i = 0; i < pass->prints->count; i++)
        add_print(pass, pass->prints->at(pass->prints->ctx, i), i);
    sort(&pass->entries, compare_entries);
    const struct entry *list = pass->entries.items;
    for (size_t i = 0, end; i < pass->entries.len; i = end) {
        for (end = i + 1; end < pass->entries.len && list[end].key == list[i].key;)
            end++;
        take_group(pass, &(struct group){i, end - i});
    }
    compare_groups(pass);
}

void ga_alike_meet(const struct ga_alike_prints *prints, size_t from, size_t entries_most,
                   void (*found)(void *ctx, const struct ga_alike_pair *pair), void *ctx)
{
    enum { THINGS = 6 }; /* that a print is usually filed under */
    struct pass pass = {.prints = prints, .from = from, .most = entries_most, .found = found, .ctx = ctx};
    const uint64_t width = UINT64_MAX / (prints->count * THINGS / entries_most + 1);
    assert(entries_most >= GA_ALIKE_ENTRIES_LEAST);
    ga_vec_init(&pass.entries, sizeof(struct entry));
    ga_vec_init(&pass.groups, sizeof(struct group));
    ga_vec_init(&pass.wanted, sizeof(uint32_t));
    ga_vec_init(&pass.held, sizeof(struct ga_alike));
    do {
        pass.high = pass.low > UINT64_MAX - width ? UINT64_MAX : pass.low + width;
        run(&pass);
        pass.low = pass.high + 1;
    } while (pass.high != UINT64_MAX);
    ga_vec_finish(&pass.entries);
    ga_vec_finish(&pass.groups);
    ga_vec_finish(&pass.wanted);
    ga_vec_finish(&pass.held);
}

static int compare_pairs(const void *a, const void *b)
{
    const struct ga_alike_pair *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static void add_pair(void *ctx, const struct ga_alike_pair *pair)
{
    *(struct ga_alike_pair *)ga_vec_push(ctx) = *pair;
}

void ga_alike_pairs(const struct ga_alike_prints *prints, size_t from, struct ga_vec *pairs)
{
    const size_t before = pairs->len;
    size_t kept = before;
    ga_alike_meet(prints, from, GA_ALIKE_ENTRIES, add_pair, pairs);
    struct ga_alike_pair *list = pairs->items;
    if (pairs->len > before + 1)
        qsort(list + before, pairs->len - before, sizeof(*list), compare_pairs);
    for (size_t i = before; i < pairs->len; i++)
        if (kept == before || compare_pairs(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    pairs->len = kept;
}
