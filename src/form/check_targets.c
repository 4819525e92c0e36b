/* Checks the forms and fields that a form names. */
#include "check.h"

#include "guanai/yaml/suggest.h"

#include <string.h>

static void say_missing(struct ga_forms *forms, const struct ga_form *form, const struct ga_yaml_text *name,
                        struct ga_problems *problems)
{
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

/* A form that is not installed yet is a note: the offer is simply not made. */
static void check_then(struct ga_forms *forms, const struct ga_form *form, const struct ga_then *then,
                       struct ga_problems *problems)
{
    const struct ga_form *target = then->open.text == NULL ? NULL : ga_map_get(&forms->forms, then->open.text);
    if (then->open.text == NULL)
        return;
    if (target == NULL) {
        ga_message_set(&ga_check_add(problems, GA_NOTE, form->file, &then->open.at)->what,
                       "form '%1' is not installed: it is not offered", then->open.text);
        return;
    }
    if (then->section > (int64_t)target->pages_count)
        ga_message_set(&ga_check_add(problems, GA_FAULT, form->file, &then->at)->what,
                       "form '%1' has no such section", target->name);
    for (size_t i = 0; i < then->fill.count; i++) {
        const struct ga_yaml_text *name = &then->fill.items[i].name;
        if (strcmp(name->text, "child") == 0 || ga_form_field(target, name->text) != NULL)
            continue;
        struct ga_problem *problem = ga_check_add(problems, GA_FAULT, form->file, &name->at);
        struct ga_yaml_guess guess;
        ga_message_set(&problem->what, "form '%1' has no field '%2'", target->name, name->text);
        ga_yaml_guess_start(&guess, name->text);
        for (size_t f = 0; f < target->all_count; f++)
            ga_yaml_guess_offer(&guess, target->all[f]->name);
        if (guess.best != NULL)
            ga_message_set(&problem->hint, "did you mean '%1'?", guess.best);
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
