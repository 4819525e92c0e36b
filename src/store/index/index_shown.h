/* Which columns of a child's row lists show; private to the index and its readers. */
#ifndef GUANAI_STORE_INDEX_SHOWN_H
#define GUANAI_STORE_INDEX_SHOWN_H

#include "index/index.h"

/*
 * What lists show stands in the form's own table, which may lack a column, or have one that not everybody may see.
 * Statements are patterns: {name} is the column of `child AS s` that has the name, NULL when there is none to be shown;
 * {child} is the table itself, one without rows while there is no form.
 */
void ga_index_shown_sql(struct ga_store *store, const char *pattern, struct ga_str *out);

/* A statement of a pattern; the tables are up to date then. */
enum ga_rc ga_index_shown_prepare(struct ga_store *store, const char *pattern, struct ga_stmt **ret_stmt,
                                  struct ga_error *err);

/* The form of a child in force now: what was made for another is forgotten. */
enum ga_rc ga_index_shown_note(struct ga_store *store, const struct ga_form *form, struct ga_error *err);
void ga_index_shown_forget(struct ga_index *index);

/* Where a grade stands in its list, as ga_index_child.grade_order has it: without reading the form. */
size_t ga_index_shown_grade(struct ga_store *store, const char *code);

/* Appends where a row stands whose name, site, grade, class number are those of `child`; sets its grade_order. */
void ga_index_shown_sort(struct ga_store *store, struct ga_index_child *child, int64_t no, struct ga_str *out);

#endif
