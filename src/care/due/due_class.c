/* Says which class a thing that is owed, or a record about classes, is of. */
#include "due/due_past.h"

#include "guanai/care/past.h"
#include "guanai/text/class_name.h"

#include <string.h>

/* The next part of a key: up to the break; *at moves behind it. */
static const char *next_part(const char **at, struct ga_arena *arena)
{
    const size_t len = strcspn(*at, GA_DUE_KEY_BREAK);
    const char *part = ga_arena_strndup(arena, *at, len);
    *at += len + ((*at)[len] != '\0');
    return part;
}

void ga_due_class_of(const struct ga_due *due, struct ga_arena *arena, struct ga_roster_class *ret_class)
{
    const char *at = due->class_key;
    struct ga_roster_class class_of = {.shown = ""};
    if (*at == *GA_DUE_ABOVE) {
        class_of.site = ga_arena_strdup(arena, at + 1);
        class_of.grade = class_of.class_no = "";
    } else {
        class_of.site = next_part(&at, arena);
        class_of.grade = next_part(&at, arena);
        class_of.class_no = ga_arena_strdup(arena, at);
    }
    *ret_class = class_of;
}

int ga_care_class_year(struct ga_care *care, const struct ga_roster_class *class_of)
{
    const struct ga_due_places *places = &care->places;
    ga_care_follow(care, NULL);
    for (size_t i = 0; i < places->classes_count; i++) {
        const struct ga_due_place *place = &places->items[i];
        if (strcmp(place->class_no, class_of->class_no) == 0 && strcmp(place->grade, class_of->grade) == 0 &&
            strcmp(place->site, class_of->site) == 0)
            return place->year;
    }
    return 0;
}

bool ga_care_class_text(const struct ga_care *care, const struct ga_roster_class *class_of, struct ga_date day_of_class,
                        struct ga_date day, char buf[GA_CLASS_NAME_SIZE])
{
    struct ga_class_name name = {0};
    char next[GA_GRADE_SIZE];
    bool ends_stage = false;
    ga_str_copy(name.grade, sizeof(name.grade), class_of->grade);
    ga_str_copy(name.number, sizeof(name.number), class_of->class_no);
    for (int year = ga_due_past_year_named(care, class_of, day_of_class);
         year < ga_class_name_school_year(day) && !ends_stage && ga_class_name_next_grade(name.grade, next, &ends_stage); year++)
        if (!ends_stage)
            ga_str_copy(name.grade, sizeof(name.grade), next);
    ga_class_name_text(&name, GA_ZH, buf);
    return !ends_stage;
}
