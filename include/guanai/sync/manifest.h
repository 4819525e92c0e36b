/* What a bundle says about itself before its transactions: this comment is the format's specification. */
#ifndef GUANAI_SYNC_MANIFEST_H
#define GUANAI_SYNC_MANIFEST_H

#include "guanai/base/arena.h"
#include "guanai/store/site.h"

/*
 * varint, zigzag, text as in store/operation.h. The first frame of a bundle's plain text:
 *
 * manifest = kind           1 byte, 1
 *            format         varint 1; 2 with what stands under `limited`, and only then
 *            marks          varint; bit 0: complete (nothing was left out because a reader has it), bit 1: the
 *                           clock was in doubt; of format 2 bit 2: there is a receiver; no other bit
 *            label          text of at most 120 bytes: what people call the sender
 *            number         varint from 1: the sender's n-th bundle
 *            day            zigzag days since 1970-01-01, years 1 to 9999: the sender's when it was made
 *            bundles        varint count 1 … 64 ‖ the sender's own newest transaction when it made each of
 *                           its last bundles, oldest first: varint, each after the first as the difference
 *                           to the one before (never less). The last one is this bundle.
 *            sites          varint count ≤ 4,096 ‖ sites, rising by id; blocks name a site by its place here
 *            introductions  varint count ≤ 4,096 ‖ introductions
 *            limited        of format 2: with bit 2 the receiver's id, 16 bytes ‖ varint count ≤ 4,096 of taken ‖
 *                           (id 16 bytes ‖ varint bundle ≥ 1), rising by id; a receiver or at least one of those
 *   site         = id 16 bytes ‖ varint count 1 … 64 of runs ‖ runs
 *   run          = varint first ≥ 1 ‖ varint last − first ‖ hash of the last, 32 bytes; rising by first, last, hash
 *   introduction = id 16 bytes ‖ public key 32 ‖ by: varint 1 trusted, 2 enrolled, 3 renewed ‖ (2, 3: introducer
 *                  16 ‖ (3: varint seq ‖ hash 32) ‖ signature 64) ‖ label text of at most 120 bytes
 *
 * A site introduced as trusted has nobody's signature: it is the sender's word, and counts for nobody but who
 * recovers a school with its printed key, when no computer is left that could say whose keys these are.
 *
 * A receiver is a guest: it may have some of the operations, of the others it gets hashes. Such a bundle is for that one
 * site alone. Nobody else may take it in, who would hold for withheld what the others of the school may have; it is
 * closed for the writer's own group too, so that it can be read back. A guest's own bundles tell by `taken` which
 * bundle of which site it took in last: what it was given whole in that one it has (its runs do not say so). A county without
 * names is one as well; each of its computers may take in what is for one of them. Among themselves they name the writer.
 * A run of theirs that begins behind its school's last transaction says that names of all before it are awaited.
 *
 * The sites with their runs are the receipt: what the sender holds, so that others send it no more. A run of one may say
 * that a transaction was refused in that form (store/have.h); there is room for it within the 64. Bundles
 * of which every reader holds the content need no place in `bundles`.
 */
enum {
    GA_MANIFEST_FORMAT = 1,
    GA_MANIFEST_FORMAT_LIMITED = 2,
    GA_MANIFEST_BUNDLES_MAX = 64,
    GA_MANIFEST_SITES_MAX = 4096,
    GA_MANIFEST_RUNS_MAX = 64, /* of a site */
};

struct ga_manifest_taken {
    struct ga_uuid site;
    uint64_t bundle;
};

struct ga_manifest {
    bool is_complete;
    bool is_clock_in_doubt;
    const char *label;
    uint64_t number;
    int32_t local_day;
    const uint64_t *bundles; /* own newest transactions, see above */
    size_t bundles_count;
    const struct ga_have *runs; /* sorted as ga_store_have gives them */
    size_t runs_count;
    const struct ga_peer *introductions; /* by GA_SITE_TRUSTED, _ENROLLED or _RENEWED, not heard_… */
    size_t introductions_count;
    bool has_receiver;
    struct ga_uuid receiver;
    const struct ga_manifest_taken *taken; /* by site */
    size_t taken_count;
};

/* Appends; GA_REFUSED, GA_TOO_BIG for what the format cannot hold. */
enum ga_rc ga_manifest_encode(const struct ga_manifest *manifest, struct ga_str *out, struct ga_error *err);

/* GA_DAMAGED for anything that is not the one encoding of a manifest; GA_REFUSED: of a later format. */
enum ga_rc ga_manifest_decode(const void *bytes, size_t len, struct ga_arena *arena,
                              struct ga_manifest *ret_manifest, struct ga_error *err);

/* The numbers of the bundles that brought a stretch of the sender's own transactions: "缺第 12–14 包". */
struct ga_manifest_gap {
    uint64_t first, last;
    bool is_older; /* the first ones go back beyond what the manifest tells */
};

/* For the transactions first_seq … last_seq of the sender; false when no bundle before this one had any. */
bool ga_manifest_gap(const struct ga_manifest *manifest, uint64_t first_seq, uint64_t last_seq,
                     struct ga_manifest_gap *ret_gap);

#endif
