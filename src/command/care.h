/* What the commands about duties share; private to this room. */
#ifndef GUANAI_COMMAND_CARE_H
#define GUANAI_COMMAND_CARE_H

#include "guanai/app/care.h"
#include "private.h"

/* The session's care; findings and failures are said. */
enum ga_exit ga_command_care(struct ga_command_line *line, struct ga_session *session, struct ga_care **ret_care);
/* The class that is typed, of that site (code or name; NULL: any, this computer's first); one with children. NULL: all NULL. */
enum ga_exit ga_command_class(struct ga_command_line *line, struct ga_session *session, const char *class, const char *site,
                              struct ga_arena *arena, struct ga_roster_class *ret_class);

#endif
