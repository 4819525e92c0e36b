/* Tells whether the grade a child's file says was written since a day. */
#include "guanai/store/graded.h"

#include "child/moves.h"

#include "guanai/base/order.h"

#include <string.h>

static enum ga_rc find_first_op(struct ga_graded *graded, struct ga_date from, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(graded->store->db, "SELECT min(first_op) FROM txn WHERE day >= ?1", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, ga_date_to_days(from));
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row)
        graded->first_op = ga_stmt_column_is_null(stmt, 0) ? INT64_MAX : ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_graded_init(struct ga_graded *graded, struct ga_store *store, struct ga_date from, struct ga_error *err)
{
    *graded = (struct ga_graded){.store = store};
    ga_vec_init(&graded->movers, sizeof(int64_t));
    ga_date_iso(from, graded->from_on);
    ga_date_iso(ga_date_add_days(ga_store_today(store), 1), graded->end);
    enum ga_rc rc = find_first_op(graded, from, err);
    if (rc == GA_OK)
        rc = ga_moves_list_movers(store, &graded->movers, err);
    return rc == GA_OK ? ga_stmt_prepare(store->db,
                                         "SELECT entered_on, EXISTS (SELECT 1 FROM op WHERE no >= ?2 AND record = ?1)"
                                         " FROM child WHERE no = ?1",
                                         &graded->stmt, err)
                       : rc;
}

void ga_graded_finish(struct ga_graded *graded)
{
    ga_stmt_destroy(graded->stmt);
    ga_vec_finish(&graded->movers);
    *graded = (struct ga_graded){0};
}

/* The first of the stays in the grade of now: it was written to be this one when that began. */
static enum ga_rc read_history(struct ga_graded *graded, int64_t no, bool has_moved, bool *ret_is, struct ga_error *err)
{
    const struct ga_stays_ask ask = {.moves = {.no = no, .may_have_moved = has_moved}, .end = graded->end, .lang = GA_ZH};
    struct ga_arena arena = {0};
    struct ga_stay *stays;
    size_t count = 0;
    const enum ga_rc rc = ga_stays_read(graded->store, &ask, &arena, &stays, &count, err);
    if (rc == GA_OK) {
        size_t i = count;
        while (i > 1 && strcmp(stays[i - 2].grade, stays[count - 1].grade) == 0)
            i--;
        *ret_is = count > 0 && strcmp(stays[i - 1].from_on, graded->from_on) >= 0;
    }
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_graded_is(struct ga_graded *graded, int64_t no, bool *ret_is, struct ga_error *err)
{
    const bool has_moved = ga_order_has(&graded->movers, no);
    bool has_row = false, is_new = false, is_touched = false;
    ga_stmt_bind_int(graded->stmt, 1, no);
    ga_stmt_bind_int(graded->stmt, 2, graded->first_op);
    const enum ga_rc rc = ga_stmt_step(graded->stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        is_new = strcmp(ga_stmt_column_text(graded->stmt, 0), graded->from_on) >= 0;
        is_touched = ga_stmt_column_int(graded->stmt, 1) != 0;
        ga_stmt_reset(graded->stmt);
    }
    if (rc == GA_OK && has_row && (has_moved || (is_touched && !is_new)))
        return read_history(graded, no, has_moved, ret_is, err);
    if (rc == GA_OK)
        *ret_is = is_new;
    return rc;
}
