/* What counts for the three priorities, whom it is for, who is next: the file of forms/priorities as a struct. */
#ifndef GUANAI_CARE_PRIORITY_RULE_H
#define GUANAI_CARE_PRIORITY_RULE_H

#include "guanai/care/definition.h"

/*
 *   file ──▶ ga_priorities ──▶ who, share    over the child (as a duty's `when`): who stands on the board; whose share is shown
 *                         ├──▶ needs         over the child, or over its newest record of a form; each has a weight
 *                         ├──▶ priorities    what they are called, how often a month, which records are a turn
 *                         └──▶ reached       which records are a contact with the child's home
 *
 * A school has one such file; of several folders' the uppermost one's is meant. Another priority, another form that
 * counts, other weights: a change of the file.
 */
enum {
    GA_PRIORITIES_MAX = 6,
    GA_PRIORITY_NEEDS_MAX = 16,
    GA_PRIORITY_SOURCES_MAX = 6,
};

/* A form whose records are a turn, a contact. */
struct ga_priority_source {
    struct ga_yaml_text form;
    struct ga_yaml_text on;       /* its date field (key `day`) */
    struct ga_yaml_text by;       /* its field that says who did it; text NULL: nobody is told */
    struct ga_yaml_text children; /* repeat whose rows name the children; text NULL: the form is `of: child` */
    struct ga_yaml_text when;     /* over the record's fields; text NULL: every record */
    struct ga_yaml_text row;      /* over the fields of such a row; text NULL: every row */
    struct ga_yaml_text times;    /* whole-number field of the row (of the record, without rows): so many turns; NULL: one */
    /* what proves that left-behind children came first; each text NULL: the form does not say */
    struct ga_yaml_text asked_on; /* the date they were asked */
    struct ga_yaml_text seats;    /* how many could take part */
    struct ga_yaml_text others;   /* how many took part that are not named */
    const struct ga_form *of;     /* set by linking; NULL: not installed, so nothing counts (a note of forms check) */
    const struct ga_field *child_field; /* of the rows; NULL: none */
};

struct ga_priority {
    struct ga_yaml_text name; /* study living activity … */
    struct ga_label title;
    int64_t target; /* turns a month */
    GA_YAML_LIST(struct ga_priority_source) records;
};

/* Why a child comes before others. */
struct ga_priority_need {
    struct ga_label label; /* as it is told: 重点帮扶 */
    int64_t weight;
    struct ga_yaml_text form; /* text NULL: `when` is over the child; else over its newest record of that form */
    struct ga_yaml_text on;   /* which is newest (key `day`) */
    struct ga_yaml_text when;
    const struct ga_form *of; /* as above */
};

struct ga_priorities {
    const char *name;
    int64_t version; /* rises when content changes */
    struct ga_label title;
    struct ga_yaml_text who, share;
    GA_YAML_LIST(struct ga_priority_need) needs;
    int64_t days_weight, days_max; /* a school day since the last turn; more days than that count as that many */
    int64_t missing_weight;        /* a turn of the month's target that is missing */
    GA_YAML_LIST(struct ga_priority) priorities;
    GA_YAML_LIST(struct ga_priority_source) reached;
    struct ga_yaml_at at;
    const char *file;
};

/* The file in force; everything lives in the arena. */
struct ga_priority_set {
    struct ga_arena arena;
    const struct ga_priorities *item; /* NULL: there is none */
    size_t layer;                     /* of the folder it was read from (base/folders.h) */
};

void ga_priority_set_init(struct ga_priority_set *set);
void ga_priority_set_finish(struct ga_priority_set *set);

/*
 * Reads one file and checks all of it against `forms` and the names of `definitions`, as ga_duties_read_text(). GA_REFUSED:
 * it has faults, and the set stays as it was.
 */
enum ga_rc ga_priorities_read_text(struct ga_priority_set *set, struct ga_forms *forms,
                                   const struct ga_definitions *definitions, const char *file, const char *text,
                                   size_t len, struct ga_problems *problems);

/* The folder within those of forms. */
#define GA_PRIORITIES_FOLDER "priorities"

/* Every *.yaml there, as above; folders without any are fine. For forms check. */
enum ga_rc ga_priorities_read_folders(struct ga_priority_set *set, struct ga_forms *forms,
                                      const struct ga_definitions *definitions, const struct ga_io_ops *io,
                                      const struct ga_folders *folders, struct ga_problems *problems);

#endif
