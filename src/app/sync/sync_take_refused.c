/* Remembers what stood in refused transactions of a bundle, for those behind them that name it by its place. */
#include "sync/sync_take_inner.h"

#include <string.h>

enum { LEAVES_MAX = 1 << 20 };

/* Of the second reading. */
struct refused_txn {
    struct ga_uuid site;
    uint64_t seq;
    size_t first; /* of `leaves` */
    size_t count; /* so many so far */
};

void ga_refused_init(struct ga_refused *refused)
{
    *refused = (struct ga_refused){.is_told = false};
    ga_vec_init(&refused->txns, sizeof(struct refused_txn));
    ga_vec_init(&refused->leaves, sizeof(struct ga_hash));
}

void ga_refused_finish(struct ga_refused *refused)
{
    ga_vec_finish(&refused->txns);
    ga_vec_finish(&refused->leaves);
}

static struct refused_txn *find_txn(const struct ga_refused *refused, const struct ga_uuid *site, uint64_t seq)
{
    for (size_t i = 0; i < refused->txns.len; i++) {
        struct refused_txn *txn = GA_VEC_AT(struct refused_txn, &refused->txns, i);
        if (txn->seq == seq && ga_uuid_compare(&txn->site, site) == 0)
            return txn;
    }
    return NULL;
}

bool ga_refused_has(const struct ga_refused *refused, const struct ga_parcel *parcel)
{
    return find_txn(refused, &parcel->site, parcel->seq) != NULL;
}

void ga_refused_add(struct ga_refused *refused, const struct ga_parcel *parcel)
{
    if (find_txn(refused, &parcel->site, parcel->seq) == NULL)
        *(struct refused_txn *)ga_vec_push(&refused->txns) = (struct refused_txn){.site = parcel->site, .seq = parcel->seq};
}

void ga_refused_begin(struct ga_refused *refused, const struct ga_parcel *parcel)
{
    struct refused_txn *txn = refused->is_told ? find_txn(refused, &parcel->site, parcel->seq) : NULL;
    refused->is_open = txn != NULL && txn->count == 0;
    refused->at = refused->is_open ? (size_t)(txn - GA_VEC_AT(struct refused_txn, &refused->txns, 0)) : 0;
    if (refused->is_open)
        txn->first = refused->leaves.len;
}

void ga_refused_op(struct ga_refused *refused, const struct ga_parcel_op *op)
{
    if (!refused->is_open)
        return;
    struct ga_hash leaf;
    ga_parcel_op_leaf(op, &leaf);
    refused->is_open = ga_parcel_op_leaves(op) == 1 && refused->leaves.len < LEAVES_MAX;
    if (!refused->is_open)
        return;
    *(struct ga_hash *)ga_vec_push(&refused->leaves) = leaf;
    GA_VEC_AT(struct refused_txn, &refused->txns, refused->at)->count++;
}

bool ga_refused_leaf(const struct ga_refused *refused, const struct ga_place *place, struct ga_hash *ret_leaf)
{
    const struct refused_txn *txn = find_txn(refused, &place->site, place->seq);
    if (txn == NULL || place->index >= txn->count)
        return false;
    *ret_leaf = *GA_VEC_AT(const struct ga_hash, &refused->leaves, txn->first + place->index);
    return true;
}
