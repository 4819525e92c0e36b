/*
 * USB sticks that are plugged in, found without a desktop.
 *
 * A stick is a partition (or a whole disk without any) of a disk that hangs on USB or calls itself removable, and
 * that carries nothing the system or the school's data stands on. What is said about it comes from the kernel's own
 * tables: /sys/class/block (disks, their size, whether a switch protects them), /proc/self/mountinfo (where it is
 * seen, with which rights), /dev/disk/by-label (its name, where udev makes these links).
 */
#ifndef GUANAI_SYNC_STICK_H
#define GUANAI_SYNC_STICK_H

#include "guanai/base/arena.h"
#include "guanai/base/error.h"
#include "guanai/base/io_ops.h"
#include "guanai/base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct ga_stick {
    const char *device;   /* "/dev/sdb1" */
    const char *folder;   /* where its files are seen; NULL: not mounted */
    const char *label;    /* the name people gave it; "" when it has none or nobody can tell */
    const char *kind;     /* of file system, as mounted: vfat, exfat, ntfs3, fuseblk …; "" when not mounted */
    int64_t size_bytes;
    int64_t free_bytes;   /* -1: not mounted, or cannot be told */
    bool is_protected;    /* the disk itself refuses to be written: its switch */
    bool is_read_only;    /* seen so that nothing can be written, protected or not */
};

/* Where the tables are; tests build their own tree. */
struct ga_stick_places {
    const struct ga_io_ops *io;
    const char *root;        /* before /sys, /proc, /dev; "" for this computer's own */
    const char *data_folder; /* whatever lies on the same file system is no stick: the database never lives on one */
};

/*
 * Appends a struct ga_stick for each, mounted ones first, by device; texts live in the arena. None found is no
 * error. A computer without these tables (no /sys) has no sticks that can be found: any folder can be given by hand.
 */
void ga_sticks_find(const struct ga_stick_places *places, struct ga_arena *arena, struct ga_vec *ret_sticks);

/* The one that holds a path that exists; NULL: none does. Borrowed from `sticks`. */
const struct ga_stick *ga_stick_of(const struct ga_vec *sticks, const char *path);

#endif
