/* What is owed, opened for a session. */
#ifndef GUANAI_APP_CARE_H
#define GUANAI_APP_CARE_H

#include "guanai/app/session.h"
#include "guanai/care/brief.h"

/*
 * The session's care: made at first use, with the figures it asks and the duties of the forms' folder (findings go to
 * problems then; NULL: nobody is there to read them). Lives until the session is closed. After forms were accepted: ga_care_load.
 */
enum ga_rc ga_session_care(struct ga_session *session, struct ga_problems *problems, struct ga_care **ret_care,
                           struct ga_error *err);

/* The same where it was made already, else NULL: costs nothing. */
struct ga_care *ga_session_open_care(const struct ga_session *session);

/* Gives up what they hold, figures with it: whoever asks next opens them anew. */
void ga_session_forget_care(struct ga_session *session);

/*
 * What the first screen says to `user`; texts in `arena`. As kept, or worked out where that is cheap, the care being open:
 * *ret_is_known false where it is neither, and ga_session_brief_make() has to open it first, which takes a while (findings go to problems).
 */
enum ga_rc ga_session_brief(struct ga_session *session, const char *user, struct ga_arena *arena,
                            struct ga_brief *ret_brief, bool *ret_is_known, struct ga_error *err);
enum ga_rc ga_session_brief_make(struct ga_session *session, const char *user, struct ga_problems *problems,
                                 struct ga_error *err);

/*
 * The classes of who is at the keys, whose children a search shows first: GA_BRIEF_CLASSES_MAX at most, texts in `arena`.
 * *ret_is_known false: nothing has been worked out since the last save and `may_open` does not let it be, which takes as
 * long as opening the care.
 */
enum ga_rc ga_session_own_classes(struct ga_session *session, bool may_open, struct ga_arena *arena,
                                  struct ga_roster_class classes[GA_BRIEF_CLASSES_MAX], size_t *ret_count, bool *ret_is_known,
                                  struct ga_error *err);

#endif
