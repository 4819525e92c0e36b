/* Statements over the records of a form that a school may have changed. */
#ifndef GUANAI_SRC_CARE_COLUMNS_H
#define GUANAI_SRC_CARE_COLUMNS_H

#include "guanai/sql/stmt.h"
#include "guanai/store/store.h"

/* Which form, which of its fields: columns 0 … in that order, behind them `no` (the record's number) and the child's; the table is v. */
struct ga_columns {
    const char *form;
    const char *const *fields;
    size_t count;
    const char *where; /* with its ORDER BY; of a form about a child v.child is the number of the file it was written in */
};

/* A field that this school's edition lacks, or keeps to few, is NULL. *ret_stmt stays NULL where there is no such form. */
enum ga_rc ga_columns_prepare(struct ga_store *store, const struct ga_columns *columns, struct ga_stmt **ret_stmt,
                              struct ga_error *err);

const char *ga_columns_text(struct ga_stmt *stmt, int column, struct ga_arena *arena); /* "" for NULL; in `arena` */

#endif
