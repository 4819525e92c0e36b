/* Definitions of who counts as left behind: the files of forms/definitions as structs. */
#ifndef GUANAI_CARE_DEFINITION_H
#define GUANAI_CARE_DEFINITION_H

#include "guanai/form/forms.h"

/*
 *   file ──▶ ga_definition ──▶ names   sub-expressions, each over child.*, changed.* and the names before it
 *                         ├──▶ when    true: yes, false: no, NULL: cannot be told
 *                         ├──▶ facts   named reasons, in order: why this one differs from another
 *                         └──▶ asks    what to fill in where it cannot be told, in the order asked
 *
 * An expression may name: child.FIELD (what may be read of the form `child`); changed.KIND (the day of the
 * newest change of status of that kind on or before the day, NULL: none; of `away` only while it lasts);
 * the definition's own names; day() begun(since[, months]) under(birth, years) age(birth, day)
 * rural_school() and the harmless functions of SQLite. today() is refused: figures are for any day.
 *
 *   begun(since)     1: since then or earlier, or no date is given (a fact without a date holds on every
 *                    day); 0: later than the day; NULL: in the month of the day and known to the month only
 *   begun(since, n)  the same, asked of the day n months before
 *   under(birth, n)  1: not yet n years old on the day; NULL: birth unknown, or it hangs on a day of a
 *                    month that is not known
 *   rural_school()   1: households count as rural (config.yaml)
 */
enum {
    GA_DEFINITIONS_MAX = 8,
    GA_DEFINITION_NAMES_MAX = 30,
    GA_DEFINITION_FACTS_MAX = 20,
    GA_DEFINITION_ASKS_MAX = 30,
};

struct ga_definition_fact {
    struct ga_yaml_text when;
    struct ga_label label;
};

struct ga_definition_asked {
    struct ga_yaml_text field;
    struct ga_yaml_text when;  /* text NULL: when the field is empty */
    const struct ga_field *of; /* of the form `child`; set by linking, NULL: there is none */
};

struct ga_definition {
    const char *name;
    int64_t version; /* rises when content changes */
    int64_t order;   /* on screens and in tables, from the lowest */
    struct ga_label title;
    struct ga_label source; /* whose rule it is */
    GA_YAML_LIST(struct ga_yaml_named) names;
    struct ga_yaml_text when;
    GA_YAML_LIST(struct ga_definition_fact) facts;
    GA_YAML_LIST(struct ga_definition_asked) asks;
    struct ga_yaml_at at;
    const char *file; /* for messages */
    size_t layer;     /* of the folder it was read from (base/folders.h) */
};

/* A set in its order; everything lives in the arena. */
struct ga_definitions {
    struct ga_arena arena;
    const struct ga_definition *items[GA_DEFINITIONS_MAX];
    size_t count;
    size_t layer; /* of what is being read: of two of one name the upper folder's is meant */
};

void ga_definitions_init(struct ga_definitions *set);
void ga_definitions_finish(struct ga_definitions *set);

/*
 * Reads one file and checks all of it against the form `child` and the list `change_kind` of `forms`:
 * keys, names, every expression prepared on an empty database, fields asked for. Findings go to
 * problems with their places. GA_REFUSED: it has faults, and the set stays as it was.
 */
enum ga_rc ga_definitions_read_text(struct ga_definitions *set, struct ga_forms *forms, const char *file,
                                    const char *text, size_t len, struct ga_problems *problems);

/* The folder within those of forms. */
#define GA_DEFINITIONS_FOLDER "definitions"

/* Every *.yaml there, as above; folders without any are fine. For forms check. */
enum ga_rc ga_definitions_read_folders(struct ga_definitions *set, struct ga_forms *forms, const struct ga_io_ops *io,
                                       const struct ga_folders *folders, struct ga_problems *problems);

/* The place of a definition in the set by its name; -1: none. */
int ga_definitions_find(const struct ga_definitions *set, const char *name);

#endif
