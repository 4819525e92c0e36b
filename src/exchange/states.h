/* The words for an answer that was not given, as they leave and come back; private to this room. */
#ifndef GUANAI_EXCHANGE_STATES_H
#define GUANAI_EXCHANGE_STATES_H

#include "guanai/form/answers.h"

/* In English, GA_N_; "" where there is an answer or nothing at all. */
extern const char *const ga_state_words[GA_NOT_APPLICABLE + 1];

/* "?refused" as the command line takes it, in any field; GA_EMPTY for anything else. */
enum ga_answer_state ga_state_by_code(const char *text);

/* "拒绝回答", "does not apply"; GA_EMPTY for anything else. */
enum ga_answer_state ga_state_by_words(const char *text);

#endif
