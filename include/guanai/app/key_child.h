/* A child becomes a key child, or is none any more. */
#ifndef GUANAI_APP_KEY_CHILD_H
#define GUANAI_APP_KEY_CHILD_H

#include "guanai/app/session.h"

#define GA_CARE_PLAN_FORM "care_plan"

/* Writes the mark ★ and one more reason (a code of reason_key) into the child's file, as the user at the keys. */
enum ga_rc ga_key_child_make(struct ga_session *session, const struct ga_uuid *child, const char *reason, struct ga_error *err);

/* Takes the mark away; the reason stays in the file's history. */
enum ga_rc ga_key_child_end(struct ga_session *session, const struct ga_uuid *child, struct ga_error *err);

/* Who will have the plan: the proxy parent, without one the class teacher; "" where nobody is written down. In `arena`. */
enum ga_rc ga_key_child_owner(struct ga_session *session, const struct ga_uuid *child, struct ga_arena *arena,
                              const char **ret_owner, struct ga_error *err);

/* The newest care plan that is not closed. */
enum ga_rc ga_key_child_plan(struct ga_session *session, const struct ga_uuid *child, struct ga_uuid *ret_plan, bool *ret_has,
                             struct ga_error *err);

#endif
