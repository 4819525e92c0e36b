/*
 * Random histories of five computers that meet by sticks: lost, doubled, old, cut ones, imports that were stopped or killed,
 * computers restored, put back by hand, cloned, clocks gone wrong, forms of two versions. Whatever the order, all come to
 * hold the same, every value ever saved is found, and just what two wrote apart from each other is in conflict.
 *
 *   test_store_merge [HISTORIES [gossip [FOLDER]]]
 *
 * HISTORIES: how many, or 500-520: those alone.
 * gossip: they meet as it happens, not in all orders as well. FOLDER: where the data of the last five are left (tests/oracle).
 */
#include "gossip.h"

#include "guanai/base/alloc.h"
#include "guanai/sql/transaction.h"
#include "guanai/store/undo.h"
#include "index/index_delta.h"
#include "private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SITES = GOSSIP_SITES, WATCHER = SITES, CHILDREN = GOSSIP_CHILDREN, STEPS = 45, ORDERS = 120 };

static int from_history = 0, histories = 2;
static bool with_orders = true;
static const char *kept; /* folder, nullable */
static struct sticks_town *const town = &gossip.town;

static uint32_t draw(uint32_t below)
{
    return gossip_draw(below);
}

/* ---- people ---- */

static void add_child(size_t site, size_t child)
{
    struct school *school = &town->schools[site];
    struct ga_answers answers;
    ga_answers_init(&answers, school_form(school, "child"));
    school_type(&answers, "name", "张三");
    assert_int_equal(ga_store_save(school->store, &(struct ga_save_record){.after = &answers}, 0, NULL, NULL), GA_OK);
    gossip.children[child] = answers.id;
    gossip_note(site, child, 0, &answers, 0);
    ga_answers_finish(&answers);
}

static bool open_form(size_t site, size_t child, struct gossip_form *form)
{
    struct school *school = &town->schools[site];
    *form = (struct gossip_form){.site = site, .child = child, .known = gossip_known_to(site, child)};
    form->is_open = ga_store_read(school->store, school_form(school, "child"), &gossip.children[child], &form->before,
                                  &form->heads, NULL) == GA_OK;
    return form->is_open;
}

/* Few values, so that two often write the same. */
static void type_something(struct ga_answers *after, size_t group)
{
    static const char *const words[GOSSIP_GROUPS][3] = {{"张三", "张山", "章三"},
                                                        {"石桥村", "小河村", "大湾村"},
                                                        {"一组", "二组", "三组"},
                                                        {"小宝", "毛毛", "石头"},
                                                        {"13800001111", "13900002222", "13700003333"},
                                                        {"狗", "猫", "鸭"}};
    static const char *const guardians[] = {"李桂兰", "王秀英", "陈大爷"};
    const bool is_unit = group == 4, is_name = is_unit && draw(2) == 0;
    school_type(after, !is_unit ? gossip_groups[group] : is_name ? "guardian_name" : "guardian_phone",
                is_name ? guardians[draw(3)] : words[group][draw(3)]);
}

static void save_form(struct gossip_form *form)
{
    struct school *school = &town->schools[form->site];
    struct ga_answers after;
    bool has_changed = false;
    size_t group = draw(GOSSIP_GROUPS);
    if (!form->is_open || gossip.versions_count == GOSSIP_VERSIONS_MAX)
        return;
    if (group == GOSSIP_PET && ga_form_field(form->before.form, "pet") == NULL)
        group = 0;
    ga_answers_copy(&after, &form->before);
    type_something(&after, group);
    const struct ga_save_record record = {.after = &after, .before = &form->before, .heads = form->heads};
    assert_int_equal(ga_store_save(school->store, &record, 0, &has_changed, NULL), GA_OK);
    if (has_changed)
        gossip_note(form->site, form->child, group, &after, form->known);
    ga_answers_finish(&after);
}

static void edit(void)
{
    struct gossip_form form;
    if (open_form(draw(SITES), draw(CHILDREN), &form))
        save_form(&form);
    gossip_close_form(&form);
}

/* Opened now, saved when much else may have come; the same form may be saved more than once by mistake of nobody. */
static void leave_open_or_save(void)
{
    struct gossip_form *form = &gossip.forms[draw(GOSSIP_FORMS_MAX)];
    if (form->is_open)
        save_form(form);
    else
        open_form(draw(SITES), draw(CHILDREN), form);
    if (form->is_open && draw(2) == 0)
        gossip_close_form(form);
}

static void remove_one(void)
{
    struct ga_save *save;
    struct gossip_form seen;
    const size_t site = draw(SITES), child = CHILDREN - 1;
    if (draw(3) != 0 || gossip.versions_count == GOSSIP_VERSIONS_MAX || !open_form(site, child, &seen))
        return;
    gossip_close_form(&seen);
    assert_int_equal(ga_save_begin(town->schools[site].store, &save, NULL), GA_OK);
    assert_int_equal(ga_save_remove(save, &gossip.children[child], NULL), GA_OK);
    assert_int_equal(ga_save_commit(save, NULL), GA_OK);
    gossip_note(site, child, GOSSIP_GONE, NULL, seen.known);
}

/* ---- sticks ---- */

static void take(const struct stick *stick, size_t to)
{
    struct ga_received told = {0};
    assert_int_equal(stick_take(stick, &town->schools[to], &told, NULL), GA_OK);
    assert_int_equal(told.transactions[GA_PARCEL_HELD] + told.transactions[GA_PARCEL_REFUSED], 0);
    if (told.has_new_site) /* a copy of it was at work somewhere */
        gossip_trust();
    gossip.seen_faults[0] += told.has_new_site;
}

static void lose_parcel(struct stick *stick, size_t i)
{
    struct stick lost;
    ga_vec_init(&lost.parcels, sizeof(struct stick_parcel));
    *(struct stick_parcel *)ga_vec_push(&lost.parcels) = *GA_VEC_AT(struct stick_parcel, &stick->parcels, i);
    stick_finish(&lost);
    ga_vec_remove(&stick->parcels, i);
}

/* From one to another what it lacks; parcels may fall off the stick, in the middle too; it may be kept for later. */
static void carry(void)
{
    struct ga_vec theirs;
    struct stick stick;
    const size_t from = draw(SITES), to = draw(SITES);
    ga_vec_init(&theirs, sizeof(struct ga_have));
    assert_int_equal(ga_store_have(town->schools[to].store, &theirs, NULL), GA_OK);
    stick_fill(&stick, &town->schools[from], &theirs);
    ga_vec_finish(&theirs);
    for (size_t i = stick.parcels.len; draw(3) == 0 && i > 0; i--)
        if (draw(3) == 0)
            lose_parcel(&stick, i - 1);
    take(&stick, to);
    if (draw(4) == 0) /* again */
        take(&stick, to);
    if (gossip.sticks_count < GOSSIP_STICKS_MAX && draw(4) == 0)
        gossip.sticks[gossip.sticks_count++] = stick;
    else
        stick_finish(&stick);
}

static void find_an_old_stick(void)
{
    if (gossip.sticks_count > 0)
        take(&gossip.sticks[draw((uint32_t)gossip.sticks_count)], draw(SITES));
}

/*
 * Round and round, what fell off a stick is brought by the next; until nobody has news. Two rounds do, but where a computer
 * was copied: who knows one branch alone takes a longer one for its continuation until that comes by.
 */
static void meet_all(void)
{
    enum { ROUNDS_MAX = 5 };
    uint64_t news = 1;
    for (size_t round = 0; round < 2 || news > 0; round++) {
        assert_true(round < ROUNDS_MAX);
        news = 0;
        for (size_t i = 0; i < SITES; i++) {
            struct ga_received told = {0};
            sticks_carry(&town->schools[i], &town->schools[(i + 1) % SITES], &told);
            news += told.transactions[GA_PARCEL_APPLIED];
            if (told.has_new_site)
                gossip_trust();
        }
    }
}

/* ---- lives ---- */

/* `of` in 1,000 steps. */
static const struct step {
    void (*happens)(void);
    uint32_t of;
} steps[] = {
    {edit, 350}, {leave_open_or_save, 150}, {carry, 190}, {find_an_old_stick, 70}, {remove_one, 60}, {gossip_renew, 15},
    {gossip_abandon_import, 45}, {gossip_set_clocks, 60}, {gossip_make_copy, 18}, {gossip_restore, 10},
    {gossip_put_back_unsaid, 12}, {gossip_clone, 10}, {gossip_die_in_import, 10},
};

static void step_once(void)
{
    uint32_t at = draw(1000);
    for (size_t i = 0; i < GA_COUNT(steps); i++) {
        if (at < steps[i].of) {
            gossip.seen_faults[i + 1]++;
            steps[i].happens();
            return;
        }
        at -= steps[i].of;
    }
}

static void live(void)
{
    gossip_set_clocks();
    gossip.versions_count = gossip.sticks_count = 0;
    gossip.lost = 0;
    memset(gossip.copies, 0, sizeof(gossip.copies));
    for (size_t child = 0; child < CHILDREN; child++)
        add_child(draw(SITES), child);
    if (draw(4) != 0) /* else some hear of an edit before they hear of the child */
        meet_all();
    for (int i = 0; i < STEPS; i++)
        step_once();
    for (size_t i = 0; i < GOSSIP_FORMS_MAX; i++)
        gossip_close_form(&gossip.forms[i]);
    for (size_t i = 0; i < gossip.sticks_count; i++) { /* nobody throws one away */
        take(&gossip.sticks[i], draw(SITES));
        stick_finish(&gossip.sticks[i]);
    }
    gossip.sticks_count = 0;
}

/* ---- all orders ---- */

/* Local numbers are given out in the order of arrival: here they are given out before, alike for all orders. */
static void number_children(struct ga_store *store)
{
    for (size_t i = 0; i < CHILDREN; i++) {
        int64_t no;
        assert_int_equal(ga_record_make(store, &gossip.children[i], "", &no, NULL, NULL), GA_OK);
    }
}

/* The five sticks in one order, into a database that is as it was afterwards. */
static void arrive(struct stick *all, const size_t *order, struct ga_str *out)
{
    struct school *school = &town->schools[WATCHER];
    struct ga_store *store = school->store;
    assert_int_equal(ga_transaction_begin(store->db, NULL), GA_OK);
    number_children(store);
    for (size_t i = 0; i < SITES; i++)
        assert_int_equal(stick_take(&all[order[i]], school, NULL, NULL), GA_OK);
    assert_int_equal(ga_delta_merge(store, NULL), GA_OK);
    sticks_dump_derived(school, out);
    ga_transaction_rollback(store->db);
    ga_log_forget(store, 0);
    store->last_txn = 0;
    ga_index_finish(store);
}

/* `since`: what each had before this history, which is of no interest here. */
static void assert_any_order_is_alike(struct ga_vec *since)
{
    struct stick all[SITES];
    struct ga_str first = {0};
    size_t order[SITES];
    for (size_t i = 0; i < SITES; i++)
        stick_fill(&all[i], &town->schools[i], &since[i]);
    for (size_t n = 0; n < ORDERS; n += histories < 10 ? 7 : 1) {
        struct ga_str other = {0};
        sticks_nth_order(n, order, SITES);
        arrive(all, order, n == 0 ? &first : &other);
        if (n > 0)
            assert_string_equal(ga_str_text(&other), ga_str_text(&first));
        ga_str_finish(&other);
    }
    assert_true(first.len > 500);
    ga_str_finish(&first);
    for (size_t i = 0; i < SITES; i++)
        stick_finish(&all[i]);
}

/* ---- the test ---- */

static bool has_pet(size_t site)
{
    return ga_form_field(school_form(&town->schools[site], "child"), "pet") != NULL;
}

/* Those with the same form in force show the same; a cloned disk brought its own. */
static void assert_all_alike(void)
{
    for (size_t i = 1; i < SITES; i++)
        for (size_t first = 0; first < i; first++)
            if (has_pet(first) == has_pet(i)) {
                sticks_assert_alike(&town->schools[first], &town->schools[i]);
                break;
            }
}

static void end_town(void)
{
    gossip_all_take_the_newer_form();
    sticks_assert_same(town, SITES);
    for (size_t i = 0; i < SITES; i++) {
        gossip_judge(i);
        sticks_assert_sound(&town->schools[i]);
    }
    if (kept != NULL)
        gossip_keep(kept);
    sticks_stop(town);
    gossip_faults_stop();
}

static void live_through(int history)
{
    struct ga_vec since[SITES];
    gossip.dice = 0x9E3779B97F4A7C15ULL * (uint64_t)(history + 1);
    for (size_t i = 0; i < SITES; i++) {
        ga_vec_init(&since[i], sizeof(struct ga_have));
        assert_int_equal(ga_store_have(town->schools[i].store, &since[i], NULL), GA_OK);
    }
    live();
    if (with_orders)
        assert_any_order_is_alike(since);
    meet_all();
    assert_all_alike();
    for (size_t i = 0; i < SITES; i++) {
        gossip_judge(i);
        ga_vec_finish(&since[i]);
    }
    gossip.seen_lost += (size_t)__builtin_popcountll(gossip.lost);
}

static void histories_converge_and_lose_nothing(void **state)
{
    (void)state;
    enum { A_TOWN = 20 }; /* histories in the same databases: what was there before is looked at again each time */
    for (int history = from_history; history < histories; history++) {
        if (history == from_history || history % A_TOWN == 0) {
            sticks_start(town, SITES + 1);
            gossip_faults_start();
            print_message("# %d …\n", history);
        }
        live_through(history);
        if (history % A_TOWN == A_TOWN - 1 || history == histories - 1)
            end_town();
    }
    print_message("# up to history %d, %zu values found, %zu lost with a disk, %zu conflicts, %zu copies found out\n", histories,
                  gossip.seen_values, gossip.seen_lost, gossip.seen_conflicts, gossip.seen_faults[0]);
    assert_true(gossip.seen_conflicts >= (size_t)(histories - from_history) && gossip.seen_values > (size_t)(histories - from_history) * 20);
    for (size_t i = 0; histories - from_history >= 100 && i <= GA_COUNT(steps); i++)
        assert_true(gossip.seen_faults[i] > 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(histories_converge_and_lose_nothing)};
    if (argc > 1)
        histories = atoi(argv[1]);
    const char *until = argc > 1 ? strchr(argv[1], '-') : NULL;
    if (until != NULL) {
        from_history = histories;
        histories = atoi(until + 1);
    }
    with_orders = argc < 3;
    kept = argc > 3 ? argv[3] : NULL;
    return cmocka_run_group_tests_name("store: merging", tests, NULL, NULL);
}
