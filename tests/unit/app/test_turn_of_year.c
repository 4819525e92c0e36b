/* At the turn of the year classes change hands: who goes on with them, what is handed over, what still stands afterwards. */
#include "guanai/app/care.h"
#include "guanai/app/entry.h"
#include "guanai/app/handover.h"
#include "guanai/app/send_back.h"
#include "guanai/base/alloc.h"
#include "guanai/care/alarm.h"
#include "guanai/care/report.h"
#include "guanai/store/record.h"
#include "guanai/store/roster.h"
#include "school_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct school_session school;
static struct ga_arena arena;
static struct ga_year_plan plan;
static struct ga_year_teacher *teachers;
static size_t teachers_count;
static struct ga_uuid heli;

#define ADD(form, child, ...) school_session_add(&school, (form), (child), __VA_ARGS__, NULL)
#define CHILD(name, grade, class) ADD("child", NULL, "name=" name, "grade=" grade, "class=" class, "marked_left_behind=是")

static void set_day(int year, int month, int day)
{
    ga_session_set_today(school.session, (struct ga_date){(int16_t)year, (int8_t)month, (int8_t)day});
}

/* 三年级(2)班 of 周老师 with 何丽, a key child; 六年级(1)班 of 吴老师 leaves; 五年级(1)班 has nobody. All entered in November. */
static int start(void **state)
{
    (void)state;
    school_session_start(&school, NULL);
    set_day(2026, 11, 23);
    heli = CHILD("何丽", "三年级", "2");
    CHILD("崔子乐", "三年级", "2");
    CHILD("杨梅", "五年级", "1");
    CHILD("黄宁", "六年级", "1");
    ADD("class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    ADD("class_teacher", NULL, "class=六年级(1)班", "teacher=吴老师", "from_on=2026-09-01");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_arena_finish(&arena);
    school_session_stop(&school);
    return 0;
}

static void look(void)
{
    ga_arena_reset(&arena);
    assert_int_equal(ga_year_plan_read(school.session, GA_ZH, &arena, &plan, NULL), GA_OK);
    assert_int_equal(ga_year_teachers_read(school.session, &plan, GA_ZH, &arena, &teachers, &teachers_count, NULL), GA_OK);
}

static const struct ga_year_teacher *row(const char *shown)
{
    for (size_t i = 0; i < teachers_count; i++)
        if (strcmp(teachers[i].shown, shown) == 0)
            return &teachers[i];
    fail_msg("%s is not there", shown);
    return NULL;
}

/* "四年级(2)班<三年级(2)班 周老师?; …": ? nothing is said of it yet. */
static const char *said(void)
{
    static char text[600];
    size_t len = 0;
    look();
    text[0] = '\0';
    for (size_t i = 0; i < teachers_count; i++)
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s<%s %s%s", i > 0 ? "; " : "", teachers[i].shown, teachers[i].was,
                                teachers[i].teacher, teachers[i].is_said ? "" : "?");
    return text;
}

static void run(void)
{
    struct ga_error err = {0};
    look();
    assert_int_equal(ga_year_run(school.session, &plan, &err), GA_OK);
}

static void a_class_goes_on_with_its_teacher_before_and_after_it_went_up(void **state)
{
    (void)state;
    set_day(2027, 9, 1);
    assert_string_equal(said(), "四年级(2)班<三年级(2)班 周老师?; 六年级(1)班<五年级(1)班 ?");
    run();
    assert_string_equal(said(), "四年级(2)班< 周老师?; 六年级(1)班< ?");
}

static void one_key_confirms_all_but_those_that_nobody_has(void **state)
{
    (void)state;
    size_t count = 0;
    struct ga_error err = {0};
    set_day(2027, 9, 1);
    look();
    assert_int_equal(ga_year_teachers_confirm(school.session, &plan, teachers, teachers_count, &count, &err), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(said(), "四年级(2)班<三年级(2)班 周老师; 六年级(1)班<五年级(1)班 ?");
    assert_int_equal(ga_year_teachers_confirm(school.session, &plan, teachers, teachers_count, &count, &err), GA_REFUSED);
    run();
    assert_string_equal(said(), "四年级(2)班< 周老师; 六年级(1)班< ?");
}

static const char *owner_of(const struct ga_uuid *child, const char *duty)
{
    const struct ga_date today = school.session->today;
    struct ga_due_ask ask = {.duty = duty, .states = (1u << GA_DUE_STATE_COUNT) - 1,
                             .span = {ga_date_add_days(today, -200), ga_date_add_days(today, 60)}};
    struct ga_care *care;
    struct ga_due *dues;
    struct ga_roster_row row_of_child;
    size_t count = 0;
    assert_int_equal(ga_roster_row(school.session->store, child, GA_ZH, &arena, &row_of_child, NULL), GA_OK);
    ask.child = row_of_child.no;
    assert_int_equal(ga_session_care(school.session, NULL, &care, NULL), GA_OK);
    assert_int_equal(ga_due_list(care, &ask, &arena, &dues, &count, NULL), GA_OK);
    return count == 0 ? "nothing is owed" : dues[count - 1].owner;
}

static void what_is_owed_follows_the_new_teacher(void **state)
{
    (void)state;
    set_day(2027, 9, 6);
    run();
    assert_string_equal(owner_of(&heli, "talk_month"), "周老师");
    look();
    assert_int_equal(ga_year_teacher_say(school.session, &plan, row("四年级(2)班"), "李老师", NULL), GA_OK);
    assert_string_equal(said(), "四年级(2)班< 李老师; 六年级(1)班< ?");
    assert_string_equal(owner_of(&heli, "talk_month"), "李老师");
    assert_int_equal(ga_year_teacher_say(school.session, &plan, row("四年级(2)班"), " ", NULL), GA_REFUSED);
}

/* Said in August, before anybody went up: from 1 September on, and for the same pupils. */
static void somebody_else_can_be_said_before_the_class_goes_up(void **state)
{
    (void)state;
    set_day(2027, 8, 20);
    look();
    assert_int_equal(ga_year_teacher_say(school.session, &plan, row("四年级(2)班"), "李老师", NULL), GA_OK);
    run();
    set_day(2027, 9, 6);
    assert_string_equal(owner_of(&heli, "talk_month"), "李老师");
}

/* The summer is late: nobody went up yet, or half of the classes, some pupils by hand; what was written in spring still goes by last year's. */
static void a_class_keeps_its_teacher_on_every_day_of_a_summer_in_which_the_turn_of_the_year_is_late(void **state)
{
    (void)state;
    const struct ga_uuid follows = CHILD("小小", "二年级", "2");
    ADD("class_teacher", NULL, "class=二年级(2)班", "teacher=孙老师", "from_on=2026-09-01");
    for (int late = 0; late < 3; late++) {
        static const struct ga_date DONE[] = {{2027, 8, 31}, {2028, 9, 14}, {2029, 8, 1}};
        const int year = 2027 + late;
        for (struct ga_date day = {(int16_t)year, 7, 1}; day.month < 10; day = ga_date_add_days(day, 3)) {
            set_day(day.year, day.month, day.day);
            if (ga_date_compare(day, DONE[late]) >= 0 && (look(), plan.runs == 0))
                run();
            if (strcmp(owner_of(&heli, "talk_month"), "周老师") != 0)
                fail_msg("%s: 何丽 is %s's", GA_DATE_ISO(day), owner_of(&heli, "talk_month"));
            if (strcmp(owner_of(&follows, "talk_month"), "孙老师") != 0)
                fail_msg("%s: 小小 is %s's", GA_DATE_ISO(day), owner_of(&follows, "talk_month"));
        }
    }
}

/* Care and the lists of the turn of the year say the same of who has a class. */
static void assert_teachers_agree(void)
{
    struct ga_class_teaching *teachings;
    struct ga_roster_row *rows;
    size_t count = 0, rows_count = 0;
    look();
    assert_int_equal(ga_class_teachings_read(school.session, &arena, &teachings, &count, NULL), GA_OK);
    assert_int_equal(ga_roster_page_at(school.session->store, &(struct ga_roster_filter){0}, 0, 50, GA_ZH, &arena, &rows, &rows_count, NULL), GA_OK);
    for (size_t i = 0; i < plan.classes_count; i++) {
        const struct ga_class_then class_of = ga_class_then_of_plan(&plan, &plan.classes[i]);
        const struct ga_class_teaching *teaching = ga_class_teaching_on(teachings, count, &class_of, school.session->today);
        for (size_t k = 0; k < rows_count; k++)
            if (strcmp(rows[k].class_shown, plan.classes[i].shown) == 0)
                assert_string_equal(owner_of(&rows[k].id, "talk_month"), teaching == NULL ? "" : teaching->teacher);
    }
}

static void say_grade(const struct ga_uuid *child, const char *grade)
{
    struct ga_entry *entry;
    assert_int_equal(ga_entry_open(school.session, child, &entry, NULL), GA_OK);
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "grade"), NULL, grade, NULL, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

/* One after the other by hand, then the rest by the program, taken back and run again: at each step both agree. */
static void who_is_responsible_agrees_with_the_turn_of_the_year_at_each_step(void **state)
{
    (void)state;
    struct ga_uuid mates[5];
    static const char *const NAMES[] = {"name=甲", "name=乙", "name=丙", "name=丁", "name=戊"};
    for (size_t i = 0; i < 5; i++)
        mates[i] = ADD("child", NULL, NAMES[i], "grade=三年级", "class=2", "marked_left_behind=是");
    CHILD("小小", "二年级", "2");
    ADD("class_teacher", NULL, "class=二年级(2)班", "teacher=孙老师", "from_on=2026-09-01");
    set_day(2027, 7, 31);
    assert_teachers_agree();
    set_day(2027, 8, 25);
    assert_teachers_agree();
    for (size_t i = 0; i < 5; i++) {
        say_grade(&mates[i], "四年级");
        assert_teachers_agree();
    }
    set_day(2027, 9, 2);
    run();
    assert_teachers_agree();
    look();
    assert_int_equal(ga_year_undo(school.session, &plan, NULL), GA_OK);
    assert_teachers_agree();
    school_session_reopen(&school);
    set_day(2027, 9, 2);
    assert_teachers_agree();
    run();
    assert_teachers_agree();
    for (size_t i = 0; i < 5; i++)
        say_grade(&mates[i], "三年级"); /* a mistake, as it seems: they stand there all the same */
    assert_teachers_agree();
    set_day(2028, 8, 2);
    assert_teachers_agree();
}

static size_t alarms_of(const char *alarm)
{
    const struct ga_alarm_ask ask = {.alarm = alarm};
    struct ga_care *care;
    struct ga_alarm *alarms;
    size_t count = 0;
    assert_int_equal(ga_session_care(school.session, NULL, &care, NULL), GA_OK);
    assert_int_equal(ga_alarm_list(care, &ask, &arena, &alarms, &count, NULL), GA_OK);
    return count;
}

static void add_open_matters(void)
{
    struct ga_entry *entry;
    assert_int_equal(ga_entry_open(school.session, &heli, &entry, NULL), GA_OK);
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "key_child"), NULL, "1", NULL, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
    ADD("care_plan", &heli, "opened_on=2026-11-20", "reasons=none_guards", "problem=独自在家", "goal=有人照看", "owner=周老师", "lead=吴校长");
    ADD("incident", &heli, "happened_on=2026-11-20", "kind=unguarded", "what=独自在家");
}

static size_t open_reports(void)
{
    struct ga_report *reports;
    size_t count = 0;
    assert_int_equal(ga_reports_list(school.session->store, &arena, &reports, &count, NULL), GA_OK);
    return count;
}

static const struct ga_handover_class *class_of(const char *shown)
{
    struct ga_handover_class *classes;
    size_t count = 0;
    assert_int_equal(ga_handovers_read(school.session, GA_ZH, &arena, &classes, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(classes[i].class_of.shown, shown) == 0)
            return &classes[i];
    fail_msg("%s is not there", shown);
    return NULL;
}

static struct ga_handover_offer offer_of(const char *shown)
{
    struct ga_handover_offer offer;
    assert_int_equal(ga_handover_offer(school.session, class_of(shown), &arena, &offer, NULL), GA_OK);
    return offer;
}

/* Nothing that was open is closed by going up: key child, plan, weekly contact, report. */
static void what_was_open_still_stands_after_the_class_went_up(void **state)
{
    (void)state;
    struct ga_roster_row child;
    add_open_matters();
    assert_int_equal(open_reports(), 1);
    assert_int_equal(alarms_of("report_open"), 1);
    set_day(2027, 9, 6);
    run();
    assert_int_equal(ga_roster_row(school.session->store, &heli, GA_ZH, &arena, &child, NULL), GA_OK);
    assert_string_equal(child.class_shown, "四年级(2)班");
    assert_true(child.is_key_child);
    assert_int_equal(open_reports(), 1);
    assert_int_equal(alarms_of("report_open"), 1);
    assert_int_equal(alarms_of("key_plan"), 0); /* the plan is still open */
    assert_string_equal(owner_of(&heli, "key_week"), "周老师");
    const char *matters = offer_of("四年级(2)班").matters;
    assert_non_null(strstr(matters, "帮扶方案进行中：何丽"));
    assert_non_null(strstr(matters, "报告和转介 未上报：何丽"));
}

static void a_handover_offers_the_teacher_the_files_and_what_is_open(void **state)
{
    (void)state;
    add_open_matters();
    const struct ga_uuid talk = ADD("talk", &heli, "talked_on=2026-11-21", "topics=study", "mood=4", "talker=周老师");
    ga_session_set_user(school.session, "吴校长", NULL);
    assert_int_equal(ga_send_back(school.session, &talk, "写清孩子睡在哪里", NULL), GA_OK);
    const struct ga_handover_offer offer = offer_of("三年级(2)班");
    assert_string_equal(offer.class_text, "三年级(2)班");
    assert_string_equal(offer.giver, "周老师");
    assert_string_equal(offer.taker, "");
    assert_int_equal(offer.files, 2);
    assert_non_null(strstr(offer.matters, "档案 2 份：留守 2 人，重点帮扶 1 人"));
    assert_non_null(strstr(offer.matters, "报告和转介 未上报：何丽"));
    assert_non_null(strstr(offer.matters, "帮扶方案进行中：何丽"));
    assert_non_null(strstr(offer.matters, "待做 谈心：崔子乐"));
    assert_non_null(strstr(offer.matters, "退回未补：何丽 11-21 谈心记录 – 写清孩子睡在哪里"));
    assert_null(strstr(offer.matters, "独自在家")); /* what a plan, a report says stays in it */
    assert_null(strstr(offer.matters, "杨梅"));
}

static void who_is_to_have_the_class_is_offered_before_and_after_that_day(void **state)
{
    (void)state;
    ADD("class_teacher", NULL, "class=三年级(2)班", "teacher=李老师", "from_on=2026-12-01");
    struct ga_handover_offer offer = offer_of("三年级(2)班");
    assert_string_equal(offer.giver, "周老师");
    assert_string_equal(offer.taker, "李老师");
    set_day(2026, 12, 10);
    offer = offer_of("三年级(2)班");
    assert_string_equal(offer.giver, "周老师");
    assert_string_equal(offer.taker, "李老师");
    set_day(2027, 3, 1);
    offer = offer_of("三年级(2)班");
    assert_string_equal(offer.giver, "李老师");
    assert_string_equal(offer.taker, "");
}

/* In June it is about the year that comes: last autumn's is another one. */
static void the_handover_of_this_turn_of_the_year_is_found_again(void **state)
{
    (void)state;
    ADD("handover", NULL, "handed_on=2026-11-20", "class=三年级(2)班", "giver=孙老师", "taker=周老师", "files=2");
    assert_string_equal(class_of("三年级(2)班")->last->giver, "孙老师");
    set_day(2027, 7, 2);
    assert_null(class_of("三年级(2)班")->last);
    ADD("handover", NULL, "handed_on=2027-07-02", "class=三年级(2)班", "giver=周老师", "taker=李老师", "files=2", "giver_signed=1");
    set_day(2027, 9, 6);
    run();
    const struct ga_handover *last = class_of("四年级(2)班")->last;
    assert_non_null(last);
    assert_string_equal(last->taker, "李老师");
    assert_true(last->giver_signed && !last->taker_signed);
}

/* In August the class has its old name until it goes up: on that day the handover is found by both. */
static void a_handover_of_august_stays_with_the_pupils_it_was_of(void **state)
{
    (void)state;
    CHILD("小小", "二年级", "2");
    set_day(2027, 8, 31);
    ADD("handover", NULL, "handed_on=2027-08-31", "class=三年级(2)班", "giver=周老师", "taker=李老师", "files=2");
    assert_string_equal(class_of("三年级(2)班")->last->taker, "李老师");
    run();
    assert_string_equal(class_of("四年级(2)班")->last->taker, "李老师");
    assert_null(class_of("三年级(2)班")->last);
    ADD("handover", NULL, "handed_on=2027-08-31", "class=三年级(2)班", "giver=罗老师", "taker=唐老师", "files=1"); /* later that day */
    assert_string_equal(class_of("三年级(2)班")->last->taker, "唐老师");
    assert_string_equal(class_of("四年级(2)班")->last->taker, "李老师");
}

static bool has_line(const char *const *lines, size_t count, const char *line)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i], line) == 0)
            return true;
    return false;
}

/* Weeks may lie between the writing and the signing: what came, what was done since is told; nothing once both signed. */
static void until_both_have_signed_it_is_told_what_has_changed_since(void **state)
{
    (void)state;
    struct ga_handover_changes changes;
    char matters[4000], path[160];
    struct ga_str text = {0};
    snprintf(matters, sizeof(matters), "open_matters=%s\n存折在抽屉里", offer_of("三年级(2)班").matters);
    const struct ga_uuid handover = ADD("handover", NULL, "handed_on=2026-11-23", "class=三年级(2)班", "giver=周老师", "taker=李老师",
                                        "files=2", matters);
    assert_int_equal(ga_handover_changes_read(school.session, class_of("三年级(2)班"), &arena, &changes, NULL), GA_OK);
    assert_int_equal(changes.added_count + changes.gone_count, 0);
    ADD("talk", &heli, "talked_on=2026-11-21", "topics=study", "mood=4", "talker=周老师");
    add_open_matters();
    assert_int_equal(ga_handover_changes_read(school.session, class_of("三年级(2)班"), &arena, &changes, NULL), GA_OK);
    assert_true(has_line(changes.added, changes.added_count, "待做 谈心：崔子乐"));
    assert_true(has_line(changes.added, changes.added_count, "帮扶方案进行中：何丽"));
    assert_true(has_line(changes.gone, changes.gone_count, "待做 谈心 2 人：崔子乐、何丽"));
    assert_false(has_line(changes.gone, changes.gone_count, "存折在抽屉里"));
    snprintf(path, sizeof(path), "%s/交接.txt", school.folder);
    assert_int_equal(ga_handover_print(school.session, class_of("三年级(2)班"), path, NULL), GA_OK);
    assert_int_equal(ga_io_read_file(ga_io_system(), path, 1 << 20, &text, NULL), GA_OK);
    assert_non_null(strstr(ga_str_text(&text), "之后新增"));
    assert_non_null(strstr(ga_str_text(&text), "已不是这样"));
    ga_str_finish(&text);
    assert_int_equal(ga_handover_renew(school.session, class_of("三年级(2)班"), NULL), GA_OK);
    const struct ga_handover *last = class_of("三年级(2)班")->last;
    assert_memory_equal(&last->id, &handover, sizeof(handover));
    assert_non_null(strstr(last->matters, "帮扶方案进行中：何丽"));
    assert_non_null(strstr(last->matters, "\n存折在抽屉里"));
    assert_null(strstr(last->matters, "待做 谈心 2 人"));
    assert_int_equal(ga_handover_changes_read(school.session, class_of("三年级(2)班"), &arena, &changes, NULL), GA_OK);
    assert_int_equal(changes.added_count + changes.gone_count, 0);
}

static void what_both_have_signed_stays_as_it_is(void **state)
{
    (void)state;
    struct ga_handover_changes changes;
    ADD("handover", NULL, "handed_on=2026-11-23", "class=三年级(2)班", "giver=周老师", "taker=李老师", "files=2", "open_matters=待做 谈心：何丽",
        "giver_signed=1", "taker_signed=1");
    assert_int_equal(ga_handover_changes_read(school.session, class_of("三年级(2)班"), &arena, &changes, NULL), GA_OK);
    assert_int_equal(changes.added_count + changes.gone_count, 0);
    assert_int_equal(ga_handover_renew(school.session, class_of("三年级(2)班"), NULL), GA_OK);
    assert_string_equal(class_of("三年级(2)班")->last->matters, "待做 谈心：何丽");
}

static void it_is_printed_with_room_for_both_signatures_and_the_list_of_the_files(void **state)
{
    (void)state;
    char path[160];
    struct ga_str text = {0};
    struct ga_error err = {0};
    snprintf(path, sizeof(path), "%s/交接.txt", school.folder);
    assert_int_equal(ga_handover_print(school.session, class_of("三年级(2)班"), path, &err), GA_REFUSED);
    ADD("handover", NULL, "handed_on=2026-11-20", "class=三年级(2)班", "giver=周老师", "taker=李老师", "files=2", "open_matters=待做 谈心\n等上报回音");
    assert_int_equal(ga_handover_print(school.session, class_of("三年级(2)班"), path, &err), GA_OK);
    assert_int_equal(ga_io_read_file(ga_io_system(), path, 1 << 20, &text, &err), GA_OK);
    static const char *const expected[] = {"交接单", "2026-11-20", "周老师　____", "李老师　____", "待做 谈心", "等上报回音", "档案清单", "何丽", "崔子乐"};
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
        if (strstr(ga_str_text(&text), expected[i]) == NULL)
            fail_msg("no %s in:\n%s", expected[i], ga_str_text(&text));
    assert_null(strstr(ga_str_text(&text), "杨梅"));
    ga_str_finish(&text);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_class_goes_on_with_its_teacher_before_and_after_it_went_up),
        CASE(one_key_confirms_all_but_those_that_nobody_has),
        CASE(what_is_owed_follows_the_new_teacher),
        CASE(somebody_else_can_be_said_before_the_class_goes_up),
        CASE(a_class_keeps_its_teacher_on_every_day_of_a_summer_in_which_the_turn_of_the_year_is_late),
        CASE(who_is_responsible_agrees_with_the_turn_of_the_year_at_each_step),
        CASE(what_was_open_still_stands_after_the_class_went_up),
        CASE(until_both_have_signed_it_is_told_what_has_changed_since),
        CASE(what_both_have_signed_stays_as_it_is),
        CASE(a_handover_offers_the_teacher_the_files_and_what_is_open),
        CASE(who_is_to_have_the_class_is_offered_before_and_after_that_day),
        CASE(the_handover_of_this_turn_of_the_year_is_found_again),
        CASE(a_handover_of_august_stays_with_the_pupils_it_was_of),
        CASE(it_is_printed_with_room_for_both_signatures_and_the_list_of_the_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
