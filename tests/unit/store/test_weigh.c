/* A changed form is weighed against the records before it is in force. */
#include "guanai/base/alloc.h"
#include "guanai/store/weigh.h"
#include "animal_forms.h"
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
static const char *forms;

#define FIELD(name, keys) "  - {name: " name ", " keys ", label: {zh: " name "项, en: " name "}}\n"
#define LEGS FIELD("legs", "type: integer")
#define COLOUR FIELD("colour", "type: text")
#define KIND FIELD("kind", "type: choice, list: kind")
#define PUPS(keys) "  - name: pups\n    type: repeat\n    label: {zh: 崽, en: Pups}\n    fields:\n" \
                   "      - {name: coat, type: text, label: {zh: 毛, en: Coat}" keys "}\n"
#define LIST_HEAD "list: kind\nchoices:\n  - {code: dog, label: {zh: 狗, en: Dog}}\n"
#define LIST_CAT "  - {code: cat, label: {zh: 猫, en: Cat}}\n"

static int start(void **state)
{
    (void)state;
    forms = animal_forms_make();
    forms_text("lists/kind.yaml", LIST_HEAD LIST_CAT);
    school_prepare(&school, (struct school_base){0});
    school.forms = forms;
    forms_animal(1, LEGS COLOUR KIND PUPS(""));
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&school);
    return animal_forms_remove();
}

static const struct ga_form *animal(void)
{
    return school_form(&school, "animal");
}

static struct ga_uuid add(const char *field, const char *typed)
{
    struct ga_answers answers;
    ga_answers_init(&answers, animal());
    school_type(&answers, "nick", "阿黄");
    if (field != NULL)
        school_type(&answers, field, typed);
    assert_int_equal(ga_store_save(school.store, &(struct ga_save_record){.after = &answers}, 0, NULL, NULL), GA_OK);
    const struct ga_uuid id = answers.id;
    ga_answers_finish(&answers);
    return id;
}

static struct ga_uuid add_with_pups(int count)
{
    struct ga_answers answers;
    ga_answers_init(&answers, animal());
    school_type(&answers, "nick", "阿花");
    const struct ga_field *pups = ga_form_field(animal(), "pups"), *coat = ga_form_field(animal(), "pups.coat");
    struct ga_uuid last = {{0}};
    for (int i = 0; i < count; i++) {
        struct ga_uuid id;
        ga_uuid_make(&school.clock, &school.random, &last, &id);
        const struct ga_value white = ga_value_text("白");
        ga_answers_set_in_row(&answers, ga_answers_add_row(&answers, pups, id), coat, &white);
    }
    assert_int_equal(ga_store_save(school.store, &(struct ga_save_record){.after = &answers}, 0, NULL, NULL), GA_OK);
    const struct ga_uuid id = answers.id;
    ga_answers_finish(&answers);
    return id;
}

/* The effects of what the folder says now, as "kind field records;" – the whole answer in one assertion. */
static const char *weigh(void)
{
    static char said[500];
    static const char *const kinds[] = {"no_column", "hidden", "not_allowed", "refused", "missing"};
    struct ga_problems problems;
    struct ga_forms fresh;
    struct ga_weighing weighing;
    said[0] = '\0';
    ga_problems_init(&problems);
    ga_forms_init(&fresh);
    assert_int_equal(ga_forms_read_folders(&fresh, school.options.io, GA_FOLDER(forms), &problems, NULL), GA_OK);
    assert_int_equal(ga_store_weigh(school.store, &fresh, ga_forms_get(&fresh, "animal", NULL), &weighing, NULL), GA_OK);
    for (size_t i = 0; i < weighing.effects.len; i++) {
        const struct ga_effect *effect = GA_VEC_AT(const struct ga_effect, &weighing.effects, i);
        snprintf(said + strlen(said), sizeof(said) - strlen(said), "%s %s %zu;", kinds[effect->kind], effect->field,
                 effect->records);
    }
    ga_weighing_finish(&weighing);
    ga_forms_finish(&fresh);
    ga_problems_finish(&problems);
    return said;
}

static void what_harms_no_record_weighs_nothing(void **state)
{
    (void)state;
    add("legs", "4");
    forms_animal(2, LEGS COLOUR KIND PUPS("") FIELD("age_years", "type: integer"));
    assert_string_equal(weigh(), "");
    forms_animal(2, COLOUR LEGS FIELD("kind", "type: choice, list: kind, hint: {zh: 选, en: pick}") PUPS(""));
    assert_string_equal(weigh(), "");
    forms_animal(2, LEGS KIND PUPS("")); /* nobody ever filled in a colour */
    assert_string_equal(weigh(), "");
}

static void a_removed_field_leaves_its_values_without_a_place(void **state)
{
    (void)state;
    add("colour", "黄");
    add("colour", "黑");
    add(NULL, NULL);
    forms_animal(2, LEGS KIND PUPS(""));
    assert_string_equal(weigh(), "no_column colour 2;");
}

static void a_changed_type_counts_only_what_does_not_fit_it(void **state)
{
    (void)state;
    add("colour", "黄");
    add("legs", "4");
    forms_animal(2, FIELD("legs", "type: text") FIELD("colour", "type: integer") KIND PUPS(""));
    assert_string_equal(weigh(), "no_column colour 1;no_column legs 1;");
}

static void a_condition_hides_what_is_filled_in(void **state)
{
    (void)state;
    add("colour", "黄");
    struct ga_uuid id = add("legs", "4");
    school_edit(&school, "animal", &id, "colour", "黑");
    forms_animal(2, LEGS FIELD("colour", "type: text, relevant: legs = 4") KIND PUPS(""));
    assert_string_equal(weigh(), "hidden colour 1;");
}

static void a_shrunk_list_refuses_its_code(void **state)
{
    (void)state;
    add("kind", "cat");
    add("kind", "dog");
    forms_text("lists/kind.yaml", LIST_HEAD);
    assert_string_equal(weigh(), "not_allowed kind 1;");
    forms_text("lists/kind.yaml", LIST_HEAD "  - {code: cat, label: {zh: 猫, en: Cat}, retired: true}\n");
    assert_string_equal(weigh(), "");
}

static void a_new_bound_and_a_new_duty_are_counted(void **state)
{
    (void)state;
    add("legs", "4");
    add("legs", "40");
    add(NULL, NULL);
    forms_animal(2, FIELD("legs", "type: integer, constraint: legs < 10, message: {zh: 太多, en: too many}")
                      FIELD("colour", "type: text, required: true") KIND PUPS(""));
    assert_string_equal(weigh(), "refused legs 1;missing colour 3;");
}

/* Five rows of one record are one record. */
static void rows_of_a_repeat_count_their_record_once(void **state)
{
    (void)state;
    add_with_pups(5);
    add_with_pups(1);
    add_with_pups(0);
    forms_animal(2, LEGS COLOUR KIND PUPS(", relevant: parent.legs = 4"));
    assert_string_equal(weigh(), "hidden pups.coat 2;");
    forms_animal(2, LEGS COLOUR KIND);
    assert_string_equal(weigh(), "no_column pups.coat 2;");
}

static void what_was_wrong_before_is_not_blamed_on_the_change(void **state)
{
    (void)state;
    add("legs", "40");
    forms_animal(2, FIELD("legs", "type: integer, constraint: legs < 10, message: {zh: 太多, en: too many}") COLOUR KIND
                      PUPS(""));
    assert_string_equal(weigh(), "refused legs 1;");
    struct ga_problems problems;
    ga_problems_init(&problems);
    assert_int_equal(ga_store_confirm_forms(school.store, GA_FOLDER(forms), "", &problems, NULL), GA_OK);
    ga_problems_finish(&problems);
    assert_int_equal(animal()->version, 2);
    forms_animal(3, FIELD("legs", "type: integer, constraint: legs < 9, message: {zh: 太多, en: too many}") COLOUR KIND
                      PUPS(""));
    assert_string_equal(weigh(), "");
}

/* A list alone can do harm: then the list waits, and the form that did not change works on with the old one. */
static void a_harmful_list_waits_with_its_form(void **state)
{
    (void)state;
    const struct ga_uuid id = add("kind", "cat");
    forms_text("lists/kind.yaml", LIST_HEAD);
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_string_equal(ga_store_waiting_forms(school.store), "animal");
    assert_string_equal(school_read(&school, "animal", &id, "kind"), "猫");
    assert_int_equal(school_reopen(&school, NULL), GA_OK); /* and at the start after that */
    assert_int_equal(school.problems.warnings, 2);
    assert_string_equal(school_read(&school, "animal", &id, "kind"), "猫");
    forms_text("lists/kind.yaml", LIST_HEAD LIST_CAT "  - {code: hen, label: {zh: 鸡, en: Hen}}\n");
    assert_int_equal(school_reopen(&school, NULL), GA_OK);
    assert_string_equal(ga_store_waiting_forms(school.store), "");
}

#define IN_SCHOOL(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCHOOL(what_harms_no_record_weighs_nothing),
        IN_SCHOOL(a_removed_field_leaves_its_values_without_a_place),
        IN_SCHOOL(a_changed_type_counts_only_what_does_not_fit_it),
        IN_SCHOOL(a_condition_hides_what_is_filled_in),
        IN_SCHOOL(a_shrunk_list_refuses_its_code),
        IN_SCHOOL(a_new_bound_and_a_new_duty_are_counted),
        IN_SCHOOL(rows_of_a_repeat_count_their_record_once),
        IN_SCHOOL(what_was_wrong_before_is_not_blamed_on_the_change),
        IN_SCHOOL(a_harmful_list_waits_with_its_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
