/* Holds calendar, first page, alarms, board of priorities against lists and records. */
#include "year_look.h"

#include "guanai/app/figures.h"
#include "guanai/app/schedule.h"
#include "guanai/base/alloc.h"
#include "guanai/care/alarm.h"
#include "guanai/care/priorities.h"
#include "guanai/care/whose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Calendar. */

static bool is_on_calendar(const struct year_look *look, const struct ga_due *due, const char *owner, struct ga_days span)
{
    const struct ga_date day = due->state == GA_DUE_LATE ? look->today : due->window.due_on;
    return (year_is_open(due) || due->state == GA_DUE_COMING) && ga_days_has(span, day) &&
           (owner == NULL || strcmp(owner, due->owner) == 0);
}

/* Days in order, each row one of the list, as many as that has. */
static size_t calendar_agrees(const struct year_look *look, const char *owner, struct ga_days span)
{
    struct ga_arena arena = {0};
    struct ga_schedule schedule;
    size_t dues = 0, wanted = 0, trips = 0, appointments = 0;
    YEAR_HOLD(look, ga_schedule_read(look->session, owner, span, &arena, &schedule, &err));
    for (size_t i = 0; i < look->all_count; i++)
        wanted += is_on_calendar(look, &look->all[i], owner, span);
    for (size_t i = 0; i < schedule.count; i++) {
        const struct ga_schedule_item *item = &schedule.items[i];
        trips += item->kind == GA_SCHEDULE_TRIP;
        appointments += item->kind == GA_SCHEDULE_APPOINTMENT;
        dues += item->kind == GA_SCHEDULE_DUE;
        if (i > 0 && ga_date_compare(schedule.items[i - 1].day, item->day) > 0)
            YEAR_FAIL(look, "the calendar is out of order");
        if (item->kind == GA_SCHEDULE_DUE &&
            (!is_on_calendar(look, &item->due, owner, span) ||
             ga_date_compare(item->day, item->due.state == GA_DUE_LATE ? look->today : item->due.window.due_on) != 0))
            YEAR_FAIL(look, "the calendar has on %s what is %s", GA_DATE_ISO(item->day), ga_due_codes[item->due.state]);
    }
    if (dues != wanted)
        YEAR_FAIL(look, "the calendar of %s has %zu dues, the list %zu", owner == NULL ? "all" : owner, dues, wanted);
    if (owner == NULL) {
        year_need_view(look, "trip", NULL);
        year_need_view(look, "home_visit", NULL);
        const int64_t planned = year_ask(look, "SELECT count(*) FROM v_trip WHERE ?1 = 0 AND planned_on BETWEEN ?2 AND ?3", 0,
                                         GA_DATE_ISO(span.from), GA_DATE_ISO(span.to));
        const int64_t agreed = year_ask(look, "SELECT count(*) FROM v_home_visit v WHERE ?1 = 0 AND follow_up_on BETWEEN ?2 AND ?3"
                                        " AND no = (SELECT no FROM v_home_visit l WHERE l._child = v._child ORDER BY visited_on DESC,"
                                        " no DESC LIMIT 1)", 0, GA_DATE_ISO(span.from), GA_DATE_ISO(span.to));
        if ((int64_t)trips != planned || (int64_t)appointments != agreed)
            YEAR_FAIL(look, "the calendar has %zu trips, %zu appointments; records say %lld, %lld", trips, appointments,
                      (long long)planned, (long long)agreed);
    }
    ga_arena_finish(&arena);
    return schedule.count;
}

void year_calendars_agree(const struct year_look *look, struct ga_days span)
{
    size_t unowned = 0, of_owners = 0;
    const size_t of_all = calendar_agrees(look, NULL, span);
    for (size_t i = 0; i < look->all_count; i++)
        unowned += look->all[i].owner[0] == '\0' && is_on_calendar(look, &look->all[i], NULL, span);
    for (size_t i = 0; i < YEAR_OWNERS; i++)
        of_owners += calendar_agrees(look, year_teachers[i], span);
    if (of_all != of_owners + unowned)
        YEAR_FAIL(look, "the school's calendar has %zu rows, its owners' %zu, %zu nobody's", of_all, of_owners, unowned);
}

/* First page. */

/* Something of that duty is open for that child already: the page counts children. */
static bool is_asked_before(const struct year_look *look, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (look->all[k].duty == look->all[i].duty && look->all[k].child == look->all[i].child && year_is_open(&look->all[k]) &&
            strcmp(look->all[k].owner, look->all[i].owner) == 0)
            return true;
    return false;
}

static void lines_agree(const struct year_look *look, const struct ga_brief *brief, const char *user)
{
    const struct ga_duties *duties = ga_care_duties(look->care);
    size_t line = 0;
    for (size_t d = 0; d < duties->count && line < GA_BRIEF_LINES_MAX; d++) {
        int64_t open = 0, late = 0;
        struct ga_date first = {0};
        for (size_t i = 0; i < look->all_count; i++) {
            const struct ga_due *due = &look->all[i];
            if (due->duty != d || !year_is_open(due) || strcmp(due->owner, user) != 0)
                continue;
            if (first.year == 0)
                first = due->window.due_on;
            open += due->child == 0 || !is_asked_before(look, i);
            late += due->state == GA_DUE_LATE;
        }
        if (open == 0)
            continue;
        const struct ga_brief_line *is = &brief->lines[line++];
        if (line > brief->count || strcmp(is->duty, duties->items[d]->name) != 0 || is->open != open || is->late != late ||
            ga_date_compare(is->due_on, first) != 0)
            YEAR_FAIL(look, "the first page of %s does not say %s: %d open, %d late, first %s", user, duties->items[d]->name, (int)open,
                      (int)late, GA_DATE_ISO(first));
    }
    if (line != brief->count)
        YEAR_FAIL(look, "the first page of %s has %zu lines, the list %zu", user, brief->count, line);
}

static void sums_agree(const struct year_look *look, const struct ga_brief *brief)
{
    const struct ga_date before = ga_date_add_months((struct ga_date){look->today.year, look->today.month, 1}, -1);
    const struct ga_days month = ga_days_of_month(look->today);
    int64_t owed = 0, later = 0, done = 0, unconfirmed = 0;
    for (size_t i = 0; i < look->all_count; i++) {
        const struct ga_due *due = &look->all[i];
        const int per = ga_care_duties(look->care)->items[due->duty]->per;
        const bool is_waiting = due->state == GA_DUE_EXCUSED && !due->is_confirmed;
        unconfirmed += is_waiting && year_is_in(look, due, (struct ga_days){before, look->today});
        if (!year_is_in(look, due, month) || (per != GA_PER_CHILD && per != GA_PER_CLASS) || due->state == GA_DUE_EXCUSED ||
            due->state == GA_DUE_RESTS)
            continue;
        const bool is_later = !ga_due_is_done(due->state) && ga_date_compare(due->window.due_on, month.to) > 0;
        later += is_later;
        owed += !is_later;
        done += ga_due_is_done(due->state);
    }
    if (brief->owed != owed || brief->later != later || brief->done != done || brief->unconfirmed != unconfirmed)
        YEAR_FAIL(look, "the first page says %d/%d, %d unconfirmed; the list %d/%d, %d", (int)brief->done, (int)brief->owed,
                  (int)brief->unconfirmed, (int)done, (int)owed, (int)unconfirmed);
}

static void alarms_agree(const struct year_look *look, const struct ga_brief *brief, const char *user)
{
    struct ga_arena arena = {0};
    struct ga_alarm *all;
    const char *scope;
    int64_t counts[GA_ALARMS_MAX];
    size_t count = 0, line = 0;
    const struct ga_alarm_ask every = {0};
    const struct ga_alarm_rules *rules = ga_care_alarms(look->care);
    YEAR_HOLD(look, ga_alarm_list(look->care, &every, &arena, &all, &count, &err));
    YEAR_HOLD(look, ga_care_scope_of(look->care, user, &scope, &err));
    YEAR_HOLD(look, ga_alarm_counts(look->care, scope, counts, &err));
    for (size_t r = 0; r < rules->count; r++) {
        int64_t of_rule = 0;
        for (size_t i = 0; i < count; i++)
            of_rule += all[i].rule == r && (scope == NULL || strcmp(all[i].teacher, scope) == 0 || strcmp(all[i].proxy, scope) == 0 ||
                                            strcmp(all[i].helper, scope) == 0 || strcmp(all[i].watcher, scope) == 0);
        const bool is_listed = of_rule > 0 && line < GA_BRIEF_ALARMS_MAX;
        const struct ga_brief_alarm *is = &brief->alarms[line];
        line += is_listed;
        if (counts[r] != of_rule || (is_listed && (line > brief->alarms_count || is->count != of_rule ||
                                                   strcmp(is->alarm, rules->items[r]->name) != 0)))
            YEAR_FAIL(look, "of %s there are %d alarms %s, the count says %d, the first page %d", user, (int)of_rule,
                      rules->items[r]->name, (int)counts[r], is_listed ? (int)is->count : 0);
    }
    if (line != brief->alarms_count)
        YEAR_FAIL(look, "the first page of %s has %zu alarms, there are %zu", user, brief->alarms_count, line);
    ga_arena_finish(&arena);
}

void year_first_pages_agree(const struct year_look *look)
{
    struct ga_arena arena = {0};
    for (size_t i = 0; i < 3; i++) {
        const char *user = year_teachers[i == 0 ? 0 : ((size_t)ga_date_to_days(look->today) + i) % YEAR_OWNERS];
        struct ga_brief brief;
        bool is_known = false;
        YEAR_HOLD(look, ga_session_brief(look->session, user, &arena, &brief, &is_known, &err));
        if (!is_known)
            YEAR_FAIL(look, "the first page does not know what it says");
        lines_agree(look, &brief, user);
        sums_agree(look, &brief);
        alarms_agree(look, &brief, user);
    }
    ga_arena_finish(&arena);
}

/* Board of priorities. */

enum { MEMBERS_EVERY = 10 };

static const char *const TURNS[] = {
    "SELECT count(*) FROM v_tutoring v WHERE tutored_on BETWEEN ?2 AND ?3 AND EXISTS (SELECT 1 FROM v_tutoring__pupils r"
    " WHERE r._record = v.no AND r._no_child = ?1 AND r.result IS NOT 'absent')",
    "SELECT count(*) FROM (SELECT no FROM v_living_care WHERE cared_on BETWEEN ?2 AND ?3 AND _child = ?1 UNION SELECT v.no FROM"
    " v_living_care v JOIN v_living_care__also r ON r._record = v.no WHERE cared_on BETWEEN ?2 AND ?3 AND r._no_child = ?1)",
    "SELECT ifnull(sum(most), 0) FROM (SELECT max(ifnull(r.times, 1)) AS most FROM v_activity v JOIN v_activity__participants r"
    " ON r._record = v.no WHERE held_on BETWEEN ?2 AND ?3 AND r._no_child = ?1 AND ifnull(r.role, '') NOT IN ('absent', 'declined')"
    " GROUP BY v.no)"};

static void turns_agree(const struct year_look *look, const struct ga_priority_board *board, const struct ga_priority_row *row)
{
    for (size_t p = 0; p < board->rule->priorities.count; p++) {
        struct ga_arena arena = {0};
        struct ga_priority_turn *turns;
        const struct ga_priority_cell *cell = &row->cells[p];
        size_t count = 0;
        int sum = 0;
        const int64_t records = year_ask(look, TURNS[p], row->child, GA_DATE_ISO(board->month), GA_DATE_ISO(board->day));
        YEAR_HOLD(look, ga_priority_turns(look->care, row->child, p, board->month, &arena, &turns, &count, &err));
        for (size_t i = 0; i < count; i++)
            sum += turns[i].times;
        const bool is_newest = count == 0 ? cell->record == 0 : cell->record == turns[0].record;
        if (cell->turns != records || cell->turns != sum || !is_newest)
            YEAR_FAIL(look, "the board has %d turns of %s for %s, the records behind it %d, plain SQL %d", cell->turns,
                      board->rule->priorities.items[p].name.text, row->name, sum, (int)records);
        const int since = cell->last_on.year == 0 ? cell->days : ga_calendar_school_days(
            ga_care_calendar(look->care), (struct ga_days){ga_date_add_days(cell->last_on, 1), board->day});
        if (cell->days != since || (cell->last_on.year != 0 && row->quiet_days > cell->days))
            YEAR_FAIL(look, "%s waits %d school days on the board, %d by the calendar, %d for anything", row->name, cell->days, since,
                      row->quiet_days);
        ga_arena_finish(&arena);
    }
}

/* Who counts that day stands on it, nobody else. */
static void members_agree(const struct year_look *look, const struct ga_priority_board *board)
{
    struct ga_figures *figures;
    struct ga_problems problems;
    struct ga_headcount headcount;
    const struct ga_figures_ask ask = {.day = board->day};
    size_t shared = 0, wanted = 0;
    ga_problems_init(&problems);
    YEAR_HOLD(look, ga_session_figures(look->session, &problems, &figures, &err));
    ga_problems_finish(&problems);
    YEAR_HOLD(look, ga_figures_count(figures, &ask, &headcount, &err));
    for (size_t d = 0; d < headcount.definitions->count; d++)
        if (strcmp(headcount.definitions->items[d]->name, "school") == 0)
            wanted = headcount.tally[d][GA_COUNTED_YES];
    for (size_t i = 0; i < board->count; i++)
        shared += board->rows[i].is_shared;
    ga_headcount_finish(&headcount);
    if (shared != wanted)
        YEAR_FAIL(look, "%zu left-behind children stand on the board of %s, %zu count", shared, GA_DATE_ISO(board->month), wanted);
}

static size_t count_waiting(const struct ga_priority_board *board, int days, bool is_reach)
{
    size_t count = 0;
    for (size_t i = 0; i < board->count; i++)
        count += board->rows[i].counts && (is_reach ? board->rows[i].reached_days : board->rows[i].quiet_days) >= days;
    return count;
}

static void classes_agree(const struct year_look *look, const struct ga_priority_board *board, struct ga_arena *arena)
{
    struct ga_priority_class *classes;
    const struct ga_priority_ask ask = {.month = board->month};
    size_t count = 0, *rows;
    struct ga_priority_class sum = {0};
    int64_t turns = 0, of_classes = 0;
    YEAR_HOLD(look, ga_priority_classes(look->care, &ask, arena, &classes, &count, &err));
    for (size_t i = 0; i < count; i++) {
        sum.children += classes[i].children;
        sum.quiet += classes[i].quiet;
        sum.very_quiet += classes[i].very_quiet;
        sum.unreached += classes[i].unreached;
        for (size_t p = 0; p < board->rule->priorities.count; p++)
            of_classes += classes[i].sums[p].turns;
    }
    for (size_t i = 0; i < board->count; i++)
        for (size_t p = 0; p < board->rule->priorities.count; p++)
            turns += board->rows[i].cells[p].turns;
    const size_t quiet = ga_priority_quiet(board, 30, arena, &rows), very_quiet = ga_priority_quiet(board, 60, arena, &rows),
                 unreached = ga_priority_unreached(board, 60, arena, &rows);
    if (sum.children != (int64_t)board->count || turns != of_classes || sum.quiet != (int64_t)quiet ||
        sum.very_quiet != (int64_t)very_quiet || sum.unreached != (int64_t)unreached || quiet != count_waiting(board, 30, false) ||
        very_quiet != count_waiting(board, 60, false) || unreached != count_waiting(board, 60, true))
        YEAR_FAIL(look, "the board of %s has other sums than its classes", GA_DATE_ISO(board->month));
    const struct {
        struct ga_priority_ask ask;
        size_t expected;
    } waits[] = {{{.month = board->month, .quiet_days = 30}, quiet},
                 {{.month = board->month, .quiet_days = 60}, very_quiet},
                 {{.month = board->month, .unreached_days = 60}, unreached}};
    for (size_t i = 0; i < GA_COUNT(waits); i++) {
        struct ga_priority_board few;
        YEAR_HOLD(look, ga_priority_board_read(look->care, &waits[i].ask, arena, &few, &err));
        if (few.count != waits[i].expected)
            YEAR_FAIL(look, "the board of who waits has others than the whole board of %s", GA_DATE_ISO(board->month));
    }
    for (size_t p = 0; p < board->rule->priorities.count; p++)
        if (ga_priority_next(board, p, arena, &rows) != board->count)
            YEAR_FAIL(look, "not everybody on the board has a place among who is next");
}

void year_boards_agree(const struct year_look *look, struct ga_date month)
{
    struct ga_arena arena = {0};
    struct ga_priority_board board;
    const struct ga_priority_ask ask = {.month = month};
    static const char *const NEEDED[][2] = {{"tutoring", "pupils"}, {"living_care", "also"}, {"activity", "participants"}};
    for (size_t i = 0; i < GA_COUNT(NEEDED); i++)
        year_need_view(look, NEEDED[i][0], NEEDED[i][1]);
    YEAR_HOLD(look, ga_priority_board_read(look->care, &ask, &arena, &board, &err));
    assert_int_equal(board.rule->priorities.count, GA_COUNT(TURNS));
    for (size_t i = 0; i < board.count; i++)
        turns_agree(look, &board, &board.rows[i]);
    classes_agree(look, &board, &arena);
    if (ga_date_to_days(look->today) % MEMBERS_EVERY == 0) /* reads all definitions and duties again: the board dies with them */
        members_agree(look, &board);
    ga_arena_finish(&arena);
}
