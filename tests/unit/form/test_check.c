/* forms check: every fault of a form in one run, with its place and what to write instead. */
#include "sample.h"

#include "guanai/base/alloc.h"
#include "guanai/base/clock.h"

#include <stdlib.h>

#define TITLE "title: {zh: 样, en: Sample}\n"
#define F(rest) "  - {name: a, type: text, " SAMPLE_LABEL rest "}\n"

static const char list_text[] = "list: sex\nchoices:\n  - {code: male, label: {zh: 男, en: Boy}}\n"
                                "  - {code: female, label: {zh: 女, en: Girl}}\n";
static const char child_text[] = "form: child\nversion: 1\nprotect: ordinary\ntitle: {zh: 童, en: Child}\nfields:\n"
                                 "  - {name: grade, type: text, label: {zh: 年级, en: Grade}}\n"
                                 "  - {name: secret, type: text, protect: restricted, label: {zh: 密, en: Secret}}\n";

static void check(const char *file, const char *text, size_t len, struct ga_str *found)
{
    struct sample sample;
    sample_init(&sample);
    sample_read(&sample, "sex.yaml", list_text);
    sample_read(&sample, "child.yaml", child_text);
    ga_forms_read_text(&sample.forms, file, text, len, &sample.problems);
    ga_forms_finish_reading(&sample.forms, &sample.problems);
    sample_findings(&sample, found);
    sample_finish(&sample);
}

struct faulty {
    const char *text, *found;
};

static void check_all(const char *file, const struct faulty *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct ga_str found = {0};
        check(file, rows[i].text, strlen(rows[i].text), &found);
        if (strcmp(ga_str_text(&found), rows[i].found) != 0) {
            print_error("--- %s--- found:\n%s--- not:\n%s", rows[i].text, ga_str_text(&found), rows[i].found);
            wrong++;
        }
        ga_str_finish(&found);
    }
    assert_int_equal(wrong, 0);
}

static void keys_and_names_are_checked(void **state)
{
    (void)state;
    static const struct faulty rows[] = {
        {SAMPLE_HEAD "fields:\n" F(""), ""},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: text, lable: {zh: 甲, en: A}}\n",
         "f.yaml:6:5 field 'a' has no label\n"
         "f.yaml:6:27 unknown key 'lable' | did you mean 'label'?\n"},
        {SAMPLE_HEAD "fields:\n" F("") F(""),
         "f.yaml:7:5 there are two fields 'a'\n"},
        {SAMPLE_HEAD "fields:\n  - {name: order, type: text, " SAMPLE_LABEL "}\n",
         "f.yaml:6:5 'order' is an SQL keyword; choose another name\n"},
        {SAMPLE_HEAD "fields:\n  - {name: Name, type: text, " SAMPLE_LABEL "}\n",
         "f.yaml:6:12 'Name' cannot be a name | names are made of a–z, 0–9 and _, begin with a letter, at most 63 long\n"},
        {SAMPLE_HEAD "fields:\n  - {name: record, type: text, " SAMPLE_LABEL "}\n",
         "f.yaml:6:5 'record' is a name of the store; choose another\n"},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: txt, " SAMPLE_LABEL "}\n",
         "f.yaml:6:21 unknown type 'txt' | did you mean 'text'?\n"},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: choice, " SAMPLE_LABEL "}\n",
         "f.yaml:6:5 type choice needs list:\n"},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: choice, list: sexx, " SAMPLE_LABEL "}\n",
         "f.yaml:6:35 there is no list 'sexx' | did you mean 'sex'?\n"},
        {SAMPLE_HEAD "fields:\n" F(", list: sex"),
         "f.yaml:6:5 'list' does not go with type text\n"},
        {SAMPLE_HEAD "fields:\n" F(", precision: month, ahead: true, digits: 3, max: 5, of: child"),
         "f.yaml:6:5 'of' does not go with type text\n"
         "f.yaml:6:5 'precision' does not go with type text\n"
         "f.yaml:6:5 'ahead' does not go with type text\n"
         "f.yaml:6:5 'max' does not go with type text\n"
         "f.yaml:6:5 'digits' does not go with type text\n"},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: note, " SAMPLE_LABEL ", required: true, constraint: 1 = 1, warn: 1 = 1, aka: [x]}\n",
         "f.yaml:6:5 'required' does not go with type note\n"
         "f.yaml:6:5 'constraint' does not go with type note\n"
         "f.yaml:6:5 'warn' does not go with type note\n"
         "f.yaml:6:5 'aka' does not go with type note\n"},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: text, label: 甲}\n",
         "f.yaml:6:34 'label' has no English text (en); the Chinese will stand in\n"},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: text}\n",
         "f.yaml:6:5 field 'a' has no label\n"},
        {SAMPLE_HEAD "fields:\n" F(", required: maybe"),
         "f.yaml:6:60 'required' does not know 'maybe' | possible are: false, true, typing, answered\n"},
        {SAMPLE_HEAD "fields:\n" F(", message: {zh: 错, en: Wrong}"),
         "f.yaml:6:5 'a' has a message but no constraint\n"},
        {SAMPLE_HEAD "roles: {read: [teacher, techer]}\nfields:\n" F(""),
         "f.yaml:5:25 there is no role 'techer'\n"},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: record, " SAMPLE_LABEL "}\n  - {name: b, type: record, of: chidl, " SAMPLE_LABEL "}\n",
         "f.yaml:6:5 a record field needs of: the form it names\n"
         "f.yaml:7:5 '甲' stands for both 'a' and 'b' | an import cannot tell them apart: leave it to one of them\n"
         "f.yaml:7:5 'A' stands for both 'a' and 'b' | an import cannot tell them apart: leave it to one of them\n"
         "f.yaml:7:33 there is no form 'chidl' | did you mean 'child'?\n"},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: scale, " SAMPLE_LABEL "}\n  - {name: b, type: scale, list: sex, label: {zh: 乙, en: B}}\n",
         "f.yaml:6:5 a scale needs list: or max:\n"
         "f.yaml:7:34 a scale's list has whole numbers for codes; 'male' is none\n"
         "f.yaml:7:34 a scale's list has whole numbers for codes; 'female' is none\n"},
        {SAMPLE_HEAD "fields: []\n",
         "f.yaml:1:1 form 'sample' has no fields\n"},
        {SAMPLE_HEAD "of: chld\nfields:\n" F(""),
         "f.yaml:5:5 there is no form 'chld' | did you mean 'child'?\n"},
        {"form: sample\nversion: 0\nprotect: ordinary\n" TITLE "fields:\n" F(""),
         "f.yaml:2:10 'version' must lie between 1 and 1000000, not 0\n"},
        {"form: sample\nversion: 1\n" TITLE "fields:\n" F(""),
         "f.yaml:1:1 form 'sample' does not say protect: it counts as sensitive\n"},
    };
    check_all("f.yaml", rows, GA_COUNT(rows));
}

static void protection_is_checked(void **state)
{
    (void)state;
    static const struct faulty rows[] = {
        {SAMPLE_HEAD "fields:\n" F(", protect: public"),
         "f.yaml:6:5 'a' may only be stricter than its form\n"},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: integer, protect: restricted, " SAMPLE_LABEL "}\n",
         "f.yaml:6:5 restricted is for text fields only; 'a' is none\n"},
        {SAMPLE_HEAD "fields:\n" F(", protect: restricted, group: g") "  - {name: b, type: integer, group: g, label: {zh: 乙, en: B}}\n",
         "f.yaml:7:5 restricted is for text fields only; 'b' is none\n"},
        {SAMPLE_HEAD "fields:\n" F(", protect: restricted, constraint: a = 'x'"),
         "f.yaml:6:83 'a' is restricted: no rule may read it\n"},
        {SAMPLE_HEAD "summary: a\nfields:\n" F(", protect: restricted"),
         "f.yaml:5:10 'a' is restricted: no rule may read it\n"},
        {SAMPLE_HEAD "of: child\nfields:\n" F(", default: child.secret"),
         "f.yaml:7:59 'child.secret' is restricted: no rule may read it\n"},
        {SAMPLE_HEAD "summary: status('a')\nfields:\n" F(", protect: restricted"),
         "f.yaml:5:18 'a' is no field that can be used here\n"},
        {SAMPLE_HEAD "summary: count_rows(r)\nfields:\n  - {name: r, type: repeat, " SAMPLE_LABEL ", fields: [{name: s, type: text, protect: restricted, label: {zh: 密, en: S}}]}\n",
         "f.yaml:5:21 'r' is restricted: no rule may read it\n"},
        {SAMPLE_HEAD "summary: (SELECT s FROM r)\nfields:\n  - {name: r, type: repeat, " SAMPLE_LABEL ", fields: [{name: s, type: text, protect: restricted, label: {zh: 密, en: S}}]}\n",
         "f.yaml:5:25 'r' is restricted: no rule may read it\n"},
    };
    check_all("f.yaml", rows, GA_COUNT(rows));
}

static void words_for_imports_are_checked(void **state)
{
    (void)state;
    static const struct faulty rows[] = {
        {SAMPLE_HEAD "fields:\n" F(", aka: [电 话]") "  - {name: b, type: text, label: {zh: 电话, en: B}}\n",
         "l.yaml:7:5 '电话' stands for both 'a' and 'b' | an import cannot tell them apart: leave it to one of them\n"},
        {"list: l\nchoices:\n  - {code: x, label: {zh: 一, en: One}}\n  - {code: x, label: {zh: 二, en: Two}}\n",
         "l.yaml:4:5 the code 'x' stands twice in the list\n"},
        {"list: l\nchoices:\n  - {code: x, label: {zh: 一, en: One}}\n  - {code: y, label: {zh: 二, en: Two}, aka: [一]}\n",
         "l.yaml:4:46 '一' stands for both 'x' and 'y' | an import cannot tell them apart: leave it to one of them\n"},
        {"list: l\nchoices:\n  - {code: yes, label: {zh: 一, en: One}}\n  - {code: Off, label: {zh: 二, en: Two}}\n",
         "l.yaml:3:5 the code 'yes' would be read as true or false; choose another\n"
         "l.yaml:4:5 the code 'Off' must be lower-case letters, digits and _, or a whole number\n"},
        {"list: l\nchoices:\n  - {code: x, label: 一}\n",
         "l.yaml:3:22 'label' has no English text (en); the Chinese will stand in\n"},
        {"list: l\nchoices: []\n",
         "l.yaml:2:10 'choices' must not be empty\n"},
    };
    check_all("l.yaml", rows, GA_COUNT(rows));
}

static void rules_are_checked_with_the_place_inside_them(void **state)
{
    (void)state;
    static const struct faulty rows[] = {
        {SAMPLE_HEAD "fields:\n" F("") "  - name: b\n    type: text\n    label: {zh: 乙, en: B}\n    relevant: 1 = 1 AND aa = 'x'\n",
         "f.yaml:10:25 'aa' is no field that can be used here | did you mean 'a'?\n"},
        {SAMPLE_HEAD "fields:\n" F(", default: todya()"),
         "f.yaml:6:59 there is no function called todya | did you mean 'today'?\n"},
        {SAMPLE_HEAD "fields:\n" F(", relevant: b <> 'x'") "  - {name: b, type: text, label: {zh: 乙, en: B}}\n",
         "f.yaml:6:62 '<>' is neither true nor false while the answer is unknown, so 'a' hides | write IS NOT instead of <>\n"},
        {SAMPLE_HEAD "fields:\n" F(", relevant: b = 1") "  - {name: b, type: text, relevant: a = 1, label: {zh: 乙, en: B}}\n",
         "f.yaml:6:5 'a' waits for itself: its rules name each other in a circle\n"},
        {SAMPLE_HEAD "fields:\n" F(", default: b") "  - {name: b, type: text, default: a, label: {zh: 乙, en: B}}\n",
         "f.yaml:6:5 'a' waits for itself: its rules name each other in a circle\n"},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: integer, calculation: a + 1, " SAMPLE_LABEL "}\n",
         "f.yaml:6:5 'a' waits for itself: its rules name each other in a circle\n"},
        {SAMPLE_HEAD "of: child\nfields:\n" F(", default: child.grad") ,
         "f.yaml:7:59 'child.grad' is no field that can be used here | did you mean 'child.grade'?\n"},
        {SAMPLE_HEAD "of: child\nfields:\n" F(", default: grade") ,
         "f.yaml:7:59 'grade' is no field that can be used here | did you mean 'child.grade'?\n"},
        {SAMPLE_HEAD "fields:\n" F(", default: child.grade") ,
         "f.yaml:6:59 'child.grade' is no field that can be used here\n"},
        {SAMPLE_HEAD "fields:\n" F(", relevant: status('aa') = 'refused'"),
         "f.yaml:6:68 'aa' is no field that can be used here | did you mean 'a'?\n"},
        {SAMPLE_HEAD "fields:\n" F(", constraint: \"lenght(a) > 1\""),
         "f.yaml:6:63 there is no function called lenght | did you mean 'length'?\n"},
        {SAMPLE_HEAD "fields:\n" F(", constraint: a =") ,
         "f.yaml:6:65 this expression is not complete\n"},
        {SAMPLE_HEAD "fields:\n" F(", default: 'ordinary'"),
         "f.yaml:6:60 'ordinary' is no field that can be used here | a text is written with two kinds of quotes: \"'ordinary'\"\n"},
        {SAMPLE_HEAD "fields:\n" F(", constraint: count_rows(a) > 1"),
         "f.yaml:6:73 'a' has no rows to count\n"},
        {SAMPLE_HEAD "fields:\n  - {name: r, type: repeat, " SAMPLE_LABEL ", fields: [{name: x, type: integer, constraint: x < size, label: {zh: 项, en: X}}, {name: y, type: integer, relevant: z = 1, label: {zh: 丙, en: Y}}, {name: z, type: integer, relevant: y = 1, label: {zh: 丁, en: Z}}]}\n"
                     "  - {name: size, type: integer, relevant: r > 1, label: {zh: 数, en: Size}}\n",
         "f.yaml:6:102 'size' is no field that can be used here | did you mean 'parent.size'?\n"
         "f.yaml:6:132 'y' waits for itself: its rules name each other in a circle\n"
         "f.yaml:7:43 'r' has no value of its own: use count_rows() or (SELECT … FROM it)\n"},
        {SAMPLE_HEAD "fields:\n  - {name: r, type: repeat, " SAMPLE_LABEL ", fields: [{name: q, type: repeat, label: {zh: 项, en: X}, fields: [{name: z, type: text, label: {zh: 丁, en: Z}}]}]}\n",
         "f.yaml:6:61 no repeat inside a repeat\n"},
        {SAMPLE_HEAD "fields:\n  - {name: r, type: repeat, " SAMPLE_LABEL "}\n",
         "f.yaml:6:5 a repeat needs fields:\n"},
        {SAMPLE_HEAD "fields:\n  - {name: age, type: integer, calculation: \"(SELECT max(age) FROM r)\", label: {zh: 岁, en: Age}}\n  - {name: r, type: repeat, " SAMPLE_LABEL ", fields: [{name: age, type: integer, label: {zh: 项, en: X}}]}\n", ""},
    };
    check_all("f.yaml", rows, GA_COUNT(rows));
}

static void offers_after_saving_are_checked(void **state)
{
    (void)state;
    static const struct faulty rows[] = {
        {SAMPLE_HEAD "of: child\nfields:\n" F("") "then:\n  - {when: a = 'x', open: incident, fill: {place: a}}\n",
         "note f.yaml:9:27 form 'incident' is not installed: it is not offered\n"},
        {SAMPLE_HEAD "of: child\nfields:\n" F("") "then:\n  - {when: a = 'x', open: child, section: 2}\n",
         "f.yaml:9:5 form 'child' has no such section\n"},
        {SAMPLE_HEAD "of: child\nfields:\n" F("") "then:\n  - {when: a = 'x', open: child, field: grade}\n", ""},
        {SAMPLE_HEAD "of: child\nfields:\n" F("") "then:\n  - {when: a = 'x', open: child, field: grad}\n",
         "f.yaml:9:41 form 'child' has no field 'grad' | did you mean 'grade'?\n"},
        {SAMPLE_HEAD "of: child\nfields:\n" F("") "then:\n  - {when: a = 'x', open: child, feild: grade}\n",
         "f.yaml:9:34 unknown key 'feild' | did you mean 'field'?\n"},
        {SAMPLE_HEAD "of: child\nfields:\n" F("") "then:\n  - {when: a = 'x', open: child, fill: {grad: a, grade: b}}\n",
         "f.yaml:9:41 form 'child' has no field 'grad' | did you mean 'grade'?\n"
         "f.yaml:9:57 'b' is no field that can be used here | a text is written with two kinds of quotes: \"'b'\"\n"},
        {SAMPLE_HEAD "of: child\nfields:\n" F("") "then:\n  - {when: a = 'x', say: {zh: 须报告, en: report it}}\n", ""},
        {SAMPLE_HEAD "of: child\nfields:\n" F("") "then:\n  - {when: a = 'x'}\n",
         "f.yaml:9:5 this row of then offers nothing (open:) and says nothing (say:)\n"},
        {SAMPLE_HEAD "of: child\nfields:\n" F("") "then:\n  - {open: child}\n",
         "f.yaml:9:5 the key 'when' is missing here | offered when this is true\n"},
    };
    check_all("f.yaml", rows, GA_COUNT(rows));
}

static void what_editors_do_to_files_is_named(void **state)
{
    (void)state;
    static const struct faulty rows[] = {
        {SAMPLE_HEAD "fields：\n  - {name: a, type: text, label: {zh: 甲, en: A}}\n",
         "f.yaml:5:1 a colon is missing after this key | there is a full-width colon ： here: type : and a blank\n"},
        {SAMPLE_HEAD "fields:\n  - {name: a, type: text, label: {zh: 甲， en: A}}\n",
         "f.yaml:6:44 a comma or } is missing before this; the { stands in line 6, column 34 | there is a full-width comma ， here: type , and a blank\n"},
        {SAMPLE_HEAD "fields:\n" F(", default: iif(b, 1, 2)"),
         "f.yaml:6:64 a closing parenthesis is missing\n"
         "f.yaml:6:66 unknown key '1' | put the text in quotes: inside {…} and […] it must not hold , [ ] { } # or \": \" otherwise\n"
         "f.yaml:6:69 unknown key '2)' | put the text in quotes: inside {…} and […] it must not hold , [ ] { } # or \": \" otherwise\n"},
        {SAMPLE_HEAD "fields:\n" F(", default: [a"),
         "f.yaml:6:61 a comma or ] is missing before this; the [ stands in line 6, column 59 | put the text in quotes: inside {…} and […] it must not hold , [ ] { } # or \": \" otherwise\n"},
        {SAMPLE_HEAD "fields:\n\t- {name: a, type: text, label: {zh: 甲, en: A}}\n",
         "f.yaml:6:1 a text must not begin with this sign | indent with blanks, not with tabs\n"},
        {SAMPLE_HEAD "fields:\n" F(", hint: &x {zh: 甲, en: A}"),
         "f.yaml:6:56 anchors (&name) are not used here | write the text out; a text that begins with & goes in quotes\n"},
        {"form: sample\ntitle: {zh: \xd1\xf9}\n",
         "f.yaml:2:13 this file is not UTF-8 text | it looks like GBK (Notepad's \"ANSI\"): save it as UTF-8\n"},
        {"",
         "f.yaml:1:1 the key 'form' is missing here | the form's id: for ever\n"
         "f.yaml:1:1 the key 'version' is missing here | rises whenever the content changes\n"
         "f.yaml:1:1 the key 'title' is missing here | what it is called\n"},
        {"- a\n- b\n",
         "f.yaml:1:1 'form' takes a mapping of keys, here stands a list\n"},
    };
    check_all("f.yaml", rows, GA_COUNT(rows));
}

/* What a hostile author writes, each as one rule of a form. */
static void hostile_expressions_are_refused_with_their_place(void **state)
{
    (void)state;
    static const char *const exprs[] = {
        "(SELECT sql FROM sqlite_master)", "(SELECT count(*) FROM sqlite_schema)", "(SELECT count(*) FROM child)",
        "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n)", "1 -- )", "1 /* */",
        "1); DROP TABLE child; SELECT (1", "1;", "1) UNION SELECT (2", "1, 2", "[a]", "`a`", "?1", ":a", "@a", "'open",
        "randomblob(10)", "printf('%.*c', 100000000, 'x')", "load_extension('x')", "random()", "date('now')",
        "rows('a')", "(SELECT value FROM json_each(rows('a')))", "(SELECT count(*) FROM json_tree('[1]'))",
        "(SELECT count(*) FROM pragma_table_info('child'))", "current_date", "EXPLAIN SELECT 1", "(PRAGMA user_version)",
        "temp.a", "main.sqlite_master", "sqlite_master", "choice.parent", "parent.a", "a.b.c", "_rowid_", "rowid",
    };
    for (size_t i = 0; i < GA_COUNT(exprs); i++) {
        struct ga_str text = {0}, found = {0};
        ga_str_addf(&text, SAMPLE_HEAD "fields:\n  - name: a\n    type: text\n    " SAMPLE_LABEL
                           "\n    relevant: >-\n      %s\n", exprs[i]);
        check("f.yaml", ga_str_text(&text), text.len, &found);
        if (strstr(ga_str_text(&found), "f.yaml:9:") == NULL)
            fail_msg("%s: %s", exprs[i], ga_str_text(&found));
        ga_str_finish(&text);
        ga_str_finish(&found);
    }
}

static void deep_and_long_forms_end_soon(void **state)
{
    (void)state;
    struct ga_str text = {0}, found = {0};
    const int64_t before = ga_clock_steady_ms();
    ga_str_add(&text, SAMPLE_HEAD "fields:\n");
    for (int i = 0; i < 300; i++) { /* each waits for two before it: asked naively, 2^300 questions */
        ga_str_addf(&text, "  - {name: a%d, type: integer, label: {zh: 甲%d, en: A%d}", i, i, i);
        if (i > 1)
            ga_str_addf(&text, ", relevant: a%d = 1 AND a%d = 1", i - 1, i - 2);
        ga_str_add(&text, "}\n");
    }
    check("f.yaml", ga_str_text(&text), text.len, &found);
    assert_string_equal(ga_str_text(&found), "");
    ga_str_clear(&text);
    ga_str_add(&text, SAMPLE_HEAD "fields:\n  - {name: a, type: text, " SAMPLE_LABEL ", relevant: ");
    for (int i = 0; i < 900; i++)
        ga_str_add(&text, "-(");
    ga_str_add(&text, "}\n");
    check("f.yaml", ga_str_text(&text), text.len, &found);
    assert_non_null(strstr(ga_str_text(&found), "f.yaml:6:"));
    ga_str_clear(&text);
    ga_str_clear(&found);
    ga_str_add(&text, "form: ");
    for (int i = 0; i < 60000; i++)
        ga_str_add(&text, "[");
    check("f.yaml", ga_str_text(&text), text.len, &found);
    assert_non_null(strstr(ga_str_text(&found), "f.yaml:1:"));
    assert_true(ga_clock_steady_ms() - before < 10000); /* under sanitizers, on a busy machine */
    ga_str_finish(&text);
    ga_str_finish(&found);
}

static void more_fields_than_a_form_may_have_are_refused(void **state)
{
    (void)state;
    struct ga_str text = {0}, found = {0};
    ga_str_add(&text, SAMPLE_HEAD "sections:\n");
    for (int i = 0; i < 900; i++) {
        if (i % 300 == 0)
            ga_str_add(&text, "- title: {zh: 页, en: Page}\n  fields:\n");
        ga_str_addf(&text, "  - {name: a%d, type: text, label: {zh: 甲%d, en: A%d}}\n", i, i, i);
    }
    check("f.yaml", ga_str_text(&text), text.len, &found);
    assert_string_equal(ga_str_text(&found), "f.yaml:1:1 form 'sample' has too many fields\n");
    ga_str_finish(&text);
    ga_str_finish(&found);
}

static void all_faults_come_in_one_run_in_the_order_of_the_file(void **state)
{
    (void)state;
    static const struct faulty rows[] = {
        {"form: sample\nversion: 1\ntitle: {zh: 样}\nfields:\n"
         "  - {name: a, type: txt, lable: 甲}\n"
         "  - {name: b, type: choice, list: sexx, label: {zh: 乙, en: B}, constraint: c > 1}\n"
         "  - {name: b, type: integer, label: {zh: 丙, en: C}, relevant: a <> 'x', max: 3}\n",
         "f.yaml:1:1 form 'sample' does not say protect: it counts as sensitive\n"
         "f.yaml:3:8 'title' has no English text (en); the Chinese will stand in\n"
         "f.yaml:5:5 field 'a' has no label\n"
         "f.yaml:5:21 unknown type 'txt' | did you mean 'text'?\n"
         "f.yaml:5:26 unknown key 'lable' | did you mean 'label'?\n"
         "f.yaml:6:35 there is no list 'sexx' | did you mean 'sex'?\n"
         "f.yaml:6:76 'c' is no field that can be used here\n"
         "f.yaml:7:5 'max' does not go with type integer\n"
         "f.yaml:7:5 there are two fields 'b'\n"
         "f.yaml:7:65 '<>' is neither true nor false while the answer is unknown, so 'b' hides | write IS NOT instead of <>\n"},
    };
    check_all("f.yaml", rows, GA_COUNT(rows));
}

/* One comma too few in the file that all others stand on: its own place is told, not seventy consequences. */
static void a_file_that_cannot_be_read_is_not_blamed_on_those_that_name_it(void **state)
{
    (void)state;
    struct sample sample;
    struct ga_str found = {0};
    sample_init(&sample);
    sample_read(&sample, "lists/sex.yaml", "list: sex\nchoices: [\n");
    sample_read(&sample, "forms/child.yaml", "form: child\nfields:\n  - {name: a, type: text: x}\n");
    sample_read(&sample, "f.yaml",
                "form: sample\nversion: 1\nof: child\nprotect: ordinary\ntitle: {zh: 样, en: Sample}\nfields:\n"
                "  - {name: a, type: choice, list: sex, " SAMPLE_LABEL ", relevant: child.grade = 'g1'}\n"
                "  - {name: b, type: record, of: child, label: {zh: 乙, en: B}}\n"
                "then:\n  - {when: child.grade = 'g1', open: child}\n");
    ga_forms_finish_reading(&sample.forms, &sample.problems);
    sample_findings(&sample, &found);
    assert_null(strstr(ga_str_text(&found), "f.yaml"));
    assert_true(ga_form_stands_on_broken(&sample.forms, ga_forms_get(&sample.forms, "sample", NULL)));
    assert_non_null(strstr(ga_str_text(&found), "forms/child.yaml:3:"));
    assert_non_null(strstr(ga_str_text(&found), "lists/sex.yaml:"));
    ga_str_finish(&found);
    sample_finish(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_and_names_are_checked),
        cmocka_unit_test(protection_is_checked),
        cmocka_unit_test(words_for_imports_are_checked),
        cmocka_unit_test(rules_are_checked_with_the_place_inside_them),
        cmocka_unit_test(offers_after_saving_are_checked),
        cmocka_unit_test(what_editors_do_to_files_is_named),
        cmocka_unit_test(hostile_expressions_are_refused_with_their_place),
        cmocka_unit_test(deep_and_long_forms_end_soon),
        cmocka_unit_test(more_fields_than_a_form_may_have_are_refused),
        cmocka_unit_test(a_file_that_cannot_be_read_is_not_blamed_on_those_that_name_it),
        cmocka_unit_test(all_faults_come_in_one_run_in_the_order_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
