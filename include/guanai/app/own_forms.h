/* A school's own forms as files that move with its data. */
#ifndef GUANAI_APP_OWN_FORMS_H
#define GUANAI_APP_OWN_FORMS_H

#include "guanai/base/io_ops.h"

/*
 * Copies a folder of forms: its *.yaml and those of the folders in it (lists/, definitions/ …), into `to`, which is
 * made. What last was in force is in the database as well; the files are what can be changed further. GA_NOT_FOUND
 * without any such file: nothing is made then. After another failure part of it may be there: remove it.
 */
enum ga_rc ga_own_forms_copy(const struct ga_io_ops *io, const char *from, const char *to, struct ga_error *err);

/* What copying makes, whole or broken off; whatever else lies in the folder stays, with the folder. */
void ga_own_forms_remove(const struct ga_io_ops *io, const char *folder);

#endif
