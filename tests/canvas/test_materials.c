/* The papers for an inspection: what is there by month, what is missing, from which class. */
#include "scene.h"

#include "guanai/screen/checklist.h"
#include "guanai/screen/materials.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ADD(scene, class_no, name)                                                                                     \
    school_session_add(&(scene)->school, "child", NULL, "grade=三年级", "class=" class_no, "marked_left_behind=是", name, NULL)
#define RECORD(scene, form, child, ...) school_session_add(&(scene)->school, (form), (child), __VA_ARGS__, NULL)

/* Only talks are owed. In 三年级(2)班 何丽 was talked with, 崔子乐 not; 三年级(1)班 is complete. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    static const char *const OFF[] = {"duty=call_month", "duty=contact_month", "duty=visit_phase", "duty=guardian_talk_term"};
    const struct ga_uuid heli = ADD(scene, "2", "name=何丽"), yang = ADD(scene, "1", "name=杨梅");
    scene->child = ADD(scene, "2", "name=崔子乐");
    RECORD(scene, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    RECORD(scene, "class_teacher", NULL, "class=三年级(1)班", "teacher=李老师", "from_on=2026-09-01");
    for (size_t i = 0; i < sizeof(OFF) / sizeof(OFF[0]); i++)
        RECORD(scene, "duty_choice", NULL, OFF[i], "is_on=0", "from_on=2026-09-01");
    RECORD(scene, "talk", &heli, "talked_on=2026-11-20", "topics=study", "mood=4", "talker=周老师");
    RECORD(scene, "talk", &yang, "talked_on=2026-11-19", "topics=study", "mood=4", "talker=李老师");
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    ga_session_set_today(scene->school.session, (struct ga_date){2026, 11, 30});
    return 0;
}

static const char *top(struct scene *scene)
{
    return ga_ui_top(scene->fake.ui)->ops->name;
}

/* What is there by month, what is missing; Enter, Esc: the same cell. */
static void the_papers_for_an_inspection_say_what_is_missing_from_which_class(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_materials, NULL);
    scene_expect_everywhere(scene, "materials");
    scene_expect(scene, "谈心 · 11月: 已有 2，应有 3，缺 1");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect_everywhere(scene, "material_cell");
    scene_expect(scene, "三年级(2)班");
    scene_expect(scene, "已有 1/2，缺 1");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "checklist");
    PRESS(scene, GA_KEY_ESC, GA_KEY_ESC);
    assert_string_equal(top(scene), "materials");
    scene_expect(scene, "谈心 · 11月: 已有 2，应有 3，缺 1");
    PRESS(scene, GA_KEY_RIGHT, GA_KEY_RIGHT, GA_KEY_LEFT);
    scene_expect(scene, "谈心 · 12月: 还没到");
    PRESS(scene, GA_KEY_ENTER); /* nothing stands behind it */
    assert_string_equal(top(scene), "materials");
    PRESS(scene, '-');
    scene_expect(scene, "2026年春季学期");
    PRESS(scene, '+');
    scene_expect(scene, "谈心 · 11月: 已有 2，应有 3，缺 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_papers_for_an_inspection_say_what_is_missing_from_which_class, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
