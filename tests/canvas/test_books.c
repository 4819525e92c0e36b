/* Records of no one child: where they stand, how a line of what is owed leads to them, with what filled in; several behind one cell. */
#include "scene.h"

#include "guanai/screen/checklist.h"
#include "guanai/screen/child.h"
#include "guanai/screen/due.h"
#include "guanai/screen/home.h"
#include "guanai/screen/more.h"
#include "guanai/screen/record_books.h"
#include "guanai/screen/year_end.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define RECORD(scene, form, child, ...) school_session_add(&(scene)->school, (form), (child), __VA_ARGS__, NULL)

/* Two sites with a child each, each with a home room; two calls with 何丽's mother this month. */
static int start(void **state)
{
    static const char config[] = "school: 红岩村小学\nsites:\n  - {code: main, label: {zh: 红岩中心校, en: Hongyan}, own: true}\n"
                                 "  - {code: dawan, label: {zh: 大湾教学点, en: Dawan}}\n";
    struct scene *scene = scene_start(state, NULL);
    char path[200];
    snprintf(path, sizeof(path), "%s/data/config.yaml", scene->school.folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fputs(config, file) < 0, 0);
    assert_int_equal(fclose(file), 0);
    school_session_reopen(&scene->school);
    scene->child = RECORD(scene, "child", NULL, "name=何丽", "site=main", "grade=三年级", "class=2", "marked_left_behind=是");
    RECORD(scene, "child", NULL, "name=石小湾", "site=dawan", "grade=三年级", "class=1", "marked_left_behind=是");
    RECORD(scene, "class_teacher", NULL, "site=main", "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    RECORD(scene, "class_teacher", NULL, "site=dawan", "class=三年级(1)班", "teacher=石老师", "from_on=2026-09-01");
    return 0;
}

static const char *top(struct scene *scene)
{
    return ga_ui_top(scene->fake.ui)->ops->name;
}

static void switch_on(struct scene *scene, const char *duty)
{
    RECORD(scene, "duty_choice", NULL, duty, "is_on=1", "from_on=2026-11-01");
}

/* The digit that stands before a text, walking on until it has one. */
static uint32_t digit_of(struct scene *scene, const char *text)
{
    uint32_t digit = 0;
    for (int i = 0; i < 40 && digit == 0; i++) {
        struct ga_str page = {0};
        ga_canvas_dump(ga_ui_canvas(scene->fake.ui), false, &page);
        const char *at = strstr(ga_str_text(&page), text), *line = at;
        while (line != NULL && line > ga_str_text(&page) && line[-1] != '\n')
            line--;
        if (line != NULL && line + strcspn(line, "123456789") < at)
            digit = (uint32_t)line[strcspn(line, "123456789")];
        else
            PRESS(scene, GA_KEY_DOWN);
        ga_str_finish(&page);
    }
    assert_int_not_equal(digit, 0);
    return digit;
}

/* More … → records of the school → the form → its records; a new one stands first there at once. */
static void what_is_of_no_child_has_a_page_where_it_is_looked_for(void **state)
{
    struct scene *scene = *state;
    RECORD(scene, "hazard", NULL, "found_on=2026-11-20", "site=main", "place=kitchen", "what=灶台漏气");
    RECORD(scene, "hazard", NULL, "found_on=2026-11-21", "site=dawan", "place=way", "what=桥上没有栏杆", "found_by=石老师");
    scene_open(scene, &ga_screen_more, NULL);
    assert_true(fake_tui_shows(&scene->fake, "学校的记录：会议、隐患、计划"));
    PRESS(scene, 'a'); /* the letter that stands beside it, past the ninth line */
    assert_string_equal(top(scene), "record_books");
    assert_true(fake_tui_shows(&scene->fake, "2  2026-11-21"));
    assert_true(fake_tui_shows(&scene->fake, "大湾教学点")); /* where there are several sites it is said of which */
    scene_expect_everywhere(scene, "record_books");
}

static void lines_that_all_fit_stay_in_sight_when_somebody_goes_back_up(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_record_books, NULL);
    PRESS(scene, GA_KEY_DOWN, GA_KEY_DOWN, GA_KEY_UP);
    assert_true(fake_tui_shows(&scene->fake, "  1  学习辅导"));
    assert_true(fake_tui_shows(&scene->fake, "▶ 2  集体活动"));
    PRESS(scene, GA_KEY_END, GA_KEY_PAGE_UP);
    assert_true(fake_tui_shows(&scene->fake, "▶ 1  学习辅导"));
    assert_true(fake_tui_shows(&scene->fake, "考核"));
}

static void records_are_searched_by_words_and_by_initials(void **state)
{
    struct scene *scene = *state;
    RECORD(scene, "hazard", NULL, "found_on=2026-11-20", "site=main", "place=kitchen", "what=灶台漏气");
    RECORD(scene, "hazard", NULL, "found_on=2026-11-21", "site=dawan", "place=way", "what=桥上没有栏杆");
    scene_open(scene, &ga_screen_record_books, NULL);
    PRESS(scene, digit_of(scene, "安全隐患"));
    assert_string_equal(top(scene), "records");
    assert_true(fake_tui_shows(&scene->fake, "灶台漏气"));
    PRESS(scene, '/');
    fake_tui_type(&scene->fake, "langan");
    assert_true(fake_tui_shows(&scene->fake, "1 / 2"));
    assert_false(fake_tui_shows(&scene->fake, "灶台漏气"));
    scene_expect_everywhere(scene, "records_found");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "桥上没有栏杆"));
    PRESS(scene, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "1 / 2")); /* still what was searched for */
    PRESS(scene, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "灶台漏气"));
    PRESS(scene, GA_KEY_ESC, 'n');
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "新建"));
}

static void a_site_that_owes_stands_in_the_form_that_closes_it(void **state)
{
    struct scene *scene = *state;
    switch_on(scene, "duty=hazard_month");
    switch_on(scene, "duty=home_room_week");
    scene_open(scene, &ga_screen_due, "hazard_month");
    PRESS(scene, 'c', '1');
    assert_true(fake_tui_shows(&scene->fake, "▶ 隐患排查                    大湾教学点"));
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "大湾教学点"));
    assert_false(fake_tui_shows(&scene->fake, "红岩中心校"));
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(top(scene), "due");
    assert_false(fake_tui_shows(&scene->fake, "草稿")); /* nobody typed anything: nothing is left unfinished */
    PRESS(scene, 'l');
    assert_string_equal(top(scene), "records");
    PRESS(scene, GA_KEY_ESC);
    scene_open(scene, &ga_screen_due, "home_room_week");
    PRESS(scene, 'c', '1', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "大湾教学点"));
}

/* Half filled and left, then thrown away and begun anew: the site is there both times. */
static void begun_anew_the_site_is_there_again(void **state)
{
    struct scene *scene = *state;
    switch_on(scene, "duty=hazard_month");
    scene_open(scene, &ga_screen_due, "hazard_month");
    PRESS(scene, 'c', '1', GA_KEY_ENTER, GA_KEY_ENTER, GA_KEY_ENTER, '1', GA_KEY_ESC);
    assert_string_equal(top(scene), "due");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "上次没有填完"));
    PRESS(scene, GA_KEY_DOWN, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "大湾教学点"));
}

static void what_kind_of_meeting_is_owed_is_no_question(void **state)
{
    struct scene *scene = *state;
    switch_on(scene, "duty=group_month");
    scene_open(scene, &ga_screen_due, "group_month");
    PRESS(scene, 'c', '1', GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "领导小组"));
}

static void open_cell(struct scene *scene, const char *words)
{
    scene_open(scene, &ga_screen_checklists, NULL);
    while (!fake_tui_shows(&scene->fake, "▶ 三年级(2)班"))
        PRESS(scene, GA_KEY_DOWN);
    PRESS(scene, GA_KEY_ENTER);
    for (int i = 0; i < 12 && !fake_tui_shows(&scene->fake, words); i++)
        PRESS(scene, GA_KEY_RIGHT);
    assert_true(fake_tui_shows(&scene->fake, words));
}

static void several_records_behind_a_cell_are_listed_and_lead_back_to_it(void **state)
{
    struct scene *scene = *state;
    RECORD(scene, "parent_call", &scene->child, "called_on=2026-11-05", "whom=mother", "outcome=no_answer");
    RECORD(scene, "parent_call", &scene->child, "called_on=2026-11-06", "whom=mother", "outcome=reached", "topics=study", "content=头一次");
    RECORD(scene, "parent_call", &scene->child, "called_on=2026-11-18", "whom=father", "outcome=reached", "topics=study", "content=第二次");
    open_cell(scene, "何丽 · 与家长通话");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "due_records");
    assert_true(fake_tui_shows(&scene->fake, "11月18日"));
    assert_true(fake_tui_shows(&scene->fake, "[试过]"));
    scene_expect_everywhere(scene, "due_records");
    PRESS(scene, GA_KEY_DOWN, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "头一次"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_ESC);
    assert_string_equal(top(scene), "checklist");
    assert_true(fake_tui_shows(&scene->fake, "何丽 · 与家长通话"));
    PRESS(scene, 'b', 'b'); /* sent back is the one that is marked */
    assert_true(fake_tui_shows(&scene->fake, "退回：何丽 11-18"));
}

static void an_excuse_names_its_duty_not_its_id(void **state)
{
    struct scene *scene = *state;
    RECORD(scene, "duty_outcome", &scene->child, "duty=call_month", "period=2026-11", "outcome=weather", "said_on=2026-11-20");
    open_cell(scene, "何丽 · 与家长通话");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    fake_tui_expect_sizes(&scene->fake, "excuse_opened");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "与家长通话"));
    assert_false(fake_tui_shows(&scene->fake, "call_month"));
}

static void one_record_behind_a_cell_is_opened_at_once(void **state)
{
    struct scene *scene = *state;
    RECORD(scene, "parent_call", &scene->child, "called_on=2026-11-18", "whom=father", "outcome=reached", "topics=study", "content=第二次");
    open_cell(scene, "何丽 · 与家长通话");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
}

/* The overview counts what the class itself owes: its sheet says by which record. */
static void what_the_class_itself_owes_has_a_row_that_leads_to_its_record(void **state)
{
    struct scene *scene = *state;
    RECORD(scene, "duty_choice", NULL, "duty=parents_meeting", "is_on=1", "from_on=2026-09-01");
    RECORD(scene, "meeting", NULL, "held_on=2026-09-10", "kind=parents", "title=开学家长会", "class=三年级(2)班");
    open_cell(scene, "何丽");
    PRESS(scene, '-', '-', GA_KEY_HOME);
    for (int i = 0; i < 12 && !fake_tui_shows(&scene->fake, "全班 · 家长会"); i++)
        PRESS(scene, GA_KEY_RIGHT);
    fake_tui_expect_sizes(&scene->fake, "checklist_class");
    PRESS(scene, 'o'); /* it has no file */
    assert_string_equal(top(scene), "checklist");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "开学家长会"));
    PRESS(scene, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "全班 · 家长会"));
}

/* Nine digits are not enough for the first page: they go with the mark. */
static void lines_past_the_ninth_get_the_digits_when_the_mark_is_there(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    scene_let_work(scene);
    PRESS(scene, GA_KEY_DOWN);
    assert_true(fake_tui_shows(&scene->fake, "再往下走，后面各行换上数字"));
    for (int i = 0; i < 9; i++)
        PRESS(scene, GA_KEY_DOWN);
    fake_tui_expect_sizes(&scene->fake, "home_digits");
    assert_true(fake_tui_shows(&scene->fake, "▶ 1"));
    PRESS(scene, GA_KEY_UP);
    assert_true(fake_tui_shows(&scene->fake, "▶ 9"));
}

static void who_was_found_is_written_down_with_one_key(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    fake_tui_type(&scene->fake, "hl");
    assert_true(fake_tui_shows(&scene->fake, "Tab 记一条"));
    PRESS(scene, GA_KEY_TAB);
    assert_true(fake_tui_shows(&scene->fake, "要记录什么"));
    PRESS(scene, '1');
    assert_string_equal(top(scene), "record");
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(top(scene), "child");
}

/* A class's new teacher is picked by the initials of somebody who is known already, or typed. */
static void a_class_teacher_is_picked_by_initials(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_year_teachers, NULL);
    assert_true(fake_tui_shows(&scene->fake, "三年级(2)班"));
    while (!fake_tui_shows(&scene->fake, "▶ 三年级(2)班"))
        PRESS(scene, GA_KEY_DOWN);
    PRESS(scene, GA_KEY_ENTER);
    fake_tui_expect_sizes(&scene->fake, "teacher_asked");
    fake_tui_type(&scene->fake, "sls");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "year_teachers");
    assert_true(fake_tui_shows(&scene->fake, "三年级(2)班：石老师"));
}

/* In any field that wants a person. */
static void a_name_in_a_form_is_picked_by_initials(void **state)
{
    struct scene *scene = *state;
    switch_on(scene, "duty=hazard_month");
    scene_open(scene, &ga_screen_due, "hazard_month");
    PRESS(scene, 'c', '1', GA_KEY_ENTER, GA_KEY_ENTER, GA_KEY_ENTER, '1', GA_KEY_ENTER, 'x', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "▶发现人"));
    assert_true(fake_tui_shows(&scene->fake, "打姓名首字母再按向下键"));
    fake_tui_type(&scene->fake, "sls");
    PRESS(scene, GA_KEY_DOWN);
    assert_true(fake_tui_shows(&scene->fake, "已知的人名"));
    assert_false(fake_tui_shows(&scene->fake, "周老师 ")); /* only whom the letters mean */
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "发现人   石老师"));
}

/* Which activity was meant is not found by the name of a person. */
static void a_record_that_is_of_no_child_is_picked_from_a_list(void **state)
{
    struct scene *scene = *state;
    RECORD(scene, "activity", NULL, "held_on=2026-11-20", "title=防溺水班会", "kind=safety", "safety_topics=water");
    scene_open(scene, &ga_screen_record_books, NULL);
    PRESS(scene, digit_of(scene, "工作计划"), 'n');
    fake_tui_type(&scene->fake, "2026-11");
    PRESS(scene, GA_KEY_ENTER, '1', GA_KEY_ENTER, 'x', GA_KEY_ENTER, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "20");
    PRESS(scene, GA_KEY_ENTER, '1', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "▶哪次活动   按空格列出来选，或输入日期、词语"));
    PRESS(scene, ' ');
    assert_true(fake_tui_shows(&scene->fake, "日期、词语"));
    assert_false(fake_tui_shows(&scene->fake, "姓名、拼音"));
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "哪次活动   2026-11-20 防溺水班会"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_of_no_child_has_a_page_where_it_is_looked_for, start, scene_stop),
        cmocka_unit_test_setup_teardown(lines_that_all_fit_stay_in_sight_when_somebody_goes_back_up, start, scene_stop),
        cmocka_unit_test_setup_teardown(records_are_searched_by_words_and_by_initials, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_site_that_owes_stands_in_the_form_that_closes_it, start, scene_stop),
        cmocka_unit_test_setup_teardown(begun_anew_the_site_is_there_again, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_kind_of_meeting_is_owed_is_no_question, start, scene_stop),
        cmocka_unit_test_setup_teardown(several_records_behind_a_cell_are_listed_and_lead_back_to_it, start, scene_stop),
        cmocka_unit_test_setup_teardown(an_excuse_names_its_duty_not_its_id, start, scene_stop),
        cmocka_unit_test_setup_teardown(one_record_behind_a_cell_is_opened_at_once, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_the_class_itself_owes_has_a_row_that_leads_to_its_record, start, scene_stop),
        cmocka_unit_test_setup_teardown(lines_past_the_ninth_get_the_digits_when_the_mark_is_there, start, scene_stop),
        cmocka_unit_test_setup_teardown(who_was_found_is_written_down_with_one_key, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_class_teacher_is_picked_by_initials, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_record_that_is_of_no_child_is_picked_from_a_list, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_name_in_a_form_is_picked_by_initials, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
