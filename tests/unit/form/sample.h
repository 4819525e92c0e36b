/* Forms made from a few lines of text, with their findings as lines that a test can compare. */
#ifndef GUANAI_TESTS_FORM_SAMPLE_H
#define GUANAI_TESTS_FORM_SAMPLE_H

#include "guanai/form/rules.h"
#include "guanai/form/type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SAMPLE_HEAD "form: sample\nversion: 1\nprotect: ordinary\ntitle: {zh: 样, en: Sample}\n"
#define SAMPLE_LABEL "label: {zh: 甲, en: A}"

struct sample {
    struct ga_forms forms;
    struct ga_problems problems;
    struct ga_rules *rules;
    const struct ga_form *form; /* "sample" */
    struct ga_answers record;
};

static inline void sample_read(struct sample *sample, const char *file, const char *text)
{
    ga_forms_read_text(&sample->forms, file, text, strlen(text), &sample->problems);
}

static inline void sample_init(struct sample *sample)
{
    *sample = (struct sample){0};
    ga_forms_init(&sample->forms);
    ga_problems_init(&sample->problems);
}

/* "file:line:column what | hint\n" each; notes begin with "note ". */
static inline void sample_findings(const struct sample *sample, struct ga_str *out)
{
    char words[GA_MESSAGE_BYTES];
    for (size_t i = 0; i < sample->problems.list.len; i++) {
        const struct ga_problem *problem = GA_VEC_AT(struct ga_problem, &sample->problems.list, i);
        ga_str_addf(out, "%s%s:%d:%d ", problem->severity == GA_NOTE ? "note " : "", problem->file, problem->line,
                    problem->column);
        ga_str_add(out, ga_message_format(&problem->what, problem->what.id, words, sizeof(words)));
        if (problem->hint.id != NULL) {
            ga_str_add(out, " | ");
            ga_str_add(out, ga_message_format(&problem->hint, problem->hint.id, words, sizeof(words)));
        }
        ga_str_add_char(out, '\n');
    }
}

static inline void sample_finish(struct sample *sample)
{
    if (sample->form != NULL)
        ga_answers_finish(&sample->record);
    ga_rules_destroy(sample->rules);
    ga_forms_finish(&sample->forms);
    ga_problems_finish(&sample->problems);
}

/* After sample_read of everything: the form must be free of faults. */
static inline void sample_start(struct sample *sample)
{
    struct ga_str found = {0};
    ga_forms_finish_reading(&sample->forms, &sample->problems);
    sample_findings(sample, &found);
    if (sample->problems.faults > 0)
        fail_msg("%s", ga_str_text(&found));
    ga_str_finish(&found);
    assert_int_equal(ga_rules_create(&sample->forms, &sample->rules, NULL), GA_OK);
    ga_rules_set_world(sample->rules, &(struct ga_rule_world){.today = {2026, 11, 23}, .user = "周老师"});
    sample->form = ga_forms_get(&sample->forms, "sample", NULL);
    ga_answers_init(&sample->record, sample->form);
}

static inline const struct ga_field *sample_field(const struct sample *sample, const char *name)
{
    const struct ga_field *field = ga_form_field(sample->form, name);
    if (field == NULL)
        fail_msg("no field %s", name);
    return field;
}

#endif
