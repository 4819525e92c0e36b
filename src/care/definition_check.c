/* Checks what a definition says against the child's file. */
#include "private.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"
#include "guanai/yaml/suggest.h"

#include <string.h>

/* One definition being checked on an empty database: names resolve as SQL resolves them. */
struct checking {
    struct ga_definition *definition;
    const struct ga_form *child;
    const struct ga_list *kinds; /* NULL: no changes of status are known */
    struct ga_problems *problems;
    struct ga_db *db;
    const struct ga_yaml_text *expr; /* the one looked at */
    size_t known;                    /* own names that stand before it */
};

bool ga_definition_sees(const struct ga_form *child, const struct ga_field *field)
{
    return field->parent == NULL && field->type != NULL && field->type->storage != GA_STORE_NOTHING &&
           field->type->storage != GA_STORE_ROWS && ga_field_protect(child, field) != GA_PROTECT_RESTRICTED;
}

/* The place of a character inside an expression; of one over several lines, its first. */
static struct ga_problem *add_at(const struct checking *c, const struct ga_yaml_text *text, int character)
{
    struct ga_yaml_at at = text->at;
    if (character > 0 && strchr(text->text, '\n') == NULL)
        at.column += character;
    return ga_problems_add(c->problems, GA_FAULT, c->definition->file, at.line, at.column);
}

static int characters(const char *text, size_t bytes)
{
    int count = 0;
    for (size_t i = 0; i < bytes; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

static void guess_field(const struct checking *c, const char *word, const char *prefix, struct ga_problem *problem)
{
    struct ga_yaml_guess guess;
    struct ga_str whole = {0};
    ga_yaml_guess_start(&guess, word);
    for (size_t i = 0; i < c->child->all_count; i++)
        if (ga_definition_sees(c->child, c->child->all[i]))
            ga_yaml_guess_offer(&guess, c->child->all[i]->name);
    if (guess.best != NULL) {
        ga_str_addf(&whole, "%s%s", prefix, guess.best);
        ga_message_set(&problem->hint, "did you mean '%1'?", ga_str_text(&whole));
    }
    ga_str_finish(&whole);
}

static const struct ga_field *seen_field(const struct checking *c, const char *name)
{
    const struct ga_field *field = ga_form_field(c->child, name);
    return field != NULL && ga_definition_sees(c->child, field) ? field : NULL;
}

/* Figures are for any day, the same for whoever asks wherever. */
static bool depends_on_who_asks(const char *call)
{
    static const char *const calls[] = {"today", "user", "own_site", "changed_on"};
    for (size_t i = 0; i < GA_COUNT(calls); i++)
        if (strcmp(call, calls[i]) == 0)
            return true;
    return false;
}

static void judge_name(void *ctx, const struct ga_guard_name *name)
{
    struct checking *c = ctx;
    const struct ga_expression_name meant = ga_expression_name(c->definition, name);
    const int at = characters(c->expr->text, name->offset);
    if (name->is_call && depends_on_who_asks(meant.text)) {
        struct ga_problem *problem = add_at(c, c->expr, at);
        ga_message_set(&problem->what, "the function %1 may not be used here", meant.text);
        if (strcmp(meant.text, "today") == 0)
            ga_message_set(&problem->hint, "day() is the day that is asked about");
    } else if (meant.of == GA_NAME_FIELD && seen_field(c, meant.text) == NULL) {
        struct ga_problem *problem = add_at(c, c->expr, at);
        ga_message_set(&problem->what, "the child's file has no field '%1'", meant.text);
        guess_field(c, meant.text, "child.", problem);
    } else if (meant.of == GA_NAME_CHANGE && (c->kinds == NULL || ga_list_choice(c->kinds, meant.text) == NULL)) {
        ga_message_set(&add_at(c, c->expr, at)->what, "there is no change of status '%1'", meant.text);
    } else if (meant.of == GA_NAME_OWN && meant.own >= c->known) {
        ga_message_set(&add_at(c, c->expr, at)->what, "'%1' stands below; names lean on those above", meant.text);
    } else if (meant.of == GA_NAME_STRANGE) {
        ga_message_set(&add_at(c, c->expr, at)->what, "there is no field called %1 here", meant.text);
    } else if (meant.of == GA_NAME_OTHER && !name->is_call && ga_form_field(c->child, meant.text) != NULL) {
        struct ga_problem *problem = add_at(c, c->expr, at);
        ga_message_set(&problem->what, "there is no field called %1 here", meant.text);
        guess_field(c, meant.text, "child.", problem);
    }
}

static void add_null(struct ga_str *out, const char *name)
{
    ga_str_addf(out, ", NULL AS \"%s\"", name);
}

/* What the names stand for, all of it unknown: child, changed, the own names above. */
static void add_stand_ins(const struct checking *c, struct ga_str *out)
{
    ga_str_add(out, ") FROM (SELECT NULL AS _none");
    for (size_t i = 0; i < c->child->all_count; i++)
        if (ga_definition_sees(c->child, c->child->all[i]))
            add_null(out, c->child->all[i]->name);
    ga_str_add(out, ") AS child, (SELECT NULL AS _no");
    for (size_t i = 0; c->kinds != NULL && i < c->kinds->choices.count; i++)
        add_null(out, c->kinds->choices.items[i].code);
    ga_str_add(out, ") AS changed, (SELECT NULL AS _name");
    for (size_t i = 0; i < c->known; i++)
        add_null(out, c->definition->names.items[i].name.text);
    ga_str_add(out, ") AS _names");
}

static void prepare(struct checking *c)
{
    static const struct ga_guard_scope scope = {.kind = GA_GUARD_RULE};
    struct ga_str suffix = {0};
    struct ga_stmt *stmt = NULL;
    struct ga_error err = {0};
    struct ga_guard_place place = {.character = -1};
    add_stand_ins(c, &suffix);
    const struct ga_guard_shape shape = {.suffix = ga_str_text(&suffix), .exprs = &c->expr->text, .exprs_count = 1};
    if (ga_guard_prepare(c->db, &scope, &shape, &stmt, &place, &err) != GA_OK) {
        struct ga_problem *problem = add_at(c, c->expr, place.character);
        problem->what = err.what;
        problem->hint = err.hint;
    }
    ga_stmt_destroy(stmt);
    ga_str_finish(&suffix);
}

static void check_expr(struct checking *c, const struct ga_yaml_text *expr, size_t known)
{
    const size_t faults = c->problems->faults;
    if (expr->text == NULL)
        return;
    c->expr = expr;
    c->known = known;
    ga_guard_names(expr->text, judge_name, c, NULL, NULL);
    if (c->problems->faults == faults)
        prepare(c);
}

static void check_name(struct checking *c, size_t i)
{
    const struct ga_yaml_text *name = &c->definition->names.items[i].name;
    if (ga_guard_is_keyword(name->text))
        ga_message_set(&add_at(c, name, 0)->what, "'%1' is an SQL keyword; choose another name", name->text);
    else if (ga_form_field(c->child, name->text) != NULL ||
             (c->kinds != NULL && ga_list_choice(c->kinds, name->text) != NULL))
        ga_message_set(&add_at(c, name, 0)->what, "'%1' means something in the child's file; choose another name",
                       name->text);
}

static void check_asked(struct checking *c, struct ga_definition_asked *asked)
{
    if (asked->field.text == NULL)
        return;
    asked->of = seen_field(c, asked->field.text);
    if (asked->of != NULL)
        return;
    struct ga_problem *problem = add_at(c, &asked->field, 0);
    ga_message_set(&problem->what, "the child's file has no field '%1'", asked->field.text);
    guess_field(c, asked->field.text, "", problem);
}

static void check_all(struct checking *c)
{
    struct ga_definition *definition = c->definition;
    const size_t names = definition->names.count;
    for (size_t i = 0; i < names; i++) {
        check_name(c, i);
        check_expr(c, &definition->names.items[i].value, i);
    }
    check_expr(c, &definition->when, names);
    for (size_t i = 0; i < definition->facts.count; i++)
        check_expr(c, &definition->facts.items[i].when, names);
    for (size_t i = 0; i < definition->asks.count; i++) {
        check_asked(c, &definition->asks.items[i]);
        check_expr(c, &definition->asks.items[i].when, names);
    }
}

/* A connection of its own, whose functions borrow `rules` and `facts`. */
static enum ga_rc open_empty(struct ga_rules *rules, struct ga_day_facts *facts, struct ga_db **ret_db,
                             struct ga_error *err)
{
    const struct ga_db_options options = {.path = ":memory:", .create = true, .cache_kib = 64};
    enum ga_rc rc = ga_db_open(&options, ret_db, err);
    if (rc == GA_OK)
        rc = ga_rules_add_functions(rules, *ret_db, err);
    return rc == GA_OK ? ga_day_functions_add(*ret_db, facts, err) : rc;
}

void ga_definition_check(struct ga_definition *definition, struct ga_forms *forms, struct ga_problems *problems)
{
    struct checking c = {.definition = definition, .problems = problems};
    struct ga_day_facts facts = {0};
    struct ga_rules *rules = NULL;
    struct ga_error err = {0};
    c.child = ga_forms_get(forms, "child", &err);
    c.kinds = ga_forms_list(forms, "change_kind", NULL);
    enum ga_rc rc = c.child == NULL ? GA_NOT_FOUND : ga_rules_create(forms, &rules, &err);
    if (rc == GA_OK)
        rc = open_empty(rules, &facts, &c.db, &err);
    if (rc == GA_OK)
        check_all(&c);
    else
        ga_problems_add(problems, GA_FAULT, definition->file, 0, 0)->what = err.what;
    ga_db_close(c.db);
    ga_rules_destroy(rules);
}
