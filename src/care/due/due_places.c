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

/* Sites, grades, numbers are the same ones for many classes: each is kept once. */
static const char *word(struct ga_due_places *places, struct ga_map *words, const char *text)
{
    char *kept = ga_map_get(words, text);
    if (kept == NULL) {
        kept = ga_arena_strdup(&places->arena, text);
        ga_map_put(words, kept, kept);
    }
    return kept;
}

static void add_class(struct ga_due_places *places, struct ga_map *words, struct ga_stmt *stmt)
{
    struct ga_due_place *place = ga_vec_push(&places->list);
    const struct ga_value at = ga_stmt_column(stmt, 0);
    place->site = word(places, words, ga_stmt_column_text(stmt, 1));
    place->grade = word(places, words, ga_stmt_column_text(stmt, 2));
    place->class_no = word(places, words, ga_stmt_column_text(stmt, 3));
    place->key = ga_due_class_key(&places->arena, place->site, place->grade, place->class_no);
    place->at = ga_arena_strndup(&places->arena, at.text, at.len);
    place->at_bytes = (uint32_t)at.len;
}

static void add_above(struct ga_due_places *places, const char *site)
{
    for (size_t i = places->classes_count; i < places->list.len; i++)
        if (strcmp(GA_VEC_AT(const struct ga_due_place, &places->list, i)->site, site) == 0)
            return;
    struct ga_due_place *place = ga_vec_push(&places->list);
    *place = (struct ga_due_place){.key = ga_due_site_key(&places->arena, site), .site = site, .grade = "", .class_no = "",
                                   .is_above = true};
}

/* A class without a site is nobody's site: its key would be the school's. */
static void add_sites(struct ga_due_places *places)
{
    for (size_t i = 0; i < places->classes_count; i++) {
        const char *site = GA_VEC_AT(const struct ga_due_place, &places->list, i)->site;
        if (site[0] != '\0')
            add_above(places, site);
    }
    add_above(places, "");
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
    struct ga_map words = {0};
    struct ga_stmt *stmt;
    bool has_row = false;
    *places = (struct ga_due_places){.care = care};
    ga_vec_init(&places->list, sizeof(struct ga_due_place));
    enum ga_rc rc = ga_due_stmt(care, GA_DUE_CLASSES, &stmt, err);
    if (rc == GA_OK)
        ga_stmt_bind_blob(stmt, 1, "", 0);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        add_class(places, &words, stmt);
    ga_map_finish(&words);
    places->classes_count = places->list.len;
    add_sites(places);
    places->count = places->list.len;
    places->items = places->list.items;
    order_by_key(places);
    return rc;
}

void ga_due_places_finish(struct ga_due_places *places)
{
    ga_str_finish(&places->child_key);
    ga_vec_finish(&places->list);
    ga_arena_finish(&places->arena);
    *places = (struct ga_due_places){0};
}

struct ga_due_place *ga_due_places_class(struct ga_due_places *places, const char *key)
{
    size_t from = 0, until = places->classes_count;
    while (from < until) {
        const size_t middle = from + (until - from) / 2;
        struct ga_due_place *place = &places->items[places->by_key[middle]];
        const int order = strcmp(place->key, key);
        if (order == 0)
            return place;
        if (order < 0)
            from = middle + 1;
        else
            until = middle;
    }
    return NULL;
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
    ga_str_add_bytes(&until, place->at, place->at_bytes - 1);
    ga_str_add_char(&until, 1); /* past the 0 that ends the place */
    ga_stmt_bind_blob(stmt, 1, place->at, place->at_bytes);
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
