/* Fills in records that the program itself writes. */
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

enum ga_rc ga_entry_put(struct ga_entry *entry, struct ga_save *save, struct ga_error *err)
{
    bool is_changed;
    const struct ga_save_record record = {.after = &entry->now,
                                          .before = entry->is_new ? NULL : &entry->before,
                                          .heads = entry->is_new ? NULL : entry->heads};
    ga_rules_apply_calculations(entry->session->rules, &entry->now, entry->child.form == NULL ? NULL : &entry->child);
    if (!ga_entry_check(entry))
        return ga_error_set(err, GA_REFUSED, "not saved yet: %1 things to look at", GA_NUM(entry->findings.len));
    return ga_save_put(save, &record, &is_changed, err);
}
