/*
 * The insides of the import; private to this room.
 *
 *   source.c   sheet rows, headers found ──▶ read.c  one row → answers, faults, notes
 *                                              └──▶ keys.c, match.c  which record it means
 *                                                     └──▶ merge.c  what it fills, what differs
 *   plan.c, notes.c, doubles.c  verdicts          apply.c  one save          rejects.c  the refused rows as a file
 */
#ifndef GUANAI_EXCHANGE_INNER_H
#define GUANAI_EXCHANGE_INNER_H

#include "guanai/base/vec.h"
#include "guanai/exchange/import_differences.h"
#include "guanai/form/type.h"
#include "guanai/sheet/sheet.h"
#include "guanai/store/record.h"

#include "alikes.h"
#include "keys.h"
#include "late.h"
#include "numbers.h"
#include "origin.h"
#include "placing.h"
#include "planned.h"
#include "reading.h"
#include "returns.h"
#include "spill.h"
#include "states.h"

enum {
    HEADER_ROWS_MAX = 30, /* title rows above the headings */
    STEP_ROWS = 32, /* between two questions whether to go on */
    DOUBLES_AT_ONCE = 256,
};

/* --- source.c: rows of the file that stand for records --- */
struct source_sheet {
    size_t at;            /* in the book */
    int64_t header_row;   /* the lower one of two */
    bool has_two_rows;    /* headings.c */
    struct column *columns; /* as many as ga_import_sheet's */
    size_t columns_count;
    char **keys;          /* folded headings, for headings repeated further down */
    struct placing placing;
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
bool ga_is_row_number_heading(const char *key); /* 序号, No.: the lines of the paper are numbered */
bool ga_is_reason_heading(const char *key); /* of the column that a file of refused rows has behind its own */

/* --- notes.c: what many rows have in common --- */
void ga_spread_add(struct ga_import_spread *spread, size_t sheet, int64_t row);

/* The notes of a row that is taken in, each under its text. */
void ga_notes_add(struct ga_import *import, const struct ga_vec *messages, int64_t row);
void ga_notes_clear(struct ga_import *import);

/* --- match.c --- */

struct match {
    size_t record;          /* its place among import->records; 0: a new one */
    struct known row;       /* what the row itself gives: a number a rule fills in finds nobody */
    struct ga_uuid child;   /* whom an `of: child` row is about */
};

/* Adds to reading->faults when it cannot be told which record or child is meant. */
void ga_match_row(struct ga_import *import, struct reading *reading, struct match *ret_match);

/* --- doubles.c: rows that differ from an earlier row of the same child --- */
enum ga_rc ga_resolve_doubles(struct ga_import *import, const struct ga_progress *progress, struct ga_error *err);

/* Asks whether to go on; every STEP_ROWS-th row. GA_CANCELLED. */
enum ga_rc ga_import_step(const struct ga_progress *progress, size_t row, int64_t done, int64_t total,
                          struct ga_error *err);
enum ga_rc ga_import_read_step(const struct ga_import *import, const struct ga_progress *progress, size_t row,
                               struct ga_error *err); /* as far as the file is read */

struct ga_import {
    struct ga_import_tools tools;
    struct import_origin origin;
    const struct ga_form *form;
    const struct ga_form *child; /* the parent's form; NULL: none */
    enum ga_import_mode mode;
    enum ga_lang lang;
    int only_sheet;
    const char **match;
    size_t match_count;
    const struct ga_import_choice *choices; /* while it is opened */
    size_t choices_count;
    size_t recalled; /* columns placed an earlier time */
    struct ga_date today;
    int school_year;
    const struct ga_field *numbered; /* NULL: none */
    int64_t highest_number;          /* that the file gives */
    struct state_words state_words;
    struct late_fields late;         /* rules that wait for the rows before */
    struct spill spill;              /* the rows to be written, between plan and apply */
    bool rules_name_child;
    struct ga_arena arena;
    struct ga_sheet_book *book;
    struct ga_import_sheet *sheets; /* shown */
    struct source_sheet *sources;   /* the same, for reading */
    size_t sheets_count;
    size_t at_sheet;   /* the one being read */
    bool is_started;
    struct ga_shelf *rows; /* struct planned */
    size_t counts[GA_VERDICT_COUNT];
    struct ga_vec left, stays; /* struct ga_uuid, rising: children who have left; who is to stay gone */
    size_t returned, gaps; /* returned: who of them is here again by this import */
    bool is_planned, is_applied;
    struct keys records, children;
    struct reading shown; /* of ga_import_row_at */
    bool is_revealed;     /* sensitive answers in what is shown */
    struct ga_vec shown_reasons;
    size_t cursor; /* the row the source stands before */
    bool has_cursor;
    struct ga_vec refusals; /* struct refusal, by row: what was wrong when it was looked at */
    struct ga_arena refusal_texts;
    struct ga_vec notes; /* struct ga_import_note */
    struct ga_arena note_texts;
    struct alikes alikes;
    struct ga_import_spread left_out;
    struct ga_vec differences, differences_before; /* struct difference, by row; those of the plan before */
    struct ga_vec differences_noted; /* recall.c: those of every plan so far, by sheet and row of the file */
    size_t looked_at; /* rows, for differences */
    size_t deciding;  /* the row being merged, index + 1; 0: the mode alone decides */
    bool has_kept_decisions; /* decisions.c: of an earlier time, to be compared with what the archive has now */
    bool is_planning; /* the pass that counts what is left out */
};

#endif
