/* Typing an answer a second time: compared, marked, or decided between two. */
#ifndef GUANAI_APP_VERIFY_H
#define GUANAI_APP_VERIFY_H

#include "guanai/app/session.h"
#include "guanai/store/verify.h"

/*
 * Compares what was typed with what stands there, as values (138 0000 1111 is 13800001111). The same: it is written
 * as agreed, *ret_is_same. Another: nothing is written; ret_typed (appended) is it as it would be stored. GA_REFUSED
 * when it is no value of the field at all.
 */
enum ga_rc ga_verify_type(struct ga_session *session, const struct ga_uuid *record, const struct ga_verify_field *field,
                          const char *typed, bool *ret_is_same, struct ga_str *ret_typed, struct ga_error *err);

/*
 * Decides between two. GA_VERIFY_SECOND saves `typed` as the answer, by the rules of the form (GA_REFUSED with
 * what is wrong; the first value stays), with the mark in one transaction; GA_VERIFY_OPEN keeps `reason`, which must say something, as a note.
 */
enum ga_rc ga_verify_decide(struct ga_session *session, const struct ga_uuid *record, const struct ga_verify_field *field,
                            enum ga_verify_outcome outcome, const char *typed, const char *reason, struct ga_error *err);

/* Did who sits at the keys type it the first time? */
bool ga_verify_is_own(const struct ga_session *session, const struct ga_verify_field *field);

#endif
