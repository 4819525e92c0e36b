/* What a bundle says about itself before its transactions. */
#include "guanai/sync/manifest.h"

#include "frames.h"

#include "guanai/base/num.h"

#include <string.h>

enum { MARK_COMPLETE = 1, MARK_DOUBT = 2, MARK_RECEIVER = 4, RUN_LEAST = 2 + GA_HASH_BYTES, SITE_LEAST = 17 + RUN_LEAST, INTRODUCTION_LEAST = 50, TAKEN_LEAST = 17 };

/* How many runs from here on are of the same site; 0 when they are not in order. */
static size_t count_of_site(const struct ga_have *runs, size_t count)
{
    size_t i = 1;
    for (; i < count && ga_uuid_compare(&runs[i].site, &runs[0].site) == 0; i++)
        if (ga_have_compare(&runs[i - 1], &runs[i]) >= 0)
            return 0;
    return i == count || ga_uuid_compare(&runs[0].site, &runs[i].site) < 0 ? i : 0;
}

static bool are_runs(const struct ga_have *runs, size_t count)
{
    size_t sites = 0;
    for (size_t i = 0, of_site; i < count; i += of_site, sites++) {
        of_site = count_of_site(runs + i, count - i);
        if (of_site < 1 || of_site > GA_MANIFEST_RUNS_MAX)
            return false;
        for (size_t k = i; k < i + of_site; k++)
            if (runs[k].first < 1 || runs[k].last < runs[k].first)
                return false;
    }
    return sites <= GA_MANIFEST_SITES_MAX;
}

static bool are_bundles(const struct ga_manifest *manifest)
{
    for (size_t i = 1; i < manifest->bundles_count; i++)
        if (manifest->bundles[i] < manifest->bundles[i - 1])
            return false;
    return manifest->bundles_count >= 1 && manifest->bundles_count <= GA_MANIFEST_BUNDLES_MAX &&
           manifest->bundles_count <= manifest->number;
}

static bool is_label(const char *label)
{
    return strlen(label) <= GA_SITE_LABEL_MAX && ga_wire_is_text(label, strlen(label));
}

static bool are_introductions(const struct ga_peer *peers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (peers[i].by < GA_SITE_TRUSTED || peers[i].by > GA_SITE_RENEWED || !is_label(peers[i].label))
            return false;
    return count <= GA_MANIFEST_SITES_MAX;
}

static bool are_taken(const struct ga_manifest_taken *taken, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (taken[i].bundle < 1 || (i > 0 && ga_uuid_compare(&taken[i - 1].site, &taken[i].site) >= 0))
            return false;
    return count <= GA_MANIFEST_SITES_MAX;
}

static bool is_limited(const struct ga_manifest *manifest)
{
    return manifest->has_receiver || manifest->taken_count > 0;
}

static void put_run(struct ga_str *out, const struct ga_have *run)
{
    ga_str_reserve(out, 2 * GA_WIRE_VARINT_MAX_BYTES + GA_HASH_BYTES);
    ga_wire_put_varint(out, run->first);
    ga_wire_put_varint(out, run->last - run->first);
    ga_wire_put_bytes(out, run->hash.bytes, GA_HASH_BYTES);
}

static void put_sites(struct ga_str *out, const struct ga_manifest *manifest)
{
    const struct ga_have *runs = manifest->runs;
    size_t count = manifest->runs_count, sites = 0;
    for (size_t i = 0; i < count; i += count_of_site(runs + i, count - i))
        sites++;
    frame_put_varint(out, sites);
    for (size_t i = 0, of_site; i < count; i += of_site) {
        of_site = count_of_site(runs + i, count - i);
        ga_str_add_bytes(out, runs[i].site.bytes, sizeof(runs[i].site.bytes));
        frame_put_varint(out, of_site);
        for (size_t k = i; k < i + of_site; k++)
            put_run(out, &runs[k]);
    }
}

/* Who signed for it, and how. */
static void put_voucher(struct ga_str *out, const struct ga_peer *peer)
{
    ga_str_add_bytes(out, peer->introducer.bytes, sizeof(peer->introducer.bytes));
    if (peer->by == GA_SITE_RENEWED) {
        frame_put_varint(out, peer->seq);
        ga_str_add_bytes(out, peer->head.bytes, sizeof(peer->head.bytes));
    }
    ga_str_add_bytes(out, peer->signature.bytes, sizeof(peer->signature.bytes));
}

static void put_introduction(struct ga_str *out, const struct ga_peer *peer)
{
    ga_str_add_bytes(out, peer->id.bytes, sizeof(peer->id.bytes));
    ga_str_add_bytes(out, peer->key.bytes, sizeof(peer->key.bytes));
    frame_put_varint(out, peer->by);
    if (peer->by != GA_SITE_TRUSTED)
        put_voucher(out, peer);
    frame_put_text(out, peer->label);
}

static void put_limited(struct ga_str *out, const struct ga_manifest *manifest)
{
    if (manifest->has_receiver)
        ga_str_add_bytes(out, manifest->receiver.bytes, sizeof(manifest->receiver.bytes));
    frame_put_varint(out, manifest->taken_count);
    for (size_t i = 0; i < manifest->taken_count; i++) {
        ga_str_add_bytes(out, manifest->taken[i].site.bytes, sizeof(manifest->taken[i].site.bytes));
        frame_put_varint(out, manifest->taken[i].bundle);
    }
}

static void put_manifest(struct ga_str *out, const struct ga_manifest *manifest)
{
    uint64_t before = 0;
    ga_str_add_char(out, FRAME_MANIFEST);
    frame_put_varint(out, is_limited(manifest) ? GA_MANIFEST_FORMAT_LIMITED : GA_MANIFEST_FORMAT);
    frame_put_varint(out, (manifest->is_complete ? MARK_COMPLETE : 0) | (manifest->is_clock_in_doubt ? MARK_DOUBT : 0) |
                              (manifest->has_receiver ? MARK_RECEIVER : 0));
    frame_put_text(out, manifest->label);
    frame_put_varint(out, manifest->number);
    frame_put_zigzag(out, manifest->local_day);
    frame_put_varint(out, manifest->bundles_count);
    for (size_t i = 0; i < manifest->bundles_count; i++) {
        frame_put_varint(out, manifest->bundles[i] - before);
        before = manifest->bundles[i];
    }
    put_sites(out, manifest);
    frame_put_varint(out, manifest->introductions_count);
    for (size_t i = 0; i < manifest->introductions_count; i++)
        put_introduction(out, &manifest->introductions[i]);
    if (is_limited(manifest))
        put_limited(out, manifest);
}

enum ga_rc ga_manifest_encode(const struct ga_manifest *manifest, struct ga_str *out, struct ga_error *err)
{
    struct ga_wire_moment moment = {.local_day = manifest->local_day};
    size_t start = out->len;
    if (!are_bundles(manifest) || !are_runs(manifest->runs, manifest->runs_count) ||
        !are_introductions(manifest->introductions, manifest->introductions_count) || !is_label(manifest->label) ||
        !are_taken(manifest->taken, manifest->taken_count) ||
        !ga_wire_is_moment(&moment))
        return ga_error_set(err, GA_REFUSED, "A bundle cannot say this about itself");
    put_manifest(out, manifest);
    if (out->len - start <= FRAME_MANIFEST_MAX)
        return GA_OK;
    out->len = start;
    return ga_error_set(err, GA_TOO_BIG, "What a bundle says about itself is longer than %1 bytes",
                        GA_NUM(FRAME_MANIFEST_MAX));
}

/* A count is believed only as far as the bytes that are left can hold so many. */
static size_t take_count(struct ga_wire *in, size_t most, size_t least_bytes)
{
    size_t count = (size_t)ga_wire_varint(in, most);
    ga_wire_hold(in, count <= ga_wire_left(in) / least_bytes);
    return in->is_bad ? 0 : count;
}

static void take_bundles(struct ga_wire *in, struct ga_arena *arena, struct ga_manifest *manifest)
{
    size_t count = take_count(in, GA_MANIFEST_BUNDLES_MAX, 1);
    uint64_t *bundles = ga_arena_array(arena, count, sizeof(*bundles)), before = 0;
    for (size_t i = 0; i < count; i++)
        before = bundles[i] = before + ga_wire_varint(in, UINT64_MAX - before);
    manifest->bundles = bundles;
    manifest->bundles_count = count;
}

static void take_run(struct ga_wire *in, const struct ga_uuid *site, struct ga_have *run)
{
    run->site = *site;
    run->first = ga_wire_varint(in, UINT64_MAX);
    run->last = run->first + ga_wire_varint(in, UINT64_MAX - run->first);
    frame_take_bytes(in, run->hash.bytes, GA_HASH_BYTES);
}

static void take_sites(struct ga_wire *in, struct ga_arena *arena, struct ga_manifest *manifest)
{
    size_t sites = take_count(in, GA_MANIFEST_SITES_MAX, SITE_LEAST), most = ga_wire_left(in) / RUN_LEAST;
    struct ga_have *runs = ga_arena_array(arena, most, sizeof(*runs));
    size_t count = 0;
    for (size_t i = 0; i < sites && !in->is_bad; i++) {
        struct ga_uuid site = {{0}};
        frame_take_bytes(in, site.bytes, sizeof(site.bytes));
        size_t of_site = take_count(in, GA_MANIFEST_RUNS_MAX, RUN_LEAST);
        ga_wire_hold(in, of_site > 0 && (count == 0 || ga_uuid_compare(&runs[count - 1].site, &site) < 0));
        for (size_t k = 0; k < of_site; k++)
            take_run(in, &site, &runs[count++]);
    }
    manifest->runs = runs;
    manifest->runs_count = count;
    ga_wire_hold(in, are_runs(runs, count));
}

static void take_voucher(struct ga_wire *in, struct ga_peer *peer)
{
    frame_take_bytes(in, peer->introducer.bytes, sizeof(peer->introducer.bytes));
    if (peer->by == GA_SITE_RENEWED) {
        peer->seq = ga_wire_varint(in, UINT64_MAX);
        frame_take_bytes(in, peer->head.bytes, sizeof(peer->head.bytes));
    }
    frame_take_bytes(in, peer->signature.bytes, sizeof(peer->signature.bytes));
}

static void take_introduction(struct ga_wire *in, struct ga_peer *peer)
{
    frame_take_bytes(in, peer->id.bytes, sizeof(peer->id.bytes));
    frame_take_bytes(in, peer->key.bytes, sizeof(peer->key.bytes));
    peer->by = (enum ga_site_by)ga_wire_varint(in, GA_SITE_RENEWED);
    if (peer->by != GA_SITE_TRUSTED)
        take_voucher(in, peer);
    frame_take_text(in, peer->label, sizeof(peer->label));
}

static void take_introductions(struct ga_wire *in, struct ga_arena *arena, struct ga_manifest *manifest)
{
    size_t count = take_count(in, GA_MANIFEST_SITES_MAX, INTRODUCTION_LEAST);
    struct ga_peer *peers = ga_arena_array(arena, count, sizeof(*peers));
    for (size_t i = 0; i < count; i++)
        take_introduction(in, &peers[i]);
    manifest->introductions = peers;
    manifest->introductions_count = count;
    ga_wire_hold(in, are_introductions(peers, count));
}

static void take_limited(struct ga_wire *in, struct ga_arena *arena, struct ga_manifest *manifest)
{
    if (manifest->has_receiver)
        frame_take_bytes(in, manifest->receiver.bytes, sizeof(manifest->receiver.bytes));
    size_t count = take_count(in, GA_MANIFEST_SITES_MAX, TAKEN_LEAST);
    struct ga_manifest_taken *taken = ga_arena_array(arena, count, sizeof(*taken));
    for (size_t i = 0; i < count; i++) {
        frame_take_bytes(in, taken[i].site.bytes, sizeof(taken[i].site.bytes));
        taken[i].bundle = ga_wire_varint(in, UINT64_MAX);
    }
    manifest->taken = taken;
    manifest->taken_count = count;
    ga_wire_hold(in, are_taken(taken, count) && is_limited(manifest));
}

static void take_manifest(struct ga_wire *in, uint64_t format, struct ga_arena *arena, struct ga_manifest *manifest)
{
    const bool may_have_receiver = format == GA_MANIFEST_FORMAT_LIMITED;
    uint64_t marks = ga_wire_varint(in, MARK_COMPLETE | MARK_DOUBT | (may_have_receiver ? MARK_RECEIVER : 0));
    manifest->has_receiver = (marks & MARK_RECEIVER) != 0;
    manifest->is_complete = (marks & MARK_COMPLETE) != 0;
    manifest->is_clock_in_doubt = (marks & MARK_DOUBT) != 0;
    char *label = ga_arena_alloc(arena, GA_SITE_LABEL_MAX + 1);
    frame_take_text(in, label, GA_SITE_LABEL_MAX + 1);
    manifest->label = label;
    manifest->number = ga_wire_varint(in, UINT64_MAX);
    manifest->local_day = frame_take_day(in);
    take_bundles(in, arena, manifest);
    take_sites(in, arena, manifest);
    take_introductions(in, arena, manifest);
    if (may_have_receiver)
        take_limited(in, arena, manifest);
    ga_wire_hold(in, in->next == in->end && are_bundles(manifest));
}

enum ga_rc ga_manifest_decode(const void *bytes, size_t len, struct ga_arena *arena,
                              struct ga_manifest *ret_manifest, struct ga_error *err)
{
    struct ga_manifest manifest = {0};
    struct ga_wire in;
    ga_wire_start(&in, bytes, len <= FRAME_MANIFEST_MAX ? len : 0);
    ga_wire_hold(&in, ga_wire_varint(&in, UINT64_MAX) == FRAME_MANIFEST);
    uint64_t format = ga_wire_varint(&in, UINT64_MAX);
    if (!in.is_bad && format > GA_MANIFEST_FORMAT_LIMITED)
        return ga_error_set(err, GA_REFUSED, "This bundle was written by a newer version of the program");
    ga_wire_hold(&in, format >= GA_MANIFEST_FORMAT);
    if (!in.is_bad)
        take_manifest(&in, format, arena, &manifest);
    if (in.is_bad)
        return ga_error_set(err, GA_DAMAGED, "What the bundle says about itself is damaged at byte %1",
                            GA_NUM(in.next - (const uint8_t *)bytes));
    *ret_manifest = manifest;
    return GA_OK;
}

bool ga_manifest_gap(const struct ga_manifest *manifest, uint64_t first_seq, uint64_t last_seq,
                     struct ga_manifest_gap *ret_gap)
{
    struct ga_manifest_gap gap = {0};
    uint64_t oldest = manifest->number - manifest->bundles_count + 1;
    for (size_t i = 0; i + 1 < manifest->bundles_count; i++) {
        uint64_t from = i == 0 ? 0 : manifest->bundles[i - 1], to = manifest->bundles[i];
        if (to < first_seq || from >= last_seq || from == to)
            continue;
        if (gap.first == 0)
            gap.first = oldest + i;
        gap.last = oldest + i;
        gap.is_older |= i == 0 && oldest > 1;
    }
    if (gap.first == 0)
        return false;
    *ret_gap = gap;
    return true;
}
