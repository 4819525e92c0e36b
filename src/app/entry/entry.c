/* One record being filled in, from opening to closing. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/store/record.h"
#include "guanai/store/same.h"

#include <stdlib.h>
#include <string.h>

static struct ga_entry *create_entry(struct ga_session *session, const struct ga_form *form)
{
    struct ga_entry *entry = ga_alloc(sizeof(*entry));
    entry->session = session;
    entry->form = form;
    entry->is_derived = ga_alloc_array(form->all_count, sizeof(bool));
    ga_vec_init(&entry->notes, sizeof(struct ga_draft_note));
    ga_vec_init(&entry->findings, sizeof(struct ga_finding));
    return entry;
}

void ga_entry_destroy(struct ga_entry *entry)
{
    if (entry == NULL)
        return;
    struct ga_answers *const all[] = {&entry->now, &entry->before, &entry->child};
    for (size_t i = 0; i < GA_COUNT(all); i++)
        if (all[i]->form != NULL)
            ga_answers_finish(all[i]);
    ga_heads_destroy(entry->heads);
    ga_vec_finish(&entry->notes);
    ga_vec_finish(&entry->findings);
    ga_arena_finish(&entry->said);
    ga_arena_finish(&entry->noted);
    ga_str_finish(&entry->half);
    free(entry->is_derived);
    free(entry);
}

void ga_entry_made_row(struct ga_entry *entry, struct ga_uuid *ret_id)
{
    const struct ga_session_options *options = entry->session->options;
    ga_uuid_make(options->clock, options->random, &entry->session->memory->last_id, ret_id);
}

/* The parent as folded now; nothing for forms of their own. */
static enum ga_rc read_child(struct ga_entry *entry, const struct ga_uuid *child, struct ga_error *err)
{
    struct ga_session *session = entry->session;
    if (entry->form->of.text == NULL)
        return GA_OK;
    if (child == NULL || ga_uuid_is_zero(child))
        return ga_error_set(err, GA_USAGE, "%1 belongs to a child; say which",
                            ga_label_text(&entry->form->title, session->lang));
    const struct ga_form *form = ga_forms_get(session->forms, entry->form->of.text, err);
    if (form == NULL)
        return GA_NOT_FOUND;
    struct ga_answers answers;
    struct ga_uuid main; /* of linked files the one that leads answers for the child */
    enum ga_rc rc = ga_same_main(session->store, child, &main, err);
    if (rc == GA_OK)
        rc = ga_store_read(session->store, form, &main, &answers, NULL, err);
    if (rc == GA_OK)
        entry->child = answers;
    return rc;
}

enum ga_rc ga_entry_new(struct ga_session *session, const char *form_name, const struct ga_uuid *child,
                        struct ga_entry **ret_entry, struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(session->forms, form_name, err);
    if (form == NULL)
        return GA_NOT_FOUND;
    struct ga_entry *entry = create_entry(session, form);
    enum ga_rc rc = read_child(entry, child, err);
    if (rc != GA_OK) {
        ga_entry_destroy(entry);
        return rc;
    }
    entry->is_new = true;
    session->memory->card_row = session->memory->card_changes = 0; /* card numbers may have been changed by hand: look at all of them again */
    ga_answers_init(&entry->now, form);
    if (entry->child.form != NULL)
        entry->now.child = entry->child.id;
    ga_entry_prefill(entry);
    ga_answers_copy(&entry->before, &entry->now);
    *ret_entry = entry;
    return GA_OK;
}

enum ga_rc ga_entry_open(struct ga_session *session, const struct ga_uuid *id, struct ga_entry **ret_entry,
                         struct ga_error *err)
{
    const struct ga_form *form;
    struct ga_answers now;
    struct ga_heads *heads = NULL;
    enum ga_rc rc = ga_store_form_of(session->store, id, &form, err);
    if (rc == GA_OK)
        rc = ga_store_read(session->store, form, id, &now, &heads, err);
    if (rc != GA_OK)
        return rc;
    struct ga_entry *entry = create_entry(session, form);
    entry->now = now;
    entry->heads = heads;
    ga_answers_copy(&entry->before, &entry->now);
    rc = read_child(entry, &entry->now.child, err);
    if (rc != GA_OK) {
        ga_entry_destroy(entry);
        return rc;
    }
    *ret_entry = entry;
    return GA_OK;
}

struct ga_rule_place ga_entry_place(const struct ga_entry *entry)
{
    return (struct ga_rule_place){.record = &entry->now, .child = entry->child.form == NULL ? NULL : &entry->child};
}

bool ga_entry_is_prefilled(const struct ga_entry *entry, const struct ga_field *field, const struct ga_answer *answer)
{
    if (!entry->is_new || answer->state != GA_ANSWERED)
        return false;
    if (!answer->is_touched || field->parent != NULL)
        return !answer->is_touched;
    return entry->is_derived[field->index] || ga_answer_equal(answer, ga_answers_at(&entry->before, field));
}

bool ga_entry_shows(const struct ga_entry *entry, const struct ga_field *field)
{
    const struct ga_rule_place place = ga_entry_place(entry);
    return !field->is_retired && ga_rules_is_relevant(entry->session->rules, &place, field);
}
