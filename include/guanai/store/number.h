/* Numbers of children and of their files, for tables that are joined by number. */
#ifndef GUANAI_STORE_NUMBER_H
#define GUANAI_STORE_NUMBER_H

#include "guanai/base/uuid.h"
#include "guanai/base/vec.h"
#include "guanai/store/store.h"

/* Numbers are of this computer alone and never change (ga_roster_row.no). */
struct ga_numbered_file {
    int64_t no;
    struct ga_uuid id;
};

/* The leading file's number of the child this file is of. GA_NOT_FOUND: no such record is here. */
enum ga_rc ga_store_child_no(struct ga_store *store, const struct ga_uuid *file, int64_t *ret_no, struct ga_error *err);

/* The number of that very file. GA_NOT_FOUND as above. */
enum ga_rc ga_store_file_no(struct ga_store *store, const struct ga_uuid *file, int64_t *ret_no, struct ga_error *err);

/* The id of a record of any form by its number. GA_NOT_FOUND as above. */
enum ga_rc ga_store_id_of(struct ga_store *store, int64_t no, struct ga_uuid *ret_id, struct ga_error *err);

/* All files of a child by its number, appended to `files` (struct ga_numbered_file): the leading one first. */
enum ga_rc ga_store_child_files(struct ga_store *store, int64_t no, struct ga_vec *files, struct ga_error *err);

/* Files of children from `from` to `to` whose own numbers lie outside, appended to `nos` (int64_t). */
enum ga_rc ga_store_files_outside(struct ga_store *store, int64_t from, int64_t to, struct ga_vec *nos, struct ga_error *err);

#endif
