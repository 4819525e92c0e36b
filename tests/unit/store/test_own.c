/* Notes and second typings: what they say, what they survive, in whatever order they arrive. */
#include "fold/own.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/check.h"
#include "guanai/store/history.h"
#include "guanai/store/record.h"
#include "guanai/store/verify.h"
#include "dice.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ORDERS = 12, ROUNDS = 5 };

static struct school school;
static struct ga_uuid child;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    child = school_add_child(&school, "张三");
    school_edit(&school, "child", &child, "father_phone", "13900001111");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

static const struct ga_field *field_of(const char *name)
{
    return ga_form_field(school_form(&school, "child"), name);
}

static struct ga_note *read_notes(size_t wanted)
{
    struct ga_note *notes;
    size_t count;
    assert_int_equal(ga_notes_read(school.store, &child, &school.arena, &notes, &count, NULL), GA_OK);
    assert_int_equal(count, wanted);
    return notes;
}

static struct ga_verify_field read_phone(void)
{
    struct ga_verify_field *fields = NULL;
    size_t count = 0;
    assert_int_equal(ga_verify_read(school.store, &child, &school.arena, &fields, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(fields[0].field->name, "father_phone");
    return fields[0];
}

static void verify_phone(enum ga_verify_outcome outcome, const char *typed, const char *reason)
{
    const struct ga_verify_field field = read_phone();
    assert_int_equal(ga_store_verify(school.store, &child, &field, outcome, typed, reason, NULL), GA_OK);
}

static void note(const char *field, const char *text)
{
    assert_int_equal(ga_store_note(school.store, &child, field_of(field), NULL, text, NULL), GA_OK);
}

static int64_t ask(const char *sql)
{
    int64_t number = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(school.store), sql, &number, NULL), GA_OK);
    return number;
}

static void expect_rebuilt(void)
{
    struct ga_problems problems;
    ga_problems_init(&problems);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    assert_int_equal(problems.faults, 0);
    ga_problems_finish(&problems);
}

static void a_note_keeps_its_author_its_time_its_class(void **state)
{
    (void)state;
    ga_store_set_user(school.store, "何老师", "资料员小李");
    note("father_phone", "换号了\n等家长回话");
    const struct ga_note *notes = read_notes(1);
    assert_string_equal(notes[0].text, "换号了\n等家长回话");
    assert_string_equal(notes[0].user, "何老师");
    assert_string_equal(notes[0].typist, "资料员小李");
    assert_string_equal(notes[0].when, "2026-11-23 12:41");
    assert_int_equal(notes[0].protect, GA_PROTECT_SENSITIVE);
    assert_null(notes[0].settled_by);
    assert_true(ga_note_is_on(&notes[0], field_of("father_phone"), NULL));
    assert_false(ga_note_is_on(&notes[0], field_of("mother_phone"), NULL));
    expect_rebuilt();
    assert_string_equal(read_notes(1)[0].text, "换号了\n等家长回话");
}

static void an_empty_or_endless_note_is_refused(void **state)
{
    (void)state;
    char text[GA_NOTE_CHARS + 2];
    memset(text, 'a', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    assert_int_equal(ga_store_note(school.store, &child, field_of("name"), NULL, " \n ", NULL), GA_REFUSED);
    assert_int_equal(ga_store_note(school.store, &child, field_of("name"), NULL, text, NULL), GA_TOO_BIG);
    text[GA_NOTE_CHARS] = '\0';
    note("name", text);
    read_notes(1);
}

static void a_note_is_no_answer_and_no_conflict(void **state)
{
    (void)state;
    struct ga_misfit *misfits;
    const char **groups;
    size_t count = 9;
    note("father_phone", "换号了");
    note("name", "同音字？");
    school_edit(&school, "child", &child, "village", "上坝村");
    assert_int_equal(ga_store_misfits(school.store, &child, &school.arena, &misfits, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    assert_int_equal(ga_store_conflicts(school.store, &child, &school.arena, &groups, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    assert_string_equal(school_read(&school, "child", &child, "father_phone"), "13900001111");
    read_notes(2);
}

static void a_note_is_done_and_open_again_never_gone(void **state)
{
    (void)state;
    note("father_phone", "换号了");
    ga_store_set_user(school.store, "吴校长", NULL);
    assert_int_equal(ga_store_settle_note(school.store, &read_notes(1)[0], true, NULL), GA_OK);
    assert_string_equal(read_notes(1)[0].settled_by, "吴校长");
    assert_int_equal(ga_store_settle_note(school.store, &read_notes(1)[0], false, NULL), GA_OK);
    assert_null(read_notes(1)[0].settled_by);
    expect_rebuilt();
}

static void notes_on_restricted_fields_are_in_no_list(void **state)
{
    (void)state;
    struct ga_note *notes;
    size_t count = 9;
    note("name", "同音字？");
    assert_int_equal(ga_db_exec(ga_store_db(school.store), "UPDATE _note SET protect = 3", NULL), GA_OK);
    const struct ga_note_filter filter = {.with_settled = true};
    assert_int_equal(ga_notes_list(school.store, &filter, &school.arena, &notes, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
}

static void history_says_notes_and_second_typings(void **state)
{
    (void)state;
    struct ga_history_entry *entries;
    size_t count;
    note("father_phone", "换号了");
    ga_store_settle_note(school.store, &read_notes(1)[0], true, NULL);
    verify_phone(GA_VERIFY_FIRST, "13900001112", NULL);
    assert_int_equal(ga_store_history(school.store, &child, "father_phone", GA_EN, &school.arena, &entries, &count, NULL), GA_OK);
    assert_int_equal(count, 4);
    assert_int_equal(entries[0].kind, GA_HISTORY_VALUE);
    assert_string_equal(entries[1].new_text, "noted: 换号了");
    assert_string_equal(entries[2].new_text, "note is done: 换号了");
    assert_string_equal(entries[3].new_text, "typed a second time as 13900001112; the first is right");
    assert_int_equal(entries[3].kind, GA_HISTORY_VERIFIED);
    assert_int_equal(ga_store_history(school.store, &child, "name", GA_EN, &school.arena, &entries, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
}

static void a_mark_dies_with_its_value(void **state)
{
    (void)state;
    ga_store_set_user(school.store, "吴校长", NULL);
    assert_false(read_phone().is_verified);
    assert_string_equal(read_phone().typed_by, "周老师");
    verify_phone(GA_VERIFY_AGREED, NULL, NULL);
    assert_true(read_phone().is_verified);
    assert_false(read_phone().by_same);
    school_edit(&school, "child", &child, "father_phone", "13900001112");
    assert_false(read_phone().is_verified);
    assert_int_equal(ask("SELECT count(*) FROM _verified"), 0);
    school_edit(&school, "child", &child, "father_phone", "13900001111"); /* the same again is typed anew */
    assert_false(read_phone().is_verified);
    expect_rebuilt();
}

/* A unit is saved whole: the phone's mark lives while only the father's name changes. */
static void a_mark_outlives_changes_beside_it(void **state)
{
    (void)state;
    verify_phone(GA_VERIFY_AGREED, NULL, NULL);
    ga_store_set_user(school.store, "吴校长", NULL);
    school_edit(&school, "child", &child, "father_name", "张大");
    assert_true(read_phone().is_verified);
    assert_string_equal(read_phone().typed_by, "周老师");
    expect_rebuilt();
    assert_true(read_phone().is_verified);
}

static void whoever_typed_it_is_told_apart(void **state)
{
    (void)state;
    verify_phone(GA_VERIFY_AGREED, NULL, NULL);
    assert_true(read_phone().is_verified && read_phone().by_same);
}

static void what_is_left_open_waits_with_its_reason_as_a_note(void **state)
{
    (void)state;
    int64_t verified, all;
    verify_phone(GA_VERIFY_OPEN, "13900001112", "纸上看不清");
    assert_false(read_phone().is_verified);
    assert_true(read_phone().is_left_open);
    assert_string_equal(read_phone().second, "13900001112");
    assert_string_equal(read_notes(1)[0].text, "纸上看不清");
    const struct ga_verify_filter filter = {0};
    assert_int_equal(ga_verify_count(school.store, &filter, &verified, &all, NULL), GA_OK);
    assert_int_equal(verified, 0);
    assert_int_equal(all, 1);
    verify_phone(GA_VERIFY_AGREED, NULL, NULL); /* what settles it goes before what left it open */
    assert_true(read_phone().is_verified);
    assert_int_equal(ga_verify_count(school.store, &filter, &verified, &all, NULL), GA_OK);
    assert_int_equal(verified, 1);
}

static void the_list_names_who_waits_in_roster_order(void **state)
{
    (void)state;
    struct ga_verify_record *records;
    size_t count;
    const struct ga_uuid other = school_add_child(&school, "李四");
    school_edit(&school, "child", &other, "grade", "一年级");
    school_edit(&school, "child", &child, "grade", "三年级");
    school_edit(&school, "child", &other, "mother_phone", "13900002222");
    school_edit(&school, "child", &other, "birth_date", "2019-05-04");
    school_add_child(&school, "王五"); /* nothing to type twice */
    struct ga_verify_filter filter = {0};
    assert_int_equal(ga_verify_list(school.store, &filter, GA_ZH, &school.arena, &records, &count, NULL), GA_OK);
    assert_int_equal(count, 2);
    assert_string_equal(records[0].name, "李四");
    assert_int_equal(records[0].waiting, 2);
    assert_string_equal(records[1].name, "张三");
    verify_phone(GA_VERIFY_AGREED, NULL, NULL);
    assert_int_equal(ga_verify_list(school.store, &filter, GA_ZH, &school.arena, &records, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    filter.grade = "p3";
    assert_int_equal(ga_verify_list(school.store, &filter, GA_ZH, &school.arena, &records, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
}

/* Any order of arrival gives the same rows. */

static uint64_t dice = 20261123;

static uint32_t draw(uint32_t below)
{
    return dice_draw(&dice, below);
}

/* Values that follow, that conflict; marks on any of them; notes; notes that are done. */
static struct ga_answers seen;
static struct ga_heads *seen_heads;
static struct ga_verify_field mark;

static void do_something(void)
{
    static const char *const phones[] = {"13900001111", "13900001112", "13900001113"};
    struct ga_note *notes;
    size_t count;
    const struct ga_form *form = school_form(&school, "child");
    if (seen_heads == NULL || draw(4) != 0) { /* else another computer saves, says something of what it saw earlier */
        ga_heads_destroy(seen_heads);
        if (seen.form != NULL)
            ga_answers_finish(&seen);
        assert_int_equal(ga_store_read(school.store, form, &child, &seen, &seen_heads, NULL), GA_OK);
        mark = read_phone();
    }
    const uint32_t what = draw(6);
    school.now_ms += 60000;
    if (what < 2) {
        struct ga_answers after;
        ga_answers_copy(&after, &seen);
        school_type(&after, draw(3) ? "father_phone" : "father_name", phones[draw(3)]);
        ga_store_save(school.store, &(struct ga_save_record){.after = &after, .before = &seen, .heads = seen_heads}, 0, NULL, NULL);
        ga_answers_finish(&after);
    } else if (what < 4) {
        ga_store_verify(school.store, &child, &mark, (enum ga_verify_outcome)draw(4), phones[draw(3)], "看不清", NULL);
    } else if (what == 4) {
        note("father_phone", phones[draw(3)]);
    } else if (ga_notes_read(school.store, &child, &school.arena, &notes, &count, NULL) == GA_OK && count > 0) {
        ga_store_settle_note(school.store, &notes[draw((uint32_t)count)], draw(2) == 1, NULL);
    }
}

/* Both tables as one text. */
static void tell(struct ga_str *out)
{
    static const char *const tables[] = {
        "SELECT quote(id)||quote(field)||quote(text)||quote(user)||quote(settled_by)||quote(settled_ms) FROM _note ORDER BY id",
        "SELECT quote(field)||quote(outcome)||quote(typed)||quote(user)||quote(ms)||quote(by_same) FROM _verified ORDER BY field"};
    for (size_t i = 0; i < GA_COUNT(tables); i++) {
        struct ga_stmt *stmt;
        bool has_row = false;
        assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), tables[i], &stmt, NULL), GA_OK);
        while (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row)
            ga_str_addf(out, "%s\n", ga_stmt_column_text(stmt, 0));
        ga_stmt_destroy(stmt);
    }
}

static void shuffle(struct ga_log_op *ops, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        const size_t k = draw((uint32_t)i);
        const struct ga_log_op moved = ops[i - 1];
        ops[i - 1] = ops[k];
        ops[k] = moved;
    }
}

static void project(int64_t no, const struct ga_log_op *ops, size_t count, struct ga_str *out)
{
    const struct ga_form *form = school_form(&school, "child");
    struct ga_arena arena = {0};
    struct ga_fold_head *heads;
    size_t heads_count;
    ga_fold(ops, count, &arena, &heads, &heads_count);
    const struct ga_own own = {ops, count, heads, heads_count};
    assert_int_equal(ga_own_put(school.store, no, form, &own, NULL), GA_OK);
    tell(out);
    ga_arena_finish(&arena);
}

static void any_order_of_arrival_gives_the_same_rows(void **state)
{
    (void)state;
    size_t marks = 0;
    int64_t no;
    assert_int_equal(ga_record_no(school.store, &child, &no, NULL), GA_OK);
    for (int round = 0; round < ROUNDS; round++) {
        struct ga_arena arena = {0};
        struct ga_log_op *ops;
        struct ga_str wanted = {0};
        size_t count;
        for (int i = 0; i < 6; i++)
            do_something();
        assert_int_equal(ga_log_of_record(school.store, no, &arena, &ops, &count, NULL), GA_OK);
        tell(&wanted);
        marks += (size_t)ask("SELECT count(*) FROM _verified");
        for (int order = 0; order < ORDERS; order++) {
            struct ga_str got = {0};
            shuffle(ops, count);
            project(no, ops, count, &got);
            assert_string_equal(ga_str_text(&got), ga_str_text(&wanted));
            ga_str_finish(&got);
        }
        ga_str_finish(&wanted);
        ga_arena_finish(&arena);
    }
    assert_true(marks > 0);
    ga_heads_destroy(seen_heads);
    ga_answers_finish(&seen);
}

/* A note that came before what it is about makes no child without a name. */
static void a_note_alone_is_no_record(void **state)
{
    (void)state;
    struct ga_arena arena = {0};
    struct ga_log_op *ops;
    size_t count;
    int64_t no;
    note("father_phone", "换号了");
    assert_int_equal(ga_record_no(school.store, &child, &no, NULL), GA_OK);
    assert_int_equal(ga_log_of_record(school.store, no, &arena, &ops, &count, NULL), GA_OK);
    assert_int_equal(count, 3); /* the name, the phone, the note */
    assert_true(ga_fold_has_answers(ops, count));
    assert_false(ga_fold_has_answers(&ops[count - 1], 1));
    struct ga_log_op turned[] = {ops[count - 1], ops[0]};
    turned[0].op.local_day -= 100; /* written by a computer whose clock is behind */
    assert_ptr_equal(ga_fold_origin(turned, 2), &turned[1]);
    ga_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_note_keeps_its_author_its_time_its_class, start, stop),
        cmocka_unit_test_setup_teardown(an_empty_or_endless_note_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_note_is_no_answer_and_no_conflict, start, stop),
        cmocka_unit_test_setup_teardown(a_note_is_done_and_open_again_never_gone, start, stop),
        cmocka_unit_test_setup_teardown(notes_on_restricted_fields_are_in_no_list, start, stop),
        cmocka_unit_test_setup_teardown(history_says_notes_and_second_typings, start, stop),
        cmocka_unit_test_setup_teardown(a_mark_dies_with_its_value, start, stop),
        cmocka_unit_test_setup_teardown(a_mark_outlives_changes_beside_it, start, stop),
        cmocka_unit_test_setup_teardown(whoever_typed_it_is_told_apart, start, stop),
        cmocka_unit_test_setup_teardown(what_is_left_open_waits_with_its_reason_as_a_note, start, stop),
        cmocka_unit_test_setup_teardown(the_list_names_who_waits_in_roster_order, start, stop),
        cmocka_unit_test_setup_teardown(any_order_of_arrival_gives_the_same_rows, start, stop),
        cmocka_unit_test_setup_teardown(a_note_alone_is_no_record, start, stop),
    };
    return cmocka_run_group_tests_name("notes and second typings", tests, NULL, NULL);
}
