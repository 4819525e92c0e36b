/* Keeps for every stretch of children which characters stand in their texts. */
#include "index/sieve.h"

#include "search/search_seen.h"

#include "guanai/base/alloc.h"
#include "guanai/base/order.h"
#include "guanai/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { TOUCHED_MAX = 4096, PAIR_SHIFT = 32 }; /* touched parts; then each is kept once */

static void keep_each_once(struct ga_vec *parts)
{
    int64_t *items = parts->items;
    size_t kept = 0;
    ga_order_sort(parts);
    for (size_t i = 0; i < parts->len; i++)
        if (kept == 0 || items[kept - 1] != items[i])
            items[kept++] = items[i];
    parts->len = kept;
}

void ga_sieve_touch(struct ga_index *index, int64_t no)
{
    struct ga_vec *parts = &index->touched;
    const int64_t part = no / GA_SIEVE_ROWS;
    if (parts->len > 0 && *GA_VEC_AT(int64_t, parts, parts->len - 1) == part)
        return;
    *(int64_t *)ga_vec_push(parts) = part;
    if (parts->len % TOUCHED_MAX == 0)
        keep_each_once(parts);
}

void ga_sieve_forget(struct ga_index *index)
{
    ga_vec_clear(&index->touched);
}

/* The bytes of the character at `at` as a number; steps behind it. */
static uint64_t take_character(const char *text, size_t len, size_t *at)
{
    uint64_t character = (unsigned char)text[(*at)++];
    for (unsigned shift = 8; *at < len && shift < PAIR_SHIFT && (text[*at] & 0xC0) == 0x80; shift += 8)
        character |= (uint64_t)(unsigned char)text[(*at)++] << shift;
    return character;
}

static void add_grams(struct ga_search_seen *grams, struct ga_value text)
{
    uint64_t before = 0;
    for (size_t at = 0; text.kind == GA_VALUE_TEXT && at < text.len;) {
        const uint64_t now = take_character(text.text, text.len, &at);
        if (now >= 0x80)
            ga_search_see(grams, (int64_t)now);
        if (before != 0 && (before >= 0x80 || now >= 0x80))
            ga_search_see(grams, (int64_t)(before | now << PAIR_SHIFT));
        before = now;
    }
}

static uint64_t mix(uint64_t gram)
{
    gram += 0x9E3779B97F4A7C15u;
    gram = (gram ^ gram >> 30) * 0xBF58476D1CE4E5B9u;
    gram = (gram ^ gram >> 27) * 0x94D049BB133111EBu;
    return gram ^ gram >> 31;
}

/* Where the i-th bit of a gram is. */
static uint64_t bit_of(uint64_t mixed, unsigned i, size_t bytes)
{
    return ((mixed & 0xFFFFFFFFu) + i * (mixed >> 32)) % (8 * bytes);
}

static void set_bits(const struct ga_search_seen *grams, uint8_t *bits, size_t bytes)
{
    for (size_t slot = 0; slot < grams->slots; slot++)
        for (unsigned i = 0; grams->numbers[slot] != 0 && i < GA_SIEVE_PROBES; i++) {
            const uint64_t bit = bit_of(mix((uint64_t)grams->numbers[slot]), i, bytes);
            bits[bit / 8] |= (uint8_t)(1u << bit % 8);
        }
}

static bool has_bits(const uint8_t *bits, size_t bytes, uint64_t gram)
{
    const uint64_t mixed = mix(gram);
    bool has = true;
    for (unsigned i = 0; has && i < GA_SIEVE_PROBES; i++) {
        const uint64_t bit = bit_of(mixed, i, bytes);
        has = bits[bit / 8] >> bit % 8 & 1;
    }
    return has;
}

bool ga_sieve_may_hold(const uint8_t *bits, size_t bytes, const char *word, size_t len)
{
    uint64_t before = 0;
    bool may = true;
    if (bytes == 0 || bytes > GA_SIEVE_BYTES_MAX || !ga_utf8_is_valid(word, len, NULL))
        return true;
    for (size_t at = 0; may && at < len;) {
        const uint64_t now = take_character(word, len, &at);
        if (before != 0 && (before >= 0x80 || now >= 0x80))
            may = has_bits(bits, bytes, before | now << PAIR_SHIFT);
        else if (now >= 0x80 && at == len)
            may = has_bits(bits, bytes, now); /* a single one: of more the pairs say more */
        before = now;
    }
    return may;
}

static enum ga_rc read_grams(struct ga_store *store, int64_t part, struct ga_search_seen *grams, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row;
    enum ga_rc rc = ga_index_stmt(store, GA_INDEX_TEXTS_OF_PART, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, part * GA_SIEVE_ROWS);
    ga_stmt_bind_int(stmt, 2, part * GA_SIEVE_ROWS + GA_SIEVE_ROWS - 1);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        for (int i = 0; i < GA_INDEX_TEXTS; i++)
            add_grams(grams, ga_stmt_column(stmt, i));
    return rc;
}

static enum ga_rc put_part(struct ga_store *store, int64_t part, const struct ga_search_seen *grams, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const size_t bytes = grams->count < GA_SIEVE_BYTES_MAX ? grams->count : GA_SIEVE_BYTES_MAX;
    enum ga_rc rc = ga_index_stmt(store, bytes > 0 ? GA_INDEX_PUT_SIEVE : GA_INDEX_DROP_SIEVE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, part);
    uint8_t *bits = ga_alloc(bytes + 1);
    if (bytes > 0) {
        set_bits(grams, bits, bytes);
        ga_stmt_bind_blob(stmt, 2, bits, bytes);
    }
    free(bits);
    return ga_stmt_run(stmt, err);
}

enum ga_rc ga_sieve_write(struct ga_store *store, struct ga_error *err)
{
    struct ga_vec *parts = &ga_index_of(store)->touched;
    struct ga_search_seen grams = {0};
    enum ga_rc rc = GA_OK;
    keep_each_once(parts);
    for (size_t i = 0; rc == GA_OK && i < parts->len; i++) {
        const int64_t part = *GA_VEC_AT(int64_t, parts, i);
        ga_search_seen_clear(&grams);
        rc = read_grams(store, part, &grams, err);
        if (rc == GA_OK)
            rc = put_part(store, part, &grams, err);
    }
    ga_search_seen_finish(&grams);
    ga_vec_clear(parts);
    return rc;
}
