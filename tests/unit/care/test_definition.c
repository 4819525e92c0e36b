/* Definitions are data: what is wrong is said with its place, what was good stays in force. */
#include "school_session.h"

#include "guanai/app/figures.h"
#include "guanai/base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct office {
    struct school_session school;
    struct ga_problems problems;
};

static int start(void **state)
{
    static struct office office;
    memset(&office, 0, sizeof(office));
    school_session_start(&office.school, NULL);
    ga_problems_init(&office.problems);
    *state = &office;
    return 0;
}

static int stop(void **state)
{
    struct office *office = *state;
    ga_problems_finish(&office->problems);
    school_session_stop(&office->school);
    return 0;
}

/* "line:column: sentence [hint]" of the first fault in a definition with this expression; "" for none. */
static const char *fault_of(struct office *office, const char *names, const char *when)
{
    static char said[2 * GA_MESSAGE_BYTES];
    char what[GA_MESSAGE_BYTES], hint[GA_MESSAGE_BYTES], text[4000];
    struct ga_definitions set;
    ga_definitions_init(&set);
    snprintf(text, sizeof(text), "definition: sample\nversion: 1\ntitle: {zh: 样例, en: Sample}\n%swhen: %s\n", names, when);
    ga_problems_finish(&office->problems);
    ga_problems_init(&office->problems);
    const enum ga_rc rc = ga_definitions_read_text(&set, office->school.session->forms, "sample.yaml", text, strlen(text),
                                                   &office->problems);
    said[0] = '\0';
    assert_int_equal(rc, office->problems.faults == 0 ? GA_OK : GA_REFUSED);
    assert_int_equal(set.count, rc == GA_OK ? 1 : 0);
    if (rc != GA_OK) {
        const struct ga_problem *problem = GA_VEC_AT(const struct ga_problem, &office->problems.list, 0);
        snprintf(said, sizeof(said), "%d:%d: %s [%s]", problem->line, problem->column,
                 ga_message_text(&problem->what, GA_EN, what, sizeof(what)),
                 problem->hint.id == NULL ? "" : ga_message_text(&problem->hint, GA_EN, hint, sizeof(hint)));
    }
    ga_definitions_finish(&set);
    return said;
}

static void what_is_wrong_is_said_with_its_place_and_advice(void **state)
{
    struct office *office = *state;
    assert_string_equal(fault_of(office, "", "child.marked_left_behind = 1"), "");
    assert_string_equal(fault_of(office, "", "child.marked_left_behnd = 1"),
                        "4:7: the child's file has no field 'marked_left_behnd' [did you mean 'child.marked_left_behind'?]");
    assert_string_equal(fault_of(office, "", "1 = grade"), "4:11: there is no field called grade here [did you mean 'child.grade'?]");
    assert_string_equal(fault_of(office, "", "under(child.birth_date, 16) AND"), "4:38: this expression is not complete []");
    assert_string_equal(fault_of(office, "", "child.grade = 'g1' AND today() > ''"),
                        "4:30: the function today may not be used here [day() is the day that is asked about]");
    assert_string_equal(fault_of(office, "", "changed.vanished IS NULL"), "4:7: there is no change of status 'vanished' []");
    assert_string_equal(fault_of(office, "names:\n  late: early\n  early: '1'\n", "late"),
                        "5:9: 'early' stands below; names lean on those above []");
    assert_string_equal(fault_of(office, "names:\n  grade: '1'\n", "grade"),
                        "5:3: 'grade' means something in the child's file; choose another name []");
    assert_string_equal(fault_of(office, "names:\n  select: '1'\n", "'1'"),
                        "5:3: 'select' is an SQL keyword; choose another name []");
    assert_string_equal(fault_of(office, "asks:\n  - {field: father_stat}\n", "'1'"),
                        "5:13: the child's file has no field 'father_stat' [did you mean 'father_state'?]");
    assert_string_equal(fault_of(office, "fact: []\n", "'1'"), "4:1: unknown key 'fact' [did you mean 'facts'?]");
}

static void a_field_of_the_child_may_be_asked_whatever_blanks_and_case_it_is_written_with(void **state)
{
    struct office *office = *state;
    assert_string_equal(fault_of(office, "names:\n  mine: child . Grade = 'g1'\n", "MINE AND changed.away IS NULL"), "");
}

/* Whoever writes a definition reads the facts of one child at a time, nothing else. */
static void hostile_expressions_are_refused_at_reading(void **state)
{
    struct office *office = *state;
    static const char *const hostile[] = {
        "(SELECT count(*) FROM sqlite_schema)",
        "(SELECT count(*) FROM v_child)",
        "(SELECT count(*) FROM child)",
        "(SELECT max(id_number) FROM main.child)",
        "load_extension('x')",
        "randomblob(1000000000)",
        "printf('%1000000d', 1)",
        "1) FROM v_child --",
        "1); DELETE FROM child; SELECT (1",
        "(WITH x AS (SELECT 1) SELECT 1 FROM x)",
        "changed_on(1, 'away')",
        "until_begun('2026-01-01', 1)",
        "_no",
        "child._no",
        "?1",
        "\"child\".\"grade\" = 'g1'",
        "user() = ''",
        "date('now')",
    };
    for (size_t i = 0; i < GA_COUNT(hostile); i++) {
        char quoted[200];
        snprintf(quoted, sizeof(quoted), "|-\n  %s", hostile[i]);
        if (fault_of(office, "", quoted)[0] == '\0')
            fail_msg("taken: %s", hostile[i]);
    }
}

/* The version in force of a definition; 0: none. */
static int64_t load(struct office *office, const char *name)
{
    struct ga_figures *figures;
    ga_problems_finish(&office->problems);
    ga_problems_init(&office->problems);
    assert_int_equal(ga_session_figures(office->school.session, &office->problems, &figures, NULL), GA_OK);
    const struct ga_definitions *set = ga_figures_definitions(figures);
    const int at = ga_definitions_find(set, name);
    return at < 0 ? 0 : set->items[at]->version;
}

#define COUNTY(version, when) \
    "definition: county\nversion: " version "\ntitle: {zh: 县口径, en: County}\nwhen: " when "\n"

static void a_definition_with_faults_leaves_the_last_good_one_in_force(void **state)
{
    struct office *office = *state;
    school_session_put_form(&office->school, "definitions/county.yaml", COUNTY("1", "child.boarding = 1"));
    assert_int_equal(load(office, "county"), 1);
    assert_int_equal(office->problems.list.len, 0);
    school_session_put_form(&office->school, "definitions/county.yaml", COUNTY("2", "child.bording = 1"));
    assert_int_equal(load(office, "county"), 1);
    const struct ga_problem *problem = GA_VEC_AT(const struct ga_problem, &office->problems.list, 0);
    assert_true(ga_str_ends(problem->file, "definitions/county.yaml"));
    assert_int_equal(problem->line, 4);
    assert_int_equal(problem->column, 7);
    school_session_reopen(&office->school); /* not in memory alone */
    assert_int_equal(load(office, "county"), 1);
    school_session_put_form(&office->school, "definitions/county.yaml", "");
    assert_int_equal(load(office, "county"), 1);
    school_session_put_form(&office->school, "definitions/county.yaml", COUNTY("2", "child.boarding = 0"));
    assert_int_equal(load(office, "county"), 2);
    assert_int_equal(office->problems.list.len, 0);
}

static void a_change_without_a_higher_version_is_not_taken(void **state)
{
    struct office *office = *state;
    struct ga_headcount headcount;
    struct ga_figures *figures;
    const struct ga_figures_ask ask = {.day = {2026, 11, 23}};
    school_session_add(&office->school, "child", NULL, "name=甲", "boarding=是", NULL);
    school_session_put_form(&office->school, "definitions/county.yaml", COUNTY("1", "child.boarding = 1"));
    assert_int_equal(load(office, "county"), 1);
    school_session_put_form(&office->school, "definitions/county.yaml", "# said in other words\n" COUNTY("1", "child.boarding = 1"));
    load(office, "county");
    assert_int_equal(office->problems.list.len, 0);
    school_session_put_form(&office->school, "definitions/county.yaml", COUNTY("1", "child.boarding = 0"));
    assert_int_equal(load(office, "county"), 1);
    assert_int_equal(office->problems.warnings, 1);
    assert_int_equal(ga_session_figures(office->school.session, &office->problems, &figures, NULL), GA_OK);
    assert_int_equal(ga_figures_count(figures, &ask, &headcount, NULL), GA_OK);
    const size_t county = (size_t)ga_definitions_find(headcount.definitions, "county");
    assert_int_equal(headcount.tally[county][GA_COUNTED_YES], 1);
    ga_headcount_finish(&headcount);
}

static void a_file_that_was_taken_away_is_no_longer_in_force(void **state)
{
    struct office *office = *state;
    assert_int_equal(load(office, "local"), 1);
    school_session_put_form(&office->school, "definitions/local.yaml", NULL);
    assert_int_equal(load(office, "local"), 0);
    assert_int_equal(load(office, "school"), 1);
}

static void two_files_of_one_definition_are_a_fault(void **state)
{
    struct office *office = *state;
    school_session_put_form(&office->school, "definitions/county.yaml", COUNTY("1", "child.boarding = 1"));
    school_session_put_form(&office->school, "definitions/zcounty.yaml", COUNTY("1", "child.boarding = 0"));
    assert_int_equal(load(office, "county"), 1);
    assert_int_equal(office->problems.faults, 1);
}

static void without_definitions_there_are_no_figures(void **state)
{
    struct office *office = *state;
    struct ga_figures *figures;
    struct ga_headcount headcount;
    struct ga_error err = {0};
    const struct ga_figures_ask ask = {.day = {2026, 11, 23}};
    school_session_put_form(&office->school, "definitions/local.yaml", NULL);
    school_session_put_form(&office->school, "definitions/school.yaml", NULL);
    school_session_put_form(&office->school, "definitions/civil_affairs.yaml", NULL);
    assert_int_equal(ga_session_figures(office->school.session, &office->problems, &figures, &err), GA_OK);
    assert_int_equal(ga_figures_count(figures, &ask, &headcount, &err), GA_NOT_FOUND);
}

/* Whatever an expression makes of a value, each child gets one of three answers. */
static void an_answer_that_is_no_number_is_still_yes_no_or_unknown(void **state)
{
    struct office *office = *state;
    static const struct {
        const char *when;
        enum ga_counted counted;
    } cases[] = {{"'2'", GA_COUNTED_YES}, {"'x'", GA_COUNTED_NO},   {"-0.5", GA_COUNTED_YES}, {"0.0", GA_COUNTED_NO},
                 {"''", GA_COUNTED_NO},   {"NULL", GA_COUNTED_UNKNOWN}, {"child.name IS NOT NULL", GA_COUNTED_YES}};
    school_session_add(&office->school, "child", NULL, "name=甲", NULL);
    for (size_t i = 0; i < GA_COUNT(cases); i++) {
        char text[400];
        struct ga_figures *figures;
        struct ga_headcount headcount;
        const struct ga_figures_ask ask = {.day = {2026, 11, 23}};
        snprintf(text, sizeof(text), "definition: county\nversion: %zu\ntitle: {zh: 县, en: County}\nwhen: \"%s\"\n", i + 1,
                 cases[i].when);
        school_session_put_form(&office->school, "definitions/county.yaml", text);
        assert_int_equal(ga_session_figures(office->school.session, &office->problems, &figures, NULL), GA_OK);
        assert_int_equal(ga_figures_count(figures, &ask, &headcount, NULL), GA_OK);
        const size_t county = (size_t)ga_definitions_find(headcount.definitions, "county");
        assert_int_equal(ga_headcount_of(&headcount, 0, county)->counted, cases[i].counted);
        ga_headcount_finish(&headcount);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_wrong_is_said_with_its_place_and_advice),
        TEST(a_field_of_the_child_may_be_asked_whatever_blanks_and_case_it_is_written_with),
        TEST(hostile_expressions_are_refused_at_reading),
        TEST(a_definition_with_faults_leaves_the_last_good_one_in_force),
        TEST(a_change_without_a_higher_version_is_not_taken),
        TEST(a_file_that_was_taken_away_is_no_longer_in_force),
        TEST(two_files_of_one_definition_are_a_fault),
        TEST(without_definitions_there_are_no_figures),
        TEST(an_answer_that_is_no_number_is_still_yes_no_or_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
