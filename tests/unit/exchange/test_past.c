/* A file that was taken in can be taken back whole, as if it had never come, while nothing builds on it. */
#include "dice.h"
#include "office.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/exchange/import_bars.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "guanai/store/history.h"
#include "guanai/store/note.h"
#include "guanai/store/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct office office;
static uint64_t dice;

static int start(void **state)
{
    (void)state;
    office_start(&office);
    dice = 20261122;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    office_stop(&office);
    return 0;
}

static uint32_t draw(uint32_t below)
{
    return dice_draw(&dice, below);
}

static void dump_rows(const char *sql, struct ga_str *out)
{
    struct ga_stmt *stmt;
    bool has_row;
    assert_int_equal(ga_stmt_prepare(ga_store_db(office.school.store), sql, &stmt, NULL), GA_OK);
    while (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row) {
        for (int i = 0; i < ga_stmt_columns(stmt); i++) {
            const char *text = ga_stmt_column_text(stmt, i);
            ga_str_addf(out, "%s|", text == NULL ? "-" : text);
        }
        ga_str_add_char(out, '\n');
    }
    ga_stmt_destroy(stmt);
}

static void dump_search(const char *typed, struct ga_str *out)
{
    const struct ga_search_options options = {.limit = 100, .with_left = true};
    struct ga_search_hit *hits;
    size_t count;
    bool has_more;
    struct ga_arena arena = {0};
    assert_int_equal(ga_store_search(office.school.store, typed, &options, &arena, &hits, &count, &has_more, NULL), GA_OK);
    ga_str_addf(out, "%s:", typed);
    for (size_t i = 0; i < count; i++)
        ga_str_addf(out, " %s/%s/%s", hits[i].name, hits[i].village, hits[i].why);
    ga_str_add_char(out, '\n');
    ga_arena_finish(&arena);
}

/* What a user can see of the archive; the list of imports itself is not of it. */
static char *look(void)
{
    static const char *const queries[] = {
        "SELECT * FROM child ORDER BY no", "SELECT * FROM home_visit ORDER BY no", "SELECT * FROM status_change ORDER BY no",
        "SELECT no, hex(sort), flags FROM _roster ORDER BY no", "SELECT * FROM _standing ORDER BY no",
        "SELECT * FROM _tally ORDER BY 1", "SELECT * FROM _count WHERE form NOT IN ('', 'import_file') ORDER BY 1",
        "SELECT * FROM _presence ORDER BY 1, 2, 3", "SELECT * FROM misfit", "SELECT * FROM conflict"};
    static const char *const typed[] = {"甲", "jia", "yi", "上坝", "红岩村", "1380000", "y", "子"};
    struct ga_str out = {0};
    for (size_t i = 0; i < GA_COUNT(queries); i++)
        dump_rows(queries[i], &out);
    for (size_t i = 0; i < GA_COUNT(typed); i++)
        dump_search(typed[i], &out);
    char *text = ga_strdup(ga_str_text(&out));
    ga_str_finish(&out);
    return text;
}

static void assert_as(const char *before)
{
    char *now = look();
    assert_string_equal(now, before);
    free(now);
}

static struct ga_import_past newest(void)
{
    struct ga_import_past *list = NULL;
    size_t count;
    assert_int_equal(ga_import_list_past(office.school.store, &office.arena, &list, &count, NULL), GA_OK);
    assert_true(count > 0);
    return list[0];
}

static struct ga_undo *plan(void)
{
    struct ga_undo *undo;
    const struct ga_import_past past = newest();
    assert_int_equal(ga_import_plan_undo(office.school.store, &past.id, NULL, &undo, NULL), GA_OK);
    return undo;
}

static void take_back(void)
{
    struct ga_undo *undo = plan();
    struct ga_error err = {0};
    const struct ga_import_past past = newest();
    office_must(ga_import_undo(office.school.store, &past.id, undo, &err), &err);
    ga_undo_destroy(undo);
    assert_string_equal(newest().undone_on, "2026-11-23");
}

static void assert_rebuilds(void)
{
    struct ga_problems problems;
    ga_problems_init(&problems);
    assert_int_equal(ga_store_rebuild(office.school.store, NULL, &problems, NULL), GA_OK);
    assert_int_equal(problems.faults, 0);
    ga_problems_finish(&problems);
}

/* Children met before and new ones, some rows twice, some refused, columns present or not. */
static void write_roster(struct ga_str *text)
{
    static const char *const villages[] = {"上坝村", "下坝村", "红岩村", ""};
    const bool has_phone = draw(2), has_note = draw(2);
    ga_str_addf(text, "姓名,性别,出生日期,村组,年级,班级%s%s\n", has_phone ? ",监护人电话" : "", has_note ? ",备注" : "");
    for (uint32_t n = 5 + draw(25); n > 0; n--) {
        const uint32_t i = draw(40);
        ga_str_addf(text, "孩子%s%s,%s,2015-%02d-%02d,%s,三年级,%d班", (const char *[]){"甲", "乙", "丙", "丁"}[i % 4],
                    (const char *[]){"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}[i / 4], i % 2 ? "男" : "女",
                    draw(12) == 0 ? 13 : i % 12 + 1, i % 28 + 1, villages[draw(4)], i % 3 + 1);
        if (has_phone)
            ga_str_addf(text, ",%s%04u", draw(3) ? "1380000" : "1390000", i);
        if (has_note)
            ga_str_addf(text, ",%s", draw(2) ? "爱画画" : "");
        ga_str_add(text, "\n");
    }
}

static void import_random(enum ga_import_mode mode)
{
    struct ga_str text = {0};
    write_roster(&text);
    const char *path = office_file(&office, "roster.csv", text.data, text.len);
    office.school.now_ms += 1000;
    office_import(&office, "child", path, mode, NULL);
    ga_str_finish(&text);
}

static void an_undone_import_leaves_everything_as_before(void **state)
{
    (void)state;
    for (int round = 0; round < 14; round++) {
        import_random(draw(2) ? GA_IMPORT_FILL : GA_IMPORT_UPDATE);
        char *before = look();
        const int64_t imports = office_count(&office, "SELECT count(*) FROM import_file");
        import_random(draw(2) ? GA_IMPORT_FILL : GA_IMPORT_UPDATE);
        if (office_count(&office, "SELECT count(*) FROM import_file") > imports)
            take_back();
        assert_as(before);
        free(before);
    }
    assert_rebuilds();
}

static void one_after_the_other_can_be_taken_back(void **state)
{
    (void)state;
    office_import_text(&office, "child", "姓名,村组\n甲一,上坝村\n");
    char *before = look();
    office_import_text(&office, "child", "姓名,村组,昵称\n甲一,上坝村,石头\n乙二,红岩村,小山\n");
    static const char moved[] = "姓名,村组\n甲一,下坝村\n乙二,下坝村\n";
    office_import(&office, "child", office_file(&office, "u.csv", moved, strlen(moved)), GA_IMPORT_UPDATE, NULL);
    take_back();
    struct ga_import_past *list = NULL;
    size_t count;
    struct ga_undo *undo;
    assert_int_equal(ga_import_list_past(office.school.store, &office.arena, &list, &count, NULL), GA_OK);
    assert_int_equal(count, 3);
    assert_int_equal(ga_import_plan_undo(office.school.store, &list[1].id, NULL, &undo, NULL), GA_OK);
    assert_int_equal(ga_import_undo(office.school.store, &list[1].id, undo, NULL), GA_OK);
    ga_undo_destroy(undo);
    assert_as(before);
    assert_int_equal(ga_import_plan_undo(office.school.store, &list[1].id, NULL, &undo, NULL), GA_REFUSED);
    free(before);
}

static void importing_again_undoes_the_undoing(void **state)
{
    (void)state;
    static const char roster[] = "姓名,村组\n甲一,上坝村\n乙二,红岩村\n";
    office_import_text(&office, "child", roster);
    take_back();
    assert_int_equal(office_count(&office, "SELECT count(*) FROM child"), 0);
    const struct tally tally = office_import_text(&office, "child", roster);
    assert_int_equal(tally.verdicts[GA_VERDICT_NEW], 2);
    assert_int_equal(office_count(&office, "SELECT count(*) FROM child"), 2);
}

static void what_somebody_wrote_since_is_named_and_bars_it(void **state)
{
    (void)state;
    struct ga_uuid id;
    size_t count;
    office_import_text(&office, "child", "姓名,村组\n甲一,上坝村\n乙二,红岩村\n");
    assert_true(ga_uuid_parse(office_text(&office, "SELECT id FROM v_child WHERE name = '甲一'"), &id));
    school_edit(&office.school, "child", &id, "village", "下坝村");
    char *before = look();
    struct ga_undo *undo = plan();
    const struct ga_undo_finding *findings = ga_undo_findings(undo, &count);
    assert_int_equal(count, 1);
    assert_string_equal(ga_import_say_bar(office.school.store, &findings[0], GA_ZH, &office.arena),
                        "甲一 儿童档案：“村”改过，周老师 2026-11-23");
    const struct ga_import_past past = newest();
    assert_int_equal(ga_import_undo(office.school.store, &past.id, undo, NULL), GA_REFUSED);
    ga_undo_destroy(undo);
    assert_as(before);
    assert_string_equal(newest().undone_on, "");
    free(before);
}

/* A difference that was left alone brought nothing. */
static void an_import_is_listed_with_what_it_wrote(void **state)
{
    (void)state;
    office_import_text(&office, "child", "姓名,年级,班级,村组,备注\n甲一,三年级,1,上坝村,\n乙二,三年级,1,红岩村,\n丙三,三年级,1,红岩村,\n");
    static const char again[] = "姓名,年级,班级,村组,备注\n甲一,三年级,1,下坝村,爱画画\n乙二,三年级,1,下坝村,\n丙三,三年级,1,红岩村,\n丁四,三年级,1,,\n";
    office_import(&office, "child", office_file(&office, "fill.csv", again, strlen(again)), GA_IMPORT_FILL, NULL);
    struct ga_import_past past = newest();
    assert_memory_equal(past.rows, ((const int64_t[]){1, 1, 0, 2, 0}), sizeof(past.rows));
    office_import(&office, "child", office_file(&office, "update.csv", again, strlen(again)), GA_IMPORT_UPDATE, NULL);
    past = newest();
    assert_memory_equal(past.rows, ((const int64_t[]){0, 0, 2, 2, 0}), sizeof(past.rows));
}

static void id_of(const char *name, struct ga_uuid *ret_id)
{
    assert_true(ga_uuid_parse(office_text(&office, ga_arena_printf(&office.arena, "SELECT id FROM v_child WHERE name = '%s'", name)),
                              ret_id));
}

static const char *say_only_bar(const struct ga_undo *undo)
{
    size_t count;
    const struct ga_undo_finding *findings = ga_undo_findings(undo, &count);
    assert_int_equal(count, 1);
    return ga_import_say_bar(office.school.store, &findings[0], GA_ZH, &office.arena);
}

/* A note's id is the program's own affair. */
static void a_note_that_bars_is_told_by_the_field_it_is_on(void **state)
{
    (void)state;
    struct ga_uuid id;
    const struct ga_form *form = school_form(&office.school, "child");
    office_import_text(&office, "child", "姓名,村组\n甲一,上坝村\n乙二,红岩村\n");
    id_of("甲一", &id);
    assert_int_equal(ga_store_note(office.school.store, &id, ga_form_field(form, "village"), NULL, "要问村里", NULL), GA_OK);
    struct ga_undo *undo = plan();
    assert_string_equal(say_only_bar(undo), "甲一 儿童档案：“村”有备注，周老师 2026-11-23");
    ga_undo_destroy(undo);
}

static void import_update(const char *text)
{
    office.school.now_ms += 1000;
    office_import(&office, "child", office_file(&office, "later.csv", text, strlen(text)), GA_IMPORT_UPDATE, NULL);
}

static struct ga_undo *plan_of(int64_t number, struct ga_import_past *ret_past)
{
    struct ga_undo *undo;
    assert_int_equal(ga_import_find_past(office.school.store, GA_NUM(number), &office.arena, ret_past, NULL), GA_OK);
    assert_int_equal(ga_import_plan_undo(office.school.store, &ret_past->id, NULL, &undo, NULL), GA_OK);
    return undo;
}

/* What later files brought is theirs; what people wrote is counted by record, however often they wrote. */
static void later_imports_that_build_on_it_are_named_apart_from_what_people_wrote(void **state)
{
    (void)state;
    struct ga_uuid id;
    struct ga_import_past past;
    struct ga_import_bars bars;
    office_import_text(&office, "child", "姓名,年级,班级,村组\n甲一,三年级,1,上坝村\n乙二,三年级,1,红岩村\n丙三,三年级,1,红岩村\n");
    import_update("姓名,年级,班级,村组\n甲一,三年级,1,下坝村\n");
    import_update("姓名,年级,班级,村组\n乙二,三年级,1,下坝村\n");
    id_of("乙二", &id);
    school_edit(&office.school, "child", &id, "guardian_name", "王大妈");
    school_edit(&office.school, "child", &id, "note", "爱画画");
    struct ga_undo *undo = plan_of(1, &past);
    assert_int_equal(ga_import_sort_bars(office.school.store, undo, &office.arena, &bars, NULL), GA_OK);
    assert_int_equal(bars.imports_count, 2);
    assert_int_equal(bars.imports[0]->number, 3);
    assert_int_equal(bars.imports[1]->number, 2);
    assert_string_equal(ga_import_say_past(office.school.store, bars.imports[1], GA_ZH, &office.arena),
                        "2026-11-23 的“儿童档案”导入（later.csv，1 行）");
    assert_int_equal(bars.records_count, 1);
    assert_memory_equal(&bars.records[0]->record, &id, sizeof(id));
    ga_undo_destroy(undo);
}

/* The chain goes back in the order that was told. */
static void in_the_order_that_is_told_all_go_back(void **state)
{
    (void)state;
    struct ga_import_past past;
    struct ga_import_bars bars;
    char *before = look();
    office_import_text(&office, "child", "姓名,年级,班级,村组\n甲一,三年级,1,上坝村\n乙二,三年级,1,红岩村\n");
    import_update("姓名,年级,班级,村组\n甲一,三年级,1,下坝村\n");
    import_update("姓名,年级,班级,村组\n甲一,三年级,1,红岩村\n");
    for (struct ga_undo *undo = NULL; undo == NULL;) {
        undo = plan_of(1, &past);
        assert_int_equal(ga_import_sort_bars(office.school.store, undo, &office.arena, &bars, NULL), GA_OK);
        const bool is_free = bars.all_count == 0;
        if (!is_free) {
            ga_undo_destroy(undo);
            undo = plan_of(bars.imports[0]->number, &past);
        }
        assert_int_equal(ga_import_undo(office.school.store, &past.id, undo, NULL), GA_OK);
        ga_undo_destroy(undo);
        if (!is_free)
            undo = NULL;
    }
    assert_as(before);
    free(before);
}

static void the_history_names_the_file(void **state)
{
    (void)state;
    struct ga_uuid id;
    struct ga_history_entry *entries;
    size_t count;
    office_import_text(&office, "child", "姓名,村组\n甲一,上坝村\n");
    const struct ga_import_past past = newest();
    assert_string_equal(past.form, "child");
    assert_int_equal(past.rows[GA_VERDICT_NEW], 1);
    assert_true(ga_uuid_parse(office_text(&office, "SELECT id FROM v_child"), &id));
    school_edit(&office.school, "child", &id, "village", "下坝村");
    assert_int_equal(ga_store_history(office.school.store, &id, "village", GA_ZH, &office.arena, &entries, &count, NULL), GA_OK);
    assert_int_equal(count, 2);
    assert_true(ga_str_starts(entries[0].source, past.file));
    assert_string_equal(entries[1].source, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_undone_import_leaves_everything_as_before, start, stop),
        cmocka_unit_test_setup_teardown(one_after_the_other_can_be_taken_back, start, stop),
        cmocka_unit_test_setup_teardown(importing_again_undoes_the_undoing, start, stop),
        cmocka_unit_test_setup_teardown(what_somebody_wrote_since_is_named_and_bars_it, start, stop),
        cmocka_unit_test_setup_teardown(an_import_is_listed_with_what_it_wrote, start, stop),
        cmocka_unit_test_setup_teardown(a_note_that_bars_is_told_by_the_field_it_is_on, start, stop),
        cmocka_unit_test_setup_teardown(later_imports_that_build_on_it_are_named_apart_from_what_people_wrote, start, stop),
        cmocka_unit_test_setup_teardown(in_the_order_that_is_told_all_go_back, start, stop),
        cmocka_unit_test_setup_teardown(the_history_names_the_file, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
