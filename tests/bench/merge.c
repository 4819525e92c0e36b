/*
 * What a stick costs: a whole school taken in by an empty computer, then a hundredth of it changed.
 *
 *   merge_bench [CHILDREN]
 *
 * Printed beside it: what saving the same children in one save took. Neither reads a file or asks a rule; the stick is
 * in memory, so that packing and sealing it are another benchmark's.
 */
#include "guanai/sql/stmt.h"
#include "sticks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct sticks_town town;
static int children = 6577;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void type_child(struct ga_answers *child, int i)
{
    static const char *const villages[] = {"石桥村", "小河村", "大湾村", "上坝村"};
    static const char *const surnames[] = {"张", "李", "王", "刘", "陈", "杨", "赵", "黄"};
    static const char *const given[] = {"小明", "雨涵", "梓萱", "浩然", "思远", "欣怡", "子轩", "诗琪", "桂花"};
    char name[40], phone[16];
    snprintf(name, sizeof(name), "%s%s", surnames[i % 8], given[i / 8 % 9]);
    snprintf(phone, sizeof(phone), "138%08d", i);
    school_type(child, "name", name);
    school_type(child, "village", villages[i / 50 % 4]);
    school_type(child, "guardian_name", name);
    school_type(child, "guardian_phone", phone);
    school_type(child, "father_phone", phone);
    school_type(child, "note", name);
}

static double save_all(struct school *school, struct ga_uuid *ids)
{
    struct ga_save *save;
    const double begin = now_ms();
    assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
    for (int i = 0; i < children; i++) {
        struct ga_answers child;
        ga_answers_init(&child, school_form(school, "child"));
        type_child(&child, i);
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ids[i] = child.id;
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    return now_ms() - begin;
}

static void carry(const char *what, double beside)
{
    struct ga_vec theirs;
    struct stick stick;
    struct ga_received told;
    ga_vec_init(&theirs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(town.schools[1].store, &theirs, NULL), GA_OK);
    double begin = now_ms();
    stick_fill(&stick, &town.schools[0], &theirs);
    const double filled = now_ms() - begin;
    begin = now_ms();
    assert_int_equal(stick_take(&stick, &town.schools[1], &told, NULL), GA_OK);
    const double taken = now_ms() - begin;
    const double operations = (double)told.operations[GA_PARCEL_APPLIED];
    printf("%s: %.0f operations in %llu saves; handed out in %.0f ms, taken in in %.0f ms", what, operations,
           (unsigned long long)told.transactions[GA_PARCEL_APPLIED], filled, taken);
    if (operations > 0)
        printf(": %.0f µs an operation", taken * 1e3 / operations);
    if (beside > 0)
        printf("; %.2f of what saving them took", taken / beside);
    printf("\n");
    stick_finish(&stick);
    ga_vec_finish(&theirs);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        children = atoi(argv[1]);
    struct ga_uuid *ids = calloc((size_t)children, sizeof(*ids));
    sticks_start(&town, 2);
    const double saved = save_all(&town.schools[0], ids);
    printf("%d children, one save of all: %.0f ms of the processor\n", children, saved);
    carry("all of it", saved);
    for (int i = 0; i < children; i += 100)
        school_edit(&town.schools[0], "child", &ids[i], "village", "新村");
    carry("a hundredth changed", 0);
    carry("nothing new", 0);
    sticks_stop(&town);
    free(ids);
    return 0;
}
