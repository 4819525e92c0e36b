/* Rows of a plan laid aside until they are written; private to this room. */
#ifndef GUANAI_EXCHANGE_SPILL_H
#define GUANAI_EXCHANGE_SPILL_H

#include "guanai/form/answers.h"
#include "guanai/store/scratch.h"

/*
 * First in, first out. A page of rows is held in memory; more goes to a file without a name in `folder` (store/scratch.h);
 * folder NULL: all of it stays in memory.
 *   row = u16 count ‖ (u16 field ‖ u8 state ‖ u8 kind ‖ 8 bytes of a number, or u32 length ‖ text ‖ NUL)
 */
struct spill {
    struct ga_scratch scratch;
    struct ga_str held; /* the page being filled, or emptied */
    size_t at;          /* of the next row in it, while rows are taken */
    int64_t next_bytes; /* the page to be read back next */
};

void ga_spill_start(struct spill *spill, const struct ga_io_ops *io, const char *folder);
void ga_spill_finish(struct spill *spill); /* also one that never started */

/* The fields of the record; repeats, ids and reasons are none that a row of a sheet has. */
enum ga_rc ga_spill_put(struct spill *spill, const struct ga_answers *row, struct ga_error *err);

/* From putting to taking: the first row is next. */
enum ga_rc ga_spill_turn(struct spill *spill, struct ga_error *err);

/* Into answers of the same form that are empty; texts are borrowed until the next call. As often as rows were put. */
enum ga_rc ga_spill_take(struct spill *spill, struct ga_answers *row, struct ga_error *err);

#endif
