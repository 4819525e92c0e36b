/* Lays the board of a month out. */
#include "priority/priority_inner.h"

#include "guanai/base/alloc.h"

#include <string.h>

struct laying {
    struct ga_prio *prio;
    const struct ga_priority_ask *ask;
    struct ga_arena *arena;
    size_t month;
    int32_t first;
    struct ga_vec rows; /* struct ga_priority_row */
};

enum ga_rc ga_prio_month_of(const struct ga_prio *prio, struct ga_date month, size_t *ret_month, struct ga_error *err)
{
    const struct ga_date from = ga_date_from_days(prio->from);
    if (month.year == 0)
        month = prio->day;
    const int at = (month.year - from.year) * 12 + month.month - from.month;
    if (at < 0 || (size_t)at >= prio->months) {
        char text[GA_DATE_SIZE], until[GA_DATE_SIZE];
        ga_date_iso((struct ga_date){from.year, from.month, 0}, text);
        ga_date_iso((struct ga_date){prio->day.year, prio->day.month, 0}, until);
        return ga_error_set(err, GA_REFUSED, "the board reaches from %1 to %2", text, until);
    }
    *ret_month = (size_t)at;
    return GA_OK;
}

/* The last turn of a column up to the month. */
struct last {
    struct ga_date on;
    int64_t record;
};

static struct ga_date day_in(const struct ga_prio *prio, size_t month, uint8_t day)
{
    return (struct ga_date){prio->ends[month].year, prio->ends[month].month, (int8_t)day};
}

static void read_turns(const struct ga_prio *prio, const struct ga_prio_rows *rows, size_t month,
                       struct ga_priority_row *row, struct last *lasts)
{
    for (size_t i = 0; i < rows->turns_count; i++) {
        const struct ga_prio_turns turns = ga_prio_turns_at(rows, i);
        if (turns.month > month || turns.column >= GA_PRIO_COLUMNS_MAX)
            break; /* they come by month */
        lasts[turns.column] = (struct last){day_in(prio, turns.month, turns.day), turns.record};
        if (turns.month == month && turns.column < prio->rule->priorities.count) {
            row->cells[turns.column].turns = turns.turns;
            row->cells[turns.column].record = turns.record;
        }
    }
}

/* The first day from which a child that never had anything waits. */
static int32_t waits_from(const struct ga_prio *prio, const struct ga_prio_rows *rows, size_t month, int32_t first)
{
    size_t counts_from = month;
    for (size_t i = rows->months_count; i > 0; i--) {
        const struct ga_prio_month at = ga_prio_month_at(rows, i - 1);
        if (at.flags & GA_PRIO_COUNTS && at.month < counts_from)
            counts_from = at.month;
    }
    const struct ga_date end = prio->ends[counts_from];
    const int32_t day = ga_date_to_days((struct ga_date){end.year, end.month, 1});
    return day > first ? day : first;
}

static int days_since(const struct ga_prio *prio, struct ga_date last, int32_t otherwise, size_t month)
{
    const struct ga_date from = last.year != 0 ? ga_date_add_days(last, 1) : ga_date_from_days(otherwise);
    return ga_school_tally_days(&prio->tally, (struct ga_days){from, prio->ends[month]});
}

void ga_prio_row(const struct ga_prio *prio, const struct ga_prio_rows *rows, size_t month, int32_t first,
                 struct ga_priority_row *ret_row)
{
    struct last lasts[GA_PRIO_COLUMNS_MAX] = {0};
    struct ga_priority_row row = *ret_row;
    row.needs = rows->needs;
    for (size_t i = 0; i < rows->months_count; i++) {
        const struct ga_prio_month at = ga_prio_month_at(rows, i);
        row.counts |= at.month == month && (at.flags & GA_PRIO_COUNTS) != 0;
        row.is_shared |= at.month == month && (at.flags & GA_PRIO_SHARED) != 0;
    }
    read_turns(prio, rows, month, &row, lasts);
    const int32_t from = waits_from(prio, rows, month, first);
    for (size_t i = 0; i < prio->rule->priorities.count; i++) {
        struct ga_priority_cell *cell = &row.cells[i];
        cell->last_on = lasts[i].on;
        cell->last_record = lasts[i].record;
        cell->days = days_since(prio, lasts[i].on, from, month);
        if (lasts[i].on.year != 0 && ga_date_compare(lasts[i].on, row.quiet_on) > 0)
            row.quiet_on = lasts[i].on;
    }
    const struct last *reached = &lasts[ga_prio_reached(prio)];
    row.quiet_days = days_since(prio, row.quiet_on, from, month);
    row.reached_on = reached->on;
    row.reached_record = reached->record;
    /* Nobody could write a call down before there was an archive: old visits brought in hold nothing against the others. */
    row.reached_days = days_since(prio, reached->on, from > prio->first_day ? from : prio->first_day, month);
    *ret_row = row;
}

struct ga_prio_waits ga_prio_waits(const struct ga_prio *prio, const struct ga_prio_rows *rows)
{
    struct ga_prio_waits waits = {0};
    for (size_t i = 0; i < rows->months_count; i++) {
        const struct ga_prio_month at = ga_prio_month_at(rows, i);
        waits.counts |= at.month + 1u == prio->months && (at.flags & GA_PRIO_COUNTS) != 0;
    }
    for (size_t i = 0; i < rows->turns_count; i++) {
        const struct ga_prio_turns turns = ga_prio_turns_at(rows, i);
        const int32_t day = ga_date_to_days(day_in(prio, turns.month, turns.day));
        int32_t *last = turns.column == ga_prio_reached(prio) ? &waits.reached : &waits.quiet;
        *last = day > *last ? day : *last;
    }
    return waits;
}

int32_t ga_prio_waits_since(const struct ga_prio *prio, int days)
{
    for (int32_t day = prio->today; day >= prio->from; day--)
        if (ga_school_tally_days(&prio->tally, (struct ga_days){ga_date_from_days(day + 1), prio->day}) >= days)
            return day;
    return 0;
}

static bool had_turn(const struct laying *l, const struct ga_priority_row *row)
{
    for (size_t i = 0; i < l->prio->rule->priorities.count; i++)
        if (row->cells[i].turns > 0)
            return true;
    return false;
}

static void take_row(void *ctx, const struct ga_prio_seen *seen)
{
    struct laying *l = ctx;
    struct ga_priority_row row = {.child = seen->child};
    ga_prio_row(l->prio, &seen->rows, l->month, l->first, &row);
    if (!row.counts && !(l->ask->with_all && had_turn(l, &row)))
        return;
    if (row.quiet_days < l->ask->quiet_days || row.reached_days < l->ask->unreached_days)
        return;
    row.id = ga_arena_strdup(l->arena, seen->id);
    row.name = ga_arena_strdup(l->arena, seen->name);
    row.site = ga_arena_strdup(l->arena, seen->site);
    row.grade = ga_arena_strdup(l->arena, seen->grade);
    row.class_no = ga_arena_strdup(l->arena, seen->class_no);
    *(struct ga_priority_row *)ga_vec_push(&l->rows) = row;
}

static void hand_over(const struct laying *l, struct ga_priority_board *ret_board)
{
    const struct ga_date day = l->prio->ends[l->month];
    *ret_board = (struct ga_priority_board){.rule = l->prio->rule, .month = {day.year, day.month, 1}, .day = day,
                                            .count = l->rows.len};
    ret_board->rows = ga_arena_array(l->arena, l->rows.len + 1, sizeof(struct ga_priority_row));
    if (l->rows.len > 0)
        memcpy(ret_board->rows, l->rows.items, l->rows.len * sizeof(struct ga_priority_row));
}

enum ga_rc ga_priority_board_read(struct ga_care *care, const struct ga_priority_ask *ask, struct ga_arena *arena,
                                  struct ga_priority_board *ret_board, struct ga_error *err)
{
    struct laying l = {.ask = ask, .arena = arena};
    enum ga_rc rc = ga_prio_of(care, NULL, &l.prio, err);
    if (rc == GA_OK)
        rc = ga_prio_follow(l.prio, err);
    if (rc == GA_OK)
        rc = ga_prio_month_of(l.prio, ask->month, &l.month, err);
    if (rc == GA_OK)
        rc = ga_prio_first(l.prio, &l.first, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&l.rows, sizeof(struct ga_priority_row));
    rc = l.month + 1 == l.prio->months && !ask->with_all ? ga_prio_read_waiting(l.prio, ask, take_row, &l, err)
                                                         : ga_prio_read(l.prio, ask, l.month, take_row, &l, err);
    if (rc == GA_OK)
        hand_over(&l, ret_board);
    ga_vec_finish(&l.rows);
    return rc;
}
