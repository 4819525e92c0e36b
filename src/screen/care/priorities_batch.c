/* Begins the form of a priority with the children whose turn is next. */
#include "care/priorities_state.h"

#include "guanai/care/past.h"
#include "guanai/screen/record.h"
#include "guanai/store/number.h"

/* The first of the priority's forms that is there; NULL: none. */
static const struct ga_priority_source *source_of(const struct priorities *p)
{
    const struct ga_priority *priority = &p->board.rule->priorities.items[p->mark.column];
    for (size_t i = 0; i < priority->records.count; i++)
        if (priority->records.items[i].of != NULL)
            return &priority->records.items[i];
    return NULL;
}

/* The same form, where its rows name children; NULL: its records are of one child alone. */
static const struct ga_priority_source *group_of(const struct priorities *p, const struct ga_priority_source *source)
{
    const struct ga_priority *priority = &p->board.rule->priorities.items[p->mark.column];
    for (size_t i = 0; i < priority->records.count; i++)
        if (priority->records.items[i].of == source->of && priority->records.items[i].child_field != NULL)
            return &priority->records.items[i];
    return NULL;
}

bool priorities_can_plan(const struct priorities *p)
{
    return p->board.count > 0 && source_of(p) != NULL && !ga_care_is_over(p->care, p->board.day);
}

/* By the rule, whatever the page is sorted by. */
static size_t find_next(struct priorities *p, struct ga_uuid *children, size_t max)
{
    size_t *rows, found = 0;
    const size_t count = ga_priority_next(&p->board, p->mark.column, &p->arena, &rows);
    for (size_t i = 0; i < count && found < max; i++)
        if (ga_store_id_of(p->session->store, p->board.rows[rows[i]].child, &children[found], NULL) == GA_OK)
            found++;
    return found;
}

void priorities_plan(struct ga_screen *screen, int tag)
{
    struct priorities *p = priorities_of(screen);
    const struct ga_priority_source *source = source_of(p);
    struct ga_uuid children[PRIORITIES_BATCH];
    const size_t count = find_next(p, children, PRIORITIES_BATCH);
    if (count == 0)
        return;
    const struct ga_priority_source *group = group_of(p, source);
    if (group == NULL) /* a record a child: the first of them */
        ga_screen_record_new(screen, source->of->name, &children[0], tag);
    else
        ga_screen_record_group(screen, source->of->name, group->children.text, children, count, tag);
}
