/* Reads what the index keeps from the answers of a child. */
#include "index/index.h"

#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/text/pinyin.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { GRADE_UNKNOWN = 0xFE, GRADE_FIRST = 2 };

static const struct {
    const char *field;
    size_t at;
} TEXTS[] = {
    {"name", offsetof(struct ga_index_child, name)},
    {"nickname", offsetof(struct ga_index_child, nickname)},
    {"former_name", offsetof(struct ga_index_child, former_name)},
    {"former_card_no", offsetof(struct ga_index_child, former_card_no)},
    {"sex", offsetof(struct ga_index_child, sex)},
    {"birth_date", offsetof(struct ga_index_child, birth)},
    {"site", offsetof(struct ga_index_child, site)},
    {"grade", offsetof(struct ga_index_child, grade)},
    {"class", offsetof(struct ga_index_child, class_no)},
    {"village", offsetof(struct ga_index_child, village)},
    {"hamlet", offsetof(struct ga_index_child, hamlet)},
    {"address", offsetof(struct ga_index_child, address)},
    {"guardian_name", offsetof(struct ga_index_child, guardian)},
    {"guardian_kind", offsetof(struct ga_index_child, guardian_kind)},
    {"id_number", offsetof(struct ga_index_child, id_number)},
    {"student_number", offsetof(struct ga_index_child, student_number)},
    {"guardian_phone", offsetof(struct ga_index_child, phones[0])},
    {"father_phone", offsetof(struct ga_index_child, phones[1])},
    {"mother_phone", offsetof(struct ga_index_child, phones[2])},
};

static const struct {
    const char *field;
    size_t at;
} NUMBERS[] = {
    {"card_no", offsetof(struct ga_index_child, card_no)},
    {"marked_left_behind", offsetof(struct ga_index_child, left_behind)},
    {"key_child", offsetof(struct ga_index_child, key_child)},
    {"boarding", offsetof(struct ga_index_child, boarding)},
};

struct ga_index_fields {
    const struct ga_form *form;
    const struct ga_field *texts[GA_COUNT(TEXTS)];
    const struct ga_field *numbers[GA_COUNT(NUMBERS)];
    const struct ga_list *grades;
};

/* A restricted field is never looked at, whatever a form calls it. */
static const struct ga_field *field_of(const struct ga_form *form, const char *name)
{
    const struct ga_field *field = ga_form_field(form, name);
    return field == NULL || ga_field_protect(form, field) == GA_PROTECT_RESTRICTED ? NULL : field;
}

static const struct ga_list *list_of_grades(const struct ga_form *form)
{
    const struct ga_field *grade = form == NULL ? NULL : ga_form_field(form, "grade");
    return grade == NULL ? NULL : grade->list;
}

struct ga_index_fields *ga_index_fields_create(const struct ga_form *form)
{
    struct ga_index_fields *fields = ga_alloc(sizeof(*fields));
    fields->form = form;
    for (size_t i = 0; i < GA_COUNT(TEXTS); i++)
        fields->texts[i] = field_of(form, TEXTS[i].field);
    for (size_t i = 0; i < GA_COUNT(NUMBERS); i++)
        fields->numbers[i] = field_of(form, NUMBERS[i].field);
    fields->grades = list_of_grades(form);
    return fields;
}

uint64_t ga_index_fields_print(const struct ga_form *form)
{
    struct ga_index_fields *fields = ga_index_fields_create(form);
    struct ga_str text = {0};
    for (size_t i = 0; i < GA_COUNT(TEXTS); i++)
        ga_str_addf(&text, "%s %d;", TEXTS[i].field, fields->texts[i] != NULL);
    for (size_t i = 0; i < GA_COUNT(NUMBERS); i++)
        ga_str_addf(&text, "%s %d;", NUMBERS[i].field, fields->numbers[i] != NULL);
    for (size_t i = 0; fields->grades != NULL && i < fields->grades->choices.count; i++)
        ga_str_addf(&text, "%s ", fields->grades->choices.items[i].code);
    const uint64_t print = ga_map_hash(text.data, text.len);
    ga_str_finish(&text);
    free(fields);
    return print;
}

const struct ga_form *ga_index_fields_form(const struct ga_index_fields *fields)
{
    return fields->form;
}

static const struct ga_value *value_of(const struct ga_answers *answers,
                                       const struct ga_field *field)
{
    const struct ga_answer *answer = field == NULL ? NULL : ga_answers_at(answers, field);
    return answer == NULL || answer->state != GA_ANSWERED ? NULL : &answer->value;
}

size_t ga_index_grade_at(size_t place)
{
    return place < GRADE_UNKNOWN - GRADE_FIRST ? GRADE_FIRST + place : GRADE_UNKNOWN;
}

static size_t grade_order(const struct ga_list *grades, const char *code)
{
    for (size_t i = 0; grades != NULL && code != NULL && i < grades->choices.count; i++)
        if (strcmp(grades->choices.items[i].code, code) == 0)
            return ga_index_grade_at(i);
    return GRADE_UNKNOWN;
}

void ga_index_child_read(const struct ga_index_fields *fields, const struct ga_answers *answers,
                         struct ga_index_child *ret_child)
{
    *ret_child = (struct ga_index_child){0};
    for (size_t i = 0; i < GA_COUNT(TEXTS); i++) {
        const struct ga_value *value = value_of(answers, fields->texts[i]);
        if (value != NULL && value->kind == GA_VALUE_TEXT)
            memcpy((char *)ret_child + TEXTS[i].at, &value->text, sizeof(value->text));
    }
    for (size_t i = 0; i < GA_COUNT(NUMBERS); i++) {
        const struct ga_value *value = value_of(answers, fields->numbers[i]);
        if (value != NULL && value->kind == GA_VALUE_INTEGER)
            memcpy((char *)ret_child + NUMBERS[i].at, &value->integer, sizeof(value->integer));
    }
    ret_child->grade_order = grade_order(fields->grades, ret_child->grade);
    ret_child->flags = (ret_child->left_behind == 1 ? GA_FLAG_LEFT_BEHIND : 0u) |
                       (ret_child->key_child == 1 ? GA_FLAG_KEY : 0u) |
                       (ret_child->boarding == 1 ? GA_FLAG_BOARDING : 0u) |
                       (ga_str_equal(ret_child->guardian_kind, "none") ? GA_FLAG_UNGUARDED : 0u);
}

bool ga_index_child_equal(const struct ga_index_child *a, const struct ga_index_child *b)
{
    for (size_t i = 0; i < GA_COUNT(TEXTS); i++) {
        const char *left, *right;
        memcpy(&left, (const char *)a + TEXTS[i].at, sizeof(left));
        memcpy(&right, (const char *)b + TEXTS[i].at, sizeof(right));
        if (!ga_str_equal(left, right))
            return false;
    }
    for (size_t i = 0; i < GA_COUNT(NUMBERS); i++)
        if (memcmp((const char *)a + NUMBERS[i].at, (const char *)b + NUMBERS[i].at, sizeof(int64_t)) != 0)
            return false;
    return a->grade_order == b->grade_order && a->flags == b->flags;
}

static void add_cut(struct ga_str *out, const char *text, size_t most)
{
    size_t len = text == NULL ? 0 : strlen(text);
    ga_str_add_bytes(out, text == NULL ? "" : text, len < most ? len : most);
}

/* Numbers by size, before names; without a class last. */
static void add_class(struct ga_str *out, const char *number)
{
    enum { NAMED = 0x40, NONE = 0x7F, TEXT_MAX = 64 };
    size_t digits = number == NULL ? 0 : strspn(number, "0123456789");
    if (number == NULL || number[0] == '\0') {
        ga_str_add_char(out, NONE);
    } else if (number[digits] == '\0' && digits < 16) {
        ga_str_add_char(out, (char)(1 + digits));
        ga_str_add(out, number);
    } else {
        ga_str_add_char(out, NAMED);
        add_cut(out, number, TEXT_MAX);
    }
}

void ga_index_place(const struct ga_index_child *child, struct ga_str *out)
{
    enum { SITE_MAX = 63, END_OF_SITE = 1, END_OF_GRADE = 1 };
    add_cut(out, child->site, SITE_MAX);
    ga_str_add_char(out, END_OF_SITE);
    ga_str_add_char(out, (char)child->grade_order);
    if (child->grade_order == GRADE_UNKNOWN)
        add_cut(out, child->grade, SITE_MAX);
    ga_str_add_char(out, END_OF_GRADE);
    add_class(out, child->class_no);
    ga_str_add_char(out, '\0');
}

void ga_index_sort(const struct ga_index_child *child, int64_t no, struct ga_str *out)
{
    ga_index_place(child, out);
    ga_pinyin_sort_key(child->name == NULL ? "" : child->name, out);
    ga_str_add_char(out, '\0');
    for (int shift = 40; shift >= 0; shift -= 8)
        ga_str_add_char(out, (char)(no >> shift & 0xFF));
}

size_t ga_index_place_bytes(const void *sort, size_t len)
{
    const void *end = memchr(sort, '\0', len);
    return end == NULL ? len : (size_t)((const char *)end - (const char *)sort) + 1;
}
