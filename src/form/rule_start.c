/* Gives a rule its values, then lets it run. */
#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"
#include "rule.h"
#include "type/fixed.h"

#include <string.h>

enum { ASKED_PLACES = 6 }; /* as many as digits: allows */

struct ga_value ga_rule_asked_value(const struct ga_field *field, const struct ga_value *value)
{
    int64_t scaled;
    if (field->type->storage != GA_STORE_REAL || value->kind != GA_VALUE_TEXT ||
        ga_fixed_parse(value->text, ASKED_PLACES, &scaled, NULL) != GA_OK)
        return *value;
    return ga_value_real((double)scaled / 1e6); /* as text it would be above every number */
}

/* The answer a bind reads; NULL when it has none (no parent, a row's field outside a row). */
static const struct ga_answer *answer_of(const struct ga_bind *bind, const struct ga_rule_place *place)
{
    if (bind->of == GA_BIND_ROW)
        return place->row == NULL ? NULL : &place->row->answers[bind->field->index];
    const struct ga_answers *answers = bind->of == GA_BIND_CHILD ? place->child : place->record;
    return answers == NULL ? NULL : &answers->answers[bind->field->index];
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
    if (!ga_rule_shows(rules, &of_bind, bind->field))
        return ga_value_null();
    if (!bind->is_label)
        return ga_rule_asked_value(bind->field, &answer->value);
    struct ga_str words = {0};
    ga_field_show(bind->field, rules->world.lang, &answer->value, &words);
    struct ga_value value = ga_value_text_len(
        ga_arena_strndup(&rules->scratch, ga_str_text(&words), words.len), words.len);
    ga_str_finish(&words);
    return value;
}

static struct ga_value count_rows(struct ga_rules *rules, const struct ga_rule_place *place,
                                  const struct ga_field *repeat)
{
    const struct ga_rows *rows = &place->record->repeats[repeat->index];
    int64_t count = 0;
    if (ga_rule_shows(rules, &(struct ga_rule_place){.record = place->record, .child = place->child}, repeat))
        for (size_t i = 0; i < rows->count; i++)
            count += !rows->rows[i].is_gone;
    return ga_value_int(count);
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
            value = count_rows(rules, place, bind->field);
        } else {
            value = visible_value(rules, bind, place);
        }
        ga_stmt_bind(rule->stmt, (int)i + 1, &value);
    }
}

/* The rows that the rule will read, made before SQLite runs: what shows in them is asked by rules, too. */
static void make_tables(struct ga_rules *rules, const struct ga_rule_place *place, struct ga_rule *rule)
{
    for (size_t i = 0; i < rule->tables_count; i++) {
        struct ga_str json = {0};
        ga_rule_rows_json(rules, place, rule->tables[i].repeat, &json);
        rule->tables[i].json = ga_arena_strndup(&rules->scratch, ga_str_text(&json), json.len);
        ga_str_finish(&json);
    }
}

enum ga_rc ga_rule_start(struct ga_rules *rules, const struct ga_rule_place *place, struct ga_rule *rule,
                         struct ga_error *err)
{
    const struct ga_rule_place *outer = rules->place;
    const struct ga_rule *outer_rule = rules->running;
    bool has_row = false;
    rules->depth++;
    bind_all(rules, place, rule); /* may ask other rules first */
    make_tables(rules, place, rule);
    rules->depth--;
    rules->place = place;
    rules->running = rule;
    enum ga_rc rc = ga_stmt_step(rule->stmt, &has_row, err);
    rules->place = outer;
    rules->running = outer_rule;
    if (rules->depth == 0)
        ga_arena_reset(&rules->scratch);
    if (rc == GA_OK && !has_row)
        return ga_error_set(err, GA_REFUSED, "the rule gives no value");
    return rc;
}
