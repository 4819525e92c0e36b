/* Papers for an inspection are data: what is wrong with their file is said with its place. */
#include "sample.h"

#include "guanai/base/alloc.h"
#include "guanai/form/materials.h"

static const char hazard_text[] = "form: hazard\nversion: 1\nprotect: ordinary\ntitle: {zh: 隐患, en: Hazard}\nsummary: what\nfields:\n"
                                  "  - {name: found_on, type: date, label: {zh: 日, en: Day}}\n"
                                  "  - {name: what, type: text, label: {zh: 事, en: What}}\n";

#define HEAD "materials: inspection\ntitle: {zh: 迎检, en: Papers}\nrows:\n"

/* Reads a file; is it in force then? */
static bool read_materials(const char *text, struct ga_str *found)
{
    struct sample sample;
    struct ga_materials_set set;
    sample_init(&sample);
    sample_read(&sample, "hazard.yaml", hazard_text);
    ga_forms_finish_reading(&sample.forms, &sample.problems);
    ga_materials_init(&set);
    const enum ga_rc rc = ga_materials_read_text(&set, &sample.forms, 0, "m.yaml", text, strlen(text), &sample.problems);
    const bool is_there = set.item != NULL;
    assert_int_equal(rc, is_there ? GA_OK : GA_REFUSED);
    sample_findings(&sample, found);
    ga_materials_finish(&set);
    sample_finish(&sample);
    return is_there;
}

static void faults_are_said_with_their_places(void **state)
{
    (void)state;
    static const struct {
        const char *text, *found;
    } rows[] = {
        {HEAD "  - {duties: true}\n  - {signatures: true}\n  - {form: hazard, day: found_on, every: month}\n", ""},
        {HEAD "  - {form: hazard, day: fuond_on}\n", "m.yaml:4:25 form 'hazard' has no date 'fuond_on' | did you mean 'found_on'?\n"},
        {HEAD "  - {form: hazard, day: what}\n", "m.yaml:4:25 form 'hazard' has no date 'what'\n"},
        {HEAD "  - {form: hazard}\n", "m.yaml:4:5 a form needs the key 'day': the date by which its records are counted\n"},
        {HEAD "  - {form: hazard, day: found_on, every: month, per: class}\n",
         "m.yaml:4:5 records of form 'hazard' name no children: nobody can tell of which class they are\n"},
        {HEAD "  - {duties: true, signatures: true}\n", "m.yaml:4:5 a row is one of duties, signatures, form\n"},
        {HEAD "  - {every: month}\n", "m.yaml:4:5 a row is one of duties, signatures, form\n"},
    };
    for (size_t i = 0; i < GA_COUNT(rows); i++) {
        struct ga_str found = {0};
        assert_int_equal(read_materials(rows[i].text, &found), rows[i].found[0] == '\0');
        assert_string_equal(ga_str_text(&found), rows[i].found);
        ga_str_finish(&found);
    }
}

static void a_form_that_is_not_installed_leaves_the_others(void **state)
{
    (void)state;
    struct ga_str found = {0};
    assert_true(read_materials(HEAD "  - {form: club, day: held_on}\n  - {form: hazard, day: found_on}\n", &found));
    assert_non_null(strstr(ga_str_text(&found), "form 'club' is not installed"));
    ga_str_finish(&found);
}

/* A school's own file takes the place of the program's. */
static void the_uppermost_file_is_meant(void **state)
{
    (void)state;
    static const char above[] = HEAD "  - {duties: true}\n", below[] = HEAD "  - {signatures: true}\n  - {duties: true}\n";
    struct sample sample;
    struct ga_materials_set set;
    sample_init(&sample);
    ga_forms_finish_reading(&sample.forms, &sample.problems);
    for (size_t i = 0; i < 2; i++) {
        ga_materials_init(&set);
        ga_materials_read_text(&set, &sample.forms, i, "a.yaml", i == 0 ? above : below, strlen(i == 0 ? above : below), &sample.problems);
        ga_materials_read_text(&set, &sample.forms, 1 - i, "b.yaml", i == 0 ? below : above, strlen(i == 0 ? below : above), &sample.problems);
        assert_int_equal(set.item->rows.count, 1);
        ga_materials_finish(&set);
    }
    assert_int_equal(sample.problems.faults, 0);
    sample_finish(&sample);
}

static void the_shipped_file_is_sound(void **state)
{
    (void)state;
    struct ga_forms forms;
    struct ga_problems problems;
    struct ga_config config;
    struct ga_arena arena = {0};
    struct ga_materials_set set;
    ga_forms_init(&forms);
    ga_problems_init(&problems);
    ga_config_default(&arena, "", &config);
    ga_forms_add_sites(&forms, &config);
    assert_int_equal(ga_forms_read_folders(&forms, ga_io_system(), GA_FOLDER(FORMS_FOLDER), &problems, NULL), GA_OK);
    ga_materials_init(&set);
    assert_int_equal(ga_materials_read_folders(&set, &forms, ga_io_system(), GA_FOLDER(FORMS_FOLDER), &problems), GA_OK);
    assert_int_equal(problems.list.len, 0);
    for (size_t i = 0; i < set.item->rows.count; i++)
        assert_true(set.item->rows.items[i].form.text == NULL || set.item->rows.items[i].of != NULL);
    ga_materials_finish(&set);
    ga_problems_finish(&problems);
    ga_forms_finish(&forms);
    ga_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_said_with_their_places),
        cmocka_unit_test(a_form_that_is_not_installed_leaves_the_others),
        cmocka_unit_test(the_uppermost_file_is_meant),
        cmocka_unit_test(the_shipped_file_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
