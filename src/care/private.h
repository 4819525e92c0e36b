/* The insides of this room. */
#ifndef GUANAI_SRC_CARE_PRIVATE_H
#define GUANAI_SRC_CARE_PRIVATE_H

#include "guanai/base/vec.h"
#include "guanai/care/calendar.h"
#include "guanai/care/duty.h"
#include "guanai/care/figures.h"
#include "guanai/sql/guard.h"
#include "guanai/yaml/pack.h"

/* A change of status; texts in the arena they were read into. */
struct ga_change_seen {
    int64_t child;
    const char *kind;
    char from_on[GA_DATE_SIZE];
    char until_on[GA_DATE_SIZE]; /* of an absence; "": open */
};

/* What the functions of definitions ask while a statement runs; set by whoever runs it. */
struct ga_day_facts {
    struct ga_date day;
    bool is_rural;
    const struct ga_vec *changes; /* struct ga_change_seen by child, older ones first, later days too; NULL: none */
    const struct ga_alarm_looks *looks;  /* alarm_inner.h; NULL: none */
    const struct ga_school_tally *tally; /* days of lessons up to the day; NULL: none */
    struct ga_date first_day;            /* the archive begins with it */
};

/* Changes of status read once for many days. */
struct ga_changes_read {
    struct ga_vec list; /* struct ga_change_seen */
    struct ga_arena arena;
};

void ga_changes_read_init(struct ga_changes_read *read);
void ga_changes_read_finish(struct ga_changes_read *read);

/* Those up to that day, of all children; of those by number, both included. */
enum ga_rc ga_changes_read_all(struct ga_changes_read *read, struct ga_store *store, struct ga_date day, struct ga_error *err);
enum ga_rc ga_changes_read_between(struct ga_changes_read *read, struct ga_store *store, int64_t from, int64_t to,
                                   struct ga_date day, struct ga_error *err);

struct ga_figures {
    struct ga_figures_options options;
    struct ga_day_facts facts;
    struct ga_definitions definitions;
};

/* functions.c: where a day stands to a date that may be known to the month or the year only. */
enum ga_day_order { GA_DAY_BEFORE, GA_DAY_WITHIN, GA_DAY_AFTER };
enum ga_day_order ga_day_order_of(struct ga_date day, struct ga_date date);

/* The place of the child's first change, or where it would stand. */
size_t ga_first_change(const struct ga_vec *changes, int64_t child);

/* until.c: the last day, counted from 1970, on which begun(), under(), changed.KIND say what they say on the day asked. */
enum { GA_FOREVER = INT32_MAX };
enum ga_rc ga_until_functions_add(struct ga_db *db, struct ga_day_facts *facts, struct ga_error *err);

/* functions.c: day() begun() under() rural_school() changed_on() on a connection; `facts` outlives it. */
enum ga_rc ga_day_functions_add(struct ga_db *db, struct ga_day_facts *facts, struct ga_error *err);

/* alarm_functions.c: school_days() first_day() and what names of records stand for. */
enum ga_rc ga_alarm_functions_add(struct ga_db *db, struct ga_day_facts *facts, struct ga_error *err);

/* definition.c: what tells one version from another. */
void ga_definition_content(const struct ga_definition *definition, struct ga_str *out);

/* definition_check.c: all but the YAML's shape. */
struct ga_expressions; /* expression.h */
void ga_definition_check(struct ga_definition *definition, struct ga_expressions *expressions,
                         struct ga_problems *problems);

/* definition.c: one file into the set, checked with expressions that are open for the forms. */
enum ga_rc ga_definitions_take_text(struct ga_definitions *set, struct ga_expressions *expressions, const char *file,
                                    const struct ga_str *text, struct ga_problems *problems);

/* duty.c: what tells one version from another. */
void ga_duty_content(const struct ga_duty *duty, struct ga_str *out);

/*
 * duty_files.c: the duties in force with the definitions of `figures`: as ga_figures_load(), the last good text of each
 * file is the setting duty.FILE. Into a new set, the caller's.
 */
enum ga_rc ga_duties_load(const struct ga_figures *figures, struct ga_duties *ret_set, struct ga_problems *problems,
                          struct ga_error *err);

/* duty_check.c: all but the YAML's shape; links forms, fields, cadence. */
void ga_duty_check(struct ga_duty *duty, const struct ga_definitions *definitions, struct ga_expressions *expressions,
                   struct ga_arena *arena, struct ga_problems *problems);

/* duty.c: as ga_definitions_take_text. */
enum ga_rc ga_duties_take_text(struct ga_duties *set, const struct ga_definitions *definitions,
                               struct ga_expressions *expressions, const char *file, const struct ga_str *text,
                               struct ga_problems *problems);

#endif
