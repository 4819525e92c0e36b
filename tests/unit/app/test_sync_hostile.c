/*
 * A computer of the own school is broken, or in somebody's hands: its bundles are closed and signed as they should be, what
 * they hold is not. What is malformed changes nothing, is said in a sentence and kept with it; what stands beside it is
 * taken in.
 */
#include "guanai/app/sync.h"

#include "guanai/app/sync_kept.h"
#include "guanai/base/alloc.h"
#include "guanai/base/io_ops.h"
#include "guanai/crypt/secret.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/check.h"
#include "guanai/store/operation_order.h"
#include "guanai/store/site.h"
#include "sample.h"
#include "school_session.h"
#include "spoil.h"
#include "sync/sync_inner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PARCELS = SPOIL_SAVES, ROSTERS = 3 };

static struct school_session school;
static struct ga_seal_public group;
static struct ga_arena arena;
static struct ga_io_ops files;
static uint8_t sites_made;

/* Nothing here cuts the power. */
static int no_sync(void *ctx, int fd)
{
    (void)ctx;
    (void)fd;
    return 0;
}

static int start(void **state)
{
    (void)state;
    struct ga_sync_keys keys;
    school_session_start(&school, NULL);
    files = *ga_io_system();
    files.sync = files.sync_all = no_sync;
    school.options.io = &files;
    assert_int_equal(ga_db_exec(ga_store_db(school.session->store), "PRAGMA synchronous = OFF", NULL), GA_OK);
    school_session_add(&school, "child", NULL, "name=张三", "village=石桥村", NULL);
    assert_int_equal(ga_sync_keys_need(school.session, &keys, NULL), GA_OK);
    group = keys.group.public_key;
    ga_crypt_wipe(&keys, sizeof(keys));
    sites_made = 0;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_session_stop(&school);
    ga_arena_finish(&arena);
    return 0;
}

/* ---- what a peer writes ---- */

/* Computers that this school knows, each history's own ones. */
static void begin_history(struct history *history)
{
    history_init(history, 1000 + sites_made);
    for (size_t i = 0; i < HISTORY_SITES; i++) {
        memory_site_make(&history->sites[i], ++sites_made);
        const struct ga_peer peer = {.id = history->sites[i].id, .key = history->sites[i].key.public_key};
        assert_int_equal(ga_site_trust(school.session->store, &peer, NULL), GA_OK);
    }
}

static void add_rosters(struct history *history, size_t site, size_t count)
{
    struct ga_operation *ops = ga_arena_array(&history->arena, count, sizeof(*ops));
    for (size_t i = 0; i < count; i++)
        sample_roster(&ops[i], &history->arena, &history->random, (unsigned)i);
    history_add(history, site, ops, count, NULL);
}

/* Two computers, three saves, one block. */
static void add_three(struct history *history)
{
    add_rosters(history, 0, ROSTERS);
    add_rosters(history, 1, ROSTERS);
    add_rosters(history, 0, ROSTERS);
}

static void write_frames(struct history *history, struct frames *frames)
{
    struct ga_sync_sink sink = frames_sink(frames);
    struct ga_content_finder finder = history_finder(history);
    frames_init(frames);
    history_write(history, 0, &finder, &sink, NULL);
}

static const char *seal(struct history *history, const struct frames *frames)
{
    const char *path = ga_arena_printf(&arena, "%s/0123456789abcdef.gab", school.folder);
    struct memory_file file = {0};
    struct ga_bundle_sender sender = memory_sender(&history->sites[0]);
    struct ga_sync_sink sink = memory_sink(&file);
    struct ga_bundle_out *bundle;
    assert_int_equal(ga_bundle_create(&sender, &group, 1, ga_crypt_random(), &sink, &bundle, NULL), GA_OK);
    for (size_t i = 0; i < frames->frames.len; i++) {
        const struct ga_str *frame = ga_vec_at(&frames->frames, i);
        assert_int_equal(ga_bundle_put(bundle, frame->data, frame->len, NULL), GA_OK);
    }
    assert_int_equal(ga_bundle_finish(bundle, NULL, NULL), GA_OK);
    ga_bundle_out_destroy(bundle);
    assert_int_equal(ga_io_write_file(ga_io_system(), path, file.bytes.data, file.bytes.len, NULL), GA_OK);
    ga_str_finish(&file.bytes);
    return path;
}

/* ---- what becomes of it ---- */

static struct ga_sync_taken take(struct history *history, const struct frames *frames)
{
    struct ga_vec taken;
    struct ga_error err = {0};
    ga_vec_init(&taken, sizeof(struct ga_sync_taken));
    assert_int_equal(ga_sync_take(school.session, seal(history, frames), NULL, &arena, &taken, &err), GA_OK);
    assert_true(taken.len >= 1);
    const struct ga_sync_taken one = GA_VEC_AT(struct ga_sync_taken, &taken, 0)[0];
    ga_vec_finish(&taken);
    return one;
}

static void add_rows(const char *table, struct ga_str *out)
{
    struct ga_stmt *stmt;
    bool has_row;
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.session->store), ga_arena_printf(&arena, "SELECT * FROM \"%s\"", table),
                                     &stmt, NULL), GA_OK);
    while (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row)
        for (int i = 0; i < ga_stmt_columns(stmt); i++) {
            const struct ga_value value = ga_stmt_column(stmt, i);
            ga_str_add_bytes(out, &value.kind, sizeof(value.kind));
            ga_str_add_bytes(out, value.kind == GA_VALUE_INTEGER ? (const void *)&value.integer : value.text,
                             value.kind == GA_VALUE_INTEGER ? sizeof(value.integer) : value.len);
        }
    ga_stmt_destroy(stmt);
}

/* Of every table but whom it heard of and what it remembers of exchanges. */
static uint64_t database(void)
{
    struct ga_str all = {0};
    struct ga_stmt *stmt;
    bool has_row;
    assert_int_equal(ga_stmt_prepare(ga_store_db(school.session->store),
                                     "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('site', 'setting')"
                                     " ORDER BY name", &stmt, NULL), GA_OK);
    while (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row)
        add_rows(ga_arena_strdup(&arena, ga_stmt_column_text(stmt, 0)), &all);
    ga_stmt_destroy(stmt);
    const uint64_t print = ga_map_hash(ga_str_text(&all), all.len);
    assert_true(all.len > 1000);
    ga_str_finish(&all);
    return print;
}

static int64_t transactions(void)
{
    int64_t count = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(school.session->store), "SELECT count(*) FROM txn", &count, NULL), GA_OK);
    return count;
}

static const char *text_of(const struct ga_error *err)
{
    struct ga_str text = {0};
    ga_error_text(err, GA_ZH, &text);
    const char *kept = ga_arena_strdup(&arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

static bool is_chinese(const char *text)
{
    return strlen(text) > 6 && (unsigned char)text[0] >= 0xE4 && strchr(text, '%') == NULL;
}

/* The newest reason that is kept with a file, in the words of the school. */
static const char *reason(enum ga_sync_kept_kind kind, size_t *ret_count)
{
    struct ga_vec kept;
    const char *newest = "";
    ga_vec_init(&kept, sizeof(struct ga_sync_kept));
    assert_int_equal(ga_sync_kept_list(school.session, kind, &arena, &kept, NULL), GA_OK);
    if (kept.len > 0)
        newest = GA_VEC_AT(struct ga_sync_kept, &kept, kept.len - 1)->reason;
    *ret_count = kept.len;
    ga_vec_finish(&kept);
    return newest;
}

static void assert_sound(void)
{
    struct ga_problems problems;
    struct ga_check_report report;
    ga_problems_init(&problems);
    assert_int_equal(ga_store_check(school.session->store, NULL, &problems, &report, NULL), GA_OK);
    assert_int_equal(ga_store_rebuild(school.session->store, NULL, &problems, NULL), GA_OK);
    assert_int_equal(problems.list.len, 0);
    ga_problems_finish(&problems);
}

/* ---- the tests ---- */

static void spoil_and_take(const struct spoil_way *way, size_t number)
{
    struct history history;
    struct frames frames;
    size_t kept_before, kept;
    begin_history(&history);
    add_three(&history);
    write_frames(&history, &frames);
    const uint64_t before = database();
    const int64_t transactions_before = transactions();
    reason(GA_SYNC_QUARANTINE, &kept_before);
    way->spoil(&frames);
    const struct ga_sync_taken taken = take(&history, &frames);
    if (taken.received.transactions[GA_PARCEL_APPLIED] != way->applied || !is_chinese(text_of(&taken.why)))
        fail_msg("way %zu: %d applied; %s", number, (int)taken.received.transactions[GA_PARCEL_APPLIED], text_of(&taken.why));
    assert_true(taken.outcome == GA_SYNC_DAMAGED || taken.received.transactions[GA_PARCEL_REFUSED] > 0);
    if (way->applied == 0)
        assert_true(database() == before);
    assert_int_equal(transactions(), transactions_before + (int64_t)way->applied);
    assert_non_null(strstr(reason(GA_SYNC_QUARANTINE, &kept), text_of(&taken.why)));
    assert_int_equal(kept, 1); /* it bears the same name each time */
    frames_finish(&frames);
    write_frames(&history, &frames); /* as it should have been */
    const struct ga_sync_taken again = take(&history, &frames);
    assert_int_equal(again.received.transactions[GA_PARCEL_APPLIED], PARCELS - way->applied);
    assert_int_equal(transactions(), transactions_before + PARCELS);
    frames_finish(&frames);
    history_finish(&history);
}

static void what_is_malformed_changes_nothing_and_is_kept_with_the_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < spoil_ways_count; i++)
        spoil_and_take(&spoil_ways[i], i);
    assert_sound();
}

/* Wherever a bit is wrong in a block that is laid open: at most what was signed gets in. */
static void any_bit_of_a_block_lets_in_nothing_that_was_not_signed(void **state)
{
    (void)state;
    struct history history;
    struct frames frames;
    begin_history(&history);
    add_three(&history);
    const int64_t before = transactions();
    write_frames(&history, &frames);
    struct ga_str *block = spoil_frame(&frames, 1);
    struct spoil_block bare;
    spoil_lay_open(block, &bare);
    spoil_close_again(&bare, block);
    for (size_t bit = 0; bit < 8 * block->len; bit += bit < 160 ? 3 : 8 * block->len / 60) {
        block->data[bit / 8] ^= (char)(1 << bit % 8);
        const struct ga_sync_taken taken = take(&history, &frames);
        block->data[bit / 8] ^= (char)(1 << bit % 8);
        assert_true(taken.outcome != GA_SYNC_TAKEN || taken.received.transactions[GA_PARCEL_APPLIED] <= PARCELS);
        assert_true(transactions() <= before + PARCELS);
    }
    take(&history, &frames);
    assert_int_equal(transactions(), before + PARCELS);
    assert_sound();
    frames_finish(&frames);
    history_finish(&history);
}

/* Encoded, then spoilt in one byte, hence signed as it is. */
static void add_spoilt(struct history *history, size_t byte)
{
    struct ga_operation op;
    struct ga_str bytes = {0};
    sample_roster(&op, &history->arena, &history->random, (unsigned)byte);
    sample_encode(&op, &bytes);
    bytes.data[byte % bytes.len] ^= (char)(byte % 3 == 0 ? 0x80 : byte % 3 == 1 ? 0xFF : 0x01);
    const struct ga_span span = {(const void *)ga_arena_strndup(&history->arena, bytes.data, bytes.len), bytes.len};
    history_add_bytes(history, 1, &span, 1, NULL);
    ga_str_finish(&bytes);
}

/* One bad save among a hundred good ones costs none of them. */
static void good_saves_beside_bad_ones_are_taken_in(void **state)
{
    (void)state;
    enum { GOOD = 60, BAD = 40 };
    struct history history;
    struct frames frames;
    size_t kept;
    begin_history(&history);
    const int64_t before = transactions();
    for (size_t i = 0; i < GOOD; i++) {
        add_rosters(&history, i % 2 * 2, 1);
        if (i < BAD)
            add_spoilt(&history, 7 * i);
    }
    write_frames(&history, &frames);
    const struct ga_sync_taken taken = take(&history, &frames);
    const uint64_t applied = taken.received.transactions[GA_PARCEL_APPLIED], refused = taken.received.transactions[GA_PARCEL_REFUSED];
    assert_int_equal(applied + refused, GOOD + BAD);
    assert_true(refused >= BAD / 4 && applied >= GOOD);
    assert_int_equal(transactions(), before + (int64_t)applied);
    const char *why = reason(GA_SYNC_QUARANTINE, &kept);
    assert_int_equal(kept, 1);
    size_t lines = 0;
    for (const char *at = why; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    assert_true(lines == refused || strlen(why) > 2000); /* each with whose it is and why, as far as there is room */
    assert_sound();
    const struct ga_sync_taken again = take(&history, &frames);
    assert_int_equal(again.received.transactions[GA_PARCEL_KNOWN], applied);
    frames_finish(&frames);
    history_finish(&history);
}

/* The first signature is another's; what was saved after it by the same computer stands by itself. */
static void a_badly_signed_save_costs_its_neighbours_nothing(void **state)
{
    (void)state;
    struct history history;
    struct frames frames;
    struct spoil_block block;
    size_t kept;
    begin_history(&history);
    add_three(&history);
    write_frames(&history, &frames);
    spoil_lay_open(spoil_frame(&frames, 1), &block);
    block.drawn.data[5] ^= 1;
    spoil_close_again(&block, spoil_frame(&frames, 1));
    const struct ga_sync_taken taken = take(&history, &frames);
    assert_int_equal(taken.received.transactions[GA_PARCEL_APPLIED], 2);
    assert_int_equal(taken.received.transactions[GA_PARCEL_REFUSED], 1);
    assert_non_null(strstr(reason(GA_SYNC_QUARANTINE, &kept), "签名"));
    frames_finish(&frames);
    write_frames(&history, &frames);
    assert_int_equal(take(&history, &frames).received.transactions[GA_PARCEL_APPLIED], 1);
    assert_sound();
    frames_finish(&frames);
    history_finish(&history);
}

/* The second computer changes what the first one wrote. */
static void add_reply(struct history *history)
{
    static const uint32_t first = 0;
    const struct history_op *before = ga_vec_at(&history->ops, 0);
    struct ga_operation op;
    sample_roster(&op, &history->arena, &history->random, 1);
    struct ga_operation_group changed = op.groups[0];
    changed.replaces = &first;
    changed.replaces_count = 1;
    op.record = before->record;
    op.replaced = &before->op.leaf;
    op.replaced_count = 1;
    op.groups = &changed;
    op.groups_count = 1;
    history_add(history, 0, &op, 1, NULL);
}

/* One bad save does not stop its computer for ever: what was saved in its place counts, and what is chained behind that. */
static void check_replaced(size_t rows)
{
    struct history history;
    struct frames frames;
    struct spoil_block block;
    size_t kept;
    begin_history(&history);
    add_rosters(&history, 0, rows);
    add_reply(&history);
    add_rosters(&history, 0, 1);
    write_frames(&history, &frames);
    spoil_lay_open(spoil_frame(&frames, 1), &block);
    block.drawn.data[5] ^= 1; /* of the first signature */
    spoil_close_again(&block, spoil_frame(&frames, 1));
    const struct ga_sync_taken taken = take(&history, &frames);
    assert_int_equal(taken.received.transactions[GA_PARCEL_APPLIED], 2);
    assert_int_equal(taken.received.transactions[GA_PARCEL_REFUSED], 1);
    assert_int_equal(taken.received.transactions[GA_PARCEL_HELD], 0);
    reason(GA_SYNC_HELD, &kept);
    assert_int_equal(kept, 0);
    assert_non_null(strstr(reason(GA_SYNC_QUARANTINE, &kept), "签名"));
    assert_sound();
    const struct ga_sync_taken again = take(&history, &frames);
    assert_int_equal(again.received.transactions[GA_PARCEL_KNOWN], 2);
    assert_int_equal(again.received.transactions[GA_PARCEL_HELD], 0);
    frames_finish(&frames);
    write_frames(&history, &frames); /* from somebody who has it as it was signed */
    assert_int_equal(take(&history, &frames).received.transactions[GA_PARCEL_APPLIED], 1);
    assert_sound();
    frames_finish(&frames);
    history_finish(&history);
}

static void what_replaces_a_badly_signed_save_is_taken_in_with_all_that_is_chained_behind_it(void **state)
{
    (void)state;
    check_replaced(2);
}

static void what_replaces_a_line_of_a_badly_signed_import_is_taken_in(void **state)
{
    (void)state;
    check_replaced(GA_CONTENT_WHOLE_MAX + 20);
}

/* As where a disk has turned a bit: the writer does not notice, and signs for nothing anew. */
static void a_save_that_was_altered_where_it_was_written_costs_those_behind_it_nothing(void **state)
{
    (void)state;
    static uint8_t salt[GA_OPERATION_SALT_BYTES];
    struct history history;
    struct frames frames;
    begin_history(&history);
    add_rosters(&history, 0, ROSTERS);
    add_rosters(&history, 0, ROSTERS);
    add_rosters(&history, 0, ROSTERS);
    struct ga_parcel_op *op = &GA_VEC_AT(struct history_op, &history.ops, 1)->op;
    memcpy(salt, op->salt, sizeof(salt));
    salt[3] ^= 1;
    op->salt = salt;
    ga_operation_leaf(op->salt, op->bytes, op->len, &op->leaf);
    write_frames(&history, &frames);
    const struct ga_sync_taken taken = take(&history, &frames);
    assert_int_equal(taken.received.transactions[GA_PARCEL_APPLIED], 2);
    assert_int_equal(taken.received.transactions[GA_PARCEL_REFUSED], 1);
    assert_sound();
    frames_finish(&frames);
    history_finish(&history);
}

/* It may yet come: kept to be tried again, nothing of it counts meanwhile. */
static void what_refers_to_what_is_nowhere_is_held(void **state)
{
    (void)state;
    struct history history;
    struct frames frames;
    size_t kept;
    begin_history(&history);
    add_rosters(&history, 1, 1);
    add_reply(&history);
    struct ga_sync_sink sink = frames_sink(&frames);
    struct ga_content_finder finder = history_finder(&history);
    frames_init(&frames);
    history_write(&history, 1, &finder, &sink, NULL); /* what it replies to is left out */
    const uint64_t before = database();
    const struct ga_sync_taken taken = take(&history, &frames);
    assert_int_equal(taken.received.transactions[GA_PARCEL_HELD], 1);
    assert_true(database() == before);
    assert_true(is_chinese(reason(GA_SYNC_HELD, &kept)));
    assert_int_equal(kept, 1);
    frames_finish(&frames);
    write_frames(&history, &frames);
    assert_int_equal(take(&history, &frames).received.transactions[GA_PARCEL_APPLIED], 2);
    reason(GA_SYNC_HELD, &kept);
    assert_int_equal(kept, 0);
    assert_sound();
    frames_finish(&frames);
    history_finish(&history);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_is_malformed_changes_nothing_and_is_kept_with_the_reason),
        CASE(any_bit_of_a_block_lets_in_nothing_that_was_not_signed),
        CASE(good_saves_beside_bad_ones_are_taken_in),
        CASE(a_badly_signed_save_costs_its_neighbours_nothing),
        CASE(what_replaces_a_badly_signed_save_is_taken_in_with_all_that_is_chained_behind_it),
        CASE(what_replaces_a_line_of_a_badly_signed_import_is_taken_in),
        CASE(a_save_that_was_altered_where_it_was_written_costs_those_behind_it_nothing),
        CASE(what_refers_to_what_is_nowhere_is_held),
    };
    ga_crypt_start(NULL);
    return cmocka_run_group_tests_name("app: bundles of a broken peer", tests, NULL, NULL);
}
