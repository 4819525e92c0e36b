/* Reads from the history of a child's file when it was in which class. */
#include "child/moves.h"

#include "guanai/store/life.h"
#include "guanai/store/number.h"

#include "guanai/base/alloc.h"
#include "guanai/text/class_name.h"

#include <stdio.h>
#include <string.h>

/*
 * What a step says of the grade holds on its day; what it means before and after needs the next thing that is said:
 *
 *   written    三年级 ─────────────┬───────────── 四年级 ────────
 *   year turns                      │        ▲ (1 August)
 *   in fact    三年级 ─────────────┴─ 四年级 ─────────────────    moved up with the year, written late
 *
 * A cohort is the school year less the grade: it stays the same while a child moves up and grows by one when it repeats.
 * Between two grades that were written, as many years were repeated as the cohort grew by, the first ones; in the last
 * grade that was written a child stands as long as nothing else is.
 */
struct grade_said {
    char track; /* 'g' primary to upper secondary, 'k' kindergarten; 0: a grade without an order */
    int nth, year;
};

static struct grade_said said_by(const struct ga_place_step *step)
{
    enum { LOWER_SECONDARY_ENDS = 9 };
    struct ga_date day;
    struct grade_said said = {0};
    const char *grade = step->name.grade;
    if (!ga_date_from_iso(step->day, &day))
        return said;
    said.year = ga_class_name_school_year(day);
    if (strchr("gks", grade[0]) == NULL || grade[0] == '\0' || grade[1] < '1' || grade[1] > '9')
        return said;
    said.track = grade[0] == 'k' ? 'k' : 'g';
    said.nth = grade[1] - '0' + (grade[0] == 's' ? LOWER_SECONDARY_ENDS : 0);
    return said;
}

static bool grade_code(char track, int nth, char ret_code[GA_GRADE_SIZE])
{
    const int most = track == 'k' ? 3 : 12;
    if (nth < 1 || nth > most)
        return false;
    snprintf(ret_code, GA_GRADE_SIZE, "%c%d", nth > 9 ? 's' : track, (nth > 9 ? nth - 9 : nth) % 10);
    return true;
}

/* Years repeated between two grades that were said; as many as passed when nothing was said since. */
static int years_repeated(const struct grade_said *from, const struct grade_said *next, int passed)
{
    if (next == NULL)
        return passed;
    const int grown = next->track == from->track ? (next->year - next->nth) - (from->year - from->nth) : 0;
    const int most = next->year - from->year;
    return grown < 0 ? 0 : grown > most ? most : grown;
}

/* The grade at that step, in that school year. */
static void grade_in(const struct ga_vec *steps, size_t at, int year, char ret_code[GA_GRADE_SIZE])
{
    size_t last = at, next = at + 1;
    while (last > 0 && !GA_VEC_AT(struct ga_place_step, steps, last)->says_grade)
        last--;
    while (next < steps->len && !GA_VEC_AT(struct ga_place_step, steps, next)->says_grade)
        next++;
    const struct grade_said from = said_by(ga_vec_at(steps, last));
    const struct grade_said to = next < steps->len ? said_by(ga_vec_at(steps, next)) : (struct grade_said){0};
    const int passed = year - from.year;
    memcpy(ret_code, GA_VEC_AT(struct ga_place_step, steps, last)->name.grade, GA_GRADE_SIZE);
    if (from.track == 0 || passed <= 0)
        return;
    const int repeated = years_repeated(&from, next < steps->len ? &to : NULL, passed);
    grade_code(from.track, from.nth + passed - (repeated < passed ? repeated : passed), ret_code);
}

struct staying {
    const struct ga_vec *steps;  /* struct ga_place_step */
    const struct ga_list *sites; /* NULL: not known */
    struct ga_vec stays;        /* struct ga_stay */
    enum ga_lang lang;
    struct ga_arena *arena;
};

static bool is_same_class(const struct ga_stay *a, const struct ga_stay *b)
{
    return a->entry_year == b->entry_year && strcmp(a->site, b->site) == 0 && strcmp(a->grade, b->grade) == 0 &&
           strcmp(a->class_no, b->class_no) == 0;
}

/* The history has it in Chinese. */
static const char *site_shown(const struct staying *staying, const char *chinese)
{
    for (size_t i = 0; staying->sites != NULL && i < staying->sites->choices.count; i++)
        if (strcmp(ga_label_text(&staying->sites->choices.items[i].label, GA_ZH), chinese) == 0)
            return ga_label_text(&staying->sites->choices.items[i].label, staying->lang);
    return chinese;
}

/* From that day on, as the step says; nothing when it is the class the child was in before. */
static void add_stay(struct staying *staying, size_t at, const char *day)
{
    const struct ga_place_step *step = ga_vec_at(staying->steps, at);
    struct ga_class_name name = step->name;
    struct ga_date from;
    char shown[GA_CLASS_NAME_SIZE] = "";
    const int year = ga_date_from_iso(day, &from) ? ga_class_name_school_year(from) : 0;
    grade_in(staying->steps, at, year, name.grade);
    if (name.grade[0] != '\0')
        ga_class_name_text(&name, staying->lang, shown);
    struct ga_stay stay = {.site = site_shown(staying, step->values[GA_PLACE_SITE]), .grade = name.grade, .class_no = name.number,
                           .entry_year = year == 0 ? 0 : ga_class_name_entry_year(name.grade, year)};
    struct ga_stay *last = staying->stays.len == 0 ? NULL : ga_vec_at(&staying->stays, staying->stays.len - 1);
    if (last != NULL && is_same_class(last, &stay))
        return;
    if (last != NULL)
        ga_str_copy(last->until_on, sizeof(last->until_on), day);
    ga_str_copy(stay.from_on, sizeof(stay.from_on), day);
    stay.site = ga_arena_strdup(staying->arena, stay.site);
    stay.grade = ga_arena_strdup(staying->arena, stay.grade);
    stay.class_no = ga_arena_strdup(staying->arena, stay.class_no);
    stay.class_shown = ga_arena_strdup(staying->arena, shown);
    *(struct ga_stay *)ga_vec_push(&staying->stays) = stay;
}

/* A step, then every turn of the year before the next one (`end`, not counted). */
static void add_stays(struct staying *staying, size_t at, const char *end)
{
    const struct ga_place_step *step = ga_vec_at(staying->steps, at);
    struct ga_date day;
    char turn[GA_DATE_SIZE];
    add_stay(staying, at, step->day);
    if (!ga_date_from_iso(step->day, &day))
        return;
    for (int year = ga_class_name_school_year(day) + 1; year <= GA_DATE_YEAR_MAX; year++) {
        ga_date_iso((struct ga_date){(int16_t)year, 8, 1}, turn);
        if (strcmp(turn, end) >= 0)
            break;
        add_stay(staying, at, turn);
    }
}

/* The day behind the last one that is told of: a child who left is in no class since. */
static enum ga_rc find_end(struct ga_store *store, const struct ga_uuid *child, char ret_end[GA_DATE_SIZE],
                           bool *ret_has_left, struct ga_error *err)
{
    struct ga_departure departure;
    enum ga_rc rc = ga_store_departure(store, child, ret_has_left, &departure, err);
    *ret_has_left = rc == GA_OK && *ret_has_left && departure.from_on[0] != '\0';
    if (*ret_has_left)
        ga_str_copy(ret_end, GA_DATE_SIZE, departure.from_on);
    else
        ga_date_iso(ga_date_add_days(ga_store_today(store), 1), ret_end);
    return rc;
}

static void hand_out(struct staying *staying, const char *left_on, struct ga_stay **ret_stays, size_t *ret_count)
{
    struct ga_vec *stays = &staying->stays;
    struct ga_stay *last = stays->len == 0 ? NULL : ga_vec_at(stays, stays->len - 1);
    if (last != NULL && left_on != NULL && strcmp(last->from_on, left_on) <= 0)
        ga_str_copy(last->until_on, sizeof(last->until_on), left_on);
    *ret_stays = ga_arena_array(staying->arena, stays->len, sizeof(**ret_stays));
    if (stays->len > 0)
        memcpy(*ret_stays, stays->items, stays->len * sizeof(**ret_stays));
    *ret_count = stays->len;
}

static const struct ga_list *sites_of(struct ga_store *store)
{
    const struct ga_form *form = ga_forms_get(&store->forms, "child", NULL);
    const struct ga_field *field = form == NULL ? NULL : ga_form_field(form, "site");
    return field == NULL ? NULL : field->list;
}

enum ga_rc ga_stays_read(struct ga_store *store, const struct ga_stays_ask *ask, struct ga_arena *arena,
                         struct ga_stay **ret_stays, size_t *ret_count, struct ga_error *err)
{
    struct ga_vec steps;
    struct ga_arena scratch = {0};
    struct staying staying = {.steps = &steps, .sites = sites_of(store), .lang = ask->lang, .arena = arena};
    ga_vec_init(&steps, sizeof(struct ga_place_step));
    ga_vec_init(&staying.stays, sizeof(struct ga_stay));
    enum ga_rc rc = ga_moves_read(store, &ask->moves, &scratch, &steps, err);
    for (size_t i = 0; rc == GA_OK && i < steps.len; i++)
        add_stays(&staying, i, i + 1 < steps.len ? GA_VEC_AT(struct ga_place_step, &steps, i + 1)->day : ask->end);
    if (rc == GA_OK)
        hand_out(&staying, ask->left_on, ret_stays, ret_count);
    ga_vec_finish(&staying.stays);
    ga_vec_finish(&steps);
    ga_arena_finish(&scratch);
    return rc;
}

enum ga_rc ga_store_stays(struct ga_store *store, const struct ga_uuid *child, enum ga_lang lang,
                          struct ga_arena *arena, struct ga_stay **ret_stays, size_t *ret_count,
                          struct ga_error *err)
{
    struct ga_stays_ask ask = {.moves.may_have_moved = true, .lang = lang};
    char end[GA_DATE_SIZE];
    bool has_left = false;
    enum ga_rc rc = ga_store_child_no(store, child, &ask.moves.no, err);
    if (rc == GA_OK)
        rc = find_end(store, child, end, &has_left, err);
    if (rc != GA_OK)
        return rc;
    ask.end = end;
    ask.left_on = has_left ? end : NULL;
    return ga_stays_read(store, &ask, arena, ret_stays, ret_count, err);
}

const struct ga_stay *ga_stay_on(const struct ga_stay *stays, size_t count, const char *day)
{
    const struct ga_stay *found = count == 0 ? NULL : &stays[0];
    for (size_t i = 1; i < count; i++)
        if (strcmp(stays[i].from_on, day) <= 0)
            found = &stays[i];
    return found;
}
