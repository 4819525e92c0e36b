/* Writes the one statement that asks every definition of every child. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/base/num.h"

#include <stdlib.h>
#include <string.h>

/*
 * SELECT _no, _w0, first fact, gaps, _w1 …             what is told of a child
 *   FROM (SELECT child.*, ((when)) AND 1 AS _w0 …       the answers
 *     FROM (SELECT child.*, (name) AS _n1 …             names that lean on names, deepest last
 *       FROM (SELECT v.no AS _no, … FROM v_child AS v   the fields that are named at all
 *
 * LIMIT -1 OFFSET 0 keeps SQLite from merging the levels, which would compute a name anew at each use: four
 * times as long for the shipped definitions. Names that come to the same expression share one column.
 */
#define BARRIER ") AS child LIMIT -1 OFFSET 0"

/* A definition's name as a column of the statement. */
struct column {
    const char *expr; /* written */
    const char *name; /* "_n1" */
    size_t depth;     /* the level it is computed on */
};

struct writer {
    struct ga_query *query;
    struct ga_arena *arena;
    const struct ga_definitions *set;
    const struct ga_form *child;
    struct ga_vec columns;                    /* struct column, each once */
    const char **names[GA_DEFINITIONS_MAX];   /* the columns of each definition's names */
    size_t deepest;
};

static void add_written(struct writer *w, const char *written)
{
    struct ga_query *query = w->query;
    *(const char **)ga_vec_push(&query->between) = ga_arena_strdup(w->arena, ga_str_text(&query->text));
    ga_str_clear(&query->text);
    *(const char **)ga_vec_push(&query->exprs) = written;
}

/* What stands so far goes before the author's text. */
static void add_expr(struct writer *w, size_t definition, const char *expr)
{
    add_written(w, ga_expression_write(w->set->items[definition], w->names[definition], expr, &w->query->needs));
}

static const char *column_of(struct writer *w, const char *expr, size_t depth)
{
    for (size_t i = 0; i < w->columns.len; i++) {
        const struct column *column = GA_VEC_AT(const struct column, &w->columns, i);
        if (strcmp(column->expr, expr) == 0)
            return column->name;
    }
    struct column *column = ga_vec_push(&w->columns);
    *column = (struct column){expr, ga_arena_printf(w->arena, "_n%zu", w->columns.len), depth};
    if (depth + 1 > w->deepest)
        w->deepest = depth + 1;
    return column->name;
}

static void find_columns(struct writer *w)
{
    for (size_t d = 0; d < w->set->count; d++) {
        const struct ga_definition *definition = w->set->items[d];
        const size_t count = definition->names.count;
        size_t *depths = ga_arena_array(w->arena, count + 1, sizeof(size_t));
        w->names[d] = ga_arena_array(w->arena, count + 1, sizeof(const char *));
        for (size_t i = 0; i < count; i++) {
            const char *expr = definition->names.items[i].value.text;
            depths[i] = ga_expression_depth(definition, expr, depths);
            w->names[d][i] = column_of(w, ga_expression_write(definition, w->names[d], expr, &w->query->needs), depths[i]);
        }
    }
}

/* Facts explain differences: where all say the same nobody asks. */
static void add_facts(struct writer *w, size_t d)
{
    const struct ga_definition *definition = w->set->items[d];
    struct ga_str *text = &w->query->text;
    ga_str_add(text, ", CASE WHEN 1");
    for (size_t i = 1; i < w->set->count; i++)
        ga_str_addf(text, " AND _w0 IS _w%zu", i);
    ga_str_add(text, " THEN 0");
    for (size_t i = 0; i < definition->facts.count; i++) {
        ga_str_add(text, " WHEN (");
        add_expr(w, d, definition->facts.items[i].when.text);
        ga_str_addf(text, ") THEN %zu", i + 1);
    }
    ga_str_add(text, " ELSE 0 END");
}

/* Bit i: asks[i] is to be filled in. */
static void add_gaps(struct writer *w, size_t d)
{
    const struct ga_definition *definition = w->set->items[d];
    struct ga_str *text = &w->query->text;
    ga_str_addf(text, ", CASE WHEN _w%zu IS NOT NULL THEN 0 ELSE 0", d);
    for (size_t i = 0; i < definition->asks.count; i++) {
        const struct ga_definition_asked *asked = &definition->asks.items[i];
        ga_str_add(text, " + ((");
        if (asked->when.text != NULL) {
            add_expr(w, d, asked->when.text);
        } else {
            ga_needs_add(&w->query->needs.fields, w->arena, asked->field.text);
            ga_str_addf(text, "child.\"%s\" IS NULL", asked->field.text);
        }
        ga_str_addf(text, ") IS TRUE) * %lu", 1ul << i);
    }
    ga_str_add(text, " END");
}

static void add_answers(struct writer *w)
{
    struct ga_str *text = &w->query->text;
    ga_str_add(text, " FROM (SELECT child.*");
    for (size_t d = 0; d < w->set->count; d++) {
        ga_str_add(text, ", ((");
        add_expr(w, d, w->set->items[d]->when.text);
        ga_str_addf(text, ") AND 1) AS _w%zu", d);
    }
}

static void add_names(struct writer *w, size_t depth)
{
    struct ga_str *text = &w->query->text;
    ga_str_add(text, " FROM (SELECT child.*");
    for (size_t i = 0; i < w->columns.len; i++) {
        const struct column *column = GA_VEC_AT(const struct column, &w->columns, i);
        if (column->depth != depth)
            continue;
        ga_str_add(text, ", (");
        add_written(w, column->expr);
        ga_str_addf(text, ") AS %s", column->name);
    }
}

static bool has_field(const struct ga_form *child, const char *name)
{
    const struct ga_field *field = ga_form_field(child, name);
    return field != NULL && ga_definition_sees(child, field);
}

/* ?1 the day, ?2 ?3 ?4 the class. */
static void add_base(struct writer *w)
{
    static const char *const filters[] = {"site", "grade", "class"};
    const struct ga_needs *needs = &w->query->needs;
    struct ga_str *text = &w->query->text;
    ga_str_add(text, " FROM (SELECT v.no AS _no");
    for (size_t i = 0; i < needs->fields.len; i++) {
        const char *field = *GA_VEC_AT(const char *, &needs->fields, i);
        ga_str_addf(text, ", v.\"%s\" AS \"%s\"", field, field);
    }
    for (size_t i = 0; i < needs->kinds.len; i++) {
        const char *kind = *GA_VEC_AT(const char *, &needs->kinds, i);
        ga_str_addf(text, ", changed_on(v.no, '%s') AS _c_%s", kind, kind);
    }
    ga_str_add(text, " FROM v_child AS v WHERE ?1 IS NOT NULL");
    if (has_field(w->child, "enrolled_on"))
        ga_str_add(text, " AND NOT ifnull(v.enrolled_on > ?1, 0)");
    for (size_t i = 0; i < GA_COUNT(filters); i++)
        if (has_field(w->child, filters[i]))
            ga_str_addf(text, " AND (?%zu IS NULL OR ifnull(v.\"%s\", '') = ?%zu)", i + 2, filters[i], i + 2);
        else
            ga_str_addf(text, " AND ?%zu IS NULL", i + 2);
}

void ga_query_write(struct ga_query *query, struct ga_arena *arena, const struct ga_definitions *set,
                    const struct ga_form *child)
{
    struct writer w = {.query = query, .arena = arena, .set = set, .child = child};
    *query = (struct ga_query){0};
    ga_needs_init(&query->needs, arena);
    ga_vec_init(&query->exprs, sizeof(const char *));
    ga_vec_init(&query->between, sizeof(const char *));
    ga_vec_init(&w.columns, sizeof(struct column));
    find_columns(&w);
    ga_str_add(&query->text, "SELECT _no");
    for (size_t d = 0; d < set->count; d++) {
        ga_str_addf(&query->text, ", _w%zu", d);
        add_facts(&w, d);
        add_gaps(&w, d);
    }
    add_answers(&w);
    for (size_t depth = w.deepest; depth > 0; depth--)
        add_names(&w, depth - 1);
    add_base(&w);
    for (size_t depth = w.deepest + 1; depth > 0; depth--)
        ga_str_add(&query->text, BARRIER);
    ga_str_add(&query->text, ") AS child");
    *(const char **)ga_vec_push(&query->between) = ga_arena_strdup(arena, ga_str_text(&query->text));
    ga_vec_finish(&w.columns);
}

void ga_query_finish(struct ga_query *query)
{
    ga_needs_finish(&query->needs);
    ga_vec_finish(&query->exprs);
    ga_vec_finish(&query->between);
    ga_str_finish(&query->text);
}
