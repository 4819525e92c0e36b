/* The operations of tests/data/operations/vectors.txt as structs, with a reader of that file. */
#ifndef GUANAI_TESTS_VECTORS_H
#define GUANAI_TESTS_VECTORS_H

#include "guanai/store/operation.h"

const struct ga_operation *vector_operation(const char *name); /* NULL for an unknown name */

/* Appends the bytes of all hex lines `key` of a section; false when there is none. */
bool vector_read(const char *path, const char *section, const char *key, struct ga_str *out);

/* The i-th section whose title starts so; false when there are fewer. */
bool vector_section(const char *path, const char *start, size_t i, char *ret_title, size_t size);

#endif
