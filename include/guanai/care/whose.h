/* Whose children they are. */
#ifndef GUANAI_CARE_WHOSE_H
#define GUANAI_CARE_WHOSE_H

#include "guanai/care/due.h"

/*
 * Somebody's children: those of whom that is the class teacher (or stands in today, over a holiday), the proxy parent or
 * named in the open care plan, by the name the archive has.
 */
enum ga_rc ga_care_has_children(struct ga_care *care, const char *name, bool *ret_has, struct ga_error *err);
enum ga_rc ga_care_is_child_of(struct ga_care *care, const char *name, const struct ga_roster_row *child, bool *ret_is,
                               struct ga_error *err);

/* The one of these classes whose class teacher that is; `count`: of none, or of several. */
enum ga_rc ga_care_own_class(struct ga_care *care, const char *name, const struct ga_roster_class *classes, size_t count,
                             size_t *ret_at, struct ga_error *err);

/* All whose class teacher that is, `limit` at most; their counts and names are not filled in. In `arena`. */
enum ga_rc ga_care_classes_of(struct ga_care *care, const char *name, size_t limit, struct ga_arena *arena,
                              struct ga_roster_class *classes, size_t *ret_count, struct ga_error *err);

/*
 * Whose matter the first screen shows: the administrator (the headteacher) sees the whole school, so does who has no
 * children; anybody else their own. `name` or NULL: the school.
 */
enum ga_rc ga_care_scope_of(struct ga_care *care, const char *name, const char **ret_scope, struct ga_error *err);

#endif
