/* Offers what was written last in a field of free text. */
#include "private.h"

#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"

#include <string.h>

enum { PHRASE_BYTES_MAX = 160, ROWS_LOOKED_AT = 400 };

static bool is_known(const char *const *phrases, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(phrases[i], text) == 0)
            return true;
    return false;
}

/* Names of forms and fields are [a-z][a-z0-9_]* and no SQL keywords: safe as they stand. */
static enum ga_rc prepare(struct ga_entry *entry, const struct ga_field *field, struct ga_stmt **ret_stmt)
{
    struct ga_str sql = {0};
    if (field->parent != NULL)
        ga_str_addf(&sql, "SELECT %s FROM %s__%s ORDER BY rowid DESC LIMIT %d", field->name, entry->form->name,
                    field->parent->name, ROWS_LOOKED_AT);
    else
        ga_str_addf(&sql, "SELECT %s FROM %s ORDER BY rowid DESC LIMIT %d", field->name, entry->form->name,
                    ROWS_LOOKED_AT);
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(entry->session->store), sql.data, ret_stmt, NULL);
    ga_str_finish(&sql);
    return rc;
}

size_t ga_entry_phrases(struct ga_entry *entry, const struct ga_field *field, struct ga_arena *arena,
                        const char **ret_phrases, size_t max)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    size_t count = 0;
    /* what was said of one child in confidence is no phrase for the next */
    if (!field->type->is_text || ga_field_protect(entry->form, field) > GA_PROTECT_ORDINARY ||
        prepare(entry, field, &stmt) != GA_OK)
        return 0;
    while (count < max && ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row) {
        const char *text = ga_stmt_column_text(stmt, 0);
        if (text != NULL && text[0] != '\0' && strlen(text) <= PHRASE_BYTES_MAX && !is_known(ret_phrases, count, text))
            ret_phrases[count++] = ga_arena_strdup(arena, text);
    }
    ga_stmt_destroy(stmt);
    return count;
}
