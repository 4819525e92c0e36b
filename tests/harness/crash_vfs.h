/* A SQLite VFS in memory that records what is written, then rebuilds what a power cut could leave. */
#ifndef GUANAI_HARNESS_CRASH_VFS_H
#define GUANAI_HARNESS_CRASH_VFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Open databases on it by its name (`struct ga_db_options.vfs`). The model: a sync makes all earlier
 * writes of that file durable; the first sync of a new journal or -wal also syncs the folder (as
 * SQLite's unix VFS does), a delete is durable only after a folder sync; of everything else any
 * subset of 512-byte sectors, in any order, may have reached the disk. A sector arrives whole or stays
 * as it was: what SQLite expects of a disk on Unix unless told otherwise.
 */
struct crash_vfs;

struct crash_vfs *crash_vfs_create(const char *name); /* registered; one process may hold several */
void crash_vfs_destroy(struct crash_vfs *vfs);        /* after all databases on it are closed */

/* The caller has been told that everything up to here is safe: `mark` must survive from now on. */
void crash_vfs_acknowledge(struct crash_vfs *vfs, int64_t mark);

/* Mutants, to show that tests notice: from now on syncs do nothing. */
void crash_vfs_ignore_syncs(struct crash_vfs *vfs);

/*
 * The n-th write, truncation, sync or creation from now on (from 1) answers this SQLite error, and
 * `times` − 1 further ones after it; 0: none fails. Half of a write that fails is written.
 */
void crash_vfs_fail(struct crash_vfs *vfs, int64_t nth, int64_t times, int sqlite_rc);
bool crash_vfs_has_failed(const struct crash_vfs *vfs); /* since the last crash_vfs_fail */

/* For benchmarks; counted since create. */
int64_t crash_vfs_syncs(const struct crash_vfs *vfs);
int64_t crash_vfs_bytes_written(const struct crash_vfs *vfs);
size_t crash_vfs_events(const struct crash_vfs *vfs);

/*
 * Cuts the power after event `cut` (0 … crash_vfs_events): the files of `into` become one possible
 * state of the disk, drawn by `seed` (0: nothing unsynced arrived; 1: all of it did; else a random
 * subset). Answers the newest mark that was acknowledged by then; 0: none.
 */
int64_t crash_vfs_replay(const struct crash_vfs *from, size_t cut, uint64_t seed, struct crash_vfs *into);

#endif
