/* Knows whether this computer is a county's, and whose schools it collects. */
#include "guanai/app/county.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/crypt/secret.h"
#include "guanai/store/site.h"
#include "sync/sync_inner.h"

#include <stdlib.h>
#include <string.h>

static const char schools_setting[] = "sync_schools", county_site_setting[] = "sync_county_site";

/* A school as it is kept: its root, the key of its group. */
enum { KEPT_BYTES = sizeof(struct ga_uuid) + GA_SEAL_PUBLIC_BYTES, HOPS_MAX = 64 };

bool ga_county_is_here(struct ga_session *session)
{
    return ga_store_is_county(session->store);
}

bool ga_county_reads(struct ga_session *session)
{
    static const struct ga_seal_public none;
    struct ga_sync_keys keys;
    const bool reads = ga_sync_keys_read(session, &keys, NULL) == GA_OK && memcmp(&keys.county, &none, sizeof(none)) != 0;
    ga_crypt_wipe(&keys, sizeof(keys));
    return reads;
}

enum ga_rc ga_county_set_site(struct ga_session *session, const struct ga_uuid *site, struct ga_error *err)
{
    char text[GA_UUID_TEXT_SIZE];
    return ga_store_set_setting(session->store, county_site_setting, ga_uuid_text(site, text), err);
}

enum ga_rc ga_county_find(struct ga_session *session, struct ga_uuid *ret_site, struct ga_error *err)
{
    const char *text = ga_store_setting(session->store, county_site_setting);
    return text != NULL && ga_uuid_parse(text, ret_site) ? GA_OK
                                                         : ga_error_set(err, GA_NOT_FOUND, "this computer did not meet the county itself");
}

enum ga_rc ga_county_schools(struct ga_session *session, struct ga_vec *ret_schools, struct ga_error *err)
{
    struct ga_str kept = {0};
    const enum ga_rc rc = ga_sync_bytes_recall(session, schools_setting, &kept, err);
    for (size_t at = 0; rc == GA_OK && at + KEPT_BYTES <= kept.len; at += KEPT_BYTES) {
        struct ga_county_school *school = ga_vec_push(ret_schools);
        memcpy(school->site.bytes, kept.data + at, sizeof(school->site.bytes));
        memcpy(school->group.bytes, kept.data + at + sizeof(school->site.bytes), sizeof(school->group.bytes));
    }
    ga_str_finish(&kept);
    return rc;
}

/* One that met the county again has the key it has now. */
static void put_school(struct ga_str *kept, const struct ga_county_school *school)
{
    size_t at = 0;
    while (at + KEPT_BYTES <= kept->len && memcmp(kept->data + at, school->site.bytes, sizeof(school->site.bytes)) != 0)
        at += KEPT_BYTES;
    if (at + KEPT_BYTES <= kept->len) {
        memcpy(kept->data + at + sizeof(school->site.bytes), school->group.bytes, sizeof(school->group.bytes));
        return;
    }
    ga_str_add_bytes(kept, school->site.bytes, sizeof(school->site.bytes));
    ga_str_add_bytes(kept, school->group.bytes, sizeof(school->group.bytes));
}

enum ga_rc ga_county_add_school(struct ga_session *session, const struct ga_county_school *school, struct ga_error *err)
{
    struct ga_str kept = {0};
    enum ga_rc rc = ga_sync_bytes_recall(session, schools_setting, &kept, err);
    put_school(&kept, school);
    if (rc == GA_OK)
        rc = ga_sync_bytes_keep(session, schools_setting, kept.data, kept.len, err);
    ga_str_finish(&kept);
    return rc;
}

const struct ga_county_school *ga_county_school_of(const struct ga_vec *schools, const struct ga_peer *root)
{
    for (size_t i = 0; root != NULL && i < schools->len; i++) {
        const struct ga_county_school *school = ga_vec_at(schools, i);
        if (ga_uuid_compare(&school->site, &root->id) == 0)
            return school;
    }
    return NULL;
}

static const struct ga_peer *find_site(const struct ga_vec *sites, const struct ga_uuid *id)
{
    for (size_t i = 0; i < sites->len; i++) {
        const struct ga_peer *site = ga_vec_at(sites, i);
        if (ga_uuid_compare(&site->id, id) == 0)
            return site;
    }
    return NULL;
}

/* Whoever introduces was known before, so there is an end; the bound is for what was altered by hand. */
const struct ga_peer *ga_sync_root(const struct ga_vec *sites, const struct ga_uuid *site)
{
    const struct ga_peer *found = find_site(sites, site);
    for (int hops = 0; found != NULL && hops < HOPS_MAX; hops++) {
        const struct ga_peer *introducer = ga_uuid_is_zero(&found->introducer) ? NULL : find_site(sites, &found->introducer);
        if (introducer == NULL)
            return found;
        found = introducer;
    }
    return found;
}

/* ---- who was heard of ---- */

static int compare_heard(const void *a, const void *b)
{
    const struct ga_county_heard *first = a, *second = b;
    return first->day != second->day ? (first->day < second->day ? -1 : 1) : strcmp(first->school, second->school);
}

/* By whichever of its computers: a stick that a teaching point wrote was the school's as well. */
static void add_heard(struct ga_session *session, const struct ga_vec *sites, const struct ga_county_school *school,
                      struct ga_arena *arena, struct ga_vec *ret_heard)
{
    const struct ga_peer *root = find_site(sites, &school->site);
    const int32_t today = ga_date_to_days(session->today), days = session->config.exchange_days;
    int32_t newest = 0;
    for (size_t i = 0; i < sites->len; i++) {
        const struct ga_peer *site = ga_vec_at(sites, i);
        if (site->heard_day > newest && ga_sync_root(sites, &site->id) == root)
            newest = site->heard_day;
    }
    if (root == NULL)
        return;
    struct ga_county_heard *heard = ga_vec_push(ret_heard);
    *heard = (struct ga_county_heard){.site = root->id, .school = ga_arena_strdup(arena, root->label), .day = newest,
                                      .days = newest == 0 ? -1 : today > newest ? (int)(today - newest) : 0,
                                      .is_missing = newest == 0 || (days > 0 && newest <= today - days)};
}

enum ga_rc ga_county_heard(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_heard, struct ga_error *err)
{
    struct ga_vec sites, schools;
    ga_vec_init(&sites, sizeof(struct ga_peer));
    ga_vec_init(&schools, sizeof(struct ga_county_school));
    enum ga_rc rc = ga_store_sites(session->store, &sites, err);
    if (rc == GA_OK)
        rc = ga_county_schools(session, &schools, err);
    for (size_t i = 0; rc == GA_OK && i < schools.len; i++)
        add_heard(session, &sites, ga_vec_at(&schools, i), arena, ret_heard);
    if (ret_heard->len > 1)
        qsort(ret_heard->items, ret_heard->len, sizeof(struct ga_county_heard), compare_heard);
    ga_vec_finish(&schools);
    ga_vec_finish(&sites);
    return rc;
}
