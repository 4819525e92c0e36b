/* A record sent back with words: on the first screen of who did it until it is mended, then looked at again. */
#include "scene.h"

#include "guanai/app/entry.h"
#include "guanai/app/send_back.h"
#include "guanai/screen/checklist.h"
#include "guanai/screen/child.h"
#include "guanai/screen/home.h"
#include "guanai/screen/record.h"
#include "guanai/screen/sent_back.h"
#include "guanai/sql/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define RECORD(scene, form, child, ...) school_session_add(&(scene)->school, (form), (child), __VA_ARGS__, NULL)

static struct ga_uuid talk;

/* 周老师 talked with 何丽 and wrote nothing down; 小罗 typed it. The headteacher is at the keys. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    scene->child = school_session_add(&scene->school, "child", NULL, "name=何丽", "grade=三年级", "class=2", "marked_left_behind=是", NULL);
    RECORD(scene, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    ga_session_set_user(scene->school.session, "周老师", "小罗");
    talk = RECORD(scene, "talk", &scene->child, "talked_on=2026-11-20", "topics=study", "mood=4", "advice=好");
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    return 0;
}

/* A class nobody else looks after. */
static int start_alone(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    scene->child = school_session_add(&scene->school, "child", NULL, "name=何丽", "grade=三年级", "class=2", "marked_left_behind=是", NULL);
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    return 0;
}

static const char *top(struct scene *scene)
{
    return ga_ui_top(scene->fake.ui)->ops->name;
}

static void sit_down(struct scene *scene, const char *name)
{
    ga_session_set_user(scene->school.session, name, NULL);
}

static void open_home(struct scene *scene)
{
    scene_open(scene, &ga_screen_home, NULL);
    scene_let_work(scene);
}

static bool shows_none_sent_back(struct scene *scene)
{
    open_home(scene);
    return fake_tui_shows(&scene->fake, "未补 0");
}

static void that_nothing_was_ever_sent_back_is_said_to_who_looks_at_others(void **state)
{
    struct scene *scene = *state;
    assert_true(shows_none_sent_back(scene));
    sit_down(scene, "周老师");
    assert_false(shows_none_sent_back(scene));
}

static void who_works_alone_is_not_told_of_it_before_anything_was_sent_back(void **state)
{
    struct scene *scene = *state;
    assert_false(shows_none_sent_back(scene));
}

/* From the cell of the talk. */
static void send_back(struct scene *scene)
{
    scene_open(scene, &ga_screen_checklists, NULL);
    PRESS(scene, GA_KEY_ENTER, GA_KEY_RIGHT, 'b');
    scene_expect(scene, "退回：何丽 11-20 谈心记录");
    fake_tui_type(&scene->fake, "写清孩子睡在哪里");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "checklist");
    scene_expect(scene, "已退回：写清孩子睡在哪里");
}

static struct ga_sent_back_counts count(struct scene *scene)
{
    struct ga_arena arena = {0};
    struct ga_sent_back_counts counts;
    assert_int_equal(ga_sent_back_count(scene->school.session, &arena, &counts, NULL), GA_OK);
    counts.first = NULL;
    ga_arena_finish(&arena);
    return counts;
}

static void mend(struct scene *scene)
{
    struct ga_entry *entry;
    assert_int_equal(ga_entry_open(scene->school.session, &talk, &entry, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "advice"), NULL, "睡在奶奶家", NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

/* The first screen asks at every return to it; each one sent back costs a look at its record. */
static void it_is_read_anew_when_something_of_it_was_saved_and_told_to_whom_it_is_of(void **state)
{
    struct scene *scene = *state;
    struct ga_db *db = ga_store_db(scene->school.session->store);
    open_home(scene);
    send_back(scene);
    sit_down(scene, "周老师");
    assert_int_equal(count(scene).mine, 1);
    assert_int_equal(ga_db_exec(db, "UPDATE sent_back SET to_whom = '李老师'", NULL), GA_OK); /* behind its back */
    assert_int_equal(count(scene).mine, 1);
    sit_down(scene, "李老师");
    assert_int_equal(count(scene).mine, 0);
    school_session_add(&scene->school, "talk", &scene->child, "talked_on=2026-11-19", "topics=study", "mood=4", NULL); /* another record */
    sit_down(scene, "周老师");
    assert_int_equal(count(scene).mine, 1);
    assert_int_equal(count(scene).open, 1);
    mend(scene);
    assert_int_equal(count(scene).open, 0);
    assert_int_equal(count(scene).mended, 1);
}

static void what_is_sent_back_stands_with_its_words_on_the_first_screen_of_who_did_it(void **state)
{
    struct scene *scene = *state;
    open_home(scene);
    scene_expect(scene, "未补 0");
    send_back(scene);
    open_home(scene);
    scene_expect(scene, "未补 1");
    sit_down(scene, "周老师");
    open_home(scene);
    scene_expect(scene, "退回 1");
    scene_expect(scene, "何丽 11-20 谈心记录 – 写清孩子睡在哪里");
    sit_down(scene, "小罗"); /* who typed it is asked as well */
    assert_int_equal(count(scene).mine, 1);
    sit_down(scene, "李老师");
    assert_int_equal(count(scene).mine, 0);
}

static enum ga_rc accept_first(struct scene *scene)
{
    struct ga_arena arena = {0};
    struct ga_sent_back *items;
    size_t count = 0;
    assert_int_equal(ga_sent_back_list(scene->school.session, &arena, &items, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    const enum ga_rc rc = ga_sent_back_accept(scene->school.session, &items[0], NULL);
    ga_arena_finish(&arena);
    return rc;
}

static void a_record_that_was_changed_is_mended_and_accepted_by_another(void **state)
{
    struct scene *scene = *state;
    send_back(scene);
    sit_down(scene, "周老师");
    scene_open(scene, &ga_screen_sent_back, NULL);
    scene_expect(scene, "请补");
    scene_expect_everywhere(scene, "sent_back");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    scene_expect(scene, "吴校长 11月23日退回：写清孩子睡在哪里");
    scene_expect_everywhere(scene, "sent_back_record");
    PRESS(scene, GA_KEY_DOWN, GA_KEY_DOWN); /* it is no message that the next key takes away */
    scene_expect(scene, "吴校长 11月23日退回：写清孩子睡在哪里");
    PRESS(scene, GA_KEY_ESC);
    mend(scene);
    scene_open(scene, &ga_screen_sent_back, NULL);
    scene_expect(scene, "已补");
    assert_int_equal(count(scene).mine, 0);
    PRESS(scene, 'y'); /* nobody accepts own mending */
    assert_int_equal(count(scene).mended, 1);
    assert_int_equal(accept_first(scene), GA_DENIED); /* nor from anywhere else */
    assert_int_equal(count(scene).mended, 1);
    sit_down(scene, "吴校长");
    open_home(scene);
    scene_expect(scene, "未补 0 · 已补待看 1");
    scene_open(scene, &ga_screen_sent_back, NULL);
    PRESS(scene, 'y');
    scene_expect(scene, "已收下：何丽 11-20 谈心记录");
    assert_int_equal(count(scene).mended, 0);
    scene_expect(scene, "没有退回的记录");
}

static void open_talk(struct scene *scene)
{
    scene_open(scene, &ga_screen_home, NULL);
    ga_screen_record_open(ga_ui_top(scene->fake.ui), &talk, 0, NULL, 1);
    ga_ui_paint(scene->fake.ui);
    assert_string_equal(top(scene), "record");
}

static void the_record_says_who_sent_it_back_and_why_however_it_is_opened(void **state)
{
    struct scene *scene = *state;
    open_talk(scene);
    assert_false(fake_tui_shows(&scene->fake, "退回"));
    send_back(scene);
    sit_down(scene, "周老师");
    open_talk(scene);
    scene_expect(scene, "吴校长 11月23日退回：写清孩子睡在哪里");
    mend(scene);
    sit_down(scene, "吴校长");
    open_talk(scene);
    scene_expect(scene, "吴校长 11月23日退回，已补：写清孩子睡在哪里");
    assert_int_equal(accept_first(scene), GA_OK);
    open_talk(scene);
    assert_false(fake_tui_shows(&scene->fake, "退回"));
}

static void open_records_of_child(struct scene *scene)
{
    open_home(scene);
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &scene->child, 1);
    ga_ui_paint(scene->fake.ui);
    PRESS(scene, '5');
}

static void the_childs_file_marks_which_record_was_sent_back(void **state)
{
    struct scene *scene = *state;
    send_back(scene);
    sit_down(scene, "周老师");
    open_records_of_child(scene);
    scene_expect(scene, "[退回] [小罗 代录]");
    mend(scene);
    open_records_of_child(scene);
    assert_false(fake_tui_shows(&scene->fake, "[退回]"));
    scene_expect(scene, "[小罗 代录]");
}

/* Four rows of them: three stand over the fields, all in the help. */
static void words_too_long_for_the_record_stand_whole_in_its_help(void **state)
{
    struct scene *scene = *state;
    struct ga_str words = {0};
    for (int i = 0; i < 16; i++)
        ga_str_add(&words, "写清孩子睡在哪里，");
    ga_str_add(&words, "和谁一起吃饭");
    assert_int_equal(ga_send_back(scene->school.session, &talk, ga_str_text(&words), NULL), GA_OK);
    ga_str_finish(&words);
    open_talk(scene);
    scene_expect(scene, "吴校长 11月23日退回：写清孩子睡在哪里");
    scene_expect(scene, "谈心日期");
    assert_false(fake_tui_shows(&scene->fake, "谁一起吃饭"));
    PRESS(scene, GA_KEY_F(1));
    scene_expect(scene, "谁一起吃饭");
}

static void the_cell_on_the_checklist_says_what_was_sent_back_and_what_was_mended(void **state)
{
    struct scene *scene = *state;
    send_back(scene);
    scene_expect(scene, "11-20 退回");
    PRESS(scene, GA_KEY_LEFT, GA_KEY_RIGHT);
    scene_expect(scene, "完成 · 退回：写清孩子睡在哪里");
    mend(scene);
    scene_open(scene, &ga_screen_checklists, NULL);
    PRESS(scene, GA_KEY_ENTER, GA_KEY_RIGHT);
    scene_expect(scene, "11-20 已补");
    scene_expect(scene, "完成 · 已补待看：写清孩子睡在哪里");
    scene_expect_everywhere(scene, "checklist_sent");
    scene_open(scene, &ga_screen_sent_back, NULL);
    PRESS(scene, 'y');
    scene_open(scene, &ga_screen_checklists, NULL);
    PRESS(scene, GA_KEY_ENTER, GA_KEY_RIGHT);
    assert_false(fake_tui_shows(&scene->fake, "已补"));
}

static void it_can_be_sent_back_again(void **state)
{
    struct scene *scene = *state;
    send_back(scene);
    mend(scene);
    scene_open(scene, &ga_screen_sent_back, NULL);
    PRESS(scene, 'b');
    scene_expect(scene, "写清孩子睡在哪里"); /* what was said before can be gone on with */
    fake_tui_type(&scene->fake, "，和谁");
    PRESS(scene, GA_KEY_ENTER);
    assert_int_equal(count(scene).open, 1);
    assert_int_equal(count(scene).mended, 0);
    sit_down(scene, "周老师");
    assert_int_equal(count(scene).mine, 1);
    open_home(scene);
    scene_expect(scene, "写清孩子睡在哪里，和谁");
}

static void an_answer_mends_without_a_change(void **state)
{
    struct scene *scene = *state;
    send_back(scene);
    sit_down(scene, "周老师");
    scene_open(scene, &ga_screen_sent_back, NULL);
    PRESS(scene, 'd');
    fake_tui_type(&scene->fake, "写在家访里了");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "周老师: 写在家访里了");
    assert_int_equal(count(scene).mine, 0);
    assert_int_equal(count(scene).mended, 1);
}

static void own_work_and_no_words_are_refused(void **state)
{
    struct scene *scene = *state;
    struct ga_error err = {0};
    assert_int_equal(ga_send_back(scene->school.session, &talk, "  ", &err), GA_REFUSED);
    sit_down(scene, "周老师");
    assert_int_equal(ga_send_back(scene->school.session, &talk, "写清楚", &err), GA_DENIED);
    assert_string_equal(err.what.id, "this is your own record: mend it yourself");
    assert_int_equal(count(scene).open, 0);
}

static void it_is_withdrawn_by_who_sent_it(void **state)
{
    struct scene *scene = *state;
    send_back(scene);
    scene_open(scene, &ga_screen_sent_back, NULL);
    PRESS(scene, 'y');
    scene_expect(scene, "已撤回：何丽 11-20 谈心记录");
    assert_int_equal(count(scene).open, 0);
}

/* Mends a record and counts the pages it then asks for. */
static size_t offers_after_mending(struct scene *scene, const struct ga_uuid *id, const char *field, const char *text)
{
    struct ga_entry *entry;
    struct ga_offer offers[4];
    assert_int_equal(ga_entry_open(scene->school.session, id, &entry, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, field), NULL, text, NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    const size_t count = ga_entry_offers(entry, offers, 4);
    if (count > 0)
        assert_string_equal(offers[0].form->name, "incident");
    ga_entry_destroy(entry);
    return count;
}

/* Sent back for its words, a visit asked for the report again that was made from it: one was made twice of one matter. */
static void a_report_made_from_a_visit_is_not_asked_for_again_when_the_visit_is_mended(void **state)
{
    struct scene *scene = *state;
    const struct ga_uuid other = school_session_add(&scene->school, "child", NULL, "name=杨梅", "grade=三年级", "class=2", NULL);
    RECORD(scene, "incident", &scene->child, "what=以前的事", "kind=hurt", "happened_on=2026-10-09");
    const struct ga_uuid visit = RECORD(scene, "home_visit", &scene->child, "visited_on=2026-11-21", "outcome=met", "met=grandmother_f", "concerns=hurt fire", "follow_up_on=2026-11-28");
    RECORD(scene, "incident", &other, "what=别人的事", "kind=hurt", "happened_on=2026-11-21");
    assert_int_equal(offers_after_mending(scene, &visit, "content", "手上有伤"), 1);
    RECORD(scene, "incident", &scene->child, "what=手上有伤", "kind=hurt", "happened_on=2026-11-20", "place=灶房");
    assert_int_equal(offers_after_mending(scene, &visit, "content", "手上有伤，睡在奶奶家"), 0);
}

/* What is seen only now is another matter than the one reported. */
static void what_a_mended_visit_says_anew_is_asked_for(void **state)
{
    struct scene *scene = *state;
    const struct ga_uuid child = school_session_add(&scene->school, "child", NULL, "name=雷晓雪", "grade=三年级", "class=2", "absence_kind=unguarded", NULL);
    const struct ga_uuid visit = RECORD(scene, "home_visit", &child, "visited_on=2026-11-21", "outcome=met", "met=self", "concerns=fire", "follow_up_on=2026-11-28");
    assert_int_equal(offers_after_mending(scene, &visit, "content", "灶旁堆着柴"), 1);
    RECORD(scene, "incident", &child, "what=一个人做饭", "kind=unguarded", "happened_on=2026-11-21");
    assert_int_equal(offers_after_mending(scene, &visit, "content", "灶旁有被褥"), 0);
    assert_int_equal(offers_after_mending(scene, &visit, "concerns", "fire hurt"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_read_anew_when_something_of_it_was_saved_and_told_to_whom_it_is_of, start, scene_stop),
        cmocka_unit_test_setup_teardown(that_nothing_was_ever_sent_back_is_said_to_who_looks_at_others, start, scene_stop),
        cmocka_unit_test_setup_teardown(who_works_alone_is_not_told_of_it_before_anything_was_sent_back, start_alone, scene_stop),
        cmocka_unit_test_setup_teardown(what_is_sent_back_stands_with_its_words_on_the_first_screen_of_who_did_it, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_record_that_was_changed_is_mended_and_accepted_by_another, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_record_says_who_sent_it_back_and_why_however_it_is_opened, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_childs_file_marks_which_record_was_sent_back, start, scene_stop),
        cmocka_unit_test_setup_teardown(words_too_long_for_the_record_stand_whole_in_its_help, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_cell_on_the_checklist_says_what_was_sent_back_and_what_was_mended, start, scene_stop),
        cmocka_unit_test_setup_teardown(it_can_be_sent_back_again, start, scene_stop),
        cmocka_unit_test_setup_teardown(an_answer_mends_without_a_change, start, scene_stop),
        cmocka_unit_test_setup_teardown(own_work_and_no_words_are_refused, start, scene_stop),
        cmocka_unit_test_setup_teardown(it_is_withdrawn_by_who_sent_it, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_report_made_from_a_visit_is_not_asked_for_again_when_the_visit_is_mended, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_a_mended_visit_says_anew_is_asked_for, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
