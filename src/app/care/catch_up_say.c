/* Writes down why what ran out in a pause was not done. */
#include "care/excuse_inner.h"
#include "guanai/app/care.h"
#include "guanai/app/catch_up.h"
#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/store/number.h"
#include "private.h"

#include <stdlib.h>
#include <string.h>

/* One record: a class and month (of the user's own, or of a duty asked for: and duty), its children or itself. */
struct group {
    const struct ga_due *first;
    struct ga_vec children; /* int64_t, each once where they come one behind the other */
};

struct grouping {
    const struct ga_catch_up *catch_up;
    enum ga_catch_up_extent extent;
    const struct ga_catch_up_row *row;
    struct ga_arena arena;
    struct ga_map groups;
    struct ga_vec order; /* struct group *, as they were met: the same records from the same dues */
};

static bool is_meant(const struct grouping *g, const struct ga_due *due)
{
    if (g->extent == GA_CATCH_UP_ALL)
        return true;
    return (g->extent == GA_CATCH_UP_CLASS || due->duty == g->row->duty) &&
           (g->extent == GA_CATCH_UP_DUTY || strcmp(due->class_key, g->row->class_key) == 0);
}

/* Of another's duties on the same children nothing is said. */
static bool is_by_duty(const struct grouping *g)
{
    return g->extent == GA_CATCH_UP_ROW || g->extent == GA_CATCH_UP_DUTY || !g->catch_up->is_of_school;
}

static struct group *group_of(struct grouping *g, const struct ga_due *due)
{
    const struct ga_date day = due->window.due_on;
    const char *key = ga_arena_printf(&g->arena, "%04d-%02d %d %zu %s", day.year, day.month, due->child == 0,
                                      is_by_duty(g) ? due->duty : 0, due->class_key);
    struct group *group = ga_map_get(&g->groups, key);
    if (group != NULL)
        return group;
    group = ga_arena_alloc(&g->arena, sizeof(*group));
    *group = (struct group){.first = due};
    ga_vec_init(&group->children, sizeof(int64_t));
    ga_map_put(&g->groups, key, group);
    *(struct group **)ga_vec_push(&g->order) = group;
    return group;
}

static int by_number(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void leave_once(struct ga_vec *children)
{
    int64_t *items = children->items;
    size_t kept = 0;
    if (children->len < 2)
        return;
    qsort(items, children->len, sizeof(*items), by_number);
    for (size_t i = 0; i < children->len; i++)
        if (i == 0 || items[i] != items[kept - 1])
            items[kept++] = items[i];
    ga_vec_remove_many(children, kept, children->len - kept);
}

static void group_all(struct grouping *g)
{
    ga_vec_init(&g->order, sizeof(struct group *));
    for (size_t i = 0; i < g->catch_up->dues_count; i++) {
        const struct ga_due *due = &g->catch_up->dues[i];
        if (!is_meant(g, due))
            continue;
        struct group *group = group_of(g, due);
        if (due->child != 0)
            *(int64_t *)ga_vec_push(&group->children) = due->child;
    }
    for (size_t i = 0; i < g->order.len; i++)
        leave_once(&(*GA_VEC_AT(struct group *, &g->order, i))->children);
}

static void finish(struct grouping *g)
{
    for (size_t i = 0; i < g->order.len; i++)
        ga_vec_finish(&(*GA_VEC_AT(struct group *, &g->order, i))->children);
    ga_vec_finish(&g->order);
    ga_map_finish(&g->groups);
    ga_arena_finish(&g->arena);
}

struct ga_catch_up_counts ga_catch_up_count(const struct ga_catch_up *catch_up, enum ga_catch_up_extent extent,
                                            const struct ga_catch_up_row *row)
{
    struct grouping g = {.catch_up = catch_up, .extent = extent, .row = row};
    struct ga_catch_up_counts counts = {0};
    struct ga_map classes = {0};
    group_all(&g);
    for (size_t i = 0; i < catch_up->dues_count; i++) {
        if (!is_meant(&g, &catch_up->dues[i]))
            continue;
        counts.dues++;
        ga_map_put(&classes, catch_up->dues[i].class_key, &g);
    }
    counts.classes = (int64_t)classes.len;
    counts.records = (int64_t)g.order.len;
    ga_map_finish(&classes);
    finish(&g);
    return counts;
}

static enum ga_rc write_children(struct ga_entry *entry, const struct ga_vec *children, struct ga_error *err)
{
    const struct ga_field *repeat = ga_form_field(entry->form, "children");
    enum ga_rc rc = repeat != NULL ? GA_OK : ga_error_set(err, GA_REFUSED, "form %1 has no field %2", entry->form->name, "children");
    for (size_t i = 0; rc == GA_OK && i < children->len; i++) {
        struct ga_uuid id;
        char text[GA_UUID_TEXT_SIZE];
        rc = ga_store_id_of(entry->session->store, *GA_VEC_AT(const int64_t, children, i), &id, err);
        if (rc == GA_OK)
            rc = ga_entry_set(entry, &repeat->fields.items[0], ga_entry_add_row(entry, repeat), ga_uuid_text(&id, text), NULL, err);
    }
    return rc;
}

static enum ga_rc fill(const struct grouping *g, struct ga_entry *entry, struct ga_care *care, const struct group *group,
                       const char *reason, struct ga_error *err)
{
    const struct ga_due *due = group->first;
    const struct ga_date month = {.year = due->window.due_on.year, .month = due->window.due_on.month};
    const struct ga_written fields[] = {
        {"pause_from", GA_DATE_ISO(g->catch_up->pause.from)}, {"pause_until", GA_DATE_ISO(g->catch_up->pause.to)},
        {"month", GA_DATE_ISO(month)}, {"duty", is_by_duty(g) ? ga_care_duties(care)->items[due->duty]->name : ""},
        {"is_place", due->child == 0 ? "yes" : "no"}, {"reason", reason}};
    enum ga_rc rc = ga_entry_write_all(entry, fields, GA_COUNT(fields), err);
    if (rc == GA_OK)
        rc = ga_due_write_class(entry, due, err);
    return rc == GA_OK ? write_children(entry, &group->children, err) : rc;
}

static enum ga_rc put_group(const struct grouping *g, struct ga_session *session, struct ga_save *save, struct ga_care *care,
                            const struct group *group, const char *reason, struct ga_error *err)
{
    struct ga_entry *entry;
    enum ga_rc rc = ga_entry_new(session, GA_PAUSE_REASON_FORM, NULL, &entry, err);
    if (rc != GA_OK)
        return rc;
    rc = fill(g, entry, care, group, reason, err);
    if (rc == GA_OK)
        rc = ga_entry_put(entry, save, err);
    ga_entry_destroy(entry);
    return rc;
}

static enum ga_rc put_all(const struct grouping *g, struct ga_session *session, const char *reason, struct ga_error *err)
{
    struct ga_care *care;
    struct ga_save *save;
    enum ga_rc rc = ga_session_care(session, NULL, &care, err);
    if (rc == GA_OK)
        rc = ga_save_begin(session->store, &save, err);
    if (rc != GA_OK)
        return rc;
    for (size_t i = 0; rc == GA_OK && i < g->order.len; i++)
        rc = put_group(g, session, save, care, *GA_VEC_AT(struct group *const, &g->order, i), reason, err);
    return ga_app_end_save(save, rc, err);
}

enum ga_rc ga_catch_up_say(struct ga_session *session, const struct ga_catch_up *catch_up, enum ga_catch_up_extent extent,
                           const struct ga_catch_up_row *row, const char *reason, struct ga_error *err)
{
    struct grouping g = {.catch_up = catch_up, .extent = extent, .row = row};
    enum ga_rc rc = GA_OK;
    if (reason[strspn(reason, " ")] == '\0')
        return ga_error_set(err, GA_REFUSED, "say in a few words why it was not done");
    group_all(&g);
    rc = g.order.len == 0 ? ga_error_set(err, GA_REFUSED, "nothing ran out that has no record and no reason")
                          : put_all(&g, session, reason, err);
    finish(&g);
    return rc;
}
