/* Computes defaults, imports, calculations into the answers of a record. */
#include "guanai/base/num.h"
#include "guanai/form/rules.h"
#include "guanai/form/type.h"
#include "rule.h"
#include "type/fixed.h"

#include <string.h>

/* Rounded to the field's places, as canonical text; NULL for what no decimal field takes. */
static struct ga_value as_decimal(const struct ga_field *field, double number, char *buf)
{
    for (int64_t place = 0; place < field->digits; place++)
        number *= 10;
    if (!(number > -1e15 && number < 1e15)) /* not a number fails both */
        return ga_value_null();
    return ga_value_text(ga_fixed_text((int64_t)(number < 0 ? number - 0.5 : number + 0.5), (int)field->digits, 0, buf));
}

/* A rule's value as its field stores it: 1.0 in an integer field is 1, a number in a text field its digits. */
static struct ga_value as_stored(const struct ga_field *field, const struct ga_value *value, char *buf)
{
    if (field->type->storage == GA_STORE_REAL && (value->kind == GA_VALUE_REAL || value->kind == GA_VALUE_INTEGER))
        return as_decimal(field, value->kind == GA_VALUE_REAL ? value->real : (double)value->integer, buf);
    if (field->type->storage == GA_STORE_TEXT && value->kind == GA_VALUE_INTEGER)
        return ga_value_text(ga_num_text(buf, value->integer));
    if (field->type->storage == GA_STORE_INTEGER && value->kind == GA_VALUE_REAL)
        return ga_value_int((int64_t)value->real);
    int64_t number;
    if (field->type->storage == GA_STORE_INTEGER && value->kind == GA_VALUE_TEXT &&
        ga_num_parse(value->text, &number))
        return ga_value_int(number);
    return *value;
}

static bool is_same_as(const struct ga_answer *answer, const struct ga_value *value)
{
    return ga_value_is_same(&answer->value, value);
}

/* Sets the field to its rule's value; what fits no column is left out. Answers whether it changed. */
static bool apply(struct ga_rules *rules, const struct ga_rule_place *place, enum ga_rule_kind kind,
                  const struct ga_field *field, struct ga_answers *record, struct ga_row *row)
{
    struct ga_value value;
    char buf[40];
    if (ga_rules_value(rules, place, kind, field, &value, NULL) != GA_OK)
        return false;
    value = as_stored(field, &value, buf);
    struct ga_answer *answer = row == NULL ? ga_answers_at(record, field) : &row->answers[field->index];
    if (is_same_as(answer, &value) || !ga_field_fits(field, &value))
        return false;
    if (row == NULL)
        ga_answers_set(record, field, &value);
    else
        ga_answers_set_in_row(record, row, field, &value);
    return true;
}

static bool wants_default(const struct ga_field *field, const struct ga_answer *answer,
                          const struct ga_field *changed)
{
    if (field->default_value.text == NULL || answer->is_touched || field->is_retired)
        return false;
    return changed == NULL || ga_rule_mentions(field->default_value.text, changed->name);
}

/* One pass over the fields; a default that names another changed default is met again by the caller. */
static void default_fields(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child,
                           const struct ga_field *changed, int depth)
{
    const struct ga_rule_place place = {.record = record, .child = child};
    for (size_t i = 0; i < record->form->all_count; i++) {
        const struct ga_field *field = record->form->all[i];
        if (!wants_default(field, &record->answers[i], changed))
            continue;
        if (apply(rules, &place, GA_RULE_DEFAULT, field, record, NULL) && depth < 4)
            default_fields(rules, record, child, field, depth + 1);
    }
}

static void default_rows(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child)
{
    for (size_t i = 0; i < record->form->all_count; i++) {
        const struct ga_field *repeat = record->form->all[i];
        for (size_t r = 0; r < record->repeats[i].count; r++) {
            struct ga_row *row = &record->repeats[i].rows[r];
            const struct ga_rule_place place = {.record = record, .child = child, .row = row, .repeat = repeat};
            for (size_t f = 0; f < repeat->fields.count; f++)
                if (wants_default(&repeat->fields.items[f], &row->answers[f], NULL) &&
                    row->answers[f].state == GA_EMPTY)
                    apply(rules, &place, GA_RULE_DEFAULT, &repeat->fields.items[f], record, row);
        }
    }
}

void ga_rules_apply_defaults(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child,
                             const struct ga_field *changed)
{
    default_fields(rules, record, child, changed, 0);
    default_rows(rules, record, child);
}

void ga_rules_apply_calculations(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child)
{
    const struct ga_rule_place place = {.record = record, .child = child};
    for (size_t i = 0; i < record->form->all_count; i++)
        if (record->form->all[i]->calculation.text != NULL)
            apply(rules, &place, GA_RULE_CALCULATION, record->form->all[i], record, NULL);
}

void ga_rules_apply_imports(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child)
{
    const struct ga_rule_place place = {.record = record, .child = child};
    for (size_t i = 0; i < record->form->all_count; i++) {
        const struct ga_field *field = record->form->all[i];
        if (field->import.text != NULL && record->answers[i].state == GA_EMPTY)
            apply(rules, &place, GA_RULE_IMPORT, field, record, NULL);
    }
}
