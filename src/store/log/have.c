/* Keeps what of each site's history is here as runs. */
#include "guanai/store/have.h"

#include "private.h"

#include <stdlib.h>
#include <string.h>

static enum ga_rc run_of(struct ga_store *store, enum ga_sql sql, const struct ga_run_link *link, bool *ret_changed,
                         struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, link->site.bytes, sizeof(link->site.bytes));
    ga_stmt_bind_int(stmt, 2, (int64_t)link->seq);
    ga_stmt_bind_blob(stmt, 3, link->hash.bytes, sizeof(link->hash.bytes));
    if (sql == GA_SQL_LENGTHEN_RUN || sql == GA_SQL_PUT_RUN)
        ga_stmt_bind_blob(stmt, 4, link->previous.bytes, sizeof(link->previous.bytes));
    rc = ga_stmt_run(stmt, err);
    *ret_changed = rc == GA_OK && ga_db_changes(store->db) > 0;
    return rc;
}

/* Behind the run it is built on, else a run of its own; then before the run that is built on it. */
enum ga_rc ga_have_add(struct ga_store *store, const struct ga_run_link *link, struct ga_error *err)
{
    bool has_changed;
    enum ga_rc rc = run_of(store, GA_SQL_LENGTHEN_RUN, link, &has_changed, err);
    if (rc == GA_OK && !has_changed)
        rc = run_of(store, GA_SQL_PUT_RUN, link, &has_changed, err);
    if (rc == GA_OK)
        rc = run_of(store, GA_SQL_JOIN_RUN, link, &has_changed, err);
    return rc == GA_OK && has_changed ? run_of(store, GA_SQL_DROP_RUN, link, &has_changed, err) : rc;
}

/* Columns site, seq, transaction, hash. false: it cannot be read. */
static bool read_link(struct ga_stmt *stmt, struct ga_run_link *ret_link)
{
    const struct ga_value site = ga_stmt_column(stmt, 0), bytes = ga_stmt_column(stmt, 2), hash = ga_stmt_column(stmt, 3);
    struct ga_transaction txn;
    if (site.len != sizeof(ret_link->site) || hash.len != sizeof(ret_link->hash) ||
        ga_transaction_decode(bytes.text, bytes.len, &txn, NULL) != GA_OK)
        return false;
    memcpy(ret_link->site.bytes, site.text, site.len);
    memcpy(ret_link->hash.bytes, hash.text, hash.len);
    ret_link->seq = (uint64_t)ga_stmt_column_int(stmt, 1);
    ret_link->previous = txn.previous;
    return true;
}

/* Damaged ones are none of what is here: ga_store_check says so. */
static enum ga_rc add_each(struct ga_store *store, struct ga_stmt *links, struct ga_error *err)
{
    struct ga_run_link link;
    bool has_row = false;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && (rc = ga_stmt_step(links, &has_row, err)) == GA_OK && has_row)
        if (read_link(links, &link))
            rc = ga_have_add(store, &link, err);
    ga_stmt_reset(links);
    return rc;
}

static enum ga_rc links_of_tail(struct ga_store *store, int64_t first_op, int64_t last_op, struct ga_stmt **ret_stmt,
                                struct ga_error *err)
{
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_TAIL_TXNS, ret_stmt, err);
    if (rc == GA_OK) {
        ga_stmt_bind_int(*ret_stmt, 1, first_op);
        ga_stmt_bind_int(*ret_stmt, 2, last_op);
    }
    return rc;
}

enum ga_rc ga_have_move(struct ga_store *store, int64_t first_op, int64_t last_op, struct ga_error *err)
{
    struct ga_stmt *links;
    const enum ga_rc rc = links_of_tail(store, first_op, last_op, &links, err);
    return rc == GA_OK ? add_each(store, links, err) : rc;
}

enum ga_rc ga_have_fill(struct ga_store *store, struct ga_error *err)
{
    struct ga_stmt *links;
    const enum ga_rc rc = ga_store_stmt(store, GA_SQL_CHAIN_LINKS, &links, err);
    return rc == GA_OK ? add_each(store, links, err) : rc;
}

static enum ga_rc read_runs(struct ga_store *store, struct ga_vec *runs, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_ALL_RUNS, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_value site = ga_stmt_column(stmt, 0), hash = ga_stmt_column(stmt, 3);
        struct ga_have *run = ga_vec_push(runs);
        if (site.len == sizeof(run->site))
            memcpy(run->site.bytes, site.text, site.len);
        if (hash.len == sizeof(run->hash))
            memcpy(run->hash.bytes, hash.text, hash.len);
        run->first = (uint64_t)ga_stmt_column_int(stmt, 1);
        run->last = (uint64_t)ga_stmt_column_int(stmt, 2);
    }
    return rc;
}

static struct ga_have *run_before(const struct ga_vec *runs, size_t from, const struct ga_run_link *link)
{
    for (size_t i = runs->len; i > from; i--) {
        struct ga_have *run = GA_VEC_AT(struct ga_have, runs, i - 1);
        if (run->last + 1 == link->seq && ga_uuid_compare(&run->site, &link->site) == 0 &&
            ga_hash_equal(&run->hash, &link->previous))
            return run;
    }
    return NULL;
}

/* What was saved here and not packed yet: it goes behind what is in chain. */
static enum ga_rc add_tail(struct ga_store *store, struct ga_vec *runs, size_t from, struct ga_error *err)
{
    struct ga_stmt *links;
    struct ga_run_link link;
    bool has_row = false;
    enum ga_rc rc = links_of_tail(store, 0, INT64_MAX, &links, err);
    while (rc == GA_OK && (rc = ga_stmt_step(links, &has_row, err)) == GA_OK && has_row) {
        if (!read_link(links, &link))
            continue;
        struct ga_have *run = run_before(runs, from, &link);
        if (run == NULL) {
            run = ga_vec_push(runs);
            *run = (struct ga_have){.site = link.site, .first = link.seq};
        }
        run->last = link.seq;
        run->hash = link.hash;
    }
    return rc;
}

enum ga_rc ga_store_have(struct ga_store *store, struct ga_vec *ret_runs, struct ga_error *err)
{
    const size_t from = ret_runs->len;
    enum ga_rc rc = read_runs(store, ret_runs, err);
    if (rc == GA_OK)
        rc = add_tail(store, ret_runs, from, err);
    if (rc == GA_OK && ret_runs->len - from > 1)
        qsort(GA_VEC_AT(struct ga_have, ret_runs, from), ret_runs->len - from, sizeof(struct ga_have), ga_have_compare);
    if (rc != GA_OK)
        ret_runs->len = from;
    return rc;
}

static enum ga_rc find(struct ga_store *store, enum ga_sql sql, const struct ga_have *run, bool *ret_has, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, run->site.bytes, sizeof(run->site.bytes));
    ga_stmt_bind_int(stmt, 2, (int64_t)run->last);
    ga_stmt_bind_blob(stmt, 3, run->hash.bytes, sizeof(run->hash.bytes));
    rc = ga_stmt_step(stmt, ret_has, err);
    ga_stmt_reset(stmt);
    return rc;
}

enum ga_rc ga_store_has(struct ga_store *store, const struct ga_have *run, bool in_tail, bool *ret_has, struct ga_error *err)
{
    *ret_has = false;
    const enum ga_rc rc = find(store, GA_SQL_CHAIN_HAS, run, ret_has, err);
    return rc == GA_OK && !*ret_has && in_tail ? find(store, GA_SQL_TAIL_HAS, run, ret_has, err) : rc;
}

void ga_have_state(const struct ga_have *runs, size_t count, struct ga_have_state *ret_state)
{
    *ret_state = (struct ga_have_state){0};
    for (size_t i = 0; i < count; i++) {
        if (runs[i].first > ret_state->last + 1)
            ret_state->gaps++;
        else if (i > 0) /* what is built on the run before is part of it */
            ret_state->forks++;
        if (runs[i].last > ret_state->last)
            ret_state->last = runs[i].last;
    }
}
