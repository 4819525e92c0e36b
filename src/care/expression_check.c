/* Checks the expressions of a file on an empty database. */
#include "expression.h"

#include "guanai/base/alloc.h"
#include "guanai/form/type.h"
#include "guanai/sql/stmt.h"
#include "guanai/yaml/suggest.h"

#include <string.h>

static bool is_readable(const struct ga_form *form, const struct ga_field *field)
{
    return field->type != NULL && field->type->storage != GA_STORE_NOTHING &&
           field->type->storage != GA_STORE_ROWS && ga_field_protect(form, field) != GA_PROTECT_RESTRICTED;
}

bool ga_expression_sees(const struct ga_form *form, const struct ga_field *field)
{
    return field->parent == NULL && is_readable(form, field);
}

const struct ga_field *ga_expression_field(const struct ga_form *form, const char *name)
{
    const struct ga_field *field = ga_form_field(form, name);
    return field != NULL && ga_expression_sees(form, field) ? field : NULL;
}

struct ga_problem *ga_expression_fault(const struct ga_expressions *expressions, const struct ga_yaml_text *text,
                                       int character)
{
    struct ga_yaml_at at = text->at;
    if (character > 0 && strchr(text->text, '\n') == NULL)
        at.column += character;
    return ga_problems_add(expressions->problems, GA_FAULT, expressions->file, at.line, at.column);
}

static int characters(const char *text, size_t bytes)
{
    int count = 0;
    for (size_t i = 0; i < bytes; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

static void hint_name(const char *prefix, const char *name, struct ga_problem *problem)
{
    struct ga_str whole = {0};
    ga_str_addf(&whole, "%s%s", prefix, name);
    ga_message_set(&problem->hint, "did you mean '%1'?", ga_str_text(&whole));
    ga_str_finish(&whole);
}

void ga_expression_guess(const struct ga_form *form, const char *word, const char *prefix, struct ga_problem *problem)
{
    struct ga_yaml_guess guess;
    ga_yaml_guess_start(&guess, word);
    for (size_t i = 0; i < form->all_count; i++)
        if (ga_expression_sees(form, form->all[i]))
            ga_yaml_guess_offer(&guess, form->all[i]->name);
    if (guess.best != NULL)
        hint_name(prefix, guess.best, problem);
}

/* Figures are for any day, the same for whoever asks wherever. */
static bool depends_on_who_asks(const char *call)
{
    static const char *const calls[] = {"today", "user", "own_site", "changed_on", "until_begun", "until_under", "until_changed",
                                        "look_count", "look_first_on", "look_last_on", "look_first_at"};
    for (size_t i = 0; i < GA_COUNT(calls); i++)
        if (strcmp(call, calls[i]) == 0)
            return true;
    return false;
}

/* Counted from today alone: what is asked about any day cannot have it. */
static bool is_of_alarms(const char *call)
{
    return strcmp(call, "school_days") == 0 || strcmp(call, "first_day") == 0;
}

/* A record says what it says whenever it is looked at. */
static bool depends_on_day(const char *call)
{
    return strcmp(call, "day") == 0 || strcmp(call, "begun") == 0 || strcmp(call, "under") == 0 || is_of_alarms(call);
}

static bool is_look_part(const char *part)
{
    for (size_t i = 0; i < GA_LOOK_PARTS; i++)
        if (strcmp(ga_look_parts[i], part) == 0)
            return true;
    return false;
}

static void refuse_call(struct ga_expressions *e, const char *call, int at)
{
    struct ga_problem *problem = ga_expression_fault(e, e->expr, at);
    ga_message_set(&problem->what, "the function %1 may not be used here", call);
    if (strcmp(call, "today") == 0 && e->form == NULL)
        ga_message_set(&problem->hint, "day() is the day that is asked about");
}

static void refuse_name(struct ga_expressions *e, const char *sentence, const char *name, int at)
{
    ga_message_set(&ga_expression_fault(e, e->expr, at)->what, sentence, name);
}

static void refuse_definition(struct ga_expressions *e, const char *name, int at)
{
    struct ga_problem *problem = ga_expression_fault(e, e->expr, at);
    struct ga_yaml_guess guess;
    ga_message_set(&problem->what, "there is no definition '%1' of who counts", name);
    ga_yaml_guess_start(&guess, name);
    for (size_t i = 0; i < e->scope.who->count; i++)
        ga_yaml_guess_offer(&guess, e->scope.who->items[i]->name);
    if (guess.best != NULL)
        hint_name("who.", guess.best, problem);
}

static void refuse_field(struct ga_expressions *e, const char *sentence, const char *name, int at)
{
    struct ga_problem *problem = ga_expression_fault(e, e->expr, at);
    ga_message_set(&problem->what, sentence, name);
    ga_expression_guess(e->child, name, "child.", problem);
}

static void judge_name(void *ctx, const struct ga_guard_name *name)
{
    struct ga_expressions *e = ctx;
    const struct ga_expression_name meant = ga_expression_name(&e->scope, name);
    const int at = characters(e->expr->text, name->offset);
    if (name->is_call && (depends_on_who_asks(meant.text) || (e->scope.alarm == NULL && is_of_alarms(meant.text))))
        refuse_call(e, meant.text, at);
    else if (meant.of == GA_NAME_LOOK && !is_look_part(meant.text))
        refuse_name(e, "of records there is count, first_on, last_on, first_at, not '%1'", meant.text, at);
    else if (meant.of == GA_NAME_FIELD && ga_expression_field(e->child, meant.text) == NULL)
        refuse_field(e, "the child's file has no field '%1'", meant.text, at);
    else if (meant.of == GA_NAME_CHANGE && (e->kinds == NULL || ga_list_choice(e->kinds, meant.text) == NULL))
        refuse_name(e, "there is no change of status '%1'", meant.text, at);
    else if (meant.of == GA_NAME_WHO && meant.own == e->scope.who->count)
        refuse_definition(e, meant.text, at);
    else if (meant.of == GA_NAME_OWN && meant.own >= e->known)
        refuse_name(e, "'%1' stands below; names lean on those above", meant.text, at);
    else if (meant.of == GA_NAME_STRANGE)
        refuse_name(e, "there is no field called %1 here", meant.text, at);
    else if (meant.of == GA_NAME_OTHER && !name->is_call && ga_form_field(e->child, meant.text) != NULL)
        refuse_field(e, "there is no field called %1 here", meant.text, at);
}

/* Of a record bare names are its fields; nothing else has a name. */
static void judge_record_name(void *ctx, const struct ga_guard_name *name)
{
    struct ga_expressions *e = ctx;
    const struct ga_expression_name meant = ga_expression_name(&e->scope, name);
    const int at = characters(e->expr->text, name->offset);
    if (name->is_call && (depends_on_who_asks(meant.text) || depends_on_day(meant.text)))
        refuse_call(e, meant.text, at);
    else if (!name->is_call && (memchr(name->text, '.', name->len) != NULL || meant.of == GA_NAME_STRANGE))
        ga_message_set(&ga_expression_fault(e, e->expr, at)->what, "only the fields of form '%1' may be named here",
                       e->form->name);
}

static void add_null(struct ga_str *out, const char *name)
{
    ga_str_addf(out, ", NULL AS \"%s\"", name);
}

static void add_fields(const struct ga_form *form, const struct ga_field *repeat, struct ga_str *out)
{
    ga_str_add(out, "(SELECT NULL AS _none");
    for (size_t i = 0; repeat == NULL && i < form->all_count; i++)
        if (ga_expression_sees(form, form->all[i]))
            add_null(out, form->all[i]->name);
    for (size_t i = 0; repeat != NULL && i < repeat->fields.count; i++)
        if (is_readable(form, &repeat->fields.items[i]))
            add_null(out, repeat->fields.items[i].name);
    ga_str_add(out, ")");
}

/* What the names stand for, all of it unknown: child, changed, who, the own names above; or a record's fields. */
static void add_stand_ins(const struct ga_expressions *e, struct ga_str *out)
{
    ga_str_add(out, ") FROM ");
    add_fields(e->form != NULL ? e->form : e->child, e->form != NULL ? e->repeat : NULL, out);
    if (e->form != NULL)
        return;
    ga_str_add(out, " AS child, (SELECT NULL AS _no");
    for (size_t i = 0; e->kinds != NULL && i < e->kinds->choices.count; i++)
        add_null(out, e->kinds->choices.items[i].code);
    ga_str_add(out, ") AS changed, (SELECT NULL AS _name");
    for (size_t i = 0; i < e->known; i++)
        add_null(out, e->scope.definition->names.items[i].name.text);
    ga_str_add(out, ") AS _names, (SELECT NULL AS _who");
    for (size_t i = 0; e->scope.who != NULL && i < e->scope.who->count; i++)
        add_null(out, e->scope.who->items[i]->name);
    ga_str_add(out, ") AS who");
    for (size_t i = 0; e->scope.alarm != NULL && i < e->scope.alarm->looks_count; i++) {
        ga_str_add(out, ", (SELECT NULL AS _look");
        for (size_t k = 0; k < GA_LOOK_PARTS; k++)
            add_null(out, ga_look_parts[k]);
        ga_str_addf(out, ") AS \"%s\"", e->scope.alarm->looks[i]);
    }
}

/* The word that stands at a character: whether it is a mistyped field. */
struct hunt {
    const struct ga_expressions *expressions;
    int character;
    char word[64];
};

static void take_word(void *ctx, const struct ga_guard_name *name)
{
    struct hunt *hunt = ctx;
    if (!name->is_call && characters(hunt->expressions->expr->text, name->offset) == hunt->character)
        ga_str_copy(hunt->word, name->len < sizeof(hunt->word) ? name->len + 1 : sizeof(hunt->word), name->text);
}

static void say_refused(const struct ga_expressions *e, const struct ga_guard_place *place, const struct ga_error *err)
{
    struct ga_problem *problem = ga_expression_fault(e, e->expr, place->character);
    struct hunt hunt = {.expressions = e, .character = place->character};
    problem->what = err->what;
    problem->hint = err->hint;
    ga_guard_names(e->expr->text, take_word, &hunt, NULL, NULL);
    if (e->form != NULL && problem->hint.id == NULL && hunt.word[0] != '\0' && ga_form_field(e->form, hunt.word) == NULL)
        ga_expression_guess(e->form, hunt.word, "", problem);
}

static void prepare(const struct ga_expressions *e)
{
    static const struct ga_guard_scope scope = {.kind = GA_GUARD_RULE};
    struct ga_str suffix = {0};
    struct ga_stmt *stmt = NULL;
    struct ga_error err = {0};
    struct ga_guard_place place = {.character = -1};
    add_stand_ins(e, &suffix);
    const struct ga_guard_shape shape = {.suffix = ga_str_text(&suffix), .exprs = &e->expr->text, .exprs_count = 1};
    if (ga_guard_prepare(e->db, &scope, &shape, &stmt, &place, &err) != GA_OK)
        say_refused(e, &place, &err);
    ga_stmt_destroy(stmt);
    ga_str_finish(&suffix);
}

static bool check(struct ga_expressions *e, const struct ga_yaml_text *expr,
                  void (*judge)(void *ctx, const struct ga_guard_name *name))
{
    const size_t faults = e->problems->faults;
    if (expr->text == NULL)
        return true;
    e->expr = expr;
    ga_guard_names(expr->text, judge, e, NULL, NULL);
    if (e->problems->faults == faults)
        prepare(e);
    return e->problems->faults == faults;
}

bool ga_expression_check(struct ga_expressions *expressions, const struct ga_yaml_text *expr, size_t known)
{
    expressions->known = known;
    expressions->form = NULL;
    return check(expressions, expr, judge_name);
}

bool ga_expression_check_record(struct ga_expressions *expressions, const struct ga_form *form,
                                const struct ga_yaml_text *expr)
{
    return ga_expression_check_row(expressions, form, NULL, expr);
}

bool ga_expression_check_row(struct ga_expressions *expressions, const struct ga_form *form, const struct ga_field *repeat,
                             const struct ga_yaml_text *expr)
{
    expressions->form = form;
    expressions->repeat = repeat;
    return check(expressions, expr, judge_record_name);
}

/* A connection of its own, whose functions borrow the rules and the facts. */
static enum ga_rc open_empty(struct ga_expressions *e, struct ga_error *err)
{
    const struct ga_db_options options = {.path = ":memory:", .create = true, .cache_kib = 64};
    enum ga_rc rc = ga_db_open(&options, &e->db, err);
    if (rc == GA_OK)
        rc = ga_rules_add_functions(e->rules, e->db, err);
    return rc == GA_OK ? ga_day_functions_add(e->db, &e->facts, err) : rc;
}

void ga_expressions_open(struct ga_expressions *expressions, struct ga_forms *forms)
{
    struct ga_error *why = &expressions->why;
    *expressions = (struct ga_expressions){.forms = forms};
    expressions->child = ga_forms_get(forms, "child", why);
    expressions->kinds = ga_forms_list(forms, "change_kind", NULL);
    if (expressions->child == NULL || ga_rules_create(forms, &expressions->rules, why) != GA_OK ||
        open_empty(expressions, why) != GA_OK)
        expressions->child = NULL;
}

bool ga_expressions_begin(struct ga_expressions *expressions, const struct ga_expression_scope *scope, const char *file,
                          struct ga_problems *problems)
{
    expressions->scope = *scope;
    expressions->file = file;
    expressions->problems = problems;
    if (expressions->child == NULL)
        ga_problems_add(problems, GA_FAULT, file, 0, 0)->what = expressions->why.what;
    return expressions->child != NULL;
}

void ga_expressions_close(struct ga_expressions *expressions)
{
    ga_db_close(expressions->db);
    ga_rules_destroy(expressions->rules);
    expressions->db = NULL;
    expressions->rules = NULL;
}
