/*
 * What a file has otherwise than the archive, looked at one by one.
 *
 *   rows that fill or differ ──▶ a difference a field ──▶ taken, kept, or as the mode says ──▶ apply
 *
 * What was decided stays with the import until it is applied, also when it is planned anew, with other columns, too; one
 * whose value is another then is undecided. A row that means the
 * same record as an earlier row of the file has none: it goes by the mode.
 */
#ifndef GUANAI_EXCHANGE_IMPORT_DIFFERENCES_H
#define GUANAI_EXCHANGE_IMPORT_DIFFERENCES_H

#include "guanai/exchange/import.h"

struct ga_import_difference {
    size_t row; /* of the plan */
    const struct ga_field *field;
    bool is_fill;    /* the archive has nothing there */
    bool is_taken;   /* the file's value will be written, as decided or by the mode */
    bool is_decided; /* somebody said so */
};

enum ga_import_scope { GA_IMPORT_THIS, GA_IMPORT_ROW, GA_IMPORT_FIELD, GA_IMPORT_ALL };

/* Looks at some more rows of a planned import. false: all have been looked at. */
bool ga_import_read_differences(struct ga_import *import, struct ga_error *err);

size_t ga_import_differences(const struct ga_import *import); /* met so far, in the order of the file */
struct ga_import_difference ga_import_difference_at(const struct ga_import *import, size_t i);

/* What the archive has, what the file has, as shown; who said the former, "" when nobody did. In `arena`. */
struct ga_import_sides {
    const char *name; /* what stands for the row */
    int sheet, number;
    const char *here, *in_file, *who, *when;
};
enum ga_rc ga_import_difference_sides(struct ga_import *import, size_t i, struct ga_arena *arena,
                                      struct ga_import_sides *ret_sides, struct ga_error *err);

/* Difference i, or all met so far of its row, its field, or all; of fills only those when `i` is one. */
void ga_import_decide(struct ga_import *import, size_t i, enum ga_import_scope scope, bool is_taken);

/*
 * The same file is opened anew, to be taken in another way: what was decided goes over, before planning, wherever the
 * same row of the same sheet says the same of a field. Of another form, a file that was changed meanwhile nothing does.
 * `earlier` may be NULL.
 */
void ga_import_keep_decisions(struct ga_import *import, struct ga_import *earlier);

/*
 * Keeps what was decided of this file, also who of those that left stays gone (exchange/import_returns.h), in this
 * computer's settings, until it is taken in: for whoever leaves the page, for a power cut. One file a form, the last one; of more than a few thousand decisions none is kept.
 */
enum ga_rc ga_import_remember_decisions(struct ga_import *import, struct ga_error *err);

/* Before planning: the same file is here again. What the archive has otherwise since is asked again. */
void ga_import_recall_decisions(struct ga_import *import);
size_t ga_import_decided(const struct ga_import *import); /* of the differences met so far, and who stays gone */

size_t ga_import_to_write(const struct ga_import *import); /* rows that applying would write, or open a file again for */
size_t ga_import_to_fill(const struct ga_import *import);  /* of those, rows that only add to a record */
size_t ga_import_to_change(const struct ga_import *import); /* of those, rows in which a value gives way to another */

/*
 * What applying writes, or wrote: new, filled in and changed records, rows that bring nothing (a difference that is
 * left alone among them), refused ones; the five add up to the rows. The preview's verdicts say what was found.
 */
void ga_import_count_written(const struct ga_import *import, size_t ret_rows[GA_VERDICT_COUNT]);

#endif
