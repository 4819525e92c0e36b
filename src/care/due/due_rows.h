/* Windows in force, what is kept of a child in each; private to the files due_*.c. */
#ifndef GUANAI_SRC_CARE_DUE_ROWS_H
#define GUANAI_SRC_CARE_DUE_ROWS_H

#include "guanai/care/due.h"

/* A window with its days counted from 1970. */
struct ga_due_window {
    uint16_t no;     /* duty << 10 | its place among those of the duty: an edit of nothing moves it */
    bool is_own;     /* stands for all of a duty EVERY or AFTER: each row has days of its own */
    int32_t opens, begins, due_on, ends;
    uint64_t open_bit; /* of _due_class.open, 0 once it has ended; beyond 64 of them two share one */
    int32_t asked_on; /* who owes it is asked on this day: its last on time, or today */
    size_t asked;     /* the place of that day among ga_due_windows.days */
    char label[GA_WINDOW_LABEL_SIZE];
};

enum { GA_DUE_PLACES = 1024, GA_DUE_COMING_DAYS = 31 };

static inline size_t ga_due_duty_of(uint16_t window)
{
    return window / GA_DUE_PLACES;
}

/* due_windows.c: all windows in force on a day: this school year, the last one, a month ahead. */
struct ga_due_windows {
    struct ga_arena arena;
    struct ga_due_window *items; /* by number */
    size_t count;
    size_t first[GA_DUTIES_MAX + 1]; /* of each duty */
    struct ga_date *days;            /* on which it is asked who owes, rising; today is the last */
    size_t days_count;
    int32_t from, today;
};

void ga_due_windows_make(struct ga_due_windows *windows, const struct ga_calendar *calendar, const struct ga_duties *duties,
                         struct ga_date today);
/* Sets `days`, each window's `asked`; `is_on` a duty each. */
/* `ends`: other days that are asked about, of whichever duties. */
void ga_due_windows_ask(struct ga_due_windows *windows, const bool *is_on, const int32_t *ends, size_t ends_count);
void ga_due_windows_finish(struct ga_due_windows *windows);
const struct ga_due_window *ga_due_windows_find(const struct ga_due_windows *windows, uint16_t no); /* NULL: none */
size_t ga_due_windows_day(const struct ga_due_windows *windows, int32_t day); /* the first asked day not before it */

/* due_rows.c: what is kept of one subject in one window. */
enum ga_due_flag {
    GA_ROW_LATE = 1,       /* done after its last day on time */
    GA_ROW_EXCUSED = 2,
    GA_ROW_CONFIRMED = 4,
    GA_ROW_RESTS = 8,      /* the child had left, or was away */
    GA_ROW_FITS = 16,      /* of a duty of class, site, school: the child is one for whose sake it is owed */
    GA_ROW_POSTPONED = 32,
    GA_ROW_HAS_RECORD = 64,
    GA_ROW_HAS_DAYS = 128,
    GA_ROW_HAS_OUTCOME = GA_ROW_EXCUSED | GA_ROW_POSTPONED, /* of these three the packed form is longer */
};

struct ga_due_row {
    uint16_t window;
    uint8_t flags;
    uint8_t done, tries; /* up to 255 */
    int32_t done_on;     /* of the newest record that counts, else of the newest try */
    int64_t record;      /* that record; 0: none */
    int64_t outcome;     /* HAS_OUTCOME: the record that says so */
    int32_t opens, due_on, ends; /* HAS_DAYS: own ones; else the window's */
};

void ga_due_row_pack(const struct ga_due_row *row, struct ga_str *out);
/* The next of packed rows from *at on; false: the end, or bytes that are none. Days of the window are not filled in. */
bool ga_due_row_next(const char *bytes, size_t len, size_t *at, struct ga_due_row *ret_row);

/* What a row says on a day. */
enum ga_due_state ga_due_row_state(const struct ga_due_row *row, const struct ga_due_window *window, int needed,
                                   int32_t today);

/* Counts of a class's children in a window. */
struct ga_due_count {
    uint16_t window;
    uint32_t owed, done, done_late, tried, excused, unconfirmed, rests;
    uint32_t fits; /* children for whose sake the class owes it */
    uint32_t own;  /* rows with days of their own: they are not where the window is */
};

/* Sorted by window; `by` 1 or −1. */
void ga_due_counts_add(struct ga_vec *counts, const struct ga_due_row *row, int needed, int by);
void ga_due_counts_pack(const struct ga_vec *counts, struct ga_str *out); /* those that are not all zero */
bool ga_due_count_is_open(const struct ga_due_count *count); /* somebody of the class has something left to do */
void ga_due_counts_read(const char *bytes, size_t len, struct ga_vec *counts);

#endif
