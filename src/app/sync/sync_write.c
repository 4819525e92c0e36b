/* Writes a bundle to a stick and believes it only once it was read back. */
#include "guanai/app/county.h"
#include "guanai/app/sticks.h"
#include "guanai/base/alloc.h"
#include "guanai/base/num.h"
#include "guanai/crypt/secret.h"
#include "guanai/sql/transaction.h"
#include "sync/sync_kept_inner.h"
#include "sync/sync_write_inner.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_BYTES = 1 << 20, OWN_NAMES_KEPT = 200 /* a county writes one a school */ };

static const char written_setting[] = "sync_written";

static enum ga_rc gather(struct writing *w, struct ga_error *err)
{
    struct ga_session *session = w->session;
    enum ga_rc rc = ga_sync_keys_need(session, &w->keys, err);
    if (rc == GA_OK && !w->what->is_complete)
        rc = ga_sync_least(session, &w->least, err);
    if (rc == GA_OK)
        rc = ga_store_have(session->store, &w->runs, err);
    if (rc == GA_OK)
        rc = ga_store_sites(session->store, &w->sites, err);
    if (rc == GA_OK)
        rc = ga_writing_gather_guests(w, err);
    return rc == GA_OK ? ga_county_schools(session, &w->schools, err) : rc;
}

/* ---- writing ---- */

static enum ga_rc put_bytes(void *ctx, const void *bytes, size_t len, struct ga_error *err)
{
    return ga_target_put(ctx, bytes, len, err);
}

static enum ga_rc find(void *ctx, const struct ga_uuid *record, const struct ga_hash *leaf, struct ga_place *ret_place,
                       bool *ret_is_there, struct ga_error *err)
{
    return ga_send_find(ctx, record, leaf, ret_place, ret_is_there, err);
}

/* A receipt, a bundle for a guest, a guest's own can be read back by who wrote it, and by the one it is for. */
static size_t list_holders(const struct writing *w, struct ga_seal_public holders[GA_BUNDLE_HOLDERS_MAX])
{
    static const struct ga_seal_public none;
    size_t count = 0;
    holders[count++] = w->keys.group.public_key;
    if (w->guest != NULL || w->is_guest) {
        holders[count++] = w->is_guest ? w->host : w->guest->group;
        return count;
    }
    if (w->to != NULL) {
        holders[count++] = w->to->group;
    } else if (memcmp(&w->keys.county, &none, sizeof(none)) != 0)
        holders[count++] = w->keys.county;
    if ((w->to == NULL || ga_writing_gives_school_back(w)) && memcmp(&w->keys.recovery, &none, sizeof(none)) != 0)
        holders[count++] = w->keys.recovery;
    return count;
}

static enum ga_rc open_bundle(struct writing *w, struct ga_error *err)
{
    struct ga_seal_public holders[GA_BUNDLE_HOLDERS_MAX];
    const struct ga_bundle_sender sender = ga_sync_sender(w->session);
    w->bytes = (struct ga_sync_sink){put_bytes, w->target};
    w->finder = (struct ga_content_finder){find, w->send};
    enum ga_rc rc = ga_bundle_create(&sender, holders, list_holders(w, holders), ga_crypt_random(), &w->bytes, &w->bundle, err);
    if (rc != GA_OK)
        return rc;
    w->frames = ga_bundle_frames(w->bundle);
    return ga_content_create(&w->manifest, w->manifest.has_receiver ? NULL : &w->finder, &w->frames, &w->content, err);
}

static enum ga_rc put_transaction(struct writing *w, const struct ga_parcel *parcel, struct ga_error *err)
{
    enum ga_rc rc = ga_content_put_parcel(w->content, parcel, err);
    for (uint32_t i = 0, count = parcel->count; rc == GA_OK && i < count;) {
        struct ga_parcel_op op;
        rc = ga_send_op(w->send, &op, err);
        if (rc == GA_OK)
            rc = ga_content_put_op(w->content, &op, err);
        i += rc == GA_OK ? ga_parcel_op_leaves(&op) : 0;
    }
    return rc;
}

static enum ga_rc put_transactions(struct writing *w, struct ga_error *err)
{
    const struct ga_progress *progress = w->what->progress;
    const int64_t total = (int64_t)ga_send_transactions(w->send);
    struct ga_parcel parcel;
    bool has = true;
    enum ga_rc rc = GA_OK;
    for (int64_t done = 0; rc == GA_OK; done++) {
        if (progress != NULL && !progress->step(progress->ctx, done, total))
            return ga_error_set(err, GA_CANCELLED, "stopped; nothing was written");
        rc = ga_send_next(w->send, &parcel, &has, err);
        if (rc != GA_OK || !has)
            return rc;
        rc = put_transaction(w, &parcel, err);
    }
    return rc;
}

static enum ga_rc fill(struct writing *w, struct ga_error *err)
{
    enum ga_rc rc = ga_writing_send(w, err);
    if (rc == GA_OK)
        rc = open_bundle(w, err);
    if (rc == GA_OK)
        rc = put_transactions(w, err);
    if (rc == GA_OK)
        rc = ga_content_finish(w->content, &w->counts, err);
    return rc == GA_OK ? ga_bundle_finish(w->bundle, &w->file_bytes, err) : rc;
}

/* As a reader would, from the stick itself, before it bears a name that anybody would read. */
static enum ga_rc verify(struct writing *w, const char *part, struct ga_error *err)
{
    const struct ga_io_ops *io = w->session->options->io;
    const struct ga_bundle_signers signers = ga_sync_signers(w->session);
    struct ga_bundle_facts facts;
    const int fd = io->open(io->ctx, part, O_RDONLY | O_NOFOLLOW, 0);
    if (fd < 0)
        return ga_io_fail(err, fd, "read", w->path);
    struct ga_sync_file file = {io, fd, w->path};
    const struct ga_sync_source source = ga_sync_read_file(&file);
    enum ga_rc rc = ga_bundle_verify(&source, &w->keys.group, 1, &signers, &facts, err);
    io->close(io->ctx, fd);
    if ((rc == GA_OK && facts.file_bytes != w->file_bytes) || (rc != GA_OK && rc != GA_IO))
        rc = ga_error_set(err, GA_IO, "%1 does not read back as written", w->path);
    return rc;
}

static enum ga_rc keep_what_it_says(struct writing *w, struct ga_error *err)
{
    struct ga_store *store = w->session->store;
    struct ga_str text = {0};
    for (size_t i = 0; i < w->manifest.bundles_count; i++)
        ga_str_addf(&text, "%llu ", (unsigned long long)w->bundles[i]);
    enum ga_rc rc = w->to != NULL ? GA_OK : ga_store_set_setting(store, GA_SYNC_BUNDLES_SETTING, ga_str_text(&text), err);
    if (rc == GA_OK)
        rc = ga_store_set_setting(store, GA_SYNC_NUMBER_SETTING, GA_NUM(w->manifest.number), err);
    if (rc == GA_OK)
        rc = ga_sync_words_add(w->session, written_setting, w->name, OWN_NAMES_KEPT, err);
    ga_str_finish(&text);
    return rc;
}

/* Before it has its name: a bundle of this computer that it does not know for its own would be a copy's. A number that no bundle
 * bears in the end is nobody's loss. All of it or nothing: a list of more bundles than were numbered cannot be said. */
static enum ga_rc remember(struct writing *w, struct ga_error *err)
{
    struct ga_db *db = ga_store_db(w->session->store);
    enum ga_rc rc = ga_transaction_begin(db, err);
    if (rc != GA_OK)
        return rc;
    rc = keep_what_it_says(w, err);
    if (rc == GA_OK)
        return ga_transaction_commit(db, err);
    ga_transaction_rollback(db);
    return rc;
}

static enum ga_rc fill_part(struct writing *w, struct ga_error *err)
{
    enum ga_rc rc = fill(w, err);
    if (rc == GA_OK)
        rc = ga_target_complete(w->target, err);
    if (rc == GA_OK)
        rc = verify(w, w->target->part, err);
    return rc == GA_OK ? remember(w, err) : rc;
}

static enum ga_rc write_file(struct writing *w, struct ga_error *err)
{
    const struct ga_io_ops *io = w->session->options->io;
    enum ga_rc rc = ga_target_open(io, w->path, &w->target, err);
    if (rc != GA_OK)
        return rc;
    rc = fill_part(w, err);
    w->reached_bytes = w->target->size_bytes;
    if (rc == GA_OK)
        rc = ga_target_commit(w->target, err);
    else
        ga_target_abandon(w->target);
    w->target = NULL;
    return rc == GA_OK ? ga_stick_settle(io, w->folder, err) : rc;
}

/* ---- afterwards ---- */

static bool is_new(const struct writing *w, const char *name)
{
    for (size_t i = 0; i < w->names.len; i++)
        if (strcmp(*GA_VEC_AT(const char *, &w->names, i), name) == 0)
            return true;
    return false;
}

/* The new ones hold all that anybody may still lack of them. */
static void drop_older(struct writing *w)
{
    const struct ga_io_ops *io = w->session->options->io;
    struct ga_vec files;
    ga_vec_init(&files, sizeof(struct ga_stick_file));
    ga_stick_files(io, w->folder, w->arena, &files, NULL);
    for (size_t i = 0; i < files.len; i++) {
        const struct ga_stick_file *file = ga_vec_at(&files, i);
        if (!is_new(w, file->name) && ga_sync_words_has(w->session, written_setting, file->name))
            io->unlink(io->ctx, file->path);
    }
    ga_vec_finish(&files);
}

static void finish_file(struct writing *w)
{
    ga_content_out_destroy(w->content);
    ga_bundle_out_destroy(w->bundle);
    ga_send_end(w->send);
    w->content = NULL;
    w->bundle = NULL;
    w->send = NULL;
}

static enum ga_rc write_one(struct writing *w, const struct ga_county_school *to, struct ga_error *err)
{
    w->to = to;
    w->receipts += to != NULL;
    ga_writing_begin_manifest(w);
    ga_stick_name(w->session->options->random, w->name);
    w->path = ga_arena_printf(w->arena, "%s/%s", w->folder, w->name);
    *(const char **)ga_vec_push(&w->names) = ga_arena_strdup(w->arena, w->name);
    const enum ga_rc rc = write_file(w, err);
    if (rc == GA_OK && w->guest == NULL)
        w->written = (struct ga_sync_written){.path = w->path, .number = w->manifest.number,
                                              .transactions = w->counts.transactions, .operations = w->counts.operations,
                                              .file_bytes = w->file_bytes};
    finish_file(w);
    return rc;
}

/* ---- guests ---- */

/* What it holds counts as given only once the guest says that it took in this bundle, or a later one. */
static enum ga_rc write_for_guest(struct writing *w, struct ga_error *err)
{
    enum ga_rc rc = ga_writing_gather_theirs(w, err);
    if (rc != GA_OK || !ga_writing_has_word_for_guest(w))
        return rc;
    rc = write_one(w, NULL, err);
    if (rc == GA_OK)
        rc = ga_limited_handed(w->session->store, &w->guest->site, &w->limited, w->manifest.number, err);
    if (rc == GA_OK)
        w->written.guests++;
    return rc;
}

static enum ga_rc write_for_guests(struct writing *w, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < w->guests.len; i++) {
        if (ga_writing_take_guest(w, ga_vec_at(&w->guests, i)))
            rc = write_for_guest(w, err);
        w->guest = NULL;
    }
    return rc;
}

/* ---- a county's receipts ---- */

/* Whose bundle that is; NULL: of none of the schools, or it cannot be opened. */
static const struct ga_county_school *school_of_file(struct writing *w, const char *path)
{
    const struct ga_io_ops *io = w->session->options->io;
    const int fd = io->open(io->ctx, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
    if (fd < 0)
        return NULL;
    struct ga_sync_file file = {io, fd, path};
    const struct ga_sync_source source = ga_sync_read_file(&file);
    const struct ga_county_school *school = NULL;
    struct ga_bundle_in *in = NULL;
    if (ga_bundle_open(&source, &w->keys.group, 1, &in, NULL) == GA_OK)
        school = ga_county_school_at(&w->schools, &w->sites, ga_bundle_site(in));
    ga_bundle_in_destroy(in);
    io->close(io->ctx, fd);
    return school;
}

/* Of the one that somebody named: it has nothing left that could lie there. */
static enum ga_rc write_asked(struct writing *w, struct ga_error *err)
{
    const struct ga_county_school *school = ga_county_school_of(&w->schools, w->what->school);
    if (school == NULL)
        return ga_error_set(err, GA_NOT_FOUND, "this is no school of the county");
    if (ga_county_is_nameless(w->session, school))
        return ga_error_set(err, GA_REFUSED, "this school gives the county no names, so what is here cannot bring it back");
    return write_one(w, school, err);
}

/* One for each school that lies there, whichever of its computers wrote. */
static enum ga_rc write_receipts(struct writing *w, struct ga_error *err)
{
    struct ga_vec files, done;
    ga_vec_init(&files, sizeof(struct ga_stick_file));
    ga_vec_init(&done, sizeof(struct ga_county_school));
    enum ga_rc rc = ga_stick_files(w->session->options->io, w->folder, w->arena, &files, err);
    for (size_t i = 0; rc == GA_OK && i < files.len; i++) {
        const struct ga_county_school *school = school_of_file(w, GA_VEC_AT(struct ga_stick_file, &files, i)->path);
        if (school == NULL || ga_county_school_of(&done, &school->site) != NULL)
            continue;
        *(struct ga_county_school *)ga_vec_push(&done) = *school;
        rc = write_one(w, school, err);
    }
    ga_vec_finish(&files);
    ga_vec_finish(&done);
    return rc;
}

/* A county's other computers, if it has any, are its own; schools are not. */
static bool has_readers(const struct writing *w)
{
    for (size_t i = 0; i < w->sites.len; i++) {
        const struct ga_peer *site = ga_vec_at(&w->sites, i);
        if (ga_sync_takes_part(&w->sites, site) && ga_county_school_at(&w->schools, &w->sites, &site->id) == NULL)
            return true;
    }
    return false;
}

static enum ga_rc write_all(struct writing *w, struct ga_error *err)
{
    const bool is_county = ga_county_is_here(w->session);
    enum ga_rc rc = !is_county ? GA_OK : w->what->school != NULL ? write_asked(w, err) : write_receipts(w, err);
    if (rc == GA_OK && w->is_guest)
        rc = ga_writing_gather_theirs(w, err);
    if (rc == GA_OK && (!is_county || has_readers(w)))
        rc = write_one(w, NULL, err);
    if (rc == GA_OK)
        rc = write_for_guests(w, err);
    if (rc == GA_OK && w->names.len == 0)
        rc = ga_error_set(err, GA_NOT_FOUND, "nothing of a school lies on this stick, so there is nothing to write: the county answers what schools bring");
    return rc;
}

/* Whatever came of it: on a stick that was pulled out there is nothing. */
static bool was_pulled(const struct writing *w, struct ga_error *ret_why)
{
    return w->mark.inode != 0 && ga_stick_still(w->session->options->io, w->what->place, &w->mark, true, ret_why) != GA_OK;
}

static enum ga_rc write_bundles(struct writing *w, struct ga_error *err)
{
    const struct ga_io_ops *io = w->session->options->io;
    ga_stick_mark(io, w->what->place, &w->mark);
    enum ga_rc rc = ga_session_stick_check(w->session, w->what->place, ROOM_BYTES, err);
    if (rc == GA_OK)
        rc = ga_county_tell_heard(w->session, err);
    if (rc == GA_OK)
        rc = gather(w, err);
    if (rc == GA_OK)
        rc = ga_stick_folder(io, w->what->place, true, w->arena, &w->folder, err);
    if (rc != GA_OK)
        return rc;
    ga_stick_sweep(io, w->folder, w->arena);
    rc = write_all(w, err);
    if (rc == GA_OK)
        drop_older(w);
    if (rc == GA_OK && !w->is_guest && !ga_county_is_here(w->session))
        rc = ga_sync_pass_on(w->session, w->folder, w->arena, err);
    return rc == GA_OK ? ga_stick_settle(io, w->folder, err) : rc;
}

static void finish(struct writing *w)
{
    ga_vec_finish(&w->schools);
    ga_vec_finish(&w->guests);
    ga_vec_finish(&w->taken);
    ga_vec_finish(&w->theirs);
    ga_limited_finish(&w->limited);
    ga_vec_finish(&w->told);
    ga_vec_finish(&w->said);
    ga_vec_finish(&w->others);
    ga_vec_finish(&w->names);
    ga_vec_finish(&w->least);
    ga_vec_finish(&w->runs);
    ga_vec_finish(&w->sites);
    ga_vec_finish(&w->introductions);
    ga_crypt_wipe(&w->keys, sizeof(w->keys));
}

enum ga_rc ga_sync_write(struct ga_session *session, const struct ga_sync_export *what, struct ga_arena *arena,
                         struct ga_sync_written *ret_written, struct ga_error *err)
{
    struct writing w = {.session = session, .what = what, .arena = arena};
    ga_vec_init(&w.least, sizeof(struct ga_have));
    ga_vec_init(&w.runs, sizeof(struct ga_have));
    ga_vec_init(&w.sites, sizeof(struct ga_peer));
    ga_vec_init(&w.introductions, sizeof(struct ga_peer));
    ga_vec_init(&w.schools, sizeof(struct ga_county_school));
    ga_vec_init(&w.told, sizeof(struct ga_have));
    ga_vec_init(&w.said, sizeof(struct ga_have));
    ga_vec_init(&w.others, sizeof(struct ga_have));
    ga_vec_init(&w.names, sizeof(const char *));
    ga_vec_init(&w.guests, sizeof(struct ga_guest));
    ga_vec_init(&w.taken, sizeof(struct ga_manifest_taken));
    ga_vec_init(&w.theirs, sizeof(struct ga_have));
    ga_limited_init(&w.limited);
    struct ga_error pulled = {0};
    enum ga_rc rc = write_bundles(&w, err);
    if ((rc == GA_OK || rc == GA_IO || rc == GA_NOT_FOUND) && was_pulled(&w, &pulled)) {
        rc = GA_IO;
        if (err != NULL)
            *err = pulled;
    } else if (rc == GA_OK) {
        *ret_written = w.written;
        ret_written->receipts = w.receipts;
    } else if (rc == GA_IO || (rc == GA_NOT_FOUND && w.folder != NULL)) /* not there from the beginning: a wrong path */
        rc = ga_stick_explain(session->options->io, w.folder != NULL ? w.folder : what->place, true, ROOM_BYTES + w.reached_bytes, rc, err);
    finish(&w);
    return rc;
}
