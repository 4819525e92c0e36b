/* Takes two schools of a county for one, or parts them again, because people say so. */
#include "guanai/app/county_same.h"

#include "guanai/app/county.h"
#include "guanai/base/alloc.h"
#include "guanai/store/school_list.h"
#include "guanai/store/site.h"
#include "sync/sync_inner.h"

#include <string.h>

static const struct ga_peer *peer_of(const struct ga_vec *sites, const struct ga_uuid *id)
{
    for (size_t i = 0; i < sites->len; i++)
        if (ga_uuid_compare(&GA_VEC_AT(const struct ga_peer, sites, i)->id, id) == 0)
            return ga_vec_at(sites, i);
    return NULL;
}

/* The first school of that name that is not the one it goes by; NULL: there is none. */
static const struct ga_county_school *namesake_of(const struct ga_vec *schools, const struct ga_vec *sites,
                                                  const struct ga_county_school *school, const char *label)
{
    for (size_t i = 0; i < schools->len; i++) {
        const struct ga_county_school *other = ga_vec_at(schools, i);
        const struct ga_peer *peer = peer_of(sites, &other->site);
        if (other == school)
            return NULL;
        if (peer != NULL && ga_uuid_compare(&other->same, &other->site) == 0 && ga_uuid_compare(&other->same, &school->same) != 0 &&
            strcmp(peer->label, label) == 0)
            return other;
    }
    return NULL;
}

static void add_met(const struct ga_county_lists *lists, const struct ga_county_school *school, struct ga_arena *arena,
                    struct ga_vec *ret_met)
{
    const struct ga_peer *peer = peer_of(&lists->sites, &school->site);
    if (peer == NULL)
        return;
    const struct ga_county_school *namesake = namesake_of(&lists->schools, &lists->sites, school, peer->label);
    struct ga_county_computer *met = ga_vec_push(ret_met);
    *met = (struct ga_county_computer){.site = school->site, .label = ga_arena_strdup(arena, peer->label),
                                       .heard_day = peer->heard_day > school->heard_day ? peer->heard_day : school->heard_day,
                                       .is_joined = ga_uuid_compare(&school->same, &school->site) != 0};
    if (met->is_joined)
        met->other = school->same;
    else if (namesake != NULL)
        met->other = namesake->site;
}

enum ga_rc ga_county_computers(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_met, struct ga_error *err)
{
    struct ga_county_lists lists;
    const enum ga_rc rc = ga_county_lists_read(session, &lists, err);
    for (size_t i = 0; rc == GA_OK && i < lists.schools.len; i++)
        add_met(&lists, ga_vec_at(&lists.schools, i), arena, ret_met);
    ga_county_lists_finish(&lists);
    return rc;
}

/* ---- said by people ---- */

static enum ga_rc put(struct ga_session *session, struct ga_vec *schools, struct ga_error *err)
{
    enum ga_rc rc = ga_county_keep_schools(session, schools, err);
    if (rc == GA_OK)
        rc = ga_county_settle(session, err);
    return rc == GA_OK ? ga_county_name_places(session, err) : rc;
}

/* Whoever went by its code goes by the other's, too. */
static void say_same(struct ga_vec *schools, struct ga_uuid gone, struct ga_uuid kept)
{
    for (size_t i = 0; i < schools->len; i++) {
        struct ga_county_school *school = ga_vec_at(schools, i);
        if (ga_uuid_compare(&school->same, &gone) != 0)
            continue;
        school->same = kept;
        school->parted++;
    }
}

enum ga_rc ga_county_part(struct ga_session *session, const struct ga_uuid *site, struct ga_error *err)
{
    struct ga_vec schools;
    ga_vec_init(&schools, sizeof(struct ga_county_school));
    enum ga_rc rc = ga_county_schools(session, &schools, err);
    struct ga_county_school *school = (struct ga_county_school *)ga_county_school_of(&schools, site);
    if (rc == GA_OK && (school == NULL || ga_uuid_compare(&school->same, site) == 0))
        rc = ga_error_set(err, GA_REFUSED, "this computer is a school's of its own already");
    if (rc == GA_OK) {
        school->same = school->site;
        school->parted++;
        rc = put(session, &schools, err);
    }
    ga_vec_finish(&schools);
    return rc;
}

enum ga_rc ga_county_join(struct ga_session *session, const struct ga_uuid *site, const struct ga_uuid *with, struct ga_error *err)
{
    struct ga_vec schools;
    ga_vec_init(&schools, sizeof(struct ga_county_school));
    enum ga_rc rc = ga_county_schools(session, &schools, err);
    const struct ga_county_school *later = ga_county_school_of(&schools, site), *earlier = ga_county_school_of(&schools, with);
    if (rc == GA_OK && (later == NULL || earlier == NULL || ga_uuid_compare(&later->same, &earlier->same) == 0))
        rc = ga_error_set(err, GA_REFUSED, "these are not two schools of this county");
    if (rc == GA_OK) {
        say_same(&schools, later < earlier ? earlier->same : later->same, later < earlier ? later->same : earlier->same);
        rc = put(session, &schools, err);
    }
    ga_vec_finish(&schools);
    return rc;
}
