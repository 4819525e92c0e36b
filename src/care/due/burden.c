/* Counts how many records a month each duty makes for classes, teachers, the school. */
#include "guanai/care/burden.h"

#include "due/due_inner.h"
#include "guanai/base/alloc.h"
#include "guanai/base/map.h"

#include <string.h>

struct class_load {
    const char *key, *site, *teacher;
    bool has_grade;
    int64_t children;                /* here today */
    int64_t owing[GA_DUTIES_MAX];
};

struct pupil {
    int64_t no;
    struct class_load *class;
};

struct counting {
    struct ga_care *care;
    struct ga_arena *arena;
    struct ga_map by_key;
    struct ga_vec classes; /* struct class_load * in the order of their first child */
    struct ga_vec pupils;  /* struct pupil by number */
};

static struct class_load *class_at(struct counting *c, const char *site, const char *grade, const char *class_no)
{
    const char *key = ga_due_class_key(c->arena, site, grade, class_no);
    struct class_load *class = ga_map_get(&c->by_key, key);
    if (class != NULL)
        return class;
    class = ga_arena_array(c->arena, 1, sizeof(*class));
    *class = (struct class_load){.key = key, .site = ga_arena_strdup(c->arena, site), .has_grade = grade[0] != '\0',
                                 .teacher = ga_due_teacher_of(&c->care->decisions, key)};
    ga_map_put(&c->by_key, key, class);
    *(struct class_load **)ga_vec_push(&c->classes) = class;
    return class;
}

static enum ga_rc read_pupils(struct counting *c, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    enum ga_rc rc = ga_due_stmt(c->care, GA_DUE_ROSTER_ALL, &stmt, err);
    while (rc == GA_OK && (rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(struct pupil *)ga_vec_push(&c->pupils) =
            (struct pupil){ga_stmt_column_int(stmt, 0), class_at(c, ga_stmt_column_text(stmt, 1), ga_stmt_column_text(stmt, 2),
                                                                 ga_stmt_column_text(stmt, 3))};
    return rc;
}

static struct class_load *class_of_pupil(const struct counting *c, int64_t no)
{
    size_t low = 0, high = c->pupils.len;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct pupil *pupil = ga_vec_at(&c->pupils, middle);
        if (pupil->no == no)
            return pupil->class;
        if (pupil->no < no)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void take_owed(void *ctx, size_t day, const struct ga_owed *owed)
{
    struct counting *c = ctx;
    struct class_load *class = class_of_pupil(c, owed->no);
    (void)day;
    if (class == NULL)
        return;
    class->children++;
    for (size_t d = 0; d < c->care->duties.count; d++)
        if (ga_duty_has_site(c->care->duties.items[d], c->care->options.config, class->site))
            class->owing[d] += (int64_t)(owed->mask >> d & 1);
}

/* Of all duties: care->owes asks only about those that are on. */
static enum ga_rc count(struct counting *c, struct ga_error *err)
{
    struct ga_owes *owes = NULL;
    enum ga_rc rc = read_pupils(c, err);
    if (rc == GA_OK)
        rc = ga_owes_open(c->care->options.figures, &c->care->duties, &owes, err);
    if (rc == GA_OK)
        rc = ga_owes_read(owes, 0, &c->care->day, 1, take_owed, c, err);
    ga_owes_close(owes);
    return rc;
}

static struct class_load *class_no_at(const struct counting *c, size_t i)
{
    return *GA_VEC_AT(struct class_load *const, &c->classes, i);
}

/* Is there a class before this one, among those that owe it, with the same site, with the same teacher? */
static void look_back(const struct counting *c, size_t duty, size_t at, const char *only, bool *ret_site, bool *ret_teacher)
{
    const struct class_load *class = class_no_at(c, at);
    *ret_site = *ret_teacher = false;
    for (size_t i = 0; i < at; i++) {
        const struct class_load *other = class_no_at(c, i);
        if (other->owing[duty] == 0 || (only != NULL && strcmp(other->key, only) != 0))
            continue;
        *ret_site |= strcmp(other->site, class->site) == 0;
        *ret_teacher |= class->teacher[0] != '\0' && strcmp(other->teacher, class->teacher) == 0;
    }
}

static void note_switch(const struct counting *c, size_t no, const struct class_load *class, struct ga_burden *burden)
{
    if (class->children == 0 || !class->has_grade)
        return;
    burden->classes++;
    burden->classes_on += ga_due_is_on(&c->care->decisions, c->care->duties.items[no], no, class->key,
                                       ga_date_to_days(c->care->day));
}

static int64_t share_of(int64_t whole, int64_t parts)
{
    return parts > 0 ? (whole + parts / 2) / parts : 0;
}

static bool is_by_class(const struct ga_duty *duty)
{
    return duty->per == GA_PER_CHILD || duty->per == GA_PER_CLASS;
}

static void weigh(const struct counting *c, size_t no, const char *only, struct ga_burden *burden)
{
    const struct ga_duty *duty = c->care->duties.items[no];
    const bool is_teachers = duty->owner == GA_OWNER_PROXY || duty->owner == GA_OWNER_CLASS || duty->owner == GA_OWNER_PLAN;
    struct ga_duty_owing all = {0};
    int64_t teachers = 0;
    for (size_t i = 0; i < c->classes.len; i++) {
        const struct class_load *class = class_no_at(c, i);
        bool has_site, has_teacher;
        if (only != NULL && strcmp(class->key, only) != 0)
            continue;
        note_switch(c, no, class, burden);
        if (class->owing[no] == 0)
            continue;
        look_back(c, no, i, only, &has_site, &has_teacher);
        const struct ga_duty_owing own = {.children = class->owing[no], .classes = 1};
        const int64_t records = is_by_class(duty) ? ga_duty_load(duty, &own) : 0;
        burden->class_most = records > burden->class_most ? records : burden->class_most;
        all.children += own.children;
        all.classes++;
        all.sites += !has_site;
        teachers += !has_teacher;
    }
    burden->records = only != NULL && !is_by_class(duty) ? 0 : ga_duty_load(duty, &all);
    burden->class_average = is_by_class(duty) ? share_of(burden->records, all.classes) : 0;
    burden->teacher_average = is_by_class(duty) && is_teachers ? share_of(burden->records, teachers) : 0;
}

static void read_switch(const struct ga_care *care, size_t no, const char *only, struct ga_burden *burden)
{
    const struct ga_duty *duty = care->duties.items[no];
    burden->is_told = duty->cadence.period != GA_PERIOD_AFTER;
    if (is_by_class(duty) && burden->classes > 0)
        burden->is_on = burden->classes_on == burden->classes;
    else
        burden->is_on = ga_due_is_on(&care->decisions, duty, no, only, ga_date_to_days(care->day));
}

static void weigh_now(const struct counting *c, size_t no, struct ga_burden *burden)
{
    const struct ga_duty *duty = c->care->duties.items[no];
    const int32_t today = ga_date_to_days(c->care->day);
    struct ga_duty_owing all = {0};
    burden->records_now = burden->is_on ? burden->records : 0;
    burden->all_classes = c->classes.len;
    if (!is_by_class(duty))
        return;
    int64_t *loads = ga_arena_array(c->arena, c->classes.len + 1, sizeof(*loads));
    for (size_t i = 0; i < c->classes.len; i++) {
        const struct class_load *class = class_no_at(c, i);
        const bool is_on = class->owing[no] > 0 && ga_due_is_on(&c->care->decisions, duty, no, class->key, today);
        const struct ga_duty_owing own = {.children = is_on ? class->owing[no] : 0, .classes = is_on};
        loads[i] = ga_duty_load(duty, &own);
        all.children += own.children;
        all.classes += own.classes;
    }
    burden->records_now = ga_duty_load(duty, &all);
    burden->of_classes = loads;
}

enum ga_rc ga_burdens_read(struct ga_care *care, const struct ga_roster_class *class_of, struct ga_arena *arena,
                           struct ga_burden **ret_burdens, struct ga_error *err)
{
    struct counting c = {.care = care, .arena = arena};
    enum ga_rc rc = ga_care_follow(care, err);
    if (rc != GA_OK)
        return rc;
    const char *only = class_of == NULL ? NULL : ga_due_class_key(arena, class_of->site, class_of->grade, class_of->class_no);
    ga_vec_init(&c.classes, sizeof(struct class_load *));
    ga_vec_init(&c.pupils, sizeof(struct pupil));
    rc = count(&c, err);
    struct ga_burden *burdens = ga_arena_array(arena, care->duties.count + 1, sizeof(*burdens));
    for (size_t i = 0; rc == GA_OK && i < care->duties.count; i++) {
        burdens[i] = (struct ga_burden){0};
        weigh(&c, i, only, &burdens[i]);
        read_switch(care, i, only, &burdens[i]);
        weigh_now(&c, i, &burdens[i]);
    }
    if (rc == GA_OK)
        *ret_burdens = burdens;
    ga_map_finish(&c.by_key);
    ga_vec_finish(&c.classes);
    ga_vec_finish(&c.pupils);
    return rc;
}
