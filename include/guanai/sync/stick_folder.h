/*
 * Our one folder on a stick, `guanai`: nothing outside it is looked at or touched, nothing in it but files with our
 * kind of name. A name tells nobody anything: sixteen random hexadecimal digits and `.gab`; while a file is written
 * it has `.part` behind it, and whatever is found with that ending was broken off.
 */
#ifndef GUANAI_SYNC_STICK_FOLDER_H
#define GUANAI_SYNC_STICK_FOLDER_H

#include "guanai/base/arena.h"
#include "guanai/base/error.h"
#include "guanai/base/io_ops.h"
#include "guanai/base/random.h"
#include "guanai/base/vec.h"
#include "guanai/sync/stick.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    GA_STICK_NAME_SIZE = 21,          /* "0123456789abcdef.gab" */
    GA_STICK_FILES_MAX = 1000,        /* more are not looked at: nobody has so many schools */
    GA_STICK_FILE_BYTES_MAX = 1 << 30 /* vfat's own bound is four times that */
};

struct ga_stick_file {
    const char *name, *path;
    int64_t size_bytes, mtime_ns;
};

/*
 * The folder on what people chose: `place` is where a stick is seen, any folder, or the folder `guanai` itself.
 * GA_NOT_FOUND: there is none yet, unless may_make; GA_REFUSED: something else has that name (a file, a link:
 * some viruses leave those).
 */
enum ga_rc ga_stick_folder(const struct ga_io_ops *io, const char *place, bool may_make, struct ga_arena *arena,
                           const char **ret_folder, struct ga_error *err);

void ga_stick_name(const struct ga_random *random, char ret_name[GA_STICK_NAME_SIZE]);
bool ga_stick_is_name(const char *name); /* of a whole file */

/*
 * Appends a struct ga_stick_file for each whole file of ours, the oldest first: what was written first is what others
 * build on. (A stick tells times to two seconds; of the same time by name.) Paths live in the arena.
 */
enum ga_rc ga_stick_files(const struct ga_io_ops *io, const char *folder, struct ga_arena *arena,
                          struct ga_vec *ret_files, struct ga_error *err);

/*
 * The bytes of a small file, read once: no link is followed, nothing but a regular file is read, GA_TOO_BIG past
 * max_bytes. What is checked is what was read here, whatever lies there afterwards.
 */
enum ga_rc ga_stick_read(const struct ga_io_ops *io, const char *path, size_t max_bytes, struct ga_str *ret_bytes,
                         struct ga_error *err);

/* Removes what was broken off while it was written: on a stick nobody else writes at the same time. */
void ga_stick_sweep(const struct ga_io_ops *io, const char *folder, struct ga_arena *arena);

/*
 * Copies a file from the stick to `to` on this computer: opened once, no link followed, at most max_bytes. Everything
 * that is checked is checked on the copy, which nobody can change or pull out meanwhile. GA_DENIED: it is a link;
 * GA_DAMAGED: it, or the stick, does not read; GA_NOT_FOUND: it is gone; GA_TOO_BIG; GA_IO: `to` cannot be written.
 */
enum ga_rc ga_stick_take(const struct ga_io_ops *io, const char *path, const char *to, int64_t max_bytes,
                         struct ga_error *err);

/* Syncs the whole file system of `folder`: names, sizes, everything. */
enum ga_rc ga_stick_settle(const struct ga_io_ops *io, const char *folder, struct ga_error *err);

/*
 * A place as it was when something was begun there. Of a stick that was pulled out an empty folder may stay, where anything can be
 * written as if the stick were there.
 */
struct ga_stick_mark {
    uint64_t device, inode; /* both 0: there was nothing */
};
void ga_stick_mark(const struct ga_io_ops *io, const char *place, struct ga_stick_mark *ret_mark);

/* GA_IO, with what to do, when something else lies there now, or nothing. */
enum ga_rc ga_stick_still(const struct ga_io_ops *io, const char *place, const struct ga_stick_mark *mark, bool is_writing,
                          struct ga_error *err);

/*
 * Before writing: can `needed_bytes` be written in `folder`? Nothing is tried. `stick` is nullable (a folder given by
 * hand). GA_NOT_FOUND, GA_REFUSED or GA_IO with a sentence that says what to do.
 */
enum ga_rc ga_stick_check(const struct ga_io_ops *io, const struct ga_stick *stick, const char *folder,
                          int64_t needed_bytes, struct ga_error *err);

/*
 * After something went wrong there while it was written to, or read: says in `err` what has become of the stick, when that
 * explains it (pulled out, full); otherwise leaves what stands there. Either way it says that it was not finished, and what
 * to do. Answers `rc`, or GA_IO when it knew better.
 */
enum ga_rc ga_stick_explain(const struct ga_io_ops *io, const char *folder, bool is_writing, int64_t needed_bytes,
                            enum ga_rc rc, struct ga_error *err);

#endif
