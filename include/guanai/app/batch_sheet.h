/*
 * What is typed for many children at once, as one table: one form alone, or the forms of a class sheet side by side.
 *
 *   ga_class_sheet ──▶ parts: a ga_batch a form, all with the same rows ──▶ columns of all of them in one order
 *
 * A cell group is filled in or not for itself: a talk without a call makes one record. Everything that is filled in is
 * saved as one act; each part has a draft of its own under one id, so that all come back together.
 */
#ifndef GUANAI_APP_BATCH_SHEET_H
#define GUANAI_APP_BATCH_SHEET_H

#include "guanai/app/batch.h"
#include "guanai/app/batch_told.h"

enum { GA_BATCH_SHEET_COLUMNS_MAX = GA_CLASS_SHEET_PARTS_MAX * 2 * GA_CLASS_SHEET_FIELDS_MAX };

struct ga_batch_column {
    struct ga_batch *batch; /* the part it is of */
    const struct ga_field *field;
};

struct ga_batch_sheet {
    struct ga_session *session;
    struct ga_class_sheets set;              /* what the definition lives in */
    const struct ga_class_sheet *definition; /* NULL: one form alone */
    struct ga_batch *parts[GA_CLASS_SHEET_PARTS_MAX];
    size_t parts_count;                      /* at least one */
    struct ga_batch_column columns[GA_BATCH_SHEET_COLUMNS_MAX];
    size_t columns_count;                    /* at least one */
    struct ga_days month;                    /* whose records are told; of one form alone nothing is */
};

/* The class sheets there are: those of the forms' folders, without those that have faults (findings to problems). */
void ga_session_class_sheets(struct ga_session *session, struct ga_class_sheets *ret_set, struct ga_problems *problems);

enum ga_rc ga_batch_sheet_alone(struct ga_session *session, const char *form, struct ga_batch_sheet **ret_sheet,
                                struct ga_error *err);
/* GA_NOT_FOUND: there is no such sheet, or none of its forms is installed. */
enum ga_rc ga_batch_sheet_create(struct ga_session *session, const char *name, struct ga_batch_sheet **ret_sheet,
                                 struct ga_error *err);
void ga_batch_sheet_destroy(struct ga_batch_sheet *sheet); /* drafts stay; NULL is fine */

/* Class sheet: its left-behind children alone are in sight at first, they stand before the others. */
enum ga_rc ga_batch_sheet_take(struct ga_batch_sheet *sheet, const struct ga_whom *whom, struct ga_error *err);
enum ga_rc ga_batch_sheet_take_last(struct ga_batch_sheet *sheet, struct ga_error *err);

/* Rows are the same in all parts; how many, what they say of the child, which are in sight. */
size_t ga_batch_sheet_rows(const struct ga_batch_sheet *sheet);
struct ga_batch_row *ga_batch_sheet_row(const struct ga_batch_sheet *sheet, size_t row);
size_t ga_batch_sheet_narrow(struct ga_batch_sheet *sheet, bool only_left_behind, const char *village);
size_t ga_batch_sheet_count_shown(const struct ga_batch_sheet *sheet);
bool ga_batch_sheet_is_saved(const struct ga_batch_sheet *sheet, size_t row);  /* in some part, and nothing left to save */
size_t ga_batch_sheet_count_filled(const struct ga_batch_sheet *sheet); /* cell groups: records to be */
size_t ga_batch_sheet_count_saved(const struct ga_batch_sheet *sheet);

const char *ga_batch_sheet_title(const struct ga_batch_sheet *sheet, enum ga_lang lang);

/* Columns: of each part one per offered, part after part. None at all leaves them as they are. */
enum ga_rc ga_batch_sheet_choose(struct ga_batch_sheet *sheet, const bool *is_on, struct ga_error *err);
size_t ga_batch_sheet_usual(const struct ga_batch_sheet *sheet, const struct ga_batch *batch); /* shown at first */
void ga_batch_sheet_add_column(struct ga_batch_sheet *sheet, struct ga_batch *batch, const struct ga_field *field);
size_t ga_batch_sheet_column(const struct ga_batch_sheet *sheet, const struct ga_field *field); /* SIZE_MAX: it is none */

/* Reads again what each row has in the month; nothing for one form alone. */
enum ga_rc ga_batch_sheet_tell(struct ga_batch_sheet *sheet, struct ga_error *err);

size_t ga_batch_sheet_findings(struct ga_batch_sheet *sheet, struct ga_vec *ret_findings);
enum ga_rc ga_batch_sheet_save(struct ga_batch_sheet *sheet, size_t *ret_saved, struct ga_error *err);

/* `batch`: the part `place` is in. */
enum ga_rc ga_batch_sheet_keep_draft(struct ga_batch_sheet *sheet, struct ga_batch *batch,
                                     const struct ga_batch_place *place, struct ga_error *err);
/* Of a part of a class sheet all its drafts are opened. ret_batch: the part `ret_place` is in. */
enum ga_rc ga_batch_sheet_resume(struct ga_session *session, int64_t draft_no, struct ga_batch_sheet **ret_sheet,
                                 struct ga_batch **ret_batch, struct ga_batch_place *ret_place, struct ga_error *err);

#endif
