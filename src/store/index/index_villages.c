/* Finds every village there is a child of. */
#include "index/index_delta.h"
#include "index/index_page.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

void ga_index_forget_villages(struct ga_index *index)
{
    for (size_t i = 0; i < index->villages.len; i++)
        free(*GA_VEC_AT(char *, &index->villages, i));
    ga_vec_clear(&index->villages);
    index->has_villages = false;
}

/* Every village by leaps from one to the next: as many lookups as there are villages. */
static enum ga_rc read_villages(struct ga_store *store, struct ga_index *index, struct ga_error *err)
{
    uint8_t from[GA_INDEX_VILLAGE_KEY_MAX] = {GA_KEY_OF_VILLAGE};
    size_t len = 1;
    for (;;) {
        struct ga_index_cursor cursor;
        const struct ga_index_key_bytes *key = &cursor.page.entry.key;
        bool has = false;
        enum ga_rc rc = ga_index_cursor_seek(&cursor, store, from, len, err);
        if (rc == GA_OK)
            rc = ga_index_cursor_next(&cursor, &has, err);
        if (rc != GA_OK || !has || key->len < 2 || key->bytes[0] != GA_KEY_OF_VILLAGE)
            return rc;
        *(char **)ga_vec_push(&index->villages) = ga_strndup((const char *)key->bytes + 1, key->len - 2u);
        memcpy(from, key->bytes, key->len);
        len = key->len;
        from[len - 1] = 1; /* past the 0 that ends it */
    }
}

/* Those not in their places yet; one that only they leave stays in the list, where it finds nobody. */
static enum ga_rc add_newest_villages(struct ga_store *store, struct ga_index *index, struct ga_error *err)
{
    const uint8_t kind = GA_KEY_OF_VILLAGE;
    const struct ga_vec *newest;
    enum ga_rc rc = ga_delta_load(store, &newest, err);
    for (size_t i = rc == GA_OK ? ga_delta_from(newest, &kind, 1) : 0; rc == GA_OK && i < newest->len; i++) {
        const struct ga_delta_key *key = GA_VEC_AT(const struct ga_delta_key, newest, i);
        if (!ga_delta_has_prefix(key, &kind, 1))
            break;
        bool is_known = key->is_gone || key->key.len < 2;
        for (size_t v = 0; v < index->villages.len && !is_known; v++)
            is_known = strcmp(*GA_VEC_AT(char *, &index->villages, v), (const char *)key->key.bytes + 1) == 0;
        if (!is_known)
            *(char **)ga_vec_push(&index->villages) = ga_strdup((const char *)key->key.bytes + 1);
    }
    return rc;
}

enum ga_rc ga_index_villages(struct ga_store *store, const struct ga_vec **ret_villages,
                             struct ga_error *err)
{
    struct ga_index *index = ga_index_of(store);
    enum ga_rc rc = ga_index_follow(store, err);
    if (rc == GA_OK && !index->has_villages) {
        ga_index_forget_villages(index);
        rc = read_villages(store, index, err);
        if (rc == GA_OK)
            rc = add_newest_villages(store, index, err);
        if (rc != GA_OK)
            return rc;
        index->has_villages = true;
    }
    *ret_villages = &index->villages;
    return rc;
}
