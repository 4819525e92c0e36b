/* Which child the page on top is about: what the key for a mandatory report goes by. */
#include "scene.h"

#include "guanai/app/note.h"
#include "guanai/app/send_back.h"
#include "guanai/app/trip.h"
#include "guanai/base/alloc.h"
#include "guanai/screen/alarms.h"
#include "guanai/screen/due.h"
#include "guanai/screen/notes.h"
#include "guanai/screen/priorities.h"
#include "guanai/screen/roster.h"
#include "guanai/screen/schedule.h"
#include "guanai/screen/sent_back.h"
#include "guanai/screen/trip.h"
#include "guanai/screen/year_end.h"
#include "guanai/tui/loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define RECORD(scene, form, child, ...) school_session_add(&(scene)->school, (form), (child), __VA_ARGS__, NULL)

static const struct ga_date saturday = {2026, 11, 28};

/* 何丽 stands on every page: nobody guards her, her birthday is near, a trip goes to her, a record of hers was sent back. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    struct ga_session *session = scene->school.session;
    scene->child = RECORD(scene, "child", NULL, "name=何丽", "grade=三年级", "class=2", "marked_left_behind=是", "village=红岩村",
                          "birth_date=2018-11-27", "guardian_kind=none");
    RECORD(scene, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    ga_session_set_user(session, "周老师", NULL);
    const struct ga_uuid talk = RECORD(scene, "talk", &scene->child, "talked_on=2026-11-20", "topics=study", "mood=4");
    RECORD(scene, "home_visit", &scene->child, "visited_on=2026-11-21", "outcome=not_home", "follow_up_on=2026-11-28", "visitor=周老师");
    assert_int_equal(ga_trip_save(session, saturday, &scene->child, 1, "红岩村", NULL, NULL), GA_OK);
    const struct ga_form *form = ga_forms_get(session->forms, "talk", NULL);
    const struct ga_note_place place = {.form = form, .record = talk, .child = scene->child, .field = ga_form_field(form, "mood")};
    assert_int_equal(ga_note_write(session, &place, "再问一次", NULL), GA_OK);
    ga_session_set_user(session, "吴校长", NULL);
    assert_int_equal(ga_send_back(session, &talk, "写清楚", NULL), GA_OK);
    return 0;
}

static int start_empty(void **state)
{
    scene_start(state, NULL);
    return 0;
}

static const struct ga_screen_schedule_day_arg day = {.day = {2026, 11, 28}};

static const struct {
    const struct ga_screen_ops *ops;
    const void *arg;
    uint32_t key; /* that marks a row with the child */
} pages[] = {
    {&ga_screen_alarms, NULL, GA_KEY_HOME},      {&ga_screen_birthdays, NULL, GA_KEY_HOME},
    {&ga_screen_due, NULL, GA_KEY_HOME},         {&ga_screen_note_list, NULL, GA_KEY_HOME},
    {&ga_screen_priorities, NULL, GA_KEY_HOME},  {&ga_screen_roster, NULL, GA_KEY_HOME},
    {&ga_screen_schedule_day, &day, GA_KEY_END}, {&ga_screen_sent_back, NULL, GA_KEY_HOME},
    {&ga_screen_trips, NULL, GA_KEY_END},        {&ga_screen_year_classes, NULL, GA_KEY_ENTER},
};

static void a_page_with_a_child_marked_is_about_that_child(void **state)
{
    struct scene *scene = *state;
    for (size_t i = 0; i < GA_COUNT(pages); i++) {
        struct ga_uuid about = {0};
        scene_open(scene, pages[i].ops, pages[i].arg);
        PRESS(scene, pages[i].key);
        if (!ga_ui_about(scene->fake.ui, &about) || ga_uuid_compare(&about, &scene->child) != 0)
            fail_msg("%s is about another, or nobody", pages[i].ops->name);
    }
}

static void the_explanation_of_a_page_is_about_its_child_too(void **state)
{
    struct scene *scene = *state;
    struct ga_uuid about = {0};
    scene_open(scene, &ga_screen_roster, NULL);
    PRESS(scene, GA_KEY_F(1));
    assert_true(ga_ui_about(scene->fake.ui, &about));
    assert_int_equal(ga_uuid_compare(&about, &scene->child), 0);
}

static void a_page_without_a_row_is_about_nobody(void **state)
{
    struct scene *scene = *state;
    for (size_t i = 0; i < GA_COUNT(pages); i++) {
        struct ga_uuid about;
        scene_open(scene, pages[i].ops, pages[i].arg);
        if (ga_ui_about(scene->fake.ui, &about))
            fail_msg("%s is about somebody", pages[i].ops->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_page_with_a_child_marked_is_about_that_child, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_explanation_of_a_page_is_about_its_child_too, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_page_without_a_row_is_about_nobody, start_empty, scene_stop),
    };
    return cmocka_run_group_tests_name("canvas_about", tests, NULL, NULL);
}
