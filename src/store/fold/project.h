/* Answers become rows of the tables that everything above reads; private to this room. */
#ifndef GUANAI_STORE_PROJECT_PRIVATE_H
#define GUANAI_STORE_PROJECT_PRIVATE_H

#include "fold/fold.h"
#include "guanai/sql/stmt.h"

/* What one record looks like to the rest of the program. */
struct ga_projection {
    int64_t no, child;           /* child: record number of the parent, 0 none */
    const struct ga_answers *answers;
    const struct ga_answers *old; /* what was projected before; NULL: nothing */
    const char *entered_by;
    int32_t entered_day;
    const struct ga_fold_head *heads; /* for conflicts; NULL: there are none */
    size_t heads_count;
};
enum ga_rc ga_project(struct ga_store *store, const struct ga_projection *projection, struct ga_error *err);

/* The statements that write a form's tables. */
struct ga_table {
    const struct ga_form *form;
    struct ga_stmt *put, *drop;
    struct ga_stmt **put_row, **drop_rows; /* one per form->all, NULL but for repeats */
};

/* tables.c: DDL of a form as it is now; makes, drops and compares. */
void ga_tables_ddl(const struct ga_form *form, struct ga_str *out);
bool ga_tables_have_lunar(const struct ga_form *child); /* a column lunar_birthday, of text */
enum ga_rc ga_tables_make(struct ga_store *store, const struct ga_form *form, struct ga_error *err);
enum ga_rc ga_tables_drop(struct ga_store *store, const struct ga_form *form, struct ga_error *err);
enum ga_rc ga_tables_of(struct ga_store *store, const struct ga_form *form, struct ga_table **ret_table,
                        struct ga_error *err);
void ga_tables_finish(struct ga_store *store);

/*
 * Folds these operations (all of the record's) and projects the result over `old` (NULL: nothing is there).
 * A record that is gone (fold.h) leaves nothing in any table.
 */
enum ga_rc ga_project_folded(struct ga_store *store, int64_t no, const struct ga_form *form,
                             const struct ga_log_op *ops, size_t ops_count, const struct ga_answers *old,
                             struct ga_error *err);

/* Takes a record that showed `old` out of every table; the log keeps its operations. */
enum ga_rc ga_project_nothing(struct ga_store *store, int64_t no, const struct ga_answers *old, struct ga_error *err);

/* The same from the log, over nothing: what rebuilds and form changes do. */
enum ga_rc ga_project_from_log(struct ga_store *store, int64_t no, struct ga_error *err);

/*
 * index.c: what finds, sorts and counts children; called by ga_project for every form. `old` NULL: a
 * record that was not there. Only the form `child` leaves more than a count.
 */
enum ga_rc ga_index_put(struct ga_store *store, int64_t no, const struct ga_answers *old,
                        const struct ga_answers *now, struct ga_error *err);
/* Writes what was gathered; before the transaction is committed. */
enum ga_rc ga_index_flush(struct ga_store *store, struct ga_error *err);

/* Forgets every record of a form, before its tables are dropped. */
enum ga_rc ga_index_drop_form(struct ga_store *store, const struct ga_form *form, struct ga_error *err);
void ga_index_finish(struct ga_store *store);

#endif
