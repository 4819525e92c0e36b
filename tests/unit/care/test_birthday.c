/* Birthdays are found on the day on which they are kept, official or lunar. */
#include "guanai/care/birthday.h"
#include "guanai/store/roster.h"
#include "guanai/text/lunar.h"
#include "school_session.h"
#include "year_config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct office {
    struct school_session school;
    struct ga_arena arena;
};

static int start(void **state)
{
    static struct office office;
    memset(&office, 0, sizeof(office));
    ga_arena_init(&office.arena);
    school_session_start(&office.school, NULL);
    *state = &office;
    return 0;
}

static int stop(void **state)
{
    struct office *office = *state;
    school_session_stop(&office->school);
    ga_arena_finish(&office->arena);
    return 0;
}

static struct ga_uuid add(struct office *office, const char *name, const char *birth, const char *lunar)
{
    const char *name_is = ga_arena_printf(&office->arena, "name=%s", name);
    const char *birth_is = ga_arena_printf(&office->arena, "birth_date=%s", birth);
    const char *lunar_is = lunar[0] == '\0' ? NULL : ga_arena_printf(&office->arena, "lunar_birthday=%s", lunar);
    return school_session_add(&office->school, "child", NULL, name_is, birth_is, lunar_is, NULL);
}

/* "day name turns +official +lunar" a line. */
static const char *said(struct office *office, const char *from, const char *to)
{
    struct ga_store *store = office->school.session->store;
    struct ga_birthday *list;
    size_t count = 0;
    const char *text = "";
    assert_int_equal(ga_birthdays(store, days_of(from, to), false, &office->arena, &list, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++) {
        struct ga_roster_row row;
        assert_int_equal(ga_roster_row_of(store, list[i].no, GA_ZH, &office->arena, &row, NULL), GA_OK);
        text = ga_arena_printf(&office->arena, "%s%s %s %d%s%s\n", text, GA_DATE_ISO(list[i].day), row.name, list[i].turns,
                               list[i].is_official ? " official" : "", list[i].is_lunar ? " lunar" : "");
    }
    return text;
}

static void both_birthdays_are_found_by_day(void **state)
{
    struct office *office = *state;
    add(office, "安一", "2016-11-25", "");
    add(office, "白二", "2015-12-01", "十月十五"); /* lunar: 2026-11-23 */
    add(office, "陈三", "2014-11-23", "");
    add(office, "邓四", "2014-11", "");
    assert_string_equal(said(office, "2026-11-23", "2026-11-30"), "2026-11-23 白二 11 lunar\n"
                                                                  "2026-11-23 陈三 12 official\n"
                                                                  "2026-11-25 安一 10 official\n");
    assert_string_equal(said(office, "2026-11-24", "2026-11-24"), "");
    assert_string_equal(said(office, "2026-11-25", "2026-11-23"), "");
}

static void two_birthdays_on_one_day_stand_there_once(void **state)
{
    struct office *office = *state;
    add(office, "安一", "2015-11-23", "10-15");
    assert_string_equal(said(office, "2026-11-23", "2026-11-29"), "2026-11-23 安一 11 official lunar\n");
}

static void spans_go_over_the_new_year(void **state)
{
    struct office *office = *state;
    add(office, "安一", "2015-12-30", "");
    add(office, "白二", "2015-01-02", "冬月廿五"); /* 2027-01-02 */
    add(office, "陈三", "2015-06-30", "");
    assert_string_equal(said(office, "2026-12-28", "2027-01-03"), "2026-12-30 安一 11 official\n"
                                                                  "2027-01-02 白二 12 official lunar\n");
}

static void the_leap_day_is_kept_on_the_first_of_march(void **state)
{
    struct office *office = *state;
    add(office, "安一", "2016-02-29", "");
    assert_string_equal(said(office, "2027-02-22", "2027-02-28"), "");
    assert_string_equal(said(office, "2027-03-01", "2027-03-07"), "2027-03-01 安一 11 official\n");
    assert_string_equal(said(office, "2028-02-29", "2028-02-29"), "2028-02-29 安一 12 official\n");
    assert_string_equal(said(office, "2028-03-01", "2028-03-01"), "");
}

static void lunar_days_a_year_lacks_are_kept_beside_it(void **state)
{
    struct office *office = *state;
    add(office, "安一", "2017-01-27", "腊月三十"); /* 2026: the 29th is the last day */
    add(office, "白二", "2014-11-04", "闰九月十二");
    assert_string_equal(said(office, "2026-02-10", "2026-02-20"), "2026-02-16 安一 9 lunar\n");
    assert_string_equal(said(office, "2026-10-20", "2026-10-22"), "2026-10-21 白二 12 lunar\n");
}

static void nobody_has_a_birthday_before_the_first_or_after_leaving(void **state)
{
    struct office *office = *state;
    const struct ga_uuid gone = add(office, "安一", "2015-11-24", "十月十六");
    add(office, "白二", "2026-11-23", "");
    school_session_add(&office->school, "status_change", &gone, "kind=transferred", "from_on=2026-11-01", NULL);
    assert_string_equal(said(office, "2026-11-20", "2026-11-30"), "");
}

static void a_span_is_bounded(void **state)
{
    struct office *office = *state;
    add(office, "安一", "2015-11-23", "");
    assert_string_equal(said(office, "2026-11-01", "2099-12-31"), "2026-11-23 安一 11 official\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_birthdays_are_found_by_day, start, stop),
        cmocka_unit_test_setup_teardown(two_birthdays_on_one_day_stand_there_once, start, stop),
        cmocka_unit_test_setup_teardown(spans_go_over_the_new_year, start, stop),
        cmocka_unit_test_setup_teardown(the_leap_day_is_kept_on_the_first_of_march, start, stop),
        cmocka_unit_test_setup_teardown(lunar_days_a_year_lacks_are_kept_beside_it, start, stop),
        cmocka_unit_test_setup_teardown(nobody_has_a_birthday_before_the_first_or_after_leaving, start, stop),
        cmocka_unit_test_setup_teardown(a_span_is_bounded, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
