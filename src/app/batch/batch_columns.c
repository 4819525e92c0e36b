/* Which fields of the form are the columns of a sheet. */
#include "batch/batch_inner.h"

#include <stdio.h>
#include <string.h>

void ga_batch_setting(char *buf, size_t size, const struct ga_session *session, const char *what, const char *form)
{
    char text[400];
    snprintf(text, sizeof(text), "batch.%s.%s.%s", what, form, ga_store_user(session->store));
    ga_str_copy(buf, size, text);
}

void ga_batch_own_setting(const struct ga_batch *batch, const char *what, char *buf, size_t size)
{
    char form[160];
    snprintf(form, sizeof(form), "%s%s%s", batch->sheet, batch->sheet[0] != '\0' ? "." : "", batch->form->name);
    ga_batch_setting(buf, size, batch->session, what, form);
}

bool ga_batch_is_column(const struct ga_batch *batch, const struct ga_field *field)
{
    for (size_t i = 0; i < batch->columns_count; i++)
        if (batch->columns[i] == field)
            return true;
    return false;
}

void ga_batch_take_columns(struct ga_batch *batch, const char *names)
{
    const struct ga_field *taken[GA_BATCH_COLUMNS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < batch->offered_count; i++)
        if (ga_str_has_word(names, batch->offered[i]->name))
            taken[count++] = batch->offered[i];
    if (count == 0 && (batch->sheet[0] == '\0' || strcmp(names, "-") != 0))
        return;
    memcpy(batch->columns, taken, count * sizeof(taken[0]));
    batch->columns_count = count;
}

void ga_batch_name_columns(const struct ga_batch *batch, struct ga_str *out)
{
    for (size_t i = 0; i < batch->columns_count; i++)
        ga_str_addf(out, "%s%s", i > 0 ? " " : "", batch->columns[i]->name);
}

enum ga_rc ga_batch_choose_columns(struct ga_batch *batch, const bool *is_on, struct ga_error *err)
{
    char setting[256];
    struct ga_str names = {0};
    for (size_t i = 0; i < batch->offered_count; i++)
        if (is_on[i])
            ga_str_addf(&names, "%s ", batch->offered[i]->name);
    if (names.len == 0 && batch->sheet[0] != '\0')
        ga_str_add(&names, "-");
    ga_batch_take_columns(batch, ga_str_text(&names));
    ga_batch_own_setting(batch, "columns", setting, sizeof(setting));
    enum ga_rc rc = names.len == 0 ? GA_OK
                                   : ga_store_set_setting(batch->session->store, setting, ga_str_text(&names), err);
    ga_str_finish(&names);
    return rc;
}
