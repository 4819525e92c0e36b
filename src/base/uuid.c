/* Names of records: UUID version 7 (RFC 9562), which sort by the time they were made. */
#include "guanai/base/uuid.h"

#include <stddef.h>
#include <string.h>

static int64_t time_of(const struct ga_uuid *uuid)
{
    int64_t ms = 0;
    for (int i = 0; i < 6; i++)
        ms = ms << 8 | uuid->bytes[i];
    return ms;
}

/* Adds one to the 74 random bits, stepping over version and variant. */
static void count_up(struct ga_uuid *uuid)
{
    for (int i = 15; i > 8; i--)
        if (++uuid->bytes[i] != 0)
            return;
    uuid->bytes[8] = (uint8_t)(0x80 | ((uuid->bytes[8] + 1) & 0x3F));
    if (uuid->bytes[8] == 0x80 && ++uuid->bytes[7] == 0)
        uuid->bytes[6] = (uint8_t)(0x70 | ((uuid->bytes[6] + 1) & 0x0F));
}

void ga_uuid_make(const struct ga_clock *clock, const struct ga_random *random, struct ga_uuid *last,
                  struct ga_uuid *ret_uuid)
{
    int64_t ms = clock->now_ms(clock->ctx);
    if (!ga_uuid_is_zero(last) && ms <= time_of(last)) {
        count_up(last);
        *ret_uuid = *last;
        return;
    }
    struct ga_uuid made;
    random->fill(random->ctx, made.bytes, sizeof(made.bytes));
    for (int i = 0; i < 6; i++)
        made.bytes[i] = (uint8_t)(ms >> (8 * (5 - i)));
    made.bytes[6] = (uint8_t)(0x70 | (made.bytes[6] & 0x07)); /* top random bit clear: room to count */
    made.bytes[8] = (uint8_t)(0x80 | (made.bytes[8] & 0x3F));
    *last = made;
    *ret_uuid = made;
}

const char *ga_uuid_text(const struct ga_uuid *uuid, char buf[GA_UUID_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    char *p = buf;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *p++ = '-';
        *p++ = digits[uuid->bytes[i] >> 4];
        *p++ = digits[uuid->bytes[i] & 15];
    }
    *p = '\0';
    return buf;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool ga_uuid_parse(const char *text, struct ga_uuid *ret_uuid)
{
    struct ga_uuid uuid;
    for (int i = 0; i < 16; i++) {
        if ((i == 4 || i == 6 || i == 8 || i == 10) && *text++ != '-')
            return false;
        int high = hex_value(text[0]), low = high < 0 ? -1 : hex_value(text[1]);
        if (low < 0)
            return false;
        uuid.bytes[i] = (uint8_t)(high << 4 | low);
        text += 2;
    }
    if (*text != '\0')
        return false;
    *ret_uuid = uuid;
    return true;
}

int ga_uuid_compare(const struct ga_uuid *a, const struct ga_uuid *b)
{
    return memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

bool ga_uuid_is_zero(const struct ga_uuid *uuid)
{
    static const struct ga_uuid zero;
    return ga_uuid_compare(uuid, &zero) == 0;
}
