/* The one statement that asks about every child; private to this room. */
#ifndef GUANAI_SRC_CARE_QUERY_H
#define GUANAI_SRC_CARE_QUERY_H

#include "expression.h"

/*
 * query.c: one statement that asks about every child. For figures, columns: no, then answer, fact, gaps of each
 * definition. For duties: no, the last day (from 1970) on which the row stays as it is, then of each duty whether it is owed and, AFTER an expression, its event; only the
 * definitions that duties ask are computed. For alarms: no, birth date, then of each whether it stands and, if so, since
 * when, its number, which of its `says` is true.
 */
struct ga_query_ask {
    const struct ga_definitions *definitions;
    const struct ga_duties *duties; /* NULL: figures, ?1 the day, ?2 ?3 ?4 the class */
    const struct ga_alarm_rules *alarms; /* NULL: none; else no duties are asked */
    bool is_of_one;                 /* duties, alarms: ?1 the day, ?2 the child's number; else ?2 ?3 the first, the last one */
    const struct ga_form *child;
};

struct ga_query {
    struct ga_needs needs;
    struct ga_vec exprs;   /* const char * */
    struct ga_vec between; /* const char *: before the first, between, after the last */
    struct ga_str text;    /* since the last expression */
    int columns;
};

void ga_query_write(struct ga_query *query, struct ga_arena *arena, const struct ga_query_ask *ask);
/* until.c: the column _until of v_child, AS v; after all expressions. */
void ga_query_add_until(struct ga_query *query);
void ga_query_finish(struct ga_query *query);

/* Prepared on the store's connection, under the scope; `folder` is what an error names. */
enum ga_rc ga_query_prepare(const struct ga_query *query, struct ga_store *store, const struct ga_guard_scope *scope,
                            const char *folder, struct ga_stmt **ret_stmt, struct ga_error *err);

#endif
