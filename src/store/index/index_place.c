/* Puts search keys into their pages, in one pass over the pages they belong to. */
#include "index/index_page.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

/*
 * One page after the other is taken out of the table and read beside what is put; what comes out stands in
 * `kept` until there is enough for two pages, of which the first is written. So the last two are evened out:
 * full pages with one more entry do not leave a page of one.
 */
struct ga_index_placing {
    struct ga_store *store;
    struct ga_index_cursor old; /* the page that is read; its row is gone already */
    bool has_old;               /* stands on an entry not kept yet */
    bool has_page;              /* a page was taken out since `kept` was empty */
    bool has_end;               /* another page follows: what is not below it belongs there */
    struct ga_index_entry end;  /* that page's row */
    struct ga_vec kept;         /* struct kept */
    size_t kept_bytes;          /* of all of them */
    struct ga_str packed;
};

struct kept {
    struct ga_index_entry entry;
    uint16_t bytes; /* packed, behind the one before; the first one whole */
};

struct ga_index_placing *ga_index_placing_start(struct ga_store *store)
{
    struct ga_index_placing *placing = ga_alloc(sizeof(*placing));
    placing->store = store;
    placing->old.store = store;
    ga_vec_init(&placing->kept, sizeof(struct kept));
    return placing;
}

void ga_index_placing_end(struct ga_index_placing *placing)
{
    if (placing == NULL)
        return;
    ga_vec_finish(&placing->kept);
    ga_str_finish(&placing->packed);
    free(placing);
}

static size_t bytes_of(const struct ga_index_entry *previous, const struct ga_index_entry *entry, struct ga_str *scratch)
{
    ga_str_clear(scratch);
    ga_index_page_add(scratch, previous, entry);
    return scratch->len;
}

/* The first ones are written; what comes behind them begins a page. */
static void let_go(struct ga_index_placing *placing, size_t count)
{
    for (size_t i = 0; i < count; i++)
        placing->kept_bytes -= GA_VEC_AT(const struct kept, &placing->kept, i)->bytes;
    ga_vec_remove_many(&placing->kept, 0, count);
    if (placing->kept.len == 0)
        return;
    struct kept *first = ga_vec_at(&placing->kept, 0);
    placing->kept_bytes -= first->bytes;
    first->bytes = (uint16_t)bytes_of(NULL, &first->entry, &placing->packed);
    placing->kept_bytes += first->bytes;
}

/* As many of the first as fill `bytes`. */
static enum ga_rc write_page(struct ga_index_placing *placing, size_t bytes, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const struct kept *kept = placing->kept.items;
    size_t count = 0;
    ga_str_clear(&placing->packed);
    for (; count < placing->kept.len && placing->packed.len < bytes; count++)
        ga_index_page_add(&placing->packed, count == 0 ? NULL : &kept[count - 1].entry, &kept[count].entry);
    enum ga_rc rc = ga_index_stmt(placing->store, GA_INDEX_PUT_KEYS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_value key = ga_value_blob(kept[0].entry.key.bytes, kept[0].entry.key.len);
    const struct ga_value page = ga_value_blob(placing->packed.data, placing->packed.len);
    ga_stmt_bind_borrowed(stmt, 1, &key);
    ga_stmt_bind_int(stmt, 2, kept[0].entry.no);
    ga_stmt_bind_borrowed(stmt, 3, &page);
    rc = ga_stmt_run(stmt, err);
    let_go(placing, count);
    return rc;
}

static enum ga_rc keep(struct ga_index_placing *placing, const struct ga_index_entry *entry, struct ga_error *err)
{
    const size_t len = placing->kept.len;
    const struct kept *last = len == 0 ? NULL : ga_vec_at(&placing->kept, len - 1);
    const size_t bytes = bytes_of(last == NULL ? NULL : &last->entry, entry, &placing->packed);
    *(struct kept *)ga_vec_push(&placing->kept) = (struct kept){*entry, (uint16_t)bytes};
    placing->kept_bytes += bytes;
    return placing->kept_bytes < 2 * GA_INDEX_PAGE_BYTES ? GA_OK : write_page(placing, GA_INDEX_PAGE_BYTES, err);
}

static enum ga_rc write_kept(struct ga_index_placing *placing, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    if (placing->kept_bytes > GA_INDEX_PAGE_BYTES)
        rc = write_page(placing, placing->kept_bytes / 2, err);
    while (rc == GA_OK && placing->kept.len > 0)
        rc = write_page(placing, GA_INDEX_PAGE_BYTES, err);
    return rc;
}

static enum ga_rc step_old(struct ga_index_placing *placing, struct ga_error *err)
{
    placing->has_old = ga_index_page_next(&placing->old.page);
    if (placing->old.page.is_bad)
        return ga_error_set(err, GA_DAMAGED, "the search index is damaged; guanai check --rebuild makes it anew");
    return GA_OK;
}

static enum ga_rc run_row(struct ga_index_placing *placing, enum ga_index_sql sql, bool *ret_has, struct ga_stmt **ret_stmt,
                          struct ga_error *err)
{
    const struct ga_index_cursor *old = &placing->old;
    const struct ga_value key = ga_value_blob(old->row_key.bytes, old->row_key.len);
    enum ga_rc rc = ga_index_stmt(placing->store, sql, ret_stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_borrowed(*ret_stmt, 1, &key);
    ga_stmt_bind_int(*ret_stmt, 2, old->row_no);
    return ga_stmt_step(*ret_stmt, ret_has, err);
}

static bool take_row(struct ga_stmt *stmt, struct ga_index_entry *ret_row)
{
    const struct ga_value key = ga_stmt_column(stmt, 0);
    if (key.len == 0 || key.len > sizeof(ret_row->key.bytes))
        return false;
    ret_row->key.len = (uint8_t)key.len;
    memcpy(ret_row->key.bytes, key.text, key.len);
    ret_row->no = ga_stmt_column_int(stmt, 1);
    return true;
}

/* Where the page in hand ends, out it goes. */
static enum ga_rc take_out(struct ga_index_placing *placing, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has = false;
    enum ga_rc rc = run_row(placing, GA_INDEX_KEYS_BEHIND, &placing->has_end, &stmt, err);
    if (rc == GA_OK && placing->has_end) {
        const bool is_good = take_row(stmt, &placing->end);
        ga_stmt_reset(stmt);
        if (!is_good)
            return ga_error_set(err, GA_DAMAGED, "the search index is damaged; guanai check --rebuild makes it anew");
    }
    if (rc == GA_OK)
        rc = run_row(placing, GA_INDEX_DROP_KEYS, &has, &stmt, err);
    placing->has_page = true;
    return rc == GA_OK ? step_old(placing, err) : rc;
}

/* The page that an entry belongs to: the last that does not begin behind it, else the first of all. */
static enum ga_rc take_page_of(struct ga_index_placing *placing, const struct ga_index_entry *entry, struct ga_error *err)
{
    static const enum ga_index_sql ways[] = {GA_INDEX_KEYS_UP_TO, GA_INDEX_KEYS_BEHIND};
    struct ga_index_cursor *old = &placing->old;
    for (size_t i = 0; i < GA_COUNT(ways); i++) {
        struct ga_stmt *stmt;
        struct ga_index_entry row;
        bool has = false;
        old->row_key = entry->key;
        old->row_no = entry->no;
        enum ga_rc rc = run_row(placing, ways[i], &has, &stmt, err);
        if (rc != GA_OK)
            return rc;
        if (!has)
            continue;
        const bool is_good = take_row(stmt, &row) && ga_index_page_open(&old->page, ga_stmt_column(stmt, 2));
        ga_stmt_reset(stmt);
        if (!is_good)
            return ga_error_set(err, GA_DAMAGED, "the search index is damaged; guanai check --rebuild makes it anew");
        old->row_key = row.key;
        old->row_no = row.no;
        return take_out(placing, err);
    }
    placing->has_page = true; /* there is none yet */
    placing->has_end = placing->has_old = false;
    return GA_OK;
}

/* The rest of the page in hand. */
static enum ga_rc keep_old(struct ga_index_placing *placing, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && placing->has_old) {
        rc = keep(placing, &placing->old.page.entry, err);
        if (rc == GA_OK)
            rc = step_old(placing, err);
    }
    return rc;
}

/* Pages side by side are filled up from one another; before a leap all is written. */
static enum ga_rc reach(struct ga_index_placing *placing, const struct ga_index_entry *entry, struct ga_error *err)
{
    if (placing->has_page && (!placing->has_end || ga_index_entry_compare(entry, &placing->end) < 0))
        return GA_OK;
    const struct ga_index_entry end = placing->end;
    const bool had_page = placing->has_page;
    enum ga_rc rc = keep_old(placing, err);
    if (rc == GA_OK)
        rc = take_page_of(placing, entry, err);
    if (rc != GA_OK || !had_page)
        return rc;
    const struct ga_index_entry now = {.key = placing->old.row_key, .no = placing->old.row_no};
    return ga_index_entry_compare(&now, &end) == 0 ? GA_OK : write_kept(placing, err);
}

enum ga_rc ga_index_placing_put(struct ga_index_placing *placing, const struct ga_index_entry *entry, bool is_gone,
                                struct ga_error *err)
{
    int order = 1;
    enum ga_rc rc = reach(placing, entry, err);
    while (rc == GA_OK && placing->has_old && (order = ga_index_entry_compare(&placing->old.page.entry, entry)) < 0) {
        rc = keep(placing, &placing->old.page.entry, err);
        if (rc == GA_OK)
            rc = step_old(placing, err);
    }
    if (rc == GA_OK && placing->has_old && order == 0)
        rc = step_old(placing, err);
    return rc == GA_OK && !is_gone ? keep(placing, entry, err) : rc;
}

enum ga_rc ga_index_placing_finish(struct ga_index_placing *placing, struct ga_error *err)
{
    enum ga_rc rc = keep_old(placing, err);
    return rc == GA_OK ? write_kept(placing, err) : rc;
}
