/* The insides of this room. */
#ifndef GUANAI_SRC_CARE_PRIVATE_H
#define GUANAI_SRC_CARE_PRIVATE_H

#include "guanai/base/vec.h"
#include "guanai/care/figures.h"
#include "guanai/sql/guard.h"
#include "guanai/yaml/pack.h"

/* A change of status that holds on the day asked for; kind in the arena of its ga_day_facts. */
struct ga_change_seen {
    int64_t child;
    const char *kind;
    char from_on[GA_DATE_SIZE];
};

/* What the functions of definitions ask while a statement runs. */
struct ga_day_facts {
    struct ga_date day;
    bool is_rural;
    struct ga_vec changes; /* struct ga_change_seen by child, older ones first */
    struct ga_arena arena;
};

struct ga_figures {
    struct ga_figures_options options;
    struct ga_day_facts facts;
    struct ga_definitions definitions;
};

/* functions.c: day() begun() under() rural_school() changed_on() on a connection; `facts` outlives it. */
enum ga_rc ga_day_functions_add(struct ga_db *db, struct ga_day_facts *facts, struct ga_error *err);

/* expression.c: what a name in an author's expression means. */
enum ga_expression_of { GA_NAME_OTHER, GA_NAME_FIELD, GA_NAME_CHANGE, GA_NAME_OWN, GA_NAME_STRANGE };

struct ga_expression_name {
    enum ga_expression_of of;
    char text[64]; /* the field, the kind of change, the own name; of others as written */
    size_t own;    /* which of the definition's names */
};

struct ga_expression_name ga_expression_name(const struct ga_definition *definition, const struct ga_guard_name *name);

/* What the statement must bring along; each text once. */
struct ga_needs {
    struct ga_arena *arena;
    struct ga_vec fields; /* const char *: of child */
    struct ga_vec kinds;  /* const char *: of changes */
};

void ga_needs_init(struct ga_needs *needs, struct ga_arena *arena);
void ga_needs_finish(struct ga_needs *needs);
void ga_needs_add(struct ga_vec *texts, struct ga_arena *arena, const char *text);

/* The expression with the definition's own names as the columns they stand in; in needs->arena. */
const char *ga_expression_write(const struct ga_definition *definition, const char *const *columns, const char *expr,
                                struct ga_needs *needs);

/* 1 + the deepest of the own names it uses, whose depths are given; 0: it uses none. */
size_t ga_expression_depth(const struct ga_definition *definition, const char *expr, const size_t *depths);

/* query.c: one statement for all definitions. Columns: no, then answer, fact, gaps of each. */
struct ga_query {
    struct ga_needs needs;
    struct ga_vec exprs;   /* const char * */
    struct ga_vec between; /* const char *: before the first, between, after the last */
    struct ga_str text;    /* since the last expression */
};

void ga_query_write(struct ga_query *query, struct ga_arena *arena, const struct ga_definitions *set,
                    const struct ga_form *child);
void ga_query_finish(struct ga_query *query);

/* definition.c: the names of the files in FOLDER/definitions in order; what tells one version from another. */
size_t ga_definition_files(const struct ga_io_ops *io, const char *folder, struct ga_arena *arena,
                           const char *const **ret_names);
void ga_definition_content(const struct ga_definition *definition, struct ga_str *out);

/* definition_check.c: all but the YAML's shape. */
void ga_definition_check(struct ga_definition *definition, struct ga_forms *forms, struct ga_problems *problems);

/* May definitions read it? */
bool ga_definition_sees(const struct ga_form *child, const struct ga_field *field);

#endif
