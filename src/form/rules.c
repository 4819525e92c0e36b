/* Runs the rules of forms over the answers of one record. */
#include "guanai/form/rules.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"
#include "rule.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct ga_rule_slot {
    const void *key; /* the definition: a field, a `then`, a form; NULL: free */
    enum ga_rule_kind kind;
    struct ga_rule *rule;
};

enum ga_rc ga_rules_create(struct ga_forms *forms, struct ga_rules **ret_rules, struct ga_error *err)
{
    struct ga_rules *rules = ga_alloc(sizeof(*rules));
    rules->forms = forms;
    const struct ga_db_options options = {.path = ":memory:", .create = true, .cache_kib = 64};
    enum ga_rc rc = ga_db_open(&options, &rules->db, err);
    if (rc == GA_OK)
        rc = ga_rule_functions_add(rules, err);
    if (rc != GA_OK) {
        ga_rules_destroy(rules);
        return rc;
    }
    *ret_rules = rules;
    return GA_OK;
}

void ga_rules_destroy(struct ga_rules *rules)
{
    if (rules == NULL)
        return;
    for (size_t i = 0; i < rules->slots_cap; i++)
        if (rules->slots[i].rule != NULL)
            ga_stmt_destroy(rules->slots[i].rule->stmt);
    free(rules->slots);
    ga_map_finish(&rules->views);
    ga_db_close(rules->db);
    ga_arena_finish(&rules->arena);
    ga_arena_finish(&rules->scratch);
    ga_arena_finish(&rules->answer);
    free(rules);
}

void ga_rules_set_world(struct ga_rules *rules, const struct ga_rule_world *world)
{
    rules->world = *world;
}

const struct ga_yaml_text *ga_rule_text(const struct ga_field *field, enum ga_rule_kind kind)
{
    switch (kind) {
    case GA_RULE_RELEVANT: return &field->relevant;
    case GA_RULE_CONSTRAINT: return &field->constraint;
    case GA_RULE_WARN: return &field->warn;
    case GA_RULE_DEFAULT: return &field->default_value;
    case GA_RULE_IMPORT: return &field->import;
    case GA_RULE_CALCULATION: return &field->calculation;
    case GA_RULE_FILTER: return &field->filter;
    default: return NULL;
    }
}

static struct ga_rule_slot *find_slot(struct ga_rule_slot *slots, size_t cap, const void *key, enum ga_rule_kind kind)
{
    size_t i = (((uintptr_t)key >> 4) * 31 + (size_t)kind) & (cap - 1);
    while (slots[i].key != NULL && !(slots[i].key == key && slots[i].kind == kind))
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static void grow_slots(struct ga_rules *rules)
{
    const size_t cap = rules->slots_cap == 0 ? 64 : rules->slots_cap * 2;
    struct ga_rule_slot *slots = ga_alloc_array(cap, sizeof(*slots));
    for (size_t i = 0; i < rules->slots_cap; i++)
        if (rules->slots[i].key != NULL)
            *find_slot(slots, cap, rules->slots[i].key, rules->slots[i].kind) = rules->slots[i];
    free(rules->slots);
    rules->slots = slots;
    rules->slots_cap = cap;
}

struct ga_rule *ga_rule_get(struct ga_rules *rules, const struct ga_rule_names *names, const void *key,
                            enum ga_rule_kind kind, const struct ga_yaml_text *expr)
{
    if (expr == NULL || expr->text == NULL)
        return NULL;
    if ((rules->slots_count + 1) * 2 > rules->slots_cap)
        grow_slots(rules);
    struct ga_rule_slot *slot = find_slot(rules->slots, rules->slots_cap, key, kind);
    if (slot->key != NULL)
        return slot->rule;
    struct ga_rule *rule = NULL; /* stays NULL when it cannot be prepared: not tried again */
    ga_rule_prepare(names, expr, 1, &rule, NULL, NULL);
    *slot = (struct ga_rule_slot){.key = key, .kind = kind, .rule = rule};
    rules->slots_count++;
    return rule;
}

struct ga_rule_names ga_rule_names_at(struct ga_rules *rules, const struct ga_rule_place *place)
{
    const struct ga_form *form = place->record->form, *child = NULL;
    if (place->child != NULL)
        child = place->child->form;
    else if (form->of.text != NULL)
        child = ga_forms_get(rules->forms, form->of.text, NULL);
    return (struct ga_rule_names){
        .rules = rules, .form = form, .child = child, .repeat = place->repeat, .is_filter = place->choice != NULL};
}

/* The answer a bind reads; NULL when it has none (no parent, a row's field outside a row). */
static const struct ga_answer *answer_of(const struct ga_bind *bind, const struct ga_rule_place *place)
{
    if (bind->of == GA_BIND_ROW)
        return place->row == NULL ? NULL : &place->row->answers[bind->field->index];
    const struct ga_answers *answers = bind->of == GA_BIND_CHILD ? place->child : place->record;
    return answers == NULL ? NULL : &answers->answers[bind->field->index];
}

/* Decimals are canonical text in answers, numbers to rules: else '131' would be more than 220. */
struct ga_value ga_rule_operand(const struct ga_field *field, const struct ga_value *value)
{
    return field->type->storage == GA_STORE_REAL && value->kind == GA_VALUE_TEXT ? ga_value_real(strtod(value->text, NULL))
                                                                                  : *value;
}

/* A hidden field is NULL to every rule (rule 2). */
static struct ga_value visible_value(struct ga_rules *rules, const struct ga_bind *bind,
                                     const struct ga_rule_place *place)
{
    const struct ga_answer *answer = answer_of(bind, place);
    if (answer == NULL || answer->state != GA_ANSWERED)
        return ga_value_null();
    struct ga_rule_place of_bind = *place;
    of_bind.choice = NULL;
    if (bind->of == GA_BIND_CHILD)
        of_bind = (struct ga_rule_place){.record = place->child};
    else if (bind->of == GA_BIND_RECORD)
        of_bind = (struct ga_rule_place){.record = place->record, .child = place->child};
    if (bind->field->relevant.text != NULL && !ga_rules_is_relevant(rules, &of_bind, bind->field))
        return ga_value_null();
    if (!bind->is_label)
        return ga_rule_operand(bind->field, &answer->value);
    struct ga_str words = {0};
    ga_field_show(bind->field, rules->world.lang, &answer->value, &words);
    struct ga_value value = ga_value_text_len(
        ga_arena_strndup(&rules->scratch, ga_str_text(&words), words.len), words.len);
    ga_str_finish(&words);
    return value;
}

static void bind_all(struct ga_rules *rules, const struct ga_rule_place *place, struct ga_rule *rule)
{
    for (size_t i = 0; i < rule->binds_count; i++) {
        const struct ga_bind *bind = &rule->binds[i];
        struct ga_value value = ga_value_null();
        if (bind->of == GA_BIND_CHOICE_PARENT || bind->of == GA_BIND_CHOICE_CODE) {
            if (place->choice != NULL)
                value = ga_value_text(bind->of == GA_BIND_CHOICE_CODE ? place->choice->code : place->choice->parent);
        } else if (bind->of == GA_BIND_ROWS) {
            value = ga_value_text(bind->field->name); /* count_rows() asks for the rows by name */
        } else {
            value = visible_value(rules, bind, place);
        }
        ga_stmt_bind(rule->stmt, (int)i + 1, &value);
    }
}

enum ga_rc ga_rule_start(struct ga_rules *rules, const struct ga_rule_place *place, struct ga_rule *rule,
                         struct ga_error *err)
{
    const struct ga_rule_place *outer = rules->place;
    bool has_row = false;
    ga_stmt_reset(rule->stmt);
    rules->depth++;
    bind_all(rules, place, rule); /* may ask other rules first */
    rules->depth--;
    rules->place = place;
    enum ga_rc rc = ga_stmt_step(rule->stmt, &has_row, err);
    rules->place = outer;
    if (rules->depth == 0)
        ga_arena_reset(&rules->scratch);
    if (rc == GA_OK && !has_row)
        return ga_error_set(err, GA_REFUSED, "the rule gives no value");
    return rc;
}

static enum ga_rc take_value(struct ga_rules *rules, const struct ga_rule_place *place, struct ga_rule *rule,
                             struct ga_value *ret_value, struct ga_error *err)
{
    if (rule == NULL) {
        *ret_value = ga_value_null();
        return GA_OK;
    }
    enum ga_rc rc = ga_rule_start(rules, place, rule, err);
    if (rc != GA_OK)
        return rc;
    struct ga_value value = ga_stmt_column(rule->stmt, 0);
    ga_arena_reset(&rules->answer);
    *ret_value = ga_value_copy(&rules->answer, &value);
    ga_stmt_reset(rule->stmt);
    return GA_OK;
}

/* Like the above for true (1), false (0), NULL (-1), keeping no text; a rule that fails is NULL. */
static int take_truth(struct ga_rules *rules, const struct ga_rule_place *place, struct ga_rule *rule)
{
    if (ga_rule_start(rules, place, rule, NULL) != GA_OK)
        return -1;
    struct ga_value value = ga_stmt_column(rule->stmt, 0);
    const int truth = ga_value_truth(&value);
    ga_stmt_reset(rule->stmt);
    return truth;
}

enum ga_rc ga_rules_value(struct ga_rules *rules, const struct ga_rule_place *place, enum ga_rule_kind kind,
                          const struct ga_field *field, struct ga_value *ret_value, struct ga_error *err)
{
    const struct ga_rule_names names = ga_rule_names_at(rules, place);
    struct ga_rule *rule = ga_rule_get(rules, &names, field, kind, ga_rule_text(field, kind));
    return take_value(rules, place, rule, ret_value, err);
}

bool ga_rules_is_relevant(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *field)
{
    if (field->parent != NULL && field->parent->relevant.text != NULL) {
        const struct ga_rule_place top = {.record = place->record, .child = place->child};
        if (!ga_rules_is_relevant(rules, &top, field->parent))
            return false;
    }
    if (field->relevant.text == NULL)
        return true;
    if (rules->depth >= GA_RULE_DEPTH_MAX) /* a cycle that forms check has reported */
        return false;
    struct ga_rule_place asked = *place;
    asked.repeat = field->parent;
    asked.choice = NULL;
    const struct ga_rule_names names = ga_rule_names_at(rules, &asked);
    struct ga_rule *rule = ga_rule_get(rules, &names, field, GA_RULE_RELEVANT, &field->relevant);
    return rule != NULL && take_truth(rules, &asked, rule) == 1;
}

bool ga_rules_allows(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *field,
                     const struct ga_choice *choice)
{
    if (choice->is_retired)
        return false;
    if (field->filter.text == NULL)
        return true;
    struct ga_rule_place asked = *place;
    asked.choice = choice;
    asked.repeat = field->parent;
    const struct ga_rule_names names = ga_rule_names_at(rules, &asked);
    struct ga_rule *rule = ga_rule_get(rules, &names, field, GA_RULE_FILTER, &field->filter);
    return rule == NULL || take_truth(rules, &asked, rule) == 1;
}

bool ga_rules_then(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_then *then)
{
    const struct ga_rule_names names = ga_rule_names_at(rules, place);
    struct ga_rule *rule = ga_rule_get(rules, &names, then, GA_RULE_THEN, &then->when);
    return rule != NULL && take_truth(rules, place, rule) == 1;
}

enum ga_rc ga_rules_fill(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_then *then,
                         size_t fill, struct ga_value *ret_value, struct ga_error *err)
{
    assert(fill < then->fill.count);
    const struct ga_rule_names names = ga_rule_names_at(rules, place);
    const struct ga_yaml_named *named = &then->fill.items[fill];
    struct ga_rule *rule = ga_rule_get(rules, &names, named, GA_RULE_THEN, &named->value);
    return take_value(rules, place, rule, ret_value, err);
}

void ga_rules_summary(struct ga_rules *rules, const struct ga_rule_place *place, enum ga_lang lang,
                      struct ga_str *out)
{
    const struct ga_form *form = place->record->form;
    const struct ga_rule_names names = ga_rule_names_at(rules, place);
    struct ga_rule *rule = ga_rule_get(rules, &names, form, GA_RULE_SUMMARY, &form->summary);
    const enum ga_lang before = rules->world.lang;
    struct ga_value value;
    rules->world.lang = lang;
    if (take_value(rules, place, rule, &value, NULL) == GA_OK && value.kind == GA_VALUE_TEXT)
        ga_str_add(out, value.text);
    else if (rule == NULL)
        ga_str_add(out, ga_label_text(&form->title, lang));
    rules->world.lang = before;
}
