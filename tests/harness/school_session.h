/* A real data folder of a small invented school, for tests of screens. */
#ifndef GUANAI_TESTS_SCHOOL_SESSION_H
#define GUANAI_TESTS_SCHOOL_SESSION_H

#include "guanai/app/session.h"

#include <stdint.h>

/* Monday 23 November 2026, 12:41 in Shanghai; the same random bytes every time. */
struct school_session {
    struct ga_session *session;
    struct ga_session_options options;
    struct ga_clock clock;
    struct ga_random random;
    uint64_t seed;
    int64_t now_ms;
    char folder[64]; /* temporary; taken away by school_session_stop */
    char data[80], forms[80]; /* in it */
};

/* A form as a test writes it, beside the ones that are shipped. */
struct school_session_form {
    const char *file; /* "club.yaml" */
    const char *text;
};

void school_session_start(
    struct school_session *school,
    const struct school_session_form *form);               /* form NULL: the shipped ones only */
void school_session_reopen(struct school_session *school); /* as after closing the program */
void school_session_stop(struct school_session *school);

/* A file of the school's forms folder, "duties/own.yaml"; `text` NULL takes it away. */
void school_session_put_form(const struct school_session *school, const char *file, const char *text);

/* The forms of tests/data/forms_extra with their lists as well, in a session opened anew. */
void school_session_take_extra_forms(struct school_session *school);

/* A child, its fields as they would be typed: "name=彭英俊", …, NULL. Answers its id. */
struct ga_uuid school_session_add(struct school_session *school, const char *form,
                                  const struct ga_uuid *child, ...) __attribute__((sentinel));

#endif
