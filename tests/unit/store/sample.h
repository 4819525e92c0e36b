/* Operations that tests work on. */
#ifndef GUANAI_TESTS_SAMPLE_H
#define GUANAI_TESTS_SAMPLE_H

#include "guanai/base/random.h"
#include "guanai/store/operation.h"

/* A roster row of 27 fields; `i` tells children apart. In the arena. */
void sample_roster(struct ga_operation *op, struct ga_arena *arena, const struct ga_random *random,
                   unsigned i);

/* Anything an operation may hold, in order. */
void sample_any(struct ga_operation *op, struct ga_arena *arena, const struct ga_random *random);

void sample_encode(const struct ga_operation *op, struct ga_str *out); /* asserts success */

#endif
