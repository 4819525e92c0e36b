/* Pages of the roster are what sorting all children would give. */
#include "guanai/store/roster.h"

#include "guanai/base/alloc.h"
#include "township.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ROSTER "tests/data/rosters/township-700.csv"

static struct school school;
static struct ga_arena arena;
static struct townsman *men;
static size_t count;

static int start_filled(void **state)
{
    (void)state;
    school_start(&school);
    ga_arena_init(&arena);
    men = township_fill(&school, ROSTER, 1, &count);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_arena_finish(&arena);
    school_stop(&school);
    return 0;
}

static struct ga_roster_row *page_at(const struct ga_roster_filter *filter, int64_t index,
                                     size_t limit, size_t *ret_count)
{
    struct ga_roster_row *rows;
    assert_int_equal(ga_roster_page_at(school.store, filter, index, limit, GA_ZH, &arena, &rows,
                                       ret_count, NULL),
                     GA_OK);
    return rows;
}

static int grade_of(const struct ga_roster_row *row)
{
    int grade;
    return sscanf(row->grade, "g%d", &grade) == 1 ? grade : 100;
}

static int class_of(const struct ga_roster_row *row)
{
    int class;
    return sscanf(row->class_no, "%d", &class) == 1 ? class : 100;
}

static void classes_stand_in_the_order_of_grades_and_numbers(void **state)
{
    (void)state;
    size_t rows_count;
    struct ga_roster_row *rows = page_at(&(struct ga_roster_filter){0}, 0, 1000, &rows_count);
    assert_int_equal(rows_count, count);
    for (size_t i = 1; i < rows_count; i++) {
        int before = grade_of(&rows[i - 1]) * 1000 + class_of(&rows[i - 1]);
        assert_true(before <= grade_of(&rows[i]) * 1000 + class_of(&rows[i]));
    }
}

/* Every way to a page gives the same rows. */
static void check_pages(const struct ga_roster_filter *filter)
{
    size_t all_count, some_count;
    int64_t total, index;
    struct ga_roster_row *all = page_at(filter, 0, 1000, &all_count), *some;
    assert_int_equal(ga_roster_count(school.store, filter, &total, NULL), GA_OK);
    assert_int_equal(total, all_count);
    for (size_t at = 0; at < all_count; at += 37) {
        some = page_at(filter, (int64_t)at, 20, &some_count);
        assert_int_equal(some_count, all_count - at < 20 ? all_count - at : 20);
        for (size_t i = 0; i < some_count; i++)
            assert_int_equal(some[i].no, all[at + i].no);
        assert_int_equal(ga_roster_index(school.store, filter, all[at].no, &index, NULL), GA_OK);
        assert_int_equal(index, at);
        ga_roster_after(school.store, filter, all[at].no, 5, GA_ZH, &arena, &some, &some_count,
                        NULL);
        for (size_t i = 0; i < some_count; i++)
            assert_int_equal(some[i].no, all[at + 1 + i].no);
        assert_int_equal(some_count, all_count - at - 1 < 5 ? all_count - at - 1 : 5);
        ga_roster_before(school.store, filter, all[at].no, 5, GA_ZH, &arena, &some, &some_count,
                         NULL);
        assert_int_equal(some_count, at < 5 ? at : 5);
        for (size_t i = 0; i < some_count; i++)
            assert_int_equal(some[i].no, all[at - some_count + i].no);
    }
    page_at(filter, total, 20, &some_count);
    assert_int_equal(some_count, 0);
    page_at(filter, total + 50, 20, &some_count);
    assert_int_equal(some_count, 0);
}

static void every_way_to_a_page_gives_the_same_rows(void **state)
{
    (void)state;
    check_pages(&(struct ga_roster_filter){0});
    check_pages(&(struct ga_roster_filter){.only_left_behind = true});
    check_pages(&(struct ga_roster_filter){.only_boarding = true, .only_left_behind = true});
    check_pages(&(struct ga_roster_filter){.with_left = true});
    check_pages(&(struct ga_roster_filter){.only_key = true});
}

static void the_classes_add_up(void **state)
{
    (void)state;
    struct ga_roster_class *classes, totals;
    size_t classes_count;
    int64_t children = 0, left_behind = 0, records;
    assert_int_equal(ga_store_classes(school.store, GA_ZH, &arena, &classes, &classes_count, NULL),
                     GA_OK);
    assert_int_equal(ga_store_totals(school.store, &totals, NULL), GA_OK);
    for (size_t i = 0; i < classes_count; i++) {
        struct ga_roster_filter filter = {
            .site = classes[i].site, .grade = classes[i].grade, .class_no = classes[i].class_no};
        check_pages(&filter);
        children += classes[i].children;
        left_behind += classes[i].left_behind;
    }
    assert_int_equal(children, count);
    assert_int_equal(totals.children, count);
    assert_int_equal(totals.left_behind, left_behind);
    assert_true(left_behind > 300);
    assert_int_equal(ga_store_count(school.store, "child", &records, NULL), GA_OK);
    assert_int_equal(records, count);
    assert_int_equal(ga_store_count(school.store, "home_visit", &records, NULL), GA_OK);
    assert_int_equal(records, 0);
}

static void class_10_comes_after_class_2(void **state)
{
    (void)state;
    struct ga_roster_class *classes;
    size_t classes_count, ten = 0, two = 0;
    school_edit(&school, "child", &men[0].id, "class", "10");
    assert_int_equal(ga_store_classes(school.store, GA_ZH, &arena, &classes, &classes_count, NULL),
                     GA_OK);
    for (size_t i = 0; i < classes_count; i++) {
        ten = strcmp(classes[i].shown, "一年级(10)班") == 0 ? i : ten;
        two = strcmp(classes[i].shown, "一年级(2)班") == 0 ? i : two;
    }
    assert_true(ten > two);
    check_pages(&(struct ga_roster_filter){0});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_stand_in_the_order_of_grades_and_numbers),
        cmocka_unit_test(every_way_to_a_page_gives_the_same_rows),
        cmocka_unit_test(the_classes_add_up),
        cmocka_unit_test(class_10_comes_after_class_2),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, start_filled, stop);
}
