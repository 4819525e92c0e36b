/* However little memory there is, the same pairs are found as by sorting everything at once. */
#include "guanai/store/alike.h"

#include "guanai/base/alloc.h"
#include "dice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 6577, PLANTED = 200, ALL = CHILDREN + PLANTED };

static struct ga_alike *prints;

/*
 * Few surnames, given names that sound alike, characters of several readings: a child comes under more keys than a pass
 * makes room for. One in nine is of one surname born on one day: too large a group.
 */
static void make_child(uint64_t *dice, int i, struct ga_alike *ret_print)
{
    static const char *const surnames[] = {"李", "林", "刘", "罗", "张", "章", "曾", "单"};
    static const char *const first[] = {"子", "梓", "雨", "语", "宇", "佳", "家", "嘉", "思", "诗", "乐", "朝", "行", "长"};
    static const char *const second[] = {"轩", "萱", "涵", "晗", "欣", "心", "星", "豪", "好", "琪", "奇", "朝", "行", "乐", "重", "茜"};
    static const char *const villages[] = {"红岩村", "上坝村", "茶园村"};
    char name[32], birth[48], id[64], phone[24], father[24];
    const bool is_crowd = i % 9 == 0;
    snprintf(name, sizeof(name), "%s%s%s", is_crowd ? "王" : surnames[dice_draw(dice, GA_COUNT(surnames))],
             first[dice_draw(dice, GA_COUNT(first))], second[dice_draw(dice, GA_COUNT(second))]);
    snprintf(birth, sizeof(birth), "201%d-%02d-%02d", 4 + (int)dice_draw(dice, 5), 1 + (int)dice_draw(dice, 12),
             1 + (int)dice_draw(dice, 28));
    snprintf(phone, sizeof(phone), "139%08d", (int)dice_draw(dice, 4000));
    snprintf(father, sizeof(father), "%s国强", surnames[dice_draw(dice, GA_COUNT(surnames))]);
    snprintf(id, sizeof(id), "520424201%d%02d%02d%04d", 4 + i % 5, 1 + i % 12, 1 + i % 28, i);
    const struct ga_alike_facts facts = {
        .name = name, .sex = dice_draw(dice, 2) ? "male" : "female", .village = villages[dice_draw(dice, GA_COUNT(villages))],
        .birth = is_crowd ? "2016-09-01" : dice_draw(dice, 20) == 0 ? NULL : birth, .father = father, .phones = {phone},
        .id_number = dice_draw(dice, 3) == 0 ? NULL : id};
    ga_alike_take(&facts, ret_print);
}

/* A second file of somebody: without a number, or born on another day, or both the same. */
static void plant(uint64_t *dice, const struct ga_alike *of, struct ga_alike *ret_print)
{
    *ret_print = *of;
    if (dice_draw(dice, 2))
        ret_print->id = 0;
    if (dice_draw(dice, 3) == 0 && of->birth != 0)
        ret_print->birth += 1;
    if (dice_draw(dice, 3) == 0)
        ret_print->name ^= 1;
}

static int start(void **state)
{
    uint64_t dice = 7;
    (void)state;
    prints = calloc(ALL, sizeof(*prints));
    for (int i = 0; i < CHILDREN; i++)
        make_child(&dice, i, &prints[i]);
    for (int i = CHILDREN; i < ALL; i++)
        plant(&dice, &prints[dice_draw(&dice, CHILDREN)], &prints[i]);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    free(prints);
    return 0;
}

static const struct ga_alike *print_at(void *ctx, size_t i)
{
    static struct ga_alike print; /* borrowed until the next call, and no longer */
    (void)ctx;
    print = prints[i];
    return &print;
}

static void add_pair(void *ctx, const struct ga_alike_pair *pair)
{
    *(struct ga_alike_pair *)ga_vec_push(ctx) = *pair;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct ga_alike_pair *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static void sort_out(struct ga_vec *pairs)
{
    struct ga_alike_pair *list = pairs->items;
    size_t kept = 0;
    qsort(list, pairs->len, sizeof(*list), compare_pairs);
    for (size_t i = 0; i < pairs->len; i++)
        if (kept == 0 || compare_pairs(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    pairs->len = kept;
}

/* What the finder is to find: one list of everything, sorted, with no thought of memory. */
struct thing {
    uint64_t kind, a, b;
    uint32_t index;
};

static void add_thing(struct ga_vec *things, uint64_t kind, uint64_t a, uint64_t b, size_t index)
{
    *(struct thing *)ga_vec_push(things) = (struct thing){kind, a, b, (uint32_t)index};
}

static int compare_things(const void *a, const void *b)
{
    return memcmp(a, b, offsetof(struct thing, index));
}

static void list_things(struct ga_vec *things)
{
    for (size_t i = 0; i < ALL; i++) {
        const struct ga_alike *print = &prints[i];
        if (print->id != 0)
            add_thing(things, 1, print->id, 0, i);
        if (print->student != 0)
            add_thing(things, 2, print->student, 0, i);
        for (size_t n = 0; n < GA_ALIKE_SOUNDS && print->near[n] != 0; n++) {
            add_thing(things, 3, print->near[n], 0, i);
            if (print->birth != 0)
                add_thing(things, 4, print->near[n], (uint64_t)print->birth, i);
        }
        if (print->birth != 0 && print->characters_count > 0)
            add_thing(things, 5, print->characters[0], (uint64_t)print->birth, i);
    }
}

static size_t find_at_once(size_t from, struct ga_vec *pairs)
{
    struct ga_vec things;
    size_t crowds = 0;
    ga_vec_init(&things, sizeof(struct thing));
    list_things(&things);
    assert_true(things.len > 6 * ALL); /* so many a child are reckoned with: some passes have to be narrowed */
    const struct thing *list = things.items;
    qsort(things.items, things.len, things.item_bytes, compare_things);
    for (size_t i = 0, end; i < things.len; i = end) {
        for (end = i + 1; end < things.len && memcmp(&list[i], &list[end], offsetof(struct thing, index)) == 0;)
            end++;
        crowds += end - i > GA_ALIKE_GROUP;
        for (size_t k = i; k < end && end - i <= GA_ALIKE_GROUP; k++)
            for (size_t j = i; j < end; j++) {
                const uint32_t a = list[j].index, b = list[k].index;
                const struct ga_likeness likeness = ga_alike_compare(&prints[a], &prints[b]);
                if (a < b && b >= from && likeness.degree != GA_ALIKE_NOT)
                    add_pair(pairs, &(struct ga_alike_pair){a, b, likeness});
            }
    }
    ga_vec_finish(&things);
    sort_out(pairs);
    return crowds;
}

static void assert_same_pairs(size_t from)
{
    static const size_t entries[] = {GA_ALIKE_ENTRIES_LEAST, 5000, GA_ALIKE_ENTRIES};
    struct ga_vec expected;
    ga_vec_init(&expected, sizeof(struct ga_alike_pair));
    assert_true(find_at_once(from, &expected) > 0);
    assert_true(expected.len > PLANTED / 2);
    for (size_t i = 0; i < GA_COUNT(entries); i++) {
        struct ga_vec found;
        ga_vec_init(&found, sizeof(struct ga_alike_pair));
        ga_alike_meet(&(struct ga_alike_prints){ALL, print_at, NULL}, from, entries[i], add_pair, &found);
        sort_out(&found);
        assert_int_equal(found.len, expected.len);
        assert_memory_equal(found.items, expected.items, found.len * found.item_bytes);
        ga_vec_finish(&found);
    }
    ga_vec_finish(&expected);
}

static void any_memory_finds_the_pairs_of_an_archive(void **state)
{
    (void)state;
    assert_same_pairs(0);
}

static void any_memory_finds_the_pairs_of_new_rows(void **state)
{
    (void)state;
    assert_same_pairs(CHILDREN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_memory_finds_the_pairs_of_an_archive),
        cmocka_unit_test(any_memory_finds_the_pairs_of_new_rows),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
