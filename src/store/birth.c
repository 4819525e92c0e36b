/* Finds the children born on days of the year. */
#include "guanai/store/birth.h"

#include "private.h"
#include "project.h"

#include <string.h>

/* 48: gone, or behind another file of the same child (index.h). */
#define HERE "r.flags & 48 = 0 AND (?3 = 0 OR r.flags & 1 = 1)"

#define BORN(first, last)                                                                                      \
    "SELECT r.no, r.birth, NULL, r.sort, r.flags FROM _roster AS r INDEXED BY _roster_birthday"                \
    " WHERE length(r.birth) = 10 AND substr(r.birth, 6) BETWEEN " first " AND " last " AND " HERE
#define OF_THE_YEAR BORN("?1", "?2") " UNION ALL " BORN("?4", "?5")
#define LUNAR                                                                                                  \
    " UNION ALL SELECT r.no, r.birth, c.lunar_birthday, r.sort, r.flags"                                       \
    " FROM child AS c CROSS JOIN _roster AS r ON r.no = c.no WHERE c.lunar_birthday IS NOT NULL AND " HERE
#define IN_ROSTER_ORDER " ORDER BY 4, 5"

static enum ga_rc read_births(struct ga_stmt *stmt, void (*each)(void *ctx, const struct ga_birth *birth), void *ctx,
                              struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_birth birth = {ga_stmt_column_int(stmt, 0), ga_stmt_column_text(stmt, 1), ga_stmt_column_text(stmt, 2)};
        each(ctx, &birth);
    }
    return rc;
}

enum ga_rc ga_store_births(struct ga_store *store, const struct ga_birth_ask *ask,
                           void (*each)(void *ctx, const struct ga_birth *birth), void *ctx, struct ga_error *err)
{
    const struct ga_form *child = ga_forms_get(&store->forms, "child", NULL);
    const bool has_lunar = child != NULL && ga_tables_have_lunar(child);
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(store->db, has_lunar ? OF_THE_YEAR LUNAR IN_ROSTER_ORDER : OF_THE_YEAR IN_ROSTER_ORDER, &stmt,
                             err);
    if (rc != GA_OK)
        return rc;
    const bool is_over_new_year = strcmp(ask->from, ask->to) > 0; /* else the second stretch is of no day */
    ga_stmt_bind_text(stmt, 1, ask->from);
    ga_stmt_bind_text(stmt, 2, is_over_new_year ? "12-31" : ask->to);
    ga_stmt_bind_text(stmt, 4, is_over_new_year ? "01-01" : "");
    ga_stmt_bind_text(stmt, 5, is_over_new_year ? ask->to : "");
    ga_stmt_bind_int(stmt, 3, ask->only_left_behind);
    rc = read_births(stmt, each, ctx, err);
    ga_stmt_destroy(stmt);
    return rc;
}
