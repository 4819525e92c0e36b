/* What stands behind a cell of the papers for an inspection; private to this room. */
#ifndef GUANAI_SRC_SCREEN_MATERIAL_CELL_H
#define GUANAI_SRC_SCREEN_MATERIAL_CELL_H

#include "guanai/app/materials.h"
#include "guanai/tui/screen.h"

/* First what is missing from which class, then the records: read anew, nothing of `book` is kept. */
void ga_material_cell_open(struct ga_screen *screen, const struct ga_material_book *book, size_t line, size_t column, int tag);

#endif
