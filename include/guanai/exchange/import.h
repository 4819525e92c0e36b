/*
 * A roster or any other sheet becomes records.
 *
 *   ga_book (sheet) ──▶ columns matched ──▶ plan: a verdict per row ──▶ apply: one ga_save
 *                                              └──▶ refused rows as a sheet of their own
 *
 * Planning reads the whole file and writes nothing to the archive; applying puts what was planned in one
 * transaction, whatever became of the file since. Memory stays flat: per row only the verdict and the record
 * it means are kept, the answers of rows to be written lie in a file without a name.
 */
#ifndef GUANAI_EXCHANGE_IMPORT_H
#define GUANAI_EXCHANGE_IMPORT_H

#include "guanai/config/config.h"
#include "guanai/form/rules.h"
#include "guanai/store/store.h"

enum ga_import_mode {
    GA_IMPORT_FILL,   /* the default: fills only what is empty; what differs is a change, shown, not made */
    GA_IMPORT_UPDATE, /* makes the changes as well */
    GA_IMPORT_APPEND, /* every row is a new record (forms of a child; never for child itself) */
};

/* The five add up to the rows of the file (blank, title and total rows are none). */
enum ga_verdict {
    GA_VERDICT_NEW,
    GA_VERDICT_FILLS,
    GA_VERDICT_CHANGES,
    GA_VERDICT_SAME, /* nothing to do; a pupil listed twice in the file is one of these, with the reason */
    GA_VERDICT_REFUSED,
    GA_VERDICT_COUNT,
};

struct ga_import_options {
    const struct ga_form *form;
    enum ga_import_mode mode;
    int sheet;                /* from 1; 0: all sheets that hold such rows */
    const char *const *match; /* fields that find the record; NULL: id_number, student_number, card_no, name+grade+class */
    size_t match_count;
    enum ga_lang lang; /* of labels and values inside reasons */
    const struct ga_import_choice *choices; /* exchange/import_columns.h; borrowed until opened */
    size_t choices_count;
};

/* What the import works on; borrowed until destroyed. */
struct ga_import_tools {
    struct ga_store *store;
    struct ga_rules *rules;
    const struct ga_config *config;
    const struct ga_io_ops *io;
    const char *folder; /* of the data, for the free space of its disk; NULL: not asked */
    const char *helper; /* path of guanai-paper for rejects as .xlsx; NULL: CSV only */
    /* NULL: none. Anything but GA_OK refuses the row, in its words; `before` NULL: a new record. */
    enum ga_rc (*guard)(void *ctx, const struct ga_answers *now, const struct ga_answers *before, struct ga_error *err);
    void *guard_ctx;
};

struct ga_import_column {
    const char *heading;
    const struct ga_field *field; /* NULL: nobody knows this column; it is listed and left alone */
    bool is_by_hand;              /* a person said so, now or an earlier time */
    bool is_reason;               /* the reason column of a rejects file: known, left out */
    bool is_row_number;           /* 序号: it numbers the lines of the paper; known, left out */
    bool is_retired;              /* of a field that is kept and written no more; known, left out */
};

struct ga_import_sheet {
    const char *name; /* "" for CSV */
    int header_row;   /* as the user sees it, from 1; 0: no header found, the sheet is left out */
    struct ga_import_column *columns;
    size_t columns_count;
};

struct ga_import_row {
    int sheet, row;          /* as the user sees them, from 1 */
    enum ga_verdict verdict;
    const char *name;        /* what stands for it in the list */
    struct ga_message *reasons; /* why refused, what it fills, what differs, what is missing */
    size_t reasons_count;
};

/* Where rows stand: runs of rows one after another, as the user numbers them. */
enum { GA_IMPORT_RUNS_MAX = 6 };
struct ga_import_run {
    int sheet, first, last; /* from 1 */
};
struct ga_import_spread {
    size_t rows; /* all of them, also those behind the runs kept */
    struct ga_import_run runs[GA_IMPORT_RUNS_MAX];
    size_t runs_count;
    bool has_more; /* than the runs kept */
};

/* A gap or doubt met in rows that are taken in all the same. */
struct ga_import_note {
    const char *text; /* in the language of the options; NULL: all that found no place of their own */
    struct ga_import_spread spread;
};

struct ga_progress {
    bool (*step)(void *ctx, int64_t done, int64_t total); /* false: stop, nothing is written */
    void *ctx;
};

struct ga_import;
/* Opens the file, finds header rows, matches columns. GA_REFUSED with one sentence for what is no such file. */
enum ga_rc ga_import_open(const struct ga_import_tools *tools, const char *path, const struct ga_import_options *options,
                          struct ga_import **ret_import, struct ga_error *err);
void ga_import_destroy(struct ga_import *import);
const struct ga_import_sheet *ga_import_sheets(const struct ga_import *import, size_t *ret_count);
/* GA_CANCELLED when the user stopped. */
enum ga_rc ga_import_plan(struct ga_import *import, const struct ga_progress *progress, struct ga_error *err);

size_t ga_import_count(const struct ga_import *import, enum ga_verdict verdict);
size_t ga_import_rows(const struct ga_import *import);
size_t ga_import_gaps(const struct ga_import *import); /* required: typing, missing: listed, bars nothing */
const struct ga_import_note *ga_import_notes(const struct ga_import *import, size_t *ret_count);

/* Rows that are no records: totals, footnotes, headings once more, nothing but a running number. */
const struct ga_import_spread *ga_import_left_out(const struct ga_import *import);

/* New rows that may be a child who has a file, or a child of another row: made all the same, and listed. */
size_t ga_import_alikes(const struct ga_import *import);
bool ga_import_row_is_alike(const struct ga_import *import, size_t i); /* is row i one of them? */
/* Is there something to be said of row i alone: refused, perhaps a double, differing from the archive, listed twice? */
bool ga_import_row_stands_out(const struct ga_import *import, size_t i);
enum ga_verdict ga_import_verdict_at(const struct ga_import *import, size_t i); /* of row i, without reading the file */

/* Row i of the plan, its reasons computed again from the file where needed; borrowed until the next call. Sensitive
 * answers but numbers stand in them as **** until they are to be shown; labels and values are in `lang` from then on. */
void ga_import_show(struct ga_import *import, enum ga_lang lang, bool is_revealed);
enum ga_rc ga_import_row_at(struct ga_import *import, size_t i, struct ga_import_row *ret_row, struct ga_error *err);

/* Row i as the file has it: a text under each column of its sheet, "" behind the last; in `arena`. */
enum ga_rc ga_import_cells_at(struct ga_import *import, size_t i, struct ga_arena *arena, const char ***ret_cells,
                              const struct ga_import_sheet **ret_sheet, struct ga_error *err);

/*
 * Writes new and filled (and, by mode, changed) rows as one transaction; checks free disk space first. A row
 * whose record was changed since it was planned is refused then and there: the counts tell.
 */
enum ga_rc ga_import_apply(struct ga_import *import, const struct ga_progress *progress, struct ga_error *err);

/*
 * The refused rows in the file's own columns plus 原因/Reason, as CSV (UTF-8 with BOM), or as XLSX when the
 * path ends in .xlsx and there is a helper. Mended, it is imported like any file.
 */
enum ga_rc ga_import_write_rejects(struct ga_import *import, const char *path, enum ga_lang lang, struct ga_error *err);

#endif
