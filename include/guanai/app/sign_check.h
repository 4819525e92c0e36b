/* Is what is kept of signed months right? */
#ifndef GUANAI_APP_SIGN_CHECK_H
#define GUANAI_APP_SIGN_CHECK_H

#include "guanai/app/session.h"

/*
 * Counts anew what changed in every signed month (ga_signature_count_changes), every record of it read from the log;
 * *ret_differences were kept wrong (0: all is well) and are right now. For `check --rebuild`.
 */
enum ga_rc ga_signed_check(struct ga_session *session, int64_t *ret_differences, struct ga_error *err);

#endif
