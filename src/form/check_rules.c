/* Checks that every rule of a form can run, without waiting for itself. */
#include "check.h"
#include "rule.h"

#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"
#include "guanai/text/utf8.h"
#include "guanai/yaml/suggest.h"

#include <string.h>

static void say_fault(const struct ga_form *form, const struct ga_yaml_text *expr, const struct ga_error *err,
                      const struct ga_guard_place *place, struct ga_problems *problems)
{
    const struct ga_yaml_at at = ga_check_at(expr, place->character);
    struct ga_problem *problem = ga_check_add(problems, GA_FAULT, form->file, &at);
    problem->what = err->what;
    problem->hint = err->hint;
}

/* The names in status('…') are looked up as the rule runs, so they are looked up here. */
struct asking {
    const struct ga_rule_names *names;
    const struct ga_yaml_text *expr;
    struct ga_problems *problems;
};

static bool is_asked_rightly(const struct ga_rule_names *names, const char *name)
{
    const struct ga_field *repeat = names->repeat;
    for (size_t i = 0; repeat != NULL && i < repeat->fields.count; i++)
        if (strcmp(repeat->fields.items[i].name, name) == 0)
            return true;
    if (repeat != NULL && !ga_str_starts(name, "parent."))
        return false;
    const struct ga_field *field = ga_form_field(names->form, repeat == NULL ? name : name + strlen("parent."));
    return field != NULL && field->parent == NULL && field->type->storage != GA_STORE_NOTHING &&
           field->type->storage != GA_STORE_ROWS && ga_field_protect(names->form, field) != GA_PROTECT_RESTRICTED;
}

static void check_status(void *ctx, const char *name, size_t offset)
{
    const struct asking *asking = ctx;
    if (is_asked_rightly(asking->names, name))
        return;
    const struct ga_form *form = asking->names->form;
    const struct ga_yaml_at at = ga_check_at(asking->expr, (int)ga_utf8_count(asking->expr->text, offset));
    struct ga_problem *problem = ga_check_add(asking->problems, GA_FAULT, form->file, &at);
    struct ga_yaml_guess guess;
    ga_message_set(&problem->what, "'%1' is no field that can be used here", name);
    ga_yaml_guess_start(&guess, name);
    for (size_t i = 0; i < form->all_count; i++)
        ga_yaml_guess_offer(&guess, form->all[i]->name);
    if (guess.best != NULL && strcmp(guess.best, name) != 0)
        ga_message_set(&problem->hint, "did you mean '%1'?", guess.best);
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
    struct asking asking = {.names = names, .expr = expr, .problems = problems};
    ga_rule_each_status(expr->text, check_status, &asking);
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
    if (names.child == NULL && ga_forms_is_broken(rules->forms, form->of.text))
        return; /* whether child.grade is one of its fields is known when it can be read */
    for (size_t i = 0; i < form->all_count; i++)
        check_field_rules(names, form->all[i], problems);
    check_expr(&names, &form->summary, problems);
    for (size_t i = 0; i < form->then.count; i++) {
        check_expr(&names, &form->then.items[i].when, problems);
        for (size_t k = 0; k < form->then.items[i].fill.count; k++)
            check_expr(&names, &form->then.items[i].fill.items[k].value, problems);
    }
}
