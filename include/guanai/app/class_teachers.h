/* Who has which class, from which day on. */
#ifndef GUANAI_APP_CLASS_TEACHERS_H
#define GUANAI_APP_CLASS_TEACHERS_H

#include "guanai/app/year_end.h"
#include "guanai/store/roster.h"

/*
 * Records of form class_teacher name a class as it is called on their first day; the class takes them along when it
 * goes up. So at the turn of the year nothing is lost where nothing is said: the new record only says that somebody
 * looked, and who it is where somebody else takes the class. The newest one in force holds (from_on, then its id);
 * what children without a proxy parent are owed is its owner's (care/due.h).
 */
#define GA_CLASS_TEACHER_FORM "class_teacher"

struct ga_class_teaching {
    const char *site;       /* code; "": of any site */
    const char *class_text; /* as written */
    const char *teacher;
    struct ga_date from, until; /* until year 0: goes on */
};

/* All of them, the older ones first; in `arena`. None without the form. */
enum ga_rc ga_class_teachings_read(struct ga_session *session, struct ga_arena *arena, struct ga_class_teaching **ret_teachings,
                                   size_t *ret_count, struct ga_error *err);

/* A class by the grade it has in that school year, which it had another one of the year before. */
struct ga_class_then {
    const char *site, *grade, *class_no;
    int school_year;
};

/* Does that text, as people wrote it on that day, mean this class? `site` "": of any. */
bool ga_class_then_is(const struct ga_class_then *class_of, const char *site, const char *class_text, struct ga_date day);

/* The one in force on a day, the first that begins after it; NULL: none. */
const struct ga_class_teaching *ga_class_teaching_on(const struct ga_class_teaching *teachings, size_t count,
                                                     const struct ga_class_then *class_of, struct ga_date day);
const struct ga_class_teaching *ga_class_teaching_after(const struct ga_class_teaching *teachings, size_t count,
                                                        const struct ga_class_then *class_of, struct ga_date day);

/* A class of the plan as the roster has it now: one that nobody took up yet has its grade of the year before. */
struct ga_class_then ga_class_then_of_plan(const struct ga_year_plan *plan, const struct ga_year_class *class_of);

/* A class as it will be, or is, in the plan's school year. */
struct ga_year_teacher {
    struct ga_class_then class_of;
    const char *shown;    /* 四年级(2)班 */
    const char *was;      /* 三年级(2)班 while nobody took it up yet; "" where it stands there already, or several come together */
    const char *before;   /* who had it in the year that ends; "": nobody is known, or several come together */
    struct ga_roster_class now; /* as the roster has it now, called as `shown` */
    const char *teacher;  /* who goes on with it, took its files over, or was said for this year; "": nobody is known */
    bool is_said;         /* a record of this school year says so */
    bool is_handed;       /* not that: the handover of this turn names who takes it */
    int64_t children;
};

/* Every class of the new school year that has children; those that finish have none. All in `arena`. */
enum ga_rc ga_year_teachers_read(struct ga_session *session, const struct ga_year_plan *plan, enum ga_lang lang,
                                 struct ga_arena *arena, struct ga_year_teacher **ret_classes, size_t *ret_count,
                                 struct ga_error *err);

/* From 1 September of the plan's year; one who is said later in the year, from today on. GA_REFUSED without a name. */
enum ga_rc ga_year_teacher_say(struct ga_session *session, const struct ga_year_plan *plan, const struct ga_year_teacher *class_of,
                               const char *teacher, struct ga_error *err);

/* All that have a teacher of whom nothing is said yet: they go on. One transaction; *ret_count: how many. */
enum ga_rc ga_year_teachers_confirm(struct ga_session *session, const struct ga_year_plan *plan,
                                    const struct ga_year_teacher *classes, size_t count, size_t *ret_count, struct ga_error *err);

#endif
