/* Sums the board of priorities up by class. */
#include "priority/priority_inner.h"

#include "guanai/base/alloc.h"

#include <string.h>

struct summing {
    struct ga_prio *prio;
    struct ga_arena *arena;
    size_t month;
    int32_t first;
    struct ga_vec classes; /* struct ga_priority_class */
};

/* Children come class by class. */
static struct ga_priority_class *class_of(struct summing *s, const struct ga_prio_seen *seen)
{
    struct ga_priority_class *class = s->classes.len == 0 ? NULL : ga_vec_at(&s->classes, s->classes.len - 1);
    if (class != NULL && strcmp(class->class_no, seen->class_no) == 0 && strcmp(class->grade, seen->grade) == 0 &&
        strcmp(class->site, seen->site) == 0)
        return class;
    class = ga_vec_push(&s->classes);
    class->site = ga_arena_strdup(s->arena, seen->site);
    class->grade = ga_arena_strdup(s->arena, seen->grade);
    class->class_no = ga_arena_strdup(s->arena, seen->class_no);
    return class;
}

static void add_child(void *ctx, const struct ga_prio_seen *seen)
{
    struct summing *s = ctx;
    struct ga_priority_row row = {.child = seen->child};
    ga_prio_row(s->prio, &seen->rows, s->month, s->first, &row);
    if (!row.counts)
        return;
    struct ga_priority_class *class = class_of(s, seen);
    class->children++;
    for (size_t i = 0; i < s->prio->rule->priorities.count; i++) {
        const struct ga_priority_cell *cell = &row.cells[i];
        class->sums[i].turns += cell->turns;
        class->sums[i].children += cell->turns > 0;
        class->sums[i].reached_target += cell->turns >= s->prio->rule->priorities.items[i].target;
    }
    class->quiet += row.quiet_days >= GA_PRIORITY_QUIET_DAYS;
    class->very_quiet += row.quiet_days >= GA_PRIORITY_VERY_QUIET_DAYS;
    class->unreached += row.reached_days >= GA_PRIORITY_UNREACHED_DAYS;
}

enum ga_rc ga_priority_classes(struct ga_care *care, const struct ga_priority_ask *ask, struct ga_arena *arena,
                               struct ga_priority_class **ret_classes, size_t *ret_count, struct ga_error *err)
{
    struct summing s = {.arena = arena};
    enum ga_rc rc = ga_prio_of(care, NULL, &s.prio, err);
    if (rc == GA_OK)
        rc = ga_prio_follow(s.prio, err);
    if (rc == GA_OK)
        rc = ga_prio_month_of(s.prio, ask->month, &s.month, err);
    if (rc == GA_OK)
        rc = ga_prio_first(s.prio, &s.first, err);
    if (rc != GA_OK)
        return rc;
    ga_vec_init(&s.classes, sizeof(struct ga_priority_class));
    rc = ga_prio_read(s.prio, ask, s.month, add_child, &s, err);
    if (rc == GA_OK) {
        *ret_count = s.classes.len;
        *ret_classes = ga_arena_array(arena, s.classes.len + 1, sizeof(struct ga_priority_class));
        if (s.classes.len > 0)
            memcpy(*ret_classes, s.classes.items, s.classes.len * sizeof(struct ga_priority_class));
    }
    ga_vec_finish(&s.classes);
    return rc;
}
