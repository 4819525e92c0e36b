/* Counts anew what children and classes owe. */
#include "due/due_then.h"

#include "guanai/base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct counting {
    struct ga_care *care;
    const struct ga_due_decisions *decisions;
    struct ga_due_subjects *subjects;
    struct ga_str *packed;     /* a subject each */
    struct ga_vec contacts;    /* of one duty, by subject */
    struct ga_vec rows;        /* of one subject and duty */
    struct ga_vec members, days;
    struct ga_vec runs;        /* struct ga_due_span: whose records are read */
};

static void start(struct counting *c)
{
    ga_vec_init(&c->contacts, sizeof(struct ga_due_contact));
    ga_vec_init(&c->rows, sizeof(struct ga_due_row));
    ga_vec_init(&c->members, sizeof(enum ga_due_member));
    ga_vec_init(&c->days, sizeof(int32_t));
    ga_vec_init(&c->runs, sizeof(struct ga_due_span));
}

static void stop(struct counting *c)
{
    ga_vec_finish(&c->contacts);
    ga_vec_finish(&c->rows);
    ga_vec_finish(&c->members);
    ga_vec_finish(&c->days);
    ga_vec_finish(&c->runs);
}

static int by_subject(const void *a, const void *b)
{
    const struct ga_due_contact *x = a, *y = b;
    if (x->subject != y->subject)
        return x->subject < y->subject ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->record != y->record)
        return x->record < y->record ? -1 : 1;
    return x->is_try - y->is_try;
}

static void sort_contacts(struct ga_vec *contacts)
{
    if (contacts->len > 1)
        qsort(contacts->items, contacts->len, sizeof(struct ga_due_contact), by_subject);
}

/* Those of a subject; *at moves on behind them. */
static const struct ga_due_contact *contacts_of(const struct ga_vec *contacts, size_t subject, size_t *at, size_t *ret_count)
{
    const struct ga_due_contact *items = contacts->items;
    const size_t from = *at;
    while (*at < contacts->len && items[*at].subject == subject)
        (*at)++;
    *ret_count = *at - from;
    return *ret_count == 0 ? NULL : items + from;
}

static void outcomes_of(const struct ga_vec *outcomes, int64_t child, const struct ga_due_outcome **ret_first,
                        size_t *ret_count)
{
    size_t low = 0, high = outcomes->len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (GA_VEC_AT(const struct ga_due_outcome, outcomes, middle)->child < child)
            low = middle + 1;
        else
            high = middle;
    }
    *ret_count = 0;
    *ret_first = low < outcomes->len ? ga_vec_at(outcomes, low) : NULL;
    while (low + *ret_count < outcomes->len && (*ret_first)[*ret_count].child == child)
        (*ret_count)++;
}

static void pack(struct counting *c, struct ga_str *out)
{
    for (size_t i = 0; i < c->rows.len; i++)
        ga_due_row_pack(ga_vec_at(&c->rows, i), out);
    ga_vec_clear(&c->rows);
}

/* Has the child's site what the duty is of? */
static bool owes_as_place(const struct ga_care *care, const struct ga_duty *duty, const char *class_key)
{
    char site[64];
    const size_t len = strcspn(class_key, GA_DUE_KEY_BREAK);
    if (duty->per != GA_PER_ROOM || len >= sizeof(site))
        return true;
    memcpy(site, class_key, len);
    site[len] = '\0';
    return ga_duty_has_site(duty, care->options.config, site);
}

/* In a school year that is over it is the class of then that had the duty, or had not. */
static bool is_on(const struct counting *c, const struct ga_due_subject *subject, size_t duty, int32_t day)
{
    const struct ga_duty *of = c->care->duties.items[duty];
    if (subject->then != NULL && day <= ga_date_to_days(ga_due_then_last_day(c->care)))
        return ga_due_was_on(c->decisions, of, duty, subject->then, day);
    return ga_due_is_on(c->decisions, of, duty, subject->class_key, day);
}

/* How each window of the duty stands to the child. false: none of them is the child's. */
static bool find_members(struct counting *c, size_t subject, size_t duty)
{
    const struct ga_care *care = c->care;
    const struct ga_due_windows *windows = &care->windows;
    const struct ga_due_subject *of = ga_vec_at(&c->subjects->list, subject);
    bool has_any = false;
    if (!owes_as_place(care, care->duties.items[duty], of->class_key))
        return false;
    ga_vec_clear(&c->members);
    for (size_t w = windows->first[duty]; w < windows->first[duty + 1]; w++) {
        const struct ga_due_window *window = &windows->items[w];
        enum ga_due_member member = ga_due_subject_member(c->subjects, subject, duty, window->opens, window->asked);
        if (member != GA_MEMBER_NOT && care->duties.items[duty]->cadence.period != GA_PERIOD_AFTER && !is_on(c, of, duty, window->asked_on))
            member = GA_MEMBER_NOT;
        has_any |= member != GA_MEMBER_NOT;
        *(enum ga_due_member *)ga_vec_push(&c->members) = member;
    }
    return has_any;
}

/* The last day on which it was on; before all windows where it never was. */
static int32_t last_day_on(const struct counting *c, const struct ga_due_subject *of, size_t duty)
{
    const struct ga_due_windows *windows = &c->care->windows;
    int32_t last = windows->from - 1;
    if (is_on(c, of, duty, windows->today))
        return windows->today;
    for (size_t i = 0; i < c->decisions->written.len; i++) {
        const struct ga_due_choice_written *choice = ga_vec_at(&c->decisions->written, i);
        const int32_t day = choice->from_on - 1; /* where one of them switched it off */
        if (choice->duty == duty && day > last && day < windows->today && is_on(c, of, duty, day))
            last = day;
    }
    return last;
}

/* EVERY: how it stood to the child on the last day on which it was on. */
static bool find_last_member(struct counting *c, size_t subject, size_t duty, struct ga_due_assigning *assigning)
{
    const struct ga_due_windows *windows = &c->care->windows;
    const struct ga_due_window *window = &windows->items[windows->first[duty]];
    assigning->last_on = last_day_on(c, ga_vec_at(&c->subjects->list, subject), duty);
    if (assigning->last_on < windows->from)
        return false;
    ga_vec_clear(&c->members);
    const enum ga_due_member member =
        ga_due_subject_member(c->subjects, subject, duty, window->opens, ga_due_windows_day(windows, assigning->last_on));
    *(enum ga_due_member *)ga_vec_push(&c->members) = member;
    return member != GA_MEMBER_NOT;
}

/* What follows events is owed where the duty is on, or was when it had to be done: switched off it stays as it was. */
static void leave_out_events(struct counting *c, size_t subject, size_t duty, size_t events)
{
    const int32_t today = c->care->windows.today;
    const struct ga_due_subject *of = ga_vec_at(&c->subjects->list, subject);
    for (size_t i = 0; i < events && !is_on(c, of, duty, today); i++) {
        const int32_t due_on = *GA_VEC_AT(const int32_t, &c->days, i) + c->care->duties.items[duty]->cadence.days;
        if (!is_on(c, of, duty, due_on < today ? due_on : today))
            *GA_VEC_AT(enum ga_due_member, &c->members, i) = GA_MEMBER_NOT;
    }
}

static void count_subject(struct counting *c, size_t subject, size_t duty, struct ga_due_assigning *assigning)
{
    const int period = assigning->duty->cadence.period;
    outcomes_of(&c->decisions->outcomes, GA_VEC_AT(const struct ga_due_subject, &c->subjects->list, subject)->no,
                &assigning->outcomes, &assigning->outcomes_count);
    ga_due_pauses_of(&c->decisions->pauses, GA_VEC_AT(const struct ga_due_subject, &c->subjects->list, subject)->no,
                     &assigning->pauses, &assigning->pauses_count);
    if (period == GA_PERIOD_AFTER) {
        const size_t events = ga_due_subject_events(c->subjects, subject, duty, &c->days, &c->members);
        leave_out_events(c, subject, duty, events);
        assigning->members = c->members.items;
        ga_due_assign_after(assigning, c->days.items, events, &c->rows);
    } else if (period == GA_PERIOD_EVERY) {
        assigning->members = c->members.items;
        ga_due_assign_every(assigning, ga_due_subject_since(c->subjects, subject, duty, assigning->begin, assigning->last_on), &c->rows);
    } else {
        assigning->members = c->members.items;
        ga_due_assign(assigning, &c->rows);
    }
    pack(c, &c->packed[subject]);
}

static long find_child(void *ctx, int64_t no)
{
    const struct counting *c = ctx;
    return ga_due_subjects_find(c->subjects, no);
}

/*
 * Whose records are to be read: a duty of few children is asked about few. One child between two is read along, which
 * costs less than beginning anew.
 */
static void find_runs(struct counting *c, size_t duty)
{
    enum { NEAR = 2 };
    size_t last = 0;
    ga_vec_clear(&c->runs);
    for (size_t i = 0; i < c->subjects->list.len; i++) {
        const int64_t no = GA_VEC_AT(const struct ga_due_subject, &c->subjects->list, i)->no;
        if (!ga_due_subject_ever_owes(c->subjects, i, duty))
            continue;
        if (c->runs.len == 0 || i - last > NEAR)
            *(struct ga_due_span *)ga_vec_push(&c->runs) = (struct ga_due_span){no, no};
        GA_VEC_AT(struct ga_due_span, &c->runs, c->runs.len - 1)->to = no;
        last = i;
    }
}

static enum ga_rc count_of_children(struct counting *c, size_t duty, struct ga_error *err)
{
    const struct ga_due_reading reading = {.care = c->care, .duty = duty, .child = c->subjects->only, .runs = &c->runs,
                                           .span = c->subjects->span, .find_child = find_child, .ctx = c};
    struct ga_due_assigning assigning = {.windows = &c->care->windows, .duty = c->care->duties.items[duty],
                                         .duty_no = duty, .calendar = &c->care->calendar};
    const bool is_every = assigning.duty->cadence.period == GA_PERIOD_EVERY;
    size_t at = 0;
    find_runs(c, duty);
    if (c->runs.len == 0)
        return GA_OK;
    ga_vec_clear(&c->contacts);
    enum ga_rc rc = ga_due_contacts_read(&reading, &c->contacts, err);
    sort_contacts(&c->contacts);
    for (size_t i = 0; rc == GA_OK && i < c->subjects->list.len; i++) {
        assigning.contacts = contacts_of(&c->contacts, i, &at, &assigning.contacts_count);
        assigning.begin = GA_VEC_AT(const struct ga_due_subject, &c->subjects->list, i)->begin;
        assigning.first_day = GA_VEC_AT(const struct ga_due_subject, &c->subjects->list, i)->first_day;
        if (is_every ? find_last_member(c, i, duty, &assigning) : find_members(c, i, duty))
            count_subject(c, i, duty, &assigning);
    }
    return rc;
}

/* Children for whose sake a class, a site, the school owes something. */
static void note_fitting(struct counting *c, size_t duty)
{
    const struct ga_due_windows *windows = &c->care->windows;
    for (size_t i = 0; i < c->subjects->list.len; i++) {
        if (!find_members(c, i, duty))
            continue;
        for (size_t w = 0; w < c->members.len; w++)
            if (*GA_VEC_AT(const enum ga_due_member, &c->members, w) == GA_MEMBER_OWES) {
                const struct ga_due_row row = {.window = windows->items[windows->first[duty] + w].no, .flags = GA_ROW_FITS};
                ga_due_row_pack(&row, &c->packed[i]);
            }
    }
}

enum ga_rc ga_due_count_children(struct ga_care *care, int64_t only, struct ga_due_span span,
                                 const struct ga_due_decisions *decisions, struct ga_due_counted *ret_counted,
                                 struct ga_error *err)
{
    struct counting c = {.care = care, .decisions = decisions, .subjects = &ret_counted->subjects};
    *ret_counted = (struct ga_due_counted){0};
    enum ga_rc rc = ga_due_subjects_read(&ret_counted->subjects, care, only, span, decisions, err);
    start(&c);
    c.packed = ret_counted->rows = ga_alloc_array(ret_counted->subjects.list.len + 1, sizeof(*c.packed));
    for (size_t d = 0; rc == GA_OK && d < care->duties.count; d++) {
        if (!care->is_on[d])
            continue;
        if (care->duties.items[d]->per == GA_PER_CHILD)
            rc = count_of_children(&c, d, err);
        else
            note_fitting(&c, d);
    }
    stop(&c);
    return rc;
}

void ga_due_counted_finish(struct ga_due_counted *counted)
{
    for (size_t i = 0; counted->rows != NULL && i < counted->subjects.list.len; i++)
        ga_str_finish(&counted->rows[i]);
    free(counted->rows);
    ga_due_subjects_finish(&counted->subjects);
}

/* A class, a site, the school as subjects: what each has done, whether it owes it or not. */
struct class_counting {
    struct ga_care *care;
    struct ga_due_places *places;
};

static bool is_place(const struct ga_due_place *place, int per)
{
    if (per == GA_PER_CLASS)
        return !place->is_above;
    return place->is_above && (place->site[0] == '\0') == (per == GA_PER_SCHOOL);
}

static bool is_named(const struct class_counting *c, size_t i, int per, const char *text)
{
    return per == GA_PER_SCHOOL ||
           ((per == GA_PER_SITE || per == GA_PER_ROOM) &&
            (text == NULL || ga_config_is_site(c->care->options.config, c->places->items[i].site, text)));
}

static long find_named_class(const struct class_counting *c, const struct ga_due_named *named, size_t nth)
{
    const char *school = named->school[0] == '\0' ? NULL : named->school;
    size_t i = ga_due_places_named(c->places, 0, school, named->text, named->day);
    for (; nth > 0 && i < c->places->count; nth--)
        i = ga_due_places_named(c->places, i + 1, school, named->text, named->day);
    return i < c->places->count ? (long)i : -1;
}

static bool is_of_child(const struct class_counting *c, size_t i, int per, int64_t child)
{
    const struct ga_due_place *place = &c->places->items[i];
    const char *key = ga_due_places_of_child(c->places, child);
    if (key == NULL || per == GA_PER_SCHOOL)
        return key != NULL;
    const size_t site = strcspn(key, GA_DUE_KEY_BREAK);
    return per == GA_PER_CLASS ? strcmp(place->key, key) == 0
                               : strlen(place->site) == site && memcmp(place->site, key, site) == 0;
}

/* By what the record says; else by its child. One that names neither was for every site. */
static long find_class(void *ctx, const struct ga_due_named *named, size_t nth)
{
    const struct class_counting *c = ctx;
    const char *text = named->text;
    const int per = named->per;
    if (per == GA_PER_CLASS && text != NULL)
        return find_named_class(c, named, nth);
    for (size_t i = 0; i < c->places->count; i++) {
        const struct ga_due_place *place = &c->places->items[i];
        if (!is_place(place, per) || (per != GA_PER_SCHOOL && named->school[0] != '\0' && !ga_school_has_place(named->school, place->site)))
            continue;
        const bool is_meant = text == NULL && named->child != 0 ? is_of_child(c, i, per, named->child) : is_named(c, i, per, text);
        if (is_meant && nth-- == 0)
            return (long)i;
    }
    return -1;
}

/* What was said of one place, appended to the emptied `ret_outcomes`. */
static void outcomes_of_place(const struct ga_vec *outcomes, const char *key, struct ga_vec *ret_outcomes)
{
    ga_vec_clear(ret_outcomes);
    for (size_t i = 0; i < outcomes->len; i++) {
        const struct ga_due_outcome *outcome = ga_vec_at(outcomes, i);
        if (strcmp(outcome->place, key) == 0)
            *(struct ga_due_outcome *)ga_vec_push(ret_outcomes) = *outcome;
    }
}

static void pauses_of_place(const struct ga_vec *pauses, const char *key, struct ga_vec *ret_pauses)
{
    for (size_t i = 0; i < pauses->len; i++) {
        const struct ga_due_pause *pause = ga_vec_at(pauses, i);
        if (strcmp(pause->place, key) == 0)
            *(struct ga_due_pause *)ga_vec_push(ret_pauses) = *pause;
    }
}

static void count_place(struct counting *counting, size_t i, const char *key, struct ga_due_assigning *assigning)
{
    struct ga_vec outcomes, pauses;
    ga_vec_init(&outcomes, sizeof(struct ga_due_outcome));
    ga_vec_init(&pauses, sizeof(struct ga_due_pause));
    outcomes_of_place(&counting->decisions->place_outcomes, key, &outcomes);
    pauses_of_place(&counting->decisions->place_pauses, key, &pauses);
    assigning->pauses = pauses.items;
    assigning->pauses_count = pauses.len;
    assigning->outcomes = outcomes.items;
    assigning->outcomes_count = outcomes.len;
    if (assigning->contacts_count > 0 || outcomes.len + pauses.len > 0) {
        ga_due_assign(assigning, &counting->rows);
        pack(counting, &counting->packed[i]);
    }
    ga_vec_finish(&pauses);
    ga_vec_finish(&outcomes);
}

static enum ga_rc count_of_places(struct counting *counting, struct class_counting *c, size_t duty, struct ga_error *err)
{
    struct ga_care *care = c->care;
    const struct ga_due_windows *windows = &care->windows;
    const struct ga_due_reading reading = {.care = care, .duty = duty, .find_class = find_class, .ctx = c};
    struct ga_due_assigning assigning = {.windows = windows, .duty = care->duties.items[duty], .duty_no = duty,
                                         .calendar = &care->calendar, .only_touched = true};
    size_t at = 0;
    if (windows->first[duty + 1] == windows->first[duty] || windows->items[windows->first[duty]].is_own)
        return GA_OK; /* of a class nothing is owed EVERY or AFTER */
    ga_vec_clear(&counting->contacts);
    ga_vec_clear(&counting->members);
    for (size_t w = windows->first[duty]; w < windows->first[duty + 1]; w++)
        *(enum ga_due_member *)ga_vec_push(&counting->members) = GA_MEMBER_OWES;
    assigning.members = counting->members.items;
    enum ga_rc rc = ga_due_contacts_read(&reading, &counting->contacts, err);
    sort_contacts(&counting->contacts);
    for (size_t i = 0; rc == GA_OK && i < c->places->count; i++) {
        assigning.contacts = contacts_of(&counting->contacts, i, &at, &assigning.contacts_count);
        count_place(counting, i, c->places->items[i].key, &assigning);
    }
    return rc;
}

enum ga_rc ga_due_contacts_of_place(struct ga_care *care, size_t duty, const char *key, struct ga_vec *contacts, struct ga_error *err)
{
    struct class_counting c = {.care = care, .places = &care->places};
    const struct ga_due_reading reading = {.care = care, .duty = duty, .find_class = find_class, .ctx = &c};
    const enum ga_rc rc = ga_due_contacts_read(&reading, contacts, err);
    for (size_t i = contacts->len; i > 0; i--)
        if (strcmp(care->places.items[GA_VEC_AT(const struct ga_due_contact, contacts, i - 1)->subject].key, key) != 0)
            ga_vec_remove(contacts, i - 1);
    return rc;
}

enum ga_rc ga_due_count_places(struct ga_care *care, const struct ga_due_decisions *decisions,
                               struct ga_due_places *places, struct ga_str *rows, struct ga_error *err)
{
    struct counting counting = {.care = care, .decisions = decisions, .packed = rows};
    struct class_counting c = {.care = care, .places = places};
    enum ga_rc rc = GA_OK;
    start(&counting);
    for (size_t d = 0; rc == GA_OK && d < care->duties.count; d++)
        if (care->duties.items[d]->per != GA_PER_CHILD && care->is_on[d])
            rc = count_of_places(&counting, &c, d, err);
    stop(&counting);
    return rc;
}
