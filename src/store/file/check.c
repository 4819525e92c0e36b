/* Checks that everything is as it was once written. */
#include "guanai/store/check.h"

#include "guanai/base/num.h"
#include "guanai/store/have.h"
#include "peers/withheld.h"
#include "private.h"

#include <string.h>

struct checking {
    struct ga_store *store;
    struct ga_problems *problems;
    struct ga_check_report report;
    struct ga_arena arena; /* of the operation being read */
    uint64_t signed_places; /* sum over all operations that can be read */
    bool is_limited;        /* something is withheld from this computer */
    bool has_unreadable;    /* erased, of a later format, missing */
};

static struct ga_problem *say(struct checking *c, enum ga_severity severity)
{
    return ga_problems_add(c->problems, severity, NULL, 0, 0);
}

static enum ga_rc check_file(struct checking *c, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_stmt_prepare(c->store->db, "PRAGMA integrity_check(20)", &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const char *line = ga_stmt_column_text(stmt, 0);
        if (line == NULL || strcmp(line, "ok") != 0)
            ga_message_set(&say(c, GA_FAULT)->what, "the database file is damaged: %1", line == NULL ? "" : line);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

static bool site_key(struct checking *c, const struct ga_uuid *site, struct ga_sign_public *ret_key)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (ga_store_stmt(c->store, GA_SQL_SITE_KEY, &stmt, NULL) != GA_OK)
        return false;
    ga_stmt_bind_blob(stmt, 1, site->bytes, sizeof(site->bytes));
    if (ga_stmt_step(stmt, &has_row, NULL) != GA_OK || !has_row)
        return false;
    const struct ga_value key = ga_stmt_column(stmt, 0);
    const bool fits = key.len == sizeof(ret_key->bytes);
    if (fits)
        memcpy(ret_key->bytes, key.text, key.len);
    ga_stmt_reset(stmt);
    return fits;
}

/* Forks and gaps are shown, not faults: both branches are kept, what is missing may still come. */
static void count_breaks(struct checking *c, const struct ga_have *runs, size_t count)
{
    for (size_t i = 0, end; i < count; i = end) {
        struct ga_have_state state;
        for (end = i + 1; end < count && ga_uuid_compare(&runs[end].site, &runs[i].site) == 0;)
            end++;
        ga_have_state(&runs[i], end - i, &state);
        c->report.forks += (int64_t)state.forks;
        c->report.gaps += (int64_t)state.gaps;
    }
}

/* What is told to other sites as being here has to be here: else they would never send it. */
static enum ga_rc check_runs(struct checking *c, struct ga_error *err)
{
    struct ga_vec runs;
    uint64_t told = 0;
    int64_t there = 0;
    ga_vec_init(&runs, sizeof(struct ga_have));
    enum ga_rc rc = ga_store_have(c->store, &runs, err);
    if (rc == GA_OK)
        rc = ga_db_query_int(c->store->db, "SELECT count(*) FROM (SELECT DISTINCT site, seq, hash FROM txn)", &there, err);
    for (size_t i = 0; rc == GA_OK && i < runs.len; i++) {
        const struct ga_have *run = GA_VEC_AT(struct ga_have, &runs, i);
        told += run->last - run->first + 1;
    }
    if (rc == GA_OK)
        count_breaks(c, runs.items, runs.len);
    if (rc == GA_OK && told != (uint64_t)there)
        ga_message_set(&say(c, GA_FAULT)->what, "what is told to other computers as being here (%1 saves) is not what is here (%2)",
                       GA_NUM((int64_t)told), GA_NUM(there));
    ga_vec_finish(&runs);
    return rc;
}

/* Which record an operation belongs to is signed; under which it is filed is not: the sums have to agree. */
static uint64_t place_of(const void *record, int64_t no)
{
    uint8_t bytes[sizeof(struct ga_uuid) + sizeof(no)];
    memcpy(bytes, record, sizeof(struct ga_uuid));
    memcpy(bytes + sizeof(struct ga_uuid), &no, sizeof(no));
    return ga_map_hash(bytes, sizeof(bytes));
}

static void add_place(struct checking *c, int64_t no, const struct ga_block_item *item)
{
    struct ga_operation op;
    ga_arena_reset(&c->arena);
    if (!item->is_erased && ga_operation_decode(item->bytes, item->len, &c->arena, &op, NULL) == GA_OK && !op.is_opaque)
        c->signed_places += place_of(op.record.bytes, no);
    else
        c->has_unreadable = true;
}

static enum ga_rc check_places(struct checking *c, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    uint64_t filed = 0;
    enum ga_rc rc = ga_stmt_prepare(c->store->db, "SELECT r.id, o.no FROM op AS o JOIN record AS r ON r.no = o.record",
                                    &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const struct ga_value id = ga_stmt_column(stmt, 0);
        if (id.len == sizeof(struct ga_uuid))
            filed += place_of(id.text, ga_stmt_column_int(stmt, 1));
    }
    ga_stmt_destroy(stmt);
    if (rc == GA_OK && !c->has_unreadable && filed != c->signed_places)
        ga_message_set(&say(c, GA_FAULT)->what, "some changes are filed under another record than they were signed for");
    return rc;
}

static void say_unsigned(struct checking *c, const char *number)
{
    ga_message_set(&say(c, GA_FAULT)->what, "save %1 does not hold what was signed", number);
}

/* Its leaf; *ret_is_lost: it was told that it cannot be read. */
static enum ga_rc check_leaf(struct checking *c, int64_t no, struct ga_hash *ret_leaf, bool *ret_is_lost, struct ga_error *err)
{
    struct ga_block_item item;
    struct ga_error damage = {0};
    const enum ga_rc rc = ga_log_get(c->store, no, &item, &damage);
    if (rc == GA_DAMAGED) {
        say(c, GA_FAULT)->what = damage.what;
        *ret_is_lost = c->has_unreadable = true;
        return GA_OK;
    }
    if (rc != GA_OK) {
        if (err != NULL)
            *err = damage;
        return rc;
    }
    if (!item.is_erased)
        ga_operation_leaf(item.salt, item.bytes, item.len, &item.leaf);
    *ret_leaf = item.leaf;
    add_place(c, no, &item);
    c->report.operations++;
    return GA_OK;
}

/* Where something is withheld the root follows from the parts. */
static enum ga_rc check_parts(struct checking *c, const struct ga_transaction *txn, int64_t first, const struct ga_vec *withheld,
                              struct ga_vec *parts, bool *ret_is_lost, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (uint32_t i = 0, next = 0; rc == GA_OK && !*ret_is_lost && i < txn->count;) {
        const struct ga_withheld *hidden = next < withheld->len ? GA_VEC_AT(const struct ga_withheld, withheld, next) : NULL;
        struct ga_merkle_part *part = ga_vec_push(parts);
        *part = (struct ga_merkle_part){.first = i, .leaves = 1};
        if (hidden != NULL && hidden->first_op == first + i) {
            part->leaves = hidden->leaves > 0 ? hidden->leaves : 1;
            part->hash = hidden->hash;
            next++;
        } else {
            rc = check_leaf(c, first + i, &part->hash, ret_is_lost, err);
        }
        i += part->leaves;
    }
    return rc;
}

static enum ga_rc check_limited(struct checking *c, const struct ga_transaction *txn, int64_t first, const char *number,
                                struct ga_error *err)
{
    struct ga_vec withheld, parts;
    struct ga_hash root;
    bool is_lost = false;
    ga_vec_init(&withheld, sizeof(struct ga_withheld));
    ga_vec_init(&parts, sizeof(struct ga_merkle_part));
    enum ga_rc rc = ga_withheld_between(c->store, first, first + txn->count - 1, &withheld, err);
    if (rc == GA_OK)
        rc = check_parts(c, txn, first, &withheld, &parts, &is_lost, err);
    if (rc == GA_OK && !is_lost &&
        (ga_merkle_root_of_parts(parts.items, parts.len, txn->count, &root, NULL) != GA_OK || !ga_hash_equal(&root, &txn->root)))
        say_unsigned(c, number);
    ga_vec_finish(&withheld);
    ga_vec_finish(&parts);
    return rc;
}

static enum ga_rc check_leaves(struct checking *c, const struct ga_transaction *txn, int64_t first,
                               const char *number, struct ga_error *err)
{
    struct ga_merkle merkle = {0};
    struct ga_hash root, leaf = {{0}};
    bool is_lost = false;
    for (uint32_t i = 0; i < txn->count; i++) {
        const enum ga_rc rc = check_leaf(c, first + i, &leaf, &is_lost, err);
        if (rc != GA_OK || is_lost)
            return rc;
        ga_merkle_add(&merkle, &leaf);
    }
    ga_merkle_root(&merkle, &root);
    if (!ga_hash_equal(&root, &txn->root))
        say_unsigned(c, number);
    return GA_OK;
}

static enum ga_rc check_transaction(struct checking *c, struct ga_stmt *stmt, struct ga_error *err)
{
    const struct ga_value bytes = ga_stmt_column(stmt, 3), sig = ga_stmt_column(stmt, 5);
    const int64_t no = ga_stmt_column_int(stmt, 0), first = ga_stmt_column_int(stmt, 6);
    const struct ga_value site = ga_stmt_column(stmt, 1);
    struct ga_transaction txn;
    struct ga_signature signature = {0};
    struct ga_sign_public key;
    struct ga_uuid id = {{0}};
    struct ga_hash hash;
    const char *number = GA_NUM(no);
    if (site.len == sizeof(id.bytes))
        memcpy(id.bytes, site.text, site.len);
    if (sig.len == sizeof(signature.bytes))
        memcpy(signature.bytes, sig.text, sig.len);
    c->report.transactions++;
    if (!site_key(c, &id, &key)) {
        ga_message_set(&say(c, GA_FAULT)->what, "save %1 is of a site whose key is not known", number);
        return GA_OK;
    }
    if (ga_transaction_verify(bytes.text, bytes.len, &signature, &key, &txn, &hash, NULL) != GA_OK) {
        ga_message_set(&say(c, GA_FAULT)->what, "save %1 has no valid signature", number);
        return GA_OK;
    }
    c->has_unreadable |= txn.is_opaque;
    if (txn.is_opaque)
        return GA_OK;
    return c->is_limited ? check_limited(c, &txn, first, number, err) : check_leaves(c, &txn, first, number, err);
}

/* One at a time by number: reading operations uses statements of its own in between. */
static enum ga_rc check_transactions(struct checking *c, const struct ga_check_progress *progress,
                                     struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    int64_t total = 0;
    enum ga_rc rc = ga_db_query_int(c->store->db, "SELECT count(*) FROM txn", &total, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(c->store->db, ga_store_sql[GA_SQL_ALL_TXN], &stmt, err);
    if (rc != GA_OK)
        return rc;
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        rc = check_transaction(c, stmt, err);
        if (rc == GA_OK && progress != NULL && !progress->step(progress->ctx, c->report.transactions, total))
            rc = ga_error_set(err, GA_CANCELLED, "stopped");
    }
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_store_check(struct ga_store *store, const struct ga_check_progress *progress,
                          struct ga_problems *problems, struct ga_check_report *ret_report, struct ga_error *err)
{
    struct checking c = {.store = store, .problems = problems};
    int64_t withheld = 0;
    enum ga_rc rc = check_file(&c, err);
    if (rc == GA_OK)
        rc = ga_db_query_int(store->db, "SELECT count(*) FROM withheld", &withheld, err);
    c.is_limited = withheld > 0;
    if (rc == GA_OK)
        rc = check_transactions(&c, progress, err);
    if (rc == GA_OK)
        rc = check_places(&c, err);
    if (rc == GA_OK)
        rc = check_runs(&c, err);
    if (rc == GA_OK)
        rc = ga_db_query_int(store->db, "SELECT count(*) FROM record WHERE form <> ''", &c.report.records, err);
    ga_arena_finish(&c.arena);
    if (rc == GA_OK)
        *ret_report = c.report;
    return rc;
}
