/* The sites that are known: whose signatures count here. */
#ifndef GUANAI_STORE_SITE_H
#define GUANAI_STORE_SITE_H

#include "guanai/crypt/sign.h"
#include "guanai/store/have.h"

enum { GA_SITE_LABEL_MAX = 120 /* bytes of UTF-8 */ };

/* How a site came to be known. (The sites of config.yaml are places of a school; these are installations.) */
enum ga_site_by {
    GA_SITE_OWN,      /* made here, and nobody signed for it yet */
    GA_SITE_TRUSTED,  /* a person compared its digits */
    GA_SITE_ENROLLED, /* another known site signed for it */
    GA_SITE_RENEWED,  /* an older site of the same installation did (store/backup.h) */
};

/*
 * An introduction says "this id has this key". It travels with every bundle, so that whoever trusts one site of a school
 * comes to know the others. Signed by `introducer`, Ed25519 over BLAKE2b-256:
 *
 *   GA_SITE_ENROLLED  purpose "guanai.enrolled": id (16) ‖ public key (32) ‖ introducer (16)
 *   GA_SITE_RENEWED   purpose "guanai.newsite":  id (16) ‖ public key (32) ‖ introducer (16) ‖ its last seq (8, low byte
 *                     first) ‖ hash of that transaction (32)
 *
 * GA_SITE_OWN and GA_SITE_TRUSTED have none: `introducer` is zero.
 */
struct ga_peer {
    struct ga_uuid id;
    struct ga_sign_public key;
    bool is_own;                   /* this installation, as it is or as it once was */
    enum ga_site_by by;
    struct ga_uuid introducer;
    uint64_t seq;                  /* of GA_SITE_RENEWED: how far the older one went; it is written no further */
    struct ga_hash head;
    struct ga_signature signature;
    /* "石桥教学点"; of a renewed site that of the older one unless it has its own. For people: nobody signs for it */
    char label[GA_SITE_LABEL_MAX + 1];
    int32_t heard_day;             /* local day a new bundle of it was last taken in; 0: never */
    uint64_t heard_bundle;         /* its highest bundle number so far */
};

/* Appends struct ga_peer of all that are known, by id. */
enum ga_rc ga_store_sites(struct ga_store *store, struct ga_vec *ret_sites, struct ga_error *err);
enum ga_rc ga_store_site(struct ga_store *store, const struct ga_uuid *id, struct ga_peer *ret_site, struct ga_error *err);
const struct ga_uuid *ga_store_own_site(const struct ga_store *store); /* the one that signs now */

/* A person compared the digits (pairing). GA_REFUSED: the id is known with another key. */
enum ga_rc ga_site_trust(struct ga_store *store, const struct ga_peer *site, struct ga_error *err);

/*
 * Takes an introduction in. GA_OK also when it is known already with this key. GA_NOT_FOUND: the introducer is not known
 * (try again after others); GA_DENIED: its signature is wrong; GA_REFUSED: the id is known with another key.
 */
enum ga_rc ga_site_introduce(struct ga_store *store, const struct ga_peer *site, struct ga_error *err);

/* Is the introduction signed by whom it names, who is known here? Nothing is taken in. */
bool ga_site_is_signed_for(struct ga_store *store, const struct ga_peer *site);

/* Signs for a new site with this one's key: fills by, introducer, signature from id and key. Does not add it. */
enum ga_rc ga_site_enrol(struct ga_store *store, struct ga_peer *site, struct ga_error *err);

/* Signs any hash with this site's key: bundles, pairing texts. */
void ga_site_sign(struct ga_store *store, const struct ga_hash *hash, struct ga_signature *ret_signature);

enum ga_rc ga_site_set_label(struct ga_store *store, const struct ga_uuid *id, const char *label, struct ga_error *err);

/*
 * A bundle of that site with that number was taken in on this day, and these runs were its receipt. The same one once more is
 * no sign of life: it lies on a stick that others carry on. Runs that fall back are believed: an old copy of its data is at work.
 */
enum ga_rc ga_site_heard(struct ga_store *store, const struct ga_uuid *id, uint64_t bundle, int32_t day,
                         const struct ga_have *runs, size_t count, struct ga_error *err);

/* Appends the runs it told last; none when it never did. */
enum ga_rc ga_site_acknowledged(struct ga_store *store, const struct ga_uuid *id, struct ga_vec *ret_runs,
                                struct ga_error *err);

#endif
