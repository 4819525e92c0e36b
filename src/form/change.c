/* Compares two versions of a form for what could harm records. */
#include "guanai/form/change.h"

#include "guanai/base/str.h"
#include "guanai/form/type.h"

bool ga_list_keeps_choices(const struct ga_list *old, const struct ga_list *changed)
{
    for (size_t i = 0; i < old->choices.count; i++) {
        const struct ga_choice *choice = &old->choices.items[i], *now = ga_list_choice(changed, choice->code);
        if (now == NULL || now->is_retired != choice->is_retired || now->is_exclusive != choice->is_exclusive ||
            !ga_str_equal(now->parent, choice->parent))
            return false;
    }
    return true;
}

static bool keeps_list(const struct ga_list *old, const struct ga_list *changed)
{
    return old == NULL || changed == NULL ? old == changed : ga_list_keeps_choices(old, changed);
}

static bool has_same_bounds(const struct ga_field *old, const struct ga_field *changed)
{
    return old->type == changed->type && old->precision == changed->precision && old->digits == changed->digits &&
           old->max == changed->max && ga_str_equal(old->of.text, changed->of.text) &&
           ga_str_equal(ga_field_group(old), ga_field_group(changed));
}

static bool has_same_rules(const struct ga_field *old, const struct ga_field *changed)
{
    return changed->required <= old->required && ga_str_equal(old->relevant.text, changed->relevant.text) &&
           ga_str_equal(old->constraint.text, changed->constraint.text) &&
           ga_str_equal(old->filter.text, changed->filter.text);
}

static bool asks_for_nothing(const struct ga_field *field)
{
    return field->required <= GA_REQUIRED_TYPING && field->constraint.text == NULL;
}

static bool is_field_harmless(const struct ga_field *old, const struct ga_field *changed);

/* Every old field is still there, unharmed; every new one asks for nothing. */
static bool keeps_row_fields(const struct ga_field *old, const struct ga_field *changed)
{
    size_t kept = 0;
    for (size_t i = 0; i < changed->fields.count; i++) {
        const struct ga_field *field = &changed->fields.items[i], *before = NULL;
        for (size_t k = 0; k < old->fields.count && before == NULL; k++)
            if (ga_str_equal(old->fields.items[k].name, field->name))
                before = &old->fields.items[k];
        if (before == NULL ? !asks_for_nothing(field) : !is_field_harmless(before, field))
            return false;
        kept += before != NULL;
    }
    return kept == old->fields.count;
}

static bool is_field_harmless(const struct ga_field *old, const struct ga_field *changed)
{
    return has_same_bounds(old, changed) && has_same_rules(old, changed) && keeps_list(old->list, changed->list) &&
           keeps_row_fields(old, changed);
}

bool ga_form_change_is_harmless(const struct ga_form *old, const struct ga_form *changed)
{
    if (!ga_str_equal(old->of.text, changed->of.text))
        return false;
    for (size_t i = 0; i < old->all_count; i++) {
        const struct ga_field *now = ga_form_field(changed, old->all[i]->name);
        if (now == NULL || now->parent != NULL || !is_field_harmless(old->all[i], now))
            return false;
    }
    for (size_t i = 0; i < changed->all_count; i++)
        if (ga_form_field(old, changed->all[i]->name) == NULL && !asks_for_nothing(changed->all[i]))
            return false;
    return true;
}
