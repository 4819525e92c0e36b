/* A child leaves and comes back on the day that is written down, with the file it had. */
#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "guanai/store/life.h"
#include "guanai/store/roll.h"
#include "guanai/store/roster.h"
#include "guanai/store/same.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct school school;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

static struct ga_uuid change(const struct ga_uuid *child, const char *kind, const char *from_on)
{
    struct ga_answers answers;
    school.now_ms += 1000;
    ga_answers_init(&answers, school_form(&school, "status_change"));
    answers.child = *child;
    school_type(&answers, "kind", kind);
    school_type(&answers, "from_on", from_on);
    const struct ga_save_record record = {.after = &answers};
    assert_int_equal(ga_store_save(school.store, &record, 0, NULL, NULL), GA_OK);
    const struct ga_uuid id = answers.id;
    ga_answers_finish(&answers);
    return id;
}

static void set_day(int year, int month, int day)
{
    ga_store_set_today(school.store, (struct ga_date){year, month, day}, false);
    assert_int_equal(ga_store_settle_day(school.store, NULL), GA_OK);
}

static bool has_left(const struct ga_uuid *child)
{
    struct ga_roster_row row;
    struct ga_departure departure;
    bool left;
    assert_int_equal(ga_roster_row(school.store, child, GA_ZH, &school.arena, &row, NULL), GA_OK);
    assert_int_equal(ga_store_departure(school.store, child, &left, &departure, NULL), GA_OK);
    assert_int_equal(left, row.has_left); /* one truth, on the list as in the file */
    return left;
}

static int64_t children_here(void)
{
    struct ga_roster_class totals;
    assert_int_equal(ga_store_totals(school.store, &totals, NULL), GA_OK);
    return totals.children;
}

static const char *departure_of(const struct ga_uuid *child)
{
    return ga_store_departure_text(school.store, child, GA_ZH, &school.arena);
}

static void a_child_who_left_is_marked_with_kind_and_day(void **state)
{
    (void)state;
    const struct ga_uuid child = school_add_child(&school, "石小满");
    assert_false(has_left(&child));
    assert_string_equal(departure_of(&child), "");
    change(&child, "transfer", "2026-03-01");
    assert_true(has_left(&child));
    assert_string_equal(departure_of(&child), "2026-03-01 转学");
    assert_int_equal(children_here(), 0);
    change(&child, "returned", "2026-11-20");
    assert_false(has_left(&child));
    assert_string_equal(departure_of(&child), "");
    assert_int_equal(children_here(), 1);
}

static void a_change_of_a_day_to_come_counts_from_that_day_on(void **state)
{
    (void)state;
    const struct ga_uuid child = school_add_child(&school, "石小满");
    change(&child, "with_parents", "2026-12-01");
    assert_false(has_left(&child));
    assert_int_equal(children_here(), 1);
    set_day(2026, 11, 30);
    assert_false(has_left(&child));
    set_day(2026, 12, 1);
    assert_true(has_left(&child));
    assert_int_equal(children_here(), 0);
    set_day(2026, 11, 23); /* the clock was wrong */
    assert_false(has_left(&child));
    assert_int_equal(children_here(), 1);
}

static void the_day_is_kept_through_a_new_start_and_a_rebuild(void **state)
{
    (void)state;
    struct ga_problems problems;
    const struct ga_uuid child = school_add_child(&school, "石小满");
    change(&child, "transfer", "2026-12-01");
    set_day(2026, 12, 2);
    assert_true(has_left(&child));
    ga_problems_init(&problems);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    assert_int_equal(problems.list.len, 0);
    ga_problems_finish(&problems);
    assert_int_equal(school_reopen(&school, NULL), GA_OK); /* its day is 2026-11-23 again */
    assert_int_equal(ga_store_settle_day(school.store, NULL), GA_OK);
    assert_false(has_left(&child));
    assert_int_equal(children_here(), 1);
}

static void before_a_return_to_come_a_child_is_still_away(void **state)
{
    (void)state;
    const struct ga_uuid child = school_add_child(&school, "石小满");
    change(&child, "transfer", "2026-03-01");
    change(&child, "returned", "2027-02-20");
    assert_true(has_left(&child));
    set_day(2027, 2, 20);
    assert_false(has_left(&child));
}

static void a_departure_in_a_linked_file_is_the_child_s(void **state)
{
    (void)state;
    school.now_ms += 1000;
    const struct ga_uuid first = school_add_child(&school, "石小满");
    school.now_ms += 1000;
    const struct ga_uuid second = school_add_child(&school, "石小满");
    assert_int_equal(ga_same_say(school.store, &first, &second, GA_SAME_LINKED, "同一身份证", NULL), GA_OK);
    change(&second, "dropped", "2026-11-23");
    assert_string_equal(departure_of(&first), "2026-11-23 辍学");
    assert_true(has_left(&first));
}

static void who_has_died_or_finished_does_not_come_back_by_a_key(void **state)
{
    (void)state;
    static const struct {
        const char *kind;
        bool may_return;
    } kinds[] = {{"died", false}, {"finished", false}, {"transfer", true}, {"dropped", true}, {"suspended", true}};
    for (size_t i = 0; i < GA_COUNT(kinds); i++) {
        struct ga_departure departure;
        bool left;
        const struct ga_uuid child = school_add_child(&school, "石小满");
        change(&child, kinds[i].kind, "2026-03-01");
        assert_int_equal(ga_store_departure(school.store, &child, &left, &departure, NULL), GA_OK);
        assert_true(left);
        assert_int_equal(departure.may_return, kinds[i].may_return);
    }
}

/* The same changes in any order of arrival leave the child where the newest one that has begun puts it. */
static void any_order_of_changes_gives_the_same(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *from_on;
    } changes[] = {{"transfer", "2025-09-01"}, {"returned", "2026-02-20"}, {"working", "2026-10-08"}, {"returned", "2027-03-01"}};
    static const int orders[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 0, 2}};
    for (size_t i = 0; i < GA_COUNT(orders); i++) {
        const struct ga_uuid child = school_add_child(&school, "石小满");
        for (size_t k = 0; k < GA_COUNT(orders[i]); k++)
            change(&child, changes[orders[i][k]].kind, changes[orders[i][k]].from_on);
        assert_string_equal(departure_of(&child), "2026-10-08 外出务工");
        assert_true(has_left(&child));
    }
}

/* A change under an id of its own, as it comes from another computer: local numbers say nothing of its order. */
static void change_as(const struct ga_uuid *child, uint8_t id, const char *kind, const char *from_on)
{
    struct ga_answers answers;
    ga_answers_init(&answers, school_form(&school, "status_change"));
    answers.child = *child;
    memcpy(answers.id.bytes, child->bytes, sizeof(answers.id.bytes));
    answers.id.bytes[15] = (uint8_t)(child->bytes[15] ^ 0x55);
    answers.id.bytes[8] = (uint8_t)(0x80 | id);
    school_type(&answers, "kind", kind);
    school_type(&answers, "from_on", from_on);
    const struct ga_save_record record = {.after = &answers};
    assert_int_equal(ga_store_save(school.store, &record, 0, NULL, NULL), GA_OK);
    ga_answers_finish(&answers);
}

static bool is_on_roll(const struct ga_uuid *child, struct ga_date day)
{
    struct ga_vec nos;
    struct ga_roster_row row;
    bool is_on = false, is_here = false;
    ga_vec_init(&nos, sizeof(int64_t));
    assert_int_equal(ga_roster_row(school.store, child, GA_ZH, &school.arena, &row, NULL), GA_OK);
    assert_int_equal(ga_store_roll(school.store, day, &nos, NULL), GA_OK);
    for (size_t i = 0; i < nos.len; i++)
        is_on |= *GA_VEC_AT(int64_t, &nos, i) == row.no;
    ga_vec_finish(&nos);
    assert_int_equal(ga_store_here_on(school.store, row.no, &day, 1, &is_here, NULL), GA_OK);
    assert_int_equal(is_here, is_on);
    return is_on;
}

struct told {
    int64_t child;
    char text[128]; /* "2026-03-01- 2026-09-01+ " */
};

static void take_told(void *ctx, int64_t child, const char *from_on, bool is_here)
{
    struct told *told = ctx;
    const size_t len = strlen(told->text);
    if (child == told->child)
        snprintf(told->text + len, sizeof(told->text) - len, "%s%c ", from_on, is_here ? '+' : '-');
}

/* A change on the file behind counts from the day the leading file was made, whichever way is asked. */
static void one_child_s_changes_are_told_alone_as_among_all(void **state)
{
    (void)state;
    struct ga_roster_row row;
    school.now_ms += 1000;
    const struct ga_uuid behind = school_add_child(&school, "石小满");
    change(&behind, "dropped", "2020-03-01");
    change(&behind, "transfer", "2027-05-01");
    school.now_ms += 1000;
    const struct ga_uuid leading = school_add_child(&school, "石小满");
    change(&leading, "returned", "2027-04-01");
    change(&leading, "dropped", "2027-03-01");
    assert_int_equal(ga_same_say(school.store, &leading, &behind, GA_SAME_LINKED, "同一身份证", NULL), GA_OK);
    assert_int_equal(ga_roster_row(school.store, &leading, GA_ZH, &school.arena, &row, NULL), GA_OK);
    struct told alone = {.child = row.no}, among = {.child = row.no};
    assert_int_equal(ga_store_presences(school.store, row.no, row.no, take_told, &alone, NULL), GA_OK);
    assert_int_equal(ga_store_presences(school.store, 1, INT64_MAX, take_told, &among, NULL), GA_OK);
    assert_string_equal(alone.text, "2027-03-01- 2027-04-01+ 2027-05-01- ");
    assert_string_equal(among.text, alone.text);
    for (int month = 1; month <= 12; month++)
        is_on_roll(&leading, (struct ga_date){2027, (int8_t)month, 15});
}

/* Two changes of one day: the id decides, in whatever order they came; today's list and the roll of a day agree. */
static void changes_of_one_day_are_told_apart_by_their_ids(void **state)
{
    (void)state;
    static const char *const days[] = {"2026-11-20", "2026-11-23", "2026-11-26"};
    for (size_t d = 0; d < GA_COUNT(days); d++)
        for (int order = 0; order < 4; order++) {
            const bool leaves_last = order & 1, is_turned = order & 2;
            const struct ga_uuid child = school_add_child(&school, "石小满");
            const char *const kinds[] = {leaves_last ? "returned" : "gone", leaves_last ? "gone" : "returned"};
            for (uint8_t i = 0; i < 2; i++) {
                const uint8_t at = is_turned ? 1 - i : i;
                change_as(&child, at + 1, kinds[at], days[d]);
            }
            for (int day = 18; day <= 28; day++) {
                set_day(2026, 11, day);
                const bool has_begun = strcmp(GA_DATE_ISO(((struct ga_date){2026, 11, day})), days[d]) >= 0;
                assert_int_equal(has_left(&child), leaves_last ? true : false);
                assert_int_equal(is_on_roll(&child, (struct ga_date){2026, 11, day}), has_begun ? !leaves_last : !leaves_last);
            }
            set_day(2026, 11, 23);
        }
}

static void put(const struct ga_uuid *child, const char *field, const char *typed)
{
    school.now_ms += 1000;
    school_edit(&school, "child", child, field, typed);
}

static void next_year(void)
{
    school.now_ms += 365LL * 24 * 3600 * 1000;
    set_day(2027, 11, 23);
}

static void the_classes_a_child_was_in_are_read_from_its_history(void **state)
{
    (void)state;
    struct ga_stay *stays;
    size_t count;
    const struct ga_uuid child = school_add_child(&school, "石小满");
    put(&child, "grade", "g3");
    put(&child, "class", "1");
    put(&child, "class", "2"); /* mistyped before, the same day */
    next_year();
    put(&child, "grade", "g4");
    put(&child, "name", "石小曼");
    assert_int_equal(ga_store_stays(school.store, &child, GA_ZH, &school.arena, &stays, &count, NULL), GA_OK);
    assert_int_equal(count, 2);
    assert_string_equal(stays[0].class_shown, "三年级(2)班");
    assert_string_equal(stays[0].from_on, "2026-11-23");
    assert_string_equal(stays[0].until_on, "2027-08-01"); /* with the year, though it was written in November */
    assert_string_equal(stays[1].class_shown, "四年级(2)班");
    assert_string_equal(stays[1].until_on, "");
    assert_int_equal(stays[0].entry_year, 2024);
    assert_int_equal(stays[1].entry_year, 2024); /* one class: it went up by a year */
    assert_ptr_equal(ga_stay_on(stays, count, "2027-07-31"), &stays[0]);
    assert_ptr_equal(ga_stay_on(stays, count, "2027-08-01"), &stays[1]);
    assert_ptr_equal(ga_stay_on(stays, count, "2020-01-01"), &stays[0]);
    assert_null(ga_stay_on(stays, 0, "2020-01-01"));
}

#define EACH(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(a_child_who_left_is_marked_with_kind_and_day),
        EACH(a_change_of_a_day_to_come_counts_from_that_day_on),
        EACH(the_day_is_kept_through_a_new_start_and_a_rebuild),
        EACH(before_a_return_to_come_a_child_is_still_away),
        EACH(a_departure_in_a_linked_file_is_the_child_s),
        EACH(one_child_s_changes_are_told_alone_as_among_all),
        EACH(who_has_died_or_finished_does_not_come_back_by_a_key),
        EACH(any_order_of_changes_gives_the_same),
        EACH(changes_of_one_day_are_told_apart_by_their_ids),
        EACH(the_classes_a_child_was_in_are_read_from_its_history),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
