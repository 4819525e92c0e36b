/* Two children with one card number: told on the first page, listed, parted by a key. */
#include "scene.h"

#include "guanai/screen/card_numbers.h"
#include "guanai/screen/home.h"
#include "guanai/store/doubles.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct ga_uuid other;

/* As if another computer had given the number: a screen would refuse it. */
static void give_number(struct scene *scene, const struct ga_uuid *child, int64_t number)
{
    struct ga_store *store = scene->school.session->store;
    const struct ga_form *form = ga_forms_get(scene->school.session->forms, "child", NULL);
    const struct ga_value value = ga_value_int(number);
    struct ga_answers before, after;
    struct ga_heads *heads;
    assert_int_equal(ga_store_read(store, form, child, &before, &heads, NULL), GA_OK);
    ga_answers_copy(&after, &before);
    ga_answers_set(&after, ga_form_field(form, "card_no"), &value);
    const struct ga_save_record record = {.after = &after, .before = &before, .heads = heads};
    assert_int_equal(ga_store_save(store, &record, 0, NULL, NULL), GA_OK);
    ga_heads_destroy(heads);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
}

static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    scene->child = school_session_add(&scene->school, "child", NULL, "name=何丽", "sex=女", "birth_date=2018-3-4",
                                      "grade=三年级", "class=2", "village=红岩村", NULL);
    other = school_session_add(&scene->school, "child", NULL, "name=彭英俊", "sex=男", "birth_date=2018-8-9",
                               "grade=四年级", "class=1", "village=大湾村", NULL);
    school_session_add(&scene->school, "living_care", &other, "kind=meals", "what=早餐", NULL);
    return 0;
}

static void the_first_page_leads_to_the_children_and_a_key_parts_them(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    assert_false(fake_tui_shows(&scene->fake, "档号相同"));
    give_number(scene, &scene->child, 2);
    scene_open(scene, &ga_screen_home, NULL);
    assert_true(fake_tui_shows(&scene->fake, "档号相同"));
    scene_open(scene, &ga_screen_card_numbers, NULL);
    scene_expect_everywhere(scene, "card_numbers");
    PRESS(scene, GA_KEY_DOWN, 'n');
    assert_true(fake_tui_shows(&scene->fake, "何丽 的档号现在是 3；按原号 2 仍能找到"));
    assert_true(fake_tui_shows(&scene->fake, "没有两个孩子用同一个档号"));
    scene_open(scene, &ga_screen_home, NULL);
    assert_false(fake_tui_shows(&scene->fake, "档号相同"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_page_leads_to_the_children_and_a_key_parts_them, start, scene_stop),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
