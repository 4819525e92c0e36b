/* Reads the days on which a child's place at the school was written to be another. */
#include "child/moves.h"

#include "fold/said.h"

#include "guanai/store/life.h"
#include "guanai/store/number.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"

#include <string.h>

const char *const ga_place_names[GA_PLACES] = {
    [GA_PLACE_SITE] = "site", [GA_PLACE_GRADE] = "grade", [GA_PLACE_CLASS] = "class"};

/* In Chinese, "" for one that is none. */
static const char *text_of(const struct ga_form *form, const char *name, const struct ga_operation_value *value,
                           struct ga_arena *arena)
{
    struct ga_str text = {0};
    if (value == NULL || value->kind <= GA_OPERATION_NOT_APPLICABLE)
        return "";
    ga_said_add_text(GA_ZH, form == NULL ? NULL : ga_form_field(form, name), value, &text);
    const char *kept = ga_arena_strdup(arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

/* A clock that ran behind does not put a change before the one it follows. */
static void take_change(struct ga_vec *steps, const char *day, enum ga_place place, const char *value)
{
    struct ga_place_step next = {.values = {"", "", ""}};
    struct ga_place_step *last = steps->len == 0 ? NULL : ga_vec_at(steps, steps->len - 1);
    if (last != NULL)
        next = *last;
    ga_str_copy(next.day, sizeof(next.day), day);
    if (last == NULL || strcmp(next.day, last->day) > 0) {
        next.says_grade = false;
        last = ga_vec_push(steps);
        *last = next;
    }
    last->values[place] = value;
    last->says_grade |= place == GA_PLACE_GRADE;
}

/* The operations of a file. */
struct telling {
    const struct ga_form *form;
    const struct ga_log_op *ops;
    size_t count;
    struct ga_arena *arena;
    struct ga_vec *steps;
};

static void take_group(const struct telling *telling, const struct ga_operation *op, const struct ga_operation_group *group)
{
    struct ga_said_old old;
    char day[GA_DATE_SIZE];
    if (strchr(group->id, '/') != NULL) /* of a row, a note */
        return;
    ga_date_iso(ga_date_from_days(op->local_day), day);
    ga_said_replaced(telling->ops, telling->count, op, group, telling->arena, &old);
    for (int place = 0; place < GA_PLACES; place++)
        if (ga_said_differs(&old, group, ga_place_names[place]))
            take_change(telling->steps, day, (enum ga_place)place,
                        text_of(telling->form, ga_place_names[place], ga_said_value(group, ga_place_names[place]), telling->arena));
}

/* At a county whoever names no place is of the school that wrote the file (store/school.h). */
static void stand_in_for_site(const struct telling *telling)
{
    const char *school = NULL;
    for (size_t i = 0; i < telling->count && school == NULL; i++)
        school = telling->ops[i].school;
    if (school == NULL)
        return;
    const struct ga_operation_value value = {.kind = GA_OPERATION_TEXT, .text = school, .text_len = strlen(school)};
    const char *shown = text_of(telling->form, ga_place_names[GA_PLACE_SITE], &value, telling->arena);
    for (size_t i = 0; i < telling->steps->len; i++) {
        struct ga_place_step *step = ga_vec_at(telling->steps, i);
        if (step->values[GA_PLACE_SITE][0] == '\0')
            step->values[GA_PLACE_SITE] = shown;
    }
}

/* Only site, grade and class of the file are looked at: its whole history costs twenty times as much. */
static enum ga_rc read_changes(struct ga_store *store, const struct ga_moves_ask *ask, struct ga_arena *arena,
                               struct ga_vec *steps, struct ga_error *err)
{
    struct ga_log_op *own;
    struct telling telling = {.arena = arena, .steps = steps};
    enum ga_rc rc = GA_OK;
    if (ask->log != NULL)
        telling.ops = ga_place_log_of(ask->log, ask->no, &telling.count);
    else if ((rc = ga_log_of_record(store, ask->no, arena, &own, &telling.count, err)) == GA_OK)
        telling.ops = own;
    if (rc != GA_OK || telling.count == 0)
        return rc;
    telling.form = ga_forms_get(&store->forms, telling.ops[0].op.form, NULL);
    for (size_t i = 0; i < telling.count; i++)
        for (size_t g = 0; g < telling.ops[i].op.groups_count; g++)
            take_group(&telling, &telling.ops[i].op, &telling.ops[i].op.groups[g]);
    stand_in_for_site(&telling);
    return GA_OK;
}

/* What a move says of the places, as shown; NULL where it says nothing. */
struct move {
    char day[11];
    const char *values[GA_PLACES], *from[GA_PLACES];
};

static const char *shown(const struct ga_form *form, const char *name, struct ga_stmt *stmt, int column,
                         struct ga_arena *arena)
{
    const struct ga_field *field = ga_form_field(form, name);
    const struct ga_value value = ga_stmt_column(stmt, column);
    struct ga_str text = {0};
    if (field == NULL || value.kind == GA_VALUE_NULL)
        return NULL;
    ga_field_show(field, GA_ZH, &value, &text);
    const char *kept = ga_arena_strdup(arena, ga_str_text(&text));
    ga_str_finish(&text);
    return kept;
}

static void insert_step(struct ga_vec *steps, size_t at, const struct ga_place_step *like, const char *day,
                        const char *const *values)
{
    struct ga_place_step step = *like;
    ga_str_copy(step.day, sizeof(step.day), day);
    for (int i = 0; i < GA_PLACES; i++)
        if (values[i] != NULL)
            step.values[i] = values[i];
    step.says_grade = values[GA_PLACE_GRADE] != NULL;
    *(struct ga_place_step *)ga_vec_insert(steps, at) = step;
}

/*
 * The file was made on the day of the move or after it: what stood before only the move knows. It ends on the day on
 * which it is first told of, so that lists of earlier days have it.
 */
static void insert_first(struct ga_vec *steps, const struct move *move)
{
    const char *values[GA_PLACES] = {[GA_PLACE_SITE] = move->from[GA_PLACE_SITE], [GA_PLACE_GRADE] = move->from[GA_PLACE_GRADE],
                                     [GA_PLACE_CLASS] = move->from[GA_PLACE_CLASS] == NULL ? "" : move->from[GA_PLACE_CLASS]};
    insert_step(steps, 0, ga_vec_at(steps, 0), move->day, values);
}

/*
 * The file was made after the move, from a list that did not know of it yet: a roster of September taken in in November.
 * What it says of the place is of the time before.
 */
static void make_at_new_place(struct ga_place_step *made, const struct move *move)
{
    const char *class_no = move->from[GA_PLACE_CLASS] == NULL ? "" : move->from[GA_PLACE_CLASS];
    if (move->from[GA_PLACE_SITE] == NULL || strcmp(made->values[GA_PLACE_SITE], move->from[GA_PLACE_SITE]) != 0 ||
        strcmp(made->values[GA_PLACE_CLASS], class_no) != 0)
        return;
    for (int i = 0; i < GA_PLACES; i++)
        if (move->values[i] != NULL)
            made->values[i] = move->values[i];
}

/* Behind the step before it and with what that says beside; of a day that has a step, the step counts. */
static void insert_move(struct ga_vec *steps, const struct move *move)
{
    size_t at = 0;
    if (steps->len == 0)
        return;
    while (at < steps->len && strcmp(GA_VEC_AT(struct ga_place_step, steps, at)->day, move->day) <= 0)
        at++;
    const bool is_same_day = at > 0 && strcmp(GA_VEC_AT(struct ga_place_step, steps, at - 1)->day, move->day) == 0;
    if (at == 0 || (at == 1 && is_same_day)) {
        insert_first(steps, move);
        make_at_new_place(GA_VEC_AT(struct ga_place_step, steps, 1), move);
        at++;
    }
    if (!is_same_day)
        insert_step(steps, at, ga_vec_at(steps, at - 1), move->day, move->values);
}

static const char MOVES[] =
    "SELECT c.from_on, c.to_site, c.to_grade, c.to_class, c.from_site, c.from_grade, c.from_class FROM status_change AS c JOIN record AS r ON r.no = c.no"
    " WHERE c.kind = 'moved' AND c.from_on IS NOT NULL AND (c.child = ?1 OR c.child IN (SELECT no FROM _same WHERE main = ?1))"
    " ORDER BY c.from_on, r.id";

static bool has_moves(const struct ga_form *form)
{
    static const char *const fields[] = {"kind", "from_on", "to_site", "to_grade", "to_class", "from_site", "from_grade", "from_class"};
    for (size_t i = 0; i < GA_COUNT(fields); i++)
        if (form == NULL || ga_form_field(form, fields[i]) == NULL)
            return false;
    return true;
}

enum ga_rc ga_store_has_later_move(struct ga_store *store, const struct ga_uuid *child, const char *day,
                                   bool *ret_has, struct ga_error *err)
{
    struct ga_stmt *stmt;
    int64_t no;
    bool has_row = false;
    *ret_has = false;
    if (!has_moves(ga_forms_get(&store->forms, "status_change", NULL)))
        return GA_OK;
    enum ga_rc rc = ga_store_child_no(store, child, &no, err);
    if (rc == GA_OK)
        rc = ga_stmt_prepare(store->db, MOVES, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *ret_has |= strcmp(ga_stmt_column_text(stmt, 0), day) > 0;
    ga_stmt_destroy(stmt);
    return rc;
}

static enum ga_rc read_moves(struct ga_store *store, int64_t no, struct ga_arena *arena, struct ga_vec *steps,
                             struct ga_error *err)
{
    const struct ga_form *form = ga_forms_get(&store->forms, "status_change", NULL);
    struct ga_stmt *stmt;
    bool has_row = false;
    if (!has_moves(form))
        return GA_OK;
    enum ga_rc rc = ga_stmt_prepare(store->db, MOVES, &stmt, err);
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_int(stmt, 1, no);
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row) {
        const char *class_no = shown(form, "to_class", stmt, 3, arena); /* an empty one says so (move.c) */
        struct move move = {.values = {[GA_PLACE_SITE] = shown(form, "to_site", stmt, 1, arena),
                                       [GA_PLACE_GRADE] = shown(form, "to_grade", stmt, 2, arena),
                                       [GA_PLACE_CLASS] = class_no == NULL ? "" : class_no},
                            .from = {[GA_PLACE_SITE] = shown(form, "from_site", stmt, 4, arena),
                                     [GA_PLACE_GRADE] = shown(form, "from_grade", stmt, 5, arena),
                                     [GA_PLACE_CLASS] = shown(form, "from_class", stmt, 6, arena)}};
        ga_str_copy(move.day, sizeof(move.day), ga_stmt_column_text(stmt, 0));
        insert_move(steps, &move);
    }
    ga_stmt_destroy(stmt);
    return rc;
}

static void name_class(struct ga_place_step *step)
{
    const char *class_no = step->values[GA_PLACE_CLASS];
    if (ga_class_name_parse_columns(step->values[GA_PLACE_GRADE], class_no, 0, &step->name, NULL, NULL) == GA_OK)
        return;
    step->name = (struct ga_class_name){0};
    ga_str_copy(step->name.number, sizeof(step->name.number), class_no);
}

enum ga_rc ga_moves_list_movers(struct ga_store *store, struct ga_vec *movers, struct ga_error *err)
{
    struct ga_stmt *stmt;
    bool has_row = false;
    if (!has_moves(ga_forms_get(&store->forms, "status_change", NULL)))
        return GA_OK;
    enum ga_rc rc = ga_stmt_prepare(store->db,
                                    "SELECT DISTINCT coalesce(s.main, c.child) AS no FROM status_change AS c"
                                    " LEFT JOIN _same AS s ON s.no = c.child WHERE c.kind = 'moved' ORDER BY 1",
                                    &stmt, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        *(int64_t *)ga_vec_push(movers) = ga_stmt_column_int(stmt, 0);
    ga_stmt_destroy(stmt);
    return rc;
}

enum ga_rc ga_moves_read(struct ga_store *store, const struct ga_moves_ask *ask, struct ga_arena *arena,
                         struct ga_vec *steps, struct ga_error *err)
{
    enum ga_rc rc = read_changes(store, ask, arena, steps, err);
    if (rc == GA_OK && ask->may_have_moved)
        rc = read_moves(store, ask->no, arena, steps, err);
    for (size_t i = 0; i < steps->len; i++)
        name_class(ga_vec_at(steps, i));
    return rc;
}
