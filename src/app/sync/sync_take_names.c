/* Tells of a bundle at a county whether names come with it. */
#include "guanai/app/county.h"
#include "sync/guest_inner.h"
#include "sync/sync_take_inner.h"

static bool is_of_school(struct ga_taking *t, const struct ga_uuid *site)
{
    return ga_county_site_school(t->session, site, NULL);
}

bool ga_taking_is_receiver(struct ga_taking *t, const struct ga_manifest *manifest)
{
    struct ga_peer peer;
    const bool is_county = ga_county_is_here(t->session);
    return (ga_guest_is_here(t->session) || is_county) && ga_store_site(t->session->store, &manifest->receiver, &peer, NULL) == GA_OK &&
           (peer.is_own || (is_county && !is_of_school(t, &peer.id)));
}

bool ga_taking_brings_names(struct ga_taking *t, const struct ga_uuid *site)
{
    struct ga_county_school school;
    return ga_county_has_nameless(t->session) && (!ga_county_site_school(t->session, site, &school) || ga_county_is_nameless(t->session, &school));
}

enum ga_rc ga_taking_note_names(struct ga_taking *t, const struct ga_uuid *site, const struct ga_manifest *manifest, struct ga_error *err)
{
    struct ga_peer peer;
    if (!ga_county_is_here(t->session))
        return GA_OK;
    enum ga_rc rc = ga_store_site(t->session->store, site, &peer, err);
    if (rc == GA_OK && !is_of_school(t, site))
        rc = manifest->has_receiver ? ga_county_doubt_names(t->session, err) : GA_OK;
    else if (rc == GA_OK && manifest->number > peer.heard_bundle)
        rc = ga_county_note_names(t->session, site, !manifest->has_receiver, err);
    return rc == GA_OK ? ga_county_settle_names(t->session, err) : rc;
}
