/*
 * Random histories of a school with two computers and a guest of one class: the guest holds what is of its class whole, as
 * far as whoever met it last knew, and of others hashes.
 *
 *   test_store_limited [HISTORIES]
 */
#include "dice.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/limited.h"
#include "guanai/store/site.h"
#include "guanai/store/touched.h"
#include "sticks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CHILDREN = 6, STEPS = 40, NAME_SIZE = 40 };

static struct sticks_town town;
static struct school *const school = &town.schools[0], *const guest = &town.schools[1], *const second = &town.schools[2];
static const struct ga_scope scope = {.kind = GA_SCOPE_CLASS, .site = "", .grade = "g3", .school_year = 2026, .class_no = "2"};

/* A child of the school as the model knows it. */
static struct model {
    struct ga_uuid id;
    char secret[NAME_SIZE]; /* in its village, of nobody else */
    bool is_mine, was_mine; /* of the class of the guest: now; to whoever filled some stick */
} children[CHILDREN];
static struct {
    uint64_t bundle, taken; /* its last one, the last one that the guest took in */
} writers[3]; /* as in the town */
static uint64_t dice;
static int histories = 3;

static int start(void **state)
{
    (void)state;
    sticks_start(&town, 3);
    memset(children, 0, sizeof(children));
    memset(writers, 0, sizeof(writers));
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

static int64_t ask_of(struct school *at, const char *sql, const struct ga_uuid *id)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    assert_int_equal(ga_stmt_prepare(ga_store_db(at->store), sql, &stmt, NULL), GA_OK);
    ga_stmt_bind_blob(stmt, 1, id->bytes, sizeof(id->bytes));
    assert_int_equal(ga_stmt_step(stmt, &has_row, NULL), GA_OK);
    const int64_t answer = has_row ? ga_stmt_column_int(stmt, 0) : -1;
    ga_stmt_destroy(stmt);
    return answer;
}

/* In one save, as an import: some of them of the class, some not. */
static void import_children(void)
{
    struct ga_save *save;
    assert_int_equal(ga_save_begin(school->store, &save, NULL), GA_OK);
    for (size_t i = 0; i < CHILDREN; i++) {
        struct ga_answers child;
        ga_answers_init(&child, school_form(school, "child"));
        snprintf(children[i].secret, NAME_SIZE, "秘密村%zu号", i);
        children[i].is_mine = i % 3 == 0;
        school_type(&child, "name", "张三");
        school_type(&child, "village", children[i].secret);
        school_type(&child, "grade", "g3");
        school_type(&child, "class", children[i].is_mine ? "2" : "1");
        school_type(&child, "father_phone", "13812345678");
        assert_int_equal(ga_save_put(save, &(struct ga_save_record){.after = &child}, NULL, NULL), GA_OK);
        children[i].id = child.id;
        ga_answers_finish(&child);
    }
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
}

static void add_talk(struct school *at, size_t child)
{
    struct ga_answers talk;
    ga_answers_init(&talk, school_form(at, "talk"));
    talk.child = children[child].id;
    school_type(&talk, "talked_on", "2026-11-20");
    assert_int_equal(ga_store_save(at->store, &(struct ga_save_record){.after = &talk}, 0, NULL, NULL), GA_OK);
    ga_answers_finish(&talk);
}

static bool is_mine_to(struct school *from, const struct model *child)
{
    return ask_of(from, "SELECT count(*) FROM child WHERE class = '2' AND no = (SELECT no FROM record WHERE id = ?1)", &child->id) == 1;
}

static void fill_for_guest(struct school *from, struct stick *stick)
{
    const size_t w = (size_t)(from - town.schools);
    const struct ga_limited_ask limited_ask = {.guest = *ga_store_own_site(guest->store), .scope = scope};
    struct ga_limited limited;
    struct ga_vec theirs;
    ga_limited_init(&limited);
    ga_vec_init(&theirs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(guest->store, &theirs, NULL), GA_OK);
    assert_int_equal(ga_limited_taken(from->store, &limited_ask.guest, writers[w].taken, NULL), GA_OK);
    assert_int_equal(ga_limited_gather(from->store, &limited_ask, &limited, NULL), GA_OK);
    const struct ga_send_limit limit = {.shown = limited.shown.items, .shown_count = limited.shown.len,
                                        .again = limited.again.items, .again_count = limited.again.len};
    stick_fill_limited(stick, from, &theirs, &limit);
    assert_int_equal(ga_limited_handed(from->store, &limited_ask.guest, &limited, ++writers[w].bundle, NULL), GA_OK);
    for (size_t i = 0; i < CHILDREN; i++)
        children[i].was_mine |= is_mine_to(from, &children[i]);
    ga_vec_finish(&theirs);
    ga_limited_finish(&limited);
}

static const char ops_of[] = "SELECT count(*) FROM op WHERE record = (SELECT no FROM record WHERE id = ?1)";
static const char talks_of[] = "SELECT count(*) FROM talk WHERE child = (SELECT no FROM record WHERE id = ?1)";
static const char fields_of[] = "SELECT count(*) FROM conflict WHERE record = (SELECT no FROM record WHERE id = ?1)";

static const char *const fields[] = {"name", "village", "nickname", "class", "father_phone"};

static void assert_whole(const struct model *child)
{
    assert_int_equal(ask_of(guest, ops_of, &child->id), ask_of(school, ops_of, &child->id));
    assert_int_equal(ask_of(guest, talks_of, &child->id), ask_of(school, talks_of, &child->id));
    assert_int_equal(ask_of(guest, fields_of, &child->id), ask_of(school, fields_of, &child->id));
    for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
        assert_string_equal(school_read(guest, "child", &child->id, fields[i]), school_read(school, "child", &child->id, fields[i]));
}

/* The school's history without a gap, the children of the class whole, of others nothing. */
static void assert_guest(void)
{
    for (size_t i = 0; i < CHILDREN; i++) {
        if (children[i].is_mine)
            assert_whole(&children[i]);
        else if (!children[i].was_mine)
            assert_int_equal(ask_of(guest, ops_of, &children[i].id), 0);
    }
    assert_int_equal(ask(guest, "SELECT count(*) FROM _run AS r WHERE first > 1"), 0);
}

/* All that this computer of the school has of its class is there; more may be, of another one. */
static void assert_has_what(struct school *from)
{
    for (size_t i = 0; i < CHILDREN; i++) {
        if (!is_mine_to(from, &children[i]))
            continue;
        assert_true(ask_of(guest, ops_of, &children[i].id) >= ask_of(from, ops_of, &children[i].id));
        assert_true(ask_of(guest, talks_of, &children[i].id) >= ask_of(from, talks_of, &children[i].id));
    }
}

static void write_for_guest(struct school *from)
{
    struct ga_received told;
    struct stick stick;
    fill_for_guest(from, &stick);
    assert_int_equal(stick_take(&stick, guest, &told, NULL), GA_OK);
    assert_int_equal(told.transactions[GA_PARCEL_REFUSED] + told.transactions[GA_PARCEL_HELD], 0);
    writers[from - town.schools].taken = writers[from - town.schools].bundle;
    stick_finish(&stick);
}

static void carry(struct school *from, struct school *to)
{
    struct ga_received told;
    sticks_carry(from, to, &told);
    assert_int_equal(told.transactions[GA_PARCEL_REFUSED], 0);
}

/* What a guest was not given it passes on to nobody: as its bundles, this carries its own alone. */
static void carry_own(struct school *to)
{
    struct ga_received told;
    struct ga_vec theirs;
    struct stick stick;
    ga_vec_init(&theirs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(guest->store, &theirs, NULL), GA_OK);
    for (size_t i = theirs.len; i-- > 0;)
        if (ga_uuid_compare(&GA_VEC_AT(struct ga_have, &theirs, i)->site, ga_store_own_site(guest->store)) == 0)
            ga_vec_remove(&theirs, i);
    stick_fill(&stick, guest, &theirs);
    assert_int_equal(stick_take(&stick, to, &told, NULL), GA_OK);
    assert_int_equal(told.transactions[GA_PARCEL_REFUSED], 0);
    stick_finish(&stick);
    ga_vec_finish(&theirs);
}

static void meet(struct school *with)
{
    struct stick stick;
    if (dice_draw(&dice, 4) == 0) { /* a stick that was lost */
        fill_for_guest(with, &stick);
        stick_finish(&stick);
    }
    carry_own(with);
    write_for_guest(with);
    assert_has_what(with);
}

static void edit_at_guest(size_t child, const char *text)
{
    if (ask_of(guest, "SELECT no FROM child WHERE no = (SELECT no FROM record WHERE id = ?1)", &children[child].id) > 0)
        school_edit(guest, "child", &children[child].id, "nickname", text);
}

/* Who is in which class the first one says alone: what the second knows of that, it hears from the first. */
static void step(int number, size_t writers_count)
{
    const size_t child = dice_draw(&dice, CHILDREN);
    struct school *at = writers_count > 1 && dice_draw(&dice, 2) == 0 ? second : school;
    char text[NAME_SIZE];
    snprintf(text, sizeof(text), "小%d", number);
    switch (dice_draw(&dice, writers_count > 1 ? 7 : 6)) {
    case 0:
        meet(at);
        break;
    case 1:
        children[child].is_mine = !children[child].is_mine;
        school_edit(school, "child", &children[child].id, "class", children[child].is_mine ? "2" : "1");
        break;
    case 2:
        add_talk(at, child);
        break;
    case 3:
        edit_at_guest(child, text);
        break;
    case 4:
        ga_store_idle(guest->store);
        ga_store_idle(at->store);
        break;
    case 6:
        carry(at, at == school ? second : school);
        break;
    default:
        school_edit(at, "child", &children[child].id, "nickname", text);
    }
}

static void begin_history(int history)
{
    if (history > 0) {
        stop(NULL);
        start(NULL);
    }
    dice = 4711 + (uint64_t)history;
    import_children();
}

static void a_guest_holds_its_class_whole_whatever_happens(void **state)
{
    (void)state;
    for (int history = 0; history < histories; history++) {
        begin_history(history);
        for (int i = 0; i < STEPS; i++)
            step(i, 1);
        meet(school);
        assert_guest();
        sticks_assert_sound(guest);
        sticks_assert_sound(school);
        assert_int_equal(school_reopen(guest, NULL), GA_OK);
        meet(school);
        assert_guest();
    }
}

static void a_guest_that_two_computers_write_for_holds_what_either_knows(void **state)
{
    (void)state;
    for (int history = 0; history < histories; history++) {
        begin_history(history);
        carry(school, second);
        for (int i = 0; i < STEPS; i++)
            step(i, 2);
        carry(second, school);
        meet(school);
        assert_guest();
        sticks_assert_sound(guest);
    }
}

static enum ga_rc skip_touched(void *ctx, const struct ga_touched *touched, struct ga_error *err)
{
    (void)ctx, (void)touched, (void)err;
    return GA_OK;
}

/* Does whoever shows what was there up to that operation see that there is more? As of now, nobody has to look again. */
static void assert_followed(int64_t shown, bool is_behind)
{
    const int64_t now = ga_store_last_op(guest->store), none = 0;
    bool is_touched, is_far, may_be, has_all;
    assert_int_equal(now > shown, is_behind);
    assert_int_equal(ga_store_any_touched(guest->store, shown, &none, 1, &is_touched, &is_far, NULL), GA_OK);
    assert_int_equal(ga_store_form_touched(guest->store, shown, "talk", &may_be, NULL), GA_OK);
    assert_int_equal(ga_store_touched(guest->store, shown, CHILDREN, skip_touched, NULL, &has_all, NULL), GA_OK);
    assert_int_equal(is_touched, is_behind);
    assert_int_equal(may_be, is_behind);
    assert_int_equal(!has_all, is_behind);
    assert_int_equal(ga_store_any_touched(guest->store, now, &none, 1, &is_touched, &is_far, NULL), GA_OK);
    assert_int_equal(ga_store_form_touched(guest->store, now, "talk", &may_be, NULL), GA_OK);
    assert_false(is_touched || may_be);
}

/* The one knew of the move alone, the other wrote while it did not; the first then had it all, the guest had a hash for it. */
static void what_came_to_the_guest_as_a_hash_from_one_computer_is_filled_in_by_the_other_that_knows_more(void **state)
{
    (void)state;
    import_children();
    carry(school, second);
    write_for_guest(school);
    school_edit(school, "child", &children[1].id, "class", "2");
    write_for_guest(school);
    school_edit(second, "child", &children[1].id, "nickname", "小石头");
    write_for_guest(second);
    assert_string_equal(school_read(guest, "child", &children[1].id, "nickname"), "");
    carry(second, school);
    const int64_t shown = ga_store_last_op(guest->store);
    assert_followed(shown, false);
    write_for_guest(school);
    assert_string_equal(school_read(guest, "child", &children[1].id, "nickname"), "小石头");
    assert_followed(shown, true);
    assert_int_equal(school_reopen(guest, NULL), GA_OK);
    assert_followed(shown, true);
    school_edit(guest, "child", &children[1].id, "village", "石桥村");
    assert_followed(shown, true);
    assert_int_equal(ask(guest, "SELECT count(*) FROM _run AS r WHERE first > 1"), 0);
    sticks_assert_sound(guest);
}

/* Nothing but what came since its last word is handed over twice. */
static void what_a_guest_said_to_have_is_not_sent_again(void **state)
{
    (void)state;
    struct stick stick;
    import_children();
    write_for_guest(school);
    school_edit(school, "child", &children[0].id, "nickname", "小石头");
    write_for_guest(school);
    fill_for_guest(school, &stick);
    assert_int_equal(stick.parcels.len, 0);
    stick_finish(&stick);
    assert_int_equal(ask(school, "SELECT count(*) FROM handed WHERE record < 0"), 2); /* the one taken in, the one on its way */
}

/* What is left of a save of others is its root: one row, however many it had. */
static void what_is_all_of_others_is_one_hash(void **state)
{
    (void)state;
    struct ga_received told;
    struct stick stick;
    import_children();
    for (size_t i = 0; i < CHILDREN; i++)
        if (children[i].is_mine)
            school_edit(school, "child", &children[i].id, "class", "1");
    for (size_t i = 0; i < CHILDREN; i++)
        children[i].is_mine = false;
    fill_for_guest(school, &stick);
    assert_int_equal(stick_take(&stick, guest, &told, NULL), GA_OK);
    stick_finish(&stick);
    assert_int_equal(ask(guest, "SELECT count(*) FROM op"), 0);
    assert_int_equal(ask(guest, "SELECT count(*) FROM withheld"), ask(school, "SELECT count(*) FROM txn"));
    assert_true(ask(guest, "SELECT max(leaves) FROM withheld") >= CHILDREN);
    school_add_child(guest, "李四"); /* behind what is withheld */
    assert_int_equal(school_reopen(guest, NULL), GA_OK);
    school_add_child(guest, "王五");
    sticks_assert_sound(guest);
}

/* A hash that is not the one that was signed. */
static void what_does_not_fit_the_signed_root_is_refused(void **state)
{
    (void)state;
    struct ga_received told;
    struct stick stick;
    import_children();
    fill_for_guest(school, &stick);
    struct stick_parcel *parcel = ga_vec_at(&stick.parcels, 0);
    for (size_t i = 0; i < parcel->ops.len; i++) {
        struct stick_op *op = ga_vec_at(&parcel->ops, i);
        if (!op->is_withheld)
            continue;
        op->leaf.bytes[0] ^= 1;
        break;
    }
    assert_int_equal(stick_take(&stick, guest, &told, NULL), GA_OK);
    assert_int_equal(told.transactions[GA_PARCEL_REFUSED], 1);
    assert_int_equal(ask(guest, "SELECT count(*) FROM child"), 0);
    stick_finish(&stick);
    sticks_assert_sound(guest);
}

/* Among the computers of a school nothing is withheld: what says so is refused. */
static void a_computer_that_is_no_guest_takes_in_nothing_with_holes(void **state)
{
    (void)state;
    struct ga_received told;
    struct stick stick;
    import_children();
    fill_for_guest(school, &stick);
    stick.is_limited = false;
    assert_int_equal(stick_take(&stick, guest, &told, NULL), GA_OK);
    assert_int_equal(told.transactions[GA_PARCEL_APPLIED], 0);
    stick_finish(&stick);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        histories = atoi(argv[1]);
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {TEST(a_guest_holds_its_class_whole_whatever_happens),
                                       TEST(a_guest_that_two_computers_write_for_holds_what_either_knows),
                                       TEST(what_came_to_the_guest_as_a_hash_from_one_computer_is_filled_in_by_the_other_that_knows_more),
                                       TEST(what_a_guest_said_to_have_is_not_sent_again), TEST(what_is_all_of_others_is_one_hash),
                                       TEST(what_does_not_fit_the_signed_root_is_refused),
                                       TEST(a_computer_that_is_no_guest_takes_in_nothing_with_holes)};
    return cmocka_run_group_tests_name("store: what a guest may have", tests, NULL, NULL);
}
