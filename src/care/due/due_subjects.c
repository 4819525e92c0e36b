/* Gathers the children with what they owe on every day that is asked for. */
#include "due/due_then.h"

#include "guanai/base/alloc.h"
#include "guanai/store/roll.h"
#include "guanai/store/view.h"

#include <stdlib.h>
#include <string.h>

/* Here, or gone, from a day on. */
struct presence {
    int64_t child;
    int32_t from;
    bool is_here;
};

struct absence { /* away for a while, both days included */
    int64_t child;
    int32_t from, until;
};

/* What a child owed on its last day before it left. */
struct leaving {
    int64_t child;
    int32_t left_on;
    uint64_t mask;
};

struct event {
    int64_t child;
    size_t duty;
    int32_t day;
};

const char *ga_due_class_key(struct ga_arena *arena, const char *site, const char *grade, const char *class_no)
{
    return ga_arena_printf(arena, GA_DUE_CLASS_KEY, site, grade, class_no);
}

/* Children that came by one import have numbers one behind the other. */
long ga_due_subjects_find(const struct ga_due_subjects *subjects, int64_t no)
{
    const struct ga_due_subject *items = subjects->list.items;
    size_t low = 0, high = subjects->list.len;
    if (high > 0 && no >= items[0].no && (uint64_t)(no - items[0].no) < high && items[no - items[0].no].no == no)
        return (long)(no - items[0].no);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (GA_VEC_AT(const struct ga_due_subject, &subjects->list, middle)->no < no)
            low = middle + 1;
        else
            high = middle;
    }
    return low < subjects->list.len && GA_VEC_AT(const struct ga_due_subject, &subjects->list, low)->no == no ? (long)low
                                                                                                               : -1;
}

/* The first item of a child in a vector of structs that begin with its number. */
static size_t first_of(const struct ga_vec *items, int64_t child)
{
    size_t low = 0, high = items->len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (*(const int64_t *)ga_vec_at(items, middle) < child)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_of(const struct ga_vec *items, size_t i, int64_t child)
{
    return i < items->len && *(const int64_t *)ga_vec_at(items, i) == child;
}

static const char *intern(struct ga_due_subjects *subjects, const char *key)
{
    const char *known = ga_map_get(&subjects->classes, key);
    if (known != NULL)
        return known;
    char *copy = ga_arena_strdup(&subjects->arena, key);
    ga_map_put(&subjects->classes, copy, copy);
    return copy;
}

/* A day that is not known to the day stands at its beginning; none: always. */
static int32_t day_of(const char *text, int32_t otherwise)
{
    struct ga_date date;
    if (text == NULL || !ga_date_from_iso(text, &date))
        return otherwise;
    date.month = date.month == 0 ? 1 : date.month;
    date.day = date.day == 0 ? 1 : date.day;
    return ga_date_to_days(date);
}

/* A pupil who comes new owes nothing of the time before: nobody could know of it. */
static int32_t begin_of(const struct ga_care *care, int32_t begin, const char *entered_on)
{
    const int32_t day = day_of(entered_on, begin);
    return day > begin && day <= care->windows.today ? day : begin;
}

static enum ga_rc read_list(struct ga_due_subjects *subjects, struct ga_error *err)
{
    struct ga_stmt *stmt;
    struct ga_str key = {0};
    bool has_row = false;
    enum ga_rc rc = ga_due_stmt(subjects->care, GA_DUE_ROSTER_SPAN, &stmt, err);
    if (rc == GA_OK) {
        ga_stmt_bind_int(stmt, 1, subjects->span.from);
        ga_stmt_bind_int(stmt, 2, subjects->span.to);
    }
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        struct ga_due_subject *subject = ga_vec_push(&subjects->list);
        ga_str_clear(&key);
        ga_str_addf(&key, GA_DUE_CLASS_KEY, ga_stmt_column_text(stmt, 1), ga_stmt_column_text(stmt, 2),
                    ga_stmt_column_text(stmt, 3));
        *subject = (struct ga_due_subject){
            .no = ga_stmt_column_int(stmt, 0), .class_key = intern(subjects, ga_str_text(&key)), .proxy = "",
            .helper = "", .begin = begin_of(subjects->care, subjects->care->begin, ga_stmt_column_text(stmt, 4)),
            .first_day = begin_of(subjects->care, subjects->care->first_day, ga_stmt_column_text(stmt, 4))};
    }
    ga_str_finish(&key);
    return rc;
}

static bool is_in_span(const struct ga_due_subjects *subjects, int64_t child)
{
    return subjects->span.from <= child && child <= subjects->span.to;
}

static void take_presence(void *ctx, int64_t child, const char *from_on, bool is_here)
{
    struct ga_due_subjects *subjects = ctx;
    if (!is_in_span(subjects, child))
        return;
    *(struct presence *)ga_vec_push(&subjects->presences) =
        (struct presence){.child = child, .from = day_of(from_on, INT32_MIN), .is_here = is_here};
}

/* A return, or leaving for good, ends an absence. */
static void take_change(void *ctx, const struct ga_change_of_status *change)
{
    struct ga_due_subjects *subjects = ctx;
    if (!is_in_span(subjects, change->child))
        return;
    const int32_t from = day_of(change->from_on, INT32_MIN);
    struct absence *last = subjects->absences.len == 0
                               ? NULL
                               : ga_vec_at(&subjects->absences, subjects->absences.len - 1);
    if (last != NULL && last->child == change->child && last->until >= from && strcmp(change->kind, "returned") == 0)
        last->until = from - 1;
    if (strcmp(change->kind, "away") == 0)
        *(struct absence *)ga_vec_push(&subjects->absences) =
            (struct absence){.child = change->child, .from = from, .until = day_of(change->until_on, INT32_MAX)};
}

static enum ga_rc read_changes(struct ga_due_subjects *subjects, struct ga_error *err)
{
    struct ga_store *store = subjects->care->options.store;
    const struct ga_date far = {GA_DATE_YEAR_MAX, 12, 31};
    const struct ga_due_span span = subjects->span;
    const enum ga_rc rc = ga_store_presences(store, span.from, span.to, take_presence, subjects, err);
    return rc == GA_OK ? ga_store_changes_between(store, span.from, span.to, far, take_change, subjects, err) : rc;
}

static bool is_here(const struct ga_due_subjects *subjects, int64_t child, int32_t day)
{
    const size_t first = first_of(&subjects->presences, child);
    if (!is_of(&subjects->presences, first, child))
        return true;
    bool here = !GA_VEC_AT(const struct presence, &subjects->presences, first)->is_here;
    for (size_t i = first; is_of(&subjects->presences, i, child); i++) {
        const struct presence *presence = ga_vec_at(&subjects->presences, i);
        if (presence->from > day)
            break;
        here = presence->is_here;
    }
    return here;
}

bool ga_due_subject_is_here(const struct ga_due_subjects *subjects, size_t i, int32_t day)
{
    return is_here(subjects, GA_VEC_AT(const struct ga_due_subject, &subjects->list, i)->no, day);
}

static bool is_away(const struct ga_due_subjects *subjects, int64_t child, struct ga_date on)
{
    if (subjects->absences.len == 0)
        return false;
    const int32_t day = ga_date_to_days(on);
    for (size_t i = first_of(&subjects->absences, child); is_of(&subjects->absences, i, child); i++) {
        const struct absence *absence = ga_vec_at(&subjects->absences, i);
        if (absence->from <= day && day <= absence->until)
            return true;
    }
    return false;
}

/* An event is asked about once: on its last day on time, or today. */
static void add_event(struct ga_due_subjects *subjects, int64_t child, size_t duty, int32_t day)
{
    const bool is_staying = subjects->care->duties.items[duty]->cadence.is_staying; /* then it is owed however long ago it was */
    if (is_in_span(subjects, child) && (is_staying || day >= subjects->care->windows.from) && day <= subjects->care->windows.today)
        *(struct event *)ga_vec_push(&subjects->events) = (struct event){child, duty, day};
}

static size_t asked_of_event(const struct ga_due_subjects *subjects, size_t duty, int32_t day)
{
    const struct ga_due_windows *windows = &subjects->care->windows;
    const int32_t due_on = day + subjects->care->duties.items[duty]->cadence.days;
    return ga_due_windows_day(windows, due_on < windows->today ? due_on : windows->today);
}

/* Only duties that are on anywhere are asked about; here they get their places among all. */
static uint64_t mask_of(const struct ga_care *care, const struct ga_owed *owed)
{
    uint64_t mask = 0;
    for (size_t i = 0; owed->mask >> i != 0 && i < care->asked.count; i++)
        mask |= (owed->mask >> i & 1) << care->asked_no[i];
    return mask;
}

/* The day of an event the child owes something for, as days from 1970; 0: none. */
static int32_t event_of(const struct ga_care *care, const struct ga_owed *owed, size_t i)
{
    if (!(owed->mask >> i & 1) || !ga_duty_has_event(care->asked.items[i]) || owed->events[i].year == 0)
        return 0;
    return ga_date_to_days(owed->events[i]);
}

static void add_events(struct ga_due_subjects *subjects, size_t asked, const struct ga_owed *owed)
{
    const struct ga_care *care = subjects->care;
    for (size_t i = 0; owed->mask & care->asked_events && i < care->asked.count; i++) {
        const int32_t day = event_of(care, owed, i);
        if (day != 0 && asked_of_event(subjects, care->asked_no[i], day) == asked)
            add_event(subjects, owed->no, care->asked_no[i], day);
    }
}

static void take_owed(void *ctx, size_t day, const struct ga_owed *owed)
{
    struct ga_due_subjects *subjects = ctx;
    const long i = ga_due_subjects_find(subjects, owed->no);
    if (i < 0)
        return;
    subjects->masks[(size_t)i * subjects->care->windows.days_count + day] = mask_of(subjects->care, owed);
    add_events(subjects, day, owed);
}

struct last_day {
    struct ga_due_subjects *subjects;
    struct leaving leaving;
};

static void take_last_day(void *ctx, size_t day, const struct ga_owed *owed)
{
    struct last_day *last = ctx;
    const struct ga_care *care = last->subjects->care;
    (void)day;
    last->leaving.mask = mask_of(care, owed);
    for (size_t i = 0; i < care->asked.count; i++) {
        const int32_t event = event_of(care, owed, i);
        if (event != 0 && event + care->asked.items[i]->cadence.days >= last->leaving.left_on)
            add_event(last->subjects, owed->no, care->asked_no[i], event);
    }
}

/* Who left is asked about on the last day: so it stays in the figures up to then (domain.md §4). */
static enum ga_rc read_leavings(struct ga_due_subjects *subjects, struct ga_error *err)
{
    const struct ga_due_windows *windows = &subjects->care->windows;
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < subjects->presences.len; i++) {
        const struct presence presence = *GA_VEC_AT(const struct presence, &subjects->presences, i);
        if (presence.is_here || presence.from <= windows->from || presence.from > windows->today ||
            !is_here(subjects, presence.child, presence.from - 1) || ga_due_subjects_find(subjects, presence.child) < 0)
            continue;
        struct last_day last = {subjects, {presence.child, presence.from, 0}};
        const struct ga_date day = ga_date_from_days(presence.from - 1);
        rc = ga_owes_read(subjects->care->owes, presence.child, &day, 1, take_last_day, &last, err);
        if (rc == GA_OK && last.leaving.mask != 0)
            *(struct leaving *)ga_vec_push(&subjects->leavings) = last.leaving;
    }
    return rc;
}

static enum ga_rc step_events(struct ga_due_subjects *subjects, size_t duty, struct ga_stmt *stmt, struct ga_error *err)
{
    bool has_row = false;
    enum ga_rc rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const int32_t day = day_of(ga_stmt_column_text(stmt, 1), INT32_MIN);
        if (day != INT32_MIN)
            add_event(subjects, ga_stmt_column_int(stmt, 0), duty, day);
    }
    return rc;
}

/* Events that are records of their own, found by the numbers of the children's files. */
static enum ga_rc read_events_of(struct ga_due_subjects *subjects, size_t duty, struct ga_error *err)
{
    const struct ga_duty *of = subjects->care->duties.items[duty];
    struct ga_store *store = subjects->care->options.store;
    struct ga_str sql = {0};
    struct ga_stmt *stmt = NULL;
    enum ga_rc rc = ga_store_view(store, of->event_form, NULL, err);
    ga_str_addf(&sql, "SELECT _child, \"%s\" FROM v_%s WHERE (_file BETWEEN ?1 AND ?2 OR _file IN"
                " (SELECT no FROM main._same WHERE main BETWEEN ?1 AND ?2)) AND _child BETWEEN ?1 AND ?2",
                of->event_field->name, of->event_form->name);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(ga_store_db(store), ga_str_text(&sql), &stmt, err);
    if (rc == GA_OK) {
        ga_stmt_bind_int(stmt, 1, subjects->span.from);
        ga_stmt_bind_int(stmt, 2, subjects->span.to);
        rc = step_events(subjects, duty, stmt, err);
    }
    ga_stmt_destroy(stmt);
    ga_str_finish(&sql);
    return rc;
}

static int by_child(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    if (x->child != y->child)
        return x->child < y->child ? -1 : 1;
    if (x->duty != y->duty)
        return x->duty < y->duty ? -1 : 1;
    return (x->day > y->day) - (x->day < y->day);
}

static bool is_here_then(void *ctx, size_t i, int32_t day)
{
    return ga_due_subject_is_here(ctx, i, day);
}

static enum ga_rc ask_owed(struct ga_due_subjects *subjects, struct ga_error *err)
{
    struct ga_care *care = subjects->care;
    const struct ga_due_windows *windows = &care->windows;
    if (subjects->only != 0)
        return ga_owes_read(care->owes, subjects->only, windows->days, windows->days_count, take_owed, subjects, err);
    int64_t *nos = ga_alloc_array(subjects->list.len + 1, sizeof(*nos));
    for (size_t i = 0; i < subjects->list.len; i++)
        nos[i] = GA_VEC_AT(const struct ga_due_subject, &subjects->list, i)->no;
    const struct ga_owes_crowd crowd = {nos, subjects->list.len, is_here_then, subjects};
    const enum ga_rc rc = ga_owes_read_crowd(care->owes, &crowd, windows->days, windows->days_count, take_owed, subjects, err);
    free(nos);
    return rc;
}

static enum ga_rc read_owed(struct ga_due_subjects *subjects, struct ga_error *err)
{
    struct ga_care *care = subjects->care;
    const struct ga_due_windows *windows = &care->windows;
    enum ga_rc rc = care->owes == NULL ? ga_owes_open(care->options.figures, &care->asked, &care->owes, err) : GA_OK;
    subjects->masks = ga_alloc_array(subjects->list.len * windows->days_count + 1, sizeof(*subjects->masks));
    if (rc == GA_OK)
        rc = ask_owed(subjects, err);
    if (rc == GA_OK)
        rc = read_leavings(subjects, err);
    for (size_t d = 0; rc == GA_OK && d < care->duties.count; d++)
        if (care->is_on[d] && care->duties.items[d]->is_event_of_form && care->duties.items[d]->event_form != NULL)
            rc = read_events_of(subjects, d, err);
    if (subjects->events.len > 0)
        qsort(subjects->events.items, subjects->events.len, sizeof(struct event), by_child);
    return rc;
}

/* The newest pairing, the newest plan of each child comes last. */
static void take_people(struct ga_due_subjects *subjects, const struct ga_vec *people, size_t member)
{
    for (size_t i = 0; i < people->len; i++) {
        const struct ga_due_proxy *person = ga_vec_at(people, i);
        const long at = ga_due_subjects_find(subjects, person->child);
        if (at >= 0)
            *(const char **)((char *)ga_vec_at(&subjects->list, (size_t)at) + member) = ga_arena_strdup(&subjects->arena, person->name);
    }
}

enum ga_rc ga_due_subjects_read(struct ga_due_subjects *subjects, struct ga_care *care, int64_t only,
                                struct ga_due_span span, const struct ga_due_decisions *decisions, struct ga_error *err)
{
    *subjects = (struct ga_due_subjects){.care = care, .only = only, .span = span};
    ga_vec_init(&subjects->list, sizeof(struct ga_due_subject));
    ga_vec_init(&subjects->presences, sizeof(struct presence));
    ga_vec_init(&subjects->absences, sizeof(struct absence));
    ga_vec_init(&subjects->leavings, sizeof(struct leaving));
    ga_vec_init(&subjects->events, sizeof(struct event));
    enum ga_rc rc = read_list(subjects, err);
    if (rc == GA_OK)
        rc = read_changes(subjects, err);
    if (rc == GA_OK)
        rc = ga_due_then_read(subjects, err);
    if (rc == GA_OK)
        rc = read_owed(subjects, err);
    take_people(subjects, &decisions->proxies, offsetof(struct ga_due_subject, proxy));
    take_people(subjects, &decisions->helpers, offsetof(struct ga_due_subject, helper));
    return rc;
}

void ga_due_subjects_finish(struct ga_due_subjects *subjects)
{
    ga_vec_finish(&subjects->list);
    ga_vec_finish(&subjects->presences);
    ga_vec_finish(&subjects->absences);
    ga_vec_finish(&subjects->leavings);
    ga_vec_finish(&subjects->events);
    ga_map_finish(&subjects->classes);
    free(subjects->masks);
    ga_arena_finish(&subjects->arena);
}

static uint64_t mask_at(const struct ga_due_subjects *subjects, size_t i, size_t asked)
{
    return subjects->masks[i * subjects->care->windows.days_count + asked];
}

enum ga_due_member ga_due_subject_member(const struct ga_due_subjects *subjects, size_t i, size_t duty, int32_t opens,
                                         size_t asked)
{
    const int64_t child = GA_VEC_AT(const struct ga_due_subject, &subjects->list, i)->no;
    const struct ga_date on = subjects->care->windows.days[asked];
    if (mask_at(subjects, i, asked) >> duty & 1)
        return is_away(subjects, child, on) && !subjects->care->duties.items[duty]->goes_on_away ? GA_MEMBER_RESTS
                                                                                                  : GA_MEMBER_OWES;
    if (subjects->leavings.len == 0)
        return GA_MEMBER_NOT;
    const int32_t day = ga_date_to_days(on);
    for (size_t k = first_of(&subjects->leavings, child); is_of(&subjects->leavings, k, child); k++) {
        const struct leaving *leaving = ga_vec_at(&subjects->leavings, k);
        if (leaving->left_on > opens && leaving->left_on <= day && leaving->mask >> duty & 1 &&
            !is_here(subjects, child, day))
            return GA_MEMBER_RESTS;
    }
    return GA_MEMBER_NOT;
}

bool ga_due_subject_ever_owes(const struct ga_due_subjects *subjects, size_t i, size_t duty)
{
    const int64_t child = GA_VEC_AT(const struct ga_due_subject, &subjects->list, i)->no;
    uint64_t mask = 0;
    for (size_t day = 0; day < subjects->care->windows.days_count; day++)
        mask |= mask_at(subjects, i, day);
    for (size_t k = first_of(&subjects->leavings, child); is_of(&subjects->leavings, k, child); k++)
        mask |= GA_VEC_AT(const struct leaving, &subjects->leavings, k)->mask;
    return mask >> duty & 1;
}

size_t ga_due_subject_events(const struct ga_due_subjects *subjects, size_t i, size_t duty, struct ga_vec *days,
                             struct ga_vec *members)
{
    const int64_t child = GA_VEC_AT(const struct ga_due_subject, &subjects->list, i)->no;
    ga_vec_clear(days);
    ga_vec_clear(members);
    for (size_t k = first_of(&subjects->events, child); is_of(&subjects->events, k, child); k++) {
        const struct event *event = ga_vec_at(&subjects->events, k);
        if (event->duty != duty ||
            (days->len > 0 && *GA_VEC_AT(const int32_t, days, days->len - 1) == event->day))
            continue;
        *(int32_t *)ga_vec_push(days) = event->day;
        *(enum ga_due_member *)ga_vec_push(members) =
            ga_due_subject_member(subjects, i, duty, event->day, asked_of_event(subjects, duty, event->day));
    }
    return days->len;
}

/* The day after the last one on which it was not owed; what was asked about is the ends of windows, so about that. */
int32_t ga_due_subject_since(const struct ga_due_subjects *subjects, size_t i, size_t duty, int32_t otherwise, int32_t until)
{
    const struct ga_due_windows *windows = &subjects->care->windows;
    const int64_t child = GA_VEC_AT(const struct ga_due_subject, &subjects->list, i)->no;
    size_t asked = ga_due_windows_day(windows, until);
    int32_t since = otherwise;
    while (asked > 0 && mask_at(subjects, i, asked) >> duty & 1)
        asked--;
    if (!(mask_at(subjects, i, asked) >> duty & 1) && ga_date_to_days(windows->days[asked]) >= since)
        since = ga_date_to_days(windows->days[asked]) + 1;
    for (size_t k = first_of(&subjects->presences, child); is_of(&subjects->presences, k, child); k++) {
        const struct presence *presence = ga_vec_at(&subjects->presences, k);
        if (presence->is_here && presence->from <= until && presence->from > since)
            since = presence->from;
    }
    return since < until ? since : until;
}
