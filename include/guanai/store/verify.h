/* Verifying: a second person types chosen answers again; what is equal is marked, what is not is looked at. */
#ifndef GUANAI_STORE_VERIFY_H
#define GUANAI_STORE_VERIFY_H

#include "guanai/crypt/hash.h"
#include "guanai/store/note.h"

/*
 * Which fields: those with `verify: true` in their form, at top level, not retired, as far as they hold a value
 * ("unknown" is none). A second typing is a group `_verified/UUID` of an operation of its own (store/own.h); it names
 * the operation that held the value, so a mark dies when the value changes, whatever order the two arrive in, and
 * lives while only other fields of its group change. The table _verified holds the marks that live.
 * The first typist is who sat at the keys when the value came in. Verifying one's own typing is possible, for there
 * are schools with one pair of hands, but it is told apart: by_same.
 */
enum ga_verify_outcome {
    GA_VERIFY_AGREED, /* the same was typed */
    GA_VERIFY_FIRST,  /* another was typed, the first is right */
    GA_VERIFY_SECOND, /* another was typed and is right: it was saved in the same transaction */
    GA_VERIFY_OPEN,   /* nobody knows yet: `reason`; it stays on the list */
};
const char *ga_verify_outcome_code(enum ga_verify_outcome outcome); /* agreed first second open */

bool ga_verify_is_asked(const struct ga_form *form, const struct ga_field *field);
bool ga_verify_asks(const struct ga_form *form); /* any field of it */

/* An answer that is to be typed twice. */
struct ga_verify_field {
    const struct ga_field *field;
    struct ga_value value;
    struct ga_hash leaf; /* what holds it now; zero while two computers say different things */
    const char *typed_by, *typed_for;       /* who sat at the keys; for whom, NULL: nobody else */
    const char *file;                       /* that brought it: nobody typed it; NULL: somebody did */
    char typed_when[GA_NOTE_WHEN_SIZE];
    bool is_verified, is_left_open, by_same; /* by_same: by whom it was typed */
    enum ga_verify_outcome outcome;          /* of these two */
    const char *second, *reason;             /* what the second person typed where it differs; why left open; NULL */
    const char *verified_by;
    char verified_when[GA_NOTE_WHEN_SIZE];
};

/* Those of one record, in the form's order; everything lives in `arena`. */
enum ga_rc ga_verify_read(struct ga_store *store, const struct ga_uuid *record, struct ga_arena *arena,
                          struct ga_verify_field **ret_fields, size_t *ret_count, struct ga_error *err);

/* Just the names of the fields that are verified: what a page shows with a tick. Cheap; in `arena`. */
enum ga_rc ga_verify_marked(struct ga_store *store, const struct ga_uuid *record, struct ga_arena *arena,
                            const char ***ret_names, size_t *ret_count, struct ga_error *err);

/* Writes what the second typing came to, in a transaction of its own; `typed`, `reason` may be NULL. */
enum ga_rc ga_store_verify(struct ga_store *store, const struct ga_uuid *record, const struct ga_verify_field *field,
                           enum ga_verify_outcome outcome, const char *typed, const char *reason, struct ga_error *err);

/* The same within a running save, behind what it put of the record: written with it or not at all. */
struct ga_save;
enum ga_rc ga_save_verify(struct ga_save *save, const struct ga_uuid *record, const struct ga_verify_field *field,
                          enum ga_verify_outcome outcome, const char *typed, const char *reason, struct ga_error *err);

/* Which records: of one form, of one class; `{0}`: all of children who are here. */
struct ga_verify_filter {
    const char *form;
    const char *site, *grade, *class_no; /* each NULL: whichever; "": none is known */
};

/* A record with answers that wait. */
struct ga_verify_record {
    struct ga_uuid id;
    const struct ga_form *form;
    const char *name, *class_shown; /* the child's; "" for a record of no child */
    int64_t waiting, left_open;     /* left_open: of those waiting */
};

/*
 * Form by form; of each what people wrote in first, then the records that came by files and were not touched since, both
 * in roster order; lives in `arena`. Costs a look at every row of the forms.
 */
enum ga_rc ga_verify_list(struct ga_store *store, const struct ga_verify_filter *filter, enum ga_lang lang,
                          struct ga_arena *arena, struct ga_verify_record **ret_records, size_t *ret_count,
                          struct ga_error *err);

/* How many answers are verified, out of how many. */
enum ga_rc ga_verify_count(struct ga_store *store, const struct ga_verify_filter *filter, int64_t *ret_verified,
                           int64_t *ret_all, struct ga_error *err);

#endif
