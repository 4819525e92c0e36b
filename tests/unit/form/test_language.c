/* The rules of the form language, one by one. */
#include "sample.h"

#include "guanai/base/alloc.h"

static const char kind_text[] = "list: kind\nchoices:\n  - {code: one, label: {zh: 一, en: One}}\n"
                                "  - {code: two, label: {zh: 二, en: Two}}\n"
                                "  - {code: old, label: {zh: 旧, en: Old}, retired: true}\n";
static const char place_text[] = "list: place\nchoices:\n"
                                 "  - {code: gz, label: {zh: 贵州, en: Guizhou}}\n"
                                 "  - {code: gd, label: {zh: 广东, en: Guangdong}}\n"
                                 "  - {code: anshun, label: {zh: 安顺, en: Anshun}, parent: gz}\n"
                                 "  - {code: dongguan, label: {zh: 东莞, en: Dongguan}, parent: gd}\n"
                                 "  - {code: gone, label: {zh: 旧市, en: Gone}, parent: gz, retired: true}\n";
static const char child_text[] = "form: child\nversion: 1\nprotect: ordinary\ntitle: {zh: 童, en: Child}\nfields:\n"
                                 "  - {name: grade, type: choice, list: kind, label: {zh: 年级, en: Grade}}\n"
                                 "  - {name: boards, type: boolean, label: {zh: 寄宿, en: Boards}}\n"
                                 "  - {name: room, type: text, relevant: boards = 1, label: {zh: 房, en: Room}}\n";

/* A sample of the given fields (and keys of the form before them), ready to be asked. */
static void start(struct sample *sample, const char *keys, const char *fields)
{
    struct ga_str text = {0};
    sample_init(sample);
    sample_read(sample, "kind.yaml", kind_text);
    sample_read(sample, "place.yaml", place_text);
    sample_read(sample, "child.yaml", child_text);
    ga_str_addf(&text, "%s%sfields:\n%s", SAMPLE_HEAD, keys, fields);
    sample_read(sample, "sample.yaml", ga_str_text(&text));
    ga_str_finish(&text);
    sample_start(sample);
}

#define FIELD(name, type, rest) "  - {name: " name ", type: " type ", label: {zh: " name ", en: the " name "}" rest "}\n"

static void put(struct sample *sample, const char *name, struct ga_value value)
{
    ga_answers_set(&sample->record, sample_field(sample, name), &value);
}

static struct ga_answer *at(struct sample *sample, const char *name)
{
    return ga_answers_at(&sample->record, sample_field(sample, name));
}

static bool shows(struct sample *sample, const char *name)
{
    const struct ga_rule_place place = {.record = &sample->record};
    return ga_rules_is_relevant(sample->rules, &place, sample_field(sample, name));
}

/* All findings as "kind field " in their order. */
static const char *check(struct sample *sample, enum ga_check_mode mode)
{
    static const char *const kinds[] = {"REQUIRED", "CONSTRAINT", "CHOICE", "CONTRADICTS", "WARN", "PLEASE", "GAP"};
    static char lines[400];
    const struct ga_rule_place place = {.record = &sample->record};
    struct ga_vec findings;
    ga_vec_init(&findings, sizeof(struct ga_finding));
    lines[0] = '\0';
    assert_int_equal(ga_rules_check(sample->rules, &place, mode, &findings, NULL), GA_OK);
    for (size_t i = 0; i < findings.len; i++) {
        const struct ga_finding *finding = GA_VEC_AT(struct ga_finding, &findings, i);
        const size_t len = strlen(lines);
        snprintf(lines + len, sizeof(lines) - len, "%s %s ", kinds[finding->kind], finding->field->name);
    }
    ga_vec_finish(&findings);
    return lines;
}

static const char *summary(struct sample *sample, const struct ga_answers *child)
{
    static char text[200];
    struct ga_str out = {0};
    ga_rules_summary(sample->rules, &(struct ga_rule_place){.record = &sample->record, .child = child}, GA_ZH, &out);
    ga_str_copy(text, sizeof(text), ga_str_text(&out));
    ga_str_finish(&out);
    return text;
}

static struct ga_row *add_row(struct sample *sample, const char *repeat, int64_t first)
{
    static uint8_t next;
    const struct ga_field *field = sample_field(sample, repeat);
    struct ga_row *row = ga_answers_add_row(&sample->record, field, (struct ga_uuid){{++next}});
    const struct ga_value value = ga_value_int(first);
    ga_answers_set_in_row(&sample->record, row, &field->fields.items[0], &value);
    return row;
}

static void rule_1_names_are_the_records_the_parents_and_the_rows(void **state)
{
    (void)state;
    struct sample s;
    struct ga_answers child;
    start(&s, "of: child\nsummary: \"a || ' ' || coalesce(label(child.grade), '?') || ' ' || coalesce(child.room, '-')\"\n",
          FIELD("a", "integer", "") "  - name: r\n    type: repeat\n    label: {zh: 行, en: R}\n    fields:\n"
          "      - {name: b, type: integer, label: {zh: 乙, en: B}, constraint: b < parent.a}\n"
          "      - {name: c, type: integer, label: {zh: 丙, en: C}, relevant: status('b') = 'answered' AND status('parent.a') = 'answered'}\n");
    ga_answers_init(&child, ga_forms_get(&s.forms, "child", NULL));
    put(&s, "a", ga_value_int(5));
    assert_string_equal(summary(&s, NULL), "5 ? -");
    const struct ga_value grade = ga_value_text("two"), room = ga_value_text("203"), yes = ga_value_int(1);
    ga_answers_set(&child, ga_form_field(child.form, "grade"), &grade);
    ga_answers_set(&child, ga_form_field(child.form, "room"), &room);
    assert_string_equal(summary(&s, &child), "5 二 -"); /* the child's room is hidden there */
    ga_answers_set(&child, ga_form_field(child.form, "boards"), &yes);
    assert_string_equal(summary(&s, &child), "5 二 203");
    struct ga_row *row = add_row(&s, "r", 4);
    const struct ga_rule_place place = {.record = &s.record, .row = row, .repeat = sample_field(&s, "r")};
    assert_true(ga_rules_is_relevant(s.rules, &place, sample_field(&s, "r.c")));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "");
    add_row(&s, "r", 6);
    assert_string_equal(check(&s, GA_CHECK_TYPING), "CONSTRAINT b ");
    put(&s, "a", ga_value_null());
    assert_false(ga_rules_is_relevant(s.rules, &place, sample_field(&s, "r.c")));
    ga_answers_finish(&child);
    sample_finish(&s);
}

static void rule_2_only_true_shows_and_only_false_complains(void **state)
{
    (void)state;
    struct sample s;
    start(&s, "", FIELD("a", "integer", "") FIELD("b", "integer", ", relevant: a > 1, required: true, constraint: b > a")
                  FIELD("c", "integer", ", relevant: b IS NOT NULL") FIELD("d", "integer", ", calculation: b + 1"));
    assert_false(shows(&s, "b"));
    put(&s, "b", ga_value_int(1)); /* stored there all the same: not asked, not dropped, NULL to others */
    assert_string_equal(check(&s, GA_CHECK_TYPING), "");
    assert_false(shows(&s, "c"));
    ga_rules_apply_calculations(s.rules, &s.record, NULL);
    assert_int_equal(at(&s, "d")->state, GA_EMPTY);
    put(&s, "a", ga_value_int(2));
    assert_true(shows(&s, "b"));
    assert_true(shows(&s, "c"));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "CONSTRAINT b ");
    ga_rules_apply_calculations(s.rules, &s.record, NULL);
    assert_int_equal(at(&s, "d")->value.integer, 2);
    ga_answers_set_state(&s.record, sample_field(&s, "a"), GA_UNKNOWN);
    assert_false(shows(&s, "b"));
    assert_int_equal(at(&s, "b")->value.integer, 1);
    sample_finish(&s);
}

static void rule_2_long_chains_show_to_their_end(void **state)
{
    (void)state;
    struct sample s;
    struct ga_str fields = {0};
    ga_str_add(&fields, FIELD("a0", "integer", "") FIELD("a1", "integer", ""));
    for (int i = 2; i < 60; i++)
        ga_str_addf(&fields, "  - {name: a%d, type: integer, label: {zh: 甲%d, en: A%d}, relevant: a%d = 1 AND a%d = 1, constraint: a%d = 1}\n",
                    i, i, i, i - 1, i - 2, i);
    start(&s, "", ga_str_text(&fields));
    ga_str_finish(&fields);
    for (size_t i = 0; i < s.form->all_count; i++)
        put(&s, s.form->all[i]->name, ga_value_int(1));
    assert_true(shows(&s, "a59"));
    put(&s, "a59", ga_value_int(0));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "CONSTRAINT a59 ");
    put(&s, "a0", ga_value_int(0));
    assert_false(shows(&s, "a59"));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "");
    sample_finish(&s);
}

static int64_t give_number(void *ctx)
{
    (void)ctx;
    return 37;
}

static const char *give_phone(void *ctx, const struct ga_uuid *child, const char *whom)
{
    (void)ctx;
    return child->bytes[0] == 7 && strcmp(whom, "father") == 0 ? "13812345678" : NULL;
}

static const char *give_reached(void *ctx, const struct ga_uuid *child)
{
    (void)ctx;
    return child->bytes[0] == 7 ? "mother" : NULL;
}

static void rule_3_every_function_answers(void **state)
{
    (void)state;
    static const struct {
        const char *expr, *value;
    } rows[] = {
        {"today()", "2026-11-23"}, {"user()", "周老师"}, {"own_site()", "main"}, {"several_sites()", "0"}, {"next_number()", "37"},
        {"phone_of('father')", "13812345678"}, {"phone_of(NULL)", "-"}, {"phone_of('aunt')", "-"}, {"last_reached()", "mother"},
        {"hamlet_of('上坝村4组')", "4组"}, {"hamlet_of('某镇上坝村大寨组12号')", "大寨组"}, {"hamlet_of('上坝村')", "-"},
        {"hamlet_of(NULL)", "-"}, {"age('2017-11-23', today())", "9"}, {"age('2017-11-24', today())", "8"},
        {"age(NULL, today())", "-"}, {"age('2017', '?')", "-"},
        {"selected(m, 'two')", "1"}, {"selected(m, 'tw')", "0"}, {"selected(NULL, 'two')", "0"}, {"selected(m, NULL)", "-"},
        {"label(k)", "一"}, {"label(m)", "一、二"}, {"label(d)", "2026年3月1日"},
        {"status('k')", "answered"}, {"status('n')", "refused"}, {"status('e')", "empty"},
        {"concat_ws('-', 1, NULL, 'x')", "1-x"}, {"concat_ws(NULL, 1)", "-"}, {"concat_ws('，', w, 2.5)", "36.5，2.5"},
        {"count_rows(r)", "2"}, {"(SELECT sum(x) FROM r)", "9"}, {"(SELECT count(*) FROM r WHERE x > k2)", "1"},
        {"(SELECT group_concat(x, '/') FROM (SELECT x FROM r ORDER BY position DESC))", "5/4"},
        {"date(d, '+14 days')", "2026-03-15"}, {"w > 30", "1"}, {"w < 30", "0"}, {"w + 1", "37.5"}, {"n IS NULL", "1"},
        {"iif(k = 'one', 'ja', 'nein')", "ja"}, {"term_phase(d)", "-"}, {"round(w)", "37"},
    };
    for (size_t i = 0; i < GA_COUNT(rows); i++) {
        struct sample s;
        struct ga_str fields = {0};
        ga_str_addf(&fields, "%s  - name: out\n    type: text\n    label: {zh: 出, en: Out}\n    default: >-\n      %s\n",
                    FIELD("k", "choice", ", list: kind") FIELD("m", "choices", ", list: kind") FIELD("d", "date", "")
                    FIELD("n", "text", "") FIELD("e", "text", "") FIELD("w", "decimal", ", digits: 1") FIELD("k2", "integer", "")
                    "  - {name: r, type: repeat, label: {zh: 行, en: R}, fields: [{name: x, type: integer, label: {zh: 数, en: X}}]}\n",
                    rows[i].expr);
        start(&s, "of: child\n", ga_str_text(&fields));
        ga_str_finish(&fields);
        ga_rules_set_world(s.rules, &(struct ga_rule_world){.today = {2026, 11, 23}, .user = "周老师", .own_site = "main",
                           .next_number = give_number, .phone_of = give_phone, .last_reached = give_reached});
        s.record.child.bytes[0] = 7;
        put(&s, "k", ga_value_text("one"));
        put(&s, "m", ga_value_text("one two"));
        put(&s, "d", ga_value_text("2026-03-01"));
        put(&s, "w", ga_value_text("36.5"));
        put(&s, "k2", ga_value_int(4));
        ga_answers_set_state(&s.record, sample_field(&s, "n"), GA_DECLINED);
        add_row(&s, "r", 4);
        add_row(&s, "r", 5);
        add_row(&s, "r", 6)->is_gone = true;
        struct ga_value value;
        struct ga_error err = {0};
        const struct ga_rule_place place = {.record = &s.record};
        char text[60];
        if (ga_rules_value(s.rules, &place, GA_RULE_DEFAULT, sample_field(&s, "out"), &value, &err) != GA_OK)
            fail_msg("%s: %s", rows[i].expr, err.what.id);
        snprintf(text, sizeof(text), value.kind == GA_VALUE_REAL ? "%.10g" : "%.0f", value.kind == GA_VALUE_REAL ? value.real : (double)value.integer);
        const char *given = value.kind == GA_VALUE_NULL ? "-" : value.kind == GA_VALUE_TEXT ? value.text : text;
        if (strcmp(given, rows[i].value) != 0)
            fail_msg("%s: %s, not %s", rows[i].expr, given, rows[i].value);
        sample_finish(&s);
    }
}

static const char rows_text[] =
    "  - name: r\n    type: repeat\n    label: {zh: 行, en: R}\n    required: true\n    fields:\n"
    "      - {name: x, type: integer, label: {zh: 数, en: X}, required: true}\n"
    "      - {name: y, type: decimal, label: {zh: 量, en: Y}, relevant: x > 1}\n"
    "      - {name: z, type: integer, label: {zh: 倍, en: Z}, calculation: x * 2}\n"
    "      - {name: t, type: integer, label: {zh: 次, en: T}, default: parent.times}\n"
    "      - {name: q, type: text, label: {zh: 问, en: Q}, default: \"x || '\\\"'\"}\n";

static void rule_4_repeats_are_tables_of_what_shows_in_them(void **state)
{
    (void)state;
    struct sample s;
    struct ga_str fields = {0};
    ga_str_addf(&fields, "%s%s", FIELD("times", "integer", "") FIELD("total", "decimal", ", digits: 2, calculation: (SELECT sum(y) FROM r)"),
                rows_text);
    start(&s, "summary: \"concat_ws(' ', count_rows(r), (SELECT sum(y) FROM r), (SELECT group_concat(q, '') FROM r))\"\n",
          ga_str_text(&fields));
    ga_str_finish(&fields);
    const struct ga_field *r = sample_field(&s, "r");
    const struct ga_value half = ga_value_text("1.5");
    assert_string_equal(check(&s, GA_CHECK_TYPING), "REQUIRED r ");
    put(&s, "times", ga_value_int(4));
    add_row(&s, "r", 1);
    add_row(&s, "r", 2);
    add_row(&s, "r", 3)->is_gone = true;
    struct ga_row *rows = s.record.repeats[r->index].rows;
    for (int i = 0; i < 3; i++)
        ga_answers_set_in_row(&s.record, &rows[i], &r->fields.items[1], &half);
    ga_rules_apply_defaults(s.rules, &s.record, NULL, r);
    ga_rules_apply_calculations(s.rules, &s.record, NULL);
    assert_string_equal(summary(&s, NULL), "2 1.5 1\"2\""); /* the first row's y is hidden: NULL to others */
    assert_string_equal(at(&s, "total")->value.text, "1.5");
    assert_int_equal(rows[1].answers[2].value.integer, 4); /* calculated in its row */
    assert_int_equal(rows[1].answers[3].value.integer, 4); /* parent.times */
    assert_int_equal(rows[2].answers[3].state, GA_EMPTY);  /* a removed row gets nothing */
    put(&s, "times", ga_value_int(5));
    rows[0].answers[3].is_touched = true;
    ga_rules_apply_defaults(s.rules, &s.record, NULL, sample_field(&s, "times"));
    assert_int_equal(rows[0].answers[3].value.integer, 4);
    assert_int_equal(rows[1].answers[3].value.integer, 5);
    const struct ga_value nothing = ga_value_null();
    ga_answers_set_in_row(&s.record, &rows[1], &r->fields.items[0], &nothing);
    assert_string_equal(check(&s, GA_CHECK_TYPING), "REQUIRED x ");
    sample_finish(&s);
}

static void rule_5_and_6_lists_cascade_and_keep_what_was_picked(void **state)
{
    (void)state;
    struct sample s;
    start(&s, "", FIELD("province", "choice", ", list: place, filter: choice.parent IS NULL")
                  FIELD("city", "choice", ", list: place, filter: choice.parent = province")
                  FIELD("kind", "choice", ", list: kind") FIELD("kinds", "choices", ", list: kind"));
    const struct ga_list *list = ga_forms_list(&s.forms, "place", NULL);
    const struct ga_rule_place place = {.record = &s.record};
    assert_false(ga_rules_allows(s.rules, &place, sample_field(&s, "city"), ga_list_choice(list, "anshun")));
    put(&s, "province", ga_value_text("gz"));
    assert_true(ga_rules_allows(s.rules, &place, sample_field(&s, "city"), ga_list_choice(list, "anshun")));
    assert_false(ga_rules_allows(s.rules, &place, sample_field(&s, "city"), ga_list_choice(list, "dongguan")));
    assert_false(ga_rules_allows(s.rules, &place, sample_field(&s, "city"), ga_list_choice(list, "gone")));
    assert_false(ga_rules_allows(s.rules, &place, sample_field(&s, "province"), ga_list_choice(list, "anshun")));
    put(&s, "city", ga_value_text("anshun"));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "");
    put(&s, "city", ga_value_text("gone")); /* picked before it was retired: kept while its province stands */
    assert_string_equal(check(&s, GA_CHECK_TYPING), "");
    put(&s, "province", ga_value_text("gd"));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "CHOICE city ");
    assert_string_equal(at(&s, "city")->value.text, "gone");
    put(&s, "city", ga_value_text("dongguan"));
    put(&s, "kind", ga_value_text("old"));
    put(&s, "kinds", ga_value_text("one old"));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "");
    put(&s, "kind", ga_value_text("nosuch"));
    put(&s, "kinds", ga_value_text("one nosuch"));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "CHOICE kind CHOICE kinds ");
    sample_finish(&s);
}

static void rule_7_and_8_unknown_is_an_answer_unless_answered_is_required(void **state)
{
    (void)state;
    struct sample s;
    start(&s, "", FIELD("must", "text", ", required: true") FIELD("typed", "text", ", required: typing")
                  FIELD("strict", "text", ", required: answered") FIELD("free", "text", ""));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "REQUIRED must REQUIRED typed REQUIRED strict ");
    assert_string_equal(check(&s, GA_CHECK_IMPORT), "REQUIRED must GAP typed REQUIRED strict ");
    static const enum ga_answer_state states[] = {GA_UNKNOWN, GA_DECLINED, GA_NOT_APPLICABLE};
    for (size_t i = 0; i < GA_COUNT(states); i++) {
        for (size_t f = 0; f < 3; f++)
            ga_answers_set_state(&s.record, s.form->all[f], states[i]);
        assert_string_equal(check(&s, GA_CHECK_TYPING), "REQUIRED strict ");
        assert_int_equal(ga_answer_state_parse(ga_answer_state_code(states[i])), states[i]);
    }
    assert_int_equal(ga_answer_state_parse("nosuch"), -1);
    put(&s, "strict", ga_value_text("x"));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "");
    sample_finish(&s);
}

static void rule_9_defaults_follow_what_they_name_while_shown_and_untouched(void **state)
{
    (void)state;
    struct sample s;
    start(&s, "", FIELD("a", "integer", ", default: 3") FIELD("b", "integer", ", default: a * 2") FIELD("c", "integer", ", default: b + 1")
                  FIELD("d", "integer", ", default: 7, relevant: a > 4") FIELD("e", "integer", ", default: 5 / 2.0")
                  FIELD("f", "text", ", default: 12") FIELD("g", "decimal", ", digits: 1, default: 10 / 4.0") FIELD("h", "date", ", default: \"'soon'\""));
    ga_rules_apply_defaults(s.rules, &s.record, NULL, NULL);
    assert_int_equal(at(&s, "b")->value.integer, 6);
    assert_int_equal(at(&s, "c")->value.integer, 7);
    assert_int_equal(at(&s, "d")->state, GA_EMPTY); /* hidden */
    assert_int_equal(at(&s, "e")->state, GA_EMPTY); /* 2.5 is no whole number, and is not made one */
    assert_string_equal(at(&s, "f")->value.text, "12");
    assert_string_equal(at(&s, "g")->value.text, "2.5");
    assert_int_equal(at(&s, "h")->state, GA_EMPTY);
    put(&s, "a", ga_value_int(5));
    at(&s, "a")->is_touched = true;
    ga_rules_apply_defaults(s.rules, &s.record, NULL, sample_field(&s, "a"));
    assert_int_equal(at(&s, "a")->value.integer, 5);
    assert_int_equal(at(&s, "c")->value.integer, 11);
    assert_int_equal(at(&s, "d")->value.integer, 7);
    put(&s, "b", ga_value_int(1));
    at(&s, "b")->is_touched = true;
    put(&s, "a", ga_value_int(2));
    ga_rules_apply_defaults(s.rules, &s.record, NULL, sample_field(&s, "a"));
    assert_int_equal(at(&s, "b")->value.integer, 1);
    assert_int_equal(at(&s, "d")->state, GA_EMPTY); /* nobody would see what is saved there */
    sample_finish(&s);
}

static void rule_9_imports_fill_what_is_empty_and_calculations_what_they_must(void **state)
{
    (void)state;
    struct sample s;
    start(&s, "", FIELD("address", "text", "") FIELD("hamlet", "text", ", import: hamlet_of(address)") FIELD("site", "text", ", import: own_site(), default: \"'x'\"")
                  FIELD("sum", "integer", ", calculation: half * 2") FIELD("half", "integer", ", calculation: length(address)"));
    put(&s, "address", ga_value_text("上坝村4组"));
    put(&s, "sum", ga_value_int(99)); /* nobody types it: what stands there is computed anew */
    ga_rules_apply_imports(s.rules, &s.record, NULL);
    ga_rules_apply_calculations(s.rules, &s.record, NULL);
    assert_string_equal(at(&s, "hamlet")->value.text, "4组");
    assert_int_equal(at(&s, "site")->state, GA_EMPTY); /* a default never fills an import */
    assert_int_equal(at(&s, "sum")->value.integer, 10);
    put(&s, "hamlet", ga_value_text("5组"));
    ga_rules_apply_imports(s.rules, &s.record, NULL);
    assert_string_equal(at(&s, "hamlet")->value.text, "5组");
    sample_finish(&s);
}

static void rule_10_a_reason_holds_until_a_field_the_warning_names_changes(void **state)
{
    (void)state;
    struct sample s;
    start(&s, "", FIELD("a", "integer", ", warn: a < 10 OR b = 1") FIELD("b", "integer", "") FIELD("c", "integer", ", warn: c IS NOT NULL")
                  FIELD("d", "integer", ", warn: d IS NOT NULL, warn_message: {zh: 请问清楚, en: Please ask}")
                  "  - {name: r, type: repeat, label: {zh: 行, en: R}, fields: [{name: x, type: integer, label: {zh: 数, en: X}, warn: x < parent.b}]}\n"
                  FIELD("e", "integer", ", warn: count_rows(r) < 2"));
    put(&s, "a", ga_value_int(11));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "PLEASE c WARN d ");
    put(&s, "b", ga_value_int(2));
    struct ga_row *row = add_row(&s, "r", 3);
    add_row(&s, "r", 1);
    assert_string_equal(check(&s, GA_CHECK_TYPING), "WARN a PLEASE c WARN d WARN x WARN e ");
    at(&s, "a")->because = at(&s, "d")->because = at(&s, "e")->because = "问过了";
    row = &s.record.repeats[sample_field(&s, "r")->index].rows[0];
    row->answers[0].because = "数过了";
    assert_string_equal(check(&s, GA_CHECK_TYPING), "PLEASE c ");
    ga_rules_forget_reasons(&s.record, sample_field(&s, "c"), NULL);
    assert_string_equal(check(&s, GA_CHECK_TYPING), "PLEASE c ");
    ga_rules_forget_reasons(&s.record, sample_field(&s, "b"), NULL);
    assert_string_equal(check(&s, GA_CHECK_TYPING), "WARN a PLEASE c WARN x ");
    row->answers[0].because = "数过了";
    ga_rules_forget_reasons(&s.record, sample_field(&s, "r.x"), row + 1);
    assert_string_equal(check(&s, GA_CHECK_TYPING), "WARN a PLEASE c WARN e "); /* e reads the rows */
    ga_rules_forget_reasons(&s.record, sample_field(&s, "r.x"), row);
    assert_string_equal(check(&s, GA_CHECK_TYPING), "WARN a PLEASE c WARN x WARN e ");
    sample_finish(&s);
}

static void rule_10_findings_speak_the_readers_language(void **state)
{
    (void)state;
    struct sample s;
    start(&s, "", FIELD("a", "integer", ", required: true") FIELD("b", "integer", ", warn: b IS NOT NULL")
                  FIELD("c", "integer", ", constraint: c > 1, message: {zh: 太少, en: Too few}"));
    put(&s, "c", ga_value_int(0));
    const struct ga_rule_place place = {.record = &s.record};
    struct ga_vec findings;
    struct ga_str text = {0};
    ga_vec_init(&findings, sizeof(struct ga_finding));
    ga_rules_check(s.rules, &place, GA_CHECK_TYPING, &findings, NULL);
    for (size_t i = 0; i < findings.len; i++) {
        ga_finding_text(GA_VEC_AT(struct ga_finding, &findings, i), i % 2 == 0 ? GA_ZH : GA_EN, &text);
        ga_str_add_char(&text, '|');
    }
    assert_string_equal(ga_str_text(&text), "“a”必须填写|please fill in the b|c：太少|");
    ga_vec_finish(&findings);
    ga_str_finish(&text);
    sample_finish(&s);
}

static void rule_11_a_group_is_as_strict_as_its_strictest(void **state)
{
    (void)state;
    struct sample s;
    start(&s, "", FIELD("a", "text", ", group: g") FIELD("b", "text", ", group: g, protect: sensitive") FIELD("c", "text", ""));
    assert_int_equal(ga_field_protect(s.form, sample_field(&s, "a")), GA_PROTECT_SENSITIVE);
    assert_int_equal(ga_field_protect(s.form, sample_field(&s, "c")), GA_PROTECT_ORDINARY);
    assert_string_equal(ga_field_group(sample_field(&s, "a")), "g");
    assert_string_equal(ga_field_group(sample_field(&s, "c")), "c");
    sample_finish(&s);
}

static void rule_14_retired_fields_are_kept_and_not_asked(void **state)
{
    (void)state;
    struct sample s;
    start(&s, "summary: old\n", FIELD("old", "text", ", retired: true, required: true, constraint: old = 'x', default: \"'d'\""));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "");
    ga_rules_apply_defaults(s.rules, &s.record, NULL, NULL);
    assert_int_equal(at(&s, "old")->state, GA_EMPTY);
    put(&s, "old", ga_value_text("y"));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "");
    assert_string_equal(summary(&s, NULL), "y");
    sample_finish(&s);
}

static void one_rule_that_fails_leaves_the_others_standing(void **state)
{
    (void)state;
    struct sample s;
    start(&s, "", FIELD("a", "integer", ", constraint: a < 9223372036854775807 AND abs(a) > 5") FIELD("b", "integer", ", constraint: b > 1")
                  FIELD("c", "integer", ", relevant: abs(a) > 0") FIELD("d", "integer", ", relevant: b = 0, required: true"));
    put(&s, "a", ga_value_int(INT64_MIN)); /* abs() overflows: SQLite ends the whole statement */
    put(&s, "b", ga_value_int(0));
    assert_string_equal(check(&s, GA_CHECK_TYPING), "CONSTRAINT b REQUIRED d ");
    assert_false(shows(&s, "c"));
    sample_finish(&s);
}

static void after_saving_a_form_is_offered_and_filled(void **state)
{
    (void)state;
    struct sample s;
    start(&s, "of: child\nthen:\n  - {when: \"selected(m, 'two')\", open: child, fill: {room: \"a || '室'\"}}\n", FIELD("m", "choices", ", list: kind") FIELD("a", "integer", ""));
    const struct ga_rule_place place = {.record = &s.record};
    const struct ga_then *then = &s.form->then.items[0];
    struct ga_value value;
    assert_false(ga_rules_then(s.rules, &place, then));
    put(&s, "m", ga_value_text("one two"));
    put(&s, "a", ga_value_int(203));
    assert_true(ga_rules_then(s.rules, &place, then));
    assert_int_equal(ga_rules_fill(s.rules, &place, then, 0, &value, NULL), GA_OK);
    assert_string_equal(value.text, "203室");
    sample_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_1_names_are_the_records_the_parents_and_the_rows),
        cmocka_unit_test(rule_2_only_true_shows_and_only_false_complains),
        cmocka_unit_test(rule_2_long_chains_show_to_their_end),
        cmocka_unit_test(rule_3_every_function_answers),
        cmocka_unit_test(rule_4_repeats_are_tables_of_what_shows_in_them),
        cmocka_unit_test(rule_5_and_6_lists_cascade_and_keep_what_was_picked),
        cmocka_unit_test(rule_7_and_8_unknown_is_an_answer_unless_answered_is_required),
        cmocka_unit_test(rule_9_defaults_follow_what_they_name_while_shown_and_untouched),
        cmocka_unit_test(rule_9_imports_fill_what_is_empty_and_calculations_what_they_must),
        cmocka_unit_test(rule_10_a_reason_holds_until_a_field_the_warning_names_changes),
        cmocka_unit_test(rule_10_findings_speak_the_readers_language),
        cmocka_unit_test(rule_11_a_group_is_as_strict_as_its_strictest),
        cmocka_unit_test(rule_14_retired_fields_are_kept_and_not_asked),
        cmocka_unit_test(one_rule_that_fails_leaves_the_others_standing),
        cmocka_unit_test(after_saving_a_form_is_offered_and_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
