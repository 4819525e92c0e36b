/* Sorts more search keys than are held in memory. */
#include "index_gather.h"
#include "index_page.h"

#include "guanai/base/alloc.h"
#include "guanai/store/scratch.h"

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

/* Sorted keys laid aside, or those in memory. */
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
    const size_t shorter = a->key.len < b->key.len ? a->key.len : b->key.len;
    const int order = memcmp(a->key.bytes, b->key.bytes, shorter);
    if (order != 0 || a->key.len != b->key.len)
        return order != 0 ? order : a->key.len < b->key.len ? -1 : 1;
    return a->no < b->no ? -1 : a->no > b->no;
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

static void add_varint(struct ga_str *out, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        ga_str_add_char(out, (char)(number | 0x80));
    ga_str_add_char(out, (char)number);
}

static void add_entry(struct ga_str *piece, const struct ga_delta_key *previous, const struct ga_delta_key *key)
{
    uint8_t shared = 0;
    while (previous != NULL && shared < key->key.len && shared < previous->key.len &&
           key->key.bytes[shared] == previous->key.bytes[shared])
        shared++;
    ga_str_add_char(piece, (char)(shared | (key->is_gone ? GONE : 0)));
    ga_str_add_char(piece, (char)(key->key.len - shared));
    ga_str_add_bytes(piece, key->key.bytes + shared, (size_t)key->key.len - shared);
    add_varint(piece, (uint64_t)key->no);
}

static uint64_t take_varint(const struct ga_str *piece, size_t *at)
{
    uint64_t number = 0;
    for (int shift = 0; *at < piece->len; shift += 7) {
        const uint8_t byte = (uint8_t)piece->data[(*at)++];
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            break;
    }
    return number;
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
    const uint8_t *entry = (const uint8_t *)run->piece.data + run->at;
    const size_t shared = entry[0] & (GONE - 1), rest = entry[1];
    assert(shared + rest <= sizeof(run->key.key.bytes) && run->at + 2 + rest < run->piece.len);
    memcpy(run->key.key.bytes + shared, entry + 2, rest);
    run->key.key.len = (uint8_t)(shared + rest);
    run->key.is_gone = (entry[0] & GONE) != 0;
    run->at += 2 + rest;
    run->key.no = (int64_t)take_varint(&run->piece, &run->at);
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

/* Takes the next key of all from the heap. */
static enum ga_rc take_next(struct ga_gather *gather, struct run **heap, size_t *count, struct ga_delta_key *ret_key,
                            struct ga_error *err)
{
    bool has;
    *ret_key = heap[0]->key;
    const enum ga_rc rc = step(gather, heap[0], &has, err);
    if (rc == GA_OK && !has)
        heap[0] = heap[--*count];
    sink(heap, *count, 0);
    return rc;
}

static enum ga_rc place_runs(struct ga_gather *gather, struct ga_index_placing *placing, struct ga_error *err)
{
    struct run **heap = ga_alloc_array(gather->runs.len, sizeof(struct run *));
    struct ga_delta_key next, key;
    size_t count = 0;
    bool has;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < gather->runs.len; i++) {
        heap[count] = ga_vec_at(&gather->runs, i);
        rc = step(gather, heap[count], &has, err);
        count += rc == GA_OK && has;
    }
    for (size_t i = count; i-- > 0;)
        sink(heap, count, i);
    if (rc == GA_OK && count > 0)
        rc = take_next(gather, heap, &count, &next, err);
    for (bool is_last = false; rc == GA_OK && !is_last;) {
        is_last = count == 0;
        key = next;
        if (!is_last)
            rc = take_next(gather, heap, &count, &next, err);
        if (rc == GA_OK && (is_last || ga_delta_key_compare(&key, &next) != 0))
            rc = put_last(placing, &key, err);
    }
    free(heap);
    return rc;
}

static enum ga_rc place_held(struct ga_gather *gather, struct ga_index_placing *placing, struct ga_error *err)
{
    const struct gathered *keys = gather->keys.items;
    struct ga_delta_key next, key;
    enum ga_rc rc = GA_OK;
    sort(gather);
    read_gathered(gather->bytes.data, &keys[0], &next);
    for (size_t i = 0; rc == GA_OK && i < gather->keys.len; i++) {
        const bool is_last = i + 1 == gather->keys.len;
        key = next;
        if (!is_last)
            read_gathered(gather->bytes.data, &keys[i + 1], &next);
        if (is_last || ga_delta_key_compare(&key, &next) != 0)
            rc = put_last(placing, &key, err);
    }
    return rc;
}

enum ga_rc ga_gather_place(struct ga_gather *gather, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    if (gather->keys.len == 0 && gather->runs.len == 0)
        return GA_OK;
    if (gather->runs.len > 0) {
        rc = lay_aside(gather, err);
        ga_vec_finish(&gather->keys);
        ga_str_finish(&gather->bytes);
    }
    struct ga_index_placing *placing = ga_index_placing_start(gather->store);
    if (rc == GA_OK)
        rc = gather->runs.len > 0 ? place_runs(gather, placing, err) : place_held(gather, placing, err);
    if (rc == GA_OK)
        rc = ga_index_placing_finish(placing, err);
    ga_index_placing_end(placing);
    ga_gather_forget(gather);
    return rc;
}
