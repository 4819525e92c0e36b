/* A list of everything found wrong in one run, each with its place. */
#ifndef GUANAI_BASE_PROBLEM_H
#define GUANAI_BASE_PROBLEM_H

#include "guanai/base/arena.h"
#include "guanai/base/message.h"
#include "guanai/base/vec.h"

enum ga_severity {
    GA_NOTE,    /* worth knowing; changes no exit code */
    GA_WARNING, /* a finding; the thing still works */
    GA_FAULT,   /* the thing is refused */
};

struct ga_problem {
    enum ga_severity severity;
    const char *file; /* in the list's arena; NULL when there is none */
    int line;         /* from 1; 0: the whole file */
    int column;       /* from 1, in characters */
    struct ga_message what;
    struct ga_message hint;
};

/* Bounded: past GA_PROBLEMS_MAX further ones are only counted. */
enum { GA_PROBLEMS_MAX = 500 };

struct ga_problems {
    struct ga_arena arena;
    struct ga_vec list; /* struct ga_problem */
    struct ga_problem spare; /* takes the words of what is only counted */
    size_t faults;
    size_t warnings;
    size_t notes;
};

void ga_problems_init(struct ga_problems *problems);
void ga_problems_finish(struct ga_problems *problems);

/* The new entry, never NULL, borrowed until the next add; set its `what` and `hint` with ga_message_set. */
struct ga_problem *ga_problems_add(struct ga_problems *problems, enum ga_severity severity,
                                   const char *file, int line, int column);

/* By file, line, column; keeps the order of equals. */
void ga_problems_sort(struct ga_problems *problems);

#endif
