/* Packs search keys into pages, reads them in order. */
#include "index/index_page.h"

#include "guanai/store/wire.h"

#include <string.h>

enum { LONG_HEAD = 0xFF, SHORT = 15 };

int ga_index_entry_compare(const struct ga_index_entry *a, const struct ga_index_entry *b)
{
    const int keys = ga_index_key_compare(&a->key, &b->key);
    return keys != 0 ? keys : (a->no > b->no) - (a->no < b->no);
}

int ga_index_entry_compare_key(const struct ga_index_entry *entry, const uint8_t *key, size_t len)
{
    const int order = memcmp(entry->key.bytes, key, entry->key.len < len ? entry->key.len : len);
    if (order != 0)
        return order;
    return entry->key.len < len ? -1 : 1; /* the same key: its number is above the lowest */
}

size_t ga_index_key_shared(const struct ga_index_key_bytes *a, const struct ga_index_key_bytes *b)
{
    size_t shared = 0;
    while (shared < a->len && shared < b->len && a->bytes[shared] == b->bytes[shared])
        shared++;
    return shared;
}

void ga_index_page_add(struct ga_str *page, const struct ga_index_entry *previous, const struct ga_index_entry *entry)
{
    const size_t shared = previous == NULL ? 0 : ga_index_key_shared(&previous->key, &entry->key);
    const size_t rest = entry->key.len - shared;
    ga_str_reserve(page, 3 + rest + GA_WIRE_VARINT_MAX_BYTES);
    if (previous != NULL && rest == 0 && previous->key.len == entry->key.len) {
        ga_wire_put_varint(page, 0);
        ga_wire_put_varint(page, (uint64_t)(entry->no - previous->no));
        return;
    }
    const uint8_t head[] = {LONG_HEAD, (uint8_t)shared, (uint8_t)rest}, brief = (uint8_t)(shared << 4 | rest);
    if (shared < SHORT && rest < SHORT)
        ga_wire_put_bytes(page, &brief, 1);
    else
        ga_wire_put_bytes(page, head, sizeof(head));
    ga_wire_put_bytes(page, entry->key.bytes + shared, rest);
    ga_wire_put_varint(page, (uint64_t)entry->no);
}

bool ga_index_page_open(struct ga_index_page *page, struct ga_value bytes)
{
    page->at = page->len = 0;
    page->is_bad = bytes.kind != GA_VALUE_BLOB || bytes.len > sizeof(page->bytes);
    page->entry.key.len = 0;
    page->entry.no = 0;
    if (page->is_bad)
        return false;
    memcpy(page->bytes, bytes.text, bytes.len);
    page->len = bytes.len;
    return true;
}

/* Nothing is believed of a page: it may have been damaged on the disk. */
bool ga_index_page_next(struct ga_index_page *page)
{
    struct ga_wire in;
    struct ga_index_entry *entry = &page->entry;
    if (page->is_bad || page->at == page->len)
        return false;
    ga_wire_start(&in, page->bytes + page->at, page->len - page->at);
    const uint8_t head = *in.next++;
    size_t shared = head >> 4, rest = head & 15;
    if (head == LONG_HEAD) {
        const uint8_t *two = ga_wire_bytes(&in, 2);
        shared = two == NULL ? 0 : two[0];
        rest = two == NULL ? 0 : two[1];
    }
    ga_wire_hold(&in, shared <= entry->key.len && shared + rest <= sizeof(entry->key.bytes));
    const uint8_t *bytes = head == 0 ? NULL : ga_wire_bytes(&in, rest);
    const uint64_t number = ga_wire_varint(&in, INT64_MAX / 2);
    if (in.is_bad || entry->no > INT64_MAX / 2) {
        page->is_bad = true;
        return false;
    }
    if (head != 0) {
        if (rest > 0)
            memcpy(entry->key.bytes + shared, bytes, rest);
        entry->key.len = (uint8_t)(shared + rest);
    }
    entry->no = head == 0 ? entry->no + (int64_t)number : (int64_t)number;
    page->at = (size_t)(in.next - page->bytes);
    return true;
}

static enum ga_rc say_damaged(struct ga_error *err)
{
    return ga_error_set(err, GA_DAMAGED, "the search index is damaged; guanai check --rebuild makes it anew");
}

static enum ga_rc take_page(struct ga_index_cursor *cursor, struct ga_stmt *stmt, struct ga_error *err)
{
    const struct ga_value key = ga_stmt_column(stmt, 0);
    bool is_good = key.len <= sizeof(cursor->row_key.bytes);
    if (is_good) {
        cursor->row_key.len = (uint8_t)key.len;
        if (key.len > 0)
            memcpy(cursor->row_key.bytes, key.text, key.len);
        cursor->row_no = ga_stmt_column_int(stmt, 1);
        is_good = ga_index_page_open(&cursor->page, ga_stmt_column(stmt, 2));
    }
    ga_stmt_reset(stmt);
    return is_good ? GA_OK : say_damaged(err);
}

static enum ga_rc read_page(struct ga_index_cursor *cursor, enum ga_index_sql sql, bool *ret_has, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const struct ga_value key = ga_value_blob(cursor->row_key.bytes, cursor->row_key.len);
    enum ga_rc rc = ga_index_stmt(cursor->store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_borrowed(stmt, 1, &key);
    ga_stmt_bind_int(stmt, 2, cursor->row_no);
    rc = ga_stmt_step(stmt, ret_has, err);
    return rc == GA_OK && *ret_has ? take_page(cursor, stmt, err) : rc;
}

enum ga_rc ga_index_cursor_seek(struct ga_index_cursor *cursor, struct ga_store *store, const uint8_t *key, size_t len,
                                struct ga_error *err)
{
    bool has = false;
    struct ga_index_key_bytes wanted = {.len = (uint8_t)(len < sizeof(wanted.bytes) ? len : sizeof(wanted.bytes))};
    memcpy(wanted.bytes, key, wanted.len);
    cursor->store = store;
    cursor->row_key = wanted;
    cursor->row_no = -1;
    cursor->is_at_end = false;
    cursor->page.at = cursor->page.len = 0;
    cursor->page.is_bad = false;
    enum ga_rc rc = read_page(cursor, GA_INDEX_KEYS_UP_TO, &has, err);
    if (rc != GA_OK || !has)
        return rc;
    for (size_t before = 0; ga_index_page_next(&cursor->page); before = cursor->page.at)
        if (ga_index_entry_compare_key(&cursor->page.entry, key, len) > 0) {
            cursor->page.at = before; /* steps onto it again: what it shares with the one before is in hand */
            return GA_OK;
        }
    return cursor->page.is_bad ? say_damaged(err) : GA_OK;
}

enum ga_rc ga_index_cursor_next(struct ga_index_cursor *cursor, bool *ret_has, struct ga_error *err)
{
    bool has = false;
    *ret_has = false;
    while (!cursor->is_at_end) {
        *ret_has = ga_index_page_next(&cursor->page);
        if (*ret_has || cursor->page.is_bad)
            return cursor->page.is_bad ? say_damaged(err) : GA_OK;
        enum ga_rc rc = read_page(cursor, GA_INDEX_KEYS_BEHIND, &has, err);
        if (rc != GA_OK)
            return rc;
        cursor->is_at_end = !has;
    }
    return GA_OK;
}
