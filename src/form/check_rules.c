/* Checks that every rule of a form can run, without waiting for itself. */
#include "check.h"
#include "rule.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"

#include <stdlib.h>
#include <string.h>

static void say_fault(const struct ga_form *form, const struct ga_yaml_text *expr, const struct ga_error *err,
                      const struct ga_guard_place *place, struct ga_problems *problems)
{
    struct ga_yaml_at at = expr->at;
    if (place->character > 0 && strchr(expr->text, '\n') == NULL)
        at.column += place->character;
    struct ga_problem *problem = ga_check_add(problems, GA_FAULT, form->file, &at);
    problem->what = err->what;
    problem->hint = err->hint;
}

static void check_expr(const struct ga_rule_names *names, const struct ga_yaml_text *expr,
                       struct ga_problems *problems)
{
    if (expr->text == NULL)
        return;
    struct ga_error err = {0};
    struct ga_guard_place place = {.character = -1};
    struct ga_rule *rule = NULL;
    if (ga_rule_prepare(names, expr, 1, &rule, &place, &err) != GA_OK)
        say_fault(names->form, expr, &err, &place, problems);
    else
        ga_stmt_destroy(rule->stmt);
}

static void check_field_rules(struct ga_rule_names names, const struct ga_field *field,
                              struct ga_problems *problems)
{
    names.repeat = field->parent;
    for (int kind = GA_RULE_RELEVANT; kind <= GA_RULE_FILTER; kind++) {
        names.is_filter = kind == GA_RULE_FILTER;
        check_expr(&names, ga_rule_text(field, (enum ga_rule_kind)kind), problems);
    }
    for (size_t i = 0; i < field->fields.count; i++)
        check_field_rules(names, &field->fields.items[i], problems);
}

void ga_check_rules(struct ga_rules *rules, const struct ga_form *form, struct ga_problems *problems)
{
    struct ga_rule_names names = {.rules = rules, .form = form};
    if (form->of.text != NULL)
        names.child = ga_forms_get(rules->forms, form->of.text, NULL);
    for (size_t i = 0; i < form->all_count; i++)
        check_field_rules(names, form->all[i], problems);
    check_expr(&names, &form->summary, problems);
    for (size_t i = 0; i < form->then.count; i++) {
        check_expr(&names, &form->then.items[i].when, problems);
        for (size_t k = 0; k < form->then.items[i].fill.count; k++)
            check_expr(&names, &form->then.items[i].fill.items[k].value, problems);
    }
}

void ga_rules_check_form(struct ga_rules *rules, const struct ga_form *form, struct ga_problems *problems)
{
    ga_check_rules(rules, form, problems);
}
