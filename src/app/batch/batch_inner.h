/* The insides of batch; private to it. */
#ifndef GUANAI_APP_BATCH_INNER_H
#define GUANAI_APP_BATCH_INNER_H

#include "guanai/app/batch.h"
#include "private.h"

void ga_batch_clear_rows(struct ga_batch *batch);
void ga_batch_add_row(struct ga_batch *batch, const struct ga_whom_child *child);
enum ga_rc ga_batch_add_child(struct ga_batch *batch, const struct ga_uuid *child, struct ga_error *err);
size_t ga_batch_row_of(const struct ga_batch *batch, const struct ga_uuid *child); /* SIZE_MAX: none */

/* Rows put together one by one have the numbers of their class's sheet; of several classes: their own. */
void ga_batch_number_rows(struct ga_batch *batch);

/* "batch.WHAT.FORM.USER": settings of this form and user; "batch.WHAT.SHEET.FORM.USER" where the form is part of a sheet. */
void ga_batch_setting(char *buf, size_t size, const struct ga_session *session, const char *what, const char *form);
void ga_batch_own_setting(const struct ga_batch *batch, const char *what, char *buf, size_t size);

/* Names between blanks to columns; nothing known among them: left as they are, but "-" leaves a part of a sheet without. */
void ga_batch_take_columns(struct ga_batch *batch, const char *names);
void ga_batch_name_columns(const struct ga_batch *batch, struct ga_str *out);

/* The last children are those of this batch that are saved. */
enum ga_rc ga_batch_remember_children(const struct ga_batch *batch, struct ga_error *err);

/* The draft's own words that are of the sheet: its title and name; "": it stands alone. Both cut out of `line`. */
void ga_batch_draft_title(char *line, const char **ret_sheet, const char **ret_title);

/* After a part's columns changed behind the sheet's back. */
struct ga_batch_sheet;
void ga_batch_sheet_gather(struct ga_batch_sheet *sheet);

/* Rows, columns, title and answers of a draft that is open, into a batch without rows. */
struct ga_draft_sheet;
enum ga_rc ga_batch_take_draft(struct ga_batch *batch, struct ga_draft_sheet *sheet, struct ga_batch_place *place, struct ga_error *err);

#endif
