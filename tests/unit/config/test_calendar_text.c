/* A calendar is the same text however it was written, and goes into a config.yaml whose other lines stay. */
#include "guanai/config/calendar_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct ga_arena arena;
static struct ga_problems problems;
static struct ga_str out;

static int start(void **state)
{
    (void)state;
    ga_problems_init(&problems);
    out = (struct ga_str){0};
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    ga_str_finish(&out);
    return 0;
}

static const char *calendar_of(const char *yaml, const char *own)
{
    struct ga_config config;
    ga_str_clear(&out);
    assert_int_equal(ga_config_read("config.yaml", yaml, strlen(yaml), &arena, &problems, &config, NULL), GA_OK);
    ga_calendar_text(&config, own, &out);
    return ga_str_text(&out);
}

#define SITES \
    "sites:\n  - {code: main, label: {zh: \"石桥\", en: \"Shiqiao \\\"C\\\"\"}, aka: [\"中心校\", \"本部\"]}\n" \
    "  - {code: dawan, label: {zh: \"大湾\"}, paper: true, home_room: false}\n"
#define YEAR \
    "terms:\n  - term: 2026-1\n    from: 2026-09-01\n    to: 2027-01-22\n    phases:\n" \
    "      - {phase: start, from: 2026-09-01, to: 2026-10-11}\n" \
    "holidays:\n  - {label: {zh: \"校运会\"}, from: 2026-11-20, to: 2026-11-20}\nschool_days: [2026-09-20, 2026-10-10]\n"

static void what_was_read_is_written_and_read_again_the_same(void **state)
{
    (void)state;
    struct ga_config config;
    assert_string_equal(calendar_of("school: x\n" SITES YEAR, NULL), SITES YEAR);
    assert_int_equal(ga_calendar_read("calendar", SITES YEAR, strlen(SITES YEAR), &arena, &problems, &config, NULL), GA_OK);
    assert_int_equal(config.sites_count, 2);
    assert_int_equal(config.school_days_count, 2);
}

static void where_a_computer_stands_is_its_own_matter(void **state)
{
    (void)state;
    const char *yaml = "school: x\nsites:\n  - {code: main, label: 石桥}\n  - {code: dawan, label: 大湾, own: true}\n";
    assert_null(strstr(calendar_of(yaml, NULL), "own"));
    assert_non_null(strstr(calendar_of(yaml, "dawan"), "大湾\"}, own: true}"));
}

static void a_school_that_has_said_nothing_has_no_calendar(void **state)
{
    (void)state;
    assert_string_equal(calendar_of("school: x\nsites:\n  - {code: main, label: 石桥, own: true}\n", NULL), "");
}

static void faults_of_what_came_are_told(void **state)
{
    (void)state;
    struct ga_config config;
    const char *text = "terms:\n  - {term: 2026-7, from: 2026-09-01, to: 2027-01-22}\n";
    assert_int_equal(ga_calendar_read("calendar", text, strlen(text), &arena, &problems, &config, NULL), GA_REFUSED);
    assert_true(problems.faults > 0);
}

static void other_lines_stay_as_they_are(void **state)
{
    (void)state;
    ga_calendar_replace("# 学校\nschool: x\nsites:\n- {code: a,\n   label: b}\n\n# 学期\nterms: []\n# 语言\nlanguage: zh\n"
                        "school_days:\n  [2026-09-20]\n\nborders: ascii",
                        "sites: NEW\n", &out);
    assert_string_equal(ga_str_text(&out), "# 学校\nschool: x\nsites: NEW\n\n# 学期\n# 语言\nlanguage: zh\n\nborders: ascii");
    ga_str_clear(&out);
    ga_calendar_replace("school: x", "sites: NEW\n", &out);
    assert_string_equal(ga_str_text(&out), "school: x\nsites: NEW\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_read_is_written_and_read_again_the_same, start, stop),
        cmocka_unit_test_setup_teardown(where_a_computer_stands_is_its_own_matter, start, stop),
        cmocka_unit_test_setup_teardown(a_school_that_has_said_nothing_has_no_calendar, start, stop),
        cmocka_unit_test_setup_teardown(faults_of_what_came_are_told, start, stop),
        cmocka_unit_test_setup_teardown(other_lines_stay_as_they_are, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
