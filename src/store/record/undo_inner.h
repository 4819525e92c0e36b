/* What undoing needs of one record and of the records around it; private to undo. */
#ifndef GUANAI_STORE_UNDO_INNER_H
#define GUANAI_STORE_UNDO_INNER_H

#include "log/saving.h"

#include "guanai/store/undo.h"

struct ga_undo {
    struct ga_store *store;
    struct ga_undo_options options;
    struct ga_reach *undone; /* copied */
    struct ga_arena arena;
    struct ga_vec removes, gives_back; /* int64_t: record numbers, rising */
    struct ga_vec made;                /* likewise: `removes` with those that something bars */
    size_t values;
    struct ga_vec findings; /* struct ga_undo_finding */
};

enum ga_undo_fate { GA_UNDO_NOTHING, GA_UNDO_REMOVES, GA_UNDO_GIVES_BACK, GA_UNDO_BARRED };

/* undo_look.c: what becomes of one record. */
struct ga_undo_look {
    const struct ga_undo *undo;
    struct ga_arena *arena;
    const struct ga_log_op *ops;
    size_t count;
    struct ga_fold_head *heads, *brought, *before; /* as things stand; of the transaction alone; without it */
    size_t heads_count, brought_count, before_count;
    enum ga_undo_fate fate;
    bool is_made; /* the record is the transaction's own */
    const struct ga_fold_head **newer; /* that bar it, one an operation */
    size_t newer_count;
};
void ga_undo_look_at(const struct ga_undo *undo, const struct ga_log_op *ops, size_t count, struct ga_arena *arena,
                     struct ga_undo_look *ret_look);

/* Of the group that bars it the first field that does not say what the transaction brought; the group when none is told. */
const char *ga_undo_look_changed(const struct ga_undo_look *look, const struct ga_fold_head *newer);

/* The field groups that get back what they had; each a run of `brought` with one id. */
size_t ga_undo_look_groups(const struct ga_undo_look *look);

/* Writes what gives them back. */
enum ga_rc ga_undo_look_write(const struct ga_undo_look *look, struct ga_save *save, int64_t no, const struct ga_uuid *id,
                              const struct ga_form *form, struct ga_error *err);

/* undo_hang.c: adds what belongs to, or names, a record that the transaction made while it stays itself. */
enum ga_rc ga_undo_find_hanging(struct ga_undo *undo, struct ga_error *err);

#endif
