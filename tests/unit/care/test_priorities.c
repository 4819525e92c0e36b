/* The board of the three priorities: whose turn it was, who is next and why, what proves that they came first. */
#include "dice.h"
#include "school_session.h"

#include "guanai/app/care.h"
#include "guanai/app/entry.h"
#include "guanai/app/figures.h"
#include "guanai/base/alloc.h"
#include "guanai/care/activity.h"
#include "guanai/care/priorities.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/number.h"
#include "guanai/store/same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { STUDY, LIVING, ACTIVITY };

struct office {
    struct school_session school;
    struct ga_care *care;
    struct ga_arena arena;
};

static int start(void **state)
{
    static struct office office;
    struct ga_problems problems;
    const struct ga_priorities *rule;
    memset(&office, 0, sizeof(office));
    school_session_start(&office.school, NULL);
    ga_problems_init(&problems);
    assert_int_equal(ga_session_care(office.school.session, &problems, &office.care, NULL), GA_OK);
    assert_int_equal(ga_care_priorities(office.care, &problems, &rule, NULL), GA_OK);
    assert_int_equal(problems.faults + problems.warnings, 0);
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

#define RECORD(office, form, child, ...) school_session_add(&(office)->school, (form), (child), __VA_ARGS__, NULL)
#define CHILD(office, ...) RECORD((office), "child", NULL, "grade=三年级", "class=2", "marked_left_behind=是", __VA_ARGS__)

/* A lesson for these children; each may be followed by how it went. */
struct pupil {
    const struct ga_uuid *child;
    const char *field, *typed; /* nullable: a field of the row */
};

static struct ga_uuid list_record(struct office *office, const char *form, const char *repeat, const char *const *words,
                                  const struct pupil *pupils, size_t count)
{
    struct ga_entry *entry;
    char id[GA_UUID_TEXT_SIZE];
    assert_int_equal(ga_entry_new(office->school.session, form, NULL, &entry, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    for (size_t i = 0; words[i] != NULL; i++) {
        char name[64];
        const char *equals = strchr(words[i], '=');
        snprintf(name, sizeof(name), "%.*s", (int)(equals - words[i]), words[i]);
        assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, name), NULL, equals + 1, NULL, NULL), GA_OK);
    }
    const struct ga_field *field = ga_form_field(entry->form, repeat);
    for (size_t i = 0; i < entry->now.repeats[field->index].count; i++) /* prefilled ones */
        ga_entry_drop_row(entry, &entry->now.repeats[field->index].rows[i]);
    for (size_t i = 0; i < count; i++) {
        struct ga_row *row = ga_entry_add_row(entry, field);
        for (size_t k = 0; k < field->fields.count; k++) {
            const struct ga_field *cell = &field->fields.items[k];
            if (strcmp(cell->name, "child") == 0)
                assert_int_equal(ga_entry_set(entry, cell, row, ga_uuid_text(pupils[i].child, id), NULL, NULL), GA_OK);
            else if (pupils[i].field != NULL && strcmp(cell->name, pupils[i].field) == 0)
                assert_int_equal(ga_entry_set(entry, cell, row, pupils[i].typed, NULL, NULL), GA_OK);
        }
    }
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    const struct ga_uuid saved = entry->now.id;
    ga_entry_destroy(entry);
    return saved;
}

#define TUTORING(office, on, pupils)                                                                                   \
    list_record((office), "tutoring", "pupils", (const char *const[]){"tutored_on=" on, "subject=maths", NULL}, pupils,  \
                sizeof(pupils) / sizeof((pupils)[0]))
#define ACTIVITY(office, on, pupils)                                                                                   \
    list_record((office), "activity", "participants",                                                                   \
                (const char *const[]){"title=朗读", "kind=reading", "held_on=" on, "other_pupils=2", NULL}, pupils,         \
                sizeof(pupils) / sizeof((pupils)[0]))

static struct ga_priority_board board_of(struct office *office, int month)
{
    const struct ga_priority_ask ask = {.month = {2026, (int8_t)month, 1}};
    struct ga_priority_board board;
    struct ga_error err = {0};
    if (ga_priority_board_read(office->care, &ask, &office->arena, &board, &err) != GA_OK)
        fail_msg("%s", err.what.id);
    return board;
}

static const struct ga_priority_row *row_of(const struct ga_priority_board *board, const struct ga_uuid *child)
{
    char id[GA_UUID_TEXT_SIZE];
    for (size_t i = 0; i < board->count; i++)
        if (strcmp(board->rows[i].id, ga_uuid_text(child, id)) == 0)
            return &board->rows[i];
    return NULL;
}

static int turns_of(struct office *office, int month, const struct ga_uuid *child, size_t priority)
{
    const struct ga_priority_board board = board_of(office, month);
    const struct ga_priority_row *row = row_of(&board, child);
    return row == NULL ? -1 : row->cells[priority].turns;
}

static void a_lesson_is_a_turn_of_every_child_on_its_list(void **state)
{
    struct office *office = *state;
    const struct ga_uuid a = CHILD(office, "name=何丽"), b = CHILD(office, "name=彭英俊"), c = CHILD(office, "name=黄宁");
    const struct pupil pupils[] = {{.child = &a}, {.child = &b}};
    assert_int_equal(turns_of(office, 11, &a, STUDY), 0);
    TUTORING(office, "2026-11-20", pupils);
    const struct ga_priority_board board = board_of(office, 11);
    assert_int_equal(row_of(&board, &a)->cells[STUDY].turns, 1);
    assert_int_equal(row_of(&board, &b)->cells[STUDY].turns, 1);
    assert_int_equal(row_of(&board, &b)->cells[STUDY].last_on.day, 20);
    assert_int_equal(row_of(&board, &c)->cells[STUDY].turns, 0);
    assert_int_equal(row_of(&board, &c)->cells[STUDY].last_on.year, 0);
    assert_int_equal(turns_of(office, 10, &a, STUDY), 0);
    assert_string_equal(ga_priority_by(office->care, STUDY, row_of(&board, &a)->cells[STUDY].last_record, &office->arena), "周老师");
}

static void who_did_not_come_had_no_turn_and_a_course_is_as_many_as_were_attended(void **state)
{
    struct office *office = *state;
    const struct ga_uuid a = CHILD(office, "name=何丽"), b = CHILD(office, "name=彭英俊");
    const struct pupil pupils[] = {{&a, "result", "absent"}, {&b, "result", "better"}};
    const struct pupil players[] = {{&a, "times", "3"}, {&b, "role", "declined"}};
    TUTORING(office, "2026-11-05", pupils);
    ACTIVITY(office, "2026-11-06", players);
    assert_int_equal(turns_of(office, 11, &a, STUDY), 0);
    assert_int_equal(turns_of(office, 11, &b, STUDY), 1);
    assert_int_equal(turns_of(office, 11, &a, ACTIVITY), 3);
    assert_int_equal(turns_of(office, 11, &b, ACTIVITY), 0);
}

static void linked_files_of_one_child_on_one_list_are_one_turn(void **state)
{
    struct office *office = *state;
    const struct ga_uuid a = CHILD(office, "name=何丽"), again = CHILD(office, "name=何莉");
    const struct pupil pupils[] = {{.child = &a}, {.child = &again}};
    TUTORING(office, "2026-11-20", pupils);
    RECORD(office, "living_care", &again, "cared_on=2026-11-09", "kind=meals", "what=早饭");
    assert_int_equal(turns_of(office, 11, &again, LIVING), 1);
    assert_int_equal(ga_same_say(office->school.session->store, &a, &again, GA_SAME_LINKED, NULL, NULL), GA_OK);
    assert_int_equal(turns_of(office, 11, &a, STUDY), 1);
    assert_int_equal(turns_of(office, 11, &a, LIVING), 1);
    assert_int_equal(turns_of(office, 11, &again, STUDY), -1);
}

static void who_is_neither_left_behind_nor_a_key_child_stands_on_the_board_only_when_all_are_asked_for(void **state)
{
    struct office *office = *state;
    const struct ga_uuid plain = RECORD(office, "child", NULL, "name=周强", "grade=三年级", "class=2", "marked_left_behind=否");
    const struct ga_uuid key = RECORD(office, "child", NULL, "name=周丽", "grade=三年级", "class=2", "marked_left_behind=否", "key_child=是");
    const struct pupil pupils[] = {{.child = &plain}, {.child = &key}};
    const struct ga_priority_ask all = {.with_all = true};
    struct ga_priority_board board;
    TUTORING(office, "2026-11-20", pupils);
    assert_int_equal(turns_of(office, 11, &plain, STUDY), -1);
    assert_int_equal(turns_of(office, 11, &key, STUDY), 1);
    assert_int_equal(ga_priority_board_read(office->care, &all, &office->arena, &board, NULL), GA_OK);
    assert_int_equal(row_of(&board, &plain)->cells[STUDY].turns, 1);
    assert_false(row_of(&board, &plain)->counts);
}

/* Two needs before one, one before none; of equal ones who waits longer; each with its reasons. */
static void the_neediest_who_waited_longest_is_next_and_it_is_said_why(void **state)
{
    struct office *office = *state;
    const struct ga_uuid plain = CHILD(office, "name=安安"), key = CHILD(office, "name=白白", "key_child=是"),
                         alone = CHILD(office, "name=成成", "key_child=是", "guardian_kind=none"), had = CHILD(office, "name=丁丁");
    const struct pupil pupils[] = {{.child = &had}};
    size_t *rows;
    TUTORING(office, "2026-11-20", pupils);
    const struct ga_priority_board board = board_of(office, 11);
    assert_int_equal(ga_priority_next(&board, STUDY, &office->arena, &rows), 4);
    assert_ptr_equal(&board.rows[rows[0]], row_of(&board, &alone));
    assert_ptr_equal(&board.rows[rows[1]], row_of(&board, &key));
    assert_ptr_equal(&board.rows[rows[2]], row_of(&board, &plain));
    assert_ptr_equal(&board.rows[rows[3]], row_of(&board, &had));
    assert_string_equal(ga_priority_why(&board, rows[3], STUDY, GA_ZH, &office->arena), "1 个上课日没有轮到 · 本月 1/2");
    const char *why = ga_priority_why(&board, rows[0], STUDY, GA_ZH, &office->arena);
    assert_non_null(strstr(why, "重点帮扶 · 无人监护"));
    assert_non_null(strstr(why, "还没有轮到过"));
}

static void the_newest_assessment_decides_about_risk(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=何丽");
    RECORD(office, "need_assessment", &child, "assessed_on=2026-10-08", "lack_life=1", "lack_conduct=0", "lack_study=0",
           "lack_morals=0", "lack_safety=3", "lack_affection=0", "guardian_ability=good");
    struct ga_priority_board board = board_of(office, 11);
    assert_int_equal(ga_priority_case(&board, 0, STUDY).need, 30);
    RECORD(office, "need_assessment", &child, "assessed_on=2026-11-08", "lack_life=0", "lack_conduct=0", "lack_study=0",
           "lack_morals=0", "lack_safety=0", "lack_affection=0", "guardian_ability=good");
    board = board_of(office, 11);
    assert_int_equal(ga_priority_case(&board, 0, STUDY).need, 0);
}

/* The first record of all is of 1 September: days are known from there on. */
static void who_got_nothing_and_whom_nobody_reached_is_told_in_school_days(void **state)
{
    struct office *office = *state;
    const struct ga_uuid a = CHILD(office, "name=何丽"), b = CHILD(office, "name=彭英俊");
    size_t *rows;
    RECORD(office, "home_visit", &a, "visited_on=2026-09-01", "outcome=met", "met=grandmother_f", "concerns=ok");
    RECORD(office, "parent_call", &b, "called_on=2026-11-02", "whom=father", "outcome=reached", "topics=study");
    RECORD(office, "parent_call", &a, "called_on=2026-11-02", "whom=father", "outcome=no_answer");
    ga_session_set_today(office->school.session, (struct ga_date){2026, 11, 30});
    const struct ga_priority_board board = board_of(office, 11);
    const struct ga_calendar *calendar = ga_care_calendar(office->care);
    const int since = ga_calendar_school_days(calendar, (struct ga_days){{2026, 9, 2}, {2026, 11, 30}});
    assert_int_equal(row_of(&board, &a)->reached_days, since);
    assert_int_equal(row_of(&board, &b)->reached_days, ga_calendar_school_days(calendar, (struct ga_days){{2026, 11, 3}, {2026, 11, 30}}));
    assert_int_equal(ga_priority_unreached(&board, since, &office->arena, &rows), 1);
    assert_ptr_equal(&board.rows[rows[0]], row_of(&board, &a));
    assert_int_equal(ga_priority_quiet(&board, 30, &office->arena, &rows), 2);
    assert_int_equal(row_of(&board, &b)->quiet_days, ga_calendar_school_days(calendar, (struct ga_days){{2026, 9, 1}, {2026, 11, 30}}));
}

static int64_t unreached_of_classes(struct office *office, struct ga_date day)
{
    const struct ga_priority_ask ask = {.month = day};
    struct ga_priority_class *classes;
    size_t count = 0;
    ga_session_set_today(office->school.session, day);
    assert_int_equal(ga_priority_classes(office->care, &ask, &office->arena, &classes, &count, NULL), GA_OK);
    assert_int_equal(count, 1);
    return classes[0].unreached;
}

/* On the day that makes it sixty, no day earlier; the class says so as the board does. */
static void a_class_counts_whom_nobody_reached_from_the_sixtieth_day_on(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=何丽");
    struct ga_date day = {2026, 9, 2};
    RECORD(office, "home_visit", &child, "visited_on=2026-09-01", "outcome=met", "met=grandmother_f", "concerns=ok");
    while (ga_calendar_school_days(ga_care_calendar(office->care), (struct ga_days){{2026, 9, 2}, day}) < GA_PRIORITY_UNREACHED_DAYS)
        day = ga_date_add_days(day, 1);
    assert_int_equal(unreached_of_classes(office, ga_date_add_days(day, -1)), 0);
    assert_int_equal(unreached_of_classes(office, day), 1);
}

/* As the alarm counts it, whose line on the first page opens the list. */
static void what_was_brought_in_of_one_child_holds_nothing_against_another(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=何丽");
    CHILD(office, "name=崔子乐");
    RECORD(office, "home_visit", &child, "visited_on=2026-09-01", "outcome=met", "met=grandmother_f", "concerns=ok");
    const struct ga_priority_board board = board_of(office, 11);
    assert_int_equal(board.count, 2);
    for (size_t i = 0; i < board.count; i++)
        assert_true((board.rows[i].reached_days > 30) == (strcmp(board.rows[i].name, "何丽") == 0));
}

/* Of today it is asked of an index, of another month of every child: the same children, in the same order. */
static void assert_waiting_as_on_the_whole_board(struct office *office, int month, int days, bool is_reach)
{
    const struct ga_priority_board all = board_of(office, month);
    const struct ga_priority_ask ask = {.month = all.month, .quiet_days = is_reach ? 0 : days, .unreached_days = is_reach ? days : 0};
    struct ga_priority_board few;
    size_t at = 0;
    assert_int_equal(ga_priority_board_read(office->care, &ask, &office->arena, &few, NULL), GA_OK);
    for (size_t i = 0; i < all.count; i++) {
        if ((is_reach ? all.rows[i].reached_days : all.rows[i].quiet_days) < days)
            continue;
        assert_true(at < few.count);
        assert_string_equal(few.rows[at].name, all.rows[i].name);
        assert_int_equal(few.rows[at].quiet_days, all.rows[i].quiet_days);
        assert_int_equal(few.rows[at++].reached_days, all.rows[i].reached_days);
    }
    assert_int_equal(at, few.count);
}

static void who_waits_is_found_without_reading_everybody(void **state)
{
    struct office *office = *state;
    struct ga_uuid a = CHILD(office, "name=何丽"), b = CHILD(office, "name=彭英俊"), never = CHILD(office, "name=黄宁");
    (void)never;
    RECORD(office, "child", NULL, "name=周强", "grade=三年级", "class=2", "marked_left_behind=否");
    RECORD(office, "home_visit", &a, "visited_on=2026-09-01", "outcome=met", "met=grandmother_f", "concerns=ok");
    RECORD(office, "parent_call", &b, "called_on=2026-11-02", "whom=father", "outcome=reached", "topics=study");
    RECORD(office, "living_care", &a, "cared_on=2026-10-14", "kind=meals", "what=早饭");
    ga_session_set_today(office->school.session, (struct ga_date){2026, 11, 30});
    for (int month = 10; month <= 11; month++)
        for (int days = 0; days < 70; days++) {
            assert_waiting_as_on_the_whole_board(office, month, days, false);
            assert_waiting_as_on_the_whole_board(office, month, days, true);
        }
    RECORD(office, "living_care", &a, "cared_on=2026-11-30", "kind=meals", "what=早饭");
    assert_waiting_as_on_the_whole_board(office, 11, 20, false);
}

static void the_share_of_an_occasion_is_that_of_its_left_behind_children(void **state)
{
    struct office *office = *state;
    const struct ga_uuid a = CHILD(office, "name=何丽"),
                         plain = RECORD(office, "child", NULL, "name=周强", "grade=三年级", "class=2", "marked_left_behind=否");
    const struct pupil pupils[] = {{.child = &a}, {.child = &plain}};
    struct ga_priority_occasion *list;
    size_t count = 0;
    ACTIVITY(office, "2026-11-06", pupils);
    RECORD(office, "living_care", &a, "cared_on=2026-11-09", "kind=meals", "what=早饭", "asked_on=2026-11-08");
    RECORD(office, "living_care", &plain, "cared_on=2026-11-09", "kind=meals", "what=早饭");
    assert_int_equal(ga_priority_proof(office->care, ga_days_of_month((struct ga_date){2026, 11, 1}), &office->arena, &list, &count, NULL), GA_OK);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].priority, LIVING);
    assert_int_equal(list[0].left_behind, 1);
    assert_int_equal(list[0].others, 1);
    assert_int_equal(list[0].asked_on.day, 8);
    assert_int_equal(list[1].priority, ACTIVITY);
    assert_int_equal(list[1].left_behind, 1);
    assert_int_equal(list[1].others, 3);
    assert_int_equal(list[1].seats, -1);
}

/* On paper the same children and the same share as on the page that proves it. */
static void the_list_of_activities_names_who_was_there(void **state)
{
    struct office *office = *state;
    const struct ga_uuid a = CHILD(office, "name=何丽"), b = CHILD(office, "name=彭英俊"),
                         plain = RECORD(office, "child", NULL, "name=周强", "grade=三年级", "class=2", "marked_left_behind=否");
    const struct pupil both[] = {{.child = &a}, {.child = &plain}, {.child = &b}}, one[] = {{.child = &a}};
    struct ga_activity *list;
    size_t count = 0;
    ACTIVITY(office, "2026-11-06", both);
    ACTIVITY(office, "2026-10-09", one);
    RECORD(office, "activity", NULL, "title=防溺水", "kind=law", "held_on=2026-10-16", "place=操场", "counted=40", "other_pupils=3");
    assert_int_equal(ga_activities_read(office->care, (struct ga_days){{2026, 9, 1}, {2026, 11, 30}}, GA_ZH, &office->arena, &list, &count, NULL), GA_OK);
    assert_int_equal(count, 3);
    assert_string_equal(list[0].names, "何丽");
    assert_string_equal(list[1].title, "防溺水");
    assert_string_equal(list[1].place, "操场");
    assert_string_equal(list[1].names, "");
    assert_int_equal(list[1].counted, 40);
    assert_int_equal(list[1].others, 3);
    assert_true(strcmp(list[2].names, "何丽、彭英俊") == 0 || strcmp(list[2].names, "彭英俊、何丽") == 0);
    assert_int_equal(list[2].left_behind, 2);
    assert_int_equal(list[2].others, 3);
}

static void a_month_the_board_does_not_reach_is_refused(void **state)
{
    struct office *office = *state;
    const struct ga_priority_ask ask = {.month = {2025, 8, 1}}, later = {.month = {2026, 12, 1}};
    struct ga_priority_board board;
    assert_int_equal(ga_priority_board_read(office->care, &ask, &office->arena, &board, NULL), GA_REFUSED);
    assert_int_equal(ga_priority_board_read(office->care, &later, &office->arena, &board, NULL), GA_REFUSED);
}

static void the_order_is_one_order_and_more_need_never_comes_later(void **state)
{
    enum { CASES = 40, ROUNDS = 300 };
    const struct ga_priorities rule = {.days_weight = 1, .days_max = 20, .missing_weight = 7};
    struct ga_turn_case cases[CASES];
    uint64_t dice = 7;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < CASES; i++)
            cases[i] = (struct ga_turn_case){.need = (int64_t)dice_draw(&dice, 4) * 10, .days = (int64_t)dice_draw(&dice, 40),
                                             .missing = (int64_t)dice_draw(&dice, 3), .place = i};
        const struct ga_turn_case *a = &cases[dice_draw(&dice, CASES)], *b = &cases[dice_draw(&dice, CASES)], *c = &cases[dice_draw(&dice, CASES)];
        const int ab = ga_turn_compare(&rule, a, b), bc = ga_turn_compare(&rule, b, c);
        assert_int_equal(ab, -ga_turn_compare(&rule, b, a));
        assert_int_equal(ab == 0, a == b);
        if (ab < 0 && bc < 0)
            assert_true(ga_turn_compare(&rule, a, c) < 0);
        struct ga_turn_case needier = *a, waited = *a;
        needier.need++;
        waited.days++;
        assert_true(ga_turn_compare(&rule, &needier, a) < 0);
        assert_true(ga_turn_compare(&rule, &waited, a) < 0);
        assert_true(ga_turn_score(&rule, &waited) >= ga_turn_score(&rule, a));
    }
}

static int64_t count_by_sql(struct office *office, const char *sql, int64_t child)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    struct ga_error err = {0};
    if (ga_stmt_prepare(ga_store_db(office->school.session->store), sql, &stmt, &err) != GA_OK)
        fail_msg("%s %s", err.what.id, err.what.args);
    ga_stmt_bind_int(stmt, 1, child);
    assert_int_equal(ga_stmt_step(stmt, &has_row, NULL), GA_OK);
    const int64_t count = has_row ? ga_stmt_column_int(stmt, 0) : 0;
    ga_stmt_destroy(stmt);
    return count;
}

/* Plain SQL: what the board has to say, counted another way. Of one record the rows with most times count. */
static const char *const PLAIN[] = {
    "SELECT count(DISTINCT v.id) FROM v_tutoring AS v JOIN v_tutoring__pupils AS p ON p.record = v.id"
    " JOIN v_roster AS r ON r.id = p.child WHERE r.no = ?1 AND v.tutored_on LIKE '2026-11-%' AND p.result IS NOT 'absent'",
    "SELECT count(*) FROM v_living_care AS v JOIN v_roster AS r ON r.id = v.child WHERE r.no = ?1 AND v.cared_on LIKE '2026-11-%'",
    "SELECT ifnull(sum(n), 0) FROM (SELECT max(ifnull(p.times, 1)) AS n FROM v_activity AS v JOIN v_activity__participants AS p"
    " ON p.record = v.id JOIN v_roster AS r ON r.id = p.child WHERE r.no = ?1 AND v.held_on LIKE '2026-11-%'"
    " AND ifnull(p.role, '') NOT IN ('absent', 'declined') GROUP BY v.id)",
};

static void compare_with_sql(struct office *office)
{
    const struct ga_priority_board board = board_of(office, 11);
    for (size_t i = 0; i < board.count; i++)
        for (size_t p = 0; p < 3; p++) {
            const int64_t plain = count_by_sql(office, PLAIN[p], board.rows[i].child);
            if (board.rows[i].cells[p].turns != plain)
                fail_msg("%s, priority %zu: %d on the board, %d by SQL", board.rows[i].name, p, board.rows[i].cells[p].turns, (int)plain);
        }
}

static char *dump(struct office *office)
{
    struct ga_stmt *stmt;
    struct ga_str out = {0};
    bool has_row = false;
    assert_int_equal(ga_stmt_prepare(ga_store_db(office->school.session->store),
                                     "SELECT group_concat(no || ' ' || ifnull(first, 0) || ' ' || hex(rows), ';') FROM"
                                     " (SELECT * FROM _prio_child ORDER BY no)", &stmt, NULL), GA_OK);
    assert_int_equal(ga_stmt_step(stmt, &has_row, NULL), GA_OK);
    ga_str_add(&out, ga_stmt_column_text(stmt, 0));
    ga_stmt_destroy(stmt);
    return ga_str_take(&out);
}

/* What was followed save by save is what is counted anew. */
static void compare_with_anew(struct office *office)
{
    board_of(office, 11);
    char *followed = dump(office);
    assert_int_equal(ga_db_exec(ga_store_db(office->school.session->store), "DELETE FROM _prio_mark", NULL), GA_OK);
    assert_int_equal(ga_care_load(office->care, &(struct ga_problems){0}, NULL), GA_OK);
    board_of(office, 11);
    char *anew = dump(office);
    assert_string_equal(followed, anew);
    free(followed);
    free(anew);
}

enum { CHILDREN = 7, STEPS = 60 };

static void draw_list(struct office *office, uint64_t *dice, const struct ga_uuid *children, bool is_lesson)
{
    static const char *const results[] = {"absent", "better"}, *const roles[] = {"join", "declined"};
    struct pupil pupils[4];
    for (size_t i = 0; i < GA_COUNT(pupils); i++)
        pupils[i] = (struct pupil){&children[dice_draw(dice, CHILDREN)], is_lesson ? "result" : "role",
                                   (is_lesson ? results : roles)[dice_draw(dice, 2)]};
    if (is_lesson && dice_draw(dice, 2) == 0)
        TUTORING(office, "2026-11-12", pupils);
    else if (is_lesson)
        TUTORING(office, "2026-10-28", pupils);
    else
        ACTIVITY(office, "2026-11-03", pupils);
}

static void edit(struct office *office, const struct ga_uuid *record, const char *field, const char *typed)
{
    struct ga_entry *entry;
    assert_int_equal(ga_entry_open(office->school.session, record, &entry, NULL), GA_OK);
    entry->mode = GA_CHECK_IMPORT;
    assert_int_equal(ga_entry_set(entry, ga_form_field(entry->form, field), NULL, typed, NULL, NULL), GA_OK);
    assert_int_equal(ga_entry_save(entry, NULL, NULL), GA_OK);
    ga_entry_destroy(entry);
}

static void one_step(struct office *office, uint64_t *dice, const struct ga_uuid *children, struct ga_uuid *cared)
{
    const struct ga_uuid *child = &children[dice_draw(dice, CHILDREN)];
    static const char *const days[] = {"2026-11-02", "2026-10-09", "2026-09-01", "2026-11-21"};
    char word[40];
    snprintf(word, sizeof(word), "cared_on=%s", days[dice_draw(dice, 4)]);
    switch (dice_draw(dice, 6)) {
    case 0:
    case 1:
        draw_list(office, dice, children, true);
        break;
    case 2:
        draw_list(office, dice, children, false);
        break;
    case 3:
        *cared = RECORD(office, "living_care", child, word, "kind=meals", "what=饭");
        break;
    case 4:
        if (!ga_uuid_is_zero(cared))
            edit(office, cared, "cared_on", days[dice_draw(dice, 4)]);
        break;
    default:
        ga_same_say(office->school.session->store, child, &children[dice_draw(dice, CHILDREN)],
                    dice_draw(dice, 2) == 0 ? GA_SAME_LINKED : GA_SAME_DIFFERENT, NULL, NULL);
    }
}

static void whatever_is_saved_the_board_says_what_plain_sql_counts(void **state)
{
    struct office *office = *state;
    struct ga_uuid children[CHILDREN], cared = {0};
    uint64_t dice = 20261123;
    char name[40];
    for (size_t i = 0; i < CHILDREN; i++) {
        snprintf(name, sizeof(name), "name=孩子%zu", i);
        children[i] = CHILD(office, name);
    }
    for (int step = 0; step < STEPS; step++) {
        one_step(office, &dice, children, &cared);
        if (step % 4 == 0)
            compare_with_sql(office);
        if (step % 20 == 19)
            compare_with_anew(office);
    }
}

static void another_priority_is_a_change_of_the_file(void **state)
{
    struct office *office = *state;
    const struct ga_uuid child = CHILD(office, "name=何丽");
    const struct ga_priorities *rule;
    struct ga_problems problems;
    RECORD(office, "talk", &child, "talked_on=2026-11-05", "topics=study", "mood=4");
    school_session_put_form(&office->school, "priorities/three.yaml",
                            "priorities: three\nversion: 4\ntitle: {zh: 优先, en: First}\nwho: who.school\nshare: who.school\n"
                            "list:\n  - {name: talks, title: {zh: 谈心, en: Talks}, target: 1, records: {form: talk, day: talked_on}}\n");
    ga_problems_init(&problems);
    assert_int_equal(ga_care_load(office->care, &problems, NULL), GA_OK);
    assert_int_equal(ga_care_priorities(office->care, &problems, &rule, NULL), GA_OK);
    assert_int_equal(problems.faults + problems.warnings, 0);
    ga_problems_finish(&problems);
    assert_int_equal(rule->priorities.count, 1);
    assert_int_equal(turns_of(office, 11, &child, 0), 1);
}

static void faults_of_the_file_are_told_with_their_places(void **state)
{
    struct office *office = *state;
    struct ga_priority_set set;
    struct ga_problems problems;
    static const char text[] =
        "priorities: three\nversion: 1\ntitle: {zh: 优先, en: First}\nwho: who.scool\nshare: who.school\n"
        "list:\n  - {name: study, title: {zh: 学习, en: Study}, records: {form: tutoring, day: tutored, children: pupils, row: nosuch = 1}}\n"
        "  - {name: study, title: {zh: 谈心, en: Talks}, records: {form: meeting, day: held_on}}\n";
    ga_priority_set_init(&set);
    ga_problems_init(&problems);
    assert_int_equal(ga_priorities_read_text(&set, ga_store_forms(office->school.session->store),
                                             &(struct ga_definitions){0}, "three.yaml", text, strlen(text), &problems), GA_REFUSED);
    assert_null(set.item);
    assert_true(problems.faults >= 5);
    const struct ga_problem *first = ga_vec_at(&problems.list, 0);
    assert_string_equal(first->what.id, "there are two priorities '%1'");
    assert_int_equal(first->line, 8);
    ga_problems_finish(&problems);
    ga_priority_set_finish(&set);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        TEST(a_lesson_is_a_turn_of_every_child_on_its_list),
        TEST(who_did_not_come_had_no_turn_and_a_course_is_as_many_as_were_attended),
        TEST(linked_files_of_one_child_on_one_list_are_one_turn),
        TEST(who_is_neither_left_behind_nor_a_key_child_stands_on_the_board_only_when_all_are_asked_for),
        TEST(the_neediest_who_waited_longest_is_next_and_it_is_said_why),
        TEST(the_newest_assessment_decides_about_risk),
        TEST(who_got_nothing_and_whom_nobody_reached_is_told_in_school_days),
        TEST(a_class_counts_whom_nobody_reached_from_the_sixtieth_day_on),
        TEST(what_was_brought_in_of_one_child_holds_nothing_against_another),
        TEST(who_waits_is_found_without_reading_everybody),
        TEST(the_share_of_an_occasion_is_that_of_its_left_behind_children),
        TEST(the_list_of_activities_names_who_was_there),
        TEST(a_month_the_board_does_not_reach_is_refused),
        cmocka_unit_test(the_order_is_one_order_and_more_need_never_comes_later),
        TEST(whatever_is_saved_the_board_says_what_plain_sql_counts),
        TEST(another_priority_is_a_change_of_the_file),
        TEST(faults_of_the_file_are_told_with_their_places),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
