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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_old_name_is_kept_by_one_key, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(a_slip_that_is_mended_leaves_no_former_name, record_scene_start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
