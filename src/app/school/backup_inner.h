/* The three files of one backup; private to this room. */
#ifndef GUANAI_APP_BACKUP_INNER_H
#define GUANAI_APP_BACKUP_INNER_H

#include "guanai/app/session.h"

/* `name` is the path without its endings. Settings and forms first: a backup that is there has them beside it. */
enum ga_rc ga_backup_write_named(struct ga_session *session, const char *name, struct ga_arena *arena,
                                 const char **ret_path, int64_t *ret_records, struct ga_error *err);
void ga_backup_remove(struct ga_session *session, const char *name, struct ga_arena *arena);

#endif
