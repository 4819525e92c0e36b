/* Fills in records that the program itself writes. */
#include "guanai/app/appraisal.h"
#include "guanai/base/num.h"
#include "private.h"

enum ga_rc ga_entry_write(struct ga_entry *entry, const char *field, const char *text, struct ga_error *err)
{
    const struct ga_field *of = ga_form_field(entry->form, field);
    if (of == NULL)
        return ga_error_set(err, GA_REFUSED, "form %1 has no field %2", entry->form->name, field);
    entry->mode = GA_CHECK_IMPORT; /* nobody is there to be warned */
    return text == NULL || text[0] == '\0' ? GA_OK : ga_entry_set(entry, of, NULL, text, NULL, err);
}

enum ga_rc ga_entry_write_all(struct ga_entry *entry, const struct ga_written *fields, size_t count, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; i < count && rc == GA_OK; i++)
        rc = ga_entry_write(entry, fields[i].field, fields[i].text, err);
    return rc;
}

struct ga_save_record ga_entry_record(struct ga_entry *entry)
{
    return (struct ga_save_record){.after = &entry->now,
                                   .before = entry->is_new ? NULL : &entry->before,
                                   .heads = entry->is_new ? NULL : entry->heads};
}

enum ga_rc ga_entry_put(struct ga_entry *entry, struct ga_save *save, struct ga_error *err)
{
    bool is_changed;
    const struct ga_save_record record = ga_entry_record(entry);
    if (save == NULL)
        return ga_entry_save(entry, NULL, err);
    ga_rules_apply_calculations(entry->session->rules, &entry->now, entry->child.form == NULL ? NULL : &entry->child);
    if (!ga_entry_check(entry))
        return ga_error_set(err, GA_REFUSED, "not saved yet: %1 things to look at", GA_NUM(entry->findings.len));
    const enum ga_rc rc = ga_appraisal_guard(entry, err);
    if (rc != GA_OK)
        return rc;
    return ga_save_put(save, &record, &is_changed, err);
}

static enum ga_rc write_and_put(struct ga_entry *entry, struct ga_save *save, const struct ga_written *fields, size_t count,
                                struct ga_error *err)
{
    enum ga_rc rc = ga_entry_write_all(entry, fields, count, err);
    if (rc == GA_OK)
        rc = ga_entry_put(entry, save, err);
    ga_entry_destroy(entry);
    return rc;
}

enum ga_rc ga_written_make(struct ga_session *session, struct ga_save *save, const char *form, const struct ga_uuid *child,
                           const struct ga_written *fields, size_t count, struct ga_error *err)
{
    struct ga_entry *entry;
    const enum ga_rc rc = ga_entry_new(session, form, child, &entry, err);
    return rc == GA_OK ? write_and_put(entry, save, fields, count, err) : rc;
}

enum ga_rc ga_written_change(struct ga_session *session, struct ga_save *save, const struct ga_uuid *id,
                             const struct ga_written *fields, size_t count, struct ga_error *err)
{
    struct ga_entry *entry;
    const enum ga_rc rc = ga_entry_open(session, id, &entry, err);
    return rc == GA_OK ? write_and_put(entry, save, fields, count, err) : rc;
}

enum ga_rc ga_app_end_save(struct ga_save *save, enum ga_rc rc, struct ga_error *err)
{
    if (rc == GA_OK)
        return ga_save_commit(save, err);
    ga_save_abandon(save);
    return rc;
}
