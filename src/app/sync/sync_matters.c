/* Keeps in mind what of the exchange is not well. */
#include "guanai/app/sync_matters.h"

#include "guanai/app/county.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/store/conflict.h"
#include "sync/gaps_inner.h"
#include "sync/guest_inner.h"
#include "sync/sync_inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line a computer: its id, the bundles, its own transactions that are missing: first and last of both. */
static const char gaps_setting[] = "sync_gaps";

enum { GAPS_MAX = 100, CHAIN_MAX = 16 };

struct kept {
    struct ga_uuid site;
    uint64_t first, last, first_seq, last_seq;
};

/* ---- gaps ---- */

static bool read_line(const char *line, struct kept *ret_kept)
{
    char id[GA_UUID_TEXT_SIZE];
    unsigned long long numbers[4];
    if (strlen(line) < sizeof(id))
        return false;
    memcpy(id, line, sizeof(id) - 1);
    id[sizeof(id) - 1] = '\0';
    const char *at = line + sizeof(id) - 1;
    for (size_t i = 0; i < GA_COUNT(numbers); i++) {
        char *end;
        numbers[i] = strtoull(at, &end, 10);
        if (end == at)
            return false;
        at = end;
    }
    *ret_kept = (struct kept){.first = numbers[0], .last = numbers[1], .first_seq = numbers[2], .last_seq = numbers[3]};
    return ga_uuid_parse(id, &ret_kept->site);
}

static void read_gaps(struct ga_session *session, struct ga_vec *ret_kept)
{
    struct ga_str text = {0};
    ga_store_read_setting(session->store, gaps_setting, &text, NULL);
    for (char *rest = text.data, *line; ret_kept->len < GAPS_MAX && (line = strsep(&rest, "\n")) != NULL;) {
        struct kept kept;
        if (read_line(line, &kept))
            *(struct kept *)ga_vec_push(ret_kept) = kept;
    }
    ga_str_finish(&text);
}

static enum ga_rc write_gaps(struct ga_session *session, const struct ga_vec *kept, struct ga_error *err)
{
    struct ga_str text = {0};
    char id[GA_UUID_TEXT_SIZE];
    for (size_t i = 0; i < kept->len; i++) {
        const struct kept *one = ga_vec_at(kept, i);
        ga_str_addf(&text, "%s %llu %llu %llu %llu\n", ga_uuid_text(&one->site, id), (unsigned long long)one->first,
                    (unsigned long long)one->last, (unsigned long long)one->first_seq, (unsigned long long)one->last_seq);
    }
    const enum ga_rc rc = ga_store_set_setting(session->store, gaps_setting, ga_str_text(&text), err);
    ga_str_finish(&text);
    return rc;
}

static bool is_here(const struct ga_vec *here, const struct kept *kept)
{
    for (size_t i = 0; i < here->len; i++) {
        const struct ga_have *run = ga_vec_at(here, i);
        if (ga_uuid_compare(&run->site, &kept->site) == 0 && run->first <= kept->first_seq && run->last >= kept->last_seq)
            return true;
    }
    return false;
}

enum ga_rc ga_sync_gap_keep(struct ga_session *session, const struct ga_uuid *site, const struct ga_manifest_gap *gap,
                            uint64_t first_seq, uint64_t last_seq, struct ga_error *err)
{
    struct ga_vec kept;
    ga_vec_init(&kept, sizeof(struct kept));
    read_gaps(session, &kept);
    for (size_t i = kept.len; i-- > 0;)
        if (ga_uuid_compare(&GA_VEC_AT(struct kept, &kept, i)->site, site) == 0)
            ga_vec_remove(&kept, i);
    *(struct kept *)ga_vec_push(&kept) =
        (struct kept){.site = *site, .first = gap->first, .last = gap->last, .first_seq = first_seq, .last_seq = last_seq};
    const enum ga_rc rc = write_gaps(session, &kept, err);
    ga_vec_finish(&kept);
    return rc;
}

static bool is_told(const struct ga_have *runs, size_t count, const struct kept *kept)
{
    for (size_t i = 0; i < count; i++)
        if (ga_uuid_compare(&runs[i].site, &kept->site) == 0 && runs[i].first <= kept->first_seq && runs[i].last >= kept->last_seq)
            return true;
    return false;
}

enum ga_rc ga_sync_gaps_lost(struct ga_session *session, const struct ga_uuid *site, const struct ga_have *runs, size_t count,
                             struct ga_error *err)
{
    struct ga_vec kept;
    struct ga_peer heir;
    ga_vec_init(&kept, sizeof(struct kept));
    read_gaps(session, &kept);
    const size_t before = kept.len;
    struct ga_uuid at = *site;
    for (int hop = 0; hop < CHAIN_MAX && before > 0 && ga_store_site(session->store, &at, &heir, NULL) == GA_OK && heir.by == GA_SITE_RENEWED; hop++) {
        at = heir.introducer;
        for (size_t i = kept.len; i-- > 0;) {
            const struct kept *one = ga_vec_at(&kept, i);
            if (ga_uuid_compare(&one->site, &at) == 0 && one->last_seq <= heir.seq && !is_told(runs, count, one))
                ga_vec_remove(&kept, i);
        }
    }
    const enum ga_rc rc = kept.len < before ? write_gaps(session, &kept, err) : GA_OK;
    ga_vec_finish(&kept);
    return rc;
}

enum ga_rc ga_sync_gaps_settle(struct ga_session *session, struct ga_error *err)
{
    struct ga_vec kept, here;
    enum ga_rc rc = GA_OK;
    ga_vec_init(&kept, sizeof(struct kept));
    ga_vec_init(&here, sizeof(struct ga_have));
    read_gaps(session, &kept);
    const size_t before = kept.len;
    if (before > 0)
        rc = ga_store_have(session->store, &here, err);
    for (size_t i = kept.len; rc == GA_OK && i-- > 0;)
        if (is_here(&here, ga_vec_at(&kept, i)))
            ga_vec_remove(&kept, i);
    if (rc == GA_OK && kept.len < before)
        rc = write_gaps(session, &kept, err);
    ga_vec_finish(&kept);
    ga_vec_finish(&here);
    return rc;
}

/* ---- who was not heard of ---- */

static const struct ga_peer *find_peer(const struct ga_vec *peers, const struct ga_uuid *id)
{
    for (size_t i = 0; i < peers->len; i++)
        if (ga_uuid_compare(&GA_VEC_AT(const struct ga_peer, peers, i)->id, id) == 0)
            return ga_vec_at(peers, i);
    return NULL;
}

/* The sticks of the others go by ways of their own: only who let this one in, or was let in here, comes here. */
static bool is_near(const struct ga_vec *peers, const struct ga_peer *peer)
{
    for (int i = 0; i < CHAIN_MAX && peer->by == GA_SITE_RENEWED; i++) {
        const struct ga_peer *older = find_peer(peers, &peer->introducer);
        if (older == NULL)
            return false;
        peer = older;
    }
    const struct ga_peer *introducer = peer->by == GA_SITE_ENROLLED ? find_peer(peers, &peer->introducer) : NULL;
    return peer->by == GA_SITE_TRUSTED || (introducer != NULL && introducer->is_own);
}

/* -1: never heard of. Where a clock is behind: no longer than today. */
static int quiet_days(const struct ga_session *session, const struct ga_peer *peer)
{
    const int since = ga_date_to_days(session->today) - peer->heard_day;
    return peer->heard_day == 0 ? -1 : since > 0 ? since : 0;
}

static bool is_quiet(const struct ga_session *session, const struct ga_vec *peers, const struct ga_peer *peer)
{
    const int days = quiet_days(session, peer);
    return session->config.exchange_days > 0 && (days < 0 || days >= session->config.exchange_days) && is_near(peers, peer);
}

/* Nobody waits for a guest that has ended, nor does it wait for anybody. Asked of those alone that would be told of: most starts have none. */
static bool has_ended(struct ga_session *session, const struct ga_vec *peers, const struct ga_peer *peer)
{
    struct ga_arena arena = {0};
    struct ga_vec guests;
    ga_vec_init(&guests, sizeof(struct ga_guest));
    ga_guests_read(session, &arena, &guests, NULL);
    const struct ga_guest *guest =
        ga_guest_of(&guests, peers, ga_guest_is_here(session) ? ga_store_own_site(session->store) : &peer->id);
    const bool has = guest != NULL && guest->is_ended;
    ga_vec_finish(&guests);
    ga_arena_finish(&arena);
    return has;
}

/* A county waits for schools: which of a school's computers brings its stick is nothing to it. Asked like the above. */
static bool is_of_heard_school(struct ga_session *session, const struct ga_peer *peer)
{
    struct ga_county_school school;
    struct ga_arena arena = {0};
    struct ga_vec heard;
    bool is_heard = false;
    if (!ga_county_is_here(session) || !ga_county_site_school(session, &peer->id, &school))
        return false;
    ga_vec_init(&heard, sizeof(struct ga_county_heard));
    ga_county_heard(session, &arena, &heard, NULL);
    for (size_t i = 0; i < heard.len; i++) {
        const struct ga_county_heard *one = ga_vec_at(&heard, i);
        is_heard |= !one->is_missing && ga_uuid_compare(&one->site, &school.same) == 0;
    }
    ga_vec_finish(&heard);
    ga_arena_finish(&arena);
    return is_heard;
}

static void add_quiet(const struct ga_session *session, const struct ga_peer *peer, struct ga_arena *arena,
                      struct ga_sync_matters *matters)
{
    const int days = quiet_days(session, peer);
    const bool is_first = matters->quiet_count == 0;
    matters->quiet_count++;
    if (!is_first && (matters->quiet_days < 0 || (days >= 0 && days <= matters->quiet_days)))
        return;
    matters->quiet_days = days;
    matters->quiet_label = ga_arena_strdup(arena, peer->label);
}

static enum ga_rc find_quiet(struct ga_session *session, struct ga_arena *arena, struct ga_sync_matters *matters,
                             struct ga_error *err)
{
    struct ga_vec peers;
    ga_vec_init(&peers, sizeof(struct ga_peer));
    const enum ga_rc rc = ga_store_sites(session->store, &peers, err);
    for (size_t i = 0; rc == GA_OK && i < peers.len; i++) {
        const struct ga_peer *peer = ga_vec_at(&peers, i);
        if (!ga_sync_takes_part(&peers, peer))
            continue;
        matters->has_peers = true;
        if (is_quiet(session, &peers, peer) && !has_ended(session, &peers, peer) && !is_of_heard_school(session, peer))
            add_quiet(session, peer, arena, matters);
    }
    ga_vec_finish(&peers);
    return rc;
}

/* ---- all of it ---- */

static void tell_gaps(struct ga_session *session, struct ga_arena *arena, struct ga_sync_matters *matters)
{
    struct ga_vec kept;
    ga_vec_init(&kept, sizeof(struct kept));
    read_gaps(session, &kept);
    struct ga_sync_gap *gaps = ga_arena_array(arena, kept.len, sizeof(*gaps));
    for (size_t i = 0; i < kept.len; i++) {
        const struct kept *one = ga_vec_at(&kept, i);
        struct ga_peer peer;
        const bool is_known = ga_store_site(session->store, &one->site, &peer, NULL) == GA_OK;
        gaps[i] = (struct ga_sync_gap){one->site, is_known ? ga_county_label_with_school(session, &one->site, peer.label, arena) : "",
                                       one->first, one->last};
    }
    matters->gaps = gaps;
    matters->gaps_count = kept.len;
    ga_vec_finish(&kept);
}

static enum ga_rc tell_others(struct ga_session *session, struct ga_arena *arena, struct ga_sync_matters *matters,
                              struct ga_error *err)
{
    const enum ga_rc rc = find_quiet(session, arena, matters, err);
    if (rc == GA_OK)
        tell_gaps(session, arena, matters);
    return rc;
}

enum ga_rc ga_sync_matters(struct ga_session *session, struct ga_arena *arena, struct ga_sync_matters *ret_matters,
                           struct ga_error *err)
{
    struct ga_sync_matters matters = {.quiet_label = ""};
    enum ga_rc rc = ga_conflict_count(session->store, &matters.conflicts, err);
    if (rc == GA_OK && ga_sync_has_begun(session)) /* the first page asks at each start: one computer alone pays nothing */
        rc = tell_others(session, arena, &matters, err);
    if (rc != GA_OK)
        return rc;
    *ret_matters = matters;
    return GA_OK;
}
