/* Reads rows off the pages of a database file. */
#include "guanai/sql/pages.h"

#include "guanai/base/alloc.h"
#include "pages_file.h"

#include <stdlib.h>
#include <string.h>

enum { INDEX_INTERIOR = 2, INDEX_LEAF = 10, TABLE_LEAF = 13, PAYLOAD_MAX = 64 << 20, ENDS_FOR = 8 };

struct ga_pages {
    struct ga_pages_file file;
    uint8_t page[GA_PAGE_BYTES], more[GA_PAGE_BYTES];
    uint32_t number; /* what `page` holds; 0: nothing */
    struct ga_str payload;
    struct ga_value columns[GA_PAGES_COLUMNS_MAX];
    struct ga_pages_report report;
};

enum ga_rc ga_pages_open(const struct ga_io_ops *io, const char *path, struct ga_pages **ret_pages, struct ga_error *err)
{
    struct ga_pages *pages = ga_alloc(sizeof(*pages));
    const enum ga_rc rc = ga_pages_file_open(io, path, &pages->file, err);
    if (rc != GA_OK) {
        ga_pages_close(pages);
        return rc;
    }
    *ret_pages = pages;
    return GA_OK;
}

void ga_pages_close(struct ga_pages *pages)
{
    if (pages == NULL)
        return;
    ga_pages_file_close(&pages->file);
    ga_str_finish(&pages->payload);
    free(pages);
}

/* ---- numbers ---- */

static uint32_t number_at(const uint8_t *bytes, size_t count)
{
    uint32_t number = 0;
    for (size_t i = 0; i < count; i++)
        number = number << 8 | bytes[i];
    return number;
}

/* SQLite's varint, the high bits first, the ninth byte whole; 0 bytes: it runs past the end. */
static size_t read_varint(const uint8_t *bytes, size_t len, uint64_t *ret_value)
{
    enum { LAST = 8 };
    uint64_t value = 0;
    for (size_t i = 0; i < len && i <= LAST; i++) {
        value = i == LAST ? value << 8 | bytes[i] : value << 7 | (bytes[i] & 0x7f);
        if (i == LAST || bytes[i] < 0x80) {
            *ret_value = value;
            return i + 1;
        }
    }
    return 0;
}

/* ---- a row's bytes ---- */

/* How much of a payload stands on its own page (file format, section 1.6). */
static size_t local_bytes(uint64_t payload, bool is_table)
{
    enum { USABLE = GA_PAGE_USABLE };
    const uint64_t most = is_table ? USABLE - 35 : (USABLE - 12) * 64 / 255 - 23, least = (USABLE - 12) * 32 / 255 - 23;
    const uint64_t fits = least + (payload - least) % (USABLE - 4);
    if (payload <= most)
        return (size_t)payload;
    return (size_t)(fits <= most ? fits : least);
}

/* The rest lies on pages that name each other; a chain that leads in circles ends where the payload does. */
static bool read_rest(struct ga_pages *pages, uint32_t next, uint64_t payload)
{
    while (pages->payload.len < payload) {
        const uint64_t left = payload - pages->payload.len, room = GA_PAGE_USABLE - 4;
        if (!ga_pages_file_read(&pages->file, next, pages->more))
            return false;
        ga_str_add_bytes(&pages->payload, pages->more + 4, (size_t)(left < room ? left : room));
        next = number_at(pages->more, 4);
    }
    return true;
}

static bool read_payload(struct ga_pages *pages, size_t at, bool is_table, int64_t *ret_rowid)
{
    uint64_t payload, rowid = 0;
    const uint8_t *page = pages->page;
    size_t step = read_varint(page + at, GA_PAGE_USABLE - at, &payload);
    if (step == 0 || payload == 0 || payload > PAYLOAD_MAX)
        return false;
    at += step;
    if (is_table && (step = read_varint(page + at, GA_PAGE_USABLE - at, &rowid)) == 0)
        return false;
    at += is_table ? step : 0;
    const size_t local = local_bytes(payload, is_table);
    if (at + local + (local < payload ? 4 : 0) > GA_PAGE_USABLE)
        return false;
    *ret_rowid = (int64_t)rowid;
    ga_str_clear(&pages->payload);
    ga_str_add_bytes(&pages->payload, page + at, local);
    return local == payload || read_rest(pages, number_at(page + at + local, 4), payload);
}

/* ---- its values ---- */

static size_t width_of(uint64_t serial)
{
    static const uint8_t widths[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
    return serial < sizeof(widths) ? widths[serial] : (size_t)((serial - sizeof(widths)) / 2);
}

static int64_t integer_at(const uint8_t *bytes, size_t width)
{
    uint64_t value = width > 0 && bytes[0] >= 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < width; i++)
        value = value << 8 | bytes[i];
    return (int64_t)value;
}

static struct ga_value value_at(uint64_t serial, const uint8_t *bytes)
{
    enum { REAL = 7, ZERO = 8, ONE = 9, TEXTS = 12 };
    const size_t width = width_of(serial);
    if (serial == 0)
        return (struct ga_value){.kind = GA_VALUE_NULL};
    if (serial == REAL) {
        const int64_t bits = integer_at(bytes, width);
        struct ga_value real = {.kind = GA_VALUE_REAL};
        memcpy(&real.real, &bits, sizeof(real.real));
        return real;
    }
    if (serial == ZERO || serial == ONE)
        return ga_value_int(serial == ONE);
    if (serial < TEXTS)
        return ga_value_int(integer_at(bytes, width));
    return (struct ga_value){.kind = serial % 2 == 0 ? GA_VALUE_BLOB : GA_VALUE_TEXT, .text = (const char *)bytes, .len = width};
}

/* A record: length of its head, a kind a column, the values; nothing may be left over. */
static bool read_columns(struct ga_pages *pages, size_t *ret_count)
{
    const uint8_t *bytes = (const uint8_t *)pages->payload.data;
    const size_t len = pages->payload.len;
    uint64_t head, serial;
    size_t at = read_varint(bytes, len, &head), count = 0;
    if (at == 0 || head > len || head < at)
        return false;
    for (size_t value = (size_t)head; at < head; count++) {
        const size_t step = read_varint(bytes + at, (size_t)head - at, &serial);
        if (step == 0 || serial == 10 || serial == 11 || count == GA_PAGES_COLUMNS_MAX || width_of(serial) > len - value)
            return false;
        pages->columns[count] = value_at(serial, bytes + value);
        value += width_of(serial);
        at += step;
        if (at == head && value != len)
            return false;
    }
    *ret_count = count;
    return count > 0;
}

/* ---- a page's rows ---- */

/* Where the page's own head begins, behind that of the file. */
static size_t head_at(uint32_t number)
{
    return number == 1 ? 100 : 0;
}

static bool take_page(struct ga_pages *pages, uint32_t number)
{
    if (pages->number == number)
        return true;
    pages->number = ga_pages_file_read(&pages->file, number, pages->page) ? number : 0;
    return pages->number != 0;
}

/* Cells of rows; 0 of a page that is none, or holds none. */
static size_t count_cells(const struct ga_pages *pages)
{
    const uint8_t *head = pages->page + head_at(pages->number);
    if (head[0] != INDEX_INTERIOR && head[0] != INDEX_LEAF && head[0] != TABLE_LEAF)
        return 0;
    const size_t cells = number_at(head + 3, 2), room = GA_PAGE_USABLE - head_at(pages->number) - ENDS_FOR;
    return cells * 2 <= room ? cells : 0;
}

bool ga_pages_again(struct ga_pages *pages, uint32_t page, uint32_t cell, struct ga_pages_row *ret_row)
{
    *ret_row = (struct ga_pages_row){.page = page, .cell = cell, .columns = pages->columns};
    if (!take_page(pages, page) || cell >= count_cells(pages))
        return false;
    const uint8_t *head = pages->page + head_at(page);
    const bool is_interior = head[0] == INDEX_INTERIOR;
    const size_t at = number_at(head + (is_interior ? 12 : 8) + 2 * cell, 2) + (is_interior ? 4u : 0u);
    return at < GA_PAGE_USABLE && read_payload(pages, at, head[0] == TABLE_LEAF, &ret_row->rowid) && read_columns(pages, &ret_row->count);
}

enum ga_rc ga_pages_walk(struct ga_pages *pages, ga_pages_fn each, void *ctx, struct ga_pages_report *ret_report,
                         struct ga_error *err)
{
    struct ga_pages_row row;
    enum ga_rc rc = GA_OK;
    pages->report = (struct ga_pages_report){.pages = pages->file.pages, .frames_lost = pages->file.frames_lost};
    for (uint32_t number = 1; rc == GA_OK && number <= pages->file.pages; number++) {
        const size_t cells = take_page(pages, number) ? count_cells(pages) : 0;
        for (size_t cell = 0; rc == GA_OK && cell < cells; cell++) {
            if (!ga_pages_again(pages, number, (uint32_t)cell, &row)) {
                pages->report.rows_lost++;
                continue;
            }
            pages->report.rows++;
            rc = each(ctx, &row, err);
        }
    }
    *ret_report = pages->report;
    return rc;
}
