/* Which forms stand first where a new record is made; the headteacher decides. */
#ifndef GUANAI_APP_FORM_CHOICE_H
#define GUANAI_APP_FORM_CHOICE_H

#include "guanai/app/session.h"

/*
 * The names of those that do, in order: forms_shown of config.yaml without what was switched off, then what was switched
 * on, the earlier first; of two choices of one form the newer holds (records of the form form_choice, up to today). A
 * form that is not installed is left out. All others stand behind more …: none is out of reach. In `arena`.
 */
void ga_forms_first(struct ga_session *session, struct ga_arena *arena, const char *const **ret_names, size_t *ret_count);

/*
 * The names of all that are installed as people look for them: those that stand first, then by the `order` their files
 * say, then those that say none, by name. Reads every form. In `arena`.
 */
void ga_forms_looked_for(struct ga_session *session, struct ga_arena *arena, const char *const **ret_names, size_t *ret_count);

/*
 * Writes a record form_choice, decided by this user, from today on. GA_NOT_FOUND without such a form; GA_REFUSED of one
 * that nobody fills in (by_program) and of the child's file, which has a way of its own.
 */
enum ga_rc ga_session_switch_form(struct ga_session *session, const char *form, bool is_on, struct ga_error *err);

#endif
