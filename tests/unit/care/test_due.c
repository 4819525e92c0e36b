/* What is owed: by whom, until when, closed by what; the same however it is asked and whether followed or counted anew. */
#include "dice.h"
#include "due/due_counting.h"
#include "due/due_inner.h"
#include "school_session.h"
#include "sql_steps.h"

#include "guanai/app/care.h"
#include "guanai/app/entry.h"
#include "guanai/app/excuse.h"
#include "guanai/app/figures.h"
#include "guanai/base/alloc.h"
#include "guanai/care/checklist.h"
#include "guanai/care/give_way.h"
#include "guanai/care/whose.h"
#include "guanai/sql/guard.h"
#include "guanai/store/same.h"

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
};

static int start(void **state)
{
    static struct office office;
    struct ga_problems problems;
    memset(&office, 0, sizeof(office));
    school_session_start(&office.school, NULL);
    ga_problems_init(&problems);
    assert_int_equal(ga_session_care(office.school.session, &problems, &office.care, NULL), GA_OK);
    assert_int_equal(problems.faults, 0);
    ga_problems_finish(&problems);
    *state = &office;
    return 0;
}

static int stop(void **state)
{
    struct office *office = *state;
    school_session_stop(&office->school);
    ga_arena_finish(&office->arena);
    return 0;
}

#define CHILD(office, ...)                                                                                             \
    school_session_add(&(office)->school, "child", NULL, "grade=三年级", "class=2", "marked_left_behind=是", __VA_ARGS__, NULL)
#define TALK(office, child, on) RECORD((office), "talk", (child), (on), "topics=study", "mood=4")
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

/* The due of a child in the window of that label; NULL: not owed. */
static const struct ga_due *due_of(struct office *office, const struct ga_uuid *child, const char *duty, const char *label)
{
    const struct ga_due_ask ask = {.child = number_of(office, child), .duty = duty,
                                   .span = {{2025, 8, 1}, {2027, 12, 31}}, .states = (1u << GA_DUE_STATE_COUNT) - 1};
    struct ga_due *dues;
    size_t count = 0;
    struct ga_error err = {0};
    const enum ga_rc rc = ga_due_list(office->care, &ask, &office->arena, &dues, &count, &err);
    if (rc != GA_OK)
        fail_msg("%s", err.what.id);
    for (size_t i = 0; i < count; i++)
        if (strcmp(dues[i].window.label, label) == 0)
            return &dues[i];
    return NULL;
}

static int state_of(struct office *office, const struct ga_uuid *child, const char *duty, const char *label)
{
    const struct ga_due *due = due_of(office, child, duty, label);
    return due == NULL ? -1 : (int)due->state;
}

static struct ga_due_tally tally_of(struct office *office, const char *duty, const char *label)
{
    const struct ga_due_ask ask = {.duty = duty, .grade = "g3", .class_no = "2", .span = {{2025, 8, 1}, {2027, 12, 31}}};
    struct ga_due_tally *tallies;
    size_t count = 0;
    assert_int_equal(ga_due_tallies(office->care, &ask, &office->arena, &tallies, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(tallies[i].window.label, label) == 0)
            return tallies[i];
    return (struct ga_due_tally){0};
}

static void switch_on(struct office *office, const char *duty)
{
    char word[80];
    snprintf(word, sizeof(word), "duty=%s", duty);
    RECORD(office, "duty_choice", NULL, word, "is_on=1", "from_on=2026-11-01");
}

static void a_record_dated_in_the_month_closes_it_and_no_other_does(void **state)
{
    struct office *office = *state;
    const struct ga_uuid done = CHILD(office, "name=何丽"), open = CHILD(office, "name=彭英俊"),
                         other = CHILD(office, "name=黄宁");
    TALK(office, &done, "talked_on=2026-11-05");
    TALK(office, &other, "talked_on=2026-10-31");
    assert_int_equal(state_of(office, &done, "talk_month", "2026-11"), GA_DUE_DONE);
    assert_int_equal(state_of(office, &open, "talk_month", "2026-11"), GA_DUE_OPEN);
    assert_int_equal(state_of(office, &other, "talk_month", "2026-11"), GA_DUE_OPEN);
    assert_int_equal(due_of(office, &open, "talk_month", "2026-11")->window.due_on.day, 30);
    const struct ga_due_tally tally = tally_of(office, "talk_month", "2026-11");
    assert_int_equal(tally.done, 1);
    assert_int_equal(tally.owed, 3);
}

static void who_is_not_left_behind_owes_nothing(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = school_session_add(&office->school, "child", NULL, "name=周强", "grade=三年级", "class=2",
                                                    "marked_left_behind=否", NULL);
    assert_int_equal(state_of(office, &child, "talk_month", "2026-11"), -1);
}

static void months_before_the_archive_began_show_what_was_done_and_miss_nothing(void **state)
{
    struct office *office = *state;
    const struct ga_uuid done = CHILD(office, "name=何丽"), not_done = CHILD(office, "name=彭英俊");
    TALK(office, &done, "talked_on=2026-10-12");
    assert_int_equal(state_of(office, &done, "talk_month", "2026-10"), GA_DUE_DONE);
    assert_int_equal(state_of(office, &not_done, "talk_month", "2026-10"), -1);
    assert_int_equal(tally_of(office, "talk_month", "2026-10").owed, 1);
}

static void nobody_at_home_is_a_try(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=崔子乐");
    switch_on(office, "visit_month");
    RECORD(office, "home_visit", &child, "visited_on=2026-11-21", "outcome=家中无人");
    const struct ga_due *due = due_of(office, &child, "visit_month", "2026-11");
    assert_non_null(due);
    assert_int_equal(due->state, GA_DUE_OPEN);
    assert_int_equal(due->tries, 1);
    assert_int_equal(due->done, 0);
    assert_true(due->record != 0);
    assert_int_equal(tally_of(office, "visit_month", "2026-11").tried, 1);
}

static void a_visit_in_the_days_of_grace_closes_the_month_before_and_not_two(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=崔子乐");
    switch_on(office, "visit_month");
    set_day(office, 2026, 12, 3);
    assert_int_equal(state_of(office, &child, "visit_month", "2026-11"), GA_DUE_LATE);
    assert_int_equal(due_of(office, &child, "visit_month", "2026-11")->days_late, 3);
    RECORD(office, "home_visit", &child, "visited_on=2026-12-03", "outcome=已见面", "met=grandmother_f", "concerns=ok");
    assert_int_equal(state_of(office, &child, "visit_month", "2026-11"), GA_DUE_DONE_LATE);
    assert_int_equal(state_of(office, &child, "visit_month", "2026-12"), GA_DUE_OPEN);
    set_day(office, 2026, 12, 20);
    RECORD(office, "home_visit", &child, "visited_on=2026-11-28", "outcome=已见面", "met=grandmother_f", "concerns=ok"); /* typed late */
    assert_int_equal(state_of(office, &child, "visit_month", "2026-11"), GA_DUE_DONE);
    assert_int_equal(state_of(office, &child, "visit_month", "2026-12"), GA_DUE_DONE);
}

static void a_month_that_is_over_is_missed(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=崔子乐");
    switch_on(office, "visit_month");
    set_day(office, 2026, 12, 8);
    assert_int_equal(state_of(office, &child, "visit_month", "2026-11"), GA_DUE_MISSED);
    assert_int_equal(state_of(office, &child, "visit_month", "2026-12"), GA_DUE_OPEN);
}

static void who_leaves_stays_in_the_months_figures_when_visited_and_rests_when_not(void **state)
{
    struct office *office = *state;
    const struct ga_uuid visited = CHILD(office, "name=史晨志"), not_visited = CHILD(office, "name=宋涵");
    TALK(office, &visited, "talked_on=2026-11-05");
    set_day(office, 2026, 11, 27);
    RECORD(office, "status_change", &visited, "kind=with_parents", "from_on=2026-11-27");
    RECORD(office, "status_change", &not_visited, "kind=转学", "from_on=2026-11-27");
    for (int day = 27; day <= 30; day += 3) {
        set_day(office, 2026, 11, day);
        assert_int_equal(state_of(office, &visited, "talk_month", "2026-11"), GA_DUE_DONE);
        assert_int_equal(state_of(office, &not_visited, "talk_month", "2026-11"), GA_DUE_RESTS);
        const struct ga_due_tally tally = tally_of(office, "talk_month", "2026-11");
        assert_int_equal(tally.owed, 1);
        assert_int_equal(tally.rests, 1);
    }
    set_day(office, 2026, 12, 2);
    assert_int_equal(state_of(office, &visited, "talk_month", "2026-11"), GA_DUE_DONE);
    assert_int_equal(state_of(office, &visited, "talk_month", "2026-12"), -1);
}

static void away_for_a_while_rests_until_the_child_is_back(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=宋涵");
    RECORD(office, "status_change", &child, "kind=away", "from_on=2026-11-20", "until_on=2026-11-25");
    assert_int_equal(state_of(office, &child, "talk_month", "2026-11"), GA_DUE_RESTS);
    set_day(office, 2026, 11, 26);
    assert_int_equal(state_of(office, &child, "talk_month", "2026-11"), GA_DUE_OPEN);
}

static void a_reason_excuses_and_another_day_postpones(void **state)
{
    struct office *office = *state;
    const struct ga_uuid ill = CHILD(office, "name=宋涵"), later = CHILD(office, "name=何丽");
    RECORD(office, "duty_outcome", &ill, "duty=talk_month", "period=2026-11", "outcome=ill", "said_on=2026-11-23");
    RECORD(office, "duty_outcome", &later, "duty=talk_month", "period=2026-11", "outcome=postponed", "until_on=2026-11-28",
           "said_on=2026-11-23");
    assert_int_equal(state_of(office, &ill, "talk_month", "2026-11"), GA_DUE_EXCUSED);
    assert_false(due_of(office, &ill, "talk_month", "2026-11")->is_confirmed);
    assert_int_equal(state_of(office, &later, "talk_month", "2026-11"), GA_DUE_COMING);
    const struct ga_due_tally tally = tally_of(office, "talk_month", "2026-11");
    assert_int_equal(tally.excused, 1);
    assert_int_equal(tally.unconfirmed, 1);
    assert_int_equal(tally.owed, 1);
    set_day(office, 2026, 11, 28);
    assert_int_equal(state_of(office, &later, "talk_month", "2026-11"), GA_DUE_OPEN);
}

static void on_the_day_it_was_put_off_to_it_is_done_in_time_though_its_month_is_over(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=宋涵");
    RECORD(office, "duty_outcome", &child, "duty=talk_month", "period=2026-11", "outcome=postponed", "until_on=2026-12-16",
           "said_on=2026-11-23");
    set_day(office, 2026, 12, 16);
    assert_int_equal(state_of(office, &child, "talk_month", "2026-11"), GA_DUE_OPEN);
    TALK(office, &child, "talked_on=2026-12-16");
    assert_int_equal(state_of(office, &child, "talk_month", "2026-11"), GA_DUE_DONE);
    assert_int_equal(state_of(office, &child, "talk_month", "2026-12"), GA_DUE_OPEN);
    assert_string_equal(GA_DATE_ISO(due_of(office, &child, "talk_month", "2026-11")->window.opens), "2026-11-01");
}

static void of_two_days_it_was_put_off_to_the_newest_holds(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=宋涵"), excused = CHILD(office, "name=何丽");
    RECORD(office, "duty_outcome", &child, "duty=talk_month", "period=2026-11", "outcome=postponed", "until_on=2026-12-16",
           "said_on=2026-11-22");
    RECORD(office, "duty_outcome", &child, "duty=talk_month", "period=2026-11", "outcome=postponed", "until_on=2026-11-25",
           "said_on=2026-11-23");
    assert_string_equal(GA_DATE_ISO(due_of(office, &child, "talk_month", "2026-11")->window.opens), "2026-11-25");
    assert_string_equal(GA_DATE_ISO(due_of(office, &child, "talk_month", "2026-11")->window.due_on), "2026-11-30");
    RECORD(office, "duty_outcome", &excused, "duty=talk_month", "period=2026-11", "outcome=postponed", "until_on=2026-12-16",
           "said_on=2026-11-22");
    RECORD(office, "duty_outcome", &excused, "duty=talk_month", "period=2026-11", "outcome=ill", "said_on=2026-11-23");
    assert_string_equal(GA_DATE_ISO(due_of(office, &excused, "talk_month", "2026-11")->window.due_on), "2026-11-30");
}

static void agree_on_month(struct office *office, struct ga_date day);

/* The list of the month has it, so has the sheet: so must the counts. */
static void what_was_put_off_into_a_month_is_counted_in_it(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=宋涵"), done = CHILD(office, "name=何丽");
    RECORD(office, "duty_outcome", &child, "duty=talk_month", "period=2026-11", "outcome=postponed", "until_on=2026-12-16",
           "said_on=2026-11-23");
    RECORD(office, "duty_outcome", &done, "duty=talk_month", "period=2026-11", "outcome=postponed", "until_on=2026-12-16",
           "said_on=2026-11-23");
    agree_on_month(office, (struct ga_date){2026, 11, 1});
    agree_on_month(office, (struct ga_date){2026, 12, 1});
    set_day(office, 2026, 12, 18);
    TALK(office, &done, "talked_on=2026-12-16");
    agree_on_month(office, (struct ga_date){2026, 11, 1});
    agree_on_month(office, (struct ga_date){2026, 12, 1});
}

static void agree_on_page(struct office *office);

/* Days that hang on records are come upon by day, not by the roster's order. */
static void the_first_page_has_the_order_of_the_whole_list(void **state)
{
    struct office *office = *state;
    static const char *const NAMES[] = {"name=郑一", "name=白二", "name=何三", "name=安四", "name=毛五", "name=丁六"};
    switch_on(office, "first_visit");
    for (size_t i = 0; i < 6; i++)
        CHILD(office, NAMES[i], "father_away_since=2026-11-20");
    agree_on_page(office);
}

static void a_duty_is_owed_where_it_is_switched_on_from_that_day(void **state)
{
    struct office *office = *state;
    const struct ga_uuid here = CHILD(office, "name=宋涵");
    const struct ga_uuid there = school_session_add(&office->school, "child", NULL, "name=何丽", "grade=四年级", "class=1",
                                                    "marked_left_behind=是", NULL);
    RECORD(office, "duty_choice", NULL, "duty=visit_month", "is_on=1", "from_on=2026-11-01", "class=三年级(2)班");
    assert_int_equal(state_of(office, &here, "visit_month", "2026-11"), GA_DUE_OPEN);
    assert_int_equal(state_of(office, &there, "visit_month", "2026-11"), -1);
    const struct ga_roster_class class = {.site = "main", .grade = "g3", .class_no = "2"};
    assert_true(ga_care_is_on(office->care, (size_t)ga_duties_find(ga_care_duties(office->care), "talk_month"), &class,
                              (struct ga_date){2026, 11, 23}));
    RECORD(office, "duty_choice", NULL, "duty=talk_month", "is_on=0", "from_on=2026-11-02");
    assert_int_equal(state_of(office, &here, "talk_month", "2026-11"), -1);
}

static void linked_files_are_one_child(void **state)
{
    struct office *office = *state;
    const struct ga_uuid first = CHILD(office, "name=宋涵"), second = CHILD(office, "name=宋涵", "village=上坝村");
    TALK(office, &second, "talked_on=2026-11-05");
    assert_int_equal(tally_of(office, "talk_month", "2026-11").owed, 2);
    assert_int_equal(ga_same_say(office->school.session->store, &first, &second, GA_SAME_LINKED, NULL, NULL), GA_OK);
    assert_int_equal(tally_of(office, "talk_month", "2026-11").owed, 1);
    assert_int_equal(state_of(office, &first, "talk_month", "2026-11"), GA_DUE_DONE);
    assert_int_equal(ga_same_say(office->school.session->store, &first, &second, GA_SAME_DIFFERENT, NULL, NULL), GA_OK);
    assert_int_equal(tally_of(office, "talk_month", "2026-11").owed, 2);
    assert_int_equal(state_of(office, &first, "talk_month", "2026-11"), GA_DUE_OPEN);
}

static void it_is_the_proxy_parents_else_the_class_teachers(void **state)
{
    struct office *office = *state;
    const struct ga_uuid paired = CHILD(office, "name=宋涵"), other = CHILD(office, "name=何丽");
    RECORD(office, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    RECORD(office, "pairing", &paired, "kind=proxy", "helper=唐老师", "from_on=2026-09-10");
    assert_string_equal(due_of(office, &paired, "talk_month", "2026-11")->owner, "唐老师");
    assert_string_equal(due_of(office, &other, "talk_month", "2026-11")->owner, "周老师");
    const struct ga_due_ask ask = {.owner = "唐老师", .duty = "talk_month"};
    struct ga_due *dues;
    size_t count = 0;
    assert_int_equal(ga_due_list(office->care, &ask, &office->arena, &dues, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
}

static size_t count_of(struct office *office, const char *owner, const char *duty)
{
    const struct ga_due_ask ask = {.owner = owner, .duty = duty};
    struct ga_due *dues;
    size_t count = 0;
    assert_int_equal(ga_due_list(office->care, &ask, &office->arena, &dues, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(dues[i].owner, owner);
    return count;
}

static void over_a_holiday_it_is_whoever_stands_in(void **state)
{
    struct office *office = *state;
    bool has = false;
    CHILD(office, "name=何丽");
    const struct ga_uuid paired = CHILD(office, "name=宋涵");
    RECORD(office, "class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    RECORD(office, "pairing", &paired, "kind=proxy", "helper=唐老师", "from_on=2026-09-10");
    RECORD(office, "duty_choice", NULL, "duty=winter_call", "is_on=1", "from_on=2026-09-01");
    RECORD(office, "holiday_watch", NULL, "from_on=2027-01-15", "until_on=2027-01-20", "class=三年级(2)班", "watcher=村支书老王");
    set_day(office, 2027, 1, 19);
    assert_int_equal(count_of(office, "村支书老王", "guardian_talk_term"), 0); /* what rests in holidays is nobody else's, whatever the days */
    assert_int_equal(count_of(office, "周老师", "guardian_talk_term"), 1);
    set_day(office, 2027, 1, 24);
    assert_int_equal(count_of(office, "周老师", "winter_call"), 1);
    assert_int_equal(count_of(office, "唐老师", "winter_call"), 1);
    RECORD(office, "holiday_watch", NULL, "from_on=2027-01-25", "until_on=2027-02-05", "class=三年级(2)班", "watcher=村支书老王");
    assert_int_equal(count_of(office, "周老师", "winter_call"), 1); /* not yet */
    set_day(office, 2027, 1, 25);
    assert_int_equal(count_of(office, "村支书老王", "winter_call"), 2); /* the proxy parent's too */
    assert_int_equal(count_of(office, "周老师", "winter_call"), 0);
    assert_int_equal(count_of(office, "村支书老王", "guardian_talk_term"), 0); /* what rests in holidays stays whose it is */
    assert_int_equal(count_of(office, "周老师", "guardian_talk_term"), 1);
    assert_int_equal(ga_care_has_children(office->care, "村支书老王", &has, NULL), GA_OK);
    assert_true(has);
    RECORD(office, "holiday_watch", NULL, "from_on=2027-02-01", "until_on=2027-02-10", "watcher=值班老师"); /* the newest word of those days */
    set_day(office, 2027, 2, 1);
    assert_int_equal(count_of(office, "值班老师", "winter_call"), 2);
    set_day(office, 2027, 2, 11);
    assert_int_equal(count_of(office, "值班老师", "winter_call"), 0);
    assert_int_equal(count_of(office, "周老师", "winter_call"), 1);
}

static void a_class_owes_its_meeting_while_one_of_its_children_is_left_behind(void **state)
{
    struct office *office = *state;
    const struct ga_due_ask ask = {.duty = "parents_meeting", .grade = "g3", .class_no = "2", .span = {{2026, 9, 1}, {2026, 12, 31}},
                                   .states = (1u << GA_DUE_STATE_COUNT) - 1};
    struct ga_due *dues;
    size_t count = 0;
    set_day(office, 2026, 9, 5);
    RECORD(office, "duty_choice", NULL, "duty=parents_meeting", "is_on=1", "from_on=2026-09-01");
    assert_int_equal(ga_due_list(office->care, &ask, &office->arena, &dues, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    CHILD(office, "name=宋涵");
    assert_int_equal(ga_due_list(office->care, &ask, &office->arena, &dues, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(dues[0].child, 0);
    assert_int_equal(dues[0].state, GA_DUE_OPEN);
    RECORD(office, "meeting", NULL, "held_on=2026-09-04", "kind=parents", "title=家长会", "class=三年级(2)班");
    assert_int_equal(ga_due_list(office->care, &ask, &office->arena, &dues, &count, NULL), GA_OK);
    assert_int_equal(dues[0].state, GA_DUE_DONE);
    assert_int_equal(tally_of(office, "parents_meeting", dues[0].window.label).done, 1);
}

static void a_class_that_a_child_is_moved_to_owes_its_meeting(void **state)
{
    struct office *office = *state;
    const struct ga_due_ask ask = {.duty = "parents_meeting", .grade = "g3", .class_no = "9", .span = {{2026, 9, 1}, {2026, 12, 31}},
                                   .states = (1u << GA_DUE_STATE_COUNT) - 1};
    struct ga_due *dues;
    size_t count = 0;
    set_day(office, 2026, 9, 5);
    RECORD(office, "duty_choice", NULL, "duty=parents_meeting", "is_on=1", "from_on=2026-09-01");
    RECORD(office, "meeting", NULL, "held_on=2026-09-04", "kind=parents", "title=家长会", "class=三年级(9)班");
    const struct ga_uuid child = CHILD(office, "name=宋涵");
    assert_int_equal(ga_due_list(office->care, &ask, &office->arena, &dues, &count, NULL), GA_OK);
    assert_int_equal(count, 0);
    edit(office, &child, "class", "9");
    assert_int_equal(ga_due_list(office->care, &ask, &office->arena, &dues, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(dues[0].state, GA_DUE_DONE);
}

static void expect_said(struct office *office, const struct ga_due *due, const char *wanted)
{
    const char *const *lines;
    size_t count = 0;
    assert_int_equal(ga_due_explain(office->care, due, GA_ZH, &office->arena, &lines, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++)
        if (strstr(lines[i], wanted) != NULL)
            return;
    fail_msg("'%s' is not said", wanted);
}

/* Why just this child, from which day on. */
static void it_says_the_facts_that_made_it_owed(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=宋涵", "father_away_since=2026-11-20", "key_child=1");
    switch_on(office, "first_visit");
    expect_said(office, due_of(office, &child, "talk_month", "2026-11"), "按“学校口径”算是留守儿童");
    expect_said(office, due_of(office, &child, "key_week", "2026-W48"), "重点帮扶（★），所以该做");
    expect_said(office, due_of(office, &child, "first_visit", ""), "从 2026年11月20日 算起");
}

static void it_explains_itself(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=宋涵");
    const char *const *lines;
    size_t count = 0;
    const struct ga_due *due = due_of(office, &child, "talk_month", "2026-11");
    assert_int_equal(ga_due_explain(office->care, due, GA_ZH, &office->arena, &lines, &count, NULL), GA_OK);
    bool says_until = false;
    for (size_t i = 0; i < count; i++)
        says_until |= strstr(lines[i], "现在可做，最晚 2026年11月30日") != NULL;
    assert_true(says_until);
}

static int64_t differences(struct office *office)
{
    int64_t found = -1;
    struct ga_error err = {0};
    const enum ga_rc rc = ga_care_check(office->care, &found, &err);
    if (rc != GA_OK)
        fail_msg("%s", err.what.id);
    return found;
}

static void forget_all(struct office *office)
{
    assert_int_equal(ga_db_exec(ga_store_db(office->school.session->store), "UPDATE _due_mark SET day = '2000-01-01'", NULL), GA_OK);
    office->care->shown_op = -1;
}

static int64_t steps_of_count(struct office *office)
{
    struct ga_db *db = ga_store_db(office->school.session->store);
    forget_all(office);
    sql_steps_begin(db);
    assert_int_equal(ga_care_follow(office->care, NULL), GA_OK);
    return sql_steps_end(db);
}

/* Everybody has what was once read of the whole school for each span of children. */
static void add_busy_children(struct office *office, int count)
{
    for (int i = 0; i < count; i++) {
        const struct ga_uuid child = CHILD(office, "name=何丽");
        RECORD(office, "status_change", &child, "kind=away", "from_on=2026-11-02", "until_on=2026-11-04");
        RECORD(office, "pairing", &child, "kind=proxy", "helper=周老师", "from_on=2026-09-01");
        RECORD(office, "duty_outcome", &child, "duty=talk_month", "period=2026-11", "outcome=other", "reason=请假",
               "said_on=2026-11-20");
    }
}

static void the_count_of_a_day_grows_with_the_children_not_with_their_square(void **state)
{
    struct office *office = *state;
    int64_t steps[3];
    assert_int_equal(ga_care_follow(office->care, NULL), GA_OK);
    office->care->span_children = 2;
    for (int i = 0; i < 3; i++) {
        add_busy_children(office, i == 2 ? 24 : 12); /* 12, 24, 48 */
        assert_int_equal(ga_care_follow(office->care, NULL), GA_OK);
        steps[i] = steps_of_count(office);
    }
    const int64_t few = steps[1] - steps[0], many = steps[2] - steps[1]; /* of 12 more, of 24 more */
    assert_in_range(many, 1, 2 * few + few / 10);
}

static bool is_wanted(void *ctx)
{
    return --*(int *)ctx == 0;
}

static size_t dues_of(struct office *office)
{
    struct ga_due *dues;
    size_t count = 0;
    const struct ga_due_ask ask = {0};
    assert_int_equal(ga_due_list(office->care, &ask, &office->arena, &dues, &count, NULL), GA_OK);
    return count;
}

static void a_count_that_gives_way_leaves_what_was_and_is_made_whole_by_the_next(void **state)
{
    struct office *office = *state;
    int64_t kept = 0;
    add_busy_children(office, 9);
    const size_t all = dues_of(office);
    assert_true(all > 0);
    office->care->span_children = 2;
    forget_all(office);
    for (int spans = 1; spans <= 5; spans++) { /* a key comes after each of them */
        int left = spans;
        ga_care_give_way(office->care, is_wanted, &left);
        assert_int_equal(ga_care_follow(office->care, NULL), GA_CANCELLED);
        assert_true(ga_care_is_put_off(office->care));
        assert_int_equal(ga_db_query_int(ga_store_db(office->school.session->store),
                                         "SELECT count(*) FROM _due_mark WHERE day = '2000-01-01'", &kept, NULL), GA_OK);
        assert_int_equal(kept, 1);
    }
    ga_care_give_way(office->care, NULL, NULL);
    assert_int_equal(dues_of(office), all);
    assert_false(ga_care_is_put_off(office->care));
    assert_int_equal(differences(office), 0);
}

static void what_was_kept_of_another_day_is_counted_once_by_the_check(void **state)
{
    struct office *office = *state;
    struct ga_db *db = ga_store_db(office->school.session->store);
    CHILD(office, "name=何丽");
    assert_int_equal(ga_care_follow(office->care, NULL), GA_OK);
    const int64_t steps = steps_of_count(office);
    forget_all(office);
    sql_steps_begin(db);
    assert_int_equal(differences(office), 0);
    assert_in_range(sql_steps_end(db), steps / 2, steps + steps / 10);
}

/* Of the one thing it lists; "": it lists nothing. */
static const char *only_owner(struct office *office, const struct ga_due_ask *ask)
{
    struct ga_due *dues;
    size_t count = 0;
    assert_int_equal(ga_due_list(office->care, ask, &office->arena, &dues, &count, NULL), GA_OK);
    assert_true(count <= 1);
    return count == 0 ? "" : dues[0].owner;
}

static void close_plan(struct office *office, const struct ga_uuid *plan)
{
    struct ga_entry *entry;
    assert_int_equal(ga_entry_open(office->school.session, plan, &entry, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "closed_on"), NULL, "2026-11-22", NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "outcome"), NULL, "solved", NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

/* Walk 2.3: whoever the plan names rings each week, be it neither its proxy parent nor its class teacher. */
static void a_key_childs_week_is_whose_the_plan_names(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=秦岭雪", "key_child=1");
    const int64_t no = number_of(office, &child);
    const struct ga_due_ask week = {.child = no, .duty = "key_week"}, hers = {.owner = "盘老师", .duty = "key_week"};
    RECORD(office, "pairing", &child, "kind=proxy", "helper=唐老师", "from_on=2026-09-10");
    assert_string_equal(only_owner(office, &week), "唐老师"); /* no plan yet */
    const struct ga_uuid plan = RECORD(office, "care_plan", &child, "opened_on=2026-11-20", "reasons=none_guards", "review_every=month", "problem=独自生活", "goal=有人照看",
                                       "owner=盘老师", "lead=吴校长");
    assert_string_equal(only_owner(office, &week), "盘老师");
    assert_string_equal(only_owner(office, &hers), "盘老师");
    bool has = false;
    assert_int_equal(ga_care_has_children(office->care, "盘老师", &has, NULL), GA_OK);
    assert_true(has);
    const struct ga_due_ask talks = {.child = no, .duty = "talk_month"};
    assert_string_equal(only_owner(office, &talks), "唐老师"); /* the plan takes over nothing else */
    assert_int_equal(differences(office), 0);
    close_plan(office, &plan);
    assert_string_equal(only_owner(office, &week), "唐老师");
    assert_string_equal(only_owner(office, &hers), "");
    assert_int_equal(differences(office), 0);
}

/* The list, the counts and the sheet of the class say the same of a month. */
static void agree_on_month(struct office *office, struct ga_date day)
{
    struct ga_arena arena = {0};
    const struct ga_roster_class class = {.site = "main", .grade = "g3", .class_no = "2"};
    struct ga_checklist sheet;
    struct ga_due_tally *tallies;
    size_t count = 0;
    assert_int_equal(ga_checklist_read(office->care, &class, day, GA_ZH, &arena, &sheet, NULL), GA_OK);
    const struct ga_due_ask ask = {.site = "main", .grade = "g3", .class_no = "2", .span = sheet.month};
    assert_int_equal(ga_due_tallies(office->care, &ask, &arena, &tallies, &count, NULL), GA_OK);
    for (size_t c = 0; c < sheet.columns_count; c++) {
        int64_t owed = 0, done = 0;
        for (size_t i = 0; i < count; i++) {
            owed += tallies[i].duty == sheet.columns[c] ? tallies[i].owed : 0;
            done += tallies[i].duty == sheet.columns[c] ? tallies[i].done : 0;
        }
        assert_int_equal(sheet.sums[c].owed, owed);
        assert_int_equal(sheet.sums[c].done, done);
    }
    ga_arena_finish(&arena);
}

/* The first of the school's list are the first of the whole list. */
static void agree_on_page(struct office *office)
{
    struct ga_arena arena = {0};
    struct ga_due_ask ask = {.limit = 5};
    struct ga_due *page, *all;
    size_t page_count = 0, all_count = 0;
    assert_int_equal(ga_due_list(office->care, &ask, &arena, &page, &page_count, NULL), GA_OK);
    ask.limit = 0;
    assert_int_equal(ga_due_list(office->care, &ask, &arena, &all, &all_count, NULL), GA_OK);
    assert_int_equal(page_count, all_count < 5 ? all_count : 5);
    for (size_t i = 0; i < page_count; i++) {
        assert_int_equal(page[i].duty, all[i].duty);
        assert_int_equal(page[i].child, all[i].child);
        assert_string_equal(page[i].window.label, all[i].window.label);
    }
    ga_arena_finish(&arena);
}

enum { CHILDREN = 8 };

static void save_something(struct office *office, struct ga_uuid *children, uint64_t *dice, struct ga_date today)
{
    static const char *const DUTIES[] = {"duty=visit_month", "duty=key_week", "duty=absence_ask", "duty=first_visit",
                                         "duty=parents_meeting", "duty=home_room_week"};
    static const char *const KINDS[] = {"kind=转学", "kind=returned", "kind=away"};
    const struct ga_uuid *child = &children[dice_draw(dice, CHILDREN)];
    char on[16], from[64];
    ga_str_copy(on, sizeof(on), GA_DATE_ISO(ga_date_add_days(today, -(int32_t)dice_draw(dice, 40))));
    switch (dice_draw(dice, 14)) {
    case 0:
        snprintf(from, sizeof(from), "from_on=%s", on);
        RECORD(office, "status_change", child, KINDS[dice_draw(dice, 3)], from);
        break;
    case 1:
        edit(office, child, dice_draw(dice, 2) ? "key_child" : "marked_left_behind", dice_draw(dice, 2) ? "是" : "否");
        break;
    case 2:
        edit(office, child, "class", dice_draw(dice, 2) ? "1" : "2");
        break;
    case 3:
        snprintf(from, sizeof(from), "from_on=%s", on);
        RECORD(office, "duty_choice", NULL, DUTIES[dice_draw(dice, 6)], dice_draw(dice, 3) ? "is_on=1" : "is_on=0", from);
        break;
    case 4:
        RECORD(office, "duty_outcome", child, "duty=talk_month", "period=2026-11", dice_draw(dice, 2) ? "outcome=ill" : "outcome=other");
        break;
    case 5:
    case 10:
        ga_same_say(office->school.session->store, child, &children[dice_draw(dice, CHILDREN)],
                    dice_draw(dice, 2) ? GA_SAME_LINKED : GA_SAME_DIFFERENT, NULL, NULL);
        break;
    case 12:
        snprintf(from, sizeof(from), "held_on=%s", on);
        RECORD(office, "meeting", NULL, from, "kind=parents", "title=家长会", dice_draw(dice, 2) ? "class=三年级(2)班" : "class=三年级(1)班");
        break;
    case 13:
        snprintf(from, sizeof(from), "opened_on=%s", on);
        RECORD(office, "care_plan", child, from, "reasons=none_guards", "review_every=month", "problem=学习", "goal=跟上", dice_draw(dice, 2) ? "owner=盘老师" : "owner=唐老师", "lead=吴校长");
        break;
    case 6:
        snprintf(from, sizeof(from), "visited_on=%s", on);
        RECORD(office, "home_visit", child, from, dice_draw(dice, 3) ? "outcome=met" : "outcome=not_home", "met=grandmother_f",
               "concerns=ok");
        break;
    default:
        snprintf(from, sizeof(from), "talked_on=%s", on);
        TALK(office, child, from);
        break;
    }
}

/* A school is counted span after span; files of one child may lie in two of them. */
static void counted_in_spans_is_counted_at_once(void **state)
{
    struct office *office = *state;
    struct ga_uuid children[CHILDREN];
    uint64_t dice = 20261125;
    char name[40];
    const struct ga_date today = {2026, 11, 23};
    for (size_t i = 0; i < CHILDREN; i++) {
        snprintf(name, sizeof(name), "name=孩子%c", (char)('A' + i));
        children[i] = CHILD(office, name);
    }
    switch_on(office, "visit_month");
    for (int i = 0; i < 25; i++)
        save_something(office, children, &dice, today);
    assert_int_equal(ga_same_say(office->school.session->store, &children[0], &children[CHILDREN - 1], GA_SAME_LINKED, NULL, NULL),
                     GA_OK);
    TALK(office, &children[0], "talked_on=2026-11-10");
    TALK(office, &children[CHILDREN - 1], "talked_on=2026-10-10");
    assert_int_equal(ga_care_follow(office->care, NULL), GA_OK);
    for (int span = 1; span < 4; span++) {
        office->care->span_children = span;
        assert_int_equal(differences(office), 0);
    }
}

/* Only who owes is read, so a linked file may lie among others' that are read: what stands in it counts once. */
static void a_linked_file_among_others_is_counted_once(void **state)
{
    struct office *office = *state;
    struct ga_uuid children[CHILDREN];
    char name[40];
    for (size_t i = 0; i < CHILDREN; i++) {
        snprintf(name, sizeof(name), "name=孩子%c", (char)('A' + i));
        children[i] = CHILD(office, name);
        if (i > 0 && i < 5)
            edit(office, &children[i], "marked_left_behind", "否");
    }
    assert_int_equal(ga_same_say(office->school.session->store, &children[0], &children[6], GA_SAME_LINKED, NULL, NULL), GA_OK);
    TALK(office, &children[6], "talked_on=2026-11-10");
    RECORD(office, "parent_call", &children[6], "called_on=2026-11-03", "whom=father", "outcome=no_answer");
    assert_int_equal(state_of(office, &children[0], "talk_month", "2026-11"), GA_DUE_DONE);
    assert_int_equal(due_of(office, &children[0], "call_month", "2026-11")->tries, 1);
    assert_int_equal(differences(office), 0);
    assert_int_equal(due_of(office, &children[0], "call_month", "2026-11")->tries, 1);
    assert_null(due_of(office, &children[2], "talk_month", "2026-11"));
}

struct asked_children {
    int64_t nos[CHILDREN];
    size_t found[CHILDREN];
};

static long note_child(void *ctx, int64_t no)
{
    struct asked_children *asked = ctx;
    for (size_t i = 0; i < CHILDREN; i++)
        if (asked->nos[i] == no) {
            asked->found[i]++;
            return (long)i;
        }
    return -1;
}

/* What the count costs hangs on it: of the others no row comes, and of a linked file each once, whichever run it lies in. */
static void records_are_read_of_the_children_asked_for_alone(void **state)
{
    struct office *office = *state;
    struct ga_uuid children[CHILDREN];
    struct asked_children asked = {0};
    struct ga_vec runs, contacts;
    char name[40];
    for (size_t i = 0; i < CHILDREN; i++) {
        snprintf(name, sizeof(name), "name=孩子%c", (char)('A' + i));
        children[i] = CHILD(office, name);
        asked.nos[i] = number_of(office, &children[i]);
        TALK(office, &children[i], "talked_on=2026-11-10");
    }
    assert_int_equal(ga_same_say(office->school.session->store, &children[0], &children[6], GA_SAME_LINKED, NULL, NULL), GA_OK);
    assert_int_equal(ga_care_follow(office->care, NULL), GA_OK);
    ga_vec_init(&runs, sizeof(struct ga_due_span));
    ga_vec_init(&contacts, sizeof(struct ga_due_contact));
    *(struct ga_due_span *)ga_vec_push(&runs) = (struct ga_due_span){asked.nos[0], asked.nos[0]};
    *(struct ga_due_span *)ga_vec_push(&runs) = (struct ga_due_span){asked.nos[5], asked.nos[7]};
    const struct ga_due_reading reading = {
        .care = office->care, .duty = (size_t)ga_duties_find(ga_care_duties(office->care), "talk_month"), .runs = &runs,
        .span = {asked.nos[0], asked.nos[CHILDREN - 1]}, .find_child = note_child, .ctx = &asked};
    assert_int_equal(ga_due_contacts_read(&reading, &contacts, NULL), GA_OK);
    const size_t wanted[CHILDREN] = {2, 0, 0, 0, 0, 1, 0, 1};
    assert_memory_equal(asked.found, wanted, sizeof(wanted));
    assert_int_equal(contacts.len, 4);
    ga_vec_finish(&contacts);
    ga_vec_finish(&runs);
}

/* What was followed save by save is what is counted anew, on every day of a year. */
static void followed_is_counted_anew(void **state)
{
    struct office *office = *state;
    struct ga_uuid children[CHILDREN];
    uint64_t dice = 20261123;
    char name[40];
    struct ga_date today = {2026, 9, 1};
    ga_session_set_today(office->school.session, today);
    for (size_t i = 0; i < CHILDREN; i++) {
        snprintf(name, sizeof(name), "name=孩子%c", (char)('A' + i));
        children[i] = CHILD(office, name);
    }
    switch_on(office, "visit_month");
    for (int round = 0; round < 60; round++) {
        if (dice_draw(&dice, 2) == 0) {
            today = ga_date_add_days(today, 1 + (int32_t)dice_draw(&dice, 18));
            ga_session_set_today(office->school.session, today);
        }
        for (uint32_t saves = dice_draw(&dice, 4); saves > 0; saves--)
            save_something(office, children, &dice, today);
        assert_int_equal(ga_care_follow(office->care, NULL), GA_OK);
        agree_on_month(office, today);
        agree_on_month(office, ga_date_add_months(today, -1));
        agree_on_page(office);
        office->care->span_children = round % 2 == 0 ? 3 : GA_CARE_SPAN;
        const int64_t found = differences(office);
        if (found != 0)
            fail_msg("round %d, %s: %d rows differ", round, GA_DATE_ISO(today), (int)found);
    }
}

/* Under the guard, as --where and reports run what somebody else wrote. */
static int64_t count_view(struct office *office, const char *where)
{
    static const char *const views[] = {"v_due"};
    static const struct ga_guard_scope scope = {.kind = GA_GUARD_VIEW, .views = views, .views_count = 1};
    const struct ga_guard_shape shape = {
        .prefix = "SELECT count(*) FROM v_due WHERE (", .suffix = ")", .exprs = &where, .exprs_count = 1, .columns = 1};
    struct ga_stmt *stmt;
    struct ga_error err = {0};
    bool has_row = false;
    assert_int_equal(ga_care_view(office->care, NULL), GA_OK);
    if (ga_guard_prepare(ga_store_db(office->school.session->store), &scope, &shape, &stmt, NULL, &err) != GA_OK)
        fail_msg("%s", err.what.id);
    assert_int_equal(ga_stmt_step(stmt, &has_row, NULL), GA_OK);
    const int64_t count = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return count;
}

static void expressions_read_it_by_name(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=宋涵");
    CHILD(office, "name=何丽");
    assert_int_equal(count_view(office, "duty = 'talk_month' AND period = '2026-11' AND state = 'open'"), 2);
    TALK(office, &child, "talked_on=2026-11-05");
    assert_int_equal(count_view(office, "duty = 'talk_month' AND period = '2026-11' AND state = 'open'"), 1);
    assert_int_equal(count_view(office, "child = '宋涵' AND done_on = '2026-11-05' AND grade = 'g3'"), 1);
    set_day(office, 2026, 12, 1);
    assert_int_equal(count_view(office, "duty = 'talk_month' AND period = '2026-11' AND state IN ('late', 'missed')"), 1);
}

static void after_a_start_anew_the_tables_stand_as_they_were(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=宋涵");
    struct ga_problems problems;
    assert_int_equal(state_of(office, &child, "talk_month", "2026-11"), GA_DUE_OPEN);
    TALK(office, &child, "talked_on=2026-11-05");
    school_session_reopen(&office->school);
    ga_problems_init(&problems);
    assert_int_equal(ga_session_care(office->school.session, &problems, &office->care, NULL), GA_OK);
    ga_problems_finish(&problems);
    assert_int_equal(state_of(office, &child, "talk_month", "2026-11"), GA_DUE_DONE);
    assert_int_equal(differences(office), 0);
}

/* All of a child's for one duty, by their last day on time. */
static size_t all_of(struct office *office, const struct ga_uuid *child, const char *duty, struct ga_due **ret_dues)
{
    const struct ga_due_ask ask = {.child = number_of(office, child), .duty = duty,
                                   .span = {{2025, 8, 1}, {2027, 12, 31}}, .states = (1u << GA_DUE_STATE_COUNT) - 1};
    size_t count = 0;
    assert_int_equal(ga_due_list(office->care, &ask, &office->arena, ret_dues, &count, NULL), GA_OK);
    return count;
}

static void an_event_is_answered_within_its_days(void **state)
{
    struct office *office = *state;
    const struct ga_uuid visited = CHILD(office, "name=宋涵", "father_away_since=2026-11-20"),
                         late = CHILD(office, "name=何丽", "father_away_since=2026-11-20"),
                         missed = CHILD(office, "name=史晨志", "father_away_since=2026-11-20"),
                         never = CHILD(office, "name=彭英俊");
    switch_on(office, "first_visit");
    assert_int_equal(state_of(office, &visited, "first_visit", ""), GA_DUE_OPEN);
    assert_string_equal(GA_DATE_ISO(due_of(office, &visited, "first_visit", "")->window.due_on), "2026-11-27");
    assert_int_equal(state_of(office, &never, "first_visit", ""), -1);
    set_day(office, 2026, 11, 30);
    RECORD(office, "home_visit", &visited, "visited_on=2026-11-27", "outcome=已见面", "met=grandmother_f", "concerns=ok");
    RECORD(office, "home_visit", &late, "visited_on=2026-11-28", "outcome=已见面", "met=grandmother_f", "concerns=ok");
    RECORD(office, "home_visit", &missed, "visited_on=2026-11-19", "outcome=已见面", "met=grandmother_f", "concerns=ok");
    assert_int_equal(state_of(office, &visited, "first_visit", ""), GA_DUE_DONE);
    assert_int_equal(state_of(office, &late, "first_visit", ""), GA_DUE_DONE_LATE);
    assert_int_equal(due_of(office, &missed, "first_visit", "")->days_late, 3);
    assert_int_equal(state_of(office, &missed, "first_visit", ""), GA_DUE_LATE);
    const struct ga_due_tally tally = tally_of(office, "first_visit", "");
    assert_int_equal(tally.owed, 3);
    assert_int_equal(tally.done, 2);
    assert_int_equal(tally.done_late, 1);
    set_day(office, 2026, 12, 21);
    assert_int_equal(state_of(office, &missed, "first_visit", ""), GA_DUE_MISSED);
}

/* Of a window without a label a word holds that was said while it was open: put off, it is closed until that day. */
static void the_word_in_force_is_told_with_what_it_is_said_of(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=宋涵", "father_away_since=2026-11-20"),
                         other = CHILD(office, "name=何丽", "father_away_since=2026-11-20");
    struct ga_uuid id = {{0}};
    switch_on(office, "first_visit");
    assert_int_equal(ga_due_outcome_of(office->school.session, due_of(office, &child, "first_visit", ""), &id, NULL), GA_NOT_FOUND);
    const struct ga_uuid put_off = RECORD(office, "duty_outcome", &child, "duty=first_visit", "outcome=postponed",
                                          "until_on=2026-11-26", "said_on=2026-11-21");
    RECORD(office, "duty_outcome", &child, "duty=first_visit", "outcome=postponed", "until_on=2026-11-26", "said_on=2026-11-22");
    assert_int_equal(state_of(office, &child, "first_visit", ""), GA_DUE_COMING);
    assert_int_equal(ga_due_outcome_of(office->school.session, due_of(office, &child, "first_visit", ""), &id, NULL), GA_OK);
    assert_memory_equal(&id, &put_off, sizeof(id));
    RECORD(office, "duty_outcome", &other, "duty=first_visit", "outcome=ill", "said_on=2026-11-21");
    const struct ga_uuid newest = RECORD(office, "duty_outcome", &other, "duty=first_visit", "outcome=other", "reason=搬家",
                                         "said_on=2026-11-22");
    assert_int_equal(ga_due_outcome_of(office->school.session, due_of(office, &other, "first_visit", ""), &id, NULL), GA_OK);
    assert_memory_equal(&id, &newest, sizeof(id));
}

static void put_duty(struct office *office, const char *name, const char *text)
{
    char path[200];
    struct ga_problems problems;
    struct ga_figures *figures;
    snprintf(path, sizeof(path), "%s/forms/duties/%s.yaml", office->school.folder, name);
    assert_int_equal(ga_io_write_file(ga_io_system(), path, text, strlen(text), NULL), GA_OK);
    ga_problems_init(&problems);
    assert_int_equal(ga_session_figures(office->school.session, &problems, &figures, NULL), GA_OK);
    assert_int_equal(problems.list.len, 0);
    ga_problems_finish(&problems);
    assert_int_equal(ga_session_care(office->school.session, &problems, &office->care, NULL), GA_OK);
}

/* Its days are each child's own: what is said of it is known by the day on which it is said. */
static void what_is_owed_after_an_event_takes_a_reason_while_its_time_lasts(void **state)
{
    struct office *office = *state;
    struct ga_due *dues;
    set_day(office, 2026, 9, 5);
    const struct ga_uuid over = CHILD(office, "name=宋涵", "father_away_since=2026-09-10"), now = CHILD(office, "name=何丽", "father_away_since=2026-11-20");
    switch_on(office, "first_visit");
    set_day(office, 2026, 11, 23);
    assert_int_equal(all_of(office, &over, "first_visit", &dues), 1);
    assert_int_equal(dues[0].state, GA_DUE_MISSED);
    assert_false(ga_due_takes_outcome(office->school.session, &dues[0]));
    assert_int_equal(ga_due_say_outcome(office->school.session, &dues[0], "ill", (struct ga_date){0}, "", NULL), GA_REFUSED);
    assert_int_equal(all_of(office, &now, "first_visit", &dues), 1);
    assert_int_equal(dues[0].state, GA_DUE_OPEN);
    assert_true(ga_due_takes_outcome(office->school.session, &dues[0]));
}

static const char EVERY_FORTNIGHT[] =
    "duty: fortnight\nversion: 1\ntitle: {zh: 两周一谈, en: Fortnightly talk}\nstarts: true\nper: child\n"
    "when: who.school\nperiod: every\ndays: 14\nholidays: true\ndone_by: {form: talk, day: talked_on}\n";

static void every_so_many_days_is_counted_from_the_last_and_stays_late_until_done(void **state)
{
    struct office *office = *state;
    struct ga_due *dues;
    put_duty(office, "fortnight", EVERY_FORTNIGHT);
    const struct ga_uuid child = CHILD(office, "name=宋涵");
    assert_int_equal(state_of(office, &child, "fortnight", ""), GA_DUE_COMING);
    assert_string_equal(GA_DATE_ISO(due_of(office, &child, "fortnight", "")->window.due_on), "2026-12-07");
    set_day(office, 2026, 11, 24);
    assert_int_equal(state_of(office, &child, "fortnight", ""), GA_DUE_OPEN);
    set_day(office, 2027, 1, 6);
    assert_int_equal(state_of(office, &child, "fortnight", ""), GA_DUE_LATE);
    assert_int_equal(due_of(office, &child, "fortnight", "")->days_late, 30);
    TALK(office, &child, "talked_on=2027-01-05");
    assert_int_equal(all_of(office, &child, "fortnight", &dues), 2);
    assert_int_equal(dues[0].state, GA_DUE_DONE_LATE);
    assert_int_equal(dues[1].state, GA_DUE_OPEN);
    assert_string_equal(GA_DATE_ISO(dues[1].window.due_on), "2027-01-19");
    const struct ga_due_tally tally = tally_of(office, "fortnight", "");
    assert_int_equal(tally.owed, 2);
    assert_int_equal(tally.done_late, 1);
    assert_int_equal(differences(office), 0);
}

/* One talked with on 24 November, late with the next one since 8 December, one never, one who leaves. */
static void what_was_owed_every_so_many_days_stays_as_it_was_when_it_is_switched_off(void **state)
{
    struct office *office = *state;
    struct ga_due *dues;
    put_duty(office, "fortnight", EVERY_FORTNIGHT);
    const struct ga_uuid met = CHILD(office, "name=宋涵"), gone = CHILD(office, "name=何丽");
    set_day(office, 2026, 11, 25);
    TALK(office, &met, "talked_on=2026-11-24");
    TALK(office, &gone, "talked_on=2026-11-25");
    set_day(office, 2026, 12, 12);
    RECORD(office, "duty_choice", NULL, "duty=fortnight", "is_on=0", "from_on=2026-12-12");
    RECORD(office, "status_change", &gone, "kind=转学", "from_on=2026-12-12");
    set_day(office, 2026, 12, 20);
    TALK(office, &met, "talked_on=2026-12-15"); /* after it was switched off: nobody's any more */
    assert_int_equal(all_of(office, &met, "fortnight", &dues), 2);
    assert_int_equal(dues[0].state, GA_DUE_DONE);
    assert_int_equal(dues[1].state, GA_DUE_MISSED);
    assert_string_equal(GA_DATE_ISO(dues[1].window.due_on), "2026-12-08");
    assert_string_equal(GA_DATE_ISO(dues[1].window.ends), "2026-12-11");
    assert_int_equal(all_of(office, &gone, "fortnight", &dues), 2);
    const struct ga_uuid new = CHILD(office, "name=彭英俊");
    assert_int_equal(all_of(office, &new, "fortnight", &dues), 0);
    assert_int_equal(count_of(office, "", "fortnight"), 0); /* nothing is to be done */
    assert_int_equal(differences(office), 0);
    RECORD(office, "duty_choice", NULL, "duty=fortnight", "is_on=1", "from_on=2026-12-20");
    assert_int_equal(all_of(office, &new, "fortnight", &dues), 1);
    assert_int_equal(dues[0].state, GA_DUE_COMING);
    assert_int_equal(differences(office), 0);
}

static void what_was_not_yet_due_every_so_many_days_is_gone_with_the_switch(void **state)
{
    struct office *office = *state;
    struct ga_due *dues;
    put_duty(office, "fortnight", EVERY_FORTNIGHT);
    const struct ga_uuid child = CHILD(office, "name=宋涵");
    set_day(office, 2026, 12, 1);
    RECORD(office, "duty_choice", NULL, "duty=fortnight", "is_on=0", "from_on=2026-12-01");
    assert_int_equal(all_of(office, &child, "fortnight", &dues), 0);
    set_day(office, 2026, 12, 20);
    assert_int_equal(all_of(office, &child, "fortnight", &dues), 0);
}

static const struct school_session_form ROUND = {
    "round.yaml", "form: round\nversion: 1\ntitle: {zh: 校点检查, en: Round}\nfields:\n"
                  "  - {name: seen_on, type: date, label: {zh: 日期, en: Date}, required: true}\n"
                  "  - {name: place, type: text, label: {zh: 校点, en: Site}}\n"};

static int start_at_two_sites(void **state)
{
    static struct office office;
    static const char config[] = "school: 红岩村小学\nsites:\n  - {code: main, label: {zh: 中心校, en: Centre}, own: true}\n"
                                 "  - {code: dawan, label: {zh: 大湾教学点, en: Dawan}, aka: [大湾]}\n";
    char path[200];
    memset(&office, 0, sizeof(office));
    school_session_start(&office.school, &ROUND);
    snprintf(path, sizeof(path), "%s/data/config.yaml", office.school.folder);
    assert_int_equal(ga_io_write_file(ga_io_system(), path, config, strlen(config), NULL), GA_OK);
    school_session_reopen(&office.school);
    *state = &office;
    return 0;
}

/* What each site's state is: 'o' open, 'd' done, in the order of the roster. */
static void rounds_of(struct office *office, char *ret_states)
{
    const struct ga_due_ask ask = {.duty = "round_month", .span = {{2026, 11, 1}, {2026, 11, 30}},
                                   .states = (1u << GA_DUE_STATE_COUNT) - 1};
    struct ga_due *dues;
    size_t count = 0;
    assert_int_equal(ga_due_list(office->care, &ask, &office->arena, &dues, &count, NULL), GA_OK);
    assert_true(count <= 2);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(dues[i].child, 0);
        ret_states[i] = dues[i].state == GA_DUE_OPEN ? 'o' : dues[i].state == GA_DUE_DONE ? 'd' : '?';
    }
    ret_states[count] = '\0';
}

static void a_site_owes_its_round_while_a_child_of_it_is_left_behind(void **state)
{
    struct office *office = *state;
    char states[3];
    put_duty(office, "round_month",
             "duty: round_month\nversion: 1\ntitle: {zh: 校点月查, en: Monthly round}\nstarts: true\nper: site\n"
             "when: who.school\nperiod: month\ndone_by: {form: round, day: seen_on, site: place}\n");
    CHILD(office, "name=宋涵", "site=main");
    rounds_of(office, states);
    assert_string_equal(states, "o");
    CHILD(office, "name=何丽", "site=dawan");
    rounds_of(office, states);
    assert_string_equal(states, "oo");
    RECORD(office, "round", NULL, "seen_on=2026-11-10", "place=大湾");
    rounds_of(office, states);
    assert_true(strcmp(states, "od") == 0 || strcmp(states, "do") == 0);
    const struct ga_due_ask ask = {.duty = "round_month", .site = "dawan", .span = {{2026, 11, 1}, {2026, 11, 30}}};
    struct ga_due_tally *tallies;
    size_t count = 0;
    assert_int_equal(ga_due_tallies(office->care, &ask, &office->arena, &tallies, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(tallies[0].site, "dawan");
    assert_int_equal(tallies[0].done, 1);
    RECORD(office, "round", NULL, "seen_on=2026-11-12"); /* of no site in particular: of all */
    rounds_of(office, states);
    assert_string_equal(states, "dd");
    assert_int_equal(differences(office), 0);
}

static void what_the_first_page_says_needs_no_disk(void **state)
{
    struct office *office = *state;
    struct ga_brief brief;
    bool is_known = false;
    CHILD(office, "name=宋涵");
    assert_int_equal(ga_db_exec(ga_store_db(office->school.session->store),
                                "PRAGMA foreign_keys = ON; CREATE TABLE _never (x TEXT PRIMARY KEY); CREATE TABLE _due_brief (user"
                                " TEXT PRIMARY KEY, key INTEGER, body TEXT REFERENCES _never (x) DEFERRABLE INITIALLY DEFERRED)",
                                NULL),
                     GA_OK);
    assert_int_equal(ga_session_brief_make(office->school.session, "周老师", NULL, NULL), GA_OK);
    assert_int_equal(ga_session_brief(office->school.session, "周老师", &office->arena, &brief, &is_known, NULL), GA_OK);
    assert_true(is_known);
    assert_true(brief.owed > 0);
}

/* Three hundred million instructions at a county: all forms read, all duties checked, the page worked out. */
static void what_the_first_page_says_is_not_made_anew_for_forms_named_another_way(void **state)
{
    struct office *office = *state;
    struct ga_brief brief;
    bool is_known = false;
    char other[100];
    CHILD(office, "name=宋涵");
    assert_int_equal(ga_session_brief_make(office->school.session, "周老师", NULL, NULL), GA_OK);
    snprintf(other, sizeof(other), "%s/../forms", office->school.options.forms);
    office->school.options.forms = other;
    school_session_reopen(&office->school);
    assert_int_equal(ga_session_brief(office->school.session, "周老师", &office->arena, &brief, &is_known, NULL), GA_OK);
    assert_true(is_known);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(int argc, char **argv)
{
    const struct CMUnitTest usual[] = {
        CASE(a_record_dated_in_the_month_closes_it_and_no_other_does),
        CASE(who_is_not_left_behind_owes_nothing),
        CASE(the_count_of_a_day_grows_with_the_children_not_with_their_square),
        CASE(a_count_that_gives_way_leaves_what_was_and_is_made_whole_by_the_next),
        CASE(what_was_kept_of_another_day_is_counted_once_by_the_check),
        CASE(months_before_the_archive_began_show_what_was_done_and_miss_nothing),
        CASE(nobody_at_home_is_a_try),
        CASE(a_visit_in_the_days_of_grace_closes_the_month_before_and_not_two),
        CASE(a_month_that_is_over_is_missed),
        CASE(who_leaves_stays_in_the_months_figures_when_visited_and_rests_when_not),
        CASE(away_for_a_while_rests_until_the_child_is_back),
        CASE(a_reason_excuses_and_another_day_postpones),
        CASE(on_the_day_it_was_put_off_to_it_is_done_in_time_though_its_month_is_over),
        CASE(of_two_days_it_was_put_off_to_the_newest_holds),
        CASE(what_was_put_off_into_a_month_is_counted_in_it),
        CASE(the_first_page_has_the_order_of_the_whole_list),
        CASE(a_duty_is_owed_where_it_is_switched_on_from_that_day),
        CASE(linked_files_are_one_child),
        CASE(it_is_the_proxy_parents_else_the_class_teachers),
        CASE(over_a_holiday_it_is_whoever_stands_in),
        CASE(a_key_childs_week_is_whose_the_plan_names),
        CASE(a_class_owes_its_meeting_while_one_of_its_children_is_left_behind),
        CASE(a_class_that_a_child_is_moved_to_owes_its_meeting),
        CASE(it_explains_itself),
        CASE(it_says_the_facts_that_made_it_owed),
        CASE(expressions_read_it_by_name),
        CASE(after_a_start_anew_the_tables_stand_as_they_were),
        CASE(counted_in_spans_is_counted_at_once),
        CASE(a_linked_file_among_others_is_counted_once),
        CASE(records_are_read_of_the_children_asked_for_alone),
        CASE(what_the_first_page_says_needs_no_disk),
        CASE(what_the_first_page_says_is_not_made_anew_for_forms_named_another_way),
        CASE(an_event_is_answered_within_its_days),
        CASE(what_is_owed_after_an_event_takes_a_reason_while_its_time_lasts),
        CASE(the_word_in_force_is_told_with_what_it_is_said_of),
        CASE(every_so_many_days_is_counted_from_the_last_and_stays_late_until_done),
        CASE(what_was_owed_every_so_many_days_stays_as_it_was_when_it_is_switched_off),
        CASE(what_was_not_yet_due_every_so_many_days_is_gone_with_the_switch),
        cmocka_unit_test_setup_teardown(a_site_owes_its_round_while_a_child_of_it_is_left_behind, start_at_two_sites, stop),
    };
    const struct CMUnitTest year[] = {CASE(followed_is_counted_anew)};
    return argc > 1 && strcmp(argv[1], "year") == 0 ? cmocka_run_group_tests_name("due_year", year, NULL, NULL)
                                                    : cmocka_run_group_tests_name("due", usual, NULL, NULL);
}
