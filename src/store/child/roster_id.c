/* Looks up the ids of rows that came without. */
#include "index/index.h"
#include "private.h"

#include "guanai/store/roster.h"

#include <string.h>

enum ga_rc ga_roster_ids(struct ga_store *store, const int64_t *nos, size_t count, struct ga_uuid *ids, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = GA_OK;
    for (size_t at = 0, done = 0; rc == GA_OK && at < count; done = at) {
        rc = ga_index_stmt(store, GA_INDEX_FIND_IDS, &stmt, err);
        for (int k = 1; rc == GA_OK && k <= GA_INDEX_ROWS_AT_ONCE && at < count; k++, at++)
            ga_stmt_bind_int(stmt, k, nos[at]);
        for (; rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row; done++) {
            const struct ga_value id = ga_stmt_column(stmt, 0);
            if (id.len == sizeof(ids->bytes))
                memcpy(ids[done].bytes, id.text, id.len);
        }
    }
    return rc;
}

enum ga_rc ga_roster_find_id(struct ga_store *store, struct ga_roster_row *row, struct ga_error *err)
{
    return ga_uuid_is_zero(&row->id) ? ga_record_id(store, row->no, &row->id, NULL, err) : GA_OK;
}
