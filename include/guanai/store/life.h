/* How a child's time at the school goes: leaving, coming back, the classes it was in. */
#ifndef GUANAI_STORE_LIFE_H
#define GUANAI_STORE_LIFE_H

#include "guanai/base/uuid.h"
#include "guanai/base/vec.h"
#include "guanai/store/save.h"

/* The change by which a child is gone on the store's day. */
struct ga_departure {
    char kind[40];     /* code of the list `change_kind`; "": only a return to come is written down */
    char from_on[11];  /* YYYY-MM-DD; "" then, too */
    bool may_return;   /* false: has died, or has finished school here */
};

/*
 * *ret_has_left: is the child gone on the store's day? By the newest change of status that has begun, in any of
 * its linked files (same.h), as the roster has it. `ret_departure` is filled only then.
 */
enum ga_rc ga_store_departure(struct ga_store *store, const struct ga_uuid *child, bool *ret_has_left,
                              struct ga_departure *ret_departure, struct ga_error *err);

/* All children who are gone on the store's day: struct ga_uuid, rising; a file behind another is none. */
enum ga_rc ga_store_left(struct ga_store *store, struct ga_vec *ids, struct ga_error *err);

/* "2026-03-01 转学" in `arena`, "" for a child who is here or whose changes cannot be read. */
const char *ga_store_departure_text(struct ga_store *store, const struct ga_uuid *child, enum ga_lang lang,
                                    struct ga_arena *arena);

/*
 * Brings roster, counts and filters to the store's day: a change written down beforehand counts from its own
 * day on. Reads the changes once a day, writes only when the day is another one than the last time.
 */
enum ga_rc ga_store_settle_day(struct ga_store *store, struct ga_error *err);

/*
 * A time in one class: (site, year of entry, stage, number). Worked out from the operations, stored nowhere: what the
 * history says of site, grade and class number, and the moves between sites by their own days. The year turns on
 * 1 August. Between two grades that were written a child moved up with the year, whenever it was written, but for as many
 * years as it is behind: these it repeated. In the last grade that was written it stands until another is: so somebody
 * who repeats needs nothing written, and is of the class that came behind.
 */
struct ga_stay {
    char from_on[11];
    char until_on[11]; /* the first day of the next one, or the day the child left; "" for the present one */
    const char *site;  /* as shown in the language asked for; "" when not known */
    const char *grade; /* code; "" when not known */
    const char *class_no;
    const char *class_shown; /* 三年级(2)班 */
    int entry_year;          /* in which those of this class entered the stage (2024级); 0: not known */
};

/* Oldest first, up to today; what was changed twice on one day counts as it stood in the end. Lives in `arena`. */
enum ga_rc ga_store_stays(struct ga_store *store, const struct ga_uuid *child, enum ga_lang lang,
                          struct ga_arena *arena, struct ga_stay **ret_stays, size_t *ret_count,
                          struct ga_error *err);

/* The stay of that day (YYYY-MM-DD); before the first one the first. NULL when there is none. */
const struct ga_stay *ga_stay_on(const struct ga_stay *stays, size_t count, const char *day);

/* Was a move of the child to another site written down that happened after that day? */
enum ga_rc ga_store_has_later_move(struct ga_store *store, const struct ga_uuid *child, const char *day,
                                   bool *ret_has, struct ga_error *err);

/*
 * In the save of a record, once it was put: one that is a move to another site takes the child's site, grade and class
 * along, unless a later move was written down; anything else changes nothing. What came with the move and was mended in
 * it is mended in the file, what was written into the file since stays. `ret_changed` (nullable) is set when it did.
 */
enum ga_rc ga_save_follow_move(struct ga_save *save, const struct ga_save_record *move, bool *ret_changed,
                               struct ga_error *err);

/*
 * 暂离: the child is here by the roll and away for a while on the store's day: what was written last has begun, its end
 * is open or not past, and no return was written since. `ret_from`, `ret_until` ("" open): 11 bytes each.
 */
enum ga_rc ga_store_away(struct ga_store *store, const struct ga_uuid *child, bool *ret_is_away, char *ret_from,
                         char *ret_until, struct ga_error *err);

/* A class on a day; NULL asks for all of them. */
struct ga_class_ask {
    struct ga_date day;
    const char *grade, *class_no; /* as it was called in that school year */
    const char *site;             /* as shown, as ga_stay.site */
};

struct ga_classmate {
    int64_t no;          /* the record's number, as ga_roster_row.no */
    struct ga_stay stay; /* of that day */
};

/*
 * Who was here on that day in that class, in the order of today's roster; lives in `arena`. Reads what
 * operations say of a child's place, in the order of the log, where something was written behind the day or the file
 * says that grade now. Who came to the school later (child.enrolled_on) was in none. A file that was made behind the day
 * counts as if it had been there since its school year began; of a year before it the class is not known ("").
 */
enum ga_rc ga_store_class_on(struct ga_store *store, const struct ga_class_ask *ask, enum ga_lang lang,
                             struct ga_arena *arena, struct ga_classmate **ret_mates, size_t *ret_count,
                             struct ga_error *err);

/* Files made in a later school year than the day's: of these children nobody knows which class they were in. */
enum ga_rc ga_store_begun_later(struct ga_store *store, struct ga_date day, int64_t *ret_files, struct ga_error *err);

#endif
