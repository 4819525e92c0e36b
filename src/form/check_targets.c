/* Checks the forms and fields that a form names. */
#include "check.h"

#include "guanai/base/num.h"
#include "guanai/form/type.h"
#include "guanai/yaml/suggest.h"

#include <string.h>

static void say_missing(struct ga_forms *forms, const struct ga_form *form, const struct ga_yaml_text *name,
                        struct ga_problems *problems)
{
    if (ga_forms_is_broken(forms, name->text))
        return;
    struct ga_problem *problem = ga_check_add(problems, GA_FAULT, form->file, &name->at);
    const char *near = ga_yaml_suggest(name->text, forms->names, forms->names_count);
    ga_message_set(&problem->what, "there is no form '%1'", name->text);
    if (near != NULL)
        ga_message_set(&problem->hint, "did you mean '%1'?", near);
}

static void check_record_fields(struct ga_forms *forms, const struct ga_form *form, const struct ga_field *fields,
                                size_t count, struct ga_problems *problems)
{
    for (size_t i = 0; i < count; i++) {
        if (fields[i].of.text != NULL && ga_map_get(&forms->forms, fields[i].of.text) == NULL)
            say_missing(forms, form, &fields[i].of, problems);
        check_record_fields(forms, form, fields[i].fields.items, fields[i].fields.count, problems);
    }
}

/* False, with a suggestion, when the form that is opened has no such field of its own. */
static bool check_field(const struct ga_form *form, const struct ga_form *target, const struct ga_yaml_text *name,
                        struct ga_problems *problems)
{
    const struct ga_field *field = ga_form_field(target, name->text);
    struct ga_yaml_guess guess;
    if (field != NULL && field->parent == NULL)
        return true;
    struct ga_problem *problem = ga_check_add(problems, GA_FAULT, form->file, &name->at);
    ga_message_set(&problem->what, "form '%1' has no field '%2'", target->name, name->text);
    ga_yaml_guess_start(&guess, name->text);
    for (size_t f = 0; f < target->all_count; f++)
        ga_yaml_guess_offer(&guess, target->all[f]->name);
    if (guess.best != NULL)
        ga_message_set(&problem->hint, "did you mean '%1'?", guess.best);
    return false;
}

/* Where it opens: a field that is asked there, on the section that is named, if one is. */
static void check_opened_at(const struct ga_form *form, const struct ga_form *target, const struct ga_then *then,
                            struct ga_problems *problems)
{
    const struct ga_yaml_text *at = &then->field;
    if (at->text == NULL || !check_field(form, target, at, problems))
        return;
    const struct ga_field *field = ga_form_field(target, at->text);
    const bool is_asked = field->type != NULL && field->type->widget != GA_WIDGET_NONE;
    if (field->is_retired || field->calculation.text != NULL || !is_asked)
        ga_message_set(&ga_check_add(problems, GA_FAULT, form->file, &at->at)->what,
                       "field '%1' of form '%2' cannot be filled in", at->text, target->name);
    else if (then->section > 0 && (size_t)then->section != field->page + 1)
        ga_message_set(&ga_check_add(problems, GA_FAULT, form->file, &at->at)->what,
                       "field '%1' stands in section %2; leave section: out", at->text, GA_NUM(field->page + 1));
}

/* A form that is not installed yet is a note: the offer is simply not made. */
static void check_then(struct ga_forms *forms, const struct ga_form *form, const struct ga_then *then,
                       struct ga_problems *problems)
{
    const struct ga_form *target = then->open.text == NULL ? NULL : ga_map_get(&forms->forms, then->open.text);
    if (then->open.text == NULL && then->say.zh == NULL)
        ga_message_set(&ga_check_add(problems, GA_FAULT, form->file, &then->at)->what,
                       "this row of then offers nothing (open:) and says nothing (say:)");
    if (then->open.text == NULL)
        return;
    if (target == NULL && ga_forms_is_broken(forms, then->open.text))
        return;
    if (target == NULL) {
        ga_message_set(&ga_check_add(problems, GA_NOTE, form->file, &then->open.at)->what,
                       "form '%1' is not installed: it is not offered", then->open.text);
        return;
    }
    if (then->section > (int64_t)target->pages_count)
        ga_message_set(&ga_check_add(problems, GA_FAULT, form->file, &then->at)->what,
                       "form '%1' has no such section", target->name);
    check_opened_at(form, target, then, problems);
    for (size_t i = 0; i < then->fill.count; i++) {
        const struct ga_yaml_text *name = &then->fill.items[i].name;
        if (strcmp(name->text, "child") != 0)
            check_field(form, target, name, problems);
    }
}

void ga_check_targets(struct ga_forms *forms, const struct ga_form *form, struct ga_problems *problems)
{
    if (form->of.text != NULL && ga_map_get(&forms->forms, form->of.text) == NULL)
        say_missing(forms, form, &form->of, problems);
    for (size_t p = 0; p < form->pages_count; p++)
        check_record_fields(forms, form, form->pages[p].fields, form->pages[p].fields_count, problems);
    for (size_t i = 0; i < form->then.count; i++)
        check_then(forms, form, &form->then.items[i], problems);
}
