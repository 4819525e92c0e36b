/* Headings in two rows, as forms on paper have them: groups over their parts. */
#include "office.h"

#include "guanai/exchange/import_columns.h"

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

static struct ga_import *must_open(const char *text)
{
    return office_open(&office, "child", office_file(&office, "t.csv", text, strlen(text)), GA_IMPORT_FILL);
}

/* "姓名=name 父亲电话=father_phone", a heading without a field alone. */
static const char *columns_of(const struct ga_import *import)
{
    size_t count;
    const struct ga_import_sheet *sheet = ga_import_sheets(import, &count);
    const char *text = "";
    for (size_t i = 0; i < sheet->columns_count; i++)
        text = ga_arena_printf(&office.arena, "%s%s%s%s%s", text, i > 0 ? " " : "", sheet->columns[i].heading,
                               sheet->columns[i].field != NULL ? "=" : "",
                               sheet->columns[i].field != NULL ? sheet->columns[i].field->name : "");
    return text;
}

#define PAPER                                                   \
    "留守儿童花名册,,,,,,,\n"                                    \
    "序号,姓名,性别,父亲,,母亲情况,,爷爷,\n"                     \
    ",,,姓名,电话,姓名,务工地,姓名,身体状况\n"                   \
    "1,韦小花,女,韦大,13885412345,李四,浙江义乌,韦爷,体弱\n"

static void parts_under_a_parent_are_the_parents(void **state)
{
    (void)state;
    struct ga_import *import = must_open(PAPER);
    assert_string_equal(columns_of(import), "序号 姓名=name 性别=sex 父亲姓名=father_name 父亲电话=father_phone "
                                            "母亲姓名=mother_name 母亲务工地=mother_workplace 爷爷姓名 爷爷身体状况");
    ga_import_destroy(import);
}

static void the_second_row_of_headings_is_no_child(void **state)
{
    (void)state;
    const struct tally tally = office_import_text(&office, "child", PAPER);
    assert_int_equal(tally.rows, 1);
    assert_int_equal(tally.verdicts[GA_VERDICT_NEW], 1);
    assert_string_equal(office_text(&office, "SELECT father_name || ' ' || father_phone || ' ' || mother_name FROM child"),
                        "韦大 13885412345 李四");
    assert_string_equal(office_text(&office, "SELECT ifnull(health, 'nothing') FROM child"), "nothing");
}

static void groups_that_only_sort_the_columns_say_nothing_of_them(void **state)
{
    (void)state;
    struct ga_import *import = must_open("基本情况,,,家庭情况,,监护人,\n"
                                         "姓名,性别,年级,村,父亲姓名,姓名,电话\n"
                                         "韦小花,女,三年级,红岩村,韦大,韦爷,13885412345\n");
    assert_string_equal(columns_of(import), "姓名=name 性别=sex 年级=grade 村=village 父亲姓名=father_name "
                                            "监护人姓名=guardian_name 监护人电话=guardian_phone");
    ga_import_destroy(import);
}

static void a_title_over_one_row_of_headings_is_a_title(void **state)
{
    (void)state;
    struct ga_import *import = must_open("父亲电话核对表,,\n姓名,性别,父亲电话\n电话,女,13885412345\n");
    size_t count;
    assert_string_equal(columns_of(import), "姓名=name 性别=sex 父亲电话=father_phone");
    assert_int_equal(ga_import_sheets(import, &count)[0].header_row, 2);
    ga_import_destroy(import);
}

static void both_rows_met_again_further_down_are_no_children(void **state)
{
    (void)state;
    const struct tally tally = office_import_text(&office, "child",
                                                  PAPER "序号,姓名,性别,父亲,,母亲情况,,爷爷,\n"
                                                        ",,,姓名,电话,姓名,务工地,姓名,身体状况\n"
                                                        "2,罗小山,男,罗大,,李五,,,\n");
    assert_int_equal(tally.rows, 2);
    assert_int_equal(tally.verdicts[GA_VERDICT_NEW], 2);
}

static void what_was_placed_by_hand_under_two_rows_is_remembered(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import *import = must_open(PAPER);
    office_must(ga_import_place(import, 0, 7, "guardian_name", &err), &err);
    office_must(ga_import_remember_places(import, &err), &err);
    ga_import_destroy(import);
    import = must_open(PAPER);
    assert_int_equal(ga_import_recalled(import), 1);
    assert_non_null(strstr(columns_of(import), "爷爷姓名=guardian_name"));
    ga_import_destroy(import);
}

/* Who made the list stands in its title or under it, not in what the file says of the computer. */
static void who_made_the_list_is_heard_from_the_lines_around_it(void **state)
{
    (void)state;
    static const struct {
        const char *title, *foot, *author;
    } CASES[] = {
        {"单位：石桥小学　填表人：李会计　填表日期：2026年9月10日,,", "", "李会计"},
        {"填表日期：2026年9月10日,填表人：,李 明", "", "李明"},
        {"名册,,", "制表人（签字）: 王小红,,", "王小红"},
        {"名册,,", "填表人：_____,,", ""},
        {"名册,,", "填表人：,填表日期：2026年9月10日,", ""},
        {"制表时间：2026年9月10日,,", "", ""},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        const char *text = ga_arena_printf(&office.arena, "%s\n姓名,年级,父亲电话\n韦小%zu,三年级,13885412345\n%s\n", CASES[i].title,
                                           i, CASES[i].foot);
        office_import_text(&office, "child", text);
        assert_string_equal(office_text(&office, "SELECT ifnull(file_author, '') FROM import_file ORDER BY no DESC LIMIT 1"),
                            CASES[i].author);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(parts_under_a_parent_are_the_parents, start, stop),
        cmocka_unit_test_setup_teardown(the_second_row_of_headings_is_no_child, start, stop),
        cmocka_unit_test_setup_teardown(groups_that_only_sort_the_columns_say_nothing_of_them, start, stop),
        cmocka_unit_test_setup_teardown(a_title_over_one_row_of_headings_is_a_title, start, stop),
        cmocka_unit_test_setup_teardown(both_rows_met_again_further_down_are_no_children, start, stop),
        cmocka_unit_test_setup_teardown(who_made_the_list_is_heard_from_the_lines_around_it, start, stop),
        cmocka_unit_test_setup_teardown(what_was_placed_by_hand_under_two_rows_is_remembered, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
