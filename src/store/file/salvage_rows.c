/* Tells the rows of a damaged database apart by what they hold. */
#include "file/salvage_rows.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { CHAIN_COLUMNS = 9, TAIL_COLUMNS = 14, TAIL_COLUMNS_6 = 13, BLOCK_COLUMNS = 2, SITE_COLUMNS = 13, SETTING_COLUMNS = 2, DRAFT_COLUMNS = 10,
       WITHHELD_COLUMNS = 3 };
enum { OP_SALT = 1, OP_BYTES = 2, TXN_IN_CHAIN = 1, TXN_IN_TAIL = 5, TXN_SHARED = 8 }; /* site seq bytes hash signature first_op count day */

static bool is_blob(const struct ga_value *value, size_t len)
{
    return value->kind == GA_VALUE_BLOB && value->len == len;
}

static bool is_int(const struct ga_value *value)
{
    return value->kind == GA_VALUE_INTEGER;
}

static bool is_null(const struct ga_value *value)
{
    return value->kind == GA_VALUE_NULL;
}

static bool is_text(const struct ga_value *value)
{
    return value->kind == GA_VALUE_TEXT;
}

/* site, seq, bytes, hash, signature, first_op, count, day: they stand in this order in both tables. */
static bool is_txn(const struct ga_value *v)
{
    return is_blob(&v[0], sizeof(struct ga_uuid)) && is_int(&v[1]) && v[2].kind == GA_VALUE_BLOB &&
           v[2].len <= GA_TRANSACTION_BYTES_MAX && is_blob(&v[3], sizeof(struct ga_hash)) &&
           is_blob(&v[4], sizeof(struct ga_signature)) && is_int(&v[5]) && is_int(&v[6]) && is_int(&v[7]);
}

static bool is_op(const struct ga_value *v)
{
    return (v[OP_SALT].kind == GA_VALUE_BLOB && (v[OP_SALT].len == 0 || v[OP_SALT].len == GA_OPERATION_SALT_BYTES)) &&
           v[OP_BYTES].kind == GA_VALUE_BLOB && (is_int(&v[OP_BYTES + 1]) || is_null(&v[OP_BYTES + 1]));
}

static void note(struct ga_vec *places, int64_t number, const struct ga_pages_row *row)
{
    *(struct ga_salvage_place *)ga_vec_push(places) = (struct ga_salvage_place){number, row->page, row->cell};
}

/* ---- what goes over as it is ---- */

static enum ga_rc insert(struct ga_salvage_rows *rows, const char *sql, const struct ga_value *values, size_t count,
                         struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_stmt_prepare(rows->store->db, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; i < count; i++)
        ga_stmt_bind(stmt, (int)i + 1, &values[i]);
    rc = ga_stmt_run(stmt, NULL);
    ga_stmt_destroy(stmt);
    return rc == GA_REFUSED || rc == GA_DAMAGED ? GA_OK : rc; /* a row that is none */
}

static bool is_site(const struct ga_pages_row *row)
{
    const struct ga_value *v = row->columns;
    return row->count == SITE_COLUMNS && row->rowid == 0 && is_blob(&v[0], sizeof(struct ga_uuid)) &&
           is_blob(&v[1], sizeof(struct ga_sign_public)) && (is_null(&v[2]) || is_blob(&v[2], GA_SIGN_SEED_BYTES)) &&
           is_int(&v[3]) && is_int(&v[4]);
}

/* The one with the seed is who this computer was. */
static enum ga_rc take_site(struct ga_salvage_rows *rows, const struct ga_pages_row *row, struct ga_error *err)
{
    const bool is_us = !is_null(&row->columns[2]);
    enum ga_rc rc = is_us ? ga_db_exec(rows->store->db, "DELETE FROM site WHERE seed IS NOT NULL", err) : GA_OK;
    if (rc == GA_OK)
        rc = insert(rows, "INSERT OR REPLACE INTO site VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)", row->columns, row->count, err);
    rows->has_identity |= is_us;
    rows->sites++;
    return rc;
}

/* What a school would miss; the rest is found out anew, or counts operations by numbers they do not have here. */
static bool is_setting(const struct ga_pages_row *row)
{
    static const char *const wanted[] = {"administrator", "last_user", "conflict_numbers", "sync_group", "sync_county",
                                         "sync_recovery", "sync_number", "sync_bundles", "sync_written", "sync_host",
                                         "sync_county_site", "sync_is_county", "sync_schools", "sync_schools_met", "sync_schools_stale",
                                         "sync_nameless", "sync_meet_nameless"};
    const struct ga_value *v = row->columns;
    if (row->count != SETTING_COLUMNS || row->rowid != 0 || !is_text(&v[0]) || !is_text(&v[1]))
        return false;
    for (size_t i = 0; i < GA_COUNT(wanted); i++)
        if (v[0].len == strlen(wanted[i]) && memcmp(v[0].text, wanted[i], v[0].len) == 0)
            return true;
    return false;
}

static bool is_draft(const struct ga_pages_row *row)
{
    const struct ga_value *v = row->columns;
    return row->count == DRAFT_COLUMNS && row->rowid > 0 && is_null(&v[0]) && is_text(&v[1]) &&
           is_blob(&v[2], sizeof(struct ga_uuid)) && is_blob(&v[3], sizeof(struct ga_uuid)) && is_text(&v[4]) &&
           is_text(&v[5]) && is_text(&v[6]) && is_text(&v[7]) && v[8].kind == GA_VALUE_BLOB &&
           (is_null(&v[9]) || v[9].kind == GA_VALUE_BLOB);
}

/* A row of layout 6 has no `after`. What is said there is not done: a draft that was saved is offered once more, none is lost. */
static bool is_tail(const struct ga_pages_row *row)
{
    return (row->count == TAIL_COLUMNS || row->count == TAIL_COLUMNS_6) && row->rowid > 0 && is_null(&row->columns[0]) &&
           is_op(row->columns);
}

/* Other tables hold a blob a row as well: a block is what unpacks as one. */
static bool is_block(struct ga_salvage_rows *rows, const struct ga_pages_row *row)
{
    const struct ga_value *v = row->columns;
    size_t count;
    return row->count == BLOCK_COLUMNS && row->rowid > 0 && is_null(&v[0]) && v[1].kind == GA_VALUE_BLOB &&
           ga_block_open(rows->codec, v[1].text, v[1].len, &count, NULL) == GA_OK;
}

/* Whether it is one shows in the root that it has to fit. */
static bool is_withheld(const struct ga_pages_row *row)
{
    const struct ga_value *v = row->columns;
    return row->count == WITHHELD_COLUMNS && row->rowid > 0 && is_null(&v[0]) && is_int(&v[1]) && v[1].integer > 0 &&
           v[1].integer <= UINT32_MAX && is_blob(&v[2], sizeof(struct ga_hash));
}

static void note_withheld(struct ga_salvage_rows *rows, const struct ga_pages_row *row)
{
    struct ga_withheld *part = ga_vec_push(&rows->withheld);
    *part = (struct ga_withheld){.first_op = row->rowid, .leaves = (uint32_t)row->columns[1].integer};
    memcpy(part->hash.bytes, row->columns[2].text, sizeof(part->hash.bytes));
}

/* ---- which row is what ---- */

static enum ga_rc take_row(void *ctx, const struct ga_pages_row *row, struct ga_error *err)
{
    struct ga_salvage_rows *rows = ctx;
    const struct ga_value *v = row->columns;
    if (row->count == CHAIN_COLUMNS && row->rowid > 0 && is_null(&v[0]) && is_txn(v + TXN_IN_CHAIN)) {
        note(&rows->txns, row->rowid, row);
    } else if (is_tail(row)) {
        note(&rows->tail, row->rowid, row);
        if (is_int(&v[4]) && is_txn(v + TXN_IN_TAIL))
            note(&rows->txns, v[4].integer, row);
    } else if (is_block(rows, row)) {
        note(&rows->blocks, row->rowid, row);
    } else if (is_withheld(row)) {
        note_withheld(rows, row);
    } else if (is_site(row)) {
        return take_site(rows, row, err);
    } else if (is_setting(row)) {
        return insert(rows, "INSERT OR REPLACE INTO setting VALUES(?1, ?2)", v, row->count, err);
    } else if (is_draft(row)) {
        rows->drafts++;
        return insert(rows, "INSERT OR REPLACE INTO draft VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)", v, row->count, err);
    }
    return GA_OK;
}

static int compare_places(const void *a, const void *b)
{
    const struct ga_salvage_place *first = a, *second = b;
    return (first->number > second->number) - (first->number < second->number);
}

static int compare_withheld(const void *a, const void *b)
{
    const struct ga_withheld *first = a, *second = b;
    return (first->first_op > second->first_op) - (first->first_op < second->first_op);
}

static void sort(struct ga_vec *places)
{
    if (places->len > 1)
        qsort(places->items, places->len, places->item_bytes, compare_places);
}

enum ga_rc ga_salvage_read(struct ga_salvage_rows *rows, struct ga_pages_report *ret_report, struct ga_error *err)
{
    struct ga_vec *const places[] = {&rows->txns, &rows->tail, &rows->blocks};
    for (size_t i = 0; i < GA_COUNT(places); i++)
        ga_vec_init(places[i], sizeof(struct ga_salvage_place));
    ga_vec_init(&rows->withheld, sizeof(struct ga_withheld));
    const enum ga_rc rc = ga_pages_walk(rows->pages, take_row, rows, ret_report, err);
    for (size_t i = 0; i < GA_COUNT(places); i++)
        sort(places[i]);
    if (rows->withheld.len > 1)
        qsort(rows->withheld.items, rows->withheld.len, rows->withheld.item_bytes, compare_withheld);
    return rc;
}

void ga_salvage_finish(struct ga_salvage_rows *rows)
{
    ga_vec_finish(&rows->txns);
    ga_vec_finish(&rows->tail);
    ga_vec_finish(&rows->blocks);
    ga_vec_finish(&rows->withheld);
    ga_pages_close(rows->pages);
}

/* ---- one of them again ---- */

bool ga_salvage_txn_at(struct ga_salvage_rows *rows, const struct ga_salvage_place *place, struct ga_salvage_txn *ret_txn)
{
    struct ga_pages_row row;
    if (!ga_pages_again(rows->pages, place->page, place->cell, &row))
        return false;
    const struct ga_value *v = row.columns + (row.count == CHAIN_COLUMNS ? TXN_IN_CHAIN : TXN_IN_TAIL);
    ga_str_clear(&ret_txn->bytes);
    ga_str_add_bytes(&ret_txn->bytes, v[2].text, v[2].len);
    memcpy(ret_txn->hash.bytes, v[3].text, sizeof(ret_txn->hash.bytes));
    memcpy(ret_txn->signature.bytes, v[4].text, sizeof(ret_txn->signature.bytes));
    ret_txn->first_op = v[5].integer;
    ret_txn->count = v[6].integer;
    return true;
}

/* The last whose number is not beyond; NULL: there is none. */
static const struct ga_salvage_place *last_up_to(const struct ga_vec *places, int64_t number)
{
    size_t low = 0, high = places->len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (GA_VEC_AT(const struct ga_salvage_place, places, middle)->number <= number)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? NULL : GA_VEC_AT(const struct ga_salvage_place, places, low - 1);
}

bool ga_salvage_tail_op(struct ga_salvage_rows *rows, int64_t op, struct ga_block_item *ret_item)
{
    const struct ga_salvage_place *place = last_up_to(&rows->tail, op);
    struct ga_pages_row row;
    if (place == NULL || place->number != op || !ga_pages_again(rows->pages, place->page, place->cell, &row))
        return false;
    const struct ga_value salt = row.columns[OP_SALT], bytes = row.columns[OP_BYTES];
    *ret_item = (struct ga_block_item){.is_erased = salt.len == 0, .bytes = (const uint8_t *)bytes.text, .len = bytes.len};
    if (salt.len == sizeof(ret_item->salt))
        memcpy(ret_item->salt, salt.text, salt.len);
    else if (bytes.len == sizeof(ret_item->leaf))
        memcpy(ret_item->leaf.bytes, bytes.text, bytes.len);
    else
        return false;
    return true;
}

const struct ga_salvage_place *ga_salvage_block_of(const struct ga_salvage_rows *rows, int64_t op)
{
    const struct ga_salvage_place *place = last_up_to(&rows->blocks, op);
    return place != NULL && op - place->number < GA_BLOCK_ITEMS_MAX ? place : NULL;
}

const struct ga_withheld *ga_salvage_withheld_at(const struct ga_salvage_rows *rows, int64_t op)
{
    const struct ga_withheld wanted = {.first_op = op};
    return rows->withheld.len == 0 ? NULL
                                   : bsearch(&wanted, rows->withheld.items, rows->withheld.len, rows->withheld.item_bytes, compare_withheld);
}

bool ga_salvage_block_at(struct ga_salvage_rows *rows, const struct ga_salvage_place *place, struct ga_value *ret_bytes)
{
    struct ga_pages_row row;
    if (!ga_pages_again(rows->pages, place->page, place->cell, &row))
        return false;
    *ret_bytes = row.columns[1];
    return true;
}
