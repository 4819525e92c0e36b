/*
 * The frames of a bundle for a guest as bytes, for readers in any language: tests/data/bundles/limited.txt. Called with
 * `write` as well it prints that file anew.
 */
#include "bare_frame.h"
#include "history.h"
#include "sample.h"
#include "vectors.h"

#include "guanai/crypt/secret.h"
#include "guanai/store/merkle.h"
#include "guanai/store/naming.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { COUNT = 11, PARCELS = 4, NAMING = 3 };

static const char *path; /* of the vectors, from the command line */
static const bool shown[PARCELS][COUNT] = {
    {false, true, false, false, false, false, true, false, false, false, false}, /* some */
    {false},                                                                     /* none: its root alone */
    {true, true, true, true, true, true, true, true, true, true, true},
    {true, true, true, true, true, true, true, true, true, true, true}, /* every second without its names */
};

struct made {
    struct history history;
    struct ga_manifest manifest;
    struct ga_vec parts[PARCELS]; /* struct ga_merkle_part */
    struct ga_str nameless[COUNT];
    uint8_t salts[COUNT][GA_OPERATION_SALT_BYTES];
    struct frames frames;
};

static const struct history_op *op_of(const struct made *made, size_t parcel, size_t index)
{
    const struct history_parcel *of = ga_vec_at(&made->history.parcels, parcel);
    return ga_vec_at(&made->history.ops, of->first_op + index);
}

static struct ga_parcel_op cut_op(const struct made *made, size_t parcel, const struct ga_merkle_part *part)
{
    if (part->leaves == 1 && shown[parcel][part->first]) {
        struct ga_parcel_op op = op_of(made, parcel, part->first)->op;
        if (parcel == NAMING && part->first % 2 == 1) {
            op.salt = made->salts[part->first];
            op.bytes = (const uint8_t *)made->nameless[part->first].data;
            op.len = made->nameless[part->first].len;
        }
        return op;
    }
    return (struct ga_parcel_op){.leaf = part->hash, .leaves = part->leaves};
}

/* As a form says it: every text. */
static void mark_names(struct ga_operation *op)
{
    for (size_t i = 0; i < op->groups_count; i++)
        for (size_t k = 0; k < op->groups[i].fields_count; k++) {
            struct ga_operation_field *field = (struct ga_operation_field *)&op->groups[i].fields[k]; /* the arena's */
            field->value.is_naming = field->value.kind == GA_OPERATION_TEXT;
        }
}

static void withhold_names(struct made *made)
{
    for (size_t i = 0; i < COUNT; i++) {
        const struct ga_parcel_op *op = &op_of(made, NAMING, i)->op;
        ga_naming_withhold(op->salt, op->bytes, op->len, made->salts[i], &made->nameless[i]);
    }
}

static void cut_parcel(struct made *made, size_t parcel)
{
    struct ga_hash leaves[COUNT];
    ga_vec_init(&made->parts[parcel], sizeof(struct ga_merkle_part));
    for (size_t i = 0; i < COUNT; i++)
        leaves[i] = op_of(made, parcel, i)->op.leaf;
    ga_merkle_prune(leaves, shown[parcel], COUNT, &made->parts[parcel]);
}

static void make(struct made *made)
{
    static const struct ga_manifest_taken TAKEN[] = {{{{7}}, 12}};
    struct ga_operation ops[COUNT];
    struct ga_content_out *out;
    struct ga_sync_sink sink = frames_sink(&made->frames);
    *made = (struct made){.manifest = {0}};
    history_init(&made->history, 31);
    for (size_t parcel = 0; parcel < PARCELS; parcel++) {
        for (size_t i = 0; i < COUNT; i++) {
            sample_roster(&ops[i], &made->history.arena, &made->history.random, (unsigned)i);
            if (parcel == NAMING)
                mark_names(&ops[i]);
        }
        history_add(&made->history, 0, ops, COUNT, NULL);
        cut_parcel(made, parcel);
    }
    withhold_names(made);
    history_manifest(&made->history, &made->manifest);
    made->manifest.has_receiver = true;
    made->manifest.receiver = (struct ga_uuid){{9, 8, 7}};
    made->manifest.taken = TAKEN;
    made->manifest.taken_count = 1;
    frames_init(&made->frames);
    assert_int_equal(ga_content_create(&made->manifest, NULL, &sink, &out, NULL), GA_OK);
    for (size_t parcel = 0; parcel < PARCELS; parcel++) {
        const struct history_parcel *of = ga_vec_at(&made->history.parcels, parcel);
        assert_int_equal(ga_content_put_parcel(out, &of->parcel, NULL), GA_OK);
        for (size_t i = 0; i < made->parts[parcel].len; i++) {
            const struct ga_parcel_op op = cut_op(made, parcel, ga_vec_at(&made->parts[parcel], i));
            assert_int_equal(ga_content_put_op(out, &op, NULL), GA_OK);
        }
    }
    assert_int_equal(ga_content_finish(out, NULL, NULL), GA_OK);
    ga_content_out_destroy(out);
}

static void free_made(struct made *made)
{
    for (size_t i = 0; i < PARCELS; i++)
        ga_vec_finish(&made->parts[i]);
    for (size_t i = 0; i < COUNT; i++)
        ga_str_finish(&made->nameless[i]);
    frames_finish(&made->frames);
    history_finish(&made->history);
}

static void print_hex(const char *key, const void *bytes, size_t len)
{
    for (size_t at = 0; at < len; at += 48) {
        printf("  %s ", key);
        for (size_t i = at; i < len && i < at + 48; i++)
            printf("%02x", ((const uint8_t *)bytes)[i]);
        printf("\n");
    }
}

static void print_part(const struct made *made, size_t parcel, size_t i)
{
    const struct ga_parcel_op op = cut_op(made, parcel, ga_vec_at(&made->parts[parcel], i));
    printf("\npart %zu %zu\n  leaves %u\n", parcel, i, ga_parcel_op_leaves(&op));
    print_hex("hash", op.leaf.bytes, GA_HASH_BYTES);
    if (op.bytes != NULL)
        print_hex("bytes", op.bytes, op.len);
}

static void print_all(const struct made *made)
{
    printf("# The frames of a bundle for a guest, which may have some of the operations.\n"
           "# Read here by tests/unit/sync/test_limited_vectors.c (which prints it anew when called with `write` after\n"
           "# the path of this file) and tests/oracle/decode_bundle.py.\n#\n"
           "#   frame N     its bytes, a block bare\n"
           "#   parcel N    bytes of a transaction, signature, key of its site\n"
           "#   part N i    how many operations it stands for; its hash; the bytes of one that is shown\n");
    for (size_t i = 0; i < made->frames.frames.len; i++) {
        struct ga_str bare = {0};
        bare_frame(ga_vec_at(&made->frames.frames, i), &bare);
        printf("\nframe %zu\n", i);
        print_hex("bytes", bare.data, bare.len);
        ga_str_finish(&bare);
    }
    for (size_t i = 0; i < PARCELS; i++) {
        const struct history_parcel *parcel = ga_vec_at(&made->history.parcels, i);
        printf("\nparcel %zu\n", i);
        print_hex("bytes", parcel->parcel.bytes, parcel->parcel.len);
        print_hex("signature", parcel->parcel.signature.bytes, 64);
        print_hex("key", made->history.sites[0].key.public_key.bytes, 32);
        for (size_t k = 0; k < made->parts[i].len; k++)
            print_part(made, i, k);
    }
}

static void the_frames_are_those_written_down(void **state)
{
    (void)state;
    struct made made;
    make(&made);
    for (size_t i = 0; i < made.frames.frames.len; i++) {
        struct ga_str bare = {0}, wanted = {0};
        char section[32];
        snprintf(section, sizeof(section), "frame %zu", i);
        bare_frame(ga_vec_at(&made.frames.frames, i), &bare);
        assert_true(vector_read(path, section, "bytes", &wanted));
        assert_int_equal(bare.len, wanted.len);
        assert_memory_equal(bare.data, wanted.data, bare.len);
        ga_str_finish(&bare);
        ga_str_finish(&wanted);
    }
    free_made(&made);
}

static void what_is_withheld_comes_as_the_roots_of_its_subtrees(void **state)
{
    (void)state;
    struct made made;
    struct ga_content_in *in;
    struct ga_content_item item;
    make(&made);
    struct ga_content_source source = frames_source(&made.frames);
    struct ga_content_shelf shelf = history_shelf(&made.history);
    assert_int_equal(ga_content_open(&source, &shelf, &in, NULL), GA_OK);
    assert_true(ga_content_manifest(in)->has_receiver);
    for (size_t parcel = 0; parcel < PARCELS; parcel++) {
        const struct history_parcel *of = ga_vec_at(&made.history.parcels, parcel);
        assert_int_equal(ga_content_next(in, &item, NULL), GA_OK);
        assert_int_equal(item.event, GA_CONTENT_PARCEL);
        assert_memory_equal(&item.parcel.hash, &of->parcel.hash, sizeof(item.parcel.hash));
        for (size_t i = 0; i < made.parts[parcel].len; i++) {
            const struct ga_merkle_part *part = ga_vec_at(&made.parts[parcel], i);
            assert_int_equal(ga_content_next(in, &item, NULL), GA_OK);
            assert_int_equal(item.event, GA_CONTENT_OP);
            assert_int_equal(ga_parcel_op_leaves(&item.op), part->leaves);
            struct ga_hash leaf;
            ga_parcel_op_leaf(&item.op, &leaf);
            assert_memory_equal(&leaf, &part->hash, sizeof(part->hash));
            assert_int_equal(item.op.bytes != NULL, part->leaves == 1 && shown[parcel][part->first]);
        }
        assert_int_equal(ga_content_next(in, &item, NULL), GA_OK);
        assert_int_equal(item.event, GA_CONTENT_CLOSE);
    }
    assert_int_equal(ga_content_next(in, &item, NULL), GA_OK);
    assert_int_equal(item.event, GA_CONTENT_END);
    assert_int_equal(ga_content_counted(in)->operations, PARCELS * COUNT);
    ga_content_in_destroy(in);
    free_made(&made);
}

/* A bundle of the school's own computers with a hole is none: its writer cannot make it. */
static void without_a_receiver_there_are_no_subtrees(void **state)
{
    (void)state;
    struct made made;
    struct ga_content_out *out;
    struct frames frames;
    struct ga_sync_sink sink = frames_sink(&frames);
    make(&made);
    made.manifest.has_receiver = false;
    frames_init(&frames);
    assert_int_equal(ga_content_create(&made.manifest, NULL, &sink, &out, NULL), GA_OK);
    const struct history_parcel *of = ga_vec_at(&made.history.parcels, 1);
    assert_int_equal(ga_content_put_parcel(out, &of->parcel, NULL), GA_OK);
    const struct ga_parcel_op op = cut_op(&made, 1, ga_vec_at(&made.parts[1], 0));
    assert_int_equal(ga_content_put_op(out, &op, NULL), GA_REFUSED);
    ga_content_out_destroy(out);
    frames_finish(&frames);
    free_made(&made);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_frames_are_those_written_down),
        cmocka_unit_test(what_is_withheld_comes_as_the_roots_of_its_subtrees),
        cmocka_unit_test(without_a_receiver_there_are_no_subtrees),
    };
    ga_crypt_start(NULL);
    if (argc < 2)
        return 2;
    path = argv[1];
    if (argc > 2) {
        struct made made;
        make(&made);
        print_all(&made);
        free_made(&made);
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
