/* Which children are visited together: the rule of care/trip.h, over rows. */
#include "dice.h"

#include "guanai/base/alloc.h"
#include "guanai/care/trip_children.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { DUE = 20787, TODAY = 20777, STOPS_MAX = 60 };

static struct ga_trip_stop stop(const char *village, const char *hamlet, int need, int32_t due_on)
{
    struct ga_trip_stop made = {.need = need, .opens = TODAY - 30, .due_on = due_on, .ends = due_on == GA_TRIP_NO_DAY ? INT32_MAX : due_on + 7,
                                .last_on = GA_TRIP_NEVER, .village = village, .hamlet = hamlet};
    ga_trip_read_place(&made);
    return made;
}

static void expect_place(const char *hamlet, int group, const char *named)
{
    const struct ga_trip_stop read = stop("", hamlet, 0, DUE);
    char text[60] = "";
    memcpy(text, read.named, read.named_len);
    assert_int_equal(read.group, group);
    assert_string_equal(text, named);
}

static void a_group_is_read_out_of_what_is_written(void **state)
{
    (void)state;
    expect_place("5组", 5, "");
    expect_place("第五组", 5, "");
    expect_place("12组", 12, "");
    expect_place("十组", 10, "");
    expect_place("十二组", 12, "");
    expect_place("二十组", 20, "");
    expect_place("二十三村民组", 23, "");
    expect_place("１２组", 12, "");
    expect_place("5村民小组", 5, "");
    expect_place("3组岩脚寨", 3, "岩脚寨");
    expect_place("岩脚寨3组", 3, "岩脚寨");
    expect_place("岩脚寨", GA_TRIP_GROUP_NONE, "岩脚寨");
    expect_place("组", GA_TRIP_GROUP_NONE, "组");
    expect_place("合作社旁", GA_TRIP_GROUP_NONE, "合作社旁");
    expect_place("", GA_TRIP_GROUP_NONE, "");
    expect_place("99999组", 999, "99");
}

static void expect_trip(const struct ga_trip_stop *stops, size_t count, const struct ga_trip_pick *pick, const char *wanted)
{
    size_t rows[GA_TRIP_ROWS];
    char text[80] = "";
    const size_t found = ga_trip_pick_next(stops, count, pick, rows);
    for (size_t i = 0; i < found; i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%zu", i > 0 ? " " : "", rows[i]);
    assert_string_equal(text, wanted);
}

/* Walk 1.2, in roster order: 崔子乐 何丽 黄宁 彭红军 彭英俊. */
static void five_children_of_two_villages_are_walked_to_by_group(void **state)
{
    (void)state;
    const struct ga_trip_stop stops[] = {stop("红岩村", "7组", 0, DUE), stop("红岩村", "1组", GA_TRIP_NEED_NOW, GA_TRIP_NO_DAY),
                                         stop("大湾村", "2组", 0, DUE), stop("红岩村", "1组", 0, DUE), stop("红岩村", "5组", 0, DUE)};
    expect_trip(stops, 5, &(struct ga_trip_pick){.rows = GA_TRIP_ROWS, .may_mix = true}, "1 3 4 0 2");
    expect_trip(stops, 5, &(struct ga_trip_pick){.rows = GA_TRIP_ROWS}, "1 3 4 0"); /* one village only */
    expect_trip(stops, 5, &(struct ga_trip_pick){.rows = 2, .may_mix = true}, "1 3");
}

static void the_neediest_goes_first_then_the_latest_then_the_nearest(void **state)
{
    (void)state;
    const struct ga_trip_pick one = {.rows = 1, .may_mix = true}, two = {.rows = 2, .may_mix = true};
    const struct ga_trip_stop needy[] = {stop("甲村", "1组", 0, DUE - 30), stop("乙村", "2组", GA_TRIP_NEED_KEY, DUE)};
    expect_trip(needy, 2, &one, "1");
    const struct ga_trip_stop late[] = {stop("甲村", "1组", 0, DUE), stop("乙村", "2组", 0, DUE - 30)};
    expect_trip(late, 2, &one, "1");
    const struct ga_trip_stop near[] = {stop("甲村", "9组", 0, DUE - 1), stop("甲村", "2组", 0, DUE), stop("甲村", "8组", 0, DUE)};
    expect_trip(near, 3, &two, "2 0"); /* 8组 is one group from 9组 */
    struct ga_trip_stop long_ago[] = {stop("甲村", "1组", 0, DUE), stop("甲村", "1组", 0, DUE), stop("甲村", "1组", 0, DUE)};
    long_ago[0].last_on = TODAY - 10;
    long_ago[1].last_on = TODAY - 60;
    expect_trip(long_ago, 3, &two, "2 1"); /* never at all before sixty days ago */
    const struct ga_trip_stop same[] = {stop("甲村", "", 0, DUE), stop("甲村", "", 0, DUE)};
    expect_trip(same, 2, &one, "0"); /* roster order */
}

/* Whoever is in danger does not wait for those whose visit can only be made today. */
static void danger_goes_before_the_last_chance_of_others(void **state)
{
    (void)state;
    const struct ga_trip_pick one = {.rows = 1, .may_mix = true, .day = TODAY, .next = TODAY + 7};
    const struct ga_trip_stop now[] = {stop("甲村", "1组", 0, TODAY + 1), stop("乙村", "2组", GA_TRIP_NEED_NOW, DUE + 30)};
    expect_trip(now, 2, &one, "1");
    const struct ga_trip_stop soon[] = {stop("甲村", "1组", 0, TODAY + 1), stop("乙村", "2组", GA_TRIP_NEED_SOON, DUE + 30)};
    expect_trip(soon, 2, &one, "0");
}

static void groups_are_walked_by_number_and_none_comes_last(void **state)
{
    (void)state;
    const struct ga_trip_stop stops[] = {stop("甲村", "10组", 0, DUE), stop("甲村", "", 0, DUE), stop("甲村", "二组", 0, DUE)};
    expect_trip(stops, 3, &(struct ga_trip_pick){.rows = GA_TRIP_ROWS}, "2 0 1");
}

static void who_may_not_be_visited_that_day_stays_at_home(void **state)
{
    (void)state;
    struct ga_trip_stop stops[] = {stop("甲村", "1组", 0, DUE), stop("甲村", "2组", 0, DUE), stop("甲村", "3组", 0, DUE)};
    stops[0].opens = TODAY + 1;
    stops[1].ends = TODAY - 1;
    expect_trip(stops, 3, &(struct ga_trip_pick){.rows = GA_TRIP_ROWS, .day = TODAY, .next = TODAY + 7}, "2");
    expect_trip(stops, 3, &(struct ga_trip_pick){.rows = GA_TRIP_ROWS, .day = TODAY, .next = TODAY + 7, .is_holiday = true}, "");
    stops[2].is_in_holidays = true;
    expect_trip(stops, 3, &(struct ga_trip_pick){.rows = GA_TRIP_ROWS, .day = TODAY, .next = TODAY + 7, .is_holiday = true}, "2");
}

static void who_has_no_other_day_before_it_is_due_goes_first(void **state)
{
    (void)state;
    const struct ga_trip_stop stops[] = {stop("甲村", "1组", GA_TRIP_NEED_KEY, TODAY + 20), stop("乙村", "1组", 0, TODAY + 3)};
    const struct ga_trip_day days[] = {{TODAY, false}, {TODAY + 7, false}, {TODAY + 14, false}};
    struct ga_arena arena = {0};
    struct ga_trip_planned *trips;
    bool is_placed[2];
    assert_int_equal(ga_trip_plan(stops, 2, days, 3, &arena, &trips, is_placed), 2);
    assert_int_equal(trips[0].rows[0], 1);
    assert_int_equal(trips[1].rows[0], 0);
    assert_int_equal(trips[1].day, TODAY + 7);
    ga_arena_finish(&arena);
}

static void villages_are_mixed_only_where_days_are_too_few(void **state)
{
    (void)state;
    const struct ga_trip_stop stops[] = {stop("甲村", "1组", 0, DUE), stop("乙村", "1组", 0, DUE), stop("丙村", "1组", 0, DUE)};
    const struct ga_trip_day days[] = {{TODAY, false}, {TODAY + 1, false}, {TODAY + 7, false}};
    struct ga_arena arena = {0};
    struct ga_trip_planned *trips;
    bool is_placed[3];
    assert_int_equal(ga_trip_plan(stops, 3, days, 3, &arena, &trips, is_placed), 3);
    assert_int_equal(ga_trip_plan(stops, 3, days, 2, &arena, &trips, is_placed), 1);
    assert_int_equal(trips[0].count, 3);
    assert_int_equal(ga_trip_plan(stops, 3, days, 0, &arena, &trips, is_placed), 0);
    assert_false(is_placed[0]);
    ga_arena_finish(&arena);
}

struct drawn {
    struct ga_trip_stop stops[STOPS_MAX];
    size_t count;
};

static void draw(uint64_t *dice, struct drawn *drawn)
{
    static const char *const villages[] = {"红岩村", "大湾村", "石桥村", ""}, *const hamlets[] = {"", "1组", "2组", "十组", "岩脚寨", "2组岩脚寨"};
    drawn->count = dice_draw(dice, STOPS_MAX);
    for (size_t i = 0; i < drawn->count; i++) {
        const int32_t due_on = TODAY - 20 + (int32_t)dice_draw(dice, 60);
        struct ga_trip_stop made = stop(villages[dice_draw(dice, GA_COUNT(villages))], hamlets[dice_draw(dice, GA_COUNT(hamlets))],
                                        (int)dice_draw(dice, 12), due_on);
        made.opens = due_on - 30;
        made.last_on = dice_draw(dice, 3) == 0 ? GA_TRIP_NEVER : TODAY - (int32_t)dice_draw(dice, 90);
        drawn->stops[i] = made;
    }
}

/* A village is one stretch, in it groups do not fall. */
static void expect_walkable(const struct ga_trip_stop *stops, const struct ga_trip_planned *trip)
{
    for (size_t i = 1; i < trip->count; i++) {
        const struct ga_trip_stop *a = &stops[trip->rows[i - 1]], *b = &stops[trip->rows[i]];
        if (strcmp(a->village, b->village) == 0)
            assert_true(a->group <= b->group);
        for (size_t k = 0; k + 1 < i && strcmp(a->village, b->village) != 0; k++)
            assert_string_not_equal(stops[trip->rows[k]].village, b->village);
    }
}

/* Of any set: at most five, each once and in its time, nobody left out who could have come along, the same every time. */
static void any_plan_keeps_the_rules(void **state)
{
    (void)state;
    uint64_t dice = 20261122;
    for (int run = 0; run < 300; run++) {
        struct drawn drawn;
        struct ga_arena arena = {0};
        struct ga_trip_day days[10];
        struct ga_trip_planned *trips, *again;
        bool is_placed[STOPS_MAX] = {false}, is_placed_again[STOPS_MAX] = {false}, is_seen[STOPS_MAX] = {false};
        const size_t days_count = dice_draw(&dice, 10);
        draw(&dice, &drawn);
        for (size_t i = 0; i < days_count; i++)
            days[i] = (struct ga_trip_day){TODAY + (int32_t)i * 4, false};
        const size_t count = ga_trip_plan(drawn.stops, drawn.count, days, days_count, &arena, &trips, is_placed);
        assert_int_equal(ga_trip_plan(drawn.stops, drawn.count, days, days_count, &arena, &again, is_placed_again), count);
        for (size_t t = 0; t < count; t++) {
            assert_in_range(trips[t].count, 1, GA_TRIP_ROWS);
            assert_memory_equal(trips[t].rows, again[t].rows, trips[t].count * sizeof(size_t));
            expect_walkable(drawn.stops, &trips[t]);
            for (size_t k = 0; k < trips[t].count; k++) {
                const struct ga_trip_stop *went = &drawn.stops[trips[t].rows[k]];
                assert_false(is_seen[trips[t].rows[k]]);
                is_seen[trips[t].rows[k]] = true;
                assert_true(went->opens <= trips[t].day && trips[t].day <= went->ends);
            }
        }
        assert_memory_equal(is_seen, is_placed, drawn.count * sizeof(bool));
        for (size_t i = 0; i < drawn.count; i++) /* who is left has no day of an idle teacher within its time */
            for (size_t d = 0; d < days_count && !is_placed[i]; d++) {
                bool is_idle = true;
                for (size_t t = 0; t < count; t++)
                    is_idle &= trips[t].day != days[d].day;
                assert_false(is_idle && drawn.stops[i].opens <= days[d].day && days[d].day <= drawn.stops[i].ends);
            }
        ga_arena_finish(&arena);
    }
}

static void the_order_does_not_hang_on_where_rows_stand(void **state)
{
    (void)state;
    uint64_t dice = 7;
    for (int run = 0; run < 200; run++) {
        struct drawn drawn;
        size_t rows[STOPS_MAX], shuffled[STOPS_MAX];
        draw(&dice, &drawn);
        for (size_t i = 0; i < drawn.count; i++)
            rows[i] = shuffled[i] = i;
        for (size_t i = drawn.count; i > 1; i--) {
            const size_t k = dice_draw(&dice, (uint32_t)i), kept = shuffled[i - 1];
            shuffled[i - 1] = shuffled[k];
            shuffled[k] = kept;
        }
        ga_trip_walk(drawn.stops, rows, drawn.count);
        ga_trip_walk(drawn.stops, shuffled, drawn.count);
        assert_memory_equal(rows, shuffled, drawn.count * sizeof(*rows));
    }
}

/* Saturdays and Sundays, not that of lessons; holidays are marked, weekdays are asked for. */
static void free_days_follow_the_calendar(void **state)
{
    (void)state;
    struct ga_arena arena = {0};
    struct ga_config config;
    struct ga_trip_day *days;
    ga_config_default(&arena, "红岩村小学", &config);
    struct ga_date makeup = {2026, 11, 28};
    config.school_days = &makeup;
    config.school_days_count = 1;
    const struct ga_calendar calendar = ga_calendar_of(&config);
    const struct ga_days span = {{2026, 11, 20}, {2026, 12, 6}};
    size_t count = ga_trip_days(&calendar, span, &arena, &days);
    assert_int_equal(count, 5); /* 21 22 29 5 6 */
    assert_int_equal(days[2].day, ga_date_to_days((struct ga_date){2026, 11, 29}));
    assert_int_equal(ga_date_compare(ga_trip_next_day(&calendar, (struct ga_date){2026, 11, 20}), (struct ga_date){2026, 11, 21}), 0);
    config.visit_days = 1 << 3;
    assert_int_equal(ga_trip_days(&calendar, span, &arena, &days), 2); /* Wednesdays */
    count = ga_trip_days(&calendar, (struct ga_days){{2026, 10, 1}, {2026, 10, 1}}, &arena, &days);
    assert_int_equal(count, 1);
    assert_true(days[0].is_holiday);
    ga_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_is_read_out_of_what_is_written),
        cmocka_unit_test(five_children_of_two_villages_are_walked_to_by_group),
        cmocka_unit_test(the_neediest_goes_first_then_the_latest_then_the_nearest),
        cmocka_unit_test(danger_goes_before_the_last_chance_of_others),
        cmocka_unit_test(groups_are_walked_by_number_and_none_comes_last),
        cmocka_unit_test(who_may_not_be_visited_that_day_stays_at_home),
        cmocka_unit_test(who_has_no_other_day_before_it_is_due_goes_first),
        cmocka_unit_test(villages_are_mixed_only_where_days_are_too_few),
        cmocka_unit_test(any_plan_keeps_the_rules),
        cmocka_unit_test(the_order_does_not_hang_on_where_rows_stand),
        cmocka_unit_test(free_days_follow_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
