/* YAML text into nodes, each refusal with its place. */
#include "guanai/yaml/node.h"

#include "findings.h"
#include "guanai/base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define QUOTE "put the text in quotes: inside {…} and […] it must not hold , [ ] { } # or \": \" otherwise\n"
#define RETYPE " | delete it and type the text again\n"
#define INVISIBLE "a control or invisible character "

struct parsed {
    struct ga_arena arena;
    struct ga_problems problems;
    const struct ga_yaml_node *root;
    enum ga_rc rc;
    struct ga_str findings;
};

static void parse(struct parsed *parsed, const char *bytes, size_t len)
{
    memset(parsed, 0, sizeof(*parsed));
    ga_arena_init(&parsed->arena);
    ga_problems_init(&parsed->problems);
    parsed->rc = ga_yaml_parse(bytes, len, "a.yaml", &parsed->arena, &parsed->arena, &parsed->root, &parsed->problems);
    write_findings(&parsed->problems, &parsed->findings);
}

static void finish(struct parsed *parsed)
{
    ga_str_finish(&parsed->findings);
    ga_problems_finish(&parsed->problems);
    ga_arena_finish(&parsed->arena);
}

static void expect_bytes(const char *text, size_t len, const char *findings)
{
    struct parsed parsed;
    parse(&parsed, text, len);
    assert_string_equal(ga_str_text(&parsed.findings), findings);
    assert_int_equal(parsed.rc, findings[0] == '\0' ? GA_OK : GA_REFUSED);
    finish(&parsed);
}

static void expect(const char *text, const char *findings)
{
    expect_bytes(text, strlen(text), findings);
}

static void every_node_knows_its_place_in_characters(void **state)
{
    (void)state;
    struct parsed parsed;
    const char *text = "\xEF\xBB\xBF标题: {zh: '家访', en: Visit}\r\nlist:\r\n  - |\r\n    one\r\n  - 012\r\n";
    parse(&parsed, text, strlen(text));
    assert_int_equal(parsed.rc, GA_OK);
    const struct ga_yaml_node *title = ga_yaml_get(parsed.root, "标题");
    assert_int_equal(parsed.root->pairs[0].key->at.column, 1);
    assert_int_equal(title->at.column, 5);
    assert_int_equal(title->style, GA_YAML_FLOW);
    assert_int_equal(ga_yaml_get(title, "zh")->style, GA_YAML_QUOTED);
    assert_int_equal(ga_yaml_get(title, "en")->at.column, 20);
    const struct ga_yaml_node *list = ga_yaml_get(parsed.root, "list");
    assert_int_equal(list->len, 2);
    assert_int_equal(list->items[0]->style, GA_YAML_BLOCK);
    assert_string_equal(list->items[0]->text, "one\n");
    assert_string_equal(list->items[1]->text, "012");
    assert_int_equal(list->items[1]->at.line, 5);
    assert_int_equal(list->items[1]->at.column, 5);
    assert_null(ga_yaml_get(list, "zh"));
    finish(&parsed);
    parse(&parsed, "# nothing\n", 10);
    assert_int_equal(parsed.rc, GA_OK);
    assert_int_equal(parsed.root->len, 0);
    finish(&parsed);
}

static void refuses_what_forms_do_not_use_all_in_one_run(void **state)
{
    (void)state;
    expect("a: &x 1\nb: *x\nc: !!str 2\n<<: {d: 1}\n? [k]\n: 1\n\"e\": \"\\0\"\n",
           "1:4 anchors (&name) are not used here | write the text out; a text that begins with & goes in quotes\n"
           "2:4 aliases (*name) are not used here | write the text out; a text that begins with * goes in quotes\n"
           "3:4 tags (!name) are not used here | a text that begins with ! goes in quotes\n"
           "4:1 merge keys (<<) are not used here\n"
           "5:3 a key must be a text\n"
           "7:6 this text holds an escaped control character\n");
    expect("\"\": 2\n", "1:1 a key is missing before the colon\n");
    expect("a: 1\n---\nb: 2\n", "2:1 the file holds a second document (---) | put it in a file of its own\n");
    expect("%TAG ! x\n---\na: 1\n", "1:1 a line must not begin with % (YAML directives are not used here)\n");
}

static void tells_both_places_of_a_doubled_key(void **state)
{
    (void)state;
    expect("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 4\n",
           "5:3 the key 'c' is given twice, first in line 3, column 3\n"
           "6:1 the key 'a' is given twice, first in line 1, column 1\n");
}

static void says_what_to_do_about_tabs_and_quotes(void **state)
{
    (void)state;
    expect("a:\n\tb: 1\n", "2:1 a text must not begin with this sign | indent with blanks, not with tabs\n");
    expect("a: 1\nb: 'open\nc: 2\nd: 3\n", "2:4 this quote is never closed: the text ran on to line 5\n");
    expect("a: \"x\\y\"\n", "1:6 an unknown \\ sequence stands in a text in double quotes | "
                            "write \\\\ for one \\, or use single quotes\n");
}

static void recognises_a_file_saved_as_gbk_or_utf16(void **state)
{
    (void)state;
    expect("a: 1\nb: \xB1\xEA\xCC\xE2\n",
           "2:4 this file is not UTF-8 text | it looks like GBK (Notepad's \"ANSI\"): save it as UTF-8\n");
    expect("\xFF\xFE" "a",
           "1:1 this file is not UTF-8 text | it is UTF-16 (Notepad's \"Unicode\"): save it as UTF-8\n");
    expect("ab: 中\xFF", "1:6 this file is not UTF-8 text | save it as UTF-8\n");
}

static void names_control_characters(void **state)
{
    (void)state;
    expect_bytes("a: b\0c\x1B\n", 8,
                 "1:5 " INVISIBLE "(U+0000) stands here" RETYPE "1:7 " INVISIBLE "(U+001B) stands here" RETYPE);
    expect("a: \xE2\x80\xA8\n", "1:4 " INVISIBLE "(U+2028) stands here" RETYPE);
}

static void recognises_full_width_signs_near_the_error(void **state)
{
    (void)state;
    expect("a: 1\n标题：姓名\nb: 2\n", "2:1 a colon is missing after this key | "
                                         "there is a full-width colon ： here: type : and a blank\n");
    expect("- {name: x，type: text}\n", "1:16 a comma or } is missing before this; the { stands in line 1, column 3 | "
                                         "there is a full-width comma ， here: type , and a blank\n");
    expect("- {name: “a, b”: c]\n", "1:19 a comma or } is missing before this; the { stands in line 1, column 3 | "
                                    "there are full-width quotes “ ” here: type \" or '\n");
}

static void tells_to_quote_an_expression_cut_in_braces(void **state)
{
    (void)state;
    expect("- {name: a, when: x [1]}\n",
           "1:21 a comma or } is missing before this; the { stands in line 1, column 3 | " QUOTE);
    expect("a: b c: d\n", "1:7 a colon must not stand here | " QUOTE);
    expect("a: {zh: 你好，世界, b: c # d}\ne: 1\n",
           "2:1 a comma or } is missing before this; the { stands in line 1, column 4 | " QUOTE);
}

static void tells_the_common_slips_of_layout(void **state)
{
    (void)state;
    expect("a:\n  b: 1\n c: 2\n", "3:2 a key of the mapping that began in line 1, column 1 was expected here | "
                                  "keys of one mapping begin in the same column; a text with signs goes in quotes\n");
    expect("a:\n  - 1\n  b: 2\n", "3:3 a - of the list that began in line 2, column 3 was expected here | "
                                  "the - of one list stand in the same column\n");
    expect("a: - 1\n", "1:4 a - must not stand here | begin the list on the next line, or write [one, two]\n");
    expect("a: [1, 2\n", "2:1 a comma or ] is missing before this; the [ stands in line 1, column 4 | " QUOTE);
    expect("a: @x\n", "1:4 a text must not begin with this sign | put the text in quotes\n");
    expect("a: ]\n", "1:4 a value was expected here\n");
}

/* `part` over and over up to `len` bytes: reading stops where the limit is, not at the end. */
static void expect_stop(const char *part, size_t len, int column)
{
    struct parsed parsed;
    struct ga_str text = {0};
    while (text.len + strlen(part) <= len)
        ga_str_add(&text, part);
    parse(&parsed, ga_str_text(&text), text.len);
    assert_int_equal(parsed.rc, GA_REFUSED);
    assert_null(parsed.root);
    const struct ga_problem *last = ga_vec_at(&parsed.problems.list, parsed.problems.list.len - 1);
    assert_string_equal(last->what.id, "lists and mappings are nested more than %1 deep");
    assert_int_equal(last->line, 1);
    assert_int_equal(last->column, column);
    assert_true(parsed.problems.list.len <= GA_YAML_DEPTH_MAX + 1);
    assert_true(parsed.arena.total_bytes < 16 * 1024);
    finish(&parsed);
    ga_str_finish(&text);
}

static void stops_at_the_depth_limit_however_deep_it_goes_on(void **state)
{
    (void)state;
    expect_stop("[", 20000, 33);
    expect_stop("[", GA_YAML_FILE_BYTES_MAX, 33);
    expect_stop("{a: ", GA_YAML_FILE_BYTES_MAX, 129);
    expect_stop("- ", GA_YAML_FILE_BYTES_MAX, 65);
    expect_stop("? ", GA_YAML_FILE_BYTES_MAX, 65);
}

static void the_limits_themselves_are_allowed(void **state)
{
    (void)state;
    struct ga_str text = {0};
    for (int i = 0; i < GA_YAML_DEPTH_MAX; i++)
        ga_str_add(&text, "[");
    for (int i = 0; i < GA_YAML_DEPTH_MAX; i++)
        ga_str_add(&text, "]");
    expect(ga_str_text(&text), "");
    ga_str_clear(&text);
    for (int i = 0; i < GA_YAML_SCALAR_BYTES_MAX; i++)
        ga_str_add_char(&text, 'x');
    expect(ga_str_text(&text), "");
    ga_str_add_char(&text, 'x');
    expect(ga_str_text(&text), "1:1 this text is longer than 16384 bytes\n");
    ga_str_finish(&text);
}

static void refuses_too_many_values_and_too_large_files(void **state)
{
    (void)state;
    struct parsed parsed;
    struct ga_str text = {0};
    ga_str_add(&text, "[");
    for (int i = 0; i < GA_YAML_NODES_MAX + 5; i++)
        ga_str_add(&text, "a,");
    expect(ga_str_text(&text), "1:100000 the file has more than 50000 values\n");
    while (text.len <= GA_YAML_FILE_BYTES_MAX)
        ga_str_add(&text, "# x\n");
    parse(&parsed, ga_str_text(&text), text.len);
    assert_int_equal(parsed.rc, GA_TOO_BIG);
    assert_string_equal(ga_str_text(&parsed.findings), "0:0 the file is larger than 256 KiB\n");
    finish(&parsed);
    ga_str_finish(&text);
}

static void counts_a_flood_of_faults_without_keeping_them(void **state)
{
    (void)state;
    struct parsed parsed;
    struct ga_str text = {0};
    ga_str_add(&text, "[");
    while (text.len < 200000)
        ga_str_add(&text, "*a,");
    parse(&parsed, ga_str_text(&text), text.len);
    assert_int_equal(parsed.problems.list.len, GA_PROBLEMS_MAX);
    assert_true(parsed.problems.faults > GA_YAML_NODES_MAX - 10);
    assert_true(parsed.problems.arena.total_bytes < 64 * 1024);
    finish(&parsed);
    ga_str_finish(&text);
}

/* Replacing any byte ends in a tree or in a finding with a place. */
static void damaged_files_always_get_an_answer(void **state)
{
    (void)state;
    static const char text[] = "form: visit\nt: {zh: 家访, en: \"V\\n\"}\nf:\n  - {n: a, w: 'x'}\n  - |\n    b\n";
    static const char signs[] = "\t\n\"'{}[],:#&*!|>%@-? \x80";
    char copy[sizeof(text)];
    for (size_t i = 0; i < (sizeof(text) - 1) * (sizeof(signs) - 1); i++) {
        struct parsed parsed;
        memcpy(copy, text, sizeof(text));
        copy[i / (sizeof(signs) - 1)] = signs[i % (sizeof(signs) - 1)];
        parse(&parsed, copy, sizeof(text) - 1);
        assert_int_equal(parsed.rc == GA_OK, parsed.problems.faults == 0);
        assert_true(parsed.rc == GA_REFUSED || parsed.root != NULL);
        for (size_t p = 0; p < parsed.problems.list.len; p++)
            assert_true(GA_VEC_AT(struct ga_problem, &parsed.problems.list, p)->line > 0);
        finish(&parsed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_node_knows_its_place_in_characters),
        cmocka_unit_test(refuses_what_forms_do_not_use_all_in_one_run),
        cmocka_unit_test(tells_both_places_of_a_doubled_key),
        cmocka_unit_test(says_what_to_do_about_tabs_and_quotes),
        cmocka_unit_test(recognises_a_file_saved_as_gbk_or_utf16),
        cmocka_unit_test(names_control_characters),
        cmocka_unit_test(recognises_full_width_signs_near_the_error),
        cmocka_unit_test(tells_to_quote_an_expression_cut_in_braces),
        cmocka_unit_test(tells_the_common_slips_of_layout),
        cmocka_unit_test(stops_at_the_depth_limit_however_deep_it_goes_on),
        cmocka_unit_test(the_limits_themselves_are_allowed),
        cmocka_unit_test(refuses_too_many_values_and_too_large_files),
        cmocka_unit_test(counts_a_flood_of_faults_without_keeping_them),
        cmocka_unit_test(damaged_files_always_get_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
