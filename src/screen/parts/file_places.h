/* Where files to take in are likely to lie. */
#ifndef GUANAI_SRC_SCREEN_FILE_PLACES_H
#define GUANAI_SRC_SCREEN_FILE_PLACES_H

#include "guanai/base/arena.h"
#include "guanai/base/io_ops.h"
#include "guanai/base/vec.h"

/* A sheet found on a stick or in the user's folders. */
struct ga_found_file {
    const char *path, *name, *folder;
    int64_t size_bytes, mtime_ns;
};

/*
 * Adds .csv .xlsx .xls .txt files of the folders sticks are mounted in and of the usual ones of `home`
 * (nullable), newest first, bounded in depth and number. Texts in `arena`; `files` holds struct
 * ga_found_file.
 */
void ga_file_places_look(const struct ga_io_ops *io, const char *home, struct ga_arena *arena, struct ga_vec *files);

/* The folder of a stick that is in, else home, else "."; where a new file is put. In `arena`. */
const char *ga_file_places_target(const struct ga_io_ops *io, const char *home, struct ga_arena *arena);

/* What a person typed or dragged into the window: quotes, file:// and ~ resolved; in `arena`. */
const char *ga_file_places_typed(const char *home, const char *typed, struct ga_arena *arena);

#endif
