/* Spellings of a school class. */
#include "guanai/text/class_name.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/base/str.h"
#include "guanai/text/typed.h"

#include <stdio.h>
#include <string.h>

enum { GRADE_CLASS = 0x7EA7, CLASS = 0x73ED, CLASS_NUMBER_MAX = 99, NAMED_CLASS_CHARS_MAX = 10 };

struct grade {
    const char *code;
    const char *words[8]; /* ways to write it, the longest of those that begin alike first */
    const char *zh;       /* as it stands before "(2)班" */
    const char *zh_alone; /* without a class */
    const char *en;
};

/* One to nine are read by number (初 is added to 6), so the words here are those that are no numbers. */
static const struct grade grades[] = {
    {"g1", {"grade1"}, "一年级", "一年级", "Grade 1"},
    {"g2", {"grade2"}, "二年级", "二年级", "Grade 2"},
    {"g3", {"grade3"}, "三年级", "三年级", "Grade 3"},
    {"g4", {"grade4"}, "四年级", "四年级", "Grade 4"},
    {"g5", {"grade5"}, "五年级", "五年级", "Grade 5"},
    {"g6", {"grade6"}, "六年级", "六年级", "Grade 6"},
    {"g7", {"grade7"}, "七年级", "七年级", "Grade 7"},
    {"g8", {"grade8"}, "八年级", "八年级", "Grade 8"},
    {"g9", {"grade9"}, "九年级", "九年级", "Grade 9"},
    {"k0", {"托班", "托儿班", "托", "toddlers"}, "托", "托班", "Toddlers"},
    {"k1", {"小班", "nurseryclass"}, "小", "小班", "Nursery class"},
    {"k2", {"中班", "middleclass", "中"}, "中", "中班", "Middle class"},
    {"k3", {"大班", "topclass", "大"}, "大", "大班", "Top class"},
    {"pre", {"学前班", "学前", "preschool"}, "学前", "学前班", "Preschool"},
    {"s1", {"seniorgrade1"}, "高一", "高一", "Senior grade 1"},
    {"s2", {"seniorgrade2"}, "高二", "高二", "Senior grade 2"},
    {"s3", {"seniorgrade3"}, "高三", "高三", "Senior grade 3"},
};

static const struct grade *find_grade(const char *code)
{
    for (size_t i = 0; i < GA_COUNT(grades); i++)
        if (strcmp(grades[i].code, code) == 0)
            return &grades[i];
    return NULL;
}

static enum ga_rc refuse_class(struct ga_error *err)
{
    ga_error_set(err, GA_REFUSED, "This is not understood as a class");
    ga_error_hint(err, "Write it like 三年级(2)班, 302班 or 大(1)班.");
    return GA_REFUSED;
}

/* Blanks gone, Latin in lower case, the ".0" of a spreadsheet cut off. */
static enum ga_rc read_class_text(const char *text, struct ga_typed *typed, struct ga_error *err)
{
    const enum ga_rc rc = ga_typed_read_folded(text, typed, err);
    if (rc != GA_OK)
        return rc;
    ga_typed_drop(typed, " ");
    for (size_t i = 0; i < typed->count; i++)
        if (typed->cp[i] >= 'A' && typed->cp[i] <= 'Z')
            typed->cp[i] += 'a' - 'A';
    if (typed->count > 2 && typed->cp[typed->count - 1] == '0' && typed->cp[typed->count - 2] == '.')
        typed->cp[typed->count -= 2] = 0;
    return GA_OK;
}

static bool set_grade(char code[GA_GRADE_SIZE], char stage, int number, int most)
{
    if (number < 1 || number > most)
        return false;
    code[0] = stage;
    code[1] = (char)('0' + number);
    code[2] = '\0';
    return true;
}

/* 初一 初中一年级 高二 小学三年级 小三: a stage, then a number. */
static size_t read_stage_grade(const struct ga_typed *typed, char code[GA_GRADE_SIZE])
{
    static const struct {
        const char *word;
        char stage;
        int before;
        int most;
    } stages[] = {
        {"初中", 'g', 6, 9}, {"初", 'g', 6, 9}, {"高中", 's', 0, 3}, {"高", 's', 0, 3}, {"小学", 'g', 0, 6},
    };
    for (size_t i = 0; i < GA_COUNT(stages); i++) {
        int number;
        const size_t len = ga_typed_word(typed, 0, stages[i].word);
        const size_t digits = len > 0 ? ga_typed_number(typed, len, 1, &number) : 0;
        if (digits == 0)
            continue;
        const int grade = number > 6 ? number : number + stages[i].before; /* 初中七年级 */
        if (!set_grade(code, stages[i].stage, grade, stages[i].most))
            return 0;
        return len + digits + ga_typed_word(typed, len + digits, "年级");
    }
    return 0;
}

static size_t read_word_grade(const struct ga_typed *typed, char code[GA_GRADE_SIZE])
{
    for (size_t i = 0; i < GA_COUNT(grades); i++)
        for (const char *const *word = grades[i].words; *word != NULL; word++) {
            const size_t len = ga_typed_word(typed, 0, *word);
            if (len > 0) {
                ga_str_copy(code, GA_GRADE_SIZE, grades[i].code);
                return len;
            }
        }
    return 0;
}

/* 三年级, 3年级, 三. */
static size_t read_number_grade(const struct ga_typed *typed, char code[GA_GRADE_SIZE])
{
    int number;
    const size_t len = ga_typed_number(typed, 0, 1, &number);
    if (len == 0 || !set_grade(code, 'g', number, 9))
        return 0;
    const size_t suffix = ga_typed_word(typed, len, "年级");
    return len + (suffix > 0 ? suffix : ga_typed_word(typed, len, "年"));
}

/* 小一班 is the first nursery class, 小三(2)班 grade three of primary school; 小一 alone could be either.
 */
static size_t read_small(const struct ga_typed *typed, char code[GA_GRADE_SIZE])
{
    int number;
    if (typed->cp[0] != 0x5C0F || typed->cp[1] == CLASS) /* 小 小班 */
        return 0;
    const size_t digits = ga_typed_number(typed, 1, 1, &number);
    const bool is_nursery = typed->cp[1] == '(' || (digits > 0 && typed->cp[1 + digits] == CLASS);
    if (is_nursery) {
        ga_str_copy(code, GA_GRADE_SIZE, "k1");
        return 1;
    }
    if (digits == 0 || (typed->count == 1 + digits && number <= 3) || !set_grade(code, 'g', number, 6))
        return 0;
    return 1 + digits + ga_typed_word(typed, 1 + digits, "年级");
}

/* 2024级, 24级, 初2024级; the grade those who entered that year are in now. */
static size_t read_entry_year(const struct ga_typed *typed, int *ret_year, int *ret_before)
{
    const size_t junior = ga_typed_word(typed, 0, "初中") + ga_typed_word(typed, 0, "初") > 0
                              ? 1 + (typed->cp[1] == 0x4E2D ? 1u : 0u)
                              : 0;
    const size_t primary = ga_typed_word(typed, 0, "小学");
    const size_t at = junior + primary;
    const size_t len = ga_typed_number(typed, at, 4, ret_year);
    if ((len != 4 && len != 2) || typed->cp[at] >= 0x80 || typed->cp[at + len] != GRADE_CLASS)
        return 0;
    if (len == 2)
        *ret_year += 2000;
    *ret_before = junior > 0 ? 6 : 0;
    return at + len + 1;
}

static enum ga_rc grade_of_entry(int year, int before, int school_year, char code[GA_GRADE_SIZE],
                                 struct ga_error *err)
{
    const int years = school_year - year + 1;
    if (school_year == 0) {
        ga_error_set(err, GA_REFUSED, "The grade of those who entered in %1 is not known", GA_NUM(year));
        ga_error_hint(err, "Write the class like 三年级(2)班.");
        return GA_REFUSED;
    }
    if (years < 1 || years > (before == 0 ? 6 : 3)) {
        ga_error_set(err, GA_REFUSED, "Who entered in %1 is not at this school now", GA_NUM(year));
        ga_error_hint(err, "Write the class like 三年级(2)班.");
        return GA_REFUSED;
    }
    set_grade(code, 'g', years + before, 9);
    return GA_OK;
}

/* GA_NOT_FOUND: there is no grade at the start. ret_len: the characters it took. */
static enum ga_rc read_grade(const struct ga_typed *typed, int school_year, char code[GA_GRADE_SIZE],
                             size_t *ret_len, struct ga_error *err)
{
    int year, before;
    *ret_len = read_entry_year(typed, &year, &before);
    if (*ret_len > 0)
        return grade_of_entry(year, before, school_year, code, err);
    static size_t (*const readers[])(const struct ga_typed *, char[GA_GRADE_SIZE]) = {
        read_stage_grade, read_small, read_word_grade, read_number_grade};
    for (size_t i = 0; i < GA_COUNT(readers) && *ret_len == 0; i++)
        *ret_len = readers[i](typed, code);
    return *ret_len > 0 ? GA_OK : GA_NOT_FOUND;
}

/* "(2)班" "2班" "二班" "第2班" "2" "class2" "向日葵班", from `at` to the end; "" when nothing is left. */
static bool read_number_part(const struct ga_typed *typed, size_t at, char ret_number[GA_CLASS_NUMBER_SIZE])
{
    struct ga_typed rest = {.count = 0};
    for (; at < typed->count; at++)
        if (typed->cp[at] != '(' && typed->cp[at] != ')')
            rest.cp[rest.count++] = typed->cp[at];
    if (rest.count > 0 && rest.cp[rest.count - 1] == CLASS)
        rest.count--;
    rest.cp[rest.count] = 0;
    size_t from = ga_typed_word(&rest, 0, "class") + ga_typed_word(&rest, 0, "第");
    if (rest.cp[0] == '.' || rest.cp[0] == '-' || rest.cp[0] == 0xB7)
        from = 1;
    int number;
    const size_t len = ga_typed_number(&rest, from, 3, &number);
    ret_number[0] = '\0';
    if (len > 0 && from + len == rest.count) {
        snprintf(ret_number, GA_CLASS_NUMBER_SIZE, "%d", number);
        return number >= 1 && number <= CLASS_NUMBER_MAX;
    }
    for (size_t i = 0; i < rest.count; i++)
        if (!ga_typed_is_han(rest.cp[i]) && (rest.cp[i] < 'a' || rest.cp[i] > 'z'))
            return false;
    ga_typed_text(&rest, ret_number, GA_CLASS_NUMBER_SIZE);
    return from == 0 && rest.count <= NAMED_CLASS_CHARS_MAX;
}

/* 302班, 302, 0302, 31班: the grade's digit, then the class's. */
static bool read_digits_only(const struct ga_typed *typed, struct ga_class_name *name,
                             struct ga_message *warning)
{
    int value;
    size_t len = ga_typed_number(typed, 0, 5, &value);
    const bool has_class = typed->cp[len] == CLASS;
    if (len < 2 || typed->cp[0] >= 0x80 || len + (has_class ? 1 : 0) != typed->count)
        return false;
    const int split = len == 2 ? 10 : 100;
    if (len > 4 || (len == 4 && typed->cp[0] != '0') || (len == 2 && !has_class) || value % split == 0 ||
        !set_grade(name->grade, 'g', value / split, 9))
        return false;
    snprintf(name->number, sizeof(name->number), "%d", value % split);
    if (len == 2 && warning != NULL)
        ga_message_set(warning, "Taken as class %2 of grade %1", GA_NUM(value / split),
                       GA_NUM(value % split));
    return true;
}

/* 一二年级复式班, 一、二年级, 3-4年级复式: two grades beside each other; the characters read, else 0. */
static size_t read_two_grades(const struct ga_typed *typed, struct ga_class_name *name)
{
    int first, second;
    const size_t english = ga_typed_word(typed, 0, "grades");
    size_t at = english + ga_typed_number(typed, english, 1, &first);
    if (at == english || typed->cp[english] == 0x5341) /* 十 */
        return 0;
    at += ga_typed_word(typed, at, "年级");
    const size_t joint = ga_typed_word(typed, at, "、") + ga_typed_word(typed, at, "-") +
                         ga_typed_word(typed, at, "和") + ga_typed_word(typed, at, "/");
    const size_t len = ga_typed_number(typed, at + joint, 1, &second);
    if (len == 0)
        return 0;
    at += joint + len;
    const size_t suffix = ga_typed_word(typed, at, "年级");
    size_t combined = ga_typed_word(typed, at + suffix, "复式");
    if (english > 0)
        combined = ga_typed_word(typed, at, "combined");
    if ((suffix == 0 && combined == 0) || second <= first || !set_grade(name->grade, 'g', first, 9) ||
        !set_grade(name->second_grade, 'g', second, 9))
        return 0;
    return at + suffix + combined;
}

static enum ga_rc read_class(const struct ga_typed *typed, int school_year, struct ga_class_name *ret_name,
                             struct ga_message *warning, struct ga_error *err)
{
    struct ga_class_name name = {.grade = ""};
    size_t len = read_two_grades(typed, &name);
    if (len == 0) {
        memset(&name, 0, sizeof(name));
        if (read_digits_only(typed, &name, warning)) {
            *ret_name = name;
            return GA_OK;
        }
        const enum ga_rc rc = read_grade(typed, school_year, name.grade, &len, err);
        if (rc == GA_REFUSED)
            return rc;
        if (rc == GA_NOT_FOUND)
            return refuse_class(err);
    }
    if (!read_number_part(typed, len, name.number))
        return refuse_class(err);
    *ret_name = name;
    return GA_OK;
}

enum ga_rc ga_class_name_parse(const char *typed_text, int school_year, struct ga_class_name *ret_name,
                               struct ga_message *warning, struct ga_error *err)
{
    struct ga_typed typed;
    if (warning != NULL)
        warning->id = NULL;
    const enum ga_rc rc = read_class_text(typed_text, &typed, err);
    return rc != GA_OK ? rc : read_class(&typed, school_year, ret_name, warning, err);
}

/* Is the class column by itself a number or a name, with nothing of a grade in it? */
static bool reads_as_number(const struct ga_typed *typed, char ret_number[GA_CLASS_NUMBER_SIZE])
{
    return typed->cp[0] != '.' && read_number_part(typed, 0, ret_number) &&
           (ret_number[0] == '\0' || (ret_number[0] >= '1' && ret_number[0] <= '9'));
}

/* Pupils of a class with two grades are told apart by their grade: "" where only the class is known. */
static void settle_two_grades(struct ga_class_name *name, const char *grade, struct ga_message *warning)
{
    const bool is_second = strcmp(grade, name->second_grade) == 0;
    if (grade[0] == '\0' && warning != NULL)
        ga_message_set(warning, "The class has two grades; which of them the child is in is not said");
    ga_str_copy(name->grade, sizeof(name->grade), is_second || grade[0] == '\0' ? grade : name->grade);
    ga_str_copy(name->number, sizeof(name->number), "复式");
    name->second_grade[0] = '\0';
}

static bool is_of_grade(const struct ga_class_name *name, const char *grade)
{
    return grade[0] == '\0' || strcmp(name->grade, grade) == 0 ||
           (name->second_grade[0] != '\0' && strcmp(name->second_grade, grade) == 0);
}

/* What the class column says of a class of `grade` ("": unknown). */
static enum ga_rc read_class_column(const struct ga_typed *typed, const char *grade, int school_year,
                                    struct ga_class_name *ret_name, struct ga_message *warning, struct ga_error *err)
{
    struct ga_class_name name = {.grade = ""};
    if (!reads_as_number(typed, name.number)) {
        if (read_class(typed, school_year, &name, warning, NULL) == GA_OK && !is_of_grade(&name, grade))
            return GA_REFUSED;
        if (name.grade[0] == '\0' && !read_number_part(typed, 0, name.number)) {
            refuse_class(err);
            return GA_NOT_FOUND;
        }
    }
    if (name.second_grade[0] != '\0')
        settle_two_grades(&name, grade, warning);
    else if (grade[0] != '\0')
        ga_str_copy(name.grade, sizeof(name.grade), grade);
    *ret_name = name;
    return GA_OK;
}

static enum ga_rc read_grade_column(const char *typed_grade, int school_year, struct ga_class_name *ret_name,
                                    struct ga_message *warning, struct ga_error *err)
{
    *ret_name = (struct ga_class_name){.grade = ""};
    const bool is_code = find_grade(typed_grade) != NULL;
    if (is_code)
        ga_str_copy(ret_name->grade, sizeof(ret_name->grade), typed_grade);
    if (is_code || typed_grade[0] == '\0')
        return GA_OK;
    const enum ga_rc rc = ga_class_name_parse(typed_grade, school_year, ret_name, warning, err);
    if (rc == GA_OK && ret_name->second_grade[0] != '\0')
        settle_two_grades(ret_name, "", warning);
    return rc == GA_REFUSED ? GA_NOT_FOUND : rc;
}

enum ga_rc ga_class_name_parse_columns(const char *typed_grade, const char *typed_class, int school_year,
                                       struct ga_class_name *ret_name, struct ga_message *warning,
                                       struct ga_error *err)
{
    struct ga_typed class_text;
    struct ga_class_name of_grade, name;
    if (warning != NULL)
        warning->id = NULL;
    enum ga_rc rc = read_grade_column(typed_grade, school_year, &of_grade, warning, err);
    if (rc == GA_OK)
        rc = read_class_text(typed_class, &class_text, err);
    if (rc == GA_OK)
        rc = read_class_column(&class_text, of_grade.grade, school_year, &name, warning, err);
    if (rc == GA_REFUSED) {
        ga_error_set(err, GA_REFUSED, "The two columns name different grades: %1, %2", typed_grade, typed_class);
        ga_error_hint(err, "Mend one of the two.");
    }
    if (rc != GA_OK)
        return rc;
    if (name.number[0] == '\0')
        memcpy(name.number, of_grade.number, sizeof(name.number));
    *ret_name = name;
    return GA_OK;
}

static bool is_numbered(const struct ga_class_name *name)
{
    return name->number[0] >= '0' && name->number[0] <= '9';
}

static void write_zh(const struct ga_class_name *name, const struct grade *first,
                     const struct grade *second, char *buf)
{
    char grade[40];
    if (second != NULL)
        snprintf(grade, sizeof(grade), "%.3s%s复式", first->zh, second->zh);
    else
        snprintf(grade, sizeof(grade), "%s", first->zh);
    if (is_numbered(name))
        snprintf(buf, GA_CLASS_NAME_SIZE, "%s(%s)班", grade, name->number);
    else if (name->number[0] != '\0')
        snprintf(buf, GA_CLASS_NAME_SIZE, "%s%s班", second == NULL ? first->zh_alone : grade, name->number);
    else
        snprintf(buf, GA_CLASS_NAME_SIZE, "%s%s", second == NULL ? first->zh_alone : grade,
                 second != NULL ? "班" : "");
}

const char *ga_class_name_text(const struct ga_class_name *name, enum ga_lang lang, char *buf)
{
    char grade[40];
    const struct grade *first = find_grade(name->grade);
    const struct grade *second = name->second_grade[0] != '\0' ? find_grade(name->second_grade) : NULL;
    if (first == NULL) {
        ga_str_copy(buf, GA_CLASS_NAME_SIZE, name->number);
        return buf;
    }
    if (lang == GA_ZH) {
        write_zh(name, first, second, buf);
        return buf;
    }
    if (second != NULL)
        snprintf(grade, sizeof(grade), "Grades %s-%s combined", first->code + 1, second->code + 1);
    else
        snprintf(grade, sizeof(grade), "%s", first->en);
    snprintf(buf, GA_CLASS_NAME_SIZE, "%s%s%s", grade, name->number[0] == '\0' ? "" : " Class ",
             name->number);
    return buf;
}

int ga_class_name_school_year(struct ga_date day)
{
    return day.month >= 8 ? day.year : day.year - 1;
}

int ga_class_name_entry_year(const char *grade, int school_year)
{
    enum { PRIMARY_YEARS = 6 };
    const int nth = grade[0] == '\0' ? 0 : grade[1] - '0';
    if (strchr("gks", grade[0]) == NULL || nth < 1 || nth > 9)
        return 0;
    const bool is_junior = grade[0] == 'g' && nth > PRIMARY_YEARS;
    return school_year - (is_junior ? nth - PRIMARY_YEARS : nth) + 1;
}

/* Which stage a grade is of: kindergarten, primary, lower and upper secondary. */
static int stage_of(const char *grade)
{
    return grade[0] == 'g' ? (grade[1] >= '7' ? 'j' : 'g') : grade[0];
}

bool ga_class_name_goes_on(const char *then, int year_then, const char *now, int year_now)
{
    if (year_then == year_now)
        return strcmp(then, now) == 0;
    const int entered = ga_class_name_entry_year(then, year_then);
    return entered != 0 && stage_of(then) == stage_of(now) && ga_class_name_entry_year(now, year_now) == entered;
}

bool ga_class_name_next_grade(const char *grade, char ret_next[GA_GRADE_SIZE], bool *ret_ends_stage)
{
    static const struct {
        const char *grade, *next; /* where the stage ends; all others count on */
    } ends[] = {{"k3", "g1"}, {"pre", "g1"}, {"g6", "g7"}, {"g9", "s1"}, {"s3", ""}};
    for (size_t i = 0; i < GA_COUNT(ends); i++) {
        if (strcmp(ends[i].grade, grade) == 0) {
            *ret_ends_stage = true;
            memcpy(ret_next, ends[i].next, strlen(ends[i].next) + 1);
            return ends[i].next[0] != '\0';
        }
    }
    *ret_ends_stage = false;
    return strlen(grade) == 2 && strchr("gks", grade[0]) != NULL && grade[1] >= '0' && grade[1] < '9' &&
           set_grade(ret_next, grade[0], grade[1] - '0' + 1, grade[0] == 'g' ? 9 : 3);
}
