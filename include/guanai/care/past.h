/* Classes of a school year that is over: called as they were then, with those who were in them. */
#ifndef GUANAI_CARE_PAST_H
#define GUANAI_CARE_PAST_H

#include "guanai/care/due.h"
#include "guanai/text/class_name.h"

/*
 * A class moves up with its children, so in autumn 三年级(2)班 is another class than in spring. What is asked of days that
 * end in a school year that is over is therefore told by the classes of then: ga_due_list(), ga_due_tallies(),
 * ga_checklist_read(), ga_priority_board_read() take `site grade class_no` as the class was called on the last day of that
 * year, and name it so. In it counts who was in it on that day, or left it during the year, but nobody whose file is
 * younger: as it was told while the year went on. A duty that is on for one class goes by them, too. So the figures of a
 * year stand, whoever goes up, repeats, moves, finishes or comes new at its end.
 */
bool ga_care_is_over(const struct ga_care *care, struct ga_date day);

/* The classes of the day's school year in roster order, `children` of each; those of now (ga_store_classes) where it is not over. */
enum ga_rc ga_care_classes(struct ga_care *care, struct ga_date day, enum ga_lang lang, struct ga_arena *arena,
                           struct ga_roster_class **ret_classes, size_t *ret_count, struct ga_error *err);

/* Who was in that class then, in the order of today's roster, who left that year last; `class_of` as ga_care_classes() has it. */
enum ga_rc ga_care_classmates(struct ga_care *care, struct ga_date day, const struct ga_roster_class *class_of,
                              enum ga_lang lang, struct ga_arena *arena, struct ga_roster_row **ret_rows, size_t *ret_count,
                              struct ga_error *err);

/*
 * Is it the same class, called by the names it had on two days: 三年级(2)班 in June and 四年级(2)班 in September? One of now
 * that was not taken up yet has its name of before the first of August.
 */
bool ga_care_is_same_class(const struct ga_care *care, const struct ga_roster_class *one, struct ga_date day_of_one,
                           const struct ga_roster_class *other, struct ga_date day_of_other);

/*
 * What a record of that day, not before this school year, says of a class that is called so on `day_of_class`, so that it
 * is always read as this one: of a year that is over as it is called now; in August, until everybody was taken up, as it
 * will be. In Chinese. false: it has finished, or is about to, so no name holds.
 */
bool ga_care_class_text(const struct ga_care *care, const struct ga_roster_class *class_of, struct ga_date day_of_class,
                        struct ga_date day, char buf[GA_CLASS_NAME_SIZE]);

#endif
