/* Keeps many texts in little memory. */
#include "guanai/sheet/text_pages.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    PAGE_BYTES = 4 << 10,    /* one more text may stand behind that: 16 bits tell a place */
    PLAIN_BYTES = 256 << 10, /* so much is kept as it is: the texts of most files, those met first in all */
    LEVEL = 3,               /* zlib's */
};

struct page {
    uint32_t first, len; /* its first text, its bytes */
    uint32_t packed_len; /* 0: it is kept as it is */
    uint32_t held;       /* where it is unpacked, + 1; 0: nowhere */
    char *bytes;
};

void ga_text_pages_init(struct ga_text_pages *pages)
{
    *pages = (struct ga_text_pages){0};
    ga_vec_init(&pages->starts, sizeof(uint16_t));
    ga_vec_init(&pages->closed, sizeof(struct page));
}

void ga_text_pages_finish(struct ga_text_pages *pages)
{
    for (size_t i = 0; i < pages->closed.len; i++)
        free(GA_VEC_AT(struct page, &pages->closed, i)->bytes);
    for (size_t i = 0; i < GA_TEXT_PAGES_HELD; i++)
        ga_str_finish(&pages->held[i].bytes);
    if (pages->unpacker != NULL)
        inflateEnd(pages->unpacker);
    free(pages->unpacker);
    ga_vec_finish(&pages->closed);
    ga_vec_finish(&pages->starts);
    ga_str_finish(&pages->open);
    *pages = (struct ga_text_pages){0};
}

static char *keep(const void *bytes, size_t len)
{
    char *kept = ga_alloc(len);
    memcpy(kept, bytes, len);
    return kept;
}

/* What does not become smaller stays as it is. */
static void pack(struct page *page, const char *texts)
{
    uLongf len = compressBound(page->len);
    Bytef *packed = ga_alloc(len);
    const bool is_smaller =
        compress2(packed, &len, (const Bytef *)texts, page->len, LEVEL) == Z_OK && len < page->len;
    page->packed_len = is_smaller ? (uint32_t)len : 0;
    page->bytes = is_smaller ? keep(packed, len) : keep(texts, page->len);
    free(packed);
}

static void close_page(struct ga_text_pages *pages)
{
    struct page page = {.first = pages->open_first, .len = (uint32_t)pages->open.len};
    if (pages->closed_bytes < PLAIN_BYTES)
        page.bytes = keep(pages->open.data, page.len);
    else
        pack(&page, pages->open.data);
    *(struct page *)ga_vec_push(&pages->closed) = page;
    pages->closed_bytes += page.len;
    pages->open_first = (uint32_t)pages->starts.len;
    ga_str_clear(&pages->open);
}

void ga_text_pages_end_text(struct ga_text_pages *pages, size_t at)
{
    ga_str_add_char(&pages->open, '\0');
    *(uint16_t *)ga_vec_push(&pages->starts) = (uint16_t)at;
    if (pages->open.len >= PAGE_BYTES)
        close_page(pages);
}

static size_t page_of(const struct ga_text_pages *pages, size_t text)
{
    size_t from = 0, until = pages->closed.len;
    while (until - from > 1) {
        const size_t middle = (from + until) / 2;
        if (GA_VEC_AT(const struct page, &pages->closed, middle)->first <= text)
            from = middle;
        else
            until = middle;
    }
    return from;
}

/* To begin anew costs more than a page. */
static z_stream *unpacker_of(struct ga_text_pages *pages)
{
    if (pages->unpacker != NULL)
        return inflateReset(pages->unpacker) == Z_OK ? pages->unpacker : NULL;
    z_stream *unpacker = ga_alloc(sizeof(*unpacker));
    if (inflateInit(unpacker) == Z_OK)
        return pages->unpacker = unpacker;
    free(unpacker);
    return NULL;
}

static bool inflate_page(struct ga_text_pages *pages, const struct page *page, char *to)
{
    z_stream *unpacker = unpacker_of(pages);
    if (unpacker == NULL)
        return false;
    unpacker->next_in = (Bytef *)page->bytes;
    unpacker->avail_in = page->packed_len;
    unpacker->next_out = (Bytef *)to;
    unpacker->avail_out = page->len;
    return inflate(unpacker, Z_FINISH) == Z_STREAM_END && unpacker->avail_out == 0;
}

/* The place that was filled longest ago is free again. NULL: our own memory is not what was written there. */
static const char *unpack(struct ga_text_pages *pages, size_t i)
{
    struct page *page = GA_VEC_AT(struct page, &pages->closed, i);
    if (page->held > 0)
        return pages->held[page->held - 1].bytes.data;
    struct ga_text_page_held *held = &pages->held[pages->next_held];
    if (held->is_used)
        GA_VEC_AT(struct page, &pages->closed, held->page)->held = 0;
    held->is_used = false;
    ga_str_clear(&held->bytes);
    ga_str_reserve(&held->bytes, page->len);
    if (!inflate_page(pages, page, held->bytes.data))
        return NULL;
    held->is_used = true;
    held->page = i;
    page->held = (uint32_t)pages->next_held + 1;
    pages->next_held = (pages->next_held + 1) % GA_TEXT_PAGES_HELD;
    return held->bytes.data;
}

const char *ga_text_pages_get(struct ga_text_pages *pages, size_t i, bool *ret_is_lasting)
{
    *ret_is_lasting = true;
    if (i >= pages->starts.len)
        return NULL;
    const size_t start = *GA_VEC_AT(uint16_t, &pages->starts, i);
    if (i >= pages->open_first)
        return pages->open.data + start;
    const size_t at = page_of(pages, i);
    const struct page *page = GA_VEC_AT(const struct page, &pages->closed, at);
    *ret_is_lasting = page->packed_len == 0;
    const char *bytes = *ret_is_lasting ? page->bytes : unpack(pages, at);
    return bytes == NULL ? NULL : bytes + start;
}
