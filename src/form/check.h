/* What forms check looks at, one file a concern; private to this room. */
#ifndef GUANAI_FORM_CHECK_PRIVATE_H
#define GUANAI_FORM_CHECK_PRIVATE_H

#include "guanai/form/forms.h"
#include "guanai/form/rules.h"

/* A finding at a place of a form's file; set its message. */
struct ga_problem *ga_check_add(struct ga_problems *problems, enum ga_severity severity, const char *file,
                                const struct ga_yaml_at *at);

/* The place of a character inside an expression; where it stands on several lines, the expression's own. */
struct ga_yaml_at ga_check_at(const struct ga_yaml_text *expr, int character);

void ga_check_fields(const struct ga_form *form, struct ga_problems *problems);
void ga_check_headings(const struct ga_form *form, struct ga_problems *problems); /* aka doubles */
void ga_check_list(const struct ga_list *list, struct ga_problems *problems);
void ga_check_targets(struct ga_forms *forms, const struct ga_form *form, struct ga_problems *problems);
void ga_check_rules(struct ga_rules *rules, const struct ga_form *form, struct ga_problems *problems);
void ga_check_cycles(const struct ga_form *form, struct ga_problems *problems);

#endif
