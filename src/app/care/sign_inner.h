/* The cells of a month that is signed; private to the files sign*.c. */
#ifndef GUANAI_SRC_APP_SIGN_INNER_H
#define GUANAI_SRC_APP_SIGN_INNER_H

#include "guanai/app/record_face.h"
#include "guanai/app/sign.h"
#include "guanai/sql/stmt.h"

/* A mark of `covers`: record, cell, what stands there, one behind the other. */
enum { GA_MARK_RECORD = 8, GA_MARK_CELL = 5, GA_MARK_SAYS = 4, GA_MARK_CHARS = GA_MARK_RECORD + GA_MARK_CELL + GA_MARK_SAYS };

/* "2026-11". Returns buf. */
enum { GA_MONTH_TEXT_SIZE = 8 };
const char *ga_month_text(struct ga_date month, char buf[GA_MONTH_TEXT_SIZE]);

/* What is owed once, with what stands behind it. */
struct ga_month_cell {
    const struct ga_due *due;
    struct ga_record_face face; /* of the record that counts, else of the newest try, else of what was said of it; form NULL: nothing is there */
    char mark[GA_MARK_CHARS + 1];
};

/* Fills month->cells where they are not there yet. */
enum ga_rc ga_month_read_cells(struct ga_session *session, struct ga_month *month, struct ga_error *err);

/* The record's part of a mark. */
const char *ga_mark_of_record(const struct ga_uuid *id, char buf[GA_MARK_RECORD + 1]);

/* sign_read.c: all that is asked of the signatures. */
enum ga_signed_question {
    GA_SIGNED_OF_MONTH,  /* ?1 "2026-11": the columns of a signature, the newest last: of one day the one made later */
    GA_SIGNED_OF_RECORD, /* ?1 " " and the record's part of a mark: the same of those that cover it */
    GA_SIGNED_COVERS,    /* ?1 number of a signature: its marks, a long text, so it is read for this alone */
    GA_SIGNED_MONTHS,    /* each once, by time */
    GA_SIGNED_QUESTIONS,
};
/* Prepared; the caller destroys it. *ret_stmt NULL with GA_OK: there is no such form, nothing is signed. */
enum ga_rc ga_signed_ask(struct ga_session *session, enum ga_signed_question question, struct ga_stmt **ret_stmt, struct ga_error *err);

/* sign_count.c: forgets what was kept of a signature, by its number. */
void ga_signed_drop(struct ga_session *session, int64_t signature);

/* All marks of the month, blanks between. */
void ga_month_add_covers(const struct ga_month *month, struct ga_str *out);

#endif
