/* What is to be done: on the first page, as a list, as checklists of classes. */
#include "scene.h"

#include "guanai/app/care.h"
#include "guanai/app/entry.h"
#include "guanai/app/excuse.h"
#include "guanai/screen/alarms.h"
#include "guanai/screen/checklist.h"
#include "guanai/screen/due.h"
#include "guanai/screen/home.h"
#include "guanai/screen/priorities.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#define ADD(scene, ...) school_session_add(&(scene)->school, "child", NULL, "grade=三年级", "class=2", __VA_ARGS__, NULL)
#define RECORD(scene, form, child, ...) school_session_add(&(scene)->school, (form), (child), __VA_ARGS__, NULL)

/* 23 November: 何丽 was talked with, nobody was at home at 崔子乐's, 余安阳 is not left behind. */
static int start(void **state)
{
    struct scene *scene = scene_start(state, NULL);
    struct ga_uuid heli = ADD(scene, "name=何丽", "village=红岩村", "marked_left_behind=是"),
                   cui = ADD(scene, "name=崔子乐", "village=红岩村", "marked_left_behind=是");
    ADD(scene, "name=余安阳", "village=石桥村", "marked_left_behind=否");
    RECORD(scene, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    RECORD(scene, "talk", &heli, "talked_on=2026-11-20", "topics=study", "mood=4");
    RECORD(scene, "home_visit", &cui, "visited_on=2026-11-21", "outcome=not_home");
    scene->child = cui;
    ga_session_set_user(scene->school.session, "周老师", NULL);
    return 0;
}

static const char *top(struct scene *scene)
{
    return ga_ui_top(scene->fake.ui)->ops->name;
}

static void open_due_page(struct scene *scene, const char *duty)
{
    scene_open(scene, &ga_screen_due, duty);
    assert_string_equal(top(scene), "due");
}

static void the_first_page_says_in_words_what_is_mine_to_do_until_when(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    assert_true(fake_tui_shows(&scene->fake, "现在该做"));
    assert_true(fake_tui_shows(&scene->fake, "谈心           1 人，最晚 11月30日"));
    assert_true(fake_tui_shows(&scene->fake, "阶段家访       2 人，最晚"));
    scene_expect_everywhere(scene, "home_due");
}

/* Enter began a second plan. */
static void a_plan_is_looked_at_again_in_the_plan_itself(void **state)
{
    struct scene *scene = *state;
    struct ga_entry *entry;
    RECORD(scene, "care_plan", &scene->child, "opened_on=2026-10-20", "reasons=none_guards", "problem=独自过夜", "goal=晚上有人陪",
                                       "owner=周老师", "lead=吴校长", "review_every=month");
    RECORD(scene, "care_plan", &scene->child, "opened_on=2025-10-20", "reasons=none_guards", "problem=旧的", "goal=旧的", "owner=周老师", "lead=吴校长",
           "review_every=month", "closed_on=2026-06-30", "outcome=solved");
    assert_int_equal(ga_entry_open(scene->school.session, &scene->child, &entry, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "key_child"), NULL, "1", NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
    open_due_page(scene, "plan_review");
    assert_true(fake_tui_shows(&scene->fake, "崔子乐"));
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "独自过夜"));
    assert_true(fake_tui_shows(&scene->fake, "▶回看"));
    PRESS(scene, GA_KEY_F(5), GA_KEY_DOWN, '1', GA_CTRL('S'));
    assert_string_equal(top(scene), "due");
    assert_true(fake_tui_shows(&scene->fake, "没有要做的"));
}

/* February's talks stood on the first page from the 1st on, three weeks before the school began. */
static void a_month_that_begins_in_the_holiday_is_asked_for_when_school_begins(void **state)
{
    struct scene *scene = *state;
    ga_session_set_today(scene->school.session, (struct ga_date){2027, 2, 10});
    open_due_page(scene, "talk_month");
    assert_true(fake_tui_shows(&scene->fake, "没有要做的"));
    RECORD(scene, "talk", &scene->child, "talked_on=2027-02-10", "topics=study", "mood=4"); /* counts all the same */
    ga_session_set_today(scene->school.session, (struct ga_date){2027, 2, 22});
    open_due_page(scene, "talk_month");
    assert_true(fake_tui_shows(&scene->fake, "何丽"));
    assert_false(fake_tui_shows(&scene->fake, "崔子乐"));
}

/* In December 崔子乐 owes two talks, November's and this month's, 何丽 one: two children. */
static void a_child_that_owes_last_months_as_well_is_one_child(void **state)
{
    struct scene *scene = *state;
    ga_session_set_today(scene->school.session, (struct ga_date){2026, 12, 2});
    scene_open(scene, &ga_screen_home, NULL);
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "2 人，最晚 11月30日 · 1 人过期"));
}

/* Eight kinds: none is left out, those the page has no room for share a line. */
static void what_has_no_line_of_its_own_on_the_first_page_is_named_in_one(void **state)
{
    struct scene *scene = *state;
    static const char *const more[] = {"duty=visit_month", "duty=letter_term", "duty=theme_month"};
    for (size_t i = 0; i < 3; i++)
        RECORD(scene, "duty_choice", NULL, more[i], "is_on=1", "from_on=2026-11-01");
    scene_open(scene, &ga_screen_home, NULL);
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "其余要做的"));
    assert_true(fake_tui_shows(&scene->fake, "给父母写信 2 · 主题活动 1"));
    PRESS(scene, GA_KEY_DOWN, '7');
    assert_string_equal(top(scene), "due");
    assert_true(fake_tui_shows(&scene->fake, "其余要做的"));
    assert_true(fake_tui_shows(&scene->fake, "主题活动"));
    assert_true(fake_tui_shows(&scene->fake, "给父母写信"));
    assert_false(fake_tui_shows(&scene->fake, "谈心")); /* it has a line of its own */
    PRESS(scene, 'd', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "谈心"));
    assert_false(fake_tui_shows(&scene->fake, "其余要做的"));
}

static void a_digit_opens_that_duty_and_enter_the_record_that_closes_it(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_home, NULL);
    PRESS(scene, GA_KEY_DOWN, '2');
    assert_string_equal(top(scene), "due");
    assert_true(fake_tui_shows(&scene->fake, "崔子乐"));
    assert_false(fake_tui_shows(&scene->fake, "何丽"));
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "谈心记录"));
    assert_true(fake_tui_shows(&scene->fake, "崔子乐"));
}

static void a_line_goes_away_once_its_record_is_there_and_a_try_leaves_it(void **state)
{
    struct scene *scene = *state;
    open_due_page(scene, NULL);
    assert_true(fake_tui_shows(&scene->fake, "试过 1 次"));
    scene_expect_everywhere(scene, "due");
    RECORD(scene, "home_visit", &scene->child, "visited_on=2026-11-22", "outcome=met", "met=grandmother_f", "concerns=ok");
    open_due_page(scene, "visit_phase");
    assert_false(fake_tui_shows(&scene->fake, "崔子乐"));
    assert_true(fake_tui_shows(&scene->fake, "何丽"));
}

static void why_says_the_rule_and_what_closes_it(void **state)
{
    struct scene *scene = *state;
    open_due_page(scene, "talk_month");
    PRESS(scene, 'w');
    assert_true(fake_tui_shows(&scene->fake, "每月与留守儿童谈心一次"));
    assert_true(fake_tui_shows(&scene->fake, "就算完成"));
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(top(scene), "due");
}

static void a_class_can_be_picked_and_mine_comes_back(void **state)
{
    struct scene *scene = *state;
    open_due_page(scene, "talk_month");
    PRESS(scene, 'c', '1');
    assert_true(fake_tui_shows(&scene->fake, "该做的事 · 全校"));
    PRESS(scene, 'c', '2');
    assert_true(fake_tui_shows(&scene->fake, "该做的事 · 三年级(2)班"));
    PRESS(scene, 'c');
    assert_false(fake_tui_shows(&scene->fake, "按村选")); /* only what this page can show is offered */
    PRESS(scene, GA_KEY_ESC);
    PRESS(scene, 'm');
    assert_true(fake_tui_shows(&scene->fake, "该做的事 · 周老师"));
}

static void the_checklist_leads_from_a_cell_to_its_record_and_back_to_the_cell(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_checklists, NULL);
    assert_true(fake_tui_shows(&scene->fake, "三年级(2)班"));
    assert_true(fake_tui_shows(&scene->fake, "1/2"));
    scene_expect_everywhere(scene, "checklists");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "checklist");
    assert_true(fake_tui_shows(&scene->fake, "11-20"));
    assert_false(fake_tui_shows(&scene->fake, "余安阳")); /* owes nobody anything */
    PRESS(scene, GA_KEY_DOWN, GA_KEY_RIGHT);
    scene_expect_everywhere(scene, "checklist");
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "何丽"));
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(top(scene), "checklist");
    assert_true(fake_tui_shows(&scene->fake, "何丽 · 谈心: 11月20日 完成"));
}

static void duties_the_page_has_no_room_for_come_into_sight_by_the_arrows(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_checklists, NULL);
    assert_false(fake_tui_shows(&scene->fake, "亲情联系"));
    assert_true(fake_tui_shows(&scene->fake, "任务 1–4，共 5 项"));
    PRESS(scene, GA_KEY_RIGHT);
    assert_true(fake_tui_shows(&scene->fake, "亲情联系"));
    assert_false(fake_tui_shows(&scene->fake, "阶段家访"));
    assert_true(fake_tui_shows(&scene->fake, "任务 2–5，共 5 项"));
    PRESS(scene, GA_KEY_RIGHT);
    assert_true(fake_tui_shows(&scene->fake, "任务 2–5，共 5 项"));
    PRESS(scene, GA_KEY_ENTER, GA_KEY_ESC); /* from a class back to the same duties */
    assert_true(fake_tui_shows(&scene->fake, "任务 2–5，共 5 项"));
    PRESS(scene, GA_KEY_LEFT);
    assert_true(fake_tui_shows(&scene->fake, "任务 1–4，共 5 项"));
}

/* The digit that stands before a text on the page. */
static uint32_t digit_of(struct scene *scene, const char *text)
{
    struct ga_str page = {0};
    ga_canvas_dump(ga_ui_canvas(scene->fake.ui), false, &page);
    const char *at = strstr(ga_str_text(&page), text), *line = at;
    assert_non_null(at);
    while (line > ga_str_text(&page) && line[-1] != '\n')
        line--;
    while (line < at && strncmp(line, "│", 3) != 0) /* the frame of the question */
        line++;
    line += strcspn(line, "0123456789");
    const uint32_t digit = (uint32_t)*line;
    ga_str_finish(&page);
    return digit;
}

static void of_several_weeks_behind_a_cell_each_leads_to_its_record(void **state)
{
    struct scene *scene = *state;
    struct ga_uuid child = RECORD(scene, "child", NULL, "name=安小英", "grade=三年级", "class=2", "marked_left_behind=是", "key_child=是", "key_since=2026-10-26");
    RECORD(scene, "talk", &child, "talked_on=2026-11-03", "topics=study", "mood=2", "talker=周老师", "advice=头一周");
    RECORD(scene, "talk", &child, "talked_on=2026-11-11", "topics=study", "mood=2", "talker=周老师", "advice=第二周");
    scene_open(scene, &ga_screen_checklists, NULL);
    PRESS(scene, GA_KEY_ENTER);
    for (int i = 0; i < 8; i++)
        PRESS(scene, GA_KEY_RIGHT); /* the last column */
    assert_true(fake_tui_shows(&scene->fake, "2/"));
    PRESS(scene, GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "每周联系"));
    assert_true(fake_tui_shows(&scene->fake, "11月3日 完成"));
    assert_true(fake_tui_shows(&scene->fake, "11月11日 完成"));
    scene_expect_everywhere(scene, "checklist_weeks");
    PRESS(scene, digit_of(scene, "11月11日 完成"));
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "第二周"));
    PRESS(scene, GA_KEY_ESC);
    assert_string_equal(top(scene), "checklist");
    PRESS(scene, 'b');
    PRESS(scene, digit_of(scene, "11月3日 完成"));
    assert_true(fake_tui_shows(&scene->fake, "退回：安小英 11-03 谈心记录"));
}

static void a_month_in_which_nothing_was_owed_says_so(void **state)
{
    struct scene *scene = *state;
    scene_open(scene, &ga_screen_checklists, NULL);
    PRESS(scene, GA_KEY_ENTER, '-', '-', '-');
    assert_true(fake_tui_shows(&scene->fake, "这个班这个月没有要做的"));
    PRESS(scene, '+', '+', '+');
    assert_true(fake_tui_shows(&scene->fake, "11-20"));
}

static size_t count_excuses(struct scene *scene, bool with_own, struct ga_uuid *ret_first)
{
    const struct ga_date month = {2026, 11, 23};
    struct ga_session *session = scene->school.session;
    struct ga_arena arena = {0};
    struct ga_roster_class *classes;
    struct ga_excuse *excuses;
    size_t count = 0, counted = 0;
    assert_int_equal(ga_store_classes(session->store, GA_ZH, &arena, &classes, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ga_excuses_waiting(session, &classes[0], month, GA_ZH, &arena, &excuses, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++)
        counted += with_own || !excuses[i].is_own;
    if (ret_first != NULL && count > 0)
        *ret_first = excuses[0].id;
    ga_arena_finish(&arena);
    return counted;
}

static size_t waiting(struct scene *scene)
{
    return count_excuses(scene, true, NULL);
}

static struct ga_uuid first_waiting(struct scene *scene)
{
    struct ga_uuid id = {0};
    assert_int_equal(count_excuses(scene, true, &id), 1);
    return id;
}

/* By the one look at all that is owed, and made anew it must be the same. */
static struct ga_due_tally tally_of(struct scene *scene, const char *duty)
{
    struct ga_problems problems;
    struct ga_care *care;
    struct ga_arena arena = {0};
    struct ga_due_tally *tallies, sum = {0};
    size_t count;
    int64_t differences = -1;
    const struct ga_due_ask ask = {.duty = duty, .span = {{2026, 11, 1}, {2026, 11, 30}}};
    ga_problems_init(&problems);
    assert_int_equal(ga_session_care(scene->school.session, &problems, &care, NULL), GA_OK);
    assert_int_equal(ga_due_tallies(care, &ask, &arena, &tallies, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++) {
        sum.owed += tallies[i].owed;
        sum.excused += tallies[i].excused;
        sum.unconfirmed += tallies[i].unconfirmed;
    }
    assert_int_equal(ga_care_check(care, &differences, NULL), GA_OK);
    assert_int_equal(differences, 0);
    ga_problems_finish(&problems);
    ga_arena_finish(&arena);
    return sum;
}

static void say_refused(struct scene *scene, const char *reason)
{
    open_due_page(scene, "talk_month");
    PRESS(scene, 'x', '4'); /* 家长不愿 */
    assert_true(fake_tui_shows(&scene->fake, "什么原因"));
    fake_tui_type(&scene->fake, reason);
    PRESS(scene, GA_KEY_ENTER);
}

static void a_reason_closes_the_line_at_once_and_waits_to_be_confirmed(void **state)
{
    struct scene *scene = *state;
    open_due_page(scene, "talk_month");
    PRESS(scene, 'x');
    scene_expect_everywhere(scene, "due_excuse");
    PRESS(scene, GA_KEY_ESC);
    assert_int_equal(waiting(scene), 0);
    say_refused(scene, "nainai");
    assert_string_equal(top(scene), "due");
    assert_true(fake_tui_shows(&scene->fake, "崔子乐 · 谈心：家长不愿，待校长确认"));
    assert_true(fake_tui_shows(&scene->fake, "没有要做的"));
    const struct ga_due_tally tally = tally_of(scene, "talk_month");
    assert_int_equal(tally.owed, 1);
    assert_int_equal(tally.excused, 1);
    assert_int_equal(tally.unconfirmed, 1);
    assert_int_equal(waiting(scene), 1);
}

static void reasons_of_the_month_before_wait_on_the_first_page_until_they_are_confirmed(void **state)
{
    struct scene *scene = *state;
    say_refused(scene, "不愿意");
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    ga_session_set_today(scene->school.session, (struct ga_date){2026, 12, 2});
    scene_open(scene, &ga_screen_home, NULL);
    scene_let_work(scene);
    assert_true(fake_tui_shows(&scene->fake, "说明 1 条"));
    scene_open(scene, &ga_screen_checklists, NULL);
    assert_true(fake_tui_shows(&scene->fake, "各班检查表 · 11月"));
    assert_true(fake_tui_shows(&scene->fake, "待确认 1"));
    PRESS(scene, 'y', '1');
    scene_open(scene, &ga_screen_checklists, NULL);
    assert_true(fake_tui_shows(&scene->fake, "各班检查表 · 12月"));
}

/* Nothing is owed in a holiday; what was said in the last days of the term waits all the same. */
static void reasons_wait_on_the_first_page_in_a_holiday_too(void **state)
{
    struct scene *scene = *state;
    ga_session_set_today(scene->school.session, (struct ga_date){2027, 7, 2});
    open_due_page(scene, "visit_phase");
    PRESS(scene, 'x', '5', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "待校长确认"));
    ga_session_set_user(scene->school.session, "吴校长", NULL);
    ga_session_set_today(scene->school.session, (struct ga_date){2027, 8, 20});
    scene_open(scene, &ga_screen_home, NULL);
    scene_let_work(scene);
    assert_false(fake_tui_shows(&scene->fake, "各班检查表"));
    assert_true(fake_tui_shows(&scene->fake, "说明 1 条"));
}

static void an_excuse_needs_a_reason_a_refusal_none(void **state)
{
    struct scene *scene = *state;
    open_due_page(scene, "talk_month");
    PRESS(scene, 'x', '2', GA_KEY_ENTER);
    assert_true(fake_tui_shows(&scene->fake, "请用几个字写明为什么可以不做"));
    assert_int_equal(waiting(scene), 0);
    PRESS(scene, 'b', 'i', 'n', 'g', GA_KEY_ENTER);
    assert_string_equal(top(scene), "due");
    assert_int_equal(waiting(scene), 1);
    open_due_page(scene, "visit_phase");
    PRESS(scene, 'x', '5', GA_KEY_ENTER);
    assert_int_equal(waiting(scene), 2);
}

static void what_is_put_off_comes_back_on_its_day(void **state)
{
    struct scene *scene = *state;
    open_due_page(scene, "talk_month");
    PRESS(scene, 'x', '1', '2', '3', GA_KEY_ENTER); /* today is no later day */
    assert_true(fake_tui_shows(&scene->fake, "要在今天以后"));
    PRESS(scene, GA_KEY_BACKSPACE, '5', GA_KEY_ENTER);
    assert_string_equal(top(scene), "due");
    assert_true(fake_tui_shows(&scene->fake, "崔子乐 · 谈心：改到 11月25日"));
    assert_true(fake_tui_shows(&scene->fake, "没有要做的"));
    assert_int_equal(tally_of(scene, "talk_month").owed, 2); /* put off is not excused */
    ga_session_set_today(scene->school.session, (struct ga_date){2026, 11, 24});
    open_due_page(scene, "talk_month");
    assert_false(fake_tui_shows(&scene->fake, "崔子乐"));
    ga_session_set_today(scene->school.session, (struct ga_date){2026, 11, 25});
    open_due_page(scene, "talk_month");
    assert_true(fake_tui_shows(&scene->fake, "崔子乐"));
}

static void open_sheet(struct scene *scene)
{
    scene_open(scene, &ga_screen_checklists, NULL);
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "checklist");
}

static void the_headteacher_confirms_all_of_a_month_at_once(void **state)
{
    struct scene *scene = *state;
    say_refused(scene, "nainai");
    open_due_page(scene, "visit_phase");
    PRESS(scene, 'x', '5', GA_KEY_ENTER);
    ga_session_set_user(scene->school.session, "李校长", NULL);
    open_sheet(scene);
    PRESS(scene, 'y');
    assert_true(fake_tui_shows(&scene->fake, "确认 2 条说明"));
    assert_true(fake_tui_shows(&scene->fake, "崔子乐 · 谈心：家长不愿（nainai，周老师）"));
    scene_expect_everywhere(scene, "checklist_confirm");
    PRESS(scene, 'n');
    assert_int_equal(tally_of(scene, NULL).unconfirmed, 2);
    PRESS(scene, GA_KEY_ESC);
    assert_true(fake_tui_shows(&scene->fake, " · 待确认 2")); /* of the class that is marked */
    PRESS(scene, GA_KEY_ENTER, 'y', 'y');
    assert_true(fake_tui_shows(&scene->fake, "已确认 2 条说明"));
    assert_int_equal(tally_of(scene, NULL).unconfirmed, 0);
    assert_int_equal(tally_of(scene, NULL).excused, 2);
    PRESS(scene, 'y');
    assert_true(fake_tui_shows(&scene->fake, "没有待确认的说明"));
}

static void nobody_confirms_own_words(void **state)
{
    struct scene *scene = *state;
    say_refused(scene, "nainai");
    open_sheet(scene);
    PRESS(scene, 'y');
    assert_string_equal(top(scene), "checklist");
    assert_true(fake_tui_shows(&scene->fake, "待确认的 1 条都是自己写的"));
    ga_session_set_user(scene->school.session, "李校长", NULL);
    open_due_page(scene, "visit_phase");
    PRESS(scene, 'm', 'c', '1', 'x', '5', GA_KEY_ENTER);
    assert_int_equal(waiting(scene), 2);
    open_sheet(scene);
    PRESS(scene, 'y');
    assert_true(fake_tui_shows(&scene->fake, "自己写的 1 条不在内"));
    PRESS(scene, 'y');
    assert_true(fake_tui_shows(&scene->fake, "已确认 1 条说明"));
    assert_int_equal(waiting(scene), 1);
    assert_int_equal(count_excuses(scene, false, NULL), 0);
}

/* Neither by hand in the record itself. */
static void own_words_are_not_confirmed_in_their_record(void **state)
{
    struct scene *scene = *state;
    struct ga_entry *entry;
    say_refused(scene, "nainai");
    const struct ga_uuid id = first_waiting(scene);
    assert_int_equal(ga_entry_open(scene->school.session, &id, &entry, NULL), GA_OK);
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "confirmed_on"), NULL, "2026-11-23", NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_REFUSED);
    ga_entry_set(entry, ga_form_field(entry->form, "confirmed_by"), NULL, "周老师", NULL, NULL);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_REFUSED);
    ga_entry_set(entry, ga_form_field(entry->form, "confirmed_by"), NULL, "李校长", NULL, NULL);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
    assert_int_equal(tally_of(scene, "talk_month").unconfirmed, 0);
}

static void what_was_said_is_opened_from_its_cell_and_taken_back(void **state)
{
    struct scene *scene = *state;
    say_refused(scene, "nainai");
    open_sheet(scene);
    PRESS(scene, GA_KEY_RIGHT);
    while (!fake_tui_shows(&scene->fake, "崔子乐 · 谈心"))
        PRESS(scene, GA_KEY_DOWN);
    PRESS(scene, GA_KEY_ENTER);
    assert_string_equal(top(scene), "record");
    assert_true(fake_tui_shows(&scene->fake, "nainai"));
    PRESS(scene, GA_KEY_ESC, 'x');
    assert_true(fake_tui_shows(&scene->fake, "收回这条说明"));
    PRESS(scene, 'y');
    assert_true(fake_tui_shows(&scene->fake, "说明已收回"));
    assert_int_equal(tally_of(scene, "talk_month").excused, 0);
    open_due_page(scene, "talk_month");
    assert_true(fake_tui_shows(&scene->fake, "崔子乐"));
}

static void nothing_is_said_of_what_is_done_and_no_class_puts_off(void **state)
{
    struct scene *scene = *state;
    struct ga_session *session = scene->school.session;
    const struct ga_due done = {.child = 1, .state = GA_DUE_DONE}, of_class = {.state = GA_DUE_OPEN};
    struct ga_error err = {0};
    assert_int_equal(ga_due_say_outcome(session, &done, "refused", (struct ga_date){0}, "", &err), GA_REFUSED);
    assert_string_equal(err.what.id, "this is done already");
    assert_int_equal(ga_due_say_outcome(session, &of_class, "postponed", (struct ga_date){2026, 11, 28}, "", &err), GA_REFUSED);
    assert_string_equal(err.what.id, "what a class or the school owes is not put off: say why it is not done");
}

static enum ga_rc make_brief(struct ga_session *session)
{
    struct ga_problems problems;
    ga_problems_init(&problems);
    const enum ga_rc rc = ga_session_brief_make(session, "周老师", &problems, NULL);
    assert_int_equal(problems.list.len, 0);
    ga_problems_finish(&problems);
    return rc;
}

/* What the first page keeps must never outlive what it was worked out from. */
static void what_the_first_page_keeps_is_what_would_be_worked_out(void **state)
{
    struct scene *scene = *state;
    struct ga_session *session = scene->school.session;
    struct ga_arena arena = {0};
    struct ga_brief first, kept, after;
    bool is_known = true;
    assert_int_equal(ga_session_brief(session, "周老师", &arena, &first, &is_known, NULL), GA_OK);
    assert_false(is_known); /* nothing was opened for it */
    assert_int_equal(make_brief(session), GA_OK);
    assert_int_equal(ga_session_brief(session, "周老师", &arena, &first, &is_known, NULL), GA_OK);
    assert_true(is_known);
    school_session_reopen(&scene->school);
    session = scene->school.session;
    assert_int_equal(ga_session_brief(session, "周老师", &arena, &kept, &is_known, NULL), GA_OK);
    assert_int_equal(first.count, kept.count);
    assert_int_equal(first.owed, kept.owed);
    for (size_t i = 0; i < first.count; i++) {
        assert_string_equal(first.lines[i].duty, kept.lines[i].duty);
        assert_string_equal(first.lines[i].title.zh, kept.lines[i].title.zh);
        assert_int_equal(first.lines[i].open, kept.lines[i].open);
    }
    assert_true(is_known); /* kept, without opening anything */
    RECORD(scene, "talk", &scene->child, "talked_on=2026-11-23", "topics=study", "mood=4");
    assert_int_equal(make_brief(session), GA_OK);
    assert_int_equal(ga_session_brief(session, "周老师", &arena, &after, &is_known, NULL), GA_OK);
    assert_int_equal(after.done, kept.done + 1);
    assert_int_equal(after.count, kept.count - 1); /* the last talk that was open */
    ga_session_set_today(session, (struct ga_date){2026, 12, 1});
    assert_int_equal(ga_session_brief(session, "周老师", &arena, &after, &is_known, NULL), GA_OK);
    assert_int_equal(after.count, kept.count); /* another month, other talks */
    ga_arena_finish(&arena);
}

/* Found while the first page works it out: once opened, no other page reads the files again. */
static void a_broken_duty_file_is_said_on_the_first_page(void **state)
{
    struct scene *scene = *state;
    char path[200];
    snprintf(path, sizeof(path), "%s/data/forms", scene->school.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof(path), "%s/data/forms/duties", scene->school.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof(path), "%s/data/forms/duties/own.yaml", scene->school.folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("duty: own\nversion: 1\nperiod: fortnight\n", file);
    fclose(file);
    school_session_reopen(&scene->school);
    scene_open(scene, &ga_screen_home, NULL);
    assert_true(fake_tui_shows(&scene->fake, "口径或任务的文件里有"));
    assert_true(fake_tui_shows(&scene->fake, "各班检查表"));
}

/* Listed in Chinese, looked at in English. */
static void pages_of_a_class_call_it_as_the_language_there_is_now(void **state)
{
    static const struct ga_screen_ops *const pages[] = {&ga_screen_due, &ga_screen_alarms, &ga_screen_priorities};
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        scene_open(scene, pages[i], NULL);
        PRESS(scene, 'c', '2');
        assert_true(fake_tui_shows(&scene->fake, " · 三年级(2)班"));
        ga_ui_set_lang(scene->fake.ui, GA_EN);
        PRESS(scene, GA_KEY_DOWN);
        assert_true(fake_tui_shows(&scene->fake, " · Grade 3 Class 2"));
        ga_ui_set_lang(scene->fake.ui, GA_ZH);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_page_says_in_words_what_is_mine_to_do_until_when, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_plan_is_looked_at_again_in_the_plan_itself, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_month_that_begins_in_the_holiday_is_asked_for_when_school_begins, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_child_that_owes_last_months_as_well_is_one_child, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_has_no_line_of_its_own_on_the_first_page_is_named_in_one, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_digit_opens_that_duty_and_enter_the_record_that_closes_it, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_line_goes_away_once_its_record_is_there_and_a_try_leaves_it, start, scene_stop),
        cmocka_unit_test_setup_teardown(why_says_the_rule_and_what_closes_it, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_class_can_be_picked_and_mine_comes_back, start, scene_stop),
        cmocka_unit_test_setup_teardown(pages_of_a_class_call_it_as_the_language_there_is_now, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_checklist_leads_from_a_cell_to_its_record_and_back_to_the_cell, start, scene_stop),
        cmocka_unit_test_setup_teardown(duties_the_page_has_no_room_for_come_into_sight_by_the_arrows, start, scene_stop),
        cmocka_unit_test_setup_teardown(of_several_weeks_behind_a_cell_each_leads_to_its_record, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_month_in_which_nothing_was_owed_says_so, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_reason_closes_the_line_at_once_and_waits_to_be_confirmed, start, scene_stop),
        cmocka_unit_test_setup_teardown(reasons_of_the_month_before_wait_on_the_first_page_until_they_are_confirmed, start, scene_stop),
        cmocka_unit_test_setup_teardown(reasons_wait_on_the_first_page_in_a_holiday_too, start, scene_stop),
        cmocka_unit_test_setup_teardown(an_excuse_needs_a_reason_a_refusal_none, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_is_put_off_comes_back_on_its_day, start, scene_stop),
        cmocka_unit_test_setup_teardown(the_headteacher_confirms_all_of_a_month_at_once, start, scene_stop),
        cmocka_unit_test_setup_teardown(nobody_confirms_own_words, start, scene_stop),
        cmocka_unit_test_setup_teardown(own_words_are_not_confirmed_in_their_record, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_was_said_is_opened_from_its_cell_and_taken_back, start, scene_stop),
        cmocka_unit_test_setup_teardown(nothing_is_said_of_what_is_done_and_no_class_puts_off, start, scene_stop),
        cmocka_unit_test_setup_teardown(a_broken_duty_file_is_said_on_the_first_page, start, scene_stop),
        cmocka_unit_test_setup_teardown(what_the_first_page_keeps_is_what_would_be_worked_out, start, scene_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
