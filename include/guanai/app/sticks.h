/*
 * The sticks of this computer as pages and commands use them: listed, asked before anything is written, opened, let go
 * of. The session's system root says where all of it is looked for, udisks' own command too: with one of their own
 * tests never touch the computer's.
 */
#ifndef GUANAI_APP_STICKS_H
#define GUANAI_APP_STICKS_H

#include "guanai/app/session.h"
#include "guanai/sync/stick.h"

/* Appends struct ga_stick, mounted ones first; texts live in the arena. */
void ga_session_sticks(struct ga_session *session, struct ga_arena *arena, struct ga_vec *ret_sticks);

/*
 * Before anything is written: would `needed_bytes` find room in our folder on `place` (a stick's folder or any other, or
 * our folder itself)? One sentence with what to do for a stick that is full, protected, readable only because it was
 * pulled out too early, a folder that is not there or not to be written by this user, something else of our folder's
 * name. Nothing is touched, the folder is not made. GA_NOT_FOUND, GA_REFUSED, GA_IO.
 */
enum ga_rc ga_session_stick_check(struct ga_session *session, const char *place, int64_t needed_bytes, struct ga_error *err);

/* The same of a folder that is written to itself: a backup is a file anybody may see. */
enum ga_rc ga_session_folder_check(struct ga_session *session, const char *folder, int64_t needed_bytes, struct ga_error *err);

/* Is our folder there, whatever may be written to it? Something else of its name is not. */
bool ga_session_stick_has_folder(struct ga_session *session, const char *place);

/* Does that place lie on one that is mounted now? */
bool ga_session_is_stick(struct ga_session *session, const char *place);

/*
 * One of a list, as it is now: mounted when it is not. GA_NOT_FOUND: this computer cannot do that by itself; GA_IO: in udisks'
 * own words, or it was pulled out meanwhile.
 */
enum ga_rc ga_session_stick_open(struct ga_session *session, const char *device, struct ga_arena *arena,
                                 struct ga_stick *ret_stick, struct ga_error *err);

/*
 * Lets go of the stick that holds `place`; all was written and synced before. GA_OK also for a folder on none
 * (*ret_is_stick false), and where there is no udisks: all of it is on the stick as well.
 */
enum ga_rc ga_session_stick_let_go(struct ga_session *session, const char *place, bool *ret_is_stick, struct ga_error *err);

#endif
