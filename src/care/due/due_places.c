/* Lists classes, sites, the school by their keys. */
#include "due/due_inner.h"

#include "guanai/base/alloc.h"
#include "guanai/store/school.h"
#include "guanai/text/class_name.h"

#include <stdlib.h>
#include <string.h>

const char *ga_due_site_key(struct ga_arena *arena, const char *site)
{
    return ga_arena_printf(arena, GA_DUE_ABOVE "%s", site);
}

static void add_class(struct ga_due_places *places, struct ga_vec *list, struct ga_stmt *stmt)
{
    struct ga_due_place *place = ga_vec_push(list);
    const struct ga_value at = ga_stmt_column(stmt, 0);
    place->site = ga_arena_strdup(&places->arena, ga_stmt_column_text(stmt, 1));
    place->grade = ga_arena_strdup(&places->arena, ga_stmt_column_text(stmt, 2));
    place->class_no = ga_arena_strdup(&places->arena, ga_stmt_column_text(stmt, 3));
    place->key = ga_due_class_key(&places->arena, place->site, place->grade, place->class_no);
    place->place = ga_value_blob(ga_arena_strndup(&places->arena, at.text, at.len), at.len);
}

static void add_above(struct ga_due_places *places, struct ga_vec *list, const char *site)
{
    for (size_t i = places->classes_count; i < list->len; i++)
        if (strcmp(GA_VEC_AT(const struct ga_due_place, list, i)->site, site) == 0)
            return;
    struct ga_due_place *place = ga_vec_push(list);
    *place = (struct ga_due_place){.key = ga_due_site_key(&places->arena, site), .site = site, .grade = "", .class_no = "",
                                   .is_above = true};
}

/* A class without a site is nobody's site: its key would be the school's. */
static void add_sites(struct ga_due_places *places, struct ga_vec *list)
{
    for (size_t i = 0; i < places->classes_count; i++) {
        const char *site = GA_VEC_AT(const struct ga_due_place, list, i)->site;
        if (site[0] != '\0')
            add_above(places, list, site);
    }
    add_above(places, list, "");
}

static int by_key(const void *a, const void *b, void *items)
{
    const struct ga_due_place *places = items;
    return strcmp(places[*(const size_t *)a].key, places[*(const size_t *)b].key);
}

static void order_by_key(struct ga_due_places *places)
{
    places->by_key = ga_arena_array(&places->arena, places->classes_count + 1, sizeof(*places->by_key));
    for (size_t i = 0; i < places->classes_count; i++)
        places->by_key[i] = i;
    qsort_r(places->by_key, places->classes_count, sizeof(*places->by_key), by_key, places->items);
}

enum ga_rc ga_due_places_read(struct ga_due_places *places, struct ga_care *care, struct ga_error *err)
{
    struct ga_vec list;
    struct ga_stmt *stmt;
    bool has_row = false;
    *places = (struct ga_due_places){.care = care};
    ga_vec_init(&list, sizeof(struct ga_due_place));
    enum ga_rc rc = ga_due_stmt(care, GA_DUE_CLASSES, &stmt, err);
    if (rc == GA_OK)
        ga_stmt_bind_blob(stmt, 1, "", 0);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        add_class(places, &list, stmt);
    places->classes_count = list.len;
    add_sites(places, &list);
    places->count = list.len;
    places->items = ga_arena_array(&places->arena, list.len + 1, sizeof(*places->items));
    if (list.len > 0)
        memcpy(places->items, list.items, list.len * sizeof(*places->items));
    ga_vec_finish(&list);
    order_by_key(places);
    return rc;
}

void ga_due_places_finish(struct ga_due_places *places)
{
    ga_str_finish(&places->child_key);
    ga_arena_finish(&places->arena);
    *places = (struct ga_due_places){0};
}

/* The children of one record come one behind the other, often the same one for many classes. */
const char *ga_due_places_of_child(struct ga_due_places *places, int64_t child)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (places->child == child)
        return places->has_child ? ga_str_text(&places->child_key) : NULL;
    places->child = child;
    places->has_child = false;
    ga_str_clear(&places->child_key);
    if (ga_due_stmt(places->care, GA_DUE_ROSTER_ONE, &stmt, NULL) != GA_OK)
        return NULL;
    ga_stmt_bind_int(stmt, 1, child);
    if (ga_stmt_step(stmt, &has_row, NULL) == GA_OK && has_row) {
        ga_str_addf(&places->child_key, GA_DUE_CLASS_KEY, ga_stmt_column_text(stmt, 1), ga_stmt_column_text(stmt, 2),
                    ga_stmt_column_text(stmt, 3));
        places->has_child = true;
        ga_stmt_reset(stmt);
    }
    return places->has_child ? ga_str_text(&places->child_key) : NULL;
}

void ga_due_bind_class(struct ga_stmt *stmt, const struct ga_due_place *place)
{
    struct ga_str until = {0};
    ga_str_add_bytes(&until, place->place.text, place->place.len - 1);
    ga_str_add_char(&until, 1); /* past the 0 that ends the place */
    ga_stmt_bind_blob(stmt, 1, place->place.text, place->place.len);
    ga_stmt_bind_blob(stmt, 2, until.data, until.len);
    ga_str_finish(&until);
}

size_t ga_due_places_named(const struct ga_due_places *places, size_t i, const char *site, const char *class_text, int32_t day)
{
    struct ga_class_name name = {0};
    const int then = ga_class_name_school_year(ga_date_from_days(day));
    if (ga_class_name_parse(class_text, then, &name, NULL, NULL) != GA_OK)
        return places->count;
    for (; i < places->count; i++) {
        const struct ga_due_place *place = &places->items[i];
        if (!place->is_above && (site == NULL || ga_school_means(site, place->site)) &&
            strcmp(place->class_no, name.number) == 0 && ga_class_name_goes_on(name.grade, then, place->grade, place->year))
            break;
    }
    return i;
}
