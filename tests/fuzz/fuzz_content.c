/* Any bytes as the frames of a bundle, as a manifest, as a pairing text; what is read can be written and read again. */
#include "guanai/sync/content.h"
#include "guanai/sync/pairing.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool claim)
{
    if (!claim)
        abort();
}

/* Frames: two bytes of length, low one first, before each. */
struct frames {
    const uint8_t *next, *end;
};

static enum ga_rc next_frame(void *ctx, const uint8_t **ret_frame, size_t *ret_len, struct ga_error *err)
{
    struct frames *frames = ctx;
    size_t left = (size_t)(frames->end - frames->next), len = left < 2 ? 0 : frames->next[0] | frames->next[1] << 8;
    (void)err;
    *ret_len = len < left - 2 || left < 2 ? len : left - 2;
    *ret_frame = frames->next + 2;
    frames->next += left < 2 ? left : *ret_len + 2;
    return GA_OK;
}

/* Half of the places hold something. */
static enum ga_rc look_at(void *ctx, const struct ga_place *place, struct ga_hash *ret_leaf, struct ga_error *err)
{
    (void)ctx;
    (void)err;
    memset(ret_leaf, (int)place->index, sizeof(*ret_leaf));
    return place->seq % 2 == 0 ? GA_OK : GA_NOT_FOUND;
}

static enum ga_rc drop(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    (void)ctx;
    (void)bytes;
    (void)err;
    hold(len > 0 && len < 2 << 20);
    return GA_OK;
}

/* What is handed out whole is put in again, as long as nothing waits. */
static void pass_on(struct ga_content_in *in, struct ga_content_out *out)
{
    struct ga_content_item item;
    bool is_writing = true;
    while (ga_content_next(in, &item, NULL) == GA_OK && item.event != GA_CONTENT_END) {
        is_writing &= item.event != GA_CONTENT_WAITS;
        if (!is_writing)
            continue;
        if (item.event == GA_CONTENT_PARCEL)
            hold(ga_content_put_parcel(out, &item.parcel, NULL) == GA_OK);
        if (item.event == GA_CONTENT_OP)
            hold(ga_content_put_op(out, &item.op, NULL) == GA_OK);
    }
}

static void try_content(const uint8_t *data, size_t size)
{
    struct frames frames = {data, data + size};
    const struct ga_content_source source = {next_frame, &frames};
    const struct ga_content_shelf shelf = {look_at, NULL};
    const struct ga_sync_sink sink = {drop, NULL};
    struct ga_content_in *in;
    struct ga_content_out *out;
    if (ga_content_open(&source, &shelf, &in, NULL) != GA_OK)
        return;
    hold(ga_content_create(ga_content_manifest(in), NULL, &sink, &out, NULL) == GA_OK);
    pass_on(in, out);
    ga_content_out_destroy(out);
    ga_content_in_destroy(in);
}

static void try_manifest(const uint8_t *data, size_t size)
{
    struct ga_arena arena;
    struct ga_manifest manifest;
    struct ga_str again = {0};
    ga_arena_init(&arena);
    if (ga_manifest_decode(data, size, &arena, &manifest, NULL) == GA_OK) {
        hold(ga_manifest_encode(&manifest, &again, NULL) == GA_OK);
        hold(again.len == size && memcmp(again.data, data, size) == 0);
    }
    ga_str_finish(&again);
    ga_arena_finish(&arena);
}

static void try_pairing(const uint8_t *data, size_t size)
{
    struct ga_pairing_invitation invitation = {0};
    struct ga_pairing_request request = {0};
    struct ga_pairing_answer answer;
    const struct ga_seal_key seal = {.secret = {1}};
    ga_pairing_read_invitation(data, size, &invitation, NULL);
    ga_pairing_read_request(data, size, &invitation, &request, NULL);
    ga_pairing_read_answer(data, size, &invitation, &request, &seal, &answer, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try_content(data, size);
    try_manifest(data, size);
    try_pairing(data, size);
    return 0;
}
