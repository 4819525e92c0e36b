/* Fills in a new record before anybody has typed. */
#include "private.h"

#include "guanai/form/type.h"
#include "guanai/store/record.h"
#include "guanai/store/save.h"

#include <stdio.h>
#include <string.h>

void ga_prefill_setting(char *buf, size_t size, const struct ga_form *form, const char *user)
{
    char text[320];
    snprintf(text, sizeof(text), "last.%s.%s", form->name, user);
    ga_str_copy(buf, size, text);
}

void ga_prefill_rows(struct ga_entry *entry, const struct ga_field *repeat, const struct ga_answers *last)
{
    const struct ga_rows *rows = &last->repeats[repeat->index];
    for (size_t r = 0; r < rows->count; r++) {
        if (rows->rows[r].is_gone)
            continue;
        struct ga_uuid id;
        ga_entry_made_row(entry, &id);
        struct ga_row *row = ga_answers_add_row(&entry->now, repeat, id);
        for (size_t f = 0; f < repeat->fields.count; f++) {
            const struct ga_field *field = &repeat->fields.items[f];
            if (strcmp(field->type->name, "person") == 0 || strcmp(field->type->name, "record") == 0)
                ga_answers_set_in_row(&entry->now, row, field, &rows->rows[r].answers[f].value);
        }
    }
}

static bool has_rows(const struct ga_answers *answers, const struct ga_field *repeat)
{
    return answers->repeats[repeat->index].count > 0;
}

/* One field; touched, because what is prefilled stands as if typed: defaults keep off. */
static void prefill_field(struct ga_entry *entry, const struct ga_field *field, const struct ga_answers *last)
{
    struct ga_answer *answer = ga_answers_at(&entry->now, field);
    const struct ga_answer *from = ga_answers_at(last, field);
    if (field->type->storage == GA_STORE_ROWS) {
        if (!has_rows(&entry->now, field))
            ga_prefill_rows(entry, field, last);
        return;
    }
    if (answer->state != GA_EMPTY || from->state != GA_ANSWERED)
        return;
    ga_answers_set(&entry->now, field, &from->value);
    answer->is_touched = true;
    ga_rules_apply_defaults(entry->session->rules, &entry->now, entry->child.form == NULL ? NULL : &entry->child,
                            field);
}

static void prefill_from(struct ga_entry *entry, const struct ga_answers *last)
{
    for (size_t i = 0; i < entry->form->all_count; i++) {
        const struct ga_field *field = entry->form->all[i];
        if (field->prefill == GA_PREFILL_LAST && !field->is_retired)
            prefill_field(entry, field, last);
    }
}

bool ga_prefill_read_last(struct ga_entry *entry, struct ga_answers *ret_last)
{
    struct ga_store *store = entry->session->store;
    char name[256];
    struct ga_uuid id;
    ga_prefill_setting(name, sizeof(name), entry->form, ga_store_user(store));
    const char *text = ga_save_settle(store, NULL) == GA_OK ? ga_store_setting(store, name) : NULL;
    return text != NULL && ga_uuid_parse(text, &id) &&
           ga_store_read(store, entry->form, &id, ret_last, NULL, NULL) == GA_OK;
}

static bool wants_prefill(const struct ga_form *form)
{
    for (size_t i = 0; i < form->all_count; i++)
        if (form->all[i]->prefill == GA_PREFILL_LAST)
            return true;
    return false;
}

void ga_entry_prefill(struct ga_entry *entry)
{
    struct ga_session *session = entry->session;
    const struct ga_answers *child = entry->child.form == NULL ? NULL : &entry->child;
    const bool is_wanted = session->sitting != NULL && wants_prefill(entry->form);
    const struct ga_answers *last =
        is_wanted ? ga_sitting_last(session->sitting, ga_store_user(session->store), entry->form->name) : NULL;
    if (last != NULL)
        prefill_from(entry, last);
    ga_rules_apply_defaults(session->rules, &entry->now, child, NULL);
    struct ga_answers earlier;
    if (is_wanted && last == NULL && ga_prefill_read_last(entry, &earlier)) {
        prefill_from(entry, &earlier);
        ga_answers_finish(&earlier);
    }
}
