/* Brings roster, counts, filters to the day it is. */
#include "guanai/store/life.h"

#include "index/index_tally.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/transaction.h"

#include <string.h>

/* A setting: the day they were last brought to. */
#define SETTLED_DAY "presence.day"

static enum ga_rc list_changed(struct ga_store *store, const char *a, const char *b, struct ga_vec *children,
                               struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    const bool is_forward = strcmp(a, b) < 0;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_CHANGES_BETWEEN, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(stmt, 1, is_forward ? a : b);
    ga_stmt_bind_text(stmt, 2, is_forward ? b : a);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_value id = ga_stmt_column(stmt, 0);
        struct ga_uuid *child = ga_vec_push(children);
        if (id.len == sizeof(child->bytes))
            memcpy(child->bytes, id.text, id.len);
    }
    return rc;
}

static enum ga_rc mark_all(struct ga_store *store, const struct ga_vec *children, const char *day, struct ga_error *err)
{
    enum ga_rc rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; rc == GA_OK && i < children->len; i++)
        rc = ga_index_mark_child(store, GA_VEC_AT(struct ga_uuid, children, i), err);
    if (rc == GA_OK)
        rc = ga_index_flush(store, err);
    if (rc == GA_OK)
        rc = ga_store_set_setting(store, SETTLED_DAY, day, err);
    if (rc == GA_OK)
        return ga_transaction_commit(store->db, err);
    ga_transaction_rollback(store->db);
    ga_index_tallies_forget(ga_index_of(store));
    return rc;
}

enum ga_rc ga_store_settle_day(struct ga_store *store, struct ga_error *err)
{
    char before[GA_DATE_SIZE] = "", today[GA_DATE_SIZE];
    struct ga_vec children;
    const char *settled = ga_store_setting(store, SETTLED_DAY);
    ga_date_iso(store->options.today, today);
    if (settled != NULL && strcmp(settled, today) == 0)
        return GA_OK;
    if (settled != NULL)
        ga_str_copy(before, sizeof(before), settled);
    ga_vec_init(&children, sizeof(struct ga_uuid));
    enum ga_rc rc = list_changed(store, before, before[0] == '\0' ? "9999-12-31" : today, &children, err);
    if (rc == GA_OK)
        rc = mark_all(store, &children, today, err);
    if (rc == GA_IO && children.len == 0) /* nobody is gone or back by this day: only the note of it waits */
        rc = GA_OK;
    ga_vec_finish(&children);
    return rc;
}
