/* Reads from the history of a child's file when it was in which class. */
#include "guanai/store/history.h"
#include "guanai/store/life.h"
#include "guanai/store/same.h"

#include "guanai/base/alloc.h"
#include "guanai/base/vec.h"
#include "guanai/form/type.h"
#include "guanai/text/class_name.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_CHARS = 10 };
enum { SITE, GRADE, CLASS, PLACES };

static const char *const names[PLACES] = {[SITE] = "site", [GRADE] = "grade", [CLASS] = "class"};

/* Where the child is said to be from a day on. */
struct step {
    char day[11];
    const char *values[PLACES]; /* as shown in Chinese, which ga_class_name_parse reads back */
};

static int place_of(const char *field)
{
    for (int i = 0; i < PLACES; i++)
        if (strcmp(names[i], field) == 0)
            return i;
    return -1;
}

static bool is_same(const struct step *a, const struct step *b)
{
    for (int i = 0; i < PLACES; i++)
        if (strcmp(a->values[i], b->values[i]) != 0)
            return false;
    return true;
}

/* A clock that ran behind does not put a change before the one it follows. */
static void take_entry(struct ga_vec *steps, const struct ga_history_entry *entry)
{
    const int place = place_of(entry->field);
    struct step next = {.values = {"", "", ""}};
    if (place < 0)
        return;
    struct step *last = steps->len == 0 ? NULL : ga_vec_at(steps, steps->len - 1);
    if (last != NULL)
        next = *last;
    ga_str_copy(next.day, sizeof(next.day), entry->when);
    next.values[place] = entry->new_text;
    if (last != NULL && strncmp(next.day, last->day, DAY_CHARS) <= 0)
        last->values[place] = entry->new_text;
    else
        *(struct step *)ga_vec_push(steps) = next;
}

static void make_stay(const struct step *step, enum ga_lang lang, struct ga_arena *arena,
                      struct ga_stay *ret)
{
    struct ga_class_name name = {0};
    struct ga_date day;
    char shown[GA_CLASS_NAME_SIZE] = "";
    const bool is_known = ga_class_name_parse_columns(step->values[GRADE], step->values[CLASS], 0, &name, NULL, NULL) == GA_OK;
    if (is_known)
        ga_class_name_text(&name, lang, shown);
    *ret = (struct ga_stay){.site = ga_arena_strdup(arena, step->values[SITE]),
                            .grade = ga_arena_strdup(arena, name.grade),
                            .class_no = ga_arena_strdup(arena, is_known ? name.number : step->values[CLASS]),
                            .class_shown = ga_arena_strdup(arena, shown)};
    ga_str_copy(ret->from_on, sizeof(ret->from_on), step->day);
    if (is_known && ga_date_from_iso(step->day, &day))
        ret->entry_year = ga_class_name_entry_year(name.grade, ga_class_name_school_year(day));
}

static enum ga_rc read_steps(struct ga_store *store, const struct ga_uuid *child, struct ga_arena *arena,
                             struct ga_vec *steps, struct ga_error *err)
{
    struct ga_history_entry *entries;
    struct ga_uuid main;
    size_t count = 0;
    enum ga_rc rc = ga_same_main(store, child, &main, err);
    if (rc == GA_OK)
        rc = ga_store_history(store, &main, NULL, GA_ZH, arena, &entries, &count, err);
    for (size_t i = 0; rc == GA_OK && i < count; i++)
        take_entry(steps, &entries[i]);
    return rc;
}

enum ga_rc ga_store_stays(struct ga_store *store, const struct ga_uuid *child, enum ga_lang lang,
                          struct ga_arena *arena, struct ga_stay **ret_stays, size_t *ret_count,
                          struct ga_error *err)
{
    struct ga_vec steps;
    struct ga_arena scratch = {0};
    size_t count = 0;
    ga_vec_init(&steps, sizeof(struct step));
    enum ga_rc rc = read_steps(store, child, &scratch, &steps, err);
    struct ga_stay *stays = ga_arena_array(arena, steps.len, sizeof(*stays));
    for (size_t i = 0; rc == GA_OK && i < steps.len; i++) {
        const struct step *step = ga_vec_at(&steps, i);
        if (i > 0 && is_same(step, ga_vec_at(&steps, i - 1)))
            continue;
        if (count > 0)
            memcpy(stays[count - 1].until_on, step->day, sizeof(step->day));
        make_stay(step, lang, arena, &stays[count++]);
    }
    ga_vec_finish(&steps);
    ga_arena_finish(&scratch);
    if (rc == GA_OK) {
        *ret_stays = stays;
        *ret_count = count;
    }
    return rc;
}

const struct ga_stay *ga_stay_on(const struct ga_stay *stays, size_t count, const char *day)
{
    const struct ga_stay *found = count == 0 ? NULL : &stays[0];
    for (size_t i = 1; i < count; i++)
        if (strcmp(stays[i].from_on, day) <= 0)
            found = &stays[i];
    return found;
}
