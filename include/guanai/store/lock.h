/* One program at a time works in a data folder. */
#ifndef GUANAI_STORE_LOCK_H
#define GUANAI_STORE_LOCK_H

#include "guanai/base/error.h"
#include "guanai/base/io_ops.h"

/*
 * flock()s the file `lock` of the folder and writes `who` (a name, a day, a time) into it: a crash lets
 * go by itself. GA_BUSY says who has it. *ret_fd: for ga_lock_drop.
 */
enum ga_rc ga_lock_take(const struct ga_io_ops *io, const char *folder, const char *who, int *ret_fd,
                        struct ga_error *err);
void ga_lock_drop(const struct ga_io_ops *io, int fd); /* below 0 is fine */

#endif
