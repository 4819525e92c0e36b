/* The operations of tests/data/operations/vectors.txt as structs, with a reader of that file. */
#include "vectors.h"

#include <stdio.h>
#include <string.h>

#define TEXT(literal) {.kind = GA_OPERATION_TEXT, .text = (literal), .text_len = sizeof(literal) - 1}
#define DECIMAL(literal) {.kind = GA_OPERATION_DECIMAL, .text = (literal), .text_len = sizeof(literal) - 1}
#define INTEGER(number) {.kind = GA_OPERATION_INTEGER, .integer = (number)}
#define FIELDS(array) .fields = (array), .fields_count = sizeof(array) / sizeof((array)[0])
#define PLAIN(name, field) {.id = (name), .fields = &(field), .fields_count = 1}
#define ROW_A "siblings/019aa133-4000-7001-8000-00000000000a"
#define ROW_B "siblings/019aa133-4000-7001-8000-00000000000b"
#define TEN "0123456789"
#define FORM_63 "f23456789_123456789_123456789_123456789_123456789_123456789_123"
#define USER_190 "欧阳锋欧阳锋欧阳锋欧阳锋欧阳锋欧阳锋欧阳锋欧阳锋欧阳锋欧阳锋" TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct ga_operation_field VALUES[] = {
    {"a_clear", {.kind = GA_OPERATION_CLEAR}},
    {"b_unknown", {.kind = GA_OPERATION_UNKNOWN}},
    {"c_refused", {.kind = GA_OPERATION_REFUSED}},
    {"d_not_applicable", {.kind = GA_OPERATION_NOT_APPLICABLE}},
    {"e_zero", INTEGER(0)},
    {"f_minus_one", INTEGER(-1)},
    {"g_least", INTEGER(INT64_MIN)},
    {"h_most", INTEGER(INT64_MAX)},
    {"i_chinese", TEXT("留守儿童：张小明，广东省东莞市")},
    {"j_rare", TEXT("𠮷野\n家\t\x7f")},
    {"k_nought", DECIMAL("0")},
    {"l_negative", DECIMAL("-0.001")},
    {"m_long", DECIMAL("99999999999999999999.25")},
};

static const struct ga_operation_group VALUE_GROUPS[] = {
    PLAIN("a_clear", VALUES[0]),
    PLAIN("b_unknown", VALUES[1]),
    PLAIN("c_refused", VALUES[2]),
    PLAIN("d_not_applicable", VALUES[3]),
    PLAIN("e_zero", VALUES[4]),
    PLAIN("f_minus_one", VALUES[5]),
    PLAIN("g_least", VALUES[6]),
    PLAIN("h_most", VALUES[7]),
    PLAIN("i_chinese", VALUES[8]),
    PLAIN("j_rare", VALUES[9]),
    PLAIN("k_nought", VALUES[10]),
    PLAIN("l_negative", VALUES[11]),
    PLAIN("m_long", VALUES[12]),
};

static const struct ga_operation_field FATHER[] = {
    {"father_name", TEXT("张建国")}, {"father_phone", TEXT("13800000000")}, {"father_state", TEXT("away")}};
static const struct ga_operation_field ONE_OF_A_GROUP[] = {{"guardian_name", TEXT("李秀英")}};
static const struct ga_operation_field BROTHER[] = {{"age", INTEGER(12)}, {"name", TEXT("张小华")}};
static const struct ga_operation_field GONE[] = {{"_gone", INTEGER(1)}};
static const struct ga_operation_field NAME[] = {{"name", TEXT("张小明")}};
static const struct ga_operation_group ROW_GROUPS[] = {
    {.id = "father", FIELDS(FATHER)}, {.id = "guardian", FIELDS(ONE_OF_A_GROUP)},
    {.id = "name", FIELDS(NAME)},     {.id = ROW_A, FIELDS(BROTHER)},
    {.id = ROW_B, FIELDS(GONE)},
};

static const struct ga_hash REPLACED[] = {{{0x00, 0xFF}}, {{0x7F, 0x01}}, {{0x80}}};
static const uint32_t FIRST_AND_LAST[] = {0, 2}, MIDDLE[] = {1};
static const struct ga_operation_group REPLACING_GROUPS[] = {
    {.id = "father", FIELDS(FATHER), .replaces = FIRST_AND_LAST, .replaces_count = 2},
    {.id = "name", FIELDS(NAME), .replaces = MIDDLE, .replaces_count = 1},
    {.id = ROW_A, FIELDS(BROTHER)},
};

static const struct ga_operation_field LEAST[] = {{"_a", {.kind = GA_OPERATION_CLEAR}}};
static const struct ga_operation_group LEAST_GROUPS[] = {{.id = "_a", FIELDS(LEAST)}};
static const struct ga_operation_field MOST[] = {
    {FORM_63, DECIMAL("-12345678901234567890.123456789012345678")},
    {"note", TEXT(TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN)},
};
static const struct ga_operation_group MOST_GROUPS[] = {{.id = FORM_63, FIELDS(MOST)}};

#define RECORD {{0x01, 0x9A, 0xA1, 0x33, 0x40, 0x00, 0x70, 0x01, 0x80, 0, 0, 0, 0, 0, 0, 0x2A}}
#define GROUPS(array) .groups = (array), .groups_count = sizeof(array) / sizeof((array)[0])

static const struct ga_operation EVERY_VALUE = {.kind = GA_OPERATION_PUT,
    .protection = GA_OPERATION_RESTRICTED, .is_clock_in_doubt = true, .record = RECORD, .form = "child",
    .form_version = 3, .form_hash = {{0xF0, 0x12, 0x9A}}, .user = "王老师", .typist = "李老师",
    .local_day = 20778, .local_ms = 36000000, .utc_offset_min = 480, GROUPS(VALUE_GROUPS)};
static const struct ga_operation GROUPS_AND_ROWS = {.kind = GA_OPERATION_PUT,
    .protection = GA_OPERATION_ORDINARY, .record = RECORD, .form = "child", .form_version = 300,
    .form_hash = {{0xF1}}, .user = "wang", .local_day = 20778, .local_ms = 1, .utc_offset_min = 480,
    GROUPS(ROW_GROUPS)};
static const struct ga_operation REPLACES = {.kind = GA_OPERATION_PUT, .protection = GA_OPERATION_SENSITIVE,
    .record = RECORD, .form = "home_visit", .form_version = 1, .form_hash = {{0xF2}}, .user = "王老师",
    .local_day = 20779, .local_ms = 200, .utc_offset_min = -570, .replaced = REPLACED, .replaced_count = 3,
    GROUPS(REPLACING_GROUPS)};
static const struct ga_operation LEAST_OPERATION = {.kind = GA_OPERATION_PUT,
    .protection = GA_OPERATION_PUBLIC, .form = "a", .form_version = 1, .user = "a", .local_day = -719162,
    .utc_offset_min = -1080, GROUPS(LEAST_GROUPS)};
static const struct ga_operation MOST_OPERATION = {.kind = GA_OPERATION_PUT,
    .protection = GA_OPERATION_RESTRICTED, .is_clock_in_doubt = true, .record = RECORD, .form = FORM_63,
    .form_version = INT32_MAX, .form_hash = {{0xFF}}, .user = USER_190, .typist = "a", .local_day = 2932896,
    .local_ms = 86399999, .utc_offset_min = 1080, GROUPS(MOST_GROUPS)};

const struct ga_operation *vector_operation(const char *name)
{
    static const struct {
        const char *name;
        const struct ga_operation *operation;
    } all[] = {{"every_value", &EVERY_VALUE}, {"groups_and_rows", &GROUPS_AND_ROWS}, {"replaces", &REPLACES},
               {"least", &LEAST_OPERATION}, {"most", &MOST_OPERATION}};
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (strcmp(all[i].name, name) == 0)
            return all[i].operation;
    return NULL;
}

static void add_hex(const char *text, struct ga_str *out)
{
    unsigned byte;
    int used;
    while (sscanf(text, " %2x%n", &byte, &used) == 1) {
        ga_str_add_char(out, (char)byte);
        text += used;
    }
}

/* Lines: "# comment", "section title", "  key value". */
bool vector_read(const char *path, const char *section, const char *key, struct ga_str *out)
{
    char line[1000], name[32];
    int value_at;
    bool is_inside = false, is_found = false;
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != ' ')
            is_inside = strcmp(line, section) == 0;
        else if (is_inside && sscanf(line, " %31s%n", name, &value_at) == 1 && strcmp(name, key) == 0) {
            add_hex(line + value_at, out);
            is_found = true;
        }
    }
    if (file != NULL)
        fclose(file);
    return is_found;
}

bool vector_section(const char *path, const char *start, size_t i, char *ret_title, size_t size)
{
    char line[1000];
    bool is_found = false;
    FILE *file = fopen(path, "r");
    while (file != NULL && !is_found && fgets(line, sizeof(line), file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        is_found = strncmp(line, start, strlen(start)) == 0 && i-- == 0;
    }
    if (is_found)
        snprintf(ret_title, size, "%s", line);
    if (file != NULL)
        fclose(file);
    return is_found;
}
