/* Operations that no form's answers made, put into a running save; private to this room. */
#ifndef GUANAI_STORE_SAVING_PRIVATE_H
#define GUANAI_STORE_SAVING_PRIVATE_H

#include "private.h"

struct ga_store *ga_save_store(struct ga_save *save);

/* Fills the header of `op`, whose groups are in order, and appends it to the log. */
enum ga_rc ga_save_write(struct ga_save *save, int64_t no, const struct ga_uuid *id, const struct ga_form *form,
                         struct ga_operation *op, struct ga_error *err);

/* The same under the header that `op` has: it says again what others said. */
enum ga_rc ga_save_write_as(struct ga_save *save, int64_t no, const struct ga_form *form, struct ga_operation *op, struct ga_error *err);

/* An operation as it was written once, under its own salt: its name stays. Nothing is projected by it. */
enum ga_rc ga_save_write_again(struct ga_save *save, int64_t no, const struct ga_block_item *item, struct ga_error *err);

/* Called with the operations of the record so far; calls ga_save_write as often as it wants. */
typedef enum ga_rc (*ga_save_write_fn)(void *ctx, struct ga_save *save, int64_t no, const struct ga_log_op *ops,
                                       size_t count, struct ga_error *err);

/* Lets `write` add operations to a record that is there, then folds and projects it. */
enum ga_rc ga_save_into(struct ga_save *save, int64_t no, const struct ga_form *form, ga_save_write_fn write, void *ctx,
                        struct ga_error *err);

#endif
