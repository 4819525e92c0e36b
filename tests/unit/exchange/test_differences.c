/* What differs between a file and the archive is taken or kept one by one. */
#include "office.h"

#include "guanai/exchange/import_columns.h"
#include "guanai/exchange/import_differences.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ROSTERS "tests/data/rosters/"

static struct office office;

#define THERE "姓名,年级,班级,父亲电话,村,备注\n韦小花,三年级,2,13885412345,上坝,\n蓝天,三年级,2,13785412346,上坝,\n"
#define FILE_NOW "姓名,年级,班级,父亲电话,村,备注\n韦小花,三年级,2,13885412399,下坝,新\n蓝天,三年级,2,13785412346,下坝,新\n"

static int start(void **state)
{
    (void)state;
    office_start(&office);
    office_import_text(&office, "child", THERE);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    office_stop(&office);
    return 0;
}

static struct ga_import *plan(enum ga_import_mode mode)
{
    struct ga_error err = {0};
    struct ga_import *import =
        office_open(&office, "child", office_file(&office, "n.csv", FILE_NOW, strlen(FILE_NOW)), mode);
    office_must(ga_import_plan(import, NULL, &err), &err);
    while (ga_import_read_differences(import, &err))
        continue;
    office_must(err.rc, &err);
    return import;
}

static size_t find(const struct ga_import *import, size_t row, const char *field)
{
    for (size_t i = 0; i < ga_import_differences(import); i++) {
        const struct ga_import_difference difference = ga_import_difference_at(import, i);
        if (difference.row == row && strcmp(difference.field->name, field) == 0)
            return i;
    }
    fail_msg("no difference in %s", field);
    return 0;
}

static void take_in(struct ga_import *import)
{
    struct ga_error err = {0};
    office_must(ga_import_apply(import, NULL, &err), &err);
    ga_import_destroy(import);
}

static const char *value(const char *column, const char *name)
{
    char sql[200];
    snprintf(sql, sizeof(sql), "SELECT %s FROM child WHERE name = '%s'", column, name);
    return office_text(&office, sql);
}

static void every_field_that_differs_is_listed_with_both_sides_and_who_said_it(void **state)
{
    (void)state;
    struct ga_import *import = plan(GA_IMPORT_FILL);
    struct ga_import_sides sides;
    struct ga_error err = {0};
    assert_int_equal(ga_import_differences(import), 5);
    const size_t phone = find(import, 0, "father_phone");
    office_must(ga_import_difference_sides(import, phone, &office.arena, &sides, &err), &err);
    assert_string_equal(sides.name, "韦小花");
    assert_int_equal(sides.number, 2);
    assert_non_null(strstr(sides.here, "2345"));
    assert_non_null(strstr(sides.in_file, "2399"));
    assert_true(sides.who[0] != '\0' && strncmp(sides.when, "20", 2) == 0);
    assert_false(ga_import_difference_at(import, phone).is_taken);
    assert_true(ga_import_difference_at(import, find(import, 0, "note")).is_taken);
    ga_import_destroy(import);
}

static void only_what_was_taken_is_written(void **state)
{
    (void)state;
    struct ga_import *import = plan(GA_IMPORT_FILL);
    ga_import_decide(import, find(import, 0, "father_phone"), GA_IMPORT_THIS, true);
    ga_import_decide(import, find(import, 1, "note"), GA_IMPORT_THIS, false);
    assert_int_equal(ga_import_to_change(import), 1);
    assert_int_equal(ga_import_to_write(import), 1);
    take_in(import);
    assert_string_equal(value("father_phone", "韦小花"), "13885412399");
    assert_string_equal(value("village", "韦小花"), "上坝");
    assert_string_equal(value("note", "韦小花"), "新");
    assert_string_equal(value("note", "蓝天"), "");
    assert_string_equal(value("village", "蓝天"), "上坝");
}

static void a_column_a_row_and_all_are_decided_at_once(void **state)
{
    (void)state;
    struct ga_import *import = plan(GA_IMPORT_UPDATE);
    const size_t phone = find(import, 0, "father_phone"), village = find(import, 1, "village");
    assert_int_equal(ga_import_to_change(import), 2);
    ga_import_decide(import, village, GA_IMPORT_FIELD, false);
    assert_int_equal(ga_import_to_change(import), 1);
    assert_int_equal(ga_import_to_write(import), 2); /* the notes are filled all the same */
    ga_import_decide(import, phone, GA_IMPORT_ALL, false);
    assert_int_equal(ga_import_to_change(import), 0);
    ga_import_decide(import, village, GA_IMPORT_ROW, true);
    take_in(import);
    assert_string_equal(value("village", "韦小花"), "上坝");
    assert_string_equal(value("village", "蓝天"), "下坝");
    assert_string_equal(value("father_phone", "韦小花"), "13885412345");
}

static void what_was_decided_outlives_a_new_plan(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import *import = plan(GA_IMPORT_FILL);
    ga_import_decide(import, find(import, 0, "village"), GA_IMPORT_THIS, true);
    office_must(ga_import_place(import, 0, 3, "", &err), &err); /* the phones are left out now */
    office_must(ga_import_plan(import, NULL, &err), &err);
    assert_int_equal(ga_import_to_change(import), 1);
    while (ga_import_read_differences(import, &err))
        continue;
    assert_true(ga_import_difference_at(import, find(import, 0, "village")).is_taken);
    take_in(import);
    assert_string_equal(value("village", "韦小花"), "下坝");
    assert_string_equal(value("village", "蓝天"), "上坝");
}

/* The same file opened anew, as the page does it. */
static struct ga_import *change_mode(struct ga_import *earlier, const char *text, enum ga_import_mode mode)
{
    struct ga_error err = {0};
    struct ga_import *import =
        office_open(&office, "child", office_file(&office, "n.csv", text, strlen(text)), mode);
    ga_import_keep_decisions(import, earlier);
    ga_import_destroy(earlier);
    office_must(ga_import_plan(import, NULL, &err), &err);
    return import;
}

static void what_was_decided_outlives_another_mode(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import *import = plan(GA_IMPORT_FILL);
    ga_import_decide(import, find(import, 0, "village"), GA_IMPORT_THIS, true);
    ga_import_decide(import, find(import, 0, "father_phone"), GA_IMPORT_THIS, false);
    ga_import_decide(import, find(import, 1, "note"), GA_IMPORT_THIS, false);
    import = change_mode(import, FILE_NOW, GA_IMPORT_UPDATE);
    assert_int_equal(ga_import_to_change(import), 2); /* both villages: one as decided, one by the mode */
    while (ga_import_read_differences(import, &err))
        continue;
    assert_false(ga_import_difference_at(import, find(import, 0, "father_phone")).is_taken);
    assert_true(ga_import_difference_at(import, find(import, 1, "village")).is_taken);
    assert_false(ga_import_difference_at(import, find(import, 1, "village")).is_decided);
    import = change_mode(import, FILE_NOW, GA_IMPORT_FILL); /* there and back, without looking */
    assert_int_equal(ga_import_to_change(import), 1);
    take_in(import);
    assert_string_equal(value("village", "韦小花"), "下坝");
    assert_string_equal(value("father_phone", "韦小花"), "13885412345");
    assert_string_equal(value("village", "蓝天"), "上坝");
    assert_string_equal(value("note", "蓝天"), "");
}

static struct ga_import *change_sheet(struct ga_import *earlier, size_t sheet)
{
    struct ga_error err = {0};
    struct ga_import *import = NULL;
    const struct ga_import_options options = {.form = school_form(&office.school, "child"), .sheet = sheet};
    office_must(ga_import_open(&office.tools, ROSTERS "two-classes.xlsx", &options, &import, &err), &err);
    ga_import_keep_decisions(import, earlier);
    ga_import_destroy(earlier);
    office_must(ga_import_plan(import, NULL, &err), &err);
    return import;
}

static void what_was_decided_outlives_another_choice_of_sheets(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import *import = change_sheet(NULL, 0);
    take_in(import);
    const char *other = "姓名,年级,班级,监护人电话\n𠮷小明,三年级,1,13700000000\n欧阳晓·买买提,三年级,1,13700000001\n";
    office_import(&office, "child", office_file(&office, "o.csv", other, strlen(other)), GA_IMPORT_UPDATE, NULL);
    import = change_sheet(NULL, 0);
    while (ga_import_read_differences(import, &err))
        continue;
    ga_import_decide(import, find(import, 1, "guardian_phone"), GA_IMPORT_THIS, true);
    import = change_sheet(import, 2); /* the rows are in the other sheet */
    assert_int_equal(ga_import_to_change(import), 0);
    while (ga_import_read_differences(import, &err))
        continue;
    import = change_sheet(import, 1);
    assert_int_equal(ga_import_to_change(import), 1);
    import = change_sheet(import, 0);
    take_in(import);
    assert_string_equal(value("guardian_phone", "𠮷小明"), "13700000000");
    assert_string_equal(value("guardian_phone", "欧阳晓·买买提"), "13900002222");
}

/* Another column for the field says another thing. */
static void what_was_decided_of_another_value_is_asked_again(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import *import = plan(GA_IMPORT_FILL);
    ga_import_decide(import, find(import, 0, "village"), GA_IMPORT_THIS, true);
    office_must(ga_import_place(import, 0, 4, "", &err), &err);
    office_must(ga_import_place(import, 0, 5, "village", &err), &err); /* the notes are villages now */
    office_must(ga_import_plan(import, NULL, &err), &err);
    assert_int_equal(ga_import_to_change(import), 0);
    office_must(ga_import_place(import, 0, 5, "note", &err), &err);
    office_must(ga_import_place(import, 0, 4, "village", &err), &err);
    office_must(ga_import_plan(import, NULL, &err), &err);
    assert_int_equal(ga_import_to_change(import), 1);
    take_in(import);
    assert_string_equal(value("village", "韦小花"), "下坝");
    assert_string_equal(value("village", "蓝天"), "上坝");
}

/* Line numbers of another text mean other children. */
static void what_was_decided_of_another_text_is_forgotten(void **state)
{
    (void)state;
    struct ga_import *import = plan(GA_IMPORT_FILL);
    ga_import_decide(import, find(import, 0, "village"), GA_IMPORT_THIS, true);
    import = change_mode(import, "姓名,年级,班级,村\n蓝天,三年级,2,下坝\n韦小花,三年级,2,下坝\n", GA_IMPORT_FILL);
    assert_int_equal(ga_import_to_change(import), 0);
    ga_import_destroy(import);
}

/* Whoever leaves the list before its end has said nothing less of the rest. */
static void what_was_decided_outlives_half_a_look(void **state)
{
    enum { MANY = 200 };
    (void)state;
    struct ga_error err = {0};
    struct ga_str there = {0}, now = {0};
    ga_str_add(&there, "姓名,年级,班级,村\n");
    ga_str_add(&now, "姓名,年级,班级,村\n");
    for (int i = 0; i < MANY; i++) {
        ga_str_addf(&there, "王%d,四年级,1,上坝\n", i);
        ga_str_addf(&now, "王%d,四年级,1,下坝\n", i);
    }
    office_import_text(&office, "child", ga_str_text(&there));
    struct ga_import *import = change_mode(NULL, ga_str_text(&now), GA_IMPORT_FILL);
    while (ga_import_read_differences(import, &err))
        continue;
    ga_import_decide(import, find(import, MANY - 1, "village"), GA_IMPORT_THIS, true);
    for (int i = 0; i < 2; i++) {
        import = change_mode(import, ga_str_text(&now), GA_IMPORT_FILL);
        assert_true(ga_import_read_differences(import, &err)); /* the first few */
    }
    take_in(import);
    assert_string_equal(office_text(&office, "SELECT count(*) FROM child WHERE village = '下坝'"), "1");
    ga_str_finish(&there);
    ga_str_finish(&now);
}

#define TWICE_NOW "姓名,年级,班级,父亲电话,村,备注\n韦小花,三年级,2,13885412399,上坝,新\n蓝天,三年级,2,13785412346,上坝,\n" \
    "韦小花,三年级,2,13885412377,下坝,旧\n"

static struct ga_import *plan_twice(struct ga_import *earlier, enum ga_import_mode mode)
{
    struct ga_error err = {0};
    struct ga_import *import = change_mode(earlier, TWICE_NOW, mode);
    while (ga_import_read_differences(import, &err))
        continue;
    office_must(err.rc, &err);
    return import;
}

/* A child listed twice with two phones: neither row goes in unseen. */
/* The page is left, or the power fails, and the same file is opened again. */
static struct ga_import *open_again(const char *text)
{
    struct ga_error err = {0};
    struct ga_import *import = office_open(&office, "child", office_file(&office, "n.csv", text, strlen(text)), GA_IMPORT_FILL);
    ga_import_recall_decisions(import);
    office_must(ga_import_plan(import, NULL, &err), &err);
    return import;
}

static void leave_half_decided(void)
{
    struct ga_error err = {0};
    struct ga_import *import = plan(GA_IMPORT_FILL);
    ga_import_decide(import, find(import, 0, "father_phone"), GA_IMPORT_THIS, true);
    ga_import_decide(import, find(import, 1, "note"), GA_IMPORT_THIS, false);
    office_must(ga_import_remember_decisions(import, &err), &err);
    ga_import_destroy(import);
}

static void what_was_decided_outlives_leaving_until_the_file_is_taken_in(void **state)
{
    (void)state;
    leave_half_decided();
    struct ga_import *import = open_again(FILE_NOW "林小雨,三年级,2,,,\n");
    assert_int_equal(ga_import_decided(import), 0); /* another file */
    ga_import_destroy(import);
    import = open_again(FILE_NOW);
    assert_int_equal(ga_import_decided(import), 2);
    assert_int_equal(ga_import_to_change(import), 1);
    assert_int_equal(ga_import_to_write(import), 1);
    take_in(import);
    assert_string_equal(value("father_phone", "韦小花"), "13885412399");
    assert_string_equal(value("village", "韦小花"), "上坝");
    assert_string_equal(value("note", "蓝天"), "");
    import = open_again(FILE_NOW);
    assert_int_equal(ga_import_decided(import), 0);
    ga_import_destroy(import);
}

/* An hour of looking: more than fits a short text. */
static void a_hundred_decisions_outlive_leaving(void **state)
{
    (void)state;
    enum { MANY = 100 };
    struct ga_error err = {0};
    struct ga_str then = {0}, now = {0};
    ga_str_add(&then, "姓名,年级,班级,村\n");
    ga_str_add(&now, "姓名,年级,班级,村\n");
    for (int i = 0; i < MANY; i++) {
        ga_str_addf(&then, "周小%d,一年级,1,上坝\n", i);
        ga_str_addf(&now, "周小%d,一年级,1,下坝\n", i);
    }
    office_import_text(&office, "child", ga_str_text(&then));
    struct ga_import *import = open_again(ga_str_text(&now));
    while (ga_import_read_differences(import, NULL))
        continue;
    assert_int_equal(ga_import_differences(import), MANY);
    ga_import_decide(import, 0, GA_IMPORT_ALL, true);
    office_must(ga_import_remember_decisions(import, &err), &err);
    ga_import_destroy(import);
    import = open_again(ga_str_text(&now));
    assert_int_equal(ga_import_decided(import), MANY);
    assert_int_equal(ga_import_to_change(import), MANY);
    ga_import_destroy(import);
    ga_str_finish(&then);
    ga_str_finish(&now);
}

static void what_the_archive_has_otherwise_since_is_asked_again(void **state)
{
    (void)state;
    leave_half_decided();
    office_import(&office, "child", office_file(&office, "p.csv", "姓名,年级,班级,父亲电话\n韦小花,三年级,2,13885410000\n", 68),
                  GA_IMPORT_UPDATE, NULL);
    assert_string_equal(value("father_phone", "韦小花"), "13885410000");
    struct ga_import *import = open_again(FILE_NOW);
    assert_int_equal(ga_import_decided(import), 1);
    assert_int_equal(ga_import_to_change(import), 0);
    take_in(import);
    assert_string_equal(value("father_phone", "韦小花"), "13885410000");
}

static void rows_of_a_child_listed_twice_are_decided_one_by_one(void **state)
{
    (void)state;
    struct ga_import_sides sides;
    struct ga_error err = {0};
    struct ga_import *import = plan_twice(NULL, GA_IMPORT_UPDATE);
    const size_t again = find(import, 2, "father_phone");
    office_must(ga_import_difference_sides(import, again, &office.arena, &sides, &err), &err);
    assert_int_equal(sides.number, 4);
    assert_non_null(strstr(sides.here, "2345"));
    assert_non_null(strstr(sides.in_file, "2377"));
    assert_true(sides.who[0] != '\0');
    ga_import_decide(import, again, GA_IMPORT_THIS, false);
    ga_import_decide(import, find(import, 0, "note"), GA_IMPORT_THIS, false);
    ga_import_decide(import, find(import, 2, "note"), GA_IMPORT_THIS, false);
    import = plan_twice(plan_twice(import, GA_IMPORT_FILL), GA_IMPORT_UPDATE);
    assert_true(ga_import_difference_at(import, find(import, 2, "father_phone")).is_decided);
    assert_int_equal(ga_import_to_change(import), 2); /* the first row's phone, the second's village */
    take_in(import);
    assert_string_equal(value("father_phone", "韦小花"), "13885412399");
    assert_string_equal(value("village", "韦小花"), "下坝");
    assert_string_equal(value("note", "韦小花"), "");
}

static void the_later_row_of_a_child_fills_nothing_its_first_row_fills(void **state)
{
    (void)state;
    struct ga_import *import = plan_twice(NULL, GA_IMPORT_FILL);
    assert_false(ga_import_difference_at(import, find(import, 2, "note")).is_taken);
    take_in(import);
    assert_string_equal(value("note", "韦小花"), "新");
    assert_string_equal(value("village", "韦小花"), "上坝");
    assert_string_equal(value("father_phone", "韦小花"), "13885412345");
}

/* A list of a class is read over shoulders. */
static void a_reason_does_not_say_a_sensitive_answer_until_it_is_revealed(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import_row row;
    const char *there = "姓名,年级,班级,家庭经济,父亲电话\n韦小花,三年级,2,低保,13885412345\n";
    const char *now = "姓名,年级,班级,家庭经济,父亲电话\n韦小花,三年级,2,一般,13885412399\n";
    office_import_text(&office, "child", there);
    struct ga_import *import = change_mode(NULL, now, GA_IMPORT_FILL);
    for (int is_revealed = 0; is_revealed < 2; is_revealed++) {
        struct ga_str said = {0};
        char text[400];
        ga_import_show(import, GA_ZH, is_revealed);
        office_must(ga_import_row_at(import, 0, &row, &err), &err);
        for (size_t i = 0; i < row.reasons_count; i++)
            ga_str_add(&said, ga_message_text(&row.reasons[i], GA_ZH, text, sizeof(text)));
        assert_int_equal(strstr(ga_str_text(&said), "低保") != NULL, is_revealed);
        assert_int_equal(strstr(ga_str_text(&said), "****") == NULL, is_revealed);
        assert_non_null(strstr(ga_str_text(&said), "2399")); /* of a number the tail is left by whoever shows it */
        ga_str_finish(&said);
    }
    ga_import_destroy(import);
}

#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_OFFICE(every_field_that_differs_is_listed_with_both_sides_and_who_said_it),
        IN_OFFICE(only_what_was_taken_is_written),
        IN_OFFICE(a_column_a_row_and_all_are_decided_at_once),
        IN_OFFICE(what_was_decided_outlives_a_new_plan),
        IN_OFFICE(what_was_decided_outlives_another_mode),
        IN_OFFICE(what_was_decided_outlives_another_choice_of_sheets),
        IN_OFFICE(what_was_decided_of_another_value_is_asked_again),
        IN_OFFICE(what_was_decided_of_another_text_is_forgotten),
        IN_OFFICE(what_was_decided_outlives_half_a_look),
        IN_OFFICE(what_was_decided_outlives_leaving_until_the_file_is_taken_in),
        IN_OFFICE(what_the_archive_has_otherwise_since_is_asked_again),
        IN_OFFICE(a_hundred_decisions_outlive_leaving),
        IN_OFFICE(rows_of_a_child_listed_twice_are_decided_one_by_one),
        IN_OFFICE(the_later_row_of_a_child_fills_nothing_its_first_row_fills),
        IN_OFFICE(a_reason_does_not_say_a_sensitive_answer_until_it_is_revealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
