/* Forms are filled in, checked and saved as the golden pages show. */
#include "scene.h"

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

static const char club[] =
    "form: club\nversion: 1\nprotect: ordinary\ntitle: {zh: 兴趣小组, en: Club}\n"
    "roles: {read: [teacher], write: [teacher]}\nsummary: topic\nfields:\n"
    "  - {name: topic, type: text, label: {zh: 内容, en: Topic}, required: true}\n"
    "  - {name: about, type: heading, label: {zh: 谁参加了, en: Who took part}}\n"
    "  - {name: advice, type: note, label: {zh: 留守儿童优先, en: Left-behind children first}}\n"
    "  - name: pupils\n    type: repeat\n    label: {zh: 学生, en: Pupils}\n    required: true\n   "
    " fields:\n"
    "      - {name: pupil, type: record, of: child, label: {zh: 孩子, en: Child}, required: true}\n"
    "      - {name: mood, type: scale, max: 5, label: {zh: 情绪, en: Mood}}\n"
    "      - {name: remark, type: text, label: {zh: 说明, en: Remark}}\n"
    "  - {name: cost, type: money, label: {zh: 费用, en: Cost}}\n"
    "  - {name: starts, type: time, label: {zh: 开始, en: Starts}}\n";

static int start(void **state)
{
    const struct school_session_form form = {"club.yaml", club};
    struct scene *scene = scene_start(state, &form);
    scene->child = school_session_add(
        &scene->school, "child", NULL, "name=彭英俊", "sex=男", "birth_date=2017-3-12",
        "id_number=530325201703120016", "grade=三年级", "class=2", "village=红岩村", "hamlet=5组",
        "marked_left_behind=是", "absence_kind=双方外出", "guardian_relation=奶奶",
        "guardian_name=李桂花", "father_name=彭大勇", "father_phone=13812345678", NULL);
    scene_open(scene, &scene_below, NULL);
    return 0;
}

static void open_visit(struct scene *scene)
{
    ga_screen_record_new(ga_ui_top(scene->fake.ui), "home_visit", &scene->child, 1);
    ga_ui_paint(scene->fake.ui);
}

static void open_page(struct scene *scene, size_t page, const char *field)
{
    ga_screen_record_open(ga_ui_top(scene->fake.ui), &scene->child, page, field, 1);
    ga_ui_paint(scene->fake.ui);
}

static void an_empty_visit_is_filled_in_as_far_as_it_can_be(void **state)
{
    struct scene *scene = *state;
    open_visit(scene);
    scene_expect_everywhere(scene, "visit_new");
}

static void keys(struct scene *scene, uint32_t key, int times)
{
    for (int i = 0; i < times; i++)
        fake_tui_key(&scene->fake, key);
}

/* walks.md 1.5: date 21, outcome Enter, met Enter, concerns 1, words, phone changed y, save. */
static void a_visit_is_typed_as_the_walk_tells(void **state)
{
    struct scene *scene = *state;
    open_visit(scene);
    fake_tui_type(&scene->fake, "21");
    assert_true(fake_tui_shows(&scene->fake, "2026年11月21日 周六"));
    keys(scene, GA_KEY_ENTER, 6);
    assert_true(fake_tui_shows(&scene->fake, "1 无异常"));
    fake_tui_type(&scene->fake, "1");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "奶奶身体好，孩子爱画画。");
    fake_tui_expect(&scene->fake, "visit_typing", true);
    keys(scene, GA_KEY_ENTER, 3);
    fake_tui_type(&scene->fake, "y");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    fake_tui_expect(&scene->fake, "visit_offer", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "[2 父母]"));
    assert_true(scene->last.is_done);
}

static void all_problems_are_listed_then_met_one_by_one(void **state)
{
    struct scene *scene = *state;
    open_visit(scene);
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
    open_visit(scene);
    keys(scene, GA_KEY_ENTER, 6);
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
    open_visit(scene);
    keys(scene, GA_KEY_ENTER, 4);
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
    ga_screen_record_new(ga_ui_top(scene->fake.ui), "club", NULL, 1);
    ga_ui_paint(scene->fake.ui);
    fake_tui_type(&scene->fake, "画画");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    fake_tui_type(&scene->fake, "p");
    fake_tui_type(&scene->fake, "yj");
    fake_tui_expect(&scene->fake, "club_find", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "4");
    fake_tui_key(&scene->fake, GA_KEY_F(5));
    scene_expect_everywhere(scene, "club_rows");
    fake_tui_key(&scene->fake, GA_KEY_F(7));
    keys(scene, GA_KEY_ENTER, 4);
    fake_tui_type(&scene->fake, "12.5");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(scene->last.is_done);
}

static void why_there_is_no_answer_is_one_key(void **state)
{
    struct scene *scene = *state;
    open_page(scene, 1, "father_phone");
    fake_tui_key(&scene->fake, GA_KEY_F(3));
    fake_tui_type(&scene->fake, "3");
    fake_tui_key(&scene->fake, GA_KEY_UP);
    fake_tui_expect(&scene->fake, "child_no_phone", false);
}

/* A new number is typed over the old one; a blank adds a second. */
static void the_first_digit_begins_a_phone_anew(void **state)
{
    struct scene *scene = *state;
    open_page(scene, 1, "father_phone");
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
    open_page(scene, 0, NULL);
    assert_false(fake_tui_shows(&scene->fake, "53032520170312"));
    fake_tui_type(&scene->fake, "9");
    assert_true(fake_tui_shows(&scene->fake, "F4"));
    fake_tui_key(&scene->fake, GA_KEY_F(4));
    assert_true(fake_tui_shows(&scene->fake, "530325201703120016"));
    scene_expect_everywhere(scene, "child_page_1");
}

static void an_id_number_tells_the_rest_of_a_new_child(void **state)
{
    struct scene *scene = *state;
    ga_screen_record_new(ga_ui_top(scene->fake.ui), "child", NULL, 1);
    ga_ui_paint(scene->fake.ui);
    fake_tui_type(&scene->fake, "53032520170312");
    assert_true(fake_tui_shows(&scene->fake, "14"));
    fake_tui_type(&scene->fake, "0018");
    fake_tui_expect(&scene->fake, "child_id_wrong", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER); /* refused: the focus stays */
    fake_tui_key(&scene->fake, GA_KEY_BACKSPACE);
    fake_tui_type(&scene->fake, "6");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    scene_expect_everywhere(scene, "child_double");
    fake_tui_type(&scene->fake, "2");
    assert_true(fake_tui_shows(&scene->fake, "2017-03-12") ||
                fake_tui_shows(&scene->fake, "2017年3月12日"));
    fake_tui_expect(&scene->fake, "child_new", false);
}

/* No ID number: the sound of the name with the birth date tell as well; the file there is opens over the form. */
static void the_file_there_is_opens_instead_of_a_second_one(void **state)
{
    struct scene *scene = *state;
    ga_screen_record_new(ga_ui_top(scene->fake.ui), "child", NULL, 1);
    ga_ui_paint(scene->fake.ui);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "彭英军"); /* sounds the same */
    keys(scene, GA_KEY_ENTER, 2);
    fake_tui_type(&scene->fake, "2017.3.12");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "姓名同音、生日相同"));
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "****0016"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "彭英军")); /* what was typed waits below */
    keys(scene, GA_KEY_UP, 1);
    keys(scene, GA_KEY_ENTER, 1);
    assert_false(fake_tui_shows(&scene->fake, "是不是同一个孩子")); /* asked once */
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "必须填写") || fake_tui_shows(&scene->fake, "处要看一看"));
}

/* The draft that is kept while typing rests leaves out what cannot be kept, and the field as it is. */
static void half_a_number_is_no_answer_but_the_whole_one_is(void **state)
{
    struct scene *scene = *state;
    open_page(scene, 1, "father_phone");
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
    open_visit(scene);
    fake_tui_resize(&scene->fake, 12, 40);
    keys(scene, GA_KEY_ENTER, 6);
    fake_tui_expect(&scene->fake, "visit_scrolled_40x12", false);
    keys(scene, GA_KEY_ENTER, 8);
    assert_true(fake_tui_shows(&scene->fake, "▶纸质编号"));
    assert_true(fake_tui_shows(&scene->fake, "最后一项"));
}

static void esc_keeps_what_was_typed(void **state)
{
    struct scene *scene = *state;
    open_visit(scene);
    keys(scene, GA_KEY_ENTER, 7);
    fake_tui_type(&scene->fake, "还没写完");
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "草稿"));
    assert_false(scene->last.is_done);
    open_visit(scene);
    fake_tui_expect(&scene->fake, "visit_resumed", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "还没写完"));
}

static void a_rest_while_typing_keeps_the_draft(void **state)
{
    struct scene *scene = *state;
    int64_t draft = 0;
    open_visit(scene);
    keys(scene, GA_KEY_ENTER, 7);
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
    open_visit(scene);
    keys(scene, GA_KEY_ENTER, 7);
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_expect(&scene->fake, "visit_phrases", false);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "奶奶腿疼"));
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
        open_page(scene, 1, "father_phone");
        assert_true(fake_tui_shows(&scene->fake, "两台电脑填的不一样"));
        fake_tui_key(&scene->fake, GA_KEY_F(6));
        fake_tui_key(&scene->fake, GA_KEY_F(4));
        if (newest == 0)
            fake_tui_expect(&scene->fake, "conflict", false);
        keys(scene, GA_KEY_DOWN, newest);
        fake_tui_key(&scene->fake, GA_KEY_ENTER);
        fake_tui_key(&scene->fake, GA_CTRL('S'));
        assert_true(scene->last.is_done);
        assert_int_equal(count_conflicts(scene), 0);
    }
}

static void an_answer_that_cannot_be_kept_is_said_before_leaving(void **state)
{
    struct scene *scene = *state;
    open_page(scene, 1, "father_phone");
    fake_tui_key(&scene->fake, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "12");
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(
        fake_tui_shows(&scene->fake, "父亲电话")); /* still there, the message line says why */
    fake_tui_expect(&scene->fake, "child_phone_wrong", false);
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "首页"));
}

static void pages_turn_and_fields_are_walked_backwards(void **state)
{
    struct scene *scene = *state;
    open_page(scene, 0, NULL);
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
    open_visit(scene);
    keys(scene, GA_KEY_ENTER, 7);
    fake_tui_type(&scene->fake, "奶");
    fake_tui_type(&scene->fake, "奶");
    assert_int_equal(scene->fake.rows_sent, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_visit_is_filled_in_as_far_as_it_can_be, start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(a_visit_is_typed_as_the_walk_tells, start, scene_stop),
        cmocka_unit_test_setup_teardown(all_problems_are_listed_then_met_one_by_one, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_warning_asks_for_a_reason_once, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_whole_list_is_found_by_pinyin, start, scene_stop),
        cmocka_unit_test_setup_teardown(rows_are_added_found_and_taken_away, start, scene_stop),
        cmocka_unit_test_setup_teardown(why_there_is_no_answer_is_one_key, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_first_digit_begins_a_phone_anew, start, scene_stop),
        cmocka_unit_test_setup_teardown(an_id_number_stays_hidden_until_it_is_asked_for, start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(an_id_number_tells_the_rest_of_a_new_child, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_file_there_is_opens_instead_of_a_second_one, start, scene_stop),
        cmocka_unit_test_setup_teardown(half_a_number_is_no_answer_but_the_whole_one_is, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_form_taller_than_the_page_scrolls, start, scene_stop),
        cmocka_unit_test_setup_teardown(esc_keeps_what_was_typed, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_rest_while_typing_keeps_the_draft, start, scene_stop),
        cmocka_unit_test_setup_teardown(empty_words_offer_what_was_written_before, start, scene_stop),
        cmocka_unit_test_setup_teardown(two_values_stand_until_one_is_picked, start, scene_stop),
        cmocka_unit_test_setup_teardown(an_answer_that_cannot_be_kept_is_said_before_leaving, start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(pages_turn_and_fields_are_walked_backwards, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_character_repaints_its_field_alone, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
