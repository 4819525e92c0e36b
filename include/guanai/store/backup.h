/* Copies of a school's database: telling one, giving it an identity of its own. */
#ifndef GUANAI_STORE_BACKUP_H
#define GUANAI_STORE_BACKUP_H

#include "guanai/store/store.h"

/*
 * Looks at the head of a file without opening it as a database. GA_DAMAGED: no database, another
 * program's, cut off, written by a newer or a trial version; GA_REFUSED: in use, or left in the middle
 * of something (a -wal or -journal beside it holds part of it). ret_size_bytes is nullable.
 */
enum ga_rc ga_backup_inspect(const struct ga_io_ops *io, const char *path, int64_t *ret_size_bytes,
                             struct ga_error *err);

/*
 * What a restored copy writes from now on must never be taken for what its original writes: a new random
 * site with a new key. The old site's secret is forgotten; before, it signs the introduction of the new
 * one (store/site.h), and the new one signs for the old where nobody did, so that who knows one knows both.
 */
enum ga_rc ga_store_renew_site(struct ga_store *store, struct ga_error *err);

#endif
