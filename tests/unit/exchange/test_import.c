/* Sheets as people make them: odd headings, sums, doubles, hostile cells, full disks, second thoughts. */
#include "office.h"

#include "guanai/base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROSTERS "tests/data/rosters/"

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

static struct ga_import *plan_text(const char *form, const char *text, enum ga_import_mode mode)
{
    struct ga_error err = {0};
    struct ga_import *import = office_open(&office, form, office_file(&office, "t.csv", text, strlen(text)), mode);
    office_must(ga_import_plan(import, NULL, &err), &err);
    return import;
}

static void assert_verdict(const char *form, const char *text, enum ga_verdict verdict, const char *reason)
{
    struct ga_import *import = plan_text(form, text, GA_IMPORT_FILL);
    struct ga_import_row row;
    const size_t last = ga_import_rows(import) - 1;
    assert_int_equal(ga_import_row_at(import, last, &row, NULL), GA_OK);
    const char *reasons = office_reasons(&office, import, last);
    if (row.verdict != verdict || strstr(reasons, reason) == NULL)
        print_error("%d: %s\n", (int)row.verdict, reasons);
    assert_int_equal(row.verdict, verdict);
    assert_non_null(strstr(reasons, reason));
    ga_import_destroy(import);
}

static void every_heading_of_a_roster_has_its_field(void **state)
{
    (void)state;
    static const char *const fields[] = {"grade", "class", "name", "sex", "birth_date", "id_number",
        "student_number", "ethnicity", "village", "address", "boarding", "marked_left_behind", "absence_kind",
        "father_name", "father_phone", "father_workplace", "father_work", "mother_name", "mother_phone",
        "mother_workplace", "mother_work", "guardian_name", "guardian_relation", "guardian_phone",
        "household_economy", "health", "note"};
    struct ga_import *import = office_open(&office, "child", ROSTERS "township-700.xlsx", GA_IMPORT_FILL);
    size_t count;
    const struct ga_import_sheet *sheets = ga_import_sheets(import, &count);
    assert_int_equal(count, 1);
    assert_int_equal(sheets[0].header_row, 2);
    assert_int_equal(sheets[0].columns_count, GA_COUNT(fields));
    for (size_t i = 0; i < GA_COUNT(fields); i++)
        assert_string_equal(sheets[0].columns[i].field->name, fields[i]);
    ga_import_destroy(import);
}

static void every_name_label_and_aka_is_a_heading(void **state)
{
    (void)state;
    const struct ga_form *form = school_form(&office.school, "child");
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *field = form->all[i];
        for (size_t a = 0; a < 3 + field->aka.count; a++) {
            const char *heading = a == 0 ? field->name : a == 1 ? field->label.zh : a == 2 ? field->label.en
                                                                                  : field->aka.items[a - 3].text;
            const char *text = ga_arena_printf(&office.arena, "姓名,\" %s （必填）\",鞋码,原因\n", heading);
            struct ga_import *import = office_open(&office, "child", office_file(&office, "h.csv", text, strlen(text)),
                                                   GA_IMPORT_FILL);
            size_t count;
            const struct ga_import_sheet *sheet = ga_import_sheets(import, &count);
            const struct ga_field *wanted = field->is_retired ? NULL : field; /* kept, readable, written no more */
            assert_true(sheet->columns[1].field == wanted || ga_str_equal(field->name, "name"));
            assert_null(sheet->columns[2].field);
            assert_false(sheet->columns[2].is_reason);
            assert_true(sheet->columns[3].is_reason || sheet->columns[3].field != NULL); /* key_reason is 原因 too */
            ga_import_destroy(import);
        }
    }
}

/* What the sheets of schools, of villages and of the pupils' register call these columns. */
static void what_schools_call_a_column_finds_its_field(void **state)
{
    (void)state;
    static const struct {
        const char *heading, *field;
    } known[] = {
        {"孩子姓名", "name"}, {"所在村", "village"}, {"村（社区）", "village"}, {"村民小组", "hamlet"},
        {"爸爸姓名", "father_name"}, {"爸爸手机", "father_phone"}, {"父亲手机号码", "father_phone"},
        {"妈妈手机", "mother_phone"}, {"母亲联系方式", "mother_phone"}, {"爸爸打工地点", "father_workplace"},
        {"母亲职业", "mother_work"}, {"监护人手机号", "guardian_phone"}, {"家长电话", "guardian_phone"},
        {"与留守儿童关系", "guardian_relation"}, {"身份证件号码", "id_number"}, {"就读方式", "boarding"},
        {"是否住宿", "boarding"}, {"家庭详细地址", "address"}, {"特长", "interests"}, {"入学日期", "enrolled_on"},
        {"结对教师", "proxy_parent"}, {"房间号", "dorm_room"}, {"接送人手机", "fetched_phone"}, {"档案编号", "card_no"},
    };
    for (size_t i = 0; i < GA_COUNT(known); i++) {
        const char *text = ga_arena_printf(&office.arena, "性别,民族,%s\n", known[i].heading);
        struct ga_import *import =
            office_open(&office, "child", office_file(&office, "h.csv", text, strlen(text)), GA_IMPORT_FILL);
        size_t count;
        const struct ga_field *field = ga_import_sheets(import, &count)->columns[2].field;
        assert_non_null(field);
        assert_string_equal(field->name, known[i].field);
        ga_import_destroy(import);
    }
}

static void the_register_of_pupils_says_yes_and_no_in_its_own_words(void **state)
{
    (void)state;
    struct tally tally = office_import_text(&office, "child",
        "序号,姓名,是否留守儿童,就读方式\n1,张三,双亲留守儿童,住校\n2,李四,非留守儿童,走读\n3,王五,单亲留守儿童,住 校\n4,赵六,也许,走读\n");
    assert_int_equal(tally.verdicts[GA_VERDICT_NEW], 3);
    assert_int_equal(tally.verdicts[GA_VERDICT_REFUSED], 1);
    assert_string_equal(office_text(&office, "SELECT group_concat(name || marked_left_behind || boarding, ' ') FROM"
                                             " (SELECT * FROM v_child ORDER BY card_no)"),
                        "张三11 李四00 王五11");
}

static void rosters_name_both_grandparents_and_mark_by_who_is_away(void **state)
{
    (void)state;
    struct tally tally = office_import_text(&office, "child",
        "姓名,与学生关系,留守类型\n张三,祖父母,父母外出\n李四,爷爷、奶奶,父亲务工\n王五,外公外婆,双亲\n赵六,父亲,未外出\n孙七,奶奶,\n");
    assert_int_equal(tally.verdicts[GA_VERDICT_NEW], 5);
    assert_string_equal(office_text(&office, "SELECT group_concat(guardian_relation || ' ' || guardian_kind || ' ' ||"
                                             " coalesce(absence_kind, '-') || coalesce(marked_left_behind, '-'), ', ') FROM"
                                             " (SELECT * FROM v_child ORDER BY card_no)"),
                        "grandparents_f grand both1, grandparents_f grand father1, grandparents_m grand both1,"
                        " father one_parent none-, grandmother_f grand --");
}

static void a_column_that_numbers_the_lines_is_known(void **state)
{
    (void)state;
    static const char *const headings[] = {"序号", "No.", "行号", "序 号"};
    for (size_t i = 0; i < GA_COUNT(headings); i++) {
        const char *text = ga_arena_printf(&office.arena, "%s,姓名,鞋码\n1,张三,36\n", headings[i]);
        struct ga_import *import =
            office_open(&office, "child", office_file(&office, "h.csv", text, strlen(text)), GA_IMPORT_FILL);
        size_t count;
        const struct ga_import_sheet *sheet = ga_import_sheets(import, &count);
        assert_true(sheet->columns[0].is_row_number);
        assert_null(sheet->columns[0].field);
        assert_false(sheet->columns[2].is_row_number);
        ga_import_destroy(import);
    }
}

static void titles_sums_and_notes_are_no_rows(void **state)
{
    (void)state;
    struct tally tally = office_import_text(&office, "child",
        "向阳小学花名册,,,\n,,,\n制表：罗老师,,,\n序号,姓名,班级,性别\n1,张三,三（2）班,男\n,,,\n2,李四,三2班,女\n"
        "序号,姓名,班级,性别\n3,王五,3.2,男\n,小计,,3\n合计,3人,,\n共3人,,,\n填表人：罗老师,,,2026.11.1\n");
    assert_int_equal(tally.rows, 3);
    assert_int_equal(tally.verdicts[GA_VERDICT_NEW], 3);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child WHERE grade = 'g3' AND class = '2'"), 3);
}

/* Two of these begin like a line of sums or a note, one has half a name only. */
static void a_name_alone_is_a_child(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import *import = plan_text("child",
        "序号,姓名,班级,村\n1,张三,,\n2,注云,,\n,共青,,\n3,,,红岩村\n,李小计,,\n小计,3,,\n4,,,\n注：打钩的是寄宿生,,,\n", GA_IMPORT_FILL);
    assert_int_equal(ga_import_rows(import), 5);
    assert_int_equal(ga_import_count(import, GA_VERDICT_NEW), 4);
    assert_int_equal(ga_import_count(import, GA_VERDICT_REFUSED), 1);
    const struct ga_import_spread *left_out = ga_import_left_out(import);
    assert_int_equal(left_out->rows, 3);
    assert_int_equal(left_out->runs_count, 1);
    assert_int_equal(left_out->runs[0].first, 7);
    assert_int_equal(left_out->runs[0].last, 9);
    office_must(ga_import_apply(import, NULL, &err), &err);
    assert_int_equal(ga_import_left_out(import)->rows, 3); /* read again, not counted again */
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child WHERE name IN ('张三','注云','共青','李小计')"), 4);
    ga_import_destroy(import);
}

static void a_gap_of_many_rows_is_one_note(void **state)
{
    (void)state;
    struct ga_import *import = plan_text("child",
        "姓名,村\n张三,红岩村\n李四,\n王五,\n赵六,红岩村\n陈七,\n", GA_IMPORT_FILL);
    size_t count, village = 0;
    const struct ga_import_note *notes = ga_import_notes(import, &count);
    for (size_t i = 0; i < count; i++) {
        if (strstr(notes[i].text, "村") == NULL)
            continue;
        village++;
        assert_int_equal(notes[i].spread.rows, 3);
        assert_int_equal(notes[i].spread.runs_count, 2);
        assert_int_equal(notes[i].spread.runs[0].first, 3);
        assert_int_equal(notes[i].spread.runs[0].last, 4);
        assert_int_equal(notes[i].spread.runs[1].last, 6);
    }
    assert_int_equal(village, 1);
    ga_import_destroy(import);
}

static void numbers_further_down_the_file_are_not_given_to_others(void **state)
{
    (void)state;
    office_import_text(&office, "child", "姓名,档号\n张三,\n李四,1\n王五,\n赵六,7\n孙七,\n周八,5\n吴九,\n");
    assert_string_equal(office_text(&office, "SELECT group_concat(name || card_no, ' ') FROM (SELECT * FROM v_child"
                                             " WHERE card_no IN (1, 5, 7) ORDER BY card_no)"), "李四1 周八5 赵六7");
    assert_int_equal(office_count(&office, "SELECT count(DISTINCT card_no) FROM v_child"), 7);
    assert_int_equal(office_count(&office, "SELECT max(card_no) FROM v_child"), 11);
}

static void another_childs_card_number_fills_nobodys_file(void **state)
{
    (void)state;
    office_import_text(&office, "child", "姓名,档号\n张三,1\n李四,2\n");
    struct tally tally = office_import_text(&office, "child", "姓名,档号,村\n王五,1,红岩村\n李四,2,大湾村\n");
    assert_int_equal(tally.verdicts[GA_VERDICT_REFUSED], 1);
    assert_int_equal(tally.verdicts[GA_VERDICT_FILLS], 1);
    assert_string_equal(office_text(&office, "SELECT group_concat(name || coalesce(village, '-'), ' ') FROM"
                                             " (SELECT * FROM v_child ORDER BY card_no)"), "张三- 李四大湾村");
}

static void sheets_named_like_classes_tell_the_class(void **state)
{
    (void)state;
    struct tally tally = office_import(&office, "child", ROSTERS "two-classes.xlsx", GA_IMPORT_FILL, NULL);
    assert_true(tally.verdicts[GA_VERDICT_NEW] > 0);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child WHERE grade IS NULL OR class IS NULL"), 0);
    assert_int_equal(office_count(&office, "SELECT count(DISTINCT grade || class) FROM v_child"), 2);
}

static void a_class_of_two_grades_keeps_the_grade_of_each_child(void **state)
{
    (void)state;
    office_import(&office, "child", ROSTERS "two-grades.xlsx", GA_IMPORT_FILL, NULL);
    assert_string_equal(office_text(&office, "SELECT group_concat(name || coalesce(grade, '-') || coalesce(class, '-'), ' ')"
                                             " FROM (SELECT * FROM v_child ORDER BY card_no)"),
                        "赵一g32 赵二g32 钱一g3复式 钱二g4复式 钱三-复式");
}

static void a_class_of_another_grade_refuses_the_row(void **state)
{
    (void)state;
    struct tally tally = office_import_text(&office, "child", "姓名,年级,班级\n张三,四年级,三2班\n李四,四年级,四2班\n");
    assert_int_equal(tally.verdicts[GA_VERDICT_REFUSED], 1);
    assert_int_equal(tally.verdicts[GA_VERDICT_NEW], 1);
}

static void words_for_no_answer_are_answers(void **state)
{
    (void)state;
    office_import_text(&office, "child",
        "姓名,监护人电话,母亲现状,母亲电话,身份证号,父亲姓名,家庭经济,备注\n张三,无,不详,不详,不知道,无,/,无\n");
    assert_string_equal(office_text(&office, "SELECT not_answered FROM v_child"),
                        "{\"id_number\":\"unknown\",\"mother_phone\":\"unknown\",\"guardian_phone\":\"not_applicable\"}");
    assert_string_equal(office_text(&office, "SELECT mother_state || father_name || note FROM v_child"), "unknown无无");
}

static void what_a_spreadsheet_made_of_values_is_undone(void **state)
{
    (void)state;
    office_import_text(&office, "child",
        "姓名,出生日期,父亲电话,档号\n张三,42248,13800001111.0,12.0\n");
    assert_string_equal(office_text(&office, "SELECT birth_date || father_phone || card_no FROM v_child"),
                        "2015-09-011380000111112");
}

static void only_what_is_wrong_is_refused(void **state)
{
    (void)state;
    assert_verdict("child", "姓名,班级\n张三,\n", GA_VERDICT_NEW, "没有填");
    assert_verdict("child", "姓名,出生日期\n张三,2015-02-30\n", GA_VERDICT_REFUSED, "出生日期");
    assert_verdict("child", "姓名,出生日期\n张三,2031-01-01\n", GA_VERDICT_REFUSED, "出生日期");
    assert_verdict("child", "姓名,民族\n张三,火星族\n", GA_VERDICT_REFUSED, "民族");
    assert_verdict("child", "姓名,性别,村,民族\n,男,红岩村,汉族\n", GA_VERDICT_REFUSED, "姓名");
    assert_verdict("child", "姓名,留守类型\n张三,无人监护\n", GA_VERDICT_NEW, "");
    assert_verdict("home_visit", "姓名,家访日期\n没有的人,2026-11-01\n", GA_VERDICT_REFUSED, "没有的人");
}

static void fill_keeps_what_is_there_and_update_does_not(void **state)
{
    (void)state;
    office_import_text(&office, "child", "姓名,年级,班级,村\n张三,三年级,2班,红岩村\n");
    static const char again[] = "姓名,年级,班级,村,备注\n张三,三年级,2班,大湾村,新来\n";
    assert_verdict("child", again, GA_VERDICT_CHANGES, "档案里是 红岩村，文件里是 大湾村");
    office_import_text(&office, "child", again);
    assert_string_equal(office_text(&office, "SELECT village || note FROM v_child"), "红岩村新来");
    const char *path = office_file(&office, "u.csv", again, strlen(again));
    office_import(&office, "child", path, GA_IMPORT_UPDATE, NULL);
    assert_string_equal(office_text(&office, "SELECT village || note FROM v_child"), "大湾村新来");
    assert_int_equal(office_import(&office, "child", path, GA_IMPORT_UPDATE, NULL).verdicts[GA_VERDICT_SAME], 1);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child"), 1);
}

static void doubles_in_the_file_become_one_child(void **state)
{
    (void)state;
    struct tally tally = office_import_text(&office, "child",
        "姓名,年级,班级,出生日期,村,备注\n张三,三年级,2班,2017-05-01,红岩村,\n张三,三年级,2班,2017-05-01,,好\n"
        "张三,三年级,2班,2017-05-01,大湾村,\n张三,三年级,2班,2017-06-01,,\n");
    assert_int_equal(tally.verdicts[GA_VERDICT_NEW], 2); /* another birthday is another child */
    assert_int_equal(tally.verdicts[GA_VERDICT_FILLS], 1);
    assert_int_equal(tally.verdicts[GA_VERDICT_CHANGES], 1);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child"), 2);
    assert_string_equal(office_text(&office, "SELECT village || note FROM v_child WHERE birth_date = '2017-05-01'"),
                        "红岩村好");
}

static void add_xs(struct ga_str *text, int count)
{
    for (int i = 0; i < count; i++)
        ga_str_add_char(text, 'x');
}

/* A sentence that names its field is not led in by the field's name once more. */
static void a_reason_names_its_field_once(void **state)
{
    (void)state;
    assert_verdict("child", "姓名,身份证号\n张三,110105194912310021\n", GA_VERDICT_REFUSED, "身份证号有误");
    struct ga_import *import = plan_text("child", "姓名,身份证号\n张三,110105194912310021\n", GA_IMPORT_FILL);
    assert_null(strstr(office_reasons(&office, import, 0), "身份证号：身份证号"));
    ga_import_destroy(import);
}

/* A name with a control character is refused, for it would be another name without it; free text loses it. */
static void hostile_cells_are_only_text(void **state)
{
    (void)state;
    enum { TEXT_BYTES_MAX = 16384, SPREADSHEET_BYTES_MAX = 32767 };
    struct ga_error err = {0};
    struct ga_str text = {0};
    ga_str_add(&text, "姓名,备注,小名\n张三,\"'=cmd|' /C calc'!A0\",\n李四,\"a\x01\x1b[31mb\",@x\n赵六,,\"a\x01\"\n"
                      "王五,\"'); DROP TABLE child; --\",\n孙七,\"");
    add_xs(&text, SPREADSHEET_BYTES_MAX);
    ga_str_add(&text, "\",\n周八,\"");
    add_xs(&text, TEXT_BYTES_MAX);
    ga_str_add(&text, "\",\n");
    struct ga_import *import = plan_text("child", ga_str_text(&text), GA_IMPORT_FILL);
    ga_str_finish(&text);
    assert_int_equal(ga_import_rows(import), 6);
    assert_int_equal(ga_import_count(import, GA_VERDICT_NEW), 4);
    assert_string_equal(office_reasons(&office, import, 2), "小名：姓名里有控制字符（U+0001）");
    assert_string_equal(office_reasons(&office, import, 4), "备注：内容超过 16384 字节");
    office_must(ga_import_apply(import, NULL, &err), &err);
    ga_import_destroy(import);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child"), 4);
    assert_string_equal(office_text(&office, "SELECT note FROM v_child WHERE name = '张三'"), "=cmd|' /C calc'!A0");
    assert_string_equal(office_text(&office, "SELECT note || nickname FROM v_child WHERE name = '李四'"), "a[31mb@x");
    assert_string_equal(office_text(&office, "SELECT note FROM v_child WHERE name = '王五'"), "'); DROP TABLE child; --");
    assert_int_equal(office_count(&office, "SELECT length(note) FROM v_child WHERE name = '周八'"), TEXT_BYTES_MAX);
}

static bool count_down(void *ctx, int64_t done, int64_t total)
{
    assert_true(done >= 0 && done <= total);
    return --*(int *)ctx >= 0;
}

static void stopping_at_any_step_writes_nothing(void **state)
{
    (void)state;
    struct ga_error err = {0};
    enum ga_rc rc = GA_CANCELLED;
    int stopped = 0;
    for (int n = 0; rc != GA_OK; n += 7, stopped++) {
        int left = n;
        const struct ga_progress progress = {count_down, &left};
        struct ga_import *import = office_open(&office, "child", ROSTERS "township-700.csv", GA_IMPORT_FILL);
        rc = ga_import_plan(import, &progress, &err);
        if (rc == GA_OK)
            rc = ga_import_apply(import, &progress, &err);
        assert_true(rc == GA_OK || rc == GA_CANCELLED);
        assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child"), rc == GA_OK ? 694 : 0);
        ga_import_destroy(import);
    }
    assert_true(stopped > 5);
}

static int64_t little_room(void *ctx, const char *path)
{
    (void)ctx, (void)path;
    return 1 << 20;
}

static void a_disk_that_is_too_full_is_said_before(void **state)
{
    (void)state;
    struct ga_io_ops io = *ga_io_system();
    struct ga_error err = {0};
    io.free_bytes = little_room;
    office.tools.io = &io;
    struct ga_import *import = office_open(&office, "child", ROSTERS "township-700.csv", GA_IMPORT_FILL);
    office_must(ga_import_plan(import, NULL, &err), &err);
    assert_int_equal(ga_import_apply(import, NULL, &err), GA_IO);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child"), 0);
    ga_import_destroy(import);
}

static void what_came_in_since_the_preview_is_not_replaced(void **state)
{
    (void)state;
    struct ga_error err = {0};
    const struct ga_uuid id = school_add_child(&office.school, "张三");
    school_edit(&office.school, "child", &id, "grade", "三年级");
    struct ga_import *import = plan_text("child",
        "姓名,年级,出生日期,村\n李四,三年级,2017-06-01,红岩村\n张三,三年级,,红岩村\n王五,三年级,2015-02-30,\n张三,三年级,,大坪村\n",
        GA_IMPORT_UPDATE);
    assert_int_equal(ga_import_count(import, GA_VERDICT_NEW), 1);
    assert_int_equal(ga_import_count(import, GA_VERDICT_FILLS), 1);
    assert_int_equal(ga_import_count(import, GA_VERDICT_CHANGES), 1);
    school_edit(&office.school, "child", &id, "village", "大湾村");
    office_must(ga_import_apply(import, NULL, &err), &err);
    assert_int_equal(ga_import_count(import, GA_VERDICT_NEW), 1);
    assert_int_equal(ga_import_count(import, GA_VERDICT_REFUSED), 3);
    for (size_t i = 1; i < 4; i += 2)
        assert_non_null(strstr(office_reasons(&office, import, i), "预览之后"));
    assert_non_null(strstr(office_reasons(&office, import, 2), "出生日期"));
    const char *rejects = office_path(&office, "r.csv");
    office_must(ga_import_write_rejects(import, rejects, GA_ZH, &err), &err);
    ga_import_destroy(import);
    assert_string_equal(school_read(&office.school, "child", &id, "village"), "大湾村");
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child"), 2); /* the others came in */
    assert_int_equal(office_import(&office, "child", rejects, GA_IMPORT_FILL, NULL).verdicts[GA_VERDICT_CHANGES], 2);
}

static void what_was_previewed_is_written_whatever_became_of_the_file(void **state)
{
    (void)state;
    struct ga_error err = {0};
    struct ga_import *import = plan_text("child", "姓名,档号,村\n张三,,红岩村\n李四,3,大坪村\n王五,,\n", GA_IMPORT_FILL);
    office_file(&office, "t.csv", "姓名\n赵六\n", strlen("姓名\n赵六\n"));
    office_must(ga_import_apply(import, NULL, &err), &err);
    ga_import_destroy(import);
    assert_string_equal(office_text(&office, "SELECT group_concat(name || card_no || coalesce(village, ''), ' ') FROM"
                                             " (SELECT * FROM v_child ORDER BY card_no)"),
                        "李四3大坪村 张三4红岩村 王五5");
}

static void files_that_hold_no_roster_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"a,b\n1,2\n", "%PDF-1.7\n", "姓名只是一句话，不是表头\n第二行\n"};
    const struct ga_import_options options = {.form = school_form(&office.school, "child")};
    for (size_t i = 0; i < GA_COUNT(texts); i++) {
        struct ga_import *import = NULL;
        struct ga_error err = {0};
        const char *path = office_file(&office, "n.xlsx", texts[i], strlen(texts[i]));
        assert_int_equal(ga_import_open(&office.tools, path, &options, &import, &err), GA_REFUSED);
        assert_null(import);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        TEST(every_heading_of_a_roster_has_its_field), TEST(every_name_label_and_aka_is_a_heading),
        TEST(what_schools_call_a_column_finds_its_field),
        TEST(the_register_of_pupils_says_yes_and_no_in_its_own_words), TEST(a_column_that_numbers_the_lines_is_known),
        TEST(rosters_name_both_grandparents_and_mark_by_who_is_away),
        TEST(titles_sums_and_notes_are_no_rows), TEST(a_name_alone_is_a_child),
        TEST(a_gap_of_many_rows_is_one_note), TEST(numbers_further_down_the_file_are_not_given_to_others),
        TEST(another_childs_card_number_fills_nobodys_file),
        TEST(sheets_named_like_classes_tell_the_class),
        TEST(a_class_of_two_grades_keeps_the_grade_of_each_child),
        TEST(a_class_of_another_grade_refuses_the_row),
        TEST(words_for_no_answer_are_answers), TEST(what_a_spreadsheet_made_of_values_is_undone),
        TEST(only_what_is_wrong_is_refused), TEST(fill_keeps_what_is_there_and_update_does_not),
        TEST(doubles_in_the_file_become_one_child), TEST(a_reason_names_its_field_once), TEST(hostile_cells_are_only_text),
        TEST(stopping_at_any_step_writes_nothing), TEST(a_disk_that_is_too_full_is_said_before),
        TEST(what_came_in_since_the_preview_is_not_replaced),
        TEST(what_was_previewed_is_written_whatever_became_of_the_file), TEST(files_that_hold_no_roster_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
