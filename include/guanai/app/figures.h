/* The figures of the school that is open. */
#ifndef GUANAI_APP_FIGURES_H
#define GUANAI_APP_FIGURES_H

#include "guanai/app/session.h"
#include "guanai/care/figures.h"

/*
 * Reads the definitions beside the session's forms anew; findings go to problems. Owned by the session,
 * borrowed until its close; a headcount made before lives on the definitions of then: finish it first.
 */
enum ga_rc ga_session_figures(struct ga_session *session, struct ga_problems *problems,
                              struct ga_figures **ret_figures, struct ga_error *err);

#endif
