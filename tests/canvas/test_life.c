/* What becomes of a child's file over the years: another name, leaving, another site, coming back. */
#include "record_scene.h"

#include "guanai/app/entry.h"
#include "guanai/base/alloc.h"
#include "guanai/screen/child.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *stored(struct scene *scene, const char *field)
{
    static char text[100];
    struct ga_answers answers;
    struct ga_session *session = scene->school.session;
    const struct ga_form *form = ga_forms_get(session->forms, "child", NULL);
    assert_int_equal(ga_store_read(session->store, form, &scene->child, &answers, NULL, NULL), GA_OK);
    const struct ga_answer *answer = ga_answers_at(&answers, ga_form_field(form, field));
    ga_str_copy(text, sizeof(text), answer->state == GA_ANSWERED ? answer->value.text : "");
    ga_answers_finish(&answers);
    return text;
}

/* 彭英俊 becomes 彭俊 in the form that is open. */
static void rename_child(struct scene *scene)
{
    record_scene_page(scene, 0, "name");
    record_scene_keys(scene, GA_KEY_BACKSPACE, 2);
    fake_tui_type(&scene->fake, "俊");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
}

static void the_old_name_is_kept_by_one_key(void **state)
{
    struct scene *scene = *state;
    rename_child(scene);
    scene_expect_everywhere(scene, "name_changed");
    fake_tui_type(&scene->fake, "y");
    assert_true(scene->last.is_done);
    assert_string_equal(stored(scene, "name"), "彭俊");
    assert_string_equal(stored(scene, "former_name"), "彭英俊");
}

static void a_slip_that_is_mended_leaves_no_former_name(void **state)
{
    struct scene *scene = *state;
    rename_child(scene);
    fake_tui_key(&scene->fake, GA_KEY_ESC); /* back: nothing is saved */
    assert_string_equal(stored(scene, "name"), "彭英俊");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    fake_tui_type(&scene->fake, "n");
    assert_true(scene->last.is_done);
    assert_string_equal(stored(scene, "name"), "彭俊");
    assert_string_equal(stored(scene, "former_name"), "");
}

static void open_file(struct scene *scene)
{
    scene_open(scene, &scene_below, NULL);
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &scene->child, 1);
    ga_ui_paint(scene->fake.ui);
}

static void a_child_leaves_by_three_keys(void **state)
{
    struct scene *scene = *state;
    open_file(scene);
    PRESS(scene, 'l');
    scene_expect_everywhere(scene, "file_change");
    PRESS(scene, '1');
    assert_true(fake_tui_shows(&scene->fake, "随父母外出"));
    PRESS(scene, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "[已离校 2026-11-23 随父母外出(借读)]"));
    assert_false(fake_tui_shows(&scene->fake, "l 变动")); /* gone: b brings it back */
}

static void who_is_away_for_a_while_is_marked_as_long_as_it_lasts(void **state)
{
    struct scene *scene = *state;
    school_session_add(&scene->school, "status_change", &scene->child, "kind=away", "from_on=2026-11-20",
                       "until_on=2026-11-23", NULL);
    open_file(scene);
    scene_expect_everywhere(scene, "file_away");
    PRESS(scene, 'b', 'y');
    assert_false(fake_tui_shows(&scene->fake, "[暂离"));
    assert_true(fake_tui_shows(&scene->fake, "返乡复学"));
}

static void bed_and_fetcher_stand_on_the_first_page(void **state)
{
    struct scene *scene = *state;
    record_scene_page(scene, 2, "boarding");
    PRESS(scene, '1', GA_CTRL('S'));
    school_session_add(&scene->school, "status_change", &scene->child, "kind=父母返乡", NULL);
    struct ga_entry *entry;
    assert_int_equal(ga_entry_open(scene->school.session, &scene->child, &entry, NULL), GA_OK);
    static const char *const said[][2] = {
        {"dorm_room", "2栋203"}, {"dorm_bed", "4"}, {"fetched_by", "奶奶 朱强东"}, {"fetched_phone", "13800001111"}};
    for (size_t i = 0; i < GA_COUNT(said); i++)
        assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, said[i][0]), NULL, said[i][1], NULL, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
    open_file(scene);
    scene_expect_everywhere(scene, "file_boards");
    PRESS(scene, GA_KEY_END, GA_KEY_UP, GA_KEY_ENTER); /* and Enter opens it where it is asked */
    assert_true(fake_tui_shows(&scene->fake, "▶接送人"));
}

static void a_number_another_child_has_is_said_where_it_is_typed(void **state)
{
    struct scene *scene = *state;
    school_session_add(&scene->school, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    record_scene_page(scene, 0, "card_no");
    PRESS(scene, GA_CTRL('U'), '2', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "2 号已经是 何丽（三年级(2)班）的"));
    PRESS(scene, GA_CTRL('S'));
    scene_expect_everywhere(scene, "card_taken");
    PRESS(scene, GA_CTRL('U'), '9', GA_CTRL('S'));
    assert_true(scene->last.is_done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_old_name_is_kept_by_one_key, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(a_slip_that_is_mended_leaves_no_former_name, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(a_child_leaves_by_three_keys, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(who_is_away_for_a_while_is_marked_as_long_as_it_lasts, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(bed_and_fetcher_stand_on_the_first_page, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(a_number_another_child_has_is_said_where_it_is_typed, record_scene_start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
