/*
 * Columns of a file placed by hand.
 *
 *   headings ──▶ matched by name, label, aka ──┐
 *   setting of this set of headings ──▶ placed ┴──▶ columns of the plan
 *   a person's choice, now ──▶ placed ──▶ the same setting, for the next such file
 *
 * A set of headings is known by a fingerprint of its folded headings, whatever their order; what was said of it
 * lies in the settings: it is not derived, it does not travel.
 */
#ifndef GUANAI_EXCHANGE_IMPORT_COLUMNS_H
#define GUANAI_EXCHANGE_IMPORT_COLUMNS_H

#include "guanai/exchange/import.h"

/* In ga_import_options: the column with this heading goes to this field, "" to none. */
struct ga_import_choice {
    const char *heading;
    const char *field;
};

/*
 * Places a column of every sheet with the same headings; `field` "" leaves it out, NULL lets its heading decide.
 * GA_REFUSED when another column goes to that field already: nothing is changed then. Plan again afterwards.
 */
enum ga_rc ga_import_place(struct ga_import *import, size_t sheet, size_t column, const char *field,
                           struct ga_error *err);

/* Keeps how the columns are placed for the next file with such headings. */
enum ga_rc ga_import_remember_places(const struct ga_import *import, struct ga_error *err);

/* How many columns went where they were put an earlier time. */
size_t ga_import_recalled(const struct ga_import *import);

/* The fields a column can go to, in the form's order, those that find the child last; in `arena`. */
const struct ga_field **ga_import_fields(const struct ga_import *import, struct ga_arena *arena, size_t *ret_count);

/* It has a field, or stands in the file for a reason of its own and is left out, or a person said what becomes of it. */
bool ga_import_column_is_known(const struct ga_import_column *column);

#endif
