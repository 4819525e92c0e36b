/* Keeps the newest keys of children together until they move to their places. */
#include "index/index_gather.h"
#include "index/index_page.h"

#include "guanai/sql/transaction.h"

#include <stdlib.h>
#include <string.h>

/* A transaction with more children than that writes to the places. */
enum { CHILDREN_AT_ONCE = 8 };

static enum ga_rc run_key(struct ga_store *store, enum ga_index_sql sql, const struct ga_index_key_bytes *key, int64_t no,
                          struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_index_stmt(store, sql, &stmt, err);
    if (rc != GA_OK)
        return rc;
    struct ga_value bytes = ga_value_blob(key->bytes, key->len);
    ga_stmt_bind_borrowed(stmt, 1, &bytes);
    ga_stmt_bind_int(stmt, 2, no);
    return ga_stmt_run(stmt, err);
}

static int compare(const void *a, const void *b)
{
    return ga_delta_key_compare(a, b);
}

/* In the order of the places: a page is met once, its neighbour next. */
static enum ga_rc place_keys(struct ga_store *store, const struct ga_vec *sorted, struct ga_error *err)
{
    const struct ga_delta_key *keys = sorted->items;
    struct ga_index_placing *placing = ga_index_placing_start(store);
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < sorted->len; i++) {
        const struct ga_index_entry entry = {keys[i].key, keys[i].no};
        rc = ga_index_placing_put(placing, &entry, keys[i].is_gone, err);
    }
    if (rc == GA_OK)
        rc = ga_index_placing_finish(placing, err);
    ga_index_placing_end(placing);
    return rc;
}

/* What undoes a newer difference takes that away; else it is one itself. */
static enum ga_rc note_key(struct ga_store *store, const struct ga_index_key_bytes *key, int64_t no, bool is_gone,
                           struct ga_error *err)
{
    enum ga_rc rc = run_key(store, is_gone ? GA_INDEX_UNNOTE_ADDED : GA_INDEX_UNNOTE_GONE, key, no, err);
    if (rc != GA_OK || ga_db_changes(store->db) > 0)
        return rc;
    return run_key(store, is_gone ? GA_INDEX_NOTE_GONE : GA_INDEX_NOTE_ADDED, key, no, err);
}

static enum ga_rc change_key(struct ga_store *store, const struct ga_index_key_bytes *key, int64_t no, bool is_gone,
                             struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    if (!index->is_bulk)
        return note_key(store, key, no, is_gone, err);
    return ga_gather_put(index->gather, key, no, is_gone, err);
}

/* Many children in one transaction: their keys go to the places, after those that came before. */
static enum ga_rc choose_way(struct ga_store *store, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    if (index->is_bulk || ++index->children_changed <= CHILDREN_AT_ONCE)
        return GA_OK;
    enum ga_rc rc = ga_delta_merge(store, err);
    index->is_bulk = rc == GA_OK;
    return rc == GA_OK ? ga_db_set_cache(store->db, GA_STORE_CACHE_BULK_KIB, err) : rc;
}

enum ga_rc ga_delta_change(struct ga_store *store, int64_t no, const struct ga_vec *old, const struct ga_vec *now,
                           struct ga_error *err)
{
    enum ga_rc rc = choose_way(store, err);
    ga_index_of(store)->has_delta = false;
    for (size_t i = 0, k = 0; rc == GA_OK && (i < old->len || k < now->len);) {
        const struct ga_index_key_bytes *a = i < old->len ? ga_vec_at(old, i) : NULL;
        const struct ga_index_key_bytes *b = k < now->len ? ga_vec_at(now, k) : NULL;
        int order = a == NULL ? 1 : b == NULL ? -1 : ga_index_key_compare(a, b);
        if (order != 0)
            rc = change_key(store, order < 0 ? a : b, no, order < 0, err);
        i += order <= 0;
        k += order >= 0;
    }
    return rc;
}

static enum ga_rc read_all(struct ga_store *store, struct ga_vec *keys, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row;
    ga_vec_clear(keys);
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_ALL_NOTED, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_value bytes = ga_stmt_column(stmt, 0);
        struct ga_delta_key *key = ga_vec_push(keys);
        key->key.len = (uint8_t)(bytes.len < sizeof(key->key.bytes) ? bytes.len : sizeof(key->key.bytes));
        memcpy(key->key.bytes, bytes.text, key->key.len);
        key->no = ga_stmt_column_int(stmt, 1);
        key->is_gone = ga_stmt_column_int(stmt, 2) != 0;
    }
    if (keys->len > 1)
        qsort(keys->items, keys->len, keys->item_bytes, compare);
    return rc;
}

enum ga_rc ga_delta_load(struct ga_store *store, const struct ga_vec **ret_keys, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK && !index->has_delta) {
        rc = read_all(store, &index->delta, err);
        if (rc != GA_OK)
            return rc;
        index->has_delta = true;
    }
    *ret_keys = &index->delta;
    return rc;
}

enum ga_rc ga_delta_merge(struct ga_store *store, struct ga_error *err)
{
    const struct ga_vec *keys;
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_delta_load(store, &keys, err);
    if (rc != GA_OK || keys->len == 0)
        return rc;
    rc = place_keys(store, keys, err);
    ga_index_of(store)->has_delta = false;
    if (rc == GA_OK)
        rc = ga_index_stmt(store, GA_INDEX_DROP_NOTED, &stmt, err);
    return rc == GA_OK ? ga_stmt_run(stmt, err) : rc;
}

static bool are_more(struct ga_store *store, int64_t children)
{
    int64_t count = 0;
    return ga_db_query_int(store->db, "SELECT count(DISTINCT no) FROM _search_new", &count, NULL) == GA_OK &&
           count > children;
}

void ga_delta_idle(struct ga_store *store)
{
    if (!are_more(store, GA_DELTA_CHILDREN_IDLE) || ga_transaction_begin(store->db, NULL) != GA_OK)
        return;
    enum ga_rc rc = ga_delta_merge(store, NULL);
    if (rc == GA_OK)
        rc = ga_transaction_commit(store->db, NULL);
    else
        ga_transaction_rollback(store->db);
    if (rc != GA_OK)
        ga_index_finish(store);
}

void ga_delta_end_bulk(struct ga_store *store)
{
    struct ga_index *index = ga_index_of(store);
    if (index->is_bulk)
        ga_db_set_cache(store->db, ga_store_cache_kib(store), NULL);
    index->is_bulk = false;
    index->children_changed = 0;
}

enum ga_rc ga_delta_settle(struct ga_store *store, struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    const bool has_changed = index->children_changed > 0 && !index->is_bulk;
    const enum ga_rc rc = ga_gather_place(index->gather, err);
    ga_delta_end_bulk(store);
    if (rc != GA_OK)
        return rc;
    return has_changed && are_more(store, GA_DELTA_CHILDREN_MAX) ? ga_delta_merge(store, err) : GA_OK;
}

int ga_delta_compare(const struct ga_delta_key *a, struct ga_value key, int64_t no)
{
    const int order = memcmp(a->key.bytes, key.text, a->key.len < key.len ? a->key.len : key.len);
    if (order != 0 || a->key.len != key.len)
        return order != 0 ? order : a->key.len < key.len ? -1 : 1;
    return a->no < no ? -1 : a->no > no;
}

static size_t find(const struct ga_vec *keys, struct ga_value key, int64_t no)
{
    size_t low = 0;
    for (size_t high = keys->len; low < high;) {
        const size_t middle = (low + high) / 2;
        if (ga_delta_compare(GA_VEC_AT(const struct ga_delta_key, keys, middle), key, no) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t ga_delta_from(const struct ga_vec *keys, const uint8_t *prefix, size_t len)
{
    return find(keys, ga_value_blob(prefix, len), INT64_MIN);
}

bool ga_delta_has_prefix(const struct ga_delta_key *key, const uint8_t *prefix, size_t len)
{
    return key->key.len >= len && memcmp(key->key.bytes, prefix, len) == 0;
}

bool ga_delta_is_gone(const struct ga_vec *keys, struct ga_value key, int64_t no)
{
    const size_t i = find(keys, key, no);
    if (i == keys->len)
        return false;
    const struct ga_delta_key *found = GA_VEC_AT(const struct ga_delta_key, keys, i);
    return found->is_gone && ga_delta_compare(found, key, no) == 0;
}
