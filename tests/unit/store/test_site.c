/* A site's signature counts once somebody who is known signed for it. */
#include "guanai/store/site.h"

#include "guanai/base/alloc.h"
#include "guanai/store/backup.h"
#include "school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct school here, there;

static int start(void **state)
{
    (void)state;
    school_start(&here);
    school_start(&there);
    assert_int_equal(ga_store_renew_site(there.store, NULL), GA_OK); /* both begin with the same seed */
    there.seed = 99;
    assert_int_equal(ga_store_renew_site(there.store, NULL), GA_OK);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    school_stop(&here);
    school_stop(&there);
    return 0;
}

static struct ga_peer own(struct school *school)
{
    struct ga_peer peer;
    assert_int_equal(ga_store_site(school->store, ga_store_own_site(school->store), &peer, NULL), GA_OK);
    return peer;
}

static enum ga_site_by known(struct school *school, const struct ga_uuid *id)
{
    struct ga_peer peer;
    assert_int_equal(ga_store_site(school->store, id, &peer, NULL), GA_OK);
    return peer.by;
}

static void who_is_trusted_can_bring_others_in(void **state)
{
    (void)state;
    struct ga_peer first = own(&there), third = {.id = {{77}}, .label = "石桥教学点"}, changed;
    memset(third.key.bytes, 5, sizeof(third.key.bytes));
    assert_int_equal(ga_site_enrol(there.store, &third, NULL), GA_OK);
    assert_int_equal(ga_site_introduce(here.store, &third, NULL), GA_NOT_FOUND); /* nobody knows who signed */
    assert_int_equal(ga_site_trust(here.store, &first, NULL), GA_OK);
    changed = third;
    changed.key.bytes[0] ^= 1;
    assert_int_equal(ga_site_introduce(here.store, &changed, NULL), GA_DENIED);
    changed = third;
    changed.by = GA_SITE_TRUSTED;
    assert_int_equal(ga_site_introduce(here.store, &changed, NULL), GA_DENIED);
    assert_int_equal(ga_site_introduce(here.store, &third, NULL), GA_OK);
    assert_int_equal(ga_site_introduce(here.store, &third, NULL), GA_OK); /* again */
    changed = third;
    changed.key.bytes[0] ^= 1;
    assert_int_equal(ga_site_introduce(here.store, &changed, NULL), GA_REFUSED);
    assert_int_equal(known(&here, &third.id), GA_SITE_ENROLLED);
    assert_int_equal(known(&here, &first.id), GA_SITE_TRUSTED);
    assert_int_equal(ga_store_site(here.store, &third.id, &changed, NULL), GA_OK);
    assert_string_equal(changed.label, "石桥教学点");
    assert_memory_equal(&changed.signature, &third.signature, sizeof(third.signature));
}

/* Who knows a computer before it was restored knows it afterwards, and the other way round. */
static void a_renewed_site_and_its_past_introduce_each_other(void **state)
{
    (void)state;
    struct ga_peer before = own(&there), after;
    assert_int_equal(ga_site_set_label(there.store, &before.id, "中心校", NULL), GA_OK);
    assert_int_equal(ga_site_trust(here.store, &before, NULL), GA_OK);
    assert_int_equal(ga_store_renew_site(there.store, NULL), GA_OK);
    after = own(&there);
    assert_string_equal(after.label, "中心校");
    assert_int_equal(ga_site_introduce(here.store, &after, NULL), GA_OK);
    assert_int_equal(known(&here, &after.id), GA_SITE_RENEWED);
    assert_int_equal(ga_store_site(there.store, &before.id, &before, NULL), GA_OK);
    assert_true(before.is_own);
    assert_true(before.by == GA_SITE_RENEWED); /* start() renewed it already: its own past signs for it */
}

/* The answer of a pairing: what others signed for this computer is kept with it, to be shown to further ones. */
static void a_site_keeps_what_was_signed_for_it(void **state)
{
    (void)state;
    struct ga_peer first = own(&there), mine = own(&here);
    assert_int_equal(mine.by, GA_SITE_OWN);
    assert_int_equal(ga_site_enrol(there.store, &mine, NULL), GA_OK);
    assert_int_equal(ga_site_trust(here.store, &first, NULL), GA_OK);
    assert_int_equal(ga_site_introduce(here.store, &mine, NULL), GA_OK);
    mine = own(&here);
    assert_true(mine.by == GA_SITE_ENROLLED && mine.is_own);
    school_add_child(&here, "张三"); /* it signs as before */
    assert_int_equal(school_reopen(&here, NULL), GA_OK);
    assert_int_equal(ga_uuid_compare(ga_store_own_site(here.store), &mine.id), 0);
}

static void what_another_acknowledged_is_kept(void **state)
{
    (void)state;
    struct ga_vec runs;
    const struct ga_have told[] = {{.site = {{1}}, .first = 1, .last = 300, .hash = {{7}}},
                                   {.site = {{2}}, .first = 5, .last = 1ull << 40, .hash = {{8}}}};
    struct ga_peer first = own(&there);
    ga_vec_init(&runs, sizeof(struct ga_have));
    assert_int_equal(ga_site_trust(here.store, &first, NULL), GA_OK);
    assert_int_equal(ga_site_acknowledged(here.store, &first.id, &runs, NULL), GA_OK);
    assert_int_equal(runs.len, 0);
    assert_int_equal(ga_site_heard(here.store, &first.id, 4, 20780, told, 2, NULL), GA_OK);
    assert_int_equal(ga_site_acknowledged(here.store, &first.id, &runs, NULL), GA_OK);
    assert_int_equal(runs.len, 2);
    assert_memory_equal(runs.items, told, sizeof(told));
    assert_int_equal(ga_store_site(here.store, &first.id, &first, NULL), GA_OK);
    assert_true(first.heard_bundle == 4 && first.heard_day == 20780);
    ga_vec_finish(&runs);
}

static int32_t heard_day_after(uint64_t bundle, int32_t day, const struct ga_have *told, struct ga_peer *site)
{
    assert_int_equal(ga_site_heard(here.store, &site->id, bundle, day, told, 1, NULL), GA_OK);
    assert_int_equal(ga_store_site(here.store, &site->id, site, NULL), GA_OK);
    return site->heard_day;
}

static void a_bundle_that_still_lies_on_a_stick_is_no_sign_of_life(void **state)
{
    (void)state;
    const struct ga_have told[] = {{.site = {{1}}, .first = 1, .last = 300, .hash = {{7}}}, {.site = {{1}}, .first = 1, .last = 200, .hash = {{6}}}};
    struct ga_peer site = own(&there);
    assert_int_equal(ga_site_trust(here.store, &site, NULL), GA_OK);
    assert_int_equal(heard_day_after(4, 20780, &told[0], &site), 20780);
    assert_int_equal(heard_day_after(4, 20900, &told[0], &site), 20780);
    assert_int_equal(heard_day_after(4, 20770, &told[0], &site), 20770); /* the clock ran ahead that day */
    assert_int_equal(heard_day_after(3, 20950, &told[1], &site), 20950); /* an older copy of its data goes on */
    assert_int_equal(heard_day_after(5, 20960, &told[1], &site), 20960);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(who_is_trusted_can_bring_others_in),
        CASE(a_renewed_site_and_its_past_introduce_each_other),
        CASE(a_site_keeps_what_was_signed_for_it),
        CASE(what_another_acknowledged_is_kept),
        CASE(a_bundle_that_still_lies_on_a_stick_is_no_sign_of_life),
    };
    return cmocka_run_group_tests_name("store: known sites", tests, NULL, NULL);
}
