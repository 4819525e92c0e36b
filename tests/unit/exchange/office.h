/* A school with rules in force that imports and exports. */
#ifndef TESTS_EXCHANGE_OFFICE_H
#define TESTS_EXCHANGE_OFFICE_H

#include "guanai/exchange/export.h"
#include "guanai/exchange/import.h"
#include "school.h"

struct office {
    struct school school;
    struct ga_rules *rules;
    struct ga_import_tools tools;
    struct ga_arena arena; /* of texts handed out */
};

struct tally {
    size_t verdicts[GA_VERDICT_COUNT]; /* new, fills, changes, same, refused */
    size_t rows, gaps;
};

void office_start(struct office *office);
void office_settle(struct office *office); /* in a school that is open already */
void office_stop(struct office *office);

/* Asserts GA_OK, says the error otherwise. */
void office_must(enum ga_rc rc, const struct ga_error *err);

struct ga_import *office_open(struct office *office, const char *form, const char *path, enum ga_import_mode mode);

/* Plans and applies; the rejects go to `rejects` when not NULL. */
struct tally office_import(struct office *office, const char *form, const char *path, enum ga_import_mode mode,
                           const char *rejects);

/* The same of a text written to a file first. */
struct tally office_import_text(struct office *office, const char *form, const char *text);

/* Writes text into the office's folder; answers the path. */
const char *office_file(struct office *office, const char *name, const void *bytes, size_t len);
const char *office_path(struct office *office, const char *name);
char *office_read_file(struct office *office, const char *path); /* in the arena */

int64_t office_count(struct office *office, const char *sql);
const char *office_text(struct office *office, const char *sql); /* "" for NULL, in the arena */

/* All reasons of a row, joined by " | ", in Chinese. */
const char *office_reasons(struct office *office, struct ga_import *import, size_t i);

#endif
