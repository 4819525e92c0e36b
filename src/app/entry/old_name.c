/* Keeps the name that a changed one replaces. */
#include "private.h"

#include <string.h>

static bool has_changed(const struct ga_entry *entry, const struct ga_field *field)
{
    return !ga_answer_equal(ga_answers_at(&entry->now, field), ga_answers_at(&entry->before, field));
}

static const char *text_of(const struct ga_answers *answers, const struct ga_field *field)
{
    const struct ga_answer *answer = ga_answers_at(answers, field);
    return answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT ? answer->value.text : "";
}

bool ga_entry_old_name(const struct ga_entry *entry, const char **ret_name)
{
    const struct ga_field *name = ga_form_field(entry->form, "name"),
                          *former = ga_form_field(entry->form, "former_name");
    if (entry->is_new || strcmp(entry->form->name, "child") != 0 || name == NULL || former == NULL || former->is_retired)
        return false;
    const char *old = text_of(&entry->before, name), *now = text_of(&entry->now, name);
    /* Whoever writes former names himself has decided; a name taken back is in force again. */
    if (*old == '\0' || *now == '\0' || strcmp(old, now) == 0 || has_changed(entry, former) ||
        strstr(text_of(&entry->now, former), old) != NULL)
        return false;
    *ret_name = old;
    return true;
}

enum ga_rc ga_entry_keep_old_name(struct ga_entry *entry, struct ga_error *err)
{
    const char *old;
    if (!ga_entry_old_name(entry, &old))
        return GA_OK;
    const struct ga_field *former = ga_form_field(entry->form, "former_name");
    struct ga_str text = {0};
    ga_str_add(&text, text_of(&entry->now, former));
    ga_str_addf(&text, "%s%s", text.len > 0 ? "、" : "", old);
    enum ga_rc rc = ga_entry_set(entry, former, NULL, ga_str_text(&text), NULL, err);
    ga_str_finish(&text);
    return rc;
}
