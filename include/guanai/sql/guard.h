/* Running expressions that somebody else wrote. */
#ifndef GUANAI_SQL_GUARD_H
#define GUANAI_SQL_GUARD_H

#include "guanai/sql/db.h"
#include "guanai/sql/stmt.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * RULE: over one record's values; reads json_each and the listed TEMP views, nothing else.
 * VIEW: reads exactly the listed views.
 * Both: SELECT only; SQLite's harmless built-ins (never printf, format, randomblob, date words like
 * 'now', …) and functions marked GA_SQL_GUARDED; no WITH, comments, quoted identifiers, parameters or
 * semicolons in the author's text; strings to 64 KiB; bounded depth, VM steps, time and memory.
 */
enum ga_guard_kind { GA_GUARD_RULE, GA_GUARD_VIEW };

enum { GA_GUARD_RULE_STEPS = 1000000, GA_GUARD_VIEW_STEPS = 50000000 };

/* What such a statement may touch; borrowed by each statement prepared with it, until its destroy. */
struct ga_guard_scope {
    enum ga_guard_kind kind;
    const char *const *views; /* the author may name these */
    size_t views_count;
    const char *const *inner_views; /* views those are built on, which the author may not name */
    size_t inner_views_count;
    int64_t max_steps; /* VM steps from reset to reset; 0: the kind's own bound above */
    int64_t max_ms;    /* time spent stepping; 0: 2 s for a rule, 20 s for a view */
};

/* An identifier of an expression as written: "met", "child.grade", "age". */
struct ga_guard_name {
    const char *text; /* borrowed, not NUL-terminated; blanks around the dot are possible */
    size_t len;
    size_t offset;    /* bytes into the expression */
    bool is_call;     /* followed by ( */
    int select_depth; /* how many SELECTs it stands inside: 0 is the rule itself */
};

/* Answers the number of the parameter that takes the name's place, or 0: leave it. */
typedef int (*ga_guard_param_fn)(void *ctx, const struct ga_guard_name *name);

/*
 * The statement around the author's expressions: prefix e1 separator e2 … suffix. Prefix and suffix
 * are ours, trusted, and may hold parameters. Two ways to give a rule its fields:
 * - `param`: `visited_on <= today()` becomes `SELECT (?1 <= today())`;
 * - columns: suffix ") FROM (SELECT ?1 AS visited_on), (SELECT ?2 AS grade) AS child": names then
 *   resolve by SQL's own scoping (a repeat's column hides the record's).
 */
struct ga_guard_shape {
    const char *prefix;     /* NULL: "SELECT (" */
    const char *suffix;     /* NULL: ")" */
    const char *separator;  /* NULL: "), (" */
    const char *const *separators; /* each its own, exprs_count - 1 of them; NULL: `separator` between all */
    const char *const *exprs;
    size_t exprs_count;
    int columns;            /* that must come out; 0: exprs_count */
    ga_guard_param_fn param; /* NULL: no names are replaced; calls are never asked for */
    void *param_ctx;
};

/* Where the fault is. */
struct ga_guard_place {
    size_t expr;   /* index into exprs */
    int character; /* from 0, in characters into that expression; -1: not known */
};

/*
 * A statement for sql/stmt.h's step and columns, every step of it guarded. GA_REFUSED: the author's
 * fault, with a sentence and the place (ret_place, nullable, is set then). The caller destroys.
 * Stepping answers GA_REFUSED when a bound is exceeded or the expression cannot be computed.
 */
enum ga_rc ga_guard_prepare(struct ga_db *db, const struct ga_guard_scope *scope,
                            const struct ga_guard_shape *shape, struct ga_stmt **ret_stmt,
                            struct ga_guard_place *ret_place, struct ga_error *err);

/* The usual rule: one expression, one column. */
enum ga_rc ga_guard_prepare_one(struct ga_db *db, const struct ga_guard_scope *scope, const char *expr,
                                ga_guard_param_fn param, void *param_ctx, struct ga_stmt **ret_stmt,
                                struct ga_guard_place *ret_place, struct ga_error *err);

/*
 * Every identifier that is no keyword, in order; strings, numbers and blobs are skipped. Column and
 * type names inside CAST or a sub-SELECT's aliases come too: look only for the names you know.
 * Stops at and answers the first GA_REFUSED for text the guard would refuse (ret_character as above).
 */
enum ga_rc ga_guard_names(const char *expr, void (*each)(void *ctx, const struct ga_guard_name *name),
                          void *ctx, int *ret_character, struct ga_error *err);

bool ga_guard_is_keyword(const char *name); /* of SQL: no field may be called so */

int64_t ga_guard_steps(const struct ga_stmt *stmt); /* VM steps since it was last reset; tests bound it */

#endif
