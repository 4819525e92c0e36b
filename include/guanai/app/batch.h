/*
 * One form for many children at once: a row a child, each row that is typed in a record of its own. Several forms
 * side by side are as many batches of the same children (batch_sheet.h).
 *
 *   form + children ──▶ ga_batch ──(touch, set, settle cell by cell)──▶ check ──▶ save: one transaction
 *                          └──(at every cell exit)──▶ one draft of all rows
 *
 * A row has a ga_entry from its first answer on; rows nobody typed in stay empty: no record. The form's first
 * date is "as above" where it is left empty in a row that has something else.
 */
#ifndef GUANAI_APP_BATCH_H
#define GUANAI_APP_BATCH_H

#include "guanai/app/entry.h"
#include "guanai/app/whom.h"
#include "guanai/store/draft.h"
#include "guanai/form/class_sheet.h"

enum { GA_BATCH_ROWS_MAX = 300, GA_BATCH_COLUMNS_MAX = 60 };

struct ga_batch_row {
    struct ga_uuid child;
    int64_t number;                 /* on the printed sheet of the child's class */
    const char *name, *class_shown, *village; /* in the batch's arena */
    bool is_left_behind;
    bool is_out;                    /* narrowed away; never a row that is filled */
    struct ga_entry *entry;         /* NULL: nothing typed in this row */
    bool *is_typed;                 /* one per form->all: by the user, here; valid with an entry */
    bool is_saved;                  /* a record now: its row takes nothing more */
    int64_t no;                     /* of the child in the roster */
    struct ga_batch_told *told;     /* what there was before, in the batch's `known`; NULL: nothing */
};

struct ga_batch {
    struct ga_session *session;
    const struct ga_form *form;
    const char *sheet;               /* of which class sheet it is a part; "": it stands alone */
    const struct ga_field *children, *child_field; /* a form with several children in a record: rows that say the same
                                        are one record, these name its children; NULL: an `of: child` form */
    struct ga_vec rows;              /* struct ga_batch_row, in the order of the class sheet */
    const struct ga_field *day;      /* the first date of the form; NULL: it has none */
    const struct ga_field *offered[GA_BATCH_COLUMNS_MAX]; /* everything that can be a column */
    size_t offered_count;
    const struct ga_field *columns[GA_BATCH_COLUMNS_MAX]; /* those that are */
    size_t columns_count;
    char title[128];                 /* whose: "三年级(2)班" */
    struct ga_uuid id;               /* of its draft */
    int64_t draft_no;
    bool is_changed;                 /* differs from its draft */
    struct ga_answers last;          /* while it is being saved: the last record of it */
    struct ga_arena arena, known;    /* known: of what is told */
};

/* Where the user is, for the draft; half: typed there without being an answer yet. */
struct ga_batch_place {
    size_t row;
    char field[64];
    struct ga_str half; /* the caller's to finish */
};

/* Of an `of: child` form, without children; columns as this user had them last. GA_USAGE for other forms. */
enum ga_rc ga_batch_create(struct ga_session *session, const char *form, struct ga_batch **ret_batch,
                           struct ga_error *err);

/* As a part of a class sheet: its fields are the columns there are. GA_NOT_FOUND when its form is not installed. */
enum ga_rc ga_batch_create_part(struct ga_session *session, const struct ga_class_sheet *sheet,
                                const struct ga_class_sheet_part *part, struct ga_batch **ret_batch, struct ga_error *err);
void ga_batch_destroy(struct ga_batch *batch); /* the draft, if any, stays; NULL is fine */

/* Whose rows: those who have not left, at most GA_BATCH_ROWS_MAX. They replace those there were. */
enum ga_rc ga_batch_take_class(struct ga_batch *batch, const struct ga_roster_class *class, struct ga_error *err);
enum ga_rc ga_batch_take_village(struct ga_batch *batch, const char *village, struct ga_error *err);
enum ga_rc ga_batch_take_last(struct ga_batch *batch, struct ga_error *err); /* as saved here with this form */
bool ga_batch_has_last(struct ga_session *session, const char *form);

/*
 * Only the left-behind children, only one village ("": any): the other rows are out of sight, as long as nothing
 * is typed in them. The numbers stay. Answers how many are shown.
 */
size_t ga_batch_narrow(struct ga_batch *batch, bool only_left_behind, const char *village);
size_t ga_batch_count_shown(const struct ga_batch *batch);

/* Columns: one per offered, in the order of the form; remembered for this form and user. */
enum ga_rc ga_batch_choose_columns(struct ga_batch *batch, const bool *is_on, struct ga_error *err);
bool ga_batch_is_column(const struct ga_batch *batch, const struct ga_field *field);

struct ga_batch_row *ga_batch_row(const struct ga_batch *batch, size_t row);

/*
 * The row's entry, made when there is none: defaults, prefills, the day of the row above. Until an answer is
 * settled in it the row still counts as empty. GA_REFUSED when the row is saved.
 */
enum ga_rc ga_batch_touch(struct ga_batch *batch, size_t row, struct ga_error *err);

/* After ga_entry_set() on this field of the row's entry: marks it, days below follow, an emptied row is let go. */
void ga_batch_settle(struct ga_batch *batch, size_t row, const struct ga_field *field);

/* Lets go of an entry nothing was typed in. */
void ga_batch_let_go(struct ga_batch *batch, size_t row);

/* touch, ga_entry_set, settle. */
enum ga_rc ga_batch_set(struct ga_batch *batch, size_t row, const struct ga_field *field, const char *text,
                        struct ga_message *ret_warning, struct ga_error *err);

/*
 * Fills the row as the nearest one above it that has something, else as this user's last record of the form:
 * what ga_entry_repeat() takes. GA_NOT_FOUND when there is neither.
 */
enum ga_rc ga_batch_repeat(struct ga_batch *batch, size_t row, struct ga_error *err);

bool ga_batch_shows(const struct ga_batch *batch, size_t row, const struct ga_field *field); /* asked in this row? */
bool ga_batch_is_filled(const struct ga_batch *batch, size_t row); /* typed in, not saved yet */
size_t ga_batch_count_filled(const struct ga_batch *batch);
size_t ga_batch_count_saved(const struct ga_batch *batch);

/* What is wrong with the filled rows; true when nothing bars saving. Findings stay in the rows' entries. */
struct ga_batch_finding {
    struct ga_batch *batch;
    size_t row;
    const struct ga_finding *finding; /* in the entry; until its next check */
};
bool ga_batch_check(struct ga_batch *batch);
void ga_batch_add_findings(struct ga_batch *batch, struct ga_vec *findings); /* struct ga_batch_finding */
size_t ga_batch_findings(struct ga_batch *batch, struct ga_vec *ret_findings); /* those alone; how many */

/* Overrules the warning in every row that has the same sentence about the same field. */
void ga_batch_because(struct ga_batch *batch, const struct ga_finding *finding, const char *reason);

/*
 * Calculations, check, all filled rows in one transaction, each a record; the draft goes with it.
 * GA_REFUSED when findings bar it, then nothing is written. ret_saved: how many.
 */
enum ga_rc ga_batch_save(struct ga_batch *batch, size_t *ret_saved, struct ga_error *err);
enum ga_rc ga_batches_save(struct ga_batch *const *batches, size_t count, size_t *ret_saved, struct ga_error *err); /* all as one act */

/* Saves the draft when something changed; drops it when no row is filled any more. */
enum ga_rc ga_batch_keep_draft(struct ga_batch *batch, const struct ga_batch_place *place, struct ga_error *err);
/*
 * The newest other draft of many records of this form in which something is typed for a child of these rows: a second
 * table beside it would make two records of what is meant to be one. The user's own first, then one that who sits at the
 * keys typed under another name, then anybody's. no 0: none. In the batch's arena.
 */
enum ga_rc ga_batch_find_unfinished(struct ga_batch *batch, struct ga_draft_line *ret_line, struct ga_error *err);

enum ga_rc ga_batch_resume(struct ga_session *session, int64_t draft_no, struct ga_batch **ret_batch,
                           struct ga_batch_place *ret_place, struct ga_error *err);

#endif
