/* Gives this computer a new identity, signed for by the old one. */
#include "guanai/store/backup.h"

#include "guanai/crypt/secret.h"
#include "guanai/sql/transaction.h"
#include "peers/site_known.h"
#include "private.h"

#include <string.h>

enum ga_rc ga_site_vouch(struct ga_store *store, struct ga_error *err)
{
    struct ga_vec peers;
    ga_vec_init(&peers, sizeof(struct ga_peer));
    enum ga_rc rc = ga_store_sites(store, &peers, err);
    for (size_t i = 0; rc == GA_OK && i < peers.len; i++) {
        struct ga_peer *peer = GA_VEC_AT(struct ga_peer, &peers, i);
        if (!peer->is_own || peer->by != GA_SITE_OWN || ga_uuid_compare(&peer->id, &store->site) == 0)
            continue;
        rc = ga_site_enrol(store, peer, err);
        if (rc == GA_OK)
            rc = ga_site_keep(store, peer, err);
    }
    ga_vec_finish(&peers);
    return rc;
}

static void introduce_new(const struct ga_store *store, const struct ga_site_identity *old, struct ga_peer *ret_peer)
{
    struct ga_hash hash;
    *ret_peer = (struct ga_peer){.id = store->site, .key = store->key.public_key, .is_own = true, .by = GA_SITE_RENEWED,
                                 .introducer = old->site, .seq = old->seq, .head = old->head};
    ga_site_hash(ret_peer, &hash);
    ga_sign_hash(&old->key, &hash, &ret_peer->signature);
}

void ga_site_identity(struct ga_store *store, struct ga_site_identity *ret_old)
{
    *ret_old = (struct ga_site_identity){
        .site = store->site, .key = *ga_site_key(store), .seq = store->seq, .head = store->head};
}

void ga_site_go_back(struct ga_store *store, const struct ga_site_identity *old)
{
    store->site = old->site;
    store->key = old->key;
    store->has_key = true;
    store->seq = old->seq;
    store->head = old->head;
}

enum ga_rc ga_site_replace(struct ga_store *store, const struct ga_site_identity *old, struct ga_error *err)
{
    struct ga_peer peer;
    enum ga_rc rc = ga_db_exec(store->db, "UPDATE site SET seed = NULL WHERE seed IS NOT NULL", err);
    if (rc == GA_OK)
        rc = ga_site_make(store, err);
    if (rc != GA_OK)
        return rc;
    store->has_key = true;
    store->seq = 0;
    memset(&store->head, 0, sizeof(store->head));
    introduce_new(store, old, &peer);
    rc = ga_site_keep(store, &peer, err);
    return rc == GA_OK ? ga_site_vouch(store, err) : rc;
}

enum ga_rc ga_store_renew_site(struct ga_store *store, struct ga_error *err)
{
    struct ga_site_identity old;
    enum ga_rc rc = ga_transaction_begin(store->db, err);
    if (rc != GA_OK)
        return rc;
    ga_site_identity(store, &old);
    rc = ga_site_replace(store, &old, err);
    if (rc == GA_OK)
        rc = ga_transaction_commit(store->db, err);
    else
        ga_transaction_rollback(store->db);
    if (rc != GA_OK)
        ga_site_go_back(store, &old);
    ga_crypt_wipe(&old, sizeof(old));
    return rc;
}
