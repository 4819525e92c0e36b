/* What happens to sticks between the computers of a gossip, and what their bundles hold. */
#include "gossip_program.h"

#include "guanai/base/alloc.h"
#include "guanai/crypt/secret.h"
#include "guanai/sync/content.h"
#include "guanai/sync/stick_folder.h"
#include "sync/sync_inner.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { OLD_MAX = 4 };

/* A bundle when it was written; the name is drawn, so no other ever has it. */
struct written {
    char name[GA_STICK_NAME_SIZE];
    int64_t size_bytes;
    uint64_t versions;
};

struct program_seen program_seen;

static char root[40];
static size_t old_count; /* sticks of weeks ago, their folders follow those of the others */
static struct ga_vec bundles; /* struct written */
static struct ga_arena arena;

const char *program_stick(size_t stick)
{
    return ga_arena_printf(&arena, "%s/%zu", root, stick);
}

size_t program_draw_stick(void)
{
    return gossip_draw(PROGRAM_STICKS);
}

static void make_sticks(void)
{
    for (size_t stick = 0; stick < PROGRAM_STICKS; stick++)
        gossip_shell("mkdir -p", program_stick(stick), ga_arena_printf(&arena, "%s/guanai", program_stick(stick)));
}

void program_sticks_start(void)
{
    strcpy(root, "/tmp/guanai-sticks-XXXXXX");
    assert_non_null(mkdtemp(root));
    ga_vec_init(&bundles, sizeof(struct written));
    make_sticks();
}

void program_empty_sticks(void)
{
    gossip_shell("rm -rf", ga_arena_printf(&arena, "%s/", root), root);
    ga_arena_finish(&arena);
    old_count = 0;
    ga_vec_clear(&bundles);
    make_sticks();
}

void program_sticks_stop(void)
{
    gossip_shell("rm -rf", root, root);
    ga_vec_finish(&bundles);
    ga_arena_finish(&arena);
}

/* ---- what is in a bundle ---- */

static enum ga_rc next_frame(void *ctx, const uint8_t **ret_frame, size_t *ret_len, struct ga_error *err)
{
    return ga_bundle_next(ctx, ret_frame, ret_len, err);
}

static enum ga_rc look_at(void *ctx, const struct ga_place *place, struct ga_hash *ret_leaf, struct ga_error *err)
{
    struct ga_parcel_op op;
    const enum ga_rc rc = ga_store_at(ctx, place, &op, err);
    if (rc == GA_OK)
        *ret_leaf = op.leaf;
    return rc;
}

static uint64_t version_of(const struct ga_parcel_op *op)
{
    struct ga_hash leaf;
    uint64_t versions = 0;
    ga_parcel_op_leaf(op, &leaf);
    for (size_t v = 0; v < gossip.versions_count; v++)
        if (ga_hash_equal(&gossip.versions[v].leaf, &leaf))
            versions |= 1ull << v;
    return versions;
}

static uint64_t versions_in(struct ga_bundle_in *bundle, struct ga_store *store)
{
    const struct ga_content_source frames = {next_frame, bundle};
    const struct ga_content_shelf shelf = {look_at, store};
    struct ga_content_item item = {.event = GA_CONTENT_PARCEL};
    struct ga_content_in *content;
    uint64_t versions = 0;
    assert_int_equal(ga_content_open(&frames, &shelf, &content, NULL), GA_OK);
    while (item.event != GA_CONTENT_END) {
        assert_int_equal(ga_content_next(content, &item, NULL), GA_OK);
        if (item.event == GA_CONTENT_OP)
            versions |= version_of(&item.op);
    }
    ga_content_in_destroy(content);
    return versions;
}

/* Read by whoever wrote it, who has all that it refers to. */
static void note_bundle(struct ga_session *session, const struct ga_sync_written *told)
{
    struct written *written = ga_vec_push(&bundles);
    struct ga_sync_keys keys;
    struct ga_bundle_in *bundle;
    const struct ga_io_ops *io = ga_io_system();
    struct ga_sync_file file = {io, io->open(NULL, told->path, O_RDONLY, 0), told->path};
    const struct ga_sync_source source = ga_sync_read_file(&file);
    assert_int_equal(ga_sync_keys_read(session, &keys, NULL), GA_OK);
    assert_int_equal(ga_bundle_open(&source, &keys.group, 1, &bundle, NULL), GA_OK);
    *written = (struct written){.size_bytes = (int64_t)told->file_bytes, .versions = versions_in(bundle, session->store)};
    ga_str_copy(written->name, sizeof(written->name), strrchr(told->path, '/') + 1);
    ga_bundle_in_destroy(bundle);
    io->close(NULL, file.fd);
    ga_crypt_wipe(&keys, sizeof(keys));
}

/* ---- what lies there ---- */

static void list_files(size_t stick, struct ga_vec *ret_files)
{
    ga_vec_init(ret_files, sizeof(struct ga_stick_file));
    const char *folder = ga_arena_printf(&arena, "%s/guanai", program_stick(stick));
    assert_int_equal(ga_stick_files(ga_io_system(), folder, &arena, ret_files, NULL), GA_OK);
}

static uint64_t versions_on(size_t stick)
{
    struct ga_vec files;
    uint64_t versions = 0;
    list_files(stick, &files);
    for (size_t i = 0; i < files.len; i++)
        for (size_t k = 0; k < bundles.len; k++) {
            const struct ga_stick_file *file = ga_vec_at(&files, i);
            const struct written *written = ga_vec_at(&bundles, k);
            if (strcmp(file->name, written->name) == 0 && file->size_bytes == written->size_bytes)
                versions |= written->versions;
        }
    ga_vec_finish(&files);
    return versions;
}

uint64_t program_on_sticks(void)
{
    uint64_t versions = 0;
    for (size_t stick = 0; stick < PROGRAM_STICKS + old_count; stick++)
        versions |= versions_on(stick);
    return versions;
}

/* ---- an exchange ---- */

static int64_t count_transactions(size_t site)
{
    int64_t count = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(program_sessions[site]->store), "SELECT count(*) FROM txn", &count, NULL), GA_OK);
    return count;
}

static enum ga_rc write_bundle(size_t site, size_t stick, bool is_complete, const struct ga_progress *progress)
{
    struct ga_sync_written written;
    struct ga_error err = {0};
    const struct ga_sync_export what = {.place = program_stick(stick), .is_complete = is_complete, .progress = progress};
    const enum ga_rc rc = ga_sync_write(program_sessions[site], &what, &arena, &written, &err);
    if (rc != GA_OK) {
        print_message("# export: %s\n", err.what.id);
        return rc;
    }
    const int64_t all = count_transactions(site);
    assert_true(is_complete ? written.transactions == (uint64_t)all : written.transactions <= (uint64_t)all);
    program_seen.bundles++;
    program_seen.left_out += written.transactions < (uint64_t)all;
    note_bundle(program_sessions[site], &written);
    return GA_OK;
}

enum ga_rc program_write(size_t site, size_t stick, const struct ga_progress *progress)
{
    return write_bundle(site, stick, false, progress);
}

static uint64_t look_at_taken(const struct ga_vec *taken)
{
    uint64_t applied = 0;
    for (size_t i = 0; i < taken->len; i++) {
        const struct ga_sync_taken *one = ga_vec_at(taken, i);
        assert_int_equal(one->received.transactions[GA_PARCEL_REFUSED], 0);
        assert_true(one->outcome <= GA_SYNC_KNOWN || one->outcome == GA_SYNC_MADE_GOOD || one->outcome == GA_SYNC_STRANGER ||
                    one->outcome == GA_SYNC_DAMAGED || one->outcome == GA_SYNC_REFUSED);
        applied += one->received.transactions[GA_PARCEL_APPLIED] + one->received.has_new_site;
        program_seen.copies += one->received.has_new_site;
        program_seen.held += one->received.transactions[GA_PARCEL_HELD] > 0 || one->outcome == GA_SYNC_STRANGER;
        program_seen.damaged += one->outcome == GA_SYNC_DAMAGED || one->outcome == GA_SYNC_REFUSED;
    }
    return applied;
}

static uint64_t take_stick(size_t site, size_t stick, const struct ga_progress *progress, enum ga_rc *ret_rc)
{
    struct ga_vec taken;
    struct ga_error err = {0};
    ga_vec_init(&taken, sizeof(struct ga_sync_taken));
    *ret_rc = ga_sync_take(program_sessions[site], program_stick(stick), progress, &arena, &taken, &err);
    if (*ret_rc != GA_OK && *ret_rc != GA_CANCELLED)
        print_message("# import: %s\n", err.what.id);
    const uint64_t applied = look_at_taken(&taken);
    ga_vec_finish(&taken);
    return applied;
}

enum ga_rc program_take(size_t site, size_t stick, const struct ga_progress *progress)
{
    enum ga_rc rc;
    take_stick(site, stick, progress, &rc);
    return rc;
}

void program_export(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES), stick = program_draw_stick();
    assert_int_equal(program_write(site, stick, NULL), GA_OK);
}

void program_export_all(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES), stick = program_draw_stick();
    assert_int_equal(write_bundle(site, stick, true, NULL), GA_OK);
}

/* Often twice: what was taken in once is no news. */
void program_import(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES), stick = program_draw_stick();
    enum ga_rc rc;
    take_stick(site, stick, NULL, &rc);
    assert_int_equal(rc, GA_OK);
    if (gossip_draw(4) == 0)
        assert_int_equal(take_stick(site, stick, NULL, &rc), 0);
    assert_int_equal(rc, GA_OK);
}

static bool stop_at(void *ctx, int64_t done, int64_t total)
{
    (void)total;
    return done < *(const int64_t *)ctx;
}

void program_abandon_import(void)
{
    const size_t site = gossip_draw(GOSSIP_SITES), stick = program_draw_stick();
    int64_t steps = gossip_draw(3);
    const struct ga_progress progress = {stop_at, &steps};
    const enum ga_rc rc = program_take(site, stick, &progress);
    assert_true(rc == GA_OK || rc == GA_CANCELLED);
}

/* ---- what befalls a stick ---- */

/* What a stick alone bore goes with it. */
static void lose_since(uint64_t before)
{
    gossip.lost |= before & ~program_on_sticks() & ~gossip_known_anywhere(GOSSIP_SITES);
}

void program_lose_bundles(void)
{
    const uint64_t before = program_on_sticks();
    struct ga_vec files;
    list_files(program_draw_stick(), &files);
    for (size_t i = 0; i < files.len; i++)
        if (gossip_draw(3) != 0)
            assert_int_equal(unlink(GA_VEC_AT(struct ga_stick_file, &files, i)->path), 0);
    ga_vec_finish(&files);
    lose_since(before);
}

void program_cut_bundle(void)
{
    const uint64_t before = program_on_sticks();
    struct ga_vec files;
    list_files(program_draw_stick(), &files);
    if (files.len > 0) {
        const struct ga_stick_file *file = ga_vec_at(&files, gossip_draw((uint32_t)files.len));
        assert_int_equal(truncate(file->path, gossip_draw((uint32_t)file->size_bytes + 1)), 0);
    }
    ga_vec_finish(&files);
    lose_since(before);
}

static void copy_stick(size_t from, size_t to)
{
    gossip_shell("mkdir -p", program_stick(to), program_stick(to));
    gossip_shell("cp -R", ga_arena_printf(&arena, "%s/guanai", program_stick(from)), program_stick(to));
}

/* One of weeks ago among the others: what lies on both is as it was then. */
void program_keep_or_find_stick(void)
{
    const size_t stick = program_draw_stick();
    if (old_count < OLD_MAX && (old_count == 0 || gossip_draw(2) == 0)) {
        copy_stick(stick, PROGRAM_STICKS + old_count);
        old_count++;
    } else {
        copy_stick(PROGRAM_STICKS + gossip_draw((uint32_t)old_count), stick);
    }
}

/* ---- all together ---- */

void program_take_all_sticks(void)
{
    for (size_t stick = 0; stick < PROGRAM_STICKS + old_count; stick++)
        assert_int_equal(program_take(gossip_draw(GOSSIP_SITES), stick, NULL), GA_OK);
}

bool program_meet(void)
{
    uint64_t news = 0;
    for (size_t site = 0; site < GOSSIP_SITES; site++) {
        enum ga_rc rc;
        news += take_stick(site, 0, NULL, &rc);
        assert_int_equal(rc, GA_OK);
        assert_int_equal(program_write(site, 0, NULL), GA_OK);
    }
    return news > 0;
}
