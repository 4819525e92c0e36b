/* Forms as views that expressions and exports read. */
#ifndef GUANAI_STORE_VIEW_H
#define GUANAI_STORE_VIEW_H

#include "guanai/store/store.h"

/*
 * Makes the TEMP view v_<form> when it is not there yet. Columns: id, no, child (UUID texts, child for
 * `of: child` forms only), every field with a column except restricted ones, not_answered, entered_by,
 * entered_on. A repeat is v_<form>__<repeat>: id, record (UUID text), position, its fields. `no` is for
 * joins within one run only; so are those that no field can be called like: _file and _child of an `of: child` form
 * (the file the record hangs on, indexed, and the child), _record of a repeat (its record), and of its fields that
 * name a child _raw_FIELD (the text as it stands, indexed) and _no_FIELD (the child). ret_name (nullable, 140 bytes) receives the view's name.
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

/*
 * v_roster: a row a child (of linked files the leading one's) with no, id, sort, site, grade, class, name; texts but the
 * name are never NULL; `sort` is roster order, indexed. v_class: a row a class that has or had children, with place,
 * site, grade, class: its children's `sort` begin with `place`. Brought up to the newest saves now: asked for again
 * before every use.
 */
enum ga_rc ga_store_roster_view(struct ga_store *store, struct ga_error *err);

/* Appends a field's column as the views have it; `table` is what the form's or repeat's table is called there. */
void ga_store_view_column(const struct ga_form *form, const struct ga_field *field, const char *table, struct ga_str *sql);

#endif
