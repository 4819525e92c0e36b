/* Runs the rules of forms over the answers of one record. */
#include "guanai/form/rules.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"
#include "batch.h"
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
    (void)err;
    struct ga_rules *rules = ga_alloc(sizeof(*rules));
    rules->forms = forms;
    *ret_rules = rules;
    return GA_OK;
}

/* Opened when the first rule is prepared: looking at the roster asks none. */
enum ga_rc ga_rules_open(struct ga_rules *rules, struct ga_error *err)
{
    if (rules->db != NULL)
        return GA_OK;
    const struct ga_db_options options = {.path = ":memory:", .create = true, .cache_kib = 64};
    enum ga_rc rc = ga_db_open(&options, &rules->db, err);
    return rc == GA_OK ? ga_rule_functions_add(rules, err) : rc;
}

void ga_rules_destroy(struct ga_rules *rules)
{
    if (rules == NULL)
        return;
    for (size_t i = 0; i < rules->slots_cap; i++)
        if (rules->slots[i].rule != NULL)
            ga_stmt_destroy(rules->slots[i].rule->stmt);
    free(rules->slots);
    ga_batches_destroy(rules->batches);
    free(rules->seen);
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

/* The rule of a definition, prepared at first use and kept; NULL when it has none or it cannot be prepared. */
static struct ga_rule *get_rule(struct ga_rules *rules, const struct ga_rule_names *names, const void *key,
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

static enum ga_rc take_value(struct ga_rules *rules, const struct ga_rule_place *place, struct ga_rule *rule,
                             struct ga_value *ret_value, struct ga_error *err)
{
    if (rule == NULL) {
        *ret_value = ga_value_null();
        return GA_OK;
    }
    ga_rule_begin_pass(rules);
    enum ga_rc rc = ga_rule_start(rules, place, rule, err);
    ga_rule_end_pass(rules);
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
    int truth = -1;
    ga_rule_begin_pass(rules);
    if (ga_rule_start(rules, place, rule, NULL) == GA_OK) {
        struct ga_value value = ga_stmt_column(rule->stmt, 0);
        truth = ga_value_truth(&value);
        ga_stmt_reset(rule->stmt);
    }
    ga_rule_end_pass(rules);
    return truth;
}

enum ga_rc ga_rules_value(struct ga_rules *rules, const struct ga_rule_place *place, enum ga_rule_kind kind,
                          const struct ga_field *field, struct ga_value *ret_value, struct ga_error *err)
{
    const struct ga_rule_names names = ga_rule_names_at(rules, place);
    struct ga_rule *rule = get_rule(rules, &names, field, kind, ga_rule_text(field, kind));
    return take_value(rules, place, rule, ret_value, err);
}

static bool ask_relevance(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *field)
{
    struct ga_rule_place asked = *place;
    asked.repeat = field->parent;
    asked.choice = NULL;
    if (field->parent == NULL)
        asked.row = NULL;
    const struct ga_rule_names names = ga_rule_names_at(rules, &asked);
    struct ga_rule *rule = get_rule(rules, &names, field, GA_RULE_RELEVANT, &field->relevant);
    return rule != NULL && take_truth(rules, &asked, rule) == 1;
}

bool ga_rule_shows(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *field)
{
    if (field->parent != NULL && !ga_rule_shows(rules, place, field->parent))
        return false;
    if (field->relevant.text == NULL)
        return true;
    const void *where = field->parent != NULL ? (const void *)place->row : (const void *)place->record;
    int shows = ga_rule_seen(rules, field, where);
    if (shows < 0) {
        ga_rule_note_seen(rules, field, where, false); /* a circle, which forms check reports, ends here */
        shows = ask_relevance(rules, place, field);
        ga_rule_note_seen(rules, field, where, shows);
    }
    return shows;
}

bool ga_rules_is_relevant(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *field)
{
    ga_rule_begin_pass(rules);
    const bool shows = ga_rule_shows(rules, place, field);
    ga_rule_end_pass(rules);
    return shows;
}

bool ga_rule_allows(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *field,
                    const struct ga_choice *choice)
{
    if (field->filter.text == NULL)
        return true;
    struct ga_rule_place asked = *place;
    asked.choice = choice;
    asked.repeat = field->parent;
    const struct ga_rule_names names = ga_rule_names_at(rules, &asked);
    struct ga_rule *rule = get_rule(rules, &names, field, GA_RULE_FILTER, &field->filter);
    return rule == NULL || take_truth(rules, &asked, rule) == 1;
}

bool ga_rules_allows(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *field,
                     const struct ga_choice *choice)
{
    return !choice->is_retired && ga_rule_allows(rules, place, field, choice);
}

bool ga_rules_then(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_then *then)
{
    const struct ga_rule_names names = ga_rule_names_at(rules, place);
    struct ga_rule *rule = get_rule(rules, &names, then, GA_RULE_THEN, &then->when);
    return rule != NULL && take_truth(rules, place, rule) == 1;
}

enum ga_rc ga_rules_fill(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_then *then,
                         size_t fill, struct ga_value *ret_value, struct ga_error *err)
{
    assert(fill < then->fill.count);
    const struct ga_rule_names names = ga_rule_names_at(rules, place);
    const struct ga_yaml_named *named = &then->fill.items[fill];
    struct ga_rule *rule = get_rule(rules, &names, named, GA_RULE_THEN, &named->value);
    return take_value(rules, place, rule, ret_value, err);
}

void ga_rules_summary(struct ga_rules *rules, const struct ga_rule_place *place, enum ga_lang lang,
                      struct ga_str *out)
{
    const struct ga_form *form = place->record->form;
    const struct ga_rule_names names = ga_rule_names_at(rules, place);
    struct ga_rule *rule = get_rule(rules, &names, form, GA_RULE_SUMMARY, &form->summary);
    const enum ga_lang before = rules->world.lang;
    struct ga_value value;
    rules->world.lang = lang;
    if (take_value(rules, place, rule, &value, NULL) == GA_OK && value.kind == GA_VALUE_TEXT)
        ga_str_add(out, value.text);
    else if (rule == NULL)
        ga_str_add(out, ga_label_text(&form->title, lang));
    rules->world.lang = before;
}
