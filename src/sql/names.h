/* Reads an author's expression for what the guard refuses. */
#ifndef GUANAI_SQL_NAMES_H
#define GUANAI_SQL_NAMES_H

#include "guanai/sql/guard.h"

typedef void (*ga_sql_name_fn)(void *ctx, const struct ga_guard_name *name);

/* As ga_guard_names; ret_at takes the byte offset of the fault. */
enum ga_rc ga_sql_names_walk(const char *expr, ga_sql_name_fn each, void *ctx, size_t *ret_at,
                             struct ga_error *err);

int ga_sql_characters(const char *text, size_t bytes);

#endif
