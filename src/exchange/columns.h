/* Matching headings with fields; private to this room. */
#ifndef GUANAI_EXCHANGE_COLUMNS_H
#define GUANAI_EXCHANGE_COLUMNS_H

#include "guanai/base/map.h"
#include "guanai/exchange/import_columns.h"
#include "inner.h"

enum { HEADING_BYTES_MAX = 400 };

/* Names, labels, akas of the fields as folded keys. */
struct ga_headings {
    struct ga_map own, finder;
    struct ga_arena arena;
};

void ga_headings_init(struct ga_headings *headings, const struct ga_form *form, const struct ga_form *child);
void ga_headings_finish(struct ga_headings *headings);

/* A heading that a person has named is one, whatever it is called. */
void ga_headings_expect(struct ga_headings *headings, const struct ga_form *form,
                        const struct ga_import_choice *choice);

/* The imported form's own fields go before those that find the child. false: nobody knows it. */
bool ga_headings_match(struct ga_headings *headings, const char *text, struct column *ret_column);

/*
 * headings.c: the row of a sheet with the headings; number 0: there is none. Where groups stand over their parts
 * (父亲 over 姓名, 电话) it is both rows joined, with the number of the lower one. Lives in the import's arena.
 */
enum ga_rc ga_headings_find(struct ga_import *import, struct ga_headings *headings, size_t at,
                            struct ga_sheet_row *ret_row, bool *ret_are_two, struct ga_error *err);

/* Is it this heading once more? Of headings in two rows each row says a part. */
bool ga_headings_says(struct ga_arena *arena, const char *key, bool are_two, const char *text);

bool ga_is_retired_heading(const struct ga_form *form, const char *key); /* of a folded heading */
char *ga_fold_heading(struct ga_arena *arena, const char *text, size_t len);

extern const char *const ga_finder_names[]; /* of the child form; closed by NULL */

#endif
