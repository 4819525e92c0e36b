/* A block being written: the columns of sync/content.h. */
#ifndef GUANAI_SYNC_BLOCK_OUT_H
#define GUANAI_SYNC_BLOCK_OUT_H

#include "guanai/base/arena.h"
#include "guanai/base/map.h"
#include "guanai/base/vec.h"
#include "guanai/sync/content.h"

/* The columns that stand whole in a block, in their order. */
enum column { COLUMN_T, COLUMN_O, COLUMN_S, COLUMN_N, COLUMN_W, COLUMNS };

struct block_form {
    char *id;
    uint32_t version;
    struct ga_hash hash;
};

struct block_people {
    char *user, *typist;
};

struct block_out {
    struct ga_str columns[COLUMNS];
    struct ga_str drawn_1, drawn_2;
    struct ga_str *values; /* a column a name; GA_CONTENT_NAMES_MAX of them */
    size_t values_bytes;
    size_t names_count;
    struct ga_map names;  /* id → its column */
    struct ga_vec forms, people;
    struct ga_arena arena;       /* ids of names, forms, people */
    struct ga_arena op_arena;    /* of the operation at hand */
    struct ga_uuid record;       /* of the operation before */
    uint64_t record_ms;          /* of the last record written out */
    uint64_t *ref_seqs;          /* of the last reference to each site */
    size_t sites_count;
    uint32_t ref_index;          /* of the last one to any */
    size_t operations;           /* in the block */
};

void block_out_init(struct block_out *block, size_t sites_count);
void block_out_finish(struct block_out *block);
void block_out_reset(struct block_out *block); /* for the next block */

size_t block_out_bytes(const struct block_out *block); /* of all columns */

/* The columns in their order, with their lengths before them; T is `transactions`. Appends. */
void block_out_join(const struct block_out *block, struct ga_str *out);

/* What an operation is told apart from. */
struct block_moment {
    int32_t local_day, local_ms, utc_offset_min;
};

/* How the place of a leaf is told; *ret_site is the manifest's, -1: write the leaf out. */
struct block_finder {
    const struct ga_content_finder *finder;
    int64_t (*site)(void *ctx, const struct ga_uuid *site);
    void *ctx;
};

/* How many names an operation may bring; to be asked before block_out_put. */
size_t block_out_names(struct block_out *block, const struct ga_parcel_op *op, struct ga_operation *ret_op,
                       bool *ret_is_known);
enum ga_rc block_out_put(struct block_out *block, const struct ga_parcel_op *op, const struct ga_operation *known,
                         const struct block_moment *moment, const struct block_finder *finder, struct ga_error *err);

#endif
