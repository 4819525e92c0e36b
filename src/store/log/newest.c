/* The records of a form, newest first. */
#include "guanai/sql/stmt.h"
#include "guanai/store/record.h"

#include <string.h>

static bool take_id(struct ga_stmt *stmt, struct ga_uuid *ret_id)
{
    const struct ga_value value = ga_stmt_column(stmt, 0);
    if (value.kind != GA_VALUE_BLOB || value.len != sizeof(ret_id->bytes))
        return false;
    memcpy(ret_id->bytes, value.text, sizeof(ret_id->bytes));
    return true;
}

/* Names of forms are [a-z][a-z0-9_]*: safe as they stand. */
enum ga_rc ga_store_newest(struct ga_store *store, const char *form, size_t first, size_t limit,
                           struct ga_uuid *ret_ids, size_t *ret_count, struct ga_error *err)
{
    struct ga_str sql = {0};
    struct ga_stmt *stmt;
    size_t count = 0;
    bool has_row;
    ga_str_addf(&sql,
                "SELECT r.id FROM \"%s\" f JOIN record r ON r.no = f.no ORDER BY f.no DESC LIMIT ?1 OFFSET ?2", form);
    enum ga_rc rc = ga_stmt_prepare(ga_store_db(store), ga_str_text(&sql), &stmt, err);
    ga_str_finish(&sql);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, (int64_t)limit);
    ga_stmt_bind_int(stmt, 2, (int64_t)first);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row && count < limit)
        count += take_id(stmt, &ret_ids[count]);
    ga_stmt_destroy(stmt);
    if (rc == GA_OK)
        *ret_count = count;
    return rc;
}
