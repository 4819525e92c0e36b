/* Findings as lines of text that a test can compare. */
#ifndef GUANAI_TESTS_YAML_FINDINGS_H
#define GUANAI_TESTS_YAML_FINDINGS_H

#include "guanai/base/problem.h"
#include "guanai/base/str.h"

/* "line:column what | hint\n" each. */
static inline void write_findings(const struct ga_problems *problems, struct ga_str *out)
{
    for (size_t i = 0; i < problems->list.len; i++) {
        const struct ga_problem *problem = ga_vec_at(&problems->list, i);
        char words[GA_MESSAGE_BYTES];
        ga_str_addf(out, "%d:%d ", problem->line, problem->column);
        ga_str_add(out, ga_message_format(&problem->what, problem->what.id, words, sizeof(words)));
        if (problem->hint.id != NULL) {
            ga_str_add(out, " | ");
            ga_str_add(out, ga_message_format(&problem->hint, problem->hint.id, words, sizeof(words)));
        }
        ga_str_add_char(out, '\n');
    }
}

#endif
