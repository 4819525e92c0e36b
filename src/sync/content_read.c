/* Reads transactions from the frames of a bundle. */
#include "block_in.h"
#include "frames.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/merkle.h"
#include "guanai/store/transaction.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum { MARK_DOUBT = 1, MARK_PREVIOUS = 2, MARK_ROOT = 4, MARK_LATER = 8 };

/* How far a site's chain has been read. */
struct site_end {
    uint64_t seq;
    struct ga_hash hash;
    bool is_unknown; /* the hash: that transaction waits for what it refers to */
};

/* An operation of a transaction that is put together before it is handed out. */
struct kept_op {
    size_t at, len; /* in `kept`: salt ‖ bytes; len 0: the leaf alone */
    struct ga_hash leaf;
};

enum phase { PHASE_BETWEEN, PHASE_STREAMED, PHASE_KEPT, PHASE_SKIPPED, PHASE_END };

struct ga_content_in {
    struct ga_content_source source;
    const struct ga_content_shelf *shelf;
    struct ga_arena arena; /* of the manifest */
    struct ga_manifest manifest;
    struct ga_uuid *sites;
    struct site_end *ends;
    size_t sites_count;
    struct block_in block;
    ZSTD_DCtx *unpacker;
    struct ga_str columns;
    enum phase phase;
    uint32_t entries_left;             /* transactions of the block that are still to come */
    struct block_moment moment;        /* of the one before in the block */
    struct ga_transaction transaction; /* the one at hand */
    struct ga_parcel parcel;
    struct ga_str bytes;               /* of it */
    struct block_moment op_moment;
    uint32_t given, here_left;
    struct kept_op ops[GA_CONTENT_WHOLE_MAX];
    struct ga_str kept;
    struct ga_content_counts counts;
};

static enum ga_rc damaged(struct ga_error *err)
{
    return ga_error_set(err, GA_DAMAGED, "The content of the bundle is malformed");
}

static void learn_sites(struct ga_content_in *in)
{
    const struct ga_manifest *manifest = &in->manifest;
    in->sites = ga_alloc_array(manifest->runs_count + 1, sizeof(*in->sites));
    for (size_t i = 0; i < manifest->runs_count; i++)
        if (i == 0 || ga_uuid_compare(&manifest->runs[i - 1].site, &manifest->runs[i].site) != 0)
            in->sites[in->sites_count++] = manifest->runs[i].site;
    in->ends = ga_alloc_array(in->sites_count + 1, sizeof(*in->ends));
    block_in_know_sites(&in->block, in->sites_count);
}

enum ga_rc ga_content_open(const struct ga_content_source *source, const struct ga_content_shelf *shelf,
                           struct ga_content_in **ret_in, struct ga_error *err)
{
    struct ga_content_in *in = ga_alloc(sizeof(*in));
    const uint8_t *frame;
    size_t len = 0;
    in->source = *source;
    in->shelf = shelf;
    ga_arena_init(&in->arena);
    block_in_init(&in->block);
    in->unpacker = ZSTD_createDCtx();
    if (in->unpacker == NULL)
        abort(); /* out of memory, see base/alloc.h */
    enum ga_rc rc = source->next(source->ctx, &frame, &len, err);
    if (rc == GA_OK)
        rc = ga_manifest_decode(frame, len, &in->arena, &in->manifest, err);
    if (rc != GA_OK) {
        ga_content_in_destroy(in);
        return rc;
    }
    learn_sites(in);
    *ret_in = in;
    return GA_OK;
}

void ga_content_in_destroy(struct ga_content_in *in)
{
    if (in == NULL)
        return;
    ga_arena_finish(&in->arena);
    block_in_finish(&in->block);
    ZSTD_freeDCtx(in->unpacker);
    ga_str_finish(&in->columns);
    ga_str_finish(&in->bytes);
    ga_str_finish(&in->kept);
    free(in->sites);
    free(in->ends);
    free(in);
}

const struct ga_manifest *ga_content_manifest(const struct ga_content_in *in)
{
    return &in->manifest;
}

const struct ga_content_counts *ga_content_counted(const struct ga_content_in *in)
{
    return &in->counts;
}

/* The columns as they were before they were packed; their length was bounded before. */
static bool unpack_columns(struct ga_content_in *in, unsigned method, const uint8_t *packed, size_t packed_len,
                           size_t len)
{
    ga_str_clear(&in->columns);
    ga_str_reserve(&in->columns, len);
    if (method == 0) {
        ga_str_add_bytes(&in->columns, packed, packed_len);
        return packed_len == len;
    }
    size_t got = ZSTD_decompressDCtx(in->unpacker, in->columns.data, len, packed, packed_len);
    in->columns.len = ZSTD_isError(got) ? 0 : got;
    return !ZSTD_isError(got) && got == len;
}

/* What the block before did not finish goes on first. */
static bool start_entries(struct ga_content_in *in)
{
    struct ga_wire *entries = &in->block.columns[COLUMN_T];
    uint32_t carried = (uint32_t)ga_wire_varint(entries, GA_MERKLE_LEAVES_MAX);
    in->entries_left = (uint32_t)ga_wire_varint(entries, GA_MERKLE_LEAVES_MAX);
    bool is_open = in->phase == PHASE_STREAMED || in->phase == PHASE_SKIPPED;
    in->here_left = carried;
    in->moment = (struct block_moment){.local_day = in->manifest.local_day};
    return !entries->is_bad && (carried > 0) == is_open && (!is_open || carried <= in->parcel.count - in->given);
}

static enum ga_rc open_block(struct ga_content_in *in, const uint8_t *frame, size_t frame_len, struct ga_error *err)
{
    struct ga_wire wire;
    ga_wire_start(&wire, frame, frame_len);
    ga_wire_varint(&wire, FRAME_BLOCK);
    unsigned method = (unsigned)ga_wire_varint(&wire, 1);
    size_t len = (size_t)ga_wire_varint(&wire, GA_CONTENT_COLUMNS_MAX);
    size_t packed_len = (size_t)ga_wire_varint(&wire, ga_wire_left(&wire));
    const uint8_t *packed = ga_wire_bytes(&wire, packed_len);
    size_t drawn_len = ga_wire_left(&wire);
    if (wire.is_bad || drawn_len > GA_CONTENT_DRAWN_MAX || !unpack_columns(in, method, packed, packed_len, len) ||
        !block_in_start(&in->block, ga_str_text(&in->columns), len, wire.next, drawn_len) || !start_entries(in))
        return damaged(err);
    in->counts.columns_bytes += len;
    in->counts.packed_bytes += packed_len;
    in->counts.drawn_bytes += drawn_len;
    return GA_OK;
}

/* Behind it nothing may come. */
static enum ga_rc check_end(struct ga_content_in *in, const uint8_t *frame, size_t frame_len, struct ga_error *err)
{
    struct ga_wire wire;
    size_t more = 0;
    ga_wire_start(&wire, frame, frame_len);
    ga_wire_varint(&wire, FRAME_END);
    uint64_t transactions = ga_wire_varint(&wire, UINT64_MAX), operations = ga_wire_varint(&wire, UINT64_MAX);
    if (wire.is_bad || wire.next != wire.end || in->phase != PHASE_BETWEEN ||
        transactions != in->counts.transactions || operations != in->counts.operations)
        return damaged(err);
    enum ga_rc rc = in->source.next(in->source.ctx, &frame, &more, err);
    if (rc == GA_OK && more > 0)
        rc = damaged(err);
    in->phase = PHASE_END;
    return rc;
}

static enum ga_rc next_frame(struct ga_content_in *in, struct ga_error *err)
{
    const uint8_t *frame = NULL;
    size_t len = 0;
    if (!block_in_is_done(&in->block))
        return damaged(err); /* something was left over */
    enum ga_rc rc = in->source.next(in->source.ctx, &frame, &len, err);
    if (rc != GA_OK)
        return rc;
    if (len > 0 && frame[0] == FRAME_BLOCK)
        return open_block(in, frame, len, err);
    return len > 0 && frame[0] == FRAME_END ? check_end(in, frame, len, err) : damaged(err);
}

static int64_t find_site(const struct ga_content_in *in, const struct ga_uuid *id)
{
    for (size_t i = 0; i < in->sites_count; i++)
        if (ga_uuid_compare(&in->sites[i], id) == 0)
            return (int64_t)i;
    return -1;
}

/* Of a later format: handed on as it is. *ret_site: whose. */
static void take_later(struct ga_content_in *in, size_t *ret_site)
{
    struct ga_wire *entries = &in->block.columns[COLUMN_T];
    size_t len = (size_t)ga_wire_varint(entries, GA_TRANSACTION_BYTES_MAX);
    const uint8_t *bytes = ga_wire_bytes(entries, len);
    int64_t site = -1;
    if (bytes != NULL && ga_transaction_decode(bytes, len, &in->transaction, NULL) == GA_OK &&
        in->transaction.is_opaque)
        site = find_site(in, &in->transaction.site);
    ga_wire_hold(entries, site >= 0);
    if (entries->is_bad)
        return;
    ga_str_clear(&in->bytes);
    ga_str_add_bytes(&in->bytes, bytes, len);
    in->op_moment = (struct block_moment){0};
    *ret_site = (size_t)site;
}

static int32_t take_difference(struct ga_wire *in, int32_t from)
{
    int64_t sum = (int64_t)from + ga_wire_zigzag(in) % (INT64_C(1) << 32);
    ga_wire_hold(in, sum == (int32_t)sum);
    return in->is_bad ? from : (int32_t)sum;
}

static void take_moment(struct ga_content_in *in)
{
    struct ga_wire *entries = &in->block.columns[COLUMN_T];
    struct ga_transaction *transaction = &in->transaction;
    in->moment.local_day = take_difference(entries, in->moment.local_day);
    in->moment.local_ms = take_difference(entries, in->moment.local_ms);
    in->moment.utc_offset_min = take_difference(entries, in->moment.utc_offset_min);
    struct ga_wire_moment moment = {in->moment.local_day, in->moment.local_ms, in->moment.utc_offset_min};
    ga_wire_hold(entries, ga_wire_is_moment(&moment));
    in->op_moment = in->moment;
    transaction->local_day = moment.local_day;
    transaction->local_ms = moment.local_ms;
    transaction->utc_offset_min = moment.utc_offset_min;
}

/* false: what it is built on is not known, because that transaction waits. */
static bool take_known(struct ga_content_in *in, uint64_t marks, size_t *ret_site)
{
    struct ga_wire *entries = &in->block.columns[COLUMN_T];
    struct ga_transaction *transaction = &in->transaction;
    bool has_previous = (marks & MARK_PREVIOUS) != 0;
    *transaction = (struct ga_transaction){.is_clock_in_doubt = (marks & MARK_DOUBT) != 0};
    if (has_previous)
        frame_take_bytes(&in->block.drawn_1, transaction->previous.bytes, GA_HASH_BYTES);
    if ((marks & MARK_ROOT) != 0)
        frame_take_bytes(&in->block.drawn_1, transaction->root.bytes, GA_HASH_BYTES);
    size_t site = (size_t)ga_wire_varint(entries, UINT32_MAX);
    int64_t step = ga_wire_zigzag(entries);
    ga_wire_hold(entries, site < in->sites_count);
    if (entries->is_bad)
        return true;
    const struct site_end *end = &in->ends[site];
    transaction->site = in->sites[site];
    transaction->seq = end->seq + (uint64_t)step;
    ga_wire_hold(entries, transaction->seq > 0 && (has_previous || transaction->seq - 1 == end->seq));
    if (!has_previous)
        transaction->previous = end->hash;
    take_moment(in);
    *ret_site = site;
    return has_previous || !end->is_unknown;
}

/* The transaction's own bytes, once its root is known. */
static enum ga_rc make_bytes(struct ga_content_in *in, size_t site, struct ga_error *err)
{
    if (!in->transaction.is_opaque) {
        ga_str_clear(&in->bytes);
        in->transaction.count = in->parcel.count;
        if (ga_transaction_encode(&in->transaction, &in->bytes, NULL) != GA_OK)
            return damaged(err);
    }
    in->parcel.bytes = (const uint8_t *)in->bytes.data;
    in->parcel.len = in->bytes.len;
    ga_transaction_hash(in->bytes.data, in->bytes.len, &in->parcel.hash);
    in->ends[site] = (struct site_end){in->transaction.seq, in->parcel.hash, false};
    return GA_OK;
}

static enum ga_rc take_op(struct ga_content_in *in, struct ga_parcel_op *ret_op, bool *ret_waits, struct ga_error *err)
{
    const struct block_sites sites = {in->sites, in->sites_count, in->shelf};
    return block_in_take(&in->block, &in->op_moment, &sites, ret_op, ret_waits, err);
}

static void keep_op(struct ga_content_in *in, const struct ga_parcel_op *op, struct kept_op *ret_kept)
{
    *ret_kept = (struct kept_op){in->kept.len, op->len, {{0}}};
    ga_parcel_op_leaf(op, &ret_kept->leaf);
    if (op->bytes == NULL)
        return;
    ga_str_add_bytes(&in->kept, op->salt, GA_OPERATION_SALT_BYTES);
    ga_str_add_bytes(&in->kept, op->bytes, op->len);
}

/* All its operations are read before it is handed out, because its root follows from them. */
static enum ga_rc keep_whole(struct ga_content_in *in, size_t site, bool *ret_waits, struct ga_error *err)
{
    struct ga_merkle merkle = {0};
    struct ga_parcel_op op;
    size_t bytes = 0;
    ga_str_clear(&in->kept);
    for (uint32_t i = 0; i < in->parcel.count; i++) {
        bool waits = false;
        enum ga_rc rc = take_op(in, &op, &waits, err);
        if (rc != GA_OK)
            return rc;
        *ret_waits |= waits;
        bytes += op.len;
        if (bytes > GA_OPERATION_BYTES_MAX || op.leaves > 1)
            return damaged(err);
        if (*ret_waits)
            continue;
        keep_op(in, &op, &in->ops[i]);
        ga_merkle_add(&merkle, &in->ops[i].leaf);
    }
    in->counts.operations += in->parcel.count;
    in->ends[site] = (struct site_end){.seq = in->transaction.seq, .is_unknown = true};
    if (*ret_waits)
        return GA_OK;
    ga_merkle_root(&merkle, &in->transaction.root);
    return make_bytes(in, site, err);
}

static enum ga_rc hand_out(struct ga_content_in *in, enum ga_content_event event, struct ga_content_item *ret_item)
{
    *ret_item = (struct ga_content_item){.event = event, .parcel = in->parcel};
    return GA_OK;
}

/* Nothing of it can be used: what is told is whose it is. */
static enum ga_rc hand_out_waiting(struct ga_content_in *in, struct ga_content_item *ret_item)
{
    in->parcel.bytes = NULL;
    in->parcel.len = 0;
    return hand_out(in, GA_CONTENT_WAITS, ret_item);
}

static enum ga_rc begin_whole(struct ga_content_in *in, size_t site, bool waits, struct ga_content_item *ret_item,
                              struct ga_error *err)
{
    enum ga_rc rc = keep_whole(in, site, &waits, err);
    if (rc != GA_OK)
        return rc;
    in->counts.transactions++;
    if (waits)
        return hand_out_waiting(in, ret_item);
    in->phase = PHASE_KEPT;
    return hand_out(in, GA_CONTENT_PARCEL, ret_item);
}

static enum ga_rc begin_streamed(struct ga_content_in *in, size_t site, bool waits, struct ga_content_item *ret_item,
                                 struct ga_error *err)
{
    in->here_left = (uint32_t)ga_wire_varint(&in->block.columns[COLUMN_T], in->parcel.count);
    if (block_in_is_bad(&in->block) || in->here_left < 1)
        return damaged(err);
    in->phase = waits ? PHASE_SKIPPED : PHASE_STREAMED;
    in->ends[site] = (struct site_end){.seq = in->transaction.seq, .is_unknown = true};
    if (waits)
        return hand_out_waiting(in, ret_item);
    enum ga_rc rc = make_bytes(in, site, err);
    return rc == GA_OK ? hand_out(in, GA_CONTENT_PARCEL, ret_item) : rc;
}

static enum ga_rc begin_entry(struct ga_content_in *in, struct ga_content_item *ret_item, struct ga_error *err)
{
    struct ga_wire *entries = &in->block.columns[COLUMN_T];
    uint64_t marks = ga_wire_varint(entries, MARK_LATER | MARK_ROOT);
    bool is_later = (marks & MARK_LATER) != 0, is_known = true;
    size_t site = 0;
    ga_wire_hold(entries, !is_later || marks == (MARK_LATER | MARK_ROOT));
    in->entries_left--;
    in->parcel = (struct ga_parcel){0};
    frame_take_bytes(&in->block.drawn_1, in->parcel.signature.bytes, sizeof(in->parcel.signature.bytes));
    if (is_later)
        take_later(in, &site);
    else
        is_known = take_known(in, marks, &site);
    bool is_whole = (marks & MARK_ROOT) == 0;
    in->parcel.count = (uint32_t)ga_wire_varint(entries, is_whole ? GA_CONTENT_WHOLE_MAX : GA_MERKLE_LEAVES_MAX);
    if (block_in_is_bad(&in->block) || in->parcel.count < 1)
        return damaged(err);
    in->parcel.site = in->transaction.site;
    in->parcel.seq = in->transaction.seq;
    in->given = 0;
    return is_whole ? begin_whole(in, site, !is_known, ret_item, err) : begin_streamed(in, site, !is_known, ret_item, err);
}

static enum ga_rc give_kept(struct ga_content_in *in, struct ga_content_item *ret_item)
{
    if (in->given == in->parcel.count) {
        in->phase = PHASE_BETWEEN;
        return hand_out(in, GA_CONTENT_CLOSE, ret_item);
    }
    const struct kept_op *kept = &in->ops[in->given++];
    const uint8_t *salt = (const uint8_t *)ga_str_text(&in->kept) + kept->at;
    hand_out(in, GA_CONTENT_OP, ret_item);
    ret_item->op = (struct ga_parcel_op){.leaf = kept->leaf};
    if (kept->len > 0)
        ret_item->op = (struct ga_parcel_op){.salt = salt, .bytes = salt + GA_OPERATION_SALT_BYTES, .len = kept->len};
    return GA_OK;
}

/* The transaction at hand has no more operations; those that are skipped were told of before. */
static enum ga_rc close_streamed(struct ga_content_in *in, bool *ret_has, struct ga_content_item *ret_item)
{
    *ret_has = in->phase == PHASE_STREAMED;
    in->phase = PHASE_BETWEEN;
    in->counts.transactions++;
    return *ret_has ? hand_out(in, GA_CONTENT_CLOSE, ret_item) : GA_OK;
}

/* One operation of a transaction whose root was told; *ret_has: there is something to hand out. */
static enum ga_rc go_on(struct ga_content_in *in, bool *ret_has, struct ga_content_item *ret_item, struct ga_error *err)
{
    struct ga_parcel_op op = {0};
    bool waits = false;
    if (in->given == in->parcel.count)
        return close_streamed(in, ret_has, ret_item);
    if (in->here_left == 0)
        return in->entries_left > 0 ? damaged(err) : next_frame(in, err);
    enum ga_rc rc = take_op(in, &op, &waits, err);
    if (rc != GA_OK)
        return rc;
    const uint32_t leaves = ga_parcel_op_leaves(&op);
    if (leaves > in->here_left || (leaves > 1 && !in->manifest.has_receiver))
        return damaged(err);
    in->given += leaves;
    in->here_left -= leaves;
    in->counts.operations += leaves;
    *ret_has = in->phase == PHASE_STREAMED;
    if (!*ret_has)
        return GA_OK;
    if (waits) {
        in->phase = PHASE_SKIPPED;
        return hand_out_waiting(in, ret_item);
    }
    hand_out(in, GA_CONTENT_OP, ret_item);
    ret_item->op = op;
    return GA_OK;
}

static enum ga_rc step(struct ga_content_in *in, bool *ret_has, struct ga_content_item *ret_item, struct ga_error *err)
{
    if (in->phase == PHASE_STREAMED || in->phase == PHASE_SKIPPED)
        return go_on(in, ret_has, ret_item, err);
    *ret_has = true;
    if (in->phase == PHASE_KEPT)
        return give_kept(in, ret_item);
    if (in->phase == PHASE_END)
        return hand_out(in, GA_CONTENT_END, ret_item);
    if (in->entries_left > 0)
        return begin_entry(in, ret_item, err);
    *ret_has = false;
    return next_frame(in, err);
}

enum ga_rc ga_content_next(struct ga_content_in *in, struct ga_content_item *ret_item, struct ga_error *err)
{
    bool has = false;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && !has)
        rc = step(in, &has, ret_item, err);
    return rc;
}
