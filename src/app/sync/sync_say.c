/* Puts together what a bundle says about itself. */
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "sync/sync_take_inner.h"
#include "sync/sync_write_inner.h"

#include <stdlib.h>
#include <string.h>

/*
 * The newest transactions of this computer when it made its last bundles; with the one that is made now. Never more than there
 * were bundles: before both were kept in one go a computer could be switched off in between, and its list says one too many.
 */
static void read_bundles(struct writing *w, uint64_t own_last)
{
    const size_t most = w->manifest.number < GA_MANIFEST_BUNDLES_MAX ? (size_t)w->manifest.number : GA_MANIFEST_BUNDLES_MAX;
    struct ga_str text = {0};
    size_t count = 0;
    ga_store_read_setting(w->session->store, GA_SYNC_BUNDLES_SETTING, &text, NULL);
    for (char *at = text.data, *end; at != NULL && count < GA_MANIFEST_BUNDLES_MAX; at = end) {
        const unsigned long long seq = strtoull(at, &end, 10);
        if (end == at)
            break;
        if (seq <= own_last && (count == 0 || seq >= w->bundles[count - 1]))
            w->bundles[count++] = seq;
    }
    if (count >= most) {
        memmove(w->bundles, w->bundles + (count - most + 1), (most - 1) * sizeof(*w->bundles));
        count = most - 1;
    }
    w->bundles[count++] = own_last;
    w->manifest.bundles = w->bundles;
    w->manifest.bundles_count = count;
    ga_str_finish(&text);
}

static uint64_t own_last(const struct writing *w)
{
    uint64_t last = 0;
    const struct ga_uuid *own = ga_store_own_site(w->session->store);
    for (size_t i = 0; i < w->runs.len; i++) {
        const struct ga_have *run = ga_vec_at(&w->runs, i);
        if (ga_uuid_compare(&run->site, own) == 0 && run->last > last)
            last = run->last;
    }
    return last;
}

const char *ga_sync_own_label(const struct ga_session *session, struct ga_arena *arena)
{
    struct ga_peer own;
    if (ga_store_site(session->store, ga_store_own_site(session->store), &own, NULL) == GA_OK && own.label[0] != '\0')
        return ga_arena_strdup(arena, own.label);
    return session->config.school != NULL && strlen(session->config.school) <= GA_SITE_LABEL_MAX ? session->config.school : "";
}

/* At a county all of a school is written when its computers are gone: for the printed key. */
bool ga_writing_gives_school_back(const struct writing *w)
{
    return w->to != NULL && w->what->is_complete && !ga_county_is_nameless(w->session, w->to);
}

static bool is_of_school(const struct writing *w, const struct ga_uuid *site)
{
    const struct ga_county_school *school = ga_county_school_at(&w->schools, &w->sites, site);
    return school != NULL && ga_uuid_compare(&school->same, &w->to->same) == 0;
}

/* The word of whoever writes, for those that recover a school by its printed key (sync/manifest.h). */
static void vouch(struct writing *w, const struct ga_peer *site)
{
    static const struct ga_seal_public none;
    const struct ga_peer *own = ga_sync_root(&w->sites, ga_store_own_site(w->session->store));
    const char *school = w->session->config.school;
    if (memcmp(&w->keys.recovery, &none, sizeof(none)) == 0 || w->guest != NULL || (w->to != NULL && !ga_writing_gives_school_back(w)))
        return;
    struct ga_peer *said = ga_vec_push(&w->introductions);
    *said = (struct ga_peer){.id = site->id, .key = site->key, .by = GA_SITE_TRUSTED};
    ga_str_copy(said->label, sizeof(said->label), site == own && school != NULL ? school : site->label);
}

/* A person compared it here: it let this computer in, or is a school's. Whoever this one lets in has to know it too. */
static void sign_for(struct writing *w, const struct ga_peer *site)
{
    struct ga_peer signed_for = *site;
    if (ga_site_enrol(w->session->store, &signed_for, NULL) == GA_OK)
        *(struct ga_peer *)ga_vec_push(&w->introductions) = signed_for;
}

/* A school hears of its own computers, of what the county's was before, and of nobody else; of a guest's of that alone. */
static void gather_introductions(struct writing *w)
{
    ga_vec_clear(&w->introductions);
    for (size_t i = 0; i < w->sites.len; i++) {
        const struct ga_peer *site = ga_vec_at(&w->sites, i);
        if (w->is_guest && !site->is_own)
            continue;
        if (w->to != NULL && !site->is_own && !(ga_writing_gives_school_back(w) && is_of_school(w, &site->id)))
            continue;
        if (site->by != GA_SITE_ENROLLED && site->by != GA_SITE_RENEWED)
            vouch(w, site);
        else
            *(struct ga_peer *)ga_vec_push(&w->introductions) = *site;
        if (site->by == GA_SITE_TRUSTED && w->to == NULL)
            sign_for(w, site);
    }
    w->manifest.introductions = w->introductions.items;
    w->manifest.introductions_count = w->introductions.len;
}

/* What is here of the one it is for; what is of others, so that it is left out. */
static void gather_told(struct writing *w)
{
    ga_vec_clear(&w->told);
    ga_vec_clear(&w->others);
    for (size_t i = 0; i < w->runs.len; i++) {
        const struct ga_have *run = ga_vec_at(&w->runs, i);
        *(struct ga_have *)ga_vec_push(is_of_school(w, &run->site) ? &w->told : &w->others) = *run;
    }
    if (ga_county_awaits_names(w->session, w->to)) /* it is to give all of it out again, with names */
        ga_vec_clear(&w->told);
    w->manifest.runs = w->told.items;
    w->manifest.runs_count = w->told.len;
    w->bundles[0] = 0;
    w->manifest.bundles_count = 1;
}

/* What lacks names that are to come is told as not here from the beginning: then it comes again, from whoever has them. */
static void tell_what_awaits(struct writing *w)
{
    ga_vec_clear(&w->told);
    for (size_t i = 0; i < w->runs.len; i++) {
        struct ga_have *run = ga_vec_push(&w->told);
        *run = *GA_VEC_AT(const struct ga_have, &w->runs, i);
        const struct ga_county_school *school = ga_county_school_at(&w->schools, &w->sites, &run->site);
        if (school != NULL && ga_county_awaits_names(w->session, school))
            run->first = run->last = run->last + 1;
    }
    w->manifest.runs = w->told.items;
    w->manifest.runs_count = w->told.len;
}

/* Among the county's own goes what schools withhold: hashes for it, which only they take. */
static void say_withheld(struct writing *w)
{
    if (w->to != NULL || w->guest != NULL || !ga_county_is_here(w->session) || !ga_county_has_nameless(w->session))
        return;
    tell_what_awaits(w);
    w->manifest.has_receiver = true;
    w->manifest.receiver = *ga_store_own_site(w->session->store);
}

/* For one guest; at a guest, what it has whole. */
static void say_limited(struct writing *w)
{
    say_withheld(w);
    if (w->guest != NULL) {
        w->manifest.is_complete = w->what->is_complete;
        w->manifest.has_receiver = true;
        w->manifest.receiver = w->guest_site;
    }
    w->manifest.taken = w->taken.items;
    w->manifest.taken_count = w->taken.len;
}

/* Beside what is here what was refused, so that nobody brings it like that again. */
static void tell_refused(struct writing *w)
{
    ga_vec_clear(&w->said);
    for (size_t i = 0; i < w->manifest.runs_count; i++)
        *(struct ga_have *)ga_vec_push(&w->said) = w->manifest.runs[i];
    ga_refused_tell(w->session, w->to == NULL, &w->said);
    w->manifest.runs = w->said.items;
    w->manifest.runs_count = w->said.len;
}

void ga_writing_begin_manifest(struct writing *w)
{
    struct ga_session *session = w->session;
    const char *last = ga_store_setting(session->store, GA_SYNC_NUMBER_SETTING);
    int64_t number = 0;
    if (last != NULL)
        ga_num_parse(last, &number);
    w->manifest = (struct ga_manifest){
        .is_complete = ga_writing_gives_school_back(w) || (w->to == NULL && w->least.len == 0), .is_clock_in_doubt = session->is_day_doubtful, .label = ga_sync_own_label(session, w->arena),
        .number = (uint64_t)number + 1, .local_day = ga_date_to_days(session->today), .runs = w->runs.items, .runs_count = w->runs.len};
    gather_introductions(w);
    read_bundles(w, own_last(w));
    if (w->to != NULL)
        gather_told(w);
    tell_refused(w);
    say_limited(w);
}
