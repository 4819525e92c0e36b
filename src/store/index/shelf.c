/* Keeps a long array outside, but for the pages in use. */
#include "guanai/store/shelf.h"

#include "guanai/base/alloc.h"
#include "guanai/crypt/secret.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Four pages: one that grows, one that is walked through, two looked into besides. */
enum { PAGE_BYTES = (64 << 10) - 64, PAGES_HELD = 4 };

struct page {
    int64_t at_bytes; /* in the scratch file; -1: never put there */
    uint32_t held;    /* its place in memory, from 1; 0: it is outside */
};

struct held {
    struct ga_str bytes;
    size_t page;
    uint64_t turn; /* when it was asked for last */
    bool is_changed;
};

void ga_shelf_init(struct ga_shelf *shelf, size_t item_bytes, const struct ga_io_ops *io, const char *folder)
{
    *shelf = (struct ga_shelf){.item_bytes = item_bytes, .page_items = PAGE_BYTES / item_bytes};
    assert(shelf->page_items > 0);
    ga_scratch_start(&shelf->scratch, io, folder);
    ga_vec_init(&shelf->pages, sizeof(struct page));
    ga_vec_init(&shelf->held, sizeof(struct held));
    shelf->nothing = ga_alloc(item_bytes);
}

void ga_shelf_finish(struct ga_shelf *shelf)
{
    for (size_t i = 0; i < shelf->held.len; i++) {
        struct held *held = ga_vec_at(&shelf->held, i);
        ga_crypt_wipe(held->bytes.data, held->bytes.len);
        ga_str_finish(&held->bytes);
    }
    ga_vec_finish(&shelf->held);
    ga_vec_finish(&shelf->pages);
    ga_scratch_finish(&shelf->scratch);
    free(shelf->nothing);
    *shelf = (struct ga_shelf){0};
}

void ga_shelf_clear(struct ga_shelf *shelf)
{
    const struct ga_io_ops *io = shelf->scratch.io;
    const char *folder = shelf->scratch.folder;
    const size_t item_bytes = shelf->item_bytes;
    ga_shelf_finish(shelf);
    ga_shelf_init(shelf, item_bytes, io, folder);
}

/* The page asked for longest ago makes room; one that did not change since it was put aside is just let go. */
static enum ga_rc make_room(struct ga_shelf *shelf, size_t *ret_place)
{
    size_t oldest = 0;
    if (shelf->scratch.folder == NULL || shelf->held.len < PAGES_HELD) {
        ga_vec_push(&shelf->held);
        *ret_place = shelf->held.len - 1;
        return GA_OK;
    }
    for (size_t i = 1; i < shelf->held.len; i++)
        if (GA_VEC_AT(struct held, &shelf->held, i)->turn < GA_VEC_AT(struct held, &shelf->held, oldest)->turn)
            oldest = i;
    struct held *held = ga_vec_at(&shelf->held, oldest);
    struct page *page = ga_vec_at(&shelf->pages, held->page);
    if (held->is_changed || page->at_bytes < 0) {
        const enum ga_rc rc = ga_scratch_put(&shelf->scratch, held->bytes.data, held->bytes.len, &page->at_bytes, &shelf->failure);
        if (rc != GA_OK)
            return rc;
    }
    page->held = 0;
    *ret_place = oldest;
    return GA_OK;
}

static enum ga_rc bring(struct ga_shelf *shelf, size_t number)
{
    const size_t bytes = shelf->item_bytes * shelf->page_items;
    struct page *page = ga_vec_at(&shelf->pages, number);
    size_t place;
    enum ga_rc rc = make_room(shelf, &place);
    if (rc != GA_OK)
        return rc;
    struct held *held = ga_vec_at(&shelf->held, place);
    if (page->at_bytes >= 0) {
        rc = ga_scratch_get(&shelf->scratch, page->at_bytes, &held->bytes, &shelf->failure);
    } else {
        ga_str_clear(&held->bytes);
        ga_str_reserve(&held->bytes, bytes);
        memset(held->bytes.data, 0, bytes);
        held->bytes.len = bytes;
    }
    held->page = number;
    held->is_changed = false;
    page->held = rc == GA_OK ? (uint32_t)place + 1 : 0;
    return rc;
}

static struct held *page_of(struct ga_shelf *shelf, size_t number)
{
    if (shelf->failed == GA_OK && GA_VEC_AT(struct page, &shelf->pages, number)->held == 0)
        shelf->failed = bring(shelf, number);
    if (shelf->failed != GA_OK)
        return NULL;
    shelf->last = GA_VEC_AT(struct page, &shelf->pages, number)->held - 1;
    struct held *held = ga_vec_at(&shelf->held, shelf->last);
    held->turn = ++shelf->turns;
    return held;
}

static void *item_at(struct ga_shelf *shelf, size_t i, bool is_changed)
{
    assert(i < shelf->len);
    const size_t number = i / shelf->page_items;
    struct held *held = shelf->failed == GA_OK && shelf->last < shelf->held.len ? ga_vec_at(&shelf->held, shelf->last) : NULL;
    if (held == NULL || held->page != number)
        held = page_of(shelf, number);
    if (held == NULL)
        return memset(shelf->nothing, 0, shelf->item_bytes);
    held->is_changed |= is_changed;
    return held->bytes.data + i % shelf->page_items * shelf->item_bytes;
}

const void *ga_shelf_at(struct ga_shelf *shelf, size_t i)
{
    return item_at(shelf, i, false);
}

void *ga_shelf_change(struct ga_shelf *shelf, size_t i)
{
    return item_at(shelf, i, true);
}

void *ga_shelf_push(struct ga_shelf *shelf)
{
    if (shelf->len == shelf->pages.len * shelf->page_items)
        *(struct page *)ga_vec_push(&shelf->pages) = (struct page){.at_bytes = -1};
    shelf->len++;
    return item_at(shelf, shelf->len - 1, true);
}

enum ga_rc ga_shelf_check(const struct ga_shelf *shelf, struct ga_error *err)
{
    if (shelf->failed != GA_OK && err != NULL)
        *err = shelf->failure;
    return shelf->failed;
}
