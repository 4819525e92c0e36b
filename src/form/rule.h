/*
 * One rule made ready to run; private to this room.
 *
 * A rule's names become parameters of one statement; `binds` says what each parameter is. Names inside
 * label() are bound as the words a person reads, so label() itself just hands its argument on. A
 * repeat's name after FROM stays: it is a TEMP view over the rows of the record being asked about.
 */
#ifndef GUANAI_FORM_RULE_PRIVATE_H
#define GUANAI_FORM_RULE_PRIVATE_H

#include "guanai/base/vec.h"
#include "guanai/form/rules.h"
#include "guanai/sql/guard.h"

enum ga_bind_of { GA_BIND_RECORD, GA_BIND_ROW, GA_BIND_CHILD, GA_BIND_CHOICE_PARENT, GA_BIND_CHOICE_CODE, GA_BIND_ROWS };

struct ga_bind {
    enum ga_bind_of of;
    const struct ga_field *field; /* NULL for the choice */
    bool is_label;
};

enum { GA_RULE_BINDS_MAX = 900, GA_RULE_DEPTH_MAX = 24 };

struct ga_rule {
    struct ga_stmt *stmt; /* NULL: it could not be prepared; forms check has said why */
    struct ga_bind *binds;
    size_t binds_count;
    struct ga_guard_scope scope;
};

/* Where the names of an expression are looked up while it is prepared. */
struct ga_rule_names {
    struct ga_rules *rules;
    const struct ga_form *form;
    const struct ga_form *child; /* the parent's form; NULL: none */
    const struct ga_field *repeat; /* the repeat the rule stands in; NULL: top level */
    bool is_filter;
};

struct ga_rules {
    struct ga_forms *forms;
    struct ga_db *db;
    struct ga_arena arena; /* rules live as long as this */
    struct ga_rule_world world;
    struct ga_rule_slot *slots; /* by address of the definition and kind */
    size_t slots_count, slots_cap;
    struct ga_map views;                /* repeat name → the ga_field whose TEMP view stands */
    const struct ga_rule_place *place; /* the record being asked about, for rows() and status() */
    int depth;                          /* of relevance asked while binding */
    struct ga_arena scratch;            /* texts bound by the running rule */
    struct ga_arena answer;             /* text of the last value handed out */
};

/* The functions rules may call (rule 3). */
enum ga_rc ga_rule_functions_add(struct ga_rules *rules, struct ga_error *err);

/*
 * Prepares exprs as one statement of as many columns. GA_REFUSED with the place of the fault (nullable).
 * The rule lives in rules->arena; its statement is destroyed with rules.
 */
enum ga_rc ga_rule_prepare(const struct ga_rule_names *names, const struct ga_yaml_text *exprs, size_t count,
                           struct ga_rule **ret_rule, struct ga_guard_place *ret_place, struct ga_error *err);

/* Binds and steps; the row's columns are then read from rule->stmt, which the caller resets. */
enum ga_rc ga_rule_start(struct ga_rules *rules, const struct ga_rule_place *place, struct ga_rule *rule,
                         struct ga_error *err);

/* The rule of a definition, prepared at first use and kept; NULL when it has none or it cannot be prepared. */
struct ga_rule *ga_rule_get(struct ga_rules *rules, const struct ga_rule_names *names, const void *key,
                            enum ga_rule_kind kind, const struct ga_yaml_text *expr);

/* An answer's value as rules compute with it. */
struct ga_value ga_rule_operand(const struct ga_field *field, const struct ga_value *value);

const struct ga_yaml_text *ga_rule_text(const struct ga_field *field, enum ga_rule_kind kind);

/* Does the expression name this field of the record (bare, or in status('…'))? */
bool ga_rule_mentions(const char *expr, const char *field);

/* The names a place gives: form, parent's form, repeat. */
struct ga_rule_names ga_rule_names_at(struct ga_rules *rules, const struct ga_rule_place *place);

#endif
