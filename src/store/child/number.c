/* Tells the numbers of children with those of their files. */
#include "guanai/store/number.h"

#include "child/same.h"

enum ga_rc ga_store_child_no(struct ga_store *store, const struct ga_uuid *file, int64_t *ret_no, struct ga_error *err)
{
    int64_t no, main;
    enum ga_rc rc = ga_record_no(store, file, &no, err);
    if (rc == GA_OK)
        rc = ga_same_main_no(store, no, &main, err);
    if (rc == GA_OK)
        *ret_no = main;
    return rc;
}

enum ga_rc ga_store_file_no(struct ga_store *store, const struct ga_uuid *file, int64_t *ret_no, struct ga_error *err)
{
    return ga_record_no(store, file, ret_no, err);
}

enum ga_rc ga_store_id_of(struct ga_store *store, int64_t no, struct ga_uuid *ret_id, struct ga_error *err)
{
    return ga_record_id(store, no, ret_id, NULL, err);
}

static enum ga_rc add_file(struct ga_store *store, int64_t no, struct ga_vec *files, struct ga_error *err)
{
    struct ga_numbered_file file = {.no = no};
    enum ga_rc rc = ga_record_id(store, no, &file.id, NULL, err);
    if (rc == GA_OK)
        *(struct ga_numbered_file *)ga_vec_push(files) = file;
    return rc;
}

enum ga_rc ga_store_child_files(struct ga_store *store, int64_t no, struct ga_vec *files, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = add_file(store, no, files, err);
    if (rc == GA_OK)
        rc = ga_same_has_pairs(store, &has_row, err);
    if (rc != GA_OK || !has_row)
        return rc;
    rc = ga_same_stmt(store, GA_SAME_BEHIND, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        if ((rc = add_file(store, ga_stmt_column_int(stmt, 0), files, err)) != GA_OK) {
            ga_stmt_reset(stmt);
            return rc;
        }
    return rc;
}

enum ga_rc ga_store_files_outside(struct ga_store *store, int64_t from, int64_t to, struct ga_vec *nos, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_same_has_pairs(store, &has_row, err);
    if (rc != GA_OK || !has_row)
        return rc;
    rc = ga_same_stmt(store, GA_SAME_OUTSIDE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, from);
    ga_stmt_bind_int(stmt, 2, to);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(nos) = ga_stmt_column_int(stmt, 0);
    return rc;
}
