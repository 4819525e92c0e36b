/* The pages of a database file and of the log beside it; private to pages.c. */
#ifndef GUANAI_SRC_SQL_PAGES_FILE_H
#define GUANAI_SRC_SQL_PAGES_FILE_H

#include "guanai/base/io_ops.h"

/* As open.c lays every database out. */
enum { GA_PAGE_BYTES = 4096, GA_PAGE_USABLE = GA_PAGE_BYTES - 40 };

struct ga_pages_file {
    const struct ga_io_ops *io;
    int database, log; /* log −1: none */
    uint64_t database_bytes;
    uint32_t pages;
    int64_t *in_log; /* by page − 1: where in the log its last sound copy stands; 0: nowhere */
    uint64_t frames_lost;
};

enum ga_rc ga_pages_file_open(const struct ga_io_ops *io, const char *path, struct ga_pages_file *ret_file, struct ga_error *err);
void ga_pages_file_close(struct ga_pages_file *file);

/* false: beyond the end, or the disk does not give it. */
bool ga_pages_file_read(const struct ga_pages_file *file, uint32_t number, uint8_t ret_page[GA_PAGE_BYTES]);

#endif
