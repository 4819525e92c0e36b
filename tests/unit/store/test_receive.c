/* Two computers that meet by sticks hold the same afterwards; what is unsound stays outside. */
#include "guanai/base/alloc.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/backup.h"
#include "guanai/store/site.h"
#include "guanai/store/transaction.h"
#include "guanai/store/undo.h"
#include "sticks.h"

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

static int start(void **state)
{
    (void)state;
    sticks_start(&town, 3);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sticks_stop(&town);
    return 0;
}

static int64_t ask(struct school *school, const char *sql)
{
    int64_t answer = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(school->store), sql, &answer, NULL), GA_OK);
    return answer;
}

static void import_children(struct school *school, int count)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
    for (int i = 0; i < count; i++) {
        struct ga_answers child;
        ga_answers_init(&child, school_form(school, "child"));
        school_type(&child, "name", "李四");
        school_type(&child, "village", i % 2 == 0 ? "石桥村" : "小河村");
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static void assert_same(struct school *x, struct school *y)
{
    struct ga_str left = {0}, right = {0};
    sticks_dump(x, &left);
    sticks_dump(y, &right);
    assert_string_equal(ga_str_text(&left), ga_str_text(&right));
    ga_str_finish(&left);
    ga_str_finish(&right);
    sticks_assert_sound(x);
    sticks_assert_sound(y);
}

static void what_one_saved_the_other_has(void **state)
{
    (void)state;
    struct ga_received told;
    const struct ga_uuid child = school_add_child(a, "张三");
    import_children(a, 300);
    school_edit(a, "child", &child, "village", "石桥村");
    sticks_carry(a, b, &told);
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED], 3);
    assert_int_equal(told.operations[GA_PARCEL_APPLIED], 302);
    assert_int_equal(told.records, 301);
    assert_int_equal(told.conflicts, 0);
    assert_string_equal(school_read(b, "child", &child, "village"), "石桥村");
    assert_int_equal(ask(b, "SELECT count(*) FROM _roster"), 301);
    assert_same(a, b);
    school_edit(b, "child", &child, "village", "小河村");
    sticks_carry(b, a, &told);
    assert_int_equal(told.operations[GA_PARCEL_APPLIED], 1);
    assert_string_equal(school_read(a, "child", &child, "village"), "小河村");
    assert_same(a, b);
}

/* The third one hears of the first by the second alone. */
static void a_relay_hands_on_what_it_was_given(void **state)
{
    (void)state;
    struct ga_received told;
    school_add_child(a, "张三");
    sticks_carry(a, b, &told);
    school_add_child(b, "李四");
    sticks_carry(b, c, &told);
    assert_int_equal(told.operations[GA_PARCEL_APPLIED], 2);
    sticks_carry(b, a, &told);
    sticks_carry(a, c, &told);
    assert_int_equal(told.operations[GA_PARCEL_APPLIED] + told.operations[GA_PARCEL_KNOWN], 0); /* nothing is sent twice */
    assert_same(a, c);
    assert_same(b, c);
}

static void the_same_stick_twice_changes_nothing(void **state)
{
    (void)state;
    struct ga_received told;
    struct stick stick;
    school_add_child(a, "张三");
    import_children(a, 20);
    stick_fill(&stick, a, NULL);
    assert_int_equal(stick_take(&stick, b, &told, NULL), GA_OK);
    struct ga_str before = {0}, after = {0};
    sticks_dump(b, &before);
    assert_int_equal(stick_take(&stick, b, &told, NULL), GA_OK);
    assert_int_equal(told.transactions[GA_PARCEL_KNOWN], 2);
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED] + told.records, 0);
    assert_int_equal(stick_take(&stick, a, &told, NULL), GA_OK); /* its own, from its tail */
    assert_int_equal(told.transactions[GA_PARCEL_KNOWN], 2);
    sticks_dump(b, &after);
    assert_string_equal(ga_str_text(&before), ga_str_text(&after));
    ga_str_finish(&before);
    ga_str_finish(&after);
    stick_finish(&stick);
    assert_same(a, b);
}

/* Both changed the same, one of them with the form open since before the stick came. */
static void concurrent_values_are_both_kept(void **state)
{
    (void)state;
    struct ga_received told;
    struct ga_answers before, after;
    struct ga_heads *heads;
    const struct ga_uuid child = school_add_child(a, "张三");
    sticks_carry(a, b, &told);
    const struct ga_form *form = school_form(a, "child");
    assert_int_equal(ga_store_read(a->store, form, &child, &before, &heads, NULL), GA_OK);
    school_edit(b, "child", &child, "village", "小河村");
    sticks_carry(b, a, &told);
    assert_int_equal(told.conflicts, 0);
    ga_answers_init(&after, form);
    after.id = child;
    school_type(&after, "name", "张三");
    school_type(&after, "village", "石桥村");
    assert_int_equal(ga_store_save(a->store, &(struct ga_save_record){.after = &after, .before = &before, .heads = heads}, 0, NULL, NULL),
                     GA_OK);
    assert_int_equal(ask(a, "SELECT count(*) FROM conflict WHERE grp = 'village'"), 1);
    sticks_carry(a, b, &told);
    assert_int_equal(told.conflicts, 1);
    assert_same(a, b);
    ga_answers_finish(&before);
    ga_answers_finish(&after);
    ga_heads_destroy(heads);
}

/* A record that one took out, the other changed: it stands. */
static void an_edit_beats_a_removal_that_did_not_know_it(void **state)
{
    (void)state;
    struct ga_received told;
    struct ga_save *save;
    const struct ga_uuid child = school_add_child(a, "张三");
    sticks_carry(a, b, &told);
    assert_int_equal(ga_save_begin(a->store, &save, NULL), GA_OK);
    assert_int_equal(ga_save_remove(save, &child, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    school_edit(b, "child", &child, "village", "小河村");
    assert_int_equal(ask(a, "SELECT count(*) FROM child"), 0);
    sticks_carry(b, a, &told);
    assert_int_equal(ask(a, "SELECT count(*) FROM child"), 1);
    sticks_carry(a, b, &told);
    assert_string_equal(school_read(a, "child", &child, "village"), "小河村");
    assert_same(a, b);
}

static enum ga_parcel_state try_changed(struct stick *stick, enum ga_rc *ret_reason)
{
    struct ga_receive *receive;
    struct ga_error reason = {0};
    char words[GA_MESSAGE_BYTES];
    assert_int_equal(ga_receive_begin(b->store, &receive, NULL), GA_OK);
    const enum ga_parcel_state state = stick_put(receive, GA_VEC_AT(struct stick_parcel, &stick->parcels, 0), &reason);
    if (state == GA_PARCEL_REFUSED || state == GA_PARCEL_HELD)
        assert_true(strlen(ga_message_text(&reason.what, GA_ZH, words, sizeof(words))) > 10);
    struct ga_received told;
    assert_int_equal(ga_receive_commit(receive, NULL, &told, NULL), GA_OK);
    assert_int_equal(told.transactions[state], 1);
    *ret_reason = reason.rc;
    return state;
}

/* Every byte of a transaction, its signature, its operations, their salts. */
static void a_changed_byte_is_refused(void **state)
{
    (void)state;
    enum ga_rc why;
    struct stick stick;
    school_add_child(a, "张三");
    stick_fill(&stick, a, NULL);
    struct stick_parcel *parcel = ga_vec_at(&stick.parcels, 0);
    struct stick_op *op = ga_vec_at(&parcel->ops, 0);
    const struct {
        uint8_t *bytes;
        size_t len;
    } parts[] = {{(uint8_t *)parcel->bytes.data, parcel->bytes.len},
                 {parcel->signature.bytes, sizeof(parcel->signature.bytes)},
                 {(uint8_t *)op->bytes.data, op->bytes.len},
                 {op->salt, sizeof(op->salt)}};
    for (size_t p = 0; p < GA_COUNT(parts); p++)
        for (size_t i = 0; i < parts[p].len; i++) {
            parts[p].bytes[i] ^= 0x10;
            const enum ga_parcel_state told = try_changed(&stick, &why);
            assert_true(told == GA_PARCEL_REFUSED || (told == GA_PARCEL_HELD && p == 0)); /* another site's name */
            parts[p].bytes[i] ^= 0x10;
        }
    assert_int_equal(ask(b, "SELECT (SELECT count(*) FROM txn) + (SELECT count(*) FROM op) + (SELECT count(*) FROM record)"), 0);
    assert_int_equal(try_changed(&stick, &why), GA_PARCEL_APPLIED);
    stick_finish(&stick);
    assert_same(a, b);
}

static void too_few_or_too_many_operations_are_refused(void **state)
{
    (void)state;
    enum ga_rc why;
    struct stick stick;
    import_children(a, 3);
    stick_fill(&stick, a, NULL);
    struct stick_parcel *parcel = ga_vec_at(&stick.parcels, 0);
    parcel->ops.len--;
    assert_int_equal(try_changed(&stick, &why), GA_PARCEL_REFUSED);
    parcel->ops.len++;
    struct stick_op *more = ga_vec_push(&parcel->ops);
    more->is_withheld = true;
    assert_int_equal(try_changed(&stick, &why), GA_PARCEL_REFUSED);
    parcel->ops.len--;
    assert_int_equal(try_changed(&stick, &why), GA_PARCEL_APPLIED);
    stick_finish(&stick);
}

/* The root itself stands for all leaves: a school is told each by its own. */
static void one_hash_for_several_operations_is_refused(void **state)
{
    (void)state;
    enum ga_rc why;
    struct stick stick;
    struct ga_transaction txn;
    import_children(a, 3);
    stick_fill(&stick, a, NULL);
    struct stick_parcel *parcel = ga_vec_at(&stick.parcels, 0);
    struct stick_op *first = ga_vec_at(&parcel->ops, 0);
    const size_t count = parcel->ops.len;
    assert_int_equal(ga_transaction_decode(parcel->bytes.data, parcel->bytes.len, &txn, NULL), GA_OK);
    const struct stick_op kept = *first;
    first->is_withheld = true;
    first->leaves = txn.count;
    first->leaf = txn.root;
    parcel->ops.len = 1;
    assert_int_equal(try_changed(&stick, &why), GA_PARCEL_REFUSED);
    *first = kept;
    parcel->ops.len = count;
    assert_int_equal(try_changed(&stick, &why), GA_PARCEL_APPLIED);
    stick_finish(&stick);
    assert_same(a, b);
}

/* Signed as it is: its computer has lost its senses. */
static void a_number_beyond_all_bounds_is_refused(void **state)
{
    (void)state;
    enum ga_rc why;
    struct stick stick;
    struct ga_transaction txn;
    struct ga_hash hash;
    school_add_child(a, "张三");
    stick_fill(&stick, a, NULL);
    struct stick_parcel *parcel = ga_vec_at(&stick.parcels, 0);
    assert_int_equal(ga_transaction_decode(parcel->bytes.data, parcel->bytes.len, &txn, NULL), GA_OK);
    txn.seq = (uint64_t)INT64_MAX + 1;
    txn.previous = txn.root;
    ga_str_clear(&parcel->bytes);
    assert_int_equal(ga_transaction_encode(&txn, &parcel->bytes, NULL), GA_OK);
    ga_transaction_hash(parcel->bytes.data, parcel->bytes.len, &hash);
    ga_site_sign(a->store, &hash, &parcel->signature);
    assert_int_equal(try_changed(&stick, &why), GA_PARCEL_REFUSED);
    assert_int_equal(ask(b, "SELECT count(*) FROM txn"), 0);
    stick_finish(&stick);
}

/* A leaf alone: the transaction is proved all the same, and handed on. */
static void what_is_withheld_is_no_gap(void **state)
{
    (void)state;
    struct ga_received told;
    enum ga_rc why;
    struct stick stick;
    import_children(a, 3);
    stick_fill(&stick, a, NULL);
    struct stick_parcel *parcel = ga_vec_at(&stick.parcels, 0);
    GA_VEC_AT(struct stick_op, &parcel->ops, 1)->is_withheld = true;
    assert_int_equal(try_changed(&stick, &why), GA_PARCEL_APPLIED);
    assert_int_equal(ask(b, "SELECT count(*) FROM child"), 2);
    sticks_carry(b, c, &told);
    assert_int_equal(told.operations[GA_PARCEL_APPLIED], 3);
    assert_same(b, c);
    for (int i = 0; i < 200; i++)
        school_add_child(b, "王五");
    ga_store_idle(b->store); /* from the tail into a block */
    sticks_assert_sound(b);
    sticks_carry(b, c, &told);
    assert_same(b, c);
    stick_finish(&stick);
}

static void a_site_nobody_introduced_has_to_wait(void **state)
{
    (void)state;
    struct ga_received told;
    struct ga_peer peer;
    school_add_child(a, "张三");
    assert_int_equal(ga_store_renew_site(a->store, NULL), GA_OK);
    school_add_child(a, "李四");
    sticks_carry(a, b, &told);
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED], 1);
    assert_int_equal(told.transactions[GA_PARCEL_HELD], 1);
    assert_int_equal(ga_store_site(a->store, ga_store_own_site(a->store), &peer, NULL), GA_OK);
    assert_int_equal(ga_site_introduce(b->store, &peer, NULL), GA_OK);
    sticks_carry(a, b, &told);
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED], 1);
    assert_int_equal(told.transactions[GA_PARCEL_KNOWN], 0);
    assert_same(a, b);
}

/* A copy of a folder was worked on elsewhere under the same id. */
static void a_copy_used_elsewhere_becomes_another_site(void **state)
{
    (void)state;
    struct ga_received told;
    struct ga_str command = {0};
    const struct ga_uuid child = school_add_child(a, "张三"), shared = *ga_store_own_site(a->store);
    ga_store_close(a->store);
    a->store = NULL;
    ga_store_close(b->store);
    b->store = NULL;
    ga_str_addf(&command, "rm -rf '%s' && cp -r '%s' '%s'", b->folder, a->folder, b->folder);
    assert_int_equal(system(ga_str_text(&command)), 0);
    ga_str_finish(&command);
    assert_int_equal(school_reopen(a, NULL), GA_OK);
    assert_int_equal(school_reopen(b, NULL), GA_OK);
    school_edit(a, "child", &child, "village", "石桥村");
    school_edit(b, "child", &child, "village", "小河村");
    school_edit(b, "child", &child, "hamlet", "三组");
    sticks_carry(a, b, &told);
    assert_true(told.has_new_site);
    assert_int_equal(told.conflicts, 1);
    assert_int_not_equal(ga_uuid_compare(ga_store_own_site(b->store), &shared), 0);
    assert_int_equal(school_reopen(b, NULL), GA_OK);
    school_add_child(b, "王五");
    sticks_trust(&town);
    sticks_carry(b, a, &told);
    assert_true(told.has_new_site); /* the other branch of its own came */
    assert_int_equal(told.conflicts, 1);
    assert_same(a, b);
    sticks_trust(&town);
    sticks_carry(b, c, &told);
    sticks_carry(a, c, &told);
    assert_int_equal(told.transactions[GA_PARCEL_KNOWN] + told.transactions[GA_PARCEL_APPLIED], 0); /* told apart exactly */
    assert_same(a, c);
}

/* A teacher's computer with the year 2091: nobody else is asked what day it is. */
static void another_computers_clock_changes_nothing_here(void **state)
{
    (void)state;
    struct ga_received told;
    school_add_child(b, "李四");
    const struct ga_date before = ga_store_newest_day(b->store);
    ga_store_set_today(a->store, (struct ga_date){2091, 1, 1}, false);
    school_add_child(a, "张三");
    import_children(a, 300);
    sticks_carry(a, b, &told);
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED], 2);
    const struct ga_date now = ga_store_newest_day(b->store);
    assert_int_equal(ga_date_to_days(now), ga_date_to_days(before));
    sticks_carry(b, a, &told);
    assert_same(a, b);
}

/* A single save is not packed yet: it lies beside this computer's own. */
static void one_save_under_another_computers_clock_changes_nothing_here(void **state)
{
    (void)state;
    school_add_child(b, "李四");
    const struct ga_date before = ga_store_newest_day(b->store);
    ga_store_set_today(a->store, (struct ga_date){2091, 1, 1}, false);
    school_add_child(a, "张三");
    sticks_carry(a, b, NULL);
    const struct ga_date now = ga_store_newest_day(b->store);
    assert_int_equal(ga_date_to_days(now), ga_date_to_days(before));
}

static void an_abandoned_receive_leaves_nothing(void **state)
{
    (void)state;
    struct ga_receive *receive, *other;
    struct stick stick;
    struct ga_str before = {0}, after = {0};
    struct ga_save *save;
    import_children(a, 300);
    school_add_child(b, "李四");
    stick_fill(&stick, a, NULL);
    sticks_dump(b, &before);
    assert_int_equal(ga_receive_begin(b->store, &receive, NULL), GA_OK);
    assert_int_equal(stick_put(receive, GA_VEC_AT(struct stick_parcel, &stick.parcels, 0), NULL), GA_PARCEL_APPLIED);
    assert_int_equal(ga_receive_begin(b->store, &other, NULL), GA_BUSY);
    ga_receive_abandon(receive);
    sticks_dump(b, &after);
    assert_string_equal(ga_str_text(&before), ga_str_text(&after));
    school_add_child(b, "王五");
    sticks_assert_sound(b);
    assert_int_equal(ask(b, "SELECT max(no) - count(*) FROM op"), 0);
    assert_int_equal(ga_save_begin(b->store, &save, NULL), GA_OK);
    assert_int_equal(ga_receive_begin(b->store, &other, NULL), GA_BUSY);
    ga_save_abandon(save);
    assert_int_equal(stick_take(&stick, b, NULL, NULL), GA_OK);
    sticks_assert_sound(b);
    ga_str_finish(&before);
    ga_str_finish(&after);
    stick_finish(&stick);
}

/* Places name what the other side has, or was given before. */
static void replaced_operations_are_found_by_their_place(void **state)
{
    (void)state;
    struct ga_received told;
    struct ga_vec theirs;
    struct ga_send *send;
    struct ga_parcel parcel;
    struct ga_parcel_op op;
    struct ga_place place;
    bool has, is_there;
    const struct ga_uuid child = school_add_child(a, "张三");
    sticks_carry(a, b, &told);
    school_edit(a, "child", &child, "village", "石桥村"); /* its group is new: only the name is known there */
    school_edit(a, "child", &child, "village", "小河村");
    ga_vec_init(&theirs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(b->store, &theirs, NULL), GA_OK);
    assert_int_equal(ga_send_begin(a->store, theirs.items, theirs.len, &send, NULL), GA_OK);
    assert_int_equal(ga_send_transactions(send), 2);
    struct ga_hash leaf[2];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ga_send_next(send, &parcel, &has, NULL), GA_OK);
        assert_int_equal(ga_send_op(send, &op, NULL), GA_OK);
        ga_parcel_op_leaf(&op, &leaf[i]);
        assert_int_equal(ga_send_find(send, &child, &leaf[i], &place, &is_there, NULL), GA_OK);
        assert_false(is_there); /* not before its own parcel is whole */
    }
    assert_int_equal(ga_send_find(send, &child, &leaf[0], &place, &is_there, NULL), GA_OK);
    assert_true(is_there && place.seq == 2 && place.index == 0);
    assert_int_equal(ga_store_at(a->store, &place, &op, NULL), GA_OK);
    assert_true(ga_hash_equal(&op.leaf, &leaf[0]));
    assert_int_equal(ga_store_at(b->store, &place, &op, NULL), GA_NOT_FOUND);
    place.seq = 1;
    assert_int_equal(ga_store_at(b->store, &place, &op, NULL), GA_OK);
    place.index = 1;
    assert_int_equal(ga_store_at(b->store, &place, &op, NULL), GA_NOT_FOUND);
    ga_send_end(send);
    ga_vec_finish(&theirs);
}

static struct ga_uuid add_talk(struct school *school, const struct ga_uuid *child)
{
    struct ga_answers talk;
    ga_answers_init(&talk, school_form(school, "talk"));
    talk.child = *child;
    school_type(&talk, "content", "想爸爸");
    assert_int_equal(ga_store_save(school->store, &(struct ga_save_record){.after = &talk}, 0, NULL, NULL), GA_OK);
    const struct ga_uuid id = talk.id;
    ga_answers_finish(&talk);
    return id;
}

/* Kept, handed on, not shown; once the form is there so are its records. */
static void a_form_that_comes_later_shows_what_came_before(void **state)
{
    (void)state;
    char command[300], forms[] = "/tmp/guanai-forms-XXXXXX";
    struct school bare;
    struct ga_peer peer;
    assert_non_null(mkdtemp(forms));
    snprintf(command, sizeof(command), "cp -r '%s'/* '%s' && rm '%s'/talk.yaml", FORMS_FOLDER, forms, forms);
    assert_int_equal(system(command), 0);
    school_prepare(&bare, (struct school_base){0});
    bare.seed = 4711;
    bare.forms = forms;
    assert_int_equal(school_reopen(&bare, NULL), GA_OK);
    assert_int_equal(ga_store_site(a->store, ga_store_own_site(a->store), &peer, NULL), GA_OK);
    assert_int_equal(ga_site_trust(bare.store, &peer, NULL), GA_OK);
    const struct ga_uuid child = school_add_child(a, "张三"), talk = add_talk(a, &child);
    sticks_carry(a, &bare, NULL);
    assert_int_equal(ask(&bare, "SELECT count(*) FROM sqlite_schema WHERE name = 'talk'"), 0);
    sticks_assert_sound(&bare);
    sticks_carry(&bare, a, NULL);
    school_edit(a, "talk", &talk, "content", "想妈妈");
    sticks_carry(a, &bare, NULL);
    bare.forms = FORMS_FOLDER;
    assert_int_equal(school_reopen(&bare, NULL), GA_OK);
    assert_string_equal(school_read(&bare, "talk", &talk, "content"), "想妈妈");
    assert_same(a, &bare);
    school_stop(&bare);
    snprintf(command, sizeof(command), "rm -rf '%s'", forms);
    assert_int_equal(system(command), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_one_saved_the_other_has),
        CASE(a_relay_hands_on_what_it_was_given),
        CASE(the_same_stick_twice_changes_nothing),
        CASE(concurrent_values_are_both_kept),
        CASE(an_edit_beats_a_removal_that_did_not_know_it),
        CASE(a_changed_byte_is_refused),
        CASE(too_few_or_too_many_operations_are_refused),
        CASE(one_hash_for_several_operations_is_refused),
        CASE(a_number_beyond_all_bounds_is_refused),
        CASE(what_is_withheld_is_no_gap),
        CASE(a_site_nobody_introduced_has_to_wait),
        CASE(a_copy_used_elsewhere_becomes_another_site),
        CASE(another_computers_clock_changes_nothing_here),
        CASE(one_save_under_another_computers_clock_changes_nothing_here),
        CASE(an_abandoned_receive_leaves_nothing),
        CASE(a_form_that_comes_later_shows_what_came_before),
        CASE(replaced_operations_are_found_by_their_place),
    };
    return cmocka_run_group_tests_name("store: receiving", tests, NULL, NULL);
}
