/*
 * Random histories of five computers of a school that meet by the program's own bundles: each writes what some other has not said
 * to have, and says what it has itself. Bundles are lost, cut, old, taken twice, written and taken by programs that are killed;
 * computers are put back from backups, by hand, copied; clocks go wrong, forms are of two versions. In the end every value ever
 * saved is found everywhere, and just what two wrote apart from each other is in conflict.
 *
 *   test_app_gossip [HISTORIES [FOLDER]]
 *
 * HISTORIES: how many, or 500-520: those alone. FOLDER: where all data folders are left, a folder for every ten histories (tests/oracle).
 */
#include "gossip_program.h"

#include "guanai/base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { STEPS = 50, A_TOWN = 10 /* histories in the same data folders: what was there before is looked at again each time */ };

static int from_history = 0, histories = 8;
static const char *kept; /* folder, nullable */

static void die_in_export(void)
{
    program_die_in(program_write);
}

static void die_in_import(void)
{
    program_die_in(program_take);
}

/* So that something is there that all others have said to have. */
static void meet_once(void)
{
    program_meet();
}

/* `of` in 1,000 steps. */
static const struct step {
    void (*happens)(void);
    uint32_t of;
} steps[] = {
    {meet_once, 20}, {gossip_edit, 245}, {gossip_leave_open_or_save, 100}, {gossip_remove, 40}, {program_export, 175}, {program_import, 185},
    {program_export_all, 10}, {program_lose_bundles, 25}, {program_cut_bundle, 15}, {program_keep_or_find_stick, 40},
    {program_abandon_import, 15}, {die_in_export, 15}, {die_in_import, 20}, {program_back_up, 22}, {program_restore, 20},
    {gossip_make_copy, 15}, {gossip_put_back_unsaid, 10}, {gossip_clone, 8}, {gossip_renew, 5}, {gossip_set_clocks, 15},
};

static void step_once(void)
{
    uint32_t at = gossip_draw(1000);
    for (size_t i = 0; i < GA_COUNT(steps); i++) {
        if (at < steps[i].of) {
            gossip.seen_faults[i]++;
            steps[i].happens();
            return;
        }
        at -= steps[i].of;
    }
}

/* Round and round; once nobody had news, once more: who was put back has to say first what it lacks. */
static void meet_all(void)
{
    enum { ROUNDS_MAX = 12 };
    for (size_t round = 0, quiet = 0; quiet < 2; round++) {
        assert_true(round < ROUNDS_MAX);
        quiet = program_meet() ? 0 : quiet + 1;
    }
}

static void live_through(int history)
{
    gossip.dice = 0x9E3779B97F4A7C15ULL * (uint64_t)(history + 1);
    program_empty_sticks();
    gossip_set_clocks();
    for (size_t child = 0; child < GOSSIP_CHILDREN; child++)
        gossip_add_child(gossip_draw(GOSSIP_SITES), child);
    for (uint32_t round = gossip_draw(4); round > 0; round--) /* without any some hear of an edit before they hear of the child */
        meet_once();
    for (int i = 0; i < STEPS; i++)
        step_once();
    program_take_all_sticks();
    meet_all();
    gossip.lost &= ~gossip_known_anywhere(GOSSIP_SITES); /* something lay about somewhere still */
    gossip_assert_alike();
    for (size_t site = 0; site < GOSSIP_SITES; site++)
        gossip_judge(site);
    gossip.seen_lost += (size_t)__builtin_popcountll(gossip.lost);
    gossip_forget();
}

/* Named by the last of its histories. */
static void keep_town(int history)
{
    struct ga_str folder = {0};
    ga_str_addf(&folder, "%s/%d", kept, history);
    gossip_shell("mkdir -p", kept, ga_str_text(&folder));
    gossip_keep(ga_str_text(&folder));
    ga_str_finish(&folder);
}

static void end_town(int history)
{
    gossip_all_take_the_newer_form();
    sticks_assert_same(&gossip.town, GOSSIP_SITES);
    for (size_t site = 0; site < GOSSIP_SITES; site++)
        sticks_assert_sound(&gossip.town.schools[site]);
    if (kept != NULL)
        keep_town(history);
    program_stop();
    gossip_faults_stop();
}

static void assert_all_was_seen(size_t lived)
{
    print_message("# up to history %d, %zu values found, %zu lost with a disk or a stick, %zu conflicts listed,"
                  " %zu groups rightly not; %zu bundles, %zu of them"
                  " without what all others had, %zu copies found out, %zu held, %zu damaged\n",
                  histories, gossip.seen_values, gossip.seen_lost, gossip.seen_conflicts, gossip.seen_agreed, program_seen.bundles, program_seen.left_out,
                  program_seen.copies, program_seen.held, program_seen.damaged);
    assert_true(gossip.seen_conflicts >= lived && gossip.seen_values > lived * 20);
    assert_true(program_seen.bundles > 15 * lived && program_seen.left_out > 5 * lived);
    if (lived < 100)
        return;
    assert_true(program_seen.copies > 0 && program_seen.damaged > 0);
    for (size_t i = 0; i < GA_COUNT(steps); i++)
        assert_true(gossip.seen_faults[i] > 0);
}

static void what_was_saved_is_found_though_nobody_sends_what_others_said_to_have(void **state)
{
    (void)state;
    for (int history = from_history; history < histories; history++) {
        if (history == from_history || history % A_TOWN == 0) {
            program_start();
            print_message("# %d …\n", history);
        }
        live_through(history);
        if (history % A_TOWN == A_TOWN - 1 || history == histories - 1)
            end_town(history);
    }
    assert_all_was_seen((size_t)(histories - from_history));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_saved_is_found_though_nobody_sends_what_others_said_to_have)};
    if (argc > 1)
        histories = atoi(argv[1]);
    const char *until = argc > 1 ? strchr(argv[1], '-') : NULL;
    if (until != NULL) {
        from_history = histories;
        histories = atoi(until + 1);
    }
    kept = argc > 2 ? argv[2] : NULL;
    return cmocka_run_group_tests_name("app: gossip", tests, NULL, NULL);
}
