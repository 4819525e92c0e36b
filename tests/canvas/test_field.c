/* What a field shows and keeps while it is filled in. */
#include "record_scene.h"

#include "guanai/app/entry.h"
#include "guanai/screen/notes.h"
#include "guanai/screen/record.h"
#include "guanai/sql/db.h"
#include "guanai/store/draft.h"
#include "guanai/store/note.h"
#include "guanai/store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What stands there before anybody typed is marked, by more than a colour. */
static void what_was_filled_in_beforehand_is_marked_until_it_is_changed(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    assert_true(fake_tui_shows(&scene->fake, "· 家访教师"));
    assert_true(fake_tui_shows(&scene->fake, "带 · 的是预先填好的"));
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_key(&scene->fake, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "吴老师");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "  家访教师         吴老师"));
}

/* A reason given in a row stands until that row, or what its warning names above it, changes. */
static void a_reason_in_a_row_outlives_other_rows_alone(void **state)
{
    struct scene *scene = *state;
    struct ga_entry *entry;
    struct ga_error err = {0};
    assert_int_equal(ga_entry_new(scene->school.session, "club", NULL, &entry, &err), GA_OK);
    const struct ga_field *topic = ga_form_field(entry->form, "topic");
    const struct ga_field *mood = ga_form_field(entry->form, "pupils.mood");
    assert_int_equal(ga_entry_set(entry, topic, NULL, "告别", NULL, &err), GA_OK);
    for (int i = 0; i < 2; i++)
        ga_entry_add_row(entry, mood->parent);
    struct ga_row *rows = entry->now.repeats[mood->parent->index].rows;
    for (int i = 0; i < 2; i++)
        assert_int_equal(ga_entry_set(entry, mood, &rows[i], "1", NULL, &err), GA_OK);
    ga_entry_because(entry, mood, "朋友转学");
    assert_int_equal(ga_entry_set(entry, mood, &rows[1], "2", NULL, &err), GA_OK);
    assert_non_null(rows[0].answers[mood->index].because);
    assert_null(rows[1].answers[mood->index].because);
    assert_int_equal(ga_entry_set(entry, topic, NULL, "重逢", NULL, &err), GA_OK);
    assert_null(rows[0].answers[mood->index].because);
    ga_entry_destroy(entry);
}

static void expect_caret(struct scene *scene, int row, int col)
{
    int at_row = -1, at_col = -1;
    assert_true(ga_canvas_caret(ga_ui_canvas(scene->fake.ui), &at_row, &at_col));
    assert_int_equal(at_row, row);
    assert_int_equal(at_col, col);
}

/* Input methods draw at the caret: it is in the field, whatever its kind. */
static void the_caret_stands_in_every_kind_of_field(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    record_scene_keys(scene, GA_KEY_ENTER, 3);
    expect_caret(scene, 4, 19); /* outcome: the one picked */
    record_scene_keys(scene, GA_KEY_ENTER, 2);
    expect_caret(scene, 6, 19); /* yes or no: neither yet */
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    expect_caret(scene, 7, 19); /* several: none yet */
    fake_tui_key(&scene->fake, GA_KEY_F(3));
    expect_caret(scene, 11, 10); /* a dialog: its first way */
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    record_scene_page(scene, 0, NULL);
    fake_tui_type(&scene->fake, "5"); /* refused: the number is hidden */
    expect_caret(scene, 2, 13);
}

/* A dialog that is open changes its language with the page; what was typed into it stays. */
static void an_open_dialog_changes_its_language(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    fake_tui_key(&scene->fake, GA_KEY_F(3));
    assert_false(fake_tui_shows(&scene->fake, "为什么没有答案？")); /* a visit without its day counts nowhere */
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_key(&scene->fake, GA_KEY_F(3));
    fake_tui_key(&scene->fake, GA_KEY_DOWN);
    fake_tui_key(&scene->fake, GA_KEY_F(9));
    fake_tui_expect(&scene->fake, "visit_why_en", false);
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    record_scene_keys(scene, GA_KEY_ENTER, 3);
    fake_tui_type(&scene->fake, "0");
    assert_true(fake_tui_shows(&scene->fake, "─ Met ─"));
    fake_tui_type(&scene->fake, "mother");
    fake_tui_key(&scene->fake, GA_KEY_F(9));
    assert_true(fake_tui_shows(&scene->fake, "─ 见到谁 ─"));
    assert_true(fake_tui_shows(&scene->fake, "mother"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "“家中情况”必须填写"));
    fake_tui_type(&scene->fake, "3");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    fake_tui_type(&scene->fake, "下周要搬家");
    fake_tui_key(&scene->fake, GA_KEY_F(9));
    assert_true(fake_tui_shows(&scene->fake, "write why"));
    assert_true(fake_tui_shows(&scene->fake, "下周要搬家"));
}

/* Half a date is no answer, yet it is not lost: neither by Esc nor by the power. */
static void half_an_answer_is_kept_as_it_was_typed(void **state)
{
    struct scene *scene = *state;
    int64_t draft = 0;
    record_scene_page(scene, 1, "father_phone");
    fake_tui_type(&scene->fake, "1391234");
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "首页"));
    assert_true(fake_tui_shows(&scene->fake, "草稿"));
    school_session_add(&scene->school, "home_visit", &scene->child, "content=别处", NULL);
    assert_int_equal(ga_draft_find(scene->school.session->store, "child", &scene->child, NULL, "周老师",
                                   &draft, NULL),
                     GA_OK);
    assert_int_not_equal(draft, 0);
    ga_screen_record_resume(ga_ui_top(scene->fake.ui), draft, 1);
    ga_ui_paint(scene->fake.ui);
    fake_tui_expect(&scene->fake, "child_half", false);
    fake_tui_key(&scene->fake, GA_CTRL('S')); /* no answer, so nothing is saved yet */
    assert_true(fake_tui_shows(&scene->fake, "请先改正"));
    fake_tui_type(&scene->fake, "5678");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(scene->last.is_done);
}

/* Nothing pressed but the characters: a rest of two seconds keeps them. */
static void a_rest_keeps_half_an_answer(void **state)
{
    struct scene *scene = *state;
    struct ga_draft draft;
    int64_t no = 0;
    record_scene_page(scene, 1, "father_phone");
    fake_tui_type(&scene->fake, "1391");
    fake_tui_wait(&scene->fake, 2100);
    struct ga_store *store = scene->school.session->store;
    assert_int_equal(ga_draft_find(store, "child", &scene->child, NULL, "周老师", &no, NULL), GA_OK);
    assert_int_equal(ga_draft_open(store, no, &draft, NULL), GA_OK);
    assert_string_equal(draft.half, "1391");
    assert_string_equal(draft.field, "father_phone");
    ga_draft_finish(&draft);
}

/* In the second row of a repeat, too: the row is found again with what was typed there. */
static void half_an_answer_in_a_row_comes_back_in_that_row(void **state)
{
    struct scene *scene = *state;
    record_scene_new(scene, "club");
    fake_tui_type(&scene->fake, "画画");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    record_scene_keys(scene, GA_KEY_F(5), 2);
    record_scene_keys(scene, GA_KEY_ENTER, 3);
    record_scene_keys(scene, GA_KEY_UP, 1);
    fake_tui_type(&scene->fake, "第二行");
    record_scene_keys(scene, GA_KEY_ENTER, 1);
    fake_tui_type(&scene->fake, "12.");
    fake_tui_type(&scene->fake, "3.4");
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    record_scene_new(scene, "club");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "12.3.4"));
    assert_true(fake_tui_shows(&scene->fake, "▶费用"));
    fake_tui_key(&scene->fake, GA_CTRL('U'));
    fake_tui_key(&scene->fake, GA_KEY_UP);
    fake_tui_type(&scene->fake, "！");
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    ga_screen_record_new(ga_ui_top(scene->fake.ui), "club", NULL, 1);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_type(&scene->fake, "再写");
    assert_true(fake_tui_shows(&scene->fake, "第二行！再写"));
}

/* Rows look alike: the one the note is about is opened, not the first. */
static void a_note_on_a_field_of_a_row_opens_that_row(void **state)
{
    struct scene *scene = *state;
    struct ga_session *session = scene->school.session;
    struct ga_entry *entry;
    assert_int_equal(ga_entry_new(session, "club", NULL, &entry, NULL), GA_OK);
    char id[GA_UUID_TEXT_SIZE];
    ga_uuid_text(&scene->child, id);
    const struct ga_field *remark = ga_form_field(entry->form, "pupils.remark");
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "topic"), NULL, "画画", NULL, NULL), GA_OK);
    for (int i = 0; i < 2; i++)
        ga_entry_add_row(entry, remark->parent);
    struct ga_row *rows = entry->now.repeats[remark->parent->index].rows;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ga_entry_set(entry, remark, &rows[i], i == 0 ? "头一行" : "另一行", NULL, NULL), GA_OK);
        assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "pupils.pupil"), &rows[i], id, NULL, NULL), GA_OK);
    }
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    const struct ga_uuid row = entry->now.repeats[remark->parent->index].rows[1].id;
    assert_int_equal(ga_store_note(session->store, &entry->now.id, remark, &row, "再问一次", NULL), GA_OK);
    ga_entry_destroy(entry);
    scene_open(scene, &ga_screen_note_list, NULL);
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_expect(&scene->fake, "club_note_row", false);
    fake_tui_key(&scene->fake, GA_KEY_END);
    fake_tui_type(&scene->fake, "。");
    assert_true(fake_tui_shows(&scene->fake, "另一行。"));
    fake_tui_key(&scene->fake, GA_KEY_F(11));
    assert_true(fake_tui_shows(&scene->fake, "再问一次"));
}

static void an_answer_that_cannot_be_is_said_in_full(void **state)
{
    struct scene *scene = *state;
    record_scene_page(scene, 1, "father_phone");
    fake_tui_key(&scene->fake, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "12");
    fake_tui_key(&scene->fake, GA_KEY_ENTER);
    fake_tui_expect(&scene->fake, "child_phone_wrong", false);
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "首页"));
}

/* A full disk takes no draft; leaving asks, and staying keeps every character on the page. */
static void a_form_whose_draft_cannot_be_kept_is_not_left_without_asking(void **state)
{
    struct scene *scene = *state;
    struct ga_db *db = ga_store_db(scene->school.session->store);
    record_scene_new(scene, "club");
    fake_tui_type(&scene->fake, "画画");
    assert_int_equal(ga_db_exec(db, "PRAGMA query_only=ON", NULL), GA_OK);
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "不保存就离开吗"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, "画画"));
    fake_tui_key(&scene->fake, GA_KEY_ESC);
    fake_tui_type(&scene->fake, "y");
    assert_true(fake_tui_shows(&scene->fake, "首页"));
    assert_int_equal(ga_db_exec(db, "PRAGMA query_only=OFF", NULL), GA_OK);
}

/* The page is gone after saving, with it what was said of the name. */
static void a_doubtful_answer_is_read_before_it_is_saved(void **state)
{
    struct scene *scene = *state;
    record_scene_page(scene, 1, "father_name");
    fake_tui_type(&scene->fake, "138");
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "姓名里有数字"));
    assert_true(fake_tui_shows(&scene->fake, "▶父亲姓名"));
    fake_tui_key(&scene->fake, GA_CTRL('S'));
    assert_true(fake_tui_shows(&scene->fake, "首页"));
}

static void letters_where_digits_pick_are_answered(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    record_scene_keys(scene, GA_KEY_ENTER, 6);
    fake_tui_type(&scene->fake, "灶台");
    assert_true(fake_tui_shows(&scene->fake, "这里不打字，按数字选"));
}

/* A teacher reads it: no word of the form language. */
static void help_of_a_field_speaks_to_who_fills_it_in(void **state)
{
    struct scene *scene = *state;
    record_scene_visit(scene);
    fake_tui_key(&scene->fake, GA_KEY_F(1));
    assert_true(fake_tui_shows(&scene->fake, "2015-9-1"));
    assert_false(fake_tui_shows(&scene->fake, "precision"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_filled_in_beforehand_is_marked_until_it_is_changed, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(a_reason_in_a_row_outlives_other_rows_alone, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(the_caret_stands_in_every_kind_of_field, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(an_open_dialog_changes_its_language, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(half_an_answer_is_kept_as_it_was_typed, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(a_rest_keeps_half_an_answer, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(half_an_answer_in_a_row_comes_back_in_that_row, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(a_note_on_a_field_of_a_row_opens_that_row, record_scene_start, scene_stop),
        cmocka_unit_test_setup_teardown(an_answer_that_cannot_be_is_said_in_full, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(a_form_whose_draft_cannot_be_kept_is_not_left_without_asking, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(a_doubtful_answer_is_read_before_it_is_saved, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(letters_where_digits_pick_are_answered, record_scene_start,
                                        scene_stop),
        cmocka_unit_test_setup_teardown(help_of_a_field_speaks_to_who_fills_it_in, record_scene_start,
                                        scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
