/* Which records were saved since an operation, for tables that follow the log (care). */
#ifndef GUANAI_STORE_TOUCHED_H
#define GUANAI_STORE_TOUCHED_H

#include "guanai/form/answers.h"
#include "guanai/store/store.h"

/*
 * The number of the newest operation; rises with every save on this computer, and by one more when something came that had been
 * withheld. 0: none yet.
 */
int64_t ga_store_last_op(const struct ga_store *store);

/* The newest one of that record, by its number; 0: none. Without a look at what it says. */
enum ga_rc ga_store_last_op_of(struct ga_store *store, int64_t no, int64_t *ret_op, struct ga_error *err);

/* ga_store_last_op when something came that had been withheld, and stands among earlier ones; 0: nothing did. */
int64_t ga_store_filled_op(struct ga_store *store);

/*
 * Was any of these records (by their numbers, 0 is none) saved after that operation? *ret_is_far: more operations came
 * since than the log's tail holds, so each record was looked up; whoever asks again does better with a newer one.
 */
enum ga_rc ga_store_any_touched(struct ga_store *store, int64_t after_op, const int64_t *nos, size_t count, bool *ret_is,
                                bool *ret_is_far, struct ga_error *err);

/* May any record of that form have been saved after that operation? true as well where the log's tail does not go back so far. */
enum ga_rc ga_store_form_touched(struct ga_store *store, int64_t after_op, const char *form, bool *ret_may_be,
                                 struct ga_error *err);

/* A record as it was shown up to that operation, as it is now; NULL: it was not there, is no longer there. */
struct ga_touched {
    int64_t no; /* the record's number */
    const struct ga_form *form;
    const struct ga_answers *old, *now; /* borrowed until the call returns */
};

/*
 * Every record that operations after `after_op` belong to, each once. *ret_has_all false: there are more than `max`;
 * then none was handed out, and the tables are better made anew; so too when something came after that operation that had
 * been withheld from this computer: it stands among earlier ones. Costs two folds a record.
 */
enum ga_rc ga_store_touched(struct ga_store *store, int64_t after_op, size_t max,
                            enum ga_rc (*each)(void *ctx, const struct ga_touched *touched, struct ga_error *err),
                            void *ctx, bool *ret_has_all, struct ga_error *err);

/* The earliest day on which anything was saved, of all computers whose saves are here; the store's day before that. */
enum ga_rc ga_store_first_day(struct ga_store *store, struct ga_date *ret_day, struct ga_error *err);

#endif
