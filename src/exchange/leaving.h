/* Records on their way out; private to this room. */
#ifndef GUANAI_EXCHANGE_LEAVING_H
#define GUANAI_EXCHANGE_LEAVING_H

#include "guanai/base/target.h"
#include "guanai/base/vec.h"
#include "guanai/exchange/export.h"
#include "guanai/form/type.h"
#include "guanai/sql/guard.h"
#include "guanai/sql/stmt.h"

/* A column of the file; those of the child stand in front of the columns of an `of: child` form. */
struct leaving_column {
    const struct ga_field *field;
    bool of_child;
};

/* A repeat, which leaves as a list inside its record or as a sheet of its own. */
struct leaving_repeat {
    const struct ga_field *field;
    struct ga_stmt *rows; /* SELECT its fields WHERE record = ?1, in order */
};

/* An open note on a field that leaves. */
struct ga_note;
struct leaving_note {
    struct ga_uuid record;
    size_t no; /* in the order they were written */
    const struct ga_note *note;
};

struct leaving {
    const struct ga_import_tools *tools;
    const struct ga_export_options *options;
    const struct ga_form *form;
    const struct ga_form *child; /* NULL: none */
    struct ga_vec columns;       /* struct leaving_column */
    struct ga_vec repeats;       /* struct leaving_repeat */
    struct ga_vec numbers;       /* int64_t: the records, in the order they leave */
    struct ga_stmt *record;      /* id, child, columns, not_answered of the record and its child, of record ?1 */
    char view[140];              /* v_<form> */
    const char *views[1];        /* the same; the guard borrows them as long as its statement lives */
    struct ga_guard_scope scope;
    struct leaving_note *notes;  /* by record; of the form's own columns; in `arena` */
    size_t notes_count;          /* 0: there is no column of them */
    struct ga_arena arena;
    struct ga_target *target;
    const struct ga_progress *progress;
};

/* One kind of file; everything is put into leaving->target. */
struct leaving_kind {
    const char *ending;
    enum ga_rc (*write)(struct leaving *leaving, struct ga_error *err);
};

enum ga_rc ga_leave_csv(struct leaving *leaving, struct ga_error *err);
enum ga_rc ga_leave_json(struct leaving *leaving, struct ga_error *err);
enum ga_rc ga_leave_xlsx(struct leaving *leaving, struct ga_error *err);

/* leaving->record stands on record i, reset by the next call or ga_leaving_rest; asks whether to go on. */
enum ga_rc ga_leaving_record(struct leaving *leaving, size_t i, struct ga_error *err);

/* What the cell of a column says; why there is no answer where there is none. Appended. */
void ga_leaving_cell(const struct leaving *leaving, size_t column, struct ga_str *out);

/* The value of a column in leaving->record; columns start behind id and child. */
struct ga_value ga_leaving_value(const struct leaving *leaving, size_t column);

/* What a cell says: words where labels are wanted, else codes, numbers as they are. Appended. */
void ga_leaving_words(const struct leaving *leaving, const struct ga_field *field, const struct ga_value *value,
                      struct ga_str *out);
const char *ga_leaving_heading(const struct leaving *leaving, const struct ga_field *field);

/* export_notes.c: a last column of tables, where notes on what leaves are open; import passes it over. */
enum ga_rc ga_leaving_read_notes(struct leaving *leaving, struct ga_error *err);
const char *ga_leaving_notes_heading(const struct leaving *leaving);
void ga_leaving_notes_cell(const struct leaving *leaving, struct ga_str *out); /* of leaving->record; appended */

bool ga_leaving_is_shown(const struct ga_form *form, const struct ga_field *field);

#endif
