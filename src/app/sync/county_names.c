/* Knows at a county which schools give their names, and of which they are still to come. */
#include "guanai/app/county.h"

#include "guanai/base/alloc.h"
#include "guanai/store/naming.h"
#include "guanai/store/site.h"
#include "sync/sync_inner.h"

#include <string.h>

static const char nameless_setting[] = "sync_nameless";

enum { NAMELESS_MAX = 2000 };

bool ga_county_has_nameless(struct ga_session *session)
{
    const char *words = ga_store_setting(session->store, nameless_setting);
    return words != NULL && words[0] != '\0';
}

bool ga_county_is_nameless(struct ga_session *session, const struct ga_county_school *school)
{
    char word[GA_UUID_TEXT_SIZE];
    return school != NULL && ga_sync_words_has(session, nameless_setting, ga_uuid_text(&school->same, word));
}

/* By the newest that any of its computers did: the list has an entry for each that met the county. */
static int turns_of(const struct ga_vec *schools, const struct ga_uuid *same)
{
    int turns = 0;
    for (size_t i = 0; i < schools->len; i++) {
        const struct ga_county_school *school = ga_vec_at(schools, i);
        if (school->turns > turns && ga_uuid_compare(&school->same, same) == 0)
            turns = school->turns;
    }
    return turns;
}

static bool gives_names(const struct ga_vec *schools, const struct ga_county_school *school)
{
    return turns_of(schools, &school->same) % 2 == 0;
}

bool ga_county_awaits_names(struct ga_session *session, const struct ga_county_school *school)
{
    struct ga_vec schools;
    if (!ga_county_is_nameless(session, school))
        return false;
    ga_vec_init(&schools, sizeof(struct ga_county_school));
    const bool awaits = ga_county_schools(session, &schools, NULL) == GA_OK && gives_names(&schools, school);
    ga_vec_finish(&schools);
    return awaits;
}

static enum ga_rc set_nameless(struct ga_session *session, const struct ga_county_school *school, bool is_nameless, struct ga_error *err)
{
    char word[GA_UUID_TEXT_SIZE];
    ga_uuid_text(&school->same, word);
    if (ga_county_is_nameless(session, school) == is_nameless)
        return GA_OK;
    return is_nameless ? ga_sync_words_add(session, nameless_setting, word, NAMELESS_MAX, err)
                       : ga_sync_words_drop(session, nameless_setting, word, err);
}

/* ---- what bundles say ---- */

static enum ga_rc note(struct ga_session *session, struct ga_vec *schools, const struct ga_county_school *found, bool has_names,
                       struct ga_error *err)
{
    struct ga_county_school *school = (struct ga_county_school *)ga_county_school_of(schools, &found->same);
    enum ga_rc rc = has_names || school == NULL ? GA_OK : set_nameless(session, school, true, err);
    if (rc != GA_OK || school == NULL || gives_names(schools, school) == has_names)
        return rc;
    school->turns = turns_of(schools, &school->same) + 1;
    return ga_county_keep_schools(session, schools, err);
}

enum ga_rc ga_county_note_names(struct ga_session *session, const struct ga_uuid *site, bool has_names, struct ga_error *err)
{
    struct ga_vec schools, sites;
    ga_vec_init(&schools, sizeof(struct ga_county_school));
    ga_vec_init(&sites, sizeof(struct ga_peer));
    enum ga_rc rc = ga_county_schools(session, &schools, err);
    if (rc == GA_OK)
        rc = ga_store_sites(session->store, &sites, err);
    const struct ga_county_school *found = rc == GA_OK ? ga_county_school_at(&schools, &sites, site) : NULL;
    if (found != NULL)
        rc = note(session, &schools, found, has_names, err);
    ga_vec_finish(&sites);
    ga_vec_finish(&schools);
    return rc;
}

enum ga_rc ga_county_doubt_names(struct ga_session *session, struct ga_error *err)
{
    struct ga_vec schools;
    ga_vec_init(&schools, sizeof(struct ga_county_school));
    enum ga_rc rc = ga_county_schools(session, &schools, err);
    for (size_t i = 0; rc == GA_OK && i < schools.len; i++) {
        const struct ga_county_school *school = ga_vec_at(&schools, i);
        if (turns_of(&schools, &school->same) > 0)
            rc = set_nameless(session, school, true, err);
    }
    ga_vec_finish(&schools);
    return rc;
}

/* ---- what is here ---- */

static enum ga_rc settle(struct ga_session *session, const struct ga_vec *schools, const struct ga_vec *sites,
                         const struct ga_county_school *school, struct ga_error *err)
{
    bool lacks = false;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && !lacks && i < sites->len; i++) {
        const struct ga_peer *site = ga_vec_at(sites, i);
        const struct ga_county_school *of = ga_county_school_at(schools, sites, &site->id);
        if (of != NULL && ga_uuid_compare(&of->same, &school->same) == 0)
            rc = ga_naming_lacks(session->store, &site->id, &lacks, err);
    }
    return rc == GA_OK && !lacks ? set_nameless(session, school, false, err) : rc;
}

enum ga_rc ga_county_settle_names(struct ga_session *session, struct ga_error *err)
{
    struct ga_vec schools, sites;
    if (!ga_county_has_nameless(session))
        return GA_OK;
    ga_vec_init(&schools, sizeof(struct ga_county_school));
    ga_vec_init(&sites, sizeof(struct ga_peer));
    enum ga_rc rc = ga_county_schools(session, &schools, err);
    if (rc == GA_OK)
        rc = ga_store_sites(session->store, &sites, err);
    for (size_t i = 0; rc == GA_OK && i < schools.len; i++) {
        const struct ga_county_school *school = ga_vec_at(&schools, i);
        if (ga_county_is_nameless(session, school) && gives_names(&schools, school))
            rc = settle(session, &schools, &sites, school, err);
    }
    ga_vec_finish(&sites);
    ga_vec_finish(&schools);
    return rc;
}
