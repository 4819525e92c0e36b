/*
 * A growing array of equal items of which only some pages are in memory.
 *
 * The others lie in a scratch file (store/scratch.h). Made for arrays as long as a roster that are walked through in
 * order, now and then looked into out of turn. Plain data only: an item is moved as bytes.
 */
#ifndef GUANAI_STORE_SHELF_H
#define GUANAI_STORE_SHELF_H

#include "guanai/base/vec.h"
#include "guanai/store/scratch.h"

struct ga_shelf {
    struct ga_scratch scratch;
    struct ga_vec pages;  /* struct page: of the array, in order */
    struct ga_vec held;   /* struct held: those in memory */
    size_t item_bytes, page_items;
    size_t len;           /* items */
    size_t last;          /* place in held of the page asked for last */
    uint64_t turns;
    void *nothing;        /* what is handed out once something has failed: a zeroed item */
    enum ga_rc failed;
    struct ga_error failure;
};

/* Folder NULL: all of it stays in memory. */
void ga_shelf_init(struct ga_shelf *shelf, size_t item_bytes, const struct ga_io_ops *io, const char *folder);
void ga_shelf_finish(struct ga_shelf *shelf); /* also `{0}` */
void ga_shelf_clear(struct ga_shelf *shelf);  /* as if just made */

/*
 * Item i, to be read or to be written to; or a new zeroed one at the end. Good until items of two other pages were asked
 * for (64 KiB each). When the disk fails it is a zeroed item that nobody keeps: ask ga_shelf_check before use is made of
 * what was read.
 */
const void *ga_shelf_at(struct ga_shelf *shelf, size_t i); /* asserts i < len */
void *ga_shelf_change(struct ga_shelf *shelf, size_t i);
void *ga_shelf_push(struct ga_shelf *shelf);

/* The first failure since it was made. */
enum ga_rc ga_shelf_check(const struct ga_shelf *shelf, struct ga_error *err);

#define GA_SHELF_AT(type, shelf, i) ((const type *)ga_shelf_at((shelf), (i)))

#endif
