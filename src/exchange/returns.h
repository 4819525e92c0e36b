/* Children who left and stand in the file again; private to this room. */
#ifndef GUANAI_EXCHANGE_RETURNS_H
#define GUANAI_EXCHANGE_RETURNS_H

#include "planned.h"

enum ga_rc ga_returns_load(struct ga_import *import, struct ga_error *err); /* before the rows are planned */
void ga_returns_note(struct ga_import *import, struct planned *planned);
void ga_returns_let_stay(struct ga_import *import, const struct ga_uuid *child, bool stays_gone);
void ga_returns_say(struct ga_import *import, const struct planned *planned, struct ga_vec *said);
enum ga_rc ga_returns_put(struct ga_import *import, struct ga_save *save, const struct planned *planned,
                          struct ga_error *err);

#endif
