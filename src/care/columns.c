/* Prepares statements over the records of a form that a school may have changed. */
#include "columns.h"

#include "guanai/base/alloc.h"
#include "guanai/store/view.h"

static void add_columns(const struct ga_form *form, const struct ga_columns *columns, struct ga_str *sql)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct ga_field *field = ga_form_field(form, columns->fields[i]);
        if (field != NULL && field->parent == NULL && ga_field_protect(form, field) != GA_PROTECT_RESTRICTED)
            ga_store_view_column(form, field, "v", sql);
        else
            ga_str_add(sql, "NULL");
        ga_str_add(sql, ", ");
    }
}

/*
 * From the form's own table: of a view SQLite prepares every column, which took longer than to read what one child has.
 * What names a linked file that stands behind names the leading one, as in the view.
 */
enum ga_rc ga_columns_prepare(struct ga_store *store, const struct ga_columns *columns, struct ga_stmt **ret_stmt,
                              struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(ga_store_forms(store), columns->form, NULL);
    struct ga_str sql = {0};
    if (form == NULL)
        return GA_OK;
    ga_str_add(&sql, "SELECT ");
    add_columns(form, columns, &sql);
    ga_str_addf(&sql, "v.no, %s FROM main.\"%s\" AS v WHERE %s",
                form->of.text != NULL ? "coalesce((SELECT s.main FROM main._same AS s WHERE s.no = v.child), v.child)" : "NULL",
                form->name, columns->where);
    const enum ga_rc rc = ga_stmt_prepare(ga_store_db(store), ga_str_text(&sql), ret_stmt, err);
    ga_str_finish(&sql);
    return rc;
}

const char *ga_columns_text(struct ga_stmt *stmt, int column, struct ga_arena *arena)
{
    const char *text = ga_stmt_column_text(stmt, column);
    return text == NULL ? "" : ga_arena_strdup(arena, text);
}
