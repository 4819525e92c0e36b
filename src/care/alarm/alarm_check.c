/* Checks what an alarm says against the forms and the definitions. */
#include "alarm/alarm_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/yaml/suggest.h"

#include <string.h>

struct checking {
    struct ga_expressions *expressions;
    struct ga_alarm_rule *rule;
};

static struct ga_problem *add_at(const struct checking *c, enum ga_severity severity, const struct ga_yaml_at *at)
{
    return ga_problems_add(c->expressions->problems, severity, c->rule->file, at->line, at->column);
}

/* A form that is not installed is a note: the rest of the alarm works. NULL: there is none. */
static const struct ga_form *find_form(const struct checking *c, const struct ga_yaml_text *name)
{
    struct ga_forms *forms = c->expressions->forms;
    const struct ga_form *form = ga_forms_get(forms, name->text, NULL);
    if (form != NULL)
        return form;
    struct ga_problem *problem = add_at(c, GA_NOTE, &name->at);
    ga_message_set(&problem->what, "form '%1' is not installed: there are no records of it", name->text);
    const char *near = ga_yaml_suggest(name->text, forms->names, forms->names_count);
    if (near != NULL)
        ga_message_set(&problem->hint, "did you mean '%1'?", near);
    return NULL;
}

/* A field of that type that may be read, told when there is none. */
static void check_field(const struct checking *c, const struct ga_form *form, const struct ga_yaml_text *name,
                        const char *type, const char *sentence)
{
    if (name->text == NULL)
        return;
    const struct ga_field *field = ga_expression_field(form, name->text);
    if (field == NULL) {
        struct ga_problem *problem = add_at(c, GA_FAULT, &name->at);
        ga_message_set(&problem->what, "form '%1' has no field '%2'", form->name, name->text);
        ga_expression_guess(form, name->text, "", problem);
    } else if (strcmp(field->type->name, type) != 0 ||
               (strcmp(type, "date") == 0 && field->precision != GA_PRECISION_DAY)) {
        ga_message_set(&add_at(c, GA_FAULT, &name->at)->what, sentence, name->text);
    }
}

/* Which name of records it is; a new one is taken down. */
static size_t look_of(struct ga_alarm_rule *rule, const char *name)
{
    size_t i = 0;
    while (i < rule->looks_count && strcmp(rule->looks[i], name) != 0)
        i++;
    if (i == rule->looks_count)
        rule->looks[rule->looks_count++] = name;
    return i;
}

static bool is_taken(const char *name)
{
    return strcmp(name, "child") == 0 || strcmp(name, "changed") == 0 || strcmp(name, "who") == 0;
}

/* Of a form that is not installed there are no records: nothing is settled. */
static void check_unless(const struct checking *c, struct ga_alarm_records *records)
{
    const struct ga_alarm_unless *unless = records->unless;
    if (unless == NULL || unless->form.text == NULL)
        return;
    const struct ga_form *form = find_form(c, &unless->form);
    records->settled_by = form;
    if (form == NULL)
        return;
    if (!ga_str_equal(form->of.text, "child"))
        ga_message_set(&add_at(c, GA_FAULT, &unless->form.at)->what, "the records of form '%1' are not of one child", form->name);
    check_field(c, form, &unless->names, "record", "'%1' is no field for a record");
    check_field(c, form, &unless->on, "date", "'%1' is no date to the day");
    check_field(c, records->of, &unless->from, "date", "'%1' is no date to the day");
}

static void check_records(const struct checking *c, struct ga_alarm_records *records)
{
    if (records->name.text == NULL || records->form.text == NULL)
        return; /* it was said that it is missing */
    if (is_taken(records->name.text) || ga_guard_is_keyword(records->name.text)) {
        ga_message_set(&add_at(c, GA_FAULT, &records->name.at)->what,
                       "'%1' means something else in conditions; choose another name", records->name.text);
        return;
    }
    records->look = look_of(c->rule, records->name.text);
    records->of = find_form(c, &records->form);
    if (records->of == NULL)
        return;
    if (!ga_str_equal(records->of->of.text, "child")) {
        ga_message_set(&add_at(c, GA_FAULT, &records->form.at)->what, "the records of form '%1' are not of one child",
                       records->of->name);
        return;
    }
    check_field(c, records->of, &records->on, "date", "'%1' is no date to the day");
    check_field(c, records->of, &records->time, "time", "'%1' is no time of day");
    ga_expression_check_record(c->expressions, records->of, &records->when);
    ga_expression_check_record(c->expressions, records->of, &records->ends);
    check_unless(c, records);
}

static void check_opens(const struct checking *c)
{
    struct ga_alarm_rule *rule = c->rule;
    rule->opens_look = -1;
    if (rule->opens.text == NULL)
        return;
    for (size_t i = 0; i < rule->looks_count; i++)
        if (strcmp(rule->looks[i], rule->opens.text) == 0)
            rule->opens_look = (long)i;
    if (rule->opens_look < 0 && strcmp(rule->opens.text, "child") != 0)
        find_form(c, &rule->opens);
}

static void check_since(const struct checking *c)
{
    struct ga_alarm_rule *rule = c->rule;
    ga_expression_check(c->expressions, &rule->since, 0);
    if (rule->since_field.text == NULL)
        return;
    if (rule->since.text != NULL)
        ga_message_set(&add_at(c, GA_FAULT, &rule->since_field.at)->what, "of `since` and `since_field` only one is told");
    if (ga_expression_field(c->expressions->child, rule->since_field.text) != NULL)
        return;
    struct ga_problem *problem = add_at(c, GA_FAULT, &rule->since_field.at);
    ga_message_set(&problem->what, "the child's file has no field '%1'", rule->since_field.text);
    ga_expression_guess(c->expressions->child, rule->since_field.text, "", problem);
}

void ga_alarm_rule_check(struct ga_alarm_rule *rule, const struct ga_definitions *definitions,
                         struct ga_expressions *expressions, struct ga_problems *problems)
{
    struct checking c = {.expressions = expressions, .rule = rule};
    const struct ga_expression_scope scope = {.who = definitions, .alarm = rule};
    if (!ga_expressions_begin(expressions, &scope, rule->file, problems))
        return;
    for (size_t i = 0; i < rule->records.count; i++)
        check_records(&c, &rule->records.items[i]);
    ga_expression_check(expressions, &rule->when, 0);
    check_since(&c);
    ga_expression_check(expressions, &rule->number, 0);
    for (size_t i = 0; i < rule->says.count; i++)
        ga_expression_check(expressions, &rule->says.items[i].when, 0);
    check_opens(&c);
}
