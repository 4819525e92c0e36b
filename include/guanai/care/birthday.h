/* Whose birthday it is. */
#ifndef GUANAI_CARE_BIRTHDAY_H
#define GUANAI_CARE_BIRTHDAY_H

#include "guanai/base/arena.h"
#include "guanai/store/store.h"
#include "guanai/text/date.h"

enum { GA_BIRTHDAY_DAYS_MAX = 62 }; /* of a span */

/*
 * The official day is that of child.birth_date; born on 29 February it is kept on 1 March of a common year, when the
 * child turns (ga_date_age). The lunar one is child.lunar_birthday, kept as ga_lunar_birthday() says.
 */
struct ga_birthday {
    int64_t no; /* record number: ga_roster_row_of() has the rest */
    struct ga_date day;
    bool is_official, is_lunar; /* either or both */
    int turns;  /* whole years that day, of a lunar one lunar years; -1: the year of birth is not known */
};

/* Children here today whose birthday, either, lies in the span: by day, then in roster order; a day at a time is held. */
typedef enum ga_rc (*ga_birthday_fn)(void *ctx, const struct ga_birthday *birthday, struct ga_error *err);
enum ga_rc ga_birthdays_each(struct ga_store *store, struct ga_days span, bool only_left_behind, ga_birthday_fn each, void *ctx,
                             struct ga_error *err);
/* The same as an array in `arena`. */
enum ga_rc ga_birthdays(struct ga_store *store, struct ga_days span, bool only_left_behind, struct ga_arena *arena,
                        struct ga_birthday **ret_birthdays, size_t *ret_count, struct ga_error *err);

/* Of "this week and next" the last day: the Sunday of the next one. */
static inline struct ga_date ga_birthdays_until(struct ga_date today)
{
    return ga_date_add_days(today, 14 - ga_date_weekday(today));
}

#endif
