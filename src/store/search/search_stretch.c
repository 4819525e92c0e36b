/* Walks through the search keys that begin alike. */
#include "search/search_stretch.h"

/* Onto the next key that is not gone. */
static enum ga_rc step_placed(struct ga_search_stretch *stretch, struct ga_error *err)
{
    const struct ga_index_entry *entry = &stretch->placed.page.entry;
    enum ga_rc rc;
    do {
        rc = ga_index_cursor_next(&stretch->placed, &stretch->has_placed, err);
        if (rc != GA_OK || !stretch->has_placed)
            return rc;
        stretch->has_placed = ga_index_entry_has_prefix(entry, stretch->prefix, stretch->len);
    } while (stretch->has_placed &&
             ga_delta_is_gone(stretch->newest, ga_value_blob(entry->key.bytes, entry->key.len), entry->no));
    return GA_OK;
}

enum ga_rc ga_search_stretch_start(struct ga_search_stretch *stretch, struct ga_store *store, const uint8_t *prefix, size_t len,
                                   struct ga_error *err)
{
    stretch->prefix = prefix;
    stretch->len = len;
    enum ga_rc rc = ga_delta_load(store, &stretch->newest, err);
    if (rc == GA_OK)
        rc = ga_index_cursor_seek(&stretch->placed, store, prefix, len, err);
    if (rc != GA_OK)
        return rc;
    stretch->next = ga_delta_from(stretch->newest, prefix, len);
    return step_placed(stretch, err);
}

/* A newest key that says one is gone has no number either: it is stepped over. */
enum ga_rc ga_search_stretch_next(struct ga_search_stretch *stretch, int64_t *ret_no, struct ga_error *err)
{
    const struct ga_index_entry *entry = &stretch->placed.page.entry;
    for (; stretch->next < stretch->newest->len; stretch->next++) {
        const struct ga_delta_key *key = GA_VEC_AT(const struct ga_delta_key, stretch->newest, stretch->next);
        if (!ga_delta_has_prefix(key, stretch->prefix, stretch->len) ||
            (stretch->has_placed &&
             ga_delta_compare(key, ga_value_blob(entry->key.bytes, entry->key.len), entry->no) >= 0))
            break;
        if (key->is_gone)
            continue;
        stretch->next++;
        *ret_no = key->no;
        return GA_OK;
    }
    *ret_no = stretch->has_placed ? entry->no : 0;
    return stretch->has_placed ? step_placed(stretch, err) : GA_OK;
}
