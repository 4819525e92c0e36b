/* A block being read: the columns of sync/content.h. */
#ifndef GUANAI_SYNC_BLOCK_IN_H
#define GUANAI_SYNC_BLOCK_IN_H

#include "block_out.h"

#include "guanai/store/wire.h"

/* Which columns a name, a form, people came from; all of it lives as long as the block. */
struct block_name {
    const char *id; /* NULL: not met yet */
    bool is_naming;  /* its values tell who somebody is */
    struct ga_wire values;
};

struct block_in {
    struct ga_wire columns[COLUMNS];
    struct ga_wire drawn_1, drawn_2;
    struct block_name *names;
    size_t names_count, names_met;
    struct ga_vec forms, people;
    struct ga_arena arena;    /* of the block */
    struct ga_arena op_arena; /* of the operation at hand */
    struct ga_uuid record;
    uint64_t record_ms;
    uint64_t *ref_seqs;       /* of the last reference to each site */
    size_t sites_count;
    uint32_t ref_index;
    struct ga_str op_bytes;   /* the operation put together again */
};

void block_in_init(struct block_in *block);
void block_in_know_sites(struct block_in *block, size_t count); /* once, before the first block */
void block_in_finish(struct block_in *block);

/* The columns of a new block; `bytes` and `drawn` stay where they are until the next. false: malformed. */
bool block_in_start(struct block_in *block, const void *bytes, size_t len, const void *drawn, size_t drawn_len);

/* Was every column read to its end, was everything well-formed? */
bool block_in_is_done(const struct block_in *block);
bool block_in_is_bad(const struct block_in *block);

struct block_sites {
    const struct ga_uuid *ids;
    size_t count;
    const struct ga_content_shelf *shelf;
};

/*
 * The next operation, borrowed until the next. *ret_waits: it refers to what is not here, ret_op is
 * empty. GA_DAMAGED: malformed.
 */
enum ga_rc block_in_take(struct block_in *block, const struct block_moment *moment, const struct block_sites *sites,
                         struct ga_parcel_op *ret_op, bool *ret_waits, struct ga_error *err);

#endif
