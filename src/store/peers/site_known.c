/* Keeps the sites whose signatures count. */
#include "peers/site_known.h"

#include "guanai/store/wire.h"
#include "guanai/text/utf8.h"

#include <string.h>

static void add_number(struct ga_hasher *hasher, uint64_t number)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(number >> (8 * i));
    ga_hasher_add(hasher, bytes, sizeof(bytes));
}

void ga_site_hash(const struct ga_peer *peer, struct ga_hash *ret_hash)
{
    struct ga_hasher hasher;
    ga_hasher_start(&hasher, peer->by == GA_SITE_RENEWED ? "guanai.newsite" : "guanai.enrolled");
    ga_hasher_add(&hasher, peer->id.bytes, sizeof(peer->id.bytes));
    ga_hasher_add(&hasher, peer->key.bytes, sizeof(peer->key.bytes));
    ga_hasher_add(&hasher, peer->introducer.bytes, sizeof(peer->introducer.bytes));
    if (peer->by == GA_SITE_RENEWED) {
        add_number(&hasher, peer->seq);
        ga_hasher_add(&hasher, peer->head.bytes, sizeof(peer->head.bytes));
    }
    ga_hasher_finish(&hasher, ret_hash);
}

/* NULL and what has another length leave it as it was. */
static void take(struct ga_stmt *stmt, int column, void *ret_bytes, size_t len)
{
    const struct ga_value value = ga_stmt_column(stmt, column);
    if (value.kind == GA_VALUE_BLOB && value.len == len)
        memcpy(ret_bytes, value.text, len);
}

static void read_peer(struct ga_stmt *stmt, struct ga_peer *ret_peer)
{
    *ret_peer = (struct ga_peer){.is_own = ga_stmt_column_int(stmt, 2) != 0,
                                 .by = (enum ga_site_by)ga_stmt_column_int(stmt, 3),
                                 .seq = (uint64_t)ga_stmt_column_int(stmt, 5),
                                 .heard_day = (int32_t)ga_stmt_column_int(stmt, 9),
                                 .heard_bundle = (uint64_t)ga_stmt_column_int(stmt, 10)};
    take(stmt, 0, ret_peer->id.bytes, sizeof(ret_peer->id.bytes));
    take(stmt, 1, ret_peer->key.bytes, sizeof(ret_peer->key.bytes));
    take(stmt, 4, ret_peer->introducer.bytes, sizeof(ret_peer->introducer.bytes));
    take(stmt, 6, ret_peer->head.bytes, sizeof(ret_peer->head.bytes));
    take(stmt, 7, ret_peer->signature.bytes, sizeof(ret_peer->signature.bytes));
    if (!ga_stmt_column_is_null(stmt, 8))
        ga_str_copy(ret_peer->label, sizeof(ret_peer->label), ga_stmt_column_text(stmt, 8));
}

enum ga_rc ga_store_sites(struct ga_store *store, struct ga_vec *ret_sites, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_SITES, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        read_peer(stmt, ga_vec_push(ret_sites));
    return rc;
}

enum ga_rc ga_store_site(struct ga_store *store, const struct ga_uuid *id, struct ga_peer *ret_site, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_SITE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, id->bytes, sizeof(id->bytes));
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        read_peer(stmt, ret_site);
        ga_stmt_reset(stmt);
    }
    return rc == GA_OK && !has_row ? ga_error_set(err, GA_NOT_FOUND, "this computer is not known here") : rc;
}

const struct ga_uuid *ga_store_own_site(const struct ga_store *store)
{
    return &store->site;
}

static void bind_or_null(struct ga_stmt *stmt, int param, bool is_there, const void *bytes, size_t len)
{
    if (is_there)
        ga_stmt_bind_blob(stmt, param, bytes, len);
    else
        ga_stmt_bind_null(stmt, param);
}

enum ga_rc ga_site_keep(struct ga_store *store, const struct ga_peer *peer, struct ga_error *err)
{
    struct ga_stmt *stmt;
    const bool is_signed = !ga_uuid_is_zero(&peer->introducer), is_renewed = peer->by == GA_SITE_RENEWED;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_ADD_SITE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, peer->id.bytes, sizeof(peer->id.bytes));
    ga_stmt_bind_blob(stmt, 2, peer->key.bytes, sizeof(peer->key.bytes));
    ga_stmt_bind_int(stmt, 3, peer->by);
    bind_or_null(stmt, 4, is_signed, peer->introducer.bytes, sizeof(peer->introducer.bytes));
    if (is_renewed)
        ga_stmt_bind_int(stmt, 5, (int64_t)peer->seq);
    bind_or_null(stmt, 6, is_renewed, peer->head.bytes, sizeof(peer->head.bytes));
    bind_or_null(stmt, 7, is_signed, peer->signature.bytes, sizeof(peer->signature.bytes));
    ga_stmt_bind_text(stmt, 8, peer->label[0] == '\0' ? NULL : peer->label);
    store->is_alone = false;
    ga_schools_forget(store);
    return ga_stmt_run(stmt, err);
}

/* *ret_is_new: there is none of that id, or one of this installation that nobody has signed for. */
static enum ga_rc compare_known(struct ga_store *store, const struct ga_peer *peer, bool *ret_is_new, struct ga_error *err)
{
    struct ga_peer known;
    const enum ga_rc rc = ga_store_site(store, &peer->id, &known, NULL);
    *ret_is_new = rc == GA_NOT_FOUND;
    if (rc != GA_OK)
        return rc == GA_NOT_FOUND ? GA_OK : ga_error_set(err, rc, "the list of computers cannot be read");
    if (memcmp(known.key.bytes, peer->key.bytes, sizeof(known.key.bytes)) != 0)
        return ga_error_set(err, GA_REFUSED, "this computer is known here with another key; pair the two again");
    *ret_is_new = known.by == GA_SITE_OWN && peer->by != GA_SITE_TRUSTED;
    return GA_OK;
}

static enum ga_rc check_label(const struct ga_peer *peer, struct ga_error *err)
{
    const size_t len = strnlen(peer->label, sizeof(peer->label));
    return len < sizeof(peer->label) && ga_utf8_is_valid(peer->label, len, NULL)
               ? GA_OK
               : ga_error_set(err, GA_DAMAGED, "the name of a computer cannot be read");
}

enum ga_rc ga_site_trust(struct ga_store *store, const struct ga_peer *site, struct ga_error *err)
{
    struct ga_peer peer = {.id = site->id, .key = site->key, .by = GA_SITE_TRUSTED};
    bool is_new = false;
    enum ga_rc rc = check_label(site, err);
    if (rc == GA_OK)
        rc = compare_known(store, &peer, &is_new, err);
    ga_str_copy(peer.label, sizeof(peer.label), site->label);
    return rc == GA_OK && is_new ? ga_site_keep(store, &peer, err) : rc;
}

bool ga_site_is_signed_for(struct ga_store *store, const struct ga_peer *site)
{
    struct ga_peer introducer;
    struct ga_hash hash;
    if ((site->by != GA_SITE_ENROLLED && site->by != GA_SITE_RENEWED) || ga_store_site(store, &site->introducer, &introducer, NULL) != GA_OK)
        return false;
    ga_site_hash(site, &hash);
    return ga_sign_is_valid(&introducer.key, &hash, &site->signature);
}

enum ga_rc ga_site_introduce(struct ga_store *store, const struct ga_peer *site, struct ga_error *err)
{
    struct ga_peer introducer;
    bool is_new = false;
    enum ga_rc rc = check_label(site, err);
    if (rc == GA_OK && site->by != GA_SITE_ENROLLED && site->by != GA_SITE_RENEWED)
        rc = ga_error_set(err, GA_DENIED, "nobody signed for this computer");
    if (rc == GA_OK)
        rc = compare_known(store, site, &is_new, err);
    if (rc != GA_OK || !is_new)
        return rc;
    rc = ga_store_site(store, &site->introducer, &introducer, NULL);
    if (rc != GA_OK)
        return ga_error_set(err, rc, "who introduces this computer is not known here");
    if (!ga_site_is_signed_for(store, site))
        return ga_error_set(err, GA_DENIED, "the introduction of this computer is not signed by who it names");
    return ga_site_keep(store, site, err);
}

enum ga_rc ga_site_enrol(struct ga_store *store, struct ga_peer *site, struct ga_error *err)
{
    struct ga_hash hash;
    const enum ga_rc rc = check_label(site, err);
    if (rc != GA_OK)
        return rc;
    site->by = GA_SITE_ENROLLED;
    site->introducer = store->site;
    ga_site_hash(site, &hash);
    ga_site_sign(store, &hash, &site->signature);
    return GA_OK;
}

void ga_site_sign(struct ga_store *store, const struct ga_hash *hash, struct ga_signature *ret_signature)
{
    ga_sign_hash(ga_site_key(store), hash, ret_signature);
}

enum ga_rc ga_site_set_label(struct ga_store *store, const struct ga_uuid *id, const char *label, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_LABEL_SITE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, id->bytes, sizeof(id->bytes));
    ga_stmt_bind_text(stmt, 2, label);
    return ga_stmt_run(stmt, err);
}

/* A run as it is kept: its fields one after the other, as this computer holds them. It never leaves it. */
enum ga_rc ga_site_heard(struct ga_store *store, const struct ga_uuid *id, uint64_t bundle, int32_t day,
                         const struct ga_have *runs, size_t count, struct ga_error *err)
{
    struct ga_stmt *stmt;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_HEAR_SITE, &stmt, err);
    if (rc != GA_OK)
        return rc;
    struct ga_str packed = {0};
    for (size_t i = 0; i < count; i++) {
        ga_str_add_bytes(&packed, runs[i].site.bytes, sizeof(runs[i].site.bytes));
        ga_str_add_bytes(&packed, runs[i].hash.bytes, sizeof(runs[i].hash.bytes));
        ga_str_reserve(&packed, 2 * GA_WIRE_VARINT_MAX_BYTES);
        ga_wire_put_varint(&packed, runs[i].first);
        ga_wire_put_varint(&packed, runs[i].last);
    }
    ga_stmt_bind_blob(stmt, 1, id->bytes, sizeof(id->bytes));
    ga_stmt_bind_int(stmt, 2, bundle > INT64_MAX ? INT64_MAX : (int64_t)bundle);
    ga_stmt_bind_int(stmt, 3, day);
    ga_stmt_bind_blob(stmt, 4, packed.data, packed.len);
    rc = ga_stmt_run(stmt, err);
    ga_str_finish(&packed);
    return rc;
}

static void unpack_runs(struct ga_value packed, struct ga_vec *ret_runs)
{
    struct ga_wire in;
    ga_wire_start(&in, packed.text, packed.len);
    while (!in.is_bad && ga_wire_left(&in) > 0) {
        struct ga_have run;
        const uint8_t *site = ga_wire_bytes(&in, sizeof(run.site.bytes));
        const uint8_t *hash = ga_wire_bytes(&in, sizeof(run.hash.bytes));
        run.first = ga_wire_varint(&in, INT64_MAX);
        run.last = ga_wire_varint(&in, INT64_MAX);
        if (in.is_bad)
            return; /* fewer are known: more is sent */
        memcpy(run.site.bytes, site, sizeof(run.site.bytes));
        memcpy(run.hash.bytes, hash, sizeof(run.hash.bytes));
        *(struct ga_have *)ga_vec_push(ret_runs) = run;
    }
}

enum ga_rc ga_site_acknowledged(struct ga_store *store, const struct ga_uuid *id, struct ga_vec *ret_runs,
                                struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_store_stmt(store, GA_SQL_SITE_RUNS, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, id->bytes, sizeof(id->bytes));
    rc = ga_stmt_step(stmt, &has_row, err);
    if (rc == GA_OK && has_row) {
        unpack_runs(ga_stmt_column(stmt, 0), ret_runs);
        ga_stmt_reset(stmt);
    }
    return rc;
}
