/* Where computers answered differently without knowing of each other: told, settled. */
#ifndef GUANAI_STORE_CONFLICT_H
#define GUANAI_STORE_CONFLICT_H

#include "guanai/crypt/hash.h"
#include "guanai/store/save.h"

/*
 * Every current value of a field group is kept. Where two of them say different things the group stands in the table
 * `conflict` until a person settles it by an operation that replaces them; equal ones are no conflict. A record that
 * one took out while another changed it stands there as well, under the group `_gone`. At a county the school whose record
 * it is settles it: there it is neither counted nor listed.
 */
enum ga_conflict_kind {
    GA_CONFLICT_ANSWER,  /* a field, or a unit of several */
    GA_CONFLICT_ROW,     /* a row of a repeat, as a whole */
    GA_CONFLICT_REMOVAL, /* one value took the record out; each other is a save that it did not know */
};

/* A field of the group that has different values. */
struct ga_conflict_field {
    const char *id;
    const struct ga_field *field; /* NULL: the installed form has no such field */
    const char *label;            /* in the language given; the id without a field */
};

enum ga_conflict_said { GA_CONFLICT_ANSWERED, GA_CONFLICT_EMPTY, GA_CONFLICT_UNKNOWN }; /* refused, not applicable are answers */

struct ga_conflict_value {
    struct ga_hash leaf;   /* of the operation that holds it */
    struct ga_hash origin; /* of the one that gave it first: another where a settlement was taken back since */
    int32_t day;           /* of `when` */
    const char *user;
    const char *typist;    /* NULL: the user typed it */
    const char *when;      /* "2026-11-23 12:41", the writer's local time */
    bool is_doubtful;      /* the clock was in doubt */
    bool is_removal;       /* it took the record out */
    struct ga_uuid site;   /* zero: cannot be told any more */
    const char *site_label; /* the first 8 digits of its id when it has none */
    bool is_own;           /* that site is this installation, as it is or as it once was */
    const char *source;    /* the file that brought it; "" when it was typed */
    const char **texts;    /* one a field, as shown; "" empty. Of a removal: one, what was done */
    const enum ga_conflict_said *said; /* one a field; NULL of a removal */
};

struct ga_conflict {
    enum ga_conflict_kind kind;
    struct ga_uuid record;
    const struct ga_form *form;
    const char *group;
    const char *paper;     /* the number of the sheet the record was typed from (its field paper_no); "" without one */
    const char *handed_to; /* who is to settle it, nobody else may; "" anybody */
    const char *handed_by; /* who said so; "" */
    enum ga_protect protect; /* the strictest of its operations: who may not read that may not settle it either */
    const struct ga_conflict_field *fields;
    size_t fields_count;
    const struct ga_conflict_value *values; /* [0] is the one that is shown meanwhile; the others by their leaf */
    size_t values_count;
};

enum ga_rc ga_conflict_count(struct ga_store *store, int64_t *ret_count, struct ga_error *err);

/* The first ones by record in order of arrival, then by group. All of it lives in `arena`. `record` NULL: of all records. */
enum ga_rc ga_conflict_list(struct ga_store *store, const struct ga_uuid *record, size_t limit,
                            enum ga_lang lang, struct ga_arena *arena, struct ga_conflict **ret_conflicts,
                            size_t *ret_count, struct ga_error *err);

/* A third value for a field of the group; what is not named keeps the value that was picked. */
struct ga_conflict_typed {
    const char *field;
    struct ga_answer answer;
};

/* Before anything is asked: GA_DENIED when it was handed to somebody else than who is at the keys. */
enum ga_rc ga_conflict_check_handed(struct ga_store *store, const struct ga_conflict *conflict, struct ga_error *err);

/*
 * Into a running save (many may be settled in one): values[pick] counts, with `typed` in place of some of its fields.
 * Replaces the values that are listed and no others: what arrived since they were listed stays beside the choice.
 * GA_REFUSED: none of them stands any more, somebody settled it meanwhile. GA_DENIED: it was handed to somebody else than
 * who is at the keys.
 */
enum ga_rc ga_conflict_put(struct ga_save *save, const struct ga_conflict *conflict, size_t pick,
                           const struct ga_conflict_typed *typed, size_t typed_count, struct ga_error *err);

/* One of them in a save of its own. */
enum ga_rc ga_conflict_settle(struct ga_store *store, const struct ga_conflict *conflict, size_t pick,
                              const struct ga_conflict_typed *typed, size_t typed_count, struct ga_error *err);

/*
 * Hands it to somebody, mostly what is sensitive to the headteacher; `to` "" gives it back to everybody. Travels to the
 * other computers. Holds as long as one of the listed values stands: what comes later is another question. Who changes the
 * record meanwhile changes the value that is shown; the others stand beside it.
 */
enum ga_rc ga_conflict_hand(struct ga_store *store, const struct ga_conflict *conflict, const char *to, struct ga_error *err);

/* How many wait for that person: one look into an index. */
enum ga_rc ga_conflict_count_handed(struct ga_store *store, const char *to, int64_t *ret_count, struct ga_error *err);

#endif
