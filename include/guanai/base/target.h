/* A file that appears whole under its name or not at all. */
#ifndef GUANAI_BASE_TARGET_H
#define GUANAI_BASE_TARGET_H

#include "guanai/base/error.h"
#include "guanai/base/io_ops.h"

#include <stddef.h>
#include <stdint.h>

struct ga_target {
    const struct ga_io_ops *io;
    char *path, *part; /* written as path.part until it is whole */
    int fd;
    uint64_t sum; /* of what was written, compared when it is read back */
    int64_t size_bytes;
    size_t held_len;
    char held[32 << 10];
};

/* On the heap for its size. An older file of that name stays until ga_target_commit. */
enum ga_rc ga_target_open(const struct ga_io_ops *io, const char *path, struct ga_target **ret_target,
                          struct ga_error *err);
enum ga_rc ga_target_put(struct ga_target *target, const void *bytes, size_t len, struct ga_error *err);

/*
 * Writes what is held, syncs, reads back. What lies there is still target->part: whoever has to look at it as its readers
 * will does it now. On failure the target is abandoned as after a failed put.
 */
enum ga_rc ga_target_complete(struct ga_target *target, struct ga_error *err);

/* Completes it unless that is done, renames, syncs the folder. The target is freed either way. */
enum ga_rc ga_target_commit(struct ga_target *target, struct ga_error *err);
void ga_target_abandon(struct ga_target *target); /* nothing is left; NULL is fine */

#endif
