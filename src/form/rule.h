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

enum { GA_RULE_BINDS_MAX = 900 };

/* A repeat that a rule reads after FROM, with its visible rows as JSON while the rule runs. */
struct ga_rule_table {
    const struct ga_field *repeat;
    const char *json; /* in rules->scratch */
};

struct ga_rule {
    struct ga_stmt *stmt; /* NULL: it could not be prepared; forms check has said why */
    struct ga_bind *binds;
    size_t binds_count;
    struct ga_rule_table *tables;
    size_t tables_count;
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

/* Does a field show in a record or row? Kept for one pass: while nothing changes. */
struct ga_rule_seen {
    const struct ga_field *field; /* NULL: free */
    const void *where;            /* the record's answers, or the row */
    uint32_t pass;                /* of another pass: free */
    bool shows;
};

struct ga_batch; /* form/batch.h */

struct ga_rules {
    struct ga_forms *forms;
    struct ga_db *db;
    struct ga_arena arena; /* rules live as long as this */
    struct ga_rule_world world;
    struct ga_rule_slot *slots; /* by address of the definition and kind */
    size_t slots_count, slots_cap;
    struct ga_map views;                /* repeat name → the ga_field whose TEMP view stands */
    const struct ga_rule_place *place; /* the record being asked about, for rows() and status() */
    const struct ga_rule *running;      /* whose tables rows() hands out */
    int depth;                          /* of relevance asked while binding */
    struct ga_rule_seen *seen;          /* what is known in this pass; its size a power of two */
    size_t seen_count, seen_cap;
    uint32_t pass;
    int passes_open;
    struct ga_batch *batches;           /* one a form, made at its first check */
    struct ga_arena scratch;            /* texts bound by the running rule */
    struct ga_arena answer;             /* text of the last value handed out */
};

/* Opens the connection when it is not open yet. */
enum ga_rc ga_rules_open(struct ga_rules *rules, struct ga_error *err);

/* The functions rules may call (rule 3). */
enum ga_rc ga_rule_functions_add(struct ga_rules *rules, struct ga_error *err);

/* Adds to the refusal of an unknown function the nearest one there is. */
void ga_rule_hint_function(struct ga_error *err);

/*
 * Prepares exprs as one statement of as many columns. GA_REFUSED with the place of the fault (nullable).
 * The rule lives in rules->arena; its statement is destroyed with rules.
 */
enum ga_rc ga_rule_prepare(const struct ga_rule_names *names, const struct ga_yaml_text *exprs, size_t count,
                           struct ga_rule **ret_rule, struct ga_guard_place *ret_place, struct ga_error *err);

/* Binds all anew, then steps; the row's columns are read from rule->stmt, which the caller then resets: always. */
enum ga_rc ga_rule_start(struct ga_rules *rules, const struct ga_rule_place *place, struct ga_rule *rule,
                         struct ga_error *err);

const struct ga_yaml_text *ga_rule_text(const struct ga_field *field, enum ga_rule_kind kind);

/*
 * Does a rule that stands at the top level (repeat NULL) or in a repeat's row name `field`: by its name,
 * in status('…'), or by its repeat? expr may be NULL.
 */
bool ga_rule_mentions(const char *expr, const struct ga_form *form, const struct ga_field *repeat,
                      const struct ga_field *field);

/* Every field of the record or row that a rule names; doubles come twice. Faulty text names what stands before its fault. */
void ga_rule_each_mention(const char *expr, const struct ga_form *form, const struct ga_field *repeat,
                          void (*each)(void *ctx, const struct ga_field *field), void *ctx);

/* Inside a sub-SELECT a repeat's column hides the record's field of that name, as SQL's own scoping has it. */
bool ga_rule_is_column(const struct ga_form *form, const char *name);

/* Calls back for the text of each status('…') of an expression, with its offset in bytes. */
void ga_rule_each_status(const char *expr, void (*each)(void *ctx, const char *name, size_t offset), void *ctx);

/*
 * Between these two nothing changes, so that each field is asked only once whether it shows; they nest.
 * Without it, rules that name two fields each would be asked twice as often with every step.
 */
void ga_rule_begin_pass(struct ga_rules *rules);
void ga_rule_end_pass(struct ga_rules *rules);

/* 1 shows, 0 hidden (or being asked right now: a circle), -1 not asked yet in this pass. */
int ga_rule_seen(const struct ga_rules *rules, const struct ga_field *field, const void *where);
void ga_rule_note_seen(struct ga_rules *rules, const struct ga_field *field, const void *where, bool shows);

/* ga_rules_is_relevant inside a pass. */
bool ga_rule_shows(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *field);

/* ga_rules_allows for retired choices, too. */
bool ga_rule_allows(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *field,
                    const struct ga_choice *choice);

/* A value as rules see it: a decimal is a number to them. */
struct ga_value ga_rule_asked_value(const struct ga_field *field, const struct ga_value *value);

/* The visible rows of a repeat as JSON; none when the repeat itself is hidden. */
void ga_rule_rows_json(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *repeat,
                       struct ga_str *out);

/* The names a place gives: form, parent's form, repeat. */
struct ga_rule_names ga_rule_names_at(struct ga_rules *rules, const struct ga_rule_place *place);

#endif
