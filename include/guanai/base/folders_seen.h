/* Whether files are as they were, told by a look from outside. */
#ifndef GUANAI_BASE_FOLDERS_SEEN_H
#define GUANAI_BASE_FOLDERS_SEEN_H

#include "guanai/base/folders.h"

/*
 * The files of one inner folder (NULL: themselves) of all folders as one number: the sum of a fingerprint of each one's
 * layer, name, size, mtime and inode, in whatever order they are listed; a folder that is named another way ("forms",
 * "./forms", a link) is the same. Costs a stat a file. 0: there are none.
 */
uint64_t ga_folders_seen(const struct ga_folders *folders, const struct ga_io_ops *io, const char *inner);

#endif
