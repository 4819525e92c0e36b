/* A changed form that would hide something is shown before it is in force. */
#include "scene.h"

#include "guanai/screen/form_changes.h"
#include "guanai/screen/home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CLUB(version, keys)                                                                                 \
    "form: club\nversion: " version "\ntitle: {zh: 兴趣小组, en: Club}\nof: child\nsummary: activity\n"         \
    "protect: ordinary\nroles: {read: [teacher], write: [teacher]}\nfields:\n"                               \
    "  - {name: activity, type: text, label: {zh: 活动, en: Activity}}\n"                                    \
    "  - {name: place, type: text, label: {zh: 地点, en: Place}" keys "}\n"

static int start(void **state)
{
    static const struct school_session_form club = {"club.yaml", CLUB("1", "")};
    struct scene *scene = scene_start(state, &club);
    struct school_session *school = &scene->school;
    const struct ga_uuid child = school_session_add(school, "child", NULL, "name=彭英俊", NULL);
    school_session_add(school, "club", &child, "activity=画画", "place=操场", NULL);
    school_session_add(school, "club", &child, "activity=下棋", "place=教室", NULL);
    school_session_put_form(school, club.file, CLUB("2", ", relevant: activity = '画画'"));
    school_session_reopen(school);
    return 0;
}

static int64_t version_in_force(struct scene *scene)
{
    return ga_forms_get(scene->school.session->forms, "club", NULL)->version;
}

static void what_would_happen_is_said_in_the_words_of_the_form(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_form_changes, NULL);
    scene_expect_everywhere(scene, "form_changes");
    assert_int_equal(version_in_force(scene), 1);
}

static void the_administrator_takes_it_into_force(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_form_changes, NULL);
    PRESS(scene, GA_CTRL('S'), 'n');
    assert_int_equal(version_in_force(scene), 1);
    PRESS(scene, GA_CTRL('S'), 'y');
    assert_int_equal(version_in_force(scene), 2);
    assert_string_equal(ga_store_waiting_forms(scene->school.session->store), "");
}

static void nobody_else_can(void **state)
{
    struct scene *scene = *state;
    ga_session_set_user(scene->school.session, "罗老师", NULL); /* 周老师 was the first here */
    scene_open(scene, &ga_screen_form_changes, NULL);
    PRESS(scene, GA_CTRL('S'), 'y');
    assert_int_equal(version_in_force(scene), 1);
}

static void the_first_page_leads_there_while_a_form_waits(void **state)
{
    struct scene *scene = *state;
    ga_session_set_user(scene->school.session, "罗老师", NULL);
    scene_open(scene, &ga_screen_home, NULL);
    fake_tui_expect(&scene->fake, "home_forms_wait", false);
}

#define IN_SCENE(test) cmocka_unit_test_setup_teardown(test, start, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCENE(what_would_happen_is_said_in_the_words_of_the_form),
        IN_SCENE(the_administrator_takes_it_into_force),
        IN_SCENE(nobody_else_can),
        IN_SCENE(the_first_page_leads_there_while_a_form_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
