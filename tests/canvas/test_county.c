/* A county and two schools, one stick: they meet, it says who was heard of, answers, gives back what was lost. */
#include "scene.h"

#include "fake_sticks.h"
#include "guanai/app/county.h"
#include "guanai/app/county_same.h"
#include "guanai/screen/county.h"
#include "guanai/screen/home.h"
#include "guanai/screen/roster.h"
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

static struct fake_sticks fake;
static struct school_session other, third; /* 石桥小学, 大湾小学; the scene's own is the county's or one more school's */
static char stick[80], home[80];

/* Each computer draws its own numbers: what all were called to begin with is no id of any. */
static void draw_own(struct school_session *school, uint64_t seed)
{
    school->seed = seed;
    assert_int_equal(ga_store_renew_site(school->session->store, NULL), GA_OK);
}

static void start_school(struct school_session *school, uint64_t seed, const char *name)
{
    school_session_start(school, NULL);
    draw_own(school, seed);
    school->session->config.school = name;
}

static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    if (fake_sticks_start(&fake) != 0)
        return -1;
    fake_sticks_school(&fake, "36 22 8:17 / /media/luo/BLUE rw - vfat /dev/sdb1 rw\n");
    fake_sticks_put(&fake, "/media/luo/BLUE/photo.jpg", "theirs");
    fake_sticks_put(&fake, "/home/readme.txt", "where sheets are written");
    snprintf(stick, sizeof(stick), "%s/media/luo/BLUE", fake.root);
    snprintf(home, sizeof(home), "%s/home", fake.root);
    setenv("HOME", home, 1);
    scene->school.options.system_root = fake.root;
    scene->school.options.io = &fake.io;
    draw_own(&scene->school, 3201);
    start_school(&other, 4711, "石桥小学");
    start_school(&third, 815, "大湾小学");
    return 0;
}

static int stop(void **state)
{
    school_session_stop(&other);
    school_session_stop(&third);
    return scene_stop(state) | fake_sticks_stop(&fake);
}

static void with_stick(struct scene *scene, uint32_t line)
{
    PRESS(scene, line, '1');
    scene_let_work(scene);
}

static struct ga_session *begin_county(struct ga_session *county, char key[GA_RECOVERY_DIGITS_SIZE])
{
    county->config.school = "云山县教育局";
    assert_int_equal(ga_county_begin(county, key, NULL), GA_OK);
    return county;
}

/* Without the pages. */
static void meet(struct ga_session *county, struct ga_session *school)
{
    struct ga_county_met met;
    assert_int_equal(ga_county_meet(school, stick, NULL, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    assert_int_equal(ga_county_meet(county, stick, NULL, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    assert_true(met.is_there);
    assert_int_equal(ga_county_meet(school, stick, met.digits, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    assert_int_equal(ga_county_meet(county, stick, met.digits, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    assert_true(met.is_done);
}

static void write_at(struct ga_session *school)
{
    struct ga_arena arena = {0};
    struct ga_sync_written written;
    assert_int_equal(ga_sync_write(school, &(struct ga_sync_export){.place = stick}, &arena, &written, NULL), GA_OK);
    ga_arena_finish(&arena);
}

static void take_at(struct ga_session *session)
{
    struct ga_arena arena = {0};
    struct ga_vec taken;
    ga_vec_init(&taken, sizeof(struct ga_sync_taken));
    assert_int_equal(ga_sync_take(session, stick, NULL, &arena, &taken, NULL), GA_OK);
    ga_vec_finish(&taken);
    ga_arena_finish(&arena);
}

static int64_t count_children(struct ga_session *session)
{
    int64_t children = -1;
    assert_int_equal(ga_store_count(session->store, "child", &children, NULL), GA_OK);
    return children;
}

/* ---- the tests ---- */

static void a_school_of_no_county_is_told_how_to_begin(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_county, NULL);
    fake_tui_expect(&scene->fake, "county_none_80x24", false);
    scene_expect_en(scene, "county_none_en");
    PRESS(scene, '1');
    fake_tui_expect(&scene->fake, "county_meet_80x24", false);
    scene_expect_en(scene, "county_meet_en");
}

static void the_recovery_key_is_shown_once_printed_and_not_left_by_mistake(void **state)
{
    struct scene *scene = *state;
    char look[160];
    snprintf(look, sizeof(look), "ls '%s'/恢复密钥-2026-11-23.* >/dev/null", home); /* never on a stick, which is a school's */
    scene_open(scene, &ga_screen_county, NULL);
    PRESS(scene, '3');
    scene_expect(scene, "这台是上级的电脑吗？");
    PRESS(scene, GA_KEY_ENTER); /* no is marked */
    assert_false(ga_county_is_here(scene->school.session));
    PRESS(scene, '3', 'y');
    scene_expect(scene, "1 –  6");
    scene_expect(scene, "13 – 18");
    PRESS(scene, GA_KEY_ESC, GA_KEY_ENTER);
    scene_expect(scene, "13 – 18");
    PRESS(scene, 'p');
    scene_expect(scene, "请打印，然后删掉这个文件");
    assert_int_equal(system(look), 0);
    PRESS(scene, GA_KEY_ESC, 'y');
    scene_expect(scene, "还没有学校与本机见面");
    assert_true(ga_county_is_here(scene->school.session));
}

static void a_school_meets_its_county_and_sees_its_receipt(void **state)
{
    struct scene *scene = *state;
    char key[GA_RECOVERY_DIGITS_SIZE];
    struct ga_county_met met;
    other.session->config.school = "云山县教育局";
    assert_int_equal(ga_county_begin(other.session, key, NULL), GA_OK);
    school_session_add(&scene->school, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_county, NULL);
    assert_false(fake_tui_shows(&scene->fake, "这台是上级")); /* it is a school's: no key makes it the county's by mistake */
    PRESS(scene, '3');
    scene_expect(scene, "还没有上级收本校的资料");
    PRESS(scene, '1');
    with_stick(scene, '1');
    scene_expect(scene, "第 1 步做完");
    assert_int_equal(ga_county_meet(other.session, stick, NULL, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    PRESS(scene, '1', '1');
    scene_expect(scene, "云山县教育局 要读本校写的全部资料");
    scene_expect(scene, met.digits);
    fake_tui_type(&scene->fake, "12345");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "数字不一样：什么也没有做");
    assert_false(ga_county_reads(scene->school.session));
    PRESS(scene, '1', '1', 'y', GA_KEY_ENTER);
    scene_let_work(scene);
    scene_expect(scene, "第 3 步做完");
    scene_expect(scene, "次保存，可以拔出");
    PRESS(scene, GA_KEY_ESC);
    scene_expect(scene, "还没有收到回执");
    assert_int_equal(ga_county_meet(other.session, stick, met.digits, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    take_at(other.session);
    assert_int_equal(count_children(other.session), 1);
    write_at(other.session);
    school_session_add(&scene->school, "child", NULL, "name=彭英俊", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_sync, NULL);
    with_stick(scene, '1');
    scene_expect(scene, "回执：上级收到了哪些");
    PRESS(scene, '7');
    scene_expect(scene, "上级还缺 1 次保存");
    fake_tui_expect(&scene->fake, "county_receipt_80x24", false);
    scene_expect_en(scene, "county_receipt_en");
}

/* Shown, compared at the school, confirmed here: with "no" the digits are shown anew. */
static void a_county_meets_a_school_in_two_steps(void **state)
{
    struct scene *scene = *state;
    char key[GA_RECOVERY_DIGITS_SIZE];
    struct ga_county_met met;
    begin_county(scene->school.session, key);
    school_session_add(&other, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_county, NULL);
    PRESS(scene, '2');
    with_stick(scene, '1');
    scene_expect(scene, "这个U盘上还没有学校写的邀请");
    assert_int_equal(ga_county_meet(other.session, stick, NULL, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    with_stick(scene, '1');
    scene_expect(scene, "第 2 步做完：已答复石桥小学");
    with_stick(scene, '1'); /* nothing happened at the school meanwhile */
    scene_expect(scene, "第 2 步做完：已答复石桥小学");
    assert_int_equal(ga_county_meet(other.session, stick, NULL, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    assert_int_equal(ga_county_meet(other.session, stick, met.digits, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    write_at(other.session);
    PRESS(scene, '1', '1');
    scene_expect(scene, "石桥小学已经核对");
    scene_expect(scene, met.digits);
    PRESS(scene, GA_KEY_ENTER); /* no is marked */
    scene_expect(scene, "数字不一样：什么也没有做");
    with_stick(scene, '1');
    scene_expect(scene, "第 2 步做完：已答复石桥小学");
    assert_int_equal(ga_county_meet(other.session, stick, met.digits, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    PRESS(scene, '1', '1', 'y');
    scene_let_work(scene);
    scene_expect(scene, "全部做完：石桥小学");
    scene_expect(scene, "收到学校的 2 次保存"); /* the child; whom the school trusts */
    assert_int_equal(count_children(scene->school.session), 1);
    PRESS(scene, GA_KEY_ESC);
    scene_expect(scene, "石桥小学  今天");
}

/* The other one is a county: its stick comes to this school, its digits come on paper. */
static struct ga_county_met begin_round(struct scene *scene)
{
    char key[GA_RECOVERY_DIGITS_SIZE];
    struct ga_county_met met;
    assert_int_equal(ga_county_meet(begin_county(other.session, key), stick, NULL, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    school_session_add(&scene->school, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_county, NULL);
    return met;
}

/* The stick began at the county: its digits are on paper, this school's go there, too. */
static void a_stick_that_goes_round_meets_a_school_in_one_step(void **state)
{
    struct scene *scene = *state;
    struct ga_county_met met = begin_round(scene);
    struct ga_vec waiting;
    PRESS(scene, '3', '1', '1', '1');
    scene_expect(scene, "和U盘一起来的那张纸上，正是这六组吗");
    scene_expect(scene, met.county_digits);
    fake_tui_type(&scene->fake, "12345");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "数字不一样：什么也没有做");
    assert_false(ga_county_reads(scene->school.session));
    PRESS(scene, '1', '1', 'y', GA_KEY_ENTER);
    scene_let_work(scene);
    scene_expect(scene, "本校的六组数字");
    ga_vec_init(&waiting, sizeof(met));
    assert_int_equal(ga_county_waiting(other.session, stick, &waiting, NULL), GA_OK);
    assert_int_equal(waiting.len, 1);
    met = *GA_VEC_AT(struct ga_county_met, &waiting, 0);
    ga_vec_finish(&waiting);
    met.digits[17] = '\0'; /* the page shows three groups a line */
    scene_expect(scene, met.digits);
    scene_expect(scene, met.digits + 18);
    met.digits[17] = ' ';
    assert_int_equal(ga_county_meet(other.session, stick, met.digits, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    take_at(other.session);
    assert_int_equal(count_children(other.session), 1);
}

/* Whoever says yes to it has to read there what the county is to get: all, or all but the names. */
static void a_school_that_gives_no_names_is_told_so_where_the_stick_goes_round_too(void **state)
{
    struct scene *scene = *state;
    const struct ga_county_met met = begin_round(scene);
    PRESS(scene, '3', '1', '1', '1');
    scene_expect(scene, "云山县教育局 要读本校写的全部资料");
    PRESS(scene, GA_KEY_ESC);
    PRESS(scene, '2', '1');
    scene_expect(scene, "和U盘一起来的那张纸上，正是这六组吗");
    scene_expect(scene, "云山县教育局 要读本校写的资料，不给姓名");
    assert_false(fake_tui_shows(&scene->fake, "全部资料。"));
    scene_expect(scene, met.county_digits);
    PRESS(scene, 'y', GA_KEY_ENTER);
    scene_let_work(scene);
    scene_expect(scene, "本校的六组数字");
    assert_true(ga_county_reads_nameless(scene->school.session));
}

static void go_round(struct ga_session *school, const char *paper)
{
    struct ga_county_met met;
    assert_int_equal(ga_county_meet(school, stick, NULL, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    assert_int_equal(ga_county_meet(school, stick, paper, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    write_at(school);
}

static void a_county_confirms_the_schools_its_stick_went_round_one_after_the_other(void **state)
{
    struct scene *scene = *state;
    char key[GA_RECOVERY_DIGITS_SIZE];
    struct ga_county_met met;
    struct ga_session *county = begin_county(scene->school.session, key);
    scene_open(scene, &ga_screen_county, NULL);
    PRESS(scene, '2');
    with_stick(scene, '2');
    scene_expect(scene, "U盘可以去各校转了");
    assert_int_equal(ga_county_meet(county, stick, NULL, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    char paper[GA_SYNC_DIGITS_SIZE];
    ga_str_copy(paper, sizeof(paper), met.county_digits);
    met.county_digits[17] = '\0';
    scene_expect(scene, met.county_digits);
    school_session_add(&other, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    school_session_add(&third, "child", NULL, "name=李军", "grade=三年级", "class=2", NULL);
    go_round(other.session, paper);
    go_round(third.session, paper);
    PRESS(scene, '1', '1');
    scene_expect(scene, "已经核对");
    PRESS(scene, 'y');
    scene_expect(scene, "已经核对"); /* the other one */
    PRESS(scene, 'y');
    scene_let_work(scene);
    scene_expect(scene, "全部做完：2 所学校");
    assert_int_equal(count_children(county), 2);
}

/* What lay on its computer is lost, its name is not: people say that it is the same. */
static void a_county_asks_whether_a_school_of_a_known_name_is_the_same(void **state)
{
    struct scene *scene = *state;
    char key[GA_RECOVERY_DIGITS_SIZE];
    struct ga_county_met met;
    struct ga_arena arena = {0};
    struct ga_vec heard;
    struct ga_session *county = begin_county(scene->school.session, key);
    meet(county, other.session);
    third.session->config.school = other.session->config.school;
    assert_int_equal(ga_county_meet(county, stick, NULL, GA_COUNTY_UNSAID, &met, NULL), GA_OK);
    go_round(third.session, met.county_digits);
    scene_open(scene, &ga_screen_county, NULL);
    PRESS(scene, '2', '1', '1', 'y');
    scene_expect(scene, "本县以前已经接上过一所叫");
    PRESS(scene, 'y');
    scene_let_work(scene);
    scene_expect(scene, "全部做完");
    ga_vec_init(&heard, sizeof(struct ga_county_heard));
    assert_int_equal(ga_county_heard(county, &arena, &heard, NULL), GA_OK);
    assert_int_equal(heard.len, 1);
    assert_false(GA_VEC_AT(struct ga_county_heard, &heard, 0)->is_missing);
    ga_vec_finish(&heard);
    ga_arena_finish(&arena);
    PRESS(scene, GA_KEY_ESC); /* and a slip can be mended, both ways */
    scene_expect(scene, "两所学校当成了一所：重新分开");
    assert_false(fake_tui_shows(&scene->fake, "一所学校当成了两所"));
    PRESS(scene, '5');
    scene_expect(scene, "哪一台电脑其实是另一所学校的？");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "共 2 所");
    assert_false(fake_tui_shows(&scene->fake, "两所学校当成了一所"));
    PRESS(scene, '6', GA_KEY_ENTER);
    scene_expect(scene, "两所学校当成了一所：重新分开");
    scene_expect(scene, "收到：1 所（共 1 所）");
}

static void a_county_sees_who_is_missing_and_answers_all_with_one_key(void **state)
{
    struct scene *scene = *state;
    char key[GA_RECOVERY_DIGITS_SIZE];
    struct ga_session *county = begin_county(scene->school.session, key);
    meet(county, other.session);
    meet(county, third.session);
    school_session_add(&other, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    write_at(other.session);
    scene_open(scene, &ga_screen_county, NULL);
    with_stick(scene, '1');
    scene_expect(scene, "已核对 1 所学校的回执，可以拔出");
    scene_open(scene, &ga_screen_county, NULL);
    fake_tui_expect(&scene->fake, "county_schools_80x24", false);
    scene_expect_en(scene, "county_schools_en");
    with_stick(scene, '1');
    fake_tui_resize(&scene->fake, 12, 80); /* a county of sixty schools has more lines than any window */
    assert_false(fake_tui_shows(&scene->fake, "今天（"));
    PRESS(scene, GA_KEY_END);
    scene_expect(scene, "今天（11月23日）");
    PRESS(scene, GA_KEY_HOME);
    scene_expect(scene, "▶ 1");
    assert_false(fake_tui_shows(&scene->fake, "今天（"));
    PRESS(scene, GA_KEY_PAGE_DOWN, GA_KEY_PAGE_DOWN, GA_KEY_DOWN, GA_KEY_DOWN);
    scene_expect(scene, "今天（11月23日）");
    county->today = ga_date_from_days(ga_date_to_days(county->today) + 30);
    scene_open(scene, &ga_screen_county, NULL);
    scene_expect(scene, "14 天没有收到：2 所（共 2 所）");
    scene_expect(scene, "30 天前（11月23日）");
}

/* A county has met the school, which a teaching point has joined and heard of: the point. */
static struct ga_session *begin_point(struct scene *scene)
{
    char key[GA_RECOVERY_DIGITS_SIZE], digits[GA_SYNC_DIGITS_SIZE];
    struct ga_session *point = third.session;
    meet(begin_county(scene->school.session, key), other.session);
    assert_int_equal(ga_sync_invite(other.session, stick, NULL), GA_OK);
    assert_int_equal(ga_sync_join(point, stick, "大湾教学点", digits, NULL), GA_OK);
    assert_int_equal(ga_sync_answer(other.session, stick, digits, digits, NULL), GA_OK);
    assert_int_equal(ga_sync_finish(point, stick, digits, digits, NULL), GA_OK);
    write_at(other.session);
    take_at(point);
    return point;
}

/* Its stick never goes to the county. */
static void what_a_teaching_point_saved_comes_by_way_of_its_school(void **state)
{
    struct scene *scene = *state;
    struct ga_session *point = begin_point(scene);
    char theirs[sizeof(stick)];
    memcpy(theirs, stick, sizeof(theirs));
    school_session_add(&third, "child", NULL, "name=何丽", NULL);
    memcpy(stick, home, sizeof(stick));
    write_at(point);
    take_at(other.session);
    assert_int_equal(count_children(other.session), 1);
    memcpy(stick, theirs, sizeof(stick));
    write_at(other.session);
    scene_open(scene, &ga_screen_sync, NULL);
    with_stick(scene, '1');
    scene_expect(scene, "石桥小学 · 大湾教学点  由别的电脑带来");
}

/* Its second computer brings no stick of its own, or is a copy that was used elsewhere. */
static void a_school_is_waited_for_no_more_once_one_of_its_computers_was_heard_of(void **state)
{
    struct scene *scene = *state;
    char key[GA_RECOVERY_DIGITS_SIZE];
    struct ga_session *county = begin_county(scene->school.session, key);
    meet(county, other.session);
    meet(county, third.session);
    assert_int_equal(ga_county_join(county, ga_store_own_site(third.session->store), ga_store_own_site(other.session->store), NULL), GA_OK);
    school_session_add(&scene->school, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL); /* an empty first page says other things */
    scene_open(scene, &ga_screen_home, NULL);
    scene_expect(scene, "没有收到：1 所（共 1 所）");
    write_at(other.session);
    take_at(county);
    scene_open(scene, &ga_screen_home, NULL);
    assert_false(fake_tui_shows(&scene->fake, "没有收到"));
    assert_false(fake_tui_shows(&scene->fake, "没有交换过"));
    county->today = ga_date_from_days(ga_date_to_days(county->today) + 15);
    scene_open(scene, &ga_screen_home, NULL);
    scene_expect(scene, "没有收到：1 所（共 1 所）");
}

/* Many a school has a 大湾教学点. */
static void a_countys_exchange_page_says_of_which_school_a_computer_is(void **state)
{
    struct scene *scene = *state;
    write_at(begin_point(scene));
    scene_open(scene, &ga_screen_sync, NULL);
    with_stick(scene, '1');
    scene_expect(scene, "石桥小学 · 大湾教学点 第 1 包");
    scene_expect(scene, "石桥小学 · 大湾教学点  最近 11月23日 收到第 1 包");
    scene_expect(scene, "石桥小学               最近 11月23日 收到第 1 包"); /* that is its name already */
}

/* Of two children of one name it is the school that tells them apart, of two of one school the class. */
static void a_countys_roster_shows_school_and_class_side_by_side(void **state)
{
    struct scene *scene = *state;
    char key[GA_RECOVERY_DIGITS_SIZE];
    struct ga_session *county = begin_county(scene->school.session, key);
    other.session->config.school = "石桥镇中心小学";
    third.session->config.school = "青山乡中心小学";
    for (struct school_session *school = &other; school != NULL; school = school == &other ? &third : NULL) {
        meet(county, school->session);
        school_session_add(school, "child", NULL, "name=何丽", "grade=三年级", "class=2", "birth_date=2017-05", "village=红岩村",
                           "guardian_name=罗秀英", "boarding=1", NULL);
        school_session_add(school, "child", NULL, "name=司徒秋月", "grade=五年级", "class=12", NULL);
        write_at(school->session);
    }
    take_at(county);
    scene_open(scene, &ga_screen_roster, NULL);
    for (size_t i = 0; i < 2; i++) {
        scene_expect(scene, i == 0 ? "石桥镇中心小学" : "青山乡中心小学");
        scene_expect(scene, "三年级(2)班");
        scene_expect(scene, "五年级(12)班");
    }
    fake_tui_expect(&scene->fake, "roster_county_80x24", false);
    scene_expect_en(scene, "roster_county_en");
    PRESS(scene, '/');
    fake_tui_type(&scene->fake, "hl");
    fake_tui_expect(&scene->fake, "roster_county_found_80x24", false);
}

static void the_first_page_of_a_county_leads_to_the_page_that_names_who_is_missing(void **state)
{
    struct scene *scene = *state;
    char key[GA_RECOVERY_DIGITS_SIZE];
    struct ga_session *county = begin_county(scene->school.session, key);
    meet(county, other.session);
    meet(county, third.session);
    school_session_add(&scene->school, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_home, NULL);
    scene_expect(scene, "没有收到：2 所（共 2 所）"); /* by name, no schools called computers */
    scene_expect(scene, "大湾小学  石桥小学");
    PRESS(scene, GA_KEY_DOWN);
    for (int i = 0; i < 30 && !scene_marks(scene, "没有收到"); i++)
        PRESS(scene, GA_KEY_UP);
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "各校：收到的和没有收到的");
    scene_expect(scene, "大湾小学  从没收到过");
    scene_expect(scene, "石桥小学  从没收到过");
}

/* The stick is empty: the school has lost that as well. */
static void all_of_a_school_comes_back_by_the_typed_key(void **state)
{
    struct scene *scene = *state;
    char key[GA_RECOVERY_DIGITS_SIZE], line[36];
    other.session->config.school = "云山县教育局";
    assert_int_equal(ga_county_begin(other.session, key, NULL), GA_OK);
    third.session->config.school = scene->school.session->config.school;
    school_session_add(&third, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    meet(other.session, third.session);
    write_at(third.session);
    take_at(other.session);
    struct ga_arena arena = {0};
    struct ga_vec heard;
    struct ga_sync_written written;
    ga_vec_init(&heard, sizeof(struct ga_county_heard));
    assert_int_equal(ga_county_heard(other.session, &arena, &heard, NULL), GA_OK);
    const struct ga_sync_export all = {
        .place = stick, .is_complete = true, .school = &GA_VEC_AT(struct ga_county_heard, &heard, 0)->site};
    assert_int_equal(ga_sync_write(other.session, &all, &arena, &written, NULL), GA_OK);
    ga_vec_finish(&heard);
    ga_arena_finish(&arena);
    scene_open(scene, &ga_screen_county, NULL);
    PRESS(scene, '2');
    scene_expect(scene, "恢复密钥，第 1 行（共 3 行）");
    fake_tui_type(&scene->fake, "12345");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "一行密钥有 30 个数字，现在是 5 个");
    PRESS(scene, GA_CTRL('U'));
    for (int i = 0; i < 3; i++) {
        snprintf(line, sizeof(line), "%.35s", key + 36 * i);
        fake_tui_type(&scene->fake, line);
        PRESS(scene, GA_KEY_ENTER);
    }
    with_stick(scene, GA_KEY_NONE);
    scene_expect(scene, "生效 2");
    assert_int_equal(count_children(scene->school.session), 1);
}

#define WITH_THREE(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_THREE(a_school_of_no_county_is_told_how_to_begin),
        WITH_THREE(the_recovery_key_is_shown_once_printed_and_not_left_by_mistake),
        WITH_THREE(a_school_meets_its_county_and_sees_its_receipt),
        WITH_THREE(a_county_meets_a_school_in_two_steps),
        WITH_THREE(a_stick_that_goes_round_meets_a_school_in_one_step),
        WITH_THREE(a_school_that_gives_no_names_is_told_so_where_the_stick_goes_round_too),
        WITH_THREE(a_county_confirms_the_schools_its_stick_went_round_one_after_the_other),
        WITH_THREE(a_county_asks_whether_a_school_of_a_known_name_is_the_same),
        WITH_THREE(a_county_sees_who_is_missing_and_answers_all_with_one_key),
        WITH_THREE(what_a_teaching_point_saved_comes_by_way_of_its_school),
        WITH_THREE(a_school_is_waited_for_no_more_once_one_of_its_computers_was_heard_of),
        WITH_THREE(a_countys_exchange_page_says_of_which_school_a_computer_is),
        WITH_THREE(a_countys_roster_shows_school_and_class_side_by_side),
        WITH_THREE(the_first_page_of_a_county_leads_to_the_page_that_names_who_is_missing),
        WITH_THREE(all_of_a_school_comes_back_by_the_typed_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
