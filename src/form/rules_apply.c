/* Computes defaults, imports, calculations into the answers of a record. */
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/rules.h"
#include "guanai/form/type.h"
#include "rule.h"
#include "type/fixed.h"

#include <string.h>

/* Chains of defaults, of calculations: as long as anybody writes them, but a circle ends. */
enum { VALUE_BUF = 40, DEFAULTS_DEPTH_MAX = 8, CALCULATIONS_DEPTH_MAX = 40 };

/* A whole number stays one; nothing is rounded behind the author's back. */
static struct ga_value real_as_integer(double real)
{
    if (real < -9e15 || real > 9e15 || (double)(int64_t)real != real)
        return ga_value_real(real); /* fits no integer field */
    return ga_value_int((int64_t)real);
}

/* Decimals are kept as text (rule 12): 36.5, never 36.4999…. */
static struct ga_value real_as_decimal(const struct ga_field *field, double real, char buf[VALUE_BUF])
{
    double scaled = real;
    for (int64_t i = 0; i < field->digits; i++)
        scaled *= 10;
    if (!(scaled > -9e15 && scaled < 9e15))
        return ga_value_null();
    const int64_t nearest = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    return ga_value_text(ga_fixed_text(nearest, (int)field->digits, 0, buf));
}

/* A rule's value as its field stores it: 1.0 in an integer field is 1, a number in a text field its digits. */
static struct ga_value as_stored(const struct ga_field *field, const struct ga_value *value, char buf[VALUE_BUF])
{
    const enum ga_storage storage = field->type->storage;
    int64_t number;
    if (storage == GA_STORE_TEXT && value->kind == GA_VALUE_REAL) {
        const struct ga_value whole = real_as_integer(value->real);
        return whole.kind == GA_VALUE_INTEGER ? ga_value_text(ga_num_text(buf, whole.integer)) : whole;
    }
    if ((storage == GA_STORE_TEXT || storage == GA_STORE_REAL) && value->kind == GA_VALUE_INTEGER)
        return ga_value_text(ga_num_text(buf, value->integer));
    if (storage == GA_STORE_REAL && value->kind == GA_VALUE_REAL)
        return real_as_decimal(field, value->real, buf);
    if (storage == GA_STORE_INTEGER && value->kind == GA_VALUE_REAL)
        return real_as_integer(value->real);
    if (storage == GA_STORE_INTEGER && value->kind == GA_VALUE_TEXT && ga_num_parse(value->text, &number))
        return ga_value_int(number);
    if (value->kind == GA_VALUE_TEXT && value->len == 0) /* an empty text is no answer */
        return ga_value_null();
    return *value;
}

static struct ga_answer *answer_at(const struct ga_answers *record, struct ga_row *row, const struct ga_field *field)
{
    return row == NULL ? ga_answers_at(record, field) : &row->answers[field->index];
}

/* Answers whether it changed. */
static bool put(struct ga_answers *record, struct ga_row *row, const struct ga_field *field,
                const struct ga_value *value)
{
    if (ga_value_is_same(&answer_at(record, row, field)->value, value))
        return false;
    if (row == NULL)
        ga_answers_set(record, field, value);
    else
        ga_answers_set_in_row(record, row, field, value);
    return true;
}

/* Sets the field to its rule's value; what fits no column is left out. Answers whether it changed. */
static bool apply(struct ga_rules *rules, const struct ga_rule_place *place, enum ga_rule_kind kind,
                  const struct ga_field *field, struct ga_answers *record, struct ga_row *row)
{
    struct ga_value value;
    char buf[VALUE_BUF];
    if (ga_rules_value(rules, place, kind, field, &value, NULL) != GA_OK)
        return false;
    value = as_stored(field, &value, buf);
    return ga_field_fits(field, &value) && put(record, row, field, &value);
}

/* The rows that stand, each with its place. */
static void each_row(const struct ga_answers *record, const struct ga_answers *child,
                     void (*each)(void *ctx, const struct ga_rule_place *place, struct ga_row *row), void *ctx)
{
    for (size_t i = 0; i < record->form->all_count; i++)
        for (size_t r = 0; r < record->repeats[i].count; r++) {
            struct ga_row *row = &record->repeats[i].rows[r];
            const struct ga_rule_place place = {
                .record = record, .child = child, .row = row, .repeat = record->form->all[i]};
            if (!row->is_gone)
                each(ctx, &place, row);
        }
}

struct defaulting {
    struct ga_rules *rules;
    struct ga_answers *record;
    const struct ga_answers *child;
    const struct ga_field *changed; /* NULL: everything is new */
};

static bool wants_default(const struct ga_field *field, const struct ga_answer *answer)
{
    return field->default_value.text != NULL && !answer->is_touched && !field->is_retired;
}

static bool is_named(const struct defaulting *d, const struct ga_field *field)
{
    return d->changed == NULL ||
           ga_rule_mentions(field->default_value.text, d->record->form, field->parent, d->changed);
}

/*
 * What is hidden gets no default: nobody would see what is saved there. When it shows it gets its own,
 * when it hides again it loses it.
 */
static bool default_field(struct defaulting *d, const struct ga_rule_place *place, const struct ga_field *field,
                          struct ga_row *row)
{
    const struct ga_answer *answer = answer_at(d->record, row, field);
    const bool is_shown = ga_rules_is_relevant(d->rules, place, field);
    const struct ga_value nothing = ga_value_null();
    if (!is_shown)
        return put(d->record, row, field, &nothing);
    const bool may_have_appeared = field->relevant.text != NULL && answer->state == GA_EMPTY;
    if (!is_named(d, field) && !may_have_appeared)
        return false;
    return apply(d->rules, place, GA_RULE_DEFAULT, field, d->record, row);
}

/* One pass over the fields; a default that names another changed default is met again. */
static void default_fields(struct defaulting *d, int depth)
{
    const struct ga_rule_place place = {.record = d->record, .child = d->child};
    const struct ga_form *form = d->record->form;
    for (size_t i = 0; i < form->all_count; i++) {
        if (!wants_default(form->all[i], &d->record->answers[i]) || !default_field(d, &place, form->all[i], NULL) ||
            depth >= DEFAULTS_DEPTH_MAX)
            continue;
        struct defaulting next = *d;
        next.changed = form->all[i];
        default_fields(&next, depth + 1);
    }
}

/* A row's fields in order; `changed` may be the repeat itself, when a row was added. */
static void default_row(void *ctx, const struct ga_rule_place *place, struct ga_row *row)
{
    struct defaulting *d = ctx;
    const struct ga_field *repeat = place->repeat;
    for (size_t f = 0; f < repeat->fields.count; f++) {
        const struct ga_field *field = &repeat->fields.items[f];
        if (!wants_default(field, &row->answers[f]))
            continue;
        struct defaulting of_field = *d;
        if (d->changed == repeat && row->answers[f].state == GA_EMPTY)
            of_field.changed = NULL;
        default_field(&of_field, place, field, row);
    }
}

void ga_rules_apply_defaults(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child,
                             const struct ga_field *changed)
{
    struct defaulting d = {.rules = rules, .record = record, .child = child, .changed = changed};
    default_fields(&d, 0);
    each_row(record, child, default_row, &d);
}

struct computing {
    struct ga_rules *rules;
    struct ga_answers *record;
    bool has_changed;
};

static void compute(struct computing *c, const struct ga_rule_place *place, const struct ga_field *field,
                    struct ga_row *row)
{
    if (field->calculation.text != NULL && !field->is_retired)
        c->has_changed |= apply(c->rules, place, GA_RULE_CALCULATION, field, c->record, row);
}

static void compute_row(void *ctx, const struct ga_rule_place *place, struct ga_row *row)
{
    for (size_t f = 0; f < place->repeat->fields.count; f++)
        compute(ctx, place, &place->repeat->fields.items[f], row);
}

static bool has_calculations(const struct ga_field *const *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fields[i]->calculation.text != NULL)
            return true;
        for (size_t f = 0; f < fields[i]->fields.count; f++)
            if (fields[i]->fields.items[f].calculation.text != NULL)
                return true;
    }
    return false;
}

/* Again until nothing changes: one calculation may name another that stands behind it. */
void ga_rules_apply_calculations(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child)
{
    const struct ga_rule_place place = {.record = record, .child = child};
    const struct ga_form *form = record->form;
    struct computing c = {.rules = rules, .record = record, .has_changed = true};
    if (!has_calculations((const struct ga_field *const *)form->all, form->all_count))
        return;
    for (int round = 0; c.has_changed && round < CALCULATIONS_DEPTH_MAX; round++) {
        c.has_changed = false;
        for (size_t i = 0; i < form->all_count; i++)
            compute(&c, &place, form->all[i], NULL);
        each_row(record, child, compute_row, &c);
    }
}

bool ga_rules_is_figure(const struct ga_field *field)
{
    static const char *const types[] = {"money", "integer", "decimal"};
    for (size_t i = 0; i < GA_COUNT(types); i++)
        if (field->calculation.text != NULL && strcmp(field->type->name, types[i]) == 0)
            return true;
    return false;
}

void ga_rules_apply_figures(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child)
{
    const struct ga_rule_place place = {.record = record, .child = child};
    struct computing c = {.rules = rules, .record = record};
    for (size_t i = 0; i < record->form->all_count; i++)
        if (ga_rules_is_figure(record->form->all[i]))
            compute(&c, &place, record->form->all[i], NULL);
}

void ga_rules_apply_import(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child,
                           const struct ga_field *field)
{
    const struct ga_rule_place place = {.record = record, .child = child};
    if (field->import.text != NULL && record->answers[field->index].state == GA_EMPTY && !field->is_retired)
        apply(rules, &place, GA_RULE_IMPORT, field, record, NULL);
}

void ga_rules_apply_imports(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child)
{
    for (size_t i = 0; i < record->form->all_count; i++)
        ga_rules_apply_import(rules, record, child, record->form->all[i]);
}

static bool forgets(const struct ga_form *form, const struct ga_field *field, const struct ga_field *changed)
{
    return field->warn.text != NULL && ga_rule_mentions(field->warn.text, form, field->parent, changed);
}

void ga_rules_forget_reasons(struct ga_answers *record, const struct ga_field *changed, const struct ga_row *row)
{
    const struct ga_form *form = record->form;
    for (size_t i = 0; i < form->all_count; i++) {
        const struct ga_field *field = form->all[i];
        if (forgets(form, field, changed))
            record->answers[i].because = NULL;
        for (size_t f = 0; f < field->fields.count; f++)
            for (size_t r = 0; r < record->repeats[i].count && forgets(form, &field->fields.items[f], changed); r++)
                if (changed->parent != field || row == NULL || row == &record->repeats[i].rows[r])
                    record->repeats[i].rows[r].answers[f].because = NULL;
    }
}
