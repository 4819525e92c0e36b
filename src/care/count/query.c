/* Writes the one statement that asks every definition of every child. */
#include "count/query.h"

#include "guanai/base/alloc.h"
#include "guanai/base/map.h"
#include "guanai/base/num.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/*
 * SELECT _no, _w0, first fact, gaps, _w1 …             what is told of a child; or: _no, _until, ((when)) AND 1 … of duties
 *   FROM (SELECT child._no, …, ((when)) AND 1 AS _w0 …  the answers
 *     FROM (SELECT child._no, …, (name) AS _n1 …        names that lean on names, deepest last
 *       FROM (SELECT v.no AS _no, … FROM v_child AS v   the fields that are named at all
 *
 * LIMIT -1 OFFSET 0 keeps SQLite from merging the levels, which would compute a name anew at each use: four
 * times as long for the shipped definitions. Names that come to the same expression share one column.
 *
 * Each level copies what it hands on, a text into memory of its own: so it hands on only what the levels around it name,
 * and a short name that is used once has no level but stands where it is used.
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
    const struct ga_query_ask *ask;
    const struct ga_definitions *set;
    unsigned asked;                           /* bit d: the answer of definition d is wanted */
    struct ga_vec columns;                    /* struct column, each once */
    const char **names[GA_DEFINITIONS_MAX];   /* what stands for each definition's names */
    const char *whens[GA_DEFINITIONS_MAX];    /* written */
    size_t deepest, levels;
    struct ga_map around; /* words of the levels written so far */
    struct ga_map within; /* words of names and answers, which are written last */
    size_t noted;         /* expressions whose words are in `around` */
};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static void note_words(struct writer *w, struct ga_map *words, const char *text)
{
    for (const char *p = text; *p != '\0';) {
        const char *begin = p;
        while (is_word(*p))
            p++;
        if (p == begin) {
            p++;
            continue;
        }
        char *word = ga_arena_strndup(w->arena, begin, (size_t)(p - begin));
        if (ga_map_get(words, word) == NULL)
            ga_map_put(words, word, word);
    }
}

/* Of all that stands so far. */
static void note_around(struct writer *w)
{
    const struct ga_query *query = w->query;
    for (; w->noted < query->exprs.len; w->noted++) {
        note_words(w, &w->around, *GA_VEC_AT(const char *, &query->between, w->noted));
        note_words(w, &w->around, *GA_VEC_AT(const char *, &query->exprs, w->noted));
    }
    note_words(w, &w->around, ga_str_text(&query->text));
}

static void begin_level(struct writer *w)
{
    note_around(w);
    w->levels++;
    ga_str_add(&w->query->text, " FROM (SELECT ");
}

static bool is_asked_for(const struct writer *w, const char *column)
{
    return ga_map_get(&w->around, column) != NULL;
}

static void hand_on(struct writer *w, const char *column)
{
    if (is_asked_for(w, column))
        ga_str_addf(&w->query->text, ", child.\"%s\" AS \"%s\"", column, column);
}

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
    const struct ga_expression_scope scope = {.definition = w->set->items[definition]};
    add_written(w, ga_expression_write(&scope, w->names[definition], expr, &w->query->needs));
}

static const char *column_of_kind(struct writer *w, const char *kind)
{
    return ga_arena_printf(w->arena, "_c_%s", kind);
}

/* Changes that no name and no answer asks about are looked up when these are known, not handed on through all levels. */
static bool is_kind_late(struct writer *w, const char *kind)
{
    return ga_map_get(&w->within, column_of_kind(w, kind)) == NULL;
}

static void add_kinds(struct writer *w, const char *no, bool are_late)
{
    const struct ga_vec *kinds = &w->query->needs.kinds;
    for (size_t i = 0; i < kinds->len; i++) {
        const char *kind = *GA_VEC_AT(const char *, kinds, i);
        if (is_kind_late(w, kind) == are_late)
            ga_str_addf(&w->query->text, ", changed_on(%s, '%s') AS _c_%s", no, kind, kind);
    }
}

/* From the level within: fields, changes, names of lesser depth; above the answers these, too. */
static void hand_on_all(struct writer *w, size_t depth, bool has_answers)
{
    const struct ga_needs *needs = &w->query->needs;
    ga_str_add(&w->query->text, "child._no AS _no");
    hand_on(w, "_until");
    hand_on(w, "_born");
    for (size_t i = 0; i < needs->fields.len; i++)
        hand_on(w, *GA_VEC_AT(const char *, &needs->fields, i));
    for (size_t i = 0; i < needs->kinds.len; i++) {
        const char *kind = *GA_VEC_AT(const char *, &needs->kinds, i);
        if (has_answers || !is_kind_late(w, kind))
            hand_on(w, column_of_kind(w, kind));
    }
    for (size_t i = 0; i < w->columns.len; i++) {
        const struct column *column = GA_VEC_AT(const struct column, &w->columns, i);
        if (column->depth < depth)
            hand_on(w, column->name);
    }
    for (size_t d = 0; d < w->set->count && has_answers; d++)
        hand_on(w, ga_arena_printf(w->arena, "_w%zu", d));
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

static bool is_asked(const struct writer *w, size_t d)
{
    return w->asked >> d & 1;
}

/* A name is used once by another name or by the answer: facts and gaps, which only figures have, may use any. */
static void count_uses(const struct writer *w, const struct ga_expression_scope *scope, size_t *uses)
{
    const struct ga_definition *definition = scope->definition;
    for (size_t i = 0; i < definition->names.count; i++)
        ga_expression_count(scope, definition->names.items[i].value.text, uses);
    ga_expression_count(scope, definition->when.text, uses);
    const bool is_alone = (w->asked & (w->asked - 1)) == 0 && (w->ask->duties != NULL || w->ask->alarms != NULL);
    for (size_t i = 0; i < definition->names.count && !is_alone; i++)
        uses[i] = 2; /* by others, too */
}

static void find_columns_of(struct writer *w, size_t d)
{
    enum { SHORT_BYTES = 256 }; /* nor may SQLite find it nested too deep */
    const struct ga_expression_scope scope = {.definition = w->set->items[d]};
    const size_t count = scope.definition->names.count;
    size_t *depths = ga_arena_array(w->arena, count + 1, sizeof(size_t)), *uses = ga_arena_array(w->arena, count + 1, sizeof(size_t));
    w->names[d] = ga_arena_array(w->arena, count + 1, sizeof(const char *));
    count_uses(w, &scope, uses);
    for (size_t i = 0; i < count; i++) {
        const char *expr = scope.definition->names.items[i].value.text;
        const char *written = ga_expression_write(&scope, w->names[d], expr, &w->query->needs);
        depths[i] = ga_expression_depth(&scope, expr, depths);
        if (uses[i] == 1 && strlen(written) <= SHORT_BYTES) {
            w->names[d][i] = ga_arena_printf(w->arena, "(%s)", written);
            depths[i]--; /* who uses it stands where it would have stood */
        } else {
            w->names[d][i] = column_of(w, written, depths[i]);
        }
    }
    w->whens[d] = ga_expression_write(&scope, w->names[d], scope.definition->when.text, &w->query->needs);
    note_words(w, &w->within, w->whens[d]);
}

static void find_columns(struct writer *w)
{
    for (size_t d = 0; d < w->set->count; d++)
        if (is_asked(w, d))
            find_columns_of(w, d);
    for (size_t i = 0; i < w->columns.len; i++)
        note_words(w, &w->within, GA_VEC_AT(const struct column, &w->columns, i)->expr);
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
    begin_level(w);
    hand_on_all(w, w->deepest, false);
    add_kinds(w, "child._no", true);
    for (size_t d = 0; d < w->set->count; d++) {
        if (!is_asked(w, d))
            continue;
        ga_str_add(text, ", ((");
        add_written(w, w->whens[d]);
        ga_str_addf(text, ") AND 1) AS _w%zu", d);
    }
}

static bool has_names(const struct writer *w, size_t depth)
{
    for (size_t i = 0; i < w->columns.len; i++) {
        const struct column *column = GA_VEC_AT(const struct column, &w->columns, i);
        if (column->depth == depth && is_asked_for(w, column->name))
            return true;
    }
    return false;
}

static void add_names(struct writer *w, size_t depth)
{
    struct ga_str *text = &w->query->text;
    note_around(w);
    if (!has_names(w, depth))
        return;
    begin_level(w);
    hand_on_all(w, depth, false);
    for (size_t i = 0; i < w->columns.len; i++) {
        const struct column *column = GA_VEC_AT(const struct column, &w->columns, i);
        if (column->depth != depth || !is_asked_for(w, column->name))
            continue;
        ga_str_add(text, ", (");
        add_written(w, column->expr);
        ga_str_addf(text, ") AS %s", column->name);
    }
}

static bool has_field(const struct ga_form *child, const char *name)
{
    const struct ga_field *field = ga_form_field(child, name);
    return field != NULL && ga_expression_sees(child, field);
}

/* ?1 the day; ?2 ?3 ?4, the school ?5 */
static void add_class_filter(struct writer *w)
{
    static const char *const filters[] = {"site", "grade", "class"};
    struct ga_str *text = &w->query->text;
    for (size_t i = 0; i < GA_COUNT(filters); i++)
        if (has_field(w->ask->child, filters[i]))
            ga_str_addf(text, " AND (?%zu IS NULL OR ifnull(v.\"%s\", '') = ?%zu)", i + 2, filters[i], i + 2);
        else
            ga_str_addf(text, " AND ?%zu IS NULL", i + 2);
    if (has_field(w->ask->child, "birth_date")) /* nobody is here before being born */
        ga_str_add(text, " AND NOT ifnull(v.birth_date > ?1, 0)");
    ga_str_add(text, has_field(w->ask->child, "site") ? " AND (?5 IS NULL OR substr(v.site, 1, length(?5)) = ?5)" : " AND ?5 IS NULL");
}

static void add_base(struct writer *w)
{
    const struct ga_needs *needs = &w->query->needs;
    struct ga_str *text = &w->query->text;
    begin_level(w);
    ga_str_add(text, "v.no AS _no");
    for (size_t i = 0; i < needs->fields.len; i++) {
        const char *field = *GA_VEC_AT(const char *, &needs->fields, i);
        ga_str_addf(text, ", v.\"%s\" AS \"%s\"", field, field);
    }
    add_kinds(w, "v.no", false);
    if (w->ask->duties != NULL)
        ga_query_add_until(w->query);
    if (w->ask->alarms != NULL)
        ga_str_add(text, has_field(w->ask->child, "birth_date") ? ", v.birth_date AS _born" : ", NULL AS _born");
    ga_str_add(text, " FROM v_child AS v WHERE ?1 IS NOT NULL");
    if (has_field(w->ask->child, "enrolled_on"))
        ga_str_add(text, " AND NOT ifnull(v.enrolled_on > ?1, 0)");
    if (w->ask->duties == NULL && w->ask->alarms == NULL)
        add_class_filter(w);
    else if (w->ask->is_of_one)
        ga_str_add(text, " AND v.no = ?2");
    else
        ga_str_add(text, " AND v.no BETWEEN ?2 AND ?3");
}

static void add_figures(struct writer *w)
{
    w->asked = (1u << w->set->count) - 1;
    find_columns(w);
    for (size_t d = 0; d < w->set->count; d++) {
        ga_str_addf(&w->query->text, ", _w%zu", d);
        add_facts(w, d);
        add_gaps(w, d);
        w->query->columns += 3;
    }
}

/* What duties ask for is known only when all of them are written. */
static void add_duties(struct writer *w)
{
    const struct ga_duties *duties = w->ask->duties;
    const struct ga_expression_scope scope = {.who = w->set};
    struct ga_query *query = w->query;
    ga_str_add(&query->text, ", _until");
    query->columns++;
    for (size_t i = 0; i < duties->count; i++) {
        const struct ga_duty *duty = duties->items[i];
        ga_str_add(&query->text, ", ((");
        add_written(w, ga_expression_write(&scope, NULL, duty->when.text, &query->needs));
        ga_str_add(&query->text, ") AND 1)");
        query->columns++;
        if (!ga_duty_has_event(duty))
            continue;
        ga_str_add(&query->text, ", (");
        add_written(w, ga_expression_write(&scope, NULL, duty->event.text, &query->needs));
        ga_str_add(&query->text, ")");
        query->columns++;
    }
    w->asked = query->needs.who;
    find_columns(w);
}

static struct ga_expression_scope scope_of_alarm(const struct writer *w, size_t i)
{
    struct ga_expression_scope scope = {.who = w->set, .alarm = w->ask->alarms->items[i]};
    for (size_t k = 0; k < i; k++)
        scope.first_look += w->ask->alarms->items[k]->looks_count;
    return scope;
}

/* `, CASE WHEN child._a3 THEN (expr) END`: asked of whom it stands alone. */
static void add_fact(struct writer *w, const struct ga_expression_scope *scope, size_t i, const char *expr)
{
    struct ga_query *query = w->query;
    query->columns++;
    if (expr == NULL) {
        ga_str_add(&query->text, ", NULL");
        return;
    }
    ga_str_addf(&query->text, ", CASE WHEN child._a%zu THEN (", i);
    add_written(w, ga_expression_write(scope, NULL, expr, &query->needs));
    ga_str_add(&query->text, ") END");
}

static void add_says(struct writer *w, const struct ga_expression_scope *scope, size_t i)
{
    struct ga_query *query = w->query;
    query->columns++;
    ga_str_addf(&query->text, ", CASE WHEN NOT ifnull(child._a%zu, 0) THEN 0", i);
    for (size_t k = 0; k < scope->alarm->says.count; k++) {
        const char *when = scope->alarm->says.items[k].when.text;
        ga_str_add(&query->text, " WHEN (");
        if (when != NULL)
            add_written(w, ga_expression_write(scope, NULL, when, &query->needs));
        ga_str_addf(&query->text, "%s) THEN %zu", when == NULL ? "1" : "", k);
    }
    ga_str_addf(&query->text, " ELSE %zu END", scope->alarm->says.count);
}

/* Facts stand outside of what they hang on: the level within says whether an alarm stands at all. */
static void add_alarms(struct writer *w)
{
    const struct ga_alarm_rules *rules = w->ask->alarms;
    struct ga_query *query = w->query;
    ga_str_add(&query->text, ", child._born");
    query->columns++;
    for (size_t i = 0; i < rules->count; i++) {
        const struct ga_expression_scope scope = scope_of_alarm(w, i);
        ga_str_addf(&query->text, ", child._a%zu", i);
        query->columns++;
        add_fact(w, &scope, i, rules->items[i]->since.text);
        add_fact(w, &scope, i, rules->items[i]->number.text);
        add_says(w, &scope, i);
    }
    begin_level(w);
    hand_on_all(w, 0, true);
    for (size_t i = 0; i < rules->count; i++) {
        const struct ga_expression_scope scope = scope_of_alarm(w, i);
        ga_str_add(&query->text, ", ((");
        add_written(w, ga_expression_write(&scope, NULL, rules->items[i]->when.text, &query->needs));
        ga_str_addf(&query->text, ") AND 1) AS _a%zu", i);
    }
    w->asked = query->needs.who;
    find_columns(w);
}

void ga_query_write(struct ga_query *query, struct ga_arena *arena, const struct ga_query_ask *ask)
{
    struct writer w = {.query = query, .arena = arena, .ask = ask, .set = ask->definitions};
    *query = (struct ga_query){.columns = 1};
    ga_needs_init(&query->needs, arena);
    ga_vec_init(&query->exprs, sizeof(const char *));
    ga_vec_init(&query->between, sizeof(const char *));
    ga_vec_init(&w.columns, sizeof(struct column));
    ga_str_add(&query->text, "SELECT _no");
    if (ask->alarms != NULL)
        add_alarms(&w);
    else if (ask->duties == NULL)
        add_figures(&w);
    else
        add_duties(&w);
    add_answers(&w);
    for (size_t depth = w.deepest; depth > 0; depth--)
        add_names(&w, depth - 1);
    add_base(&w);
    for (size_t level = 1; level < w.levels; level++)
        ga_str_add(&query->text, BARRIER);
    ga_str_add(&query->text, ") AS child");
    *(const char **)ga_vec_push(&query->between) = ga_arena_strdup(arena, ga_str_text(&query->text));
    ga_vec_finish(&w.columns);
    ga_map_finish(&w.around);
    ga_map_finish(&w.within);
}

enum ga_rc ga_query_prepare(const struct ga_query *query, struct ga_store *store, const struct ga_guard_scope *scope,
                            const char *folder, struct ga_stmt **ret_stmt, struct ga_error *err)
{
    const char *const *between = query->between.items;
    const struct ga_guard_shape shape = {
        .prefix = between[0],
        .suffix = between[query->exprs.len],
        .separators = between + 1,
        .exprs = query->exprs.items,
        .exprs_count = query->exprs.len,
        .columns = query->columns,
    };
    enum ga_rc rc = ga_guard_prepare(ga_store_db(store), scope, &shape, ret_stmt, NULL, err);
    if (rc != GA_OK)
        ga_error_where(err, "forms/%s", folder);
    return rc;
}

void ga_query_finish(struct ga_query *query)
{
    ga_needs_finish(&query->needs);
    ga_vec_finish(&query->exprs);
    ga_vec_finish(&query->between);
    ga_str_finish(&query->text);
}
