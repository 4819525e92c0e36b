/* Reads the names in an author's expression. */
#include "expression.h"

#include "guanai/base/alloc.h"

#include <string.h>
#include <strings.h>

/* "child . grade" → "child.grade"; too long for any name is cut and so equal to none. */
static void squeeze(const struct ga_guard_name *name, char *out, size_t size)
{
    size_t len = 0;
    for (size_t i = 0; i < name->len && len + 1 < size; i++)
        if (strchr(" \t\n\r\f", name->text[i]) == NULL)
            out[len++] = name->text[i];
    out[len] = '\0';
}

static bool takes_prefix(const char *whole, const char *prefix, char rest[64])
{
    const size_t len = strlen(prefix);
    if (strncasecmp(whole, prefix, len) != 0 || strlen(whole + len) >= 64)
        return false;
    for (const char *p = whole + len; *p != '\0'; p++) /* SQL's names know no case, ours are lower case */
        *rest++ = *p >= 'A' && *p <= 'Z' ? (char)(*p + ('a' - 'A')) : *p;
    *rest = '\0';
    return true;
}

static bool find_own(const struct ga_definition *definition, const char *whole, size_t *ret_own)
{
    for (size_t i = 0; definition != NULL && i < definition->names.count; i++)
        if (strcasecmp(definition->names.items[i].name.text, whole) == 0) {
            *ret_own = i;
            return true;
        }
    return false;
}

const char *const ga_look_parts[GA_LOOK_PARTS] = {"count", "first_on", "last_on", "first_at"};

/* "report.count": which name of records, what of it. */
static bool find_look(const struct ga_alarm_rule *alarm, const char *whole, struct ga_expression_name *found)
{
    char prefix[64];
    for (size_t i = 0; alarm != NULL && i < alarm->looks_count; i++) {
        ga_str_copy(prefix, sizeof(prefix) - 1, alarm->looks[i]);
        strcat(prefix, ".");
        found->own = i;
        if (takes_prefix(whole, prefix, found->text))
            return true;
    }
    return false;
}

struct ga_expression_name ga_expression_name(const struct ga_expression_scope *scope, const struct ga_guard_name *name)
{
    struct ga_expression_name found = {.of = GA_NAME_OTHER};
    char whole[140];
    squeeze(name, whole, sizeof(whole));
    ga_str_copy(found.text, sizeof(found.text), whole);
    if (name->is_call)
        return found;
    if (takes_prefix(whole, "child.", found.text))
        found.of = GA_NAME_FIELD;
    else if (takes_prefix(whole, "changed.", found.text))
        found.of = GA_NAME_CHANGE;
    else if (scope->who != NULL && takes_prefix(whole, "who.", found.text))
        found.of = GA_NAME_WHO;
    else if (find_look(scope->alarm, whole, &found))
        found.of = GA_NAME_LOOK;
    else if (strchr(whole, '.') != NULL || whole[0] == '_')
        found.of = GA_NAME_STRANGE;
    if (found.of == GA_NAME_WHO) {
        const int at = ga_definitions_find(scope->who, found.text);
        found.own = at < 0 ? scope->who->count : (size_t)at;
    }
    if (found.of == GA_NAME_OTHER && find_own(scope->definition, whole, &found.own))
        found.of = GA_NAME_OWN;
    return found;
}

void ga_needs_init(struct ga_needs *needs, struct ga_arena *arena)
{
    needs->arena = arena;
    ga_vec_init(&needs->fields, sizeof(const char *));
    ga_vec_init(&needs->kinds, sizeof(const char *));
    needs->who = 0;
}

void ga_needs_finish(struct ga_needs *needs)
{
    ga_vec_finish(&needs->fields);
    ga_vec_finish(&needs->kinds);
}

void ga_needs_add(struct ga_vec *texts, struct ga_arena *arena, const char *text)
{
    for (size_t i = 0; i < texts->len; i++)
        if (strcmp(*GA_VEC_AT(const char *, texts, i), text) == 0)
            return;
    *(const char **)ga_vec_push(texts) = ga_arena_strdup(arena, text);
}

struct writing {
    const struct ga_expression_scope *scope;
    const char *const *columns;
    const char *expr;
    size_t copied;
    struct ga_needs *needs;
    struct ga_str out;
};

static void write_name(void *ctx, const struct ga_guard_name *name)
{
    struct writing *w = ctx;
    const struct ga_expression_name meant = ga_expression_name(w->scope, name);
    if (meant.of == GA_NAME_OTHER || meant.of == GA_NAME_STRANGE)
        return;
    ga_str_add_bytes(&w->out, w->expr + w->copied, name->offset - w->copied);
    w->copied = name->offset + name->len;
    if (meant.of == GA_NAME_OWN) {
        ga_str_add(&w->out, w->columns[meant.own]);
    } else if (meant.of == GA_NAME_WHO) {
        ga_str_addf(&w->out, "child._w%zu", meant.own);
        w->needs->who |= 1u << meant.own;
    } else if (meant.of == GA_NAME_LOOK) {
        ga_str_addf(&w->out, "look_%s(child._no, %zu)", meant.text, w->scope->first_look + meant.own);
    } else if (meant.of == GA_NAME_FIELD) {
        ga_str_addf(&w->out, "child.%s", meant.text);
        ga_needs_add(&w->needs->fields, w->needs->arena, meant.text);
    } else {
        ga_str_addf(&w->out, "_c_%s", meant.text);
        ga_needs_add(&w->needs->kinds, w->needs->arena, meant.text);
    }
}

const char *ga_expression_write(const struct ga_expression_scope *scope, const char *const *columns, const char *expr,
                                struct ga_needs *needs)
{
    struct writing w = {.scope = scope, .columns = columns, .expr = expr, .needs = needs};
    ga_guard_names(expr, write_name, &w, NULL, NULL); /* what the guard refuses it refuses again */
    ga_str_add(&w.out, expr + w.copied);
    const char *text = ga_arena_strndup(needs->arena, ga_str_text(&w.out), w.out.len);
    ga_str_finish(&w.out);
    return text;
}

struct measuring {
    const struct ga_expression_scope *scope;
    const size_t *depths;
    size_t depth;
};

static void measure_name(void *ctx, const struct ga_guard_name *name)
{
    struct measuring *m = ctx;
    const struct ga_expression_name meant = ga_expression_name(m->scope, name);
    if (meant.of == GA_NAME_OWN && m->depths[meant.own] + 1 > m->depth)
        m->depth = m->depths[meant.own] + 1;
}

size_t ga_expression_depth(const struct ga_expression_scope *scope, const char *expr, const size_t *depths)
{
    struct measuring m = {.scope = scope, .depths = depths};
    ga_guard_names(expr, measure_name, &m, NULL, NULL);
    return m.depth;
}

struct counting {
    const struct ga_expression_scope *scope;
    size_t *uses;
};

static void count_name(void *ctx, const struct ga_guard_name *name)
{
    const struct counting *c = ctx;
    const struct ga_expression_name meant = ga_expression_name(c->scope, name);
    if (meant.of == GA_NAME_OWN)
        c->uses[meant.own]++;
}

void ga_expression_count(const struct ga_expression_scope *scope, const char *expr, size_t *uses)
{
    struct counting c = {.scope = scope, .uses = uses};
    ga_guard_names(expr, count_name, &c, NULL, NULL);
}
