/* The transactions of a bundle, delta-coded and compressed: this comment is the format's specification. */
#ifndef GUANAI_SYNC_CONTENT_H
#define GUANAI_SYNC_CONTENT_H

#include "guanai/store/send.h"
#include "guanai/sync/manifest.h"
#include "guanai/sync/pipe.h"

/*
 * content = the frames of a bundle: a manifest, blocks, an end.
 *   end      = 1 byte, 3 ‖ varint transactions ‖ varint operations, of all blocks
 *   block    = 1 byte, 2 ‖ method: 1 byte, 0 bare, 1 zstd ‖ varint length of the columns, at most 1,572,864 ‖
 *              varint length of what follows ‖ the columns, by that method ‖ what zstd would only lose time
 *              over, at most 524,288 bytes: the drawn bytes D1 of the transactions ‖ D2 of the operations
 *   columns  = varint length of D1 ‖ varint count ≤ 4,096 of names ‖ varint lengths of T O S N W ‖ of each
 *              name's values ‖ T ‖ O ‖ S ‖ N ‖ W ‖ values, name by name
 * Whatever is not read to its last byte is malformed. What follows is read from the column named in front of
 * it; "before" is within the block, so that blocks stand alone (references to other operations excepted).
 *
 * T: varint of operations of a transaction that the block before did not finish ‖ varint count of
 *    transactions ‖ transactions. Only the last may go on in the next block.
 *   transaction = T varint marks: bit 0 clock in doubt, bit 1 `previous` is D1 (32 bytes), else it is the hash
 *                   of the one of this site before, anywhere in the bundle · bit 2 `root` is D1 (32 bytes),
 *                   else it is computed: at most 64 operations, all here, 1 MiB together · bit 3 a later
 *                   format (with bit 2, no other)
 *                 D1 signature 64 bytes; previous; root
 *                 T later format: varint length ‖ bytes. Otherwise: varint site, its place in the manifest ‖
 *                   zigzag seq − (that of the one of this site before, anywhere in the bundle, from 0) ‖ day, time, UTC offset,
 *                   zigzag each, as differences to the transaction before (from the manifest's day, 0, 0)
 *                 T varint count ‖ with bit 2: varint how many of them are in this block
 *   operation   = O 1 byte: bits 0–1 what follows: 0 in parts, 1 bytes, 2 its leaf alone, 3 the root of a
 *                 subtree alone (only where the manifest names a receiver) · in parts: bit 2 its
 *                   record is that of the operation before · bit 3 its moment is that of its transaction ·
 *                   bit 4 clock in doubt · bits 5–6 protection
 *     leaf        D2 32 bytes
 *     subtree     O varint leaves ≥ 2 (store/merkle.h): it counts for so many operations ‖ D2 32 bytes; its
 *                 transaction has bit 2
 *     bytes       O varint length ‖ W bytes ‖ D2 salt 16 bytes
 *     in parts    D2 salt 16
 *                 O zigzag milliseconds − those of the last record written out (its first 6 bytes, high one
 *                   first; from 0) ‖ D2 the other 10: the record, unless bit 2
 *                 O varint form, by order of appearance; a new one: N text id ‖ varint version, D2 hash 32
 *                 O varint people, by order of appearance; new ones: N text user ‖ text typist
 *                 O unless bit 3: zigzag day, time, UTC offset as differences to the transaction's
 *                 O varint replaced ‖ for each: varint 0, D2 leaf 32; or varint 1 + site ‖ zigzag seq − (that
 *                   of the reference to this site before, from 0) ‖ zigzag index − (that of the one before,
 *                   from 0), D2 the
 *                   first 2 bytes of the leaf that stands there
 *                 O varint groups ‖ groups
 *     group       S varint 4 × name + 2 × it is a row of a repeat + it is plain; D2 the row's id, 16 bytes
 *                 S varint replaces: 0 none; 1 + index, a single one; 1 + replaced + n for n ≥ 2, then n varints
 *                 plain: a value of that name; otherwise S varint fields ‖ (varint name, its value) each
 *     name        by order of appearance in S; a new one: N text, the id; for values that name somebody (store/naming.h)
 *                   '!' ‖ the id, a name of its own
 *     value       in the name's column: varint 0 … 3 as in an operation · 4 zigzag integer · 5 a text that is a
 *                 UUID of 36 lower-case characters, D2 16 bytes · 6 + 2 × length + it is a decimal: bytes
 *
 * What is left out follows from what is there: leaves and roots are made from the operations, a transaction's
 * bytes from these; the signature proves that all of it is as it was signed. So the codec judges nothing but
 * form: ga_receive_parcel judges. An operation that this school's store would not write the same way again, or without
 * its names, goes as bytes.
 */
enum {
    GA_CONTENT_COLUMNS_MAX = 3 << 19,
    GA_CONTENT_DRAWN_MAX = 1 << 19,
    GA_CONTENT_NAMES_MAX = 4096,
    GA_CONTENT_WHOLE_MAX = 64, /* operations of a transaction whose root is left out */
};

struct ga_content_counts {
    uint64_t transactions, operations;
    uint64_t columns_bytes, packed_bytes, drawn_bytes; /* compressible before and after; not compressible */
};

/* How the writer asks what the other one can look up: ga_send_find. NULL: every leaf is written out. */
struct ga_content_finder {
    enum ga_rc (*find)(void *ctx, const struct ga_uuid *record, const struct ga_hash *leaf,
                       struct ga_place *ret_place, bool *ret_is_there, struct ga_error *err);
    void *ctx;
};

/* Writing: frames into `sink` (ga_bundle_frames). All of the manifest, the tables are borrowed until the end. */
struct ga_content_out;

enum ga_rc ga_content_create(const struct ga_manifest *manifest, const struct ga_content_finder *finder,
                             const struct ga_sync_sink *sink, struct ga_content_out **ret_out, struct ga_error *err);
/* Then its operations, exactly count. GA_REFUSED: a site that is not in the manifest, or not so many. */
enum ga_rc ga_content_put_parcel(struct ga_content_out *out, const struct ga_parcel *parcel, struct ga_error *err);
enum ga_rc ga_content_put_op(struct ga_content_out *out, const struct ga_parcel_op *op, struct ga_error *err);
enum ga_rc ga_content_finish(struct ga_content_out *out, struct ga_content_counts *ret_counts, struct ga_error *err);
void ga_content_out_destroy(struct ga_content_out *out); /* NULL is fine */

/* How the reader looks up what is referred to: ga_store_at. GA_NOT_FOUND: not here, or two share the place. */
struct ga_content_shelf {
    enum ga_rc (*at)(void *ctx, const struct ga_place *place, struct ga_hash *ret_leaf, struct ga_error *err);
    void *ctx;
};

/* Frames, one by one; *ret_len 0 after the last: ga_bundle_next. */
struct ga_content_source {
    enum ga_rc (*next)(void *ctx, const uint8_t **ret_frame, size_t *ret_len, struct ga_error *err);
    void *ctx;
};

enum ga_content_event {
    GA_CONTENT_PARCEL, /* a transaction begins */
    GA_CONTENT_OP,     /* its next operation */
    GA_CONTENT_CLOSE,  /* it is whole */
    GA_CONTENT_WAITS,  /* it refers to what is not here: nothing of it can be used, what was given of it is void */
    GA_CONTENT_END,    /* of everything, the counts agree */
};

struct ga_content_item {
    enum ga_content_event event;
    struct ga_parcel parcel; /* of all but the end; when it waits: site, seq, count alone */
    struct ga_parcel_op op;  /* of GA_CONTENT_OP */
};

struct ga_content_in;

/* Reads the manifest: borrowed until destroy, as `source` and `shelf` are. */
enum ga_rc ga_content_open(const struct ga_content_source *source, const struct ga_content_shelf *shelf,
                           struct ga_content_in **ret_in, struct ga_error *err);
const struct ga_manifest *ga_content_manifest(const struct ga_content_in *in);

/* Borrowed until the next. GA_DAMAGED: malformed, the rest of the bundle cannot be read either. */
enum ga_rc ga_content_next(struct ga_content_in *in, struct ga_content_item *ret_item, struct ga_error *err);
const struct ga_content_counts *ga_content_counted(const struct ga_content_in *in);
void ga_content_in_destroy(struct ga_content_in *in); /* NULL is fine */

#endif
