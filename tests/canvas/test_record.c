/* Forms are filled in, checked and saved as the golden pages show. */
#include "record_scene.h"

#include "guanai/app/entry.h"
#include "guanai/base/alloc.h"
#include "guanai/screen/child.h"
#include "guanai/screen/record.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void an_empty_visit_is_filled_in_as_far_as_it_can_be(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    scene_expect_everywhere(scene, "visit_new");
}

/* walks.md 1.5: date 21, outcome Enter, met Enter, concerns 1, words, phone changed y, save. */
static void a_visit_is_typed_as_the_walk_tells(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    fake_tui_type(&scene->fake, "21");
    assert_true(fake_tui_shows(&scene->fake, "2026年11月21日 周六"));
    record_scene_keys(scene, GA_KEY_ENTER, 6);
    assert_true(fake_tui_shows(&scene->fake, "1 无异常"));
    fake_tui_type(&scene->fake, "1");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "奶奶身体好，孩子爱画画。");
    fake_tui_expect(&scene->fake, "visit_typing", true);
    record_scene_keys(scene, GA_KEY_ENTER, 3);
    fake_tui_type(&scene->fake, "y");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    fake_tui_expect(&scene->fake, "visit_offer", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "[2 父母]"));
    assert_true(fake_tui_shows(&scene->fake, "▶父亲电话"));
    assert_true(scene->last.is_done);
}

static void all_problems_are_listed_then_met_one_by_one(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    fake_tui_type(&scene->fake, "2026-12-24");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    scene_expect_everywhere(scene, "visit_problems");
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_expect(&scene->fake, "visit_problem_met", false);
    assert_false(scene->last.is_done);
}

static void a_warning_asks_for_a_reason_once(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    record_scene_keys(scene, GA_KEY_ENTER, 6);
    fake_tui_type(&scene->fake, "3");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    fake_tui_expect(&scene->fake, "visit_reason", false);
    fake_tui_type(&scene->fake, "下周要搬家");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(scene->last.is_done);
    assert_true(fake_tui_shows(&scene->fake, "已保存"));
}

static void a_whole_list_is_found_by_pinyin(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    record_scene_keys(scene, GA_KEY_ENTER, 4);
    fake_tui_type(&scene->fake, "0");
    scene_expect_everywhere(scene, "visit_relations");
    fake_tui_type(&scene->fake, "jj");
    fake_tui_key(&scene->fake, GA_KEY_BACKSPACE);
    fake_tui_key(&scene->fake, GA_KEY_BACKSPACE);
    fake_tui_type(&scene->fake, "tgls");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "托管老师"));
}

static void rows_are_added_found_and_taken_away(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "club");
    fake_tui_type(&scene->fake, "画画");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    fake_tui_type(&scene->fake, "4");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "p");
    fake_tui_type(&scene->fake, "yj");
    fake_tui_expect(&scene->fake, "club_find", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    scene_expect_everywhere(scene, "club_rows");
    fake_tui_key(&scene->fake, GA_KEY_F(7));
    record_scene_keys(scene, GA_KEY_ENTER, 4);
    fake_tui_type(&scene->fake, "12.5");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(scene->last.is_done);
}

static void why_there_is_no_answer_is_one_key(void **state)
{
    struct scene *scene = *state;
    record_scene_page(scene, 1, "father_phone");
    fake_tui_key(&scene->fake, GA_KEY_F(3));
    fake_tui_type(&scene->fake, "3");
    fake_tui_key(&scene->fake, GA_KEY_UP);
    fake_tui_expect(&scene->fake, "child_no_phone", false);
}

/* A new number is typed over the old one; a blank adds a second. */
static void the_first_digit_begins_a_phone_anew(void **state)
{
    struct scene *scene = *state;
    record_scene_page(scene, 1, "father_phone");
    fake_tui_type(&scene->fake, "13988887777");
    assert_true(fake_tui_shows(&scene->fake, "  13988887777"));
    assert_false(fake_tui_shows(&scene->fake, "13812345678"));
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_key(&scene->fake, GA_KEY_UP);
    fake_tui_type(&scene->fake, " 15");
    assert_true(fake_tui_shows(&scene->fake, "13988887777 15"));
}

static void an_id_number_stays_hidden_until_it_is_asked_for(void **state)
{
    struct scene *scene = *state;
    record_scene_page(scene, 0, NULL);
    assert_false(fake_tui_shows(&scene->fake, "53032520170312"));
    fake_tui_type(&scene->fake, "9");
    assert_true(fake_tui_shows(&scene->fake, "F4"));
    fake_tui_key(&scene->fake, GA_KEY_F(4));
    assert_true(fake_tui_shows(&scene->fake, "530325201703120016"));
    scene_expect_everywhere(scene, "child_page_1");
}

/* The draft that is kept while typing rests leaves out what cannot be kept, and the field as it is. */
static void half_a_number_is_no_answer_but_the_whole_one_is(void **state)
{
    struct scene *scene = *state;
    record_scene_page(scene, 1, "father_phone");
    fake_tui_key(&scene->fake, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "13812345678 13812345678 0874-12");
    fake_tui_wait(&scene->fake, 2100);
    fake_tui_key(&scene->fake, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "13912345678");
    fake_tui_wait(&scene->fake, 2100);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "13912345678"));
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(scene->last.is_done);
}

static void a_form_taller_than_the_page_scrolls(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    fake_tui_resize(&scene->fake, 12, 40);
    record_scene_keys(scene, GA_KEY_ENTER, 6);
    fake_tui_expect(&scene->fake, "visit_scrolled_40x12", false);
    record_scene_keys(scene, GA_KEY_ENTER, 8);
    assert_true(fake_tui_shows(&scene->fake, "▶纸质编号"));
    assert_true(fake_tui_shows(&scene->fake, "最后一项"));
}

static void esc_keeps_what_was_typed(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    record_scene_keys(scene, GA_KEY_ENTER, 7);
    fake_tui_type(&scene->fake, "还没写完");
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "草稿"));
    assert_false(scene->last.is_done);
    record_scene_visit(scene);
    fake_tui_expect(&scene->fake, "visit_resumed", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "还没写完"));
}

static void a_rest_while_typing_keeps_the_draft(void **state)
{
    struct scene *scene = *state;
    int64_t draft = 0;
    record_scene_visit(scene);
    record_scene_keys(scene, GA_KEY_ENTER, 7);
    fake_tui_type(&scene->fake, "写到一半");
    fake_tui_wait(&scene->fake, 2100);
    assert_int_equal(ga_draft_find(scene->school.session->store, "home_visit", NULL, &scene->child,
                                   "周老师", &draft, NULL),
                     GA_OK);
    assert_int_not_equal(draft, 0);
    fake_tui_stop(&scene->fake); /* as the power does: nobody is asked */
    school_session_reopen(&scene->school);
    scene_open(scene, &scene_below, NULL);
    ga_screen_record_resume(ga_ui_top(scene->fake.ui), draft, 1);
    ga_ui_paint(scene->fake.ui);
    assert_true(fake_tui_shows(&scene->fake, "写到一半"));
    fake_tui_type(&scene->fake, "了");
    assert_true(fake_tui_shows(&scene->fake, "写到一半了"));
}

static void empty_words_offer_what_was_written_before(void **state)
{
    struct scene *scene = *state;
    school_session_add(&scene->school, "home_visit", &scene->child, "content=一切都好", NULL);
    school_session_add(&scene->school, "home_visit", &scene->child, "content=奶奶腿疼", NULL);
    record_scene_visit(scene);
    record_scene_keys(scene, GA_KEY_ENTER, 7);
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_expect(&scene->fake, "visit_phrases", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "奶奶腿疼"));
    assert_false(fake_tui_shows(&scene->fake, "空着时")); /* filled: ↓ goes on */
}

/* Two copies of a file opened side by side, both saved: neither is lost, a person picks. */
static void say_differently(struct scene *scene, const char *const *phones)
{
    struct ga_entry *entries[2];
    struct ga_error err = {0};
    for (int i = 0; i < 2; i++)
        assert_int_equal(ga_entry_open(scene->school.session, &scene->child, &entries[i], &err),
                         GA_OK);
    for (int i = 0; i < 2; i++) {
        const struct ga_field *field = ga_form_field(entries[i]->form, "father_phone");
        assert_int_equal(ga_entry_set(entries[i], field, NULL, phones[i], NULL, &err), GA_OK);
        assert_int_equal(ga_entry_save(entries[i], NULL, &err), GA_OK);
        ga_entry_destroy(entries[i]);
    }
}

static size_t count_conflicts(struct scene *scene)
{
    struct ga_arena arena = {0};
    const char **groups;
    size_t count = 0;
    assert_int_equal(ga_store_conflicts(scene->school.session->store, &scene->child, &arena,
                                        &groups, &count, NULL),
                     GA_OK);
    ga_arena_finish(&arena);
    return count;
}

static void two_values_stand_until_one_is_picked(void **state)
{
    struct scene *scene = *state;
    static const char *const phones[][2] = {{"13900000001", "13900000002"},
                                            {"13900000003", "13900000004"}};
    for (int newest = 0; newest < 2; newest++) { /* also the one that stands in the field already */
        say_differently(scene, phones[newest]);
        assert_int_equal(count_conflicts(scene), 1);
        record_scene_page(scene, 1, "father_phone");
        assert_true(fake_tui_shows(&scene->fake, "两台电脑填的不一样"));
        fake_tui_key(&scene->fake, GA_KEY_F(6));
        fake_tui_key(&scene->fake, GA_KEY_F(4));
        if (newest == 0)
            fake_tui_expect(&scene->fake, "conflict", false);
        record_scene_keys(scene, GA_KEY_DOWN, newest);
        fake_tui_key(&scene->fake, GA_KEY_ENTER);
        fake_tui_key(&scene->fake, GA_CTRL('S'));
        assert_true(scene->last.is_done);
        assert_int_equal(count_conflicts(scene), 0);
    }
}

static void pages_turn_and_fields_are_walked_backwards(void **state)
{
    struct scene *scene = *state;
    record_scene_page(scene, 0, NULL);
    fake_tui_key(&scene->fake, GA_KEY_PAGE_DOWN);
    assert_true(fake_tui_shows(&scene->fake, "[2 父母]"));
    fake_tui_key(&scene->fake,
                 GA_KEY_BACKTAB); /* before the first field: the last of the page before */
    assert_true(fake_tui_shows(&scene->fake, "▶谁照看孩子"));
    fake_tui_key(&scene->fake, GA_KEY_TAB);
    assert_true(fake_tui_shows(&scene->fake, "[2 父母]"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "首页"));
    assert_false(fake_tui_shows(&scene->fake, "草稿")); /* nothing was changed, nothing is kept */
}

/* Typing repaints the field, asks no rule, counts in rows sent. */
static void a_character_repaints_its_field_alone(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    record_scene_keys(scene, GA_KEY_ENTER, 7);
    fake_tui_type(&scene->fake, "奶");
    fake_tui_type(&scene->fake, "奶");
    assert_int_equal(scene->fake.rows_sent, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_visit_is_filled_in_as_far_as_it_can_be, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(a_visit_is_typed_as_the_walk_tells, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(all_problems_are_listed_then_met_one_by_one, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(a_warning_asks_for_a_reason_once, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(a_whole_list_is_found_by_pinyin, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(rows_are_added_found_and_taken_away, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(why_there_is_no_answer_is_one_key, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(the_first_digit_begins_a_phone_anew, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(an_id_number_stays_hidden_until_it_is_asked_for, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(half_a_number_is_no_answer_but_the_whole_one_is, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(a_form_taller_than_the_page_scrolls, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(esc_keeps_what_was_typed, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(a_rest_while_typing_keeps_the_draft, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(empty_words_offer_what_was_written_before, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(two_values_stand_until_one_is_picked, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(pages_turn_and_fields_are_walked_backwards, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(a_character_repaints_its_field_alone, record_scene_start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
