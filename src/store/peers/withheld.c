/* Keeps what stands for operations that this computer may not have. */
#include "peers/withheld.h"

#include <string.h>

enum ga_rc ga_withheld_put(struct ga_store *store, const struct ga_withheld *part, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const enum ga_rc rc = ga_store_stmt(store, GA_SQL_PUT_WITHHELD, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, part->first_op);
    ga_stmt_bind_int(stmt, 2, part->leaves);
    ga_stmt_bind_blob(stmt, 3, part->hash.bytes, sizeof(part->hash.bytes));
    return ga_stmt_run(stmt, err);
}

enum ga_rc ga_withheld_append(struct ga_store *store, uint32_t leaves, const struct ga_hash *hash, struct ga_error *err)
{
    const struct ga_withheld part = {store->last_op + 1, leaves, *hash};
    store->last_op += leaves;
    return ga_withheld_put(store, &part, err);
}

enum ga_rc ga_withheld_drop(struct ga_store *store, int64_t first_op, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const enum ga_rc rc = ga_store_stmt(store, GA_SQL_DROP_WITHHELD, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, first_op);
    return ga_stmt_run(stmt, err);
}

static struct ga_withheld read_part(struct ga_stmt *stmt)
{
    const struct ga_value hash = ga_stmt_column(stmt, 2);
    struct ga_withheld part = {.first_op = ga_stmt_column_int(stmt, 0), .leaves = (uint32_t)ga_stmt_column_int(stmt, 1)};
    if (hash.len == sizeof(part.hash.bytes))
        memcpy(part.hash.bytes, hash.text, hash.len);
    return part;
}

bool ga_withheld_at(struct ga_store *store, int64_t no, struct ga_withheld *ret_part)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (ga_store_stmt(store, GA_SQL_WITHHELD_AT, &stmt, NULL) != GA_OK)
        return false;
    ga_stmt_bind_int(stmt, 1, no);
    if (ga_stmt_step(stmt, &has_row, NULL) != GA_OK || !has_row)
        return false;
    *ret_part = read_part(stmt);
    ga_stmt_reset(stmt);
    return no < ret_part->first_op + ret_part->leaves;
}

enum ga_rc ga_withheld_between(struct ga_store *store, int64_t first, int64_t last, struct ga_vec *ret_parts,
                               struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_WITHHELD_BETWEEN, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, first);
    ga_stmt_bind_int(stmt, 2, last);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(struct ga_withheld *)ga_vec_push(ret_parts) = read_part(stmt);
    return rc;
}
