/* Goes through the files of a stick, keeps those that could not be taken in, tries again those that were kept. */
#include "guanai/app/county.h"
#include "guanai/base/alloc.h"
#include "guanai/crypt/secret.h"
#include "guanai/sync/bundle.h"
#include "guanai/sync/pairing.h"
#include "guanai/sync/stick_folder.h"
#include "sync/gaps_inner.h"
#include "sync/guest_inner.h"
#include "sync/sync_take_inner.h"

#include <errno.h>
#include <string.h>

static const char written_setting[] = "sync_written";

/* ---- the files ---- */

/* Of the copy: what lies on the stick is read once. */
static bool is_pairing(const struct ga_io_ops *io, const char *path)
{
    struct ga_str bytes = {0};
    const bool is = ga_stick_read(io, path, GA_PAIRING_BYTES_MAX, &bytes, NULL) == GA_OK &&
                    ga_pairing_kind(bytes.data, bytes.len) != GA_PAIRING_NONE;
    ga_str_finish(&bytes);
    return is;
}

/* Whole as far as can be told, and not to be judged here yet. */
static bool is_to_hold(struct ga_taking *t, const struct ga_sync_taken *taken)
{
    return taken->outcome == GA_SYNC_STRANGER || taken->received.transactions[GA_PARCEL_HELD] > 0 ||
           (taken->outcome == GA_SYNC_REFUSED && taken->why.rc == GA_REFUSED && ga_bundle_has_magic(t->session->options->io, t->copy));
}

static bool is_to_set_apart(const struct ga_sync_taken *taken)
{
    return taken->outcome == GA_SYNC_DAMAGED || taken->outcome == GA_SYNC_REFUSED ||
           taken->received.transactions[GA_PARCEL_REFUSED] > 0;
}

/* "石桥教学点 3" and what is wrong, in the language of the day it came. */
static void explain(struct ga_taking *t, const struct ga_sync_taken *taken, struct ga_str *out)
{
    struct ga_str why = {0};
    if (taken->label[0] != '\0')
        ga_str_addf(out, "%s %llu: ", taken->label, (unsigned long long)taken->number);
    if (taken->why.rc != GA_OK) {
        ga_error_text(&taken->why, t->session->lang, &why);
        ga_str_addf(out, "%s\n", ga_str_text(&why));
    } else if (taken->received.transactions[GA_PARCEL_HELD] > 0) {
        ga_str_addf(out, "%s\n", ga_tr(t->session->lang, "some of it builds on what is not here yet"));
    }
    ga_str_add(out, ga_str_text(&t->refused));
    ga_str_finish(&why);
}

/* What could not be taken in is kept; a disk that is full is no reason not to go on with the others. */
static void keep(struct ga_taking *t, const char *copy, struct ga_sync_taken *taken)
{
    const bool is_held = is_to_hold(t, taken), is_apart = is_to_set_apart(taken);
    struct ga_str reason = {0};
    if (!is_held && !is_apart)
        return;
    explain(t, taken, &reason);
    /* what is refused of it now is refused for ever, what is held may be taken yet: the file goes where it is read again */
    if (is_held && taken->received.transactions[GA_PARCEL_REFUSED] > 0)
        ga_sync_keep(t->session, GA_SYNC_QUARANTINE, NULL, taken->name, ga_str_text(&reason), NULL);
    ga_sync_keep(t->session, is_held ? GA_SYNC_HELD : GA_SYNC_QUARANTINE, copy, taken->name, ga_str_text(&reason), NULL);
    ga_str_finish(&reason);
}

/* A copy here of what lies there. *ret_passes: nothing of it concerns this computer. */
static enum ga_rc fetch(struct ga_taking *t, const char *path, struct ga_sync_taken *taken, bool *ret_passes, struct ga_error *err)
{
    const struct ga_io_ops *io = t->session->options->io;
    struct ga_error why = {0};
    const enum ga_rc rc = ga_stick_take(io, path, t->copy, GA_STICK_FILE_BYTES_MAX, &why);
    *ret_passes = rc == GA_DENIED || (rc == GA_OK && is_pairing(io, t->copy));
    if (rc == GA_TOO_BIG || rc == GA_DAMAGED) {
        taken->outcome = rc == GA_DAMAGED ? GA_SYNC_DAMAGED : GA_SYNC_REFUSED;
        taken->why = why;
    } else if (rc != GA_OK && err != NULL) {
        *err = why;
    }
    t->unread = rc == GA_DAMAGED ? t->unread + 1 : rc == GA_OK || rc == GA_TOO_BIG ? 0 : t->unread;
    return rc;
}

static enum ga_rc take_file(struct ga_taking *t, const char *name, const char *path, struct ga_error *err)
{
    const struct ga_io_ops *io = t->session->options->io;
    if (ga_sync_words_has(t->session, written_setting, name))
        return GA_OK;
    struct ga_sync_taken taken = {.name = name, .label = ""};
    bool passes;
    ga_str_clear(&t->refused);
    const enum ga_rc fetched = fetch(t, path, &taken, &passes, err);
    enum ga_rc rc = passes || fetched == GA_TOO_BIG || fetched == GA_DAMAGED ? GA_OK : fetched;
    if (fetched == GA_OK && !passes)
        rc = ga_taking_copy(t, &taken, err);
    if (taken.outcome == GA_SYNC_OTHERS && ga_guest_is_here(t->session))
        passes = true; /* beside a guest's lie the school's own, as they should */
    if (rc == GA_OK && !passes) {
        if (fetched != GA_DAMAGED) /* there is nothing to keep of it, and it may read tomorrow */
            keep(t, fetched == GA_OK ? t->copy : NULL, &taken);
        *(struct ga_sync_taken *)ga_vec_push(t->taken) = taken;
    }
    io->unlink(io->ctx, t->copy); /* unless it was kept */
    return rc;
}

/* The last ones did not read: were it they alone, or the stick? What cannot be told is not finished. */
static enum ga_rc settle_unread(struct ga_taking *t, enum ga_rc rc, struct ga_error *err)
{
    const size_t unread = t->unread;
    t->unread = 0;
    if (rc != GA_OK || unread == 0)
        return rc;
    if (err != NULL) {
        *err = GA_VEC_AT(struct ga_sync_taken, t->taken, t->taken->len - unread)->why;
        err->rc = GA_IO;
    }
    t->taken->len -= unread;
    return GA_IO;
}

/* ---- what was held ---- */

/* Not on the stick, hence not told unless something of it counts now. */
static enum ga_rc take_held(struct ga_taking *t, const struct ga_sync_kept *kept, bool *ret_has_more, struct ga_error *err)
{
    const char *copy = t->copy;
    struct ga_sync_taken taken = {.name = kept->name, .label = ""};
    ga_str_clear(&t->refused);
    t->copy = kept->path;
    const enum ga_rc rc = ga_taking_copy(t, &taken, err);
    const bool is_held = rc == GA_OK && is_to_hold(t, &taken);
    if (rc == GA_OK && !is_held) {
        keep(t, kept->path, &taken);
        ga_sync_kept_drop(t->session, kept);
    }
    t->copy = copy;
    if (rc == GA_OK && taken.received.transactions[GA_PARCEL_APPLIED] > 0) {
        *ret_has_more = true;
        *(struct ga_sync_taken *)ga_vec_push(t->taken) = taken;
    }
    return rc;
}

static size_t count_sites(struct ga_taking *t)
{
    struct ga_vec sites;
    ga_vec_init(&sites, sizeof(struct ga_peer));
    ga_store_sites(t->session->store, &sites, NULL);
    const size_t count = sites.len;
    ga_vec_finish(&sites);
    return count;
}

static bool has_brought(const struct ga_taking *t)
{
    for (size_t i = 0; i < t->taken->len; i++)
        if (GA_VEC_AT(const struct ga_sync_taken, t->taken, i)->received.transactions[GA_PARCEL_APPLIED] > 0)
            return true;
    return false;
}

/* Once something came, or somebody was introduced. One may have waited for another. */
static enum ga_rc take_all_held(struct ga_taking *t, size_t sites_before, struct ga_error *err)
{
    bool has_more = has_brought(t) || count_sites(t) > sites_before;
    enum ga_rc rc = GA_OK;
    while (rc == GA_OK && has_more) {
        struct ga_vec kept;
        const size_t sites = count_sites(t);
        has_more = false;
        ga_vec_init(&kept, sizeof(struct ga_sync_kept));
        rc = ga_sync_kept_list(t->session, GA_SYNC_HELD, t->arena, &kept, err);
        for (size_t i = 0; rc == GA_OK && i < kept.len; i++)
            rc = take_held(t, ga_vec_at(&kept, i), &has_more, err);
        ga_vec_finish(&kept);
        has_more |= count_sites(t) > sites;
    }
    return rc;
}

/* ---- what was kept apart ---- */

static const struct ga_sync_taken *find_taken(const struct ga_taking *t, const char *name)
{
    for (size_t i = 0; i < t->taken->len; i++)
        if (strcmp(GA_VEC_AT(const struct ga_sync_taken, t->taken, i)->name, name) == 0)
            return ga_vec_at(t->taken, i);
    return NULL;
}

/* The same file whole, or all that it should have brought by others. */
static bool is_good_now(struct ga_taking *t, const struct ga_sync_kept *kept, const struct ga_sync_taken *came)
{
    if (came != NULL && came->outcome <= GA_SYNC_KNOWN && !is_to_hold(t, came) && !is_to_set_apart(came))
        return true;
    const char *copy = t->copy;
    t->copy = kept->path;
    const bool has_all = ga_taking_has_all(t);
    t->copy = copy;
    return has_all;
}

/* Told once, and as long as the damaged file lies there. */
static enum ga_rc make_good(struct ga_taking *t, struct ga_error *err)
{
    struct ga_vec kept;
    ga_vec_init(&kept, sizeof(struct ga_sync_kept));
    enum ga_rc rc = ga_sync_kept_list(t->session, GA_SYNC_QUARANTINE, t->arena, &kept, err);
    for (size_t i = 0; rc == GA_OK && i < kept.len; i++) {
        const struct ga_sync_kept *one = ga_vec_at(&kept, i);
        const struct ga_sync_taken *came = find_taken(t, one->name);
        const bool is_told = one->is_made_good && (came == NULL || came->outcome <= GA_SYNC_KNOWN);
        if (is_told || (!one->is_made_good && !is_good_now(t, one, came)))
            continue;
        rc = ga_sync_kept_make_good(t->session, one, err);
        *(struct ga_sync_taken *)ga_vec_push(t->taken) = (struct ga_sync_taken){.name = one->name, .label = "", .outcome = GA_SYNC_MADE_GOOD};
    }
    ga_vec_finish(&kept);
    return rc;
}

/* ---- all of it ---- */

static enum ga_rc take_all(struct ga_taking *t, const char *folder, struct ga_error *err)
{
    struct ga_vec files;
    ga_vec_init(&files, sizeof(struct ga_stick_file));
    enum ga_rc rc = ga_stick_files(t->session->options->io, folder, t->arena, &files, err);
    for (size_t i = 0; rc == GA_OK && i < files.len; i++) {
        const struct ga_stick_file *file = ga_vec_at(&files, i);
        rc = take_file(t, file->name, file->path, err);
    }
    ga_vec_finish(&files);
    return settle_unread(t, rc, err);
}

/* Some may have waited for what another brought; each round takes in something or is the last. */
static enum ga_rc take_rounds(struct ga_taking *t, const char *folder, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (bool has_more = true; rc == GA_OK && has_more;) {
        const size_t before = t->taken->len;
        bool waits = false, has_taken = false;
        rc = take_all(t, folder, err);
        for (size_t i = before; i < t->taken->len; i++) {
            const struct ga_sync_taken *taken = ga_vec_at(t->taken, i);
            waits |= taken->received.transactions[GA_PARCEL_HELD] > 0;
            has_taken |= taken->received.transactions[GA_PARCEL_APPLIED] > 0;
        }
        has_more = waits && has_taken;
        if (before > 0) /* what a later round had nothing to say about was said before */
            for (size_t i = t->taken->len; i-- > before;)
                if (GA_VEC_AT(struct ga_sync_taken, t->taken, i)->received.transactions[GA_PARCEL_APPLIED] == 0)
                    ga_vec_remove(t->taken, i);
    }
    return rc;
}

/* Beside the bundle of a school that gives its county no names lie the school's own, as they should. */
static void drop_others(struct ga_taking *t)
{
    for (size_t i = t->taken->len; i-- > 0 && ga_county_has_nameless(t->session);)
        if (GA_VEC_AT(struct ga_sync_taken, t->taken, i)->outcome == GA_SYNC_OTHERS)
            ga_vec_remove(t->taken, i);
}

/* Nothing of ours that lies there from the beginning is no pull. */
static enum ga_rc explain_end(const struct ga_taking *t, const char *place, enum ga_rc rc, struct ga_error *err)
{
    return rc == GA_IO ? ga_stick_explain(t->session->options->io, place, false, 0, rc, err) : rc;
}

static enum ga_rc take(struct ga_taking *t, const char *place, struct ga_error *err)
{
    const struct ga_io_ops *io = t->session->options->io;
    struct ga_io_stat stat;
    const char *folder, *slash = strrchr(place, '/');
    const int found = io->stat(io->ctx, place, &stat);
    if (found < 0)
        return explain_end(t, place, ga_io_fail(err, found, "open", place), err);
    if (!stat.is_dir)
        return settle_unread(t, take_file(t, slash == NULL ? place : slash + 1, place, err), err);
    enum ga_rc rc = ga_stick_folder(io, place, false, t->arena, &folder, err);
    if (rc != GA_OK)
        return explain_end(t, place, rc, err);
    rc = take_rounds(t, folder, err);
    drop_others(t);
    return rc == GA_NOT_FOUND ? ga_stick_explain(io, folder, false, 0, rc, err) : explain_end(t, folder, rc, err);
}

/* Of a stick that was pulled out an empty folder may be left, in which nothing lies. */
static enum ga_rc take_whole(struct ga_taking *t, const char *place, struct ga_error *err)
{
    const struct ga_io_ops *io = t->session->options->io;
    struct ga_stick_mark mark;
    struct ga_error pulled = {0};
    ga_stick_mark(io, place, &mark);
    const enum ga_rc rc = take(t, place, err);
    if ((rc != GA_OK && rc != GA_NOT_FOUND) || mark.inode == 0 || ga_stick_still(io, place, &mark, false, &pulled) == GA_OK)
        return rc;
    if (err != NULL)
        *err = pulled;
    return GA_IO;
}

static enum ga_rc take_by(struct ga_session *session, const char *place, const struct ga_seal_key *recovery,
                          const struct ga_progress *progress, struct ga_arena *arena, struct ga_vec *ret_taken, struct ga_error *err)
{
    struct ga_taking t = {.session = session, .progress = progress, .arena = arena, .taken = ret_taken,
                       .copy = ga_arena_printf(arena, "%s/incoming", session->data_folder)};
    struct ga_sync_keys keys;
    enum ga_rc rc = ga_sync_keys_need(session, &keys, err);
    t.keys[t.keys_count++] = keys.group;
    if (recovery != NULL) {
        t.keys[t.keys_count++] = *recovery;
        t.school = session->config.school == NULL ? "" : session->config.school;
    }
    const size_t sites = count_sites(&t);
    if (rc == GA_OK)
        rc = take_whole(&t, place, err);
    if (rc == GA_OK)
        rc = take_all_held(&t, sites, err);
    if (rc == GA_OK)
        rc = make_good(&t, err);
    if (rc == GA_OK)
        rc = ga_sync_gaps_settle(session, err);
    if (rc == GA_OK)
        rc = ga_county_keys_learn(session, err);
    if (rc == GA_OK)
        rc = ga_county_settle(session, err);
    if (rc == GA_OK)
        rc = ga_county_name_places(session, err);
    ga_crypt_wipe(&keys, sizeof(keys));
    ga_crypt_wipe(t.keys, sizeof(t.keys));
    ga_str_finish(&t.refused);
    return rc;
}

enum ga_rc ga_sync_take(struct ga_session *session, const char *place, const struct ga_progress *progress,
                        struct ga_arena *arena, struct ga_vec *ret_taken, struct ga_error *err)
{
    return take_by(session, place, NULL, progress, arena, ret_taken, err);
}

enum ga_rc ga_sync_take_recovered(struct ga_session *session, const char *place, const struct ga_seal_key *key,
                                  const struct ga_progress *progress, struct ga_arena *arena, struct ga_vec *ret_taken,
                                  struct ga_error *err)
{
    return take_by(session, place, key, progress, arena, ret_taken, err);
}

/* ---- what is said ---- */

static const struct {
    const char *code, *text;
} outcomes[GA_SYNC_OUTCOMES] = {
    [GA_SYNC_TAKEN] = {"taken", GA_N_("taken in")},
    [GA_SYNC_KNOWN] = {"known", GA_N_("nothing new")},
    [GA_SYNC_MADE_GOOD] = {"made good", GA_N_("was kept apart: all of it is here now")},
    [GA_SYNC_GUESTS] = {"guest", GA_N_("for a guest of this school")},
    [GA_SYNC_OTHERS] = {"others", GA_N_("of another school")},
    [GA_SYNC_STRANGER] = {"stranger", GA_N_("of a computer nobody introduced here")},
    [GA_SYNC_DAMAGED] = {"damaged", GA_N_("damaged")},
    [GA_SYNC_REFUSED] = {"refused", GA_N_("cannot be read")},
};

const char *ga_sync_outcome_code(enum ga_sync_outcome outcome)
{
    return outcomes[outcome].code;
}

const char *ga_sync_outcome_text(enum ga_sync_outcome outcome)
{
    return outcomes[outcome].text;
}
