/* Two computers and one stick: what one wrote the other has, what both wrote differently is asked about. */
#include "meeting.h"

#include "guanai/app/entry.h"
#include "guanai/app/sync.h"
#include "guanai/app/sync_matters.h"
#include "guanai/screen/record.h"
#include "guanai/screen/sync.h"
#include "guanai/store/backup.h"
#include "guanai/store/record.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct school_session other; /* 石桥教学点 */

/* Both belong to one school; 何丽 is known at both. */
static int start(void **state)
{
    struct scene *scene = meeting_start(state);
    char digits[GA_SYNC_DIGITS_SIZE];
    if (scene == NULL)
        return -1;
    meeting_bring(&other, 4711, NULL);
    struct ga_session *here = scene->school.session;
    assert_int_equal(ga_sync_set_label(here, "中心校", NULL), GA_OK);
    assert_int_equal(ga_sync_invite(here, meeting.stick, NULL), GA_OK);
    assert_int_equal(ga_sync_join(other.session, meeting.stick, "石桥教学点", digits, NULL), GA_OK);
    assert_int_equal(ga_sync_answer(here, meeting.stick, digits, digits, NULL), GA_OK);
    assert_int_equal(ga_sync_finish(other.session, meeting.stick, digits, digits, NULL), GA_OK);
    return 0;
}

static int stop(void **state)
{
    school_session_stop(&other);
    return meeting_stop(state);
}

/* The other one takes in what lies on the stick and writes. */
static void let_other_exchange(void)
{
    meeting_take(other.session);
    meeting_write(other.session);
}

static void set(struct school_session *school, const struct ga_uuid *child, const char *field, const char *value)
{
    struct ga_entry *entry;
    bool has_changed = false;
    assert_int_equal(ga_entry_open(school->session, child, &entry, NULL), GA_OK);
    assert_int_equal(ga_entry_set(entry, ga_form_field(ga_forms_get(school->session->forms, "child", NULL), field), NULL, value, NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, &has_changed, NULL), GA_OK);
    assert_true(has_changed);
    ga_entry_destroy(entry);
}

static void edit(struct school_session *school, const struct ga_uuid *child, const char *village)
{
    set(school, child, "village", village);
}

static void the_page_says_who_was_never_heard_of(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_sync, NULL);
    fake_tui_expect(&scene->fake, "sync_new_80x24", false);
}

static void what_is_written_here_is_there_and_what_came_is_counted(void **state)
{
    struct scene *scene = *state;
    school_session_add(&scene->school, "child", NULL, "name=何丽", "sex=女", "birth_date=2018-03-05", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_sync, NULL);
    meeting_with_stick(scene, '1');
    scene_expect(scene, "已核对 1 次保存，可以拔出");
    let_other_exchange();
    school_session_add(&other, "child", NULL, "name=彭英俊", "grade=三年级", "class=2", NULL);
    let_other_exchange();
    meeting_with_stick(scene, '2');
    scene_expect(scene, "石桥教学点 第 2 包  已收下");
    scene_expect(scene, "生效 1 次");
    scene_expect(scene, "最近 11月23日 收到第 2 包");
    meeting_with_stick(scene, '2');
    scene_expect(scene, "没有新的");
}

static void what_both_wrote_is_asked_about_and_settled_by_a_digit(void **state)
{
    struct scene *scene = *state;
    const struct ga_uuid child = school_session_add(&scene->school, "child", NULL, "name=何丽", "sex=女", "birth_date=2018-03-05", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_sync, NULL);
    meeting_with_stick(scene, '1');
    let_other_exchange();
    edit(&scene->school, &child, "大湾村");
    edit(&other, &child, "双溪村");
    let_other_exchange();
    meeting_with_stick(scene, '1');
    scene_expect(scene, "填得不一样：1 处要定下来");
    PRESS(scene, '4');
    scene_expect(scene, "何丽 三年级(2)班");
    scene_expect(scene, "大湾村");
    scene_expect(scene, "双溪村");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "哪一个算数？");
    scene_expect(scene, "石桥教学点");
    PRESS(scene, GA_KEY_ESC);
    PRESS(scene, '1'); /* on the page itself, as on the worksheet */
    scene_expect(scene, "已定下，还剩 0 处");
    scene_expect(scene, "没有填得不一样的。");
    PRESS(scene, 'u');
    scene_expect(scene, "撤回 1 处，重新待定");
    scene_expect(scene, "双溪村 — 周老师, 2026-11-23 12:41, 石桥教学点"); /* who said it, not who took it back */
    PRESS(scene, GA_KEY_ENTER);
    PRESS(scene, '2');
    scene_expect(scene, "没有填得不一样的。");
}

static void meet(struct scene *scene)
{
    let_other_exchange();
    meeting_with_stick(scene, '1');
}

static struct ga_uuid open_two_conflicts(struct scene *scene)
{
    const struct ga_uuid child = school_session_add(&scene->school, "child", NULL, "name=何丽", "sex=女", "birth_date=2018-03-05", "grade=三年级", "class=2", NULL);
    const struct ga_uuid second = school_session_add(&scene->school, "child", NULL, "name=彭英俊", "sex=男", "birth_date=2018-04-06", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_sync, NULL);
    meeting_with_stick(scene, '1');
    let_other_exchange();
    edit(&scene->school, &child, "大湾村");
    edit(&other, &child, "双溪村");
    edit(&scene->school, &second, "红岩村");
    edit(&other, &second, "红岩村3组");
    meet(scene);
    PRESS(scene, '4');
    return child;
}

static void something_third_is_typed_and_the_obvious_is_shown_before_it_is_settled(void **state)
{
    struct scene *scene = *state;
    open_two_conflicts(scene);
    fake_tui_expect(&scene->fake, "conflicts_80x24", false);
    PRESS(scene, 'a');
    scene_expect(scene, "这 1 处明显的，都这样定下来吗？");
    scene_expect(scene, "红岩村3组 (写得更全)");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "定下 1 处，按 u 撤回；还剩 1 处");
    PRESS(scene, 't');
    scene_expect(scene, "大湾村");
    fake_tui_type(&scene->fake, "新村");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "没有填得不一样的。");
    PRESS(scene, GA_KEY_ESC);
    meet(scene);
    PRESS(scene, '4'); /* settled: there is no such line any more */
    scene_expect(scene, "U盘交换");
}

/* The form was opened, something else came in by stick, then the form is saved: neither is lost. */
static void an_edit_begun_before_an_import_and_saved_after_it_is_a_conflict(void **state)
{
    struct scene *scene = *state;
    const struct ga_uuid child = school_session_add(&scene->school, "child", NULL, "name=何丽", "sex=女", "birth_date=2018-03-05", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_sync, NULL);
    meeting_with_stick(scene, '1');
    let_other_exchange();
    edit(&other, &child, "双溪村");
    let_other_exchange();
    ga_screen_record_open(ga_ui_top(scene->fake.ui), &child, 0, "village", 1);
    fake_tui_type(&scene->fake, "大湾村");
    ga_screen_push(ga_ui_top(scene->fake.ui), &ga_screen_sync, NULL, 1);
    meeting_with_stick(scene, '2');
    scene_expect(scene, "生效 1 次");
    PRESS(scene, GA_KEY_ESC);
    scene_expect(scene, "大湾村");
    PRESS(scene, GA_CTRL('S'));
    scene_expect(scene, "填得不一样：1 处要定下来");
    PRESS(scene, '4');
    scene_expect(scene, "大湾村");
    scene_expect(scene, "双溪村");
}

static void a_row_is_found_by_its_number_and_handed_to_the_headteacher(void **state)
{
    struct scene *scene = *state;
    open_two_conflicts(scene);
    PRESS(scene, 'g');
    fake_tui_type(&scene->fake, "2");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "▶    2");
    scene_expect(scene, " 2 / 2");
    PRESS(scene, 'h');
    fake_tui_type(&scene->fake, "吴校长");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "由 吴校长 定");
    PRESS(scene, '1');
    scene_expect(scene, "这一处已交给 吴校长 定");
    PRESS(scene, 't'); /* said at once, nothing is asked before */
    scene_expect(scene, "这一处已交给 吴校长 定");
    assert_false(fake_tui_shows(&scene->fake, "  |  "));
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "这一处已交给 吴校长 定");
    assert_false(fake_tui_shows(&scene->fake, "哪一个算数？"));
    PRESS(scene, 'g');
    fake_tui_type(&scene->fake, "7");
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "第 7 行不在待定之列");
}

/* As on every other page. */
static void numbers_of_people_stay_hidden_until_somebody_has_them_shown(void **state)
{
    struct scene *scene = *state;
    const struct ga_uuid child = school_session_add(&scene->school, "child", NULL, "name=何丽", "sex=女", "birth_date=2018-03-05", "grade=三年级", "class=2", "village=红岩村", NULL);
    scene_open(scene, &ga_screen_sync, NULL);
    meeting_with_stick(scene, '1');
    let_other_exchange();
    set(&scene->school, &child, "id_number", "520424201803050024");
    set(&other, &child, "id_number", "520424201803050040");
    meet(scene);
    PRESS(scene, '4');
    scene_expect(scene, "****0024");
    assert_false(fake_tui_shows(&scene->fake, "520424201803050024"));
    PRESS(scene, GA_KEY_ENTER);
    scene_expect(scene, "****0040");
    assert_false(fake_tui_shows(&scene->fake, "520424201803050040"));
    PRESS(scene, GA_KEY_ESC, 't');
    assert_false(fake_tui_shows(&scene->fake, "520424201803050040"));
    PRESS(scene, GA_KEY_ESC, GA_CTRL('R'));
    scene_expect(scene, "520424201803050024");
    scene_expect(scene, "520424201803050040");
}

static void a_file_that_was_altered_is_said_and_changes_nothing(void **state)
{
    struct scene *scene = *state;
    school_session_add(&other, "child", NULL, "name=彭英俊", "grade=三年级", "class=2", NULL);
    let_other_exchange();
    fake_sticks_put(&meeting.sticks, "/media/luo/BLUE/guanai/0123456789abcdef.gab", "not a bundle at all");
    scene_open(scene, &ga_screen_sync, NULL);
    meeting_with_stick(scene, '2');
    scene_expect(scene, "0123456789abcdef.gab  读不了");
    scene_expect(scene, "石桥教学点 第 1 包  已收下");
}

static char away[90];

/* The first time anything is synced the stick is pulled out. */
static int pulled(void *ctx, int fd)
{
    (void)ctx;
    (void)fd;
    snprintf(away, sizeof(away), "%s.away", meeting.stick);
    rename(meeting.stick, away);
    return -EIO;
}

static void whoever_pulls_too_early_is_told_to_write_again_and_the_next_try_works(void **state)
{
    struct scene *scene = *state;
    school_session_add(&scene->school, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_sync, NULL);
    meeting.sticks.io.sync = pulled;
    meeting_with_stick(scene, '3');
    scene_expect(scene, "没有完成，请重新写入：U盘拔早了");
    scene_expect(scene, "3 写");
    scene_expect(scene, "4 核对、拔出  没有做");
    meeting.sticks.io.sync = ga_io_system()->sync;
    assert_int_equal(rename(away, meeting.stick), 0);
    meeting_with_stick(scene, '3');
    scene_expect(scene, "已核对 1 次保存，可以拔出");
    let_other_exchange();
    int64_t children = 0;
    assert_int_equal(ga_store_count(other.session->store, "child", &children, NULL), GA_OK);
    assert_int_equal(children, 1);
}

static const char no_stick[] = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n";

/* What went well before is not said of it, and nothing is written into the folder that it left. */
static void a_stick_that_is_pulled_out_while_the_question_stands_is_not_written_to(void **state)
{
    struct scene *scene = *state;
    school_session_add(&scene->school, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_sync, NULL);
    meeting_with_stick(scene, '3');
    scene_expect(scene, "已核对 1 次保存，可以拔出");
    PRESS(scene, '3');
    fake_sticks_put(&meeting.sticks, "/proc/self/mountinfo", no_stick);
    scene_let_work(scene);
    PRESS(scene, '1');
    assert_false(fake_tui_shows(&scene->fake, "可以拔出"));
    scene_expect(scene, "这台电脑不会自动打开U盘");
    scene_let_work(scene);
    assert_false(fake_tui_shows(&scene->fake, "可以拔出"));
}

/* The first time anything is synced the stick goes, and an empty folder stays. */
static int left(void *ctx, int fd)
{
    snprintf(away, sizeof(away), "%s.away", meeting.stick);
    if (rename(meeting.stick, away) == 0)
        ga_io_system()->mkdir(NULL, meeting.stick, 0700);
    return ga_io_system()->sync(ctx, fd);
}

static void taking_in_from_a_folder_that_a_stick_left_says_that_it_was_pulled_out(void **state)
{
    struct scene *scene = *state;
    school_session_add(&other, "child", NULL, "name=彭英俊", "grade=三年级", "class=2", NULL);
    let_other_exchange();
    school_session_add(&scene->school, "child", NULL, "name=何丽", "grade=三年级", "class=2", NULL);
    scene_open(scene, &ga_screen_sync, NULL);
    meeting.sticks.io.sync = left;
    meeting_with_stick(scene, '1');
    meeting.sticks.io.sync = ga_io_system()->sync;
    scene_expect(scene, "没有完成，请重新收一次：U盘拔早了");
    scene_expect(scene, "3 写          没有做");
    assert_false(fake_tui_shows(&scene->fake, "可以拔出"));
}

/* Only of a stick whose folder of ours can be opened. */
static void what_cannot_be_taken_in_is_not_offered(void **state)
{
    struct scene *scene = *state;
    let_other_exchange();
    scene_open(scene, &ga_screen_sync, NULL);
    fake_sticks_put(&meeting.sticks, "/proc/self/mountinfo", "36 22 8:17 / /media/luo/BLUE ro - vfat /dev/sdb1 ro\n");
    meeting_with_stick(scene, '1');
    scene_expect(scene, "上面的资料还可以收：按 2");
    fake_sticks_put(&meeting.sticks, "/proc/self/mountinfo", "36 22 8:17 / /media/luo/BLUE rw - vfat /dev/sdb1 rw\n");
    char ours[90];
    snprintf(ours, sizeof(ours), "%s/guanai", meeting.stick);
    snprintf(away, sizeof(away), "%s/other", meeting.stick);
    assert_int_equal(rename(ours, away), 0);
    fake_sticks_put(&meeting.sticks, "/media/luo/BLUE/guanai", "MZ");
    meeting_with_stick(scene, '1');
    scene_expect(scene, "病毒");
    assert_false(fake_tui_shows(&scene->fake, "上面的资料还可以收"));
}

static int64_t no_room(void *ctx, const char *path)
{
    (void)ctx;
    (void)path;
    return 100 << 10;
}

static void a_full_stick_says_how_much_is_missing_before_anything_is_taken_in(void **state)
{
    struct scene *scene = *state;
    school_session_add(&other, "child", NULL, "name=彭英俊", "grade=三年级", "class=2", NULL);
    let_other_exchange();
    scene_open(scene, &ga_screen_sync, NULL);
    meeting.sticks.io.free_bytes = no_room;
    meeting_with_stick(scene, '3');
    scene_expect(scene, "U盘满了：需要 2 MB，只剩 0 MB");
    meeting_with_stick(scene, '2'); /* taking in needs no room there */
    scene_expect(scene, "收到 1 次保存：生效 1，已有 0，暂存 0，拒收 0");
    meeting.sticks.io.free_bytes = ga_io_system()->free_bytes;
}

static size_t quiet_on(struct ga_session *session, struct ga_date day)
{
    struct ga_arena arena = {0};
    struct ga_sync_matters matters;
    const struct ga_date today = session->today;
    session->today = day;
    assert_int_equal(ga_sync_matters(session, &arena, &matters, NULL), GA_OK);
    session->today = today;
    ga_arena_finish(&arena);
    return matters.quiet_count;
}

static void a_clock_that_is_behind_makes_nobody_one_that_was_never_heard_of(void **state)
{
    struct scene *scene = *state;
    struct ga_session *here = scene->school.session;
    here->config.exchange_days = 14;
    assert_int_equal(quiet_on(here, here->today), 1); /* it never was */
    let_other_exchange();
    scene_open(scene, &ga_screen_sync, NULL);
    meeting_with_stick(scene, '2');
    assert_int_equal(quiet_on(here, here->today), 0);
    assert_int_equal(quiet_on(here, (struct ga_date){2009, 1, 1}), 0);
    assert_int_equal(quiet_on(here, (struct ga_date){2027, 1, 1}), 1);
}

#define WITH_TWO(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_TWO(the_page_says_who_was_never_heard_of),
        WITH_TWO(what_is_written_here_is_there_and_what_came_is_counted),
        WITH_TWO(what_both_wrote_is_asked_about_and_settled_by_a_digit),
        WITH_TWO(something_third_is_typed_and_the_obvious_is_shown_before_it_is_settled),
        WITH_TWO(an_edit_begun_before_an_import_and_saved_after_it_is_a_conflict),
        WITH_TWO(a_row_is_found_by_its_number_and_handed_to_the_headteacher),
        WITH_TWO(whoever_pulls_too_early_is_told_to_write_again_and_the_next_try_works),
        WITH_TWO(a_stick_that_is_pulled_out_while_the_question_stands_is_not_written_to),
        WITH_TWO(taking_in_from_a_folder_that_a_stick_left_says_that_it_was_pulled_out),
        WITH_TWO(what_cannot_be_taken_in_is_not_offered),
        WITH_TWO(a_full_stick_says_how_much_is_missing_before_anything_is_taken_in),
        WITH_TWO(numbers_of_people_stay_hidden_until_somebody_has_them_shown),
        WITH_TWO(a_clock_that_is_behind_makes_nobody_one_that_was_never_heard_of),
        WITH_TWO(a_file_that_was_altered_is_said_and_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
