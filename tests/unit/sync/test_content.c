/* What is taken apart for a bundle comes together again bit by bit: what sync/content.h promises. */
#include "history.h"
#include "sample.h"

#include "guanai/crypt/secret.h"
#include "guanai/store/operation_order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void assert_parcel(const struct ga_parcel *got, const struct ga_parcel *wanted)
{
    assert_int_equal(got->len, wanted->len);
    assert_memory_equal(got->bytes, wanted->bytes, wanted->len);
    assert_memory_equal(&got->signature, &wanted->signature, sizeof(wanted->signature));
    assert_memory_equal(&got->hash, &wanted->hash, sizeof(wanted->hash));
    assert_memory_equal(&got->site, &wanted->site, sizeof(wanted->site));
    assert_int_equal(got->count, wanted->count);
    assert_int_equal(got->seq, wanted->seq);
}

static void assert_op(const struct ga_parcel_op *got, const struct ga_parcel_op *wanted)
{
    struct ga_hash leaf;
    ga_parcel_op_leaf(got, &leaf);
    assert_int_equal(got->len, wanted->len);
    assert_memory_equal(&leaf, &wanted->leaf, sizeof(wanted->leaf));
    assert_int_equal(got->bytes == NULL, wanted->bytes == NULL);
    if (wanted->bytes == NULL)
        return;
    assert_memory_equal(got->bytes, wanted->bytes, wanted->len);
    assert_memory_equal(got->salt, wanted->salt, GA_OPERATION_SALT_BYTES);
}

static void next_is(struct ga_content_in *in, enum ga_content_event event, struct ga_content_item *ret_item)
{
    assert_int_equal(ga_content_next(in, ret_item, NULL), GA_OK);
    assert_int_equal(ret_item->event, event);
}

/* Every parcel from `from` on comes out as it was put in. */
static void assert_reads(struct history *history, size_t from, struct frames *frames)
{
    struct ga_content_source source = frames_source(frames);
    struct ga_content_shelf shelf = history_shelf(history);
    struct ga_content_item item;
    struct ga_content_in *in;
    assert_int_equal(ga_content_open(&source, &shelf, &in, NULL), GA_OK);
    assert_string_equal(ga_content_manifest(in)->label, "石桥教学点");
    for (size_t i = from; i < history->parcels.len; i++) {
        const struct history_parcel *parcel = ga_vec_at(&history->parcels, i);
        next_is(in, GA_CONTENT_PARCEL, &item);
        assert_parcel(&item.parcel, &parcel->parcel);
        for (size_t k = 0; k < parcel->parcel.count; k++) {
            next_is(in, GA_CONTENT_OP, &item);
            assert_op(&item.op, &GA_VEC_AT(struct history_op, &history->ops, parcel->first_op + k)->op);
        }
        next_is(in, GA_CONTENT_CLOSE, &item);
        assert_parcel(&item.parcel, &parcel->parcel);
    }
    next_is(in, GA_CONTENT_END, &item);
    next_is(in, GA_CONTENT_END, &item);
    assert_int_equal(ga_content_counted(in)->transactions, history->parcels.len - from);
    ga_content_in_destroy(in);
}

static void assert_goes_round(struct history *history, size_t from)
{
    struct frames frames;
    struct ga_sync_sink sink = frames_sink(&frames);
    struct ga_content_finder finder = history_finder(history);
    for (size_t i = 0; i < 2; i++) {
        frames_init(&frames);
        history_write(history, from, i == 0 ? &finder : NULL, &sink, NULL);
        assert_reads(history, from, &frames);
        frames_finish(&frames);
    }
}

static void add_rosters(struct history *history, size_t site, size_t count)
{
    struct ga_operation *ops = ga_arena_array(&history->arena, count, sizeof(*ops));
    for (size_t i = 0; i < count; i++)
        sample_roster(&ops[i], &history->arena, &history->random, (unsigned)i);
    history_add(history, site, ops, count, NULL);
}

/* Now and then it replaces what is in the history. */
static void link_op(struct history *history, struct ga_operation *op)
{
    size_t known = history->ops.len;
    if (known == 0 || op->replaced_count == 0 || ga_random_below(&history->random, 2) == 0)
        return;
    const struct history_op *before = ga_vec_at(&history->ops, ga_random_below(&history->random, known));
    struct ga_hash *replaced = ga_arena_array(&history->arena, op->replaced_count, sizeof(*replaced));
    memcpy(replaced, op->replaced, op->replaced_count * sizeof(*replaced));
    replaced[ga_random_below(&history->random, op->replaced_count)] = before->op.leaf;
    op->replaced = replaced;
    op->record = before->record;
    ga_operation_order(op, &history->arena);
}

static void add_any(struct history *history)
{
    size_t count = 1 + ga_random_below(&history->random, ga_random_below(&history->random, 6) == 0 ? 150 : 4);
    struct ga_operation ops[150];
    bool erased[150];
    for (size_t i = 0; i < count; i++) {
        sample_any(&ops[i], &history->arena, &history->random);
        link_op(history, &ops[i]);
        erased[i] = ga_random_below(&history->random, 9) == 0;
    }
    history_add(history, ga_random_below(&history->random, HISTORY_SITES), ops, count, erased);
}

static void any_history_goes_round(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        struct history history;
        history_init(&history, seed);
        for (size_t i = 0; i < 12; i++)
            add_any(&history);
        assert_goes_round(&history, 0);
        assert_goes_round(&history, 7); /* the beginnings are at the reader's */
        history_finish(&history);
    }
}

static void a_roster_goes_round_in_several_blocks(void **state)
{
    (void)state;
    struct history history;
    struct frames frames;
    struct ga_sync_sink sink = frames_sink(&frames);
    struct ga_content_counts counts;
    history_init(&history, 5);
    add_rosters(&history, 0, 2500);
    add_rosters(&history, 1, 3);
    add_rosters(&history, 0, 1);
    frames_init(&frames);
    history_write(&history, 0, NULL, &sink, &counts);
    assert_true(frames.frames.len > 4);
    assert_int_equal(counts.operations, 2504);
    assert_reads(&history, 0, &frames);
    frames_finish(&frames);
    history_finish(&history);
}

/* 1 MiB of text in one operation, again and again. */
static void the_longest_operations_go_round(void **state)
{
    (void)state;
    struct history history;
    struct ga_operation_field fields[15];
    struct ga_operation_group groups[15];
    history_init(&history, 6);
    char *text = ga_arena_alloc(&history.arena, GA_OPERATION_TEXT_MAX + 1);
    for (size_t i = 0; i < GA_OPERATION_TEXT_MAX; i++)
        text[i] = (char)('a' + ga_random_below(&history.random, 26));
    for (size_t i = 0; i < 15; i++) {
        char *id = ga_arena_printf(&history.arena, "f%02zu", i);
        fields[i] = (struct ga_operation_field){
            id, {.kind = GA_OPERATION_TEXT, .text = text, .text_len = GA_OPERATION_TEXT_MAX}};
        groups[i] = (struct ga_operation_group){.id = id, .fields = &fields[i], .fields_count = 1};
    }
    struct ga_operation ops[3];
    for (size_t i = 0; i < 3; i++) {
        sample_roster(&ops[i], &history.arena, &history.random, (unsigned)i);
        ops[i].groups = groups;
        ops[i].groups_count = 15;
    }
    history_add(&history, 0, ops, 3, NULL);
    assert_goes_round(&history, 0);
    history_finish(&history);
}

/* Each brings 1,500 names of its own: they do not fit into one block. */
static void many_names_go_round(void **state)
{
    (void)state;
    struct history history;
    struct ga_operation ops[4];
    history_init(&history, 7);
    for (size_t i = 0; i < 4; i++) {
        sample_roster(&ops[i], &history.arena, &history.random, (unsigned)i);
        struct ga_operation_group *groups = ga_arena_array(&history.arena, 1500, sizeof(*groups));
        struct ga_operation_field *fields = ga_arena_array(&history.arena, 1500, sizeof(*fields));
        for (size_t k = 0; k < 1500; k++) {
            fields[k].id = ga_arena_printf(&history.arena, "f%zu_%04zu", i, k);
            groups[k] = (struct ga_operation_group){.id = fields[k].id, .fields = &fields[k], .fields_count = 1};
        }
        ops[i].groups = groups;
        ops[i].groups_count = 1500;
    }
    history_add(&history, 0, ops, 4, NULL);
    assert_goes_round(&history, 0);
    history_finish(&history);
}

/* Whoever may have nothing of it still gets its place in the chain. */
static void leaves_alone_go_round(void **state)
{
    (void)state;
    struct history history;
    struct ga_operation ops[2];
    history_init(&history, 15);
    for (size_t i = 0; i < 2; i++)
        sample_roster(&ops[i], &history.arena, &history.random, (unsigned)i);
    history_add(&history, 0, ops, 2, (const bool[]){true, true});
    assert_goes_round(&history, 0);
    history_finish(&history);
}

static void later_formats_are_handed_on(void **state)
{
    (void)state;
    struct history history;
    history_init(&history, 8);
    add_rosters(&history, 0, 2);
    history_add_later(&history, 0);
    history_add_later(&history, 1);
    static const char LATER[] = "\x09in a known transaction";
    history_add_bytes(&history, 0, &(struct ga_span){LATER, sizeof(LATER) - 1}, 1, NULL);
    add_rosters(&history, 1, 1);
    assert_goes_round(&history, 0);
    history_finish(&history);
}

/* Both branches of a folder that was copied: places are shared, so leaves are written out. */
static void a_fork_goes_round(void **state)
{
    (void)state;
    struct history history;
    history_init(&history, 9);
    add_rosters(&history, 0, 2);
    struct ga_transaction end = history.ends[0];
    struct ga_hash hash = history.hashes[0];
    for (size_t branch = 0; branch < 2; branch++) {
        history.ends[0] = end;
        history.hashes[0] = hash;
        add_rosters(&history, 0, 1);
        struct ga_operation op;
        sample_roster(&op, &history.arena, &history.random, 1);
        const struct history_op *before = ga_vec_at(&history.ops, history.ops.len - 1);
        op.record = before->record;
        op.replaced = &before->op.leaf;
        op.replaced_count = 1;
        static const uint32_t first = 0;
        struct ga_operation_group group = op.groups[0];
        group.replaces = &first;
        group.replaces_count = 1;
        op.groups = &group;
        op.groups_count = 1;
        history_add(&history, 0, &op, 1, NULL);
    }
    assert_goes_round(&history, 0);
    history_finish(&history);
}

/* One that replaces the first operation of the history, of the given site. */
static void add_reply(struct history *history, size_t site, size_t count)
{
    static const uint32_t first = 0;
    const struct history_op *before = ga_vec_at(&history->ops, 0);
    struct ga_operation *ops = ga_arena_array(&history->arena, count, sizeof(*ops));
    struct ga_operation_group *group = ga_arena_alloc(&history->arena, sizeof(*group));
    struct ga_hash *leaf = ga_arena_alloc(&history->arena, sizeof(*leaf));
    *leaf = before->op.leaf;
    for (size_t i = 0; i < count; i++) {
        sample_roster(&ops[i], &history->arena, &history->random, (unsigned)i);
        if (i + 1 < count)
            continue;
        *group = ops[i].groups[0];
        group->replaces = &first;
        group->replaces_count = 1;
        ops[i].record = before->record;
        ops[i].replaced = leaf;
        ops[i].replaced_count = 1;
        ops[i].groups = group;
        ops[i].groups_count = 1;
    }
    history_add(history, site, ops, count, NULL);
}

/* The events of a reader with this shelf, as letters. */
static void assert_events(struct frames *frames, const struct ga_content_shelf *shelf, const char *wanted)
{
    struct ga_content_source source = frames_source(frames);
    struct ga_content_item item = {.event = GA_CONTENT_PARCEL};
    struct ga_content_in *in;
    char got[64] = "";
    assert_int_equal(ga_content_open(&source, shelf, &in, NULL), GA_OK);
    for (size_t i = 0; item.event != GA_CONTENT_END && i + 1 < sizeof(got); i++) {
        assert_int_equal(ga_content_next(in, &item, NULL), GA_OK);
        got[i] = "PocwE"[item.event];
        if (item.event == GA_CONTENT_WAITS)
            assert_true(item.parcel.seq > 0 && item.parcel.count > 0 && item.parcel.bytes == NULL);
    }
    assert_string_equal(got, wanted);
    ga_content_in_destroy(in);
}

static enum ga_rc another_leaf(void *ctx, const struct ga_place *place, struct ga_hash *ret_leaf, struct ga_error *err)
{
    (void)ctx;
    (void)place;
    (void)err;
    memset(ret_leaf, 0x5A, sizeof(*ret_leaf));
    return GA_OK;
}

static void what_refers_to_something_that_is_not_there_waits(void **state)
{
    (void)state;
    struct history history, empty;
    struct frames frames;
    struct ga_sync_sink sink = frames_sink(&frames);
    history_init(&history, 10);
    history_init(&empty, 1);
    add_rosters(&history, 0, 1);
    add_reply(&history, 1, 1);   /* refers */
    add_rosters(&history, 1, 2); /* is built on it */
    add_rosters(&history, 2, 1); /* has nothing to do with it */
    struct ga_content_finder finder = history_finder(&history);
    struct ga_content_shelf all = history_shelf(&history), none = history_shelf(&empty), other = {another_leaf, NULL};
    frames_init(&frames);
    history_write(&history, 1, &finder, &sink, NULL);
    assert_events(&frames, &all, "PocPoocPocE");
    assert_events(&frames, &none, "wwPocE");
    assert_events(&frames, &other, "wwPocE"); /* another branch stands in that place */
    assert_events(&frames, NULL, "wwPocE");
    frames_finish(&frames);
    frames_init(&frames);
    history_write(&history, 1, NULL, &sink, NULL); /* without references nothing has to wait */
    assert_events(&frames, &none, "PocPoocPocE");
    frames_finish(&frames);
    history_finish(&history);
    history_finish(&empty);
}

static void a_long_transaction_waits_when_its_last_operation_does(void **state)
{
    (void)state;
    struct history history;
    struct frames frames;
    struct ga_sync_sink sink = frames_sink(&frames);
    struct ga_content_item item;
    struct ga_content_in *in;
    history_init(&history, 11);
    add_rosters(&history, 0, 1);
    add_reply(&history, 1, GA_CONTENT_WHOLE_MAX + 1);
    add_rosters(&history, 1, 1); /* its hash is known: this one need not wait */
    struct ga_content_finder finder = history_finder(&history);
    frames_init(&frames);
    history_write(&history, 1, &finder, &sink, NULL);
    struct ga_content_source source = frames_source(&frames);
    assert_int_equal(ga_content_open(&source, NULL, &in, NULL), GA_OK);
    next_is(in, GA_CONTENT_PARCEL, &item);
    for (size_t i = 0; i < GA_CONTENT_WHOLE_MAX; i++)
        next_is(in, GA_CONTENT_OP, &item);
    next_is(in, GA_CONTENT_WAITS, &item);
    next_is(in, GA_CONTENT_PARCEL, &item);
    next_is(in, GA_CONTENT_OP, &item);
    next_is(in, GA_CONTENT_CLOSE, &item);
    next_is(in, GA_CONTENT_END, &item);
    ga_content_in_destroy(in);
    frames_finish(&frames);
    history_finish(&history);
}

/* GA_OK when it reads to the end. */
static enum ga_rc read_all(struct frames *frames, struct history *history)
{
    struct ga_content_source source = frames_source(frames);
    struct ga_content_shelf shelf = history_shelf(history);
    struct ga_content_item item = {.event = GA_CONTENT_PARCEL};
    struct ga_content_in *in = NULL;
    enum ga_rc rc = ga_content_open(&source, &shelf, &in, NULL);
    while (rc == GA_OK && item.event != GA_CONTENT_END)
        rc = ga_content_next(in, &item, NULL);
    ga_content_in_destroy(in);
    return rc;
}

static void make_mixed(struct history *history, struct frames *frames)
{
    struct ga_sync_sink sink = frames_sink(frames);
    history_init(history, 12);
    frames_init(frames);
    for (size_t i = 0; i < 5; i++)
        add_any(history);
    history_add_later(history, 2);
    add_reply(history, 1, 3);
    struct ga_content_finder finder = history_finder(history);
    history_write(history, 0, &finder, &sink, NULL);
    assert_int_equal(read_all(frames, history), GA_OK);
}

static void cut_frames_are_malformed(void **state)
{
    (void)state;
    struct history history;
    struct frames frames;
    make_mixed(&history, &frames);
    for (size_t i = 0; i < frames.frames.len; i++) {
        struct ga_str *frame = ga_vec_at(&frames.frames, i);
        size_t whole = frame->len;
        for (size_t len = 1; len < whole; len += len < 400 ? 1 : 53) {
            char *rest = frame->data + len, kept = *rest;
            frame->len = len;
            *rest = '\0';
            assert_int_equal(read_all(&frames, &history), GA_DAMAGED);
            *rest = kept;
        }
        frame->len = whole;
        ga_str_add_char(frame, '\0'); /* nor may anything follow */
        assert_int_equal(read_all(&frames, &history), GA_DAMAGED);
        frame->len = whole;
    }
    frames_finish(&frames);
    history_finish(&history);
}

static void a_missing_a_doubled_or_a_swapped_frame_is_malformed(void **state)
{
    (void)state;
    struct history history;
    struct frames frames, changed;
    struct ga_sync_sink sink = frames_sink(&frames);
    history_init(&history, 13);
    frames_init(&frames);
    add_rosters(&history, 0, 1500);
    history_write(&history, 0, NULL, &sink, NULL);
    assert_true(frames.frames.len >= 4);
    const struct ga_str *all = frames.frames.items;
    size_t count = frames.frames.len;
    for (size_t out = 0; out < count; out++)
        for (size_t twice = 0; twice < 2; twice++) {
            frames_init(&changed);
            for (size_t i = 0; i < count; i++)
                for (size_t k = 0; k < (i == out ? 2 * twice : 1); k++)
                    frames_sink(&changed).put(&changed, all[i].data, all[i].len, NULL);
            assert_int_equal(read_all(&changed, &history), GA_DAMAGED);
            frames_finish(&changed);
        }
    frames_finish(&frames);
    history_finish(&history);
}

/* The signature of the bundle is what finds a changed bit; here nothing may go wrong but the content. */
static void changed_bits_do_no_harm(void **state)
{
    (void)state;
    struct history history;
    struct frames frames;
    make_mixed(&history, &frames);
    for (size_t i = 0; i < frames.frames.len; i++) {
        struct ga_str *frame = ga_vec_at(&frames.frames, i);
        for (size_t bit = 0; bit < 8 * frame->len; bit += bit < 2000 ? 1 : 131) {
            frame->data[bit / 8] ^= (char)(1 << bit % 8);
            enum ga_rc rc = read_all(&frames, &history);
            assert_true(rc == GA_OK || rc == GA_DAMAGED || rc == GA_REFUSED);
            frame->data[bit / 8] ^= (char)(1 << bit % 8);
        }
    }
    frames_finish(&frames);
    history_finish(&history);
}

static void what_is_put_in_wrongly_is_refused(void **state)
{
    (void)state;
    struct history history;
    struct frames frames;
    struct ga_sync_sink sink = frames_sink(&frames);
    struct ga_manifest manifest;
    struct ga_content_out *out;
    history_init(&history, 14);
    add_rosters(&history, 0, 2);
    history_manifest(&history, &manifest);
    add_rosters(&history, 1, 1); /* a site that the manifest does not have */
    frames_init(&frames);
    const struct history_parcel *parcels = history.parcels.items;
    const struct history_op *ops = history.ops.items;
    assert_int_equal(ga_content_create(&manifest, NULL, &sink, &out, NULL), GA_OK);
    assert_int_equal(ga_content_put_op(out, &ops[0].op, NULL), GA_REFUSED);
    assert_int_equal(ga_content_put_parcel(out, &parcels[1].parcel, NULL), GA_REFUSED);
    assert_int_equal(ga_content_put_parcel(out, &parcels[0].parcel, NULL), GA_OK);
    assert_int_equal(ga_content_put_parcel(out, &parcels[0].parcel, NULL), GA_REFUSED);
    assert_int_equal(ga_content_put_op(out, &ops[0].op, NULL), GA_OK);
    assert_int_equal(ga_content_finish(out, NULL, NULL), GA_REFUSED); /* one of two */
    assert_int_equal(ga_content_put_op(out, &ops[1].op, NULL), GA_OK);
    assert_int_equal(ga_content_put_op(out, &ops[1].op, NULL), GA_REFUSED); /* three of two */
    assert_int_equal(ga_content_finish(out, NULL, NULL), GA_OK);
    ga_content_out_destroy(out);
    frames_finish(&frames);
    history_finish(&history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_history_goes_round),
        cmocka_unit_test(a_roster_goes_round_in_several_blocks),
        cmocka_unit_test(the_longest_operations_go_round),
        cmocka_unit_test(many_names_go_round),
        cmocka_unit_test(leaves_alone_go_round),
        cmocka_unit_test(later_formats_are_handed_on),
        cmocka_unit_test(a_fork_goes_round),
        cmocka_unit_test(what_refers_to_something_that_is_not_there_waits),
        cmocka_unit_test(a_long_transaction_waits_when_its_last_operation_does),
        cmocka_unit_test(cut_frames_are_malformed),
        cmocka_unit_test(a_missing_a_doubled_or_a_swapped_frame_is_malformed),
        cmocka_unit_test(changed_bits_do_no_harm),
        cmocka_unit_test(what_is_put_in_wrongly_is_refused),
    };
    ga_crypt_start(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
