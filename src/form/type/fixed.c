/* Numbers with a fixed count of decimal places, without floating point. */
#include "fixed.h"

#include "guanai/base/num.h"
#include "types.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum ga_rc ga_fixed_parse(const char *text, int places, int64_t *ret_scaled, struct ga_error *err)
{
    char digits[40];
    enum ga_rc rc = ga_type_fold_number(text, digits, sizeof(digits), err);
    if (rc != GA_OK)
        return rc;
    char *point = strchr(digits, '.');
    if (strpbrk(digits, "0123456789") == NULL || (point != NULL && strchr(point + 1, '.') != NULL))
        return ga_error_set(err, GA_REFUSED, "'%1' is not a number", text);
    size_t fraction = 0;
    if (point != NULL) {
        while (digits[strlen(digits) - 1] == '0')
            digits[strlen(digits) - 1] = '\0';
        fraction = strlen(point + 1);
        memmove(point, point + 1, fraction + 1);
    }
    if (fraction > (size_t)places)
        return ga_error_set(err, GA_REFUSED, "at most %1 places after the point", GA_NUM(places));
    const size_t len = strlen(digits);
    if (len == 0 || len + (size_t)places - fraction >= sizeof(digits))
        return ga_error_set(err, GA_REFUSED, "'%1' is not a number", text);
    memset(digits + len, '0', (size_t)places - fraction);
    digits[len + (size_t)places - fraction] = '\0';
    int64_t scaled;
    if (!ga_num_parse(digits, &scaled))
        return ga_error_set(err, GA_REFUSED, "'%1' is not a number", text);
    *ret_scaled = scaled;
    return GA_OK;
}

const char *ga_fixed_text(int64_t scaled, int places, int keep_zeros, char *buf)
{
    uint64_t unit = 1;
    for (int i = 0; i < places; i++)
        unit *= 10;
    const uint64_t size = scaled < 0 ? (uint64_t)0 - (uint64_t)scaled : (uint64_t)scaled;
    int len = snprintf(buf, 32, "%s%" PRIu64, scaled < 0 ? "-" : "", size / unit);
    if (places == 0)
        return buf;
    len += snprintf(buf + len, 32 - (size_t)len, ".%0*" PRIu64, places, size % unit);
    while (!keep_zeros && buf[len - 1] == '0')
        buf[--len] = '\0';
    if (buf[len - 1] == '.')
        buf[--len] = '\0';
    return buf;
}
