/* Finding files that may be one child's, in the whole archive or for one child. */
#ifndef GUANAI_STORE_DOUBLES_H
#define GUANAI_STORE_DOUBLES_H

#include "guanai/form/answers.h"
#include "guanai/store/alike.h"
#include "guanai/store/same.h"
#include "guanai/store/search.h"
#include "guanai/store/shelf.h"

/* A pair nobody has judged yet, or that two computers judged differently. */
struct ga_double {
    struct ga_uuid a, b; /* a was made first */
    struct ga_likeness likeness;
    bool is_disputed;
};

/*
 * All pairs of the archive, strongest first, children who left included. Of two children with several
 * linked files the strongest pair alone; none of a pair that was judged. Reads every child once and sorts:
 * no pair of all with all. Lives in `arena`. Remembers the count for ga_doubles_known.
 */
enum ga_rc ga_doubles_find(struct ga_store *store, struct ga_arena *arena, struct ga_double **ret_doubles,
                           size_t *ret_count, struct ga_error *err);

/* How many there were when somebody looked last, and how many an import or entry has added since. */
int64_t ga_doubles_known(struct ga_store *store);
enum ga_rc ga_doubles_add_known(struct ga_store *store, int64_t by, struct ga_error *err);

/* ga_same_say, and the pair is off the list that was counted last. */
enum ga_rc ga_doubles_say(struct ga_store *store, const struct ga_uuid *a, const struct ga_uuid *b,
                          enum ga_same_verdict verdict, const char *because, struct ga_error *err);

/* One file like the child at hand. `hit` is of the leading file. */
struct ga_double_hit {
    struct ga_search_hit hit;
    struct ga_likeness likeness;
};

/*
 * Children like the one whose answers these are (stored or about to be), strongest first, at most 20.
 * By indexes: ID digits, sound of the name, birth date.
 */
enum ga_rc ga_doubles_of(struct ga_store *store, const struct ga_answers *child, enum ga_lang lang,
                         struct ga_arena *arena, struct ga_double_hit **ret_hits, size_t *ret_count,
                         struct ga_error *err);

/* What is compared of a file; its number (roster.h). */
struct ga_doubles_file {
    int64_t no;
    struct ga_alike print;
};

/* All files in the order of their numbers, onto a shelf of struct ga_doubles_file; for rows of a sheet. */
enum ga_rc ga_doubles_shelve(struct ga_store *store, struct ga_shelf *files, struct ga_error *err);

/* Which answers of a form are compared; found once for many children. Borrowed from the form. */
enum { GA_DOUBLES_FIELDS = 15 };
struct ga_doubles_fields {
    const struct ga_form *form;
    const struct ga_field *fields[GA_DOUBLES_FIELDS];
};
void ga_doubles_fields(const struct ga_form *form, struct ga_doubles_fields *ret_fields);

/* The print of one child's answers. */
void ga_doubles_print(const struct ga_doubles_fields *fields, const struct ga_answers *child,
                      struct ga_alike *ret_print);

#endif
