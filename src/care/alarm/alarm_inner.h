/* Alarms while they are read, checked, asked; private to the files alarm_*.c and those that keep them up to date. */
#ifndef GUANAI_SRC_CARE_ALARM_INNER_H
#define GUANAI_SRC_CARE_ALARM_INNER_H

#include "count/query.h"
#include "expression.h"
#include "guanai/care/alarm_rule.h"
#include "guanai/care/calendar.h"

struct ga_care;
struct ga_due_subjects;

/* alarm_check.c: all but the YAML's shape; links forms, names of records, what is opened. */
void ga_alarm_rule_check(struct ga_alarm_rule *rule, const struct ga_definitions *definitions,
                         struct ga_expressions *expressions, struct ga_problems *problems);

/* alarm_rule.c: as ga_duties_take_text, ga_duty_content. */
enum ga_rc ga_alarm_rules_take_text(struct ga_alarm_rules *set, const struct ga_definitions *definitions,
                                    struct ga_expressions *expressions, const char *file, const struct ga_str *text,
                                    struct ga_problems *problems);
void ga_alarm_rule_content(const struct ga_alarm_rule *rule, struct ga_str *out);

/* alarm_files.c: as ga_duties_load, the setting is alarm.FILE. */
enum ga_rc ga_alarm_rules_load(const struct ga_figures *figures, struct ga_alarm_rules *ret_set,
                               struct ga_problems *problems, struct ga_error *err);

/* What was looked up under one name about one child. */
struct ga_alarm_look {
    int64_t count;
    int32_t first, last;  /* days from 1970 */
    int16_t first_minute; /* −1: not known */
    int64_t record;       /* the newest one's number */
};

/* alarm_looks.c: what rules look up, for the functions of their expressions. */
struct ga_alarm_looks {
    const struct ga_due_subjects *subjects; /* the children; borrowed */
    size_t nos_count;     /* of them */
    uint32_t *places;     /* of each look and child: 1 + its place in values, 0: nothing was found */
    struct ga_vec values; /* struct ga_alarm_look */
};

/* NULL: nothing was found. */
const struct ga_alarm_look *ga_alarm_looks_find(const struct ga_alarm_looks *looks, int64_t child, size_t look);
void ga_alarm_looks_finish(struct ga_alarm_looks *looks);

/* The records of one form that rules look at, read in one pass. */
struct ga_alarm_source;

/* One of the two statements: about all children, about one. */
struct ga_alarm_question {
    struct ga_query query;
    struct ga_stmt *stmt; /* NULL: not asked yet */
    bool is_written;
};

/* Of what moment a table is that expressions read by name; the day's year 0: of none. */
struct ga_care_shown {
    int64_t op;
    struct ga_date on;
};

/* All that alarms need while a school is open. */
struct ga_alarms {
    struct ga_alarm_rules rules;
    struct ga_arena arena;          /* of what follows; goes when rules or forms change */
    struct ga_alarm_source *sources;
    size_t sources_count;
    bool has_sources;
    struct ga_alarm_question of_all, of_one;
    char view[140];
    const char *views[1];
    struct ga_guard_scope scope;
    struct ga_changes_read changes;
    struct ga_school_tally tally;   /* of `tally_on` */
    struct ga_date tally_on;
    struct ga_arena tally_arena;
    struct ga_care_shown viewed;    /* what v_alarm shows */
};

void ga_alarms_init(struct ga_alarms *alarms);
void ga_alarms_forget(struct ga_alarms *alarms); /* what hangs on rules and forms in force */
void ga_alarms_finish(struct ga_alarms *alarms);

/* alarm_looks.c: reads them for the subjects of a count. */
enum ga_rc ga_alarm_looks_read(struct ga_alarm_looks *looks, struct ga_care *care, const struct ga_due_subjects *subjects,
                               struct ga_error *err);
void ga_alarm_sources_finish(struct ga_alarms *alarms);

/* What a rule says of a child of whom it stands. */
struct ga_alarm_found {
    size_t subject, rule;
    const char *since; /* as the expression gave it; NULL: not known. Borrowed until the call returns */
    const char *birth; /* NULL: not known */
    int64_t number;    /* −1: none */
    size_t say;
    int64_t record;    /* 0: none */
};

/* alarm_ask.c: every alarm that stands today of the subjects. */
typedef enum ga_rc (*ga_alarm_fn)(void *ctx, const struct ga_alarm_found *found, struct ga_error *err);
enum ga_rc ga_alarm_ask_all(struct ga_care *care, const struct ga_due_subjects *subjects, ga_alarm_fn each, void *ctx,
                            struct ga_error *err);

/* alarm_write.c: their rows, inside the transaction of a run; those of a child alone are dropped first. */
enum ga_rc ga_alarm_drop(struct ga_care *care, int64_t child, struct ga_error *err);
enum ga_rc ga_alarm_write(struct ga_care *care, const struct ga_due_subjects *subjects, struct ga_error *err);
/*
 * Of a whole count beside an open screen, before it: prepares what reads the log, by reading that of `child`, while
 * nothing else is held; for alarms that ask since when a field says what it says.
 */
enum ga_rc ga_alarm_write_begin(struct ga_care *care, int64_t child, struct ga_error *err);

#endif
