/* Reads the class typed beside a grade in any of its spellings. */
#include "private.h"

#include "guanai/base/str.h"
#include "guanai/form/type.h"
#include "guanai/text/class_name.h"

#include <string.h>

/* "" when it is empty, or known only from the class typed before. */
static const char *grade_of(const struct ga_entry *entry)
{
    const struct ga_field *grade = ga_form_field(entry->form, "grade");
    const struct ga_value *value = &ga_answers_at(&entry->now, grade)->value;
    return value->kind == GA_VALUE_TEXT && !entry->is_derived[grade->index] ? value->text : "";
}

bool ga_entry_is_class(const struct ga_form *form, const struct ga_field *field)
{
    const struct ga_field *grade = ga_form_field(form, "grade");
    return strcmp(field->name, "class") == 0 && field->parent == NULL && field->type->is_text && grade != NULL &&
           grade->list != NULL && ga_str_equal(grade->list->name, "grade");
}

enum ga_rc ga_entry_read_class(struct ga_entry *entry, struct ga_value typed, struct ga_value *ret_value,
                               struct ga_value *ret_grade, struct ga_error *err)
{
    char shown[GA_CLASS_NAME_SIZE] = "";
    struct ga_class_name name = {.grade = ""};
    ga_str_copy(name.grade, sizeof(name.grade), grade_of(entry));
    if (name.grade[0] != '\0')
        ga_class_name_text(&name, GA_ZH, shown);
    const int year = ga_class_name_school_year(entry->session->today);
    const enum ga_rc rc = ga_class_name_parse_columns(shown, typed.text, year, &name, NULL, err);
    if (rc == GA_NOT_FOUND) {
        *ret_value = typed; /* a word of the school's own */
        return GA_OK;
    }
    if (rc != GA_OK)
        return rc;
    *ret_grade = shown[0] == '\0' && name.grade[0] != '\0'
                     ? ga_value_text(ga_arena_strdup(&entry->now.arena, name.grade)) : ga_value_null();
    *ret_value = name.number[0] != '\0' ? ga_value_text(ga_arena_strdup(&entry->now.arena, name.number)) : ga_value_null();
    return GA_OK;
}
