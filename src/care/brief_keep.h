/* What the first screen says of the care, kept until something changes; private to brief.c. */
#ifndef GUANAI_SRC_CARE_BRIEF_KEEP_H
#define GUANAI_SRC_CARE_BRIEF_KEEP_H

#include "guanai/care/brief.h"

/* Under what ga_brief_key() said. Nothing is lost when it cannot be written. */
void ga_brief_keep(struct ga_store *store, const char *user, uint64_t key, const struct ga_brief *brief);

#endif
