/* Writes transactions as the frames of a bundle. */
#include "block_out.h"
#include "frames.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/merkle.h"
#include "guanai/store/transaction.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum {
    MARK_DOUBT = 1,
    MARK_PREVIOUS = 2,
    MARK_ROOT = 4,
    MARK_LATER = 8,
    BLOCK_COLUMNS = 1 << 17, /* a block is closed when its columns, its drawn bytes pass this */
    BLOCK_DRAWN = 1 << 16,
};

/*
 * Measured on 30,000 roster rows of 27 fields, 739 bytes each, 26 of them drawn (tests/bench/bundle.c):
 *   level, block      1, 128   2, 128   1, 256   2, 256   3, 256   5, 256   9, 256   19, 256 KiB
 *   bytes each             94       91       91       89       91       89       87        81
 *   ms                    110      131      108      119      148      163      211      3062
 *   KiB held             1542     1606     2260     2452     2964     5268     5268      7068
 * A bundle is written on the oldest computer: what is taken holds under 2 MiB.
 */
enum { LEVEL = 2, WINDOW_LOG = 17 };

/* How far a site's chain has been written. */
struct site_end {
    struct ga_uuid id;
    uint64_t seq;
    struct ga_hash hash;
};

/* The transaction at hand. */
struct open_parcel {
    struct ga_transaction transaction;
    uint8_t bytes[GA_TRANSACTION_BYTES_MAX];
    size_t len;
    struct ga_signature signature;
    struct ga_hash hash;
    size_t site;
    uint32_t count, given;
    uint32_t here;    /* in this block */
    size_t op_bytes;  /* of those here */
    bool is_carried;  /* began in an earlier block */
    bool has_subtree;
    struct ga_merkle merkle; /* of the operations of one that may leave its root out */
    struct block_moment moment;
};

struct ga_content_out {
    struct ga_content_finder finder;
    bool has_finder, has_receiver;
    struct ga_sync_sink sink;
    struct site_end *sites;
    size_t sites_count;
    int32_t manifest_day;
    struct open_parcel parcel;
    bool is_open;
    struct block_out block;
    struct ga_str entries; /* of the transactions in the block: T without what stands before them */
    uint32_t carried, transactions;
    struct block_moment moment; /* of the transaction before in the block */
    ZSTD_CCtx *packer;
    struct ga_str bare, frame;
    struct ga_content_counts counts;
};

static int64_t find_site(void *ctx, const struct ga_uuid *id)
{
    const struct ga_content_out *out = ctx;
    size_t low = 0, high = out->sites_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = ga_uuid_compare(&out->sites[middle].id, id);
        if (order == 0)
            return (int64_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

static void learn_sites(struct ga_content_out *out, const struct ga_manifest *manifest)
{
    out->sites = ga_alloc_array(manifest->runs_count + 1, sizeof(*out->sites));
    for (size_t i = 0; i < manifest->runs_count; i++)
        if (i == 0 || ga_uuid_compare(&manifest->runs[i - 1].site, &manifest->runs[i].site) != 0)
            out->sites[out->sites_count++].id = manifest->runs[i].site;
}

static void start_block(struct ga_content_out *out)
{
    block_out_reset(&out->block);
    ga_str_clear(&out->entries);
    out->carried = out->transactions = 0;
    out->moment = (struct block_moment){.local_day = out->manifest_day};
}

enum ga_rc ga_content_create(const struct ga_manifest *manifest, const struct ga_content_finder *finder,
                             const struct ga_sync_sink *sink, struct ga_content_out **ret_out, struct ga_error *err)
{
    struct ga_str frame = {0};
    enum ga_rc rc = ga_manifest_encode(manifest, &frame, err);
    if (rc == GA_OK)
        rc = sink->put(sink->ctx, frame.data, frame.len, err);
    ga_str_finish(&frame);
    if (rc != GA_OK)
        return rc;
    struct ga_content_out *out = ga_alloc(sizeof(*out));
    out->has_finder = finder != NULL;
    if (finder != NULL)
        out->finder = *finder;
    out->sink = *sink;
    out->has_receiver = manifest->has_receiver;
    out->manifest_day = manifest->local_day;
    out->packer = ZSTD_createCCtx();
    if (out->packer == NULL)
        abort(); /* out of memory, see base/alloc.h */
    ZSTD_CCtx_setParameter(out->packer, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(out->packer, ZSTD_c_windowLog, WINDOW_LOG);
    ZSTD_CCtx_setParameter(out->packer, ZSTD_c_contentSizeFlag, 0); /* its length stands before it */
    learn_sites(out, manifest);
    block_out_init(&out->block, out->sites_count);
    start_block(out);
    *ret_out = out;
    return GA_OK;
}

void ga_content_out_destroy(struct ga_content_out *out)
{
    if (out == NULL)
        return;
    ZSTD_freeCCtx(out->packer);
    block_out_finish(&out->block);
    ga_str_finish(&out->entries);
    ga_str_finish(&out->bare);
    ga_str_finish(&out->frame);
    free(out->sites);
    free(out);
}

static void put_later(struct ga_content_out *out, const struct open_parcel *parcel)
{
    frame_put_varint(&out->entries, MARK_LATER | MARK_ROOT);
    ga_str_add_bytes(&out->block.drawn_1, parcel->signature.bytes, sizeof(parcel->signature.bytes));
    frame_put_varint(&out->entries, parcel->len);
    ga_str_add_bytes(&out->entries, parcel->bytes, parcel->len);
}

static void put_known(struct ga_content_out *out, const struct open_parcel *parcel, bool has_root)
{
    const struct ga_transaction *transaction = &parcel->transaction;
    struct site_end *end = &out->sites[parcel->site];
    const struct block_moment *moment = &parcel->moment;
    bool has_previous = end->seq != transaction->seq - 1 || !ga_hash_equal(&end->hash, &transaction->previous);
    frame_put_varint(&out->entries, (transaction->is_clock_in_doubt ? MARK_DOUBT : 0) |
                                        (has_previous ? MARK_PREVIOUS : 0) | (has_root ? MARK_ROOT : 0));
    ga_str_add_bytes(&out->block.drawn_1, parcel->signature.bytes, sizeof(parcel->signature.bytes));
    if (has_previous)
        ga_str_add_bytes(&out->block.drawn_1, transaction->previous.bytes, GA_HASH_BYTES);
    if (has_root)
        ga_str_add_bytes(&out->block.drawn_1, transaction->root.bytes, GA_HASH_BYTES);
    frame_put_varint(&out->entries, parcel->site);
    frame_put_zigzag(&out->entries, (int64_t)(transaction->seq - end->seq));
    frame_put_zigzag(&out->entries, moment->local_day - out->moment.local_day);
    frame_put_zigzag(&out->entries, moment->local_ms - out->moment.local_ms);
    frame_put_zigzag(&out->entries, moment->utc_offset_min - out->moment.utc_offset_min);
    out->moment = *moment;
}

/* Where the disk has altered an operation, the root that follows from what is left would alter all that is chained behind. */
static bool makes_its_root(const struct open_parcel *parcel)
{
    struct ga_hash root;
    ga_merkle_root(&parcel->merkle, &root);
    return ga_hash_equal(&root, &parcel->transaction.root);
}

/* The transaction takes its place in the block: it is whole, or goes on in the next one. */
static void put_entry(struct ga_content_out *out)
{
    struct open_parcel *parcel = &out->parcel;
    bool is_whole = !parcel->transaction.is_opaque && parcel->given == parcel->count && !parcel->has_subtree &&
                    parcel->count <= GA_CONTENT_WHOLE_MAX && parcel->op_bytes <= GA_OPERATION_BYTES_MAX && makes_its_root(parcel);
    if (parcel->is_carried) {
        out->carried = parcel->here;
        return;
    }
    if (parcel->transaction.is_opaque)
        put_later(out, parcel);
    else
        put_known(out, parcel, !is_whole);
    frame_put_varint(&out->entries, parcel->count);
    if (!is_whole)
        frame_put_varint(&out->entries, parcel->here);
    out->sites[parcel->site].seq = parcel->transaction.seq;
    out->sites[parcel->site].hash = parcel->hash;
    out->transactions++;
}

/* How long the packed columns are, has to stand before them, so they move up to it. */
static enum ga_rc pack_columns(struct ga_content_out *out, struct ga_error *err)
{
    size_t room = ZSTD_compressBound(out->bare.len), head = 1 + 2 * (size_t)GA_WIRE_VARINT_MAX_BYTES;
    ga_str_reserve(&out->frame, head + room);
    char *packed = out->frame.data + out->frame.len + head;
    size_t len = ZSTD_compress2(out->packer, packed, room, out->bare.data, out->bare.len);
    if (ZSTD_isError(len))
        return ga_error_set(err, GA_IO, "Operations cannot be packed: %1", ZSTD_getErrorName(len));
    bool is_shorter = len < out->bare.len;
    size_t taken = is_shorter ? len : out->bare.len;
    ga_str_add_char(&out->frame, is_shorter);
    frame_put_varint(&out->frame, out->bare.len);
    frame_put_varint(&out->frame, taken);
    memmove(out->frame.data + out->frame.len, is_shorter ? packed : out->bare.data, taken);
    out->frame.len += taken;
    out->counts.columns_bytes += out->bare.len;
    out->counts.packed_bytes += taken;
    return GA_OK;
}

static enum ga_rc flush_block(struct ga_content_out *out, struct ga_error *err)
{
    struct ga_str *transactions = &out->block.columns[COLUMN_T];
    if (out->block.operations == 0)
        return GA_OK;
    frame_put_varint(transactions, out->carried);
    frame_put_varint(transactions, out->transactions);
    ga_str_add_bytes(transactions, ga_str_text(&out->entries), out->entries.len);
    ga_str_clear(&out->bare);
    ga_str_clear(&out->frame);
    block_out_join(&out->block, &out->bare);
    ga_str_add_char(&out->frame, FRAME_BLOCK);
    enum ga_rc rc = pack_columns(out, err);
    if (rc != GA_OK)
        return rc;
    ga_str_add_bytes(&out->frame, ga_str_text(&out->block.drawn_1), out->block.drawn_1.len);
    ga_str_add_bytes(&out->frame, ga_str_text(&out->block.drawn_2), out->block.drawn_2.len);
    out->counts.drawn_bytes += out->block.drawn_1.len + out->block.drawn_2.len;
    start_block(out);
    return out->sink.put(out->sink.ctx, out->frame.data, out->frame.len, err);
}

/* In the middle of a transaction it is told how much of it is here. */
static enum ga_rc cut_block(struct ga_content_out *out, struct ga_error *err)
{
    if (out->is_open && out->parcel.here > 0) {
        put_entry(out);
        out->parcel.is_carried = true;
        out->parcel.here = 0;
    }
    return flush_block(out, err);
}

static bool is_full(const struct ga_content_out *out)
{
    return block_out_bytes(&out->block) + out->entries.len >= BLOCK_COLUMNS ||
           out->block.drawn_1.len + out->block.drawn_2.len >= BLOCK_DRAWN;
}

static enum ga_rc read_parcel(struct ga_content_out *out, const struct ga_parcel *given, struct open_parcel *parcel,
                              struct ga_error *err)
{
    enum ga_rc rc = ga_transaction_decode(given->bytes, given->len, &parcel->transaction, err);
    if (rc != GA_OK)
        return rc;
    const struct ga_transaction *transaction = &parcel->transaction;
    int64_t site = find_site(out, &transaction->site);
    if (out->is_open || site < 0 || given->count < 1 ||
        (!transaction->is_opaque && given->count != transaction->count))
        return ga_error_set(err, GA_REFUSED, "Transaction %1 cannot be put into this bundle", GA_NUM(transaction->seq));
    memcpy(parcel->bytes, given->bytes, given->len);
    parcel->len = given->len;
    parcel->signature = given->signature;
    ga_transaction_hash(given->bytes, given->len, &parcel->hash);
    parcel->site = (size_t)site;
    parcel->count = given->count;
    if (!transaction->is_opaque)
        parcel->moment = (struct block_moment){transaction->local_day, transaction->local_ms, transaction->utc_offset_min};
    return GA_OK;
}

enum ga_rc ga_content_put_parcel(struct ga_content_out *out, const struct ga_parcel *parcel, struct ga_error *err)
{
    struct open_parcel open = {0};
    enum ga_rc rc = read_parcel(out, parcel, &open, err);
    if (rc == GA_OK && is_full(out))
        rc = flush_block(out, err);
    if (rc != GA_OK)
        return rc;
    out->parcel = open;
    out->is_open = true;
    return GA_OK;
}

static enum ga_rc make_room(struct ga_content_out *out, size_t names, struct ga_error *err)
{
    bool has_room = !is_full(out) && out->block.names_count + names <= GA_CONTENT_NAMES_MAX;
    return has_room ? GA_OK : cut_block(out, err);
}

static void add_leaf(struct open_parcel *parcel, const struct ga_parcel_op *op)
{
    struct ga_hash leaf;
    ga_parcel_op_leaf(op, &leaf);
    ga_merkle_add(&parcel->merkle, &leaf);
}

enum ga_rc ga_content_put_op(struct ga_content_out *out, const struct ga_parcel_op *op, struct ga_error *err)
{
    struct open_parcel *parcel = &out->parcel;
    struct ga_operation known;
    bool is_known;
    const uint32_t leaves = ga_parcel_op_leaves(op);
    if (!out->is_open || (op->bytes != NULL && op->len > GA_OPERATION_BYTES_MAX) || leaves > parcel->count - parcel->given ||
        (leaves > 1 && !out->has_receiver))
        return ga_error_set(err, GA_REFUSED, "Transaction %1 cannot be put into this bundle",
                            GA_NUM(parcel->transaction.seq));
    size_t names = block_out_names(&out->block, op, &known, &is_known);
    enum ga_rc rc = make_room(out, names, err);
    if (rc != GA_OK)
        return rc;
    const struct block_finder finder = {out->has_finder ? &out->finder : NULL, find_site, out};
    rc = block_out_put(&out->block, op, is_known ? &known : NULL, &parcel->moment, &finder, err);
    if (rc != GA_OK)
        return rc;
    parcel->has_subtree |= leaves > 1;
    if (parcel->count <= GA_CONTENT_WHOLE_MAX && !parcel->has_subtree)
        add_leaf(parcel, op);
    parcel->given += leaves;
    parcel->here += leaves;
    parcel->op_bytes += op->bytes == NULL ? 0 : op->len;
    out->counts.operations += leaves;
    if (parcel->given < parcel->count)
        return GA_OK;
    put_entry(out);
    out->is_open = false;
    out->counts.transactions++;
    return GA_OK;
}

enum ga_rc ga_content_finish(struct ga_content_out *out, struct ga_content_counts *ret_counts, struct ga_error *err)
{
    if (out->is_open)
        return ga_error_set(err, GA_REFUSED, "Transaction %1 cannot be put into this bundle",
                            GA_NUM(out->parcel.transaction.seq));
    enum ga_rc rc = flush_block(out, err);
    if (rc != GA_OK)
        return rc;
    ga_str_clear(&out->frame);
    ga_str_add_char(&out->frame, FRAME_END);
    frame_put_varint(&out->frame, out->counts.transactions);
    frame_put_varint(&out->frame, out->counts.operations);
    rc = out->sink.put(out->sink.ctx, out->frame.data, out->frame.len, err);
    if (rc == GA_OK && ret_counts != NULL)
        *ret_counts = out->counts;
    return rc;
}
