/* Everything a school can describe in files, checked as a whole. */
#ifndef GUANAI_APP_DEFINITIONS_H
#define GUANAI_APP_DEFINITIONS_H

#include "guanai/base/folders.h"
#include "guanai/config/config.h"

/* The folders within a folder of forms: lists, definitions, duties …; NULL behind the last. */
extern const char *const ga_definitions_inner[];

/*
 * Reads forms, lists and all that stands on them from folders that lie one over the other; every finding goes into
 * problems. `config`: whose sites there are. An error only when the lowest folder cannot be read.
 */
enum ga_rc ga_definitions_check(const struct ga_io_ops *io, const struct ga_folders *folders, const struct ga_config *config,
                                struct ga_problems *problems, struct ga_error *err);

#endif
