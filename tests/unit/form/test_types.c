/* Field types: what a school types, what is kept, what is shown. */
#include "sample.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>

static const char lists_text[] =
    "list: concern\nchoices:\n"
    "  - {code: ok, label: {zh: 无异常, en: Nothing unusual}, exclusive: true}\n"
    "  - {code: food, label: {zh: 饮食差, en: Poor food}, aka: [吃得差]}\n"
    "  - {code: cold, label: {zh: 衣被 不足, en: Lacks clothes}}\n"
    "  - {code: gone, label: {zh: 旧的, en: Old one}, retired: true}\n";
static const char mood_text[] = "list: mood\nchoices:\n"
                                "  - {code: '1', label: {zh: 很差, en: Very low}}\n"
                                "  - {code: '3', label: {zh: 平常, en: Ordinary}}\n"
                                "  - {code: '5', label: {zh: 很好, en: Very good}}\n";
static const char sex_text[] = "list: sex\nchoices:\n  - {code: male, label: {zh: 男, en: Boy}, aka: [男孩]}\n"
                               "  - {code: female, label: {zh: 女, en: Girl}}\n";
static const char form_text[] = SAMPLE_HEAD "fields:\n"
    "  - {name: words, type: text, label: {zh: 文字, en: Words}}\n"
    "  - {name: who, type: name, label: {zh: 姓名, en: Name}}\n"
    "  - {name: teacher, type: person, label: {zh: 教师, en: Teacher}}\n"
    "  - {name: head, type: heading, label: {zh: 标题, en: Heading}}\n"
    "  - {name: hello, type: note, label: {zh: 说明, en: Note}}\n"
    "  - {name: whole, type: integer, label: {zh: 整数, en: Whole}}\n"
    "  - {name: deci, type: decimal, digits: 1, label: {zh: 小数, en: Decimal}}\n"
    "  - {name: cost, type: money, label: {zh: 金额, en: Cost}}\n"
    "  - {name: past, type: date, label: {zh: 家访日期, en: Visited on}, constraint: past <= today()}\n"
    "  - {name: planned, type: date, label: {zh: 计划日期, en: Planned}, constraint: planned >= today()}\n"
    "  - {name: near, type: date, label: {zh: 日期, en: Day}}\n"
    "  - {name: due_on, type: date, ahead: true, label: {zh: 期限, en: Due on}}\n"
    "  - {name: planned_for, type: date, precision: month, ahead: true, label: {zh: 月份, en: Month}}\n"
    "  - {name: looked_on, type: date, ahead: true, label: {zh: 查看, en: Looked}, constraint: looked_on <= today()}\n"
    "  - {name: since, type: date, precision: month, label: {zh: 外出时间, en: Away since}}\n"
    "  - {name: at, type: time, label: {zh: 时间, en: Time}}\n"
    "  - {name: boards, type: boolean, label: {zh: 寄宿, en: Boards}}\n"
    "  - {name: sex, type: choice, list: sex, label: {zh: 性别, en: Sex}}\n"
    "  - {name: concerns, type: choices, list: concern, label: {zh: 情况, en: Concerns}}\n"
    "  - {name: mood, type: scale, list: mood, label: {zh: 心情, en: Mood}}\n"
    "  - {name: step, type: scale, max: 5, label: {zh: 几分, en: Step}}\n"
    "  - {name: phone, type: phone, label: {zh: 电话, en: Phone}}\n"
    "  - {name: id_number, type: id_number, label: {zh: 身份证号, en: ID}}\n"
    "  - {name: birth_date, type: date, label: {zh: 出生日期, en: Born}}\n"
    "  - {name: student_number, type: student_number, label: {zh: 学籍号, en: Student no}}\n"
    "  - {name: origin, type: region, label: {zh: 籍贯, en: Origin}}\n"
    "  - {name: friend, type: record, of: sample, label: {zh: 好友, en: Friend}}\n"
    "  - {name: lines, type: repeat, label: {zh: 行, en: Rows}, fields: [{name: x, type: text, label: {zh: 项, en: X}}]}\n";

static int start(void **state)
{
    static struct sample sample;
    sample_init(&sample);
    sample_read(&sample, "concern.yaml", lists_text);
    sample_read(&sample, "mood.yaml", mood_text);
    sample_read(&sample, "sex.yaml", sex_text);
    sample_read(&sample, "sample.yaml", form_text);
    sample_start(&sample);
    *state = &sample;
    return 0;
}

static int stop(void **state)
{
    sample_finish(*state);
    return 0;
}

/* What is kept as text: "12", "'abc'", "NULL"; or "! sentence". A warning follows as " ? sentence". */
static void enter_on(struct sample *sample, struct ga_date today, const char *name, const char *typed, bool is_import,
                     struct ga_str *out)
{
    const struct ga_parse_context ctx = {.today = today, .record = &sample->record, .is_import = is_import};
    struct ga_arena arena = {0};
    struct ga_value value;
    struct ga_message warning = {0};
    struct ga_error err = {0};
    char words[GA_MESSAGE_BYTES];
    enum ga_rc rc = ga_field_parse(sample_field(sample, name), &ctx, typed, &arena, &value, &warning, &err);
    ga_str_clear(out);
    if (rc != GA_OK)
        ga_str_addf(out, "! %s", ga_message_format(&err.what, err.what.id, words, sizeof(words)));
    else if (value.kind == GA_VALUE_NULL)
        ga_str_add(out, "NULL");
    else if (value.kind == GA_VALUE_TEXT)
        ga_str_addf(out, "'%s'", value.text);
    else
        ga_str_addf(out, "%lld", (long long)value.integer);
    if (rc == GA_OK && value.kind != GA_VALUE_NULL)
        assert_true(ga_field_fits(sample_field(sample, name), &value));
    if (rc == GA_OK && warning.id != NULL)
        ga_str_addf(out, " ? %s", ga_message_format(&warning, warning.id, words, sizeof(words)));
    ga_arena_finish(&arena);
}

static void enter(struct sample *sample, const char *name, const char *typed, bool is_import, struct ga_str *out)
{
    enter_on(sample, (struct ga_date){2026, 11, 5}, name, typed, is_import, out);
}

struct entry {
    const char *field, *typed, *kept;
};

static void enter_all(struct sample *sample, const struct entry *entries, size_t count, bool is_import)
{
    struct ga_str kept = {0};
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        enter(sample, entries[i].field, entries[i].typed, is_import, &kept);
        if (strcmp(ga_str_text(&kept), entries[i].kept) == 0)
            continue;
        print_error("%s [%s]: %s, not %s\n", entries[i].field, entries[i].typed, ga_str_text(&kept), entries[i].kept);
        wrong++;
    }
    ga_str_finish(&kept);
    assert_int_equal(wrong, 0);
}

#define ENTER(entries, is_import) enter_all(*state, entries, GA_COUNT(entries), is_import)

static void nothing_typed_is_no_answer_for_every_type(void **state)
{
    struct sample *sample = *state;
    struct ga_str kept = {0};
    for (size_t i = 0; i < sample->form->all_count; i++) {
        enter(sample, sample->form->all[i]->name, "", false, &kept);
        assert_string_equal(ga_str_text(&kept), "NULL");
        enter(sample, sample->form->all[i]->name, " \t\u3000\u200b\n", false, &kept);
        assert_string_equal(ga_str_text(&kept), "NULL");
    }
    ga_str_finish(&kept);
}

static void broken_and_endless_text_is_refused_by_every_type(void **state)
{
    struct sample *sample = *state;
    char *endless = ga_alloc_array(20001, 1);
    struct ga_str kept = {0};
    memset(endless, '1', 20000);
    for (size_t i = 0; i < sample->form->all_count; i++) {
        enter(sample, sample->form->all[i]->name, "张\xff三", false, &kept);
        assert_int_equal(ga_str_text(&kept)[0], '!');
        enter(sample, sample->form->all[i]->name, endless, false, &kept);
        assert_int_equal(ga_str_text(&kept)[0], '!');
    }
    endless[300] = '\0';
    static const char *const shorts[] = {"who", "teacher", "whole", "deci", "cost", "past", "at", "boards", "phone",
                                         "id_number", "student_number", "origin", "friend", "step", "sex", "mood"};
    for (size_t i = 0; i < GA_COUNT(shorts); i++) {
        enter(sample, shorts[i], endless, false, &kept);
        if (ga_str_text(&kept)[0] != '!')
            fail_msg("%s: %s", shorts[i], ga_str_text(&kept));
    }
    free(endless);
    ga_str_finish(&kept);
}

static void dates_are_typed_in_every_way_a_school_does(void **state)
{
    static const struct entry entries[] = {
        {"past", "2015-9-1", "'2015-09-01'"},      {"past", "2015.9.1", "'2015-09-01'"},
        {"past", "2015/9/1", "'2015-09-01'"},      {"past", "20150901", "'2015-09-01'"},
        {"past", "2015年9月1日", "'2015-09-01'"},  {"past", "２０１５－９－１", "'2015-09-01'"},
        {"past", "21", "'2026-10-21'"},            {"planned", "21", "'2026-11-21'"},
        {"past", "3", "'2026-11-03'"},             {"planned", "3", "'2026-12-03'"},
        {"near", "21", "'2026-10-21'"},            {"near", "19", "'2026-11-19'"},
        {"past", "今天", "'2026-11-05'"},          {"past", "昨天", "'2026-11-04'"},
        {"since", "2015-09", "'2015-09'"},         {"since", "2015年9月", "'2015-09'"},
        {"since", "2015-9-1", "'2015-09-01'"},
    };
    ENTER(entries, false);
    static const char *const wrong[] = {"2015-2-29", "2015-13-1", "abc", "九月", "2015-09", "0000-00-00"};
    struct ga_str kept = {0};
    for (size_t i = 0; i < GA_COUNT(wrong); i++) {
        enter(*state, "past", wrong[i], false, &kept);
        if (ga_str_text(&kept)[0] != '!')
            fail_msg("%s: %s", wrong[i], ga_str_text(&kept));
    }
    ga_str_finish(&kept);
}

/* On 23 November "15" is a week ago, unless it is a deadline. */
static void a_deadline_typed_without_its_year_is_the_next_such_day(void **state)
{
    static const struct entry entries[] = {
        {"near", "15", "'2026-11-15'"},           {"due_on", "15", "'2026-12-15'"},
        {"near", "28", "'2026-11-28'"},           {"due_on", "28", "'2026-11-28'"},
        {"due_on", "23", "'2026-11-23'"},         {"due_on", "31", "'2026-12-31'"},
        {"due_on", "9-1", "'2027-09-01'"},        {"due_on", "1215", "'2026-12-15'"},
        {"due_on", "周五", "'2026-11-27'"},       {"due_on", "昨天", "'2026-11-22'"},
        {"due_on", "2026-11-15", "'2026-11-15'"}, {"due_on", "20261115", "'2026-11-15'"},
        {"planned_for", "3月", "'2027-03'"},      {"planned_for", "11月", "'2026-11'"},
        {"planned_for", "2026-9", "'2026-09'"},   {"since", "3月", "'2026-03'"},
        {"since", "12月", "'2025-12'"},           {"looked_on", "28", "'2026-10-28'"},
    };
    struct ga_str kept = {0};
    for (size_t i = 0; i < GA_COUNT(entries); i++) {
        enter_on(*state, (struct ga_date){2026, 11, 23}, entries[i].field, entries[i].typed, false, &kept);
        if (strcmp(ga_str_text(&kept), entries[i].kept) != 0)
            fail_msg("%s [%s]: %s, not %s", entries[i].field, entries[i].typed, ga_str_text(&kept), entries[i].kept);
    }
    ga_str_finish(&kept);
}

static void a_date_cell_without_its_format_is_still_a_date(void **state)
{
    static const struct entry imported[] = {{"past", "42248", "'2015-09-01'"}, {"past", "20150901", "'2015-09-01'"}};
    ENTER(imported, true);
}

static void numbers_are_cleaned_and_never_rounded(void **state)
{
    static const struct entry entries[] = {
        {"whole", "12", "12"}, {"whole", "１２", "12"}, {"whole", " 1,200 ", "1200"}, {"whole", "12.0", "12"},
        {"whole", "-3", "-3"}, {"whole", "12.5", "! '12.5' is not a whole number"},
        {"whole", "12人", "! '12人' is not a number"},
        {"whole", "99999999999999999999", "! '99999999999999999999' is not a whole number"},
        {"deci", "36.5", "'36.5'"}, {"deci", "36.50", "'36.5'"}, {"deci", "36", "'36'"}, {"deci", "-0.5", "'-0.5'"},
        {"deci", ".5", "'0.5'"}, {"deci", "３６．５", "'36.5'"},
        {"deci", "36.55", "! at most 1 places after the point"}, {"deci", "1.2.3", "! '1.2.3' is not a number"},
        {"deci", ".", "! '.' is not a number"}, {"deci", "-", "! '-' is not a number"},
        {"deci", "-0", "'0'"},
        {"cost", "12", "1200"}, {"cost", "12.5", "1250"}, {"cost", "12.34元", "1234"}, {"cost", "￥1,200", "120000"},
        {"cost", "¥3.00", "300"}, {"cost", "12.345", "! at most 2 places after the point"}, {"cost", "元", "! '' is not a number"},
        {"step", "5", "5"}, {"step", "6", "! a number from 1 to 5"}, {"step", "0", "! a number from 1 to 5"},
        {"step", "三", "! '三' is not a whole number"},
        {"at", "1630", "'16:30'"}, {"at", "16:30", "'16:30'"}, {"at", "7:05", "'07:05'"},
    };
    ENTER(entries, false);
}

static void yes_and_no_are_understood_in_both_languages(void **state)
{
    static const struct entry entries[] = {
        {"boards", "是", "1"}, {"boards", "YES", "1"}, {"boards", "√", "1"}, {"boards", "１", "1"}, {"boards", "有", "1"},
        {"boards", "否", "0"}, {"boards", "no", "0"}, {"boards", "0", "0"}, {"boards", "无", "0"},
        {"boards", "也许", "! '也许' is neither yes nor no"},
    };
    ENTER(entries, false);
    const struct ga_value neither = ga_value_int(2), yes = ga_value_int(1);
    assert_false(ga_field_fits(sample_field(*state, "boards"), &neither));
    assert_true(ga_field_fits(sample_field(*state, "boards"), &yes));
}

static void choices_go_by_code_label_and_other_words(void **state)
{
    static const struct entry entries[] = {
        {"sex", "male", "'male'"}, {"sex", "男", "'male'"}, {"sex", "Boy", "'male'"}, {"sex", "boy", "'male'"},
        {"sex", " 男 ", "'male'"}, {"sex", "男孩", "'male'"}, {"sex", "他", "! '他' is not in the list"},
        {"concerns", "饮食差、衣被不足", "'food cold'"}, {"concerns", "cold food", "'food cold'"},
        {"concerns", "衣被 不足，吃得差", "'food cold'"}, {"concerns", "Poor food; Lacks clothes", "'food cold'"},
        {"concerns", "food,food", "'food'"}, {"concerns", "ok", "'ok'"},
        {"concerns", "无异常、饮食差", "! 'ok' goes with no other choice"},
        {"concerns", "饮食差、没有的", "! '没有的' is not in the list"}, {"concerns", "旧的", "'gone'"},
        {"mood", "3", "3"}, {"mood", "平常", "3"}, {"mood", "Very good", "5"}, {"mood", "５", "5"},
        {"mood", "2", "! '2' is not in the list"},
    };
    ENTER(entries, false);
}

static void a_refused_choice_names_the_list_in_neither_language_alone(void **state)
{
    struct sample *sample = *state;
    struct ga_error err = {0};
    struct ga_arena arena = {0};
    struct ga_value value;
    const struct ga_parse_context ctx = {.today = {2026, 11, 5}};
    assert_int_equal(ga_field_parse(sample_field(sample, "sex"), &ctx, "他", &arena, &value, NULL, &err), GA_REFUSED);
    assert_string_equal(ga_message_arg(&err.hint, 0), "male 男, female 女");
    ga_arena_finish(&arena);
}

static void names_keep_every_character_and_lose_only_blanks(void **state)
{
    static const struct entry entries[] = {
        {"who", " 张　三 ", "'张三'"}, {"who", "阿依古丽·买买提", "'阿依古丽·买买提'"},
        {"who", "阿依古丽•买买提", "'阿依古丽·买买提'"}, {"who", "𠮷野", "'𠮷野'"},
        {"teacher", " 周 老师", "'周老师'"},
    };
    ENTER(entries, false);
}

static void free_text_is_kept_but_for_its_ends(void **state)
{
    static const struct entry entries[] = {
        {"words", "  孩子 说：想妈妈  ", "'孩子 说：想妈妈'"}, {"words", "一\r\n二\n", "'一\n二'"},
        {"words", "a\tb", "'a b'"}, {"words", "\x01x\x7f", "'x'"}, {"words", "　两格", "'两格'"},
    };
    ENTER(entries, false);
}

static void phones_and_numbers_of_persons_are_put_right(void **state)
{
    static const struct entry entries[] = {
        {"phone", "138 1234 5678", "'13812345678'"}, {"phone", "１３８１２３４５６７８", "'13812345678'"},
        {"phone", "+86-138-1234-5678", "'13812345678'"},
        {"id_number", "520424202008218443", "'520424202008218443'"},
        {"id_number", " ５２０４２４ 20200821 8443 ", "'520424202008218443'"},
        {"origin", "520424", "'520424'"}, {"origin", "５２０４２４", "'520424'"},
        {"origin", "5204", "! a region is a code of six digits, as 520424"},
        {"origin", "995204", "'995204' ? no province begins with 995204"},
        {"friend", "01890a5d-ac96-774b-bcce-b302099a8057", "'01890a5d-ac96-774b-bcce-b302099a8057'"},
        {"friend", "张三", "! '张三' names no record"},
        {"head", "x", "! nothing can be entered here"}, {"hello", "x", "! nothing can be entered here"},
        {"lines", "x", "! nothing can be entered here"},
    };
    ENTER(entries, false);
    struct ga_str kept = {0};
    static const char *const wrong[][2] = {{"phone", "1381234"}, {"id_number", "520424202008218444"},
                                           {"id_number", "999999201402290012"}, {"id_number", "5204242020"}};
    for (size_t i = 0; i < GA_COUNT(wrong); i++) {
        enter(*state, wrong[i][0], wrong[i][1], false, &kept);
        if (ga_str_text(&kept)[0] != '!' && strchr(ga_str_text(&kept), '?') == NULL)
            fail_msg("%s: %s", wrong[i][1], ga_str_text(&kept));
    }
    ga_str_finish(&kept);
}

static void show(struct sample *sample, const char *name, struct ga_value value, enum ga_lang lang, const char *shown)
{
    struct ga_str out = {0};
    ga_field_show(sample_field(sample, name), lang, &value, &out);
    assert_string_equal(ga_str_text(&out), shown);
    ga_str_finish(&out);
}

static void values_are_shown_in_the_readers_language(void **state)
{
    show(*state, "past", ga_value_text("2015-09-01"), GA_ZH, "2015年9月1日");
    show(*state, "since", ga_value_text("2015-09"), GA_ZH, "2015年9月");
    show(*state, "boards", ga_value_int(1), GA_ZH, "是");
    show(*state, "boards", ga_value_int(0), GA_EN, "No");
    show(*state, "sex", ga_value_text("male"), GA_ZH, "男");
    show(*state, "sex", ga_value_text("nosuch"), GA_ZH, "nosuch");
    show(*state, "concerns", ga_value_text("food cold"), GA_ZH, "饮食差、衣被 不足");
    show(*state, "concerns", ga_value_text("food nosuch"), GA_EN, "Poor food, nosuch");
    show(*state, "mood", ga_value_int(3), GA_EN, "Ordinary");
    show(*state, "mood", ga_value_int(2), GA_EN, "2");
    show(*state, "cost", ga_value_int(1250), GA_ZH, "12.50");
    show(*state, "cost", ga_value_int(1200), GA_ZH, "12");
    show(*state, "cost", ga_value_int(-5), GA_ZH, "-0.05");
    show(*state, "deci", ga_value_text("36.5"), GA_ZH, "36.5");
    show(*state, "whole", ga_value_null(), GA_ZH, "");
}

/* A choice's code can be as long as the schema allows, a stored one longer still. */
static void a_very_long_stored_code_is_shown_without_harm(void **state)
{
    char codes[400];
    memset(codes, 'a', sizeof(codes));
    codes[200] = ' ';
    codes[399] = '\0';
    struct ga_str out = {0};
    const struct ga_value value = ga_value_text(codes);
    ga_field_show(sample_field(*state, "concerns"), GA_ZH, &value, &out);
    assert_true(out.len > 0);
    ga_str_finish(&out);
}

static void what_no_typing_could_give_does_not_fit(void **state)
{
    static const struct {
        const char *field;
        struct ga_value value;
    } misfits[] = {
        {"past", {.kind = GA_VALUE_TEXT, .text = "abc", .len = 3}}, {"past", {.kind = GA_VALUE_INTEGER, .integer = 3}},
        {"at", {.kind = GA_VALUE_TEXT, .text = "25:00", .len = 5}}, {"whole", {.kind = GA_VALUE_TEXT, .text = "1", .len = 1}},
        {"deci", {.kind = GA_VALUE_TEXT, .text = "viel", .len = 4}}, {"head", {.kind = GA_VALUE_TEXT, .text = "x", .len = 1}},
        {"lines", {.kind = GA_VALUE_INTEGER}}, {"words", {.kind = GA_VALUE_BLOB, .text = "x", .len = 1}},
    };
    for (size_t i = 0; i < GA_COUNT(misfits); i++)
        if (ga_field_fits(sample_field(*state, misfits[i].field), &misfits[i].value))
            fail_msg("%s %zu", misfits[i].field, i);
    const struct ga_value null = ga_value_null();
    assert_true(ga_field_fits(sample_field(*state, "past"), &null));
    const struct ga_value month = ga_value_text("2015-09");
    assert_true(ga_field_fits(sample_field(*state, "past"), &month)); /* of an earlier version with precision: month */
}

struct told {
    char lines[200];
};

static void note_told(void *ctx, const char *field, const struct ga_value *value)
{
    struct told *told = ctx;
    snprintf(told->lines + strlen(told->lines), sizeof(told->lines) - strlen(told->lines), "%s=%s ", field, value->text);
}

static void an_id_number_tells_birth_sex_and_region(void **state)
{
    const struct ga_field *field = sample_field(*state, "id_number");
    struct told told = {0};
    const struct ga_value id = ga_value_text("520424202008218443");
    field->type->derive(field, &id, (struct ga_date){2026, 11, 5}, note_told, &told);
    assert_string_equal(told.lines, "birth_date=2020-08-21 sex=female region=520424 ");
}

static size_t count_contradictions(struct sample *sample)
{
    const struct ga_rule_place place = {.record = &sample->record};
    struct ga_vec findings;
    size_t found = 0;
    ga_vec_init(&findings, sizeof(struct ga_finding));
    ga_rules_check(sample->rules, &place, GA_CHECK_TYPING, &findings, NULL);
    for (size_t i = 0; i < findings.len; i++)
        found += GA_VEC_AT(struct ga_finding, &findings, i)->kind == GA_FINDING_CONTRADICTS;
    ga_vec_finish(&findings);
    return found;
}

static void put(struct sample *sample, const char *name, const char *text)
{
    const struct ga_value value = ga_value_text(text);
    ga_answers_set(&sample->record, sample_field(sample, name), &value);
}

static void what_an_id_number_tells_is_compared(void **state)
{
    put(*state, "id_number", "520424202008218443");
    assert_int_equal(count_contradictions(*state), 0);
    put(*state, "birth_date", "2020-08-21");
    put(*state, "sex", "female");
    assert_int_equal(count_contradictions(*state), 0);
    put(*state, "birth_date", "2020-08");
    assert_int_equal(count_contradictions(*state), 0);
    put(*state, "birth_date", "2020-08-22");
    assert_int_equal(count_contradictions(*state), 1);
    put(*state, "sex", "male");
    assert_int_equal(count_contradictions(*state), 2);
}

static void every_type_has_words_for_the_help(void **state)
{
    (void)state;
    size_t count;
    const struct ga_field_type *const *types = ga_field_types(&count);
    assert_int_equal(count, 20);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(ga_field_type_find(types[i]->name), types[i]);
        assert_string_not_equal(ga_tr(GA_ZH, types[i]->doc), types[i]->doc); /* there is Chinese for it */
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(nothing_typed_is_no_answer_for_every_type),
        CASE(broken_and_endless_text_is_refused_by_every_type),
        CASE(dates_are_typed_in_every_way_a_school_does),
        CASE(a_deadline_typed_without_its_year_is_the_next_such_day),
        CASE(a_date_cell_without_its_format_is_still_a_date),
        CASE(numbers_are_cleaned_and_never_rounded),
        CASE(yes_and_no_are_understood_in_both_languages),
        CASE(choices_go_by_code_label_and_other_words),
        CASE(a_refused_choice_names_the_list_in_neither_language_alone),
        CASE(names_keep_every_character_and_lose_only_blanks),
        CASE(free_text_is_kept_but_for_its_ends),
        CASE(phones_and_numbers_of_persons_are_put_right),
        CASE(values_are_shown_in_the_readers_language),
        CASE(a_very_long_stored_code_is_shown_without_harm),
        CASE(what_no_typing_could_give_does_not_fit),
        CASE(an_id_number_tells_birth_sex_and_region),
        CASE(what_an_id_number_tells_is_compared),
        CASE(every_type_has_words_for_the_help),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
