/* One form for many children: what becomes a record, what stays empty, what a power cut leaves. */
#include "app_folder.h"

#include "guanai/app/batch.h"
#include "guanai/app/note.h"
#include "guanai/app/repeat.h"
#include "guanai/store/draft.h"
#include "guanai/store/note.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 4 };
static struct app_folder app;
static struct ga_uuid children[CHILDREN];

static void add_child(size_t i, const char *name)
{
    struct ga_entry *entry;
    assert_int_equal(ga_entry_new(app.session, "child", NULL, &entry, NULL), GA_OK);
    app_type(entry, "name", name);
    app_type(entry, "sex", "male");
    app_type(entry, "grade", "三年级");
    app_type(entry, "class", "2");
    app_type(entry, "village", i < 2 ? "红岩村" : "白果村");
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    children[i] = entry->now.id;
    ga_entry_destroy(entry);
}

static int start(void **state)
{
    static const char *const names[CHILDREN] = {"安小明", "白小丽", "陈小强", "丁小红"};
    (void)state;
    app_start(&app);
    for (size_t i = 0; i < CHILDREN; i++)
        add_child(i, names[i]);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    app_stop(&app);
    return 0;
}

static struct ga_batch *new_batch(const char *form)
{
    struct ga_batch *batch;
    struct ga_arena arena;
    struct ga_roster_class *classes;
    size_t count;
    ga_arena_init(&arena);
    assert_int_equal(ga_batch_create(app.session, form, &batch, NULL), GA_OK);
    assert_int_equal(ga_store_classes(app.session->store, GA_ZH, &arena, &classes, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ga_batch_take_class(batch, &classes[0], NULL), GA_OK);
    ga_arena_finish(&arena);
    assert_true(batch->rows.len >= CHILDREN);
    return batch;
}

static void set(struct ga_batch *batch, size_t row, const char *field, const char *text)
{
    struct ga_error err = {0};
    assert_int_equal(ga_batch_set(batch, row, ga_form_field(batch->form, field), text, NULL, &err), GA_OK);
}

static void talk(struct ga_batch *batch, size_t row)
{
    set(batch, row, "topics", "study");
    set(batch, row, "mood", "3");
}

static const char *text_in(const struct ga_batch *batch, size_t row, const char *field)
{
    const struct ga_entry *entry = ga_batch_row(batch, row)->entry;
    return entry != NULL ? app_text(entry, field) : "";
}

static int64_t talks(void)
{
    int64_t count = 0;
    assert_int_equal(ga_store_count(app.session->store, "talk", &count, NULL), GA_OK);
    return count;
}

static void rows_stand_as_in_the_roster_and_are_empty(void **state)
{
    (void)state;
    struct ga_batch *batch = new_batch("talk");
    assert_string_equal(batch->title, "三年级(2)班");
    assert_string_equal(ga_batch_row(batch, 0)->name, "安小明");
    assert_string_equal(ga_batch_row(batch, 3)->name, "丁小红");
    assert_int_equal(ga_batch_count_filled(batch), 0);
    ga_batch_destroy(batch);
}

static void a_form_about_no_child_is_refused(void **state)
{
    (void)state;
    struct ga_batch *batch = NULL;
    assert_int_equal(ga_batch_create(app.session, "child", &batch, NULL), GA_USAGE);
    assert_null(batch);
}

static void only_rows_with_something_in_them_become_records(void **state)
{
    (void)state;
    size_t saved = 0;
    struct ga_batch *batch = new_batch("talk");
    talk(batch, 0);
    talk(batch, 2);
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_OK);
    assert_int_equal(saved, 2);
    assert_int_equal(talks(), 2);
    assert_true(ga_batch_row(batch, 0)->is_saved);
    assert_false(ga_batch_row(batch, 1)->is_saved);
    ga_batch_destroy(batch);
}

static void a_saved_row_is_not_saved_twice(void **state)
{
    (void)state;
    size_t saved = 0;
    struct ga_batch *batch = new_batch("talk");
    talk(batch, 0);
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_OK);
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_USAGE);
    assert_int_equal(ga_batch_set(batch, 0, batch->day, "2026-11-20", NULL, NULL), GA_REFUSED);
    talk(batch, 1);
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_OK);
    assert_int_equal(saved, 1);
    assert_int_equal(talks(), 2);
    ga_batch_destroy(batch);
}

static void a_day_left_empty_is_as_above(void **state)
{
    (void)state;
    struct ga_batch *batch = new_batch("talk");
    set(batch, 0, "talked_on", "2026-11-18");
    talk(batch, 1);
    assert_string_equal(text_in(batch, 1, "talked_on"), "2026-11-18");
    set(batch, 2, "talked_on", "2026-11-19");
    talk(batch, 3);
    assert_string_equal(text_in(batch, 3, "talked_on"), "2026-11-19");
    set(batch, 0, "talked_on", "2026-11-17"); /* follows as far as the next one that was typed */
    assert_string_equal(text_in(batch, 1, "talked_on"), "2026-11-17");
    assert_string_equal(text_in(batch, 3, "talked_on"), "2026-11-19");
    ga_batch_destroy(batch);
}

static void an_emptied_row_is_empty_again(void **state)
{
    (void)state;
    struct ga_batch *batch = new_batch("talk");
    set(batch, 1, "topics", "study");
    assert_true(ga_batch_is_filled(batch, 1));
    set(batch, 1, "topics", "");
    assert_false(ga_batch_is_filled(batch, 1));
    assert_null(ga_batch_row(batch, 1)->entry);
    ga_batch_destroy(batch);
}

static void what_is_wrong_bars_all_rows_and_names_the_row(void **state)
{
    (void)state;
    size_t saved = 0;
    struct ga_vec findings;
    struct ga_batch *batch = new_batch("talk");
    ga_vec_init(&findings, sizeof(struct ga_batch_finding));
    talk(batch, 0);
    set(batch, 2, "topics", "study");
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_REFUSED);
    assert_int_equal(talks(), 0);
    assert_int_equal(ga_batch_findings(batch, &findings), 1);
    assert_int_equal(GA_VEC_AT(struct ga_batch_finding, &findings, 0)->row, 2);
    assert_string_equal(GA_VEC_AT(struct ga_batch_finding, &findings, 0)->finding->field->name, "mood");
    set(batch, 2, "mood", "2");
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_OK);
    assert_int_equal(saved, 2);
    ga_vec_finish(&findings);
    ga_batch_destroy(batch);
}

static void visit(struct ga_batch *batch, size_t row)
{
    set(batch, row, "met", "grandmother_f");
    set(batch, row, "concerns", "food");
}

static void one_reason_settles_the_same_warning_in_all_rows(void **state)
{
    (void)state;
    size_t saved = 0;
    struct ga_vec findings;
    struct ga_batch *batch = new_batch("home_visit");
    ga_vec_init(&findings, sizeof(struct ga_batch_finding));
    visit(batch, 0);
    visit(batch, 1);
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_REFUSED);
    assert_int_equal(ga_batch_findings(batch, &findings), 2);
    const struct ga_finding first = *GA_VEC_AT(struct ga_batch_finding, &findings, 0)->finding;
    assert_int_equal(first.kind, GA_FINDING_WARN);
    ga_batch_because(batch, &first, "下周补写");
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_OK);
    assert_int_equal(saved, 2);
    ga_vec_finish(&findings);
    ga_batch_destroy(batch);
}

static int64_t only_draft(int64_t *ret_rows)
{
    struct ga_arena arena;
    struct ga_draft_line *lines;
    size_t count = 0;
    ga_arena_init(&arena);
    assert_int_equal(ga_draft_list(app.session->store, NULL, &arena, &lines, &count, NULL), GA_OK);
    int64_t no = count > 0 ? lines[0].no : 0;
    assert_true(count <= 1);
    *ret_rows = count > 0 ? lines[0].rows : 0;
    ga_arena_finish(&arena);
    return no;
}

static void a_power_cut_leaves_the_whole_sheet(void **state)
{
    (void)state;
    struct ga_batch *batch = new_batch("talk");
    struct ga_batch_place place = {.row = 3, .field = "mood"};
    int64_t rows;
    set(batch, 0, "talked_on", "2026-11-18");
    talk(batch, 1);
    assert_int_equal(ga_batch_touch(batch, 3, NULL), GA_OK);
    ga_str_add(&place.half, "11-3");
    assert_int_equal(ga_batch_keep_draft(batch, &place, NULL), GA_OK);
    ga_batch_destroy(batch);
    ga_str_finish(&place.half);
    app_reopen(&app);
    int64_t no = only_draft(&rows);
    assert_int_equal(rows, 3);
    assert_int_equal(ga_batch_resume(app.session, no, &batch, &place, NULL), GA_OK);
    assert_string_equal(batch->title, "三年级(2)班");
    assert_int_equal(batch->rows.len, CHILDREN);
    assert_int_equal(place.row, 3);
    assert_string_equal(place.field, "mood");
    assert_string_equal(ga_str_text(&place.half), "11-3");
    ga_str_finish(&place.half);
    assert_string_equal(text_in(batch, 1, "talked_on"), "2026-11-18");
    assert_string_equal(text_in(batch, 1, "topics"), "study");
    set(batch, 0, "talked_on", "2026-11-16"); /* still as above */
    assert_string_equal(text_in(batch, 1, "talked_on"), "2026-11-16");
    assert_true(ga_batch_is_filled(batch, 0) && ga_batch_is_filled(batch, 1) && !ga_batch_is_filled(batch, 3));
    ga_batch_destroy(batch);
}

static enum ga_rc keep_sheet(void *ctx, struct ga_error *err)
{
    return ga_batch_keep_draft(ctx, &(const struct ga_batch_place){0}, err);
}

/* What is noted of a cell goes with the table through a power cut, into the log with the record. */
static void a_note_on_a_cell_waits_with_the_sheet_for_the_record(void **state)
{
    (void)state;
    struct ga_batch *batch = new_batch("talk");
    struct ga_batch_place place = {0};
    struct ga_note *notes;
    size_t count = 0, saved = 0;
    int64_t rows;
    talk(batch, 1);
    struct ga_entry *entry = ga_batch_row(batch, 1)->entry;
    const struct ga_note_place cell = {
        .form = batch->form, .field = ga_form_field(batch->form, "mood"), .entry = entry, .keep = keep_sheet, .keep_ctx = batch};
    assert_int_equal(ga_note_write(app.session, &cell, "昨天还好好的", NULL), GA_OK);
    ga_batch_destroy(batch);
    app_reopen(&app);
    assert_int_equal(ga_batch_resume(app.session, only_draft(&rows), &batch, &place, NULL), GA_OK);
    ga_str_finish(&place.half);
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_OK);
    entry = ga_batch_row(batch, 1)->entry;
    assert_int_equal(ga_notes_read(app.session->store, &entry->now.id, &batch->arena, &notes, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(notes[0].text, "昨天还好好的");
    assert_string_equal(notes[0].field, "mood");
    assert_int_equal(entry->notes.len, 0);
    ga_batch_destroy(batch);
}

static void saving_ends_the_draft_emptying_too(void **state)
{
    (void)state;
    size_t saved = 0;
    int64_t rows;
    const struct ga_batch_place place = {0};
    struct ga_batch *batch = new_batch("talk");
    talk(batch, 1);
    assert_int_equal(ga_batch_keep_draft(batch, &place, NULL), GA_OK);
    assert_int_not_equal(only_draft(&rows), 0);
    set(batch, 1, "topics", "");
    set(batch, 1, "mood", "");
    assert_int_equal(ga_batch_keep_draft(batch, &place, NULL), GA_OK);
    assert_int_equal(only_draft(&rows), 0);
    talk(batch, 1);
    assert_int_equal(ga_batch_keep_draft(batch, &place, NULL), GA_OK);
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_OK);
    assert_int_equal(only_draft(&rows), 0);
    ga_batch_destroy(batch);
}

static void a_sheet_about_the_same_children_is_found_before_a_second_one(void **state)
{
    (void)state;
    struct ga_draft_line line;
    struct ga_batch_place place = {.field = "mood"};
    struct ga_batch *first = new_batch("talk"), *second = new_batch("talk"), *visits = new_batch("home_visit");
    assert_int_equal(ga_batch_find_unfinished(second, &line, NULL), GA_OK);
    assert_int_equal(line.no, 0);
    talk(first, 1);
    assert_int_equal(ga_batch_keep_draft(first, &place, NULL), GA_OK);
    assert_int_equal(ga_batch_find_unfinished(second, &line, NULL), GA_OK);
    assert_int_equal(line.no, first->draft_no);
    assert_int_equal(line.rows, 1);
    assert_int_equal(ga_batch_find_unfinished(first, &line, NULL), GA_OK);
    assert_int_equal(line.no, 0); /* its own is no other */
    assert_int_equal(ga_batch_find_unfinished(visits, &line, NULL), GA_OK);
    assert_int_equal(line.no, 0);
    assert_int_equal(ga_batch_take_village(second, "白果村", NULL), GA_OK); /* the child typed in is of 红岩村 */
    assert_int_equal(ga_batch_find_unfinished(second, &line, NULL), GA_OK);
    assert_int_equal(line.no, 0);
    ga_batch_destroy(first);
    ga_batch_destroy(second);
    ga_batch_destroy(visits);
}

static void a_sheet_begun_under_another_name_is_found_behind_ones_own(void **state)
{
    (void)state;
    struct ga_draft_line line;
    struct ga_batch_place place = {.field = "mood"};
    struct ga_store *store = app.session->store;
    struct ga_batch *anothers = new_batch("talk"), *for_another, *own, *now;
    ga_store_set_user(store, "王老师", NULL);
    talk(anothers, 1);
    assert_int_equal(ga_batch_keep_draft(anothers, &place, NULL), GA_OK);
    ga_store_set_user(store, "小罗", NULL);
    now = new_batch("talk");
    assert_int_equal(ga_batch_find_unfinished(now, &line, NULL), GA_OK);
    assert_string_equal(line.user, "王老师");
    ga_store_set_user(store, "何老师", "小罗");
    for_another = new_batch("talk");
    talk(for_another, 1);
    assert_int_equal(ga_batch_keep_draft(for_another, &place, NULL), GA_OK);
    ga_store_set_user(store, "小罗", NULL);
    assert_int_equal(ga_batch_find_unfinished(now, &line, NULL), GA_OK);
    assert_string_equal(line.user, "何老师");
    assert_string_equal(line.typist, "小罗");
    own = new_batch("talk");
    talk(own, 1);
    assert_int_equal(ga_batch_keep_draft(own, &place, NULL), GA_OK);
    assert_int_equal(ga_batch_find_unfinished(now, &line, NULL), GA_OK);
    assert_string_equal(line.user, "小罗");
    ga_batch_destroy(anothers);
    ga_batch_destroy(for_another);
    ga_batch_destroy(own);
    ga_batch_destroy(now);
}

static void the_sheet_stands_beside_a_single_draft_of_the_same_child(void **state)
{
    (void)state;
    struct ga_entry *entry;
    const struct ga_batch_place place = {0};
    int64_t single = 0;
    assert_int_equal(ga_entry_new(app.session, "talk", &children[0], &entry, NULL), GA_OK);
    app_type(entry, "advice", "多读书");
    assert_int_equal(ga_entry_keep_draft(entry, "advice", NULL), GA_OK);
    ga_entry_destroy(entry);
    struct ga_batch *batch = new_batch("talk");
    talk(batch, 0);
    assert_int_equal(ga_batch_keep_draft(batch, &place, NULL), GA_OK);
    assert_int_equal(ga_draft_find(app.session->store, "talk", NULL, &children[0], "周老师", &single, NULL), GA_OK);
    assert_int_not_equal(single, 0);
    assert_int_not_equal(single, batch->draft_no);
    ga_batch_destroy(batch);
}

static void a_draft_of_one_record_is_no_sheet(void **state)
{
    (void)state;
    struct ga_entry *entry;
    struct ga_batch *batch = NULL;
    struct ga_batch_place place;
    assert_int_equal(ga_entry_new(app.session, "talk", &children[0], &entry, NULL), GA_OK);
    app_type(entry, "advice", "多读书");
    assert_int_equal(ga_entry_keep_draft(entry, "advice", NULL), GA_OK);
    assert_int_equal(ga_batch_resume(app.session, entry->draft_no, &batch, &place, NULL), GA_DAMAGED);
    assert_int_equal(ga_batch_resume(app.session, 4711, &batch, &place, NULL), GA_NOT_FOUND);
    ga_entry_destroy(entry);
}

static void columns_and_children_are_remembered(void **state)
{
    (void)state;
    size_t saved = 0;
    struct ga_batch *batch = new_batch("talk");
    bool is_on[GA_BATCH_COLUMNS_MAX] = {false};
    is_on[0] = is_on[3] = is_on[4] = true;
    assert_false(ga_batch_has_last(app.session, "talk"));
    assert_int_equal(ga_batch_choose_columns(batch, is_on, NULL), GA_OK);
    talk(batch, 1);
    talk(batch, 3);
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_OK);
    ga_batch_destroy(batch);
    assert_int_equal(ga_batch_create(app.session, "talk", &batch, NULL), GA_OK);
    assert_int_equal(batch->columns_count, 3);
    assert_string_equal(batch->columns[1]->name, "topics");
    assert_int_equal(ga_batch_take_last(batch, NULL), GA_OK);
    assert_int_equal(batch->rows.len, 2);
    assert_string_equal(ga_batch_row(batch, 1)->name, "丁小红");
    assert_int_equal(ga_batch_row(batch, 0)->number, 2); /* as on the printed sheet of the class */
    assert_int_equal(ga_batch_row(batch, 1)->number, 4);
    ga_batch_destroy(batch);
}

/* A whole class of the last time, not as many as fit a short text. */
static void a_large_class_of_the_last_time_comes_back_whole(void **state)
{
    (void)state;
    enum { MANY = 60 };
    size_t saved = 0;
    for (size_t i = CHILDREN; i < MANY; i++)
        add_child(CHILDREN - 1, ga_arena_printf(&app.session->arena, "周小%zu", i));
    struct ga_batch *batch = new_batch("talk");
    assert_int_equal(batch->rows.len, MANY);
    for (size_t i = 0; i < MANY; i++)
        talk(batch, i);
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_OK);
    ga_batch_destroy(batch);
    assert_int_equal(ga_batch_create(app.session, "talk", &batch, NULL), GA_OK);
    assert_int_equal(ga_batch_take_last(batch, NULL), GA_OK);
    assert_int_equal(batch->rows.len, MANY);
    ga_batch_destroy(batch);
}

static void narrowed_rows_keep_their_numbers_and_what_is_filled_stays(void **state)
{
    (void)state;
    struct ga_batch *batch = new_batch("talk");
    assert_int_equal(ga_batch_narrow(batch, false, "白果村"), 2);
    assert_true(ga_batch_row(batch, 0)->is_out);
    assert_int_equal(ga_batch_row(batch, 2)->number, 3);
    assert_int_equal(ga_batch_narrow(batch, true, ""), 0); /* nobody is marked here */
    talk(batch, 1);
    assert_int_equal(ga_batch_narrow(batch, false, "白果村"), 3);
    assert_false(ga_batch_row(batch, 1)->is_out);
    assert_int_equal(ga_batch_narrow(batch, false, ""), CHILDREN);
    ga_batch_destroy(batch);
}

static void a_village_is_a_sheet_too(void **state)
{
    (void)state;
    struct ga_batch *batch;
    struct ga_arena arena;
    struct ga_whom_village *villages;
    size_t count;
    ga_arena_init(&arena);
    assert_int_equal(ga_whom_villages(app.session, &arena, &villages, &count, NULL), GA_OK);
    assert_int_equal(count, 2);
    assert_int_equal(villages[0].children, 2);
    assert_int_equal(ga_batch_create(app.session, "talk", &batch, NULL), GA_OK);
    assert_int_equal(ga_batch_take_village(batch, "白果村", NULL), GA_OK);
    assert_int_equal(batch->rows.len, 2);
    assert_string_equal(ga_batch_row(batch, 0)->name, "陈小强");
    ga_batch_destroy(batch);
    ga_arena_finish(&arena);
}

static void a_row_is_repeated_without_day_marks_and_secrets(void **state)
{
    (void)state;
    struct ga_batch *batch = new_batch("talk");
    assert_int_equal(ga_batch_repeat(batch, 0, NULL), GA_NOT_FOUND);
    assert_null(ga_batch_row(batch, 0)->entry);
    talk(batch, 0);
    set(batch, 0, "place", "class");
    set(batch, 0, "content", "想妈妈");
    set(batch, 0, "advice", "常打电话");
    set(batch, 0, "paper_no", "17");
    assert_int_equal(ga_batch_repeat(batch, 1, NULL), GA_OK);
    assert_string_equal(text_in(batch, 1, "topics"), "study");
    assert_string_equal(text_in(batch, 1, "advice"), "常打电话");
    assert_string_equal(text_in(batch, 1, "content"), "");
    assert_string_equal(text_in(batch, 1, "paper_no"), "");
    assert_int_equal(app_answer(ga_batch_row(batch, 1)->entry, "mood")->state, GA_EMPTY);
    assert_true(ga_batch_is_filled(batch, 1));
    ga_batch_destroy(batch);
}

static void the_last_record_is_repeated_in_a_new_one(void **state)
{
    (void)state;
    size_t saved = 0;
    struct ga_entry *entry;
    struct ga_batch *batch = new_batch("talk");
    talk(batch, 0);
    set(batch, 0, "advice", "常打电话");
    assert_int_equal(ga_batch_save(batch, &saved, NULL), GA_OK);
    ga_batch_destroy(batch);
    app_reopen(&app);
    assert_int_equal(ga_entry_new(app.session, "talk", &children[2], &entry, NULL), GA_OK);
    app_type(entry, "topics", "safety");
    assert_int_equal(ga_entry_repeat_last(entry, NULL, NULL), GA_OK);
    assert_string_equal(app_text(entry, "advice"), "常打电话");
    assert_string_equal(app_text(entry, "topics"), "safety"); /* typed: stays */
    ga_entry_destroy(entry);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        CASE(rows_stand_as_in_the_roster_and_are_empty),
        CASE(a_form_about_no_child_is_refused),
        CASE(only_rows_with_something_in_them_become_records),
        CASE(a_saved_row_is_not_saved_twice),
        CASE(a_day_left_empty_is_as_above),
        CASE(an_emptied_row_is_empty_again),
        CASE(what_is_wrong_bars_all_rows_and_names_the_row),
        CASE(one_reason_settles_the_same_warning_in_all_rows),
        CASE(a_power_cut_leaves_the_whole_sheet),
        CASE(a_note_on_a_cell_waits_with_the_sheet_for_the_record),
        CASE(saving_ends_the_draft_emptying_too),
        CASE(a_sheet_about_the_same_children_is_found_before_a_second_one),
        CASE(a_sheet_begun_under_another_name_is_found_behind_ones_own),
        CASE(the_sheet_stands_beside_a_single_draft_of_the_same_child),
        CASE(a_draft_of_one_record_is_no_sheet),
        CASE(columns_and_children_are_remembered),
        CASE(a_large_class_of_the_last_time_comes_back_whole),
        CASE(narrowed_rows_keep_their_numbers_and_what_is_filled_stays),
        CASE(a_village_is_a_sheet_too),
        CASE(a_row_is_repeated_without_day_marks_and_secrets),
        CASE(the_last_record_is_repeated_in_a_new_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
