/* The answers of one record. */
#include "guanai/form/answers.h"

#include "guanai/base/str.h"

#include <assert.h>
#include <string.h>

static void make_arrays(struct ga_answers *answers)
{
    answers->answers = ga_arena_array(&answers->arena, answers->form->all_count, sizeof(struct ga_answer));
    answers->repeats = ga_arena_array(&answers->arena, answers->form->all_count, sizeof(struct ga_rows));
}

void ga_answers_init(struct ga_answers *answers, const struct ga_form *form)
{
    *answers = (struct ga_answers){.form = form};
    make_arrays(answers);
}

void ga_answers_reset(struct ga_answers *answers)
{
    ga_arena_reset(&answers->arena);
    *answers = (struct ga_answers){.form = answers->form, .arena = answers->arena};
    make_arrays(answers);
}

void ga_answers_finish(struct ga_answers *answers)
{
    if (answers == NULL)
        return;
    ga_arena_finish(&answers->arena);
    answers->answers = NULL;
    answers->repeats = NULL;
}

static void copy_answer(struct ga_arena *arena, struct ga_answer *dest, const struct ga_answer *src)
{
    *dest = *src;
    dest->value = ga_value_copy(arena, &src->value);
    dest->because = ga_arena_strdup(arena, src->because);
}

void ga_answers_copy(struct ga_answers *dest, const struct ga_answers *src)
{
    const struct ga_form *form = src->form;
    ga_answers_init(dest, form);
    dest->id = src->id;
    dest->child = src->child;
    for (size_t i = 0; i < form->all_count; i++) {
        copy_answer(&dest->arena, &dest->answers[i], &src->answers[i]);
        const struct ga_rows *rows = &src->repeats[i];
        for (size_t r = 0; r < rows->count; r++) {
            struct ga_row *row = ga_answers_add_row(dest, form->all[i], rows->rows[r].id);
            row->is_gone = rows->rows[r].is_gone;
            for (size_t f = 0; f < form->all[i]->fields.count; f++)
                copy_answer(&dest->arena, &row->answers[f], &rows->rows[r].answers[f]);
        }
    }
}

struct ga_answer *ga_answers_at(const struct ga_answers *answers, const struct ga_field *field)
{
    assert(field->parent == NULL && field->index < answers->form->all_count);
    return &answers->answers[field->index];
}

static void set(struct ga_answers *answers, struct ga_answer *answer, const struct ga_value *value)
{
    answer->state = value->kind == GA_VALUE_NULL ? GA_EMPTY : GA_ANSWERED;
    answer->value = ga_value_copy(&answers->arena, value);
}

void ga_answers_set(struct ga_answers *answers, const struct ga_field *field, const struct ga_value *value)
{
    set(answers, ga_answers_at(answers, field), value);
}

void ga_answers_set_state(struct ga_answers *answers, const struct ga_field *field, enum ga_answer_state state)
{
    assert(state != GA_ANSWERED);
    struct ga_answer *answer = ga_answers_at(answers, field);
    answer->state = state;
    answer->value = ga_value_null();
}

void ga_answers_set_in_row(struct ga_answers *answers, struct ga_row *row, const struct ga_field *field,
                           const struct ga_value *value)
{
    set(answers, &row->answers[field->index], value);
}

struct ga_row *ga_answers_add_row(struct ga_answers *answers, const struct ga_field *repeat, struct ga_uuid id)
{
    struct ga_rows *rows = &answers->repeats[repeat->index];
    if (rows->count == rows->cap) {
        const size_t cap = rows->cap == 0 ? 8 : rows->cap * 2;
        struct ga_row *grown = ga_arena_array(&answers->arena, cap, sizeof(*grown));
        if (rows->count > 0)
            memcpy(grown, rows->rows, rows->count * sizeof(*grown));
        rows->rows = grown;
        rows->cap = cap;
    }
    struct ga_row *row = &rows->rows[rows->count++];
    *row = (struct ga_row){.id = id};
    row->answers = ga_arena_array(&answers->arena, repeat->fields.count, sizeof(struct ga_answer));
    return row;
}

bool ga_answer_equal(const struct ga_answer *a, const struct ga_answer *b)
{
    return a->state == b->state && ga_value_is_same(&a->value, &b->value);
}

static const char *const state_codes[] = {
    [GA_UNKNOWN] = "unknown", [GA_DECLINED] = "refused", [GA_NOT_APPLICABLE] = "not_applicable"};

const char *ga_answer_state_code(enum ga_answer_state state)
{
    return state_codes[state];
}

int ga_answer_state_parse(const char *code)
{
    for (int state = GA_UNKNOWN; state <= GA_NOT_APPLICABLE; state++)
        if (ga_str_equal(state_codes[state], code))
            return state;
    return -1;
}
