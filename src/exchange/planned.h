/* Verdicts and what they rest on; private to this room. */
#ifndef GUANAI_EXCHANGE_PLANNED_H
#define GUANAI_EXCHANGE_PLANNED_H

#include "reading.h"

#include "guanai/store/record.h"

struct merge {
    size_t fills, changes;
    size_t taken; /* of both, what goes into the record */
    bool takes_change;
};

/*
 * Puts what the row says into `record`: empty fields are filled, others changed when the mode is update.
 * Sentences about both are added to `said` (nullable).
 */
struct merge ga_merge(const struct ga_import *import, const struct ga_answers *row, struct ga_answers *record,
                      struct ga_vec *said);

/* One field that a row fills or has otherwise than the archive. */
enum { UNDECIDED, DECIDED_TAKE, DECIDED_KEEP };
struct difference {
    uint32_t row; /* index into import->rows */
    uint16_t field;
    bool is_fill, is_by_rule; /* by_rule: the row says nothing there, `import:` of the form does */
    bool is_again;            /* the row is not the first of its child */
    uint8_t decided;
    uint32_t says, had; /* the sums of the file's value, of the archive's when it was decided */
};

/* Whether the file's value is to be written, in the row import->deciding. */
bool ga_difference_is_taken(const struct ga_import *import, const struct ga_field *field, bool is_fill);

/* A row in which everything is kept is not written. */
void ga_differences_settle(struct ga_import *import);

/* decisions.c: the file was taken in. */
void ga_decisions_forget(struct ga_import *import);

/* Before planning anew: what was said of rows that were not looked at again yet stands beside the rest. */
void ga_differences_gather(struct ga_import *import);

/* An answer as shown, or why there is none; appended. */
void ga_answer_words(const struct ga_import *import, const struct ga_field *field, const struct ga_answer *answer,
                     struct ga_str *out);

/* Small: a roster of 100,000 rows has as many. */
struct planned {
    uint32_t row;          /* as a spreadsheet program numbers it */
    uint32_t first;        /* the row that already means the same record, index + 1; 0: none */
    uint8_t sheet;         /* into import->sources */
    uint8_t verdict;
    bool is_written : 1;   /* by apply */
    bool is_open : 1;      /* a double that is still to be compared with the first one */
    bool comes_back : 1;   /* of a child who left */
    bool stays_gone : 1;   /* and is to stay so */
    bool takes_change : 1; /* of a row not looked at one by one: a value gives way to another */
    bool is_kept : 1;      /* its answers lie in import->spill, in the order of the rows */
    uint32_t sum;          /* of what the row says */
    uint32_t heads;        /* sum of the heads it was compared with */
    struct ga_uuid target; /* the record; of a new one the child it belongs to, after apply itself */
};

/*
 * recall.c: what was decided goes over to a plan of other sheets, other columns, another mode: by sheet and row of the
 * file, field and value. Before `earlier` (which may be the same) forgets its rows they are noted; while rows are planned
 * their differences are put beside them, those of `row` that it still says.
 */
void ga_recall_init(struct ga_vec *recalled);
uint32_t ga_recall_sum(const struct ga_answer *answer);
void ga_recall_note(struct ga_import *import, const struct ga_import *earlier);
void ga_recall_put(struct ga_import *import, uint32_t sheet, uint32_t number, const struct difference *difference);
void ga_recall_sort(struct ga_import *import); /* after the last one put */
void ga_recall_row(struct ga_import *import, const struct planned *planned, const struct ga_answers *row, size_t i);

/* Why a row was refused, one reason a line. */
struct refusal {
    uint32_t row; /* index into import->rows */
    const char *text;
};

/* Keeps reading->faults as the reasons of row i; rows may come in any order. */
void ga_refusal_keep(struct ga_import *import, const struct reading *reading, size_t i);
const char *ga_refusal_of(const struct ga_import *import, size_t i); /* "" when there were too many to keep */

/* Asks tools.guard; true: it may not be written, reading->faults say why. */
bool ga_row_is_barred(const struct ga_import *import, struct reading *reading, const struct ga_answers *now,
                      const struct ga_answers *before);

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

uint32_t ga_sum_heads(const struct ga_heads *heads);
enum ga_verdict ga_verdict_of(struct merge merge);

#endif
