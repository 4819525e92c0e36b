/* The words for an answer that was not given, as they leave and come back; private to this room. */
#ifndef GUANAI_EXCHANGE_STATES_H
#define GUANAI_EXCHANGE_STATES_H

#include "guanai/form/answers.h"

/* In English, GA_N_; "" where there is an answer or nothing at all. */
extern const char *const ga_state_words[GA_NOT_APPLICABLE + 1];

/* "?refused" as the command line takes it, in any field; GA_EMPTY for anything else. */
enum ga_answer_state ga_state_by_code(const char *text);

/* The same words in Chinese, looked up once for many cells. */
struct state_words {
    const char *zh[GA_NOT_APPLICABLE + 1];
};
void ga_state_words_take(struct state_words *ret_words);

/* "拒绝回答", "does not apply"; GA_EMPTY for anything else. */
enum ga_answer_state ga_state_by_words(const struct state_words *words, const char *text);

#endif
