/* Reading the stream of rows; private to guanai-paper. */
#ifndef GUANAI_PAPER_READ_H
#define GUANAI_PAPER_READ_H

#include "guanai/base/error.h"
#include "guanai/paper/stream.h"

#include <stdio.h>

struct ga_paper_record {
    enum ga_paper_kind kind;
    size_t len;
    char text[GA_PAPER_TEXT_BYTES + 1]; /* NUL-terminated, checked to be UTF-8 without NUL */
};

/* One per program run; too large for the stack. */
struct ga_paper_reader {
    FILE *in;
    int64_t at_record; /* for messages, from 1 */
    struct ga_paper_record record;
};

/* The next record stands in reader->record. GA_REFUSED: not of this shape, cut off. */
enum ga_rc ga_paper_read(struct ga_paper_reader *reader, struct ga_error *err);

/* The whole workbook from the stream to the descriptor. */
enum ga_rc ga_paper_xlsx(struct ga_paper_reader *reader, int fd, struct ga_error *err);

#endif
