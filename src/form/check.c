/* Runs every check over a set of forms. */
#include "check.h"

#include <string.h>

struct ga_problem *ga_check_add(struct ga_problems *problems, enum ga_severity severity, const char *file,
                                const struct ga_yaml_at *at)
{
    return ga_problems_add(problems, severity, file, at->line, at->column);
}

struct ga_yaml_at ga_check_at(const struct ga_yaml_text *expr, int character)
{
    struct ga_yaml_at at = expr->at;
    if (character > 0 && strchr(expr->text, '\n') == NULL)
        at.column += character;
    return at;
}

static void check_lists(struct ga_forms *forms, struct ga_problems *problems)
{
    for (size_t i = 0; i < forms->lists.cap; i++) {
        const struct ga_list *list = ga_map_slot_value(&forms->lists, i);
        if (list != NULL && list->file != NULL) /* the sites' list has no file */
            ga_check_list(list, problems);
    }
}

static void check_form(struct ga_forms *forms, struct ga_rules *rules, const struct ga_form *form,
                       struct ga_problems *problems)
{
    ga_check_fields(form, problems);
    ga_check_headings(form, problems);
    ga_check_targets(forms, form, problems);
    if (rules != NULL)
        ga_check_rules(rules, form, problems);
    ga_check_cycles(form, problems);
}

void ga_forms_check(struct ga_forms *forms, struct ga_problems *problems)
{
    struct ga_rules *rules = NULL;
    struct ga_error err = {0};
    check_lists(forms, problems);
    if (ga_rules_create(forms, &rules, &err) != GA_OK)
        ga_problems_add(problems, GA_FAULT, NULL, 0, 0)->what = err.what;
    for (size_t i = 0; i < forms->names_count; i++) {
        const struct ga_form *form = ga_map_get(&forms->forms, forms->names[i]);
        check_form(forms, rules, form, problems);
    }
    ga_rules_destroy(rules);
}
