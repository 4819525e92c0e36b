/*
 * The insides of the import; private to this room.
 *
 *   source.c   sheet rows, headers found ──▶ read.c  one row → answers, faults, notes
 *                                              └──▶ keys.c, match.c  which record it means
 *                                                     └──▶ merge.c  what it fills, what differs
 *   plan.c, doubles.c  verdicts          apply.c  one save          rejects.c  the refused rows as a file
 */
#ifndef GUANAI_EXCHANGE_INNER_H
#define GUANAI_EXCHANGE_INNER_H

#include "guanai/base/vec.h"
#include "guanai/exchange/import.h"
#include "guanai/form/type.h"
#include "guanai/sheet/sheet.h"
#include "guanai/store/record.h"

enum {
    HEADER_ROWS_MAX = 30, /* title rows above the headings */
    KEYS_MAX = 4,
    KEY_FIELDS_MAX = 8,
    STEP_ROWS = 32, /* between two questions whether to go on */
    DOUBLES_AT_ONCE = 256,
};

/* --- source.c: rows of the file that stand for records --- */

struct column {
    const struct ga_field *own;    /* of the imported form */
    const struct ga_field *finder; /* of the child form: finds whom the row is about */
};

struct source_sheet {
    size_t at;            /* in the book */
    int64_t header_row;
    struct column *columns; /* as many as ga_import_sheet's */
    size_t columns_count;
    char **keys;          /* folded headings, for headings repeated further down */
};

/* Opens the book, finds the headings of every wanted sheet. */
enum ga_rc ga_source_sheets(struct ga_import *import, struct ga_error *err);

/* Starts again at the first row of the first sheet. */
enum ga_rc ga_source_rewind(struct ga_import *import, struct ga_error *err);

/* Row i of the plan, forwards from where the source stands, else from the beginning. */
enum ga_rc ga_source_seek(struct ga_import *import, size_t i, const struct ga_sheet_row **ret_row,
                          struct ga_error *err);

/* The next row that stands for a record; NULL at the end. Borrowed until the next call. */
enum ga_rc ga_source_next(struct ga_import *import, const struct ga_sheet_row **ret_row, struct ga_error *err);

/* For progress: how far of how much. */
void ga_source_progress(const struct ga_import *import, int64_t *ret_done, int64_t *ret_total);

const char *ga_cell_text(const struct ga_sheet_row *row, size_t column); /* "" behind the last */

/* --- read.c: what one row says --- */

struct reading {
    struct ga_answers own;
    struct ga_answers finder; /* of the child form; form NULL: not an `of: child` form */
    struct ga_vec faults;     /* struct ga_message: why it is refused */
    struct ga_vec notes;      /* struct ga_message: what should be looked at */
    const char *raw_id_number; /* as it stands in the cell; borrowed from the row */
    uint64_t sum;             /* of all that was read */
};

void ga_reading_init(struct ga_import *import, struct reading *reading);
void ga_reading_finish(struct reading *reading);
void ga_read_row(struct ga_import *import, const struct ga_sheet_row *row, struct reading *reading);
const char *ga_reading_name(const struct reading *reading); /* what stands for it in lists */

struct ga_message *ga_add_message(struct ga_vec *messages);
const char *ga_label_of(const struct ga_import *import, const struct ga_field *field);

/* --- keys.c: which record has these values --- */

struct key {
    const struct ga_field *fields[KEY_FIELDS_MAX];
    size_t count;
    bool is_by_name;  /* weak: others may be called the same */
    bool is_with_child;
};

struct known {
    uint64_t keys[KEYS_MAX]; /* 0: it has none */
    int32_t birth_day;       /* since 1970; INT32_MIN: not known to the day */
    uint32_t row;            /* the row of the file that means it, from 1; 0: none yet */
    struct ga_uuid id;       /* zero: made by this import */
};

struct keys {
    const struct ga_form *form;
    struct key list[KEYS_MAX];
    size_t count;
    int64_t births; /* column of birth_date in the SELECT, -1 */
    struct ga_vec known; /* struct known */
    uint32_t *slots;     /* which of known, for which key; 0: free */
    size_t cap, used;
};

void ga_keys_init(struct keys *keys, const struct ga_form *form, const struct ga_import *import);
void ga_keys_finish(struct keys *keys);
enum ga_rc ga_keys_load(struct keys *keys, struct ga_store *store, struct ga_error *err);
void ga_keys_of(const struct keys *keys, const struct ga_answers *answers, struct known *ret_known);
struct known *ga_keys_add(struct keys *keys, const struct known *known); /* borrowed until the next add */

/* The next entry with this key behind *at (start with 0); NULL when there are no more. */
struct known *ga_keys_find(const struct keys *keys, size_t key, uint64_t hash, size_t *at);

/* --- match.c --- */

struct match {
    struct known *record;   /* NULL: a new one */
    struct ga_uuid child;   /* whom an `of: child` row is about */
};

/* Adds to reading->faults when it cannot be told which record or child is meant. */
void ga_match_row(struct ga_import *import, struct reading *reading, struct match *ret_match);

/* --- merge.c --- */

struct merge {
    size_t fills, changes;
};

/*
 * Puts what the row says into `record`: empty fields are filled, others changed when the mode is update.
 * Sentences about both are added to `said` (nullable).
 */
struct merge ga_merge(const struct ga_import *import, const struct ga_answers *row, struct ga_answers *record,
                      struct ga_vec *said);

/* --- plan.c --- */

struct planned {
    uint32_t row;          /* as a spreadsheet program numbers it */
    uint32_t first;        /* the row that already means the same record, index + 1; 0: none */
    uint8_t sheet;         /* into import->sources */
    uint8_t verdict;
    bool is_written;       /* by apply */
    bool is_open;          /* a double that is still to be compared with the first one */
    uint64_t sum;          /* of what the row says */
    uint64_t heads;        /* sum of the heads it was compared with */
    struct ga_uuid target; /* the record; of a new one the child it belongs to, after apply itself */
};

/* Why a row was refused, one reason a line. */
struct refusal {
    uint32_t row; /* index into import->rows */
    const char *text;
};

const char *ga_refusal_of(const struct ga_import *import, size_t i); /* "" when there were too many to keep */

/* A record as it is, with what it would be were the row taken in; heads are the caller's. */
struct meeting {
    struct ga_answers before, after;
    struct ga_heads *heads;
    struct merge merge;
};

void ga_meeting_finish(struct meeting *meeting);
enum ga_rc ga_meet(struct ga_import *import, const struct reading *reading, const struct ga_uuid *id,
                   struct meeting *ret_meeting, struct ga_vec *said, struct ga_error *err);

/* What rules find wrong with a row on its own goes to faults and notes. Answers how many gaps. */
size_t ga_check_row(struct ga_import *import, struct reading *reading, const struct ga_uuid *child, bool is_new);

/* The parent's answers for rules that name them; `ret` is initialised when true. */
bool ga_read_child(struct ga_import *import, const struct ga_uuid *child, struct ga_answers *ret);

uint64_t ga_sum_heads(const struct ga_heads *heads);
enum ga_verdict ga_verdict_of(struct merge merge);
bool ga_mode_writes(enum ga_import_mode mode, struct merge merge);

/* --- doubles.c: rows that differ from an earlier row of the same child --- */
enum ga_rc ga_resolve_doubles(struct ga_import *import, const struct ga_progress *progress, struct ga_error *err);

/* Asks whether to go on; every STEP_ROWS-th row. GA_CANCELLED. */
enum ga_rc ga_import_step(struct ga_import *import, const struct ga_progress *progress, size_t row,
                          struct ga_error *err);

struct ga_import {
    struct ga_import_tools tools;
    const struct ga_form *form;
    const struct ga_form *child; /* the parent's form; NULL: none */
    enum ga_import_mode mode;
    enum ga_lang lang;
    int only_sheet;
    const char **match;
    size_t match_count;
    struct ga_date today;
    int school_year;
    bool rules_name_child;
    struct ga_arena arena;
    struct ga_sheet_book *book;
    struct ga_import_sheet *sheets; /* shown */
    struct source_sheet *sources;   /* the same, for reading */
    size_t sheets_count;
    size_t at_sheet;   /* the one being read */
    bool is_started;
    struct ga_vec rows; /* struct planned */
    size_t counts[GA_VERDICT_COUNT];
    size_t gaps;
    bool is_planned, is_applied;
    struct keys records, children;
    struct reading shown; /* of ga_import_row_at */
    struct ga_vec shown_reasons;
    size_t cursor; /* the row the source stands before */
    bool has_cursor;
    struct ga_vec refusals; /* struct refusal, by row: what was wrong when it was looked at */
    struct ga_arena refusal_texts;
};

#endif
