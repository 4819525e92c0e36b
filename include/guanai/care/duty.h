/* Duties: the files of forms/duties as structs. */
#ifndef GUANAI_CARE_DUTY_H
#define GUANAI_CARE_DUTY_H

#include "guanai/care/definition.h"
#include "guanai/care/window.h"

/*
 *   file ──▶ ga_duty ──▶ when      who owes it: over child.*, changed.*, who.DEFINITION, day()
 *                   ├──▶ cadence   how often (window.h)
 *                   └──▶ done_by   which records close it, which were a try
 *
 * `when` sees what definitions see (definition.h) and who.NAME: 1, 0 or NULL as that definition counts the child on
 * the day; only true owes. The day is the last of the window or today, whichever is earlier: so a child that came in
 * October owes nothing for September. A duty of a class, a site, the school is owed while one of its children fits.
 *
 * `done_by.when` and `tried` are over the fields of that form, bare, and label() and the like; no other record's.
 */
enum {
    GA_DUTIES_MAX = 60, /* bits of a mask */
    GA_DUTY_FORMS_MAX = 6,
    GA_DUTY_OF_MAX = 8,
};

enum ga_duty_per { GA_PER_CHILD, GA_PER_CLASS, GA_PER_SITE, GA_PER_SCHOOL };

enum ga_duty_owner {
    GA_OWNER_PROXY,       /* the child's proxy parent, without one the class teacher */
    GA_OWNER_CLASS,       /* the class teacher */
    GA_OWNER_HEADTEACHER,
    GA_OWNER_COUNSELLOR,
    GA_OWNER_CLERK,
};

/* A form whose record closes the duty. */
struct ga_duty_done {
    struct ga_yaml_text form;
    struct ga_yaml_text on;       /* its date field; what counts is that day, whenever it was typed */
    struct ga_yaml_text children; /* repeat whose rows name the children by a `record` of child; text NULL: the form is `of: child` */
    struct ga_yaml_text class;    /* per class: the field that names the class; text NULL: the classes of its children */
    struct ga_yaml_text when;     /* text NULL: every record */
    struct ga_yaml_text tried;    /* a try: counted, closes nothing; text NULL: never */
    const struct ga_form *of;     /* set by linking; NULL: not installed, so it closes nothing (a note of forms check) */
    const struct ga_field *child_field; /* in `children` */
};

struct ga_duty {
    const char *name; /* id, for ever */
    int64_t version, order;
    struct ga_label title; /* 家访 */
    struct ga_label why;   /* whose rule it is, in a sentence */
    bool is_starting;      /* on in a new school until the headteacher says otherwise (form duty_choice) */
    int per;               /* enum ga_duty_per */
    int owner;             /* enum ga_duty_owner */
    struct ga_yaml_text when;
    struct ga_cadence cadence;
    GA_YAML_LIST(struct ga_yaml_text) of; /* of the cadence, with their places */
    struct ga_yaml_text event; /* AFTER: `changed.KIND`, a date field of the child's file `child.FIELD`, or `FORM.FIELD` */
    int64_t count;             /* how many are owed in a window; 1 */
    GA_YAML_LIST(struct ga_duty_done) done_by;
    struct ga_yaml_at at;
    const char *file;
};

/* A set in its order; everything lives in the arena. */
struct ga_duties {
    struct ga_arena arena;
    const struct ga_duty *items[GA_DUTIES_MAX];
    size_t count;
};

void ga_duties_init(struct ga_duties *set);
void ga_duties_finish(struct ga_duties *set);

/*
 * Reads one file and checks all of it against `forms` and the names of `definitions`: keys, codes, every expression
 * prepared on an empty database. Findings go to problems with their places; a form that is not installed is a note.
 * GA_REFUSED: it has faults, and the set stays as it was.
 */
enum ga_rc ga_duties_read_text(struct ga_duties *set, struct ga_forms *forms, const struct ga_definitions *definitions,
                               const char *file, const char *text, size_t len, struct ga_problems *problems);

/* Every *.yaml of FOLDER/duties; a folder without any is fine. For forms check. */
enum ga_rc ga_duties_read_folder(struct ga_duties *set, struct ga_forms *forms, const struct ga_definitions *definitions,
                                 const struct ga_io_ops *io, const char *folder, struct ga_problems *problems);

int ga_duties_find(const struct ga_duties *set, const char *name); /* -1: none */

#endif
