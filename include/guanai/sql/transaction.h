/* All or nothing. */
#ifndef GUANAI_SQL_TRANSACTION_H
#define GUANAI_SQL_TRANSACTION_H

#include "guanai/base/error.h"
#include "guanai/sql/db.h"

#include <stdbool.h>

/*
 * The outermost level is BEGIN IMMEDIATE, every further one a savepoint. Each begin that answers GA_OK
 * is ended by exactly one commit or rollback.
 */
enum ga_rc ga_transaction_begin(struct ga_db *db, struct ga_error *err);

/*
 * On failure this level has been rolled back: nothing of it is written. When SQLite had to give up the
 * whole transaction (disk full), the commits of all levels fail.
 */
enum ga_rc ga_transaction_commit(struct ga_db *db, struct ga_error *err);

void ga_transaction_rollback(struct ga_db *db); /* this level only; cannot fail */

/*
 * Runs `work` as a transaction of its own that waits for no disk: only for what can be made again when a power cut takes
 * it. On failure nothing of it is written. Not within another.
 */
enum ga_rc ga_transaction_apart(struct ga_db *db, enum ga_rc (*work)(void *ctx, struct ga_error *err), void *ctx,
                                struct ga_error *err);

/* As ga_transaction_apart, for work on TEMP tables alone: nothing of the file is locked, so it need not be writable. */
enum ga_rc ga_transaction_aside(struct ga_db *db, enum ga_rc (*work)(void *ctx, struct ga_error *err), void *ctx,
                                struct ga_error *err);

int ga_transaction_depth(const struct ga_db *db); /* 0: none open */

#endif
