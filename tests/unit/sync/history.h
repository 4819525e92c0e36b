/* A history of several sites in memory, with what writes it to frames and reads it again. */
#ifndef GUANAI_TESTS_HISTORY_H
#define GUANAI_TESTS_HISTORY_H

#include "memory_file.h"

#include "guanai/base/map.h"
#include "guanai/store/transaction.h"
#include "guanai/sync/content.h"

enum { HISTORY_SITES = 4 };

struct history_op {
    struct ga_parcel_op op; /* in the arena */
    struct ga_place place;
    struct ga_uuid record;
};

struct history_parcel {
    struct ga_parcel parcel; /* in the arena */
    size_t first_op;
};

struct history {
    struct ga_arena arena;
    uint64_t seed;
    struct ga_random random;
    struct memory_site sites[HISTORY_SITES];
    struct ga_transaction ends[HISTORY_SITES]; /* the last of each */
    struct ga_hash hashes[HISTORY_SITES];
    int32_t local_ms; /* when the next transaction is saved; 0: any time of the day */
    struct ga_vec parcels, ops;
    struct ga_map by_leaf;  /* hex → index + 1 of the op */
    struct ga_map by_place; /* the same of site/seq/index; (void *)-1 when two share it */
};

void history_init(struct history *history, uint64_t seed);
void history_finish(struct history *history);

/* One more transaction of a site over these operations; erased[i] (nullable): its leaf alone is left. */
void history_add(struct history *history, size_t site, const struct ga_operation *ops, size_t count, const bool *erased);
void history_add_bytes(struct history *history, size_t site, const struct ga_span *ops, size_t count, const bool *erased);
/* A transaction of a format that is still to come, over one operation that is, too. */
void history_add_later(struct history *history, size_t site);
/* What is only referred to: nobody has its bytes here. Gives its leaf. */
struct ga_hash history_refer(struct history *history, const struct ga_place *place, const struct ga_uuid *record);

const struct history_op *history_by_leaf(const struct history *history, const struct ga_hash *leaf);

/* What the sender holds, as a manifest wants it; borrowed by `manifest` from the arena. */
void history_manifest(struct history *history, struct ga_manifest *manifest);

struct ga_content_finder history_finder(struct history *history);
struct ga_content_shelf history_shelf(struct history *history); /* of somebody who has all of it */

/* Frames in memory. */
struct frames {
    struct ga_vec frames; /* struct ga_str */
    size_t at;
};

void frames_init(struct frames *frames);
void frames_finish(struct frames *frames);
struct ga_sync_sink frames_sink(struct frames *frames);
struct ga_content_source frames_source(struct frames *frames); /* from the first */
size_t frames_bytes(const struct frames *frames);

/* Parcels from `from` on, with a manifest over all. finder NULL: no references. */
void history_write(struct history *history, size_t from, const struct ga_content_finder *finder,
                   const struct ga_sync_sink *sink, struct ga_content_counts *ret_counts);

#endif
