/* The class a child was in during the school year before; private to due_then.c, due_subjects.c, due_count.c, due_follow.c. */
#ifndef GUANAI_SRC_CARE_DUE_THEN_H
#define GUANAI_SRC_CARE_DUE_THEN_H

#include "due/due_inner.h"

/*
 * A duty that is on for one class goes by the class a child was in then: who repeats, moves, finishes school is in
 * another class now, or in one that is called as its own was. Told as in guanai/care/past.h: of a year that is over by
 * its last day, of who had left by then by the class that it left.
 */
struct ga_due_class_then {
    const char *site, *grade, *class_no;
    int year; /* the school year of that name */
};

/* Is it ever asked: was a duty switched for one class before this school year began? */
bool ga_due_then_is_asked(const struct ga_care *care);

/* For counts of the whole school, once before them: outside of any transaction. Does nothing where it is not asked. */
enum ga_rc ga_due_then_prepare(struct ga_care *care, struct ga_error *err);

/* Sets `then` of each subject, once it is known who was here; leaves it NULL where it is not asked. */
enum ga_rc ga_due_then_read(struct ga_due_subjects *subjects, struct ga_error *err);

struct ga_date ga_due_then_last_day(const struct ga_care *care);

/* due_choices.c: ga_due_is_on() of a day of that year. */
bool ga_due_was_on(const struct ga_due_decisions *decisions, const struct ga_duty *duty, size_t no,
                   const struct ga_due_class_then *then, int32_t day);

#endif
