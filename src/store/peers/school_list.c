/* Keeps the list of the schools a county has met, as its computers hand it on. */
#include "guanai/store/school_list.h"

#include "guanai/base/alloc.h"
#include "guanai/store/shared.h"
#include "private.h"

#include <stdio.h>
#include <string.h>

static const char met_setting[] = "sync_schools_met", stale_setting[] = "sync_schools_stale";

enum { HOPS_MAX = 64, LINE_SIZE = 64 + 2 * GA_UUID_TEXT_SIZE + GA_HASH_TEXT_SIZE };

struct ga_school_met *ga_school_met_of(const struct ga_vec *met, const struct ga_uuid *site)
{
    for (size_t i = 0; i < met->len; i++)
        if (ga_uuid_compare(&GA_VEC_AT(struct ga_school_met, met, i)->site, site) == 0)
            return ga_vec_at(met, i);
    return NULL;
}

/* Two computers of the county may have said it of each other's: the earlier id goes for both then. */
const struct ga_school_met *ga_school_met_root(const struct ga_vec *met, const struct ga_school_met *entry)
{
    const struct ga_school_met *least = entry, *at = entry;
    for (int hops = 0; hops < HOPS_MAX; hops++) {
        const struct ga_school_met *next = ga_school_met_of(met, &at->same);
        if (next == NULL || next == at)
            return at;
        at = next;
        if (ga_uuid_compare(&at->site, &least->site) < 0)
            least = at;
    }
    return least;
}

/* ---- the text ---- */

static void write_lines(const struct ga_vec *met, struct ga_str *out)
{
    char site[GA_UUID_TEXT_SIZE], same[GA_UUID_TEXT_SIZE], group[GA_HASH_TEXT_SIZE];
    for (size_t i = 0; i < met->len; i++) {
        const struct ga_school_met *entry = ga_vec_at(met, i);
        ga_str_addf(out, "school %s %s %s %d", ga_uuid_text(&entry->site, site), ga_hash_text(&entry->group, group),
                    ga_uuid_text(&entry->same, same), (int)entry->heard_day);
        if (entry->turns > 0 || entry->parted > 0)
            ga_str_addf(out, " %d %d", entry->turns, entry->parted);
        ga_str_add_char(out, '\n');
    }
}

static bool read_line(const char *line, struct ga_school_met *ret_entry)
{
    char site[GA_UUID_TEXT_SIZE], group[GA_HASH_TEXT_SIZE], same[GA_UUID_TEXT_SIZE];
    int day = 0, turns = 0, parted = 0;
    if (sscanf(line, "school %36s %64s %36s %d %d %d", site, group, same, &day, &turns, &parted) < 4 || !ga_uuid_parse(site, &ret_entry->site) ||
        !ga_hash_parse(group, &ret_entry->group) || !ga_uuid_parse(same, &ret_entry->same))
        return false;
    ret_entry->heard_day = day;
    ret_entry->turns = turns;
    ret_entry->parted = parted;
    return true;
}

/* Who goes by another's code does so whoever does not know of it, unless people said otherwise since. */
static void add_same(struct ga_school_met *known, const struct ga_school_met *entry)
{
    const bool is_newer = entry->parted > known->parted;
    if (is_newer || (entry->parted == known->parted && ga_uuid_compare(&entry->same, &entry->site) != 0))
        known->same = entry->same;
    if (is_newer)
        known->parted = entry->parted;
}

/* The key is the one that was read last. */
static void add_entry(struct ga_vec *met, const struct ga_school_met *entry)
{
    struct ga_school_met *known = ga_school_met_of(met, &entry->site);
    if (known == NULL) {
        *(struct ga_school_met *)ga_vec_push(met) = *entry;
        return;
    }
    known->group = entry->group;
    add_same(known, entry);
    if (entry->turns > known->turns)
        known->turns = entry->turns;
    if (entry->heard_day > known->heard_day)
        known->heard_day = entry->heard_day;
}

static void read_lines(const char *text, struct ga_vec *met)
{
    char line[LINE_SIZE];
    for (const char *at = text; at != NULL && *at != '\0';) {
        const size_t len = strcspn(at, "\n");
        struct ga_school_met entry;
        ga_str_copy(line, len + 1 < sizeof(line) ? len + 1 : sizeof(line), at);
        if (read_line(line, &entry))
            add_entry(met, &entry);
        at += len + (at[len] != '\0');
    }
}

enum ga_rc ga_schools_met(struct ga_store *store, struct ga_vec *ret_met, struct ga_error *err)
{
    struct ga_str text = {0};
    const enum ga_rc rc = ga_store_read_setting(store, met_setting, &text, err);
    if (rc == GA_OK)
        read_lines(ga_str_text(&text), ret_met);
    ga_str_finish(&text);
    return rc;
}

/* ---- whose word counts ---- */

struct believing {
    struct ga_vec peers; /* struct ga_peer */
    struct ga_vec met;   /* struct ga_school_met: as far as it was read */
};

static const struct ga_peer *peer_of(const struct believing *b, const struct ga_uuid *id)
{
    for (size_t i = 0; i < b->peers.len; i++)
        if (ga_uuid_compare(&GA_VEC_AT(const struct ga_peer, &b->peers, i)->id, id) == 0)
            return ga_vec_at(&b->peers, i);
    return NULL;
}

/* Is it this computer, as it is or was, or one in whose name that was let in? */
static bool let_us_in(const struct believing *b, const struct ga_uuid *site)
{
    for (size_t i = 0; i < b->peers.len; i++) {
        const struct ga_peer *peer = ga_vec_at(&b->peers, i);
        for (int hops = 0; peer != NULL && hops < HOPS_MAX && GA_VEC_AT(const struct ga_peer, &b->peers, i)->is_own; hops++) {
            if (ga_uuid_compare(&peer->id, site) == 0)
                return true;
            peer = peer_of(b, &peer->introducer);
        }
    }
    return false;
}

/* Somebody of the county let it in, and it is no school. */
static bool is_ours(const struct believing *b, const struct ga_uuid *site)
{
    const struct ga_peer *peer = peer_of(b, site);
    for (int hops = 0; peer != NULL && hops < HOPS_MAX; hops++) {
        if (ga_school_met_of(&b->met, &peer->id) != NULL)
            return false;
        if (let_us_in(b, &peer->id))
            return true;
        peer = peer_of(b, &peer->introducer);
    }
    return false;
}

/* First those that let this one in: by what they say it can be told who else is no school. */
static void believe(struct believing *b, const struct ga_shared *file)
{
    for (size_t i = 0; i < file->texts_count; i++)
        if (let_us_in(b, &file->texts[i].site))
            read_lines(file->texts[i].text, &b->met);
    for (size_t i = 0; i < file->texts_count; i++)
        if (!let_us_in(b, &file->texts[i].site) && is_ours(b, &file->texts[i].site))
            read_lines(file->texts[i].text, &b->met);
}

/* ---- keeping ---- */

static bool has_written(struct ga_store *store, const struct ga_uuid *site)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (ga_store_stmt(store, GA_SQL_LAST_TXN, &stmt, NULL) != GA_OK)
        return true;
    ga_stmt_bind_blob(stmt, 1, site->bytes, sizeof(site->bytes));
    if (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row)
        ga_stmt_reset(stmt);
    return has_row;
}

/* Did one that goes by another code now write anything that is read already? */
static bool makes_stale(struct ga_store *store, const struct ga_vec *before, const struct ga_vec *now)
{
    for (size_t i = 0; i < before->len; i++) {
        const struct ga_school_met *old = ga_vec_at(before, i), *new = ga_school_met_of(now, &old->site);
        if (new != NULL && has_written(store, &old->site) &&
            ga_uuid_compare(&ga_school_met_root(before, old)->site, &ga_school_met_root(now, new)->site) != 0)
            return true;
    }
    return false;
}

static enum ga_rc set(struct ga_store *store, const struct ga_vec *met, struct ga_error *err)
{
    struct ga_vec before;
    struct ga_str text = {0};
    ga_vec_init(&before, sizeof(struct ga_school_met));
    write_lines(met, &text);
    enum ga_rc rc = ga_schools_met(store, &before, err);
    if (rc == GA_OK && makes_stale(store, &before, met))
        rc = ga_store_set_setting(store, stale_setting, "1", err);
    if (rc == GA_OK)
        rc = ga_store_set_setting(store, met_setting, ga_str_text(&text), err);
    ga_schools_forget(store);
    ga_str_finish(&text);
    ga_vec_finish(&before);
    return rc;
}

enum ga_rc ga_schools_learn(struct ga_store *store, struct ga_error *err)
{
    struct believing b;
    struct ga_arena arena = {0};
    struct ga_shared file = {0};
    if (!ga_store_is_county(store))
        return GA_OK;
    ga_vec_init(&b.peers, sizeof(struct ga_peer));
    ga_vec_init(&b.met, sizeof(struct ga_school_met));
    enum ga_rc rc = ga_store_sites(store, &b.peers, err);
    if (rc == GA_OK)
        rc = ga_schools_met(store, &b.met, err);
    if (rc == GA_OK)
        rc = ga_shared_find(store, GA_SCHOOLS_FILE, &arena, &file, err);
    if (rc == GA_OK && file.texts_count > 0) {
        believe(&b, &file);
        rc = set(store, &b.met, err);
    }
    ga_vec_finish(&b.met);
    ga_vec_finish(&b.peers);
    ga_arena_finish(&arena);
    return rc;
}

static enum ga_rc put(struct ga_store *store, const struct ga_shared *before, const struct ga_str *text, struct ga_arena *arena,
                      struct ga_error *err)
{
    struct ga_hash *leaves = ga_arena_array(arena, before->texts_count, sizeof(*leaves));
    const struct ga_shared_put what = {.name = GA_SCHOOLS_FILE, .text = ga_str_text(text), .len = text->len, .replaces = leaves,
                                       .replaces_count = before->texts_count};
    struct ga_save *save = NULL;
    for (size_t i = 0; i < before->texts_count; i++)
        leaves[i] = before->texts[i].leaf;
    enum ga_rc rc = ga_save_begin(store, &save, err);
    if (rc != GA_OK)
        return rc;
    rc = ga_shared_put(save, &what, err);
    if (rc == GA_OK)
        return ga_save_commit(save, err);
    ga_save_abandon(save);
    return rc;
}

enum ga_rc ga_schools_keep(struct ga_store *store, const struct ga_vec *met, struct ga_error *err)
{
    struct ga_arena arena = {0};
    struct ga_shared before = {0};
    struct ga_str text = {0};
    write_lines(met, &text);
    enum ga_rc rc = ga_shared_find(store, GA_SCHOOLS_FILE, &arena, &before, err);
    const bool is_said = before.texts_count == 1 && ga_str_equal(before.texts[0].text, ga_str_text(&text));
    if (rc == GA_OK && !is_said && met->len > 0)
        rc = put(store, &before, &text, &arena, err);
    if (rc == GA_OK)
        rc = set(store, met, err);
    ga_str_finish(&text);
    ga_arena_finish(&arena);
    return rc;
}

bool ga_schools_are_stale(struct ga_store *store)
{
    return ga_str_equal(ga_store_setting(store, stale_setting), "1");
}

enum ga_rc ga_schools_are_fresh(struct ga_store *store, struct ga_error *err)
{
    return ga_store_set_setting(store, stale_setting, "0", err);
}
