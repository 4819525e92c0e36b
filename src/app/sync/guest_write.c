/* Finds what a guest lacks, what a guest's school lacks. */
#include "guanai/base/alloc.h"
#include "sync/sync_write_inner.h"

#include <string.h>

static enum ga_rc gather_host(struct writing *w, struct ga_error *err)
{
    w->is_guest = true;
    for (size_t i = 0; i < w->sites.len; i++) { /* by id, as the store gives them */
        const struct ga_peer *site = ga_vec_at(&w->sites, i);
        if (!site->is_own && site->heard_bundle > 0)
            *(struct ga_manifest_taken *)ga_vec_push(&w->taken) = (struct ga_manifest_taken){site->id, site->heard_bundle};
    }
    return ga_guest_host(w->session, &w->host, err);
}

enum ga_rc ga_writing_gather_guests(struct writing *w, struct ga_error *err)
{
    return ga_guest_is_here(w->session) ? gather_host(w, err) : ga_guests_read(w->session, w->arena, &w->guests, err);
}

static bool is_own(const struct writing *w, const struct ga_uuid *id)
{
    for (size_t i = 0; i < w->sites.len; i++) {
        const struct ga_peer *site = ga_vec_at(&w->sites, i);
        if (ga_uuid_compare(&site->id, id) == 0)
            return site->is_own;
    }
    return false;
}

static const struct ga_peer *peer_of(const struct writing *w, const struct ga_uuid *id)
{
    for (size_t i = 0; i < w->sites.len; i++)
        if (ga_uuid_compare(&GA_VEC_AT(const struct ga_peer, &w->sites, i)->id, id) == 0)
            return ga_vec_at(&w->sites, i);
    return NULL;
}

/* Of several records for one computer the one that holds. */
bool ga_writing_take_guest(struct writing *w, const struct ga_guest *guest)
{
    const struct ga_peer *met = peer_of(w, &guest->site), *now = ga_guest_peer(&w->sites, guest);
    if (ga_guest_of(&w->guests, &w->sites, &guest->site) != guest || met == NULL || now == NULL || (!is_own(w, &met->introducer) && now->heard_day == 0))
        return false;
    if (guest->is_ended && guest->scope.kind == GA_SCOPE_NAMELESS) /* its receipts say what it lacks: it needs no last word */
        return false;
    w->guest = guest;
    w->guest_site = now->id;
    return true;
}

/* What this guest wrote and some computer of the school has said to have. */
static enum ga_rc add_acknowledged(struct writing *w, struct ga_error *err)
{
    struct ga_vec said;
    enum ga_rc rc = GA_OK;
    ga_vec_init(&said, sizeof(struct ga_have));
    for (size_t i = 0; rc == GA_OK && i < w->sites.len; i++) {
        const struct ga_peer *site = ga_vec_at(&w->sites, i);
        if (!site->is_own)
            rc = ga_site_acknowledged(w->session->store, &site->id, &said, err);
    }
    for (size_t i = 0; i < said.len; i++)
        if (is_own(w, &GA_VEC_AT(const struct ga_have, &said, i)->site))
            *(struct ga_have *)ga_vec_push(&w->theirs) = *GA_VEC_AT(const struct ga_have, &said, i);
    ga_vec_finish(&said);
    return rc;
}

/* A guest passes on nothing of others: what it has of that may not be all of it. */
static enum ga_rc gather_at_guest(struct writing *w, struct ga_error *err)
{
    for (size_t i = 0; i < w->runs.len; i++) {
        const struct ga_have *run = ga_vec_at(&w->runs, i);
        if (!is_own(w, &run->site))
            *(struct ga_have *)ga_vec_push(&w->theirs) = *run;
    }
    return w->what->is_complete ? GA_OK : add_acknowledged(w, err);
}

enum ga_rc ga_writing_gather_theirs(struct writing *w, struct ga_error *err)
{
    ga_vec_clear(&w->theirs);
    if (w->is_guest)
        return gather_at_guest(w, err);
    struct ga_limited_ask ask = {.guest = w->guest->site, .record = w->guest->record, .scope = w->guest->scope,
                                 .is_complete = w->what->is_complete};
    if (w->guest->is_ended)
        ask.scope.kind = GA_SCOPE_NOTHING;
    ga_limited_finish(&w->limited);
    ga_limited_init(&w->limited);
    if (ga_guest_is_nameless(w->guest))
        return w->what->is_complete ? GA_OK : ga_site_acknowledged(w->session->store, &w->guest_site, &w->theirs, err);
    const enum ga_rc rc = w->what->is_complete ? GA_OK : ga_site_acknowledged(w->session->store, &w->guest_site, &w->theirs, err);
    return rc == GA_OK ? ga_limited_gather(w->session->store, &ask, &w->limited, err) : rc;
}

bool ga_writing_has_word_for_guest(const struct writing *w)
{
    return !w->guest->is_ended || w->limited.again.len > 0;
}

static const struct ga_vec *theirs_of(const struct writing *w)
{
    if (w->guest != NULL || w->is_guest)
        return &w->theirs;
    if (w->to == NULL)
        return &w->least;
    return ga_writing_gives_school_back(w) ? &w->others : &w->runs; /* a receipt brings nothing */
}

enum ga_rc ga_writing_send(struct writing *w, struct ga_error *err)
{
    const struct ga_vec *theirs = theirs_of(w);
    const struct ga_limited *limited = &w->limited;
    const struct ga_send_limit limit = {.shown = limited->shown.items, .shown_count = limited->shown.len,
                                        .again = limited->again.items, .again_count = limited->again.len,
                                        .is_nameless = ga_guest_is_nameless(w->guest)};
    struct ga_store *store = w->session->store;
    return w->guest == NULL ? ga_send_begin(store, theirs->items, theirs->len, &w->send, err)
                            : ga_send_begin_limited(store, theirs->items, theirs->len, &limit, &w->send, err);
}
