/* Finds the transactions that somebody refused as they are here. */
#include "peers/send_lacks.h"

#include <string.h>

struct form {
    int64_t no, first_op, count;
    struct ga_hasher hasher;
};

static enum ga_rc find_forms(struct ga_store *store, const struct ga_have *run, struct ga_vec *forms, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_TXN_FORMS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, run->site.bytes, sizeof(run->site.bytes));
    ga_stmt_bind_int(stmt, 2, (int64_t)run->last);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_value bytes = ga_stmt_column(stmt, 1), signature = ga_stmt_column(stmt, 2);
        struct form form = {ga_stmt_column_int(stmt, 0), ga_stmt_column_int(stmt, 3), ga_stmt_column_int(stmt, 4), {{0}}};
        struct ga_signature signed_by;
        if (signature.len != sizeof(signed_by.bytes))
            continue;
        memcpy(signed_by.bytes, signature.text, signature.len);
        if (ga_transaction_form_start(bytes.text, bytes.len, &signed_by, &form.hasher, NULL) == GA_OK)
            *(struct form *)ga_vec_push(forms) = form;
    }
    return rc;
}

/* What is damaged or withheld here has no form. */
static bool is_form(struct ga_store *store, struct form *form, const struct ga_hash *said)
{
    struct ga_block_item item;
    struct ga_hash hash;
    for (int64_t i = 0; i < form->count; i++) {
        if (ga_log_get(store, form->first_op + i, &item, NULL) != GA_OK)
            return false;
        struct ga_hash leaf = item.leaf;
        if (!item.is_erased)
            ga_operation_leaf(item.salt, item.bytes, item.len, &leaf);
        ga_hasher_add(&form->hasher, leaf.bytes, sizeof(leaf.bytes));
    }
    ga_hasher_finish(&form->hasher, &hash);
    return ga_hash_equal(&hash, said);
}

enum ga_rc ga_lacks_refused(struct ga_store *store, const struct ga_have *run, int64_t *ret_no, struct ga_error *err)
{
    struct ga_vec forms;
    ga_vec_init(&forms, sizeof(struct form));
    *ret_no = 0;
    const enum ga_rc rc = run->last > INT64_MAX ? GA_OK : find_forms(store, run, &forms, err);
    for (size_t i = 0; rc == GA_OK && i < forms.len && *ret_no == 0; i++)
        if (is_form(store, ga_vec_at(&forms, i), &run->hash))
            *ret_no = GA_VEC_AT(const struct form, &forms, i)->no;
    ga_vec_finish(&forms);
    return rc;
}
