/* The forms that are shipped pass every check. */
#include "guanai/form/forms.h"
#include "guanai/form/type.h"
#include "guanai/text/translate.h"
#include "guanai/text/width.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct shipped {
    struct ga_forms forms;
    struct ga_problems problems;
    struct ga_config config;
    struct ga_arena arena;
};

static int read_forms(void **state)
{
    static struct shipped shipped;
    ga_forms_init(&shipped.forms);
    ga_problems_init(&shipped.problems);
    ga_config_default(&shipped.arena, "石桥小学", &shipped.config);
    ga_forms_add_sites(&shipped.forms, &shipped.config);
    ga_forms_read_folders(&shipped.forms, ga_io_system(), GA_FOLDER(FORMS_FOLDER), &shipped.problems, NULL);
    *state = &shipped;
    return 0;
}

static int drop_forms(void **state)
{
    struct shipped *shipped = *state;
    ga_forms_finish(&shipped->forms);
    ga_problems_finish(&shipped->problems);
    ga_arena_finish(&shipped->arena);
    return 0;
}

static void nothing_is_found_but_forms_to_come(void **state)
{
    struct shipped *shipped = *state;
    char buf[GA_MESSAGE_BYTES];
    for (size_t i = 0; i < shipped->problems.list.len; i++) {
        const struct ga_problem *problem = GA_VEC_AT(struct ga_problem, &shipped->problems.list, i);
        if (problem->severity != GA_NOTE)
            print_error("%s:%d:%d: %s\n", problem->file, problem->line, problem->column,
                        ga_message_text(&problem->what, GA_EN, buf, sizeof(buf)));
    }
    assert_int_equal(shipped->problems.faults, 0);
    assert_int_equal(shipped->problems.warnings, 0);
}

static void the_first_four_forms_are_there(void **state)
{
    struct shipped *shipped = *state;
    static const char *const names[] = {"child", "home_visit", "status_change", "talk"};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        assert_non_null(ga_forms_get(&shipped->forms, names[i], NULL));
    assert_int_equal(ga_forms_get(&shipped->forms, "child", NULL)->pages_count, 4);
}

static void guardians_phones_are_sensitive_and_the_village_is_not(void **state)
{
    struct shipped *shipped = *state;
    const struct ga_form *child = ga_forms_get(&shipped->forms, "child", NULL);
    assert_int_equal(ga_field_protect(child, ga_form_field(child, "guardian_phone")), GA_PROTECT_SENSITIVE);
    assert_int_equal(ga_field_protect(child, ga_form_field(child, "father_workplace")), GA_PROTECT_SENSITIVE);
    assert_int_equal(ga_field_protect(child, ga_form_field(child, "village")), GA_PROTECT_ORDINARY);
}

/* Among a child's records and on lists the name has a column of its own. */
static void every_name_of_a_form_is_whole_in_its_column_in_both_languages(void **state)
{
    enum { NAME_COLS = 17 };
    struct shipped *shipped = *state;
    size_t too_long = 0;
    for (size_t i = 0; i < shipped->forms.names_count; i++) {
        const struct ga_form *form = ga_forms_get(&shipped->forms, shipped->forms.names[i], NULL);
        for (int lang = GA_ZH; lang <= GA_EN; lang++) {
            const char *title = ga_label_text(&form->title, lang);
            if (ga_width_text(title, strlen(title)) <= NAME_COLS)
                continue;
            print_error("%s: %s\n", form->name, title);
            too_long++;
        }
    }
    assert_int_equal(too_long, 0);
}

static void a_packed_form_is_the_same_form(void **state)
{
    struct shipped *shipped = *state;
    const struct ga_form *child = ga_forms_get(&shipped->forms, "child", NULL);
    struct ga_str packed = {0};
    struct ga_forms other;
    ga_forms_init(&other);
    ga_form_pack(child, &packed);
    assert_int_equal(ga_form_unpack(&other, packed.data, packed.len, NULL), GA_OK);
    const struct ga_form *again = ga_forms_get(&other, "child", NULL);
    assert_int_equal(again->all_count, child->all_count);
    assert_memory_equal(again->hash, child->hash, sizeof(child->hash));
    ga_str_finish(&packed);
    ga_forms_finish(&other);
}

/* On 80 columns a page of answers keeps 30 for the labels, 46 beside them, three of these for mark and digit. */
enum { LABEL_COLS = 30, OPTION_COLS = 43 };

static size_t count_cut(const char *what, const struct ga_label *label, size_t cols)
{
    size_t cut = 0;
    for (int lang = 0; lang < GA_LANG_COUNT; lang++) {
        const char *text = ga_label_text(label, (enum ga_lang)lang);
        if (ga_width_text(text, strlen(text)) <= cols)
            continue;
        print_error("%s: \"%s\" is longer than %zu columns\n", what, text, cols);
        cut++;
    }
    return cut;
}

static size_t count_cut_options(const struct ga_field *field)
{
    size_t cut = 0;
    for (size_t i = 0; field->list != NULL && i < field->list->choices.count; i++)
        cut += count_cut(field->name, &field->list->choices.items[i].label, OPTION_COLS);
    return cut;
}

static size_t count_cut_fields(const struct ga_form *form)
{
    size_t cut = 0;
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *field = form->all[i];
        if (field->type->storage != GA_STORE_NOTHING)
            cut += count_cut(form->name, &field->label, LABEL_COLS);
        cut += count_cut_options(field);
        for (size_t k = 0; k < field->fields.count; k++)
            cut += count_cut(form->name, &field->fields.items[k].label, LABEL_COLS) +
                   count_cut_options(&field->fields.items[k]);
    }
    return cut;
}

static void every_label_and_choice_is_whole_on_80_columns_in_both_languages(void **state)
{
    struct shipped *shipped = *state;
    size_t cut = 0;
    for (size_t i = 0; i < shipped->forms.names_count; i++)
        cut += count_cut_fields(ga_forms_get(&shipped->forms, shipped->forms.names[i], NULL));
    assert_int_equal(cut, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_found_but_forms_to_come),
        cmocka_unit_test(the_first_four_forms_are_there),
        cmocka_unit_test(guardians_phones_are_sensitive_and_the_village_is_not),
        cmocka_unit_test(every_name_of_a_form_is_whole_in_its_column_in_both_languages),
        cmocka_unit_test(a_packed_form_is_the_same_form),
        cmocka_unit_test(every_label_and_choice_is_whole_on_80_columns_in_both_languages),
    };
    return cmocka_run_group_tests(tests, read_forms, drop_forms);
}
