/*
 * Bytes laid aside in a file without a name.
 *
 * Each piece is closed under a key that only this process has: after a power cut nobody reads children's data out of
 * the disk's free blocks. (SQLite's own temporary tables are kept in memory, so they would not make it less.)
 *   file  = piece piece …
 *   piece = length, number, tag ‖ bytes; a piece put again goes to the end under another number
 */
#ifndef GUANAI_STORE_SCRATCH_H
#define GUANAI_STORE_SCRATCH_H

#include "guanai/base/io_ops.h"
#include "guanai/crypt/box.h"

struct ga_scratch {
    const struct ga_io_ops *io;
    const char *folder;  /* of the data; NULL: nothing may go outside. Borrowed */
    int fd;              /* -1: nothing is outside yet */
    int64_t end_bytes;   /* of the file */
    uint64_t pieces;     /* closed so far */
    uint8_t key[GA_BOX_KEY_BYTES];
};

/* Makes no file yet. */
void ga_scratch_start(struct ga_scratch *scratch, const struct ga_io_ops *io, const char *folder);
void ga_scratch_finish(struct ga_scratch *scratch); /* also one that never started, `{0}` */

/* At the end of the file; `bytes` are closed in place. */
enum ga_rc ga_scratch_put(struct ga_scratch *scratch, void *bytes, size_t len, int64_t *ret_at_bytes, struct ga_error *err);

/* The piece put there; its length tells where the next one is. */
enum ga_rc ga_scratch_get(struct ga_scratch *scratch, int64_t at_bytes, struct ga_str *ret_bytes, struct ga_error *err);
int64_t ga_scratch_next(int64_t at_bytes, size_t len);

#endif
