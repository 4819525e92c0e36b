/* A school and a guest of one of its classes, one stick: they meet, what it has is said, it ends. */
#include "meeting.h"

#include "guanai/app/guest.h"
#include "guanai/screen/guests.h"
#include "guanai/screen/home.h"
#include "guanai/screen/sync.h"
#include "guanai/store/backup.h"
#include "guanai/store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct school_session other; /* the guest's, or the school's, whichever the scene is not */

/* It never was this one. */
static int start(void **state)
{
    if (meeting_start(state) == NULL)
        return -1;
    meeting_bring(&other, 4711, NULL);
    return ga_db_exec(ga_store_db(other.session->store),
                      "DELETE FROM site WHERE seed IS NULL;"
                      "UPDATE site SET how = 0, introducer = NULL, seq = NULL, head = NULL, signature = NULL", NULL) == GA_OK ? 0 : -1;
}

static int stop(void **state)
{
    school_session_stop(&other);
    return meeting_stop(state);
}

static void add_children(struct school_session *school)
{
    school_session_add(school, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    school_session_add(school, "child", NULL, "name=彭英俊", "grade=三年级", "class=1", NULL);
}

/* Without the pages. */
static void meet(struct ga_session *school, struct ga_session *guest, const char *scope)
{
    struct ga_county_met met;
    assert_int_equal(ga_guest_meet(guest, meeting.stick, NULL, NULL, &met, NULL), GA_OK);
    assert_int_equal(ga_guest_meet(school, meeting.stick, scope, NULL, &met, NULL), GA_OK);
    assert_true(met.is_there);
    assert_int_equal(ga_guest_meet(school, meeting.stick, scope, met.digits, &met, NULL), GA_OK);
    assert_int_equal(ga_guest_meet(guest, meeting.stick, NULL, met.digits, &met, NULL), GA_OK);
    assert_true(met.is_done);
}

/* ---- the tests ---- */

static void a_school_without_a_guest_is_told_what_one_is_and_how_they_meet(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_sync, NULL);
    PRESS(scene, '8', '1');
    scene_expect(scene, "还没有孩子编进班级");
    add_children(&scene->school);
    scene_open(scene, &ga_screen_guests, NULL);
    scene_expect_both(scene, "guests_none_80x24", "guests_none_en");
    PRESS(scene, '1');
    scene_expect(scene, "给它哪一个班、哪一个校点？");
    scene_expect(scene, "三年级(1)班");
    PRESS(scene, '2', GA_KEY_ENTER);
    scene_expect_both(scene, "guest_meet_80x24", "guest_meet_en");
}

static void of_a_school_with_several_sites_a_class_says_its_site_and_a_site_that_it_is_whole(void **state)
{
    struct scene *scene = *state;
    struct ga_session *school = scene->school.session;
    struct ga_site sites[] = {school->config.sites[0], school->config.sites[0]};
    add_children(&scene->school);
    sites[1].code = "dawan";
    sites[0].label = (struct ga_label){.zh = "中心校", .en = "Main"};
    sites[1].label = (struct ga_label){.zh = "大湾教学点", .en = "Dawan"};
    school->config.sites = sites;
    school->config.sites_count = 2;
    scene_open(scene, &ga_screen_guests, NULL);
    PRESS(scene, '1');
    scene_expect(scene, "中心校 三年级(2)班");
    scene_expect(scene, "大湾教学点（整个校点）");
    PRESS(scene, '4', GA_KEY_ENTER);
    meeting_with_stick(scene, '1');
    scene_expect(scene, "第 1 步做完");
    const struct ga_guest guest = {.scope = {.kind = GA_SCOPE_SITE, .site = "dawan"}};
    struct ga_arena arena = {0};
    assert_string_equal(ga_guest_scope_words(school, &guest, GA_EN, &arena), "Dawan (the whole site)");
    ga_arena_finish(&arena);
    school->config.sites_count = 1;
}

static void a_school_invites_a_guest_compares_the_digits_and_sees_it_listed(void **state)
{
    struct scene *scene = *state;
    struct ga_county_met met;
    add_children(&scene->school);
    other.session->config.school = "石桥教学点";
    scene_open(scene, &ga_screen_guests, NULL);
    PRESS(scene, '1', '2', GA_KEY_ENTER);
    meeting_with_stick(scene, '1');
    scene_expect(scene, "第 1 步做完");
    assert_int_equal(ga_guest_meet(other.session, meeting.stick, NULL, NULL, &met, NULL), GA_OK);
    PRESS(scene, '1', '1');
    scene_expect(scene, "石桥教学点 只能看到 三年级(2)班");
    scene_expect(scene, met.digits);
    fake_tui_type(&scene->fake, "12345");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "数字不一样：什么也没有做");
    PRESS(scene, '1', '1', 'y', GA_KEY_ENTER);
    scene_let_work(scene);
    scene_expect(scene, "第 3 步做完：给石桥教学点的资料已写到U盘");
    assert_int_equal(ga_guest_meet(other.session, meeting.stick, NULL, met.digits, &met, NULL), GA_OK);
    meeting_take(other.session);
    assert_int_equal(meeting_count_children(other.session), 1);
    meeting_write(other.session);
    meeting_take(scene->school.session);
    PRESS(scene, GA_KEY_ESC);
    scene_expect_both(scene, "guests_one_80x24", "guests_one_en");
    scene_open(scene, &ga_screen_sync, NULL);
    scene_expect(scene, "石桥教学点  受限电脑，最近 11月23日 收到第 1 包");
}

/* Named, shown, compared at the school, confirmed here: with "no" the digits are shown anew. */
static void a_computer_becomes_a_guest_in_two_steps(void **state)
{
    struct scene *scene = *state;
    struct ga_county_met met;
    add_children(&other);
    other.session->config.school = "石桥镇中心小学";
    scene_open(scene, &ga_screen_guests, NULL);
    PRESS(scene, '3');
    meeting_with_stick(scene, '1');
    scene_expect(scene, "这个U盘上还没有学校写的邀请");
    assert_int_equal(ga_guest_meet(other.session, meeting.stick, "class:2024级2班", NULL, &met, NULL), GA_OK);
    PRESS(scene, '1', '1');
    scene_expect(scene, "这台电脑叫什么");
    PRESS(scene, GA_CTRL('U'), GA_KEY_ENTER); /* without a name it does not go on */
    scene_expect(scene, "这台电脑叫什么");
    PRESS(scene, GA_CTRL('U'));
    fake_tui_type(&scene->fake, "三2班电脑");
    PRESS(scene, GA_KEY_ENTER);
    scene_let_work(scene);
    scene_expect(scene, "第 2 步做完：已答复石桥镇中心小学");
    assert_int_equal(ga_guest_meet(other.session, meeting.stick, "class:2024级2班", NULL, &met, NULL), GA_OK);
    assert_string_equal(met.label, "三2班电脑");
    scene_expect(scene, (char[18]){met.digits[0], met.digits[1], met.digits[2], met.digits[3], met.digits[4]});
    assert_int_equal(ga_guest_meet(other.session, meeting.stick, "class:2024级2班", met.digits, &met, NULL), GA_OK);
    meeting_write(other.session);
    PRESS(scene, '1', '1');
    scene_expect(scene, "石桥镇中心小学已经核对");
    PRESS(scene, GA_KEY_ENTER); /* no is marked */
    scene_expect(scene, "数字不一样：什么也没有做");
    assert_false(ga_guest_is_here(scene->school.session));
    meeting_with_stick(scene, '1');
    scene_expect(scene, "第 2 步做完");
    assert_int_equal(ga_guest_meet(other.session, meeting.stick, "class:2024级2班", met.digits, &met, NULL), GA_OK);
    PRESS(scene, '1', '1', 'y');
    scene_let_work(scene);
    scene_expect(scene, "全部做完：本机是石桥镇中心小学的受限电脑");
    assert_int_equal(meeting_count_children(scene->school.session), 1);
    PRESS(scene, GA_KEY_ESC);
    scene_expect_both(scene, "guests_here_80x24", "guests_here_en");
    scene_open(scene, &ga_screen_sync, NULL);
    assert_false(fake_tui_shows(&scene->fake, "让新电脑加入"));
    scene_expect(scene, "只有：三年级(2)班");
}

static void a_guest_is_ended_after_a_question_and_is_told_so(void **state)
{
    struct scene *scene = *state;
    add_children(&scene->school);
    other.session->config.school = "石桥教学点";
    meet(scene->school.session, other.session, "class:2024级2班");
    meeting_write(scene->school.session);
    meeting_take(other.session);
    scene_open(scene, &ga_screen_guests, NULL);
    PRESS(scene, '2', GA_KEY_ENTER);
    scene_expect_both(scene, "guests_end_80x24", "guests_end_en");
    PRESS(scene, GA_KEY_ENTER); /* no is marked */
    scene_expect(scene, "三年级(2)班，11月23日起");
    PRESS(scene, '2', GA_KEY_ENTER, 'y');
    scene_expect_both(scene, "guests_ended_80x24", "guests_ended_en");
    scene_open(scene, &ga_screen_sync, NULL);
    scene_expect(scene, "受限电脑，已停用");
    meeting_write(scene->school.session);
    meeting_take(other.session);
    struct ga_arena arena = {0};
    struct ga_guest own = {.is_ended = false};
    bool has = false;
    assert_int_equal(ga_guest_own(other.session, &arena, &own, &has, NULL), GA_OK);
    assert_true(has && own.is_ended);
    ga_arena_finish(&arena);
}

/* By both: the school does not wait for it, it does not wait for the school. */
static void nobody_nags_about_a_guest_that_has_ended(void **state)
{
    struct scene *scene = *state;
    struct ga_session *school = scene->school.session;
    add_children(&scene->school);
    other.session->config.school = "石桥教学点";
    meet(school, other.session, "class:2024级2班");
    school->today = ga_date_from_days(ga_date_to_days(school->today) + 60);
    scene_open(scene, &ga_screen_home, NULL);
    scene_expect(scene, "石桥教学点还没有交换过");
    scene_open(scene, &ga_screen_guests, NULL);
    PRESS(scene, '2', GA_KEY_ENTER, 'y');
    scene_open(scene, &ga_screen_home, NULL);
    assert_false(fake_tui_shows(&scene->fake, "没有交换"));
}

static void what_an_ended_guest_shows_itself(void **state)
{
    struct scene *scene = *state;
    struct ga_session *guest = scene->school.session;
    struct ga_arena arena = {0};
    struct ga_vec guests;
    add_children(&other);
    other.session->config.school = "石桥镇中心小学";
    meet(other.session, guest, "class:2024级2班");
    meeting_write(other.session);
    meeting_take(guest);
    ga_vec_init(&guests, sizeof(struct ga_guest));
    assert_int_equal(ga_guests_read(other.session, &arena, &guests, NULL), GA_OK);
    assert_int_equal(ga_guest_end_one(other.session, ga_vec_at(&guests, 0), NULL), GA_OK);
    ga_vec_finish(&guests);
    ga_arena_finish(&arena);
    guest->today = ga_date_from_days(ga_date_to_days(guest->today) + 60);
    scene_open(scene, &ga_screen_home, NULL);
    scene_expect(scene, "天没有交换"); /* it waits as long as it does not know */
    meeting_write(other.session);
    meeting_take(guest);
    guest->today = ga_date_from_days(ga_date_to_days(guest->today) + 60);
    scene_open(scene, &ga_screen_guests, NULL);
    scene_expect_both(scene, "guests_over_80x24", "guests_over_en");
    scene_open(scene, &ga_screen_home, NULL);
    assert_false(fake_tui_shows(&scene->fake, "没有交换"));
}

#define WITH_TWO(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_TWO(a_school_without_a_guest_is_told_what_one_is_and_how_they_meet),
        WITH_TWO(of_a_school_with_several_sites_a_class_says_its_site_and_a_site_that_it_is_whole),
        WITH_TWO(a_school_invites_a_guest_compares_the_digits_and_sees_it_listed),
        WITH_TWO(a_computer_becomes_a_guest_in_two_steps),
        WITH_TWO(a_guest_is_ended_after_a_question_and_is_told_so),
        WITH_TWO(nobody_nags_about_a_guest_that_has_ended),
        WITH_TWO(what_an_ended_guest_shows_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
