/* Trees into structs along a schema, each error with its place. */
#include "guanai/yaml/schema.h"

#include "findings.h"
#include "sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct loaded {
    struct ga_arena arena;
    struct ga_problems problems;
    struct sample sample;
    enum ga_rc rc;
    struct ga_str findings;
};

static void load(struct loaded *loaded, const char *text)
{
    memset(loaded, 0, sizeof(*loaded));
    ga_arena_init(&loaded->arena);
    ga_problems_init(&loaded->problems);
    loaded->rc = ga_yaml_load(&sample_schema, text, strlen(text), "a.yaml", &loaded->arena, &loaded->sample,
                              &loaded->problems);
    write_findings(&loaded->problems, &loaded->findings);
}

static void finish(struct loaded *loaded)
{
    ga_str_finish(&loaded->findings);
    ga_problems_finish(&loaded->problems);
    ga_arena_finish(&loaded->arena);
}

/* `text` stands after a form that is whole but for it. */
static void expect(const char *text, const char *findings)
{
    struct loaded loaded;
    struct ga_str whole = {0};
    ga_str_addf(&whole, "form: a\nfields: [{name: b}]\n%s", text);
    load(&loaded, ga_str_text(&whole));
    assert_string_equal(ga_str_text(&loaded.findings), findings);
    assert_int_equal(loaded.rc, loaded.problems.faults == 0 ? GA_OK : GA_REFUSED);
    finish(&loaded);
    ga_str_finish(&whole);
}

static void loads_every_kind_of_row(void **state)
{
    (void)state;
    struct loaded loaded;
    load(&loaded, sample_text);
    const struct sample *sample = &loaded.sample;
    assert_string_equal(ga_str_text(&loaded.findings), "");
    assert_string_equal(sample->form, "visit");
    assert_int_equal(sample->version, 3);
    assert_string_equal(sample->title.zh, "家访记录");
    assert_string_equal(sample->title.en, "Home visit");
    assert_false(sample->is_old);
    assert_true(sample->paper->is_wide);
    assert_int_equal(sample->paper->copies, 2);
    assert_int_equal(sample->fields.count, 2);
    const struct sample_field *met = &sample->fields.items[0], *children = &sample->fields.items[1];
    assert_int_equal(met->at.line, 6);
    assert_int_equal(met->at.column, 5);
    assert_int_equal(met->required, REQUIRED_TYPING);
    assert_int_equal(met->aka_count, 2);
    assert_string_equal(met->aka[1], "谁");
    assert_string_equal(met->relevant.text, "a = 'x'"); /* without the block's last line break */
    assert_int_equal(met->relevant.at.line, 10);
    assert_int_equal(children->aka_count, 1);
    assert_null(children->relevant.text);
    assert_string_equal(children->fields.items[0].relevant.text, "met IN ('a', 'b')");
    assert_int_equal(children->fields.items[0].relevant.at.column, 32);
    assert_int_equal(sample->roles.count, 2);
    assert_string_equal(sample->roles.items[0].name.text, "teacher");
    assert_int_equal(sample->roles.items[0].may.count, 2);
    assert_string_equal(sample->roles.items[1].name.text, "clerk");
    assert_string_equal(sample->fill.items[1].name.text, "on");
    assert_string_equal(sample->fill.items[1].value.text, "visited_on");
    assert_string_equal(ga_yaml_get(sample->extra->items[1], "a")->text, "b");
    finish(&loaded);
}

static void points_at_the_key_that_was_meant(void **state)
{
    (void)state;
    expect("titel: x\n", "3:1 unknown key 'titel' | did you mean 'title'?\n");
    expect("paper: {zzz: 1}\n", "3:9 unknown key 'zzz' | known here are: wide, copies\n");
    expect("title: {zh: x, eng: y}\n", "3:16 unknown key 'eng' | did you mean 'en'?\n");
    expect("title: {zh：x}\n", "3:9 unknown key 'zh：x' | there is a full-width colon ： here: type : and a blank\n");
    expect("paper: {wide: yes, b = 1}\n",
           "3:20 unknown key 'b = 1' | put the text in quotes: inside {…} and […] it must not hold "
           ", [ ] { } # or \": \" otherwise\n");
}

static void tells_each_wrong_value(void **state)
{
    (void)state;
    expect("version: x\n", "3:10 'version' must be a whole number, not 'x'\n");
    expect("version: 1000\n", "3:10 'version' must lie between 1 and 999, not 1000\n");
    expect("old: on\n", "3:6 'old' must be true or false, not 'on'\n");
    expect("title: [a]\n", "3:8 'title' takes one text or {zh: …, en: …}, here stands a list\n");
    expect("title: {en: a}\n", "3:8 'title' has no Chinese text (zh)\n");
    expect("version: [1]\n", "3:10 'version' takes one text, here stands a list\n");
    expect("version: {a: 1}\n", "3:10 'version' takes a text, here stands a mapping of keys\n");
    expect("paper: x\n", "3:8 'paper' takes a mapping of keys, here stands a text\n");
    expect("paper: [x]\n", "3:8 'paper' takes a mapping of keys, here stands a list\n");
    expect("roles: {A: {may: [b-c]}}\n",
           "3:9 'A' cannot be a name | names are made of a–z, 0–9 and _, begin with a letter, at most 63 long\n"
           "3:19 'b-c' cannot be a name | names are made of a–z, 0–9 and _, begin with a letter, at most 63 long\n");
    expect("roles:\n  a: {may: b}\n", "4:12 'may' takes a list, here stands a text\n");
    expect("roles:\n  a: {may: {b: c}}\n", "4:12 'may' takes a list, here stands a mapping of keys\n");
}

static void finds_every_error_of_a_file_in_one_run(void **state)
{
    (void)state;
    struct loaded loaded;
    load(&loaded, "version: 0\n"
                  "fields:\n"
                  "  - label: {zh: 一二三四五六七八九十一}\n"
                  "    required: typng\n"
                  "  - {name: ok, aka: [a, b, c, d], label: 好}\n"
                  "  - {name: '', required: maybe, required: true}\n"
                  "old: *x\n");
    assert_string_equal(ga_str_text(&loaded.findings),
                        "1:1 the key 'form' is missing here | what commands call it\n"
                        "1:10 'version' must lie between 1 and 999, not 0\n"
                        "3:5 the key 'name' is missing here | what rules call it\n"
                        "3:17 'label' is 11 characters long, at most 10 are allowed\n"
                        "4:15 'required' does not know 'typng' | did you mean 'typing'?\n"
                        "5:21 'aka' has 4 entries, at most 3 are allowed\n"
                        "5:42 'label' has no English text (en); the Chinese will stand in\n"
                        "6:12 'name' must not be empty\n"
                        "6:26 'required' does not know 'maybe' | possible are: false, true, typing\n"
                        "6:33 the key 'required' is given twice, first in line 6, column 16\n"
                        "7:6 aliases (*name) are not used here | write the text out; a text that begins with * goes in quotes\n"
                        "7:6 'old' must be true or false, not ''\n");
    assert_int_equal(loaded.rc, GA_REFUSED);
    assert_int_equal(loaded.sample.version, 1); /* a faulty value is as if absent */
    assert_int_equal(loaded.sample.fields.count, 3);
    assert_string_equal(loaded.sample.fields.items[1].name, "ok");
    finish(&loaded);
}

static void an_empty_file_lacks_what_is_required(void **state)
{
    (void)state;
    struct loaded loaded;
    load(&loaded, "");
    assert_string_equal(ga_str_text(&loaded.findings),
                        "1:1 the key 'form' is missing here | what commands call it\n"
                        "1:1 the key 'fields' is missing here\n");
    finish(&loaded);
    load(&loaded, "标题：姓名\n");
    assert_string_equal(ga_str_text(&loaded.findings), "1:1 'form' takes a mapping of keys, here stands a text | "
                                                       "there is a full-width colon ： here: type : and a blank\n");
    finish(&loaded);
}

static void explains_each_table_once(void **state)
{
    (void)state;
    struct ga_str out = {0};
    ga_yaml_explain(&sample_schema, GA_EN, &out);
    const char *text = ga_str_text(&out);
    assert_non_null(strstr(text, "form\n  One a file.\n  form: text, required, a name: a–z, 0–9, _\n      what commands call it\n"));
    assert_non_null(strstr(text, "  version: whole number, 1 to 999\n"));
    assert_non_null(strstr(text, "  required: one of false | true | typing\n      true: always\n"));
    assert_non_null(strstr(text, "  fields: list of mappings → field\n"));
    const char *table = strstr(text, "\nfield\n");
    assert_non_null(table);
    assert_null(strstr(table + 1, "\nfield\n"));
    ga_str_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_every_kind_of_row),
        cmocka_unit_test(points_at_the_key_that_was_meant),
        cmocka_unit_test(tells_each_wrong_value),
        cmocka_unit_test(finds_every_error_of_a_file_in_one_run),
        cmocka_unit_test(an_empty_file_lacks_what_is_required),
        cmocka_unit_test(explains_each_table_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
