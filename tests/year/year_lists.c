/* Holds lists and counts of what is owed against all that is owed. */
#include "year_look.h"

#include "guanai/base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { RECORDS_EVERY = 11 }; /* of what is done so many-th are looked up each day: others the day after */

static bool is_same_day(struct ga_date a, struct ga_date b)
{
    return ga_date_compare(a, b) == 0;
}

static bool is_same(const struct ga_due *a, const struct ga_due *b)
{
    return a->duty == b->duty && a->child == b->child && strcmp(a->class_key, b->class_key) == 0 && strcmp(a->owner, b->owner) == 0 &&
           a->state == b->state && a->is_confirmed == b->is_confirmed && a->needed == b->needed && a->done == b->done &&
           a->tries == b->tries && is_same_day(a->done_on, b->done_on) && a->record == b->record && a->outcome == b->outcome &&
           a->days_late == b->days_late && strcmp(a->window.label, b->window.label) == 0 &&
           is_same_day(a->window.opens, b->window.opens) && is_same_day(a->window.due_on, b->window.due_on) &&
           is_same_day(a->window.ends, b->window.ends);
}

/* What an ask has to bring, told a second time. */
static bool is_asked(const struct year_look *look, const struct ga_due_ask *ask, size_t i)
{
    const struct ga_due *due = &look->all[i];
    const struct ga_duties *duties = ga_care_duties(look->care);
    const uint32_t states = ask->states != 0 ? ask->states : 1u << GA_DUE_OPEN | 1u << GA_DUE_LATE;
    return (states >> due->state & 1) && (ask->owner == NULL || strcmp(ask->owner, due->owner) == 0) &&
           year_is_of_class(look, i, ask->site, ask->grade, ask->class_no) && (ask->child == 0 || ask->child == due->child) &&
           (ask->duty == NULL || strcmp(duties->items[due->duty]->name, ask->duty) == 0) &&
           (ask->span.from.year == 0 || year_is_in(look, due, ask->span));
}

static void tell(const struct year_look *look, const char *what, const struct ga_due *due)
{
    if (due == NULL)
        print_error("%s: nothing\n", what);
    else
        print_error("%s: %s of %lld %s %s owner %s %s–%s–%s %s done %d of %d record %lld outcome %lld\n", what,
                    ga_care_duties(look->care)->items[due->duty]->name, (long long)due->child, due->class_key, due->window.label,
                    due->owner, GA_DATE_ISO(due->window.opens), GA_DATE_ISO(due->window.due_on), GA_DATE_ISO(due->window.ends),
                    ga_due_codes[due->state], due->done, due->needed, (long long)due->record, (long long)due->outcome);
}

static size_t list_agrees(const struct year_look *look, const char *name, const struct ga_due_ask *ask)
{
    struct ga_arena arena = {0};
    struct ga_due *list;
    size_t count = 0, at = 0;
    YEAR_HOLD(look, ga_due_list(look->care, ask, &arena, &list, &count, &err));
    for (size_t i = 0; i < look->all_count && (ask->limit == 0 || at < ask->limit); i++) {
        if (!is_asked(look, ask, i))
            continue;
        if (at == count || !is_same(&list[at], &look->all[i])) {
            tell(look, "of all", &look->all[i]);
            tell(look, "listed", at == count ? NULL : &list[at]);
            YEAR_FAIL(look, "the list %s is another one at row %zu", name, at);
        }
        at++;
    }
    if (at != count) {
        tell(look, "listed", &list[at]);
        YEAR_FAIL(look, "the list %s has %zu rows, it should have %zu", name, count, at);
    }
    ga_arena_finish(&arena);
    return count;
}

/* Everybody's, then one owner's after the other: together they are all of it. */
static void owners_agree(const struct year_look *look)
{
    const struct ga_due_ask every = {0};
    size_t of_owners = list_agrees(look, "of the school", &every);
    for (size_t i = 0; i < look->all_count; i++)
        of_owners -= year_is_open(&look->all[i]) && look->all[i].owner[0] == '\0';
    for (size_t i = 0; i < YEAR_OWNERS; i++) {
        const struct ga_due_ask ask = {.owner = year_teachers[i]};
        of_owners -= list_agrees(look, year_teachers[i], &ask);
    }
    if (of_owners != 0)
        YEAR_FAIL(look, "%zd more are open than all owners have", (ssize_t)of_owners);
}

static void parts_agree(const struct year_look *look)
{
    const struct ga_duties *duties = ga_care_duties(look->care);
    const uint32_t every = (1u << GA_DUE_STATE_COUNT) - 1;
    const struct ga_days month = ga_days_of_month(look->today);
    const size_t turn = (size_t)ga_date_to_days(look->today);
    for (size_t i = 0; i < look->classes_count; i++) {
        const struct ga_roster_class *class = &look->classes[i];
        const struct ga_due_ask now = {.site = class->site, .grade = class->grade, .class_no = class->class_no},
                                of_month = {.site = class->site, .grade = class->grade, .class_no = class->class_no,
                                            .span = month, .states = every};
        list_agrees(look, "of a class", &now);
        list_agrees(look, "of a class's month", &of_month);
    }
    const struct ga_roster_class *some = &look->classes[turn % look->classes_count];
    const struct ga_due_ask of_site = {.site = some->site}, of_grade = {.grade = some->grade, .states = every},
                            of_duty = {.duty = duties->items[turn % duties->count]->name, .states = every, .span = month},
                            page = {.limit = 7}, long_page = {.limit = 40},
                            of_child = {.child = year_ask(look, "SELECT no FROM _roster ORDER BY no LIMIT 1 OFFSET ?1",
                                                          (int64_t)(turn % look->year->children_count), NULL, NULL), .states = every,
                                        .span = {{2025, 1, 1}, {2029, 1, 1}}};
    list_agrees(look, "of a site", &of_site);
    if (some->grade[0] != '\0' && turn % 3 == 0)
        list_agrees(look, "of a grade in its windows", &(struct ga_due_ask){.grade = of_grade.grade});
    list_agrees(look, "of a duty", &of_duty);
    list_agrees(look, "of seven rows", &page);
    list_agrees(look, "of forty rows", &long_page);
    list_agrees(look, "of a child", &of_child);
}

/* What is done by a record must be there, and say so. */
static void record_agrees(const struct year_look *look, const struct ga_due *due)
{
    const struct ga_duty *duty = ga_care_duties(look->care)->items[due->duty];
    char sql[600];
    bool is_found = false;
    for (size_t i = 0; i < duty->done_by.count && !is_found; i++) {
        const struct ga_duty_done *by = &duty->done_by.items[i];
        if (by->of == NULL)
            continue;
        year_need_view(look, by->form.text, by->repeat != NULL ? by->children.text : NULL);
        if (due->child != 0 && by->repeat != NULL)
            snprintf(sql, sizeof(sql), "SELECT 1 FROM v_%s v JOIN v_%s__%s r ON r._record = v.no WHERE v.no = ?1 AND v.%s = ?2"
                     " AND r._no_%s = %lld", by->form.text, by->form.text, by->children.text, by->on.text, by->child_field->name,
                     (long long)due->child);
        else if (due->child != 0)
            snprintf(sql, sizeof(sql), "SELECT 1 FROM v_%s WHERE no = ?1 AND %s = ?2 AND _child = %lld", by->form.text, by->on.text,
                     (long long)due->child);
        else
            snprintf(sql, sizeof(sql), "SELECT 1 FROM v_%s WHERE no = ?1 AND %s = ?2", by->form.text, by->on.text);
        is_found = year_ask(look, sql, due->record, GA_DATE_ISO(due->done_on), NULL) == 1;
    }
    if (!is_found || ga_date_compare(due->done_on, due->window.opens) < 0 || ga_date_compare(due->done_on, due->window.ends) > 0) {
        tell(look, "done", due);
        YEAR_FAIL(look, "%s", is_found ? "was done outside its window" : "has no such record");
    }
}

/* What is excused has a reason of its own, or one of a pause in which it ran out; that says, too, whether it was confirmed. */
static void reason_agrees(const struct year_look *look, const struct ga_due *due)
{
    const char *name = ga_care_duties(look->care)->items[due->duty]->name, *ends = GA_DATE_ISO(due->window.ends);
    const long long child = (long long)due->child;
    char own[300], pause[600];
    snprintf(own, sizeof(own), "SELECT 1 + (confirmed_on IS NOT NULL) FROM v_%s WHERE no = ?1 AND duty = '%s' AND outcome <> 'postponed'"
             " AND %s = %lld", child != 0 ? "duty_outcome" : "place_outcome", name, child != 0 ? "_child" : "0", child);
    snprintf(pause, sizeof(pause), "SELECT 1 + (confirmed_on IS NOT NULL) FROM v_pause_reason WHERE no = ?1 AND ifnull(duty, '%s') = '%s'"
             " AND month = substr('%s', 1, 7) AND iif(%lld = 0, is_place, no IN (SELECT _record FROM v_pause_reason__children WHERE"
             " _no_child = %lld)) AND '%s' >= pause_from AND '%s' < pause_until", name, name, GA_DATE_ISO(due->window.due_on), child,
             child, ends, ends);
    int64_t said = year_ask(look, own, due->outcome, NULL, NULL);
    if (said == 0) {
        said = year_ask(look, pause, due->outcome, NULL, NULL);
        look->year->seen.of_pause += said != 0;
    }
    if (said == 0 || due->is_confirmed != (said == 2)) {
        tell(look, "excused", due);
        YEAR_FAIL(look, "%s", said == 0 ? "nothing was said of it" : "another word is confirmed");
    }
}

static bool state_fits(const struct ga_due *due, struct ga_date today)
{
    const bool is_before = ga_date_compare(today, due->window.begins) < 0, is_on_time = ga_date_compare(today, due->window.due_on) <= 0,
               is_over = ga_date_compare(today, due->window.ends) > 0;
    const int late = (int)(ga_date_to_days(today) - ga_date_to_days(due->window.due_on));
    switch (due->state) {
    case GA_DUE_DONE:
    case GA_DUE_DONE_LATE:
        return due->done >= due->needed && due->record != 0;
    case GA_DUE_OPEN:
        return !is_before && is_on_time && due->days_late == 0;
    case GA_DUE_LATE:
        return !is_on_time && !is_over && due->days_late == late;
    case GA_DUE_MISSED:
        return is_over && due->days_late == late;
    case GA_DUE_COMING:
        return is_before;
    case GA_DUE_EXCUSED:
        return due->outcome != 0;
    default:
        return due->state == GA_DUE_RESTS && due->child != 0;
    }
}

static void states_agree(const struct year_look *look)
{
    static const char *const said[] = {"duty_outcome", "place_outcome", "pause_reason"};
    for (size_t i = 0; i < GA_COUNT(said); i++)
        year_need_view(look, said[i], i == 2 ? "children" : NULL);
    for (size_t i = 0; i < look->all_count; i++) {
        const struct ga_due *due = &look->all[i];
        const bool is_short = due->done < due->needed, is_word = !ga_due_is_done(due->state);
        if (is_short != is_word || !state_fits(due, look->today)) {
            tell(look, "state", due);
            YEAR_FAIL(look, "its state does not fit its days");
        }
        if (due->needed == 1 && ga_due_is_done(due->state) && due->done == 1 && due->outcome == 0 &&
            (due->state == GA_DUE_DONE_LATE) != (ga_date_compare(due->done_on, due->window.due_on) > 0)) {
            tell(look, "done", due);
            YEAR_FAIL(look, "done late is not done after the last day");
        }
        if (ga_due_is_done(due->state) && (i + (size_t)ga_date_to_days(look->today)) % RECORDS_EVERY == 0)
            record_agrees(look, due);
        if (due->state == GA_DUE_EXCUSED)
            reason_agrees(look, due);
        for (size_t k = i + 1; k < look->all_count && look->all[k].duty == due->duty &&
                               is_same_day(look->all[k].window.due_on, due->window.due_on); k++)
            if (look->all[k].child == due->child && strcmp(look->all[k].class_key, due->class_key) == 0 &&
                strcmp(look->all[k].window.label, due->window.label) == 0 &&
                is_same_day(look->all[k].window.opens, due->window.opens)) {
                tell(look, "twice", due);
                YEAR_FAIL(look, "is owed twice");
            }
    }
}

static void add(struct ga_due_tally *tally, const struct ga_due *due, struct ga_date last_day)
{
    const bool is_done = ga_due_is_done(due->state);
    if (due->state == GA_DUE_EXCUSED) {
        tally->excused++;
        tally->unconfirmed += !due->is_confirmed;
    } else if (due->state == GA_DUE_RESTS) {
        tally->rests++;
    } else {
        tally->owed++;
        tally->later += !is_done && ga_date_compare(due->window.due_on, last_day) > 0;
        tally->done += is_done;
        tally->done_late += due->state == GA_DUE_DONE_LATE;
        tally->tried += !is_done && due->tries > 0;
    }
}

static void subtract(struct ga_due_tally *from, const struct ga_due_tally *tally)
{
    from->owed -= tally->owed;
    from->later -= tally->later;
    from->done -= tally->done;
    from->done_late -= tally->done_late;
    from->tried -= tally->tried;
    from->excused -= tally->excused;
    from->unconfirmed -= tally->unconfirmed;
    from->rests -= tally->rests;
}

static bool is_nothing(const struct ga_due_tally *tally)
{
    return (tally->owed | tally->later | tally->done | tally->done_late | tally->tried | tally->excused | tally->unconfirmed | tally->rests) == 0;
}

/* Of each place, duty, window of the span. */
static void tallies_agree(const struct year_look *look, struct ga_days span)
{
    struct ga_arena arena = {0};
    struct ga_due_tally *tallies;
    const struct ga_due_ask ask = {.span = span};
    size_t count = 0;
    YEAR_HOLD(look, ga_due_tallies(look->care, &ask, &arena, &tallies, &count, &err));
    bool *is_counted = ga_arena_array(&arena, look->all_count + 1, sizeof(bool));
    for (size_t i = 0; i < count; i++) {
        struct ga_due_tally left = {0};
        for (size_t k = 0; k < look->all_count; k++) {
            const struct ga_due *due = &look->all[k];
            if (due->duty != tallies[i].duty || strcmp(due->window.label, tallies[i].window.label) != 0 || is_counted[k] ||
                !year_is_in(look, due, span) ||
                !year_is_of_class(look, k, tallies[i].site, tallies[i].grade, tallies[i].class_no))
                continue;
            is_counted[k] = true;
            add(&left, due, span.to);
        }
        subtract(&left, &tallies[i]);
        if (!is_nothing(&left))
            YEAR_FAIL(look, "%s of %s %s %s in %s: the list has more by owed %d later %d done %d late %d tried %d excused %d of them %d rests %d",
                      ga_care_duties(look->care)->items[tallies[i].duty]->name, tallies[i].site, tallies[i].grade, tallies[i].class_no,
                      tallies[i].window.label, (int)left.owed, (int)left.later, (int)left.done, (int)left.done_late, (int)left.tried,
                      (int)left.excused, (int)left.unconfirmed, (int)left.rests);
    }
    for (size_t k = 0; k < look->all_count; k++)
        if (!is_counted[k] && year_is_in(look, &look->all[k], span)) {
            tell(look, "of all", &look->all[k]);
            YEAR_FAIL(look, "is in no count");
        }
    ga_arena_finish(&arena);
}

void year_lists_agree(const struct year_look *look)
{
    owners_agree(look);
    parts_agree(look);
    states_agree(look);
    tallies_agree(look, ga_days_of_month(look->today));
    tallies_agree(look, (struct ga_days){look->today, look->today});
}
