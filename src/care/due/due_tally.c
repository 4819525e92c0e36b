/* Counts of classes by duty. */
#include "due/due_past.h"

#include "guanai/base/alloc.h"

#include <string.h>

struct tallying {
    struct ga_due_listing listing;
    struct ga_arena of_place; /* what is needed of one class, site */
    ga_due_tally_fn each;
    void *ctx;
};

static struct ga_due_tally tally_of(const struct ga_due_place *place, size_t duty)
{
    return (struct ga_due_tally){.duty = duty, .site = place->site, .grade = place->grade, .class_no = place->class_no};
}

static void forget_place(struct tallying *t)
{
    t->listing.class_key = NULL;
    ga_vec_clear(&t->listing.found);
    ga_arena_reset(&t->of_place);
}

static bool lies_behind(const struct tallying *t, struct ga_date day)
{
    const struct ga_date to = t->listing.ask->span.to;
    return to.year != 0 && ga_date_compare(day, to) > 0;
}

static bool is_later(const struct tallying *t, const struct ga_due *due)
{
    return !ga_due_is_done(due->state) && due->state != GA_DUE_EXCUSED && due->state != GA_DUE_RESTS && lies_behind(t, due->window.due_on);
}

static void add(struct tallying *t, const struct ga_due_place *place, const struct ga_due_count *count, int64_t later)
{
    const struct ga_due_window *window = ga_due_windows_find(&t->listing.care->windows, count->window);
    if (count->owed + count->excused + count->rests == 0)
        return;
    struct ga_due_tally tally = tally_of(place, ga_due_duty_of(count->window));
    tally.owed = count->owed;
    tally.later = later;
    tally.done = count->done;
    tally.done_late = count->done_late;
    tally.tried = count->tried;
    tally.excused = count->excused;
    tally.unconfirmed = count->unconfirmed;
    tally.rests = count->rests;
    if (!window->is_own) { /* else every child has its own days */
        tally.window.opens = ga_date_from_days(window->opens);
        tally.window.begins = ga_date_from_days(window->begins);
        tally.window.due_on = ga_date_from_days(window->due_on);
        tally.window.ends = ga_date_from_days(window->ends);
        memcpy(tally.window.label, window->label, sizeof(tally.window.label));
    }
    t->each(t->ctx, &tally);
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

/* Of a window's rows that were found; such as were put off behind the span stand beside the others of their window. */
static int64_t later_found(const struct tallying *t, uint16_t window)
{
    int64_t later = 0;
    for (size_t i = 0; i < t->listing.found.len; i++) {
        const struct ga_due *due = &GA_VEC_AT(const struct ga_due_found, &t->listing.found, i)->due;
        if (due->duty != ga_due_duty_of(window) || !is_later(t, due))
            continue;
        const struct ga_due_window *of = window_of(t->listing.care, due);
        later += of != NULL && of->no == window;
    }
    return later;
}

static int64_t later_of(const struct tallying *t, const struct ga_due_window *window, const struct ga_due_count *count)
{
    return lies_behind(t, ga_date_from_days(window->due_on)) ? (int64_t)count->owed - count->done : later_found(t, window->no);
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
    for (size_t i = 0; i < counts.len; i++) {
        const struct ga_due_count *count = ga_vec_at(&counts, i);
        add(t, place, count, later_found(t, count->window));
    }
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
        struct ga_due_tally tally = tally_of(place, due->duty);
        tally.window = due->window;
        tally.excused = is_excused;
        tally.unconfirmed = is_excused && !due->is_confirmed;
        tally.owed = !is_excused;
        tally.later = is_later(t, due);
        tally.done = due->done >= due->needed;
        tally.done_late = due->state == GA_DUE_DONE_LATE;
        tally.tried = due->done < due->needed && due->tries > 0;
        t->each(t->ctx, &tally);
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
        if (ga_due_listing_has(&t->listing, &past->classes[i].place)) {
            rc = add_then(t, &past->classes[i], err);
            forget_place(t);
        }
    for (size_t i = places->classes_count; rc == GA_OK && i < places->count; i++)
        if (ga_due_listing_has(&t->listing, &places->items[i])) {
            rc = add_own(t, &places->items[i], err);
            forget_place(t);
        }
    return rc;
}

static enum ga_rc add_class(struct tallying *t, const struct ga_due_place *place, struct ga_error *err)
{
    struct ga_due_listing *l = &t->listing;
    struct ga_vec counts;
    struct ga_str rows = {0};
    ga_vec_init(&counts, sizeof(struct ga_due_count));
    enum ga_rc rc = ga_due_read_class(l->care, place->key, &counts, &rows, err);
    const bool is_found = rc == GA_OK && has_own(&counts, l->care);
    ga_vec_clear(&l->found);
    if (is_found) {
        l->only_own = true;
        rc = ga_due_listing_add_class(l, place, err);
        l->only_own = false;
    }
    for (size_t i = 0; rc == GA_OK && i < counts.len; i++) {
        const struct ga_due_count *count = ga_vec_at(&counts, i);
        const struct ga_due_window *window = ga_due_windows_find(&l->care->windows, count->window);
        if (window != NULL && !window->is_own && l->is_wanted[window - l->care->windows.items] && is_duty_asked(t, count->window))
            add(t, place, count, later_of(t, window, count));
    }
    if (rc == GA_OK && is_found)
        count_found(t, place, true);
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
        forget_place(t);
    }
    return rc;
}

enum ga_rc ga_due_tallies_each(struct ga_care *care, const struct ga_due_ask *ask, ga_due_tally_fn each, void *ctx,
                               struct ga_error *err)
{
    struct tallying t = {.each = each, .ctx = ctx};
    struct ga_arena arena = {0};
    const struct ga_due_ask every = {.site = ask->site, .grade = ask->grade, .class_no = ask->class_no, .duty = ask->duty,
                                     .span = ask->span, .states = (1u << GA_DUE_STATE_COUNT) - 1};
    enum ga_rc rc = ga_due_listing_start(&t.listing, care, &every, &arena, err);
    t.listing.arena = &t.of_place;
    if (rc == GA_OK)
        rc = ga_due_past_is_asked(&t.listing) ? add_past(&t, err) : add_present(&t, err);
    ga_due_listing_finish(&t.listing);
    ga_arena_finish(&t.of_place);
    ga_arena_finish(&arena);
    return rc;
}

struct gathering {
    struct ga_vec tallies; /* struct ga_due_tally */
    struct ga_arena *arena;
};

static void gather(void *ctx, const struct ga_due_tally *tally)
{
    struct gathering *g = ctx;
    struct ga_due_tally *to = ga_vec_push(&g->tallies);
    *to = *tally;
    to->site = ga_arena_strdup(g->arena, tally->site);
    to->grade = ga_arena_strdup(g->arena, tally->grade);
    to->class_no = ga_arena_strdup(g->arena, tally->class_no);
}

enum ga_rc ga_due_tallies(struct ga_care *care, const struct ga_due_ask *ask, struct ga_arena *arena,
                          struct ga_due_tally **ret_tallies, size_t *ret_count, struct ga_error *err)
{
    struct gathering g = {.arena = arena};
    ga_vec_init(&g.tallies, sizeof(struct ga_due_tally));
    const enum ga_rc rc = ga_due_tallies_each(care, ask, gather, &g, err);
    if (rc == GA_OK) {
        *ret_tallies = ga_arena_array(arena, g.tallies.len + 1, sizeof(struct ga_due_tally));
        *ret_count = g.tallies.len;
        if (g.tallies.len > 0)
            memcpy(*ret_tallies, g.tallies.items, g.tallies.len * sizeof(struct ga_due_tally));
    }
    ga_vec_finish(&g.tallies);
    return rc;
}
