/* Notes on fields and second typings look and answer as a teacher and a clerk expect. */
#include "scene.h"

#include "guanai/app/note.h"
#include "guanai/screen/child.h"
#include "guanai/screen/home.h"
#include "guanai/screen/import.h"
#include "guanai/screen/record.h"
#include "guanai/screen/verify.h"
#include "guanai/sql/db.h"
#include "guanai/store/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct ga_uuid other;

static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    scene->child = school_session_add(&scene->school, "child", NULL, "name=张三", "sex=男", "birth_date=2017-5-3",
                                      "father_phone=13812345678", "grade=三年级", "class=2", "village=红岩村", NULL);
    other = school_session_add(&scene->school, "child", NULL, "name=李四", "sex=女", "birth_date=2016-7-1",
                               "mother_phone=13911112222", "grade=四年级", "class=1", "village=大湾村", NULL);
    return 0;
}

static struct ga_store *store_of(struct scene *scene)
{
    return scene->school.session->store;
}

static void sits_down(struct scene *scene, const char *name)
{
    ga_session_set_user(scene->school.session, name, NULL);
}

static struct ga_verify_field verified(struct scene *scene, const struct ga_uuid *id, const char *name)
{
    struct ga_verify_field *fields, none = {0};
    size_t count = 0;
    assert_int_equal(ga_verify_read(store_of(scene), id, &scene->school.session->arena, &fields, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].field->name, name) == 0)
            return fields[i];
    return none;
}

static void open_file(struct scene *scene)
{
    scene_open(scene, &scene_below, NULL);
    ga_screen_child_open(ga_ui_top(scene->fake.ui), &scene->child, 1);
    ga_ui_paint(scene->fake.ui);
}

/* A roster of hundreds does not bury what was typed yesterday; nobody has typed what a file brought. */
static void what_people_typed_stands_before_what_a_file_brought(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_import_preview, GUANAI_ROSTERS "/village-then.csv");
    scene_let_work(scene);
    fake_tui_type(&scene->fake, "y");
    scene_let_work(scene);
    scene_open(scene, &ga_screen_verify, NULL);
    fake_tui_expect(&scene->fake, "verify_after_import", false);
    PRESS(scene, GA_KEY_END, GA_KEY_ENTER); /* whoever took the file in may type from the paper */
    assert_string_equal(ga_ui_top(scene->fake.ui)->ops->name, "verify_run");
}

static void a_note_is_written_read_and_done_in_the_file(void **state)
{
    struct scene *scene = *state;
    open_file(scene);
    PRESS(scene, GA_KEY_DOWN, 't');
    assert_true(fake_tui_shows(&scene->fake, "这一项还没有备注"));
    fake_tui_type(&scene->fake, "户口簿上是曾用名");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "+ 张三"));
    PRESS(scene, GA_KEY_F(11));
    scene_expect_everywhere(scene, "notes");
    PRESS(scene, GA_KEY_F(5));
    assert_true(fake_tui_shows(&scene->fake, "已处理"));
    PRESS(scene, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, ". 张三"));
}

/* What is half typed stands there again, for the same person on the same field only; the first page leads to it. */
static void a_half_typed_note_waits(void **state)
{
    struct scene *scene = *state;
    open_file(scene);
    PRESS(scene, GA_KEY_DOWN, 't');
    fake_tui_type(&scene->fake, "问过奶");
    fake_tui_wait(&scene->fake, 2500); /* here the power goes */
    school_session_reopen(&scene->school);
    scene_open(scene, &ga_screen_home, NULL);
    assert_true(fake_tui_shows(&scene->fake, "接着写“姓名”的备注？"));
    open_file(scene);
    PRESS(scene, 't');
    assert_false(fake_tui_shows(&scene->fake, "问过奶"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_DOWN, 't');
    assert_true(fake_tui_shows(&scene->fake, "问过奶"));
    PRESS(scene, GA_KEY_ENTER);
    scene_open(scene, &ga_screen_home, NULL);
    assert_false(fake_tui_shows(&scene->fake, "接着写"));
}

/* Of a record that is not made yet the note waits in its draft. */
static void a_note_on_a_new_record_is_saved_with_it(void **state)
{
    struct scene *scene = *state;
    struct ga_note *notes;
    size_t count = 9;
    scene_open(scene, &scene_below, NULL);
    ga_screen_record_new(ga_ui_top(scene->fake.ui), "child", NULL, 1);
    ga_ui_paint(scene->fake.ui);
    PRESS(scene, GA_KEY_DOWN);
    fake_tui_type(&scene->fake, "王五");
    PRESS(scene, GA_KEY_F(11));
    fake_tui_type(&scene->fake, "同音字？");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "随表一起保存"));
    PRESS(scene, GA_KEY_ESC);
    int64_t draft = 0;
    assert_int_equal(ga_draft_find(store_of(scene), "child", NULL, NULL, ga_store_user(store_of(scene)), &draft, NULL), GA_OK);
    assert_true(draft != 0);
    struct ga_entry *entry;
    char field[64];
    assert_int_equal(ga_entry_resume(scene->school.session, draft, &entry, field, NULL), GA_OK);
    assert_int_equal(entry->notes.len, 1);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    assert_int_equal(ga_notes_read(store_of(scene), &entry->now.id, &scene->school.session->arena, &notes, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(notes[0].text, "同音字？");
    ga_entry_destroy(entry);
}

static void the_first_value_is_not_shown_what_agrees_goes_on(void **state)
{
    struct scene *scene = *state;
    sits_down(scene, "吴校长");
    scene_open(scene, &ga_screen_verify, NULL);
    scene_expect_everywhere(scene, "verify_list");
    PRESS(scene, GA_KEY_ENTER);
    assert_false(fake_tui_shows(&scene->fake, "2017年5月3日"));
    fake_tui_type(&scene->fake, "2017-5-3");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(verified(scene, &scene->child, "birth_date").is_verified);
    assert_true(fake_tui_shows(&scene->fake, "父亲电话"));
    assert_false(fake_tui_shows(&scene->fake, "13812345678"));
}

static void what_differs_is_marked_and_decided(void **state)
{
    struct scene *scene = *state;
    sits_down(scene, "吴校长");
    scene_open(scene, &ga_screen_verify, NULL);
    PRESS(scene, GA_KEY_ENTER, GA_KEY_PAGE_DOWN);
    fake_tui_type(&scene->fake, "13812345687");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect_everywhere(scene, "verify_differs");
    fake_tui_type(&scene->fake, "139"); /* the next number, begun too soon, decides nothing */
    PRESS(scene, GA_KEY_ENTER);
    assert_false(verified(scene, &scene->child, "father_phone").is_verified);
    assert_true(fake_tui_shows(&scene->fake, "回车 选定"));
    int64_t before = 0, after = 0;
    assert_int_equal(ga_db_query_int(ga_store_db(store_of(scene)), "SELECT count(*) FROM txn", &before, NULL), GA_OK);
    PRESS(scene, '2', GA_KEY_ENTER);
    assert_int_equal(ga_db_query_int(ga_store_db(store_of(scene)), "SELECT count(*) FROM txn", &after, NULL), GA_OK);
    assert_int_equal(after, before + 1); /* value and mark in one: a power cut leaves both or neither */
    const struct ga_verify_field phone = verified(scene, &scene->child, "father_phone");
    assert_true(phone.is_verified);
    assert_string_equal(phone.value.text, "13812345687");
    assert_int_equal(phone.outcome, GA_VERIFY_SECOND);
    assert_true(fake_tui_shows(&scene->fake, "李四")); /* on to the next child */
}

static void what_cannot_be_decided_is_left_open_with_a_note(void **state)
{
    struct scene *scene = *state;
    sits_down(scene, "吴校长");
    scene_open(scene, &ga_screen_verify, NULL);
    PRESS(scene, GA_KEY_ENTER, GA_KEY_PAGE_DOWN);
    fake_tui_type(&scene->fake, "13812345687");
    PRESS(scene, GA_KEY_ENTER, '4', GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "纸上看不清");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(verified(scene, &scene->child, "father_phone").is_left_open);
    assert_string_equal(verified(scene, &scene->child, "father_phone").value.text, "13812345678");
    PRESS(scene, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "! 父亲电话"));
}

static void ones_own_is_left_to_others_unless_there_is_nobody(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_verify, NULL);
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "剩下的都是您自己输的"));
    PRESS(scene, '1');
    fake_tui_type(&scene->fake, "20170503");
    PRESS(scene, GA_KEY_ENTER);
    assert_true(verified(scene, &scene->child, "birth_date").is_verified);
    assert_true(verified(scene, &scene->child, "birth_date").by_same);
}

/* Asked at the field, lost in the file: all that waits stands on one list, and each leads to its field. */
static void open_notes_of_all_records_stand_on_one_list(void **state)
{
    struct scene *scene = *state;
    const struct ga_form *child = ga_forms_get(scene->school.session->forms, "child", NULL);
    scene_open(scene, &ga_screen_home, NULL);
    assert_false(fake_tui_shows(&scene->fake, "未处理的备注"));
    assert_int_equal(ga_store_note(store_of(scene), &scene->child, ga_form_field(child, "father_phone"), NULL,
                                   "打不通，问奶奶要新号码", NULL), GA_OK);
    assert_int_equal(ga_store_note(store_of(scene), &other, ga_form_field(child, "birth_date"), NULL, "户口簿上是七月二日",
                                   NULL), GA_OK);
    scene_open(scene, &ga_screen_home, NULL);
    assert_true(fake_tui_shows(&scene->fake, "未处理的备注"));
    PRESS(scene, GA_CTRL('C'));
    scene_expect_everywhere(scene, "note_list");
    PRESS(scene, GA_KEY_DOWN, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "▶父亲电话"));
    PRESS(scene, GA_KEY_ESC, GA_KEY_HOME, GA_KEY_F(5), GA_KEY_UP);
    assert_false(fake_tui_shows(&scene->fake, "户口簿上是七月二日"));
    assert_true(fake_tui_shows(&scene->fake, "未处理的备注 1 条"));
    PRESS(scene, GA_KEY_F(5));
    assert_true(fake_tui_shows(&scene->fake, "没有未处理的备注"));
    PRESS(scene, GA_KEY_ESC);
    assert_false(fake_tui_shows(&scene->fake, "未处理的备注"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, scene_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_people_typed_stands_before_what_a_file_brought),
        CASE(a_note_is_written_read_and_done_in_the_file),
        CASE(a_half_typed_note_waits),
        CASE(open_notes_of_all_records_stand_on_one_list),
        CASE(a_note_on_a_new_record_is_saved_with_it),
        CASE(the_first_value_is_not_shown_what_agrees_goes_on),
        CASE(what_differs_is_marked_and_decided),
        CASE(what_cannot_be_decided_is_left_open_with_a_note),
        CASE(ones_own_is_left_to_others_unless_there_is_nobody),
    };
    return cmocka_run_group_tests_name("notes and second typings", tests, NULL, NULL);
}
