/* How a child's time at the school goes: leaving, coming back, the classes it was in. */
#ifndef GUANAI_STORE_LIFE_H
#define GUANAI_STORE_LIFE_H

#include "guanai/base/uuid.h"
#include "guanai/store/store.h"

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

/* "2026-03-01 转学" in `arena`, "" for a child who is here or whose changes cannot be read. */
const char *ga_store_departure_text(struct ga_store *store, const struct ga_uuid *child, enum ga_lang lang,
                                    struct ga_arena *arena);

/*
 * Brings roster, counts and filters to the store's day: a change written down beforehand counts from its own
 * day on. Reads the changes once a day, writes only when the day is another one than the last time.
 */
enum ga_rc ga_store_settle_day(struct ga_store *store, struct ga_error *err);

/* A time in one class; read from the history of site, grade and class, so it needs no storage of its own. */
struct ga_stay {
    char from_on[11];  /* the day it was written down */
    char until_on[11]; /* the day the next one was; "" for the present one */
    const char *site;  /* as shown; "" when not known */
    const char *grade; /* code; "" when not known */
    const char *class_no;
    const char *class_shown; /* 三年级(2)班 */
    int entry_year;          /* in which those of this class entered the stage; 0: not known */
};

/* Oldest first; what was changed twice on one day counts as it stood in the end. Lives in `arena`. */
enum ga_rc ga_store_stays(struct ga_store *store, const struct ga_uuid *child, enum ga_lang lang,
                          struct ga_arena *arena, struct ga_stay **ret_stays, size_t *ret_count,
                          struct ga_error *err);

/* The stay of that day (YYYY-MM-DD); before the first one the first. NULL when there is none. */
const struct ga_stay *ga_stay_on(const struct ga_stay *stays, size_t count, const char *day);

#endif
