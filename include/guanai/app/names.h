/* The names of people who have used this computer. */
#ifndef GUANAI_APP_NAMES_H
#define GUANAI_APP_NAMES_H

#include "guanai/store/store.h"

enum { GA_NAMES_MAX = 40, GA_NAME_CHARS = 50, GA_DOERS_MAX = 2 * GA_NAMES_MAX };

/* Last used first; in `arena`. Answers how many. */
size_t ga_names_read(struct ga_store *store, struct ga_arena *arena, const char *ret_names[GA_NAMES_MAX]);

/* Puts the name first. The oldest is forgotten past GA_NAMES_MAX; what they wrote keeps it. */
enum ga_rc ga_names_remember(struct ga_store *store, const char *name, struct ga_error *err);

/* For whom sheets were typed here, last first; then who else has sat here. Not who sits here now. */
size_t ga_names_read_doers(struct ga_store *store, struct ga_arena *arena, const char *ret_names[GA_DOERS_MAX]);
enum ga_rc ga_names_remember_doer(struct ga_store *store, const char *name, struct ga_error *err);

/*
 * Everybody known by name, for a field that wants one: who sat here, for whom sheets were typed, class teachers, proxy
 * parents, helpers; those used last or most first, no name twice; not what stands in the first `count` of ret_names
 * already. Texts in `arena`. Answers how many there are then, at most GA_PEOPLE_MAX.
 */
enum { GA_PEOPLE_MAX = 300 };
size_t ga_names_read_people(struct ga_store *store, struct ga_arena *arena, const char *ret_names[GA_PEOPLE_MAX], size_t count);

#endif
