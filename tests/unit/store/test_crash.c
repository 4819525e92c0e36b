/* After a power cut every acknowledged save is whole, every other one whole or not there at all. */
#include "guanai/base/alloc.h"
#include "guanai/store/draft.h"
#include "guanai/store/record.h"
#include "guanai/store/verify.h"
#include "power_cut.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct power_cut cut;

static int start(void **state)
{
    (void)state;
    power_cut_start(&cut);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    power_cut_stop(&cut);
    return 0;
}

static void type_child(struct ga_answers *child, int i)
{
    char text[32];
    ga_answers_init(child, school_form(&cut.school, "child"));
    snprintf(text, sizeof(text), "学生%s", (const char *[]){"甲", "乙", "丙", "丁", "戊"}[i % 5]);
    school_type(child, "name", text);
    snprintf(text, sizeof(text), "1380000%04d", i);
    school_type(child, "guardian_phone", text);
}

static struct ga_uuid save_child(int i)
{
    struct ga_answers child;
    type_child(&child, i);
    const struct ga_save_record record = {.after = &child};
    assert_int_equal(ga_store_save(cut.school.store, &record, 0, NULL, NULL), GA_OK);
    const struct ga_uuid id = child.id;
    ga_answers_finish(&child);
    power_cut_acknowledge(&cut);
    return id;
}

static void save_some(void)
{
    power_cut_from_here(&cut);
    struct ga_uuid id = {0};
    for (int i = 0; i < 4; i++)
        id = save_child(i);
    school_edit(&cut.school, "child", &id, "village", "石桥村");
    power_cut_acknowledge(&cut);
    school_edit(&cut.school, "child", &id, "guardian_phone", "");
    power_cut_acknowledge(&cut);
}

static void saves_survive(void **state)
{
    (void)state;
    save_some();
    assert_int_equal(power_cut_losses(&cut, "saves"), 0);
}

static void saves_around_checkpoints_survive(void **state)
{
    (void)state;
    save_some();
    ga_db_checkpoint(ga_store_db(cut.school.store), GA_CHECKPOINT_TRUNCATE, NULL);
    save_child(7);
    ga_db_checkpoint(ga_store_db(cut.school.store), GA_CHECKPOINT_PASSIVE, NULL);
    save_child(8);
    assert_int_equal(power_cut_losses(&cut, "saves around checkpoints"), 0);
}

static void an_import_is_there_whole_or_not_at_all(void **state)
{
    (void)state;
    struct ga_save *save;
    power_cut_from_here(&cut);
    save_child(1);
    assert_int_equal(ga_save_begin(cut.school.store, &save, NULL), GA_OK);
    for (int i = 0; i < 500; i++) {
        struct ga_answers child;
        type_child(&child, i);
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    power_cut_acknowledge(&cut);
    assert_int_equal(power_cut_losses(&cut, "import"), 0);
}

/* What a second person typed and found right comes with the mark that says so, or neither does. */
static void a_second_typing_is_there_with_its_mark_or_not_at_all(void **state)
{
    (void)state;
    struct ga_arena arena = {0};
    struct ga_store *store = cut.school.store;
    struct ga_verify_field *fields;
    struct ga_answers before, after;
    struct ga_heads *heads;
    struct ga_save *save;
    size_t count = 0;
    power_cut_from_here(&cut);
    const struct ga_uuid id = save_child(1);
    assert_int_equal(ga_store_read(store, school_form(&cut.school, "child"), &id, &before, &heads, NULL), GA_OK);
    ga_answers_copy(&after, &before);
    school_type(&after, "guardian_phone", "13900000001");
    const struct ga_save_record record = {.after = &after, .before = &before, .heads = heads};
    assert_int_equal(ga_save_begin(store, &save, NULL), GA_OK);
    assert_int_equal(ga_save_put(save, &record, NULL, NULL), GA_OK);
    assert_int_equal(ga_verify_read(store, &id, &arena, &fields, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].field->name, "guardian_phone") == 0)
            assert_int_equal(ga_save_verify(save, &id, &fields[i], GA_VERIFY_SECOND, NULL, NULL, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    power_cut_acknowledge(&cut);
    const char **names;
    assert_int_equal(ga_verify_marked(store, &id, &arena, &names, &count, NULL), GA_OK);
    assert_int_equal(count, 1); /* it marks what this very save has put */
    assert_string_equal(names[0], "guardian_phone");
    ga_heads_destroy(heads);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
    ga_arena_finish(&arena);
    assert_int_equal(power_cut_losses(&cut, "second typing"), 0);
}

static void drafts_survive(void **state)
{
    (void)state;
    struct ga_draft draft = {0};
    power_cut_from_here(&cut);
    type_child(&draft.answers, 3);
    assert_int_equal(ga_draft_save(cut.school.store, &draft, NULL), GA_OK);
    power_cut_acknowledge(&cut);
    school_type(&draft.answers, "village", "石桥村");
    assert_int_equal(ga_draft_save(cut.school.store, &draft, NULL), GA_OK);
    power_cut_acknowledge(&cut);
    const struct ga_save_record record = {.after = &draft.answers};
    assert_int_equal(ga_store_save(cut.school.store, &record, draft.no, NULL, NULL), GA_OK);
    power_cut_acknowledge(&cut); /* the record is there and its draft gone, or neither */
    ga_draft_finish(&draft);
    assert_int_equal(power_cut_losses(&cut, "drafts"), 0);
}

static void begin_draft(struct ga_draft *draft, const char *name)
{
    ga_answers_init(&draft->answers, school_form(&cut.school, "child"));
    school_type(&draft->answers, "name", name);
    assert_int_equal(ga_draft_save(cut.school.store, draft, NULL), GA_OK);
    power_cut_acknowledge(&cut);
}

static void save_draft(struct ga_draft *draft)
{
    struct ga_save *save;
    char id[GA_UUID_TEXT_SIZE];
    const struct ga_save_record record = {.after = &draft->answers};
    assert_int_equal(ga_save_begin(cut.school.store, &save, NULL), GA_OK);
    assert_int_equal(ga_save_put(save, &record, NULL, NULL), GA_OK);
    ga_save_end_draft(save, draft->no);
    ga_save_set_after(save, "last.child.周老师", ga_uuid_text(&draft->answers.id, id));
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    power_cut_acknowledge(&cut);
}

/* The row of a saved draft goes by and by: whatever happens before, it is not offered again, a later one not lost with it. */
static void a_saved_draft_is_known_as_saved_before_its_row_is_gone(void **state)
{
    (void)state;
    struct ga_store *store = cut.school.store;
    struct ga_draft first = {.field = "name"}, second = {.field = "name"}, third = {.field = "name"};
    struct ga_draft_line *lines;
    struct ga_arena arena = {0};
    int64_t rows = 0;
    size_t count = 0;
    power_cut_from_here(&cut);
    begin_draft(&first, "学生甲");
    save_draft(&first);
    assert_int_equal(ga_db_query_int(ga_store_db(store), "SELECT count(*) FROM draft", &rows, NULL), GA_OK);
    assert_int_equal(rows, 1); /* no page was written for it */
    begin_draft(&second, "学生乙");
    assert_int_equal(second.no, first.no); /* the row went first, so its number was free */
    save_draft(&second);
    ga_store_idle(store);
    begin_draft(&third, "学生丙");
    ga_store_idle(store);
    assert_int_equal(ga_draft_list(store, NULL, &arena, &lines, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(lines[0].summary, "学生丙");
    ga_draft_finish(&first);
    ga_draft_finish(&second);
    ga_draft_finish(&third);
    ga_arena_finish(&arena);
    assert_int_equal(power_cut_losses(&cut, "a saved draft"), 0);
}

/* The shipped forms with something changed by sed: expressions and the file they are for. */
static void copy_forms(char folder[64], const char *sed)
{
    char command[600];
    strcpy(folder, "/tmp/guanai-forms-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof(command), "cp -r '%s'/* '%s' && cd '%s' && sed -i %s", FORMS_FOLDER, folder, folder, sed);
    assert_int_equal(system(command), 0);
}

static void accept_copy(const char *sed)
{
    struct ga_problems problems;
    char folder[64], command[100];
    copy_forms(folder, sed);
    power_cut_from_here(&cut);
    ga_problems_init(&problems);
    assert_int_equal(ga_store_accept_forms(cut.school.store, GA_FOLDER(folder), &problems, NULL), GA_OK);
    assert_int_equal(problems.faults, 0);
    power_cut_acknowledge(&cut);
    ga_problems_finish(&problems);
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

/* A new version of talk.yaml with one field more: tables are made anew, records projected again. */
static void a_changed_form_is_in_force_whole_or_not_at_all(void **state)
{
    (void)state;
    struct ga_answers talk;
    const struct ga_uuid child = school_add_child(&cut.school, "张三");
    ga_answers_init(&talk, school_form(&cut.school, "talk"));
    talk.child = child;
    school_type(&talk, "content", "想妈妈");
    assert_int_equal(ga_store_save(cut.school.store, &(struct ga_save_record){.after = &talk}, 0, NULL, NULL), GA_OK);
    ga_answers_finish(&talk);
    accept_copy("-e 's/^version: .*/version: 100/' -e 's/^fields:/fields:\\n"
                "  - {name: weather, type: text, label: {zh: 天气, en: Weather}}/' talk.yaml");
    assert_int_equal(school_form(&cut.school, "talk")->version, 100);
    assert_int_equal(power_cut_losses(&cut, "a changed form"), 0);
}

/* Other classes come first: every child is sorted anew, or none is and the list is the old one. */
static void a_changed_list_is_in_force_whole_or_not_at_all(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        const struct ga_uuid id = school_add_child(&cut.school, "张三");
        school_edit(&cut.school, "child", &id, "grade", i % 2 ? "一年级" : "二年级");
    }
    accept_copy("-e '/code: g1,/d' lists/grade.yaml");
    assert_int_equal(power_cut_losses(&cut, "a changed list"), 0);
}

/* Cut at any time while the data folder is made: opening it again makes it, or finds it made. */
static void a_data_folder_half_made_can_be_opened(void **state)
{
    (void)state;
    power_cut_from_the_start(&cut);
    assert_int_equal(power_cut_losses(&cut, "first creation"), 0);
}

/* The first sync of a new -wal syncs the folder too; every later save waits for the disk once. */
static void a_save_waits_for_the_disk_once(void **state)
{
    (void)state;
    enum { NOTE_BYTES_MAX = 4 * (4096 + 24) }; /* four frames of the -wal: this disk writes the last one twice */
    power_cut_from_here(&cut);
    const struct ga_uuid id = save_child(1);
    const int64_t syncs = crash_vfs_syncs(cut.recorded);
    save_child(2);
    assert_int_equal(crash_vfs_syncs(cut.recorded) - syncs, 1);
    const int64_t bytes = crash_vfs_bytes_written(cut.recorded);
    school_edit(&cut.school, "child", &id, "note", "爱画画");
    assert_int_equal(crash_vfs_syncs(cut.recorded) - syncs, 2);
    print_message("# a note: %lld bytes\n", (long long)(crash_vfs_bytes_written(cut.recorded) - bytes));
    assert_true(crash_vfs_bytes_written(cut.recorded) - bytes <= NOTE_BYTES_MAX);
}

static void without_syncs_losses_are_found(void **state)
{
    (void)state;
    crash_vfs_ignore_syncs(cut.recorded);
    save_some();
    assert_true(power_cut_losses(&cut, "mutant: syncs ignored") > 0);
}

static void without_waiting_for_the_log_losses_are_found(void **state)
{
    (void)state;
    power_cut_with_normal_sync(&cut);
    save_some();
    assert_true(power_cut_losses(&cut, "mutant: synchronous=NORMAL") > 0);
}

static void with_the_librarys_default_losses_are_found(void **state)
{
    (void)state;
    power_cut_with_delete_journal(&cut);
    save_some();
    assert_true(power_cut_losses(&cut, "mutant: journal_mode=DELETE") > 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

/* "mutants": what is wrong on purpose must be seen to lose something. Apart, as each tries hundreds of power cuts. */
int main(int argc, char **argv)
{
    (void)argv;
    const struct CMUnitTest tests[] = {
        CASE(saves_survive),
        CASE(saves_around_checkpoints_survive),
        CASE(an_import_is_there_whole_or_not_at_all),
        CASE(a_second_typing_is_there_with_its_mark_or_not_at_all),
        CASE(drafts_survive),
        CASE(a_saved_draft_is_known_as_saved_before_its_row_is_gone),
        CASE(a_changed_form_is_in_force_whole_or_not_at_all),
        CASE(a_changed_list_is_in_force_whole_or_not_at_all),
        CASE(a_data_folder_half_made_can_be_opened),
        CASE(a_save_waits_for_the_disk_once),
    };
    const struct CMUnitTest mutants[] = {
        CASE(without_syncs_losses_are_found),
        CASE(without_waiting_for_the_log_losses_are_found),
        CASE(with_the_librarys_default_losses_are_found),
    };
    return argc > 1 ? cmocka_run_group_tests(mutants, NULL, NULL) : cmocka_run_group_tests(tests, NULL, NULL);
}
