/* What is taken back is nowhere any more; what was typed meanwhile is never lost. */
#include "index/index_delta.h"
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/check.h"
#include "guanai/store/history.h"
#include "guanai/store/naming.h"
#include "guanai/store/roster.h"
#include "guanai/store/same.h"
#include "guanai/store/undo.h"
#include "dice.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct school school;
static uint64_t dice;

static int start(void **state)
{
    (void)state;
    school_start(&school);
    dice = 20261123;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return 0;
}

static uint32_t draw(uint32_t below)
{
    return dice_draw(&dice, below);
}

static const char derived[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT IN"
    " ('setting', 'form', 'list', 'site', 'record', 'chain', 'filed', 'tail', 'block', 'draft') ORDER BY name";

static void dump_table(const char *name, struct ga_str *out)
{
    struct ga_stmt *stmt;
    bool has_row;
    struct ga_str sql = {0};
    /* how far the log is followed is no row of it */
    ga_str_addf(&sql, "SELECT * FROM \"%s\"%s ORDER BY 1, 2", name, strcmp(name, "_count") == 0 ? " WHERE form <> ''" : "");
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), ga_str_text(&sql), &stmt, NULL), GA_OK);
    ga_str_addf(out, "== %s\n", name);
    while (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row) {
        for (int i = 0; i < ga_stmt_columns(stmt); i++) {
            const struct ga_value value = ga_stmt_column(stmt, i);
            if (value.kind == GA_VALUE_BLOB)
                for (size_t b = 0; b < value.len; b++)
                    ga_str_addf(out, "%02x", ((const uint8_t *)value.text)[b]);
            else
                ga_str_add(out, ga_stmt_column_is_null(stmt, i) ? "-" : ga_stmt_column_text(stmt, i));
            ga_str_add_char(out, '|');
        }
        ga_str_add_char(out, '\n');
    }
    ga_stmt_destroy(stmt);
    ga_str_finish(&sql);
}

/* Every table but the log. */
static char *dump(void)
{
    struct ga_str out = {0};
    struct ga_stmt *stmt;
    bool has_row;
    assert_int_equal(ga_delta_merge(school.store, NULL), GA_OK);
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.store), derived, &stmt, NULL), GA_OK);
    while (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row)
        dump_table(ga_stmt_column_text(stmt, 0), &out);
    ga_stmt_destroy(stmt);
    char *text = ga_strdup(ga_str_text(&out));
    ga_str_finish(&out);
    return text;
}

static void assert_as(const char *before)
{
    char *now = dump();
    assert_string_equal(now, before);
    free(now);
}

static void assert_rebuilds(void)
{
    struct ga_problems problems;
    char buf[GA_MESSAGE_BYTES];
    ga_problems_init(&problems);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    for (size_t i = 0; i < problems.list.len; i++)
        print_message("%s\n", ga_message_text(&GA_VEC_AT(struct ga_problem, &problems.list, i)->what, GA_EN, buf, sizeof(buf)));
    assert_int_equal(problems.faults, 0);
    ga_problems_finish(&problems);
}

static void mark(const struct ga_uuid *id, bool is_removal)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    assert_int_equal((is_removal ? ga_save_remove : ga_save_restore)(save, id, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static bool is_there(const char *form, const struct ga_uuid *id)
{
    struct ga_answers answers;
    const enum ga_rc rc = ga_store_read(school.store, school_form(&school, form), id, &answers, NULL, NULL);
    if (rc == GA_OK)
        ga_answers_finish(&answers);
    assert_true(rc == GA_OK || rc == GA_NOT_FOUND);
    return rc == GA_OK;
}

static struct ga_uuid put(struct ga_save *save, const char *form, const struct ga_uuid *child, const char *const *typed)
{
    struct ga_answers answers;
    bool changed;
    ga_answers_init(&answers, school_form(&school, form));
    if (child != NULL)
        answers.child = *child;
    for (size_t i = 0; typed[i] != NULL; i += 2)
        school_type(&answers, typed[i], typed[i + 1]);
    assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &answers}, &changed, NULL), GA_OK);
    const struct ga_uuid id = answers.id;
    ga_answers_finish(&answers);
    return id;
}

static struct ga_uuid add(const char *form, const struct ga_uuid *child, const char *const *typed)
{
    struct ga_save *save;
    school.now_ms += 1000;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    const struct ga_uuid id = put(save, form, child, typed);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    return id;
}

static const char *const talk[] = {"mood", "2", "topics", "学习", NULL};
static const char *const gone_away[] = {"kind", "transfer", "from_on", "2026-11-01", NULL};

static void a_removed_record_is_nowhere_and_comes_back_whole(void **state)
{
    (void)state;
    const struct ga_uuid stays = school_add_child(&school, "张三");
    struct ga_arena arena = {0};
    struct ga_history_entry *entries;
    size_t count;
    char *before = dump();
    const struct ga_uuid child = school_add_child(&school, "李四"), said = add("talk", &child, talk),
                         left = add("status_change", &child, gone_away);
    char *with = dump();
    mark(&left, true);
    mark(&said, true);
    mark(&child, true);
    assert_as(before);
    assert_false(is_there("child", &child));
    assert_true(is_there("child", &stays));
    assert_rebuilds();
    assert_as(before);
    assert_int_equal(ga_store_history(school.store, &child, NULL, GA_EN, &arena, &entries, &count, NULL), GA_OK);
    assert_int_equal(count, 2);
    assert_string_equal(entries[0].new_text, "李四");
    assert_string_equal(entries[1].new_text, "record removed");
    mark(&child, false);
    mark(&said, false);
    mark(&left, false);
    assert_as(with);
    mark(&child, true);
    assert_false(is_there("child", &child));
    ga_arena_finish(&arena);
    free(before);
    free(with);
}

/* Somebody had the form open while another removed the record, here or at another computer. */
static void a_write_the_removal_did_not_know_beats_it(void **state)
{
    (void)state;
    const struct ga_uuid id = school_add_child(&school, "李四");
    const struct ga_form *form = school_form(&school, "child");
    struct ga_answers opened, typed;
    struct ga_heads *heads;
    assert_int_equal(ga_store_read(school.store, form, &id, &opened, &heads, NULL), GA_OK);
    mark(&id, true);
    ga_answers_copy(&typed, &opened);
    school_type(&typed, "village", "上坝村");
    const struct ga_save_record record = {.after = &typed, .before = &opened, .heads = heads};
    assert_int_equal(ga_store_save(school.store, &record, 0, NULL, NULL), GA_OK);
    assert_string_equal(school_read(&school, "child", &id, "village"), "上坝村");
    assert_string_equal(school_read(&school, "child", &id, "name"), "李四");
    assert_rebuilds();
    mark(&id, true);
    assert_false(is_there("child", &id));
    ga_heads_destroy(heads);
    ga_answers_finish(&opened);
    ga_answers_finish(&typed);
}

static void a_removed_verdict_links_nobody(void **state)
{
    (void)state;
    struct ga_uuid a = school_add_child(&school, "张三"), main;
    struct ga_uuid b = add("child", NULL, (const char *const[]){"name", "张叁", NULL});
    char text[GA_UUID_TEXT_SIZE];
    char *apart = dump();
    const struct ga_uuid verdict = add("same_child", &a, (const char *const[]){"verdict", "same", NULL});
    struct ga_answers before, after;
    struct ga_heads *heads;
    const struct ga_form *form = school_form(&school, "same_child");
    assert_int_equal(ga_store_read(school.store, form, &verdict, &before, &heads, NULL), GA_OK);
    ga_answers_copy(&after, &before);
    const struct ga_value other = ga_value_text(ga_uuid_text(&b, text));
    ga_answers_set(&after, ga_form_field(form, "other"), &other);
    assert_int_equal(ga_store_save(school.store, &(struct ga_save_record){.after = &after, .before = &before, .heads = heads}, 0, NULL, NULL), GA_OK);
    assert_int_equal(ga_same_main(school.store, &b, &main, NULL), GA_OK);
    assert_int_equal(ga_uuid_compare(&main, &a), 0);
    mark(&verdict, true);
    assert_as(apart);
    assert_rebuilds();
    ga_heads_destroy(heads);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
    free(apart);
}

enum { CHILDREN_MAX = 24 };
static struct ga_uuid children[CHILDREN_MAX];
static size_t children_count;

static void type_some(struct ga_answers *answers)
{
    static const struct {
        const char *field, *typed[4];
    } changes[] = {{"village", {"上坝村", "下坝村", "红岩村", ""}},       {"guardian_phone", {"13800001111", "13800002222", "", ""}},
                   {"guardian_name", {"田桂英", "石大爷", "李奶奶", ""}}, {"grade", {"一年级", "三年级", "五年级", ""}},
                   {"marked_left_behind", {"是", "否", "", "是"}},        {"nickname", {"石头", "小山", "", ""}},
                   {"note", {"爱画画", "怕黑", "", ""}},                  {"hamlet", {"1", "2", "", ""}}};
    for (uint32_t n = 1 + draw(3); n > 0; n--) {
        const size_t which = draw(GA_COUNT(changes));
        school_type(answers, changes[which].field, changes[which].typed[draw(4)]);
    }
    if (draw(4) == 0)
        ga_answers_set_state(answers, ga_form_field(answers->form, "mother_phone"), draw(2) ? GA_UNKNOWN : GA_DECLINED);
}

static void edit_in(struct ga_save *save, const struct ga_uuid *id)
{
    struct ga_answers before, after;
    struct ga_heads *heads;
    assert_int_equal(ga_store_read(school.store, school_form(&school, "child"), id, &before, &heads, NULL), GA_OK);
    ga_answers_copy(&after, &before);
    type_some(&after);
    const struct ga_save_record record = {.after = &after, .before = &before, .heads = heads};
    assert_int_equal(ga_save_put(save, &record, NULL, NULL), GA_OK);
    ga_heads_destroy(heads);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
}

static struct ga_uuid make_in(struct ga_save *save)
{
    static const char *const names[] = {"张三", "李四", "王小五", "欧阳修文", "单雄信", "仇英"};
    return put(save, "child", NULL, (const char *const[]){"name", names[draw(6)], "village", draw(2) ? "上坝村" : "红岩村", NULL});
}

/* Like an import: new children, changed ones, records of theirs, all in one transaction. */
static struct ga_uuid change_much(void)
{
    struct ga_save *save;
    struct ga_uuid first = {0};
    school.now_ms += 1000;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (uint32_t n = 1 + draw(4); n > 0; n--) {
        const struct ga_uuid id = make_in(save);
        if (ga_uuid_is_zero(&first))
            first = id;
        const uint32_t more = draw(3);
        if (more > 0)
            put(save, more == 1 ? "talk" : "status_change", &id, more == 1 ? talk : gone_away);
    }
    for (uint32_t n = draw(8); n > 0; n--)
        edit_in(save, &children[draw((uint32_t)children_count)]);
    if (draw(2))
        put(save, "status_change", &children[draw((uint32_t)children_count)], gone_away);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    return first;
}

static struct ga_undo *plan(const struct ga_uuid *made_by, const struct ga_reach *undone, size_t undone_count)
{
    struct ga_undo *undo;
    struct ga_undo_options options = {.undone = undone, .undone_count = undone_count};
    assert_int_equal(ga_store_reach_made(school.store, made_by, &options.reach, NULL), GA_OK);
    assert_int_equal(ga_undo_plan(school.store, &options, &undo, NULL), GA_OK);
    return undo;
}

/* Answers the reach of what took it back. */
static struct ga_reach take_back(const struct ga_uuid *made_by, const struct ga_reach *undone, size_t undone_count)
{
    struct ga_undo *undo = plan(made_by, undone, undone_count);
    struct ga_save *save;
    struct ga_reach reach;
    size_t findings;
    ga_undo_findings(undo, &findings);
    assert_int_equal(findings, 0);
    assert_true(ga_undo_removes(undo) > 0);
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    assert_int_equal(ga_undo_put(undo, save, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    ga_undo_destroy(undo);
    assert_int_equal(ga_store_reach_last(school.store, made_by, &reach, NULL), GA_OK);
    return reach;
}

static void fill_archive(void)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    for (children_count = 0; children_count < CHILDREN_MAX; children_count++) {
        children[children_count] = make_in(save);
        if (draw(3) == 0)
            put(save, "status_change", &children[children_count], gone_away);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static void taking_a_transaction_back_leaves_all_tables_as_before(void **state)
{
    (void)state;
    fill_archive();
    for (int round = 0; round < 12; round++) {
        char *before = dump();
        const struct ga_uuid made = change_much();
        take_back(&made, NULL, 0);
        assert_as(before);
        free(before);
    }
    assert_rebuilds();
}

/* The later one first: what that wrote was typed by nobody, so the earlier one may follow. */
static void two_are_taken_back_one_after_the_other(void **state)
{
    (void)state;
    fill_archive();
    for (int round = 0; round < 6; round++) {
        char *before = dump();
        const struct ga_uuid one = change_much();
        char *between = dump();
        const struct ga_uuid two = change_much();
        const struct ga_reach undone = take_back(&two, NULL, 0);
        assert_as(between);
        take_back(&one, &undone, 1);
        assert_as(before);
        free(before);
        free(between);
    }
    assert_rebuilds();
}

/* A program of before knew no field that names somebody: it wrote all of an operation in one piece. */
static void name_nobody(bool is_before)
{
    static const char *const forms[] = {"child", "talk", "status_change"};
    static enum ga_names names[GA_COUNT(forms)][GA_FORM_FIELDS_MAX];
    for (size_t f = 0; f < GA_COUNT(forms); f++) {
        const struct ga_form *form = school_form(&school, forms[f]);
        for (size_t i = 0; i < form->all_count; i++) {
            struct ga_field *field = form->all[i];
            if (is_before)
                names[f][i] = field->names;
            field->names = is_before ? GA_NAMES_NOBODY : names[f][i];
        }
    }
}

static void part_again(void)
{
    uint64_t count;
    char *said = dump();
    name_nobody(false);
    assert_int_equal(ga_naming_part_again(school.store, &count, NULL), GA_OK);
    assert_true(count > 0);
    assert_as(said);
    free(said);
}

static void what_was_said_again_in_two_parts_is_taken_back_as_what_was_said_first(void **state)
{
    (void)state;
    name_nobody(true);
    fill_archive();
    for (int round = 0; round < 4; round++) {
        struct ga_reach again;
        char *before = dump();
        const struct ga_uuid one = change_much(), two = change_much();
        const struct ga_reach undone = take_back(&two, NULL, 0);
        part_again();
        assert_int_equal(ga_store_reach_last(school.store, &two, &again, NULL), GA_OK);
        assert_int_equal(again.first_op, undone.first_op);
        take_back(&one, &undone, 1);
        assert_as(before);
        name_nobody(true);
        free(before);
    }
    name_nobody(false);
    assert_rebuilds();
}

static void assert_barred(const struct ga_uuid *made, enum ga_undo_bar bar, const char *what)
{
    struct ga_undo *undo = plan(made, NULL, 0);
    struct ga_save *save;
    size_t count;
    char *before = dump();
    const struct ga_undo_finding *findings = ga_undo_findings(undo, &count);
    assert_int_equal(count, 1);
    assert_int_equal(findings[0].bar, bar);
    assert_string_equal(bar == GA_UNDO_CHANGED ? findings[0].group : findings[0].other, what);
    assert_string_equal(findings[0].user, "周老师");
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    assert_int_equal(ga_undo_put(undo, save, NULL), GA_REFUSED);
    ga_save_abandon(save);
    assert_as(before);
    ga_undo_destroy(undo);
    free(before);
}

static void what_builds_on_it_bars_it(void **state)
{
    (void)state;
    const struct ga_uuid old = school_add_child(&school, "老同学");
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    const struct ga_uuid made = put(save, "child", NULL, (const char *const[]){"name", "新同学", NULL});
    struct ga_answers before, after;
    struct ga_heads *heads;
    assert_int_equal(ga_store_read(school.store, school_form(&school, "child"), &old, &before, &heads, NULL), GA_OK);
    ga_answers_copy(&after, &before);
    school_type(&after, "village", "上坝村");
    assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &after, .before = &before, .heads = heads}, NULL, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    ga_heads_destroy(heads);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
    school_edit(&school, "child", &old, "nickname", "石头"); /* another field: builds on nothing of it */
    const struct ga_uuid said = add("talk", &made, talk);
    assert_barred(&made, GA_UNDO_HANGS, "talk");
    mark(&said, true);
    school_edit(&school, "child", &old, "village", "红岩村");
    assert_barred(&made, GA_UNDO_CHANGED, "village");
    school_edit(&school, "child", &old, "village", "上坝村"); /* typed by a person, even if it is the same */
    assert_barred(&made, GA_UNDO_CHANGED, "village");
}

static void what_was_typed_before_it_was_said_again_bars_it_and_is_named(void **state)
{
    (void)state;
    struct ga_reach made_by, last;
    name_nobody(true);
    const struct ga_uuid made = school_add_child(&school, "新同学");
    assert_int_equal(ga_store_reach_last(school.store, &made, &made_by, NULL), GA_OK);
    part_again();
    assert_int_equal(ga_store_reach_last(school.store, &made, &last, NULL), GA_OK);
    assert_int_equal(last.first_op, made_by.first_op);
    assert_int_equal(last.count, made_by.count);
    name_nobody(true);
    school_edit(&school, "child", &made, "nickname", "石头");
    part_again();
    assert_barred(&made, GA_UNDO_CHANGED, "nickname");
}

/* The father's phone and all about him merge as one; what a person typed was the phone. */
static void the_field_that_was_changed_is_named_not_its_group(void **state)
{
    (void)state;
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school.store, &save, NULL), GA_OK);
    const struct ga_uuid made = put(save, "child", NULL,
        (const char *const[]){"name", "新同学", "father_workplace", "广东东莞", "father_phone", "13885412345", NULL});
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    school_edit(&school, "child", &made, "father_phone", "13885412399");
    assert_barred(&made, GA_UNDO_CHANGED, "father_phone");
    school_edit(&school, "child", &made, "mother_phone", "13985412399"); /* of hers nothing came in */
    struct ga_undo *undo = plan(&made, NULL, 0);
    size_t count;
    const struct ga_undo_finding *findings = ga_undo_findings(undo, &count);
    assert_int_equal(count, 2);
    assert_string_equal(findings[1].group, "mother_phone");
    ga_undo_destroy(undo);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_removed_record_is_nowhere_and_comes_back_whole),
        CASE(a_write_the_removal_did_not_know_beats_it),
        CASE(a_removed_verdict_links_nobody),
        CASE(taking_a_transaction_back_leaves_all_tables_as_before),
        CASE(two_are_taken_back_one_after_the_other),
        CASE(what_was_said_again_in_two_parts_is_taken_back_as_what_was_said_first),
        CASE(what_builds_on_it_bars_it),
        CASE(what_was_typed_before_it_was_said_again_bars_it_and_is_named),
        CASE(the_field_that_was_changed_is_named_not_its_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
