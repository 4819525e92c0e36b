/* A second file with everything in it, opened and counted before it has its name. */
#ifndef GUANAI_STORE_COPY_H
#define GUANAI_STORE_COPY_H

#include "guanai/store/store.h"

/*
 * Copies the database by SQLite's backup API (no other code may open it while it is in use) to `path`.part, opens the
 * copy as any database is, has SQLite check all of it, counts its records against those here, then gives it its name.
 * GA_DAMAGED: the copy is not what was copied; GA_REFUSED: there is such a file. On failure nothing of it is there.
 */
enum ga_rc ga_store_copy(struct ga_store *store, const char *path, int64_t *ret_records, struct ga_error *err);

#endif
