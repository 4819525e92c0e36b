/* Counting anew what is owed; private to the files due_*.c. */
#ifndef GUANAI_SRC_CARE_DUE_COUNTING_H
#define GUANAI_SRC_CARE_DUE_COUNTING_H

#include "due/due_people.h"
#include "due/due_rows.h"
#include "guanai/base/map.h"
#include "guanai/sql/guard.h"
#include "guanai/sql/stmt.h"
#include "guanai/store/school.h"

/*
 * Children by number, both included. All of a school are counted span after span: what must be known of everybody at
 * once would outgrow the memory there is.
 */
struct ga_due_span {
    int64_t from, to;
};

/* due_records.c: the records that close duties. */
struct ga_due_contact {
    size_t subject;  /* in the order of the counting's subjects */
    int32_t day;
    int64_t record;
    bool is_try;
};

/* The statements of one duty's form, prepared at first use; kept while duties and forms stay as they are. */
struct ga_due_source {
    size_t duty;
    int per;
    const struct ga_duty_done *done;
    char views[2][140];
    const char *view_names[2];
    struct ga_guard_scope scope;
    struct ga_stmt *all, *span, *one; /* span: of files from ?3 to ?4; one: of a file of a child */
};

/*
 * What closes a duty, appended: of a duty per child of the one child (0: those of the span that `runs` reach over), per
 * class and the like of every class.
 * `find_child` answers the subject of a child's number, `find_class` the n-th class, site, school that is meant by the
 * text of the record's field (nullable), else by a child's number (0: none); −1: none.
 */
struct ga_due_named {
    int per;
    const char *text; /* nullable */
    int64_t child;    /* 0: none */
    int32_t day;
    char school[GA_SCHOOL_CODE_SIZE]; /* at a county, whose record it is: it is about that school's classes alone; "": about any */
};

struct ga_due_reading {
    struct ga_care *care;
    size_t duty;
    int64_t child;
    struct ga_due_span span;   /* of a duty per child */
    const struct ga_vec *runs; /* struct ga_due_span within it; of a duty per child, where `child` is 0 */
    long (*find_child)(void *ctx, int64_t no);
    long (*find_class)(void *ctx, const struct ga_due_named *named, size_t nth);
    void *ctx;
};
enum ga_rc ga_due_contacts_read(const struct ga_due_reading *reading, struct ga_vec *contacts, struct ga_error *err);
void ga_due_sources_finish(struct ga_care *care);

/* due_count.c: those of a class, a site, the school by its key, in no order; `subject` is its place. */
enum ga_rc ga_due_contacts_of_place(struct ga_care *care, size_t duty, const char *key, struct ga_vec *contacts, struct ga_error *err);

/* due_assign.c: the rows of one subject for one duty. */
enum ga_due_member { GA_MEMBER_NOT, GA_MEMBER_OWES, GA_MEMBER_RESTS };

struct ga_due_assigning {
    const struct ga_due_windows *windows;
    const struct ga_duty *duty;
    size_t duty_no;
    const struct ga_calendar *calendar;
    int32_t begin;                           /* nothing before is missed */
    int32_t first_day;                       /* the same for what stays owed: not that of the windows */
    int32_t last_on;                         /* EVERY: the last day on which the duty was on; today where it is */
    bool only_touched;                       /* keep only rows that a record stands in */
    const enum ga_due_member *members;       /* a window of the duty each */
    const struct ga_due_contact *contacts;   /* by day, record */
    size_t contacts_count;
    const struct ga_due_outcome *outcomes;
    size_t outcomes_count;
    const struct ga_due_pause *pauses;
    size_t pauses_count;
};
void ga_due_assign(const struct ga_due_assigning *assigning, struct ga_vec *rows);       /* struct ga_due_row */
/* EVERY: `since` is the day it became owed, members[0] how it was on `last_on`. */
void ga_due_assign_every(const struct ga_due_assigning *assigning, int32_t since, struct ga_vec *rows);
/* AFTER: events rising, members[i] of each. */
void ga_due_assign_after(const struct ga_due_assigning *assigning, const int32_t *events, size_t count, struct ga_vec *rows);

/* due_subjects.c: children (or one) with what must be known of them before anything is counted. */
struct ga_due_subject {
    int64_t no;
    const char *class_key;
    const struct ga_due_class_then *then; /* in the school year before; NULL: nothing asks for it (due_then.h) */
    const char *proxy;  /* "": none */
    const char *helper; /* who is named in its open care plan; "": nobody, or there is none */
    int32_t begin;      /* the archive's, or the day its file was made: nothing before is missed */
    int32_t first_day;  /* the same for what stays owed: not that of the windows */
};

struct ga_due_subjects {
    struct ga_care *care;
    struct ga_arena arena;
    int64_t only;             /* the span is this child; 0: any span */
    struct ga_due_span span;
    struct ga_vec list;       /* struct ga_due_subject by number */
    uint64_t *masks;          /* a day asked for each, by subject */
    struct ga_vec presences, absences, leavings, events; /* by child */
    struct ga_map classes;    /* class keys, each once */
};

enum ga_rc ga_due_subjects_read(struct ga_due_subjects *subjects, struct ga_care *care, int64_t only,
                                struct ga_due_span span, const struct ga_due_decisions *decisions, struct ga_error *err);
void ga_due_subjects_finish(struct ga_due_subjects *subjects);
long ga_due_subjects_find(const struct ga_due_subjects *subjects, int64_t no); /* −1: not there */
/* Does the child owe this duty in a window that opens and is asked for then? */
enum ga_due_member ga_due_subject_member(const struct ga_due_subjects *subjects, size_t i, size_t duty, int32_t opens,
                                         size_t asked);
/* In any window at all? Else its records need not be read for that duty. */
bool ga_due_subject_ever_owes(const struct ga_due_subjects *subjects, size_t i, size_t duty);
bool ga_due_subject_is_here(const struct ga_due_subjects *subjects, size_t i, int32_t day);
size_t ga_due_subject_events(const struct ga_due_subjects *subjects, size_t i, size_t duty, struct ga_vec *days,
                             struct ga_vec *members);
/* The day from which a duty EVERY is owed without a break up to `until`; not before `otherwise`. */
int32_t ga_due_subject_since(const struct ga_due_subjects *subjects, size_t i, size_t duty, int32_t otherwise, int32_t until);

/* due_count.c: the rows of children, of classes. */
struct ga_due_counted {
    struct ga_due_subjects subjects;
    struct ga_str *rows; /* a subject each */
};
enum ga_rc ga_due_count_children(struct ga_care *care, int64_t only, struct ga_due_span span,
                                 const struct ga_due_decisions *decisions, struct ga_due_counted *ret_counted,
                                 struct ga_error *err);
void ga_due_counted_finish(struct ga_due_counted *counted);

/* What classes, sites, the school have done, whether they owe it or not: packed rows, appended to one each. */
enum ga_rc ga_due_count_places(struct ga_care *care, const struct ga_due_decisions *decisions,
                               struct ga_due_places *places, struct ga_str *rows, struct ga_error *err);

#endif
