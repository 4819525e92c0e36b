/* The board of the three priorities: how often whose turn it was, who is next, whom nobody reached. */
#ifndef GUANAI_CARE_PRIORITIES_H
#define GUANAI_CARE_PRIORITIES_H

#include "guanai/care/due.h"
#include "guanai/care/priority_rule.h"

/*
 *   forms/priorities ─────────┐
 *   records (lists in them) ──┼─▶ ga_care ──▶ _prio_child ──▶ board, classes, next, nothing for N days, not reached
 *   who counts by month ──────┘   (follows)
 *
 * The table is derived like those of due.h and follows the log as they do; screens, command line, counts read it through
 * here and nowhere else. It reaches from 1 September of the last school year to today. A record is a turn of the month
 * its own date lies in, whenever it was typed; a child that a record names twice (linked files, two rows) has one turn by
 * it. Who counts in a month counted on its last day (of this month: today); needs are those of today.
 *
 * Days are school days (calendar.h): weekends and holidays rest, what was done in them counts all the same. Of a child
 * that never had a turn they count from when it is first known to count, not before the first record there is of any child.
 */
struct ga_priority_cell {
    int turns;              /* in the month */
    int64_t record;         /* the newest of the month; 0: none */
    struct ga_date last_on; /* the last turn up to the day the board is of; {0}: never */
    int64_t last_record;    /* that one; 0: none */
    int days;               /* school days since then */
};

struct ga_priority_row {
    int64_t child;
    const char *id, *name, *site, *grade, *class_no; /* in the ask's arena */
    bool counts;    /* stands on the board by `who` */
    bool is_shared; /* by `share`: left-behind */
    uint32_t needs; /* bit i: the i-th need */
    struct ga_priority_cell cells[GA_PRIORITIES_MAX];
    int quiet_days;           /* school days without a turn of any kind */
    struct ga_date quiet_on;  /* the last of any kind; {0}: never */
    struct ga_date reached_on; /* {0}: never */
    int64_t reached_record;
    int reached_days;
};

/* NULL: any; month: any day of it, {0}: this one. */
struct ga_priority_ask {
    const char *site, *grade, *class_no;
    struct ga_date month;
    bool with_all; /* those who do not count, too, where they had a turn in the month */
    int quiet_days, unreached_days; /* only those who waited so many school days; 0: everybody */
};

struct ga_priority_board {
    const struct ga_priorities *rule;
    struct ga_date month, day; /* its first day; the day it is of: its last or today */
    struct ga_priority_row *rows;
    size_t count;
};

/* The rule in force; borrowed until forms are accepted. GA_NOT_FOUND: there is none. `problems` nullable: findings, at the first call. */
enum ga_rc ga_care_priorities(struct ga_care *care, struct ga_problems *problems, const struct ga_priorities **ret_rule,
                              struct ga_error *err);

/* In roster order; in `arena`. GA_REFUSED: the month lies outside what the table reaches over. */
enum ga_rc ga_priority_board_read(struct ga_care *care, const struct ga_priority_ask *ask, struct ga_arena *arena,
                                  struct ga_priority_board *ret_board, struct ga_error *err);

/* Classes of the ask, in roster order: of children who count. */
enum { GA_PRIORITY_QUIET_DAYS = 30, GA_PRIORITY_VERY_QUIET_DAYS = 60, GA_PRIORITY_UNREACHED_DAYS = 60 };
struct ga_priority_class {
    const char *site, *grade, *class_no;
    int64_t children;
    struct {
        int64_t turns, children, reached_target; /* children that had one at all; that had as many as the target */
    } sums[GA_PRIORITIES_MAX];
    int64_t quiet, very_quiet, unreached; /* for so many school days */
};
enum ga_rc ga_priority_classes(struct ga_care *care, const struct ga_priority_ask *ask, struct ga_arena *arena,
                               struct ga_priority_class **ret_classes, size_t *ret_count, struct ga_error *err);

/* Who did a turn: the record's own word; "" where nobody is written down. In `arena`. */
const char *ga_priority_by(struct ga_care *care, size_t priority, int64_t record, struct ga_arena *arena);

/* The records behind a cell, the newest first: of the month of the board. In `arena`. */
struct ga_priority_turn {
    int64_t record;
    struct ga_date on;
    int times;
};
enum ga_rc ga_priority_turns(struct ga_care *care, int64_t child, size_t priority, struct ga_date month,
                             struct ga_arena *arena, struct ga_priority_turn **ret_turns, size_t *ret_count,
                             struct ga_error *err);

/*
 * Who is next. The rule: weights of what is needed + days_weight × school days since the last turn (days_max at most)
 * + missing_weight × turns missing of the month's target; the higher the earlier; of equal ones who waited longer, then
 * roster order.
 */
struct ga_turn_case {
    int64_t need; /* sum of weights */
    int64_t days;
    int64_t missing;
    size_t place; /* in the roster */
};
int64_t ga_turn_score(const struct ga_priorities *rule, const struct ga_turn_case *turn);
int ga_turn_compare(const struct ga_priorities *rule, const struct ga_turn_case *a, const struct ga_turn_case *b); /* <0: a first */

struct ga_turn_case ga_priority_case(const struct ga_priority_board *board, size_t row, size_t priority);

/* Rows of the board by that rule, all that count, the next one first; in `arena`, board->count at most. */
size_t ga_priority_next(const struct ga_priority_board *board, size_t priority, struct ga_arena *arena, size_t **ret_rows);

/* Why: "重点帮扶 · 无人监护 · 32 个上课日没有轮到 · 本月 0/2"; in `arena`. */
const char *ga_priority_why(const struct ga_priority_board *board, size_t row, size_t priority, enum ga_lang lang,
                            struct ga_arena *arena);

/* Those that count and had nothing (of any priority), were not reached for so many school days: who waits longest first. */
size_t ga_priority_quiet(const struct ga_priority_board *board, int days, struct ga_arena *arena, size_t **ret_rows);
size_t ga_priority_unreached(const struct ga_priority_board *board, int days, struct ga_arena *arena, size_t **ret_rows);

/*
 * The proof of "first": every occasion of the days, the newest first, and how many of those who took part are left-behind.
 * A record with a list is one; records of a form `of: child` are one a day. `others`: named ones who do not count, and
 * those who are not named. Totals are sums of them.
 */
struct ga_priority_occasion {
    size_t priority;
    const struct ga_form *form;
    struct ga_date on;
    int64_t record;          /* the (first) record */
    struct ga_date asked_on; /* {0}: not said */
    int64_t seats;           /* -1: not said */
    int64_t left_behind, others;
    const int64_t *present;  /* the left-behind ones, by number */
};
enum ga_rc ga_priority_proof(struct ga_care *care, struct ga_days span, struct ga_arena *arena,
                             struct ga_priority_occasion **ret_occasions, size_t *ret_count, struct ga_error *err);

#endif
