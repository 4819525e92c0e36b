/* Columns placed by hand; private to this room. */
#ifndef GUANAI_EXCHANGE_PLACING_H
#define GUANAI_EXCHANGE_PLACING_H

#include "guanai/exchange/import_columns.h"
#include "guanai/sheet/sheet.h"

struct column {
    const struct ga_field *own;    /* of the imported form */
    const struct ga_field *finder; /* of the child form: finds whom the row is about */
};

/* How the columns of a row of headings were placed. */
struct placing {
    char print[17];            /* fingerprint of the set of headings */
    char **keys;               /* folded headings, those met again with a number behind them */
    struct column *by_heading;
    const char **by_hand;      /* NULL: the heading decides; "": left out; else a field's name */
    size_t count;
};

/* What was said of such headings an earlier time; "" for nothing. Borrowed until the next setting is read. */
const char *ga_placing_kept(const struct ga_import *import, const char *print);

/* Lists the columns of a row of headings: each has its key, the row its fingerprint. */
void ga_placing_keys(struct ga_arena *arena, const struct ga_sheet_row *row, struct placing *ret_placing);

/* Takes over what was said an earlier time, then what the options say; settles where each column goes. */
void ga_placing_start(struct ga_import *import, size_t sheet);

/* Whether all choices of the options have a column, a field, and no two the same. */
enum ga_rc ga_placing_check(const struct ga_import *import, struct ga_error *err);

#endif
