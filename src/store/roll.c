/* Says who was here on a day. */
#include "guanai/store/roll.h"

#include "presence.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <string.h>

static int by_number(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/*
 * Changes come by child. One on a file that stands behind counts from the day the leading one was made, as for today's
 * roster (same.h).
 */
#define ALL_PRESENCES                                                                                                \
    "SELECT coalesce(s.main, r.no) AS child, p.from_on, c.id, p.is_here FROM _presence AS p"                         \
    " CROSS JOIN record AS r ON r.id = p.child JOIN record AS c ON c.no = p.no LEFT JOIN _same AS s ON s.no = r.no"  \
    " WHERE (s.main IS NULL OR p.from_on >= (SELECT entered_on FROM child WHERE no = s.main))"

static const char ALL_CHANGES[] = ALL_PRESENCES " ORDER BY 1";

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
    enum ga_rc rc = ga_stmt_prepare(store->db, ALL_CHANGES, &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const int64_t no = ga_stmt_column_int(stmt, 0);
        const char *from_on = ga_stmt_column_text(stmt, 1);
        if (no != child)
            end_child(child, &presence, absent);
        child = no;
        ga_presence_take(&presence, from_on, ga_stmt_column(stmt, 2), ga_stmt_column_int(stmt, 3) != 0, day);
    }
    end_child(child, &presence, absent);
    ga_stmt_destroy(stmt);
    if (absent->len > 0)
        qsort(absent->items, absent->len, sizeof(int64_t), by_number);
    return rc;
}

static bool is_in(const struct ga_vec *numbers, int64_t no)
{
    return numbers->len > 0 && bsearch(&no, numbers->items, numbers->len, sizeof(no), by_number) != NULL;
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
            if (!(ga_stmt_column_int(stmt, 1) & GA_FLAG_BEHIND) && !is_in(&absent, no))
                *(int64_t *)ga_vec_push(nos) = no;
        }
        ga_stmt_destroy(stmt);
    }
    ga_vec_finish(&absent);
    return rc;
}

struct change { /* that decides who is here */
    char from_on[GA_DATE_SIZE];
    uint8_t id[16];
    size_t id_len;
    bool is_here;
};

/* The same rule as ALL_CHANGES has. */
static const char CHANGES_OF_ONE[] =
    "SELECT p.from_on, c.id, p.is_here FROM (SELECT ?1 AS no UNION ALL SELECT no FROM _same WHERE main = ?1) AS f"
    " CROSS JOIN record AS r ON r.no = f.no CROSS JOIN _presence AS p ON p.child = r.id JOIN record AS c ON c.no = p.no"
    " WHERE f.no = ?1 OR p.from_on >= (SELECT entered_on FROM child WHERE no = ?1)";

static enum ga_rc read_changes_of(struct ga_store *store, int64_t child, struct ga_vec *changes, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(store->db, CHANGES_OF_ONE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, child);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_value id = ga_stmt_column(stmt, 1);
        struct change *change = ga_vec_push(changes);
        ga_str_copy(change->from_on, sizeof(change->from_on), ga_stmt_column_text(stmt, 0));
        change->id_len = id.len < sizeof(change->id) ? id.len : sizeof(change->id);
        memcpy(change->id, id.text, change->id_len);
        change->is_here = ga_stmt_column_int(stmt, 2) != 0;
    }
    ga_stmt_destroy(stmt);
    return rc;
}

static bool is_here_on(const struct ga_vec *changes, struct ga_date day)
{
    struct ga_presence presence = {0};
    for (size_t i = 0; i < changes->len; i++) {
        const struct change *change = GA_VEC_AT(const struct change, changes, i);
        ga_presence_take(&presence, change->from_on, ga_value_blob(change->id, change->id_len), change->is_here,
                         GA_DATE_ISO(day));
    }
    return ga_presence_is_here(&presence);
}

enum ga_rc ga_store_here_on(struct ga_store *store, int64_t child, const struct ga_date *days, size_t count,
                            bool *ret_here, struct ga_error *err)
{
    struct ga_vec changes;
    ga_vec_init(&changes, sizeof(struct change));
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = read_changes_of(store, child, &changes, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        ret_here[i] = is_here_on(&changes, days[i]);
    ga_vec_finish(&changes);
    return rc;
}

#define OF_STATUS_CHANGE                                                                                               \
    "SELECT coalesce(s.main, c.child) AS of_child, c.kind, c.from_on, c.until_on"                                      \
    " FROM status_change AS c JOIN record AS r ON r.no = c.no"                                                         \
    " LEFT JOIN _same AS s ON s.no = c.child"                                                                          \
    " WHERE c.child IS NOT NULL AND c.kind IS NOT NULL AND c.from_on <= ?1"

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
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_store_changes(struct ga_store *store, struct ga_date day,
                            void (*each)(void *ctx, const struct ga_change_of_status *change), void *ctx,
                            struct ga_error *err)
{
    struct ga_stmt *stmt;
    if (!has_changes(store))
        return GA_OK;
    enum ga_rc rc = ga_stmt_prepare(store->db, OF_STATUS_CHANGE " ORDER BY of_child, c.from_on, r.id", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(day));
    return hand_out(stmt, each, ctx, err);
}

enum ga_rc ga_store_changes_of(struct ga_store *store, int64_t child, struct ga_date day,
                               void (*each)(void *ctx, const struct ga_change_of_status *change), void *ctx,
                               struct ga_error *err)
{
    static const char sql[] = OF_STATUS_CHANGE
        " AND c.child IN (SELECT ?2 UNION ALL SELECT no FROM _same WHERE main = ?2) ORDER BY c.from_on, r.id";
    struct ga_stmt *stmt;
    if (!has_changes(store))
        return GA_OK;
    enum ga_rc rc = ga_stmt_prepare(store->db, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, GA_DATE_ISO(day));
    ga_stmt_bind_int(stmt, 2, child);
    return hand_out(stmt, each, ctx, err);
}

enum ga_rc ga_store_presences(struct ga_store *store, int64_t child,
                              void (*each)(void *ctx, int64_t child, const char *from_on, bool is_here), void *ctx,
                              struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(store->db, ALL_PRESENCES " AND (?1 = 0 OR ?1 = coalesce(s.main, r.no)) ORDER BY 1, 2, 3",
                             &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, child);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        each(ctx, ga_stmt_column_int(stmt, 0), ga_stmt_column_text(stmt, 1), ga_stmt_column_int(stmt, 3) != 0);
    ga_stmt_destroy(stmt);
    return rc;
}
