/* Class sheets are data: what is wrong with one is said with its place, a sheet with faults is not offered. */
#include "sample.h"

#include "guanai/base/alloc.h"
#include "guanai/form/children.h"
#include "guanai/form/class_sheet.h"

static const char child_text[] = "form: child\nversion: 1\nprotect: ordinary\ntitle: {zh: 童, en: Child}\nfields:\n"
                                 "  - {name: grade, type: text, label: {zh: 年级, en: Grade}}\n";
static const char talk_text[] =
    "form: talk\nversion: 1\nof: child\nprotect: ordinary\ntitle: {zh: 谈, en: Talk}\nsummary: content\nfields:\n"
    "  - {name: talked_on, type: date, label: {zh: 日, en: Day}, required: true, default: today()}\n"
    "  - {name: mood, type: scale, max: 5, label: {zh: 情, en: Mood}, required: true}\n"
    "  - {name: content, type: text, label: {zh: 话, en: Content}}\n"
    "  - {name: twice, type: integer, label: {zh: 倍, en: Twice}, calculation: mood * 2}\n";
static const char lesson_text[] =
    "form: lesson\nversion: 1\nprotect: ordinary\ntitle: {zh: 课, en: Lesson}\nsummary: held_on\nfields:\n"
    "  - {name: held_on, type: date, label: {zh: 日, en: Day}}\n"
    "  - name: pupils\n    type: repeat\n    required: true\n    label: {zh: 生, en: Pupils}\n    fields:\n"
    "      - {name: child, type: record, of: child, label: {zh: 生, en: Pupil}, required: true}\n";
static const char meeting_text[] =
    "form: meeting\nversion: 1\nprotect: ordinary\ntitle: {zh: 会, en: Meeting}\nsummary: held_on\nfields:\n"
    "  - {name: held_on, type: date, label: {zh: 日, en: Day}}\n";

#define HEAD "sheet: month\ntitle: {zh: 月, en: Month}\nforms:\n"

/* Reads a sheet; how many there are then. */
static size_t read_sheet(const char *text, struct ga_str *found)
{
    struct sample sample;
    struct ga_class_sheets set;
    sample_init(&sample);
    sample_read(&sample, "child.yaml", child_text);
    sample_read(&sample, "talk.yaml", talk_text);
    sample_read(&sample, "lesson.yaml", lesson_text);
    sample_read(&sample, "meeting.yaml", meeting_text);
    ga_forms_finish_reading(&sample.forms, &sample.problems);
    ga_class_sheets_init(&set);
    const enum ga_rc rc = ga_class_sheets_read_text(&set, &sample.forms, "month.yaml", text, strlen(text), &sample.problems);
    const size_t count = set.count;
    assert_int_equal(rc, count == 1 ? GA_OK : GA_REFUSED);
    sample_findings(&sample, found);
    ga_class_sheets_finish(&set);
    sample_finish(&sample);
    return count;
}

static void faults_are_said_with_their_places(void **state)
{
    (void)state;
    static const struct {
        const char *text, *found;
    } rows[] = {
        {HEAD "  - {form: talk, fields: [talked_on, mood], more: [content]}\n  - {form: lesson, fields: [held_on]}\n", ""},
        {HEAD "  - {form: talk, fields: [talked_on, moood]}\n",
         "month.yaml:4:38 form 'talk' has no field 'moood' | did you mean 'mood'?\n"
         "month.yaml:4:5 'mood' must be filled in but is no column here\n"},
        {HEAD "  - {form: talk, fields: [mood, talked_on]}\n",
         "month.yaml:4:27 the first column is the day: 'mood' is no date\n"},
        {HEAD "  - {form: talk, fields: [talked_on, mood, twice]}\n", "month.yaml:4:44 'twice' cannot be a column\n"},
        {HEAD "  - {form: meeting, fields: [held_on]}\n", "month.yaml:4:12 the records of form 'meeting' are not about children\n"},
        {HEAD "  - {form: lesson, fields: [held_on, pupils]}\n", "month.yaml:4:38 'pupils' cannot be a column\n"},
    };
    for (size_t i = 0; i < GA_COUNT(rows); i++) {
        struct ga_str found = {0};
        const size_t count = read_sheet(rows[i].text, &found);
        assert_string_equal(ga_str_text(&found), rows[i].found);
        assert_int_equal(count, i == 0);
        ga_str_finish(&found);
    }
}

static void a_form_that_is_not_installed_leaves_the_others(void **state)
{
    (void)state;
    struct ga_str found = {0};
    assert_int_equal(read_sheet(HEAD "  - {form: letter, fields: [written_on]}\n  - {form: talk, fields: [talked_on, mood]}\n", &found), 1);
    assert_non_null(strstr(ga_str_text(&found), "form 'letter' is not installed"));
    ga_str_finish(&found);
}

/* What comes with the program opens: each part with its form. */
static void the_shipped_sheets_are_sound(void **state)
{
    (void)state;
    struct ga_forms forms;
    struct ga_problems problems;
    struct ga_config config;
    struct ga_arena arena = {0};
    struct ga_class_sheets set;
    ga_forms_init(&forms);
    ga_problems_init(&problems);
    ga_config_default(&arena, "", &config);
    ga_forms_add_sites(&forms, &config);
    assert_int_equal(ga_forms_read_folders(&forms, ga_io_system(), GA_FOLDER(FORMS_FOLDER), &problems, NULL), GA_OK);
    ga_class_sheets_init(&set);
    assert_int_equal(ga_class_sheets_read_folders(&set, &forms, ga_io_system(), GA_FOLDER(FORMS_FOLDER), &problems), GA_OK);
    assert_int_equal(problems.list.len, 0);
    const struct ga_class_sheet *month = ga_class_sheets_find(&set, "class_month");
    assert_non_null(month);
    assert_int_equal(month->forms.count, 6);
    for (size_t i = 0; i < month->forms.count; i++)
        assert_non_null(month->forms.items[i].of);
    ga_class_sheets_finish(&set);
    ga_problems_finish(&problems);
    ga_forms_finish(&forms);
    ga_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_said_with_their_places),
        cmocka_unit_test(a_form_that_is_not_installed_leaves_the_others),
        cmocka_unit_test(the_shipped_sheets_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
