/* A history goes through a file: written, verified, read; every way a disk can fail is told. */
#include "history.h"
#include "sample.h"

#include "guanai/crypt/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A disk that takes a little at a time, fails at the n-th access. */
struct disk {
    struct ga_io_ops io;
    int left; /* accesses before it fails; < 0: never */
    int minus_errno;
    char path[64];
};

static bool fails(struct disk *disk)
{
    return disk->left >= 0 && disk->left-- == 0;
}

static int64_t write_some(void *ctx, int fd, const void *buf, size_t len)
{
    struct disk *disk = ctx;
    if (fails(disk))
        return disk->minus_errno;
    return write(fd, buf, len < 5000 ? len : 5000);
}

static int64_t read_some(void *ctx, int fd, void *buf, size_t len)
{
    struct disk *disk = ctx;
    if (fails(disk))
        return disk->minus_errno;
    return read(fd, buf, len < 7000 ? len : 7000);
}

static void make_disk(struct disk *disk)
{
    *disk = (struct disk){.left = -1, .minus_errno = -ENOSPC, .io = {.read = read_some, .write = write_some}};
    disk->io.ctx = disk;
    snprintf(disk->path, sizeof(disk->path), "/tmp/guanai-travel-%d", (int)getpid());
}

static struct ga_seal_key make_group(void)
{
    struct ga_seal_key group;
    ga_seal_key_restore((uint8_t[GA_SEAL_SECRET_BYTES]){0, 5}, &group);
    return group;
}

static void fill(struct history *history)
{
    history_init(history, 30);
    for (size_t i = 0; i < 3; i++) {
        struct ga_operation *ops = ga_arena_array(&history->arena, 200, sizeof(*ops));
        for (size_t k = 0; k < 200; k++)
            sample_roster(&ops[k], &history->arena, &history->random, (unsigned)k);
        history_add(history, i, ops, 200, NULL);
    }
}

/* All of the content into an open bundle. */
static enum ga_rc write_content(struct history *history, struct ga_bundle_out *bundle, struct ga_error *err)
{
    struct ga_sync_sink sink = ga_bundle_frames(bundle);
    struct ga_manifest manifest;
    struct ga_content_out *out = NULL;
    history_manifest(history, &manifest);
    enum ga_rc rc = ga_content_create(&manifest, NULL, &sink, &out, err);
    for (size_t i = 0; rc == GA_OK && i < history->parcels.len; i++) {
        const struct history_parcel *parcel = ga_vec_at(&history->parcels, i);
        rc = ga_content_put_parcel(out, &parcel->parcel, err);
        for (size_t k = 0; rc == GA_OK && k < parcel->parcel.count; k++)
            rc = ga_content_put_op(out, &GA_VEC_AT(struct history_op, &history->ops, parcel->first_op + k)->op, err);
    }
    if (rc == GA_OK)
        rc = ga_content_finish(out, NULL, err);
    ga_content_out_destroy(out);
    return rc;
}

static enum ga_rc write_bundle(struct disk *disk, struct history *history, struct ga_error *err)
{
    struct ga_sync_file file = {&disk->io, open(disk->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), disk->path};
    struct ga_sync_sink sink = ga_sync_write_file(&file);
    struct ga_bundle_sender sender = memory_sender(&history->sites[0]);
    struct ga_seal_key group = make_group();
    struct ga_bundle_out *bundle = NULL;
    enum ga_rc rc = ga_bundle_create(&sender, &group.public_key, 1, ga_crypt_random(), &sink, &bundle, err);
    if (rc == GA_OK)
        rc = write_content(history, bundle, err);
    if (rc == GA_OK)
        rc = ga_bundle_finish(bundle, NULL, err);
    ga_bundle_out_destroy(bundle);
    close(file.fd);
    return rc;
}

static enum ga_rc next_frame(void *ctx, const uint8_t **ret_frame, size_t *ret_len, struct ga_error *err)
{
    return ga_bundle_next(ctx, ret_frame, ret_len, err);
}

/* Counts the operations that are as they were. */
static enum ga_rc read_content(struct history *history, struct ga_bundle_in *bundle, size_t *ret_same, struct ga_error *err)
{
    const struct ga_content_source source = {next_frame, bundle};
    struct ga_content_item item = {.event = GA_CONTENT_PARCEL};
    struct ga_content_in *in = NULL;
    size_t same = 0, at = 0;
    enum ga_rc rc = ga_content_open(&source, NULL, &in, err);
    while (rc == GA_OK && item.event != GA_CONTENT_END) {
        rc = ga_content_next(in, &item, err);
        if (rc == GA_OK && item.event == GA_CONTENT_OP) {
            const struct history_op *op = ga_vec_at(&history->ops, at++);
            same += item.op.len == op->op.len && memcmp(item.op.bytes, op->op.bytes, op->op.len) == 0;
        }
    }
    ga_content_in_destroy(in);
    *ret_same = same;
    return rc;
}

/* Verified first, then used: as an import does it. */
static enum ga_rc read_bundle(struct disk *disk, struct history *history, size_t *ret_same, struct ga_error *err)
{
    struct ga_sync_file file = {&disk->io, open(disk->path, O_RDONLY | O_CLOEXEC), disk->path};
    struct ga_sync_source source = ga_sync_read_file(&file);
    struct ga_bundle_signers signers = memory_signers(&history->sites[0]);
    struct ga_seal_key group = make_group();
    struct ga_bundle_facts facts;
    struct ga_bundle_in *bundle = NULL;
    enum ga_rc rc = ga_bundle_verify(&source, &group, 1, &signers, &facts, err);
    lseek(file.fd, 0, SEEK_SET);
    if (rc == GA_OK)
        rc = ga_bundle_open(&source, &group, 1, &bundle, err);
    if (rc == GA_OK)
        rc = read_content(history, bundle, ret_same, err);
    if (rc == GA_OK)
        assert_true(ga_bundle_is_by(bundle, &history->sites[0].key.public_key));
    ga_bundle_in_destroy(bundle);
    close(file.fd);
    return rc;
}

static void a_history_travels_in_a_file(void **state)
{
    (void)state;
    struct history history;
    struct disk disk;
    size_t same = 0;
    make_disk(&disk);
    fill(&history);
    assert_int_equal(write_bundle(&disk, &history, NULL), GA_OK);
    assert_int_equal(read_bundle(&disk, &history, &same, NULL), GA_OK);
    assert_int_equal(same, 600);
    unlink(disk.path);
    history_finish(&history);
}

/* GA_OK only when nothing failed, and never a file that would be taken for a bundle. */
static void a_full_disk_is_told_at_every_write(void **state)
{
    (void)state;
    struct history history;
    struct disk disk;
    struct ga_error err;
    size_t same;
    make_disk(&disk);
    fill(&history);
    int failed = 0;
    for (; failed < 1000; failed++) {
        disk.left = failed;
        disk.minus_errno = failed % 2 == 0 ? -ENOSPC : 0; /* 0: nothing was taken */
        enum ga_rc rc = write_bundle(&disk, &history, &err);
        if (rc == GA_OK)
            break;
        assert_int_equal(rc, GA_IO);
        assert_int_equal(err.rc, GA_IO);
        disk.left = -1;
        assert_int_not_equal(read_bundle(&disk, &history, &same, NULL), GA_OK);
    }
    assert_true(failed > 5 && failed < 1000);
    unlink(disk.path);
    history_finish(&history);
}

static void a_stick_pulled_while_reading_is_told(void **state)
{
    (void)state;
    struct history history;
    struct disk disk;
    size_t same;
    int failed = 0;
    make_disk(&disk);
    fill(&history);
    assert_int_equal(write_bundle(&disk, &history, NULL), GA_OK);
    for (; failed < 1000; failed++) {
        disk.left = failed;
        disk.minus_errno = -EIO;
        enum ga_rc rc = read_bundle(&disk, &history, &same, NULL);
        if (rc == GA_OK)
            break;
        assert_int_equal(rc, GA_IO);
    }
    assert_true(failed > 5 && failed < 1000);
    unlink(disk.path);
    history_finish(&history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_history_travels_in_a_file),
        cmocka_unit_test(a_full_disk_is_told_at_every_write),
        cmocka_unit_test(a_stick_pulled_while_reading_is_told),
    };
    ga_crypt_start(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
