/* The files of definitions, duties, alarms, priorities whose last good text is kept. */
#ifndef GUANAI_CARE_CARE_FILES_H
#define GUANAI_CARE_CARE_FILES_H

#include "guanai/store/store.h"

/*
 * The next look takes the text of that file ("duties/visit.yaml", within the folder of forms) whatever its version: the
 * computers of a school agreed on it. A file of another kind has no last good text here: nothing happens.
 */
enum ga_rc ga_care_forget_file(struct ga_store *store, const char *file, struct ga_error *err);

#endif
