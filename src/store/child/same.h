/* What same.c keeps of verdicts on pairs of files; private to this room. */
#ifndef GUANAI_STORE_SAME_PRIVATE_H
#define GUANAI_STORE_SAME_PRIVATE_H

#include "private.h"

#include "guanai/store/same.h"

/*
 * _pair  twice a verdict, once from each end: what record `record` says of file `a` beside file `b`
 * _same  a row a file that stands behind another: `main` is the number of the one that leads
 */
enum ga_pair_said {
    GA_PAIR_LEADS = 1, /* a is b's child, and its file leads */
    GA_PAIR_FOLLOWS = 2,
    GA_PAIR_DIFFERENT = 3,
    GA_PAIR_DISPUTED = 4,
};

enum ga_same_sql {
    GA_SAME_PUT_PAIR, GA_SAME_DROP_PAIR, GA_SAME_PAIRS_OF, GA_SAME_SAID, GA_SAME_HAS_PAIRS,
    GA_SAME_PUT, GA_SAME_DROP, GA_SAME_GET, GA_SAME_BEHIND, GA_SAME_OUTSIDE, GA_SAME_ALL, GA_SAME_ALL_PAIRS, GA_SAME_IS_HERE, GA_SAME_PRESENCE,
    GA_SAME_PRESENCES, GA_SAME_ALL_CHANGES, GA_SAME_CHANGES, /* of the form status_change, which has to be there */
    GA_SAME_SQL_COUNT,
};

extern const char *const ga_same_sql[GA_SAME_SQL_COUNT];

/* Made at first use, ended with the index: a rollback may have taken back what it remembers. */
struct ga_same {
    struct ga_stmts stmts;
    bool is_known, has_pairs;
};

enum ga_rc ga_same_stmt(struct ga_store *store, enum ga_same_sql sql, struct ga_stmt **ret_stmt,
                        struct ga_error *err);
void ga_same_end(struct ga_store *store);

/* Is there any verdict at all? Mostly there is none: then nothing below costs anything. */
enum ga_rc ga_same_has_pairs(struct ga_store *store, bool *ret_has, struct ga_error *err);

/* After a record was projected: a verdict came, changed; or a child's file arrived. */
enum ga_rc ga_same_put(struct ga_store *store, const struct ga_projection *projection, struct ga_error *err);

/* After a record was taken out of the tables. */
enum ga_rc ga_same_drop(struct ga_store *store, int64_t no, const struct ga_answers *old, struct ga_error *err);

/* The forms' tables are dropped: verdicts, or all files. */
enum ga_rc ga_same_drop_form(struct ga_store *store, const struct ga_form *form, struct ga_error *err);

/* The number of the leading file; `no` itself when it leads or stands alone. */
enum ga_rc ga_same_main_no(struct ga_store *store, int64_t no, int64_t *ret_main, struct ga_error *err);

/*
 * Of a child with linked files, whether it has left: by the newest change on any of them. A change on a
 * file behind counts from the day the leading one was made: what ended an older file before the newer began
 * says nothing of the child. *ret_is_known false: the file stands alone, look at its own changes.
 */
enum ga_rc ga_same_presence(struct ga_store *store, int64_t no, bool *ret_is_known, bool *ret_has_left,
                            struct ga_error *err);

/* same_link.c: works the table out again for everybody who hangs together with these (int64_t). */
enum ga_rc ga_same_gather(struct ga_store *store, int64_t no, struct ga_vec *members, struct ga_error *err);
enum ga_rc ga_same_settle_all(struct ga_store *store, struct ga_error *err); /* after all files were put again */
enum ga_rc ga_same_settle(struct ga_store *store, const struct ga_vec *numbers, struct ga_error *err);

/* index.c: flags and counts of one child anew. */
enum ga_rc ga_index_mark(struct ga_store *store, int64_t no, struct ga_error *err);

#endif
