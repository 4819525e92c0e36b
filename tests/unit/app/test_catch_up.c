/* A computer that stood still for two months: what ran out meanwhile, one reason for all of it, the signature that confirms it. */
#include "guanai/app/care.h"
#include "guanai/app/catch_up.h"
#include "guanai/app/entry.h"
#include "guanai/app/excuse.h"
#include "guanai/app/sign.h"
#include "guanai/base/alloc.h"
#include "guanai/store/pause.h"
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
static struct ga_catch_up found;
static struct ga_uuid heli, cui, yang;

#define ADD(form, child, ...) school_session_add(&school, (form), (child), __VA_ARGS__, NULL)
#define CHILD(name, class) ADD("child", NULL, "name=" name, "grade=三年级", "class=" class, "marked_left_behind=是")

static void set_day(int year, int month, int day)
{
    ga_session_set_today(school.session, (struct ga_date){(int16_t)year, (int8_t)month, (int8_t)day});
}

static void look(void)
{
    ga_arena_reset(&arena);
    assert_int_equal(ga_catch_up_read(school.session, GA_ZH, &arena, &found, NULL), GA_OK);
}

/*
 * Of all duties only the talk of the month and the theme of the month (of a class) are on. 何丽, 崔子乐: 三年级(2)班 of
 * 周老师; 杨梅: 三年级(1)班. The last save is of 20 September: 何丽 was talked with. The headteacher founded the archive.
 */
static int start(void **state)
{
    (void)state;
    static const char *const off[] = {"call_month", "contact_month", "visit_phase", "guardian_talk_term"};
    school_session_start(&school, NULL);
    set_day(2026, 9, 2);
    heli = CHILD("何丽", "2");
    cui = CHILD("崔子乐", "2");
    yang = CHILD("杨梅", "1");
    ADD("class_teacher", NULL, "class=三年级(2)班", "teacher=周老师", "from_on=2026-09-01");
    for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++) {
        char word[80];
        snprintf(word, sizeof(word), "duty=%s", off[i]);
        ADD("duty_choice", NULL, word, "is_on=0", "from_on=2026-09-01");
    }
    ADD("duty_choice", NULL, "duty=theme_month", "is_on=1", "from_on=2026-09-01");
    set_day(2026, 9, 20);
    ADD("talk", &heli, "talked_on=2026-09-18", "topics=study", "mood=4", "talker=周老师");
    set_day(2026, 11, 23);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    ga_arena_finish(&arena);
    school_session_stop(&school);
    return 0;
}

/* "talk_month 三年级(2)班 3 2|…" */
static const char *rows_text(void)
{
    static char text[600];
    struct ga_care *care;
    size_t len = 0;
    assert_int_equal(ga_session_care(school.session, NULL, &care, NULL), GA_OK);
    text[0] = '\0';
    for (size_t i = 0; i < found.rows_count; i++)
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s %s %d %d", i > 0 ? "|" : "",
                                ga_care_duties(care)->items[found.rows[i].duty]->name, found.rows[i].class_of.shown,
                                (int)found.rows[i].count, (int)found.rows[i].children);
    return text;
}

static void what_ran_out_in_the_pause_stands_by_duty_and_class(void **state)
{
    (void)state;
    look();
    assert_true(found.has_pause && found.is_of_school);
    assert_string_equal(GA_DATE_ISO(found.pause.from), "2026-09-20");
    assert_string_equal(GA_DATE_ISO(found.pause.to), "2026-11-23");
    /* September but for 何丽, October; November goes on. */
    assert_string_equal(rows_text(), "talk_month 三年级(1)班 2 1|talk_month 三年级(2)班 3 2|"
                                     "theme_month 三年级(1)班 2 0|theme_month 三年级(2)班 2 0");
}

static size_t count_records(const char *form)
{
    int64_t count;
    assert_int_equal(ga_store_count(school.session->store, form, &count, NULL), GA_OK);
    return (size_t)count;
}

static size_t count_state(enum ga_due_state state, bool is_confirmed)
{
    const struct ga_due_ask ask = {.span = {{2026, 9, 1}, {2026, 10, 31}}, .states = 1u << state};
    struct ga_care *care;
    struct ga_due *dues;
    size_t count = 0, of_kind = 0;
    assert_int_equal(ga_session_care(school.session, NULL, &care, NULL), GA_OK);
    assert_int_equal(ga_due_list(care, &ask, &arena, &dues, &count, NULL), GA_OK);
    for (size_t i = 0; i < count; i++)
        of_kind += dues[i].is_confirmed == is_confirmed;
    return of_kind;
}

/* Followed save by save or made anew: the same. */
static void check_anew(void)
{
    struct ga_care *care;
    int64_t differences = -1;
    assert_int_equal(ga_session_care(school.session, NULL, &care, NULL), GA_OK);
    assert_int_equal(ga_care_follow(care, NULL), GA_OK);
    assert_int_equal(ga_care_check(care, &differences, NULL), GA_OK);
    assert_int_equal(differences, 0);
}

static void say(enum ga_catch_up_extent extent, size_t row)
{
    struct ga_error err = {0};
    look();
    assert_int_equal(ga_catch_up_say(school.session, &found, extent, &found.rows[row], "停电，电脑送修", &err), GA_OK);
    check_anew();
}

static void one_reason_for_all_is_a_record_a_class_and_month(void **state)
{
    (void)state;
    look();
    const struct ga_catch_up_counts counts = ga_catch_up_count(&found, GA_CATCH_UP_ALL, NULL);
    assert_int_equal(counts.dues, 9);
    assert_int_equal(counts.classes, 2);
    assert_int_equal(counts.records, 8); /* two classes, two months, children and the class itself */
    say(GA_CATCH_UP_ALL, 0);
    assert_int_equal(count_records(GA_PAUSE_REASON_FORM), 8);
    assert_int_equal(count_state(GA_DUE_MISSED, false), 0);
    assert_int_equal(count_state(GA_DUE_EXCUSED, false), 9);
    look();
    assert_int_equal(found.rows_count, 0);
    assert_int_equal(ga_catch_up_say(school.session, &found, GA_CATCH_UP_ALL, NULL, "停电", NULL), GA_REFUSED);
}

static void a_reason_may_be_for_one_duty_one_class_or_both(void **state)
{
    (void)state;
    say(GA_CATCH_UP_ROW, 0);
    look();
    assert_string_equal(rows_text(), "talk_month 三年级(2)班 3 2|theme_month 三年级(1)班 2 0|theme_month 三年级(2)班 2 0");
    say(GA_CATCH_UP_DUTY, 1);
    look();
    assert_string_equal(rows_text(), "talk_month 三年级(2)班 3 2");
    say(GA_CATCH_UP_CLASS, 0);
    look();
    assert_int_equal(found.rows_count, 0);
}

static void without_a_word_of_reason_nothing_is_written(void **state)
{
    (void)state;
    look();
    assert_int_equal(ga_catch_up_say(school.session, &found, GA_CATCH_UP_ALL, NULL, "  ", NULL), GA_REFUSED);
    assert_int_equal(count_records(GA_PAUSE_REASON_FORM), 0);
}

static void what_is_typed_in_afterwards_counts_as_done(void **state)
{
    (void)state;
    say(GA_CATCH_UP_ALL, 0);
    ADD("talk", &cui, "talked_on=2026-10-12", "topics=study", "mood=4", "talker=周老师");
    assert_int_equal(count_state(GA_DUE_EXCUSED, false), 8);
    assert_int_equal(count_state(GA_DUE_DONE, false), 2);
    check_anew();
}

/* November was not over: its reason would be one given beforehand. */
static void what_goes_on_is_not_excused(void **state)
{
    (void)state;
    const struct ga_due_ask ask = {.duty = "talk_month"};
    struct ga_care *care;
    struct ga_due *dues;
    size_t count = 0;
    say(GA_CATCH_UP_ALL, 0);
    set_day(2026, 11, 30);
    assert_int_equal(ga_session_care(school.session, NULL, &care, NULL), GA_OK);
    assert_int_equal(ga_due_list(care, &ask, &arena, &dues, &count, NULL), GA_OK);
    assert_int_equal(count, 3);
}

static size_t count_of(const char *duty, enum ga_due_state state)
{
    const struct ga_due_ask ask = {.duty = duty, .span = {{2026, 9, 1}, {2026, 11, 30}}, .states = 1u << state};
    struct ga_care *care;
    struct ga_due *dues;
    size_t count = 0;
    assert_int_equal(ga_session_care(school.session, NULL, &care, NULL), GA_OK);
    assert_int_equal(ga_due_list(care, &ask, &arena, &dues, &count, NULL), GA_OK);
    return count;
}

/* From 3 September on, which is before the last save: the computer is off as long as before. */
static void make_key_child(const struct ga_uuid *child)
{
    struct ga_entry *entry;
    set_day(2026, 9, 3);
    assert_int_equal(ga_entry_open(school.session, child, &entry, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, "key_child"), NULL, "1", NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

/* October's talks may be made up for until the 7th: on that day they run out with the computer on. */
static void what_ends_on_the_day_of_the_return_is_not_excused(void **state)
{
    (void)state;
    make_key_child(&cui); /* of October something is excused */
    set_day(2026, 11, 7);
    say(GA_CATCH_UP_ALL, 0);
    set_day(2026, 11, 8);
    check_anew();
    assert_int_equal(count_of("talk_month", GA_DUE_MISSED), 3);
    assert_int_equal(count_of("talk_month", GA_DUE_EXCUSED), 2); /* September's */
}

static size_t listed(const char *duty)
{
    struct ga_care *care;
    size_t count = 0;
    assert_int_equal(ga_session_care(school.session, NULL, &care, NULL), GA_OK);
    for (size_t i = 0; i < found.rows_count; i++)
        if (strcmp(ga_care_duties(care)->items[found.rows[i].duty]->name, duty) == 0)
            count += (size_t)found.rows[i].count;
    return count;
}

/* Two weeks of September were over before the last save; the third ended on its day. */
static void what_was_over_before_the_pause_is_not_excused(void **state)
{
    (void)state;
    make_key_child(&cui);
    set_day(2026, 11, 23);
    const size_t weeks = count_of("key_week", GA_DUE_MISSED);
    look();
    assert_int_equal(listed("key_week"), weeks - 2);
    say(GA_CATCH_UP_ALL, 0);
    assert_int_equal(count_of("key_week", GA_DUE_MISSED), 2);
    assert_int_equal(count_of("key_week", GA_DUE_EXCUSED), weeks - 2);
}

/* From August on the sixth grade of the old year has finished school, the archive has it as it was until the turn of the year. */
static void one_reason_holds_for_those_too_who_finished_school_meanwhile(void **state)
{
    (void)state;
    size_t missed = 0;
    ADD("child", NULL, "name=黄宁", "grade=六年级", "class=1", "marked_left_behind=是");
    set_day(2027, 6, 2);
    ADD("talk", &heli, "talked_on=2027-06-01", "topics=study", "mood=4", "talker=周老师");
    set_day(2027, 8, 25);
    look();
    for (size_t i = 0; i < found.dues_count; i++)
        missed += found.dues[i].child != 0;
    assert_int_equal(listed("talk_month"), missed);
    assert_int_equal(missed, 7); /* June's talks but for 何丽, July's */
    for (size_t i = 0; i < found.rows_count; i++) /* of what such a class owes itself nothing can be said any more */
        assert_false(found.rows[i].children == 0 && strcmp(found.rows[i].class_of.grade, "g6") == 0);
    say(GA_CATCH_UP_ALL, 0);
    look();
    assert_int_equal(found.rows_count, 0);
}

static struct ga_roster_class class_2(void)
{
    struct ga_roster_class *classes;
    size_t count = 0;
    assert_int_equal(ga_store_classes(school.session->store, GA_ZH, &arena, &classes, &count, NULL), GA_OK);
    assert_int_equal(count, 2);
    return classes[1];
}

static void sign(struct ga_date month, size_t expected)
{
    const struct ga_roster_class class_of = class_2();
    struct ga_month read;
    struct ga_error err = {0};
    size_t confirmed = 0;
    assert_int_equal(ga_month_read(school.session, &class_of, month, GA_ZH, &arena, &read, &err), GA_OK);
    assert_true(read.excuses_count > 0);
    assert_int_equal(ga_months_sign(school.session, &read, 1, &confirmed, &err), GA_OK);
    assert_int_equal(confirmed, expected);
    check_anew();
}

static void the_signature_of_the_month_confirms_what_was_said_of_it(void **state)
{
    (void)state;
    ga_session_set_user(school.session, "罗老师", NULL); /* the clerk; owes nothing, sees the school */
    say(GA_CATCH_UP_ALL, 0);
    ga_session_set_user(school.session, "吴校长", NULL);
    sign((struct ga_date){2026, 10, 1}, 3); /* two talks, the class's theme */
    assert_int_equal(count_state(GA_DUE_EXCUSED, true), 3);
    sign((struct ga_date){2026, 9, 1}, 2);
    assert_int_equal(count_state(GA_DUE_EXCUSED, true), 5);
    assert_int_equal(count_state(GA_DUE_EXCUSED, false), 4); /* the other class */
}

static void nobody_confirms_the_own_reason(void **state)
{
    (void)state;
    ga_session_set_user(school.session, "吴校长", NULL);
    say(GA_CATCH_UP_ALL, 0);
    sign((struct ga_date){2026, 10, 1}, 0);
    assert_int_equal(count_state(GA_DUE_EXCUSED, true), 0);
}

static void of_one_child_it_is_taken_back_and_stays_for_the_others(void **state)
{
    (void)state;
    const struct ga_due_ask ask = {.duty = "talk_month", .span = {{2026, 10, 1}, {2026, 10, 31}}, .states = 1u << GA_DUE_EXCUSED,
                                   .grade = "g3", .class_no = "2"};
    struct ga_care *care;
    struct ga_due *dues;
    size_t count = 0;
    say(GA_CATCH_UP_ALL, 0);
    assert_int_equal(ga_session_care(school.session, NULL, &care, NULL), GA_OK);
    assert_int_equal(ga_due_list(care, &ask, &arena, &dues, &count, NULL), GA_OK);
    assert_int_equal(count, 2);
    assert_int_equal(ga_due_take_back(school.session, &dues[0], NULL), GA_OK);
    assert_int_equal(count_state(GA_DUE_MISSED, false), 1);
    check_anew();
    assert_int_equal(ga_due_take_back(school.session, &dues[1], NULL), GA_OK); /* nobody is left in it */
    assert_int_equal(count_state(GA_DUE_MISSED, false), 2);
    assert_int_equal(count_records(GA_PAUSE_REASON_FORM), 7);
    check_anew();
}

/* 周老师 sees her own; a child's duties that are somebody else's get no reason from her. */
static void a_teacher_speaks_for_the_own_children_alone(void **state)
{
    (void)state;
    ga_store_set_setting(school.session->store, "administrator", "吴校长", NULL);
    ADD("pairing", &cui, "kind=proxy", "helper=李老师", "from_on=2026-09-01");
    ga_session_set_user(school.session, "周老师", NULL);
    look();
    assert_false(found.is_of_school);
    assert_string_equal(rows_text(), "talk_month 三年级(2)班 1 1|theme_month 三年级(2)班 2 0");
    say(GA_CATCH_UP_ALL, 0);
    ga_session_set_user(school.session, "吴校长", NULL);
    look();
    assert_string_equal(rows_text(), "talk_month 三年级(1)班 2 1|talk_month 三年级(2)班 2 1|theme_month 三年级(1)班 2 0");
}

static bool notice(void)
{
    bool is_new = false;
    assert_int_equal(ga_catch_up_notice(school.session, &is_new, NULL), GA_OK);
    return is_new;
}

static void a_pause_is_noticed_at_the_start_and_not_forgotten_with_the_first_save(void **state)
{
    (void)state;
    struct ga_days pause;
    assert_false(ga_catch_up_noted(school.session, &pause));
    assert_true(notice());
    assert_true(ga_catch_up_noted(school.session, &pause));
    say(GA_CATCH_UP_ROW, 0); /* then the power fails */
    school_session_reopen(&school);
    set_day(2026, 11, 24);
    assert_false(notice());
    assert_true(ga_catch_up_noted(school.session, &pause));
    assert_string_equal(GA_DATE_ISO(pause.to), "2026-11-23");
    look();
    assert_int_equal(found.rows_count, 3); /* what was said is said */
}

static void who_has_settled_it_is_not_asked_again_others_are(void **state)
{
    (void)state;
    struct ga_days pause;
    ga_session_set_user(school.session, "周老师", NULL);
    assert_true(notice());
    assert_int_equal(ga_catch_up_settle(school.session, NULL), GA_OK);
    assert_false(ga_catch_up_noted(school.session, &pause));
    ga_session_set_user(school.session, "吴校长", NULL);
    assert_true(ga_catch_up_noted(school.session, &pause));
    look();
    assert_true(found.has_pause);
}

static void thirty_days_are_no_pause_and_thirty_one_are(void **state)
{
    (void)state;
    struct ga_days pause;
    bool has = true;
    set_day(2026, 10, 20);
    assert_int_equal(ga_store_last_pause(school.session->store, 30, (struct ga_date){2025, 9, 1}, &has, &pause, NULL), GA_OK);
    assert_false(has);
    assert_false(notice());
    set_day(2026, 10, 21);
    assert_true(notice());
}

/* A save dated 2009 by a clock without battery, one dated ahead: neither makes the time between a pause. */
static void a_clock_that_was_wrong_for_a_while_makes_no_pause(void **state)
{
    (void)state;
    struct ga_days pause;
    bool has = false;
    set_day(2009, 1, 1);
    ADD("talk", &yang, "talked_on=2009-01-01", "topics=study", "mood=4");
    set_day(2026, 10, 10);
    ADD("talk", &yang, "talked_on=2026-10-10", "topics=study", "mood=4");
    assert_int_equal(ga_store_last_pause(school.session->store, 30, (struct ga_date){2026, 9, 1}, &has, &pause, NULL), GA_OK);
    assert_false(has);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_ran_out_in_the_pause_stands_by_duty_and_class),
        CASE(one_reason_for_all_is_a_record_a_class_and_month),
        CASE(a_reason_may_be_for_one_duty_one_class_or_both),
        CASE(without_a_word_of_reason_nothing_is_written),
        CASE(what_is_typed_in_afterwards_counts_as_done),
        CASE(what_goes_on_is_not_excused),
        CASE(what_ends_on_the_day_of_the_return_is_not_excused),
        CASE(what_was_over_before_the_pause_is_not_excused),
        CASE(one_reason_holds_for_those_too_who_finished_school_meanwhile),
        CASE(the_signature_of_the_month_confirms_what_was_said_of_it),
        CASE(nobody_confirms_the_own_reason),
        CASE(of_one_child_it_is_taken_back_and_stays_for_the_others),
        CASE(a_teacher_speaks_for_the_own_children_alone),
        CASE(a_pause_is_noticed_at_the_start_and_not_forgotten_with_the_first_save),
        CASE(who_has_settled_it_is_not_asked_again_others_are),
        CASE(thirty_days_are_no_pause_and_thirty_one_are),
        CASE(a_clock_that_was_wrong_for_a_while_makes_no_pause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
