/* Knows whether this computer is a county's, and whose schools it collects. */
#include "guanai/app/county.h"

#include "guanai/base/alloc.h"
#include "guanai/base/str.h"
#include "guanai/crypt/secret.h"
#include "guanai/app/care.h"
#include "guanai/store/check.h"
#include "guanai/store/school_list.h"
#include "guanai/store/site.h"
#include "sync/guest_inner.h"
#include "sync/sync_inner.h"

#include <stdlib.h>
#include <string.h>

static const char schools_setting[] = "sync_schools", county_site_setting[] = "sync_county_site";

/* A school as it was kept once: its root, the key of its group. */
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
    return reads || ga_county_reads_nameless(session);
}

bool ga_county_reads_nameless(struct ga_session *session)
{
    struct ga_arena arena = {0};
    struct ga_vec guests;
    bool reads = false;
    if (ga_county_is_here(session) || ga_guest_is_here(session)) /* what is known of guests there is not its own */
        return false;
    ga_vec_init(&guests, sizeof(struct ga_guest));
    ga_guests_read(session, &arena, &guests, NULL);
    for (size_t i = 0; i < guests.len; i++)
        reads = reads || ga_guest_is_nameless(ga_vec_at(&guests, i));
    ga_vec_finish(&guests);
    ga_arena_finish(&arena);
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

/* As programs before this one kept them: without a list that is handed on. */
static enum ga_rc read_old(struct ga_session *session, struct ga_vec *schools, struct ga_error *err)
{
    struct ga_str kept = {0};
    const enum ga_rc rc = ga_sync_bytes_recall(session, schools_setting, &kept, err);
    for (size_t at = 0; rc == GA_OK && at + KEPT_BYTES <= kept.len; at += KEPT_BYTES) {
        struct ga_county_school *school = ga_vec_push(schools);
        *school = (struct ga_county_school){.heard_day = 0};
        memcpy(school->site.bytes, kept.data + at, sizeof(school->site.bytes));
        memcpy(school->group.bytes, kept.data + at + sizeof(school->site.bytes), sizeof(school->group.bytes));
        school->same = school->site;
    }
    ga_str_finish(&kept);
    return rc;
}

enum ga_rc ga_county_schools(struct ga_session *session, struct ga_vec *ret_schools, struct ga_error *err)
{
    struct ga_vec met;
    ga_vec_init(&met, sizeof(struct ga_school_met));
    enum ga_rc rc = ga_schools_met(session->store, &met, err);
    for (size_t i = 0; i < met.len; i++) {
        const struct ga_school_met *entry = ga_vec_at(&met, i);
        struct ga_county_school *school = ga_vec_push(ret_schools);
        *school = (struct ga_county_school){.site = entry->site, .same = ga_school_met_root(&met, entry)->site, .heard_day = entry->heard_day,
                                            .turns = entry->turns, .parted = entry->parted};
        memcpy(school->group.bytes, entry->group.bytes, sizeof(school->group.bytes));
    }
    if (rc == GA_OK && met.len == 0)
        rc = read_old(session, ret_schools, err);
    ga_vec_finish(&met);
    return rc;
}

enum ga_rc ga_county_lists_read(struct ga_session *session, struct ga_county_lists *ret_lists, struct ga_error *err)
{
    ga_vec_init(&ret_lists->schools, sizeof(struct ga_county_school));
    ga_vec_init(&ret_lists->sites, sizeof(struct ga_peer));
    const enum ga_rc rc = ga_county_schools(session, &ret_lists->schools, err);
    return rc == GA_OK ? ga_store_sites(session->store, &ret_lists->sites, err) : rc;
}

void ga_county_lists_finish(struct ga_county_lists *lists)
{
    ga_vec_finish(&lists->schools);
    ga_vec_finish(&lists->sites);
}

enum ga_rc ga_county_keep_schools(struct ga_session *session, const struct ga_vec *schools, struct ga_error *err)
{
    struct ga_vec met;
    ga_vec_init(&met, sizeof(struct ga_school_met));
    for (size_t i = 0; i < schools->len; i++) {
        const struct ga_county_school *school = ga_vec_at(schools, i);
        struct ga_school_met *entry = ga_vec_push(&met);
        *entry = (struct ga_school_met){.site = school->site, .same = school->same, .heard_day = school->heard_day,
                                         .turns = school->turns, .parted = school->parted};
        memcpy(entry->group.bytes, school->group.bytes, sizeof(school->group.bytes));
    }
    const enum ga_rc rc = ga_schools_keep(session->store, &met, err);
    ga_vec_finish(&met);
    return rc;
}

/* One that met the county again has the key it has now. */
enum ga_rc ga_county_add_school(struct ga_session *session, const struct ga_county_school *school, struct ga_error *err)
{
    struct ga_vec schools;
    ga_vec_init(&schools, sizeof(struct ga_county_school));
    enum ga_rc rc = ga_county_schools(session, &schools, err);
    struct ga_county_school *known = (struct ga_county_school *)ga_county_school_of(&schools, &school->site);
    if (rc == GA_OK) {
        if (known == NULL) {
            *(struct ga_county_school *)ga_vec_push(&schools) = *school;
        } else {
            known->group = school->group;
            known->parted += ga_uuid_compare(&known->same, &school->same) != 0;
            known->same = school->same;
        }
        rc = ga_county_keep_schools(session, &schools, err);
    }
    ga_vec_finish(&schools);
    return rc;
}

const struct ga_county_school *ga_county_school_of(const struct ga_vec *schools, const struct ga_uuid *site)
{
    for (size_t i = 0; i < schools->len; i++) {
        const struct ga_county_school *school = ga_vec_at(schools, i);
        if (ga_uuid_compare(&school->site, site) == 0)
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

const struct ga_county_school *ga_county_school_at(const struct ga_vec *schools, const struct ga_vec *sites, const struct ga_uuid *site)
{
    const struct ga_uuid *at = site;
    for (int hops = 0; schools->len > 0 && hops < HOPS_MAX; hops++) {
        const struct ga_county_school *school = ga_county_school_of(schools, at);
        const struct ga_peer *peer = school != NULL ? NULL : find_site(sites, at);
        if (peer == NULL)
            return school;
        at = &peer->introducer;
    }
    return NULL;
}

bool ga_county_site_school(struct ga_session *session, const struct ga_uuid *site, struct ga_county_school *ret_school)
{
    struct ga_county_lists lists;
    if (!ga_county_is_here(session))
        return false;
    const struct ga_county_school *found =
        ga_county_lists_read(session, &lists, NULL) == GA_OK ? ga_county_school_at(&lists.schools, &lists.sites, site) : NULL;
    if (found != NULL && ret_school != NULL)
        *ret_school = *found;
    ga_county_lists_finish(&lists);
    return found != NULL;
}

const char *ga_county_full_label(const char *school, const char *label, struct ga_arena *arena)
{
    return school[0] == '\0' || strcmp(school, label) == 0 ? label : ga_arena_printf(arena, "%s · %s", school, label);
}

const char *ga_county_label_with_school(struct ga_session *session, const struct ga_uuid *site, const char *label, struct ga_arena *arena)
{
    struct ga_county_school school;
    struct ga_peer met;
    const char *kept = ga_arena_strdup(arena, label);
    return label[0] != '\0' && ga_county_site_school(session, site, &school) &&
                   ga_store_site(session->store, &school.same, &met, NULL) == GA_OK
               ? ga_county_full_label(met.label, kept, arena)
               : kept;
}

/* ---- computers of one school ---- */

/* All that goes by the code of the later one goes by that of the earlier. */
static enum ga_rc join(struct ga_session *session, struct ga_vec *schools, const struct ga_county_school *first,
                       const struct ga_county_school *second, struct ga_error *err)
{
    const struct ga_county_school *earlier = ga_county_school_of(schools, &first->same), *later = ga_county_school_of(schools, &second->same);
    if (earlier == NULL || later == NULL || earlier == later)
        return GA_OK;
    if (later < earlier) { /* of one vector: it grows as they are met */
        const struct ga_county_school *other = earlier;
        earlier = later;
        later = other;
    }
    const struct ga_uuid kept = earlier->site, gone = later->site;
    for (size_t i = 0; i < schools->len; i++) {
        struct ga_county_school *school = ga_vec_at(schools, i);
        if (ga_uuid_compare(&school->same, &gone) != 0)
            continue;
        school->same = kept;
        school->parted += school->parted > 0; /* what their computers signed for counts more than what people said */
    }
    return ga_county_keep_schools(session, schools, err);
}

static void learn_same(struct ga_session *session, const struct ga_peer *introduction, struct ga_vec *schools, struct ga_vec *sites)
{
    const struct ga_county_school *own = ga_county_school_of(schools, &introduction->id),
                                  *other = ga_county_school_at(schools, sites, &introduction->introducer);
    if (own != NULL && other != NULL && ga_uuid_compare(&own->same, &other->same) != 0 && ga_site_is_signed_for(session->store, introduction))
        join(session, schools, other, own, NULL);
}

void ga_county_learn_same(struct ga_session *session, const struct ga_peer *introduction)
{
    struct ga_vec schools, sites;
    if (introduction->by == GA_SITE_TRUSTED || !ga_county_is_here(session))
        return;
    ga_vec_init(&schools, sizeof(struct ga_county_school));
    ga_vec_init(&sites, sizeof(struct ga_peer));
    if (ga_county_schools(session, &schools, NULL) == GA_OK && ga_county_school_of(&schools, &introduction->id) != NULL &&
        ga_store_sites(session->store, &sites, NULL) == GA_OK)
        learn_same(session, introduction, &schools, &sites);
    ga_vec_finish(&sites);
    ga_vec_finish(&schools);
}

enum ga_rc ga_county_settle(struct ga_session *session, struct ga_error *err)
{
    struct ga_problems problems;
    struct ga_care *care;
    int64_t differences;
    if (!ga_schools_are_stale(session->store))
        return GA_OK;
    ga_problems_init(&problems);
    enum ga_rc rc = ga_store_rebuild(session->store, NULL, &problems, err);
    if (rc == GA_OK)
        rc = ga_session_care(session, &problems, &care, err);
    if (rc == GA_OK)
        rc = ga_care_check(care, &differences, err);
    if (rc == GA_OK)
        rc = ga_schools_are_fresh(session->store, err);
    ga_problems_finish(&problems);
    return rc;
}

/* ---- who was heard of ---- */

static int compare_heard(const void *a, const void *b)
{
    const struct ga_county_heard *first = a, *second = b;
    return first->day != second->day ? (first->day < second->day ? -1 : 1) : strcmp(first->school, second->school);
}

/* By whichever of its computers, at whichever of the county's: a stick that a teaching point wrote was the school's as well. */
static int32_t newest_of(const struct ga_vec *sites, const struct ga_vec *schools, const struct ga_uuid *root)
{
    int32_t newest = 0;
    for (size_t i = 0; i < schools->len; i++) {
        const struct ga_county_school *school = ga_vec_at(schools, i);
        if (school->heard_day > newest && ga_uuid_compare(&school->same, root) == 0)
            newest = school->heard_day;
    }
    for (size_t i = 0; i < sites->len; i++) {
        const struct ga_peer *site = ga_vec_at(sites, i);
        const struct ga_county_school *of = site->heard_day > newest ? ga_county_school_at(schools, sites, &site->id) : NULL;
        if (of != NULL && ga_uuid_compare(&of->same, root) == 0)
            newest = site->heard_day;
    }
    return newest;
}

static void add_heard(struct ga_session *session, const struct ga_vec *sites, const struct ga_vec *schools,
                      const struct ga_county_school *school, struct ga_arena *arena, struct ga_vec *ret_heard)
{
    const struct ga_peer *root = find_site(sites, &school->site);
    const int32_t today = ga_date_to_days(session->today), days = session->config.exchange_days;
    if (root == NULL || ga_uuid_compare(&school->same, &school->site) != 0)
        return;
    const int32_t newest = newest_of(sites, schools, &school->site);
    struct ga_county_heard *heard = ga_vec_push(ret_heard);
    *heard = (struct ga_county_heard){.site = root->id, .school = ga_arena_strdup(arena, root->label), .day = newest,
                                      .days = newest == 0 ? -1 : today > newest ? (int)(today - newest) : 0,
                                      .is_missing = newest == 0 || (days > 0 && newest <= today - days)};
}

/* Those of the county's own kind that take part, besides this one. */
static bool has_colleague(const struct ga_vec *sites, const struct ga_vec *schools)
{
    for (size_t i = 0; i < sites->len; i++) {
        const struct ga_peer *site = ga_vec_at(sites, i);
        if (ga_sync_takes_part(sites, site) && ga_county_school_at(schools, sites, &site->id) == NULL)
            return true;
    }
    return false;
}

static enum ga_rc tell_heard(struct ga_session *session, const struct ga_vec *sites, struct ga_vec *schools, struct ga_error *err)
{
    bool is_new = false;
    for (size_t i = 0; i < schools->len; i++) {
        struct ga_county_school *school = ga_vec_at(schools, i);
        const int32_t day = newest_of(sites, schools, &school->same);
        is_new |= day > school->heard_day;
        school->heard_day = day;
    }
    return is_new ? ga_county_keep_schools(session, schools, err) : GA_OK;
}

enum ga_rc ga_county_tell_heard(struct ga_session *session, struct ga_error *err)
{
    struct ga_county_lists lists;
    if (!ga_county_is_here(session))
        return GA_OK;
    enum ga_rc rc = ga_county_lists_read(session, &lists, err);
    if (rc == GA_OK && has_colleague(&lists.sites, &lists.schools))
        rc = tell_heard(session, &lists.sites, &lists.schools, err);
    ga_county_lists_finish(&lists);
    return rc;
}

enum ga_rc ga_county_heard(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_heard, struct ga_error *err)
{
    struct ga_county_lists lists;
    const enum ga_rc rc = ga_county_lists_read(session, &lists, err);
    for (size_t i = 0; rc == GA_OK && i < lists.schools.len; i++)
        add_heard(session, &lists.sites, &lists.schools, ga_vec_at(&lists.schools, i), arena, ret_heard);
    if (ret_heard->len > 1)
        qsort(ret_heard->items, ret_heard->len, sizeof(struct ga_county_heard), compare_heard);
    ga_county_lists_finish(&lists);
    return rc;
}
