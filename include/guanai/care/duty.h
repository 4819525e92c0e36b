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
 * `done_by.when` and `tried` are over the fields of that form, bare, as --where has them: codes are compared, nothing
 * of another record, of the day or of who asks. So they are columns of one SELECT over v_FORM.
 */
enum {
    GA_DUTIES_MAX = 60, /* bits of a mask */
    GA_DUTY_FORMS_MAX = 6,
    GA_DUTY_OF_MAX = 12,
};

enum ga_duty_per {
    GA_PER_CHILD,
    GA_PER_CLASS,
    GA_PER_SITE,
    GA_PER_SCHOOL,
    GA_PER_ROOM, /* each site that has a home room */
};

enum ga_duty_owner {
    GA_OWNER_UNSAID = -1, /* in the file only: PROXY of a child, CLASS of a class, else HEADTEACHER */
    GA_OWNER_PROXY,       /* the child's proxy parent, without one the class teacher */
    GA_OWNER_CLASS,       /* the class teacher */
    GA_OWNER_HEADTEACHER,
    GA_OWNER_COUNSELLOR,
    GA_OWNER_CLERK,
    GA_OWNER_PLAN,        /* who is named in the child's open care plan, without one as PROXY */
};

/* A form whose record closes the duty. */
struct ga_duty_done {
    struct ga_yaml_text form;
    struct ga_yaml_text on;       /* its date field (key `day`); what counts is that day, whenever it was typed */
    struct ga_yaml_text children; /* repeat whose rows name the children by a `record` of child; text NULL: the form is `of: child` */
    struct ga_yaml_text class;    /* per class: the field that names the class (as people write it: 三年级(2)班); text NULL: the
                                     classes of its children. With `children` as well: either */
    struct ga_yaml_text site;     /* per site: the same with its code or name */
    struct ga_yaml_text when;     /* text NULL: every record */
    struct ga_yaml_text tried;    /* a try, where `when` is not true: counted, closes nothing; text NULL: never */
    const struct ga_form *of;     /* set by linking; NULL: not installed, so it closes nothing (a note of forms check) */
    const struct ga_field *repeat, *child_field; /* `children` and the field in it; NULL: none */
};

/* How often, as written; the duty's `cadence` is made of it. */
struct ga_duty_often {
    int period; /* enum ga_period */
    GA_YAML_LIST(struct ga_yaml_text) of;
    int64_t days, before, after, grace; /* -1: not said */
    bool is_in_holidays, is_staying;
};

struct ga_duty {
    const char *name; /* id, for ever */
    int64_t version, order;
    struct ga_label title; /* 家访 */
    struct ga_label why;   /* whose rule it is, in a sentence */
    bool is_starting;      /* on in a new school until the headteacher says otherwise (form duty_choice) */
    bool goes_on_away;     /* owed while the child is away for a while, too: absence is asked after */
    int per;               /* enum ga_duty_per */
    int owner;             /* enum ga_duty_owner; after linking never UNSAID */
    struct ga_yaml_text when;
    struct ga_duty_often often;
    /*
     * AFTER: either FORM.FIELD, a date field of a form `of: child`, each of whose records is an event, or an expression
     * over what `when` may name whose value is the day: `changed.away`, `child.enrolled_on`, the first of two dates.
     */
    struct ga_yaml_text event;
    int64_t count; /* how many are owed in a window; 1 */
    GA_YAML_LIST(struct ga_duty_done) done_by;
    struct ga_yaml_at at;
    const char *file;
    size_t layer; /* of the folder it was read from (base/folders.h) */

    /* Set by linking. */
    struct ga_cadence cadence;
    bool is_event_of_form; /* FORM.FIELD; false: an expression, asked together with `when` (ga_owed.events) */
    const struct ga_form *event_form; /* NULL: not installed, so it is never owed */
    const struct ga_field *event_field;
};

/* AFTER an expression: its day is told with who owes. */
static inline bool ga_duty_has_event(const struct ga_duty *duty)
{
    return duty->cadence.period == GA_PERIOD_AFTER && !duty->is_event_of_form;
}

/* A set in its order; everything lives in the arena. */
struct ga_duties {
    struct ga_arena arena;
    const struct ga_duty *items[GA_DUTIES_MAX];
    size_t count;
    size_t layer; /* of what is being read: of two of one name the upper folder's is meant */
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

/* The folder within those of forms. */
#define GA_DUTIES_FOLDER "duties"

/* Every *.yaml there, as above; folders without any are fine. For forms check. */
enum ga_rc ga_duties_read_folders(struct ga_duties *set, struct ga_forms *forms, const struct ga_definitions *definitions,
                                  const struct ga_io_ops *io, const struct ga_folders *folders,
                                  struct ga_problems *problems);

int ga_duties_find(const struct ga_duties *set, const char *name); /* -1: none */

/* Is it a site that owes it: every one, or one with a home room? */
bool ga_duty_is_of_sites(const struct ga_duty *duty);
/* Does the site of that code owe what the duty is of? Only home rooms ask. */
bool ga_duty_has_site(const struct ga_duty *duty, const struct ga_config *config, const char *site);

/* Of a class, a teacher, the school: the children that owe, the classes and sites that have such children. */
struct ga_duty_owing {
    int64_t children, classes, sites;
};

/*
 * About how many records it makes in a month of lessons, to the nearest: what the headteacher is told before it is
 * switched on. Ten such months, forty weeks, two terms a school year. 0 for AFTER: nobody knows how often that is.
 */
int64_t ga_duty_load(const struct ga_duty *duty, const struct ga_duty_owing *owing);

#endif
