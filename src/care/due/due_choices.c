/* Reads what people decided about duties: on or off, excused, whose they are. */
#include "due/due_then.h"

#include "guanai/base/alloc.h"
#include "guanai/store/school.h"
#include "guanai/store/view.h"
#include "guanai/text/class_name.h"

#include <string.h>

void ga_due_decisions_init(struct ga_due_decisions *decisions)
{
    *decisions = (struct ga_due_decisions){0};
    ga_vec_init(&decisions->choices, sizeof(struct ga_due_choice));
    ga_vec_init(&decisions->written, sizeof(struct ga_due_choice_written));
    ga_vec_init(&decisions->outcomes, sizeof(struct ga_due_outcome));
    ga_vec_init(&decisions->place_outcomes, sizeof(struct ga_due_outcome));
    ga_vec_init(&decisions->pauses, sizeof(struct ga_due_pause));
    ga_vec_init(&decisions->place_pauses, sizeof(struct ga_due_pause));
    ga_vec_init(&decisions->proxies, sizeof(struct ga_due_proxy));
    ga_vec_init(&decisions->helpers, sizeof(struct ga_due_proxy));
    ga_vec_init(&decisions->watches, sizeof(struct ga_due_watch));
}

void ga_due_decisions_finish(struct ga_due_decisions *decisions)
{
    ga_vec_finish(&decisions->choices);
    ga_vec_finish(&decisions->written);
    ga_vec_finish(&decisions->outcomes);
    ga_vec_finish(&decisions->place_outcomes);
    ga_vec_finish(&decisions->pauses);
    ga_vec_finish(&decisions->place_pauses);
    ga_vec_finish(&decisions->proxies);
    ga_vec_finish(&decisions->helpers);
    ga_map_finish(&decisions->teachers);
    ga_vec_finish(&decisions->watches);
    ga_arena_finish(&decisions->arena);
    ga_arena_finish(&decisions->said);
}

/* One of the forms that decisions are written down in. */
struct table {
    const char *form, *fields; /* blanks between; a form without one of them decides nothing */
    const char *select, *where, *order; /* NULL where it is asked of children: a few at a time, by a statement that is kept */
    enum ga_due_sql of_children;
};

enum { CHOICES, TEACHERS, WATCHES, OUTCOMES, PLACE_OUTCOMES, PROXIES, HELPERS };

static const struct table TABLES[] = {
    [CHOICES] = {"duty_choice", "duty is_on from_on class site", "duty, is_on, from_on, class, site",
                 "duty IS NOT NULL AND from_on <= ?1", "from_on, id"},
    [TEACHERS] = {"class_teacher", "class site teacher from_on until_on", "class, site, teacher, from_on",
                  "from_on <= ?1 AND (until_on IS NULL OR until_on >= ?1)", "from_on, id"},
    [WATCHES] = {GA_DUE_WATCH, "class site watcher from_on until_on", "class, site, watcher, from_on, until_on",
                 "watcher IS NOT NULL AND until_on >= date(?1, '-2 years')", "from_on, id"},
    [OUTCOMES] = {"duty_outcome", "duty period outcome said_on until_on confirmed_on", .of_children = GA_DUE_OUTCOMES},
    [PLACE_OUTCOMES] = {"place_outcome", "duty period outcome said_on until_on confirmed_on class site",
                        "0, duty, period, outcome, said_on, until_on, confirmed_on, no, class, site", "said_on <= ?1",
                        "said_on, id"},
    [PROXIES] = {"pairing", "kind helper from_on until_on", .of_children = GA_DUE_PROXIES},
    [HELPERS] = {"care_plan", "owner opened_on closed_on", .of_children = GA_DUE_HELPERS},
};

struct reading {
    struct ga_care *care;
    struct ga_due_decisions *decisions;
    struct ga_due_places *places; /* of choices and teachers */
    const struct ga_due_span *span; /* of outcomes, proxies, helpers */
};

static bool has_fields(const struct ga_form *form, const char *fields)
{
    char name[64];
    for (const char *at = fields; form != NULL && *at != '\0'; at += strspn(at, " ")) {
        const size_t len = strcspn(at, " ");
        memcpy(name, at, len);
        name[len] = '\0';
        if (ga_form_field(form, name) == NULL)
            return false;
        at += len;
    }
    return form != NULL;
}

/* *ret_own: to be destroyed afterwards; NULL: it is kept. */
static enum ga_rc prepare(struct reading *r, const struct table *table, struct ga_stmt **ret_stmt, struct ga_stmt **ret_own,
                          struct ga_error *err)
{
    struct ga_str sql = {0};
    enum ga_rc rc;
    *ret_own = NULL;
    if (table->select == NULL) {
        rc = ga_due_stmt(r->care, table->of_children, ret_stmt, err);
    } else {
        ga_str_addf(&sql, "SELECT %s FROM v_%s WHERE %s ORDER BY %s", table->select, table->form, table->where, table->order);
        rc = ga_stmt_prepare(ga_store_db(r->care->options.store), ga_str_text(&sql), ret_own, err);
        *ret_stmt = *ret_own;
        ga_str_finish(&sql);
    }
    if (rc != GA_OK)
        return rc;
    ga_stmt_bind_text(*ret_stmt, 1, GA_DATE_ISO(ga_date_from_days(r->care->windows.today)));
    if (table->select == NULL) {
        ga_stmt_bind_int(*ret_stmt, 2, r->span->from);
        ga_stmt_bind_int(*ret_stmt, 3, r->span->to);
    }
    return rc;
}

static enum ga_rc read_table(struct reading *r, const struct table *table,
                             void (*take)(struct reading *r, struct ga_stmt *stmt), struct ga_error *err)
{
    struct ga_store *store = r->care->options.store;
    const struct ga_form *form = ga_forms_get(ga_store_forms(store), table->form, NULL);
    struct ga_stmt *stmt, *own;
    bool has_row = false;
    if (!has_fields(form, table->fields))
        return GA_OK;
    enum ga_rc rc = ga_store_view(store, form, NULL, err);
    if (rc == GA_OK)
        rc = prepare(r, table, &stmt, &own, err);
    if (rc != GA_OK)
        return rc;
    while ((rc = ga_stmt_step(stmt, &has_row, err)) == GA_OK && has_row)
        take(r, stmt);
    ga_stmt_destroy(own);
    return rc;
}

static int32_t day_at(struct ga_stmt *stmt, int column)
{
    struct ga_date day;
    const char *text = ga_stmt_column_text(stmt, column);
    return text != NULL && ga_date_from_iso(text, &day) && ga_date_is_day(day) ? ga_date_to_days(day) : 0;
}

/* Every class that text means, in that site or in any; without a text the whole school (key NULL). */
static void each_class(struct reading *r, struct ga_stmt *stmt, int class_column, int site_column, int day_column,
                       void (*add)(struct reading *r, struct ga_stmt *stmt, const char *class_key))
{
    const char *class = ga_stmt_column_text(stmt, class_column), *site = ga_stmt_column_text(stmt, site_column);
    if (class == NULL || class[0] == '\0') {
        add(r, stmt, NULL);
        return;
    }
    for (size_t i = 0; (i = ga_due_places_named(r->places, i, site, class, day_at(stmt, day_column))) < r->places->count; i++)
        add(r, stmt, ga_arena_strdup(&r->decisions->arena, r->places->items[i].key));
}

static void add_choice(struct reading *r, struct ga_stmt *stmt, const char *class_key)
{
    const int duty = ga_duties_find(&r->care->duties, ga_stmt_column_text(stmt, 0));
    if (duty >= 0)
        *(struct ga_due_choice *)ga_vec_push(&r->decisions->choices) = (struct ga_due_choice){
            .duty = (size_t)duty, .class_key = class_key, .from_on = day_at(stmt, 2), .is_on = ga_stmt_column_int(stmt, 1) != 0};
}

static void keep_written(struct reading *r, struct ga_stmt *stmt)
{
    struct ga_arena *arena = &r->decisions->arena;
    const int duty = ga_duties_find(&r->care->duties, ga_stmt_column_text(stmt, 0));
    const char *class = ga_stmt_column_text(stmt, 3), *site = ga_stmt_column_text(stmt, 4);
    struct ga_due_choice_written choice = {.from_on = day_at(stmt, 2), .is_on = ga_stmt_column_int(stmt, 1) != 0};
    struct ga_class_name name = {0};
    choice.year = ga_class_name_school_year(ga_date_from_days(choice.from_on));
    const bool is_of_class = class != NULL && class[0] != '\0';
    if (duty < 0 || (is_of_class && ga_class_name_parse(class, choice.year, &name, NULL, NULL) != GA_OK))
        return;
    choice.duty = (size_t)duty;
    choice.site = site == NULL ? NULL : ga_arena_strdup(arena, site);
    choice.grade = ga_arena_strdup(arena, name.grade);
    choice.number = is_of_class ? ga_arena_strdup(arena, name.number) : NULL;
    *(struct ga_due_choice_written *)ga_vec_push(&r->decisions->written) = choice;
}

static void take_choice(struct reading *r, struct ga_stmt *stmt)
{
    const char *class = ga_stmt_column_text(stmt, 3), *site = ga_stmt_column_text(stmt, 4);
    char school[GA_SCHOOL_CODE_SIZE];
    keep_written(r, stmt);
    if ((class != NULL && class[0] != '\0') || site == NULL || !ga_school_of_place(site, school)) {
        each_class(r, stmt, 3, 4, 2, add_choice);
        return;
    }
    for (size_t i = 0; i < r->places->count; i++) /* at a county a school decides about its own */
        if (ga_school_has_place(school, r->places->items[i].site))
            add_choice(r, stmt, ga_arena_strdup(&r->decisions->arena, r->places->items[i].key));
}

static void add_teacher(struct reading *r, struct ga_stmt *stmt, const char *class_key)
{
    const char *name = ga_stmt_column_text(stmt, 2);
    if (class_key != NULL)
        ga_map_put(&r->decisions->teachers, class_key, ga_arena_strdup(&r->decisions->arena, name == NULL ? "" : name));
}

static void take_teacher(struct reading *r, struct ga_stmt *stmt)
{
    each_class(r, stmt, 0, 1, 3, add_teacher);
}

static void add_watch(struct reading *r, struct ga_stmt *stmt, const char *class_key)
{
    *(struct ga_due_watch *)ga_vec_push(&r->decisions->watches) =
        (struct ga_due_watch){.class_key = class_key,
                              .name = ga_arena_strdup(&r->decisions->arena, ga_stmt_column_text(stmt, 2)),
                              .from = day_at(stmt, 3), .until = day_at(stmt, 4)};
}

/* Without a class a site means all of its classes. */
static void take_watch(struct reading *r, struct ga_stmt *stmt)
{
    const char *class = ga_stmt_column_text(stmt, 0), *site = ga_stmt_column_text(stmt, 1);
    if ((class != NULL && class[0] != '\0') || site == NULL || site[0] == '\0') {
        each_class(r, stmt, 0, 1, 3, add_watch);
        return;
    }
    for (size_t i = 0; i < r->places->classes_count; i++)
        if (ga_school_means(site, r->places->items[i].site))
            add_watch(r, stmt, ga_arena_strdup(&r->decisions->arena, r->places->items[i].key));
}

/* Columns of what was said. */
enum { OF_CHILD, DUTY, PERIOD, OUTCOME, SAID_ON, UNTIL_ON, CONFIRMED_ON, RECORD, OF_CLASS, OF_SITE };

/* false: nothing in force says anything by it. */
static bool read_outcome(struct reading *r, struct ga_stmt *stmt, struct ga_due_outcome *ret_outcome)
{
    const char *name = ga_stmt_column_text(stmt, DUTY), *label = ga_stmt_column_text(stmt, PERIOD);
    const int duty = name == NULL ? -1 : ga_duties_find(&r->care->duties, name);
    const bool is_postponed = ga_str_equal(ga_stmt_column_text(stmt, OUTCOME), "postponed");
    if (duty < 0 || (is_postponed && day_at(stmt, UNTIL_ON) == 0))
        return false;
    *ret_outcome = (struct ga_due_outcome){
        .child = ga_stmt_column_int(stmt, OF_CHILD),
        .record = ga_stmt_column_int(stmt, RECORD),
        .duty = (size_t)duty,
        .label = ga_arena_strdup(r->span != NULL ? &r->decisions->said : &r->decisions->arena, label == NULL ? "" : label),
        .on = day_at(stmt, SAID_ON),
        .until = is_postponed ? day_at(stmt, UNTIL_ON) : 0,
        .is_confirmed = day_at(stmt, CONFIRMED_ON) != 0,
    };
    return true;
}

static void take_outcome(struct reading *r, struct ga_stmt *stmt)
{
    struct ga_due_outcome outcome;
    if (read_outcome(r, stmt, &outcome))
        *(struct ga_due_outcome *)ga_vec_push(&r->decisions->outcomes) = outcome;
}

/* `class_key` NULL: the record names no class, so it is of its site, else of the school. */
static void add_place_outcome(struct reading *r, struct ga_stmt *stmt, const char *class_key)
{
    struct ga_due_outcome outcome;
    const char *site = ga_stmt_column_text(stmt, OF_SITE);
    if (!read_outcome(r, stmt, &outcome))
        return;
    outcome.place = class_key != NULL ? class_key : ga_due_site_key(&r->decisions->arena, site == NULL ? "" : site);
    *(struct ga_due_outcome *)ga_vec_push(&r->decisions->place_outcomes) = outcome;
}

static void take_place_outcome(struct reading *r, struct ga_stmt *stmt)
{
    each_class(r, stmt, OF_CLASS, OF_SITE, SAID_ON, add_place_outcome);
}

static struct ga_due_proxy person_of(struct reading *r, struct ga_stmt *stmt)
{
    return (struct ga_due_proxy){ga_stmt_column_int(stmt, 0), ga_arena_strdup(&r->decisions->said, ga_stmt_column_text(stmt, 1))};
}

static void take_proxy(struct reading *r, struct ga_stmt *stmt)
{
    *(struct ga_due_proxy *)ga_vec_push(&r->decisions->proxies) = person_of(r, stmt);
}

static void take_helper(struct reading *r, struct ga_stmt *stmt)
{
    *(struct ga_due_proxy *)ga_vec_push(&r->decisions->helpers) = person_of(r, stmt);
}

enum ga_rc ga_due_choices_read(struct ga_care *care, struct ga_due_places *places, struct ga_due_decisions *decisions,
                               struct ga_error *err)
{
    struct reading r = {.care = care, .decisions = decisions, .places = places};
    enum ga_rc rc = read_table(&r, &TABLES[CHOICES], take_choice, err);
    if (rc == GA_OK)
        rc = read_table(&r, &TABLES[TEACHERS], take_teacher, err);
    return rc == GA_OK ? read_table(&r, &TABLES[WATCHES], take_watch, err) : rc;
}

enum ga_rc ga_due_outcomes_read(struct ga_care *care, const struct ga_due_span *span, struct ga_due_decisions *decisions,
                                struct ga_error *err)
{
    struct reading r = {.care = care, .decisions = decisions, .span = span};
    ga_vec_clear(&decisions->outcomes);
    ga_vec_clear(&decisions->proxies);
    ga_vec_clear(&decisions->helpers);
    ga_arena_reset(&decisions->said);
    enum ga_rc rc = read_table(&r, &TABLES[OUTCOMES], take_outcome, err);
    if (rc == GA_OK)
        rc = ga_due_pauses_read(care, span, decisions, err);
    if (rc == GA_OK)
        rc = read_table(&r, &TABLES[PROXIES], take_proxy, err);
    return rc == GA_OK ? read_table(&r, &TABLES[HELPERS], take_helper, err) : rc;
}

enum ga_rc ga_due_place_outcomes_read(struct ga_care *care, struct ga_due_places *places, struct ga_due_decisions *decisions,
                                      struct ga_error *err)
{
    struct reading r = {.care = care, .decisions = decisions, .places = places};
    ga_vec_clear(&decisions->place_outcomes);
    const enum ga_rc rc = read_table(&r, &TABLES[PLACE_OUTCOMES], take_place_outcome, err);
    return rc == GA_OK ? ga_due_place_pauses_read(care, places, decisions, err) : rc;
}

bool ga_due_is_on(const struct ga_due_decisions *decisions, const struct ga_duty *duty, size_t no, const char *class_key,
                  int32_t day)
{
    bool is_on = duty->is_starting;
    for (size_t i = 0; i < decisions->choices.len; i++) {
        const struct ga_due_choice *choice = ga_vec_at(&decisions->choices, i);
        if (choice->duty == no && choice->from_on <= day &&
            (choice->class_key == NULL || (class_key != NULL && strcmp(choice->class_key, class_key) == 0)))
            is_on = choice->is_on;
    }
    return is_on;
}

static bool was_of(const struct ga_due_choice_written *choice, const struct ga_due_class_then *then)
{
    char school[GA_SCHOOL_CODE_SIZE];
    if (choice->number == NULL)
        return choice->site == NULL || !ga_school_of_place(choice->site, school) || ga_school_has_place(school, then->site);
    return (choice->site == NULL || ga_school_means(choice->site, then->site)) && strcmp(choice->number, then->class_no) == 0 &&
           (choice->year <= then->year ? ga_class_name_goes_on(choice->grade, choice->year, then->grade, then->year)
                                       : ga_class_name_goes_on(then->grade, then->year, choice->grade, choice->year));
}

bool ga_due_was_on(const struct ga_due_decisions *decisions, const struct ga_duty *duty, size_t no,
                   const struct ga_due_class_then *then, int32_t day)
{
    bool is_on = duty->is_starting;
    for (size_t i = 0; i < decisions->written.len; i++) {
        const struct ga_due_choice_written *choice = ga_vec_at(&decisions->written, i);
        if (choice->duty == no && choice->from_on <= day && was_of(choice, then))
            is_on = choice->is_on;
    }
    return is_on;
}

bool ga_due_is_ever_on(const struct ga_due_decisions *decisions, const struct ga_duty *duty, size_t no)
{
    bool is_on = duty->is_starting;
    for (size_t i = 0; i < decisions->written.len; i++) {
        const struct ga_due_choice_written *choice = ga_vec_at(&decisions->written, i);
        is_on |= choice->duty == no && choice->is_on;
    }
    return is_on;
}

const char *ga_due_teacher_of(const struct ga_due_decisions *decisions, const char *class_key)
{
    const char *name = ga_map_get(&decisions->teachers, class_key);
    return name == NULL ? "" : name;
}

const char *ga_due_watcher_of(const struct ga_due_decisions *decisions, const char *class_key, int32_t day)
{
    const char *name = NULL;
    for (size_t i = 0; i < decisions->watches.len; i++) {
        const struct ga_due_watch *watch = ga_vec_at(&decisions->watches, i);
        if (watch->from <= day && day <= watch->until && (watch->class_key == NULL || strcmp(watch->class_key, class_key) == 0))
            name = watch->name;
    }
    return name;
}
