/* A county without names: what tells who somebody is never reaches it, everything else does, proven. */
#include "guanai/sql/stmt.h"
#include "guanai/store/naming.h"
#include "guanai/store/school.h"
#include "guanai/store/site.h"
#include "guanai/store/touched.h"
#include "log/saving.h"
#include "sticks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 5 };

static struct sticks_town town;
static struct school *const school = &town.schools[0], *const county = &town.schools[1];
static struct ga_uuid children[CHILDREN];
static const struct ga_send_limit nameless = {.is_nameless = true};

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

static int64_t ask(struct school *at, const char *sql)
{
    int64_t answer = -1;
    assert_int_equal(ga_db_query_int(ga_store_db(at->store), sql, &answer, NULL), GA_OK);
    return answer;
}

static void import_children(void)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
    for (int i = 0; i < CHILDREN; i++) {
        struct ga_answers child;
        char number[8];
        snprintf(number, sizeof(number), "%d", i + 1);
        ga_answers_init(&child, school_form(school, "child"));
        school_type(&child, "name", "欧阳秘密");
        school_type(&child, "card_no", number);
        school_type(&child, "village", "红岩村");
        school_type(&child, "grade", "g3");
        school_type(&child, "class", i % 2 == 0 ? "2" : "1");
        school_type(&child, "father_name", "欧阳父亲");
        school_type(&child, "father_phone", "13812345678");
        school_type(&child, "father_state", i % 2 == 0 ? "away" : "home");
        school_type(&child, "note", "秘密备注");
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        children[i] = child.id;
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static void add_talk(int child)
{
    struct ga_answers talk;
    ga_answers_init(&talk, school_form(school, "talk"));
    talk.child = children[child];
    school_type(&talk, "talked_on", "2026-11-20");
    school_type(&talk, "content", "秘密谈话");
    assert_int_equal(ga_store_save(school->store, &(struct ga_save_record){.after = &talk}, 0, NULL, NULL), GA_OK);
    ga_answers_finish(&talk);
}

static void fill_for_county(struct stick *stick)
{
    struct ga_vec theirs;
    ga_vec_init(&theirs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(county->store, &theirs, NULL), GA_OK);
    stick_fill_limited(stick, school, &theirs, &nameless);
    ga_vec_finish(&theirs);
}

static void carry(struct ga_received *told)
{
    struct stick stick;
    fill_for_county(&stick);
    assert_int_equal(stick_take(&stick, county, told, NULL), GA_OK);
    assert_int_equal(told->transactions[GA_PARCEL_REFUSED] + told->transactions[GA_PARCEL_HELD], 0);
    stick_finish(&stick);
}

/* Of a stick: no value that names anybody, and which operations there are. */
static void assert_stick_names_nobody(const struct stick *stick)
{
    static const char *const secrets[] = {"欧阳", "13812345678", "秘密"};
    for (size_t i = 0; i < stick->parcels.len; i++) {
        const struct stick_parcel *parcel = GA_VEC_AT(const struct stick_parcel, &stick->parcels, i);
        for (size_t k = 0; k < parcel->ops.len; k++)
            for (size_t s = 0; s < sizeof(secrets) / sizeof(*secrets); s++) {
                const struct ga_str *bytes = &GA_VEC_AT(const struct stick_op, &parcel->ops, k)->bytes;
                assert_null(memmem(ga_str_text(bytes), bytes->len, secrets[s], strlen(secrets[s])));
            }
    }
}

static void a_county_without_names_has_all_the_rest(void **state)
{
    (void)state;
    static const char *const fields[] = {"village", "grade", "class", "father_state", "card_no"};
    struct ga_received told;
    struct stick stick;
    import_children();
    for (int i = 0; i < CHILDREN; i++)
        add_talk(i);
    school_edit(school, "child", &children[1], "father_phone", "13900001111");
    fill_for_county(&stick);
    assert_stick_names_nobody(&stick);
    stick_finish(&stick);
    carry(&told);
    assert_int_equal(ask(county, "SELECT count(*) FROM withheld"), 0);
    assert_int_equal(ask(county, "SELECT count(*) FROM talk"), CHILDREN);
    assert_int_equal(ask(county, "SELECT count(*) FROM child WHERE class = '2'"), 3);
    for (int i = 0; i < CHILDREN; i++)
        for (size_t k = 0; k < sizeof(fields) / sizeof(*fields); k++)
            assert_string_equal(school_read(county, "child", &children[i], fields[k]), school_read(school, "child", &children[i], fields[k]));
    assert_string_equal(school_read(county, "child", &children[2], "name"), "№3");
    assert_string_equal(school_read(county, "child", &children[2], "father_phone"), "");
    assert_int_equal(ask(county, "SELECT count(*) FROM child WHERE father_name IS NOT NULL OR father_phone IS NOT NULL OR note IS NOT NULL"), 0);
    assert_int_equal(ask(county, "SELECT count(*) FROM misfit"), 0);
    sticks_assert_sound(county);
    sticks_assert_sound(school);
}

static void later_changes_follow_and_merge_without_conflicts(void **state)
{
    (void)state;
    struct ga_received told;
    import_children();
    carry(&told);
    school_edit(school, "child", &children[0], "name", "欧阳新名");
    school_edit(school, "child", &children[0], "father_state", "lost");
    school_edit(school, "child", &children[0], "class", "7");
    carry(&told);
    assert_string_equal(school_read(county, "child", &children[0], "name"), "№1");
    assert_string_equal(school_read(county, "child", &children[0], "class"), "7");
    assert_string_equal(school_read(county, "child", &children[0], "father_state"), "失联");
    assert_int_equal(ask(county, "SELECT count(*) FROM conflict"), 0);
    carry(&told);
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED], 0);
    sticks_assert_sound(county);
}

/* Everything in it turned by a bit, one at a time; sound again afterwards. */
static void an_altered_part_is_refused(void **state)
{
    (void)state;
    struct ga_received told;
    struct stick stick;
    import_children();
    fill_for_county(&stick);
    struct stick_parcel *last = GA_VEC_AT(struct stick_parcel, &stick.parcels, stick.parcels.len - 1);
    struct stick_op *op = GA_VEC_AT(struct stick_op, &last->ops, 0);
    assert_int_equal(op->bytes.data[0], GA_NAMELESS_FORMAT);
    for (size_t at = 0; at < op->bytes.len; at += 7) {
        op->bytes.data[at] ^= 1;
        assert_int_equal(stick_take(&stick, county, &told, NULL), GA_OK);
        assert_int_equal(told.transactions[GA_PARCEL_APPLIED] + told.transactions[GA_PARCEL_KNOWN], stick.parcels.len - 1);
        assert_int_equal(told.transactions[GA_PARCEL_REFUSED], 1);
        op->bytes.data[at] ^= 1;
    }
    op->salt[3] ^= 1;
    assert_int_equal(stick_take(&stick, county, &told, NULL), GA_OK);
    assert_int_equal(told.transactions[GA_PARCEL_REFUSED], 1);
    op->salt[3] ^= 1;
    assert_int_equal(ask(county, "SELECT count(*) FROM child"), 0);
    assert_int_equal(stick_take(&stick, county, &told, NULL), GA_OK);
    assert_int_equal(ask(county, "SELECT count(*) FROM child"), CHILDREN);
    stick_finish(&stick);
    sticks_assert_sound(county);
}

/* The same operations, handed out whole: a county that has them without names takes the names, and these alone. */
static void names_that_come_later_stand_where_they_belong_and_no_others(void **state)
{
    (void)state;
    struct ga_received told;
    struct stick stick;
    assert_int_equal(ga_store_begin_county(county->store, NULL), GA_OK);
    import_children();
    carry(&told);
    school_edit(school, "child", &children[1], "father_phone", "13900001111"); /* one by itself, and later: it lies in the tail */
    carry(&told);
    stick_fill(&stick, school, NULL);
    stick.is_limited = true;
    struct stick_parcel *last = GA_VEC_AT(struct stick_parcel, &stick.parcels, stick.parcels.len - 1);
    struct stick_op *op = GA_VEC_AT(struct stick_op, &last->ops, 0);
    char *phone = memmem(op->bytes.data, op->bytes.len, "13900001111", 11);
    assert_non_null(phone);
    phone[10] = '2'; /* somebody else's */
    assert_int_equal(stick_take(&stick, county, &told, NULL), GA_OK);
    assert_int_equal(told.transactions[GA_PARCEL_REFUSED], 1);
    assert_int_equal(told.filled, 2 * CHILDREN); /* of each its usual and its sensitive answers */
    assert_string_equal(school_read(county, "child", &children[0], "father_phone"), "13812345678");
    assert_string_equal(school_read(county, "child", &children[1], "father_phone"), "");
    phone[10] = '1';
    assert_int_equal(stick_take(&stick, county, &told, NULL), GA_OK);
    assert_int_equal(told.filled, 1);
    assert_int_equal(ask(county, "SELECT count(*) FROM child WHERE name = '欧阳秘密' AND note = '秘密备注'"), CHILDREN);
    assert_string_equal(school_read(county, "child", &children[1], "father_phone"), "13900001111");
    assert_int_equal(stick_take(&stick, county, &told, NULL), GA_OK); /* a second time nothing is left to come */
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED], 0);
    stick_finish(&stick);
    carry(&told); /* and what comes without names takes none away */
    assert_int_equal(ask(county, "SELECT count(*) FROM child WHERE name = '欧阳秘密'"), CHILDREN);
    sticks_assert_sound(county);
}

/* Not even that it was answered. */
static void what_is_restricted_is_withheld_whole(void **state)
{
    (void)state;
    struct ga_received told;
    struct stick stick;
    struct ga_answers record;
    import_children();
    ga_answers_init(&record, school_form(school, "counselling"));
    record.child = children[0];
    school_type(&record, "observations", "秘密观察");
    assert_int_equal(ga_store_save(school->store, &(struct ga_save_record){.after = &record}, 0, NULL, NULL), GA_OK);
    ga_answers_finish(&record);
    fill_for_county(&stick);
    for (size_t i = 0; i < stick.parcels.len; i++) {
        const struct stick_parcel *parcel = GA_VEC_AT(const struct stick_parcel, &stick.parcels, i);
        for (size_t k = 0; k < parcel->ops.len; k++) {
            const struct ga_str *bytes = &GA_VEC_AT(const struct stick_op, &parcel->ops, k)->bytes;
            assert_null(memmem(ga_str_text(bytes), bytes->len, "observations", strlen("observations")));
        }
    }
    stick_finish(&stick);
    carry(&told);
    assert_int_equal(ask(county, "SELECT count(*) FROM withheld"), 1);
    sticks_assert_sound(county);
}

static bool lacks(int64_t *reached)
{
    bool is_lacking;
    assert_int_equal(ga_naming_lacks(county->store, ga_store_own_site(school->store), reached, &is_lacking, NULL), GA_OK);
    return is_lacking;
}

static void name_all(void)
{
    struct ga_received told;
    struct stick stick;
    stick_fill(&stick, school, NULL);
    stick.is_limited = true;
    assert_int_equal(stick_take(&stick, county, &told, NULL), GA_OK);
    stick_finish(&stick);
}

static void what_has_its_names_is_not_looked_at_again(void **state)
{
    (void)state;
    struct ga_received told;
    int64_t reached = 0, first;
    assert_int_equal(ga_store_begin_county(county->store, NULL), GA_OK);
    import_children();
    assert_false(lacks(&reached));
    carry(&told);
    assert_true(lacks(&reached));
    first = reached;
    assert_int_equal(first, ask(county, "SELECT min(first_op) FROM chain WHERE site <> (SELECT id FROM site WHERE seed IS NOT NULL)"));
    name_all();
    assert_false(lacks(&reached));
    assert_int_equal(reached, ga_store_last_op(county->store) + 1);
    school_edit(school, "child", &children[1], "father_phone", "13900001111");
    carry(&told);
    assert_true(lacks(&reached));
    assert_int_equal(reached, ga_store_last_op(county->store));
    int64_t behind = reached + 1;
    assert_false(lacks(&behind)); /* it begins there, and nowhere before */
    name_all();
    assert_false(lacks(&reached));
    assert_false(lacks(&first));
}

static void the_computers_of_a_school_take_nothing_without_its_names(void **state)
{
    (void)state;
    struct ga_received told;
    struct stick stick;
    import_children();
    fill_for_county(&stick);
    stick.is_limited = false;
    assert_int_equal(stick_take(&stick, &town.schools[2], &told, NULL), GA_OK);
    assert_int_equal(told.transactions[GA_PARCEL_REFUSED], 1);
    assert_int_equal(ask(&town.schools[2], "SELECT count(*) FROM child"), 0);
    stick_finish(&stick);
}

/* As a program of before wrote it: nothing in it is marked. */
static enum ga_rc write_in_one_piece(void *ctx, struct ga_save *save, int64_t no, const struct ga_log_op *ops, size_t count,
                                     struct ga_error *err)
{
    static const struct ga_operation_field fields[] = {{"nickname", {.kind = GA_OPERATION_TEXT, .text = "秘密小名", .text_len = 12}},
                                                       {"grade", {.kind = GA_OPERATION_TEXT, .text = "g6", .text_len = 2}}};
    static const struct ga_operation_group groups[] = {{.id = "grade", .fields = &fields[1], .fields_count = 1},
                                                       {.id = "nickname", .fields = &fields[0], .fields_count = 1}};
    struct ga_operation op = ops[0].op;
    struct ga_str bytes = {0};
    (void)ctx, (void)count;
    op.groups = groups;
    op.groups_count = 2;
    op.replaced_count = 0;
    enum ga_rc rc = ga_operation_encode(&op, &bytes, err);
    const struct ga_block_item item = {.salt = {9}, .bytes = (const uint8_t *)bytes.data, .len = bytes.len};
    assert_int_equal(bytes.data[0], 1);
    if (rc == GA_OK)
        rc = ga_save_write_again(save, no, &item, err);
    ga_str_finish(&bytes);
    return rc;
}

static void write_old(int child)
{
    struct ga_save *save;
    int64_t no;
    assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
    assert_int_equal(ga_record_no(school->store, &children[child], &no, NULL), GA_OK);
    assert_int_equal(ga_save_into(save, no, school_form(school, "child"), write_in_one_piece, NULL, NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static void what_was_written_in_one_piece_is_withheld_whole(void **state)
{
    (void)state;
    struct ga_received told;
    import_children();
    write_old(0);
    carry(&told);
    assert_int_equal(ask(county, "SELECT sum(leaves) FROM withheld"), 1);
    assert_int_equal(ask(county, "SELECT count(*) FROM child"), CHILDREN);
    assert_int_equal(ask(county, "SELECT count(*) FROM child WHERE nickname IS NOT NULL"), 0);
    sticks_assert_sound(county);
    sticks_assert_sound(school);
}

static void what_was_written_in_one_piece_comes_once_it_is_said_again(void **state)
{
    (void)state;
    struct ga_received told;
    uint64_t count = 0;
    import_children();
    write_old(0);
    carry(&told);
    assert_int_equal(ask(school, "SELECT count(*) FROM conflict"), 1); /* of its grade, the other half of which is withheld */
    assert_int_equal(ask(county, "SELECT count(*) FROM conflict"), 0);
    const int64_t before = ask(school, "SELECT count(*) FROM op");
    assert_int_equal(ga_naming_part_again(school->store, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ask(school, "SELECT count(*) FROM op"), before + 1);
    carry(&told);
    assert_string_equal(school_read(county, "child", &children[0], "grade"), school_read(school, "child", &children[0], "grade"));
    assert_string_equal(school_read(county, "child", &children[0], "nickname"), "");
    assert_string_equal(school_read(school, "child", &children[0], "nickname"), "秘密小名");
    assert_int_equal(ask(school, "SELECT count(*) FROM conflict"), ask(county, "SELECT count(*) FROM conflict"));
    assert_int_equal(ga_naming_part_again(school->store, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    assert_int_equal(ask(school, "SELECT count(*) FROM op"), before + 1);
    sticks_assert_sound(school);
    sticks_assert_sound(county);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_county_without_names_has_all_the_rest, start, stop),
        cmocka_unit_test_setup_teardown(later_changes_follow_and_merge_without_conflicts, start, stop),
        cmocka_unit_test_setup_teardown(an_altered_part_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(names_that_come_later_stand_where_they_belong_and_no_others, start, stop),
        cmocka_unit_test_setup_teardown(what_has_its_names_is_not_looked_at_again, start, stop),
        cmocka_unit_test_setup_teardown(what_is_restricted_is_withheld_whole, start, stop),
        cmocka_unit_test_setup_teardown(the_computers_of_a_school_take_nothing_without_its_names, start, stop),
        cmocka_unit_test_setup_teardown(what_was_written_in_one_piece_is_withheld_whole, start, stop),
        cmocka_unit_test_setup_teardown(what_was_written_in_one_piece_comes_once_it_is_said_again, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
