/* Checks what a definition says against the child's file. */
#include "expression.h"

static void check_name(struct ga_expressions *e, const struct ga_yaml_text *name)
{
    if (ga_guard_is_keyword(name->text))
        ga_message_set(&ga_expression_fault(e, name, 0)->what, "'%1' is an SQL keyword; choose another name", name->text);
    else if (ga_form_field(e->child, name->text) != NULL ||
             (e->kinds != NULL && ga_list_choice(e->kinds, name->text) != NULL))
        ga_message_set(&ga_expression_fault(e, name, 0)->what,
                       "'%1' means something in the child's file; choose another name", name->text);
}

static void check_asked(struct ga_expressions *e, struct ga_definition_asked *asked)
{
    if (asked->field.text == NULL)
        return;
    asked->of = ga_expression_field(e->child, asked->field.text);
    if (asked->of != NULL)
        return;
    struct ga_problem *problem = ga_expression_fault(e, &asked->field, 0);
    ga_message_set(&problem->what, "the child's file has no field '%1'", asked->field.text);
    ga_expression_guess(e->child, asked->field.text, "", problem);
}

static void check_all(struct ga_expressions *e, struct ga_definition *definition)
{
    const size_t names = definition->names.count;
    for (size_t i = 0; i < names; i++) {
        check_name(e, &definition->names.items[i].name);
        ga_expression_check(e, &definition->names.items[i].value, i);
    }
    ga_expression_check(e, &definition->when, names);
    for (size_t i = 0; i < definition->facts.count; i++)
        ga_expression_check(e, &definition->facts.items[i].when, names);
    for (size_t i = 0; i < definition->asks.count; i++) {
        check_asked(e, &definition->asks.items[i]);
        ga_expression_check(e, &definition->asks.items[i].when, names);
    }
}

void ga_definition_check(struct ga_definition *definition, struct ga_expressions *expressions,
                         struct ga_problems *problems)
{
    const struct ga_expression_scope scope = {.definition = definition};
    if (ga_expressions_begin(expressions, &scope, definition->file, problems))
        check_all(expressions, definition);
}
