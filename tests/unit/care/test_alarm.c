/* What must not wait: of whom it stands, since when, why, when it ends; the same whether followed or counted anew. */
#include "dice.h"
#include "school_session.h"

#include "guanai/app/care.h"
#include "guanai/app/entry.h"
#include "guanai/base/alloc.h"
#include "guanai/care/alarm.h"
#include "guanai/care/report.h"
#include "guanai/care/trip_children.h"
#include "guanai/care/whose.h"
#include "guanai/sql/guard.h"
#include "guanai/store/same.h"
#include "guanai/text/width.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct office {
    struct school_session school;
    struct ga_care *care;
    struct ga_arena arena;
    struct ga_problems problems; /* of opening */
    int64_t began_ms;
};

static int start(void **state)
{
    static struct office office;
    memset(&office, 0, sizeof(office));
    school_session_start(&office.school, NULL);
    ga_problems_init(&office.problems);
    assert_int_equal(ga_session_care(office.school.session, &office.problems, &office.care, NULL), GA_OK);
    assert_int_equal(office.problems.faults, 0);
    office.began_ms = office.school.now_ms;
    *state = &office;
    return 0;
}

static int stop(void **state)
{
    struct office *office = *state;
    school_session_stop(&office->school);
    ga_problems_finish(&office->problems);
    ga_arena_finish(&office->arena);
    return 0;
}

/* Most tests ask about their own children alone: they share a school, each begins on its day. */
static int begin(void **state)
{
    struct office *office = *state;
    office->school.now_ms = office->began_ms;
    ga_session_set_today(office->school.session, (struct ga_date){2026, 11, 23});
    return 0;
}

#define CHILD(office, ...)                                                                                             \
    school_session_add(&(office)->school, "child", NULL, "grade=三年级", "class=2", "marked_left_behind=是", __VA_ARGS__, NULL)
#define RECORD(office, form, child, ...) school_session_add(&(office)->school, (form), (child), __VA_ARGS__, NULL)

static void edit(struct office *office, const struct ga_uuid *record, const char *field, const char *typed)
{
    struct ga_entry *entry;
    assert_int_equal(ga_entry_open(office->school.session, record, &entry, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, field), NULL, typed, NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

static void set_day(struct office *office, int year, int month, int day)
{
    ga_session_set_today(office->school.session, (struct ga_date){(int16_t)year, (int8_t)month, (int8_t)day});
}

static int64_t number_of(struct office *office, const struct ga_uuid *child)
{
    struct ga_roster_row row;
    assert_int_equal(ga_roster_row(office->school.session->store, child, GA_EN, &office->arena, &row, NULL), GA_OK);
    return row.no;
}

static size_t list(struct office *office, const struct ga_alarm_ask *ask, struct ga_alarm **ret_alarms)
{
    size_t count = 0;
    struct ga_error err = {0};
    if (ga_alarm_list(office->care, ask, &office->arena, ret_alarms, &count, &err) != GA_OK)
        fail_msg("%s %s", err.what.id, ga_message_arg(&err.what, 0));
    return count;
}

/* NULL: it does not stand of the child. */
static const struct ga_alarm *alarm_of(struct office *office, const struct ga_uuid *child, const char *alarm)
{
    const struct ga_alarm_ask ask = {.child = number_of(office, child), .alarm = alarm};
    struct ga_alarm *alarms;
    return list(office, &ask, &alarms) > 0 ? &alarms[0] : NULL;
}

/* What is said of it; "" when it does not stand. */
static const char *text_of(struct office *office, const struct ga_uuid *child, const char *alarm)
{
    const struct ga_alarm *found = alarm_of(office, child, alarm);
    const struct ga_alarm_now now = ga_alarm_now(office->school.session->store, &office->school.clock);
    return found == NULL ? "" : ga_alarm_text(office->care, found, &now, GA_ZH, &office->arena);
}

static int64_t differences(struct office *office)
{
    int64_t found = -1;
    struct ga_error err = {0};
    if (ga_care_check(office->care, &found, &err) != GA_OK)
        fail_msg("%s", err.what.id);
    return found;
}

/* The first page's way through the table against the list that is sorted whole. */
static void heads_are_the_list(struct office *office, const char *owner)
{
    const size_t rules = ga_care_alarms(office->care)->count;
    struct ga_alarm_head *heads = ga_arena_array(&office->arena, rules + 1, sizeof(*heads));
    assert_int_equal(ga_alarm_heads(office->care, owner, heads, NULL), GA_OK);
    for (size_t i = 0; i < rules; i++) {
        const struct ga_alarm_ask ask = {.owner = owner, .alarm = ga_care_alarms(office->care)->items[i]->name};
        struct ga_alarm *alarms;
        const size_t count = list(office, &ask, &alarms);
        assert_int_equal(heads[i].count, count);
        for (size_t k = 0; k < count && k < GA_ALARM_FIRST_MAX; k++)
            assert_int_equal(heads[i].children[k], alarms[k].child);
        if (count == 0)
            continue;
        assert_int_equal(heads[i].first.rule, i);
        assert_int_equal(heads[i].first.child, alarms[0].child);
        assert_int_equal(ga_date_compare(heads[i].first.since, alarms[0].since), 0);
        assert_int_equal(heads[i].first.minute, alarms[0].minute);
        assert_int_equal(heads[i].first.number, alarms[0].number);
        assert_int_equal(heads[i].first.say, alarms[0].say);
    }
}

static void the_first_of_each_alarm_are_those_of_its_list(void **state)
{
    struct office *office = *state;
    static const char *const births[] = {"birth_date=2016-03-04", "birth_date=2018-01-02", "birth_date=2009-05-06",
                                         "birth_date=2017-07-08", "birth_date=2018-01-02", "birth_date=2010-09-01"};
    for (size_t i = 0; i < 18; i++) {
        const struct ga_uuid child = CHILD(office, "name=何丽", births[i * 5 % GA_COUNT(births)],
                                           i % 3 == 0 ? "guardian_kind=grand" : "guardian_kind=none");
        if (i % 4 == 1)
            RECORD(office, "pairing", &child, "kind=proxy", "helper=胡老师", "from_on=2026-09-01");
        if (i % 5 == 2)
            edit(office, &child, "key_child", "1");
    }
    heads_are_the_list(office, NULL);
    heads_are_the_list(office, "胡老师");
    heads_are_the_list(office, "没有这个人");
}

static void nobody_guards_from_the_day_the_file_says_so_until_it_says_who(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=何丽", "guardian_kind=grand");
    assert_string_equal(text_of(office, &child, "unguarded"), "");
    office->school.now_ms += 2LL * 86400 * 1000;
    set_day(office, 2026, 11, 25);
    edit(office, &child, "guardian_kind", "none");
    assert_string_equal(text_of(office, &child, "unguarded"), "未报告，11月25日起");
    office->school.now_ms += 3LL * 86400 * 1000;
    set_day(office, 2026, 11, 28);
    edit(office, &child, "village", "红岩村");
    assert_string_equal(text_of(office, &child, "unguarded"), "未报告，11月25日起");
    edit(office, &child, "guardian_kind", "kin");
    assert_string_equal(text_of(office, &child, "unguarded"), "");
    assert_int_equal(differences(office), 0);
}

static void a_report_is_open_by_the_hour_until_it_is_passed_on_then_until_there_is_an_answer(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=何丽", "guardian_kind=none");
    RECORD(office, "incident", &child, "written_on=2026-11-23", "written_at=09:41", "kind=unguarded", "what=一个人", "found_by=周老师");
    assert_string_equal(text_of(office, &child, "report_open"), "3 小时没有上报（11月23日 09:41）");
    assert_string_equal(text_of(office, &child, "unguarded"), "已报告，未上报，11月23日起");
    assert_true(alarm_of(office, &child, "report_open")->record != 0);
    set_day(office, 2026, 11, 30);
    assert_string_equal(text_of(office, &child, "report_open"), "171 小时没有上报（11月23日 09:41）");
    const struct ga_uuid referral =
        RECORD(office, "referral", &child, "sent_on=2026-11-30", "sent_to=civil", "sent_by=吴校长", "asked_for=落实监护人");
    assert_string_equal(text_of(office, &child, "report_open"), "");
    assert_string_equal(text_of(office, &child, "unguarded"), "已上报，11月23日起");
    set_day(office, 2026, 12, 2);
    assert_string_equal(text_of(office, &child, "report_unanswered"), "2 天没有回音（11月30日上报）");
    edit(office, &referral, "answered_on", "2026-12-02");
    assert_string_equal(text_of(office, &child, "report_unanswered"), "");
}

/* The alarm and the page of reports answer alike, whichever of two reports a referral names. */
static void of_two_reports_of_a_child_the_one_nobody_passed_on_stays_open(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=罗小梅", "guardian_kind=grand");
    char id[GA_UUID_TEXT_SIZE];
    struct ga_report *reports;
    size_t count = 0, open = 0;
    RECORD(office, "incident", &child, "happened_on=2026-11-19", "written_on=2026-11-20", "written_at=08:00", "what=手臂有伤");
    const struct ga_uuid second = RECORD(office, "incident", &child, "happened_on=2026-11-21", "written_on=2026-11-21",
                                         "written_at=09:00", "what=被打");
    RECORD(office, "referral", &child, "sent_on=2026-11-22", "sent_to=police",
           ga_arena_printf(&office->arena, "incident=%s", ga_uuid_text(&second, id)));
    assert_string_equal(text_of(office, &child, "report_open"), "76 小时没有上报（11月20日 08:00）");
    assert_int_equal(ga_reports_list(office->school.session->store, &office->arena, &reports, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++)
        open += reports[i].child == number_of(office, &child) && reports[i].state == GA_REPORT_OPEN;
    assert_int_equal(open, 1);
    RECORD(office, "referral", &child, "sent_on=2026-11-18", "sent_to=women", "asked_for=棉衣"); /* before it happened */
    assert_true(alarm_of(office, &child, "report_open") != NULL);
    RECORD(office, "referral", &child, "sent_on=2026-11-22", "sent_to=bureau", "person=张科长");
    assert_true(alarm_of(office, &child, "report_open") == NULL);
    assert_int_equal(differences(office), 0);
}

/* A referral of long ago, or of something else, is not this report's. */
static void a_report_by_telephone_is_passed_on_and_waits_until_its_referral_is_answered(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=杨小兵", "guardian_kind=none");
    RECORD(office, "referral", &child, "sent_on=2026-09-10", "sent_to=women", "asked_for=棉衣", "answered_on=2026-09-12");
    const struct ga_uuid report = RECORD(office, "incident", &child, "happened_on=2026-11-21", "written_on=2026-11-21", "what=一个人");
    assert_string_equal(text_of(office, &child, "unguarded"), "已报告，未上报，11月23日起");
    edit(office, &report, "told_whom", "police");
    edit(office, &report, "told_on", "2026-11-21");
    assert_string_equal(text_of(office, &child, "unguarded"), "已上报，11月23日起");
    assert_string_equal(text_of(office, &child, "report_open"), "");
    assert_true(alarm_of(office, &child, "report_unanswered") != NULL);
    RECORD(office, "referral", &child, "sent_on=2026-11-21", "sent_to=police", "answered_on=2026-11-22");
    assert_string_equal(text_of(office, &child, "report_unanswered"), "");
}

static void the_most_urgent_child_comes_first_then_the_youngest(void **state)
{
    struct office *office = *state;
    const struct ga_uuid oldest = CHILD(office, "name=韦禾禾", "birth_date=2015-05-11", "guardian_kind=none"),
                         reported = CHILD(office, "name=何丽", "birth_date=2018-03-29", "guardian_kind=none"),
                         youngest = CHILD(office, "name=侯冬凤", "birth_date=2020-08-13", "guardian_kind=none");
    RECORD(office, "incident", &reported, "written_on=2026-11-23", "kind=unguarded", "what=一个人", "found_by=周老师");
    const struct ga_alarm_ask ask = {.alarm = "unguarded"};
    struct ga_alarm *alarms;
    assert_int_equal(list(office, &ask, &alarms), 3);
    assert_int_equal(alarms[0].child, number_of(office, &reported));
    assert_int_equal(alarms[1].child, number_of(office, &youngest));
    assert_int_equal(alarms[2].child, number_of(office, &oldest));
    const struct ga_alarm_ask any = {.limit = 2};
    assert_int_equal(list(office, &any, &alarms), 2);
    assert_string_equal(ga_care_alarms(office->care)->items[alarms[0].rule]->name, "report_open");
}

/* A trip goes to who may be in danger first, to who has no more than an alarm that can wait last; the roster's order is the other way round. */
static void a_trip_goes_to_the_most_urgent_child_first(void **state)
{
    struct office *office = *state;
    const struct ga_uuid waits = CHILD(office, "name=安一", "father_state=away", "mother_state=home", "mother_last_home_on=2025-02-01");
    edit(office, &waits, "mother_state", "away");
    edit(office, &waits, "father_last_home_on", "2025-02-01");
    const struct ga_uuid soon = CHILD(office, "name=何一"), danger = CHILD(office, "name=张一", "guardian_kind=none");
    RECORD(office, "talk", &soon, "talked_on=2026-11-09", "talker=周老师", "topics=family", "mood=1");
    RECORD(office, "talk", &soon, "talked_on=2026-11-20", "talker=周老师", "topics=family", "mood=1");
    const struct ga_trip_ask ask = {.lang = GA_ZH};
    struct ga_trip_list found;
    assert_int_equal(ga_trip_children(office->care, &ask, &office->arena, &found, NULL), GA_OK);
    assert_int_equal(found.count, 3);
    size_t rows[] = {0, 1, 2};
    const struct ga_uuid *const expected[] = {&danger, &soon, &waits};
    static const int needs[] = {GA_TRIP_NEED_NOW, GA_TRIP_NEED_SOON, GA_TRIP_NEED_WATCH};
    ga_trip_by_need(found.stops, rows, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(found.children[rows[i]].child.no, number_of(office, expected[i]));
        assert_int_equal(found.stops[rows[i]].need, needs[i]);
    }
}

static void call(struct office *office, const struct ga_uuid *child, const char *on, const char *outcome)
{
    RECORD(office, "parent_call", child, on, "caller=周老师", "whom=father", outcome, "topics=study");
}

static void five_calls_in_a_row_that_reached_nobody_stand_until_one_reaches(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=彭英俊");
    call(office, &child, "called_on=2026-11-01", "outcome=no_answer");
    call(office, &child, "called_on=2026-11-02", "outcome=reached");
    call(office, &child, "called_on=2026-11-03", "outcome=no_answer");
    call(office, &child, "called_on=2026-11-04", "outcome=cut");
    call(office, &child, "called_on=2026-11-04", "outcome=cut");
    call(office, &child, "called_on=2026-11-06", "outcome=busy");
    assert_null(alarm_of(office, &child, "calls_failed"));
    call(office, &child, "called_on=2026-11-23", "outcome=wrong");
    assert_string_equal(text_of(office, &child, "calls_failed"), "连续 5 次，11月3日起");
    call(office, &child, "called_on=2026-11-10", "outcome=reached"); /* typed late: the first four lie before it */
    assert_null(alarm_of(office, &child, "calls_failed"));
}

static void two_talks_running_in_a_very_low_mood_stand_until_the_counsellor_was_there(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=彭英俊");
    RECORD(office, "talk", &child, "talked_on=2026-11-05", "topics=study", "mood=1");
    RECORD(office, "talk", &child, "talked_on=2026-11-10", "topics=study", "mood=3");
    RECORD(office, "talk", &child, "talked_on=2026-11-12", "topics=study", "mood=1");
    assert_null(alarm_of(office, &child, "mood_low"));
    RECORD(office, "talk", &child, "talked_on=2026-11-20", "topics=study", "mood=1");
    assert_string_equal(text_of(office, &child, "mood_low"), "连续 2 次谈心，11月12日起");
    RECORD(office, "counselling", &child, "met_on=2026-11-21", "came_by=teacher", "reason=study", "risk=low", "counsellor=李老师");
    assert_null(alarm_of(office, &child, "mood_low"));
}

static void of_children_who_left_it_is_asked_who_dropped_out_who_gave_no_news(void **state)
{
    struct office *office = *state;
    const struct ga_uuid dropped = CHILD(office, "name=甲"), silent = CHILD(office, "name=乙", "birth_date=2017-01-01"),
                         heard = CHILD(office, "name=丙"), moved = CHILD(office, "name=丁");
    RECORD(office, "status_change", &dropped, "kind=dropped", "from_on=2026-11-20");
    RECORD(office, "status_change", &silent, "kind=gone", "from_on=2026-11-02");
    RECORD(office, "status_change", &heard, "kind=with_parents", "from_on=2026-11-02");
    RECORD(office, "status_change", &moved, "kind=transfer", "from_on=2026-11-02");
    call(office, &heard, "called_on=2026-11-09", "outcome=reached");
    assert_string_equal(text_of(office, &dropped, "dropped_out"), "3 天，没有上报，11月20日起");
    assert_string_equal(text_of(office, &silent, "left_silent"), "21 天没有消息（11月2日离开）");
    assert_null(alarm_of(office, &heard, "left_silent"));
    assert_null(alarm_of(office, &moved, "left_silent"));
    RECORD(office, "status_change", &dropped, "kind=returned", "from_on=2026-11-22");
    RECORD(office, "status_change", &silent, "kind=returned", "from_on=2026-11-22");
    assert_null(alarm_of(office, &dropped, "dropped_out"));
    assert_null(alarm_of(office, &silent, "left_silent"));
    assert_int_equal(differences(office), 0);
}

static void illness_is_told_and_findings_are_looked_at_again(void **state)
{
    struct office *office = *state;
    const struct ga_uuid ill = CHILD(office, "name=甲"), found = CHILD(office, "name=乙"), due = CHILD(office, "name=丙");
    RECORD(office, "living_care", &ill, "cared_on=2026-11-20", "carer=周老师", "kind=ill", "what=送医", "guardian_told=0");
    assert_string_equal(text_of(office, &ill, "illness_untold"), "11月20日生病或受伤");
    RECORD(office, "guardian_talk", &ill, "talked_on=2026-11-21", "talker=周老师", "whom=grandmother_f", "topics=study");
    assert_null(alarm_of(office, &ill, "illness_untold"));
    RECORD(office, "health_check", &found, "checked_on=2026-10-20", "findings=sight");
    RECORD(office, "health_check", &due, "checked_on=2026-11-02", "findings=teeth", "follow_up_on=2026-11-22");
    assert_string_equal(text_of(office, &found, "health_follow_up"), "10月20日体检发现");
    assert_string_equal(text_of(office, &due, "health_follow_up"), "应在 11月22日复查");
    assert_true(alarm_of(office, &found, "health_follow_up")->record != 0); /* the second look is written into that one */
    assert_true(alarm_of(office, &due, "health_follow_up")->record != 0);
    RECORD(office, "health_check", &found, "checked_on=2026-11-23", "findings=ok");
    assert_null(alarm_of(office, &found, "health_follow_up"));
}

static void key_children_need_a_plan_who_turns_sixteen_a_change(void **state)
{
    struct office *office = *state;
    const struct ga_uuid key = CHILD(office, "name=甲", "key_child=是", "key_reason=poor"),
                         soon = CHILD(office, "name=乙", "birth_date=2010-12-20"),
                         past = CHILD(office, "name=丙", "birth_date=2010-10-20"), later = CHILD(office, "name=丁", "birth_date=2011-03-01");
    assert_string_equal(text_of(office, &key, "key_plan"), "11月23日列为重点帮扶");
    RECORD(office, "care_plan", &key, "opened_on=2026-11-23", "problem=一个人住", "goal=有人照看", "owner=周老师", "lead=吴校长");
    assert_null(alarm_of(office, &key, "key_plan"));
    assert_string_equal(text_of(office, &soon, "sixteen"), "12月20日");
    assert_string_equal(text_of(office, &past, "sixteen"), "10月20日满了，还没有记变动");
    assert_null(alarm_of(office, &later, "sixteen"));
}

static void a_year_without_parents_sixty_days_of_lessons_without_anybody(void **state)
{
    struct office *office = *state;
    const struct ga_uuid year = CHILD(office, "name=甲", "father_state=away", "father_last_home_on=2025-02", "mother_state=dead"),
                         home = CHILD(office, "name=乙", "father_state=away", "father_last_home_on=2025-02", "mother_state=home"),
                         heard = CHILD(office, "name=丙", "father_state=away", "father_away_since=2026-09");
    assert_string_equal(text_of(office, &year, "parents_year"), "2025年2月1日以后没有见过");
    assert_null(alarm_of(office, &home, "parents_year"));
    assert_null(alarm_of(office, &heard, "parents_year"));
    set_day(office, 2027, 1, 31);
    RECORD(office, "family_call", &heard, "called_on=2027-01-30", "helper=周老师", "whom=father", "channel=wx_video", "outcome=reached");
    set_day(office, 2027, 3, 12); /* 81 days after the first: of lessons fewer, the winter holiday rests */
    assert_null(alarm_of(office, &year, "no_contact"));
    set_day(office, 2027, 4, 12);
    const struct ga_alarm *alarm = alarm_of(office, &year, "no_contact");
    assert_non_null(alarm);
    assert_int_equal(alarm->number, ga_calendar_school_days(ga_care_calendar(office->care),
                                                            (struct ga_days){{2026, 11, 24}, {2027, 4, 12}}));
    assert_null(alarm_of(office, &heard, "no_contact")); /* reached in the holiday */
}

static void counts_are_those_of_the_lists_for_everybody(void **state)
{
    struct office *office = *state;
    static const char *const owners[] = {NULL, "周老师", "钱老师", "无此人"};
    static const int64_t unguarded[] = {3, 2, 1, 0};
    const struct ga_alarm_rules *rules = ga_care_alarms(office->care);
    int64_t counts[GA_ALARMS_MAX];
    bool has;
    CHILD(office, "name=甲", "guardian_kind=none");
    CHILD(office, "name=乙", "guardian_kind=none", "proxy_parent=钱老师");
    const struct ga_uuid paired = CHILD(office, "name=丙", "guardian_kind=none");
    edit(office, &paired, "class", "1");
    RECORD(office, "pairing", &paired, "helper=钱老师", "kind=proxy", "from_on=2026-09-01");
    RECORD(office, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    const size_t rule = (size_t)ga_alarm_rules_find(rules, "unguarded");
    for (size_t i = 0; i < GA_COUNT(owners); i++) {
        const struct ga_alarm_ask ask = {.owner = owners[i], .alarm = "unguarded"};
        struct ga_alarm *alarms;
        assert_int_equal(ga_alarm_counts(office->care, owners[i], counts, NULL), GA_OK);
        assert_int_equal(counts[rule], unguarded[i]);
        assert_int_equal(list(office, &ask, &alarms), unguarded[i]);
        if (owners[i] == NULL)
            continue;
        assert_int_equal(ga_care_has_children(office->care, owners[i], &has, NULL), GA_OK);
        assert_int_equal(has, unguarded[i] > 0);
    }
}

static void who_stands_in_over_a_holiday_is_told_what_stands(void **state)
{
    struct office *office = *state;
    const struct ga_alarm_ask ask = {.owner = "村支书老王", .alarm = "unguarded"};
    const size_t rule = (size_t)ga_alarm_rules_find(ga_care_alarms(office->care), "unguarded");
    struct ga_alarm *alarms;
    int64_t counts[GA_ALARMS_MAX];
    CHILD(office, "name=甲", "guardian_kind=none");
    const struct ga_uuid other = CHILD(office, "name=乙", "guardian_kind=none");
    edit(office, &other, "class", "1");
    RECORD(office, "holiday_watch", NULL, "from_on=2026-11-23", "until_on=2026-11-25", "class=三年级(2)班", "watcher=村支书老王");
    assert_int_equal(list(office, &ask, &alarms), 1);
    assert_int_equal(ga_alarm_counts(office->care, ask.owner, counts, NULL), GA_OK);
    assert_int_equal(counts[rule], 1);
    heads_are_the_list(office, ask.owner);
    set_day(office, 2026, 11, 26);
    heads_are_the_list(office, ask.owner);
    assert_int_equal(list(office, &ask, &alarms), 0);
    assert_int_equal(ga_alarm_counts(office->care, ask.owner, counts, NULL), GA_OK);
    assert_int_equal(counts[rule], 0);
}

static const char OWN[] = "alarm: far_home\nversion: 1\norder: 5\n"
                          "title: {zh: 路远没有人接, en: Far from home}\n"
                          "when: child.boarding = 0 AND child.fetched_by IS NULL AND child.village = '大湾村'\n"
                          "says:\n  - text: {zh: 路远，放学没有人接, en: nobody fetches it}\n";

static void load(struct office *office)
{
    ga_problems_finish(&office->problems);
    ga_problems_init(&office->problems);
    assert_int_equal(ga_care_load(office->care, &office->problems, NULL), GA_OK);
}

static void a_school_adds_an_alarm_without_a_compiler(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=黄宁", "village=大湾村", "boarding=否");
    school_session_put_form(&office->school, "alarms/far_home.yaml", OWN);
    load(office);
    assert_int_equal(office->problems.faults, 0);
    assert_string_equal(text_of(office, &child, "far_home"), "路远，放学没有人接");
    school_session_put_form(&office->school, "alarms/far_home.yaml", "alarm: far_home\nversion: 2\ntitle: {zh: 路, en: Way}\nwhen: child.nosuch = 1\n");
    load(office);
    assert_int_equal(office->problems.faults, 1);
    assert_string_equal(text_of(office, &child, "far_home"), "路远，放学没有人接"); /* the last good one */
    school_session_put_form(&office->school, "alarms/far_home.yaml", NULL);
    load(office);
    assert_int_equal(ga_alarm_rules_find(ga_care_alarms(office->care), "far_home"), -1);
}

/* Where the one fault lies, what it says. */
static void expect_fault(struct office *office, const char *lines, int line, const char *said)
{
    struct ga_alarm_rules set;
    struct ga_definitions none;
    struct ga_problems problems;
    char text[1200], told[400];
    snprintf(text, sizeof(text), "alarm: own\nversion: 1\ntitle: {zh: 甲, en: A}\n%s", lines);
    ga_alarm_rules_init(&set);
    ga_definitions_init(&none);
    ga_problems_init(&problems);
    assert_int_equal(ga_alarm_rules_read_text(&set, office->school.session->forms, &none, "own.yaml", text, strlen(text), &problems),
                     GA_REFUSED);
    assert_int_equal(problems.faults, 1);
    const struct ga_problem *problem = ga_vec_at(&problems.list, 0);
    assert_int_equal(problem->line, line);
    assert_non_null(strstr(ga_message_text(&problem->what, GA_EN, told, sizeof(told)), said));
    ga_alarm_rules_finish(&set);
    ga_definitions_finish(&none);
    ga_problems_finish(&problems);
}

static void what_is_wrong_with_a_file_is_said_with_its_line(void **state)
{
    struct office *office = *state;
    expect_fault(office, "when: child.key = 1\n", 4, "no field 'key'");
    expect_fault(office, "when: today() > '2026'\n", 4, "today");
    expect_fault(office, "records:\n  - {name: r, form: counselling, day: met_on, when: observations IS NOT NULL}\nwhen: r.count > 0\n", 5,
                 "observations"); /* restricted: nothing may read it */
    expect_fault(office, "records:\n  - {name: r, form: talk, day: mood}\nwhen: r.count > 0\n", 5, "no date to the day");
    expect_fault(office, "records:\n  - {name: r, form: talk, day: talked_on, when: talked_on < day()}\nwhen: r.count > 0\n", 5, "day");
    expect_fault(office, "records:\n  - {name: r, form: meeting, day: held_on}\nwhen: r.count > 0\n", 5, "not of one child");
    expect_fault(office, "records:\n  - {name: r, form: talk, day: talked_on}\nwhen: r.sum > 0\n", 6, "not 'sum'");
    expect_fault(office, "records:\n  - {name: who, form: talk, day: talked_on}\nwhen: child.key_child = 1\n", 5, "something else");
    expect_fault(office, "when: look_count(1, 2) > 0\n", 4, "look_count");
    expect_fault(office, "records:\n  - {name: r, form: incident, day: happened_on, unless: {form: referral, names: answer, day: sent_on, from: happened_on}}\nwhen: r.count > 0\n",
                 5, "no field for a record");
    expect_fault(office, "records:\n  - {name: r, form: incident, day: happened_on, unless: {form: referral, names: incident, day: sent_on, from: what}}\nwhen: r.count > 0\n",
                 5, "no date to the day");
    expect_fault(office, "when: child.key_child = 1\nsince_field: nosuch\n", 5, "no field 'nosuch'");
}

/* Under the guard, as reports run what somebody else wrote. */
static int64_t count_view(struct office *office, const char *where)
{
    static const char *const views[] = {"v_alarm"};
    static const struct ga_guard_scope scope = {.kind = GA_GUARD_VIEW, .views = views, .views_count = 1};
    const struct ga_guard_shape shape = {
        .prefix = "SELECT count(*) FROM v_alarm WHERE (", .suffix = ")", .exprs = &where, .exprs_count = 1, .columns = 1};
    struct ga_stmt *stmt;
    bool has_row = false;
    assert_int_equal(ga_alarm_view(office->care, NULL), GA_OK);
    assert_int_equal(ga_guard_prepare(ga_store_db(office->school.session->store), &scope, &shape, &stmt, NULL, NULL), GA_OK);
    assert_int_equal(ga_stmt_step(stmt, &has_row, NULL), GA_OK);
    const int64_t count = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return count;
}

static void expressions_read_them_by_name(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=何丽", "guardian_kind=none");
    assert_int_equal(count_view(office, "alarm = 'unguarded' AND child = '何丽' AND since = '2026-11-23' AND days = 0"), 1);
    edit(office, &child, "guardian_kind", "kin");
    assert_int_equal(count_view(office, "1"), 0);
}

/* On a key, in both languages, what ends each of them. */
static void every_shipped_alarm_says_what_ends_it(void **state)
{
    struct office *office = *state;
    const struct ga_alarm_rules *rules = ga_care_alarms(office->care);
    assert_int_equal(rules->count, 13);
    for (size_t i = 0; i < rules->count; i++) {
        assert_non_null(rules->items[i]->over.zh);
        assert_non_null(rules->items[i]->over.en);
    }
}

/* The list keeps 14 columns for it; what is cut may be another alarm's. */
static void every_shipped_alarm_s_name_is_whole_in_its_column(void **state)
{
    enum { NAME_COLS = 14 };
    struct office *office = *state;
    const struct ga_alarm_rules *rules = ga_care_alarms(office->care);
    for (size_t i = 0; i < rules->count; i++)
        for (int lang = 0; lang < GA_LANG_COUNT; lang++) {
            const char *title = ga_label_text(&rules->items[i]->title, (enum ga_lang)lang);
            if (ga_width_text(title, strlen(title)) > NAME_COLS)
                fail_msg("%s: \"%s\" is longer than %d columns", rules->items[i]->name, title, NAME_COLS);
        }
}

static void an_alarm_explains_itself(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=何丽", "guardian_kind=none");
    const struct ga_alarm_now now = ga_alarm_now(office->school.session->store, &office->school.clock);
    const char *const *lines;
    size_t count = 0;
    assert_int_equal(ga_alarm_explain(office->care, alarm_of(office, &child, "unguarded"), &now, GA_EN, &office->arena, &lines,
                                      &count, NULL), GA_OK);
    assert_int_equal(count, 4);
    assert_string_equal(lines[0], "unreported since 23 Nov");
    assert_non_null(strstr(lines[1], "no child under 16"));
    assert_non_null(strstr(lines[2], "written into the file, ends it"));
    assert_string_equal(lines[3], "Enter opens a new “Incident report”");
}

enum { CHILDREN = 8 };

static void save_something(struct office *office, struct ga_uuid *children, uint64_t *dice, struct ga_date today)
{
    static const char *const KINDS[] = {"kind=gone", "kind=returned", "kind=dropped", "kind=with_parents"};
    static const char *const CALLS[] = {"outcome=reached", "outcome=no_answer", "outcome=cut", "outcome=wrong"};
    static const char *const MOODS[] = {"mood=1", "mood=1", "mood=3"};
    const struct ga_uuid *child = &children[dice_draw(dice, CHILDREN)];
    char day[24], on[48];
    ga_str_copy(day, sizeof(day), GA_DATE_ISO(ga_date_add_days(today, -(int32_t)dice_draw(dice, 40))));
    switch (dice_draw(dice, 10)) {
    case 0:
        snprintf(on, sizeof(on), "from_on=%s", day);
        RECORD(office, "status_change", child, KINDS[dice_draw(dice, 4)], on);
        break;
    case 1:
        edit(office, child, "guardian_kind", dice_draw(dice, 2) ? "none" : "kin");
        break;
    case 2:
        edit(office, child, dice_draw(dice, 2) ? "key_child" : "marked_left_behind", dice_draw(dice, 2) ? "是" : "否");
        break;
    case 3:
        snprintf(on, sizeof(on), "written_on=%s", day);
        RECORD(office, "incident", child, on, dice_draw(dice, 2) ? "kind=hurt" : "kind=ill", "what=受伤", "found_by=周老师");
        break;
    case 4:
        snprintf(on, sizeof(on), "sent_on=%s", day);
        RECORD(office, "referral", child, on, "sent_to=civil", "sent_by=吴校长", "asked_for=帮助");
        break;
    case 5:
        ga_same_say(office->school.session->store, child, &children[dice_draw(dice, CHILDREN)],
                    dice_draw(dice, 2) ? GA_SAME_LINKED : GA_SAME_DIFFERENT, NULL, NULL);
        break;
    case 6:
        snprintf(on, sizeof(on), "checked_on=%s", day);
        RECORD(office, "health_check", child, on, dice_draw(dice, 2) ? "findings=ok" : "findings=sight");
        break;
    case 7:
        snprintf(on, sizeof(on), "talked_on=%s", day);
        RECORD(office, "talk", child, on, "topics=study", MOODS[dice_draw(dice, 3)]);
        break;
    default:
        snprintf(on, sizeof(on), "called_on=%s", day);
        call(office, child, on, CALLS[dice_draw(dice, 4)]);
        break;
    }
}

/* What was followed save by save is what is counted anew. */
static void followed_is_counted_anew(void **state)
{
    struct office *office = *state;
    struct ga_uuid children[CHILDREN];
    uint64_t dice = 20261122;
    char name[40], born[40];
    size_t standing = 0;
    struct ga_date today = {2026, 9, 1};
    ga_session_set_today(office->school.session, today);
    for (int i = 0; i < CHILDREN; i++) {
        snprintf(name, sizeof(name), "name=孩子%c", 'A' + i);
        snprintf(born, sizeof(born), "birth_date=%d-11-%02d", 2010 + i / 2, i + 1);
        children[i] = CHILD(office, name, born);
    }
    for (int round = 0; round < 30; round++) {
        const struct ga_alarm_ask any = {0};
        struct ga_alarm *alarms;
        if (dice_draw(&dice, 2) == 0) {
            today = ga_date_add_days(today, 1 + (int32_t)dice_draw(&dice, 12));
            ga_session_set_today(office->school.session, today);
        }
        for (uint32_t saves = dice_draw(&dice, 4); saves > 0; saves--)
            save_something(office, children, &dice, today);
        standing += list(office, &any, &alarms);
        const int64_t found = differences(office);
        if (found != 0)
            fail_msg("round %d, %s: %d rows differ", round, GA_DATE_ISO(today), (int)found);
    }
    assert_true(standing > 60); /* else nothing was looked at */
}

int main(int argc, char **argv)
{
    (void)argv;
    const struct CMUnitTest shared[] = {
        cmocka_unit_test_setup(nobody_guards_from_the_day_the_file_says_so_until_it_says_who, begin),
        cmocka_unit_test_setup(the_first_of_each_alarm_are_those_of_its_list, begin),
        cmocka_unit_test_setup(a_report_is_open_by_the_hour_until_it_is_passed_on_then_until_there_is_an_answer, begin),
        cmocka_unit_test_setup(of_two_reports_of_a_child_the_one_nobody_passed_on_stays_open, begin),
        cmocka_unit_test_setup(a_report_by_telephone_is_passed_on_and_waits_until_its_referral_is_answered, begin),
        cmocka_unit_test_setup(five_calls_in_a_row_that_reached_nobody_stand_until_one_reaches, begin),
        cmocka_unit_test_setup(two_talks_running_in_a_very_low_mood_stand_until_the_counsellor_was_there, begin),
        cmocka_unit_test_setup(of_children_who_left_it_is_asked_who_dropped_out_who_gave_no_news, begin),
        cmocka_unit_test_setup(illness_is_told_and_findings_are_looked_at_again, begin),
        cmocka_unit_test_setup(key_children_need_a_plan_who_turns_sixteen_a_change, begin),
        cmocka_unit_test_setup(a_year_without_parents_sixty_days_of_lessons_without_anybody, begin),
        cmocka_unit_test_setup(what_is_wrong_with_a_file_is_said_with_its_line, begin),
        cmocka_unit_test_setup(every_shipped_alarm_says_what_ends_it, begin),
        cmocka_unit_test_setup(every_shipped_alarm_s_name_is_whole_in_its_column, begin),
        cmocka_unit_test_setup(an_alarm_explains_itself, begin),
    };
    const struct CMUnitTest alone[] = {
        cmocka_unit_test_setup_teardown(the_most_urgent_child_comes_first_then_the_youngest, start, stop),
        cmocka_unit_test_setup_teardown(a_trip_goes_to_the_most_urgent_child_first, start, stop),
        cmocka_unit_test_setup_teardown(counts_are_those_of_the_lists_for_everybody, start, stop),
        cmocka_unit_test_setup_teardown(who_stands_in_over_a_holiday_is_told_what_stands, start, stop),
        cmocka_unit_test_setup_teardown(a_school_adds_an_alarm_without_a_compiler, start, stop),
        cmocka_unit_test_setup_teardown(expressions_read_them_by_name, start, stop),
        cmocka_unit_test_setup_teardown(followed_is_counted_anew, start, stop),
    };
    return argc > 1 ? cmocka_run_group_tests_name("alarm_alone", alone, NULL, NULL)
                    : cmocka_run_group_tests_name("alarm", shared, start, stop);
}
