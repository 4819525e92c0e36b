/* A list of everything found wrong in one run, each with its place. */
#include "guanai/base/problem.h"

#include <string.h>

void ga_problems_init(struct ga_problems *problems)
{
    *problems = (struct ga_problems){0};
    ga_vec_init(&problems->list, sizeof(struct ga_problem));
}

void ga_problems_finish(struct ga_problems *problems)
{
    if (problems == NULL)
        return;
    ga_vec_finish(&problems->list);
    ga_arena_finish(&problems->arena);
}

static void count(struct ga_problems *problems, enum ga_severity severity)
{
    if (severity == GA_FAULT)
        problems->faults++;
    else if (severity == GA_WARNING)
        problems->warnings++;
    else
        problems->notes++;
}

struct ga_problem *ga_problems_add(struct ga_problems *problems, enum ga_severity severity,
                                   const char *file, int line, int column)
{
    count(problems, severity);
    if (problems->list.len >= GA_PROBLEMS_MAX) /* counted; its words go where nobody looks */
        return &problems->spare;
    struct ga_problem *problem = ga_vec_push(&problems->list);
    problem->severity = severity;
    problem->file = ga_arena_strdup(&problems->arena, file);
    problem->line = line;
    problem->column = column;
    return problem;
}

static int compare(const struct ga_problem *a, const struct ga_problem *b)
{
    int files = strcmp(a->file == NULL ? "" : a->file, b->file == NULL ? "" : b->file);
    if (files != 0)
        return files;
    return a->line != b->line ? (a->line < b->line ? -1 : 1) : a->column - b->column;
}

void ga_problems_sort(struct ga_problems *problems)
{
    struct ga_problem *list = problems->list.items; /* at most GA_PROBLEMS_MAX, nearly in order */
    for (size_t i = 1; i < problems->list.len; i++) {
        struct ga_problem moved = list[i];
        size_t k = i;
        for (; k > 0 && compare(&list[k - 1], &moved) > 0; k--)
            list[k] = list[k - 1];
        list[k] = moved;
    }
}
