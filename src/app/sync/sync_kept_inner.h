/* Keeping what could not be taken in; private to this room. */
#ifndef GUANAI_APP_SYNC_KEPT_INNER_H
#define GUANAI_APP_SYNC_KEPT_INNER_H

#include "guanai/app/sync_kept.h"
#include "sync/sync_inner.h"

/* Moves the copy of the file `name` there (NULL: there is none, the reason alone is kept); the same name takes its place. */
enum ga_rc ga_sync_keep(struct ga_session *session, enum ga_sync_kept_kind kind, const char *copy, const char *name,
                        const char *reason, struct ga_error *err);
/* From then on nobody is told that it lacks. */
enum ga_rc ga_sync_kept_make_good(struct ga_session *session, const struct ga_sync_kept *kept, struct ga_error *err);
void ga_sync_kept_drop(struct ga_session *session, const struct ga_sync_kept *kept);

/* Puts what is held into the folder of a stick, beside this computer's bundle; takes away what it put there before and has
 * taken in since. */
enum ga_rc ga_sync_pass_on(struct ga_session *session, const char *folder, struct ga_arena *arena, struct ga_error *err);

#endif
