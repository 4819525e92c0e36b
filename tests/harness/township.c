/* Fills a school from a roster file without the import room. */
#include "township.h"

#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/sheet/sheet.h"
#include "guanai/text/class_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *heading, *field;
} COLUMNS[] = {{"姓名", "name"},
               {"性别", "sex"},
               {"出生日期", "birth_date"},
               {"身份证件号", "id_number"},
               {"村组", "village"},
               {"家庭住址", "address"},
               {"是否寄宿", "boarding"},
               {"是否留守", "marked_left_behind"},
               {"父亲电话", "father_phone"},
               {"母亲电话", "mother_phone"},
               {"监护人姓名", "guardian_name"},
               {"监护人电话", "guardian_phone"}};

static size_t column_of(const struct ga_sheet_row *head, const char *heading)
{
    for (size_t i = 0; i < head->cells_count; i++)
        if (strcmp(head->cells[i].text, heading) == 0)
            return i;
    return SIZE_MAX;
}

static const char *cell(const struct ga_sheet_row *row, size_t column)
{
    return column < row->cells_count ? row->cells[column].text : "";
}

static void set(struct school *school, struct ga_answers *child, const char *name,
                const char *typed)
{
    struct ga_value value = {0};
    const struct ga_field *field = ga_form_field(child->form, name);
    const struct ga_parse_context ctx = {.today = school->options.today, .is_import = true};
    if (field != NULL &&
        ga_field_parse(field, &ctx, typed, &school->arena, &value, NULL, NULL) == GA_OK)
        ga_answers_set(child, field, &value);
}

static const char *get(const struct ga_answers *child, const char *name)
{
    const struct ga_answer *answer = ga_answers_at(child, ga_form_field(child->form, name));
    return answer->value.kind == GA_VALUE_TEXT ? answer->value.text : "";
}

static void note(struct school *school, const struct ga_answers *child, struct townsman *ret)
{
    struct ga_arena *arena = &school->arena;
    ret->id = child->id;
    ret->name = ga_arena_strdup(arena, get(child, "name"));
    ret->nickname = ga_arena_strdup(arena, get(child, "nickname"));
    ret->guardian = ga_arena_strdup(arena, get(child, "guardian_name"));
    ret->village = ga_arena_strdup(arena, get(child, "village"));
    ret->address = ga_arena_strdup(arena, get(child, "address"));
    ret->id_number = ga_arena_strdup(arena, get(child, "id_number"));
    ret->phones[0] = ga_arena_strdup(arena, get(child, "guardian_phone"));
    ret->phones[1] = ga_arena_strdup(arena, get(child, "father_phone"));
    ret->phones[2] = ga_arena_strdup(arena, get(child, "mother_phone"));
    ret->grade = ga_arena_strdup(arena, get(child, "grade"));
    ret->class_no = ga_arena_strdup(arena, get(child, "class"));
}

static void read_row(struct school *school, const struct ga_sheet_row *row, const size_t *columns,
                     const size_t *classes, struct ga_answers *child)
{
    struct ga_class_name class;
    for (size_t i = 0; i < GA_COUNT(COLUMNS); i++)
        set(school, child, COLUMNS[i].field, cell(row, columns[i]));
    if (ga_class_name_parse_columns(cell(row, classes[0]), cell(row, classes[1]), 2026, &class,
                                    NULL, NULL) == GA_OK) {
        set(school, child, "grade", class.grade);
        set(school, child, "class", class.number);
    }
}

static void take_file(struct school *school, const char *path, bool is_first, struct ga_save *save,
                      struct ga_vec *children)
{
    struct ga_sheet_book *book;
    const struct ga_sheet_row *row;
    size_t columns[GA_COUNT(COLUMNS)], classes[2];
    assert_int_equal(ga_sheet_open(ga_io_system(), path, &book, NULL), GA_OK);
    assert_int_equal(ga_sheet_start(book, 0, NULL), GA_OK);
    assert_int_equal(ga_sheet_next(book, &row, NULL), GA_OK);
    for (size_t i = 0; i < GA_COUNT(COLUMNS); i++)
        columns[i] = column_of(row, COLUMNS[i].heading);
    classes[0] = column_of(row, "年级");
    classes[1] = column_of(row, "班级");
    while (ga_sheet_next(book, &row, NULL) == GA_OK && row != NULL) {
        struct ga_answers child;
        ga_answers_init(&child, school_form(school, "child"));
        read_row(school, row, columns, classes, &child);
        struct townsman man = {.card_no = (int64_t)children->len + 1};
        struct ga_value number = ga_value_int(man.card_no), none = ga_value_null();
        ga_answers_set(&child, ga_form_field(child.form, "card_no"), &number);
        if (!is_first)
            ga_answers_set(&child, ga_form_field(child.form, "id_number"), &none);
        if (get(&child, "name")[0] != '\0') {
            assert_int_equal(
                ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
            note(school, &child, &man);
            *(struct townsman *)ga_vec_push(children) = man;
        }
        ga_answers_finish(&child);
    }
    ga_sheet_close(book);
}

struct townsman *township_fill(struct school *school, const char *path, size_t times,
                               size_t *ret_count)
{
    struct ga_save *save;
    struct ga_vec children;
    ga_vec_init(&children, sizeof(struct townsman));
    assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
    for (size_t i = 0; i < times; i++)
        take_file(school, path, i == 0, save, &children);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    struct townsman *list = ga_arena_array(&school->arena, children.len, sizeof(*list));
    memcpy(list, children.items, children.len * sizeof(*list));
    *ret_count = children.len;
    ga_vec_finish(&children);
    return list;
}
