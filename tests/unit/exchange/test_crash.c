/* The power goes while a roster comes in, while its rows are corrected: every step is there whole or not at all. */
#include "office.h"
#include "power_cut.h"

#include "guanai/base/alloc.h"
#include "guanai/exchange/import_past.h"
#include "guanai/store/draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 40, REFUSED = 4 };

static struct power_cut cut;
static struct office office;

static int start(void **state)
{
    (void)state;
    power_cut_start(&cut);
    office = (struct office){.school = cut.school};
    office_settle(&office);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    power_cut_stop(&cut);
    ga_rules_destroy(office.rules);
    ga_arena_finish(&office.arena);
    return 0;
}

/* Every tenth row has a day that never was. */
static void write_roster(struct ga_str *text, bool with_phones)
{
    ga_str_addf(text, "姓名,性别,出生日期,村组,年级,班级%s\n", with_phones ? ",监护人电话,备注" : "");
    for (int i = 0; i < ROWS; i++) {
        ga_str_addf(text, "孩子%s%s,%s,2015-%02d-%02d,上坝村,三年级,%d班", (const char *[]){"甲", "乙", "丙", "丁"}[i % 4],
                    (const char *[]){"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}[i / 4], i % 2 ? "男" : "女",
                    i % 10 == 9 ? 2 : i % 12 + 1, i % 10 == 9 ? 30 : i % 28 + 1, i % 3 + 1);
        if (with_phones)
            ga_str_addf(text, ",1380000%04d,爱画画%d", i, i);
        ga_str_add(text, "\n");
    }
}

static struct tally take_in(bool with_phones)
{
    struct ga_str text = {0};
    write_roster(&text, with_phones);
    const struct tally tally = office_import_text(&office, "child", ga_str_text(&text));
    ga_str_finish(&text);
    return tally;
}

static bool stop_at_ten(void *ctx, int64_t done, int64_t total)
{
    (void)ctx, (void)total;
    return done < 10;
}

/* Stopped in the middle: as if it had never been begun. */
static void begin_and_stop(void)
{
    struct ga_str text = {0};
    const struct ga_progress progress = {.step = stop_at_ten};
    write_roster(&text, false);
    struct ga_import *import =
        office_open(&office, "child", office_file(&office, "t.csv", text.data, text.len), GA_IMPORT_FILL);
    assert_int_equal(ga_import_plan(import, NULL, NULL), GA_OK);
    assert_int_equal(ga_import_apply(import, &progress, NULL), GA_CANCELLED);
    ga_import_destroy(import);
    ga_str_finish(&text);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child"), 0);
    power_cut_acknowledge(&cut);
}

/* A child's file is opened, two fields are typed, each kept as it is left; then it is saved. */
static void correct_one(void)
{
    struct ga_draft draft = {0};
    struct ga_answers before;
    struct ga_uuid id;
    bool has_changed = false;
    assert_true(ga_uuid_parse(office_text(&office, "SELECT id FROM v_child WHERE name = '孩子甲一'"), &id));
    struct ga_store *store = cut.school.store;
    const struct ga_form *form = school_form(&cut.school, "child");
    assert_int_equal(ga_store_read(store, form, &id, &before, &draft.heads, NULL), GA_OK);
    ga_answers_copy(&draft.answers, &before);
    school_type(&draft.answers, "village", "下坝村");
    assert_int_equal(ga_draft_save(store, &draft, NULL), GA_OK);
    power_cut_acknowledge(&cut);
    school_type(&draft.answers, "father_phone", "13900001111");
    assert_int_equal(ga_draft_save(store, &draft, NULL), GA_OK);
    power_cut_acknowledge(&cut);
    const struct ga_save_record record = {.after = &draft.answers, .before = &before, .heads = draft.heads};
    assert_int_equal(ga_store_save(store, &record, draft.no, &has_changed, NULL), GA_OK);
    assert_true(has_changed);
    power_cut_acknowledge(&cut);
    ga_answers_finish(&before);
    ga_draft_finish(&draft);
}

/* The clerk took the wrong file. */
static void take_back(void)
{
    struct ga_arena arena = {0};
    struct ga_import_past *list;
    struct ga_undo *undo;
    size_t count;
    struct ga_store *store = cut.school.store;
    assert_int_equal(ga_import_list_past(store, &arena, &list, &count, NULL), GA_OK);
    assert_true(count > 0);
    assert_int_equal(ga_import_plan_undo(store, &list[0].id, NULL, &undo, NULL), GA_OK);
    assert_int_equal(ga_import_undo(store, &list[0].id, undo, NULL), GA_OK);
    ga_undo_destroy(undo);
    ga_arena_finish(&arena);
    power_cut_acknowledge(&cut);
}

static void work_a_morning(void)
{
    power_cut_from_here(&cut);
    begin_and_stop();
    struct tally tally = take_in(false);
    assert_int_equal(tally.verdicts[GA_VERDICT_NEW], ROWS - REFUSED);
    assert_int_equal(tally.verdicts[GA_VERDICT_REFUSED], REFUSED);
    power_cut_acknowledge(&cut);
    correct_one();
    tally = take_in(true);
    assert_int_equal(tally.verdicts[GA_VERDICT_FILLS] + tally.verdicts[GA_VERDICT_CHANGES], ROWS - REFUSED);
    power_cut_acknowledge(&cut);
    take_back();
    tally = take_in(false);
    assert_int_equal(tally.verdicts[GA_VERDICT_NEW] + tally.verdicts[GA_VERDICT_FILLS], 0);
    power_cut_acknowledge(&cut);
    ga_db_checkpoint(ga_store_db(cut.school.store), GA_CHECKPOINT_TRUNCATE, NULL);
    tally = office_import_text(&office, "child", "姓名,村组\n来错的,上坝村\n也来错的,红岩村\n");
    assert_int_equal(tally.verdicts[GA_VERDICT_NEW], 2);
    power_cut_acknowledge(&cut);
    take_back();
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child"), ROWS - REFUSED);
    school_add_child(&cut.school, "迟来");
    power_cut_acknowledge(&cut);
}

static void a_morning_of_imports_and_corrections_survives(void **state)
{
    (void)state;
    work_a_morning();
    assert_int_equal(office_count(&office, "SELECT count(*) FROM v_child"), ROWS - REFUSED + 1);
    assert_int_equal(power_cut_losses(&cut, "a morning"), 0);
}

static void without_waiting_for_the_log_losses_are_found(void **state)
{
    (void)state;
    power_cut_with_normal_sync(&cut);
    work_a_morning();
    assert_true(power_cut_losses(&cut, "mutant: synchronous=NORMAL") > 0);
}

static void with_the_librarys_default_losses_are_found(void **state)
{
    (void)state;
    power_cut_with_delete_journal(&cut);
    work_a_morning();
    assert_true(power_cut_losses(&cut, "mutant: journal_mode=DELETE") > 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_morning_of_imports_and_corrections_survives),
        CASE(without_waiting_for_the_log_losses_are_found),
        CASE(with_the_librarys_default_losses_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
