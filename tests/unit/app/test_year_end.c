/* At the end of the school year everybody goes one grade up, but those of whom something else is said. */
#include "guanai/app/entry.h"
#include "guanai/app/whom.h"
#include "guanai/app/year_end.h"

#include "dice.h"
#include "guanai/base/alloc.h"
#include "guanai/store/life.h"
#include "guanai/store/roster.h"
#include "school_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct school_session school;
static struct ga_arena arena;
static struct ga_year_plan plan;

static void set_day(int year, int month, int day)
{
    ga_session_set_today(school.session, (struct ga_date){(int16_t)year, (int8_t)month, (int8_t)day});
}

static int start(void **state)
{
    (void)state;
    char path[160];
    school_session_start(&school, NULL);
    snprintf(path, sizeof(path), "%s/config.yaml", school.options.data);
    static const char config[] = "school: 石桥小学\n"
                                 "sites:\n"
                                 "  - {code: main, label: {zh: 石桥中心校, en: Shiqiao}, own: true}\n"
                                 "  - {code: dawan, label: {zh: 大湾教学点, en: Dawan}, paper: true}\n";
    assert_int_equal(ga_io_write_file(ga_io_system(), path, config, strlen(config), NULL), GA_OK);
    school_session_reopen(&school);
    set_day(2026, 11, 23);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_arena_finish(&arena);
    school_session_stop(&school);
    return 0;
}

static struct ga_uuid child(const char *name, const char *site, const char *grade, const char *class_no)
{
    char texts[4][64];
    snprintf(texts[0], sizeof(texts[0]), "name=%s", name);
    snprintf(texts[1], sizeof(texts[1]), "site=%s", site);
    snprintf(texts[2], sizeof(texts[2]), "grade=%s", grade);
    snprintf(texts[3], sizeof(texts[3]), "class=%s", class_no);
    return school_session_add(&school, "child", NULL, texts[0], texts[1], texts[2], texts[3], NULL);
}

static void look(void)
{
    ga_arena_reset(&arena);
    assert_int_equal(ga_year_plan_read(school.session, GA_ZH, &arena, &plan, NULL), GA_OK);
}

static const struct ga_year_child *planned(const char *name)
{
    for (size_t i = 0; i < plan.children_count; i++)
        if (strcmp(plan.children[i].name, name) == 0)
            return &plan.children[i];
    fail_msg("%s is not in the plan", name);
    return NULL;
}

static void run(void)
{
    struct ga_error err = {0};
    look();
    assert_int_equal(ga_year_run(school.session, &plan, &err), GA_OK);
}

/* "main g4 2", with "-" behind for who has left. */
static const char *stands(const struct ga_uuid *id)
{
    static char text[64];
    struct ga_roster_row row;
    assert_int_equal(ga_roster_row(school.session->store, id, GA_ZH, &arena, &row, NULL), GA_OK);
    snprintf(text, sizeof(text), "%s %s %s%s", row.site, row.grade, row.class_no, row.has_left ? "-" : "");
    return text;
}

static void everybody_goes_one_grade_up_with_the_class(void **state)
{
    (void)state;
    const struct ga_uuid he = child("何丽", "main", "g3", "2"), cui = child("崔子乐", "main", "g5", "1");
    set_day(2027, 9, 1);
    run();
    assert_string_equal(stands(&he), "main g4 2");
    assert_string_equal(stands(&cui), "main g6 1");
}

static void the_last_grade_has_finished_on_31_august(void **state)
{
    (void)state;
    struct ga_departure departure;
    bool has_left = false;
    const struct ga_uuid he = child("何丽", "main", "g6", "1");
    set_day(2027, 10, 8);
    run();
    assert_string_equal(stands(&he), "main g6 1-");
    assert_int_equal(ga_store_departure(school.session->store, &he, &has_left, &departure, NULL), GA_OK);
    assert_string_equal(departure.kind, "finished");
    assert_string_equal(departure.from_on, "2027-08-31");
}

static void where_the_school_has_the_next_stage_nobody_finishes(void **state)
{
    (void)state;
    const struct ga_uuid he = child("何丽", "main", "g6", "1");
    child("宋涵", "main", "g7", "1");
    set_day(2027, 9, 1);
    run();
    assert_string_equal(stands(&he), "main g7 1");
}

/* A year before school there is only where the site has one. */
static void the_big_ones_of_the_kindergarten_go_to_school_or_to_the_year_before_it(void **state)
{
    (void)state;
    const struct ga_uuid he = child("何丽", "main", "k3", "1"), huang = child("黄宁", "dawan", "k3", "1");
    child("宋涵", "main", "g1", "1");
    child("杨梅", "dawan", "pre", "1");
    set_day(2027, 9, 1);
    run();
    assert_string_equal(stands(&he), "main g1 1");
    assert_string_equal(stands(&huang), "dawan pre 1");
}

static void the_last_grade_of_a_teaching_point_goes_to_the_central_school(void **state)
{
    (void)state;
    struct ga_stay *stays;
    size_t count = 0;
    const struct ga_uuid he = child("何丽", "dawan", "g3", ""), huang = child("黄宁", "dawan", "g2", "");
    child("宋涵", "main", "g3", "1");
    child("杨龙", "main", "g4", "1");
    set_day(2027, 9, 1);
    run();
    assert_string_equal(stands(&he), "main g4 1"); /* the only one there that goes up into grade 4 */
    assert_string_equal(stands(&huang), "dawan g3 ");
    assert_int_equal(ga_store_stays(school.session->store, &he, GA_ZH, &arena, &stays, &count, NULL), GA_OK);
    assert_string_equal(stays[count - 1].from_on, "2027-08-31");
}

static void who_repeats_stands_and_is_taken_up_by_the_next_class(void **state)
{
    (void)state;
    const struct ga_uuid he = child("何丽", "main", "g3", "2"), song = child("宋涵", "main", "g3", "2");
    set_day(2027, 9, 1);
    look();
    const struct ga_year_goal repeats = {GA_YEAR_REPEATS, "", "", ""};
    assert_int_equal(ga_year_say_child(school.session, &plan, planned("何丽"), &repeats, NULL), GA_OK);
    run();
    assert_int_equal(plan.counts[GA_YEAR_REPEATS], 1);
    assert_int_equal(plan.exceptions, 1);
    assert_string_equal(stands(&he), "main g3 2");
    assert_string_equal(stands(&song), "main g4 2");
    set_day(2028, 9, 1);
    run();
    assert_string_equal(stands(&he), "main g4 2");
    assert_string_equal(stands(&song), "main g5 2");
}

static void the_last_word_about_a_child_holds_against_its_class(void **state)
{
    (void)state;
    const struct ga_uuid he = child("何丽", "main", "g3", "2"), song = child("宋涵", "main", "g3", "2");
    set_day(2027, 9, 1);
    look();
    const struct ga_year_goal repeats = {GA_YEAR_REPEATS, "", "", ""}, up = {GA_YEAR_UP, "main", "g4", "1"};
    assert_int_equal(ga_year_say_child(school.session, &plan, planned("何丽"), &repeats, NULL), GA_OK);
    assert_int_equal(ga_year_say_child(school.session, &plan, planned("何丽"), &up, NULL), GA_OK);
    assert_int_equal(ga_year_say_class(school.session, &plan, &plan.classes[0], &repeats, NULL), GA_OK);
    run();
    assert_string_equal(stands(&he), "main g4 1");
    assert_string_equal(stands(&song), "main g3 2");
}

static void whose_grade_was_written_this_school_year_stands(void **state)
{
    (void)state;
    const struct ga_uuid he = child("何丽", "main", "g3", "2");
    set_day(2027, 8, 28);
    const struct ga_uuid fresh = child("新来", "main", "g1", "1");
    set_day(2027, 9, 1);
    run();
    assert_int_equal(plan.counts[GA_YEAR_PLACED], 1);
    assert_string_equal(stands(&he), "main g4 2");
    assert_string_equal(stands(&fresh), "main g1 1");
    look();
    struct ga_error err = {0};
    assert_int_equal(ga_year_run(school.session, &plan, &err), GA_REFUSED);
    assert_int_equal(plan.counts[GA_YEAR_PLACED], 2);
}

static void who_comes_late_goes_up_by_running_it_again(void **state)
{
    (void)state;
    const struct ga_uuid he = child("何丽", "main", "g3", "2"), away = child("宋涵", "main", "g3", "2");
    school_session_add(&school, "status_change", &away, "kind=suspended", "from_on=2027-03-01", NULL);
    set_day(2027, 9, 1);
    run();
    assert_string_equal(stands(&away), "main g3 2-");
    set_day(2027, 10, 10);
    school_session_add(&school, "status_change", &away, "kind=returned", "from_on=2027-10-10", NULL);
    run();
    assert_string_equal(stands(&he), "main g4 2");
    assert_string_equal(stands(&away), "main g4 2");
}

static void before_the_new_school_year_nobody_goes_anywhere(void **state)
{
    (void)state;
    child("何丽", "main", "g3", "2");
    set_day(2027, 7, 10);
    look();
    assert_int_equal(plan.school_year, 2026);
    assert_int_equal(ga_year_run(school.session, &plan, NULL), GA_REFUSED);
}

static void a_grade_nobody_knows_is_for_people(void **state)
{
    (void)state;
    const struct ga_uuid he = school_session_add(&school, "child", NULL, "name=何丽", NULL);
    const struct ga_uuid song = child("宋涵", "main", "g1", "1");
    set_day(2027, 9, 1);
    run();
    assert_int_equal(plan.counts[GA_YEAR_UNKNOWN], 1);
    assert_int_equal(plan.exceptions, 1);
    assert_string_equal(stands(&he), "main  ");
    assert_string_equal(stands(&song), "main g2 1");
}

static void who_is_in_none_of_the_grades_classes_is_for_people(void **state)
{
    (void)state;
    child("何丽", "main", "g3", "2");
    child("宋涵", "main", "g3", "");
    child("杨龙", "main", "g4", "");
    set_day(2027, 9, 1);
    look();
    assert_int_equal(plan.exceptions, 1);
    assert_true(ga_year_is_exception(&plan, planned("宋涵")));
}

static void who_comes_to_a_site_without_a_class_is_for_people_until_it_is_said(void **state)
{
    (void)state;
    child("何丽", "dawan", "g4", "1");
    child("宋涵", "dawan", "g4", "2");
    child("杨龙", "main", "g4", "1");
    child("杨梅", "main", "g4", "2");
    child("彭红军", "main", "g5", "1");
    set_day(2027, 9, 1);
    look();
    assert_int_equal(plan.exceptions, 2);
    assert_int_equal(ga_year_odd_of(&plan, planned("何丽")), GA_YEAR_CLASSLESS);
    const struct ga_year_goal goal = {GA_YEAR_MOVES, "main", "g5", "1"};
    for (size_t i = 0; i < plan.classes_count; i++)
        if (strcmp(plan.classes[i].site, "dawan") == 0)
            assert_int_equal(ga_year_say_class(school.session, &plan, &plan.classes[i], &goal, NULL), GA_OK);
    look();
    assert_int_equal(plan.exceptions, 0);
}

static void who_is_away_is_for_people_until_it_is_said(void **state)
{
    (void)state;
    const struct ga_uuid he = child("何丽", "main", "g3", "2");
    child("宋涵", "main", "g3", "2");
    school_session_add(&school, "status_change", &he, "kind=away", "from_on=2026-11-20", NULL);
    set_day(2027, 9, 1);
    look();
    assert_int_equal(plan.exceptions, 1);
    assert_int_equal(ga_year_odd_of(&plan, planned("何丽")), GA_YEAR_AWAY);
    const struct ga_year_goal goal = {GA_YEAR_UP, "main", "g4", "2"};
    assert_int_equal(ga_year_say_child(school.session, &plan, planned("何丽"), &goal, NULL), GA_OK);
    look();
    assert_int_equal(plan.exceptions, 0);
}

static void put_grade(const struct ga_uuid *id, const char *grade)
{
    struct ga_entry *entry;
    assert_int_equal(ga_entry_open(school.session, id, &entry, NULL), GA_OK);
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "grade"), NULL, grade, NULL, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

/* A roster of the new year names everybody but one of the third grade. */
static void who_is_not_in_the_new_roster_comes_first(void **state)
{
    (void)state;
    static const char *const third[] = {"何丽", "宋涵", "杨龙", "杨梅"}, *const second[] = {"姚田华", "余安阳", "史晨志"};
    struct ga_uuid of_third[GA_COUNT(third)], of_second[GA_COUNT(second)];
    for (size_t i = 0; i < GA_COUNT(third); i++)
        of_third[i] = child(third[i], "main", "g3", "2");
    for (size_t i = 0; i < GA_COUNT(second); i++)
        of_second[i] = child(second[i], "main", "g2", "2");
    set_day(2027, 9, 1);
    look();
    assert_int_equal(plan.exceptions, 0);
    for (size_t i = 0; i + 1 < GA_COUNT(third); i++)
        put_grade(&of_third[i], "g4");
    for (size_t i = 0; i < GA_COUNT(second); i++)
        put_grade(&of_second[i], "g3");
    look();
    assert_int_equal(plan.exceptions, 1);
    assert_int_equal(ga_year_odd_of(&plan, planned("杨梅")), GA_YEAR_NOT_COME);
}

/* From month to month, over the first of August: before everybody was taken up and after it. */
static void the_month_before_is_of_the_same_children_under_the_name_of_then(void **state)
{
    (void)state;
    static const struct ga_date july = {2027, 7, 1}, august = {2027, 8, 1};
    struct ga_roster_class named, of_now = {.site = "main", .grade = "g3", .class_no = "2", .shown = "三年级(2)班"};
    child("何丽", "main", "g3", "2");
    child("宋涵", "main", "g2", "2");
    set_day(2027, 8, 20);
    assert_int_equal(ga_whom_class_in(school.session, &of_now, august, july, GA_ZH, &arena, &named, NULL), GA_OK);
    assert_string_equal(named.grade, "g3");
    set_day(2027, 9, 1);
    run();
    assert_int_equal(ga_whom_class_in(school.session, &of_now, august, july, GA_ZH, &arena, &named, NULL), GA_OK);
    assert_string_equal(named.grade, "g2");
    of_now.grade = "g4";
    assert_int_equal(ga_whom_class_in(school.session, &of_now, august, july, GA_ZH, &arena, &named, NULL), GA_OK);
    assert_string_equal(named.grade, "g3");
    assert_int_equal(ga_whom_class_in(school.session, &named, july, august, GA_ZH, &arena, &named, NULL), GA_OK);
    assert_string_equal(named.grade, "g4");
}

static void it_is_taken_back_as_a_whole_until_it_is_sealed(void **state)
{
    (void)state;
    struct ga_error err = {0};
    const struct ga_uuid he = child("何丽", "main", "g3", "2"), cui = child("崔子乐", "main", "g6", "1"),
                         huang = child("黄宁", "dawan", "g3", "");
    child("杨龙", "main", "g4", "1");
    set_day(2027, 9, 1);
    run();
    look();
    assert_int_equal(plan.runs, 1);
    assert_string_equal(plan.done_on, "2027-09-01");
    assert_int_equal(ga_year_undo(school.session, &plan, &err), GA_OK);
    assert_string_equal(stands(&he), "main g3 2");
    assert_string_equal(stands(&cui), "main g6 1");
    assert_string_equal(stands(&huang), "dawan g3 ");
    run();
    assert_string_equal(stands(&huang), "main g4 2"); /* as 何丽, the only class that goes there */
    look();
    assert_int_equal(plan.runs, 1);
    assert_int_equal(ga_year_seal(school.session, &plan, NULL), GA_OK);
    look();
    assert_string_equal(plan.sealed_on, "2027-09-01");
    assert_int_equal(ga_year_undo(school.session, &plan, &err), GA_REFUSED);
    assert_int_equal(ga_year_seal(school.session, &plan, &err), GA_REFUSED);
}

static void what_was_changed_since_bars_taking_it_back(void **state)
{
    (void)state;
    struct ga_error err = {0};
    const struct ga_uuid he = child("何丽", "main", "g3", "2");
    set_day(2027, 9, 1);
    run();
    struct ga_entry *entry;
    assert_int_equal(ga_entry_open(school.session, &he, &entry, NULL), GA_OK);
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "grade"), NULL, "g5", NULL, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
    look();
    assert_int_equal(ga_year_undo(school.session, &plan, &err), GA_REFUSED);
    assert_string_equal(stands(&he), "main g5 2");
}

/* Nobody is lost, nobody is twice, each grade follows from the one before; after six years the first grade has finished too. */
static void over_the_years_everybody_goes_through_the_school_once(void **state)
{
    (void)state;
    enum { CHILDREN = 20, YEARS = 6 };
    struct ga_uuid ids[CHILDREN];
    int grades[CHILDREN];
    char name[32], grade[4], expected[32];
    uint64_t dice = 11;
    for (int i = 0; i < CHILDREN; i++) {
        grades[i] = 1 + (int)dice_draw(&dice, 6);
        snprintf(name, sizeof(name), "孩子%d", i);
        snprintf(grade, sizeof(grade), "g%d", grades[i]);
        ids[i] = child(name, "main", grade, "1");
    }
    for (int year = 2027; year < 2027 + YEARS; year++) {
        set_day(year, 9, 1);
        for (int i = 0; i < CHILDREN; i++)
            grades[i]++;
        run();
        for (int i = 0; i < CHILDREN; i++) {
            snprintf(expected, sizeof(expected), "main g%d 1%s", grades[i] > 6 ? 6 : grades[i], grades[i] > 6 ? "-" : "");
            assert_string_equal(stands(&ids[i]), expected);
        }
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(everybody_goes_one_grade_up_with_the_class),
        CASE(the_last_grade_has_finished_on_31_august),
        CASE(where_the_school_has_the_next_stage_nobody_finishes),
        CASE(the_big_ones_of_the_kindergarten_go_to_school_or_to_the_year_before_it),
        CASE(the_last_grade_of_a_teaching_point_goes_to_the_central_school),
        CASE(who_repeats_stands_and_is_taken_up_by_the_next_class),
        CASE(the_last_word_about_a_child_holds_against_its_class),
        CASE(whose_grade_was_written_this_school_year_stands),
        CASE(who_comes_late_goes_up_by_running_it_again),
        CASE(before_the_new_school_year_nobody_goes_anywhere),
        CASE(a_grade_nobody_knows_is_for_people),
        CASE(who_is_in_none_of_the_grades_classes_is_for_people),
        CASE(who_comes_to_a_site_without_a_class_is_for_people_until_it_is_said),
        CASE(who_is_away_is_for_people_until_it_is_said),
        CASE(who_is_not_in_the_new_roster_comes_first),
        CASE(the_month_before_is_of_the_same_children_under_the_name_of_then),
        CASE(it_is_taken_back_as_a_whole_until_it_is_sealed),
        CASE(what_was_changed_since_bars_taking_it_back),
        CASE(over_the_years_everybody_goes_through_the_school_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
