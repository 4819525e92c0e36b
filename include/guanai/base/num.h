/* Whole numbers read strictly from text, shown as text. */
#ifndef GUANAI_BASE_NUM_H
#define GUANAI_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GA_NUM_SIZE = 24 };

/* Whole text, optional sign, ASCII digits only, no blanks, no overflow. */
bool ga_num_parse(const char *text, int64_t *ret_value);

/* Writes the number into buf (GA_NUM_SIZE bytes) and returns buf. */
const char *ga_num_text(char *buf, int64_t value);

/* A number as an argument of a message; lives until the enclosing block ends. */
#define GA_NUM(value) ga_num_text((char[GA_NUM_SIZE]){0}, (int64_t)(value))

#endif
