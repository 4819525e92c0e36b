/* Who counts on a day: facts of that day, three answers, the children behind each. */
#include "school_session.h"

#include "guanai/app/figures.h"
#include "guanai/base/alloc.h"
#include "guanai/store/roster.h"
#include "guanai/store/same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct office {
    struct school_session school;
    struct ga_figures *figures;
};

static int start(void **state)
{
    static struct office office;
    memset(&office, 0, sizeof(office));
    school_session_start(&office.school, NULL);
    *state = &office;
    return 0;
}

static int stop(void **state)
{
    struct office *office = *state;
    school_session_stop(&office->school);
    return 0;
}

static struct ga_headcount count_on(struct office *office, int year, int month, int day)
{
    const struct ga_figures_ask ask = {.day = {(int16_t)year, (int8_t)month, (int8_t)day}};
    struct ga_headcount headcount;
    struct ga_problems problems;
    struct ga_error err = {0};
    ga_problems_init(&problems);
    if (office->figures == NULL)
        assert_int_equal(ga_session_figures(office->school.session, &problems, &office->figures, &err), GA_OK);
    assert_int_equal(problems.list.len, 0);
    ga_problems_finish(&problems);
    assert_int_equal(ga_figures_count(office->figures, &ask, &headcount, &err), GA_OK);
    return headcount;
}

static size_t at(const struct ga_headcount *headcount, const char *definition)
{
    const int found = ga_definitions_find(headcount->definitions, definition);
    assert_true(found >= 0);
    return (size_t)found;
}

/* What a definition says of the only child on a day; -1: it is not here. */
static int said(struct office *office, const char *definition, int year, int month, int day)
{
    struct ga_headcount headcount = count_on(office, year, month, day);
    assert_true(headcount.children <= 1);
    const int answer =
        headcount.children == 0 ? -1 : ga_headcount_of(&headcount, 0, at(&headcount, definition))->counted;
    ga_headcount_finish(&headcount);
    return answer;
}

#define ADD(office, ...) school_session_add(&(office)->school, "child", NULL, __VA_ARGS__, NULL)
#define CHANGE(office, child, ...) school_session_add(&(office)->school, "status_change", (child), __VA_ARGS__, NULL)

enum { NO = GA_COUNTED_NO, YES = GA_COUNTED_YES, UNKNOWN = GA_COUNTED_UNKNOWN, ABSENT = -1 };

static void the_schools_mark_goes_before_the_parents_states(void **state)
{
    struct office *office = *state;
    ADD(office, "name=严翔超", "grade=一年级", "birth_date=2020-8-21", "marked_left_behind=否", "father_state=外出务工",
        "mother_state=外出务工");
    assert_int_equal(said(office, "school", 2026, 11, 23), NO);
    assert_int_equal(said(office, "civil_affairs", 2026, 11, 23), YES);
}

static void without_a_mark_the_parents_states_tell(void **state)
{
    struct office *office = *state;
    ADD(office, "name=严翔超", "grade=一年级", "father_state=在家", "mother_state=外出务工");
    assert_int_equal(said(office, "school", 2026, 11, 23), YES);
}

static void without_any_fact_it_cannot_be_told_and_what_to_ask_is_said(void **state)
{
    struct office *office = *state;
    ADD(office, "name=严翔超", "grade=一年级", "father_state=在家");
    struct ga_headcount headcount = count_on(office, 2026, 11, 23);
    const struct ga_child_count *school = ga_headcount_of(&headcount, 0, at(&headcount, "school"));
    const struct ga_definition *definition = headcount.definitions->items[at(&headcount, "school")];
    assert_int_equal(school->counted, UNKNOWN);
    for (size_t i = 0; i < definition->asks.count; i++) {
        const bool is_asked = school->gaps >> i & 1;
        assert_int_equal(is_asked, strcmp(definition->asks.items[i].field.text, "mother_state") == 0);
    }
    ga_headcount_finish(&headcount);
}

static void away_counts_from_its_date_on(void **state)
{
    struct office *office = *state;
    ADD(office, "name=严翔超", "grade=一年级", "birth_date=2018-1-1", "father_state=外出务工", "father_away_since=2026-3-10",
        "mother_state=外出务工", "mother_away_since=2026-3-10", "marked_left_behind=是");
    assert_int_equal(said(office, "school", 2026, 3, 9), NO); /* the mark bears no date, the states do */
    assert_int_equal(said(office, "school", 2026, 3, 10), YES);
    assert_int_equal(said(office, "civil_affairs", 2026, 3, 9), NO);
    assert_int_equal(said(office, "civil_affairs", 2026, 3, 10), YES);
    assert_int_equal(said(office, "local", 2026, 6, 9), NO); /* three months */
    assert_int_equal(said(office, "local", 2026, 6, 10), YES);
}

static void in_a_month_that_is_known_without_its_day_it_cannot_be_told(void **state)
{
    struct office *office = *state;
    ADD(office, "name=严翔超", "grade=一年级", "birth_date=2018-1-1", "father_state=外出务工", "father_away_since=2026-3",
        "mother_state=外出务工");
    assert_int_equal(said(office, "civil_affairs", 2026, 2, 28), NO);
    assert_int_equal(said(office, "civil_affairs", 2026, 3, 1), UNKNOWN);
    assert_int_equal(said(office, "civil_affairs", 2026, 3, 30), UNKNOWN);
    assert_int_equal(said(office, "civil_affairs", 2026, 3, 31), YES); /* begun on any day of it */
}

static void a_child_is_under_16_until_its_birthday(void **state)
{
    struct office *office = *state;
    ADD(office, "name=严翔超", "grade=九年级", "birth_date=2010-11-23", "father_state=外出务工", "mother_state=外出务工");
    assert_int_equal(said(office, "civil_affairs", 2026, 11, 22), YES);
    assert_int_equal(said(office, "civil_affairs", 2026, 11, 23), NO);
}

static void a_birthday_known_to_the_month_leaves_that_month_open(void **state)
{
    struct office *office = *state;
    ADD(office, "name=严翔超", "grade=九年级", "birth_date=2010-11", "father_state=外出务工", "mother_state=外出务工");
    assert_int_equal(said(office, "civil_affairs", 2026, 10, 31), YES);
    assert_int_equal(said(office, "civil_affairs", 2026, 11, 15), UNKNOWN);
    assert_int_equal(said(office, "civil_affairs", 2026, 12, 1), NO);
}

static void the_household_is_rural_unless_the_file_says_otherwise(void **state)
{
    struct office *office = *state;
    ADD(office, "name=严翔超", "grade=九年级", "birth_date=2015-1-1", "father_state=外出务工", "mother_state=外出务工",
        "household_kind=非农业");
    assert_int_equal(said(office, "civil_affairs", 2026, 11, 23), NO);
    assert_int_equal(said(office, "school", 2026, 11, 23), YES);
}

static void the_parent_at_home_is_able_unless_the_file_says_otherwise(void **state)
{
    struct office *office = *state;
    ADD(office, "name=严翔超", "grade=三年级", "birth_date=2015-1-1", "father_state=外出务工", "mother_state=在家",
        "guardian_relation=母亲", "guardian_ability=无能力");
    assert_int_equal(said(office, "civil_affairs", 2026, 11, 23), YES);
}

static void who_left_is_here_to_the_day_before(void **state)
{
    struct office *office = *state;
    struct ga_uuid child = ADD(office, "name=史晨志", "grade=三年级", "marked_left_behind=是");
    CHANGE(office, &child, "kind=转学", "from_on=2026-5-10");
    assert_int_equal(said(office, "school", 2026, 5, 9), YES);
    assert_int_equal(said(office, "school", 2026, 5, 10), ABSENT);
    CHANGE(office, &child, "kind=返乡复学", "from_on=2026-9-1"); /* typed later, true of the past as well */
    assert_int_equal(said(office, "school", 2026, 8, 31), ABSENT);
    assert_int_equal(said(office, "school", 2026, 9, 1), YES);
    assert_int_equal(said(office, "school", 2026, 5, 9), YES);
}

static void who_came_back_was_not_here_before(void **state)
{
    struct office *office = *state;
    struct ga_uuid child = ADD(office, "name=史晨志", "grade=三年级", "marked_left_behind=是");
    CHANGE(office, &child, "kind=返乡复学", "from_on=2026-9-1");
    assert_int_equal(said(office, "school", 2026, 8, 31), ABSENT);
    assert_int_equal(said(office, "school", 2026, 9, 1), YES);
}

static void who_came_to_the_school_later_was_not_here_before(void **state)
{
    struct office *office = *state;
    ADD(office, "name=史晨志", "grade=三年级", "marked_left_behind=是", "enrolled_on=2026-9");
    assert_int_equal(said(office, "school", 2026, 8, 31), ABSENT);
    assert_int_equal(said(office, "school", 2026, 9, 1), YES);
}

static void a_child_away_for_a_while_still_counts(void **state)
{
    struct office *office = *state;
    struct ga_uuid child = ADD(office, "name=史晨志", "grade=三年级", "marked_left_behind=是");
    CHANGE(office, &child, "kind=away", "from_on=2026-9-1", "until_on=2026-9-30");
    assert_int_equal(said(office, "school", 2026, 9, 10), YES);
}

static void parents_who_came_home_end_it_until_they_go_again(void **state)
{
    struct office *office = *state;
    struct ga_uuid child = ADD(office, "name=史晨志", "grade=三年级", "birth_date=2015-1-1", "marked_left_behind=是",
                               "father_state=外出务工", "father_away_since=2026-8-1", "mother_state=在家");
    CHANGE(office, &child, "kind=父母返乡", "from_on=2026-4-1");
    assert_int_equal(said(office, "school", 2026, 7, 31), NO);
    assert_int_equal(said(office, "school", 2026, 8, 1), YES);
}

/* A dozen children in whose facts every branch is met. */
static void fill(struct office *office)
{
    ADD(office, "name=甲", "grade=一年级", "class=1", "birth_date=2019-2-3", "marked_left_behind=是", "absence_kind=双方外出");
    ADD(office, "name=乙", "grade=一年级", "class=1", "birth_date=2019-2", "marked_left_behind=是", "absence_kind=父亲外出",
        "guardian_relation=母亲");
    ADD(office, "name=丙", "grade=一年级", "class=2", "marked_left_behind=是", "absence_kind=母亲外出", "guardian_relation=奶奶");
    ADD(office, "name=丁", "grade=二年级", "class=1", "birth_date=2010-6-15", "absence_kind=单亲外出");
    ADD(office, "name=戊", "grade=二年级", "class=1", "birth_date=2010-6", "father_state=外出务工", "mother_state=已故");
    ADD(office, "name=己", "grade=高一", "birth_date=2015-6-1", "father_state=外出务工", "father_away_since=2026-7",
        "mother_state=外出务工", "mother_away_since=2026-2-11");
    ADD(office, "name=庚", "grade=三年级", "marked_left_behind=是", "absence_kind=无人监护");
    ADD(office, "name=辛", "household_kind=town", "birth_date=2016-1-1", "father_state=不详", "mother_state=外出务工");
    ADD(office, "name=壬", "grade=中班", "birth_date=2022-1-1", "marked_left_behind=否");
    struct ga_uuid left = ADD(office, "name=癸", "grade=四年级", "birth_date=2016-5-5", "marked_left_behind=是",
                              "absence_kind=双方外出");
    struct ga_uuid back = ADD(office, "name=子", "grade=四年级", "birth_date=2016-5-6", "absence_kind=双方外出");
    ADD(office, "name=丑", "grade=五年级", "birth_date=2015-5", "absence_kind=其他", "enrolled_on=2026-9-1");
    CHANGE(office, &left, "kind=辍学", "from_on=2026-3-3");
    CHANGE(office, &left, "kind=returned", "from_on=2026-10-3");
    CHANGE(office, &back, "kind=父母返乡", "from_on=2026-5-1");
}

/* Every number is the length of its list, every child stands in just one list of each definition. */
static void check_day(const struct ga_headcount *headcount, struct ga_arena *arena)
{
    size_t *children;
    const size_t definitions = headcount->definitions->count;
    for (size_t d = 0; d < definitions; d++) {
        size_t all = 0;
        for (int i = 0; i < GA_COUNTED_COUNT; i++) {
            const struct ga_figures_pick pick = {.definition = d, .counted = (enum ga_counted)i};
            const size_t count = ga_headcount_list(headcount, &pick, arena, &children);
            assert_int_equal(count, headcount->tally[d][i]);
            all += count;
        }
        assert_int_equal(all, headcount->children);
    }
    for (size_t a = 0; a < definitions; a++)
        for (size_t b = 0; b < definitions; b++) {
            struct ga_difference *lines;
            size_t differing = 0, listed = 0;
            const size_t count = ga_headcount_differences(headcount, a, b, arena, &lines);
            for (size_t i = 0; i < headcount->children; i++)
                differing += ga_headcount_of(headcount, i, a)->counted != ga_headcount_of(headcount, i, b)->counted;
            for (size_t i = 0; i < count; i++) {
                const struct ga_figures_pick pick = {.is_difference = true, .line = lines[i]};
                assert_int_equal(ga_headcount_list(headcount, &pick, arena, &children), lines[i].children);
                assert_true(lines[i].children > 0);
                listed += lines[i].children;
            }
            assert_int_equal(listed, differing);
        }
}

static void yes_and_no_and_unknown_are_all_who_were_here_on_every_day(void **state)
{
    struct office *office = *state;
    struct ga_arena arena = {0};
    bool has_met[GA_COUNTED_COUNT] = {false};
    fill(office);
    for (int32_t day = ga_date_to_days((struct ga_date){2026, 1, 1}); day < ga_date_to_days((struct ga_date){2027, 1, 1});
         day++) {
        const struct ga_date date = ga_date_from_days(day);
        struct ga_headcount headcount = count_on(office, date.year, date.month, date.day);
        check_day(&headcount, &arena);
        assert_true(headcount.children >= 10 && headcount.children <= 12);
        for (int i = 0; i < GA_COUNTED_COUNT; i++)
            has_met[i] |= headcount.tally[at(&headcount, "civil_affairs")][i] > 0;
        ga_arena_reset(&arena);
        ga_headcount_finish(&headcount);
    }
    ga_arena_finish(&arena);
    assert_true(has_met[NO] && has_met[YES] && has_met[UNKNOWN]);
}

static void a_difference_falls_into_lines_by_its_reasons(void **state)
{
    struct office *office = *state;
    struct ga_arena arena = {0};
    struct ga_difference *lines;
    ADD(office, "name=乙", "grade=一年级", "birth_date=2019-2-3", "marked_left_behind=是", "absence_kind=父亲外出",
        "guardian_relation=母亲");
    ADD(office, "name=庚", "grade=三年级", "birth_date=2019-2-3", "marked_left_behind=是", "absence_kind=无人监护");
    struct ga_headcount headcount = count_on(office, 2026, 11, 23);
    const size_t count =
        ga_headcount_differences(&headcount, at(&headcount, "school"), at(&headcount, "civil_affairs"), &arena, &lines);
    assert_int_equal(count, 2);
    assert_string_equal(lines[0].label.zh, "一方外出、另一方在家");
    assert_int_equal(lines[0].in_a, YES);
    assert_int_equal(lines[0].in_b, NO);
    assert_int_equal(lines[0].children, 1);
    assert_string_equal(lines[1].label.zh, "不知道谁外出");
    assert_int_equal(lines[1].in_b, UNKNOWN);
    ga_headcount_finish(&headcount);
    ga_arena_finish(&arena);
}

static void lists_stand_in_roster_order_and_one_class_can_be_asked(void **state)
{
    struct office *office = *state;
    const struct ga_figures_ask ask = {.day = {2026, 11, 23}, .grade = "g1", .class_no = "1"};
    struct ga_headcount headcount, of_class;
    struct ga_roster_row row;
    struct ga_arena arena = {0};
    ADD(office, "name=张三", "grade=二年级", "class=1");
    ADD(office, "name=李四", "grade=一年级", "class=1");
    ADD(office, "name=王五", "grade=一年级", "class=2");
    headcount = count_on(office, 2026, 11, 23);
    assert_int_equal(headcount.children, 3);
    assert_int_equal(ga_roster_row_of(office->school.session->store, headcount.nos[0], GA_ZH, &arena, &row, NULL), GA_OK);
    assert_string_equal(row.name, "李四");
    assert_int_equal(ga_figures_count(office->figures, &ask, &of_class, NULL), GA_OK);
    assert_int_equal(of_class.children, 1);
    assert_int_equal(of_class.nos[0], headcount.nos[0]);
    ga_headcount_finish(&of_class);
    ga_headcount_finish(&headcount);
    ga_arena_finish(&arena);
}

static void a_share_is_rounded_to_the_nearest_tenth(void **state)
{
    (void)state;
    char buf[16];
    assert_string_equal(ga_share_text(329, 700, buf), "47.0");
    assert_string_equal(ga_share_text(120, 238, buf), "50.4");
    assert_string_equal(ga_share_text(1, 2000, buf), "0.1");
    assert_string_equal(ga_share_text(5, 5, buf), "100.0");
    assert_string_equal(ga_share_text(0, 0, buf), "0.0");
}

static void two_files_of_one_child_count_once_with_the_changes_on_both(void **state)
{
    struct office *office = *state;
    struct ga_uuid leading = ADD(office, "name=史晨志", "grade=三年级", "marked_left_behind=是", "birth_date=2015-1-1");
    struct ga_uuid behind = ADD(office, "name=史晨志", "grade=三年级", "marked_left_behind=否");
    CHANGE(office, &behind, "kind=父母返乡", "from_on=2026-10-1");
    CHANGE(office, &behind, "kind=转学", "from_on=2026-12-1");
    assert_int_equal(ga_same_say(office->school.session->store, &leading, &behind, GA_SAME_LINKED, NULL, NULL), GA_OK);
    assert_int_equal(said(office, "school", 2026, 9, 30), YES);
    assert_int_equal(said(office, "school", 2026, 10, 1), NO);
    assert_int_equal(said(office, "school", 2026, 11, 30), NO);
    assert_int_equal(said(office, "school", 2026, 12, 1), ABSENT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

/* `year`: the days of a whole year, which takes its time. */
int main(int argc, char **argv)
{
    const struct CMUnitTest year[] = {TEST(yes_and_no_and_unknown_are_all_who_were_here_on_every_day)};
    const struct CMUnitTest tests[] = {
        TEST(the_schools_mark_goes_before_the_parents_states),
        TEST(without_a_mark_the_parents_states_tell),
        TEST(without_any_fact_it_cannot_be_told_and_what_to_ask_is_said),
        TEST(away_counts_from_its_date_on),
        TEST(in_a_month_that_is_known_without_its_day_it_cannot_be_told),
        TEST(a_child_is_under_16_until_its_birthday),
        TEST(a_birthday_known_to_the_month_leaves_that_month_open),
        TEST(the_household_is_rural_unless_the_file_says_otherwise),
        TEST(the_parent_at_home_is_able_unless_the_file_says_otherwise),
        TEST(who_left_is_here_to_the_day_before),
        TEST(who_came_back_was_not_here_before),
        TEST(who_came_to_the_school_later_was_not_here_before),
        TEST(a_child_away_for_a_while_still_counts),
        TEST(parents_who_came_home_end_it_until_they_go_again),
        TEST(a_difference_falls_into_lines_by_its_reasons),
        TEST(lists_stand_in_roster_order_and_one_class_can_be_asked),
        TEST(two_files_of_one_child_count_once_with_the_changes_on_both),
        cmocka_unit_test(a_share_is_rounded_to_the_nearest_tenth),
    };
    if (argc > 1 && strcmp(argv[1], "year") == 0)
        return cmocka_run_group_tests(year, NULL, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
