/* The classes a child was in are told right over the turn of the year, whenever they were written down. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/store/life.h"
#include "guanai/text/class_name.h"
#include "school.h"
#include "sql_steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct school school;
static struct ga_date today;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    today = (struct ga_date){2026, 11, 23};
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

/* The clock goes on to that day. */
static void go_to(struct ga_date day)
{
    school.now_ms += (int64_t)(ga_date_to_days(day) - ga_date_to_days(today)) * 24 * 3600 * 1000;
    today = day;
    ga_store_set_today(school.store, day, false);
    assert_int_equal(ga_store_settle_day(school.store, NULL), GA_OK);
}

static void put(const struct ga_uuid *child, const char *field, const char *typed)
{
    school.now_ms += 1000;
    school_edit(&school, "child", child, field, typed);
}

static struct ga_uuid add_child(const char *grade, const char *class_no)
{
    const struct ga_uuid child = school_add_child(&school, "石小满");
    put(&child, "grade", grade);
    put(&child, "class", class_no);
    return child;
}

/* "三年级(2)班 2024" on that day. */
static const char *class_on(const struct ga_uuid *child, const char *day)
{
    struct ga_stay *stays;
    size_t count;
    assert_int_equal(ga_store_stays(school.store, child, GA_ZH, &school.arena, &stays, &count, NULL), GA_OK);
    const struct ga_stay *stay = ga_stay_on(stays, count, day);
    return stay == NULL ? "" : ga_arena_printf(&school.arena, "%s %d", stay->class_shown, stay->entry_year);
}

static void a_class_goes_up_with_the_year_though_it_is_written_late(void **state)
{
    (void)state;
    const struct ga_uuid child = add_child("g3", "2");
    go_to((struct ga_date){2027, 9, 20});
    assert_string_equal(class_on(&child, "2027-09-05"), "三年级(2)班 2025"); /* nothing else was written so far */
    put(&child, "grade", "g4");
    assert_string_equal(class_on(&child, "2027-07-31"), "三年级(2)班 2024");
    assert_string_equal(class_on(&child, "2027-09-05"), "四年级(2)班 2024");
    assert_string_equal(class_on(&child, "2027-09-20"), "四年级(2)班 2024");
}

static void who_repeats_a_year_is_in_the_class_that_came_behind(void **state)
{
    (void)state;
    const struct ga_uuid child = add_child("g3", "2");
    go_to((struct ga_date){2027, 9, 20}); /* nothing is written: it is in grade 3 again */
    assert_string_equal(class_on(&child, "2027-05-01"), "三年级(2)班 2024");
    assert_string_equal(class_on(&child, "2027-09-20"), "三年级(2)班 2025");
    go_to((struct ga_date){2028, 9, 10});
    put(&child, "grade", "g4");
    assert_string_equal(class_on(&child, "2027-09-20"), "三年级(2)班 2025");
    assert_string_equal(class_on(&child, "2028-08-20"), "四年级(2)班 2025");
}

/* Another class number or site says nothing of the grade. */
static void another_class_before_the_grade_is_written_is_no_repeated_year(void **state)
{
    (void)state;
    const struct ga_uuid child = add_child("g3", "2");
    go_to((struct ga_date){2027, 9, 2});
    put(&child, "class", "5");
    go_to((struct ga_date){2027, 9, 20});
    put(&child, "grade", "g4");
    assert_string_equal(class_on(&child, "2027-09-01"), "四年级(2)班 2024");
    assert_string_equal(class_on(&child, "2027-09-10"), "四年级(5)班 2024");
}

static void lower_secondary_is_a_stage_of_its_own(void **state)
{
    (void)state;
    const struct ga_uuid child = add_child("g6", "1");
    go_to((struct ga_date){2027, 9, 15});
    put(&child, "grade", "g7");
    put(&child, "class", "4");
    assert_string_equal(class_on(&child, "2027-06-01"), "六年级(1)班 2021");
    assert_string_equal(class_on(&child, "2027-09-15"), "七年级(4)班 2027");
}

static void who_left_is_in_no_later_class(void **state)
{
    (void)state;
    struct ga_answers change;
    struct ga_stay *stays;
    size_t count;
    const struct ga_uuid child = add_child("g6", "1");
    ga_answers_init(&change, school_form(&school, "status_change"));
    change.child = child;
    school_type(&change, "kind", "finished");
    school_type(&change, "from_on", "2027-07-05");
    assert_int_equal(ga_store_save(school.store, &(struct ga_save_record){.after = &change}, 0, NULL, NULL), GA_OK);
    ga_answers_finish(&change);
    go_to((struct ga_date){2029, 10, 1});
    assert_int_equal(ga_store_stays(school.store, &child, GA_ZH, &school.arena, &stays, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(stays[0].until_on, "2027-07-05");
}

/* Invented lives: what is written, and when, against what was. */

enum { YEARS = 6, LIVES = 8, FIRST_YEAR = 2027 };

struct life {
    int grade[YEARS];          /* in each school year */
    struct ga_date written[YEARS]; /* when its grade was; of a repeated year nothing is */
    struct ga_date moved[YEARS];   /* to class_no; year 0: not */
    int class_no[YEARS];           /* since then */
};

static uint32_t seed;

static int below(int n)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)n);
}

static void invent(struct life *life)
{
    int grade = 1 + below(3), class_no = 1 + below(3);
    *life = (struct life){{0}};
    for (int y = 0; y < YEARS; y++) {
        const bool repeats = y > 0 && y + 1 < YEARS && below(4) == 0; /* the last year is written: nothing is open */
        const struct ga_date turn = {(int16_t)(FIRST_YEAR + y), 8, 1};
        grade += y > 0 && !repeats;
        life->grade[y] = grade;
        if (!repeats)
            life->written[y] = ga_date_add_days(turn, below(150));
        if (below(3) == 0) {
            class_no = 1 + class_no % 4;
            life->moved[y] = ga_date_add_days(turn, below(300));
        }
        life->class_no[y] = class_no;
    }
}

/* What is due by that day is written down, in the order of days. */
static void write_year(const struct life *life, int y, const struct ga_uuid *child)
{
    const bool has_grade = life->written[y].year != 0, has_move = life->moved[y].year != 0;
    const bool moves_first = has_grade && has_move && ga_date_compare(life->moved[y], life->written[y]) < 0;
    char text[16];
    for (int i = 0; i < 2; i++) {
        const bool is_move = (i == 0) == moves_first;
        if (is_move ? !has_move : !has_grade)
            continue;
        go_to(is_move ? life->moved[y] : life->written[y]);
        snprintf(text, sizeof(text), is_move ? "%d" : "g%d", is_move ? life->class_no[y] : life->grade[y]);
        put(child, is_move ? "class" : "grade", text);
    }
}

static void check_day(const struct life *life, const struct ga_uuid *child, int y, struct ga_date day)
{
    struct ga_class_name name = {.grade = "g"};
    char shown[GA_CLASS_NAME_SIZE], wanted[GA_CLASS_NAME_SIZE + 16], iso[GA_DATE_SIZE];
    const bool has_moved = life->moved[y].year != 0 && ga_date_compare(life->moved[y], day) <= 0;
    const int class_no = has_moved || y == 0 ? life->class_no[y] : life->class_no[y - 1];
    name.grade[1] = (char)('0' + life->grade[y]);
    snprintf(name.number, sizeof(name.number), "%d", class_no);
    snprintf(wanted, sizeof(wanted), "%s %d", ga_class_name_text(&name, GA_ZH, shown),
             ga_class_name_entry_year(name.grade, FIRST_YEAR + y));
    ga_date_iso(day, iso);
    const char *told = class_on(child, iso);
    if (strcmp(told, wanted) != 0)
        print_message("# year %d, %s\n", y, iso);
    assert_string_equal(told, wanted);
}

/* What is read of many files at once is what is read of each by itself. */
static void check_list_of(const struct ga_date day)
{
    struct ga_classmate *mates;
    struct ga_stay *stays;
    size_t count, of_one;
    char iso[GA_DATE_SIZE];
    const struct ga_class_ask ask = {.day = day};
    assert_int_equal(ga_store_class_on(school.store, &ask, GA_ZH, &school.arena, &mates, &count, NULL), GA_OK);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        struct ga_uuid id;
        char form[64];
        assert_int_equal(ga_record_id(school.store, mates[i].no, &id, form, NULL), GA_OK);
        assert_int_equal(ga_store_stays(school.store, &id, GA_ZH, &school.arena, &stays, &of_one, NULL), GA_OK);
        const struct ga_stay *stay = ga_stay_on(stays, of_one, ga_date_iso(day, iso));
        assert_string_equal(mates[i].stay.class_shown, stay == NULL ? "" : stay->class_shown);
        assert_int_equal(mates[i].stay.entry_year, stay == NULL ? 0 : stay->entry_year);
    }
}

static void any_life_is_told_as_it_was(void **state)
{
    (void)state;
    seed = 20261122;
    for (int i = 0; i < LIVES; i++) {
        struct life life;
        char grade[8], class_no[16];
        invent(&life);
        life.written[0] = life.moved[0] = (struct ga_date){0};
        snprintf(grade, sizeof(grade), "g%d", life.grade[0]);
        snprintf(class_no, sizeof(class_no), "%d", life.class_no[0]);
        school.now_ms += 1000;
        go_to((struct ga_date){FIRST_YEAR, 9, 1}); /* back again: each life is a child's of its own */
        const struct ga_uuid child = add_child(grade, class_no);
        for (int y = 1; y < YEARS; y++)
            write_year(&life, y, &child);
        for (int y = 0; y < YEARS; y++)
            for (int k = 0; k < 4; k++) {
                const struct ga_date day = ga_date_add_days((struct ga_date){(int16_t)(FIRST_YEAR + y), 8, 1}, below(365));
                if (y > 0 && ga_date_compare(day, today) <= 0)
                    check_day(&life, &child, y, day);
            }
        check_list_of(ga_date_add_days((struct ga_date){FIRST_YEAR, 9, 1}, below(365 * YEARS - 40)));
    }
}

/* All children of a school, each changed in one save as by an import or at the turn of the year. */
static void save_all(struct ga_uuid *children, size_t count, const char *grade)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (size_t i = 0; i < count; i++) {
        struct ga_answers before, after;
        struct ga_heads *heads = NULL;
        const bool is_new = ga_uuid_is_zero(&children[i]);
        if (is_new)
            ga_answers_init(&after, school_form(&school, "child"));
        else {
            assert_int_equal(ga_store_read(school.store, school_form(&school, "child"), &children[i], &before, &heads, NULL), GA_OK);
            ga_answers_copy(&after, &before);
        }
        school_type(&after, "name", "石小满");
        school_type(&after, "grade", grade);
        school_type(&after, "class", i % 2 == 0 ? "1" : "2");
        const struct ga_save_record record = {.after = &after, .before = is_new ? NULL : &before, .heads = heads};
        assert_int_equal(ga_save_put(save, &record, NULL, NULL), GA_OK);
        children[i] = after.id;
        ga_heads_destroy(heads);
        if (!is_new)
            ga_answers_finish(&before);
        ga_answers_finish(&after);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

/* Children were imported in one save, moved up in another: a file's operations lie in two blocks, those of all in a few. */
static void the_class_of_a_day_unpacks_each_block_once(void **state)
{
    (void)state;
    enum { CHILDREN = 700, BLOCKS = 2 * (CHILDREN / 64 + 1) };
    struct ga_uuid children[CHILDREN] = {0};
    struct ga_classmate *mates;
    size_t count;
    const struct ga_class_ask ask = {.day = {2027, 5, 1}, .grade = "g3", .class_no = "2"};
    save_all(children, CHILDREN, "g3");
    go_to((struct ga_date){2027, 9, 2});
    save_all(children, CHILDREN, "g4");
    sql_runs_begin(ga_store_db(school.store), "FROM block");
    assert_int_equal(ga_store_class_on(school.store, &ask, GA_ZH, &school.arena, &mates, &count, NULL), GA_OK);
    assert_in_range(sql_runs_end(ga_store_db(school.store)), 1, BLOCKS);
    assert_int_equal(count, CHILDREN / 2);
    assert_string_equal(mates[0].stay.class_shown, "三年级(2)班");
}

#define EACH(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(a_class_goes_up_with_the_year_though_it_is_written_late),
        EACH(who_repeats_a_year_is_in_the_class_that_came_behind),
        EACH(another_class_before_the_grade_is_written_is_no_repeated_year),
        EACH(lower_secondary_is_a_stage_of_its_own),
        EACH(who_left_is_in_no_later_class),
        EACH(the_class_of_a_day_unpacks_each_block_once),
        EACH(any_life_is_told_as_it_was),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
