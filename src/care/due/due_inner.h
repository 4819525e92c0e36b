/* What is owed: what is open while it is counted, followed, listed; private to the files due_*.c. */
#ifndef GUANAI_SRC_CARE_DUE_INNER_H
#define GUANAI_SRC_CARE_DUE_INNER_H

#include "alarm/alarm_inner.h"
#include "due/due_counting.h"
#include "due/owed.h"
#include "guanai/base/let_go.h"
#include "private.h"

/*
 * Derived, made by this room, dropped and made anew at any time (no part of store's schema, none of `check --rebuild`):
 *
 *   _due_mark    one row: the operation, the day, the fingerprint that the others show
 *   _due_window  a row a window of the calendar
 *   _due_child   a row a child that owes anything: its class, its proxy parent, who is named in its plan, `rows` (packed, due_rows.c)
 *   _due_class   a row a class, a site (grade, class NULL), the school (all NULL): `rows` of duties that are its own,
 *                `tallies` of its children's, `open` the bits of the windows that have not ended and leave something to do
 *   _due_stand   a row a class whose grade is the one of the present school year (due_stand.c)
 *   _alarm       a row a child and alarm that stands (alarm.h)
 *
 * A row a child and window would be 470,000 rows for a county; packed they are one short blob a child, so a save
 * rewrites two rows, a class's list reads as many as it has children. State (open, late, missed …) is worked out at
 * reading from the day: rows change when something happens, not as days pass.
 */
enum { GA_CARE_SPAN = 256 }; /* children counted at once: 0.3 MB for 1.2 at 1024, whose statements are a thirtieth less */
enum { GA_CARE_EDITION = 11 }; /* raise it when the same records give other rows */

/* due_tables.c */
enum ga_due_sql {
    GA_DUE_GET_MARK, GA_DUE_PUT_MARK, GA_DUE_PUT_WINDOW,
    GA_DUE_PUT_CHILD, GA_DUE_GET_CHILD, GA_DUE_DROP_CHILD,
    GA_DUE_CHILDREN_OF_CLASS, GA_DUE_CHILDREN_OF_PROXY, GA_DUE_CHILDREN_WITH_OWN,
    GA_DUE_PUT_CLASS, GA_DUE_DROP_CLASS, GA_DUE_GET_CLASS, GA_DUE_OPEN_OF_CLASSES, GA_DUE_CLASSES,
    GA_DUE_PUPILS_OF_CLASS, GA_DUE_GET_STANDS, GA_DUE_PUT_STAND,
    GA_DUE_ROSTER_ALL, GA_DUE_ROSTER_ONE, GA_DUE_ROSTER_PLACE, GA_DUE_ROSTER_SPAN, GA_DUE_ROSTER_END,
    GA_DUE_OUTCOMES, GA_DUE_PROXIES, GA_DUE_HELPERS, /* ?1 the day, children ?2 to ?3; their forms' views have to be there */
    GA_ALARM_PUT, GA_ALARM_DROP_CHILD, GA_ALARM_ALL, GA_ALARM_BY_CHILD, GA_ALARM_OF_CHILD, GA_ALARM_COUNTS, GA_DUE_HAS_PROXY,
    GA_DUE_SQL_COUNT,
};

extern const char *const ga_due_sql[GA_DUE_SQL_COUNT];
enum ga_rc ga_due_tables_make(struct ga_db *db, struct ga_error *err); /* where they are not there yet */
enum ga_rc ga_due_tables_put_aside(struct ga_db *db, struct ga_error *err); /* the same in memory: they hide those of the file */
enum ga_rc ga_due_tables_clear(struct ga_db *db, struct ga_error *err);

struct ga_care {
    struct ga_care_options options;
    struct ga_calendar calendar;
    struct ga_duties duties;
    struct ga_alarms alarms;
    bool is_on[GA_DUTIES_MAX];       /* ever, anywhere */
    struct ga_duties asked;          /* those that are, borrowed; asked_no: which each of them is */
    size_t asked_no[GA_DUTIES_MAX];
    uint64_t asked_events;           /* bit i: the i-th of them is owed after an event */
    struct ga_owes *owes;            /* asks them; NULL: to be opened */
    struct ga_due_windows windows;
    struct ga_due_places places;       /* classes, sites of now; read with the choices, which name them */
    struct ga_due_decisions decisions; /* choices and teachers of now; the rest as last read */
    struct ga_stmts stmts;
    struct ga_due_source *sources;
    size_t sources_count;
    uint64_t fingerprint;
    struct ga_date day;   /* windows are of this day; year 0: not made yet */
    int32_t begin;        /* the archive's first day, or that of the windows if that is later */
    int32_t first_day;    /* the archive's */
    int64_t shown_op;     /* −1: not looked yet */
    struct ga_care_shown viewed; /* what v_due shows */
    bool is_following, has_choices;
    bool is_made_anew; /* by the follow that was asked for last */
    bool is_aside; /* the disk took nothing: the tables are in memory until the program ends */
    int span_children;    /* so many are counted at once; fewer in tests */
    bool (*is_wanted)(void *ctx); /* asked between them (give_way.h); NULL: nobody waits */
    void *wanted_ctx;
    bool is_put_off;
    struct ga_prio *prio; /* priority_state.c; NULL: not asked for yet */
    struct ga_due_past *past; /* due_past.c: the classes of a school year that is over; NULL: not asked for yet */
};

/*
 * Whoever waits for a key counts beside an open screen: little memory counts there. A command, a rebuild has the machine to itself:
 * time does, and a large school's pages are kept.
 */
static inline bool ga_due_is_spared(const struct ga_care *care)
{
    return care->is_wanted != NULL;
}

static inline void ga_due_let_go(const struct ga_care *care)
{
    if (ga_due_is_spared(care))
        ga_memory_let_go();
}

/* care_view.c: a TEMP table of ours, made anew where it does not show the newest save, the day. */
struct ga_care_table {
    const char *make, *put; /* SQL: makes it where it is not there, empties it; puts a row */
    enum ga_rc (*put_all)(struct ga_care *care, struct ga_stmt *put, struct ga_error *err);
};
enum ga_rc ga_care_show(struct ga_care *care, const struct ga_care_table *table, struct ga_care_shown *shown,
                        struct ga_error *err);

/* care.c: appends all of the configuration that windows and places hang on, for fingerprints. */
void ga_due_add_config(const struct ga_config *config, struct ga_str *out);

/* care.c: is any duty on that a class, a site, the school owes? */
bool ga_due_has_place_duties(const struct ga_care *care);

static inline int ga_due_needed(const struct ga_care *care, size_t duty)
{
    return duty < care->duties.count ? (int)care->duties.items[duty]->count : 1;
}

/* care.c: windows, choices, the fingerprint of a new day. */
enum ga_rc ga_due_day_begin(struct ga_care *care, struct ga_date today, struct ga_error *err);
enum ga_rc ga_due_find_begin(struct ga_care *care, struct ga_error *err);

/* due_follow.c: all of the tables anew. */
enum ga_rc ga_due_make_anew(struct ga_care *care, struct ga_error *err);

static inline enum ga_rc ga_due_stmt(struct ga_care *care, enum ga_due_sql sql, struct ga_stmt **ret_stmt,
                                     struct ga_error *err)
{
    return ga_stmts_get(&care->stmts, sql, ret_stmt, err);
}

/* "main g3 2" of a class as one text: parts divided by a character no code has. In `arena`. */
#define GA_DUE_KEY_BREAK "\x1f"
#define GA_DUE_ABOVE "\x02" /* begins the key of a site, of the school */
#define GA_DUE_CLASS_KEY "%s" GA_DUE_KEY_BREAK "%s" GA_DUE_KEY_BREAK "%s"
const char *ga_due_class_key(struct ga_arena *arena, const char *site, const char *grade, const char *class_no);

#endif
