/* This computer's site: its id, its key, how far its chain goes. */
#include "private.h"

#include "guanai/base/num.h"
#include "guanai/crypt/secret.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
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

/*
 * {seq, hash} also stands outside the database, so that an old copy put back is noticed. The file may
 * lag behind (it is written after the commit, without waiting for the disk), never run ahead.
 */
static void head_path(const struct ga_store *store, struct ga_str *path)
{
    ga_str_addf(path, "%s/head", store->options.folder);
}

enum ga_rc ga_site_check_head(struct ga_store *store, struct ga_error *err)
{
    struct ga_str path = {0}, text = {0};
    char site[GA_UUID_TEXT_SIZE];
    uint64_t seq = 0;
    head_path(store, &path);
    enum ga_rc rc = ga_io_read_file(store->options.io, path.data, 400, &text, NULL);
    ga_uuid_text(&store->site, site);
    if (rc == GA_OK && ga_str_starts(ga_str_text(&text), site) &&
        sscanf(ga_str_text(&text) + sizeof(site) - 1, " %" SCNu64, &seq) == 1 && seq > store->seq) {
        rc = ga_error_set(err, GA_DAMAGED, "this database is older than what was written here last (%1 against %2 saves)",
                          GA_NUM((int64_t)store->seq), GA_NUM((int64_t)seq));
        ga_error_hint(err, "an old copy was put back: restore a backup with guanai restore instead");
    } else {
        rc = GA_OK; /* without the file there is nothing to compare */
    }
    ga_str_finish(&path);
    ga_str_finish(&text);
    return rc;
}

void ga_site_write_head(struct ga_store *store)
{
    const struct ga_io_ops *io = store->options.io;
    struct ga_str path = {0}, line = {0};
    char site[GA_UUID_TEXT_SIZE], hash[GA_HASH_TEXT_SIZE];
    head_path(store, &path);
    ga_str_addf(&line, "%s %020" PRIu64 " %s\n", ga_uuid_text(&store->site, site), store->seq,
                ga_hash_text(&store->head, hash));
    int fd = io->open(io->ctx, path.data, O_WRONLY | O_CREAT, 0600);
    if (fd >= 0) { /* one short write in place: the save itself is safe already */
        io->write(io->ctx, fd, line.data, line.len);
        io->close(io->ctx, fd);
    }
    ga_str_finish(&path);
    ga_str_finish(&line);
}
