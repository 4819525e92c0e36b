/* Says who was in a class on a day. */
#include "guanai/store/life.h"

#include "index.h"

#include "guanai/base/alloc.h"
#include "guanai/store/roll.h"
#include "guanai/store/roster.h"

#include <string.h>

static bool is_of(const struct ga_class_ask *ask, const struct ga_stay *stay)
{
    return (ask->grade == NULL || strcmp(stay->grade, ask->grade) == 0) &&
           (ask->class_no == NULL || strcmp(stay->class_no, ask->class_no) == 0) &&
           (ask->site == NULL || strcmp(stay->site, ask->site) == 0);
}

static struct ga_stay keep(const struct ga_stay *stay, struct ga_arena *arena)
{
    struct ga_stay kept = *stay;
    kept.site = ga_arena_strdup(arena, stay->site);
    kept.grade = ga_arena_strdup(arena, stay->grade);
    kept.class_no = ga_arena_strdup(arena, stay->class_no);
    kept.class_shown = ga_arena_strdup(arena, stay->class_shown);
    return kept;
}

/* A child whose file says nothing of a class is in none, which only somebody asks for who asks for no class. */
static enum ga_rc look_at(struct ga_store *store, int64_t no, const struct ga_class_ask *ask, enum ga_lang lang,
                          struct ga_arena *arena, struct ga_vec *mates, struct ga_error *err)
{
    static const struct ga_stay nowhere = {.site = "", .grade = "", .class_no = "", .class_shown = ""};
    struct ga_arena scratch = {0};
    struct ga_stay *stays;
    struct ga_uuid id;
    size_t count = 0;
    enum ga_rc rc = ga_record_id(store, no, &id, NULL, err);
    if (rc == GA_OK)
        rc = ga_store_stays(store, &id, lang, &scratch, &stays, &count, err);
    if (rc == GA_OK) {
        const struct ga_stay *stay = ga_stay_on(stays, count, GA_DATE_ISO(ask->day));
        stay = stay == NULL ? &nowhere : stay;
        if (is_of(ask, stay))
            *(struct ga_classmate *)ga_vec_push(mates) = (struct ga_classmate){no, keep(stay, arena)};
    }
    ga_arena_finish(&scratch);
    return rc;
}

enum ga_rc ga_store_class_on(struct ga_store *store, const struct ga_class_ask *ask, enum ga_lang lang,
                             struct ga_arena *arena, struct ga_classmate **ret_mates, size_t *ret_count,
                             struct ga_error *err)
{
    struct ga_vec nos, mates;
    ga_vec_init(&nos, sizeof(int64_t));
    ga_vec_init(&mates, sizeof(struct ga_classmate));
    enum ga_rc rc = ga_store_roll(store, ask->day, &nos, err);
    for (size_t i = 0; rc == GA_OK && i < nos.len; i++)
        rc = look_at(store, *GA_VEC_AT(int64_t, &nos, i), ask, lang, arena, &mates, err);
    if (rc == GA_OK) {
        *ret_mates = ga_arena_array(arena, mates.len, sizeof(**ret_mates));
        if (mates.len > 0)
            memcpy(*ret_mates, mates.items, mates.len * sizeof(**ret_mates));
        *ret_count = mates.len;
    }
    ga_vec_finish(&mates);
    ga_vec_finish(&nos);
    return rc;
}
