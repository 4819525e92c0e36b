/* Counts how far every class is in a month. */
#include "care/checklists_state.h"

#include "guanai/app/whom.h"
#include "guanai/base/alloc.h"
#include "guanai/store/touched.h"

#include <stdlib.h>
#include <string.h>

/* Only duties of classes' children that are owed at all this month have a column. */
static void find_duties(struct overview *o, const struct ga_due_tally *tallies, size_t count)
{
    bool is_owed[GA_DUTIES_MAX] = {false};
    o->duties_count = 0;
    for (size_t i = 0; i < count; i++)
        is_owed[tallies[i].duty] |= *tallies[i].grade != '\0';
    for (size_t duty = 0; duty < GA_DUTIES_MAX; duty++)
        if (is_owed[duty])
            o->duties[o->duties_count++] = duty;
    if (o->first_duty >= o->duties_count)
        o->first_duty = 0;
}

/* Both are in roster order: the search goes on where the last one was found. The count of them: it is of no class. */
static size_t class_at(const struct overview *o, const struct ga_due_tally *tally, size_t from)
{
    for (size_t k = 0; k < o->classes_count; k++) {
        const size_t i = (from + k) % o->classes_count;
        const struct ga_roster_class *class = &o->classes[i];
        if (strcmp(tally->class_no, class->class_no) == 0 && strcmp(tally->grade, class->grade) == 0 &&
            strcmp(tally->site, class->site) == 0)
            return i;
    }
    return o->classes_count;
}

static void add_tally(struct overview_share *share, const struct ga_due_tally *tally)
{
    share->owed += tally->owed;
    share->done += tally->done;
    share->unconfirmed += tally->unconfirmed;
}

/* What may wait for a later month, a visit of the term, is asked of this one only where it is done: as it is none of what is open. */
static void add_to_all(struct overview_share *share, const struct ga_due_tally *tally)
{
    struct ga_due_tally asked = *tally;
    asked.owed -= tally->later;
    add_tally(share, &asked);
}

static void sum_up(struct overview *o, const struct ga_due_tally *tallies, size_t count)
{
    size_t class = 0;
    o->shares = ga_arena_array(&o->arena, o->classes_count * (1 + o->duties_count) + 1, sizeof(*o->shares));
    for (size_t i = 0; i < count; i++) {
        const size_t found = class_at(o, &tallies[i], class);
        if (found == o->classes_count)
            continue;
        class = found;
        struct overview_share *shares = &o->shares[class * (1 + o->duties_count)];
        add_to_all(&shares[0], &tallies[i]);
        for (size_t k = 0; k < o->duties_count; k++)
            if (o->duties[k] == tallies[i].duty)
                add_tally(&shares[1 + k], &tallies[i]);
    }
}

/* As signing counts it (app/sign.h). */
static enum ga_rc count_open(struct overview *o, struct overview_line *line, struct ga_error *err)
{
    const struct ga_days month = ga_days_of_month(o->month);
    const struct ga_due_ask ask = {.site = line->class->site, .grade = line->class->grade, .class_no = line->class->class_no,
                                   .span = month, .states = 1u << GA_DUE_OPEN | 1u << GA_DUE_LATE | 1u << GA_DUE_MISSED};
    struct ga_arena arena = {0};
    struct ga_due *dues;
    size_t count = 0;
    const enum ga_rc rc = ga_due_list(o->care, &ask, &arena, &dues, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        line->open += ga_date_compare(dues[i].window.due_on, month.to) <= 0;
    ga_arena_finish(&arena);
    return rc;
}

/* Whoever is furthest behind stands first; a class that owes nothing last. */
static int by_completion(const void *a, const void *b)
{
    const struct overview_line *x = a, *y = b;
    const int64_t left = x->shares->done * y->shares->owed, right = y->shares->done * x->shares->owed;
    if ((x->shares->owed == 0) != (y->shares->owed == 0))
        return x->shares->owed == 0 ? 1 : -1;
    if (left != right)
        return left < right ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void forget_changes(struct overview *o)
{
    const int64_t op = ga_store_last_op(o->session->store);
    if (o->changes.len == o->classes_count && o->changes_op == op && ga_date_compare(o->changes_month, o->month) == 0)
        return;
    ga_vec_clear(&o->changes);
    for (size_t i = 0; i < o->classes_count; i++)
        *(size_t *)ga_vec_push(&o->changes) = OVERVIEW_UNKNOWN;
    o->changes_op = op;
    o->changes_month = o->month;
}

static enum ga_rc make_lines(struct overview *o, struct ga_error *err)
{
    struct ga_signature *signatures = NULL;
    size_t count = 0;
    enum ga_rc rc = ga_signatures_read(o->session, o->month, &o->arena, &signatures, &count, err);
    o->lines = ga_arena_array(&o->arena, o->classes_count + 1, sizeof(*o->lines));
    for (size_t i = 0; i < o->classes_count; i++) {
        struct overview_line *line = &o->lines[i];
        *line = (struct overview_line){.class = &o->classes[i], .order = i, .shares = &o->shares[i * (1 + o->duties_count)]};
        line->signature = ga_signature_of(o->care, signatures, count, line->class);
        if (rc == GA_OK && line->shares->owed > line->shares->done)
            rc = count_open(o, line, err);
    }
    if (o->classes_count > 1)
        qsort(o->lines, o->classes_count, sizeof(*o->lines), by_completion);
    forget_changes(o);
    return rc;
}

enum ga_rc overview_count(struct ga_screen *screen, struct ga_error *err)
{
    struct overview *o = GA_STATE(struct overview, screen);
    const struct ga_due_ask ask = {.span = ga_days_of_month(o->month)};
    struct ga_due_tally *tallies = NULL;
    size_t count = 0;
    ga_arena_reset(&o->arena);
    o->classes_count = 0;
    enum ga_rc rc = ga_whom_classes_in(o->session, ask.span.to, ga_screen_lang(screen), &o->arena, &o->classes, &o->classes_count, err);
    if (rc == GA_OK)
        rc = ga_due_tallies(o->care, &ask, &o->arena, &tallies, &count, err);
    find_duties(o, tallies, count);
    sum_up(o, tallies, count);
    return rc == GA_OK ? make_lines(o, err) : rc;
}

static const struct overview_line *next_unknown(const struct overview *o)
{
    for (size_t i = 0; i < o->classes_count; i++)
        if (o->lines[i].signature != NULL && *GA_VEC_AT(const size_t, &o->changes, o->lines[i].order) == OVERVIEW_UNKNOWN)
            return &o->lines[i];
    return NULL;
}

size_t overview_changes(const struct overview *o, const struct overview_line *line)
{
    const size_t changes = *GA_VEC_AT(const size_t, &o->changes, line->order);
    return line->signature == NULL || changes == OVERVIEW_UNKNOWN ? 0 : changes;
}

/* What changed since a class was signed: its records are read again, so one class at a time, while no key waits. */
bool overview_look_at_next(struct ga_screen *screen)
{
    struct overview *o = GA_STATE(struct overview, screen);
    const struct overview_line *line = next_unknown(o);
    size_t count = 0;
    if (line == NULL)
        return false;
    ga_month_count_changes(o->session, line->class, o->month, line->signature, &count, NULL);
    *GA_VEC_AT(size_t, &o->changes, line->order) = count;
    ga_tui_list_reload(&o->list, o->classes_count);
    return next_unknown(o) != NULL;
}
