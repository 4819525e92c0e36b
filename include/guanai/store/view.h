/* Forms as views that expressions and exports read. */
#ifndef GUANAI_STORE_VIEW_H
#define GUANAI_STORE_VIEW_H

#include "guanai/store/store.h"

/*
 * Makes the TEMP view v_<form> when it is not there yet. Columns: id, no, child (UUID texts, child for
 * `of: child` forms only), every field with a column except restricted ones, not_answered, entered_by,
 * entered_on. A repeat is v_<form>__<repeat>: id, record (UUID text), position, its fields. `no` is for
 * joins within one run only. ret_name (nullable, 140 bytes) receives the view's name.
 *
 * Linked files (store/same.h) are one child: v_child has the row of the leading one alone, `child` in the
 * other views names that one. The files' view has a row a file, each under the id of the one that leads,
 * and `is_behind`. A field that names a child (`record` of child, in repeats too) names the one that leads, but
 * for the verdicts themselves (same_child).
 */
enum ga_rc ga_store_view(struct ga_store *store, const struct ga_form *form, char *ret_name, struct ga_error *err);
enum ga_rc ga_store_files_view(struct ga_store *store, const struct ga_form *form, char *ret_name,
                               struct ga_error *err);
enum ga_rc ga_store_repeat_view(struct ga_store *store, const struct ga_form *form, const struct ga_field *repeat,
                                char *ret_name, struct ga_error *err);

/* Appends a field's column as the views have it; `table` is what the form's or repeat's table is called there. */
void ga_store_view_column(const struct ga_form *form, const struct ga_field *field, const char *table, struct ga_str *sql);

#endif
