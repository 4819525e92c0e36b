/* Knows at a county which schools give their names, and of which they are still to come. */
#include "guanai/app/county.h"

#include "guanai/base/alloc.h"
#include "guanai/store/naming.h"
#include "guanai/store/site.h"
#include "sync/sync_inner.h"

#include <stdio.h>
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
    struct ga_county_lists lists;
    enum ga_rc rc = ga_county_lists_read(session, &lists, err);
    const struct ga_county_school *found = rc == GA_OK ? ga_county_school_at(&lists.schools, &lists.sites, site) : NULL;
    if (found != NULL)
        rc = note(session, &lists.schools, found, has_names, err);
    ga_county_lists_finish(&lists);
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

/* "site:operation": up to there all is here with its names that this computer wrote. */
static const char named_setting[] = "sync_named";

struct named {
    struct ga_uuid site;
    int64_t reached;
};

static void read_named(struct ga_session *session, struct ga_vec *ret_named)
{
    struct ga_str words = {0};
    char id[GA_UUID_TEXT_SIZE];
    long long reached;
    ga_store_read_setting(session->store, named_setting, &words, NULL);
    for (char *rest = words.data, *word; (word = strsep(&rest, " ")) != NULL;) {
        struct named named;
        if (sscanf(word, "%36[0-9a-f-]:%lld", id, &reached) != 2 || !ga_uuid_parse(id, &named.site))
            continue;
        named.reached = reached;
        *(struct named *)ga_vec_push(ret_named) = named;
    }
    ga_str_finish(&words);
}

static enum ga_rc write_named(struct ga_session *session, const struct ga_vec *named, struct ga_error *err)
{
    struct ga_str words = {0};
    char id[GA_UUID_TEXT_SIZE];
    for (size_t i = 0; i < named->len; i++) {
        const struct named *one = ga_vec_at(named, i);
        ga_str_addf(&words, "%s%s:%lld", i > 0 ? " " : "", ga_uuid_text(&one->site, id), (long long)one->reached);
    }
    const enum ga_rc rc = ga_str_equal(ga_store_setting(session->store, named_setting), ga_str_text(&words))
                              ? GA_OK
                              : ga_store_set_setting(session->store, named_setting, ga_str_text(&words), err);
    ga_str_finish(&words);
    return rc;
}

static int64_t *reached_of(struct ga_vec *named, const struct ga_uuid *site)
{
    for (size_t i = 0; i < named->len; i++) {
        struct named *one = ga_vec_at(named, i);
        if (ga_uuid_compare(&one->site, site) == 0)
            return &one->reached;
    }
    struct named *added = ga_vec_push(named);
    *added = (struct named){*site, 0};
    return &added->reached;
}

static enum ga_rc settle(struct ga_session *session, const struct ga_county_lists *lists, const struct ga_county_school *school,
                         struct ga_vec *named, struct ga_error *err)
{
    bool lacks = false;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && !lacks && i < lists->sites.len; i++) {
        const struct ga_peer *site = ga_vec_at(&lists->sites, i);
        const struct ga_county_school *of = ga_county_school_at(&lists->schools, &lists->sites, &site->id);
        if (of != NULL && ga_uuid_compare(&of->same, &school->same) == 0)
            rc = ga_naming_lacks(session->store, &site->id, reached_of(named, &site->id), &lacks, err);
    }
    return rc == GA_OK && !lacks ? set_nameless(session, school, false, err) : rc;
}

static enum ga_rc settle_all(struct ga_session *session, const struct ga_county_lists *lists, struct ga_error *err)
{
    struct ga_vec named;
    enum ga_rc rc = GA_OK;
    ga_vec_init(&named, sizeof(struct named));
    read_named(session, &named);
    for (size_t i = 0; rc == GA_OK && i < lists->schools.len; i++) {
        const struct ga_county_school *school = ga_vec_at(&lists->schools, i);
        if (ga_county_is_nameless(session, school) && gives_names(&lists->schools, school))
            rc = settle(session, lists, school, &named, err);
    }
    if (rc == GA_OK && named.len > 0)
        rc = write_named(session, &named, err);
    ga_vec_finish(&named);
    return rc;
}

enum ga_rc ga_county_settle_names(struct ga_session *session, struct ga_error *err)
{
    struct ga_county_lists lists;
    if (!ga_county_has_nameless(session))
        return GA_OK;
    enum ga_rc rc = ga_county_lists_read(session, &lists, err);
    if (rc == GA_OK)
        rc = settle_all(session, &lists, err);
    ga_county_lists_finish(&lists);
    return rc;
}
