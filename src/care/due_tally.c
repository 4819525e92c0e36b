/* Counts of classes by duty. */
#include "due_past.h"

#include "guanai/base/alloc.h"

#include <string.h>

struct tallying {
    struct ga_due_listing listing;
    struct ga_vec tallies; /* struct ga_due_tally */
};

static void add(struct tallying *t, const struct ga_due_place *place, const struct ga_due_count *count)
{
    const struct ga_due_window *window = ga_due_windows_find(&t->listing.care->windows, count->window);
    if (count->owed + count->excused + count->rests == 0)
        return;
    struct ga_due_tally *tally = ga_vec_push(&t->tallies);
    *tally = (struct ga_due_tally){
        .duty = ga_due_duty_of(count->window), .site = ga_arena_strdup(t->listing.arena, place->site),
        .grade = ga_arena_strdup(t->listing.arena, place->grade), .class_no = ga_arena_strdup(t->listing.arena, place->class_no),
        .owed = count->owed, .done = count->done, .done_late = count->done_late, .tried = count->tried,
        .excused = count->excused, .unconfirmed = count->unconfirmed, .rests = count->rests};
    if (window->is_own)
        return; /* every child has its own days */
    tally->window.opens = ga_date_from_days(window->opens);
    tally->window.due_on = ga_date_from_days(window->due_on);
    tally->window.ends = ga_date_from_days(window->ends);
    memcpy(tally->window.label, window->label, sizeof(tally->window.label));
}

static bool is_duty_asked(const struct tallying *t, uint16_t window)
{
    return t->listing.duty < 0 || (size_t)t->listing.duty == ga_due_duty_of(window);
}

static const struct ga_due_window *window_of(const struct ga_care *care, const struct ga_due *due)
{
    const struct ga_due_windows *windows = &care->windows;
    for (size_t i = windows->first[due->duty]; i < windows->first[due->duty + 1]; i++)
        if (windows->items[i].is_own || strcmp(windows->items[i].label, due->window.label) == 0)
            return &windows->items[i];
    return NULL;
}

/* Of EVERY and AFTER the rows that lie in the span are counted one by one, so are those that were put off into it. Of a
 * class of then all are: its counts are not kept. */
static void count_found(struct tallying *t, const struct ga_due_place *place, bool is_kept)
{
    struct ga_vec counts;
    ga_vec_init(&counts, sizeof(struct ga_due_count));
    for (size_t i = 0; i < t->listing.found.len; i++) {
        const struct ga_due *due = &GA_VEC_AT(const struct ga_due_found, &t->listing.found, i)->due;
        const struct ga_due_window *window = window_of(t->listing.care, due);
        if (window == NULL || (is_kept && !window->is_own && t->listing.is_wanted[window - t->listing.care->windows.items]))
            continue; /* the kept counts have it */
        const struct ga_due_row row = {
            .window = window->no, .done = (uint8_t)due->done, .tries = (uint8_t)due->tries,
            .flags = (uint8_t)((due->state == GA_DUE_EXCUSED ? GA_ROW_EXCUSED : 0) | (due->is_confirmed ? GA_ROW_CONFIRMED : 0) |
                               (due->state == GA_DUE_RESTS ? GA_ROW_RESTS : 0) | (due->state == GA_DUE_DONE_LATE ? GA_ROW_LATE : 0))};
        ga_due_counts_add(&counts, &row, due->needed, 1);
    }
    for (size_t i = 0; i < counts.len; i++)
        add(t, place, ga_vec_at(&counts, i));
    ga_vec_finish(&counts);
}

static bool has_own(const struct ga_vec *counts, const struct ga_care *care)
{
    for (size_t i = 0; i < counts->len; i++) {
        const struct ga_due_count *count = ga_vec_at(counts, i);
        const struct ga_due_window *window = ga_due_windows_find(&care->windows, count->window);
        if (window != NULL && (window->is_own || count->own > 0))
            return true;
    }
    return false;
}

/* What the class, the site, the school itself owes: one a window. */
static void add_own_found(struct tallying *t, const struct ga_due_place *place)
{
    struct ga_due_listing *l = &t->listing;
    for (size_t i = 0; i < l->found.len; i++) {
        const struct ga_due *due = &GA_VEC_AT(const struct ga_due_found, &l->found, i)->due;
        const bool is_excused = due->state == GA_DUE_EXCUSED;
        struct ga_due_tally *tally = ga_vec_push(&t->tallies);
        *tally = (struct ga_due_tally){.duty = due->duty, .window = due->window, .excused = is_excused,
            .unconfirmed = is_excused && !due->is_confirmed,
            .site = ga_arena_strdup(l->arena, place->site), .grade = ga_arena_strdup(l->arena, place->grade),
            .class_no = ga_arena_strdup(l->arena, place->class_no), .owed = !is_excused, .done = due->done >= due->needed,
            .done_late = due->state == GA_DUE_DONE_LATE, .tried = due->done < due->needed && due->tries > 0};
    }
}

static enum ga_rc add_own(struct tallying *t, const struct ga_due_place *place, struct ga_error *err)
{
    ga_vec_clear(&t->listing.found);
    const enum ga_rc rc = ga_due_listing_add_place(&t->listing, place, err);
    if (rc == GA_OK)
        add_own_found(t, place);
    return rc;
}

static enum ga_rc add_then(struct tallying *t, const struct ga_due_past_class *class_of, struct ga_error *err)
{
    ga_vec_clear(&t->listing.found);
    enum ga_rc rc = ga_due_past_add_children(&t->listing, class_of, err);
    if (rc != GA_OK)
        return rc;
    count_found(t, &class_of->place, false);
    ga_vec_clear(&t->listing.found);
    rc = ga_due_past_add_place(&t->listing, class_of, err);
    if (rc == GA_OK)
        add_own_found(t, &class_of->place);
    return rc;
}

/* Of a school year that is over: by the classes of then, and what sites and the school owed. */
static enum ga_rc add_past(struct tallying *t, struct ga_error *err)
{
    const struct ga_due_past *past;
    const struct ga_due_places *places = &t->listing.care->places;
    enum ga_rc rc = ga_due_past_read(t->listing.care, t->listing.ask->span.to, &past, err);
    for (size_t i = 0; rc == GA_OK && i < past->count; i++)
        if (ga_due_listing_has(&t->listing, &past->classes[i].place))
            rc = add_then(t, &past->classes[i], err);
    for (size_t i = places->classes_count; rc == GA_OK && i < places->count; i++)
        if (ga_due_listing_has(&t->listing, &places->items[i]))
            rc = add_own(t, &places->items[i], err);
    return rc;
}

static enum ga_rc add_class(struct tallying *t, const struct ga_due_place *place, struct ga_error *err)
{
    struct ga_due_listing *l = &t->listing;
    struct ga_vec counts;
    struct ga_str rows = {0};
    ga_vec_init(&counts, sizeof(struct ga_due_count));
    enum ga_rc rc = ga_due_read_class(l->care, place->key, &counts, &rows, err);
    for (size_t i = 0; rc == GA_OK && i < counts.len; i++) {
        const struct ga_due_count *count = ga_vec_at(&counts, i);
        const struct ga_due_window *window = ga_due_windows_find(&l->care->windows, count->window);
        if (window != NULL && !window->is_own && l->is_wanted[window - l->care->windows.items] && is_duty_asked(t, count->window))
            add(t, place, count);
    }
    if (rc == GA_OK && has_own(&counts, l->care)) {
        ga_vec_clear(&l->found);
        l->only_own = true;
        rc = ga_due_listing_add_class(l, place, err);
        l->only_own = false;
        count_found(t, place, true);
    }
    ga_vec_finish(&counts);
    ga_str_finish(&rows);
    return rc;
}

static enum ga_rc add_present(struct tallying *t, struct ga_error *err)
{
    enum ga_rc rc = GA_OK;
    for (size_t i = 0; rc == GA_OK && i < t->listing.care->places.count; i++) {
        const struct ga_due_place *place = &t->listing.care->places.items[i];
        if (!ga_due_listing_has(&t->listing, place))
            continue;
        if (!place->is_above)
            rc = add_class(t, place, err);
        if (rc == GA_OK)
            rc = add_own(t, place, err);
    }
    return rc;
}

enum ga_rc ga_due_tallies(struct ga_care *care, const struct ga_due_ask *ask, struct ga_arena *arena,
                          struct ga_due_tally **ret_tallies, size_t *ret_count, struct ga_error *err)
{
    struct tallying t;
    const struct ga_due_ask every = {.site = ask->site, .grade = ask->grade, .class_no = ask->class_no, .duty = ask->duty,
                                     .span = ask->span, .states = (1u << GA_DUE_STATE_COUNT) - 1};
    ga_vec_init(&t.tallies, sizeof(struct ga_due_tally));
    enum ga_rc rc = ga_due_listing_start(&t.listing, care, &every, arena, err);
    if (rc == GA_OK)
        rc = ga_due_past_is_asked(&t.listing) ? add_past(&t, err) : add_present(&t, err);
    if (rc == GA_OK) {
        *ret_tallies = ga_arena_array(arena, t.tallies.len + 1, sizeof(struct ga_due_tally));
        *ret_count = t.tallies.len;
        if (t.tallies.len > 0)
            memcpy(*ret_tallies, t.tallies.items, t.tallies.len * sizeof(struct ga_due_tally));
    }
    ga_due_listing_finish(&t.listing);
    ga_vec_finish(&t.tallies);
    return rc;
}
