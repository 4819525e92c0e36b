/* What people decided about duties, the classes they are of; private to the files due_*.c. */
#ifndef GUANAI_SRC_CARE_DUE_PEOPLE_H
#define GUANAI_SRC_CARE_DUE_PEOPLE_H

#include "guanai/base/map.h"
#include "guanai/base/vec.h"
#include "guanai/care/due.h"
#include "guanai/sql/stmt.h"
#include "guanai/sql/value.h"

/* due_places.c: classes, sites, the school. */
struct ga_due_place {
    const char *key; /* of _due_class */
    const char *site, *grade, *class_no;
    bool is_above;   /* a site, or the school (site "") */
    int year;          /* a class's: the school year whose grade it has */
    uint32_t at_bytes;
    const char *at;    /* a class's place in v_class, ends with a 0; in a county there are many thousand, so no more than that */
};

struct ga_due_places {
    struct ga_care *care;
    struct ga_arena arena;
    struct ga_vec list;         /* struct ga_due_place */
    struct ga_due_place *items; /* of it: classes in roster order, then sites, then the school */
    size_t count, classes_count;
    size_t *by_key; /* places of the classes among the items, in the order of their keys */
    int64_t child; /* whose class was asked for last */
    bool has_child;
    struct ga_str child_key;
};

enum ga_rc ga_due_places_read(struct ga_due_places *places, struct ga_care *care, struct ga_error *err);
void ga_due_places_finish(struct ga_due_places *places);
const char *ga_due_site_key(struct ga_arena *arena, const char *site); /* "": of the school */
struct ga_due_place *ga_due_places_class(struct ga_due_places *places, const char *key); /* NULL: there is none */
/* The class of a child as a key; NULL: no such child. Borrowed until the next call. */
const char *ga_due_places_of_child(struct ga_due_places *places, int64_t child);
/*
 * The first not before i that a class as people wrote it on a day means, of that site (NULL: any); `count`: none. A
 * class moves up with the school year, so what was 二年级(2)班 then is 三年级(2)班 now, once it stands in that grade.
 */
size_t ga_due_places_named(const struct ga_due_places *places, size_t i, const char *site, const char *class_text, int32_t day);


/*
 * due_stand.c: of which school year each class's grade is. Kept ones are believed but for classes in `doubted` (const
 * char * keys); NULL: none is.
 */
enum ga_rc ga_due_stand_read(struct ga_care *care, struct ga_due_places *places, const struct ga_vec *doubted, struct ga_error *err);
enum ga_rc ga_due_stand_write(struct ga_care *care, struct ga_error *err); /* in a transaction */

/* due_places.c: ?1, ?2 of a statement that reads a class's part of v_order. */
void ga_due_bind_class(struct ga_stmt *stmt, const struct ga_due_place *place);

/* due_choices.c: what people decided about duties, read anew with every count. */
struct ga_due_choice {
    size_t duty;
    const char *class_key; /* NULL: the school */
    int32_t from_on;
    bool is_on;
};

/* The same as it was written down: of classes that are no more, too. */
struct ga_due_choice_written {
    size_t duty;
    const char *site;           /* NULL: of any */
    const char *grade, *number; /* number NULL: the school */
    int year;                   /* the school year in which the class had that grade */
    int32_t from_on;
    bool is_on;
};

struct ga_due_outcome {
    int64_t child;
    const char *place;     /* key of a class, a site, the school; NULL: a child's */
    int64_t record;
    size_t duty;
    const char *label;     /* of the window; "": the one it was written down in */
    int32_t on, until;     /* until: postponed to that day; else excused */
    bool is_confirmed;
};

/* due_pause.c: what ended in a pause and was to be done in a month of it has this reason; of one child, or of one place. */
#define GA_DUE_PAUSE "pause_reason"
struct ga_due_pause {
    int64_t child;
    const char *place;   /* as ga_due_outcome.place */
    int64_t record;
    int duty;            /* -1: all */
    int year, month;     /* in which the last day on time lies */
    int32_t from, until; /* the pause: what ended from that day on, before that day */
    bool is_confirmed;
};

struct ga_due_proxy { /* or who is named in its plan */
    int64_t child;
    const char *name;
};

/* Stands in over a holiday for the class teacher, the proxy parent. */
#define GA_DUE_WATCH "holiday_watch"
struct ga_due_watch {
    const char *class_key; /* NULL: every class */
    const char *name;
    int32_t from, until;
};

struct ga_due_decisions {
    struct ga_arena arena, said; /* said: of what is of children */
    struct ga_vec choices;  /* struct ga_due_choice, older ones first */
    struct ga_vec written;  /* struct ga_due_choice_written, older ones first */
    struct ga_vec outcomes; /* struct ga_due_outcome by child, older ones first; of the children being counted, as proxies, helpers */
    struct ga_vec place_outcomes; /* the same of classes, sites, the school, older ones first */
    struct ga_vec pauses, place_pauses; /* struct ga_due_pause, ordered as the two before */
    struct ga_vec proxies;  /* struct ga_due_proxy by child, newer ones last */
    struct ga_vec helpers;  /* the same, of open care plans */
    struct ga_map teachers; /* class key → the newest teacher's name */
    struct ga_vec watches;  /* struct ga_due_watch, of all days, newer ones last */
};

void ga_due_decisions_init(struct ga_due_decisions *decisions);
void ga_due_decisions_finish(struct ga_due_decisions *decisions);
enum ga_rc ga_due_choices_read(struct ga_care *care, struct ga_due_places *places, struct ga_due_decisions *decisions,
                               struct ga_error *err);
/* Outcomes, pauses, proxies, helpers of children by number: those read before are forgotten. */
struct ga_due_span; /* due_counting.h */
enum ga_rc ga_due_outcomes_read(struct ga_care *care, const struct ga_due_span *span, struct ga_due_decisions *decisions,
                                struct ga_error *err);
/* What was said of duties of classes, sites, the school. */
enum ga_rc ga_due_place_outcomes_read(struct ga_care *care, struct ga_due_places *places, struct ga_due_decisions *decisions,
                                      struct ga_error *err);
/* Called by the two before. */
enum ga_rc ga_due_pauses_read(struct ga_care *care, const struct ga_due_span *span, struct ga_due_decisions *decisions,
                              struct ga_error *err);
enum ga_rc ga_due_place_pauses_read(struct ga_care *care, struct ga_due_places *places, struct ga_due_decisions *decisions,
                                    struct ga_error *err);
/* Those of a child, in order. */
void ga_due_pauses_of(const struct ga_vec *pauses, int64_t child, const struct ga_due_pause **ret_first, size_t *ret_count);
bool ga_due_is_on(const struct ga_due_decisions *decisions, const struct ga_duty *duty, size_t no, const char *class_key,
                  int32_t day);
/* Was it ever, anywhere? One that never was costs nothing. */
bool ga_due_is_ever_on(const struct ga_due_decisions *decisions, const struct ga_duty *duty, size_t no);
const char *ga_due_teacher_of(const struct ga_due_decisions *decisions, const char *class_key); /* "": nobody */
const char *ga_due_watcher_of(const struct ga_due_decisions *decisions, const char *class_key, int32_t day); /* NULL: nobody */

#endif
