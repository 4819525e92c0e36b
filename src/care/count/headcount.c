/* Reads the answer to one ask: lists behind numbers, lines behind differences. */
#include "guanai/care/figures.h"

#include "guanai/base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const ga_counted_codes[GA_COUNTED_COUNT] = {
    [GA_COUNTED_NO] = "no",
    [GA_COUNTED_YES] = "yes",
    [GA_COUNTED_UNKNOWN] = "unknown",
};

const char *const ga_counted_words[GA_COUNTED_COUNT] = {
    [GA_COUNTED_NO] = GA_N_("No"),
    [GA_COUNTED_YES] = GA_N_("Yes"),
    [GA_COUNTED_UNKNOWN] = GA_N_("Cannot tell"),
};

const char *ga_share_text(size_t part, size_t whole, char buf[16])
{
    const size_t tenths = whole == 0 ? 0 : (part * 2000 + whole) / (2 * whole);
    snprintf(buf, 16, "%zu.%zu", tenths / 10 % 100000, tenths % 10);
    return buf;
}

const char *ga_figures_say_later(bool is_of_class)
{
    return is_of_class ? GA_N_("%1 files were made in a later school year: which class those children were in on that day is not known")
                       : GA_N_("%1 files were made in a later school year: counted as if they were here");
}

void ga_headcount_finish(struct ga_headcount *headcount)
{
    free(headcount->nos);
    free(headcount->counts);
    *headcount = (struct ga_headcount){0};
}

const struct ga_child_count *ga_headcount_of(const struct ga_headcount *headcount, size_t child, size_t definition)
{
    return &headcount->counts[child * headcount->definitions->count + definition];
}

/* a's facts count first, then b's. */
static int reason_of(const struct ga_headcount *headcount, size_t child, size_t a, size_t b)
{
    const struct ga_child_count *in_a = ga_headcount_of(headcount, child, a);
    const struct ga_child_count *in_b = ga_headcount_of(headcount, child, b);
    if (in_a->fact > 0)
        return in_a->fact;
    return in_b->fact > 0 ? (int)headcount->definitions->items[a]->facts.count + in_b->fact : 0;
}

static struct ga_label label_of(const struct ga_definitions *set, size_t a, size_t b, int reason)
{
    const size_t own = set->items[a]->facts.count;
    if (reason == 0)
        return (struct ga_label){0};
    const size_t at = (size_t)reason - 1;
    return at < own ? set->items[a]->facts.items[at].label : set->items[b]->facts.items[at - own].label;
}

/* yes before no before unknown; "other" after all reasons. */
static int rank(const struct ga_difference *line)
{
    static const int ranks[GA_COUNTED_COUNT] = {[GA_COUNTED_YES] = 0, [GA_COUNTED_NO] = 1, [GA_COUNTED_UNKNOWN] = 2};
    return (ranks[line->in_a] * 3 + ranks[line->in_b]) * 1000 + (line->reason == 0 ? 999 : line->reason);
}

static int by_rank(const void *x, const void *y)
{
    return rank(x) - rank(y);
}

enum { REASONS_MAX = 2 * GA_DEFINITION_FACTS_MAX + 1, LINES_MAX = REASONS_MAX * GA_COUNTED_COUNT * GA_COUNTED_COUNT };

static void tally(const struct ga_headcount *headcount, size_t a, size_t b, size_t counts[LINES_MAX])
{
    for (size_t i = 0; i < headcount->children; i++) {
        const uint8_t in_a = ga_headcount_of(headcount, i, a)->counted;
        const uint8_t in_b = ga_headcount_of(headcount, i, b)->counted;
        if (in_a != in_b)
            counts[(in_a * GA_COUNTED_COUNT + in_b) * REASONS_MAX + reason_of(headcount, i, a, b)]++;
    }
}

size_t ga_headcount_differences(const struct ga_headcount *headcount, size_t a, size_t b, struct ga_arena *arena,
                                struct ga_difference **ret_lines)
{
    size_t counts[LINES_MAX] = {0}, count = 0;
    tally(headcount, a, b, counts);
    struct ga_difference *lines = ga_arena_array(arena, LINES_MAX, sizeof(*lines));
    for (int i = 0; i < LINES_MAX; i++) {
        if (counts[i] == 0)
            continue;
        const int reason = i % REASONS_MAX, answers = i / REASONS_MAX;
        lines[count++] = (struct ga_difference){
            .a = a,
            .b = b,
            .in_a = (enum ga_counted)(answers / GA_COUNTED_COUNT),
            .in_b = (enum ga_counted)(answers % GA_COUNTED_COUNT),
            .reason = reason,
            .label = label_of(headcount->definitions, a, b, reason),
            .children = counts[i],
        };
    }
    qsort(lines, count, sizeof(*lines), by_rank);
    *ret_lines = lines;
    return count;
}

bool ga_headcount_has(const struct ga_headcount *headcount, size_t child, const struct ga_figures_pick *pick)
{
    const struct ga_difference *line = &pick->line;
    if (!pick->is_difference)
        return ga_headcount_of(headcount, child, pick->definition)->counted == pick->counted;
    return ga_headcount_of(headcount, child, line->a)->counted == line->in_a &&
           ga_headcount_of(headcount, child, line->b)->counted == line->in_b &&
           reason_of(headcount, child, line->a, line->b) == line->reason;
}

size_t ga_headcount_list(const struct ga_headcount *headcount, const struct ga_figures_pick *pick,
                         struct ga_arena *arena, size_t **ret_children)
{
    size_t count = 0;
    for (size_t i = 0; i < headcount->children; i++)
        count += ga_headcount_has(headcount, i, pick);
    size_t *children = ga_arena_array(arena, count + 1, sizeof(*children));
    count = 0;
    for (size_t i = 0; i < headcount->children; i++)
        if (ga_headcount_has(headcount, i, pick))
            children[count++] = i;
    *ret_children = children;
    return count;
}
