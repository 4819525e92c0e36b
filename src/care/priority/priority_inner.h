/* The insides of the board of priorities; private to the files priority_*.c. */
#ifndef GUANAI_SRC_CARE_PRIORITY_INNER_H
#define GUANAI_SRC_CARE_PRIORITY_INNER_H

#include "due/due_inner.h"
#include "guanai/care/priorities.h"

/*
 * Derived, made by this room, dropped and made anew at any time, as _due_* are:
 *
 *   _prio_mark   one row: the operation, the day, the fingerprint that the other shows
 *   _prio_child  a row a child that counts or had anything: `first` its earliest record's day, `rows` packed; of who
 *                counts today `quiet`, `reached`: the days of its last turn, of the last time its home was reached; 0 never
 *
 * Columns of a child: the priorities, behind them what reached its home. Asked beside them, kept as bits: needs.
 */
enum {
    GA_PRIO_EDITION = 2, /* raise it when the same records give other rows */
    GA_PRIO_MONTHS_MAX = 24,
    GA_PRIO_COLUMNS_MAX = GA_PRIORITIES_MAX + 1,
    GA_PRIO_COUNTS = 1, GA_PRIO_SHARED = 2, /* flags of a month */
};

/* One source's statements, prepared at first use. */
enum ga_prio_sql { GA_PRIO_ALL, GA_PRIO_ONE, GA_PRIO_PROOF, GA_PRIO_SQL_COUNT };
struct ga_prio_source {
    size_t column; /* up to GA_PRIO_COLUMNS_MAX; needs: that and their place */
    const struct ga_priority_source *rule;
    char views[2][140];
    const char *view_names[2];
    struct ga_guard_scope scope;
    struct ga_stmt *stmts[GA_PRIO_SQL_COUNT];
};

/* What a record says of a child. */
struct ga_prio_contact {
    int64_t child, record;
    uint32_t source; /* its place */
    int32_t day;
    int32_t times;
    bool counts;
    int32_t asked_on;       /* PROOF: from 1970; 0: not said */
    int64_t seats, others;  /* PROOF: -1, 0: not said */
};

struct ga_prio { /* struct ga_care's */
    struct ga_care *care;
    struct ga_priority_set set;
    const struct ga_priorities *rule;
    struct ga_duty *questions; /* who, share, needs of the child: asked as duties are */
    struct ga_duties asked;
    uint8_t need_of[2 + GA_PRIORITY_NEEDS_MAX]; /* of each question behind the second */
    struct ga_owes *owes;
    struct ga_priority_source need_rules[GA_PRIORITY_NEEDS_MAX];
    struct ga_prio_source *sources;
    size_t sources_count;
    struct ga_arena arena; /* of the day */
    struct ga_school_tally tally;
    struct ga_date ends[GA_PRIO_MONTHS_MAX]; /* of each month its last day, of this one today */
    size_t months;
    int32_t from, today, first_day;
    struct ga_date day;
    uint64_t fingerprint;
    int64_t shown_op; /* −1: not looked yet */
    bool is_aside;    /* the disk took nothing: its tables are in memory until the program ends */
};

/* priority_file.c, priority_check.c, priority_files.c */
struct ga_expressions;
enum ga_rc ga_priorities_take_text(struct ga_priority_set *set, size_t layer, const struct ga_definitions *definitions,
                                   struct ga_expressions *expressions, const char *file, const struct ga_str *text,
                                   struct ga_problems *problems);
void ga_priorities_content(const struct ga_priorities *rule, struct ga_str *out);
void ga_priorities_check(struct ga_priorities *rule, const struct ga_definitions *definitions,
                         struct ga_expressions *expressions, struct ga_problems *problems);
enum ga_rc ga_priorities_load(const struct ga_figures *figures, struct ga_priority_set *ret_set,
                              struct ga_problems *problems, struct ga_error *err);

/* priority_state.c: the care's; its rule read at first use. GA_NOT_FOUND: there is no file of priorities. */
enum ga_rc ga_prio_of(struct ga_care *care, struct ga_problems *problems, struct ga_prio **ret_prio, struct ga_error *err);
void ga_prio_destroy(struct ga_prio *prio); /* NULL is fine */
enum ga_rc ga_prio_day_begin(struct ga_prio *prio, struct ga_error *err);
static inline size_t ga_prio_reached(const struct ga_prio *prio) { return prio->rule->priorities.count; }
static inline bool ga_prio_is_need(const struct ga_prio_source *source) { return source->column >= GA_PRIO_COLUMNS_MAX; }

/* priority_records.c: what the records of the span say, appended (struct ga_prio_contact), of one child or of all (0). */
enum ga_rc ga_prio_contacts_read(struct ga_prio *prio, int64_t child, struct ga_days span, struct ga_vec *contacts,
                                 struct ga_error *err);
/* Of one column, with what proves it. */
enum ga_rc ga_prio_proof_read(struct ga_prio *prio, size_t column, struct ga_days span, struct ga_vec *contacts,
                              struct ga_error *err);
void ga_prio_sources_list(struct ga_prio *prio);
void ga_prio_sources_finish(struct ga_prio *prio);

/* priority_rows.c: the packed form. */
struct ga_prio_month {
    uint8_t month, flags; /* its place in `ends` */
};
struct ga_prio_turns {
    uint8_t month, column, day; /* day: of the newest, in the month */
    uint16_t turns;
    int64_t record;
};
struct ga_prio_rows {
    uint32_t needs;
    const char *months, *turns; /* packed */
    size_t months_count, turns_count;
};
void ga_prio_pack(uint32_t needs, const struct ga_vec *months, const struct ga_vec *turns, struct ga_str *out);
bool ga_prio_unpack(const char *bytes, size_t len, struct ga_prio_rows *ret_rows); /* borrowed; false: none such */
struct ga_prio_month ga_prio_month_at(const struct ga_prio_rows *rows, size_t i);
struct ga_prio_turns ga_prio_turns_at(const struct ga_prio_rows *rows, size_t i);

/* priority_count.c: rows of one child or of all (0), handed out by child. */
typedef enum ga_rc (*ga_prio_put_fn)(void *ctx, int64_t child, int32_t first, const struct ga_str *rows, struct ga_error *err);
enum ga_rc ga_prio_count(struct ga_prio *prio, int64_t child, ga_prio_put_fn put, void *ctx, struct ga_error *err);

/* priority_follow.c: brings the table up to the newest saves and the store's day. */
enum ga_rc ga_prio_follow(struct ga_prio *prio, struct ga_error *err);

/* priority_read.c: all of the ask in roster order, of a year that is over under the class of then; borrowed for the call. */
struct ga_prio_seen {
    int64_t child;
    const char *id, *name, *site, *grade, *class_no;
    struct ga_prio_rows rows;
};
typedef void (*ga_prio_seen_fn)(void *ctx, const struct ga_prio_seen *seen);
enum ga_rc ga_prio_read(struct ga_prio *prio, const struct ga_priority_ask *ask, size_t month, ga_prio_seen_fn each, void *ctx,
                        struct ga_error *err);
/* Of today, of those who count: the same, by the days they had anything last where the ask is for who waits. */
enum ga_rc ga_prio_read_waiting(struct ga_prio *prio, const struct ga_priority_ask *ask, ga_prio_seen_fn each, void *ctx,
                                struct ga_error *err);
enum ga_rc ga_prio_first(struct ga_prio *prio, int32_t *ret_first, struct ga_error *err); /* no day is counted before it */
/* The rows of one child; *ret_has false: it has none. `bytes` keeps what they borrow. */
enum ga_rc ga_prio_read_one(struct ga_prio *prio, int64_t child, struct ga_str *bytes, struct ga_prio_rows *ret_rows,
                            bool *ret_has, struct ga_error *err);

/* priority_board.c: the numbers of one row; `month` the place in `ends`. */
int32_t ga_prio_waits_since(const struct ga_prio *prio, int days); /* who waits so many school days had nothing after that day; 0: had nothing ever */
struct ga_prio_waits {
    bool counts; /* today */
    int32_t quiet, reached;
};
struct ga_prio_waits ga_prio_waits(const struct ga_prio *prio, const struct ga_prio_rows *rows);
void ga_prio_row(const struct ga_prio *prio, const struct ga_prio_rows *rows, size_t month, int32_t first,
                 struct ga_priority_row *ret_row);
enum ga_rc ga_prio_month_of(const struct ga_prio *prio, struct ga_date month, size_t *ret_month, struct ga_error *err);

#endif
