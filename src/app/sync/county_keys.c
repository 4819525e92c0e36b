/* Hands the county's keys on among the computers of a school. */
#include "guanai/app/county.h"

#include "guanai/base/alloc.h"
#include "guanai/crypt/secret.h"
#include "guanai/store/shared.h"
#include "sync/sync_inner.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_SIZE = 2 * (16 + GA_HASH_TEXT_SIZE) };

/* ---- the text ---- */

static void write_text(const struct ga_sync_keys *keys, char text[TEXT_SIZE])
{
    struct ga_hash county, recovery;
    char county_hex[GA_HASH_TEXT_SIZE], recovery_hex[GA_HASH_TEXT_SIZE];
    memcpy(county.bytes, keys->county.bytes, sizeof(county.bytes));
    memcpy(recovery.bytes, keys->recovery.bytes, sizeof(recovery.bytes));
    snprintf(text, TEXT_SIZE, "county %s\nrecovery %s\n", ga_hash_text(&county, county_hex), ga_hash_text(&recovery, recovery_hex));
}

static const char *take_line(const char *text, const char *word, struct ga_seal_public *ret_key)
{
    struct ga_hash key;
    char hex[GA_HASH_TEXT_SIZE];
    const size_t len = strlen(word);
    if (text == NULL || strncmp(text, word, len) != 0 || strlen(text + len) < sizeof(hex) || text[len + sizeof(hex) - 1] != '\n')
        return NULL;
    ga_str_copy(hex, sizeof(hex), text + len); /* as much as fits */
    if (!ga_hash_parse(hex, &key))
        return NULL;
    memcpy(ret_key->bytes, key.bytes, sizeof(key.bytes));
    return text + len + sizeof(hex);
}

static bool read_text(const char *text, struct ga_seal_public *ret_county, struct ga_seal_public *ret_recovery)
{
    const char *rest = take_line(text, "county ", ret_county);
    rest = take_line(rest, "recovery ", ret_recovery);
    return rest != NULL && *rest == '\0';
}

/* ---- what stands ---- */

static const struct ga_shared *find_keys(const struct ga_vec *files)
{
    for (size_t i = 0; i < files->len; i++)
        if (strcmp(GA_VEC_AT(const struct ga_shared, files, i)->name, GA_COUNTY_KEYS_FILE) == 0)
            return ga_vec_at(files, i);
    return NULL;
}

/* Only what a computer of this school said: another school may be another county's. */
static bool is_ours(const struct ga_vec *sites, const struct ga_uuid *own, const struct ga_uuid *writer)
{
    const struct ga_peer *root = ga_sync_root(sites, own), *other = ga_sync_root(sites, writer);
    return root != NULL && other != NULL && ga_uuid_compare(&root->id, &other->id) == 0;
}

static const struct ga_shared_text *newest_of(struct ga_session *session, const struct ga_shared *file, const struct ga_vec *sites)
{
    const struct ga_shared_text *newest = NULL;
    for (size_t i = 0; i < file->texts_count; i++) { /* by leaf: of one day the last */
        const struct ga_shared_text *text = &file->texts[i];
        if (text->text != NULL && is_ours(sites, ga_store_own_site(session->store), &text->site) &&
            (newest == NULL || text->local_day >= newest->local_day))
            newest = text;
    }
    return newest;
}

static enum ga_rc learn_from(struct ga_session *session, const struct ga_shared_text *text, struct ga_error *err)
{
    struct ga_sync_keys keys;
    struct ga_seal_public county, recovery;
    if (!read_text(text->text, &county, &recovery))
        return GA_OK;
    enum ga_rc rc = ga_sync_keys_need(session, &keys, err);
    if (rc == GA_OK && (memcmp(&keys.county, &county, sizeof(county)) != 0 || memcmp(&keys.recovery, &recovery, sizeof(recovery)) != 0)) {
        keys.county = county;
        keys.recovery = recovery;
        rc = ga_sync_keys_write(session, &keys, err);
    }
    ga_crypt_wipe(&keys, sizeof(keys));
    return rc;
}

/* ---- handing on, learning ---- */

static enum ga_rc put(struct ga_session *session, const struct ga_shared *before, const char *text, struct ga_arena *arena, struct ga_error *err)
{
    struct ga_shared_put what = {.name = GA_COUNTY_KEYS_FILE, .text = text, .len = strlen(text),
                                 .replaces_count = before == NULL ? 0 : before->texts_count};
    struct ga_hash *leaves = ga_arena_array(arena, what.replaces_count, sizeof(*leaves));
    struct ga_save *save = NULL;
    for (size_t i = 0; i < what.replaces_count; i++)
        leaves[i] = before->texts[i].leaf;
    what.replaces = leaves;
    enum ga_rc rc = ga_save_begin(session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_shared_put(save, &what, err);
    if (rc == GA_OK)
        return ga_save_commit(save, err);
    ga_save_abandon(save);
    return rc;
}

enum ga_rc ga_county_keys_hand_on(struct ga_session *session, const struct ga_sync_keys *keys, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_vec files;
    char text[TEXT_SIZE];
    ga_vec_init(&files, sizeof(struct ga_shared));
    write_text(keys, text);
    enum ga_rc rc = ga_shared_list(session->store, &arena, &files, err);
    const struct ga_shared *before = find_keys(&files);
    const bool is_said = before != NULL && before->texts_count == 1 && ga_str_equal(before->texts[0].text, text);
    if (rc == GA_OK && !is_said)
        rc = put(session, before, text, &arena, err);
    ga_vec_finish(&files);
    ga_arena_finish(&arena);
    return rc;
}

enum ga_rc ga_county_keys_learn(struct ga_session *session, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_vec files, sites;
    if (ga_county_is_here(session))
        return GA_OK;
    ga_vec_init(&files, sizeof(struct ga_shared));
    ga_vec_init(&sites, sizeof(struct ga_peer));
    enum ga_rc rc = ga_shared_list(session->store, &arena, &files, err);
    if (rc == GA_OK)
        rc = ga_store_sites(session->store, &sites, err);
    const struct ga_shared *file = find_keys(&files);
    const struct ga_shared_text *text = rc == GA_OK && file != NULL ? newest_of(session, file, &sites) : NULL;
    if (text != NULL)
        rc = learn_from(session, text, err);
    ga_vec_finish(&sites);
    ga_vec_finish(&files);
    ga_arena_finish(&arena);
    return rc;
}
