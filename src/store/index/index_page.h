/* Search keys packed into short sorted pages; private to the index, search, doubles_of, rebuild. */
#ifndef GUANAI_STORE_INDEX_PAGE_H
#define GUANAI_STORE_INDEX_PAGE_H

#include "index/index.h"

/*
 * A row a key took 19 bytes in the table, most of them those of the key before it. So a row of _search is a page:
 *
 *   page  = entry entry …               sorted by key, then number; the row's (key, no) are its first entry's
 *   entry = head, rest of the key, number
 *   head  = 0                           the key of the entry before; the number is what it adds to that one's
 *         | shared << 4 | rest          bytes shared with the key before, bytes that follow; both below 15
 *         | 0xFF, shared, rest          the same when one of them is larger
 *   number = varint
 *
 * Which entries share a page depends on what came when; what they say does not.
 */
enum { GA_INDEX_PAGE_BYTES = 400, GA_INDEX_PAGE_BYTES_MAX = 1024 };

struct ga_index_entry {
    struct ga_index_key_bytes key;
    int64_t no;
};

/* <0: a comes first. */
int ga_index_entry_compare(const struct ga_index_entry *a, const struct ga_index_entry *b);
/* Against a key with the lowest number there is. */
int ga_index_entry_compare_key(const struct ga_index_entry *entry, const uint8_t *key, size_t len);

/* Bytes at the beginning that are the same in both. */
size_t ga_index_key_shared(const struct ga_index_key_bytes *a, const struct ga_index_key_bytes *b);

/* Appends to a page; previous NULL: the first of it. */
void ga_index_page_add(struct ga_str *page, const struct ga_index_entry *previous, const struct ga_index_entry *entry);

/* A page being read; `entry` is the one stepped onto last. */
struct ga_index_page {
    struct ga_index_entry entry;
    size_t at, len;
    bool is_bad;
    uint8_t bytes[GA_INDEX_PAGE_BYTES_MAX];
};

/* Copies the page; false: longer than any is. */
bool ga_index_page_open(struct ga_index_page *page, struct ga_value bytes);
bool ga_index_page_next(struct ga_index_page *page); /* false: at the end, or bad */

/* All entries in order from a key on, over all pages. Holds no statement between steps. */
struct ga_index_cursor {
    struct ga_store *store;
    struct ga_index_page page;
    struct ga_index_key_bytes row_key; /* of the page in hand */
    int64_t row_no;
    bool is_at_end;
};

/* Stands before the first entry whose key is not below this one. */
enum ga_rc ga_index_cursor_seek(struct ga_index_cursor *cursor, struct ga_store *store, const uint8_t *key, size_t len,
                                struct ga_error *err);
/* *ret_has false: there are no more. */
enum ga_rc ga_index_cursor_next(struct ga_index_cursor *cursor, bool *ret_has, struct ga_error *err);

static inline bool ga_index_entry_has_prefix(const struct ga_index_entry *entry, const uint8_t *prefix, size_t len)
{
    return entry->key.len >= len && memcmp(entry->key.bytes, prefix, len) == 0;
}

/* Puts sorted differences into the pages; within a transaction. */
struct ga_index_placing;
struct ga_index_placing *ga_index_placing_start(struct ga_store *store);
/* Not below the one before; an entry that is there already, or gone already, is no fault. */
enum ga_rc ga_index_placing_put(struct ga_index_placing *placing, const struct ga_index_entry *entry, bool is_gone,
                                struct ga_error *err);
enum ga_rc ga_index_placing_finish(struct ga_index_placing *placing, struct ga_error *err); /* writes the last page */
void ga_index_placing_end(struct ga_index_placing *placing);                                /* frees; NULL is fine */

#endif
