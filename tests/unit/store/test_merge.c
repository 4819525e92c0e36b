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
#include "guanai/store/site.h"
#include "index/index_delta.h"
#include "private.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { SITES = GOSSIP_SITES, WATCHER = SITES, CHILDREN = GOSSIP_CHILDREN, STEPS = 45, ORDERS = 120, STICKS_MAX = 4 };

static int from_history = 0, histories = 2;
static bool with_orders = true;
static const char *kept; /* folder, nullable */
static struct sticks_town *const town = &gossip.town;
static struct stick kept_sticks[STICKS_MAX];
static size_t sticks_count;

static uint32_t draw(uint32_t below)
{
    return gossip_draw(below);
}

/* ---- how these computers are run: by their stores alone ---- */

static int no_sync(void *ctx, int fd)
{
    (void)ctx;
    (void)fd;
    return 0;
}

static enum ga_rc open_store(size_t site, struct ga_error *err)
{
    struct school *school = &town->schools[site];
    static struct ga_io_ops io;
    io = *ga_io_system();
    io.sync = io.sync_all = no_sync;
    school->options.io = &io;
    const enum ga_rc rc = ga_store_open(&school->options, &school->store, err);
    if (rc != GA_OK)
        return rc;
    ga_forms_add_sites(ga_store_forms(school->store), &school->config);
    /* the forms in force are in the database: the files are asked where they are newer */
    const bool is_newer = school->forms == gossip.newer_forms && ga_form_field(school_form(school, "child"), "pet") == NULL;
    return is_newer ? school_reopen(school, err) : GA_OK;
}

static void close_store(size_t site)
{
    ga_store_close(town->schools[site].store);
}

static void set_day(size_t site, struct ga_date day, bool is_doubtful)
{
    ga_store_set_today(town->schools[site].store, day, is_doubtful);
}

static void introduce(const struct ga_peer *peer)
{
    for (size_t site = 0; site < town->count; site++) {
        struct ga_peer known;
        if (ga_store_site(town->schools[site].store, &peer->id, &known, NULL) != GA_OK)
            assert_int_equal(ga_site_trust(town->schools[site].store, peer, NULL), GA_OK);
    }
}

/* Whoever knows a site introduces it, as every bundle does: also one that nobody goes on under. */
static void introduce_all(void)
{
    for (size_t site = 0; site < town->count; site++) {
        struct ga_vec peers;
        ga_vec_init(&peers, sizeof(struct ga_peer));
        assert_int_equal(ga_store_sites(town->schools[site].store, &peers, NULL), GA_OK);
        for (size_t i = 0; i < peers.len; i++)
            introduce(ga_vec_at(&peers, i));
        ga_vec_finish(&peers);
    }
}

static bool is_on(const struct stick *stick, const struct ga_hash *leaf)
{
    for (size_t i = 0; i < stick->parcels.len; i++) {
        const struct stick_parcel *parcel = ga_vec_at(&stick->parcels, i);
        for (size_t k = 0; k < parcel->ops.len; k++)
            if (ga_hash_equal(&GA_VEC_AT(struct stick_op, &parcel->ops, k)->leaf, leaf))
                return true;
    }
    return false;
}

static uint64_t known_to_sticks(void)
{
    uint64_t known = 0;
    for (size_t v = 0; v < gossip.versions_count; v++)
        for (size_t i = 0; i < sticks_count; i++)
            if (is_on(&kept_sticks[i], &gossip.versions[v].leaf))
                known |= 1ull << v;
    return known;
}

static const struct gossip_run by_stores = {
    .open = open_store, .close = close_store, .set_day = set_day, .introduce = introduce_all, .on_sticks = known_to_sticks};

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
    if (sticks_count < STICKS_MAX && draw(4) == 0)
        kept_sticks[sticks_count++] = stick;
    else
        stick_finish(&stick);
}

static void find_an_old_stick(void)
{
    if (sticks_count > 0)
        take(&kept_sticks[draw((uint32_t)sticks_count)], draw(SITES));
}

/* ---- imports that come to no end ---- */

/* Somebody stopped it. */
static void abandon_import(void)
{
    struct ga_receive *receive;
    struct stick stick;
    const size_t from = draw(SITES), to = draw(SITES);
    stick_fill(&stick, &town->schools[from], NULL);
    assert_int_equal(ga_receive_begin(town->schools[to].store, &receive, NULL), GA_OK);
    for (size_t i = 0; 2 * i < stick.parcels.len; i++)
        stick_put(receive, ga_vec_at(&stick.parcels, i), NULL);
    ga_receive_abandon(receive);
    stick_finish(&stick);
}

static bool die_at(void *ctx, int64_t done, int64_t total)
{
    (void)total;
    if (done >= *(const int64_t *)ctx)
        raise(SIGKILL);
    return true;
}

/* Among the parcels, among the records that are folded, or right before the last word. */
static void import_and_die(size_t to, const struct stick *stick, uint32_t when)
{
    struct ga_receive *receive;
    int64_t records = when % 4;
    const struct ga_check_progress progress = {die_at, &records};
    if (ga_store_open(&town->schools[to].options, &town->schools[to].store, NULL) != GA_OK || ga_receive_begin(town->schools[to].store, &receive, NULL) != GA_OK)
        _exit(1);
    for (size_t i = 0; i < stick->parcels.len; i++) {
        if (when % 3 == 0 && i == when / 3 % stick->parcels.len)
            raise(SIGKILL);
        stick_put(receive, ga_vec_at(&stick->parcels, i), NULL);
    }
    ga_receive_commit(receive, &progress, NULL, NULL);
    raise(SIGKILL); /* nothing was closed */
}

static void die_in_import(void)
{
    struct stick stick;
    int status = 0;
    const size_t from = draw(SITES), to = draw(SITES);
    const uint32_t when = draw(1000);
    if (from == to)
        return;
    stick_fill(&stick, &town->schools[from], NULL);
    gossip_shut(to);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        import_and_die(to, &stick, when);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    gossip_open(to);
    gossip_trust(); /* it may have found that it was not the only one of its id */
    stick_finish(&stick);
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
    {gossip_edit, 350}, {gossip_leave_open_or_save, 150}, {carry, 190}, {find_an_old_stick, 70}, {gossip_remove, 60}, {gossip_renew, 15},
    {abandon_import, 45}, {gossip_set_clocks, 60}, {gossip_make_copy, 18}, {gossip_restore, 10},
    {gossip_put_back_unsaid, 12}, {gossip_clone, 10}, {die_in_import, 10},
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
    for (size_t child = 0; child < CHILDREN; child++)
        gossip_add_child(draw(SITES), child);
    if (draw(4) != 0) /* else some hear of an edit before they hear of the child */
        meet_all();
    for (int i = 0; i < STEPS; i++)
        step_once();
    for (size_t i = 0; i < sticks_count; i++) { /* nobody throws one away */
        take(&kept_sticks[i], draw(SITES));
        stick_finish(&kept_sticks[i]);
    }
    sticks_count = 0;
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
    gossip_assert_alike();
    for (size_t i = 0; i < SITES; i++) {
        gossip_judge(i);
        ga_vec_finish(&since[i]);
    }
    gossip.seen_lost += (size_t)__builtin_popcountll(gossip.lost);
    gossip_forget();
}

static void histories_converge_and_lose_nothing(void **state)
{
    (void)state;
    enum { A_TOWN = 20 }; /* histories in the same databases: what was there before is looked at again each time */
    for (int history = from_history; history < histories; history++) {
        if (history == from_history || history % A_TOWN == 0) {
            gossip.run = &by_stores;
            sticks_start(town, SITES + 1);
            gossip_faults_start();
            print_message("# %d …\n", history);
        }
        live_through(history);
        if (history % A_TOWN == A_TOWN - 1 || history == histories - 1)
            end_town();
    }
    print_message("# up to history %d, %zu values found, %zu lost with a disk, %zu conflicts listed, %zu groups rightly not, %zu copies found out\n", histories,
                  gossip.seen_values, gossip.seen_lost, gossip.seen_conflicts, gossip.seen_agreed, gossip.seen_faults[0]);
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
