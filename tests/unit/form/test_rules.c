/* Rules over one record: what shows, what is filled in, what is wrong. */
#include "guanai/form/rules.h"
#include "guanai/form/type.h"
#include "guanai/text/translate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char form_text[] =
    "form: family\nversion: 1\nprotect: ordinary\ntitle: {zh: 家, en: Family}\n"
    "summary: \"concat_ws(' ', label(kind), size)\"\n"
    "fields:\n"
    "  - {name: kind, type: choice, list: kind, label: {zh: 种类, en: Kind}, required: true}\n"
    "  - {name: size, type: integer, label: {zh: 人数, en: Size}, constraint: size > 0, message: {zh: 至少一人, en: At least one}}\n"
    "  - {name: why, type: text, label: {zh: 原因, en: Why}, relevant: kind IS NOT 'whole', required: typing}\n"
    "  - {name: born, type: date, label: {zh: 生日, en: Born}, constraint: born <= today()}\n"
    "  - {name: years, type: integer, label: {zh: 岁, en: Years}, calculation: \"age(born, today())\"}\n"
    "  - {name: later, type: date, label: {zh: 之后, en: After}, default: \"date(born, '+14 days')\"}\n"
    "  - {name: small, type: integer, label: {zh: 小的, en: Small}, calculation: \"(SELECT count(*) FROM siblings WHERE age < 6)\"}\n"
    "  - {name: rows_known, type: integer, label: {zh: 行, en: Rows}, calculation: count_rows(siblings)}\n"
    "  - {name: note, type: text, label: {zh: 注, en: Note}, warn: note IS NOT NULL}\n"
    "  - {name: odd, type: integer, label: {zh: 数, en: Odd}, warn: odd < 10, warn_message: {zh: 多了, en: Many}}\n"
    "  - {name: answered, type: text, label: {zh: 答, en: A}, calculation: status('note')}\n"
    "  - name: siblings\n    type: repeat\n    label: {zh: 兄弟姐妹, en: Siblings}\n    fields:\n"
    "      - {name: age, type: integer, label: {zh: 年龄, en: Age}, required: true, constraint: age < parent.size + 20}\n"
    "      - {name: title, type: text, label: {zh: 称呼, en: Title}, relevant: age > 3}\n";

static const char list_text[] = "list: kind\nchoices:\n  - {code: whole, label: {zh: 完整, en: Whole}}\n"
                                "  - {code: part, label: {zh: 单亲, en: One parent}}\n";

struct world {
    struct ga_forms forms;
    struct ga_problems problems;
    struct ga_rules *rules;
    const struct ga_form *form;
    struct ga_answers record;
};

static int start(void **state)
{
    static struct world world;
    world = (struct world){0};
    ga_forms_init(&world.forms);
    ga_problems_init(&world.problems);
    ga_forms_read_text(&world.forms, "kind.yaml", list_text, strlen(list_text), &world.problems);
    ga_forms_read_text(&world.forms, "family.yaml", form_text, strlen(form_text), &world.problems);
    ga_forms_finish_reading(&world.forms, &world.problems);
    for (size_t i = 0; i < world.problems.list.len; i++) {
        char buf[GA_MESSAGE_BYTES];
        const struct ga_problem *problem = GA_VEC_AT(struct ga_problem, &world.problems.list, i);
        print_error("%s:%d:%d: %s\n", problem->file, problem->line, problem->column,
                    ga_message_text(&problem->what, GA_EN, buf, sizeof(buf)));
    }
    if (world.problems.faults > 0 || ga_rules_create(&world.forms, &world.rules, NULL) != GA_OK)
        return -1;
    ga_rules_set_world(world.rules, &(struct ga_rule_world){.today = {2026, 11, 23}, .user = "周老师"});
    world.form = ga_forms_get(&world.forms, "family", NULL);
    ga_answers_init(&world.record, world.form);
    *state = &world;
    return 0;
}

static int stop(void **state)
{
    struct world *world = *state;
    ga_answers_finish(&world->record);
    ga_rules_destroy(world->rules);
    ga_forms_finish(&world->forms);
    ga_problems_finish(&world->problems);
    return 0;
}

static const struct ga_field *field(struct world *world, const char *name)
{
    return ga_form_field(world->form, name);
}

static void put(struct world *world, const char *name, struct ga_value value)
{
    ga_answers_set(&world->record, field(world, name), &value);
}

static struct ga_row *add_sibling(struct world *world, int64_t age)
{
    const struct ga_field *siblings = field(world, "siblings");
    struct ga_uuid id = {{(uint8_t)age}};
    struct ga_row *row = ga_answers_add_row(&world->record, siblings, id);
    const struct ga_value value = ga_value_int(age);
    ga_answers_set_in_row(&world->record, row, &siblings->fields.items[0], &value);
    return row;
}

static bool shows(struct world *world, const char *name)
{
    const struct ga_rule_place place = {.record = &world->record};
    return ga_rules_is_relevant(world->rules, &place, field(world, name));
}

static size_t count(struct world *world, enum ga_check_mode mode, enum ga_finding_kind kind, const char *name)
{
    const struct ga_rule_place place = {.record = &world->record};
    struct ga_vec findings;
    size_t found = 0;
    ga_vec_init(&findings, sizeof(struct ga_finding));
    assert_int_equal(ga_rules_check(world->rules, &place, mode, &findings, NULL), GA_OK);
    for (size_t i = 0; i < findings.len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(struct ga_finding, &findings, i);
        found += finding->kind == kind && strcmp(finding->field->name, name) == 0;
    }
    ga_vec_finish(&findings);
    return found;
}

static void an_unknown_answer_keeps_the_field_behind_is_not_shown(void **state)
{
    assert_true(shows(*state, "why"));
    put(*state, "kind", ga_value_text("whole"));
    assert_false(shows(*state, "why"));
}

static void a_hidden_field_is_not_asked(void **state)
{
    assert_int_equal(count(*state, GA_CHECK_TYPING, GA_FINDING_REQUIRED, "why"), 1);
    assert_int_equal(count(*state, GA_CHECK_IMPORT, GA_FINDING_GAP, "why"), 1);
    put(*state, "kind", ga_value_text("whole"));
    assert_int_equal(count(*state, GA_CHECK_TYPING, GA_FINDING_REQUIRED, "why"), 0);
}

static void only_false_complains(void **state)
{
    assert_int_equal(count(*state, GA_CHECK_TYPING, GA_FINDING_CONSTRAINT, "size"), 0);
    put(*state, "size", ga_value_int(0));
    assert_int_equal(count(*state, GA_CHECK_TYPING, GA_FINDING_CONSTRAINT, "size"), 1);
    put(*state, "size", ga_value_int(3));
    assert_int_equal(count(*state, GA_CHECK_TYPING, GA_FINDING_CONSTRAINT, "size"), 0);
}

static void a_calculation_reads_rows_as_a_table(void **state)
{
    struct world *world = *state;
    add_sibling(world, 4);
    add_sibling(world, 5);
    add_sibling(world, 9)->is_gone = true;
    add_sibling(world, 12);
    ga_rules_apply_calculations(world->rules, &world->record, NULL);
    assert_int_equal(ga_answers_at(&world->record, field(world, "small"))->value.integer, 2);
    assert_int_equal(ga_answers_at(&world->record, field(world, "rows_known"))->value.integer, 3);
}

static void a_row_asks_the_record_as_parent(void **state)
{
    struct world *world = *state;
    put(world, "size", ga_value_int(3));
    add_sibling(world, 22);
    assert_int_equal(count(world, GA_CHECK_TYPING, GA_FINDING_CONSTRAINT, "age"), 0);
    add_sibling(world, 23);
    assert_int_equal(count(world, GA_CHECK_TYPING, GA_FINDING_CONSTRAINT, "age"), 1);
}

static void a_default_follows_the_field_it_names_until_touched(void **state)
{
    struct world *world = *state;
    const struct ga_answer *later = ga_answers_at(&world->record, field(world, "later"));
    put(world, "born", ga_value_text("2018-03-20"));
    ga_rules_apply_defaults(world->rules, &world->record, NULL, field(world, "born"));
    assert_string_equal(later->value.text, "2018-04-03");
    ga_answers_at(&world->record, field(world, "later"))->is_touched = true;
    put(world, "born", ga_value_text("2018-05-01"));
    ga_rules_apply_defaults(world->rules, &world->record, NULL, field(world, "born"));
    assert_string_equal(later->value.text, "2018-04-03");
}

static void ages_are_whole_years(void **state)
{
    struct world *world = *state;
    put(world, "born", ga_value_text("2017-11-24"));
    ga_rules_apply_calculations(world->rules, &world->record, NULL);
    assert_int_equal(ga_answers_at(&world->record, field(world, "years"))->value.integer, 8);
}

static void please_fill_in_asks_no_reason_and_a_warning_one(void **state)
{
    struct world *world = *state;
    put(world, "odd", ga_value_int(11));
    assert_int_equal(count(world, GA_CHECK_TYPING, GA_FINDING_PLEASE, "note"), 1);
    assert_int_equal(count(world, GA_CHECK_TYPING, GA_FINDING_WARN, "odd"), 1);
    ga_answers_at(&world->record, field(world, "odd"))->because = "数过了";
    assert_int_equal(count(world, GA_CHECK_TYPING, GA_FINDING_WARN, "odd"), 0);
}

static void unknown_is_an_answer_that_rules_can_ask_for(void **state)
{
    struct world *world = *state;
    ga_answers_set_state(&world->record, field(world, "note"), GA_UNKNOWN);
    ga_rules_apply_calculations(world->rules, &world->record, NULL);
    assert_string_equal(ga_answers_at(&world->record, field(world, "answered"))->value.text, "unknown");
    assert_int_equal(count(world, GA_CHECK_TYPING, GA_FINDING_PLEASE, "note"), 0);
}

static void a_summary_is_in_the_readers_language(void **state)
{
    struct world *world = *state;
    const struct ga_rule_place place = {.record = &world->record};
    struct ga_str text = {0};
    put(world, "kind", ga_value_text("part"));
    put(world, "size", ga_value_int(3));
    ga_rules_summary(world->rules, &place, GA_ZH, &text);
    assert_string_equal(ga_str_text(&text), "单亲 3");
    ga_str_clear(&text);
    ga_rules_summary(world->rules, &place, GA_EN, &text);
    assert_string_equal(ga_str_text(&text), "One parent 3");
    ga_str_finish(&text);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(an_unknown_answer_keeps_the_field_behind_is_not_shown),
        CASE(a_hidden_field_is_not_asked),
        CASE(only_false_complains),
        CASE(a_calculation_reads_rows_as_a_table),
        CASE(a_row_asks_the_record_as_parent),
        CASE(a_default_follows_the_field_it_names_until_touched),
        CASE(ages_are_whole_years),
        CASE(please_fill_in_asks_no_reason_and_a_warning_one),
        CASE(unknown_is_an_answer_that_rules_can_ask_for),
        CASE(a_summary_is_in_the_readers_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
