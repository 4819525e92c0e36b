/* The record that is gone on with where what is owed hangs on it: a plan is looked at again in the plan itself. */
#ifndef GUANAI_SRC_SCREEN_DUE_AGAIN_H
#define GUANAI_SRC_SCREEN_DUE_AGAIN_H

#include "guanai/app/session.h"
#include "guanai/care/due.h"

/*
 * Of a duty that is owed after a day in a record (`event: care_plan.next_review_on`) and closed by a record of the same form:
 * the child's one with that day, else its newest with such a day; *ret_field is where it is opened at, borrowed from the
 * form: the repeat that the day which closes it is worked out from, NULL: at its start. false: a new record closes it.
 */
bool ga_due_again(struct ga_session *session, const struct ga_duty *duty, const struct ga_due *due, const char *form,
                  struct ga_uuid *ret_id, const char **ret_field);

#endif
