/* Gives a record that is being filled in to somebody else. */
#include "private.h"

#include "guanai/store/operation.h"

#include <string.h>

/* Where the doer before stands because nobody said otherwise, whether by default or from the last record. */
static void forget_doer(struct ga_entry *entry, const char *before)
{
    for (size_t i = 0; i < entry->form->all_count; i++) {
        const struct ga_field *field = entry->form->all[i];
        struct ga_answer *answer = &entry->now.answers[i];
        if (field->default_value.text != NULL && strstr(field->default_value.text, "user()") != NULL &&
            answer->state == GA_ANSWERED && answer->value.kind == GA_VALUE_TEXT &&
            strcmp(answer->value.text, before) == 0)
            answer->is_touched = false;
    }
}

/* There is one draft a form, child and user: a second one would take the place of the first. */
static enum ga_rc check_drafts(const struct ga_entry *entry, const char *doer, struct ga_error *err)
{
    int64_t no = 0;
    enum ga_rc rc = ga_draft_find(entry->session->store, entry->form->name, NULL, &entry->now.child, doer, &no, err);
    if (rc == GA_OK && no != 0)
        rc = ga_error_set(err, GA_REFUSED, "%1 has an unfinished one of this already; finish one of the two first", doer);
    return rc;
}

enum ga_rc ga_entry_change_doer(struct ga_entry *entry, const char *doer, struct ga_error *err)
{
    struct ga_session *session = entry->session;
    char before[GA_OPERATION_USER_MAX + 1];
    ga_str_copy(before, sizeof(before), ga_store_user(session->store));
    if (strcmp(before, doer) == 0)
        return GA_OK;
    enum ga_rc rc = check_drafts(entry, doer, err);
    const bool has_draft = entry->draft_no != 0;
    if (rc == GA_OK && has_draft)
        rc = ga_entry_drop_draft(entry, err);
    if (rc != GA_OK)
        return rc;
    entry->is_changed |= has_draft;
    ga_session_set_doer(session, doer);
    forget_doer(entry, before);
    ga_rules_apply_defaults(session->rules, &entry->now, entry->child.form == NULL ? NULL : &entry->child, NULL);
    return GA_OK;
}
