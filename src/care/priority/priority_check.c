/* Checks what the file of the priorities says against the forms and the definitions. */
#include "priority/priority_inner.h"

#include "expression.h"
#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/yaml/suggest.h"

#include <string.h>

struct checking {
    struct ga_expressions *expressions;
    const char *file;
};

static struct ga_problem *add_at(const struct checking *c, enum ga_severity severity, const struct ga_yaml_at *at)
{
    return ga_problems_add(c->expressions->problems, severity, c->file, at->line, at->column);
}

/* A form that is not installed is a note: the rest works. */
static const struct ga_form *find_form(const struct checking *c, const struct ga_yaml_text *name)
{
    struct ga_forms *forms = c->expressions->forms;
    const struct ga_form *form = name->text == NULL ? NULL : ga_forms_get(forms, name->text, NULL);
    if (form != NULL || name->text == NULL)
        return form;
    struct ga_problem *problem = add_at(c, GA_NOTE, &name->at);
    ga_message_set(&problem->what, "form '%1' is not installed: nothing of it counts", name->text);
    const char *near = ga_yaml_suggest(name->text, forms->names, forms->names_count);
    if (near != NULL)
        ga_message_set(&problem->hint, "did you mean '%1'?", near);
    return NULL;
}

/* A field of the record, or of the rows of a repeat; of that type (NULL: any). */
static void check_field(const struct checking *c, const struct ga_form *form, const struct ga_field *repeat,
                        const struct ga_yaml_text *name, const char *type)
{
    if (name->text == NULL)
        return;
    const struct ga_field *field = repeat == NULL ? ga_expression_field(form, name->text) : NULL;
    for (size_t i = 0; repeat != NULL && i < repeat->fields.count; i++)
        if (strcmp(repeat->fields.items[i].name, name->text) == 0)
            field = &repeat->fields.items[i];
    if (field == NULL) {
        struct ga_problem *problem = add_at(c, GA_FAULT, &name->at);
        ga_message_set(&problem->what, "form '%1' has no field '%2'", form->name, name->text);
        ga_expression_guess(form, name->text, "", problem);
    } else if (type != NULL && strcmp(field->type->name, type) != 0) {
        ga_message_set(&add_at(c, GA_FAULT, &name->at)->what, "'%1' has to be a field of the type %2", name->text, type);
    } else if (ga_str_equal(type, "date") && field->precision != GA_PRECISION_DAY) {
        ga_message_set(&add_at(c, GA_FAULT, &name->at)->what, "'%1' is no date to the day", name->text);
    }
}

static const struct ga_field *child_in(const struct ga_field *repeat)
{
    for (size_t i = 0; i < repeat->fields.count; i++)
        if (strcmp(repeat->fields.items[i].type_name.text, "record") == 0 &&
            ga_str_equal(repeat->fields.items[i].of.text, "child"))
            return &repeat->fields.items[i];
    return NULL;
}

/* Whose turn it was: the rows' children, or the child the record is of. */
static const struct ga_field *check_whose(const struct checking *c, struct ga_priority_source *source)
{
    const struct ga_yaml_text *name = source->children.text != NULL ? &source->children : &source->form;
    const struct ga_field *repeat = source->children.text == NULL ? NULL : ga_form_field(source->of, source->children.text);
    if (repeat != NULL && repeat->parent == NULL)
        source->child_field = child_in(repeat);
    if (source->children.text != NULL && source->child_field == NULL)
        ga_message_set(&add_at(c, GA_FAULT, &name->at)->what,
                       "'%1' is no repeat of form '%2' whose rows name children", name->text, source->of->name);
    else if (source->children.text == NULL && !ga_str_equal(source->of->of.text, "child"))
        ga_message_set(&add_at(c, GA_FAULT, &name->at)->what, "the records of form '%1' do not tell whose they are",
                       source->of->name);
    else if (source->children.text == NULL && source->row.text != NULL)
        ga_message_set(&add_at(c, GA_FAULT, &source->row.at)->what, "the key '%1' goes with '%2' only", "row", "children");
    return source->child_field != NULL ? repeat : NULL;
}

static void check_source(const struct checking *c, struct ga_priority_source *source)
{
    source->of = find_form(c, &source->form);
    if (source->of == NULL)
        return;
    const struct ga_field *repeat = check_whose(c, source);
    check_field(c, source->of, NULL, &source->on, "date");
    check_field(c, source->of, NULL, &source->by, NULL);
    check_field(c, source->of, repeat, &source->times, "integer");
    check_field(c, source->of, NULL, &source->asked_on, "date");
    check_field(c, source->of, NULL, &source->seats, "integer");
    check_field(c, source->of, NULL, &source->others, "integer");
    ga_expression_check_record(c->expressions, source->of, &source->when);
    if (repeat != NULL)
        ga_expression_check_row(c->expressions, source->of, repeat, &source->row);
}

static void check_need(const struct checking *c, struct ga_priority_need *need)
{
    if (need->form.text == NULL) {
        ga_expression_check(c->expressions, &need->when, 0);
        return;
    }
    need->of = find_form(c, &need->form);
    if (need->on.text == NULL)
        ga_message_set(&add_at(c, GA_FAULT, &need->form.at)->what, "a form needs the key '%1' as well", "day");
    if (need->of == NULL)
        return;
    if (!ga_str_equal(need->of->of.text, "child"))
        ga_message_set(&add_at(c, GA_FAULT, &need->form.at)->what, "the records of form '%1' are not of one child",
                       need->of->name);
    check_field(c, need->of, NULL, &need->on, "date");
    ga_expression_check_record(c->expressions, need->of, &need->when);
}

static void check_names(const struct checking *c, const struct ga_priorities *rule)
{
    for (size_t i = 0; i < rule->priorities.count; i++)
        for (size_t k = 0; k < i; k++)
            if (ga_str_equal(rule->priorities.items[i].name.text, rule->priorities.items[k].name.text))
                ga_message_set(&add_at(c, GA_FAULT, &rule->priorities.items[i].name.at)->what,
                               "there are two priorities '%1'", rule->priorities.items[i].name.text);
}

void ga_priorities_check(struct ga_priorities *rule, const struct ga_definitions *definitions,
                         struct ga_expressions *expressions, struct ga_problems *problems)
{
    const struct checking c = {expressions, rule->file};
    const struct ga_expression_scope scope = {.who = definitions};
    if (!ga_expressions_begin(expressions, &scope, rule->file, problems))
        return;
    check_names(&c, rule);
    ga_expression_check(expressions, &rule->who, 0);
    ga_expression_check(expressions, &rule->share, 0);
    for (size_t i = 0; i < rule->needs.count; i++)
        check_need(&c, &rule->needs.items[i]);
    for (size_t i = 0; i < rule->priorities.count; i++)
        for (size_t k = 0; k < rule->priorities.items[i].records.count; k++)
            check_source(&c, &rule->priorities.items[i].records.items[k]);
    for (size_t i = 0; i < rule->reached.count; i++)
        check_source(&c, &rule->reached.items[i]);
}
