/*
 * Computers of a school that meet by bundles hold the same afterwards: store/send.h → sync → store/receive.h, joined
 * here as whoever glues them joins them.
 */
#include "memory_file.h"
#include "sticks.h"

#include "guanai/crypt/secret.h"
#include "guanai/store/send.h"
#include "guanai/store/site.h"
#include "guanai/sync/content.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct sticks_town town;
static struct school *const a = &town.schools[0], *const b = &town.schools[1], *const c = &town.schools[2];
static struct ga_seal_key group;

static int start(void **state)
{
    (void)state;
    ga_seal_key_make(ga_crypt_random(), &group);
    sticks_start(&town, 3);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sticks_stop(&town);
    return 0;
}

static void sign_bundle(void *ctx, const struct ga_hash *hash, struct ga_signature *ret_signature)
{
    ga_site_sign(ctx, hash, ret_signature);
}

static enum ga_rc find_place(void *ctx, const struct ga_uuid *record, const struct ga_hash *leaf,
                             struct ga_place *ret_place, bool *ret_is_there, struct ga_error *err)
{
    return ga_send_find(ctx, record, leaf, ret_place, ret_is_there, err);
}

static void put_parcels(struct ga_send *send, struct ga_content_out *out)
{
    struct ga_parcel parcel;
    struct ga_parcel_op op;
    bool has = true;
    while (assert_int_equal(ga_send_next(send, &parcel, &has, NULL), GA_OK), has) {
        assert_int_equal(ga_content_put_parcel(out, &parcel, NULL), GA_OK);
        for (uint32_t i = 0; i < parcel.count; i++) {
            assert_int_equal(ga_send_op(send, &op, NULL), GA_OK);
            assert_int_equal(ga_content_put_op(out, &op, NULL), GA_OK);
        }
    }
}

/* What `from` has and `theirs` does not cover, as a file. */
static void write_bundle(struct school *from, const struct ga_vec *theirs, struct memory_file *file,
                         struct ga_content_counts *ret_counts)
{
    struct ga_send *send;
    struct ga_bundle_out *bundle;
    struct ga_content_out *out;
    struct ga_vec runs;
    uint64_t newest = 1;
    struct ga_bundle_sender sender = {*ga_store_own_site(from->store), sign_bundle, from->store};
    struct ga_sync_sink sink = memory_sink(file), frames;
    ga_vec_init(&runs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(from->store, &runs, NULL), GA_OK);
    const struct ga_manifest manifest = {.label = "中心校", .number = 1, .local_day = 20780, .bundles = &newest,
                                         .bundles_count = 1, .runs = runs.items, .runs_count = runs.len};
    assert_int_equal(ga_send_begin(from->store, theirs->items, theirs->len, &send, NULL), GA_OK);
    const struct ga_content_finder finder = {find_place, send};
    assert_int_equal(ga_bundle_create(&sender, &group.public_key, 1, ga_crypt_random(), &sink, &bundle, NULL), GA_OK);
    frames = ga_bundle_frames(bundle);
    assert_int_equal(ga_content_create(&manifest, &finder, &frames, &out, NULL), GA_OK);
    put_parcels(send, out);
    assert_int_equal(ga_content_finish(out, ret_counts, NULL), GA_OK);
    assert_int_equal(ga_bundle_finish(bundle, NULL, NULL), GA_OK);
    ga_content_out_destroy(out);
    ga_bundle_out_destroy(bundle);
    ga_send_end(send);
    ga_vec_finish(&runs);
}

static bool find_signer(void *ctx, const struct ga_uuid *site, struct ga_sign_public *ret_key)
{
    struct ga_peer peer;
    if (ga_store_site(ctx, site, &peer, NULL) != GA_OK)
        return false;
    *ret_key = peer.key;
    return true;
}

static enum ga_rc look_at(void *ctx, const struct ga_place *place, struct ga_hash *ret_leaf, struct ga_error *err)
{
    struct ga_parcel_op op;
    enum ga_rc rc = ga_store_at(ctx, place, &op, err);
    if (rc == GA_OK)
        *ret_leaf = op.leaf;
    return rc;
}

static enum ga_rc next_frame(void *ctx, const uint8_t **ret_frame, size_t *ret_len, struct ga_error *err)
{
    return ga_bundle_next(ctx, ret_frame, ret_len, err);
}

/* One event into the receive; a parcel that is done with at its beginning gets nothing more. */
static void take_item(struct ga_receive *receive, const struct ga_content_item *item, enum ga_parcel_state *state)
{
    if (item->event == GA_CONTENT_PARCEL)
        assert_int_equal(ga_receive_parcel(receive, &item->parcel, state, NULL, NULL), GA_OK);
    if (item->event == GA_CONTENT_OP && *state == GA_PARCEL_OPEN)
        assert_int_equal(ga_receive_op(receive, &item->op, NULL), GA_OK);
    if (item->event == GA_CONTENT_CLOSE && *state == GA_PARCEL_OPEN)
        assert_int_equal(ga_receive_close(receive, state, NULL, NULL), GA_OK);
    if (item->event == GA_CONTENT_WAITS)
        ga_receive_skip(receive, GA_PARCEL_HELD, item->parcel.count);
}

/* Verified on a first reading, taken in on a second. */
static void read_bundle(struct memory_file *file, struct school *to, struct ga_received *ret_told)
{
    struct ga_sync_source source = memory_source(file);
    const struct ga_bundle_signers signers = {find_signer, to->store};
    const struct ga_content_shelf shelf = {look_at, to->store};
    struct ga_bundle_facts facts;
    struct ga_bundle_in *bundle;
    struct ga_content_in *in;
    struct ga_receive *receive;
    struct ga_content_item item = {.event = GA_CONTENT_CLOSE};
    enum ga_parcel_state state = GA_PARCEL_APPLIED;
    assert_int_equal(ga_bundle_verify(&source, &group, 1, &signers, &facts, NULL), GA_OK);
    source = memory_source(file);
    assert_int_equal(ga_bundle_open(&source, &group, 1, &bundle, NULL), GA_OK);
    const struct ga_content_source frames = {next_frame, bundle};
    assert_int_equal(ga_content_open(&frames, &shelf, &in, NULL), GA_OK);
    assert_int_equal(ga_receive_begin(to->store, &receive, NULL), GA_OK);
    while (item.event != GA_CONTENT_END) {
        assert_int_equal(ga_content_next(in, &item, NULL), GA_OK);
        take_item(receive, &item, &state);
    }
    assert_int_equal(ga_receive_commit(receive, NULL, ret_told, NULL), GA_OK);
    ga_content_in_destroy(in);
    ga_bundle_in_destroy(bundle);
}

static struct ga_content_counts carry(struct school *from, struct school *to, struct ga_received *ret_told)
{
    struct memory_file file = {0};
    struct ga_content_counts counts;
    struct ga_vec theirs;
    ga_vec_init(&theirs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(to->store, &theirs, NULL), GA_OK);
    write_bundle(from, &theirs, &file, &counts);
    read_bundle(&file, to, ret_told);
    ga_vec_finish(&theirs);
    ga_str_finish(&file.bytes);
    return counts;
}

static void assert_same(struct school *x, struct school *y)
{
    struct ga_str left = {0}, right = {0};
    sticks_dump(x, &left);
    sticks_dump(y, &right);
    assert_string_equal(ga_str_text(&left), ga_str_text(&right));
    ga_str_finish(&left);
    ga_str_finish(&right);
    sticks_assert_sound(y);
}

static void import_children(struct school *school, int count, struct ga_uuid *ret_ids)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
    for (int i = 0; i < count; i++) {
        struct ga_answers child;
        ga_answers_init(&child, school_form(school, "child"));
        school_type(&child, "name", i % 3 == 0 ? "罗小梅" : "李四");
        school_type(&child, "village", i % 2 == 0 ? "石桥村" : "小河村");
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ret_ids[i] = child.id;
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

enum { CHILDREN = 120 };

static void what_one_saved_the_others_have(void **state)
{
    (void)state;
    struct ga_uuid ids[CHILDREN];
    struct ga_received told;
    import_children(a, CHILDREN, ids);
    school_edit(a, "child", &ids[7], "village", "大河村");
    struct ga_content_counts counts = carry(a, b, &told);
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED], 2);
    assert_int_equal(told.operations[GA_PARCEL_APPLIED], counts.operations);
    assert_same(a, b);
    carry(b, c, &told); /* a relay */
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED], 2);
    assert_same(a, c);
    assert_int_equal(carry(a, c, &told).transactions, 0);
}

/* Each changes what came from another: references run through all three. */
static void changes_of_changes_go_round(void **state)
{
    (void)state;
    struct ga_uuid ids[CHILDREN];
    struct ga_received told;
    import_children(a, CHILDREN, ids);
    carry(a, b, &told);
    carry(a, c, &told);
    for (size_t i = 0; i < 20; i++) {
        school_edit(b, "child", &ids[i], "village", "一村");
        school_edit(c, "child", &ids[i + 10], "village", "二村");
    }
    carry(b, c, &told);
    assert_int_equal(told.conflicts, 10);
    carry(c, a, &told);
    carry(a, b, &told);
    assert_same(a, b);
    assert_same(b, c);
    for (size_t i = 30; i < 60; i++)
        school_edit(a, "child", &ids[i], "village", "三村");
    struct ga_content_counts counts = carry(a, b, &told);
    assert_int_equal(told.transactions[GA_PARCEL_HELD] + told.transactions[GA_PARCEL_REFUSED], 0);
    assert_int_equal(counts.operations, 30);
    double each = (double)(counts.packed_bytes + counts.drawn_bytes) / 30;
    printf("# a save of one field of one child: %.0f bytes\n", each);
    assert_true(each <= 8 + 48 + 110);
    carry(b, c, &told);
    assert_same(a, c);
}

/* A later stick comes first: what it refers to is not there yet. */
static void a_stick_that_comes_too_early_waits(void **state)
{
    (void)state;
    struct ga_uuid ids[CHILDREN];
    struct ga_received told;
    struct ga_vec had;
    struct ga_content_counts counts;
    struct memory_file first = {0}, second = {0};
    ga_vec_init(&had, sizeof(struct ga_have));
    import_children(a, CHILDREN, ids);
    write_bundle(a, &had, &first, &counts);
    assert_int_equal(ga_store_have(a->store, &had, NULL), GA_OK);
    school_edit(a, "child", &ids[3], "village", "一村");
    write_bundle(a, &had, &second, &counts);
    read_bundle(&second, b, &told);
    assert_int_equal(told.transactions[GA_PARCEL_HELD], 1);
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED] + told.transactions[GA_PARCEL_REFUSED], 0);
    read_bundle(&first, b, &told);
    read_bundle(&second, b, &told);
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED], 1);
    assert_same(a, b);
    ga_vec_finish(&had);
    ga_str_finish(&first.bytes);
    ga_str_finish(&second.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_one_saved_the_others_have, start, stop),
        cmocka_unit_test_setup_teardown(changes_of_changes_go_round, start, stop),
        cmocka_unit_test_setup_teardown(a_stick_that_comes_too_early_waits, start, stop),
    };
    ga_crypt_start(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
