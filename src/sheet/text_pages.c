/* Keeps many texts in little memory. */
#include "guanai/sheet/text_pages.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    PAGE_BYTES = 32 << 10,  /* one more text may stand behind that */
    PLAIN_BYTES = 256 << 10, /* so much is kept as it is: the texts of most files, those met first in all */
    LEVEL = 3,               /* zlib's */
};

struct page {
    uint32_t start, len; /* of its texts among all */
    uint32_t packed_len; /* 0: it is kept as it is */
    char *bytes;
};

void ga_text_pages_init(struct ga_text_pages *pages)
{
    *pages = (struct ga_text_pages){0};
    ga_vec_init(&pages->starts, sizeof(uint32_t));
    ga_vec_init(&pages->closed, sizeof(struct page));
}

void ga_text_pages_finish(struct ga_text_pages *pages)
{
    for (size_t i = 0; i < pages->closed.len; i++)
        free(GA_VEC_AT(struct page, &pages->closed, i)->bytes);
    for (size_t i = 0; i < GA_TEXT_PAGES_HELD; i++)
        ga_str_finish(&pages->held[i].bytes);
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
    struct page page = {.start = pages->open_start, .len = (uint32_t)pages->open.len};
    if (page.start < PLAIN_BYTES)
        page.bytes = keep(pages->open.data, page.len);
    else
        pack(&page, pages->open.data);
    *(struct page *)ga_vec_push(&pages->closed) = page;
    pages->open_start += page.len;
    ga_str_clear(&pages->open);
}

void ga_text_pages_end_text(struct ga_text_pages *pages, size_t at)
{
    ga_str_add_char(&pages->open, '\0');
    *(uint32_t *)ga_vec_push(&pages->starts) = pages->open_start + (uint32_t)at;
    if (pages->open.len >= PAGE_BYTES)
        close_page(pages);
}

static size_t page_of(const struct ga_text_pages *pages, uint32_t start)
{
    size_t from = 0, until = pages->closed.len;
    while (until - from > 1) {
        const size_t middle = (from + until) / 2;
        if (GA_VEC_AT(const struct page, &pages->closed, middle)->start <= start)
            from = middle;
        else
            until = middle;
    }
    return from;
}

/* NULL: our own memory is not what was written there. */
static const char *unpack(struct ga_text_pages *pages, size_t i)
{
    const struct page *page = GA_VEC_AT(const struct page, &pages->closed, i);
    size_t oldest = 0;
    for (size_t k = 0; k < GA_TEXT_PAGES_HELD; k++) {
        if (pages->held[k].turn > 0 && pages->held[k].page == i) {
            pages->held[k].turn = ++pages->turns;
            return pages->held[k].bytes.data;
        }
        if (pages->held[k].turn < pages->held[oldest].turn)
            oldest = k;
    }
    struct ga_str *bytes = &pages->held[oldest].bytes;
    uLongf len = page->len;
    ga_str_clear(bytes);
    ga_str_reserve(bytes, page->len);
    if (uncompress((Bytef *)bytes->data, &len, (const Bytef *)page->bytes, page->packed_len) != Z_OK || len != page->len)
        return NULL;
    pages->held[oldest].page = i;
    pages->held[oldest].turn = ++pages->turns;
    return bytes->data;
}

const char *ga_text_pages_get(struct ga_text_pages *pages, size_t i, bool *ret_is_lasting)
{
    *ret_is_lasting = true;
    if (i >= pages->starts.len)
        return NULL;
    const uint32_t start = *GA_VEC_AT(uint32_t, &pages->starts, i);
    if (start >= pages->open_start)
        return pages->open.data + (start - pages->open_start);
    const size_t at = page_of(pages, start);
    const struct page *page = GA_VEC_AT(const struct page, &pages->closed, at);
    *ret_is_lasting = page->packed_len == 0;
    const char *bytes = *ret_is_lasting ? page->bytes : unpack(pages, at);
    return bytes == NULL ? NULL : bytes + (start - page->start);
}
