/* What is owed, opened for a session. */
#ifndef GUANAI_APP_CARE_H
#define GUANAI_APP_CARE_H

#include "guanai/app/session.h"
#include "guanai/care/due.h"

/*
 * The session's care: made at first use, with the figures it asks and the duties of the forms' folder (findings go to
 * problems then). Lives until the session is closed. After forms were accepted: ga_care_load.
 */
enum ga_rc ga_session_care(struct ga_session *session, struct ga_problems *problems, struct ga_care **ret_care,
                           struct ga_error *err);

#endif
