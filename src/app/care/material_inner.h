/* How a book of materials is counted; private to app/material*.c. */
#ifndef GUANAI_SRC_APP_MATERIAL_INNER_H
#define GUANAI_SRC_APP_MATERIAL_INNER_H

#include "guanai/app/materials.h"

/* material_count.c: of every column what is owed and signed; then every line's cells. */
enum ga_rc ga_material_tally(struct ga_material_book *book, struct ga_error *err);
enum ga_rc ga_material_count(struct ga_material_book *book, struct ga_error *err);

/* material_class.c: has_class of a line, by the children its records name. */
enum ga_rc ga_material_by_class(struct ga_material_book *book, struct ga_material_line *line, struct ga_error *err);

#endif
