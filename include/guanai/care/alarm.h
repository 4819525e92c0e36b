/* Children about whom something must be done now. */
#ifndef GUANAI_CARE_ALARM_H
#define GUANAI_CARE_ALARM_H

#include "guanai/base/clock.h"
#include "guanai/care/alarm_rule.h"
#include "guanai/care/due.h"

/*
 *   forms/alarms, definitions ─┐
 *   child, changes of status ──┼─▶ ga_care ──▶ _alarm ──▶ lists, counts, first screen, v_alarm
 *   records, today ────────────┘   (follows)
 *
 * An alarm stands on the facts and ends with them: nothing is stored of it, nobody switches it off. The table `_alarm`
 * is derived like those of due.h, kept in the same run: a row a child and alarm that stands, none else. Screens,
 * command line, counts read it through here and nowhere else.
 */
struct ga_alarm {
    size_t rule;          /* in ga_care_alarms() */
    int64_t child;        /* record number */
    const char *class_key;            /* parts divided as ga_due.class_key's */
    const char *teacher, *proxy;      /* who looks after it: names as the archive has them; "": nobody is written down */
    const char *watcher;              /* who stands in for the class teacher today, over a holiday; "": nobody */
    const char *helper;               /* who is named in its open care plan; "": nobody */
    struct ga_date since; /* year 0: nobody knows */
    int minute;           /* of that day, where it is known; else −1 */
    int64_t number;       /* as the rule's `number` gives it; −1: none */
    size_t say;           /* which of the rule's `says` is true; their count: none */
    int64_t record;       /* where the rule opens one that is there: its number; else 0 */
};

const struct ga_alarm_rules *ga_care_alarms(const struct ga_care *care);

/* Which; NULL and zero: any. */
struct ga_alarm_ask {
    const char *owner; /* children whose class teacher or proxy parent that is, who stands in today or is named in their plan */
    const char *site, *grade, *class_no;
    int64_t child;
    const char *alarm;
    size_t limit; /* 0: all */
};

/*
 * By the rules' order; of one rule a child of whom a more urgent one stands as well comes first, then the youngest.
 * Lives in `arena`. GA_NOT_FOUND: no alarm is called so.
 */
enum ga_rc ga_alarm_list(struct ga_care *care, const struct ga_alarm_ask *ask, struct ga_arena *arena,
                         struct ga_alarm **ret_alarms, size_t *ret_count, struct ga_error *err);

/*
 * What is said of a rule on the first page: how many it stands of, who stands first in the list, and what is told of the
 * first. It is found on one way through the table, whatever its length.
 */
enum { GA_ALARM_FIRST_MAX = 4 };
struct ga_alarm_head {
    int64_t count;                       /* 0: it stands of nobody */
    int64_t children[GA_ALARM_FIRST_MAX];
    struct ga_alarm first;               /* without the names of class and people */
};
/* Of that owner's children (NULL: the school's); ret_heads has a place each rule. */
enum ga_rc ga_alarm_heads(struct ga_care *care, const char *owner, struct ga_alarm_head *ret_heads, struct ga_error *err);

/* How many children each rule stands of: of that owner's (NULL: the school's). ret_counts has GA_ALARMS_MAX places. */
enum ga_rc ga_alarm_counts(struct ga_care *care, const char *owner, int64_t *ret_counts, struct ga_error *err);

/* What is now; `minute` of the day. The day is the store's, which may have been set. */
struct ga_alarm_now {
    struct ga_date day;
    int minute;
};
struct ga_alarm_now ga_alarm_now(const struct ga_store *store, const struct ga_clock *clock);

/* Since when: "11月23日 12:41", "11月1日", "2025年2月1日" where it is long ago; "": nobody knows. In `arena`. */
const char *ga_alarm_when_text(const struct ga_alarm_now *now, struct ga_date since, int minute, enum ga_lang lang,
                               struct ga_arena *arena);
const char *ga_alarm_since_text(const struct ga_alarm *alarm, const struct ga_alarm_now *now, enum ga_lang lang,
                                struct ga_arena *arena);

/* How long: "163 小时" where the time of day is known and it is less than ten days, else "22 天"; "": nobody knows. */
const char *ga_alarm_age_text(const struct ga_alarm_now *now, struct ga_date since, int minute, enum ga_lang lang,
                              struct ga_arena *arena);
const char *ga_alarm_long_text(const struct ga_alarm *alarm, const struct ga_alarm_now *now, enum ga_lang lang,
                               struct ga_arena *arena);

/* A text of `says` with its blanks filled in; NULL: that blank stays. In `arena`. */
struct ga_alarm_fill {
    const char *since, *age, *number;
};
const char *ga_alarm_fill(const char *text, const struct ga_alarm_fill *fill, struct ga_arena *arena);

/* What the rule says of it, its facts filled in: "还没有报告"; else since when. In `arena`. */
const char *ga_alarm_text(const struct ga_care *care, const struct ga_alarm *alarm, const struct ga_alarm_now *now,
                          enum ga_lang lang, struct ga_arena *arena);

/* Why: the rule, the facts, what ends it – a line each, in `arena`. */
enum ga_rc ga_alarm_explain(struct ga_care *care, const struct ga_alarm *alarm, const struct ga_alarm_now *now,
                            enum ga_lang lang, struct ga_arena *arena, const char *const **ret_lines, size_t *ret_count,
                            struct ga_error *err);

/*
 * v_alarm for reports and expressions: a row each of all that stand (TEMP table of this connection, as v_due). Columns:
 * child_no, child_id, child, site, grade, class, alarm, title, since (NULL: nobody knows), days, number, teacher, proxy.
 */
enum ga_rc ga_alarm_view(struct ga_care *care, struct ga_error *err);

#endif
