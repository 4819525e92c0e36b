/* What a damaged database still holds; private to salvage. */
#ifndef GUANAI_STORE_SALVAGE_ROWS_H
#define GUANAI_STORE_SALVAGE_ROWS_H

#include "guanai/sql/pages.h"
#include "peers/withheld.h"
#include "private.h"

struct ga_salvage_place {
    int64_t number;      /* of the transaction or operation */
    uint32_t page, cell;
};

struct ga_salvage_rows {
    struct ga_pages *pages;
    struct ga_store *store;   /* the new one */
    struct ga_block_codec *codec; /* what it has open is lost by reading */
    struct ga_vec txns;       /* struct ga_salvage_place, in order of arrival */
    struct ga_vec tail;       /* the same of single operations, in order */
    struct ga_vec blocks;     /* the same of blocks, by their first operation */
    struct ga_vec withheld;   /* struct ga_withheld: at a guest, what stands for operations it may not have; by first_op */
    uint64_t drafts, sites;
    bool has_identity;
};

/* A transaction as its row has it, whichever table it stands in. */
struct ga_salvage_txn {
    struct ga_str bytes;
    struct ga_hash hash;
    struct ga_signature signature;
    int64_t first_op, count;
};

/* Walks all pages; sites, drafts, settings that are worth it go into the new database at once, within its transaction. */
enum ga_rc ga_salvage_read(struct ga_salvage_rows *rows, struct ga_pages_report *ret_report, struct ga_error *err);
void ga_salvage_finish(struct ga_salvage_rows *rows);

bool ga_salvage_txn_at(struct ga_salvage_rows *rows, const struct ga_salvage_place *place, struct ga_salvage_txn *ret_txn);

/* An operation of the tail; the block that may hold it. false: neither is there. Values are borrowed until the next call. */
bool ga_salvage_tail_op(struct ga_salvage_rows *rows, int64_t op, struct ga_block_item *ret_item);
const struct ga_salvage_place *ga_salvage_block_of(const struct ga_salvage_rows *rows, int64_t op);
/* What stands for this operation and those behind it; NULL: nothing that begins there. */
const struct ga_withheld *ga_salvage_withheld_at(const struct ga_salvage_rows *rows, int64_t op);
bool ga_salvage_block_at(struct ga_salvage_rows *rows, const struct ga_salvage_place *place, struct ga_value *ret_bytes);

#endif
