/* Several forms side by side: each group of cells a record of its form, all of them one act. */
#include "app_folder.h"

#include "guanai/app/batch_sheet.h"
#include "guanai/app/class_print.h"
#include "guanai/app/duties.h"
#include "guanai/store/draft.h"
#include "guanai/store/record.h"
#include "guanai/store/same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 4 };
static struct app_folder app;

/* By the roster: 安小明, 白小丽, 陈小强, 丁小红; two are left behind. */
static void add_child(const char *name, const char *is_left_behind)
{
    static const char *const typed[][2] = {{"sex", "male"}, {"grade", "三年级"}, {"class", "2"}, {"village", "红岩村"}};
    struct ga_entry *entry;
    assert_int_equal(ga_entry_new(app.session, "child", NULL, &entry, NULL), GA_OK);
    app_type(entry, "name", name);
    for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
        app_type(entry, typed[i][0], typed[i][1]);
    app_type(entry, "marked_left_behind", is_left_behind);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

static int start(void **state)
{
    (void)state;
    app_start(&app);
    add_child("安小明", "0");
    add_child("白小丽", "1");
    add_child("陈小强", "0");
    add_child("丁小红", "1");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    app_stop(&app);
    return 0;
}

static struct ga_batch_sheet *new_sheet(void)
{
    struct ga_batch_sheet *sheet;
    struct ga_arena arena;
    struct ga_roster_class *classes;
    size_t count;
    struct ga_error err = {0};
    ga_arena_init(&arena);
    assert_int_equal(ga_batch_sheet_create(app.session, "class_month", &sheet, &err), GA_OK);
    assert_int_equal(ga_store_classes(app.session->store, GA_ZH, &arena, &classes, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ga_batch_sheet_take(sheet, &(struct ga_whom){.class = &classes[0]}, &err), GA_OK);
    ga_arena_finish(&arena);
    assert_int_equal(ga_batch_sheet_rows(sheet), CHILDREN);
    return sheet;
}

static struct ga_batch *part(const struct ga_batch_sheet *sheet, const char *form)
{
    for (size_t i = 0; i < sheet->parts_count; i++)
        if (strcmp(sheet->parts[i]->form->name, form) == 0)
            return sheet->parts[i];
    fail_msg("no %s in the sheet", form);
    return NULL;
}

static void set(const struct ga_batch_sheet *sheet, size_t row, const char *form, const char *field, const char *text)
{
    struct ga_batch *batch = part(sheet, form);
    struct ga_error err = {0};
    assert_int_equal(ga_batch_set(batch, row, ga_form_field(batch->form, field), text, NULL, &err), GA_OK);
}

static void talk(const struct ga_batch_sheet *sheet, size_t row)
{
    set(sheet, row, "talk", "topics", "study");
    set(sheet, row, "talk", "mood", "3");
}

static int64_t records(const char *form)
{
    int64_t count = 0;
    assert_int_equal(ga_store_count(app.session->store, form, &count, NULL), GA_OK);
    return count;
}

static size_t save(struct ga_batch_sheet *sheet)
{
    size_t saved = 0;
    struct ga_error err = {0};
    assert_int_equal(ga_batch_sheet_save(sheet, &saved, &err), GA_OK);
    return saved;
}

static void left_behind_children_stand_first_with_the_numbers_of_the_roster(void **state)
{
    (void)state;
    struct ga_batch_sheet *sheet = new_sheet();
    assert_string_equal(ga_batch_sheet_row(sheet, 0)->name, "白小丽");
    assert_int_equal(ga_batch_sheet_row(sheet, 0)->number, 2);
    assert_string_equal(ga_batch_sheet_row(sheet, 1)->name, "丁小红");
    assert_int_equal(ga_batch_sheet_row(sheet, 1)->number, 4);
    assert_int_equal(ga_batch_sheet_row(sheet, 2)->number, 1);
    assert_int_equal(ga_batch_sheet_count_shown(sheet), 2);
    assert_int_equal(ga_batch_sheet_narrow(sheet, false, ""), CHILDREN);
    ga_batch_sheet_destroy(sheet);
}

static void every_group_of_cells_becomes_a_record_of_its_form_in_one_act(void **state)
{
    (void)state;
    struct ga_batch_sheet *sheet = new_sheet();
    talk(sheet, 0);
    talk(sheet, 1);
    set(sheet, 1, "living_care", "kind", "meals");
    set(sheet, 1, "living_care", "what", "一起吃饭");
    set(sheet, 0, "letter", "kind", "to_parents");
    assert_int_equal(ga_batch_sheet_count_filled(sheet), 4);
    assert_int_equal(save(sheet), 4);
    assert_int_equal(records("talk"), 2);
    assert_int_equal(records("living_care"), 1);
    assert_int_equal(records("letter"), 1);
    assert_int_equal(records("parent_call"), 0);
    assert_true(ga_batch_sheet_is_saved(sheet, 0));
    assert_false(ga_batch_sheet_is_saved(sheet, 2));
    ga_batch_sheet_destroy(sheet);
}

static void what_bars_one_form_leaves_all_of_them_unwritten(void **state)
{
    (void)state;
    size_t saved = 0;
    struct ga_vec findings;
    struct ga_batch_sheet *sheet = new_sheet();
    ga_vec_init(&findings, sizeof(struct ga_batch_finding));
    talk(sheet, 0);
    set(sheet, 1, "living_care", "kind", "meals"); /* what was done is missing */
    assert_int_equal(ga_batch_sheet_save(sheet, &saved, NULL), GA_REFUSED);
    assert_int_equal(records("talk"), 0);
    assert_int_equal(ga_batch_sheet_findings(sheet, &findings), 1);
    const struct ga_batch_finding *found = GA_VEC_AT(const struct ga_batch_finding, &findings, 0);
    assert_ptr_equal(found->batch, part(sheet, "living_care"));
    assert_int_equal(found->row, 1);
    ga_vec_finish(&findings);
    ga_batch_sheet_destroy(sheet);
}

static size_t count_pupils(const struct ga_uuid *id)
{
    struct ga_answers answers;
    const struct ga_form *form = ga_forms_get(app.session->forms, "tutoring", NULL);
    const struct ga_field *pupils = ga_form_field(form, "pupils");
    size_t count = 0;
    assert_int_equal(ga_store_read(app.session->store, form, id, &answers, NULL, NULL), GA_OK);
    for (size_t i = 0; i < answers.repeats[pupils->index].count; i++)
        count += !answers.repeats[pupils->index].rows[i].is_gone;
    ga_answers_finish(&answers);
    return count;
}

static void the_same_lesson_of_several_children_is_one_record_with_all_of_them(void **state)
{
    (void)state;
    struct ga_batch_sheet *sheet = new_sheet();
    for (size_t i = 0; i < CHILDREN; i++)
        set(sheet, i, "tutoring", "subject", i == 2 ? "chinese" : "maths");
    assert_int_equal(ga_batch_sheet_count_filled(sheet), 4);
    assert_int_equal(save(sheet), 2);
    assert_int_equal(records("tutoring"), 2);
    const struct ga_batch *tutoring = part(sheet, "tutoring");
    assert_int_equal(count_pupils(&ga_batch_row(tutoring, 0)->entry->now.id), 3);
    assert_int_equal(count_pupils(&ga_batch_row(tutoring, 2)->entry->now.id), 1);
    assert_int_equal(ga_uuid_compare(&ga_batch_row(tutoring, 0)->entry->now.id, &ga_batch_row(tutoring, 3)->entry->now.id), 0);
    ga_batch_sheet_destroy(sheet);
    sheet = new_sheet(); /* who was in the last lesson is in no row of the next but their own */
    set(sheet, 1, "tutoring", "subject", "maths");
    assert_int_equal(save(sheet), 1);
    assert_int_equal(count_pupils(&ga_batch_row(part(sheet, "tutoring"), 1)->entry->now.id), 1);
    ga_batch_sheet_destroy(sheet);
}

static const struct ga_batch_told *told(const struct ga_batch_sheet *sheet, size_t row, const char *form)
{
    return ga_batch_row(part(sheet, form), row)->told;
}

static void what_the_month_has_already_is_told_under_its_form(void **state)
{
    (void)state;
    struct ga_batch_sheet *sheet = new_sheet();
    set(sheet, 0, "talk", "talked_on", "2026-11-09");
    talk(sheet, 0);
    set(sheet, 1, "talk", "talked_on", "2026-10-30"); /* another month */
    talk(sheet, 1);
    set(sheet, 0, "tutoring", "subject", "maths");
    set(sheet, 1, "tutoring", "subject", "maths");
    save(sheet);
    ga_batch_sheet_destroy(sheet);
    sheet = new_sheet();
    set(sheet, 0, "talk", "talked_on", "2026-11-12");
    talk(sheet, 0);
    save(sheet);
    assert_int_equal(ga_batch_sheet_tell(sheet, NULL), GA_OK);
    assert_int_equal(told(sheet, 0, "talk")->count, 2);
    assert_string_equal(told(sheet, 0, "talk")->day, "2026-11-12");
    assert_null(told(sheet, 1, "talk"));
    assert_int_equal(told(sheet, 0, "tutoring")->count, 1);
    assert_int_equal(told(sheet, 1, "tutoring")->count, 1);
    assert_null(told(sheet, 2, "tutoring"));
    assert_null(told(sheet, 0, "letter"));
    ga_batch_sheet_destroy(sheet);
}

static struct ga_uuid talk_again(const struct ga_batch_sheet *sheet)
{
    static const char *const said[][2] = {{"talked_on", "2026-11-21"}, {"topics", "study"}, {"mood", "3"}};
    struct ga_entry *entry;
    assert_int_equal(ga_entry_new(app.session, "talk", &ga_batch_sheet_row(sheet, 0)->child, &entry, NULL), GA_OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, said[i][0]), NULL, said[i][1], NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    const struct ga_uuid id = entry->now.id;
    ga_entry_destroy(entry);
    return id;
}

static void of_two_of_one_day_the_one_written_later_is_told_first(void **state)
{
    (void)state;
    struct ga_batch_sheet *sheet = new_sheet();
    const struct ga_uuid first = talk_again(sheet), second = talk_again(sheet);
    assert_int_equal(ga_batch_sheet_tell(sheet, NULL), GA_OK);
    assert_int_equal(told(sheet, 0, "talk")->count, 2);
    assert_int_equal(ga_uuid_compare(&told(sheet, 0, "talk")->records[0], &second), 0);
    assert_int_equal(ga_uuid_compare(&told(sheet, 0, "talk")->records[1], &first), 0);
    ga_batch_sheet_destroy(sheet);
}

static void care_of_several_at_once_is_told_of_each(void **state)
{
    (void)state;
    struct ga_batch_sheet *sheet = new_sheet();
    struct ga_entry *entry;
    char id[GA_UUID_TEXT_SIZE];
    assert_int_equal(ga_entry_new(app.session, "living_care", &ga_batch_sheet_row(sheet, 0)->child, &entry, NULL), GA_OK);
    const struct ga_field *also = ga_form_field(entry->form, "also");
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "kind"), NULL, "meals", NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "what"), NULL, "加餐", NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_set(entry, &also->fields.items[0], ga_entry_add_row(entry, also),
                                  ga_uuid_text(&ga_batch_sheet_row(sheet, 1)->child, id), NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
    assert_int_equal(ga_batch_sheet_tell(sheet, NULL), GA_OK);
    assert_int_equal(told(sheet, 0, "living_care")->count, 1);
    assert_non_null(told(sheet, 1, "living_care"));
    assert_int_equal(told(sheet, 1, "living_care")->count, 1);
    assert_null(told(sheet, 2, "living_care"));
    ga_batch_sheet_destroy(sheet);
}

/* One lesson of both files of a child is one; their talks come the newest first, whichever file they are in. */
static void of_two_files_of_one_child_each_record_is_told_once(void **state)
{
    (void)state;
    struct ga_batch_sheet *sheet = new_sheet();
    static const char *const DAYS[][2] = {{"2026-11-09", "2026-11-12"}, {"2026-11-11", "2026-11-20"}};
    for (size_t i = 0; i < 2; i++) {
        for (size_t row = 0; row < 2; row++) {
            set(sheet, row, "talk", "talked_on", DAYS[row][i]);
            talk(sheet, row);
            if (i == 0)
                set(sheet, row, "tutoring", "subject", "maths");
        }
        save(sheet);
        if (i == 0) {
            ga_batch_sheet_destroy(sheet);
            sheet = new_sheet();
        }
    }
    assert_int_equal(ga_same_say(app.session->store, &ga_batch_sheet_row(sheet, 0)->child, &ga_batch_sheet_row(sheet, 1)->child,
                                 GA_SAME_LINKED, NULL, NULL), GA_OK);
    assert_int_equal(ga_batch_sheet_tell(sheet, NULL), GA_OK);
    assert_int_equal(told(sheet, 0, "tutoring")->count, 1);
    assert_int_equal(told(sheet, 0, "talk")->count, 4);
    assert_string_equal(told(sheet, 0, "talk")->day, "2026-11-20");
    assert_string_equal(told(sheet, 0, "talk")->days[1], "2026-11-12");
    assert_string_equal(told(sheet, 0, "talk")->days[3], "2026-11-09");
    ga_batch_sheet_destroy(sheet);
}

static int64_t any_draft(size_t *ret_count)
{
    struct ga_arena arena;
    struct ga_draft_line *lines;
    ga_arena_init(&arena);
    assert_int_equal(ga_draft_list(app.session->store, NULL, &arena, &lines, ret_count, NULL), GA_OK);
    const int64_t no = *ret_count > 0 ? lines[0].no : 0;
    ga_arena_finish(&arena);
    return no;
}

static void a_power_cut_leaves_all_forms_of_the_sheet(void **state)
{
    (void)state;
    size_t drafts;
    struct ga_batch *batch;
    struct ga_batch_sheet *sheet = new_sheet();
    struct ga_batch_place place = {.row = 1, .field = "what"};
    talk(sheet, 0);
    set(sheet, 0, "tutoring", "subject", "maths");
    save(sheet); /* row 0 is done; what follows is not */
    talk(sheet, 1);
    set(sheet, 2, "tutoring", "subject", "maths");
    set(sheet, 1, "living_care", "kind", "meals");
    ga_str_add(&place.half, "吃");
    assert_int_equal(ga_batch_sheet_keep_draft(sheet, part(sheet, "living_care"), &place, NULL), GA_OK);
    ga_str_finish(&place.half);
    ga_batch_sheet_destroy(sheet);
    app_reopen(&app);
    const int64_t no = any_draft(&drafts);
    assert_int_equal(drafts, 3);
    assert_int_equal(ga_batch_sheet_resume(app.session, no, &sheet, &batch, &place, NULL), GA_OK);
    assert_int_equal(ga_batch_sheet_rows(sheet), CHILDREN);
    assert_string_equal(sheet->parts[0]->title, "三年级(2)班");
    assert_true(ga_batch_is_filled(part(sheet, "talk"), 1));
    assert_true(ga_batch_is_filled(part(sheet, "tutoring"), 2));
    assert_true(ga_batch_is_filled(part(sheet, "living_care"), 1));
    assert_int_equal(ga_batch_sheet_count_filled(sheet), 3);
    assert_int_equal(told(sheet, 0, "talk")->count, 1);
    ga_str_finish(&place.half);
    set(sheet, 1, "living_care", "what", "吃饭");
    assert_int_equal(save(sheet), 3);
    any_draft(&drafts);
    assert_int_equal(drafts, 0);
    assert_int_equal(count_pupils(&ga_batch_row(part(sheet, "tutoring"), 2)->entry->now.id), 1);
    ga_batch_sheet_destroy(sheet);
}

static void a_form_that_was_unticked_stays_away_until_it_is_ticked(void **state)
{
    (void)state;
    struct ga_batch_sheet *sheet = new_sheet();
    bool is_on[GA_BATCH_SHEET_COLUMNS_MAX] = {false};
    for (size_t i = 0; i < sheet->parts[0]->columns_count; i++)
        is_on[i] = true;
    assert_int_equal(ga_batch_sheet_choose(sheet, is_on, NULL), GA_OK);
    assert_int_equal(sheet->columns_count, 4);
    ga_batch_sheet_destroy(sheet);
    sheet = new_sheet();
    assert_int_equal(sheet->columns_count, 4);
    assert_string_equal(sheet->columns[0].field->name, "talked_on");
    ga_batch_sheet_add_column(sheet, part(sheet, "letter"), ga_form_field(part(sheet, "letter")->form, "kind"));
    assert_int_equal(sheet->columns_count, 5);
    ga_batch_sheet_destroy(sheet);
}

/* The numbers of the screen, what is there, room to write, below it what the checklist counts. */
static void the_printed_page_has_the_rows_and_counts_of_the_screen(void **state)
{
    (void)state;
    char path[128];
    struct ga_str text = {0};
    struct ga_error err = {0};
    struct ga_batch_sheet *sheet = new_sheet();
    set(sheet, 0, "talk", "talked_on", "2026-11-09");
    talk(sheet, 0);
    save(sheet);
    assert_int_equal(ga_batch_sheet_tell(sheet, NULL), GA_OK);
    snprintf(path, sizeof(path), "%s/sheet.txt", app.path);
    assert_int_equal(ga_class_sheet_print(sheet, path, &err), GA_OK);
    assert_int_equal(ga_io_read_file(app.options.io, path, 1 << 20, &text, NULL), GA_OK);
    const char *page = ga_str_text(&text);
    assert_non_null(strstr(page, "三年级(2)班 2026-11\n"));
    assert_non_null(strstr(page, "\n  2 白小丽    11-09"));
    assert_non_null(strstr(page, "\n  4 丁小红    _________"));
    assert_null(strstr(page, "安小明")); /* not in sight */
    assert_non_null(strstr(page, "1/2")); /* talks: done of owed, as on the checklist */
    ga_str_finish(&text);
    snprintf(path, sizeof(path), "%s/sheet.xlsx", app.path);
    app.session->helper = NULL;
    assert_int_equal(ga_class_sheet_print(sheet, path, &err), GA_NOT_FOUND);
    ga_batch_sheet_destroy(sheet);
}

static void what_the_class_itself_owes_stands_below_on_the_printed_page(void **state)
{
    (void)state;
    char path[128];
    struct ga_str text = {0};
    const struct ga_duty_switch theme = {.duty = "theme_month", .is_on = true, .from_on = {2026, 11, 1}};
    assert_int_equal(ga_session_switch_duty(app.session, &theme, NULL), GA_OK);
    struct ga_batch_sheet *sheet = new_sheet();
    snprintf(path, sizeof(path), "%s/sheet.txt", app.path);
    assert_int_equal(ga_class_sheet_print(sheet, path, NULL), GA_OK);
    assert_int_equal(ga_io_read_file(app.options.io, path, 1 << 20, &text, NULL), GA_OK);
    assert_non_null(strstr(ga_str_text(&text), "\nThe class  Theme of the month not yet\n"));
    ga_str_finish(&text);
    ga_batch_sheet_destroy(sheet);
}

static void a_sheet_there_is_none_of_is_said(void **state)
{
    (void)state;
    struct ga_batch_sheet *sheet = NULL;
    assert_int_equal(ga_batch_sheet_create(app.session, "nothing", &sheet, NULL), GA_NOT_FOUND);
    assert_null(sheet);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(left_behind_children_stand_first_with_the_numbers_of_the_roster),
        CASE(every_group_of_cells_becomes_a_record_of_its_form_in_one_act),
        CASE(what_bars_one_form_leaves_all_of_them_unwritten),
        CASE(the_same_lesson_of_several_children_is_one_record_with_all_of_them),
        CASE(what_the_month_has_already_is_told_under_its_form),
        CASE(care_of_several_at_once_is_told_of_each),
        CASE(of_two_of_one_day_the_one_written_later_is_told_first),
        CASE(of_two_files_of_one_child_each_record_is_told_once),
        CASE(a_power_cut_leaves_all_forms_of_the_sheet),
        CASE(a_form_that_was_unticked_stays_away_until_it_is_ticked),
        CASE(the_printed_page_has_the_rows_and_counts_of_the_screen),
        CASE(what_the_class_itself_owes_stands_below_on_the_printed_page),
        CASE(a_sheet_there_is_none_of_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
