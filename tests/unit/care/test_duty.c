/* Duties are data: what is wrong is said with its place, all of it in one run. */
#include "../../../src/care/private.h"
#include "school_session.h"

#include "guanai/app/figures.h"
#include "guanai/base/alloc.h"
#include "guanai/care/duty.h"
#include "guanai/sql/guard.h"
#include "guanai/store/view.h"
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
    struct ga_problems problems, ignored;
    struct ga_figures *figures;
    struct ga_duties set;
};

/* One school for all: what a duty says hangs on nothing that is written to it. */
static int open_school(void **state)
{
    static struct office office;
    school_session_start(&office.school, NULL);
    ga_problems_init(&office.ignored);
    assert_int_equal(ga_session_figures(office.school.session, &office.ignored, &office.figures, NULL), GA_OK);
    *state = &office;
    return 0;
}

static int close_school(void **state)
{
    struct office *office = *state;
    ga_problems_finish(&office->ignored);
    school_session_stop(&office->school);
    return 0;
}

static int start(void **state)
{
    struct office *office = *state;
    ga_problems_init(&office->problems);
    ga_duties_init(&office->set);
    return 0;
}

static int stop(void **state)
{
    struct office *office = *state;
    ga_duties_finish(&office->set);
    ga_problems_finish(&office->problems);
    return 0;
}

static enum ga_rc read_duty(struct office *office, const char *text)
{
    ga_problems_finish(&office->problems);
    ga_problems_init(&office->problems);
    return ga_duties_read_text(&office->set, office->school.session->forms, ga_figures_definitions(office->figures),
                               "sample.yaml", text, strlen(text), &office->problems);
}

/* "line:column: sentence [hint]" of each finding, a line each; "" for none. */
static const char *findings(struct office *office)
{
    static char said[4000];
    size_t len = 0;
    said[0] = '\0';
    ga_problems_sort(&office->problems);
    for (size_t i = 0; i < office->problems.list.len; i++) {
        char what[GA_MESSAGE_BYTES], hint[GA_MESSAGE_BYTES];
        const struct ga_problem *problem = GA_VEC_AT(const struct ga_problem, &office->problems.list, i);
        len += (size_t)snprintf(said + len, sizeof(said) - len, "%s%d:%d: %s [%s]", i == 0 ? "" : "\n", problem->line,
                                problem->column, ga_message_text(&problem->what, GA_EN, what, sizeof(what)),
                                problem->hint.id == NULL ? ""
                                                         : ga_message_text(&problem->hint, GA_EN, hint, sizeof(hint)));
    }
    return said;
}

#define HEAD "duty: sample\nversion: 1\ntitle: {zh: 样例, en: Sample}\n"
#define MONTHLY "period: month\n"
#define VISITED "done_by: {form: home_visit, day: visited_on}\n"

/* What is found in a duty of a child with these lines behind its head; what is taken is taken out again. */
static const char *fault_of(struct office *office, const char *lines)
{
    char text[4000];
    snprintf(text, sizeof(text), HEAD "%s", lines);
    const size_t before = office->set.count;
    const enum ga_rc rc = read_duty(office, text);
    assert_int_equal(rc, office->problems.faults == 0 ? GA_OK : GA_REFUSED);
    assert_int_equal(office->set.count, before + (rc == GA_OK));
    office->set.count = before;
    return findings(office);
}

static const char *when_fault(struct office *office, const char *when)
{
    char lines[2000];
    snprintf(lines, sizeof(lines), "per: child\nwhen: %s\n" MONTHLY VISITED, when);
    return fault_of(office, lines);
}

static const char *done_fault(struct office *office, const char *per, const char *done)
{
    char lines[2000];
    snprintf(lines, sizeof(lines), "per: %s\nwhen: who.school\n" MONTHLY "done_by: {%s}\n", per, done);
    return fault_of(office, lines);
}

static void a_duty_is_read_with_everything_it_says(void **state)
{
    struct office *office = *state;
    assert_int_equal(read_duty(office, HEAD "why: {zh: 三个一, en: The three ones}\nstarts: true\nper: child\nwhen: who.school AND "
                                       "child.boarding IS NOT 1\nperiod: phase\nof: [start, end]\nbefore: 3\ngrace: 7\n"
                                       "count: 2\ndone_by:\n  - {form: home_visit, day: visited_on, when: outcome = 'met', "
                                       "tried: outcome = 'not_home'}\n  - {form: activity, day: held_on, children: "
                                       "participants}\n"),
                     GA_OK);
    assert_string_equal(findings(office), "");
    const struct ga_duty *duty = office->set.items[0];
    assert_int_equal(ga_duties_find(&office->set, "sample"), 0);
    assert_true(duty->is_starting);
    assert_int_equal(duty->owner, GA_OWNER_PROXY);
    assert_int_equal(duty->cadence.period, GA_PERIOD_PHASE);
    assert_int_equal(duty->cadence.of_count, 2);
    assert_string_equal(duty->cadence.of[1], "end");
    assert_int_equal(duty->cadence.before, 3);
    assert_int_equal(duty->cadence.grace_days, 7);
    assert_int_equal(duty->cadence.after, 0);
    assert_int_equal(duty->count, 2);
    assert_string_equal(duty->done_by.items[0].of->name, "home_visit");
    assert_string_equal(duty->done_by.items[1].child_field->name, "child");
    assert_string_equal(duty->done_by.items[1].repeat->name, "participants");
}

static void the_owner_follows_from_whom_it_is_owed_for(void **state)
{
    struct office *office = *state;
    read_duty(office, HEAD "per: class\nwhen: who.school\n" MONTHLY VISITED);
    assert_int_equal(office->set.items[0]->owner, GA_OWNER_CLASS);
    office->set.count = 0;
    read_duty(office, HEAD "per: school\nwhen: who.school\n" MONTHLY VISITED);
    assert_int_equal(office->set.items[0]->owner, GA_OWNER_HEADTEACHER);
    assert_string_equal(fault_of(office, "per: class\nowner: proxy\nwhen: who.school\n" MONTHLY VISITED),
                        "1:1: owner: proxy goes with per: child only []");
    assert_string_equal(fault_of(office, "per: school\nowner: class\nwhen: who.school\n" MONTHLY VISITED),
                        "1:1: owner: class goes with per: child, class only []");
}

static void who_owes_it_is_asked_of_the_child(void **state)
{
    struct office *office = *state;
    assert_string_equal(when_fault(office, "who.school AND child.key_child = 1 AND changed.away IS NULL"), "");
    assert_string_equal(when_fault(office, "WHO . School AND day() > '2026'"), "");
    assert_string_equal(when_fault(office, "1 AND who.scool"),
                        "5:13: there is no definition 'scool' of who counts [did you mean 'who.school'?]");
    assert_string_equal(when_fault(office, "child.key_chlid = 1"),
                        "5:7: the child's file has no field 'key_chlid' [did you mean 'child.key_child'?]");
    assert_string_equal(when_fault(office, "key_child = 1"),
                        "5:7: there is no field called key_child here [did you mean 'child.key_child'?]");
    assert_string_equal(when_fault(office, "today() > '2026'"),
                        "5:7: the function today may not be used here [day() is the day that is asked about]");
    assert_string_equal(when_fault(office, "who.school AND"), "5:21: this expression is not complete []");
}

static void what_closes_it_is_asked_of_the_record_alone(void **state)
{
    struct office *office = *state;
    assert_string_equal(done_fault(office, "child", "form: talk, day: talked_on, when: \"selected(topics, 'study') AND mood > 1\""),
                        "");
    assert_string_equal(done_fault(office, "child", "form: talk, day: talked_on, when: modo > 1"),
                        "7:45: there is no field called modo here [did you mean 'mood'?]");
    assert_string_equal(done_fault(office, "child", "form: talk, day: talked_on, when: child.boarding = 1"),
                        "7:45: only the fields of form 'talk' may be named here []");
    assert_string_equal(done_fault(office, "child", "form: talk, day: talked_on, when: who.school"),
                        "7:45: only the fields of form 'talk' may be named here []");
    assert_string_equal(done_fault(office, "child", "form: talk, day: talked_on, tried: talked_on < today()"),
                        "7:58: the function today may not be used here []");
    assert_string_equal(done_fault(office, "child", "form: talk, day: talked_on, tried: begun(talked_on)"),
                        "7:46: the function begun may not be used here []");
    assert_string_equal(done_fault(office, "child", "form: counselling, day: talked_on, when: observations IS NOT NULL"),
                        "7:35: form 'counselling' has no field 'talked_on' []\n"
                        "7:52: there is no field called observations here []");
}

static void a_record_must_tell_its_day_and_whose_it_is(void **state)
{
    struct office *office = *state;
    assert_string_equal(done_fault(office, "child", "form: talk, day: talkd_on"),
                        "7:28: form 'talk' has no field 'talkd_on' [did you mean 'talked_on'?]");
    assert_string_equal(done_fault(office, "child", "form: talk, day: mood"), "7:28: 'mood' is no date to the day []");
    assert_string_equal(done_fault(office, "school", "form: home_room_item, day: got_on"),
                        "7:38: 'got_on' is no date to the day []");
    assert_string_equal(done_fault(office, "child", "form: meeting, day: held_on, children: families"), "");
    assert_string_equal(done_fault(office, "child", "form: meeting, day: held_on, children: decisions"),
                        "7:50: 'decisions' is no repeat of form 'meeting' whose rows name children []");
    assert_string_equal(done_fault(office, "child", "form: hazard, day: found_on"),
                        "7:17: the records of form 'hazard' do not tell whose they are [name the repeat with the children "
                        "(children:), the field with the class (class:) or the site (site:)]");
    assert_string_equal(done_fault(office, "class", "form: meeting, day: held_on, class: class"), "");
    assert_string_equal(done_fault(office, "class", "form: talk, day: talked_on"), "");
    assert_string_equal(done_fault(office, "school", "form: hazard, day: found_on"), "");
    assert_string_equal(done_fault(office, "child", "form: meeting, day: held_on, children: families, class: class"),
                        "7:67: the key 'class' goes with per: class only []");
}

static void a_form_that_is_not_installed_closes_nothing_and_is_a_note(void **state)
{
    struct office *office = *state;
    assert_string_equal(done_fault(office, "child", "form: home_vist, day: visited_on"),
                        "7:17: form 'home_vist' is not installed: it closes nothing [did you mean 'home_visit'?]");
    assert_int_equal(office->problems.notes, 1);
    assert_int_equal(office->problems.faults, 0);
}

static const char *often_fault(struct office *office, const char *often)
{
    char lines[2000];
    snprintf(lines, sizeof(lines), "per: child\nwhen: who.school\n%s\n" VISITED, often);
    return fault_of(office, lines);
}

static void keys_that_do_not_go_with_how_often_are_told(void **state)
{
    struct office *office = *state;
    assert_string_equal(often_fault(office, "period: week\nholidays: true"), "");
    assert_string_equal(often_fault(office, "period: every\ndays: 60"), "");
    assert_string_equal(often_fault(office, "period: every"), "1:1: period: every needs the key 'days' []");
    assert_string_equal(often_fault(office, "period: month\ndays: 7\nof: start"),
                        "1:1: the key 'of' does not go with period: month []\n"
                        "1:1: the key 'days' does not go with period: month []");
    assert_string_equal(often_fault(office, "period: phase"), "1:1: period: phase needs the key 'of' []");
    assert_string_equal(often_fault(office, "period: phase\nof: [start, mid, midle]"),
                        "7:13: there is no phase 'mid' []\n7:18: there is no phase 'midle' [did you mean 'middle'?]");
    assert_string_equal(often_fault(office, "period: festival\nof: [spring, mid_autum]\nbefore: 3\nafter: 5"),
                        "7:14: there is no festival 'mid_autum' [did you mean 'mid_autumn'?]");
    assert_string_equal(often_fault(office, "period: monthly"),
                        "6:9: 'period' does not know 'monthly' [did you mean 'month'?]");
}

static void an_event_is_a_date_of_a_form_or_an_expression_over_the_child(void **state)
{
    struct office *office = *state;
    assert_string_equal(often_fault(office, "period: after\ndays: 7\nevent: changed.away"), "");
    assert_false(office->set.items[0]->is_event_of_form);
    assert_true(ga_duty_has_event(office->set.items[0]));
    assert_string_equal(often_fault(office, "period: after\ndays: 7\nevent: min(child.father_away_since, child.enrolled_on)"), "");
    assert_string_equal(often_fault(office, "period: after\ndays: 7\nevent: incident.happened_on"), "");
    assert_true(office->set.items[0]->is_event_of_form);
    assert_string_equal(office->set.items[0]->event_field->name, "happened_on");
    assert_string_equal(often_fault(office, "period: after\ndays: 7\nevent: changed.awya"),
                        "8:8: there is no change of status 'awya' []");
    assert_string_equal(often_fault(office, "period: after\ndays: 7\nevent: talk.mood"), "8:8: 'mood' is no date to the day []");
    assert_string_equal(often_fault(office, "period: after\ndays: 7\nevent: meeting.held_on"),
                        "8:8: the records of form 'meeting' are not of one child []");
    assert_string_equal(often_fault(office, "period: after\ndays: 7\nevent: nosuch.on_day"),
                        "8:8: form 'nosuch' is not installed: nothing happens after it []");
    assert_string_equal(often_fault(office, "period: after\nevent: changed.away"), "1:1: period: after needs the key 'days' []");
}

static void everything_that_is_wrong_is_told_in_one_run(void **state)
{
    struct office *office = *state;
    assert_string_equal(fault_of(office, "per: child\nwhen: who.scool\nperiod: week\nof: start\nperiods: x\n"
                                         "done_by:\n  - {form: talk, day: talkd_on, when: modo = 1}\n"),
                        "1:1: the key 'of' does not go with period: week []\n"
                        "5:7: there is no definition 'scool' of who counts [did you mean 'who.school'?]\n"
                        "8:1: unknown key 'periods' [did you mean 'period'?]\n"
                        "10:23: form 'talk' has no field 'talkd_on' [did you mean 'talked_on'?]\n"
                        "10:39: there is no field called modo here [did you mean 'mood'?]");
}

static void two_duties_of_one_name_are_a_fault(void **state)
{
    struct office *office = *state;
    assert_int_equal(read_duty(office, HEAD "per: child\nwhen: who.school\n" MONTHLY VISITED), GA_OK);
    assert_int_equal(read_duty(office, HEAD "per: child\nwhen: who.school\n" MONTHLY VISITED), GA_REFUSED);
    assert_string_equal(findings(office), "1:1: there are two duties 'sample' []");
}

/* Whoever writes a duty reads the facts of one child, the answers of one record at a time, nothing else. */
static void hostile_expressions_are_refused_at_reading(void **state)
{
    struct office *office = *state;
    static const char *const hostile[] = {
        "(SELECT count(*) FROM sqlite_schema)",
        "(SELECT count(*) FROM v_child)",
        "(SELECT max(id_number) FROM main.child)",
        "load_extension('x')",
        "randomblob(1000000000)",
        "printf('%1000000d', 1)",
        "1) FROM v_child --",
        "1); DELETE FROM child; SELECT (1",
        "(WITH x AS (SELECT 1) SELECT 1 FROM x)",
        "changed_on(1, 'away')",
        "until_begun('2026-01-01', 1)",
        "_no",
        "_w0",
        "child._w0",
        "child._no",
        "who._who",
        "?1",
        "user() = ''",
        "date('now')",
    };
    for (size_t i = 0; i < GA_COUNT(hostile); i++) {
        char text[300];
        snprintf(text, sizeof(text), "|-\n  %s", hostile[i]);
        if (when_fault(office, text)[0] == '\0')
            fail_msg("taken as when: %s", hostile[i]);
        snprintf(text, sizeof(text), "per: child\nwhen: who.school\n" MONTHLY "done_by:\n  - form: talk\n    day: talked_on\n"
                                     "    when: |-\n      %s\n", hostile[i]);
        if (fault_of(office, text)[0] == '\0')
            fail_msg("taken as done_by.when: %s", hostile[i]);
    }
}

/* The duties that come with the program. */
static void take_shipped(struct office *office)
{
    const struct ga_folders folders = {.paths = {office->school.options.forms}, .count = 1};
    assert_int_equal(ga_duties_read_folders(&office->set, office->school.session->forms,
                                            ga_figures_definitions(office->figures), ga_io_system(), &folders,
                                            &office->problems),
                     GA_OK);
}

static void the_shipped_duties_stand_every_check(void **state)
{
    struct office *office = *state;
    take_shipped(office);
    assert_string_equal(findings(office), "");
    assert_true(office->set.count >= 25);
    for (size_t i = 0; i < office->set.count; i++) {
        const struct ga_duty *duty = office->set.items[i];
        assert_non_null(duty->why.zh);
        assert_non_null(duty->why.en);
        for (size_t k = 0; k < duty->done_by.count; k++)
            assert_non_null(duty->done_by.items[k].of);
    }
}

/* The page of duties keeps 18 columns for it. */
static void the_name_of_every_shipped_duty_is_whole_in_its_column(void **state)
{
    enum { NAME_COLS = 18 };
    struct office *office = *state;
    take_shipped(office);
    for (size_t i = 0; i < office->set.count; i++)
        for (int lang = 0; lang < GA_LANG_COUNT; lang++) {
            const char *title = ga_label_text(&office->set.items[i]->title, (enum ga_lang)lang);
            if (ga_width_text(title, strlen(title)) > NAME_COLS)
                fail_msg("%s: \"%s\" is longer than %d columns", office->set.items[i]->name, title, NAME_COLS);
        }
}

/* One dated ahead by a slip of a digit would close what is not done yet. */
static void no_record_closes_a_duty_ahead_of_its_day_unasked(void **state)
{
    struct office *office = *state;
    take_shipped(office);
    for (size_t i = 0; i < office->set.count; i++)
        for (size_t k = 0; k < office->set.items[i]->done_by.count; k++) {
            const struct ga_duty_done *done = &office->set.items[i]->done_by.items[k];
            const struct ga_field *day = ga_form_field(done->of, done->on.text);
            const char *rule = day->constraint.text != NULL ? day->constraint.text : day->warn.text;
            if (day->calculation.text == NULL && (rule == NULL || strstr(rule, "<= today()") == NULL))
                fail_msg("%s: %s.%s takes a day that has not come", office->set.items[i]->name, done->of->name, day->name);
        }
}

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void a_small_set_starts(void **state)
{
    struct office *office = *state;
    static const char *const small[] = {"visit_phase", "talk_month", "call_month", "guardian_talk_term", "contact_month"};
    static const char *const of_key_children[] = {"key_week", "plan_review"}; /* cost nothing until there is a key child */
    take_shipped(office);
    for (size_t i = 0; i < office->set.count; i++)
        assert_int_equal(office->set.items[i]->is_starting, i < GA_COUNT(small) || is_one_of(office->set.items[i]->name, of_key_children, GA_COUNT(of_key_children)));
    for (size_t i = 0; i < GA_COUNT(small); i++)
        assert_string_equal(office->set.items[i]->name, small[i]);
}

static int64_t shipped_load(struct office *office, const char *name, struct ga_duty_owing owing)
{
    const int at = ga_duties_find(&office->set, name);
    assert_true(at >= 0);
    return ga_duty_load(office->set.items[at], &owing);
}

/* 1,316: the school of the sources with visit, talk, guardian talk and call monthly for its 329 children. */
static void the_load_is_told_by_the_month(void **state)
{
    struct office *office = *state;
    const struct ga_duty_owing school = {.children = 329, .classes = 14, .sites = 1}, class = {.children = 24, .classes = 1, .sites = 1};
    take_shipped(office);
    assert_int_equal(read_duty(office, HEAD "per: child\nwhen: who.school\n" MONTHLY "done_by: {form: guardian_talk, day: talked_on}\n"),
                     GA_OK);
    assert_int_equal(shipped_load(office, "visit_month", school) + shipped_load(office, "talk_month", school) +
                         shipped_load(office, "sample", school) + shipped_load(office, "call_month", school),
                     1316);
    assert_int_equal(shipped_load(office, "guardian_talk_term", school), 66); /* 65.8 */
    assert_int_equal(shipped_load(office, "visit_phase", class), 14);         /* 14.4 */
    assert_int_equal(shipped_load(office, "summer_calls", school), 66);
    assert_int_equal(shipped_load(office, "key_week", class), 96);
    assert_int_equal(shipped_load(office, "drowning_talk", (struct ga_duty_owing){.classes = 100, .children = 2000, .sites = 1}), 10);
    assert_int_equal(shipped_load(office, "theme_month", school), 14);
    assert_int_equal(shipped_load(office, "group_month", school), 1);
    assert_int_equal(shipped_load(office, "first_visit", school), 0);
    assert_int_equal(shipped_load(office, "talk_month", (struct ga_duty_owing){0}), 0);
}

/* 'd' done, 't' a try, '-' neither: what the first such form of a shipped duty says of the newest record of it. */
static char counts_as(struct office *office, const char *duty, const char *form)
{
    struct ga_store *store = office->school.session->store;
    const struct ga_duty *of = office->set.items[ga_duties_find(&office->set, duty)];
    const struct ga_duty_done *done = of->done_by.items;
    char view[140];
    const char *const views[] = {view};
    const struct ga_guard_scope scope = {.kind = GA_GUARD_VIEW, .views = views, .views_count = 1};
    struct ga_stmt *stmt;
    struct ga_error err = {0};
    bool has_row;
    while (strcmp(done->form.text, form) != 0)
        done++;
    assert_int_equal(ga_store_view(store, done->of, view, &err), GA_OK);
    const char *exprs[] = {done->when.text == NULL ? "1" : done->when.text, done->tried.text == NULL ? "0" : done->tried.text};
    char suffix[200];
    snprintf(suffix, sizeof(suffix), ") AND 1) FROM %s ORDER BY no DESC LIMIT 1", view);
    const struct ga_guard_shape shape = {
        .prefix = "SELECT ((", .separator = ") AND 1), ((", .suffix = suffix, .exprs = exprs, .exprs_count = 2};
    assert_int_equal(ga_guard_prepare(ga_store_db(store), &scope, &shape, &stmt, NULL, &err), GA_OK);
    assert_int_equal(ga_stmt_step(stmt, &has_row, &err), GA_OK);
    assert_true(has_row);
    const char answer = ga_stmt_column_int(stmt, 0) != 0 ? 'd' : ga_stmt_column_int(stmt, 1) != 0 ? 't' : '-';
    ga_stmt_destroy(stmt);
    return answer;
}

static void nobody_at_home_is_a_try_and_the_guardian_at_school_a_visit(void **state)
{
    struct office *office = *state;
    static const struct {
        const char *outcome, *met;
        char answer;
    } visits[] = {
        {"outcome=met", "met=grandmother_f", 'd'}, {"outcome=", "met=grandmother_f", 'd'}, {"outcome=met", "met=self", 'd'},
        {"outcome=not_home", "met=", 't'},         {"outcome=refused", "met=", 't'},       {"outcome=postponed", "met=", '-'},
        {"outcome=school", "met=father", 'd'},     {"outcome=school", "met=self", '-'},    {"outcome=", "met=", '-'},
    };
    const struct ga_uuid child = school_session_add(&office->school, "child", NULL, "name=何丽", NULL);
    take_shipped(office);
    for (size_t i = 0; i < GA_COUNT(visits); i++) {
        school_session_add(&office->school, "home_visit", &child, visits[i].outcome, visits[i].met, NULL);
        if (counts_as(office, "visit_month", "home_visit") != visits[i].answer)
            fail_msg("%s %s is no '%c'", visits[i].outcome, visits[i].met, visits[i].answer);
        assert_int_equal(counts_as(office, "key_week", "home_visit"), visits[i].answer);
    }
}

static void only_a_call_that_reached_somebody_counts(void **state)
{
    struct office *office = *state;
    static const char *const outcomes[] = {"reached", "no_answer", "cut", "wrong", "busy", "answered_by_other"};
    const struct ga_uuid child = school_session_add(&office->school, "child", NULL, "name=何丽", NULL);
    take_shipped(office);
    for (size_t i = 0; i < GA_COUNT(outcomes); i++) {
        char outcome[40];
        snprintf(outcome, sizeof(outcome), "outcome=%s", outcomes[i]);
        school_session_add(&office->school, "parent_call", &child, "whom=father", outcome, "topics=study", NULL);
        assert_int_equal(counts_as(office, "call_month", "parent_call"), i == 0 ? 'd' : 't');
    }
}

/* The version in force of the duty `own`; 0: none. */
static int64_t load_own(struct office *office)
{
    struct ga_duties set;
    ga_problems_finish(&office->problems);
    ga_problems_init(&office->problems);
    assert_int_equal(ga_duties_load(office->figures, &set, &office->problems, NULL), GA_OK);
    assert_true(set.count >= 25);
    const int at = ga_duties_find(&set, "own");
    const int64_t version = at < 0 ? 0 : set.items[at]->version;
    ga_duties_finish(&set);
    return version;
}

#define OWN(version, when) "duty: own\nversion: " version "\ntitle: {zh: 自定, en: Own}\nper: child\nwhen: " when "\n" MONTHLY VISITED

static void a_duty_with_faults_leaves_the_last_good_one_in_force(void **state)
{
    struct office *office = *state;
    school_session_put_form(&office->school, "duties/own.yaml", OWN("1", "who.school"));
    assert_int_equal(load_own(office), 1);
    assert_int_equal(office->problems.list.len, 0);
    school_session_put_form(&office->school, "duties/own.yaml", OWN("2", "who.scool"));
    assert_int_equal(load_own(office), 1);
    assert_int_equal(office->problems.faults, 1);
    assert_int_equal(load_own(office), 1);
    school_session_put_form(&office->school, "duties/own.yaml", OWN("1", "who.local"));
    assert_int_equal(load_own(office), 1);
    assert_string_equal(findings(office), "1:1: duty 'own' has changed but its version is still 1 [the one in force stays; give "
                                          "the file a higher version to change it]");
    school_session_put_form(&office->school, "duties/own.yaml", OWN("2", "who.local"));
    assert_int_equal(load_own(office), 2);
    school_session_put_form(&office->school, "duties/zown.yaml", OWN("3", "who.local"));
    assert_int_equal(load_own(office), 2);
    assert_string_equal(findings(office), "1:1: there are two duties 'own' []");
    school_session_put_form(&office->school, "duties/zown.yaml", NULL);
    school_session_put_form(&office->school, "duties/own.yaml", NULL);
    assert_int_equal(load_own(office), 0);
    assert_int_equal(office->problems.list.len, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_duty_is_read_with_everything_it_says),
        TEST(the_owner_follows_from_whom_it_is_owed_for),
        TEST(who_owes_it_is_asked_of_the_child),
        TEST(what_closes_it_is_asked_of_the_record_alone),
        TEST(a_record_must_tell_its_day_and_whose_it_is),
        TEST(a_form_that_is_not_installed_closes_nothing_and_is_a_note),
        TEST(keys_that_do_not_go_with_how_often_are_told),
        TEST(an_event_is_a_date_of_a_form_or_an_expression_over_the_child),
        TEST(everything_that_is_wrong_is_told_in_one_run),
        TEST(two_duties_of_one_name_are_a_fault),
        TEST(hostile_expressions_are_refused_at_reading),
        TEST(a_duty_with_faults_leaves_the_last_good_one_in_force),
        TEST(the_shipped_duties_stand_every_check),
        TEST(the_name_of_every_shipped_duty_is_whole_in_its_column),
        TEST(no_record_closes_a_duty_ahead_of_its_day_unasked),
        TEST(a_small_set_starts),
        TEST(nobody_at_home_is_a_try_and_the_guardian_at_school_a_visit),
        TEST(only_a_call_that_reached_somebody_counts),
        TEST(the_load_is_told_by_the_month),
    };
    return cmocka_run_group_tests(tests, open_school, close_school);
}
