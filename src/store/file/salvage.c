/* Takes what a damaged database still holds into a new one. */
#include "guanai/store/salvage.h"

#include "file/salvage_rows.h"
#include "guanai/base/num.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/backup.h"
#include "guanai/store/have.h"
#include "guanai/store/site.h"
#include "log/saving.h"
#include "peers/receive_project.h"
#include "said_by.h"

#include <stdlib.h>
#include <string.h>

enum { TOLD_MAX = 200 }; /* lost ones that are told one by one */

struct span {
    int64_t first, end;
};

struct salvaging {
    struct ga_salvage_rows rows;
    struct ga_receive *receive;
    const struct ga_salvage_place *block; /* open in the codec; NULL: none */
    size_t block_count;
    struct ga_salvage_txn txn;
    struct ga_problems *problems;
    const struct ga_check_progress *progress;
    struct ga_salvage_report report;
    struct ga_vec covered; /* struct span: operations of transactions that came over */
    struct ga_hash newest; /* of this site's own history, as far as it came over */
    uint64_t newest_seq;
};

/* ---- a transaction ---- */

static bool open_block(struct salvaging *s, const struct ga_salvage_place *place)
{
    struct ga_value bytes;
    if (place == s->block)
        return true;
    s->block = NULL;
    if (!ga_salvage_block_at(&s->rows, place, &bytes) ||
        ga_block_open(s->rows.codec, bytes.text, bytes.len, &s->block_count, NULL) != GA_OK)
        return false;
    s->block = place;
    return true;
}

static bool find_op(struct salvaging *s, int64_t no, struct ga_block_item *ret_item)
{
    if (ga_salvage_tail_op(&s->rows, no, ret_item))
        return true;
    const struct ga_salvage_place *place = ga_salvage_block_of(&s->rows, no);
    if (place == NULL || !open_block(s, place) || no - place->number >= (int64_t)s->block_count)
        return false;
    ga_block_item(s->rows.codec, (size_t)(no - place->number), ret_item);
    return true;
}

/* What stands at that place: an operation, in `item`, or at a guest what stands for some that it may not have. */
static bool find_part(struct salvaging *s, int64_t no, struct ga_block_item *item, struct ga_parcel_op *ret_op)
{
    if (find_op(s, no, item)) {
        *ret_op = (struct ga_parcel_op){.salt = item->is_erased ? NULL : item->salt, .bytes = item->is_erased ? NULL : item->bytes,
                                        .len = item->is_erased ? 0 : item->len, .leaf = item->leaf};
        return true;
    }
    const struct ga_withheld *part = ga_salvage_withheld_at(&s->rows, no);
    if (part != NULL)
        *ret_op = (struct ga_parcel_op){.leaf = part->hash, .leaves = part->leaves};
    return part != NULL;
}

/* All its operations, else it is dropped: what is left of it proves nothing. */
static enum ga_rc give_ops(struct salvaging *s, enum ga_parcel_state *ret_state, struct ga_error *reason, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (int64_t i = 0; rc == GA_OK && i < s->txn.count;) {
        struct ga_block_item item;
        struct ga_parcel_op op;
        if (!find_part(s, s->txn.first_op + i, &item, &op)) {
            ga_error_set(reason, GA_DAMAGED, "part of it cannot be read any more");
            ga_receive_skip(s->receive, GA_PARCEL_REFUSED, (uint64_t)s->txn.count);
            *ret_state = GA_PARCEL_REFUSED;
            return GA_OK;
        }
        rc = ga_receive_op(s->receive, &op, err);
        i += ga_parcel_op_leaves(&op);
    }
    return rc == GA_OK ? ga_receive_close(s->receive, ret_state, reason, err) : rc;
}

/* Translated as it stands there: one with a number in it would be told in English. */
static const char *plain_reason(const struct ga_error *reason)
{
    return reason->what.args_count == 0 ? reason->what.id : "part of it cannot be read any more";
}

static void say_lost(struct salvaging *s, const struct ga_transaction *txn, const struct ga_error *reason)
{
    struct ga_peer peer = {.label = ""};
    char id[GA_UUID_TEXT_SIZE];
    if (s->report.transactions_lost++ >= TOLD_MAX)
        return;
    const bool has_label = ga_store_site(s->rows.store, &txn->site, &peer, NULL) == GA_OK && peer.label[0] != '\0';
    ga_message_set(&ga_problems_add(s->problems, GA_WARNING, NULL, 0, 0)->what, "lost: save %1 of %2, %3, %4 changes: %5", GA_NUM(txn->seq),
                   has_label ? peer.label : ga_uuid_text(&txn->site, id), GA_DATE_ISO(ga_date_from_days(txn->local_day)),
                   GA_NUM(txn->count), plain_reason(reason));
}

static void count_saved(struct salvaging *s, const struct ga_transaction *txn, const struct ga_hash *hash)
{
    struct ga_peer peer;
    s->report.transactions++;
    s->report.operations += txn->count;
    *(struct span *)ga_vec_push(&s->covered) = (struct span){s->txn.first_op, s->txn.first_op + s->txn.count};
    s->report.transactions_unproven += ga_store_site(s->rows.store, &txn->site, &peer, NULL) != GA_OK;
    if (ga_uuid_compare(&txn->site, &s->rows.store->site) == 0 && txn->seq > s->newest_seq) {
        s->newest_seq = txn->seq;
        s->newest = *hash;
    }
}

/* Signatures follow from the key and what is signed: one of this computer's own that was damaged is made again as it was. */
static void sign_own(struct salvaging *s, const struct ga_transaction *txn, const struct ga_hash *hash)
{
    if (s->rows.has_identity && ga_uuid_compare(&txn->site, &s->rows.store->site) == 0)
        ga_site_sign(s->rows.store, hash, &s->txn.signature);
}

/* Its hash is its name: one whose key is lost has at least to be what bore that name. */
static enum ga_rc take_txn(struct salvaging *s, const struct ga_salvage_place *place, struct ga_error *err)
{
    struct ga_transaction txn;
    struct ga_hash hash;
    struct ga_error reason = {0};
    enum ga_parcel_state state = GA_PARCEL_REFUSED;
    if (!ga_salvage_txn_at(&s->rows, place, &s->txn) ||
        ga_transaction_decode(s->txn.bytes.data, s->txn.bytes.len, &txn, NULL) != GA_OK || txn.is_opaque)
        return GA_OK;
    ga_transaction_hash(s->txn.bytes.data, s->txn.bytes.len, &hash);
    if (!ga_hash_equal(&hash, &s->txn.hash) || s->txn.count != (int64_t)txn.count || s->txn.first_op <= 0)
        return GA_OK; /* bytes of it were changed: which one it was cannot be told; it leaves a gap */
    sign_own(s, &txn, &hash);
    const struct ga_parcel parcel = {.bytes = (const uint8_t *)s->txn.bytes.data, .len = s->txn.bytes.len,
                                     .signature = s->txn.signature, .count = txn.count};
    enum ga_rc rc = ga_receive_parcel(s->receive, &parcel, &state, &reason, err);
    if (rc == GA_OK && state == GA_PARCEL_OPEN)
        rc = give_ops(s, &state, &reason, err);
    if (rc != GA_OK)
        return rc;
    if (state == GA_PARCEL_APPLIED)
        count_saved(s, &txn, &hash);
    else if (state != GA_PARCEL_KNOWN)
        say_lost(s, &txn, &reason);
    return GA_OK;
}

static enum ga_rc take_txns(struct salvaging *s, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    const struct ga_check_progress *progress = s->progress;
    for (size_t i = 0; rc == GA_OK && i < s->rows.txns.len; i++) {
        rc = take_txn(s, GA_VEC_AT(struct ga_salvage_place, &s->rows.txns, i), err);
        if (rc == GA_OK && progress != NULL && !progress->step(progress->ctx, (int64_t)i, (int64_t)s->rows.txns.len))
            rc = ga_error_set(err, GA_CANCELLED, "stopped; nothing was changed");
    }
    return rc;
}

/* ---- what is left of the others ---- */

static int compare_spans(const void *a, const void *b)
{
    const struct span *first = a, *second = b;
    return (first->first > second->first) - (first->first < second->first);
}

static bool is_covered(const struct salvaging *s, int64_t no)
{
    size_t low = 0, high = s->covered.len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (GA_VEC_AT(const struct span, &s->covered, middle)->first <= no)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && no < GA_VEC_AT(const struct span, &s->covered, low - 1)->end;
}

static enum ga_rc rescue_op(struct salvaging *s, struct ga_save *save, const struct ga_block_item *item, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_operation op;
    int64_t record;
    enum ga_rc rc = GA_OK;
    if (!item->is_erased && ga_operation_decode(item->bytes, item->len, &arena, &op, NULL) == GA_OK && !op.is_opaque) {
        rc = ga_record_make(s->rows.store, &op.record, op.form, &record, NULL, err);
        if (rc == GA_OK)
            rc = ga_save_write_again(save, record, item, err);
        s->report.operations_rescued++;
    }
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc rescue_block(struct salvaging *s, struct ga_save *save, const struct ga_salvage_place *place, struct ga_error *err)
{
    struct ga_block_item item;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && open_block(s, place) && i < s->block_count; i++) {
        if (is_covered(s, place->number + (int64_t)i))
            continue;
        ga_block_item(s->rows.codec, i, &item);
        rc = rescue_op(s, save, &item, err);
    }
    return rc;
}

/* Their tables are built from the log afterwards, all of them: this is no save of every day. */
static enum ga_rc rescue(struct salvaging *s, struct ga_error *err)
{
    struct ga_save *save;
    struct ga_problems unwanted;
    if (s->covered.len > 1)
        qsort(s->covered.items, s->covered.len, sizeof(struct span), compare_spans);
    enum ga_rc rc = ga_save_begin(s->rows.store, &save, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; rc == GA_OK && i < s->rows.blocks.len; i++)
        rc = rescue_block(s, save, GA_VEC_AT(struct ga_salvage_place, &s->rows.blocks, i), err);
    if (rc == GA_OK)
        rc = ga_save_commit(save, err);
    else
        ga_save_abandon(save);
    if (rc != GA_OK || s->report.operations_rescued == 0)
        return rc;
    ga_message_set(&ga_problems_add(s->problems, GA_WARNING, NULL, 0, 0)->what,
                   "%1 changes of saves that are not whole any more came over in a save of their own", GA_NUM(s->report.operations_rescued));
    ga_problems_init(&unwanted);
    rc = ga_store_rebuild(s->rows.store, NULL, &unwanted, err);
    ga_problems_finish(&unwanted);
    return rc;
}

/* ---- what is missing ---- */

static void say_gap(struct salvaging *s, const struct ga_uuid *site, uint64_t first, uint64_t last)
{
    struct ga_peer peer = {.label = ""};
    char id[GA_UUID_TEXT_SIZE];
    const bool has_label = ga_store_site(s->rows.store, site, &peer, NULL) == GA_OK && peer.label[0] != '\0';
    ga_message_set(&ga_problems_add(s->problems, GA_WARNING, NULL, 0, 0)->what, "missing of %1: saves %2 to %3",
                   has_label ? peer.label : ga_uuid_text(site, id), GA_NUM(first), GA_NUM(last));
}

/* A site's history that does not begin at 1, or goes on behind a gap. */
static enum ga_rc say_gaps(struct salvaging *s, struct ga_error *err)
{
    struct ga_vec runs;
    ga_vec_init(&runs, sizeof(struct ga_have));
    const enum ga_rc rc = ga_store_have(s->rows.store, &runs, err);
    uint64_t last = 0;
    for (size_t i = 0; rc == GA_OK && i < runs.len; i++) {
        const struct ga_have *run = GA_VEC_AT(struct ga_have, &runs, i);
        if (i == 0 || ga_uuid_compare(&GA_VEC_AT(struct ga_have, &runs, i - 1)->site, &run->site) != 0)
            last = 0;
        if (run->first > last + 1)
            say_gap(s, &run->site, last + 1, run->first - 1);
        last = run->last > last ? run->last : last;
    }
    ga_vec_finish(&runs);
    return rc;
}

/* ---- all of it ---- */

/* Who this computer was comes first: its history, once it is here, makes it go on under another id. */
static enum ga_rc read_rows(struct salvaging *s, struct ga_error *err)
{
    struct ga_store *store = s->rows.store;
    enum ga_rc rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_salvage_read(&s->rows, &s->report.pages, err);
    if (rc == GA_OK && s->rows.txns.len == 0)
        rc = ga_error_set(err, GA_NOT_FOUND, "nothing can be read of this database any more");
    if (rc == GA_OK)
        rc = ga_transaction_commit(store->db, err);
    else
        ga_transaction_rollback(store->db);
    store->has_key = false;
    ga_schools_forget(store); /* what comes next is read as a county does, if it was one */
    return rc == GA_OK ? ga_site_open(store, err) : rc;
}

/* A guest, a county without names has hashes for part of what it has, or nothing that needs one. */
static bool is_limited(const struct salvaging *s)
{
    const char *nameless = ga_store_setting(s->rows.store, "sync_nameless");
    return s->rows.withheld.len > 0 || (nameless != NULL && nameless[0] != '\0');
}

static enum ga_rc take_all(struct salvaging *s, struct ga_error *err)
{
    struct ga_received told;
    struct ga_store *store = s->rows.store;
    enum ga_rc rc = ga_receive_begin(store, &s->receive, err);
    if (rc != GA_OK)
        return rc;
    ga_receive_trust_unknown(s->receive);
    if (is_limited(s))
        ga_receive_limited(s->receive);
    rc = take_txns(s, err);
    if (rc != GA_OK) {
        ga_receive_abandon(s->receive);
        return rc;
    }
    store->seq = s->newest_seq; /* how far the old one went: the new one signs for that */
    store->head = s->newest;
    rc = ga_receive_commit(s->receive, s->progress, &told, err);
    if (rc == GA_OK && s->rows.has_identity && !told.has_new_site) /* nothing of its own came over: its numbers are used all the same */
        rc = ga_store_renew_site(store, err);
    if (rc == GA_OK)
        rc = rescue(s, err);
    return rc == GA_OK ? say_gaps(s, err) : rc;
}

enum ga_rc ga_store_salvage(struct ga_store *store, const char *database, const struct ga_check_progress *progress,
                            struct ga_problems *problems, struct ga_salvage_report *ret_report, struct ga_error *err)
{
    struct salvaging s = {.rows = {.store = store, .codec = ga_block_codec_create()}, .problems = problems, .progress = progress};
    ga_vec_init(&s.covered, sizeof(struct span));
    enum ga_rc rc = ga_pages_open(store->options.io, database, &s.rows.pages, err);
    if (rc == GA_OK)
        rc = read_rows(&s, err);
    if (rc == GA_OK)
        rc = take_all(&s, err);
    if (rc == GA_OK)
        rc = ga_db_query_int(store->db, "SELECT count(*) FROM record", &s.report.records, err);
    s.report.drafts = s.rows.drafts;
    s.report.has_identity = s.rows.has_identity;
    if (rc == GA_OK)
        *ret_report = s.report;
    ga_salvage_finish(&s.rows);
    ga_vec_finish(&s.covered);
    ga_str_finish(&s.txn.bytes);
    ga_block_codec_destroy(s.rows.codec);
    return rc;
}
