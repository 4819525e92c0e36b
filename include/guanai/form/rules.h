/*
 * The rules of forms, run over the answers of one record.
 *
 * Rules are SQLite expressions on a private :memory: connection under sql/guard.h. A rule binds only
 * the fields it names: bare names are the record's fields, `child.x` the parent as folded now, inside a
 * repeat bare names are the row's and `parent.x` the record's; a repeat's name after FROM is a table.
 * Each rule is prepared at its first use and kept.
 */
#ifndef GUANAI_FORM_RULES_H
#define GUANAI_FORM_RULES_H

#include "guanai/base/error.h"
#include "guanai/base/vec.h"
#include "guanai/form/answers.h"
#include "guanai/form/forms.h"

/* What rules may ask of the world; NULL members answer NULL. Borrowed texts until the next call. */
struct ga_rule_world {
    struct ga_date today;
    enum ga_lang lang;    /* of label() */
    const char *user;     /* user() */
    const char *own_site; /* own_site() */
    const struct ga_config *config; /* term_phase() */
    int64_t (*next_number)(void *ctx);
    int (*minute_now)(void *ctx); /* time_now(): of the day, by the computer's clock; -1: it cannot be right */
    const char *(*phone_of)(void *ctx, const struct ga_uuid *child, const char *whom);
    const char *(*last_reached)(void *ctx, const struct ga_uuid *child); /* whom: a code, as 'mother' */
    void *ctx;
};

struct ga_rules;
struct ga_db;

enum ga_rc ga_rules_create(struct ga_forms *forms, struct ga_rules **ret_rules, struct ga_error *err);
void ga_rules_destroy(struct ga_rules *rules);

/* Borrowed until the next call. */
void ga_rules_set_world(struct ga_rules *rules, const struct ga_rule_world *world);

/*
 * Lets expressions over views on another connection (list --where) use today(), age(), selected() and
 * the like. `rules` must outlive the connection's last statement.
 */
enum ga_rc ga_rules_add_functions(struct ga_rules *rules, struct ga_db *db, struct ga_error *err);

enum ga_rule_kind {
    GA_RULE_RELEVANT,
    GA_RULE_CONSTRAINT,
    GA_RULE_WARN,
    GA_RULE_DEFAULT,
    GA_RULE_IMPORT,
    GA_RULE_CALCULATION,
    GA_RULE_FILTER,
    GA_RULE_SUMMARY,
    GA_RULE_THEN,
    GA_RULE_KIND_COUNT,
};

/* Where a rule is asked: the record, its parent (nullable), the row when inside a repeat (nullable). */
struct ga_rule_place {
    const struct ga_answers *record;
    const struct ga_answers *child; /* the parent's answers */
    const struct ga_row *row;
    const struct ga_field *repeat; /* the repeat of `row` */
    const struct ga_choice *choice; /* the candidate, for GA_RULE_FILTER */
};

/* The value of a field's rule; its text is borrowed until the next call. GA_VALUE_NULL without a rule. */
enum ga_rc ga_rules_value(struct ga_rules *rules, const struct ga_rule_place *place, enum ga_rule_kind kind,
                          const struct ga_field *field, struct ga_value *ret_value, struct ga_error *err);

/* Only true shows (rule 2); a field inside a hidden repeat is hidden. */
bool ga_rules_is_relevant(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *field);

/* May this choice be picked now (filter, retired)? */
bool ga_rules_allows(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_field *field,
                     const struct ga_choice *choice);

/* Does `when` of this `then` hold; the value of one fill. */
bool ga_rules_then(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_then *then);
enum ga_rc ga_rules_fill(struct ga_rules *rules, const struct ga_rule_place *place, const struct ga_then *then,
                         size_t fill, struct ga_value *ret_value, struct ga_error *err);

/* One line for lists; appended. The names of the parent's and own fields through label(). */
void ga_rules_summary(struct ga_rules *rules, const struct ga_rule_place *place, enum ga_lang lang,
                      struct ga_str *out);

/*
 * Computes every `default` that names `changed` (NULL: all of a new record; a repeat: a row was added or
 * changed). Touched answers are left alone: mark as touched what was typed, prefilled, stored. A hidden
 * field gets its default when it shows, an untouched one loses it when it hides.
 */
void ga_rules_apply_defaults(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child,
                             const struct ga_field *changed);

/* Every `calculation`, those of rows too, until none changes: before each save. */
void ga_rules_apply_calculations(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child);

/* A sum, a number that is computed: seen while the others are typed, not first when it is saved. */
bool ga_rules_is_figure(const struct ga_field *field);
void ga_rules_apply_figures(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child);

/* `import:` of every empty field. */
void ga_rules_apply_imports(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child);
/* Of this field alone, if it is empty. */
void ga_rules_apply_import(struct ga_rules *rules, struct ga_answers *record, const struct ga_answers *child,
                           const struct ga_field *field);

/*
 * A warning that was overruled is asked again once a field it names changes (rule 10): drops those
 * reasons. `row` is the changed field's row, NULL at top level; for an added or removed row say the repeat.
 */
void ga_rules_forget_reasons(struct ga_answers *record, const struct ga_field *changed, const struct ga_row *row);

enum ga_finding_kind {
    GA_FINDING_REQUIRED,   /* bars saving */
    GA_FINDING_CONSTRAINT, /* bars saving */
    GA_FINDING_CHOICE,     /* a value that is no longer allowed; bars saving */
    GA_FINDING_CONTRADICTS, /* another field tells otherwise (an ID number: birth date, sex); bars saving */
    GA_FINDING_WARN,       /* asks for a reason once */
    GA_FINDING_PLEASE,     /* `X IS NOT NULL` without a message: 请填写…, asks no reason */
    GA_FINDING_GAP,        /* required: typing, met on import or `add`: listed, bars nothing */
};

struct ga_finding {
    enum ga_finding_kind kind;
    const struct ga_field *field;
    const struct ga_row *row; /* NULL at top level */
    struct ga_label text;     /* in the form's words; zh NULL: the kind's standard sentence */
    const struct ga_field *teller; /* CONTRADICTS: the field that tells otherwise */
    char told[48];                 /* and what it tells, canonical */
};

enum ga_check_mode { GA_CHECK_TYPING, GA_CHECK_IMPORT };

/*
 * Everything that is wrong with a record, in the order of its fields; hidden fields are not asked.
 * Warnings already overruled (`because`) are left out. `findings` holds struct ga_finding.
 * One combined SELECT answers all constraints and warnings of a form.
 */
enum ga_rc ga_rules_check(struct ga_rules *rules, const struct ga_rule_place *place, enum ga_check_mode mode,
                          struct ga_vec *findings, struct ga_error *err);

bool ga_finding_bars_saving(const struct ga_finding *finding);
void ga_finding_text(const struct ga_finding *finding, enum ga_lang lang, struct ga_str *out);

#endif
