/* Puts the records of one child into the windows of one duty. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"

#include <string.h>

static const int32_t FAR_DAYS = 1 << 22; /* EVERY stays late until it is done, so does what is said to stay of AFTER */

static void count_up(uint8_t *number)
{
    if (*number < UINT8_MAX)
        (*number)++;
}

/* One that counts goes before a try, whatever their days. */
static void note(struct ga_due_row *row, const struct ga_due_contact *contact, int32_t due_on, int needed)
{
    if (contact->is_try) {
        count_up(&row->tries);
    } else {
        count_up(&row->done);
        if (row->done == needed && contact->day > due_on)
            row->flags |= GA_ROW_LATE;
    }
    if (contact->is_try && row->done > 0)
        return;
    row->flags |= GA_ROW_HAS_RECORD;
    row->done_on = contact->day;
    row->record = contact->record;
}

static bool is_same_again(const struct ga_due_contact *contacts, size_t i)
{
    return i > 0 && contacts[i].record == contacts[i - 1].record && contacts[i].day == contacts[i - 1].day;
}

/*
 * Windows may overlap, by grace and by opening early. A record closes the oldest of them that still lacks one, else it
 * stands in the newest; so one visit never closes two months. What ended before the archive began takes only what was
 * on time: nobody was told to make it up.
 */
static long window_for(const struct ga_due_assigning *a, const struct ga_due_window *windows, size_t count,
                       const struct ga_due_row *rows, int32_t day)
{
    const int needed = (int)a->duty->count;
    long newest = -1;
    for (size_t i = 0; i < count && windows[i].opens <= day; i++) {
        const int32_t last = windows[i].due_on < a->begin ? windows[i].due_on : rows[i].ends; /* of one put off later */
        if (day > last || a->members[i] == GA_MEMBER_NOT)
            continue;
        if (rows[i].done < needed)
            return (long)i;
        newest = (long)i;
    }
    return newest;
}

static void take_outcome(struct ga_due_row *row, const struct ga_due_outcome *outcome)
{
    row->flags = (uint8_t)(row->flags & ~(GA_ROW_EXCUSED | GA_ROW_CONFIRMED | GA_ROW_POSTPONED));
    row->outcome = outcome->record;
    if (outcome->until == 0) {
        row->flags |= outcome->is_confirmed ? GA_ROW_EXCUSED | GA_ROW_CONFIRMED : GA_ROW_EXCUSED;
        return;
    }
    row->flags |= GA_ROW_POSTPONED | GA_ROW_HAS_DAYS;
    row->opens = outcome->until;
    if (row->due_on < outcome->until)
        row->due_on = outcome->until;
    if (row->ends < row->due_on)
        row->ends = row->due_on;
}

/*
 * The newest word holds, and what an older one moved is as it was; of a window without a label, one that was said while
 * it was open. Records are put into the windows afterwards: on the day it was put off to it is done in time.
 */
static void take_outcomes(const struct ga_due_assigning *a, const char *label, struct ga_due_row *row)
{
    const struct ga_due_row owed = *row;
    for (size_t i = 0; i < a->outcomes_count; i++) {
        const struct ga_due_outcome *outcome = &a->outcomes[i];
        const bool is_named = label[0] != '\0' && outcome->label[0] != '\0';
        const bool is_meant = is_named ? strcmp(outcome->label, label) == 0
                                       : outcome->on >= row->opens && outcome->on <= row->ends;
        if (outcome->duty != a->duty_no || !is_meant)
            continue;
        if (is_named)
            *row = owed;
        take_outcome(row, outcome);
    }
}

/* Only what ran out undone, of which nothing else was said: the days are those of the row, put off or not. */
static void apply_pauses(const struct ga_due_assigning *a, struct ga_due_row *row)
{
    if (a->pauses_count == 0 || row->done >= (int)a->duty->count || row->flags & (GA_ROW_EXCUSED | GA_ROW_RESTS))
        return;
    const struct ga_date due_on = ga_date_from_days(row->due_on);
    for (size_t i = 0; i < a->pauses_count; i++) {
        const struct ga_due_pause *pause = &a->pauses[i];
        if ((pause->duty >= 0 && (size_t)pause->duty != a->duty_no) || pause->year != due_on.year ||
            pause->month != due_on.month || row->ends < pause->from || row->ends >= pause->until)
            continue;
        row->flags = (uint8_t)((row->flags & ~GA_ROW_CONFIRMED) | GA_ROW_EXCUSED | (pause->is_confirmed ? GA_ROW_CONFIRMED : 0));
        row->outcome = pause->record;
    }
}

/* Once it is done it was owed from its first day on; only a last day that was moved stays. */
static void settle(struct ga_due_row *row, const struct ga_due_row *owed, int needed)
{
    if (!(row->flags & GA_ROW_POSTPONED) || row->done < needed)
        return;
    row->opens = owed->opens;
    if (row->due_on == owed->due_on && !(owed->flags & GA_ROW_HAS_DAYS))
        row->flags = (uint8_t)(row->flags & ~GA_ROW_HAS_DAYS);
}

/* What was done is shown however long ago; what was not, from the archive's first day on. */
static bool is_kept(const struct ga_due_assigning *a, const struct ga_due_row *row, int32_t due_on)
{
    if (a->only_touched)
        return row->done > 0 || row->tries > 0 || row->outcome != 0;
    return row->done >= (int)a->duty->count || due_on >= (a->duty->cadence.is_staying ? a->first_day : a->begin);
}

void ga_due_assign(const struct ga_due_assigning *a, struct ga_vec *rows)
{
    const struct ga_due_window *windows = a->windows->items + a->windows->first[a->duty_no];
    const size_t count = a->windows->first[a->duty_no + 1] - a->windows->first[a->duty_no], from = rows->len;
    const int needed = (int)a->duty->count;
    for (size_t i = 0; i < count; i++)
        *(struct ga_due_row *)ga_vec_push(rows) = (struct ga_due_row){
            .window = windows[i].no, .opens = windows[i].opens, .due_on = windows[i].due_on, .ends = windows[i].ends};
    struct ga_due_row *own = count == 0 ? NULL : GA_VEC_AT(struct ga_due_row, rows, from);
    for (size_t i = 0; i < count; i++)
        take_outcomes(a, windows[i].label, &own[i]);
    for (size_t i = 0; i < a->contacts_count; i++) {
        const long at = is_same_again(a->contacts, i) ? -1 : window_for(a, windows, count, own, a->contacts[i].day);
        if (at >= 0)
            note(&own[at], &a->contacts[i], own[at].due_on, needed);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (a->members[i] == GA_MEMBER_NOT)
            continue;
        if (a->members[i] == GA_MEMBER_RESTS)
            own[i].flags |= GA_ROW_RESTS;
        settle(&own[i], &(const struct ga_due_row){.opens = windows[i].opens, .due_on = windows[i].due_on}, needed);
        apply_pauses(a, &own[i]);
        if (is_kept(a, &own[i], windows[i].due_on))
            own[kept++] = own[i];
    }
    ga_vec_remove_many(rows, from + kept, count - kept);
}

static struct ga_due_row *push_own(struct ga_vec *rows, uint16_t window, int32_t opens, int32_t due_on, int32_t ends)
{
    struct ga_due_row *row = ga_vec_push(rows);
    *row = (struct ga_due_row){.window = window, .flags = GA_ROW_HAS_DAYS, .opens = opens, .due_on = due_on, .ends = ends};
    return row;
}

/* Days that rest are no days to be late on: the first day after the holiday. */
static int32_t after_holiday(const struct ga_due_assigning *a, int32_t day)
{
    struct ga_days holiday;
    for (int i = 0; i < 4 && !a->duty->cadence.is_in_holidays; i++) {
        if (!ga_calendar_is_holiday(a->calendar, ga_date_from_days(day), &holiday))
            break;
        day = ga_date_to_days(holiday.to) + 1;
    }
    return day;
}

/* The next one after what was done on `last`: may be done from the day behind it, is due so many days later. */
static struct ga_due_row *push_next(const struct ga_due_assigning *a, int32_t last, struct ga_vec *rows)
{
    const int32_t due_on = after_holiday(a, last + a->duty->cadence.days);
    return push_own(rows, a->windows->items[a->windows->first[a->duty_no]].no, last + 1, due_on, FAR_DAYS);
}

/* Switched off, what was done and what was late then stays as it was; nothing is owed after that day. */
void ga_due_assign_every(const struct ga_due_assigning *a, int32_t since, struct ga_vec *rows)
{
    const bool is_over = a->last_on < a->windows->today;
    size_t i = 0;
    int32_t last = since;
    for (; i < a->contacts_count && a->contacts[i].day < since; i++)
        if (!a->contacts[i].is_try)
            last = a->contacts[i].day;
    struct ga_due_row *row = push_next(a, last, rows);
    for (; i < a->contacts_count && (!is_over || a->contacts[i].day <= a->last_on); i++) {
        if (is_same_again(a->contacts, i))
            continue;
        note(row, &a->contacts[i], row->due_on, 1);
        if (!a->contacts[i].is_try)
            row = push_next(a, a->contacts[i].day, rows);
    }
    if (a->members[0] == GA_MEMBER_NOT || (is_over && row->due_on > a->last_on)) {
        ga_vec_remove(rows, rows->len - 1);
        return;
    }
    if (is_over)
        row->ends = a->last_on;
    if (a->members[0] == GA_MEMBER_RESTS)
        row->flags |= GA_ROW_RESTS;
    take_outcomes(a, "", row);
}

void ga_due_assign_after(const struct ga_due_assigning *a, const int32_t *events, size_t count, struct ga_vec *rows)
{
    const struct ga_cadence *cadence = &a->duty->cadence;
    const int needed = (int)a->duty->count;
    const uint16_t window = a->windows->items[a->windows->first[a->duty_no]].no;
    for (size_t i = 0; i < count; i++) {
        const int32_t due_on = events[i] + cadence->days;
        struct ga_due_row *row = push_own(rows, window, events[i], due_on, cadence->is_staying ? FAR_DAYS : due_on + cadence->grace_days);
        const struct ga_due_row owed = *row;
        take_outcomes(a, "", row);
        for (size_t k = 0; k < a->contacts_count; k++)
            if (!is_same_again(a->contacts, k) && a->contacts[k].day >= owed.opens && a->contacts[k].day <= row->ends)
                note(row, &a->contacts[k], row->due_on, needed);
        settle(row, &owed, needed);
        if (a->members[i] == GA_MEMBER_NOT || !is_kept(a, row, due_on)) {
            ga_vec_remove(rows, rows->len - 1);
            continue;
        }
        if (a->members[i] == GA_MEMBER_RESTS)
            row->flags |= GA_ROW_RESTS;
        apply_pauses(a, row);
    }
}
