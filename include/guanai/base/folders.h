/* Folders that lie one over the other: what a school puts beside its data, over what comes with the program. */
#ifndef GUANAI_BASE_FOLDERS_H
#define GUANAI_BASE_FOLDERS_H

#include "guanai/base/arena.h"
#include "guanai/base/io_ops.h"
#include "guanai/base/problem.h"
#include "guanai/base/str.h"

/*
 *   DATA/forms ──────┐ a file here stands for the file of its name below, in every inner folder alike
 *   program's forms ─┴─▶ one list of files ──▶ form, lists/, definitions/ …
 *
 * What two folders say of one thing under different file names (a form, a list) is for those who read them: the
 * upper folder's is meant there too.
 */
enum { GA_FOLDERS_MAX = 4, GA_FOLDER_FILES_MAX = 400 };

struct ga_folders {
    const char *paths[GA_FOLDERS_MAX]; /* the uppermost first; borrowed */
    size_t count;
};

/* One folder as a list; lives as long as the block it is written in. */
#define GA_FOLDER(path) (&(const struct ga_folders){.paths = {path}, .count = 1})

struct ga_folder_file {
    const char *path, *name; /* name: without its folder */
    size_t layer;            /* of the folder: 0 is the uppermost */
    const char *below;       /* the file that is left out for it, of the next folder that has one; NULL: none */
};

struct ga_folder_files {
    const struct ga_folder_file *items;
    size_t count;
};

void ga_folders_add(struct ga_folders *folders, const char *path); /* below the others; NULL adds none */

/*
 * Every *.yaml that counts, upper folders first, by name within each, so that messages come in the same order
 * everywhere; in `arena`. `inner`: a folder within each ("lists"); NULL: themselves. Only the lowest one itself must
 * be there: else its error is returned. An upper one that is there and cannot be listed is a fault in problems, and
 * so are files past GA_FOLDER_FILES_MAX in one folder, which are left out.
 */
enum ga_rc ga_folders_list(const struct ga_folders *folders, const struct ga_io_ops *io, const char *inner,
                           struct ga_arena *arena, struct ga_problems *problems, struct ga_folder_files *ret_files,
                           struct ga_error *err);

/*
 * Gives the text of each of these files to `take`, which tells its own faults; one that cannot be read, or has more
 * bytes than that, is a fault. Sorts problems. GA_REFUSED: faults were added to them.
 */
enum ga_rc ga_folders_read(const struct ga_folders *folders, const struct ga_io_ops *io, const char *inner, size_t bytes_max,
                           struct ga_arena *arena, struct ga_problems *problems,
                           void (*take)(void *ctx, const struct ga_folder_file *file, const struct ga_str *text), void *ctx);

/* Is it a file that is read: *.yaml, not hidden? */
bool ga_folders_reads(const char *name);

#endif
