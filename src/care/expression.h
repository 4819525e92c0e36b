/* What authors write over a child, over a record; private to this room. */
#ifndef GUANAI_SRC_CARE_EXPRESSION_H
#define GUANAI_SRC_CARE_EXPRESSION_H

#include "guanai/care/alarm_rule.h"
#include "private.h"

/*
 * expression.c: what an author's expression stands in. A definition's has its own names; a duty's may ask who counts
 * (who.DEFINITION) and has none; an alarm's may look at records as well (NAME.count).
 */
struct ga_expression_scope {
    const struct ga_definition *definition; /* NULL: no own names */
    const struct ga_definitions *who;       /* NULL: who.NAME means nothing here */
    const struct ga_alarm_rule *alarm;      /* NULL: no records are looked up */
    size_t first_look;                      /* the number of its first name of records among all rules' */
};

/* What is known of records under a name: REPORT.count … */
enum { GA_LOOK_PARTS = 4 };
extern const char *const ga_look_parts[GA_LOOK_PARTS]; /* "count" … */

enum ga_expression_of { GA_NAME_OTHER, GA_NAME_FIELD, GA_NAME_CHANGE, GA_NAME_WHO, GA_NAME_OWN, GA_NAME_LOOK, GA_NAME_STRANGE };

struct ga_expression_name {
    enum ga_expression_of of;
    char text[64]; /* the field, the kind of change, the definition, the own name, the part of a look; of others as written */
    size_t own;    /* which of the definition's names; WHO: which definition, their count when there is none; LOOK: which */
};

struct ga_expression_name ga_expression_name(const struct ga_expression_scope *scope, const struct ga_guard_name *name);

/* What the statement must bring along; each text once. */
struct ga_needs {
    struct ga_arena *arena;
    struct ga_vec fields; /* const char *: of child */
    struct ga_vec kinds;  /* const char *: of changes */
    unsigned who;         /* bit i: the answer of definition i */
};

void ga_needs_init(struct ga_needs *needs, struct ga_arena *arena);
void ga_needs_finish(struct ga_needs *needs);
void ga_needs_add(struct ga_vec *texts, struct ga_arena *arena, const char *text);

/* The expression with the definition's own names as the columns they stand in; in needs->arena. */
const char *ga_expression_write(const struct ga_expression_scope *scope, const char *const *columns, const char *expr,
                                struct ga_needs *needs);

/* 1 + the deepest of the own names it uses, whose depths are given; 0: it uses none. */
size_t ga_expression_depth(const struct ga_expression_scope *scope, const char *expr, const size_t *depths);

/* Adds to uses[i] how often the expression uses the i-th of the own names. */
void ga_expression_count(const struct ga_expression_scope *scope, const char *expr, size_t *uses);

/*
 * expression_check.c: prepares expressions on an empty database; names resolve as SQL resolves them. Opened once for
 * many files: the first three members are set for each.
 */
struct ga_expressions {
    struct ga_expression_scope scope;
    const char *file;
    struct ga_problems *problems;
    /* set by opening */
    struct ga_error why; /* it could not be opened: the finding about every file */
    struct ga_forms *forms;
    const struct ga_form *child;
    const struct ga_list *kinds; /* NULL: no changes of status are known */
    struct ga_rules *rules;
    struct ga_day_facts facts;
    struct ga_db *db;
    /* of the one looked at */
    const struct ga_yaml_text *expr;
    size_t known;                /* own names that stand before it */
    const struct ga_form *form;  /* its records are meant; NULL: the child */
    const struct ga_field *repeat; /* rows of this repeat of theirs are meant; NULL: the record */
};

void ga_expressions_open(struct ga_expressions *expressions, struct ga_forms *forms);
void ga_expressions_close(struct ga_expressions *expressions);

/* Turns to a file. false, told: nothing can be checked. */
bool ga_expressions_begin(struct ga_expressions *expressions, const struct ga_expression_scope *scope, const char *file,
                          struct ga_problems *problems);

/* Over the child on a day; `known` of the own names may be used. false, told: it has faults. Text NULL is fine. */
bool ga_expression_check(struct ga_expressions *expressions, const struct ga_yaml_text *expr, size_t known);

/* Over the fields of one record of that form. */
bool ga_expression_check_record(struct ga_expressions *expressions, const struct ga_form *form,
                                const struct ga_yaml_text *expr);

/* Over the fields of one row of that repeat of the form. */
bool ga_expression_check_row(struct ga_expressions *expressions, const struct ga_form *form, const struct ga_field *repeat,
                             const struct ga_yaml_text *expr);

/* A fault at a character of a text; of one over several lines, at its first. */
struct ga_problem *ga_expression_fault(const struct ga_expressions *expressions, const struct ga_yaml_text *text,
                                       int character);

/* The fields that may be named, and the nearest of them as a hint. */
bool ga_expression_sees(const struct ga_form *form, const struct ga_field *field);
const struct ga_field *ga_expression_field(const struct ga_form *form, const char *name);
void ga_expression_guess(const struct ga_form *form, const char *word, const char *prefix, struct ga_problem *problem);

#endif
