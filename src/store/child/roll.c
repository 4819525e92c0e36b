/* Says who was here on a day. */
#include "guanai/store/roll.h"

#include "child/presence.h"
#include "child/same.h"

#include "guanai/base/alloc.h"
#include "guanai/base/order.h"

#include <stdlib.h>
#include <string.h>

/*
 * Changes come by child. One on a file that stands behind counts from the day the leading one was made, as for today's
 * roster (same.h).
 */
#define ALL_PRESENCES                                                                                                \
    "SELECT p.from_on, c.id, p.is_here, coalesce(s.main, r.no) AS child FROM _presence AS p"                         \
    " CROSS JOIN record AS r ON r.id = p.child JOIN record AS c ON c.no = p.no LEFT JOIN _same AS s ON s.no = r.no"  \
    " WHERE (s.main IS NULL OR p.from_on >= (SELECT entered_on FROM child WHERE no = s.main))"

enum { FROM_ON, ID, IS_HERE, CHILD }; /* columns; those of GA_SAME_PRESENCES, too; GA_SAME_PRESENCE has the first three */

static void take_change(struct ga_presence *presence, struct ga_stmt *stmt, const char *day)
{
    ga_presence_take(presence, ga_stmt_column_text(stmt, FROM_ON), ga_stmt_column(stmt, ID),
                     ga_stmt_column_int(stmt, IS_HERE) != 0, day);
}

/* Those of one child are looked up, in order. */
static enum ga_rc changes_of(struct ga_store *store, int64_t child, struct ga_stmt **ret_stmt, struct ga_error *err)
{
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = ga_same_stmt(store, GA_SAME_PRESENCE, ret_stmt, err);
    if (rc == GA_OK)
        ga_stmt_bind_int(*ret_stmt, 1, child);
    return rc;
}

static void end_child(int64_t child, struct ga_presence *presence, struct ga_vec *absent)
{
    if (child != 0 && !ga_presence_is_here(presence))
        *(int64_t *)ga_vec_push(absent) = child;
    *presence = (struct ga_presence){0};
}

static enum ga_rc read_absent(struct ga_store *store, const char *day, struct ga_vec *absent, struct ga_error *err)
{
    struct ga_stmt *stmt;
    struct ga_presence presence = {0};
    int64_t child = 0;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(store->db, ALL_PRESENCES " ORDER BY child", &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const int64_t no = ga_stmt_column_int(stmt, CHILD);
        if (no != child)
            end_child(child, &presence, absent);
        child = no;
        take_change(&presence, stmt, day);
    }
    end_child(child, &presence, absent);
    ga_stmt_destroy(stmt);
    ga_order_sort(absent);
    return rc;
}

enum ga_rc ga_store_roll(struct ga_store *store, struct ga_date day, struct ga_vec *nos, struct ga_error *err)
{
    struct ga_vec absent;
    struct ga_stmt *stmt;
    bool has_row = false;
    ga_vec_init(&absent, sizeof(int64_t));
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = read_absent(store, GA_DATE_ISO(day), &absent, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(store->db, "SELECT no, flags FROM _roster ORDER BY sort, flags", &stmt, err);
    if (rc == GA_OK) {
        while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
            const int64_t no = ga_stmt_column_int(stmt, 0);
            if (!(ga_stmt_column_int(stmt, 1) & GA_FLAG_BEHIND) && !ga_order_has(&absent, no))
                *(int64_t *)ga_vec_push(nos) = no;
        }
        ga_stmt_destroy(stmt);
    }
    ga_vec_finish(&absent);
    return rc;
}

enum ga_rc ga_store_here_on(struct ga_store *store, int64_t child, const struct ga_date *days, size_t count,
                            bool *ret_here, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = changes_of(store, child, &stmt, err);
    if (rc != GA_OK)
        return rc;
    struct ga_presence *presences = ga_alloc_array(count + 1, sizeof(*presences));
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        for (size_t i = 0; i < count; i++)
            take_change(&presences[i], stmt, GA_DATE_ISO(days[i]));
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        ret_here[i] = ga_presence_is_here(&presences[i]);
    free(presences);
    return rc;
}

static bool has_changes(struct ga_store *store)
{
    static const char *const names[] = {"kind", "from_on", "until_on"};
    const struct ga_form *form = ga_forms_get(&store->forms, "status_change", NULL);
    for (size_t i = 0; i < GA_COUNT(names); i++)
        if (form == NULL || ga_form_field(form, names[i]) == NULL)
            return false;
    return true;
}

static enum ga_rc hand_out(struct ga_stmt *stmt, void (*each)(void *ctx, const struct ga_change_of_status *change),
                           void *ctx, struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_change_of_status change = {
            .child = ga_stmt_column_int(stmt, 0),
            .kind = ga_stmt_column_text(stmt, 1),
            .from_on = ga_stmt_column_text(stmt, 2),
            .until_on = ga_stmt_column_text(stmt, 3),
        };
        each(ctx, &change);
    }
    return rc;
}

enum ga_rc ga_store_changes(struct ga_store *store, struct ga_date day,
                            void (*each)(void *ctx, const struct ga_change_of_status *change), void *ctx,
                            struct ga_error *err)
{
    struct ga_stmt *stmt;
    if (!has_changes(store))
        return GA_OK;
    enum ga_rc rc = ga_same_stmt(store, GA_SAME_ALL_CHANGES, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(day));
    return hand_out(stmt, each, ctx, err);
}

/* Found by the numbers of files, which are indexed; what stands behind one of the children may lie anywhere. */
enum ga_rc ga_store_changes_between(struct ga_store *store, int64_t from, int64_t to, struct ga_date day,
                                    void (*each)(void *ctx, const struct ga_change_of_status *change), void *ctx,
                                    struct ga_error *err)
{
    struct ga_stmt *stmt;
    if (!has_changes(store))
        return GA_OK;
    enum ga_rc rc = ga_same_stmt(store, GA_SAME_CHANGES, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(day));
    ga_stmt_bind_int(stmt, 2, from);
    ga_stmt_bind_int(stmt, 3, to);
    return hand_out(stmt, each, ctx, err);
}

enum ga_rc ga_store_presences(struct ga_store *store, int64_t from, int64_t to,
                              void (*each)(void *ctx, int64_t child, const char *from_on, bool is_here), void *ctx,
                              struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = ga_same_stmt(store, from == to ? GA_SAME_PRESENCE : GA_SAME_PRESENCES, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, from);
    if (from != to)
        ga_stmt_bind_int(stmt, 2, to);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        each(ctx, from == to ? from : ga_stmt_column_int(stmt, CHILD), ga_stmt_column_text(stmt, FROM_ON),
             ga_stmt_column_int(stmt, IS_HERE) != 0);
    return rc;
}
