/* Finds children who may be the one about to be made. */
#include "guanai/store/search.h"

#include "index_delta.h"

#include "guanai/base/alloc.h"
#include "guanai/store/roster.h"

#include <stdlib.h>
#include <string.h>

enum { LOOKALIKES_MAX = 20, SAME_KEY_MAX = 400 };

struct lookalikes {
    struct ga_store *store;
    const struct ga_answers *child;
    struct ga_index_child read;
    struct ga_arena *arena;
    struct ga_search_hit hits[LOOKALIKES_MAX];
    size_t count;
    struct ga_error *err;
};

/* Month and day as far as both are known. */
static bool is_same_birth(const char *a, const char *b)
{
    size_t len = a == NULL || b == NULL ? 0 : strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    return len >= 7 && strncmp(a, b, len) == 0;
}

static bool is_same_class(const struct ga_index_child *child, const struct ga_roster_row *row)
{
    return child->name != NULL && strcmp(child->name, row->name) == 0 && child->grade != NULL &&
           strcmp(child->grade, row->grade) == 0 &&
           strcmp(child->class_no == NULL ? "" : child->class_no, row->class_no) == 0 &&
           strcmp(child->site == NULL ? "" : child->site, row->site) == 0;
}

static const char *why_alike(const struct lookalikes *alike, uint8_t kind,
                             const struct ga_roster_row *row)
{
    if (kind == GA_KEY_OF_ID)
        return "id_number";
    if (is_same_birth(alike->read.birth, row->birth))
        return "birth_date";
    return is_same_class(&alike->read, row) ? "class" : NULL;
}

static enum ga_rc take(struct lookalikes *alike, uint8_t kind, int64_t no)
{
    struct ga_roster_row row;
    enum ga_rc rc = ga_roster_row_of(alike->store, no, GA_ZH, alike->arena, &row, alike->err);
    if (rc != GA_OK)
        return rc;
    const char *why = why_alike(alike, kind, &row);
    if (why == NULL || ga_uuid_compare(&row.id, &alike->child->id) == 0 ||
        alike->count == LOOKALIKES_MAX)
        return GA_OK;
    for (size_t i = 0; i < alike->count; i++)
        if (ga_uuid_compare(&alike->hits[i].id, &row.id) == 0)
            return GA_OK;
    alike->hits[alike->count++] = (struct ga_search_hit){
        .id = row.id,
        .name = row.name,
        .sex = row.sex,
        .birth_month = ga_arena_strndup(alike->arena, row.birth, strnlen(row.birth, 7)),
        .class_shown = row.class_shown,
        .village = row.village,
        .card_no =
            row.card_no > 0 ? ga_arena_printf(alike->arena, "%lld", (long long)row.card_no) : "",
        .why = why,
        .why_text = row.name,
        .is_left_behind = row.is_left_behind,
        .is_key_child = row.is_key_child,
    };
    return GA_OK;
}

/* Those whose key is not in its place yet. */
static enum ga_rc take_newest(struct lookalikes *alike, const struct ga_vec *newest,
                              const struct ga_index_key_bytes *wanted)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = ga_delta_from(newest, wanted->bytes, wanted->len); rc == GA_OK && i < newest->len; i++) {
        const struct ga_delta_key *key = GA_VEC_AT(const struct ga_delta_key, newest, i);
        if (ga_index_key_compare(&key->key, wanted) != 0)
            break;
        if (!key->is_gone)
            rc = take(alike, wanted->bytes[0], key->no);
    }
    return rc;
}

/* Everybody with the very same key. */
static enum ga_rc take_key(struct lookalikes *alike, const struct ga_index_key_bytes *key)
{
    struct ga_stmt *stmt;
    bool has_row;
    uint8_t until[GA_INDEX_VILLAGE_KEY_MAX + 1];
    const struct ga_vec *newest;
    memcpy(until, key->bytes, key->len);
    until[key->len] = 0;
    enum ga_rc rc = ga_delta_load(alike->store, &newest, alike->err);
    if (rc == GA_OK)
        rc = take_newest(alike, newest, key);
    if (rc == GA_OK)
        rc = ga_index_stmt(alike->store, GA_INDEX_FIND_KEYS, &stmt, alike->err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_blob(stmt, 1, key->bytes, key->len);
    ga_stmt_bind_blob(stmt, 2, until, key->len + 1u);
    ga_stmt_bind_int(stmt, 3, SAME_KEY_MAX);
    while ((rc = ga_stmt_step(stmt, &has_row, alike->err)) == GA_OK && has_row) {
        const int64_t no = ga_stmt_column_int(stmt, 0);
        if (ga_delta_is_gone(newest, ga_stmt_column(stmt, 1), no))
            continue;
        if ((rc = take(alike, key->bytes[0], no)) != GA_OK) {
            ga_stmt_reset(stmt);
            return rc;
        }
    }
    return rc;
}

static enum ga_rc take_keys(struct lookalikes *alike, const struct ga_vec *keys, uint8_t kind)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < keys->len; i++) {
        const struct ga_index_key_bytes *key = ga_vec_at(keys, i);
        if (key->bytes[0] == kind)
            rc = take_key(alike, key);
    }
    return rc;
}

enum ga_rc ga_store_lookalikes(struct ga_store *store, const struct ga_answers *child,
                               struct ga_arena *arena, struct ga_search_hit **ret_hits,
                               size_t *ret_count, struct ga_error *err)
{
    struct lookalikes alike = {.store = store, .child = child, .arena = arena, .err = err};
    struct ga_index_fields *fields = ga_index_fields_create(child->form);
    struct ga_vec keys;
    ga_vec_init(&keys, sizeof(struct ga_index_key_bytes));
    ga_index_child_read(fields, child, &alike.read);
    ga_index_child_keys(&alike.read, &keys);
    enum ga_rc rc = take_keys(&alike, &keys, GA_KEY_OF_ID);
    if (rc == GA_OK)
        rc = take_keys(&alike, &keys, GA_KEY_START_FULL);
    if (rc == GA_OK) {
        *ret_hits = ga_arena_array(arena, alike.count, sizeof(alike.hits[0]));
        memcpy(*ret_hits, alike.hits, alike.count * sizeof(alike.hits[0]));
        *ret_count = alike.count;
    }
    ga_vec_finish(&keys);
    free(fields);
    return rc;
}
