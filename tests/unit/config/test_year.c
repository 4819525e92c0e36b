/* The school's year is read with its faults in their places; what is not said follows the usual dates. */
#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/config/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct office {
    struct ga_arena arena;
    struct ga_problems problems;
    struct ga_config config;
    char path[64];
};

static int start(void **state)
{
    static struct office office;
    memset(&office, 0, sizeof(office));
    ga_arena_init(&office.arena);
    ga_problems_init(&office.problems);
    strcpy(office.path, "/tmp/test-config-year-XXXXXX");
    const int fd = mkstemp(office.path);
    assert_true(fd >= 0);
    close(fd);
    *state = &office;
    return 0;
}

static int stop(void **state)
{
    struct office *office = *state;
    unlink(office->path);
    ga_problems_finish(&office->problems);
    ga_arena_finish(&office->arena);
    return 0;
}

static enum ga_rc load(struct office *office, const char *year)
{
    FILE *file = fopen(office->path, "w");
    assert_non_null(file);
    fprintf(file, "school: 样校\n%s", year);
    fclose(file);
    ga_problems_finish(&office->problems);
    ga_problems_init(&office->problems);
    return ga_config_load(ga_io_system(), office->path, &office->arena, &office->problems, &office->config, NULL);
}

/* "line:column: sentence [hint]" of the only fault. */
static const char *fault_of(struct office *office, const char *year)
{
    static char said[2 * GA_MESSAGE_BYTES + 64];
    char what[GA_MESSAGE_BYTES], hint[GA_MESSAGE_BYTES] = "";
    assert_int_equal(load(office, year), GA_REFUSED);
    assert_int_equal(office->problems.faults, 1);
    const struct ga_problem *problem = GA_VEC_AT(const struct ga_problem, &office->problems.list, 0);
    if (problem->hint.id != NULL)
        ga_message_text(&problem->hint, GA_EN, hint, sizeof(hint));
    snprintf(said, sizeof(said), "%d:%d: %s [%s]", problem->line, problem->column,
             ga_message_text(&problem->what, GA_EN, what, sizeof(what)), hint);
    return said;
}

static struct ga_date day_of(const char *iso)
{
    struct ga_date day = {0};
    assert_true(ga_date_from_iso(iso, &day));
    return day;
}

static const char *term_of(const struct office *office, const char *iso)
{
    static char name[8];
    ga_config_term(&office->config, day_of(iso), name);
    return name;
}

static const char *days_text(bool is_there, struct ga_days days)
{
    static char text[2 * GA_DATE_SIZE + 8];
    snprintf(text, sizeof(text), "%s", "none");
    if (is_there)
        snprintf(text, sizeof(text), "%s – %s", GA_DATE_ISO(days.from), GA_DATE_ISO(days.to));
    return text;
}

static const char *term_days(const struct office *office, const char *name)
{
    struct ga_days days = {{0}, {0}};
    const bool is_there = ga_config_term_days(&office->config, name, &days);
    return days_text(is_there, days);
}

static const char *phase_days(const struct office *office, const char *term, const char *phase)
{
    struct ga_days days = {{0}, {0}};
    const bool is_there = ga_config_phase_days(&office->config, term, phase, &days);
    return days_text(is_there, days);
}

static void without_terms_the_usual_dates_hold(void **state)
{
    struct office *office = *state;
    assert_int_equal(load(office, ""), GA_OK);
    assert_string_equal(term_days(office, "2026-1"), "2026-09-01 – 2027-01-20");
    assert_string_equal(term_days(office, "2026-2"), "2027-02-22 – 2027-07-05"); /* 元宵 is Saturday 20 February */
    assert_string_equal(term_days(office, "2025-2"), "2026-03-09 – 2026-07-05"); /* 元宵 is Tuesday 3 March */
    assert_string_equal(phase_days(office, "2026-1", "start"), "2026-09-01 – 2026-10-10");
    assert_string_equal(phase_days(office, "2026-1", "middle"), "2026-10-11 – 2026-12-16");
    assert_string_equal(phase_days(office, "2026-1", "end"), "2026-12-17 – 2027-01-20");
    assert_string_equal(phase_days(office, "2026-1", "winter"), "2027-01-21 – 2027-02-21");
    assert_string_equal(phase_days(office, "2026-2", "summer"), "2027-07-06 – 2027-08-31");
    assert_string_equal(phase_days(office, "2026-1", "summer"), "none");
    assert_string_equal(phase_days(office, "2026-2", "winter"), "none");
    assert_string_equal(phase_days(office, "2026-1", "festival"), "none");
    assert_string_equal(term_days(office, "2026-3"), "none");
    assert_string_equal(term_days(office, "2026-10"), "none");
    assert_string_equal(term_days(office, "autumn"), "none");
    assert_string_equal(term_days(office, "2026x1"), "none");
    assert_string_equal(term_days(office, ""), "none");
}

static void the_terms_of_a_day_change_with_august_and_february_at_the_latest(void **state)
{
    struct office *office = *state;
    assert_int_equal(load(office, ""), GA_OK);
    assert_string_equal(term_of(office, "2026-08-31"), "2026-1");
    assert_string_equal(term_of(office, "2026-07-31"), "2025-2");
    assert_string_equal(term_of(office, "2027-01-31"), "2026-1");
    assert_string_equal(term_of(office, "2027-02-01"), "2026-2");
    assert_string_equal(term_of(office, "2028-02-29"), "2027-2");
}

static const char configured[] = "terms:\n"
                                 "  - term: 2026-1\n"
                                 "    from: 2026-08-31\n"
                                 "    to: 2027-01-22\n"
                                 "    phases:\n"
                                 "      - {phase: middle, from: 2026-10-12, to: 2026-12-13}\n"
                                 "      - {phase: winter, from: 2027-01-23, to: 2027-02-28}\n";

static void what_is_configured_moves_what_is_not(void **state)
{
    struct office *office = *state;
    assert_int_equal(load(office, configured), GA_OK);
    assert_string_equal(term_days(office, "2026-1"), "2026-08-31 – 2027-01-22");
    assert_string_equal(term_days(office, "2026-2"), "2027-03-01 – 2027-07-05");
    assert_string_equal(phase_days(office, "2026-1", "start"), "2026-08-31 – 2026-10-11");
    assert_string_equal(phase_days(office, "2026-1", "end"), "2026-12-14 – 2027-01-22");
    assert_string_equal(phase_days(office, "2025-2", "summer"), "2026-07-06 – 2026-08-30");
    assert_string_equal(term_of(office, "2026-08-31"), "2026-1");
    assert_string_equal(ga_config_phase(&office->config, day_of("2026-08-31")), "start");
    assert_string_equal(ga_config_phase(&office->config, day_of("2026-08-30")), "summer");
}

static void every_day_has_the_phase_whose_days_hold_it(void **state)
{
    struct office *office = *state;
    static const char *const names[] = {"start", "middle", "end", "winter", "summer"};
    for (int round = 0; round < 2; round++) {
        assert_int_equal(load(office, round == 0 ? "" : configured), GA_OK);
        for (int32_t at = ga_date_to_days(day_of("2024-08-01")); at < ga_date_to_days(day_of("2029-08-01")); at++) {
            const struct ga_date day = ga_date_from_days(at);
            int held = 0;
            for (int year = 2023; year < 2030; year++)
                for (int i = 0; i < 10; i++) {
                    char term[16];
                    struct ga_days days;
                    snprintf(term, sizeof(term), "%04d-%d", year, i / 5 + 1);
                    if (!ga_config_phase_days(&office->config, term, names[i % 5], &days) ||
                        ga_date_compare(day, days.from) < 0 || ga_date_compare(days.to, day) < 0)
                        continue;
                    held++;
                    assert_string_equal(ga_config_phase(&office->config, day), names[i % 5]);
                }
            assert_int_equal(held, 1);
        }
    }
}

static void faults_of_the_year_are_said_in_their_places(void **state)
{
    struct office *office = *state;
    assert_string_equal(fault_of(office, "terms: [{term: 2026-1, from: 2027-09-01, to: 2027-01-20}]\n"),
                        "2:30: the term begins after its end [it goes from 2027-09-01 to 2027-01-20: is a year or a month "
                        "mistyped?]");
    assert_string_equal(fault_of(office, "terms: [{term: 2026-1, from: 2026-09-01, to: 2028-01-20}]\n"),
                        "2:46: the term lasts for more than 250 days [it goes from 2026-09-01 to 2028-01-20: is a year or a "
                        "month mistyped?]");
    assert_string_equal(fault_of(office, "terms: [{term: 2027-1, from: 2026-09-01, to: 2027-01-20}]\n"),
                        "2:30: the term 2027-1 must begin in the second half of 2027 [2026-1 is the autumn of 2026, 2026-2 "
                        "the spring of 2027]");
    assert_string_equal(fault_of(office, "terms: [{term: autumn, from: 2026-09-01, to: 2027-01-20}]\n"),
                        "2:16: 'autumn' is no term; write it as 2026-1 or 2026-2 []");
    assert_string_equal(fault_of(office, "terms:\n  - {term: 2026-1, from: 2026-09-01, to: 2027-02-20}\n"
                                         "  - {term: 2026-2, from: 2027-02-20, to: 2027-07-05}\n"),
                        "4:26: 2026-1 and 2026-2 have days in common []");
    assert_string_equal(fault_of(office, "terms:\n  - {term: 2026-1, from: 2026-09-01, to: 2027-01-20}\n"
                                         "  - {term: 2026-1, from: 2026-09-01, to: 2027-01-20}\n"),
                        "4:12: '2026-1' stands twice []");
    assert_string_equal(fault_of(office, "holidays: [{from: 2026-10-07, to: 2026-10-01}]\n"),
                        "2:19: the holiday begins after its end [it goes from 2026-10-07 to 2026-10-01: is a year or a month "
                        "mistyped?]");
    assert_string_equal(fault_of(office, "school_days: [2026-10-32]\n"),
                        "2:15: '2026-10-32' is no day; write it as 2026-09-01 []");
}

static const char *fault_of_phases(struct office *office, const char *phases)
{
    char year[600];
    snprintf(year, sizeof(year), "terms:\n  - term: 2026-1\n    from: 2026-09-01\n    to: 2027-01-20\n    phases:\n%s", phases);
    return fault_of(office, year);
}

static void phases_lie_within_their_term_and_holidays_behind_it(void **state)
{
    struct office *office = *state;
    assert_string_equal(fault_of_phases(office, "    - {phase: start, from: 2026-08-20, to: 2026-10-01}\n"),
                        "7:15: 'start' does not lie within its term [the term 2026-1 goes from 2026-09-01 to 2027-01-20]");
    assert_string_equal(fault_of_phases(office, "    - {phase: winter, from: 2027-01-20, to: 2027-02-20}\n"),
                        "7:29: 'winter' begins before the term has ended [the term 2026-1 goes from 2026-09-01 to 2027-01-20]");
    assert_string_equal(fault_of_phases(office, "    - {phase: start, from: 2026-09-01, to: 2026-10-01}\n"
                                                "    - {phase: middle, from: 2026-10-01, to: 2026-11-01}\n"),
                        "8:29: start and middle have days in common []");
    assert_string_equal(fault_of_phases(office, "    - {phase: start, from: 2026-09-01, to: 2026-10-01}\n"
                                                "    - {phase: start, from: 2026-10-02, to: 2026-11-01}\n"),
                        "8:15: 'start' stands twice []");
    assert_string_equal(fault_of_phases(office, "    - {phase: winter, from: 2027-01-21, to: 2027-02-22}\n"
                                                "  - {term: 2026-2, from: 2027-02-22, to: 2027-07-05}\n"),
                        "7:45: 'winter' goes on after the term 2026-2 has begun []");
}

static void days_off_and_made_up_are_read(void **state)
{
    struct office *office = *state;
    assert_int_equal(load(office, "holidays:\n  - {label: 国庆, from: 2026-10-01, to: 2026-10-07}\n  - {from: 2026-11-09}\n"
                                  "school_days: [2026-10-10, 2026-09-20, 2026-10-10]\n"),
                     GA_OK);
    assert_int_equal(office->config.holidays_count, 2);
    assert_string_equal(office->config.holidays[0].label.zh, "国庆");
    assert_null(office->config.holidays[1].label.zh);
    assert_string_equal(days_text(true, office->config.holidays[1].days), "2026-11-09 – 2026-11-09");
    assert_int_equal(office->config.school_days_count, 2);
    assert_string_equal(GA_DATE_ISO(office->config.school_days[0]), "2026-09-20");
}

static const char *example; /* config.example.yaml, of the command line */

static void the_sample_is_without_fault(void **state)
{
    struct office *office = *state;
    assert_int_equal(ga_config_load(ga_io_system(), example, &office->arena, &office->problems, &office->config, NULL), GA_OK);
    assert_int_equal(office->problems.warnings, 0);
    assert_int_equal(office->config.holidays_count, 2);
    assert_string_equal(phase_days(office, "2026-1", "middle"), "2026-10-12 – 2026-12-13");
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    example = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_terms_the_usual_dates_hold, start, stop),
        cmocka_unit_test_setup_teardown(the_terms_of_a_day_change_with_august_and_february_at_the_latest, start, stop),
        cmocka_unit_test_setup_teardown(what_is_configured_moves_what_is_not, start, stop),
        cmocka_unit_test_setup_teardown(every_day_has_the_phase_whose_days_hold_it, start, stop),
        cmocka_unit_test_setup_teardown(faults_of_the_year_are_said_in_their_places, start, stop),
        cmocka_unit_test_setup_teardown(phases_lie_within_their_term_and_holidays_behind_it, start, stop),
        cmocka_unit_test_setup_teardown(days_off_and_made_up_are_read, start, stop),
        cmocka_unit_test_setup_teardown(the_sample_is_without_fault, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
