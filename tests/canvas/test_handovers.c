/* Classes that change hands: the class teachers of the new year, the handover with both names. */
#include "scene.h"

#include "guanai/app/care.h"
#include "guanai/screen/handovers.h"
#include "guanai/screen/year_end.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ADD(scene, form, child, ...) school_session_add(&(scene)->school, (form), (child), __VA_ARGS__, NULL)

/* 三年级(2)班 of 周老师, 六年级(1)班 of nobody; the year turns. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    scene->child = ADD(scene, "child", NULL, "name=何丽", "grade=三年级", "class=2", "marked_left_behind=是");
    ADD(scene, "child", NULL, "name=崔子乐", "grade=三年级", "class=2", "marked_left_behind=是");
    ADD(scene, "child", NULL, "name=杨梅", "grade=五年级", "class=1");
    ADD(scene, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    return 0;
}

static bool shows(struct scene *scene, const char *text)
{
    return fake_tui_shows(&scene->fake, text);
}

static void open_teachers(struct scene *scene)
{
    ga_session_set_today(scene->school.session, (struct ga_date){2027, 9, 1});
    scene_open(scene, &ga_screen_year_end, NULL);
    PRESS(scene, '6');
}

static void a_class_goes_on_with_its_teacher_unless_somebody_else_is_typed(void **state)
{
    struct scene *scene = *state;
    open_teachers(scene);
    assert_true(shows(scene, "接着带？"));
    scene_expect_everywhere(scene, "year_teachers");
    PRESS(scene, GA_KEY_DOWN, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "孙老师");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(shows(scene, "六年级(1)班：孙老师"));
    PRESS(scene, 'y');
    assert_true(shows(scene, "1 个班的班主任定了"));
    assert_false(shows(scene, "接着带？"));
    PRESS(scene, 'y');
    assert_true(shows(scene, "都已确认过了"));
}

/* Without a handover nobody asked: the plan kept the helper who had the class before. */
static void who_is_said_at_the_turn_of_the_year_is_offered_the_plans_of_the_key_children(void **state)
{
    struct scene *scene = *state;
    const struct ga_uuid child = ADD(scene, "child", NULL, "name=姚田华", "grade=三年级", "class=2", "marked_left_behind=是", "key_child=1");
    ADD(scene, "care_plan", &child, "reasons=none_guards", "problem=独自在家", "goal=有人照看", "owner=周老师", "lead=吴校长");
    open_teachers(scene);
    PRESS(scene, GA_KEY_ENTER, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "孙老师");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(shows(scene, "帮扶教师"));
    assert_true(shows(scene, "教师是周老师：姚田华"));
    PRESS(scene, 'n', GA_KEY_ESC, '5', '1', '6', GA_KEY_ENTER, GA_CTRL('U')); /* the class has gone up meanwhile */
    fake_tui_type(&scene->fake, "孙老师");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(shows(scene, "教师是周老师：姚田华"));
    PRESS(scene, 'y');
    assert_true(shows(scene, "1 份帮扶方案，帮扶教师改为孙老师"));
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ENTER); /* nothing is asked any more */
    assert_false(shows(scene, "教师是周老师"));
}

static void a_handover_is_filled_in_with_what_is_known_and_found_again(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_handovers, NULL);
    PRESS(scene, GA_KEY_ENTER);
    assert_true(shows(scene, "▶接收人"));
    scene_expect_everywhere(scene, "handover_new");
    fake_tui_type(&scene->fake, "李老师");
    PRESS(scene, GA_KEY_ENTER, GA_CTRL('S'));
    assert_true(shows(scene, "三年级(2)班 换班主任？"));
    scene_expect_everywhere(scene, "handover_follow");
    PRESS(scene, 'n');
    assert_true(shows(scene, "周老师 → 李老师"));
    assert_true(shows(scene, "未签字"));
    scene_expect_everywhere(scene, "handovers");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(shows(scene, "待做 谈心"));
    assert_true(shows(scene, "李老师"));
}

static void hand_over(struct scene *scene)
{
    scene_open(scene, &ga_screen_handovers, NULL);
    PRESS(scene, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "李老师");
    PRESS(scene, GA_KEY_ENTER, GA_CTRL('S'));
}

/* Who took the files over was asked nothing of what the class owes: that stayed with who had given them away. */
static void who_took_a_class_over_becomes_its_class_teacher_on_one_key(void **state)
{
    struct scene *scene = *state;
    hand_over(scene);
    PRESS(scene, 'y');
    assert_true(shows(scene, "三年级(2)班：李老师"));
    assert_true(shows(scene, "▶ 三年级(2)班 李老师"));
    PRESS(scene, GA_KEY_ENTER, GA_CTRL('S')); /* nothing is asked any more */
    assert_false(shows(scene, "换班主任"));
}

/* The plan kept its helper, so what it asks for stayed with who had gone. */
static void the_plans_of_key_children_go_to_who_took_the_class_over_with_both_names_kept(void **state)
{
    struct scene *scene = *state;
    const struct ga_due_ask of_taker = {.owner = "李老师", .duty = "key_week"}, of_giver = {.owner = "周老师", .duty = "key_week"};
    struct ga_arena arena = {0};
    struct ga_care *care;
    struct ga_due *dues;
    size_t count = 0;
    const struct ga_uuid child = ADD(scene, "child", NULL, "name=姚田华", "grade=三年级", "class=2", "marked_left_behind=是", "key_child=1");
    ADD(scene, "care_plan", &child, "reasons=none_guards", "problem=独自在家", "goal=有人照看", "owner=周老师", "lead=吴校长");
    hand_over(scene);
    PRESS(scene, 'y');
    assert_true(shows(scene, "帮扶教师"));
    scene_expect_everywhere(scene, "handover_plans");
    PRESS(scene, 'y');
    assert_true(shows(scene, "1 份帮扶方案"));
    assert_int_equal(ga_session_care(scene->school.session, NULL, &care, NULL), GA_OK);
    assert_int_equal(ga_due_list(care, &of_taker, &arena, &dues, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ga_due_list(care, &of_giver, &arena, &dues, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    PRESS(scene, GA_KEY_ENTER, GA_CTRL('S')); /* nothing is asked any more */
    assert_false(shows(scene, "两个名字"));
    ga_arena_finish(&arena);
}

/* Before the year turns and after it. */
static void who_took_a_class_over_in_summer_stands_among_the_teachers_of_the_new_year(void **state)
{
    struct scene *scene = *state;
    ga_session_set_today(scene->school.session, (struct ga_date){2027, 7, 3});
    hand_over(scene);
    assert_false(shows(scene, "换班主任")); /* 周老师 has it till the end of the year */
    open_teachers(scene);
    assert_true(shows(scene, "2 李老师                    接手？"));
    PRESS(scene, GA_KEY_ESC, '5', '1', '6');
    assert_true(shows(scene, "2 李老师                    接手？"));
    PRESS(scene, 'y');
    assert_false(shows(scene, "周老师"));
    assert_false(shows(scene, "接手？"));
}

/* It was written, then 何丽 was talked with: it is asked before anything old is opened, printed, signed. */
static void what_changed_before_it_is_signed_is_told_before_it_opens(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_handovers, NULL);
    PRESS(scene, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "李老师");
    PRESS(scene, GA_KEY_ENTER, GA_CTRL('S'), 'n');
    ADD(scene, "talk", &scene->child, "talked_on=2026-11-21", "topics=study", "mood=4", "talker=周老师");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(shows(scene, "+ 待做 谈心：崔子乐"));
    scene_expect_everywhere(scene, "handover_changed");
    PRESS(scene, '2');
    assert_true(shows(scene, "待做 谈心 2 人"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_ENTER, '1');
    assert_true(shows(scene, "待做 谈心：崔子乐"));
    assert_false(shows(scene, "待做 谈心 2 人"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_ENTER); /* nothing has changed since: it is not asked again */
    assert_true(shows(scene, "移交人已签字"));
}

static void without_a_handover_there_is_nothing_to_print(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_handovers, NULL);
    assert_false(shows(scene, "p 打印"));
    PRESS(scene, 'p');
    assert_false(shows(scene, "已写好"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_class_goes_on_with_its_teacher_unless_somebody_else_is_typed),
        CASE(who_is_said_at_the_turn_of_the_year_is_offered_the_plans_of_the_key_children),
        CASE(a_handover_is_filled_in_with_what_is_known_and_found_again),
        CASE(who_took_a_class_over_becomes_its_class_teacher_on_one_key),
        CASE(the_plans_of_key_children_go_to_who_took_the_class_over_with_both_names_kept),
        CASE(who_took_a_class_over_in_summer_stands_among_the_teachers_of_the_new_year),
        CASE(what_changed_before_it_is_signed_is_told_before_it_opens),
        CASE(without_a_handover_there_is_nothing_to_print),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
