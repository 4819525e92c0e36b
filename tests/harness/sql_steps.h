/* Counts what SQLite's machine does, for tests of how work grows: the same on every computer, however busy. */
#ifndef GUANAI_TESTS_SQL_STEPS_H
#define GUANAI_TESTS_SQL_STEPS_H

#include "guanai/sql/db.h"

/* From now on, on that connection; statements count when they are reset or destroyed. One at a time. */
void sql_steps_begin(struct ga_db *db);
int64_t sql_steps_end(struct ga_db *db); /* instructions of the virtual machine since */

/* The same of how often statements ran whose text holds `part`, which outlives the counting. */
void sql_runs_begin(struct ga_db *db, const char *part);
int64_t sql_runs_end(struct ga_db *db);

#endif
