/* Changed forms come into force when they are good; what stood there before is never lost. */
#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "guanai/store/view.h"
#include "animal_forms.h"
#include "faulty_io.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct school school;
static struct faulty_io files;
static const char *forms;

#define COLOUR "  - {name: colour, type: text, label: {zh: 颜色, en: Colour}}\n"
#define COLOUR_NUMBER "  - {name: colour, type: integer, label: {zh: 颜色, en: Colour}}\n"
#define COLOUR_RETIRED "  - {name: colour, type: text, retired: true, label: {zh: 颜色, en: Colour}}\n"
#define COLOUR_GROUPED "  - {name: colour, type: text, group: a_looks, label: {zh: 颜色, en: Colour}}\n"
#define SIZE_GROUPED "  - {name: height, type: text, group: a_looks, label: {zh: 身高, en: Height}}\n"
#define KIND "  - {name: kind, type: choice, list: kind, label: {zh: 种类, en: Kind}}\n"
#define LIST_HEAD "list: kind\nchoices:\n  - {code: dog, label: {zh: 狗, en: Dog}}\n"

static int start(void **state)
{
    (void)state;
    forms = animal_forms_make();
    faulty_io_init(&files);
    school_prepare(&school, (struct school_base){.io = &files.ops});
    school.forms = forms;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return animal_forms_remove();
}

/* Starts the program anew; answers how many faults and warnings it told of. */
static size_t findings(void)
{
    char buf[GA_MESSAGE_BYTES];
    ga_problems_finish(&school.problems);
    ga_problems_init(&school.problems);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    for (size_t i = 0; i < school.problems.list.len; i++)
        print_message("# %s\n", ga_message_text(&GA_VEC_AT(struct ga_problem, &school.problems.list, i)->what, GA_EN,
                                                buf, sizeof(buf)));
    return school.problems.faults + school.problems.warnings;
}

static int64_t version(void)
{
    return school_form(&school, "animal")->version;
}

/* An administrator says yes to what a start kept waiting. */
static void confirm(void)
{
    struct ga_problems problems;
    assert_string_equal(ga_store_waiting_forms(school.store), "animal");
    ga_problems_init(&problems);
    assert_int_equal(ga_store_confirm_forms(school.store, GA_FOLDER(forms), "animal", &problems, NULL), GA_OK);
    ga_problems_finish(&problems);
    assert_string_equal(ga_store_waiting_forms(school.store), "");
}

static struct ga_uuid add_animal(const char *colour)
{
    struct ga_answers animal;
    ga_answers_init(&animal, school_form(&school, "animal"));
    school_type(&animal, "nick", "阿黄");
    if (colour != NULL)
        school_type(&animal, "colour", colour);
    assert_int_equal(ga_store_save(school.store, &(struct ga_save_record){.after = &animal}, 0, NULL, NULL), GA_OK);
    const struct ga_uuid id = animal.id;
    ga_answers_finish(&animal);
    return id;
}

static const char *read_back(const struct ga_uuid *id, const char *field)
{
    return school_read(&school, "animal", id, field);
}

static int64_t ask(const char *sql)
{
    int64_t answer = -1;
    ga_db_query_int(ga_store_db(school.store), sql, &answer, NULL);
    return answer;
}

static size_t misfits_of(const struct ga_uuid *id, const char **ret_text)
{
    struct ga_misfit *list;
    size_t count = 0;
    assert_int_equal(ga_store_misfits(school.store, id, &school.arena, &list, &count, NULL), GA_OK);
    if (count > 0 && ret_text != NULL)
        *ret_text = list[0].text;
    return count;
}

static void assert_sound(void)
{
    struct ga_problems problems;
    struct ga_check_report report;
    ga_problems_init(&problems);
    assert_int_equal(ga_store_check(school.store, NULL, &problems, &report, NULL), GA_OK);
    assert_int_equal(ga_store_rebuild(school.store, NULL, &problems, NULL), GA_OK);
    assert_int_equal(problems.list.len, 0);
    ga_problems_finish(&problems);
}

static void a_form_with_faults_keeps_the_last_good_one(void **state)
{
    (void)state;
    forms_animal(1, COLOUR);
    assert_int_equal(findings(), 0);
    const struct ga_uuid id = add_animal("黄");
    forms_animal(2, "  - {name: colour, type: texxt, label: {zh: 颜色, en: Colour}}\n");
    assert_true(findings() > 0);
    assert_int_equal(version(), 1);
    assert_string_equal(read_back(&id, "colour"), "黄");
    assert_true(findings() > 0); /* told again until it is mended */
    forms_animal(2, COLOUR);
    assert_int_equal(findings(), 0);
    assert_int_equal(version(), 2);
    assert_sound();
}

/* The same list of findings may be handed in twice: what was mended since is not held against the file. */
static void a_mended_form_is_taken_in_the_same_sitting(void **state)
{
    (void)state;
    struct ga_problems problems;
    forms_animal(1, COLOUR);
    assert_int_equal(findings(), 0);
    ga_problems_init(&problems);
    forms_animal(2, "  - {name: colour, type: texxt, label: {zh: 颜色, en: Colour}}\n");
    assert_int_equal(ga_store_accept_forms(school.store, GA_FOLDER(forms), &problems, NULL), GA_OK);
    forms_animal(2, COLOUR COLOUR_GROUPED);
    forms_animal(2, COLOUR);
    assert_int_equal(ga_store_accept_forms(school.store, GA_FOLDER(forms), &problems, NULL), GA_OK);
    assert_int_equal(version(), 2);
    ga_problems_finish(&problems);
}

static void an_older_form_is_refused(void **state)
{
    (void)state;
    forms_animal(3, COLOUR);
    assert_int_equal(findings(), 0);
    forms_animal(2, "");
    assert_int_equal(findings(), 1);
    assert_int_equal(version(), 3);
    assert_non_null(ga_form_field(school_form(&school, "animal"), "colour"));
}

static void a_change_without_a_new_version_is_pointed_out(void **state)
{
    (void)state;
    forms_animal(1, COLOUR);
    assert_int_equal(findings(), 0);
    forms_animal(1, "");
    assert_int_equal(findings(), 1);
    assert_non_null(ga_form_field(school_form(&school, "animal"), "colour"));
}

static void a_new_field_gets_a_column(void **state)
{
    (void)state;
    forms_animal(1, "");
    assert_int_equal(findings(), 0);
    const struct ga_uuid id = add_animal(NULL);
    forms_animal(2, COLOUR);
    assert_int_equal(findings(), 0);
    assert_string_equal(read_back(&id, "nick"), "阿黄");
    school_edit(&school, "animal", &id, "colour", "黄");
    assert_int_equal(ask("SELECT count(*) FROM animal WHERE colour = '黄' AND nick = '阿黄'"), 1);
    assert_sound();
}

static void a_retired_field_keeps_its_column(void **state)
{
    (void)state;
    forms_animal(1, COLOUR);
    assert_int_equal(findings(), 0);
    const struct ga_uuid id = add_animal("黄");
    forms_animal(2, COLOUR_RETIRED);
    findings();
    assert_int_equal(version(), 2);
    assert_string_equal(read_back(&id, "colour"), "黄");
    assert_int_equal(ask("SELECT count(*) FROM animal WHERE colour = '黄'"), 1);
    assert_sound();
}

static void values_of_a_removed_field_wait_for_it(void **state)
{
    (void)state;
    const char *text = "";
    forms_animal(1, COLOUR);
    assert_int_equal(findings(), 0);
    const struct ga_uuid id = add_animal("黄");
    forms_animal(2, "");
    assert_int_equal(findings(), 1);
    assert_int_equal(version(), 1);
    confirm();
    assert_int_equal(version(), 2);
    assert_int_equal(misfits_of(&id, &text), 1);
    assert_string_equal(text, "黄");
    assert_sound();
    forms_animal(3, COLOUR);
    findings();
    assert_int_equal(misfits_of(&id, NULL), 0);
    assert_string_equal(read_back(&id, "colour"), "黄");
    assert_sound();
}

static void text_that_is_no_number_becomes_a_misfit(void **state)
{
    (void)state;
    forms_animal(1, COLOUR);
    assert_int_equal(findings(), 0);
    const struct ga_uuid id = add_animal("黄");
    forms_animal(2, COLOUR_NUMBER);
    findings();
    confirm();
    assert_int_equal(misfits_of(&id, NULL), 1);
    assert_int_equal(ask("SELECT count(*) FROM animal WHERE colour IS NULL"), 1);
    assert_sound();
}

/* Both are text to the database: only the form knows that one of them is a day. */
static void text_that_is_no_day_becomes_a_misfit(void **state)
{
    (void)state;
    forms_animal(1, COLOUR);
    assert_int_equal(findings(), 0);
    const struct ga_uuid id = add_animal("黄"), day = add_animal("2026-11-23");
    forms_animal(2, "  - {name: colour, type: date, label: {zh: 颜色, en: Colour}}\n");
    findings();
    confirm();
    assert_int_equal(misfits_of(&id, NULL), 1);
    assert_int_equal(misfits_of(&day, NULL), 0);
    assert_int_equal(ask("SELECT count(*) FROM animal WHERE colour IS NULL"), 1);
    assert_sound();
    forms_animal(3, COLOUR);
    findings();
    assert_string_equal(read_back(&id, "colour"), "黄");
    assert_int_equal(misfits_of(&id, NULL), 0);
    assert_sound();
}

/* The group sorts before the field's own name: what was saved in it must still win over what is older. */
static void a_field_that_joins_a_group_shows_what_was_saved_last(void **state)
{
    (void)state;
    forms_animal(1, COLOUR);
    assert_int_equal(findings(), 0);
    const struct ga_uuid id = add_animal("黄");
    forms_animal(2, COLOUR_GROUPED SIZE_GROUPED);
    findings();
    assert_string_equal(read_back(&id, "colour"), "黄");
    school_edit(&school, "animal", &id, "colour", "黑");
    assert_string_equal(read_back(&id, "colour"), "黑");
    assert_int_equal(ask("SELECT count(*) FROM animal WHERE colour = '黑'"), 1);
    assert_int_equal(misfits_of(&id, NULL), 1); /* the old one, listed */
    assert_sound();
}

/* A group is saved whole, also by a computer whose form lacks one of its fields. */
static void an_older_form_saves_a_group_without_losing_newer_fields(void **state)
{
    (void)state;
    const char *text = "";
    forms_animal(1, COLOUR_GROUPED SIZE_GROUPED);
    assert_int_equal(findings(), 0);
    const struct ga_uuid id = add_animal("黄");
    school_edit(&school, "animal", &id, "height", "三尺");
    forms_animal(2, COLOUR_GROUPED);
    findings();
    confirm();
    school_edit(&school, "animal", &id, "colour", "黑");
    assert_int_equal(misfits_of(&id, &text), 1);
    assert_string_equal(text, "三尺");
    forms_animal(3, COLOUR_GROUPED SIZE_GROUPED);
    findings();
    assert_string_equal(read_back(&id, "height"), "三尺");
    assert_string_equal(read_back(&id, "colour"), "黑");
    assert_sound();
}

static void a_changed_list_is_used_at_once_by_forms_that_did_not_change(void **state)
{
    (void)state;
    struct ga_problems problems;
    forms_text("lists/kind.yaml", LIST_HEAD);
    forms_animal(1, KIND);
    assert_int_equal(findings(), 0);
    assert_int_equal(ga_form_field(school_form(&school, "animal"), "kind")->list->choices.count, 1);
    forms_text("lists/kind.yaml", LIST_HEAD "  - {code: cat, label: {zh: 猫, en: Cat}}\n");
    ga_problems_init(&problems);
    assert_int_equal(ga_store_accept_forms(school.store, GA_FOLDER(forms), &problems, NULL), GA_OK);
    ga_problems_finish(&problems);
    assert_int_equal(ga_form_field(school_form(&school, "animal"), "kind")->list->choices.count, 2);
    assert_int_equal(findings(), 0);
    assert_int_equal(ga_form_field(school_form(&school, "animal"), "kind")->list->choices.count, 2);
}

static void a_list_with_faults_keeps_the_last_good_one(void **state)
{
    (void)state;
    forms_text("lists/kind.yaml", LIST_HEAD);
    forms_animal(1, KIND);
    assert_int_equal(findings(), 0);
    forms_text("lists/kind.yaml", LIST_HEAD "  - {code: Cat!, label: {zh: 猫, en: Cat}}\n");
    forms_animal(2, KIND);
    assert_true(findings() > 0);
    assert_int_equal(version(), 1);
    assert_int_equal(ga_form_field(school_form(&school, "animal"), "kind")->list->choices.count, 1);
}

/* The list is told once, at its place; who takes its choices from it waits with it. */
static void a_form_whose_list_cannot_be_read_keeps_the_last_good_one(void **state)
{
    (void)state;
    forms_text("lists/kind.yaml", LIST_HEAD);
    forms_animal(1, KIND);
    assert_int_equal(findings(), 0);
    forms_text("lists/kind.yaml", "list: kind\nchoices: [\n");
    forms_animal(2, KIND);
    assert_int_equal(findings(), 1);
    assert_int_equal(version(), 1);
    assert_int_equal(ga_form_field(school_form(&school, "animal"), "kind")->list->choices.count, 1);
    forms_text("lists/kind.yaml", LIST_HEAD);
    assert_int_equal(findings(), 0);
    assert_int_equal(version(), 2);
}

static void nothing_is_read_when_nothing_changed(void **state)
{
    (void)state;
    struct ga_problems problems;
    forms_animal(1, COLOUR);
    assert_int_equal(findings(), 0);
    ga_problems_init(&problems);
    files.opens = files.stats = 0;
    assert_int_equal(ga_store_accept_forms(school.store, GA_FOLDER(forms), &problems, NULL), GA_OK);
    assert_int_equal(files.opens, 0);
    assert_int_equal(files.stats, 1);
    ga_problems_finish(&problems);
}

/* A field that may no longer be seen by expressions is out of the view at once. */
static void a_field_made_restricted_leaves_the_view(void **state)
{
    (void)state;
    struct ga_problems problems;
    forms_animal(1, COLOUR);
    assert_int_equal(findings(), 0);
    assert_int_equal(ga_store_view(school.store, school_form(&school, "animal"), NULL, NULL), GA_OK);
    assert_int_equal(ask("SELECT count(*) FROM pragma_table_info('v_animal') WHERE name = 'colour'"), 1);
    forms_animal(2, "  - {name: colour, type: text, protect: restricted, label: {zh: 颜色, en: Colour}}\n");
    ga_problems_init(&problems);
    assert_int_equal(ga_store_accept_forms(school.store, GA_FOLDER(forms), &problems, NULL), GA_OK);
    ga_problems_finish(&problems);
    assert_int_equal(version(), 2);
    assert_int_equal(ga_store_view(school.store, school_form(&school, "animal"), NULL, NULL), GA_OK);
    assert_int_equal(ask("SELECT count(*) FROM pragma_table_info('v_animal') WHERE name = 'colour'"), 0);
}

static void the_names_of_all_forms_are_known_after_a_restart(void **state)
{
    (void)state;
    forms_animal(1, COLOUR);
    assert_int_equal(findings(), 0);
    assert_int_equal(findings(), 0);
    const struct ga_forms *known = ga_store_forms(school.store);
    assert_int_equal(known->names_count, 1);
    assert_string_equal(known->names[0], "animal");
    assert_non_null(ga_forms_title(known, "animal")->zh);
    assert_null(ga_forms_title(known, "plant"));
}

/* As after a program that speaks another form language: nothing that is stored may be lost or hidden. */
static void forms_packed_in_another_language_are_read_again(void **state)
{
    (void)state;
    int64_t children = 0;
    forms_animal(1, COLOUR);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    struct ga_answers animal;
    ga_answers_init(&animal, school_form(&school, "animal"));
    school_type(&animal, "colour", "黑");
    assert_int_equal(ga_store_save(school.store, &(struct ga_save_record){.after = &animal}, 0, NULL, NULL), GA_OK);
    const struct ga_uuid id = animal.id;
    ga_answers_finish(&animal);
    for (int version = 1; version <= 2; version++) {
        struct ga_db *db = ga_store_db(school.store);
        assert_int_equal(ga_db_exec(db, "UPDATE form SET packed = CAST(substr(packed, 1, 4) || x'0102030405060708' ||"
                                        " substr(packed, 13) AS BLOB);"
                                        "UPDATE setting SET value = 'another' WHERE name IN ('forms.seen', 'index.edition')",
                                    NULL), GA_OK);
        forms_animal(version, COLOUR);
        assert_int_equal(school_reopen(&school, NULL), GA_OK);
        assert_int_equal(school.problems.faults, 0);
        assert_string_equal(school_read(&school, "animal", &id, "colour"), "黑");
        assert_int_equal(ga_store_count(school.store, "animal", &children, NULL), GA_OK);
        assert_int_equal(children, 1);
        assert_sound();
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(forms_packed_in_another_language_are_read_again),
        CASE(a_form_with_faults_keeps_the_last_good_one),
        CASE(a_mended_form_is_taken_in_the_same_sitting),
        CASE(an_older_form_is_refused),
        CASE(a_change_without_a_new_version_is_pointed_out),
        CASE(a_new_field_gets_a_column),
        CASE(a_retired_field_keeps_its_column),
        CASE(values_of_a_removed_field_wait_for_it),
        CASE(text_that_is_no_number_becomes_a_misfit),
        CASE(text_that_is_no_day_becomes_a_misfit),
        CASE(a_field_that_joins_a_group_shows_what_was_saved_last),
        CASE(an_older_form_saves_a_group_without_losing_newer_fields),
        CASE(a_changed_list_is_used_at_once_by_forms_that_did_not_change),
        CASE(a_list_with_faults_keeps_the_last_good_one),
        CASE(a_form_whose_list_cannot_be_read_keeps_the_last_good_one),
        CASE(nothing_is_read_when_nothing_changed),
        CASE(a_field_made_restricted_leaves_the_view),
        CASE(the_names_of_all_forms_are_known_after_a_restart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
