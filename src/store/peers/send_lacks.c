/* Finds which transactions somebody lacks. */
#include "peers/send_lacks.h"

#include "guanai/base/order.h"

#include <stdlib.h>
#include <string.h>

/* The runs of one site, ours and theirs. */
struct comparing {
    struct ga_store *store;
    struct ga_lacks *lacks;
    const struct ga_have *ours, *theirs;
    size_t ours_count, theirs_count;
    struct ga_have_state here;
    bool is_forked;      /* here: what is known has to be proved */
    struct ga_vec known; /* struct ga_have, rising, apart from each other: what they have of a history without branches */
    struct ga_vec proved; /* int64_t: transactions found by walking back */
};

static void doubt(struct comparing *c)
{
    if (!ga_lacks_is_doubtful(c->lacks, &c->ours->site))
        *(struct ga_uuid *)ga_vec_push(&c->lacks->doubtful) = c->ours->site;
}

/* The transaction of a site with that number and hash. *ret_no 0: there is none; *ret_is_other: one with another hash is. */
static enum ga_rc find_txn(const struct comparing *c, uint64_t seq, const struct ga_hash *hash, int64_t *ret_no,
                           bool *ret_is_other, struct ga_hash *ret_previous, struct ga_error *err)
{
    struct ga_stmt *stmt;
    struct ga_transaction txn;
    bool has_row = false;
    *ret_no = 0;
    *ret_is_other = false;
    enum ga_rc rc = ga_store_stmt(c->store, GA_SQL_TXNS_AT, &stmt, err);
    if (rc != GA_OK || seq > INT64_MAX)
        return rc;
    ga_stmt_bind_blob(stmt, 1, c->ours->site.bytes, sizeof(c->ours->site.bytes));
    ga_stmt_bind_int(stmt, 2, (int64_t)seq);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_value there = ga_stmt_column(stmt, 1), bytes = ga_stmt_column(stmt, 2);
        if (there.len == sizeof(hash->bytes) && memcmp(there.text, hash->bytes, there.len) == 0 &&
            ga_transaction_decode(bytes.text, bytes.len, &txn, NULL) == GA_OK) {
            *ret_no = ga_stmt_column_int(stmt, 0);
            *ret_previous = txn.previous;
        } else {
            *ret_is_other = true;
        }
    }
    return rc;
}

/* Of a history with branches just what the last hash of their run is built on. */
static enum ga_rc walk_back(struct comparing *c, const struct ga_have *run, struct ga_error *err)
{
    struct ga_hash hash = run->hash, previous;
    enum ga_rc rc = GA_OK;
    for (uint64_t seq = run->last; rc == GA_OK && seq >= run->first && seq > 0; seq--) {
        int64_t no;
        bool is_other;
        rc = find_txn(c, seq, &hash, &no, &is_other, &previous, err);
        if (rc != GA_OK || no == 0)
            break;
        *(int64_t *)ga_vec_push(&c->proved) = no;
        hash = previous;
    }
    return rc;
}

/* As it is here they have refused it: it need not come again, and nothing can be said by its place. */
static enum ga_rc take_refused(struct comparing *c, const struct ga_have *run, bool *ret_is, struct ga_error *err)
{
    struct ga_hash previous;
    int64_t no;
    bool is_other;
    enum ga_rc rc = find_txn(c, run->last, &run->hash, &no, &is_other, &previous, err);
    if (rc == GA_OK && no == 0 && is_other)
        rc = ga_lacks_refused(c->store, run, &no, err);
    else
        no = 0;
    *ret_is = rc == GA_OK && no != 0;
    if (*ret_is) {
        *(int64_t *)ga_vec_push(&c->proved) = no;
        doubt(c);
    }
    return rc;
}

static enum ga_rc take_run(struct comparing *c, const struct ga_have *run, struct ga_error *err)
{
    struct ga_hash previous;
    int64_t no;
    bool is_other, is_refused = false;
    if (run->first == run->last) {
        const enum ga_rc found = take_refused(c, run, &is_refused, err);
        if (found != GA_OK || is_refused)
            return found;
    }
    if (c->is_forked)
        return walk_back(c, run, err);
    const enum ga_rc rc = find_txn(c, run->last, &run->hash, &no, &is_other, &previous, err);
    if (rc != GA_OK)
        return rc;
    const bool is_own = ga_uuid_compare(&c->ours->site, &c->store->site) == 0;
    if (no != 0 || (!is_other && !is_own)) /* nobody but another copy of it goes further than this site itself */
        *(struct ga_have *)ga_vec_push(&c->known) = *run;
    else
        doubt(c);
    return GA_OK;
}

static int compare_known(const void *a, const void *b)
{
    const struct ga_have *left = a, *right = b;
    return (left->first > right->first) - (left->first < right->first);
}

static enum ga_rc add_between(struct comparing *c, uint64_t first, uint64_t last, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (first > last)
        return GA_OK;
    enum ga_rc rc = ga_store_stmt(c->store, GA_SQL_TXNS_BETWEEN, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, c->ours->site.bytes, sizeof(c->ours->site.bytes));
    ga_stmt_bind_int(stmt, 2, (int64_t)first);
    ga_stmt_bind_int(stmt, 3, (int64_t)last);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        if (!ga_order_has(&c->proved, ga_stmt_column_int(stmt, 0)))
            *(int64_t *)ga_vec_push(&c->lacks->numbers) = ga_stmt_column_int(stmt, 0);
    return rc;
}

/* What lies between the runs they have. */
static enum ga_rc add_unknown(struct comparing *c, struct ga_error *err)
{
    uint64_t next = 1;
    enum ga_rc rc = GA_OK;
    ga_order_sort_once(&c->proved);
    if (c->known.len > 1)
        qsort(c->known.items, c->known.len, c->known.item_bytes, compare_known);
    for (size_t i = 0; rc == GA_OK && i < c->known.len && next <= c->here.last; i++) {
        const struct ga_have *run = GA_VEC_AT(struct ga_have, &c->known, i);
        const uint64_t before = run->first - 1 < c->here.last ? run->first - 1 : c->here.last;
        rc = add_between(c, next, before, err);
        next = run->last >= next ? run->last + 1 : next;
    }
    return rc == GA_OK ? add_between(c, next, c->here.last, err) : rc;
}

static enum ga_rc compare_site(struct comparing *c, struct ga_error *err)
{
    struct ga_have_state there;
    enum ga_rc rc = GA_OK;
    ga_vec_init(&c->known, sizeof(struct ga_have));
    ga_vec_init(&c->proved, sizeof(int64_t));
    ga_have_state(c->ours, c->ours_count, &c->here);
    ga_have_state(c->theirs, c->theirs_count, &there);
    c->is_forked = c->here.forks > 0;
    if (c->is_forked || there.forks > 0)
        doubt(c);
    for (size_t i = 0; rc == GA_OK && i < c->theirs_count; i++)
        if (c->theirs[i].first > 0 && c->theirs[i].last >= c->theirs[i].first && c->theirs[i].last < UINT64_MAX)
            rc = take_run(c, &c->theirs[i], err);
    if (rc == GA_OK)
        rc = add_unknown(c, err);
    ga_vec_finish(&c->known);
    ga_vec_finish(&c->proved);
    return rc;
}

static int compare_runs(const void *a, const void *b)
{
    const struct ga_have *left = a, *right = b;
    const int sites = ga_uuid_compare(&left->site, &right->site);
    return sites != 0 ? sites : compare_known(a, b);
}

static size_t count_site(const struct ga_have *runs, size_t count, const struct ga_uuid *site)
{
    size_t of_site = 0;
    while (of_site < count && ga_uuid_compare(&runs[of_site].site, site) == 0)
        of_site++;
    return of_site;
}

/* Both sorted by site: a walk over ours, with theirs beside it. */
static enum ga_rc compare_all(struct ga_store *store, const struct ga_vec *ours, const struct ga_vec *theirs,
                              struct ga_lacks *lacks, struct ga_error *err)
{
    const struct ga_have *our = ours->items, *their = theirs->items;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0, k = 0; rc == GA_OK && i < ours->len;) {
        while (k < theirs->len && ga_uuid_compare(&their[k].site, &our[i].site) < 0)
            k++;
        struct comparing c = {.store = store, .lacks = lacks, .ours = &our[i]};
        c.ours_count = count_site(&our[i], ours->len - i, &our[i].site);
        c.theirs_count = k < theirs->len ? count_site(&their[k], theirs->len - k, &our[i].site) : 0;
        c.theirs = c.theirs_count > 0 ? &their[k] : NULL;
        rc = compare_site(&c, err);
        i += c.ours_count;
    }
    return rc;
}

enum ga_rc ga_lacks_find(struct ga_store *store, const struct ga_have *theirs, size_t count, struct ga_lacks *ret_lacks,
                         struct ga_error *err)
{
    struct ga_vec ours, sorted;
    ga_vec_init(&ret_lacks->numbers, sizeof(int64_t));
    ga_vec_init(&ret_lacks->doubtful, sizeof(struct ga_uuid));
    ga_vec_init(&ours, sizeof(struct ga_have));
    ga_vec_init(&sorted, sizeof(struct ga_have));
    for (size_t i = 0; i < count; i++)
        *(struct ga_have *)ga_vec_push(&sorted) = theirs[i];
    if (count > 1)
        qsort(sorted.items, sorted.len, sorted.item_bytes, compare_runs);
    enum ga_rc rc = ga_store_have(store, &ours, err);
    if (rc == GA_OK)
        rc = compare_all(store, &ours, &sorted, ret_lacks, err);
    ga_order_sort_once(&ret_lacks->numbers);
    ga_vec_finish(&ours);
    ga_vec_finish(&sorted);
    return rc;
}

void ga_lacks_finish(struct ga_lacks *lacks)
{
    ga_vec_finish(&lacks->numbers);
    ga_vec_finish(&lacks->doubtful);
}

bool ga_lacks_has(const struct ga_lacks *lacks, int64_t txn)
{
    return ga_order_has(&lacks->numbers, txn);
}

bool ga_lacks_is_doubtful(const struct ga_lacks *lacks, const struct ga_uuid *site)
{
    for (size_t i = 0; i < lacks->doubtful.len; i++)
        if (ga_uuid_compare(GA_VEC_AT(struct ga_uuid, &lacks->doubtful, i), site) == 0)
            return true;
    return false;
}
