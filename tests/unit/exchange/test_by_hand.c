/* Columns placed by hand go where a person said, this time as the next. */
#include "office.h"

#include "guanai/base/alloc.h"
#include "guanai/exchange/import_columns.h"
#include "guanai/exchange/import_differences.h"
#include "guanai/exchange/import_returns.h"
#include "guanai/store/save.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct office office;

static int start(void **state)
{
    (void)state;
    office_start(&office);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    office_stop(&office);
    return 0;
}

static enum ga_rc open_text(const char *text, const struct ga_import_choice *choices, size_t count,
                            struct ga_import **ret_import, struct ga_error *err)
{
    const struct ga_import_options options = {
        .form = school_form(&office.school, "child"), .choices = choices, .choices_count = count};
    return ga_import_open(&office.tools, office_file(&office, "t.csv", text, strlen(text)), &options, ret_import, err);
}

static struct ga_import *must_open(const char *text)
{
    struct ga_import *import = NULL;
    struct ga_error err = {0};
    office_must(open_text(text, NULL, 0, &import, &err), &err);
    return import;
}

static const char *field_at(const struct ga_import *import, size_t column)
{
    size_t count;
    const struct ga_field *field = ga_import_sheets(import, &count)[0].columns[column].field;
    return field == NULL ? "" : field->name;
}

#define STRANGE "姓名,性别,谁在带,紧急联络\n韦小花,女,奶奶,13885412345\n"
#define TURNED "紧急联络,谁 在带：,姓名,性别\n13885412345,奶奶,韦小花,女\n"

static void a_column_nobody_knows_is_given_a_field(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import *import = must_open(STRANGE);
    assert_string_equal(field_at(import, 3), "");
    office_must(ga_import_place(import, 0, 3, "guardian_phone", &err), &err);
    assert_string_equal(field_at(import, 3), "guardian_phone");
    office_must(ga_import_plan(import, NULL, &err), &err);
    office_must(ga_import_apply(import, NULL, &err), &err);
    ga_import_destroy(import);
    assert_string_equal(office_text(&office, "SELECT guardian_phone FROM child"), "13885412345");
}

static void the_next_file_with_such_headings_goes_the_same_way_in_any_order(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import *import = must_open(STRANGE);
    assert_int_equal(ga_import_recalled(import), 0);
    office_must(ga_import_place(import, 0, 2, "guardian_relation", &err), &err);
    office_must(ga_import_place(import, 0, 1, "", &err), &err);
    office_must(ga_import_remember_places(import, &err), &err);
    ga_import_destroy(import);
    import = must_open(TURNED);
    assert_int_equal(ga_import_recalled(import), 2);
    assert_string_equal(field_at(import, 1), "guardian_relation");
    assert_string_equal(field_at(import, 3), "");
    office_must(ga_import_place(import, 0, 3, NULL, &err), &err);
    assert_string_equal(field_at(import, 3), "sex");
    ga_import_destroy(import);
    import = must_open("姓名,性别,谁在带,紧急联络,备注\n韦小花,女,奶奶,13885412345,\n"); /* another set of headings */
    assert_int_equal(ga_import_recalled(import), 0);
    ga_import_destroy(import);
}

/* A register form has more columns than fit a short text. */
static void every_column_of_a_wide_file_is_remembered(void **state)
{
    (void)state;
    enum { COLUMNS = 60 };
    struct ga_error err = {0};
    struct ga_str text = {0};
    ga_str_add(&text, "姓名");
    for (int i = 0; i < COLUMNS; i++)
        ga_str_addf(&text, ",乡里登记栏目之%d", i);
    ga_str_add(&text, "\n韦小花\n");
    struct ga_import *import = must_open(ga_str_text(&text));
    for (int i = 1; i <= COLUMNS; i++)
        office_must(ga_import_place(import, 0, (size_t)i, i < COLUMNS ? "" : "guardian_phone", &err), &err);
    office_must(ga_import_remember_places(import, &err), &err);
    ga_import_destroy(import);
    import = must_open(ga_str_text(&text));
    assert_int_equal(ga_import_recalled(import), COLUMNS);
    assert_string_equal(field_at(import, COLUMNS), "guardian_phone");
    ga_import_destroy(import);
    ga_str_finish(&text);
}

static void two_columns_for_one_field_are_refused_with_nothing_changed(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import *import = must_open(STRANGE);
    assert_int_equal(ga_import_place(import, 0, 2, "name", &err), GA_REFUSED);
    assert_string_equal(field_at(import, 2), "");
    assert_string_equal(field_at(import, 0), "name");
    office_must(ga_import_place(import, 0, 0, "", &err), &err);
    office_must(ga_import_place(import, 0, 2, "name", &err), &err);
    assert_int_equal(ga_import_place(import, 0, 0, NULL, &err), GA_REFUSED);
    ga_import_destroy(import);
}

static void two_columns_of_one_heading_are_two_columns(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import *import = must_open("姓名,电话,电话,性别\n韦小花,13885412345,13785412346,女\n");
    office_must(ga_import_place(import, 0, 1, "father_phone", &err), &err);
    office_must(ga_import_place(import, 0, 2, "mother_phone", &err), &err);
    office_must(ga_import_remember_places(import, &err), &err);
    ga_import_destroy(import);
    import = must_open("姓名,电话,电话,性别\n韦小花,13885412345,13785412346,女\n");
    assert_string_equal(field_at(import, 1), "father_phone");
    assert_string_equal(field_at(import, 2), "mother_phone");
    ga_import_destroy(import);
}

static void choices_make_headings_of_words_nobody_knows(void **state)
{
    (void)state;
    static const struct ga_import_choice choices[] = {{"学生", "name"}, {"谁在带", "guardian_relation"}};
    struct ga_error err = {0};
    struct ga_import *import = NULL;
    assert_int_equal(open_text("学生,谁在带\n韦小花,奶奶\n", NULL, 0, &import, &err), GA_REFUSED);
    office_must(open_text("学生,谁在带\n韦小花,奶奶\n", choices, 2, &import, &err), &err);
    office_must(ga_import_remember_places(import, &err), &err);
    ga_import_destroy(import);
    import = must_open("一张表,\n学生,谁在带\n韦小花,奶奶\n");
    assert_string_equal(field_at(import, 0), "name");
    ga_import_destroy(import);
}

static void choices_that_cannot_be_are_named(void **state)
{
    (void)state;
    static const struct ga_import_choice strange[] = {{"谁在带", "nosuch"}}, absent[] = {{"没有", "note"}},
                                         twice[] = {{"谁在带", "sex"}};
    struct ga_error err = {0};
    struct ga_import *import = NULL;
    assert_int_equal(open_text(STRANGE, strange, 1, &import, &err), GA_USAGE);
    assert_int_equal(open_text(STRANGE, absent, 1, &import, &err), GA_REFUSED);
    assert_int_equal(open_text(STRANGE, twice, 1, &import, &err), GA_REFUSED);
}

static void let_leave(const char *name)
{
    struct ga_answers change;
    ga_answers_init(&change, school_form(&office.school, "status_change"));
    assert_true(ga_uuid_parse(office_text(&office, ga_arena_printf(&office.arena, "SELECT id FROM v_child WHERE name = '%s'",
                                                                   name)), &change.child));
    school_type(&change, "kind", "transfer");
    school_type(&change, "from_on", "2026-11-02");
    assert_int_equal(ga_store_save(office.school.store, &(struct ga_save_record){.after = &change}, 0, NULL, NULL), GA_OK);
    ga_answers_finish(&change);
}

/* Said of a child, not of a row's place: another column, another way, the child still stays gone. */
static void who_was_to_stay_gone_stays_gone_when_the_plan_is_made_anew(void **state)
{
    (void)state;
    struct ga_error err = {0};
    office_import_text(&office, "child", "姓名,年级,班级\n韦小花,三年级,2\n石大山,三年级,2\n");
    let_leave("韦小花");
    let_leave("石大山");
    struct ga_import *import = must_open("姓名,谁在带,年级,班级\n韦小花,奶奶,三年级,2\n石大山,爷爷,三年级,2\n"), *again;
    office_must(ga_import_plan(import, NULL, &err), &err);
    assert_int_equal(ga_import_to_return(import), 2);
    ga_import_let_return(import, 1, false);
    office_must(ga_import_place(import, 0, 1, "guardian_relation", &err), &err);
    office_must(ga_import_plan(import, NULL, &err), &err);
    assert_int_equal(ga_import_to_return(import), 1);
    again = must_open("姓名,年级,班级\n陌生人,三年级,2\n石大山,三年级,2\n韦小花,三年级,2\n");
    ga_import_keep_returns(again, import);
    ga_import_destroy(import);
    office_must(ga_import_plan(again, NULL, &err), &err);
    assert_int_equal(ga_import_to_return(again), 1);
    office_must(ga_import_apply(again, NULL, &err), &err);
    ga_import_destroy(again);
    assert_string_equal(office_text(&office, "SELECT group_concat(c.name) FROM status_change AS s JOIN child AS c"
                                             " ON c.no = s.child WHERE s.kind = 'returned'"), "韦小花");
}

/* The page is left, or the power fails, and the same file is opened again. */
static struct ga_import *open_again(const char *text)
{
    struct ga_error err = {0};
    struct ga_import *import = must_open(text);
    ga_import_recall_decisions(import);
    office_must(ga_import_plan(import, NULL, &err), &err);
    return import;
}

static void who_was_to_stay_gone_outlives_leaving_until_the_file_is_taken_in(void **state)
{
    (void)state;
    static const char roster[] = "姓名,年级,班级\n韦小花,三年级,2\n石大山,三年级,2\n";
    struct ga_error err = {0};
    office_import_text(&office, "child", roster);
    let_leave("韦小花");
    let_leave("石大山");
    struct ga_import *import = open_again(roster);
    assert_int_equal(ga_import_decided(import), 0);
    ga_import_let_all_return(import, false);
    ga_import_let_return(import, 0, true);
    office_must(ga_import_remember_decisions(import, &err), &err);
    ga_import_destroy(import);
    import = open_again("姓名,年级,班级\n石大山,三年级,2\n"); /* another file */
    assert_int_equal(ga_import_to_return(import), 1);
    ga_import_destroy(import);
    import = open_again(roster);
    assert_int_equal(ga_import_decided(import), 1);
    assert_int_equal(ga_import_to_return(import), 1);
    office_must(ga_import_apply(import, NULL, &err), &err);
    ga_import_destroy(import);
    assert_string_equal(office_text(&office, "SELECT group_concat(c.name) FROM status_change AS s JOIN child AS c"
                                             " ON c.no = s.child WHERE s.kind = 'returned'"), "韦小花");
    import = open_again(roster); /* the file is in: it may be taken for a new roster another time */
    assert_int_equal(ga_import_decided(import), 0);
    ga_import_destroy(import);
}

#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_OFFICE(a_column_nobody_knows_is_given_a_field),
        IN_OFFICE(the_next_file_with_such_headings_goes_the_same_way_in_any_order),
        IN_OFFICE(every_column_of_a_wide_file_is_remembered),
        IN_OFFICE(two_columns_for_one_field_are_refused_with_nothing_changed),
        IN_OFFICE(two_columns_of_one_heading_are_two_columns),
        IN_OFFICE(who_was_to_stay_gone_stays_gone_when_the_plan_is_made_anew),
        IN_OFFICE(who_was_to_stay_gone_outlives_leaving_until_the_file_is_taken_in),
        IN_OFFICE(choices_make_headings_of_words_nobody_knows),
        IN_OFFICE(choices_that_cannot_be_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
