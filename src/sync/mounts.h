/* The table of what is mounted where; private to this room. */
#ifndef GUANAI_SYNC_MOUNTS_H
#define GUANAI_SYNC_MOUNTS_H

#include "guanai/base/arena.h"
#include "guanai/base/vec.h"

#include <stdbool.h>

/* A line of /proc/self/mountinfo (Linux, Documentation/filesystems/proc.rst §3.5), its escapes undone. */
struct ga_mount {
    const char *number; /* "8:17"; of FUSE a number of its own */
    const char *folder;
    const char *kind;   /* of file system */
    const char *source; /* "/dev/sdb1", whatever was given */
    bool is_read_only;
    bool is_whole; /* its root, not a folder of it that is seen a second time elsewhere */
};

/* Appends a struct ga_mount a line; lines that are none are passed by. */
void ga_mounts_read(const char *table, struct ga_arena *arena, struct ga_vec *ret_mounts);

/* `\040` and the like become the bytes they stand for; the same with `\x20`, as udev writes names. In place. */
void ga_mounts_unescape(char *text);

#endif
