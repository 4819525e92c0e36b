/* Checks names, keys, labels, protection of the fields of a form. */
#include "check.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/form/type.h"
#include "guanai/sql/guard.h"
#include "guanai/text/utf8.h"

#include <string.h>

static const char *const reserved[] = {"id",       "no",         "record",   "child",  "child_no", "parent",
                                       "position", "entered_by", "entered_on", "choice", "not_answered", "misfit"};

enum { DIGITS_PRESET = 2 }; /* as form/schema.c has it */

static const char *const roles[] = {"teacher", "headteacher", "clerk", "counsellor", "administrator", "county"};

static void say(const struct ga_form *form, struct ga_problems *problems, enum ga_severity severity,
                const struct ga_yaml_at *at, const char *english, const char *arg)
{
    ga_message_set(&ga_check_add(problems, severity, form->file, at)->what, english, arg);
}

static void check_name(const struct ga_form *form, const struct ga_field *field, struct ga_problems *problems)
{
    if (ga_guard_is_keyword(field->name))
        say(form, problems, GA_FAULT, &field->at, "'%1' is an SQL keyword; choose another name", field->name);
    for (size_t i = 0; i < GA_COUNT(reserved); i++)
        if (strcmp(field->name, reserved[i]) == 0)
            say(form, problems, GA_FAULT, &field->at, "'%1' is a name of the store; choose another", field->name);
}

/* Keys that mean something for some types only. */
static void check_keys(const struct ga_form *form, const struct ga_field *field, struct ga_problems *problems)
{
    const struct ga_field_type *type = field->type;
    const struct {
        bool is_there, fits;
        const char *key;
    } keys[] = {
        {field->list_name.text != NULL, type->takes_list, "list"},
        {field->of.text != NULL, strcmp(type->name, "record") == 0, "of"},
        {field->fields.count > 0, type->storage == GA_STORE_ROWS, "fields"},
        {field->precision != GA_PRECISION_DAY, strcmp(type->name, "date") == 0, "precision"},
        {field->is_ahead, strcmp(type->name, "date") == 0, "ahead"},
        {field->max != 0, strcmp(type->name, "scale") == 0, "max"},
        {field->filter.text != NULL, type->takes_list, "filter"},
        {field->required != GA_REQUIRED_NO, type->storage != GA_STORE_NOTHING, "required"},
        {field->default_value.text != NULL, type->parse != NULL, "default"},
        {field->calculation.text != NULL, type->parse != NULL, "calculation"},
        {field->import.text != NULL, type->parse != NULL, "import"},
        {field->constraint.text != NULL, type->parse != NULL, "constraint"},
        {field->warn.text != NULL, type->parse != NULL, "warn"},
        {field->aka.count > 0, type->parse != NULL, "aka"},
        {field->aka_yes.count > 0, type->widget == GA_WIDGET_BOOLEAN, "aka_yes"},
        {field->aka_no.count > 0, type->widget == GA_WIDGET_BOOLEAN, "aka_no"},
        {field->prefill != GA_PREFILL_NONE, type->storage != GA_STORE_NOTHING, "prefill"},
        {field->names != GA_NAMES_UNSAID, type->parse != NULL, "names"},
        {field->is_typed_twice, type->parse != NULL && type->widget != GA_WIDGET_RECORD, "verify"},
        {field->digits != DIGITS_PRESET, type->storage == GA_STORE_REAL, "digits"},
    };
    for (size_t i = 0; i < GA_COUNT(keys); i++)
        if (keys[i].is_there && !keys[i].fits) {
            struct ga_problem *problem = ga_check_add(problems, GA_FAULT, form->file, &field->at);
            ga_message_set(&problem->what, "'%1' does not go with type %2", keys[i].key, type->name);
        }
    if (type->needs_list && field->list_name.text == NULL)
        say(form, problems, GA_FAULT, &field->at, "type %1 needs list:", type->name);
}

static void check_words(const struct ga_form *form, const struct ga_field *field, struct ga_problems *problems)
{
    if (field->label.zh == NULL)
        say(form, problems, GA_FAULT, &field->at, "field '%1' has no label", field->name);
    if (field->message.zh != NULL && field->constraint.text == NULL)
        say(form, problems, GA_WARNING, &field->at, "'%1' has a message but no constraint", field->name);
    if (field->warn_message.zh != NULL && field->warn.text == NULL)
        say(form, problems, GA_WARNING, &field->at, "'%1' has a warn_message but no warn", field->name);
    if (field->calculation.text != NULL && (field->default_value.text != NULL || field->prefill != GA_PREFILL_NONE))
        say(form, problems, GA_WARNING, &field->at, "'%1' is computed: its default is never used", field->name);
    if (field->is_typed_twice && (field->calculation.text != NULL || field->parent != NULL ||
                                  ga_field_protect(form, field) == GA_PROTECT_RESTRICTED))
        say(form, problems, GA_FAULT, &field->at,
            "'%1' cannot be typed twice: verify is for answers that are typed, outside repeats, not restricted", field->name);
}

static void check_protect(const struct ga_form *form, const struct ga_field *field, struct ga_problems *problems)
{
    if (field->protect != GA_PROTECT_UNSAID && field->protect < ga_form_protect(form))
        say(form, problems, GA_FAULT, &field->at, "'%1' may only be stricter than its form", field->name);
    if (ga_field_protect(form, field) == GA_PROTECT_RESTRICTED && !field->type->is_text &&
        field->type->storage != GA_STORE_NOTHING && field->type->storage != GA_STORE_ROWS)
        say(form, problems, GA_FAULT, &field->at, "restricted is for text fields only; '%1' is none", field->name);
}

/* `relevant: a <> 'x'` hides the field while a is unknown; mostly not what was meant (rule 2). */
static void check_unequal(const struct ga_form *form, const struct ga_field *field, struct ga_problems *problems)
{
    const char *rule = field->relevant.text;
    bool is_quoted = false;
    for (const char *p = rule; p != NULL && *p != '\0'; p++) {
        is_quoted ^= *p == '\'';
        if (is_quoted || (strncmp(p, "<>", 2) != 0 && strncmp(p, "!=", 2) != 0))
            continue;
        struct ga_yaml_at at = ga_check_at(&field->relevant, (int)ga_utf8_count(rule, (size_t)(p - rule)));
        struct ga_problem *problem = ga_check_add(problems, GA_WARNING, form->file, &at);
        ga_message_set(&problem->what, "'<>' is neither true nor false while the answer is unknown, so '%1' hides",
                       field->name);
        ga_message_set(&problem->hint, "write IS NOT instead of <>");
        return;
    }
}

static void check_one(const struct ga_form *form, const struct ga_field *field, struct ga_problems *problems)
{
    check_name(form, field, problems);
    check_keys(form, field, problems);
    check_words(form, field, problems);
    check_protect(form, field, problems);
    check_unequal(form, field, problems);
    if (field->type->check != NULL)
        field->type->check(field, form->file, problems);
}

static void check_doubles(const struct ga_form *form, const struct ga_field *const *fields, size_t count,
                          struct ga_problems *problems)
{
    struct ga_map seen = {0};
    for (size_t i = 0; i < count; i++) {
        if (ga_map_get(&seen, fields[i]->name) != NULL)
            say(form, problems, GA_FAULT, &fields[i]->at, "there are two fields '%1'", fields[i]->name);
        ga_map_put(&seen, fields[i]->name, (void *)(uintptr_t)fields[i]);
    }
    ga_map_finish(&seen);
}

static void check_inner(const struct ga_form *form, const struct ga_field *repeat, struct ga_problems *problems)
{
    const struct ga_field *inner[GA_FORM_FIELDS_MAX];
    for (size_t i = 0; i < repeat->fields.count && i < GA_FORM_FIELDS_MAX; i++) {
        inner[i] = &repeat->fields.items[i];
        /* `child` is reserved for the parent; a row may name one all the same (rule 4) */
        if (strcmp(inner[i]->name, "child") != 0)
            check_name(form, inner[i], problems);
        check_keys(form, inner[i], problems);
        check_words(form, inner[i], problems);
        check_protect(form, inner[i], problems);
        check_unequal(form, inner[i], problems);
        if (inner[i]->type->check != NULL)
            inner[i]->type->check(inner[i], form->file, problems);
    }
    check_doubles(form, inner, repeat->fields.count < GA_FORM_FIELDS_MAX ? repeat->fields.count : GA_FORM_FIELDS_MAX,
                  problems);
}

static void check_roles(const struct ga_form *form, const struct ga_yaml_text *names, size_t count,
                        struct ga_problems *problems)
{
    for (size_t i = 0; i < count; i++) {
        bool is_known = false;
        for (size_t r = 0; r < GA_COUNT(roles); r++)
            is_known |= ga_str_equal(roles[r], names[i].text);
        if (!is_known)
            say(form, problems, GA_FAULT, &names[i].at, "there is no role '%1'", names[i].text);
    }
}

static void check_form_keys(const struct ga_form *form, struct ga_problems *problems)
{
    if (form->protect == GA_PROTECT_UNSAID)
        say(form, problems, GA_WARNING, &form->at, "form '%1' does not say protect: it counts as sensitive",
            form->name);
    if (form->sections.count > 0 && form->fields.count > 0)
        say(form, problems, GA_FAULT, &form->at, "form '%1' has sections and fields; use one of them", form->name);
    if (form->all_count == 0)
        say(form, problems, GA_FAULT, &form->at, "form '%1' has no fields", form->name);
    if (form->all_count > GA_FORM_FIELDS_MAX)
        say(form, problems, GA_FAULT, &form->at, "form '%1' has too many fields", form->name);
    if (form->roles != NULL) {
        check_roles(form, form->roles->read.items, form->roles->read.count, problems);
        check_roles(form, form->roles->write.items, form->roles->write.count, problems);
    }
}

void ga_check_fields(const struct ga_form *form, struct ga_problems *problems)
{
    check_form_keys(form, problems);
    for (size_t i = 0; i < form->all_count; i++) {
        check_one(form, form->all[i], problems);
        if (form->all[i]->fields.count > 0)
            check_inner(form, form->all[i], problems);
    }
    check_doubles(form, (const struct ga_field *const *)form->all, form->all_count, problems);
}
