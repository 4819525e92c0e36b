/* Keeps numbers that the program gives apart from those that the file gives. */
#include "inner.h"

#include <string.h>

static bool asks_next_number(const struct ga_field *field)
{
    const char *rule = field->import.text;
    return rule != NULL && field->parent == NULL && strncmp(rule, "next_number()", strlen("next_number()")) == 0;
}

const struct ga_field *ga_numbered_field(const struct ga_form *form)
{
    for (size_t i = 0; i < form->all_count; i++)
        if (asks_next_number(form->all[i]))
            return form->all[i];
    return NULL;
}

static int64_t number_of(const struct ga_import *import, const struct ga_answers *answers)
{
    const struct ga_answer *answer = ga_answers_at(answers, import->numbered);
    return answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_INTEGER ? answer->value.integer : 0;
}

/* Also that of a refused row: mended, it comes again and wants its number. */
void ga_numbers_note(struct ga_import *import, const struct ga_answers *row)
{
    const int64_t number = import->numbered == NULL ? 0 : number_of(import, row);
    if (number > import->highest_number && number < INT64_MAX)
        import->highest_number = number;
}

/* The archive knows only of rows written so far; once one lies above the file's, it goes on from there. */
static void lift_number(const struct ga_import *import, struct ga_answers *record, bool is_given)
{
    const int64_t number = is_given ? 0 : number_of(import, record);
    if (number == 0 || number > import->highest_number)
        return;
    const struct ga_value above = ga_value_int(import->highest_number + 1);
    ga_answers_set(record, import->numbered, &above);
}

void ga_apply_imports(struct ga_import *import, struct ga_answers *record, const struct ga_answers *child)
{
    const bool is_given = import->numbered == NULL || number_of(import, record) != 0;
    ga_rules_apply_imports(import->tools.rules, record, child);
    lift_number(import, record, is_given);
}

void ga_apply_late_imports(struct ga_import *import, struct ga_answers *record, const struct ga_answers *child)
{
    const bool is_given = import->numbered == NULL || number_of(import, record) != 0;
    for (size_t i = 0; i < import->late.count; i++)
        ga_rules_apply_import(import->tools.rules, record, child, import->late.fields[i]);
    lift_number(import, record, is_given);
}
