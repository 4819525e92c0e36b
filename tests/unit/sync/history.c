/* A history of several sites in memory, with what writes it to frames and reads it again. */
#include "history.h"

#include "guanai/store/merkle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

void history_init(struct history *history, uint64_t seed)
{
    *history = (struct history){.seed = seed};
    history->random = ga_random_seeded(&history->seed);
    ga_arena_init(&history->arena);
    ga_vec_init(&history->parcels, sizeof(struct history_parcel));
    ga_vec_init(&history->ops, sizeof(struct history_op));
    for (uint8_t i = 0; i < HISTORY_SITES; i++)
        memory_site_make(&history->sites[i], (uint8_t)(i + 1));
}

void history_finish(struct history *history)
{
    ga_arena_finish(&history->arena);
    ga_vec_finish(&history->parcels);
    ga_vec_finish(&history->ops);
    ga_map_finish(&history->by_leaf);
    ga_map_finish(&history->by_place);
}

static char *place_key(struct ga_arena *arena, const struct ga_place *place)
{
    char site[GA_UUID_TEXT_SIZE];
    return ga_arena_printf(arena, "%s/%llu/%u", ga_uuid_text(&place->site, site), (unsigned long long)place->seq,
                           place->index);
}

static void know(struct history *history, const struct history_op *op)
{
    char hex[GA_HASH_TEXT_SIZE];
    *(struct history_op *)ga_vec_push(&history->ops) = *op;
    void *number = (void *)history->ops.len;
    char *place = place_key(&history->arena, &op->place);
    ga_map_put(&history->by_leaf, ga_arena_strdup(&history->arena, ga_hash_text(&op->op.leaf, hex)), number);
    ga_map_put(&history->by_place, place, ga_map_get(&history->by_place, place) == NULL ? number : (void *)-1);
}

const struct history_op *history_by_leaf(const struct history *history, const struct ga_hash *leaf)
{
    char hex[GA_HASH_TEXT_SIZE];
    size_t number = (size_t)ga_map_get(&history->by_leaf, ga_hash_text(leaf, hex));
    return number == 0 ? NULL : ga_vec_at(&history->ops, number - 1);
}

static void *copy(struct ga_arena *arena, const void *bytes, size_t len)
{
    return memcpy(ga_arena_alloc(arena, len + 1), bytes, len);
}

/* Salt, leaf; nothing but the leaf is kept of one that was erased. */
static void make_op(struct history *history, struct ga_span bytes, const struct ga_place *place, bool is_erased,
                    struct history_op *ret_op)
{
    struct ga_operation op = {0};
    uint8_t *salt = ga_arena_alloc(&history->arena, GA_OPERATION_SALT_BYTES);
    history->random.fill(history->random.ctx, salt, GA_OPERATION_SALT_BYTES);
    *ret_op = (struct history_op){.place = *place};
    ga_operation_leaf(salt, bytes.ptr, bytes.len, &ret_op->op.leaf);
    if (ga_operation_decode(bytes.ptr, bytes.len, &history->arena, &op, NULL) == GA_OK && !op.is_opaque)
        ret_op->record = op.record;
    if (is_erased)
        return;
    ret_op->op.salt = salt;
    ret_op->op.bytes = copy(&history->arena, bytes.ptr, bytes.len);
    ret_op->op.len = bytes.len;
}

static void add_parcel(struct history *history, size_t site, const struct ga_str *bytes,
                       const struct ga_signature *signature, uint32_t count, uint64_t seq, size_t first_op)
{
    struct history_parcel *added = ga_vec_push(&history->parcels);
    added->first_op = first_op;
    added->parcel = (struct ga_parcel){copy(&history->arena, bytes->data, bytes->len), bytes->len, *signature, count,
                                       history->sites[site].id, seq, {{0}}};
    ga_transaction_hash(bytes->data, bytes->len, &added->parcel.hash);
    history->hashes[site] = added->parcel.hash;
    history->ends[site].seq = seq;
}

void history_add_bytes(struct history *history, size_t site, const struct ga_span *ops, size_t count, const bool *erased)
{
    struct ga_merkle merkle = {0};
    size_t first_op = history->ops.len;
    struct ga_transaction *end = &history->ends[site];
    struct ga_transaction transaction = {.site = history->sites[site].id, .seq = end->seq + 1,
        .previous = history->hashes[site], .count = (uint32_t)count,
        .local_day = 20778 + (int32_t)(end->seq / 5), .utc_offset_min = 480,
        .local_ms = 28800000 + (int32_t)ga_random_below(&history->random, 36000000),
        .is_clock_in_doubt = ga_random_below(&history->random, 8) == 0};
    if (history->local_ms > 0)
        transaction.local_ms = history->local_ms;
    for (size_t i = 0; i < count; i++) {
        struct history_op op;
        make_op(history, ops[i], &(struct ga_place){transaction.site, transaction.seq, (uint32_t)i},
                erased != NULL && erased[i], &op);
        ga_merkle_add(&merkle, &op.op.leaf);
        know(history, &op);
    }
    ga_merkle_root(&merkle, &transaction.root);
    struct ga_str bytes = {0};
    struct ga_hash hash;
    struct ga_signature signature;
    assert_int_equal(
        ga_transaction_sign(&transaction, &history->sites[site].key, &bytes, &hash, &signature, NULL), GA_OK);
    add_parcel(history, site, &bytes, &signature, (uint32_t)count, transaction.seq, first_op);
    ga_str_finish(&bytes);
}

void history_add(struct history *history, size_t site, const struct ga_operation *ops, size_t count, const bool *erased)
{
    struct ga_span *spans = ga_arena_array(&history->arena, count, sizeof(*spans));
    for (size_t i = 0; i < count; i++) {
        struct ga_str bytes = {0};
        assert_int_equal(ga_operation_encode(&ops[i], &bytes, NULL), GA_OK);
        spans[i] = (struct ga_span){copy(&history->arena, bytes.data, bytes.len), bytes.len};
        ga_str_finish(&bytes);
    }
    history_add_bytes(history, site, spans, count, erased);
}

void history_add_later(struct history *history, size_t site)
{
    static const char OPERATION[] = "\x09nobody here knows what this means";
    struct ga_str bytes = {0};
    struct ga_hash hash;
    struct ga_signature signature;
    struct history_op op;
    uint64_t seq = history->ends[site].seq + 1;
    size_t first_op = history->ops.len;
    make_op(history, (struct ga_span){OPERATION, sizeof(OPERATION) - 1},
            &(struct ga_place){history->sites[site].id, seq, 0}, false, &op);
    know(history, &op);
    ga_str_add_char(&bytes, 2);
    ga_str_add_char(&bytes, 0);
    ga_str_add_bytes(&bytes, history->sites[site].id.bytes, sizeof(history->sites[site].id.bytes));
    assert_true(seq < 128);
    ga_str_add_char(&bytes, (char)seq);
    ga_str_add(&bytes, "whatever a later format holds");
    ga_transaction_hash(bytes.data, bytes.len, &hash);
    ga_sign_hash(&history->sites[site].key, &hash, &signature);
    add_parcel(history, site, &bytes, &signature, 1, seq, first_op);
    ga_str_finish(&bytes);
}

struct ga_hash history_refer(struct history *history, const struct ga_place *place, const struct ga_uuid *record)
{
    struct history_op op = {.place = *place, .record = *record};
    history->random.fill(history->random.ctx, op.op.leaf.bytes, sizeof(op.op.leaf.bytes));
    know(history, &op);
    return op.op.leaf;
}

void history_manifest(struct history *history, struct ga_manifest *manifest)
{
    struct ga_have *runs = ga_arena_array(&history->arena, HISTORY_SITES, sizeof(*runs));
    uint64_t *bundles = ga_arena_alloc(&history->arena, sizeof(*bundles));
    *manifest = (struct ga_manifest){.label = "石桥教学点", .number = 15, .local_day = 20790, .runs = runs,
                                     .bundles = bundles, .bundles_count = 1};
    bundles[0] = history->ends[0].seq;
    for (size_t i = 0; i < HISTORY_SITES; i++)
        if (history->ends[i].seq > 0)
            runs[manifest->runs_count++] =
                (struct ga_have){history->sites[i].id, 1, history->ends[i].seq, history->hashes[i]};
}

static enum ga_rc find_leaf(void *ctx, const struct ga_uuid *record, const struct ga_hash *leaf,
                            struct ga_place *ret_place, bool *ret_is_there, struct ga_error *err)
{
    const struct history *history = ctx;
    const struct history_op *op = history_by_leaf(history, leaf);
    struct ga_arena arena;
    (void)err;
    ga_arena_init(&arena);
    *ret_is_there = op != NULL && ga_uuid_compare(&op->record, record) == 0 &&
                    ga_map_get(&history->by_place, place_key(&arena, &op->place)) != (void *)-1;
    if (*ret_is_there)
        *ret_place = op->place;
    ga_arena_finish(&arena);
    return GA_OK;
}

static enum ga_rc look_at(void *ctx, const struct ga_place *place, struct ga_hash *ret_leaf, struct ga_error *err)
{
    const struct history *history = ctx;
    struct ga_arena arena;
    ga_arena_init(&arena);
    size_t number = (size_t)ga_map_get(&history->by_place, place_key(&arena, place));
    ga_arena_finish(&arena);
    if (number == 0 || number > history->ops.len)
        return ga_error_set(err, GA_NOT_FOUND, "%1", "nothing stands there");
    *ret_leaf = GA_VEC_AT(struct history_op, &history->ops, number - 1)->op.leaf;
    return GA_OK;
}

struct ga_content_finder history_finder(struct history *history)
{
    return (struct ga_content_finder){find_leaf, history};
}

struct ga_content_shelf history_shelf(struct history *history)
{
    return (struct ga_content_shelf){look_at, history};
}

void frames_init(struct frames *frames)
{
    *frames = (struct frames){0};
    ga_vec_init(&frames->frames, sizeof(struct ga_str));
}

void frames_finish(struct frames *frames)
{
    for (size_t i = 0; i < frames->frames.len; i++)
        ga_str_finish(ga_vec_at(&frames->frames, i));
    ga_vec_finish(&frames->frames);
}

static enum ga_rc put_frame(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    struct frames *frames = ctx;
    (void)err;
    ga_str_add_bytes(ga_vec_push(&frames->frames), bytes, len);
    return GA_OK;
}

static enum ga_rc next_frame(void *ctx, const uint8_t **ret_frame, size_t *ret_len, struct ga_error *err)
{
    struct frames *frames = ctx;
    (void)err;
    *ret_len = 0;
    if (frames->at == frames->frames.len)
        return GA_OK;
    const struct ga_str *frame = ga_vec_at(&frames->frames, frames->at++);
    *ret_frame = (const uint8_t *)frame->data;
    *ret_len = frame->len;
    return GA_OK;
}

struct ga_sync_sink frames_sink(struct frames *frames)
{
    return (struct ga_sync_sink){put_frame, frames};
}

struct ga_content_source frames_source(struct frames *frames)
{
    frames->at = 0;
    return (struct ga_content_source){next_frame, frames};
}

size_t frames_bytes(const struct frames *frames)
{
    size_t bytes = 0;
    for (size_t i = 0; i < frames->frames.len; i++)
        bytes += GA_VEC_AT(struct ga_str, &frames->frames, i)->len;
    return bytes;
}

void history_write(struct history *history, size_t from, const struct ga_content_finder *finder,
                   const struct ga_sync_sink *sink, struct ga_content_counts *ret_counts)
{
    struct ga_manifest manifest;
    struct ga_content_out *out;
    history_manifest(history, &manifest);
    assert_int_equal(ga_content_create(&manifest, finder, sink, &out, NULL), GA_OK);
    for (size_t i = from; i < history->parcels.len; i++) {
        const struct history_parcel *parcel = ga_vec_at(&history->parcels, i);
        assert_int_equal(ga_content_put_parcel(out, &parcel->parcel, NULL), GA_OK);
        for (size_t k = 0; k < parcel->parcel.count; k++) {
            const struct history_op *op = ga_vec_at(&history->ops, parcel->first_op + k);
            assert_int_equal(ga_content_put_op(out, &op->op, NULL), GA_OK);
        }
    }
    assert_int_equal(ga_content_finish(out, ret_counts, NULL), GA_OK);
    ga_content_out_destroy(out);
}
