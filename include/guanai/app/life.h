/* A child who left is here again. */
#ifndef GUANAI_APP_LIFE_H
#define GUANAI_APP_LIFE_H

#include "guanai/app/session.h"

/*
 * Writes the record 返乡复学 of today by this user: the old file is in force again with its card number and all
 * that hangs on it; of a child away for a while (暂离) the absence ends. GA_REFUSED when the child is here, or has died.
 */
enum ga_rc ga_session_bring_back(struct ga_session *session, const struct ga_uuid *child, struct ga_error *err);

#endif
