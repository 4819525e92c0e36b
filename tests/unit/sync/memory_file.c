/* Files in memory for tests of bundles, with people who hold keys. */
#include "memory_file.h"

#include <string.h>

static enum ga_rc put_bytes(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    struct memory_file *file = ctx;
    (void)err;
    ga_str_add_bytes(&file->bytes, bytes, len);
    return GA_OK;
}

static enum ga_rc take_bytes(void *ctx, void *bytes, size_t most, size_t *ret_len, struct ga_error *err)
{
    struct memory_file *file = ctx;
    size_t left = file->bytes.len - file->at, len = most < left ? most : left;
    (void)err;
    if (file->most > 0 && len > file->most)
        len = file->most;
    if (len > 0)
        memcpy(bytes, file->bytes.data + file->at, len);
    file->at += len;
    *ret_len = len;
    return GA_OK;
}

struct ga_sync_sink memory_sink(struct memory_file *file)
{
    return (struct ga_sync_sink){put_bytes, file};
}

struct ga_sync_source memory_source(struct memory_file *file)
{
    file->at = 0;
    return (struct ga_sync_source){take_bytes, file};
}

void memory_site_make(struct memory_site *site, uint8_t number)
{
    uint8_t seed[GA_SIGN_SEED_BYTES] = {number};
    memset(site->id.bytes, number, sizeof(site->id.bytes));
    ga_sign_key_restore(seed, &site->key);
}

static void sign_hash(void *ctx, const struct ga_hash *hash, struct ga_signature *ret_signature)
{
    const struct memory_site *site = ctx;
    ga_sign_hash(&site->key, hash, ret_signature);
}

struct ga_bundle_sender memory_sender(struct memory_site *site)
{
    return (struct ga_bundle_sender){site->id, sign_hash, site};
}

static bool find_site(void *ctx, const struct ga_uuid *id, struct ga_sign_public *ret_key)
{
    const struct memory_site *only = ctx;
    if (only == NULL || ga_uuid_compare(&only->id, id) != 0)
        return false;
    *ret_key = only->key.public_key;
    return true;
}

struct ga_bundle_signers memory_signers(struct memory_site *only)
{
    return (struct ga_bundle_signers){find_site, only};
}
