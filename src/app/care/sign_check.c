/* Counts anew what was kept of signed months. */
#include "guanai/app/sign_check.h"

#include "care/sign_inner.h"

#include "guanai/app/care.h"
#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/care/past.h"
#include "guanai/sql/db.h"
#include "private.h"

struct checking {
    struct ga_session *session;
    struct ga_care *care;
    struct ga_vec months; /* struct ga_date */
    struct ga_arena arena;
    int64_t differences;
};

static enum ga_rc find_months(struct checking *c, struct ga_error *err)
{
    struct ga_stmt *stmt;
    struct ga_date month;
    bool has_row = false;
    enum ga_rc rc = ga_signed_ask(c->session, GA_SIGNED_MONTHS, &stmt, err);
    while (stmt != NULL && rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        if (ga_date_from_iso(ga_stmt_column_text(stmt, 0), &month))
            *(struct ga_date *)ga_vec_push(&c->months) = (struct ga_date){month.year, month.month, 1};
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc check_class(struct checking *c, const struct ga_roster_class *class_of, struct ga_date month, struct ga_error *err)
{
    const struct ga_signature *signature = NULL;
    size_t kept = 0, anew = 0;
    enum ga_rc rc = ga_signature_in_force(c->session, class_of, month, &c->arena, &signature, err);
    if (rc != GA_OK || signature == NULL)
        return rc;
    rc = ga_month_count_changes(c->session, class_of, month, signature, &kept, err);
    ga_signed_drop(c->session, signature->no);
    if (rc == GA_OK)
        rc = ga_month_count_changes(c->session, class_of, month, signature, &anew, err);
    c->differences += rc == GA_OK && kept != anew;
    return rc;
}

static enum ga_rc check_month(struct checking *c, struct ga_date month, struct ga_error *err)
{
    struct ga_roster_class *classes;
    size_t count = 0;
    enum ga_rc rc = ga_care_classes(c->care, ga_days_of_month(month).to, GA_ZH, &c->arena, &classes, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        rc = check_class(c, &classes[i], month, err);
    ga_arena_reset(&c->arena);
    return rc;
}

enum ga_rc ga_signed_check(struct ga_session *session, int64_t *ret_differences, struct ga_error *err)
{
    struct checking c = {.session = session};
    enum ga_rc rc = ga_session_care(session, NULL, &c.care, err);
    ga_vec_init(&c.months, sizeof(struct ga_date));
    if (rc == GA_OK)
        rc = find_months(&c, err);
    if (rc == GA_OK)
        ga_db_exec(ga_store_db(session->store), "DROP TABLE IF EXISTS _due_face", NULL); /* what records say is read from the log */
    for (size_t i = 0; rc == GA_OK && i < c.months.len; i++)
        rc = check_month(&c, *GA_VEC_AT(const struct ga_date, &c.months, i), err);
    ga_arena_finish(&c.arena);
    ga_vec_finish(&c.months);
    if (rc == GA_OK)
        *ret_differences = c.differences;
    return rc;
}
