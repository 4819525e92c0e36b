/* Sorts more search keys than are held in memory. */
#include "index/index_gather.h"
#include "index/index_page.h"

#include "guanai/base/alloc.h"
#include "guanai/store/scratch.h"
#include "guanai/store/wire.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS_HELD = 32768, PIECE_BYTES = 8 << 10, GONE = 0x80 };

/* A gathered key; its bytes stand in ga_gather.bytes: length, key, number, whether it is gone. */
struct gathered {
    uint64_t head; /* the first eight bytes: nearly always enough to tell two apart */
    uint32_t at;   /* the later one of two is further on */
    uint32_t len;  /* of the key */
};

/* Sorted keys laid aside. */
struct run {
    int64_t next_bytes, end_bytes; /* of the file: the piece to be read next; where the run ends */
    struct ga_str piece;           /* read last */
    size_t at;                     /* in it */
    struct ga_delta_key key;       /* read last */
    size_t order;                  /* of two equal keys that of the later run counts */
};

struct ga_gather {
    struct ga_store *store;
    size_t keys_most;
    struct ga_vec keys; /* struct gathered */
    struct ga_str bytes;
    struct ga_scratch scratch;
    struct ga_vec runs; /* struct run: laid aside */
};

struct ga_gather *ga_gather_create(struct ga_store *store)
{
    struct ga_gather *gather = ga_alloc(sizeof(*gather));
    gather->store = store;
    gather->keys_most = KEYS_HELD;
    ga_vec_init(&gather->keys, sizeof(struct gathered));
    ga_vec_init(&gather->runs, sizeof(struct run));
    return gather;
}

void ga_gather_limit(struct ga_gather *gather, size_t keys_most)
{
    gather->keys_most = keys_most;
}

/* An import is seldom followed by another: its memory is given back. */
void ga_gather_forget(struct ga_gather *gather)
{
    for (size_t i = 0; i < gather->runs.len; i++)
        ga_str_finish(&GA_VEC_AT(struct run, &gather->runs, i)->piece);
    ga_vec_finish(&gather->runs);
    ga_vec_finish(&gather->keys);
    ga_str_finish(&gather->bytes);
    ga_scratch_finish(&gather->scratch);
}

void ga_gather_destroy(struct ga_gather *gather)
{
    if (gather == NULL)
        return;
    ga_gather_forget(gather);
    free(gather);
}

int ga_delta_key_compare(const struct ga_delta_key *a, const struct ga_delta_key *b)
{
    const int keys = ga_index_key_compare(&a->key, &b->key);
    return keys != 0 ? keys : (a->no > b->no) - (a->no < b->no);
}

static void read_gathered(const char *bytes, const struct gathered *gathered, struct ga_delta_key *ret_key)
{
    bytes += gathered->at;
    ret_key->key.len = (uint8_t)*bytes++;
    memcpy(ret_key->key.bytes, bytes, ret_key->key.len);
    bytes += ret_key->key.len;
    memcpy(&ret_key->no, bytes, sizeof(ret_key->no));
    ret_key->is_gone = bytes[sizeof(ret_key->no)] != 0;
}

/* As ga_delta_key_compare, without taking the keys out. */
static int compare_gathered(const void *a, const void *b, void *bytes)
{
    const struct gathered *x = a, *y = b;
    const char *left = (const char *)bytes + x->at + 1, *right = (const char *)bytes + y->at + 1;
    const uint32_t shorter = x->len < y->len ? x->len : y->len;
    int64_t no, other;
    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    const int order = shorter <= sizeof(x->head) ? 0 : memcmp(left + sizeof(x->head), right + sizeof(x->head), shorter - sizeof(x->head));
    if (order != 0 || x->len != y->len)
        return order != 0 ? order : x->len < y->len ? -1 : 1;
    memcpy(&no, left + x->len, sizeof(no));
    memcpy(&other, right + y->len, sizeof(other));
    if (no != other)
        return no < other ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static void add_entry(struct ga_str *piece, const struct ga_delta_key *previous, const struct ga_delta_key *key)
{
    const size_t shared = previous == NULL ? 0 : ga_index_key_shared(&previous->key, &key->key);
    const uint8_t head[] = {(uint8_t)(shared | (key->is_gone ? GONE : 0)), (uint8_t)(key->key.len - shared)};
    ga_str_reserve(piece, sizeof(head) + head[1] + GA_WIRE_VARINT_MAX_BYTES);
    ga_wire_put_bytes(piece, head, sizeof(head));
    ga_wire_put_bytes(piece, key->key.bytes + shared, head[1]);
    ga_wire_put_varint(piece, (uint64_t)key->no);
}

static enum ga_rc put_piece(struct ga_gather *gather, struct run *run, struct ga_str *piece, struct ga_error *err)
{
    int64_t at_bytes;
    enum ga_rc rc = piece->len == 0 ? GA_OK : ga_scratch_put(&gather->scratch, piece->data, piece->len, &at_bytes, err);
    ga_str_clear(piece);
    run->end_bytes = gather->scratch.end_bytes;
    return rc;
}

/* By one byte of the heads, those that are equal in the order they had. false: it is the same in all, nothing was done. */
static bool deal_out(const struct gathered *from, struct gathered *into, size_t count, int shift)
{
    size_t places[257] = {0};
    for (size_t i = 0; i < count; i++)
        places[1 + (from[i].head >> shift & 0xFF)]++;
    if (places[1 + (from[0].head >> shift & 0xFF)] == count)
        return false;
    for (size_t i = 1; i < 257; i++)
        places[i] += places[i - 1];
    for (size_t i = 0; i < count; i++)
        into[places[from[i].head >> shift & 0xFF]++] = from[i];
    return true;
}

/* Keys whose heads are equal stand as they came: mostly in order, for children come by rising numbers. */
static void sort_equal_heads(struct gathered *keys, size_t count, char *bytes)
{
    for (size_t i = 0, end; i < count; i = end) {
        bool is_sorted = true;
        for (end = i + 1; end < count && keys[end].head == keys[i].head; end++)
            is_sorted &= compare_gathered(&keys[end - 1], &keys[end], bytes) < 0;
        if (!is_sorted)
            qsort_r(keys + i, end - i, sizeof(*keys), compare_gathered, bytes);
    }
}

/* Byte by byte from the last one: a third of what comparing costs. */
static void sort(struct ga_gather *gather)
{
    const size_t count = gather->keys.len;
    struct gathered *keys = gather->keys.items, *other = ga_alloc_array(count, sizeof(*other));
    for (int shift = 0; shift < 64 && count > 0; shift += 8)
        if (deal_out(keys, other, count, shift)) {
            struct gathered *const dealt = other;
            other = keys;
            keys = dealt;
        }
    if (keys != gather->keys.items) {
        memcpy(gather->keys.items, keys, count * sizeof(*keys));
        other = keys;
    }
    sort_equal_heads(gather->keys.items, count, gather->bytes.data);
    free(other);
}

static enum ga_rc lay_aside(struct ga_gather *gather, struct ga_error *err)
{
    const struct ga_store_options *options = &gather->store->options;
    struct ga_delta_key key, previous;
    struct ga_str piece = {0};
    enum ga_rc rc = GA_OK;
    if (gather->scratch.io == NULL)
        ga_scratch_start(&gather->scratch, options->io, options->folder);
    struct run *run = ga_vec_push(&gather->runs);
    *run = (struct run){.next_bytes = gather->scratch.end_bytes, .order = gather->runs.len};
    sort(gather);
    for (size_t i = 0; rc == GA_OK && i < gather->keys.len; i++) {
        read_gathered(gather->bytes.data, GA_VEC_AT(const struct gathered, &gather->keys, i), &key);
        add_entry(&piece, piece.len == 0 ? NULL : &previous, &key);
        previous = key;
        if (piece.len >= PIECE_BYTES)
            rc = put_piece(gather, run, &piece, err);
    }
    if (rc == GA_OK)
        rc = put_piece(gather, run, &piece, err);
    ga_str_finish(&piece);
    ga_vec_clear(&gather->keys);
    ga_str_clear(&gather->bytes);
    return rc;
}

enum ga_rc ga_gather_put(struct ga_gather *gather, const struct ga_index_key_bytes *key, int64_t no, bool is_gone,
                         struct ga_error *err)
{
    struct gathered *gathered = ga_vec_push(&gather->keys);
    gathered->at = (uint32_t)gather->bytes.len;
    gathered->len = key->len;
    for (size_t i = 0; i < 8; i++)
        gathered->head = gathered->head << 8 | (i < key->len ? key->bytes[i] : 0);
    ga_str_add_bytes(&gather->bytes, key, 1u + key->len);
    ga_str_add_bytes(&gather->bytes, &no, sizeof(no));
    ga_str_add_char(&gather->bytes, is_gone);
    return gather->keys.len < gather->keys_most ? GA_OK : lay_aside(gather, err);
}

/* What a piece says was written by this process: it is not suspected. */
static enum ga_rc step(struct ga_gather *gather, struct run *run, bool *ret_has, struct ga_error *err)
{
    *ret_has = run->at < run->piece.len || run->next_bytes < run->end_bytes;
    if (!*ret_has)
        return GA_OK;
    if (run->at == run->piece.len) {
        const enum ga_rc rc = ga_scratch_get(&gather->scratch, run->next_bytes, &run->piece, err);
        if (rc != GA_OK)
            return rc;
        run->next_bytes = ga_scratch_next(run->next_bytes, run->piece.len);
        run->at = 0;
    }
    struct ga_wire in;
    ga_wire_start(&in, run->piece.data + run->at, run->piece.len - run->at);
    const uint8_t *head = ga_wire_bytes(&in, 2);
    const uint8_t *rest = ga_wire_bytes(&in, head[1]);
    const size_t shared = head[0] & (GONE - 1);
    assert(!in.is_bad && shared + head[1] <= sizeof(run->key.key.bytes));
    memcpy(run->key.key.bytes + shared, rest, head[1]);
    run->key.key.len = (uint8_t)(shared + head[1]);
    run->key.is_gone = (head[0] & GONE) != 0;
    run->key.no = (int64_t)ga_wire_varint(&in, INT64_MAX);
    run->at = run->piece.len - ga_wire_left(&in);
    return GA_OK;
}

static bool is_before(const struct run *a, const struct run *b)
{
    const int order = ga_delta_key_compare(&a->key, &b->key);
    return order != 0 ? order < 0 : a->order < b->order;
}

/* The runs as a heap: whose key comes next stands first. */
static void sink(struct run **heap, size_t count, size_t i)
{
    for (;;) {
        size_t least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < count; child++)
            if (is_before(heap[child], heap[least]))
                least = child;
        if (least == i)
            return;
        struct run *run = heap[i];
        heap[i] = heap[least];
        heap[least] = run;
        i = least;
    }
}

static enum ga_rc put_last(struct ga_index_placing *placing, const struct ga_delta_key *key, struct ga_error *err)
{
    const struct ga_index_entry entry = {key->key, key->no};
    return ga_index_placing_put(placing, &entry, key->is_gone, err);
}

/* Where the keys come from, in order: the runs, or those in memory when nothing was laid aside. */
struct source {
    struct ga_gather *gather;
    struct run **heap;
    size_t runs_left; /* in the heap */
    size_t at;        /* in memory */
};

static enum ga_rc start_runs(struct source *source, struct ga_error *err)
{
    struct ga_vec *runs = &source->gather->runs;
    bool has;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < runs->len; i++) {
        struct run *run = source->heap[source->runs_left] = ga_vec_at(runs, i);
        rc = step(source->gather, run, &has, err);
        source->runs_left += rc == GA_OK && has;
    }
    for (size_t i = source->runs_left; i-- > 0;)
        sink(source->heap, source->runs_left, i);
    return rc;
}

static enum ga_rc take_from_runs(struct source *source, struct ga_delta_key *ret_key, struct ga_error *err)
{
    bool has;
    *ret_key = source->heap[0]->key;
    const enum ga_rc rc = step(source->gather, source->heap[0], &has, err);
    if (rc == GA_OK && !has)
        source->heap[0] = source->heap[--source->runs_left];
    sink(source->heap, source->runs_left, 0);
    return rc;
}

static enum ga_rc take_next(struct source *source, struct ga_delta_key *ret_key, bool *ret_has, struct ga_error *err)
{
    const struct ga_gather *gather = source->gather;
    *ret_has = gather->runs.len > 0 ? source->runs_left > 0 : source->at < gather->keys.len;
    if (*ret_has && gather->runs.len > 0)
        return take_from_runs(source, ret_key, err);
    if (*ret_has)
        read_gathered(gather->bytes.data, GA_VEC_AT(const struct gathered, &gather->keys, source->at++), ret_key);
    return GA_OK;
}

/* Of equal keys the last one counts. */
static enum ga_rc place_all(struct source *source, struct ga_index_placing *placing, struct ga_error *err)
{
    struct ga_delta_key next, key;
    bool has = false;
    enum ga_rc rc = start_runs(source, err);
    if (rc == GA_OK)
        rc = take_next(source, &next, &has, err);
    while (rc == GA_OK && has) {
        key = next;
        rc = take_next(source, &next, &has, err);
        if (rc == GA_OK && (!has || ga_delta_key_compare(&key, &next) != 0))
            rc = put_last(placing, &key, err);
    }
    return rc;
}

/* What is held in memory, sorted; as the last run when there are others. */
static enum ga_rc close_runs(struct ga_gather *gather, struct ga_error *err)
{
    if (gather->runs.len == 0) {
        sort(gather);
        return GA_OK;
    }
    const enum ga_rc rc = lay_aside(gather, err);
    ga_vec_finish(&gather->keys);
    ga_str_finish(&gather->bytes);
    return rc;
}

enum ga_rc ga_gather_place(struct ga_gather *gather, struct ga_error *err)
{
    struct source source = {.gather = gather};
    if (gather->keys.len == 0 && gather->runs.len == 0)
        return GA_OK;
    enum ga_rc rc = close_runs(gather, err);
    struct ga_index_placing *placing = ga_index_placing_start(gather->store);
    source.heap = ga_alloc_array(gather->runs.len + 1, sizeof(struct run *));
    if (rc == GA_OK)
        rc = place_all(&source, placing, err);
    if (rc == GA_OK)
        rc = ga_index_placing_finish(placing, err);
    ga_index_placing_end(placing);
    ga_gather_forget(gather);
    free(source.heap);
    return rc;
}
