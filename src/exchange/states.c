/* Words for an answer that was not given, in both directions. */
#include "states.h"

#include "guanai/base/str.h"
#include "guanai/text/translate.h"

#include <string.h>

const char *const ga_state_words[GA_NOT_APPLICABLE + 1] = {
    [GA_EMPTY] = "",
    [GA_ANSWERED] = "",
    [GA_UNKNOWN] = GA_N_("not known"),
    [GA_DECLINED] = GA_N_("declined to answer"),
    [GA_NOT_APPLICABLE] = GA_N_("does not apply"),
};

enum ga_answer_state ga_state_by_code(const char *text)
{
    const int state = text[0] == '?' ? ga_answer_state_parse(text + 1) : -1;
    return state < 0 ? GA_EMPTY : (enum ga_answer_state)state;
}

void ga_state_words_take(struct state_words *ret_words)
{
    for (int state = GA_EMPTY; state <= GA_NOT_APPLICABLE; state++)
        ret_words->zh[state] = ga_state_words[state][0] == '\0' ? "" : ga_tr(GA_ZH, ga_state_words[state]);
}

enum ga_answer_state ga_state_by_words(const struct state_words *words, const char *text)
{
    for (int state = GA_EMPTY; text[0] != '\0' && state <= GA_NOT_APPLICABLE; state++)
        if ((text[0] == ga_state_words[state][0] && strcmp(text, ga_state_words[state]) == 0) ||
            (text[0] == words->zh[state][0] && strcmp(text, words->zh[state]) == 0))
            return (enum ga_answer_state)state;
    return GA_EMPTY;
}
