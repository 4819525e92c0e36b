/* This computer's site: its id, its key, how far its chain goes. */
#include "private.h"

#include "guanai/crypt/secret.h"

#include <string.h>

/* A site id is random, not a UUID of a time: every restore and copy draws a new one. */
enum ga_rc ga_site_make(struct ga_store *store, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const struct ga_random *random = store->options.random;
    random->fill(random->ctx, store->site.bytes, sizeof(store->site.bytes));
    ga_sign_key_make(random, &store->key);
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_PUT_SITE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, store->site.bytes, sizeof(store->site.bytes));
    ga_stmt_bind_blob(stmt, 2, store->key.public_key.bytes, sizeof(store->key.public_key.bytes));
    ga_stmt_bind_blob(stmt, 3, store->key.secret, GA_SIGN_SEED_BYTES);
    return ga_stmt_run(stmt, err);
}

static enum ga_rc read_site(struct ga_store *store, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_GET_SITE, &stmt, err);
    if (rc == GA_OK)
        rc = ga_stmt_step(stmt, &has_row, err);
    if (rc != GA_OK)
        return rc;
    if (!has_row)
        return ga_error_set(err, GA_DAMAGED, "this computer's own key is missing from the database");
    const struct ga_value id = ga_stmt_column(stmt, 0), seed = ga_stmt_column(stmt, 1);
    if (id.len != sizeof(store->site.bytes) || seed.len != GA_SIGN_SEED_BYTES)
        return ga_error_set(err, GA_DAMAGED, "this computer's own key is damaged");
    store->is_alone = ga_stmt_column_int(stmt, 2) == 0;
    memcpy(store->site.bytes, id.text, id.len);
    memcpy(store->key.secret, seed.text, seed.len); /* the key itself is made at the first signature */
    ga_stmt_reset(stmt);
    return GA_OK;
}

enum ga_rc ga_site_open(struct ga_store *store, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = read_site(store, err);
    if (rc == GA_OK)
        rc = ga_store_stmt(store, GA_SQL_LAST_TXN, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, store->site.bytes, sizeof(store->site.bytes));
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        const struct ga_value hash = ga_stmt_column(stmt, 1);
        store->seq = (uint64_t)ga_stmt_column_int(stmt, 0);
        if (hash.len != sizeof(store->head.bytes))
            return ga_error_set(err, GA_DAMAGED, "the head of the log is damaged");
        memcpy(store->head.bytes, hash.text, hash.len);
        ga_stmt_reset(stmt);
    }
    return rc;
}

const struct ga_sign_key *ga_site_key(struct ga_store *store)
{
    if (!store->has_key) { /* an elliptic-curve multiplication: not at start */
        uint8_t seed[GA_SIGN_SEED_BYTES];
        memcpy(seed, store->key.secret, sizeof(seed));
        ga_sign_key_restore(seed, &store->key);
        ga_crypt_wipe(seed, sizeof(seed));
        store->has_key = true;
    }
    return &store->key;
}
