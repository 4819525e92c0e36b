/*
 * Many texts, put one after the other, then asked for by number, mostly in about the order they were put in.
 *
 * The first quarter of a million bytes lie in memory as they are. What comes behind is packed page by page, of which a few are
 * unpacked at a time: a roster of 100,000 rows has 13 MB of texts that no two rows share.
 */
#ifndef GUANAI_SHEET_TEXT_PAGES_H
#define GUANAI_SHEET_TEXT_PAGES_H

#include "guanai/base/str.h"
#include "guanai/base/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum { GA_TEXT_PAGES_HELD = 100 };

struct ga_text_pages {
    struct ga_str open;  /* the page being filled: a text is appended here, then ended */
    uint32_t open_first; /* its first text */
    size_t closed_bytes; /* of all texts before it */
    struct ga_vec starts; /* uint16_t, one a text, in its page */
    struct ga_vec closed; /* struct page */
    struct ga_text_page_held {
        struct ga_str bytes;
        size_t page;
        bool is_used;
    } held[GA_TEXT_PAGES_HELD];
    size_t next_held;
    void *unpacker; /* zlib's; NULL: not needed yet */
};

void ga_text_pages_init(struct ga_text_pages *pages);
void ga_text_pages_finish(struct ga_text_pages *pages); /* also `{0}` */

/* What stands in `open` from `at` on is a text of less than 48 KiB, without its NUL. */
void ga_text_pages_end_text(struct ga_text_pages *pages, size_t at);

/* Text i; NULL when there is none. Borrowed until finish when `*ret_is_lasting`, else until the next call. */
const char *ga_text_pages_get(struct ga_text_pages *pages, size_t i, bool *ret_is_lasting);

#endif
