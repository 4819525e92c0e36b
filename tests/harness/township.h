/* The children of a roster file in a throw-away school, for tests that look for them. */
#ifndef GUANAI_TEST_TOWNSHIP_H
#define GUANAI_TEST_TOWNSHIP_H

#include "school.h"

struct townsman {
    struct ga_uuid id;
    int64_t card_no;
    const char *name, *nickname, *guardian, *village, *address, *id_number, *phones[3], *grade, *class_no;
};

/*
 * Saves every row whose values are taken, in one save, `times` over (ID numbers the first time only);
 * children in the school's arena. Card numbers count from 1.
 */
struct townsman *township_fill(struct school *school, const char *path, size_t times, size_t *ret_count);

#endif
