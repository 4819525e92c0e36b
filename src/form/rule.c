/* Makes one rule ready to run. */
#include "rule.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"
#include "guanai/text/utf8.h"
#include "guanai/yaml/suggest.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What the parameter callback works on. */
struct preparing {
    const struct ga_rule_names *names;
    const char *expr;
    struct ga_vec binds;  /* struct ga_bind */
    struct ga_vec tables; /* struct ga_rule_table */
    struct ga_str unknown;
    const char *why; /* the sentence about the unknown name */
    size_t unknown_character, unknown_expr, expr_index;
    char suggestion[80];
};

static size_t skip_blanks_back(const char *expr, size_t at)
{
    while (at > 0 && strchr(" \t\n\r", expr[at - 1]) != NULL)
        at--;
    return at;
}

/* Does `word` end right before `at`, as a whole word, any case? */
static bool word_before(const char *expr, size_t at, const char *word)
{
    const size_t len = strlen(word);
    at = skip_blanks_back(expr, at);
    if (at < len || strncasecmp(expr + at - len, word, len) != 0)
        return false;
    return at == len || !(expr[at - len - 1] == '_' || isalnum((unsigned char)expr[at - len - 1]));
}

static bool is_inside_call(const char *expr, size_t at, const char *function)
{
    at = skip_blanks_back(expr, at);
    return at > 0 && expr[at - 1] == '(' && word_before(expr, at - 1, function);
}

/* "child . grade" → qualifier "child", name "grade". */
static void split_name(const struct ga_guard_name *name, char qualifier[64], char bare[64])
{
    size_t out = 0;
    char whole[130];
    for (size_t i = 0; i < name->len && out + 1 < sizeof(whole); i++)
        if (strchr(" \t\n\r", name->text[i]) == NULL)
            whole[out++] = name->text[i];
    whole[out] = '\0';
    char *dot = strchr(whole, '.');
    if (dot != NULL)
        *dot = '\0';
    ga_str_copy(qualifier, 64, dot == NULL ? "" : whole);
    ga_str_copy(bare, 64, dot == NULL ? whole : dot + 1);
}

static int add_bind(struct preparing *p, struct ga_bind bind)
{
    for (size_t i = 0; i < p->binds.len; i++) {
        const struct ga_bind *old = GA_VEC_AT(struct ga_bind, &p->binds, i);
        if (old->of == bind.of && old->field == bind.field && old->is_label == bind.is_label)
            return (int)i + 1;
    }
    if (p->binds.len >= GA_RULE_BINDS_MAX)
        return 0;
    *(struct ga_bind *)ga_vec_push(&p->binds) = bind;
    return (int)p->binds.len;
}

static const struct ga_field *field_in_row(const struct ga_field *repeat, const char *name)
{
    for (size_t i = 0; repeat != NULL && i < repeat->fields.count; i++)
        if (strcmp(repeat->fields.items[i].name, name) == 0)
            return &repeat->fields.items[i];
    return NULL;
}

bool ga_rule_is_column(const struct ga_form *form, const char *name)
{
    for (size_t i = 0; i < form->all_count; i++)
        if (form->all[i]->type->storage == GA_STORE_ROWS &&
            (strcmp(form->all[i]->name, name) == 0 || strcmp(name, "position") == 0 || field_in_row(form->all[i], name) != NULL))
            return true;
    return false;
}

static const struct ga_field *repeat_named(const struct ga_form *form, const char *name)
{
    const struct ga_field *field = ga_form_field(form, name);
    return field != NULL && field->type->storage == GA_STORE_ROWS ? field : NULL;
}

/* The nearest name that would do here, as it is to be written. */
static void suggest(struct preparing *p, const char *bare, bool is_qualified)
{
    const struct ga_rule_names *names = p->names;
    const struct ga_field *repeat = is_qualified ? NULL : names->repeat;
    if (repeat != NULL && ga_form_field(names->form, bare) != NULL) {
        snprintf(p->suggestion, sizeof(p->suggestion), "parent.%s", bare);
        return;
    }
    if (!is_qualified && repeat == NULL && names->child != NULL && ga_form_field(names->child, bare) != NULL) {
        snprintf(p->suggestion, sizeof(p->suggestion), "child.%s", bare);
        return;
    }
    struct ga_yaml_guess guess;
    ga_yaml_guess_start(&guess, bare);
    for (size_t i = 0; repeat != NULL && i < repeat->fields.count; i++)
        ga_yaml_guess_offer(&guess, repeat->fields.items[i].name);
    for (size_t i = 0; repeat == NULL && i < names->form->all_count; i++)
        ga_yaml_guess_offer(&guess, names->form->all[i]->name);
    ga_str_copy(p->suggestion, sizeof(p->suggestion), guess.best == NULL ? "" : guess.best);
}

static int note_unknown(struct preparing *p, const struct ga_guard_name *name, const char *why)
{
    if (p->unknown.len > 0)
        return 0;
    ga_str_add_bytes(&p->unknown, name->text, name->len);
    p->why = why;
    p->unknown_character = ga_utf8_count(p->expr, name->offset);
    p->unknown_expr = p->expr_index;
    return 0;
}

static const char unknown_name[] = GA_N_("'%1' is no field that can be used here");
static const char restricted_name[] = GA_N_("'%1' is restricted: no rule may read it");
static const char no_rows[] = GA_N_("'%1' has no rows to count");
static const char no_value[] = GA_N_("'%1' has no value of its own: use count_rows() or (SELECT … FROM it)");

/* `child.nosuch`: the nearest field of the parent, written as it must be. */
static int note_unknown_of_child(struct preparing *p, const struct ga_guard_name *name, const char *bare)
{
    struct ga_yaml_guess guess;
    if (p->unknown.len > 0)
        return 0;
    ga_yaml_guess_start(&guess, bare);
    for (size_t i = 0; p->names->child != NULL && i < p->names->child->all_count; i++)
        ga_yaml_guess_offer(&guess, p->names->child->all[i]->name);
    if (guess.best != NULL)
        snprintf(p->suggestion, sizeof(p->suggestion), "child.%s", guess.best);
    return note_unknown(p, name, unknown_name);
}

static int note_unknown_bare(struct preparing *p, const struct ga_guard_name *name, const char *bare,
                             bool is_qualified)
{
    if (p->unknown.len == 0)
        suggest(p, bare, is_qualified);
    return note_unknown(p, name, unknown_name);
}

static int bind_field(struct preparing *p, const struct ga_guard_name *name, const struct ga_form *form,
                      const struct ga_field *field, enum ga_bind_of of)
{
    const bool is_rows = field->type->storage == GA_STORE_ROWS;
    if (ga_field_protect(form, field) == GA_PROTECT_RESTRICTED) /* rule 13 */
        return note_unknown(p, name, restricted_name);
    const bool is_counted = is_inside_call(p->expr, name->offset, "count_rows");
    if (is_counted && !is_rows)
        return note_unknown(p, name, no_rows);
    if (is_rows != is_counted || (is_rows && of == GA_BIND_CHILD) ||
        field->type->storage == GA_STORE_NOTHING)
        return note_unknown(p, name, is_rows ? no_value : unknown_name);
    return add_bind(p, (struct ga_bind){.of = is_rows ? GA_BIND_ROWS : of,
                                        .field = field,
                                        .is_label = is_inside_call(p->expr, name->offset, "label")});
}

static int bind_bare(struct preparing *p, const struct ga_guard_name *name, const char *bare)
{
    const struct ga_rule_names *names = p->names;
    const struct ga_field *field = field_in_row(names->repeat, bare);
    if (field != NULL)
        return bind_field(p, name, names->form, field, GA_BIND_ROW);
    field = ga_form_field(names->form, bare);
    /* in a row bare names are the row's; the record's are parent.x, but a repeat is called by its name */
    if (field == NULL || (names->repeat != NULL && field->type->storage != GA_STORE_ROWS))
        return note_unknown_bare(p, name, bare, false);
    return bind_field(p, name, names->form, field, GA_BIND_RECORD);
}

static int bind_qualified(struct preparing *p, const struct ga_guard_name *name, const struct ga_form *form,
                          enum ga_bind_of of, const char *bare)
{
    const struct ga_field *field = form == NULL ? NULL : ga_form_field(form, bare);
    if (field == NULL)
        return of == GA_BIND_CHILD ? note_unknown_of_child(p, name, bare) : note_unknown_bare(p, name, bare, true);
    return bind_field(p, name, form, field, of);
}

/* A repeat after FROM stays as it is: the name of the view over its rows. */
static int read_table(struct preparing *p, const struct ga_guard_name *name, const char *bare)
{
    const struct ga_field *repeat = repeat_named(p->names->form, bare);
    if (repeat == NULL)
        return note_unknown_bare(p, name, bare, true);
    if (ga_field_protect(p->names->form, repeat) == GA_PROTECT_RESTRICTED)
        return note_unknown(p, name, restricted_name);
    for (size_t i = 0; i < p->tables.len; i++)
        if (GA_VEC_AT(struct ga_rule_table, &p->tables, i)->repeat == repeat)
            return 0;
    *(struct ga_rule_table *)ga_vec_push(&p->tables) = (struct ga_rule_table){.repeat = repeat};
    return 0;
}

static bool is_after_from(const char *expr, size_t at)
{
    return word_before(expr, at, "from") || word_before(expr, at, "join");
}

/* Answers which parameter takes a name's place; see ga_guard_param_fn. */
static int replace_name(void *ctx, const struct ga_guard_name *name)
{
    struct preparing *p = ctx;
    char qualifier[64], bare[64];
    split_name(name, qualifier, bare);
    const struct ga_rule_names *names = p->names;
    if (strcmp(qualifier, "child") == 0)
        return bind_qualified(p, name, names->child, GA_BIND_CHILD, bare);
    if (strcmp(qualifier, "parent") == 0 && names->repeat != NULL)
        return bind_qualified(p, name, names->form, GA_BIND_RECORD, bare);
    if (strcmp(qualifier, "choice") == 0 && names->is_filter && strcmp(bare, "parent") == 0)
        return add_bind(p, (struct ga_bind){.of = GA_BIND_CHOICE_PARENT});
    if (strcmp(qualifier, "choice") == 0 && names->is_filter && strcmp(bare, "code") == 0)
        return add_bind(p, (struct ga_bind){.of = GA_BIND_CHOICE_CODE});
    if (qualifier[0] != '\0')
        return repeat_named(names->form, qualifier) != NULL ? 0 : note_unknown(p, name, unknown_name);
    if (is_after_from(p->expr, name->offset))
        return read_table(p, name, bare);
    if (word_before(p->expr, name->offset, "as")) /* CAST(x AS INTEGER), count(*) AS n */
        return 0;
    if (name->select_depth > 0 && ga_rule_is_column(names->form, bare))
        return 0;
    return bind_bare(p, name, bare);
}

/* The TEMP views a form's rules may read: one a repeat, over the JSON that rows() hands out. */
static enum ga_rc make_view(struct ga_rules *rules, const struct ga_field *repeat, struct ga_error *err)
{
    if (ga_map_get(&rules->views, repeat->name) == repeat)
        return GA_OK;
    struct ga_str sql = {0};
    ga_str_addf(&sql, "DROP VIEW IF EXISTS temp.\"%s\"; CREATE TEMP VIEW \"%s\" AS SELECT ", repeat->name,
                repeat->name);
    for (size_t i = 0; i < repeat->fields.count; i++)
        ga_str_addf(&sql, "json_extract(value, '$.%s') AS \"%s\", ", repeat->fields.items[i].name,
                    repeat->fields.items[i].name);
    ga_str_addf(&sql, "key + 1 AS position FROM json_each(rows('%s'));", repeat->name);
    enum ga_rc rc = ga_db_exec(rules->db, ga_str_text(&sql), err);
    ga_str_finish(&sql);
    if (rc == GA_OK)
        ga_map_put(&rules->views, repeat->name, (void *)(uintptr_t)repeat);
    return rc;
}

static enum ga_rc make_scope(const struct ga_rule_names *names, struct ga_rule *rule, struct ga_error *err)
{
    struct ga_rules *rules = names->rules;
    const char **views = ga_arena_array(&rules->arena, names->form->all_count, sizeof(*views));
    size_t count = 0;
    for (size_t i = 0; i < names->form->all_count; i++) {
        const struct ga_field *field = names->form->all[i];
        if (field->type->storage != GA_STORE_ROWS)
            continue;
        enum ga_rc rc = make_view(rules, field, err);
        if (rc != GA_OK)
            return rc;
        views[count++] = field->name;
    }
    rule->scope = (struct ga_guard_scope){.kind = GA_GUARD_RULE, .views = views, .views_count = count};
    return GA_OK;
}

static enum ga_rc refuse_unknown(const struct preparing *p, const struct ga_yaml_text *exprs,
                                 struct ga_guard_place *ret_place, struct ga_error *err)
{
    if (ret_place != NULL)
        *ret_place = (struct ga_guard_place){.expr = p->unknown_expr, .character = (int)p->unknown_character};
    ga_error_set(err, GA_REFUSED, p->why, ga_str_text(&p->unknown));
    if (p->suggestion[0] != '\0')
        ga_error_hint(err, "did you mean '%1'?", p->suggestion);
    else if (p->why == unknown_name && ga_str_equal(ga_str_text(&p->unknown), exprs[p->unknown_expr].text) &&
             strchr(ga_str_text(&p->unknown), '.') == NULL)
        ga_error_hint(err, "a text is written with two kinds of quotes: \"'%1'\"", ga_str_text(&p->unknown));
    return GA_REFUSED;
}

/* Every name is looked up before SQLite sees the text: its own messages know nothing of forms. */
static void lookup_each(void *ctx, const struct ga_guard_name *name)
{
    if (!name->is_call)
        replace_name(ctx, name);
}

static enum ga_rc lookup_all(struct preparing *p, const struct ga_yaml_text *exprs, size_t count,
                             struct ga_guard_place *ret_place, struct ga_error *err)
{
    for (size_t i = 0; i < count; i++) {
        int character = -1;
        p->expr = exprs[i].text;
        p->expr_index = i;
        enum ga_rc rc = ga_guard_names(exprs[i].text, lookup_each, p, &character, err);
        if (rc != GA_OK) {
            if (ret_place != NULL)
                *ret_place = (struct ga_guard_place){.expr = i, .character = character};
            return rc;
        }
    }
    return p->unknown.len > 0 ? refuse_unknown(p, exprs, ret_place, err) : GA_OK;
}

/* The guard hands every name with its text inside the expression it came from: find that again. */
static int replace_in_shape(void *ctx, const struct ga_guard_name *name)
{
    struct preparing *p = ctx;
    p->expr = name->text - name->offset;
    return replace_name(ctx, name);
}

static void keep_names(struct ga_rules *rules, const struct preparing *p, struct ga_rule *rule)
{
    rule->binds_count = p->binds.len;
    rule->binds = ga_arena_array(&rules->arena, p->binds.len, sizeof(*rule->binds));
    if (p->binds.len > 0)
        memcpy(rule->binds, p->binds.items, p->binds.len * sizeof(*rule->binds));
    rule->tables_count = p->tables.len;
    rule->tables = ga_arena_array(&rules->arena, p->tables.len, sizeof(*rule->tables));
    if (p->tables.len > 0)
        memcpy(rule->tables, p->tables.items, p->tables.len * sizeof(*rule->tables));
}

enum ga_rc ga_rule_prepare(const struct ga_rule_names *names, const struct ga_yaml_text *exprs, size_t count,
                           struct ga_rule **ret_rule, struct ga_guard_place *ret_place, struct ga_error *err)
{
    struct preparing p = {.names = names};
    struct ga_rule *rule = ga_arena_alloc(&names->rules->arena, sizeof(*rule));
    ga_vec_init(&p.binds, sizeof(struct ga_bind));
    ga_vec_init(&p.tables, sizeof(struct ga_rule_table));
    const char **texts = ga_alloc_array(count, sizeof(*texts));
    for (size_t i = 0; i < count; i++)
        texts[i] = exprs[i].text;
    enum ga_rc rc = lookup_all(&p, exprs, count, ret_place, err);
    if (rc == GA_OK)
        rc = ga_rules_open(names->rules, err);
    if (rc == GA_OK)
        rc = make_scope(names, rule, err);
    if (rc == GA_OK) {
        const struct ga_guard_shape shape = {
            .exprs = texts, .exprs_count = count, .param = replace_in_shape, .param_ctx = &p};
        rc = ga_guard_prepare(names->rules->db, &rule->scope, &shape, &rule->stmt, ret_place, err);
        if (rc != GA_OK)
            ga_rule_hint_function(err);
    }
    if (rc == GA_OK) {
        keep_names(names->rules, &p, rule);
        *ret_rule = rule;
    }
    free(texts);
    ga_vec_finish(&p.binds);
    ga_vec_finish(&p.tables);
    ga_str_finish(&p.unknown);
    return rc;
}
