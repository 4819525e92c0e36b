/* What went wrong, where, and what to do about it. */
#ifndef GUANAI_BASE_ERROR_H
#define GUANAI_BASE_ERROR_H

#include "guanai/base/message.h"
#include "guanai/base/rc.h"

/*
 * Filled where the cause is known, passed up untouched, shown once. Every function that takes one
 * accepts NULL. `where` is a place a person can go to: "child.yaml:3:5", "child/birth_date",
 * "roster.csv row 12".
 */
struct ga_error {
    enum ga_rc rc;
    struct ga_message what;
    struct ga_message hint; /* what to do; may be empty */
    char where[160];
};

/* Both return rc, so that `return ga_error_set(err, GA_IO, "cannot open %1", path);` reads well. */
#define ga_error_set(err, rc, ...) ga_error_set_list((err), (rc), __VA_ARGS__, (const char *)NULL)
enum ga_rc ga_error_set_list(struct ga_error *err, enum ga_rc rc, const char *id, ...);

#define ga_error_hint(err, ...)                                                                        \
    do {                                                                                               \
        if ((err) != NULL)                                                                             \
            ga_message_set(&(err)->hint, __VA_ARGS__);                                                 \
    } while (0)

void ga_error_where(struct ga_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
void ga_error_clear(struct ga_error *err);

#endif
