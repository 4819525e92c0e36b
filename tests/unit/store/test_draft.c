/* What was typed comes back; what was changed can be told. */
#include "guanai/store/draft.h"

#include "guanai/sql/db.h"
#include "guanai/store/history.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct school school;
static struct ga_arena arena;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    ga_arena_init(&arena);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_arena_finish(&arena);
    school_stop(&school);
    return 0;
}

static const struct ga_answer *answer_of(const struct ga_draft *draft, const char *field)
{
    return ga_answers_at(&draft->answers, ga_form_field(draft->answers.form, field));
}

static void a_draft_survives_a_restart_with_all_that_was_typed(void **state)
{
    (void)state;
    struct ga_draft draft = {.field = "birth_date"}, back;
    ga_answers_init(&draft.answers, school_form(&school, "child"));
    school_type(&draft.answers, "name", "张三");
    school_type(&draft.answers, "card_no", "12");
    ga_answers_set_state(&draft.answers, ga_form_field(draft.answers.form, "guardian_phone"),
                         GA_NOT_APPLICABLE);
    ga_answers_at(&draft.answers, ga_form_field(draft.answers.form, "village"))->is_touched = true;
    ga_answers_at(&draft.answers, ga_form_field(draft.answers.form, "class"))->because =
        "还没有分班";
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    assert_true(draft.no > 0);
    int64_t no = draft.no;
    ga_draft_finish(&draft);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ga_draft_open(school.store, no, &back, NULL), GA_OK);
    assert_string_equal(answer_of(&back, "name")->value.text, "张三");
    assert_int_equal(answer_of(&back, "card_no")->value.integer, 12);
    assert_int_equal(answer_of(&back, "guardian_phone")->state, GA_NOT_APPLICABLE);
    assert_true(answer_of(&back, "village")->is_touched);
    assert_false(answer_of(&back, "hamlet")->is_touched);
    assert_string_equal(answer_of(&back, "class")->because, "还没有分班");
    assert_string_equal(back.field, "birth_date");
    assert_string_equal(back.when, "2026-11-23 12:41");
    assert_null(back.heads);
    ga_draft_finish(&back);
}

/* Half a date, in a row of a repeat: as it was typed, where it was typed. */
static void what_is_no_answer_yet_is_kept_as_typed(void **state)
{
    (void)state;
    struct ga_draft draft = {.field = "birth_date", .half = "2015-", .row = {{7, 7}}}, back;
    ga_answers_init(&draft.answers, school_form(&school, "child"));
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    int64_t no = draft.no;
    ga_draft_finish(&draft);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ga_draft_open(school.store, no, &back, NULL), GA_OK);
    assert_string_equal(back.half, "2015-");
    assert_int_equal(back.row.bytes[1], 7);
    assert_int_equal(answer_of(&back, "birth_date")->state, GA_EMPTY);
    ga_draft_finish(&back);
}

/* Left by the program as it was before it kept what is half typed (1), before it kept notes (2). */
static void open_older(int format, int left_out_bytes)
{
    struct ga_draft draft = {.field = "name"}, back;
    ga_answers_init(&draft.answers, school_form(&school, "child"));
    school_type(&draft.answers, "name", "张三");
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    int64_t no = draft.no;
    ga_draft_finish(&draft);
    char sql[200];
    snprintf(sql, sizeof(sql), "UPDATE draft SET answers = CAST(x'%02x' || substr(answers, 2, length(answers) - %d) AS BLOB)",
             (unsigned)format, 1 + left_out_bytes);
    assert_int_equal(ga_db_exec(ga_store_db(school.store), sql, NULL), GA_OK);
    assert_int_equal(ga_draft_open(school.store, no, &back, NULL), GA_OK);
    assert_string_equal(answer_of(&back, "name")->value.text, "张三");
    assert_string_equal(back.half, "");
    assert_int_equal(back.notes_count, 0);
    ga_draft_finish(&back);
}

static void drafts_of_earlier_kinds_still_open(void **state)
{
    (void)state;
    enum { NO_NOTES = 1, ROW_AND_EMPTY_TEXT = 17 };
    open_older(1, ROW_AND_EMPTY_TEXT + NO_NOTES);
    open_older(2, NO_NOTES);
}

static void notes_on_a_record_not_made_yet_wait_in_its_draft(void **state)
{
    (void)state;
    const struct ga_draft_note notes[] = {{.field = "father_phone", .text = "换号了"},
                                          {.field = "siblings.age", .row = {{7}}, .text = "两行\n第二行"}};
    struct ga_draft draft = {.field = "name", .notes = notes, .notes_count = 2}, back;
    ga_answers_init(&draft.answers, school_form(&school, "child"));
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    int64_t no = draft.no;
    ga_answers_finish(&draft.answers);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ga_draft_open(school.store, no, &back, NULL), GA_OK);
    assert_int_equal(back.notes_count, 2);
    assert_string_equal(back.notes[0].text, "换号了");
    assert_string_equal(back.notes[1].field, "siblings.age");
    assert_int_equal(back.notes[1].row.bytes[0], 7);
    ga_draft_finish(&back);
}

static void a_draft_is_listed_under_the_child_until_it_is_dropped(void **state)
{
    (void)state;
    struct ga_draft draft = {.user = "周老师"};
    struct ga_draft_line *lines;
    size_t count;
    int64_t no = 0;
    struct ga_uuid child = school_add_child(&school, "何丽");
    ga_answers_init(&draft.answers, school_form(&school, "home_visit"));
    draft.answers.child = child;
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    int64_t first = draft.no;
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    assert_int_equal(draft.no, first);
    assert_int_equal(ga_draft_list(school.store, NULL, &arena, &lines, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(lines[0].summary, "何丽");
    assert_string_equal(lines[0].form, "home_visit");
    assert_int_equal(ga_draft_list(school.store, "吴校长", &arena, &lines, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    assert_int_equal(ga_draft_find(school.store, "home_visit", NULL, &child, "周老师", &no, NULL),
                     GA_OK);
    assert_int_equal(no, first);
    assert_int_equal(ga_draft_drop(school.store, no, NULL), GA_OK);
    assert_int_equal(ga_draft_find(school.store, "home_visit", NULL, &child, "周老师", &no, NULL),
                     GA_OK);
    assert_int_equal(no, 0);
    ga_draft_finish(&draft);
}

static void a_draft_of_an_edit_keeps_what_it_replaces(void **state)
{
    (void)state;
    struct ga_draft draft = {0}, back;
    struct ga_uuid id = school_add_child(&school, "张三");
    assert_int_equal(ga_store_read(school.store, school_form(&school, "child"), &id, &draft.answers,
                                   &draft.heads, NULL),
                     GA_OK);
    school_type(&draft.answers, "village", "红岩村");
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    assert_int_equal(ga_draft_open(school.store, draft.no, &back, NULL), GA_OK);
    assert_memory_equal(back.answers.id.bytes, id.bytes, sizeof(id.bytes));
    assert_non_null(back.heads);
    struct ga_str a = {0}, b = {0};
    ga_heads_pack(draft.heads, &a);
    ga_heads_pack(back.heads, &b);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    ga_str_finish(&a);
    ga_str_finish(&b);
    ga_draft_finish(&back);
    ga_draft_finish(&draft);
}

/* Written by and by: what is read is as if it had been written with the save. */
static void what_a_save_left_for_later_is_done_before_anybody_looks(void **state)
{
    (void)state;
    struct ga_draft draft = {.field = "name"}, again = {.field = "name"};
    struct ga_draft_line *lines;
    struct ga_save *save;
    size_t count = 9;
    ga_answers_init(&draft.answers, school_form(&school, "child"));
    school_type(&draft.answers, "name", "张三");
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &draft.answers}, NULL, NULL), GA_OK);
    ga_save_end_draft(save, draft.no);
    ga_save_set_after(save, "last.child.a\nname", "x"); /* would break the line: it is not remembered */
    ga_save_set_after(save, "last.child.周老师", "first");
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    assert_int_equal(ga_draft_list(school.store, NULL, &arena, &lines, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    assert_int_equal(ga_save_settle(school.store, NULL), GA_OK);
    assert_string_equal(ga_store_setting(school.store, "last.child.周老师"), "first");
    ga_answers_init(&again.answers, school_form(&school, "child")); /* of the same form by the same person */
    school_type(&again.answers, "name", "李四");
    assert_int_equal(ga_draft_save(school.store, &again, NULL), GA_OK);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_int_equal(ga_draft_list(school.store, NULL, &arena, &lines, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(lines[0].summary, "李四");
    ga_draft_finish(&draft);
    ga_draft_finish(&again);
}

static void a_damaged_draft_is_refused(void **state)
{
    (void)state;
    struct ga_draft draft = {0}, back;
    ga_answers_init(&draft.answers, school_form(&school, "child"));
    school_type(&draft.answers, "name", "张三");
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    assert_int_equal(ga_db_exec(ga_store_db(school.store),
                                "UPDATE draft SET answers = substr(answers, 1, 9)", NULL),
                     GA_OK);
    assert_int_equal(ga_draft_open(school.store, draft.no, &back, NULL), GA_DAMAGED);
    ga_draft_finish(&draft);
}

static void history_tells_old_and_new_in_the_words_of_the_form(void **state)
{
    (void)state;
    struct ga_history_entry *entries;
    size_t count;
    struct ga_uuid id = school_add_child(&school, "张三");
    school_edit(&school, "child", &id, "guardian_relation", "爷爷");
    school_edit(&school, "child", &id, "guardian_phone", "13800001111");
    school_edit(&school, "child", &id, "guardian_phone", "");
    assert_int_equal(
        ga_store_history(school.store, &id, NULL, GA_ZH, &arena, &entries, &count, NULL), GA_OK);
    assert_int_equal(count, 4);
    assert_string_equal(entries[0].field, "name");
    assert_string_equal(entries[0].new_text, "张三");
    assert_string_equal(entries[0].when, "2026-11-23 12:41");
    assert_string_equal(entries[0].user, "周老师");
    assert_true(entries[0].is_current);
    assert_string_equal(entries[1].field, "guardian_relation");
    assert_string_equal(entries[1].old_text, "");
    assert_string_equal(entries[1].new_text, "爷爷");
    assert_false(entries[1].is_current);
    assert_string_equal(entries[2].new_text, "13800001111");
    assert_string_equal(entries[3].old_text, "13800001111");
    assert_string_equal(entries[3].new_text, "");
    assert_true(entries[3].is_current);
    assert_int_equal(strlen(entries[3].site), 8);
    assert_int_equal(ga_store_history(school.store, &id, "guardian_phone", GA_ZH, &arena, &entries,
                                      &count, NULL),
                     GA_OK);
    assert_int_equal(count, 2);
}

static void concurrent_values_are_told_as_such(void **state)
{
    (void)state;
    struct ga_history_entry *entries;
    struct ga_answers opened, mine, yours;
    struct ga_heads *heads;
    size_t count;
    struct ga_uuid id = school_add_child(&school, "张三");
    assert_int_equal(
        ga_store_read(school.store, school_form(&school, "child"), &id, &opened, &heads, NULL),
        GA_OK);
    ga_answers_copy(&mine, &opened);
    ga_answers_copy(&yours, &opened);
    school_type(&mine, "village", "红岩村");
    school_type(&yours, "village", "大湾村");
    ga_store_save(school.store, &(struct ga_save_record){&mine, &opened, heads}, 0, NULL, NULL);
    ga_store_save(school.store, &(struct ga_save_record){&yours, &opened, heads}, 0, NULL, NULL);
    school_edit(&school, "child", &id, "village", "石桥村");
    assert_int_equal(
        ga_store_history(school.store, &id, "village", GA_ZH, &arena, &entries, &count, NULL),
        GA_OK);
    assert_int_equal(count, 3);
    assert_string_equal(entries[1].old_text, "");
    assert_non_null(strstr(entries[2].old_text, " | "));
    assert_string_equal(entries[2].new_text, "石桥村");
    ga_heads_destroy(heads);
    ga_answers_finish(&opened);
    ga_answers_finish(&mine);
    ga_answers_finish(&yours);
}

static void the_timeline_lists_a_childs_records_newest_first(void **state)
{
    (void)state;
    static const char *const DAYS[] = {"2026-09-10", "2026-11-21", "2026-10-05"};
    struct ga_timeline_entry *entries;
    size_t count;
    int64_t visits;
    struct ga_uuid id = school_add_child(&school, "何丽"),
                   other = school_add_child(&school, "崔子乐");
    for (size_t i = 0; i < 4; i++) {
        struct ga_answers visit;
        ga_answers_init(&visit, school_form(&school, "home_visit"));
        visit.child = i == 3 ? other : id;
        school_type(&visit, "visited_on", DAYS[i % 3]);
        assert_int_equal(
            ga_store_save(school.store, &(struct ga_save_record){.after = &visit}, 0, NULL, NULL),
            GA_OK);
        ga_answers_finish(&visit);
    }
    assert_int_equal(ga_store_timeline(school.store, &id, 0, 10, &arena, &entries, &count, NULL),
                     GA_OK);
    assert_int_equal(count, 3);
    assert_string_equal(entries[0].day, "2026-11-21");
    assert_string_equal(entries[1].day, "2026-10-05");
    assert_string_equal(entries[2].day, "2026-09-10");
    assert_string_equal(entries[0].form->name, "home_visit");
    assert_string_equal(entries[0].doer, "周老师");
    assert_false(entries[0].has_conflict);
    assert_int_equal(ga_store_timeline(school.store, &id, 2, 10, &arena, &entries, &count, NULL),
                     GA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ga_store_count(school.store, "home_visit", &visits, NULL), GA_OK);
    assert_int_equal(visits, 4);
}

static int64_t leave(const char *name, int64_t child)
{
    struct ga_draft draft = {.field = "visited_on"};
    ga_answers_init(&draft.answers, school_form(&school, "child"));
    memcpy(draft.answers.child.bytes, &child, sizeof(child));
    school_type(&draft.answers, "name", name);
    assert_int_equal(ga_draft_save(school.store, &draft, NULL), GA_OK);
    const int64_t no = draft.no;
    ga_draft_finish(&draft);
    return no;
}

static size_t count_listed(const char *user)
{
    struct ga_draft_line *lines;
    size_t count;
    assert_int_equal(ga_draft_list(school.store, user, &arena, &lines, &count, NULL), GA_OK);
    return count;
}

static void a_draft_that_was_thrown_away_comes_back(void **state)
{
    (void)state;
    struct ga_draft back;
    const char *user = ga_store_user(school.store);
    int64_t aside = 1;
    assert_int_equal(ga_draft_find_aside(school.store, user, &aside, NULL), GA_OK);
    assert_int_equal(aside, 0);
    assert_int_equal(ga_draft_set_aside(school.store, leave("张三", 1), NULL), GA_OK);
    assert_int_equal(count_listed(user), 0);
    assert_int_equal(count_listed(NULL), 0);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    user = ga_store_user(school.store);
    assert_int_equal(ga_draft_find_aside(school.store, user, &aside, NULL), GA_OK);
    leave("李四", 1); /* the same form again meanwhile */
    assert_int_equal(ga_draft_put_back(school.store, aside, NULL), GA_REFUSED);
    assert_int_equal(ga_draft_set_aside(school.store, leave("李四", 1), NULL), GA_OK); /* the newest of one form stays */
    assert_int_equal(ga_draft_find_aside(school.store, user, &aside, NULL), GA_OK);
    assert_int_equal(ga_draft_put_back(school.store, aside, NULL), GA_OK);
    assert_int_equal(count_listed(user), 1);
    assert_int_equal(ga_draft_open(school.store, aside, &back, NULL), GA_OK);
    assert_string_equal(answer_of(&back, "name")->value.text, "李四");
    assert_string_equal(back.user, user);
    ga_draft_finish(&back);
    assert_int_equal(ga_draft_find_aside(school.store, user, &aside, NULL), GA_OK);
    assert_int_equal(aside, 0);
}

/* Who typed for somebody else finds what was thrown away, as that person does; nobody else. */
static void what_was_typed_for_another_is_found_again_by_both(void **state)
{
    (void)state;
    static const char *const people[] = {"周老师", "资料员小李", "李"};
    struct ga_draft_line *lines;
    size_t count;
    int64_t aside;
    ga_store_set_user(school.store, people[0], people[1]);
    const int64_t no = leave("张三", 1);
    assert_int_equal(ga_draft_list(school.store, people[0], &arena, &lines, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(lines[0].typist, people[1]);
    assert_int_equal(strlen(lines[0].when), strlen("2026-11-20 15:32"));
    assert_int_equal(ga_draft_set_aside(school.store, no, NULL), GA_OK);
    for (size_t i = 0; i < sizeof(people) / sizeof(*people); i++) {
        assert_int_equal(ga_draft_find_aside(school.store, people[i], &aside, NULL), GA_OK);
        assert_int_equal(aside != 0, i < 2);
    }
}

static void the_last_ones_thrown_away_are_kept_in_their_order(void **state)
{
    (void)state;
    const char *user = ga_store_user(school.store);
    int64_t aside;
    for (int64_t i = 1; i <= GA_DRAFTS_ASIDE_MAX + 5; i++)
        assert_int_equal(ga_draft_set_aside(school.store, leave("张三", i), NULL), GA_OK);
    for (int i = 0; i < GA_DRAFTS_ASIDE_MAX; i++) {
        struct ga_draft back;
        int64_t child = GA_DRAFTS_ASIDE_MAX + 5 - i;
        assert_int_equal(ga_draft_find_aside(school.store, user, &aside, NULL), GA_OK);
        assert_int_equal(ga_draft_put_back(school.store, aside, NULL), GA_OK);
        assert_int_equal(ga_draft_open(school.store, aside, &back, NULL), GA_OK);
        assert_memory_equal(back.answers.child.bytes, &child, sizeof(child));
        ga_draft_finish(&back);
    }
    assert_int_equal(ga_draft_find_aside(school.store, user, &aside, NULL), GA_OK);
    assert_int_equal(aside, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_draft_survives_a_restart_with_all_that_was_typed, start,
                                        stop),
        cmocka_unit_test_setup_teardown(what_is_no_answer_yet_is_kept_as_typed, start, stop),
        cmocka_unit_test_setup_teardown(drafts_of_earlier_kinds_still_open, start, stop),
        cmocka_unit_test_setup_teardown(notes_on_a_record_not_made_yet_wait_in_its_draft, start, stop),
        cmocka_unit_test_setup_teardown(a_draft_is_listed_under_the_child_until_it_is_dropped,
                                        start, stop),
        cmocka_unit_test_setup_teardown(a_draft_of_an_edit_keeps_what_it_replaces, start, stop),
        cmocka_unit_test_setup_teardown(what_a_save_left_for_later_is_done_before_anybody_looks, start, stop),
        cmocka_unit_test_setup_teardown(a_damaged_draft_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_draft_that_was_thrown_away_comes_back, start, stop),
        cmocka_unit_test_setup_teardown(what_was_typed_for_another_is_found_again_by_both, start, stop),
        cmocka_unit_test_setup_teardown(the_last_ones_thrown_away_are_kept_in_their_order, start, stop),
        cmocka_unit_test_setup_teardown(history_tells_old_and_new_in_the_words_of_the_form, start,
                                        stop),
        cmocka_unit_test_setup_teardown(concurrent_values_are_told_as_such, start, stop),
        cmocka_unit_test_setup_teardown(the_timeline_lists_a_childs_records_newest_first, start,
                                        stop),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
