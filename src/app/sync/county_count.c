/* Adds up at a county what each school has of a count. */
#include "guanai/app/county_count.h"

#include "guanai/base/alloc.h"
#include "guanai/store/roster.h"

#include <string.h>

static struct ga_county_count *count_of(struct ga_vec *counts, const char *school, struct ga_arena *arena)
{
    for (size_t i = counts->len; i-- > 0;) { /* in roster order a school's children stand together */
        struct ga_county_count *count = ga_vec_at(counts, i);
        if (strcmp(count->school, school) == 0)
            return count;
    }
    struct ga_county_count *count = ga_vec_push(counts);
    *count = (struct ga_county_count){.school = ga_arena_strdup(arena, school)};
    return count;
}

static void add_child(struct ga_county_count *count, const struct ga_headcount *headcount, size_t child)
{
    count->children++;
    for (size_t d = 0; d < headcount->definitions->count; d++)
        count->tally[d][ga_headcount_of(headcount, child, d)->counted]++;
}

enum ga_rc ga_county_counts(struct ga_session *session, const struct ga_headcount *headcount, struct ga_arena *arena,
                            struct ga_vec *ret_counts, struct ga_error *err)
{
    struct ga_vec schools;
    ga_vec_init(&schools, sizeof(struct ga_school));
    enum ga_rc rc = ga_county_named_schools(session, &schools, err);
    for (size_t i = 0; i < schools.len; i++) /* those that sent nothing have a line, too */
        count_of(ret_counts, GA_VEC_AT(const struct ga_school, &schools, i)->label, arena);
    for (size_t i = 0; rc == GA_OK && i < headcount->children; i++) {
        struct ga_arena of_row = {0};
        struct ga_roster_row row;
        rc = ga_roster_row_of(session->store, headcount->nos[i], GA_ZH, &of_row, &row, err);
        if (rc == GA_OK)
            add_child(count_of(ret_counts, ga_county_school_name(session, row.site), arena), headcount, i);
        ga_arena_finish(&of_row);
    }
    ga_vec_finish(&schools);
    return rc;
}
