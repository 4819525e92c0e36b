/* The insides of batch; private to it. */
#ifndef GUANAI_APP_BATCH_INNER_H
#define GUANAI_APP_BATCH_INNER_H

#include "guanai/app/batch.h"
#include "private.h"

void ga_batch_clear_rows(struct ga_batch *batch);
void ga_batch_add_row(struct ga_batch *batch, const struct ga_whom_child *child);
enum ga_rc ga_batch_add_child(struct ga_batch *batch, const struct ga_uuid *child, struct ga_error *err);

/* Rows put together one by one have the numbers of their class's sheet; of several classes: their own. */
void ga_batch_number_rows(struct ga_batch *batch);

/* "batch.WHAT.FORM.USER": settings of this form and user. */
void ga_batch_setting(char *buf, size_t size, const struct ga_session *session, const char *what, const char *form);

/* Names between blanks to columns; nothing known among them: left as they are. */
void ga_batch_take_columns(struct ga_batch *batch, const char *names);
void ga_batch_name_columns(const struct ga_batch *batch, struct ga_str *out);

/* The last children are those of this batch that are saved. */
enum ga_rc ga_batch_remember_children(const struct ga_batch *batch, struct ga_error *err);

#endif
