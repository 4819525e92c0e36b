/* Takes in what lies on a stick, each bundle verified whole on a copy before anything of it counts. */
#include "guanai/app/backup.h"
#include "guanai/app/county.h"
#include "guanai/base/alloc.h"
#include "guanai/crypt/secret.h"
#include "guanai/store/backup.h"
#include "guanai/sync/content.h"
#include "sync/gaps_inner.h"
#include "sync/guest_inner.h"
#include "sync/sync_take_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* One file that is read: opened anew for each reading. */
struct reading {
    struct ga_sync_file file;
    struct ga_sync_source source;
    struct ga_bundle_in *bundle;
    struct ga_content_source frames;
    struct ga_content_shelf shelf;
    struct ga_content_in *content;
};

/* ---- reading ---- */

static enum ga_rc open_copy(struct ga_taking *t, struct reading *r, struct ga_error *err)
{
    const struct ga_io_ops *io = t->session->options->io;
    const int fd = io->open(io->ctx, t->copy, O_RDONLY, 0);
    *r = (struct reading){.file = {io, fd, t->copy}};
    if (fd < 0)
        return ga_io_fail(err, fd, "read", t->copy);
    r->source = ga_sync_read_file(&r->file);
    return GA_OK;
}

static void close_copy(struct reading *r)
{
    ga_content_in_destroy(r->content);
    ga_bundle_in_destroy(r->bundle);
    if (r->file.fd >= 0)
        r->file.io->close(r->file.io->ctx, r->file.fd);
}

static enum ga_rc next_frame(void *ctx, const uint8_t **ret_frame, size_t *ret_len, struct ga_error *err)
{
    return ga_bundle_next(ctx, ret_frame, ret_len, err);
}

static enum ga_rc look_at(void *ctx, const struct ga_place *place, struct ga_hash *ret_leaf, struct ga_error *err)
{
    const struct ga_taking *t = ctx;
    struct ga_parcel_op op;
    const enum ga_rc rc = ga_store_at(t->session->store, place, &op, err);
    if (rc == GA_OK)
        *ret_leaf = op.leaf;
    return rc == GA_NOT_FOUND && t->apart != NULL && ga_refused_leaf(t->apart, place, ret_leaf) ? GA_OK : rc;
}

/* The second reading, up to its manifest. */
static enum ga_rc open_content(struct ga_taking *t, struct reading *r, struct ga_error *err)
{
    enum ga_rc rc = open_copy(t, r, err);
    if (rc == GA_OK)
        rc = ga_bundle_open(&r->source, t->keys, t->keys_count, &r->bundle, err);
    if (rc != GA_OK)
        return rc;
    r->frames = (struct ga_content_source){next_frame, r->bundle};
    r->shelf = (struct ga_content_shelf){look_at, t};
    return ga_content_open(&r->frames, &r->shelf, &r->content, err);
}

static enum ga_rc verify(struct ga_taking *t, struct ga_bundle_facts *ret_facts, struct ga_error *err)
{
    const struct ga_bundle_signers signers = ga_sync_signers(t->session);
    struct reading r;
    enum ga_rc rc = open_copy(t, &r, err);
    if (rc == GA_OK)
        rc = ga_bundle_verify(&r.source, t->keys, t->keys_count, &signers, ret_facts, err);
    close_copy(&r);
    return rc;
}

/* Who vouches for that site in the end, by the maker's word: the name of its school. "": it does not say. */
static const char *said_school_of(const struct ga_manifest *manifest, const struct ga_uuid *site)
{
    struct ga_uuid at = *site;
    for (size_t hops = 0; hops <= manifest->introductions_count; hops++) {
        const struct ga_peer *found = NULL;
        for (size_t i = 0; i < manifest->introductions_count; i++)
            if (ga_uuid_compare(&manifest->introductions[i].id, &at) == 0 && (found == NULL || found->by != GA_SITE_TRUSTED))
                found = &manifest->introductions[i]; /* a teaching point signs for the school that let it in, too */
        if (found == NULL || found->by == GA_SITE_TRUSTED)
            return found == NULL ? "" : found->label;
        at = found->introducer;
    }
    return "";
}

/* Whose history it is, whoever wrote it; "" when that is not one school's. */
static const char *said_school(const struct ga_manifest *manifest, const struct ga_uuid *sender)
{
    const char *school = NULL;
    for (size_t i = 0; i < manifest->runs_count; i++) {
        const char *found = said_school_of(manifest, &manifest->runs[i].site);
        if (school != NULL && strcmp(found, school) != 0)
            return "";
        school = found;
    }
    return school == NULL ? said_school_of(manifest, sender) : school;
}

/* The printed key opens what every school of the county wrote; one is recovered. */
static enum ga_rc check_school(struct ga_taking *t, struct ga_sync_taken *taken, struct ga_error *err)
{
    struct reading r;
    if (t->school == NULL)
        return GA_OK;
    enum ga_rc rc = open_content(t, &r, err);
    if (rc == GA_OK) {
        taken->label = ga_arena_strdup(t->arena, said_school(ga_content_manifest(r.content), ga_bundle_site(r.bundle)));
        if (strcmp(taken->label, t->school) != 0)
            rc = taken->label[0] == '\0' ? ga_error_set(err, GA_DENIED, "it does not say that it is of %1, the school of this data folder", t->school)
                                         : ga_error_set(err, GA_DENIED, "it is of %1, not of %2, the school of this data folder", taken->label, t->school);
    }
    close_copy(&r);
    return rc;
}

/* Whoever made it may be introduced by it, signed by somebody who is known. */
static enum ga_rc verify_or_introduce(struct ga_taking *t, struct ga_bundle_facts *ret_facts, struct ga_error *err)
{
    struct reading r;
    enum ga_rc rc = verify(t, ret_facts, err);
    if (rc != GA_NOT_FOUND)
        return rc;
    rc = open_content(t, &r, err);
    if (rc == GA_OK)
        ga_sync_introduce(t->session, ga_content_manifest(r.content), t->keys_count > 1);
    close_copy(&r);
    return rc == GA_OK ? verify(t, ret_facts, err) : rc;
}

/* ---- taking in ---- */

/* One that goes further is no proof: a copy of that computer may have gone another way before. */
static enum ga_rc has_all(struct ga_store *store, const struct ga_vec *here, const struct ga_have *run, bool *ret_has, struct ga_error *err)
{
    *ret_has = false;
    for (size_t i = 0; i < here->len; i++) {
        const struct ga_have *own = ga_vec_at(here, i);
        if (ga_uuid_compare(&own->site, &run->site) == 0 && own->first <= run->first && own->last >= run->last)
            return ga_store_has(store, run, true, ret_has, err);
    }
    return GA_OK;
}

/* All that its maker had is here: then so is all that is in it. A fork is looked at closely, by reading. */
static enum ga_rc knows_all(struct ga_taking *t, const struct ga_manifest *manifest, bool *ret_knows, struct ga_error *err)
{
    struct ga_vec here;
    bool knows = true;
    ga_vec_init(&here, sizeof(struct ga_have));
    enum ga_rc rc = ga_store_have(t->session->store, &here, err);
    for (size_t i = 0; rc == GA_OK && knows && i < manifest->runs_count; i++)
        rc = has_all(t->session->store, &here, &manifest->runs[i], &knows, err);
    for (size_t i = 1; i < here.len; i++) /* two branches of one site: the same numbers may be others */
        knows &= ga_uuid_compare(&GA_VEC_AT(struct ga_have, &here, i - 1)->site, &GA_VEC_AT(struct ga_have, &here, i)->site) != 0;
    ga_vec_finish(&here);
    if (rc == GA_OK)
        *ret_knows = knows;
    return rc;
}

/* The transactions of one bundle on their way in. */
struct items {
    struct ga_taking *t;
    struct ga_receive *receive;
    bool is_open; /* one that is not needs none of its operations */
};

static void note_refused(const struct items *items, const struct ga_parcel *parcel, const struct ga_error *why)
{
    enum { NOTED_BYTES = 2048 };
    struct ga_str *refused = &items->t->refused;
    struct ga_str words = {0};
    char site[GA_UUID_TEXT_SIZE];
    if (refused->len > NOTED_BYTES)
        return;
    ga_error_text(why, items->t->session->lang, &words);
    ga_str_addf(refused, "%s %llu: %s\n", ga_uuid_text(&parcel->site, site), (unsigned long long)parcel->seq, ga_str_text(&words));
    ga_str_finish(&words);
}

static enum ga_rc take_item(struct items *items, const struct ga_content_item *item, struct ga_error *err)
{
    struct ga_receive *receive = items->receive;
    struct ga_refused *apart = items->t->apart;
    enum ga_parcel_state state = GA_PARCEL_OPEN;
    struct ga_error why = {0};
    enum ga_rc rc = GA_OK;
    if (item->event == GA_CONTENT_PARCEL) {
        rc = ga_receive_parcel(receive, &item->parcel, &state, &why, err);
        items->is_open = rc == GA_OK && state == GA_PARCEL_OPEN;
        ga_refused_begin(apart, &item->parcel);
    } else if (item->event == GA_CONTENT_OP) {
        ga_refused_op(apart, &item->op);
    }
    if (item->event == GA_CONTENT_OP && items->is_open) {
        rc = ga_receive_op(receive, &item->op, err);
    } else if (item->event == GA_CONTENT_CLOSE && items->is_open) {
        rc = ga_receive_close(receive, &state, &why, err);
        items->is_open = false;
    } else if (item->event == GA_CONTENT_WAITS) {
        ga_receive_skip(receive, GA_PARCEL_HELD, item->parcel.count);
        items->is_open = false;
    }
    if (rc == GA_OK && state == GA_PARCEL_REFUSED) {
        note_refused(items, &item->parcel, &why);
        ga_refused_add(apart, &item->parcel);
    }
    return rc;
}

/* Where the content is malformed nothing behind it can be read; what came before stays good. *ret_cut says why. */
static enum ga_rc take_items(struct items *items, struct ga_content_in *content, struct ga_error *ret_cut, struct ga_error *err)
{
    struct ga_content_item item = {.event = GA_CONTENT_PARCEL};
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && item.event != GA_CONTENT_END) {
        struct ga_error why = {0};
        rc = ga_content_next(content, &item, &why);
        if (rc == GA_DAMAGED) {
            ga_receive_skip(items->receive, GA_PARCEL_REFUSED, 0);
            *ret_cut = why;
            return GA_OK;
        }
        if (rc == GA_OK)
            rc = take_item(items, &item, err);
        else if (err != NULL)
            *err = why;
    }
    return rc;
}

static bool step(void *ctx, int64_t done, int64_t total)
{
    const struct ga_progress *progress = ctx;
    return progress == NULL || progress->step(progress->ctx, done, total);
}

static enum ga_rc read_once(struct ga_taking *t, struct ga_content_in *content, struct ga_received *ret_received,
                            struct ga_error *ret_cut, struct ga_error *err)
{
    const struct ga_check_progress progress = {step, (void *)t->progress};
    struct items items = {.t = t};
    enum ga_rc rc = t->has_backup ? GA_OK : ga_backups_make(t->session, GA_BACKUP_MERGE, err);
    t->has_backup = true;
    if (rc == GA_OK)
        rc = ga_receive_begin(t->session->store, &items.receive, err);
    if (rc != GA_OK)
        return rc;
    if (ga_content_manifest(content)->has_receiver || t->brings_names)
        ga_receive_limited(items.receive);
    rc = take_items(&items, content, ret_cut, err);
    if (rc == GA_OK)
        return ga_receive_commit(items.receive, &progress, ret_received, err);
    ga_receive_abandon(items.receive);
    return rc;
}

/* One taking in: what counts since the first reading is known to the second, which has the last word on all else. */
static void add_counts(uint64_t sum[GA_PARCEL_STATES], const uint64_t second[GA_PARCEL_STATES])
{
    sum[GA_PARCEL_KNOWN] = second[GA_PARCEL_KNOWN] - sum[GA_PARCEL_APPLIED];
    sum[GA_PARCEL_APPLIED] += second[GA_PARCEL_APPLIED];
    sum[GA_PARCEL_HELD] = second[GA_PARCEL_HELD];
    sum[GA_PARCEL_REFUSED] = second[GA_PARCEL_REFUSED];
}

static void add_received(struct ga_received *sum, const struct ga_received *second)
{
    add_counts(sum->transactions, second->transactions);
    add_counts(sum->operations, second->operations);
    sum->records += second->records;
    sum->filled += second->filled;
    sum->conflicts += second->conflicts;
    sum->has_new_site |= second->has_new_site;
}

static enum ga_rc read_again(struct ga_taking *t, struct ga_received *received, struct ga_error *ret_cut, struct ga_error *err)
{
    struct ga_received second;
    struct reading r;
    t->apart->is_told = true;
    ga_str_clear(&t->refused); /* told anew */
    enum ga_rc rc = open_content(t, &r, err);
    if (rc == GA_OK)
        rc = read_once(t, r.content, &second, ret_cut, err);
    if (rc == GA_OK)
        add_received(received, &second);
    close_copy(&r);
    return rc;
}

/* In which form they came, so that they need not come again like that. */
static enum ga_rc note_forms(struct ga_taking *t, struct ga_error *err)
{
    struct reading r;
    enum ga_rc rc = open_content(t, &r, err);
    if (rc == GA_OK)
        rc = ga_refused_note(t->apart, t->session, r.content, err);
    close_copy(&r);
    return rc;
}

static enum ga_rc receive(struct ga_taking *t, struct ga_content_in *content, struct ga_sync_taken *taken, struct ga_error *err)
{
    struct ga_refused apart;
    ga_refused_init(&apart);
    t->apart = &apart;
    enum ga_rc rc = read_once(t, content, &taken->received, &taken->why, err);
    if (rc == GA_OK && apart.txns.len > 0 && taken->received.transactions[GA_PARCEL_HELD] > 0)
        rc = read_again(t, &taken->received, &taken->why, err);
    if (rc == GA_OK && apart.txns.len > 0)
        rc = note_forms(t, err);
    t->apart = NULL;
    ga_refused_finish(&apart);
    return rc;
}

/* The first stretch of its maker's own history that is not here, as its bundles. */
static enum ga_rc find_gap(struct ga_taking *t, const struct ga_uuid *site, const struct ga_manifest *manifest,
                           struct ga_manifest_gap *ret_gap, struct ga_error *err)
{
    struct ga_vec here;
    uint64_t next = 1, last = 0;
    ga_vec_init(&here, sizeof(struct ga_have));
    const enum ga_rc rc = ga_store_have(t->session->store, &here, err);
    for (size_t i = 0; i < manifest->runs_count; i++)
        if (ga_uuid_compare(&manifest->runs[i].site, site) == 0 && manifest->runs[i].last > last)
            last = manifest->runs[i].last;
    for (size_t i = 0; rc == GA_OK && i < here.len; i++) { /* rising */
        const struct ga_have *run = ga_vec_at(&here, i);
        if (ga_uuid_compare(&run->site, site) != 0 || run->last < next)
            continue;
        if (run->first > next) {
            last = run->first - 1 < last ? run->first - 1 : last;
            break;
        }
        next = run->last + 1;
    }
    ga_vec_finish(&here);
    if (rc != GA_OK || next > last)
        return rc;
    ga_manifest_gap(manifest, next, last, ret_gap);
    return ga_sync_gap_keep(t->session, site, ret_gap, next, last, err);
}

/*
 * At a guest that was put back, salvaged: one for what it was before builds on what is not here any more. It is taken in, but
 * not said to have been: what was given in those before it is asked for again.
 */
static uint64_t number_to_say(struct ga_taking *t, const struct ga_manifest *manifest)
{
    const bool is_for_now = !manifest->has_receiver ||
                            ga_uuid_compare(&manifest->receiver, ga_store_own_site(t->session->store)) == 0;
    return is_for_now ? manifest->number : 0;
}

/*
 * A copy of this computer's data was put back elsewhere and introduced as what this one has become: nobody waits for it any
 * more, or repeats what it lacks. So it goes on as a new computer, too; both take part.
 */
static enum ga_rc go_on_beside_copy(struct ga_taking *t, struct ga_sync_taken *taken, struct ga_error *err)
{
    struct ga_store *store = t->session->store;
    struct ga_vec sites;
    bool has_heir = false;
    ga_vec_init(&sites, sizeof(struct ga_peer));
    enum ga_rc rc = ga_store_sites(store, &sites, err);
    for (size_t i = 0; i < sites.len; i++) {
        const struct ga_peer *site = ga_vec_at(&sites, i);
        has_heir |= site->by == GA_SITE_RENEWED && !site->is_own && ga_uuid_compare(&site->introducer, ga_store_own_site(store)) == 0;
    }
    ga_vec_finish(&sites);
    if (rc == GA_OK && has_heir)
        rc = ga_store_renew_site(store, err);
    taken->received.has_new_site |= rc == GA_OK && has_heir;
    return rc;
}

static enum ga_rc take_content(struct ga_taking *t, const struct ga_uuid *site, struct ga_content_in *content,
                               struct ga_sync_taken *taken, struct ga_error *err)
{
    const struct ga_manifest *manifest = ga_content_manifest(content);
    struct ga_uuid county;
    bool knows_it = false;
    ga_sync_introduce(t->session, manifest, t->keys_count > 1);
    taken->label = ga_county_label_with_school(t->session, site, manifest->label, t->arena);
    taken->number = manifest->number;
    taken->day = manifest->local_day;
    taken->is_clock_doubted = manifest->is_clock_in_doubt;
    taken->is_day_ahead = !manifest->is_clock_in_doubt && !t->session->is_day_doubtful && taken->day > ga_date_to_days(t->session->today);
    taken->is_receipt = ga_county_find(t->session, &county, NULL) == GA_OK && ga_uuid_compare(&county, site) == 0;
    if (manifest->has_receiver && !ga_taking_is_receiver(t, manifest)) {
        taken->outcome = GA_SYNC_GUESTS;
        return GA_OK;
    }
    /* in one for a guest something may come that was withheld of what is here */
    t->brings_names = ga_taking_brings_names(t, site);
    enum ga_rc rc = manifest->has_receiver || t->brings_names ? GA_OK : knows_all(t, manifest, &knows_it, err);
    taken->outcome = knows_it ? GA_SYNC_KNOWN : GA_SYNC_TAKEN;
    if (rc == GA_OK && !knows_it)
        rc = receive(t, content, taken, err);
    if (rc == GA_OK && !knows_it && taken->received.transactions[GA_PARCEL_APPLIED] == 0 &&
        taken->received.transactions[GA_PARCEL_HELD] == 0 && taken->received.transactions[GA_PARCEL_REFUSED] == 0)
        taken->outcome = GA_SYNC_KNOWN;
    if (rc == GA_OK)
        rc = ga_taking_note_names(t, site, manifest, err);
    if (rc == GA_OK && !ga_county_is_past_receipt(t->session, site, manifest->number))
        rc = ga_site_heard(t->session->store, site, number_to_say(t, manifest), ga_date_to_days(t->session->today), manifest->runs,
                           manifest->runs_count, err);
    if (rc == GA_OK)
        rc = ga_sync_gaps_lost(t->session, site, manifest->runs, manifest->runs_count, err);
    if (rc == GA_OK)
        rc = ga_guest_said(t->session, site, manifest, err);
    if (rc == GA_OK)
        rc = go_on_beside_copy(t, taken, err);
    return rc == GA_OK ? find_gap(t, site, manifest, &taken->gap, err) : rc;
}

static enum ga_rc take_verified(struct ga_taking *t, const struct ga_uuid *site, struct ga_sync_taken *taken, struct ga_error *err)
{
    struct reading r;
    enum ga_rc rc = open_content(t, &r, err);
    if (rc == GA_OK)
        rc = take_content(t, site, r.content, taken, err);
    close_copy(&r);
    return rc;
}

bool ga_taking_has_all(struct ga_taking *t)
{
    struct reading r;
    bool has = false;
    if (open_content(t, &r, NULL) == GA_OK && !ga_content_manifest(r.content)->has_receiver)
        knows_all(t, ga_content_manifest(r.content), &has, NULL);
    close_copy(&r);
    return has;
}

/* What only concerns this one bundle; everything else ends all of it. */
static bool concerns_it(enum ga_rc rc, enum ga_sync_outcome *ret_outcome)
{
    static const struct {
        enum ga_rc rc;
        enum ga_sync_outcome outcome;
    } rows[] = {{GA_REFUSED, GA_SYNC_REFUSED}, {GA_TOO_BIG, GA_SYNC_REFUSED}, {GA_DENIED, GA_SYNC_OTHERS},
                {GA_DAMAGED, GA_SYNC_DAMAGED}, {GA_NOT_FOUND, GA_SYNC_STRANGER}};
    for (size_t i = 0; i < GA_COUNT(rows); i++)
        if (rows[i].rc == rc) {
            *ret_outcome = rows[i].outcome;
            return true;
        }
    return false;
}

enum ga_rc ga_taking_copy(struct ga_taking *t, struct ga_sync_taken *taken, struct ga_error *err)
{
    struct ga_bundle_facts facts;
    struct ga_error why = {0};
    enum ga_rc rc = check_school(t, taken, &why);
    if (rc == GA_OK)
        rc = verify_or_introduce(t, &facts, &why);
    if (rc == GA_OK)
        rc = take_verified(t, &facts.site, taken, &why);
    if (rc == GA_OK)
        return GA_OK;
    if (concerns_it(rc, &taken->outcome)) {
        taken->why = why;
        return GA_OK;
    }
    if (err != NULL)
        *err = why;
    return rc;
}
