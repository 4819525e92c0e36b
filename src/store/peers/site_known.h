/* Rows of known sites, and changing the own one; private to this room. */
#ifndef GUANAI_STORE_SITE_KNOWN_H
#define GUANAI_STORE_SITE_KNOWN_H

#include "private.h"

#include "guanai/store/site.h"

/* What an introduction signs. */
void ga_site_hash(const struct ga_peer *peer, struct ga_hash *ret_hash);

/* Writes the row as it is, or how it was introduced when there is one. */
enum ga_rc ga_site_keep(struct ga_store *store, const struct ga_peer *peer, struct ga_error *err);

/* Who this computer was; wipe it. */
struct ga_site_identity {
    struct ga_uuid site;
    struct ga_sign_key key;
    uint64_t seq;
    struct ga_hash head;
};

void ga_site_identity(struct ga_store *store, struct ga_site_identity *ret_old);
/* Within a transaction; after its rollback the old one is put back by ga_site_go_back. */
enum ga_rc ga_site_replace(struct ga_store *store, const struct ga_site_identity *old, struct ga_error *err);
void ga_site_go_back(struct ga_store *store, const struct ga_site_identity *old);

#endif
