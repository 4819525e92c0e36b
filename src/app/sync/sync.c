/* Keeps what an exchange of sticks needs to know: keys, who takes part, what they have. */
#include "guanai/app/sync.h"

#include "guanai/base/alloc.h"
#include "guanai/crypt/secret.h"
#include "guanai/store/site.h"
#include "sync/guest_inner.h"
#include "sync/sync_inner.h"

#include <stdlib.h>
#include <string.h>

/* Somebody who was not seen for so long holds nobody up any more; when they come they say what they lack. */
enum { FORGOTTEN_DAYS = 120 };

/* ---- keys ---- */

static const char group_setting[] = "sync_group", county_setting[] = "sync_county", recovery_setting[] = "sync_recovery";

bool ga_sync_has_begun(struct ga_session *session)
{
    return ga_store_setting(session->store, group_setting) != NULL;
}

static enum ga_rc read_key(struct ga_session *session, const char *setting, uint8_t ret_bytes[GA_HASH_BYTES], bool *ret_has,
                           struct ga_error *err)
{
    struct ga_hash hex;
    const char *text = ga_store_setting(session->store, setting);
    *ret_has = text != NULL;
    memset(ret_bytes, 0, GA_HASH_BYTES);
    if (text == NULL)
        return GA_OK;
    if (!ga_hash_parse(text, &hex))
        return ga_error_set(err, GA_DAMAGED, "the key %1 of this computer is damaged", setting);
    memcpy(ret_bytes, hex.bytes, GA_HASH_BYTES);
    ga_crypt_wipe(&hex, sizeof(hex));
    return GA_OK;
}

static enum ga_rc write_key(struct ga_session *session, const char *setting, const uint8_t bytes[GA_HASH_BYTES],
                            struct ga_error *err)
{
    struct ga_hash hex;
    char text[GA_HASH_TEXT_SIZE];
    memcpy(hex.bytes, bytes, GA_HASH_BYTES);
    const enum ga_rc rc = ga_store_set_setting(session->store, setting, ga_hash_text(&hex, text), err);
    ga_crypt_wipe(&hex, sizeof(hex));
    ga_crypt_wipe(text, sizeof(text));
    return rc;
}

enum ga_rc ga_sync_keys_read(struct ga_session *session, struct ga_sync_keys *ret_keys, struct ga_error *err)
{
    uint8_t secret[GA_SEAL_SECRET_BYTES];
    bool is_there;
    *ret_keys = (struct ga_sync_keys){.has_group = false};
    enum ga_rc rc = read_key(session, group_setting, secret, &ret_keys->has_group, err);
    if (rc == GA_OK && ret_keys->has_group)
        ga_seal_key_restore(secret, &ret_keys->group);
    if (rc == GA_OK)
        rc = read_key(session, county_setting, ret_keys->county.bytes, &is_there, err);
    if (rc == GA_OK)
        rc = read_key(session, recovery_setting, ret_keys->recovery.bytes, &is_there, err);
    ga_crypt_wipe(secret, sizeof(secret));
    return rc;
}

static bool is_key(const struct ga_seal_public *key)
{
    static const struct ga_seal_public none;
    return memcmp(key, &none, sizeof(none)) != 0;
}

enum ga_rc ga_sync_keys_write(struct ga_session *session, const struct ga_sync_keys *keys, struct ga_error *err)
{
    enum ga_rc rc = write_key(session, group_setting, keys->group.secret, err);
    if (rc == GA_OK && (is_key(&keys->county) || ga_store_setting(session->store, county_setting) != NULL))
        rc = write_key(session, county_setting, keys->county.bytes, err);
    if (rc == GA_OK && is_key(&keys->recovery))
        rc = write_key(session, recovery_setting, keys->recovery.bytes, err);
    return rc;
}

enum ga_rc ga_sync_keys_need(struct ga_session *session, struct ga_sync_keys *ret_keys, struct ga_error *err)
{
    enum ga_rc rc = ga_sync_keys_read(session, ret_keys, err);
    if (rc != GA_OK || ret_keys->has_group)
        return rc;
    ga_seal_key_make(ga_crypt_random(), &ret_keys->group);
    ret_keys->has_group = true;
    return ga_sync_keys_write(session, ret_keys, err);
}

/* ---- signatures ---- */

static void sign(void *ctx, const struct ga_hash *hash, struct ga_signature *ret_signature)
{
    ga_site_sign(ctx, hash, ret_signature);
}

struct ga_bundle_sender ga_sync_sender(struct ga_session *session)
{
    return (struct ga_bundle_sender){.site = *ga_store_own_site(session->store), .sign = sign, .ctx = session->store};
}

static bool find_key(void *ctx, const struct ga_uuid *site, struct ga_sign_public *ret_key)
{
    struct ga_peer peer;
    if (ga_store_site(ctx, site, &peer, NULL) != GA_OK)
        return false;
    *ret_key = peer.key;
    return true;
}

struct ga_bundle_signers ga_sync_signers(struct ga_session *session)
{
    return (struct ga_bundle_signers){.find = find_key, .ctx = session->store};
}

static void trust_said(struct ga_session *session, const struct ga_manifest *manifest)
{
    for (size_t i = 0; i < manifest->introductions_count; i++)
        if (manifest->introductions[i].by == GA_SITE_TRUSTED)
            ga_site_trust(session->store, &manifest->introductions[i], NULL);
}

void ga_sync_introduce(struct ga_session *session, const struct ga_manifest *manifest, bool believes_sender)
{
    if (believes_sender)
        trust_said(session, manifest);
    for (bool has_more = true; has_more;) {
        has_more = false;
        for (size_t i = 0; i < manifest->introductions_count; i++) {
            struct ga_peer known;
            const struct ga_peer *site = &manifest->introductions[i];
            if (ga_store_site(session->store, &site->id, &known, NULL) != GA_OK)
                has_more |= ga_site_introduce(session->store, site, NULL) == GA_OK;
        }
    }
    for (size_t i = 0; i < manifest->introductions_count; i++)
        ga_county_learn_same(session, &manifest->introductions[i]);
}

/* ---- who takes part, what they have ---- */

bool ga_sync_takes_part(const struct ga_vec *sites, const struct ga_peer *site)
{
    if (site->is_own)
        return false;
    for (size_t i = 0; i < sites->len; i++) {
        const struct ga_peer *other = ga_vec_at(sites, i);
        if (other->by == GA_SITE_RENEWED && ga_uuid_compare(&other->introducer, &site->id) == 0)
            return false;
    }
    return true;
}

/* Who is there besides this computer's own kind. */
struct company {
    struct ga_session *session;
    struct ga_vec sites, schools, guests; /* struct ga_peer, ga_county_school, ga_guest */
    struct ga_arena arena;
};

static enum ga_rc read_company(struct ga_session *session, struct company *c, struct ga_error *err)
{
    *c = (struct company){.session = session};
    ga_vec_init(&c->sites, sizeof(struct ga_peer));
    ga_vec_init(&c->schools, sizeof(struct ga_county_school));
    ga_vec_init(&c->guests, sizeof(struct ga_guest));
    enum ga_rc rc = ga_store_sites(session->store, &c->sites, err);
    if (rc == GA_OK)
        rc = ga_county_schools(session, &c->schools, err);
    return rc == GA_OK ? ga_guests_read(session, &c->arena, &c->guests, err) : rc;
}

static void finish_company(struct company *c)
{
    ga_vec_finish(&c->sites);
    ga_vec_finish(&c->schools);
    ga_vec_finish(&c->guests);
    ga_arena_finish(&c->arena);
}

static const struct ga_guest *guest_of(const struct company *c, const struct ga_peer *site)
{
    const struct ga_guest *guest = ga_guest_of(&c->guests, &c->sites, &site->id);
    return ga_guest_has_turned_county(c->session, guest) ? NULL : guest;
}

/* A school that a county collects is told what is here of it, and handed nothing else; a guest gets bundles of its own. */
static bool is_reader(const struct company *c, const struct ga_peer *site)
{
    return ga_sync_takes_part(&c->sites, site) && ga_county_school_at(&c->schools, &c->sites, &site->id) == NULL && guest_of(c, site) == NULL;
}

static bool is_forgotten(const struct ga_session *session, const struct ga_peer *site)
{
    return site->heard_day > 0 && ga_date_to_days(session->today) - site->heard_day > FORGOTTEN_DAYS;
}

/* What both runs say: up to where the first of them ends. false: nothing, or their ends differ. */
static bool meet(const struct ga_have *a, const struct ga_have *b, struct ga_have *ret_both)
{
    *ret_both = a->last <= b->last ? *a : *b;
    ret_both->first = a->first > b->first ? a->first : b->first;
    return ga_uuid_compare(&a->site, &b->site) == 0 && ret_both->first <= ret_both->last &&
           (a->last != b->last || ga_hash_equal(&a->hash, &b->hash));
}

/* Of one site's runs, which stand together, rising, as the store gives them. */
static struct ga_have_state state_of(const struct ga_vec *runs, const struct ga_uuid *site)
{
    struct ga_have_state state = {0};
    size_t first = 0, count = 0;
    for (size_t i = 0; i < runs->len; i++)
        if (ga_uuid_compare(&GA_VEC_AT(const struct ga_have, runs, i)->site, site) == 0 && count++ == 0)
            first = i;
    if (count > 0)
        ga_have_state(GA_VEC_AT(const struct ga_have, runs, first), count, &state);
    return state;
}

/* What of each site both have. Where it was copied, who goes further may have gone another way: the same end alone counts. */
static void keep_least(struct ga_vec *least, const struct ga_vec *theirs, const struct ga_vec *here)
{
    const size_t count = least->len;
    struct ga_have both;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < theirs->len; k++) {
            const struct ga_have a = *GA_VEC_AT(const struct ga_have, least, i), *b = ga_vec_at(theirs, k);
            if (meet(&a, b, &both) && (a.last == b->last || state_of(here, &a.site).forks == 0))
                *(struct ga_have *)ga_vec_push(least) = both;
        }
    if (count > 0)
        ga_vec_remove_many(least, 0, count);
}

/* Begins with what the first has. */
static enum ga_rc add_theirs(struct ga_session *session, const struct ga_peer *site, bool is_first, const struct ga_vec *here,
                             struct ga_vec *least, struct ga_error *err)
{
    struct ga_vec theirs;
    ga_vec_init(&theirs, sizeof(struct ga_have));
    enum ga_rc rc = ga_site_acknowledged(session->store, &site->id, is_first ? least : &theirs, err);
    if (rc == GA_OK && !is_first)
        keep_least(least, &theirs, here);
    ga_vec_finish(&theirs);
    return rc;
}

enum ga_rc ga_sync_least(struct ga_session *session, struct ga_vec *ret_runs, struct ga_error *err)
{
    struct company c;
    struct ga_vec here;
    bool is_first = true;
    ga_vec_init(&here, sizeof(struct ga_have));
    enum ga_rc rc = read_company(session, &c, err);
    if (rc == GA_OK)
        rc = ga_store_have(session->store, &here, err);
    for (size_t i = 0; rc == GA_OK && i < c.sites.len; i++) {
        const struct ga_peer *site = ga_vec_at(&c.sites, i);
        if (!is_reader(&c, site) || is_forgotten(session, site))
            continue;
        rc = add_theirs(session, site, is_first, &here, ret_runs, err);
        is_first = false;
    }
    ga_vec_finish(&here);
    finish_company(&c);
    return rc;
}

static enum ga_rc count_to_send(struct ga_session *session, struct ga_sync_site *site, struct ga_error *err)
{
    struct ga_vec theirs;
    struct ga_send *send = NULL;
    ga_vec_init(&theirs, sizeof(struct ga_have));
    enum ga_rc rc = ga_site_acknowledged(session->store, &site->peer.id, &theirs, err);
    site->was_heard = theirs.len > 0 || site->peer.heard_day > 0;
    if (rc == GA_OK)
        rc = ga_send_begin(session->store, theirs.items, theirs.len, &send, err);
    if (rc == GA_OK)
        site->to_send = ga_send_transactions(send);
    ga_send_end(send);
    ga_vec_finish(&theirs);
    return rc;
}

static int compare_sites(const void *a, const void *b)
{
    const struct ga_sync_site *first = a, *second = b;
    if (first->is_own != second->is_own)
        return first->is_own ? -1 : 1;
    const int by_school = strcmp(first->school, second->school);
    const int order = by_school != 0 ? by_school : strcmp(first->peer.label, second->peer.label);
    return order != 0 ? order : ga_uuid_compare(&first->peer.id, &second->peer.id);
}

/* At a county: which school it is of. It is handed nothing. */
static void find_school(const struct ga_vec *peers, const struct ga_vec *schools, struct ga_sync_site *site)
{
    const struct ga_county_school *school = ga_county_school_at(schools, peers, &site->peer.id);
    if (school == NULL)
        return;
    for (size_t i = 0; i < peers->len; i++)
        if (ga_uuid_compare(&GA_VEC_AT(const struct ga_peer, peers, i)->id, &school->same) == 0)
            ga_str_copy(site->school, sizeof(site->school), GA_VEC_AT(const struct ga_peer, peers, i)->label);
    site->is_school = ga_uuid_compare(&school->site, &site->peer.id) == 0;
    site->was_heard = site->peer.heard_day > 0;
}

/* At the guest itself it is the only one it knows of. */
static void find_scope(const struct company *c, struct ga_sync_site *site)
{
    const struct ga_guest *guest = guest_of(c, &site->peer);
    if (guest == NULL)
        return;
    ga_str_copy(site->scope, sizeof(site->scope), guest->scope_text);
    site->is_ended = guest->is_ended;
}

static enum ga_rc add_sites(struct ga_session *session, const struct company *c, const struct ga_vec *runs,
                            struct ga_vec *ret_sites, struct ga_error *err)
{
    const struct ga_vec *peers = &c->sites;
    const bool is_guest = ga_guest_is_here(session);
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < peers->len; i++) {
        const struct ga_peer *peer = ga_vec_at(peers, i);
        const bool is_own = ga_uuid_compare(&peer->id, ga_store_own_site(session->store)) == 0;
        if (!is_own && !ga_sync_takes_part(peers, peer))
            continue;
        struct ga_sync_site *site = ga_vec_push(ret_sites);
        *site = (struct ga_sync_site){.peer = *peer, .is_own = is_own, .state = state_of(runs, &peer->id)};
        find_school(peers, &c->schools, site);
        find_scope(c, site);
        site->was_heard = peer->heard_day > 0;
        if (!is_own && site->school[0] == '\0' && !is_guest && !site->is_ended)
            rc = count_to_send(session, site, err);
    }
    return rc;
}

enum ga_rc ga_sync_sites(struct ga_session *session, struct ga_vec *ret_sites, struct ga_error *err)
{
    struct company c;
    struct ga_vec runs;
    ga_vec_init(&runs, sizeof(struct ga_have));
    enum ga_rc rc = read_company(session, &c, err);
    if (rc == GA_OK)
        rc = ga_store_have(session->store, &runs, err);
    if (rc == GA_OK)
        rc = add_sites(session, &c, &runs, ret_sites, err);
    if (ret_sites->len > 1)
        qsort(ret_sites->items, ret_sites->len, sizeof(struct ga_sync_site), compare_sites);
    finish_company(&c);
    ga_vec_finish(&runs);
    return rc;
}

enum ga_rc ga_sync_set_label(struct ga_session *session, const char *label, struct ga_error *err)
{
    return ga_site_set_label(session->store, ga_store_own_site(session->store), label, err);
}

/* ---- short lists in settings ---- */

bool ga_sync_words_has(struct ga_session *session, const char *setting, const char *word)
{
    struct ga_str words = {0};
    const bool has = ga_store_read_setting(session->store, setting, &words, NULL) == GA_OK &&
                     ga_str_has_word(ga_str_text(&words), word);
    ga_str_finish(&words);
    return has;
}

enum ga_rc ga_sync_words_add(struct ga_session *session, const char *setting, const char *word, size_t most,
                             struct ga_error *err)
{
    struct ga_str words = {0};
    enum ga_rc rc = ga_store_read_setting(session->store, setting, &words, err);
    ga_str_addf(&words, "%s%s", words.len > 0 ? " " : "", word);
    const char *from = ga_str_text(&words);
    size_t count = 1;
    for (const char *at = from; (at = strchr(at, ' ')) != NULL; at++)
        count++;
    for (; count > most; count--)
        from = strchr(from, ' ') + 1;
    if (rc == GA_OK)
        rc = ga_store_set_setting(session->store, setting, from, err);
    ga_str_finish(&words);
    return rc;
}

enum ga_rc ga_sync_words_drop(struct ga_session *session, const char *setting, const char *word, struct ga_error *err)
{
    struct ga_str words = {0}, left = {0};
    enum ga_rc rc = ga_store_read_setting(session->store, setting, &words, err);
    for (const char *at = ga_str_text(&words); rc == GA_OK && *at != '\0'; at += strspn(at, " ")) {
        const size_t len = strcspn(at, " ");
        if (len != strlen(word) || strncmp(at, word, len) != 0)
            ga_str_addf(&left, "%s%.*s", left.len > 0 ? " " : "", (int)len, at);
        at += len;
    }
    if (rc == GA_OK)
        rc = ga_store_set_setting(session->store, setting, ga_str_text(&left), err);
    ga_str_finish(&words);
    ga_str_finish(&left);
    return rc;
}

/* ---- bytes in settings ---- */

enum ga_rc ga_sync_bytes_keep(struct ga_session *session, const char *setting, const void *bytes, size_t len,
                              struct ga_error *err)
{
    struct ga_str hex = {0};
    for (size_t i = 0; i < len; i++)
        ga_str_addf(&hex, "%02x", ((const uint8_t *)bytes)[i]);
    const enum ga_rc rc = ga_store_set_setting(session->store, setting, ga_str_text(&hex), err);
    if (hex.data != NULL)
        ga_crypt_wipe(hex.data, hex.len);
    ga_str_finish(&hex);
    return rc;
}

enum ga_rc ga_sync_bytes_recall(struct ga_session *session, const char *setting, struct ga_str *bytes, struct ga_error *err)
{
    struct ga_str hex = {0};
    const enum ga_rc rc = ga_store_read_setting(session->store, setting, &hex, err);
    for (size_t i = 0; rc == GA_OK && i + 1 < hex.len; i += 2) {
        const char pair[] = {hex.data[i], hex.data[i + 1], '\0'};
        ga_str_add_char(bytes, (char)strtoul(pair, NULL, 16));
    }
    if (hex.data != NULL)
        ga_crypt_wipe(hex.data, hex.len);
    ga_str_finish(&hex);
    return rc;
}
