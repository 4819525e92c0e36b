/* A changed form that would hide something is shown before it is in force. */
#include "scene.h"

#include "guanai/app/sync.h"
#include "guanai/screen/form_changes.h"
#include "guanai/screen/home.h"
#include "guanai/store/shared.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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

/* ---- the school's own files ---- */

#define SHARED_FORM(title) \
    "form: chess\nversion: 1\ntitle: {zh: " title ", en: Chess}\nof: child\nsummary: played_on\nprotect: ordinary\n" \
    "roles: {read: [teacher], write: [teacher]}\nfields:\n  - {name: played_on, type: date, label: {zh: 日期, en: Day}}\n"

static void hand_on(struct scene *scene, const char *name, const char *text)
{
    struct ga_save *save;
    const struct ga_shared_put put = {.name = name, .text = text, .len = text == NULL ? 0 : strlen(text)};
    assert_int_equal(ga_save_begin(scene->school.session->store, &save, NULL), GA_OK);
    assert_int_equal(ga_shared_put(save, &put, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static void lay(struct scene *scene, const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof(path), "%s/forms", scene->school.data);
    assert_int_equal(ga_io_make_dirs(ga_io_system(), path, NULL), GA_OK);
    snprintf(path, sizeof(path), "%s/forms/%s", scene->school.data, name);
    assert_int_equal(ga_io_write_file(ga_io_system(), path, text, strlen(text), NULL), GA_OK);
}

static bool lies(struct scene *scene, const char *name, const char *holding)
{
    char path[160];
    struct ga_str text = {0};
    snprintf(path, sizeof(path), "%s/forms/%s", scene->school.data, name);
    const bool is_there = ga_io_read_file(ga_io_system(), path, 1 << 18, &text, NULL) == GA_OK;
    const bool holds = is_there && strstr(ga_str_text(&text), holding) != NULL;
    ga_str_finish(&text);
    return holds;
}

/* As if a bundle of another computer had brought them. */
static int start_with_files(void **state)
{
    static const struct school_session_form none = {"club.yaml", CLUB("1", "")};
    struct scene *scene = scene_start(state, &none);
    assert_int_equal(ga_sync_set_label(scene->school.session, "石桥教学点", NULL), GA_OK);
    hand_on(scene, "chess.yaml", SHARED_FORM("下棋"));
    hand_on(scene, "duties/broken.yaml", "duty: broken\nversion: 1\n");
    hand_on(scene, "../../stolen.yaml", SHARED_FORM("别处"));
    hand_on(scene, "lists/pets.yaml", "list: pets\nchoices:\n  - {code: dog, label: {zh: 狗, en: Dog}}\n");
    hand_on(scene, "lists/pets.yaml", "list: pets\nchoices:\n  - {code: cat, label: {zh: 猫, en: Cat}}\n");
    lay(scene, "own.yaml", CLUB("1", "")); /* of the same name as the shipped one: a double is no fault above it */
    return 0;
}

static void files_of_other_computers_are_listed_with_what_is_wrong_with_them(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_form_changes, NULL);
    scene_expect_everywhere(scene, "form_changes_shared");
}

static void what_is_sound_is_taken_what_two_changed_is_picked_by_a_digit(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_form_changes, NULL);
    PRESS(scene, '2');
    fake_tui_expect(&scene->fake, "form_changes_picked", false);
    PRESS(scene, GA_CTRL('S'), 'y');
    assert_true(lies(scene, "chess.yaml", "下棋"));
    assert_true(lies(scene, "lists/pets.yaml", "code"));
    assert_false(lies(scene, "duties/broken.yaml", ""));
    assert_false(lies(scene, "../../stolen.yaml", ""));
    assert_non_null(ga_forms_get(scene->school.session->forms, "chess", NULL));
    fake_tui_expect(&scene->fake, "form_changes_left", false);
}

#define WITH_FILES(test) cmocka_unit_test_setup_teardown(test, start_with_files, scene_stop)
#define IN_SCENE(test) cmocka_unit_test_setup_teardown(test, start, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCENE(what_would_happen_is_said_in_the_words_of_the_form),
        IN_SCENE(the_administrator_takes_it_into_force),
        IN_SCENE(nobody_else_can),
        IN_SCENE(the_first_page_leads_there_while_a_form_waits),
        WITH_FILES(files_of_other_computers_are_listed_with_what_is_wrong_with_them),
        WITH_FILES(what_is_sound_is_taken_what_two_changed_is_picked_by_a_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
