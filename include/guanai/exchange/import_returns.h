/*
 * Children who left and stand in a roster again.
 *
 * Such a row is one of the five verdicts as any other; beside it the child comes back: applying opens the old file
 * again by a record 返乡复学 of today, with its card number and all that hangs on it. Unless somebody says that the
 * child stays gone, because the roster is an old one, say. Who died or finished school here never comes back so.
 */
#ifndef GUANAI_EXCHANGE_IMPORT_RETURNS_H
#define GUANAI_EXCHANGE_IMPORT_RETURNS_H

#include "guanai/exchange/import.h"

size_t ga_import_returns(const struct ga_import *import);   /* rows of children who left */
size_t ga_import_to_return(const struct ga_import *import); /* of those, whose files applying opens again */

bool ga_import_row_returns(const struct ga_import *import, size_t i); /* is row i of a child who left? */

/* Row i, or all of them; to be said after planning. It is kept by child: planned anew, by other columns say, whoever
 * was to stay gone still stays gone, whichever row is about them then. */
void ga_import_let_return(struct ga_import *import, size_t i, bool comes_back);
void ga_import_let_all_return(struct ga_import *import, bool come_back);

/* The file is opened anew, in another way say: what was said goes over; before planning. `earlier` may be NULL. */
void ga_import_keep_returns(struct ga_import *import, const struct ga_import *earlier);

#endif
