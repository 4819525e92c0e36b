/* Reads what is kept of children on the board. */
#include "priority/priority_inner.h"

#include "due/due_past.h"
#include "guanai/base/alloc.h"
#include "guanai/care/past.h"
#include "guanai/store/view.h"

#include <string.h>

enum { NO, ID, NAME, SITE, GRADE, CLASS, ROWS };

#define CHILDREN                                                                                                       \
    "SELECT r.no, r.id, r.name, r.site, r.grade, r.class, p.rows FROM v_order AS o"                            \
    " CROSS JOIN v_roster AS r ON r.no = o.no CROSS JOIN _prio_child AS p ON p.no = o.no"
static const char ALL[] = CHILDREN " ORDER BY o.sort";
#define WAITING                                                                                                        \
    "SELECT r.no, r.id, r.name, r.site, r.grade, r.class, p.rows FROM _prio_child AS p CROSS JOIN v_roster AS r ON r.no = p.no"
static const char QUIET[] = WAITING " WHERE p.quiet <= ?1 ORDER BY r.sort";
static const char UNREACHED[] = WAITING " WHERE p.reached <= ?1 ORDER BY r.sort";
static const char OF_CHILD[] = WAITING " WHERE p.no = ?1";
static const char OF_CLASS[] = CHILDREN " WHERE o.sort >= ?1 AND o.sort < ?2 ORDER BY o.sort";

static bool is_asked(const char *asked, const char *text)
{
    return asked == NULL || strcmp(asked, text) == 0;
}

static enum ga_rc hand_out(struct ga_stmt *stmt, const struct ga_priority_ask *ask, ga_prio_seen_fn each, void *ctx,
                           struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_prio_seen seen = {
            .child = ga_stmt_column_int(stmt, NO),
            .id = ga_stmt_column_text(stmt, ID),
            .name = ga_stmt_column_text(stmt, NAME),
            .site = ga_stmt_column_text(stmt, SITE),
            .grade = ga_stmt_column_text(stmt, GRADE),
            .class_no = ga_stmt_column_text(stmt, CLASS),
        };
        const struct ga_value rows = ga_stmt_column(stmt, ROWS);
        if (is_asked(ask->site, seen.site) && is_asked(ask->grade, seen.grade) && is_asked(ask->class_no, seen.class_no) &&
            ga_prio_unpack(rows.text, rows.len, &seen.rows))
            each(ctx, &seen);
    }
    return rc;
}

/* Where a class begins in the roster; len 0: there is none such. */
static enum ga_rc find_place(struct ga_db *db, const struct ga_priority_ask *ask, struct ga_str *out, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(db, "SELECT place FROM v_class WHERE site = ?1 AND grade = ?2 AND class = ?3", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, ask->site);
    ga_stmt_bind_text(stmt, 2, ask->grade);
    ga_stmt_bind_text(stmt, 3, ask->class_no);
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        const struct ga_value place = ga_stmt_column(stmt, 0);
        ga_str_add_bytes(out, place.text, place.len);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc read_class(struct ga_db *db, const struct ga_priority_ask *ask, ga_prio_seen_fn each, void *ctx,
                             struct ga_error *err)
{
    struct ga_str from = {0};
    struct ga_stmt *stmt;
    enum ga_rc rc = find_place(db, ask, &from, err);
    if (rc == GA_OK && from.len > 0) {
        rc = ga_stmt_prepare(db, OF_CLASS, &stmt, err);
        if (rc == GA_OK) {
            ga_stmt_bind_blob(stmt, 1, from.data, from.len);
            from.data[from.len - 1] = 1; /* past the 0 that ends the place */
            ga_stmt_bind_blob(stmt, 2, from.data, from.len);
            rc = hand_out(stmt, ask, each, ctx, err);
            ga_stmt_destroy(stmt);
        }
    }
    ga_str_finish(&from);
    return rc;
}

/* The child is called by the class of then, whatever it is in now. */
struct of_then {
    const struct ga_due_place *place;
    ga_prio_seen_fn each;
    void *ctx;
};

static void see_as_then(void *ctx, const struct ga_prio_seen *seen)
{
    const struct of_then *then = ctx;
    struct ga_prio_seen as_then = *seen;
    as_then.site = then->place->site;
    as_then.grade = then->place->grade;
    as_then.class_no = then->place->class_no;
    then->each(then->ctx, &as_then);
}

static bool is_class_asked(const struct ga_priority_ask *ask, const struct ga_due_place *place)
{
    return is_asked(ask->site, place->site) && is_asked(ask->grade, place->grade) && is_asked(ask->class_no, place->class_no);
}

/* Of a month in a school year that is over: by the classes of that year (guanai/care/past.h). */
static enum ga_rc read_past(struct ga_prio *prio, const struct ga_priority_ask *ask, struct ga_date day, ga_prio_seen_fn each,
                            void *ctx, struct ga_error *err)
{
    static const struct ga_priority_ask anybody = {0};
    const struct ga_due_past *past;
    struct ga_stmt *stmt = NULL;
    enum ga_rc rc = ga_due_past_read(prio->care, day, &past, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(prio->care->options.store), OF_CHILD, &stmt, err);
    for (size_t i = 0; rc == GA_OK && i < past->count; i++) {
        const struct ga_due_past_class *class_of = &past->classes[i];
        struct of_then then = {&class_of->place, each, ctx};
        for (size_t k = 0; rc == GA_OK && is_class_asked(ask, &class_of->place) && k < class_of->children_count; k++) {
            ga_stmt_bind_int(stmt, 1, class_of->children[k]);
            rc = hand_out(stmt, &anybody, see_as_then, &then, err);
            ga_stmt_reset(stmt);
        }
    }
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_prio_read(struct ga_prio *prio, const struct ga_priority_ask *ask, size_t month, ga_prio_seen_fn each, void *ctx,
                        struct ga_error *err)
{
    struct ga_db *db = ga_store_db(prio->care->options.store);
    struct ga_stmt *stmt;
    if (ga_care_is_over(prio->care, prio->ends[month]))
        return read_past(prio, ask, prio->ends[month], each, ctx, err);
    if (ask->site != NULL && ask->grade != NULL && ask->class_no != NULL)
        return read_class(db, ask, each, ctx, err);
    enum ga_rc rc = ga_stmt_prepare(db, ALL, &stmt, err);
    if (rc != GA_OK)
        return rc;
    rc = hand_out(stmt, ask, each, ctx, err);
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_prio_read_waiting(struct ga_prio *prio, const struct ga_priority_ask *ask, ga_prio_seen_fn each, void *ctx,
                                struct ga_error *err)
{
    const int days = ask->unreached_days > 0 ? ask->unreached_days : ask->quiet_days;
    struct ga_stmt *stmt;
    if (days <= 0 || ask->class_no != NULL)
        return ga_prio_read(prio, ask, prio->months - 1, each, ctx, err);
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(prio->care->options.store), ask->unreached_days > 0 ? UNREACHED : QUIET, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, ga_prio_waits_since(prio, days));
    rc = hand_out(stmt, ask, each, ctx, err);
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_prio_first(struct ga_prio *prio, int32_t *ret_first, struct ga_error *err)
{
    int64_t first = 0;
    enum ga_rc rc = ga_db_query_int(ga_store_db(prio->care->options.store),
                                    "SELECT ifnull(min(first), 0) FROM _prio_child WHERE first IS NOT NULL", &first, err);
    if (rc != GA_OK)
        return rc;
    *ret_first = first == 0 || first > prio->first_day ? prio->first_day : (int32_t)first;
    if (*ret_first < prio->from)
        *ret_first = prio->from;
    return GA_OK;
}

enum ga_rc ga_prio_read_one(struct ga_prio *prio, int64_t child, struct ga_str *bytes, struct ga_prio_rows *ret_rows,
                            bool *ret_has, struct ga_error *err)
{
    struct ga_stmt *stmt;
    *ret_has = false;
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(prio->care->options.store), "SELECT rows FROM _prio_child WHERE no = ?1", &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, child);
    bool has_row = false;
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        const struct ga_value rows = ga_stmt_column(stmt, 0);
        ga_str_clear(bytes);
        ga_str_add_bytes(bytes, rows.text, rows.len);
        *ret_has = ga_prio_unpack(ga_str_text(bytes), bytes->len, ret_rows);
    }
    ga_stmt_destroy(stmt);
    return rc;
}
