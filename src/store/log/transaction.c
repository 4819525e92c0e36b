/* One save or import as a signed link of its site's chain. */
#include "guanai/store/transaction.h"

#include "guanai/base/num.h"
#include "guanai/store/merkle.h"
#include "guanai/store/wire.h"

#include <string.h>

static struct ga_wire_moment moment_of(const struct ga_transaction *transaction)
{
    return (struct ga_wire_moment){transaction->local_day, transaction->local_ms,
                                   transaction->utc_offset_min};
}

static bool is_sound(const struct ga_transaction *transaction)
{
    struct ga_wire_moment moment = moment_of(transaction);
    return !transaction->is_opaque && transaction->seq > 0 &&
           (transaction->seq == 1) == ga_hash_is_zero(&transaction->previous) && transaction->count > 0 &&
           transaction->count <= GA_MERKLE_LEAVES_MAX && ga_wire_is_moment(&moment);
}

enum ga_rc ga_transaction_encode(const struct ga_transaction *transaction, struct ga_str *out,
                                 struct ga_error *err)
{
    struct ga_wire_moment moment = moment_of(transaction);
    if (!is_sound(transaction))
        return ga_error_set(err, GA_REFUSED, "Transaction %1 cannot be stored like this",
                            GA_NUM(transaction->seq));
    ga_str_reserve(out, GA_TRANSACTION_BYTES_MAX);
    ga_wire_put_varint(out, GA_TRANSACTION_FORMAT);
    ga_wire_put_varint(out, transaction->is_clock_in_doubt);
    ga_wire_put_bytes(out, transaction->site.bytes, sizeof(transaction->site.bytes));
    ga_wire_put_varint(out, transaction->seq);
    ga_wire_put_bytes(out, transaction->previous.bytes, GA_HASH_BYTES);
    ga_wire_put_bytes(out, transaction->root.bytes, GA_HASH_BYTES);
    ga_wire_put_varint(out, transaction->count);
    ga_wire_put_moment(out, &moment);
    out->data[out->len] = '\0';
    return GA_OK;
}

static void take_fixed(struct ga_wire *in, void *ret_bytes, size_t len)
{
    const uint8_t *bytes = ga_wire_bytes(in, len);
    if (bytes != NULL)
        memcpy(ret_bytes, bytes, len);
}

static void take_body(struct ga_wire *in, struct ga_transaction *transaction)
{
    struct ga_wire_moment moment = {0};
    take_fixed(in, transaction->previous.bytes, GA_HASH_BYTES);
    take_fixed(in, transaction->root.bytes, GA_HASH_BYTES);
    transaction->count = (uint32_t)ga_wire_varint(in, GA_MERKLE_LEAVES_MAX);
    ga_wire_moment(in, &moment);
    transaction->local_day = moment.local_day;
    transaction->local_ms = moment.local_ms;
    transaction->utc_offset_min = moment.utc_offset_min;
    ga_wire_hold(in, in->next == in->end && is_sound(transaction));
}

static void take_transaction(struct ga_wire *in, struct ga_transaction *transaction)
{
    transaction->format = ga_wire_varint(in, UINT64_MAX);
    transaction->is_opaque = transaction->format > GA_TRANSACTION_FORMAT;
    uint64_t marks = ga_wire_varint(in, transaction->is_opaque ? UINT64_MAX : 1);
    transaction->is_clock_in_doubt = (marks & 1) != 0;
    take_fixed(in, transaction->site.bytes, sizeof(transaction->site.bytes));
    transaction->seq = ga_wire_varint(in, UINT64_MAX);
    ga_wire_hold(in, transaction->format > 0 && transaction->seq > 0);
    if (!transaction->is_opaque)
        take_body(in, transaction);
}

enum ga_rc ga_transaction_decode(const void *bytes, size_t len, struct ga_transaction *ret_transaction,
                                 struct ga_error *err)
{
    if (len > GA_TRANSACTION_BYTES_MAX)
        return ga_error_set(err, GA_TOO_BIG, "A transaction is longer than %1 bytes",
                            GA_NUM(GA_TRANSACTION_BYTES_MAX));
    struct ga_transaction transaction = {0};
    struct ga_wire in;
    ga_wire_start(&in, bytes, len);
    take_transaction(&in, &transaction);
    if (in.is_bad)
        return ga_error_set(err, GA_DAMAGED, "A transaction is damaged at byte %1",
                            GA_NUM(in.next - (const uint8_t *)bytes));
    *ret_transaction = transaction;
    return GA_OK;
}

void ga_transaction_hash(const void *bytes, size_t len, struct ga_hash *ret_hash)
{
    ga_hash_bytes("guanai.transact", bytes, len, ret_hash);
}

enum ga_rc ga_transaction_form_start(const void *bytes, size_t len, const struct ga_signature *signature,
                                     struct ga_hasher *ret_hasher, struct ga_error *err)
{
    struct ga_transaction txn;
    struct ga_str said = {0};
    enum ga_rc rc = ga_transaction_decode(bytes, len, &txn, err);
    if (rc == GA_OK && txn.is_opaque)
        rc = ga_error_set(err, GA_REFUSED, "a newer version of the program wrote it");
    txn.root = (struct ga_hash){{0}}; /* a reader makes it of what it was given */
    if (rc == GA_OK)
        rc = ga_transaction_encode(&txn, &said, err);
    if (rc == GA_OK) {
        ga_hasher_start(ret_hasher, "guanai.form");
        ga_hasher_add(ret_hasher, said.data, said.len);
        ga_hasher_add(ret_hasher, signature->bytes, sizeof(signature->bytes));
    }
    ga_str_finish(&said);
    return rc;
}

enum ga_rc ga_transaction_sign(const struct ga_transaction *transaction, const struct ga_sign_key *key,
                               struct ga_str *out, struct ga_hash *ret_hash,
                               struct ga_signature *ret_signature, struct ga_error *err)
{
    size_t start = out->len;
    enum ga_rc rc = ga_transaction_encode(transaction, out, err);
    if (rc != GA_OK)
        return rc;
    ga_transaction_hash(out->data + start, out->len - start, ret_hash);
    ga_sign_hash(key, ret_hash, ret_signature);
    return GA_OK;
}

enum ga_rc ga_transaction_verify(const void *bytes, size_t len, const struct ga_signature *signature,
                                 const struct ga_sign_public *key, struct ga_transaction *ret_transaction,
                                 struct ga_hash *ret_hash, struct ga_error *err)
{
    struct ga_transaction transaction;
    struct ga_hash hash;
    enum ga_rc rc = ga_transaction_decode(bytes, len, &transaction, err);
    if (rc != GA_OK)
        return rc;
    ga_transaction_hash(bytes, len, &hash);
    if (!ga_sign_is_valid(key, &hash, signature))
        return ga_error_set(err, GA_DENIED, "Transaction %1 is not signed by its own site",
                            GA_NUM(transaction.seq));
    *ret_transaction = transaction;
    *ret_hash = hash;
    return GA_OK;
}

enum ga_chain ga_transaction_relation(struct ga_link known, struct ga_link other)
{
    uint64_t known_seq = known.transaction->seq, other_seq = other.transaction->seq;
    if (ga_uuid_compare(&known.transaction->site, &other.transaction->site) != 0)
        return GA_CHAIN_OTHER_SITE;
    if (known_seq == other_seq)
        return ga_hash_equal(known.hash, other.hash) ? GA_CHAIN_SAME : GA_CHAIN_FORK;
    if (other_seq < known_seq)
        return GA_CHAIN_EARLIER;
    if (other_seq - known_seq > 1 || other.transaction->is_opaque)
        return GA_CHAIN_LATER;
    return ga_hash_equal(&other.transaction->previous, known.hash) ? GA_CHAIN_NEXT : GA_CHAIN_FORK;
}
