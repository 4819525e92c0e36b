/* Whole numbers read strictly from text, shown as text. */
#include "guanai/base/num.h"

#include <inttypes.h>
#include <stdio.h>

bool ga_num_parse(const char *text, int64_t *ret_value)
{
    const bool is_negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    if (*text == '\0')
        return false;
    int64_t value = 0; /* kept negative: the range reaches one further there */
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return false;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, *text - '0', &value))
            return false;
    }
    if (!is_negative && value == INT64_MIN)
        return false;
    *ret_value = is_negative ? value : -value;
    return true;
}

const char *ga_num_text(char *buf, int64_t value)
{
    snprintf(buf, GA_NUM_SIZE, "%" PRId64, value);
    return buf;
}
